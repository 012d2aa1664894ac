/* pages.h -- a reserved range of addresses, given out in runs of 4 KB pages
 *
 * Serves large objects and metaspace.  Memory is committed in steps of a huge page as the range fills, for
 * only what is accessible as a whole can be one; a small beginning of the range may be exempt, since a
 * huge page is much where little is needed.  Freed runs stay committed (dirty) for a while, because filling
 * a dirty run with zeros is cheaper than taking fresh pages from the system; vmk_pages_settle gives old
 * ones back.  No lock of its own.
 */
#ifndef VMK_GC_PAGES_H
#define VMK_GC_PAGES_H

#include "base/vec.h"

typedef struct vmk_extent {
  uint32_t page, count;
  bool dirty;  /* committed, contents unknown; else decommitted */
  uint8_t age; /* settlements since it was freed */
} vmk_extent;

typedef struct vmk_pages {
  uintptr_t base;
  uint32_t limit, top;      /* pages: reserved; ever given out */
  uint32_t small;           /* pages at the beginning that are not to become huge ones */
  uint32_t committed;       /* pages from the beginning; at least top */
  uint32_t used, dirty;     /* pages given out now; pages in dirty free extents */
  VMK_VEC(vmk_extent) free; /* sorted by address and merged up to `settled` */
  size_t settled;
} vmk_pages;

VMK_MUST_USE vmk_status vmk_pages_init(vmk_pages *pages, uintptr_t base, size_t bytes,
                                       size_t small_bytes, vmk_error *error);
void vmk_pages_fini(vmk_pages *pages);
/* Zeroed memory, or null when the range is used up or the system refuses. */
void *vmk_pages_alloc(vmk_pages *pages, uint32_t count);
/* Take a run back; it can be given out again after the next settle. */
void vmk_pages_free(vmk_pages *pages, void *at, uint32_t count);
/* Merge what was freed; decommit runs that were free for more than max_age settlements. */
void vmk_pages_settle(vmk_pages *pages, uint8_t max_age);

#endif
