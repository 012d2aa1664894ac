/* effect.h -- what instructions do to the words of the operand stack (JVMS 6.5). All leaf. */
#ifndef J3_EFFECT_H
#define J3_EFFECT_H

#include "bytecode.h"
#include "j3.h"

/* Words of a value of the type that begins with this letter; V has none. */
uint32_t j3_effect_type_words(char letter);
/* Behind the type at p of a well-formed descriptor. */
const char *j3_effect_next_type(const char *p);
/* Words of a method descriptor's arguments, without a receiver. */
uint32_t j3_effect_argument_words(const char *descriptor);

typedef struct j3_effect {
  uint32_t pops, pushes;
} j3_effect;
/* In words; of any instruction but pop .. swap, which permute. */
j3_effect j3_effect_of(const j3_pool *pool, const j3_instruction *in);
/* pop .. swap on a stack of `depth` words, top last, with room for two more.  The new depth; an
 * operation that does not fit changes nothing. */
uint32_t j3_effect_shuffle(int32_t *words, uint32_t depth, uint8_t op);

#endif
