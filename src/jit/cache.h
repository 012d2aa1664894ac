/* cache.h -- the memory of compiled code
 *
 * One reservation of a fixed size, mapped twice: `run` is executable and never writable, `edit` is
 * writable and never executable.  It begins with trampolines to C and to the library, which may be
 * farther away than a relative jump reaches, and the constants of stencils; pieces follow.
 * All of it is guarded by the lock of the vmk_jit, except what pieces themselves say.
 */
#ifndef VMK_JIT_CACHE_H
#define VMK_JIT_CACHE_H

#include <vmkit/vmk_base.h>

#include "base/vec.h"

enum { JIT_PIECE_ALIGN = 16 };

typedef struct jit_hole_in_cache {
  uint32_t offset, bytes;
} jit_hole_in_cache;

typedef struct jit_cache {
  char *run, *edit;
  size_t bytes;                     /* of each view */
  uint32_t top;                     /* offsets from here on were never used */
  uint32_t used;                    /* bytes in pieces */
  VMK_VEC(jit_hole_in_cache) holes; /* freed pieces, by offset, no two adjacent */
} jit_cache;

VMK_MUST_USE bool jit_cache_init(jit_cache *cache, size_t bytes);
void jit_cache_fini(jit_cache *cache);

/* Space for a piece: its offset, or 0 when the cache is full. */
uint32_t jit_cache_take(jit_cache *cache, size_t bytes);
void jit_cache_give(jit_cache *cache, uint32_t offset, size_t bytes);

static inline bool
jit_cache_has(const jit_cache *cache, const void *address)
{
  return (uintptr_t)address - (uintptr_t)cache->run < cache->bytes;
}

/* Where to write what is read or run at `address`. */
static inline void *
jit_cache_writable(const jit_cache *cache, const void *address)
{
  return cache->edit + ((const char *)address - cache->run);
}

#endif
