/* test_rt_unload.c -- modules that live as long as their holder: what keeps one, what does not, what is left
 *
 * Each test runs with one tracing thread and several, and with collectors that move nothing, everything,
 * or everything at each chance; the heap is verified after each collection.
 */
#include "rt_fixture.h"

enum {
  HOLDER_MODULE = VMK_HEADER_BYTES + 8,
  HOLDER_NEXT = VMK_HEADER_BYTES
}; /* of a holder object */

typedef struct unit { /* a module with one of everything */
  vmk_module *module;
  vmk_handle holder; /* as the module knows it */
  vmk_kind *kind, *array;
} unit;

static int unloaded;
static void *last_client;

static void
unload(vmk_runtime *rt, vmk_thread *t, vmk_module *const *modules, size_t count)
{
  (void)rt, (void)t;
  unloaded += (int)count;
  last_client = vmk_module_client(modules[count - 1]);
}

static vmk_kind *
kind_in(vmk_module *module, vmk_shape shape, uint8_t flags)
{
  vmk_kind *kind = vmk_meta_alloc(module, sizeof *kind);
  kind->shape = (uint8_t)shape;
  kind->flags = flags;
  kind->module = module;
  return kind;
}

static vmk_kind *
holder_kind(rt *r)
{
  vmk_kind *kind = kind_in(r->module, VMK_SHAPE_PLAIN, VMK_KIND_HOLDER);
  kind->size = 32;
  kind->ref_bits = 1; /* HOLDER_NEXT */
  kind->module_offset = HOLDER_MODULE;
  return kind;
}

/* A new module and its holder, which only the handle keeps. */
static vmk_handle
unit_new(rt *r, vmk_kind *holders, unit *u)
{
  u->module = vmk_module_new(r->runtime, u);
  u->kind = kind_in(u->module, VMK_SHAPE_PLAIN, VMK_KIND_HELD);
  u->kind->size = 32;
  u->kind->ref_bits = 1u << (RT_NEXT - VMK_HEADER_BYTES) / VMK_REF_BYTES;
  u->array = kind_in(u->module, VMK_SHAPE_ARRAY_REF, VMK_KIND_HELD | VMK_KIND_STORE_ANY);
  u->array->element_shift = VMK_REF_BYTES == 8 ? 3 : 2;
  u->array->element = u->kind;
  vmk_handle object = vmk_new(r->t, holders);
  u->holder = vmk_module_set_holder(r->t, u->module, object);
  return object;
}

static rt *
start(void **state)
{
  const char *options = *state;
  rt *r = rt_start(options);
  static vmk_hooks hooks;
  hooks = *r->runtime->hooks;
  hooks.unload = unload;
  r->runtime->hooks = &hooks;
  unloaded = 0;
  return r;
}

static void
collect(rt *r)
{
  vmk_collect(r->t, false);
}

/* --- what keeps a module ------------------------------------------------------------------------------------ */

static void
test_holder(void **state)
{
  rt *r = start(state);
  vmk_kind *holders = holder_kind(r);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  vmk_handle object = unit_new(r, holders, &u);
  vmk_handle text = vmk_new(r->t, r->box);
  vmk_handle weak = vmk_global_weak_new(r->t, text, false);
  vmk_handle weak_holder = vmk_global_weak_new(r->t, object, false);
  vmk_handle root = vmk_module_root_new(u.module, text);
  vmk_handle cycle = vmk_module_root_new(u.module, object); /* must not keep it */
  text->ref = NULL;
  collect(r);
  collect(r);
  assert_int_equal(unloaded, 0);
  assert_true(vmk_same(object, u.holder) && vmk_same(object, cycle) &&
              vmk_same(object, weak_holder));
  assert_true(vmk_same(root, weak) && !vmk_is_null(root));
  vmk_scope_end(r->t, scope);
  collect(r);
  assert_int_equal(unloaded, 1);
  assert_ptr_equal(last_client, &u);
  assert_true(vmk_is_null(weak) && vmk_is_null(weak_holder));
  rt_stop(r);
}

static void
test_instance(void **state)
{
  rt *r = start(state);
  vmk_kind *holders = holder_kind(r);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  vmk_handle kept = vmk_local_null(r->t);
  vmk_scope inner = vmk_scope_begin(r->t);
  unit_new(r, holders, &u);
  kept->ref = vmk_new(r->t, u.kind)->ref;
  vmk_scope_end(r->t, inner);
  collect(r);
  assert_int_equal(unloaded, 0);
  assert_ptr_equal(vmk_handle_kind(kept), u.kind);
  inner = vmk_scope_begin(r->t);
  kept->ref = vmk_new_array(r->t, u.array, 3)->ref; /* an array of instances counts too */
  vmk_scope_end(r->t, inner);
  collect(r);
  assert_int_equal(unloaded, 0);
  kept->ref = NULL;
  collect(r);
  assert_int_equal(unloaded, 1);
  vmk_scope_end(r->t, scope);
  rt_stop(r);
}

/* Module i's root is the holder of module i + 1: all live by the first, and die together. */
static void
test_chain(void **state)
{
  enum { LENGTH = 300 };
  rt *r = start(state);
  vmk_kind *holders = holder_kind(r);
  static unit units[LENGTH];
  vmk_scope scope = vmk_scope_begin(r->t);
  vmk_handle first = vmk_global_new(r->t, unit_new(r, holders, &units[0]));
  for (int i = 1; i < LENGTH; i++)
    vmk_module_root_new(units[i - 1].module, unit_new(r, holders, &units[i]));
  vmk_scope_end(r->t, scope);
  collect(r);
  assert_int_equal(unloaded, 0);
  for (int i = 0; i < LENGTH; i++)
    assert_int_equal(vmk_handle_kind(units[i].holder)->flags, VMK_KIND_HOLDER);
  vmk_heap_stats before, after;
  vmk_heap_stats_get(r->vm, &before);
  vmk_global_free(r->t, first);
  collect(r);
  assert_int_equal(unloaded, LENGTH);
  vmk_heap_stats_get(r->vm, &after);
  assert_true(after.metaspace_used_bytes + LENGTH * 2 * sizeof(vmk_kind) <=
              before.metaspace_used_bytes);
  rt_stop(r);
}

/* Nothing but a frame of its function has the module. */
static vmk_handle dropped;

static void
drop_and_collect(vmk_thread *t, vmk_native_call *c)
{
  vmk_global_free(t, dropped);
  vmk_collect(t, false);
  vmk_collect(t, false);
  vmk_return_i32(c, unloaded);
}

static void
build_caller(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_call(b, x, data, NULL, 0);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
test_frame(void **state)
{
  rt *r = start(state);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  dropped = vmk_global_new(r->t, unit_new(r, holder_kind(r), &u));
  vmk_scope_end(r->t, scope);
  vmk_function *collects = rt_builtin(r, "i", drop_and_collect);
  static rt_code code = {"caller", build_caller, NULL};
  code.data = collects;
  vmk_function *f = vmk_function_new(u.module, rt_signature(r, "i"), &code, 0);
  assert_int_equal(rt_call_i(r, f, 0), 0);
  collect(r);
  assert_int_equal(unloaded, 1);
  rt_stop(r);
}

static void
test_block(void **state)
{
  rt *r = start(state);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  unit_new(r, holder_kind(r), &u);
  vmk_unload_block(r->vm);
  vmk_scope_end(r->t, scope);
  collect(r);
  assert_int_equal(unloaded, 0);
  vmk_unload_unblock(r->vm);
  collect(r);
  assert_int_equal(unloaded, 1);
  rt_stop(r);
}

/* A revived instance revives its module; it dies for good once the instance does. */
static void
test_finalizable(void **state)
{
  rt *r = start(state);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  unit_new(r, holder_kind(r), &u);
  vmk_module_root_new(u.module, vmk_new(r->t, r->box));
  vmk_register_finalizable(r->t, vmk_new(r->t, u.kind));
  vmk_scope_end(r->t, scope);
  collect(r);
  assert_int_equal(unloaded, 0);
  collect(r);
  assert_int_equal(unloaded, 1);
  rt_stop(r);
}

/* A copy of a holder holds nothing. */
static void
test_clone(void **state)
{
  rt *r = start(state);
  unit u;
  vmk_scope scope = vmk_scope_begin(r->t);
  vmk_handle copy = vmk_global_new(r->t, vmk_clone(r->t, unit_new(r, holder_kind(r), &u)));
  vmk_scope_end(r->t, scope);
  collect(r);
  assert_int_equal(unloaded, 1);
  collect(r);
  vmk_global_free(r->t, copy);
  rt_stop(r);
}

/* --- what is left of one ------------------------------------------------------------------------------------ */

static vmk_function *interface;

static void
build_interface_call(vmk_builder *b, vmk_function *f, void *data) /* (ref) -> i */
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), o = vmk_build_parameter(b, 0);
  vmk_emit_call_interface(b, x, interface, &o, 1);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
build_answer(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, x, (int32_t)(intptr_t)data);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static vmk_function *
dispatch(rt *r, vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  (void)r, (void)t, (void)target;
  return kind->vtable[0];
}

/* A call site outlives the kinds it cached: one after the other they are at the same address. */
static void
test_call_site(void **state)
{
  enum { ROUNDS = 20 };
  rt *r = start(state);
  r->dispatch = dispatch;
  vmk_kind *holders = holder_kind(r);
  interface = rt_function(r, "interface", "ir", build_answer, (void *)-1);
  vmk_function *caller = rt_function(r, "caller", "ir", build_interface_call, NULL);
  vmk_kind *kinds[ROUNDS];
  size_t same = 0;
  for (int i = 0; i < ROUNDS; i++) {
    unit u;
    vmk_scope scope = vmk_scope_begin(r->t);
    unit_new(r, holders, &u);
    rt_code *code = vmk_meta_alloc(u.module, sizeof *code);
    *code = (rt_code){"answer", build_answer, (void *)(intptr_t)(100 + i)};
    u.kind->vtable = vmk_meta_alloc(u.module, sizeof *u.kind->vtable);
    u.kind->vtable[0] = vmk_function_new(u.module, rt_signature(r, "ir"), code, 0);
    for (int k = 0; k < 3; k++) { /* the hook; caches */
      int32_t exception;
      vmk_value receiver = {.ref = vmk_new(r->t, u.kind)};
      assert_int_equal(rt_call(r, caller, &receiver, &exception).i32, 100 + i);
      assert_int_equal(exception, 0);
    }
    kinds[i] = u.kind;
    for (int k = 0; k < i; k++)
      same += kinds[k] == u.kind;
    vmk_scope_end(r->t, scope);
    collect(r);
    assert_int_equal(unloaded, i + 1);
  }
  assert_true(same > 0); /* or the test tests nothing */
  assert_true(r->module->profiles == NULL && r->module->spare_profiles->next == NULL);
  rt_stop(r);
}

/* Memory does not grow with the number of modules that were. */
static void
test_many(void **state)
{
  enum { ROUNDS = 40, MODULES = 100 };
  rt *r = start(state);
  vmk_kind *holders = holder_kind(r);
  vmk_heap_stats first, last;
  for (int i = 0; i < ROUNDS; i++) {
    for (int k = 0; k < MODULES; k++) {
      unit u;
      vmk_scope scope = vmk_scope_begin(r->t);
      unit_new(r, holders, &u);
      vmk_meta_alloc(u.module, 3000);
      vmk_module_root_new(u.module, vmk_new(r->t, u.kind));
      vmk_scope_end(r->t, scope);
    }
    collect(r);
    vmk_heap_stats_get(r->vm, i == 2 ? &first : &last);
  }
  assert_int_equal(unloaded, ROUNDS * MODULES);
  assert_int_equal(last.metaspace_used_bytes, first.metaspace_used_bytes);
  assert_true(last.metaspace_committed_bytes <= first.metaspace_committed_bytes + (1 << 20));
  rt_stop(r);
}

/* Modules that die are found dead before they fill the metaspace, however little goes to the heap. */
static void
test_growth(void **state)
{
  enum { MODULES = 3000, EACH = 64 << 10 };
  rt *r = start(state);
  vmk_kind *holders = holder_kind(r);
  for (int i = 0; i < MODULES; i++) {
    unit u;
    vmk_scope scope = vmk_scope_begin(r->t);
    unit_new(r, holders, &u);
    vmk_meta_alloc(u.module, EACH);
    for (int k = 0; k < 40; k++)
      vmk_new_array(r->t, r->ints, 100);
    vmk_scope_end(r->t, scope);
  }
  vmk_heap_stats stats;
  vmk_heap_stats_get(r->vm, &stats);
  assert_true(unloaded > MODULES / 2);
  assert_true(stats.metaspace_committed_bytes < 64 << 20);
  rt_stop(r);
}

#define UNDER(test, options) cmocka_unit_test_prestate(test, (void *)(uintptr_t)(options))
#define IN_ALL_MODES(test)                                         \
  UNDER(test, "gc.verify"), UNDER(test, "gc.verify,gc=copy"),      \
      UNDER(test, "gc.verify,gc.workers=3,gc.poison"),             \
      UNDER(test, "gc.verify,gc.workers=3,gc=copy,tier1.calls=1"), \
      UNDER(test, "gc.verify,gc.move-always,gc.period=7,tier1.calls=1")

int
main(void)
{
  const struct CMUnitTest tests[] = {
      IN_ALL_MODES(test_holder), IN_ALL_MODES(test_instance),
      IN_ALL_MODES(test_chain),  IN_ALL_MODES(test_frame),
      IN_ALL_MODES(test_block),  IN_ALL_MODES(test_finalizable),
      IN_ALL_MODES(test_clone),  IN_ALL_MODES(test_call_site),
      IN_ALL_MODES(test_many),   UNDER(test_growth, "gc.initial=64m"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
