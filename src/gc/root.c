/* root.c -- where a collection begins: the list of all root slots
 *
 * Roots are gathered before anything is marked or moved, for three reasons: managed pointers are
 * resolved while start bits and line marks still describe the heap as mutators left it; work can be
 * divided among tracing threads; and the verifier enumerates the same slots by the same code.
 */
#include "gc/tracer.h"

void
vmk_trace_root(vmk_tracer *w, vmk_slot *slot)
{
  if (!slot->ref)
    return;
  if (w->phase == VMK_PHASE_TRACE)
    slot->ref = vmk_tracer_mark(w, slot->ref);
  else
    vmk_vec_push(&w->roots, slot);
}

void
vmk_trace_interior(vmk_tracer *w, void **slot)
{
  uintptr_t address = (uintptr_t)*slot;
  if (!vmk_in_blocks(address) && !vmk_in_large(address))
    return;
  VMK_ASSERT(w->phase == VMK_PHASE_GATHER || w->phase == VMK_PHASE_VERIFY);
  vmk_ref base = vmk_interior_object(w->heap, address);
  if (!base)
    return;
  vmk_interior in = {slot, base};
  vmk_vec_push(&w->interiors, in);
}

vmk_thread *
vmk_tracer_thread(const vmk_tracer *w)
{
  return w->thread;
}

static void
root_visit_thread(vmk_thread *t, void *data)
{
  vmk_tracer *w = (vmk_tracer *)data;
  vmk_trace_root(w, &t->exception);
  if (t->heap)
    vmk_locals_trace(t->heap, w);
}

void
vmk_roots_gather(vmk_tracer *w)
{
  vmk_heap *heap = w->heap;
  vmk_vec_clear(&w->roots);
  vmk_vec_clear(&w->interiors);
  vmk_thread_each(heap->vm, root_visit_thread, w);
  vmk_globals_trace(heap, w);
  for (size_t i = 0; i < heap->root_sources.count; i++) {
    vmk_source *source = &heap->root_sources.data[i];
    source->run(heap->vm, w, source->data);
  }
}

void
vmk_heap_add_root_source(vmk_heap *heap, vmk_root_source *trace, void *data)
{
  vmk_source source = {trace, data};
  vmk_vec_push(&heap->root_sources, source);
}

void
vmk_heap_add_weak_source(vmk_heap *heap, vmk_root_source *sweep, void *data)
{
  vmk_source source = {sweep, data};
  vmk_vec_push(&heap->weak_sources, source);
}
