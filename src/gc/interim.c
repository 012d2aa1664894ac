/* interim.c -- what rt defines, until it has landed */
#include "gc/heap.h"

__attribute__((weak)) vmk_heap *
vmk_vm_heap(vmk_vm *vm)
{
  (void)vm;
  return NULL;
}

__attribute__((weak)) vmk_meta_arena *
vmk_module_arena(vmk_module *module)
{
  (void)module;
  return NULL;
}

__attribute__((weak)) const vmk_hooks *
vmk_runtime_hooks(const vmk_runtime *runtime)
{
  (void)runtime;
  return NULL;
}
