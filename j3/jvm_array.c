/* jvm_array.c -- JVM_* behind java.lang.reflect.Array */
#include <stdlib.h>

#include "entry.h"
#include "jvm.h"
#include "reflect.h"
#include "vm.h"

/* Checks shared by element access: null, not an array, bounds. */
static bool
array_check(vmk_thread *t, vmk_handle array, int32_t index, bool primitive_only) VMK_MOVES
{
  if (vmk_is_null(array)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return false;
  }
  const j3_class *c = j3_class_of(array);
  if (!c->is_array || (primitive_only && !c->component->primitive)) {
    j3_throw(t, "java/lang/IllegalArgumentException",
             c->is_array ? "Argument is not an array of primitive type"
                         : "Argument is not an array");
    return false;
  }
  if (index < 0 || (uint32_t)index >= vmk_array_length(array)) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return false;
  }
  return true;
}

static char
array_element_type(vmk_handle array)
{
  char type = (char)j3_class_of(array)->component->primitive;
  return type ? type : 'L';
}

static vmk_value
array_load(vmk_handle array, int32_t index)
{
  const char *data = vmk_array_data(array);
  vmk_value v = {0};
  switch (array_element_type(array)) {
  case 'Z':
  case 'B': v.i32 = ((const int8_t *)data)[index]; break;
  case 'C': v.i32 = ((const uint16_t *)data)[index]; break;
  case 'S': v.i32 = ((const int16_t *)data)[index]; break;
  case 'I':
  case 'F': v.i32 = ((const int32_t *)data)[index]; break;
  default: v.i64 = ((const int64_t *)data)[index]; break;
  }
  return v;
}

static void
array_store(vmk_handle array, int32_t index, vmk_value v)
{
  char *data = vmk_array_data(array);
  switch (array_element_type(array)) {
  case 'Z': ((int8_t *)data)[index] = v.i32 & 1; break;
  case 'B': ((int8_t *)data)[index] = (int8_t)v.i32; break;
  case 'C':
  case 'S': ((int16_t *)data)[index] = (int16_t)v.i32; break;
  case 'I':
  case 'F': ((int32_t *)data)[index] = v.i32; break;
  default: ((int64_t *)data)[index] = v.i64; break;
  }
}

jint
JVM_GetArrayLength(JNIEnv *env, jobject array)
{
  j3_entry e = j3_enter(env);
  jint length = 0;
  if (!array)
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  else if (!j3_class_of(j3_in(array))->is_array)
    j3_throw(e.t, "java/lang/IllegalArgumentException", "Argument is not an array");
  else
    length = (jint)vmk_array_length(j3_in(array));
  j3_leave(&e);
  return length;
}

jobject
JVM_GetArrayElement(JNIEnv *env, jobject array, jint index)
{
  j3_entry e = j3_enter(env);
  vmk_handle result = NULL;
  if (array_check(e.t, j3_in(array), index, false)) {
    char type = array_element_type(j3_in(array));
    result = type == 'L' ? vmk_get_elem(e.t, j3_in(array), (size_t)index)
                         : j3_box(e.t, type, array_load(j3_in(array), index));
  }
  return j3_leave_ref(&e, result);
}

/* Type codes of newarray (JVMS table 6.5.newarray-A). */
static char
array_letter_of_code(int code)
{
  static const char letters[] = {
      [4] = 'Z', [5] = 'C', [6] = 'F', [7] = 'D', [8] = 'B', [9] = 'S', [10] = 'I', [11] = 'J'};
  return code >= 4 && code <= 11 ? letters[code] : 0;
}

jvalue
JVM_GetPrimitiveArrayElement(JNIEnv *env, jobject array, jint index, jint code)
{
  j3_entry e = j3_enter(env);
  jvalue result = {.j = 0};
  if (array_check(e.t, j3_in(array), index, true)) {
    vmk_value v = array_load(j3_in(array), index);
    char to = array_letter_of_code(code);
    if (!j3_widen(array_element_type(j3_in(array)), to, &v))
      j3_throw(e.t, "java/lang/IllegalArgumentException", "argument type mismatch");
    else if (to == 'J' || to == 'D')
      result.j = v.i64;
    else if (to == 'Z' || to == 'B')
      result.b = (jbyte)v.i32;
    else if (to == 'C' || to == 'S')
      result.s = (jshort)v.i32;
    else
      result.i = v.i32;
  }
  j3_leave(&e);
  return result;
}

void
JVM_SetArrayElement(JNIEnv *env, jobject array, jint index, jobject value)
{
  j3_entry e = j3_enter(env);
  vmk_handle a = j3_in(array), v = j3_in(value);
  if (array_check(e.t, a, index, false)) {
    char type = array_element_type(a);
    vmk_value bits;
    if (type == 'L') {
      if (!vmk_is_null(v) && !j3_is_instance(v, j3_class_of(a)->component))
        j3_throw(e.t, "java/lang/IllegalArgumentException", "array element type mismatch");
      else
        vmk_set_elem(e.t, a, (size_t)index, v);
    } else {
      char from = j3_unbox(v, &bits);
      if (!from || !j3_widen(from, type, &bits))
        j3_throw(e.t, "java/lang/IllegalArgumentException",
                 vmk_is_null(v) ? NULL : "argument type mismatch");
      else
        array_store(a, index, bits);
    }
  }
  j3_leave(&e);
}

void
JVM_SetPrimitiveArrayElement(JNIEnv *env, jobject array, jint index, jvalue value,
                             unsigned char code)
{
  j3_entry e = j3_enter(env);
  if (array_check(e.t, j3_in(array), index, true)) {
    char from = array_letter_of_code(code);
    vmk_value v = {0};
    switch (from) {
    case 'Z': v.i32 = value.z; break;
    case 'B': v.i32 = value.b; break;
    case 'C': v.i32 = value.c; break;
    case 'S': v.i32 = value.s; break;
    case 'I': v.i32 = value.i; break;
    case 'F': v.f32 = value.f; break;
    case 'D': v.f64 = value.d; break;
    default: v.i64 = value.j; break;
    }
    if (!j3_widen(from, array_element_type(j3_in(array)), &v))
      j3_throw(e.t, "java/lang/IllegalArgumentException", "argument type mismatch");
    else
      array_store(j3_in(array), index, v);
  }
  j3_leave(&e);
}

jobject
JVM_NewArray(JNIEnv *env, jclass element, jint length)
{
  j3_entry e = j3_enter(env);
  vmk_handle result = NULL;
  if (!element) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
    return j3_leave_ref(&e, NULL);
  }
  j3_class *c = j3_in_class(element);
  if (c->primitive == 'V') {
    j3_throw(e.t, "java/lang/IllegalArgumentException", NULL);
  } else if (length < 0) {
    j3_throw(e.t, "java/lang/NegativeArraySizeException", "%d", length);
  } else {
    j3_class *array = j3_class_array_of(e.t, c);
    result = array ? j3_array_new(e.t, array, length) : NULL;
  }
  return j3_leave_ref(&e, result);
}

vmk_handle
j3_multi_array_new(vmk_thread *t, j3_class *array, const int32_t *lengths, uint32_t count) VMK_MOVES
{
  vmk_handle result = j3_array_new(t, array, lengths[0]);
  for (int32_t i = 0; result && count > 1 && i < lengths[0]; i++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle inner = j3_multi_array_new(t, array->component, lengths + 1, count - 1);
    if (inner)
      vmk_set_elem(t, result, (size_t)i, inner);
    vmk_scope_end(t, scope);
    if (!inner)
      return NULL;
  }
  return result;
}

jobject
JVM_NewMultiArray(JNIEnv *env, jclass element, jintArray dimensions)
{
  j3_entry e = j3_enter(env);
  vmk_handle result = NULL;
  int32_t lengths[255];
  uint32_t count = dimensions ? vmk_array_length(j3_in(dimensions)) : 0;
  j3_class *c = element ? j3_in_class(element) : NULL;
  if (!c || !dimensions) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  } else if (count == 0 || count > 255 || c->primitive == 'V' ||
             (c->is_array && c->dimensions + count > 255)) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", NULL);
  } else {
    memcpy(lengths, vmk_array_data(j3_in(dimensions)), count * sizeof *lengths);
    j3_class *array = c;
    for (uint32_t i = 0; i < count && array; i++) {
      if (lengths[i] < 0) {
        j3_throw(e.t, "java/lang/NegativeArraySizeException", "%d", lengths[i]);
        return j3_leave_ref(&e, NULL);
      }
      array = j3_class_array_of(e.t, array);
    }
    result = array ? j3_multi_array_new(e.t, array, lengths, count) : NULL;
  }
  return j3_leave_ref(&e, result);
}
