/* interim.c -- what rt defines, until it has landed */
#include <stdio.h>

#include "ir/print.h"
#include "ir/verify.h"

__attribute__((weak)) bool
vmk_module_verifies_ir(const vmk_module *module)
{
  (void)module;
  return false;
}

__attribute__((weak)) void
vmk_function_name(const vmk_function *f, char *buffer, size_t size)
{
  snprintf(buffer, size, "%p", (const void *)f);
}
