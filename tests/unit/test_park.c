/* test_park.c -- parking, sleeping and interrupting: permits, deadlines, no lost wake-up */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_vm.h"

enum { MS = 1000000 };

static vmk_vm *vm;
static vmk_thread *t;

static int
set_up(void **state)
{
  (void)state;
  vmk_error error;
  vm = fake_vm_new(NULL);
  return vmk_thread_attach(vm, 0, &t, &error) != VMK_OK;
}

static int
tear_down(void **state)
{
  (void)state;
  vmk_thread_detach(t);
  fake_vm_free(vm);
  return 0;
}

static void
permits_and_deadlines(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_enter_managed(t);
  int64_t start = vmk_now_ns();
  vmk_unpark(t);
  vmk_unpark(t); /* one permit, not two */
  vmk_park(t, VMK_FOREVER, false);
  vmk_park(t, vmk_now_ns() + 20 * MS, false);
  assert_true(vmk_now_ns() - start >= 20 * MS);
  start = vmk_now_ns();
  vmk_park(t, vmk_wall_ns() + 20 * MS, true);
  assert_true(vmk_now_ns() - start >= 19 * MS);
  vmk_park(t, 0, true); /* long past */
  vmk_park(t, -5, false);
  start = vmk_now_ns();
  assert_true(vmk_sleep(t, 20 * MS));
  assert_true(vmk_now_ns() - start >= 20 * MS);
  assert_true(vmk_sleep(t, 0));
  vmk_leave_managed(t, false);
}

static void
interrupts(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_enter_managed(t);
  vmk_interrupt(t);
  assert_true(vmk_interrupted(t, false));
  vmk_park(t, VMK_FOREVER, false);
  vmk_park(t, VMK_FOREVER, false); /* the flag stays, the permit not */
  assert_false(vmk_sleep(t, VMK_FOREVER));
  assert_true(vmk_interrupted(t, true));
  assert_false(vmk_interrupted(t, true));
  vmk_leave_managed(t, false);
}

static void
interrupt_other(vmk_thread *other, void *data) VMK_MOVES_ENTRY
{
  bool was = vmk_enter_managed(other);
  vmk_sleep(other, 10 * MS);
  vmk_interrupt(data);
  vmk_leave_managed(other, was);
}

static void
interrupts_from_elsewhere(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  fake_start(vm, interrupt_other, t);
  vmk_enter_managed(t);
  assert_false(vmk_sleep(t, VMK_FOREVER));
  assert_true(vmk_interrupted(t, true));
  vmk_leave_managed(t, false);
  fake_start(vm, interrupt_other, t);
  vmk_enter_managed(t);
  while (!vmk_interrupted(t, false))
    vmk_park(t, VMK_FOREVER, false);
  vmk_leave_managed(t, false);
  fake_join(vm);
}

/* Two threads hand a token to and fro by park and unpark alone. */
static _Atomic(uint32_t) token, through;
static vmk_thread *player[2];
enum { ROUNDS = 3000 };

static void
play(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  uint32_t me = (uint32_t)(uintptr_t)data;
  bool was = vmk_enter_managed(self);
  while (!__atomic_load_n(&player[1 - me], __ATOMIC_ACQUIRE))
    vmk_poll(self);
  for (uint32_t i = 0; i < ROUNDS; i++) {
    while (atomic_load(&token) % 2 != me)
      vmk_park(self, VMK_FOREVER, false);
    atomic_fetch_add(&token, 1);
    vmk_unpark(player[1 - me]);
  }
  vmk_leave_managed(self, was);
  /* The other may still unpark us: stay until both are through. */
  atomic_fetch_add(&through, 1);
  while (atomic_load(&through) < 2)
    vmk_os_yield();
}

static void
no_wake_up_is_lost(void **state)
{
  (void)state;
  for (uintptr_t i = 0; i < 2; i++) {
    vmk_thread *p = fake_start(vm, play, (void *)i);
    __atomic_store_n(&player[i], p, __ATOMIC_RELEASE);
  }
  fake_join(vm);
  assert_int_equal(atomic_load(&token), 2 * ROUNDS);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(permits_and_deadlines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(interrupts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(interrupts_from_elsewhere, set_up, tear_down),
      cmocka_unit_test_setup_teardown(no_wake_up_is_lost, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
