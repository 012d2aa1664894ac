/* test_gc_alloc.c -- allocation of all shapes, moving, hashes, pins, large objects, limits */
#include "gc_fake.h"

static const char *const plans[] = {"gc=copy,gc.poison", "gc=immix",
                                    "gc=immix,gc.move-always,gc.period=50",
                                    "gc=immix,gc.every-alloc=97,gc.seed=5,gc.poison"};

/* A list of n nodes (next, value), each value checked after moving. */
static void
list_survives(vmk_vm *vm)
{
  vmk_kind *node = fake_plain(vm, 1, 8);
  vmk_handle head = vmk_local_null(vm->t);
  for (int i = 0; i < 20000; i++) {
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_handle n = vmk_new(vm->t, node);
    vmk_set_i64(n, fake_data(1), i);
    vmk_set_ref(vm->t, n, fake_ref(0), head);
    head->ref = n->ref;
    vmk_scope_end(vm->t, scope);
  }
  fake_collect(vm, false);
  fake_collect(vm, false);
  int expect = 19999;
  for (vmk_ref n = head->ref; n; n = vmk_load_ref(n, fake_ref(0)))
    assert_int_equal(*(int64_t *)((char *)n + fake_data(1)), expect--);
  assert_int_equal(expect, -1);
}

static void
lists_survive_all_plans(void **state)
{
  (void)state;
  for (size_t i = 0; i < VMK_COUNT(plans); i++) {
    vmk_vm *vm = fake_start(plans[i]);
    list_survives(vm);
    fake_stop(vm);
  }
}

/* Objects of every shape and size, each holding a marked child. */
static void
shapes_survive(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_kind *child = fake_plain(vm, 0, 8);
    vmk_kind *kinds[] = {fake_plain(vm, 1, 0), fake_plain(vm, 200, 0), fake_array_ref(vm),
                         fake_array_aggregate(vm, 24), fake_plain(vm, 1, 3000)};
    enum { PER = 40 };
    vmk_handle kept[VMK_COUNT(kinds)][PER];
    for (int i = 0; i < PER; i++)
      for (size_t k = 0; k < VMK_COUNT(kinds); k++) {
        uint32_t length = (uint32_t)(1 + i * i * 3);
        vmk_handle c = vmk_new(vm->t, child);
        vmk_set_i64(c, 8, (int64_t)(k * 1000 + (size_t)i));
        kept[k][i] = vmk_kind_is_array(kinds[k]) ? vmk_new_array(vm->t, kinds[k], length)
                                                 : vmk_new(vm->t, kinds[k]);
        size_t last = VMK_HEADER_BYTES;
        if (k == 1)
          last = fake_ref(199);
        else if (k == 2)
          last = VMK_ARRAY_DATA_OFFSET + (length - 1) * VMK_REF_BYTES;
        else if (k == 3)
          last = VMK_ARRAY_DATA_OFFSET + (length - 1) * 24;
        vmk_set_ref(vm->t, kept[k][i], last, c);
        c->ref = NULL;
      }
    for (int round = 0; round < 3; round++)
      fake_collect(vm, round == 1);
    for (int i = 0; i < PER; i++)
      for (size_t k = 0; k < VMK_COUNT(kinds); k++) {
        uint32_t length = (uint32_t)(1 + i * i * 3);
        size_t last = VMK_HEADER_BYTES;
        if (k == 1)
          last = fake_ref(199);
        else if (k == 2)
          last = VMK_ARRAY_DATA_OFFSET + (length - 1) * VMK_REF_BYTES;
        else if (k == 3)
          last = VMK_ARRAY_DATA_OFFSET + (length - 1) * 24;
        if (vmk_kind_is_array(kinds[k]))
          assert_int_equal(vmk_array_length(kept[k][i]), length);
        vmk_ref c = vmk_load_ref(kept[k][i]->ref, last);
        assert_int_equal(*(int64_t *)((char *)c + 8), k * 1000 + (size_t)i);
      }
    fake_stop(vm);
  }
}

static void
hashes_are_stable(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_kind *kind = fake_plain(vm, 0, 8), *bytes = fake_array(vm, 0);
    enum { N = 500 };
    vmk_handle h[N];
    uint32_t hash[N];
    for (int i = 0; i < N; i++) {
      h[i] = i % 3 ? vmk_new(vm->t, kind) : vmk_new_array(vm->t, bytes, (uint32_t)i * 40);
      hash[i] = i % 2 ? vmk_identity_hash(vm->t, h[i]) : 0;
      assert_true(i % 2 == 0 || (hash[i] && hash[i] <= 0x7fffffff));
    }
    for (int round = 0; round < 4; round++) {
      fake_collect(vm, false);
      for (int i = 0; i < N; i++) {
        if (!hash[i] && round == 2)
          hash[i] = vmk_identity_hash(vm->t, h[i]);
        else if (hash[i])
          assert_int_equal(vmk_identity_hash(vm->t, h[i]), hash[i]);
      }
    }
    vmk_handle copy = vmk_clone(vm->t, h[1]);
    assert_false(copy->ref->header & (VMK_HEADER_HASHED | VMK_HEADER_HASH_KEPT));
    fake_stop(vm);
  }
}

static int
compare_hashes(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Objects that are born where others were before they moved away do not share their hashes. */
static void
hashes_differ_at_one_address(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_kind *kind = fake_plain(vm, 0, 8);
    enum { N = 400 };
    vmk_handle h[N];
    uint32_t hash[N];
    for (int i = 0; i < N; i++) {
      h[i] = vmk_new(vm->t, kind);
      hash[i] = vmk_identity_hash(vm->t, h[i]);
      if (i % 4 == 3)
        fake_collect(vm, false);
    }
    qsort(hash, N, sizeof hash[0], compare_hashes);
    for (int i = 1; i < N; i++)
      assert_int_not_equal(hash[i - 1], hash[i]);
    fake_stop(vm);
  }
}

static void
pinned_objects_stay(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = fake_start(plans[p]);
    vmk_kind *kind = fake_plain(vm, 1, 40), *statics = fake_plain(vm, 4, 100);
    statics->flags = VMK_KIND_PINNED;
    enum { N = 300 };
    vmk_handle h[N];
    vmk_ref at[N];
    for (int i = 0; i < N; i++) {
      h[i] = i % 3 == 0   ? vmk_new(vm->t, statics)
             : i % 3 == 1 ? vmk_new_pinned(vm->t, kind)
                          : vmk_new(vm->t, kind);
      if (i % 3 == 2)
        vmk_pin(vm->t, h[i]);
      at[i] = h[i]->ref;
    }
    for (int round = 0; round < 3; round++) {
      fake_collect(vm, false);
      for (int i = 0; i < N; i++)
        assert_ptr_equal(h[i]->ref, at[i]);
    }
    int moved = 0;
    for (int i = 2; i < N; i += 3)
      vmk_unpin(vm->t, h[i]);
    fake_collect(vm, true);
    for (int i = 0; i < N; i++)
      moved += h[i]->ref != at[i];
    if (p == 0 || p == 2)
      assert_int_equal(moved, N / 3);
    fake_stop(vm);
  }
}

static void
memory_is_zero(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=immix,gc.initial=1m,gc.max=8m,gc.verify");
  vmk_kind *bytes = fake_array(vm, 0);
  vmk_handle ring[64];
  for (int i = 0; i < 64; i++)
    ring[i] = vmk_local_null(vm->t);
  uint32_t random = 1;
  for (int i = 0; i < 30000; i++) {
    random = random * 1664525 + 1013904223;
    uint32_t length = (random >> 8) % (i % 50 ? 600 : 30000);
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_handle a = vmk_new_array(vm->t, bytes, length);
    unsigned char *data = vmk_array_data(a);
    for (uint32_t k = 0; k < length; k++)
      if (data[k])
        fail_msg("byte %u of %u is %d", k, length, data[k]);
    memset(data, 0x5a, length);
    ring[random % 64]->ref = a->ref;
    vmk_scope_end(vm->t, scope);
  }
  vmk_heap_stats stats;
  vmk_heap_stats_get(vm, &stats);
  assert_true(stats.collections > 3);
  assert_true(stats.used_bytes <= 8 << 20);
  fake_stop(vm);
}

static void
running_out_traps(void **state)
{
  (void)state;
  for (int plan = 0; plan < 2; plan++) {
    vmk_vm *vm = fake_start(plan ? "gc=immix,gc.max=8m" : "gc=copy,gc.max=8m");
    vmk_kind *node = fake_plain(vm, 1, 8), *bytes = fake_array(vm, 3);
    vmk_handle head = vmk_local_null(vm->t);
    assert_null(vmk_new_array(vm->t, bytes, UINT32_MAX));
    assert_null(vmk_new_array(vm->t, bytes, 4 << 20));
    assert_int_equal(vm->out_of_memory, 2);
    long count = 0;
    for (;; count++) {
      vmk_scope scope = vmk_scope_begin(vm->t);
      vmk_handle n = vmk_new(vm->t, node);
      if (!n)
        break;
      vmk_set_ref(vm->t, n, fake_ref(0), head);
      head->ref = n->ref;
      vmk_scope_end(vm->t, scope);
    }
    assert_true(count * (long)node->size > (plan ? 7 << 20 : 3 << 20));
    assert_int_equal(vm->out_of_memory, 3);
    head->ref = NULL; /* and goes on */
    assert_non_null(vmk_new_array(vm->t, bytes, 200000));
    assert_non_null(vmk_new(vm->t, node));
    fake_collect(vm, false);
    fake_stop(vm);
  }
}

static void
the_heap_grows_and_shrinks(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=immix,gc.max=400m");
  vmk_kind *bytes = fake_array(vm, 0);
  vmk_scope scope = vmk_scope_begin(vm->t);
  for (int i = 0; i < 60000; i++)
    assert_non_null(vmk_new_array(vm->t, bytes, 1000));
  for (int i = 0; i < 100; i++)
    assert_non_null(vmk_new_array(vm->t, bytes, 500000));
  vmk_heap_stats stats;
  vmk_heap_stats_get(vm, &stats);
  assert_true(stats.used_bytes > 100 << 20);
  vmk_scope_end(vm->t, scope);
  for (int i = 0; i < 5; i++)
    fake_collect(vm, false);
  vmk_heap_stats_get(vm, &stats);
  assert_true(stats.committed_bytes < 12 << 20);
  fake_stop(vm);
}

static void
large_objects_come_and_go(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=immix,gc.max=64m,gc.verify");
  vmk_kind *refs = fake_array_ref(vm), *leaf = fake_plain(vm, 0, 8);
  vmk_handle keep = vmk_new_array(vm->t, refs, 100);
  uint32_t random = 7;
  for (int i = 0; i < 2000; i++) {
    random = random * 1664525 + 1013904223;
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_handle a = vmk_new_array(vm->t, refs, 2500 + (random >> 10) % 60000);
    assert_non_null(a);
    for (uint32_t k = 0; k < vmk_array_length(a); k += 500) {
      assert_null(vmk_load_elem(a->ref, k));
      vmk_set_elem(vm->t, a, k, vmk_new(vm->t, leaf));
    }
    vmk_set_elem(vm->t, keep, (random >> 4) % 100, a);
    vmk_scope_end(vm->t, scope);
  }
  fake_stop(vm);
}

static void
metaspace_is_cheap_and_freed(void **state)
{
  (void)state;
  vmk_vm *vm = fake_start("gc=immix");
  vmk_heap_stats before, with, after;
  vmk_heap_stats_get(vm, &before);
  static vmk_module modules[1000];
  for (int i = 0; i < 1000; i++) {
    vmk_meta_arena_init(&modules[i].arena, &vm->heap);
    assert_non_null(vmk_meta_alloc(&modules[i], 0));
    for (int k = 0; k < 10; k++) {
      char *p = vmk_meta_alloc(&modules[i], 200);
      for (int b = 0; b < 200; b++)
        assert_int_equal(p[b], 0);
      memset(p, 1, 200);
    }
  }
  vmk_heap_stats_get(vm, &with);
  assert_true(with.metaspace_committed_bytes - before.metaspace_committed_bytes <= 1000 * 4096);
  assert_non_null(vmk_meta_alloc(&modules[0], 3 << 20));
  for (int i = 0; i < 1000; i++)
    vmk_meta_arena_fini(&modules[i].arena);
  vmk_meta_settle(&vm->heap);
  vmk_heap_stats_get(vm, &after);
  assert_int_equal(vm->heap.meta.pages.used, before.metaspace_committed_bytes >> 12);
  fake_stop(vm);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lists_survive_all_plans),   cmocka_unit_test(shapes_survive),
      cmocka_unit_test(hashes_are_stable),         cmocka_unit_test(hashes_differ_at_one_address),
      cmocka_unit_test(pinned_objects_stay),       cmocka_unit_test(memory_is_zero),
      cmocka_unit_test(running_out_traps),         cmocka_unit_test(the_heap_grows_and_shrinks),
      cmocka_unit_test(large_objects_come_and_go), cmocka_unit_test(metaspace_is_cheap_and_freed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
