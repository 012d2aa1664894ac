/* vmk_monitor.h -- reentrant locks with wait and notify on any object
 *
 * Thin locks in bits 8..31 of the header inflate to a vmk_monitor in a side table when contended,
 * waited on or nested too deeply, and deflate at a collection when idle.  (Bacon et al., PLDI'98.)
 */
#ifndef VMK_MONITOR_H
#define VMK_MONITOR_H

#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lock / try to lock / unlock.  Enter may block (safepoint).  Exit returns false when the thread does
 * not own the monitor (nothing is thrown: the runtime decides). */
VMK_API void vmk_monitor_enter(vmk_thread *t, vmk_handle object) VMK_MOVES;
VMK_API bool vmk_monitor_try_enter(vmk_thread *t, vmk_handle object);
VMK_API bool vmk_monitor_exit(vmk_thread *t, vmk_handle object);

/* Have a function called when a thread is about to sleep until it can enter a monitor, and, with entered,
 * when it has; it may run managed code.  Null: nobody, as at first.  Any thread, leaf. */
typedef void (*vmk_monitor_watcher)(vmk_thread *t, vmk_handle object, bool entered)
    VMK_MOVES_POINTER;
VMK_API void vmk_monitor_watch(vmk_vm *vm, vmk_monitor_watcher watcher);

typedef enum vmk_wait_result {
  VMK_WAIT_NOTIFIED,
  VMK_WAIT_TIMEOUT,
  VMK_WAIT_INTERRUPTED, /* flag left set: the runtime clears it */
  VMK_WAIT_NOT_OWNER,
} vmk_wait_result;
/* timeout_ns: VMK_FOREVER for none. */
VMK_API vmk_wait_result vmk_monitor_wait(vmk_thread *t, vmk_handle object, int64_t timeout_ns)
    VMK_MOVES;
/* False when not the owner. */
VMK_API bool vmk_monitor_notify(vmk_thread *t, vmk_handle object, bool all);
VMK_API bool vmk_monitor_is_owner(vmk_thread *t, vmk_handle object);
/* Owner thread or null; contenders and waiters for thread dumps. Leaf; a snapshot. */
VMK_API vmk_thread *vmk_monitor_owner(vmk_thread *t, vmk_handle object);
/* The object the thread is blocked entering or waiting on, as a new local handle or null. */
VMK_API vmk_handle vmk_monitor_blocked_on(vmk_thread *t, vmk_thread *target, bool *waiting);

#ifdef __cplusplus
}
#endif
#endif
