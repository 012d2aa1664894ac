/* kind.h -- the size of an object and its reference slots, from its kind */
#ifndef VMK_GC_KIND_H
#define VMK_GC_KIND_H

#include <assert.h>
#include <string.h>

#include "gc/header.h"

static inline size_t
vmk_align_object(size_t bytes)
{
  return (bytes + VMK_OBJECT_ALIGN - 1) & ~(size_t)(VMK_OBJECT_ALIGN - 1);
}

/* Bytes of an array of this kind, which must be an array or custom kind. */
static inline size_t
vmk_kind_array_bytes(const vmk_kind *kind, uint32_t length)
{
  size_t data = kind->shape == VMK_SHAPE_ARRAY_AGGREGATE ? (size_t)length * kind->size
                                                         : (size_t)length << kind->element_shift;
  return vmk_align_object(VMK_ARRAY_DATA_OFFSET + data);
}

size_t vmk_kind_custom_bytes(const vmk_kind *kind, vmk_ref object);

/* Bytes of the object without a kept hash.  The object's body must be readable at `object`; its
 * header is passed apart because another thread may be forwarding it. */
static inline size_t
vmk_kind_bytes(const vmk_kind *kind, vmk_ref object)
{
  if (VMK_LIKELY(kind->shape == VMK_SHAPE_PLAIN))
    return kind->size;
  if (VMK_UNLIKELY(kind->shape == VMK_SHAPE_CUSTOM))
    return vmk_kind_custom_bytes(kind, object);
  return vmk_kind_array_bytes(kind, *(uint32_t *)((char *)object + VMK_ARRAY_LENGTH_OFFSET));
}

/* Bytes of the object with everything that belongs to it. */
static inline size_t
vmk_object_bytes(vmk_ref object, uint64_t header)
{
  return vmk_kind_bytes(vmk_header_kind(header), object) + (header & VMK_HEADER_HASH_KEPT ? 8 : 0);
}

/* Reasons for the tracer to do more for an instance than follow its slots: all of them in one load. */
static inline uint32_t
vmk_kind_specials(const vmk_kind *kind)
{
  static_assert(VMK_SHAPE_CUSTOM == 4 && VMK_SHAPE_ARRAY_AGGREGATE < 4, "one bit tells CUSTOM");
  uint32_t word; /* shape, strength, flags */
  memcpy(&word, kind, sizeof word);
  return word & (VMK_SHAPE_CUSTOM | 0xffu << 8 | (uint32_t)(VMK_KIND_HELD | VMK_KIND_HOLDER) << 16);
}

/* The reason that leaves it at that, besides marking the holder. */
enum { VMK_SPECIAL_HELD = VMK_KIND_HELD << 16 };

/* The module that an instance of a HOLDER kind holds, or null. */
static inline vmk_module **
vmk_kind_held_module(const vmk_kind *kind, vmk_ref object)
{
  return (vmk_module **)((char *)object + kind->module_offset);
}

/* Call visit(data, slot) for the slots a bitmap names, from `base`. */
typedef void vmk_slot_visitor(void *data, vmk_heap_ref *slot);

static VMK_ALWAYS_INLINE void
vmk_kind_each_bit(const vmk_kind *kind, char *base, vmk_slot_visitor *visit, void *data)
{
  vmk_heap_ref *slots = (vmk_heap_ref *)base;
  for (uint64_t bits = kind->ref_bits; bits; bits &= bits - 1)
    visit(data, &slots[__builtin_ctzll(bits)]);
  for (uint32_t w = 0; VMK_UNLIKELY(w < kind->ref_word_count); w++)
    for (uint64_t bits = kind->ref_words[w]; bits; bits &= bits - 1)
      visit(data, &slots[64 + (size_t)w * 64 + (unsigned)__builtin_ctzll(bits)]);
}

/* Call visit for every reference slot of the object: strong ones only, the referent of a weak kind
 * is left out.  Not for VMK_SHAPE_CUSTOM. */
static VMK_ALWAYS_INLINE void
vmk_kind_each_slot(const vmk_kind *kind, vmk_ref object, vmk_slot_visitor *visit, void *data)
{
  char *base = (char *)object;
  switch ((vmk_shape)kind->shape) {
  case VMK_SHAPE_PLAIN: vmk_kind_each_bit(kind, base + VMK_HEADER_BYTES, visit, data); return;
  case VMK_SHAPE_ARRAY:
  case VMK_SHAPE_CUSTOM: return;
  case VMK_SHAPE_ARRAY_REF: {
    vmk_heap_ref *slot = (vmk_heap_ref *)(base + VMK_ARRAY_DATA_OFFSET);
    vmk_heap_ref *end = slot + *(uint32_t *)(base + VMK_ARRAY_LENGTH_OFFSET);
    for (; slot < end; slot++)
      visit(data, slot);
    return;
  }
  case VMK_SHAPE_ARRAY_AGGREGATE: {
    uint32_t length = *(uint32_t *)(base + VMK_ARRAY_LENGTH_OFFSET);
    char *element = base + VMK_ARRAY_DATA_OFFSET;
    if (kind->ref_bits || kind->ref_word_count)
      for (uint32_t i = 0; i < length; i++, element += kind->size)
        vmk_kind_each_bit(kind, element, visit, data);
    return;
  }
  }
}

static inline vmk_heap_ref *
vmk_kind_referent(const vmk_kind *kind, vmk_ref object)
{
  return (vmk_heap_ref *)((char *)object + kind->referent_offset);
}

#endif
