/* park.c -- parking, sleeping, interrupting
 *
 * Parking has a futex of its own, the permit; sleeping and waiting in a monitor sleep on the thread's
 * event count, so that neither eats the other's wake-up.  A thread is native while it sleeps.
 */
#include <stdatomic.h>

#include "thread/thread.h"

int64_t
vmk_now_ns(void)
{
  return vmk_os_now_ns();
}

int64_t
vmk_wall_ns(void)
{
  return vmk_os_wall_ns();
}

void
vmk_park(vmk_thread *t, int64_t deadline_ns, bool wall_clock)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  if (atomic_exchange(&p->permit, 0) || vmk_thread_is_called(p))
    return;
  vmk_thread_set_blocked(p, VMK_BLOCKED_PARK, NULL);
  vmk_enter_native(t);
  vmk_os_futex_wait(&p->permit, 0, deadline_ns, wall_clock);
  vmk_leave_native(t);
  vmk_thread_set_blocked(p, VMK_BLOCKED_NOT, NULL);
  atomic_exchange(&p->permit, 0);
}

void
vmk_unpark(vmk_thread *target)
{
  vmk_thread_private *p = vmk_thread_private_of(target);
  if (!atomic_exchange(&p->permit, 1))
    vmk_os_futex_wake(&p->permit, 1);
}

bool
vmk_sleep(vmk_thread *t, int64_t duration_ns)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  int64_t deadline;
  if (__builtin_add_overflow(vmk_os_now_ns(), duration_ns, &deadline))
    deadline = VMK_FOREVER;
  vmk_thread_set_blocked(p, VMK_BLOCKED_SLEEP, NULL);
  vmk_enter_native(t);
  bool called, in_time = true;
  for (;;) {
    uint32_t event = atomic_load(&p->event);
    called = vmk_thread_is_called(p);
    if (called || !in_time)
      break;
    in_time = vmk_os_futex_wait(&p->event, event, deadline, false);
  }
  vmk_leave_native(t);
  vmk_thread_set_blocked(p, VMK_BLOCKED_NOT, NULL);
  return !called;
}

void
vmk_thread_call(vmk_thread_private *p)
{
  vmk_event_signal(p);
  vmk_unpark(&p->thread);
}

void
vmk_interrupt(vmk_thread *target)
{
  vmk_thread_private *p = vmk_thread_private_of(target);
  atomic_store(&p->interrupted, 1);
  vmk_thread_call(p);
}

bool
vmk_interrupted(vmk_thread *t, bool clear)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  return (clear ? atomic_exchange(&p->interrupted, 0) : atomic_load(&p->interrupted)) != 0;
}
