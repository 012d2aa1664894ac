/* bytecode.c -- decoding one instruction
 *
 * Invariant: a decoded instruction lies within the code, operands and switch tables included, so who
 * reads it needs no further bounds check.
 */
#include "bytecode.h"

const j3_bytecode_info j3_bytecode_table[J3_BC_COUNT] = {
#define J3_BYTECODE(name, value, length, format, effect) \
  [value] = {#name, effect, length, J3_FORMAT_##format},
#include "bytecode.def"
#undef J3_BYTECODE
};

static bool
bytecode_decode_switch(const uint8_t *code, uint32_t length, j3_instruction *out)
{
  uint32_t at = (out->bci + 4) & ~3u;
  const uint8_t *table = code + at;
  uint64_t bytes;
  if (out->op == J3_BC_tableswitch) {
    if (at + 12 > length)
      return false;
    int64_t low = j3_s4(table + 4), high = j3_s4(table + 8);
    if (low > high)
      return false;
    bytes = 12 + 4 * (uint64_t)(high - low + 1);
  } else {
    if (at + 8 > length || j3_s4(table + 4) < 0)
      return false;
    bytes = 8 + 8 * (uint64_t)j3_s4(table + 4);
  }
  if (bytes > length - at)
    return false;
  out->table = table;
  out->length = at - out->bci + (uint32_t)bytes;
  return true;
}

static bool
bytecode_decode_wide(const uint8_t *code, uint32_t length, j3_instruction *out)
{
  const uint8_t *p = code + out->bci;
  if (out->bci + 4 > length)
    return false;
  out->op = p[1];
  out->index = j3_u2(p + 2);
  out->length = 4;
  if (out->op == J3_BC_iinc) {
    if (out->bci + 6 > length)
      return false;
    out->value = j3_s2(p + 4);
    out->length = 6;
    return true;
  }
  return out->op < J3_BC_COUNT && j3_bytecode_table[out->op].format == J3_FORMAT_LOCAL;
}

/* The short forms xload_n, xstore_n name their local in the opcode. */
static uint16_t
bytecode_implied_local(uint8_t op)
{
  if (op >= J3_BC_iload_0 && op <= J3_BC_aload_3)
    return (op - J3_BC_iload_0) & 3;
  if (op >= J3_BC_istore_0 && op <= J3_BC_astore_3)
    return (op - J3_BC_istore_0) & 3;
  return 0;
}

static void
bytecode_decode_operands(j3_instruction *out, const uint8_t *p)
{
  switch ((j3_format)j3_bytecode_table[out->op].format) {
  case J3_FORMAT_NONE: out->index = bytecode_implied_local(out->op); break;
  case J3_FORMAT_BYTE: out->value = (int8_t)p[1]; break;
  case J3_FORMAT_SHORT: out->value = j3_s2(p + 1); break;
  case J3_FORMAT_LDC:
  case J3_FORMAT_LOCAL:
  case J3_FORMAT_ARRAY_TYPE: out->index = p[1]; break;
  case J3_FORMAT_LDC_W:
  case J3_FORMAT_POOL:
  case J3_FORMAT_DYNAMIC: out->index = j3_u2(p + 1); break;
  case J3_FORMAT_IINC:
    out->index = p[1];
    out->value = (int8_t)p[2];
    break;
  case J3_FORMAT_BRANCH: out->value = (int32_t)out->bci + j3_s2(p + 1); break;
  case J3_FORMAT_BRANCH_W:
    out->value = (int32_t)((uint32_t)out->bci + (uint32_t)j3_s4(p + 1));
    break;
  case J3_FORMAT_INTERFACE:
  case J3_FORMAT_MULTI:
    out->index = j3_u2(p + 1);
    out->value = p[3];
    break;
  case J3_FORMAT_SWITCH:
  case J3_FORMAT_WIDE: break;
  }
}

bool
j3_bytecode_decode(const uint8_t *code, uint32_t length, uint32_t bci, j3_instruction *out)
{
  *out = (j3_instruction){.bci = bci, .op = code[bci]};
  if (out->op >= J3_BC_COUNT)
    return false;
  if (out->op == J3_BC_wide)
    return bytecode_decode_wide(code, length, out);
  if (j3_bytecode_table[out->op].format == J3_FORMAT_SWITCH)
    return bytecode_decode_switch(code, length, out);
  out->length = j3_bytecode_table[out->op].length;
  if (bci + out->length > length)
    return false;
  bytecode_decode_operands(out, code + bci);
  return true;
}

uint32_t
j3_switch_count(const j3_instruction *in)
{
  if (in->op == J3_BC_tableswitch)
    return (uint32_t)((int64_t)j3_s4(in->table + 8) - j3_s4(in->table + 4) + 1);
  return (uint32_t)j3_s4(in->table + 4);
}

int32_t
j3_switch_key(const j3_instruction *in, uint32_t i)
{
  if (in->op == J3_BC_tableswitch)
    return (int32_t)((uint32_t)j3_s4(in->table + 4) + i);
  return j3_s4(in->table + 8 + 8 * i);
}

static int32_t
bytecode_target(const j3_instruction *in, const uint8_t *at)
{
  return (int32_t)(in->bci + (uint32_t)j3_s4(at));
}

int32_t
j3_switch_target(const j3_instruction *in, uint32_t i)
{
  const uint8_t *t = in->table;
  return bytecode_target(in, in->op == J3_BC_tableswitch ? t + 12 + 4 * i : t + 12 + 8 * i);
}

int32_t
j3_switch_default(const j3_instruction *in)
{
  return bytecode_target(in, in->table);
}
