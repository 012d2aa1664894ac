/* x86.h -- instructions of x86-64, as far as extract.c has to understand what clang made
 *
 * How long an instruction is and which registers it names; AMD64 Architecture Programmer's Manual,
 * volume 3, appendix A.  What is not in the tables here has length 0.
 */
#ifndef VMK_JIT_X86_H
#define VMK_JIT_X86_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct x86_insn {
  uint32_t length;    /* 0: unknown */
  uint32_t opcode_at; /* behind the prefixes */
  bool is_0f;         /* opcode: the byte behind 0f */
  uint8_t prefix;     /* 66, f2, f3 or 0 */
  uint8_t rex, opcode, modrm;
  uint32_t general, xmm; /* sets of registers that it names, whether to read or to write */
} x86_insn;

/* What follows an opcode, by opcode; 0x10 a row:
 *
 *     m M W   ModRM, and a constant of 8 (M) or 32 (W) bits
 *     g G H   the same, where ModRM.reg is part of the opcode
 *     l B D   a register in the opcode's low bits, and a constant of 8 (B) or 32 (D; or 64) bits
 *     - b d   nothing, a constant of 8 or 32 bits              . unknown */
static const char x86_shapes[] = "mmmmbd..mmmmbd.." /* 00 */
                                 "mmmmbd..mmmmbd.."
                                 "mmmmbd..mmmmbd.."
                                 "mmmmbd..mmmmbd.."
                                 "................" /* 40 */
                                 "llllllllllllllll"
                                 "...m.....W.M...."
                                 "bbbbbbbbbbbbbbbb"
                                 "GH.Gmmmmmmmm.m.." /* 80 */
                                 "llllllll--......"
                                 "........bd......"
                                 "BBBBBBBBDDDDDDDD"
                                 "GG.-..GH........" /* c0 */
                                 "gggg............"
                                 "........dd.b...."
                                 "......gg......gg";
static const char x86_shapes_0f[] = "...........-...." /* 00 */
                                    "mmmmmmmm.......g"
                                    "........mmmmmmmm"
                                    "................"
                                    "mmmmmmmmmmmmmmmm" /* 40 */
                                    "mmmmmmmmmmmmmmmm"
                                    "mmmmmmmmmmmmmmmm"
                                    "MGGGmmm.....mmmm"
                                    "dddddddddddddddd" /* 80 */
                                    "gggggggggggggggg"
                                    "...mM......mM.gm"
                                    "mm.m..mmm.Gmmmmm"
                                    "mmM.MMMgllllllll" /* c0 */
                                    "mmmmmmmmmmmmmmmm"
                                    "mmmmmmmmmmmmmmmm"
                                    "mmmmmmmmmmmmmmm.";

static inline bool
x86_is_in(char shape, const char *shapes)
{
  return strchr(shapes, shape) != NULL;
}

/* Of the instructions behind 0f: is ModRM.reg, is ModRM.rm an xmm register? */
static inline bool
x86_reg_is_xmm(uint8_t op)
{
  bool sse = (op >= 0x10 && op < 0x18) || (op >= 0x28 && op < 0x30) || (op >= 0x50 && op < 0x80) ||
             op == 0xc2 || op == 0xc4 || op == 0xc6 || op >= 0xd0;
  return sse && op != 0x2c && op != 0x2d && op != 0x50 && op != 0xd7;
}
static inline bool
x86_rm_is_xmm(uint8_t op, uint8_t prefix)
{
  if (op == 0x2a || op == 0x6e || op == 0xc4 || (op == 0x7e && prefix != 0xf3))
    return false;
  return x86_reg_is_xmm(op) || op == 0x2c || op == 0x2d || op == 0x50 || op == 0xc5 || op == 0xd7;
}

/* ModRM and what belongs to it, at b: how many bytes. */
static inline uint32_t
x86_operands(x86_insn *insn, const uint8_t *b, char shape)
{
  uint32_t mod = b[0] >> 6, rm = b[0] & 7, length = 1;
  uint32_t reg = (b[0] >> 3 & 7u) | (insn->rex & 4u) << 1, high = (insn->rex & 1u) << 3;
  insn->modrm = b[0];
  if (!x86_is_in(shape, "gGH")) {
    if (insn->is_0f && x86_reg_is_xmm(insn->opcode))
      insn->xmm |= 1u << reg;
    else
      insn->general |= 1u << reg;
  }
  if (mod == 3) {
    if (insn->is_0f && x86_rm_is_xmm(insn->opcode, insn->prefix))
      insn->xmm |= 1u << (rm | high);
    else
      insn->general |= 1u << (rm | high);
    return length;
  }
  uint32_t base = rm;
  if (rm == 4) {
    uint32_t index = (b[1] >> 3 & 7u) | (insn->rex & 2u) << 2;
    base = b[1] & 7;
    insn->general |= index == 4 ? 0 : 1u << index;
    length++;
  }
  bool absolute = mod == 0 && base == 5; /* or relative to rip */
  insn->general |= absolute ? 0 : 1u << (base | high);
  return length + (mod == 1 ? 1 : mod == 2 || absolute ? 4 : 0);
}

/* The instruction at code[at]; the 16 bytes there can be read. */
static inline x86_insn
x86_decode(const uint8_t *code, uint32_t at)
{
  x86_insn insn = {0};
  uint32_t i = at;
  for (; code[i] == 0x66 || code[i] == 0xf2 || code[i] == 0xf3 || code[i] == 0xf0; i++)
    insn.prefix = code[i] == 0xf0 ? insn.prefix : code[i];
  if ((code[i] & 0xf0) == 0x40)
    insn.rex = code[i++];
  insn.opcode_at = i;
  insn.is_0f = code[i] == 0x0f;
  i += insn.is_0f;
  insn.opcode = code[i++];
  char shape = insn.is_0f ? x86_shapes_0f[insn.opcode] : x86_shapes[insn.opcode];
  if (shape == '.')
    return insn;
  if (x86_is_in(shape, "lBD"))
    insn.general |= 1u << ((insn.opcode & 7u) | (insn.rex & 1u) << 3);
  if (x86_is_in(shape, "mMWgGH"))
    i += x86_operands(&insn, code + i, shape);
  bool tests = !insn.is_0f && (insn.opcode & 0xfe) == 0xf6 && !(insn.modrm & 0x30);
  if (x86_is_in(shape, "MGBb") || (tests && insn.opcode == 0xf6))
    i += 1;
  if (x86_is_in(shape, "WHDd") || (tests && insn.opcode == 0xf7)) {
    bool is_jump = shape == 'd' && (insn.is_0f || insn.opcode >= 0xe8);
    i += shape == 'D' && insn.rex & 8 ? 8 : insn.prefix == 0x66 && !is_jump ? 2 : 4;
  }
  insn.length = i - at;
  return insn;
}

#endif
