/* code.c -- function bodies: from text to the public builder
 *
 * An instruction's operands are read by the columns of vmk_ops.def, in their order: a, b, c, then the
 * constant or immediate, the arguments, the targets.  What is read is kept in one code_insn, and
 * emitted by the function of vmk_ir.h that takes this shape.
 */
#include "vir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct code_row {
  const char *name, *operand[3], *ext;
} code_row;
static const code_row code_rows[] = {
#define VMK_OP(name, A, B, C, EXT, effects, body, meaning) {#name, {#A, #B, #C}, #EXT},
#include <vmkit/vmk_ops.def>
#undef VMK_OP
};

typedef struct code_name {
  char name[VIR_NAME];
  uint32_t index;
  bool is_bound;
} code_name;

typedef struct code {
  vir_world *w;
  vir_function *f;
  vir_lexer lx;
  vmk_builder *b;
  code_name *regs, *labels;
  uint32_t reg_count, label_count;
  bool is_link;
  vir_site site;
} code;

typedef struct code_insn {
  vmk_op op;
  const code_row *row;
  vmk_reg r[3];
  vmk_type type; /* of a volatile access */
  int64_t imm;
  double number;
  uint64_t bits;
  bool has_bits;
  bool has_token; /* a site as it is printed: token is the number of its vir_site */
  uint32_t token;
  void *address;
  vmk_leaf leaf;
  vmk_reg args[256];
  uint32_t count;
  int32_t keys[256];
  vmk_label targets[256], target;
} code_insn;

/* --- names ----------------------------------------------------------------------------------------- */

static code_name *
code_add(code_name **names, uint32_t *count, const char *name, uint32_t index)
{
  if ((*count & (*count - 1)) == 0)
    *names = (code_name *)realloc(*names, (*count ? *count * 2 : 1) * sizeof **names);
  code_name *n = &(*names)[(*count)++];
  *n = (code_name){.index = index};
  snprintf(n->name, sizeof n->name, "%s", name);
  return n;
}

static vmk_reg
code_reg(code *c)
{
  char name[VIR_NAME];
  if (vir_accept(&c->lx, "_"))
    return VMK_NO_REG;
  vir_name(&c->lx, name);
  for (uint32_t i = 0; i < c->reg_count; i++)
    if (strcmp(c->regs[i].name, name) == 0)
      return (vmk_reg){c->regs[i].index};
  vir_fail(&c->lx, "no register %s", name);
}

static code_name *
code_label_name(code *c, const char *name)
{
  for (uint32_t i = 0; i < c->label_count; i++)
    if (strcmp(c->labels[i].name, name) == 0)
      return &c->labels[i];
  return code_add(&c->labels, &c->label_count, name, vmk_build_label(c->b).index);
}

static vmk_label
code_label(code *c)
{
  char name[VIR_NAME];
  vir_name(&c->lx, name);
  return (vmk_label){code_label_name(c, name)->index};
}

static vir_kind *
code_kind(code *c)
{
  char name[VIR_NAME];
  vir_name(&c->lx, name);
  vir_kind *k = vir_find_kind(c->w, name);
  if (!k)
    vir_fail(&c->lx, "no kind %s", name);
  return k;
}

static vmk_function *
code_function(code *c)
{
  char name[VIR_NAME];
  vir_name(&c->lx, name);
  vir_function *f = vir_find_function(c->w, name);
  if (!f)
    vir_fail(&c->lx, "no function %s", name);
  return f->f;
}

/* An offset: a number, or Kind.field. */
static int64_t
code_offset(code *c)
{
  if (!vir_is_name(&c->lx))
    return vir_integer(&c->lx);
  char *dot = strchr(c->lx.word, '.');
  if (!dot)
    vir_fail(&c->lx, "a field expected, not '%s'", c->lx.word);
  *dot = 0;
  const vir_kind *k = vir_find_kind(c->w, c->lx.word);
  const vir_field *field = k ? vir_find_field(k, dot + 1) : NULL;
  if (!field)
    vir_fail(&c->lx, "no field %s of kind %s", dot + 1, c->lx.word);
  vir_next(&c->lx);
  return field->offset;
}

/* An address: a global's name, a function's, or a number. */
static void *
code_address(code *c)
{
  if (!vir_is_name(&c->lx))
    return (void *)(uintptr_t)vir_integer(&c->lx);
  const vir_field *field = vir_find_field(c->w->globals, c->lx.word);
  if (!field)
    return code_function(c);
  vir_next(&c->lx);
  return (char *)c->w->globals_object->ref + field->offset; /* it is pinned */
}

/* --- reading --------------------------------------------------------------------------------------- */

static void
code_comma(code *c, bool *first)
{
  if (!*first)
    vir_expect(&c->lx, ",");
  *first = false;
}

static bool
code_is_call(const code_insn *in)
{
  return strncmp(in->row->name, "call", 4) == 0 || strncmp(in->row->name, "tail_call", 9) == 0;
}

static void
code_read_operands(code *c, code_insn *in, bool *first)
{
  for (int i = 0; i < 3; i++) {
    const char *column = in->row->operand[i];
    in->r[i] = VMK_NO_REG;
    if (column[0] == '_' || column[0] == 'n' || (i == 2 && strcmp(in->row->ext, "XA") == 0))
      continue;
    code_comma(c, first);
    if (column[0] != 'k' && column[0] != 'h')
      in->r[i] = code_reg(c);
    else if (strstr(in->row->name, "volatile"))
      in->type = vir_type(&c->lx);
    else
      in->imm = vir_integer(&c->lx);
  }
}

static void
code_read_number(code *c, code_insn *in)
{
  if (vir_accept(&c->lx, "bits")) {
    vir_expect(&c->lx, ":");
    in->bits = (uint64_t)vir_integer(&c->lx);
    in->has_bits = true;
  } else {
    in->number = vir_number(&c->lx);
  }
}

static void
code_read_leaf(code *c, code_insn *in)
{
  in->leaf = vir_find_leaf(c->lx.word);
  if (!in->leaf)
    vir_fail(&c->lx, "no leaf helper %s", c->lx.word);
  vir_next(&c->lx);
}

static void
code_read_constant(code *c, code_insn *in)
{
  switch ((int)in->op) {
  case VMK_OP_const_i64: in->imm = vir_integer(&c->lx); return;
  case VMK_OP_const_f64: code_read_number(c, in); return;
  case VMK_OP_const_bits: in->bits = (uint64_t)vir_integer(&c->lx); return;
  case VMK_OP_const_ref: /* Box(value) */
    vir_expect(&c->lx, "Box");
    vir_expect(&c->lx, "(");
    in->bits = (uint64_t)vir_integer(&c->lx);
    vir_expect(&c->lx, ")");
    return;
  case VMK_OP_new:
  case VMK_OP_new_array: in->address = code_kind(c); return;
  case VMK_OP_call_virtual: in->bits = (uint64_t)vir_integer(&c->lx); return;
  case VMK_OP_is_kind:
  case VMK_OP_br_kind_or_null:
    in->address = code_kind(c);
    vir_expect(&c->lx, ",");
    code_read_leaf(c, in);
    return;
  case VMK_OP_call_leaf:
  case VMK_OP_br_leaf:
    code_read_leaf(c, in);
    vir_expect(&c->lx, ",");
    in->bits = (uint64_t)vir_integer(&c->lx);
    return;
  default: break;
  }
  if (code_is_call(in))
    in->address = code_function(c);
  else
    in->address = code_address(c);
}

static void
code_read_arguments(code *c, code_insn *in)
{
  vir_expect(&c->lx, "(");
  while (!vir_accept(&c->lx, ")")) {
    if (in->count)
      vir_expect(&c->lx, ",");
    if (in->count == VMK_COUNT(in->args))
      vir_fail(&c->lx, "too many arguments");
    in->args[in->count++] = code_reg(c);
  }
}

static void
code_read_cases(code *c, code_insn *in)
{
  vir_expect(&c->lx, "(");
  while (!vir_accept(&c->lx, ")")) {
    if (in->count)
      vir_expect(&c->lx, ",");
    if (in->count == VMK_COUNT(in->targets))
      vir_fail(&c->lx, "too many cases");
    if (in->op == VMK_OP_lookup_i32) {
      in->keys[in->count] = (int32_t)vir_integer(&c->lx);
      vir_expect(&c->lx, ":");
    }
    in->targets[in->count++] = code_label(c);
  }
  vir_expect(&c->lx, ",");
  in->target = code_label(c);
}

/* token=N flags=N data=N, behind the arguments when it is a call. */
static bool
code_read_token(code *c, code_insn *in)
{
  if (!c->is_link || (!vir_is(&c->lx, "token") && !vir_is(&c->lx, "(")))
    return false;
  if (vir_is(&c->lx, "(")) {
    code_read_arguments(c, in);
    vir_expect(&c->lx, ",");
  }
  static const char *const names[] = {"token", "flags", "data"};
  for (int i = 0; i < 3; i++) {
    vir_expect(&c->lx, names[i]);
    vir_expect(&c->lx, "=");
    const int64_t value = vir_integer(&c->lx);
    if (i == 0)
      in->token = (uint32_t)value;
  }
  if (in->token >= c->w->site_count)
    vir_fail(&c->lx, "no site %u", in->token);
  in->has_token = true;
  return true;
}

static void
code_read_ext(code *c, code_insn *in, bool *first)
{
  const char *ext = in->row->ext;
  if (strcmp(ext, "_") == 0)
    return;
  code_comma(c, first);
  if (code_read_token(c, in))
    return;
  if (ext[0] == 'K' && in->op == VMK_OP_const_f32)
    code_read_number(c, in);
  else if (ext[0] == 'K' && in->op == VMK_OP_trap)
    in->bits = (uint64_t)vir_integer(&c->lx); /* imm is the trap */
  else if (ext[0] == 'K')
    in->imm = code_offset(c);
  else if (ext[0] == 'X')
    code_read_constant(c, in);
  if (ext[0] == 'X' && ext[1])
    code_comma(c, first);
  if (ext[0] == 'A' || (ext[0] == 'X' && ext[1]))
    code_read_arguments(c, in);
  if (strcmp(ext, "XTL") == 0)
    code_comma(c, first);
  if (strchr(ext, 'T'))
    in->target = code_label(c);
  if (ext[0] == 'S') {
    in->imm = vir_integer(&c->lx);
    code_comma(c, first);
  }
  if (ext[0] == 'S' || ext[0] == 'U')
    code_read_cases(c, in);
}

/* --- emitting -------------------------------------------------------------------------------------- */

static vmk_type
code_type_of_suffix(const char *name)
{
  vir_lexer lx = {.at = strrchr(name, '_') + 1};
  vir_next(&lx);
  return vir_type(&lx);
}

/* The signature that the registers of a call spell. */
static const vmk_signature *
code_signature(code *c, const code_insn *in, vmk_type result)
{
  uint8_t types[256];
  for (uint32_t i = 0; i < in->count; i++)
    types[i] = (uint8_t)vmk_build_type(c->b, in->args[i]);
  return vmk_signature_get(c->w->vm, result, types, in->count);
}

static vmk_type
code_result(code *c, const code_insn *in)
{
  return in->r[0].index == VMK_NO_REG.index ? VMK_TYPE_VOID : vmk_build_type(c->b, in->r[0]);
}

static void
code_emit_call(code *c, const code_insn *in)
{
  vmk_builder *b = c->b;
  vmk_function *f = (vmk_function *)in->address;
  switch ((int)in->op) {
  case VMK_OP_call: vmk_emit_call(b, in->r[0], f, in->args, in->count); return;
  case VMK_OP_call_special: vmk_emit_call_special(b, in->r[0], f, in->args, in->count); return;
  case VMK_OP_call_interface: vmk_emit_call_interface(b, in->r[0], f, in->args, in->count); return;
  case VMK_OP_tail_call: vmk_emit_tail_call(b, f, in->args, in->count); return;
  case VMK_OP_call_virtual:
    vmk_emit_call_virtual(b, in->r[0], (uint32_t)in->bits,
                          code_signature(c, in, code_result(c, in)), in->args, in->count);
    return;
  case VMK_OP_call_indirect:
    vmk_emit_call_indirect(b, in->r[0], in->r[2], code_signature(c, in, code_result(c, in)),
                           in->args, in->count);
    return;
  case VMK_OP_tail_call_indirect:
    vmk_emit_tail_call_indirect(b, in->r[2],
                                code_signature(c, in, (vmk_type)c->f->f->signature->result),
                                in->args, in->count);
    return;
  case VMK_OP_call_leaf:
    vmk_emit_leaf(b, in->r[0], in->leaf, in->bits, in->args, in->count);
    return;
  default: vir_fail(&c->lx, "%s is made by linking only", in->row->name);
  }
}

static void
code_emit_number(code *c, const code_insn *in)
{
  const uint32_t bits32 = (uint32_t)in->bits;
  float f = (float)in->number;
  double d = in->number;
  if (in->has_bits) {
    memcpy(&f, &bits32, sizeof f);
    memcpy(&d, &in->bits, sizeof d);
  }
  if (in->op == VMK_OP_const_f32)
    vmk_emit_const_f32(c->b, in->r[0], f);
  else
    vmk_emit_const_f64(c->b, in->r[0], d);
}

VMK_MOVES_ENTRY static void
code_emit_const_ref(code *c, const code_insn *in)
{
  vmk_handle box = vmk_new(c->w->t, &c->w->box->kind);
  vmk_set_i32(box, c->w->box->fields[0].offset, (int32_t)in->bits);
  vmk_emit_const_ref(c->b, in->r[0], vmk_global_new(c->w->t, box)); /* until the process ends */
}

static void
code_emit_volatile(code *c, const code_insn *in)
{
  vmk_builder *b = c->b;
  switch ((int)in->op) {
  case VMK_OP_load_field_volatile:
    vmk_emit_load_field_volatile(b, in->type, in->r[0], in->r[1], (uint32_t)in->imm);
    return;
  case VMK_OP_store_field_volatile:
    vmk_emit_store_field_volatile(b, in->type, in->r[1], (uint32_t)in->imm, in->r[0]);
    return;
  case VMK_OP_load_static_volatile:
    vmk_emit_load_static_volatile(b, in->type, in->r[0], in->address);
    return;
  default: vmk_emit_store_static_volatile(b, in->type, in->address, in->r[0]); return;
  }
}

/* X operations that are no calls. */
static void
code_emit_constant(code *c, const code_insn *in)
{
  vmk_builder *b = c->b;
  switch ((int)in->op) {
  case VMK_OP_const_i64: vmk_emit_const_i64(b, in->r[0], in->imm); return;
  case VMK_OP_const_f64: code_emit_number(c, in); return;
  case VMK_OP_const_ptr: vmk_emit_const_ptr(b, in->r[0], in->address); return;
  case VMK_OP_const_ref: code_emit_const_ref(c, in); return;
  case VMK_OP_new: vmk_emit_new(b, in->r[0], (vmk_kind *)in->address); return;
  case VMK_OP_new_array: vmk_emit_new_array(b, in->r[0], (vmk_kind *)in->address, in->r[1]); return;
  case VMK_OP_const_bits: vir_fail(&c->lx, "const_bits is made by linking only");
  default: break;
  }
  const vmk_type type = code_type_of_suffix(in->row->name);
  if (strncmp(in->row->name, "load", 4) == 0)
    vmk_emit_load_static(b, type, in->r[0], in->address);
  else
    vmk_emit_store_static(b, type, in->address, in->r[0]);
}

static int32_t
code_imm32(code *c, const code_insn *in)
{
  if (in->imm != (int32_t)in->imm && in->imm != (uint32_t)in->imm)
    vir_fail(&c->lx, "%lld does not fit 32 bits", (long long)in->imm);
  return (int32_t)in->imm;
}

/* Operations with extension K or none. */
static void
code_emit_plain(code *c, const code_insn *in)
{
  vmk_builder *b = c->b;
  const int32_t imm = code_imm32(c, in);
  const bool has_k = in->row->ext[0] == 'K';
  int regs = 0;
  for (int i = 0; i < 3; i++)
    regs += in->r[i].index != VMK_NO_REG.index;
  switch ((int)in->op) {
  case VMK_OP_const_i32:
  case VMK_OP_const_i32_short: vmk_emit_const_i32(b, in->r[0], imm); return;
  case VMK_OP_const_i64_short: vmk_emit_const_i64(b, in->r[0], imm); return;
  case VMK_OP_const_f32: code_emit_number(c, in); return;
  case VMK_OP_trap: vmk_emit_trap(b, (vmk_trap)imm, (int32_t)in->bits); return;
  default: break;
  }
  if (in->row->operand[2][0] == 'k' || (has_k && regs == 2))
    vmk_emit_rri(b, in->op, in->r[0], in->r[1], imm);
  else if (has_k && regs == 3)
    vmk_emit_rrri(b, in->op, in->r[0], in->r[1], in->r[2], imm);
  else if (has_k)
    vmk_emit_ri(b, in->op, in->r[0], imm);
  else if (regs == 0)
    vmk_emit(b, in->op);
  else if (regs == 1)
    vmk_emit_r(b, in->op, in->r[0]);
  else if (regs == 2)
    vmk_emit_rr(b, in->op, in->r[0], in->r[1]);
  else
    vmk_emit_rrr(b, in->op, in->r[0], in->r[1], in->r[2]);
}

static void
code_emit_branch(code *c, const code_insn *in)
{
  if (in->row->operand[0][0] == '_')
    vmk_emit_jump(c->b, in->target);
  else if (in->row->operand[1][0] == 'k')
    vmk_emit_branch2i(c->b, in->op, in->r[0], code_imm32(c, in), in->target);
  else if (in->row->operand[1][0] == '_')
    vmk_emit_branch1(c->b, in->op, in->r[0], in->target);
  else
    vmk_emit_branch2(c->b, in->op, in->r[0], in->r[1], in->target);
}

/* What the hook is to answer for the operation as written, and the site in its place. */
static void
code_emit_site(code *c, const code_insn *in)
{
  vir_world *w = c->w;
  const char *name = in->row->name;
  uint32_t token = in->token;
  if (!in->has_token) {
    if (w->site_count == VMK_COUNT(w->sites))
      vir_fail(&c->lx, "too many sites");
    token = w->site_count++;
    vir_site *s = &w->sites[token];
    *s = c->site;
    s->op = in->op;
    s->offset = (uint32_t)in->imm;
    s->address = in->address;
    s->bits = in->bits;
  }
  if (in->op == VMK_OP_call_leaf || in->op == VMK_OP_is_kind) {
    vmk_emit_leaf_site(c->b, in->leaf, token, 0, 0, in->r[0], in->args, in->count);
    return;
  }
  vmk_site_kind kind = VMK_SITE_CONST_BITS;
  vmk_type type = VMK_TYPE_VOID;
  vmk_reg args[2] = {in->r[1], in->r[0]}, to = in->r[0];
  const vmk_reg *given = args;
  uint32_t count = in->r[1].index != VMK_NO_REG.index;
  const vmk_signature *signature = NULL;
  if (code_is_call(in)) {
    kind = VMK_SITE_CALL;
    given = in->args;
    count = in->count;
    signature = code_signature(c, in, code_result(c, in));
  } else if (in->op == VMK_OP_new || in->op == VMK_OP_new_array) {
    kind = in->op == VMK_OP_new ? VMK_SITE_NEW : VMK_SITE_NEW_ARRAY;
  } else if (in->op == VMK_OP_const_ref) {
    kind = VMK_SITE_CONST_REF;
  } else if (in->op != VMK_OP_const_bits) {
    const bool is_static = strstr(name, "_static_") != NULL;
    const bool store = strncmp(name, "store", 5) == 0;
    if (!is_static && !strstr(name, "_field_"))
      vir_fail(&c->lx, "%s cannot be a site", name);
    kind = is_static ? VMK_SITE_LOAD_STATIC : VMK_SITE_LOAD_FIELD;
    kind = (vmk_site_kind)(kind + store);
    type = code_type_of_suffix(name);
    if (store) {
      given = is_static ? args + 1 : args;
      count = is_static ? 1 : 2;
    }
  }
  vmk_emit_site(c->b, kind, type, token, 0, 0, to, given, count, signature);
}

static void
code_emit(code *c, const code_insn *in)
{
  const char *ext = in->row->ext;
  if (c->is_link)
    code_emit_site(c, in);
  else if (strstr(in->row->name, "volatile"))
    code_emit_volatile(c, in);
  else if (code_is_call(in))
    code_emit_call(c, in);
  else if (in->op == VMK_OP_br_leaf)
    vmk_emit_leaf_branch(c->b, in->leaf, in->bits, in->args, in->count, in->target);
  else if (in->op == VMK_OP_is_kind)
    vmk_emit_is_kind(c->b, in->r[0], in->args[0], in->address, in->leaf);
  else if (in->op == VMK_OP_br_kind_or_null)
    vmk_emit_branch_kind_or_null(c->b, in->args[0], in->address, in->leaf, in->target);
  else if (ext[0] == 'X')
    code_emit_constant(c, in);
  else if (ext[0] == 'T')
    code_emit_branch(c, in);
  else if (ext[0] == 'S')
    vmk_emit_switch(c->b, in->r[0], (int32_t)in->imm, in->targets, in->count, in->target);
  else if (ext[0] == 'U')
    vmk_emit_lookup(c->b, in->r[0], in->keys, in->targets, in->count, in->target);
  else
    code_emit_plain(c, in);
}

/* --- lines of a body ------------------------------------------------------------------------------- */

/* i32 x, y; aggregate(16) z */
static bool
code_declaration(code *c)
{
  char name[VIR_NAME];
  const bool block = vir_accept(&c->lx, "aggregate");
  int64_t bytes = 0;
  vmk_type type = VMK_TYPE_AGGREGATE;
  if (block) {
    vir_expect(&c->lx, "(");
    bytes = vir_integer(&c->lx);
    vir_expect(&c->lx, ")");
  } else {
    type = vir_type(&c->lx);
    if (type == VMK_TYPE_COUNT)
      return false;
    if (type == VMK_TYPE_VOID || type > VMK_TYPE_AGGREGATE)
      vir_fail(&c->lx, "registers are i32, i64, f32, f64, ref, ptr, aggregate(bytes)");
  }
  do {
    vir_name(&c->lx, name);
    const vmk_reg r =
        block ? vmk_build_aggregate(c->b, (uint32_t)bytes) : vmk_build_register(c->b, type);
    code_add(&c->regs, &c->reg_count, name, r.index);
  } while (vir_accept(&c->lx, ","));
  return true;
}

/* catch begin, end, handler, token, register; filter begin, end, filter, handler, register */
static bool
code_handler(code *c)
{
  const bool filter = vir_is(&c->lx, "filter");
  if (!filter && !vir_is(&c->lx, "catch"))
    return false;
  vir_next(&c->lx);
  vmk_label l[4];
  for (int i = 0; i < (filter ? 4 : 3); i++) {
    l[i] = code_label(c);
    vir_expect(&c->lx, ",");
  }
  if (filter) {
    vmk_build_filter(c->b, l[0], l[1], l[2], l[3], code_reg(c));
    return true;
  }
  uint32_t token = VMK_CATCH_ALL;
  if (!vir_accept(&c->lx, "all")) {
    int trap = vir_find_trap(c->lx.word);
    if (!vir_is_name(&c->lx)) {
      token = (uint32_t)vir_integer(&c->lx); /* as printed */
    } else if (trap >= 0) {
      token = (uint32_t)trap;
      vir_next(&c->lx);
    } else {
      const vir_kind *k = code_kind(c);
      for (token = 0; c->w->kinds[token] != k; token++)
        ;
      token += 256;
    }
  }
  vir_expect(&c->lx, ",");
  vmk_build_handler(c->b, l[0], l[1], l[2], token, code_reg(c));
  return true;
}

/* link., link_once., link_throw., link_volatile. before an operation's name. */
static const char *
code_link_prefix(code *c)
{
  static const struct {
    const char *prefix;
    vir_link_mode mode;
    bool is_volatile;
  } prefixes[] = {{"link.", VIR_LINK_QUICK, false},
                  {"link_once.", VIR_LINK_ONCE, false},
                  {"link_throw.", VIR_LINK_THROW, false},
                  {"link_volatile.", VIR_LINK_QUICK, true}};
  c->is_link = false;
  for (size_t i = 0; i < VMK_COUNT(prefixes); i++) {
    const size_t n = strlen(prefixes[i].prefix);
    if (strncmp(c->lx.word, prefixes[i].prefix, n) == 0) {
      c->is_link = true;
      c->site = (vir_site){.mode = prefixes[i].mode, .is_volatile = prefixes[i].is_volatile};
      return c->lx.word + n;
    }
  }
  return c->lx.word;
}

static void
code_line(code *c)
{
  if (vir_accept(&c->lx, "@")) {
    vmk_build_position(c->b, (uint32_t)vir_integer(&c->lx));
    return;
  }
  if (code_declaration(c) || code_handler(c))
    return;
  char name[VIR_NAME];
  const char *op_name = code_link_prefix(c);
  static code_insn in; /* large */
  memset(&in, 0, sizeof in);
  for (uint32_t op = 0; op < VMK_OP_COUNT && !in.row; op++)
    if (strcmp(code_rows[op].name, op_name) == 0) {
      in.op = (vmk_op)op;
      in.row = &code_rows[op];
    }
  vir_name(&c->lx, name);
  if (in.row) {
    bool first = true;
    code_read_operands(c, &in, &first);
    code_read_ext(c, &in, &first);
    code_emit(c, &in);
    return;
  }
  if (!vir_accept(&c->lx, ":"))
    vir_fail(&c->lx, "no operation %s", name);
  code_name *label = code_label_name(c, name);
  label->is_bound = true;
  vmk_build_bind(c->b, (vmk_label){label->index});
}

void
vir_translate(vir_world *w, const char *file, vir_function *f)
{
  code c = {.w = w, .f = f, .b = vmk_build_new(f->f)};
  c.lx = (vir_lexer){.file = file, .at = f->body, .line = f->line};
  for (uint32_t i = 0; i < f->f->signature->count; i++)
    code_add(&c.regs, &c.reg_count, f->parameters[i], vmk_build_parameter(c.b, i).index);
  vir_next(&c.lx);
  while (!vir_is(&c.lx, "}"))
    code_line(&c);
  for (uint32_t i = 0; i < c.label_count; i++)
    if (!c.labels[i].is_bound)
      vir_fail(&c.lx, "%s: no label %s", f->name, c.labels[i].name);
  vmk_error error = {""};
  if (vmk_build_finish(c.b, &error) != VMK_OK)
    vir_fail(&c.lx, "%s: %s", f->name, error.message);
  free(c.regs);
  free(c.labels);
}
