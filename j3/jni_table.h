/* jni_table.h -- the JNI function table is filled by its parts, once, before the first thread runs */
#ifndef J3_JNI_TABLE_H
#define J3_JNI_TABLE_H

#include <jni.h>

#include "j3.h"

void j3_jni_init(void);       /* jni.c: fills j3_jni_table */
void j3_jni_check_init(void); /* jni_check_table.c: fills j3_jni_checked from it, for -Xcheck:jni */
/* "FATAL ERROR in native method: ", the stack, and the end of the process. */
VMK_NORETURN void j3_jni_fatal(vmk_thread *t, const char *message) VMK_MOVES;
int64_t j3_jni_global_count(bool weak); /* global references that exist */
void j3_jni_fill_calls(struct JNINativeInterface_ *table);
void j3_jni_fill_fields(struct JNINativeInterface_ *table);
void j3_jni_fill_arrays(struct JNINativeInterface_ *table);
void j3_jni_fill_strings(struct JNINativeInterface_ *table);

#endif
