/* world.c -- state changes, stopping the world, handshakes
 *
 * One mechanism serves stop and handshake: the holder, who has world->change, sets HOLD in a thread's
 * poll word, issues a membarrier, and waits until the thread is native.  From then on until HOLD is
 * cleared the thread cannot be managed: it finds HOLD when it tries, and waits for world->releases.
 * The argument is in docs/design/threads.md.
 *
 * Invariants: only the owner of world->change sets or clears HOLD; it never has HOLD itself; it is
 * managed; and the set of attached threads does not change while it holds.
 */
#include <stdatomic.h>

#include "thread/world.h"

#include "base/memory.h"
#include "thread/monitor.h"
#include "thread/thread.h"

enum { WORLD_SPINS = 200 }; /* looks at a running thread before sleeping: some microseconds */

size_t
vmk_world_options(vmk_world *world, vmk_option *rows)
{
  world->stack_bytes = 1 << 20;
  world->native_stack_bytes = 1 << 20;
  rows[0] = (vmk_option){"thread.stack", VMK_OPTION_INT, NULL, &world->stack_bytes,
                         "managed stack of a thread in bytes"};
  rows[1] = (vmk_option){"thread.native-stack", VMK_OPTION_INT, NULL, &world->native_stack_bytes,
                         "native stack of a thread that the vm starts"};
  rows[2] = (vmk_option){"thread.poll-always", VMK_OPTION_FLAG, NULL, &world->poll_always,
                         "take the slow path of every poll (tests)"};
  return VMK_WORLD_OPTIONS;
}

vmk_status
vmk_world_init(vmk_world *world, vmk_vm *vm, vmk_error *error)
{
  if (!vmk_os_membarrier_register())
    return vmk_fail(error, VMK_ERROR_UNSUPPORTED, "the system has no membarrier(2)");
  if (world->stack_bytes < 4 * VMK_STACK_RESERVE)
    return vmk_fail(error, VMK_ERROR_OPTION, "thread.stack: at least %dk",
                    4 * VMK_STACK_RESERVE >> 10);
  world->vm = vm;
  pthread_mutex_init(&world->change, NULL);
  pthread_mutex_init(&world->list, NULL);
  pthread_mutex_init(&world->monitors, NULL);
  vmk_vec_push(&world->ids, NULL); /* nobody is 0 */
  return VMK_OK;
}

void
vmk_world_fini(vmk_world *world)
{
  /* The last thread to detach may still be about to let go of the lock. */
  pthread_mutex_lock(&world->change);
  VMK_ASSERT(!world->threads && !world->stopper);
  pthread_mutex_unlock(&world->change);
  vmk_monitor_table_fini(world);
  vmk_vec_fini(&world->ids);
  vmk_vec_fini(&world->free_ids);
  pthread_mutex_destroy(&world->change);
  pthread_mutex_destroy(&world->list);
  pthread_mutex_destroy(&world->monitors);
}

void
vmk_world_add_thread_hook(vmk_world *world, bool (*init)(vmk_thread *, void *),
                          void (*fini)(vmk_thread *, void *), void *data)
{
  VMK_ASSERT(world->hook_count < VMK_THREAD_HOOKS && !world->threads);
  world->hooks[world->hook_count++] = (vmk_thread_hook){init, fini, data};
}

void
vmk_world_set_poll_hook(vmk_world *world, void (*on_poll)(vmk_thread *) VMK_MOVES_POINTER)
{
  world->on_poll = on_poll;
}

void
vmk_world_poll_always(vmk_world *world)
{
  VMK_ASSERT(!world->threads);
  world->poll_always = true;
}

/* --- one thread's state ------------------------------------------------------------------------------ */

/* The thread has just become native and saw HOLD: the holder may be asleep on the state. */
void
vmk_world_to_native_slow(vmk_thread *t)
{
  vmk_os_futex_wake(&t->state, 1);
}

/* The thread stored MANAGED and then saw one of the bits: it must not have touched anything yet.  Step
 * back, wait for the release, try again. */
void
vmk_world_to_managed_slow(vmk_thread *t, uint32_t bits)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  do {
    atomic_store_explicit(&t->state, VMK_STATE_NATIVE, memory_order_release);
    vmk_world_to_native_slow(t);
    for (;;) {
      uint32_t releases = atomic_load_explicit(&world->releases, memory_order_acquire);
      if (!(atomic_load_explicit(&t->poll, memory_order_acquire) & bits))
        break;
      vmk_os_futex_wait(&world->releases, releases, VMK_OS_FOREVER, false);
    }
    atomic_store_explicit(&t->state, VMK_STATE_MANAGED, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
  } while (atomic_load_explicit(&t->poll, memory_order_acquire) & bits);
}

static inline bool
world_is_managed(const vmk_thread *t)
{
  return atomic_load_explicit(&t->state, memory_order_relaxed) == VMK_STATE_MANAGED;
}

bool
vmk_enter_managed(vmk_thread *t) VMK_MOVES_ENTRY
{
  bool was = world_is_managed(t);
  if (!was)
    vmk_world_to_managed(t);
  return was;
}

void
vmk_leave_managed(vmk_thread *t, bool was) VMK_MOVES_ENTRY
{
  VMK_DEBUG_ASSERT(world_is_managed(t));
  if (!was)
    vmk_world_to_native(t);
}

void
vmk_enter_native(vmk_thread *t)
{
  VMK_DEBUG_ASSERT(world_is_managed(t));
  vmk_world_to_native(t);
}

void
vmk_leave_native(vmk_thread *t)
{
  VMK_DEBUG_ASSERT(!world_is_managed(t));
  vmk_world_to_managed(t);
}

/* A safepoint is nothing but a visit to the native state. */
void
vmk_poll_slow(vmk_thread *t)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  VMK_DEBUG_ASSERT(world_is_managed(t));
  if (atomic_load_explicit(&t->poll, memory_order_relaxed) & VMK_POLL_STAY) {
    vmk_world_to_native(t);
    vmk_world_to_managed(t);
  }
  if (world->on_poll)
    world->on_poll(t);
}

/* --- holding others ------------------------------------------------------------------------------------ */

/* Take world->change.  Whoever has it may be waiting for us, so we wait in native state; with the
 * lock ours nobody holds us, and becoming managed again does not wait: not for a resume either, since
 * others wait for the lock.  A thread that was suspended here stays away at its next poll. */
static void
world_lock_change(vmk_world *world, vmk_thread *t)
{
  VMK_ASSERT(world_is_managed(t) && world->stopper != t);
  if (pthread_mutex_trylock(&world->change) == 0)
    return;
  vmk_world_to_native(t);
  pthread_mutex_lock(&world->change);
  vmk_world_to_managed_slow(t, VMK_POLL_HOLD);
}

static inline void
world_set_hold(vmk_thread *t)
{
  atomic_fetch_or_explicit(&t->poll, VMK_POLL_HOLD, memory_order_relaxed);
}

static inline void
world_clear_hold(vmk_thread *t)
{
  atomic_fetch_and_explicit(&t->poll, ~VMK_POLL_HOLD, memory_order_release);
}

/* Let those run whose HOLD was cleared. */
static void
world_release(vmk_world *world)
{
  atomic_fetch_add_explicit(&world->releases, 1, memory_order_release);
  vmk_os_futex_wake(&world->releases, INT32_MAX);
}

/* After HOLD and a membarrier: until the thread is native. */
static void
world_await_native(vmk_thread *t)
{
  for (int spins = 0; atomic_load_explicit(&t->state, memory_order_acquire) == VMK_STATE_MANAGED;)
    if (spins++ < WORLD_SPINS)
      vmk_os_pause();
    else
      vmk_os_futex_wait(&t->state, VMK_STATE_MANAGED, VMK_OS_FOREVER, false);
}

void
vmk_world_stop(vmk_thread *t)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  world_lock_change(world, t);
  VMK_ASSERT(!world->stopper);
  /* The list cannot change while we have world->change: no need of its lock to read it. */
  for (vmk_thread_private *p = world->threads; p; p = p->next)
    if (&p->thread != t)
      world_set_hold(&p->thread);
  vmk_os_membarrier();
  for (vmk_thread_private *p = world->threads; p; p = p->next)
    if (&p->thread != t)
      world_await_native(&p->thread);
  world->stopper = t;
  world->stops++;
}

void
vmk_world_resume(vmk_thread *t)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  VMK_ASSERT(world->stopper == t);
  world->stopper = NULL;
  for (vmk_thread_private *p = world->threads; p; p = p->next)
    if (&p->thread != t)
      world_clear_hold(&p->thread);
  world_release(world);
  pthread_mutex_unlock(&world->change);
}

void
vmk_handshake(vmk_thread *t, vmk_thread *target, void (*action)(vmk_thread *, void *), void *data)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  if (target == t || world->stopper == t) {
    action(target, data);
    return;
  }
  world_lock_change(world, t);
  world_set_hold(target);
  vmk_os_membarrier();
  world_await_native(target);
  action(target, data);
  world_clear_hold(target);
  world_release(world);
  pthread_mutex_unlock(&world->change);
}

/* Everybody is asked at once and served one after the other: each runs again as soon as its own
 * action is done. */
void
vmk_handshake_all(vmk_thread *t, void (*action)(vmk_thread *, void *), void *data)
{
  vmk_world *world = vmk_thread_private_of(t)->world;
  bool stopped = world->stopper == t;
  if (!stopped) {
    world_lock_change(world, t);
    for (vmk_thread_private *p = world->threads; p; p = p->next)
      if (&p->thread != t)
        world_set_hold(&p->thread);
    vmk_os_membarrier();
  }
  for (vmk_thread_private *p = world->threads; p; p = p->next) {
    if (!stopped && &p->thread != t)
      world_await_native(&p->thread);
    action(&p->thread, data);
    if (!stopped && &p->thread != t) {
      world_clear_hold(&p->thread);
      world_release(world);
    }
  }
  if (!stopped)
    pthread_mutex_unlock(&world->change);
}

/* --- suspension --------------------------------------------------------------------------------------------- */

/* The target is native, as are all that are not the stopper; it finds the bit when it wants to be managed. */
void
vmk_thread_suspend(vmk_thread *t, vmk_thread *target)
{
  VMK_ASSERT(target == t || vmk_thread_private_of(t)->world->stopper == t);
  atomic_fetch_or_explicit(&target->poll, VMK_POLL_SUSPEND, memory_order_relaxed);
}

void
vmk_thread_resume(vmk_thread *target)
{
  atomic_fetch_and_explicit(&target->poll, ~VMK_POLL_SUSPEND, memory_order_release);
  world_release(vmk_thread_private_of(target)->world);
}

bool
vmk_thread_is_suspended(const vmk_thread *target)
{
  return atomic_load_explicit(&target->poll, memory_order_acquire) & VMK_POLL_SUSPEND;
}

/* --- looking at the threads ------------------------------------------------------------------------------ */

void
vmk_thread_each(vmk_vm *vm, void (*visit)(vmk_thread *, void *), void *data)
{
  vmk_world *world = vmk_vm_world(vm);
  pthread_mutex_lock(&world->list);
  for (vmk_thread_private *p = world->threads; p; p = p->next)
    visit(&p->thread, data);
  pthread_mutex_unlock(&world->list);
}

uint32_t
vmk_thread_count(vmk_vm *vm)
{
  vmk_world *world = vmk_vm_world(vm);
  pthread_mutex_lock(&world->list);
  uint32_t count = world->thread_count;
  pthread_mutex_unlock(&world->list);
  return count;
}

vmk_thread_private *
vmk_thread_by_id(vmk_world *world, uint32_t id)
{
  pthread_mutex_lock(&world->list);
  vmk_thread_private *p = id < world->ids.count ? world->ids.data[id] : NULL;
  pthread_mutex_unlock(&world->list);
  return p;
}
