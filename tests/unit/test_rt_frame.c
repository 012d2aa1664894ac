/* test_rt_frame.c -- looking at frames: walks at every kind of point, positions, arguments, identity;
 * roots in frames while everything moves */
#include "rt_fixture.h"

/* look(i, r): the walk as text; checks the caller's arguments. */
static char walk[4096];

static void
builtin_look(vmk_thread *t, vmk_native_call *c)
{
  vmk_frame frame;
  walk[0] = 0;
  for (bool more = vmk_frame_first(t, &frame); more; more = vmk_frame_next(&frame)) {
    char name[64], line[100];
    vmk_function_name(frame.function, name, sizeof name);
    snprintf(line, sizeof line, frame.position == VMK_NO_POSITION ? "%s " : "%s@%u ", name,
             frame.position);
    strcat(walk, line);
    vmk_frame again;
    assert_true(vmk_frame_at(t, vmk_frame_id(&frame), &again));
    assert_ptr_equal(again.function, frame.function);
    assert_int_equal(again.position, frame.position);
  }
  assert_true(vmk_frame_first(t, &frame) && vmk_frame_next(&frame));
  vmk_value i, r;
  assert_true(vmk_frame_argument(t, &frame, 0, &i) && vmk_frame_argument(t, &frame, 1, &r));
  assert_false(vmk_frame_argument(t, &frame, 2, &i));
  assert_int_equal(i.i32, vmk_arg_i32(c, 0));
  assert_true(vmk_same(r.ref, vmk_arg_ref(c, 0)));
  assert_true(vmk_handle_is_local(t, vmk_arg_ref(c, 0)));
  vmk_return_i32(c, vmk_get_i32(r.ref, RT_CODE));
}

/* outer(i, r): i > 0: call through (back to C or not) with i - 1; else look. */
static void
build_outer(vmk_builder *b, vmk_function *f, void *data)
{
  vmk_function **targets = data;
  vmk_reg i = vmk_build_parameter(b, 0), r = vmk_build_parameter(b, 1);
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32), args[2] = {x, r}, here[2] = {i, r};
  vmk_label leaf = vmk_build_label(b);
  (void)f;
  vmk_build_position(b, 1);
  vmk_emit_branch2i(b, VMK_OP_br_le_i32, i, 0, leaf);
  vmk_emit_rri(b, VMK_OP_add_i32, x, i, -1);
  vmk_build_position(b, 2);
  vmk_emit_call(b, x, targets[0], args, 2);
  vmk_build_position(b, 3);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
  vmk_build_bind(b, leaf);
  vmk_build_position(b, 4);
  vmk_emit_call(b, x, targets[1], here, 2);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

/* A builtin's client names it (rt_name); its data is the function to call. */
static rt_code through = {"bounce", NULL, NULL};

static void
builtin_bounce(vmk_thread *t, vmk_native_call *c)
{
  vmk_value args[2] = {{.i32 = vmk_arg_i32(c, 0)}, {.ref = vmk_arg_ref(c, 0)}}, v;
  if (vmk_call(t, through.data, args, &v))
    vmk_return_i32(c, v.i32);
}

static void
test_walk(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *targets[2];
  vmk_function *outer = rt_function(r, "outer", "iir", build_outer, targets);
  targets[0] = outer; /* calls itself */
  targets[1] = rt_builtin(r, "iir", builtin_look);
  vmk_value args[2] = {{.i32 = 2}, {.ref = rt_exception(r, r->t, 31)}};
  int32_t exception;
  assert_int_equal(rt_call(r, outer, args, &exception).i32, 31);
  assert_string_equal(walk, "native outer@4 outer@2 outer@2 ");
  rt_stop(r);
}

/* named(i, r): register 7 holds r, 8 holds i + 5 and 9 r, in the midst of a call; 9 is not read again. */
static void
builtin_named(vmk_thread *t, vmk_native_call *c)
{
  vmk_frame frame;
  vmk_value r, i, dead;
  assert_true(vmk_frame_first(t, &frame));
  assert_false(vmk_frame_named(t, &frame, 7, &r)); /* a builtin names nothing */
  assert_true(vmk_frame_next(&frame));
  assert_true(vmk_frame_named(t, &frame, 7, &r) && vmk_frame_named(t, &frame, 8, &i));
  assert_true(vmk_same(r.ref, vmk_arg_ref(c, 0)) && vmk_handle_is_local(t, r.ref));
  assert_int_equal(i.i32, vmk_arg_i32(c, 0) + 5);
  assert_false(vmk_frame_named(t, &frame, 9, &dead) || vmk_frame_named(t, &frame, 6, &dead));
  vmk_return_i32(c, 1);
}

static void
build_named(vmk_builder *b, vmk_function *f, void *data)
{
  vmk_reg i = vmk_build_parameter(b, 0), r = vmk_build_parameter(b, 1);
  vmk_reg kept = vmk_build_register(b, VMK_TYPE_REF), dead = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg sum = vmk_build_register(b, VMK_TYPE_I32), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label null = vmk_build_label(b);
  (void)f;
  vmk_build_name(b, kept, 7);
  vmk_build_name(b, sum, 8);
  vmk_build_name(b, dead, 9);
  vmk_emit_move(b, kept, r);
  vmk_emit_move(b, dead, r);
  vmk_emit_rri(b, VMK_OP_add_i32, sum, i, 5);
  vmk_emit_call(b, x, data, (vmk_reg[]){i, dead}, 2);
  vmk_emit_branch1(b, VMK_OP_br_null, kept, null);
  vmk_emit_rrr(b, VMK_OP_add_i32, x, x, sum);
  vmk_build_bind(b, null);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static void
test_named(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *named =
      rt_function(r, "named", "iir", build_named, rt_builtin(r, "iir", builtin_named));
  vmk_value args[2] = {{.i32 = 2}, {.ref = rt_exception(r, r->t, 31)}};
  int32_t exception;
  assert_int_equal(rt_call(r, named, args, &exception).i32, 8);
  rt_stop(r);
}

/* The same of a function that keeps what has a number: 9 is still there, after a collection too, and 8 changes. */
static void
builtin_kept(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_frame frame;
  vmk_value v;
  vmk_collect(t, false);
  assert_true(vmk_frame_first(t, &frame) && vmk_frame_next(&frame));
  assert_true(vmk_frame_named(t, &frame, 9, &v) && vmk_same(v.ref, vmk_arg_ref(c, 0)));
  assert_false(vmk_frame_set_named(&frame, 6, &v));
  assert_true(vmk_frame_set_named(&frame, 7, &v));
  assert_true(vmk_frame_set_named(&frame, 8, &(vmk_value){.i32 = 40}));
  vmk_return_i32(c, 1);
}

static void
build_kept(vmk_builder *b, vmk_function *f, void *data)
{
  vmk_build_keep_named(b);
  build_named(b, f, data);
}

static void
test_kept(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *kept =
      rt_function(r, "kept", "iir", build_kept, rt_builtin(r, "iir", builtin_kept));
  vmk_value args[2] = {{.i32 = 2}, {.ref = rt_exception(r, r->t, 31)}};
  int32_t exception;
  assert_int_equal(rt_call(r, kept, args, &exception).i32, 41);
  rt_stop(r);
}

static void
test_walk_over_c(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *targets[2];
  vmk_function *outer = rt_function(r, "outer", "iir", build_outer, targets);
  targets[0] = rt_builtin(r, "iir", builtin_bounce);
  targets[1] = rt_builtin(r, "iir", builtin_look);
  targets[0]->client = &through;
  through.data = outer;
  vmk_value args[2] = {{.i32 = 2}, {.ref = rt_exception(r, r->t, 31)}};
  int32_t exception;
  assert_int_equal(rt_call(r, outer, args, &exception).i32, 31);
  assert_string_equal(walk, "native outer@4 bounce outer@2 bounce outer@2 ");
  rt_stop(r);
}

/* --- roots --------------------------------------------------------------------------------------------------- */

/* list(n): make a list of n boxes, codes 1..n, by recursion with a live local in each frame; then sum
 * both the list and what the frames kept. */
static void
build_list(vmk_builder *b, vmk_function *f, void *data)
{
  rt *r = data;
  vmk_reg n = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg s = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg next = vmk_build_parameter(b, 1), box = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg other = vmk_build_register(b, VMK_TYPE_REF), p = vmk_build_register(b, VMK_TYPE_PTR);
  vmk_label more = vmk_build_label(b), loop = vmk_build_label(b), done = vmk_build_label(b);
  vmk_emit_branch2i(b, VMK_OP_br_gt_i32, n, 0, more);
  vmk_emit_const_i32(b, s, 0);
  vmk_build_bind(b, loop);
  vmk_emit_branch1(b, VMK_OP_br_null, next, done);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, next, RT_CODE);
  vmk_emit_rrr(b, VMK_OP_add_i32, s, s, x);
  vmk_emit_load_field(b, VMK_TYPE_REF, next, next, RT_NEXT);
  vmk_emit_jump(b, loop);
  vmk_build_bind(b, done);
  vmk_emit_r(b, VMK_OP_ret_i32, s);
  vmk_build_bind(b, more);
  vmk_emit_new(b, box, r->box);
  vmk_emit_store_field(b, VMK_TYPE_I32, box, RT_CODE, n);
  vmk_emit_store_field(b, VMK_TYPE_REF, box, RT_NEXT, next);
  vmk_emit_rri(b, VMK_OP_field_address, p, box,
               RT_CODE); /* an interior pointer lives over the call */
  vmk_emit_new(b, other, r->box);
  vmk_emit_store_field(b, VMK_TYPE_I32, other, RT_CODE, n);
  vmk_emit_rri(b, VMK_OP_add_i32, x, n, -1);
  vmk_reg args[2] = {x, box};
  vmk_emit_call(b, s, f, args, 2);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, other, RT_CODE);
  vmk_emit_rrr(b, VMK_OP_add_i32, s, s, x);
  vmk_emit_load_ptr(b, VMK_TYPE_I32, x, p, 0);
  vmk_emit_rrr(b, VMK_OP_add_i32, s, s, x);
  vmk_emit_r(b, VMK_OP_ret_i32, s);
}

static void
test_roots(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *list = rt_function(r, "list", "iir", build_list, r);
  vmk_value args[2] = {{.i32 = 60}, {.ref = NULL}};
  int32_t exception;
  for (int i = 0; i < 3; i++) {
    assert_int_equal(rt_call(r, list, args, &exception).i32, 3 * 60 * 61 / 2);
    assert_int_equal(exception, 0);
  }
  rt_stop(r);
}

/* watch(r): a weak handle of r.  gone(r): is the watched object gone after a collection?  The caller's
 * variables must not keep what it will not read. */
static vmk_handle watched;

static void
builtin_watch(vmk_thread *t, vmk_native_call *c)
{
  watched = vmk_global_weak_new(t, vmk_arg_ref(c, 0), false);
}

static void
builtin_gone(vmk_thread *t, vmk_native_call *c)
{
  vmk_collect(t, false);
  vmk_return_i32(c, vmk_is_null(watched));
}

/* drop(i): box = new; copy = box; watch(box); i == 1: gone(null) with copy read after, else copy dead. */
static void
build_drop(vmk_builder *b, vmk_function *f, void *data)
{
  rt *r = rt_of(f);
  vmk_function **targets = data;
  vmk_reg i = vmk_build_parameter(b, 0), gone = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg box = vmk_build_register(b, VMK_TYPE_REF), copy = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg none = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg p = vmk_build_register(b, VMK_TYPE_PTR);
  vmk_label keep = vmk_build_label(b);
  vmk_emit_new(b, box, r->box);
  vmk_emit_move(b, copy, box);
  vmk_emit_rri(b, VMK_OP_field_address, p, box, RT_CODE);
  vmk_emit_store_ptr(b, VMK_TYPE_I32, p, 0, i);
  vmk_emit_call(b, VMK_NO_REG, targets[0], &box, 1);
  vmk_emit_const_null(b, none);
  vmk_emit_branch2i(b, VMK_OP_br_eq_i32, i, 1, keep);
  vmk_emit_call(b, gone, targets[1], &none, 1);
  vmk_emit_r(b, VMK_OP_ret_i32, gone);
  vmk_build_bind(b, keep);
  vmk_emit_call(b, gone, targets[1], &none, 1);
  vmk_emit_load_field(b, VMK_TYPE_I32, x, copy, RT_CODE);
  vmk_emit_rrr(b, VMK_OP_sub_i32, gone, gone, x);
  vmk_emit_r(b, VMK_OP_ret_i32, gone);
}

static void
test_dead_registers(void **state)
{
  rt *r = rt_start(*state);
  vmk_function *targets[2] = {rt_builtin(r, "vr", builtin_watch),
                              rt_builtin(r, "ir", builtin_gone)};
  vmk_function *drop = rt_function(r, "drop", "ii", build_drop, targets);
  assert_int_equal(rt_call_i(r, drop, 0), 1);
  assert_int_equal(rt_call_i(r, drop, 1), -1);
  rt_stop(r);
}

/* held(): box = new; watch(box); g = gone(null); *data: g = box.code, which reads box after the call.  The
 * code up to the call is the same. */
static vmk_function *held_targets[2];

static void
build_held(vmk_builder *b, vmk_function *f, void *data)
{
  rt *r = rt_of(f);
  vmk_reg gone = vmk_build_register(b, VMK_TYPE_I32), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg box = vmk_build_register(b, VMK_TYPE_REF), none = vmk_build_register(b, VMK_TYPE_REF);
  vmk_emit_const_i32(b, x, 0);
  vmk_emit_new(b, box, r->box);
  vmk_emit_call(b, VMK_NO_REG, held_targets[0], &box, 1);
  vmk_emit_const_null(b, none);
  vmk_emit_call(b, gone, held_targets[1], &none, 1);
  if (*(bool *)data)
    vmk_emit_load_field(b, VMK_TYPE_I32, x, box, RT_CODE);
  else
    vmk_emit_rrr(b, VMK_OP_add_i32, x, x, x);
  vmk_emit_rrr(b, VMK_OP_sub_i32, gone, gone, x);
  vmk_emit_r(b, VMK_OP_ret_i32, gone);
}

/* What the collector knows of freed code must not be taken for what lives at its addresses now. */
static void
test_freed_code(void **state)
{
  rt *r = rt_start(*state);
  vmk_module *own = r->module;
  held_targets[0] = rt_builtin(r, "vr", builtin_watch);
  held_targets[1] = rt_builtin(r, "ir", builtin_gone);
  bool kept[2] = {false, true};
  const uint32_t *code[2];
  for (int i = 0; i < 2; i++) {
    r->module = vmk_module_new(r->runtime, NULL);
    vmk_function *held = rt_function(r, "held", "i", build_held, &kept[i]);
    int32_t exception;
    assert_int_equal(rt_call(r, held, NULL, &exception).i32, kept[i] ? 0 : 1);
    assert_int_equal(exception, 0);
    code[i] = held->code;
    vmk_module_free(r->module);
  }
  r->module = own;
  assert_ptr_equal(code[0], code[1]); /* or this shows nothing */
  rt_stop(r);
}

/* --- array stores --------------------------------------------------------------------------------------------- */

static void
build_store(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg zero = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, zero, 0);
  vmk_emit_store_elem(b, VMK_TYPE_REF, vmk_build_parameter(b, 0), zero, vmk_build_parameter(b, 1));
  vmk_emit(b, VMK_OP_ret_void);
}

static void
test_store_check(void **state)
{
  rt *r = rt_start(*state);
  vmk_kind *typed = rt_kind(r, VMK_SHAPE_ARRAY_REF);
  typed->element_shift = r->refs->element_shift;
  typed->element = r->box;
  vmk_function *f = rt_function(r, "store", "vrr", build_store, NULL);
  vmk_handle array = vmk_new_array(r->t, typed, 1);
  vmk_value args[2] = {{.ref = array}, {.ref = rt_exception(r, r->t, 1)}};
  int32_t exception;
  rt_call(r, f, args, &exception);
  assert_int_equal(exception, 0);
  assert_true(vmk_same(vmk_get_elem(r->t, array, 0), args[1].ref));
  args[1].ref = NULL;
  rt_call(r, f, args, &exception);
  assert_int_equal(exception, 0);
  args[1].ref = array; /* not a box; without a can_store hook every reference passes */
  rt_call(r, f, args, &exception);
  assert_int_equal(exception, 0);
  rt_stop(r);
}

int
main(void)
{
  static char stress[] = "gc.move-always,gc.verify,thread.poll-always";
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_walk),           cmocka_unit_test_prestate(test_walk, stress),
      cmocka_unit_test(test_walk_over_c),    cmocka_unit_test_prestate(test_walk_over_c, stress),
      cmocka_unit_test(test_named),          cmocka_unit_test_prestate(test_named, stress),
      cmocka_unit_test(test_kept),           cmocka_unit_test_prestate(test_kept, stress),
      cmocka_unit_test(test_roots),          cmocka_unit_test_prestate(test_roots, stress),
      cmocka_unit_test(test_dead_registers), cmocka_unit_test_prestate(test_dead_registers, stress),
      cmocka_unit_test(test_freed_code),     cmocka_unit_test_prestate(test_freed_code, stress),
      cmocka_unit_test(test_store_check),
  };
  return cmocka_run_group_tests_name("rt frame", tests, NULL, NULL);
}
