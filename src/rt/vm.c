/* vm.c -- making and freeing a virtual machine; its options; what the parts of the library ask of it
 *
 * The parts are embedded in vmk_vm and started in the order options, log, world, heap.  A failure
 * takes down what was started, in reverse.
 */
#include "rt/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/verify.h"
#include "thread/monitor.h"

/* --- what the parts ask for ----------------------------------------------------------------------- */

vmk_world *
vmk_vm_world(vmk_vm *vm)
{
  return &vm->world;
}

vmk_heap *
vmk_vm_heap(vmk_vm *vm)
{
  return &vm->heap;
}

vmk_log *
vmk_vm_log(vmk_vm *vm)
{
  return &vm->log;
}

vmk_meta_arena *
vmk_module_arena(vmk_module *module)
{
  return &module->arena;
}

const vmk_hooks *
vmk_runtime_hooks(const vmk_runtime *runtime)
{
  return runtime->hooks;
}

/* --- the collector's questions --------------------------------------------------------------------- */

static uint32_t
vm_runtime_count(vmk_vm *vm)
{
  return __atomic_load_n((uint32_t *)&vm->runtime_count, __ATOMIC_ACQUIRE);
}

static void
vm_collected(vmk_vm *vm, vmk_thread *t, const vmk_collection *c) VMK_MOVES
{
  for (uint32_t i = 0; i < vm_runtime_count(vm); i++)
    if (vm->runtimes[i]->hooks->collected)
      vm->runtimes[i]->hooks->collected(vm->runtimes[i], t, c);
}

static void
vm_trace_runtimes(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  for (uint32_t i = 0; i < vm_runtime_count(vm); i++)
    if (vm->runtimes[i]->hooks->trace_roots)
      vm->runtimes[i]->hooks->trace_roots(vm->runtimes[i], tracer);
}

static vmk_ref
vm_forward(vmk_ref object, void *data)
{
  vmk_tracer *tracer = data;
  return vmk_trace_is_live(tracer, object) ? vmk_trace_forwarded(tracer, object) : NULL;
}

static void
vm_trace_weak(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  vmk_monitor_sweep(vm, vm_forward, tracer);
  for (uint32_t i = 0; i < vm_runtime_count(vm); i++)
    if (vm->runtimes[i]->hooks->trace_weak)
      vm->runtimes[i]->hooks->trace_weak(vm->runtimes[i], tracer);
}

/* --- threads ----------------------------------------------------------------------------------------- */

enum { VM_NATIVE_RESERVE = 96 << 10 }; /* for C between two checks in vmk_call */

static bool
vm_thread_init(vmk_thread *t, void *data)
{
  (void)data;
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_rt_thread *rt = vmk_calloc(1, sizeof *rt);
  size_t native = (size_t)(p->native_high - p->native_low);
  rt->stack_limit = t->stack_limit;
  rt->native_limit =
      p->native_low + (native / 4 < VM_NATIVE_RESERVE ? native / 4 : VM_NATIVE_RESERVE);
  t->rt = rt;
  t->fp = p->stack_base;
  /* The stack begins with an entry frame that nobody returns to, so that every frame has a caller. */
  vmk_frame_set_caller(t->fp, NULL, NULL);
  t->fp[VMK_FRAME_FUNCTION] = vmk_frame_tag(t->vm->entry_function, 0);
  t->pc = NULL;
  vmk_tier_thread_init(t);
  vmk_crash_thread_init(t);
  return true;
}

static void
vm_thread_fini(vmk_thread *t, void *data)
{
  (void)data;
  vmk_crash_thread_fini(t);
  vmk_vec_fini(&t->rt->filters);
  free(t->rt);
  t->rt = NULL;
}

static void
vm_poll(vmk_thread *t) VMK_MOVES
{
  vmk_heap_poll(t);
  vmk_throw_poll(t);
}

/* --- options ------------------------------------------------------------------------------------------ */

enum { VM_VERIFY_IR, VM_VERIFY_HEAP }; /* choices of option verify */

static size_t
vm_exec_options(vmk_vm *vm, vmk_option *rows)
{
  vm->crash_report = true;
#if defined(VMK_DEBUG) && VMK_DEBUG
  vm->verify = 1u << VM_VERIFY_IR;
#endif
  rows[0] = (vmk_option){"verify", VMK_OPTION_SET, "ir|heap", &vm->verify,
                         "check functions when they are built, the heap after collections"};
  rows[1] = (vmk_option){"dump", VMK_OPTION_TEXT, NULL, &vm->dump,
                         "ir:NAME: print functions whose name contains NAME when they are built; "
                         "code:NAME: write an object file when they are compiled"};
  rows[2] = (vmk_option){"trace.exec", VMK_OPTION_TEXT, NULL, &vm->trace_filter,
                         "trace=exec: only functions whose name contains this"};
  rows[3] = (vmk_option){"crash.report", VMK_OPTION_FLAG, NULL, &vm->crash_report,
                         "on fatal signals say where in the program they came"};
  return VMK_EXEC_OPTIONS;
}

enum {
  VM_OPTIONS = VMK_LOG_OPTIONS + VMK_FAULT_OPTIONS + VMK_WORLD_OPTIONS + VMK_HEAP_OPTIONS +
               VMK_TIER_OPTIONS + VMK_EXEC_OPTIONS
};

/* Options come from the caller, then from VMK_OPTS, so that a person at the keyboard wins. */
static vmk_status
vm_parse_options(vmk_vm *vm, const vmk_vm_options *options, vmk_heap_config *heap, vmk_error *error)
{
  vmk_option rows[VM_OPTIONS];
  size_t count = vmk_log_options(&vm->log, rows);
  count += vmk_fault_options(&vm->fault, rows + count);
  count += vmk_world_options(&vm->world, rows + count);
  count += vmk_heap_options(heap, rows + count);
  count += vmk_tier_options(&vm->tier, rows + count);
  count += vm_exec_options(vm, rows + count);
  VMK_ASSERT(count == VM_OPTIONS);
  vm->crashed = options->crashed;
  if (options->heap_max_bytes)
    heap->max_bytes = (int64_t)options->heap_max_bytes;
  if (options->heap_initial_bytes)
    heap->initial_bytes = (int64_t)options->heap_initial_bytes;
  if (options->stack_bytes)
    vm->world.stack_bytes = (int64_t)options->stack_bytes;
  const char *texts[2] = {options->options, getenv("VMK_OPTS")};
  for (size_t i = 0; i < VMK_COUNT(texts); i++) {
    if (!texts[i])
      continue;
    if (!strcmp(texts[i], "help")) {
      vmk_options_help(rows, count, stderr);
      continue;
    }
    vmk_status status = vmk_options_parse(texts[i], rows, count, error);
    if (status != VMK_OK)
      return status;
  }
  heap->verify |= vm->verify >> VM_VERIFY_HEAP & 1;
  if (vm->dump && !vmk_vm_dump_of(vm, "ir:") && !vmk_vm_dump_of(vm, "code:") &&
      !vmk_vm_dump_of(vm, "profile:"))
    return vmk_fail(error, VMK_ERROR_OPTION, "dump=%s: must be ir:NAME, code:NAME or profile:NAME",
                    vm->dump);
  return VMK_OK;
}

bool
vmk_module_verifies_ir(const vmk_module *module)
{
  return module->runtime->vm->verify >> VM_VERIFY_IR & 1;
}

/* --- making and freeing --------------------------------------------------------------------------------- */

static void
vm_init_entry(vmk_vm *vm)
{
  vmk_meta_arena_init(&vm->arena, &vm->heap);
  vmk_function *f = vmk_meta_arena_alloc(&vm->arena, sizeof *f);
  vm->entry_code[VMK_ENTRY_EXIT] = VMK_OP_EXIT;
  f->code = vm->entry_code;
  f->frame_slots = VMK_ENTRY_SLOTS;
  f->flags = VMK_FUNCTION_HIDDEN;
  f->signature = vmk_signature_get(vm, VMK_TYPE_VOID, NULL, 0);
  vm->entry_function = f;
}

static vmk_status
vm_start(vmk_vm *vm, const vmk_heap_config *config, vmk_error *error)
{
  vmk_heap_client client = {vmk_trap_out_of_memory, vm_collected, vmk_frames_have_slot};
  vmk_status status = vmk_world_init(&vm->world, vm, error);
  if (status != VMK_OK)
    return status;
  status = vmk_heap_init(&vm->heap, vm, config, &client, error);
  if (status != VMK_OK) {
    vmk_world_fini(&vm->world);
    return status;
  }
  vm_init_entry(vm);
  vmk_tier_init(vm);
  vmk_heap_add_root_source(&vm->heap, vmk_frames_trace, NULL);
  vmk_heap_add_root_source(&vm->heap, vmk_modules_trace, NULL);
  vmk_heap_add_root_source(&vm->heap, vm_trace_runtimes, NULL);
  vmk_heap_add_weak_source(&vm->heap, vm_trace_weak, NULL);
  vmk_heap_add_weak_source(&vm->heap, vmk_modules_sweep, NULL);
  vmk_world_add_thread_hook(&vm->world, vmk_heap_thread_init, vmk_heap_thread_fini, &vm->heap);
  vmk_world_add_thread_hook(&vm->world, vm_thread_init, vm_thread_fini, NULL);
  vmk_world_set_poll_hook(&vm->world, vm_poll);
  if (vmk_heap_polls_always(&vm->heap))
    vmk_world_poll_always(&vm->world);
  return VMK_OK;
}

vmk_status
vmk_vm_new(const vmk_vm_options *options, vmk_vm **out, vmk_error *error)
{
  static const vmk_vm_options defaults;
  vmk_vm *vm = vmk_calloc(1, sizeof *vm);
  vmk_heap_config config;
  pthread_mutex_init(&vm->lists, NULL);
  pthread_cond_init(&vm->claims_changed, NULL);
  pthread_mutex_init(&vm->signature_lock, NULL);
  pthread_mutex_init(&vm->link, NULL);
  vmk_arena_init(&vm->signature_arena);
  vmk_status status = vm_parse_options(vm, options ? options : &defaults, &config, error);
  if (status == VMK_OK)
    status = vmk_log_start(&vm->log, error);
  if (status == VMK_OK)
    status = vmk_fault_start(&vm->fault, error);
  if (status == VMK_OK)
    status = vm_start(vm, &config, error);
  if (status != VMK_OK) {
    vmk_fault_fini(&vm->fault);
    vmk_log_fini(&vm->log);
    vmk_signatures_fini(vm);
    free((char *)vm->dump);
    free((char *)vm->trace_filter);
    free(vm);
    return status;
  }
  vmk_crash_init(vm);
  *out = vm;
  return VMK_OK;
}

void
vmk_vm_free(vmk_vm *vm)
{
  VMK_ASSERT(vmk_thread_count(vm) == 0);
  vmk_crash_fini(vm);
  vmk_vm_report(vm);
  while (vm->modules)
    vmk_module_free(vm->modules);
#if VMK_TIER1
  if (vm->jit)
    vmk_jit_free(vm->jit);
#endif
  for (uint32_t i = 0; i < vm->runtime_count; i++)
    free(vm->runtimes[i]);
  vmk_root_maps_forget(&vm->root_maps);
  vmk_meta_arena_fini(&vm->arena);
  vmk_heap_fini(&vm->heap);
  vmk_world_fini(&vm->world);
  vmk_signatures_fini(vm);
  vmk_fault_fini(&vm->fault);
  vmk_log_fini(&vm->log);
  pthread_mutex_destroy(&vm->lists);
  pthread_cond_destroy(&vm->claims_changed);
  vmk_vec_fini(&vm->claims);
  pthread_mutex_destroy(&vm->signature_lock);
  pthread_mutex_destroy(&vm->link);
  free((char *)vm->dump);
  free((char *)vm->trace_filter);
  free(vm);
}

/* --- runtimes ------------------------------------------------------------------------------------------- */

vmk_status
vmk_runtime_new(vmk_vm *vm, const vmk_hooks *hooks, void *data, vmk_runtime **out, vmk_error *error)
{
  vmk_status status = VMK_OK;
  pthread_mutex_lock(&vm->lists);
  if (vm->runtime_count == VMK_RUNTIMES) {
    status = vmk_fail(error, VMK_ERROR_UNSUPPORTED, "more than %d runtimes", VMK_RUNTIMES);
  } else {
    vmk_runtime *rt = vmk_calloc(1, sizeof *rt);
    *rt = (vmk_runtime){.vm = vm, .hooks = hooks, .data = data, .index = vm->runtime_count};
    vm->runtimes[rt->index] = rt;
    __atomic_store_n((uint32_t *)&vm->runtime_count, rt->index + 1, __ATOMIC_RELEASE);
    *out = rt;
  }
  pthread_mutex_unlock(&vm->lists);
  return status;
}

void *
vmk_runtime_data(const vmk_runtime *rt)
{
  return rt->data;
}

void
vmk_runtime_hear_throws(vmk_runtime *rt, bool on)
{
  VMK_ASSERT(!on || rt->hooks->unwinding);
  __atomic_store_n(&rt->hears_throws, on, __ATOMIC_RELAXED);
}

uint32_t
vmk_runtime_index(const vmk_runtime *rt)
{
  return rt->index;
}

vmk_vm *
vmk_runtime_vm(const vmk_runtime *rt)
{
  return rt->vm;
}
