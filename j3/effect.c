/* effect.c -- the effect column of bytecode.def, counted in words, with what the constant pool decides */
#include "effect.h"

uint32_t
j3_effect_type_words(char letter)
{
  return letter == 'V' ? 0 : letter == 'J' || letter == 'D' ? 2 : 1;
}

const char *
j3_effect_next_type(const char *p)
{
  p += strspn(p, "[");
  return *p == 'L' ? strchr(p, ';') + 1 : p + 1;
}

uint32_t
j3_effect_argument_words(const char *descriptor)
{
  uint32_t words = 0;
  for (const char *p = descriptor + 1; *p != ')'; p = j3_effect_next_type(p))
    words += j3_effect_type_words(*p);
  return words;
}

static j3_effect
effect_of_member(const j3_pool *pool, const j3_instruction *in)
{
  uint64_t pair = pool->value[pool->value[in->index] >> 16 & 0xffff];
  const char *descriptor = j3_pool_utf8(pool, (uint16_t)(pair >> 16))->text;
  uint32_t words = j3_effect_type_words(descriptor[0]);
  bool has_receiver = in->op != J3_BC_invokestatic && in->op != J3_BC_invokedynamic;
  switch (in->op) {
  case J3_BC_getstatic: return (j3_effect){0, words};
  case J3_BC_putstatic: return (j3_effect){words, 0};
  case J3_BC_getfield: return (j3_effect){1, words};
  case J3_BC_putfield: return (j3_effect){words + 1, 0};
  default:
    return (j3_effect){j3_effect_argument_words(descriptor) + has_receiver,
                       j3_effect_type_words(strchr(descriptor, ')')[1])};
  }
}

j3_effect
j3_effect_of(const j3_pool *pool, const j3_instruction *in)
{
  const char *effect = j3_bytecode_table[in->op].effect;
  uint8_t op = in->op;
  j3_effect e = {0, 0};
  if (effect[0] != '*') {
    for (; *effect != '>'; effect++)
      e.pops += j3_effect_type_words(*effect);
    while (*++effect)
      e.pushes += j3_effect_type_words(*effect);
  } else if (op >= J3_BC_getstatic && op <= J3_BC_invokedynamic) {
    e = effect_of_member(pool, in);
  } else if (op == J3_BC_multianewarray) {
    e = (j3_effect){(uint32_t)in->value, 1};
  } else if (op == J3_BC_ldc2_w) {
    e.pushes = 2;
  } else if (op == J3_BC_ldc || op == J3_BC_ldc_w || op == J3_BC_jsr || op == J3_BC_jsr_w) {
    e.pushes = 1;
  } else { /* astore */
    e.pops = 1;
  }
  return e;
}

uint32_t
j3_effect_shuffle(int32_t *words, uint32_t depth, uint8_t op)
{
  if (op == J3_BC_pop || op == J3_BC_pop2) {
    uint32_t n = op == J3_BC_pop ? 1 : 2;
    return depth >= n ? depth - n : depth;
  }
  if (op == J3_BC_swap) {
    if (depth < 2)
      return depth;
    int32_t top = words[depth - 1];
    words[depth - 1] = words[depth - 2];
    words[depth - 2] = top;
    return depth;
  }
  /* dup family: the top `n` words again, beneath `under` words more */
  uint32_t n = 1 + (op >= J3_BC_dup2), under = (uint32_t)(op - J3_BC_dup) % 3;
  if (depth < n + under)
    return depth;
  int32_t *base = words + depth - n - under;
  memmove(base + n, base, (n + under) * sizeof *base);
  memcpy(base, base + n + under, n * sizeof *base);
  return depth + n;
}
