/* monitor_inline.h -- thin locks, for code that holds raw references
 *
 * The lock word is bits 8..31 of an object's header:
 *
 *     0 | 0 (15)     | 0 (8)       free
 *     0 | thread id  | nest        thin: owned, entered nest + 1 times
 *     1 | index (23)               fat: world's monitor of that index
 *
 * Who changes it: anybody by compare-and-swap of the whole header, since the collector's byte (the
 * identity hash's state) may change at the same time.  A contender turns a thin lock of another
 * thread into a fat one that this thread owns, by the same compare-and-swap; so the owner must never
 * store blindly.
 */
#ifndef VMK_THREAD_MONITOR_INLINE_H
#define VMK_THREAD_MONITOR_INLINE_H

#include "thread/thread.h"

#define VMK_LOCK_MASK UINT64_C(0xffffff00)
#define VMK_LOCK_FAT UINT64_C(0x80000000)
#define VMK_LOCK_ID UINT64_C(0x7fff0000)
#define VMK_LOCK_NEST UINT64_C(0x0000ff00)
#define VMK_LOCK_NEST_ONE UINT64_C(0x00000100)
#define VMK_LOCK_INDEX_SHIFT 8

static inline bool
vmk_lock_cas(vmk_ref object, uint64_t from, uint64_t to, int order)
{
  if (order == __ATOMIC_RELEASE)
    return __atomic_compare_exchange_n(&object->header, &from, to, false, __ATOMIC_RELEASE,
                                       __ATOMIC_RELAXED);
  return __atomic_compare_exchange_n(&object->header, &from, to, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED);
}

/* Lock when it is free, or mine and not nested to the brim; false: ask vmk_monitor_enter. */
static inline bool
vmk_monitor_enter_fast(vmk_thread *t, vmk_ref object)
{
  uint64_t mine = vmk_thread_private_of(t)->lock_bits;
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_RELAXED);
  if (VMK_UNLIKELY(!mine))
    return false;
  if (VMK_LIKELY(!(header & VMK_LOCK_MASK)))
    return vmk_lock_cas(object, header, header | mine, __ATOMIC_ACQUIRE);
  if ((header & (VMK_LOCK_FAT | VMK_LOCK_ID)) == mine && (header & VMK_LOCK_NEST) != VMK_LOCK_NEST)
    return vmk_lock_cas(object, header, header + VMK_LOCK_NEST_ONE, __ATOMIC_ACQUIRE);
  return false;
}

/* Unlock once when it is a thin lock of mine; false: ask vmk_monitor_exit. */
static inline bool
vmk_monitor_exit_fast(vmk_thread *t, vmk_ref object)
{
  uint64_t mine = vmk_thread_private_of(t)->lock_bits;
  uint64_t header = __atomic_load_n(&object->header, __ATOMIC_RELAXED);
  if (VMK_UNLIKELY(!mine || (header & (VMK_LOCK_FAT | VMK_LOCK_ID)) != mine))
    return false;
  uint64_t to = header & VMK_LOCK_NEST ? header - VMK_LOCK_NEST_ONE : header & ~VMK_LOCK_MASK;
  return vmk_lock_cas(object, header, to, __ATOMIC_RELEASE);
}

#endif
