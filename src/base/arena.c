/* arena.c -- the slow half of bump allocation
 *
 * A request larger than a quarter of a chunk gets a chunk of its own, linked behind the newest one,
 * so that the rest of the newest is not lost.
 */
#include "base/arena.h"

#include "base/memory.h"

enum { ARENA_CHUNK = 16 << 10, ARENA_CHUNK_MAX = 1 << 20 };

struct vmk_arena_chunk {
  struct vmk_arena_chunk *next;
  size_t bytes;
  _Alignas(16) char data[];
};

static struct vmk_arena_chunk *
arena_chunk_new(vmk_arena *arena, size_t bytes)
{
  struct vmk_arena_chunk *chunk = vmk_malloc(sizeof *chunk + bytes);
  chunk->bytes = bytes;
  arena->bytes += sizeof *chunk + bytes;
  return chunk;
}

void *
vmk_arena_alloc_slow(vmk_arena *arena, size_t bytes)
{
  /* Chunks grow with the arena, so that a large one is made of few. */
  size_t chunk_bytes = ARENA_CHUNK;
  while (chunk_bytes < ARENA_CHUNK_MAX && chunk_bytes < arena->bytes / 4)
    chunk_bytes *= 2;

  if (bytes > chunk_bytes / 4 && arena->chunks) {
    struct vmk_arena_chunk *own = arena_chunk_new(arena, bytes);
    own->next = arena->chunks->next;
    arena->chunks->next = own;
    return own->data;
  }
  if (bytes > chunk_bytes)
    chunk_bytes = bytes;
  struct vmk_arena_chunk *chunk = arena_chunk_new(arena, chunk_bytes);
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->top = chunk->data + bytes;
  arena->end = chunk->data + chunk_bytes;
  return chunk->data;
}

static void
arena_free_from(vmk_arena *arena, struct vmk_arena_chunk *chunk)
{
  while (chunk) {
    struct vmk_arena_chunk *next = chunk->next;
    arena->bytes -= sizeof *chunk + chunk->bytes;
    free(chunk);
    chunk = next;
  }
}

void
vmk_arena_fini(vmk_arena *arena)
{
  arena_free_from(arena, arena->chunks);
  vmk_arena_init(arena);
}

void
vmk_arena_reset(vmk_arena *arena)
{
  struct vmk_arena_chunk *kept = arena->chunks;
  if (!kept)
    return;
  arena_free_from(arena, kept->next);
  kept->next = NULL;
  arena->top = kept->data;
  arena->end = kept->data + kept->bytes;
}
