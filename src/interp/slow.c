/* slow.c -- the paths of handlers that call into the rest of the library and need no operands */
#include "interp/interp.h"

#include "rt/vm.h"

#define SAVE_FRAME() (void)(t->fp = fp, t->pc = pc)

COLD_HANDLER
vmk_interp_poll(ARGS)
{
  SAVE_FRAME();
  vmk_poll_slow(t);
  if (VMK_UNLIKELY(vmk_pending(t)))
    TAIL vmk_interp_throw(PASS);
  pc = (const uint32_t *)word;
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

COLD_HANDLER
vmk_interp_throw(ARGS)
{
  SAVE_FRAME();
  pc = vmk_unwind(t);
  fp = t->fp;
  RELOAD_FUNCTION();
  DISPATCH();
}

COLD_HANDLER
vmk_interp_end_filter(ARGS)
{
  SAVE_FRAME();
  pc = vmk_unwind_end_filter(t, word != 0);
  fp = t->fp;
  RELOAD_FUNCTION();
  DISPATCH();
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

HANDLER
vmk_interp_exit(ARGS)
{
  (void)constants, (void)table, (void)window, (void)word;
  SAVE_FRAME();
}
