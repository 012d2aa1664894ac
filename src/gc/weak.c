/* weak.c -- weak references, finalizable objects, weak handles and sources: the phases after tracing
 *
 * Strongest first; each phase decides the references of one strength, on what is marked by then:
 *
 *     closure, ephemerons -> SOFT -> WEAK, weak handles -> FINAL: revive, closure, ephemerons
 *       -> what the revived graph discovered -> PHANTOM, weak handles (final), ephemeron tables,
 *     weak sources
 *
 * A reference whose referent is marked when it is scanned needs no decision.  A FINAL reference is
 * handed out once: its ENQUEUED bit then makes it an ordinary object, so its referent stays alive until
 * the runtime drops the reference.
 */
#include "gc/header.h"
#include "gc/tracer.h"

static vmk_heap_ref *
weak_referent(vmk_ref reference)
{
  return (vmk_heap_ref *)((char *)reference +
                          vmk_header_kind(vmk_header_load(reference))->referent_offset);
}

/* If the referent is alive, update the slot. */
static bool
weak_update(vmk_tracer *w, vmk_heap_ref *slot)
{
  vmk_ref referent = vmk_ref_decode(*slot);
  if (!vmk_tracer_is_marked(w, referent))
    return false;
  *slot = vmk_ref_encode(vmk_trace_forwarded(w, referent));
  return true;
}

/* A reference object was scanned, and its referent is not null. */
void
vmk_weak_discover(vmk_tracer *w, vmk_kind *kind, vmk_ref reference)
{
  vmk_heap_ref *slot = weak_referent(reference);
  if (weak_update(w, slot))
    return;
  bool strong = vmk_header_load(reference) & VMK_HEADER_ENQUEUED;
  if (kind->strength == VMK_SOFT) {
    vmk_runtime *rt = vmk_module_runtime(kind->module);
    const vmk_hooks *hooks = vmk_runtime_hooks(rt);
    strong = hooks->keep_soft ? hooks->keep_soft(rt, reference, w->hard) : !w->hard;
  }
  if (strong)
    vmk_trace_field(w, slot);
  else
    vmk_vec_push(&w->weak[kind->strength], reference);
}

static void
weak_enqueue(vmk_tracer *w, vmk_ref reference)
{
  vmk_runtime *rt = vmk_module_runtime(vmk_header_kind(vmk_header_load(reference))->module);
  const vmk_hooks *hooks = vmk_runtime_hooks(rt);
  if (hooks->enqueue)
    hooks->enqueue(rt, w->thread, reference);
}

/* Clear and hand out the discovered references of a strength whose referents are dead. */
static void
weak_decide(vmk_tracer *w, vmk_strength strength)
{
  for (size_t i = 0; i < w->weak[strength].count; i++) {
    vmk_ref reference = w->weak[strength].data[i];
    vmk_heap_ref *slot = weak_referent(reference);
    if (!*slot || weak_update(w, slot))
      continue;
    *slot = 0;
    weak_enqueue(w, reference);
  }
  vmk_vec_clear(&w->weak[strength]);
}

/* Revive the referents of dead FINAL references.  All are judged before the first is revived: that one
 * may reach the others. */
static void
weak_revive_referents(vmk_tracer *w)
{
  size_t dead = 0;
  vmk_ref *list = w->weak[VMK_FINAL].data;
  for (size_t i = 0; i < w->weak[VMK_FINAL].count; i++)
    if (!weak_update(w, weak_referent(list[i])))
      list[dead++] = list[i];
  w->weak[VMK_FINAL].count = dead;
  for (size_t i = 0; i < dead; i++) {
    vmk_ref reference = w->weak[VMK_FINAL].data[i];
    vmk_trace_field(w, weak_referent(reference));
    reference->header |= VMK_HEADER_ENQUEUED;
    weak_enqueue(w, reference);
  }
  vmk_vec_clear(&w->weak[VMK_FINAL]);
}

/* The same for objects registered by vmk_register_finalizable. */
static void
weak_revive_finalizable(vmk_tracer *w)
{
  vmk_heap *heap = w->heap;
  VMK_VEC(vmk_ref) ready = {0};
  size_t kept = 0;
  for (size_t i = 0; i < heap->finalizable.count; i++) {
    vmk_ref object = heap->finalizable.data[i];
    if (vmk_tracer_is_marked(w, object))
      heap->finalizable.data[kept++] = vmk_trace_forwarded(w, object);
    else
      vmk_vec_push(&ready, object);
  }
  heap->finalizable.count = kept;
  for (size_t i = 0; i < ready.count; i++) {
    vmk_ref object = vmk_tracer_mark(w, ready.data[i]);
    vmk_runtime *rt = vmk_module_runtime(vmk_header_kind(object->header)->module);
    const vmk_hooks *hooks = vmk_runtime_hooks(rt);
    if (hooks->finalize_ready)
      hooks->finalize_ready(rt, w->thread, object);
  }
  vmk_vec_fini(&ready);
}

void
vmk_weak_process(vmk_tracer *w)
{
  vmk_heap *heap = w->heap;
  vmk_ephemerons_trace(w);
  weak_decide(w, VMK_SOFT);
  weak_decide(w, VMK_WEAK);
  vmk_globals_sweep(heap, w, VMK_GLOBAL_WEAK);
  bool first = true;
  while (first || w->weak[VMK_FINAL].count) {
    weak_revive_referents(w);
    if (first)
      weak_revive_finalizable(w);
    first = false;
    vmk_tracer_drain(w);
    vmk_ephemerons_trace(w);
  }
  weak_decide(w, VMK_SOFT);
  weak_decide(w, VMK_WEAK);

  w->phase = VMK_PHASE_WEAK;
  weak_decide(w, VMK_PHANTOM);
  vmk_globals_sweep(heap, w, VMK_GLOBAL_WEAK_FINAL);
  vmk_ephemerons_sweep(w);
  for (size_t i = 0; i < heap->weak_sources.count; i++) {
    vmk_source *source = &heap->weak_sources.data[i];
    source->run(heap->vm, w, source->data);
  }
}

bool
vmk_trace_is_live(vmk_tracer *w, vmk_ref object)
{
  return vmk_tracer_is_marked(w, object);
}

vmk_ref
vmk_trace_forwarded(vmk_tracer *w, vmk_ref object)
{
  (void)w;
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_ACQUIRE);
  return vmk_header_is_forwarded(header) ? vmk_header_target(header) : object;
}

void
vmk_register_finalizable(vmk_thread *t, vmk_handle object)
{
  vmk_heap *heap = t->heap->heap;
  pthread_mutex_lock(&heap->lock);
  vmk_vec_push(&heap->finalizable, object->ref);
  pthread_mutex_unlock(&heap->lock);
}
