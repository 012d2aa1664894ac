/* slow.c -- the paths of handlers that call into the rest of the library and need no operands */
#include "interp/interp.h"

#include "rt/vm.h"

#define SAVE_FRAME() (void)(t->fp = fp, t->pc = pc)

/* A poll, or a backward branch, whose loop may go on in compiled code. */
COLD_HANDLER
vmk_interp_loop(ARGS)
{
  if (interp_poll(t)) {
    SAVE_FRAME();
    vmk_poll_slow(t);
    if (VMK_UNLIKELY(vmk_pending(t)))
      TAIL vmk_interp_throw(PASS);
  }
  pc = (const uint32_t *)word;
  if (t->loop_budget < 0) {
    vmk_tier_code *code = vmk_tier_loop(t, vmk_frame_function(fp), pc);
    if (code)
      TAIL code(PASS);
  }
  DISPATCH();
}

COLD_HANDLER
vmk_interp_poll_entry(ARGS)
{
  t->fp = fp;
  t->pc = pc = NULL;
  vmk_poll_slow(t);
  if (VMK_UNLIKELY(vmk_pending(t)))
    TAIL vmk_interp_throw(PASS);
  TAIL interp_entry((vmk_function *)word)(PASS);
}

COLD_HANDLER
vmk_interp_null(ARGS)
{
  SAVE_FRAME();
  vmk_trap_raise(t, VMK_TRAP_NULL, 0, 0);
  TAIL vmk_interp_throw(PASS);
}

COLD_HANDLER
vmk_interp_trap(ARGS)
{
  SAVE_FRAME();
  vmk_trap_raise(t, (vmk_trap)(uint32_t)word, (int32_t)(word >> 32), 0);
  TAIL vmk_interp_throw(PASS);
}

COLD_HANDLER
vmk_interp_bounds(ARGS)
{
  SAVE_FRAME();
  vmk_trap_raise(t, VMK_TRAP_BOUNDS, (int32_t)(word >> 32), (uint32_t)word);
  TAIL vmk_interp_throw(PASS);
}

/* To wherever unwinding leads: compiled code of the frame's function, or tier 0. */
static HANDLER
slow_land(ARGS)
{
  const vmk_function *f = vmk_frame_function(fp);
  vmk_tier_code *code = vmk_tier_code_at(f, pc);
  table = vmk_interp_narrow;
  if (code)
    TAIL code(PASS);
  RELOAD_FUNCTION();
  DISPATCH();
}

COLD_HANDLER
vmk_tier_throw(ARGS)
{
  SAVE_FRAME();
  pc = vmk_unwind(t);
  fp = t->fp;
  TAIL slow_land(PASS);
}

COLD_HANDLER
vmk_interp_end_filter(ARGS)
{
  SAVE_FRAME();
  pc = vmk_unwind_end_filter(t, word != 0);
  fp = t->fp;
  TAIL slow_land(PASS);
}

/* The word to go on with need not be the one in memory (VMK_LINK_ONCE). */
COLD_HANDLER
vmk_interp_link(ARGS)
{
  SAVE_FRAME();
  word = vmk_site_link(t);
  if (VMK_UNLIKELY(!word))
    TAIL vmk_interp_throw(PASS);
  TAIL((vmk_tier_code *const *)table)[(uint8_t)word](PASS);
}

/* --- from other tiers ------------------------------------------------------------------------------------- */

HANDLER
vmk_tier_return(ARGS)
{
  uint32_t destination = vmk_frame_destination(fp);
  pc = (const uint32_t *)fp[VMK_FRAME_RETURN];
  fp = vmk_frame_caller(fp);
  RELOAD_FUNCTION();
  if (destination)
    fp[destination] = word;
  table = vmk_interp_narrow;
  DISPATCH();
}

HANDLER
vmk_tier_continue(ARGS)
{
  RELOAD_FUNCTION();
  table = vmk_interp_narrow;
  DISPATCH();
}

COLD_HANDLER
vmk_tier_continue_with(ARGS)
{
  RELOAD_FUNCTION();
  table = vmk_interp_narrow;
  TAIL vmk_interp_narrow[(uint8_t)word](PASS);
}

HANDLER
vmk_interp_exit(ARGS)
{
  (void)constants, (void)table, (void)window, (void)word;
  SAVE_FRAME();
}
