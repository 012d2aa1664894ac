/* alloc_inline.h -- the allocation fast path, for interpreters and the library's own use
 *
 * Memory between tlab_top and tlab_end is zero.  Sizes above the region's, pinned kinds and
 * stress modes (whose TLAB is always empty) take the slow path.
 */
#ifndef VMK_GC_ALLOC_INLINE_H
#define VMK_GC_ALLOC_INLINE_H

#include <vmkit/vmk_thread.h>

#include "gc/kind.h"

/* A zeroed object of `bytes` (a multiple of 8) with this header.  Null: out of memory is pending. */
vmk_ref vmk_alloc_slow(vmk_thread *t, size_t bytes, uint64_t header) VMK_MOVES;
/* Throw for an array longer than VMK_ARRAY_LENGTH_MAX. */
void vmk_alloc_too_long(vmk_thread *t, vmk_kind *kind) VMK_MOVES;
vmk_ref vmk_alloc_pinned(vmk_thread *t, size_t bytes, uint64_t header) VMK_MOVES;

static inline vmk_ref
vmk_alloc(vmk_thread *t, size_t bytes, uint64_t header) VMK_MOVES
{
  char *p = t->tlab_top;
  if (VMK_UNLIKELY((size_t)(t->tlab_end - p) < bytes))
    return vmk_alloc_slow(t, bytes, header);
  t->tlab_top = p + bytes;
  ((vmk_ref)p)->header = header;
  return (vmk_ref)p;
}

/* An object of a plain kind. */
static inline vmk_ref
vmk_alloc_object(vmk_thread *t, vmk_kind *kind) VMK_MOVES
{
  if (VMK_UNLIKELY(kind->flags & VMK_KIND_PINNED))
    return vmk_alloc_pinned(t, kind->size, vmk_kind_header(kind));
  return vmk_alloc(t, kind->size, vmk_kind_header(kind));
}

/* An array of an array kind. */
static inline vmk_ref
vmk_alloc_array(vmk_thread *t, vmk_kind *kind, uint32_t length) VMK_MOVES
{
  if (VMK_UNLIKELY(length > VMK_ARRAY_LENGTH_MAX)) {
    vmk_alloc_too_long(t, kind);
    return NULL;
  }
  size_t bytes = vmk_kind_array_bytes(kind, length);
  vmk_ref array = VMK_UNLIKELY(kind->flags & VMK_KIND_PINNED)
                      ? vmk_alloc_pinned(t, bytes, vmk_kind_header(kind))
                      : vmk_alloc(t, bytes, vmk_kind_header(kind));
  if (VMK_LIKELY(array != NULL))
    *(uint32_t *)((char *)array + VMK_ARRAY_LENGTH_OFFSET) = length;
  return array;
}

#endif
