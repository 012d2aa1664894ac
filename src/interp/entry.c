/* entry.c -- how functions begin: code, native functions, functions not yet translated
 *
 * `word` is the function; its frame is linked and its arguments are in place.
 */
#include "interp/interp.h"

#include "rt/vm.h"

/* The callee does not fit.  Its frame is given up, so the overflow happens in the caller's call
 * instruction: the new frame might end behind the end of the stack. */
COLD_HANDLER
vmk_tier_overflow(ARGS)
{
  t->pc = pc = vmk_frame_caller_pc(fp);
  t->fp = fp = vmk_frame_caller(fp);
  vmk_trap_stack_overflow(t);
  TAIL vmk_interp_throw(PASS);
}

/* f has been called often; its entry may be another one now. */
static COLD_HANDLER
entry_hot(ARGS)
{
  t->fp = fp;
  t->pc = NULL;
  vmk_tier_called(t, (vmk_function *)word);
  TAIL interp_entry((vmk_function *)word)(PASS);
}

/* --- code ------------------------------------------------------------------------------------------------ *
 * Reference and pointer locals, which are one range, are cleared.  Up to four slots are cleared
 * without looking at the count: what lies behind is not initialised yet. */

#define ENTER(clear)                           \
  do {                                         \
    vmk_function *f = (vmk_function *)word;    \
    window = fp + f->frame_slots;              \
    if (VMK_UNLIKELY(window > t->stack_limit)) \
      TAIL vmk_tier_overflow(PASS);            \
    if (VMK_UNLIKELY(--f->counter == 0))       \
      TAIL entry_hot(PASS);                    \
    clear;                                     \
    pc = f->code;                              \
    constants = f->constants;                  \
    DISPATCH();                                \
  } while (0)

static HANDLER
entry_clear_0(ARGS)
{
  ENTER((void)0);
}

static HANDLER
entry_clear_2(ARGS)
{
  ENTER(uint64_t *locals = fp + f->ref_args_end; locals[0] = locals[1] = 0);
}

static HANDLER
entry_clear_4(ARGS)
{
  ENTER(uint64_t *locals = fp + f->ref_args_end; locals[0] = locals[1] = locals[2] = locals[3] = 0);
}

static HANDLER
entry_clear_all(ARGS)
{
  ENTER(for (uint64_t *local = fp + f->ref_args_end, *end = fp + f->ptr_end[1]; local < end;
             local += 4) local[0] = local[1] = local[2] = local[3] = 0);
}

static COLD_HANDLER
entry_traced(ARGS)
{
  t->fp = fp;
  t->pc = NULL;
  vmk_function_trace(t, (vmk_function *)word);
  TAIL entry_clear_all(PASS);
}

vmk_tier_code *
vmk_tier_entry_of(const vmk_function *f)
{
  int count = f->ptr_end[1] - f->ref_args_end;
  if (vmk_function_is_traced(f))
    return entry_traced;
  return count == 0   ? entry_clear_0
         : count <= 2 ? entry_clear_2
         : count <= 4 ? entry_clear_4
                      : entry_clear_all;
}

/* --- no code ------------------------------------------------------------------------------------------------ */

COLD_HANDLER
vmk_tier_untranslated(ARGS)
{
  t->fp = fp;
  t->pc = pc = NULL;
  if (!vmk_function_translate(t, (vmk_function *)word))
    TAIL vmk_interp_throw(PASS);
  TAIL interp_entry((vmk_function *)word)(PASS);
}

#define ENTER_NATIVE(run, leave)           \
  do {                                     \
    t->fp = fp;                            \
    t->pc = pc = NULL;                     \
    vmk_native_result result = run(t, fp); \
    if (VMK_UNLIKELY(!result.ok))          \
      TAIL vmk_interp_throw(PASS);         \
    leave;                                 \
  } while (0)

HANDLER
vmk_tier_builtin(ARGS)
{
  ENTER_NATIVE(vmk_native_builtin, RETURN(result.bits));
}

HANDLER
vmk_tier_builtin_void(ARGS)
{
  ENTER_NATIVE(vmk_native_builtin, RETURN_VOID);
}

HANDLER
vmk_tier_foreign(ARGS)
{
  ENTER_NATIVE(vmk_native_foreign, RETURN(result.bits));
}

HANDLER
vmk_tier_foreign_void(ARGS)
{
  ENTER_NATIVE(vmk_native_foreign, RETURN_VOID);
}

/* --- from C ---------------------------------------------------------------------------------------------------- */

void
vmk_tier_run(vmk_thread *t, uint64_t *fp) VMK_MOVES_ENTRY
{
  vmk_function *f = vmk_frame_function(fp);
  interp_entry(f)(fp, NULL, t, NULL, vmk_interp_narrow, NULL, (uintptr_t)f);
}
