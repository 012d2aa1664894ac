/* inline.c -- small callees become part of the caller's code
 *
 * An inlined function has the registers that it would have in a frame of its own, where that frame would
 * be: behind the caller's.  But nobody writes the frame's header, checks the stack or jumps, and an
 * argument that is not assigned to is read where the caller has it.  When tier 0 has to take over (LEAVE:
 * a trap, an allocation without room, ...) the stub writes what is missing, headers and arguments, and
 * then goes on as if there had been a call.  So frames are complete whenever anybody can look at them,
 * and nothing else knows of inlining: no tables, no other way to walk the stack or to throw.
 *
 *     caller's frame | header, registers of the callee | of its callee ...
 *     fp             fp + unit->frame
 *
 * A frame made up returns to a stub that brings the result to where the inlined code would have put it
 * (LANDING).  That works for the outermost call only: its caller has a frame and is suspended in the call,
 * as the collector understands it.  Inner frames return to tier 0.
 *
 * Inlined are functions that can be left everywhere at no cost: without loops, handlers, locks,
 * unresolved sites, and without calls but of functions that are inlined in turn.  Of virtual and interface
 * calls what the profile says, after a check of the receiver; for others there is JIT_STUB_CALL, or,
 * of a call in an inlined function, LEAVE.
 */
#include "jit/assembly.h"

#include <jit/stencils.inc>

enum {
  INLINE_WORDS = 40,  /* of one function */
  INLINE_TREE = 120,  /* of all that one call inlines */
  INLINE_ALL = 4000,  /* of an assembly */
  INLINE_DEPTH = 4,   /* calls in calls */
  INLINE_SURE = 8,    /* receivers of one kind in an inlined function */
  INLINE_SLOTS = 100, /* of all frames: they are not checked for, the headroom has room for them */
};
static_assert(INLINE_SLOTS + VMK_FRAME_HEADER + VMK_SIGNATURE_MAX <= VMK_FRAME_HEADROOM,
              "a call by an inlined function's frame, made up in the headroom");

/* --- what can be inlined ------------------------------------------------------------------------------- */

/* Functions that are being looked at, each called by the next.  Before a function is seen to have code its
 * layout is not read: another thread may be writing it. */
typedef struct inline_chain {
  const jit_assembly *as;
  const vmk_function *function;
  const struct inline_chain *caller;
  uint32_t depth, end; /* end: slots behind the frame of the whole */
} inline_chain;

static vmk_call_profile *
inline_profile(const vmk_function *caller, const vmk_insn *insn)
{
  return vmk_call_profile_of(&caller->constants[insn->constant + 2]);
}

static bool
inline_is_dispatched(vmk_op op)
{
  return op == VMK_OP_call_virtual || op == VMK_OP_call_interface;
}

/* Who the instruction calls, or most probably; null: that is not known. */
static const vmk_function *
inline_target(const vmk_function *caller, const vmk_insn *insn)
{
  if (inline_is_dispatched(insn->op)) {
    const vmk_call_profile *profile = inline_profile(caller, insn);
    return profile ? profile->found : NULL;
  }
  return insn->op == VMK_OP_call || insn->op == VMK_OP_call_special
             ? (const vmk_function *)caller->constants[insn->constant]
             : NULL;
}

/* Code checks the address of a module's function or kind: it must not be given to another one. */
static bool
inline_outlives(const vmk_module *module, const vmk_function *code)
{
  return module == code->module || !module->holder.ref;
}

/* Is one receiver so frequent that others can be called out of line?  A call in an inlined function
 * leaves for others, so there must not be any. */
static bool
inline_is_probable(const jit_assembly *as, const vmk_function *caller, const vmk_insn *insn,
                   bool is_inner)
{
  const vmk_call_profile *profile = inline_profile(caller, insn);
  uint32_t same = __atomic_load_n(&profile->same, __ATOMIC_RELAXED);
  uint32_t other = __atomic_load_n(&profile->other, __ATOMIC_RELAXED);
  return inline_outlives(profile->kind->module, as->function) &&
         inline_outlives(profile->found->module, as->function) &&
         (is_inner ? same >= INLINE_SURE && !other : other <= same / 8);
}

static bool inline_can(inline_chain *chain, uint32_t *words);

static bool
inline_can_call(const inline_chain *chain, const vmk_insn *insn, uint32_t *words)
{
  const vmk_function *callee = inline_target(chain->function, insn);
  if (!callee || chain->depth == INLINE_DEPTH ||
      (inline_is_dispatched(insn->op) &&
       !inline_is_probable(chain->as, chain->function, insn, true)))
    return false;
  inline_chain inner = {
      .as = chain->as, .function = callee, .caller = chain, .depth = chain->depth + 1};
  return inline_can(&inner, words);
}

static bool
inline_can_insn(const inline_chain *chain, const vmk_insn *insn, uint32_t *words)
{
  const vmk_op_info *info = vmk_insn_info(insn);
  const uint64_t *constants = chain->function->constants;
  if (insn->site)
    return false;
  for (int i = 0; i < 3; i++)
    if (info->operand[i] == VMK_OPERAND_uG)
      return false;
  if (info->effects & VMK_CALLS)
    return inline_can_call(chain, insn, words);
  if (info->effects & VMK_BRANCHES)
    return insn->target > 0 && !vmk_insn_is_switch(insn);
  if (insn->op == VMK_OP_new || insn->op == VMK_OP_new_array)
    return !jit_compile_allocates_slowly(insn->op, (const vmk_kind *)constants[insn->constant]);
  return !(info->effects & VMK_SAFEPOINT) && insn->op != VMK_OP_store_elem_ref &&
         insn->op != VMK_OP_end_filter;
}

/* Words: of what is inlined already, to which this is added. */
static bool
inline_can(inline_chain *chain, uint32_t *words)
{
  const vmk_function *f = chain->function;
  if (__atomic_load_n(&f->entry, __ATOMIC_ACQUIRE) == (const void *)vmk_tier_untranslated)
    return false; /* somebody may be writing its code */
  const uint32_t *code = f->code;
  if (!code || f->body->handler_count || f->body->code_words > INLINE_WORDS)
    return false;
  chain->end = chain->caller->end + f->frame_slots;
  if (chain->end > INLINE_SLOTS)
    return false;
  *words += f->body->code_words;
  if (*words > INLINE_TREE)
    return false;
  for (const inline_chain *up = chain->caller; up; up = up->caller)
    if (up->function == f)
      return false;
  vmk_insn insn;
  for (uint32_t pc = 0; pc < f->body->code_words; pc += insn.length) {
    vmk_insn_decode(code + pc, f->constants, &insn);
    if (!inline_can_insn(chain, &insn, words))
      return false;
  }
  return true;
}

/* Of a call in the function that is compiled. */
bool
jit_inline_can(const jit_assembly *as)
{
  const vmk_function *callee = inline_target(as->function, &as->insn);
  if (!callee ||
      (inline_is_dispatched(as->insn.op) &&
       !inline_is_probable(as, as->function, &as->insn, false)) ||
      as->where.count > as->function->body->code_words + INLINE_ALL)
    return false;
  inline_chain whole = {.as = as, .function = as->function};
  inline_chain chain = {.as = as, .function = callee, .caller = &whole, .depth = 1};
  uint32_t words = 0;
  pthread_mutex_lock(&as->jit->vm->link);
  bool can = inline_can(&chain, &words);
  pthread_mutex_unlock(&as->jit->vm->link);
  return can;
}

/* --- a call -------------------------------------------------------------------------------------------- */

bool
jit_inline_is_return(vmk_op op)
{
  return op >= VMK_OP_ret_void && op <= VMK_OP_ret_ptr;
}

/* The checks of the call itself.  The stub for another callee that comes back, or NO_STUB. */
static uint32_t
inline_check(jit_assembly *as, const vmk_function *callee)
{
  uint32_t other = NO_STUB;
  jit_compile_load_operands(as);
  if (inline_is_dispatched(as->insn.op)) {
    const vmk_function *caller = jit_assembly_unit(as)->function;
    other = jit_assembly_stub(as, as->unit ? JIT_STUB_LEAVE : JIT_STUB_CALL);
    as->target = (jit_target){JIT_TO_LABEL, as->stubs.data[other].label};
    as->callee = callee;
    as->kind = inline_profile(caller, &as->insn)->kind;
    jit_assembly_emit(as, as->insn.op == VMK_OP_call_virtual ? JIT_x_check_virtual
                                                             : JIT_x_check_interface);
    if (as->jit->vm->tier.profiles)
      jit_compile_count(as, &inline_profile(caller, &as->insn)->same);
  } else if (as->insn.op == VMK_OP_call_special) {
    bool mirrored = as->operand[2] == 8 * (int64_t)as->acc;
    jit_assembly_emit(as, mirrored ? JIT_x_check_null_acc : JIT_x_check_null);
  }
  return as->unit ? NO_STUB : other;
}

/* acc and dacc mirrored what a slot had before. */
static void
inline_overwritten(jit_assembly *as, uint32_t slot)
{
  if (as->acc == slot)
    as->acc = 0;
  if (as->dacc == slot)
    as->dacc = 0;
}

/* Read the callee; arguments that it assigns to become copies.  The unit. */
static uint32_t
inline_enter(jit_assembly *as, const vmk_function *callee)
{
  const jit_unit *caller = jit_assembly_unit(as);
  uint32_t index = (uint32_t)as->units.count, first = (uint32_t)as->source.count;
  uint32_t aliases = (uint32_t)as->aliases.count;
  jit_unit unit = {.function = callee,
                   .caller = as->unit,
                   .call = as->index,
                   .frame = caller->frame + caller->function->frame_slots,
                   .aliases = aliases,
                   .end = jit_assembly_new_label(as)};
  for (uint32_t i = 0; i < as->insn.count; i++)
    vmk_vec_push(&as->aliases, jit_assembly_argument(as, i));
  vmk_vec_push(&as->units, unit);
  pthread_mutex_lock(&as->jit->vm->link);
  jit_compile_read(as, index);
  pthread_mutex_unlock(&as->jit->vm->link);
  if (as->jit->vm->tier.profiles)
    jit_compile_count(as, &vmk_profile_of(callee)->entries);
  for (size_t i = first; i < as->source.count; i++) {
    const vmk_insn *insn = &as->source.data[i].insn;
    uint32_t argument = (uint32_t)insn->operand[0] - VMK_FRAME_HEADER;
    as->units.data[index].returns += jit_inline_is_return(insn->op);
    if (!vmk_operand_defines((vmk_operand)vmk_insn_info(insn)->operand[0]) ||
        argument >= as->insn.count || !as->aliases.data[aliases + argument])
      continue;
    uint32_t slot = unit.frame + VMK_FRAME_HEADER + argument;
    jit_compile_copy(as, slot, as->aliases.data[aliases + argument]);
    inline_overwritten(as, slot);
    as->aliases.data[aliases + argument] = 0;
  }
  return index;
}

/* The slot of the caller that takes the result of a unit, or 0. */
static uint32_t
inline_result(const jit_assembly *as, const jit_unit *unit)
{
  uint32_t result = (uint32_t)as->source.data[unit->call].insn.operand[0];
  return result ? jit_assembly_slot(as, unit->caller, result) : 0;
}

/* The only return stores the result, several leave it in acc to one store behind them. */
void
jit_inline_return(jit_assembly *as)
{
  const jit_unit *unit = jit_assembly_unit(as);
  uint32_t to = inline_result(as, unit);
  if (to && as->insn.op != VMK_OP_ret_void) {
    uint32_t from = jit_assembly_slot(as, as->unit, (uint32_t)as->insn.operand[0]);
    bool in_acc = from == as->acc, in_dacc = from == as->dacc;
    as->operand[0] = 8 * (int64_t)from;
    if (unit->returns > 1 && !in_acc) {
      jit_assembly_emit(as, JIT_x_reload);
    } else if (unit->returns == 1) {
      jit_compile_copy(as, to, from);
      inline_overwritten(as, to);
      as->acc = in_acc ? to : as->acc;
      as->dacc = in_dacc ? to : as->dacc;
      jit_pin_defined(as, to);
    }
  }
  if (as->index + 1 < unit->last) {
    as->target = (jit_target){JIT_TO_LABEL, unit->end};
    jit_assembly_emit(as, JIT_x_jump);
  }
}

/* Behind the callee's code. */
static void
inline_end(jit_assembly *as, const jit_unit *unit)
{
  uint32_t to = inline_result(as, unit);
  if (unit->returns == 1) {
    if (as->acc >= unit->frame)
      as->acc = 0;
    if (as->dacc >= unit->frame)
      as->dacc = 0;
    return;
  }
  jit_compile_forget(as);
  as->operand[0] = 8 * (int64_t)to;
  if (to)
    jit_assembly_emit(as, JIT_x_store);
  as->acc = to;
  jit_pin_defined(as, to);
}

/* Stubs of the call come back to its end. */
static void
inline_end_stub(jit_assembly *as, uint32_t which, const jit_unit *unit)
{
  jit_stub *stub = &as->stubs.data[which];
  bool joined = unit->returns != 1; /* before the store */
  stub->back = as->labels.data[unit->end];
  stub->acc = joined ? 0 : as->acc;
  stub->dacc = joined ? 0 : as->dacc;
}

bool
jit_inline_call(jit_assembly *as)
{
  uint32_t call = as->index;
  const vmk_function *callee = inline_target(jit_assembly_unit(as)->function, &as->insn);
  if (!as->unit && !jit_inline_can(as))
    return false;
  uint32_t other = inline_check(as, callee);
  uint32_t first = (uint32_t)as->source.count, stubs = (uint32_t)as->stubs.count;
  uint32_t index = inline_enter(as, callee), last = (uint32_t)as->source.count;
  as->units.data[index].last = last;
  jit_compile_sources(as, first, last);
  jit_assembly_select(as, call);
  jit_unit unit = as->units.data[index];
  jit_assembly_bind(as, unit.end);
  inline_end(as, &unit);
  if (other != NO_STUB)
    inline_end_stub(as, other, &unit);
  if (!as->unit && as->stubs.count > stubs) {
    uint32_t landing = jit_assembly_stub(as, JIT_STUB_LANDING);
    as->units.data[index].landing = as->stubs.data[landing].label;
    inline_end_stub(as, landing, &unit);
  }
  as->jit->statistics.inlined++;
  return true;
}

/* --- stubs --------------------------------------------------------------------------------------------- */

/* Another callee than the one that is inlined. */
void
jit_inline_call_stub(jit_assembly *as, const jit_stub *stub)
{
  jit_compile_call(as);
  jit_compile_reload(as, stub);
  jit_compile_jump(as, stub->back);
}

void
jit_inline_landing(jit_assembly *as, const jit_stub *stub)
{
  as->operand[0] = 8 * (int64_t)as->insn.operand[0];
  jit_assembly_emit(as, as->insn.operand[0] ? JIT_x_result : JIT_x_no_result);
  jit_compile_reload(as, stub);
  jit_compile_jump(as, stub->back);
}

/* Arguments that were read elsewhere. */
static void
inline_copy_arguments(jit_assembly *as, const jit_unit *unit)
{
  uint32_t count = as->source.data[unit->call].insn.count;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t from = as->aliases.data[unit->aliases + i];
    if (from)
      jit_compile_copy(as, unit->frame + VMK_FRAME_HEADER + i, from);
  }
}

void
jit_inline_make_frames(jit_assembly *as)
{
  uint32_t chain[INLINE_DEPTH], depth = 0, insn = as->index;
  for (uint32_t i = as->unit; i; i = as->units.data[i].caller) {
    VMK_ASSERT(depth < INLINE_DEPTH);
    inline_copy_arguments(as, &as->units.data[i]);
    chain[depth++] = i;
  }
  while (depth-- > 0) {
    const jit_unit *unit = &as->units.data[chain[depth]];
    jit_assembly_select(as, unit->call);
    as->callee = unit->function;
    as->operand[0] = 8 * (int64_t)(unit->frame - jit_assembly_unit(as)->frame);
    as->target = (jit_target){JIT_TO_LABEL, unit->landing};
    as->routine = JIT_ROUTINE_RETURN;
    jit_assembly_emit(as, unit->caller ? JIT_x_make_inner_frame : JIT_x_make_frame);
  }
  jit_assembly_select(as, insn);
}
