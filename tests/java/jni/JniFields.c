/* The C side of JniFields.java. */
#include "say.h"

/* GetStaticFieldID initialises the class; GetFieldID does too. */
JNIEXPORT void JNICALL
Java_JniFields_initialises(JNIEnv *env, jclass self)
{
  jclass all = E->FindClass(env, "JniFields$All");
  say(env, "found");
  jfieldID id = E->GetStaticFieldID(env, all, "si", "I");
  say(env, "si %d", E->GetStaticIntField(env, all, id));
}

#define NUMBERS(X)             \
  X(Boolean, "z", "Z", 0)      \
  X(Byte, "b", "B", 0x7f)      \
  X(Char, "c", "C", 0xffff)    \
  X(Short, "s", "S", -0x8000)  \
  X(Int, "i", "I", 0x7fffffff) \
  X(Long, "j", "J", -0x7fffffffffffffffLL) X(Float, "f", "F", -0.5f) X(Double, "d", "D", 1e100)

JNIEXPORT void JNICALL
Java_JniFields_fields(JNIEnv *env, jclass self, jobject o)
{
  jclass all = E->GetObjectClass(env, o), parent = E->GetSuperclass(env, all);
#define FIELD(Type, name, sig, value)                                       \
  {                                                                         \
    jfieldID f = E->GetFieldID(env, all, name, sig),                        \
             s = E->GetStaticFieldID(env, all, "s" name, sig);              \
    say(env, #Type " %.17g %.17g", (double)E->Get##Type##Field(env, o, f),  \
        (double)E->GetStatic##Type##Field(env, all, s));                    \
    E->Set##Type##Field(env, o, f, value);                                  \
    E->SetStatic##Type##Field(env, all, s, E->Get##Type##Field(env, o, f)); \
  }
  NUMBERS(FIELD)
  jfieldID l = E->GetFieldID(env, all, "l", "Ljava/lang/Object;"),
           sl = E->GetStaticFieldID(env, all, "sl", "Ljava/lang/Object;");
  say(env, "Object %s %s", TEXT(E->GetObjectField(env, o, l)),
      TEXT(E->GetStaticObjectField(env, all, sl)));
  E->SetObjectField(env, o, l, NULL);
  E->SetStaticObjectField(env, all, sl, E->NewStringUTF(env, "set by C"));
  jfieldID a = E->GetFieldID(env, all, "a", "[I");
  say(env, "array %d", E->GetArrayLength(env, E->GetObjectField(env, o, a)));
  jfieldID mine = E->GetFieldID(env, all, "hidden", "I"),
           theirs = E->GetFieldID(env, parent, "hidden", "I");
  E->SetIntField(env, o, mine, 20 + E->GetIntField(env, o, theirs));
  E->SetIntField(env, o, theirs, 10);
  jfieldID inherited = E->GetFieldID(env, all, "inherited", "J");
  E->SetLongField(env, o, inherited, E->GetLongField(env, o, inherited) + 1);
  E->SetObjectField(env, o, E->GetFieldID(env, all, "secret", "Ljava/lang/String;"),
                    E->NewStringUTF(env, "told"));
  E->SetIntField(env, o, E->GetFieldID(env, all, "fixed", "I"), 99);
  jfieldID ps = E->GetStaticFieldID(env, all, "parentStatic", "Ljava/lang/String;");
  say(env, "parent static %s", TEXT(E->GetStaticObjectField(env, all, ps)));
  E->SetStaticObjectField(env, parent, ps, E->NewStringUTF(env, "changed"));
  jclass uses = E->FindClass(env, "JniFields$Uses");
  say(env, "interface %s",
      TEXT(E->GetStaticObjectField(env, uses,
                                   E->GetStaticFieldID(env, uses, "TEXT", "Ljava/lang/String;"))));
}

JNIEXPORT void JNICALL
Java_JniFields_wrong(JNIEnv *env, jclass self, jobject o)
{
  jclass all = E->GetObjectClass(env, o);
  struct {
    const char *name, *sig;
  } tries[] = {{"absent", "I"}, {"i", "J"}, {"si", "I"}, {"l", "Ljava/lang/String;"}};
  for (int n = 0; n < 4; n++) {
    jfieldID id = E->GetFieldID(env, all, tries[n].name, tries[n].sig);
    say_exception(env, id ? "found" : tries[n].name);
    id = E->GetStaticFieldID(env, all, tries[n].name, tries[n].sig);
    say_exception(env, id ? "found" : tries[n].name);
  }
}
