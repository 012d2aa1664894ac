/* tier.h -- what a tier provides
 *
 * A tier makes functions run from their IR.  All tiers share the managed stack and its frames; a
 * frame can be continued by any tier at any instruction.  f->entry is code of this convention:
 *
 *     entry(fp, pc, t, constants, table, window, f)
 *
 * with the callee's frame linked (header and arguments in place); pc, constants and window are still
 * the caller's.  It runs the
 * function, stores the result in the destination slot of the caller's frame and continues at fp[1].  A tier that compiles stores its
 * own code in f->entry: the switch is that one store, made under vm->link by vmk_function_enter_at.
 *
 * Before tier code calls into rt it stores its frame and pc in t->fp and t->pc.  Afterwards it must
 * look for a pending exception if the function says so; when there is one it asks vmk_unwind where to
 * go on.
 */
#ifndef VMK_RT_TIER_H
#define VMK_RT_TIER_H

#include <vmkit/vmk_exec.h>

#if defined(__x86_64__) || defined(__aarch64__)
#define VMK_TIER_CALL __attribute__((preserve_none))
#else
#define VMK_TIER_CALL
#endif

typedef VMK_TIER_CALL void vmk_tier_code(uint64_t *fp, const uint32_t *pc, vmk_thread *t,
                                         const uint64_t *constants, const void *table,
                                         uint64_t *window, uint64_t word);

/* --- tier 0 provides ----------------------------------------------------------------------------- */

/* Entry of functions without code: vmk_function_translate, then again. */
vmk_tier_code vmk_tier_untranslated;
/* Entries of native functions, without and with a result: run vmk_native_builtin, vmk_native_foreign. */
vmk_tier_code vmk_tier_builtin_void, vmk_tier_builtin;
vmk_tier_code vmk_tier_foreign_void, vmk_tier_foreign;
/* The entry for f's IR. */
vmk_tier_code *vmk_tier_entry_of(const vmk_function *f);
/* Run the function whose frame is linked at fp until its entry frame's exit. */
void vmk_tier_run(vmk_thread *t, uint64_t *fp) VMK_MOVES;

/* --- rt provides ---------------------------------------------------------------------------------- */

/* function.c: give f code, by its runtime's hook.  False: exception pending. */
bool vmk_function_translate(vmk_thread *t, vmk_function *f) VMK_MOVES;
/* trace=exec, when it is on: called at every entry of IR code. */
void vmk_function_trace(vmk_thread *t, vmk_function *f);
bool vmk_function_is_traced(const vmk_function *f);

/* native.c: t->fp is the native function's frame, t->pc null. */
typedef struct vmk_native_result {
  uint64_t bits;
  uint64_t ok; /* 0: exception pending */
} vmk_native_result;
vmk_native_result vmk_native_builtin(vmk_thread *t, uint64_t *fp) VMK_MOVES;
vmk_native_result vmk_native_foreign(vmk_thread *t, uint64_t *fp) VMK_MOVES;

/* throw.c: an exception is pending and t->fp, t->pc say where.  Where to go on: sets t->fp and returns
 * the pc there; a handler's, with the exception in its register, or an entry frame's exit. */
const uint32_t *vmk_unwind(vmk_thread *t) VMK_MOVES;
/* The same at the end of filter code: `take` is its verdict. */
const uint32_t *vmk_unwind_end_filter(vmk_thread *t, bool take) VMK_MOVES;

/* trap.c: make a trap's exception pending.  For VMK_TRAP_STORE the slots. */
void vmk_trap_raise(vmk_thread *t, vmk_trap trap, int64_t a, int64_t b) VMK_MOVES;
void vmk_trap_store(vmk_thread *t, vmk_handle array, vmk_handle value) VMK_MOVES;
/* A callee's frame does not fit below t->stack_limit. */
void vmk_trap_stack_overflow(vmk_thread *t) VMK_MOVES;
/* The slow half of the array store check. Leaf. */
bool vmk_trap_can_store(vmk_kind *array, vmk_kind *value);

/* site.c: t->pc is at an instruction `link`.  The first word to go on with at the same pc: the quick
 * form's; 0: exception pending. */
uint32_t vmk_site_link(vmk_thread *t) VMK_MOVES;

/* dispatch.c: the implementation of interface function `target` for a receiver's kind, through the
 * thread's cache, then the hook; null: exception pending.  pair: the site's own cache, filled once. */
vmk_function *vmk_dispatch_interface(vmk_thread *t, vmk_function *target, vmk_kind *kind,
                                     uint64_t *pair) VMK_MOVES;

/* A site's inline cache; immutable once published in constants[i + 1]. */
typedef struct vmk_dispatch_pair {
  const vmk_kind *kind;
  vmk_function *found;
} vmk_dispatch_pair;

#endif
