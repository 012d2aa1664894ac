/* jvmti_monitor.c -- raw monitors: an agent's own reentrant locks with wait and notify
 *
 * A thread that is suspended does not come to own a raw monitor: agents hold theirs when they suspend
 * others, and wait for no one who is.  So enter and wait look at it when they have the lock, let go, and
 * wait to be resumed.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "jvmti_env.h"

enum { MONITOR_MAGIC = 0x6d6f6e31 };

struct _jrawMonitorID {
  uint32_t magic;
  pthread_mutex_t guard;
  pthread_cond_t freed, notified;
  bool is_owned;
  pthread_t owner;
  uint32_t nest; /* of the owner, beyond the first */
  uint64_t waiters,
      notifies; /* waits begun; waits that are allowed to end, in the order of their beginning */
};

static bool
monitor_is(const struct _jrawMonitorID *m)
{
  return m && m->magic == MONITOR_MAGIC;
}

static bool
monitor_is_mine(const struct _jrawMonitorID *m)
{
  return m->is_owned && pthread_equal(m->owner, pthread_self());
}

/* Wait while the calling thread is suspended; false: it is not, or no thread of the vm's. */
static bool
monitor_await_resume(void) VMK_MOVES_ENTRY
{
  vmk_thread *t = vmk_thread_current();
  if (!t || !vmk_thread_is_suspended(t))
    return false;
  vmk_leave_managed(t, vmk_enter_managed(t)); /* which is what a suspended thread cannot */
  return true;
}

/* Own it, holding the guard before and after. */
static void
monitor_own(struct _jrawMonitorID *m, uint32_t nest)
{
  for (;;) {
    while (m->is_owned)
      pthread_cond_wait(&m->freed, &m->guard);
    const vmk_thread *t = vmk_thread_current();
    if (!t || !vmk_thread_is_suspended(t))
      break;
    pthread_cond_signal(&m->freed); /* the wake-up is somebody else's */
    pthread_mutex_unlock(&m->guard);
    monitor_await_resume();
    pthread_mutex_lock(&m->guard);
  }
  m->is_owned = true;
  m->owner = pthread_self();
  m->nest = nest;
}

static void
monitor_disown(struct _jrawMonitorID *m)
{
  m->is_owned = false;
  pthread_cond_signal(&m->freed);
}

jvmtiError
j3_ti_CreateRawMonitor(jvmtiEnv *env, const char *name, jrawMonitorID *out)
{
  (void)env;
  J3_TI_NOT_NULL(name);
  J3_TI_NOT_NULL(out);
  struct _jrawMonitorID *m = calloc(1, sizeof *m);
  if (!m)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  m->magic = MONITOR_MAGIC;
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_mutex_init(&m->guard, NULL);
  pthread_cond_init(&m->freed, &attributes);
  pthread_cond_init(&m->notified, &attributes);
  pthread_condattr_destroy(&attributes);
  *out = m;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_DestroyRawMonitor(jvmtiEnv *env, jrawMonitorID m)
{
  (void)env;
  if (!monitor_is(m))
    return JVMTI_ERROR_INVALID_MONITOR;
  pthread_mutex_lock(&m->guard);
  bool mine = monitor_is_mine(m), free_now = mine || !m->is_owned;
  if (free_now)
    m->magic = 0;
  pthread_mutex_unlock(&m->guard);
  if (!free_now)
    return JVMTI_ERROR_NOT_MONITOR_OWNER;
  pthread_cond_destroy(&m->freed);
  pthread_cond_destroy(&m->notified);
  pthread_mutex_destroy(&m->guard);
  free(m);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_RawMonitorEnter(jvmtiEnv *env, jrawMonitorID m)
{
  (void)env;
  if (!monitor_is(m))
    return JVMTI_ERROR_INVALID_MONITOR;
  pthread_mutex_lock(&m->guard);
  if (monitor_is_mine(m))
    m->nest++;
  else
    monitor_own(m, 0);
  pthread_mutex_unlock(&m->guard);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_RawMonitorExit(jvmtiEnv *env, jrawMonitorID m)
{
  (void)env;
  if (!monitor_is(m))
    return JVMTI_ERROR_INVALID_MONITOR;
  pthread_mutex_lock(&m->guard);
  bool mine = monitor_is_mine(m);
  if (mine && m->nest)
    m->nest--;
  else if (mine)
    monitor_disown(m);
  pthread_mutex_unlock(&m->guard);
  return mine ? JVMTI_ERROR_NONE : JVMTI_ERROR_NOT_MONITOR_OWNER;
}

static struct timespec
monitor_deadline(jlong millis)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  now.tv_sec += millis / 1000;
  now.tv_nsec += millis % 1000 * 1000000;
  now.tv_sec += now.tv_nsec / 1000000000;
  now.tv_nsec %= 1000000000;
  return now;
}

/* Is the thread interrupted?  Then it no longer is. */
static bool
monitor_take_interrupt(void) VMK_MOVES_ENTRY
{
  vmk_thread *t = vmk_thread_current();
  if (!t || !j3_self(t) || !j3_self(t)->object)
    return false;
  bool was = vmk_enter_managed(t);
  bool interrupted = j3_thread_check_interrupt(t);
  if (interrupted)
    j3_thread_clear_interrupt(t);
  vmk_leave_managed(t, was);
  return interrupted;
}

/* An interrupt before or while waiting is told, but it does not cut a wait short. */
jvmtiError
j3_ti_RawMonitorWait(jvmtiEnv *env, jrawMonitorID m, jlong millis)
{
  (void)env;
  if (!monitor_is(m))
    return JVMTI_ERROR_INVALID_MONITOR;
  if (!monitor_is_mine(m))
    return JVMTI_ERROR_NOT_MONITOR_OWNER;
  if (monitor_take_interrupt())
    return JVMTI_ERROR_INTERRUPT;
  bool forever = millis <= 0 || millis > INT32_MAX * (jlong)1000;
  struct timespec deadline = forever ? (struct timespec){0} : monitor_deadline(millis);
  pthread_mutex_lock(&m->guard);
  uint32_t nest = m->nest;
  uint64_t ticket = ++m->waiters;
  monitor_disown(m);
  int end = 0;
  while (m->notifies < ticket && end != ETIMEDOUT)
    end = forever ? pthread_cond_wait(&m->notified, &m->guard)
                  : pthread_cond_timedwait(&m->notified, &m->guard, &deadline);
  monitor_own(m, nest);
  pthread_mutex_unlock(&m->guard);
  return monitor_take_interrupt() ? JVMTI_ERROR_INTERRUPT : JVMTI_ERROR_NONE;
}

static jvmtiError
monitor_notify(jrawMonitorID m, bool all)
{
  if (!monitor_is(m))
    return JVMTI_ERROR_INVALID_MONITOR;
  if (!monitor_is_mine(m))
    return JVMTI_ERROR_NOT_MONITOR_OWNER;
  pthread_mutex_lock(&m->guard);
  if (all)
    m->notifies = m->waiters;
  else if (m->notifies < m->waiters)
    m->notifies++;
  pthread_cond_broadcast(&m->notified);
  pthread_mutex_unlock(&m->guard);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_RawMonitorNotify(jvmtiEnv *env, jrawMonitorID m)
{
  (void)env;
  return monitor_notify(m, false);
}

jvmtiError
j3_ti_RawMonitorNotifyAll(jvmtiEnv *env, jrawMonitorID m)
{
  (void)env;
  return monitor_notify(m, true);
}
