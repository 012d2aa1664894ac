/* interim.c -- what rt defines, until it has landed */
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
