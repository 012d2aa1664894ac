/* bytecode.h -- the instruction set as an enum and a decoder's table
 *
 * The table knows lengths and stack effects; what an instruction means is in translate_code.c.
 */
#ifndef J3_BYTECODE_H
#define J3_BYTECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "attributes.h"

typedef enum j3_bytecode {
#define J3_BYTECODE(name, value, length, format, effect) J3_BC_##name = (value),
#include "bytecode.def"
#undef J3_BYTECODE
  J3_BC_COUNT
} j3_bytecode;

typedef enum j3_format {
  J3_FORMAT_NONE,
  J3_FORMAT_BYTE,       /* s1 */
  J3_FORMAT_SHORT,      /* s2 */
  J3_FORMAT_LDC,        /* u1 pool index */
  J3_FORMAT_LDC_W,      /* u2 pool index */
  J3_FORMAT_LOCAL,      /* u1 local, u2 when wide */
  J3_FORMAT_IINC,       /* u1 local s1, u2 s2 when wide */
  J3_FORMAT_BRANCH,     /* s2 */
  J3_FORMAT_BRANCH_W,   /* s4 */
  J3_FORMAT_SWITCH,     /* padding, then a table */
  J3_FORMAT_POOL,       /* u2 pool index */
  J3_FORMAT_INTERFACE,  /* u2 pool index, count, zero */
  J3_FORMAT_DYNAMIC,    /* u2 pool index, zero, zero */
  J3_FORMAT_ARRAY_TYPE, /* u1 primitive type code */
  J3_FORMAT_MULTI,      /* u2 pool index, u1 dimensions */
  J3_FORMAT_WIDE,
} j3_format;

/* Tags of constant pool entries (JVMS 4.4). */
enum {
  J3_TAG_UTF8 = 1,
  J3_TAG_INTEGER = 3,
  J3_TAG_FLOAT = 4,
  J3_TAG_LONG = 5,
  J3_TAG_DOUBLE = 6,
  J3_TAG_CLASS = 7,
  J3_TAG_STRING = 8,
  J3_TAG_FIELD = 9,
  J3_TAG_METHOD = 10,
  J3_TAG_INTERFACE_METHOD = 11,
  J3_TAG_NAME_AND_TYPE = 12,
  J3_TAG_METHOD_HANDLE = 15,
  J3_TAG_METHOD_TYPE = 16,
  J3_TAG_DYNAMIC = 17,
  J3_TAG_INVOKE_DYNAMIC = 18,
};

typedef struct j3_bytecode_info {
  const char *name;
  const char *effect;
  uint8_t length, format;
} j3_bytecode_info;
extern const j3_bytecode_info j3_bytecode_table[J3_BC_COUNT];

static inline int16_t
j3_s2(const uint8_t *p)
{
  return (int16_t)j3_u2(p);
}
static inline int32_t
j3_s4(const uint8_t *p)
{
  return (int32_t)j3_u4(p);
}

/* One decoded instruction; `wide` is folded in. */
typedef struct j3_instruction {
  uint32_t bci, length; /* length with the wide prefix */
  uint8_t op;           /* j3_bytecode */
  uint16_t index;       /* pool index, local, array type code */
  int32_t value;        /* constant, increment, dimensions; branches: absolute target */
  const uint8_t *table; /* switches: the aligned operands */
} j3_instruction;

/* Decode the instruction at bci < length of the code.  False: malformed (unknown, or its operands lie
 * beyond the end); targets are not checked.  Leaf. */
bool j3_bytecode_decode(const uint8_t *code, uint32_t length, uint32_t bci, j3_instruction *out);

/* May control go on to the instruction behind? */
static inline bool
j3_bytecode_falls_through(const j3_instruction *in)
{
  uint8_t op = in->op;
  return op != J3_BC_goto && op != J3_BC_goto_w && op != J3_BC_jsr && op != J3_BC_jsr_w &&
         op != J3_BC_athrow && !(op >= J3_BC_ret && op <= J3_BC_return);
}

/* Switches, from the decoded instruction: number of cases, and of each its key and target. */
uint32_t j3_switch_count(const j3_instruction *in);
int32_t j3_switch_key(const j3_instruction *in, uint32_t i);
int32_t j3_switch_target(const j3_instruction *in, uint32_t i);
int32_t j3_switch_default(const j3_instruction *in);

#endif
