/* workers.h -- several threads trace one heap
 *
 * Each worker has a tracer of its own with a private stack.  Somebody who has plenty gives a packet of
 * references when others are hungry; who has none waits for a packet.  When all wait there is no work.
 */
#ifndef VMK_GC_WORKERS_H
#define VMK_GC_WORKERS_H

#include "gc/tracer.h"

enum { VMK_PACKET_REFS = 256 };

typedef struct vmk_packet {
  uint32_t count;
  vmk_ref refs[VMK_PACKET_REFS];
} vmk_packet;

struct vmk_workers {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  uint32_t threads;            /* helper threads that exist */
  uint32_t round;              /* counts the traces that helpers were called to */
  uint32_t joined;             /* workers in the present one, its caller included */
  uint32_t waiting;            /* of them, without work */
  uint32_t helping;            /* helpers that have not yet left it */
  bool open, exit;             /* helpers may join; helper threads must end */
  VMK_ATOMIC(uint32_t) hungry; /* = waiting while there are no packets */
  VMK_ATOMIC(size_t) next_root;
  VMK_VEC(vmk_packet *) packets, spare;
  vmk_tracer *main;
};

/* Trace from the tracer's roots with all workers; false: not worth it, do it alone. */
bool vmk_workers_trace(vmk_tracer *main);
/* Take the next portion of the root list. */
bool vmk_workers_roots(vmk_tracer *main, vmk_slot ***slots, size_t *count);
/* Give away part of the stack / refill the empty stack; false: nobody has work. */
void vmk_workers_give(vmk_tracer *w);
bool vmk_workers_take(vmk_tracer *w);
/* End the helper threads and free everything. */
void vmk_workers_free(vmk_heap *heap);

static inline bool
vmk_workers_hungry(const vmk_tracer *w)
{
  return __atomic_load_n((uint32_t *)&w->heap->workers->hungry, __ATOMIC_RELAXED) > 0;
}

#endif
