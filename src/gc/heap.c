/* heap.c -- making and freeing the heap, its options, its statistics */
#include "gc/heap.h"

#include <string.h>

#include <vmkit/vmk_thread.h>

#include "gc/block.h"
#include "gc/tracer.h"
#include "gc/workers.h"
#include "os/os.h"

enum {
  HEAP_INITIAL_BYTES = 8 << 20,
  HEAP_LEAST_BYTES = 2 << 20,
  HEAP_SPARE_BYTES = 64 << 20, /* address space beyond twice the maximum, for gc.move-always */
};

size_t
vmk_heap_options(vmk_heap_config *config, vmk_option *rows)
{
  *config =
      (vmk_heap_config){.plan = VMK_PLAN_IMMIX, .initial_bytes = HEAP_INITIAL_BYTES, .period = 1};
  const vmk_option table[VMK_HEAP_OPTIONS] = {
      {"gc", VMK_OPTION_CHOICE, "copy|immix", &config->plan, "the collector's plan"},
      {"gc.max", VMK_OPTION_INT, NULL, &config->max_bytes,
       "most bytes the heap may use (0: a quarter of the memory)"},
      {"gc.initial", VMK_OPTION_INT, NULL, &config->initial_bytes,
       "bytes in use before the first collection, and the least growth after one"},
      {"gc.verify", VMK_OPTION_FLAG, NULL, &config->verify,
       "check the whole heap after each collection"},
      {"gc.poison", VMK_OPTION_FLAG, NULL, &config->poison,
       "make emptied blocks inaccessible until they are used again"},
      {"gc.move-always", VMK_OPTION_FLAG, NULL, &config->move_always,
       "move every object in each collection, collect at each slow allocation and poll"},
      {"gc.period", VMK_OPTION_INT, NULL, &config->period,
       "move-always: collect only at each n-th such point of a thread"},
      {"gc.every-alloc", VMK_OPTION_INT, NULL, &config->every_alloc,
       "collect at each n-th allocation of a thread"},
      {"gc.every-poll", VMK_OPTION_INT, NULL, &config->every_poll,
       "collect at each n-th poll of a thread"},
      {"gc.seed", VMK_OPTION_INT, NULL, &config->seed,
       "not 0: distances of these collections are random, n on average"},
      {"gc.workers", VMK_OPTION_INT, NULL, &config->workers,
       "threads that trace (0: by the machine)"},
  };
  memcpy(rows, table, sizeof table);
  return VMK_HEAP_OPTIONS;
}

static uint64_t
heap_default_max(void)
{
  uint64_t quarter = vmk_os_memory_bytes() / 4;
  return quarter > 64 << 20 ? quarter : 64 << 20;
}

static uint64_t
heap_least(uint64_t a, uint64_t b)
{
  return a < b ? a : b;
}

vmk_status
vmk_heap_init(vmk_heap *heap, vmk_vm *vm, const vmk_heap_config *config,
              const vmk_heap_client *client, vmk_error *error)
{
  *heap = (vmk_heap){.vm = vm, .config = *config, .client = *client};
  if (heap->config.period < 1)
    heap->config.period = 1;
  heap->plan = config->plan == VMK_PLAN_COPY ? &vmk_plan_copy : &vmk_plan_immix;
  uint64_t blocks = VMK_HEAP_LIMIT - VMK_HEAP_BASE, large = VMK_LARGE_LIMIT - VMK_LARGE_BASE;
  heap->max_bytes = config->max_bytes > 0 ? (uint64_t)config->max_bytes : heap_default_max();
  if (heap->max_bytes < HEAP_LEAST_BYTES)
    heap->max_bytes = HEAP_LEAST_BYTES;
  heap->max_bytes = heap_least(heap->max_bytes, blocks);
  if (heap->config.initial_bytes < VMK_BLOCK_BYTES * 4)
    heap->config.initial_bytes = VMK_BLOCK_BYTES * 4;
  heap->growth = 64;
  heap->survival = 16;
  heap->limit_bytes = heap_least((uint64_t)heap->config.initial_bytes, vmk_heap_most_bytes(heap));

  vmk_status status = vmk_meta_init(&heap->meta, error);
  if (status)
    return status;
  status = vmk_large_init(heap, heap_least(large, heap->max_bytes * 4 + HEAP_SPARE_BYTES), error);
  if (status)
    goto fail_meta;
  status = vmk_blocks_init(heap, heap->max_bytes * 2 + HEAP_SPARE_BYTES, error);
  if (status)
    goto fail_large;
  pthread_mutex_init(&heap->lock, NULL);
  vmk_globals_init(&heap->globals);
  heap->pinned.heap = heap;
  return VMK_OK;

fail_large:
  vmk_large_fini(heap);
fail_meta:
  vmk_meta_fini(&heap->meta);
  return status;
}

void
vmk_heap_fini(vmk_heap *heap)
{
  vmk_workers_free(heap);
  vmk_ephemerons_fini(heap);
  vmk_globals_fini(&heap->globals);
  vmk_blocks_fini(heap);
  vmk_large_fini(heap);
  vmk_meta_fini(&heap->meta);
  vmk_vec_fini(&heap->large_objects);
  vmk_vec_fini(&heap->large_free_rows);
  vmk_vec_fini(&heap->root_sources);
  vmk_vec_fini(&heap->weak_sources);
  vmk_vec_fini(&heap->finalizable);
  vmk_map_fini(&heap->pins);
  pthread_mutex_destroy(&heap->lock);
}

/* --- statistics ----------------------------------------------------------------------------------------- */

static void
heap_add_thread(vmk_thread *t, void *data)
{
  /* Approximate while the thread runs: the rest of its regions counts as allocated. */
  if (t->heap)
    *(uint64_t *)data += __atomic_load_n(&t->heap->allocated, __ATOMIC_RELAXED);
}

void
vmk_heap_stats_get(vmk_vm *vm, vmk_heap_stats *out)
{
  vmk_heap *heap = vmk_vm_heap(vm);
  uint64_t allocated = 0;
  vmk_thread_each(vm, heap_add_thread, &allocated);
  pthread_mutex_lock(&heap->lock);
  uint64_t used = vmk_heap_used_bytes(heap);
  *out = (vmk_heap_stats){
      .used_bytes = used,
      .committed_bytes = used + ((uint64_t)heap->dirty_free_blocks << VMK_BLOCK_SHIFT) +
                         ((uint64_t)heap->large.dirty << VMK_PAGE_SHIFT),
      .capacity_bytes = used > heap->limit_bytes ? used : heap->limit_bytes,
      .max_bytes = heap->max_bytes,
      .allocated_bytes = allocated + heap->allocated_detached + heap->pinned.allocated,
      .collections = heap->collections,
      .pause_ns = heap->pause_ns,
      .max_pause_ns = heap->max_pause_ns,
  };
  pthread_mutex_unlock(&heap->lock);
  pthread_mutex_lock(&heap->meta.lock);
  out->metaspace_used_bytes = heap->meta.used_bytes;
  out->metaspace_committed_bytes = ((uint64_t)heap->meta.pages.used + heap->meta.pages.dirty)
                                   << VMK_PAGE_SHIFT;
  pthread_mutex_unlock(&heap->meta.lock);
}
