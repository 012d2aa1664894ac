/* body.c -- reading the tables of an installed function
 *
 * Positions are pairs of numbers, 7 bits a byte, low first: words since the last entry's pc, and
 * the change of position, its sign in the lowest bit.  The first entry starts from pc 0 and
 * VMK_NO_POSITION.
 */
#include "ir/body.h"

static uint32_t
body_number(const uint8_t **p)
{
  uint32_t n = 0;
  for (int shift = 0;; shift += 7) {
    const uint8_t byte = *(*p)++;
    n |= (uint32_t)(byte & 0x7f) << shift;
    if (byte < 0x80)
      return n;
  }
}

/* The next entry; false at the end. */
static bool
body_next(const uint8_t **p, const uint8_t *end, uint32_t *pc, uint32_t *position)
{
  if (*p == end)
    return false;
  *pc += body_number(p);
  const uint32_t step = body_number(p);
  *position += step >> 1 ^ -(step & 1);
  return true;
}

uint32_t
vmk_body_position(const vmk_body *body, uint32_t pc)
{
  const uint8_t *p = body->positions, *end = p + body->position_bytes;
  uint32_t at = 0, position = VMK_NO_POSITION, found = VMK_NO_POSITION;
  while (body_next(&p, end, &at, &position) && at <= pc)
    found = position;
  return found;
}

uint32_t
vmk_body_find_position(const vmk_body *body, uint32_t position)
{
  const uint8_t *p = body->positions, *end = p + body->position_bytes;
  uint32_t at = 0, here = VMK_NO_POSITION;
  while (body_next(&p, end, &at, &here))
    if (here == position)
      return at;
  return UINT32_MAX;
}
