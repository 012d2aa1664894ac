/* plan.c -- the plans: which blocks a collection empties
 *
 * copy: every movable block, each time.  Half of the heap is kept for the copies.  It is for finding
 * wrong root maps, not for speed.
 *
 * immix (Blackburn and McKinley, PLDI'08): mark in place, allocate in holes; blocks are emptied only
 * to defragment.  Candidates are chosen by live *bytes* of the last trace, not by live lines: where
 * small objects die at random every line stays live while half of the bytes are dead, and line
 * counting finds nothing to do (measured: research notes in docs/design/gc.md).
 */
#include "gc/tracer.h"

enum {
  PLAN_BUCKETS = 64,
  PLAN_SPARSE = 24, /* normally empty blocks below this many 64ths live */
  PLAN_TIGHT = 48,  /* when the heap is nearly as large as it may be */
  PLAN_HARD = 60,
};

static bool
plan_is_movable(const vmk_block *block)
{
  return block->state == VMK_BLOCK_OPEN || block->state == VMK_BLOCK_FULL ||
         block->state == VMK_BLOCK_RECYCLE;
}

void
vmk_plan_select_all(vmk_heap *heap)
{
  for (size_t i = 0; i < heap->block_top; i++) {
    vmk_block *block = vmk_block_at(i);
    if (plan_is_movable(block))
      block->state = VMK_BLOCK_EVAC;
  }
}

static void
plan_select_copy(vmk_heap *heap, bool hard)
{
  (void)hard;
  vmk_plan_select_all(heap);
}

static uint64_t
plan_half(uint64_t max_bytes)
{
  return max_bytes / 2;
}

/* What lives in the block, as far as one can know: counted by the last trace, or for a block filled
 * since, what usually survives in such.  Of those only whole blocks are young. */
static uint32_t
plan_estimate(const vmk_heap *heap, const vmk_block *block)
{
  switch ((vmk_block_state)block->state) {
  case VMK_BLOCK_FULL:
  case VMK_BLOCK_RECYCLE: return block->live_bytes;
  case VMK_BLOCK_OPEN: return block->live_bytes + (uint32_t)heap->survival * (VMK_BLOCK_BYTES / 64);
  case VMK_BLOCK_ABSENT:
  case VMK_BLOCK_FREE:
  case VMK_BLOCK_EVAC:
  case VMK_BLOCK_PINNED:
  case VMK_BLOCK_PINNED_RECYCLE: break;
  }
  return UINT32_MAX;
}

static unsigned
plan_bucket(uint32_t live_bytes)
{
  if (live_bytes > VMK_BLOCK_BYTES)
    return PLAN_BUCKETS;
  return live_bytes * PLAN_BUCKETS / (VMK_BLOCK_BYTES + 1);
}

/* The emptiest blocks, as far as there is room for what lives in them. */
static void
plan_select_sparse(vmk_heap *heap, bool hard)
{
  uint64_t histogram[PLAN_BUCKETS + 1] = {0}, total = 0, used = vmk_heap_used_bytes(heap);
  uint64_t room = heap->max_bytes > used ? (heap->max_bytes - used) / 10 * 9 : 0;
  if (!hard && room > heap->live_bytes) /* bounds the time a normal collection spends on copying */
    room = heap->live_bytes;
  for (size_t i = 0; i < heap->block_top; i++) {
    uint32_t live = plan_estimate(heap, vmk_block_at(i));
    histogram[plan_bucket(live)] += live;
  }
  unsigned below = 0, most = hard                             ? PLAN_HARD
                             : used > heap->max_bytes / 4 * 3 ? PLAN_TIGHT
                                                              : PLAN_SPARSE;
  while (below < most && total + histogram[below] <= room)
    total += histogram[below++];
  for (size_t i = 0; i < heap->block_top; i++) {
    vmk_block *block = vmk_block_at(i);
    if (plan_bucket(plan_estimate(heap, block)) < below)
      block->state = VMK_BLOCK_EVAC;
  }
}

/* A fortieth is the collector's, so that defragmentation can always begin. */
static uint64_t
plan_most(uint64_t max_bytes)
{
  return max_bytes - max_bytes / 40;
}

const vmk_plan vmk_plan_copy = {"copy", false, plan_half, plan_select_copy};
const vmk_plan vmk_plan_immix = {"immix", true, plan_most, plan_select_sparse};
