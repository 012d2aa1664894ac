/* memory.c -- malloc that does not return null */
#include "base/memory.h"

#include <string.h>

static VMK_NORETURN void
memory_out(size_t bytes)
{
  vmk_fatal("out of memory: %zu bytes wanted", bytes);
}

void *
vmk_malloc(size_t bytes)
{
  void *p = malloc(bytes ? bytes : 1);
  if (!p)
    memory_out(bytes);
  return p;
}

void *
vmk_calloc(size_t count, size_t bytes)
{
  void *p = calloc(count ? count : 1, bytes ? bytes : 1);
  if (!p)
    memory_out(count * bytes);
  return p;
}

void *
vmk_realloc(void *old, size_t bytes)
{
  void *p = realloc(old, bytes ? bytes : 1);
  if (!p)
    memory_out(bytes);
  return p;
}

char *
vmk_strdup(const char *text)
{
  size_t bytes = strlen(text) + 1;
  return memcpy(vmk_malloc(bytes), text, bytes);
}
