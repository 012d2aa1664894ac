/* gclog.c -- what -Xlog:gc* says, in the lines that log readers know from HotSpot's stop-the-world collectors
 *
 * Every collection of ours looks at the whole heap with the world stopped, so each is a "Pause Full".
 */
#include "gclog.h"

#include <unistd.h>

#include "jvm.h"
#include "log.h"
#include "vm.h"

static unsigned long long
gclog_mega(uint64_t bytes)
{
  return bytes >> 20;
}

static unsigned long long
gclog_kilo(uint64_t bytes)
{
  return bytes >> 10;
}

void
j3_gclog_start(void)
{
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  j3_log(J3_LOG_GC, J3_LOG_INFO, "Using VMKit");
  if (!j3_log_is_on(J3_LOG_GC_INIT, J3_LOG_INFO))
    return;
  uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
  j3_log(J3_LOG_GC_INIT, J3_LOG_INFO, "Version: %s (release)", VMK_VERSION);
  j3_log(J3_LOG_GC_INIT, J3_LOG_INFO, "CPUs: %ld total, %d available",
         sysconf(_SC_NPROCESSORS_CONF), JVM_ActiveProcessorCount());
  j3_log(J3_LOG_GC_INIT, J3_LOG_INFO, "Memory: %lluM", gclog_mega(memory));
  j3_log(J3_LOG_GC_INIT, J3_LOG_INFO, "Compressed Oops: %s",
         VMK_REF_BYTES == 4 ? "Enabled (Zero based)" : "Disabled");
  j3_log(J3_LOG_GC_INIT, J3_LOG_INFO, "Heap Max Capacity: %lluM", gclog_mega(s.max_bytes));
}

void
j3_gclog_collection(const vmk_collection *c)
{
  static const char *const causes[] = {[VMK_CAUSE_ALLOCATION] = "Allocation Failure",
                                       [VMK_CAUSE_REQUEST] = "System.gc()",
                                       [VMK_CAUSE_WALK] = "Heap Inspection Initiated GC",
                                       [VMK_CAUSE_METASPACE] = "Metadata GC Threshold"};
  if (!j3_log_is_on(J3_LOG_GC, J3_LOG_INFO) && !j3_log_is_on(J3_LOG_GC_HEAP, J3_LOG_INFO))
    return;
  unsigned long long n = c->number;
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  j3_log(J3_LOG_GC_START, J3_LOG_INFO, "GC(%llu) Pause Full (%s)", n, causes[c->cause]);
  j3_log(J3_LOG_GC_HEAP, J3_LOG_INFO, "GC(%llu) Heap: %lluK->%lluK(%lluK)", n,
         gclog_kilo(c->used_before_bytes), gclog_kilo(c->used_bytes),
         gclog_kilo(c->committed_bytes));
  j3_log(J3_LOG_GC_METASPACE, J3_LOG_INFO, "GC(%llu) Metaspace: %lluK(%lluK)->%lluK(%lluK)", n,
         gclog_kilo(c->metaspace_used_before_bytes),
         gclog_kilo(c->metaspace_committed_before_bytes), gclog_kilo(s.metaspace_used_bytes),
         gclog_kilo(s.metaspace_committed_bytes));
  j3_log(J3_LOG_GC, J3_LOG_INFO, "GC(%llu) Pause Full (%s) %lluM->%lluM(%lluM) %.3fms", n,
         causes[c->cause], gclog_mega(c->used_before_bytes), gclog_mega(c->used_bytes),
         gclog_mega(c->committed_bytes), (double)c->pause_ns / 1e6);
}

void
j3_gclog_end(void)
{
  if (!j3_log_is_on(J3_LOG_GC_HEAP_EXIT, J3_LOG_INFO))
    return;
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  j3_log(J3_LOG_GC_HEAP_EXIT, J3_LOG_INFO, "Heap");
  j3_log(J3_LOG_GC_HEAP_EXIT, J3_LOG_INFO, " VMKit heap      total %lluK, used %lluK",
         gclog_kilo(s.committed_bytes), gclog_kilo(s.used_bytes));
  j3_log(J3_LOG_GC_HEAP_EXIT, J3_LOG_INFO, " Metaspace       used %lluK, committed %lluK",
         gclog_kilo(s.metaspace_used_bytes), gclog_kilo(s.metaspace_committed_bytes));
}
