/* module.c -- modules, and the roots that their functions hold
 *
 * A module's metaspace holds its functions and their bodies.  The objects that constants of code refer
 * to are in two kinds of slots: those that the builder laid out (vmk_body.refs) and those made while
 * linking (appendices), which live in chunks of the module.
 */
#include "rt/vm.h"

#include "ir/body.h"

enum { MODULE_SLOTS = 62 };

struct vmk_root_chunk {
  struct vmk_root_chunk *next;
  uint64_t used;
  vmk_slot slots[MODULE_SLOTS];
};

vmk_module *
vmk_module_new(vmk_runtime *rt)
{
  vmk_vm *vm = rt->vm;
  vmk_module *module = vmk_calloc(1, sizeof *module);
  module->runtime = rt;
  vmk_meta_arena_init(&module->arena, &vm->heap);
  pthread_mutex_lock(&vm->lists);
  module->next = vm->modules;
  if (module->next)
    module->next->previous = module;
  vm->modules = module;
  pthread_mutex_unlock(&vm->lists);
  return module;
}

void
vmk_module_free(vmk_module *module)
{
  vmk_vm *vm = module->runtime->vm;
  vmk_dispatch_flush(vm);
  vmk_root_maps_invalidate(&vm->root_maps);
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

vmk_slot *
vmk_module_new_root(vmk_module *module, vmk_ref object)
{
  vmk_vm *vm = module->runtime->vm;
  pthread_mutex_lock(&vm->lists);
  if (!module->roots || module->roots->used == MODULE_SLOTS) {
    struct vmk_root_chunk *chunk = vmk_calloc(1, sizeof *chunk);
    chunk->next = module->roots;
    module->roots = chunk;
  }
  vmk_slot *slot = &module->roots->slots[module->roots->used++];
  slot->ref = object;
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
vmk_modules_trace(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  for (vmk_module *m = vm->modules; m; m = m->next) {
    for (size_t i = 0; i < m->rooted.count; i++)
      for (uint32_t r = 0; r < m->rooted.data[i]->ref_count; r++)
        vmk_trace_root(tracer, &m->rooted.data[i]->refs[r]);
    for (struct vmk_root_chunk *chunk = m->roots; chunk; chunk = chunk->next)
      for (uint64_t s = 0; s < chunk->used; s++)
        vmk_trace_root(tracer, &chunk->slots[s]);
  }
}
