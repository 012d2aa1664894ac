/* jni_check.h -- what -Xcheck:jni looks at, between jni_check.c that looks and jni_check_table.c that asks
 *
 * All are called in native state by the thread whose environment it is, and return only when nothing is wrong.
 */
#ifndef J3_JNI_CHECK_H
#define J3_JNI_CHECK_H

#include "jni_table.h"

/* What a function tolerates: an exception that is pending, and that critical memory is held. */
typedef enum j3_jni_rule {
  J3_JNI_STRICT,           /* neither; critical memory gets a warning */
  J3_JNI_PENDING,          /* the exception */
  J3_JNI_CRITICAL,         /* critical memory */
  J3_JNI_CRITICAL_PENDING, /* both */
} j3_jni_rule;

/* The environment is the running thread's, and the rule is kept. */
void j3_jni_check_enter(JNIEnv *env, j3_jni_rule rule);

/* References: null or alive; of any kind or a cleared weak one; a class. */
void j3_jni_check_object(JNIEnv *env, jobject object);
void j3_jni_check_handle(JNIEnv *env, jobject object);
void j3_jni_check_class(JNIEnv *env, jclass class, bool or_primitive);
void j3_jni_check_throwable(JNIEnv *env, jthrowable object); /* null gets a warning */
void j3_jni_check_throwable_class(JNIEnv *env, jclass class);
void j3_jni_check_string(JNIEnv *env, jstring string);
/* An array of what the letter says: 'Z' and kin, 'L' of references, 'P' of any primitive, 0 of anything. */
void j3_jni_check_array(JNIEnv *env, jarray array, char element);
/* A reference of this kind, or null. */
void j3_jni_check_kind(JNIEnv *env, jobject object, jobjectRefType kind, const char *message);

/* Members: a method of the class and of the object, each unless null; a field whose type has the letter. */
void j3_jni_check_call(JNIEnv *env, jclass class, jmethodID id, jobject object);
void j3_jni_check_field(JNIEnv *env, jobject object, jfieldID id, char type);
void j3_jni_check_static_field(JNIEnv *env, jclass class, jfieldID id, char type);

void j3_jni_check_class_name(JNIEnv *env, const char *name);
void j3_jni_check_capacity(JNIEnv *env, jint capacity);

/* Memory that C is given: a copy between guards that knows what it is a copy of (`from`, or one of the two
 * strings). */
size_t j3_jni_array_bytes(JNIEnv *env, jarray primitive);
extern const char j3_jni_guard_chars[], j3_jni_guard_utf[];
void *j3_jni_guard_new(void *from, const void *data, size_t bytes, bool critical);
/* The array functions: copies back by mode, frees, returns `from`. */
void *j3_jni_guard_release(JNIEnv *env, const char *function, jarray array, void *copy, jint mode,
                           bool critical);
/* The string functions, `get` one of the two strings: frees. */
void j3_jni_guard_release_string(JNIEnv *env, const char *release, const char *get, jstring string,
                                 const void *copy);

#endif
