/* trace.c -- the transitive closure: mark in place, or copy and forward
 *
 * An object is visited when it is reached and scanned once after.  Visiting decides where it lives:
 * in a block that is being emptied it is copied, unless it is pinned or there is no room; anywhere
 * else, and then, its start bit is its mark.  "Mark here instead" is always legal, so a full heap, a
 * pin and an object that grew by its hash are all the same case.
 *
 * Several threads may trace (workers.c).  All code below takes `shared`, a constant at each inlined
 * use: one thread alone needs no atomic operation.  Shared, a start bit is won by atomic or; an object
 * that is to be copied is claimed by setting BUSY in its header, and others wait for the address.
 *
 * Objects wait on a stack (depth first); between stack and scan a short queue gives the prefetch of
 * their header time to arrive (Cher, Hosking and Vitek, ISMM'04), which saved 30 % of the time of a
 * collection in the prototype.
 */
#include "gc/tracer.h"

#include <string.h>

#include "gc/block.h"
#include "gc/kind.h"
#include "gc/workers.h"
#include "os/os.h"

enum { TRACE_QUEUE = 8 };

/* --- copying ------------------------------------------------------------------------------------ */

static void
trace_lock(vmk_tracer *w)
{
  if (w->shared)
    pthread_mutex_lock(&w->heap->lock);
}
static void
trace_unlock(vmk_tracer *w)
{
  if (w->shared)
    pthread_mutex_unlock(&w->heap->lock);
}

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
    trace_lock(w);
    size_t block = vmk_block_recycle(w->heap, VMK_BLOCK_FULL, false, false);
    trace_unlock(w);
    if (block == VMK_NO_BLOCK)
      return false;
    w->hole_block = block + 1;
    w->hole_line = 0;
  }
}

static bool
trace_fresh_block(vmk_tracer *w, vmk_bump *bump)
{
  trace_lock(w);
  size_t block = vmk_block_take(w->heap, VMK_BLOCK_FULL, false, w->copy_limit_bytes);
  trace_unlock(w);
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

/* Shared, counts of a block are added up here first: objects scanned one after the other are often
 * neighbours. */
static void
trace_flush_live(vmk_live_count *count)
{
  if (count->bytes)
    __atomic_fetch_add(&vmk_block_at(count->block)->live_bytes, count->bytes, __ATOMIC_RELAXED);
  count->bytes = 0;
}

static VMK_ALWAYS_INLINE void
trace_count_live(vmk_tracer *w, vmk_ref object, size_t bytes, const bool shared)
{
  size_t block = vmk_block_index((uintptr_t)object);
  if (!shared) {
    vmk_block_at(block)->live_bytes += (uint32_t)bytes;
    return;
  }
  vmk_live_count *count = &w->live[block % VMK_COUNT(w->live)];
  if (VMK_UNLIKELY(count->block != block)) {
    trace_flush_live(count);
    count->block = (uint32_t)block;
  }
  count->bytes += (uint32_t)bytes;
}

/* Copy the object out of its block and forward it; null when there is no room.  `header` is without
 * BUSY, which a shared caller has set in the object. */
static VMK_ALWAYS_INLINE vmk_ref
trace_copy(vmk_tracer *w, vmk_ref object, uint64_t header, const bool shared)
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
  __atomic_store_n(&object->header, (uintptr_t)copy | VMK_HEADER_FORWARDED, __ATOMIC_RELEASE);
  trace_count_live(w, object, bytes, shared);
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

/* Set the object's start bit and queue it, unless somebody did so before. */
static VMK_ALWAYS_INLINE bool
trace_start(vmk_tracer *w, vmk_ref object, const bool shared)
{
  uint64_t *word = vmk_start_word((uintptr_t)object), bit = vmk_start_bit((uintptr_t)object);
  if (!shared)
    *word |= bit;
  else if (__atomic_fetch_or(word, bit, __ATOMIC_RELAXED) & bit)
    return false;
  w->objects++;
  vmk_vec_push(&w->stack, object);
  return true;
}

/* Set BUSY in the header of an object that is to be copied; *header as it was before.  False: it has
 * been forwarded, *header says where. */
static bool
trace_claim(vmk_ref object, uint64_t *header)
{
  for (unsigned spins = 1;; spins++) {
    if (vmk_header_is_forwarded(*header))
      return false;
    if (!(*header & VMK_HEADER_BUSY)) {
      if (__atomic_compare_exchange_n(&object->header, header, *header | VMK_HEADER_BUSY, false,
                                      __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE))
        return true;
      continue;
    }
    if (spins % 64) /* a copy takes no longer than this, unless its thread lost the processor */
      vmk_os_pause();
    else
      vmk_os_yield();
    *header = __atomic_load_n(&object->header, __ATOMIC_ACQUIRE);
  }
}

/* The object is in a block that is being emptied, and is not forwarded. */
static VMK_ALWAYS_INLINE vmk_ref
trace_visit_evac(vmk_tracer *w, vmk_ref object, uint64_t header, const bool shared)
{
  if (shared && !trace_claim(object, &header))
    return vmk_header_target(header);
  /* Ours.  Whoever marked it in place did so while it was theirs. */
  bool stays = vmk_start_test((uintptr_t)object);
  vmk_ref copy = stays || header & VMK_HEADER_PINNED ? NULL : trace_copy(w, object, header, shared);
  if (copy) {
    trace_start(w, copy, shared);
    if (VMK_UNLIKELY(header & VMK_HEADER_WATCHED))
      trace_watched(w, object, copy);
    return copy;
  }
  if (!stays)
    trace_start(w, object, shared);
  if (shared)
    __atomic_store_n(&object->header, header, __ATOMIC_RELEASE);
  if (!stays && VMK_UNLIKELY(header & VMK_HEADER_WATCHED))
    trace_watched(w, object, object);
  return object;
}

/* The object is reached: where it lives from now on. */
static VMK_ALWAYS_INLINE vmk_ref
trace_visit(vmk_tracer *w, vmk_ref object, const bool shared)
{
  uintptr_t address = (uintptr_t)object;
  if (VMK_UNLIKELY(!vmk_in_blocks(address)))
    return vmk_large_mark(w, object);
  if (vmk_block_is_evac(address)) {
    uint64_t header = __atomic_load_n(&object->header, __ATOMIC_ACQUIRE);
    if (vmk_header_is_forwarded(header))
      return vmk_header_target(header);
    return trace_visit_evac(w, object, header, shared);
  }
  if (!vmk_start_test(address) && trace_start(w, object, shared) &&
      VMK_UNLIKELY(object->header & VMK_HEADER_WATCHED))
    trace_watched(w, object, object);
  return object;
}

static VMK_ALWAYS_INLINE void
trace_slot(vmk_tracer *w, vmk_heap_ref *slot, const bool shared)
{
  vmk_heap_ref old = *slot;
  if (!old)
    return;
  vmk_heap_ref new = vmk_ref_encode(trace_visit(w, vmk_ref_decode(old), shared));
  if (new != old)
    *slot = new;
}

static inline void
trace_slot_alone(void *data, vmk_heap_ref *slot)
{
  trace_slot((vmk_tracer *)data, slot, false);
}

static inline void
trace_slot_shared(void *data, vmk_heap_ref *slot)
{
  trace_slot((vmk_tracer *)data, slot, true);
}

vmk_ref
vmk_tracer_mark(vmk_tracer *w, vmk_ref object)
{
  return w->shared ? trace_visit(w, object, true) : trace_visit(w, object, false);
}

void
vmk_trace_field(vmk_tracer *w, vmk_heap_ref *slot)
{
  if (w->shared)
    trace_slot(w, slot, true);
  else
    trace_slot(w, slot, false);
}

/* --- scanning ----------------------------------------------------------------------------------------- */

/* The object's module is needed.  In a shared trace the slot may be a reported root, too, and change. */
static VMK_NOINLINE void
trace_holder(vmk_tracer *w, vmk_module *module)
{
  vmk_ref holder = __atomic_load_n(&vmk_module_holder(module)->ref, __ATOMIC_ACQUIRE);
  w->held = module;
  if (holder)
    vmk_tracer_mark(w, holder);
}

/* Weak, custom and holding kinds. */
static VMK_NOINLINE void
trace_scan_special(vmk_tracer *w, vmk_kind *kind, vmk_ref object)
{
  vmk_slot_visitor *visit = w->shared ? trace_slot_shared : trace_slot_alone;
  if (kind->flags & VMK_KIND_HOLDER && *vmk_kind_held_module(kind, object))
    vmk_module_trace(*vmk_kind_held_module(kind, object), w);
  if (kind->shape == VMK_SHAPE_CUSTOM)
    vmk_runtime_hooks(vmk_module_runtime(kind->module))->custom_trace(object, w);
  if (!kind->strength) {
    vmk_kind_each_slot(kind, object, visit, w);
    return;
  }
  vmk_heap_ref *referent = vmk_kind_referent(kind, object);
  vmk_heap_ref kept = *referent;
  *referent = 0; /* hide it: runtimes may or may not have it in their bitmap */
  vmk_kind_each_slot(kind, object, visit, w);
  *referent = kept;
  if (kept)
    vmk_weak_discover(w, kind, object);
}

static VMK_ALWAYS_INLINE void
trace_scan(vmk_tracer *w, vmk_ref object, const bool shared)
{
  uint64_t header = vmk_header_load(object);
  vmk_kind *kind = vmk_header_kind(header);
  uintptr_t address = (uintptr_t)object;
  if (VMK_LIKELY(vmk_in_blocks(address))) {
    size_t bytes = vmk_object_bytes(object, header);
    uint8_t *line = vmk_line_of(address), *last = vmk_line_of(address + bytes - 1);
    do
      __atomic_store_n(line, VMK_LINE_MARKED, __ATOMIC_RELAXED);
    while (line++ < last);
    trace_count_live(w, object, bytes, shared);
  }
  uint32_t specials = vmk_kind_specials(kind);
  if (VMK_UNLIKELY(specials)) {
    if (specials & VMK_SPECIAL_HELD && kind->module != w->held)
      trace_holder(w, kind->module);
    if (specials != VMK_SPECIAL_HELD) {
      trace_scan_special(w, kind, object);
      return;
    }
  }
  vmk_kind_each_slot(kind, object, shared ? trace_slot_shared : trace_slot_alone, w);
}

/* Scan until the stack is empty (shared: until nobody has work). */
static VMK_ALWAYS_INLINE void
trace_drain(vmk_tracer *w, const bool shared)
{
  vmk_ref queue[TRACE_QUEUE];
  unsigned head = 0, count = 0;
  for (;;) {
    if (shared &&
        VMK_UNLIKELY(w->stack.count > w->stack_bottom + TRACE_QUEUE && vmk_workers_hungry(w)))
      vmk_workers_give(w);
    while (count < TRACE_QUEUE && w->stack.count > w->stack_bottom) {
      vmk_ref object = vmk_vec_pop(&w->stack);
      __builtin_prefetch(object);
      queue[(head + count++) % TRACE_QUEUE] = object;
    }
    if (!count && !(shared && vmk_workers_take(w)))
      return;
    if (!count)
      continue;
    vmk_ref object = queue[head];
    head = (head + 1) % TRACE_QUEUE;
    count--;
    trace_scan(w, object, shared);
  }
}

void
vmk_tracer_drain(vmk_tracer *w)
{
  trace_drain(w, false);
}

static VMK_ALWAYS_INLINE void
trace_root_range(vmk_tracer *w, vmk_slot **slots, size_t count, const bool shared)
{
  for (size_t i = 0; i < count; i++) {
    vmk_ref old = __atomic_load_n(&slots[i]->ref, __ATOMIC_RELAXED);
    vmk_ref new = old; /* a slot may be reported twice, and two threads meet in it */
    if (old)
      new = trace_visit(w, old, shared);
    if (new != old)
      __atomic_store_n(&slots[i]->ref, new, __ATOMIC_RELAXED);
  }
}

/* Managed pointers and pins: few. */
static void
trace_other_roots(vmk_tracer *w)
{
  for (size_t i = 0; i < w->interiors.count; i++) {
    vmk_interior in = w->interiors.data[i];
    vmk_ref to = vmk_tracer_mark(w, in.base);
    *in.slot = (char *)*in.slot + ((char *)to - (char *)in.base);
  }
  uint64_t pinned, count;
  for (size_t i = 0; vmk_map_next(&w->heap->pins, &i, &pinned, &count);)
    vmk_tracer_mark(w, (vmk_ref)(uintptr_t)pinned);
}

void
vmk_tracer_roots(vmk_tracer *w)
{
  if (vmk_workers_trace(w))
    return;
  trace_root_range(w, w->roots.data, w->roots.count, false);
  trace_other_roots(w);
  trace_drain(w, false);
}

/* One worker's part: roots in portions, then whatever there is. */
void
vmk_tracer_work(vmk_tracer *w, vmk_tracer *main)
{
  vmk_slot **slots;
  size_t count;
  if (w == main)
    trace_other_roots(w);
  while (vmk_workers_roots(main, &slots, &count)) {
    trace_root_range(w, slots, count, true);
    if (w->stack.count > w->stack_bottom + TRACE_QUEUE && vmk_workers_hungry(w))
      vmk_workers_give(w);
  }
  trace_drain(w, true);
  for (size_t i = 0; i < VMK_COUNT(w->live); i++)
    trace_flush_live(&w->live[i]);
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
