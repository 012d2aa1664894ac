/* narrow.c -- handlers of the one-word form: op8 a8 b8 c8, extension words */
#include "interp/interp.h"

#include <vmkit/vmk_monitor.h>

#include "gc/alloc_inline.h"
#include "interp/lookup.h"
#include "ir/sem.h"
#include "rt/dispatch.h"
#include "thread/monitor_inline.h"

static VMK_ALWAYS_INLINE void
narrow_copy_four(const uint64_t *fp, uint32_t names, uint64_t *to)
{
  to[0] = fp[names & 0xff];
  to[1] = fp[names >> 8 & 0xff];
  to[2] = fp[names >> 16 & 0xff];
  to[3] = fp[names >> 24];
}

#define NAME(x) narrow_##x
#define OPERAND_A (word >> 8 & 0xff)
#define OPERAND_B (word >> 16 & 0xff)
#define OPERAND_C ((uint32_t)word >> 24)
#define IMM(X) IMM_##X
#define IMM_A ((int8_t)(word >> 8))
#define IMM_B ((int8_t)(word >> 16))
#define IMM_C ((int32_t)(uint32_t)word >> 24)
#define SHORT ((int32_t)(uint32_t)word >> 16)
#define EXT 1
/* Four slots at a time, the first four without looking at the count: what is copied beyond the
 * arguments is overwritten at entry, and what is read as their names is the next instruction. */
#define ARGUMENTS(n, slots, registers)                                          \
  do {                                                                          \
    uint64_t *to_ = (slots);                                                    \
    const uint32_t *from_ = (registers);                                        \
    narrow_copy_four(fp, *from_, to_);                                          \
    for (int32_t left_ = (int32_t)(n) - 4; VMK_UNLIKELY(left_ > 0); left_ -= 4) \
      narrow_copy_four(fp, *++from_, to_ += 4);                                 \
  } while (0)
#define ARGUMENT_WORDS(n) (((n) + 3) / 4)
#define LEAF_WORDS 1
#define LEAF_ARG(args, i) ((args)[0] >> 8 * (i) & 0xff)
#define WIDE TAIL vmk_interp_wide[word >> 8 & 0xffff](PASS)

#include "interp/handlers.inc"

#define VMK_OP_WIDE(...)
#include <vmkit/vmk_ops.def>
#undef VMK_OP

/* Bytes that no operation has: the code is corrupt. */
static COLD_HANDLER
narrow_none(ARGS)
{
  (void)fp, (void)t, (void)constants, (void)table, (void)window;
  vmk_fatal("tier 0: word %08x at %p is no instruction", (uint32_t)word, (const void *)pc);
}

#pragma clang diagnostic ignored "-Winitializer-overrides"
vmk_tier_code *const vmk_interp_narrow[256] = {
    [0 ... 255] = narrow_none,
#define VMK_OP(name, ...) [VMK_OP_##name] = narrow_##name,
#define VMK_OP_WIDE(...)
#include <vmkit/vmk_ops.def>
#undef VMK_OP
    [VMK_OP_EXIT] = vmk_interp_exit,
};
