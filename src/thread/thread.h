/* thread.h -- the private part of a thread
 *
 * A vmk_thread is the first member of its vmk_thread_private.  Fields belong to the thread itself
 * unless they say otherwise.
 */
#ifndef VMK_THREAD_THREAD_H
#define VMK_THREAD_THREAD_H

#include "thread/world.h"

/* What a thread is blocked in, for dumps. */
typedef enum vmk_blocked {
  VMK_BLOCKED_NOT,
  VMK_BLOCKED_ENTER, /* on a monitor */
  VMK_BLOCKED_WAIT,  /* in vmk_monitor_wait */
  VMK_BLOCKED_PARK,
  VMK_BLOCKED_SLEEP,
} vmk_blocked;

/* A thread is in at most one queue of one monitor. */
typedef enum vmk_queue {
  VMK_QUEUE_NONE,
  VMK_QUEUE_ENTRY,
  VMK_QUEUE_WAIT,
} vmk_queue;

struct vmk_thread_private {
  vmk_thread thread;
  vmk_world *world;
  vmk_thread_private *next, *previous; /* guarded by world->list */

  uint32_t id;        /* small, recycled, never 0 */
  uint32_t lock_bits; /* id in its place in a thin lock word; 0: the id is too large for one */
  int64_t os_id;
  int cpu_clock;
  char name[32]; /* guarded by world->list */

  /* Managed stack: frames from stack_base up; stack_limit of the public part is stack_end less a
   * reserve in which rt may let handlers of overflow run; behind stack_end a page without access. */
  uint64_t *stack_base, *stack_end;
  size_t stack_mapped;
  char *native_low, *native_high; /* the OS stack */

  /* Blocking.  `event` counts the reasons to wake up: a waiter reads it, checks what it waits for,
   * and sleeps only while the count is the same, so no wake-up is lost. */
  VMK_ATOMIC(uint32_t) event;
  VMK_ATOMIC(uint32_t) permit;      /* vmk_park */
  VMK_ATOMIC(uint32_t) interrupted; /* flag */
  VMK_ATOMIC(uint32_t) blocked;     /* vmk_blocked */
  VMK_ATOMIC(vmk_monitor *) blocked_on;
  int64_t blocked_since_ns;
  vmk_wait_stats waited;      /* written by the thread itself, read by any */
  VMK_ATOMIC(uint32_t) queue; /* vmk_queue; changed under the monitor's guard */
  vmk_thread_private *queue_next, *queue_previous; /* guarded by the monitor's guard */
};

static inline vmk_thread_private *
vmk_thread_private_of(vmk_thread *t)
{
  return (vmk_thread_private *)t;
}

/* What attaching reserves at the end of a managed stack, in bytes. */
enum { VMK_STACK_RESERVE = 32 << 10 };

/* The least native stack of a thread that the kit starts: room for some calls between managed code and
 * C, and for the C of one call (vm.c), which no request for a small managed stack takes away. */
enum { VMK_NATIVE_STACK_LEAST = 384 << 10 };

/* A thin lock word has 15 bits for the owner, from bit 16 on (monitor_inline.h). */
enum { VMK_THIN_ID_MAX = 0x7fff, VMK_THIN_ID_SHIFT = 16 };

/* The thread with this id, or null. A snapshot: it lives on only if the caller knows why. */
vmk_thread_private *vmk_thread_by_id(vmk_world *world, uint32_t id);

/* Count an event for the thread and wake it if it sleeps on one. */
static inline void
vmk_event_signal(vmk_thread_private *p)
{
  __atomic_fetch_add((uint32_t *)&p->event, 1, __ATOMIC_SEQ_CST);
  vmk_os_futex_wake(&p->event, 1);
}

/* Must the thread not sleep: is it interrupted, or does an exception wait to be thrown in it?  A sleeper
 * asks after it read `event`. */
static inline bool
vmk_thread_is_called(const vmk_thread_private *p)
{
  return __atomic_load_n((const uint32_t *)&p->interrupted, __ATOMIC_SEQ_CST) ||
         (__atomic_load_n((const uint32_t *)&p->thread.poll, __ATOMIC_SEQ_CST) & VMK_POLL_ASYNC);
}

/* End whatever sleep it is in, after one of the two was set. */
void vmk_thread_call(vmk_thread_private *p);

/* Say what the calling thread p is about to sleep for, or that it no longer does; and keep its
 * statistics. */
void vmk_thread_set_blocked(vmk_thread_private *p, vmk_blocked how, vmk_monitor *on);

#endif
