/* jvmti_transform.c -- agents that change class files before they become classes
 *
 * An agent whose environment could retransform classes when it first asked for class files is offered them
 * again whenever they are; the others see a file once, and before those.  So what the first of the former
 * was given is what a retransformation begins with: the file keeps it if it was replaced.
 */
#include "jvmti_env.h"

#include <stdlib.h>

/* --- class files --------------------------------------------------------------------------------------- */

static void
transform_replace(j3_ti_file *file, bool retransforms, uint8_t *bytes, jint length)
{
  if (retransforms && !file->original) {
    file->original = malloc(file->length ? file->length : 1);
    VMK_ASSERT(file->original);
    memcpy(file->original, file->bytes, file->length);
    file->original_length = file->length;
  }
  free(file->changed); /* as Allocate gave it */
  file->bytes = file->changed = bytes;
  file->length = (size_t)length;
}

static bool
transform_wants(const j3_ti_env *env, const j3_thread *jt)
{
  if (!env->callbacks.ClassFileLoadHook || env->is_disposed ||
      !j3_ti_env_wants(env, JVMTI_EVENT_CLASS_FILE_LOAD_HOOK, jt))
    return false;
  return j3_ti_phase_of(env) != JVMTI_PHASE_PRIMORDIAL ||
         (env->capabilities.can_generate_early_class_hook_events &&
          env->capabilities.can_generate_all_class_hook_events);
}

void
j3_ti_post_file(vmk_thread *t, j3_ti_file *file) VMK_MOVES
{
  j3_thread *jt = j3_self(t);
  vmk_handle loader = file->loader->object, domain = file->protection_domain;
  jclass class = file->class ? (jclass)file->class->mirror : NULL;
  const char *name = file->name ? file->name->text : NULL;
  j3_ti_post post = j3_ti_post_begin(t);
  for (int retransforms = file->is_retransformed; retransforms < 2; retransforms++)
    for (j3_ti_env *env = j3_ti_envs; env; env = env->next) {
      if (env->retransforms != retransforms || !transform_wants(env, jt))
        continue;
      unsigned char *bytes = NULL;
      jint length = 0;
      env->callbacks.ClassFileLoadHook(
          &env->functions, (JNIEnv *)jt, class, file->loader->is_boot ? NULL : (jobject)loader,
          name, (jobject)domain, (jint)file->length, file->bytes, &length, &bytes);
      if (bytes)
        transform_replace(file, retransforms, bytes, length);
    }
  j3_ti_post_end(&post);
}

void
j3_ti_file_free(j3_ti_file *file)
{
  free(file->changed);
  free(file->original);
}

/* --- prefixes of native methods -------------------------------------------------------------------------- */

static char **
transform_copy_prefixes(jint count, char **prefixes)
{
  char **copy = calloc((size_t)count + 1, sizeof *copy);
  VMK_ASSERT(copy);
  for (jint i = 0; i < count; i++)
    copy[i] = strdup(prefixes[i]);
  return copy;
}

/* Those of before are not freed: somebody may be looking. */
jvmtiError
j3_ti_SetNativeMethodPrefixes(jvmtiEnv *env, jint count, char **prefixes)
{
  J3_TI_CHECK(env, J3_TI_ANY);
  J3_TI_NEEDS(env, can_set_native_method_prefix);
  if (count < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(prefixes);
  for (jint i = 0; i < count; i++)
    J3_TI_NOT_NULL(prefixes[i]);
  char **copy = count ? transform_copy_prefixes(count, prefixes) : NULL;
  __atomic_store_n(&j3_ti_env_of(env)->prefixes, copy, __ATOMIC_RELEASE);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetNativeMethodPrefix(jvmtiEnv *env, const char *prefix)
{
  char *one = (char *)(uintptr_t)prefix;
  return j3_ti_SetNativeMethodPrefixes(env, prefix != NULL, &one);
}

/* The prefix applied last is the first: from the youngest agent to the oldest. */
static const char *
transform_strip(const j3_ti_env *env, const char *name)
{
  if (!env)
    return name;
  name = transform_strip(env->next, name);
  char **prefixes = __atomic_load_n((char ***)(uintptr_t)&env->prefixes, __ATOMIC_ACQUIRE);
  size_t count = 0;
  while (prefixes && prefixes[count])
    count++;
  while (count-- > 0) {
    size_t length = strlen(prefixes[count]);
    if (strncmp(name, prefixes[count], length) == 0)
      name += length;
  }
  return name;
}

j3_symbol *
j3_ti_unprefixed(const j3_symbol *name)
{
  const char *text = transform_strip(j3_ti_envs, name->text);
  return text == name->text ? NULL : j3_symbol_find(text, strlen(text));
}
