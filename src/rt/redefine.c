/* redefine.c -- functions get new code while frames run the old
 *
 * Everything that calls a function holds its address: vtables, linked sites, dispatch caches, the runtime's
 * own tables.  So the function stays, and what has to change are the few places that go with its code:
 *
 *     frames         in the middle of the code: renamed to the former function, which owns it from now on
 *     sites          name the function that they are in
 *     compiled code  of the function, and of others with its code inlined: freed, see below
 *     root maps      found by addresses of code, made for a function
 *
 * .inv.forget: when compiled code is freed no thread goes back to it.  There are three ways back: an entry
 * (reset by vmk_jit_forget), the return address in a frame, and C that was called by the code and is at
 * a safepoint.  Frames are complete at each instruction, so that all return addresses can be those of tier
 * 0; and C compares vm->code_epoch before it returns to code (src/jit/stub.c).
 */
#include "rt/tier.h"
#include "rt/vm.h"

typedef struct redefine_frames {
  const vmk_map *formers;
  bool forget; /* return to tier 0 */
} redefine_frames;

static void
redefine_thread(vmk_thread *t, void *data)
{
  const redefine_frames *job = data;
  const vmk_function *entry = t->vm->entry_function;
  const uint32_t *pc = t->pc;
  for (uint64_t *fp = t->fp; fp; pc = vmk_frame_caller_pc(fp), fp = vmk_frame_caller(fp)) {
    const vmk_function *f = vmk_frame_function(fp);
    if (f == entry)
      continue;
    const vmk_function *former = pc ? vmk_map_get_ptr(job->formers, f) : NULL;
    if (former)
      fp[VMK_FRAME_FUNCTION] = vmk_frame_tag(former, vmk_frame_destination(fp));
    if (job->forget)
      fp[VMK_FRAME_ADDRESS] = (uintptr_t)vmk_tier_return;
  }
}

/* Only code moves: what C is bound to has no frames that look at it again. */
static void
redefine_function(vmk_function *f, vmk_function *former)
{
  vmk_body *body = f->body;
  if (f->code) {
    void *client = former->client;
    uint32_t flags = former->flags;
    *former = *f;
    former->client = client;
    former->flags = flags;
    for (uint32_t i = 0; i < body->site_count; i++)
      body->sites[i].function = former;
    if (body->profile)
      body->profile->function = former;
    vmk_tier_start(former);
    former->entry = (void *)vmk_tier_entry_of(former);
  }
  vmk_function_declare(f);
}

/* Translations that are under way; they began with the old code. */
static void
redefine_claims(vmk_vm *vm, const vmk_map *formers)
{
  pthread_mutex_lock(&vm->lists);
  for (size_t i = 0; i < vm->claims.count; i++)
    vm->claims.data[i].is_stale |= vmk_map_get_ptr(formers, vm->claims.data[i].function) != NULL;
  pthread_mutex_unlock(&vm->lists);
}

void
vmk_functions_redefine(vmk_thread *t, const vmk_redefinition *list, size_t count)
{
  vmk_vm *vm = t->vm;
  vmk_map formers = {0};
  for (size_t i = 0; i < count; i++) {
    VMK_ASSERT(list[i].function->signature == list[i].former->signature &&
               list[i].function->module == list[i].former->module && !list[i].former->code);
    vmk_map_put_ptr(&formers, list[i].function, list[i].former);
  }
  redefine_frames job = {&formers, false};
#if VMK_TIER1
  job.forget = vm->jit && vmk_jit_forget(vm->jit, &formers);
#endif
  vm->code_epoch += job.forget;
  vmk_thread_each(vm, redefine_thread, &job);
  redefine_claims(vm, &formers);
  for (size_t i = 0; i < count; i++)
    redefine_function(list[i].function, list[i].former);
  vmk_root_maps_invalidate(&vm->root_maps);
  vmk_map_fini(&formers);
}
