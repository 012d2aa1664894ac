/* Natives.c -- counts its own unloading in system properties unloaded1, ... */
#include <jni.h>
#include <stdio.h>

JNIEXPORT jint JNICALL
JNI_OnLoad(JavaVM *vm, void *reserved)
{
  JNIEnv *env;
  (void)reserved;
  (*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8);
  return JNI_VERSION_1_8;
}

static jstring
system_call(JNIEnv *env, const char *name, const char *type, const char *a, const char *b)
{
  jclass system = (*env)->FindClass(env, "java/lang/System");
  jmethodID method = (*env)->GetStaticMethodID(env, system, name, type);
  return (*env)->CallStaticObjectMethod(env, system, method, (*env)->NewStringUTF(env, a),
                                        b ? (*env)->NewStringUTF(env, b) : NULL);
}

JNIEXPORT void JNICALL
JNI_OnUnload(JavaVM *vm, void *reserved)
{
  static const char get[] = "(Ljava/lang/String;)Ljava/lang/String;";
  static const char set[] = "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;";
  JNIEnv *env;
  char key[32];
  int n = 1;
  (void)reserved;
  (*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8);
  do
    snprintf(key, sizeof key, "unloaded%d", n++);
  while (system_call(env, "getProperty", get, key, NULL));
  system_call(env, "setProperty", set, key, "yes");
}

JNIEXPORT jstring JNICALL
Java_Natives_00024Unit_text(JNIEnv *env, jclass self)
{
  jmethodID method = (*env)->GetStaticMethodID(env, self, "twice", "(I)I");
  char text[32];
  snprintf(text, sizeof text, "native %d",
           (int)(*env)->CallStaticIntMethod(env, self, method, (jint)4));
  (*env)->DeleteLocalRef(env, self); /* the class itself must not mind */
  return (*env)->NewStringUTF(env, text);
}

JNIEXPORT jint JNICALL
Java_Natives_00024Unit_twice(JNIEnv *env, jclass self, jint x)
{
  return (*env)->GetObjectRefType(env, self) == JNILocalRefType ? 2 * x : -1;
}
