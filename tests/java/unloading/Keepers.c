/* Keepers.c -- global references as numbers */
#include <jni.h>

JNIEXPORT jobject JNICALL
Java_Keepers_globalNew(JNIEnv *env, jclass self, jobject object, jboolean weak)
{
  (void)self;
  jlong handle =
      (jlong)(weak ? (*env)->NewWeakGlobalRef(env, object) : (*env)->NewGlobalRef(env, object));
  jclass box = (*env)->FindClass(env, "java/lang/Long");
  return (*env)->CallStaticObjectMethod(
      env, box, (*env)->GetStaticMethodID(env, box, "valueOf", "(J)Ljava/lang/Long;"), handle);
}

JNIEXPORT jobject JNICALL
Java_Keepers_globalGet(JNIEnv *env, jclass self, jlong handle)
{
  (void)self;
  return (*env)->NewLocalRef(env, (jobject)handle);
}

JNIEXPORT void JNICALL
Java_Keepers_globalDelete(JNIEnv *env, jclass self, jlong handle, jboolean weak)
{
  (void)self;
  if (weak)
    (*env)->DeleteWeakGlobalRef(env, (jobject)handle);
  else
    (*env)->DeleteGlobalRef(env, (jobject)handle);
}
