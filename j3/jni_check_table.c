/* jni_check_table.c -- the JNI table of -Xcheck:jni: each function checks what it is given and calls the plain one
 *
 * The table begins as a copy of the plain one and every slot is replaced, so that a slot that is added later
 * works unchecked.  What a Call<Type>Method leaves behind is asked for at the next function, because Java code may
 * have thrown and no result says so.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "jni_check.h"
#include "vm.h"

struct JNINativeInterface_ j3_jni_checked;

#define PLAIN j3_jni_table

/* A function `Name` that keeps `rule` and makes the checks before. */
#define CHECKED(ctype, Name, parameters, arguments, rule, ...) \
  static ctype JNICALL check_##Name parameters                 \
  {                                                            \
    j3_jni_check_enter(env, rule);                             \
    __VA_ARGS__;                                               \
    return (ctype)PLAIN.Name arguments;                        \
  }
#define NOTHING (void)env

/* --- classes, references, exceptions --------------------------------------------------------------------- */

CHECKED(jint, GetVersion, (JNIEnv * env), (env), J3_JNI_STRICT, NOTHING)
CHECKED(jclass, DefineClass,
        (JNIEnv * env, const char *name, jobject loader, const jbyte *bytes, jsize length),
        (env, name, loader, bytes, length), J3_JNI_STRICT, j3_jni_check_object(env, loader))
CHECKED(jclass, FindClass, (JNIEnv * env, const char *name), (env, name), J3_JNI_STRICT,
        j3_jni_check_class_name(env, name))
CHECKED(jmethodID, FromReflectedMethod, (JNIEnv * env, jobject method), (env, method),
        J3_JNI_STRICT, j3_jni_check_object(env, method))
CHECKED(jfieldID, FromReflectedField, (JNIEnv * env, jobject field), (env, field), J3_JNI_STRICT,
        j3_jni_check_object(env, field))
CHECKED(jobject, ToReflectedMethod, (JNIEnv * env, jclass c, jmethodID m, jboolean is_static),
        (env, c, m, is_static), J3_JNI_STRICT, j3_jni_check_call(env, c, m, NULL))
CHECKED(jobject, ToReflectedField, (JNIEnv * env, jclass c, jfieldID f, jboolean is_static),
        (env, c, f, is_static), J3_JNI_STRICT, j3_jni_check_class(env, c, false))
CHECKED(jclass, GetSuperclass, (JNIEnv * env, jclass c), (env, c), J3_JNI_STRICT,
        j3_jni_check_class(env, c, true))
CHECKED(jboolean, IsAssignableFrom, (JNIEnv * env, jclass a, jclass b), (env, a, b), J3_JNI_STRICT,
        j3_jni_check_class(env, a, true), j3_jni_check_class(env, b, true))
CHECKED(jint, Throw, (JNIEnv * env, jthrowable o), (env, o), J3_JNI_STRICT,
        j3_jni_check_throwable(env, o))
CHECKED(jint, ThrowNew, (JNIEnv * env, jclass c, const char *message), (env, c, message),
        J3_JNI_STRICT, j3_jni_check_throwable_class(env, c))

/* Whoever asks has looked. */
static void
check_looked(JNIEnv *env)
{
  vmk_thread *t = vmk_thread_current();
  if (t && j3_self(t))
    j3_self(t)->jni_unchecked = NULL;
  (void)env;
}

static jthrowable JNICALL
check_ExceptionOccurred(JNIEnv *env)
{
  check_looked(env);
  j3_jni_check_enter(env, J3_JNI_PENDING);
  return PLAIN.ExceptionOccurred(env);
}
static void JNICALL
check_ExceptionClear(JNIEnv *env)
{
  check_looked(env);
  j3_jni_check_enter(env, J3_JNI_PENDING);
  PLAIN.ExceptionClear(env);
}
static void JNICALL
check_FatalError(JNIEnv *env, const char *message)
{
  check_looked(env);
  j3_jni_check_enter(env, J3_JNI_STRICT);
  PLAIN.FatalError(env, message);
}
static jboolean JNICALL
check_ExceptionCheck(JNIEnv *env)
{
  check_looked(env);
  j3_jni_check_enter(env, J3_JNI_PENDING);
  return PLAIN.ExceptionCheck(env);
}
CHECKED(void, ExceptionDescribe, (JNIEnv * env), (env), J3_JNI_PENDING, NOTHING)

CHECKED(jint, PushLocalFrame, (JNIEnv * env, jint n), (env, n), J3_JNI_PENDING,
        j3_jni_check_capacity(env, n))
CHECKED(jobject, PopLocalFrame, (JNIEnv * env, jobject o), (env, o), J3_JNI_PENDING, NOTHING)
CHECKED(jint, EnsureLocalCapacity, (JNIEnv * env, jint n), (env, n), J3_JNI_STRICT,
        j3_jni_check_capacity(env, n))
CHECKED(jobject, NewGlobalRef, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_handle(env, o))
CHECKED(jobject, NewLocalRef, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_handle(env, o))
CHECKED(jweak, NewWeakGlobalRef, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_handle(env, o))
CHECKED(void, DeleteGlobalRef, (JNIEnv * env, jobject o), (env, o), J3_JNI_PENDING,
        j3_jni_check_object(env, o),
        j3_jni_check_kind(env, o, JNIGlobalRefType,
                          "Invalid global JNI handle passed to DeleteGlobalRef"))
CHECKED(void, DeleteLocalRef, (JNIEnv * env, jobject o), (env, o), J3_JNI_PENDING,
        j3_jni_check_object(env, o),
        j3_jni_check_kind(env, o, JNILocalRefType,
                          "Invalid local JNI handle passed to DeleteLocalRef"))
CHECKED(void, DeleteWeakGlobalRef, (JNIEnv * env, jweak o), (env, o), J3_JNI_PENDING,
        j3_jni_check_kind(env, o, JNIWeakGlobalRefType,
                          "Invalid weak global JNI handle passed to DeleteWeakGlobalRef"))
CHECKED(jboolean, IsSameObject, (JNIEnv * env, jobject a, jobject b), (env, a, b), J3_JNI_PENDING,
        j3_jni_check_handle(env, a), j3_jni_check_handle(env, b))
CHECKED(jobjectRefType, GetObjectRefType, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_object(env, o))

CHECKED(jclass, GetObjectClass, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_object(env, o))
CHECKED(jboolean, IsInstanceOf, (JNIEnv * env, jobject o, jclass c), (env, o, c), J3_JNI_STRICT,
        j3_jni_check_object(env, o), j3_jni_check_class(env, c, true))
#define MEMBER_ID(ctype, Name)                                                             \
  CHECKED(ctype, Name, (JNIEnv * env, jclass c, const char *name, const char *descriptor), \
          (env, c, name, descriptor), J3_JNI_STRICT, j3_jni_check_class(env, c, false))
MEMBER_ID(jmethodID, GetMethodID)
MEMBER_ID(jmethodID, GetStaticMethodID)
MEMBER_ID(jfieldID, GetFieldID)
MEMBER_ID(jfieldID, GetStaticFieldID)

CHECKED(jint, RegisterNatives, (JNIEnv * env, jclass c, const JNINativeMethod *rows, jint n),
        (env, c, rows, n), J3_JNI_STRICT, NOTHING)
CHECKED(jint, UnregisterNatives, (JNIEnv * env, jclass c), (env, c), J3_JNI_STRICT, NOTHING)
CHECKED(jint, MonitorEnter, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT,
        j3_jni_check_object(env, o))
CHECKED(jint, MonitorExit, (JNIEnv * env, jobject o), (env, o), J3_JNI_PENDING,
        j3_jni_check_object(env, o))
CHECKED(jint, GetJavaVM, (JNIEnv * env, JavaVM **vm), (env, vm), J3_JNI_STRICT, NOTHING)
CHECKED(jobject, NewDirectByteBuffer, (JNIEnv * env, void *p, jlong n), (env, p, n), J3_JNI_STRICT,
        NOTHING)
CHECKED(void *, GetDirectBufferAddress, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT, NOTHING)
CHECKED(jlong, GetDirectBufferCapacity, (JNIEnv * env, jobject o), (env, o), J3_JNI_STRICT, NOTHING)
CHECKED(jobject, GetModule, (JNIEnv * env, jclass c), (env, c), J3_JNI_STRICT, NOTHING)

/* --- construction and calls ------------------------------------------------------------------------------------ */

CHECKED(jobject, AllocObject, (JNIEnv * env, jclass c), (env, c), J3_JNI_STRICT,
        j3_jni_check_class(env, c, false))
CHECKED(jobject, NewObjectA, (JNIEnv * env, jclass c, jmethodID m, const jvalue *a), (env, c, m, a),
        J3_JNI_STRICT, j3_jni_check_call(env, c, m, NULL))
CHECKED(jobject, NewObjectV, (JNIEnv * env, jclass c, jmethodID m, va_list l), (env, c, m, l),
        J3_JNI_STRICT, j3_jni_check_call(env, c, m, NULL))
static jobject JNICALL
check_NewObject(JNIEnv *env, jclass c, jmethodID m, ...)
{
  va_list l;
  va_start(l, m);
  jobject o = check_NewObjectV(env, c, m, l);
  va_end(l);
  return o;
}

static void
check_before_call(JNIEnv *env, jclass c, jmethodID m, jobject o)
{
  j3_jni_check_enter(env, J3_JNI_STRICT);
  j3_jni_check_call(env, c, m, o);
}

/* The three forms of a function whose result of type R goes through KEEP and GIVE: nothing for void. */
#define CALLS(ctype, Name, parameter, argument, class, object, KEEP, GIVE)                   \
  static ctype JNICALL check_##Name##A(JNIEnv *env, parameter, jmethodID m, const jvalue *a) \
  {                                                                                          \
    check_before_call(env, class, m, object);                                                \
    KEEP PLAIN.Name##A(env, argument, m, a);                                                 \
    ((j3_thread *)env)->jni_unchecked = #Name "A";                                           \
    GIVE;                                                                                    \
  }                                                                                          \
  static ctype JNICALL check_##Name##V(JNIEnv *env, parameter, jmethodID m, va_list l)       \
  {                                                                                          \
    check_before_call(env, class, m, object);                                                \
    KEEP PLAIN.Name##V(env, argument, m, l);                                                 \
    ((j3_thread *)env)->jni_unchecked = #Name "V";                                           \
    GIVE;                                                                                    \
  }                                                                                          \
  static ctype JNICALL check_##Name(JNIEnv *env, parameter, jmethodID m, ...)                \
  {                                                                                          \
    va_list l;                                                                               \
    check_before_call(env, class, m, object);                                                \
    va_start(l, m);                                                                          \
    KEEP PLAIN.Name##V(env, argument, m, l);                                                 \
    va_end(l);                                                                               \
    ((j3_thread *)env)->jni_unchecked = #Name;                                               \
    GIVE;                                                                                    \
  }
#define COMMA ,
#define CALLS_OF(Type, ctype, KEEP, GIVE)                                                     \
  CALLS(ctype, Call##Type##Method, jobject o, o, NULL, o, KEEP, GIVE)                         \
  CALLS(ctype, CallNonvirtual##Type##Method, jobject o COMMA jclass c, o COMMA c, c, o, KEEP, \
        GIVE)                                                                                 \
  CALLS(ctype, CallStatic##Type##Method, jclass c, c, c, NULL, KEEP, GIVE)
#define CALLS_WITH(Type, ctype) CALLS_OF(Type, ctype, ctype result =, return result)
CALLS_WITH(Object, jobject)
CALLS_WITH(Boolean, jboolean)
CALLS_WITH(Byte, jbyte)
CALLS_WITH(Char, jchar)
CALLS_WITH(Short, jshort)
CALLS_WITH(Int, jint)
CALLS_WITH(Long, jlong)
CALLS_WITH(Float, jfloat)
CALLS_WITH(Double, jdouble)
CALLS_OF(Void, void, , return)

/* --- fields ------------------------------------------------------------------------------------------------------ */

#define FIELD(Type, ctype, letter)                                                                \
  CHECKED(ctype, Get##Type##Field, (JNIEnv * env, jobject o, jfieldID f), (env, o, f),            \
          J3_JNI_STRICT, j3_jni_check_field(env, o, f, letter))                                   \
  CHECKED(void, Set##Type##Field, (JNIEnv * env, jobject o, jfieldID f, ctype v), (env, o, f, v), \
          J3_JNI_STRICT, j3_jni_check_field(env, o, f, letter))                                   \
  CHECKED(ctype, GetStatic##Type##Field, (JNIEnv * env, jclass c, jfieldID f), (env, c, f),       \
          J3_JNI_STRICT, j3_jni_check_static_field(env, c, f, letter))                            \
  CHECKED(void, SetStatic##Type##Field, (JNIEnv * env, jclass c, jfieldID f, ctype v),            \
          (env, c, f, v), J3_JNI_STRICT, j3_jni_check_static_field(env, c, f, letter))
FIELD(Object, jobject, 'L')
FIELD(Boolean, jboolean, 'Z')
FIELD(Byte, jbyte, 'B')
FIELD(Char, jchar, 'C')
FIELD(Short, jshort, 'S')
FIELD(Int, jint, 'I')
FIELD(Long, jlong, 'J')
FIELD(Float, jfloat, 'F')
FIELD(Double, jdouble, 'D')

/* --- arrays ------------------------------------------------------------------------------------------------------ */

CHECKED(jsize, GetArrayLength, (JNIEnv * env, jarray a), (env, a), J3_JNI_STRICT,
        j3_jni_check_array(env, a, 0))
CHECKED(jobjectArray, NewObjectArray, (JNIEnv * env, jsize n, jclass c, jobject o), (env, n, c, o),
        J3_JNI_STRICT, NOTHING)
CHECKED(jobject, GetObjectArrayElement, (JNIEnv * env, jobjectArray a, jsize i), (env, a, i),
        J3_JNI_STRICT, j3_jni_check_array(env, a, 'L'))
CHECKED(void, SetObjectArrayElement, (JNIEnv * env, jobjectArray a, jsize i, jobject o),
        (env, a, i, o), J3_JNI_STRICT, j3_jni_check_array(env, a, 'L'))

static void *
check_guarded(JNIEnv *env, jarray a, void *elements, bool critical)
{
  return elements ? j3_jni_guard_new(elements, elements, j3_jni_array_bytes(env, a), critical)
                  : NULL;
}

#define ARRAY(Type, ctype, letter)                                                                 \
  CHECKED(ctype##Array, New##Type##Array, (JNIEnv * env, jsize n), (env, n), J3_JNI_STRICT,        \
          NOTHING)                                                                                 \
  static ctype *JNICALL check_Get##Type##ArrayElements(JNIEnv *env, ctype##Array a,                \
                                                       jboolean *copy)                             \
  {                                                                                                \
    j3_jni_check_enter(env, J3_JNI_STRICT);                                                        \
    j3_jni_check_array(env, a, letter);                                                            \
    return check_guarded(env, a, PLAIN.Get##Type##ArrayElements(env, a, copy), false);             \
  }                                                                                                \
  static void JNICALL check_Release##Type##ArrayElements(JNIEnv *env, ctype##Array a, ctype *p,    \
                                                         jint mode)                                \
  {                                                                                                \
    j3_jni_check_enter(env, J3_JNI_PENDING);                                                       \
    j3_jni_check_array(env, a, letter);                                                            \
    p = j3_jni_guard_release(env, "checked_jni_Release" #Type "ArrayElements", a, p, mode, false); \
    PLAIN.Release##Type##ArrayElements(env, a, p, mode);                                           \
  }                                                                                                \
  CHECKED(void, Get##Type##ArrayRegion,                                                            \
          (JNIEnv * env, ctype##Array a, jsize start, jsize n, ctype * p), (env, a, start, n, p),  \
          J3_JNI_STRICT, j3_jni_check_array(env, a, letter))                                       \
  CHECKED(void, Set##Type##ArrayRegion,                                                            \
          (JNIEnv * env, ctype##Array a, jsize start, jsize n, const ctype *p),                    \
          (env, a, start, n, p), J3_JNI_STRICT, j3_jni_check_array(env, a, letter))
ARRAY(Boolean, jboolean, 'Z')
ARRAY(Byte, jbyte, 'B')
ARRAY(Char, jchar, 'C')
ARRAY(Short, jshort, 'S')
ARRAY(Int, jint, 'I')
ARRAY(Long, jlong, 'J')
ARRAY(Float, jfloat, 'F')
ARRAY(Double, jdouble, 'D')

static void *JNICALL
check_GetPrimitiveArrayCritical(JNIEnv *env, jarray a, jboolean *copy)
{
  j3_jni_check_enter(env, J3_JNI_CRITICAL);
  j3_jni_check_array(env, a, 'P');
  void *data = PLAIN.GetPrimitiveArrayCritical(env, a, copy);
  if (data)
    ((j3_thread *)env)->jni_critical++;
  return check_guarded(env, a, data, true);
}
static void JNICALL
check_ReleasePrimitiveArrayCritical(JNIEnv *env, jarray a, void *p, jint mode)
{
  j3_jni_check_enter(env, J3_JNI_CRITICAL_PENDING);
  j3_jni_check_array(env, a, 'P');
  p = j3_jni_guard_release(env, "ReleasePrimitiveArrayCritical", a, p, mode, true);
  PLAIN.ReleasePrimitiveArrayCritical(env, a, p, mode);
  if (((j3_thread *)env)->jni_critical)
    ((j3_thread *)env)->jni_critical--;
}

/* --- strings ----------------------------------------------------------------------------------------------------- */

CHECKED(jstring, NewString, (JNIEnv * env, const jchar *p, jsize n), (env, p, n), J3_JNI_STRICT,
        NOTHING)
CHECKED(jstring, NewStringUTF, (JNIEnv * env, const char *p), (env, p), J3_JNI_STRICT, NOTHING)
CHECKED(jsize, GetStringLength, (JNIEnv * env, jstring s), (env, s), J3_JNI_STRICT,
        j3_jni_check_string(env, s))
CHECKED(jsize, GetStringUTFLength, (JNIEnv * env, jstring s), (env, s), J3_JNI_STRICT,
        j3_jni_check_string(env, s))
CHECKED(void, GetStringRegion, (JNIEnv * env, jstring s, jsize start, jsize n, jchar *p),
        (env, s, start, n, p), J3_JNI_STRICT, j3_jni_check_string(env, s))
CHECKED(void, GetStringUTFRegion, (JNIEnv * env, jstring s, jsize start, jsize n, char *p),
        (env, s, start, n, p), J3_JNI_STRICT, j3_jni_check_string(env, s))

static const jchar *JNICALL
check_GetStringChars(JNIEnv *env, jstring s, jboolean *copy)
{
  j3_jni_check_enter(env, J3_JNI_STRICT);
  j3_jni_check_string(env, s);
  const jchar *units = PLAIN.GetStringChars(env, s, copy);
  size_t bytes = ((size_t)PLAIN.GetStringLength(env, s) + 1) * sizeof *units;
  void *guarded =
      units ? j3_jni_guard_new((void *)(uintptr_t)j3_jni_guard_chars, units, bytes, false) : NULL;
  PLAIN.ReleaseStringChars(env, s, units);
  return guarded;
}
static void JNICALL
check_ReleaseStringChars(JNIEnv *env, jstring s, const jchar *units)
{
  j3_jni_check_enter(env, J3_JNI_PENDING);
  j3_jni_check_string(env, s);
  j3_jni_guard_release_string(env, "ReleaseStringChars", j3_jni_guard_chars, s, units);
}
static const char *JNICALL
check_GetStringUTFChars(JNIEnv *env, jstring s, jboolean *copy)
{
  j3_jni_check_enter(env, J3_JNI_STRICT);
  j3_jni_check_string(env, s);
  const char *text = PLAIN.GetStringUTFChars(env, s, copy);
  void *guarded =
      text ? j3_jni_guard_new((void *)(uintptr_t)j3_jni_guard_utf, text, strlen(text) + 1, false)
           : NULL;
  PLAIN.ReleaseStringUTFChars(env, s, text);
  return guarded;
}
static void JNICALL
check_ReleaseStringUTFChars(JNIEnv *env, jstring s, const char *text)
{
  j3_jni_check_enter(env, J3_JNI_PENDING);
  j3_jni_check_string(env, s);
  j3_jni_guard_release_string(env, "ReleaseStringUTFChars", j3_jni_guard_utf, s, text);
}
static const jchar *JNICALL
check_GetStringCritical(JNIEnv *env, jstring s, jboolean *copy)
{
  j3_jni_check_enter(env, J3_JNI_CRITICAL);
  j3_jni_check_string(env, s);
  ((j3_thread *)env)->jni_critical++;
  return PLAIN.GetStringCritical(env, s, copy);
}
static void JNICALL
check_ReleaseStringCritical(JNIEnv *env, jstring s, const jchar *units)
{
  j3_jni_check_enter(env, J3_JNI_CRITICAL_PENDING);
  j3_jni_check_string(env, s);
  PLAIN.ReleaseStringCritical(env, s, units);
  if (((j3_thread *)env)->jni_critical)
    ((j3_thread *)env)->jni_critical--;
}

/* --- the table --------------------------------------------------------------------------------------------------- */

#define FILL(Name) j3_jni_checked.Name = check_##Name
#define FILL_CALLS(Name) FILL(Name), FILL(Name##V), FILL(Name##A)
#define FILL_TYPE_CALLS(Type)               \
  FILL_CALLS(Call##Type##Method);           \
  FILL_CALLS(CallNonvirtual##Type##Method); \
  FILL_CALLS(CallStatic##Type##Method)
#define FILL_FIELDS(Type)       \
  FILL(Get##Type##Field);       \
  FILL(Set##Type##Field);       \
  FILL(GetStatic##Type##Field); \
  FILL(SetStatic##Type##Field)
#define FILL_ARRAYS(Type)             \
  FILL(New##Type##Array);             \
  FILL(Get##Type##ArrayElements);     \
  FILL(Release##Type##ArrayElements); \
  FILL(Get##Type##ArrayRegion);       \
  FILL(Set##Type##ArrayRegion)
#define FILL_PRIMITIVE(Type) \
  FILL_TYPE_CALLS(Type);     \
  FILL_FIELDS(Type);         \
  FILL_ARRAYS(Type)

static void
check_fill_types(void)
{
  FILL_PRIMITIVE(Boolean);
  FILL_PRIMITIVE(Byte);
  FILL_PRIMITIVE(Char);
  FILL_PRIMITIVE(Short);
  FILL_PRIMITIVE(Int);
  FILL_PRIMITIVE(Long);
  FILL_PRIMITIVE(Float);
  FILL_PRIMITIVE(Double);
  FILL_TYPE_CALLS(Object);
  FILL_FIELDS(Object);
  FILL_TYPE_CALLS(Void);
}

static void
check_fill_rest(void)
{
  FILL(GetVersion), FILL(DefineClass), FILL(FindClass), FILL(GetModule);
  FILL(FromReflectedMethod), FILL(FromReflectedField);
  FILL(ToReflectedMethod), FILL(ToReflectedField);
  FILL(GetSuperclass), FILL(IsAssignableFrom), FILL(GetObjectClass), FILL(IsInstanceOf);
  FILL(Throw), FILL(ThrowNew), FILL(ExceptionOccurred), FILL(ExceptionDescribe);
  FILL(ExceptionClear), FILL(ExceptionCheck), FILL(FatalError);
  FILL(PushLocalFrame), FILL(PopLocalFrame), FILL(EnsureLocalCapacity);
  FILL(NewGlobalRef), FILL(DeleteGlobalRef), FILL(NewLocalRef), FILL(DeleteLocalRef);
  FILL(NewWeakGlobalRef), FILL(DeleteWeakGlobalRef), FILL(IsSameObject), FILL(GetObjectRefType);
  FILL(GetMethodID), FILL(GetStaticMethodID), FILL(GetFieldID), FILL(GetStaticFieldID);
  FILL(AllocObject), FILL_CALLS(NewObject);
  FILL(RegisterNatives), FILL(UnregisterNatives), FILL(MonitorEnter), FILL(MonitorExit);
  FILL(GetJavaVM);
  FILL(NewDirectByteBuffer), FILL(GetDirectBufferAddress), FILL(GetDirectBufferCapacity);
  FILL(GetArrayLength), FILL(NewObjectArray);
  FILL(GetObjectArrayElement), FILL(SetObjectArrayElement);
  FILL(GetPrimitiveArrayCritical), FILL(ReleasePrimitiveArrayCritical);
  FILL(NewString), FILL(NewStringUTF), FILL(GetStringLength), FILL(GetStringUTFLength);
  FILL(GetStringChars), FILL(ReleaseStringChars);
  FILL(GetStringUTFChars), FILL(ReleaseStringUTFChars);
  FILL(GetStringRegion), FILL(GetStringUTFRegion);
  FILL(GetStringCritical), FILL(ReleaseStringCritical);
}

void
j3_jni_check_init(void)
{
  j3_jni_checked = j3_jni_table;
  check_fill_types();
  check_fill_rest();
}
