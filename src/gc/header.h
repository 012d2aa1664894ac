/* header.h -- the collector's byte of the object header
 *
 *     bit 0  FORWARDED  the whole word is the object's new address | 1 (only while the world is stopped)
 *     bit 1  BUSY       another collector thread is copying the object (parallel tracing)
 *     bit 2  LOGGED     kept for the write barrier of generational plans; 0 today
 *     bit 3  PINNED     must not move; the count is in heap->pins
 *     bit 4  HASHED     somebody asked for the identity hash, a function of the address and the block's salt
 *     bit 5  HASH_KEPT  moved since: the hash is in the last 8 bytes, beyond the kind's size
 *     bit 6  ENQUEUED   a FINAL reference that was handed out: from now on an ordinary object
 *     bit 7  WATCHED    key of an ephemeron that is undecided (only while the world is stopped)
 *
 * A header is never 0 (kind index 0 is never handed out), so zeroed memory is not an object.
 * While mutators run, bits 0, 1 and 7 are clear, and others are set by atomic or: the lock word in
 * the same 64 bits changes under compare-and-exchange at any time.
 */
#ifndef VMK_GC_HEADER_H
#define VMK_GC_HEADER_H

#include <vmkit/vmk_kind.h>
#include <vmkit/vmk_ref.h>

#include "gc/space.h"

enum {
  VMK_HEADER_FORWARDED = 1 << 0,
  VMK_HEADER_BUSY = 1 << 1,
  VMK_HEADER_LOGGED = 1 << 2,
  VMK_HEADER_PINNED = 1 << 3,
  VMK_HEADER_HASHED = 1 << 4,
  VMK_HEADER_HASH_KEPT = 1 << 5,
  VMK_HEADER_ENQUEUED = 1 << 6,
  VMK_HEADER_WATCHED = 1 << 7,
};

static inline vmk_kind *
vmk_header_kind(uint64_t header)
{
  return (vmk_kind *)(VMK_META_BASE + (header >> 32 << 3));
}

static inline bool
vmk_header_is_forwarded(uint64_t header)
{
  return header & VMK_HEADER_FORWARDED;
}

static inline vmk_ref
vmk_header_target(uint64_t header)
{
  return (vmk_ref)(header & ~(uint64_t)7);
}

static inline uint64_t
vmk_header_load(vmk_ref object)
{
  return __atomic_load_n(&object->header, __ATOMIC_RELAXED);
}

/* The hash of an object that has not moved since it was asked for: 31 bits, never 0.  The block's salt
 * keeps apart the objects that follow one another at an address: those that moved away keep the hash
 * of where they were. */
static inline uint32_t
vmk_header_hash_of(uintptr_t address)
{
  uint64_t salt = vmk_in_blocks(address) ? vmk_block_of(address)->salt : 0;
  uint64_t x = ((address >> VMK_REF_SHIFT) ^ salt << 33) * 0x9e3779b97f4a7c15ull;
  uint32_t hash = (uint32_t)(x >> 33);
  return hash ? hash : 1;
}

#endif
