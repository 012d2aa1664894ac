/* vmk_heap.h -- allocation, collection, metaspace, weak things
 *
 * Exact, moving, one heap a process, address map in vmk_config.h.  Plans `copy` and `immix` (option
 * gc=...).  Design and sources: docs/design/gc.md.  Functions marked VMK_MOVES are safepoints; they
 * take the current thread, which must be managed.
 */
#ifndef VMK_HEAP_H
#define VMK_HEAP_H

#include <vmkit/vmk_kind.h>
#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_ref.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- allocation --------------------------------------------------------------------------------- */

/* A zeroed object of a PLAIN kind, or array of `length` elements, as a new local handle.  Null with
 * the runtime's out-of-memory exception pending when it cannot be had after a full collection. */
VMK_API vmk_handle vmk_new(vmk_thread *t, vmk_kind *kind) VMK_MOVES;
VMK_API vmk_handle vmk_new_array(vmk_thread *t, vmk_kind *kind, uint32_t length) VMK_MOVES;
/* The same in the non-moving space: the address is stable while the object lives. */
VMK_API vmk_handle vmk_new_pinned(vmk_thread *t, vmk_kind *kind) VMK_MOVES;
VMK_API vmk_handle vmk_new_array_pinned(vmk_thread *t, vmk_kind *kind, uint32_t length) VMK_MOVES;
/* A shallow copy (kind, size and bytes; not hash, not lock). */
VMK_API vmk_handle vmk_clone(vmk_thread *t, vmk_handle object) VMK_MOVES;

/* Bytes the object occupies, header and padding included. Leaf. */
VMK_API size_t vmk_object_size(vmk_ref object) VMK_STILL_ONLY;

/* Identity hash: 31 bits, never 0, stable over moves (three-state scheme: hashed objects carry their
 * hash with them when copied). Leaf. */
VMK_API uint32_t vmk_identity_hash(vmk_thread *t, vmk_handle object);

/* Pin an object at its present address; nests. Leaf. */
VMK_API void vmk_pin(vmk_thread *t, vmk_handle object);
VMK_API void vmk_unpin(vmk_thread *t, vmk_handle object);

/* Copy `count` elements between reference or primitive arrays of one element size, with memmove
 * semantics and barriers, element-wise atomic; no type check. Leaf. */
VMK_API void vmk_array_copy(vmk_thread *t, vmk_handle from, size_t from_index, vmk_handle to,
                            size_t to_index, size_t count);

/* --- collection --------------------------------------------------------------------------------- */

/* Collect the whole heap now; soft references are cleared only when `hard`. */
VMK_API void vmk_collect(vmk_thread *t, bool hard) VMK_MOVES;

/* May metaspace in use grow by `bytes` and be limit_bytes at most?  When it seems not, collects first, hard in the end.
 * False: it may not.  Nothing is reserved. */
VMK_API bool vmk_meta_make_room(vmk_thread *t, uint64_t bytes, uint64_t limit_bytes) VMK_MOVES;

typedef struct vmk_heap_stats {
  /* Now.  capacity: how far `used` may grow before a collection, and at least used. */
  uint64_t used_bytes, committed_bytes, capacity_bytes, max_bytes;
  uint64_t metaspace_used_bytes, metaspace_committed_bytes;
  uint64_t allocated_bytes; /* ever */
  uint64_t collections, pause_ns, max_pause_ns;
} vmk_heap_stats;
/* Any thread; no safepoint; takes the heap's lock for a moment.  Figures of running
 * threads are approximate. */
VMK_API void vmk_heap_stats_get(vmk_vm *vm, vmk_heap_stats *out);

/* One stop of the world for collecting, as the hook `collected` is told. */
typedef enum vmk_collection_cause {
  VMK_CAUSE_ALLOCATION, /* there was no room */
  VMK_CAUSE_REQUEST,    /* vmk_collect */
  VMK_CAUSE_WALK,       /* vmk_heap_walk */
  VMK_CAUSE_METASPACE,  /* much has gone to modules that can be unloaded */
} vmk_collection_cause;
struct vmk_collection {
  uint64_t number; /* of the last collection in the stop, from 0 */
  vmk_collection_cause cause;
  uint64_t used_before_bytes, used_bytes, committed_bytes;
  uint64_t metaspace_used_before_bytes, metaspace_committed_before_bytes;
  uint64_t pause_ns; /* from the wish to stop */
};

/* What vmk_heap_walk tells, with the world stopped.  Null members are skipped; none may allocate, keep a
 * reference or be a safepoint. */
typedef struct vmk_heap_visitor {
  void (*begin)(void *data);                  /* addresses are final from here on */
  void (*root)(vmk_ref object, void *data);   /* a root refers to it; may come several times */
  void (*object)(vmk_ref object, void *data); /* each live object, once */
} vmk_heap_visitor;

/* Collect, then visit roots and all live objects (heap dumps, statistics). */
VMK_API void vmk_heap_walk(vmk_thread *t, const vmk_heap_visitor *visitor, void *data) VMK_MOVES;

/* --- what a runtime's trace hook may do (world stopped) -------------------------------------------- */

/* Report a root slot the runtime keeps outside handles and frames; updated in place. */
VMK_API void vmk_trace_root(vmk_tracer *tracer, vmk_slot *slot);
/* Report that the object in a custom-shaped object's heap slot is reachable. */
VMK_API void vmk_trace_field(vmk_tracer *tracer, vmk_heap_ref *slot);
/* In a weak phase: has the object been reached?  And its new address. */
VMK_API bool vmk_trace_is_live(vmk_tracer *tracer, vmk_ref object);
VMK_API vmk_ref vmk_trace_forwarded(vmk_tracer *tracer, vmk_ref object);

/* --- weak references ------------------------------------------------------------------------------- *
 *
 * Objects of a kind with a strength are discovered while tracing.  After the phase that decides them
 * (SOFT, WEAK, FINAL, PHANTOM in this order, finalizable objects revived between) the collector nulls
 * the referent (not for FINAL) and calls the runtime's `enqueue` hook with the reference object, world
 * still stopped: the hook links it into the runtime's pending list.  Ephemeron tables and finalizable
 * objects for runtimes without reference objects: below.
 */

/* Register an object for finalization: when it is otherwise unreachable the collector revives it and
 * calls the runtime's `finalize_ready` hook (world stopped) once.  Leaf. */
VMK_API void vmk_register_finalizable(vmk_thread *t, vmk_handle object);

/* Ephemeron table: value is live only while its key is; a dead key's entry vanishes. */
typedef struct vmk_ephemerons vmk_ephemerons;
VMK_API vmk_ephemerons *vmk_ephemerons_new(vmk_vm *vm);
VMK_API void vmk_ephemerons_free(vmk_ephemerons *table);
VMK_API void vmk_ephemerons_put(vmk_thread *t, vmk_ephemerons *table, vmk_handle key,
                                vmk_handle value);
VMK_API vmk_handle vmk_ephemerons_get(vmk_thread *t, vmk_ephemerons *table, vmk_handle key);

/* --- metaspace ---------------------------------------------------------------------------------------- */

/* Zeroed memory of the module's arena at fixed addresses, freed with the module; at least 8-aligned.
 * Aborts with a message only when the 4 GB are spent or memory cannot be had.  Any thread. */
VMK_API void *vmk_meta_alloc(vmk_module *module, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
