/* The hooks of JNI_CreateJavaVM: vfprintf, exit, abort; and options that are not known. hooks LIBJVM CASE */
#include <dlfcn.h>
#include <jni.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define E (*env)

static jint (*create)(JavaVM **, void **, void *);

/* What the vm prints, in however many pieces, marked at the beginning of a line. */
static jint JNICALL
hook_vfprintf(FILE *file, const char *format, va_list list)
{
  static char last = '\n';
  char text[2048];
  int n = vsnprintf(text, sizeof text, format, list);
  for (const char *p = text; *p; last = *p++) {
    if (last == '\n')
      fputs(file == stderr ? "hook err: " : "hook out: ", stdout);
    putchar(*p);
  }
  return n;
}

static void JNICALL
hook_exit(jint code)
{
  printf("exit hook: %d\n", code);
  fflush(stdout);
  _exit(40 + code);
}

static void JNICALL
hook_abort(void)
{
  printf("abort hook\n");
  fflush(stdout);
  _exit(50);
}

static jint
try_create(JNIEnv **env, JavaVM **vm, const char *option, jboolean ignore)
{
  JavaVMOption options[] = {{(char *)"vfprintf", (void *)(uintptr_t)hook_vfprintf},
                            {(char *)"exit", (void *)(uintptr_t)hook_exit},
                            {(char *)"abort", (void *)(uintptr_t)hook_abort},
                            {(char *)(uintptr_t)option, NULL}};
  JavaVMInitArgs args = {JNI_VERSION_1_8, option ? 4 : 3, options, ignore};
  return create(vm, (void **)env, &args);
}

int
main(int argc, char **argv)
{
  JNIEnv *env;
  JavaVM *vm;
  setvbuf(stdout, NULL, _IOLBF, 0);
  void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL) : NULL;
  if (!library)
    return 1;
  create = (jint(*)(JavaVM **, void **, void *))dlsym(library, "JNI_CreateJavaVM");
  const char *which = argv[2];
  if (!strcmp(which, "unknown"))
    printf("create: %d\n", try_create(&env, &vm, "-Xno-such-option", JNI_FALSE));
  else if (!strcmp(which, "unknown-word"))
    printf("create: %d\n", try_create(&env, &vm, "nosuch", JNI_FALSE));
  else if (!strcmp(which, "unknown-flag"))
    printf("create: %d\n", try_create(&env, &vm, "-XX:+NoSuchFlag", JNI_FALSE));
  else if (!strcmp(which, "ignored"))
    printf("create: %d\n", try_create(&env, &vm, "-Xno-such-option", JNI_TRUE));
  else if (!strcmp(which, "ignored-word"))
    printf("create: %d\n", try_create(&env, &vm, "nosuch", JNI_TRUE));
  else if (!strcmp(which, "bad-size"))
    printf("create: %d\n", try_create(&env, &vm, "-Xmxfoo", JNI_TRUE));
  else if (!strcmp(which, "bad-stack"))
    printf("create: %d\n", try_create(&env, &vm, "-Xss1k", JNI_TRUE));
  else if (!strcmp(which, "late-failure"))
    printf("create: %d\n", try_create(&env, &vm, "-Djava.security.manager=NoSuch", JNI_TRUE));
  else if (try_create(&env, &vm, !strcmp(which, "fatal") ? "-Xcheck:jni" : NULL, JNI_FALSE))
    return 2;
  if (!strcmp(which, "exit")) {
    jclass system = E->FindClass(env, "java/lang/System");
    E->CallStaticVoidMethod(env, system, E->GetStaticMethodID(env, system, "exit", "(I)V"), 3);
  } else if (!strcmp(which, "halt")) {
    jclass runtime = E->FindClass(env, "java/lang/Runtime");
    jmethodID get = E->GetStaticMethodID(env, runtime, "getRuntime", "()Ljava/lang/Runtime;");
    jobject self = E->CallStaticObjectMethod(env, runtime, get);
    E->CallVoidMethod(env, self, E->GetMethodID(env, runtime, "halt", "(I)V"), 4);
  } else if (!strcmp(which, "abort")) {
    E->FatalError(env, "from the embedder");
  } else if (!strcmp(which, "fatal")) {
    E->GetSuperclass(env, NULL);
  } else if (!strcmp(which, "describe")) {
    E->ThrowNew(env, E->FindClass(env, "java/lang/IllegalStateException"), "described");
    E->ExceptionDescribe(env);
    printf("pending: %d\n", E->ExceptionCheck(env));
    printf("destroy: %d\n", (*vm)->DestroyJavaVM(vm));
  }
  return 0;
}
