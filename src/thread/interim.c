/* interim.c -- what rt and gc define, until they have landed */
#include <vmkit/vmk_ref.h>

#include "base/log.h"
#include "thread/world.h"

__attribute__((weak)) vmk_log *
vmk_vm_log(vmk_vm *vm)
{
  (void)vm;
  return NULL;
}

__attribute__((weak)) vmk_world *
vmk_vm_world(vmk_vm *vm)
{
  (void)vm;
  return NULL;
}

__attribute__((weak)) vmk_handle
vmk_local(vmk_thread *t, vmk_ref ref)
{
  (void)t;
  (void)ref;
  return NULL;
}
