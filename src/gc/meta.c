/* meta.c -- metaspace: arenas of modules at fixed addresses
 *
 * The first page is never given out, so that kind index 0 names nothing and a header is never 0.
 * Chunks double from 4 KB to 256 KB: a module of one small class costs a page.
 */
#include "gc/tracer.h"

enum {
  META_FIRST_CHUNK = 4096,
  META_LAST_CHUNK = 256 << 10,
  META_HELD_STEP = 16 << 20, /* least growth of held arenas that a collection is made for */
};

struct vmk_meta_chunk {
  struct vmk_meta_chunk *next;
  uint32_t pages;
};

vmk_status
vmk_meta_init(vmk_meta *meta, vmk_error *error)
{
  vmk_status status = vmk_pages_init(&meta->pages, VMK_META_BASE, VMK_META_SIZE, 0, error);
  if (status)
    return status;
  meta->pages.top = 1;
  meta->held_limit_bytes = META_HELD_STEP;
  pthread_mutex_init(&meta->lock, NULL);
  return VMK_OK;
}

void
vmk_meta_fini(vmk_meta *meta)
{
  if (!meta->pages.limit)
    return;
  vmk_pages_fini(&meta->pages);
  pthread_mutex_destroy(&meta->lock);
}

/* Allocation compares the sum with its limit and takes no lock. */
static void
meta_hold_locked(vmk_meta *meta, ptrdiff_t bytes)
{
  __atomic_store_n(&meta->held_bytes, meta->held_bytes + (size_t)bytes, __ATOMIC_RELAXED);
}

void
vmk_meta_arena_init(vmk_meta_arena *arena, vmk_heap *heap)
{
  *arena = (vmk_meta_arena){.meta = &heap->meta, .next_bytes = META_FIRST_CHUNK};
}

void
vmk_meta_arena_fini(vmk_meta_arena *arena)
{
  vmk_meta *meta = arena->meta;
  pthread_mutex_lock(&meta->lock);
  while (arena->chunks) {
    struct vmk_meta_chunk *chunk = arena->chunks;
    arena->chunks = chunk->next;
    if (arena->is_held)
      meta_hold_locked(meta, -((ptrdiff_t)chunk->pages << VMK_PAGE_SHIFT));
    vmk_pages_free(&meta->pages, chunk, chunk->pages);
  }
  meta->used_bytes -= arena->used_bytes;
  pthread_mutex_unlock(&meta->lock);
  *arena = (vmk_meta_arena){0};
}

void
vmk_meta_settle(vmk_heap *heap)
{
  pthread_mutex_lock(&heap->meta.lock);
  vmk_pages_settle(&heap->meta.pages, heap->config.poison ? 0 : 1);
  pthread_mutex_unlock(&heap->meta.lock);
}

void
vmk_meta_arena_hold(vmk_meta_arena *arena)
{
  pthread_mutex_lock(&arena->meta->lock);
  arena->is_held = true;
  for (const struct vmk_meta_chunk *chunk = arena->chunks; chunk; chunk = chunk->next)
    meta_hold_locked(arena->meta, (ptrdiff_t)chunk->pages << VMK_PAGE_SHIFT);
  pthread_mutex_unlock(&arena->meta->lock);
}

bool
vmk_meta_wants_collection(const vmk_meta *meta)
{
  return __atomic_load_n(&meta->held_bytes, __ATOMIC_RELAXED) > meta->held_limit_bytes;
}

/* Modules that died give memory back; those that live may grow by half. */
void
vmk_meta_collected(vmk_meta *meta)
{
  pthread_mutex_lock(&meta->lock);
  size_t step = meta->held_bytes / 2;
  meta->held_limit_bytes = meta->held_bytes + (step > META_HELD_STEP ? step : META_HELD_STEP);
  pthread_mutex_unlock(&meta->lock);
}

/* A chunk that holds at least `bytes`; its free part. */
static vmk_bump
meta_new_chunk(vmk_meta_arena *arena, size_t bytes, size_t chunk_bytes)
{
  size_t need = bytes + sizeof(struct vmk_meta_chunk);
  if (chunk_bytes < need)
    chunk_bytes = (need + VMK_PAGE_BYTES - 1) & ~(size_t)(VMK_PAGE_BYTES - 1);
  struct vmk_meta_chunk *chunk = NULL;
  if (chunk_bytes <= VMK_META_SIZE)
    chunk = (struct vmk_meta_chunk *)vmk_pages_alloc(&arena->meta->pages,
                                                     (uint32_t)(chunk_bytes >> VMK_PAGE_SHIFT));
  if (!chunk)
    vmk_fatal("metaspace: cannot get %zu bytes (%u pages are in use)", chunk_bytes,
              arena->meta->pages.used);
  chunk->pages = (uint32_t)(chunk_bytes >> VMK_PAGE_SHIFT);
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  if (arena->is_held)
    meta_hold_locked(arena->meta, (ptrdiff_t)chunk_bytes);
  return (vmk_bump){(char *)(chunk + 1), (char *)chunk + chunk_bytes};
}

void *
vmk_meta_arena_alloc(vmk_meta_arena *arena, size_t bytes)
{
  vmk_meta *meta = arena->meta;
  bytes = bytes ? (bytes + 7) & ~(size_t)7 : 8; /* nothing has an address too */
  pthread_mutex_lock(&meta->lock);
  char *p = arena->top;
  if ((size_t)(arena->end - arena->top) < bytes) {
    if (bytes > arena->next_bytes / 4) { /* a chunk of its own; go on in the present one */
      p = meta_new_chunk(arena, bytes, 0).top;
    } else {
      vmk_bump chunk = meta_new_chunk(arena, bytes, arena->next_bytes);
      if (arena->next_bytes < META_LAST_CHUNK)
        arena->next_bytes *= 2;
      p = chunk.top;
      arena->top = p + bytes;
      arena->end = chunk.end;
    }
  } else
    arena->top += bytes;
  arena->used_bytes += bytes;
  meta->used_bytes += bytes;
  pthread_mutex_unlock(&meta->lock);
  return p;
}

void *
vmk_meta_alloc(vmk_module *module, size_t bytes)
{
  return vmk_meta_arena_alloc(vmk_module_arena(module), bytes);
}
