/* block.h -- the blocks of the small-object space: taking, listing, sweeping */
#ifndef VMK_GC_BLOCK_H
#define VMK_GC_BLOCK_H

#include "gc/heap.h"

/* No block to be had. */
#define VMK_NO_BLOCK SIZE_MAX

/* Reserve the space and its side tables for `bytes` of blocks. */
VMK_MUST_USE vmk_status vmk_blocks_init(vmk_heap *heap, uint64_t bytes, vmk_error *error);
void vmk_blocks_fini(vmk_heap *heap);

/* Take a free block and give it `state`.  Its memory is zero when `zeroed`.  VMK_NO_BLOCK when
 * the used bytes would pass `limit_bytes` or the system refuses.  Caller holds the lock or stopped
 * the world. */
size_t vmk_block_take(vmk_heap *heap, vmk_block_state state, bool zeroed, uint64_t limit_bytes);
/* Take a recyclable block (or, `pinned`, one of the non-moving ones), same rules.  `zeroed`: its holes
 * are zero-filled. */
size_t vmk_block_recycle(vmk_heap *heap, vmk_block_state state, bool pinned, bool zeroed);
/* The next hole of a block at or after *line; false when there is none. Moves *line past it. */
bool vmk_block_next_hole(size_t block, uint32_t *line, vmk_bump *hole);

/* Before anything else: flag the blocks that were taken since the last collection. */
void vmk_blocks_mark_young(vmk_heap *heap);
/* Before tracing, after the plan chose what to empty: clear start bits and live counts, and list the
 * recyclable blocks that stay, for the collector's copies. */
void vmk_blocks_prepare(vmk_heap *heap);
/* After tracing: line states, block states, lists of free and recyclable blocks.  Returns the live
 * bytes; those copied count twice, where they were and where they are. */
uint64_t vmk_blocks_sweep(vmk_heap *heap);
/* Give memory of free blocks back to the system, beyond `keep` dirty ones. */
void vmk_blocks_trim(vmk_heap *heap, size_t keep);

#endif
