/* stencil.h -- stencils as data: what extract.c writes and compile.c reads */
#ifndef VMK_JIT_STENCIL_H
#define VMK_JIT_STENCIL_H

#include <stdbool.h>
#include <stdint.h>

/* What is missing in a stencil, and what the routine trampolines stand for. */
typedef enum jit_hole {
#define JIT_HOLE(name, what) JIT_HOLE_##name,
#include "jit/holes.def"
  JIT_HOLE_DATA,     /* addend: offset in jit_data */
  JIT_HOLE_EXTERNAL, /* + jit_external: a function of C */
} jit_hole;

/* C functions that stencils may call. TSan's tell it what compiled code synchronises with. */
#if __has_feature(thread_sanitizer)
#include <sanitizer/tsan_interface_atomic.h>
#define JIT_TSAN_SIZES(X, what) \
  X(__tsan_atomic8_##what)      \
  X(__tsan_atomic16_##what) X(__tsan_atomic32_##what) X(__tsan_atomic64_##what)
#define JIT_TSAN_EXTERNALS(X) \
  JIT_TSAN_SIZES(X, load)     \
  JIT_TSAN_SIZES(X, store)    \
  JIT_TSAN_SIZES(X, exchange) \
  JIT_TSAN_SIZES(X, fetch_add) JIT_TSAN_SIZES(X, compare_exchange_val) X(__tsan_atomic_thread_fence)
#else
#define JIT_TSAN_EXTERNALS(X)
#endif
#define JIT_EXTERNALS(X) \
  X(ceil) X(floor) X(rint) X(fmod) X(fmodf) X(memmove) X(memset) X(memcpy) JIT_TSAN_EXTERNALS(X)
typedef enum jit_external {
#define JIT_EXTERNAL(name) JIT_EXTERNAL_##name,
  JIT_EXTERNALS(JIT_EXTERNAL)
#undef JIT_EXTERNAL
      JIT_EXTERNAL_COUNT
} jit_external;

/* Machine registers that stencils hand on as they are (pin.c), with their numbers in instructions. */
#define JIT_PINS(X) X(r8, 8) X(r9, 9) X(r11, 11) X(r13, 13) X(r15, 15) X(rsi, 6)
#define JIT_FLOAT_PINS(X) \
  X(xmm1, 1) X(xmm2, 2) X(xmm3, 3) X(xmm4, 4) X(xmm5, 5) X(xmm6, 6) X(xmm7, 7)

/* READ..: an instruction that reads the slot at fp + 32 bits and could read a register instead. */
typedef enum jit_form {
  JIT_FORM_32,       /* the low 32 bits */
  JIT_FORM_64,       /* all of it */
  JIT_FORM_RELATIVE, /* 32 bits, from the place itself */
  JIT_FORM_READ,     /* REX, opcode, ModRM, SIB, the place */
  JIT_FORM_READ_0F,  /* REX, 0f, opcode, ModRM, SIB, the place */
  JIT_FORM_READ_F64, /* prefix, REX, 0f, opcode, ModRM, SIB, the place: a double */
} jit_form;

typedef struct jit_relocation {
  uint16_t offset; /* in the stencil */
  uint8_t hole, form;
  int32_t addend;
} jit_relocation;

typedef struct jit_stencil {
  uint32_t code;       /* in jit_code */
  uint32_t relocation; /* the first, in jit_relocations */
  uint16_t size;
  uint8_t relocation_count;
  bool jumps; /* inside itself */
} jit_stencil;

#endif
