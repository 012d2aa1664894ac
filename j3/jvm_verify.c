/* jvm_verify.c -- the class-file view libverify's type-inferring verifier imports
 *
 * Names returned are symbols, which live for ever, so JVM_ReleaseUTF has nothing to do.  Method and field
 * numbers index the class's declared members as this vm keeps them, which is all the verifier needs.
 */
#include "attributes.h"
#include "entry.h"
#include "jvm.h"
#include "vm.h"

static const j3_class *
verify_class(JNIEnv *env, jclass mirror)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(mirror), *verified = j3_self(e.t)->verified;
  if (verified && verified->mirror == c->mirror)
    c = verified;
  j3_leave(&e);
  return c;
}

static const j3_method *
verify_method(JNIEnv *env, jclass mirror, jint index)
{
  return &verify_class(env, mirror)->methods[index];
}

const char *
JVM_GetClassNameUTF(JNIEnv *env, jclass mirror)
{
  return verify_class(env, mirror)->name->text;
}
void
JVM_ReleaseUTF(const char *text)
{
  (void)text;
}

void
JVM_GetClassCPTypes(JNIEnv *env, jclass mirror, unsigned char *types)
{
  const j3_pool *p = verify_class(env, mirror)->pool;
  memcpy(types, p->tag, p->count);
}
jint
JVM_GetClassCPEntriesCount(JNIEnv *env, jclass mirror)
{
  return verify_class(env, mirror)->pool->count;
}
jint
JVM_GetClassFieldsCount(JNIEnv *env, jclass mirror)
{
  return verify_class(env, mirror)->field_count;
}
jint
JVM_GetClassMethodsCount(JNIEnv *env, jclass mirror)
{
  return verify_class(env, mirror)->method_count;
}

void
JVM_GetMethodIxExceptionIndexes(JNIEnv *env, jclass mirror, jint method, unsigned short *exceptions)
{
  const j3_bytes raw = verify_method(env, mirror, method)->exceptions;
  for (uint32_t i = 0, n = raw.length >= 2 ? j3_u2(raw.data) : 0; i < n; i++)
    exceptions[i] = (unsigned short)j3_u2(raw.data + 2 + 2 * i);
}
jint
JVM_GetMethodIxExceptionsCount(JNIEnv *env, jclass mirror, jint method)
{
  const j3_bytes raw = verify_method(env, mirror, method)->exceptions;
  return raw.length >= 2 ? (jint)j3_u2(raw.data) : 0;
}
void
JVM_GetMethodIxByteCode(JNIEnv *env, jclass mirror, jint method, unsigned char *code)
{
  const j3_bytes raw = verify_method(env, mirror, method)->code;
  memcpy(code, raw.data, raw.length);
}
jint
JVM_GetMethodIxByteCodeLength(JNIEnv *env, jclass mirror, jint method)
{
  return (jint)verify_method(env, mirror, method)->code.length;
}
void
JVM_GetMethodIxExceptionTableEntry(JNIEnv *env, jclass mirror, jint method, jint row,
                                   j3_exception_row *out)
{
  const uint8_t *p = verify_method(env, mirror, method)->exception_table.data + 8 * row;
  *out = (j3_exception_row){(jint)j3_u2(p), (jint)j3_u2(p + 2), (jint)j3_u2(p + 4),
                            (jint)j3_u2(p + 6)};
}
jint
JVM_GetMethodIxExceptionTableLength(JNIEnv *env, jclass mirror, int method)
{
  return (jint)verify_method(env, mirror, method)->exception_table.length / 8;
}
jint
JVM_GetFieldIxModifiers(JNIEnv *env, jclass mirror, int field)
{
  return verify_class(env, mirror)->fields[field].flags;
}
jint
JVM_GetMethodIxModifiers(JNIEnv *env, jclass mirror, int method)
{
  return (jint)(verify_method(env, mirror, method)->flags & 0xffff);
}
jint
JVM_GetMethodIxLocalsCount(JNIEnv *env, jclass mirror, int method)
{
  return verify_method(env, mirror, method)->max_locals;
}
jint
JVM_GetMethodIxArgsSize(JNIEnv *env, jclass mirror, int method)
{
  return verify_method(env, mirror, method)->argument_slots;
}
jint
JVM_GetMethodIxMaxStack(JNIEnv *env, jclass mirror, int method)
{
  return verify_method(env, mirror, method)->max_stack;
}
jboolean
JVM_IsConstructorIx(JNIEnv *env, jclass mirror, int method)
{
  return j3_symbol_is(verify_method(env, mirror, method)->name, "<init>");
}
jboolean
JVM_IsVMGeneratedMethodIx(JNIEnv *env, jclass mirror, int method)
{
  return (verify_method(env, mirror, method)->flags & J3_METHOD_MIRANDA) != 0;
}
const char *
JVM_GetMethodIxNameUTF(JNIEnv *env, jclass mirror, jint method)
{
  return verify_method(env, mirror, method)->name->text;
}
const char *
JVM_GetMethodIxSignatureUTF(JNIEnv *env, jclass mirror, jint method)
{
  return verify_method(env, mirror, method)->descriptor->text;
}

/* Name (0) or descriptor (1) of a member reference. */
static const char *
verify_member_text(JNIEnv *env, jclass mirror, jint index, int which)
{
  const j3_pool *p = verify_class(env, mirror)->pool;
  uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
  return j3_pool_utf8(p, (uint16_t)(which ? pair >> 16 : pair & 0xffff))->text;
}
static const char *
verify_member_class(JNIEnv *env, jclass mirror, jint index)
{
  const j3_pool *p = verify_class(env, mirror)->pool;
  return j3_pool_class_name(p, (uint16_t)(p->value[index] & 0xffff))->text;
}

const char *
JVM_GetCPFieldNameUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_text(env, mirror, index, 0);
}
const char *
JVM_GetCPMethodNameUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_text(env, mirror, index, 0);
}
const char *
JVM_GetCPMethodSignatureUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_text(env, mirror, index, 1);
}
const char *
JVM_GetCPFieldSignatureUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_text(env, mirror, index, 1);
}
const char *
JVM_GetCPClassNameUTF(JNIEnv *env, jclass mirror, jint index)
{
  return j3_pool_class_name(verify_class(env, mirror)->pool, (uint16_t)index)->text;
}
const char *
JVM_GetCPFieldClassNameUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_class(env, mirror, index);
}
const char *
JVM_GetCPMethodClassNameUTF(JNIEnv *env, jclass mirror, jint index)
{
  return verify_member_class(env, mirror, index);
}

static void
verify_member_symbols(const j3_class *c, int index, j3_symbol **name, j3_symbol **descriptor)
{
  uint32_t pair = (uint32_t)c->pool->value[c->pool->value[index] >> 16 & 0xffff];
  *name = j3_pool_utf8(c->pool, pair & 0xffff);
  *descriptor = j3_pool_utf8(c->pool, (uint16_t)(pair >> 16));
}

jint
JVM_GetCPFieldModifiers(JNIEnv *env, jclass mirror, int index, jclass called)
{
  j3_symbol *name, *descriptor;
  verify_member_symbols(verify_class(env, mirror), index, &name, &descriptor);
  const j3_field *f = j3_class_field(verify_class(env, called), name, descriptor);
  return f ? f->flags : -1;
}
jint
JVM_GetCPMethodModifiers(JNIEnv *env, jclass mirror, int index, jclass called)
{
  j3_symbol *name, *descriptor;
  verify_member_symbols(verify_class(env, mirror), index, &name, &descriptor);
  const j3_method *m = j3_class_method(verify_class(env, called), name, descriptor);
  return m ? (jint)(m->flags & 0xffff) : -1;
}

jboolean
JVM_IsSameClassPackage(JNIEnv *env, jclass a, jclass b)
{
  return j3_class_same_package(verify_class(env, a), verify_class(env, b));
}
