/* blocker.h -- what a thread waits for, and who is in whose way: for thread dumps and management */
#ifndef J3_BLOCKER_H
#define J3_BLOCKER_H

#include "j3.h"

typedef enum j3_blocked {
  J3_BLOCKED_NOT,
  J3_BLOCKED_ENTER, /* entering a monitor */
  J3_BLOCKED_WAIT,  /* in Object.wait */
  J3_BLOCKED_PARK,  /* parked with a blocker object */
} j3_blocked;

typedef struct j3_blocker {
  j3_blocked how;
  vmk_handle object; /* local handle; null handle when J3_BLOCKED_NOT */
  j3_thread *owner;  /* of the monitor, or of a java.util.concurrent synchronizer; may be null */
} j3_blocker;

/* What jt waits for.  For an answer that holds together stop the world and hold J3.thread_lock. Leaf. */
j3_blocker j3_blocker_of(vmk_thread *t, const j3_thread *jt);

/* java.lang.Thread.threadStatus as it should read: the kit blocks in monitors without telling. Leaf. */
int32_t j3_blocker_status(const j3_thread *jt, const j3_blocker *blocker);

/* java.util.concurrent.locks.AbstractOwnableSynchronizer, null while it is not loaded, and its field that
 * says the owner. Leaf. */
j3_class *j3_blocker_synchronizer_class(void);
j3_field *j3_blocker_owner_field(j3_class *synchronizer);

/* The monitors that the frame of m holds, youngest first: those of blocks, then that of the method if it is
 * synchronized, which it may still be about to enter.  Local handles. Leaf. */
enum { J3_HELD_MAX = 64 };
uint32_t j3_frame_held(vmk_thread *t, const vmk_frame *frame, j3_method *m,
                       vmk_handle out[J3_HELD_MAX]);

/* Threads that wait for each other in a circle, one circle after another in `out` (room for
 * J3.thread_count), each in the direction of waiting; cycle[i] numbers the circle of out[i].  Only monitors
 * count unless `synchronizers`.  Returns how many.  World stopped, J3.thread_lock held. Leaf. */
uint32_t j3_blocker_deadlocks(vmk_thread *t, bool synchronizers, j3_thread **out, uint32_t *cycle);

#endif
