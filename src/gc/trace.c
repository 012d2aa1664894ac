/* trace.c -- the transitive closure: mark in place, or copy and forward
 *
 * An object is visited when it is reached and scanned once after.  Visiting decides where it lives:
 * in a block that is being emptied it is copied, unless it is pinned or there is no room; anywhere
 * else, and then, its start bit is its mark.  "Mark here instead" is always legal, so a full heap, a
 * pin and an object that grew by its hash are all the same case.
 *
 * Objects wait on a stack (depth first); between stack and scan a short queue gives the prefetch of
 * their header time to arrive (Cher, Hosking and Vitek, ISMM'04), which saved 30 % of the time of a
 * collection in the prototype.
 */
#include "gc/tracer.h"

#include <string.h>

#include "gc/block.h"
#include "gc/kind.h"

enum { TRACE_QUEUE = 8 };

/* --- copying ------------------------------------------------------------------------------------ */

static bool
trace_next_hole(vmk_tracer *w, size_t bytes)
{
  for (;;) {
    while (w->hole_block && vmk_block_next_hole(w->hole_block - 1, &w->hole_line, &w->small))
      if ((size_t)(w->small.end - w->small.top) >= bytes)
        return true;
    w->hole_block = 0;
    if (!w->heap->plan->recycles)
      return false;
    size_t block = vmk_block_recycle(w->heap, VMK_BLOCK_FULL, false, false);
    if (block == VMK_NO_BLOCK)
      return false;
    w->hole_block = block + 1;
    w->hole_line = 0;
  }
}

static bool
trace_fresh_block(vmk_tracer *w, vmk_bump *bump)
{
  size_t block = vmk_block_take(w->heap, VMK_BLOCK_FULL, false, w->copy_limit_bytes);
  if (block == VMK_NO_BLOCK)
    return false;
  bump->top = (char *)vmk_block_address(block);
  bump->end = bump->top + VMK_BLOCK_BYTES;
  return true;
}

/* Room for a copy, or null. Not zeroed. */
static inline char *
trace_room(vmk_tracer *w, size_t bytes)
{
  vmk_bump *bump = bytes <= VMK_LINE_BYTES ? &w->small : &w->medium;
  if (VMK_UNLIKELY((size_t)(bump->end - bump->top) < bytes)) {
    if (bytes > VMK_BLOCK_BYTES)
      return NULL;
    if (!(bump == &w->small && trace_next_hole(w, bytes)) && !trace_fresh_block(w, bump))
      return NULL;
  }
  char *room = bump->top;
  bump->top += bytes;
  return room;
}

static inline void
trace_copy_bytes(char *to, const char *from, size_t bytes)
{
  if (VMK_LIKELY(bytes <= 64)) /* most objects: no call */
    for (size_t i = 0; i < bytes; i += 8)
      *(uint64_t *)(to + i) = *(const uint64_t *)(from + i);
  else
    memcpy(to, from, bytes);
}

/* Copy the object out of its block; null when there is no room. */
static vmk_ref
trace_copy(vmk_tracer *w, vmk_ref object, uint64_t header)
{
  size_t bytes = vmk_object_bytes(object, header);
  bool keep_hash = (header & (VMK_HEADER_HASHED | VMK_HEADER_HASH_KEPT)) == VMK_HEADER_HASHED;
  char *to = trace_room(w, bytes + (keep_hash ? 8 : 0));
  if (!to)
    return NULL;
  trace_copy_bytes(to + 8, (char *)object + 8, bytes - 8);
  header &= ~(uint64_t)VMK_HEADER_WATCHED;
  if (VMK_UNLIKELY(keep_hash)) {
    *(uint64_t *)(to + bytes) = vmk_header_hash_of((uintptr_t)object);
    header |= VMK_HEADER_HASH_KEPT;
  }
  vmk_ref copy = (vmk_ref)to;
  copy->header = header;
  object->header = (uintptr_t)copy | VMK_HEADER_FORWARDED;
  vmk_block_of((uintptr_t)object)->live_bytes += (uint32_t)bytes;
  w->copied_bytes += bytes;
  return copy;
}

/* --- visiting --------------------------------------------------------------------------------------- */

static VMK_NOINLINE void
trace_watched(vmk_tracer *w, vmk_ref from, vmk_ref to)
{
  to->header &= ~(uint64_t)VMK_HEADER_WATCHED;
  vmk_vec_push(&w->watched, from);
}

static inline void
trace_push(vmk_tracer *w, vmk_ref object)
{
  *vmk_start_word((uintptr_t)object) |= vmk_start_bit((uintptr_t)object);
  w->objects++;
  vmk_vec_push(&w->stack, object);
}

/* The object is reached: where it lives from now on. */
static inline vmk_ref
trace_visit(vmk_tracer *w, vmk_ref object)
{
  uintptr_t address = (uintptr_t)object;
  if (VMK_UNLIKELY(!vmk_in_blocks(address)))
    return vmk_large_mark(w, object);
  if (vmk_block_of(address)->state == VMK_BLOCK_EVAC) {
    uint64_t header = object->header;
    if (vmk_header_is_forwarded(header))
      return vmk_header_target(header);
    if (vmk_start_test(address))
      return object; /* stays here */
    vmk_ref copy = header & VMK_HEADER_PINNED ? NULL : trace_copy(w, object, header);
    if (copy) {
      trace_push(w, copy);
      if (VMK_UNLIKELY(header & VMK_HEADER_WATCHED))
        trace_watched(w, object, copy);
      return copy;
    }
    w->in_place++;
  } else if (vmk_start_test(address))
    return object;
  trace_push(w, object);
  if (VMK_UNLIKELY(object->header & VMK_HEADER_WATCHED))
    trace_watched(w, object, object);
  return object;
}

vmk_ref
vmk_tracer_mark(vmk_tracer *w, vmk_ref object)
{
  return trace_visit(w, object);
}

static inline void
trace_slot(void *data, vmk_heap_ref *slot)
{
  vmk_heap_ref old = *slot;
  if (!old)
    return;
  vmk_heap_ref new = vmk_ref_encode(trace_visit((vmk_tracer *)data, vmk_ref_decode(old)));
  if (new != old)
    *slot = new;
}

void
vmk_trace_field(vmk_tracer *w, vmk_heap_ref *slot)
{
  trace_slot(w, slot);
}

/* --- scanning ----------------------------------------------------------------------------------------- */

/* Weak and custom kinds. */
static VMK_NOINLINE void
trace_scan_special(vmk_tracer *w, vmk_kind *kind, vmk_ref object)
{
  if (kind->shape == VMK_SHAPE_CUSTOM)
    vmk_runtime_hooks(kind->runtime)->custom_trace(object, w);
  if (!kind->strength) {
    vmk_kind_each_slot(kind, object, trace_slot, w);
    return;
  }
  vmk_heap_ref *referent = vmk_kind_referent(kind, object);
  vmk_heap_ref kept = *referent;
  *referent = 0; /* hide it: runtimes may or may not have it in their bitmap */
  vmk_kind_each_slot(kind, object, trace_slot, w);
  *referent = kept;
  if (kept)
    vmk_weak_discover(w, kind, object);
}

static inline void
trace_scan(vmk_tracer *w, vmk_ref object)
{
  uint64_t header = object->header;
  vmk_kind *kind = vmk_header_kind(header);
  uintptr_t address = (uintptr_t)object;
  if (VMK_LIKELY(vmk_in_blocks(address))) {
    size_t bytes = vmk_object_bytes(object, header);
    uint8_t *line = vmk_line_of(address), *last = vmk_line_of(address + bytes - 1);
    do
      *line = VMK_LINE_MARKED;
    while (line++ < last);
    vmk_block_of(address)->live_bytes += (uint32_t)bytes;
  }
  if (VMK_UNLIKELY(kind->strength || kind->shape == VMK_SHAPE_CUSTOM))
    trace_scan_special(w, kind, object);
  else
    vmk_kind_each_slot(kind, object, trace_slot, w);
}

void
vmk_tracer_drain(vmk_tracer *w)
{
  vmk_ref queue[TRACE_QUEUE];
  unsigned head = 0, count = 0;
  for (;;) {
    while (count < TRACE_QUEUE && w->stack.count) {
      vmk_ref object = vmk_vec_pop(&w->stack);
      __builtin_prefetch(object);
      queue[(head + count++) % TRACE_QUEUE] = object;
    }
    if (!count)
      return;
    vmk_ref object = queue[head];
    head = (head + 1) % TRACE_QUEUE;
    count--;
    trace_scan(w, object);
  }
}

void
vmk_tracer_roots(vmk_tracer *w)
{
  for (size_t i = 0; i < w->roots.count; i++) {
    vmk_slot *slot = w->roots.data[i];
    slot->ref = trace_visit(w, slot->ref);
  }
  for (size_t i = 0; i < w->interiors.count; i++) {
    vmk_interior in = w->interiors.data[i];
    vmk_ref to = trace_visit(w, in.base);
    *in.slot = (char *)*in.slot + ((char *)to - (char *)in.base);
  }
  uint64_t pinned, count;
  for (size_t i = 0; vmk_map_next(&w->heap->pins, &i, &pinned, &count);)
    trace_visit(w, (vmk_ref)(uintptr_t)pinned);
  vmk_tracer_drain(w);
}

void
vmk_tracer_fini(vmk_tracer *w)
{
  vmk_vec_fini(&w->roots);
  vmk_vec_fini(&w->interiors);
  vmk_vec_fini(&w->stack);
  for (int i = 0; i <= VMK_PHANTOM; i++)
    vmk_vec_fini(&w->weak[i]);
  vmk_vec_fini(&w->watched);
  vmk_vec_fini(&w->pending);
  vmk_map_fini(&w->undecided);
}
