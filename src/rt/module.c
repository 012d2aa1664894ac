/* module.c -- modules, the roots that they hold, and their end
 *
 * A module's metaspace holds its functions and their bodies.  The objects that constants of code refer
 * to are in two kinds of slots: those that the builder laid out (vmk_body.refs) and those made later
 * (vmk_module_root_new), which live in chunks of the module.
 *
 * .inv.unload: a module with a holder is reachable by nothing that does not keep the holder.  What can get
 * at it: instances of its kinds (they are HELD), frames (frame.c reports the holders of all that run),
 * references to the holder itself, and other modules, whose runtime sees to it that a root of theirs
 * keeps the holder.  Caches that hold nothing alive are emptied here: dispatch caches of sites and
 * threads, root maps, compiled code.  The holder's slot is weak: tracing uses it only to mark the holder, and
 * the sweep, after everything live is known, updates it or unloads.
 */
#include "rt/vm.h"

#include "gc/kind.h"
#include "ir/body.h"

enum { MODULE_SLOTS = 62 };

struct vmk_root_chunk {
  struct vmk_root_chunk *next;
  uint64_t used;
  vmk_slot slots[MODULE_SLOTS];
};

vmk_module *
vmk_module_new(vmk_runtime *rt, void *client)
{
  vmk_vm *vm = rt->vm;
  vmk_module *module = vmk_calloc(1, sizeof *module);
  module->runtime = rt;
  module->client = client;
  vmk_meta_arena_init(&module->arena, &vm->heap);
  pthread_mutex_lock(&vm->lists);
  module->next = vm->modules;
  if (module->next)
    module->next->previous = module;
  vm->modules = module;
  pthread_mutex_unlock(&vm->lists);
  return module;
}

/* Of a module that no cache names any more. */
static void
module_free(vmk_vm *vm, vmk_module *module)
{
#if VMK_TIER1
  if (vm->jit)
    vmk_jit_free_module(vm->jit, module);
#endif
  pthread_mutex_lock(&vm->lists);
  *(module->previous ? &module->previous->next : &vm->modules) = module->next;
  if (module->next)
    module->next->previous = module->previous;
  pthread_mutex_unlock(&vm->lists);
  vmk_vec_fini(&module->rooted);
  while (module->roots) {
    struct vmk_root_chunk *next = module->roots->next;
    free(module->roots);
    module->roots = next;
  }
  vmk_meta_arena_fini(&module->arena);
  free(module);
}

void
vmk_module_free(vmk_module *module)
{
  vmk_vm *vm = module->runtime->vm;
  vmk_dispatch_flush(vm);
  vmk_root_maps_invalidate(&vm->root_maps);
  module_free(vm, module);
  vmk_meta_settle(&vm->heap);
}

vmk_runtime *
vmk_module_runtime(const vmk_module *module)
{
  return module->runtime;
}

void *
vmk_module_client(const vmk_module *module)
{
  return module->client;
}

vmk_handle
vmk_module_set_holder(vmk_thread *t, vmk_module *module, vmk_handle holder)
{
  (void)t;
  const vmk_kind *kind = vmk_handle_kind(holder);
  VMK_ASSERT(kind->flags & VMK_KIND_HOLDER && !module->holder.ref &&
             !*vmk_kind_held_module(kind, holder->ref));
  *vmk_kind_held_module(kind, holder->ref) = module;
  module->holder = *holder;
  vmk_meta_arena_hold(&module->arena);
  return &module->holder;
}

void
vmk_unload_block(vmk_vm *vm)
{
  __atomic_fetch_add((uint32_t *)&vm->unload_blocks, 1, __ATOMIC_RELAXED);
}

void
vmk_unload_unblock(vmk_vm *vm)
{
  __atomic_fetch_sub((uint32_t *)&vm->unload_blocks, 1, __ATOMIC_RELAXED);
}

/* --- roots ------------------------------------------------------------------------------------------------ */

vmk_handle
vmk_module_root_new(vmk_module *module, vmk_handle object)
{
  vmk_vm *vm = module->runtime->vm;
  pthread_mutex_lock(&vm->lists);
  if (!module->roots || module->roots->used == MODULE_SLOTS) {
    struct vmk_root_chunk *chunk = vmk_calloc(1, sizeof *chunk);
    chunk->next = module->roots;
    module->roots = chunk;
  }
  vmk_slot *slot = &module->roots->slots[module->roots->used++];
  if (object)
    *slot = *object;
  pthread_mutex_unlock(&vm->lists);
  return slot;
}

void
vmk_module_add_rooted(vmk_module *module, vmk_body *body)
{
  vmk_vm *vm = module->runtime->vm;
  pthread_mutex_lock(&vm->lists);
  vmk_vec_push(&module->rooted, body);
  pthread_mutex_unlock(&vm->lists);
}

/* World stopped; a thread stopped while it held the lock would be managed, so nobody holds it. */
void
vmk_module_trace(vmk_module *module, vmk_tracer *tracer)
{
  for (size_t i = 0; i < module->rooted.count; i++)
    for (uint32_t r = 0; r < module->rooted.data[i]->ref_count; r++)
      vmk_trace_root(tracer, &module->rooted.data[i]->refs[r]);
  for (struct vmk_root_chunk *chunk = module->roots; chunk; chunk = chunk->next)
    for (uint64_t s = 0; s < chunk->used; s++)
      vmk_trace_root(tracer, &chunk->slots[s]);
}

void
vmk_modules_trace(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  bool blocked = __atomic_load_n((uint32_t *)&vm->unload_blocks, __ATOMIC_RELAXED);
  for (vmk_module *m = vm->modules; m; m = m->next) {
    if (!m->holder.ref)
      vmk_module_trace(m, tracer);
    else if (blocked)
      vmk_trace_root(tracer, &m->holder);
  }
}

/* --- unloading ---------------------------------------------------------------------------------------------- */

typedef VMK_VEC(vmk_module *) module_list;

/* Mark and list the modules whose holders are dead; the others follow theirs. */
static void
modules_find_dead(vmk_vm *vm, vmk_tracer *tracer, module_list *dead)
{
  for (vmk_module *m = vm->modules; m; m = m->next) {
    if (!m->holder.ref)
      continue;
    m->is_dead = !vmk_trace_is_live(tracer, m->holder.ref);
    if (m->is_dead)
      vmk_vec_push(dead, m);
    else
      m->holder.ref = vmk_trace_forwarded(tracer, m->holder.ref);
  }
}

static void
modules_tell(vmk_vm *vm, vmk_thread *t, const module_list *dead)
{
  module_list own = {0};
  for (uint32_t i = 0; i < vm->runtime_count; i++) {
    vmk_runtime *rt = vm->runtimes[i];
    vmk_vec_clear(&own);
    for (size_t d = 0; d < dead->count; d++)
      if (dead->data[d]->runtime == rt)
        vmk_vec_push(&own, dead->data[d]);
    if (own.count && rt->hooks->unload)
      rt->hooks->unload(rt, t, own.data, own.count);
  }
  vmk_vec_fini(&own);
}

void
vmk_modules_sweep(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  module_list dead = {0};
  modules_find_dead(vm, tracer, &dead);
  if (dead.count) {
    modules_tell(vm, vmk_tracer_thread(tracer), &dead);
    vmk_dispatch_unload(vm);
    vmk_root_maps_invalidate(&vm->root_maps);
    for (size_t i = 0; i < dead.count; i++)
      module_free(vm, dead.data[i]);
    vmk_meta_settle(&vm->heap);
  }
  vmk_vec_fini(&dead);
}
