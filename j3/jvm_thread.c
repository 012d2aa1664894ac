/* jvm_thread.c -- JVM_* behind java.lang.Thread */
#include <sched.h>
#include <stdlib.h>

#include "entry.h"
#include "jvm.h"
#include "options.h"
#include "stack.h"
#include "vm.h"

void
JVM_StartThread(JNIEnv *env, jobject thread)
{
  j3_entry e = j3_enter(env);
  j3_thread_start(e.t, j3_in(thread));
  j3_leave(&e);
}

/* Thread.stop: the exception arrives at the target's next poll. */
void
JVM_StopThread(JNIEnv *env, jobject thread, jobject exception)
{
  j3_entry e = j3_enter(env);
  j3_thread *self = j3_self(e.t);
  if (vmk_same(j3_in(thread), self->object)) {
    vmk_throw(e.t, j3_in(exception));
    j3_leave(&e);
    return;
  }
  vmk_handle global = vmk_global_new(e.t, j3_in(exception));
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  if (target)
    vmk_throw_async(target->thread, global);
  else /* not started, or over: it will never run */
    vmk_set_i8(j3_in(thread), J3.known.offset_Thread_stillborn, 1);
  pthread_mutex_unlock(&J3.thread_lock);
  if (!target)
    vmk_global_free(e.t, global);
  j3_leave(&e);
}

/* Thread.suspend: deprecated since 1.2, since what the thread has locked stays so. */
void
JVM_SuspendThread(JNIEnv *env, jobject thread)
{
  j3_entry e = j3_enter(env);
  vmk_world_stop(e.t);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  if (target)
    vmk_thread_suspend(e.t, target->thread);
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(e.t);
  vmk_poll(e.t); /* it may have been us */
  j3_leave(&e);
}
void
JVM_ResumeThread(JNIEnv *env, jobject thread)
{
  j3_entry e = j3_enter(env);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  if (target)
    vmk_thread_resume(target->thread);
  pthread_mutex_unlock(&J3.thread_lock);
  j3_leave(&e);
}

void
JVM_SetThreadPriority(JNIEnv *env, jobject thread, jint priority)
{
  j3_entry e = j3_enter(env);
  vmk_set_i32(j3_in(thread), J3.known.offset_Thread_priority, priority);
  j3_leave(&e); /* the system's priorities stay as they are, as HotSpot's default on Linux */
}

void
JVM_Yield(JNIEnv *env, jclass ignored)
{
  (void)env, (void)ignored;
  sched_yield();
}

void
JVM_Sleep(JNIEnv *env, jclass ignored, jlong millis)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  if (millis < 0) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", "timeout value is negative");
  } else if (j3_thread_check_interrupt(e.t)) {
    j3_thread_clear_interrupt(e.t);
    j3_throw(e.t, "java/lang/InterruptedException", "sleep interrupted");
  } else if (millis == 0) {
    vmk_enter_native(e.t);
    sched_yield();
    vmk_leave_native(e.t);
  } else {
    j3_thread *self = j3_self(e.t);
    int64_t ns = millis > INT64_MAX / 1000000 ? VMK_FOREVER : millis * 1000000;
    int32_t before = j3_thread_set_status(self, J3_STATUS_SLEEPING);
    bool whole = vmk_sleep(e.t, ns);
    j3_thread_set_status(self, before);
    if (!whole) {
      j3_thread_clear_interrupt(e.t);
      j3_throw(e.t, "java/lang/InterruptedException", "sleep interrupted");
    }
  }
  j3_leave(&e);
}

jobject
JVM_CurrentThread(JNIEnv *env, jclass ignored)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, vmk_local(e.t, j3_self(e.t)->object->ref));
}

void
JVM_Interrupt(JNIEnv *env, jobject thread)
{
  j3_entry e = j3_enter(env);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  if (target)
    vmk_interrupt(target->thread);
  pthread_mutex_unlock(&J3.thread_lock);
  j3_leave(&e);
}

jboolean
JVM_HoldsLock(JNIEnv *env, jclass ignored, jobject object)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  jboolean holds = false;
  if (!object)
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  else
    holds = vmk_monitor_is_owner(e.t, j3_in(object));
  j3_leave(&e);
  return holds;
}

void
JVM_DumpAllStacks(JNIEnv *env, jclass ignored)
{
  (void)env, (void)ignored;
  j3_thread_dump(j3_output());
}

/* Local handles of every live Thread object, in an array of `*count`; malloc'ed. */
static vmk_handle *
thread_snapshot(vmk_thread *t, uint32_t *count)
{
  pthread_mutex_lock(&J3.thread_lock);
  vmk_handle *list = calloc(J3.thread_count + 1, sizeof *list);
  uint32_t n = 0;
  for (j3_thread *jt = J3.threads; jt && list; jt = jt->next)
    list[n++] = vmk_local(t, jt->object->ref);
  pthread_mutex_unlock(&J3.thread_lock);
  *count = n;
  return list;
}

jobjectArray
JVM_GetAllThreads(JNIEnv *env, jclass ignored)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  uint32_t count;
  vmk_handle *list = thread_snapshot(e.t, &count);
  j3_class *array = j3_class_array_of(e.t, J3.known.class_Thread);
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++)
    vmk_set_elem(e.t, result, i, list[count - 1 - i]); /* oldest first */
  free(list);
  return j3_leave_ref(&e, result);
}

void
JVM_SetNativeThreadName(JNIEnv *env, jobject thread, jstring name)
{
  j3_entry e = j3_enter(env);
  char *text = j3_string_utf8(j3_in(name), NULL);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(j3_in(thread));
  if (target && text)
    vmk_thread_set_name(target->thread, text);
  pthread_mutex_unlock(&J3.thread_lock);
  free(text);
  j3_leave(&e);
}

/* The frames of another thread: taken with the world stopped, turned into objects after. */
static vmk_handle
thread_trace(vmk_thread *t, vmk_handle thread) VMK_MOVES
{
  uint32_t n = 0;
  j3_frame *frames = NULL;
  vmk_unload_block(J3.vm); /* frames may be gone before their elements are made */
  vmk_world_stop(t);
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(thread);
  if (target) {
    n = j3_stack_capture(target->thread, NULL, UINT32_MAX);
    frames = malloc((n + 1) * sizeof *frames);
    VMK_ASSERT(frames);
    j3_stack_capture(target->thread, frames, n);
  }
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(t);
  vmk_handle elements = frames ? j3_stack_elements(t, frames, n) : NULL;
  vmk_unload_unblock(J3.vm);
  free(frames);
  return elements;
}

jobjectArray
JVM_DumpThreads(JNIEnv *env, jclass ignored, jobjectArray threads)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  vmk_handle list = j3_in(threads), result = NULL;
  if (vmk_is_null(list)) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
    return j3_leave_ref(&e, NULL);
  }
  uint32_t count = vmk_array_length(list);
  if (count == 0) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", NULL);
    return j3_leave_ref(&e, NULL);
  }
  j3_class *array = j3_class_array_of(e.t, J3.known.class_StackTraceElement);
  j3_class *arrays = array ? j3_class_array_of(e.t, array) : NULL;
  if (arrays)
    result = j3_array_new(e.t, arrays, (int32_t)count);
  for (uint32_t i = 0; result && i < count; i++) {
    vmk_scope scope = vmk_scope_begin(e.t);
    vmk_handle trace = thread_trace(e.t, vmk_get_elem(e.t, list, i));
    if (trace)
      vmk_set_elem(e.t, result, i, trace);
    vmk_scope_end(e.t, scope);
    if (vmk_pending(e.t))
      result = NULL;
  }
  return j3_leave_ref(&e, result);
}
