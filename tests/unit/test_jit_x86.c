/* test_jit_x86.c -- the decoder of stencils: lengths and named registers of instructions that clang makes
 *
 * Bytes as clang's assembler and objdump give them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "jit/x86.h"

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15 };

static const struct {
  const char *bytes;
  uint32_t length, general, xmm;
} rows[] = {
    {"\x49\x8b\x84\x24\x78\x56\x34\x12", 8, 1 << RAX | 1 << R12, 0}, /* movq slot(%r12), %rax */
    {"\x45\x8b\x4c\x24\x40", 5, 1 << R9 | 1 << R12, 0},              /* movl 0x40(%r12), %r9d */
    {"\x49\x89\x94\x24\x78\x56\x34\x12", 8, 1 << RDX | 1 << R12, 0}, /* movq %rdx, slot(%r12) */
    {"\x41\x03\xb4\x24\x78\x56\x34\x12", 8, 1 << RSI | 1 << R12, 0}, /* addl slot(%r12), %esi */
    {"\x4d\x0f\xaf\xac\x24\x78\x56\x34\x12", 9, 1 << R13 | 1 << R12,
     0},                                                      /* imulq slot(%r12), %r13 */
    {"\x41\x83\xbc\x24\x78\x56\x34\x12\x07", 9, 1 << R12, 0}, /* cmpl $7, slot(%r12) */
    {"\x41\x81\xbc\x24\x78\x56\x34\x12\x45\x23\x01\x00", 12, 1 << R12,
     0},                                                           /* cmpl $0x12345, slot(%r12) */
    {"\x49\xbb\xf0\xde\xbc\x9a\x78\x56\x34\x12", 10, 1 << R11, 0}, /* movabsq $slot9abcdef0, %r11 */
    {"\x41\xbf\x05\x00\x00\x00", 6, 1 << R15, 0},                  /* movl $5, %r15d */
    {"\x42\xc6\x04\x80\x01", 5, 1 << RAX | 1 << R8, 0},            /* movb $1, (%rax,%r8,4) */
    {"\x66\xc7\x41\x08\x34\x12", 6, 1 << RCX, 0},                  /* movw $0x1234, 8(%rcx) */
    {"\x41\xf7\xc0\x01\x00\x00\x00", 7, 1 << R8, 0},               /* testl $1, %r8d */
    {"\xf6\x46\x03\x01", 4, 1 << RSI, 0},                          /* testb $1, 3(%rsi) */
    {"\x41\xf7\xd1", 3, 1 << R9, 0},                               /* notl %r9d */
    {"\x41\xf7\xfb", 3, 1 << R11, 0},                              /* idivl %r11d */
    {"\xc1\xe2\x03", 3, 1 << RDX, 0},                              /* shll $3, %edx */
    {"\x41\xd3\xfd", 3, 1 << R13, 0},                              /* sarl %cl, %r13d */
    {"\xf2\x41\x0f\x10\x84\x24\x78\x56\x34\x12", 10, 1 << R12,
     1 << 0},                                        /* movsd slot(%r12), %xmm0 */
    {"\xf2\x44\x0f\x59\xcb", 5, 0, 1 << 3 | 1 << 9}, /* mulsd %xmm3, %xmm9 */
    {"\x66\x45\x0f\x2e\x84\x24\x78\x56\x34\x12", 10, 1 << R12,
     1 << 8},                                          /* ucomisd slot(%r12), %xmm8 */
    {"\xf2\x49\x0f\x2a\xe9", 5, 1 << R9, 1 << 5},      /* cvtsi2sdq %r9, %xmm5 */
    {"\xf2\x48\x0f\x2c\xff", 5, 1 << RDI, 1 << 7},     /* cvttsd2si %xmm7, %rdi */
    {"\x66\x49\x0f\x7e\xd7", 5, 1 << R15, 1 << 2},     /* movq %xmm2, %r15 */
    {"\x66\x49\x0f\x6e\xc8", 5, 1 << R8, 1 << 1},      /* movq %r8, %xmm1 */
    {"\xf3\x0f\x7e\x74\x24\x08", 6, 1 << RSP, 1 << 6}, /* movq 8(%rsp), %xmm6 */
    {"\xf2\x0f\xc2\xe1\x01", 5, 0, 1 << 1 | 1 << 4},   /* cmpltsd %xmm1, %xmm4 */
    {"\x41\x0f\xb7\x84\x24\x78\x56\x34\x12", 9, 1 << RAX | 1 << R12,
     0},                                                /* movzwl slot(%r12), %eax */
    {"\x41\x0f\x44\xc3", 4, 1 << R11 | 1 << RAX, 0},    /* cmovel %r11d, %eax */
    {"\x41\x0f\x95\xc1", 4, 1 << R9, 0},                /* setne %r9b */
    {"\x0f\x85\x3f\x23\x01\x00", 6, 0, 0},              /* jne .+0x12345 */
    {"\xe9\x40\x23\x01\x00", 5, 0, 0},                  /* jmp .+0x12345 */
    {"\x41\xff\xe5", 3, 1 << R13, 0},                   /* jmpq *%r13 */
    {"\xe8\x40\x23\x01\x00", 5, 0, 0},                  /* call .+0x12345 */
    {"\x56", 1, 1 << RSI, 0},                           /* pushq %rsi */
    {"\x41\x5b", 2, 1 << R11, 0},                       /* popq %r11 */
    {"\xf0\x4c\x0f\xb1\x07", 5, 1 << R8 | 1 << RDI, 0}, /* lock cmpxchgq %r8, (%rdi) */
    {"\x41\x87\x49\x04", 4, 1 << RCX | 1 << R9, 0},     /* xchgl %ecx, 4(%r9) */
    {"\x48\x8d\x0d\x34\x12\x00\x00", 7, 1 << RCX, 0},   /* leaq 0x1234(%rip), %rcx */
    {"\x49\x0f\xcf", 3, 1 << R15, 0},                   /* bswapq %r15 */
    {"\x41\x0f\xba\xe0\x03", 5, 1 << R8, 0},            /* btl $3, %r8d */
    {"\x0f\xc6\xda\x01", 4, 0, 1 << 2 | 1 << 3},        /* shufps $1, %xmm2, %xmm3 */
    {"\x41\x0f\x11\x4c\x24\x30", 6, 1 << R12, 1 << 1},  /* movups %xmm1, 0x30(%r12) */
    {"\x0f\x0b", 2, 0, 0},                              /* ud2 */
    {"\x0f\x1f\x80\x34\x12\x00\x00", 7, 1 << RAX, 0},   /* nopl 0x1234(%rax) */
};

static void
test_rows(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    uint8_t code[32];
    memset(code, 0xff, sizeof code);
    memcpy(code + 3, rows[i].bytes, rows[i].length);
    x86_insn insn = x86_decode(code, 3);
    assert_int_equal(insn.length, rows[i].length);
    assert_int_equal(insn.general, rows[i].general);
    assert_int_equal(insn.xmm, rows[i].xmm);
  }
}

static void
test_unknown(void **state)
{
  (void)state;
  static const char *const unknown[] = {"\xc5\xfa\x10\x00", "\x0f\x38\xf0\x00", "\x62",
                                        "\x65\x8b\x00"};
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
    uint8_t code[32] = {0};
    memcpy(code, unknown[i], strlen(unknown[i]));
    assert_int_equal(x86_decode(code, 0).length, 0);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_unknown)};
  return cmocka_run_group_tests_name("jit x86", tests, NULL, NULL);
}
