/* stub.c -- what compiled code jumps to in the library: tier 0, the slow halves, the linker of sites
 *
 * `pc` comes as a word offset.  A slow half does what the instruction has to do, completely, and goes
 * back to `window` with the result in its register and in `word`, where it is acc.
 */
#include <vmkit/vmk_monitor.h>

#include "gc/alloc_inline.h"
#include "jit/jit.h"

#define ARGS                                                                                     \
  uint64_t *fp, const uint32_t *pc, vmk_thread *t, const uint64_t *constants, const void *table, \
      uint64_t *window, uint64_t word
#define PASS fp, pc, t, constants, table, window, word
#define ROUTINE VMK_TIER_CALL VMK_MOVES_ENTRY __attribute__((no_sanitize("thread"))) void
#define TAIL __attribute__((musttail)) return

static VMK_ALWAYS_INLINE const uint32_t *
stub_pc(const uint64_t *fp, const uint32_t *pc)
{
  return vmk_frame_function(fp)->code + (uintptr_t)pc;
}

ROUTINE
vmk_jit_leave(ARGS)
{
  pc = stub_pc(fp, pc);
  TAIL vmk_tier_continue(PASS);
}

/* --- slow halves --------------------------------------------------------------------------------------- */

typedef enum stub_result {
  STUB_DONE,
  STUB_THROW, /* an exception is pending */
  STUB_LEAVE, /* tier 0 knows how this traps */
} stub_result;

static stub_result
stub_finish(vmk_thread *t, uint64_t *fp, uint32_t a, vmk_ref object)
{
  (void)t;
  fp[a] = (uintptr_t)object;
  return object ? STUB_DONE : STUB_THROW;
}

static stub_result
stub_store_elem(vmk_thread *t, uint64_t *fp, const vmk_insn *insn)
{
  vmk_ref value = (vmk_ref)fp[insn->operand[0]], array = (vmk_ref)fp[insn->operand[1]];
  if (!vmk_trap_can_store(vmk_kind_of(array), vmk_kind_of(value)))
    return STUB_LEAVE;
  vmk_store_elem(t, array, (uint32_t)fp[insn->operand[2]], value);
  return STUB_DONE;
}

/* t->fp, t->pc are set. */
static stub_result
stub_run(vmk_thread *t, uint64_t *fp, const vmk_insn *insn) VMK_MOVES
{
  uint32_t a = (uint32_t)insn->operand[0];
  vmk_kind *kind;
  switch ((int)insn->op) {
  case VMK_OP_new:
    kind = (vmk_kind *)vmk_frame_function(fp)->constants[insn->constant];
    return stub_finish(t, fp, a, vmk_alloc_object(t, kind));
  case VMK_OP_new_array:
    kind = (vmk_kind *)vmk_frame_function(fp)->constants[insn->constant];
    if ((int32_t)fp[insn->operand[1]] < 0)
      return STUB_LEAVE;
    return stub_finish(t, fp, a, vmk_alloc_array(t, kind, (uint32_t)fp[insn->operand[1]]));
  case VMK_OP_store_elem_ref: return stub_store_elem(t, fp, insn);
  case VMK_OP_monitor_enter:
    vmk_monitor_enter(t, (vmk_slot *)&fp[a]);
    return vmk_pending(t) ? STUB_THROW : STUB_DONE;
  case VMK_OP_monitor_exit: return vmk_monitor_exit(t, (vmk_slot *)&fp[a]) ? STUB_DONE : STUB_LEAVE;
  default: /* a poll, by itself or before a backward branch */
    vmk_poll_slow(t);
    return vmk_pending(t) ? STUB_THROW : STUB_DONE;
  }
}

/* The arguments are in the window; `word` is where the callee returns to, `window` the instruction. */
static VMK_TIER_CALL VMK_MOVES_ENTRY void
stub_call_interface(ARGS)
{
  uint64_t *operand = vmk_frame_function(fp)->constants;
  uint32_t epoch = t->vm->code_epoch;
  vmk_insn insn;
  vmk_insn_decode(pc, operand, &insn);
  operand += insn.constant;
  vmk_function *found = vmk_dispatch_interface(
      t, (vmk_function *)operand[0], vmk_kind_of((vmk_ref)fp[insn.operand[2]]), &operand[2]);
  if (!found)
    TAIL vmk_tier_throw(PASS);
  if (VMK_UNLIKELY(epoch != t->vm->code_epoch))
    window = (uint64_t *)vmk_tier_return;
  uint64_t *frame = fp + vmk_frame_function(fp)->frame_slots;
  /* The dispatch hook may have run code on the stack above this frame. */
  for (uint32_t i = 0; i < insn.count; i++)
    frame[VMK_FRAME_HEADER + i] = fp[vmk_insn_argument(&insn, i)];
  frame[VMK_FRAME_FP] = (uintptr_t)fp;
  frame[VMK_FRAME_RETURN] = (uintptr_t)(pc + insn.length);
  frame[VMK_FRAME_FUNCTION] = vmk_frame_tag(found, (uint32_t)insn.operand[0]);
  frame[VMK_FRAME_ADDRESS] = (uintptr_t)window;
  fp = frame;
  word = (uintptr_t)found;
  TAIL((vmk_tier_code *)__atomic_load_n(&found->entry, __ATOMIC_ACQUIRE))(PASS);
}

/* Where tier 0 goes on when the slow half is done: behind the instruction, or at the branch that was polled before. */
static const uint32_t *
stub_behind(const uint32_t *pc, const vmk_insn *insn)
{
  bool polls = insn->op == VMK_OP_poll || vmk_insn_info(insn)->effects & VMK_BRANCHES;
  return polls ? pc : pc + insn->length;
}

/* The code that called may have been freed meanwhile: then tier 0 goes on. */
ROUTINE
vmk_jit_slow(ARGS)
{
  uint32_t epoch = t->vm->code_epoch;
  t->fp = fp;
  t->pc = pc = stub_pc(fp, pc);
  vmk_insn insn;
  vmk_insn_decode(pc, vmk_frame_function(fp)->constants, &insn);
  if (insn.op == VMK_OP_call_interface)
    TAIL stub_call_interface(PASS);
  stub_result result = stub_run(t, fp, &insn);
  if (VMK_UNLIKELY(result == STUB_THROW))
    TAIL vmk_tier_throw(PASS);
  if (VMK_UNLIKELY(result == STUB_LEAVE))
    TAIL vmk_tier_continue(PASS);
  if (VMK_UNLIKELY(epoch != t->vm->code_epoch)) {
    pc = stub_behind(pc, &insn);
    TAIL vmk_tier_continue(PASS);
  }
  word = fp[insn.operand[0]];
  TAIL((vmk_tier_code *)window)(PASS);
}

/* --- sites --------------------------------------------------------------------------------------------- */

/* Linked for good: code for it, then there.  Linked for once, or no room for code: tier 0 goes on
 * with the word. */
ROUTINE
vmk_jit_site(ARGS)
{
  vmk_function *f = vmk_frame_function(fp);
  uint32_t index = (uint32_t)(uintptr_t)pc, epoch = t->vm->code_epoch;
  jit_cell *cell = (jit_cell *)window;
  t->fp = fp;
  t->pc = pc = f->code + index;
  uint32_t quick = vmk_site_link(t);
  if (VMK_UNLIKELY(!quick))
    TAIL vmk_tier_throw(PASS);
  word = __atomic_load_n(pc, __ATOMIC_ACQUIRE);
  bool stays = word == quick && epoch == t->vm->code_epoch;
  const void *code = stays ? jit_linked(t->vm->jit, f, index, cell) : NULL;
  word = quick;
  if (code)
    TAIL((vmk_tier_code *)code)(PASS);
  TAIL vmk_tier_continue_with(PASS);
}
