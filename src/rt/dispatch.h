/* dispatch.h -- a thread's cache of interface calls */
#ifndef VMK_RT_DISPATCH_H
#define VMK_RT_DISPATCH_H

#include <vmkit/vmk_exec.h>

enum { VMK_DISPATCH_ENTRIES = 256 };

/* kind null: empty.  found is never cleared, so that a flush by another thread leaves either the old
 * answer or none. */
typedef struct vmk_dispatch_entry {
  const vmk_kind *kind;
  const vmk_function *target;
  vmk_function *found;
} vmk_dispatch_entry;

/* rt's part of a thread begins with the table. */
static inline vmk_dispatch_entry *
vmk_dispatch_entry_of(vmk_thread *t, const vmk_function *target, const vmk_kind *kind)
{
  uintptr_t hash = ((uintptr_t)kind >> 4) + ((uintptr_t)target >> 3);
  hash ^= hash >> 8;
  return (vmk_dispatch_entry *)t->rt + hash % VMK_DISPATCH_ENTRIES;
}

/* Forget all answers: a module is about to go. Threads may be running. */
void vmk_dispatch_flush(vmk_vm *vm);
/* World stopped: empty the cells of sites that name a module with is_dead. */
void vmk_dispatch_unload(vmk_vm *vm);

#endif
