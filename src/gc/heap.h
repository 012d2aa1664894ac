/* heap.h -- the heap as the rest of the library sees it, and as the files of src/gc share it
 *
 * rt embeds a vmk_heap in the vm and a vmk_meta_arena in each module, defines vmk_vm_heap,
 * vmk_module_arena and vmk_runtime_hooks, and registers what the collector must know of frames, functions and runtimes as
 * sources and as vmk_heap_client.  src/gc includes no header of rt, ir or interp.
 *
 * Locks: heap->lock guards blocks, large objects, pins and the lists of finalizable objects and
 * ephemeron tables; globals and metaspace have locks of their own.  They are taken by managed
 * threads, and none is held over a safepoint.  With the world stopped nothing is locked.
 */
#ifndef VMK_GC_HEAP_H
#define VMK_GC_HEAP_H

#include <pthread.h>

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_heap.h>
#include <vmkit/vmk_option.h>

#include "base/map.h"
#include "base/vec.h"
#include "gc/pages.h"
#include "gc/space.h"

typedef struct vmk_heap vmk_heap;

/* Defined by rt (by a fake vm in unit tests). */
vmk_heap *vmk_vm_heap(vmk_vm *vm);
typedef struct vmk_meta_arena vmk_meta_arena;
vmk_meta_arena *vmk_module_arena(vmk_module *module);
const vmk_hooks *vmk_runtime_hooks(const vmk_runtime *runtime); /* never null */
/* Report the roots of a module that has a holder. */
void vmk_module_trace(vmk_module *module, vmk_tracer *tracer);

/* A module begins with its holder's slot.  Weak: rt updates it after tracing. */
static inline vmk_slot *
vmk_module_holder(vmk_module *module)
{
  return (vmk_slot *)module;
}

/* What the collector asks of rt. */
typedef struct vmk_heap_client {
  /* Make VMK_TRAP_OUT_OF_MEMORY of the runtime pending. kind: what was to be made. */
  void (*out_of_memory)(vmk_thread *t, size_t bytes, vmk_kind *kind) VMK_MOVES_POINTER;
  /* After a collection, world running: the runtimes' `collected` hooks. May be null. */
  void (*collected)(vmk_vm *vm, vmk_thread *t, const vmk_collection *c) VMK_MOVES_POINTER;
  /* Is the slot one of the thread's frames'?  For vmk_handle_is_local. May be null. */
  bool (*is_frame_slot)(vmk_thread *t, const vmk_slot *slot);
} vmk_heap_client;

/* A source of roots reports each of its slots with vmk_trace_root or vmk_trace_interior.  Slots must
 * stay where they are until the world runs again: they are gathered first and traced later. */
typedef void vmk_root_source(vmk_vm *vm, vmk_tracer *tracer, void *data);
void vmk_heap_add_root_source(vmk_heap *heap, vmk_root_source *trace, void *data);
/* A weak source runs after everything live is known: it drops entries whose object is not
 * vmk_trace_is_live and updates the others by vmk_trace_forwarded (monitors, intern tables, the
 * runtimes' trace_weak hooks). */
void vmk_heap_add_weak_source(vmk_heap *heap, vmk_root_source *sweep, void *data);

/* The thread that stopped the world. */
vmk_thread *vmk_tracer_thread(const vmk_tracer *tracer);

/* Report a managed pointer: null, an address inside an object, or anything else (a frame, native
 * memory: ignored).  Its object is kept and the pointer follows it. */
void vmk_trace_interior(vmk_tracer *tracer, void **slot);

/* --- options ------------------------------------------------------------------------------------ */

typedef enum vmk_plan_name { VMK_PLAN_COPY, VMK_PLAN_IMMIX } vmk_plan_name;

typedef struct vmk_heap_config {
  int32_t plan;      /* vmk_plan_name */
  int64_t max_bytes; /* 0: a quarter of the machine */
  int64_t initial_bytes;
  bool verify, poison, move_always;
  int64_t every_alloc, every_poll; /* collect at each n-th; 0: not */
  int64_t period, seed;
  int64_t workers; /* threads that trace; 0: by the machine */
} vmk_heap_config;

enum { VMK_HEAP_OPTIONS = 11 };
/* Set the defaults and write the rows of the options that change them; returns how many. */
size_t vmk_heap_options(vmk_heap_config *config, vmk_option *rows);

/* --- metaspace ------------------------------------------------------------------------------------ */

struct vmk_meta_arena {
  struct vmk_meta *meta;
  char *top, *end;
  struct vmk_meta_chunk *chunks;
  size_t used_bytes;
  size_t next_bytes; /* size of the next chunk: doubles from 4 KB */
  bool is_held;      /* its module can be unloaded */
};
void vmk_meta_arena_init(vmk_meta_arena *arena, vmk_heap *heap);
/* Give everything back; it can be given out again after vmk_meta_settle. */
void vmk_meta_arena_fini(vmk_meta_arena *arena);
void vmk_meta_settle(vmk_heap *heap);
/* The arena's module has got a holder. */
void vmk_meta_arena_hold(vmk_meta_arena *arena);
/* vmk_meta_alloc for an arena that is no module's. */
void *vmk_meta_arena_alloc(vmk_meta_arena *arena, size_t bytes);

typedef struct vmk_meta {
  pthread_mutex_t lock;
  vmk_pages pages;
  size_t used_bytes;
  /* Chunks of arenas with is_held; worth a collection when above the limit. */
  size_t held_bytes, held_limit_bytes;
} vmk_meta;

/* --- handles -------------------------------------------------------------------------------------- */

typedef enum vmk_global_kind {
  VMK_GLOBAL_STRONG,
  VMK_GLOBAL_WEAK,       /* cleared before finalization */
  VMK_GLOBAL_WEAK_FINAL, /* cleared after */
  VMK_GLOBAL_KINDS
} vmk_global_kind;

typedef struct vmk_globals {
  pthread_mutex_t lock;
  struct {
    VMK_VEC(struct vmk_global_segment *) segments;
    vmk_slot *free; /* linked through the slots, tagged by bit 0 */
  } table[VMK_GLOBAL_KINDS];
} vmk_globals;

/* --- heap ------------------------------------------------------------------------------------------- */

/* A thread's part of the heap: vmk_thread.heap. */
typedef struct vmk_bump {
  char *top, *end;
} vmk_bump;

typedef struct vmk_heap_thread {
  vmk_heap *heap;
  vmk_thread *thread;
  vmk_bump other;                 /* second allocation region; the first is the thread's TLAB */
  char *region_end;               /* stress modes: where the TLAB really ends */
  size_t hole_block;              /* recycled block whose holes are being used: index + 1, or 0 */
  uint32_t hole_line;             /* where to look for its next hole */
  uint64_t allocated;             /* bytes of the regions taken so far */
  struct vmk_local_chunk *locals; /* newest in use */
  struct vmk_local_chunk *spare;  /* one emptied chunk kept for reuse */
  uint64_t alloc_countdown, poll_countdown, random; /* stress modes */
} vmk_heap_thread;

/* Thread hooks of the world (vmk_world_add_thread_hook), data = heap: they set and clear t->heap. */
bool vmk_heap_thread_init(vmk_thread *t, void *data);
void vmk_heap_thread_fini(vmk_thread *t, void *data);
/* For stress modes: rt's poll hook calls it. */
void vmk_heap_poll(vmk_thread *t) VMK_MOVES;
/* Must every poll be slow (vmk_world_poll_always)? */
bool vmk_heap_polls_always(const vmk_heap *heap);

typedef struct vmk_large {
  vmk_ref object; /* null: this row is free */
  uint32_t pages;
  bool marked;
} vmk_large;

typedef struct vmk_source {
  vmk_root_source *run;
  void *data;
} vmk_source;

typedef struct vmk_plan vmk_plan;

struct vmk_heap {
  pthread_mutex_t lock;
  vmk_vm *vm;
  vmk_heap_client client;
  vmk_heap_config config;
  const vmk_plan *plan;

  /* blocks */
  size_t block_limit, block_top; /* reserved; ever used */
  size_t blocks_committed;
  size_t used_blocks, free_blocks, dirty_free_blocks;
  uint32_t free_head, free_tail; /* lists by index + 1 */
  uint32_t recycle_head, pinned_recycle_head;
  vmk_heap_thread pinned; /* allocation into pinned blocks: holes, second region */
  vmk_bump pinned_first;  /* and the first; under the lock */

  /* large objects */
  vmk_pages large;
  VMK_VEC(vmk_large) large_objects;
  VMK_VEC(uint32_t) large_free_rows;

  /* policy, in bytes */
  uint64_t max_bytes, limit_bytes; /* limit: mutators collect when used would pass it */
  uint64_t live_bytes, hole_bytes; /* after the last collection */
  uint64_t growth;                 /* collect.c */
  uint64_t young_blocks, survival; /* blocks taken since the last collection; live 64ths of such */
  uint64_t epoch;                  /* collections so far; changes only while stopped */
  int64_t last_end_ns;
  bool collecting;

  VMK_VEC(vmk_source) root_sources;
  VMK_VEC(vmk_source) weak_sources;
  vmk_globals globals;
  vmk_map pins; /* address -> count */
  VMK_VEC(vmk_ref) finalizable;
  struct vmk_ephemerons *ephemerons;
  vmk_meta meta;
  struct vmk_workers *workers; /* null until a collection was worth more than one thread */

  /* statistics */
  uint64_t allocated_detached; /* by threads that are gone */
  uint64_t collections, pause_ns, max_pause_ns;
  uint64_t copied_bytes, traced_objects;
};

/* Reserve and start.  config is copied.  max_bytes and initial_bytes 0: as config says, or defaults. */
VMK_MUST_USE vmk_status vmk_heap_init(vmk_heap *heap, vmk_vm *vm, const vmk_heap_config *config,
                                      const vmk_heap_client *client, vmk_error *error);
/* Free everything.  No thread is attached. */
void vmk_heap_fini(vmk_heap *heap);

/* Bytes in use by blocks and large objects. */
static inline uint64_t
vmk_heap_used_bytes(const vmk_heap *heap)
{
  return ((uint64_t)heap->used_blocks << VMK_BLOCK_SHIFT) +
         ((uint64_t)heap->large.used << VMK_PAGE_SHIFT);
}

#endif
