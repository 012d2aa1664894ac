/* cache.c -- pieces of the code cache: bump, and first fit among what was freed */
#include "jit/cache.h"

#include <string.h>

#include "os/os.h"

bool
jit_cache_init(jit_cache *cache, size_t bytes)
{
  void *run, *edit;
  memset(cache, 0, sizeof *cache);
  if (!vmk_os_map_code(bytes, &run, &edit))
    return false;
  cache->run = run;
  cache->edit = edit;
  cache->bytes = bytes;
  return true;
}

void
jit_cache_fini(jit_cache *cache)
{
  if (!cache->run)
    return;
  vmk_os_release(cache->run, cache->bytes);
  vmk_os_release(cache->edit, cache->bytes);
  vmk_vec_fini(&cache->holes);
}

static uint32_t
cache_round(size_t bytes)
{
  return (uint32_t)((bytes + JIT_PIECE_ALIGN - 1) & ~(size_t)(JIT_PIECE_ALIGN - 1));
}

static void
cache_remove_hole(jit_cache *cache, size_t i)
{
  for (; i + 1 < cache->holes.count; i++)
    cache->holes.data[i] = cache->holes.data[i + 1];
  (void)vmk_vec_pop(&cache->holes);
}

uint32_t
jit_cache_take(jit_cache *cache, size_t bytes)
{
  if (bytes > cache->bytes)
    return 0;
  uint32_t size = cache_round(bytes), offset;
  for (size_t i = 0; i < cache->holes.count; i++) {
    jit_hole_in_cache *hole = &cache->holes.data[i];
    if (hole->bytes < size)
      continue;
    offset = hole->offset;
    hole->offset += size;
    hole->bytes -= size;
    if (!hole->bytes)
      cache_remove_hole(cache, i);
    cache->used += size;
    return offset;
  }
  if (size > cache->bytes - cache->top)
    return 0;
  offset = cache->top;
  cache->top += size;
  cache->used += size;
  return offset;
}

void
jit_cache_give(jit_cache *cache, uint32_t offset, size_t bytes)
{
  uint32_t size = cache_round(bytes);
  size_t i = 0;
  cache->used -= size;
  while (i < cache->holes.count && cache->holes.data[i].offset < offset)
    i++;
  vmk_vec_push(&cache->holes, ((jit_hole_in_cache){0, 0}));
  for (size_t j = cache->holes.count - 1; j > i; j--)
    cache->holes.data[j] = cache->holes.data[j - 1];
  jit_hole_in_cache *hole = &cache->holes.data[i];
  *hole = (jit_hole_in_cache){offset, size};
  if (i + 1 < cache->holes.count && offset + size == hole[1].offset) {
    hole->bytes += hole[1].bytes;
    cache_remove_hole(cache, i + 1);
  }
  if (i > 0 && hole[-1].offset + hole[-1].bytes == offset) {
    hole[-1].bytes += hole->bytes;
    cache_remove_hole(cache, i);
  }
}
