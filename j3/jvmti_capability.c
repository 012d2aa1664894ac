/* jvmti_capability.c -- what an environment may have and has
 *
 * Some capabilities change how methods are translated; they can be had while the vm starts only, since what
 * is translated stays.  One environment at a time may have the capabilities for which HotSpot says so.
 */
#include "jvmti_env.h"

static const jvmtiCapabilities capability_always = {
    .can_tag_objects = 1,
    .can_get_bytecodes = 1,
    .can_get_synthetic_attribute = 1,
    .can_get_owned_monitor_info = 1,
    .can_get_current_contended_monitor = 1,
    .can_get_monitor_info = 1,
    .can_get_owned_monitor_stack_depth_info = 1,
    .can_signal_thread = 1,
    .can_get_source_file_name = 1,
    .can_get_line_numbers = 1,
    .can_get_source_debug_extension = 1,
    .can_maintain_original_method_order = 1,
    .can_suspend = 1,
    .can_get_current_thread_cpu_time = 1,
    .can_get_thread_cpu_time = 1,
    .can_generate_monitor_events = 1,
    .can_generate_garbage_collection_events = 1,
    .can_generate_object_free_events = 1,
    .can_redefine_classes = 1,
    .can_redefine_any_class = 1,
    .can_retransform_classes = 1,
    .can_retransform_any_class = 1,
    .can_get_constant_pool = 1,
    .can_set_native_method_prefix = 1,
    .can_generate_all_class_hook_events = 1,
};

/* Those that come too late when Java runs. */
static const jvmtiCapabilities capability_start = {
    .can_generate_early_vmstart = 1,
    .can_generate_early_class_hook_events = 1,
};

/* Those that need watched code (jvmti_watch.c). */
static const jvmtiCapabilities capability_watch = {
    .can_access_local_variables = 1,
    .can_generate_single_step_events = 1,
    .can_generate_exception_events = 1,
    .can_generate_frame_pop_events = 1,
    .can_generate_breakpoint_events = 1,
    .can_generate_method_entry_events = 1,
    .can_generate_method_exit_events = 1,
};

typedef union capability_bits {
  jvmtiCapabilities set;
  uint8_t bytes[sizeof(jvmtiCapabilities)];
} capability_bits;

/* What env may have now, with what it has. */
static capability_bits
capability_potential(const j3_ti_env *env)
{
  capability_bits all = {.set = capability_always}, start = {.set = capability_start},
                  watch = {.set = capability_watch}, has = {.set = env->capabilities};
  bool may_start = j3_ti_phase == JVMTI_PHASE_ONLOAD;
  bool may_watch = may_start || atomic_load(&j3_ti_watches_code);
  for (size_t i = 0; i < sizeof all.bytes; i++)
    all.bytes[i] |= (uint8_t)(has.bytes[i] | (may_start ? start.bytes[i] : 0) |
                              (may_watch ? watch.bytes[i] : 0));
  return all;
}

jvmtiError
j3_ti_GetPotentialCapabilities(jvmtiEnv *env, jvmtiCapabilities *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(out);
  *out = capability_potential(j3_ti_env_of(env)).set;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetCapabilities(jvmtiEnv *env, jvmtiCapabilities *out)
{
  J3_TI_NOT_NULL(out);
  *out = j3_ti_env_of(env)->capabilities;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_AddCapabilities(jvmtiEnv *env, const jvmtiCapabilities *wanted)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(wanted);
  j3_ti_env *e = j3_ti_env_of(env);
  capability_bits may = capability_potential(e), want = {.set = *wanted},
                  has = {.set = e->capabilities}, watch = {.set = capability_watch};
  bool watches = false;
  for (size_t i = 0; i < sizeof want.bytes; i++) {
    if (want.bytes[i] & ~may.bytes[i])
      return JVMTI_ERROR_NOT_AVAILABLE;
    watches |= (want.bytes[i] & watch.bytes[i]) != 0;
    has.bytes[i] |= want.bytes[i];
  }
  e->capabilities = has.set;
  if (watches)
    atomic_store(&j3_ti_watches_code, true);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_RelinquishCapabilities(jvmtiEnv *env, const jvmtiCapabilities *unwanted)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  J3_TI_NOT_NULL(unwanted);
  j3_ti_env *e = j3_ti_env_of(env);
  capability_bits has = {.set = e->capabilities}, drop = {.set = *unwanted};
  for (size_t i = 0; i < sizeof has.bytes; i++)
    has.bytes[i] &= (uint8_t)~drop.bytes[i];
  e->capabilities = has.set;
  return JVMTI_ERROR_NONE;
}
