/* vmk_thread.h -- threads, their two states, polls, handshakes, parking
 *
 *     NATIVE    holds no raw reference; may block; invisible to the collector
 *     MANAGED   may hold raw references; must poll; must not block
 *
 * The world is stopped when one thread, the stopper, is managed and no other can become so until it
 * resumes.  Protocol: docs/design/threads.md; model: tests/models/handshake.pml.
 */
#ifndef VMK_THREAD_H
#define VMK_THREAD_H

#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The fields that generated code and inline functions touch; the rest is private (src/thread). */
struct vmk_thread {
  VMK_ATOMIC(uint32_t) poll;  /* nonzero: reach a safepoint soon */
  VMK_ATOMIC(uint32_t) state; /* 0 native, 1 managed */
  char *tlab_top, *tlab_end;
  int32_t loop_budget;   /* backward branches until the tiers look at the loop */
  uint64_t *fp;          /* youngest frame when outside tier code */
  const uint32_t *pc;    /* its pc; null: at entry, only its arguments are live */
  uint64_t *stack_limit; /* managed stack: a frame must end below */
  vmk_slot exception;    /* pending guest exception or null; a root */
  vmk_vm *vm;
  void *client[4]; /* for runtimes: index = vmk_runtime_index; the runtime's per-thread data */
  vmk_slot *local_top, *local_end; /* local handles: bump within the chunk */
  struct vmk_heap_thread *heap;    /* private to src/gc */
  struct vmk_rt_thread *rt;        /* private to src/rt */
};

/* The calling OS thread's vmk_thread, or null when it is not attached. Leaf. */
VMK_API vmk_thread *vmk_thread_current(void);

/* Attach the calling OS thread / detach it.  Attached threads start NATIVE.  The managed stack is
 * reserved (stack_bytes 0: option thread.stack) and gets memory as it is used.  Both wait while the
 * world is stopped; detach is called in NATIVE state, and the thread must own no monitor. */
VMK_API VMK_MUST_USE vmk_status vmk_thread_attach(vmk_vm *vm, size_t stack_bytes, vmk_thread **out,
                                                  vmk_error *error);
VMK_API void vmk_thread_detach(vmk_thread *t);

/* Make an OS thread with a native stack of native_stack_bytes (0: default; never less than C code
 * needs) and a managed one of at least as much, that attaches itself and runs body(t, data) in NATIVE
 * state, then detaches.  Returns once the thread exists and is attached: *out (may be null) is then
 * valid until body returns.  The caller must not be managed. */
VMK_API VMK_MUST_USE vmk_status vmk_thread_start(vmk_vm *vm, size_t native_stack_bytes,
                                                 void (*body)(vmk_thread *, void *), void *data,
                                                 vmk_thread **out, vmk_error *error);

/* State changes.  Entering managed state waits while the world is stopped; both nest by saving what
 * was before: `bool was = vmk_enter_managed(t); ...; vmk_leave_managed(t, was);` (no-op if already
 * managed).  vmk_enter_native is the inverse, for blocking calls from managed C code. */
VMK_API bool vmk_enter_managed(vmk_thread *t) VMK_TSA(acquire_capability(vmk_moves));
VMK_API void vmk_leave_managed(vmk_thread *t, bool was) VMK_TSA(release_capability(vmk_moves));
VMK_API void vmk_enter_native(vmk_thread *t) VMK_MOVES;
VMK_API void vmk_leave_native(vmk_thread *t) VMK_MOVES;

VMK_API void vmk_poll_slow(vmk_thread *t) VMK_MOVES;
static inline void
vmk_poll(vmk_thread *t) VMK_MOVES
{
  if (VMK_UNLIKELY(__atomic_load_n((uint32_t *)&t->poll, __ATOMIC_RELAXED)))
    vmk_poll_slow(t);
}

/* Stop every other thread at a safepoint / let them go.  Stop is itself a safepoint: another stopper
 * may come first, so recheck your reason on return. The caller must be managed. */
VMK_API void vmk_world_stop(vmk_thread *t) VMK_MOVES;
VMK_API void vmk_world_resume(vmk_thread *t);

/* Run action(target, data) for one thread, or each (the requester too), while it is at a safepoint or
 * native and cannot leave it; on the requester's thread.  The target must stay attached meanwhile:
 * caller's duty.  action is no safepoint.  Works in a stopped world too.  Safepoint. */
VMK_API void vmk_handshake(vmk_thread *t, vmk_thread *target, void (*action)(vmk_thread *, void *),
                           void *data) VMK_MOVES;
VMK_API void vmk_handshake_all(vmk_thread *t, void (*action)(vmk_thread *, void *), void *data)
    VMK_MOVES;

/* Suspend a thread: until it is resumed it does not run managed code, neither returning from native code nor
 * calling managed code from there, and a stop of the world does not wait for it.  The world is stopped by t;
 * or target is t itself, which goes on until its next poll.  Nothing is counted.  A thread that is just
 * stopping the world finishes that first.  Resume and the question: any thread; all three are leaves; the
 * target must not be freed meanwhile: caller's duty. */
VMK_API void vmk_thread_suspend(vmk_thread *t, vmk_thread *target);
VMK_API void vmk_thread_resume(vmk_thread *target);
VMK_API bool vmk_thread_is_suspended(const vmk_thread *target);

/* Visit every attached thread under the thread list's lock; visit must not block or attach. */
VMK_API void vmk_thread_each(vmk_vm *vm, void (*visit)(vmk_thread *, void *), void *data);
VMK_API uint32_t vmk_thread_count(vmk_vm *vm);
/* CPU time of the thread in ns, its OS id, its native stack. */
VMK_API int64_t vmk_thread_cpu_ns(vmk_thread *t);
VMK_API int64_t vmk_thread_os_id(vmk_thread *t);
/* How often a thread has slept until it could enter a monitor, how often for anything else (to be
 * notified, to be unparked, for a time), and for how long in all, less what goes on now. Leaf; the
 * target must not be freed meanwhile: caller's duty. */
typedef struct vmk_wait_stats {
  uint64_t entries, waits;
  int64_t entry_ns, wait_ns;
} vmk_wait_stats;
VMK_API void vmk_thread_wait_stats(const vmk_thread *target, vmk_wait_stats *out);
VMK_API void vmk_thread_set_name(vmk_thread *t, const char *name);

/* --- blocking --------------------------------------------------------------------------------------- *
 * One permit a thread (java.util.concurrent's LockSupport, and what monitors and sleep build on).
 * Deadline: ns on CLOCK_MONOTONIC (vmk_now_ns) or CLOCK_REALTIME, VMK_FOREVER = none.  All three
 * return early when the thread is interrupted, which clears no flag, and when an asynchronous exception
 * waits for it (vmk_throw_async). */
#define VMK_FOREVER INT64_MAX
VMK_API int64_t vmk_now_ns(void);
VMK_API int64_t vmk_wall_ns(void);
VMK_API void vmk_park(vmk_thread *t, int64_t deadline_ns, bool wall_clock) VMK_MOVES;
VMK_API void vmk_unpark(vmk_thread *target); /* target must not be freed meanwhile: caller's duty */
/* False when it returned early. */
VMK_API bool vmk_sleep(vmk_thread *t, int64_t duration_ns) VMK_MOVES;
VMK_API void vmk_interrupt(vmk_thread *target); /* set the flag and wake */
VMK_API bool vmk_interrupted(vmk_thread *t, bool clear);

#ifdef __cplusplus
}
#endif
#endif
