/* The C side of JniPins.java. */
#include "say.h"
#include <unistd.h>

JNIEXPORT jint JNICALL
Java_JniPins_add(JNIEnv *env, jclass self, jintArray numbers, jbyteArray bytes, jint step,
                 jint pauses)
{
  jsize n = E->GetArrayLength(env, numbers), m = E->GetArrayLength(env, bytes);
  jint wrong = 0;
  jint *p = E->GetPrimitiveArrayCritical(env, numbers, NULL);
  jbyte *q = E->GetPrimitiveArrayCritical(env, bytes, NULL);
  jint before = p[0];
  for (jsize i = 0; i < n; i++) {
    wrong += p[i] != before;
    p[i] += step;
    if (pauses && i % (n / pauses) == 0)
      usleep(500);
  }
  for (jsize i = 0; i < m; i++) {
    wrong += q[i] != before;
    q[i] += step;
  }
  E->ReleasePrimitiveArrayCritical(env, bytes, q, 0);
  E->ReleasePrimitiveArrayCritical(env, numbers, p, 0);
  return wrong;
}
