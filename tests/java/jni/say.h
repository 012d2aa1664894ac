/* Output for the C side of these programs: through System.out, so that the order with Java's own lines is kept. */
#ifndef SAY_H
#define SAY_H
#include <jni.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define E (*env)

/* Print a line. May be called with an exception pending; keeps it. */
__attribute__((format(printf, 2, 3))) static inline void
say(JNIEnv *env, const char *format, ...)
{
  char text[1024];
  va_list ap;
  va_start(ap, format);
  vsnprintf(text, sizeof text, format, ap);
  va_end(ap);
  jthrowable pending = E->ExceptionOccurred(env);
  if (pending)
    E->ExceptionClear(env);
  jclass system = E->FindClass(env, "java/lang/System");
  jfieldID out = E->GetStaticFieldID(env, system, "out", "Ljava/io/PrintStream;");
  jobject stream = E->GetStaticObjectField(env, system, out);
  jmethodID println =
      E->GetMethodID(env, E->GetObjectClass(env, stream), "println", "(Ljava/lang/String;)V");
  jstring line = E->NewStringUTF(env, text);
  E->CallVoidMethod(env, stream, println, line);
  E->DeleteLocalRef(env, line);
  E->DeleteLocalRef(env, stream);
  E->DeleteLocalRef(env, system);
  if (pending) {
    E->Throw(env, pending);
    E->DeleteLocalRef(env, pending);
  }
}

/* The toString of an object, in a buffer of the caller. */
static inline const char *
text_of(JNIEnv *env, jobject object, char *buffer, size_t size)
{
  if (!object)
    return "null";
  jclass type = E->FindClass(env, "java/lang/Object");
  jstring s = E->CallObjectMethod(env, object,
                                  E->GetMethodID(env, type, "toString", "()Ljava/lang/String;"));
  const char *chars = E->GetStringUTFChars(env, s, NULL);
  snprintf(buffer, size, "%s", chars);
  E->ReleaseStringUTFChars(env, s, chars);
  E->DeleteLocalRef(env, s);
  E->DeleteLocalRef(env, type);
  return buffer;
}
#define TEXT(object) text_of(env, object, (char[256]){0}, 256)

/* Print and clear the pending exception, or say that there is none. */
static inline void
say_exception(JNIEnv *env, const char *what)
{
  jthrowable pending = E->ExceptionOccurred(env);
  E->ExceptionClear(env);
  say(env, "%s: %s", what, pending ? TEXT(pending) : "no exception");
  if (pending)
    E->DeleteLocalRef(env, pending);
}
#endif
