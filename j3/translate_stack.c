/* translate_stack.c -- the virtual operand stack: most pushes and pops emit nothing
 *
 * A stack entry is a constant, or a register that holds the value: the register of the local it was
 * loaded from, of another entry it was copied from, or of its own slot.  Invariants:
 *
 *   - uses[r] counts the stack entries and values in flight that are register r;
 *   - before r is written, entries that are r move out of it (j3_stack_evict), so an entry always reads
 *     what it was pushed as;
 *   - at the end of a block every entry is in its slot's own register (j3_stack_flush);
 *   - values in flight (popped by the current instruction) stay readable until the instruction has emitted
 *     its operation: a flush copies those it would overwrite.  The operation itself may write a register it
 *     reads.
 */
#include "translate.h"

#include <stdlib.h>

static uint32_t *
stack_uses(j3_translation *tr, vmk_reg reg)
{
  if (reg.index >= tr->uses_capacity) {
    uint32_t capacity = 2 * reg.index + 64;
    uint32_t *grown = j3_translate_alloc(tr, capacity * sizeof *grown);
    if (tr->uses_capacity)
      memcpy(grown, tr->uses, tr->uses_capacity * sizeof *grown);
    tr->uses = grown;
    tr->uses_capacity = capacity;
  }
  return &tr->uses[reg.index];
}

static void
stack_count(j3_translation *tr, const j3_value *v, int by)
{
  if (!v->constant)
    *stack_uses(tr, v->reg) += (uint32_t)by;
}

vmk_reg
j3_local_reg(j3_translation *tr, uint32_t index, uint8_t type)
{
  uint32_t *r = &tr->local_regs[index * J3_SLOT_COUNT + type];
  if (!*r)
    *r = vmk_build_register(tr->b, j3_type_of_slot(type)).index + 1;
  return (vmk_reg){*r - 1};
}

/* The own register of a slot with `words` beneath it. */
static vmk_reg
stack_slot_reg(j3_translation *tr, uint32_t words, uint8_t type)
{
  uint32_t *r = &tr->stack_regs[words * J3_SLOT_COUNT + type];
  if (!*r)
    *r = vmk_build_register(tr->b, j3_type_of_slot(type)).index + 1;
  return (vmk_reg){*r - 1};
}

vmk_reg
j3_stack_exception_reg(j3_translation *tr)
{
  return stack_slot_reg(tr, 0, J3_SLOT_REF);
}

/* A temporary without uses; only the first few are looked at, so that this stays constant time. */
static vmk_reg
stack_free_temp(j3_translation *tr, uint8_t type)
{
  enum { LOOK = 32 };
  if (!tr->temps[type])
    tr->temps[type] = j3_translate_alloc(tr, LOOK * sizeof(vmk_reg));
  for (uint32_t i = 0; i < tr->temp_count[type]; i++)
    if (*stack_uses(tr, tr->temps[type][i]) == 0)
      return tr->temps[type][i];
  vmk_reg reg = vmk_build_register(tr->b, j3_type_of_slot(type));
  if (tr->temp_count[type] < LOOK)
    tr->temps[type][tr->temp_count[type]++] = reg;
  return reg;
}

static void
stack_load_constant(j3_translation *tr, vmk_reg to, const j3_value *v)
{
  uint32_t low = (uint32_t)v->bits;
  float f;
  double d;
  switch ((j3_slot)v->type) {
  case J3_SLOT_INT:
  case J3_SLOT_ADDRESS: vmk_emit_const_i32(tr->b, to, (int32_t)low); break;
  case J3_SLOT_LONG: vmk_emit_const_i64(tr->b, to, (int64_t)v->bits); break;
  case J3_SLOT_FLOAT:
    memcpy(&f, &low, sizeof f);
    vmk_emit_const_f32(tr->b, to, f);
    break;
  case J3_SLOT_DOUBLE:
    memcpy(&d, &v->bits, sizeof d);
    vmk_emit_const_f64(tr->b, to, d);
    break;
  case J3_SLOT_REF: vmk_emit_const_null(tr->b, to); break;
  case J3_SLOT_COUNT: break;
  }
}

void
j3_local_clear(j3_translation *tr, uint32_t index, uint8_t type)
{
  j3_value zero = {.type = type, .constant = true};
  if (!tr->local_regs[index * J3_SLOT_COUNT + type])
    stack_load_constant(tr, j3_local_reg(tr, index, type), &zero);
}

/* Make `v` (an entry or a value in flight) live in `to`. */
static void
stack_move_value(j3_translation *tr, j3_value *v, vmk_reg to)
{
  if (v->constant)
    stack_load_constant(tr, to, v);
  else
    vmk_emit_move(tr->b, to, v->reg);
  stack_count(tr, v, -1);
  v->constant = false;
  v->reg = to;
  stack_count(tr, v, 1);
}

/* --- pushing and popping ----------------------------------------------------------------------------- */

void
j3_stack_push(j3_translation *tr, j3_value v)
{
  tr->words += j3_slot_words(v.type);
  VMK_ASSERT(tr->words <= tr->method->max_stack);
  tr->stack[tr->depth++] = v;
  stack_count(tr, &v, 1);
}

void
j3_stack_push_reg(j3_translation *tr, uint8_t type, vmk_reg reg)
{
  j3_stack_push(tr, (j3_value){.type = type, .reg = reg});
}

void
j3_stack_push_constant(j3_translation *tr, uint8_t type, uint64_t bits)
{
  j3_stack_push(tr, (j3_value){.type = type, .constant = true, .bits = bits});
}

static j3_value *
stack_hold(j3_translation *tr, j3_value v)
{
  VMK_ASSERT(tr->in_flight_count < J3_IN_FLIGHT);
  tr->in_flight[tr->in_flight_count] = v;
  return &tr->in_flight[tr->in_flight_count++];
}

j3_value *
j3_stack_pop(j3_translation *tr)
{
  j3_value *v = stack_hold(tr, tr->stack[--tr->depth]);
  tr->words -= j3_slot_words(v->type);
  return v;
}

void
j3_stack_release(j3_translation *tr)
{
  for (uint32_t i = 0; i < tr->in_flight_count; i++)
    stack_count(tr, &tr->in_flight[i], -1);
  tr->in_flight_count = 0;
}

vmk_reg
j3_stack_temp(j3_translation *tr, uint8_t type)
{
  j3_value v = {.type = type, .reg = stack_free_temp(tr, type)};
  stack_count(tr, &v, 1);
  return stack_hold(tr, v)->reg;
}

vmk_reg
j3_stack_reg(j3_translation *tr, j3_value *v)
{
  if (v->constant)
    stack_move_value(tr, v, stack_free_temp(tr, v->type));
  return v->reg;
}

vmk_reg
j3_stack_pop_reg(j3_translation *tr)
{
  return j3_stack_reg(tr, j3_stack_pop(tr));
}

/* --- moving out of the way ------------------------------------------------------------------------------ */

void
j3_stack_evict(j3_translation *tr, vmk_reg reg)
{
  if (*stack_uses(tr, reg) == 0)
    return;
  for (uint32_t i = 0, words = 0; i < tr->depth; i++) {
    j3_value *v = &tr->stack[i];
    if (!v->constant && v->reg.index == reg.index) {
      vmk_reg own = stack_slot_reg(tr, words, v->type);
      bool free = *stack_uses(tr, own) == 0 && own.index != reg.index;
      stack_move_value(tr, v, free ? own : stack_free_temp(tr, v->type));
    }
    words += j3_slot_words(v->type);
  }
}

/* The same for values in flight, for who writes registers before the operation reads them. */
static void
stack_evict_in_flight(j3_translation *tr, vmk_reg reg)
{
  for (uint32_t i = 0; i < tr->in_flight_count; i++) {
    j3_value *v = &tr->in_flight[i];
    if (!v->constant && v->reg.index == reg.index)
      stack_move_value(tr, v, stack_free_temp(tr, v->type));
  }
}

void
j3_stack_flush(j3_translation *tr)
{
  for (uint32_t i = 0, words = 0; i < tr->depth; i++) {
    j3_value *v = &tr->stack[i];
    vmk_reg own = stack_slot_reg(tr, words, v->type);
    words += j3_slot_words(v->type);
    if (!v->constant && v->reg.index == own.index)
      continue;
    if (*stack_uses(tr, own)) {
      j3_stack_evict(tr, own);
      stack_evict_in_flight(tr, own);
    }
    stack_move_value(tr, v, own);
  }
}

void
j3_stack_begin_block(j3_translation *tr, const j3_types *entry)
{
  for (uint32_t i = 0; i < tr->depth; i++)
    stack_count(tr, &tr->stack[i], -1);
  tr->depth = tr->words = 0;
  uint32_t count = 0;
  for (const j3_types *s = entry; s; s = s->below)
    tr->stack[count++].type = s->type;
  for (uint32_t i = 0; i < count / 2; i++) {
    uint8_t type = tr->stack[i].type;
    tr->stack[i].type = tr->stack[count - 1 - i].type;
    tr->stack[count - 1 - i].type = type;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint8_t type = tr->stack[i].type;
    j3_stack_push_reg(tr, type, stack_slot_reg(tr, tr->words, type));
  }
}

/* --- results ------------------------------------------------------------------------------------------------ */

bool
j3_translate_peek(j3_translation *tr, j3_instruction *next)
{
  uint32_t at = tr->in.bci + tr->in.length;
  return !tr->watched && at < tr->block_end && j3_bytecode_decode(tr->code, tr->length, at, next);
}

/* Is the next instruction the store of a value of this type?  Then its local. */
static bool
stack_store_follows(j3_translation *tr, uint8_t type, uint32_t *local)
{
  j3_instruction next;
  if (type == J3_SLOT_ADDRESS || !j3_translate_peek(tr, &next))
    return false;
  *local = next.index;
  if (next.op >= J3_BC_istore && next.op <= J3_BC_astore)
    return next.op - J3_BC_istore == type;
  if (next.op >= J3_BC_istore_0 && next.op <= J3_BC_astore_3)
    return (next.op - J3_BC_istore_0) / 4 == type;
  return false;
}

vmk_reg
j3_stack_target(j3_translation *tr, uint8_t type)
{
  uint32_t local;
  tr->fused = stack_store_follows(tr, type, &local);
  vmk_reg to = tr->fused ? j3_local_reg(tr, local, type) : stack_slot_reg(tr, tr->words, type);
  j3_stack_evict(tr, to);
  return to;
}

void
j3_stack_push_target(j3_translation *tr, uint8_t type, vmk_reg target)
{
  if (!tr->fused)
    j3_stack_push(tr, (j3_value){.type = type, .narrow = tr->narrow, .reg = target});
}

vmk_reg
j3_stack_narrow(j3_translation *tr, j3_value *v, uint8_t type)
{
  static const uint16_t ops[VMK_TYPE_COUNT] = {[VMK_TYPE_I8] = VMK_OP_sext8_i32,
                                               [VMK_TYPE_U8] = VMK_OP_zext8_i32,
                                               [VMK_TYPE_I16] = VMK_OP_sext16_i32,
                                               [VMK_TYPE_U16] = VMK_OP_zext16_i32};
  bool bit = v->constant && v->bits <= 1; /* fits every type */
  if (type < VMK_TYPE_I8 || v->narrow == type || v->narrow == VMK_TYPE_BOOL || bit)
    return j3_stack_reg(tr, v);
  vmk_reg from = j3_stack_reg(tr, v), to = j3_stack_temp(tr, J3_SLOT_INT);
  if (type == VMK_TYPE_BOOL)
    vmk_emit_rri(tr->b, VMK_OP_and_i32, to, from, 1);
  else
    vmk_emit_rr(tr->b, ops[type], to, from);
  return to;
}

void
j3_stack_store(j3_translation *tr, uint32_t local, j3_value *v)
{
  vmk_reg to = j3_local_reg(tr, local, v->type);
  if (!v->constant && v->reg.index == to.index)
    return;
  j3_stack_evict(tr, to);
  if (v->constant)
    stack_load_constant(tr, to, v);
  else
    vmk_emit_move(tr->b, to, v->reg);
}
