/* test_world.c -- nobody moves while the world is stopped
 *
 * The counters are plain: under TSan the protocol itself is what makes them race-free.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/fault.h"
#include "fake_vm.h"
#include "thread/thread.h"

enum { THREADS = 8, STOPS = 100, STEPS = 1000 };

/* On a busy machine each round waits for the scheduler: a test of many rounds ends when it has had its
 * share of time. */
static bool
time_is_up(int64_t start_ns)
{
  return vmk_os_now_ns() - start_ns > 4000000000;
}

static unsigned long work[THREADS];
static _Atomic(int) ready;
static _Atomic(bool) finish;

static unsigned long
sum(void)
{
  unsigned long s = 0;
  for (int i = 0; i < THREADS; i++)
    s += work[i];
  return s;
}

static void
mutate(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  unsigned long *mine = data;
  atomic_fetch_add(&ready, 1);
  while (atomic_load(&ready) < THREADS) /* all at once, or nothing overlaps */
    vmk_os_yield();
  bool was = vmk_enter_managed(t);
  for (int stops = 0; stops < STOPS; stops++) {
    for (int i = 0; i < STEPS; i++) {
      ++*mine;
      vmk_poll(t);
    }
    vmk_world_stop(t);
    unsigned long before = sum();
    for (volatile int spin = 0; spin < 500;)
      spin++;
    CHECK(sum() == before);
    vmk_world_resume(t);
    for (int i = 0; i < 20; i++) {
      vmk_enter_native(t);
      vmk_leave_native(t);
      ++*mine;
    }
  }
  vmk_leave_managed(t, was);
}

static void
stops_are_exclusive(void **state)
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  memset(work, 0, sizeof work);
  for (int i = 0; i < THREADS; i++)
    fake_start(vm, mutate, &work[i]);
  fake_join(vm);
  assert_int_equal(sum(), (unsigned long)THREADS * STOPS * (STEPS + 20));
  assert_int_equal(vm->world.stops, THREADS * STOPS);
  fake_vm_free(vm);
}

/* Transitions as fast as they go against one stopper: the membarrier's side of the argument. */
static void
cross_over(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  unsigned long *mine = data;
  while (!atomic_load_explicit(&finish, memory_order_relaxed)) {
    bool was = vmk_enter_managed(t);
    __atomic_store_n(mine, *mine + 1, __ATOMIC_RELAXED);
    vmk_leave_managed(t, was);
  }
}

static void
transitions_are_seen(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t;
  vmk_error error;
  memset(work, 0, sizeof work);
  atomic_store(&finish, false);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_OK);
  fake_start(vm, cross_over, &work[0]);
  bool was = vmk_enter_managed(t);
  uint32_t seed = 1;
  int64_t start = vmk_os_now_ns();
  for (int i = 0; i < 20000 && !time_is_up(start); i++) {
    /* Stop it at any point of its loop: after it got going again, plus a little. */
    unsigned long seen = __atomic_load_n(&work[0], __ATOMIC_RELAXED);
    while (__atomic_load_n(&work[0], __ATOMIC_RELAXED) == seen)
      vmk_poll(t);
    seed = seed * 1664525 + 1013904223;
    for (volatile uint32_t spin = 0; spin < seed >> 26;)
      spin++;
    vmk_world_stop(t);
    unsigned long before = __atomic_load_n(&work[0], __ATOMIC_RELAXED);
    for (volatile int spin = 0; spin < 30;)
      spin++;
    CHECK(__atomic_load_n(&work[0], __ATOMIC_RELAXED) == before);
    vmk_world_resume(t);
  }
  vmk_leave_managed(t, was);
  atomic_store(&finish, true);
  fake_join(vm);
  vmk_thread_detach(t);
  fake_vm_free(vm);
}

/* --- handshakes --------------------------------------------------------------------------------------- */

/* t->client[1] is the thread's plain counter. */
static void
count_until_finish(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(t);
  while (!atomic_load_explicit(&finish, memory_order_relaxed)) {
    t->client[1] = (void *)((uintptr_t)t->client[1] + 1);
    vmk_poll(t);
    if ((uintptr_t)t->client[1] % 64 == 0) {
      vmk_enter_native(t);
      vmk_leave_native(t);
    }
  }
  vmk_leave_managed(t, was);
}

static void
visit_counter(vmk_thread *t, void *data)
{
  void *seen = t->client[1];
  for (volatile int spin = 0; spin < 100;)
    spin++;
  CHECK(seen == t->client[1]);
  ++*(int *)data;
}

static void
handshakes_find_threads_at_rest(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t, *others[4];
  vmk_error error;
  atomic_store(&finish, false);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_OK);
  for (int i = 0; i < 4; i++)
    others[i] = fake_start(vm, count_until_finish, NULL);
  int visits = 0;
  bool was = vmk_enter_managed(t);
  for (int i = 0; i < 300; i++) {
    vmk_handshake(t, others[i % 4], visit_counter, &visits);
    vmk_handshake_all(t, visit_counter, &visits);
  }
  vmk_world_stop(t);
  vmk_handshake(t, others[0], visit_counter, &visits); /* held already */
  vmk_handshake_all(t, visit_counter, &visits);
  vmk_world_resume(t);
  vmk_leave_managed(t, was);
  assert_int_equal(visits, 300 * (1 + 5) + 1 + 5);
  atomic_store(&finish, true);
  fake_join(vm);
  vmk_thread_detach(t);
  fake_vm_free(vm);
}

/* Everybody shakes everybody's hand at once: nobody may wait for a waiter. */
static void
shake_all(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(t);
  for (int i = 0; i < 100; i++) {
    int visits = 0;
    vmk_handshake_all(t, visit_counter, &visits);
    CHECK(visits >= 1);
    vmk_poll(t);
  }
  vmk_leave_managed(t, was);
}

static void
handshakes_cross(void **state)
{
  (void)state;
  vmk_vm *vm = fake_vm_new("thread.poll-always");
  for (int i = 0; i < 6; i++)
    fake_start(vm, shake_all, NULL);
  fake_join(vm);
  fake_vm_free(vm);
}

/* --- births and deaths --------------------------------------------------------------------------------- */

static int live_by_hook; /* plain: hooks exclude each other and the stopped world */

static bool
count_birth(vmk_thread *t, void *data)
{
  (void)t;
  ++*(int *)data;
  return true;
}

static void
count_death(vmk_thread *t, void *data)
{
  (void)t;
  --*(int *)data;
}

static void
brief(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(t);
  vmk_poll(t);
  vmk_leave_managed(t, was);
}

static void
count_one(vmk_thread *t, void *data)
{
  (void)t;
  ++*(int *)data;
}

static void
threads_come_and_go_between_stops(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new("thread.stack=256k");
  vmk_thread *t;
  vmk_error error;
  live_by_hook = 0;
  vmk_world_add_thread_hook(&vm->world, count_birth, count_death, &live_by_hook);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_OK);
  assert_ptr_equal(vmk_thread_current(), t);
  for (int i = 0; i < 200; i++) {
    fake_start(vm, brief, NULL);
    bool was = vmk_enter_managed(t);
    vmk_world_stop(t);
    int listed = 0;
    vmk_thread_each(vm, count_one, &listed);
    CHECK(listed == live_by_hook);
    vmk_world_resume(t);
    vmk_leave_managed(t, was);
  }
  fake_join(vm);
  vmk_thread_detach(t);
  assert_null(vmk_thread_current());
  fake_vm_free(vm);
  assert_int_equal(live_by_hook, 0);
}

static bool
refuse(vmk_thread *t, void *data)
{
  (void)t;
  (void)data;
  return false;
}

static void
attaching_can_fail(void **state)
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t = NULL;
  vmk_error error;
  live_by_hook = 0;
  vmk_world_add_thread_hook(&vm->world, count_birth, count_death, &live_by_hook);
  for (int n = 1; n <= 2; n++) { /* reserving, committing the stack */
    vmk_fault_arm(n);
    assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_ERROR_MEMORY);
  }
  vmk_fault_arm(1); /* making the thread */
  assert_int_equal(vmk_thread_start(vm, 0, brief, NULL, &t, &error), VMK_ERROR_THREAD);
  vmk_fault_arm(2); /* attaching it */
  assert_int_equal(vmk_thread_start(vm, 0, brief, NULL, &t, &error), VMK_ERROR_MEMORY);
  vmk_fault_arm(0);
  vmk_world_add_thread_hook(&vm->world, refuse, NULL, NULL);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_ERROR_MEMORY);
  assert_int_equal(live_by_hook, 0);
  assert_int_equal(vmk_thread_count(vm), 0);
  assert_null(vmk_thread_current());
  fake_vm_free(vm);
}

static void
a_thread_knows_itself(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t;
  vmk_error error;
  assert_int_equal(vmk_thread_attach(vm, 256 << 10, &t, &error), VMK_OK);
  vmk_thread_private *p = vmk_thread_private_of(t);
  p->stack_base[0] = 1;
  p->stack_end[-1] = 1;
  assert_int_equal((char *)p->stack_end - (char *)p->stack_base, 256 << 10);
  assert_true(t->stack_limit < p->stack_end && t->stack_limit > p->stack_base);
  assert_true(p->native_low < (char *)&t && (char *)&t < p->native_high);
  assert_true(vmk_thread_cpu_ns(t) > 0);
  assert_int_equal(vmk_thread_os_id(t), vmk_os_thread_id());
  vmk_thread_set_name(t, "a thread with a rather long name");
  assert_true(vmk_enter_managed(t) == false);
  assert_true(vmk_enter_managed(t) == true);
  vmk_leave_managed(t, true);
  vmk_leave_managed(t, false);
  vmk_thread_detach(t);
  fake_vm_free(vm);
}

/* --- suspension --------------------------------------------------------------------------------------- */

/* A suspended thread stays where it is while others run, stop the world and shake hands, and goes on when
 * it is resumed; one that suspends itself stays at its poll. */
static void
read_counter(vmk_thread *t, void *counter)
{
  *(uintptr_t *)counter = (uintptr_t)t->client[1];
}

static void
suspended_threads_stay(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t;
  vmk_error error;
  atomic_store(&finish, false);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_OK);
  vmk_thread *other = fake_start(vm, count_until_finish, NULL);
  bool was = vmk_enter_managed(t);
  for (int i = 0, visits = 0; i < 50; i++) {
    vmk_world_stop(t);
    vmk_thread_suspend(t, other);
    vmk_world_resume(t);
    assert_true(vmk_thread_is_suspended(other) && !vmk_thread_is_suspended(t));
    uintptr_t seen = (uintptr_t)other->client[1];
    vmk_enter_native(t);
    vmk_os_yield();
    vmk_leave_native(t);
    vmk_world_stop(t);
    vmk_world_resume(t);
    vmk_handshake(t, other, visit_counter, &visits);
    assert_int_equal((uintptr_t)other->client[1], seen);
    vmk_thread_resume(other);
    assert_false(vmk_thread_is_suspended(other));
    uintptr_t later = seen;
    for (int64_t start = vmk_os_now_ns(); later == seen && !time_is_up(start);)
      vmk_handshake(t, other, read_counter, &later);
    assert_int_not_equal(later, seen);
  }
  vmk_leave_managed(t, was);
  atomic_store(&finish, true);
  fake_join(vm);
  vmk_thread_detach(t);
  fake_vm_free(vm);
}

static _Atomic(int) suspended_step;

static void
suspend_self(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(t);
  vmk_thread_suspend(t, t);
  atomic_store(&suspended_step, 1);
  vmk_poll(t);
  atomic_store(&suspended_step, 2);
  vmk_leave_managed(t, was);
}

static void
a_thread_suspends_itself(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_vm *vm = fake_vm_new(NULL);
  vmk_thread *t;
  vmk_error error;
  atomic_store(&suspended_step, 0);
  assert_int_equal(vmk_thread_attach(vm, 0, &t, &error), VMK_OK);
  vmk_thread *other = fake_start(vm, suspend_self, NULL);
  while (atomic_load(&suspended_step) == 0)
    vmk_os_yield();
  bool was = vmk_enter_managed(t);
  vmk_world_stop(t); /* waits until it is at its poll */
  vmk_world_resume(t);
  vmk_leave_managed(t, was);
  assert_int_equal(atomic_load(&suspended_step), 1);
  vmk_thread_resume(other);
  fake_join(vm);
  assert_int_equal(atomic_load(&suspended_step), 2);
  vmk_thread_detach(t);
  fake_vm_free(vm);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stops_are_exclusive),
      cmocka_unit_test(transitions_are_seen),
      cmocka_unit_test(handshakes_find_threads_at_rest),
      cmocka_unit_test(handshakes_cross),
      cmocka_unit_test(suspended_threads_stay),
      cmocka_unit_test(a_thread_suspends_itself),
      cmocka_unit_test(threads_come_and_go_between_stops),
      cmocka_unit_test(attaching_can_fail),
      cmocka_unit_test(a_thread_knows_itself),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
