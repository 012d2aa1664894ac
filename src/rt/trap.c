/* trap.c -- faults of managed code, given to the runtime to make exceptions of
 *
 * The faulting frame is the youngest: t->fp, t->pc.
 */
#include "rt/tier.h"
#include "rt/vm.h"

/* The runtime whose code runs in the youngest frame; the first one when that is C. */
static vmk_runtime *
trap_runtime(vmk_thread *t)
{
  vmk_frame frame;
  if (vmk_frame_first(t, &frame))
    return frame.function->module->runtime;
  VMK_ASSERT(t->vm->runtime_count);
  return t->vm->runtimes[0];
}

static void
trap_give(vmk_thread *t, vmk_runtime *runtime, const vmk_trap_info *info) VMK_MOVES
{
  if (!runtime->hooks->trap)
    vmk_fatal("trap %d (%lld, %lld), and runtime %s has no trap hook", (int)info->trap,
              (long long)info->a, (long long)info->b, runtime->hooks->name);
  vmk_scope scope = vmk_scope_begin(t);
  runtime->hooks->trap(t, info);
  vmk_scope_end(t, scope);
  VMK_ASSERT(vmk_pending(t));
}

void
vmk_trap_raise(vmk_thread *t, vmk_trap trap, int64_t a, int64_t b)
{
  vmk_trap_info info = {.trap = trap, .a = a, .b = b};
  trap_give(t, trap_runtime(t), &info);
}

void
vmk_trap_store(vmk_thread *t, vmk_handle array, vmk_handle value)
{
  vmk_trap_info info = {.trap = VMK_TRAP_STORE, .object = array, .value = value};
  trap_give(t, trap_runtime(t), &info);
}

void
vmk_trap_out_of_memory(vmk_thread *t, size_t bytes, vmk_kind *kind)
{
  vmk_trap_info info = {.trap = VMK_TRAP_OUT_OF_MEMORY, .a = (int64_t)bytes, .kind = kind};
  trap_give(t, kind && kind->module ? kind->module->runtime : trap_runtime(t), &info);
}

/* The hook gets the reserves at the end of both stacks.  If it uses up these too, the exception that
 * the runtime keeps ready for lack of memory has to do. */
void
vmk_trap_stack_overflow(vmk_thread *t)
{
  vmk_rt_thread *rt = t->rt;
  char *native_limit = rt->native_limit;
  if (rt->overflow_depth >= 2)
    vmk_fatal("stack overflow while the runtime handled one");
  if (rt->overflow_depth++) {
    vmk_trap_out_of_memory(t, 0, NULL);
  } else {
    vmk_thread_private *p = vmk_thread_private_of(t);
    t->stack_limit = p->stack_end - VMK_FRAME_HEADROOM;
    rt->native_limit = p->native_low + (native_limit - p->native_low) / 3;
    vmk_trap_raise(t, VMK_TRAP_STACK_OVERFLOW, 0, 0);
    t->stack_limit = rt->stack_limit;
    rt->native_limit = native_limit;
  }
  rt->overflow_depth--;
}

bool
vmk_trap_can_store(vmk_kind *array, vmk_kind *value)
{
  if (array->flags & VMK_KIND_STORE_ANY || array->element == value)
    return true;
  const vmk_hooks *hooks = array->module->runtime->hooks;
  return !hooks->can_store || hooks->can_store(array, value);
}
