/* dispatch.c -- interface calls: site cache, thread cache, the runtime's answer
 *
 * A site's cache is filled by the first receiver and stays: sites with one kind of receiver never
 * leave the instruction.  The others share a direct-mapped table of their thread.
 */
#include "rt/dispatch.h"

#include "rt/tier.h"
#include "rt/vm.h"

void
vmk_call_profile_new(vmk_module *module, uint64_t *cell, const vmk_kind *kind, vmk_function *found)
{
  if (!cell || __atomic_load_n(cell, __ATOMIC_RELAXED))
    return;
  pthread_mutex_t *lock = &module->runtime->vm->lists;
  pthread_mutex_lock(lock);
  if (!__atomic_load_n(cell, __ATOMIC_RELAXED)) {
    vmk_call_profile *profile = module->spare_profiles;
    if (profile)
      module->spare_profiles = profile->next;
    else
      profile = vmk_meta_arena_alloc(&module->arena, sizeof *profile);
    *profile = (vmk_call_profile){kind, found, 1, 0, cell, module->profiles};
    module->profiles = profile;
    __atomic_store_n(cell, (uintptr_t)profile, __ATOMIC_RELEASE);
  }
  pthread_mutex_unlock(lock);
}

vmk_function *
vmk_dispatch_interface(vmk_thread *t, vmk_function *target, vmk_kind *kind, uint64_t *cell)
{
  vmk_dispatch_entry *entry = vmk_dispatch_entry_of(t, target, kind);
  if (entry->kind == kind && entry->target == target) {
    vmk_call_profile_new(vmk_frame_function(t->fp)->module, cell, kind, entry->found);
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
  vmk_call_profile_new(vmk_frame_function(t->fp)->module, cell, kind, found);
  return found;
}

static void
dispatch_flush_thread(vmk_thread *t, void *data)
{
  (void)data;
  for (size_t i = 0; i < VMK_DISPATCH_ENTRIES; i++)
    __atomic_store_n(&t->rt->dispatch[i].kind, NULL, __ATOMIC_RELAXED);
}

/* No thread is between loading a profile and using it: there is no safepoint between. */
static void
dispatch_unload_module(vmk_module *module)
{
  vmk_call_profile **link = &module->profiles, *profile;
  while ((profile = *link)) {
    if (!profile->kind->module->is_dead && !profile->found->module->is_dead) {
      link = &profile->next;
      continue;
    }
    __atomic_store_n(profile->cell, 0, __ATOMIC_RELAXED);
    *link = profile->next;
    profile->next = module->spare_profiles;
    module->spare_profiles = profile;
  }
}

void
vmk_dispatch_unload(vmk_vm *vm)
{
  vmk_dispatch_flush(vm);
  for (vmk_module *m = vm->modules; m; m = m->next)
    if (!m->is_dead)
      dispatch_unload_module(m);
}

void
vmk_dispatch_flush(vmk_vm *vm)
{
  vmk_thread_each(vm, dispatch_flush_thread, NULL);
}
