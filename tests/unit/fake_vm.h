/* fake_vm.h -- as much of a vm as src/thread needs, for tests that run without src/rt
 *
 * Include it in one test's .c file only.  Threads' bodies are VMK_MOVES_ENTRY.
 */
#ifndef TESTS_FAKE_VM_H
#define TESTS_FAKE_VM_H

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <vmkit/vmk_ref.h>

#include "base/log.h"
#include "thread/monitor.h"
#include "thread/world.h"

struct vmk_vm {
  vmk_world world;
  vmk_log log;
  _Atomic(int) running; /* threads of fake_start */
};

vmk_world *
vmk_vm_world(vmk_vm *vm)
{
  return &vm->world;
}

vmk_log *
vmk_vm_log(vmk_vm *vm)
{
  return &vm->log;
}

/* One local handle a thread is enough here. */
vmk_handle
vmk_local(vmk_thread *t, vmk_ref ref)
{
  vmk_slot *slot = (vmk_slot *)&t->client[0];
  slot->ref = ref;
  return slot;
}

/* Tests judge from many threads, where cmocka's assertions cannot be used. */
#define CHECK(x) ((x) ? (void)0 : vmk_assert_failed(#x, __FILE__, __LINE__))

static vmk_vm *
fake_vm_new(const char *options)
{
  vmk_option rows[VMK_WORLD_OPTIONS];
  vmk_error error;
  vmk_vm *vm = calloc(1, sizeof *vm);
  size_t count = vmk_world_options(&vm->world, rows);
  CHECK(vmk_options_parse(options, rows, count, &error) == VMK_OK);
  CHECK(vmk_world_init(&vm->world, vm, &error) == VMK_OK);
  return vm;
}

static inline void
fake_vm_free(vmk_vm *vm)
{
  while (vmk_thread_count(vm)) /* bodies are done, but may still be detaching */
    vmk_os_yield();
  vmk_world_fini(&vm->world);
  free(vm);
}

typedef struct fake_start_data {
  void (*body)(vmk_thread *, void *);
  void *data;
} fake_start_data;

static void
fake_main(vmk_thread *t, void *data)
{
  fake_start_data start = *(fake_start_data *)data;
  free(data);
  start.body(t, start.data);
  atomic_fetch_sub(&t->vm->running, 1);
}

/* Run body(t, data) on a thread of its own; fake_join waits for all. */
static inline vmk_thread *
fake_start(vmk_vm *vm, void (*body)(vmk_thread *, void *), void *data)
{
  vmk_error error;
  vmk_thread *t = NULL;
  fake_start_data *start = malloc(sizeof *start);
  *start = (fake_start_data){body, data};
  atomic_fetch_add(&vm->running, 1);
  if (vmk_thread_start(vm, 64 << 10, fake_main, start, &t, &error) != VMK_OK) {
    fprintf(stderr, "%s\n", error.message);
    abort();
  }
  return t;
}

static inline void
fake_join(vmk_vm *vm)
{
  while (atomic_load(&vm->running))
    vmk_os_yield();
}

#endif
