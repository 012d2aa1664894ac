/* A C program with a Java virtual machine inside: the invocation interface. embed LIBJVM CLASSPATH */
#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static JavaVM *vm;
static jclass invoked; /* global */
static jint (*create)(JavaVM **, void **, void *);
static jint (*created)(JavaVM **, jsize, jsize *);
static jint (*defaults)(void *);

#define E (*env)

__attribute__((format(printf, 1, 2))) static void
say(const char *format, ...)
{
  va_list list;
  va_start(list, format);
  vprintf(format, list);
  va_end(list);
  putchar('\n');
  fflush(stdout);
}

/* A static method's string result, in a buffer of our own. */
static const char *
text(JNIEnv *env, jobject string)
{
  static _Thread_local char copy[512];
  if (!string)
    return "null";
  const char *chars = E->GetStringUTFChars(env, string, NULL);
  snprintf(copy, sizeof copy, "%s", chars);
  E->ReleaseStringUTFChars(env, string, chars);
  E->DeleteLocalRef(env, string);
  return copy;
}

static jmethodID
method(JNIEnv *env, const char *name, const char *descriptor)
{
  return E->GetStaticMethodID(env, invoked, name, descriptor);
}

static const char *
describe(JNIEnv *env)
{
  jmethodID m = method(env, "describe", "()Ljava/lang/String;");
  return text(env, E->CallStaticObjectMethod(env, invoked, m));
}

static jint
count_created(void)
{
  JavaVM *list[2] = {NULL, NULL};
  jsize count = -1;
  jint result = created(list, 2, &count);
  return result == JNI_OK && count == 1 ? list[0] == vm : result == JNI_OK ? -count : -100;
}

static int
make(const char *class_path)
{
  char path[4096];
  JNIEnv *env;
  snprintf(path, sizeof path, "-Djava.class.path=%s", class_path);
  JavaVMOption options[] = {
      {path, NULL}, {(char *)"-Dfrom.c=yes", NULL}, {(char *)"-Dempty", NULL}};
  say("created before: %d", count_created());
  JavaVMInitArgs args = {0x00050000, 3, options, JNI_FALSE};
  say("defaults of an unknown version: %d", defaults(&args));
  say("create with an unknown version: %d", create(&vm, (void **)&env, &args));
  args.version = JNI_VERSION_10;
  say("defaults: %d", defaults(&args));
  args.nOptions = 3;
  args.options = options;
  jint result = create(&vm, (void **)&env, &args);
  say("create: %d, created %d", result, count_created());
  if (result != JNI_OK)
    return 1;
  void *second;
  JavaVM *other;
  say("create again: %d", create(&other, &second, &args));
  void *same = NULL;
  say("GetEnv: %d", (*vm)->GetEnv(vm, &same, JNI_VERSION_1_2));
  say("the same: %d", same == env);
  say("GetEnv of a wrong version: %d", (*vm)->GetEnv(vm, &same, 0x00010003));
  JavaVM *back = NULL;
  say("GetJavaVM: %d %d", E->GetJavaVM(env, &back), back == vm);
  jclass found = E->FindClass(env, "Invoked");
  invoked = E->NewGlobalRef(env, found);
  say("class: %d", invoked != NULL);
  return 0;
}

static void
properties(JNIEnv *env)
{
  static const char *const names[] = {"from.c", "empty", "absent", "java.specification.version"};
  jmethodID m = method(env, "property", "(Ljava/lang/String;)Ljava/lang/String;");
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    jobject name = E->NewStringUTF(env, names[i]);
    say("%s: '%s'", names[i], text(env, E->CallStaticObjectMethod(env, invoked, m, name)));
    E->DeleteLocalRef(env, name);
  }
}

static void
calls(JNIEnv *env)
{
  jmethodID join = method(env, "join", "(Ljava/lang/String;ZBCSIJFD)Ljava/lang/String;");
  jobject word = E->NewStringUTF(env, "arguments");
  say("%s", text(env, E->CallStaticObjectMethod(env, invoked, join, word, JNI_TRUE, -1, 0xffff, -2,
                                                -3, (jlong)1 << 40, 1.5, 2.5)));
  jmethodID init = E->GetMethodID(env, invoked, "<init>", "(I)V");
  jobject object = E->NewObject(env, invoked, init, 20);
  jmethodID twice = E->GetMethodID(env, invoked, "twice", "(I)I");
  say("twice: %d", E->CallIntMethod(env, object, twice, 2));
  E->CallStaticVoidMethod(env, invoked, method(env, "fail", "(Ljava/lang/String;)V"), word);
  jthrowable thrown = E->ExceptionOccurred(env);
  E->ExceptionClear(env);
  jmethodID to_string =
      E->GetMethodID(env, E->GetObjectClass(env, thrown), "toString", "()Ljava/lang/String;");
  say("thrown: %s", text(env, E->CallObjectMethod(env, thrown, to_string)));
  say("missing class: %d", E->FindClass(env, "no/Such") == NULL);
  say("pending: %d", E->ExceptionCheck(env));
  E->ExceptionClear(env);
  say("%s", describe(env));
}

/* --- threads ------------------------------------------------------------------------------------------ */

static void *
attached(void *data)
{
  void *env_pointer = NULL;
  JavaVMAttachArgs args = {JNI_VERSION_1_6, (char *)"named in C", NULL};
  say("unattached: %d", (*vm)->GetEnv(vm, &env_pointer, JNI_VERSION_1_6));
  say("attach: %d", (*vm)->AttachCurrentThread(vm, &env_pointer, &args));
  JNIEnv *env = env_pointer;
  say("%s", describe(env));
  void *again = NULL;
  say("attach again: %d", (*vm)->AttachCurrentThread(vm, &again, NULL));
  say("the same: %d", again == env);
  say("as daemon: %d", (*vm)->AttachCurrentThreadAsDaemon(vm, &again, NULL));
  say("%s", describe(env));
  E->CallStaticVoidMethod(env, invoked, method(env, "fail", "(Ljava/lang/String;)V"),
                          E->NewStringUTF(env, "left pending"));
  say("detach: %d", (*vm)->DetachCurrentThread(vm));
  say("unattached: %d", (*vm)->GetEnv(vm, &env_pointer, JNI_VERSION_1_6));
  say("detach again: %d", (*vm)->DetachCurrentThread(vm));
  args.version = 0x00050000;
  say("attach with an unknown version: %d", (*vm)->AttachCurrentThread(vm, &env_pointer, &args));
  env = env_pointer; /* attached, but the arguments were not looked at */
  say("numbered: %d", E->CallStaticBooleanMethod(env, invoked, method(env, "isNumbered", "()Z")));
  say("detach: %d", (*vm)->DetachCurrentThread(vm));
  say("attach as daemon: %d", (*vm)->AttachCurrentThreadAsDaemon(vm, &env_pointer, NULL));
  env = env_pointer;
  say("daemon: %d", strstr(describe(env), " daemon ") != NULL);
  say("detach: %d", (*vm)->DetachCurrentThread(vm));
  return data;
}

enum { WORKERS = 8, ROUNDS = 20 };

/* Attach, call, detach, many times over, while others do the same. */
static void *
worker(void *data)
{
  for (int i = 0; i < ROUNDS; i++) {
    void *pointer;
    if ((*vm)->AttachCurrentThread(vm, &pointer, NULL) != JNI_OK)
      return data;
    JNIEnv *env = pointer;
    E->CallStaticIntMethod(env, invoked, method(env, "next", "()I"));
    if (i % 8 == 0)
      E->CallStaticVoidMethod(env, invoked, method(env, "park", "()V"));
    if ((*vm)->DetachCurrentThread(vm) != JNI_OK)
      return data;
  }
  return data;
}

static void
workers(JNIEnv *env)
{
  pthread_t threads[WORKERS];
  for (int i = 0; i < WORKERS; i++)
    pthread_create(&threads[i], NULL, worker, NULL);
  for (int i = 0; i < WORKERS; i++)
    pthread_join(threads[i], NULL);
  jfieldID count = E->GetStaticFieldID(env, invoked, "count", "I");
  say("workers: %d", E->GetStaticIntField(env, invoked, count));
}

static void *
destroyer(void *data)
{
  say("destroy: %d", (*vm)->DestroyJavaVM(vm)); /* this thread was never attached */
  return data;
}

int
main(int argc, char **argv)
{
  void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) : NULL;
  if (!library) {
    fprintf(stderr, "%s\n", argc == 3 ? dlerror() : "usage: embed LIBJVM CLASSPATH");
    return 1;
  }
  create = (jint(*)(JavaVM **, void **, void *))dlsym(library, "JNI_CreateJavaVM");
  created = (jint(*)(JavaVM **, jsize, jsize *))dlsym(library, "JNI_GetCreatedJavaVMs");
  defaults = (jint(*)(void *))dlsym(library, "JNI_GetDefaultJavaVMInitArgs");
  if (make(argv[2]))
    return 1;
  void *pointer;
  (*vm)->GetEnv(vm, &pointer, JNI_VERSION_10);
  JNIEnv *env = pointer;
  properties(env);
  calls(env);
  E->CallStaticVoidMethod(env, invoked, method(env, "prepare", "()V"));
  pthread_t thread;
  pthread_create(&thread, NULL, attached, NULL);
  pthread_join(thread, NULL);
  workers(env);
  E->CallStaticVoidMethod(env, invoked, method(env, "startLate", "()V"));
  say("detach main: %d", (*vm)->DetachCurrentThread(vm));
  pthread_create(&thread, NULL, destroyer, NULL);
  pthread_join(thread, NULL);
  say("create after the end: %d",
      create(&vm, &pointer, &(JavaVMInitArgs){JNI_VERSION_10, 0, NULL, JNI_FALSE}));
  return 0;
}
