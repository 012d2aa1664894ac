/* encode.c -- frame layout, choice of encodings, installation
 *
 * Displacements always have a word of their own, so an instruction's length does not depend on where
 * its targets are: one pass over the abstract instructions writes the words, and a list of target
 * words is patched at the end.  Everything is linear in the size of the function.
 */
#include "ir/build.h"

#include <vmkit/vmk_heap.h>

/* A word that names a label and becomes the displacement from the instruction at pc. */
typedef struct encode_fixup {
  uint32_t word, pc;
} encode_fixup;

typedef struct encode {
  vmk_builder *b;
  VMK_VEC(uint32_t) words;
  VMK_VEC(encode_fixup) fixups;
  VMK_VEC(uint8_t) positions;
  uint32_t position, position_pc; /* of the last entry in positions */
  uint32_t pending_position;      /* of the next instruction */
} encode;

/* --- layout ------------------------------------------------------------------------------------ */

/* Registers of one bank that are parameters (or locals), in order; those never named get no slot. */
static uint32_t
encode_bank(vmk_builder *b, uint32_t slot, uint32_t bank, bool parameters)
{
  const uint32_t parameter_count = b->f->signature->count;
  uint32_t i = parameters ? 0 : parameter_count;
  const uint32_t end = parameters ? parameter_count : (uint32_t)b->regs.count;
  for (; i < end; i++) {
    build_reg *r = &b->regs.data[i];
    if (vmk_type_bank((vmk_type)r->type) != bank || (!parameters && !r->uses))
      continue;
    r->slot = (uint16_t)slot;
    slot += r->words ? r->words : 1;
  }
  return slot;
}

static vmk_status
encode_layout(vmk_builder *b, vmk_error *error)
{
  vmk_function *f = b->f;
  uint32_t edge[7] = {VMK_FRAME_HEADER};
  static const struct {
    uint32_t bank;
    bool parameters;
  } order[6] = {{0, true}, {1, true}, {2, true}, {2, false}, {1, false}, {0, false}};
  for (int i = 0; i < 6; i++)
    edge[i + 1] = encode_bank(b, edge[i], order[i].bank, order[i].parameters);
  if (edge[6] > UINT16_MAX)
    return vmk_fail(error, VMK_ERROR_FORMAT, "the frame needs %u slots; at most 65535 are possible",
                    edge[6]);
  f->ptr_begin[0] = (uint16_t)edge[1];
  f->ptr_end[0] = (uint16_t)edge[2];
  f->ref_begin = (uint16_t)edge[2];
  f->ref_args_end = (uint16_t)edge[3];
  f->ref_end = (uint16_t)edge[4];
  f->ptr_begin[1] = (uint16_t)edge[4];
  f->ptr_end[1] = (uint16_t)edge[5];
  f->frame_slots = (uint16_t)edge[6];
  return VMK_OK;
}

static uint32_t
encode_slot(const encode *e, uint32_t reg)
{
  return reg == VMK_NO_REG.index ? 0 : e->b->regs.data[reg].slot;
}

/* --- positions --------------------------------------------------------------------------------- */

static void
encode_number(encode *e, uint32_t n)
{
  for (; n >= 0x80; n >>= 7)
    vmk_vec_push(&e->positions, (uint8_t)(n | 0x80));
  vmk_vec_push(&e->positions, (uint8_t)n);
}

/* An instruction begins here: note its position when that is another one. */
static void
encode_position(encode *e)
{
  if (e->pending_position == e->position)
    return;
  const uint32_t pc = (uint32_t)e->words.count;
  const int32_t step = (int32_t)(e->pending_position - e->position);
  encode_number(e, pc - e->position_pc);
  encode_number(e, (uint32_t)step << 1 ^ (uint32_t)(step >> 31));
  e->position_pc = pc;
  e->position = e->pending_position;
}

/* --- words ------------------------------------------------------------------------------------- */

/* What goes to operand places a, b, c. */
static void
encode_operands(const encode *e, const build_insn *insn, int32_t value[3])
{
  const vmk_op_info *info = &vmk_op_table[insn->op];
  for (int i = 0; i < 3; i++) {
    if (vmk_operand_is_register((vmk_operand)info->operand[i]))
      value[i] = (int32_t)encode_slot(e, insn->operand[i]);
    else if (info->operand[i] || insn->is_site)
      value[i] = (int32_t)insn->operand[i];
    else
      value[i] = 0;
  }
  if (insn->is_site && info->ext == VMK_EXT_XA)
    value[2] = (int32_t)encode_slot(e, insn->operand[2]);
}

static bool
encode_is_wide(const encode *e, const build_insn *insn, const int32_t value[3])
{
  const vmk_op_info *info = &vmk_op_table[insn->op];
  if (info->wide_only)
    return true;
  for (int i = 0; i < 3; i++) {
    if (info->operand[i] == VMK_OPERAND_k) {
      if (value[i] != (int8_t)value[i])
        return true;
    } else if (info->operand[i] != VMK_OPERAND_h && value[i] > UINT8_MAX) {
      return true;
    }
  }
  if (info->ext >= VMK_EXT_XA || info->ext == VMK_EXT_A)
    for (uint32_t i = 0; i < insn->count; i++)
      if (encode_slot(e, e->b->extra.data[insn->extra + i]) > UINT8_MAX)
        return true;
  return false;
}

static void
encode_target(encode *e, uint32_t pc, uint32_t label)
{
  vmk_vec_push(&e->fixups, ((encode_fixup){(uint32_t)e->words.count, pc}));
  vmk_vec_push(&e->words, label);
}

static void
encode_arguments(encode *e, const build_insn *insn, uint32_t words, bool wide)
{
  uint32_t *to = vmk_vec_extend(&e->words, words);
  for (uint32_t i = 0; i < insn->count; i++) {
    const uint32_t slot = encode_slot(e, e->b->extra.data[insn->extra + i]);
    if (wide)
      to[i / 2] |= slot << 16 * (i & 1);
    else
      to[i / 4] |= slot << 8 * (i & 3);
  }
}

static void
encode_cases(encode *e, const build_insn *insn, uint32_t pc)
{
  const bool keyed = insn->op == VMK_OP_lookup_i32;
  const uint32_t *extra = e->b->extra.data + insn->extra;
  if (!keyed)
    vmk_vec_push(&e->words, (uint32_t)insn->imm);
  vmk_vec_push(&e->words, insn->count);
  encode_target(e, pc, insn->target);
  if (keyed) {
    for (uint32_t i = 0; i < insn->count; i++)
      vmk_vec_push(&e->words, extra[i]);
    extra += insn->count;
  }
  for (uint32_t i = 0; i < insn->count; i++)
    encode_target(e, pc, extra[i]);
}

static void
encode_extension(encode *e, const build_insn *insn, uint32_t pc, bool wide)
{
  switch ((vmk_ext)vmk_op_table[insn->op].ext) {
  case VMK_EXT__: return;
  case VMK_EXT_K:
  case VMK_EXT_X: vmk_vec_push(&e->words, insn->constant); return;
  case VMK_EXT_T: encode_target(e, pc, insn->target); return;
  case VMK_EXT_XA: vmk_vec_push(&e->words, insn->constant); __attribute__((fallthrough));
  case VMK_EXT_A: encode_arguments(e, insn, vmk_argument_words(insn->count, wide), wide); return;
  case VMK_EXT_XTL:
  case VMK_EXT_XL:
    vmk_vec_push(&e->words, insn->constant);
    if (vmk_op_table[insn->op].ext == VMK_EXT_XTL)
      encode_target(e, pc, insn->target);
    encode_arguments(e, insn, vmk_argument_words(4, wide), wide);
    return;
  case VMK_EXT_S:
  case VMK_EXT_U: encode_cases(e, insn, pc); return;
  }
}

static void
encode_insn(encode *e, const build_insn *insn)
{
  const uint32_t pc = (uint32_t)e->words.count;
  uint32_t op = insn->op;
  if (op == VMK_OP_jump && e->b->labels.data[insn->target].pc != UINT32_MAX)
    op = VMK_OP_jump_back;
  if (insn->is_site) {
    vmk_site *site = &e->b->sites.data[e->b->constants.data[insn->constant + 1] - 1];
    site->pc_index = pc;
    op = VMK_OP_link;
  }
  int32_t value[3];
  encode_operands(e, insn, value);
  encode_position(e);
  const bool wide = encode_is_wide(e, insn, value);
  if (wide) {
    vmk_vec_push(&e->words, VMK_OP_wide | op << 8);
    vmk_vec_push(&e->words, (uint16_t)value[0] | (uint32_t)(uint16_t)value[1] << 16);
    vmk_vec_push(&e->words, (uint16_t)value[2]);
  } else if (vmk_op_table[insn->op].operand[1] == VMK_OPERAND_h) {
    vmk_vec_push(&e->words, op | (uint32_t)value[0] << 8 | (uint32_t)value[1] << 16);
  } else {
    vmk_vec_push(&e->words, op | (uint32_t)value[0] << 8 | (uint32_t)(uint8_t)value[1] << 16 |
                                (uint32_t)value[2] << 24);
  }
  encode_extension(e, insn, pc, wide);
}

/* Does control reach the label by going on from instruction i? */
static bool
encode_is_next(const vmk_builder *b, size_t i, uint32_t label)
{
  for (i++; i < b->code.count && b->code.data[i].op >= VMK_OP_COUNT; i++)
    if (b->code.data[i].op == BUILD_LABEL && b->code.data[i].operand[0] == label)
      return true;
  return false;
}

static void
encode_words(encode *e)
{
  vmk_builder *b = e->b;
  bool falls = true; /* control may reach the end of what was written */
  for (size_t i = 0; i < b->labels.count; i++)
    b->labels.data[i].pc = UINT32_MAX;
  for (size_t i = 0; i < b->code.count; i++) {
    const build_insn *insn = &b->code.data[i];
    if (insn->op == BUILD_LABEL) {
      build_label *label = &b->labels.data[insn->operand[0]];
      label->pc = (uint32_t)e->words.count;
      falls = falls || label->is_target;
    } else if (insn->op == BUILD_POSITION) {
      e->pending_position = insn->operand[0];
    } else if (insn->op != VMK_OP_jump || !encode_is_next(b, i, insn->target)) {
      encode_insn(e, insn);
      falls = !(vmk_op_table[insn->op].effects & VMK_TERMINATOR);
    }
  }
  if (falls) /* nobody should come here; code always ends with a terminator */
    encode_insn(e, &(build_insn){.op = VMK_OP_trap, .operand = {VMK_TRAP_UNREACHABLE}});
}

static vmk_status
encode_patch(encode *e, vmk_error *error)
{
  const vmk_builder *b = e->b;
  for (size_t i = 0; i < e->fixups.count; i++) {
    const encode_fixup *fixup = &e->fixups.data[i];
    const uint32_t label = e->words.data[fixup->word];
    if (!b->labels.data[label].is_bound)
      return vmk_fail(error, VMK_ERROR_FORMAT, "a branch goes to label %u, which is not bound",
                      label);
    e->words.data[fixup->word] = b->labels.data[label].pc - fixup->pc;
  }
  return VMK_OK;
}

/* --- installation ------------------------------------------------------------------------------ */

static vmk_status
encode_handlers(const vmk_builder *b, vmk_handler_row *rows, vmk_error *error)
{
  for (size_t i = 0; i < b->handlers.count; i++) {
    const build_handler *h = &b->handlers.data[i];
    const build_label *labels = b->labels.data;
    const uint32_t begin = labels[h->begin.index].pc, end = labels[h->end.index].pc;
    if (!labels[h->begin.index].is_bound || !labels[h->end.index].is_bound ||
        !labels[h->handler.index].is_bound || !labels[h->filter.index].is_bound || begin > end)
      return vmk_fail(error, VMK_ERROR_FORMAT,
                      "handler %zu: its labels are not bound, or end before they begin", i);
    rows[i] = (vmk_handler_row){.begin = begin,
                                .end = end,
                                .pc = labels[h->handler.index].pc,
                                .token = h->token,
                                .filter_pc = labels[h->filter.index].pc,
                                .kind = (uint16_t)h->kind};
    if (h->exception.index != VMK_NO_REG.index)
      rows[i].reg = b->regs.data[h->exception.index].slot;
  }
  return VMK_OK;
}

static void
encode_types(const vmk_builder *b, uint8_t *types)
{
  for (size_t i = 0; i < b->regs.count; i++)
    if (b->regs.data[i].slot)
      types[b->regs.data[i].slot - VMK_FRAME_HEADER] = b->regs.data[i].type;
}

/* Those that have a slot, which the layout gives only to what is used; returns how many. */
static uint32_t
encode_names(const vmk_builder *b, vmk_named_slot *out)
{
  uint32_t n = 0;
  for (size_t i = 0; i < b->names.count; i++) {
    const build_name *name = &b->names.data[i];
    if (b->regs.data[name->reg].slot)
      out[n++] = (vmk_named_slot){name->number, b->regs.data[name->reg].slot};
  }
  return n;
}

/* Take `bytes` from the block at *at. */
static void *
encode_take(char **at, size_t bytes)
{
  char *p = *at;
  *at += (bytes + 7) & ~(size_t)7;
  return p;
}

/* One block of metaspace: body, constants, reference slots, sites, handlers, names, code, positions, types;
 * in order of alignment. */
static vmk_status
encode_install(encode *e, uint32_t **code, vmk_error *error)
{
  vmk_builder *b = e->b;
  vmk_function *f = b->f;
  const size_t constant_bytes = b->constants.count * sizeof(uint64_t);
  const size_t ref_bytes = b->refs.count * sizeof(vmk_slot);
  const size_t site_bytes = b->sites.count * sizeof(vmk_site);
  const size_t handler_bytes = b->handlers.count * sizeof(vmk_handler_row);
  const size_t named_bytes = b->names.count * sizeof(vmk_named_slot);
  const size_t code_bytes = e->words.count * sizeof(uint32_t);
  const size_t type_bytes = f->frame_slots - VMK_FRAME_HEADER;
  char *at = (char *)vmk_meta_alloc(
      f->module, sizeof(vmk_body) + constant_bytes + ref_bytes + ((site_bytes + 7) & ~(size_t)7) +
                     ((handler_bytes + 7) & ~(size_t)7) + ((named_bytes + 7) & ~(size_t)7) +
                     ((code_bytes + 7) & ~(size_t)7) + ((e->positions.count + 7) & ~(size_t)7) +
                     ((type_bytes + 7) & ~(size_t)7));
  vmk_body *body = (vmk_body *)encode_take(&at, sizeof *body);
  uint64_t *constants = (uint64_t *)encode_take(&at, constant_bytes);
  vmk_slot *refs = (vmk_slot *)encode_take(&at, ref_bytes);
  vmk_site *sites = (vmk_site *)encode_take(&at, site_bytes);
  vmk_handler_row *handlers = (vmk_handler_row *)encode_take(&at, handler_bytes);
  vmk_named_slot *named = (vmk_named_slot *)encode_take(&at, named_bytes);
  *code = (uint32_t *)encode_take(&at, code_bytes);
  uint8_t *positions = (uint8_t *)encode_take(&at, e->positions.count);
  uint8_t *types = (uint8_t *)encode_take(&at, type_bytes);

  if (b->constants.count)
    memcpy(constants, b->constants.data, constant_bytes);
  for (size_t i = 0; i < b->refs.count; i++) {
    const build_ref *ref = &b->refs.data[i];
    refs[i].ref = ref->object ? ref->object->ref : NULL;
    constants[ref->constant] = (uintptr_t)&refs[i];
  }
  for (size_t i = 0; i < b->sites.count; i++) {
    sites[i] = b->sites.data[i];
    sites[i].function = f;
    constants[sites[i].constant_index + 1] = (uintptr_t)&sites[i];
  }
  memcpy(*code, e->words.data, code_bytes);
  if (e->positions.count)
    memcpy(positions, e->positions.data, e->positions.count);
  encode_types(b, types);
  *body = (vmk_body){.code_words = (uint32_t)e->words.count,
                     .constant_count = (uint32_t)b->constants.count,
                     .handler_count = (uint32_t)b->handlers.count,
                     .site_count = (uint32_t)b->sites.count,
                     .ref_count = (uint32_t)b->refs.count,
                     .position_bytes = (uint32_t)e->positions.count,
                     .named_count = encode_names(b, named),
                     .keeps_named = b->keeps_named,
                     .handlers = handlers,
                     .sites = sites,
                     .refs = refs,
                     .positions = positions,
                     .slot_types = types,
                     .named = named};
  f->constants = constants;
  f->body = body;
  return encode_handlers(b, handlers, error);
}

vmk_status
vmk_encode(vmk_builder *b, uint32_t **code, vmk_error *error)
{
  if (b->error.message[0])
    return vmk_fail(error, VMK_ERROR_FORMAT, "%s", b->error.message);
  encode e = {.b = b, .position = VMK_NO_POSITION, .pending_position = VMK_NO_POSITION};
  vmk_vec_reserve(&e.words, 2 * b->code.count + b->extra.count + 16);
  vmk_vec_reserve(&e.fixups, b->labels.count + 8);
  vmk_vec_reserve(&e.positions, b->code.count + 16);
  vmk_status status = encode_layout(b, error);
  if (status == VMK_OK) {
    encode_words(&e);
    status = encode_patch(&e, error);
  }
  if (status == VMK_OK)
    status = encode_install(&e, code, error);
  vmk_vec_fini(&e.words);
  vmk_vec_fini(&e.fixups);
  vmk_vec_fini(&e.positions);
  return status;
}
