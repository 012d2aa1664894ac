/* Mistakes in the use of JNI, one a row of CASES. */
#include <jni.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define E (*env)

static JavaVM *vm;
static jobject local;

typedef struct arguments {
  JNIEnv *env;
  jclass self;
  jobject object;
  jintArray numbers;
  jstring string;
} arguments;

static void *
use_foreign(void *data)
{
  JNIEnv *env = data;
  E->GetVersion(env);
  return NULL;
}

static void *
use_attached(void *data)
{
  JNIEnv *env = data;
  void *own;
  (*vm)->AttachCurrentThread(vm, &own, NULL);
  E->GetVersion(env);
  return NULL;
}

static void
in_thread(void *(*body)(void *), JNIEnv *env)
{
  pthread_t thread;
  pthread_create(&thread, NULL, body, env);
  pthread_join(thread, NULL);
}

#define STATIC_ID(name, type) E->GetStaticFieldID(env, self, name, type)
#define FIELD_ID(name, type) E->GetFieldID(env, self, name, type)
#define FAIL E->GetStaticMethodID(env, self, "fail", "()V")
#define OTHER E->FindClass(env, "Checks$Other")
#define SHORTS E->NewShortArray(env, 3)
#define OBJECTS E->NewObjectArray(env, 3, self, NULL)

/* The mistake, after which nothing is left of it. */
#define CASES(X)                                                                                  \
  X(in_thread(use_foreign, env))                                                                  \
  X(in_thread(use_attached, env))                                                                 \
  X(E->FatalError(env, "on purpose"))                                                             \
  X(E->CallStaticVoidMethod(env, self, FAIL), E->GetVersion(env))                                 \
  X(E->CallStaticVoidMethod(env, self, FAIL), E->ExceptionCheck(env), E->GetVersion(env))         \
  X(E->CallStaticVoidMethod(env, self, FAIL), E->ExceptionClear(env), E->GetVersion(env))         \
  X(E->CallVoidMethod(env, object, E->GetMethodID(env, self, "method", "()V")),                   \
    E->GetVersion(env), E->GetVersion(env))                                                       \
  X(E->CallVoidMethod(env, object, E->GetMethodID(env, self, "method", "()V")))                   \
  X(E->CallNonvirtualVoidMethodA(env, object, self, E->GetMethodID(env, self, "method", "()V"),   \
                                 NULL),                                                           \
    E->NewStringUTF(env, "x"))                                                                    \
  X(E->ThrowNew(env, E->FindClass(env, "java/lang/Error"), "left"), E->GetVersion(env))           \
  X(E->ThrowNew(env, self, "no throwable"))                                                       \
  X(E->Throw(env, object))                                                                        \
  X(E->FindClass(env, "Ljava/lang/String;"), E->ExceptionClear(env))                              \
  X(E->FindClass(env, "bad\xff"))                                                                 \
  X(E->GetObjectClass(env, (jobject)0x1234))                                                      \
  X(E->GetObjectClass(env, (jobject) & numbers))                                                  \
  X(local = E->NewLocalRef(env, object), E->DeleteLocalRef(env, local),                           \
    E->GetObjectClass(env, local))                                                                \
  X(local = E->NewGlobalRef(env, object), E->DeleteGlobalRef(env, local),                         \
    E->GetObjectClass(env, local))                                                                \
  X(E->DeleteGlobalRef(env, object))                                                              \
  X(E->DeleteLocalRef(env, E->NewGlobalRef(env, object)))                                         \
  X(E->DeleteWeakGlobalRef(env, E->NewGlobalRef(env, object)))                                    \
  X(E->DeleteWeakGlobalRef(env, object))                                                          \
  X(E->GetSuperclass(env, NULL))                                                                  \
  X(E->GetSuperclass(env, object))                                                                \
  X(E->IsInstanceOf(env, object, string))                                                         \
  X(E->GetMethodID(env, object, "method", "()V"))                                                 \
  X(E->AllocObject(env, NULL))                                                                    \
  X(E->CallVoidMethod(env, object, NULL))                                                         \
  X(E->CallVoidMethod(env, string, E->GetMethodID(env, self, "method", "()V")))                   \
  X(E->CallVoidMethod(env, object, E->GetMethodID(env, OTHER, "method", "()V")))                  \
  X(E->CallNonvirtualVoidMethod(env, object, OTHER, E->GetMethodID(env, self, "method", "()V")))  \
  X(E->CallStaticVoidMethod(env, OTHER, FAIL))                                                    \
  X(E->CallStaticVoidMethod(env, object, FAIL))                                                   \
  X(E->NewObject(env, OTHER, E->GetMethodID(env, self, "<init>", "()V")))                         \
  X(E->GetIntField(env, object, STATIC_ID("number", "I")))                                        \
  X(E->GetStaticIntField(env, self, FIELD_ID("own", "I")))                                        \
  X(E->GetIntField(env, object, FIELD_ID("wide", "J")))                                           \
  X(E->GetObjectField(env, object, FIELD_ID("own", "I")))                                         \
  X(E->SetLongField(env, object, FIELD_ID("own", "I"), 3))                                        \
  X(E->GetIntField(env, NULL, FIELD_ID("own", "I")))                                              \
  X(E->GetIntField(env, E->AllocObject(env, E->FindClass(env, "java/lang/Object")),               \
                   FIELD_ID("own", "I")))                                                         \
  X(E->GetStaticLongField(env, self, STATIC_ID("number", "I")))                                   \
  X(E->SetStaticIntField(env, self, STATIC_ID("text", "Ljava/lang/String;"), 1))                  \
  X(E->GetStaticIntField(env, OTHER, STATIC_ID("number", "I")))                                   \
  X(E->GetStringLength(env, object))                                                              \
  X(E->GetStringUTFChars(env, NULL, NULL))                                                        \
  X(E->GetArrayLength(env, object))                                                               \
  X(E->GetArrayLength(env, NULL))                                                                 \
  X(E->GetObjectArrayElement(env, numbers, 0))                                                    \
  X(E->GetIntArrayElements(env, OBJECTS, NULL))                                                   \
  X(E->GetIntArrayElements(env, SHORTS, NULL))                                                    \
  X(E->SetIntArrayRegion(env, SHORTS, 0, 0, NULL))                                                \
  X(E->GetPrimitiveArrayCritical(env, OBJECTS, NULL))                                             \
  X(void *p = E->GetPrimitiveArrayCritical(env, numbers, NULL);                                   \
    E->GetVersion(env), E->ReleasePrimitiveArrayCritical(env, numbers, p, 0), E->GetVersion(env)) \
  X(string = E->NewString(env, (jchar[]){0x4e2d}, 1);                                             \
    const jchar *p = E->GetStringCritical(env, string, NULL);                                     \
    E->ExceptionCheck(env), E->ReleaseStringCritical(env, string, p), E->GetVersion(env))         \
  X(jint *p = E->GetIntArrayElements(env, numbers, NULL);                                         \
    p[3] = 1, E->ReleaseIntArrayElements(env, numbers, p, 0))                                     \
  X(jint *p = E->GetIntArrayElements(env, numbers, NULL);                                         \
    E->ReleaseIntArrayElements(env, numbers, p, 7))                                               \
  X(E->ReleaseIntArrayElements(env, numbers, NULL, 0))                                            \
  X(jint *p = E->GetIntArrayElements(env, numbers, NULL);                                         \
    E->ReleasePrimitiveArrayCritical(env, numbers, p, 0))                                         \
  X(jint *p = E->GetPrimitiveArrayCritical(env, numbers, NULL);                                   \
    E->ReleaseIntArrayElements(env, numbers, p, 0))                                               \
  X(const char *p = E->GetStringUTFChars(env, string, NULL);                                      \
    E->ReleaseIntArrayElements(env, numbers, (jint *)p, 0))                                       \
  X(const char *p = E->GetStringUTFChars(env, string, NULL);                                      \
    E->ReleaseStringChars(env, string, (const jchar *)p))                                         \
  X(const jchar *p = E->GetStringChars(env, string, NULL);                                        \
    E->ReleaseStringUTFChars(env, string, (const char *)p))                                       \
  X(char *p = (char *)E->GetStringUTFChars(env, string, NULL); p[7] = 'x';                        \
    E->ReleaseStringUTFChars(env, string, p))                                                     \
  X(jchar *p = (jchar *)E->GetStringChars(env, string, NULL); p[7] = 'x';                         \
    E->ReleaseStringChars(env, string, p))                                                        \
  X(E->PushLocalFrame(env, -1))                                                                   \
  X(E->EnsureLocalCapacity(env, -1))                                                              \
  X(E->MonitorEnter(env, (jobject)8))                                                             \
  X(E->IsSameObject(env, object, (jobject)16))                                                    \
  X(E->NewGlobalRef(env, (jobject)24))                                                            \
  X(E->GetObjectRefType(env, (jobject)24))                                                        \
  X(for (int i = 0; i < 100; i++) E->NewLocalRef(env, object); E->GetVersion(env))                \
  X(E->RegisterNatives(env, self, NULL, 0), E->GetVersion(env))

JNIEXPORT void JNICALL
Java_Checks_run(JNIEnv *env, jclass self, jint which, jobject object, jintArray numbers,
                jstring string)
{
  int at = 0;
  (void)object, (void)numbers, (void)string;
#define RUN(...)                  \
  if (which == at++) {            \
    printf("%s\n", #__VA_ARGS__); \
    fflush(stdout);               \
    __VA_ARGS__;                  \
    return;                       \
  }
  CASES(RUN)
  exit(99);
}

JNIEXPORT jint JNICALL
JNI_OnLoad(JavaVM *java, void *reserved)
{
  (void)reserved;
  vm = java;
  return JNI_VERSION_1_8;
}
