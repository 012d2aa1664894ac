/* pages.c -- a reserved range of addresses, given out in runs of 4 KB pages
 *
 * First fit by address over a sorted list of free extents.  Dirty and decommitted neighbours are not
 * merged with each other; when nothing fits everything dirty is decommitted, which lets them merge.
 */
#include "gc/pages.h"

#include <stdlib.h>
#include <string.h>

#include "gc/space.h"
#include "os/os.h"

enum { PAGES_HUGE = VMK_HUGE_BYTES >> VMK_PAGE_SHIFT };

static void *
pages_address(const vmk_pages *pages, uint32_t page)
{
  return (void *)(pages->base + ((uintptr_t)page << VMK_PAGE_SHIFT));
}

static void
pages_prefer_huge(const vmk_pages *pages, uint32_t page, uint32_t end)
{
  if (page < pages->small)
    page = pages->small;
  if (page < end)
    vmk_os_huge_pages(pages_address(pages, page), (size_t)(end - page) << VMK_PAGE_SHIFT);
}

vmk_status
vmk_pages_init(vmk_pages *pages, uintptr_t base, size_t bytes, size_t small_bytes, vmk_error *error)
{
  vmk_status status = vmk_os_reserve((void *)base, bytes, error);
  if (status)
    return status;
  *pages = (vmk_pages){.base = base,
                       .limit = (uint32_t)(bytes >> VMK_PAGE_SHIFT),
                       .small = (uint32_t)(small_bytes >> VMK_PAGE_SHIFT)};
  pages_prefer_huge(pages, 0, pages->limit);
  return VMK_OK;
}

void
vmk_pages_fini(vmk_pages *pages)
{
  if (pages->limit)
    vmk_os_release((void *)pages->base, (size_t)pages->limit << VMK_PAGE_SHIFT);
  vmk_vec_fini(&pages->free);
  *pages = (vmk_pages){0};
}

static void
pages_clean(vmk_pages *pages, vmk_extent *extent)
{
  vmk_os_decommit(pages_address(pages, extent->page), (size_t)extent->count << VMK_PAGE_SHIFT);
  pages_prefer_huge(pages, extent->page, extent->page + extent->count);
  extent->dirty = false;
  pages->dirty -= extent->count;
}

static void *
pages_take_extent(vmk_pages *pages, size_t index, uint32_t count)
{
  vmk_extent *extent = &pages->free.data[index];
  void *at = pages_address(pages, extent->page);
  size_t bytes = (size_t)count << VMK_PAGE_SHIFT;
  if (extent->dirty) {
    memset(at, 0, bytes);
    pages->dirty -= count;
  } else if (!vmk_os_commit(at, bytes))
    return NULL;
  extent->page += count;
  extent->count -= count;
  if (!extent->count) {
    memmove(extent, extent + 1, (pages->free.count - index - 1) * sizeof *extent);
    pages->free.count--;
    pages->settled--;
  }
  pages->used += count;
  return at;
}

static void *
pages_take_free(vmk_pages *pages, uint32_t count)
{
  for (size_t i = 0; i < pages->settled; i++)
    if (pages->free.data[i].count >= count)
      return pages_take_extent(pages, i, count);
  return NULL;
}

/* Commit the range up to page `end`, and on to the end of a huge page. */
static bool
pages_commit_to(vmk_pages *pages, uint32_t end)
{
  if (end <= pages->committed)
    return true;
  if (end > pages->small)
    end = end > pages->limit - PAGES_HUGE ? pages->limit : (end + PAGES_HUGE - 1) & -PAGES_HUGE;
  size_t bytes = (size_t)(end - pages->committed) << VMK_PAGE_SHIFT;
  if (!vmk_os_commit(pages_address(pages, pages->committed), bytes))
    return false;
  pages->committed = end;
  return true;
}

void *
vmk_pages_alloc(vmk_pages *pages, uint32_t count)
{
  void *at = pages_take_free(pages, count);
  if (at)
    return at;
  if (pages->limit - pages->top >= count) {
    at = pages_address(pages, pages->top);
    if (!pages_commit_to(pages, pages->top + count))
      return NULL;
    pages->top += count;
    pages->used += count;
    return at;
  }
  vmk_pages_settle(pages, 0);
  return pages_take_free(pages, count);
}

void
vmk_pages_free(vmk_pages *pages, void *at, uint32_t count)
{
  vmk_extent extent = {(uint32_t)(((uintptr_t)at - pages->base) >> VMK_PAGE_SHIFT), count, true, 0};
  vmk_vec_push(&pages->free, extent);
  pages->used -= count;
  pages->dirty += count;
}

static int
pages_compare(const void *a, const void *b)
{
  uint32_t x = ((const vmk_extent *)a)->page, y = ((const vmk_extent *)b)->page;
  return (x > y) - (x < y);
}

void
vmk_pages_settle(vmk_pages *pages, uint8_t max_age)
{
  size_t kept = 0;
  vmk_extent *all = pages->free.data;
  if (pages->settled < pages->free.count)
    qsort(all, pages->free.count, sizeof *all, pages_compare);
  for (size_t i = 0; i < pages->free.count; i++) {
    vmk_extent extent = all[i];
    if (extent.dirty && (extent.age >= max_age))
      pages_clean(pages, &extent);
    else if (extent.dirty)
      extent.age++;
    vmk_extent *last = kept ? &all[kept - 1] : NULL;
    if (last && last->page + last->count == extent.page && last->dirty == extent.dirty) {
      last->count += extent.count;
      if (extent.age < last->age)
        last->age = extent.age;
    } else
      all[kept++] = extent;
  }
  pages->free.count = pages->settled = kept;
}
