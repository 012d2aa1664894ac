/* assembly.c -- stencils are copied, holes filled, the result placed in the cache
 *
 * Code is put together in a buffer at offset 0, with a list of the places that need an address; when
 * its size is known it gets its place in the cache and the list is worked off.
 */
#include "jit/assembly.h"

#include <stdlib.h>
#include <string.h>

#define JIT_STENCIL_TABLES
#include <jit/stencils.inc> /* written by the build */

jit_assembly *
jit_assembly_new(struct vmk_jit *jit)
{
  jit_assembly *as = vmk_calloc(1, sizeof *as);
  as->jit = jit;
  return as;
}

void
jit_assembly_free(jit_assembly *as)
{
  vmk_vec_fini(&as->code);
  vmk_vec_fini(&as->units);
  vmk_vec_fini(&as->source);
  vmk_vec_fini(&as->where);
  vmk_vec_fini(&as->aliases);
  vmk_vec_fini(&as->labels);
  vmk_vec_fini(&as->fixups);
  vmk_vec_fini(&as->stubs);
  vmk_vec_fini(&as->tables);
  vmk_vec_fini(&as->entries);
  vmk_vec_fini(&as->loops);
  free(as);
}

const uint8_t *
jit_stencil_data(size_t *bytes)
{
  *bytes = sizeof jit_data;
  return jit_data;
}

void
jit_assembly_clear(jit_assembly *as, vmk_function *f)
{
  as->function = f;
  vmk_vec_clear(&as->code);
  vmk_vec_clear(&as->units);
  vmk_vec_clear(&as->source);
  vmk_vec_clear(&as->where);
  vmk_vec_clear(&as->aliases);
  vmk_vec_clear(&as->labels);
  vmk_vec_clear(&as->fixups);
  vmk_vec_clear(&as->stubs);
  vmk_vec_clear(&as->tables);
  vmk_vec_clear(&as->entries);
  vmk_vec_clear(&as->loops);
  as->loop = NULL;
  as->acc = as->dacc = as->unit = 0;
  jit_unit whole = {.function = f};
  vmk_vec_push(&as->units, whole);
}

void
jit_assembly_select(jit_assembly *as, uint32_t i)
{
  const jit_source *source = &as->source.data[i];
  as->insn = source->insn;
  as->index = i;
  as->pc = source->pc;
  as->unit = source->unit;
  as->leave = as->slow = NO_STUB;
  as->slow_kind = JIT_STUB_SLOW;
}

/* --- holes --------------------------------------------------------------------------------------------- */

uint32_t
jit_assembly_new_label(jit_assembly *as)
{
  vmk_vec_push(&as->labels, 0);
  return (uint32_t)as->labels.count - 1;
}

uint32_t
jit_assembly_stub(jit_assembly *as, jit_stub_kind kind)
{
  jit_stub stub = {.kind = kind,
                   .acc = as->acc,
                   .dacc = as->dacc,
                   .loop = as->loop,
                   .insn = as->index,
                   .label = jit_assembly_new_label(as)};
  vmk_vec_push(&as->stubs, stub);
  return (uint32_t)as->stubs.count - 1;
}

/* Stub *which of the current instruction, made when it is first referred to. */
static jit_target
assembly_to_stub(jit_assembly *as, uint32_t *which, jit_stub_kind kind)
{
  if (*which == NO_STUB)
    *which = jit_assembly_stub(as, kind);
  return (jit_target){JIT_TO_LABEL, as->stubs.data[*which].label};
}

static uint64_t
assembly_constant(const jit_assembly *as, uint32_t i)
{
  return jit_assembly_unit(as)->function->constants[as->insn.constant + i];
}

/* Values that are numbers. */
static uint64_t
assembly_value(const jit_assembly *as, jit_hole hole)
{
  const vmk_insn *insn = &as->insn;
  switch (hole) {
  case JIT_HOLE_A: return (uint64_t)as->operand[0];
  case JIT_HOLE_B: return (uint64_t)as->operand[1];
  case JIT_HOLE_C: return (uint64_t)as->operand[2];
  case JIT_HOLE_IMM:
  case JIT_HOLE_LOW: return (uint64_t)insn->imm;
  case JIT_HOLE_L0:
  case JIT_HOLE_L1:
  case JIT_HOLE_L2:
  case JIT_HOLE_L3: return 8 * (uint64_t)jit_assembly_argument(as, hole - JIT_HOLE_L0);
  case JIT_HOLE_COUNT: return insn->count;
  case JIT_HOLE_INDEX: return as->pc;
  case JIT_HOLE_WINDOW: return 8 * (uint64_t)as->function->frame_slots;
  case JIT_HOLE_SIZE: return ((const vmk_kind *)assembly_constant(as, 0))->size;
  case JIT_HOLE_CONSTANT: return assembly_constant(as, 0);
  case JIT_HOLE_CONSTANT2: return assembly_constant(as, 2);
  case JIT_HOLE_CELL:
    return (uintptr_t)&jit_assembly_unit(as)->function->constants[insn->constant + 2];
  case JIT_HOLE_RETURN:
    return (uintptr_t)(jit_assembly_unit(as)->function->code + as->pc + insn->length);
  case JIT_HOLE_DESTINATION: return (uint64_t)insn->operand[0] << VMK_FRAME_TAG_SHIFT;
  case JIT_HOLE_HEADER: return vmk_kind_header((const vmk_kind *)assembly_constant(as, 0));
  case JIT_HOLE_CALLEE: return (uintptr_t)as->callee;
  case JIT_HOLE_KIND: return (uintptr_t)as->kind;
  case JIT_HOLE_COUNTER: return (uintptr_t)as->counter;
  case JIT_HOLE_CONT:
  case JIT_HOLE_TARGET:
  case JIT_HOLE_LEAVE:
  case JIT_HOLE_SLOW:
  case JIT_HOLE_ROUTINE:
  case JIT_HOLE_NEXT:
  case JIT_HOLE_TABLE:
  case JIT_HOLE_DATA:
  case JIT_HOLE_EXTERNAL: break;
  }
  VMK_ASSERT(!"a hole for a number");
  return 0;
}

/* What an address in code is of.  Slow halves work on a frame: inlined code has none. */
static jit_target
assembly_target(jit_assembly *as, uint32_t hole)
{
  switch (hole) {
  case JIT_HOLE_TARGET: return as->target;
  case JIT_HOLE_SLOW:
    if (!as->unit)
      return assembly_to_stub(as, &as->slow, as->slow_kind);
    [[fallthrough]];
  case JIT_HOLE_LEAVE: return assembly_to_stub(as, &as->leave, JIT_STUB_LEAVE);
  case JIT_HOLE_ROUTINE: return (jit_target){JIT_TO_CACHE, as->jit->routines[as->routine]};
  case JIT_HOLE_TABLE: return (jit_target){JIT_TO_LABEL, as->table};
  case JIT_HOLE_DATA: return (jit_target){JIT_TO_CACHE, as->jit->data};
  default:
    VMK_ASSERT(hole >= JIT_HOLE_EXTERNAL);
    return (jit_target){JIT_TO_CACHE, as->jit->routines[hole - JIT_HOLE_EXTERNAL]};
  }
}

static void
assembly_store(jit_assembly *as, uint32_t place, uint64_t value, uint32_t bytes)
{
  memcpy(as->code.data + place, &value, bytes);
}

/* --- pins ---------------------------------------------------------------------------------------------- */

enum { NO_PIN = 0xff, ADDRESS_BYTES = 5 /* SIB and displacement */ };

/* The machine register to read instead of the slot of a relocation, or NO_PIN. */
static uint32_t
assembly_pin(const jit_assembly *as, const jit_relocation *r)
{
  static const uint8_t numbers[JIT_PIN_COUNT] = {
#define PIN(name, number) number,
      JIT_PINS(PIN) JIT_FLOAT_PINS(PIN)
#undef PIN
  };
  enum { INTEGERS = JIT_PIN_COUNT - JIT_FLOAT_PIN_COUNT };
  if (!as->loop || r->form < JIT_FORM_READ)
    return NO_PIN;
  bool is_float = r->form == JIT_FORM_READ_F64;
  uint64_t slot = assembly_value(as, (jit_hole)r->hole) / 8;
  for (uint32_t i = is_float ? INTEGERS : 0; i < (is_float ? JIT_PIN_COUNT : INTEGERS); i++)
    if (as->loop->slot[i] == slot)
      return numbers[i];
  return NO_PIN;
}

/* The instruction with its displacement at `place` reads a register.  The address disappears, or where
 * bytes must not move a nop of its size is put before the instruction. */
static void
assembly_read_pin(jit_assembly *as, uint32_t place, jit_form form, uint32_t pin, bool moves)
{
  static const uint8_t nop[ADDRESS_BYTES] = {0x0f, 0x1f, 0x44, 0, 0};
  uint8_t *b = as->code.data + place;
  uint8_t *rex = b - (form == JIT_FORM_READ ? 4 : 5), *begin = rex - (form == JIT_FORM_READ_F64);
  *rex = (uint8_t)((*rex & ~1u) | pin >> 3);
  b[-2] = (uint8_t)(0xc0 | (b[-2] & 0x38) | (pin & 7));
  if (form == JIT_FORM_READ_F64 && b[-3] == 0x10) { /* movsd would keep the upper half: movapd */
    *begin = 0x66;
    b[-3] = 0x28;
  }
  if (moves) {
    memmove(b - 1, b + 4, as->code.count - (place + 4));
    as->code.count -= ADDRESS_BYTES;
  } else {
    memmove(begin + ADDRESS_BYTES, begin, (size_t)(b - 1 - begin));
    memcpy(begin, nop, sizeof nop);
  }
}

static void
assembly_use_pins(jit_assembly *as, const jit_stencil *s, uint32_t at)
{
  const jit_relocation *first = &jit_relocations[s->relocation];
  for (const jit_relocation *r = first + s->relocation_count; r-- > first;) {
    uint32_t pin = assembly_pin(as, r);
    if (pin != NO_PIN)
      assembly_read_pin(as, at + r->offset, (jit_form)r->form, pin, !s->jumps);
  }
}

/* --- stencils ------------------------------------------------------------------------------------------ */

void
jit_assembly_emit_unpinned(jit_assembly *as, uint32_t stencil)
{
  const jit_loop *loop = as->loop;
  as->loop = NULL;
  jit_assembly_emit(as, stencil);
  as->loop = loop;
}

void
jit_assembly_emit(jit_assembly *as, uint32_t stencil)
{
  const jit_stencil *s = &jit_stencils[stencil];
  uint32_t at = (uint32_t)as->code.count;
  vmk_vec_reserve(&as->code, s->size);
  memcpy(as->code.data + at, jit_code + s->code, s->size);
  as->code.count += s->size;
  assembly_use_pins(as, s, at);
  uint32_t end = (uint32_t)as->code.count;
  const jit_relocation *r = &jit_relocations[s->relocation];
  for (const jit_relocation *last = r + s->relocation_count; r < last; r++) {
    uint32_t place = at + r->offset;
    if (assembly_pin(as, r) != NO_PIN) {
      at -= s->jumps ? 0 : ADDRESS_BYTES; /* what is behind has moved */
    } else if (r->form != JIT_FORM_RELATIVE) {
      uint64_t value = assembly_value(as, (jit_hole)r->hole) + (uint64_t)r->addend;
      assembly_store(as, place, value, r->form == JIT_FORM_64 ? 8 : 4);
    } else if (r->hole == JIT_HOLE_CONT || r->hole == JIT_HOLE_NEXT) {
      assembly_store(as, place, end + (uint32_t)r->addend - place, 4);
    } else {
      jit_fixup fixup = {place, r->addend, assembly_target(as, r->hole)};
      vmk_vec_push(&as->fixups, fixup);
    }
  }
}

void
jit_assembly_align(jit_assembly *as, uint32_t to)
{
  while (as->code.count % to)
    vmk_vec_push(&as->code, 0xcc);
}

void
jit_assembly_append(jit_assembly *as, const void *bytes, uint32_t count)
{
  vmk_vec_reserve(&as->code, count);
  memcpy(as->code.data + as->code.count, bytes, count);
  as->code.count += count;
}

/* --- placing ------------------------------------------------------------------------------------------- */

static uint32_t
assembly_offset(const jit_assembly *as, jit_target target)
{
  switch ((jit_target_kind)target.kind) {
  case JIT_TO_WHERE: return as->where.data[target.value] & ~WHERE_LEADER;
  case JIT_TO_LABEL: return as->labels.data[target.value];
  case JIT_TO_CACHE: break;
  }
  return 0;
}

static void
assembly_fill_cells(jit_assembly *as, const char *run)
{
  for (size_t i = 0; i < as->tables.count; i++) {
    const jit_table *table = &as->tables.data[i];
    if (!as->source.data[table->insn].insn.site)
      continue;
    jit_cell cell = {run + as->labels.data[table->stub], run + table->behind};
    memcpy(as->code.data + as->labels.data[table->label], &cell, sizeof cell);
  }
}

jit_piece
jit_assembly_place(jit_assembly *as)
{
  jit_cache *cache = &as->jit->cache;
  jit_piece piece = {0, (uint32_t)as->code.count};
  piece.offset = jit_cache_take(cache, piece.bytes);
  if (!piece.offset) {
    as->jit->statistics.full++;
    as->jit->is_full = true;
    return (jit_piece){0, 0};
  }
  for (size_t i = 0; i < as->fixups.count; i++) {
    const jit_fixup *fixup = &as->fixups.data[i];
    uint32_t to = fixup->target.kind == JIT_TO_CACHE
                      ? fixup->target.value
                      : piece.offset + assembly_offset(as, fixup->target);
    assembly_store(as, fixup->place, to + (uint32_t)fixup->addend - (piece.offset + fixup->place),
                   4);
  }
  assembly_fill_cells(as, cache->run + piece.offset);
  memcpy(cache->edit + piece.offset, as->code.data, piece.bytes);
  as->jit->statistics.code_bytes += piece.bytes;
  return piece;
}

bool
jit_assembly_place_of(const jit_assembly *as, uint32_t i, jit_code_place *out)
{
  if (i >= as->source.count)
    return false;
  const jit_source *source = &as->source.data[i];
  const jit_unit *unit = &as->units.data[source->unit];
  uint32_t where = as->where.data[unit->where + source->pc];
  *out = (jit_code_place){source->pc, (uint32_t)source->insn.op, where & ~WHERE_LEADER,
                          source->unit ? unit->function : NULL};
  return true;
}
