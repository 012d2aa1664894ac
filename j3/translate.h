/* translate.h -- bytecode to IR: what the passes share
 *
 * Passes over one method, each linear in its size:
 *
 *     translate_scan.c    instructions, leaders, basic blocks; the shape of the code is checked
 *     translate_types.c   abstract interpretation: the operand types at every block's entry
 *     translate_locks.c   another one, of methods with monitors: are they exited whatever happens
 *     translate_code.c    emission in bytecode order, over the virtual stack of translate_stack.c
 *     translate_object.c  fields, calls, constants, type checks: what the constant pool decides
 *
 * A pass that finds the code malformed calls j3_translate_fail and returns; every loop stops on
 * tr->failed.  What the types pass accepted, later passes assert.
 *
 * A local is a register per (index, type), a stack slot one per (depth, type), made when first needed:
 * so locals need no abstract state at all.  Code that reads a local as a type it was not written as
 * (only unverified code can) finds null or an arbitrary number, never a reference that is not one.
 */
#ifndef J3_TRANSLATE_H
#define J3_TRANSLATE_H

#include <vmkit/vmk_ir.h>

#include "bytecode.h"
#include "j3.h"

typedef enum j3_slot {
  J3_SLOT_INT,
  J3_SLOT_LONG,
  J3_SLOT_FLOAT,
  J3_SLOT_DOUBLE,
  J3_SLOT_REF,
  J3_SLOT_ADDRESS, /* jsr's: the number of the return site, in an i32 register of its own */
  J3_SLOT_COUNT,
} j3_slot;

/* An operand stack's types, top first.  Hash-consed: equal stacks are one pointer, null is empty. */
typedef struct j3_types {
  const struct j3_types *below;
  uint32_t words;      /* this and all below; long and double count two */
  uint32_t subroutine; /* ADDRESS: where the jsr went, else 0 */
  uint8_t type;
} j3_types;

typedef struct j3_block {
  uint32_t begin, end; /* bci */
  const j3_types *entry;
  vmk_label label;
  bool reached, queued;
} j3_block;

typedef struct j3_handler_row {
  uint16_t begin, end, handler, type;
  bool reached; /* some covered block is */
} j3_handler_row;

/* A jsr: its return address is its index in tr->jsrs. */
typedef struct j3_jsr {
  uint32_t bci, target, next;
} j3_jsr;

/* A value of the virtual stack: a register that holds it, or a constant not yet in one. */
typedef struct j3_value {
  uint8_t type; /* j3_slot */
  bool constant;
  uint8_t narrow; /* int: the vmk_type whose range it is known to be in, or 0 */
  vmk_reg reg;    /* not constant */
  uint64_t bits;  /* constant: int, long, or the bits of a float, double; null is 0 */
} j3_value;

enum { J3_IN_FLIGHT = 264 };

typedef struct j3_translation {
  vmk_thread *thread;
  j3_method *method;
  j3_class *class;
  j3_pool *pool;
  vmk_function *function;
  vmk_builder *b;
  bool failed;
  bool trusted; /* boot class: its constant pool is believed */
  char message[200];

  /* scan */
  const uint8_t *code;
  uint32_t length;
  uint8_t *marks;     /* per bci: TRANSLATE_* of translate_scan.c */
  uint32_t *block_at; /* per bci: index of the block that begins there */
  j3_block *blocks;
  uint32_t block_count;
  j3_handler_row *rows;
  uint32_t row_count;
  j3_jsr *jsrs;
  uint32_t jsr_count;
  bool has_monitors; /* monitorenter, monitorexit */
  bool assigns_this; /* stores to local 0 */

  /* types */
  const j3_types **interned;
  uint32_t interned_mask, interned_count;
  uint32_t *queue, queue_count;
  struct j3_ret_site *rets;
  uint32_t ret_count;
  uint32_t *stored_address; /* pairs local, subroutine */
  uint32_t stored_address_count, stored_address_capacity;

  /* code */
  j3_instruction in; /* being translated */
  uint32_t block_end;
  uint8_t narrow;       /* j3_value.narrow of the result about to be pushed */
  bool fused;           /* the next instruction was translated with this one */
  uint32_t *local_regs; /* [index * J3_SLOT_COUNT + type] register + 1 */
  uint32_t *stack_regs; /* [words below * J3_SLOT_COUNT + type] register + 1 */
  uint32_t *uses;       /* per register: entries of the virtual stack and values in flight */
  uint32_t uses_capacity;
  vmk_reg *temps[J3_SLOT_COUNT];
  uint32_t temp_count[J3_SLOT_COUNT];
  j3_value *stack;
  uint32_t depth, words;
  j3_value *in_flight; /* [J3_IN_FLIGHT] popped by the instruction being translated */
  uint32_t in_flight_count;
  vmk_reg lock; /* synchronized: what is locked */
  bool watched; /* translate_watch.c: the two registers + 1 of its looks, where the method begins */
  uint32_t watch_regs[2];
  vmk_label watch_begin;
  vmk_reg account; /* monitors entered, where that is not known; translate_monitor.c */

  struct j3_chunk *chunks; /* memory of the translation */
} j3_translation;

/* --- translate.c ---------------------------------------------------------------------------------- */

/* Zeroed memory that lives as long as the translation. */
void *j3_translate_alloc(j3_translation *tr, size_t bytes);
void j3_translate_fail(j3_translation *tr, uint32_t bci, const char *format, ...) VMK_PRINTF(3, 4);

/* The monitors that monitorenter has entered and monitorexit not exited in the activation of m that
 * `frame` is, oldest first, as new local handles; returns how many, at most `room`. Leaf. */
uint32_t j3_translate_held(vmk_thread *t, const vmk_frame *frame, j3_method *m, vmk_handle *out,
                           uint32_t room);

/* --- translate_scan.c ----------------------------------------------------------------------------- */

void j3_translate_scan(j3_translation *tr);
/* The block that begins at a branch target; null: no instruction begins there. */
j3_block *j3_translate_block_at(const j3_translation *tr, uint32_t bci);

/* --- translate_types.c ---------------------------------------------------------------------------- */

void j3_translate_types(j3_translation *tr);
/* May `ret` of this local return to that jsr? */
bool j3_translate_returns_to(const j3_translation *tr, uint32_t local, const j3_jsr *jsr,
                             const j3_types *stack);
const j3_types *j3_translate_ret_stack(const j3_translation *tr, uint32_t bci); /* at a ret */
static inline uint32_t
j3_slot_words(uint8_t type)
{
  return type == J3_SLOT_LONG || type == J3_SLOT_DOUBLE ? 2 : 1;
}
j3_slot j3_slot_of_type(uint8_t vmk_type_of_value);
j3_slot j3_slot_of_letter(char c); /* of an effect string or a field descriptor */
vmk_type j3_type_of_slot(uint8_t slot);

/* Operands in the constant pool, checked to have one of the tags; 0 and failed when not. */
bool j3_translate_check_tag(j3_translation *tr, const j3_instruction *in, uint32_t tags);
j3_symbol *j3_translate_member_name(const j3_translation *tr, uint16_t index);
j3_symbol *j3_translate_member_descriptor(const j3_translation *tr, uint16_t index);
/* Signature of the invocation `in`, with its receiver; null and failed when malformed. */
const vmk_signature *j3_translate_signature(j3_translation *tr, const j3_instruction *in);
j3_slot j3_translate_constant_slot(const j3_translation *tr, uint16_t index);

/* --- translate_stack.c ---------------------------------------------------------------------------- */

void j3_stack_begin_block(j3_translation *tr, const j3_types *entry);
/* Where handlers find the exception: the bottom slot's own register. */
vmk_reg j3_stack_exception_reg(j3_translation *tr);
vmk_reg j3_local_reg(j3_translation *tr, uint32_t index, uint8_t type);
/* Zero the local's register, unless it is there already: a parameter, or cleared before. */
void j3_local_clear(j3_translation *tr, uint32_t index, uint8_t type);
/* Pop the top: stays in flight, its register unharmed by evictions, until the instruction ends. */
j3_value *j3_stack_pop(j3_translation *tr);
void j3_stack_release(j3_translation *tr); /* the instruction is done */
void j3_stack_push(j3_translation *tr, j3_value v);
void j3_stack_push_reg(j3_translation *tr, uint8_t type, vmk_reg reg);
void j3_stack_push_constant(j3_translation *tr, uint8_t type, uint64_t bits);
/* The register of a value; a constant is loaded into a temporary. */
vmk_reg j3_stack_reg(j3_translation *tr, j3_value *v);
vmk_reg j3_stack_pop_reg(j3_translation *tr);
/* A register nobody uses, until the instruction ends. */
vmk_reg j3_stack_temp(j3_translation *tr, uint8_t type);
/* Values of the stack that sit in `reg` move out of it: it is about to be written. */
void j3_stack_evict(j3_translation *tr, vmk_reg reg);
/* Bring every value to its slot's own register: what another block expects. */
void j3_stack_flush(j3_translation *tr);
/* Where the instruction's result goes: the local of a store that follows, else the slot's register. */
vmk_reg j3_stack_target(j3_translation *tr, uint8_t type);
/* Push what was computed into j3_stack_target's register (nothing if the store was fused). */
void j3_stack_push_target(j3_translation *tr, uint8_t type, vmk_reg target);
/* Store a value into a local. */
void j3_stack_store(j3_translation *tr, uint32_t local, j3_value *v);
/* The register of an int as a value of a narrow type: cut to it unless it is known to fit. */
vmk_reg j3_stack_narrow(j3_translation *tr, j3_value *v, uint8_t type);
/* The next instruction, when it is in the same block and may be translated with this one. */
bool j3_translate_peek(j3_translation *tr, j3_instruction *next);

/* --- translate_locks.c, translate_monitor.c -------------------------------------------------------- */

bool j3_translate_locks_are_structured(j3_translation *tr);
/* Where locking is structured: the monitors entered when control reaches bci, each with the locals that
 * hold it, oldest first; at most J3_LOCKS_MAX * max_locals pairs. */
enum { J3_LOCKS_MAX = 8 };
typedef struct j3_lock_local {
  uint32_t lock, local; /* lock: 0 is the oldest */
} j3_lock_local;
uint32_t j3_translate_locks_at(j3_translation *tr, uint32_t bci, j3_lock_local *out);
/* Before the body, which is what the labels of j3_monitor_end embrace. */
void j3_monitor_begin(j3_translation *tr);
void j3_monitor_enter(j3_translation *tr, vmk_reg object);
void j3_monitor_exit(j3_translation *tr, vmk_reg object);
void j3_monitor_return(j3_translation *tr);
void j3_monitor_end(j3_translation *tr, vmk_label begin, vmk_label end);
uint32_t j3_monitor_held(j3_translation *tr, const vmk_frame *frame, vmk_handle *out,
                         uint32_t room);
/* Builtins of methods that keep account of their monitors. */
void j3_account_enter(vmk_thread *t, vmk_native_call *c) VMK_MOVES;
void j3_account_exit(vmk_thread *t, vmk_native_call *c) VMK_MOVES;
void j3_account_return(vmk_thread *t, vmk_native_call *c) VMK_MOVES;
void j3_account_unwind(vmk_thread *t, vmk_native_call *c) VMK_MOVES;

/* --- translate_code.c, translate_object.c --------------------------------------------------------- */

void j3_translate_code(j3_translation *tr) VMK_MOVES;
/* Translate tr->in if it is of this file; false: not one of its instructions. */
bool j3_translate_object(j3_translation *tr) VMK_MOVES;
/* Object.<init> returns, or would: register the object when its class has a finalizer. */
void j3_translate_register_finalizable(j3_translation *tr, vmk_reg object);

/* --- translate_watch.c: nothing unless tr->watched -------------------------------------------------- */

/* vmk_frame_named's number of local i as a j3_slot in watched methods: this + i * J3_SLOT_COUNT + slot. */
enum { J3_NAME_LOCALS = 1 << 20 };
void j3_watch_begin(j3_translation *tr); /* before everything, the parameters are there */
void j3_watch_location(j3_translation *tr);
void j3_watch_block(j3_translation *tr, const j3_block *block);
void j3_watch_return(j3_translation *tr, vmk_reg value); /* the locks are exited */
void j3_watch_end(j3_translation *tr);                   /* after everything */

#endif
