/* version.c -- what this library calls itself. */
#include <vmkit/vmk_version.h>

const char *
vmk_version(void)
{
  return VMK_VERSION;
}
