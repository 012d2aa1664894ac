/* gc_fake.h -- a vm of nothing but threads and a heap, for the tests of src/gc
 *
 * Include once per test program: it defines what rt defines.  The motion check is off here: tests look
 * at raw references on purpose.
 */
#ifndef VMK_TEST_GC_FAKE_H
#define VMK_TEST_GC_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "gc/alloc_inline.h"
#include "gc/block.h"
#include "gc/heap.h"
#include "gc/tracer.h"
#include "os/os.h"
#include "thread/world.h"

#pragma clang diagnostic ignored "-Wthread-safety"

struct vmk_runtime {
  vmk_hooks hooks;
};
struct vmk_module {
  vmk_slot holder;
  vmk_meta_arena arena;
  vmk_runtime *runtime;
  vmk_slot root; /* while it has a holder */
};
struct vmk_vm {
  vmk_world world;
  vmk_heap heap;
  vmk_log log;
  vmk_runtime runtime;
  vmk_module module;
  vmk_thread *t;
  unsigned out_of_memory; /* traps seen */
  void **interior;        /* reported as managed pointers */
  size_t interior_count;
  vmk_slot *slots; /* reported as roots */
  size_t slot_count;
};

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
vmk_runtime *
vmk_module_runtime(const vmk_module *module)
{
  return module->runtime;
}
void
vmk_module_trace(vmk_module *module, vmk_tracer *tracer)
{
  vmk_trace_root(tracer, &module->root);
}
const vmk_hooks *
vmk_runtime_hooks(const vmk_runtime *runtime)
{
  return &runtime->hooks;
}

/* The pending exception is the preallocated first slot, or any object. */
static inline void
fake_out_of_memory(vmk_thread *t, size_t bytes, vmk_kind *kind)
{
  (void)bytes;
  (void)kind;
  t->vm->out_of_memory++;
}

static inline void
fake_roots(vmk_vm *vm, vmk_tracer *tracer, void *data)
{
  (void)data;
  for (size_t i = 0; i < vm->slot_count; i++)
    vmk_trace_root(tracer, &vm->slots[i]);
  for (size_t i = 0; i < vm->interior_count; i++)
    vmk_trace_interior(tracer, &vm->interior[i]);
}

/* Start a vm with these options; the calling thread is attached and managed. */
static inline vmk_vm *
fake_start(const char *options)
{
  vmk_vm *vm = calloc(1, sizeof *vm);
  vmk_option rows[VMK_HEAP_OPTIONS + VMK_WORLD_OPTIONS + VMK_LOG_OPTIONS];
  vmk_heap_config config;
  vmk_error error = {""};
  size_t count = vmk_heap_options(&config, rows);
  count += vmk_world_options(&vm->world, rows + count);
  count += vmk_log_options(&vm->log, rows + count);
  if (vmk_options_parse(options, rows, count, &error) || vmk_log_start(&vm->log, &error) ||
      vmk_world_init(&vm->world, vm, &error))
    fail_msg("%s", error.message);
  vmk_heap_client client = {.out_of_memory = fake_out_of_memory};
  if (vmk_heap_init(&vm->heap, vm, &config, &client, &error))
    fail_msg("%s", error.message);
  vmk_heap_add_root_source(&vm->heap, fake_roots, NULL);
  vmk_world_add_thread_hook(&vm->world, vmk_heap_thread_init, vmk_heap_thread_fini, &vm->heap);
  vmk_world_set_poll_hook(&vm->world, vmk_heap_poll);
  if (vmk_heap_polls_always(&vm->heap))
    vmk_world_poll_always(&vm->world);
  vmk_meta_arena_init(&vm->module.arena, &vm->heap);
  vm->module.runtime = &vm->runtime;
  if (vmk_thread_attach(vm, 0, &vm->t, &error))
    fail_msg("%s", error.message);
  vmk_enter_managed(vm->t);
  return vm;
}

static inline void
fake_stop(vmk_vm *vm)
{
  vmk_leave_managed(vm->t, false);
  vmk_thread_detach(vm->t);
  vmk_meta_arena_fini(&vm->module.arena);
  vmk_heap_fini(&vm->heap);
  vmk_world_fini(&vm->world);
  vmk_log_fini(&vm->log);
  free(vm);
}

/* Collect and verify: no faults. */
static inline void
fake_collect(vmk_vm *vm, bool hard)
{
  vmk_heap_collect(vm->t, hard ? VMK_COLLECT_HARD : VMK_COLLECT_NORMAL, 0);
  vmk_world_stop(vm->t);
  size_t faults = vmk_heap_verify(&vm->heap, vm->t);
  vmk_world_resume(vm->t);
  assert_int_equal(faults, 0);
}

/* --- kinds ------------------------------------------------------------------------------------------ */

static inline vmk_kind *
fake_kind(vmk_vm *vm, vmk_shape shape)
{
  vmk_kind *kind = vmk_meta_alloc(&vm->module, sizeof *kind);
  kind->shape = (uint8_t)shape;
  kind->module = &vm->module;
  return kind;
}
/* `refs` references first, then `bytes` of data. */
static inline vmk_kind *
fake_plain(vmk_vm *vm, unsigned refs, unsigned bytes)
{
  vmk_kind *kind = fake_kind(vm, VMK_SHAPE_PLAIN);
  kind->size = (uint32_t)vmk_align_object(VMK_HEADER_BYTES + refs * VMK_REF_BYTES + bytes);
  kind->ref_bits = refs >= 64 ? ~0ull : (1ull << refs) - 1;
  if (refs > 64) {
    kind->ref_word_count = (refs - 64 + 63) / 64;
    uint64_t *words = vmk_meta_alloc(&vm->module, kind->ref_word_count * 8);
    for (unsigned i = 64; i < refs; i++)
      words[(i - 64) / 64] |= 1ull << (i % 64);
    kind->ref_words = words;
  }
  return kind;
}
static inline vmk_kind *
fake_array(vmk_vm *vm, unsigned element_shift)
{
  vmk_kind *kind = fake_kind(vm, VMK_SHAPE_ARRAY);
  kind->element_shift = (uint8_t)element_shift;
  kind->size = 1u << element_shift;
  return kind;
}
static inline vmk_kind *
fake_array_ref(vmk_vm *vm)
{
  vmk_kind *kind = fake_kind(vm, VMK_SHAPE_ARRAY_REF);
  kind->element_shift = VMK_REF_BYTES == 8 ? 3 : 2;
  kind->size = VMK_REF_BYTES;
  kind->flags = VMK_KIND_STORE_ANY;
  return kind;
}
/* One reference, then data; elements of `bytes`. */
static inline vmk_kind *
fake_array_aggregate(vmk_vm *vm, unsigned bytes)
{
  vmk_kind *kind = fake_kind(vm, VMK_SHAPE_ARRAY_AGGREGATE);
  kind->size = bytes;
  kind->ref_bits = 1;
  return kind;
}
/* A reference object: referent (not in the bitmap), a link, an i64. */
enum { FAKE_REFERENT = VMK_HEADER_BYTES, FAKE_LINK = VMK_HEADER_BYTES + VMK_REF_BYTES };
static inline vmk_kind *
fake_weak(vmk_vm *vm, vmk_strength strength)
{
  vmk_kind *kind = fake_plain(vm, 2, 8);
  kind->strength = (uint8_t)strength;
  kind->referent_offset = FAKE_REFERENT;
  kind->ref_bits = 2;
  return kind;
}

/* Offset of reference i of a plain object. */
static inline size_t
fake_ref(unsigned i)
{
  return VMK_HEADER_BYTES + i * VMK_REF_BYTES;
}
/* Offset of the data behind `refs` references, 8-aligned. */
static inline size_t
fake_data(unsigned refs)
{
  return vmk_align_object(fake_ref(refs));
}

#endif
