/* jvmti_thread.c -- threads as agents see them: list, state, data, groups, suspension, signals, own threads
 *
 * A thread behind a java.lang.Thread cannot end while J3.thread_lock is held; for what must not run
 * meanwhile the world is stopped as well.
 */
#include <stdlib.h>

#include "blocker.h"
#include "jvmti_env.h"

/* --- finding threads ---------------------------------------------------------------------------------- */

jvmtiError
j3_ti_with_thread(vmk_thread *t, jthread thread, bool stop, j3_ti_action *action, void *data)
    VMK_MOVES
{
  if (!thread) {
    if (!j3_self(t)->object)
      return JVMTI_ERROR_UNATTACHED_THREAD;
    thread = (jthread)j3_self(t)->object;
  }
  if (!j3_is_instance(j3_in(thread), J3.known.class_Thread))
    return JVMTI_ERROR_INVALID_THREAD;
  if (stop)
    vmk_world_stop(t);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  jvmtiError error = target ? action(t, target, data) : JVMTI_ERROR_THREAD_NOT_ALIVE;
  pthread_mutex_unlock(&J3.thread_lock);
  if (stop)
    vmk_world_resume(t);
  return error;
}

j3_ti_thread *
j3_ti_thread_of(j3_thread *jt)
{
  if (!jt->ti) {
    j3_ti_thread *made = calloc(1, sizeof *made);
    VMK_ASSERT(made);
    jt->ti = made;
  }
  return jt->ti;
}

j3_ti_row *
j3_ti_row_of(j3_thread *jt, j3_ti_env *env)
{
  j3_ti_thread *ti = j3_ti_thread_of(jt);
  for (j3_ti_row *row = ti->rows; row; row = row->next)
    if (row->env == env)
      return row;
  j3_ti_row *row = calloc(1, sizeof *row);
  VMK_ASSERT(row);
  row->env = env;
  row->next = ti->rows;
  ti->rows = row; /* complete: the thread may be reading */
  return row;
}

/* The thread is off the list. */
void
j3_ti_thread_free(j3_thread *jt)
{
  j3_ti_thread *ti = jt->ti;
  if (!ti)
    return;
  j3_ti_thread_pops_free(jt);
  for (j3_ti_row *row = ti->rows, *next; row; row = next) {
    next = row->next;
    free(row);
  }
  jt->ti = NULL;
  free(ti);
}

vmk_handle *
j3_ti_threads(vmk_thread *t, uint32_t *count)
{
  pthread_mutex_lock(&J3.thread_lock);
  vmk_handle *list = j3_ti_allocate(J3.thread_count * sizeof *list);
  uint32_t n = 0;
  for (j3_thread *jt = J3.threads; jt && list; jt = jt->next)
    list[n++] = vmk_local(t, jt->object->ref);
  pthread_mutex_unlock(&J3.thread_lock);
  *count = n;
  return list;
}

jvmtiError
j3_ti_GetAllThreads(jvmtiEnv *env, jint *count, jthread **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  uint32_t n;
  *out = (jthread *)j3_ti_threads(e.t, &n);
  *count = (jint)n;
  j3_ti_leave_refs(&e, *out, n);
  return *out ? JVMTI_ERROR_NONE : JVMTI_ERROR_OUT_OF_MEMORY;
}

jvmtiError
j3_ti_GetCurrentThread(jvmtiEnv *env, jthread *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  *out = j3_leave_ref(&e, j3_self(e.t)->object);
  return JVMTI_ERROR_NONE;
}

/* --- state --------------------------------------------------------------------------------------------- */

jint
j3_ti_thread_state(vmk_thread *t, j3_thread *jt)
{
  j3_blocker blocker = j3_blocker_of(t, jt);
  jint state = j3_blocker_status(jt, &blocker); /* Thread.threadStatus has JVMTI's bits */
  if (vmk_thread_is_suspended(jt->thread))
    state |= JVMTI_THREAD_STATE_SUSPENDED;
  if (vmk_get_i8(jt->object, J3.known.offset_Thread_interrupted))
    state |= JVMTI_THREAD_STATE_INTERRUPTED;
  vmk_frame frame;
  bool runs = jt->thread != t && (state & JVMTI_THREAD_STATE_RUNNABLE);
  if (runs && vmk_frame_first(jt->thread, &frame) && frame.function->client &&
      (((const j3_method *)frame.function->client)->flags & J3_NATIVE))
    state |= JVMTI_THREAD_STATE_IN_NATIVE;
  return state;
}

static jvmtiError
thread_state(vmk_thread *t, j3_thread *target, void *data)
{
  *(jint *)data = j3_ti_thread_state(t, target);
  return JVMTI_ERROR_NONE;
}

/* A thread that has not started or is over has its status in the object. */
jvmtiError
j3_ti_GetThreadState(jvmtiEnv *env, jthread thread, jint *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, thread_state, out);
  if (error == JVMTI_ERROR_THREAD_NOT_ALIVE) {
    jint status = vmk_get_i32(j3_in(thread), J3.known.offset_Thread_threadStatus);
    *out = status == J3_STATUS_TERMINATED ? JVMTI_THREAD_STATE_TERMINATED : 0;
    error = JVMTI_ERROR_NONE;
  }
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_GetThreadInfo(jvmtiEnv *env, jthread thread, jvmtiThreadInfo *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  vmk_handle object = thread ? j3_in(thread) : j3_self(e.t)->object;
  if (!j3_is_instance(object, J3.known.class_Thread)) {
    j3_leave(&e);
    return JVMTI_ERROR_INVALID_THREAD;
  }
  const j3_known *k = &J3.known;
  vmk_handle name = vmk_get_ref(e.t, object, k->offset_Thread_name);
  out->name = j3_string_utf8(name, NULL);
  if (!out->name)
    out->name = j3_ti_copy_text("");
  out->priority = vmk_get_i32(object, k->offset_Thread_priority);
  out->is_daemon = vmk_get_i8(object, k->offset_Thread_daemon) != 0;
  jobject refs[2] = {(jobject)vmk_get_ref(e.t, object, k->offset_Thread_group),
                     (jobject)vmk_get_ref(e.t, object, k->offset_Thread_contextClassLoader)};
  for (int i = 0; i < 2; i++)
    if (vmk_is_null((vmk_handle)refs[i]))
      refs[i] = NULL;
  j3_ti_leave_refs(&e, refs, 2);
  out->thread_group = refs[0];
  out->context_class_loader = refs[1];
  return JVMTI_ERROR_NONE;
}

/* --- data of an environment ------------------------------------------------------------------------------ */

typedef struct thread_data {
  j3_ti_env *env;
  const void *value;
} thread_data;

static jvmtiError
thread_get_data(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  thread_data *d = data;
  d->value = j3_ti_row_of(target, d->env)->local_storage;
  return JVMTI_ERROR_NONE;
}

static jvmtiError
thread_set_data(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  const thread_data *d = data;
  j3_ti_row_of(target, d->env)->local_storage = d->value;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetThreadLocalStorage(jvmtiEnv *env, jthread thread, void **out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  thread_data d = {j3_ti_env_of(env), NULL};
  jvmtiError error = j3_ti_with_thread(e.t, thread, false, thread_get_data, &d);
  if (!error)
    *out = (void *)(uintptr_t)d.value;
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_SetThreadLocalStorage(jvmtiEnv *env, jthread thread, const void *value)
{
  J3_TI_CHECK(env, J3_TI_START);
  j3_entry e = j3_ti_enter();
  thread_data d = {j3_ti_env_of(env), value};
  jvmtiError error = j3_ti_with_thread(e.t, thread, false, thread_set_data, &d);
  j3_leave(&e);
  return error;
}

/* --- suspension ------------------------------------------------------------------------------------------- */

static jvmtiError
thread_suspend(vmk_thread *t, j3_thread *target, void *data)
{
  (void)data;
  if (vmk_thread_is_suspended(target->thread))
    return JVMTI_ERROR_THREAD_SUSPENDED;
  vmk_thread_suspend(t, target->thread);
  return JVMTI_ERROR_NONE;
}

static jvmtiError
thread_resume(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t, (void)data;
  if (!vmk_thread_is_suspended(target->thread))
    return JVMTI_ERROR_THREAD_NOT_SUSPENDED;
  vmk_thread_resume(target->thread);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SuspendThread(jvmtiEnv *env, jthread thread)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_suspend);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, thread_suspend, NULL);
  vmk_poll(e.t); /* it may have been us */
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_ResumeThread(jvmtiEnv *env, jthread thread)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_suspend);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, false, thread_resume, NULL);
  j3_leave(&e);
  return error;
}

static jvmtiError
thread_each(jint count, const jthread *list, jvmtiError *results, bool stop, j3_ti_action *action)
{
  j3_entry e = j3_ti_enter();
  for (jint i = 0; i < count; i++)
    results[i] =
        list[i] ? j3_ti_with_thread(e.t, list[i], stop, action, NULL) : JVMTI_ERROR_INVALID_THREAD;
  vmk_poll(e.t);
  j3_leave(&e);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SuspendThreadList(jvmtiEnv *env, jint count, const jthread *list, jvmtiError *results)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_suspend);
  if (count < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(list);
  J3_TI_NOT_NULL(results);
  return thread_each(count, list, results, true, thread_suspend);
}

jvmtiError
j3_ti_ResumeThreadList(jvmtiEnv *env, jint count, const jthread *list, jvmtiError *results)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_suspend);
  if (count < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(list);
  J3_TI_NOT_NULL(results);
  return thread_each(count, list, results, false, thread_resume);
}

/* --- signals -------------------------------------------------------------------------------------------- */

static jvmtiError
thread_stop(vmk_thread *t, j3_thread *target, void *exception)
{
  (void)t;
  vmk_throw_async(target->thread, exception);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_StopThread(jvmtiEnv *env, jthread thread, jobject exception)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_signal_thread);
  j3_entry e = j3_ti_enter();
  jvmtiError error = JVMTI_ERROR_INVALID_OBJECT;
  if (exception) {
    vmk_handle global = vmk_global_new(e.t, j3_in(exception));
    error = j3_ti_with_thread(e.t, thread, false, thread_stop, global);
    if (error)
      vmk_global_free(e.t, global);
  }
  j3_leave(&e);
  return error;
}

static jvmtiError
thread_is_alive(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t, (void)target, (void)data;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_InterruptThread(jvmtiEnv *env, jthread thread)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_signal_thread);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, false, thread_is_alive, NULL);
  if (!error) { /* the Java method, for what overrides it */
    vmk_value self = j3_ref(thread ? j3_in(thread) : j3_self(e.t)->object);
    j3_call_virtual(e.t, self.ref, "interrupt", "()V", &self, NULL);
    vmk_clear_exception(e.t);
  }
  j3_leave(&e);
  return error;
}

/* --- threads of agents ------------------------------------------------------------------------------------ */

typedef struct thread_agent {
  jvmtiEnv *env;
  jvmtiStartFunction run;
  const void *data;
} thread_agent;

/* Managed: the agent's function is called native, and what it leaves pending is forgotten. */
static void
thread_run_agent(vmk_thread *t, void *data) VMK_MOVES
{
  thread_agent a = *(thread_agent *)data;
  free(data);
  vmk_enter_native(t);
  a.run(a.env, (JNIEnv *)j3_self(t), (void *)(uintptr_t)a.data);
  vmk_leave_native(t);
  vmk_clear_exception(t);
}

jvmtiError
j3_ti_RunAgentThread(jvmtiEnv *env, jthread thread, jvmtiStartFunction run, const void *data,
                     jint priority)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(run);
  if (priority < JVMTI_THREAD_MIN_PRIORITY || priority > JVMTI_THREAD_MAX_PRIORITY)
    return JVMTI_ERROR_INVALID_PRIORITY;
  if (!thread)
    return JVMTI_ERROR_INVALID_THREAD;
  j3_entry e = j3_ti_enter();
  jvmtiError error = JVMTI_ERROR_INVALID_THREAD;
  if (j3_is_instance(j3_in(thread), J3.known.class_Thread) &&
      vmk_get_i64(j3_in(thread), J3.known.offset_Thread_eetop) == 0) {
    thread_agent *a = malloc(sizeof *a);
    VMK_ASSERT(a);
    *a = (thread_agent){env, run, data};
    vmk_set_i8(j3_in(thread), J3.known.offset_Thread_daemon, 1);
    vmk_set_i32(j3_in(thread), J3.known.offset_Thread_priority, priority);
    error = j3_thread_start_with(e.t, j3_in(thread), thread_run_agent, a)
                ? JVMTI_ERROR_NONE
                : JVMTI_ERROR_OUT_OF_MEMORY;
    vmk_clear_exception(e.t);
  }
  j3_leave(&e);
  return error;
}

/* --- groups ----------------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_GetTopThreadGroups(jvmtiEnv *env, jint *count, jthreadGroup **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  *out = j3_ti_allocate(sizeof **out);
  VMK_ASSERT(*out);
  **out = (jobject)J3.system_group;
  *count = 1;
  j3_ti_leave_refs(&e, *out, 1);
  return JVMTI_ERROR_NONE;
}

static vmk_handle
thread_group_field(vmk_thread *t, vmk_handle group, const char *name, const char *descriptor)
{
  j3_field *f =
      j3_class_field(J3.known.class_ThreadGroup, j3_symbol_of(name), j3_symbol_of(descriptor));
  return vmk_get_ref(t, group, f->offset);
}

static int32_t
thread_group_number(vmk_handle group, const char *name, const char *descriptor)
{
  j3_field *f =
      j3_class_field(J3.known.class_ThreadGroup, j3_symbol_of(name), j3_symbol_of(descriptor));
  return *descriptor == 'Z' ? vmk_get_i8(group, f->offset) : vmk_get_i32(group, f->offset);
}

jvmtiError
j3_ti_GetThreadGroupInfo(jvmtiEnv *env, jthreadGroup group, jvmtiThreadGroupInfo *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  if (!j3_is_instance(j3_in(group), J3.known.class_ThreadGroup)) {
    j3_leave(&e);
    return JVMTI_ERROR_INVALID_THREAD_GROUP;
  }
  vmk_handle g = j3_in(group);
  vmk_handle parent = thread_group_field(e.t, g, "parent", "Ljava/lang/ThreadGroup;");
  out->name = j3_string_utf8(thread_group_field(e.t, g, "name", "Ljava/lang/String;"), NULL);
  out->max_priority = thread_group_number(g, "maxPriority", "I");
  out->is_daemon = thread_group_number(g, "daemon", "Z") != 0;
  out->parent = j3_leave_ref(&e, parent);
  return JVMTI_ERROR_NONE;
}

/* The first `count` elements of an array, malloc'ed; only live threads if `alive`. */
static jobject *
thread_group_members(vmk_thread *t, vmk_handle array, int32_t count, bool alive, jint *found)
{
  jobject *list = j3_ti_allocate((size_t)(count > 0 ? count : 0) * sizeof *list);
  VMK_ASSERT(list);
  *found = 0;
  pthread_mutex_lock(&J3.thread_lock);
  for (int32_t i = 0; i < count; i++) {
    vmk_handle member = vmk_get_elem(t, array, (size_t)i);
    const j3_thread *jt = alive ? j3_thread_of(member) : NULL;
    if (!alive || jt)
      list[(*found)++] = (jobject)member;
  }
  pthread_mutex_unlock(&J3.thread_lock);
  return list;
}

/* The group is locked while its members are copied: its counts and arrays belong together. */
jvmtiError
j3_ti_GetThreadGroupChildren(jvmtiEnv *env, jthreadGroup group, jint *thread_count,
                             jthread **threads, jint *group_count, jthreadGroup **groups)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(thread_count);
  J3_TI_NOT_NULL(threads);
  J3_TI_NOT_NULL(group_count);
  J3_TI_NOT_NULL(groups);
  j3_entry e = j3_ti_enter();
  if (!j3_is_instance(j3_in(group), J3.known.class_ThreadGroup)) {
    j3_leave(&e);
    return JVMTI_ERROR_INVALID_THREAD_GROUP;
  }
  vmk_handle g = j3_in(group);
  vmk_monitor_enter(e.t, g);
  *threads = thread_group_members(e.t, thread_group_field(e.t, g, "threads", "[Ljava/lang/Thread;"),
                                  thread_group_number(g, "nthreads", "I"), true, thread_count);
  *groups =
      thread_group_members(e.t, thread_group_field(e.t, g, "groups", "[Ljava/lang/ThreadGroup;"),
                           thread_group_number(g, "ngroups", "I"), false, group_count);
  vmk_monitor_exit(e.t, g);
  size_t nt = (size_t)*thread_count, ng = (size_t)*group_count;
  jobject *all = malloc((nt + ng + 1) * sizeof *all);
  VMK_ASSERT(all);
  memcpy(all, *threads, nt * sizeof *all);
  memcpy(all + nt, *groups, ng * sizeof *all);
  j3_ti_leave_refs(&e, all, nt + ng);
  memcpy(*threads, all, nt * sizeof *all);
  memcpy(*groups, all + nt, ng * sizeof *all);
  free(all);
  return JVMTI_ERROR_NONE;
}
