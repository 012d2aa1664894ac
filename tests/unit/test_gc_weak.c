/* test_gc_weak.c -- weak references, finalization, ephemerons, weak handles */
#include "gc_fake.h"

static const char *const plans[] = {"gc=copy,gc.poison", "gc=immix",
                                    "gc=immix,gc.move-always,gc.period=30"};

/* What the hooks saw, in order: the reference's or object's tag. */
static struct {
  int64_t tag[4096];
  size_t count;
  bool keep_soft;
} seen;

enum { TAG = 16 }; /* offset of the i64 in fake_weak kinds and in plain kinds of 2 references */

static void
saw(vmk_ref object)
{
  int64_t tag;
  memcpy(&tag, (char *)object + VMK_HEADER_BYTES + 2 * VMK_REF_BYTES, 8);
  seen.tag[seen.count++ % VMK_COUNT(seen.tag)] = tag;
}
static void
hook_enqueue(vmk_runtime *rt, vmk_thread *t, vmk_ref reference)
{
  (void)rt;
  (void)t;
  saw(reference);
}
static void
hook_finalize(vmk_runtime *rt, vmk_thread *t, vmk_ref object)
{
  (void)rt;
  (void)t;
  saw(object);
}
static bool
hook_keep_soft(vmk_runtime *rt, vmk_ref reference, bool hard)
{
  (void)rt;
  (void)reference;
  return seen.keep_soft && !hard;
}

static vmk_vm *
start(const char *options)
{
  vmk_vm *vm = fake_start(options);
  vm->runtime.hooks.enqueue = hook_enqueue;
  vm->runtime.hooks.finalize_ready = hook_finalize;
  vm->runtime.hooks.keep_soft = hook_keep_soft;
  memset(&seen, 0, sizeof seen);
  return vm;
}

static vmk_handle
make(vmk_vm *vm, vmk_kind *kind, int64_t tag)
{
  vmk_handle h = vmk_new(vm->t, kind);
  vmk_set_i64(h, VMK_HEADER_BYTES + 2 * VMK_REF_BYTES, tag);
  return h;
}

static vmk_handle
make_reference(vmk_vm *vm, vmk_kind *kind, vmk_handle referent, int64_t tag)
{
  vmk_handle h = make(vm, kind, tag);
  vmk_set_ref(vm->t, h, FAKE_REFERENT, referent);
  return h;
}

static vmk_ref
referent(vmk_handle h)
{
  return vmk_load_ref(h->ref, FAKE_REFERENT);
}

static void
phases_come_in_order(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = start(plans[p]);
    vmk_kind *plain = fake_plain(vm, 2, 8);
    vmk_handle r[5], weak_global, final_global;
    {
      vmk_handle object = make(vm, plain, 100);
      for (int s = VMK_PHANTOM; s >= VMK_SOFT; s--)
        r[s] = make_reference(vm, fake_weak(vm, (vmk_strength)s), object, s);
      weak_global = vmk_global_weak_new(vm->t, object, false);
      final_global = vmk_global_weak_new(vm->t, object, true);
      fake_collect(vm, true); /* strongly held: nothing happens, all follow */
      assert_int_equal(seen.count, 0);
      for (int s = VMK_SOFT; s <= VMK_PHANTOM; s++)
        assert_ptr_equal(referent(r[s]), object->ref);
      assert_ptr_equal(weak_global->ref, object->ref);
      object->ref = NULL;
    }
    seen.keep_soft = true;
    fake_collect(vm, false);
    assert_int_equal(seen.count, 0);
    assert_non_null(weak_global->ref);

    fake_collect(vm, true); /* soft and weak cleared, final revives, phantom still has it */
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.tag[0], VMK_SOFT);
    assert_int_equal(seen.tag[1], VMK_WEAK);
    assert_int_equal(seen.tag[2], VMK_FINAL);
    assert_null(referent(r[VMK_SOFT]));
    assert_null(referent(r[VMK_WEAK]));
    assert_null(weak_global->ref);
    assert_non_null(referent(r[VMK_FINAL]));
    assert_ptr_equal(referent(r[VMK_FINAL]), referent(r[VMK_PHANTOM]));
    assert_ptr_equal(referent(r[VMK_FINAL]), final_global->ref);

    fake_collect(vm, true); /* the final reference holds it until it is dropped */
    assert_int_equal(seen.count, 3);
    r[VMK_FINAL]->ref = NULL;
    fake_collect(vm, false);
    assert_int_equal(seen.count, 4);
    assert_int_equal(seen.tag[3], VMK_PHANTOM);
    assert_null(referent(r[VMK_PHANTOM]));
    assert_null(final_global->ref);
    fake_stop(vm);
  }
}

/* Objects are revived with all they reach, once, and judged together. */
static void
finalizable_objects_revive(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = start(plans[p]);
    vmk_kind *plain = fake_plain(vm, 2, 8), *weak = fake_weak(vm, VMK_WEAK);
    vmk_handle a = make(vm, plain, 1), b = make(vm, plain, 2), c = make(vm, plain, 3);
    vmk_set_ref(vm->t, a, fake_ref(0), b); /* a -> b -> c -> a */
    vmk_set_ref(vm->t, b, fake_ref(0), c);
    vmk_set_ref(vm->t, c, fake_ref(0), a);
    vmk_handle w = make_reference(vm, weak, c, 50);
    vmk_set_ref(vm->t, c, fake_ref(1), make_reference(vm, weak, a, 51)); /* inside the dead graph */
    vmk_register_finalizable(vm->t, a);
    vmk_register_finalizable(vm->t, b);
    fake_collect(vm, false);
    assert_int_equal(seen.count, 0);
    a->ref = b->ref = c->ref = NULL;
    for (vmk_slot *s = w + 1; s < vm->t->local_top; s++)
      s->ref = NULL;
    fake_collect(vm, false);
    assert_null(referent(w));
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.tag[0], 50);
    assert_int_equal(seen.tag[1] + seen.tag[2], 3);
    fake_collect(vm, false);
    assert_int_equal(seen.count, 3);
    fake_stop(vm);
  }
}

/* The hook stores the revived object in a root: it lives on, whole. */
static vmk_slot saved;
static void
hook_save(vmk_runtime *rt, vmk_thread *t, vmk_ref object)
{
  (void)rt;
  (void)t;
  saved.ref = object;
}
static void
revived_objects_live_on(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = start(plans[p]);
    vm->runtime.hooks.finalize_ready = hook_save;
    vm->slots = &saved;
    vm->slot_count = 1;
    saved.ref = NULL;
    vmk_kind *plain = fake_plain(vm, 2, 8);
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_handle a = make(vm, plain, 7);
    vmk_set_ref(vm->t, a, fake_ref(0), make(vm, plain, 8));
    vmk_register_finalizable(vm->t, a);
    vmk_scope_end(vm->t, scope);
    for (int i = 0; i < 3; i++) {
      fake_collect(vm, false);
      assert_non_null(saved.ref);
      vmk_ref child = vmk_load_ref(saved.ref, fake_ref(0));
      assert_int_equal(*(int64_t *)((char *)child + VMK_HEADER_BYTES + 2 * VMK_REF_BYTES), 8);
    }
    fake_stop(vm);
  }
}

static void
many_weak_references(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = start(plans[p]);
    vmk_kind *plain = fake_plain(vm, 2, 8), *weak = fake_weak(vm, VMK_WEAK);
    vmk_kind *refs = fake_array_ref(vm);
    enum { N = 2000 };
    vmk_handle keep = vmk_new_array(vm->t, refs, N), weaks = vmk_new_array(vm->t, refs, N);
    for (uint32_t i = 0; i < N; i++) {
      vmk_scope scope = vmk_scope_begin(vm->t);
      vmk_handle o = make(vm, plain, i);
      if (i % 2)
        vmk_set_elem(vm->t, keep, i, o);
      vmk_handle w = make(vm, weak, i);
      vmk_set_ref(vm->t, w, FAKE_REFERENT, o);
      vmk_set_elem(vm->t, weaks, i, w);
      vmk_scope_end(vm->t, scope);
    }
    fake_collect(vm, false);
    assert_int_equal(seen.count, N / 2);
    for (uint32_t i = 0; i < N; i++) {
      vmk_ref to = vmk_load_ref(vmk_load_elem(weaks->ref, i), FAKE_REFERENT);
      assert_ptr_equal(to, i % 2 ? vmk_load_elem(keep->ref, i) : NULL);
    }
    fake_stop(vm);
  }
}

/* --- ephemerons ------------------------------------------------------------------------------------- */

static void
ephemerons_hold_values_by_keys(void **state)
{
  (void)state;
  for (size_t p = 0; p < VMK_COUNT(plans); p++) {
    vmk_vm *vm = start(plans[p]);
    vmk_kind *plain = fake_plain(vm, 2, 8);
    vmk_ephemerons *table = vmk_ephemerons_new(vm), *second = vmk_ephemerons_new(vm);
    vmk_handle key = make(vm, plain, 1), dead = make(vm, plain, 2);
    vmk_handle weak = vmk_global_weak_new(vm->t, dead, true);
    {
      vmk_scope scope = vmk_scope_begin(vm->t);
      vmk_handle value = make(vm, plain, 3);
      vmk_set_ref(vm->t, value, fake_ref(0), key);
      vmk_ephemerons_put(vm->t, table, key, value);
      vmk_ephemerons_put(vm->t, second, value, make(vm, plain, 4));
      vmk_set_ref(vm->t, value, fake_ref(0), dead); /* its value refers to the key: still dead */
      value = make(vm, plain, 5);
      vmk_set_ref(vm->t, value, fake_ref(0), dead);
      vmk_ephemerons_put(vm->t, table, dead, value);
      vmk_scope_end(vm->t, scope);
    }
    fake_collect(vm, false);
    vmk_handle value = vmk_ephemerons_get(vm->t, table, key);
    assert_non_null(value->ref);
    assert_non_null(vmk_ephemerons_get(vm->t, second, value)->ref);
    vmk_set_ref(vm->t, value, fake_ref(0), key); /* was the last strong path to `dead` */
    dead->ref = NULL;
    for (vmk_slot *s = value + 1; s < vm->t->local_top; s++)
      s->ref = NULL;
    fake_collect(vm, false);
    assert_null(weak->ref);
    assert_non_null(vmk_ephemerons_get(vm->t, table, key)->ref);
    vmk_ephemerons_free(second);
    fake_stop(vm); /* frees the other */
  }
}

/* A chain key(i) -> value = key(i + 1), put in the worst order, must not take quadratic time. */
static void
ephemeron_chains_are_linear(void **state)
{
  (void)state;
  vmk_vm *vm = start("gc=immix,gc.max=200m");
  vmk_kind *plain = fake_plain(vm, 2, 8), *refs = fake_array_ref(vm);
  enum { N = 100000 };
  vmk_ephemerons *table = vmk_ephemerons_new(vm);
  vmk_handle all = vmk_new_array(vm->t, refs, N);
  for (uint32_t i = 0; i < N; i++) {
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_set_elem(vm->t, all, i, make(vm, plain, i));
    vmk_scope_end(vm->t, scope);
  }
  for (uint32_t i = N - 1; i-- > 0;) {
    vmk_scope scope = vmk_scope_begin(vm->t);
    vmk_ephemerons_put(vm->t, table, vmk_get_elem(vm->t, all, i), vmk_get_elem(vm->t, all, i + 1));
    vmk_scope_end(vm->t, scope);
  }
  vmk_handle key = vmk_get_elem(vm->t, all, 0);
  all->ref = NULL;
  int64_t begin = vmk_os_now_ns();
  vmk_collect(vm->t, false);
  assert_true(vmk_os_now_ns() - begin < 2000000000);
  for (uint32_t i = 0; i < N; i++) {
    vmk_scope scope = vmk_scope_begin(vm->t);
    assert_int_equal(vmk_get_i64(key, VMK_HEADER_BYTES + 2 * VMK_REF_BYTES), i);
    vmk_handle next = vmk_ephemerons_get(vm->t, table, key);
    assert_true(next->ref || i == N - 1);
    key->ref = next->ref;
    vmk_scope_end(vm->t, scope);
  }
  vmk_collect(vm->t, false);
  vmk_heap_stats stats;
  vmk_heap_stats_get(vm, &stats);
  fake_stop(vm);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(phases_come_in_order),
      cmocka_unit_test(finalizable_objects_revive),
      cmocka_unit_test(revived_objects_live_on),
      cmocka_unit_test(many_weak_references),
      cmocka_unit_test(ephemerons_hold_values_by_keys),
      cmocka_unit_test(ephemeron_chains_are_linear),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
