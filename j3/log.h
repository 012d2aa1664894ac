/* log.h -- -Xlog: what is said, where it goes and how its lines begin (syntax and form: JEP 158)
 *
 * A message has a level and a tag set; an output has a level for each tag set and shows what is at least
 * that grave.  At first stdout shows warnings of all sets.
 */
#ifndef J3_LOG_H
#define J3_LOG_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <vmkit/vmk_base.h>

/* What the vm has to say. */
#define J3_LOG_SETS(X)            \
  X(ARGUMENTS, "arguments")       \
  X(CLASS_INIT, "class,init")     \
  X(CLASS_LOAD, "class,load")     \
  X(CLASS_UNLOAD, "class,unload") \
  X(GC, "gc")                     \
  X(GC_HEAP, "gc,heap")           \
  X(GC_HEAP_EXIT, "gc,heap,exit") \
  X(GC_INIT, "gc,init")           \
  X(GC_METASPACE, "gc,metaspace") \
  X(GC_START, "gc,start")         \
  X(JNI_RESOLVE, "jni,resolve")   \
  X(LOGGING, "logging")           \
  X(MODULE_LOAD, "module,load")   \
  X(OS_THREAD, "os,thread")

typedef enum j3_log_set {
#define X(name, tags) J3_LOG_##name,
  J3_LOG_SETS(X)
#undef X
      J3_LOG_SET_COUNT
} j3_log_set;

typedef enum j3_log_level {
  J3_LOG_OFF,
  J3_LOG_TRACE,
  J3_LOG_DEBUG,
  J3_LOG_INFO,
  J3_LOG_WARNING,
  J3_LOG_ERROR,
} j3_log_level;

/* The lowest level that some output shows; J3_LOG_ERROR + 1: none does. */
extern _Atomic(uint8_t) j3_log_lowest[J3_LOG_SET_COUNT];

/* Is it worth making the message?  Leaf, any thread. */
static inline bool
j3_log_is_on(j3_log_set set, j3_log_level level)
{
  return level >= atomic_load_explicit(&j3_log_lowest[set], memory_order_relaxed);
}

/* Write one message where it is wanted.  Leaf, any thread. */
void j3_log(j3_log_set set, j3_log_level level, const char *format, ...) VMK_PRINTF(3, 4);

/* Put stdout's first configuration in place. */
void j3_log_init(void);
/* An option's text from "-Xlog" on, as given.  False: it was refused and the reason is printed. */
bool j3_log_option(const char *option);
/* The short forms: -verbose:gc and kin.  Tags as "class,load"; on stdout. */
void j3_log_show(const char *tags, j3_log_level level);

#endif
