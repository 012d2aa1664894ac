/* object.c -- what can be asked of one object: size, hash, pin, copying elements */
#include <string.h>

#include <vmkit/vmk_thread.h>

#include "gc/heap.h"
#include "gc/kind.h"

size_t
vmk_kind_custom_bytes(const vmk_kind *kind, vmk_ref object)
{
  return vmk_align_object(vmk_runtime_hooks(vmk_module_runtime(kind->module))->custom_size(object));
}

size_t
vmk_object_size(vmk_ref object)
{
  return vmk_object_bytes(object, vmk_header_load(object));
}

uint32_t
vmk_identity_hash(vmk_thread *t, vmk_handle object)
{
  (void)t;
  vmk_ref raw = object->ref;
  uint64_t header = vmk_header_load(raw);
  if (header & VMK_HEADER_HASH_KEPT)
    return (uint32_t)*(uint64_t *)((char *)raw + vmk_kind_bytes(vmk_header_kind(header), raw));
  if (!(header & VMK_HEADER_HASHED))
    __atomic_fetch_or(&raw->header, VMK_HEADER_HASHED, __ATOMIC_RELAXED);
  return vmk_header_hash_of((uintptr_t)raw);
}

void
vmk_pin(vmk_thread *t, vmk_handle object)
{
  vmk_heap *heap = t->heap->heap;
  pthread_mutex_lock(&heap->lock);
  if (++*vmk_map_slot_for(&heap->pins, (uintptr_t)object->ref, NULL) == 1)
    __atomic_fetch_or(&object->ref->header, VMK_HEADER_PINNED, __ATOMIC_RELAXED);
  pthread_mutex_unlock(&heap->lock);
}

void
vmk_unpin(vmk_thread *t, vmk_handle object)
{
  vmk_heap *heap = t->heap->heap;
  pthread_mutex_lock(&heap->lock);
  uint64_t *count = vmk_map_find(&heap->pins, (uintptr_t)object->ref);
  VMK_ASSERT(count); /* unpinned more often than pinned */
  if (!--*count) {
    vmk_map_remove(&heap->pins, (uintptr_t)object->ref);
    __atomic_fetch_and(&object->ref->header, ~(uint64_t)VMK_HEADER_PINNED, __ATOMIC_RELAXED);
  }
  pthread_mutex_unlock(&heap->lock);
}

void
vmk_set_ref(vmk_thread *t, vmk_handle h, size_t offset, vmk_handle value)
{
  vmk_store_ref(t, h->ref, offset, value->ref);
}

/* Element-wise atomic copies; memmove promises nothing about how it divides the bytes. */
#define OBJECT_COPY(suffix, type)                                                            \
  static void object_copy_##suffix(char *to, const char *from, size_t count)                 \
  {                                                                                          \
    type *t = (type *)to;                                                                    \
    const type *f = (const type *)from;                                                      \
    if (to <= from || to >= from + count * sizeof(type))                                     \
      for (size_t i = 0; i < count; i++)                                                     \
        __atomic_store_n(&t[i], __atomic_load_n(&f[i], __ATOMIC_RELAXED), __ATOMIC_RELAXED); \
    else                                                                                     \
      for (size_t i = count; i-- > 0;)                                                       \
        __atomic_store_n(&t[i], __atomic_load_n(&f[i], __ATOMIC_RELAXED), __ATOMIC_RELAXED); \
  }
OBJECT_COPY(16, uint16_t)
OBJECT_COPY(32, uint32_t)
OBJECT_COPY(64, uint64_t)
#undef OBJECT_COPY

/* Copy bytes such that aligned units of `unit` bytes (1, 2, 4; else 8) are never torn. */
static void
object_copy_units(char *to, const char *from, size_t bytes, size_t unit)
{
  bool words = !(((uintptr_t)to | (uintptr_t)from | bytes) & 7);
  if (unit == 1)
    memmove(to, from, bytes);
  else if (words || unit >= 8)
    object_copy_64(to, from, bytes / 8);
  else if (unit == 4)
    object_copy_32(to, from, bytes / 4);
  else
    object_copy_16(to, from, bytes / 2);
}

void
vmk_array_copy(vmk_thread *t, vmk_handle from, size_t from_index, vmk_handle to, size_t to_index,
               size_t count)
{
  (void)t; /* the write barrier's */
  vmk_kind *kind = vmk_header_kind(from->ref->header);
  size_t element =
      kind->shape == VMK_SHAPE_ARRAY_AGGREGATE ? kind->size : (size_t)1 << kind->element_shift;
  /* An aggregate's references are what must not be torn. */
  size_t unit = kind->shape == VMK_SHAPE_ARRAY_AGGREGATE && element % VMK_REF_BYTES == 0
                    ? VMK_REF_BYTES
                    : element;
  object_copy_units((char *)to->ref + VMK_ARRAY_DATA_OFFSET + to_index * element,
                    (char *)from->ref + VMK_ARRAY_DATA_OFFSET + from_index * element,
                    count * element, unit);
}
