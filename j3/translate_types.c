/* translate_types.c -- second pass: the types on the operand stack at every reachable block's entry
 *
 * Abstract interpretation with a work list.  A state is a hash-consed list of types, so a merge is one
 * pointer comparison and a block is interpreted exactly once: stacks that meet must be equal (null and
 * every class are one type here).  Locals have no state (translate.h).
 *
 * Subroutines (jsr/ret, class files before 51) stay shared: a jsr pushes an ADDRESS that names its
 * subroutine, `ret n` can return to every jsr of a subroutine whose address is stored to local n anywhere
 * in the method, given that the stack is as the jsr left it when there is more than one subroutine to
 * choose from.  Handlers and return edges are added when the list runs empty, until nothing changes.
 */
#include <stdlib.h>

#include "translate.h"

typedef struct j3_ret_site {
  uint32_t bci, local;
  const j3_types *stack;
} j3_ret_site;

/* State of the block being interpreted. */
typedef struct types_state {
  j3_translation *tr;
  const j3_instruction *in;
  const j3_types *stack;
} types_state;

/* --- types ------------------------------------------------------------------------------------------ */

j3_slot
j3_slot_of_letter(char c)
{
  switch (c) {
  case 'J': return J3_SLOT_LONG;
  case 'F': return J3_SLOT_FLOAT;
  case 'D': return J3_SLOT_DOUBLE;
  case 'A':
  case 'L':
  case '[': return J3_SLOT_REF;
  default: return J3_SLOT_INT;
  }
}

j3_slot
j3_slot_of_type(uint8_t type)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_I64: return J3_SLOT_LONG;
  case VMK_TYPE_F32: return J3_SLOT_FLOAT;
  case VMK_TYPE_F64: return J3_SLOT_DOUBLE;
  case VMK_TYPE_REF: return J3_SLOT_REF;
  case VMK_TYPE_I32:
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_I16:
  case VMK_TYPE_U16:
  case VMK_TYPE_BOOL: return J3_SLOT_INT;
  case VMK_TYPE_VOID:
  case VMK_TYPE_PTR:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  VMK_ASSERT(!"a type Java has no stack slot for");
  return J3_SLOT_INT;
}

vmk_type
j3_type_of_slot(uint8_t slot)
{
  static const uint8_t type[J3_SLOT_COUNT] = {VMK_TYPE_I32, VMK_TYPE_I64, VMK_TYPE_F32,
                                              VMK_TYPE_F64, VMK_TYPE_REF, VMK_TYPE_I32};
  return type[slot];
}

static uint32_t
types_hash(const j3_types *below, uint8_t type, uint32_t subroutine)
{
  uint64_t h = ((uint64_t)(uintptr_t)below >> 4) * 0x9e3779b97f4a7c15ull;
  h ^= (type + 8ull * subroutine) * 0xc2b2ae3d27d4eb4full;
  return (uint32_t)(h >> 32);
}

static void
types_grow(j3_translation *tr)
{
  const j3_types **old = tr->interned;
  uint32_t old_size = old ? tr->interned_mask + 1 : 0;
  uint32_t size = old ? 2 * old_size : 64;
  tr->interned = j3_translate_alloc(tr, size * sizeof *tr->interned);
  tr->interned_mask = size - 1;
  for (uint32_t i = 0; i < old_size; i++) {
    if (!old[i])
      continue;
    uint32_t h = types_hash(old[i]->below, old[i]->type, old[i]->subroutine) & (size - 1);
    while (tr->interned[h])
      h = (h + 1) & (size - 1);
    tr->interned[h] = old[i];
  }
}

/* The one list of `type` on top of `below`. */
static const j3_types *
types_cons(j3_translation *tr, const j3_types *below, uint8_t type, uint32_t subroutine)
{
  if (!tr->interned || 2 * tr->interned_count > tr->interned_mask)
    types_grow(tr);
  uint32_t h = types_hash(below, type, subroutine) & tr->interned_mask;
  for (; tr->interned[h]; h = (h + 1) & tr->interned_mask) {
    const j3_types *s = tr->interned[h];
    if (s->below == below && s->type == type && s->subroutine == subroutine)
      return s;
  }
  j3_types *s = j3_translate_alloc(tr, sizeof *s);
  *s = (j3_types){below, (below ? below->words : 0) + j3_slot_words(type), subroutine, type};
  tr->interned[h] = s;
  tr->interned_count++;
  return s;
}

/* --- stack effects ----------------------------------------------------------------------------------- */

static void
types_push(types_state *st, uint8_t type, uint32_t subroutine)
{
  uint32_t words = (st->stack ? st->stack->words : 0) + j3_slot_words(type);
  if (words > st->tr->method->max_stack)
    j3_translate_fail(st->tr, st->in->bci, "Stack size too large");
  else
    st->stack = types_cons(st->tr, st->stack, type, subroutine);
}

/* Pop anything; the result is never null, but meaningless once the translation failed. */
static const j3_types *
types_pop_any(types_state *st)
{
  static const j3_types nothing;
  const j3_types *top = st->stack;
  if (!top) {
    j3_translate_fail(st->tr, st->in->bci, "Unable to pop operand off an empty stack");
    return &nothing;
  }
  st->stack = top->below;
  return top;
}

static void
types_pop(types_state *st, uint8_t type)
{
  static const char *const expected[J3_SLOT_COUNT] = {
      "integer", "long", "float", "double", "object/array", "a return address"};
  if (types_pop_any(st)->type != type)
    j3_translate_fail(st->tr, st->in->bci, "Expecting to find %s on stack", expected[type]);
}

/* An effect string is read from '>' to the left for what is popped, to the right for what is pushed. */
static void
types_effect(types_state *st, const char *effect)
{
  const char *arrow = effect;
  while (*arrow != '>')
    arrow++;
  for (const char *p = arrow; p > effect;)
    types_pop(st, (uint8_t)j3_slot_of_letter(*--p));
  for (const char *p = arrow + 1; *p; p++)
    types_push(st, (uint8_t)j3_slot_of_letter(*p), 0);
}

/* Pop entries that make `words` together, onto `out` with the top first; returns how many. */
static uint32_t
types_pop_words(types_state *st, uint32_t words, const j3_types **out)
{
  uint32_t n = 0;
  while (words && !st->tr->failed) {
    out[n] = types_pop_any(st);
    uint32_t w = j3_slot_words(out[n++]->type);
    if (w > words) {
      j3_translate_fail(st->tr, st->in->bci, "Bad type on operand stack: half of a long or double");
      return n;
    }
    words -= w;
  }
  return n;
}

static void
types_push_group(types_state *st, const j3_types *const *group, uint32_t count)
{
  while (count--)
    types_push(st, group[count]->type, group[count]->subroutine);
}

/* dup family: `top` words are copied beneath the `under` words below them. */
static void
types_dup(types_state *st, uint32_t top, uint32_t under)
{
  const j3_types *a[2], *b[2];
  uint32_t an = types_pop_words(st, top, a);
  uint32_t bn = types_pop_words(st, under, b);
  if (st->tr->failed)
    return;
  types_push_group(st, a, an);
  types_push_group(st, b, bn);
  types_push_group(st, a, an);
}

static void
types_shuffle(types_state *st)
{
  const j3_types *a[2], *b[1];
  uint8_t op = st->in->op;
  switch (op) {
  case J3_BC_pop: types_pop_words(st, 1, a); break;
  case J3_BC_pop2: types_pop_words(st, 2, a); break;
  case J3_BC_swap:
    types_pop_words(st, 1, a);
    types_pop_words(st, 1, b);
    if (st->tr->failed)
      return;
    types_push_group(st, a, 1);
    types_push_group(st, b, 1);
    break;
  default: types_dup(st, 1 + (op >= J3_BC_dup2), (op - J3_BC_dup) % 3); break;
  }
}

/* --- operands in the constant pool ------------------------------------------------------------------------ */

bool
j3_translate_check_tag(j3_translation *tr, const j3_instruction *in, uint32_t tags)
{
  if (in->index && in->index < tr->pool->count && (tags >> tr->pool->tag[in->index] & 1))
    return true;
  j3_translate_fail(tr, in->bci, "Illegal type at constant pool entry %u", in->index);
  return false;
}

static uint16_t
types_name_and_type(const j3_translation *tr, uint16_t index)
{
  return (uint16_t)(tr->pool->value[index] >> 16);
}

j3_symbol *
j3_translate_member_name(const j3_translation *tr, uint16_t index)
{
  return j3_pool_utf8(tr->pool, (uint16_t)tr->pool->value[types_name_and_type(tr, index)]);
}

j3_symbol *
j3_translate_member_descriptor(const j3_translation *tr, uint16_t index)
{
  return j3_pool_utf8(tr->pool, (uint16_t)(tr->pool->value[types_name_and_type(tr, index)] >> 16));
}

j3_slot
j3_translate_constant_slot(const j3_translation *tr, uint16_t index)
{
  switch (tr->pool->tag[index]) {
  case J3_TAG_INTEGER: return J3_SLOT_INT;
  case J3_TAG_FLOAT: return J3_SLOT_FLOAT;
  case J3_TAG_LONG: return J3_SLOT_LONG;
  case J3_TAG_DOUBLE: return J3_SLOT_DOUBLE;
  case J3_TAG_DYNAMIC: return j3_slot_of_letter(j3_translate_member_descriptor(tr, index)->text[0]);
  default: return J3_SLOT_REF;
  }
}

static void
types_constant(types_state *st)
{
  uint32_t narrow = 1u << J3_TAG_INTEGER | 1u << J3_TAG_FLOAT | 1u << J3_TAG_STRING |
                    1u << J3_TAG_CLASS | 1u << J3_TAG_METHOD_HANDLE | 1u << J3_TAG_METHOD_TYPE |
                    1u << J3_TAG_DYNAMIC;
  uint32_t wide = 1u << J3_TAG_LONG | 1u << J3_TAG_DOUBLE | 1u << J3_TAG_DYNAMIC;
  bool is_wide = st->in->op == J3_BC_ldc2_w;
  if (!j3_translate_check_tag(st->tr, st->in, is_wide ? wide : narrow))
    return;
  if (st->tr->pool->tag[st->in->index] == J3_TAG_DYNAMIC && !st->tr->trusted &&
      !j3_is_valid_field_descriptor(j3_translate_member_descriptor(st->tr, st->in->index))) {
    j3_translate_fail(st->tr, st->in->bci, "Illegal type in constant pool");
    return;
  }
  j3_slot slot = j3_translate_constant_slot(st->tr, st->in->index);
  if ((j3_slot_words(slot) == 2) != is_wide)
    j3_translate_fail(st->tr, st->in->bci, "Illegal type in constant pool");
  else
    types_push(st, slot, 0);
}

static void
types_field(types_state *st)
{
  j3_translation *tr = st->tr;
  if (!j3_translate_check_tag(tr, st->in, 1u << J3_TAG_FIELD))
    return;
  j3_symbol *descriptor = j3_translate_member_descriptor(tr, st->in->index);
  if (!tr->trusted && !j3_is_valid_field_descriptor(descriptor)) {
    j3_translate_fail(tr, st->in->bci, "Illegal field descriptor %s", descriptor->text);
    return;
  }
  uint8_t op = st->in->op, slot = (uint8_t)j3_slot_of_letter(descriptor->text[0]);
  if (op == J3_BC_putstatic || op == J3_BC_putfield)
    types_pop(st, slot);
  if (op == J3_BC_getfield || op == J3_BC_putfield)
    types_pop(st, J3_SLOT_REF);
  if (op == J3_BC_getstatic || op == J3_BC_getfield)
    types_push(st, slot, 0);
}

/* Which constants may the invocation name? */
static uint32_t
types_invoke_tags(const j3_translation *tr, uint8_t op)
{
  uint32_t class_method = 1u << J3_TAG_METHOD, interface = 1u << J3_TAG_INTERFACE_METHOD;
  switch (op) {
  case J3_BC_invokevirtual: return class_method;
  case J3_BC_invokeinterface: return interface;
  case J3_BC_invokedynamic: return 1u << J3_TAG_INVOKE_DYNAMIC;
  default: return tr->class->major_version >= 52 ? class_method | interface : class_method;
  }
}

const vmk_signature *
j3_translate_signature(j3_translation *tr, const j3_instruction *in)
{
  if (!j3_translate_check_tag(tr, in, types_invoke_tags(tr, in->op)))
    return NULL;
  j3_symbol *name = j3_translate_member_name(tr, in->index);
  j3_symbol *descriptor = j3_translate_member_descriptor(tr, in->index);
  if (!tr->trusted) {
    uint32_t slots = 0;
    if (!j3_is_valid_method_descriptor(descriptor, &slots)) {
      j3_translate_fail(tr, in->bci, "Illegal method descriptor %s", descriptor->text);
      return NULL;
    }
    if (name->text[0] == '<' && !(j3_symbol_is(name, "<init>") && in->op == J3_BC_invokespecial)) {
      j3_translate_fail(tr, in->bci, "Illegal call to internal method");
      return NULL;
    }
  }
  bool has_receiver = in->op != J3_BC_invokestatic && in->op != J3_BC_invokedynamic;
  return j3_signature_of(descriptor, has_receiver);
}

static void
types_invoke(types_state *st)
{
  const vmk_signature *s = j3_translate_signature(st->tr, st->in);
  if (!s)
    return;
  for (uint32_t i = s->count; i-- > 0 && !st->tr->failed;)
    types_pop(st, (uint8_t)j3_slot_of_type(s->type[i]));
  if (s->result != VMK_TYPE_VOID)
    types_push(st, (uint8_t)j3_slot_of_type(s->result), 0);
}

static void
types_multianewarray(types_state *st)
{
  if (st->in->value == 0)
    j3_translate_fail(st->tr, st->in->bci, "No dimensions in multianewarray");
  for (int32_t i = 0; i < st->in->value && !st->tr->failed; i++)
    types_pop(st, J3_SLOT_INT);
  types_push(st, J3_SLOT_REF, 0);
}

/* --- locals ------------------------------------------------------------------------------------------------- */

static void
types_check_local(types_state *st, uint8_t type)
{
  if (st->in->index + j3_slot_words(type) > st->tr->method->max_locals)
    j3_translate_fail(st->tr, st->in->bci, "Illegal local variable number");
}

/* Remember that local n may hold the address of a subroutine. */
static void
types_store_address(types_state *st, uint32_t subroutine)
{
  j3_translation *tr = st->tr;
  for (uint32_t i = 0; i < tr->stored_address_count; i++)
    if (tr->stored_address[2 * i] == st->in->index && tr->stored_address[2 * i + 1] == subroutine)
      return;
  if (tr->stored_address_count == tr->stored_address_capacity) {
    uint32_t capacity = 2 * tr->stored_address_capacity + 8;
    uint32_t *grown = j3_translate_alloc(tr, 2 * capacity * sizeof *grown);
    if (tr->stored_address_count)
      memcpy(grown, tr->stored_address, 2 * tr->stored_address_count * sizeof *grown);
    tr->stored_address = grown;
    tr->stored_address_capacity = capacity;
  }
  tr->stored_address[2 * tr->stored_address_count] = st->in->index;
  tr->stored_address[2 * tr->stored_address_count++ + 1] = subroutine;
}

static void
types_astore(types_state *st)
{
  types_check_local(st, J3_SLOT_REF);
  const j3_types *v = types_pop_any(st);
  if (v->type == J3_SLOT_ADDRESS)
    types_store_address(st, v->subroutine);
  else if (v->type != J3_SLOT_REF)
    j3_translate_fail(st->tr, st->in->bci, "Expecting to find object/array on stack");
}

/* The type of the local an instruction names: loads and stores come in runs of int .. reference. */
static int
types_local_type(uint8_t op)
{
  if (op >= J3_BC_iload && op <= J3_BC_aload)
    return op - J3_BC_iload;
  if (op >= J3_BC_iload_0 && op <= J3_BC_aload_3)
    return (op - J3_BC_iload_0) / 4;
  if (op >= J3_BC_istore && op <= J3_BC_dstore)
    return op - J3_BC_istore;
  if (op >= J3_BC_istore_0 && op <= J3_BC_dstore_3)
    return (op - J3_BC_istore_0) / 4;
  if (op == J3_BC_iinc)
    return J3_SLOT_INT;
  return op == J3_BC_ret ? J3_SLOT_ADDRESS : -1;
}

/* --- control flow --------------------------------------------------------------------------------------------- */

static void
types_flow_to(j3_translation *tr, uint32_t from, uint32_t to, const j3_types *stack)
{
  j3_block *block = j3_translate_block_at(tr, to);
  if (!block) {
    j3_translate_fail(tr, from,
                      to == tr->length ? "Control flow falls through code end"
                                       : "Illegal target of jump or branch");
  } else if (!block->reached) {
    block->reached = true;
    block->entry = stack;
    tr->queue[tr->queue_count++] = (uint32_t)(block - tr->blocks);
  } else if (block->entry != stack) {
    uint32_t a = block->entry ? block->entry->words : 0, b = stack ? stack->words : 0;
    if (a != b)
      j3_translate_fail(tr, from, "Inconsistent stack height %u != %u", b, a);
    else
      j3_translate_fail(tr, from, "Mismatched stack types");
  }
}

static void
types_switch(types_state *st)
{
  const j3_instruction *in = st->in;
  uint32_t count = j3_switch_count(in);
  for (uint32_t i = 0; i < count && !st->tr->failed; i++) {
    if (in->op == J3_BC_lookupswitch && i && j3_switch_key(in, i) <= j3_switch_key(in, i - 1))
      j3_translate_fail(st->tr, in->bci, "Bad lookupswitch instruction");
    types_flow_to(st->tr, in->bci, (uint32_t)j3_switch_target(in, i), st->stack);
  }
  types_flow_to(st->tr, in->bci, (uint32_t)j3_switch_default(in), st->stack);
}

static void
types_ret(types_state *st)
{
  j3_translation *tr = st->tr;
  if (tr->ret_count % 16 == 0) {
    j3_ret_site *grown = j3_translate_alloc(tr, (tr->ret_count + 16) * sizeof *grown);
    if (tr->ret_count)
      memcpy(grown, tr->rets, tr->ret_count * sizeof *grown);
    tr->rets = grown;
  }
  tr->rets[tr->ret_count++] = (j3_ret_site){st->in->bci, st->in->index, st->stack};
}

static void
types_return(types_state *st)
{
  static const char letter[] = "IJFDAV";
  const vmk_signature *s = st->tr->function->signature;
  char have = letter[st->in->op - J3_BC_ireturn];
  bool fits = have == 'V' ? s->result == VMK_TYPE_VOID
                          : s->result != VMK_TYPE_VOID &&
                                j3_slot_of_type(s->result) == j3_slot_of_letter(have);
  if (!fits)
    j3_translate_fail(st->tr, st->in->bci, "Wrong return type in function");
}

/* Control flow after the stack effect; true: the next instruction is reached. */
static bool
types_transfer(types_state *st)
{
  const j3_instruction *in = st->in;
  switch (j3_bytecode_table[in->op].format) {
  case J3_FORMAT_SWITCH: types_switch(st); return false;
  case J3_FORMAT_BRANCH:
  case J3_FORMAT_BRANCH_W:
    types_flow_to(st->tr, in->bci, (uint32_t)in->value, st->stack);
    return in->op != J3_BC_goto && in->op != J3_BC_goto_w && in->op != J3_BC_jsr &&
           in->op != J3_BC_jsr_w;
  default: break;
  }
  if (in->op == J3_BC_ret)
    types_ret(st);
  else if (in->op >= J3_BC_ireturn && in->op <= J3_BC_return)
    types_return(st);
  else
    return in->op != J3_BC_athrow;
  return false;
}

/* Effects that the table leaves to code. */
static void
types_special(types_state *st)
{
  switch (st->in->op) {
  case J3_BC_ldc:
  case J3_BC_ldc_w:
  case J3_BC_ldc2_w: types_constant(st); break;
  case J3_BC_getstatic:
  case J3_BC_putstatic:
  case J3_BC_getfield:
  case J3_BC_putfield: types_field(st); break;
  case J3_BC_invokevirtual:
  case J3_BC_invokespecial:
  case J3_BC_invokestatic:
  case J3_BC_invokeinterface:
  case J3_BC_invokedynamic: types_invoke(st); break;
  case J3_BC_multianewarray:
    if (j3_translate_check_tag(st->tr, st->in, 1u << J3_TAG_CLASS))
      types_multianewarray(st);
    break;
  case J3_BC_jsr:
  case J3_BC_jsr_w:
    if (st->tr->class->major_version >= 51)
      j3_translate_fail(st->tr, st->in->bci,
                        "jsr/ret are not allowed in class files of this version");
    types_push(st, J3_SLOT_ADDRESS, (uint32_t)st->in->value);
    break;
  case J3_BC_pop:
  case J3_BC_pop2:
  case J3_BC_dup:
  case J3_BC_dup_x1:
  case J3_BC_dup_x2:
  case J3_BC_dup2:
  case J3_BC_dup2_x1:
  case J3_BC_dup2_x2:
  case J3_BC_swap: types_shuffle(st); break;
  default: types_astore(st); break;
  }
}

static void
types_instruction(types_state *st)
{
  const j3_instruction *in = st->in;
  const char *effect = j3_bytecode_table[in->op].effect;
  int local = types_local_type(in->op);
  if (local >= 0)
    types_check_local(st, (uint8_t)local);
  if (effect[0] == '*')
    types_special(st);
  else
    types_effect(st, effect);
  if (in->op == J3_BC_new || in->op == J3_BC_anewarray || in->op == J3_BC_checkcast ||
      in->op == J3_BC_instanceof)
    j3_translate_check_tag(st->tr, in, 1u << J3_TAG_CLASS);
  if (in->op == J3_BC_newarray && (in->index < 4 || in->index > 11))
    j3_translate_fail(st->tr, in->bci, "Illegal newarray instruction");
}

static void
types_block(j3_translation *tr, const j3_block *block)
{
  j3_instruction in;
  types_state st = {tr, &in, block->entry};
  bool falls = true;
  for (uint32_t bci = block->begin; bci < block->end && falls; bci += in.length) {
    j3_bytecode_decode(tr->code, tr->length, bci, &in);
    types_instruction(&st);
    falls = !tr->failed && types_transfer(&st);
    if (tr->failed)
      return;
  }
  if (falls)
    types_flow_to(tr, in.bci, block->end, st.stack);
}

/* --- edges that depend on the whole method --------------------------------------------------------------------- */

/* Rows that cover a reached block make their handler reachable. */
static void
types_reach_handlers(j3_translation *tr)
{
  uint32_t *reached_before = malloc((tr->block_count + 1) * sizeof *reached_before);
  VMK_ASSERT(reached_before);
  reached_before[0] = 0;
  for (uint32_t i = 0; i < tr->block_count; i++)
    reached_before[i + 1] = reached_before[i] + tr->blocks[i].reached;
  for (uint32_t i = 0; i < tr->row_count && !tr->failed; i++) {
    j3_handler_row *r = &tr->rows[i];
    uint32_t end = r->end == tr->length ? tr->block_count : tr->block_at[r->end];
    if (r->reached || reached_before[end] == reached_before[tr->block_at[r->begin]])
      continue;
    r->reached = true;
    if (tr->method->max_stack < 1)
      j3_translate_fail(tr, r->handler, "Stack size too large");
    else
      types_flow_to(tr, r->begin, r->handler, types_cons(tr, NULL, J3_SLOT_REF, 0));
  }
  free(reached_before);
}

bool
j3_translate_returns_to(const j3_translation *tr, uint32_t local, const j3_jsr *jsr,
                        const j3_types *stack)
{
  uint32_t subroutines = 0;
  bool stored = false;
  for (uint32_t i = 0; i < tr->stored_address_count; i++) {
    if (tr->stored_address[2 * i] != local)
      continue;
    subroutines++;
    stored |= tr->stored_address[2 * i + 1] == jsr->target;
  }
  if (!stored)
    return false;
  const j3_block *after = j3_translate_block_at(tr, jsr->next);
  return after && (subroutines == 1 || !after->reached || after->entry == stack);
}

const j3_types *
j3_translate_ret_stack(const j3_translation *tr, uint32_t bci)
{
  uint32_t i = 0;
  while (tr->rets[i].bci != bci)
    i++;
  return tr->rets[i].stack;
}

static void
types_reach_returns(j3_translation *tr)
{
  for (uint32_t r = 0; r < tr->ret_count && !tr->failed; r++)
    for (uint32_t j = 0; j < tr->jsr_count && !tr->failed; j++)
      if (j3_translate_returns_to(tr, tr->rets[r].local, &tr->jsrs[j], tr->rets[r].stack))
        types_flow_to(tr, tr->rets[r].bci, tr->jsrs[j].next, tr->rets[r].stack);
}

void
j3_translate_types(j3_translation *tr)
{
  const vmk_signature *s = tr->function->signature;
  uint32_t words = 0;
  for (uint32_t i = 0; i < s->count; i++)
    words += j3_slot_words((uint8_t)j3_slot_of_type(s->type[i]));
  if (words > tr->method->max_locals) {
    j3_translate_fail(tr, 0, "Arguments can't fit into locals");
    return;
  }
  tr->queue = j3_translate_alloc(tr, tr->block_count * sizeof *tr->queue);
  types_flow_to(tr, 0, 0, NULL);
  while (tr->queue_count && !tr->failed) {
    while (tr->queue_count && !tr->failed)
      types_block(tr, &tr->blocks[tr->queue[--tr->queue_count]]);
    if (!tr->failed && tr->row_count)
      types_reach_handlers(tr);
    if (!tr->failed && tr->ret_count)
      types_reach_returns(tr);
  }
}
