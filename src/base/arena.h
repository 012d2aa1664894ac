/* arena.h -- chunked bump allocation, freed as a whole
 *
 * Memory of one phase or one owner.  Addresses never move; nothing is freed alone.  One thread at a
 * time: an arena has no lock.
 */
#ifndef VMK_BASE_ARENA_H
#define VMK_BASE_ARENA_H

#include <string.h>

#include <vmkit/vmk_base.h>

typedef struct vmk_arena {
  char *top, *end; /* free part of the newest chunk; top is 16-aligned */
  struct vmk_arena_chunk *chunks;
  size_t bytes; /* taken from malloc */
} vmk_arena;

/* All-zero is an empty arena too. */
static inline void
vmk_arena_init(vmk_arena *arena)
{
  *arena = (vmk_arena){0};
}
void vmk_arena_fini(vmk_arena *arena);
/* Forget everything allocated but keep the newest chunk for reuse. */
void vmk_arena_reset(vmk_arena *arena);

void *vmk_arena_alloc_slow(vmk_arena *arena, size_t bytes);

/* Uninitialised, 16-aligned.  Never null. */
static inline void *
vmk_arena_alloc_raw(vmk_arena *arena, size_t bytes)
{
  bytes = ((bytes ? bytes : 1) + 15) & ~(size_t)15; /* nothing has an address too */
  if (VMK_UNLIKELY(bytes > (size_t)(arena->end - arena->top)))
    return vmk_arena_alloc_slow(arena, bytes);
  void *p = arena->top;
  arena->top += bytes;
  return p;
}

/* Zeroed, 16-aligned.  Never null. */
static inline void *
vmk_arena_alloc(vmk_arena *arena, size_t bytes)
{
  return memset(vmk_arena_alloc_raw(arena, bytes), 0, bytes);
}

static inline void *
vmk_arena_copy(vmk_arena *arena, const void *from, size_t bytes)
{
  void *p = vmk_arena_alloc_raw(arena, bytes);
  if (bytes)
    memcpy(p, from, bytes);
  return p;
}

/* A NUL-terminated copy of `length` characters. */
static inline char *
vmk_arena_text(vmk_arena *arena, const char *text, size_t length)
{
  char *p = (char *)vmk_arena_alloc_raw(arena, length + 1);
  memcpy(p, text, length);
  p[length] = 0;
  return p;
}

#define VMK_ARENA_NEW(arena, type) ((type *)vmk_arena_alloc((arena), sizeof(type)))
#define VMK_ARENA_ARRAY(arena, type, count) \
  ((type *)vmk_arena_alloc((arena), (size_t)(count) * sizeof(type)))

#endif
