/* hash.h -- hash functions of the library's tables
 *
 * Not stable across releases and not safe against chosen keys: never let a hash leave the process.
 */
#ifndef VMK_BASE_HASH_H
#define VMK_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* XXH3 of the bytes (libxxhash, compiled in). */
uint64_t vmk_hash_bytes(const void *data, size_t bytes);

/* Words and pointers: a multiply and a fold; every input bit reaches the low bits. */
static inline uint64_t
vmk_hash_u64(uint64_t x)
{
  __uint128_t wide = (__uint128_t)(x ^ 0x9e3779b97f4a7c15ull) * 0xd6e8feb86659fd93ull;
  return (uint64_t)wide ^ (uint64_t)(wide >> 64);
}

#endif
