/* lookup.h -- sparse switches, and limits of the inline paths */
#ifndef VMK_INTERP_LOOKUP_H
#define VMK_INTERP_LOOKUP_H

#include <stdint.h>

/* Longer arrays are allocated out of line (negative lengths are longer than any). */
enum { INTERP_FAST_ARRAY = 4096 };

/* words: count, other target, key[count] ascending, target[count].  The displacement to take. */
static inline int32_t
interp_lookup(const uint32_t *words, int32_t key)
{
  uint32_t count = words[0], low = 0, high = count;
  const uint32_t *keys = words + 2;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if ((int32_t)keys[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return (int32_t)(low < count && (int32_t)keys[low] == key ? keys[count + low] : words[1]);
}

#endif
