/* alloc.c -- allocation: regions for the fast path, large and pinned objects, running out
 *
 * A thread has two regions of zeroed memory, the TLAB of the fast path and `other`.  A small object
 * that does not fit takes the next hole of a recycled block or a fresh block; one of more than a line
 * does not throw away a hole for its sake but goes to the other region, and the two change places
 * when that lets the fast path go on.
 *
 * Stress modes (gc.every-alloc, gc.move-always) show the fast path only a piece of the region, so
 * that slow allocations are frequent; region_end keeps the true end.
 */
#include <string.h>

#include <vmkit/vmk_thread.h>

#include "gc/alloc_inline.h"
#include "gc/block.h"
#include "gc/tracer.h"

enum { ALLOC_STRESS_PIECE = 512 };

typedef enum alloc_space { ALLOC_SMALL, ALLOC_LARGE, ALLOC_PINNED } alloc_space;

/* --- regions ---------------------------------------------------------------------------------------- */

static bool
alloc_is_stressed(const vmk_heap *heap)
{
  return heap->config.every_alloc || heap->config.move_always;
}

/* Show all of the region / show a piece of it. */
static void
alloc_unclip(vmk_heap_thread *ht)
{
  if (alloc_is_stressed(ht->heap))
    ht->thread->tlab_end = ht->region_end;
}
static void
alloc_clip(vmk_heap_thread *ht)
{
  vmk_thread *t = ht->thread;
  if (!alloc_is_stressed(ht->heap))
    return;
  size_t piece = ht->heap->config.every_alloc ? 0 : ALLOC_STRESS_PIECE;
  ht->region_end = t->tlab_end;
  if ((size_t)(t->tlab_end - t->tlab_top) > piece)
    t->tlab_end = t->tlab_top + piece;
}

static inline size_t
alloc_room(vmk_bump bump)
{
  return (size_t)(bump.end - bump.top);
}

/* The thread is the only writer; statistics read. */
static void
alloc_count(vmk_heap_thread *ht, uint64_t bytes)
{
  __atomic_store_n(&ht->allocated, ht->allocated + bytes, __ATOMIC_RELAXED);
}

/* Replace a region by a fresh block. */
static bool
alloc_fresh_block(vmk_heap_thread *ht, vmk_bump *bump, vmk_block_state state)
{
  vmk_heap *heap = ht->heap;
  size_t block = vmk_block_take(heap, state, true, heap->limit_bytes);
  if (block == VMK_NO_BLOCK)
    return false;
  alloc_count(ht, VMK_BLOCK_BYTES - alloc_room(*bump));
  bump->top = (char *)vmk_block_address(block);
  bump->end = bump->top + VMK_BLOCK_BYTES;
  return true;
}

/* Replace a region by the next hole of at least `bytes`. */
static bool
alloc_next_hole(vmk_heap_thread *ht, vmk_bump *bump, size_t bytes, vmk_block_state state)
{
  bool pinned = state == VMK_BLOCK_PINNED;
  for (;;) {
    vmk_bump hole;
    while (ht->hole_block && vmk_block_next_hole(ht->hole_block - 1, &ht->hole_line, &hole))
      if (alloc_room(hole) >= bytes) {
        alloc_count(ht, alloc_room(hole) - alloc_room(*bump));
        *bump = hole;
        return true;
      }
    ht->hole_block = 0;
    if (!pinned && !ht->heap->plan->recycles)
      return false;
    size_t block = vmk_block_recycle(ht->heap, state, pinned, true);
    if (block == VMK_NO_BLOCK)
      return false;
    ht->hole_block = block + 1;
    ht->hole_line = 0;
  }
}

/* An object of at most VMK_BLOCK_BYTES in one of the two regions, which are refilled as needed; null
 * when a collection is needed.  Lock held. */
static char *
alloc_refill(vmk_heap_thread *ht, vmk_bump *first, size_t bytes, vmk_block_state state)
{
  vmk_bump *other = &ht->other;
  if (alloc_room(*first) < bytes && alloc_room(*other) >= bytes) {
    vmk_bump swap = *first;
    *first = *other;
    *other = swap;
  }
  if (alloc_room(*first) < bytes) {
    /* Refill the emptier of the two, and make it the first. */
    if (alloc_room(*other) < alloc_room(*first)) {
      vmk_bump swap = *first;
      *first = *other;
      *other = swap;
    }
    bool medium = bytes > VMK_LINE_BYTES;
    if (!(medium && alloc_fresh_block(ht, first, state)) &&
        !alloc_next_hole(ht, first, bytes, state) &&
        !(!medium && alloc_fresh_block(ht, first, state)))
      return NULL;
  }
  char *p = first->top;
  first->top += bytes;
  return p;
}

static char *
alloc_small(vmk_thread *t, size_t bytes)
{
  vmk_heap_thread *ht = t->heap;
  vmk_bump first = {t->tlab_top, t->tlab_end};
  char *p;
  if (alloc_room(first) >= bytes) { /* stress modes: it was only hidden */
    t->tlab_top += bytes;
    return first.top;
  }
  pthread_mutex_lock(&ht->heap->lock);
  p = alloc_refill(ht, &first, bytes, VMK_BLOCK_OPEN);
  pthread_mutex_unlock(&ht->heap->lock);
  t->tlab_top = first.top;
  t->tlab_end = first.end;
  return p;
}

/* Pinned objects share one pair of regions, heap->pinned. */
static char *
alloc_pinned(vmk_heap *heap, size_t bytes)
{
  pthread_mutex_lock(&heap->lock);
  vmk_bump first = heap->pinned_first;
  char *p = first.top;
  if (alloc_room(first) >= bytes)
    first.top += bytes;
  else
    p = alloc_refill(&heap->pinned, &first, bytes, VMK_BLOCK_PINNED);
  heap->pinned_first = first;
  pthread_mutex_unlock(&heap->lock);
  return p;
}

static char *
alloc_large(vmk_thread *t, size_t bytes, uint64_t header)
{
  vmk_heap *heap = t->heap->heap;
  vmk_ref object = NULL;
  pthread_mutex_lock(&heap->lock);
  if (bytes <= heap->limit_bytes && vmk_heap_used_bytes(heap) + bytes <= heap->limit_bytes)
    object = vmk_large_alloc(heap, bytes, header);
  if (object)
    alloc_count(t->heap, bytes);
  pthread_mutex_unlock(&heap->lock);
  return (char *)object;
}

/* --- the slow path ---------------------------------------------------------------------------------- */

static char *
alloc_try(vmk_thread *t, size_t bytes, uint64_t header, alloc_space space)
{
  switch (space) {
  case ALLOC_LARGE: return alloc_large(t, bytes, header);
  case ALLOC_PINNED: return alloc_pinned(t->heap->heap, bytes);
  case ALLOC_SMALL: break;
  }
  alloc_unclip(t->heap);
  char *p = alloc_small(t, bytes);
  alloc_clip(t->heap);
  return p;
}

/* Counts down to a stress collection: true when it is due. */
static bool
alloc_countdown(vmk_heap_thread *ht, uint64_t *count, uint64_t every)
{
  if (*count > 1) {
    --*count;
    return false;
  }
  *count = every;
  if (ht->heap->config.seed) { /* between 1 and 2n - 1, n on average */
    ht->random = ht->random * 6364136223846793005ull + 1442695040888963407ull;
    *count = 1 + (ht->random >> 33) % (2 * every - 1);
  }
  return true;
}

static void
alloc_stress(vmk_thread *t) VMK_MOVES
{
  vmk_heap_config *config = &t->heap->heap->config;
  uint64_t every = config->every_alloc   ? (uint64_t)config->every_alloc
                   : config->move_always ? (uint64_t)config->period
                                         : 0;
  if (every && alloc_countdown(t->heap, &t->heap->alloc_countdown, every))
    vmk_heap_collect(t, VMK_COLLECT_NORMAL, VMK_CAUSE_ALLOCATION);
}

void
vmk_heap_poll(vmk_thread *t)
{
  vmk_heap_config *config = &t->heap->heap->config;
  uint64_t every = config->every_poll    ? (uint64_t)config->every_poll
                   : config->move_always ? (uint64_t)config->period
                                         : 0;
  if (every && alloc_countdown(t->heap, &t->heap->poll_countdown, every))
    vmk_heap_collect(t, VMK_COLLECT_NORMAL, VMK_CAUSE_ALLOCATION);
}

bool
vmk_heap_polls_always(const vmk_heap *heap)
{
  return heap->config.every_poll || heap->config.move_always;
}

/* Try; collect harder and harder; give up.  A collection by another thread in between counts as a
 * chance of our own, but not for ever. */
static vmk_ref
alloc_or_collect(vmk_thread *t, size_t bytes, uint64_t header, alloc_space space) VMK_MOVES
{
  static const vmk_collect_mode modes[] = {VMK_COLLECT_NORMAL, VMK_COLLECT_DEFRAG,
                                           VMK_COLLECT_HARD};
  vmk_heap *heap = t->heap->heap;
  if (alloc_is_stressed(heap))
    alloc_stress(t);
  if (VMK_UNLIKELY(vmk_meta_wants_collection(&heap->meta)))
    vmk_heap_collect_unless(t, VMK_COLLECT_NORMAL, 0,
                            __atomic_load_n(&heap->epoch, __ATOMIC_RELAXED), VMK_CAUSE_METASPACE);
  for (size_t mode = 0, tries = 0;; tries++) {
    uint64_t epoch = __atomic_load_n(&heap->epoch, __ATOMIC_RELAXED);
    char *p = alloc_try(t, bytes, header, space);
    if (p) {
      ((vmk_ref)p)->header = header;
      return (vmk_ref)p;
    }
    if (mode == VMK_COUNT(modes))
      break;
    if (vmk_heap_collect_unless(t, modes[mode], bytes, epoch, VMK_CAUSE_ALLOCATION) || tries > 16)
      mode++;
  }
  heap->client.out_of_memory(t, bytes, vmk_header_kind(header));
  return NULL;
}

void
vmk_alloc_too_long(vmk_thread *t, vmk_kind *kind)
{
  t->heap->heap->client.out_of_memory(t, SIZE_MAX, kind);
}

vmk_ref
vmk_alloc_slow(vmk_thread *t, size_t bytes, uint64_t header)
{
  return alloc_or_collect(t, bytes, header, bytes > VMK_LARGE_BYTES ? ALLOC_LARGE : ALLOC_SMALL);
}

vmk_ref
vmk_alloc_pinned(vmk_thread *t, size_t bytes, uint64_t header)
{
  return alloc_or_collect(t, bytes, header, bytes > VMK_LARGE_BYTES ? ALLOC_LARGE : ALLOC_PINNED);
}

/* --- per thread --------------------------------------------------------------------------------------- */

/* Give up the regions: what is left of them stays zero and is found again by the sweep. */
void
vmk_heap_thread_retire(vmk_heap_thread *ht)
{
  vmk_thread *t = ht->thread;
  alloc_unclip(ht);
  alloc_count(ht, -((uint64_t)(t->tlab_end - t->tlab_top) + alloc_room(ht->other)));
  t->tlab_top = t->tlab_end = ht->region_end = NULL;
  ht->other = (vmk_bump){0};
  ht->hole_block = 0;
}

bool
vmk_heap_thread_init(vmk_thread *t, void *data)
{
  vmk_heap *heap = (vmk_heap *)data;
  vmk_heap_thread *ht = (vmk_heap_thread *)calloc(1, sizeof *ht);
  if (!ht)
    return false;
  *ht = (vmk_heap_thread){.heap = heap, .thread = t, .random = (uint64_t)heap->config.seed};
  t->heap = ht;
  return true;
}

void
vmk_heap_thread_fini(vmk_thread *t, void *data)
{
  vmk_heap *heap = (vmk_heap *)data;
  vmk_heap_thread_retire(t->heap);
  pthread_mutex_lock(&heap->lock);
  heap->allocated_detached += t->heap->allocated;
  pthread_mutex_unlock(&heap->lock);
  vmk_locals_fini(t->heap);
  free(t->heap);
  t->heap = NULL;
}

/* --- the interface -------------------------------------------------------------------------------------- */

static vmk_handle
alloc_handle(vmk_thread *t, vmk_ref object)
{
  return object ? vmk_local(t, object) : NULL;
}

vmk_handle
vmk_new(vmk_thread *t, vmk_kind *kind)
{
  return alloc_handle(t, vmk_alloc_object(t, kind));
}

vmk_handle
vmk_new_array(vmk_thread *t, vmk_kind *kind, uint32_t length)
{
  return alloc_handle(t, vmk_alloc_array(t, kind, length));
}

vmk_handle
vmk_new_pinned(vmk_thread *t, vmk_kind *kind)
{
  return alloc_handle(t, vmk_alloc_pinned(t, kind->size, vmk_kind_header(kind)));
}

vmk_handle
vmk_new_array_pinned(vmk_thread *t, vmk_kind *kind, uint32_t length)
{
  if (length > VMK_ARRAY_LENGTH_MAX) {
    vmk_alloc_too_long(t, kind);
    return NULL;
  }
  vmk_ref array = vmk_alloc_pinned(t, vmk_kind_array_bytes(kind, length), vmk_kind_header(kind));
  if (array)
    *(uint32_t *)((char *)array + VMK_ARRAY_LENGTH_OFFSET) = length;
  return alloc_handle(t, array);
}

vmk_handle
vmk_clone(vmk_thread *t, vmk_handle object)
{
  vmk_kind *kind = vmk_handle_kind(object);
  size_t bytes = vmk_kind_bytes(kind, object->ref);
  vmk_ref copy = kind->flags & VMK_KIND_PINNED ? vmk_alloc_pinned(t, bytes, vmk_kind_header(kind))
                                               : vmk_alloc(t, bytes, vmk_kind_header(kind));
  if (!copy)
    return NULL;
  for (size_t i = VMK_HEADER_BYTES; i < bytes; i += 8) /* word by word: references stay whole */
    __atomic_store_n((uint64_t *)((char *)copy + i),
                     __atomic_load_n((uint64_t *)((char *)object->ref + i), __ATOMIC_RELAXED),
                     __ATOMIC_RELAXED);
  if (kind->flags & VMK_KIND_HOLDER)
    *vmk_kind_held_module(kind, copy) = NULL;
  return vmk_local(t, copy);
}
