/* assembly.h -- code that is being put together
 *
 * assembly.c copies stencils and fills their holes, compile.c chooses them for instructions, inline.c
 * does so for calls whose callee becomes part of the caller's code, pin.c keeps registers of loops in
 * machine registers.
 *
 * Registers are slots from fp, the frame's whose code it is, also those of inlined functions: their
 * frames would begin at unit->frame.  Under jit->lock.
 */
#ifndef VMK_JIT_ASSEMBLY_H
#define VMK_JIT_ASSEMBLY_H

#include "base/vec.h"
#include "jit/jit.h"

/* What an address refers to: an instruction, a label of this assembly, a place in the cache. */
typedef enum jit_target_kind { JIT_TO_WHERE, JIT_TO_LABEL, JIT_TO_CACHE } jit_target_kind;
typedef struct jit_target {
  uint32_t kind, value;
} jit_target;

typedef struct jit_fixup {
  uint32_t place;
  int32_t addend;
  jit_target target;
} jit_fixup;

typedef enum jit_stub_kind {
  JIT_STUB_LEAVE,   /* make the frames of inlined calls, then tier 0 */
  JIT_STUB_SLOW,    /* the library, which comes back */
  JIT_STUB_RELOAD,  /* the same, then acc and dacc are loaded again */
  JIT_STUB_SITE,    /* an unresolved site */
  JIT_STUB_CALL,    /* a call that was inlined for another callee */
  JIT_STUB_LANDING, /* where a frame returns to that LEAVE has made */
  JIT_STUB_COUNT,   /* an edge of a branch that is counted */
} jit_stub_kind;

/* A loop with pins: instructions begin .. end of the source. */
enum {
#define PIN(name, number) +1
  JIT_FLOAT_PIN_COUNT = 0 JIT_FLOAT_PINS(PIN),
  JIT_PIN_COUNT = JIT_FLOAT_PIN_COUNT JIT_PINS(PIN)
#undef PIN
};
typedef struct jit_loop {
  uint32_t begin, end;
  uint32_t preheader;                 /* label: the loads, then the first instruction */
  uint32_t pins, slot[JIT_PIN_COUNT]; /* what each mirrors, 0: nothing */
  bool refused;
} jit_loop;

typedef struct jit_stub {
  jit_stub_kind kind;
  uint32_t acc, dacc; /* what is mirrored where it goes back to */
  const jit_loop *loop;
  uint32_t insn, label;
  uint32_t back; /* offset in the code; SITE: label of the cell; COUNT: the edge, see profile.h */
} jit_stub;

typedef struct jit_table {
  uint32_t insn, label;
  uint32_t stub,
      behind; /* of a cell: label, offset in the code; of cases that are counted: first label */
} jit_table;

typedef struct jit_source {
  vmk_insn insn;
  uint32_t pc, unit;
} jit_source;

/* A function of the assembly: units.data[0] is the one that is compiled, others are inlined calls. */
typedef struct jit_unit {
  const vmk_function *function;
  uint32_t caller;  /* unit */
  uint32_t call;    /* the call, in source */
  uint32_t frame;   /* slots */
  uint32_t where;   /* of its first word */
  uint32_t aliases; /* of its arguments, in as->aliases: the slot of the caller to read, or 0 */
  uint32_t last;    /* behind its last instruction in source */
  uint32_t returns; /* how many instructions return */
  uint32_t end;     /* label: behind the inlined call */
  uint32_t landing; /* label: where a frame returns to that LEAVE has made */
} jit_unit;

enum { WHERE_LEADER = 1u << 31, WHERE_NONE = WHERE_LEADER - 1, NO_STUB = UINT32_MAX };

typedef struct jit_assembly {
  struct vmk_jit *jit;
  vmk_function *function; /* of unit 0 */
  VMK_VEC(uint8_t) code;
  VMK_VEC(jit_unit) units;
  VMK_VEC(jit_source) source;
  VMK_VEC(uint32_t) where; /* by unit and word offset: where its code is, and WHERE_LEADER */
  VMK_VEC(uint32_t) aliases;
  VMK_VEC(uint32_t) labels;
  VMK_VEC(jit_fixup) fixups;
  VMK_VEC(jit_stub) stubs;
  VMK_VEC(jit_table) tables;
  VMK_VEC(jit_entry) entries;
  VMK_VEC(jit_loop) loops; /* with pins, of unit 0 */

  /* the instruction being compiled */
  vmk_insn insn;
  uint32_t index, pc, unit;
  int64_t operand[3];   /* filled in for holes A, B, C */
  uint32_t leave, slow; /* its stubs, or NO_STUB */
  jit_stub_kind slow_kind;
  jit_routine routine;
  jit_target target;          /* hole TARGET */
  uint32_t table;             /* label for hole TABLE */
  const vmk_function *callee; /* hole CALLEE */
  const vmk_kind *kind;       /* hole KIND */
  uint32_t *counter;          /* hole COUNTER */
  uint32_t acc, dacc;         /* slots that are mirrored, 0: none */
  const jit_loop *loop;       /* whose pins are valid, or null */
} jit_assembly;

/* --- assembly.c ------------------------------------------------------------------------------------------ */

void jit_assembly_clear(jit_assembly *as, vmk_function *f);
/* Make the i-th instruction of the source the current one. */
void jit_assembly_select(jit_assembly *as, uint32_t i);
/* Append a stencil and fill its holes.  Pinned slots are read from their pins, or not (unpinned). */
void jit_assembly_emit(jit_assembly *as, uint32_t stencil);
void jit_assembly_emit_unpinned(jit_assembly *as, uint32_t stencil);
uint32_t jit_assembly_new_label(jit_assembly *as);
/* A new stub of the current instruction. */
uint32_t jit_assembly_stub(jit_assembly *as, jit_stub_kind kind);
/* Tables: data behind the code. */
void jit_assembly_align(jit_assembly *as, uint32_t to);
void jit_assembly_append(jit_assembly *as, const void *bytes, uint32_t count);
/* Into the cache: the piece, bytes 0 when there is no room. */
jit_piece jit_assembly_place(jit_assembly *as);

static inline void
jit_assembly_bind(jit_assembly *as, uint32_t label)
{
  as->labels.data[label] = (uint32_t)as->code.count;
}

static inline const jit_unit *
jit_assembly_unit(const jit_assembly *as)
{
  return &as->units.data[as->unit];
}

/* Where register `slot` of a unit is. */
static inline uint32_t
jit_assembly_slot(const jit_assembly *as, uint32_t unit, uint32_t slot)
{
  const jit_unit *u = &as->units.data[unit];
  uint32_t argument = slot - VMK_FRAME_HEADER;
  if (unit && argument < as->source.data[u->call].insn.count &&
      as->aliases.data[u->aliases + argument])
    return as->aliases.data[u->aliases + argument];
  return u->frame + slot;
}

static inline uint32_t
jit_assembly_argument(const jit_assembly *as, uint32_t i)
{
  return jit_assembly_slot(as, as->unit, vmk_insn_argument(&as->insn, i));
}

/* --- compile.c ------------------------------------------------------------------------------------------- */

/* Decode a unit's function, behind what there is in the source.  Under vm->link. */
void jit_compile_read(jit_assembly *as, uint32_t unit);
/* Instructions begin .. end of the source. */
void jit_compile_sources(jit_assembly *as, uint32_t begin, uint32_t end);
void jit_compile_insn(jit_assembly *as, uint32_t i);
/* Always: by the slow half of `new`, `new_array`. */
bool jit_compile_allocates_slowly(vmk_op op, const vmk_kind *kind);
void jit_compile_copy(jit_assembly *as, uint32_t to, uint32_t from);
void jit_compile_forget(jit_assembly *as);
void jit_compile_load_operands(jit_assembly *as);
void jit_compile_call(jit_assembly *as);
/* The current unit's profile, null when nothing is to be counted. */
vmk_profile *jit_compile_profile(const jit_assembly *as);
void jit_compile_count(jit_assembly *as, uint32_t *counter);
void jit_compile_jump(jit_assembly *as, uint32_t offset);
/* Does its stencil call a function of C? */
bool jit_compile_calls_c(const vmk_function *f, const vmk_insn *insn);
/* acc, dacc and pins become what the stub says. */
void jit_compile_reload(jit_assembly *as, const jit_stub *stub);

/* --- pin.c ----------------------------------------------------------------------------------------------- */

/* Choose the loops of unit 0 and their pins. */
void jit_pin_find(jit_assembly *as);
/* Instruction i of unit 0 is about to be compiled: its loop begins, or the one before has ended. */
void jit_pin_enter(jit_assembly *as, uint32_t i);
/* Load all pins of the loop, null: none. */
void jit_pin_load(jit_assembly *as, const jit_loop *loop);
/* The slot has been stored to. */
void jit_pin_defined(jit_assembly *as, uint32_t slot);
/* The loop that a branch of the current instruction to pc enters, or null. */
const jit_loop *jit_pin_entered_at(const jit_assembly *as, uint32_t pc);

/* --- inline.c -------------------------------------------------------------------------------------------- */

/* Can the current instruction, a call of unit 0, be inlined? */
bool jit_inline_can(const jit_assembly *as);
/* Compile the current instruction, a call, with its callee's code instead.  False: that cannot be. */
bool jit_inline_call(jit_assembly *as);
/* The current instruction, which returns from an inlined function. */
bool jit_inline_is_return(vmk_op op);
void jit_inline_return(jit_assembly *as);
/* In a stub of the current instruction: make the frames of the inlined calls that it is in. */
void jit_inline_make_frames(jit_assembly *as);
/* The stubs JIT_STUB_CALL and JIT_STUB_LANDING. */
void jit_inline_call_stub(jit_assembly *as, const jit_stub *stub);
void jit_inline_landing(jit_assembly *as, const jit_stub *stub);

#endif
