/* The C side of JniCalls.java. */
#include "say.h"

#define ARGS "(ZBCSIJFDLjava/lang/Object;)"
#define PASS                                                                                     \
  JNI_TRUE, (jint) - 7, (jint)0xfffe, (jint) - 300, (jint)123456789, (jlong) - 0x123456789abcLL, \
      1.5, 2.25, object

#define LONG_CAST(x) ((long long)(x))
#define REAL_CAST(x) ((double)(x))
#define NAME_CAST(x) TEXT(x)
#define TYPES(X)                               \
  X(Boolean, jboolean, "Z", "%lld", LONG_CAST) \
  X(Byte, jbyte, "B", "%lld", LONG_CAST)       \
  X(Char, jchar, "C", "%lld", LONG_CAST)       \
  X(Short, jshort, "S", "%lld", LONG_CAST)     \
  X(Int, jint, "I", "%lld", LONG_CAST)         \
  X(Long, jlong, "J", "%lld", LONG_CAST)       \
  X(Float, jfloat, "F", "%.9g", REAL_CAST)     \
  X(Double, jdouble, "D", "%.17g", REAL_CAST)  \
  X(Object, jobject, "Ljava/lang/Object;", "%s", NAME_CAST)

/* The va_list forms need a function with an ellipsis around them. */
#define FORWARD(Type, type, sig, format, cast)                                     \
  static type virtual##Type(JNIEnv *env, jobject o, jmethodID m, ...)              \
  {                                                                                \
    va_list ap;                                                                    \
    va_start(ap, m);                                                               \
    type r = E->Call##Type##MethodV(env, o, m, ap);                                \
    va_end(ap);                                                                    \
    return r;                                                                      \
  }                                                                                \
  static type nonvirtual##Type(JNIEnv *env, jobject o, jclass c, jmethodID m, ...) \
  {                                                                                \
    va_list ap;                                                                    \
    va_start(ap, m);                                                               \
    type r = E->CallNonvirtual##Type##MethodV(env, o, c, m, ap);                   \
    va_end(ap);                                                                    \
    return r;                                                                      \
  }                                                                                \
  static type static##Type(JNIEnv *env, jclass c, jmethodID m, ...)                \
  {                                                                                \
    va_list ap;                                                                    \
    va_start(ap, m);                                                               \
    type r = E->CallStatic##Type##MethodV(env, c, m, ap);                          \
    va_end(ap);                                                                    \
    return r;                                                                      \
  }
TYPES(FORWARD)

#define VOID_FORWARD(name, first, call)                  \
  static void name(JNIEnv *env, first, jmethodID m, ...) \
  {                                                      \
    va_list ap;                                          \
    va_start(ap, m);                                     \
    call;                                                \
    va_end(ap);                                          \
  }
VOID_FORWARD(virtualVoid, jobject o, E->CallVoidMethodV(env, o, m, ap))
VOID_FORWARD(nonvirtualVoid, jobject o,
             E->CallNonvirtualVoidMethodV(env, o, E->GetSuperclass(env, E->GetObjectClass(env, o)),
                                          m, ap))
VOID_FORWARD(staticVoid, jclass c, E->CallStaticVoidMethodV(env, c, m, ap))

static jobject
newObjectV(JNIEnv *env, jclass c, jmethodID m, ...)
{
  va_list ap;
  va_start(ap, m);
  jobject o = E->NewObjectV(env, c, m, ap);
  va_end(ap);
  return o;
}

static void
seen(JNIEnv *env, jobject o)
{
  jclass c = E->GetObjectClass(env, o);
  say(env, "  %s",
      TEXT(E->GetObjectField(env, o, E->GetFieldID(env, c, "seen", "Ljava/lang/String;"))));
}

static void
seen_static(JNIEnv *env, jclass c)
{
  say(env, "  %s",
      TEXT(E->GetStaticObjectField(env, c,
                                   E->GetStaticFieldID(env, c, "seen", "Ljava/lang/String;"))));
}

JNIEXPORT void JNICALL
Java_JniCalls_calls(JNIEnv *env, jclass self, jobject o)
{
  jclass derived = E->GetObjectClass(env, o), base = E->GetSuperclass(env, derived);
  jstring object = E->NewStringUTF(env, "argument");
  jvalue a[9] = {{.z = JNI_TRUE}, {.b = -7},        {.c = 0xfffe},
                 {.s = -300},     {.i = 123456789}, {.j = -0x123456789abcLL},
                 {.f = 1.5f},     {.d = 2.25},      {.l = object}};
#define CALL(Type, type, sig, format, cast)                                                    \
  {                                                                                            \
    jmethodID m = E->GetMethodID(env, base, "call" #Type, ARGS sig);                           \
    jmethodID s = E->GetStaticMethodID(env, self, "s" #Type, ARGS sig);                        \
    type v1 = E->Call##Type##Method(env, o, m, PASS), v2 = virtual##Type(env, o, m, PASS);     \
    type v3 = E->Call##Type##MethodA(env, o, m, a);                                            \
    say(env, #Type " virtual " format " " format " " format, cast(v1), cast(v2), cast(v3));    \
    seen(env, o);                                                                              \
    type n1 = E->CallNonvirtual##Type##Method(env, o, base, m, PASS),                          \
         n2 = nonvirtual##Type(env, o, base, m, PASS);                                         \
    type n3 = E->CallNonvirtual##Type##MethodA(env, o, base, m, a);                            \
    say(env, #Type " nonvirtual " format " " format " " format, cast(n1), cast(n2), cast(n3)); \
    seen(env, o);                                                                              \
    type s1 = E->CallStatic##Type##Method(env, self, s, PASS),                                 \
         s2 = static##Type(env, self, s, PASS);                                                \
    type s3 = E->CallStatic##Type##MethodA(env, self, s, a);                                   \
    say(env, #Type " static " format " " format " " format, cast(s1), cast(s2), cast(s3));     \
    seen_static(env, self);                                                                    \
  }
  TYPES(CALL)
  jmethodID m = E->GetMethodID(env, derived, "callVoid", ARGS "V"),
            b = E->GetMethodID(env, base, "callVoid", ARGS "V");
  jmethodID s = E->GetStaticMethodID(env, self, "sVoid", ARGS "V");
  E->CallVoidMethod(env, o, m, PASS), seen(env, o);
  virtualVoid(env, o, b, PASS), seen(env, o);
  E->CallVoidMethodA(env, o, b, a), seen(env, o);
  E->CallNonvirtualVoidMethod(env, o, base, b, PASS), seen(env, o);
  nonvirtualVoid(env, o, b, PASS), seen(env, o);
  E->CallNonvirtualVoidMethodA(env, o, base, b, a), seen(env, o);
  E->CallStaticVoidMethod(env, self, s, PASS), seen_static(env, self);
  staticVoid(env, self, s, PASS), seen_static(env, self);
  E->CallStaticVoidMethodA(env, self, s, a), seen_static(env, self);
  jmethodID init = E->GetMethodID(env, base, "<init>", ARGS "V");
  seen(env, E->NewObject(env, base, init, PASS));
  seen(env, newObjectV(env, base, init, PASS));
  seen(env, E->NewObjectA(env, base, init, a));
}

/* Interfaces, missing members, exceptions out of a call, classes that cannot be made. */
JNIEXPORT void JNICALL
Java_JniCalls_rest(JNIEnv *env, jclass self, jobject impl)
{
  jclass face = E->FindClass(env, "JniCalls$Face"),
         comparable = E->FindClass(env, "java/lang/Comparable");
  jmethodID hello = E->GetMethodID(env, face, "hello", "(Ljava/lang/String;)Ljava/lang/String;");
  say(env, "%s", TEXT(E->CallObjectMethod(env, impl, hello, E->NewStringUTF(env, "x"))));
  jmethodID compare = E->GetMethodID(env, comparable, "compareTo", "(Ljava/lang/Object;)I");
  say(env, "%d", E->CallIntMethod(env, impl, compare, impl));
  E->CallIntMethod(env, impl, compare, self);
  say(env, "bridge cast failed %d", E->ExceptionCheck(env));
  E->ExceptionClear(env);
  jint r = E->CallStaticIntMethod(env, self, E->GetStaticMethodID(env, self, "fails", "(I)I"), 7);
  say(env, "result %d", r);
  say_exception(env, "fails");
  say(env, "%d", E->GetMethodID(env, self, "absent", "()V") == NULL), say_exception(env, "absent");
  say(env, "%d", E->GetStaticMethodID(env, self, "many", "()V") == NULL),
      say_exception(env, "static absent");
  say(env, "%d", E->GetMethodID(env, self, "fails", "(I)I") == NULL),
      say_exception(env, "static by GetMethodID");
  say(env, "%d",
      E->GetMethodID(env, E->FindClass(env, "[I"), "clone", "()Ljava/lang/Object;") != NULL);
  say_exception(env, "clone of array");
  jclass number = E->FindClass(env, "java/lang/Number");
  say(env, "%d", E->NewObject(env, number, E->GetMethodID(env, number, "<init>", "()V")) == NULL);
  say_exception(env, "abstract");
  say(env, "%d", E->FindClass(env, "no/Such") == NULL), say_exception(env, "FindClass");
  say(env, "%d", E->FindClass(env, "java.lang.String") == NULL), E->ExceptionClear(env);
  say(env, "%s %s", TEXT(E->FindClass(env, "[[Ljava/lang/String;")), TEXT(E->FindClass(env, "[J")));
}

JNIEXPORT jint JNICALL
Java_JniCalls_nativeDepth(JNIEnv *env, jclass self, jint n)
{
  return 1 + E->CallStaticIntMethod(env, self, E->GetStaticMethodID(env, self, "depth", "(I)I"),
                                    n > 0 ? n - 1 : 0);
}

JNIEXPORT jlong JNICALL
Java_JniCalls_many(JNIEnv *env, jobject self, jboolean z, jbyte b, jchar c, jshort s, jint i,
                   jlong j, jfloat f, jdouble d, jintArray a, jdouble d2, jdouble d3, jdouble d4,
                   jdouble d5, jdouble d6, jdouble d7, jdouble d8, jdouble d9, jfloat f10, jlong j2,
                   jint i2, jbyte b2, jshort s2, jobject o)
{
  say(env, "%d %d %d %d %d %lld %g %g %d %g %g %g %g %g %g %g %g %g %lld %d %d %d %s", z, b, c, s,
      i, (long long)j, f, d, E->GetArrayLength(env, a), d2, d3, d4, d5, d6, d7, d8, d9, f10,
      (long long)j2, i2, b2, s2, TEXT(o));
  return j2 + i2 + (jlong)d9 + E->IsInstanceOf(env, self, E->FindClass(env, "JniCalls"));
}

JNIEXPORT jboolean JNICALL
Java_JniCalls_truth(JNIEnv *env, jclass self, jint raw)
{
  return (jboolean)raw;
}

JNIEXPORT jint JNICALL
Java_JniCalls_locked(JNIEnv *env, jclass self, jint n)
{
  if (n < 0) {
    E->ThrowNew(env, E->FindClass(env, "java/lang/IllegalArgumentException"), "thrown by C");
    return 0;
  }
  return n * 2;
}
