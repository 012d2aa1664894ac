/* narrow.c -- handlers of the one-word form: op8 a8 b8 c8, extension words */
#include "interp/interp.h"

#include <vmkit/vmk_monitor.h>

#include "gc/alloc_inline.h"
#include "interp/lookup.h"
#include "ir/sem.h"
#include "rt/dispatch.h"
#include "thread/monitor_inline.h"


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
/* Four slots at a time; what is copied beyond the arguments is overwritten at entry. */
#define ARGUMENTS(n, slots, registers)                 \
  do {                                                 \
    uint64_t *to_ = (slots);                           \
    const uint32_t *from_ = (registers);               \
    for (int32_t left_ = (int32_t)(n); left_ > 0; left_ -= 4, to_ += 4) { \
      uint32_t four_ = *from_++;                       \
      to_[0] = fp[four_ & 0xff];                       \
      to_[1] = fp[four_ >> 8 & 0xff];                  \
      to_[2] = fp[four_ >> 16 & 0xff];                 \
      to_[3] = fp[four_ >> 24];                        \
    }                                                  \
  } while (0)
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
  (void)fp, (void)t, (void)constants, (void)table;
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
