/* jvmti_event.c -- which events are wanted, and telling them
 *
 * An event is enabled in an environment for all threads or for some.  j3_ti_enabled is the union over all of
 * them, so that who has nothing to tell looks at one word.  It, the environments' words and the rows of
 * threads change under J3.thread_lock.
 */
#include "jvmti_env.h"

#include <stdarg.h>
#include <stdlib.h>

_Atomic(uint64_t) j3_ti_enabled;

static inline uint64_t
event_bit(jvmtiEvent event)
{
  return UINT64_C(1) << (event - JVMTI_MIN_EVENT_TYPE_VAL);
}

/* --- what is wanted ----------------------------------------------------------------------------------- */

bool
j3_ti_env_wants(const j3_ti_env *env, jvmtiEvent event, const j3_thread *jt)
{
  uint64_t enabled = atomic_load_explicit(&env->enabled, memory_order_relaxed);
  const j3_ti_thread *ti = jt ? jt->ti : NULL;
  for (const j3_ti_row *row = ti ? ti->rows : NULL; row; row = row->next)
    if (row->env == env)
      enabled |= row->enabled;
  return enabled & event_bit(event);
}

static void
event_contended(vmk_thread *t, vmk_handle object, bool entered) VMK_MOVES
{
  j3_ti_post_monitor(
      t, entered ? JVMTI_EVENT_MONITOR_CONTENDED_ENTERED : JVMTI_EVENT_MONITOR_CONTENDED_ENTER,
      object, 0, false);
}

void
j3_ti_update_enabled(void)
{
  uint64_t all = 0;
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next) {
    uint64_t some = 0;
    for (const j3_thread *jt = J3.threads; jt && !env->is_disposed; jt = jt->next) {
      const j3_ti_thread *ti = jt->ti;
      for (const j3_ti_row *row = ti ? ti->rows : NULL; row; row = row->next)
        some |= row->env == env ? row->enabled : 0;
    }
    atomic_store(&env->enabled_some, some);
    all |= atomic_load(&env->enabled) | some;
  }
  atomic_store(&j3_ti_enabled, all);
  bool contended = j3_ti_wants(JVMTI_EVENT_MONITOR_CONTENDED_ENTER) ||
                   j3_ti_wants(JVMTI_EVENT_MONITOR_CONTENDED_ENTERED);
  vmk_monitor_watch(J3.vm, contended ? event_contended : NULL);
  vmk_runtime_hear_throws(J3.runtime, j3_ti_wants(JVMTI_EVENT_EXCEPTION) ||
                                          j3_ti_wants(JVMTI_EVENT_EXCEPTION_CATCH));
  j3_ti_watch_update();
}

/* The capability that enabling the event needs: it is there, or none is needed. */
static bool
event_is_allowed(const jvmtiCapabilities *has, jvmtiEvent event)
{
  switch ((int)event) {
  case JVMTI_EVENT_EXCEPTION:
  case JVMTI_EVENT_EXCEPTION_CATCH: return has->can_generate_exception_events;
  case JVMTI_EVENT_SINGLE_STEP: return has->can_generate_single_step_events;
  case JVMTI_EVENT_FRAME_POP: return has->can_generate_frame_pop_events;
  case JVMTI_EVENT_BREAKPOINT: return has->can_generate_breakpoint_events;
  case JVMTI_EVENT_FIELD_ACCESS: return has->can_generate_field_access_events;
  case JVMTI_EVENT_FIELD_MODIFICATION: return has->can_generate_field_modification_events;
  case JVMTI_EVENT_METHOD_ENTRY: return has->can_generate_method_entry_events;
  case JVMTI_EVENT_METHOD_EXIT: return has->can_generate_method_exit_events;
  case JVMTI_EVENT_NATIVE_METHOD_BIND: return has->can_generate_native_method_bind_events;
  case JVMTI_EVENT_COMPILED_METHOD_LOAD:
  case JVMTI_EVENT_COMPILED_METHOD_UNLOAD: return has->can_generate_compiled_method_load_events;
  case JVMTI_EVENT_MONITOR_WAIT:
  case JVMTI_EVENT_MONITOR_WAITED:
  case JVMTI_EVENT_MONITOR_CONTENDED_ENTER:
  case JVMTI_EVENT_MONITOR_CONTENDED_ENTERED: return has->can_generate_monitor_events;
  case JVMTI_EVENT_RESOURCE_EXHAUSTED:
    return has->can_generate_resource_exhaustion_heap_events ||
           has->can_generate_resource_exhaustion_threads_events;
  case JVMTI_EVENT_GARBAGE_COLLECTION_START:
  case JVMTI_EVENT_GARBAGE_COLLECTION_FINISH: return has->can_generate_garbage_collection_events;
  case JVMTI_EVENT_OBJECT_FREE: return has->can_generate_object_free_events;
  case JVMTI_EVENT_VM_OBJECT_ALLOC: return has->can_generate_vm_object_alloc_events;
  case JVMTI_EVENT_SAMPLED_OBJECT_ALLOC: return has->can_generate_sampled_object_alloc_events;
  default: return true;
  }
}

/* Events that are of no thread, or come before threads can be named. */
static bool
event_is_global(jvmtiEvent event)
{
  switch ((int)event) {
  case JVMTI_EVENT_VM_INIT:
  case JVMTI_EVENT_VM_DEATH:
  case JVMTI_EVENT_VM_START:
  case JVMTI_EVENT_THREAD_START:
  case JVMTI_EVENT_COMPILED_METHOD_LOAD:
  case JVMTI_EVENT_COMPILED_METHOD_UNLOAD:
  case JVMTI_EVENT_DYNAMIC_CODE_GENERATED:
  case JVMTI_EVENT_DATA_DUMP_REQUEST: return true;
  default: return false;
  }
}

typedef struct event_mode {
  j3_ti_env *env;
  uint64_t bit;
  bool enable;
} event_mode;

static jvmtiError
event_set_for_thread(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  const event_mode *mode = data;
  j3_ti_row *row = j3_ti_row_of(target, mode->env);
  row->enabled = mode->enable ? row->enabled | mode->bit : row->enabled & ~mode->bit;
  j3_ti_update_enabled();
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetEventNotificationMode(jvmtiEnv *env, jvmtiEventMode mode, jvmtiEvent event, jthread thread,
                               ...)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  j3_ti_env *e = j3_ti_env_of(env);
  bool hole = event == 72 || (event >= 77 && event <= 79) || event == 85;
  if (event < JVMTI_MIN_EVENT_TYPE_VAL || event > JVMTI_MAX_EVENT_TYPE_VAL || hole)
    return JVMTI_ERROR_INVALID_EVENT_TYPE;
  if (mode != JVMTI_ENABLE && mode != JVMTI_DISABLE)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  if (thread && event_is_global(event))
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  if (mode == JVMTI_ENABLE && !event_is_allowed(&e->capabilities, event))
    return JVMTI_ERROR_MUST_POSSESS_CAPABILITY;
  if (mode == JVMTI_ENABLE && event == JVMTI_EVENT_CLASS_FILE_LOAD_HOOK && !e->hooks_files) {
    e->hooks_files = true;
    e->retransforms = e->capabilities.can_retransform_classes;
  }
  event_mode m = {e, event_bit(event), mode == JVMTI_ENABLE};
  if (thread) {
    j3_entry entry = j3_ti_enter();
    jvmtiError error = j3_ti_with_thread(entry.t, thread, false, event_set_for_thread, &m);
    j3_leave(&entry);
    return error;
  }
  pthread_mutex_lock(&J3.thread_lock);
  uint64_t enabled = atomic_load(&e->enabled);
  atomic_store(&e->enabled, m.enable ? enabled | m.bit : enabled & ~m.bit);
  j3_ti_update_enabled();
  pthread_mutex_unlock(&J3.thread_lock);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetEventCallbacks(jvmtiEnv *env, const jvmtiEventCallbacks *callbacks, jint size)
{
  J3_TI_CHECK(env, J3_TI_LIVE | J3_TI_ONLOAD);
  if (size < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  enum { COUNT = sizeof(jvmtiEventCallbacks) / sizeof(void *) };
  size_t given = callbacks ? (size_t)size / sizeof(void *) : 0;
  void **to = (void **)&j3_ti_env_of(env)->callbacks;
  for (size_t i = 0; i < COUNT; i++) /* others may be looking */
    __atomic_store_n(&to[i], i < given ? ((void *const *)callbacks)[i] : NULL, __ATOMIC_RELEASE);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GenerateEvents(jvmtiEnv *env, jvmtiEvent event)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  if (event == JVMTI_EVENT_COMPILED_METHOD_LOAD)
    return JVMTI_ERROR_MUST_POSSESS_CAPABILITY;
  return event == JVMTI_EVENT_DYNAMIC_CODE_GENERATED ? JVMTI_ERROR_NONE
                                                     : JVMTI_ERROR_ILLEGAL_ARGUMENT;
}

/* --- telling ------------------------------------------------------------------------------------------- */

j3_ti_post
j3_ti_post_begin(vmk_thread *t) VMK_MOVES
{
  j3_ti_post post = {.t = t, .scope = vmk_scope_begin(t)};
  post.pending = vmk_take_exception(t);
  vmk_enter_native(t);
  return post;
}

void
j3_ti_post_end(const j3_ti_post *post) VMK_MOVES
{
  vmk_leave_native(post->t);
  if (post->pending)
    vmk_throw(post->t, post->pending);
  else
    vmk_clear_exception(post->t);
  vmk_scope_end(post->t, post->scope);
}

/* Call the callback `member` of each environment that wants the event, with env and what follows. */
#define EVENT_EACH(event, jt, member, ...)                            \
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next) {           \
    __typeof__(env->callbacks.member) call =                          \
        __atomic_load_n(&env->callbacks.member, __ATOMIC_ACQUIRE);    \
    if (call && !env->is_disposed && j3_ti_env_wants(env, event, jt)) \
      call(&env->functions __VA_OPT__(, ) __VA_ARGS__);               \
  }

/* Some environments want to start before modules do. */
void
j3_ti_post_vm_start(vmk_thread *t, bool is_early) VMK_MOVES
{
  if (is_early)
    j3_ti_started_early = true;
  else
    j3_ti_phase = JVMTI_PHASE_START;
  if (!j3_ti_wants(JVMTI_EVENT_VM_START))
    return;
  j3_ti_post post = j3_ti_post_begin(t);
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next)
    if (env->callbacks.VMStart && !env->is_disposed &&
        j3_ti_env_wants(env, JVMTI_EVENT_VM_START, NULL) &&
        env->capabilities.can_generate_early_vmstart == is_early)
      env->callbacks.VMStart(&env->functions, (JNIEnv *)j3_self(t));
  j3_ti_post_end(&post);
}

void
j3_ti_post_vm_init(vmk_thread *t) VMK_MOVES
{
  j3_ti_phase = JVMTI_PHASE_LIVE;
  if (!j3_ti_wants(JVMTI_EVENT_VM_INIT))
    return;
  j3_ti_post post = j3_ti_post_begin(t);
  EVENT_EACH(JVMTI_EVENT_VM_INIT, NULL, VMInit, (JNIEnv *)j3_self(t), (jthread)j3_self(t)->object);
  j3_ti_post_end(&post);
}

void
j3_ti_post_vm_death(vmk_thread *t) VMK_MOVES
{
  static atomic_flag told = ATOMIC_FLAG_INIT;
  if (atomic_flag_test_and_set(&told))
    return;
  if (j3_ti_wants(JVMTI_EVENT_VM_DEATH)) {
    j3_ti_post post = j3_ti_post_begin(t);
    EVENT_EACH(JVMTI_EVENT_VM_DEATH, NULL, VMDeath, (JNIEnv *)j3_self(t));
    j3_ti_post_end(&post);
  }
  j3_ti_phase = JVMTI_PHASE_DEAD;
  atomic_store(&j3_ti_enabled, 0);
}

static bool
event_phase_is_right(void)
{
  return j3_ti_phase == JVMTI_PHASE_START || j3_ti_phase == JVMTI_PHASE_LIVE;
}

void
j3_ti_post_thread(vmk_thread *t, jvmtiEvent event) VMK_MOVES
{
  j3_thread *jt = j3_self(t);
  if (!j3_ti_wants(event) || !event_phase_is_right())
    return;
  JNIEnv *jni = (JNIEnv *)jt;
  jthread thread = (jthread)jt->object;
  j3_ti_post post = j3_ti_post_begin(t);
  if (event == JVMTI_EVENT_THREAD_START)
    EVENT_EACH(event, jt, ThreadStart, jni, thread)
  else
    EVENT_EACH(event, jt, ThreadEnd, jni, thread)
  j3_ti_post_end(&post);
}

void
j3_ti_post_class(vmk_thread *t, jvmtiEvent event, j3_class *c) VMK_MOVES
{
  j3_thread *jt = j3_self(t);
  if (!j3_ti_wants(event) || !event_phase_is_right() || !jt->object)
    return;
  JNIEnv *jni = (JNIEnv *)jt;
  jthread thread = (jthread)jt->object;
  jclass mirror = (jclass)vmk_local(t, c->mirror->ref);
  j3_ti_post post = j3_ti_post_begin(t);
  if (event == JVMTI_EVENT_CLASS_LOAD)
    EVENT_EACH(event, jt, ClassLoad, jni, thread, mirror)
  else
    EVENT_EACH(event, jt, ClassPrepare, jni, thread, mirror)
  j3_ti_post_end(&post);
}

void
j3_ti_post_monitor(vmk_thread *t, jvmtiEvent event, vmk_handle object, int64_t millis,
                   bool timed_out) VMK_MOVES
{
  j3_thread *jt = j3_self(t);
  if (!j3_ti_wants(event) || j3_ti_phase != JVMTI_PHASE_LIVE || !jt || !jt->object)
    return;
  JNIEnv *jni = (JNIEnv *)jt;
  jthread thread = (jthread)jt->object;
  jobject monitor = (jobject)object;
  j3_ti_post post = j3_ti_post_begin(t);
  if (event == JVMTI_EVENT_MONITOR_WAIT)
    EVENT_EACH(event, jt, MonitorWait, jni, thread, monitor, millis)
  else if (event == JVMTI_EVENT_MONITOR_WAITED)
    EVENT_EACH(event, jt, MonitorWaited, jni, thread, monitor, timed_out)
  else if (event == JVMTI_EVENT_MONITOR_CONTENDED_ENTER)
    EVENT_EACH(event, jt, MonitorContendedEnter, jni, thread, monitor)
  else
    EVENT_EACH(event, jt, MonitorContendedEntered, jni, thread, monitor)
  j3_ti_post_end(&post);
}
