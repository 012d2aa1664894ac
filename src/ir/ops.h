/* ops.h -- the table of operations as data, and decoding of installed code
 *
 * Everything that is not generated from vmk_ops.def by macros (printer, verifier, liveness, tiers
 * that compile) reads code through vmk_insn_decode, so that the encoding is known here and in the
 * builder only.  The encoding: docs/design/execution.md.
 */
#ifndef VMK_IR_OPS_H
#define VMK_IR_OPS_H

#include <vmkit/vmk_ir.h>

/* Columns A, B, C: named as in the table. */
typedef enum vmk_operand {
  VMK_OPERAND__,
  VMK_OPERAND_dI,
  VMK_OPERAND_dL,
  VMK_OPERAND_dF,
  VMK_OPERAND_dD,
  VMK_OPERAND_dR,
  VMK_OPERAND_dP,
  VMK_OPERAND_dV,
  VMK_OPERAND_uI,
  VMK_OPERAND_uL,
  VMK_OPERAND_uF,
  VMK_OPERAND_uD,
  VMK_OPERAND_uR,
  VMK_OPERAND_uP,
  VMK_OPERAND_uV,
  VMK_OPERAND_uG,
  VMK_OPERAND_mI,
  VMK_OPERAND_mL,
  VMK_OPERAND_mR,
  VMK_OPERAND_k,
  VMK_OPERAND_h,
  VMK_OPERAND_n,
} vmk_operand;

/* Column EXT. */
typedef enum vmk_ext {
  VMK_EXT__,
  VMK_EXT_K,
  VMK_EXT_T,
  VMK_EXT_X,
  VMK_EXT_A,
  VMK_EXT_S,
  VMK_EXT_U,
  VMK_EXT_XA,
  VMK_EXT_XL,
  VMK_EXT_XTL,
} vmk_ext;

/* Effects.  No flag at all: writes registers only, but is not worth moving. */
enum {
  VMK_PURE = 1, /* result depends on operands alone; may be removed or repeated (not when THROWS) */
  VMK_READS = 2,  /* reads the heap or other memory */
  VMK_WRITES = 4, /* writes it */
  VMK_THROWS = 8, /* may trap or throw: control may go to a handler */
  VMK_SAFEPOINT =
      16, /* the collector may run and move objects, other threads may look at the frame */
  VMK_TERMINATOR = 32, /* control never falls through */
  VMK_COMMUTES = 64,   /* b and c may be exchanged */
  VMK_BRANCHES = 128,  /* has targets; taken backward it is a safepoint too */
  VMK_CALLS = 256,     /* runs a managed function: reads and writes everything */
  VMK_ORDERS = 512,    /* orders memory accesses of other threads: nothing moves across */
};

typedef struct vmk_op_info {
  const char *name, *body, *meaning;
  uint8_t operand[3]; /* vmk_operand */
  uint8_t ext;        /* vmk_ext */
  bool wide_only;
  uint16_t effects;
} vmk_op_info;
extern const vmk_op_info vmk_op_table[VMK_OP_COUNT];

/* The operation of that name, or VMK_OP_COUNT. */
vmk_op vmk_op_find(const char *name, size_t length);

/* Operations on memory come one a type: vmk_op_of(VMK_FAMILY_LOAD_FIELD, VMK_TYPE_U8). */
typedef enum vmk_family {
  VMK_FAMILY_LOAD_FIELD,
  VMK_FAMILY_STORE_FIELD,
  VMK_FAMILY_LOAD_STATIC,
  VMK_FAMILY_STORE_STATIC,
  VMK_FAMILY_LOAD_ELEM,
  VMK_FAMILY_STORE_ELEM,
  VMK_FAMILY_LOAD_PTR,
  VMK_FAMILY_STORE_PTR,
  VMK_FAMILY_COUNT
} vmk_family;
extern const uint16_t vmk_op_families[VMK_FAMILY_COUNT][VMK_TYPE_COUNT];

/* The type a register has that holds a value of `type`: narrow ones are I32. */
static inline vmk_type
vmk_type_in_register(vmk_type type)
{
  return type >= VMK_TYPE_I8 ? VMK_TYPE_I32 : type;
}
/* The register bank: 0 prim, 1 ptr, 2 ref. */
static inline uint32_t
vmk_type_bank(vmk_type type)
{
  return type == VMK_TYPE_REF ? 2 : type == VMK_TYPE_PTR ? 1 : 0;
}
const char *vmk_type_name(vmk_type type);

static inline vmk_op
vmk_op_of(vmk_family family, vmk_type type)
{
  return (vmk_op)vmk_op_families[family][type]; /* nop: there is none */
}

static inline bool
vmk_operand_defines(vmk_operand k)
{
  return (k >= VMK_OPERAND_dI && k <= VMK_OPERAND_dV) ||
         (k >= VMK_OPERAND_mI && k <= VMK_OPERAND_mR);
}
static inline bool
vmk_operand_uses(vmk_operand k)
{
  return k >= VMK_OPERAND_uI && k <= VMK_OPERAND_mR;
}
static inline bool
vmk_operand_is_register(vmk_operand k)
{
  return k >= VMK_OPERAND_dI && k <= VMK_OPERAND_mR;
}
/* The register's type; VMK_TYPE_COUNT: any (V); VMK_TYPE_VOID: not a register. */
vmk_type vmk_operand_type(vmk_operand k);

/* --- instructions --------------------------------------------------------------------------- */

/* Constants of an X operand: [X] the operand, [X + 1] the site or 0 (when the instruction was emitted
 * as a site, or is a call_interface, call_virtual or leaf), [X + 2] what else the operation needs: leaf
 * helper, profile of call_interface and call_virtual, slot address of an appendix.  This many: */
uint32_t vmk_op_constants(vmk_op op, bool is_site);

/* The operation a site becomes when its hook does not choose another of the same layout. */
vmk_op vmk_site_quick_op(const vmk_site *site);

typedef struct vmk_insn {
  vmk_op op;            /* what it does; for an unresolved site: vmk_site_quick_op */
  bool wide;            /* has the wide form */
  const vmk_site *site; /* unresolved: the first byte is `link` */
  uint32_t length;      /* in words */
  int32_t operand[3]; /* a, b, c: register numbers (slots from fp) and immediates, sign-extended */
  int32_t imm;        /* EXT K; low of S */
  uint32_t constant;  /* EXT X: index */
  int32_t target;     /* EXT T, S, U (the other target): in words from the instruction */
  uint32_t count;     /* arguments, or targets of S and U */
  const uint32_t *table; /* argument words, or S: targets; U: keys, then targets */
} vmk_insn;

/* Decode the instruction at pc.  `constants` of the function: to find the site of a `link`. */
void vmk_insn_decode(const uint32_t *pc, const uint64_t *constants, vmk_insn *out);

/* Register of argument i (bank order). */
static inline uint32_t
vmk_insn_argument(const vmk_insn *insn, uint32_t i)
{
  return insn->wide ? insn->table[i / 2] >> 16 * (i & 1) & 0xffff
                    : insn->table[i / 4] >> 8 * (i & 3) & 0xff;
}
static inline int32_t
vmk_insn_key(const vmk_insn *insn, uint32_t i)
{
  return insn->op == VMK_OP_lookup_i32 ? (int32_t)insn->table[i]
                                       : (int32_t)((uint32_t)insn->imm + i);
}
/* Displacement of case i of a switch. */
static inline int32_t
vmk_insn_case(const vmk_insn *insn, uint32_t i)
{
  return (int32_t)insn->table[insn->op == VMK_OP_lookup_i32 ? insn->count + i : i];
}
static inline const vmk_op_info *
vmk_insn_info(const vmk_insn *insn)
{
  return &vmk_op_table[insn->op];
}

/* Words that `count` argument registers take. */
static inline uint32_t
vmk_argument_words(uint32_t count, bool wide)
{
  return wide ? (count + 1) / 2 : (count + 3) / 4;
}

static inline bool
vmk_insn_is_jump(const vmk_insn *insn)
{
  return insn->op == VMK_OP_jump || insn->op == VMK_OP_jump_back;
}
/* Has it cases (vmk_insn_case)? */
static inline bool
vmk_insn_is_switch(const vmk_insn *insn)
{
  uint32_t ext = vmk_insn_info(insn)->ext;
  return ext == VMK_EXT_S || ext == VMK_EXT_U;
}

#endif
