/* jvm_class.c -- JVM_* behind java.lang.Class and ClassLoader: finding, defining, asking about classes */
#include <stdlib.h>

#include "attributes.h"
#include "entry.h"
#include "jvm.h"
#include "vm.h"

/* --- finding and defining ------------------------------------------------------------------------------ */

jclass
JVM_FindPrimitiveClass(JNIEnv *env, const char *name)
{
  static const struct {
    const char *name;
    char descriptor[2];
  } rows[] = {{"boolean", "Z"}, {"byte", "B"},  {"char", "C"},   {"short", "S"}, {"int", "I"},
              {"long", "J"},    {"float", "F"}, {"double", "D"}, {"void", "V"}};
  j3_entry e = j3_enter(env);
  j3_class *c = NULL;
  for (size_t i = 0; i < VMK_COUNT(rows) && !c; i++)
    if (strcmp(rows[i].name, name) == 0)
      c = j3_class_of_descriptor(e.t, NULL, rows[i].descriptor, 1);
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

/* Null, with nothing pending, when there is no such boot class. */
jclass
JVM_FindClassFromBootLoader(JNIEnv *env, const char *name)
{
  j3_entry e = j3_enter(env);
  size_t length = strlen(name);
  j3_class *c =
      length > 0xffff ? NULL : j3_class_load(e.t, J3.boot, j3_symbol_get(name, length), true);
  if (!c && j3_pending_is(e.t, "java/lang/ClassNotFoundException"))
    vmk_clear_exception(e.t);
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

static jclass
class_find(JNIEnv *env, const char *name, bool initialize, jobject loader_object, j3_loader *loader,
           bool throw_cnf)
{
  j3_entry e = j3_enter(env);
  j3_class *c = NULL;
  size_t length = name ? strlen(name) : 0;
  if (!name || length > 0xffff) {
    j3_throw(e.t, throw_cnf ? "java/lang/ClassNotFoundException" : "java/lang/NoClassDefFoundError",
             "%.200s", name ? name : "No class name given");
  } else {
    if (!loader)
      loader = j3_loader_of(e.t, j3_in(loader_object));
    c = loader ? j3_class_load(e.t, loader, j3_symbol_get(name, length), throw_cnf) : NULL;
    if (c && initialize && !c->is_array && !j3_class_initialize(e.t, c))
      c = NULL;
  }
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jclass
JVM_FindClassFromCaller(JNIEnv *env, const char *name, jboolean initialize, jobject loader,
                        jclass caller)
{
  (void)caller;
  return class_find(env, name, initialize, loader, NULL, true);
}

jclass
JVM_FindClassFromClass(JNIEnv *env, const char *name, jboolean initialize, jclass from)
{
  j3_loader *loader = from ? j3_in_class(from)->loader : J3.boot;
  return class_find(env, name, initialize, NULL, loader, false);
}

jclass
JVM_FindLoadedClass(JNIEnv *env, jobject loader_object, jstring name)
{
  j3_entry e = j3_enter(env);
  j3_class *c = NULL;
  j3_loader *loader = name ? j3_loader_of(e.t, j3_in(loader_object)) : NULL;
  if (loader)
    c = j3_class_find(loader, j3_string_symbol(j3_in(name), true));
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jclass
JVM_DefineClassWithSource(JNIEnv *env, const char *name, jobject loader_object, const jbyte *bytes,
                          jsize length, jobject domain, const char *source)
{
  j3_entry e = j3_enter(env);
  j3_define define = {.name = name ? j3_symbol_of(name) : NULL,
                      .bytes = (const uint8_t *)bytes,
                      .length = (size_t)length,
                      .protection_domain = j3_in(domain),
                      .source = source};
  j3_loader *loader = j3_loader_of(e.t, j3_in(loader_object));
  j3_class *c = loader ? j3_class_define(e.t, loader, &define) : NULL;
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jclass
JVM_DefineClass(JNIEnv *env, const char *name, jobject loader, const jbyte *bytes, jsize length,
                jobject domain)
{
  return JVM_DefineClassWithSource(env, name, loader, bytes, length, domain, NULL);
}

enum { LOOKUP_NESTMATE = 1, LOOKUP_HIDDEN = 2, LOOKUP_STRONG = 4, LOOKUP_VM_ANNOTATIONS = 8 };

jclass
JVM_LookupDefineClass(JNIEnv *env, jclass lookup, const char *name, const jbyte *bytes,
                      jsize length, jobject domain, jboolean initialize, int flags,
                      jobject class_data)
{
  j3_entry e = j3_enter(env);
  j3_class *from = lookup ? j3_in_class(lookup) : NULL, *c = NULL;
  bool hidden = flags & LOOKUP_HIDDEN;
  if (!from) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", "Lookup class is null");
  } else if (!hidden && (class_data || flags != LOOKUP_STRONG)) {
    j3_throw(e.t, "java/lang/IllegalArgumentException",
             class_data ? "classData is only applicable for hidden classes" : "invalid flag 0x%x",
             flags);
  } else {
    j3_define define = {.name = name ? j3_symbol_of(name) : NULL,
                        .bytes = (const uint8_t *)bytes,
                        .length = (size_t)length,
                        .protection_domain = j3_in(domain),
                        .source = "__JVM_LookupDefineClass__",
                        .hidden = hidden,
                        .nestmate = flags & LOOKUP_NESTMATE,
                        .strong = flags & LOOKUP_STRONG,
                        .vm_annotations = flags & LOOKUP_VM_ANNOTATIONS,
                        .lookup = from,
                        .class_data = j3_in(class_data)};
    c = j3_class_define(e.t, from->loader, &define);
    if (c && !(initialize ? j3_class_initialize(e.t, c) : j3_class_link(e.t, c)))
      c = NULL;
  }
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

/* --- simple questions -------------------------------------------------------------------------------------- */

#define CLASS_QUESTION(name, expression)     \
  jboolean name(JNIEnv *env, jclass mirror)  \
  {                                          \
    j3_entry e = j3_enter(env);              \
    const j3_class *c = j3_in_class(mirror); \
    jboolean answer = (expression) != 0;     \
    j3_leave(&e);                            \
    return answer;                           \
  }
CLASS_QUESTION(JVM_IsInterface, !c->primitive && (c->flags & J3_INTERFACE))
CLASS_QUESTION(JVM_IsArrayClass, c->is_array)
CLASS_QUESTION(JVM_IsPrimitiveClass, c->primitive)
CLASS_QUESTION(JVM_IsHiddenClass, c->is_hidden)
CLASS_QUESTION(JVM_IsRecord, c->record.data && (c->flags & J3_FINAL) && c->super &&
                                 j3_symbol_is(c->super->name, "java/lang/Record"))

jstring
JVM_InitClassName(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  char name[1024];
  j3_class_external_name(j3_in_class(mirror), name, sizeof name);
  vmk_handle string = j3_string_new(e.t, name);
  string = string ? j3_string_intern(e.t, string) : NULL;
  if (string)
    vmk_set_ref(e.t, j3_in(mirror), J3.known.offset_Class_name, string);
  return j3_leave_ref(&e, string);
}

/* A Class[] of `count` classes. */
static vmk_handle
class_array(vmk_thread *t, j3_class *const *classes, uint32_t count) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_Class);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++)
    vmk_set_elem(t, result, i, classes[i]->mirror);
  return result;
}

jobjectArray
JVM_GetClassInterfaces(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  j3_class *of_arrays[2] = {J3.known.class_Cloneable, J3.known.class_Serializable};
  return j3_leave_ref(&e, c->is_array ? class_array(e.t, of_arrays, 2)
                                      : class_array(e.t, c->interfaces, c->interface_count));
}

jobjectArray
JVM_GetClassSigners(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  vmk_handle signers = vmk_get_ref(e.t, j3_in(mirror), J3.known.offset_Class_vm_signers);
  if (!vmk_is_null(signers))
    signers = vmk_clone(e.t, signers);
  return j3_leave_ref(&e, signers);
}

void
JVM_SetClassSigners(JNIEnv *env, jclass mirror, jobjectArray signers)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  if (!c->primitive && !c->is_array)
    vmk_set_ref(e.t, j3_in(mirror), J3.known.offset_Class_vm_signers, j3_in(signers));
  j3_leave(&e);
}

jobject
JVM_GetProtectionDomain(JNIEnv *env, jclass mirror)
{
  if (!mirror)
    return NULL;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e,
                      vmk_get_ref(e.t, j3_in(mirror), J3.known.offset_Class_vm_protection_domain));
}

/* --- modifiers and inner classes ------------------------------------------------------------------------------- */

/* A row of InnerClasses (JVMS 4.7.6). */
typedef struct class_inner {
  uint16_t inner, outer, name, flags;
} class_inner;

static bool
class_inner_row(const j3_class *c, uint32_t i, class_inner *row)
{
  if (c->inner_classes.length < 2 || i >= j3_u2(c->inner_classes.data))
    return false;
  const uint8_t *p = c->inner_classes.data + 2 + 8 * i;
  *row = (class_inner){(uint16_t)j3_u2(p), (uint16_t)j3_u2(p + 2), (uint16_t)j3_u2(p + 4),
                       (uint16_t)j3_u2(p + 6)};
  return true;
}

static bool
class_inner_is(const j3_class *c, const class_inner *row)
{
  j3_symbol *name = j3_pool_class_name(c->pool, row->inner);
  return name == c->name || (c->is_hidden && name == j3_pool_class_name(c->pool, c->this_index));
}

/* The row of c itself among its InnerClasses. */
static bool
class_own_row(const j3_class *c, class_inner *row)
{
  for (uint32_t i = 0; class_inner_row(c, i, row); i++)
    if (row->inner && class_inner_is(c, row))
      return true;
  return false;
}

uint16_t
j3_class_modifiers(const j3_class *c)
{
  if (c->primitive)
    return J3_PUBLIC | J3_FINAL | J3_ABSTRACT;
  if (c->is_array) {
    uint16_t element = j3_class_modifiers(c->element);
    return (uint16_t)((element & (J3_PUBLIC | J3_PRIVATE | J3_PROTECTED)) | J3_FINAL | J3_ABSTRACT);
  }
  class_inner row;
  uint16_t flags = class_own_row(c, &row) ? row.flags : c->flags;
  return (uint16_t)(flags & ~J3_SUPER & 0x7fff);
}

jint
JVM_GetClassModifiers(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  jint flags = j3_class_modifiers(j3_in_class(mirror));
  j3_leave(&e);
  return flags;
}

jint
JVM_GetClassAccessFlags(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  jint flags = c->primitive ? (J3_ABSTRACT | J3_FINAL | J3_PUBLIC) : c->flags;
  j3_leave(&e);
  return flags;
}

jobjectArray
JVM_GetDeclaredClasses(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror);
  class_inner row;
  uint32_t rows = 0, n = 0;
  while (!c->is_array && !c->primitive && class_inner_row(c, rows, &row))
    rows++;
  j3_class **members = calloc(rows + 1, sizeof *members);
  for (uint32_t i = 0; members && i < rows; i++) {
    class_inner_row(c, i, &row);
    if (!row.outer || !row.inner || !row.name)
      continue;
    j3_symbol *outer_name = j3_pool_class_name(c->pool, row.outer);
    if (outer_name != c->name)
      continue;
    j3_class *outer = j3_resolve_class(e.t, c->pool, row.outer);
    j3_class *inner = outer == c ? j3_resolve_class(e.t, c->pool, row.inner) : NULL;
    if (vmk_pending(e.t))
      break;
    if (inner)
      members[n++] = inner;
  }
  vmk_handle result = vmk_pending(e.t) ? NULL : class_array(e.t, members, n);
  free(members);
  return j3_leave_ref(&e, result);
}

/* Does outer's InnerClasses list inner as a member?  An entry names a class; a hidden class has no name,
 * so that the class it was made from is listed, and itself is not. */
static bool
class_lists_member(const j3_class *outer, const j3_class *inner)
{
  class_inner row;
  for (uint32_t i = 0; class_inner_row(outer, i, &row); i++)
    if (row.outer && row.inner && j3_pool_class_name(outer->pool, row.outer) == outer->name &&
        j3_pool_class_name(outer->pool, row.inner) == inner->name)
      return true;
  return false;
}

/* The class that declares c as a member; null for top-level, local and anonymous ones, and with an
 * IncompatibleClassChangeError pending when that class does not agree. */
static j3_class *
class_declaring(vmk_thread *t, j3_class *c) VMK_MOVES
{
  class_inner row;
  if (c->is_array || c->primitive || !class_own_row(c, &row) || !row.outer)
    return NULL;
  j3_class *outer = j3_resolve_class(t, c->pool, row.outer);
  if (!outer || class_lists_member(outer, c))
    return outer;
  char outer_name[1000], name[1000];
  j3_class_external_name(outer, outer_name, sizeof outer_name);
  j3_class_external_name(c, name, sizeof name);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           "%s and %s disagree on InnerClasses attribute", outer_name, name);
  return NULL;
}

jclass
JVM_GetDeclaringClass(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *c = class_declaring(e.t, j3_in_class(mirror));
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jstring
JVM_GetSimpleBinaryName(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  class_inner row;
  vmk_handle name = NULL;
  if (!c->is_array && !c->primitive && class_own_row(c, &row) && row.name)
    name = j3_string_of_symbol(e.t, j3_pool_utf8(c->pool, row.name));
  return j3_leave_ref(&e, name);
}

jobjectArray
JVM_GetEnclosingMethodInfo(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror), *outer = NULL;
  vmk_handle result = NULL;
  if (!c->is_array && !c->primitive && c->enclosing_method.length >= 4) {
    uint16_t class_index = (uint16_t)j3_u2(c->enclosing_method.data);
    uint16_t method_index = (uint16_t)j3_u2(c->enclosing_method.data + 2);
    outer = class_index ? j3_resolve_class(e.t, c->pool, class_index) : NULL;
    j3_class *objects = outer ? j3_class_array_of(e.t, J3.known.class_Object) : NULL;
    result = objects ? j3_array_new(e.t, objects, 3) : NULL;
    if (result) {
      vmk_set_elem(e.t, result, 0, outer->mirror);
      if (method_index) {
        uint32_t pair = (uint32_t)c->pool->value[method_index];
        vmk_handle name = j3_string_of_symbol(e.t, j3_pool_utf8(c->pool, pair & 0xffff));
        vmk_handle type =
            name ? j3_string_of_symbol(e.t, j3_pool_utf8(c->pool, (uint16_t)(pair >> 16))) : NULL;
        if (type) {
          vmk_set_elem(e.t, result, 1, name);
          vmk_set_elem(e.t, result, 2, type);
        }
      }
    }
  }
  return j3_leave_ref(&e, result);
}

/* --- attributes -------------------------------------------------------------------------------------------------- */

jstring
JVM_GetClassSignature(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  return j3_leave_ref(&e, c->signature ? j3_string_of_symbol(e.t, c->signature) : NULL);
}

vmk_handle
j3_byte_array(vmk_thread *t, j3_bytes bytes) VMK_MOVES
{
  if (!bytes.data)
    return NULL;
  j3_class *array = j3_class_of_descriptor(t, NULL, "[B", 2);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)bytes.length) : NULL;
  if (result)
    memcpy(vmk_array_data(result), bytes.data, bytes.length);
  return result;
}

jbyteArray
JVM_GetClassAnnotations(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_byte_array(e.t, j3_in_class(mirror)->annotations));
}

jbyteArray
JVM_GetClassTypeAnnotations(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_byte_array(e.t, j3_in_class(mirror)->type_annotations));
}

/* --- nests, sealed classes ------------------------------------------------------------------------------------------ */

jboolean
JVM_AreNestMates(JNIEnv *env, jclass a, jclass b)
{
  j3_entry e = j3_enter(env);
  j3_class *x = j3_class_nest_host(e.t, j3_in_class(a));
  jboolean same = x == j3_class_nest_host(e.t, j3_in_class(b));
  j3_leave(&e);
  return same;
}

jclass
JVM_GetNestHost(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_class_nest_host(e.t, j3_in_class(mirror))->mirror);
}

jobjectArray
JVM_GetNestMembers(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *host = j3_class_nest_host(e.t, j3_in_class(mirror));
  uint32_t count = host->nest_members.length >= 2 ? j3_u2(host->nest_members.data) : 0, n = 0;
  j3_class **members = calloc(count + 1, sizeof *members);
  if (members)
    members[n++] = host;
  for (uint32_t i = 0; members && i < count; i++) {
    uint16_t index = (uint16_t)j3_u2(host->nest_members.data + 2 + 2 * i);
    j3_class *member = j3_resolve_class(e.t, host->pool, index);
    if (member && j3_class_nest_host(e.t, member) == host && member != host)
      members[n++] = member;
    else
      vmk_clear_exception(e.t); /* members that cannot be loaded, or deny it, are left out */
  }
  vmk_handle result = members ? class_array(e.t, members, n) : NULL;
  free(members);
  return j3_leave_ref(&e, result);
}

jobjectArray
JVM_GetPermittedSubclasses(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(mirror);
  vmk_handle result = NULL;
  if (!c->is_array && !c->primitive && c->permitted_subclasses.length >= 2) {
    uint32_t count = j3_u2(c->permitted_subclasses.data), n = 0;
    j3_class **list = calloc(count + 1, sizeof *list);
    for (uint32_t i = 0; list && i < count; i++) {
      uint16_t index = (uint16_t)j3_u2(c->permitted_subclasses.data + 2 + 2 * i);
      j3_class *subclass = j3_resolve_class(e.t, c->pool, index);
      if (subclass)
        list[n++] = subclass;
      else
        vmk_clear_exception(e.t);
    }
    result = list ? class_array(e.t, list, n) : NULL;
    free(list);
  }
  return j3_leave_ref(&e, result);
}
