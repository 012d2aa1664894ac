/* interp.h -- conventions of tier 0
 *
 * One C function for each operation and form, all of the signature vmk_tier_code; each ends in a tail
 * call of the next one, so the machine's state never leaves registers:
 *
 *     fp         the frame; registers are fp[operand]
 *     pc         the instruction that is being executed
 *     t          the thread
 *     constants  of the frame's function
 *     table      handlers of narrow operations, by the first byte of an instruction
 *     word       the first word of the instruction, already fetched; elsewhere a parameter
 *
 * preserve_none puts these in registers that C functions preserve, and makes none of the others worth
 * saving: a handler that calls C in the middle spills nothing.  A handler that calls C at all must
 * adjust the stack, though, so the paths that do are functions of their own, entered by a tail call.
 * No handler keeps a raw reference over such a call: who comes back decodes again.
 */
#ifndef VMK_INTERP_H
#define VMK_INTERP_H

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_ir.h>

#include "rt/frame.h"
#include "rt/tier.h"

#define ARGS                                                                                 \
  uint64_t *fp, const uint32_t *pc, vmk_thread *t, const uint64_t *constants, const void *table, \
      uint64_t word
#define PASS fp, pc, t, constants, table, word

/* Managed programs race with themselves as their memory model allows, and with the linker of sites. */
#define HANDLER VMK_TIER_CALL VMK_MOVES_ENTRY __attribute__((no_sanitize("thread"))) void
#define COLD_HANDLER __attribute__((cold, noinline)) HANDLER
#define TAIL __attribute__((musttail)) return

#define DISPATCH()                                               \
  do {                                                           \
    word = *pc;                                                  \
    TAIL((vmk_tier_code *const *)table)[(uint8_t)word](PASS);    \
  } while (0)

static VMK_ALWAYS_INLINE uint32_t
interp_poll(const vmk_thread *t)
{
  return __atomic_load_n((const uint32_t *)&t->poll, __ATOMIC_RELAXED);
}

static VMK_ALWAYS_INLINE vmk_tier_code *
interp_entry(const vmk_function *f)
{
  return (vmk_tier_code *)__atomic_load_n(&f->entry, __ATOMIC_ACQUIRE);
}

/* Leave the frame with `bits` in the caller's destination register.  Calls share one layout, so the
 * length follows from the count of arguments; wide calls are finished elsewhere. */
#define RETURN_FRAME(store, wide_handler)                                             \
  do {                                                                                \
    pc = vmk_frame_caller_pc(fp);                                                     \
    fp = vmk_frame_caller(fp);                                                        \
    uint32_t call_ = *pc;                                                             \
    if (VMK_UNLIKELY((uint8_t)call_ == VMK_OP_wide))                                  \
      TAIL wide_handler(PASS);                                                        \
    store;                                                                            \
    constants = vmk_frame_function(fp)->constants;                                    \
    pc += 2 + (((call_ >> 16 & 0xff) + 3) >> 2) - ((uint8_t)call_ == VMK_OP_call_indirect); \
    DISPATCH();                                                                       \
  } while (0)
#define RETURN(bits)                                                        \
  do {                                                                      \
    word = (bits);                                                          \
    RETURN_FRAME(fp[call_ >> 8 & 0xff] = word, vmk_interp_return_wide);     \
  } while (0)
#define RETURN_VOID RETURN_FRAME((void)0, vmk_interp_return_void_wide)

/* narrow.c, wide.c */
extern vmk_tier_code *const vmk_interp_narrow[256];
extern vmk_tier_code *const vmk_interp_wide[VMK_OP_COUNT];

/* slow.c: the other halves.  What `word` is: */
vmk_tier_code vmk_interp_return_wide;      /* the result; fp, pc are the caller's */
vmk_tier_code vmk_interp_return_void_wide; /* - */
vmk_tier_code vmk_interp_poll;             /* address of the instruction to go on at */
vmk_tier_code vmk_interp_poll_entry;       /* the function that this frame is about to enter */
vmk_tier_code vmk_interp_null;             /* - */
vmk_tier_code vmk_interp_trap;             /* vmk_trap | operand << 32 */
vmk_tier_code vmk_interp_bounds;           /* length | index << 32 */
vmk_tier_code vmk_interp_throw;            /* -; t->exception is set */
vmk_tier_code vmk_interp_end_filter;       /* the filter's verdict */
vmk_tier_code vmk_interp_link;             /* - */
vmk_tier_code vmk_interp_exit;             /* - */

#endif
