/* wide.c -- handlers of the wide form: wide8 op16, a16 b16, c16, extension words */
#include "interp/interp.h"

#include <vmkit/vmk_monitor.h>

#include "gc/alloc_inline.h"
#include "interp/lookup.h"
#include "ir/sem.h"
#include "rt/dispatch.h"
#include "thread/monitor_inline.h"

#define NAME(x) wide_##x
#define OPERAND_A (pc[1] & 0xffff)
#define OPERAND_B (pc[1] >> 16)
#define OPERAND_C (pc[2] & 0xffff)
#define IMM(X) ((int16_t)OPERAND_##X)
#define SHORT ((int16_t)OPERAND_B)
#define EXT 3
#define ARGUMENTS(n, slots, registers)                       \
  do {                                                       \
    uint64_t *to_ = (slots);                                 \
    const uint32_t *from_ = (registers);                     \
    for (uint32_t i_ = 0; i_ < (n); i_++)                    \
      to_[i_] = fp[from_[i_ / 2] >> 16 * (i_ & 1) & 0xffff]; \
  } while (0)
#define ARGUMENT_WORDS(n) (((n) + 1) / 2)
#define LEAF_WORDS 2
#define LEAF_ARG(args, i) ((args)[(i) / 2] >> 16 * ((i) & 1) & 0xffff)
#define WIDE TRAP(VMK_TRAP_UNREACHABLE, 0)

#include "interp/handlers.inc"

#include <vmkit/vmk_ops.def>
#undef VMK_OP

vmk_tier_code *const vmk_interp_wide[VMK_OP_COUNT] = {
#define VMK_OP(name, ...) [VMK_OP_##name] = wide_##name,
#include <vmkit/vmk_ops.def>
#undef VMK_OP
};
