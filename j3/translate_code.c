/* translate_code.c -- third pass: emission, block by block in bytecode order
 *
 * Here: constants, locals, arithmetic, arrays, branches, switches, subroutines, monitors, returns and the
 * frame of a method (parameters, handlers, the lock of a synchronized one).  What names the constant pool
 * is in translate_object.c.
 */
#include <stdlib.h>

#include "translate.h"
#include "typecheck.h"

#define CODE_NO_OP UINT16_MAX

/* --- the simple instructions: one bytecode, one operation -------------------------------------------- */

typedef struct code_row {
  uint16_t op;       /* vmk_op */
  uint16_t commutes; /* a constant on the left may go to the right */
} code_row;

/* Operand and result types come from bytecode.def. */
static const code_row code_binary[J3_BC_COUNT] = {
    [J3_BC_iadd] = {VMK_OP_add_i32, 1},   [J3_BC_ladd] = {VMK_OP_add_i64, 1},
    [J3_BC_fadd] = {VMK_OP_add_f32, 0},   [J3_BC_dadd] = {VMK_OP_add_f64, 0},
    [J3_BC_isub] = {VMK_OP_sub_i32, 0},   [J3_BC_lsub] = {VMK_OP_sub_i64, 0},
    [J3_BC_fsub] = {VMK_OP_sub_f32, 0},   [J3_BC_dsub] = {VMK_OP_sub_f64, 0},
    [J3_BC_imul] = {VMK_OP_mul_i32, 1},   [J3_BC_lmul] = {VMK_OP_mul_i64, 1},
    [J3_BC_fmul] = {VMK_OP_mul_f32, 0},   [J3_BC_dmul] = {VMK_OP_mul_f64, 0},
    [J3_BC_idiv] = {VMK_OP_div_i32, 0},   [J3_BC_ldiv] = {VMK_OP_div_i64, 0},
    [J3_BC_fdiv] = {VMK_OP_div_f32, 0},   [J3_BC_ddiv] = {VMK_OP_div_f64, 0},
    [J3_BC_irem] = {VMK_OP_rem_i32, 0},   [J3_BC_lrem] = {VMK_OP_rem_i64, 0},
    [J3_BC_frem] = {VMK_OP_rem_f32, 0},   [J3_BC_drem] = {VMK_OP_rem_f64, 0},
    [J3_BC_ishl] = {VMK_OP_shl_i32, 0},   [J3_BC_lshl] = {VMK_OP_shl_i64, 0},
    [J3_BC_ishr] = {VMK_OP_shr_i32, 0},   [J3_BC_lshr] = {VMK_OP_shr_i64, 0},
    [J3_BC_iushr] = {VMK_OP_ushr_i32, 0}, [J3_BC_lushr] = {VMK_OP_ushr_i64, 0},
    [J3_BC_iand] = {VMK_OP_and_i32, 1},   [J3_BC_land] = {VMK_OP_and_i64, 1},
    [J3_BC_ior] = {VMK_OP_or_i32, 1},     [J3_BC_lor] = {VMK_OP_or_i64, 1},
    [J3_BC_ixor] = {VMK_OP_xor_i32, 1},   [J3_BC_lxor] = {VMK_OP_xor_i64, 1},
    [J3_BC_lcmp] = {VMK_OP_cmp_i64, 0},   [J3_BC_fcmpl] = {VMK_OP_cmpl_f32, 0},
    [J3_BC_fcmpg] = {VMK_OP_cmpg_f32, 0}, [J3_BC_dcmpl] = {VMK_OP_cmpl_f64, 0},
    [J3_BC_dcmpg] = {VMK_OP_cmpg_f64, 0},
};

static const uint16_t code_unary[J3_BC_COUNT] = {
    [J3_BC_ineg] = VMK_OP_neg_i32,       [J3_BC_lneg] = VMK_OP_neg_i64,
    [J3_BC_fneg] = VMK_OP_neg_f32,       [J3_BC_dneg] = VMK_OP_neg_f64,
    [J3_BC_i2l] = VMK_OP_i32_to_i64,     [J3_BC_i2f] = VMK_OP_i32_to_f32,
    [J3_BC_i2d] = VMK_OP_i32_to_f64,     [J3_BC_l2i] = VMK_OP_i64_to_i32,
    [J3_BC_l2f] = VMK_OP_i64_to_f32,     [J3_BC_l2d] = VMK_OP_i64_to_f64,
    [J3_BC_f2i] = VMK_OP_f32_to_i32_sat, [J3_BC_f2l] = VMK_OP_f32_to_i64_sat,
    [J3_BC_f2d] = VMK_OP_f32_to_f64,     [J3_BC_d2i] = VMK_OP_f64_to_i32_sat,
    [J3_BC_d2l] = VMK_OP_f64_to_i64_sat, [J3_BC_d2f] = VMK_OP_f64_to_f32,
    [J3_BC_i2b] = VMK_OP_sext8_i32,      [J3_BC_i2c] = VMK_OP_zext16_i32,
    [J3_BC_i2s] = VMK_OP_sext16_i32,     [J3_BC_arraylength] = VMK_OP_array_length,
};

static uint8_t
code_result_slot(uint8_t op)
{
  return (uint8_t)j3_slot_of_letter(strchr(j3_bytecode_table[op].effect, '>')[1]);
}

/* An integer constant that fits an immediate operand. */
static bool
code_immediate(const j3_value *v, int32_t *out)
{
  if (!v->constant || (v->type != J3_SLOT_INT && v->type != J3_SLOT_LONG))
    return false;
  int64_t wide = v->type == J3_SLOT_INT ? (int32_t)(uint32_t)v->bits : (int64_t)v->bits;
  *out = (int32_t)wide;
  return wide == *out;
}

static void
code_emit_binary(j3_translation *tr)
{
  uint8_t bc = tr->in.op, slot = code_result_slot(bc);
  j3_value *y = j3_stack_pop(tr), *x = j3_stack_pop(tr);
  vmk_op op = code_binary[bc].op;
  int32_t immediate;
  if (code_binary[bc].commutes && x->constant && !y->constant) {
    j3_value *swap = x;
    x = y;
    y = swap;
  }
  bool has_immediate = code_immediate(y, &immediate) && bc != J3_BC_lcmp;
  if (has_immediate && (bc == J3_BC_isub || bc == J3_BC_lsub) && immediate != INT32_MIN) {
    op = bc == J3_BC_isub ? VMK_OP_add_i32 : VMK_OP_add_i64;
    immediate = -immediate;
  }
  vmk_reg left = j3_stack_reg(tr, x);
  vmk_reg right = has_immediate ? VMK_NO_REG : j3_stack_reg(tr, y);
  vmk_reg to = j3_stack_target(tr, slot);
  if (has_immediate)
    vmk_emit_rri(tr->b, op, to, left, immediate);
  else
    vmk_emit_rrr(tr->b, op, to, left, right);
  j3_stack_push_target(tr, slot, to);
}

static void
code_emit_unary(j3_translation *tr)
{
  vmk_reg x = j3_stack_pop_reg(tr);
  uint8_t slot = code_result_slot(tr->in.op);
  vmk_reg to = j3_stack_target(tr, slot);
  vmk_emit_rr(tr->b, code_unary[tr->in.op], to, x);
  tr->narrow = tr->in.op == J3_BC_i2b   ? VMK_TYPE_I8
               : tr->in.op == J3_BC_i2c ? VMK_TYPE_U16
               : tr->in.op == J3_BC_i2s ? VMK_TYPE_I16
                                        : VMK_TYPE_VOID;
  j3_stack_push_target(tr, slot, to);
}

/* --- constants, locals, shuffles ------------------------------------------------------------------------- */

static uint64_t
code_float_bits(float v)
{
  uint32_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

static uint64_t
code_double_bits(double v)
{
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

static bool
code_constant(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  if (op < J3_BC_aconst_null || op > J3_BC_sipush)
    return false;
  if (op == J3_BC_aconst_null)
    j3_stack_push_constant(tr, J3_SLOT_REF, 0);
  else if (op <= J3_BC_iconst_5)
    j3_stack_push_constant(tr, J3_SLOT_INT, (uint32_t)(op - J3_BC_iconst_0));
  else if (op <= J3_BC_lconst_1)
    j3_stack_push_constant(tr, J3_SLOT_LONG, op - J3_BC_lconst_0);
  else if (op <= J3_BC_fconst_2)
    j3_stack_push_constant(tr, J3_SLOT_FLOAT, code_float_bits((float)(op - J3_BC_fconst_0)));
  else if (op <= J3_BC_dconst_1)
    j3_stack_push_constant(tr, J3_SLOT_DOUBLE, code_double_bits(op - J3_BC_dconst_0));
  else
    j3_stack_push_constant(tr, J3_SLOT_INT, (uint32_t)tr->in.value);
  return true;
}

static void
code_load(j3_translation *tr, uint8_t type)
{
  vmk_reg local = j3_local_reg(tr, tr->in.index, type);
  j3_stack_push_reg(tr, type, local);
  if (tr->watched) /* a debugger may change the local, but not what was loaded */
    j3_stack_evict(tr, local);
}

static void
code_iinc(j3_translation *tr)
{
  vmk_reg local = j3_local_reg(tr, tr->in.index, J3_SLOT_INT);
  j3_stack_evict(tr, local);
  vmk_emit_rri(tr->b, VMK_OP_add_i32, local, local, tr->in.value);
}

static uint32_t
code_pop_words(j3_translation *tr, uint32_t words, j3_value **out)
{
  uint32_t n = 0;
  while (words) {
    out[n] = j3_stack_pop(tr);
    words -= j3_slot_words(out[n++]->type);
  }
  return n;
}

static void
code_push_group(j3_translation *tr, j3_value *const *group, uint32_t count)
{
  while (count--)
    j3_stack_push(tr, *group[count]);
}

static void
code_shuffle(j3_translation *tr)
{
  j3_value *a[2], *b[2];
  uint8_t op = tr->in.op;
  if (op == J3_BC_pop || op == J3_BC_pop2) {
    code_pop_words(tr, 1 + (op == J3_BC_pop2), a);
  } else if (op == J3_BC_swap) {
    code_pop_words(tr, 1, a);
    code_pop_words(tr, 1, b);
    code_push_group(tr, a, 1);
    code_push_group(tr, b, 1);
  } else {
    uint32_t an = code_pop_words(tr, 1 + (op >= J3_BC_dup2), a);
    uint32_t bn = code_pop_words(tr, (op - J3_BC_dup) % 3u, b);
    code_push_group(tr, a, an);
    code_push_group(tr, b, bn);
    code_push_group(tr, a, an);
  }
}

static bool
code_locals_and_shuffles(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  if (op >= J3_BC_iload && op <= J3_BC_aload)
    code_load(tr, op - J3_BC_iload);
  else if (op >= J3_BC_iload_0 && op <= J3_BC_aload_3)
    code_load(tr, (op - J3_BC_iload_0) / 4);
  else if ((op >= J3_BC_istore && op <= J3_BC_astore) ||
           (op >= J3_BC_istore_0 && op <= J3_BC_astore_3))
    j3_stack_store(tr, tr->in.index, j3_stack_pop(tr));
  else if (op >= J3_BC_pop && op <= J3_BC_swap)
    code_shuffle(tr);
  else if (op == J3_BC_iinc)
    code_iinc(tr);
  else
    return false;
  return true;
}

/* --- arrays -------------------------------------------------------------------------------------------------- */

/* Element types in the order of the instructions. */
static const uint8_t code_element[] = {VMK_TYPE_I32, VMK_TYPE_I64, VMK_TYPE_F32, VMK_TYPE_F64,
                                       VMK_TYPE_REF, VMK_TYPE_I8,  VMK_TYPE_U16, VMK_TYPE_I16};

/* bastore stores the lowest bit into a boolean array.  What javac emits shows which array it is, save for
 * values of locals. */
static vmk_reg
code_byte_or_boolean(j3_translation *tr, const j3_value *v, vmk_reg array)
{
  if (v->narrow == VMK_TYPE_I8 || v->narrow == VMK_TYPE_BOOL)
    return v->reg;
  vmk_reg to = j3_stack_temp(tr, J3_SLOT_INT);
  vmk_emit_leaf(tr->b, to, j3_leaf_array_byte, 0, (vmk_reg[]){array, v->reg}, 2);
  return to;
}

static bool
code_array(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  if (op >= J3_BC_iaload && op <= J3_BC_saload) {
    uint8_t type = code_element[op - J3_BC_iaload], slot = (uint8_t)j3_slot_of_type(type);
    vmk_reg index = j3_stack_pop_reg(tr), array = j3_stack_pop_reg(tr);
    vmk_reg to = j3_stack_target(tr, slot);
    vmk_emit_load_elem(tr->b, type, to, array, index);
    tr->narrow = type; /* boolean arrays hold 0 and 1 only */
    j3_stack_push_target(tr, slot, to);
  } else if (op >= J3_BC_iastore && op <= J3_BC_sastore) {
    j3_value *v = j3_stack_pop(tr);
    if (v->constant && v->bits <= 1)
      v->narrow = VMK_TYPE_BOOL;
    vmk_reg value = j3_stack_reg(tr, v), index = j3_stack_pop_reg(tr);
    vmk_reg array = j3_stack_pop_reg(tr);
    if (op == J3_BC_bastore)
      value = code_byte_or_boolean(tr, v, array);
    vmk_emit_store_elem(tr->b, code_element[op - J3_BC_iastore], array, index, value);
  } else {
    return false;
  }
  return true;
}

/* --- branches --------------------------------------------------------------------------------------------------- */

static vmk_label
code_label(const j3_translation *tr, uint32_t bci)
{
  return j3_translate_block_at(tr, bci)->label;
}

enum code_condition {
  CODE_EQ,
  CODE_NE,
  CODE_LT,
  CODE_GE,
  CODE_GT,
  CODE_LE
}; /* as in the opcodes */

static const uint16_t code_branch_int[] = {VMK_OP_br_eq_i32, VMK_OP_br_ne_i32, VMK_OP_br_lt_i32,
                                           VMK_OP_br_ge_i32, VMK_OP_br_gt_i32, VMK_OP_br_le_i32};
static const uint16_t code_branch_long[] = {VMK_OP_br_eq_i64, VMK_OP_br_ne_i64, VMK_OP_br_lt_i64,
                                            VMK_OP_br_ge_i64, VMK_OP_br_gt_i64, VMK_OP_br_le_i64};
/* fcmpl makes an unordered pair "less", fcmpg "greater": a condition that then holds is written as the
 * negation of its opposite. */
static const uint16_t code_branch_float[2][6] = {
    {VMK_OP_br_eq_f32, VMK_OP_br_ne_f32, VMK_OP_br_nge_f32, VMK_OP_br_ge_f32, VMK_OP_br_gt_f32,
     VMK_OP_br_ngt_f32},
    {VMK_OP_br_eq_f32, VMK_OP_br_ne_f32, VMK_OP_br_lt_f32, VMK_OP_br_nlt_f32, VMK_OP_br_nle_f32,
     VMK_OP_br_le_f32}};
static const uint16_t code_branch_double[2][6] = {
    {VMK_OP_br_eq_f64, VMK_OP_br_ne_f64, VMK_OP_br_nge_f64, VMK_OP_br_ge_f64, VMK_OP_br_gt_f64,
     VMK_OP_br_ngt_f64},
    {VMK_OP_br_eq_f64, VMK_OP_br_ne_f64, VMK_OP_br_lt_f64, VMK_OP_br_nlt_f64, VMK_OP_br_nle_f64,
     VMK_OP_br_le_f64}};

static void
code_compare_and_branch(j3_translation *tr, vmk_op op, j3_value *x, j3_value *y, uint32_t target)
{
  int32_t immediate;
  bool has_immediate = code_immediate(y, &immediate) && y->type == J3_SLOT_INT;
  j3_stack_reg(tr, x);
  if (!has_immediate)
    j3_stack_reg(tr, y);
  j3_stack_flush(tr); /* may move values in flight */
  vmk_label label = code_label(tr, target);
  if (has_immediate)
    vmk_emit_branch2i(tr->b, op, x->reg, immediate, label);
  else
    vmk_emit_branch2(tr->b, op, x->reg, y->reg, label);
}

/* lcmp, fcmpX, dcmpX followed by ifXX: one branch. */
static bool
code_fuse_compare(j3_translation *tr)
{
  j3_instruction next;
  uint8_t bc = tr->in.op;
  if (bc < J3_BC_lcmp || bc > J3_BC_dcmpg || !j3_translate_peek(tr, &next) ||
      next.op < J3_BC_ifeq || next.op > J3_BC_ifle)
    return false;
  uint32_t condition = next.op - J3_BC_ifeq;
  const uint16_t *ops = bc == J3_BC_lcmp    ? code_branch_long
                        : bc <= J3_BC_fcmpg ? code_branch_float[bc - J3_BC_fcmpl]
                                            : code_branch_double[bc - J3_BC_dcmpl];
  j3_value *y = j3_stack_pop(tr), *x = j3_stack_pop(tr);
  code_compare_and_branch(tr, ops[condition], x, y, (uint32_t)next.value);
  tr->fused = true;
  return true;
}

static void
code_branch_zero(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  j3_value *x = j3_stack_pop(tr);
  j3_stack_reg(tr, x);
  j3_stack_flush(tr);
  vmk_label label = code_label(tr, (uint32_t)tr->in.value);
  if (op == J3_BC_ifnull || op == J3_BC_ifnonnull)
    vmk_emit_branch1(tr->b, op == J3_BC_ifnull ? VMK_OP_br_null : VMK_OP_br_nonnull, x->reg, label);
  else
    vmk_emit_branch2i(tr->b, code_branch_int[op - J3_BC_ifeq], x->reg, 0, label);
}

static void
code_branch_two(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  j3_value *y = j3_stack_pop(tr), *x = j3_stack_pop(tr);
  uint16_t emitted = op == J3_BC_if_acmpeq   ? VMK_OP_br_eq_ref
                     : op == J3_BC_if_acmpne ? VMK_OP_br_ne_ref
                                             : code_branch_int[op - J3_BC_if_icmpeq];
  code_compare_and_branch(tr, emitted, x, y, (uint32_t)tr->in.value);
}

static void
code_switch(j3_translation *tr)
{
  const j3_instruction *in = &tr->in;
  uint32_t count = j3_switch_count(in);
  j3_value *x = j3_stack_pop(tr);
  j3_stack_reg(tr, x);
  j3_stack_flush(tr);
  vmk_label *targets = malloc((count + 1) * sizeof *targets);
  int32_t *keys = malloc((count + 1) * sizeof *keys);
  VMK_ASSERT(targets && keys);
  for (uint32_t i = 0; i < count; i++) {
    targets[i] = code_label(tr, (uint32_t)j3_switch_target(in, i));
    keys[i] = j3_switch_key(in, i);
  }
  vmk_label other = code_label(tr, (uint32_t)j3_switch_default(in));
  if (count == 0)
    vmk_emit_jump(tr->b, other);
  else if (in->op == J3_BC_tableswitch)
    vmk_emit_switch(tr->b, x->reg, keys[0], targets, count, other);
  else
    vmk_emit_lookup(tr->b, x->reg, keys, targets, count, other);
  free(targets);
  free(keys);
}

static void
code_jsr(j3_translation *tr)
{
  uint32_t number = 0;
  while (tr->jsrs[number].bci != tr->in.bci)
    number++;
  j3_stack_push_constant(tr, J3_SLOT_ADDRESS, number);
  j3_stack_flush(tr);
  vmk_emit_jump(tr->b, code_label(tr, (uint32_t)tr->in.value));
}

/* Return to the jsr whose number the local holds.  Another value is only possible in unverified code. */
static void
code_ret(j3_translation *tr)
{
  vmk_reg address = j3_local_reg(tr, tr->in.index, J3_SLOT_ADDRESS);
  j3_stack_flush(tr);
  const j3_types *stack = j3_translate_ret_stack(tr, tr->in.bci);
  vmk_label bad = vmk_build_label(tr->b);
  int32_t *keys = malloc((tr->jsr_count + 1) * sizeof *keys);
  vmk_label *targets = malloc((tr->jsr_count + 1) * sizeof *targets);
  VMK_ASSERT(keys && targets);
  uint32_t count = 0;
  for (uint32_t i = 0; i < tr->jsr_count; i++) {
    const j3_jsr *jsr = &tr->jsrs[i];
    const j3_block *after = j3_translate_block_at(tr, jsr->next);
    if (!after || !after->reached || after->entry != stack ||
        !j3_translate_returns_to(tr, tr->in.index, jsr, stack))
      continue;
    keys[count] = (int32_t)i;
    targets[count++] = after->label;
  }
  if (count)
    vmk_emit_lookup(tr->b, address, keys, targets, count, bad);
  vmk_build_bind(tr->b, bad);
  vmk_emit_trap(tr->b, VMK_TRAP_UNREACHABLE, (int32_t)tr->in.bci);
  free(keys);
  free(targets);
}

/* --- leaving ------------------------------------------------------------------------------------------------------- */

static void
code_return(j3_translation *tr)
{
  static const uint16_t ops[] = {VMK_OP_ret_i32, VMK_OP_ret_i64, VMK_OP_ret_f32, VMK_OP_ret_f64,
                                 VMK_OP_ret_ref};
  uint8_t kind = tr->in.op - J3_BC_ireturn;
  uint8_t type = tr->function->signature->result;
  vmk_reg value = kind < VMK_COUNT(ops) ? j3_stack_narrow(tr, j3_stack_pop(tr), type) : VMK_NO_REG;
  j3_monitor_return(tr);
  if (tr->class == J3.known.class_Object && j3_symbol_is(tr->method->name, "<init>"))
    j3_translate_register_finalizable(tr, j3_local_reg(tr, 0, J3_SLOT_REF));
  j3_watch_return(tr, value);
  if (kind < VMK_COUNT(ops))
    vmk_emit_r(tr->b, ops[kind], value);
  else
    vmk_emit(tr->b, VMK_OP_ret_void);
}

static bool
code_control(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  if ((op >= J3_BC_ifeq && op <= J3_BC_ifle) || op == J3_BC_ifnull || op == J3_BC_ifnonnull) {
    code_branch_zero(tr);
  } else if (op >= J3_BC_if_icmpeq && op <= J3_BC_if_acmpne) {
    code_branch_two(tr);
  } else if (op == J3_BC_goto || op == J3_BC_goto_w) {
    j3_stack_flush(tr);
    vmk_emit_jump(tr->b, code_label(tr, (uint32_t)tr->in.value));
  } else if (op == J3_BC_tableswitch || op == J3_BC_lookupswitch) {
    code_switch(tr);
  } else if (op == J3_BC_jsr || op == J3_BC_jsr_w) {
    code_jsr(tr);
  } else if (op == J3_BC_ret) {
    code_ret(tr);
  } else if (op >= J3_BC_ireturn && op <= J3_BC_return) {
    code_return(tr);
  } else if (op == J3_BC_athrow) {
    vmk_emit_r(tr->b, VMK_OP_throw, j3_stack_pop_reg(tr));
  } else if (op == J3_BC_monitorenter) {
    j3_monitor_enter(tr, j3_stack_pop_reg(tr));
  } else if (op == J3_BC_monitorexit) {
    j3_monitor_exit(tr, j3_stack_pop_reg(tr));
  } else {
    return op == J3_BC_nop;
  }
  return true;
}

/* --- a method ------------------------------------------------------------------------------------------------------- */

static void
code_instruction(j3_translation *tr) VMK_MOVES
{
  uint8_t op = tr->in.op;
  if (code_constant(tr) || code_locals_and_shuffles(tr) || code_array(tr))
    return;
  if (code_fuse_compare(tr))
    return;
  if (code_binary[op].op)
    code_emit_binary(tr);
  else if (code_unary[op])
    code_emit_unary(tr);
  else if (!code_control(tr))
    j3_translate_object(tr);
}

static void
code_block(j3_translation *tr, const j3_block *block) VMK_MOVES
{
  j3_instruction next;
  tr->block_end = block->end;
  tr->fused = false;
  j3_stack_begin_block(tr, block->entry);
  j3_watch_block(tr, block);
  for (uint32_t bci = block->begin; bci < block->end && !tr->failed; bci = next.bci + next.length) {
    j3_bytecode_decode(tr->code, tr->length, bci, &tr->in);
    next = tr->in;
    vmk_build_position(tr->b, bci);
    tr->fused = false;
    tr->narrow = VMK_TYPE_VOID;
    j3_watch_location(tr);
    code_instruction(tr);
    j3_stack_release(tr);
    if (tr->fused)
      j3_bytecode_decode(tr->code, tr->length, bci + tr->in.length, &next);
  }
  if (!tr->failed && j3_bytecode_falls_through(&next)) {
    bool branched = j3_bytecode_table[next.op].format == J3_FORMAT_BRANCH;
    if (!branched)
      j3_stack_flush(tr);
    j3_stack_release(tr);
  }
}

static void
code_parameters(j3_translation *tr)
{
  const vmk_signature *s = tr->function->signature;
  uint32_t local = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    uint8_t slot = (uint8_t)j3_slot_of_type(s->type[i]);
    tr->local_regs[local * J3_SLOT_COUNT + slot] = vmk_build_parameter(tr->b, i).index + 1;
    local += j3_slot_words(slot);
  }
}

/* A `ret` seems to return to each jsr of its subroutine, so what was stored before one of them seems to be
 * read unwritten after another: the kit wants every register written before it is read. */
static void
code_clear_locals(j3_translation *tr)
{
  j3_instruction in;
  for (uint32_t bci = 0; bci < tr->length; bci += in.length) {
    if (!j3_bytecode_decode(tr->code, tr->length, bci, &in))
      return;
    if (in.op >= J3_BC_iload && in.op <= J3_BC_aload)
      j3_local_clear(tr, in.index, in.op - J3_BC_iload);
    else if (in.op >= J3_BC_iload_0 && in.op <= J3_BC_aload_3)
      j3_local_clear(tr, in.index, (in.op - J3_BC_iload_0) / 4);
    else if (in.op == J3_BC_iinc)
      j3_local_clear(tr, in.index, J3_SLOT_INT);
    else if (in.op == J3_BC_ret)
      j3_local_clear(tr, in.index, J3_SLOT_ADDRESS);
  }
}

/* The rows of the exception table that cover something emitted, in their order. */
static void
code_handlers(j3_translation *tr, vmk_label end)
{
  for (uint32_t i = 0; i < tr->row_count; i++) {
    const j3_handler_row *r = &tr->rows[i];
    if (!r->reached)
      continue;
    vmk_build_handler(
        tr->b, code_label(tr, r->begin), r->end == tr->length ? end : code_label(tr, r->end),
        code_label(tr, r->handler), r->type ? r->type : VMK_CATCH_ALL, j3_stack_exception_reg(tr));
  }
}

void
j3_translate_code(j3_translation *tr)
{
  uint32_t locals = tr->method->max_locals, words = tr->method->max_stack;
  tr->local_regs = j3_translate_alloc(tr, (locals + 1) * J3_SLOT_COUNT * sizeof *tr->local_regs);
  tr->stack_regs = j3_translate_alloc(tr, (words + 1) * J3_SLOT_COUNT * sizeof *tr->stack_regs);
  tr->stack = j3_translate_alloc(tr, (words + 1) * sizeof *tr->stack);
  for (uint32_t i = 0; i < tr->block_count; i++)
    tr->blocks[i].label = vmk_build_label(tr->b);
  vmk_label begin = vmk_build_label(tr->b), end = vmk_build_label(tr->b);
  code_parameters(tr);
  if (tr->jsr_count)
    code_clear_locals(tr);
  j3_watch_begin(tr);
  j3_monitor_begin(tr);
  vmk_build_bind(tr->b, begin);
  for (uint32_t i = 0; i < tr->block_count && !tr->failed; i++) {
    vmk_build_bind(tr->b, tr->blocks[i].label);
    if (tr->blocks[i].reached)
      code_block(tr, &tr->blocks[i]);
  }
  if (!tr->failed) {
    vmk_build_bind(tr->b, end);
    code_handlers(tr, end);
    j3_monitor_end(tr, begin, end);
    j3_watch_end(tr);
  }
}
