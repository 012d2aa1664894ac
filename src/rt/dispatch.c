/* dispatch.c -- interface calls: site cache, thread cache, the runtime's answer
 *
 * A site's cache is filled by the first receiver and stays: sites with one kind of receiver never
 * leave the instruction.  The others share a direct-mapped table of their thread.
 */
#include "rt/dispatch.h"

#include "rt/tier.h"
#include "rt/vm.h"

static void
dispatch_fill_pair(vmk_module *module, uint64_t *pair, const vmk_kind *kind, vmk_function *found)
{
  uint64_t none = 0;
  if (!pair || __atomic_load_n(pair, __ATOMIC_RELAXED))
    return;
  vmk_dispatch_pair *p = vmk_meta_arena_alloc(&module->arena, sizeof *p);
  *p = (vmk_dispatch_pair){kind, found};
  __atomic_compare_exchange_n(pair, &none, (uintptr_t)p, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

vmk_function *
vmk_dispatch_interface(vmk_thread *t, vmk_function *target, vmk_kind *kind, uint64_t *pair)
{
  vmk_dispatch_entry *entry = vmk_dispatch_entry_of(t, target, kind);
  if (entry->kind == kind && entry->target == target) {
    dispatch_fill_pair(vmk_frame_function(t->fp)->module, pair, kind, entry->found);
    return entry->found;
  }
  const vmk_hooks *hooks = target->module->runtime->hooks;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_function *found = hooks->dispatch ? hooks->dispatch(t, target, kind) : target;
  vmk_scope_end(t, scope);
  if (!found) {
    VMK_ASSERT(vmk_pending(t));
    return NULL;
  }
  /* Looked up again by hand: the hook may have run code that used the table. */
  *vmk_dispatch_entry_of(t, target, kind) = (vmk_dispatch_entry){kind, target, found};
  dispatch_fill_pair(vmk_frame_function(t->fp)->module, pair, kind, found);
  return found;
}

static void
dispatch_flush_thread(vmk_thread *t, void *data)
{
  (void)data;
  for (size_t i = 0; i < VMK_DISPATCH_ENTRIES; i++)
    __atomic_store_n(&t->rt->dispatch[i].kind, NULL, __ATOMIC_RELAXED);
}

void
vmk_dispatch_flush(vmk_vm *vm)
{
  vmk_thread_each(vm, dispatch_flush_thread, NULL);
}
