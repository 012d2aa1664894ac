/* fault.c -- failing on purpose */
#include "base/fault.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The only mutable variable of the library that is not a thread's: what it counts, requests to the
 * system, is the process's. */
static _Atomic(int64_t) fault_countdown;

size_t
vmk_fault_options(vmk_fault *fault, vmk_option *rows)
{
  rows[0] = (vmk_option){"fail", VMK_OPTION_TEXT, NULL, &fault->text,
                         "alloc:N: the N-th request for memory or a thread fails (tests)"};
  return VMK_FAULT_OPTIONS;
}

vmk_status
vmk_fault_start(vmk_fault *fault, vmk_error *error)
{
  if (!fault->text)
    return VMK_OK;
  static const char prefix[] = "alloc:";
  size_t length = sizeof prefix - 1;
  char *end = NULL;
  long long n = 0;
  if (strncmp(fault->text, prefix, length) == 0)
    n = strtoll(fault->text + length, &end, 10);
  if (!end || *end || n <= 0)
    return vmk_fail(error, VMK_ERROR_OPTION, "fail=%s: expected alloc:N", fault->text);
  vmk_fault_arm(n);
  return VMK_OK;
}

void
vmk_fault_fini(vmk_fault *fault)
{
  if (fault->text)
    vmk_fault_arm(0);
  free((char *)fault->text);
  fault->text = NULL;
}

void
vmk_fault_arm(int64_t n)
{
  atomic_store(&fault_countdown, n);
}

bool
vmk_fault_now(void)
{
  if (VMK_LIKELY(atomic_load_explicit(&fault_countdown, memory_order_relaxed) <= 0))
    return false;
  if (atomic_fetch_sub(&fault_countdown, 1) != 1)
    return false;
  errno = ENOMEM;
  return true;
}
