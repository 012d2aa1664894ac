/* test_rt_site.c -- unresolved sites: every kind, once and for good, raced for; virtual and interface calls */
#include "rt_fixture.h"

enum { TOKEN_CALL = 1, TOKEN_SPECIAL, TOKEN_VIRTUAL, TOKEN_INTERFACE, TOKEN_APPENDIX, TOKEN_THROW };

typedef struct world {
  rt *r;
  vmk_function *target, *with_appendix, *interface;
  int32_t statics[2];
  vmk_handle string, appendix; /* global handles */
  _Atomic(int) errors, ready;
} world;

static world W;

/* --- functions that are called ---------------------------------------------------------------------------- */

static void
build_add(vmk_builder *b, vmk_function *f, void *data) /* (ref, i) -> i + data */
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_rri(b, VMK_OP_add_i32, x, vmk_build_parameter(b, 1), (int32_t)(intptr_t)data);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
build_appended(vmk_builder *b, vmk_function *f,
               void *data) /* (ref, i, ref) -> i + appendix's code */
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, vmk_build_parameter(b, 2), RT_CODE);
  vmk_emit_rrr(b, VMK_OP_add_i32, x, x, vmk_build_parameter(b, 1));
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static uint64_t
leaf_sum(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)c, (void)d;
  return (uint32_t)(k + a + b);
}

/* --- the runtime's answers ----------------------------------------------------------------------------------- */

static vmk_link_result
link(rt *r, vmk_thread *t, vmk_function *f, vmk_site *site)
{
  (void)f;
  vmk_link_result result = site->flags ? VMK_LINK_ONCE : VMK_LINK_QUICK;
  switch (site->kind) {
  case VMK_SITE_LOAD_FIELD:
  case VMK_SITE_STORE_FIELD: vmk_site_set_offset(site, RT_CODE); break;
  case VMK_SITE_LOAD_STATIC:
  case VMK_SITE_STORE_STATIC: vmk_site_set_address(site, &W.statics[site->token]); break;
  case VMK_SITE_NEW: vmk_site_set_kind(site, r->box); break;
  case VMK_SITE_NEW_ARRAY: vmk_site_set_kind(site, r->ints); break;
  case VMK_SITE_CONST_REF: vmk_site_set_ref(site, W.string); break;
  case VMK_SITE_CONST_BITS: vmk_site_set_bits(site, 1000); break;
  case VMK_SITE_LEAF: vmk_site_set_bits(site, 10000); break;
  case VMK_SITE_CALL:
    switch (site->token) {
    case TOKEN_CALL: vmk_site_set_call(site, W.target); break;
    case TOKEN_SPECIAL: vmk_site_set_call_special(site, W.target); break;
    case TOKEN_VIRTUAL: vmk_site_set_call_virtual(site, 1); break;
    case TOKEN_INTERFACE: vmk_site_set_call_interface(site, W.interface); break;
    case TOKEN_APPENDIX: vmk_site_set_call_appendix(site, W.with_appendix, W.appendix, true); break;
    default: vmk_throw(t, rt_exception(r, t, 55)); return VMK_LINK_THROW;
    }
  }
  rt_exception(r, t, 0); /* hooks allocate: objects move */
  return result;
}

static vmk_function *
dispatch(rt *r, vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  (void)r, (void)target;
  if (!kind->vtable) {
    vmk_throw(t, rt_exception(r, t, 66));
    return NULL;
  }
  rt_exception(r, t, 0);
  return kind->vtable[0];
}

/* all(o, i): one site of each kind; data: flags. */
static void
build_all(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  uint32_t once = (uint32_t)(uintptr_t)data;
  vmk_reg o = vmk_build_parameter(b, 0), i = vmk_build_parameter(b, 1);
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), s = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg e = vmk_build_register(b, VMK_TYPE_REF), call[2] = {o, i}, store[2] = {e, i};
  const vmk_signature *signature = rt_signature(W.r, "iri");
#define ADD_X() vmk_emit_rrr(b, VMK_OP_add_i32, s, s, x)
  vmk_emit_const_i32(b, s, 0);
  for (uint32_t token = TOKEN_CALL; token < TOKEN_THROW; token++) {
    vmk_emit_site(b, VMK_SITE_CALL, VMK_TYPE_I32, token, once, 0, x, call, 2, signature);
    ADD_X();
  }
  vmk_emit_site(b, VMK_SITE_NEW, VMK_TYPE_REF, 0, once, 0, e, NULL, 0, NULL);
  vmk_emit_site(b, VMK_SITE_STORE_FIELD, VMK_TYPE_I32, 0, once, 0, VMK_NO_REG, store, 2, NULL);
  vmk_emit_site(b, VMK_SITE_LOAD_FIELD, VMK_TYPE_I32, 0, once, 0, x, &e, 1, NULL);
  ADD_X();
  vmk_emit_site(b, VMK_SITE_STORE_STATIC, VMK_TYPE_I32, 1, once, 0, VMK_NO_REG, &i, 1, NULL);
  vmk_emit_site(b, VMK_SITE_LOAD_STATIC, VMK_TYPE_I32, 1, once, 0, x, NULL, 0, NULL);
  ADD_X();
  vmk_emit_site(b, VMK_SITE_NEW_ARRAY, VMK_TYPE_REF, 0, once, 0, e, &i, 1, NULL);
  vmk_emit_rr(b, VMK_OP_array_length, x, e);
  ADD_X();
  vmk_emit_site(b, VMK_SITE_CONST_REF, VMK_TYPE_REF, 0, once, 0, e, NULL, 0, NULL);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, e, RT_CODE);
  ADD_X();
  vmk_emit_site(b, VMK_SITE_CONST_BITS, VMK_TYPE_I32, 0, once, 0, x, NULL, 0, NULL);
  ADD_X();
  vmk_reg leaf[2] = {i, i};
  vmk_emit_leaf_site(b, leaf_sum, 0, once, 0, x, leaf, 2);
  ADD_X();
  vmk_emit_r(b, VMK_OP_ret_i32, s);
}

enum { SITES = 5 + 9 };

static int32_t
expected(int32_t i)
{
  return (i + 1) * 2 + (i + 20) + (i + 30) + (i + 88) + i + i + i + 44 + 1000 + 10000 + 2 * i;
}

static void
world_start(const char *options)
{
  rt *r = rt_start(options);
  W = (world){.r = r};
  r->link = link;
  r->dispatch = dispatch;
  W.target = rt_function(r, "target", "iri", build_add, (void *)1);
  W.interface = rt_function(r, "interface", "iri", build_add, (void *)999);
  W.with_appendix = rt_function(r, "appended", "irir", build_appended, NULL);
  r->box->vtable = vmk_meta_alloc(r->module, 2 * sizeof(void *));
  r->box->vtable[0] = rt_function(r, "implementation", "iri", build_add, (void *)30);
  r->box->vtable[1] = rt_function(r, "virtual", "iri", build_add, (void *)20);
  r->box->vtable_length = 2;
  W.string = vmk_global_new(r->t, rt_exception(r, r->t, 44));
  W.appendix = vmk_global_new(r->t, rt_exception(r, r->t, 88));
}

static int32_t
call_all(vmk_thread *t, vmk_function *f, int32_t i)
{
  vmk_scope scope = vmk_scope_begin(t);
  vmk_value args[2] = {{.ref = rt_exception(W.r, t, 0)}, {.i32 = i}}, result;
  if (!vmk_call(t, f, args, &result))
    result.i32 = -vmk_get_i32(vmk_take_exception(t), RT_CODE);
  vmk_scope_end(t, scope);
  return result.i32;
}

static void
test_kinds(void **state)
{
  world_start(*state);
  rt *r = W.r;
  vmk_function *quick = rt_function(r, "quick", "iri", build_all, (void *)0);
  for (int32_t i = 0; i < 5; i++)
    assert_int_equal(call_all(r->t, quick, i), expected(i));
  assert_int_equal(r->links, SITES);
  assert_int_equal(r->dispatches, 1);
  vmk_function *once = rt_function(r, "once", "iri", build_all, (void *)1);
  r->links = 0;
  for (int32_t i = 0; i < 5; i++)
    assert_int_equal(call_all(r->t, once, i), expected(i));
  assert_int_equal(r->links, 5 * SITES - 4 * 2); /* offsets link for good */
  rt_stop(r);
}

/* --- a race ------------------------------------------------------------------------------------------------------ */

enum { RACERS = 4, RACE_FUNCTIONS = 40 };
static vmk_function *race_functions[RACE_FUNCTIONS];

static void
race_main(vmk_thread *t, void *data)
{
  (void)data;
  bool was = vmk_enter_managed(t);
  W.ready++;
  while (W.ready < RACERS)
    vmk_poll(t);
  for (int n = 0; n < RACE_FUNCTIONS; n++)
    for (int32_t i = 0; i < 3; i++)
      if (n % 2 && call_all(t, race_functions[n], i) != expected(i))
        W.errors++;
      else if (!(n % 2))
        call_all(t, race_functions[n], i); /* statics are shared: any value */
  vmk_leave_managed(t, was);
}

static void
test_race(void **state)
{
  world_start(*state);
  rt *r = W.r;
  for (int i = 0; i < RACE_FUNCTIONS; i++)
    race_functions[i] = rt_function(r, "race", "iri", build_all, (void *)(uintptr_t)(i % 3 == 0));
  vmk_leave_managed(r->t, false);
  for (int i = 0; i < RACERS; i++) {
    vmk_error error;
    vmk_thread *t;
    assert_int_equal(vmk_thread_start(r->vm, 0, race_main, NULL, &t, &error), VMK_OK);
  }
  while (vmk_thread_count(r->vm) > 1)
    vmk_os_yield();
  vmk_enter_managed(r->t);
  assert_true(W.errors < RACERS * RACE_FUNCTIONS); /* only the shared static may differ */
  assert_int_equal(r->translations, RACE_FUNCTIONS + 4 + 0);
  for (int n = 0; n < RACE_FUNCTIONS; n++)
    assert_int_equal(call_all(r->t, race_functions[n], 7), expected(7));
  rt_stop(r);
}

/* --- hooks that throw ---------------------------------------------------------------------------------------------- */

static void
build_unlinkable(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg args[2] = {vmk_build_parameter(b, 0), vmk_build_parameter(b, 1)};
  vmk_emit_site(b, VMK_SITE_CALL, VMK_TYPE_I32, TOKEN_THROW, 0, 0, args[1], args, 2,
                rt_signature(W.r, "iri"));
  vmk_emit_r(b, VMK_OP_ret_i32, args[1]);
}

static void
test_throwing(void **state)
{
  world_start(*state);
  vmk_function *f = rt_function(W.r, "unlinkable", "iri", build_unlinkable, NULL);
  for (int i = 0; i < 3; i++)
    assert_int_equal(call_all(W.r->t, f, i), -55);
  assert_int_equal(W.r->links, 3);
  rt_stop(W.r);
}

/* --- interface calls on many kinds ------------------------------------------------------------------------------------ */

static void
build_interface(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg args[2] = {vmk_build_parameter(b, 0), vmk_build_parameter(b, 1)};
  vmk_emit_call_interface(b, args[1], W.interface, args, 2);
  vmk_emit_r(b, VMK_OP_ret_i32, args[1]);
}

static void
test_interface(void **state)
{
  enum { KINDS = 5 };
  world_start(*state);
  rt *r = W.r;
  vmk_kind *kinds[KINDS];
  for (int k = 0; k < KINDS; k++) {
    kinds[k] = rt_kind(r, VMK_SHAPE_PLAIN);
    kinds[k]->size = 16;
    if (k == KINDS - 1)
      break; /* implements nothing */
    kinds[k]->vtable = vmk_meta_alloc(r->module, sizeof(void *));
    kinds[k]->vtable[0] = rt_function(r, "f", "iri", build_add, (void *)(intptr_t)(100 * k));
  }
  vmk_function *f = rt_function(r, "caller", "iri", build_interface, NULL);
  for (int round = 0; round < 10; round++)
    for (int k = 0; k < KINDS; k++) {
      int32_t exception;
      vmk_scope scope = vmk_scope_begin(r->t);
      vmk_value args[2] = {{.ref = vmk_new(r->t, kinds[k])}, {.i32 = round}};
      vmk_value v = rt_call(r, f, args, &exception);
      if (k == KINDS - 1)
        assert_int_equal(exception, 66);
      else
        assert_int_equal(v.i32, 100 * k + round);
      vmk_scope_end(r->t, scope);
    }
  assert_int_equal(r->dispatches, KINDS - 1 + 10);
  int32_t exception;
  vmk_value args[2] = {{.ref = NULL}, {.i32 = 0}};
  rt_call(r, f, args, &exception);
  assert_int_equal(exception, 1000 + VMK_TRAP_NULL);
  rt_stop(r);
}

int
main(void)
{
  static char stress[] = "gc.move-always,gc.verify,thread.poll-always";
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kinds),     cmocka_unit_test_prestate(test_kinds, stress),
      cmocka_unit_test(test_throwing),  cmocka_unit_test_prestate(test_throwing, stress),
      cmocka_unit_test(test_interface), cmocka_unit_test_prestate(test_interface, stress),
      cmocka_unit_test(test_race),      cmocka_unit_test_prestate(test_race, "thread.poll-always"),
  };
  return cmocka_run_group_tests_name("rt site", tests, NULL, NULL);
}
