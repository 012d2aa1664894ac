/* print.c -- installed code as text, in the language that tools/vir reads (docs/design/ir.md)
 *
 * Registers are v<slot>, labels L<pc>.  Constants that are addresses are printed by name where the
 * runtime has one; other addresses, references and sites are only for people.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ir/ops.h"
#include "ir/print.h"
#include "ir/profile.h"
#include "ir/sem.h"

typedef struct print {
  const vmk_function *f;
  const vmk_body *body;
  FILE *out;
  uint8_t *is_label; /* by pc, bit 0 */
} print;

static void
print_target(const print *p, uint32_t pc)
{
  fprintf(p->out, "L%" PRIu32, pc);
}

static void
print_kind(const print *p, const vmk_kind *kind)
{
  char name[256];
  const vmk_hooks *hooks =
      kind->module ? vmk_runtime_hooks(vmk_module_runtime(kind->module)) : NULL;
  if (hooks && hooks->kind_name) {
    hooks->kind_name(kind, name, sizeof name);
    fputs(name, p->out);
  } else {
    fprintf(p->out, "%p", (const void *)kind);
  }
}

static void
print_function_name(const print *p, uint64_t constant)
{
  char name[256];
  vmk_function_name((const vmk_function *)(uintptr_t)constant, name, sizeof name);
  fputs(name, p->out);
}

/* Numbers that C's own output would not bring back are given by their bits. */
static void
print_float(const print *p, double v, int digits, uint64_t bits)
{
  if (__builtin_isfinite(v))
    fprintf(p->out, "%.*g", digits, v);
  else
    fprintf(p->out, "bits:0x%" PRIx64, bits);
}

static void
print_constant(const print *p, const vmk_insn *insn)
{
  const uint64_t k = p->f->constants[insn->constant];
  switch ((int)insn->op) {
  case VMK_OP_const_i64: fprintf(p->out, "%" PRId64, (int64_t)k); return;
  case VMK_OP_const_f64: print_float(p, vmk_sem_f64(k), 17, k); return;
  case VMK_OP_new:
  case VMK_OP_new_array: print_kind(p, (const vmk_kind *)(uintptr_t)k); return;
  case VMK_OP_call:
  case VMK_OP_call_special:
  case VMK_OP_call_interface:
  case VMK_OP_call_appendix:
  case VMK_OP_call_special_appendix:
  case VMK_OP_tail_call: print_function_name(p, k); return;
  case VMK_OP_call_virtual: fprintf(p->out, "%" PRIu64, k); return;
  case VMK_OP_is_kind:
  case VMK_OP_br_kind_or_null:
    print_kind(p, (const vmk_kind *)(uintptr_t)k);
    fprintf(p->out, ", %p", (void *)(uintptr_t)p->f->constants[insn->constant + 2]);
    return;
  case VMK_OP_call_leaf:
  case VMK_OP_br_leaf:
    fprintf(p->out, "%p, %" PRIu64, (void *)(uintptr_t)p->f->constants[insn->constant + 2], k);
    return;
  default: fprintf(p->out, "0x%" PRIx64, k); return;
  }
}

static const char *
print_comma(bool *first)
{
  const char *text = *first ? " " : ", ";
  *first = false;
  return text;
}

static void
print_operands(const print *p, const vmk_insn *insn, bool *first)
{
  const vmk_op_info *info = vmk_insn_info(insn);
  for (int i = 0; i < 3; i++) {
    const vmk_operand kind = (vmk_operand)info->operand[i];
    if (kind == VMK_OPERAND__ || kind == VMK_OPERAND_n)
      continue;
    if (i == 2 && info->ext == VMK_EXT_XA)
      continue; /* the receiver is an argument too */
    fputs(print_comma(first), p->out);
    if (insn->op == VMK_OP_trap)
      fprintf(p->out, "%d", (uint8_t)insn->operand[i]);
    else if (vmk_operand_is_register(kind) && insn->operand[i])
      fprintf(p->out, "v%d", insn->operand[i]);
    else if (vmk_operand_is_register(kind))
      fputc('_', p->out);
    else if (info->operand[0] == VMK_OPERAND_dV || info->operand[0] == VMK_OPERAND_uV)
      fputs(vmk_type_name((vmk_type)insn->operand[i]), p->out); /* volatile accesses */
    else
      fprintf(p->out, "%d", insn->operand[i]);
  }
}

/* Argument i in declared order of a call whose target is known, else in bank order. */
static uint32_t
print_argument(const print *p, const vmk_insn *insn, uint32_t i)
{
  if (!(insn->op == VMK_OP_call || insn->op == VMK_OP_call_special ||
        insn->op == VMK_OP_tail_call || insn->op == VMK_OP_call_interface) ||
      insn->site)
    return vmk_insn_argument(insn, i);
  const vmk_function *target = (const vmk_function *)(uintptr_t)p->f->constants[insn->constant];
  const vmk_signature *s = target->signature;
  const uint32_t bank = vmk_type_bank((vmk_type)s->type[i]);
  uint32_t at = bank == 2 ? s->prim_count + s->ptr_count : bank == 1 ? s->prim_count : 0;
  for (uint32_t j = 0; j < i; j++)
    at += vmk_type_bank((vmk_type)s->type[j]) == bank;
  return vmk_insn_argument(insn, at);
}

/* The receiver of a call_virtual is printed first, since its signature is not known here. */
static void
print_arguments(const print *p, const vmk_insn *insn, bool *first)
{
  uint32_t receiver = 0; /* its number in bank order: the first of this register */
  fprintf(p->out, "%s(", print_comma(first));
  if (insn->op == VMK_OP_call_virtual)
    while (vmk_insn_argument(insn, receiver) != (uint32_t)insn->operand[2])
      receiver++;
  for (uint32_t i = 0; i < insn->count; i++) {
    uint32_t from = i;
    if (insn->op == VMK_OP_call_virtual && i <= receiver)
      from = i == 0 ? receiver : i - 1;
    fprintf(p->out, "%sv%u", i ? ", " : "", print_argument(p, insn, from));
  }
  fputc(')', p->out);
}

static void
print_cases(const print *p, const vmk_insn *insn, uint32_t pc, bool *first)
{
  if (insn->op == VMK_OP_switch_i32)
    fprintf(p->out, "%s%d", print_comma(first), insn->imm);
  fprintf(p->out, "%s(", print_comma(first));
  for (uint32_t i = 0; i < insn->count; i++) {
    fputs(i ? ", " : "", p->out);
    if (insn->op == VMK_OP_lookup_i32)
      fprintf(p->out, "%d: ", vmk_insn_key(insn, i));
    print_target(p, pc + (uint32_t)vmk_insn_case(insn, i));
  }
  fputs("), ", p->out);
  print_target(p, pc + (uint32_t)insn->target);
}

static void
print_extension(const print *p, const vmk_insn *insn, uint32_t pc, bool *first)
{
  const vmk_ext ext = (vmk_ext)vmk_insn_info(insn)->ext;
  const bool has_constant =
      ext == VMK_EXT_X || ext == VMK_EXT_XA || ext == VMK_EXT_XL || ext == VMK_EXT_XTL;
  if (ext == VMK_EXT_K && !insn->site) {
    fputs(print_comma(first), p->out);
    if (insn->op == VMK_OP_const_f32)
      print_float(p, vmk_sem_f32(insn->imm), 9, (uint32_t)insn->imm);
    else
      fprintf(p->out, "%d", insn->imm);
  } else if (has_constant && !insn->site) {
    fputs(print_comma(first), p->out);
    print_constant(p, insn);
  }
  if (ext == VMK_EXT_A || ext >= VMK_EXT_XA)
    print_arguments(p, insn, first);
  if (ext == VMK_EXT_T || ext == VMK_EXT_XTL) {
    fputs(print_comma(first), p->out);
    print_target(p, pc + (uint32_t)insn->target);
  }
  if (ext == VMK_EXT_S || ext == VMK_EXT_U)
    print_cases(p, insn, pc, first);
}

static void
print_receivers(const print *p, const vmk_insn *insn)
{
  const vmk_call_profile *profile =
      insn->site ? NULL : vmk_call_profile_of(&p->f->constants[insn->constant + 2]);
  if (!profile)
    return;
  fprintf(p->out, " ; %" PRIu32 " of ", profile->same);
  print_kind(p, profile->kind);
  fprintf(p->out, ", %" PRIu32 " others", profile->other);
}

/* What the profiles know of an instruction, as a comment. */
static void
print_profile(const print *p, const vmk_insn *insn, uint32_t pc)
{
  const vmk_profile *profile = vmk_profile_of(p->f);
  const uint32_t *count = profile ? profile->count + pc : NULL;
  const vmk_ext ext = (vmk_ext)vmk_insn_info(insn)->ext;
  if (insn->op == VMK_OP_call_virtual || insn->op == VMK_OP_call_interface)
    print_receivers(p, insn);
  if (!count)
    return;
  if (insn->op == VMK_OP_is_kind)
    fprintf(p->out, " ; %" PRIu32 " yes, %" PRIu32 " no", count[0], count[1]);
  else if (vmk_insn_is_jump(insn) && insn->target <= 0)
    fprintf(p->out, " ; %" PRIu32 " taken", count[0]);
  else if (!vmk_insn_is_jump(insn) && (ext == VMK_EXT_T || ext == VMK_EXT_XTL))
    fprintf(p->out, " ; %" PRIu32 " taken, %" PRIu32 " not", count[0], count[1]);
  if (ext != VMK_EXT_S && ext != VMK_EXT_U)
    return;
  fputs(" ;", p->out);
  for (uint32_t i = 0; i < insn->count; i++)
    fprintf(p->out, " %" PRIu32, count[1 + i]);
  fprintf(p->out, ", default %" PRIu32, count[0]);
}

static void
print_insn(const print *p, const vmk_insn *insn, uint32_t pc)
{
  bool first = true;
  const char *name = insn->op == VMK_OP_jump_back ? "jump" : vmk_insn_info(insn)->name;
  fprintf(p->out, "  %s%s", insn->site ? "link." : "", name);
  print_operands(p, insn, &first);
  print_extension(p, insn, pc, &first);
  if (insn->site)
    fprintf(p->out, ", token=%" PRIu32 " flags=%" PRIu32 " data=%" PRIu64, insn->site->token,
            insn->site->flags, insn->site->data);
  print_profile(p, insn, pc);
  fputc('\n', p->out);
}

static void
print_find_labels(print *p)
{
  vmk_insn insn;
  for (uint32_t pc = 0; pc < p->body->code_words; pc += insn.length) {
    vmk_insn_decode(p->f->code + pc, p->f->constants, &insn);
    if (!(vmk_insn_info(&insn)->effects & VMK_BRANCHES))
      continue;
    p->is_label[pc + (uint32_t)insn.target] = 1;
    if (insn.op == VMK_OP_switch_i32 || insn.op == VMK_OP_lookup_i32)
      for (uint32_t i = 0; i < insn.count; i++)
        p->is_label[pc + (uint32_t)vmk_insn_case(&insn, i)] = 1;
  }
  for (uint32_t i = 0; i < p->body->handler_count; i++) {
    const vmk_handler_row *row = &p->body->handlers[i];
    p->is_label[row->begin] = p->is_label[row->end] = 1;
    p->is_label[row->pc] = p->is_label[row->filter_pc] = 1;
  }
}

/* Slot of parameter i. */
static uint32_t
print_parameter_slot(const vmk_signature *s, uint32_t i)
{
  const uint32_t bank = vmk_type_bank((vmk_type)s->type[i]);
  uint32_t slot = VMK_FRAME_HEADER;
  slot += bank == 2 ? s->prim_count + s->ptr_count : bank == 1 ? s->prim_count : 0;
  for (uint32_t j = 0; j < i; j++)
    slot += vmk_type_bank((vmk_type)s->type[j]) == bank;
  return slot;
}

static void
print_header(const print *p)
{
  const vmk_signature *s = p->f->signature;
  fputs("func ", p->out);
  print_function_name(p, (uintptr_t)p->f);
  fputc('(', p->out);
  for (uint32_t i = 0; i < s->count; i++)
    fprintf(p->out, "%s%s v%u", i ? ", " : "", vmk_type_name((vmk_type)s->type[i]),
            print_parameter_slot(s, i));
  fprintf(p->out, ") %s {\n", vmk_type_name((vmk_type)s->result));
  for (uint32_t slot = VMK_FRAME_HEADER + s->count; slot < p->f->frame_slots; slot++) {
    const vmk_type type = (vmk_type)p->body->slot_types[slot - VMK_FRAME_HEADER];
    if (type == VMK_TYPE_AGGREGATE) {
      uint32_t words = 1;
      while (slot + words < p->f->frame_slots &&
             p->body->slot_types[slot + words - VMK_FRAME_HEADER] == VMK_TYPE_VOID)
        words++;
      fprintf(p->out, "  aggregate(%u) v%u\n", words * 8, slot);
    } else if (type != VMK_TYPE_VOID) {
      fprintf(p->out, "  %s v%u\n", vmk_type_name(type), slot);
    }
  }
}

static void
print_handlers(const print *p)
{
  for (uint32_t i = 0; i < p->body->handler_count; i++) {
    const vmk_handler_row *row = &p->body->handlers[i];
    fprintf(p->out, "  %s L%u, L%u, ", row->kind == VMK_HANDLER_FILTER ? "filter" : "catch",
            row->begin, row->end);
    if (row->kind == VMK_HANDLER_FILTER)
      fprintf(p->out, "L%u, ", row->filter_pc);
    fprintf(p->out, "L%u, ", row->pc);
    if (row->kind == VMK_HANDLER_CATCH && row->token == VMK_CATCH_ALL)
      fputs("all, ", p->out);
    else if (row->kind == VMK_HANDLER_CATCH)
      fprintf(p->out, "%u, ", row->token);
    if (row->reg)
      fprintf(p->out, "v%u\n", row->reg);
    else
      fputs("_\n", p->out);
  }
}

void
vmk_function_print(const vmk_function *f, FILE *out)
{
  print p = {.f = f, .body = f->body, .out = out};
  if (!f->code) {
    fputs("func ", out);
    print_function_name(&p, (uintptr_t)f);
    fputs(" has no code\n", out);
    return;
  }
  p.is_label = (uint8_t *)vmk_calloc(f->body->code_words + 1, 1);
  print_find_labels(&p);
  print_header(&p);
  if (vmk_profile_of(f))
    fprintf(out, "  ; %" PRIu32 " entries\n", vmk_profile_of(f)->entries);
  uint32_t position = VMK_NO_POSITION;
  vmk_insn insn;
  for (uint32_t pc = 0; pc < f->body->code_words; pc += insn.length) {
    vmk_insn_decode(f->code + pc, f->constants, &insn);
    if (p.is_label[pc])
      fprintf(out, "L%u:\n", pc);
    const uint32_t here = vmk_body_position(f->body, pc);
    if (here != position)
      fprintf(out, "  @%d\n", (int)here);
    position = here;
    print_insn(&p, &insn, pc);
  }
  if (p.is_label[f->body->code_words])
    fprintf(out, "L%u:\n", f->body->code_words);
  print_handlers(&p);
  fputs("}\n", out);
  free(p.is_label);
}
