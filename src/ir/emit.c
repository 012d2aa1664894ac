/* emit.c -- vmk_emit_*: from operands of the client to abstract instructions
 *
 * Each function checks its operands against the table's columns, so that what reaches the encoder
 * has the right number of registers of the right types.  Strength reduction of constants is here
 * too: the immediate forms, x - c as x + -c, x & 255 as zext8.
 */
#include "ir/build.h"

/* The new instruction; valid until the next one. */
static build_insn *
emit_add(vmk_builder *b, vmk_op op)
{
  if (b->position_pending) {
    b->position_pending = false;
    vmk_vec_push(&b->code, ((build_insn){.op = BUILD_POSITION, .operand = {b->position}}));
  }
  vmk_vec_push(&b->code, ((build_insn){.op = (uint16_t)op}));
  return &vmk_vec_last(&b->code);
}

/* Set operand i of the instruction just added to register r. */
static void
emit_operand(vmk_builder *b, int i, vmk_reg r)
{
  build_insn *insn = &vmk_vec_last(&b->code);
  const vmk_op_info *info = &vmk_op_table[insn->op];
  const vmk_operand kind = (vmk_operand)info->operand[i];
  if (!vmk_operand_is_register(kind)) {
    vmk_builder_fail(b, "%s has no register operand %c", info->name, 'a' + i);
    return;
  }
  if (r.index >= b->regs.count) {
    vmk_builder_fail(b, "%s: operand %c is no register of this function", info->name, 'a' + i);
    return;
  }
  build_reg *reg = &b->regs.data[r.index];
  const vmk_type want = vmk_operand_type(kind);
  if (reg->type != want && (want != VMK_TYPE_COUNT || reg->type == VMK_TYPE_AGGREGATE))
    vmk_builder_fail(b, "%s: operand %c is %s, not %s", info->name, 'a' + i,
                     vmk_type_name((vmk_type)reg->type), vmk_type_name(want));
  reg->uses++;
  insn->operand[i] = r.index;
}

/* The columns of op have exactly these register operands (bits) and this extension. */
static void
emit_check_shape(vmk_builder *b, vmk_op op, unsigned registers, vmk_ext ext)
{
  const vmk_op_info *info = &vmk_op_table[op];
  unsigned has = 0;
  for (int i = 0; i < 3; i++)
    has |= (unsigned)vmk_operand_is_register((vmk_operand)info->operand[i]) << i;
  if (has != registers || info->ext != ext || op == VMK_OP_wide || op == VMK_OP_link)
    vmk_builder_fail(b, "%s is not emitted with these operands", info->name);
}

static void
emit_target(vmk_builder *b, vmk_label label)
{
  VMK_ASSERT(label.index < b->labels.count);
  b->labels.data[label.index].is_target = true;
  vmk_vec_last(&b->code).target = label.index;
}

/* A group of constants for op: the operand, room for a site and what else. Index of the first. */
static uint32_t
emit_constant(vmk_builder *b, vmk_op op, bool is_site, uint64_t value)
{
  const uint32_t count = vmk_op_constants(op, is_site);
  uint64_t *group = vmk_vec_extend(&b->constants, count);
  group[0] = value;
  return (uint32_t)b->constants.count - count;
}

/* --- by operand shape -------------------------------------------------------------------------- */

void
vmk_emit(vmk_builder *b, vmk_op op)
{
  emit_check_shape(b, op, 0, VMK_EXT__);
  emit_add(b, op);
}

void
vmk_emit_r(vmk_builder *b, vmk_op op, vmk_reg a)
{
  emit_check_shape(b, op, 1, VMK_EXT__);
  emit_add(b, op);
  emit_operand(b, 0, a);
}

void
vmk_emit_rr(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg c)
{
  emit_check_shape(b, op, 3, VMK_EXT__);
  emit_add(b, op);
  emit_operand(b, 0, a);
  emit_operand(b, 1, c);
}

void
vmk_emit_rrr(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, vmk_reg y)
{
  emit_check_shape(b, op, 7, VMK_EXT__);
  emit_add(b, op);
  emit_operand(b, 0, a);
  emit_operand(b, 1, x);
  emit_operand(b, 2, y);
}

void
vmk_emit_ri(vmk_builder *b, vmk_op op, vmk_reg a, int32_t immediate)
{
  emit_check_shape(b, op, 1, VMK_EXT_K);
  emit_add(b, op)->imm = immediate;
  emit_operand(b, 0, a);
}

void
vmk_emit_rrri(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, vmk_reg y, int32_t immediate)
{
  emit_check_shape(b, op, 7, VMK_EXT_K);
  emit_add(b, op)->imm = immediate;
  emit_operand(b, 0, a);
  emit_operand(b, 1, x);
  emit_operand(b, 2, y);
}

/* The immediate form of op for this constant, or VMK_OP_COUNT.  *c may change with it. */
static vmk_op
emit_immediate_op(vmk_op op, int32_t *c)
{
  switch ((int)op) {
  case VMK_OP_sub_i32:
  case VMK_OP_sub_i64:
    if (*c == INT32_MIN)
      return VMK_OP_COUNT;
    *c = -*c;
    return op == VMK_OP_sub_i32 ? VMK_OP_add_i32_imm : VMK_OP_add_i64_imm;
  case VMK_OP_add_i32: return VMK_OP_add_i32_imm;
  case VMK_OP_add_i64: return VMK_OP_add_i64_imm;
  case VMK_OP_mul_i32: return VMK_OP_mul_i32_imm;
  case VMK_OP_mul_i64: return VMK_OP_mul_i64_imm;
  case VMK_OP_div_i32: return *c == 0 || *c == -1 ? VMK_OP_COUNT : VMK_OP_div_i32_imm;
  case VMK_OP_rem_i32: return *c == 0 || *c == -1 ? VMK_OP_COUNT : VMK_OP_rem_i32_imm;
  case VMK_OP_and_i32: return VMK_OP_and_i32_imm;
  case VMK_OP_and_i64: return VMK_OP_and_i64_imm;
  case VMK_OP_or_i32: return VMK_OP_or_i32_imm;
  case VMK_OP_xor_i32: return VMK_OP_xor_i32_imm;
  case VMK_OP_shl_i32: return VMK_OP_shl_i32_imm;
  case VMK_OP_shl_i64: return VMK_OP_shl_i64_imm;
  case VMK_OP_shr_i32: return VMK_OP_shr_i32_imm;
  case VMK_OP_shr_i64: return VMK_OP_shr_i64_imm;
  case VMK_OP_ushr_i32: return VMK_OP_ushr_i32_imm;
  case VMK_OP_ushr_i64: return VMK_OP_ushr_i64_imm;
  default: return VMK_OP_COUNT;
  }
}

/* A hidden register of this type that holds the constant. */
static vmk_reg
emit_scratch_constant(vmk_builder *b, vmk_type type, int32_t c)
{
  vmk_reg r = vmk_builder_scratch(b, type);
  if (type == VMK_TYPE_I64)
    vmk_emit_const_i64(b, r, c);
  else
    vmk_emit_const_i32(b, r, c);
  return r;
}

void
vmk_emit_rri(vmk_builder *b, vmk_op op, vmk_reg a, vmk_reg x, int32_t c)
{
  if (vmk_op_table[op].ext == VMK_EXT_K) { /* an address plus an offset, a block's size */
    emit_check_shape(b, op, 3, VMK_EXT_K);
    emit_add(b, op)->imm = c;
    emit_operand(b, 0, a);
    emit_operand(b, 1, x);
    return;
  }
  if (vmk_op_table[op].operand[2] == VMK_OPERAND_k) { /* asked for by name */
    if (c != (int16_t)c || (c == 0 && (op == VMK_OP_div_i32_imm || op == VMK_OP_rem_i32_imm)) ||
        (c == -1 && (op == VMK_OP_div_i32_imm || op == VMK_OP_rem_i32_imm)))
      vmk_builder_fail(b, "%s takes no constant %d", vmk_op_table[op].name, c);
    emit_check_shape(b, op, 3, VMK_EXT__);
    emit_add(b, op)->operand[2] = (uint32_t)c;
    emit_operand(b, 0, a);
    emit_operand(b, 1, x);
    return;
  }
  if (op == VMK_OP_and_i32 && (c == 255 || c == 65535)) {
    vmk_emit_rr(b, c == 255 ? VMK_OP_zext8_i32 : VMK_OP_zext16_i32, a, x);
    return;
  }
  int32_t narrow = c;
  vmk_op immediate = emit_immediate_op(op, &narrow);
  if (immediate != VMK_OP_COUNT && narrow == (int16_t)narrow) {
    emit_add(b, immediate)->operand[2] = (uint32_t)narrow;
    emit_operand(b, 0, a);
    emit_operand(b, 1, x);
    return;
  }
  const vmk_type type = vmk_operand_type((vmk_operand)vmk_op_table[op].operand[2]);
  if (type != VMK_TYPE_I32 && type != VMK_TYPE_I64) {
    vmk_builder_fail(b, "%s takes no integer constant", vmk_op_table[op].name);
    return;
  }
  vmk_emit_rrr(b, op, a, x, emit_scratch_constant(b, type, c));
}

/* --- constants, moves -------------------------------------------------------------------------- */

void
vmk_emit_const_i32(vmk_builder *b, vmk_reg a, int32_t v)
{
  if (v == (int16_t)v)
    emit_add(b, VMK_OP_const_i32_short)->operand[1] = (uint32_t)v;
  else
    emit_add(b, VMK_OP_const_i32)->imm = v;
  emit_operand(b, 0, a);
}

static void
emit_const_bits(vmk_builder *b, vmk_op op, vmk_reg a, uint64_t bits)
{
  const uint32_t constant = emit_constant(b, op, false, bits);
  emit_add(b, op)->constant = constant;
  emit_operand(b, 0, a);
}

void
vmk_emit_const_i64(vmk_builder *b, vmk_reg a, int64_t v)
{
  if (v != (int16_t)v) {
    emit_const_bits(b, VMK_OP_const_i64, a, (uint64_t)v);
    return;
  }
  emit_add(b, VMK_OP_const_i64_short)->operand[1] = (uint32_t)v;
  emit_operand(b, 0, a);
}

void
vmk_emit_const_f32(vmk_builder *b, vmk_reg a, float v)
{
  int32_t bits;
  memcpy(&bits, &v, sizeof bits);
  emit_add(b, VMK_OP_const_f32)->imm = bits;
  emit_operand(b, 0, a);
}

void
vmk_emit_const_f64(vmk_builder *b, vmk_reg a, double v)
{
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  emit_const_bits(b, VMK_OP_const_f64, a, bits);
}

void
vmk_emit_const_null(vmk_builder *b, vmk_reg a)
{
  emit_add(b, vmk_build_type(b, a) == VMK_TYPE_PTR ? VMK_OP_const_null_ptr : VMK_OP_const_null);
  emit_operand(b, 0, a);
}

void
vmk_emit_const_ptr(vmk_builder *b, vmk_reg a, const void *p)
{
  emit_const_bits(b, VMK_OP_const_ptr, a, (uintptr_t)p);
}

void
vmk_emit_const_ref(vmk_builder *b, vmk_reg a, vmk_handle object)
{
  emit_const_bits(b, VMK_OP_const_ref, a, 0);
  const build_ref ref = {vmk_vec_last(&b->code).constant, object};
  vmk_vec_push(&b->refs, ref);
}

void
vmk_emit_move(vmk_builder *b, vmk_reg to, vmk_reg from)
{
  static const uint16_t moves[VMK_TYPE_COUNT] = {
      [VMK_TYPE_I32] = VMK_OP_mov_i32, [VMK_TYPE_I64] = VMK_OP_mov_i64,
      [VMK_TYPE_F32] = VMK_OP_mov_f32, [VMK_TYPE_F64] = VMK_OP_mov_f64,
      [VMK_TYPE_REF] = VMK_OP_mov_ref, [VMK_TYPE_PTR] = VMK_OP_mov_ptr,
  };
  if (to.index == from.index)
    return;
  const vmk_op op = (vmk_op)moves[vmk_build_type(b, to)];
  if (op == VMK_OP_nop)
    vmk_builder_fail(b, "a move needs registers, not aggregates");
  else
    vmk_emit_rr(b, op, to, from);
}

/* --- branches ---------------------------------------------------------------------------------- */

void
vmk_emit_jump(vmk_builder *b, vmk_label target)
{
  emit_add(b, VMK_OP_jump);
  emit_target(b, target);
}

void
vmk_emit_branch1(vmk_builder *b, vmk_op op, vmk_reg x, vmk_label target)
{
  emit_check_shape(b, op, 1, VMK_EXT_T);
  emit_add(b, op);
  emit_operand(b, 0, x);
  emit_target(b, target);
}

void
vmk_emit_branch2(vmk_builder *b, vmk_op op, vmk_reg x, vmk_reg y, vmk_label target)
{
  emit_check_shape(b, op, 3, VMK_EXT_T);
  emit_add(b, op);
  emit_operand(b, 0, x);
  emit_operand(b, 1, y);
  emit_target(b, target);
}

void
vmk_emit_branch2i(vmk_builder *b, vmk_op op, vmk_reg x, int32_t y, vmk_label target)
{
  /* The rows eq .. ge are in the same order in both families. */
  _Static_assert(VMK_OP_br_ge_i32 - VMK_OP_br_eq_i32 == VMK_OP_br_ge_i32_imm - VMK_OP_br_eq_i32_imm,
                 "immediate branches mirror the others");
  if (op >= VMK_OP_br_eq_i32_imm && op <= VMK_OP_br_ge_i32_imm) /* asked for by name */
    op = (vmk_op)(op - VMK_OP_br_eq_i32_imm + VMK_OP_br_eq_i32);
  if (op >= VMK_OP_br_eq_i32 && op <= VMK_OP_br_ge_i32 && y == (int16_t)y) {
    emit_add(b, (vmk_op)(op - VMK_OP_br_eq_i32 + VMK_OP_br_eq_i32_imm))->operand[1] = (uint32_t)y;
    emit_operand(b, 0, x);
    emit_target(b, target);
    return;
  }
  const vmk_type type = vmk_operand_type((vmk_operand)vmk_op_table[op].operand[1]);
  if (type != VMK_TYPE_I32 && type != VMK_TYPE_I64) {
    vmk_builder_fail(b, "%s takes no integer constant", vmk_op_table[op].name);
    return;
  }
  vmk_emit_branch2(b, op, x, emit_scratch_constant(b, type, y), target);
}

static void
emit_cases(vmk_builder *b, const vmk_label *targets, uint32_t count, vmk_label other)
{
  vmk_vec_last(&b->code).count = count;
  for (uint32_t i = 0; i < count; i++) {
    emit_target(b, targets[i]);
    vmk_vec_push(&b->extra, targets[i].index);
  }
  emit_target(b, other);
}

void
vmk_emit_switch(vmk_builder *b, vmk_reg x, int32_t low, const vmk_label *targets, uint32_t count,
                vmk_label other)
{
  build_insn *insn = emit_add(b, VMK_OP_switch_i32);
  insn->imm = low;
  insn->extra = (uint32_t)b->extra.count;
  emit_operand(b, 0, x);
  emit_cases(b, targets, count, other);
}

void
vmk_emit_lookup(vmk_builder *b, vmk_reg x, const int32_t *keys, const vmk_label *targets,
                uint32_t count, vmk_label other)
{
  emit_add(b, VMK_OP_lookup_i32)->extra = (uint32_t)b->extra.count;
  emit_operand(b, 0, x);
  for (uint32_t i = 0; i < count; i++) {
    if (i && keys[i - 1] >= keys[i])
      vmk_builder_fail(b, "lookup_i32: keys do not ascend");
    vmk_vec_push(&b->extra, (uint32_t)keys[i]);
  }
  emit_cases(b, targets, count, other);
}

/* --- memory ------------------------------------------------------------------------------------ */

static vmk_op
emit_family(vmk_builder *b, vmk_family family, vmk_type type)
{
  const vmk_op op = vmk_op_of(family, type);
  if (op == VMK_OP_nop)
    vmk_builder_fail(b, "there is no memory access of type %s", vmk_type_name(type));
  return op;
}

/* An access of the three-operand families; c is left out when it is VMK_NO_REG. */
static void
emit_access(vmk_builder *b, vmk_family family, vmk_type type, vmk_reg value, vmk_reg base,
            vmk_reg index, int32_t offset)
{
  const vmk_op op = emit_family(b, family, type);
  if (op == VMK_OP_nop)
    return;
  emit_add(b, op)->imm = offset;
  emit_operand(b, 0, value);
  emit_operand(b, 1, base);
  if (index.index != VMK_NO_REG.index)
    emit_operand(b, 2, index);
}

static void
emit_access_static(vmk_builder *b, vmk_family family, vmk_type type, vmk_reg value, void *address)
{
  const vmk_op op = emit_family(b, family, type);
  if (op != VMK_OP_nop)
    emit_const_bits(b, op, value, (uintptr_t)address);
}

void
vmk_emit_load_field(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg object, uint32_t offset)
{
  emit_access(b, VMK_FAMILY_LOAD_FIELD, type, to, object, VMK_NO_REG, (int32_t)offset);
}

void
vmk_emit_store_field(vmk_builder *b, vmk_type type, vmk_reg object, uint32_t offset, vmk_reg value)
{
  emit_access(b, VMK_FAMILY_STORE_FIELD, type, value, object, VMK_NO_REG, (int32_t)offset);
}

void
vmk_emit_load_static(vmk_builder *b, vmk_type type, vmk_reg to, void *address)
{
  emit_access_static(b, VMK_FAMILY_LOAD_STATIC, type, to, address);
}

void
vmk_emit_store_static(vmk_builder *b, vmk_type type, void *address, vmk_reg value)
{
  emit_access_static(b, VMK_FAMILY_STORE_STATIC, type, value, address);
}

void
vmk_emit_load_elem(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg array, vmk_reg index)
{
  emit_access(b, VMK_FAMILY_LOAD_ELEM, type, to, array, index, 0);
}

void
vmk_emit_store_elem(vmk_builder *b, vmk_type type, vmk_reg array, vmk_reg index, vmk_reg value)
{
  emit_access(b, VMK_FAMILY_STORE_ELEM, type, value, array, index, 0);
}

void
vmk_emit_load_ptr(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg ptr, int32_t offset)
{
  emit_access(b, VMK_FAMILY_LOAD_PTR, type, to, ptr, VMK_NO_REG, offset);
}

void
vmk_emit_store_ptr(vmk_builder *b, vmk_type type, vmk_reg ptr, int32_t offset, vmk_reg value)
{
  emit_access(b, VMK_FAMILY_STORE_PTR, type, value, ptr, VMK_NO_REG, offset);
}

/* Volatile accesses name their type in operand c. */
static void
emit_volatile(vmk_builder *b, vmk_op op, vmk_type type, vmk_reg value, vmk_reg object)
{
  vmk_vec_last(&b->code).operand[2] = type;
  emit_operand(b, 0, value);
  if (object.index != VMK_NO_REG.index)
    emit_operand(b, 1, object);
  if (vmk_build_type(b, value) != vmk_type_in_register(type))
    vmk_builder_fail(b, "%s: operand a is no %s", vmk_op_table[op].name, vmk_type_name(type));
}

void
vmk_emit_load_field_volatile(vmk_builder *b, vmk_type type, vmk_reg to, vmk_reg object,
                             uint32_t offset)
{
  emit_add(b, VMK_OP_load_field_volatile)->imm = (int32_t)offset;
  emit_volatile(b, VMK_OP_load_field_volatile, type, to, object);
}

void
vmk_emit_store_field_volatile(vmk_builder *b, vmk_type type, vmk_reg object, uint32_t offset,
                              vmk_reg value)
{
  emit_add(b, VMK_OP_store_field_volatile)->imm = (int32_t)offset;
  emit_volatile(b, VMK_OP_store_field_volatile, type, value, object);
}

static void
emit_volatile_static(vmk_builder *b, vmk_op op, vmk_type type, void *address, vmk_reg value)
{
  const uint32_t constant = emit_constant(b, op, false, (uintptr_t)address);
  emit_add(b, op)->constant = constant;
  emit_volatile(b, op, type, value, VMK_NO_REG);
}

void
vmk_emit_load_static_volatile(vmk_builder *b, vmk_type type, vmk_reg to, void *address)
{
  emit_volatile_static(b, VMK_OP_load_static_volatile, type, address, to);
}

void
vmk_emit_store_static_volatile(vmk_builder *b, vmk_type type, void *address, vmk_reg value)
{
  emit_volatile_static(b, VMK_OP_store_static_volatile, type, address, value);
}

/* --- objects, traps ---------------------------------------------------------------------------- */

void
vmk_emit_new(vmk_builder *b, vmk_reg to, vmk_kind *kind)
{
  emit_const_bits(b, VMK_OP_new, to, (uintptr_t)kind);
}

void
vmk_emit_new_array(vmk_builder *b, vmk_reg to, vmk_kind *kind, vmk_reg length)
{
  emit_const_bits(b, VMK_OP_new_array, to, (uintptr_t)kind);
  emit_operand(b, 1, length);
}

void
vmk_emit_monitor(vmk_builder *b, bool enter, vmk_reg object)
{
  vmk_emit_r(b, enter ? VMK_OP_monitor_enter : VMK_OP_monitor_exit, object);
}

void
vmk_emit_trap(vmk_builder *b, vmk_trap trap, int32_t operand)
{
  build_insn *insn = emit_add(b, VMK_OP_trap);
  insn->operand[0] = trap;
  insn->imm = operand;
}

/* --- calls ------------------------------------------------------------------------------------- */

/* Append the arguments in bank order. */
static void
emit_arguments(vmk_builder *b, const vmk_reg *args, uint32_t count)
{
  build_insn *insn = &vmk_vec_last(&b->code);
  insn->count = count;
  insn->operand[1] = count;
  insn->extra = (uint32_t)b->extra.count;
  for (uint32_t bank = 0; bank < 3; bank++)
    for (uint32_t i = 0; i < count; i++)
      if (vmk_type_bank(vmk_build_type(b, args[i])) == bank) {
        b->regs.data[args[i].index].uses++;
        vmk_vec_push(&b->extra, args[i].index);
      }
}

static void
emit_check_call(vmk_builder *b, vmk_reg to, const vmk_signature *signature, const vmk_reg *args,
                uint32_t count)
{
  if (count != signature->count)
    vmk_builder_fail(b, "a call with %u arguments of a function with %u", count, signature->count);
  for (uint32_t i = 0; i < count && i < signature->count; i++) {
    const vmk_type want = vmk_type_in_register((vmk_type)signature->type[i]);
    const vmk_type is = vmk_build_type(b, args[i]);
    if (is != want)
      vmk_builder_fail(b, "argument %u of a call is %s, not %s", i, vmk_type_name(is),
                       vmk_type_name(want));
  }
  const vmk_type result = vmk_type_in_register((vmk_type)signature->result);
  if (to.index != VMK_NO_REG.index && vmk_build_type(b, to) != result)
    vmk_builder_fail(b, "the result of a call is %s, not %s", vmk_type_name(result),
                     vmk_type_name(vmk_build_type(b, to)));
}

/* All calls: receiver is operand c or VMK_NO_REG; `constant` is ignored by indirect ones. */
static void
emit_call(vmk_builder *b, vmk_op op, vmk_reg to, const vmk_signature *signature, uint64_t constant,
          vmk_reg receiver, const vmk_reg *args, uint32_t count, bool is_site)
{
  emit_check_call(b, to, signature, args, count);
  if (b->error.message[0])
    return;
  const bool wants = signature->result != VMK_TYPE_VOID && vmk_op_table[op].operand[0];
  if (wants && to.index == VMK_NO_REG.index)
    to = vmk_builder_scratch(b, VMK_TYPE_I64); /* any slot outside the traced banks will do */
  uint32_t index = 0;
  if (vmk_op_table[op].ext == VMK_EXT_XA)
    index = emit_constant(b, op, is_site, constant);
  build_insn *insn = emit_add(b, op);
  insn->is_site = is_site;
  insn->constant = index;
  insn->operand[0] = to.index;
  insn->operand[2] = receiver.index; /* a site's too: for the form it may become */
  if (wants)
    emit_operand(b, 0, to);
  if (vmk_op_table[op].operand[2])
    emit_operand(b, 2, receiver);
  emit_arguments(b, args, count);
}

/* The first argument, when it can be a receiver. */
static vmk_reg
emit_receiver(vmk_builder *b, const vmk_reg *args, uint32_t count)
{
  if (count && vmk_build_type(b, args[0]) == VMK_TYPE_REF)
    return args[0];
  vmk_builder_fail(b, "a call that dispatches needs a receiver: a ref as first argument");
  return VMK_NO_REG;
}

void
vmk_emit_call(vmk_builder *b, vmk_reg to, vmk_function *target, const vmk_reg *args, uint32_t count)
{
  emit_call(b, VMK_OP_call, to, target->signature, (uintptr_t)target, VMK_NO_REG, args, count,
            false);
}

void
vmk_emit_call_special(vmk_builder *b, vmk_reg to, vmk_function *target, const vmk_reg *args,
                      uint32_t count)
{
  emit_call(b, VMK_OP_call_special, to, target->signature, (uintptr_t)target,
            emit_receiver(b, args, count), args, count, false);
}

void
vmk_emit_call_virtual(vmk_builder *b, vmk_reg to, uint32_t vtable_index,
                      const vmk_signature *signature, const vmk_reg *args, uint32_t count)
{
  emit_call(b, VMK_OP_call_virtual, to, signature, vtable_index, emit_receiver(b, args, count),
            args, count, false);
}

void
vmk_emit_call_interface(vmk_builder *b, vmk_reg to, vmk_function *target, const vmk_reg *args,
                        uint32_t count)
{
  emit_call(b, VMK_OP_call_interface, to, target->signature, (uintptr_t)target,
            emit_receiver(b, args, count), args, count, false);
}

void
vmk_emit_call_indirect(vmk_builder *b, vmk_reg to, vmk_reg target, const vmk_signature *signature,
                       const vmk_reg *args, uint32_t count)
{
  emit_call(b, VMK_OP_call_indirect, to, signature, 0, target, args, count, false);
}

void
vmk_emit_tail_call(vmk_builder *b, vmk_function *target, const vmk_reg *args, uint32_t count)
{
  if (target->signature->result != b->f->signature->result)
    vmk_builder_fail(b, "tail_call of a function with another result");
  emit_call(b, VMK_OP_tail_call, VMK_NO_REG, target->signature, (uintptr_t)target, VMK_NO_REG, args,
            count, false);
}

void
vmk_emit_tail_call_indirect(vmk_builder *b, vmk_reg target, const vmk_signature *signature,
                            const vmk_reg *args, uint32_t count)
{
  if (signature->result != b->f->signature->result)
    vmk_builder_fail(b, "tail_call_indirect of a function with another result");
  emit_call(b, VMK_OP_tail_call_indirect, VMK_NO_REG, signature, 0, target, args, count, false);
}

/* --- leaves ------------------------------------------------------------------------------------ */

static void
emit_leaf(vmk_builder *b, vmk_op op, vmk_reg to, vmk_leaf leaf, uint64_t k, const vmk_reg *args,
          uint32_t count, bool is_site)
{
  if (count > 4) {
    vmk_builder_fail(b, "a leaf takes at most 4 registers, not %u", count);
    return;
  }
  if (op == VMK_OP_call_leaf && to.index == VMK_NO_REG.index)
    to = vmk_builder_scratch(b, VMK_TYPE_I64);
  const uint32_t constant = emit_constant(b, op, is_site, k);
  b->constants.data[constant + 2] = (uintptr_t)leaf;
  build_insn *insn = emit_add(b, op);
  insn->is_site = is_site;
  insn->constant = constant;
  if (op == VMK_OP_call_leaf || op == VMK_OP_is_kind)
    emit_operand(b, 0, to);
  insn->count = count;
  insn->operand[1] = count;
  insn->extra = (uint32_t)b->extra.count;
  for (uint32_t i = 0; i < count; i++) {
    const vmk_type type = vmk_build_type(b, args[i]);
    if (type == VMK_TYPE_VOID || type == VMK_TYPE_AGGREGATE) {
      vmk_builder_fail(b, "argument %u of a leaf is no plain register", i);
      return;
    }
    b->regs.data[args[i].index].uses++;
    vmk_vec_push(&b->extra, args[i].index);
  }
}

void
vmk_emit_leaf(vmk_builder *b, vmk_reg to, vmk_leaf leaf, uint64_t k, const vmk_reg *args,
              uint32_t count)
{
  emit_leaf(b, VMK_OP_call_leaf, to, leaf, k, args, count, false);
}

void
vmk_emit_leaf_branch(vmk_builder *b, vmk_leaf leaf, uint64_t k, const vmk_reg *args, uint32_t count,
                     vmk_label target)
{
  emit_leaf(b, VMK_OP_br_leaf, VMK_NO_REG, leaf, k, args, count, false);
  emit_target(b, target);
}

void
vmk_emit_is_kind(vmk_builder *b, vmk_reg to, vmk_reg object, vmk_kind *kind, vmk_leaf leaf)
{
  emit_leaf(b, VMK_OP_is_kind, to, leaf, (uintptr_t)kind, &object, 1, false);
}

void
vmk_emit_branch_kind_or_null(vmk_builder *b, vmk_reg object, vmk_kind *kind, vmk_leaf leaf,
                             vmk_label target)
{
  emit_leaf(b, VMK_OP_br_kind_or_null, VMK_NO_REG, leaf, (uintptr_t)kind, &object, 1, false);
  emit_target(b, target);
}

/* --- sites ------------------------------------------------------------------------------------- */

/* Make the instruction just added (its constants begin at `constant`) the site. */
static void
emit_site_record(vmk_builder *b, const vmk_site *site, uint32_t constant)
{
  vmk_vec_last(&b->code).is_site = true;
  vmk_vec_push(&b->sites, *site);
  vmk_vec_last(&b->sites).constant_index = constant;
  b->constants.data[constant + 1] = b->sites.count;
}

void
vmk_emit_site(vmk_builder *b, vmk_site_kind kind, vmk_type type, uint32_t token, uint32_t flags,
              uint64_t data, vmk_reg to, const vmk_reg *args, uint32_t count,
              const vmk_signature *signature)
{
  const vmk_site site = {.kind = kind, .token = token, .type = type, .flags = flags, .data = data};
  const vmk_op op = vmk_site_quick_op(&site);
  const bool access = kind <= VMK_SITE_STORE_STATIC;
  const bool store = kind == VMK_SITE_STORE_FIELD || kind == VMK_SITE_STORE_STATIC;
  VMK_ASSERT(kind != VMK_SITE_LEAF);
  if (access && op == VMK_OP_nop) {
    vmk_builder_fail(b, "there is no memory access of type %s", vmk_type_name(type));
    return;
  }
  if (kind == VMK_SITE_CALL) {
    vmk_reg receiver = count && vmk_build_type(b, args[0]) == VMK_TYPE_REF ? args[0] : VMK_NO_REG;
    emit_call(b, op, to, signature, 0, receiver, args, count, true);
    if (!b->error.message[0])
      emit_site_record(b, &site, vmk_vec_last(&b->code).constant);
    return;
  }
  const uint32_t constant = emit_constant(b, op, true, 0);
  build_insn *insn = emit_add(b, op);
  insn->constant = constant;
  if (access)
    insn->operand[2] = type;
  if (store && count)
    to = args[count - 1]; /* the value; a field's object comes before it */
  emit_operand(b, 0, to);
  if (vmk_op_table[op].operand[1])
    emit_operand(b, 1, count ? args[0] : VMK_NO_REG);
  if (kind == VMK_SITE_CONST_REF) {
    const build_ref ref = {constant, NULL};
    vmk_vec_push(&b->refs, ref);
  }
  emit_site_record(b, &site, constant);
}

void
vmk_emit_leaf_site(vmk_builder *b, vmk_leaf leaf, uint32_t token, uint32_t flags, uint64_t data,
                   vmk_reg to, const vmk_reg *args, uint32_t count)
{
  emit_leaf(b, VMK_OP_call_leaf, to, leaf, 0, args, count, true);
  if (!b->error.message[0])
    emit_site_record(
        b, &(vmk_site){.kind = VMK_SITE_LEAF, .token = token, .flags = flags, .data = data},
        vmk_vec_last(&b->code).constant);
}
