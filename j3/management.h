/* management.h -- the function table through which libmanagement asks the vm (interface 3.0, JDK 17)
 *
 * Layout and codes are the contract between the vm and libmanagement, libmanagement_ext: order and types
 * of the entries, the bits of j3_jmm_support, and the numbers of attributes must not change.
 */
#ifndef J3_MANAGEMENT_H
#define J3_MANAGEMENT_H

#include <jni.h>

#include "j3.h"

enum { J3_JMM_VERSION = 0x20030000 };

typedef struct j3_jmm_support {
  unsigned low_memory_detection : 1;
  unsigned compilation_time : 1;
  unsigned contention_monitoring : 1;
  unsigned current_thread_cpu_time : 1;
  unsigned other_thread_cpu_time : 1;
  unsigned object_monitor_usage : 1;
  unsigned synchronizer_usage : 1;
  unsigned thread_allocated_memory : 1;
  unsigned remote_diagnostic_commands : 1;
  unsigned reserved : 22;
} j3_jmm_support;

/* Attributes of GetLongAttribute. */
enum {
  J3_JMM_CLASS_LOADED_COUNT = 1, /* ever */
  J3_JMM_CLASS_UNLOADED_COUNT,
  J3_JMM_THREAD_TOTAL_COUNT, /* ever started */
  J3_JMM_THREAD_LIVE_COUNT,
  J3_JMM_THREAD_PEAK_COUNT,
  J3_JMM_THREAD_DAEMON_COUNT,
  J3_JMM_INIT_DONE_TIME_MS, /* wall clock */
  J3_JMM_COMPILE_TIME_MS,
  J3_JMM_GC_TIME_MS,
  J3_JMM_GC_COUNT,
  J3_JMM_UPTIME_MS,
  J3_JMM_VM_GLOBAL_COUNT = 104,
  J3_JMM_SAFEPOINT_COUNT = 105,
  J3_JMM_STOPPED_TIME_MS = 107,
  J3_JMM_VM_THREAD_COUNT = 109,
  J3_JMM_OS_PROCESS_ID = 201,
  J3_JMM_OS_MEMORY_BYTES = 202,
  J3_JMM_GC_EXT_ATTRIBUTE_COUNT = 401,
};

/* Attributes of Get/SetBoolAttribute. */
enum {
  J3_JMM_VERBOSE_GC = 21,
  J3_JMM_VERBOSE_CLASS,
  J3_JMM_THREAD_CONTENTION_MONITORING,
  J3_JMM_THREAD_CPU_TIME,
  J3_JMM_THREAD_ALLOCATED_MEMORY,
};

/* Kinds of ResetStatistic. */
enum { J3_JMM_PEAK_THREAD_COUNT = 801, J3_JMM_PEAK_POOL_USAGE = 805 };

enum { J3_JMM_STATE_NATIVE = 0x00400000 }; /* added to a thread's status */

enum { J3_JMM_TYPE_BOOLEAN = 1, J3_JMM_TYPE_STRING, J3_JMM_TYPE_LONG, J3_JMM_TYPE_DOUBLE };
enum { J3_JMM_ORIGIN_DEFAULT = 1, J3_JMM_ORIGIN_COMMAND_LINE, J3_JMM_ORIGIN_MANAGEMENT };

/* A vm option. */
typedef struct j3_jmm_global {
  jstring name; /* null: there is no such option */
  jvalue value;
  int type, origin;
  unsigned writeable : 1, external : 1, reserved : 30;
  void *reserved1, *reserved2;
} j3_jmm_global;

typedef struct j3_jmm_ext_attribute {
  const char *name;
  char type; /* field descriptor letter */
  const char *description;
} j3_jmm_ext_attribute;

/* The last collection; index 0: there was none. */
typedef struct j3_jmm_gc_stat {
  jlong index, start_ms, end_ms;
  jobjectArray usage_before, usage_after;
  jint ext_value_room;
  jvalue *ext_values;
  jint ext_value_count;
} j3_jmm_gc_stat;

typedef struct j3_jmm_table {
  void *reserved1, *reserved2;
  jint(JNICALL *GetVersion)(JNIEnv *);
  jint(JNICALL *GetOptionalSupport)(JNIEnv *, j3_jmm_support *);
  jint(JNICALL *GetThreadInfo)(JNIEnv *, jlongArray ids, jint depth, jobjectArray infos);
  jobjectArray(JNICALL *GetMemoryPools)(JNIEnv *, jobject manager);
  jobjectArray(JNICALL *GetMemoryManagers)(JNIEnv *, jobject pool);
  jobject(JNICALL *GetMemoryPoolUsage)(JNIEnv *, jobject pool);
  jobject(JNICALL *GetPeakMemoryPoolUsage)(JNIEnv *, jobject pool);
  jlong(JNICALL *GetOneThreadAllocatedMemory)(JNIEnv *, jlong id);
  void(JNICALL *GetThreadAllocatedMemory)(JNIEnv *, jlongArray ids, jlongArray sizes);
  jobject(JNICALL *GetMemoryUsage)(JNIEnv *, jboolean heap);
  jlong(JNICALL *GetLongAttribute)(JNIEnv *, jobject object, int attribute);
  jboolean(JNICALL *GetBoolAttribute)(JNIEnv *, int attribute);
  jboolean(JNICALL *SetBoolAttribute)(JNIEnv *, int attribute, jboolean value);
  jint(JNICALL *GetLongAttributes)(JNIEnv *, jobject object, const int *attributes, jint count,
                                   jlong *values);
  jobjectArray(JNICALL *FindCircularBlockedThreads)(JNIEnv *);
  jlong(JNICALL *GetThreadCpuTime)(JNIEnv *, jlong id);
  jobjectArray(JNICALL *GetVMGlobalNames)(JNIEnv *);
  jint(JNICALL *GetVMGlobals)(JNIEnv *, jobjectArray names, j3_jmm_global *globals, jint count);
  jint(JNICALL *GetInternalThreadTimes)(JNIEnv *, jobjectArray names, jlongArray times);
  jboolean(JNICALL *ResetStatistic)(JNIEnv *, jvalue object, int kind);
  void(JNICALL *SetPoolSensor)(JNIEnv *, jobject pool, int kind, jobject sensor);
  jlong(JNICALL *SetPoolThreshold)(JNIEnv *, jobject pool, int kind, jlong threshold);
  jobject(JNICALL *GetPoolCollectionUsage)(JNIEnv *, jobject pool);
  jint(JNICALL *GetGCExtAttributeInfo)(JNIEnv *, jobject manager, j3_jmm_ext_attribute *out,
                                       jint count);
  void(JNICALL *GetLastGCStat)(JNIEnv *, jobject manager, j3_jmm_gc_stat *stat);
  jlong(JNICALL *GetThreadCpuTimeWithKind)(JNIEnv *, jlong id, jboolean with_system);
  void(JNICALL *GetThreadCpuTimesWithKind)(JNIEnv *, jlongArray ids, jlongArray times,
                                           jboolean with_system);
  jint(JNICALL *DumpHeap0)(JNIEnv *, jstring file, jboolean live);
  jobjectArray(JNICALL *FindDeadlocks)(JNIEnv *, jboolean monitors_only);
  void(JNICALL *SetVMGlobal)(JNIEnv *, jstring name, jvalue value);
  jlong(JNICALL *GetTotalThreadAllocatedMemory)(JNIEnv *);
  jobjectArray(JNICALL *DumpThreads)(JNIEnv *, jlongArray ids, jboolean monitors,
                                     jboolean synchronizers, jint depth);
  void(JNICALL *SetGCNotificationEnabled)(JNIEnv *, jobject manager, jboolean enabled);
  jobjectArray(JNICALL *GetDiagnosticCommands)(JNIEnv *);
  void(JNICALL *GetDiagnosticCommandInfo)(JNIEnv *, jobjectArray commands, void *out);
  void(JNICALL *GetDiagnosticCommandArgumentsInfo)(JNIEnv *, jstring command, void *out,
                                                   jint count);
  jstring(JNICALL *ExecuteDiagnosticCommand)(JNIEnv *, jstring command);
  void(JNICALL *SetDiagnosticFrameworkNotificationEnabled)(JNIEnv *, jboolean enabled);
} j3_jmm_table;

_Static_assert(sizeof(j3_jmm_table) == 40 * sizeof(void *), "two reserved words and 38 entries");

/* Kinds of SetPoolThreshold, SetPoolSensor.  Java sets low and high of usage to the same. */
enum {
  J3_JMM_USAGE_HIGH = 901,
  J3_JMM_USAGE_LOW,
  J3_JMM_COLLECTION_USAGE_HIGH,
  J3_JMM_COLLECTION_USAGE_LOW,
};

enum { J3_POOL_HEAP, J3_POOL_METASPACE, J3_POOL_COUNT };
typedef struct j3_pool_usage {
  uint64_t initial, used, committed;
  int64_t max; /* -1: none */
} j3_pool_usage;
j3_pool_usage j3_management_usage(int pool);
/* How many collections there were, and the heap as the last one left it. Leaf. */
uint64_t j3_management_after_collection(j3_pool_usage *out);

/* Thresholds of pools, and their sensors (management_thresholds.c). */
typedef enum j3_threshold {
  J3_THRESHOLD_USAGE,
  J3_THRESHOLD_COLLECTION,
  J3_THRESHOLD_COUNT,
} j3_threshold;
void j3_thresholds_set_sensor(vmk_thread *t, int pool, j3_threshold kind, vmk_handle sensor)
    VMK_MOVES;
/* 0: none; returns what it was. Leaf. */
int64_t j3_thresholds_set(int pool, j3_threshold kind, int64_t bytes);
/* There was a collection. Leaf. */
void j3_thresholds_wake(void);

/* Fill in the entries about threads (management_threads.c). */
void j3_management_fill_threads(j3_jmm_table *table);

/* Whether times of contention are asked for; begin to count them anew. Leaf. */
bool j3_management_watches_contention(void);
void j3_management_watch_contention(void);
/* Remember a collection for the beans that tell the last one. Leaf. */
void j3_management_collected(const vmk_collection *c);
/* A new object of a class of the boot loader by a constructor; null: pending. */
vmk_handle j3_management_new(vmk_thread *t, const char *class_name, const char *descriptor,
                             vmk_value *arguments) VMK_MOVES;

#endif
