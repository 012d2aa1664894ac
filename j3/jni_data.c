/* jni_data.c -- fields, arrays and strings of the JNI table
 *
 * Get<Type>ArrayElements and the string functions hand out malloc'ed copies; the critical variants pin the
 * object and hand out its memory, so a moving collection may run meanwhile.
 */
#include <stdlib.h>

#include "entry.h"
#include "jni_table.h"
#include "vm.h"

/* --- fields -------------------------------------------------------------------------------------------- */

static inline void *
jni_field_address(jobject object, jfieldID id)
{
  const j3_field *f = (const j3_field *)id;
  if (f->flags & J3_STATIC)
    return f->class->statics_base + f->offset;
  return (char *)j3_in(object)->ref + f->offset;
}

#define JNI_FIELD(Type, ctype)                                                                \
  static ctype JNICALL jni_Get##Type##Field(JNIEnv *env, jobject object, jfieldID id)         \
  {                                                                                           \
    j3_entry e = j3_enter(env);                                                               \
    ctype v;                                                                                  \
    __atomic_load((ctype *)jni_field_address(object, id), &v, __ATOMIC_ACQUIRE);              \
    j3_leave(&e);                                                                             \
    return v;                                                                                 \
  }                                                                                           \
  static void JNICALL jni_Set##Type##Field(JNIEnv *env, jobject object, jfieldID id, ctype v) \
  {                                                                                           \
    j3_entry e = j3_enter(env);                                                               \
    __atomic_store((ctype *)jni_field_address(object, id), &v, __ATOMIC_SEQ_CST);             \
    j3_leave(&e);                                                                             \
  }                                                                                           \
  static ctype JNICALL jni_GetStatic##Type##Field(JNIEnv *env, jclass c, jfieldID id)         \
  {                                                                                           \
    (void)c;                                                                                  \
    return jni_Get##Type##Field(env, NULL, id);                                               \
  }                                                                                           \
  static void JNICALL jni_SetStatic##Type##Field(JNIEnv *env, jclass c, jfieldID id, ctype v) \
  {                                                                                           \
    (void)c;                                                                                  \
    jni_Set##Type##Field(env, NULL, id, v);                                                   \
  }
JNI_FIELD(Byte, jbyte)
JNI_FIELD(Char, jchar)
JNI_FIELD(Short, jshort)
JNI_FIELD(Int, jint)
JNI_FIELD(Long, jlong)
JNI_FIELD(Float, jfloat)
JNI_FIELD(Double, jdouble)

static jboolean JNICALL
jni_GetBooleanField(JNIEnv *env, jobject object, jfieldID id)
{
  return jni_GetByteField(env, object, id) & 1;
}
static void JNICALL
jni_SetBooleanField(JNIEnv *env, jobject object, jfieldID id, jboolean v)
{
  jni_SetByteField(env, object, id, v & 1);
}
static jboolean JNICALL
jni_GetStaticBooleanField(JNIEnv *env, jclass c, jfieldID id)
{
  (void)c;
  return jni_GetBooleanField(env, NULL, id);
}
static void JNICALL
jni_SetStaticBooleanField(JNIEnv *env, jclass c, jfieldID id, jboolean v)
{
  (void)c;
  jni_SetBooleanField(env, NULL, id, v);
}

static vmk_handle
jni_field_holder(jobject object, const j3_field *f)
{
  return f->flags & J3_STATIC ? f->class->statics : j3_in(object);
}
static jobject JNICALL
jni_GetObjectField(JNIEnv *env, jobject object, jfieldID id)
{
  const j3_field *f = (const j3_field *)id;
  j3_entry e = j3_enter(env);
  vmk_handle v = vmk_get_ref(e.t, jni_field_holder(object, f), f->offset);
  __atomic_thread_fence(__ATOMIC_ACQUIRE);
  return j3_leave_ref(&e, vmk_is_null(v) ? NULL : v);
}
static void JNICALL
jni_SetObjectField(JNIEnv *env, jobject object, jfieldID id, jobject v)
{
  const j3_field *f = (const j3_field *)id;
  j3_entry e = j3_enter(env);
  __atomic_thread_fence(__ATOMIC_RELEASE);
  vmk_set_ref(e.t, jni_field_holder(object, f), f->offset, j3_in(v));
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  j3_leave(&e);
}
static jobject JNICALL
jni_GetStaticObjectField(JNIEnv *env, jclass c, jfieldID id)
{
  (void)c;
  return jni_GetObjectField(env, NULL, id);
}
static void JNICALL
jni_SetStaticObjectField(JNIEnv *env, jclass c, jfieldID id, jobject v)
{
  (void)c;
  jni_SetObjectField(env, NULL, id, v);
}

/* --- arrays ----------------------------------------------------------------------------------------------- */

static jsize JNICALL
jni_GetArrayLength(JNIEnv *env, jarray array)
{
  j3_entry e = j3_enter(env);
  jsize length = (jsize)vmk_array_length(j3_in(array));
  j3_leave(&e);
  return length;
}

static jobjectArray JNICALL
jni_NewObjectArray(JNIEnv *env, jsize length, jclass element, jobject initial)
{
  j3_entry e = j3_enter(env);
  j3_class *array = j3_class_array_of(e.t, j3_in_class(element));
  vmk_handle result = NULL;
  if (length < 0)
    j3_throw(e.t, "java/lang/NegativeArraySizeException", "%d", length);
  else
    result = array ? j3_array_new(e.t, array, length) : NULL;
  for (jsize i = 0; result && initial && i < length; i++)
    vmk_set_elem(e.t, result, (size_t)i, j3_in(initial));
  return j3_leave_ref(&e, result);
}

static bool
jni_in_bounds(vmk_thread *t, vmk_handle array, jsize index) VMK_MOVES
{
  uint32_t length = vmk_array_length(array);
  if (index >= 0 && (uint32_t)index < length)
    return true;
  j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", "Index %d out of bounds for length %u",
           index, length);
  return false;
}
static jobject JNICALL
jni_GetObjectArrayElement(JNIEnv *env, jobjectArray array, jsize index)
{
  j3_entry e = j3_enter(env);
  vmk_handle v = NULL;
  if (jni_in_bounds(e.t, j3_in(array), index))
    v = vmk_get_elem(e.t, j3_in(array), (size_t)index);
  return j3_leave_ref(&e, v);
}
static void JNICALL
jni_SetObjectArrayElement(JNIEnv *env, jobjectArray array, jsize index, jobject v)
{
  j3_entry e = j3_enter(env);
  vmk_handle a = j3_in(array);
  j3_class *component = j3_class_of(a)->component;
  if (jni_in_bounds(e.t, a, index)) {
    if (v && !j3_is_instance(j3_in(v), component)) {
      char value[512], type[512];
      j3_class_external_name(j3_class_of(j3_in(v)), value, sizeof value);
      j3_class_external_name(component, type, sizeof type);
      j3_throw(e.t, "java/lang/ArrayStoreException", "type mismatch: can not store %s to %s[%d]",
               value, type, index);
    } else {
      vmk_set_elem(e.t, a, (size_t)index, j3_in(v));
    }
  }
  j3_leave(&e);
}

static void *
jni_elements(JNIEnv *env, jarray array, size_t width, jboolean *is_copy)
{
  j3_entry e = j3_enter(env);
  size_t bytes = vmk_array_length(j3_in(array)) * width;
  void *copy = malloc(bytes ? bytes : 1);
  if (copy)
    memcpy(copy, vmk_array_data(j3_in(array)), bytes);
  else
    j3_out_of_memory(e.t, "Get<Type>ArrayElements");
  j3_leave(&e);
  if (is_copy)
    *is_copy = JNI_TRUE;
  return copy;
}
static void
jni_release(JNIEnv *env, jarray array, void *elements, size_t width, jint mode)
{
  if (mode != JNI_ABORT) {
    j3_entry e = j3_enter(env);
    memcpy(vmk_array_data(j3_in(array)), elements, vmk_array_length(j3_in(array)) * width);
    j3_leave(&e);
  }
  if (mode != JNI_COMMIT)
    free(elements);
}

/* Copy a region either way; bounds as ArrayIndexOutOfBoundsException. */
static void
jni_region(JNIEnv *env, jarray array, jsize start, jsize length, void *buffer, size_t width,
           bool set)
{
  j3_entry e = j3_enter(env);
  vmk_handle a = j3_in(array);
  int64_t have = vmk_array_length(a);
  if (length < 0) {
    j3_throw(e.t, "java/lang/ArrayIndexOutOfBoundsException", "Length %d is negative", length);
  } else if (start < 0 || (int64_t)start + length > have) {
    j3_throw(e.t, "java/lang/ArrayIndexOutOfBoundsException",
             "Array region %d..%lld out of bounds for length %lld", start,
             (long long)start + length, (long long)have);
  } else {
    char *data = (char *)vmk_array_data(a) + (size_t)start * width;
    if (set)
      memcpy(data, buffer, (size_t)length * width);
    else
      memcpy(buffer, data, (size_t)length * width);
  }
  j3_leave(&e);
}

static jarray
jni_new_array(JNIEnv *env, const char *descriptor, jsize length)
{
  j3_entry e = j3_enter(env);
  vmk_handle result = NULL;
  if (length < 0) {
    j3_throw(e.t, "java/lang/NegativeArraySizeException", "%d", length);
  } else {
    j3_class *array = j3_class_of_descriptor(e.t, NULL, descriptor, 2);
    result = array ? j3_array_new(e.t, array, length) : NULL;
  }
  return j3_leave_ref(&e, result);
}

#define JNI_ARRAY(Type, ctype, descriptor)                                                        \
  static ctype##Array JNICALL jni_New##Type##Array(JNIEnv *env, jsize length)                     \
  {                                                                                               \
    return jni_new_array(env, descriptor, length);                                                \
  }                                                                                               \
  static ctype *JNICALL jni_Get##Type##ArrayElements(JNIEnv *env, ctype##Array a, jboolean *copy) \
  {                                                                                               \
    return jni_elements(env, a, sizeof(ctype), copy);                                             \
  }                                                                                               \
  static void JNICALL jni_Release##Type##ArrayElements(JNIEnv *env, ctype##Array a, ctype *p,     \
                                                       jint mode)                                 \
  {                                                                                               \
    jni_release(env, a, p, sizeof(ctype), mode);                                                  \
  }                                                                                               \
  static void JNICALL jni_Get##Type##ArrayRegion(JNIEnv *env, ctype##Array a, jsize s, jsize n,   \
                                                 ctype *p)                                        \
  {                                                                                               \
    jni_region(env, a, s, n, p, sizeof(ctype), false);                                            \
  }                                                                                               \
  static void JNICALL jni_Set##Type##ArrayRegion(JNIEnv *env, ctype##Array a, jsize s, jsize n,   \
                                                 const ctype *p)                                  \
  {                                                                                               \
    jni_region(env, a, s, n, (void *)(uintptr_t)p, sizeof(ctype), true);                          \
  }
JNI_ARRAY(Boolean, jboolean, "[Z")
JNI_ARRAY(Byte, jbyte, "[B")
JNI_ARRAY(Char, jchar, "[C")
JNI_ARRAY(Short, jshort, "[S")
JNI_ARRAY(Int, jint, "[I")
JNI_ARRAY(Long, jlong, "[J")
JNI_ARRAY(Float, jfloat, "[F")
JNI_ARRAY(Double, jdouble, "[D")

static void *JNICALL
jni_GetPrimitiveArrayCritical(JNIEnv *env, jarray array, jboolean *is_copy)
{
  j3_entry e = j3_enter(env);
  vmk_pin(e.t, j3_in(array));
  void *data = vmk_array_data(j3_in(array));
  j3_leave(&e);
  if (is_copy)
    *is_copy = JNI_FALSE;
  return data;
}
static void JNICALL
jni_ReleasePrimitiveArrayCritical(JNIEnv *env, jarray array, void *data, jint mode)
{
  (void)data, (void)mode;
  j3_entry e = j3_enter(env);
  vmk_unpin(e.t, j3_in(array));
  j3_leave(&e);
}

/* --- strings ------------------------------------------------------------------------------------------------- */

static jstring JNICALL
jni_NewString(JNIEnv *env, const jchar *units, jsize length)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_string_new_utf16(e.t, units, (size_t)length));
}
static jstring JNICALL
jni_NewStringUTF(JNIEnv *env, const char *text)
{
  if (!text)
    return NULL;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_string_new(e.t, text));
}
static jsize JNICALL
jni_GetStringLength(JNIEnv *env, jstring string)
{
  j3_entry e = j3_enter(env);
  jsize length = (jsize)j3_string_length(j3_in(string));
  j3_leave(&e);
  return length;
}

/* Copy units [start, start + length) of a string. */
static void
jni_string_units(vmk_handle string, uint32_t start, uint32_t length, jchar *out)
{
  for (uint32_t i = 0; i < length; i++)
    out[i] = j3_string_char(string, start + i);
}
static const jchar *JNICALL
jni_GetStringChars(JNIEnv *env, jstring string, jboolean *is_copy)
{
  j3_entry e = j3_enter(env);
  uint32_t length = j3_string_length(j3_in(string));
  jchar *units = malloc((length + 1) * sizeof *units);
  if (units) {
    jni_string_units(j3_in(string), 0, length, units);
    units[length] = 0;
  } else {
    j3_out_of_memory(e.t, "GetStringChars");
  }
  j3_leave(&e);
  if (is_copy)
    *is_copy = JNI_TRUE;
  return units;
}
static void JNICALL
jni_ReleaseStringChars(JNIEnv *env, jstring string, const jchar *units)
{
  (void)env, (void)string;
  free((void *)(uintptr_t)units);
}

/* Bytes one UTF-16 unit takes in modified UTF-8, and writing it. */
static size_t
jni_utf_put(char *out, jchar unit)
{
  if (unit && unit < 0x80) {
    out[0] = (char)unit;
    return 1;
  }
  if (unit < 0x800) {
    out[0] = (char)(0xc0 | unit >> 6);
    out[1] = (char)(0x80 | (unit & 0x3f));
    return 2;
  }
  out[0] = (char)(0xe0 | unit >> 12);
  out[1] = (char)(0x80 | (unit >> 6 & 0x3f));
  out[2] = (char)(0x80 | (unit & 0x3f));
  return 3;
}
static jsize JNICALL
jni_GetStringUTFLength(JNIEnv *env, jstring string)
{
  j3_entry e = j3_enter(env);
  size_t bytes = 0;
  char scratch[3];
  for (uint32_t i = 0, n = j3_string_length(j3_in(string)); i < n; i++)
    bytes += jni_utf_put(scratch, j3_string_char(j3_in(string), i));
  j3_leave(&e);
  return (jsize)bytes;
}
static const char *JNICALL
jni_GetStringUTFChars(JNIEnv *env, jstring string, jboolean *is_copy)
{
  j3_entry e = j3_enter(env);
  char *text = j3_string_utf8(j3_in(string), NULL);
  j3_leave(&e);
  if (is_copy)
    *is_copy = JNI_TRUE;
  return text;
}
static void JNICALL
jni_ReleaseStringUTFChars(JNIEnv *env, jstring string, const char *text)
{
  (void)env, (void)string;
  free((void *)(uintptr_t)text);
}

static bool
jni_string_bounds(vmk_thread *t, vmk_handle string, jsize start, jsize length) VMK_MOVES
{
  int64_t have = j3_string_length(string);
  if (start >= 0 && length >= 0 && (int64_t)start + length <= have)
    return true;
  j3_throw(t, "java/lang/StringIndexOutOfBoundsException", NULL);
  return false;
}
static void JNICALL
jni_GetStringRegion(JNIEnv *env, jstring string, jsize start, jsize length, jchar *out)
{
  j3_entry e = j3_enter(env);
  if (jni_string_bounds(e.t, j3_in(string), start, length))
    jni_string_units(j3_in(string), (uint32_t)start, (uint32_t)length, out);
  j3_leave(&e);
}
static void JNICALL
jni_GetStringUTFRegion(JNIEnv *env, jstring string, jsize start, jsize length, char *out)
{
  j3_entry e = j3_enter(env);
  if (jni_string_bounds(e.t, j3_in(string), start, length)) {
    for (jsize i = 0; i < length; i++)
      out += jni_utf_put(out, j3_string_char(j3_in(string), (uint32_t)(start + i)));
    *out = 0;
  }
  j3_leave(&e);
}
/* Strings are Latin-1 or UTF-16 inside, so critical access copies too. */
static const jchar *JNICALL
jni_GetStringCritical(JNIEnv *env, jstring string, jboolean *is_copy)
{
  return jni_GetStringChars(env, string, is_copy);
}
static void JNICALL
jni_ReleaseStringCritical(JNIEnv *env, jstring string, const jchar *units)
{
  jni_ReleaseStringChars(env, string, units);
}

/* --- the table --------------------------------------------------------------------------------------------------- */

#define FILL_FIELD(Type)                                      \
  table->Get##Type##Field = jni_Get##Type##Field;             \
  table->Set##Type##Field = jni_Set##Type##Field;             \
  table->GetStatic##Type##Field = jni_GetStatic##Type##Field; \
  table->SetStatic##Type##Field = jni_SetStatic##Type##Field

void
j3_jni_fill_fields(struct JNINativeInterface_ *table)
{
  FILL_FIELD(Object);
  FILL_FIELD(Boolean);
  FILL_FIELD(Byte);
  FILL_FIELD(Char);
  FILL_FIELD(Short);
  FILL_FIELD(Int);
  FILL_FIELD(Long);
  FILL_FIELD(Float);
  FILL_FIELD(Double);
}

#define FILL_ARRAY(Type)                                                  \
  table->New##Type##Array = jni_New##Type##Array;                         \
  table->Get##Type##ArrayElements = jni_Get##Type##ArrayElements;         \
  table->Release##Type##ArrayElements = jni_Release##Type##ArrayElements; \
  table->Get##Type##ArrayRegion = jni_Get##Type##ArrayRegion;             \
  table->Set##Type##ArrayRegion = jni_Set##Type##ArrayRegion

void
j3_jni_fill_arrays(struct JNINativeInterface_ *table)
{
  FILL_ARRAY(Boolean);
  FILL_ARRAY(Byte);
  FILL_ARRAY(Char);
  FILL_ARRAY(Short);
  FILL_ARRAY(Int);
  FILL_ARRAY(Long);
  FILL_ARRAY(Float);
  FILL_ARRAY(Double);
  table->GetArrayLength = jni_GetArrayLength;
  table->NewObjectArray = jni_NewObjectArray;
  table->GetObjectArrayElement = jni_GetObjectArrayElement;
  table->SetObjectArrayElement = jni_SetObjectArrayElement;
  table->GetPrimitiveArrayCritical = jni_GetPrimitiveArrayCritical;
  table->ReleasePrimitiveArrayCritical = jni_ReleasePrimitiveArrayCritical;
}

void
j3_jni_fill_strings(struct JNINativeInterface_ *table)
{
  table->NewString = jni_NewString;
  table->NewStringUTF = jni_NewStringUTF;
  table->GetStringLength = jni_GetStringLength;
  table->GetStringChars = jni_GetStringChars;
  table->ReleaseStringChars = jni_ReleaseStringChars;
  table->GetStringUTFLength = jni_GetStringUTFLength;
  table->GetStringUTFChars = jni_GetStringUTFChars;
  table->ReleaseStringUTFChars = jni_ReleaseStringUTFChars;
  table->GetStringRegion = jni_GetStringRegion;
  table->GetStringUTFRegion = jni_GetStringUTFRegion;
  table->GetStringCritical = jni_GetStringCritical;
  table->ReleaseStringCritical = jni_ReleaseStringCritical;
}
