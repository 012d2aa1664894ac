/* management_threads.c -- what java.lang.management.ThreadMXBean asks: states, stacks, times, deadlocks
 *
 * Threads are named by their Java ids.  A snapshot of several is taken in one stop of the world, then turned
 * into ThreadInfo objects.  Times of contention are told since it was last asked to watch it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "blocker.h"
#include "entry.h"
#include "management.h"
#include "stack.h"
#include "vm.h"

enum { SNAPSHOT_FRAMES = 1 << 14 }; /* deeper ones are cut */

typedef struct thread_snapshot {
  int64_t id;
  vmk_handle thread, blocker, owner; /* local handles or null; thread null: not alive */
  int32_t status;
  uint32_t frame_count, monitor_count;
  j3_frame *frames;
  vmk_handle *monitors;
  int32_t *monitor_depths;
  vmk_handle *synchronizers; /* owned java.util.concurrent locks */
  uint32_t synchronizer_count;
  vmk_wait_stats waited;
} thread_snapshot;

static int64_t
thread_id(const j3_thread *jt)
{
  return vmk_get_i64(jt->object, J3.known.offset_Thread_tid);
}

/* Under J3.thread_lock. */
static j3_thread *
thread_by_id(int64_t id)
{
  for (j3_thread *jt = J3.threads; jt; jt = jt->next)
    if (thread_id(jt) == id)
      return jt;
  return NULL;
}

/* --- snapshots ---------------------------------------------------------------------------------------------- */

/* What the frame at this depth holds, but for the object that the thread waits for or is about to enter. */
static void
snapshot_monitors(vmk_thread *t, const vmk_frame *frame, j3_method *m, uint32_t depth,
                  thread_snapshot *s)
{
  vmk_handle held[J3_HELD_MAX];
  uint32_t count = j3_frame_held(t, frame, m, held), i = 0;
  while (i < count && s->blocker && vmk_same(held[i], s->blocker))
    i++;
  if (i == count)
    return;
  uint32_t room = s->monitor_count + count - i;
  s->monitors = realloc(s->monitors, room * sizeof *s->monitors);
  s->monitor_depths = realloc(s->monitor_depths, room * sizeof *s->monitor_depths);
  VMK_ASSERT(s->monitors && s->monitor_depths);
  for (; i < count; i++) {
    s->monitors[s->monitor_count] = held[i];
    s->monitor_depths[s->monitor_count++] = (int32_t)depth;
  }
}

/* The frames go to `scratch`, which has room for `depth` of them, and then to s. */
static void
snapshot_frames(vmk_thread *t, j3_thread *jt, uint32_t depth, j3_frame *scratch, thread_snapshot *s)
{
  vmk_frame frame;
  uint32_t n = 0;
  for (bool more = vmk_frame_first(jt->thread, &frame); more && n < depth;
       more = vmk_frame_next(&frame)) {
    j3_method *m = j3_frame_method(&frame);
    if (!m)
      continue;
    snapshot_monitors(t, &frame, m, n, s);
    scratch[n++] = (j3_frame){m, j3_frame_bci(&frame, m)};
  }
  s->frame_count = n;
  s->frames = malloc((n + 1) * sizeof *s->frames);
  VMK_ASSERT(s->frames);
  memcpy(s->frames, scratch, n * sizeof *s->frames);
}

/* Fill s for the thread s->id.  World stopped, J3.thread_lock held; depth 0: no stack. */
static void
snapshot_take(vmk_thread *t, thread_snapshot *s, uint32_t depth, j3_frame *scratch)
{
  j3_thread *jt = thread_by_id(s->id);
  if (!jt)
    return;
  j3_blocker b = j3_blocker_of(t, jt);
  s->thread = vmk_local(t, jt->object->ref);
  s->status = j3_blocker_status(jt, &b);
  vmk_thread_wait_stats(jt->thread, &s->waited);
  s->waited.entry_ns -= jt->entry_base_ns;
  s->waited.wait_ns -= jt->wait_base_ns;
  s->blocker = b.object;
  if (b.owner && b.owner != jt)
    s->owner = vmk_local(t, b.owner->object->ref);
  if (s->status == J3_STATUS_RUNNABLE && jt->thread != t &&
      __atomic_load_n((uint32_t *)&jt->thread->state, __ATOMIC_ACQUIRE) == 0)
    s->status |= J3_JMM_STATE_NATIVE;
  if (depth > 0)
    snapshot_frames(t, jt, depth, scratch, s);
}

/* Locks are not known to the vm: they are found by a walk over the heap. */
typedef struct synchronizer_search {
  vmk_thread *t;
  j3_class *class;
  uint32_t owner_offset;
  thread_snapshot *list;
  uint32_t count;
} synchronizer_search;

static void
synchronizer_visit(vmk_ref object, void *data) VMK_STILL_ONLY
{
  const synchronizer_search *search = (const synchronizer_search *)data;
  vmk_slot slot = {object};
  const vmk_kind *kind = vmk_handle_kind(&slot);
  if (vmk_module_runtime(kind->module) != J3.runtime || vmk_kind_is_array(kind) ||
      !j3_class_is_subclass((const j3_class *)kind, search->class))
    return;
  vmk_ref owner = vmk_load_ref(object, search->owner_offset);
  for (uint32_t i = 0; owner && i < search->count; i++) {
    thread_snapshot *s = &search->list[i];
    if (!s->thread || s->thread->ref != owner)
      continue;
    s->synchronizers =
        realloc(s->synchronizers, (s->synchronizer_count + 1) * sizeof *s->synchronizers);
    VMK_ASSERT(s->synchronizers);
    s->synchronizers[s->synchronizer_count++] = vmk_local(search->t, object);
  }
}

static void
snapshot_synchronizers(vmk_thread *t, thread_snapshot *list, uint32_t count) VMK_MOVES
{
  j3_class *c = j3_blocker_synchronizer_class();
  if (!c)
    return;
  synchronizer_search search = {t, c, j3_blocker_owner_field(c)->offset, list, count};
  vmk_heap_walk(t, &(vmk_heap_visitor){.object = synchronizer_visit}, &search);
}

static void
snapshot_take_all(vmk_thread *t, thread_snapshot *list, uint32_t count, jint max_depth,
                  bool synchronizers) VMK_MOVES
{
  uint32_t depth =
      max_depth < 0 || max_depth > SNAPSHOT_FRAMES ? SNAPSHOT_FRAMES : (uint32_t)max_depth;
  j3_frame *scratch = malloc((depth + 1) * sizeof *scratch);
  VMK_ASSERT(scratch);
  vmk_world_stop(t);
  pthread_mutex_lock(&J3.thread_lock);
  for (uint32_t i = 0; i < count; i++)
    snapshot_take(t, &list[i], depth, scratch);
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(t);
  if (synchronizers)
    snapshot_synchronizers(t, list, count);
  free(scratch);
}

/* Leave out threads that ended before they were looked at; how many there are then. */
static uint32_t
snapshot_drop_ended(thread_snapshot *list, uint32_t count)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (list[i].thread)
      list[kept++] = list[i];
  return kept;
}

static void
snapshot_free(thread_snapshot *list, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    free(list[i].frames);
    free(list[i].monitors);
    free(list[i].monitor_depths);
    free(list[i].synchronizers);
  }
  free(list);
  vmk_unload_unblock(J3.vm);
}

/* --- ThreadInfo --------------------------------------------------------------------------------------------- */

static vmk_handle
info_objects(vmk_thread *t, vmk_handle *objects, uint32_t count) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_Object);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++)
    vmk_set_elem(t, result, i, objects[i]);
  return result;
}

static vmk_handle
info_depths(vmk_thread *t, const thread_snapshot *s) VMK_MOVES
{
  j3_class *array = j3_class_of_descriptor(t, J3.boot, "[I", 2);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)s->monitor_count) : NULL;
  if (result && s->monitor_count)
    memcpy(vmk_array_data(result), s->monitor_depths, s->monitor_count * sizeof(int32_t));
  return result;
}

/* A java.lang.management.ThreadInfo; null: pending. */
static vmk_handle
info_new(vmk_thread *t, const thread_snapshot *s, bool monitors, bool synchronizers) VMK_MOVES
{
  enum { NS_PER_MS = 1000000 };
  bool timed = j3_management_watches_contention();
  vmk_handle stack = s->frames ? j3_stack_elements(t, s->frames, s->frame_count) : NULL;
  vmk_handle held =
      monitors && s->frames && stack ? info_objects(t, s->monitors, s->monitor_count) : NULL;
  vmk_handle depths = held ? info_depths(t, s) : NULL;
  vmk_handle locks = synchronizers && !vmk_pending(t)
                         ? info_objects(t, s->synchronizers, s->synchronizer_count)
                         : NULL;
  if (vmk_pending(t))
    return NULL;
  vmk_value arguments[13] = {
      {0},
      j3_ref(s->thread),
      j3_int(s->status),
      j3_ref(s->blocker),
      j3_ref(s->owner),
      j3_long((int64_t)s->waited.entries),
      j3_long(timed ? s->waited.entry_ns / NS_PER_MS : -1),
      j3_long((int64_t)s->waited.waits),
      j3_long(timed ? s->waited.wait_ns / NS_PER_MS : -1),
      j3_ref(stack),
      j3_ref(held),
      j3_ref(depths),
      j3_ref(locks),
  };
  return j3_management_new(t, "java/lang/management/ThreadInfo",
                           "(Ljava/lang/Thread;ILjava/lang/Object;Ljava/lang/Thread;JJJJ"
                           "[Ljava/lang/StackTraceElement;[Ljava/lang/Object;[I"
                           "[Ljava/lang/Object;)V",
                           arguments);
}

/* Store ThreadInfos of the snapshots in `infos`; dead threads leave null.  False: pending. */
static bool
info_store(vmk_thread *t, const thread_snapshot *list, uint32_t count, bool monitors,
           bool synchronizers, vmk_handle infos) VMK_MOVES
{
  for (uint32_t i = 0; i < count; i++) {
    if (!list[i].thread)
      continue;
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle info = info_new(t, &list[i], monitors, synchronizers);
    if (info)
      vmk_set_elem(t, infos, i, info);
    vmk_scope_end(t, scope);
    if (!info)
      return false;
  }
  return true;
}

/* Snapshots to be filled for a long[] of ids, or for every thread (null), oldest first.  Nothing is
 * unloaded until they are freed: their frames may be gone before. */
static thread_snapshot *
snapshot_list(vmk_handle ids, uint32_t *count)
{
  uint32_t n = 0;
  thread_snapshot *list;
  if (!vmk_is_null(ids)) {
    n = vmk_array_length(ids);
    list = calloc(n + 1, sizeof *list);
    VMK_ASSERT(list);
    for (uint32_t i = 0; i < n; i++)
      list[i].id = ((const int64_t *)vmk_array_data(ids))[i];
  } else {
    pthread_mutex_lock(&J3.thread_lock);
    uint32_t i = n = J3.thread_count;
    list = calloc(n + 1, sizeof *list);
    VMK_ASSERT(list);
    for (j3_thread *jt = J3.threads; jt && i > 0; jt = jt->next)
      list[--i].id = thread_id(jt);
    pthread_mutex_unlock(&J3.thread_lock);
  }
  *count = n;
  vmk_unload_block(J3.vm);
  return list;
}

static bool
info_check_depth(vmk_thread *t, jint depth) VMK_MOVES
{
  if (depth >= -1)
    return true;
  j3_throw(t, "java/lang/IllegalArgumentException", "Invalid maxDepth");
  return false;
}

/* depth -1: all frames, 0: none.  Fills `infos`, of the length of `ids`. */
static jint JNICALL
threads_GetThreadInfo(JNIEnv *env, jlongArray ids, jint depth, jobjectArray infos)
{
  j3_entry e = j3_enter(env);
  if (!ids || !infos) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  } else if (vmk_array_length(j3_in(ids)) != vmk_array_length(j3_in(infos))) {
    j3_throw(e.t, "java/lang/IllegalArgumentException",
             "The length of the given ThreadInfo array does not match the length of the given "
             "array of thread IDs");
  } else if (info_check_depth(e.t, depth)) {
    uint32_t count;
    thread_snapshot *list = snapshot_list(j3_in(ids), &count);
    snapshot_take_all(e.t, list, count, depth, false);
    info_store(e.t, list, count, false, false, j3_in(infos));
    snapshot_free(list, count);
  }
  j3_leave(&e);
  return 0;
}

static jobjectArray JNICALL
threads_DumpThreads(JNIEnv *env, jlongArray ids, jboolean monitors, jboolean synchronizers,
                    jint depth)
{
  j3_entry e = j3_enter(env);
  uint32_t count;
  thread_snapshot *list = snapshot_list(j3_in(ids), &count);
  snapshot_take_all(e.t, list, count, depth < 0 || depth == INT32_MAX ? -1 : depth, synchronizers);
  if (vmk_is_null(j3_in(ids))) /* all that there are: none is null */
    count = snapshot_drop_ended(list, count);
  j3_class *c = j3_class_load(e.t, J3.boot, j3_symbol_of("java/lang/management/ThreadInfo"), false);
  j3_class *array = c ? j3_class_array_of(e.t, c) : NULL;
  vmk_handle infos = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  if (infos && !info_store(e.t, list, count, monitors, synchronizers, infos))
    infos = NULL;
  snapshot_free(list, count);
  return j3_leave_ref(&e, infos);
}

/* --- deadlocks ------------------------------------------------------------------------------------------------ */

/* Thread[] of those in circles, or null. */
static jobjectArray
threads_find_deadlocks(JNIEnv *env, bool synchronizers)
{
  j3_entry e = j3_enter(env);
  vmk_world_stop(e.t);
  pthread_mutex_lock(&J3.thread_lock);
  uint32_t room = J3.thread_count + 1;
  j3_thread **found = calloc(room, sizeof *found);
  uint32_t *cycle = calloc(room, sizeof *cycle);
  vmk_handle *objects = calloc(room, sizeof *objects);
  VMK_ASSERT(found && cycle && objects);
  uint32_t count = j3_blocker_deadlocks(e.t, synchronizers, found, cycle);
  for (uint32_t i = 0; i < count; i++)
    objects[i] = vmk_local(e.t, found[i]->object->ref);
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(e.t);
  j3_class *array = count ? j3_class_array_of(e.t, J3.known.class_Thread) : NULL;
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++)
    vmk_set_elem(e.t, result, i, objects[i]);
  free(found);
  free(cycle);
  free(objects);
  return j3_leave_ref(&e, result);
}

static jobjectArray JNICALL
threads_FindCircularBlockedThreads(JNIEnv *env)
{
  return threads_find_deadlocks(env, false);
}
static jobjectArray JNICALL
threads_FindDeadlocks(JNIEnv *env, jboolean monitors_only)
{
  return threads_find_deadlocks(env, !monitors_only);
}

/* --- contention ---------------------------------------------------------------------------------------------- */

void
j3_management_watch_contention(void)
{
  pthread_mutex_lock(&J3.thread_lock);
  for (j3_thread *jt = J3.threads; jt; jt = jt->next) {
    vmk_wait_stats now;
    vmk_thread_wait_stats(jt->thread, &now);
    jt->entry_base_ns = now.entry_ns;
    jt->wait_base_ns = now.wait_ns;
  }
  pthread_mutex_unlock(&J3.thread_lock);
}

/* --- times ---------------------------------------------------------------------------------------------------- */

/* User-mode ns of an OS thread, from the clock ticks the system counts; -1: it is gone. */
static int64_t
threads_user_ns(int64_t os_id)
{
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/self/task/%" PRId64 "/stat", os_id);
  FILE *file = fopen(path, "re");
  if (!file)
    return -1;
  size_t n = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  line[n] = 0;
  /* Fields after the name, which may contain anything but ends at the last parenthesis: state is the
   * third of all, utime the fourteenth. */
  unsigned long ticks;
  const char *rest = strrchr(line, ')');
  if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu", &ticks) != 1)
    return -1;
  return (int64_t)ticks * (1000000000 / sysconf(_SC_CLK_TCK));
}

/* Under J3.thread_lock. */
static int64_t
threads_cpu_ns(const j3_thread *jt, bool with_system)
{
  if (!jt)
    return -1;
  return with_system ? vmk_thread_cpu_ns(jt->thread)
                     : threads_user_ns(vmk_thread_os_id(jt->thread));
}

/* id 0: the caller. */
static jlong JNICALL
threads_GetThreadCpuTimeWithKind(JNIEnv *env, jlong id, jboolean with_system)
{
  j3_entry e = j3_enter(env);
  pthread_mutex_lock(&J3.thread_lock);
  jlong ns = threads_cpu_ns(id == 0 ? j3_self(e.t) : thread_by_id(id), with_system);
  pthread_mutex_unlock(&J3.thread_lock);
  j3_leave(&e);
  return ns;
}

static jlong JNICALL
threads_GetThreadCpuTime(JNIEnv *env, jlong id)
{
  return threads_GetThreadCpuTimeWithKind(env, id, JNI_TRUE);
}

static void JNICALL
threads_GetThreadCpuTimesWithKind(JNIEnv *env, jlongArray ids, jlongArray times,
                                  jboolean with_system)
{
  j3_entry e = j3_enter(env);
  if (!ids || !times) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  } else if (vmk_array_length(j3_in(ids)) != vmk_array_length(j3_in(times))) {
    j3_throw(e.t, "java/lang/IllegalArgumentException",
             "The length of the given long array does not match the length of the given array of "
             "thread IDs");
  } else {
    pthread_mutex_lock(&J3.thread_lock);
    for (uint32_t i = 0; i < vmk_array_length(j3_in(ids)); i++) {
      const int64_t *id = vmk_array_data(j3_in(ids));
      int64_t *time = vmk_array_data(j3_in(times));
      const j3_thread *jt = thread_by_id(id[i]);
      if (jt)
        time[i] = threads_cpu_ns(jt, with_system);
    }
    pthread_mutex_unlock(&J3.thread_lock);
  }
  j3_leave(&e);
}

/* The vm has no threads of its own to report. */
static jint JNICALL
threads_GetInternalThreadTimes(JNIEnv *env, jobjectArray names, jlongArray times)
{
  (void)env, (void)names, (void)times;
  return 0;
}

/* --- allocation: counted for the whole heap, not by thread ---------------------------------------------------- */

static jlong JNICALL
threads_GetOneThreadAllocatedMemory(JNIEnv *env, jlong id)
{
  (void)env, (void)id;
  return -1;
}
static void JNICALL
threads_GetThreadAllocatedMemory(JNIEnv *env, jlongArray ids, jlongArray sizes)
{
  (void)env, (void)ids, (void)sizes; /* Java has filled sizes with -1 */
}
static jlong JNICALL
threads_GetTotalThreadAllocatedMemory(JNIEnv *env)
{
  (void)env;
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  return (jlong)s.allocated_bytes;
}

void
j3_management_fill_threads(j3_jmm_table *table)
{
#define FILL(name) table->name = threads_##name
  FILL(GetThreadInfo);
  FILL(DumpThreads);
  FILL(FindCircularBlockedThreads);
  FILL(FindDeadlocks);
  FILL(GetThreadCpuTime);
  FILL(GetThreadCpuTimeWithKind);
  FILL(GetThreadCpuTimesWithKind);
  FILL(GetInternalThreadTimes);
  FILL(GetOneThreadAllocatedMemory);
  FILL(GetThreadAllocatedMemory);
  FILL(GetTotalThreadAllocatedMemory);
#undef FILL
}
