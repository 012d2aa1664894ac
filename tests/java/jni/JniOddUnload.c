/* JniOddUnload.c -- a library of a loader that dies: JNI_OnUnload says so to a file, for it may not call back */
#include <fcntl.h>
#include <jni.h>
#include <string.h>
#include <unistd.h>

static void
note(const char *text)
{
  int fd = open("unloaded.txt", O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (fd >= 0 && write(fd, text, strlen(text)) > 0)
    close(fd);
}

JNIEXPORT jint JNICALL
JNI_OnLoad(JavaVM *vm, void *reserved)
{
  (void)vm, (void)reserved;
  note("load\n");
  return JNI_VERSION_1_8;
}

JNIEXPORT void JNICALL
JNI_OnUnload(JavaVM *vm, void *reserved)
{
  JNIEnv *env = NULL;
  jint attached = (*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8);
  note(reserved                                                    ? "unload with an argument\n"
       : attached == JNI_OK && env && !(*env)->ExceptionCheck(env) ? "unload\n"
                                                                   : "unload without a thread\n");
}

JNIEXPORT jint JNICALL
Java_JniOddUser_seven(JNIEnv *env, jclass self)
{
  (void)env, (void)self;
  return 7;
}
