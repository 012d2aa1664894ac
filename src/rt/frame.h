/* frame.h -- the layout of frames (docs/design/execution.md)
 *
 *     fp[0] caller fp   fp[1] return pc   fp[2] function | destination   fp[3] return address
 *     fp[4..] registers | next frame
 *
 * The return pc is the instruction behind the caller's call: what walks and throws look at.  The
 * return address is where the caller's tier goes on (tier.h).  The slot of the caller that takes the
 * result is in the 16 bits that no address uses, so returning decodes nothing; 0: there is none.
 */
#ifndef VMK_RT_FRAME_H
#define VMK_RT_FRAME_H

#include <assert.h>

#include <vmkit/vmk_exec.h>

#include "ir/body.h"

enum {
  VMK_FRAME_FP,
  VMK_FRAME_RETURN, /* null: the caller was at its entry or is native */
  VMK_FRAME_FUNCTION,
  VMK_FRAME_ADDRESS, /* a vmk_tier_code; not in entry frames, which nobody returns from */
  VMK_FRAME_TAG_SHIFT = 48,
};
static_assert(VMK_FRAME_HEADER == VMK_FRAME_ADDRESS + 1, "slots of the header");

/* A call instruction may write this much beyond the end of a frame before the callee checks the
 * stack; so a stack limit is at least this far from the end of the stack. */
enum { VMK_FRAME_HEADROOM = 512 };

enum { VMK_SIGNATURE_MAX = 400 };

static inline vmk_function *
vmk_frame_function(const uint64_t *fp)
{
  return (vmk_function *)(fp[VMK_FRAME_FUNCTION] << 16 >> 16);
}

/* Word 2 of the frame of a call whose result goes to slot `destination` of the caller. */
static inline uint64_t
vmk_frame_tag(const vmk_function *f, uint32_t destination)
{
  return (uintptr_t)f | (uint64_t)destination << VMK_FRAME_TAG_SHIFT;
}

static inline uint32_t
vmk_frame_destination(const uint64_t *fp)
{
  return (uint32_t)(fp[VMK_FRAME_FUNCTION] >> VMK_FRAME_TAG_SHIFT);
}

static inline uint64_t *
vmk_frame_caller(const uint64_t *fp)
{
  return (uint64_t *)fp[VMK_FRAME_FP];
}

/* A pc inside the caller's call instruction (not always its first word: good for tables, not for
 * decoding), or what vmk_frame_set_caller was given. */
static inline const uint32_t *
vmk_frame_caller_pc(const uint64_t *fp)
{
  const uint32_t *pc = (const uint32_t *)fp[VMK_FRAME_RETURN];
  return pc ? pc - 1 : pc;
}

/* For frames that are not returned from. */
static inline void
vmk_frame_set_caller(uint64_t *fp, const uint64_t *caller, const uint32_t *pc)
{
  fp[VMK_FRAME_FP] = (uintptr_t)caller;
  fp[VMK_FRAME_RETURN] = (uintptr_t)(pc ? pc + 1 : pc);
}

/* Entry frames stand between C and managed code:
 *
 *     fp[0], fp[1] t->fp and t->pc of before   fp[2] vm->entry_function   fp[4] the result
 *
 * The callee returns to vm->entry_code, which is an exit; so does a throw that nobody catches, with
 * the exception pending. */
enum {
  VMK_ENTRY_RESULT = VMK_FRAME_HEADER,
  VMK_ENTRY_SLOTS,
  VMK_ENTRY_EXIT = 1, /* words of the entry code */
  VMK_ENTRY_WORDS = 2,
};

/* Number of the operation `exit` in the first byte; no row of the table has it. */
enum { VMK_OP_EXIT = 255 };

#endif
