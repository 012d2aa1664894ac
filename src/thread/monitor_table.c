/* monitor_table.c -- the fat monitors of a world: allocation and the collector's visit
 *
 * Monitors live in chunks that are never moved or freed before the world, so that an index read from
 * a lock word leads to its monitor without a lock.  A free monitor has no object.
 */
#include "base/memory.h"
#include <stdatomic.h>

#include "thread/monitor.h"
#include "thread/monitor_inline.h"
#include "thread/monitor_table.h"

vmk_monitor *
vmk_monitor_new(vmk_world *world)
{
  pthread_mutex_lock(&world->monitors);
  uint32_t index;
  if (world->monitor_free.count) {
    index = vmk_vec_pop(&world->monitor_free);
  } else {
    index = world->monitor_top;
    if (index == VMK_MONITOR_CHUNK * VMK_MONITOR_CHUNKS)
      vmk_fatal("out of monitors: %u objects are locked or waited on", index);
    if (index % VMK_MONITOR_CHUNK == 0) {
      vmk_monitor *chunk = vmk_calloc(VMK_MONITOR_CHUNK, sizeof *chunk);
      for (uint32_t i = 0; i < VMK_MONITOR_CHUNK; i++) {
        chunk[i].index = index + i;
        pthread_mutex_init(&chunk[i].guard, NULL);
      }
      atomic_store_explicit(&world->monitor_chunks[index / VMK_MONITOR_CHUNK], chunk,
                            memory_order_release);
    }
    world->monitor_top++;
  }
  pthread_mutex_unlock(&world->monitors);
  atomic_fetch_add_explicit(&world->monitor_count, 1, memory_order_relaxed);
  return vmk_monitor_at(world, index);
}

void
vmk_monitor_free(vmk_world *world, vmk_monitor *m)
{
  m->object = NULL;
  m->nest = 0;
  atomic_store_explicit(&m->owner, 0, memory_order_relaxed);
  atomic_store_explicit(&m->successor, 0, memory_order_relaxed);
  atomic_store_explicit(&m->touched, 0, memory_order_relaxed);
  pthread_mutex_lock(&world->monitors);
  vmk_vec_push(&world->monitor_free, m->index);
  pthread_mutex_unlock(&world->monitors);
  atomic_fetch_sub_explicit(&world->monitor_count, 1, memory_order_relaxed);
}

void
vmk_monitor_table_fini(vmk_world *world)
{
  for (uint32_t c = 0; c * VMK_MONITOR_CHUNK < world->monitor_top; c++) {
    vmk_monitor *chunk = atomic_load_explicit(&world->monitor_chunks[c], memory_order_relaxed);
    for (uint32_t i = 0; i < VMK_MONITOR_CHUNK; i++)
      pthread_mutex_destroy(&chunk[i].guard);
    free(chunk);
  }
  vmk_vec_fini(&world->monitor_free);
}

uint32_t
vmk_monitor_count(vmk_vm *vm)
{
  return atomic_load_explicit(&vmk_vm_world(vm)->monitor_count, memory_order_relaxed);
}

/* Nobody owns it or is in a queue.  Managed threads are stopped outside of all this, but a native one
 * may just be taking the lock: it becomes the owner first and leaves the queue then, and gives the
 * lock up only when managed.  So the queues must be looked at before the owner. */
static bool
table_is_idle(vmk_monitor *m)
{
  pthread_mutex_lock(&m->guard);
  bool queued = m->entry_first || m->wait_first;
  pthread_mutex_unlock(&m->guard);
  return !queued && !atomic_load_explicit(&m->owner, memory_order_relaxed);
}

static void
table_deflate(vmk_world *world, vmk_monitor *m)
{
  uint64_t header = __atomic_load_n(&m->object->header, __ATOMIC_RELAXED);
  do
    VMK_ASSERT((header & VMK_LOCK_FAT) && vmk_lock_index(header) == m->index);
  while (!__atomic_compare_exchange_n(&m->object->header, &header, header & ~VMK_LOCK_MASK, false,
                                      __ATOMIC_RELAXED, __ATOMIC_RELAXED));
  vmk_monitor_free(world, m);
}

/* An idle monitor that was used since the last collection stays: it would be inflated again soon. */
void
vmk_monitor_sweep(vmk_vm *vm, vmk_ref (*forward)(vmk_ref object, void *data), void *data)
{
  vmk_world *world = vmk_vm_world(vm);
  for (uint32_t i = 0; i < world->monitor_top; i++) {
    vmk_monitor *m = vmk_monitor_at(world, i);
    if (!m->object)
      continue;
    vmk_ref to = forward(m->object, data);
    if (!to) {
      vmk_monitor_free(world, m); /* an owner that is left can no longer name it */
      continue;
    }
    m->object = to;
    bool touched = atomic_exchange_explicit(&m->touched, 0, memory_order_relaxed);
    if (!touched && table_is_idle(m))
      table_deflate(world, m);
  }
}
