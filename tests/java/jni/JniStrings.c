/* The C side of JniStrings.java. */
#include "say.h"
#include <stdlib.h>

JNIEXPORT jobjectArray JNICALL
Java_JniStrings_make(JNIEnv *env, jclass self)
{
  static const char *utf[] = {"plain",
                              "",
                              "\xc3\xa9t\xc3\xa9",
                              "\xe4\xb8\xad",
                              "\xed\xa0\xbd\xed\xb8\x80",
                              "nul\xc0\x80"
                              "end"};
  static const jchar wide[] = {'w', 0xe9, 0x4e2d, 0xd83d, 0xde00, 0, 'e'};
  jobjectArray out = E->NewObjectArray(env, 9, E->FindClass(env, "java/lang/String"), NULL);
  for (int i = 0; i < 6; i++)
    E->SetObjectArrayElement(env, out, i, E->NewStringUTF(env, utf[i]));
  E->SetObjectArrayElement(env, out, 6, E->NewString(env, wide, 7));
  E->SetObjectArrayElement(env, out, 7, E->NewString(env, wide, 1));
  E->SetObjectArrayElement(env, out, 8, E->NewString(env, wide, 0));
  return out;
}

static const char *
hex(const void *bytes, size_t n, size_t size, char *out)
{
  char *at = out;
  *at = 0;
  for (size_t i = 0; i < n; i++)
    at += sprintf(at, size == 1 ? "%02x" : "%04x.",
                  size == 1 ? ((const unsigned char *)bytes)[i] : ((const jchar *)bytes)[i]);
  return out;
}

JNIEXPORT void JNICALL
Java_JniStrings_inspect(JNIEnv *env, jclass self, jstring s)
{
  char text[256];
  jsize n = E->GetStringLength(env, s), utf_n = E->GetStringUTFLength(env, s);
  jboolean copied = 9;
  const jchar *chars = E->GetStringChars(env, s, &copied);
  say(env, "%d %d %s %d", n, utf_n, hex(chars, (size_t)n, 2, text), copied > 1);
  E->ReleaseStringChars(env, s, chars);
  const char *utf = E->GetStringUTFChars(env, s, &copied);
  say(env, "  utf %s %d ends %d", hex(utf, (size_t)utf_n, 1, text), copied > 1, utf[utf_n]);
  E->ReleaseStringUTFChars(env, s, utf);
  chars = E->GetStringCritical(env, s, NULL);
  unsigned sum = 0;
  for (jsize i = 0; i < n; i++)
    sum = sum * 31 + chars[i];
  E->ReleaseStringCritical(env, s, chars);
  jchar region[8] = {0xaaaa, 0xaaaa};
  E->GetStringRegion(env, s, n / 2, n - n / 2, region);
  char utf_region[32];
  memset(utf_region, 0x55, sizeof utf_region);
  E->GetStringUTFRegion(env, s, 0, n, utf_region);
  say(env, "  hash %d region %s utf region %s end %d", (int)sum,
      hex(region, (size_t)(n - n / 2), 2, text), hex(utf_region, (size_t)utf_n, 1, text + 128),
      utf_region[utf_n]);
  E->GetStringRegion(env, s, 0, n + 1, region), say_exception(env, "  too long");
  E->GetStringRegion(env, s, -1, 1, region), say_exception(env, "  negative");
  E->GetStringUTFRegion(env, s, n, 1, utf_region), say_exception(env, "  utf past the end");
  E->GetStringUTFRegion(env, s, n, 0, utf_region), say_exception(env, "  utf empty");
}

JNIEXPORT jstring JNICALL
Java_JniStrings_build(JNIEnv *env, jclass self, jint n)
{
  char *text = malloc((size_t)n * 2 + 1);
  for (int i = 0; i < n; i++)
    memcpy(text + 2 * i, "\xc3\xa9", 3);
  text[0] = 'a', text[1] = 'b';
  jstring s = E->NewStringUTF(env, text);
  free(text);
  return s;
}
