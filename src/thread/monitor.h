/* monitor.h -- fat monitors, and what the collector does with them
 *
 * A fat monitor is named by the index in an inflated lock word (monitor_inline.h) and holds its
 * object weakly.  It stays the object's monitor at least until the next collection, and for as long
 * as anybody owns it, waits for it or waits in it.
 */
#ifndef VMK_THREAD_MONITOR_H
#define VMK_THREAD_MONITOR_H

#include "thread/thread.h"

/* Fields are ordered so that an uncontended fat lock touches one cache line. */
struct vmk_monitor {
  VMK_ATOMIC(uint32_t) owner;     /* thread id; 0: free */
  uint32_t nest;                  /* entries of the owner beyond the first; the owner's */
  VMK_ATOMIC(uint32_t) entering;  /* length of the entry queue */
  VMK_ATOMIC(uint32_t) successor; /* id of the thread that was woken to take the lock; 0: none */
  VMK_ATOMIC(uint32_t) touched;   /* locked since the last collection: worth keeping fat */
  uint32_t index;
  vmk_ref object;        /* null: this monitor is free.  Changed while inflating or stopped only */
  pthread_mutex_t guard; /* the two queues; held for a few instructions, in either state */
  vmk_thread_private *entry_first, *entry_last;
  vmk_thread_private *wait_first, *wait_last;
};

/* With the world stopped, when everything live is known: free the monitors of dead objects, deflate
 * those that are idle, let the others follow their objects.  forward gives an object's new address,
 * or null when it is dead. */
void vmk_monitor_sweep(vmk_vm *vm, vmk_ref (*forward)(vmk_ref object, void *data), void *data);

/* Fat monitors now in use. */
uint32_t vmk_monitor_count(vmk_vm *vm);
void vmk_monitor_table_fini(vmk_world *world);

#endif
