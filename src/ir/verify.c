/* verify.c -- checks of finished code, each by one walk over the words
 *
 * The first walk finds where instructions begin, reading nothing that it has not bounded; the second
 * checks operands, targets and calls against the table, the slot types and the signatures; liveness
 * at entry then tells which registers can be read before they are written.
 */
#include "ir/verify.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"
#include "ir/body.h"
#include "ir/live.h"
#include "ir/ops.h"

typedef struct verify {
  const vmk_function *f;
  const vmk_body *body;
  const uint32_t *code;
  uint8_t *is_insn; /* by pc: an instruction begins here */
  uint32_t pc;
  const char *op_name;
  vmk_error *error;
} verify;

/* Yields false, so that checks read `return verify_fail(...)`. */
static VMK_PRINTF(2, 3) bool verify_fail(verify *v, const char *format, ...)
{
  char text[160];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  (void)vmk_fail(v->error, VMK_ERROR_FORMAT, "pc %u: %s: %s", v->pc, v->op_name, text);
  return false;
}

/* --- shape --------------------------------------------------------------------------------------- */

/* Words of the instruction at pc, or 0 when it is cut off or no operation; reads only inside code. */
static uint32_t
verify_length(const verify *v, uint32_t pc)
{
  const uint32_t left = v->body->code_words - pc;
  const uint32_t word = v->code[pc];
  const bool wide = (word & 0xff) == VMK_OP_wide;
  uint32_t op = wide ? word >> 8 & 0xffff : word & 0xff;
  const uint32_t head = wide ? 3 : 1;
  if (left < head)
    return 0;
  if (op == VMK_OP_link) {
    if (left <= head || v->code[pc + head] + 1 >= v->body->constant_count)
      return 0;
    const uint64_t site = v->f->constants[v->code[pc + head] + 1];
    const uint64_t first = (uintptr_t)v->body->sites;
    if (site < first || site >= first + v->body->site_count * sizeof(vmk_site) ||
        (site - first) % sizeof(vmk_site))
      return 0;
    op = vmk_site_quick_op((const vmk_site *)(uintptr_t)site);
  }
  if (op >= VMK_OP_COUNT || op == VMK_OP_wide || (!wide && vmk_op_table[op].wide_only))
    return 0;
  const uint32_t count = wide ? v->code[pc + 1] >> 16 : word >> 16 & 0xff;
  uint64_t length = head;
  switch ((vmk_ext)vmk_op_table[op].ext) {
  case VMK_EXT__: break;
  case VMK_EXT_K:
  case VMK_EXT_T:
  case VMK_EXT_X: length += 1; break;
  case VMK_EXT_A: length += vmk_argument_words(count, wide); break;
  case VMK_EXT_XA: length += 1 + vmk_argument_words(count, wide); break;
  case VMK_EXT_XL: length += 1 + vmk_argument_words(4, wide); break;
  case VMK_EXT_XTL: length += 2 + vmk_argument_words(4, wide); break;
  case VMK_EXT_S: length += left < head + 3 ? left : 3 + (uint64_t)v->code[pc + head + 1]; break;
  case VMK_EXT_U: length += left < head + 2 ? left : 2 + 2 * (uint64_t)v->code[pc + head]; break;
  }
  return length <= left ? (uint32_t)length : 0;
}

static bool
verify_shape(verify *v)
{
  bool falls = true;
  vmk_insn insn;
  for (v->pc = 0; v->pc < v->body->code_words; v->pc += insn.length) {
    v->op_name = "?";
    if (!verify_length(v, v->pc))
      return verify_fail(v, "no operation, or one that is cut off");
    v->is_insn[v->pc] = 1;
    vmk_insn_decode(v->code + v->pc, v->f->constants, &insn);
    v->op_name = vmk_insn_info(&insn)->name;
    falls = !(vmk_insn_info(&insn)->effects & VMK_TERMINATOR);
  }
  return falls ? verify_fail(v, "control leaves the end of the code") : true;
}

/* --- operands ------------------------------------------------------------------------------------- */

/* The type of a register, or VOID when the slot is none. */
static vmk_type
verify_slot_type(const verify *v, uint32_t slot)
{
  if (slot < VMK_FRAME_HEADER || slot >= v->f->frame_slots)
    return VMK_TYPE_VOID;
  return (vmk_type)v->body->slot_types[slot - VMK_FRAME_HEADER];
}

static bool
verify_register(verify *v, int i, uint32_t slot, vmk_type want)
{
  const vmk_type is = verify_slot_type(v, slot);
  if (is == VMK_TYPE_VOID)
    return verify_fail(v, "operand %c: slot %u is no register", 'a' + i, slot);
  if (is != want && (want != VMK_TYPE_COUNT || is == VMK_TYPE_AGGREGATE))
    return verify_fail(v, "operand %c is %s, not %s", 'a' + i, vmk_type_name(is),
                       vmk_type_name(want));
  return true;
}

static bool
verify_operands(verify *v, const vmk_insn *insn)
{
  const vmk_op_info *info = vmk_insn_info(insn);
  for (int i = 0; i < 3; i++) {
    const vmk_operand kind = (vmk_operand)info->operand[i];
    const uint32_t slot = (uint32_t)insn->operand[i];
    if (!vmk_operand_is_register(kind))
      continue;
    if (i == 0 && !slot && (info->ext == VMK_EXT_XA || info->ext == VMK_EXT_A))
      continue; /* the call of a void function */
    if (!verify_register(v, i, slot, vmk_operand_type(kind)))
      return false;
  }
  switch ((int)insn->op) {
  case VMK_OP_div_i32_imm:
  case VMK_OP_rem_i32_imm:
    return insn->operand[2] != 0 && insn->operand[2] != -1 ? true
                                                           : verify_fail(v, "constant 0 or -1");
  case VMK_OP_load_field_volatile:
  case VMK_OP_store_field_volatile:
  case VMK_OP_load_static_volatile:
  case VMK_OP_store_static_volatile:
    if (insn->operand[2] <= VMK_TYPE_VOID || insn->operand[2] >= VMK_TYPE_COUNT)
      return verify_fail(v, "no type %d", insn->operand[2]);
    return verify_register(v, 0, (uint32_t)insn->operand[0],
                           vmk_type_in_register((vmk_type)insn->operand[2]));
  case VMK_OP_trap:
    return (uint8_t)insn->operand[0] <= VMK_TRAP_UNREACHABLE ? true : verify_fail(v, "no trap");
  default: return true;
  }
}

/* --- targets, constants --------------------------------------------------------------------------- */

static bool
verify_target(verify *v, int32_t displacement)
{
  const int64_t target = (int64_t)v->pc + displacement;
  if (target < 0 || target >= v->body->code_words || !v->is_insn[target])
    return verify_fail(v, "the target %lld is no instruction", (long long)target);
  return true;
}

static bool
verify_targets(verify *v, const vmk_insn *insn)
{
  if (!(vmk_insn_info(insn)->effects & VMK_BRANCHES))
    return true;
  if (!verify_target(v, insn->target))
    return false;
  if (insn->op != VMK_OP_switch_i32 && insn->op != VMK_OP_lookup_i32)
    return true;
  for (uint32_t i = 0; i < insn->count; i++) {
    if (!verify_target(v, vmk_insn_case(insn, i)))
      return false;
    if (insn->op == VMK_OP_lookup_i32 && i && vmk_insn_key(insn, i - 1) >= vmk_insn_key(insn, i))
      return verify_fail(v, "keys do not ascend");
  }
  return true;
}

static bool
verify_constants(verify *v, const vmk_insn *insn)
{
  const uint32_t count = vmk_op_constants(insn->op, insn->site != NULL);
  if (count && (insn->constant >= v->body->constant_count ||
                count > v->body->constant_count - insn->constant))
    return verify_fail(v, "constant %u of %u", insn->constant, v->body->constant_count);
  if (insn->op == VMK_OP_const_ref) {
    const uint64_t slot = v->f->constants[insn->constant];
    const uint64_t refs = (uintptr_t)v->body->refs;
    if (slot < refs || slot >= refs + v->body->ref_count * sizeof(vmk_slot))
      return verify_fail(v, "the constant is no reference slot of this function");
  }
  if (insn->site && (insn->site->pc_index != v->pc || insn->site->function != v->f))
    return verify_fail(v, "the site is another instruction's");
  return true;
}

/* --- calls ---------------------------------------------------------------------------------------- */

/* Arguments are in bank order; with a known signature their types are its, bank by bank. */
static bool
verify_arguments(verify *v, const vmk_insn *insn, const vmk_signature *s)
{
  if (s && insn->count != s->count)
    return verify_fail(v, "%u arguments, not %u", insn->count, s->count);
  uint32_t bank = 0, at = 0; /* in the signature */
  for (uint32_t i = 0; i < insn->count; i++) {
    const vmk_type is = verify_slot_type(v, vmk_insn_argument(insn, i));
    if (is == VMK_TYPE_VOID || is == VMK_TYPE_AGGREGATE || vmk_type_bank(is) < bank)
      return verify_fail(v, "argument %u is no register, or out of order", i);
    if (!s) {
      bank = vmk_type_bank(is);
      continue;
    }
    while (at == s->count || vmk_type_bank((vmk_type)s->type[at]) != bank) {
      if (at == s->count) {
        bank++;
        at = 0;
      } else {
        at++;
      }
    }
    const vmk_type want = vmk_type_in_register((vmk_type)s->type[at++]);
    if (is != want)
      return verify_fail(v, "argument %u is %s, not %s", i, vmk_type_name(is), vmk_type_name(want));
  }
  return true;
}

static bool
verify_call(verify *v, const vmk_insn *insn)
{
  const vmk_ext ext = (vmk_ext)vmk_insn_info(insn)->ext;
  if (ext != VMK_EXT_XA && ext != VMK_EXT_A) {
    if ((ext == VMK_EXT_XL || ext == VMK_EXT_XTL) && insn->count > 4)
      return verify_fail(v, "a leaf with %u arguments", insn->count);
    if (insn->op == VMK_OP_is_kind || insn->op == VMK_OP_br_kind_or_null)
      return insn->count == 1 ? verify_register(v, 0, vmk_insn_argument(insn, 0), VMK_TYPE_REF)
                              : verify_fail(v, "%u objects", insn->count);
    return true;
  }
  const bool known = ext == VMK_EXT_XA && !insn->site && insn->op != VMK_OP_call_virtual &&
                     insn->op != VMK_OP_call_appendix && insn->op != VMK_OP_call_special_appendix;
  if (!known)
    return verify_arguments(v, insn, NULL);
  const vmk_function *target = (const vmk_function *)(uintptr_t)v->f->constants[insn->constant];
  if (insn->op == VMK_OP_tail_call) {
    if (target->signature->result != v->f->signature->result)
      return verify_fail(v, "the results differ");
  } else if ((target->signature->result == VMK_TYPE_VOID) != (insn->operand[0] == 0)) {
    return verify_fail(v, "a result is expected of a void function, or none of another");
  }
  return verify_arguments(v, insn, target->signature);
}

static bool
verify_return(verify *v, const vmk_insn *insn)
{
  if (insn->op < VMK_OP_ret_void || insn->op > VMK_OP_ret_ptr)
    return true;
  const vmk_operand a = (vmk_operand)vmk_insn_info(insn)->operand[0];
  const vmk_type is = a ? vmk_operand_type(a) : VMK_TYPE_VOID;
  const vmk_type want = vmk_type_in_register((vmk_type)v->f->signature->result);
  return is == want ? true : verify_fail(v, "the function's result is %s", vmk_type_name(want));
}

static bool
verify_insns(verify *v)
{
  vmk_insn insn;
  for (v->pc = 0; v->pc < v->body->code_words; v->pc += insn.length) {
    vmk_insn_decode(v->code + v->pc, v->f->constants, &insn);
    v->op_name = vmk_insn_info(&insn)->name;
    if (!verify_operands(v, &insn) || !verify_targets(v, &insn) || !verify_constants(v, &insn) ||
        !verify_call(v, &insn) || !verify_return(v, &insn))
      return false;
  }
  return true;
}

/* --- handlers, assignment ------------------------------------------------------------------------- */

static bool
verify_handlers(verify *v)
{
  const uint32_t words = v->body->code_words;
  v->op_name = "handler";
  for (uint32_t i = 0; i < v->body->handler_count; i++) {
    const vmk_handler_row *row = &v->body->handlers[i];
    v->pc = row->begin;
    if (row->begin > row->end || row->end > words || (row->end < words && !v->is_insn[row->end]) ||
        (row->begin < words && !v->is_insn[row->begin]))
      return verify_fail(v, "its region %u .. %u is not made of instructions", row->begin,
                         row->end);
    if (row->pc >= words || !v->is_insn[row->pc] || row->filter_pc >= words ||
        !v->is_insn[row->filter_pc])
      return verify_fail(v, "it is no instruction");
    if (row->reg && verify_slot_type(v, row->reg) != VMK_TYPE_REF)
      return verify_fail(v, "its register is no ref");
  }
  return true;
}

static bool
verify_assignment(verify *v)
{
  vmk_live *live = vmk_live_new(v->f, v->code);
  const uint32_t arguments_end = VMK_FRAME_HEADER + v->f->signature->count;
  bool good = true;
  v->pc = 0;
  v->op_name = "entry";
  for (uint32_t i = 0; good && i < vmk_live_entry_count(live); i++) {
    const uint32_t slot = vmk_live_entry_slot(live, i);
    if (slot >= arguments_end)
      good = verify_fail(v, "register v%u (%s) may be read before it is written", slot,
                         vmk_type_name(verify_slot_type(v, slot)));
  }
  vmk_live_free(live);
  return good;
}

vmk_status
vmk_verify(const vmk_function *f, const uint32_t *code, vmk_error *error)
{
  verify v = {.f = f, .body = f->body, .code = code, .error = error};
  v.is_insn = (uint8_t *)vmk_calloc(f->body->code_words + 1, 1);
  const bool good =
      verify_shape(&v) && verify_insns(&v) && verify_handlers(&v) && verify_assignment(&v);
  free(v.is_insn);
  return good ? VMK_OK : VMK_ERROR_FORMAT;
}
