/* vmk_ref.h -- references: raw access in still regions, handles everywhere else
 *
 * The heap's reference slots are VMK_REF_BYTES wide and are touched only through the functions here,
 * so that width and barriers are decided in one place.  Functions on handles are safe anywhere a
 * thread is managed; none of them is a safepoint unless it says VMK_MOVES.
 */
#ifndef VMK_REF_H
#define VMK_REF_H

#include <string.h>

#include <vmkit/vmk_kind.h>
#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- raw, for still regions and leaf functions ------------------------------------------------ */

#if VMK_REF_BYTES == 4
typedef uint32_t vmk_heap_ref; /* a reference as the heap stores it */
#else
typedef uint64_t vmk_heap_ref;
#endif

static inline vmk_heap_ref
vmk_ref_encode(vmk_ref ref)
{
#if VMK_REF_BYTES == 4
  return (vmk_heap_ref)((uintptr_t)ref >> VMK_REF_SHIFT);
#else
  return (vmk_heap_ref)(uintptr_t)ref;
#endif
}

static inline vmk_ref
vmk_ref_decode(vmk_heap_ref word)
{
#if VMK_REF_BYTES == 4
  return (vmk_ref)((uintptr_t)word << VMK_REF_SHIFT);
#else
  return (vmk_ref)(uintptr_t)word;
#endif
}

static inline void *
vmk_at(vmk_ref object, size_t offset) VMK_STILL_ONLY
{
  return (char *)object + offset;
}

/* An object is complete before another thread can find it, even by a racy field: what initialised it is
 * ordered before the store that publishes it.  A load needs no order, since what it loads is what
 * is then followed; only TSan does not know that. */
#define VMK_ORDER_PUBLISH __ATOMIC_RELEASE
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define VMK_ORDER_FOLLOW __ATOMIC_ACQUIRE
#endif
#endif
#ifndef VMK_ORDER_FOLLOW
#define VMK_ORDER_FOLLOW __ATOMIC_RELAXED
#endif

/* Not pointer arithmetic: of objects that do not move, something else may be reached by a distance, which may
 * be negative. */
static inline vmk_heap_ref *
vmk_ref_place(vmk_ref object, size_t offset)
{
  return (vmk_heap_ref *)((uintptr_t)object + offset);
}

static inline vmk_ref
vmk_load_ref(vmk_ref object, size_t offset) VMK_STILL_ONLY
{
  return vmk_ref_decode(__atomic_load_n(vmk_ref_place(object, offset), VMK_ORDER_FOLLOW));
}

/* Store a reference into an object.  The write barrier of every plan is here (and in the IR's
 * store operations, which expand this function); today's plans need none. */
static inline void
vmk_store_ref(vmk_thread *t, vmk_ref object, size_t offset, vmk_ref value) VMK_STILL_ONLY
{
  (void)t;
  __atomic_store_n(vmk_ref_place(object, offset), vmk_ref_encode(value), VMK_ORDER_PUBLISH);
}

/* Compare-and-exchange a reference field, sequentially consistent; returns the value seen. */
static inline vmk_ref
vmk_cas_ref(vmk_thread *t, vmk_ref object, size_t offset, vmk_ref expected, vmk_ref value)
    VMK_STILL_ONLY
{
  vmk_heap_ref seen = vmk_ref_encode(expected);
  (void)t;
  __atomic_compare_exchange_n(vmk_ref_place(object, offset), &seen, vmk_ref_encode(value), false,
                              __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return vmk_ref_decode(seen);
}

static inline uint32_t
vmk_array_length_raw(vmk_ref array) VMK_STILL_ONLY
{
  return *(uint32_t *)((char *)array + VMK_ARRAY_LENGTH_OFFSET);
}

static inline vmk_ref
vmk_load_elem(vmk_ref array, size_t index) VMK_STILL_ONLY
{
  return vmk_load_ref(array, VMK_ARRAY_DATA_OFFSET + index * VMK_REF_BYTES);
}

static inline void
vmk_store_elem(vmk_thread *t, vmk_ref array, size_t index, vmk_ref value) VMK_STILL_ONLY
{
  vmk_store_ref(t, array, VMK_ARRAY_DATA_OFFSET + index * VMK_REF_BYTES, value);
}

/* --- handles ------------------------------------------------------------------------------------ */

/* Local handles live until the scope they were made in ends; every native call has a scope of its
 * own.  Not a safepoint, cannot fail (aborts when the process is out of memory). */
VMK_API vmk_handle vmk_local(vmk_thread *t, vmk_ref ref);
VMK_API vmk_handle vmk_local_null(vmk_thread *t);

typedef struct vmk_scope {
  void *chunk;
  vmk_slot *top;
} vmk_scope;
VMK_API vmk_scope vmk_scope_begin(vmk_thread *t);
VMK_API void vmk_scope_end(vmk_thread *t, vmk_scope scope);
/* End the scope but carry `result` (may be null) out of it as a new local handle. */
VMK_API vmk_handle vmk_scope_end_with(vmk_thread *t, vmk_scope scope, vmk_handle result);

/* Global handles: strong roots, and weak ones that become null when the object dies (after
 * finalization when `after_final`).  Any managed thread; freed by vmk_global_free.  Not safepoints. */
VMK_API vmk_handle vmk_global_new(vmk_thread *t, vmk_handle object);
VMK_API vmk_handle vmk_global_weak_new(vmk_thread *t, vmk_handle object, bool after_final);
VMK_API void vmk_global_free(vmk_thread *t, vmk_handle global);
/* True when the slot is one of the global table's (strong, weak). For checked foreign interfaces. */
VMK_API bool vmk_handle_is_global(vmk_vm *vm, const vmk_slot *slot, bool *weak);
/* True when the slot is a live local handle or frame slot of this thread. */
VMK_API bool vmk_handle_is_local(vmk_thread *t, const vmk_slot *slot);

static inline bool
vmk_is_null(vmk_handle h)
{
  return !h->ref;
}
static inline bool
vmk_same(vmk_handle a, vmk_handle b)
{
  return a->ref == b->ref;
}
static inline vmk_kind *
vmk_handle_kind(vmk_handle h)
{
  return vmk_kind_at(&h->ref->header);
}
static inline uint32_t
vmk_array_length(vmk_handle array)
{
  return *(uint32_t *)((char *)array->ref + VMK_ARRAY_LENGTH_OFFSET);
}

/* Fields through a handle: vmk_get_i32(h, offset), vmk_set_i32(h, offset, v), ...  A field is as aligned as
 * its type; its access is one relaxed atomic one, since guest code may touch the field at the same time. */
#define VMK_HANDLE_ACCESS(suffix, ctype)                                              \
  static inline ctype vmk_get_##suffix(vmk_handle h, size_t offset)                   \
  {                                                                                   \
    ctype v;                                                                          \
    __atomic_load((ctype *)(void *)((char *)h->ref + offset), &v, __ATOMIC_RELAXED);  \
    return v;                                                                         \
  }                                                                                   \
  static inline void vmk_set_##suffix(vmk_handle h, size_t offset, ctype v)           \
  {                                                                                   \
    __atomic_store((ctype *)(void *)((char *)h->ref + offset), &v, __ATOMIC_RELAXED); \
  }
VMK_HANDLE_ACCESS(i8, int8_t)
VMK_HANDLE_ACCESS(u8, uint8_t)
VMK_HANDLE_ACCESS(i16, int16_t)
VMK_HANDLE_ACCESS(u16, uint16_t)
VMK_HANDLE_ACCESS(i32, int32_t)
VMK_HANDLE_ACCESS(i64, int64_t)
VMK_HANDLE_ACCESS(f32, float)
VMK_HANDLE_ACCESS(f64, double)
#undef VMK_HANDLE_ACCESS

/* Reference fields and elements through handles. */
static inline vmk_handle
vmk_get_ref(vmk_thread *t, vmk_handle h, size_t offset)
{
  return vmk_local(t, vmk_ref_decode(__atomic_load_n((vmk_heap_ref *)((char *)h->ref + offset),
                                                     VMK_ORDER_FOLLOW)));
}
static inline bool
vmk_ref_field_is_null(vmk_handle h, size_t offset)
{
  return __atomic_load_n((vmk_heap_ref *)((char *)h->ref + offset), __ATOMIC_RELAXED) == 0;
}
VMK_API void vmk_set_ref(vmk_thread *t, vmk_handle h, size_t offset, vmk_handle value);
static inline vmk_handle
vmk_get_elem(vmk_thread *t, vmk_handle array, size_t index)
{
  return vmk_get_ref(t, array, VMK_ARRAY_DATA_OFFSET + index * VMK_REF_BYTES);
}
static inline void
vmk_set_elem(vmk_thread *t, vmk_handle array, size_t index, vmk_handle value)
{
  vmk_set_ref(t, array, VMK_ARRAY_DATA_OFFSET + index * VMK_REF_BYTES, value);
}
/* The bytes of an array's elements: valid until the next safepoint; for memcpy at once. */
static inline void *
vmk_array_data(vmk_handle array)
{
  return (char *)array->ref + VMK_ARRAY_DATA_OFFSET;
}

#ifdef __cplusplus
}
#endif
#endif
