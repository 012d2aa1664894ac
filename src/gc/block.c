/* block.c -- the blocks of the small-object space: taking, listing, sweeping
 *
 * .inv.free: a FREE block is in the free list; used_blocks counts all other blocks below block_top.
 * .inv.recycle: RECYCLE and PINNED_RECYCLE blocks are in their lists, and their unmarked lines have
 * not been written since the sweep.
 */
#include "gc/block.h"

#include <string.h>

#include "os/os.h"

/* With fewer free lines than this a block is not worth visiting. */
enum { BLOCK_LEAST_HOLES = 4 };

static size_t
block_round(size_t bytes)
{
  return (bytes + VMK_CHUNK_BYTES - 1) & ~(size_t)(VMK_CHUNK_BYTES - 1);
}

/* The side tables: where each is and how many bytes `blocks` blocks need of it. */
static void
block_side_table(int which, size_t blocks, uintptr_t *at, size_t *bytes)
{
  switch (which) {
  case 0:
    *at = VMK_SIDE_BLOCKS;
    *bytes = block_round(blocks * sizeof(vmk_block));
    break;
  case 1:
    *at = VMK_SIDE_LINES;
    *bytes = block_round(blocks * VMK_BLOCK_LINES);
    break;
  default: *at = VMK_SIDE_STARTS; *bytes = block_round(blocks * VMK_BLOCK_STARTS * 8);
  }
}

vmk_status
vmk_blocks_init(vmk_heap *heap, uint64_t bytes, vmk_error *error)
{
  if (bytes > VMK_HEAP_LIMIT - VMK_HEAP_BASE)
    bytes = VMK_HEAP_LIMIT - VMK_HEAP_BASE;
  size_t blocks = block_round(bytes) >> VMK_BLOCK_SHIFT;
  vmk_status status = vmk_os_reserve((void *)VMK_HEAP_BASE, blocks << VMK_BLOCK_SHIFT, error);
  if (status)
    return status;
  for (int i = 0; i < 3; i++) {
    uintptr_t at;
    size_t size;
    block_side_table(i, blocks, &at, &size);
    status = vmk_os_reserve((void *)at, size, error);
    if (!status && !vmk_os_commit((void *)at, size)) {
      vmk_os_release((void *)at, size);
      status = vmk_fail(error, VMK_ERROR_MEMORY, "cannot commit %zu bytes of heap tables", size);
    }
    if (status) {
      while (i--) {
        block_side_table(i, blocks, &at, &size);
        vmk_os_release((void *)at, size);
      }
      vmk_os_release((void *)VMK_HEAP_BASE, blocks << VMK_BLOCK_SHIFT);
      return status;
    }
  }
  /* A huge page costs one fault instead of 512; but small heaps are to stay small. */
  vmk_os_huge_pages((void *)(VMK_HEAP_BASE + VMK_HUGE_BYTES),
                    (blocks << VMK_BLOCK_SHIFT) - VMK_HUGE_BYTES);
  heap->block_limit = blocks;
  return VMK_OK;
}

void
vmk_blocks_fini(vmk_heap *heap)
{
  if (!heap->block_limit)
    return;
  for (int i = 0; i < 3; i++) {
    uintptr_t at;
    size_t size;
    block_side_table(i, heap->block_limit, &at, &size);
    vmk_os_release((void *)at, size);
  }
  vmk_os_release((void *)VMK_HEAP_BASE, heap->block_limit << VMK_BLOCK_SHIFT);
  heap->block_limit = 0;
}

/* A block that was never used; commits a chunk when the committed part is used up. */
static size_t
block_take_new(vmk_heap *heap)
{
  size_t index = heap->block_top;
  if (index == heap->block_limit)
    return VMK_NO_BLOCK;
  if (index == heap->blocks_committed) {
    if (!vmk_os_commit((void *)vmk_block_address(index), VMK_CHUNK_BYTES))
      return VMK_NO_BLOCK;
    heap->blocks_committed += VMK_CHUNK_BLOCKS;
  }
  heap->block_top++;
  vmk_block_at(index)->flags = VMK_BLOCK_CLEAN;
  return index;
}

static size_t
block_take_free(vmk_heap *heap)
{
  size_t index = heap->free_head - 1;
  vmk_block *block = vmk_block_at(index);
  if (block->flags & VMK_BLOCK_POISONED) {
    if (!vmk_os_protect((void *)vmk_block_address(index), VMK_BLOCK_BYTES, VMK_OS_READ_WRITE))
      return VMK_NO_BLOCK;
    block->flags &= (uint8_t)~VMK_BLOCK_POISONED;
  }
  heap->free_head = block->next;
  if (!heap->free_head)
    heap->free_tail = 0;
  heap->free_blocks--;
  if (!(block->flags & VMK_BLOCK_CLEAN))
    heap->dirty_free_blocks--;
  return index;
}

size_t
vmk_block_take(vmk_heap *heap, vmk_block_state state, bool zeroed, uint64_t limit_bytes)
{
  if (vmk_heap_used_bytes(heap) + VMK_BLOCK_BYTES > limit_bytes)
    return VMK_NO_BLOCK;
  size_t index = heap->free_head ? block_take_free(heap) : block_take_new(heap);
  if (index == VMK_NO_BLOCK)
    return VMK_NO_BLOCK;
  vmk_block *block = vmk_block_at(index);
  if (zeroed && !(block->flags & VMK_BLOCK_CLEAN))
    memset((void *)vmk_block_address(index), 0, VMK_BLOCK_BYTES);
  *block = (vmk_block){.state = (uint8_t)state, .salt = block->salt + 1};
  heap->used_blocks++;
  return index;
}

size_t
vmk_block_recycle(vmk_heap *heap, vmk_block_state state, bool pinned, bool zeroed)
{
  uint32_t *head = pinned ? &heap->pinned_recycle_head : &heap->recycle_head;
  if (!*head)
    return VMK_NO_BLOCK;
  size_t index = *head - 1;
  vmk_block *block = vmk_block_at(index);
  *head = block->next;
  block->next = 0;
  __atomic_store_n(&block->state, (uint8_t)state, __ATOMIC_RELAXED);
  vmk_bump hole;
  for (uint32_t line = 0; zeroed && vmk_block_next_hole(index, &line, &hole);)
    memset(hole.top, 0, (size_t)(hole.end - hole.top));
  return index;
}

/* Another thread may be marking the lines around the holes: nonzero before and after. */
static inline bool
block_line_is_free(const uint8_t *line)
{
  return !__atomic_load_n(line, __ATOMIC_RELAXED);
}

bool
vmk_block_next_hole(size_t block, uint32_t *line, vmk_bump *hole)
{
  const uint8_t *lines = vmk_line_of(vmk_block_address(block));
  uint32_t begin = *line;
  while (begin < VMK_BLOCK_LINES && !block_line_is_free(&lines[begin]))
    begin++;
  uint32_t end = begin;
  while (end < VMK_BLOCK_LINES && block_line_is_free(&lines[end]))
    end++;
  *line = end;
  hole->top = (char *)vmk_block_address(block) + (size_t)begin * VMK_LINE_BYTES;
  hole->end = (char *)vmk_block_address(block) + (size_t)end * VMK_LINE_BYTES;
  return begin < end;
}

void
vmk_blocks_mark_young(vmk_heap *heap)
{
  heap->young_blocks = 0;
  for (size_t i = 0; i < heap->block_top; i++) {
    vmk_block *block = vmk_block_at(i);
    if (block->state == VMK_BLOCK_OPEN && !block->live_bytes) { /* else it was recycled */
      block->flags |= VMK_BLOCK_YOUNG;
      heap->young_blocks++;
    }
  }
}

void
vmk_blocks_prepare(vmk_heap *heap)
{
  heap->recycle_head = 0;
  for (size_t i = heap->block_top; i-- > 0;) {
    vmk_block *block = vmk_block_at(i);
    if (block->state <= VMK_BLOCK_FREE)
      continue;
    if (block->state == VMK_BLOCK_RECYCLE) {
      block->next = heap->recycle_head;
      heap->recycle_head = (uint32_t)i + 1;
    }
    block->live_bytes = 0;
    memset(vmk_start_word(vmk_block_address(i)), 0, VMK_BLOCK_STARTS * 8);
  }
}

/* Turn the marks of this collection into the state mutators see; returns the live lines. */
static uint32_t
block_sweep_lines(size_t index)
{
  uint8_t *lines = vmk_line_of(vmk_block_address(index));
  uint32_t live = 0;
  for (uint32_t i = 0; i < VMK_BLOCK_LINES; i++) {
    lines[i] = lines[i] >> 1 & 1; /* MARKED -> LIVE, LIVE -> FREE */
    live += lines[i];
  }
  return live;
}

static void
block_free(vmk_heap *heap, size_t index)
{
  vmk_block *block = vmk_block_at(index);
  uint8_t flags = 0;
  if (heap->config.poison) {
    void *at = (void *)vmk_block_address(index);
    memset(at, 0xa5, VMK_BLOCK_BYTES);
    if (vmk_os_protect(at, VMK_BLOCK_BYTES, VMK_OS_NO_ACCESS))
      flags = VMK_BLOCK_POISONED;
  }
  *block = (vmk_block){.state = VMK_BLOCK_FREE, .flags = flags, .salt = block->salt};
  heap->used_blocks--;
  heap->free_blocks++;
  heap->dirty_free_blocks++;
  /* Poisoned blocks rest as long as possible; else the one last used is warm in the cache. */
  if (heap->config.poison && heap->free_tail)
    vmk_block_at(heap->free_tail - 1)->next = (uint32_t)index + 1;
  else if (!heap->config.poison)
    block->next = heap->free_head;
  if (!heap->free_head || !heap->config.poison)
    heap->free_head = (uint32_t)index + 1;
  if (!heap->free_tail || heap->config.poison)
    heap->free_tail = (uint32_t)index + 1;
}

uint64_t
vmk_blocks_sweep(vmk_heap *heap)
{
  uint64_t live_bytes = 0, young_bytes = 0;
  heap->recycle_head = heap->pinned_recycle_head = 0;
  heap->hole_bytes = 0;
  for (size_t i = heap->block_top; i-- > 0;) { /* downwards: lists end up in address order */
    vmk_block *block = vmk_block_at(i);
    if (block->state <= VMK_BLOCK_FREE) {
      block->age += block->age < UINT8_MAX;
      continue;
    }
    uint32_t live = block_sweep_lines(i);
    block->lines = (uint8_t)live;
    live_bytes += block->live_bytes;
    if (block->flags & VMK_BLOCK_YOUNG)
      young_bytes += block->live_bytes;
    block->flags = 0;
    if (!live) {
      block_free(heap, i);
      continue;
    }
    bool pinned = block->state >= VMK_BLOCK_PINNED;
    bool holes = live <= VMK_BLOCK_LINES - BLOCK_LEAST_HOLES;
    uint32_t *head = pinned ? &heap->pinned_recycle_head : &heap->recycle_head;
    if (holes) {
      block->state = pinned ? VMK_BLOCK_PINNED_RECYCLE : VMK_BLOCK_RECYCLE;
      block->next = *head;
      *head = (uint32_t)i + 1;
      if (!pinned)
        heap->hole_bytes += (VMK_BLOCK_LINES - live) * VMK_LINE_BYTES;
    } else
      block->state = pinned ? VMK_BLOCK_PINNED : VMK_BLOCK_FULL;
  }
  if (heap->young_blocks) /* follow slowly, in 64ths */
    heap->survival =
        (heap->survival * 3 + young_bytes * 64 / (heap->young_blocks * VMK_BLOCK_BYTES)) / 4;
  return live_bytes;
}

void
vmk_blocks_trim(vmk_heap *heap, size_t keep)
{
  for (size_t end = heap->block_top; end > 0 && heap->dirty_free_blocks > keep;) {
    vmk_block *block = vmk_block_at(end - 1);
    if (block->state != VMK_BLOCK_FREE || block->flags || block->age < 2) {
      end--;
      continue;
    }
    size_t begin = end;
    for (; begin > 0 && heap->dirty_free_blocks > keep; begin--) {
      block = vmk_block_at(begin - 1);
      if (block->state != VMK_BLOCK_FREE || block->flags)
        break;
      block->flags = VMK_BLOCK_CLEAN;
      heap->dirty_free_blocks--;
    }
    vmk_os_discard((void *)vmk_block_address(begin), (end - begin) << VMK_BLOCK_SHIFT);
    end = begin;
  }
}
