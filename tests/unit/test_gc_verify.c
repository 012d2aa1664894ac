/* test_gc_verify.c -- planted faults: each must be found by gc.verify's second trace */
#include "gc_fake.h"

static vmk_vm *vm;
static vmk_handle parent, child;

static size_t
verify(void)
{
  vmk_world_stop(vm->t);
  size_t faults = vmk_heap_verify(&vm->heap, vm->t);
  vmk_world_resume(vm->t);
  return faults;
}

static int
setup(void **state)
{
  (void)state;
  vm = fake_start("gc=immix");
  vmk_kind *kind = fake_plain(vm, 2, 400);
  parent = vmk_new(vm->t, kind);
  child = vmk_new(vm->t, kind);
  vmk_set_ref(vm->t, parent, fake_ref(0), child);
  fake_collect(vm, false);
  assert_int_equal(verify(), 0);
  return 0;
}

static int
teardown(void **state)
{
  (void)state;
  fake_stop(vm);
  return 0;
}

/* A root that the enumeration forgot: its object died, the slot stayed. */
static void
forgotten_root(void **state)
{
  (void)state;
  vmk_ref stale = child->ref;
  child->ref = NULL;
  vmk_set_ref(vm->t, parent, fake_ref(0), child);
  fake_collect(vm, false);
  child->ref = stale;
  assert_true(verify() > 0);
  child->ref = NULL;
}

/* A slot that was not updated when its object moved (its old copy is still readable). */
static void
stale_slot(void **state)
{
  (void)state;
  vmk_kind *kind = vmk_handle_kind(child);
  vmk_ref old = child->ref;
  vm->heap.config.move_always = true;
  fake_collect(vm, false);
  vm->heap.config.move_always = false;
  assert_ptr_not_equal(old, child->ref);
  assert_ptr_equal(vmk_handle_kind(child), kind);
  vmk_store_ref(vm->t, parent->ref, fake_ref(1), old);
  assert_true(verify() > 0);
}

/* Only the first line of an object was marked. */
static void
unmarked_line(void **state)
{
  (void)state;
  uint8_t *line = vmk_line_of((uintptr_t)child->ref + 300);
  assert_int_equal(*line, VMK_LINE_LIVE);
  *line = VMK_LINE_FREE;
  assert_true(verify() > 0);
}

static void
interior_in_a_slot(void **state)
{
  (void)state;
  vmk_store_ref(vm->t, parent->ref, fake_ref(1), (vmk_ref)((char *)child->ref + 8));
  assert_true(verify() > 0);
}

static void
forwarding_left_behind(void **state)
{
  (void)state;
  uint64_t header = child->ref->header;
  child->ref->header |= VMK_HEADER_FORWARDED;
  assert_true(verify() > 0);
  child->ref->header = header;
  assert_int_equal(verify(), 0);
}

static void
pin_out_of_step(void **state)
{
  (void)state;
  child->ref->header |= VMK_HEADER_PINNED;
  assert_true(verify() > 0);
}

static void
wrong_kind(void **state)
{
  (void)state;
  child->ref->header = (child->ref->header & 0xffffffff) | (uint64_t)0x1fffffff << 32;
  assert_true(verify() > 0);
}

static void
wrong_block_state(void **state)
{
  (void)state;
  vmk_block *block = vmk_block_of((uintptr_t)child->ref);
  uint8_t was = block->state;
  block->state = VMK_BLOCK_FREE;
  assert_true(verify() > 0);
  block->state = was;
}

int
main(void)
{
#define FAULT(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      FAULT(forgotten_root),
      FAULT(stale_slot),
      FAULT(unmarked_line),
      FAULT(interior_in_a_slot),
      FAULT(forwarding_left_behind),
      FAULT(pin_out_of_step),
      FAULT(wrong_kind),
      FAULT(wrong_block_state),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
