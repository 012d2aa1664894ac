/* management_thresholds.c -- usage thresholds of memory pools, and the thread that tells their sensors
 *
 * A sensor (sun.management.Sensor) is Java code, so it is told by a thread of its own, which starts with the first
 * sensor: after each collection, and ten times a second while some threshold is set, since allocation does not ask.
 * Usage is a gauge: `trigger` when it comes to be at or above the threshold, `clear` when it falls below.  Usage after
 * a collection is a counter: `trigger` by each collection that leaves so much.
 */
#include <stdlib.h>
#include <time.h>

#include "entry.h"
#include "management.h"
#include "vm.h"

enum { THRESHOLD_POLL_NS = 100000000 };

typedef struct threshold {
  vmk_slot *sensor; /* global, or null */
  int64_t bytes;    /* 0: none */
  bool is_on;       /* the thread's own */
} threshold;

static struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  threshold pools[J3_POOL_COUNT][J3_THRESHOLD_COUNT];
  uint64_t collections; /* seen so far; the thread's own */
  bool is_started;
} thresholds = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* --- the thread ------------------------------------------------------------------------------------------------ */

/* Call trigger(1, usage) or clear(0), which counts no more, of the sensor; what it throws is nobody's. */
static void
thresholds_tell(vmk_thread *t, vmk_handle sensor, bool on, const j3_pool_usage *u) VMK_MOVES
{
  vmk_value none;
  if (on) {
    vmk_value parts[5] = {{0},
                          j3_long((int64_t)u->initial),
                          j3_long((int64_t)u->used),
                          j3_long((int64_t)u->committed),
                          j3_long(u->max)};
    vmk_handle usage = j3_management_new(t, "java/lang/management/MemoryUsage", "(JJJJ)V", parts);
    vmk_value arguments[] = {j3_ref(sensor), j3_int(1), j3_ref(usage)};
    if (usage)
      j3_call_virtual(t, sensor, "trigger", "(ILjava/lang/management/MemoryUsage;)V", arguments,
                      &none);
  } else {
    vmk_value arguments[] = {j3_ref(sensor), j3_int(0)};
    j3_call_virtual(t, sensor, "clear", "(I)V", arguments, &none);
  }
  vmk_clear_exception(t);
}

static void
thresholds_look(vmk_thread *t, int pool, j3_threshold kind, const j3_pool_usage *u) VMK_MOVES
{
  threshold *h = &thresholds.pools[pool][kind];
  pthread_mutex_lock(&thresholds.lock);
  int64_t bytes = h->bytes;
  vmk_slot *sensor = h->sensor;
  pthread_mutex_unlock(&thresholds.lock);
  if (!sensor || bytes <= 0)
    return;
  bool over = u->used >= (uint64_t)bytes, was = h->is_on;
  h->is_on = over;
  if (over ? !was || kind == J3_THRESHOLD_COLLECTION : was)
    thresholds_tell(t, sensor, over, u);
}

static void
thresholds_look_all(vmk_thread *t) VMK_MOVES
{
  j3_pool_usage after;
  uint64_t collections = j3_management_after_collection(&after);
  for (int pool = 0; pool < J3_POOL_COUNT; pool++) {
    j3_pool_usage now = j3_management_usage(pool);
    thresholds_look(t, pool, J3_THRESHOLD_USAGE, &now);
  }
  if (collections != thresholds.collections)
    thresholds_look(t, J3_POOL_HEAP, J3_THRESHOLD_COLLECTION, &after);
  thresholds.collections = collections;
}

/* Native.  Until a collection, or for a while when there is something to watch. */
static void
thresholds_wait(void)
{
  struct timespec until;
  bool some = false;
  pthread_mutex_lock(&thresholds.lock);
  for (int i = 0; i < J3_POOL_COUNT; i++)
    some |= thresholds.pools[i][J3_THRESHOLD_USAGE].bytes > 0;
  if (some) {
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += THRESHOLD_POLL_NS;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&thresholds.changed, &thresholds.lock, &until);
  } else {
    pthread_cond_wait(&thresholds.changed, &thresholds.lock);
  }
  pthread_mutex_unlock(&thresholds.lock);
}

static void
thresholds_run(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  for (;;) {
    vmk_enter_native(t);
    thresholds_wait();
    vmk_leave_native(t);
    vmk_scope scope = vmk_scope_begin(t);
    thresholds_look_all(t);
    vmk_scope_end(t, scope);
  }
}

/* --- what is asked for -------------------------------------------------------------------------------------------- */

void
j3_thresholds_wake(void)
{
  pthread_mutex_lock(&thresholds.lock);
  pthread_cond_signal(&thresholds.changed);
  pthread_mutex_unlock(&thresholds.lock);
}

void
j3_thresholds_set_sensor(vmk_thread *t, int pool, j3_threshold kind, vmk_handle sensor) VMK_MOVES
{
  vmk_slot *global = vmk_is_null(sensor) ? NULL : vmk_global_new(t, sensor);
  pthread_mutex_lock(&thresholds.lock);
  thresholds.pools[pool][kind].sensor = global; /* Java sets it once */
  bool start = global && !thresholds.is_started;
  thresholds.is_started |= start;
  pthread_mutex_unlock(&thresholds.lock);
  if (start)
    j3_thread_start_system(t, "Service Thread", 9, thresholds_run);
}

int64_t
j3_thresholds_set(int pool, j3_threshold kind, int64_t bytes)
{
  pthread_mutex_lock(&thresholds.lock);
  int64_t before = thresholds.pools[pool][kind].bytes;
  thresholds.pools[pool][kind].bytes = bytes;
  pthread_cond_signal(&thresholds.changed);
  pthread_mutex_unlock(&thresholds.lock);
  return before;
}
