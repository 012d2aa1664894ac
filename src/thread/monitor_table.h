/* monitor_table.h -- the table of fat monitors, for monitor.c */
#ifndef VMK_THREAD_MONITOR_TABLE_H
#define VMK_THREAD_MONITOR_TABLE_H

#include "thread/monitor.h"
#include "thread/monitor_inline.h"

/* A monitor without owner or object; the caller gives it one before anybody can see it. */
vmk_monitor *vmk_monitor_new(vmk_world *world);
void vmk_monitor_free(vmk_world *world, vmk_monitor *m);

static inline uint32_t
vmk_lock_index(uint64_t header)
{
  return (uint32_t)(header & (VMK_LOCK_MASK & ~VMK_LOCK_FAT)) >> VMK_LOCK_INDEX_SHIFT;
}

static inline vmk_monitor *
vmk_monitor_at(vmk_world *world, uint32_t index)
{
  vmk_monitor *chunk = __atomic_load_n(
      (vmk_monitor **)&world->monitor_chunks[index / VMK_MONITOR_CHUNK], __ATOMIC_ACQUIRE);
  return &chunk[index % VMK_MONITOR_CHUNK];
}

#endif
