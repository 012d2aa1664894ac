/* test_rt_profile.c -- what compiled code counts: entries, branches, switches, subtype tests, receivers */
#include "rt_fixture.h"

#include "ir/ops.h"
#include "ir/profile.h"

enum { CALLS = 12, TRIPS = 10 };

/* Counted are all calls of the first function but those before it is compiled: with calls=1 none. */
static const char options[] = "profile,tier1.calls=1,tier1.loops=1000000";

static const uint32_t *
counts_of(const vmk_function *f, vmk_op op)
{
  vmk_insn insn;
  for (uint32_t pc = 0; pc < f->body->code_words; pc += insn.length) {
    vmk_insn_decode(f->code + pc, f->constants, &insn);
    if (insn.op == op)
      return vmk_profile_of(f)->count + pc;
  }
  fail_msg("no %s", vmk_op_table[op].name);
  return NULL;
}

/* loop(n): a loop of n trips, in which a branch goes away in every fifth, and a switch on i % 4. */
static void
build_loop(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg n = vmk_build_parameter(b, 0);
  vmk_reg i = vmk_build_register(b, VMK_TYPE_I32), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label head = vmk_build_label(b), next = vmk_build_label(b), end = vmk_build_label(b);
  vmk_label cases[2] = {vmk_build_label(b), vmk_build_label(b)};
  vmk_emit_const_i32(b, i, 0);
  vmk_build_bind(b, head);
  vmk_emit_branch2(b, VMK_OP_br_ge_i32, i, n, end);
  vmk_emit_rri(b, VMK_OP_rem_i32_imm, x, i, 5);
  vmk_emit_branch2i(b, VMK_OP_br_eq_i32_imm, x, 0, next);
  vmk_emit_rri(b, VMK_OP_rem_i32_imm, x, i, 4);
  vmk_emit_switch(b, x, 1, cases, 2, next);
  vmk_build_bind(b, cases[0]);
  vmk_build_bind(b, cases[1]);
  vmk_build_bind(b, next);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, i, i, 1);
  vmk_emit_jump(b, head);
  vmk_build_bind(b, end);
  vmk_emit_r(b, VMK_OP_ret_i32, i);
}

static void
branches_are_counted(void **state)
{
  (void)state;
  rt *r = rt_start(options);
  vmk_function *loop = rt_function(r, "loop", "ii", build_loop, NULL);
  for (int i = 0; i < CALLS; i++)
    assert_int_equal(rt_call_i(r, loop, TRIPS), TRIPS);
  const vmk_profile *profile = vmk_profile_of(loop);
  assert_int_equal(profile->entries, CALLS);
  const uint32_t *test = counts_of(loop, VMK_OP_br_ge_i32);
  assert_int_equal(test[0], CALLS);
  assert_int_equal(test[1], CALLS * TRIPS);
  assert_int_equal(counts_of(loop, VMK_OP_jump_back)[0], CALLS * TRIPS);
  const uint32_t *fifth = counts_of(loop, VMK_OP_br_eq_i32_imm);
  assert_int_equal(fifth[0], CALLS * 2);
  assert_int_equal(fifth[1], CALLS * 8);
  const uint32_t *cases = counts_of(loop, VMK_OP_switch_i32); /* of 1 2 3 4 6 7 8 9 */
  assert_int_equal(cases[0], CALLS * 4);
  assert_int_equal(cases[1], CALLS * 2);
  assert_int_equal(cases[2], CALLS * 2);
  rt_stop(r);
}

/* --- kinds ---------------------------------------------------------------------------------------------- */

static uint64_t
leaf_no(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)a, (void)b, (void)c, (void)d;
  return 0;
}

/* test(o): is it of the kind?  And once more, by a branch. */
static void
build_test(vmk_builder *b, vmk_function *f, void *kind)
{
  (void)f;
  vmk_reg o = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label yes = vmk_build_label(b);
  vmk_emit_is_kind(b, x, o, kind, leaf_no);
  vmk_emit_branch_kind_or_null(b, o, kind, leaf_no, yes);
  vmk_emit_rri(b, VMK_OP_add_i32_imm, x, x, 10);
  vmk_build_bind(b, yes);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static int32_t
call_with(rt *r, vmk_function *f, vmk_handle object)
{
  int32_t exception;
  vmk_value argument = {.ref = object};
  int32_t result = rt_call(r, f, &argument, &exception).i32;
  assert_int_equal(exception, 0);
  return result;
}

static void
subtype_tests_are_counted(void **state)
{
  (void)state;
  rt *r = rt_start(options);
  vmk_kind *kind = rt_kind(r, VMK_SHAPE_PLAIN);
  kind->size = 16;
  vmk_kind_extend(r->box, NULL);
  vmk_kind_extend(kind, r->box);
  vmk_function *test = rt_function(r, "test", "ir", build_test, kind);
  vmk_handle is = vmk_new(r->t, kind), other = vmk_new(r->t, r->box);
  for (int i = 0; i < CALLS; i++) {
    assert_int_equal(call_with(r, test, is), 1);
    assert_int_equal(call_with(r, test, is), 1);
    assert_int_equal(call_with(r, test, other), 10);
    assert_int_equal(call_with(r, test, NULL), 0);
  }
  const uint32_t *value = counts_of(test, VMK_OP_is_kind);
  assert_int_equal(value[0], 2 * CALLS);
  assert_int_equal(value[1], 2 * CALLS);
  const uint32_t *branch = counts_of(test, VMK_OP_br_kind_or_null);
  assert_int_equal(branch[0], 3 * CALLS);
  assert_int_equal(branch[1], CALLS);
  rt_stop(r);
}

/* --- receivers ------------------------------------------------------------------------------------------- */

static void
build_number(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_i32(b, x, (int32_t)(intptr_t)data);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

/* data: the interface's function; null: virtual. */
static void
build_dispatched(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  vmk_reg o = vmk_build_parameter(b, 0), x = vmk_build_register(b, VMK_TYPE_I32);
  if (data)
    vmk_emit_call_interface(b, x, data, &o, 1);
  else
    vmk_emit_call_virtual(b, x, 0, rt_signature(rt_of(f), "ir"), &o, 1);
  vmk_emit_r(b, VMK_OP_ret_i32, x);
}

static vmk_function *
dispatch_first(rt *r, vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  (void)r, (void)t, (void)target;
  return kind->vtable[0];
}

/* The callee of the first kind is inlined: tier 0 saw it `calls` times before. */
static void
receivers_are_counted(void **state)
{
  (void)state;
  rt *r = rt_start("profile,tier1.calls=10");
  r->dispatch = dispatch_first;
  vmk_handle objects[2];
  for (int i = 0; i < 2; i++) {
    vmk_kind *kind = rt_kind(r, VMK_SHAPE_PLAIN);
    kind->size = 16;
    kind->vtable = vmk_meta_alloc(r->module, sizeof(void *));
    kind->vtable[0] = rt_function(r, "number", "ir", build_number, (void *)(intptr_t)(i + 1));
    objects[i] = vmk_new(r->t, kind);
  }
  vmk_function *interface = rt_function(r, "interface", "ir", build_number, NULL);
  for (int virtual = 0; virtual < 2; virtual ++) {
    vmk_function *f = rt_function(r, "f", "ir", build_dispatched, virtual ? NULL : interface);
    for (int i = 0; i < 100; i++) {
      bool other = i >= 20 && i % 4 == 3;
      assert_int_equal(call_with(r, f, objects[other]), 1 + other);
    }
    vmk_insn insn;
    vmk_insn_decode(f->code, f->constants, &insn);
    const vmk_call_profile *profile = vmk_call_profile_of(&f->constants[insn.constant + 2]);
    assert_int_equal(profile->same, 80);
    assert_int_equal(profile->other, 20);
  }
  rt_stop(r);
}

static void
nothing_is_counted_unless_asked_for(void **state)
{
  (void)state;
  rt *r = rt_start("tier1.calls=1");
  vmk_function *loop = rt_function(r, "loop", "ii", build_loop, NULL);
  assert_int_equal(rt_call_i(r, loop, TRIPS), TRIPS);
  assert_null(vmk_profile_of(loop));
  rt_stop(r);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(branches_are_counted),
      cmocka_unit_test(subtype_tests_are_counted),
      cmocka_unit_test(receivers_are_counted),
      cmocka_unit_test(nothing_is_counted_unless_asked_for),
  };
#if VMK_TIER1
  unsetenv("VMK_OPTS"); /* the tests say themselves which tier runs what, and so counts it */
  return cmocka_run_group_tests_name("rt profile", tests, NULL, NULL);
#else
  (void)tests;
  return 0;
#endif
}
