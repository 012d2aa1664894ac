/* jvmti_method.c -- methods as agents see them: names, code, line numbers, local variables */
#include <stdlib.h>

#include "attributes.h"
#include "jvmti_env.h"

#define METHOD_BEGIN(m, method)             \
  const j3_method *m = (j3_method *)method; \
  if (!m)                                   \
  return JVMTI_ERROR_INVALID_METHODID

jvmtiError
j3_ti_GetMethodName(jvmtiEnv *env, jmethodID method, char **name, char **signature, char **generic)
{
  J3_TI_CHECK(env, J3_TI_START);
  METHOD_BEGIN(m, method);
  if (name)
    *name = j3_ti_copy_text(m->name->text);
  if (signature)
    *signature = j3_ti_copy_text(m->descriptor->text);
  if (generic)
    *generic = m->signature ? j3_ti_copy_text(m->signature->text) : NULL;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetMethodDeclaringClass(jvmtiEnv *env, jmethodID method, jclass *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN(m, method);
  j3_entry e = j3_ti_enter();
  *out = j3_leave_ref(&e, m->class->mirror);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetMethodModifiers(jvmtiEnv *env, jmethodID method, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN(m, method);
  *out = m->flags & 0x7fff;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_IsMethodNative(jvmtiEnv *env, jmethodID method, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN(m, method);
  *out = (m->flags & J3_NATIVE) != 0;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_IsMethodSynthetic(jvmtiEnv *env, jmethodID method, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_synthetic_attribute);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN(m, method);
  *out = (m->flags & J3_SYNTHETIC) != 0;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_IsMethodObsolete(jvmtiEnv *env, jmethodID method, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN(m, method);
  *out = (m->flags & J3_METHOD_OBSOLETE) != 0;
  return JVMTI_ERROR_NONE;
}

/* --- code ------------------------------------------------------------------------------------------------ */

#define METHOD_BEGIN_CODE(m, method) \
  METHOD_BEGIN(m, method);           \
  if (m->flags & J3_NATIVE)          \
  return JVMTI_ERROR_NATIVE_METHOD

jvmtiError
j3_ti_GetMaxLocals(jvmtiEnv *env, jmethodID method, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN_CODE(m, method);
  *out = m->max_locals;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetArgumentsSize(jvmtiEnv *env, jmethodID method, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN_CODE(m, method);
  *out = m->argument_slots;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetMethodLocation(jvmtiEnv *env, jmethodID method, jlocation *start, jlocation *end)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(start);
  J3_TI_NOT_NULL(end);
  METHOD_BEGIN_CODE(m, method);
  *start = m->code.length ? 0 : -1;
  *end = (jlocation)m->code.length - 1;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetBytecodes(jvmtiEnv *env, jmethodID method, jint *count, unsigned char **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_bytecodes);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN_CODE(m, method);
  *out = j3_ti_allocate(m->code.length);
  if (!*out)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  if (m->code.length) /* abstract methods have none */
    memcpy(*out, m->code.data, m->code.length);
  *count = (jint)m->code.length;
  return JVMTI_ERROR_NONE;
}

/* --- tables: attributes of the code ------------------------------------------------------------------------ */

/* Visit the rows of each attribute `name` of the code: a u2 count, then rows of `size` bytes. */
static uint32_t
method_rows(const j3_method *m, const char *name, uint32_t size,
            void (*visit)(const j3_method *, const uint8_t *row, void *data), void *data)
{
  uint32_t found = 0;
  const uint8_t *p = m->code_attributes.data, *end = p ? p + m->code_attributes.length : p;
  for (uint32_t i = 0; i < m->code_attribute_count && p + 6 <= end; i++) {
    uint32_t length = j3_u4(p + 2);
    const uint8_t *body = p + 6;
    if (length > (size_t)(end - body))
      break;
    uint32_t rows = length >= 2 ? j3_u2(body) : 0;
    if (j3_symbol_is(j3_pool_utf8(j3_method_pool(m), j3_u2(p)), name) &&
        2 + (uint64_t)rows * size <= length) {
      for (uint32_t r = 0; r < rows; r++)
        visit(m, body + 2 + r * size, data);
      found += rows;
    }
    p = body + length;
  }
  return found;
}

static void
method_count_row(const j3_method *m, const uint8_t *row, void *data)
{
  (void)m, (void)row;
  ++*(jint *)data;
}

static void
method_add_line(const j3_method *m, const uint8_t *row, void *data)
{
  (void)m;
  jvmtiLineNumberEntry **next = data;
  *(*next)++ = (jvmtiLineNumberEntry){j3_u2(row), j3_u2(row + 2)};
}

jvmtiError
j3_ti_GetLineNumberTable(jvmtiEnv *env, jmethodID method, jint *count, jvmtiLineNumberEntry **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_line_numbers);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN_CODE(m, method);
  *count = 0;
  method_rows(m, "LineNumberTable", 4, method_count_row, count);
  if (*count == 0)
    return JVMTI_ERROR_ABSENT_INFORMATION;
  jvmtiLineNumberEntry *next = *out = j3_ti_allocate((size_t)*count * sizeof *next);
  if (!next)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  method_rows(m, "LineNumberTable", 4, method_add_line, &next);
  return JVMTI_ERROR_NONE;
}

static void
method_add_variable(const j3_method *m, const uint8_t *row, void *data)
{
  jvmtiLocalVariableEntry **next = data;
  const j3_pool *pool = j3_method_pool(m);
  *(*next)++ = (jvmtiLocalVariableEntry){
      .start_location = j3_u2(row),
      .length = j3_u2(row + 2),
      .name = j3_ti_copy_text(j3_pool_utf8(pool, j3_u2(row + 4))->text),
      .signature = j3_ti_copy_text(j3_pool_utf8(pool, j3_u2(row + 6))->text),
      .slot = j3_u2(row + 8),
  };
}

typedef struct method_variables {
  jvmtiLocalVariableEntry *rows;
  jint count;
} method_variables;

/* A row of LocalVariableTypeTable: the generic signature of a variable. */
static void
method_add_generic(const j3_method *m, const uint8_t *row, void *data)
{
  const method_variables *v = data;
  for (jint i = 0; i < v->count; i++) {
    jvmtiLocalVariableEntry *r = &v->rows[i];
    if (r->start_location == j3_u2(row) && r->length == j3_u2(row + 2) &&
        r->slot == j3_u2(row + 8) && !r->generic_signature)
      r->generic_signature = j3_ti_copy_text(j3_pool_utf8(j3_method_pool(m), j3_u2(row + 6))->text);
  }
}

jvmtiError
j3_ti_GetLocalVariableTable(jvmtiEnv *env, jmethodID method, jint *count,
                            jvmtiLocalVariableEntry **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_access_local_variables);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  METHOD_BEGIN_CODE(m, method);
  jint n = 0;
  method_rows(m, "LocalVariableTable", 10, method_count_row, &n);
  if (n == 0)
    return JVMTI_ERROR_ABSENT_INFORMATION;
  jvmtiLocalVariableEntry *rows = j3_ti_allocate((size_t)n * sizeof *rows), *next = rows;
  if (!rows)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  method_rows(m, "LocalVariableTable", 10, method_add_variable, &next);
  method_variables v = {rows, n};
  method_rows(m, "LocalVariableTypeTable", 10, method_add_generic, &v);
  *count = n;
  *out = rows;
  return JVMTI_ERROR_NONE;
}
