/* interior.c -- from an address inside an object to the object
 *
 * Valid while start bits and lines describe the heap as the last collection and the mutators since
 * left it (space.h).  Mutators keep nothing for this: it costs only when asked.
 */
#include "gc/kind.h"
#include "gc/tracer.h"

/* The object around `address` that starts at a set start bit. */
static vmk_ref
interior_by_starts(uintptr_t address)
{
  uintptr_t block = address & ~(uintptr_t)(VMK_BLOCK_BYTES - 1);
  uint64_t *first = vmk_start_word(block), *word = vmk_start_word(address);
  uint64_t bits = *word & (~(uint64_t)0 >> (63 - (address >> 3 & 63)));
  while (!bits && word > first)
    bits = *--word;
  if (!bits)
    return NULL;
  size_t granule = (size_t)(word - first) * 64 + (63 - (unsigned)__builtin_clzll(bits));
  vmk_ref object = (vmk_ref)(block + granule * VMK_OBJECT_ALIGN);
  size_t bytes = vmk_object_bytes(object, object->header);
  return address < (uintptr_t)object + bytes ? object : NULL;
}

/* The object around `address` in a hole, which is parsed from its beginning. */
static vmk_ref
interior_by_parse(uintptr_t address)
{
  uintptr_t block = address & ~(uintptr_t)(VMK_BLOCK_BYTES - 1);
  uint8_t *first = vmk_line_of(block), *line = vmk_line_of(address);
  while (line > first && !line[-1])
    line--;
  uintptr_t at = block + (uintptr_t)(line - first) * VMK_LINE_BYTES;
  while (at <= address) {
    vmk_ref object = (vmk_ref)at;
    if (!object->header)
      return NULL; /* allocation had not come so far */
    size_t bytes = vmk_object_bytes(object, object->header);
    if (address < at + bytes)
      return object;
    at += bytes;
  }
  return NULL;
}

vmk_ref
vmk_interior_object(vmk_heap *heap, uintptr_t address)
{
  if (vmk_in_large(address))
    return vmk_large_object(heap, address);
  if (vmk_block_index(address) >= heap->block_top)
    return NULL;
  vmk_block *block = vmk_block_of(address);
  if (block->state <= VMK_BLOCK_FREE)
    return NULL;
  if (*vmk_line_of(address))
    return interior_by_starts(address);
  if (block->state == VMK_BLOCK_OPEN || block->state == VMK_BLOCK_PINNED)
    return interior_by_parse(address);
  return NULL;
}
