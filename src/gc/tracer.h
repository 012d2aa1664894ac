/* tracer.h -- one thread's view of a collection, and what plans decide */
#ifndef VMK_GC_TRACER_H
#define VMK_GC_TRACER_H

#include "gc/heap.h"

typedef enum vmk_tracer_phase {
  VMK_PHASE_GATHER, /* roots are being listed; nothing is marked or moved yet */
  VMK_PHASE_TRACE,  /* marking and moving */
  VMK_PHASE_WEAK,   /* everything live is known */
  VMK_PHASE_VERIFY, /* roots are being listed for the verifier */
} vmk_tracer_phase;

/* A managed pointer, and the object it was found to point into. */
typedef struct vmk_interior {
  void **slot;
  vmk_ref base;
} vmk_interior;

/* Live bytes of a block, not yet added to it. */
typedef struct vmk_live_count {
  uint32_t block, bytes;
} vmk_live_count;

struct vmk_tracer {
  vmk_heap *heap;
  vmk_thread *thread; /* the stopper */
  vmk_tracer_phase phase;
  bool hard;
  bool shared; /* other threads trace too */

  VMK_VEC(vmk_slot *) roots;
  VMK_VEC(vmk_interior) interiors;

  VMK_VEC(vmk_ref) stack; /* marked, not yet scanned; what is below the bottom was given away */
  size_t stack_bottom;
  vmk_bump small, medium; /* where copies go: holes or blocks; blocks only */
  size_t hole_block;
  uint32_t hole_line;
  uint64_t copy_limit_bytes;

  const vmk_module *held;                 /* the one whose holder was marked last */
  VMK_VEC(vmk_ref) weak[VMK_PHANTOM + 1]; /* discovered, by strength */
  VMK_VEC(vmk_ref) watched;               /* old addresses of WATCHED keys that were reached */
  VMK_VEC(void *) pending;                /* undecided ephemeron entries */
  vmk_map undecided;                      /* key -> index + 1 of its first pending entry */
  bool ephemerons_watched;

  vmk_live_count live[256]; /* shared: by block */
  uint64_t copied_bytes, objects;
};

/* What differs between plans. */
struct vmk_plan {
  const char *name;
  bool recycles; /* mutators and collector allocate in the holes of blocks */
  /* The most that mutators may use of max_bytes. */
  uint64_t (*mutator_bytes)(uint64_t max_bytes);
  /* Choose the blocks to empty: set their state to EVAC. */
  void (*select)(vmk_heap *heap, bool hard);
};
extern const vmk_plan vmk_plan_copy, vmk_plan_immix;
/* Every movable block; for the copy plan and gc.move-always. */
void vmk_plan_select_all(vmk_heap *heap);

/* trace.c */
void vmk_tracer_fini(vmk_tracer *w);
/* Make the object reachable; its new address. */
vmk_ref vmk_tracer_mark(vmk_tracer *w, vmk_ref object);
/* Trace all gathered roots, then until nothing is left. */
void vmk_tracer_roots(vmk_tracer *w);
void vmk_tracer_drain(vmk_tracer *w);
/* A worker's part of vmk_tracer_roots, called by workers.c on each thread. */
void vmk_tracer_work(vmk_tracer *w, vmk_tracer *main);

/* root.c: run all sources in the tracer's phase. */
void vmk_roots_gather(vmk_tracer *w);

/* handle.c */
void vmk_locals_fini(vmk_heap_thread *ht);
void vmk_locals_trace(vmk_heap_thread *ht, vmk_tracer *w);
void vmk_globals_trace(vmk_heap *heap, vmk_tracer *w);
void vmk_globals_sweep(vmk_heap *heap, vmk_tracer *w, vmk_global_kind kind);
void vmk_globals_init(vmk_globals *globals);
void vmk_globals_fini(vmk_globals *globals);

/* interior.c: the object around an address in the heap, or null.  World stopped, nothing marked. */
vmk_ref vmk_interior_object(vmk_heap *heap, uintptr_t address);

/* large.c */
VMK_MUST_USE vmk_status vmk_large_init(vmk_heap *heap, uint64_t bytes, vmk_error *error);
void vmk_large_fini(vmk_heap *heap);
vmk_ref vmk_large_mark(vmk_tracer *w, vmk_ref object);
bool vmk_large_is_marked(const vmk_heap *heap, vmk_ref object);
vmk_ref vmk_large_object(const vmk_heap *heap, uintptr_t address);
void vmk_large_prepare(vmk_heap *heap);
uint64_t vmk_large_sweep(vmk_heap *heap);
vmk_ref vmk_large_alloc(vmk_heap *heap, size_t bytes, uint64_t header);

/* weak.c */
void vmk_weak_discover(vmk_tracer *w, vmk_kind *kind, vmk_ref object);
void vmk_weak_process(vmk_tracer *w);

/* ephemeron.c */
void vmk_ephemerons_trace(vmk_tracer *w);
void vmk_ephemerons_sweep(vmk_tracer *w);
void vmk_ephemerons_fini(vmk_heap *heap);

/* collect.c.  `need`: bytes wanted by who collects; the heap grows by them when it may.
 * _stopped: the world is stopped by t.  _unless: when nobody else has collected since the epoch was read
 * (true: we did). */
typedef enum vmk_collect_mode {
  VMK_COLLECT_NORMAL,
  VMK_COLLECT_DEFRAG, /* empty as many blocks as there is room for */
  VMK_COLLECT_HARD,   /* the same, and clear soft references */
} vmk_collect_mode;
void vmk_heap_collect_stopped(vmk_heap *heap, vmk_thread *t, vmk_collect_mode mode, uint64_t need);
bool vmk_heap_collect_unless(vmk_thread *t, vmk_collect_mode mode, uint64_t need, uint64_t epoch,
                             vmk_collection_cause cause) VMK_MOVES;
void vmk_heap_collect(vmk_thread *t, vmk_collect_mode mode, vmk_collection_cause cause) VMK_MOVES;

/* alloc.c: give up the thread's allocation regions. */
void vmk_heap_thread_retire(vmk_heap_thread *ht);

/* verify.c: trace again and check everything; prints faults and returns their number. Only right after
 * a collection, before mutators ran. */
VMK_MUST_USE size_t vmk_heap_verify(vmk_heap *heap, vmk_thread *t);

/* meta.c */
VMK_MUST_USE vmk_status vmk_meta_init(vmk_meta *meta, vmk_error *error);
void vmk_meta_fini(vmk_meta *meta);
/* Have modules that can be unloaded grown so much that a collection may pay?  Any thread. */
bool vmk_meta_wants_collection(const vmk_meta *meta);
/* World stopped: there was one. */
void vmk_meta_collected(vmk_meta *meta);

/* What mutators may use of the heap at most. */
static inline uint64_t
vmk_heap_most_bytes(const vmk_heap *heap)
{
  return heap->plan->mutator_bytes(heap->max_bytes);
}

/* Has the object been reached?  Only between tracing and sweeping. */
static inline bool
vmk_tracer_is_marked(const vmk_tracer *w, vmk_ref object)
{
  uintptr_t address = (uintptr_t)object;
  if (vmk_in_large(address))
    return vmk_large_is_marked(w->heap, object);
  return vmk_start_test(address) ||
         __atomic_load_n(&object->header, __ATOMIC_RELAXED) & 1; /* forwarded */
}

#endif
