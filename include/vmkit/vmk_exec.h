/* vmk_exec.h -- virtual machines, runtimes, modules, functions; calling, throwing, native code
 *
 * A runtime (one language) registers hooks with a vm, makes modules (one per class loader or
 * assembly), and in them functions.  A function is declared with its signature, and translated when
 * it is first called: the `translate` hook builds its IR (vmk_ir.h) or binds native code.
 */
#ifndef VMK_EXEC_H
#define VMK_EXEC_H

#include <vmkit/vmk_kind.h>
#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_ref.h>
#include <vmkit/vmk_thread.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- vm ------------------------------------------------------------------------------------------ */

typedef struct vmk_vm_options {
  const char *options;     /* like VMK_OPTS: "gc=immix,trace=gc"; may be null */
  uint64_t heap_max_bytes; /* 0: a quarter of the machine's memory */
  uint64_t heap_initial_bytes;
  size_t stack_bytes; /* managed stack of a thread; 0: default */
  /* In the handler of a fatal signal, when all has been reported: ends the process.  Null: the handler that was there
   * before, or the system, does. */
  void (*crashed)(void);
} vmk_vm_options;
/* Make the process's vm and attach the calling thread to nothing yet.  Reads VMK_OPTS. */
VMK_API VMK_MUST_USE vmk_status vmk_vm_new(const vmk_vm_options *options, vmk_vm **out,
                                           vmk_error *error);
/* Free everything; every thread but the caller must have detached. */
VMK_API void vmk_vm_free(vmk_vm *vm);
/* Print to stderr what options want to be printed at the end: dump=profile:NAME, the totals of
 * trace=compile.  For whoever ends the process without vmk_vm_free, which does it too.  Other threads may
 * be running.  Leaf. */
VMK_API void vmk_vm_report(vmk_vm *vm);

/* --- hooks ----------------------------------------------------------------------------------------- */

/* Faults of managed code that the runtime turns into its own exceptions. */
typedef enum vmk_trap {
  VMK_TRAP_NULL,   /* null reference; site's pc tells what was accessed */
  VMK_TRAP_BOUNDS, /* a = index, b = length */
  VMK_TRAP_DIV_ZERO,
  VMK_TRAP_OVERFLOW,      /* checked arithmetic, checked conversion */
  VMK_TRAP_NEGATIVE_SIZE, /* a = length */
  VMK_TRAP_STORE,         /* array store check: object = array, value = element (b unused) */
  VMK_TRAP_STACK_OVERFLOW,
  VMK_TRAP_OUT_OF_MEMORY, /* a = bytes wanted, -1: too long an array for any heap; the hook must not
                           * allocate more than it kept ready */
  VMK_TRAP_MONITOR_STATE, /* unlock by a thread that does not own */
  VMK_TRAP_UNREACHABLE,   /* fell on a trap operation; a = its operand */
} vmk_trap;

typedef struct vmk_trap_info {
  vmk_trap trap;
  int64_t a, b;
  vmk_handle object, value; /* VMK_TRAP_STORE; else null */
  vmk_kind *kind;           /* allocation traps: what was to be made; else null */
} vmk_trap_info;

typedef enum vmk_link_result {
  VMK_LINK_QUICK, /* the site is linked for good: the instruction is rewritten */
  VMK_LINK_ONCE,  /* linked for this execution only; the hook will be asked again */
  VMK_LINK_THROW, /* an exception is pending */
} vmk_link_result;

/* All hooks run on a managed thread unless it says otherwise; VMK_MOVES ones may allocate, call
 * managed code and throw.  Null hooks: default noted. */
typedef struct vmk_hooks {
  const char *name; /* "j3" */
  /* First call of a declared function: install IR or native code; false: exception pending. */
  bool (*translate)(vmk_thread *t, vmk_function *f) VMK_MOVES_POINTER;
  /* First run of an unresolved instruction; answer with vmk_site_set_* (vmk_ir.h). */
  vmk_link_result (*link)(vmk_thread *t, vmk_function *f, vmk_site *site) VMK_MOVES_POINTER;
  /* Make the exception for a trap pending. */
  void (*trap)(vmk_thread *t, const vmk_trap_info *info) VMK_MOVES_POINTER;
  /* Does the handler with `token` in f take the pending exception?  It may resolve and throw: then
   * it replaces the pending exception and returns false. The exception is in *exception. */
  bool (*catches)(vmk_thread *t, vmk_function *f, uint32_t token, vmk_handle exception)
      VMK_MOVES_POINTER;
  /* The search for who takes an exception begins at the youngest frame, and the exception, which is not
   * pending meanwhile, has not been looked for yet from there; what is left pending replaces it.  Only
   * while vmk_runtime_hear_throws says so. */
  void (*unwinding)(vmk_thread *t, vmk_handle exception) VMK_MOVES_POINTER;
  /* Find the implementation of interface function `target` for receivers of `kind`; null: pending. */
  vmk_function *(*dispatch)(vmk_thread *t, vmk_function *target, vmk_kind *kind)VMK_MOVES_POINTER;
  /* May a `value` kind be stored in a reference array of `array` kind?  Asked after the cheap cases
   * (store-any, element == value kind) failed. Leaf. */
  bool (*can_store)(vmk_kind *array, vmk_kind *value);
  /* World stopped: report roots kept outside handles, frames, and functions' constants. */
  void (*trace_roots)(vmk_runtime *rt, vmk_tracer *tracer);
  /* World stopped, after tracing: drop entries of the runtime's own weak tables whose object is not
   * vmk_trace_is_live, update the others with vmk_trace_forwarded. Null: nothing. */
  void (*trace_weak)(vmk_runtime *rt, vmk_tracer *tracer);
  /* World stopped, after trace_weak: the holders of these modules are dead, and so is everything of the
   * modules; they are freed when the hook returns.  Forget what points into them. Null: nothing. */
  void (*unload)(vmk_runtime *rt, vmk_thread *t, vmk_module *const *modules, size_t count);
  /* World stopped: a reference object was cleared (or, FINAL, its referent revived); link it in. */
  void (*enqueue)(vmk_runtime *rt, vmk_thread *t, vmk_ref reference);
  /* World stopped: a finalizable object was revived. */
  void (*finalize_ready)(vmk_runtime *rt, vmk_thread *t, vmk_ref object);
  /* After a collection, world running: e.g. wake the pending-list thread, log it. */
  void (*collected)(vmk_runtime *rt, vmk_thread *t, const vmk_collection *c) VMK_MOVES_POINTER;
  /* Should this soft reference be kept now?  Null: cleared only when memory is short. */
  bool (*keep_soft)(vmk_runtime *rt, vmk_ref reference, bool hard);
  /* VMK_SHAPE_CUSTOM: size and trace. */
  size_t (*custom_size)(vmk_ref object);
  void (*custom_trace)(vmk_ref object, vmk_tracer *tracer);
  /* For dumps, traces, crash reports: print a function's / kind's name. Leaf, signal-safe. */
  void (*function_name)(const vmk_function *f, char *buffer, size_t size);
  void (*kind_name)(const vmk_kind *kind, char *buffer, size_t size);
} vmk_hooks;

/* Register a language.  hooks and data are borrowed for the vm's life.  VMK_ERROR_UNSUPPORTED when there are too many.
 * Any thread, leaf. */
VMK_API VMK_MUST_USE vmk_status vmk_runtime_new(vmk_vm *vm, const vmk_hooks *hooks, void *data,
                                                vmk_runtime **out, vmk_error *error);
VMK_API void *vmk_runtime_data(const vmk_runtime *rt);
VMK_API uint32_t vmk_runtime_index(const vmk_runtime *rt);
VMK_API vmk_vm *vmk_runtime_vm(const vmk_runtime *rt);
/* Is hook `unwinding` to be called?  At first it is not: it costs every throw something.  Any thread, leaf. */
VMK_API void vmk_runtime_hear_throws(vmk_runtime *rt, bool on);

/* A module: the unit of loading and unloading.  It lives until it is freed, or by a *holder*: an object
 * (class loader, load context) without which nothing can reach the module.  A module with a holder lives
 * exactly as long as the holder does; what keeps the holder is references as usual, instances of
 * the module's kinds (flag VMK_KIND_HELD) and frames that run its functions.  Its roots are reached from
 * the holder.  A collection that finds the holder dead calls the hook `unload` and frees the module.
 * Native code that has nothing but a pointer into a module must keep the holder reachable by a handle. */
/* A module without holder; `client` is the runtime's, borrowed.  Any thread, leaf; ends the process when memory is
 * short. */
VMK_API vmk_module *vmk_module_new(vmk_runtime *rt, void *client);
/* Free it with its functions, kinds and code: no frame, object or site may refer to it.  Leaf. */
VMK_API void vmk_module_free(vmk_module *module);
VMK_API vmk_runtime *vmk_module_runtime(const vmk_module *module);
VMK_API void *vmk_module_client(const vmk_module *module);
/* Bind a module's life to an object of a kind with VMK_KIND_HOLDER, which holds no other module; for
 * good.  Returns the handle by which the module knows it, valid as long as the module. Leaf. */
VMK_API vmk_handle vmk_module_set_holder(vmk_thread *t, vmk_module *module, vmk_handle holder);
/* A slot that is a root as long as the module lives, with this object (null: none) in it. Leaf. */
VMK_API vmk_handle vmk_module_root_new(vmk_module *module, vmk_handle object);
/* While it is blocked nothing is unloaded: for walks over what may die; nests.  Managed threads. Leaf. */
VMK_API void vmk_unload_block(vmk_vm *vm);
VMK_API void vmk_unload_unblock(vmk_vm *vm);

/* --- functions -------------------------------------------------------------------------------------- */

/* A signature: `count` parameter types in declared order (a receiver is the first parameter), narrow
 * types allowed.  Interned per vm: equal signatures are one pointer. Any thread. */
typedef struct vmk_signature {
  uint16_t count;
  uint8_t result; /* vmk_type */
  uint8_t reserved;
  uint16_t prim_count, ptr_count, ref_count; /* by register bank */
  uint8_t type[];
} vmk_signature;
VMK_API const vmk_signature *vmk_signature_get(vmk_vm *vm, vmk_type result, const uint8_t *types,
                                               size_t count);

enum {
  VMK_FUNCTION_HIDDEN = 1,  /* runtimes may skip its frames */
  VMK_FUNCTION_STATIC = 2,  /* C-ABI natives: pass the class handle */
  VMK_FUNCTION_CLIENT = 256 /* bits from here up are the runtime's */
};

/* The part of a function that tiers, stack walks and runtimes read.  Metaspace.  `entry` is called by
 * tier code only; it changes as the function is translated and compiled. */
struct vmk_function {
  void *entry;
  const uint32_t *code; /* encoded IR; null for native and not yet translated */
  uint64_t *constants;  /* K operands */
  void *client;         /* the runtime's method */
  const vmk_signature *signature;
  vmk_module *module;
  uint32_t flags;
  uint16_t frame_slots;              /* header, registers; the outgoing window begins here */
  uint16_t ref_begin, ref_end;       /* reference bank, in slots from fp (arguments included) */
  uint16_t ref_args_end;             /* ref_begin .. ref_args_end arrive as arguments */
  uint16_t ptr_begin[2], ptr_end[2]; /* managed pointers: arguments, locals */
  uint32_t counter;
  struct vmk_body *body; /* private: code length, constants, handlers, positions, sites, profile */
};

/* Declare a function.  client is the runtime's; flags VMK_FUNCTION_*. Never fails. Any thread. */
VMK_API vmk_function *vmk_function_new(vmk_module *module, const vmk_signature *signature,
                                       void *client, uint32_t flags);

/* --- new code for functions ------------------------------------------------------------------------------ *
 * For debuggers, agents, "edit and continue".  A function stays the same function: whoever calls it, however
 * it got hold of it, runs its new code from now on, while frames go on with the code they are in.  For that
 * they become frames of `former`, which the runtime declares with the module and signature of `function` and
 * a client that answers its hooks (link, catches, ...) for the old code.  A frame that has not begun its
 * first instruction stays a frame of `function` and runs the new code. */
typedef struct vmk_redefinition {
  vmk_function *function, *former;
} vmk_redefinition;
/* Each former becomes what its function was, with its code, sites and compiled code's place on the stacks;
 * each function is as if just declared, and translated when it is called next.  Code that has one inlined is
 * compiled anew.  Untranslated functions change nothing, native ones are only bound anew; a translation that
 * is under way is repeated.  Nothing is freed but compiled code: the old code lives as long as its module.
 * The world is stopped by t, which changes its own data in the same stop.  Leaf. */
VMK_API void vmk_functions_redefine(vmk_thread *t, const vmk_redefinition *list, size_t count);

/* --- native code -------------------------------------------------------------------------------------- */

/* A builtin: C that runs on the managed stack, in managed state.  Arguments sit in the frame's banks,
 * each bank in declared order: prim[i] (i32 zero-extended, f32 as its bits, ...), ref[i] is a slot
 * and thus a handle.  Store the result with vmk_return_*; throw by leaving an exception pending.
 * Local handles made inside are freed on return. */
typedef struct vmk_native_call {
  vmk_function *function;
  uint64_t *prim;
  vmk_slot *ref;
  uint64_t *ptr;
  uint64_t result;
} vmk_native_call;
typedef void (*vmk_builtin)(vmk_thread *t, vmk_native_call *call) VMK_MOVES_POINTER;

static inline int32_t
vmk_arg_i32(const vmk_native_call *c, int i)
{
  return (int32_t)c->prim[i];
}
static inline int64_t
vmk_arg_i64(const vmk_native_call *c, int i)
{
  return (int64_t)c->prim[i];
}
static inline float
vmk_arg_f32(const vmk_native_call *c, int i)
{
  float v;
  __builtin_memcpy(&v, &c->prim[i], sizeof v);
  return v;
}
static inline double
vmk_arg_f64(const vmk_native_call *c, int i)
{
  double v;
  __builtin_memcpy(&v, &c->prim[i], sizeof v);
  return v;
}
static inline vmk_handle
vmk_arg_ref(const vmk_native_call *c, int i)
{
  return &c->ref[i];
}
static inline void
vmk_return_i32(vmk_native_call *c, int32_t v)
{
  c->result = (uint32_t)v;
}
static inline void
vmk_return_i64(vmk_native_call *c, int64_t v)
{
  c->result = (uint64_t)v;
}
static inline void
vmk_return_f32(vmk_native_call *c, float v)
{
  c->result = 0;
  __builtin_memcpy(&c->result, &v, sizeof v);
}
static inline void
vmk_return_f64(vmk_native_call *c, double v)
{
  __builtin_memcpy(&c->result, &v, sizeof v);
}
/* h null: the null reference (or an exception is pending). */
static inline void
vmk_return_ref(vmk_native_call *c, vmk_handle h)
{
  c->result = h ? (uint64_t)(uintptr_t)h->ref : 0;
}

VMK_API void vmk_function_bind_builtin(vmk_function *f, vmk_builtin builtin);

/* C code with the platform's calling convention (a foreign-function interface such as JNI): called in
 * NATIVE state with `first` (the environment), then for static functions `class_handle`, then the
 * arguments; references as handles, a null reference as a null pointer.  The result, when a
 * reference, is a handle.  Called through libffi. */
typedef struct vmk_foreign {
  void *address;
  void *(*environment)(vmk_thread *t); /* gives `first` */
  vmk_slot *class_handle;
} vmk_foreign;
VMK_API void vmk_function_bind_foreign(vmk_function *f, const vmk_foreign *foreign);

/* Time spent on compiling functions so far, of all threads. */
VMK_API uint64_t vmk_compile_ns(vmk_vm *vm);

/* --- calling managed code ----------------------------------------------------------------------------- */

/* Call f with arguments in declared order.  False: an exception is pending.  A reference result is a
 * new local handle.  result may be null. */
VMK_API VMK_MUST_USE bool vmk_call(vmk_thread *t, vmk_function *f, const vmk_value *arguments,
                                   vmk_value *result) VMK_MOVES;
/* The function a virtual / interface call on this receiver would reach; null: exception pending. */
VMK_API vmk_function *vmk_find_virtual(vmk_handle receiver, uint32_t vtable_index);
VMK_API vmk_function *vmk_find_interface(vmk_thread *t, vmk_function *target, vmk_handle receiver)
    VMK_MOVES;

/* --- exceptions --------------------------------------------------------------------------------------- */

static inline bool
vmk_pending(const vmk_thread *t)
{
  return t->exception.ref != 0;
}
VMK_API void vmk_throw(vmk_thread *t, vmk_handle exception); /* replaces what is pending */
VMK_API vmk_handle vmk_take_exception(vmk_thread *t); /* local handle; clears; null if none */
VMK_API void vmk_clear_exception(vmk_thread *t);
/* Throw in another thread at its next poll (an asynchronous exception).  Until then the target does not
 * park, sleep or wait: what blocks it returns, and later ones do at once, as if it were interrupted.  The
 * handle is the kit's from now on; one that was not thrown yet is replaced.  The target must not end
 * meanwhile: caller's duty.  Leaf. */
VMK_API void vmk_throw_async(vmk_thread *target, vmk_handle global_exception);

/* --- frames ------------------------------------------------------------------------------------------- */

/* Walk a thread's frames, youngest first: the current thread, or one stopped at a safepoint or in
 * native state.  Managed and native frames appear, entry frames (C calling managed code) do not. */
typedef struct vmk_frame {
  vmk_function *function;
  uint32_t position; /* source position of the pc; VMK_NO_POSITION in native functions */
  /* private */
  uint64_t *fp;
  const uint32_t *pc;
  vmk_thread *thread;
} vmk_frame;
#define VMK_NO_POSITION UINT32_MAX
VMK_API bool vmk_frame_first(vmk_thread *t, vmk_frame *frame);
VMK_API bool vmk_frame_next(vmk_frame *frame);
/* Identity of an activation, usable to find it again with vmk_frame_at while it lives. */
VMK_API uintptr_t vmk_frame_id(const vmk_frame *frame);
VMK_API bool vmk_frame_at(vmk_thread *t, uintptr_t id, vmk_frame *frame);
/* Argument i (declared order) of the frame, as it is now (arguments are ordinary registers and may
 * have been assigned); a reference comes as a new local handle of the current thread. */
VMK_API bool vmk_frame_argument(vmk_thread *t, const vmk_frame *frame, uint32_t i, vmk_value *out);
/* The register that vmk_build_name gave this number, likewise; false: none has it, or it is not live (no
 * path from behind the instruction reads it): values are told for as long as the code needs them. */
VMK_API bool vmk_frame_named(vmk_thread *t, const vmk_frame *frame, uint32_t number,
                             vmk_value *out);
/* Give that register another value; the frame's thread does not run.  False when vmk_frame_named would say so. Leaf. */
VMK_API bool vmk_frame_set_named(const vmk_frame *frame, uint32_t number, const vmk_value *value);

#ifdef __cplusplus
}
#endif
#endif
