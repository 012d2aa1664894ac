/* test_gc_roots.c -- handles, interior pointers, array copies, walking, threads */
#include "gc_fake.h"

static const char *const plans[] = {"gc=copy,gc.poison", "gc=immix",
                                    "gc=immix,gc.move-always,gc.period=40"};

static void
scopes_nest(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=copy,gc.verify");
  vmk_thread *t = vm->t;
  vmk_kind *kind = fake_plain(vm, 0, 8);
  vmk_scope outer = vmk_scope_begin(t); /* nothing was allocated yet */
  vmk_handle a = vmk_new(t, kind);
  vmk_set_i64(a, 8, 1);
  vmk_scope inner = vmk_scope_begin(t);
  vmk_handle first = NULL, last = NULL;
  for (int i = 0; i < 3000; i++) { /* a dozen chunks */
    last = vmk_new(t, kind);
    vmk_set_i64(last, 8, i);
    first = first ? first : last;
  }
  vmk_collect(t, false);
  assert_int_equal(vmk_get_i64(first, 8), 0);
  assert_int_equal(vmk_get_i64(last, 8), 2999);
  assert_true(vmk_handle_is_local(t, first) && vmk_handle_is_local(t, last));
  vmk_handle out = vmk_scope_end_with(t, inner, last);
  assert_int_equal(vmk_get_i64(out, 8), 2999);
  assert_int_equal(vmk_get_i64(a, 8), 1);
  assert_true(vmk_handle_is_local(t, a) && vmk_handle_is_local(t, out));
  assert_false(vmk_handle_is_local(t, out + 1));
  assert_null(vmk_scope_end_with(t, vmk_scope_begin(t), NULL));
  vmk_scope_end(t, outer);
  assert_false(vmk_handle_is_local(t, a));
  vmk_collect(t, false);
  vmk_heap_stats stats;
  vmk_heap_stats_get(vm, &stats);
  assert_int_equal(stats.used_bytes, 0);
  fake_stop(vm);
}

static void
globals_hold_and_are_reused(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=copy,gc.verify");
  vmk_thread *t = vm->t;
  vmk_kind *kind = fake_plain(vm, 0, 8);
  enum { N = 2000 };
  static vmk_handle g[N];
  vmk_scope scope = vmk_scope_begin(t);
  for (int i = 0; i < N; i++) {
    vmk_handle o = vmk_new(t, kind);
    vmk_set_i64(o, 8, i);
    g[i] = i % 4 ? vmk_global_new(t, o) : vmk_global_weak_new(t, o, i % 8);
  }
  vmk_scope_end(t, scope);
  for (int i = 1; i < N; i += 2)
    vmk_global_free(t, g[i]);
  vmk_collect(t, false);
  bool weak;
  for (int i = 0; i < N; i += 2) {
    assert_true(vmk_handle_is_global(vm, g[i], &weak));
    assert_true(weak == (i % 4 == 0));
    assert_true(i % 4 ? vmk_get_i64(g[i], 8) == i : !g[i]->ref);
  }
  assert_false(vmk_handle_is_global(vm, g[1], &weak));
  vmk_slot other = {NULL};
  assert_false(vmk_handle_is_global(vm, &other, &weak));
  vmk_handle again = vmk_global_new(t, g[2]);
  assert_true(vmk_handle_is_global(vm, again, &weak) && !weak);
  fake_stop(vm);
}

/* Pointers into objects of each space follow them; others are left alone. */
static void
interior_pointers_follow(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_thread *t = vm->t;
    vmk_kind *plain = fake_plain(vm, 2, 80), *longs = fake_array(vm, 3);
    enum { N = 400 };
    static void *at[N + 3];
    vm->interior = at;
    vm->interior_count = N + 3;
    memset(at, 0, sizeof at);
    at[N] = &vm;
    at[N + 1] = vm->t->stack_limit;
    void *foreign = at[N + 2] = malloc(8);
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < N; i++) {
        vmk_scope scope = vmk_scope_begin(t);
        if (i % 4 == round || round == 0) { /* some are replaced between collections */
          if (i % 2) {
            vmk_handle o = i % 3 ? vmk_new(t, plain) : vmk_new_pinned(t, plain);
            vmk_set_i64(o, 40, i);
            at[i] = (char *)o->ref + 40;
          } else {
            vmk_handle o = vmk_new_array(t, longs, (uint32_t)i * 8 + 1);
            vmk_set_i64(o, VMK_ARRAY_DATA_OFFSET + (size_t)i * 64, i);
            at[i] = (char *)o->ref + VMK_ARRAY_DATA_OFFSET + (size_t)i * 64;
          }
        }
        vmk_scope_end(t, scope);
        vmk_new(t, plain); /* garbage between them */
      }
      vmk_scope_end(t, (vmk_scope){NULL, NULL});
      fake_collect(vm, round == 2);
      for (int i = 0; i < N; i++)
        assert_int_equal(*(int64_t *)at[i], i);
    }
    assert_ptr_equal(at[N], &vm);
    assert_ptr_equal(at[N + 2], foreign);
    vm->interior_count = 0;
    free(foreign);
    fake_stop(vm);
  }
}

static void
arrays_copy(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=immix");
  vmk_thread *t = vm->t;
  for (unsigned shift = 0; shift < 4; shift++) {
    vmk_kind *kind = fake_array(vm, shift);
    for (int overlap = 0; overlap < 2; overlap++)
      for (size_t from = 0; from < 5; from++)
        for (size_t to = 0; to < 5; to++) {
          vmk_scope scope = vmk_scope_begin(t);
          vmk_handle a = vmk_new_array(t, kind, 64);
          vmk_handle b = overlap ? a : vmk_new_array(t, kind, 64);
          unsigned char expect[512], *data = vmk_array_data(a);
          for (size_t i = 0; i < (size_t)64 << shift; i++)
            data[i] = (unsigned char)(i * 7 + shift);
          memcpy(expect, vmk_array_data(b), (size_t)64 << shift);
          memmove(expect + (to << shift), data + (from << shift), (size_t)37 << shift);
          vmk_array_copy(t, a, from, b, to, 37);
          assert_memory_equal(vmk_array_data(b), expect, (size_t)64 << shift);
          vmk_scope_end(t, scope);
        }
  }
  fake_stop(vm);
}

static void
count_object(vmk_ref object, void *data)
{
  ((size_t *)data)[0]++;
  ((size_t *)data)[1] += vmk_object_size(object);
}

static void
walks_see_all_and_only_the_living(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_kind *plain = fake_plain(vm, 1, 8), *bytes = fake_array(vm, 0);
    size_t size = plain->size, seen[2] = {0};
    for (int i = 0; i < 300; i++) {
      vmk_new(vm->t, plain);
      vmk_new(vm->t, plain)->ref = NULL;
    }
    vmk_new_pinned(vm->t, plain);
    vmk_new_array(vm->t, bytes, 20000);
    vmk_heap_walk(vm->t, &(vmk_heap_visitor){.object = count_object}, seen);
    assert_int_equal(seen[0], 302);
    assert_int_equal(seen[1], 301 * size + 20016);
    fake_stop(vm);
  }
}

/* --- threads ------------------------------------------------------------------------------------------ */

enum { THREADS = 4, ROUNDS = 6000, SHARED = 256 };
static vmk_kind *thread_node;
static vmk_slot shared; /* array of nodes that all threads exchange */
static _Atomic(int) thread_left, thread_faults;

static void
thread_body(vmk_thread *t, void *data)
{
  uint64_t random = (uint64_t)(uintptr_t)data + 1;
  vmk_enter_managed(t);
  vmk_handle mine = vmk_local_null(t);
  for (int i = 0; i < ROUNDS; i++) {
    random = random * 6364136223846793005ull + 1442695040888963407ull;
    size_t slot = (random >> 40) % SHARED;
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle n = vmk_new(t, thread_node);
    vmk_set_i64(n, fake_ref(2), 77);
    vmk_set_ref(t, n, fake_ref(0), mine);
    mine->ref = i % 100 ? n->ref : NULL;
    vmk_handle old = vmk_get_elem(t, &shared, slot);
    if (old->ref && vmk_get_i64(old, fake_ref(2)) != 77)
      thread_faults++;
    if (old->ref && random >> 63)
      vmk_identity_hash(t, old);
    vmk_set_elem(t, &shared, slot, n);
    vmk_scope_end(t, scope);
    vmk_poll(t);
  }
  vmk_leave_managed(t, false);
  thread_left--;
}

static void
threads_allocate_together(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    char options[200];
    snprintf(options, sizeof options, "%s,gc.initial=256k,gc.max=%dm,gc.verify", plans[p], 16);
    vmk_vm *vm = fake_start(options);
    vmk_error error;
    shared.ref = NULL;
    vm->slots = &shared;
    vm->slot_count = 1;
    thread_node = fake_plain(vm, 2, 8);
    vmk_kind *refs = fake_array_ref(vm);
    shared.ref = vmk_new_array(vm->t, refs, SHARED)->ref;
    vmk_leave_managed(vm->t, false);
    thread_left = THREADS;
    thread_faults = 0;
    for (int i = 0; i < THREADS; i++)
      assert_int_equal(vmk_thread_start(vm, 0, thread_body, (void *)(uintptr_t)i, NULL, &error),
                       VMK_OK);
    while (thread_left || vmk_thread_count(vm) > 1)
      vmk_os_yield();
    vmk_enter_managed(vm->t);
    assert_int_equal(thread_faults, 0);
    fake_collect(vm, true);
    fake_stop(vm);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scopes_nest),
      cmocka_unit_test(globals_hold_and_are_reused),
      cmocka_unit_test(interior_pointers_follow),
      cmocka_unit_test(arrays_copy),
      cmocka_unit_test(walks_see_all_and_only_the_living),
      cmocka_unit_test(threads_allocate_together),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
