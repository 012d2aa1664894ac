/* jni_table.h -- the JNI function table is filled by its parts, once, before the first thread runs */
#ifndef J3_JNI_TABLE_H
#define J3_JNI_TABLE_H

#include <jni.h>

#include "j3.h"

void j3_jni_init(void);                 /* jni.c: fills j3_jni_table */
int64_t j3_jni_global_count(bool weak); /* global references that exist */
void j3_jni_fill_calls(struct JNINativeInterface_ *table);
void j3_jni_fill_fields(struct JNINativeInterface_ *table);
void j3_jni_fill_arrays(struct JNINativeInterface_ *table);
void j3_jni_fill_strings(struct JNINativeInterface_ *table);

#endif
