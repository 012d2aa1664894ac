/* threads.c -- Java threads: birth, attachment, end, and the list of those alive
 *
 * A live Java thread is a j3_thread on J3.threads, and its Thread object's eetop points at it; both change
 * together under J3.thread_lock, so whoever holds the lock and finds eetop set may use the j3_thread.  The
 * contract of start and end (statuses, Thread.exit, notifyAll on the object) is what java.lang.Thread and
 * ThreadGroup rely on.
 */
#include <stdlib.h>

#include "entry.h"
#include "jvmti_env.h"
#include "options.h"
#include "vm.h"

int32_t
j3_thread_set_status(j3_thread *jt, int32_t status)
{
  size_t offset = J3.known.offset_Thread_threadStatus;
  int32_t before = vmk_get_i32(jt->object, offset);
  vmk_set_i32(jt->object, offset, status);
  return before;
}

j3_thread *
j3_thread_of(vmk_handle thread_object)
{
  return (j3_thread *)(intptr_t)vmk_get_i64(thread_object, J3.known.offset_Thread_eetop);
}

void
j3_thread_clear_interrupt(vmk_thread *t)
{
  vmk_interrupted(t, true);
  vmk_set_i8(j3_self(t)->object, J3.known.offset_Thread_interrupted, 0);
}

bool
j3_thread_check_interrupt(vmk_thread *t)
{
  /* The Java field is the truth; the kit's flag only wakes.  Clear the flag first: an interrupt that
   * comes later sets it again and wakes the wait. */
  vmk_interrupted(t, true);
  return vmk_get_i8(j3_self(t)->object, J3.known.offset_Thread_interrupted) != 0;
}

j3_thread *
j3_thread_register(vmk_thread *t)
{
  j3_thread *jt = calloc(1, sizeof *jt);
  if (!jt)
    return NULL;
  jt->jni = J3.options->check_jni ? &j3_jni_checked : &j3_jni_table;
  jt->thread = t;
  t->client[J3.index] = jt;
  return jt;
}

void
j3_thread_unregister(j3_thread *jt)
{
  jt->thread->client[J3.index] = NULL;
  free(jt);
}

/* Tie jt and its Thread object and put jt on the list.  Managed state. */
static void
threads_publish(j3_thread *jt, vmk_handle object, bool daemon)
{
  vmk_thread *t = jt->thread;
  jt->object = vmk_global_new(t, object);
  jt->is_daemon = daemon;
  jt->started_ns = vmk_now_ns();
  pthread_mutex_lock(&J3.thread_lock);
  vmk_set_i64(object, J3.known.offset_Thread_eetop, (int64_t)(intptr_t)jt);
  jt->next = J3.threads;
  jt->previous = NULL;
  if (J3.threads)
    J3.threads->previous = jt;
  J3.threads = jt;
  jt->in_java_thread_list = true;
  J3.thread_total++;
  if (++J3.thread_count > J3.thread_peak)
    J3.thread_peak = J3.thread_count;
  if (!daemon)
    J3.non_daemon_count++;
  pthread_mutex_unlock(&J3.thread_lock);
}

static void
threads_withdraw(j3_thread *jt)
{
  pthread_mutex_lock(&J3.thread_lock);
  vmk_set_i64(jt->object, J3.known.offset_Thread_eetop, 0);
  if (jt->previous)
    jt->previous->next = jt->next;
  else
    J3.threads = jt->next;
  if (jt->next)
    jt->next->previous = jt->previous;
  jt->in_java_thread_list = false;
  J3.thread_count--;
  if (!jt->is_daemon)
    J3.non_daemon_count--;
  pthread_cond_broadcast(&J3.thread_changed);
  pthread_mutex_unlock(&J3.thread_lock);
}

/* --- the end of a thread -------------------------------------------------------------------------- */

static void
threads_dispatch_uncaught(vmk_thread *t, j3_thread *jt) VMK_MOVES
{
  vmk_handle exception = vmk_take_exception(t);
  vmk_value arguments[2] = {j3_ref(jt->object), j3_ref(exception)};
  if (!j3_call_virtual(t, jt->object, "dispatchUncaughtException", "(Ljava/lang/Throwable;)V",
                       arguments, NULL)) {
    char class_name[512];
    j3_class_external_name(j3_class_of(&t->exception), class_name, sizeof class_name);
    char *name = j3_string_utf8(vmk_get_ref(t, jt->object, J3.known.offset_Thread_name), NULL);
    fprintf(stderr, "\nException: %s thrown from the UncaughtExceptionHandler in thread \"%s\"\n",
            class_name, name ? name : "");
    free(name);
  }
  vmk_clear_exception(t);
}

static void
threads_exit(vmk_thread *t, j3_thread *jt) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  if (vmk_pending(t))
    threads_dispatch_uncaught(t, jt);
  for (int i = 0; i < 3; i++) {
    if (vmk_ref_field_is_null(jt->object, J3.known.offset_Thread_group))
      break;
    vmk_value self = j3_ref(jt->object);
    j3_call_virtual(t, jt->object, "exit", "()V", &self, NULL);
    vmk_clear_exception(t);
  }
  j3_ti_post_thread(t, JVMTI_EVENT_THREAD_END);
  vmk_monitor_enter(t, jt->object);
  j3_thread_set_status(jt, J3_STATUS_TERMINATED);
  threads_withdraw(jt);
  vmk_monitor_notify(t, jt->object, true);
  vmk_monitor_exit(t, jt->object);
  vmk_poll(t); /* what Thread.stop sent too late is taken, and dropped */
  vmk_clear_exception(t);
  vmk_scope_end(t, scope);
}

/* --- start -------------------------------------------------------------------------------------------- */

typedef struct threads_start {
  vmk_slot *object; /* global handle, passed on to the thread */
  bool daemon, ready;
  void (*body)(vmk_thread *, void *); /* vm threads; null: Thread.run */
  void *data;
  pthread_mutex_t lock;
  pthread_cond_t changed;
} threads_start;

static void
threads_run(vmk_thread *t, j3_thread *jt, void (*body)(vmk_thread *, void *), void *data) VMK_MOVES
{
  j3_ti_post_thread(t, JVMTI_EVENT_THREAD_START);
  if (body) {
    body(t, data);
  } else if (!vmk_get_i8(jt->object, J3.known.offset_Thread_stillborn)) {
    vmk_value self = j3_ref(jt->object);
    (void)!j3_call_virtual(t, jt->object, "run", "()V", &self, NULL);
  }
  threads_exit(t, jt);
}

static void
threads_body(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  threads_start *start = data;
  j3_thread *jt = j3_thread_register(t);
  if (!jt)
    j3_fatal("out of memory starting a thread");
  void (*body)(vmk_thread *, void *) = start->body;
  void *body_data = start->data;
  bool was = vmk_enter_managed(t);
  threads_publish(jt, start->object, start->daemon);
  j3_thread_set_status(jt, J3_STATUS_RUNNABLE);
  vmk_global_free(t, start->object);
  pthread_mutex_lock(&start->lock);
  start->ready = true;
  pthread_cond_signal(&start->changed);
  pthread_mutex_unlock(&start->lock); /* start is the starter's again */
  threads_run(t, jt, body, body_data);
  j3_ti_thread_free(jt);
  vmk_global_free(t, jt->object);
  vmk_leave_managed(t, was);
  j3_thread_unregister(jt);
}

static void
threads_wait_ready(threads_start *start)
{
  pthread_mutex_lock(&start->lock);
  while (!start->ready)
    pthread_cond_wait(&start->changed, &start->lock);
  pthread_mutex_unlock(&start->lock);
}

/* Start a thread for the Thread object; returns once it is alive.  False: OutOfMemoryError pending. */
static bool
threads_launch(vmk_thread *t, vmk_handle object, void (*body)(vmk_thread *, void *), void *data)
    VMK_MOVES
{
  threads_start start = {
      .object = vmk_global_new(t, object),
      .daemon = vmk_get_i8(object, J3.known.offset_Thread_daemon) != 0,
      .body = body,
      .data = data,
      .lock = PTHREAD_MUTEX_INITIALIZER,
      .changed = PTHREAD_COND_INITIALIZER,
  };
  int64_t stack = vmk_get_i64(object, J3.known.offset_Thread_stackSize);
  vmk_thread *child;
  vmk_error error;
  vmk_enter_native(t);
  vmk_status status =
      vmk_thread_start(J3.vm, stack > 0 ? (size_t)stack : 0, threads_body, &start, &child, &error);
  if (status == VMK_OK)
    threads_wait_ready(&start);
  vmk_leave_native(t);
  pthread_cond_destroy(&start.changed);
  if (status == VMK_OK)
    return true;
  vmk_global_free(t, start.object);
  j3_throw(t, "java/lang/OutOfMemoryError",
           "unable to create native thread: possibly out of memory or process/resource limits "
           "reached");
  return false;
}

bool
j3_thread_start(vmk_thread *t, vmk_handle object) VMK_MOVES
{
  if (vmk_get_i64(object, J3.known.offset_Thread_eetop) != 0) {
    j3_throw(t, "java/lang/IllegalThreadStateException", NULL);
    return false;
  }
  return threads_launch(t, object, NULL, NULL);
}

bool
j3_thread_start_with(vmk_thread *t, vmk_handle object, void (*body)(vmk_thread *, void *),
                     void *data) VMK_MOVES
{
  return threads_launch(t, object, body, data);
}

/* A new java.lang.Thread(group, name) object. */
static vmk_handle
threads_new_object(vmk_thread *t, vmk_handle group, const char *name) VMK_MOVES
{
  vmk_handle object = j3_object_new(t, J3.known.class_Thread);
  vmk_handle string = object ? j3_string_new(t, name) : NULL;
  if (!string)
    return NULL;
  vmk_value arguments[3] = {j3_ref(object), j3_ref(group), j3_ref(string)};
  j3_method *init = j3_class_method(J3.known.class_Thread, j3_symbol_of("<init>"),
                                    j3_symbol_of("(Ljava/lang/ThreadGroup;Ljava/lang/String;)V"));
  return j3_call(t, init, arguments, NULL) ? object : NULL;
}

/* Tell the group of a thread the vm made itself. */
static bool
threads_add_to_group(vmk_thread *t, vmk_handle group, vmk_handle object) VMK_MOVES
{
  vmk_value arguments[2] = {j3_ref(group), j3_ref(object)};
  return j3_call_virtual(t, group, "add", "(Ljava/lang/Thread;)V", arguments, NULL);
}

bool
j3_thread_start_system(vmk_thread *t, const char *name, int32_t priority,
                       void (*body)(vmk_thread *, void *)) VMK_MOVES
{
  vmk_handle object = threads_new_object(t, J3.system_group, name);
  if (!object)
    return false;
  vmk_set_i8(object, J3.known.offset_Thread_daemon, 1);
  vmk_set_i32(object, J3.known.offset_Thread_priority, priority);
  return threads_add_to_group(t, J3.system_group, object) && threads_launch(t, object, body, NULL);
}

/* --- the first thread, and foreign ones ----------------------------------------------------------------- */

static vmk_handle
threads_new_group(vmk_thread *t, vmk_handle parent, const char *name) VMK_MOVES
{
  vmk_handle group = j3_object_new(t, J3.known.class_ThreadGroup);
  if (!group)
    return NULL;
  vmk_value arguments[3] = {j3_ref(group)};
  const char *descriptor = "()V";
  if (parent) {
    vmk_handle string = j3_string_new(t, name);
    if (!string)
      return NULL;
    arguments[1] = j3_ref(parent);
    arguments[2] = j3_ref(string);
    descriptor = "(Ljava/lang/ThreadGroup;Ljava/lang/String;)V";
  }
  j3_method *init =
      j3_class_method(J3.known.class_ThreadGroup, j3_symbol_of("<init>"), j3_symbol_of(descriptor));
  return j3_call(t, init, arguments, NULL) ? group : NULL;
}

bool
j3_thread_boot(vmk_thread *t) VMK_MOVES
{
  vmk_handle system = threads_new_group(t, NULL, NULL);
  if (!system)
    return false;
  J3.system_group = vmk_global_new(t, system);
  vmk_handle main = threads_new_group(t, system, "main");
  if (!main)
    return false;
  J3.main_group = vmk_global_new(t, main);
  if (!j3_class_initialize(t, J3.known.class_Thread))
    return false;

  /* Thread.<init> asks for the current thread: publish the object before its constructor runs. */
  vmk_handle object = j3_object_new(t, J3.known.class_Thread);
  if (!object)
    return false;
  vmk_set_i32(object, J3.known.offset_Thread_priority, 5);
  j3_thread *jt = j3_self(t);
  threads_publish(jt, object, false);
  vmk_handle name = j3_string_new(t, "main");
  if (!name)
    return false;
  vmk_value arguments[3] = {j3_ref(object), j3_ref(main), j3_ref(name)};
  j3_method *init = j3_class_method(J3.known.class_Thread, j3_symbol_of("<init>"),
                                    j3_symbol_of("(Ljava/lang/ThreadGroup;Ljava/lang/String;)V"));
  if (!j3_call(t, init, arguments, NULL))
    return false;
  j3_thread_set_status(jt, J3_STATUS_RUNNABLE);
  return true;
}

/* A foreign thread becomes a Java thread: its Thread object must answer currentThread while its own
 * constructor runs, as for the first thread. */
static bool
threads_adopt(vmk_thread *t, j3_thread *jt, const char *name, vmk_handle group, bool daemon)
    VMK_MOVES
{
  vmk_handle object = j3_object_new(t, J3.known.class_Thread);
  if (!object)
    return false;
  if (!group || vmk_is_null(group))
    group = J3.main_group;
  vmk_set_i32(object, J3.known.offset_Thread_priority, 5);
  vmk_set_ref(t, object, J3.known.offset_Thread_group, group);
  threads_publish(jt, object, daemon);
  vmk_value arguments[3] = {j3_ref(object), j3_ref(group)};
  const char *descriptor = "(Ljava/lang/ThreadGroup;Ljava/lang/Runnable;)V";
  if (name) {
    vmk_handle string = j3_string_new(t, name);
    if (!string)
      return false;
    arguments[2] = j3_ref(string);
    descriptor = "(Ljava/lang/ThreadGroup;Ljava/lang/String;)V";
  } else {
    arguments[2] = j3_ref(NULL);
  }
  j3_method *init =
      j3_class_method(J3.known.class_Thread, j3_symbol_of("<init>"), j3_symbol_of(descriptor));
  if (!j3_call(t, init, arguments, NULL))
    return false;
  if (daemon)
    vmk_set_i8(object, J3.known.offset_Thread_daemon, 1);
  j3_thread_set_status(jt, J3_STATUS_RUNNABLE);
  return threads_add_to_group(t, group, object);
}

jint
j3_thread_attach(const char *name, vmk_handle group, bool daemon, j3_thread **out) VMK_MOVES_ENTRY
{
  vmk_thread *t;
  vmk_error error;
  if (vmk_thread_attach(J3.vm, J3.options->stack_bytes, &t, &error) != VMK_OK)
    return JNI_ENOMEM;
  j3_thread *jt = j3_thread_register(t);
  if (!jt)
    return JNI_ENOMEM;
  jt->attached_by_jni = true;
  bool was = vmk_enter_managed(t);
  vmk_scope scope = vmk_scope_begin(t);
  bool ok = threads_adopt(t, jt, name, group, daemon);
  if (!ok) {
    vmk_clear_exception(t);
    if (jt->in_java_thread_list)
      threads_withdraw(jt);
  }
  if (ok)
    j3_ti_post_thread(t, JVMTI_EVENT_THREAD_START);
  vmk_scope_end(t, scope);
  vmk_leave_managed(t, was);
  if (!ok) {
    j3_thread_unregister(jt);
    vmk_thread_detach(t);
    return JNI_ERR;
  }
  *out = jt;
  return JNI_OK;
}

void
j3_thread_detach(j3_thread *jt) VMK_MOVES_ENTRY
{
  vmk_thread *t = jt->thread;
  bool was = vmk_enter_managed(t);
  threads_exit(t, jt);
  j3_ti_thread_free(jt);
  vmk_global_free(t, jt->object);
  vmk_leave_managed(t, was);
  j3_thread_unregister(jt);
  vmk_thread_detach(t);
}

void
j3_thread_wait_alone(j3_thread *jt) VMK_MOVES
{
  uint32_t own = jt->is_daemon ? 0 : 1;
  vmk_enter_native(jt->thread);
  pthread_mutex_lock(&J3.thread_lock);
  while (J3.non_daemon_count > own)
    pthread_cond_wait(&J3.thread_changed, &J3.thread_lock);
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_leave_native(jt->thread);
}
