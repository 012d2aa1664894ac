/* frame.h -- the layout of frames (docs/design/frames.md)
 *
 *     fp[0] caller fp   fp[1] caller pc   fp[2] function   fp[3..] registers   | next frame
 */
#ifndef VMK_RT_FRAME_H
#define VMK_RT_FRAME_H

#include <assert.h>

#include <vmkit/vmk_exec.h>

#include "ir/body.h"

enum {
  VMK_FRAME_FP,
  VMK_FRAME_PC, /* the caller's call instruction; null: the caller was at its entry or is native */
  VMK_FRAME_FUNCTION,
};
static_assert(VMK_FRAME_HEADER == 3, "slots of the header");

/* A call instruction may write this much beyond the end of a frame before the callee checks the
 * stack; so a stack limit is at least this far from the end of the stack. */
enum { VMK_FRAME_HEADROOM = 512 };

enum { VMK_SIGNATURE_MAX = 400 };

static inline vmk_function *
vmk_frame_function(const uint64_t *fp)
{
  return (vmk_function *)fp[VMK_FRAME_FUNCTION];
}

static inline uint64_t *
vmk_frame_caller(const uint64_t *fp)
{
  return (uint64_t *)fp[VMK_FRAME_FP];
}

static inline const uint32_t *
vmk_frame_caller_pc(const uint64_t *fp)
{
  return (const uint32_t *)fp[VMK_FRAME_PC];
}

/* Entry frames stand between C and managed code:
 *
 *     fp[0], fp[1] t->fp and t->pc of before   fp[2] vm->entry_function   fp[3] the result
 *
 * and run vm->entry_code: a call instruction, to which the callee returns, and an exit.  A throw that
 * finds nothing below continues at the exit with the exception pending. */
enum {
  VMK_ENTRY_RESULT = VMK_FRAME_HEADER,
  VMK_ENTRY_SLOTS,
  VMK_ENTRY_CALL = 0, /* words of the entry code */
  VMK_ENTRY_EXIT = 2,
  VMK_ENTRY_WORDS = 4,
};

/* Number of the operation `exit` in the first byte; no row of the table has it. */
enum { VMK_OP_EXIT = 255 };

#endif
