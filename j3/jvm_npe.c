/* jvm_npe.c -- JVM_GetExtendedNPEMessage: the text is npe.c's */
#include "entry.h"
#include "jvm.h"

jstring
JVM_GetExtendedNPEMessage(JNIEnv *env, jthrowable throwable)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_npe_message(e.t, j3_in(throwable)));
}
