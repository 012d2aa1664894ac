/* jvmti.c -- environments of the tool interface: the table of functions, making and ending, phases, memory
 *
 * Environments are never freed: an agent may hold a disposed one, whose magic number then says so.
 */
#include "jvmti_env.h"

#include <stdlib.h>

#include "options.h"

enum { TI_MAGIC = 0x6a337469, TI_DISPOSED = 0x6a337464 };

j3_ti_env *j3_ti_envs;
jvmtiPhase j3_ti_phase = JVMTI_PHASE_ONLOAD;
bool j3_ti_started_early;

static jvmtiError
ti_absent(void)
{
  return JVMTI_ERROR_MUST_POSSESS_CAPABILITY;
}

static const jvmtiInterface_1 ti_table = {
#define J3_TI(name) .name = j3_ti_##name,
#define J3_TI_ABSENT(name, capability) .name = (__typeof__(ti_table.name))(uintptr_t)ti_absent,
#define J3_TI_RESERVED(name)
#include "jvmti_table.def"
#undef J3_TI
#undef J3_TI_ABSENT
#undef J3_TI_RESERVED
};

/* --- environments ---------------------------------------------------------------------------------- */

bool
j3_ti_is_version(jint version)
{
  return (version & JVMTI_VERSION_MASK_INTERFACE_TYPE) == JVMTI_VERSION_INTERFACE_JVMTI;
}

/* Versions go 1.0, 1.1, 1.2 and then by the release of the JDK. */
static bool
ti_is_known(jint version)
{
  jint major = (version & JVMTI_VERSION_MASK_MAJOR) >> JVMTI_VERSION_SHIFT_MAJOR;
  jint minor = (version & JVMTI_VERSION_MASK_MINOR) >> JVMTI_VERSION_SHIFT_MINOR;
  switch (major) {
  case 1: return minor <= 2;
  case 9:
  case 11: return minor == 0;
  default: return major >= 13 && major <= 17 && minor == 0;
  }
}

jint
j3_ti_env_new(jint version, void **out)
{
  *out = NULL;
  if (!ti_is_known(version))
    return JNI_EVERSION;
  if (j3_ti_phase == JVMTI_PHASE_DEAD)
    return JNI_EDETACHED;
  j3_ti_env *env = calloc(1, sizeof *env);
  if (!env)
    return JNI_ENOMEM;
  env->functions = &ti_table;
  env->magic = TI_MAGIC;
  env->version = version;
  pthread_mutex_lock(&J3.thread_lock);
  j3_ti_env **link = &j3_ti_envs;
  while (*link)
    link = &(*link)->next;
  *link = env;
  pthread_mutex_unlock(&J3.thread_lock);
  *out = env;
  return JNI_OK;
}

jvmtiError
j3_ti_check(jvmtiEnv *env, int phases)
{
  const vmk_thread *t = vmk_thread_current();
  if (!env || j3_ti_env_of(env)->magic != TI_MAGIC)
    return JVMTI_ERROR_INVALID_ENVIRONMENT;
  if (!(phases & 1 << j3_ti_phase_of(j3_ti_env_of(env))))
    return JVMTI_ERROR_WRONG_PHASE;
  return t && t->client[J3.index] ? JVMTI_ERROR_NONE : JVMTI_ERROR_UNATTACHED_THREAD;
}

void
j3_ti_set_phase(jvmtiPhase phase)
{
  j3_ti_phase = phase;
}

jvmtiError
j3_ti_DisposeEnvironment(jvmtiEnv *env)
{
  J3_TI_CHECK(env, J3_TI_ANY);
  j3_ti_env *e = j3_ti_env_of(env);
  pthread_mutex_lock(&J3.thread_lock);
  e->is_disposed = true;
  e->magic = TI_DISPOSED;
  atomic_store(&e->enabled, 0);
  atomic_store(&e->enabled_some, 0);
  memset(&e->capabilities, 0, sizeof e->capabilities);
  j3_ti_update_enabled();
  pthread_mutex_unlock(&J3.thread_lock);
  return JVMTI_ERROR_NONE;
}

void
j3_ti_leave_refs(const j3_entry *e, jobject *refs, size_t count) VMK_MOVES_ENTRY
{
  for (size_t i = 0; i < count; i++)
    refs[i] = refs[i] ? (jobject)((vmk_handle)refs[i])->ref : NULL;
  j3_restore_earlier(e);
  vmk_scope_end(e->t, e->scope); /* nothing moves until the references are held again */
  for (size_t i = 0; i < count; i++)
    refs[i] = refs[i] ? (jobject)vmk_local(e->t, (vmk_ref)refs[i]) : NULL;
  vmk_leave_managed(e->t, e->was);
}

/* --- memory --------------------------------------------------------------------------------------- */

void *
j3_ti_allocate(size_t bytes)
{
  return malloc(bytes ? bytes : 1);
}

char *
j3_ti_copy_text(const char *text)
{
  return text ? strdup(text) : NULL;
}

jvmtiError
j3_ti_Allocate(jvmtiEnv *env, jlong size, unsigned char **out)
{
  (void)env;
  J3_TI_NOT_NULL(out);
  if (size < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  *out = size ? malloc((size_t)size) : NULL;
  return *out || !size ? JVMTI_ERROR_NONE : JVMTI_ERROR_OUT_OF_MEMORY;
}

jvmtiError
j3_ti_Deallocate(jvmtiEnv *env, unsigned char *memory)
{
  (void)env;
  free(memory);
  return JVMTI_ERROR_NONE;
}

/* --- small questions -------------------------------------------------------------------------------- */

jvmtiError
j3_ti_GetVersionNumber(jvmtiEnv *env, jint *out)
{
  (void)env;
  J3_TI_NOT_NULL(out);
  *out = JVMTI_VERSION;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetPhase(jvmtiEnv *env, jvmtiPhase *out)
{
  J3_TI_NOT_NULL(out);
  *out = j3_ti_phase_of(j3_ti_env_of(env));
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetErrorName(jvmtiEnv *env, jvmtiError error, char **out)
{
  static const struct {
    jvmtiError error;
    const char *name;
  } names[] = {
#define TI_ERROR(name) {JVMTI_ERROR_##name, "JVMTI_ERROR_" #name}
      TI_ERROR(NONE),
      TI_ERROR(INVALID_THREAD),
      TI_ERROR(INVALID_THREAD_GROUP),
      TI_ERROR(INVALID_PRIORITY),
      TI_ERROR(THREAD_NOT_SUSPENDED),
      TI_ERROR(THREAD_SUSPENDED),
      TI_ERROR(THREAD_NOT_ALIVE),
      TI_ERROR(INVALID_OBJECT),
      TI_ERROR(INVALID_CLASS),
      TI_ERROR(CLASS_NOT_PREPARED),
      TI_ERROR(INVALID_METHODID),
      TI_ERROR(INVALID_LOCATION),
      TI_ERROR(INVALID_FIELDID),
      TI_ERROR(INVALID_MODULE),
      TI_ERROR(NO_MORE_FRAMES),
      TI_ERROR(OPAQUE_FRAME),
      TI_ERROR(TYPE_MISMATCH),
      TI_ERROR(INVALID_SLOT),
      TI_ERROR(DUPLICATE),
      TI_ERROR(NOT_FOUND),
      TI_ERROR(INVALID_MONITOR),
      TI_ERROR(NOT_MONITOR_OWNER),
      TI_ERROR(INTERRUPT),
      TI_ERROR(INVALID_CLASS_FORMAT),
      TI_ERROR(CIRCULAR_CLASS_DEFINITION),
      TI_ERROR(FAILS_VERIFICATION),
      TI_ERROR(UNSUPPORTED_REDEFINITION_METHOD_ADDED),
      TI_ERROR(UNSUPPORTED_REDEFINITION_SCHEMA_CHANGED),
      TI_ERROR(INVALID_TYPESTATE),
      TI_ERROR(UNSUPPORTED_REDEFINITION_HIERARCHY_CHANGED),
      TI_ERROR(UNSUPPORTED_REDEFINITION_METHOD_DELETED),
      TI_ERROR(UNSUPPORTED_VERSION),
      TI_ERROR(NAMES_DONT_MATCH),
      TI_ERROR(UNSUPPORTED_REDEFINITION_CLASS_MODIFIERS_CHANGED),
      TI_ERROR(UNSUPPORTED_REDEFINITION_METHOD_MODIFIERS_CHANGED),
      TI_ERROR(UNSUPPORTED_REDEFINITION_CLASS_ATTRIBUTE_CHANGED),
      TI_ERROR(UNMODIFIABLE_CLASS),
      TI_ERROR(UNMODIFIABLE_MODULE),
      TI_ERROR(NOT_AVAILABLE),
      TI_ERROR(MUST_POSSESS_CAPABILITY),
      TI_ERROR(NULL_POINTER),
      TI_ERROR(ABSENT_INFORMATION),
      TI_ERROR(INVALID_EVENT_TYPE),
      TI_ERROR(ILLEGAL_ARGUMENT),
      TI_ERROR(NATIVE_METHOD),
      TI_ERROR(CLASS_LOADER_UNSUPPORTED),
      TI_ERROR(OUT_OF_MEMORY),
      TI_ERROR(ACCESS_DENIED),
      TI_ERROR(WRONG_PHASE),
      TI_ERROR(INTERNAL),
      TI_ERROR(UNATTACHED_THREAD),
      TI_ERROR(INVALID_ENVIRONMENT),
#undef TI_ERROR
  };
  (void)env;
  J3_TI_NOT_NULL(out);
  for (size_t i = 0; i < VMK_COUNT(names); i++)
    if (names[i].error == error) {
      *out = j3_ti_copy_text(names[i].name);
      return *out ? JVMTI_ERROR_NONE : JVMTI_ERROR_OUT_OF_MEMORY;
    }
  *out = NULL;
  return JVMTI_ERROR_ILLEGAL_ARGUMENT;
}

jvmtiError
j3_ti_GetJLocationFormat(jvmtiEnv *env, jvmtiJlocationFormat *out)
{
  (void)env;
  J3_TI_NOT_NULL(out);
  *out = JVMTI_JLOCATION_JVMBCI;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetEnvironmentLocalStorage(jvmtiEnv *env, void **out)
{
  J3_TI_NOT_NULL(out);
  *out = j3_ti_env_of(env)->local_storage;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetEnvironmentLocalStorage(jvmtiEnv *env, const void *data)
{
  j3_ti_env_of(env)->local_storage = (void *)(uintptr_t)data;
  return JVMTI_ERROR_NONE;
}

/* There are no extensions. */
jvmtiError
j3_ti_GetExtensionFunctions(jvmtiEnv *env, jint *count, jvmtiExtensionFunctionInfo **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  *count = 0;
  *out = NULL;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetExtensionEvents(jvmtiEnv *env, jint *count, jvmtiExtensionEventInfo **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  *count = 0;
  *out = NULL;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetExtensionEventCallback(jvmtiEnv *env, jint event, jvmtiExtensionEvent callback)
{
  (void)event, (void)callback;
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  return JVMTI_ERROR_ILLEGAL_ARGUMENT;
}
