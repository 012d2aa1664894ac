/* space.h -- the address map: blocks, lines, object starts, large pages
 *
 * Small objects live in 32 KB blocks of 256-byte lines.  All tables are at constant addresses and
 * indexed by address, reserved for the whole heap and committed by the kernel as they are touched.
 *
 * Object starts are one bit for each 8 bytes.  They are the mark bits of the last collection: set
 * for exactly the objects it found live.  Objects allocated since have none; they lie in lines that
 * the last collection left unmarked, in OPEN or PINNED blocks, packed from the beginning of each run
 * of such lines (a *hole*) and followed by zeros; so they are found by parsing.
 */
#ifndef VMK_GC_SPACE_H
#define VMK_GC_SPACE_H

#include <vmkit/vmk_config.h>
#include <vmkit/vmk_types.h>

enum {
  VMK_BLOCK_SHIFT = 15,
  VMK_BLOCK_BYTES = 1 << VMK_BLOCK_SHIFT,
  VMK_LINE_SHIFT = 8,
  VMK_LINE_BYTES = 1 << VMK_LINE_SHIFT,
  VMK_BLOCK_LINES = VMK_BLOCK_BYTES / VMK_LINE_BYTES,
  VMK_BLOCK_STARTS = VMK_BLOCK_BYTES / VMK_OBJECT_ALIGN / 64, /* words of start bits */
  VMK_CHUNK_BYTES = 4 << 20,                                  /* unit of commitment */
  VMK_CHUNK_BLOCKS = VMK_CHUNK_BYTES / VMK_BLOCK_BYTES,
  VMK_PAGE_SHIFT = 12,
  VMK_PAGE_BYTES = 1 << VMK_PAGE_SHIFT,
  VMK_HUGE_BYTES = 2 << 20, /* a huge page; where each space begins is a multiple */
  VMK_LARGE_BYTES = 8192,   /* objects above this are large */
};

#define VMK_SIDE_BLOCKS VMK_SIDE_BASE                    /* vmk_block per block */
#define VMK_SIDE_LINES (VMK_SIDE_BASE + 0x100000000ull)  /* a byte per line */
#define VMK_SIDE_STARTS (VMK_SIDE_BASE + 0x800000000ull) /* a bit per 8 bytes */
#define VMK_SIDE_LARGE (VMK_SIDE_BASE + 0x2000000000ull) /* uint32_t per page of large space */

/*   ABSENT -> FREE <-> OPEN -> (sweep) -> FULL | RECYCLE | FREE;   RECYCLE -> OPEN
 *   FULL, RECYCLE -> EVAC during a collection -> (sweep) -> FREE, or as above when it kept objects
 *   FREE -> PINNED -> (sweep) -> FREE | PINNED | PINNED_RECYCLE -> PINNED */
typedef enum vmk_block_state {
  VMK_BLOCK_ABSENT,         /* never used */
  VMK_BLOCK_FREE,           /* in the list of free blocks */
  VMK_BLOCK_OPEN,           /* given to a thread since the last collection; holes are parsable */
  VMK_BLOCK_FULL,           /* no hole worth having; unmarked lines hold garbage */
  VMK_BLOCK_RECYCLE,        /* has holes, in the list of recyclable blocks; they hold garbage */
  VMK_BLOCK_EVAC,           /* being emptied; only while the world is stopped */
  VMK_BLOCK_PINNED,         /* non-moving objects; holes are parsable */
  VMK_BLOCK_PINNED_RECYCLE, /* non-moving objects, in the list; holes hold garbage */
} vmk_block_state;

enum {
  VMK_BLOCK_CLEAN = 1,    /* FREE and known to be zero */
  VMK_BLOCK_POISONED = 2, /* FREE and inaccessible (gc.poison) */
  VMK_BLOCK_YOUNG = 4,    /* was OPEN when this collection began */
};

typedef struct vmk_block {
  uint8_t state; /* vmk_block_state */
  uint8_t flags;
  uint8_t lines;       /* live lines at the last sweep, 0..128 */
  uint8_t age;         /* FREE: collections since it became so, saturating */
  uint32_t next;       /* list of free or recyclable blocks: index + 1, 0 at the end */
  uint32_t live_bytes; /* counted by the last trace; EVAC: with what was copied out */
  uint32_t salt;       /* how often the block was taken: a part of the identity hash */
} vmk_block;

/* Values of a line byte. */
enum {
  VMK_LINE_FREE = 0,
  VMK_LINE_LIVE = 1,   /* found live by the last collection */
  VMK_LINE_MARKED = 2, /* found live by the collection in progress */
};

static inline bool
vmk_in_blocks(uintptr_t address)
{
  return address - VMK_HEAP_BASE < VMK_HEAP_LIMIT - VMK_HEAP_BASE;
}
static inline bool
vmk_in_large(uintptr_t address)
{
  return address - VMK_LARGE_BASE < VMK_LARGE_LIMIT - VMK_LARGE_BASE;
}

static inline size_t
vmk_block_index(uintptr_t address)
{
  return (address - VMK_HEAP_BASE) >> VMK_BLOCK_SHIFT;
}
static inline vmk_block *
vmk_block_at(size_t index)
{
  return (vmk_block *)VMK_SIDE_BLOCKS + index;
}
static inline vmk_block *
vmk_block_of(uintptr_t address)
{
  return vmk_block_at(vmk_block_index(address));
}
/* Is the block being emptied?  Several threads may ask while others take blocks to copy into. */
static inline bool
vmk_block_is_evac(uintptr_t address)
{
  return __atomic_load_n(&vmk_block_of(address)->state, __ATOMIC_RELAXED) == VMK_BLOCK_EVAC;
}
static inline uintptr_t
vmk_block_address(size_t index)
{
  return VMK_HEAP_BASE + ((uintptr_t)index << VMK_BLOCK_SHIFT);
}
static inline uint8_t *
vmk_line_of(uintptr_t address)
{
  return (uint8_t *)VMK_SIDE_LINES + ((address - VMK_HEAP_BASE) >> VMK_LINE_SHIFT);
}
static inline uint64_t *
vmk_start_word(uintptr_t address)
{
  return (uint64_t *)VMK_SIDE_STARTS + ((address - VMK_HEAP_BASE) >> 9);
}
static inline uint64_t
vmk_start_bit(uintptr_t address)
{
  return (uint64_t)1 << (address >> 3 & 63);
}
static inline bool
vmk_start_test(uintptr_t address)
{
  return __atomic_load_n(vmk_start_word(address), __ATOMIC_RELAXED) & vmk_start_bit(address);
}
static inline uint32_t *
vmk_large_entry(uintptr_t address)
{
  return (uint32_t *)VMK_SIDE_LARGE + ((address - VMK_LARGE_BASE) >> VMK_PAGE_SHIFT);
}

#endif
