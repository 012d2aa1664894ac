/* world.h -- all threads of a vm, and how they are stopped
 *
 * rt embeds a vmk_world in the vm and defines vmk_vm_world.  Protocol and its argument:
 * docs/design/threads.md.
 *
 * Locks, outermost first:
 *     change   held by whoever stops the world (until resume), holds threads for a handshake,
 *              attaches or detaches.  So the set of threads never changes during a stop.
 *     list     the thread list and the table of ids; taken for a moment, nothing is taken inside.
 *     monitors the table of fat monitors, likewise.
 */
#ifndef VMK_THREAD_WORLD_H
#define VMK_THREAD_WORLD_H

#include <pthread.h>

#include <vmkit/vmk_option.h>
#include <vmkit/vmk_thread.h>

#include "base/vec.h"
#include "os/os.h"

typedef struct vmk_world vmk_world;
typedef struct vmk_thread_private vmk_thread_private;

/* Defined by rt (by a fake vm in unit tests). */
vmk_world *vmk_vm_world(vmk_vm *vm);

/* Bits of vmk_thread.poll.  A set bit makes polls slow; only HOLD and SUSPEND keep a thread from running. */
enum {
  VMK_POLL_HOLD = 1,   /* must not be managed: the world is stopped, or a handshake is under way */
  VMK_POLL_ALWAYS = 2, /* option thread.poll-always: never cleared */
  VMK_POLL_ASYNC = 4,  /* rt: an asynchronous exception waits; set and cleared by rt; ends sleeps */
  VMK_POLL_SUSPEND = 8,                             /* must not be managed until resumed */
  VMK_POLL_STAY = VMK_POLL_HOLD | VMK_POLL_SUSPEND, /* what keeps a thread native */
};

enum {
  VMK_STATE_NATIVE = 0,
  VMK_STATE_MANAGED = 1,
};

enum { VMK_THREAD_HOOKS = 8 };

/* init runs on a thread that is being attached (already on the list), fini on one that is being
 * detached (still on it): in native state, with the world held still, so they may touch heap and
 * roots but must not stop the world, enter managed state or attach.  init false: out of memory, the
 * attach fails and the fini of earlier hooks run. */
typedef struct vmk_thread_hook {
  bool (*init)(vmk_thread *t, void *data);
  void (*fini)(vmk_thread *t, void *data);
  void *data;
} vmk_thread_hook;

/* Fat monitors live in chunks at fixed addresses and are named by index: see monitor.h. */
enum {
  VMK_MONITOR_CHUNK = 1024,
  VMK_MONITOR_CHUNKS = 8192,
};

struct vmk_world {
  vmk_vm *vm;
  pthread_mutex_t change;
  pthread_mutex_t list;
  vmk_thread_private *threads;       /* guarded by list */
  uint32_t thread_count;             /* guarded by list */
  VMK_VEC(vmk_thread_private *) ids; /* [id], null: free; guarded by list; [0] unused */
  VMK_VEC(uint32_t) free_ids;        /* guarded by list */

  vmk_thread *stopper;           /* the world is stopped by; guarded by change */
  VMK_ATOMIC(uint32_t) releases; /* futex: counts the times that HOLD bits were cleared */
  uint64_t stops;

  vmk_thread_hook hooks[VMK_THREAD_HOOKS];
  uint32_t hook_count;
  void (*on_poll)(vmk_thread *t) VMK_MOVES_POINTER; /* may be null */

  void (*on_contended)(vmk_thread *t, vmk_handle object, bool entered)
      VMK_MOVES_POINTER; /* or null */
  pthread_mutex_t monitors;
  VMK_ATOMIC(vmk_monitor *) monitor_chunks[VMK_MONITOR_CHUNKS];
  uint32_t monitor_top;               /* indices handed out so far; guarded by monitors */
  VMK_VEC(uint32_t) monitor_free;     /* guarded by monitors */
  VMK_ATOMIC(uint32_t) monitor_count; /* in use */

  int64_t stack_bytes, native_stack_bytes; /* options */
  bool poll_always;
};

enum { VMK_WORLD_OPTIONS = 3 };
/* Set the defaults and write the rows of the options that change them; returns how many. */
size_t vmk_world_options(vmk_world *world, vmk_option *rows);
/* After the options.  The rest of *world must be zero. */
VMK_MUST_USE vmk_status vmk_world_init(vmk_world *world, vmk_vm *vm, vmk_error *error);
/* No thread is attached. */
void vmk_world_fini(vmk_world *world);

/* Before the first attach. */
void vmk_world_add_thread_hook(vmk_world *world, bool (*init)(vmk_thread *, void *),
                               void (*fini)(vmk_thread *, void *), void *data);
/* Called at the end of every vmk_poll_slow, in managed state; it may stop the world, and throw. */
void vmk_world_set_poll_hook(vmk_world *world, void (*on_poll)(vmk_thread *) VMK_MOVES_POINTER);
/* Make every poll slow from now on (stress modes).  Before the first attach. */
void vmk_world_poll_always(vmk_world *world);

/* Is the world stopped by t? For assertions. */
static inline bool
vmk_world_is_stopped_by(const vmk_world *world, const vmk_thread *t)
{
  return world->stopper == t;
}

/* Set / clear a bit of a thread's poll word other than HOLD and SUSPEND. Any thread. */
static inline void
vmk_poll_request(vmk_thread *target, uint32_t bit)
{
  __atomic_fetch_or((uint32_t *)&target->poll, bit, __ATOMIC_RELEASE);
}
static inline void
vmk_poll_withdraw(vmk_thread *target, uint32_t bit)
{
  __atomic_fetch_and((uint32_t *)&target->poll, ~bit, __ATOMIC_RELEASE);
}

/* --- the two transitions --------------------------------------------------------------------------- *
 * For stubs that know their state; vmk_enter_managed and its kin are these with checks.  Each stores
 * the state, then reads poll.  Between the two stands a compiler fence only: the thread that sets
 * HOLD pays for the ordering with a membarrier between its store of poll and its load of state. */

/* Become managed when none of the bits is set. */
void vmk_world_to_managed_slow(vmk_thread *t, uint32_t bits);
void vmk_world_to_native_slow(vmk_thread *t);

static VMK_ALWAYS_INLINE void
vmk_world_to_native(vmk_thread *t)
{
  __atomic_store_n((uint32_t *)&t->state, VMK_STATE_NATIVE, __ATOMIC_RELEASE);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  if (VMK_UNLIKELY(__atomic_load_n((uint32_t *)&t->poll, __ATOMIC_RELAXED) & VMK_POLL_HOLD))
    vmk_world_to_native_slow(t);
}

static VMK_ALWAYS_INLINE void
vmk_world_to_managed(vmk_thread *t)
{
  __atomic_store_n((uint32_t *)&t->state, VMK_STATE_MANAGED, __ATOMIC_RELAXED);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  if (VMK_UNLIKELY(__atomic_load_n((uint32_t *)&t->poll, __ATOMIC_ACQUIRE) & VMK_POLL_STAY))
    vmk_world_to_managed_slow(t, VMK_POLL_STAY);
}

#endif
