/* j3.h -- the Java virtual machine's own data: symbols, classes, methods, loaders, the vm
 *
 * Lifetimes.  Symbols are interned and live for ever.  A j3_class and all it points to live in the
 * metaspace of a vmk_module, kind.module, and die with it: see unload.h.  Managed objects are held by
 * handles only.
 * Locks.  Order: the constraints (constraint.c), loader->lock, then j3->lock; never call managed code
 * under a lock.
 *
 * Functions marked VMK_MOVES may run Java code; failure = an exception is pending and null / false /
 * a negative number is returned.
 */
#ifndef J3_H
#define J3_H

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include <vmkit/vmkit.h>

#include "known.h"

typedef struct j3_symbol j3_symbol;
typedef struct j3_class j3_class;
typedef struct j3_method j3_method;
typedef struct j3_field j3_field;
typedef struct j3_pool j3_pool;
typedef struct j3_loader j3_loader;
typedef struct j3_module j3_module;
typedef struct j3_thread j3_thread;
typedef struct j3_vm j3_vm;

/* --- symbols: interned modified UTF-8 (symbol.c); equal text is one pointer ---------------------------- */
struct j3_symbol {
  uint32_t hash;
  uint16_t length;
  _Atomic(uint8_t) valid; /* what it is known to be: descriptor.c */
  _Atomic(uint8_t) slots; /* of a method descriptor known to be valid: argument slots */
  char text[];            /* zero-terminated */
};
j3_symbol *j3_symbol_get(const char *text, size_t length); /* interns; any thread */
j3_symbol *j3_symbol_of(const char *text);
/* before + middle + after; middle is cut when that is longer than a symbol can be. */
j3_symbol *j3_symbol_join(const char *before, const char *middle, const char *after);
j3_symbol *j3_symbol_find(const char *text, size_t length); /* null when not interned */
void j3_symbols_live_in(vmk_module *module); /* memory for symbols from now on; at boot */
static inline bool
j3_symbol_is(const j3_symbol *s, const char *text)
{
  return strcmp(s->text, text) == 0;
}

/* --- access flags (JVMS 4.1, 4.5, 4.6) ------------------------------------------------------------------- */
enum {
  J3_PUBLIC = 0x0001,
  J3_PRIVATE = 0x0002,
  J3_PROTECTED = 0x0004,
  J3_STATIC = 0x0008,
  J3_FINAL = 0x0010,
  J3_SUPER = 0x0020,
  J3_SYNCHRONIZED = 0x0020,
  J3_VOLATILE = 0x0040,
  J3_BRIDGE = 0x0040,
  J3_TRANSIENT = 0x0080,
  J3_VARARGS = 0x0080,
  J3_NATIVE = 0x0100,
  J3_INTERFACE = 0x0200,
  J3_ABSTRACT = 0x0400,
  J3_STRICT = 0x0800,
  J3_SYNTHETIC = 0x1000,
  J3_ANNOTATION = 0x2000,
  J3_ENUM = 0x4000,
  J3_MANDATED = 0x8000,
  J3_MODULE = 0x8000,
};
/* method->flags above the class file's sixteen bits */
enum {
  J3_METHOD_CALLER_SENSITIVE = 1 << 16,
  J3_METHOD_HIDDEN = 1 << 17, /* @Hidden, or its class is: left out of stack traces */
  J3_METHOD_SIGNATURE_POLYMORPHIC = 1 << 18,
  J3_METHOD_HAS_LINES = 1 << 19,
  J3_METHOD_FORCE_INLINE = 1 << 20,
  J3_METHOD_INTRINSIC = 1 << 21,
  J3_METHOD_MIRANDA = 1 << 22, /* stands for an interface's method in a class: link.c */
  J3_METHOD_SCOPED = 1 << 23,
  J3_METHOD_LAMBDA_FORM = 1 << 24, /* @LambdaForm.Compiled: glue that is nobody's caller */
  J3_METHOD_OLD = 1 << 25,         /* of a j3_version: what a method was */
  J3_METHOD_OBSOLETE = 1 << 26,    /* an old one that its method has since become another than */
  J3_METHOD_CHANGED = 1 << 27,     /* has been redefined with other code */
};

/* Raw bytes of an attribute within the class file image (kept with the class). */
typedef struct j3_bytes {
  const uint8_t *data;
  uint32_t length;
} j3_bytes;

/* --- constant pool (pool.c) ---------------------------------------------------------------------------------- *
 * tag[i] is the class file's tag; value[i] its operands in native form (utf8: symbol; class, string,
 * method type, module, package: index of the utf8; refs: class index | name-and-type index << 16; numbers:
 * their bits).  resolved[i] is null until resolved, then for class: j3_class; field: j3_field; method:
 * j3_method; string, method type, method handle, dynamic: a root of the module; an error: tagged, see pool.c. */
struct j3_pool {
  j3_class *class;
  uint16_t count;
  uint8_t *tag;
  uint64_t *value;
  _Atomic(void *) *resolved;
  j3_bytes bootstrap_methods; /* the attribute, whose rows entries name */
};
static inline j3_symbol *
j3_pool_utf8(const j3_pool *p, uint16_t i)
{
  return (j3_symbol *)p->value[i];
}

enum { J3_FIELD_INJECTED = 0x8000 }; /* j3_field.flags: has no declaration */

struct j3_field {
  j3_class *class;
  j3_symbol *name, *descriptor;
  uint16_t flags;
  uint8_t type; /* vmk_type of the storage */
  uint8_t trusted_final;
  uint32_t offset;         /* from the object; static: from the class's statics object */
  uint16_t slot;           /* index in class->fields */
  uint16_t constant_index; /* ConstantValue */
  j3_symbol *signature;
  j3_bytes annotations, type_annotations;
};

struct j3_method {
  vmk_function *function; /* its client is this method */
  j3_class *class;
  j3_symbol *name, *descriptor;
  uint32_t flags;
  int32_t
      vtable_index; /* >= 0 virtual; -1 not (static, private, constructor, final without override) */
  int32_t itable_index; /* index in the interface's method order, or -1 */
  uint16_t slot;        /* index in class->methods */
  uint16_t max_stack, max_locals;
  uint16_t argument_slots;
  _Atomic(uint32_t) breakpoints; /* of agents: jvmti_watch.h */
  uint8_t intrinsic;             /* j3_intrinsic for signature-polymorphic glue, else 0 */
  j3_bytes code;                 /* bytecode */
  j3_bytes exception_table;      /* raw rows of 8 bytes */
  j3_bytes code_attributes;      /* raw: LineNumberTable, LocalVariableTable, StackMapTable */
  uint16_t code_attribute_count;
  j3_bytes exceptions, annotations, parameter_annotations, annotation_default, parameters,
      type_annotations;
  j3_symbol *signature;
  void *native_address;
};

typedef enum j3_state {
  J3_LOADED,
  J3_LINKING,
  J3_LINKED,
  J3_INITIALIZING,
  J3_INITIALIZED,
  J3_ERRONEOUS,
} j3_state;

/* The client of a vmk_module that classes live in (kind.module). */
typedef struct j3_home {
  j3_loader *loader;
  j3_class
      *class;   /* a hidden class that lives there alone; null: the other classes of the loader */
  bool is_held; /* can be unloaded */
} j3_home;

/* vmk_kind.flags: of a class's statics object; there is no j3_class around the kind. */
enum { J3_KIND_STATICS = VMK_KIND_CLIENT };

struct j3_class {
  vmk_kind kind; /* first: objects point here */
  /* Subtype test: classes are in the display of their kinds; interfaces, arrays and deep classes, which
   * are not, are searched in `supers` (all superinterfaces, transitively) and in `super`. */
  uint32_t super_count;
  j3_class **supers;

  j3_symbol
      *name; /* java/lang/String, [I, [Ljava/lang/String;, int for primitives; hidden: Foo+0x12 */
  j3_class *super;
  j3_class **interfaces;
  j3_loader *loader; /* null only for no one: boot loader is an object too */
  vmk_slot *mirror;  /* java.lang.Class instance: root of the module, or its holder */
  j3_module *module;
  _Atomic(uint8_t) state; /* j3_state */
  uint8_t primitive;      /* descriptor character of a primitive class, else 0 */
  uint8_t is_array, is_hidden, has_finalizer, has_clinit, has_default_methods, is_strong_hidden;
  uint8_t declares_default_methods; /* has_default_methods: it or a superinterface does */
  uint8_t vm_annotations;           /* VM annotations are honoured in this class */
  uint16_t flags;                   /* as in the class file (not InnerClasses) */
  uint16_t major_version, minor_version;
  uint16_t interface_count, field_count, method_count;
  uint32_t fields_end; /* end of the last instance field, before alignment */
  j3_field *fields;
  j3_method *methods;
  j3_pool *pool;

  vmk_slot *statics;  /* root of the module: the pinned statics object, null when none */
  char *statics_base; /* its address */
  vmk_kind *statics_kind;

  j3_class *component; /* arrays: T of T[] */
  j3_class *element;   /* arrays: innermost */
  uint8_t dimensions;
  _Atomic(j3_class *) array; /* the class of arrays of this, once made */

  /* interface dispatch: for each superinterface a row of implementations, made at link */
  struct j3_itable *itable;

  _Atomic(struct j3_miranda *) mirandas; /* link.c */

  /* initialisation (init.c) */
  _Atomic(vmk_thread *) init_thread;
  vmk_slot *init_error; /* root of the module: what made it erroneous, or null */

  /* attributes */
  j3_symbol *source_file, *signature;
  j3_bytes inner_classes, enclosing_method, annotations, type_annotations, nest_members, record,
      permitted_subclasses, source_debug;
  j3_bytes file;                        /* the class file behind the constant pool */
  uint16_t nest_host_index, this_index; /* constant-pool indexes; 0: no attribute */
  _Atomic(j3_class *) nest_host;
  uint32_t redefined;          /* how often */
  struct j3_version *versions; /* what it was before, newest first */
  j3_bytes
      original; /* what agents that transform it anew begin with; no data: the class file as it is */
  j3_class *hidden_lookup; /* hidden nest mates: the class that defined them */
  uint32_t unique;         /* counts classes: for hidden names, iteration */
  j3_class *next, **link;  /* all classes of the loader; link null: not yet among them */
};

/* What a class that has been redefined was before: for frames that run its methods, and traces that name them.
 * Lives as long as the class. */
typedef struct j3_version {
  struct j3_version *next;
  uint32_t number; /* c->redefined at the time */
  j3_symbol *source_file;
  j3_pool *pool;
  j3_method methods[]; /* J3_METHOD_OLD; by slot */
} j3_version;

static inline j3_version *
j3_method_version(const j3_method *old)
{
  return (j3_version *)((uintptr_t)(old - old->slot) - offsetof(j3_version, methods));
}
/* The constant pool that its code and attributes mean. */
static inline j3_pool *
j3_method_pool(const j3_method *m)
{
  return m->flags & J3_METHOD_OLD ? j3_method_version(m)->pool : m->class->pool;
}
static inline j3_symbol *
j3_method_source_file(const j3_method *m)
{
  return m->flags & J3_METHOD_OLD ? j3_method_version(m)->source_file : m->class->source_file;
}
/* The method that tools know a frame's by: old code that has not changed is still its method's. */
static inline j3_method *
j3_method_known(const j3_method *m)
{
  bool same = (m->flags & (J3_METHOD_OLD | J3_METHOD_OBSOLETE)) == J3_METHOD_OLD;
  return same ? &m->class->methods[m->slot] : (j3_method *)(uintptr_t)m;
}

struct j3_module {
  j3_symbol *name; /* null: unnamed */
  j3_symbol *version, *location;
  j3_loader *loader;
  vmk_slot *object; /* global handle: java.lang.Module, null until defined */
  bool is_open;
  _Atomic(bool) reads_all_unnamed;
  bool is_named_elsewhere;  /* is in tables of other modules */
  struct j3_table *reads;   /* set of j3_module*; module.c */
  struct j3_table *exports; /* package symbol -> who may use it; module.c */
  j3_module *next;
};

struct j3_loader {
  vmk_module *module; /* of its classes but some hidden ones; the client is home */
  j3_home home;
  vmk_slot
      *object; /* java.lang.ClassLoader: the module's holder, or its root; null slot for boot */
  bool is_boot, is_platform, is_platform_or_app, parallel, is_dead;
  pthread_mutex_t lock;
  struct j3_table *classes;  /* symbol -> j3_class: initiated too */
  struct j3_table *packages; /* symbol -> named j3_module; module.c */
  j3_module *unnamed, *modules;
  struct j3_constraint *constraints;
  j3_class *all;
  j3_loader *next;
};

/* Per thread, at vmk_thread->client[J3->index]. */
struct j3_thread {
  const struct JNINativeInterface_ *jni; /* first: &thread->jni is the JNIEnv */
  vmk_thread *thread;
  vmk_slot *object;   /* global handle: java.lang.Thread */
  int64_t started_ns; /* when it became a Java thread, as vmk_now_ns */
  int64_t entry_base_ns,
      wait_base_ns; /* of its vmk_wait_stats, when contention was last watched from */
  bool is_daemon, attached_by_jni, in_java_thread_list;
  void *jni_state;          /* jni.c */
  const j3_class *verified; /* the new version of a class, while it is verified: redefine.c */
  const char
      *jni_unchecked;    /* -Xcheck:jni: what called Java, until C code looks for an exception */
  uint32_t jni_critical; /* -Xcheck:jni: arrays and strings held by Get...Critical */
  uint32_t load_depth;   /* class circularity */
  bool in_out_of_memory; /* throw.c */
  struct j3_loading *loading;
  _Atomic(struct j3_ti_thread *) ti; /* what agents know of it, or null: jvmti_env.h */
  j3_thread *next, *previous;        /* J3->threads, under J3->thread_lock */
};

struct j3_vm {
  vmk_vm *vm;
  vmk_runtime *runtime;
  uint32_t index;
  j3_loader *boot, *loaders;
  pthread_mutex_t lock;
  j3_known known;          /* well-known classes, field offsets, methods: known.h */
  j3_class *primitive[16]; /* by newarray type code 4..11 and 0 = void (see J3_T_*) */
  uint8_t phase;           /* System.initPhase completed: 0..3; 4 = booted */
  vmk_slot *main_group, *system_group;
  pthread_mutex_t thread_lock;
  pthread_cond_t thread_changed;
  j3_thread *threads;
  uint32_t non_daemon_count, thread_count;
  uint32_t thread_peak;  /* largest thread_count since start or reset */
  uint64_t thread_total; /* ever started */
  _Atomic(uint64_t) classes_loaded, classes_unloaded; /* ever; without arrays */
  int64_t started_ns;                             /* when JNI_CreateJavaVM began, as vmk_now_ns */
  struct j3_options *options;                     /* options.c */
  int (*vfprintf)(FILE *, const char *, va_list); /* the embedder's, for what the vm prints */
  bool mirrors_ready;                             /* java.lang.Class is laid out */
  uint64_t metaspace_limit;                       /* for metaspace in use; 0: none */
  char java_home[1024];
};
extern j3_vm J3; /* libjvm is one per process by its interface */

static inline j3_thread *
j3_self(vmk_thread *t)
{
  return (j3_thread *)t->client[J3.index];
}

/* --- classes: lookup, definition (loader.c, classfile.c, link.c, init.c) -------------------------------------- */

/* The class `name` (internal form, arrays too) as seen by loader (null: boot); loads it (calls
 * ClassLoader.loadClass for others than boot). Null: NoClassDefFoundError/... pending. `throw_cnf`: use
 * ClassNotFoundException. */
j3_class *j3_class_load(vmk_thread *t, j3_loader *loader, j3_symbol *name, bool throw_cnf)
    VMK_MOVES;
/* Already loaded by (or initiated through) the loader, or null; nothing is thrown. */
j3_class *j3_class_find(j3_loader *loader, j3_symbol *name);
/* A boot class by literal name; asserts that it can be loaded once booted. */
j3_class *j3_class_boot(vmk_thread *t, const char *name) VMK_MOVES;
/* The loader data of a ClassLoader object (null reference: boot), made on first use. Null: pending. */
j3_loader *j3_loader_of(vmk_thread *t, vmk_handle class_loader) VMK_MOVES;
void j3_loader_boot(void);                     /* makes J3.boot */
j3_class *j3_primitive_class(char descriptor); /* null: no such letter; leaf */
/* Resolve a field-descriptor's class: "I" -> primitive, "[J", "Lfoo/Bar;". */
j3_class *j3_class_of_descriptor(vmk_thread *t, j3_loader *loader, const char *descriptor,
                                 size_t length) VMK_MOVES;
j3_class *j3_class_array_of(vmk_thread *t, j3_class *component) VMK_MOVES;

typedef struct j3_define {
  j3_symbol *name;      /* expected name, or null */
  const uint8_t *bytes; /* what is needed of them is copied */
  size_t length;
  vmk_handle protection_domain; /* may be null */
  const char *source;           /* for -verbose, may be null */
  bool trusted;                 /* the class library's own: checked only as far as the vm needs */
  bool is_offered;              /* agents have seen the bytes */
  bool hidden, nestmate, strong, vm_annotations;
  j3_class *lookup;      /* hidden: the lookup class */
  vmk_handle class_data; /* hidden; may be null */
} j3_define;
/* A class that can be unloaded is kept by a local handle of the caller's scope. */
j3_class *j3_class_define(vmk_thread *t, j3_loader *loader, const j3_define *d) VMK_MOVES;
/* Can it be unloaded? */
static inline bool
j3_class_is_held(const j3_class *c)
{
  return c->kind.flags & VMK_KIND_HELD;
}

bool j3_class_link(vmk_thread *t, j3_class *c) VMK_MOVES; /* layout was done at definition */
bool j3_class_initialize(vmk_thread *t, j3_class *c)
    VMK_MOVES; /* links; runs <clinit> (JVMS 5.5) */
static inline bool
j3_class_is_initialized(const j3_class *c)
{
  return atomic_load_explicit(&c->state, memory_order_acquire) == J3_INITIALIZED;
}
bool j3_class_is_subclass(const j3_class *c, const j3_class *of); /* assignable; leaf */
bool j3_is_instance(vmk_handle object, const j3_class *of);       /* null: false */
static inline j3_class *
j3_class_of(vmk_handle object)
{
  return (j3_class *)vmk_handle_kind(object);
}
/* Mirror -> class; null for a null handle.  Primitive mirrors give primitive classes. */
j3_class *j3_class_of_mirror(vmk_handle mirror);
/* External name with dots ("java.lang.String", "[I", hidden "Foo/0x0000000800c03000"). */
void j3_class_external_name(const j3_class *c, char *buffer, size_t size);
/* As Class.getModifiers has them: those of InnerClasses for a member class. Leaf. jvm_class.c */
uint16_t j3_class_modifiers(const j3_class *c);
bool j3_class_same_package(const j3_class *a, const j3_class *b);
j3_symbol *j3_class_package(const j3_class *c); /* "java/lang"; empty symbol: unnamed package */
j3_class *j3_class_nest_host(vmk_thread *t, j3_class *c) VMK_MOVES; /* never null */
/* Mark finalizable, allocate an instance (initialised class; throws InstantiationError if abstract). */
vmk_handle j3_object_new(vmk_thread *t, j3_class *c) VMK_MOVES;
vmk_handle j3_array_new(vmk_thread *t, j3_class *array_class, int32_t length) VMK_MOVES;

/* `count` nested dimensions of array_class with checked non-negative lengths. jvm_array.c */
vmk_handle j3_multi_array_new(vmk_thread *t, j3_class *array_class, const int32_t *lengths,
                              uint32_t count) VMK_MOVES;

j3_method *j3_class_method(const j3_class *c, j3_symbol *name,
                           j3_symbol *descriptor);                                   /* declared */
j3_field *j3_class_field(const j3_class *c, j3_symbol *name, j3_symbol *descriptor); /* declared */
j3_method *j3_find_method(const j3_class *c, j3_symbol *name,
                          j3_symbol *descriptor); /* + supers, JVMS 5.4.3.3 */
j3_method *j3_find_interface_method(const j3_class *c, j3_symbol *name, j3_symbol *descriptor);
j3_field *j3_find_field(const j3_class *c, j3_symbol *name, j3_symbol *descriptor);
/* Selection (JVMS 5.4.6): what invoking `m` on a receiver of class c runs; null: AbstractMethodError,
 * IncompatibleClassChangeError or IllegalAccessError pending. */
j3_method *j3_select_method(vmk_thread *t, j3_class *c, j3_method *m) VMK_MOVES;

/* --- resolution (resolve.c, JVMS 5.4.3) ------------------------------------------------------------------------- */
j3_class *j3_resolve_class(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES;
j3_field *j3_resolve_field(vmk_thread *t, j3_pool *p, uint16_t index, bool is_static, bool is_put,
                           j3_method *from) VMK_MOVES;
/* kind: the invoking bytecode. */
j3_method *j3_resolve_method(vmk_thread *t, j3_pool *p, uint16_t index, uint8_t bytecode) VMK_MOVES;
/* ldc of String, Class, MethodType, MethodHandle, Dynamic (reference or boxed primitive): the object as
 * a borrowed handle that lives as long as the class. */
vmk_handle j3_resolve_constant(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES;
bool j3_check_class_access(const j3_class *from, const j3_class *to); /* leaf; modules too */

/* --- modules (module.c; JVM_* in jvm_module.c): module.h ------------------------------------------------------ */
bool j3_module_reads(const j3_module *from, const j3_module *to);
bool j3_module_exports_to(const j3_module *from, j3_symbol *package, const j3_module *to);
/* The named module of loader's package, or null. Any thread. */
j3_module *j3_module_of_package(const j3_loader *loader, j3_symbol *package);

/* Text of a helpful NullPointerException message, or null: there is none, or an exception is pending. */
vmk_handle j3_npe_message(vmk_thread *t, vmk_handle throwable) VMK_MOVES; /* npe.c */

/* --- descriptors (descriptor.c) ---------------------------------------------------------------------------------- */
vmk_type j3_type_of_descriptor(char c); /* storage type of a field descriptor's first character */
const vmk_signature *j3_signature_of(j3_symbol *descriptor,
                                     bool has_receiver); /* cached per symbol */
/* Is the text well-formed as such (JVMS 4.2, 4.3)?  Remembered in the symbol; any thread. */
bool j3_is_valid_field_descriptor(j3_symbol *s);
bool j3_is_valid_method_descriptor(j3_symbol *s, uint32_t *slots); /* as j3_descriptor_is_method */
bool j3_is_valid_class_name(j3_symbol *s);
bool j3_is_valid_member_name(j3_symbol *s, bool method);

/* --- strings (string.c) ------------------------------------------------------------------------------------------- */
vmk_handle j3_string_new(vmk_thread *t, const char *modified_utf8) VMK_MOVES; /* null: pending */
vmk_handle j3_string_new_length(vmk_thread *t, const char *modified_utf8, size_t length) VMK_MOVES;
vmk_handle j3_string_new_utf16(vmk_thread *t, const uint16_t *units, size_t count) VMK_MOVES;
vmk_handle j3_string_intern(vmk_thread *t, vmk_handle string) VMK_MOVES;
void j3_strings_sweep(vmk_tracer *tracer); /* in trace_weak: forget interned strings that died */
vmk_handle j3_string_of_symbol(vmk_thread *t, j3_symbol *s) VMK_MOVES; /* interned */
/* Modified UTF-8, malloc'ed, zero-terminated; null for null. length may be null. */
char *j3_string_utf8(vmk_handle string, size_t *length);
uint32_t j3_string_length(vmk_handle string);
uint16_t j3_string_char(vmk_handle string, uint32_t i);
bool j3_string_equals(vmk_handle a, vmk_handle b);
j3_symbol *j3_string_symbol(vmk_handle string, bool dots_to_slashes);

/* --- exceptions (throw.c) -------------------------------------------------------------------------------------------- */
/* Make `class_name` with a formatted message (modified UTF-8) pending; message format null: no message.
 * If making it throws, that is pending instead. */
void j3_throw(vmk_thread *t, const char *class_name, const char *format, ...) VMK_PRINTF(3, 4)
    VMK_MOVES;
void j3_throw_with_cause(vmk_thread *t, const char *class_name, vmk_handle cause,
                         const char *format, ...) VMK_PRINTF(4, 5) VMK_MOVES;
/* The same with a message of any length, as it is. */
void j3_throw_text(vmk_thread *t, const char *class_name, const char *message) VMK_MOVES;
void j3_throw_memory_fault(vmk_thread *t) VMK_MOVES; /* an access of vmk_guard.h answered false */
bool j3_pending_is(vmk_thread *t, const char *class_name); /* pending exception is an instance */
void j3_out_of_memory(vmk_thread *t, const char *message) VMK_MOVES;
void j3_throw_prepare(vmk_thread *t) VMK_MOVES; /* at boot: the error thrown when all else fails */
/* Fill backtrace/depth of a Throwable (JVM_FillInStackTrace). stack.c */
void j3_fill_stack_trace(vmk_thread *t, vmk_handle throwable) VMK_MOVES;
/* Print a pending/uncaught throwable with java code (printStackTrace), for boot failures. */
void j3_print_exception(vmk_thread *t, vmk_handle throwable) VMK_MOVES;

/* --- calls ------------------------------------------------------------------------------------------------------------ */
/* Call m (virtual selection is the caller's business). result may be null. False: pending. */
static inline bool
j3_call(vmk_thread *t, j3_method *m, const vmk_value *args, vmk_value *result) VMK_MOVES
{
  return vmk_call(t, m->function, args, result);
}
/* Find and call a static / a virtual method by names; for up-calls. */
bool j3_call_static(vmk_thread *t, j3_class *c, const char *name, const char *descriptor,
                    const vmk_value *args, vmk_value *result) VMK_MOVES;
bool j3_call_virtual(vmk_thread *t, vmk_handle receiver, const char *name, const char *descriptor,
                     const vmk_value *args, vmk_value *result) VMK_MOVES; /* args[0] = receiver */

/* --- translation and linkage (translate*.c, hooks.c, indy.c) --------------------------------------------------------- */
bool j3_translate(vmk_thread *t, vmk_function *f) VMK_MOVES; /* vmk_hooks.translate */
extern const vmk_hooks j3_hooks;
/* Bind a native method: VM builtins, registered natives, dlsym; UnsatisfiedLinkError. native.c */
bool j3_native_bind(vmk_thread *t, j3_method *m) VMK_MOVES;
/* A builtin for a boot method by class, name, descriptor, or null: natives, and C bodies that stand for
 * Java ones (natives_intrinsic.c), which the translator asks for before it reads bytecode. */
vmk_builtin j3_builtin_find(const j3_method *m);
/* line number of bytecode offset or -1. stack.c */
int32_t j3_method_line(const j3_method *m, uint32_t bci);

/* Method handles (indy.c): the intrinsic function for a polymorphic name and basic descriptor. */
j3_method *j3_polymorphic_intrinsic(vmk_thread *t, j3_class *holder, j3_symbol *name,
                                    j3_symbol *descriptor) VMK_MOVES;
/* MemberName contents for a method or field (MethodHandleNatives.init / resolve). membername.c */
bool j3_member_name_set_method(vmk_thread *t, vmk_handle member_name, j3_method *m,
                               j3_class *receiver, bool do_dispatch) VMK_MOVES;
bool j3_member_name_set_field(vmk_thread *t, vmk_handle member_name, j3_field *f, bool setter)
    VMK_MOVES;
/* MethodType object of a descriptor, through MethodHandleNatives.findMethodHandleType. */
vmk_handle j3_method_type(vmk_thread *t, j3_loader *loader, j3_class *accessing,
                          j3_symbol *descriptor) VMK_MOVES;

/* --- threads (threads.c) ---------------------------------------------------------------------------------------------- */
j3_thread *j3_thread_register(vmk_thread *t);
void j3_thread_unregister(j3_thread *jt);

#endif
