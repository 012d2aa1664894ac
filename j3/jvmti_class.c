/* jvmti_class.c -- classes as agents see them: lists, names, states, members */
#include <stdlib.h>

#include "attributes.h"
#include "classfile_write.h"
#include "jvmti_env.h"
#include "module.h"
#include "table.h"

j3_class *
j3_ti_class_of(jobject mirror)
{
  return mirror && j3_is_instance(j3_in(mirror), J3.known.class_Class) ? j3_in_class(mirror) : NULL;
}

/* A question about a class: entered, with its class; leave by J3's j3_leave. */
#define CLASS_BEGIN(e, c, mirror)       \
  j3_entry e = j3_ti_enter();           \
  j3_class *c = j3_ti_class_of(mirror); \
  if (!c) {                             \
    j3_leave(&e);                       \
    return JVMTI_ERROR_INVALID_CLASS;   \
  }
#define CLASS_END(e, error) \
  do {                      \
    j3_leave(&e);           \
    return error;           \
  } while (0)

/* --- lists --------------------------------------------------------------------------------------------- */

static void
class_visit_arrays(j3_class *c, void (*visit)(j3_class *, void *), void *data)
{
  while ((c = atomic_load_explicit(&c->array, memory_order_acquire)))
    visit(c, data);
}

void
j3_ti_each_class(void (*visit)(j3_class *c, void *data), void *data)
{
  pthread_mutex_lock(&J3.lock);
  j3_loader *loaders = J3.loaders;
  pthread_mutex_unlock(&J3.lock);
  for (j3_loader *l = loaders; l; l = l->next) {
    pthread_mutex_lock(&l->lock);
    for (j3_class *c = l->all; c; c = c->next)
      if (c->mirror) {
        visit(c, data);
        class_visit_arrays(c, visit, data);
      }
    pthread_mutex_unlock(&l->lock);
  }
  for (size_t i = 0; i < VMK_COUNT(J3.primitive); i++)
    if (J3.primitive[i])
      class_visit_arrays(J3.primitive[i], visit, data);
}

typedef struct class_list {
  vmk_thread *t;
  jclass *refs;
  size_t count, room;
} class_list;

static void
class_list_add(j3_class *c, void *data)
{
  class_list *list = data;
  if (!c->mirror || vmk_is_null(c->mirror))
    return;
  if (list->count == list->room) {
    list->room = list->room ? 2 * list->room : 1024;
    list->refs = realloc(list->refs, list->room * sizeof *list->refs);
    VMK_ASSERT(list->refs);
  }
  list->refs[list->count++] = (jclass)vmk_local(list->t, c->mirror->ref);
}

static jvmtiError
class_list_end(const j3_entry *e, class_list *list, jint *count, jclass **out)
    VMK_TSA(release_capability(vmk_moves))
{
  if (!list->refs)
    list->refs = j3_ti_allocate(0);
  j3_ti_leave_refs(e, list->refs, list->count);
  *count = (jint)list->count;
  *out = list->refs;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetLoadedClasses(jvmtiEnv *env, jint *count, jclass **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  class_list list = {.t = e.t};
  j3_ti_each_class(class_list_add, &list);
  return class_list_end(&e, &list, count, out);
}

static void
class_add_initiated(const void *name, void *class, void *data)
{
  (void)name;
  class_list_add(class, data);
  class_visit_arrays(class, class_list_add, data);
}

jvmtiError
j3_ti_GetClassLoaderClasses(jvmtiEnv *env, jobject loader, jint *count, jclass **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  class_list list = {.t = e.t};
  j3_loader *l = j3_loader_of(e.t, j3_in(loader));
  pthread_mutex_lock(&l->lock);
  j3_table_each(l->classes, class_add_initiated, &list);
  pthread_mutex_unlock(&l->lock);
  return class_list_end(&e, &list, count, out);
}

/* --- names ------------------------------------------------------------------------------------------------ */

/* "I", "[I", "Lfoo/Bar;"; a hidden class's suffix goes by a dot, so that no descriptor names it. */
static char *
class_signature(const j3_class *c)
{
  if (c->primitive)
    return j3_ti_copy_text((char[]){(char)c->primitive, 0});
  char *text;
  if (asprintf(&text, c->is_array ? "%s" : "L%s;", c->name->text) < 0)
    return NULL;
  const j3_class *element = c->is_array ? c->element : c;
  char *plus = element->is_hidden ? strrchr(text, '+') : NULL;
  if (plus)
    *plus = '.';
  return text;
}

jvmtiError
j3_ti_GetClassSignature(jvmtiEnv *env, jclass mirror, char **signature, char **generic)
{
  J3_TI_CHECK(env, J3_TI_START);
  CLASS_BEGIN(e, c, mirror);
  if (signature)
    *signature = class_signature(c);
  if (generic)
    *generic = c->signature ? j3_ti_copy_text(c->signature->text) : NULL;
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_GetSourceFileName(jvmtiEnv *env, jclass mirror, char **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_source_file_name);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = c->source_file ? j3_ti_copy_text(c->source_file->text) : NULL;
  CLASS_END(e, *out ? JVMTI_ERROR_NONE : JVMTI_ERROR_ABSENT_INFORMATION);
}

jvmtiError
j3_ti_GetSourceDebugExtension(jvmtiEnv *env, jclass mirror, char **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_source_debug_extension);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = c->source_debug.data ? strndup((const char *)c->source_debug.data, c->source_debug.length)
                              : NULL;
  CLASS_END(e, *out ? JVMTI_ERROR_NONE : JVMTI_ERROR_ABSENT_INFORMATION);
}

/* --- state ----------------------------------------------------------------------------------------------- */

static jint
class_status(const j3_class *c)
{
  if (c->primitive)
    return JVMTI_CLASS_STATUS_PRIMITIVE;
  if (c->is_array)
    return JVMTI_CLASS_STATUS_ARRAY;
  uint8_t state = atomic_load_explicit(&c->state, memory_order_acquire);
  if (state < J3_LINKED)
    return 0;
  jint status = JVMTI_CLASS_STATUS_VERIFIED | JVMTI_CLASS_STATUS_PREPARED;
  if (state == J3_ERRONEOUS)
    status |= JVMTI_CLASS_STATUS_ERROR;
  return state == J3_INITIALIZED ? status | JVMTI_CLASS_STATUS_INITIALIZED : status;
}

jvmtiError
j3_ti_GetClassStatus(jvmtiEnv *env, jclass mirror, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = class_status(c);
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_GetClassModifiers(jvmtiEnv *env, jclass mirror, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = j3_class_modifiers(c) | (c->primitive || c->is_array ? 0 : c->flags & J3_SUPER);
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_GetConstantPool(jvmtiEnv *env, jclass mirror, jint *count, jint *length, unsigned char **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_constant_pool);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(length);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  if (!c->pool)
    CLASS_END(e, JVMTI_ERROR_ABSENT_INFORMATION);
  size_t bytes;
  *out = j3_pool_write(c->pool, &bytes);
  *count = c->pool->count;
  *length = (jint)bytes;
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_GetClassVersionNumbers(jvmtiEnv *env, jclass mirror, jint *minor, jint *major)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(minor);
  J3_TI_NOT_NULL(major);
  CLASS_BEGIN(e, c, mirror);
  if (class_status(c) & JVMTI_CLASS_STATUS_ERROR) /* so HotSpot */
    CLASS_END(e, JVMTI_ERROR_INVALID_CLASS);
  *minor = c->minor_version;
  *major = c->major_version;
  CLASS_END(e, c->primitive || c->is_array ? JVMTI_ERROR_ABSENT_INFORMATION : JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_IsInterface(jvmtiEnv *env, jclass mirror, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = (c->flags & J3_INTERFACE) != 0 && !c->primitive && !c->is_array;
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_IsArrayClass(jvmtiEnv *env, jclass mirror, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = c->is_array != 0;
  CLASS_END(e, JVMTI_ERROR_NONE);
}

/* Redefinition would go this far, were it there. */
jvmtiError
j3_ti_IsModifiableClass(jvmtiEnv *env, jclass mirror, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  *out = j3_ti_is_modifiable(c);
  CLASS_END(e, JVMTI_ERROR_NONE);
}

jvmtiError
j3_ti_GetClassLoader(jvmtiEnv *env, jclass mirror, jobject *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  if (c->is_array)
    c = c->element;
  *out = j3_leave_ref(&e, c->loader && !c->loader->is_boot ? c->loader->object : NULL);
  return JVMTI_ERROR_NONE;
}

/* --- members ------------------------------------------------------------------------------------------------ */

static jvmtiError
class_check_prepared(const j3_class *c)
{
  bool is = c->primitive || c->is_array || class_status(c) & JVMTI_CLASS_STATUS_PREPARED;
  return is ? JVMTI_ERROR_NONE : JVMTI_ERROR_CLASS_NOT_PREPARED;
}

jvmtiError
j3_ti_GetClassMethods(jvmtiEnv *env, jclass mirror, jint *count, jmethodID **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  jvmtiError error = class_check_prepared(c);
  if (!error) {
    *out = j3_ti_allocate(c->method_count * sizeof **out);
    *count = 0;
    for (uint32_t i = 0; *out && i < c->method_count; i++)
      (*out)[(*count)++] = (jmethodID)&c->methods[i];
  }
  CLASS_END(e, error);
}

jvmtiError
j3_ti_GetClassFields(jvmtiEnv *env, jclass mirror, jint *count, jfieldID **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  jvmtiError error = class_check_prepared(c);
  if (!error) {
    *out = j3_ti_allocate(c->field_count * sizeof **out);
    *count = 0;
    for (uint32_t i = 0; *out && i < c->field_count; i++)
      if (!(c->fields[i].flags & J3_FIELD_INJECTED))
        (*out)[(*count)++] = (jfieldID)&c->fields[i];
  }
  CLASS_END(e, error);
}

jvmtiError
j3_ti_GetImplementedInterfaces(jvmtiEnv *env, jclass mirror, jint *count, jclass **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  CLASS_BEGIN(e, c, mirror);
  jvmtiError error = class_check_prepared(c);
  size_t n = error || c->primitive || c->is_array ? 0 : c->interface_count;
  jclass *list = error ? NULL : j3_ti_allocate(n * sizeof *list);
  for (size_t i = 0; i < n; i++)
    list[i] = (jclass)c->interfaces[i]->mirror;
  j3_ti_leave_refs(&e, list, n);
  if (!error) {
    *count = (jint)n;
    *out = list;
  }
  return error;
}

/* --- fields ------------------------------------------------------------------------------------------------- */

#define FIELD_BEGIN(f, field)            \
  const j3_field *f = (j3_field *)field; \
  if (!f)                                \
  return JVMTI_ERROR_INVALID_FIELDID

jvmtiError
j3_ti_GetFieldName(jvmtiEnv *env, jclass mirror, jfieldID field, char **name, char **signature,
                   char **generic)
{
  (void)mirror;
  J3_TI_CHECK(env, J3_TI_START);
  FIELD_BEGIN(f, field);
  if (name)
    *name = j3_ti_copy_text(f->name->text);
  if (signature)
    *signature = j3_ti_copy_text(f->descriptor->text);
  if (generic)
    *generic = f->signature ? j3_ti_copy_text(f->signature->text) : NULL;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetFieldDeclaringClass(jvmtiEnv *env, jclass mirror, jfieldID field, jclass *out)
{
  (void)mirror;
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  FIELD_BEGIN(f, field);
  j3_entry e = j3_ti_enter();
  *out = j3_leave_ref(&e, f->class->mirror);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetFieldModifiers(jvmtiEnv *env, jclass mirror, jfieldID field, jint *out)
{
  (void)mirror;
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  FIELD_BEGIN(f, field);
  *out = f->flags & 0x7fff;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_IsFieldSynthetic(jvmtiEnv *env, jclass mirror, jfieldID field, jboolean *out)
{
  (void)mirror;
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_synthetic_attribute);
  J3_TI_NOT_NULL(out);
  FIELD_BEGIN(f, field);
  *out = (f->flags & J3_SYNTHETIC) != 0;
  return JVMTI_ERROR_NONE;
}
