/* management.c -- JVM_GetManagement: memory, classes, attributes, vm options for java.lang.management
 *
 * To management the heap is one pool with one collector, metaspace another with a manager of its own.
 * The beans are made by Java's own factories on first use and kept by global handles.
 */
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "entry.h"
#include "heapdump.h"
#include "jvm.h"
#include "log.h"
#include "management.h"
#include "options.h"
#include "vm.h"

/* Bean i of both arrays belongs together. */
static struct {
  pthread_mutex_t lock;
  vmk_slot *pool[J3_POOL_COUNT], *manager[J3_POOL_COUNT];
  uint64_t peak[J3_POOL_COUNT]; /* bytes used, as seen when asked */
  struct {
    vmk_collection what;
    uint64_t count;
    int64_t end_ns; /* as vmk_now_ns */
  } last;           /* collection; count 0: there was none */
  bool thread_cpu_time_off, watches_contention;
  pthread_once_t once;
  j3_jmm_table table;
} management = {.lock = PTHREAD_MUTEX_INITIALIZER, .once = PTHREAD_ONCE_INIT};

static const char *const management_pool_names[] = {"VMKit Heap", "Metaspace"};
static const char *const management_manager_names[] = {"VMKit Collector", "Metaspace Manager"};

vmk_handle
j3_management_new(vmk_thread *t, const char *class_name, const char *descriptor,
                  vmk_value *arguments) VMK_MOVES
{
  j3_class *c = j3_class_load(t, J3.boot, j3_symbol_of(class_name), false);
  if (!c || !j3_class_initialize(t, c))
    return NULL;
  j3_method *init = j3_class_method(c, j3_symbol_of("<init>"), j3_symbol_of(descriptor));
  vmk_handle object = j3_object_new(t, c);
  arguments[0] = j3_ref(object);
  return object && j3_call(t, init, arguments, NULL) ? object : NULL;
}

static void
management_missing(JNIEnv *env, const char *name)
{
  j3_entry e = j3_enter(env);
  j3_throw(e.t, "java/lang/InternalError", "%s is not implemented", name);
  j3_leave(&e);
}

/* --- beans ------------------------------------------------------------------------------------------------ */

/* Call a bean factory; null: pending. */
static vmk_handle
management_factory(vmk_thread *t, const char *class_name, const char *method,
                   const char *descriptor, const vmk_value *arguments) VMK_MOVES
{
  vmk_value result = {0};
  j3_class *c = j3_class_load(t, J3.boot, j3_symbol_of(class_name), false);
  if (!c || !j3_class_initialize(t, c) ||
      !j3_call_static(t, c, method, descriptor, arguments, &result))
    return NULL;
  return result.ref;
}

static vmk_handle
management_make_pool(vmk_thread *t, int i) VMK_MOVES
{
  vmk_handle name = j3_string_new(t, management_pool_names[i]);
  if (!name)
    return NULL;
  bool heap = i == J3_POOL_HEAP;
  /* Thresholds of usage and of usage after a collection: none yet, or not supported. */
  vmk_value arguments[] = {j3_ref(name), j3_int(heap), j3_long(0), j3_long(heap ? 0 : -1)};
  return management_factory(t, "sun/management/ManagementFactoryHelper", "createMemoryPool",
                            "(Ljava/lang/String;ZJJ)Ljava/lang/management/MemoryPoolMXBean;",
                            arguments);
}

/* The collector's bean has more to say when the module jdk.management is there. */
static vmk_handle
management_make_manager(vmk_thread *t, int i) VMK_MOVES
{
  static const char factory[] = "sun/management/ManagementFactoryHelper";
  static const char extended[] = "com/sun/management/internal/GarbageCollectorExtImpl";
  vmk_handle name = j3_string_new(t, management_manager_names[i]);
  if (!name)
    return NULL;
  vmk_value arguments[] = {j3_ref(name), j3_ref(NULL)};
  if (i != J3_POOL_HEAP)
    return management_factory(t, factory, "createMemoryManager",
                              "(Ljava/lang/String;)Ljava/lang/management/MemoryManagerMXBean;",
                              arguments);
  bool found = j3_class_load(t, J3.boot, j3_symbol_of(extended), false) != NULL;
  vmk_clear_exception(t);
  return management_factory(
      t, found ? extended : factory, "createGarbageCollector",
      "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/management/GarbageCollectorMXBean;",
      arguments);
}

/* Slot of a bean, made on first use; null: pending. */
static vmk_handle
management_bean(vmk_thread *t, vmk_slot **slot, int i,
                vmk_handle (*make)(vmk_thread *, int) VMK_MOVES_POINTER) VMK_MOVES
{
  vmk_slot *seen = __atomic_load_n(slot, __ATOMIC_ACQUIRE);
  if (seen)
    return seen;
  vmk_handle made = make(t, i);
  if (!made)
    return NULL;
  pthread_mutex_lock(&management.lock);
  if (!*slot) /* else another thread was first */
    __atomic_store_n(slot, vmk_global_new(t, made), __ATOMIC_RELEASE);
  pthread_mutex_unlock(&management.lock);
  return *slot;
}

/* Beans of one sort: all, or the one that goes with `other` of the opposite sort. */
static jobjectArray
management_beans(JNIEnv *env, jobject other, bool pools)
{
  j3_entry e = j3_enter(env);
  vmk_slot **slots = pools ? management.pool : management.manager;
  vmk_slot **others = pools ? management.manager : management.pool;
  vmk_handle beans[J3_POOL_COUNT];
  uint32_t count = 0;
  for (int i = 0; i < J3_POOL_COUNT; i++) {
    if (other && !(others[i] && vmk_same(others[i], j3_in(other))))
      continue;
    beans[count] =
        management_bean(e.t, &slots[i], i, pools ? management_make_pool : management_make_manager);
    if (!beans[count++])
      return j3_leave_ref(&e, NULL);
  }
  j3_class *c = j3_class_load(e.t, J3.boot,
                              j3_symbol_of(pools ? "java/lang/management/MemoryPoolMXBean"
                                                 : "java/lang/management/MemoryManagerMXBean"),
                              false);
  j3_class *array = c ? j3_class_array_of(e.t, c) : NULL;
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++)
    vmk_set_elem(e.t, result, i, beans[i]);
  return j3_leave_ref(&e, result);
}

static jobjectArray JNICALL
management_GetMemoryPools(JNIEnv *env, jobject manager)
{
  return management_beans(env, manager, true);
}

static jobjectArray JNICALL
management_GetMemoryManagers(JNIEnv *env, jobject pool)
{
  return management_beans(env, pool, false);
}

/* --- usage ------------------------------------------------------------------------------------------------ */

j3_pool_usage
j3_management_usage(int pool)
{
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  j3_pool_usage u = {0, s.metaspace_used_bytes, s.metaspace_committed_bytes,
                     J3.metaspace_limit ? (int64_t)J3.metaspace_limit : -1};
  if (pool == J3_POOL_HEAP)
    u = (j3_pool_usage){J3.options->heap_initial, s.used_bytes, s.capacity_bytes,
                        (int64_t)s.max_bytes};
  if (u.committed < u.used) /* MemoryUsage insists; the figures are not one snapshot */
    u.committed = u.used;
  if (u.max >= 0 && (uint64_t)u.max < u.committed)
    u.max = (int64_t)u.committed;
  pthread_mutex_lock(&management.lock);
  if (management.peak[pool] < u.used)
    management.peak[pool] = u.used;
  pthread_mutex_unlock(&management.lock);
  return u;
}

static jobject
management_usage_object(j3_entry *e, j3_pool_usage u) VMK_TSA(release_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis)
{
  vmk_value arguments[5] = {{0},
                            j3_long((int64_t)u.initial),
                            j3_long((int64_t)u.used),
                            j3_long((int64_t)u.committed),
                            j3_long(u.max)};
  return j3_leave_ref(
      e, j3_management_new(e->t, "java/lang/management/MemoryUsage", "(JJJJ)V", arguments));
}

/* Index of a pool bean, or -1. */
static int
management_pool_of(jobject pool)
{
  for (int i = 0; pool && i < J3_POOL_COUNT; i++)
    if (management.pool[i] && vmk_same(management.pool[i], j3_in(pool)))
      return i;
  return -1;
}

static jobject JNICALL
management_GetMemoryPoolUsage(JNIEnv *env, jobject pool)
{
  j3_entry e = j3_enter(env);
  int i = management_pool_of(pool);
  if (i < 0)
    return j3_leave_ref(&e, NULL);
  return management_usage_object(&e, j3_management_usage(i));
}

static jobject JNICALL
management_GetPeakMemoryPoolUsage(JNIEnv *env, jobject pool)
{
  j3_entry e = j3_enter(env);
  int i = management_pool_of(pool);
  if (i < 0)
    return j3_leave_ref(&e, NULL);
  j3_pool_usage u = j3_management_usage(i);
  u.used = management.peak[i];
  if (u.committed < u.used)
    u.committed = u.used;
  return management_usage_object(&e, u);
}

static jobject JNICALL
management_GetMemoryUsage(JNIEnv *env, jboolean heap)
{
  j3_entry e = j3_enter(env);
  return management_usage_object(&e, j3_management_usage(heap ? J3_POOL_HEAP : J3_POOL_METASPACE));
}

void
j3_management_collected(const vmk_collection *c)
{
  pthread_mutex_lock(&management.lock);
  management.last.what = *c;
  management.last.count = c->number + 1;
  management.last.end_ns = vmk_now_ns();
  pthread_mutex_unlock(&management.lock);
  j3_thresholds_wake();
}

/* The heap around the last collection, `used` bytes of it. */
static j3_pool_usage
management_usage_around(const vmk_collection *c, uint64_t used)
{
  j3_pool_usage u = j3_management_usage(J3_POOL_HEAP);
  u.used = used;
  u.committed = used < c->committed_bytes ? c->committed_bytes : used;
  if (u.max >= 0 && (uint64_t)u.max < u.committed)
    u.max = (int64_t)u.committed;
  return u;
}

uint64_t
j3_management_after_collection(j3_pool_usage *out)
{
  pthread_mutex_lock(&management.lock);
  vmk_collection last = management.last.what;
  uint64_t count = management.last.count;
  pthread_mutex_unlock(&management.lock);
  *out = count ? management_usage_around(&last, last.used_bytes) : (j3_pool_usage){.max = -1};
  return count;
}

/* Metaspace is not collected: null, which Java reads as "not supported by this pool". */
static jobject JNICALL
management_GetPoolCollectionUsage(JNIEnv *env, jobject pool)
{
  j3_entry e = j3_enter(env);
  if (management_pool_of(pool) != J3_POOL_HEAP)
    return j3_leave_ref(&e, NULL);
  j3_pool_usage u;
  j3_management_after_collection(&u);
  return management_usage_object(&e, u);
}

static j3_threshold
management_threshold_of(int kind)
{
  return kind <= J3_JMM_USAGE_LOW ? J3_THRESHOLD_USAGE : J3_THRESHOLD_COLLECTION;
}

static void JNICALL
management_SetPoolSensor(JNIEnv *env, jobject pool, int kind, jobject sensor)
{
  j3_entry e = j3_enter(env);
  int i = management_pool_of(pool);
  if (i >= 0)
    j3_thresholds_set_sensor(e.t, i, management_threshold_of(kind), j3_in(sensor));
  j3_leave(&e);
}

static jlong JNICALL
management_SetPoolThreshold(JNIEnv *env, jobject pool, int kind, jlong threshold)
{
  j3_entry e = j3_enter(env);
  int i = management_pool_of(pool);
  jlong before = -1;
  if (threshold < 0)
    j3_throw(e.t, "java/lang/IllegalArgumentException", "Invalid threshold value");
  else if (i >= 0)
    before = j3_thresholds_set(i, management_threshold_of(kind), threshold);
  j3_leave(&e);
  return before;
}

/* --- attributes --------------------------------------------------------------------------------------------- */

static jint JNICALL
management_GetVersion(JNIEnv *env)
{
  (void)env;
  return J3_JMM_VERSION;
}

static jint JNICALL
management_GetOptionalSupport(JNIEnv *env, j3_jmm_support *out)
{
  (void)env;
  *out = (j3_jmm_support){
      .low_memory_detection = 1,
      .compilation_time = 1,
      .contention_monitoring = 1,
      .current_thread_cpu_time = 1,
      .other_thread_cpu_time = 1,
      .object_monitor_usage = 1,
      .synchronizer_usage = 1,
  };
  return 0;
}

static int64_t
management_thread_attribute(int attribute)
{
  pthread_mutex_lock(&J3.thread_lock);
  int64_t value = attribute == J3_JMM_THREAD_TOTAL_COUNT  ? (int64_t)J3.thread_total
                  : attribute == J3_JMM_THREAD_PEAK_COUNT ? J3.thread_peak
                  : attribute == J3_JMM_THREAD_LIVE_COUNT
                      ? J3.thread_count
                      : (int64_t)J3.thread_count - J3.non_daemon_count;
  pthread_mutex_unlock(&J3.thread_lock);
  return value;
}

enum { GLOBAL_COUNT = 7 }; /* rows of management_globals */

static int64_t
management_long_attribute(int attribute)
{
  vmk_heap_stats s;
  switch (attribute) {
  case J3_JMM_CLASS_LOADED_COUNT: return (int64_t)J3.classes_loaded; /* ever */
  case J3_JMM_CLASS_UNLOADED_COUNT: return (int64_t)J3.classes_unloaded;
  case J3_JMM_COMPILE_TIME_MS: return (int64_t)(vmk_compile_ns(J3.vm) / 1000000);
  case J3_JMM_VM_THREAD_COUNT: return 0;
  case J3_JMM_THREAD_TOTAL_COUNT:
  case J3_JMM_THREAD_LIVE_COUNT:
  case J3_JMM_THREAD_PEAK_COUNT:
  case J3_JMM_THREAD_DAEMON_COUNT: return management_thread_attribute(attribute);
  case J3_JMM_INIT_DONE_TIME_MS: return (vmk_wall_ns() - (vmk_now_ns() - J3.started_ns)) / 1000000;
  case J3_JMM_UPTIME_MS: return (vmk_now_ns() - J3.started_ns) / 1000000;
  case J3_JMM_GC_TIME_MS:
  case J3_JMM_STOPPED_TIME_MS:
    vmk_heap_stats_get(J3.vm, &s);
    return (int64_t)(s.pause_ns / 1000000);
  case J3_JMM_GC_COUNT:
  case J3_JMM_SAFEPOINT_COUNT: vmk_heap_stats_get(J3.vm, &s); return (int64_t)s.collections;
  case J3_JMM_VM_GLOBAL_COUNT: return GLOBAL_COUNT;
  case J3_JMM_OS_PROCESS_ID: return getpid();
  case J3_JMM_OS_MEMORY_BYTES: return sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
  case J3_JMM_GC_EXT_ATTRIBUTE_COUNT: return 1;
  default: return -1;
  }
}

static jlong JNICALL
management_GetLongAttribute(JNIEnv *env, jobject object, int attribute)
{
  (void)env, (void)object; /* there is one collector */
  return management_long_attribute(attribute);
}

static jint JNICALL
management_GetLongAttributes(JNIEnv *env, jobject object, const int *attributes, jint count,
                             jlong *values)
{
  jint known = 0;
  for (jint i = 0; i < count; i++) {
    values[i] = management_GetLongAttribute(env, object, attributes[i]);
    known += values[i] != -1;
  }
  return known;
}

static jboolean JNICALL
management_GetBoolAttribute(JNIEnv *env, int attribute)
{
  (void)env;
  switch (attribute) {
  case J3_JMM_VERBOSE_GC: return j3_log_is_on(J3_LOG_GC, J3_LOG_INFO);
  case J3_JMM_VERBOSE_CLASS: return j3_log_is_on(J3_LOG_CLASS_LOAD, J3_LOG_INFO);
  case J3_JMM_THREAD_CPU_TIME: return !management.thread_cpu_time_off;
  case J3_JMM_THREAD_CONTENTION_MONITORING: return management.watches_contention;
  default: return JNI_FALSE;
  }
}

bool
j3_management_watches_contention(void)
{
  return management.watches_contention;
}

/* Returns what it was before. */
static jboolean JNICALL
management_SetBoolAttribute(JNIEnv *env, int attribute, jboolean value)
{
  jboolean before = management_GetBoolAttribute(env, attribute);
  if (attribute == J3_JMM_VERBOSE_GC)
    j3_log_show("gc", value ? J3_LOG_INFO : J3_LOG_WARNING);
  else if (attribute == J3_JMM_VERBOSE_CLASS) {
    j3_log_show("class,load", value ? J3_LOG_INFO : J3_LOG_WARNING);
    j3_log_show("class,unload", value ? J3_LOG_INFO : J3_LOG_WARNING);
  } else if (attribute == J3_JMM_THREAD_CPU_TIME)
    management.thread_cpu_time_off = !value;
  else if (attribute == J3_JMM_THREAD_CONTENTION_MONITORING) {
    if (value && !before)
      j3_management_watch_contention();
    management.watches_contention = value;
  }
  return before;
}

static jboolean JNICALL
management_ResetStatistic(JNIEnv *env, jvalue object, int kind)
{
  if (kind == J3_JMM_PEAK_THREAD_COUNT) {
    pthread_mutex_lock(&J3.thread_lock);
    J3.thread_peak = J3.thread_count;
    pthread_mutex_unlock(&J3.thread_lock);
    return JNI_TRUE;
  }
  if (kind != J3_JMM_PEAK_POOL_USAGE)
    return JNI_FALSE;
  j3_entry e = j3_enter(env);
  int i = management_pool_of(object.l);
  j3_leave(&e);
  if (i < 0)
    return JNI_FALSE;
  management.peak[i] = 0;
  return JNI_TRUE;
}

/* --- collections ---------------------------------------------------------------------------------------------- */

static jint JNICALL
management_GetGCExtAttributeInfo(JNIEnv *env, jobject manager, j3_jmm_ext_attribute *out,
                                 jint count)
{
  (void)env, (void)manager;
  if (count < 1)
    return 0;
  *out = (j3_jmm_ext_attribute){"GcThreadCount", 'I', "Number of GC threads"};
  return 1;
}

/* The arrays are for all pools, in their order.  Metaspace is as it is now. */
static void JNICALL
management_GetLastGCStat(JNIEnv *env, jobject manager, j3_jmm_gc_stat *stat)
{
  (void)manager;
  pthread_mutex_lock(&management.lock);
  vmk_collection last = management.last.what;
  int64_t end_ns = management.last.end_ns - J3.started_ns;
  stat->index = (jlong)management.last.count;
  pthread_mutex_unlock(&management.lock);
  if (!stat->index)
    return;
  stat->start_ms = (end_ns - (int64_t)last.pause_ns) / 1000000;
  stat->end_ms = end_ns / 1000000;
  for (int i = 0; i < J3_POOL_COUNT; i++) {
    j3_pool_usage now = j3_management_usage(i), before = now, after = now;
    if (i == J3_POOL_HEAP) {
      before = management_usage_around(&last, last.used_before_bytes);
      after = management_usage_around(&last, last.used_bytes);
    }
    j3_entry e = j3_enter(env);
    jobject object = management_usage_object(&e, before);
    (*env)->SetObjectArrayElement(env, stat->usage_before, i, object);
    e = j3_enter(env);
    object = management_usage_object(&e, after);
    (*env)->SetObjectArrayElement(env, stat->usage_after, i, object);
  }
  if (stat->ext_value_room >= 1) {
    stat->ext_values[0].i = 1;
    stat->ext_value_count = 1;
  }
}

static void JNICALL
management_SetGCNotificationEnabled(JNIEnv *env, jobject manager, jboolean enabled)
{
  (void)env, (void)manager,
      (void)enabled; /* without last-collection data there is nothing to send */
}

static jint JNICALL
management_DumpHeap0(JNIEnv *env, jstring file, jboolean live)
{
  (void)live; /* dead objects cannot be told apart from free memory */
  j3_entry e = j3_enter(env);
  char *path = file ? j3_string_utf8(j3_in(file), NULL) : NULL;
  const char *error = NULL;
  bool created;
  if (!file)
    j3_throw(e.t, "java/lang/NullPointerException", "file name is null, but used");
  else if ((error = path ? j3_heapdump(e.t, path, &created) : "out of memory"))
    j3_throw(e.t, "java/io/IOException", "%s", error);
  free(path);
  jint result = vmk_pending(e.t) ? -1 : 0;
  j3_leave(&e);
  return result;
}

/* --- vm options -------------------------------------------------------------------------------------------------- */

/* Options a program may ask for by HotSpot's names, and those it may change, which are read when they matter. */
static const struct management_global {
  const char *name;
  int type;
  bool writeable;
} management_globals[] = {
    {"MaxHeapSize", J3_JMM_TYPE_LONG, false},
    {"InitialHeapSize", J3_JMM_TYPE_LONG, false},
    {"ThreadStackSize", J3_JMM_TYPE_LONG, false},
    {"UseCompressedOops", J3_JMM_TYPE_BOOLEAN, false},
    {"ReduceSignalUsage", J3_JMM_TYPE_BOOLEAN, false},
    {"HeapDumpPath", J3_JMM_TYPE_STRING, true},
    {"HeapDumpOnOutOfMemoryError", J3_JMM_TYPE_BOOLEAN, true},
};
static _Atomic(bool) management_changed[GLOBAL_COUNT]; /* by SetVMGlobal */
_Static_assert(VMK_COUNT(management_globals) == GLOBAL_COUNT, "one place says how many");

static jobjectArray JNICALL
management_GetVMGlobalNames(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  j3_class *array = j3_class_array_of(e.t, J3.known.class_String);
  vmk_handle result = array ? j3_array_new(e.t, array, GLOBAL_COUNT) : NULL;
  for (uint32_t i = 0; result && i < GLOBAL_COUNT; i++) {
    vmk_handle name = j3_string_new(e.t, management_globals[i].name);
    if (!name)
      return j3_leave_ref(&e, NULL);
    vmk_set_elem(e.t, result, i, name);
  }
  return j3_leave_ref(&e, result);
}

/* Describe row i; the strings are local references of the caller. */
static void
management_global_fill(JNIEnv *env, uint32_t i, j3_jmm_global *out)
{
  const struct management_global *g = &management_globals[i];
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  *out = (j3_jmm_global){.name = (*env)->NewStringUTF(env, g->name),
                         .type = g->type,
                         .origin = management_changed[i] ? J3_JMM_ORIGIN_MANAGEMENT
                                                         : J3_JMM_ORIGIN_DEFAULT,
                         .writeable = g->writeable,
                         .external = 1};
  switch (i) {
  case 0: out->value.j = (jlong)s.max_bytes; break;
  case 1: out->value.j = (jlong)J3.options->heap_initial; break;
  case 2: out->value.j = (jlong)(J3.options->stack_bytes >> 10); break;
  case 3: out->value.z = VMK_REF_BYTES == 4; break;
  case 4: out->value.z = J3.options->reduced_signals; break;
  case 5:
    if (J3.options->heap_dump_path)
      out->value.l = (*env)->NewStringUTF(env, J3.options->heap_dump_path);
    break;
  default: out->value.z = J3.options->dump_on_oom; break;
  }
}

static int
management_global_find(JNIEnv *env, jstring name)
{
  if (!name)
    return -1;
  j3_entry e = j3_enter(env);
  char *text = j3_string_utf8(j3_in(name), NULL);
  j3_leave(&e);
  int found = -1;
  for (int i = 0; text && i < GLOBAL_COUNT; i++)
    if (strcmp(management_globals[i].name, text) == 0)
      found = i;
  free(text);
  return found;
}

/* names null: all of them. */
static jint JNICALL
management_GetVMGlobals(JNIEnv *env, jobjectArray names, j3_jmm_global *globals, jint count)
{
  jint filled = 0;
  if (!names) {
    for (uint32_t i = 0; i < GLOBAL_COUNT && filled < count; i++)
      management_global_fill(env, i, &globals[filled++]);
    return filled;
  }
  for (jint i = 0; i < count; i++) {
    jstring name = (*env)->GetObjectArrayElement(env, names, i);
    int found = management_global_find(env, name);
    globals[i] = (j3_jmm_global){0};
    if (found >= 0) {
      management_global_fill(env, (uint32_t)found, &globals[i]);
      filled++;
    }
  }
  return filled;
}

static void JNICALL
management_SetVMGlobal(JNIEnv *env, jstring name, jvalue value)
{
  int found = management_global_find(env, name);
  j3_entry e = j3_enter(env);
  if (found < 0 || !management_globals[found].writeable) {
    j3_throw(e.t, "java/lang/IllegalArgumentException", "%s",
             found < 0 ? "Flag does not exist." : "This flag is not writeable.");
  } else if (management_globals[found].type == J3_JMM_TYPE_BOOLEAN) {
    __atomic_store_n(&J3.options->dump_on_oom, value.z != 0, __ATOMIC_RELAXED);
    management_changed[found] = true;
  } else if (!value.l) {
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  } else {
    /* The old one stays: somebody may be reading it. */
    __atomic_store_n(&J3.options->heap_dump_path, j3_string_utf8(j3_in(value.l), NULL),
                     __ATOMIC_RELEASE);
    management_changed[found] = true;
  }
  j3_leave(&e);
}

/* --- diagnostic commands: not supported, as GetOptionalSupport says -------------------------------------------- */

static jobjectArray JNICALL
management_GetDiagnosticCommands(JNIEnv *env)
{
  management_missing(env, "GetDiagnosticCommands");
  return NULL;
}
static void JNICALL
management_GetDiagnosticCommandInfo(JNIEnv *env, jobjectArray commands, void *out)
{
  (void)commands, (void)out;
  management_missing(env, "GetDiagnosticCommandInfo");
}
static void JNICALL
management_GetDiagnosticCommandArgumentsInfo(JNIEnv *env, jstring command, void *out, jint count)
{
  (void)command, (void)out, (void)count;
  management_missing(env, "GetDiagnosticCommandArgumentsInfo");
}
static jstring JNICALL
management_ExecuteDiagnosticCommand(JNIEnv *env, jstring command)
{
  (void)command;
  management_missing(env, "ExecuteDiagnosticCommand");
  return NULL;
}
static void JNICALL
management_SetDiagnosticFrameworkNotificationEnabled(JNIEnv *env, jboolean enabled)
{
  (void)env, (void)enabled;
}

static void
management_fill(void)
{
  j3_jmm_table *table = &management.table;
#define FILL(name) table->name = management_##name
  FILL(GetVersion);
  FILL(GetOptionalSupport);
  FILL(GetMemoryPools);
  FILL(GetMemoryManagers);
  FILL(GetMemoryPoolUsage);
  FILL(GetPeakMemoryPoolUsage);
  FILL(GetMemoryUsage);
  FILL(GetLongAttribute);
  FILL(GetBoolAttribute);
  FILL(SetBoolAttribute);
  FILL(GetLongAttributes);
  FILL(GetVMGlobalNames);
  FILL(GetVMGlobals);
  FILL(ResetStatistic);
  FILL(SetPoolSensor);
  FILL(SetPoolThreshold);
  FILL(GetPoolCollectionUsage);
  FILL(GetGCExtAttributeInfo);
  FILL(GetLastGCStat);
  FILL(DumpHeap0);
  FILL(SetVMGlobal);
  FILL(SetGCNotificationEnabled);
  FILL(GetDiagnosticCommands);
  FILL(GetDiagnosticCommandInfo);
  FILL(GetDiagnosticCommandArgumentsInfo);
  FILL(ExecuteDiagnosticCommand);
  FILL(SetDiagnosticFrameworkNotificationEnabled);
#undef FILL
  j3_management_fill_threads(table);
}

void *
JVM_GetManagement(jint version)
{
  if (version != J3_JMM_VERSION)
    return NULL;
  pthread_once(&management.once, management_fill);
  return &management.table;
}
