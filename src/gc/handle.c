/* handle.c -- local handles (a stack of chunks per thread) and global handles (tables)
 *
 * Locals: the thread's local_top and local_end bump through the newest chunk; a scope remembers chunk
 * and top.  Globals: segments of one page, found from a slot by its address; free slots are linked
 * through the table with bit 0 set, which no reference has.
 */
#include <string.h>

#include "gc/tracer.h"

enum {
  LOCAL_CHUNK_SLOTS = 254,
  GLOBAL_SEGMENT_BYTES = 4096,
  GLOBAL_SEGMENT_SLOTS = (GLOBAL_SEGMENT_BYTES - 16) / sizeof(vmk_slot),
};

/* --- locals --------------------------------------------------------------------------------------- */

struct vmk_local_chunk {
  struct vmk_local_chunk *older;
  vmk_slot *top_below; /* local_top in the older chunk when this one was begun */
  vmk_slot slots[LOCAL_CHUNK_SLOTS];
};

static VMK_NOINLINE void
local_new_chunk(vmk_thread *t)
{
  vmk_heap_thread *ht = t->heap;
  struct vmk_local_chunk *chunk = ht->spare;
  ht->spare = NULL;
  if (!chunk)
    chunk = (struct vmk_local_chunk *)vmk_malloc(sizeof *chunk);
  chunk->older = ht->locals;
  chunk->top_below = t->local_top;
  ht->locals = chunk;
  t->local_top = chunk->slots;
  t->local_end = chunk->slots + LOCAL_CHUNK_SLOTS;
}

vmk_handle
vmk_local(vmk_thread *t, vmk_ref ref)
{
  if (VMK_UNLIKELY(t->local_top == t->local_end))
    local_new_chunk(t);
  vmk_slot *slot = t->local_top++;
  slot->ref = ref;
  return slot;
}

vmk_handle
vmk_local_null(vmk_thread *t)
{
  return vmk_local(t, NULL);
}

vmk_scope
vmk_scope_begin(vmk_thread *t)
{
  return (vmk_scope){t->heap->locals, t->local_top};
}

void
vmk_scope_end(vmk_thread *t, vmk_scope scope)
{
  vmk_heap_thread *ht = t->heap;
  while (VMK_UNLIKELY(ht->locals != scope.chunk)) {
    struct vmk_local_chunk *chunk = ht->locals;
    VMK_ASSERT(chunk); /* scopes end in the reverse order of their beginning */
    ht->locals = chunk->older;
    free(ht->spare);
    ht->spare = chunk;
    t->local_end = ht->locals ? ht->locals->slots + LOCAL_CHUNK_SLOTS : NULL;
  }
  t->local_top = scope.top;
}

vmk_handle
vmk_scope_end_with(vmk_thread *t, vmk_scope scope, vmk_handle result)
{
  vmk_ref ref = result ? result->ref : NULL;
  vmk_scope_end(t, scope);
  return result ? vmk_local(t, ref) : NULL;
}

bool
vmk_handle_is_local(vmk_thread *t, const vmk_slot *slot)
{
  vmk_slot *top = t->local_top;
  for (struct vmk_local_chunk *chunk = t->heap->locals; chunk; chunk = chunk->older) {
    if (slot >= chunk->slots && slot < top)
      return true;
    top = chunk->top_below;
  }
  bool (*is_frame_slot)(vmk_thread *, const vmk_slot *) = t->heap->heap->client.is_frame_slot;
  return is_frame_slot && is_frame_slot(t, slot);
}

void
vmk_locals_trace(vmk_heap_thread *ht, vmk_tracer *w)
{
  vmk_slot *top = ht->thread->local_top;
  for (struct vmk_local_chunk *chunk = ht->locals; chunk; chunk = chunk->older) {
    for (vmk_slot *slot = chunk->slots; slot < top; slot++)
      vmk_trace_root(w, slot);
    top = chunk->top_below;
  }
}

void
vmk_locals_fini(vmk_heap_thread *ht)
{
  while (ht->locals) {
    struct vmk_local_chunk *older = ht->locals->older;
    free(ht->locals);
    ht->locals = older;
  }
  free(ht->spare);
  ht->spare = NULL;
}

/* --- globals -------------------------------------------------------------------------------------- */

struct vmk_global_segment {
  vmk_global_kind kind;
  uint32_t used;
  uint64_t reserved;
  vmk_slot slots[GLOBAL_SEGMENT_SLOTS];
};

static inline bool
global_is_free(vmk_slot slot)
{
  return (uintptr_t)slot.ref & 1;
}

static inline struct vmk_global_segment *
global_segment(const vmk_slot *slot)
{
  return (struct vmk_global_segment *)((uintptr_t)slot & ~(uintptr_t)(GLOBAL_SEGMENT_BYTES - 1));
}

void
vmk_globals_init(vmk_globals *globals)
{
  memset(globals, 0, sizeof *globals);
  pthread_mutex_init(&globals->lock, NULL);
}

void
vmk_globals_fini(vmk_globals *globals)
{
  for (int kind = 0; kind < VMK_GLOBAL_KINDS; kind++) {
    for (size_t i = 0; i < globals->table[kind].segments.count; i++)
      free(globals->table[kind].segments.data[i]);
    vmk_vec_fini(&globals->table[kind].segments);
  }
  pthread_mutex_destroy(&globals->lock);
}

static void
global_add_segment(vmk_globals *globals, vmk_global_kind kind)
{
  struct vmk_global_segment *segment =
      (struct vmk_global_segment *)aligned_alloc(GLOBAL_SEGMENT_BYTES, GLOBAL_SEGMENT_BYTES);
  if (!segment)
    vmk_fatal("out of memory for global handles");
  segment->kind = kind;
  segment->used = 0;
  vmk_slot *next = globals->table[kind].free;
  for (size_t i = GLOBAL_SEGMENT_SLOTS; i-- > 0; next = &segment->slots[i])
    segment->slots[i].ref = (vmk_ref)((uintptr_t)next | 1);
  globals->table[kind].free = next;

  /* Sorted by address, for vmk_handle_is_global. */
  vmk_vec_push(&globals->table[kind].segments, segment);
  struct vmk_global_segment **data = globals->table[kind].segments.data;
  size_t at = globals->table[kind].segments.count - 1;
  for (; at > 0 && data[at - 1] > segment; at--)
    data[at] = data[at - 1];
  data[at] = segment;
}

static vmk_handle
global_new(vmk_thread *t, vmk_handle object, vmk_global_kind kind)
{
  vmk_globals *globals = &t->heap->heap->globals;
  pthread_mutex_lock(&globals->lock);
  if (!globals->table[kind].free)
    global_add_segment(globals, kind);
  vmk_slot *slot = globals->table[kind].free;
  globals->table[kind].free = (vmk_slot *)((uintptr_t)slot->ref & ~(uintptr_t)1);
  slot->ref = object->ref;
  global_segment(slot)->used++;
  pthread_mutex_unlock(&globals->lock);
  return slot;
}

vmk_handle
vmk_global_new(vmk_thread *t, vmk_handle object)
{
  return global_new(t, object, VMK_GLOBAL_STRONG);
}

vmk_handle
vmk_global_weak_new(vmk_thread *t, vmk_handle object, bool after_final)
{
  return global_new(t, object, after_final ? VMK_GLOBAL_WEAK_FINAL : VMK_GLOBAL_WEAK);
}

void
vmk_global_free(vmk_thread *t, vmk_handle global)
{
  vmk_globals *globals = &t->heap->heap->globals;
  struct vmk_global_segment *segment = global_segment(global);
  pthread_mutex_lock(&globals->lock);
  VMK_ASSERT(!global_is_free(*global)); /* freed twice? */
  segment->used--;
  global->ref = (vmk_ref)((uintptr_t)globals->table[segment->kind].free | 1);
  globals->table[segment->kind].free = global;
  pthread_mutex_unlock(&globals->lock);
}

bool
vmk_handle_is_global(vmk_vm *vm, const vmk_slot *slot, bool *weak)
{
  vmk_globals *globals = &vmk_vm_heap(vm)->globals;
  struct vmk_global_segment *segment = global_segment(slot);
  bool found = false;
  pthread_mutex_lock(&globals->lock);
  for (int kind = 0; kind < VMK_GLOBAL_KINDS && !found; kind++) {
    struct vmk_global_segment **data = globals->table[kind].segments.data;
    size_t low = 0, high = globals->table[kind].segments.count;
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (data[middle] < segment)
        low = middle + 1;
      else
        high = middle;
    }
    found = low < globals->table[kind].segments.count && data[low] == segment;
  }
  found = found && slot >= segment->slots && !global_is_free(*slot);
  if (found && weak)
    *weak = segment->kind != VMK_GLOBAL_STRONG;
  pthread_mutex_unlock(&globals->lock);
  return found;
}

void
vmk_globals_trace(vmk_heap *heap, vmk_tracer *w)
{
  for (size_t i = 0; i < heap->globals.table[VMK_GLOBAL_STRONG].segments.count; i++) {
    struct vmk_global_segment *segment = heap->globals.table[VMK_GLOBAL_STRONG].segments.data[i];
    for (size_t k = 0; segment->used && k < GLOBAL_SEGMENT_SLOTS; k++)
      if (!global_is_free(segment->slots[k]))
        vmk_trace_root(w, &segment->slots[k]);
  }
}

/* Null the weak handles of the kind whose object is dead, update the others. */
void
vmk_globals_sweep(vmk_heap *heap, vmk_tracer *w, vmk_global_kind kind)
{
  for (size_t i = 0; i < heap->globals.table[kind].segments.count; i++) {
    struct vmk_global_segment *segment = heap->globals.table[kind].segments.data[i];
    for (size_t k = 0; segment->used && k < GLOBAL_SEGMENT_SLOTS; k++) {
      vmk_slot *slot = &segment->slots[k];
      if (slot->ref && !global_is_free(*slot))
        slot->ref = vmk_tracer_is_marked(w, slot->ref) ? vmk_trace_forwarded(w, slot->ref) : NULL;
    }
  }
}
