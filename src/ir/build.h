/* build.h -- the IR of a function under construction
 *
 * Emission appends abstract instructions, which name virtual registers and labels, to one array.
 * encode.c reads it once, lays out the frame and writes words.  The first mistake of the client is
 * kept in `error`; everything after it is still accepted, and finish refuses the function.
 */
#ifndef VMK_IR_BUILD_H
#define VMK_IR_BUILD_H

#include "base/vec.h"
#include "ir/body.h"
#include "ir/ops.h"

/* Between operations the array holds where labels are bound and where positions change. */
enum { BUILD_LABEL = VMK_OP_COUNT, BUILD_POSITION };

typedef struct build_insn {
  uint16_t op; /* vmk_op or BUILD_* */
  bool is_site;
  uint32_t operand[3]; /* registers, immediates; BUILD_*: [0] the label or position */
  union {
    int32_t imm;       /* EXT K; low of S */
    uint32_t constant; /* EXT X, XA, XL, XTL; K of a site */
  };
  uint32_t target; /* EXT T, S, U: label */
  uint32_t count;  /* arguments, switch cases */
  uint32_t extra;  /* index of the first argument register, case label or key */
} build_insn;

typedef struct build_reg {
  uint8_t type;
  uint16_t slot;  /* given by the layout; 0: none */
  uint32_t uses;  /* operands that name it */
  uint32_t words; /* aggregates: slots it takes */
} build_reg;

typedef struct build_label {
  bool is_bound, is_target; /* is_target: some instruction goes there */
  uint32_t pc;
} build_label;

typedef struct build_handler {
  vmk_label begin, end, handler, filter;
  vmk_reg exception;
  uint32_t token, kind;
} build_handler;

/* A constant that is a reference: index of the constant and where the object is at finish. */
typedef struct build_ref {
  uint32_t constant;
  vmk_handle object; /* null: a site's */
} build_ref;

typedef struct build_name {
  uint32_t reg, number;
} build_name;

struct vmk_builder {
  vmk_function *f;
  VMK_VEC(build_insn) code;
  VMK_VEC(uint32_t) extra;
  VMK_VEC(build_reg) regs;
  VMK_VEC(build_label) labels;
  VMK_VEC(uint64_t) constants; /* sites: index of the site + 1 until installed */
  VMK_VEC(vmk_site) sites;
  VMK_VEC(build_ref) refs;
  VMK_VEC(build_handler) handlers;
  VMK_VEC(build_name) names;
  bool keeps_named;
  uint32_t position;
  bool position_pending;           /* not yet in `code` */
  vmk_reg scratch[VMK_TYPE_COUNT]; /* made when first needed; index is UINT32_MAX before */
  vmk_error error;                 /* message empty: none */
};

/* What is kept of a mistake: the first one, with where it happened. */
void vmk_builder_fail(vmk_builder *b, const char *format, ...) VMK_PRINTF(2, 3);
/* The hidden register for a large constant, an unwanted result. */
vmk_reg vmk_builder_scratch(vmk_builder *b, vmk_type type);

/* Lay out the frame, encode, install everything but f->code in f; *code gets the code. */
VMK_MUST_USE vmk_status vmk_encode(vmk_builder *b, uint32_t **code, vmk_error *error);

#endif
