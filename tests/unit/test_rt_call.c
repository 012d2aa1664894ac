/* test_rt_call.c -- calls: arithmetic, recursion, native code of both kinds, arguments, results */
#include "rt_fixture.h"

/* --- recursion ------------------------------------------------------------------------------------------ */

static void
build_fib(vmk_builder *b, vmk_function *f, void *data)
{
  (void)data;
  vmk_reg n = vmk_build_parameter(b, 0);
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), y = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label more = vmk_build_label(b);
  vmk_emit_branch2i(b, VMK_OP_br_ge_i32, n, 2, more);
  vmk_emit_r(b, VMK_OP_ret_i32, n);
  vmk_build_bind(b, more);
  vmk_emit_rri(b, VMK_OP_add_i32, x, n, -1);
  vmk_emit_call(b, x, f, &x, 1);
  vmk_emit_rri(b, VMK_OP_add_i32, y, n, -2);
  vmk_emit_call(b, y, f, &y, 1);
  vmk_emit_rrr(b, VMK_OP_add_i32, x, x, y);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
test_fib(void **state)
{
  (void)state;
  rt *r = rt_start(NULL);
  vmk_function *fib = rt_function(r, "fib", "ii", build_fib, NULL);
  assert_int_equal(rt_call_i(r, fib, 1), 1);
  assert_int_equal(rt_call_i(r, fib, 20), 6765);
  assert_int_equal(r->translations, 1);
  assert_true(r->t->fp == vmk_thread_private_of(r->t)->stack_base);
  rt_stop(r);
}

/* --- a loop ----------------------------------------------------------------------------------------------- */

static void
build_sum(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg n = vmk_build_parameter(b, 0), i = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg s = vmk_build_register(b, VMK_TYPE_I64), l = vmk_build_register(b, VMK_TYPE_I64);
  vmk_label top = vmk_build_label(b), test = vmk_build_label(b);
  vmk_emit_const_i32(b, i, 0);
  vmk_emit_const_i64(b, s, 0);
  vmk_emit_jump(b, test);
  vmk_build_bind(b, top);
  vmk_emit_rr(b, VMK_OP_i32_to_i64, l, i);
  vmk_emit_rrr(b, VMK_OP_add_i64, s, s, l);
  vmk_emit_rri(b, VMK_OP_add_i32, i, i, 1);
  vmk_build_bind(b, test);
  vmk_emit_branch2(b, VMK_OP_br_lt_i32, i, n, top);
  vmk_emit_r(b, VMK_OP_ret_i64, s);
}

static void
test_loop(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *sum = rt_function(r, "sum", "li", build_sum, NULL);
  int32_t exception;
  vmk_value v = rt_call(r, sum, &(vmk_value){.i32 = 10000}, &exception);
  assert_int_equal(v.i64, 49995000);
  rt_stop(r);
}

/* --- many arguments, of all banks -------------------------------------------------------------------------- */

/* f(i, r, l, f, r, d, p): weighs everything; native of both kinds and code agree. */
static double
mix(int32_t i, int32_t r1, int64_t l, float f, int32_t r2, double d, int64_t p)
{
  return i + 2.0 * r1 + 3.0 * (double)l + 4.0 * f + 5.0 * r2 + 6.0 * d + 7.0 * (double)p;
}

static void
builtin_mix(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  vmk_return_f64(c,
                 mix(vmk_arg_i32(c, 0), vmk_get_i32(vmk_arg_ref(c, 0), RT_CODE), vmk_arg_i64(c, 1),
                     vmk_arg_f32(c, 2), vmk_get_i32(vmk_arg_ref(c, 1), RT_CODE), vmk_arg_f64(c, 3),
                     (int64_t)c->ptr[0]));
}

static int environment_word;
static void *
environment(vmk_thread *t)
{
  (void)t;
  return &environment_word;
}

static int32_t
unbox(vmk_handle h)
{
  vmk_thread *t = vmk_thread_current();
  vmk_leave_native(t);
  int32_t v = vmk_get_i32(h, RT_CODE);
  vmk_enter_native(t);
  return v;
}

static double
foreign_mix(void *env, int32_t i, vmk_handle r1, int64_t l, float f, vmk_handle r2, double d,
            void *p)
{
  assert_ptr_equal(env, &environment_word);
  assert_int_equal(vmk_thread_current()->state, 0);
  return mix(i, unbox(r1), l, f, unbox(r2), d, (int64_t)p);
}

/* More integer arguments than registers: through libffi. */
static int64_t
foreign_many(void *env, vmk_handle class, int8_t a, uint16_t b, int16_t c, int64_t d, vmk_handle e,
             int32_t f, int32_t g, float h)
{
  (void)env;
  assert_non_null(class);
  assert_null(e);
  return a + 10 * b + 100 * c + 1000 * d + 10000 * f + 100000 * g + (int64_t)(1000000 * h);
}

/* Calls its target with its own arguments. */
static void
build_forward(vmk_builder *b, vmk_function *f, void *data)
{
  vmk_reg args[16];
  for (uint32_t i = 0; i < f->signature->count; i++)
    args[i] = vmk_build_parameter(b, i);
  vmk_reg to = vmk_build_register(b, (vmk_type)f->signature->result);
  vmk_emit_call(b, to, data, args, f->signature->count);
  switch (f->signature->result) {
  case VMK_TYPE_F64: vmk_emit_r(b, VMK_OP_ret_f64, to); break;
  case VMK_TYPE_I64: vmk_emit_r(b, VMK_OP_ret_i64, to); break;
  case VMK_TYPE_REF: vmk_emit_r(b, VMK_OP_ret_ref, to); break;
  default: vmk_emit_r(b, VMK_OP_ret_i32, to); break;
  }
}

static void
test_arguments(void **state)
{
  rt *r = rt_start(*state);
  vmk_handle x = rt_exception(r, r->t, 11), y = rt_exception(r, r->t, 22);
  vmk_value args[] = {{.i32 = -3}, {.ref = x},    {.i64 = 1ll << 40}, {.f32 = 1.5f},
                      {.ref = y},  {.f64 = 2.25}, {.ptr = (void *)77}};
  double expected = mix(-3, 11, 1ll << 40, 1.5f, 22, 2.25, 77);
  vmk_function *builtin = rt_builtin(r, "dirlfrdp", builtin_mix);
  vmk_function *foreign = vmk_function_new(r->module, rt_signature(r, "dirlfrdp"), NULL, 0);
  vmk_foreign how = {(void *)foreign_mix, environment, NULL};
  vmk_function_bind_foreign(foreign, &how);
  vmk_function *targets[2] = {builtin, foreign};
  for (int i = 0; i < 2; i++) {
    int32_t exception;
    assert_true(rt_call(r, targets[i], args, &exception).f64 == expected);
    vmk_function *forward = rt_function(r, "forward", "dirlfrdp", build_forward, targets[i]);
    assert_true(rt_call(r, forward, args, &exception).f64 == expected);
    assert_true(rt_call(r, forward, args, &exception).f64 == expected);
  }
  rt_stop(r);
}

static void
test_many_arguments(void **state)
{
  (void)state;
  rt *r = rt_start(NULL);
  vmk_slot class = {0};
  vmk_function *f =
      vmk_function_new(r->module, rt_signature(r, "lbcslriif"), NULL, VMK_FUNCTION_STATIC);
  vmk_foreign how = {(void *)foreign_many, environment, &class};
  vmk_function_bind_foreign(f, &how);
  vmk_value args[] = {{.i32 = -1},   {.i32 = 65535}, {.i32 = -2}, {.i64 = 4},
                      {.ref = NULL}, {.i32 = 5},     {.i32 = 6},  {.f32 = 7}};
  int32_t exception;
  assert_int_equal(rt_call(r, f, args, &exception).i64,
                   -1 + 655350 - 200 + 4000 + 50000 + 600000 + 7000000);
  vmk_function *forward = rt_function(r, "forward", "lbcslriif", build_forward, f);
  assert_int_equal(rt_call(r, forward, args, &exception).i64,
                   -1 + 655350 - 200 + 4000 + 50000 + 600000 + 7000000);
  rt_stop(r);
}

/* Narrow results of C are cleaned, references come back from handles. */
static int64_t
foreign_dirty(void *env)
{
  (void)env;
  return 0x1234567890abfeffll;
}
static vmk_handle
foreign_same(void *env, vmk_handle h)
{
  (void)env;
  return h;
}

static void
test_results(void **state)
{
  rt *r = rt_start(*state);
  static const struct {
    const char *types;
    int32_t expected;
  } rows[] = {{"b", -1},   {"B", 0xff}, {"c", 0xfeff},
              {"s", -257}, {"z", 1},    {"i", (int32_t)0x90abfeff}};
  vmk_foreign how = {(void *)foreign_dirty, environment, NULL};
  int32_t exception;
  for (size_t i = 0; i < VMK_COUNT(rows); i++) {
    vmk_function *f = vmk_function_new(r->module, rt_signature(r, rows[i].types), NULL, 0);
    vmk_function_bind_foreign(f, &how);
    assert_int_equal(rt_call(r, f, NULL, &exception).i32, rows[i].expected);
  }
  vmk_function *same = vmk_function_new(r->module, rt_signature(r, "rr"), NULL, 0);
  how.address = (void *)foreign_same;
  vmk_function_bind_foreign(same, &how);
  vmk_handle x = rt_exception(r, r->t, 5);
  vmk_value v = rt_call(r, same, &(vmk_value){.ref = x}, &exception);
  assert_true(vmk_same(v.ref, x));
  v = rt_call(r, same, &(vmk_value){.ref = NULL}, &exception);
  assert_true(vmk_is_null(v.ref));
  rt_stop(r);
}

/* --- C, code, C, code ... ------------------------------------------------------------------------------------ */

static void
builtin_down(vmk_thread *t, vmk_native_call *c)
{
  int32_t n = vmk_arg_i32(c, 0);
  vmk_value v = {0};
  vmk_handle h = rt_exception(rt_of(c->function), t, n);
  if (n > 0 &&
      !vmk_call(t, vmk_runtime_data(c->function->module->runtime) ? c->function->client : 0,
                &(vmk_value){.i32 = n - 1}, &v))
    return;
  vmk_return_i32(c, v.i32 + vmk_get_i32(h, RT_CODE));
}

static void
test_ping_pong(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *down = rt_builtin(r, "ii", builtin_down);
  vmk_function *forward = rt_function(r, "forward", "ii", build_forward, down);
  down->client = forward;
  assert_int_equal(rt_call_i(r, forward, 100), 5050);
  assert_true(r->t->fp == vmk_thread_private_of(r->t)->stack_base);
  rt_stop(r);
}

/* --- more registers than a byte names ------------------------------------------------------------------------- */

static void
build_many_registers(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  enum { N = 400 };
  vmk_reg x[N], sum = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, sum, 0);
  for (int i = 0; i < N; i++) {
    x[i] = vmk_build_register(b, VMK_TYPE_I32);
    vmk_emit_rri(b, VMK_OP_add_i32, x[i], vmk_build_parameter(b, 0), i);
  }
  for (int i = 0; i < N; i++) {
    vmk_emit_call(b, x[i], data, &x[i], 1);
    vmk_emit_rrr(b, VMK_OP_add_i32, sum, sum, x[i]);
  }
  vmk_emit_r(b, VMK_OP_ret_i32, sum);
}
static void
build_double(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg x = vmk_build_parameter(b, 0);
  vmk_emit_rrr(b, VMK_OP_add_i32, x, x, x);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
test_wide(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *twice = rt_function(r, "twice", "ii", build_double, NULL);
  vmk_function *many = rt_function(r, "many", "ii", build_many_registers, twice);
  assert_int_equal(rt_call_i(r, many, 1), 2 * (400 + 399 * 400 / 2));
  rt_stop(r);
}

/* --- tail calls -------------------------------------------------------------------------------------------------- */

static void
build_even(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg n = vmk_build_parameter(b, 0), a = vmk_build_parameter(b, 1);
  vmk_label more = vmk_build_label(b);
  vmk_emit_branch2i(b, VMK_OP_br_ne_i32, n, 0, more);
  vmk_emit_r(b, VMK_OP_ret_i32, a);
  vmk_build_bind(b, more);
  vmk_emit_rri(b, VMK_OP_add_i32, n, n, -1);
  vmk_reg one = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, one, 1);
  vmk_emit_rrr(b, VMK_OP_sub_i32, a, one, a);
  vmk_reg args[] = {n, a};
  vmk_reg target = vmk_build_register(b, VMK_TYPE_PTR);
  vmk_emit_const_ptr(b, target, *(void **)data);
  vmk_emit_tail_call_indirect(b, target, f->signature, args, 2);
}

static void
test_tail_calls(void **state)
{
  rt *r = rt_start(*state);
  void *even, *odd;
  even = rt_function(r, "even", "iii", build_even, &odd);
  odd = rt_function(r, "odd", "iii", build_even, &even);
  int32_t exception;
  vmk_value args[] = {{.i32 = 200001}, {.i32 = 0}};
  assert_int_equal(rt_call(r, even, args, &exception).i32, 1);
  rt_stop(r);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fib),
      cmocka_unit_test(test_loop),
      cmocka_unit_test_prestate(test_loop, "thread.poll-always"),
      cmocka_unit_test(test_arguments),
      cmocka_unit_test_prestate(test_arguments, "gc.move-always"),
      cmocka_unit_test(test_many_arguments),
      cmocka_unit_test(test_results),
      cmocka_unit_test(test_ping_pong),
      cmocka_unit_test_prestate(test_ping_pong, "gc.move-always,gc.verify"),
      cmocka_unit_test(test_wide),
      cmocka_unit_test(test_tail_calls),
      cmocka_unit_test_prestate(test_tail_calls, "thread.poll-always"),
  };
  return cmocka_run_group_tests_name("rt call", tests, NULL, NULL);
}
