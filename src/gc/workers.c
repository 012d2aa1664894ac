/* workers.c -- several threads trace one heap
 *
 * Helper threads are made at the first collection that is large enough, and sleep between traces.  A
 * helper that wakes up late joins late, or not at all: nobody waits for it to come, only for it to
 * leave.  All state is under one lock, taken once per packet of 256 references.
 */
#include "gc/workers.h"

#include <signal.h>
#include <string.h>

#include "os/os.h"

enum {
  WORKERS_MOST = 8,
  WORKERS_DEFAULT = 4,
  WORKERS_ROOTS = 512,            /* root slots taken at once */
  WORKERS_LEAST_BYTES = 64 << 20, /* used bytes below which one thread is fast enough */
};

static void workers_main(void *data);

/* How many threads shall trace. */
static uint32_t
workers_wanted(const vmk_heap *heap)
{
  if (heap->config.workers > 0)
    return heap->config.workers < WORKERS_MOST ? (uint32_t)heap->config.workers : WORKERS_MOST;
  if (vmk_heap_used_bytes(heap) < WORKERS_LEAST_BYTES)
    return 1;
  uint32_t half = vmk_os_cpu_count() / 2; /* two threads do a third more work for the same trace */
  return half < WORKERS_DEFAULT ? half : WORKERS_DEFAULT;
}

/* Make the helpers that are missing; false: there are none. */
static bool
workers_start(vmk_heap *heap)
{
  uint32_t wanted = workers_wanted(heap);
  if (wanted < 2)
    return false;
  if (!heap->workers) {
    struct vmk_workers *workers = (struct vmk_workers *)vmk_calloc(1, sizeof *workers);
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->changed, NULL);
    heap->workers = workers;
  }
  while (heap->workers->threads < wanted - 1) {
    pthread_mutex_lock(&heap->workers->lock);
    heap->workers->threads++;
    pthread_mutex_unlock(&heap->workers->lock);
    if (vmk_os_thread_start(256 << 10, workers_main, heap, NULL) == VMK_OK)
      continue;
    pthread_mutex_lock(&heap->workers->lock);
    heap->workers->threads--;
    pthread_mutex_unlock(&heap->workers->lock);
    break;
  }
  return heap->workers->threads > 0;
}

/* --- packets ---------------------------------------------------------------------------------------- */

bool
vmk_workers_roots(vmk_tracer *main, vmk_slot ***slots, size_t *count)
{
  size_t begin = __atomic_fetch_add((size_t *)&main->heap->workers->next_root, WORKERS_ROOTS,
                                    __ATOMIC_RELAXED);
  if (begin >= main->roots.count)
    return false;
  *slots = main->roots.data + begin;
  *count = main->roots.count - begin < WORKERS_ROOTS ? main->roots.count - begin : WORKERS_ROOTS;
  return true;
}

/* Lock held. */
static void
workers_set_hungry(struct vmk_workers *workers)
{
  uint32_t hungry = workers->packets.count ? 0 : workers->waiting;
  __atomic_store_n((uint32_t *)&workers->hungry, hungry, __ATOMIC_RELAXED);
}

/* The oldest entries: near the roots, so the most may hang on them. */
void
vmk_workers_give(vmk_tracer *w)
{
  struct vmk_workers *workers = w->heap->workers;
  size_t half = (w->stack.count - w->stack_bottom) / 2;
  uint32_t count = half < VMK_PACKET_REFS ? (uint32_t)half : VMK_PACKET_REFS;
  pthread_mutex_lock(&workers->lock);
  vmk_packet *packet = workers->spare.count ? vmk_vec_pop(&workers->spare)
                                            : (vmk_packet *)vmk_malloc(sizeof *packet);
  packet->count = count;
  memcpy(packet->refs, w->stack.data + w->stack_bottom, count * sizeof packet->refs[0]);
  vmk_vec_push(&workers->packets, packet);
  workers_set_hungry(workers);
  pthread_cond_signal(&workers->changed);
  pthread_mutex_unlock(&workers->lock);
  w->stack_bottom += count;
}

bool
vmk_workers_take(vmk_tracer *w)
{
  struct vmk_workers *workers = w->heap->workers;
  pthread_mutex_lock(&workers->lock);
  workers->waiting++;
  workers_set_hungry(workers);
  while (!workers->packets.count && workers->open && workers->waiting < workers->joined)
    pthread_cond_wait(&workers->changed, &workers->lock);
  if (!workers->packets.count) { /* all wait: it is over */
    workers->open = false;
    pthread_cond_broadcast(&workers->changed);
    pthread_mutex_unlock(&workers->lock);
    return false;
  }
  vmk_packet *packet = vmk_vec_pop(&workers->packets);
  workers->waiting--;
  workers_set_hungry(workers);
  vmk_vec_clear(&w->stack);
  w->stack_bottom = 0;
  vmk_vec_reserve(&w->stack, packet->count);
  memcpy(w->stack.data, packet->refs, packet->count * sizeof packet->refs[0]);
  w->stack.count = packet->count;
  vmk_vec_push(&workers->spare, packet);
  pthread_mutex_unlock(&workers->lock);
  return true;
}

/* --- a trace ---------------------------------------------------------------------------------------- */

/* A helper's discoveries and counts become the main tracer's. Lock held. */
static void
workers_merge(vmk_tracer *main, vmk_tracer *w)
{
  for (int s = 0; s <= VMK_PHANTOM; s++)
    for (size_t i = 0; i < w->weak[s].count; i++)
      vmk_vec_push(&main->weak[s], w->weak[s].data[i]);
  main->copied_bytes += w->copied_bytes;
  main->objects += w->objects;
}

static void
workers_help(struct vmk_workers *workers, vmk_tracer *main)
{
  vmk_tracer w = {.heap = main->heap,
                  .thread = main->thread,
                  .phase = VMK_PHASE_TRACE,
                  .hard = main->hard,
                  .shared = true,
                  .copy_limit_bytes = main->copy_limit_bytes};
  vmk_tracer_work(&w, main);
  pthread_mutex_lock(&workers->lock);
  workers_merge(main, &w);
  workers->helping--;
  pthread_cond_broadcast(&workers->changed);
  pthread_mutex_unlock(&workers->lock);
  vmk_tracer_fini(&w);
}

static void
workers_main(void *data)
{
  struct vmk_workers *workers = ((vmk_heap *)data)->workers;
  uint32_t round = 0;
  sigset_t all;
  sigfillset(&all); /* signals are for threads of the program */
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  vmk_os_thread_set_name("vmk-gc");
  pthread_mutex_lock(&workers->lock);
  for (;;) {
    while (!workers->exit && !(workers->open && workers->round != round))
      pthread_cond_wait(&workers->changed, &workers->lock);
    if (workers->exit)
      break;
    round = workers->round;
    workers->joined++;
    workers->helping++;
    pthread_mutex_unlock(&workers->lock);
    workers_help(workers, workers->main);
    pthread_mutex_lock(&workers->lock);
  }
  workers->threads--;
  pthread_cond_broadcast(&workers->changed);
  pthread_mutex_unlock(&workers->lock);
}

bool
vmk_workers_trace(vmk_tracer *main)
{
  if (!workers_start(main->heap))
    return false;
  struct vmk_workers *workers = main->heap->workers;
  main->shared = true;
  pthread_mutex_lock(&workers->lock);
  workers->main = main;
  workers->joined = 1;
  workers->waiting = 0;
  workers->open = true;
  workers->round++;
  __atomic_store_n((size_t *)&workers->next_root, 0, __ATOMIC_RELAXED);
  workers_set_hungry(workers);
  pthread_cond_broadcast(&workers->changed);
  pthread_mutex_unlock(&workers->lock);

  vmk_tracer_work(main, main);

  pthread_mutex_lock(&workers->lock);
  while (workers->helping)
    pthread_cond_wait(&workers->changed, &workers->lock);
  pthread_mutex_unlock(&workers->lock);
  main->shared = false;
  return true;
}

void
vmk_workers_free(vmk_heap *heap)
{
  struct vmk_workers *workers = heap->workers;
  if (!workers)
    return;
  pthread_mutex_lock(&workers->lock);
  workers->exit = true;
  pthread_cond_broadcast(&workers->changed);
  while (workers->threads)
    pthread_cond_wait(&workers->changed, &workers->lock);
  pthread_mutex_unlock(&workers->lock);
  for (size_t i = 0; i < workers->spare.count; i++)
    free(workers->spare.data[i]);
  vmk_vec_fini(&workers->spare);
  vmk_vec_fini(&workers->packets);
  pthread_cond_destroy(&workers->changed);
  pthread_mutex_destroy(&workers->lock);
  free(workers);
  heap->workers = NULL;
}
