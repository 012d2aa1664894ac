/* test_monitor.c -- thin and fat locks, waiting and notifying, what the collector does to them
 *
 * Counters guarded by a monitor are plain: TSan judges the lock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vmkit/vmk_monitor.h>

#include "fake_vm.h"
#include "thread/monitor_inline.h"

enum { MS = 1000000, GC_BYTE = 0x5a };
static const uint64_t KIND = UINT64_C(0x1234567800000000) | GC_BYTE;

static vmk_vm *vm;
static vmk_thread *t;
static vmk_object object; /* under test; its other header bits must survive */
static vmk_slot slot;
static vmk_handle h = &slot;

static int
set_up(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_error error;
  vm = fake_vm_new("thread.stack=128k");
  object.header = KIND;
  slot.ref = &object;
  if (vmk_thread_attach(vm, 0, &t, &error) != VMK_OK)
    return 1;
  vmk_enter_managed(t);
  return 0;
}

static int
tear_down(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_leave_managed(t, false);
  fake_join(vm);
  vmk_thread_detach(t);
  fake_vm_free(vm);
  return 0;
}

static bool
is_fat(void)
{
  return object.header & VMK_LOCK_FAT;
}

static void
check_other_bits(void)
{
  assert_int_equal(object.header & ~VMK_LOCK_MASK, KIND);
}

static void
nesting_beyond_the_thin_count(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  assert_false(vmk_monitor_exit(t, h));
  assert_null(vmk_monitor_owner(t, h));
  for (int i = 0; i < 1000; i++) {
    vmk_monitor_enter(t, h);
    assert_int_equal(is_fat(), i >= 256);
    check_other_bits();
  }
  assert_true(vmk_monitor_try_enter(t, h));
  assert_ptr_equal(vmk_monitor_owner(t, h), t);
  for (int i = 0; i < 1001; i++) {
    assert_true(vmk_monitor_is_owner(t, h));
    assert_true(vmk_monitor_exit(t, h));
  }
  assert_false(vmk_monitor_is_owner(t, h));
  assert_false(vmk_monitor_exit(t, h));
  check_other_bits();
}

/* --- contention ----------------------------------------------------------------------------------------- */

enum { THREADS = 6, ROUNDS = 3000 };
static unsigned long guarded;

static void
contend(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  uint32_t seed = (uint32_t)(uintptr_t)data;
  bool was = vmk_enter_managed(self);
  for (int i = 0; i < ROUNDS; i++) {
    int depth = 1 + (seed = seed * 1664525 + 1013904223) % 3;
    for (int d = 0; d < depth; d++)
      vmk_monitor_enter(self, h);
    unsigned long seen = guarded;
    if (i % 16 == 0)
      vmk_poll_slow(self);
    if (i % 512 == 0)
      vmk_sleep(self, MS / 10);
    guarded = seen + 1;
    for (int d = 0; d < depth; d++)
      CHECK(vmk_monitor_exit(self, h));
    /* The collector's byte changes at the same time, as identity hashing changes it. */
    __atomic_fetch_xor((uint8_t *)&object.header, 0x80, __ATOMIC_RELAXED);
    vmk_poll(self);
  }
  vmk_leave_managed(self, was);
}

static vmk_ref
stay(vmk_ref ref, void *data)
{
  (void)data;
  return ref;
}

static void
contention_with_deflation(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  guarded = 0;
  vmk_enter_native(t);
  for (uintptr_t i = 0; i < THREADS; i++)
    fake_start(vm, contend, (void *)(i + 1));
  vmk_leave_native(t);
  while (atomic_load(&vm->running)) {
    vmk_world_stop(t);
    vmk_monitor_sweep(vm, stay, NULL);
    vmk_monitor_sweep(vm, stay, NULL); /* the second finds it untouched */
    vmk_world_resume(t);
    vmk_sleep(t, MS / 4);
  }
  assert_int_equal(guarded, THREADS * ROUNDS);
  vmk_monitor_sweep(vm, stay, NULL);
  vmk_monitor_sweep(vm, stay, NULL);
  assert_false(is_fat());
  assert_int_equal(vmk_monitor_count(vm), 0);
  assert_int_equal(object.header & ~VMK_LOCK_MASK & ~UINT64_C(0x80), KIND);
}

/* --- the collector ----------------------------------------------------------------------------------------- */

static vmk_object moved;

static vmk_ref
move(vmk_ref ref, void *data)
{
  if (data)
    return NULL; /* everything is dead */
  moved = *ref;
  ref->header = 0xdead;
  return &moved;
}

static void
monitors_follow_and_die(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_monitor_enter(t, h);
  assert_int_equal(vmk_monitor_wait(t, h, 0), VMK_WAIT_TIMEOUT); /* inflates */
  assert_true(is_fat());
  vmk_world_stop(t);
  vmk_monitor_sweep(vm, move, NULL);
  slot.ref = &moved;
  vmk_world_resume(t);
  assert_int_equal(vmk_monitor_count(vm), 1); /* owned: kept */
  assert_true(vmk_monitor_is_owner(t, h));
  assert_true(vmk_monitor_exit(t, h));
  vmk_world_stop(t);
  vmk_monitor_sweep(vm, stay, NULL);
  assert_int_equal(vmk_monitor_count(vm), 0);
  assert_int_equal(moved.header, KIND);
  vmk_world_resume(t);
  vmk_monitor_enter(t, h);
  assert_int_equal(vmk_monitor_wait(t, h, 0), VMK_WAIT_TIMEOUT);
  vmk_monitor_exit(t, h);
  vmk_world_stop(t);
  vmk_monitor_sweep(vm, move, &moved);
  vmk_world_resume(t);
  assert_int_equal(vmk_monitor_count(vm), 0);
}

/* --- wait and notify --------------------------------------------------------------------------------------- */

static void
timeouts_and_ownership(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  assert_int_equal(vmk_monitor_wait(t, h, VMK_FOREVER), VMK_WAIT_NOT_OWNER);
  assert_false(vmk_monitor_notify(t, h, true));
  for (int i = 0; i < 300; i++)
    vmk_monitor_enter(t, h);
  assert_true(vmk_monitor_notify(t, h, true));
  int64_t start = vmk_now_ns();
  assert_int_equal(vmk_monitor_wait(t, h, 20 * MS), VMK_WAIT_TIMEOUT);
  assert_true(vmk_now_ns() - start >= 20 * MS);
  vmk_interrupt(t);
  assert_int_equal(vmk_monitor_wait(t, h, VMK_FOREVER), VMK_WAIT_INTERRUPTED);
  assert_true(vmk_interrupted(t, true));
  for (int i = 0; i < 300; i++)
    assert_true(vmk_monitor_exit(t, h));
  assert_false(vmk_monitor_exit(t, h));
}

/* A bounded buffer of one: producers and consumers wait for each other. */
static int buffer, produced, consumed;
enum { ITEMS = 1500 };

static void
produce(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(self);
  for (int i = 0; i < ITEMS; i++) {
    vmk_monitor_enter(self, h);
    while (buffer)
      CHECK(vmk_monitor_wait(self, h, VMK_FOREVER) == VMK_WAIT_NOTIFIED);
    buffer = 1;
    produced++;
    vmk_monitor_notify(self, h, true);
    vmk_monitor_exit(self, h);
  }
  vmk_leave_managed(self, was);
}

static void
consume(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(self);
  for (int i = 0; i < ITEMS; i++) {
    vmk_monitor_enter(self, h);
    while (!buffer)
      vmk_monitor_wait(self, h, i % 2 ? VMK_FOREVER : 50 * MS);
    buffer = 0;
    consumed++;
    vmk_monitor_notify(self, h, true);
    vmk_monitor_exit(self, h);
  }
  vmk_leave_managed(self, was);
}

static void
producers_and_consumers(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  buffer = produced = consumed = 0;
  vmk_enter_native(t);
  for (int i = 0; i < 3; i++) {
    fake_start(vm, produce, NULL);
    fake_start(vm, consume, NULL);
  }
  vmk_leave_native(t);
  while (atomic_load(&vm->running)) {
    vmk_world_stop(t);
    vmk_monitor_sweep(vm, stay, NULL);
    vmk_world_resume(t);
    vmk_sleep(t, MS);
  }
  assert_int_equal(produced, 3 * ITEMS);
  assert_int_equal(consumed, 3 * ITEMS);
}

/* Each notify releases exactly one waiter, interrupts only their target. */
enum { WAITERS = 5 };
static int notified, interrupted, waiting;

static void
wait_once(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(self);
  vmk_monitor_enter(self, h);
  waiting++;
  vmk_wait_result result = vmk_monitor_wait(self, h, VMK_FOREVER);
  waiting--;
  if (result == VMK_WAIT_NOTIFIED)
    notified++;
  if (result == VMK_WAIT_INTERRUPTED)
    interrupted++;
  vmk_monitor_exit(self, h);
  vmk_leave_managed(self, was);
}

static int
guarded_read(int *value) VMK_MOVES
{
  vmk_monitor_enter(t, h);
  int v = *value;
  vmk_monitor_exit(t, h);
  return v;
}

static void
await_value(int *value, int expected) VMK_MOVES
{
  while (guarded_read(value) != expected)
    vmk_sleep(t, MS);
}

static void
notify_wakes_one(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_thread *waiter[WAITERS];
  notified = interrupted = waiting = 0;
  vmk_enter_native(t);
  for (int i = 0; i < WAITERS; i++)
    waiter[i] = fake_start(vm, wait_once, NULL);
  vmk_leave_native(t);
  await_value(&waiting, WAITERS);
  bool is_waiting = false;
  assert_ptr_equal(vmk_monitor_blocked_on(t, waiter[2], &is_waiting)->ref, h->ref);
  assert_true(is_waiting);
  vmk_monitor_enter(t, h); /* so that the waiter cannot wake and be gone before interrupt is done */
  vmk_interrupt(waiter[2]);
  vmk_monitor_exit(t, h);
  await_value(&interrupted, 1);
  for (int n = 1; n <= 2; n++) {
    vmk_monitor_enter(t, h);
    assert_true(vmk_monitor_notify(t, h, false));
    vmk_monitor_exit(t, h);
    await_value(&notified, n);
    vmk_sleep(t, 5 * MS);
    assert_int_equal(guarded_read(&waiting), WAITERS - 1 - n);
  }
  vmk_monitor_enter(t, h);
  assert_true(vmk_monitor_notify(t, h, true));
  vmk_monitor_exit(t, h);
  await_value(&notified, WAITERS - 1);
}

/* --- crowds --------------------------------------------------------------------------------------------------- */

#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
enum { CROWD = 300 };
#else
enum { CROWD = 2000 };
#endif

static bool doors_open;

static void
crowd_member(vmk_thread *self, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  bool was = vmk_enter_managed(self);
  vmk_monitor_enter(self, h);
  waiting++;
  while (!doors_open)
    vmk_monitor_wait(self, h, VMK_FOREVER);
  waiting--;
  vmk_monitor_exit(self, h);
  vmk_leave_managed(self, was);
}

static void
a_crowd(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  waiting = 0;
  doors_open = false;
  vmk_enter_native(t);
  for (int i = 0; i < CROWD; i++)
    fake_start(vm, crowd_member, NULL);
  vmk_leave_native(t);
  await_value(&waiting, CROWD);
  vmk_world_stop(t);
  vmk_monitor_sweep(vm, stay, NULL);
  vmk_world_resume(t);
  vmk_monitor_enter(t, h);
  doors_open = true;
  vmk_monitor_notify(t, h, true);
  vmk_monitor_exit(t, h);
  await_value(&waiting, 0);
}

/* A thread whose id does not fit a thin lock locks fat. */
static void
ids_beyond_thin_locks(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  vmk_thread_private *p = vmk_thread_private_of(t);
  uint32_t bits = p->lock_bits;
  p->lock_bits = 0;
  vmk_monitor_enter(t, h);
  assert_true(is_fat());
  assert_true(vmk_monitor_try_enter(t, h));
  assert_ptr_equal(vmk_monitor_owner(t, h), t);
  assert_true(vmk_monitor_exit(t, h));
  assert_true(vmk_monitor_exit(t, h));
  assert_false(vmk_monitor_exit(t, h));
  p->lock_bits = bits;
  check_other_bits();
}

/* A watcher is told of those who have to sleep, before and after, and of nobody else. */
static _Atomic(int) told;

static void
watch_contention(vmk_thread *thread, vmk_handle watched, bool entered) VMK_MOVES
{
  CHECK(thread != t && watched->ref == &object);
  CHECK(vmk_monitor_is_owner(thread, watched) == entered);
  CHECK(atomic_fetch_add(&told, 1) == entered);
}

static void
enter_and_exit(vmk_thread *thread, void *data) VMK_MOVES_ENTRY
{
  vmk_slot mine = {&object};
  (void)data;
  bool was = vmk_enter_managed(thread);
  vmk_monitor_enter(thread, &mine);
  CHECK(vmk_monitor_exit(thread, &mine));
  vmk_leave_managed(thread, was);
}

static void
contention_is_told(void **state) VMK_MOVES_ENTRY
{
  (void)state;
  atomic_store(&told, 0);
  vmk_monitor_watch(vm, watch_contention);
  vmk_monitor_enter(t, h);
  assert_int_equal(atomic_load(&told), 0);
  vmk_enter_native(t);
  fake_start(vm, enter_and_exit, NULL);
  vmk_leave_native(t);
  while (atomic_load(&told) == 0)
    vmk_poll(t);
  assert_true(vmk_monitor_exit(t, h));
  vmk_enter_native(t);
  fake_join(vm);
  vmk_leave_native(t);
  assert_int_equal(atomic_load(&told), 2);
  vmk_monitor_watch(vm, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(contention_is_told),        TEST(nesting_beyond_the_thin_count),
      TEST(contention_with_deflation), TEST(monitors_follow_and_die),
      TEST(timeouts_and_ownership),    TEST(producers_and_consumers),
      TEST(notify_wakes_one),          TEST(a_crowd),
      TEST(ids_beyond_thin_locks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
