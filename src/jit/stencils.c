/* stencils.c -- one function for each operation, with holes, from the rows of vmk_ops.def
 *
 * Never linked: the object is input of extract.c, which turns each function into bytes and
 * relocations.  A stencil is entered and left by jumps only, in the convention of tier.h, where
 *
 *     fp, t, table   are as there
 *     acc            (its `word`) may mirror a register of the frame, by what ran before
 *     dacc           the same for a double; another tier does not look
 *     r8 ..., xmm1 ...   pins (pin.c): in a loop they mirror registers all along
 *     pc             an instruction's word offset, from a stub to a routine of the library
 *     window         where that routine comes back to
 *
 * and everything else is undefined.  The frame is always complete, as tier 0 would leave it: acc and
 * dacc save loads, not stores.  So every instruction can be left to tier 0 (LEAVE), which is what all
 * that traps does: an operation traps before it has changed anything, and tier 0 runs it again.
 *
 * s<V>_<op>: V = 0 reads all operands from the frame; V = 1, 2, 3 has operand a, b, c in acc or dacc.
 */
/* For TSan, what compiled code synchronises with is told (atomics are calls), and nothing else: what guest
 * programs race for is theirs. */
#if __has_feature(thread_sanitizer)
#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)
#endif

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_ir.h>
#include <vmkit/vmk_monitor.h>

#include "gc/alloc_inline.h"
#include "ir/sem.h"
#include "jit/forward.h"
#include "jit/limits.h"
#include "jit/stencil.h"
#include "rt/dispatch.h"
#include "rt/frame.h"
#include "rt/tier.h"
#include "thread/monitor_inline.h"

#define UNUSED __attribute__((unused))
/* Each parameter is in the machine register that its name says, or r12 fp, r14 t, rdi table, rdx acc,
 * xmm0 dacc.  rsi and r13 are also `window` and `pc` on the way to the library. */
#define ARGS                                                                             \
  char *fp, uint64_t r13 UNUSED, vmk_thread *t, uint64_t r15 UNUSED, const void *table,  \
      uint64_t rsi UNUSED, uint64_t acc UNUSED, uint64_t rcx UNUSED, uint64_t r8 UNUSED, \
      uint64_t r9 UNUSED, uint64_t r11 UNUSED, double dacc UNUSED, double xmm1 UNUSED,   \
      double xmm2 UNUSED, double xmm3 UNUSED, double xmm4 UNUSED, double xmm5 UNUSED,    \
      double xmm6 UNUSED, double xmm7 UNUSED
#define PASS \
  fp, r13, t, r15, table, rsi, acc, rcx, r8, r9, r11, dacc, xmm1, xmm2, xmm3, xmm4, xmm5, xmm6, xmm7
typedef VMK_TIER_CALL void stencil(ARGS);

/* Hidden: no GOT.  Weak: no assumption about what an address can be. */
#define HOLE __attribute__((weak, visibility("hidden"))) extern
#define JIT_HOLE(name, what) HOLE char hole_##name[];
#include "jit/holes.def"

#define TAIL __attribute__((musttail)) return
#define CODE(name) ((stencil *)hole_##name)
/* A register that is passed undefined is free until then. */
#define LOSE(x)      \
  do {               \
    typeof(x) none_; \
    x = none_;       \
  } while (0)
#define LOSE_PIN(name, number) LOSE(name);
#define LOSE_PINS                               \
  do {                                          \
    JIT_PINS(LOSE_PIN) JIT_FLOAT_PINS(LOSE_PIN) \
  } while (0)
#define GO_TO(f)   \
  do {             \
    LOSE(rcx);     \
    TAIL(f)(PASS); \
  } while (0)
#define GO(name) GO_TO(CODE(name))
/* To a stub, behind which nothing is mirrored. */
#define ABANDON(name) \
  do {                \
    LOSE_PINS;        \
    LOSE(acc);        \
    LOSE(dacc);       \
    GO(name);         \
  } while (0)
/* To another function. */
#define DEPART(f) \
  do {            \
    LOSE_PINS;    \
    LOSE(dacc);   \
    GO_TO(f);     \
  } while (0)
#define NUMBER(name) ((intptr_t)hole_##name)
#define WORD(name)                                     \
  ({                                                   \
    uint64_t v_;                                       \
    __asm__("movabsq $hole_" #name ", %0" : "=r"(v_)); \
    v_;                                                \
  })
#define ADDRESS(name)                                     \
  ({                                                      \
    char *v_;                                             \
    __asm__("leaq hole_" #name "(%%rip), %0" : "=r"(v_)); \
    v_;                                                   \
  })
#define SLOT(X) (*(uint64_t *)(fp + NUMBER(X)))
#define HEAD(frame, i) (((uint64_t *)(frame))[i])

/* --- operands ------------------------------------------------------------------------------------------ */

enum { PLACE_A = 1, PLACE_B, PLACE_C };
#define BITS(X) (V == PLACE_##X ? acc : SLOT(X))
#define IN__(x, X)
#define IN_dI(x, X) UNUSED int32_t x;
#define IN_dL(x, X) UNUSED int64_t x;
#define IN_dF(x, X) UNUSED float x;
#define IN_dD(x, X) UNUSED double x;
#define IN_dR(x, X) UNUSED vmk_ref x;
#define IN_dP(x, X) UNUSED char *x;
#define IN_dV(x, X) UNUSED uint64_t x;
#define IN_uI(x, X) UNUSED int32_t x = (int32_t)BITS(X);
#define IN_uL(x, X) UNUSED int64_t x = (int64_t)BITS(X);
#define IN_uF(x, X) UNUSED float x = vmk_sem_f32((int32_t)SLOT(X));
#define IN_uD(x, X) UNUSED double x = V == PLACE_##X ? dacc : vmk_sem_f64(SLOT(X));
#define IN_uR(x, X) UNUSED vmk_ref x = (vmk_ref)BITS(X);
#define IN_uP(x, X) UNUSED char *x = (char *)BITS(X);
#define IN_uV(x, X) UNUSED uint64_t x = BITS(X);
#define IN_uG(x, X) UNUSED char *x = fp + NUMBER(X);
#define IN_mI(x, X) IN_uI(x, X)
#define IN_mL(x, X) IN_uL(x, X)
#define IN_mR(x, X) IN_uR(x, X)
#define IN_k(x, X) UNUSED int32_t x = (int32_t)NUMBER(X);
#define IN_h(x, X) UNUSED int32_t x = (int32_t)NUMBER(X);
#define IN_n(x, X)

#define OUT__(x, X)
#define OUT_dI(x, X) SLOT(X) = acc = (uint32_t)x;
#define OUT_dL(x, X) SLOT(X) = acc = (uint64_t)x;
#define OUT_dF(x, X) SLOT(X) = (uint32_t)vmk_sem_bits_f32(x);
/* The assembler line is empty: it has copies go through a register for doubles. */
#define OUT_dD(x, X)        \
  dacc = x;                 \
  __asm__("" : "+x"(dacc)); \
  *(double *)(fp + NUMBER(X)) = dacc;
#define OUT_dR(x, X) SLOT(X) = acc = (uintptr_t)x;
#define OUT_dP(x, X) SLOT(X) = acc = (uintptr_t)x;
#define OUT_dV(x, X) SLOT(X) = acc = x;
#define OUT_uI(x, X)
#define OUT_uL(x, X)
#define OUT_uF(x, X)
#define OUT_uD(x, X)
#define OUT_uR(x, X)
#define OUT_uP(x, X)
#define OUT_uV(x, X)
#define OUT_uG(x, X)
#define OUT_mI(x, X) OUT_dI(x, X)
#define OUT_mL(x, X) OUT_dL(x, X)
#define OUT_mR(x, X) OUT_dR(x, X)
#define OUT_k(x, X)
#define OUT_h(x, X)
#define OUT_n(x, X)

#define EXT__
#define EXT_K UNUSED int32_t imm = (int32_t)NUMBER(IMM);
#define EXT_T
#define EXT_X UNUSED uint64_t constant = WORD(CONSTANT);
#define EXT_A
#define EXT_XA EXT_X
#define EXT_XL EXT_X
#define EXT_XTL EXT_X
#define EXT_S
#define EXT_U

/* --- checks and control -------------------------------------------------------------------------------- */

#define LEAVE_IF(condition)      \
  do {                           \
    if (VMK_UNLIKELY(condition)) \
      ABANDON(LEAVE);            \
  } while (0)
#define CHECK_NULL(r) LEAVE_IF(!(r))
#define TRAP(trap, operand) ABANDON(LEAVE)
#define TRAP_IF(condition, trap) LEAVE_IF(condition)
#define CHECK_INDEX(array, index)                               \
  do {                                                          \
    CHECK_NULL(array);                                          \
    LEAVE_IF((uint32_t)(index) >= vmk_array_length_raw(array)); \
  } while (0)
#define CHECK_STORE(array, value)                              \
  do {                                                         \
    if (value) {                                               \
      vmk_kind *kind_ = vmk_kind_of(array);                    \
      if (VMK_UNLIKELY(kind_->element != vmk_kind_of(value) && \
                       !(kind_->flags & VMK_KIND_STORE_ANY)))  \
        ABANDON(SLOW);                                         \
    }                                                          \
  } while (0)
/* Offsets of fields are positive, so they can be part of an address without being extended. */
#define FIELD(object, offset) ((char *)(object) + OFFSET_##offset)
#define vmk_load_ref(object, offset) vmk_load_ref(object, OFFSET_##offset)
#define vmk_store_ref(t, object, offset, value) vmk_store_ref(t, object, OFFSET_##offset, value)
#define OFFSET_imm (size_t)NUMBER(IMM)
#define OFFSET_0 0
#define ELEMENT(array, index, shift) \
  ((char *)(array) + VMK_ARRAY_DATA_OFFSET + ((uint64_t)(uint32_t)(index) << (shift)))

#define POLLS (__atomic_load_n((const uint32_t *)&t->poll, __ATOMIC_RELAXED))
#define POLL                 \
  do {                       \
    if (VMK_UNLIKELY(POLLS)) \
      ABANDON(SLOW);         \
  } while (0)
/* Backward branches have a stencil `poll` before them. */
#define JUMP GO(TARGET)
#define BRANCH_IF(condition) \
  do {                       \
    if (condition)           \
      GO(TARGET);            \
  } while (0)
/* Tables: distances of the cases' code from the table; of a lookup, behind the keys. */
#define SWITCH                                               \
  do {                                                       \
    uint32_t case_ = (uint32_t)a - (uint32_t)NUMBER(LOW);    \
    if (case_ >= (uint32_t)NUMBER(COUNT))                    \
      GO(TARGET);                                            \
    char *table_ = ADDRESS(TABLE);                           \
    GO_TO((stencil *)(table_ + ((int32_t *)table_)[case_])); \
  } while (0)
#define LOOKUP                                                           \
  do {                                                                   \
    char *table_ = ADDRESS(TABLE);                                       \
    uint32_t low_ = 0, count_ = (uint32_t)NUMBER(COUNT), high_ = count_; \
    while (low_ < high_) {                                               \
      uint32_t middle_ = (low_ + high_) / 2;                             \
      if (((int32_t *)table_)[middle_] < a)                              \
        low_ = middle_ + 1;                                              \
      else                                                               \
        high_ = middle_;                                                 \
    }                                                                    \
    if (low_ >= count_ || ((int32_t *)table_)[low_] != a)                \
      GO(TARGET);                                                        \
    GO_TO((stencil *)(table_ + ((int32_t *)table_)[count_ + low_]));     \
  } while (0)
#define LINK ABANDON(LEAVE)
#define WIDE ABANDON(LEAVE)
#define THROW(r) ABANDON(LEAVE)
#define END_FILTER(verdict) ABANDON(LEAVE)
#define MONITOR_ENTER(r)                             \
  do {                                               \
    if (VMK_UNLIKELY(!vmk_monitor_enter_fast(t, r))) \
      ABANDON(SLOW);                                 \
  } while (0)
#define MONITOR_EXIT(r)                             \
  do {                                              \
    if (VMK_UNLIKELY(!vmk_monitor_exit_fast(t, r))) \
      ABANDON(SLOW);                                \
  } while (0)

/* --- allocation ---------------------------------------------------------------------------------------- */

/* The kind is known when the instruction is compiled: its size and header are in the code. */
#define NEW(kind_of_it)                                                 \
  do {                                                                  \
    char *object_ = t->tlab_top;                                        \
    if (VMK_UNLIKELY((intptr_t)(t->tlab_end - object_) < NUMBER(SIZE))) \
      ABANDON(SLOW);                                                    \
    t->tlab_top = object_ + NUMBER(SIZE);                               \
    a = (vmk_ref)object_;                                               \
    a->header = WORD(HEADER);                                           \
  } while (0)
#define NEW_ARRAY(kind_of_it, length)                                                        \
  do {                                                                                       \
    vmk_kind *kind_ = (kind_of_it);                                                          \
    uint32_t length_ = (uint32_t)(length);                                                   \
    size_t bytes_ =                                                                          \
        vmk_align_object(VMK_ARRAY_DATA_OFFSET + ((size_t)length_ << kind_->element_shift)); \
    char *object_ = t->tlab_top;                                                             \
    if (VMK_UNLIKELY(length_ > JIT_FAST_ARRAY || (size_t)(t->tlab_end - object_) < bytes_))  \
      ABANDON(SLOW);                                                                         \
    t->tlab_top = object_ + bytes_;                                                          \
    a = (vmk_ref)object_;                                                                    \
    a->header = WORD(HEADER);                                                                \
    *(uint32_t *)(object_ + VMK_ARRAY_LENGTH_OFFSET) = length_;                              \
  } while (0)

/* --- calls: the arguments are in the window already ---------------------------------------------------- */

#define CALL(function)                                                         \
  do {                                                                         \
    vmk_function *callee_ = (function);                                        \
    char *frame_ = fp + NUMBER(WINDOW);                                        \
    HEAD(frame_, VMK_FRAME_FP) = (uintptr_t)fp;                                \
    HEAD(frame_, VMK_FRAME_RETURN) = WORD(RETURN);                             \
    HEAD(frame_, VMK_FRAME_FUNCTION) = (uintptr_t)callee_ | WORD(DESTINATION); \
    HEAD(frame_, VMK_FRAME_ADDRESS) = (uintptr_t)ADDRESS(NEXT);                \
    fp = frame_;                                                               \
    acc = (uintptr_t)callee_;                                                  \
    DEPART((stencil *)__atomic_load_n(&callee_->entry, __ATOMIC_ACQUIRE));     \
  } while (0)
#define CALL_APPENDIX CALL((vmk_function *)constant)
#define CALL_VIRTUAL(receiver) CALL(vmk_kind_of(receiver)->vtable[constant])
#define CALL_INTERFACE(receiver)                                                                   \
  do {                                                                                             \
    const vmk_kind *kind_ = vmk_kind_of(receiver);                                                 \
    const vmk_call_profile *profile_ = vmk_call_profile_of((uint64_t *)WORD(CELL));                \
    if (VMK_UNLIKELY(!profile_))                                                                   \
      ABANDON(SLOW);                                                                               \
    vmk_function *found_ = profile_->found;                                                        \
    if (VMK_UNLIKELY(profile_->kind != kind_)) {                                                   \
      const vmk_dispatch_entry *entry_ =                                                           \
          vmk_dispatch_entry_of(t, (const vmk_function *)constant, kind_);                         \
      if (VMK_UNLIKELY(entry_->kind != kind_ || entry_->target != (const vmk_function *)constant)) \
        ABANDON(SLOW);                                                                             \
      found_ = entry_->found;                                                                      \
    }                                                                                              \
    CALL(found_);                                                                                  \
  } while (0)
/* The arguments are in the frame already. */
#define TAIL_CALL(function)                                                                       \
  do {                                                                                            \
    vmk_function *callee_ = (function);                                                           \
    HEAD(fp, VMK_FRAME_FUNCTION) = vmk_frame_tag(callee_, vmk_frame_destination((uint64_t *)fp)); \
    acc = (uintptr_t)callee_;                                                                     \
    DEPART((stencil *)__atomic_load_n(&callee_->entry, __ATOMIC_ACQUIRE));                        \
  } while (0)
#define LEAF()                                                                            \
  ({                                                                                      \
    uint64_t result_ =                                                                    \
        ((vmk_leaf)WORD(CONSTANT2))(t, constant, SLOT(L0), SLOT(L1), SLOT(L2), SLOT(L3)); \
    LOSE(acc);                                                                            \
    LOSE(dacc);                                                                           \
    LOSE_PINS;                                                                            \
    result_;                                                                              \
  })
#define OBJECT ((vmk_ref)SLOT(L0))
#define HAS_KIND(object, at) \
  (*(const uint64_t *)((const char *)vmk_kind_of(object) + (at)) == WORD(CONSTANT))
/* For kinds that are in no display; for the others see x_is_kind. */
#define IS_KIND() (OBJECT && (HAS_KIND(OBJECT, offsetof(vmk_kind, display)) || LEAF()))
#define BRANCH_IF_KIND_OR_NULL \
  BRANCH_IF(!OBJECT || HAS_KIND(OBJECT, offsetof(vmk_kind, display)) || LEAF())
#define RETURN(bits)                                \
  do {                                              \
    acc = (bits);                                   \
    DEPART((stencil *)HEAD(fp, VMK_FRAME_ADDRESS)); \
  } while (0)
#define RETURN_VOID RETURN(acc)

/* --- rows ---------------------------------------------------------------------------------------------- */

#pragma clang diagnostic ignored "-Wuninitialized"
#pragma clang diagnostic ignored "-Wsometimes-uninitialized"

#define STENCIL(name)            \
  VMK_TIER_CALL void name(ARGS); \
  VMK_TIER_CALL void name(ARGS)
#define ROW(prefix, name, first, second, third, extension, ...)                      \
  STENCIL(prefix##name)                                                              \
  {                                                                                  \
    IN_##first(a, A) IN_##second(b, B) IN_##third(c, C) EXT_##extension __VA_ARGS__; \
    JIT_IF_CALLS_C(name)(LOSE_PINS;) OUT_##first(a, A) GO(CONT);                     \
  }

#define V 0
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  ROW(s0_, name, first, second, third, extension, body)
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef V

#define V 1
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  JIT_IF_FORWARDED_##first(ROW(s1_, name, first, second, third, extension, body))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef V
#define V 2
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  JIT_IF_FORWARDED_##second(ROW(s2_, name, first, second, third, extension, body))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef V
#define V 3
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  JIT_IF_FORWARDED_##third(ROW(s3_, name, first, second, third, extension, body))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef V

/* --- volatile accesses, whose type is an operand: a stencil for each ------------------------------------ */

/* IF_VOLATILE(name)(text): text, when the row is one of these four. */
#define IF_VOLATILE(name) JIT_CHOOSE(IS_VOLATILE_##name JIT_KEEP, JIT_DROP, )
#define IS_VOLATILE_load_field_volatile ~,
#define IS_VOLATILE_store_field_volatile ~,
#define IS_VOLATILE_load_static_volatile ~,
#define IS_VOLATILE_store_static_volatile ~,
#undef IN_k
#define IN_k(x, X) enum { x = VOLATILE_TYPE };

#define V 0
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  IF_VOLATILE(name)(ROW(i8_, name, first, second, third, extension, body))
#define VOLATILE_TYPE VMK_TYPE_I8
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef VOLATILE_TYPE
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  IF_VOLATILE(name)(ROW(u8_, name, first, second, third, extension, body))
#define VOLATILE_TYPE VMK_TYPE_U8
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef VOLATILE_TYPE
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  IF_VOLATILE(name)(ROW(i32_, name, first, second, third, extension, body))
#define VOLATILE_TYPE VMK_TYPE_I32
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef VOLATILE_TYPE
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  IF_VOLATILE(name)(ROW(i64_, name, first, second, third, extension, body))
#define VOLATILE_TYPE VMK_TYPE_I64
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef VOLATILE_TYPE
#define VMK_OP(name, first, second, third, extension, effects, body, meaning) \
  IF_VOLATILE(name)(ROW(ref_, name, first, second, third, extension, body))
#define VOLATILE_TYPE VMK_TYPE_REF
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef VOLATILE_TYPE
#undef V

/* --- parts of instructions ----------------------------------------------------------------------------- */

STENCIL(x_enter)
{
  if (VMK_UNLIKELY(fp + NUMBER(WINDOW) > (char *)t->stack_limit))
    GO(ROUTINE);
  GO(CONT);
}

STENCIL(x_clear_2)
{
  typedef uint64_t pair __attribute__((vector_size(16), aligned(8)));
  *(pair *)(fp + NUMBER(A)) = (pair){0, 0};
  GO(CONT);
}

/* Copies for calls. */
STENCIL(x_copy)
{
  SLOT(A) = SLOT(B);
  GO(CONT);
}

STENCIL(x_store)
{
  SLOT(A) = acc;
  GO(CONT);
}

STENCIL(x_store_f64)
{
  *(double *)(fp + NUMBER(A)) = dacc;
  GO(CONT);
}

/* Where calls return to. */
STENCIL(x_result)
{
  fp -= NUMBER(WINDOW);
  SLOT(A) = acc;
  GO(CONT);
}

STENCIL(x_no_result)
{
  fp -= NUMBER(WINDOW);
  GO(CONT);
}

STENCIL(x_appendix)
{
  SLOT(A) = (uintptr_t)((vmk_slot *)WORD(CONSTANT2))->ref;
  GO(CONT);
}

STENCIL(x_leave_if_polled)
{
  LEAVE_IF(POLLS);
  GO(CONT);
}

/* Inlined calls: what they check, and the frame that the callee would have. */
STENCIL(x_check_null)
{
  LEAVE_IF(!SLOT(C));
  GO(CONT);
}

STENCIL(x_check_null_acc)
{
  LEAVE_IF(!acc);
  GO(CONT);
}

STENCIL(x_check_virtual)
{
  vmk_ref receiver = (vmk_ref)SLOT(C);
  LEAVE_IF(!receiver);
  if (VMK_UNLIKELY((uintptr_t)vmk_kind_of(receiver)->vtable[WORD(CONSTANT)] != WORD(CALLEE)))
    GO(TARGET);
  GO(CONT);
}

STENCIL(x_check_interface)
{
  vmk_ref receiver = (vmk_ref)SLOT(C);
  LEAVE_IF(!receiver);
  if (VMK_UNLIKELY((uintptr_t)vmk_kind_of(receiver) != WORD(KIND)))
    GO(TARGET);
  GO(CONT);
}

#define MAKE_FRAME(address)                                              \
  do {                                                                   \
    char *frame_ = fp + NUMBER(A);                                       \
    HEAD(frame_, VMK_FRAME_FP) = (uintptr_t)fp;                          \
    HEAD(frame_, VMK_FRAME_RETURN) = WORD(RETURN);                       \
    HEAD(frame_, VMK_FRAME_FUNCTION) = WORD(CALLEE) | WORD(DESTINATION); \
    HEAD(frame_, VMK_FRAME_ADDRESS) = (uintptr_t)(address);              \
    fp = frame_;                                                         \
  } while (0)

STENCIL(x_make_frame)
{
  MAKE_FRAME(ADDRESS(TARGET));
  GO(CONT);
}

STENCIL(x_make_inner_frame)
{
  MAKE_FRAME(ADDRESS(ROUTINE));
  GO(CONT);
}

/* div_i32_imm and rem_i32_imm by 2^imm: a negative dividend is rounded up first. */
#define POWER(name, dividend, result)                                \
  STENCIL(name)                                                      \
  {                                                                  \
    int32_t b = (int32_t)(dividend), mask_ = (int32_t)NUMBER(C) - 1; \
    int32_t bias_ = b >> 31 & mask_;                                 \
    SLOT(A) = acc = (uint32_t)(result);                              \
    GO(CONT);                                                        \
  }
POWER(x_div_power, SLOT(B), (b + bias_) >> NUMBER(IMM))
POWER(x_div_power_acc, acc, (b + bias_) >> NUMBER(IMM))
POWER(x_rem_power, SLOT(B), ((b + bias_) & mask_) - bias_)
POWER(x_rem_power_acc, acc, ((b + bias_) & mask_) - bias_)

/* is_kind and br_kind_or_null for kinds that are in displays, at offset imm of a kind. */
#define KIND_TESTS(suffix, object)                                     \
  STENCIL(x_is_kind##suffix)                                           \
  {                                                                    \
    vmk_ref object_ = (vmk_ref)(object);                               \
    SLOT(A) = acc = object_ && HAS_KIND(object_, (size_t)NUMBER(IMM)); \
    GO(CONT);                                                          \
  }                                                                    \
  STENCIL(x_br_kind_or_null##suffix)                                   \
  {                                                                    \
    vmk_ref object_ = (vmk_ref)(object);                               \
    BRANCH_IF(!object_ || HAS_KIND(object_, (size_t)NUMBER(IMM)));     \
    GO(CONT);                                                          \
  }
KIND_TESTS(, SLOT(L0))
KIND_TESTS(_acc, acc)

/* Profiles. */
STENCIL(x_count)
{
  vmk_profile_add((uint32_t *)WORD(COUNTER));
  GO(CONT);
}

/* A subtype test, whose result is in acc. */
STENCIL(x_count_test)
{
  vmk_profile_add((uint32_t *)WORD(COUNTER) + !acc);
  GO(CONT);
}

#define COUNT_RECEIVER(is_same)                                               \
  do {                                                                        \
    vmk_ref receiver = (vmk_ref)SLOT(C);                                      \
    vmk_call_profile *profile_ = vmk_call_profile_of((uint64_t *)WORD(CELL)); \
    if (receiver && profile_)                                                 \
      vmk_call_profile_count(profile_, is_same);                              \
  } while (0)

STENCIL(x_count_virtual)
{
  COUNT_RECEIVER(vmk_kind_of(receiver)->vtable[WORD(CONSTANT)] == profile_->found);
  GO(CONT);
}

STENCIL(x_count_interface)
{
  COUNT_RECEIVER(vmk_kind_of(receiver) == profile_->kind);
  GO(CONT);
}

/* An unresolved site: the cell holds the address of the stub below, later of the linked code. */
STENCIL(x_site)
{
  GO_TO(*(stencil **)ADDRESS(TABLE));
}

STENCIL(x_leave)
{
  ABANDON(LEAVE);
}

STENCIL(x_slow)
{
  ABANDON(SLOW);
}

/* --- stubs, behind the function's code ----------------------------------------------------------------- */

#define CALL_ROUTINE(where)        \
  do {                             \
    LOSE_PINS;                     \
    r13 = (uint64_t)NUMBER(INDEX); \
    rsi = (uint64_t)(where);       \
    GO_TO(CODE(ROUTINE));          \
  } while (0)

STENCIL(x_stub_leave)
{
  CALL_ROUTINE(0);
}

STENCIL(x_stub_slow)
{
  CALL_ROUTINE(ADDRESS(TARGET));
}

STENCIL(x_stub_site)
{
  CALL_ROUTINE(ADDRESS(TABLE));
}

STENCIL(x_reload)
{
  acc = SLOT(A);
  GO(CONT);
}

STENCIL(x_reload_f64)
{
  dacc = vmk_sem_f64(SLOT(A));
  GO(CONT);
}

STENCIL(x_jump)
{
  GO(TARGET);
}

/* --- pins ------------------------------------------------------------------------------------------------ */

#define PIN(name, number) \
  STENCIL(x_load_##name)  \
  {                       \
    name = SLOT(A);       \
    GO(CONT);             \
  }                       \
  STENCIL(x_take_##name)  \
  {                       \
    name = acc;           \
    GO(CONT);             \
  }
#define FLOAT_PIN(name, number)         \
  STENCIL(x_load_##name)                \
  {                                     \
    name = *(double *)(fp + NUMBER(A)); \
    GO(CONT);                           \
  }                                     \
  STENCIL(x_take_##name)                \
  {                                     \
    name = dacc;                        \
    GO(CONT);                           \
  }
JIT_PINS(PIN)
JIT_FLOAT_PINS(FLOAT_PIN)

#if __has_feature(thread_sanitizer)
#pragma clang attribute pop
#endif
