/* The C side of JniExceptions.java. */
#include "say.h"

JNIEXPORT void JNICALL
Java_JniExceptions_throwing(JNIEnv *env, jclass self, jint how, jthrowable t)
{
  jclass io = E->FindClass(env, "java/io/IOException");
  switch (how) {
  case 0: say(env, "Throw %d", E->Throw(env, t)); break;
  case 1: say(env, "ThrowNew %d", E->ThrowNew(env, io, "checked, undeclared")); break;
  case 2: E->ThrowNew(env, io, NULL); break;
  case 3: /* no such constructor: the NoSuchMethodError is pending instead */
    E->ThrowNew(env, E->FindClass(env, "JniExceptions$OnlyDefault"), "text");
    break;
  case 4:
    E->Throw(env, t);
    E->ExceptionClear(env);
    E->ExceptionClear(env);
    say(env, "cleared %d", E->ExceptionCheck(env));
    break;
  case 5: /* the second throw replaces the first */
    E->Throw(env, t);
    E->ExceptionClear(env);
    E->ThrowNew(env, E->FindClass(env, "java/lang/Error"), "second");
    break;
  }
}

JNIEXPORT void JNICALL
Java_JniExceptions_handled(JNIEnv *env, jclass self)
{
  jmethodID fail = E->GetStaticMethodID(env, self, "fail", "(Ljava/lang/String;)V");
  E->CallStaticVoidMethod(env, self, fail, E->NewStringUTF(env, "for the C side"));
  jthrowable t = E->ExceptionOccurred(env);
  say(env, "occurred %d check %d", t != NULL, E->ExceptionCheck(env));
  E->ExceptionDescribe(env); /* prints to stderr and clears */
  say(env, "after describe %d", E->ExceptionCheck(env));
  E->ExceptionDescribe(env);
  say(env, "%s", TEXT(t));
  /* what may be called while one is pending */
  E->Throw(env, t);
  jstring s = E->ExceptionOccurred(env);
  say(env, "same %d", E->IsSameObject(env, s, t));
  E->DeleteLocalRef(env, s);
  jobject g = E->NewGlobalRef(env, t);
  E->PushLocalFrame(env, 5);
  E->PopLocalFrame(env, NULL);
  E->ExceptionClear(env);
  E->DeleteGlobalRef(env, g);
}

JNIEXPORT jint JNICALL
Java_JniExceptions_layers(JNIEnv *env, jclass self, jint n)
{
  jint r = E->CallStaticIntMethod(env, self, E->GetStaticMethodID(env, self, "down", "(I)I"), n);
  say(env, "layer %d result %d pending %d", n, r, E->ExceptionCheck(env));
  return r + 100;
}

/* As error handlers of libraries do: a second exception while the first is pending. */
JNIEXPORT void JNICALL
Java_JniExceptions_twice(JNIEnv *env, jclass self, jstring missing)
{
  E->ThrowNew(env, E->FindClass(env, "java/io/IOException"), "first");
  say(env, "loaded now %d", E->FindClass(env, "java/util/zip/ZipOutputStream") != NULL);
  say(env, "still pending %d", E->ExceptionCheck(env));
  jclass c = E->FindClass(env, missing ? "no/such/Thing" : "java/lang/IllegalArgumentException");
  say(env, "found %d", c != NULL);
  if (c)
    E->ThrowNew(env, c, "second");
}

/* What may not be called while an exception is pending. */
JNIEXPORT void JNICALL
Java_JniExceptions_pending(JNIEnv *env, jclass self, jclass fresh, jobject object, jobject method,
                           jobject field)
{
  jmethodID text =
      E->GetMethodID(env, E->GetObjectClass(env, object), "toString", "()Ljava/lang/String;");
  E->ThrowNew(env, E->FindClass(env, "java/io/IOException"), "pending");
  say(env, "method %d", E->GetMethodID(env, fresh, "m", "()V") != NULL);
  say(env, "static method %d", E->GetStaticMethodID(env, fresh, "s", "()V") != NULL);
  say(env, "field %d", E->GetFieldID(env, fresh, "f", "I") != NULL);
  say(env, "static field %d", E->GetStaticFieldID(env, fresh, "g", "I") != NULL);
  say(env, "reflected %d %d", E->FromReflectedMethod(env, method) != NULL,
      E->FromReflectedField(env, field) != NULL);
  say(env, "allocated %d", E->AllocObject(env, fresh) != NULL);
  say(env, "called %d", E->CallObjectMethod(env, object, text) != NULL);
}
