/* large.c -- objects above 8 KB: runs of pages of their own, never moved
 *
 * A table with an entry per page leads from any address to the object's row (index + 1; 0: none).
 */
#include "gc/tracer.h"
#include "os/os.h"

#include "gc/header.h"

/* The page table is as large as the range asks for, a page of it per 4 MB. */
static size_t
large_table_bytes(uint64_t bytes)
{
  size_t table = (bytes >> VMK_PAGE_SHIFT) * sizeof(uint32_t);
  return (table + VMK_PAGE_BYTES - 1) & ~(size_t)(VMK_PAGE_BYTES - 1);
}

vmk_status
vmk_large_init(vmk_heap *heap, uint64_t bytes, vmk_error *error)
{
  bytes &= ~(uint64_t)(VMK_PAGE_BYTES - 1);
  vmk_status status = vmk_pages_init(&heap->large, VMK_LARGE_BASE, bytes, VMK_HUGE_BYTES, error);
  if (status)
    return status;
  void *table = (void *)VMK_SIDE_LARGE;
  status = vmk_os_reserve(table, large_table_bytes(bytes), error);
  if (!status && !vmk_os_commit(table, large_table_bytes(bytes))) {
    vmk_os_release(table, large_table_bytes(bytes));
    status = vmk_fail(error, VMK_ERROR_MEMORY, "cannot commit the table of large pages");
  }
  if (status)
    vmk_pages_fini(&heap->large);
  return status;
}

void
vmk_large_fini(vmk_heap *heap)
{
  vmk_os_release((void *)VMK_SIDE_LARGE,
                 large_table_bytes((uint64_t)heap->large.limit << VMK_PAGE_SHIFT));
  vmk_pages_fini(&heap->large);
}

static vmk_large *
large_row(const vmk_heap *heap, uintptr_t address)
{
  if ((address - VMK_LARGE_BASE) >> VMK_PAGE_SHIFT >= heap->large.top)
    return NULL;
  uint32_t entry = *vmk_large_entry(address);
  return entry ? &heap->large_objects.data[entry - 1] : NULL;
}

static void
large_fill(vmk_ref object, uint32_t pages, uint32_t entry)
{
  uint32_t *table = vmk_large_entry((uintptr_t)object);
  for (uint32_t i = 0; i < pages; i++)
    table[i] = entry;
}

/* Null when address space or memory is out.  Caller holds the lock and watches the limit. */
vmk_ref
vmk_large_alloc(vmk_heap *heap, size_t bytes, uint64_t header)
{
  size_t pages = (bytes + VMK_PAGE_BYTES - 1) >> VMK_PAGE_SHIFT;
  if (pages > heap->large.limit)
    return NULL;
  vmk_ref object = (vmk_ref)vmk_pages_alloc(&heap->large, (uint32_t)pages);
  if (!object)
    return NULL;
  uint32_t row;
  if (heap->large_free_rows.count)
    row = vmk_vec_pop(&heap->large_free_rows);
  else {
    row = (uint32_t)heap->large_objects.count;
    (void)vmk_vec_extend(&heap->large_objects, 1);
  }
  heap->large_objects.data[row] = (vmk_large){object, (uint32_t)pages, false};
  large_fill(object, (uint32_t)pages, row + 1);
  object->header = header;
  return object;
}

vmk_ref
vmk_large_mark(vmk_tracer *w, vmk_ref object)
{
  vmk_large *row = large_row(w->heap, (uintptr_t)object);
  VMK_ASSERT(row && row->object == object); /* a slot that holds no object */
  if (__atomic_exchange_n(&row->marked, true, __ATOMIC_RELAXED))
    return object;
  w->objects++;
  vmk_vec_push(&w->stack, object);
  if (object->header & VMK_HEADER_WATCHED) {
    object->header &= ~(uint64_t)VMK_HEADER_WATCHED;
    vmk_vec_push(&w->watched, object);
  }
  return object;
}

bool
vmk_large_is_marked(const vmk_heap *heap, vmk_ref object)
{
  vmk_large *row = large_row(heap, (uintptr_t)object);
  return row && __atomic_load_n(&row->marked, __ATOMIC_RELAXED);
}

vmk_ref
vmk_large_object(const vmk_heap *heap, uintptr_t address)
{
  vmk_large *row = large_row(heap, address);
  return row ? row->object : NULL;
}

void
vmk_large_prepare(vmk_heap *heap)
{
  for (size_t i = 0; i < heap->large_objects.count; i++)
    heap->large_objects.data[i].marked = false;
}

/* Free what is not marked; the bytes that stay. */
uint64_t
vmk_large_sweep(vmk_heap *heap)
{
  uint64_t live = 0;
  for (size_t i = 0; i < heap->large_objects.count; i++) {
    vmk_large *row = &heap->large_objects.data[i];
    if (!row->object)
      continue;
    if (row->marked) {
      live += (uint64_t)row->pages << VMK_PAGE_SHIFT;
      continue;
    }
    large_fill(row->object, row->pages, 0);
    vmk_pages_free(&heap->large, row->object, row->pages);
    *row = (vmk_large){0};
    vmk_vec_push(&heap->large_free_rows, (uint32_t)i);
  }
  vmk_pages_settle(&heap->large, heap->config.poison ? 0 : 1);
  return live;
}
