/* The C side of JniRefs.java. */
#include "say.h"

static jobject global;
static jweak weak;

JNIEXPORT jobject JNICALL
Java_JniRefs_locals(JNIEnv *env, jclass self, jobject o, jint n)
{
  say(env, "capacity %d", E->EnsureLocalCapacity(env, n + 10));
  jobject last = NULL;
  jobject some[100];
  for (jint i = 0; i < n; i++) {
    char text[32];
    snprintf(text, sizeof text, "string %d", i);
    jobject s = E->NewStringUTF(env, text);
    if (i % 50 == 0)
      some[i / 50] = E->NewLocalRef(env, s);
    if (i % 2)
      E->DeleteLocalRef(env, s);
    else
      last = s;
  }
  jclass system = E->FindClass(env, "java/lang/System");
  E->CallStaticVoidMethod(env, system, E->GetStaticMethodID(env, system, "gc", "()V"));
  say(env, "%s %s %s %s", TEXT(some[0]), TEXT(some[99]), TEXT(last), TEXT(o));
  say(env, "same %d %d %d %d", E->IsSameObject(env, some[0], some[1]),
      E->IsSameObject(env, o, E->NewLocalRef(env, o)), E->IsSameObject(env, NULL, NULL),
      E->IsSameObject(env, o, NULL));
  E->DeleteLocalRef(env, NULL);
  say(env, "null local %d", E->NewLocalRef(env, NULL) == NULL);
  return last;
}

JNIEXPORT void JNICALL
Java_JniRefs_frames(JNIEnv *env, jclass self, jobject o)
{
  jobject outer = E->NewStringUTF(env, "outer"), result = NULL;
  for (int i = 0; i < 300; i++) {
    if (E->PushLocalFrame(env, 20))
      say(env, "no frame");
    jobject inner = NULL;
    for (int k = 0; k < 30; k++)
      inner = E->NewStringUTF(env, k == 29 ? "inner result" : "inner");
    if (result)
      E->DeleteLocalRef(env, result);
    result = NULL;
    result = E->PopLocalFrame(env, i == 299 ? inner : NULL);
  }
  say(env, "%s %s %s", TEXT(outer), TEXT(result), TEXT(o));
  E->PushLocalFrame(env, 4);
  E->PushLocalFrame(env, 4);
  jobject deep = E->NewStringUTF(env, "deep");
  deep = E->PopLocalFrame(env, deep);
  deep = E->PopLocalFrame(env, deep);
  say(env, "%s", TEXT(deep));
}

JNIEXPORT void JNICALL
Java_JniRefs_keep(JNIEnv *env, jclass self, jobject o)
{
  global = E->NewGlobalRef(env, o);
  weak = E->NewWeakGlobalRef(env, o);
}

JNIEXPORT jobject JNICALL
Java_JniRefs_kept(JNIEnv *env, jclass self, jboolean of_weak)
{
  return of_weak ? E->NewLocalRef(env, weak) : global;
}

JNIEXPORT void JNICALL
Java_JniRefs_drop(JNIEnv *env, jclass self)
{
  E->DeleteGlobalRef(env, global);
  global = NULL;
}

JNIEXPORT jint JNICALL
Java_JniRefs_kinds(JNIEnv *env, jclass self, jobject o)
{
  jobject g = E->NewGlobalRef(env, o);
  jweak w = E->NewWeakGlobalRef(env, o);
  say(env, "kinds %d %d %d", E->GetObjectRefType(env, o), E->GetObjectRefType(env, g),
      E->GetObjectRefType(env, w));
  say(env, "same %d %d %d", E->IsSameObject(env, o, g), E->IsSameObject(env, g, w),
      E->IsSameObject(env, w, NULL));
  say(env, "cleared weak is null %d", E->IsSameObject(env, weak, NULL));
  say(env, "null refs %d %d", E->NewGlobalRef(env, NULL) == NULL,
      E->NewWeakGlobalRef(env, NULL) == NULL);
  jobject many[2000];
  for (int i = 0; i < 2000; i++)
    many[i] = i % 2 ? E->NewGlobalRef(env, o) : E->NewWeakGlobalRef(env, g);
  int same = 0;
  for (int i = 0; i < 2000; i++)
    same += E->IsSameObject(env, many[i], o);
  for (int i = 0; i < 2000; i++)
    i % 2 ? E->DeleteGlobalRef(env, many[i]) : E->DeleteWeakGlobalRef(env, many[i]);
  E->DeleteWeakGlobalRef(env, weak);
  E->DeleteWeakGlobalRef(env, w);
  E->DeleteGlobalRef(env, g);
  E->DeleteGlobalRef(env, NULL);
  return same;
}
