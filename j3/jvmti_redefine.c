/* jvmti_redefine.c -- RedefineClasses and RetransformClasses: all of the given classes or none */
#include <stdlib.h>

#include "jvmti_env.h"
#include "redefine.h"

/* The checks that need no class file. */
static jvmtiError
redefine_class_of(jclass mirror, j3_class **out)
{
  *out = j3_ti_class_of(mirror);
  if (!*out)
    return JVMTI_ERROR_INVALID_CLASS;
  return j3_ti_is_modifiable(*out) ? JVMTI_ERROR_NONE : JVMTI_ERROR_UNMODIFIABLE_CLASS;
}

static jvmtiError
redefine_check_definition(const jvmtiClassDefinition *d)
{
  if (!d->klass)
    return JVMTI_ERROR_INVALID_CLASS;
  if (d->class_byte_count <= 0)
    return JVMTI_ERROR_INVALID_CLASS_FORMAT;
  if (!d->class_bytes)
    return JVMTI_ERROR_NULL_POINTER;
  j3_class *c;
  return redefine_class_of(d->klass, &c);
}

/* Bytes null: transform anew. */
static jvmtiError
redefine_all(vmk_thread *t, jint count, const jvmtiClassDefinition *definitions,
             const jclass *classes) VMK_MOVES
{
  j3_redefinition *list = malloc(((size_t)count + 1) * sizeof *list);
  if (!list)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  jvmtiError error = JVMTI_ERROR_NONE;
  for (jint i = 0; i < count && !error; i++) {
    const jvmtiClassDefinition *d = definitions ? &definitions[i] : NULL;
    j3_class *c = j3_ti_class_of(d ? d->klass : classes[i]);
    error = j3_redefine_prepare(t, c, d ? d->class_bytes : NULL,
                                d ? (size_t)d->class_byte_count : 0, &list[i]);
  }
  if (!error)
    j3_redefine_commit(t, list, (size_t)count);
  free(list);
  return error;
}

jvmtiError
j3_ti_RedefineClasses(jvmtiEnv *env, jint count, const jvmtiClassDefinition *definitions)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_redefine_classes);
  if (count < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(definitions);
  j3_entry e = j3_ti_enter();
  jvmtiError error = JVMTI_ERROR_NONE;
  for (jint i = 0; i < count && !error; i++)
    error = redefine_check_definition(&definitions[i]);
  if (!error && count)
    error = redefine_all(e.t, count, definitions, NULL);
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_RetransformClasses(jvmtiEnv *env, jint count, const jclass *classes)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_retransform_classes);
  if (count < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(classes);
  j3_entry e = j3_ti_enter();
  jvmtiError error = JVMTI_ERROR_NONE;
  j3_class *c;
  for (jint i = 0; i < count && !error; i++)
    error = redefine_class_of(classes[i], &c);
  if (!error && count)
    error = redefine_all(e.t, count, NULL, classes);
  j3_leave(&e);
  return error;
}
