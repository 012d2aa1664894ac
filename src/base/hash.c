/* hash.c -- the one place that includes xxhash */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
vmk_hash_bytes(const void *data, size_t bytes)
{
  return XXH3_64bits(data, bytes);
}
