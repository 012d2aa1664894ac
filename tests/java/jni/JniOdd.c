/* JniOdd.c -- arguments that few programs give: of direct buffers, DefineClass, and threads that attach themselves */
#include <pthread.h>
#include <stdint.h>

#include "say.h"

static JavaVM *vm;
static jclass odd;

JNIEXPORT jint JNICALL
JNI_OnLoad(JavaVM *v, void *reserved)
{
  (void)reserved;
  vm = v;
  return JNI_VERSION_10;
}

JNIEXPORT void JNICALL
Java_JniOdd_buffers(JNIEnv *env, jclass self)
{
  static char memory[16];
  static const jlong capacities[] = {0, 16, -1, INT32_MAX, (jlong)INT32_MAX + 1, INT64_MIN};
  (void)self;
  for (unsigned i = 0; i < sizeof capacities / sizeof *capacities; i++) {
    jobject b = E->NewDirectByteBuffer(env, memory, capacities[i]);
    say(env, "%lld", (long long)capacities[i]);
    if (E->ExceptionCheck(env))
      say_exception(env, " refused");
    else
      say(env, " %s address %d capacity %lld", TEXT(b), E->GetDirectBufferAddress(env, b) == memory,
          (long long)E->GetDirectBufferCapacity(env, b));
  }
  jobject none = E->NewDirectByteBuffer(env, NULL, 0);
  say_exception(env, "null, 0");
  say(env, "%d %d %lld", none != NULL, none && E->GetDirectBufferAddress(env, none) == NULL,
      none ? (long long)E->GetDirectBufferCapacity(env, none) : -2);
  jobject some = E->NewDirectByteBuffer(env, NULL, 8);
  say_exception(env, "null, 8");
  say(env, "%d %lld", some != NULL, some ? (long long)E->GetDirectBufferCapacity(env, some) : -2);
}

/* Of what is no direct buffer, or a view of one. */
JNIEXPORT void JNICALL
Java_JniOdd_inspect(JNIEnv *env, jclass self, jobject root, jobject b)
{
  (void)self;
  char *start = E->GetDirectBufferAddress(env, root), *p = E->GetDirectBufferAddress(env, b);
  say(env, "%s at %d capacity %lld", p ? "address" : "none", p && start ? (int)(p - start) : -1,
      (long long)E->GetDirectBufferCapacity(env, b));
}

JNIEXPORT jclass JNICALL
Java_JniOdd_define(JNIEnv *env, jclass self, jstring name, jobject loader, jbyteArray bytes,
                   jint length)
{
  (void)self;
  const char *n = name ? E->GetStringUTFChars(env, name, NULL) : NULL;
  jbyte *p = E->GetByteArrayElements(env, bytes, NULL);
  jclass c = E->DefineClass(env, n, loader, p, length);
  E->ReleaseByteArrayElements(env, bytes, p, JNI_ABORT);
  if (n)
    E->ReleaseStringUTFChars(env, name, n);
  return c;
}

typedef struct attach {
  JavaVMAttachArgs *args;
  int daemon;
} attach;

static void *
attached(void *data)
{
  attach *a = data;
  JNIEnv *env = NULL;
  jint result = a->daemon ? (*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&env, a->args)
                          : (*vm)->AttachCurrentThread(vm, (void **)&env, a->args);
  if (result != JNI_OK)
    return NULL;
  E->CallStaticVoidMethod(env, odd, E->GetStaticMethodID(env, odd, "describe", "()V"));
  (*vm)->DetachCurrentThread(vm);
  return NULL;
}

JNIEXPORT void JNICALL
Java_JniOdd_attach(JNIEnv *env, jclass self, jstring name, jobject group, jint version,
                   jboolean daemon)
{
  const char *n = name ? E->GetStringUTFChars(env, name, NULL) : NULL;
  JavaVMAttachArgs args = {version, (char *)n, group ? E->NewGlobalRef(env, group) : NULL};
  attach a = {version ? &args : NULL, daemon};
  pthread_t thread;
  odd = E->NewGlobalRef(env, self);
  pthread_create(&thread, NULL, attached, &a);
  pthread_join(thread, NULL);
  E->DeleteGlobalRef(env, odd);
  if (args.group)
    E->DeleteGlobalRef(env, args.group);
  if (n)
    E->ReleaseStringUTFChars(env, name, n);
}
