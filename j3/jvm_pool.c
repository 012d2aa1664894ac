/* jvm_pool.c -- JVM_ConstantPool*: the constant pool as annotation parsing reads it, and the class-file view
 * that libverify's old verifier reads
 *
 * The ConstantPool object's constantPoolOop is the Class mirror.  Every index is checked: it comes from
 * annotation bytes that nobody verified.
 */
#include <stdlib.h>

#include "attributes.h"
#include "entry.h"
#include "jvm.h"
#include "reflect.h"
#include "vm.h"

enum {
  TAG_UTF8 = 1,
  TAG_INTEGER = 3,
  TAG_FLOAT = 4,
  TAG_LONG = 5,
  TAG_DOUBLE = 6,
  TAG_CLASS = 7,
  TAG_STRING = 8,
  TAG_FIELD = 9,
  TAG_METHOD = 10,
  TAG_INTERFACE_METHOD = 11,
  TAG_NAME_AND_TYPE = 12,
};

jobject
JVM_GetClassConstantPool(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror);
  vmk_handle pool = NULL;
  if (!c->primitive && !c->is_array && j3_class_initialize(e.t, J3.known.class_ConstantPool)) {
    pool = j3_object_new(e.t, J3.known.class_ConstantPool);
    if (pool)
      vmk_set_ref(e.t, pool, J3.known.offset_ConstantPool_constantPoolOop, j3_in(mirror));
  }
  return j3_leave_ref(&e, pool);
}

/* The pool behind the mirror, with index in range and of one of two tags; null: exception pending. */
static j3_pool *
pool_check(vmk_thread *t, jobject mirror, jint index, int tag, int or_tag) VMK_MOVES
{
  j3_pool *p = j3_in_class(mirror)->pool;
  if (index <= 0 || index >= p->count) {
    j3_throw(t, "java/lang/IllegalArgumentException", "Constant pool index out of bounds");
    return NULL;
  }
  if (tag && p->tag[index] != tag && p->tag[index] != or_tag) {
    j3_throw(t, "java/lang/IllegalArgumentException", "Wrong type at constant pool index");
    return NULL;
  }
  return p;
}

jint
JVM_ConstantPoolGetSize(JNIEnv *env, jobject unused, jobject mirror)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  jint count = j3_in_class(mirror)->pool->count;
  j3_leave(&e);
  return count;
}

jclass
JVM_ConstantPoolGetClassAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, TAG_CLASS, 0);
  j3_class *c = p ? j3_resolve_class(e.t, p, (uint16_t)index) : NULL;
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jclass
JVM_ConstantPoolGetClassAtIfLoaded(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, TAG_CLASS, 0);
  j3_class *c = p ? j3_class_find(p->class->loader, j3_pool_class_name(p, (uint16_t)index)) : NULL;
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

jint
JVM_ConstantPoolGetClassRefIndexAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, 0, 0);
  jint result = 0;
  if (p && (p->tag[index] < TAG_FIELD || p->tag[index] > TAG_INTERFACE_METHOD))
    j3_throw(e.t, "java/lang/IllegalArgumentException", "Wrong type at constant pool index");
  else if (p)
    result = (jint)(p->value[index] & 0xffff);
  j3_leave(&e);
  return result;
}

static vmk_handle
pool_method(vmk_thread *t, jobject mirror, jint index, bool load) VMK_MOVES
{
  j3_pool *p = pool_check(t, mirror, index, TAG_METHOD, TAG_INTERFACE_METHOD);
  if (!p)
    return NULL;
  uint16_t class_index = (uint16_t)(p->value[index] & 0xffff);
  uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
  j3_class *c = load ? j3_resolve_class(t, p, class_index)
                     : j3_class_find(p->class->loader, j3_pool_class_name(p, class_index));
  if (!c)
    return NULL;
  j3_method *m =
      j3_class_method(c, j3_pool_utf8(p, pair & 0xffff), j3_pool_utf8(p, (uint16_t)(pair >> 16)));
  if (!m) {
    j3_throw(t, "java/lang/RuntimeException", "Unable to look up method in target class");
    return NULL;
  }
  return j3_reflect_method(t, m);
}

jobject
JVM_ConstantPoolGetMethodAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, pool_method(e.t, mirror, index, true));
}
jobject
JVM_ConstantPoolGetMethodAtIfLoaded(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, pool_method(e.t, mirror, index, false));
}

static vmk_handle
pool_field(vmk_thread *t, jobject mirror, jint index, bool load) VMK_MOVES
{
  j3_pool *p = pool_check(t, mirror, index, TAG_FIELD, 0);
  if (!p)
    return NULL;
  uint16_t class_index = (uint16_t)(p->value[index] & 0xffff);
  uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
  j3_class *c = load ? j3_resolve_class(t, p, class_index)
                     : j3_class_find(p->class->loader, j3_pool_class_name(p, class_index));
  if (!c)
    return NULL;
  j3_field *f =
      j3_class_field(c, j3_pool_utf8(p, pair & 0xffff), j3_pool_utf8(p, (uint16_t)(pair >> 16)));
  if (!f) {
    j3_throw(t, "java/lang/RuntimeException", "Unable to look up field in target class");
    return NULL;
  }
  return j3_reflect_field(t, f);
}

jobject
JVM_ConstantPoolGetFieldAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, pool_field(e.t, mirror, index, true));
}
jobject
JVM_ConstantPoolGetFieldAtIfLoaded(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, pool_field(e.t, mirror, index, false));
}

static vmk_handle
pool_strings(vmk_thread *t, j3_symbol *const *symbols, uint32_t count) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_String);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++) {
    vmk_handle string = j3_string_of_symbol(t, symbols[i]);
    if (!string)
      return NULL;
    vmk_set_elem(t, result, i, string);
  }
  return result;
}

jobjectArray
JVM_ConstantPoolGetMemberRefInfoAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, 0, 0);
  vmk_handle result = NULL;
  if (p && (p->tag[index] < TAG_FIELD || p->tag[index] > TAG_INTERFACE_METHOD)) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", "Wrong type at constant pool index");
  } else if (p) {
    uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
    j3_symbol *symbols[3] = {j3_pool_class_name(p, (uint16_t)(p->value[index] & 0xffff)),
                             j3_pool_utf8(p, pair & 0xffff),
                             j3_pool_utf8(p, (uint16_t)(pair >> 16))};
    result = pool_strings(e.t, symbols, 3);
  }
  return j3_leave_ref(&e, result);
}

jint
JVM_ConstantPoolGetNameAndTypeRefIndexAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, 0, 0);
  jint result = p ? (jint)(p->value[index] >> 16 & 0xffff) : 0;
  j3_leave(&e);
  return result;
}

jobjectArray
JVM_ConstantPoolGetNameAndTypeRefInfoAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, TAG_NAME_AND_TYPE, 0);
  vmk_handle result = NULL;
  if (p) {
    uint32_t pair = (uint32_t)p->value[index];
    j3_symbol *symbols[2] = {j3_pool_utf8(p, pair & 0xffff),
                             j3_pool_utf8(p, (uint16_t)(pair >> 16))};
    result = pool_strings(e.t, symbols, 2);
  }
  return j3_leave_ref(&e, result);
}

#define POOL_NUMBER(name, ctype, TAG)                                 \
  ctype name(JNIEnv *env, jobject unused, jobject mirror, jint index) \
  {                                                                   \
    (void)unused;                                                     \
    j3_entry e = j3_enter(env);                                       \
    j3_pool *p = pool_check(e.t, mirror, index, TAG, 0);              \
    ctype number = 0;                                                 \
    if (p)                                                            \
      memcpy(&number, &p->value[index], sizeof number);               \
    j3_leave(&e);                                                     \
    return number;                                                    \
  }
POOL_NUMBER(JVM_ConstantPoolGetIntAt, jint, TAG_INTEGER)
POOL_NUMBER(JVM_ConstantPoolGetLongAt, jlong, TAG_LONG)
POOL_NUMBER(JVM_ConstantPoolGetFloatAt, jfloat, TAG_FLOAT)
POOL_NUMBER(JVM_ConstantPoolGetDoubleAt, jdouble, TAG_DOUBLE)

jstring
JVM_ConstantPoolGetStringAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, TAG_STRING, 0);
  return j3_leave_ref(&e, p ? j3_resolve_constant(e.t, p, (uint16_t)index) : NULL);
}

jstring
JVM_ConstantPoolGetUTF8At(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, TAG_UTF8, 0);
  return j3_leave_ref(&e, p ? j3_string_of_symbol(e.t, j3_pool_utf8(p, (uint16_t)index)) : NULL);
}

jbyte
JVM_ConstantPoolGetTagAt(JNIEnv *env, jobject unused, jobject mirror, jint index)
{
  (void)unused;
  j3_entry e = j3_enter(env);
  j3_pool *p = pool_check(e.t, mirror, index, 0, 0);
  jbyte tag = p ? (jbyte)p->tag[index] : 0;
  j3_leave(&e);
  return tag;
}
