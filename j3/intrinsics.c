/* intrinsics.c -- hot methods of java.base as operations or leaf helpers
 *
 * Only methods whose effect, exceptions included, is exactly that of what replaces them.  Their classes'
 * names can only belong to the boot loader, so the constant pool names them without resolution; they
 * have no static initialiser that a program could observe.
 */
#include "intrinsics.h"

typedef struct intrinsics_row {
  const char *class_name, *name, *descriptor;
  vmk_op op; /* result = op(argument) */
} intrinsics_row;

static const intrinsics_row intrinsics_unary[] = {
    {"java/lang/Float", "floatToRawIntBits", "(F)I", VMK_OP_bits_f32_i32},
    {"java/lang/Float", "intBitsToFloat", "(I)F", VMK_OP_bits_i32_f32},
    {"java/lang/Double", "doubleToRawLongBits", "(D)J", VMK_OP_bits_f64_i64},
    {"java/lang/Double", "longBitsToDouble", "(J)D", VMK_OP_bits_i64_f64},
    {"java/lang/Integer", "bitCount", "(I)I", VMK_OP_popcount_i32},
    {"java/lang/Integer", "numberOfLeadingZeros", "(I)I", VMK_OP_clz_i32},
    {"java/lang/Integer", "numberOfTrailingZeros", "(I)I", VMK_OP_ctz_i32},
    {"java/lang/Integer", "reverseBytes", "(I)I", VMK_OP_bswap_i32},
    {"java/lang/Long", "reverseBytes", "(J)J", VMK_OP_bswap_i64},
    {"java/lang/Math", "sqrt", "(D)D", VMK_OP_sqrt_f64},
    {"java/lang/StrictMath", "sqrt", "(D)D", VMK_OP_sqrt_f64},
    {"java/lang/Math", "abs", "(D)D", VMK_OP_abs_f64},
    {"java/lang/Math", "abs", "(F)F", VMK_OP_abs_f32},
    {"java/lang/Math", "floor", "(D)D", VMK_OP_floor_f64},
    {"java/lang/Math", "ceil", "(D)D", VMK_OP_ceil_f64},
    {"java/lang/Math", "rint", "(D)D", VMK_OP_rint_f64},
};

static bool
intrinsics_matches(j3_translation *tr, const intrinsics_row *row, const char *class_name)
{
  return strcmp(row->class_name, class_name) == 0 &&
         j3_symbol_is(j3_translate_member_name(tr, tr->in.index), row->name) &&
         j3_symbol_is(j3_translate_member_descriptor(tr, tr->in.index), row->descriptor);
}

bool
j3_translate_intrinsic(j3_translation *tr, const vmk_signature *s)
{
  if (tr->in.op != J3_BC_invokestatic)
    return false;
  uint16_t class_index = (uint16_t)tr->pool->value[tr->in.index];
  const char *class_name = j3_pool_utf8(tr->pool, (uint16_t)tr->pool->value[class_index])->text;
  if (strncmp(class_name, "java/lang/", 10) != 0)
    return false;
  for (size_t i = 0; i < VMK_COUNT(intrinsics_unary); i++) {
    if (!intrinsics_matches(tr, &intrinsics_unary[i], class_name))
      continue;
    uint8_t slot = (uint8_t)j3_slot_of_type(s->result);
    vmk_reg x = j3_stack_pop_reg(tr);
    vmk_reg to = j3_stack_target(tr, slot);
    vmk_emit_rr(tr->b, intrinsics_unary[i].op, to, x);
    j3_stack_push_target(tr, slot, to);
    return true;
  }
  return false;
}
