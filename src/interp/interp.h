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
 *     window     fp + frame_slots: where the frame of a callee begins
 *     word       the first word of the instruction, already fetched; elsewhere a parameter
 *
 * preserve_none puts these in registers that C functions preserve, and makes none of the others worth
 * saving.  The order of the parameters decides which: fp to constants get registers that C functions
 * preserve, word gets one whose second byte can be read at once.  A handler that calls C must adjust
 * the stack and save table and window, so the paths that do are functions of their own, entered by a
 * tail call.
 * No handler keeps a raw reference over such a call: who comes back decodes again.
 */
#ifndef VMK_INTERP_H
#define VMK_INTERP_H

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_ir.h>

#include "rt/frame.h"
#include "rt/tier.h"

#define UNUSED __attribute__((unused))

#define ARGS                                                                                     \
  uint64_t *fp, const uint32_t *pc, vmk_thread *t, const uint64_t *constants, const void *table, \
      uint64_t *window, uint64_t word
#define PASS fp, pc, t, constants, table, window, word

/* Managed programs race with themselves as their memory model allows, and with the linker of sites. */
#define HANDLER VMK_TIER_CALL VMK_MOVES_ENTRY __attribute__((no_sanitize("thread"))) void
#define COLD_HANDLER __attribute__((cold, noinline)) HANDLER
#define TAIL __attribute__((musttail)) return

/* What a quick instruction refers to was made before it: its first word was stored with release order, and to
 * follow what it says needs none.  Only TSan does not know that. */
#if __has_feature(thread_sanitizer)
#define FETCH() __atomic_load_n(pc, __ATOMIC_ACQUIRE)
#else
#define FETCH() (*pc)
#endif

#define DISPATCH()                                            \
  do {                                                        \
    word = FETCH();                                           \
    TAIL((vmk_tier_code *const *)table)[(uint8_t)word](PASS); \
  } while (0)

static VMK_ALWAYS_INLINE uint32_t
interp_poll(const vmk_thread *t)
{
  return __atomic_load_n((const uint32_t *)&t->poll, __ATOMIC_RELAXED);
}

/* Backward branches poll and use up the loop budget; forward ones do neither.  The sign of the
 * displacement masks both, so that there is one branch; the compiler would make several of it if it
 * saw through the mask. */
static VMK_ALWAYS_INLINE bool
interp_poll_backward(vmk_thread *t, int32_t displacement)
{
  int32_t mask = displacement >> 31;
  __asm__("" : "+r"(mask));
  t->loop_budget += mask;
  return (uint32_t)mask & (interp_poll(t) | (uint32_t)(t->loop_budget >> 31));
}

static VMK_ALWAYS_INLINE vmk_tier_code *
interp_entry(const vmk_function *f)
{
  return (vmk_tier_code *)__atomic_load_n(&f->entry, __ATOMIC_ACQUIRE);
}

/* The frame has changed: what is kept of its function. */
#define RELOAD_FUNCTION()                            \
  do {                                               \
    const vmk_function *f_ = vmk_frame_function(fp); \
    constants = f_->constants;                       \
    window = fp + f_->frame_slots;                   \
  } while (0)

/* Leave the frame.  A caller in tier 0 is returned to here, without a jump to vmk_tier_return. */
#define RETURN_FRAME(bits, store)                                     \
  do {                                                                \
    uint64_t *caller_ = vmk_frame_caller(fp);                         \
    vmk_tier_code *address_ = (vmk_tier_code *)fp[VMK_FRAME_ADDRESS]; \
    word = (bits);                                                    \
    if (VMK_UNLIKELY(address_ != vmk_tier_return))                    \
      TAIL address_(PASS);                                            \
    pc = (const uint32_t *)fp[VMK_FRAME_RETURN];                      \
    store;                                                            \
    fp = caller_;                                                     \
    RELOAD_FUNCTION();                                                \
    DISPATCH();                                                       \
  } while (0)
#define RETURN(bits) RETURN_FRAME(bits, caller_[vmk_frame_destination(fp)] = word)
#define RETURN_VOID RETURN_FRAME(0, (void)0)

#define vmk_interp_throw vmk_tier_throw

/* narrow.c, wide.c */
extern vmk_tier_code *const vmk_interp_narrow[256];
extern vmk_tier_code *const vmk_interp_wide[VMK_OP_COUNT];

/* slow.c: the other halves.  What `word` is: */
vmk_tier_code vmk_interp_loop;       /* address of the instruction to go on at */
vmk_tier_code vmk_interp_poll_entry; /* the function that this frame is about to enter */
vmk_tier_code vmk_interp_null;       /* - */
vmk_tier_code vmk_interp_trap;       /* vmk_trap | operand << 32 */
vmk_tier_code vmk_interp_bounds;     /* length | index << 32 */
vmk_tier_code vmk_interp_end_filter; /* the filter's verdict */
vmk_tier_code vmk_interp_link;       /* - */
vmk_tier_code vmk_interp_exit;       /* - */

#endif
