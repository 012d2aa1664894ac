/* test_ir.c -- positions, liveness, the verifier on damaged code, limits and speed of the builder */
#include <time.h>

#include "rt_fixture.h"

#include "ir/body.h"
#include "ir/live.h"
#include "ir/verify.h"

/* f(a, b): s = a; while (s < b) { try { s = g(s) } catch (e) { s = b } } return s */
typedef struct loop {
  vmk_function *g;
  vmk_reg s, x;
} loop;

static void
build_loop(vmk_builder *b, vmk_function *f, void *data)
{
  loop *l = (loop *)data;
  (void)f;
  vmk_reg a = vmk_build_parameter(b, 0), limit = vmk_build_parameter(b, 1);
  l->s = vmk_build_register(b, VMK_TYPE_I32);
  l->x = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg e = vmk_build_register(b, VMK_TYPE_REF);
  vmk_label top = vmk_build_label(b), done = vmk_build_label(b), begin = vmk_build_label(b);
  vmk_label end = vmk_build_label(b), handler = vmk_build_label(b);
  vmk_build_position(b, 1);
  vmk_emit_move(b, l->s, a);
  vmk_build_bind(b, top);
  vmk_build_position(b, 100);
  vmk_emit_branch2(b, VMK_OP_br_ge_i32, l->s, limit, done);
  vmk_build_bind(b, begin);
  vmk_build_position(b, 7);
  vmk_emit_call(b, l->x, l->g, &l->s, 1);
  vmk_emit_move(b, l->s, l->x);
  vmk_build_bind(b, end);
  vmk_emit_jump(b, top);
  vmk_build_bind(b, handler);
  vmk_build_position(b, 70000);
  vmk_emit_move(b, l->s, limit);
  vmk_emit_jump(b, top);
  vmk_build_bind(b, done);
  vmk_emit_r(b, VMK_OP_ret_i32, l->s);
  vmk_build_handler(b, begin, end, handler, VMK_CATCH_ALL, e);
}

static void
build_next(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f, (void)data;
  vmk_reg n = vmk_build_parameter(b, 0);
  vmk_emit_rri(b, VMK_OP_add_i32, n, n, 1);
  vmk_emit_r(b, VMK_OP_ret_i32, n);
}

static vmk_function *
make_loop(rt *r, loop *l)
{
  l->g = rt_function(r, "next", "ii", build_next, NULL);
  vmk_function *f = rt_function(r, "loop", "iii", build_loop, l);
  int32_t exception;
  const vmk_value args[] = {{.i32 = 3}, {.i32 = 9}};
  assert_int_equal(rt_call(r, f, args, &exception).i32, 9);
  assert_int_equal(exception, 0);
  return f;
}

/* The n-th instruction with this operation. */
static uint32_t
find_op(const vmk_function *f, vmk_op op, int n)
{
  vmk_insn insn;
  for (uint32_t pc = 0; pc < f->body->code_words; pc += insn.length) {
    vmk_insn_decode(f->code + pc, f->constants, &insn);
    if (insn.op == op && n-- == 0)
      return pc;
  }
  fail_msg("no %s", vmk_op_table[op].name);
  return 0;
}

static void
positions_map_both_ways(void **state)
{
  rt *r = rt_start(*state);
  loop l;
  vmk_function *f = make_loop(r, &l);
  const uint32_t call = find_op(f, VMK_OP_call, 0);
  assert_int_equal(vmk_body_position(f->body, 0), 1);
  assert_int_equal(vmk_body_position(f->body, find_op(f, VMK_OP_br_ge_i32, 0)), 100);
  assert_int_equal(vmk_body_position(f->body, call), 7);
  assert_int_equal(vmk_body_find_position(f->body, 7), call);
  assert_int_equal(vmk_body_find_position(f->body, 8), UINT32_MAX);
  assert_int_equal(vmk_body_position(f->body, vmk_body_find_position(f->body, 70000)), 70000);
  rt_stop(r);
}

static void
liveness_follows_loops_and_handlers(void **state)
{
  rt *r = rt_start(*state);
  loop l;
  vmk_function *f = make_loop(r, &l);
  const uint32_t call = find_op(f, VMK_OP_call, 0);
  vmk_insn insn;
  vmk_insn_decode(f->code + call, f->constants, &insn);
  const uint32_t a = VMK_FRAME_HEADER, limit = a + 1, s = vmk_insn_argument(&insn, 0),
                 x = (uint32_t)insn.operand[0];
  vmk_live *live = vmk_live_new(f, f->code);
  assert_true(vmk_live_before(live, 0, a));
  assert_false(vmk_live_before(live, find_op(f, VMK_OP_br_ge_i32, 0), a));
  assert_true(vmk_live_before(live, call, limit)); /* by the handler, and the next round */
  assert_true(vmk_live_before(live, call, s));
  assert_false(vmk_live_before(live, call, x));
  assert_true(vmk_live_before(live, call + insn.length, x));
  assert_false(vmk_live_before(live, call + insn.length, s));
  assert_true(vmk_live_before(live, find_op(f, VMK_OP_ret_i32, 0), s));
  assert_false(vmk_live_before(live, find_op(f, VMK_OP_ret_i32, 0), limit));
  for (uint32_t i = 0; i < vmk_live_entry_count(live); i++)
    assert_true(vmk_live_entry_slot(live, i) == a || vmk_live_entry_slot(live, i) == limit);
  assert_int_equal(vmk_live_entry_count(live), 2);
  vmk_live_free(live);
  rt_stop(r);
}

/* The answer for all slots is the answers for each; from any word of an instruction. */
static void
liveness_of_all_slots(void **state)
{
  rt *r = rt_start(*state);
  loop l;
  vmk_function *f = make_loop(r, &l);
  vmk_live *live = vmk_live_new(f, f->code);
  vmk_insn insn;
  for (uint32_t pc = 0; pc < f->body->code_words; pc += insn.length) {
    vmk_insn_decode(f->code + pc, f->constants, &insn);
    for (uint32_t inside = pc; inside < pc + insn.length; inside++) {
      uint64_t bits;
      vmk_live_within(live, inside, false, VMK_FRAME_HEADER, f->frame_slots, &bits);
      for (uint32_t slot = VMK_FRAME_HEADER; slot < f->frame_slots; slot++)
        assert_int_equal(bits >> (slot - VMK_FRAME_HEADER) & 1, vmk_live_before(live, pc, slot));
    }
  }
  const uint32_t call = find_op(f, VMK_OP_call, 0);
  vmk_insn_decode(f->code + call, f->constants, &insn);
  const uint32_t limit = VMK_FRAME_HEADER + 1, s = vmk_insn_argument(&insn, 0),
                 x = (uint32_t)insn.operand[0];
  uint64_t bits;
  vmk_live_within(live, call, true, limit, f->frame_slots, &bits);
  assert_int_equal(bits & 1, 1);
  assert_int_equal(bits >> (s - limit) & 1, 0); /* an argument, not read again */
  assert_int_equal(bits >> (x - limit) & 1, 0); /* the result */
  vmk_live_free(live);
  rt_stop(r);
}

/* Whatever one bit of the code is turned into, the verifier says yes or no and touches nothing else. */
static void
verifier_survives_damage(void **state)
{
  rt *r = rt_start(*state);
  loop l;
  vmk_function *f = make_loop(r, &l);
  const uint32_t words = f->body->code_words;
  uint32_t copy[256];
  int refused = 0;
  assert_true(words <= 256);
  memcpy(copy, f->code, words * sizeof *copy);
  assert_int_equal(vmk_verify(f, copy, NULL), VMK_OK);
  for (uint32_t bit = 0; bit < words * 32; bit++) {
    vmk_error error = {""};
    copy[bit / 32] ^= 1u << bit % 32;
    if (vmk_verify(f, copy, &error) != VMK_OK) {
      refused++;
      assert_true(error.message[0] != 0);
    }
    copy[bit / 32] ^= 1u << bit % 32;
  }
  assert_true(refused > (int)words * 8);
  rt_stop(r);
}

/* As many registers as a frame can have, a chain of moves through them all, and a label each. */
static void
build_huge(vmk_builder *b, vmk_function *f, void *data)
{
  (void)f;
  const uint32_t count = *(uint32_t *)data;
  vmk_reg last = vmk_build_parameter(b, 0);
  for (uint32_t i = 0; i < count; i++) {
    vmk_reg next = vmk_build_register(b, VMK_TYPE_I32);
    vmk_label label = vmk_build_label(b);
    vmk_emit_rri(b, VMK_OP_add_i32, next, last, 1);
    vmk_emit_branch2i(b, VMK_OP_br_ne_i32, next, 0, label);
    vmk_emit_trap(b, VMK_TRAP_UNREACHABLE, 0);
    vmk_build_bind(b, label);
    last = next;
  }
  vmk_emit_r(b, VMK_OP_ret_i32, last);
}

static void
builder_is_linear(void **state)
{
  rt *r = rt_start(*state);
  uint32_t count = 65000;
  vmk_function *f = rt_function(r, "huge", "ii", build_huge, &count);
  const clock_t start = clock();
  assert_int_equal(rt_call_i(r, f, 5), 65005);
  assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
  rt_stop(r);
}

static void
builder_refuses_frames_too_large(void **state)
{
  rt *r = rt_start(*state);
  uint32_t count = 65536;
  vmk_function *f = rt_function(r, "huge", "ii", NULL, NULL);
  vmk_builder *b = vmk_build_new(f);
  vmk_error error = {""};
  build_huge(b, f, &count);
  assert_int_equal(vmk_build_finish(b, &error), VMK_ERROR_FORMAT);
  assert_non_null(strstr(error.message, "slots"));
  assert_null(f->code);
  rt_stop(r);
}

static void
table_is_consistent(void **state)
{
  (void)state;
  for (uint32_t op = 0; op < VMK_OP_COUNT; op++) {
    const vmk_op_info *info = &vmk_op_table[op];
    assert_int_equal(vmk_op_find(info->name, strlen(info->name)), op);
    const bool branches = info->ext == VMK_EXT_T || info->ext == VMK_EXT_S ||
                          info->ext == VMK_EXT_U || info->ext == VMK_EXT_XTL;
    assert_int_equal(branches, (info->effects & VMK_BRANCHES) != 0);
    for (int i = 1; i < 3; i++) /* only a is written */
      assert_false(vmk_operand_defines((vmk_operand)info->operand[i]));
    if (info->effects & VMK_COMMUTES)
      assert_int_equal(info->operand[1], info->operand[2]);
    if (info->effects & VMK_PURE)
      assert_false(info->effects & (VMK_READS | VMK_WRITES | VMK_SAFEPOINT | VMK_CALLS));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_prestate(positions_map_both_ways, "verify=ir"),
      cmocka_unit_test_prestate(liveness_follows_loops_and_handlers, "verify=ir"),
      cmocka_unit_test_prestate(liveness_of_all_slots, "verify=ir"),
      cmocka_unit_test_prestate(verifier_survives_damage, "verify=ir"),
      cmocka_unit_test_prestate(builder_is_linear, "verify=ir"),
      cmocka_unit_test_prestate(builder_refuses_frames_too_large, "verify=ir"),
      cmocka_unit_test_prestate(table_is_consistent, "verify=ir"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
