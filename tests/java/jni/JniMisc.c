/* The C side of JniMisc.java. */
#include "say.h"
#include <pthread.h>
#include <stdint.h>

static JavaVM *vm;
static jclass misc;
static int loads;

JNIEXPORT jint JNICALL
JNI_OnLoad(JavaVM *the_vm, void *reserved)
{
  vm = the_vm;
  loads++;
  return JNI_VERSION_10;
}

JNIEXPORT void JNICALL
Java_JniMisc_classes(JNIEnv *env, jclass self)
{
  JavaVM *mine = NULL;
  JNIEnv *again = NULL;
  jint r = E->GetJavaVM(env, &mine), r2 = (*vm)->GetEnv(vm, (void **)&again, JNI_VERSION_1_6);
  say(env, "GetJavaVM %d same %d GetEnv %d same %d", r, mine == vm, r2, again == env);
  say(env, "version 99: %d", (*vm)->GetEnv(vm, (void **)&again, 0x00990000));
  say(env, "version %x", (unsigned)E->GetVersion(env));
  jclass object = E->FindClass(env, "java/lang/Object"),
         string = E->FindClass(env, "java/lang/String");
  jclass chars = E->FindClass(env, "java/lang/CharSequence"),
         strings = E->FindClass(env, "[Ljava/lang/String;");
  jclass objects = E->FindClass(env, "[Ljava/lang/Object;"), ints = E->FindClass(env, "[I");
  say(env, "super %d %s %d %s", E->GetSuperclass(env, object) == NULL,
      TEXT(E->GetSuperclass(env, string)), E->GetSuperclass(env, chars) == NULL,
      TEXT(E->GetSuperclass(env, strings)));
  say(env, "assignable %d %d %d %d %d %d", E->IsAssignableFrom(env, string, chars),
      E->IsAssignableFrom(env, chars, string), E->IsAssignableFrom(env, strings, objects),
      E->IsAssignableFrom(env, ints, objects), E->IsAssignableFrom(env, ints, object),
      E->IsAssignableFrom(env, string, string));
  jstring s = E->NewStringUTF(env, "s");
  say(env, "instance %d %d %d", E->IsInstanceOf(env, s, chars), E->IsInstanceOf(env, s, strings),
      E->IsInstanceOf(env, NULL, strings));
  say(env, "class %s %s %s", TEXT(E->GetObjectClass(env, s)), TEXT(E->GetObjectClass(env, self)),
      TEXT(E->GetObjectClass(env, E->NewIntArray(env, 1))));
}

JNIEXPORT void JNICALL
Java_JniMisc_reflected(JNIEnv *env, jclass self, jobject method, jobject field, jobject constructor,
                       jobject hidden)
{
  jmethodID m = E->FromReflectedMethod(env, method), c = E->FromReflectedMethod(env, constructor),
            h = E->FromReflectedMethod(env, hidden);
  jfieldID f = E->FromReflectedField(env, field);
  jobject made = E->NewObject(env, self, c, 31);
  say(env, "%d %d %s", E->CallStaticIntMethod(env, self, m, 9, 4), E->GetIntField(env, made, f),
      TEXT(E->CallObjectMethod(env, made, h)));
  say(env, "same ids %d %d", m == E->GetStaticMethodID(env, self, "plain", "(II)I"),
      f == E->GetFieldID(env, self, "made", "I"));
  say(env, "%s; %s", TEXT(E->ToReflectedMethod(env, self, m, JNI_TRUE)),
      TEXT(E->ToReflectedMethod(env, self, c, JNI_FALSE)));
  say(env, "%s; %s", TEXT(E->ToReflectedField(env, self, f, JNI_FALSE)),
      TEXT(E->ToReflectedField(env, self, E->GetStaticFieldID(env, self, "count", "I"), JNI_TRUE)));
}

JNIEXPORT jobject JNICALL
Java_JniMisc_allocate(JNIEnv *env, jclass self, jclass c)
{
  return E->AllocObject(env, c);
}

JNIEXPORT void JNICALL
Java_JniMisc_monitors(JNIEnv *env, jclass self, jobject o)
{
  jclass thread = E->FindClass(env, "java/lang/Thread");
  jmethodID holds = E->GetStaticMethodID(env, thread, "holdsLock", "(Ljava/lang/Object;)Z");
  for (int i = 0; i < 4; i++) {
    jint r = i < 2 ? E->MonitorEnter(env, o) : E->MonitorExit(env, o);
    say(env, "%s %d holds %d", i < 2 ? "enter" : "exit", r,
        E->CallStaticBooleanMethod(env, thread, holds, o));
  }
  say(env, "exit too often %d", E->MonitorExit(env, o) < 0);
  say_exception(env, "exit");
}

static int64_t memory[8];

JNIEXPORT jobject JNICALL
Java_JniMisc_buffer(JNIEnv *env, jclass self, jint n)
{
  ((int32_t *)memory)[1] = 123456;
  *(char *)memory = 7;
  return E->NewDirectByteBuffer(env, memory, n);
}

JNIEXPORT void JNICALL
Java_JniMisc_inspect(JNIEnv *env, jclass self, jobject b)
{
  char *p = E->GetDirectBufferAddress(env, b);
  say(env, "address %d own %d capacity %lld value %d", p != NULL, p == (char *)memory,
      (long long)E->GetDirectBufferCapacity(env, b), p ? ((int32_t *)p)[2] : -1);
}

JNIEXPORT void JNICALL
Java_JniMisc_modules(JNIEnv *env, jclass self)
{
  jobject base = E->GetModule(env, E->FindClass(env, "java/lang/String")),
          own = E->GetModule(env, self);
  jclass module = E->GetObjectClass(env, base);
  jmethodID named = E->GetMethodID(env, module, "isNamed", "()Z");
  say(env, "%s %d %d same %d", TEXT(base), E->CallBooleanMethod(env, base, named),
      E->CallBooleanMethod(env, own, named),
      E->IsSameObject(env, base, E->GetModule(env, E->FindClass(env, "[I"))));
}

JNIEXPORT jclass JNICALL
Java_JniMisc_define(JNIEnv *env, jclass self, jobject loader, jbyteArray bytes)
{
  jbyte *p = E->GetByteArrayElements(env, bytes, NULL);
  jclass c = E->DefineClass(env, "JniMisc$Defined", loader, p, E->GetArrayLength(env, bytes));
  E->ReleaseByteArrayElements(env, bytes, p, JNI_ABORT);
  return c;
}

static jint
registered(JNIEnv *env, jclass self, jint a)
{
  return a + 1;
}

static jstring
registered_too(JNIEnv *env, jobject self, jlong a, jstring s)
{
  char text[64];
  snprintf(text, sizeof text, "%lld %s %d", (long long)a, TEXT(s),
           E->IsInstanceOf(env, self, misc));
  return E->NewStringUTF(env, text);
}

JNIEXPORT void JNICALL
Java_JniMisc_register(JNIEnv *env, jclass self)
{
  misc = E->NewGlobalRef(env, self);
  JNINativeMethod table[] = {
      {"registered", "(I)I", registered},
      {"registeredToo", "(JLjava/lang/String;)Ljava/lang/String;", registered_too}};
  say(env, "register %d", E->RegisterNatives(env, self, table, 2));
  JNINativeMethod wrong[] = {{"absent", "()V", registered}};
  say(env, "register absent %d", E->RegisterNatives(env, self, wrong, 1) < 0),
      say_exception(env, "absent");
  JNINativeMethod not_native[] = {{"plain", "(II)I", registered}};
  say(env, "register plain %d", E->RegisterNatives(env, self, not_native, 1) < 0),
      say_exception(env, "plain");
}

JNIEXPORT void JNICALL
Java_JniMisc_unregister(JNIEnv *env, jclass self)
{
  say(env, "unregister %d", E->UnregisterNatives(env, self));
}

JNIEXPORT jint JNICALL
Java_JniMisc_fromUnload(JNIEnv *env, jclass self)
{
  return loads;
}
JNIEXPORT jint JNICALL
Java_JniMisc_with_1under_11score(JNIEnv *env, jclass self, jint n)
{
  return n * 10;
}
JNIEXPORT jint JNICALL
Java_JniMisc_with_00024dollar(JNIEnv *env, jclass self, jint n)
{
  return n * 100;
}
JNIEXPORT jint JNICALL
Java_JniMisc_over__I(JNIEnv *env, jclass self, jint n)
{
  return n * 1000;
}
JNIEXPORT jint JNICALL
Java_JniMisc_over__Ljava_lang_String_2(JNIEnv *env, jclass self, jstring s)
{
  return E->GetStringLength(env, s);
}

static void *
attached(void *arg)
{
  JNIEnv *env = NULL;
  JavaVMAttachArgs args = {JNI_VERSION_1_8, "a C thread", NULL};
  jint before = (*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8);
  jint r = (intptr_t)arg % 2 ? (*vm)->AttachCurrentThread(vm, (void **)&env, &args)
                             : (*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&env, &args);
  JNIEnv *twice = NULL;
  r += (*vm)->AttachCurrentThread(vm, (void **)&twice, NULL);
  jmethodID counted = E->GetStaticMethodID(env, misc, "counted", "()V");
  for (int i = 0; i < 500; i++)
    E->CallStaticVoidMethod(env, misc, counted);
  jclass thread = E->FindClass(env, "java/lang/Thread");
  jobject self = E->CallStaticObjectMethod(
      env, thread, E->GetStaticMethodID(env, thread, "currentThread", "()Ljava/lang/Thread;"));
  jobject name = E->CallObjectMethod(
      env, self, E->GetMethodID(env, thread, "getName", "()Ljava/lang/String;"));
  jboolean daemon = E->CallBooleanMethod(env, self, E->GetMethodID(env, thread, "isDaemon", "()Z"));
  intptr_t good = before == JNI_EDETACHED && r == 0 && twice == env &&
                  !strcmp(TEXT(name), "a C thread") && daemon == !((intptr_t)arg % 2);
  good = good && (*vm)->DetachCurrentThread(vm) == 0 &&
         (*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8) == JNI_EDETACHED;
  return (void *)good;
}

JNIEXPORT jint JNICALL
Java_JniMisc_attach(JNIEnv *env, jclass self, jint n)
{
  pthread_t threads[8];
  jint good = 0;
  for (intptr_t i = 0; i < n; i++)
    pthread_create(&threads[i], NULL, attached, (void *)i);
  for (int i = 0; i < n; i++) {
    void *result;
    pthread_join(threads[i], &result);
    good += (intptr_t)result;
  }
  return good;
}
