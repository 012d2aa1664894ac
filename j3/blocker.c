/* blocker.c -- what threads wait for, and deadlocks; see blocker.h */
#include <stdlib.h>

#include "blocker.h"
#include "translate.h"
#include "vm.h"

j3_class *
j3_blocker_synchronizer_class(void)
{
  static const char class_name[] = "java/util/concurrent/locks/AbstractOwnableSynchronizer";
  return j3_class_find(J3.boot, j3_symbol_of(class_name));
}

j3_field *
j3_blocker_owner_field(j3_class *synchronizer)
{
  return j3_class_field(synchronizer, j3_symbol_of("exclusiveOwnerThread"),
                        j3_symbol_of("Ljava/lang/Thread;"));
}

/* The Thread that owns an AbstractOwnableSynchronizer, else null. */
static j3_thread *
blocker_synchronizer_owner(vmk_thread *t, vmk_handle object)
{
  j3_class *c = j3_blocker_synchronizer_class();
  if (!c || !j3_is_instance(object, c))
    return NULL;
  vmk_handle owner = vmk_get_ref(t, object, j3_blocker_owner_field(c)->offset);
  return vmk_is_null(owner) ? NULL : j3_thread_of(owner);
}

j3_blocker
j3_blocker_of(vmk_thread *t, const j3_thread *jt)
{
  bool waiting = false;
  vmk_handle object = vmk_monitor_blocked_on(t, jt->thread, &waiting);
  if (object) {
    vmk_thread *owner = vmk_monitor_owner(t, object);
    if (owner == jt->thread && !waiting) /* it has just got it */
      return (j3_blocker){J3_BLOCKED_NOT, NULL, NULL};
    return (j3_blocker){waiting ? J3_BLOCKED_WAIT : J3_BLOCKED_ENTER, object,
                        owner ? j3_self(owner) : NULL};
  }
  int32_t status = vmk_get_i32(jt->object, J3.known.offset_Thread_threadStatus);
  if (status == J3_STATUS_PARKED || status == J3_STATUS_TIMED_PARKED) {
    object = vmk_get_ref(t, jt->object, J3.known.offset_Thread_parkBlocker);
    if (!vmk_is_null(object)) {
      j3_thread *owner = blocker_synchronizer_owner(t, object);
      /* A thread that got the lock may not have left its parked state behind yet. */
      return (j3_blocker){J3_BLOCKED_PARK, object, owner == jt ? NULL : owner};
    }
  }
  return (j3_blocker){J3_BLOCKED_NOT, NULL, NULL};
}

int32_t
j3_blocker_status(const j3_thread *jt, const j3_blocker *blocker)
{
  if (blocker->how == J3_BLOCKED_ENTER)
    return J3_STATUS_BLOCKED;
  return vmk_get_i32(jt->object, J3.known.offset_Thread_threadStatus);
}

static vmk_handle
blocker_own_lock(vmk_thread *t, const vmk_frame *frame, const j3_method *m)
{
  if (!(m->flags & J3_SYNCHRONIZED))
    return NULL;
  if (m->flags & J3_STATIC)
    return m->class->mirror;
  vmk_value receiver;
  if (!vmk_frame_argument(t, frame, 0, &receiver) || vmk_is_null(receiver.ref))
    return NULL;
  return receiver.ref;
}

uint32_t
j3_frame_held(vmk_thread *t, const vmk_frame *frame, j3_method *m, vmk_handle out[J3_HELD_MAX])
{
  uint32_t count = j3_translate_held(t, frame, m, out, J3_HELD_MAX - 1);
  for (uint32_t i = 0; i < count / 2; i++) {
    vmk_handle older = out[i];
    out[i] = out[count - 1 - i];
    out[count - 1 - i] = older;
  }
  vmk_handle own = blocker_own_lock(t, frame, m);
  if (own)
    out[count++] = own;
  return count;
}

/* --- deadlocks: each thread waits for at most one other, so a walk either ends or enters a circle --------- */

typedef struct blocker_node {
  j3_thread *thread, *waits_for;
  uint32_t walk; /* the walk that came by first; 0: none yet */
} blocker_node;

static blocker_node *
blocker_node_of(blocker_node *nodes, uint32_t count, const j3_thread *jt)
{
  for (uint32_t i = 0; jt && i < count; i++)
    if (nodes[i].thread == jt)
      return &nodes[i];
  return NULL;
}

static uint32_t
blocker_fill(vmk_thread *t, bool synchronizers, blocker_node *nodes)
{
  uint32_t count = 0;
  for (j3_thread *jt = J3.threads; jt; jt = jt->next) {
    vmk_scope scope = vmk_scope_begin(t);
    j3_blocker b = j3_blocker_of(t, jt);
    bool counts = b.how == J3_BLOCKED_ENTER || (synchronizers && b.how == J3_BLOCKED_PARK);
    nodes[count++] = (blocker_node){jt, counts ? b.owner : NULL, 0};
    vmk_scope_end(t, scope);
  }
  return count;
}

uint32_t
j3_blocker_deadlocks(vmk_thread *t, bool synchronizers, j3_thread **out, uint32_t *cycle)
{
  blocker_node *nodes = calloc(J3.thread_count + 1, sizeof *nodes);
  VMK_ASSERT(nodes);
  uint32_t count = blocker_fill(t, synchronizers, nodes), found = 0, circles = 0;
  for (uint32_t i = count; i-- > 0;) { /* the list's end is the oldest thread */
    uint32_t walk = i + 1;
    blocker_node *n = &nodes[i];
    while (n && !n->walk) {
      n->walk = walk;
      n = blocker_node_of(nodes, count, n->waits_for);
    }
    if (!n || n->walk != walk)
      continue;
    const blocker_node *first = n;
    do {
      cycle[found] = circles;
      out[found++] = n->thread;
      n = blocker_node_of(nodes, count, n->waits_for);
    } while (n != first);
    circles++;
  }
  free(nodes);
  return found;
}
