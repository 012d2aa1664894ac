/* ops.c -- the table of operations as data, and decoding */
#include "ir/ops.h"

#include <string.h>

const vmk_op_info vmk_op_table[VMK_OP_COUNT] = {
#define VMK_OP(name, A, B, C, EXT, effects, body, meaning)                             \
  {#name,         #body, meaning, {VMK_OPERAND_##A, VMK_OPERAND_##B, VMK_OPERAND_##C}, \
   VMK_EXT_##EXT, false, effects},
#define VMK_OP_WIDE(name, A, B, C, EXT, effects, body, meaning)                        \
  {#name,         #body, meaning, {VMK_OPERAND_##A, VMK_OPERAND_##B, VMK_OPERAND_##C}, \
   VMK_EXT_##EXT, true,  effects},
#include <vmkit/vmk_ops.def>
#undef VMK_OP
};

/* Narrow operations have numbers below 256. */
enum {
#define VMK_OP(name, ...) OPS_NARROW_##name,
#define VMK_OP_WIDE(name, ...)
#include <vmkit/vmk_ops.def>
#undef VMK_OP
  OPS_NARROW_COUNT
};
_Static_assert(OPS_NARROW_COUNT <= 256,
               "more narrow operations than an opcode byte can tell apart");
#define VMK_OP(name, ...) \
  _Static_assert((int)OPS_NARROW_##name == (int)VMK_OP_##name, "narrow rows come first");
#define VMK_OP_WIDE(name, ...)
#include <vmkit/vmk_ops.def>
#undef VMK_OP

vmk_op
vmk_op_find(const char *name, size_t length)
{
  for (uint32_t op = 0; op < VMK_OP_COUNT; op++)
    if (strncmp(vmk_op_table[op].name, name, length) == 0 && !vmk_op_table[op].name[length])
      return (vmk_op)op;
  return VMK_OP_COUNT;
}

const char *
vmk_type_name(vmk_type type)
{
  static const char *const names[] = {"void",      "i32", "i64", "f32", "f64", "ref",  "ptr",
                                      "aggregate", "i8",  "u8",  "i16", "u16", "bool", "any"};
  return names[type];
}

vmk_type
vmk_operand_type(vmk_operand k)
{
  static const uint8_t types[] = {
      [VMK_OPERAND_dI] = VMK_TYPE_I32,   [VMK_OPERAND_uI] = VMK_TYPE_I32,
      [VMK_OPERAND_mI] = VMK_TYPE_I32,   [VMK_OPERAND_dL] = VMK_TYPE_I64,
      [VMK_OPERAND_uL] = VMK_TYPE_I64,   [VMK_OPERAND_mL] = VMK_TYPE_I64,
      [VMK_OPERAND_dF] = VMK_TYPE_F32,   [VMK_OPERAND_uF] = VMK_TYPE_F32,
      [VMK_OPERAND_dD] = VMK_TYPE_F64,   [VMK_OPERAND_uD] = VMK_TYPE_F64,
      [VMK_OPERAND_dR] = VMK_TYPE_REF,   [VMK_OPERAND_uR] = VMK_TYPE_REF,
      [VMK_OPERAND_mR] = VMK_TYPE_REF,   [VMK_OPERAND_dP] = VMK_TYPE_PTR,
      [VMK_OPERAND_uP] = VMK_TYPE_PTR,   [VMK_OPERAND_uG] = VMK_TYPE_AGGREGATE,
      [VMK_OPERAND_dV] = VMK_TYPE_COUNT, [VMK_OPERAND_uV] = VMK_TYPE_COUNT,
      [VMK_OPERAND_n] = VMK_TYPE_VOID,
  };
  return (vmk_type)types[k];
}

uint32_t
vmk_op_constants(vmk_op op, bool is_site)
{
  switch ((vmk_ext)vmk_op_table[op].ext) {
  case VMK_EXT_XL:
  case VMK_EXT_XTL: return 3;
  case VMK_EXT_XA:
    return is_site || op == VMK_OP_call_interface || op == VMK_OP_call_virtual ? 3 : 1;
  case VMK_EXT_X: return is_site ? 2 : 1;
  case VMK_EXT_K: return is_site ? 2 : 0; /* fields: the extension word is an index until linked */
  case VMK_EXT__:
  case VMK_EXT_T:
  case VMK_EXT_A:
  case VMK_EXT_S:
  case VMK_EXT_U: return 0;
  }
  __builtin_unreachable();
}

/* Rows of one family by vmk_type; an access of BOOL is one of U8, a narrow store has no sign. */
#define OPS_FAMILY(verb, u8, u16)                                                 \
  {[VMK_TYPE_I32] = VMK_OP_##verb##_i32,  [VMK_TYPE_I64] = VMK_OP_##verb##_i64,   \
   [VMK_TYPE_F32] = VMK_OP_##verb##_f32,  [VMK_TYPE_F64] = VMK_OP_##verb##_f64,   \
   [VMK_TYPE_REF] = VMK_OP_##verb##_ref,  [VMK_TYPE_PTR] = VMK_OP_##verb##_ptr,   \
   [VMK_TYPE_I8] = VMK_OP_##verb##_i8,    [VMK_TYPE_U8] = VMK_OP_##verb##_##u8,   \
   [VMK_TYPE_I16] = VMK_OP_##verb##_i16,  [VMK_TYPE_U16] = VMK_OP_##verb##_##u16, \
   [VMK_TYPE_BOOL] = VMK_OP_##verb##_##u8}

const uint16_t vmk_op_families[VMK_FAMILY_COUNT][VMK_TYPE_COUNT] = {
    [VMK_FAMILY_LOAD_FIELD] = OPS_FAMILY(load_field, u8, u16),
    [VMK_FAMILY_STORE_FIELD] = OPS_FAMILY(store_field, i8, i16),
    [VMK_FAMILY_LOAD_STATIC] = OPS_FAMILY(load_static, u8, u16),
    [VMK_FAMILY_STORE_STATIC] = OPS_FAMILY(store_static, i8, i16),
    [VMK_FAMILY_LOAD_ELEM] = OPS_FAMILY(load_elem, u8, u16),
    [VMK_FAMILY_STORE_ELEM] = OPS_FAMILY(store_elem, i8, i16),
    [VMK_FAMILY_LOAD_PTR] = OPS_FAMILY(load_ptr, u8, u16),
    [VMK_FAMILY_STORE_PTR] = OPS_FAMILY(store_ptr, i8, i16),
};

vmk_op
vmk_site_quick_op(const vmk_site *site)
{
  switch ((vmk_site_kind)site->kind) {
  case VMK_SITE_LOAD_FIELD: return vmk_op_of(VMK_FAMILY_LOAD_FIELD, (vmk_type)site->type);
  case VMK_SITE_STORE_FIELD: return vmk_op_of(VMK_FAMILY_STORE_FIELD, (vmk_type)site->type);
  case VMK_SITE_LOAD_STATIC: return vmk_op_of(VMK_FAMILY_LOAD_STATIC, (vmk_type)site->type);
  case VMK_SITE_STORE_STATIC: return vmk_op_of(VMK_FAMILY_STORE_STATIC, (vmk_type)site->type);
  case VMK_SITE_NEW: return VMK_OP_new;
  case VMK_SITE_NEW_ARRAY: return VMK_OP_new_array;
  case VMK_SITE_CALL: return VMK_OP_call;
  case VMK_SITE_CONST_REF: return VMK_OP_const_ref;
  case VMK_SITE_CONST_BITS: return VMK_OP_const_bits;
  case VMK_SITE_LEAF: return VMK_OP_call_leaf;
  }
  __builtin_unreachable();
}

/* The words behind operands a, b, c. */
static const uint32_t *
ops_decode_ext(const uint32_t *p, vmk_insn *out)
{
  const vmk_op_info *info = &vmk_op_table[out->op];
  switch ((vmk_ext)info->ext) {
  case VMK_EXT__: return p;
  case VMK_EXT_K:
    out->imm = (int32_t)p[0];
    out->constant = p[0];
    return p + 1;
  case VMK_EXT_T: out->target = (int32_t)p[0]; return p + 1;
  case VMK_EXT_X: out->constant = p[0]; return p + 1;
  case VMK_EXT_XA: out->constant = *p++; __attribute__((fallthrough));
  case VMK_EXT_A:
    out->count = (uint32_t)out->operand[1];
    out->table = p;
    return p + vmk_argument_words(out->count, out->wide);
  case VMK_EXT_XTL: out->target = (int32_t)p[1]; __attribute__((fallthrough));
  case VMK_EXT_XL:
    out->constant = p[0];
    out->count = (uint32_t)out->operand[1];
    out->table = p + (info->ext == VMK_EXT_XTL ? 2 : 1);
    return out->table + vmk_argument_words(4, out->wide);
  case VMK_EXT_S:
    out->imm = (int32_t)p[0];
    out->count = p[1];
    out->target = (int32_t)p[2];
    out->table = p + 3;
    return out->table + out->count;
  case VMK_EXT_U:
    out->count = p[0];
    out->target = (int32_t)p[1];
    out->table = p + 2;
    return out->table + 2 * (size_t)out->count;
  }
  __builtin_unreachable();
}

/* The site of the `link` instruction whose extension words begin at p. */
static const vmk_site *
ops_site(const uint32_t *p, const uint64_t *constants)
{
  return (const vmk_site *)(uintptr_t)constants[*p + 1];
}

void
vmk_insn_decode(const uint32_t *pc, const uint64_t *constants, vmk_insn *out)
{
  const uint32_t word = __atomic_load_n(pc, __ATOMIC_ACQUIRE);
  const uint32_t *p = pc + 1;
  *out = (vmk_insn){.op = (vmk_op)(word & 0xff)};
  uint32_t field[3] = {word >> 8 & 0xff, word >> 16 & 0xff, word >> 24};
  if (out->op == VMK_OP_wide) {
    out->wide = true;
    out->op = (vmk_op)(word >> 8 & 0xffff);
    field[0] = p[0] & 0xffff;
    field[1] = p[0] >> 16;
    field[2] = p[1] & 0xffff;
    p += 2;
  }
  if (out->op == VMK_OP_link) {
    out->site = ops_site(p, constants);
    out->op = vmk_site_quick_op(out->site);
  }
  const vmk_op_info *info = &vmk_op_table[out->op];
  for (int i = 0; i < 3; i++) {
    if (info->operand[i] == VMK_OPERAND_k)
      out->operand[i] = out->wide ? (int16_t)field[i] : (int8_t)field[i];
    else if (info->operand[i] == VMK_OPERAND_h)
      out->operand[i] = out->wide ? (int16_t)field[i] : (int16_t)(word >> 16);
    else
      out->operand[i] = (int32_t)field[i];
  }
  out->length = (uint32_t)(ops_decode_ext(p, out) - pc);
}
