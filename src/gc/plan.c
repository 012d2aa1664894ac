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
  PLAN_SPARSE = 36, /* normally empty blocks below this many 64ths live */
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

static bool
plan_is_candidate(const vmk_block *block)
{
  return (block->state == VMK_BLOCK_FULL || block->state == VMK_BLOCK_RECYCLE) &&
         block->live_bytes;
}

static unsigned
plan_bucket(const vmk_block *block)
{
  return (unsigned)((uint64_t)block->live_bytes * PLAN_BUCKETS / (VMK_BLOCK_BYTES + 1));
}

/* The emptiest blocks, as far as there is room for what lives in them. */
static void
plan_select_sparse(vmk_heap *heap, bool hard)
{
  uint64_t histogram[PLAN_BUCKETS + 1] = {0}, total = 0, used = vmk_heap_used_bytes(heap);
  uint64_t room = heap->max_bytes > used ? (heap->max_bytes - used) / 10 * 9 : 0;
  if (!hard && room > heap->live_bytes / 4)
    room = heap->live_bytes / 4; /* bounds the time a normal collection spends on copying */
  for (size_t i = 0; i < heap->block_top; i++)
    if (plan_is_candidate(vmk_block_at(i)))
      histogram[plan_bucket(vmk_block_at(i))] += vmk_block_at(i)->live_bytes;
  unsigned below = 0;
  while (below < (hard ? PLAN_HARD : PLAN_SPARSE) && total + histogram[below] <= room)
    total += histogram[below++];
  for (size_t i = 0; i < heap->block_top; i++) {
    vmk_block *block = vmk_block_at(i);
    if (plan_is_candidate(block) && plan_bucket(block) < below)
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
