/* jvmti_system.c -- the tool interface's view of the machine: properties, timers, processors, search paths,
 * the JNI table, collections on request */
#include <stdlib.h>
#include <unistd.h>

#include "bootpath.h"
#include "jni_table.h"
#include "jvm.h"
#include "jvmti_env.h"
#include "log.h"
#include "options.h"

/* --- properties ------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_GetSystemProperties(jvmtiEnv *env, jint *count, char ***out)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  const j3_options *o = J3.options;
  char **names = j3_ti_allocate(o->property_count * sizeof *names);
  if (!names)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  for (size_t i = 0; i < o->property_count; i++)
    names[i] = j3_ti_copy_text(o->properties[i].key);
  *count = (jint)o->property_count;
  *out = names;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetSystemProperty(jvmtiEnv *env, const char *name, char **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(name);
  J3_TI_NOT_NULL(out);
  const char *value = j3_options_get(J3.options, name);
  *out = j3_ti_copy_text(value);
  return value ? JVMTI_ERROR_NONE : JVMTI_ERROR_NOT_AVAILABLE;
}

/* Those that the vm itself has said cannot be changed. */
jvmtiError
j3_ti_SetSystemProperty(jvmtiEnv *env, const char *name, const char *value)
{
  J3_TI_CHECK(env, J3_TI_ONLOAD);
  J3_TI_NOT_NULL(name);
  if (!j3_options_get(J3.options, name) || strncmp(name, "java.vm.", 8) == 0)
    return JVMTI_ERROR_NOT_AVAILABLE;
  if (!value)
    return JVMTI_ERROR_NOT_AVAILABLE;
  j3_options_set(J3.options, name, value);
  return JVMTI_ERROR_NONE;
}

/* --- time ------------------------------------------------------------------------------------------- */

static jvmtiError
system_timer(jvmtiTimerInfo *out, jvmtiTimerKind kind)
{
  J3_TI_NOT_NULL(out);
  *out = (jvmtiTimerInfo){.max_value = -1, .kind = kind}; /* as an unsigned number */
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetTimerInfo(jvmtiEnv *env, jvmtiTimerInfo *out)
{
  (void)env;
  return system_timer(out, JVMTI_TIMER_ELAPSED);
}

jvmtiError
j3_ti_GetTime(jvmtiEnv *env, jlong *out)
{
  (void)env;
  J3_TI_NOT_NULL(out);
  *out = vmk_now_ns();
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetCurrentThreadCpuTimerInfo(jvmtiEnv *env, jvmtiTimerInfo *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_current_thread_cpu_time);
  return system_timer(out, JVMTI_TIMER_TOTAL_CPU);
}

jvmtiError
j3_ti_GetCurrentThreadCpuTime(jvmtiEnv *env, jlong *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_get_current_thread_cpu_time);
  J3_TI_NOT_NULL(out);
  *out = vmk_thread_cpu_ns(vmk_thread_current());
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetThreadCpuTimerInfo(jvmtiEnv *env, jvmtiTimerInfo *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_thread_cpu_time);
  return system_timer(out, JVMTI_TIMER_TOTAL_CPU);
}

static jvmtiError
system_cpu_time(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  *(jlong *)data = vmk_thread_cpu_ns(target->thread);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetThreadCpuTime(jvmtiEnv *env, jthread thread, jlong *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_thread_cpu_time);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, false, system_cpu_time, out);
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_GetAvailableProcessors(jvmtiEnv *env, jint *out)
{
  (void)env;
  J3_TI_NOT_NULL(out);
  *out = JVM_ActiveProcessorCount();
  return JVMTI_ERROR_NONE;
}

/* --- the rest --------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_ForceGarbageCollection(jvmtiEnv *env)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  j3_entry e = j3_ti_enter();
  vmk_collect(e.t, false);
  j3_leave(&e);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetJNIFunctionTable(jvmtiEnv *env, jniNativeInterface **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  *out = j3_ti_allocate(sizeof **out);
  if (!*out)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  **out = j3_jni_table;
  return JVMTI_ERROR_NONE;
}

/* Threads point to the one table. */
jvmtiError
j3_ti_SetJNIFunctionTable(jvmtiEnv *env, const jniNativeInterface *table)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(table);
  j3_jni_table = *table;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetVerboseFlag(jvmtiEnv *env, jvmtiVerboseFlag flag, jboolean value)
{
  (void)env;
  switch (flag) {
  case JVMTI_VERBOSE_OTHER:
  case JVMTI_VERBOSE_JNI: return JVMTI_ERROR_NONE;
  case JVMTI_VERBOSE_GC:
    j3_log_show("gc", value ? J3_LOG_INFO : J3_LOG_WARNING);
    return JVMTI_ERROR_NONE;
  case JVMTI_VERBOSE_CLASS:
    j3_log_show("class,load", value ? J3_LOG_INFO : J3_LOG_WARNING);
    j3_log_show("class,unload", value ? J3_LOG_INFO : J3_LOG_WARNING);
    return JVMTI_ERROR_NONE;
  }
  return JVMTI_ERROR_ILLEGAL_ARGUMENT;
}

/* --- search paths --------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_AddToBootstrapClassLoaderSearch(jvmtiEnv *env, const char *segment)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(segment);
  if (j3_ti_phase == JVMTI_PHASE_LIVE && access(segment, R_OK) != 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  j3_bootpath_append(segment);
  return JVMTI_ERROR_NONE;
}

/* The system loader's own method for it; agents of java.lang.instrument rely on it. */
static jvmtiError
system_append_class_path(vmk_thread *t, const char *segment) VMK_MOVES
{
  vmk_value loader = {0};
  j3_class *c = j3_class_boot(t, "java/lang/ClassLoader");
  if (!j3_call_static(t, c, "getSystemClassLoader", "()Ljava/lang/ClassLoader;", NULL, &loader))
    return JVMTI_ERROR_INTERNAL;
  static const char name[] = "appendToClassPathForInstrumentation";
  if (!j3_find_method(j3_class_of(loader.ref), j3_symbol_of(name),
                      j3_symbol_of("(Ljava/lang/String;)V")))
    return JVMTI_ERROR_CLASS_LOADER_UNSUPPORTED;
  vmk_handle text = j3_string_new(t, segment);
  vmk_value arguments[2] = {loader, j3_ref(text)};
  bool ok = text && j3_call_virtual(t, loader.ref, name, "(Ljava/lang/String;)V", arguments, NULL);
  return ok ? JVMTI_ERROR_NONE : JVMTI_ERROR_INTERNAL;
}

jvmtiError
j3_ti_AddToSystemClassLoaderSearch(jvmtiEnv *env, const char *segment)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(segment);
  if (j3_ti_phase == JVMTI_PHASE_ONLOAD) {
    char *path;
    const char *before = j3_options_get(J3.options, "java.class.path");
    if (asprintf(&path, "%s%s%s", before, *before ? ":" : "", segment) < 0)
      return JVMTI_ERROR_OUT_OF_MEMORY;
    j3_options_set(J3.options, "java.class.path", path);
    free(path);
    return JVMTI_ERROR_NONE;
  }
  if (access(segment, R_OK) != 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  j3_entry e = j3_ti_enter();
  jvmtiError error = system_append_class_path(e.t, segment);
  vmk_clear_exception(e.t);
  j3_leave(&e);
  return error;
}
