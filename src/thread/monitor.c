/* monitor.c -- reentrant locks with wait and notify
 *
 * Thin locks are in monitor_inline.h; what is here is inflation and the fat lock.
 *
 * The fat lock is free for whoever comes first (owner: 0 -> id by compare-and-swap); a releasing owner
 * wakes the head of the entry queue, which then competes again.  Two pairs of sequentially
 * consistent accesses keep a wake-up from being lost:
 *
 *   - enter: entering++ (queue), then try owner.   exit: owner = 0, then look at entering.
 *   - woken: successor = 0, then try owner.        exit: owner = 0, then look at successor
 *                                                  (not 0: somebody is on the way; wake nobody).
 *
 * successor is set under the guard to the thread that is woken, and cleared by that thread: when it
 * wakes, and, under the guard, when it leaves the queue.
 *
 * Waiting: the thread moves from the wait queue to the entry queue of the same monitor, by a notify or
 * by itself (timeout, interrupt), always under the guard; whoever moved it decides the result.
 */
#include "thread/monitor.h"

#include <stdatomic.h>

#include <vmkit/vmk_monitor.h>
#include <vmkit/vmk_ref.h>

#include "thread/monitor_inline.h"
#include "thread/monitor_table.h"

enum {
  MONITOR_THIN_SPINS = 60, /* looks at another's thin lock before it is inflated */
  MONITOR_FAT_SPINS = 100, /* tries of a fat lock before the thread sleeps */
};

/* --- queues, under the guard ------------------------------------------------------------------------ */

static void
monitor_queue_add(vmk_thread_private **first, vmk_thread_private **last, vmk_thread_private *p,
                  vmk_queue queue)
{
  p->queue_next = NULL;
  p->queue_previous = *last;
  *(*last ? &(*last)->queue_next : first) = p;
  *last = p;
  atomic_store(&p->queue, queue);
}

static void
monitor_queue_remove(vmk_thread_private **first, vmk_thread_private **last, vmk_thread_private *p)
{
  *(p->queue_previous ? &p->queue_previous->queue_next : first) = p->queue_next;
  *(p->queue_next ? &p->queue_next->queue_previous : last) = p->queue_previous;
  p->queue_next = p->queue_previous = NULL;
  atomic_store(&p->queue, VMK_QUEUE_NONE);
}

static void
monitor_add_entry(vmk_monitor *m, vmk_thread_private *p)
{
  monitor_queue_add(&m->entry_first, &m->entry_last, p, VMK_QUEUE_ENTRY);
  atomic_fetch_add(&m->entering, 1);
}

/* --- the fat lock ------------------------------------------------------------------------------------- */

static inline bool
monitor_try(vmk_monitor *m, uint32_t id)
{
  uint32_t nobody = 0;
  return atomic_load_explicit(&m->owner, memory_order_relaxed) == 0 &&
         atomic_compare_exchange_strong(&m->owner, &nobody, id);
}

static inline bool
monitor_is_mine(const vmk_monitor *m, const vmk_thread_private *p)
{
  return atomic_load_explicit(&m->owner, memory_order_relaxed) == p->id;
}

/* Own m, without sleeping; false: somebody else owns it. */
static bool
monitor_lock_now(vmk_monitor *m, vmk_thread_private *p)
{
  atomic_store_explicit(&m->touched, 1, memory_order_relaxed);
  if (monitor_is_mine(m, p)) {
    m->nest++;
    return true;
  }
  return monitor_try(m, p->id);
}

/* In the entry queue and native: sleep until m is ours, then leave the queue. */
static void
monitor_await_lock(vmk_monitor *m, vmk_thread_private *p)
{
  for (;;) {
    uint32_t event = atomic_load(&p->event);
    if (atomic_load(&m->successor) == p->id)
      atomic_store(&m->successor, 0);
    uint32_t nobody = 0;
    if (atomic_compare_exchange_strong(&m->owner, &nobody, p->id))
      break;
    vmk_os_futex_wait(&p->event, event, VMK_OS_FOREVER, false);
  }
  pthread_mutex_lock(&m->guard);
  monitor_queue_remove(&m->entry_first, &m->entry_last, p);
  atomic_fetch_sub(&m->entering, 1);
  if (atomic_load(&m->successor) == p->id)
    atomic_store(&m->successor, 0);
  pthread_mutex_unlock(&m->guard);
}

static void
monitor_lock_slow(vmk_monitor *m, vmk_thread_private *p) VMK_MOVES
{
  pthread_mutex_lock(&m->guard);
  monitor_add_entry(m, p);
  pthread_mutex_unlock(&m->guard);
  vmk_thread_set_blocked(p, VMK_BLOCKED_ENTER, m);
  vmk_enter_native(&p->thread);
  monitor_await_lock(m, p);
  vmk_leave_native(&p->thread);
  vmk_thread_set_blocked(p, VMK_BLOCKED_NOT, NULL);
}

static void
monitor_wake_next(vmk_monitor *m)
{
  pthread_mutex_lock(&m->guard);
  vmk_thread_private *next = m->entry_first;
  if (next && !atomic_load(&m->successor)) {
    atomic_store(&m->successor, next->id);
    vmk_event_signal(next); /* it cannot be gone: it leaves the queue under the guard */
  }
  pthread_mutex_unlock(&m->guard);
}

/* Give up ownership altogether. */
static void
monitor_release(vmk_monitor *m)
{
  atomic_store(&m->owner, 0);
  if (VMK_UNLIKELY(atomic_load(&m->entering)) && !atomic_load(&m->successor))
    monitor_wake_next(m);
}

/* --- inflation ---------------------------------------------------------------------------------------- */

/* The object's fat monitor, made with the thin lock's owner and nesting when it has none. */
static vmk_monitor *
monitor_inflate(vmk_world *world, vmk_ref object)
{
  vmk_monitor *m = NULL;
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_ACQUIRE);
  for (;;) {
    if (header & VMK_LOCK_FAT) {
      if (m)
        vmk_monitor_free(world, m);
      return vmk_monitor_at(world, vmk_lock_index(header));
    }
    if (!m)
      m = vmk_monitor_new(world);
    m->object = object;
    m->nest = (header & VMK_LOCK_NEST) / VMK_LOCK_NEST_ONE;
    atomic_store_explicit(&m->owner, (header & VMK_LOCK_ID) >> VMK_THIN_ID_SHIFT,
                          memory_order_relaxed);
    uint64_t fat =
        (header & ~VMK_LOCK_MASK) | VMK_LOCK_FAT | (uint64_t)m->index << VMK_LOCK_INDEX_SHIFT;
    if (__atomic_compare_exchange_n(&object->header, &header, fat, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
      return m;
  }
}

/* The fat monitor, or null while the lock is thin. */
static inline vmk_monitor *
monitor_of(vmk_world *world, vmk_ref object)
{
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_ACQUIRE);
  return header & VMK_LOCK_FAT ? vmk_monitor_at(world, vmk_lock_index(header)) : NULL;
}

static bool
monitor_thin_is_mine(const vmk_thread_private *p, vmk_ref object)
{
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_RELAXED);
  return p->lock_bits && (header & (VMK_LOCK_FAT | VMK_LOCK_ID)) == p->lock_bits;
}

static bool
monitor_owned(vmk_thread_private *p, vmk_ref object)
{
  vmk_monitor *m = monitor_of(p->world, object);
  return m ? monitor_is_mine(m, p) : monitor_thin_is_mine(p, object);
}

/* --- the interface ------------------------------------------------------------------------------------ */

/* Without sleeping: true when locked; else *fat is the monitor to queue at. */
static bool
monitor_enter_now(vmk_thread_private *p, vmk_ref object, int spins, vmk_monitor **fat)
{
  do {
    if (vmk_monitor_enter_fast(&p->thread, object))
      return true;
    vmk_monitor *m = monitor_of(p->world, object);
    if (m) {
      *fat = m;
      return monitor_lock_now(m, p);
    }
    vmk_os_pause();
  } while (p->lock_bits && !monitor_thin_is_mine(p, object) && spins-- > 0);
  *fat = monitor_inflate(p->world, object);
  return monitor_lock_now(*fat, p);
}

/* The monitor is looked up again: while the watcher runs a collection may deflate it. */
static void
monitor_enter_watched(vmk_thread_private *p, vmk_handle object, vmk_monitor_watcher watcher)
    VMK_MOVES
{
  vmk_monitor *m;
  watcher(&p->thread, object, false);
  if (!monitor_enter_now(p, object->ref, 0, &m))
    monitor_lock_slow(m, p);
  watcher(&p->thread, object, true);
}

void
vmk_monitor_enter(vmk_thread *t, vmk_handle object)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_monitor *m;
  if (monitor_enter_now(p, object->ref, MONITOR_THIN_SPINS, &m))
    return;
  for (int i = 0; i < MONITOR_FAT_SPINS; i++) {
    vmk_os_pause();
    if (monitor_try(m, p->id))
      return;
  }
  vmk_monitor_watcher watcher = __atomic_load_n(&p->world->on_contended, __ATOMIC_ACQUIRE);
  if (VMK_UNLIKELY(watcher))
    monitor_enter_watched(p, object, watcher);
  else
    monitor_lock_slow(m, p);
}

void
vmk_monitor_watch(vmk_vm *vm, vmk_monitor_watcher watcher)
{
  __atomic_store_n(&vmk_vm_world(vm)->on_contended, watcher, __ATOMIC_RELEASE);
}

bool
vmk_monitor_try_enter(vmk_thread *t, vmk_handle object)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_monitor *m = NULL;
  /* Inflate only for our own sake: when our thin lock is nested to the brim or we cannot have one. */
  if (vmk_monitor_enter_fast(t, object->ref))
    return true;
  m = monitor_of(p->world, object->ref);
  if (!m && p->lock_bits && !monitor_thin_is_mine(p, object->ref))
    return vmk_monitor_enter_fast(t, object->ref);
  return monitor_lock_now(m ? m : monitor_inflate(p->world, object->ref), p);
}

bool
vmk_monitor_exit(vmk_thread *t, vmk_handle object)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_monitor *m;
  while (!(m = monitor_of(p->world, object->ref))) {
    if (vmk_monitor_exit_fast(t, object->ref))
      return true;
    if (!monitor_thin_is_mine(p, object->ref) && !monitor_of(p->world, object->ref))
      return false; /* and it cannot become ours */
  }
  if (!monitor_is_mine(m, p))
    return false;
  if (m->nest)
    m->nest--;
  else
    monitor_release(m);
  return true;
}

bool
vmk_monitor_is_owner(vmk_thread *t, vmk_handle object)
{
  return monitor_owned(vmk_thread_private_of(t), object->ref);
}

/* Asleep in the wait queue until something ends the wait; then into the entry queue, unless a notify
 * put us there. */
static vmk_wait_result
monitor_await_notify(vmk_monitor *m, vmk_thread_private *p, int64_t deadline_ns)
{
  bool in_time = true;
  for (;;) {
    uint32_t event = atomic_load(&p->event);
    if (atomic_load(&p->queue) != VMK_QUEUE_WAIT || vmk_thread_is_called(p) || !in_time)
      break;
    in_time = vmk_os_futex_wait(&p->event, event, deadline_ns, false);
  }
  vmk_wait_result result = VMK_WAIT_NOTIFIED;
  pthread_mutex_lock(&m->guard);
  if (atomic_load(&p->queue) == VMK_QUEUE_WAIT) {
    result = vmk_thread_is_called(p) ? VMK_WAIT_INTERRUPTED : VMK_WAIT_TIMEOUT;
    monitor_queue_remove(&m->wait_first, &m->wait_last, p);
    monitor_add_entry(m, p);
  }
  pthread_mutex_unlock(&m->guard);
  return result;
}

vmk_wait_result
vmk_monitor_wait(vmk_thread *t, vmk_handle object, int64_t timeout_ns)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  int64_t deadline_ns;
  if (!monitor_owned(p, object->ref))
    return VMK_WAIT_NOT_OWNER;
  if (vmk_thread_is_called(p))
    return VMK_WAIT_INTERRUPTED;
  if (timeout_ns == VMK_FOREVER ||
      __builtin_add_overflow(vmk_os_now_ns(), timeout_ns, &deadline_ns))
    deadline_ns = VMK_FOREVER;

  vmk_monitor *m = monitor_inflate(p->world, object->ref);
  atomic_store_explicit(&m->touched, 1, memory_order_relaxed);
  uint32_t nest = m->nest;
  pthread_mutex_lock(&m->guard);
  monitor_queue_add(&m->wait_first, &m->wait_last, p, VMK_QUEUE_WAIT);
  pthread_mutex_unlock(&m->guard);
  m->nest = 0;
  monitor_release(m);

  vmk_thread_set_blocked(p, VMK_BLOCKED_WAIT, m);
  vmk_enter_native(t);
  vmk_wait_result result = monitor_await_notify(m, p, deadline_ns);
  vmk_thread_set_blocked(p, VMK_BLOCKED_ENTER, m);
  monitor_await_lock(m, p);
  vmk_leave_native(t);
  vmk_thread_set_blocked(p, VMK_BLOCKED_NOT, NULL);
  m->nest = nest;
  return result;
}

bool
vmk_monitor_notify(vmk_thread *t, vmk_handle object, bool all)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_monitor *m = monitor_of(p->world, object->ref);
  if (!m) /* nobody waits at a thin lock */
    return monitor_owned(p, object->ref);
  if (!monitor_is_mine(m, p))
    return false;
  pthread_mutex_lock(&m->guard);
  for (vmk_thread_private *waiter; (waiter = m->wait_first);) {
    monitor_queue_remove(&m->wait_first, &m->wait_last, waiter);
    monitor_add_entry(m, waiter); /* it is woken when we leave the monitor */
    if (!all)
      break;
  }
  pthread_mutex_unlock(&m->guard);
  return true;
}

vmk_thread *
vmk_monitor_owner(vmk_thread *t, vmk_handle object)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  uint64_t header = __atomic_load_n(&object->ref->header, __ATOMIC_ACQUIRE);
  uint32_t id = (uint32_t)(header & VMK_LOCK_ID) >> VMK_THIN_ID_SHIFT;
  if (header & VMK_LOCK_FAT)
    id = atomic_load(&vmk_monitor_at(world, vmk_lock_index(header))->owner);
  vmk_thread_private *owner = id ? vmk_thread_by_id(world, id) : NULL;
  return owner ? &owner->thread : NULL;
}

/* The monitor that a blocked thread is queued at is not freed, nor any monitor while we are managed;
 * at worst the answer is just out of date. */
vmk_handle
vmk_monitor_blocked_on(vmk_thread *t, vmk_thread *target, bool *waiting)
{
  vmk_thread_private *p = vmk_thread_private_of(target);
  uint32_t how = atomic_load_explicit(&p->blocked, memory_order_acquire);
  vmk_monitor *m = atomic_load_explicit(&p->blocked_on, memory_order_relaxed);
  if (waiting)
    *waiting = how == VMK_BLOCKED_WAIT;
  vmk_ref object = m ? m->object : NULL;
  return object ? vmk_local(t, object) : NULL;
}
