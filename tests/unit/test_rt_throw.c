/* test_rt_throw.c -- exceptions: handlers, C boundaries, traps, stack overflow, filters, asynchronous */
#include "rt_fixture.h"

/* f(n): n > 0: f(n - 1), called through data[0] when that is set; n == 0: traps (null). */
static void
build_deep(vmk_builder *b, vmk_function *f, void *data)
{
  vmk_function **through = data;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg null = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label more = vmk_build_label(b);
  vmk_build_position(b, 10);
  vmk_emit_branch2i(b, VMK_OP_br_gt_i32, n, 0, more);
  vmk_build_position(b, 20);
  vmk_emit_const_null(b, null);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, null, 8);
  vmk_build_bind(b, more);
  vmk_build_position(b, 30);
  vmk_emit_rri(b, VMK_OP_add_i32, x, n, -1);
  vmk_emit_call(b, x, through && *through ? *through : f, &x, 1);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

/* g(n): try { return f(n) } catch (token) { return the exception's code } */
typedef struct guard {
  vmk_function *f;
  uint32_t token;
} guard;

static void
build_guard(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  guard *g = data;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg e = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label begin = vmk_build_label(b), end = vmk_build_label(b), handler = vmk_build_label(b);
  vmk_build_bind(b, begin);
  vmk_emit_call(b, x, g->f, &n, 1);
  vmk_build_bind(b, end);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, handler);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, e, RT_CODE);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_handler(b, begin, end, handler, g->token, e);
}

static void
test_catch(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *deep = rt_function(r, "deep", "ii", build_deep, NULL);
  guard all = {deep, VMK_CATCH_ALL}, null = {deep, 1000 + VMK_TRAP_NULL}, other = {deep, 7};
  vmk_function *catch_all = rt_function(r, "all", "ii", build_guard, &all);
  vmk_function *catch_null = rt_function(r, "null", "ii", build_guard, &null);
  vmk_function *catch_other = rt_function(r, "other", "ii", build_guard, &other);
  assert_int_equal(rt_call_i(r, catch_all, 50), 1000 + VMK_TRAP_NULL);
  assert_int_equal(rt_call_i(r, catch_null, 50), 1000 + VMK_TRAP_NULL);
  int32_t exception;
  rt_call(r, catch_other, &(vmk_value){.i32 = 50}, &exception);
  assert_int_equal(exception, 1000 + VMK_TRAP_NULL);
  assert_int_equal(r->traps, 3);
  rt_stop(r);
}

/* --- through C ---------------------------------------------------------------------------------------------- */

static void
builtin_pass(vmk_thread *t, vmk_native_call *c)
{
  vmk_value v;
  if (vmk_call(t, c->function->client, &(vmk_value){.i32 = vmk_arg_i32(c, 0)}, &v))
    vmk_return_i32(c, v.i32);
}

static void
test_through_c(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *pass = rt_builtin(r, "ii", builtin_pass);
  vmk_function *deep = rt_function(r, "deep", "ii", build_deep, &pass);
  pass->client = deep;
  guard g = {deep, VMK_CATCH_ALL};
  vmk_function *guarded = rt_function(r, "guarded", "ii", build_guard, &g);
  assert_int_equal(rt_call_i(r, guarded, 20), 1000 + VMK_TRAP_NULL);
  assert_true(r->t->fp == vmk_thread_private_of(r->t)->stack_base);
  rt_stop(r);
}

/* --- stack overflow, of the managed stack and of the native one, again and again ------------------------------- */

static void
test_overflow(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *deep = rt_function(r, "deep", "ii", build_deep, NULL);
  guard g = {deep, 1000 + VMK_TRAP_STACK_OVERFLOW};
  vmk_function *guarded = rt_function(r, "guarded", "ii", build_guard, &g);
  for (int i = 0; i < 3; i++)
    assert_int_equal(rt_call_i(r, guarded, 10000000), 1000 + VMK_TRAP_STACK_OVERFLOW);
  int32_t exception; /* and shallow calls still do what they did */
  rt_call(r, guarded, &(vmk_value){.i32 = 100}, &exception);
  assert_int_equal(exception, 1000 + VMK_TRAP_NULL);
  rt_stop(r);
}

static void
test_overflow_native(void **state)
{
  (void)state;
  rt *r = rt_start("thread.stack=256m");
  vmk_function *pass = rt_builtin(r, "ii", builtin_pass);
  vmk_function *deep = rt_function(r, "deep", "ii", build_deep, &pass);
  pass->client = deep;
  guard g = {deep, 1000 + VMK_TRAP_STACK_OVERFLOW};
  vmk_function *guarded = rt_function(r, "guarded", "ii", build_guard, &g);
  for (int i = 0; i < 3; i++)
    assert_int_equal(rt_call_i(r, guarded, 10000000), 1000 + VMK_TRAP_STACK_OVERFLOW);
  rt_stop(r);
}

/* --- throw and traps of all kinds ------------------------------------------------------------------------------- */

static void
build_traps(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  rt *r = data;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg a = vmk_build_register(b, VMK_TYPE_REF), e = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label cases[6], other = vmk_build_label(b);
  for (int i = 0; i < 6; i++)
    cases[i] = vmk_build_label(b);
  vmk_emit_switch(b, n, 0, cases, 6, other);
  vmk_build_bind(b, cases[0]); /* bounds */
  vmk_emit_const_i32(b, x, 3);
  vmk_emit_new_array(b, a, r->ints, x);
  vmk_emit_load_elem(b, VMK_TYPE_I32, x, a, x);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, cases[1]); /* division */
  vmk_emit_const_i32(b, x, 0);
  vmk_emit_rrr(b, VMK_OP_div_i32, x, n, x);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, cases[2]); /* negative size */
  vmk_emit_const_i32(b, x, -5);
  vmk_emit_new_array(b, a, r->ints, x);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, cases[3]); /* unlock what is not locked */
  vmk_emit_new(b, a, r->box);
  vmk_emit_monitor(b, false, a);
  vmk_emit_r(b, VMK_OP_ret_i32, n);
  vmk_build_bind(b, cases[4]); /* throw */
  vmk_emit_new(b, e, r->box);
  vmk_emit_const_i32(b, x, 77);
  vmk_emit_store_field(b, VMK_TYPE_I32, e, RT_CODE, x);
  vmk_emit_r(b, VMK_OP_throw, e);
  vmk_build_bind(b, cases[5]); /* trap */
  vmk_emit_trap(b, VMK_TRAP_UNREACHABLE, 123);
  vmk_build_bind(b, other); /* lock, nested, unlock */
  vmk_emit_new(b, a, r->box);
  vmk_emit_monitor(b, true, a);
  vmk_emit_monitor(b, true, a);
  vmk_emit_monitor(b, false, a);
  vmk_emit_monitor(b, false, a);
  vmk_emit_r(b, VMK_OP_ret_i32, n);
}

static void
test_traps(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *f = rt_function(r, "traps", "ii", build_traps, r);
  static const int32_t codes[] = {1000 + VMK_TRAP_BOUNDS,
                                  1000 + VMK_TRAP_DIV_ZERO,
                                  1000 + VMK_TRAP_NEGATIVE_SIZE,
                                  1000 + VMK_TRAP_MONITOR_STATE,
                                  77,
                                  1000 + VMK_TRAP_UNREACHABLE};
  for (int round = 0; round < 2; round++) {
    for (int32_t i = 0; i < 6; i++) {
      int32_t exception;
      rt_call(r, f, &(vmk_value){.i32 = i}, &exception);
      assert_int_equal(exception, codes[i]);
      if (i == 0) {
        assert_int_equal(r->last_trap.a, 3);
        assert_int_equal(r->last_trap.b, 3);
      } else if (i == 2) {
        assert_int_equal(r->last_trap.a, -5);
      } else if (i == 5) {
        assert_int_equal(r->last_trap.a, 123);
      }
    }
    assert_int_equal(rt_call_i(r, f, 6), 6);
    assert_int_equal(rt_call_i(r, f, -1), -1);
  }
  rt_stop(r);
}

/* --- filters --------------------------------------------------------------------------------------------------------- */

/* try { f(n) } filter (code == n + 1000 + NULL) { ret code } ; a second row takes all: ret -1 */
static void
build_filter(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg e = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label begin = vmk_build_label(b), end = vmk_build_label(b), handler = vmk_build_label(b),
            filter = vmk_build_label(b), last = vmk_build_label(b);
  vmk_build_bind(b, begin);
  vmk_emit_call(b, x, data, &n, 1);
  vmk_build_bind(b, end);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, filter);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, e, RT_CODE);
  vmk_emit_rri(b, VMK_OP_add_i32, x, x, -1000 - VMK_TRAP_NULL);
  vmk_emit_rrr(b, VMK_OP_eq_i32, x, x, n);
  vmk_emit_r(b, VMK_OP_end_filter, x);
  vmk_build_bind(b, handler);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, e, RT_CODE);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, last);
  vmk_emit_const_i32(b, x, -1);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_filter(b, begin, end, filter, handler, e);
  vmk_build_handler(b, begin, end, last, VMK_CATCH_ALL, VMK_NO_REG);
}

static void
test_filter(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *deep = rt_function(r, "deep", "ii", build_deep, NULL);
  vmk_function *f = rt_function(r, "filter", "ii", build_filter, deep);
  assert_int_equal(rt_call_i(r, f, 0), 1000 + VMK_TRAP_NULL);
  assert_int_equal(rt_call_i(r, f, 5), -1);
  assert_int_equal(rt_call_i(r, f, 0), 1000 + VMK_TRAP_NULL);
  assert_int_equal(r->t->rt->filters.count, 0);
  rt_stop(r);
}

/* --- asynchronous ------------------------------------------------------------------------------------------------------ */

static void
build_forever(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_label top = vmk_build_label(b);
  vmk_build_bind(b, top);
  vmk_emit_jump(b, top);
}

typedef struct async {
  rt *r;
  vmk_thread *target;
} async;

static void
async_main(vmk_thread *t, void *data)
{
  async *a = data;
  bool was = vmk_enter_managed(t);
  vmk_scope scope = vmk_scope_begin(t);
  for (int i = 0; i < 50; i++)
    vmk_sleep(t, 100000);
  vmk_throw_async(a->target, vmk_global_new(t, rt_exception(a->r, t, 99)));
  vmk_scope_end(t, scope);
  vmk_leave_managed(t, was);
}

static void
test_async(void **state)
{
  rt *r = rt_start(*state);
  async a = {r, r->t};
  vmk_error error;
  vmk_thread *other;
  vmk_leave_managed(r->t, false);
  assert_int_equal(vmk_thread_start(r->vm, 0, async_main, &a, &other, &error), VMK_OK);
  vmk_enter_managed(r->t);
  vmk_function *f = rt_function(r, "forever", "v", build_forever, NULL);
  int32_t exception;
  rt_call(r, f, NULL, &exception);
  assert_int_equal(exception, 99);
  vmk_leave_managed(r->t, false);
  while (vmk_thread_count(r->vm) > 1)
    vmk_os_yield();
  vmk_enter_managed(r->t);
  rt_stop(r);
}

/* Thrown before the thread goes to sleep: then it does not, whatever it does about interrupts first. */
static void
test_async_before_sleep(void **state)
{
  rt *r = rt_start(*state);
  vmk_throw_async(r->t, vmk_global_new(r->t, rt_exception(r, r->t, 99)));
  vmk_interrupted(r->t, true);
  assert_false(vmk_sleep(r->t, VMK_FOREVER));
  vmk_park(r->t, VMK_FOREVER, false);
  vmk_park(r->t, VMK_FOREVER, false);
  vmk_handle object = rt_exception(r, r->t, 1);
  vmk_monitor_enter(r->t, object);
  assert_int_equal(vmk_monitor_wait(r->t, object, VMK_FOREVER), VMK_WAIT_INTERRUPTED);
  vmk_monitor_exit(r->t, object);
  assert_false(vmk_interrupted(r->t, true));
  assert_false(vmk_pending(r->t));
  vmk_poll(r->t);
  assert_true(vmk_pending(r->t));
  vmk_clear_exception(r->t);
  assert_true(vmk_sleep(r->t, 1000));
  rt_stop(r);
}

int
main(void)
{
  static char stress[] = "gc.move-always,gc.verify,thread.poll-always";
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_catch),
      cmocka_unit_test_prestate(test_catch, stress),
      cmocka_unit_test(test_through_c),
      cmocka_unit_test_prestate(test_through_c, stress),
      cmocka_unit_test(test_overflow),
      cmocka_unit_test(test_overflow_native),
      cmocka_unit_test(test_traps),
      cmocka_unit_test_prestate(test_traps, stress),
      cmocka_unit_test(test_filter),
      cmocka_unit_test_prestate(test_filter, stress),
      cmocka_unit_test(test_async),
      cmocka_unit_test_prestate(test_async, stress),
      cmocka_unit_test(test_async_before_sleep),
  };
  return cmocka_run_group_tests_name("rt throw", tests, NULL, NULL);
}
