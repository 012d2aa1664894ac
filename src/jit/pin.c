/* pin.c -- registers of innermost loops, kept in machine registers
 *
 * A pin is a machine register that all stencils hand on as it is.  In a loop that has pins, at every
 * instruction each of them mirrors its slot, as acc mirrors the last one that was defined:
 *
 *     before the loop, at handlers in it       loaded from the frame
 *     what reads the slot                      reads the pin: the stencil's bytes are changed (assembly.c)
 *     what defines the slot                    stores it, as always; then the pin takes acc or dacc
 *     what loses pins (calls, sites, slow      loads them all again, from the frame
 *     halves: the collector may have run)
 *
 * The frame is complete all the same, so who leaves the loop, by whatever way, has nothing to do.
 *
 * A loop is what lies between the target of a backward branch and the last branch to it.  It has pins
 * when no other loop begins in it and nothing jumps into it but to its first instruction, which outsiders
 * find at `preheader`.
 */
#include "jit/assembly.h"

#include <stdlib.h>

#include <jit/stencils.inc>

enum {
  PIN_LOOPS = 64,          /* of a function */
  PIN_INSTRUCTIONS = 1500, /* of a loop */
  PIN_INTEGERS = JIT_PIN_COUNT - JIT_FLOAT_PIN_COUNT,
  PIN_LOSS = 3, /* reads that an instruction costs which loses one pin */
};

static const uint16_t pin_load[JIT_PIN_COUNT] = {
#define PIN(name, number) JIT_x_load_##name,
    JIT_PINS(PIN) JIT_FLOAT_PINS(PIN)
#undef PIN
};
static const uint16_t pin_take[JIT_PIN_COUNT] = {
#define PIN(name, number) JIT_x_take_##name,
    JIT_PINS(PIN) JIT_FLOAT_PINS(PIN)
#undef PIN
};

/* --- use -------------------------------------------------------------------------------------------------- */

void
jit_pin_load(jit_assembly *as, const jit_loop *loop)
{
  for (uint32_t i = 0; loop && i < JIT_PIN_COUNT; i++) {
    as->operand[0] = 8 * (int64_t)loop->slot[i];
    if (loop->slot[i])
      jit_assembly_emit_unpinned(as, pin_load[i]);
  }
}

void
jit_pin_defined(jit_assembly *as, uint32_t slot)
{
  for (uint32_t i = 0; as->loop && i < JIT_PIN_COUNT; i++) {
    if (!slot || as->loop->slot[i] != slot)
      continue;
    bool is_mirrored = slot == (i < PIN_INTEGERS ? as->acc : as->dacc);
    as->operand[0] = 8 * (int64_t)slot;
    jit_assembly_emit_unpinned(as, is_mirrored ? pin_take[i] : pin_load[i]);
  }
}

void
jit_pin_enter(jit_assembly *as, uint32_t i)
{
  if (as->loop && i > as->loop->end)
    as->loop = NULL;
  for (size_t k = 0; k < as->loops.count && !as->loop; k++) {
    jit_loop *loop = &as->loops.data[k];
    if (loop->begin != i)
      continue;
    jit_assembly_bind(as, loop->preheader);
    jit_pin_load(as, loop);
    as->loop = loop;
  }
}

const jit_loop *
jit_pin_entered_at(const jit_assembly *as, uint32_t pc)
{
  for (size_t k = 0; k < as->loops.count; k++) {
    const jit_loop *loop = &as->loops.data[k];
    if (as->source.data[loop->begin].pc == pc && (as->index < loop->begin || as->index > loop->end))
      return loop;
  }
  return NULL;
}

/* --- loops -------------------------------------------------------------------------------------------------- */

/* The instruction at a word offset. */
static uint32_t
pin_source_at(const jit_assembly *as, uint32_t pc)
{
  uint32_t low = 0, high = (uint32_t)as->source.count;
  while (high - low > 1) {
    uint32_t middle = (low + high) / 2;
    if (as->source.data[middle].pc <= pc)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Calls visit(as, i, to) for each edge of a branch, i and `to` in source. */
static void
pin_each_edge(jit_assembly *as, void (*visit)(jit_assembly *, uint32_t, uint32_t))
{
  for (uint32_t i = 0; i < as->source.count; i++) {
    const jit_source *source = &as->source.data[i];
    const vmk_insn *insn = &source->insn;
    if (!(vmk_insn_info(insn)->effects & VMK_BRANCHES))
      continue;
    visit(as, i, pin_source_at(as, (uint32_t)((int32_t)source->pc + insn->target)));
    for (uint32_t k = 0; vmk_insn_is_switch(insn) && k < insn->count; k++)
      visit(as, i, pin_source_at(as, (uint32_t)((int32_t)source->pc + vmk_insn_case(insn, k))));
  }
}

static void
pin_note_loop(jit_assembly *as, uint32_t i, uint32_t to)
{
  if (to > i)
    return;
  for (size_t k = 0; k < as->loops.count; k++)
    if (as->loops.data[k].begin == to) {
      as->loops.data[k].end = i;
      return;
    }
  jit_loop loop = {.begin = to, .end = i};
  if (as->loops.count < PIN_LOOPS)
    vmk_vec_push(&as->loops, loop);
}

/* Into the loop, or, by the table of a switch, to its beginning, which is not where outsiders go. */
static void
pin_refuse_entries(jit_assembly *as, uint32_t i, uint32_t to)
{
  for (size_t k = 0; k < as->loops.count; k++) {
    jit_loop *loop = &as->loops.data[k];
    bool inside = i >= loop->begin && i <= loop->end;
    if (!inside && to <= loop->end &&
        to >= loop->begin + !vmk_insn_is_switch(&as->source.data[i].insn))
      loop->refused = true;
  }
}

static void
pin_refuse_outer(jit_assembly *as)
{
  for (size_t k = 0; k < as->loops.count; k++)
    for (size_t j = 0; j < as->loops.count; j++) {
      const jit_loop *inner = &as->loops.data[j];
      jit_loop *loop = &as->loops.data[k];
      if (j != k && inner->begin >= loop->begin && inner->begin <= loop->end)
        loop->refused = true;
    }
}

/* --- what is worth a pin -------------------------------------------------------------------------------------- */

typedef enum pin_class { PIN_UNUSED, PIN_INTEGER, PIN_DOUBLE, PIN_NEVER } pin_class;
typedef struct pin_slot {
  uint32_t reads;
  pin_class class;
} pin_slot;
enum { PIN_SLOTS = 256 }; /* later ones have no pins */

static void
pin_note_operand(pin_slot *slots, const vmk_insn *insn, uint32_t i, uint32_t mirrored)
{
  vmk_operand kind = (vmk_operand)vmk_insn_info(insn)->operand[i];
  uint32_t slot = (uint32_t)insn->operand[i];
  if (!vmk_operand_is_register(kind) || slot >= PIN_SLOTS)
    return;
  pin_slot *s = &slots[slot];
  pin_class class = kind == VMK_OPERAND_dD || kind == VMK_OPERAND_uD ? PIN_DOUBLE
                    : kind == VMK_OPERAND_dF || kind == VMK_OPERAND_uF || kind == VMK_OPERAND_uG
                        ? PIN_NEVER
                    : kind == VMK_OPERAND_dV || kind == VMK_OPERAND_uV ? s->class
                                                                       : PIN_INTEGER;
  s->class = s->class == PIN_UNUSED || s->class == class ? class : PIN_NEVER;
  s->reads += vmk_operand_uses(kind) && slot != mirrored;
}

/* Does it lose pins, in compiled code? */
static bool
pin_is_lost(jit_assembly *as, uint32_t i)
{
  const vmk_insn *insn = &as->source.data[i].insn;
  if (!(vmk_insn_info(insn)->effects & VMK_CALLS))
    return insn->site || jit_compile_calls_c(as->function, insn);
  jit_assembly_select(as, i);
  return insn->site || !jit_inline_can(as);
}

/* Count the reads of each slot in the loop.  How many instructions lose pins. */
static uint32_t
pin_look(jit_assembly *as, jit_loop *loop, pin_slot *slots)
{
  uint32_t mirrored = 0, lost = 0;
  for (uint32_t i = loop->begin; i <= loop->end; i++) {
    const vmk_insn *insn = &as->source.data[i].insn;
    const vmk_op_info *info = vmk_insn_info(insn);
    for (uint32_t k = 0; k < 3; k++)
      pin_note_operand(slots, insn, k, mirrored);
    for (uint32_t k = 0; k < insn->count && !vmk_insn_is_switch(insn); k++) {
      uint32_t slot = vmk_insn_argument(insn, k);
      if (slot < PIN_SLOTS)
        slots[slot].reads += slot != mirrored;
    }
    bool is_lost = pin_is_lost(as, i);
    lost += is_lost;
    if (is_lost && info->effects & VMK_BRANCHES)
      loop->refused = true; /* its target would have to load them */
    mirrored = vmk_operand_defines((vmk_operand)info->operand[0]) ? (uint32_t)insn->operand[0] : 0;
  }
  return lost;
}

/* The best slots of a class get the pins from `pin` on.  How many reads are saved. */
static uint32_t
pin_assign(jit_loop *loop, pin_slot *slots, pin_class class, uint32_t pin, uint32_t end)
{
  uint32_t saved = 0;
  for (; pin < end; pin++) {
    uint32_t best = 0;
    for (uint32_t slot = VMK_FRAME_HEADER; slot < PIN_SLOTS; slot++)
      if (slots[slot].class == class && slots[slot].reads > slots[best].reads)
        best = slot;
    if (!best)
      break;
    saved += slots[best].reads;
    loop->slot[pin] = best;
    loop->pins++;
    slots[best].reads = 0;
  }
  return saved;
}

static void
pin_choose(jit_assembly *as, jit_loop *loop)
{
  pin_slot slots[PIN_SLOTS] = {0};
  if (loop->refused || loop->end - loop->begin > PIN_INSTRUCTIONS) {
    loop->refused = true;
    return;
  }
  uint32_t lost = pin_look(as, loop, slots);
  uint32_t saved = pin_assign(loop, slots, PIN_INTEGER, 0, PIN_INTEGERS);
  saved += pin_assign(loop, slots, PIN_DOUBLE, PIN_INTEGERS, JIT_PIN_COUNT);
  if (as->jit->vm->tier.pins != VMK_TIER_PINS_ALWAYS)
    loop->refused |= saved <= PIN_LOSS * lost * loop->pins;
}

void
jit_pin_find(jit_assembly *as)
{
  if (as->jit->vm->tier.pins == VMK_TIER_PINS_OFF)
    return;
  pin_each_edge(as, pin_note_loop);
  if (!as->loops.count)
    return;
  pin_each_edge(as, pin_refuse_entries);
  pin_refuse_outer(as);
  size_t kept = 0;
  for (size_t k = 0; k < as->loops.count; k++) {
    jit_loop *loop = &as->loops.data[k];
    pin_choose(as, loop);
    loop->preheader = jit_assembly_new_label(as);
    if (!loop->refused)
      as->loops.data[kept++] = *loop;
  }
  as->loops.count = kept;
  as->jit->statistics.pinned += kept;
}
