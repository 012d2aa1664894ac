/* jni_call.c -- the 90 Call<Type>Method functions and the constructors of the JNI table
 *
 * All go through jni_invoke with arguments as jvalues; the variadic forms read their list by the method's
 * descriptor first.  A jmethodID is the j3_method.
 */
#include <stdarg.h>

#include "entry.h"
#include "jni_table.h"
#include "vm.h"

typedef enum jni_mode { JNI_VIRTUAL, JNI_NONVIRTUAL, JNI_STATIC } jni_mode;

/* Visit the type letters of a method descriptor's parameters. */
static const char *
jni_next_type(const char *p)
{
  while (*p == '[')
    p++;
  return *p == 'L' ? strchr(p, ';') + 1 : p + 1;
}

static void
jni_read_list(const j3_method *m, va_list list, jvalue *out)
{
  for (const char *p = m->descriptor->text + 1; *p != ')'; p = jni_next_type(p), out++)
    switch (*p) {
    case 'Z': out->z = (jboolean)va_arg(list, int); break;
    case 'B': out->b = (jbyte)va_arg(list, int); break;
    case 'C': out->c = (jchar)va_arg(list, int); break;
    case 'S': out->s = (jshort)va_arg(list, int); break;
    case 'I': out->i = va_arg(list, jint); break;
    case 'J': out->j = va_arg(list, jlong); break;
    case 'F': out->f = (jfloat)va_arg(list, double); break;
    case 'D': out->d = va_arg(list, double); break;
    default: out->l = va_arg(list, jobject); break;
    }
}

static void
jni_convert(const j3_method *m, const jvalue *in, vmk_value *out)
{
  for (const char *p = m->descriptor->text + 1; *p != ')'; p = jni_next_type(p), in++, out++) {
    out->bits = 0;
    switch (*p) {
    case 'Z': out->i32 = in->z != 0; break;
    case 'B': out->i32 = in->b; break;
    case 'C': out->i32 = in->c; break;
    case 'S': out->i32 = in->s; break;
    case 'I': out->i32 = in->i; break;
    case 'J': out->i64 = in->j; break;
    case 'F': out->f32 = in->f; break;
    case 'D': out->f64 = in->d; break;
    default: out->ref = j3_in(in->l); break;
    }
  }
}

static jvalue
jni_result(char type, vmk_value v)
{
  jvalue r = {.j = 0};
  switch (type) {
  case 'Z': r.z = v.i32 != 0; break;
  case 'B': r.b = (jbyte)v.i32; break;
  case 'C': r.c = (jchar)v.i32; break;
  case 'S': r.s = (jshort)v.i32; break;
  case 'I': r.i = v.i32; break;
  case 'J': r.j = v.i64; break;
  case 'F': r.f = v.f32; break;
  case 'D': r.d = v.f64; break;
  default: break;
  }
  return r;
}

/* The method a call reaches; null: exception pending. */
static j3_method *
jni_select(vmk_thread *t, jni_mode mode, jobject receiver, j3_method *m) VMK_MOVES
{
  if (mode == JNI_STATIC)
    return j3_class_initialize(t, m->class) ? m : NULL;
  if (!receiver) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return NULL;
  }
  if (mode == JNI_NONVIRTUAL || (m->flags & J3_PRIVATE) || j3_symbol_is(m->name, "<init>"))
    return m;
  return j3_select_method(t, j3_class_of(j3_in(receiver)), m);
}

static jvalue
jni_invoke(JNIEnv *env, jni_mode mode, jobject receiver, j3_method *m, const jvalue *arguments)
{
  j3_entry e = j3_enter(env);
  vmk_value values[256], result = {0};
  jvalue out = {.j = 0};
  char type = strchr(m->descriptor->text, ')')[1];
  bool reference = type == 'L' || type == '[';
  j3_method *target = jni_select(e.t, mode, receiver, m);
  if (target) {
    values[0].ref = j3_in(receiver);
    jni_convert(m, arguments, values + (mode != JNI_STATIC));
    if (j3_call(e.t, target, values, &result) && !reference)
      out = jni_result(type, result);
  }
  if (reference)
    out.l = j3_leave_ref(&e, target ? result.ref : NULL);
  else
    j3_leave(&e);
  return out;
}

#define JNI_CALLS(Type, ctype, member)                                                         \
  static ctype JNICALL jni_Call##Type##MethodA(JNIEnv *env, jobject o, jmethodID m,            \
                                               const jvalue *a)                                \
  {                                                                                            \
    return (ctype)jni_invoke(env, JNI_VIRTUAL, o, (j3_method *)m, a) member;                   \
  }                                                                                            \
  static ctype JNICALL jni_Call##Type##MethodV(JNIEnv *env, jobject o, jmethodID m, va_list l) \
  {                                                                                            \
    jvalue a[255];                                                                             \
    jni_read_list((j3_method *)m, l, a);                                                       \
    return (ctype)jni_invoke(env, JNI_VIRTUAL, o, (j3_method *)m, a) member;                   \
  }                                                                                            \
  static ctype JNICALL jni_Call##Type##Method(JNIEnv *env, jobject o, jmethodID m, ...)        \
  {                                                                                            \
    jvalue a[255];                                                                             \
    va_list l;                                                                                 \
    va_start(l, m);                                                                            \
    jni_read_list((j3_method *)m, l, a);                                                       \
    va_end(l);                                                                                 \
    return (ctype)jni_invoke(env, JNI_VIRTUAL, o, (j3_method *)m, a) member;                   \
  }                                                                                            \
  static ctype JNICALL jni_CallNonvirtual##Type##MethodA(JNIEnv *env, jobject o, jclass c,     \
                                                         jmethodID m, const jvalue *a)         \
  {                                                                                            \
    (void)c;                                                                                   \
    return (ctype)jni_invoke(env, JNI_NONVIRTUAL, o, (j3_method *)m, a) member;                \
  }                                                                                            \
  static ctype JNICALL jni_CallNonvirtual##Type##MethodV(JNIEnv *env, jobject o, jclass c,     \
                                                         jmethodID m, va_list l)               \
  {                                                                                            \
    (void)c;                                                                                   \
    jvalue a[255];                                                                             \
    jni_read_list((j3_method *)m, l, a);                                                       \
    return (ctype)jni_invoke(env, JNI_NONVIRTUAL, o, (j3_method *)m, a) member;                \
  }                                                                                            \
  static ctype JNICALL jni_CallNonvirtual##Type##Method(JNIEnv *env, jobject o, jclass c,      \
                                                        jmethodID m, ...)                      \
  {                                                                                            \
    (void)c;                                                                                   \
    jvalue a[255];                                                                             \
    va_list l;                                                                                 \
    va_start(l, m);                                                                            \
    jni_read_list((j3_method *)m, l, a);                                                       \
    va_end(l);                                                                                 \
    return (ctype)jni_invoke(env, JNI_NONVIRTUAL, o, (j3_method *)m, a) member;                \
  }                                                                                            \
  static ctype JNICALL jni_CallStatic##Type##MethodA(JNIEnv *env, jclass c, jmethodID m,       \
                                                     const jvalue *a)                          \
  {                                                                                            \
    (void)c;                                                                                   \
    return (ctype)jni_invoke(env, JNI_STATIC, NULL, (j3_method *)m, a) member;                 \
  }                                                                                            \
  static ctype JNICALL jni_CallStatic##Type##MethodV(JNIEnv *env, jclass c, jmethodID m,       \
                                                     va_list l)                                \
  {                                                                                            \
    (void)c;                                                                                   \
    jvalue a[255];                                                                             \
    jni_read_list((j3_method *)m, l, a);                                                       \
    return (ctype)jni_invoke(env, JNI_STATIC, NULL, (j3_method *)m, a) member;                 \
  }                                                                                            \
  static ctype JNICALL jni_CallStatic##Type##Method(JNIEnv *env, jclass c, jmethodID m, ...)   \
  {                                                                                            \
    (void)c;                                                                                   \
    jvalue a[255];                                                                             \
    va_list l;                                                                                 \
    va_start(l, m);                                                                            \
    jni_read_list((j3_method *)m, l, a);                                                       \
    va_end(l);                                                                                 \
    return (ctype)jni_invoke(env, JNI_STATIC, NULL, (j3_method *)m, a) member;                 \
  }

JNI_CALLS(Object, jobject, .l)
JNI_CALLS(Boolean, jboolean, .z)
JNI_CALLS(Byte, jbyte, .b)
JNI_CALLS(Char, jchar, .c)
JNI_CALLS(Short, jshort, .s)
JNI_CALLS(Int, jint, .i)
JNI_CALLS(Long, jlong, .j)
JNI_CALLS(Float, jfloat, .f)
JNI_CALLS(Double, jdouble, .d)
JNI_CALLS(Void, void, .j)

/* --- construction ---------------------------------------------------------------------------------------- */

/* An instance without running a constructor; InstantiationException for what has none. */
static vmk_handle
jni_allocate(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (c->primitive || c->is_array || (c->flags & (J3_ABSTRACT | J3_INTERFACE)) ||
      c == J3.known.class_Class) {
    char name[512];
    j3_class_external_name(c, name, sizeof name);
    j3_throw(t, "java/lang/InstantiationException", "%s", name);
    return NULL;
  }
  return j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
}

static jobject JNICALL
jni_AllocObject(JNIEnv *env, jclass class)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, jni_allocate(e.t, j3_in_class(class)));
}

static jobject JNICALL
jni_NewObjectA(JNIEnv *env, jclass class, jmethodID m, const jvalue *a)
{
  jobject object = jni_AllocObject(env, class);
  if (!object)
    return NULL;
  jni_invoke(env, JNI_NONVIRTUAL, object, (j3_method *)m, a);
  return object;
}
static jobject JNICALL
jni_NewObjectV(JNIEnv *env, jclass class, jmethodID m, va_list l)
{
  jvalue a[255];
  jni_read_list((j3_method *)m, l, a);
  return jni_NewObjectA(env, class, m, a);
}
static jobject JNICALL
jni_NewObject(JNIEnv *env, jclass class, jmethodID m, ...)
{
  jvalue a[255];
  va_list l;
  va_start(l, m);
  jni_read_list((j3_method *)m, l, a);
  va_end(l);
  return jni_NewObjectA(env, class, m, a);
}

#define JNI_FILL(Type)                                                      \
  table->Call##Type##Method = jni_Call##Type##Method;                       \
  table->Call##Type##MethodV = jni_Call##Type##MethodV;                     \
  table->Call##Type##MethodA = jni_Call##Type##MethodA;                     \
  table->CallNonvirtual##Type##Method = jni_CallNonvirtual##Type##Method;   \
  table->CallNonvirtual##Type##MethodV = jni_CallNonvirtual##Type##MethodV; \
  table->CallNonvirtual##Type##MethodA = jni_CallNonvirtual##Type##MethodA; \
  table->CallStatic##Type##Method = jni_CallStatic##Type##Method;           \
  table->CallStatic##Type##MethodV = jni_CallStatic##Type##MethodV;         \
  table->CallStatic##Type##MethodA = jni_CallStatic##Type##MethodA

void
j3_jni_fill_calls(struct JNINativeInterface_ *table)
{
  JNI_FILL(Object);
  JNI_FILL(Boolean);
  JNI_FILL(Byte);
  JNI_FILL(Char);
  JNI_FILL(Short);
  JNI_FILL(Int);
  JNI_FILL(Long);
  JNI_FILL(Float);
  JNI_FILL(Double);
  JNI_FILL(Void);
  table->AllocObject = jni_AllocObject;
  table->NewObject = jni_NewObject;
  table->NewObjectV = jni_NewObjectV;
  table->NewObjectA = jni_NewObjectA;
}
