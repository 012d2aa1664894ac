/* collect.c -- one collection from stop to resume, and the sizing of the heap after it
 *
 *     stop -> retire TLABs -> gather roots -> choose blocks to empty -> clear marks
 *          -> trace -> weak phases -> sweep -> size, trim -> verify -> resume
 */
#include <vmkit/vmk_thread.h>

#include "gc/block.h"
#include "gc/kind.h"
#include "gc/tracer.h"
#include "os/os.h"

/* Growth is counted in 64ths of what lives. */
enum { COLLECT_LEAST_GROWTH = 32, COLLECT_MOST_GROWTH = 192 };

/* --- sizing ------------------------------------------------------------------------------------------- */

/* The share of time that went to the last collection moves the growth: how much may be allocated
 * until the next one, as a part of what lives.  Below a twentieth it shrinks, above a seventh it grows. */
static void
collect_adapt(vmk_heap *heap, int64_t begin, int64_t end)
{
  int64_t pause = end - begin, period = end - heap->last_end_ns;
  if (heap->last_end_ns && pause > period / 7 && heap->growth < COLLECT_MOST_GROWTH)
    heap->growth += heap->growth / 4;
  else if (pause < period / 20 && heap->growth > COLLECT_LEAST_GROWTH)
    heap->growth -= heap->growth / 8;
  heap->last_end_ns = end;
}

/* How much mutators may use until the next collection: what is used now, and room for `growth` times
 * what lives, of which holes of recyclable blocks give a part (half, since not every object fits).  At
 * least the initial size and what the collection was for; never above what the plan allows. */
static void
collect_size(vmk_heap *heap, uint64_t need)
{
  uint64_t used = vmk_heap_used_bytes(heap);
  uint64_t step = (uint64_t)heap->config.initial_bytes, most = vmk_heap_most_bytes(heap);
  uint64_t room = heap->live_bytes / 64 * heap->growth;
  uint64_t holes = heap->plan->recycles ? heap->hole_bytes / 2 : 0;
  room = room > holes ? room - holes : 0;
  if (room < step / 4)
    room = step / 4;
  uint64_t limit = used + room;
  if (limit < heap->live_bytes + step)
    limit = heap->live_bytes + step;
  if (need && limit < used + need + VMK_BLOCK_BYTES)
    limit = used + need + VMK_BLOCK_BYTES;
  /* A fragmented heap gets more out of room to defragment in than out of filling it up. */
  uint64_t waste = used > heap->live_bytes ? used - heap->live_bytes : 0;
  if (heap->plan->recycles && need <= VMK_LARGE_BYTES && used + waste / 2 + step / 4 < most &&
      limit > most - waste / 2)
    limit = most - waste / 2;
  heap->limit_bytes = limit < most ? limit : most;
}

/* Free memory that mutators will not need soon goes back to the system. */
static void
collect_trim(vmk_heap *heap)
{
  uint64_t used = vmk_heap_used_bytes(heap);
  uint64_t room = heap->limit_bytes > used ? heap->limit_bytes - used : 0;
  vmk_blocks_trim(heap, (size_t)(room >> VMK_BLOCK_SHIFT));
}

/* --- the collection --------------------------------------------------------------------------------------- */

static void
collect_retire(vmk_thread *t, void *data)
{
  (void)data;
  if (t->heap)
    vmk_heap_thread_retire(t->heap);
}

static void
collect_trace(vmk_heap *heap, vmk_tracer *w, vmk_collect_mode mode)
{
  bool all = heap->config.move_always;
  vmk_roots_gather(w);
  vmk_blocks_mark_young(heap);
  w->phase = VMK_PHASE_TRACE;
  if (all)
    vmk_plan_select_all(heap);
  else
    heap->plan->select(heap, mode != VMK_COLLECT_NORMAL);
  w->copy_limit_bytes = all || heap->plan == &vmk_plan_copy ? UINT64_MAX : heap->max_bytes;
  vmk_blocks_prepare(heap);
  vmk_large_prepare(heap);
  vmk_tracer_roots(w);
  vmk_weak_process(w);
}

static void
collect_report(vmk_heap *heap, const vmk_tracer *w, vmk_collect_mode mode, uint64_t used_before,
               int64_t ns)
{
  static const char *const names[] = {"normal", "defrag", "hard"};
  if (!vmk_trace_on(heap->vm, VMK_TRACE_GC))
    return;
  vmk_trace_print(
      heap->vm, VMK_TRACE_GC,
      "%s %s #%llu: %llu -> %llu kB (live %llu, limit %llu), %llu objects, copied %llu "
      "kB, %.3f ms",
      heap->plan->name, names[mode], (unsigned long long)heap->collections,
      (unsigned long long)used_before >> 10, (unsigned long long)vmk_heap_used_bytes(heap) >> 10,
      (unsigned long long)heap->live_bytes >> 10, (unsigned long long)heap->limit_bytes >> 10,
      (unsigned long long)w->objects, (unsigned long long)w->copied_bytes >> 10, (double)ns / 1e6);
}

void
vmk_heap_collect_stopped(vmk_heap *heap, vmk_thread *t, vmk_collect_mode mode, uint64_t need)
{
  vmk_tracer w = {.heap = heap, .thread = t, .hard = mode == VMK_COLLECT_HARD};
  int64_t begin = vmk_os_now_ns();
  uint64_t used_before = vmk_heap_used_bytes(heap);
  VMK_ASSERT(!heap->collecting);
  heap->collecting = true;

  vmk_thread_each(heap->vm, collect_retire, NULL);
  heap->pinned_first = heap->pinned.other = (vmk_bump){0};
  heap->pinned.hole_block = 0;
  collect_trace(heap, &w, mode);
  heap->live_bytes = vmk_blocks_sweep(heap) - w.copied_bytes;
  heap->live_bytes += vmk_large_sweep(heap);
  collect_adapt(heap, begin, vmk_os_now_ns());
  collect_size(heap, need);
  collect_trim(heap);
  vmk_meta_collected(&heap->meta);

  heap->collections++;
  __atomic_store_n(&heap->epoch, heap->epoch + 1, __ATOMIC_RELAXED);
  heap->copied_bytes += w.copied_bytes;
  heap->traced_objects += w.objects;
  uint64_t ns = (uint64_t)(vmk_os_now_ns() - begin);
  heap->pause_ns += ns;
  if (ns > heap->max_pause_ns)
    heap->max_pause_ns = ns;
  collect_report(heap, &w, mode, used_before, (int64_t)ns);
  vmk_tracer_fini(&w);
  heap->collecting = false;
  if (heap->config.verify)
    VMK_ASSERT(vmk_heap_verify(heap, t) == 0);
}

/* True when the heap is so full after a normal collection that the next would follow at once. */
static bool
collect_is_tight(const vmk_heap *heap)
{
  uint64_t most = vmk_heap_most_bytes(heap), used = vmk_heap_used_bytes(heap);
  return heap->plan->recycles && used + most / 16 > most;
}

/* Stop the world; what is known before. */
static vmk_collection
collect_begin(vmk_heap *heap, vmk_thread *t, vmk_collection_cause cause) VMK_MOVES
{
  vmk_collection c = {.cause = cause, .pause_ns = (uint64_t)vmk_os_now_ns()};
  vmk_world_stop(t);
  vmk_heap_stats stats;
  vmk_heap_stats_get(heap->vm, &stats);
  c.used_before_bytes = stats.used_bytes;
  c.metaspace_used_before_bytes = stats.metaspace_used_bytes;
  c.metaspace_committed_before_bytes = stats.metaspace_committed_bytes;
  return c;
}

/* Resume it, and tell if there was a collection. */
static void
collect_end(vmk_heap *heap, vmk_thread *t, vmk_collection *c, bool collected) VMK_MOVES
{
  vmk_heap_stats stats;
  vmk_heap_stats_get(heap->vm, &stats);
  c->number = stats.collections - 1;
  c->used_bytes = stats.used_bytes;
  c->committed_bytes = stats.committed_bytes;
  c->pause_ns = (uint64_t)vmk_os_now_ns() - c->pause_ns;
  vmk_world_resume(t);
  if (collected && heap->client.collected)
    heap->client.collected(heap->vm, t, c);
}

bool
vmk_heap_collect_unless(vmk_thread *t, vmk_collect_mode mode, uint64_t need, uint64_t epoch,
                        vmk_collection_cause cause)
{
  vmk_heap *heap = t->heap->heap;
  vmk_collection c = collect_begin(heap, t, cause);
  bool mine = heap->epoch == epoch;
  if (mine) {
    vmk_heap_collect_stopped(heap, t, mode, need);
    if (mode == VMK_COLLECT_NORMAL && collect_is_tight(heap) && !heap->config.move_always)
      vmk_heap_collect_stopped(heap, t, VMK_COLLECT_DEFRAG, need);
  }
  collect_end(heap, t, &c, mine);
  return mine;
}

void
vmk_heap_collect(vmk_thread *t, vmk_collect_mode mode, vmk_collection_cause cause)
{
  vmk_heap *heap = t->heap->heap;
  vmk_collection c = collect_begin(heap, t, cause);
  vmk_heap_collect_stopped(heap, t, mode, 0);
  collect_end(heap, t, &c, true);
}

void
vmk_collect(vmk_thread *t, bool hard)
{
  vmk_heap_collect(t, hard ? VMK_COLLECT_HARD : VMK_COLLECT_NORMAL, VMK_CAUSE_REQUEST);
}

static bool
collect_metaspace_fits(const vmk_heap *heap, uint64_t bytes, uint64_t limit_bytes)
{
  vmk_heap_stats stats;
  vmk_heap_stats_get(heap->vm, &stats);
  return bytes <= limit_bytes && stats.metaspace_used_bytes <= limit_bytes - bytes;
}

bool
vmk_meta_make_room(vmk_thread *t, uint64_t bytes, uint64_t limit_bytes)
{
  static const vmk_collect_mode modes[] = {VMK_COLLECT_NORMAL, VMK_COLLECT_HARD};
  const vmk_heap *heap = t->heap->heap;
  bool fits = collect_metaspace_fits(heap, bytes, limit_bytes);
  for (size_t i = 0; !fits && i < VMK_COUNT(modes); i++) {
    vmk_heap_collect(t, modes[i], VMK_CAUSE_METASPACE);
    fits = collect_metaspace_fits(heap, bytes, limit_bytes);
  }
  return fits;
}

/* --- walking ------------------------------------------------------------------------------------------------ */

static void
collect_walk_block(size_t index, void (*visit)(vmk_ref, void *), void *data)
{
  uintptr_t base = vmk_block_address(index);
  uint64_t *words = vmk_start_word(base);
  for (unsigned i = 0; i < VMK_BLOCK_STARTS; i++)
    for (uint64_t bits = words[i]; bits; bits &= bits - 1) {
      unsigned granule = i * 64 + (unsigned)__builtin_ctzll(bits);
      visit((vmk_ref)(base + (uintptr_t)granule * VMK_OBJECT_ALIGN), data);
    }
}

static void
collect_walk_objects(vmk_heap *heap, void (*visit)(vmk_ref, void *), void *data)
{
  for (size_t i = 0; i < heap->block_top; i++)
    if (vmk_block_at(i)->state > VMK_BLOCK_FREE)
      collect_walk_block(i, visit, data);
  for (size_t i = 0; i < heap->large_objects.count; i++)
    if (heap->large_objects.data[i].object)
      visit(heap->large_objects.data[i].object, data);
}

/* Roots of modules are reached from their holders: list them, too. */
static void
collect_visit_holder(vmk_ref object, void *data)
{
  const vmk_kind *kind = vmk_header_kind(object->header);
  if (kind->flags & VMK_KIND_HOLDER && *vmk_kind_held_module(kind, object))
    vmk_module_trace(*vmk_kind_held_module(kind, object), (vmk_tracer *)data);
}

static void
collect_walk_roots(vmk_heap *heap, vmk_thread *t, void (*root)(vmk_ref, void *), void *data)
{
  vmk_tracer w = {.heap = heap, .thread = t, .phase = VMK_PHASE_VERIFY};
  vmk_roots_gather(&w);
  collect_walk_objects(heap, collect_visit_holder, &w);
  for (size_t i = 0; i < w.roots.count; i++)
    root(w.roots.data[i]->ref, data);
  for (size_t i = 0; i < w.interiors.count; i++)
    root(w.interiors.data[i].base, data);
  vmk_tracer_fini(&w);
}

void
vmk_heap_walk(vmk_thread *t, const vmk_heap_visitor *visitor, void *data)
{
  vmk_heap *heap = t->heap->heap;
  vmk_collection c = collect_begin(heap, t, VMK_CAUSE_WALK);
  vmk_heap_collect_stopped(heap, t, VMK_COLLECT_NORMAL, 0); /* start bits = live objects */
  if (visitor->begin)
    visitor->begin(data);
  if (visitor->root)
    collect_walk_roots(heap, t, visitor->root, data);
  if (visitor->object)
    collect_walk_objects(heap, visitor->object, data);
  collect_end(heap, t, &c, true);
}
