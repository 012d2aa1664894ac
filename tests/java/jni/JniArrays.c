/* The C side of JniArrays.java. */
#include "say.h"

#define TYPES(X)          \
  X(0, Boolean, jboolean) \
  X(1, Byte, jbyte)       \
  X(2, Char, jchar)       \
  X(3, Short, jshort) X(4, Int, jint) X(5, Long, jlong) X(6, Float, jfloat) X(7, Double, jdouble)

JNIEXPORT jobjectArray JNICALL
Java_JniArrays_make(JNIEnv *env, jclass self)
{
  jclass object = E->FindClass(env, "java/lang/Object"),
         string = E->FindClass(env, "java/lang/String");
  jobjectArray out = E->NewObjectArray(env, 11, object, NULL);
#define NEW(n, Type, type) E->SetObjectArrayElement(env, out, n, E->New##Type##Array(env, n * 10));
  TYPES(NEW)
  E->SetObjectArrayElement(env, out, 8,
                           E->NewObjectArray(env, 3, string, E->NewStringUTF(env, "fill")));
  E->SetObjectArrayElement(env, out, 9, E->NewObjectArray(env, 2, E->FindClass(env, "[I"), NULL));
  E->SetObjectArrayElement(env, out, 10, E->NewObjectArray(env, 0, object, NULL));
  say(env, "%s", TEXT(E->GetObjectArrayElement(env, E->GetObjectArrayElement(env, out, 8), 2)));
  return out;
}

JNIEXPORT void JNICALL
Java_JniArrays_regions(JNIEnv *env, jclass self, jobjectArray all){
#define REGION(n, Type, type)                                                               \
  {                                                                                         \
    type buffer[4] = {0};                                                                   \
    type##Array a = E->GetObjectArrayElement(env, all, n);                                  \
    E->Get##Type##ArrayRegion(env, a, 1, 2, buffer);                                        \
    say(env, #Type " %g %g %g %d", (double)buffer[0], (double)buffer[1], (double)buffer[2], \
        E->GetArrayLength(env, a));                                                         \
    buffer[2] = buffer[0];                                                                  \
    E->Set##Type##ArrayRegion(env, a, 0, 2, buffer + 1);                                    \
    E->Set##Type##ArrayRegion(env, a, 3, 0, buffer);                                        \
  }
    TYPES(REGION)}

/* Modes: 0 copies back and frees, 1 (JNI_COMMIT) copies back and keeps, 2 (JNI_ABORT) frees only. */
JNIEXPORT jlong JNICALL
    Java_JniArrays_elements(JNIEnv *env, jclass self, jobjectArray all, jint mode)
{
  double sum = 0;
#define ELEMENTS(n, Type, type)                                   \
  {                                                               \
    type##Array a = E->GetObjectArrayElement(env, all, n);        \
    jboolean copied = 9;                                          \
    type *p = E->Get##Type##ArrayElements(env, a, &copied);       \
    for (int i = 0; i < 3; i++) {                                 \
      sum += (double)p[i];                                        \
      if (mode != JNI_ABORT || copied)                            \
        p[i] = (type)(n == 0 ? !p[i] : n == 2 ? 'x' : p[i] * 10); \
    }                                                             \
    E->Release##Type##ArrayElements(env, a, p, mode);             \
    if (mode == JNI_COMMIT)                                       \
      E->Release##Type##ArrayElements(env, a, p, 0);              \
    sum += copied > 1 ? 1000000 : 0;                              \
  }
  TYPES(ELEMENTS)
  return (jlong)sum;
}

JNIEXPORT jlong JNICALL
Java_JniArrays_critical(JNIEnv *env, jclass self, jintArray a, jbyteArray b)
{
  jsize n = E->GetArrayLength(env, a), m = E->GetArrayLength(env, b);
  jint *p = E->GetPrimitiveArrayCritical(env, a, NULL);
  jbyte *q = E->GetPrimitiveArrayCritical(env, b, NULL);
  jlong sum = 0;
  for (jsize i = 0; i < n; i++)
    sum += p[i]++;
  for (jsize i = 0; i < m; i++)
    q[i] = (jbyte)i;
  E->ReleasePrimitiveArrayCritical(env, b, q, 0);
  E->ReleasePrimitiveArrayCritical(env, a, p, 0);
  return sum;
}

JNIEXPORT void JNICALL
Java_JniArrays_objects(JNIEnv *env, jclass self, jobjectArray strings)
{
  for (jsize i = 0; i < E->GetArrayLength(env, strings); i++)
    say(env, "%s", TEXT(E->GetObjectArrayElement(env, strings, i)));
  E->SetObjectArrayElement(env, strings, 1, E->GetObjectArrayElement(env, strings, 2));
  E->SetObjectArrayElement(env, strings, 2, NULL);
}

JNIEXPORT void JNICALL
Java_JniArrays_errors(JNIEnv *env, jclass self, jintArray a, jobjectArray integers)
{
  jint buffer[4];
  E->GetIntArrayRegion(env, a, 2, 2, buffer), say_exception(env, "past the end");
  E->GetIntArrayRegion(env, a, -1, 1, buffer), say_exception(env, "negative start");
  E->SetIntArrayRegion(env, a, 0, -1, buffer), say_exception(env, "negative length");
  E->SetIntArrayRegion(env, a, 4, 0, buffer), say_exception(env, "start past the end");
  E->GetObjectArrayElement(env, integers, 2), say_exception(env, "index 2 of 2");
  E->SetObjectArrayElement(env, integers, -1, NULL), say_exception(env, "index -1");
  E->SetObjectArrayElement(env, integers, 0, self), say_exception(env, "wrong element");
  E->NewIntArray(env, -1), say_exception(env, "negative size");
  E->NewObjectArray(env, -5, E->FindClass(env, "java/lang/String"), NULL),
      say_exception(env, "negative size");
}
