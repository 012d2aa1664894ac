/* memory.h -- the C heap for structures the library cannot do without
 *
 * These abort with a message when memory is out: nobody could go on without a hash table's slots.
 * What can be refused (heap, stacks, threads) goes through src/os and returns a status.
 */
#ifndef VMK_BASE_MEMORY_H
#define VMK_BASE_MEMORY_H

#include <stdlib.h>

#include <vmkit/vmk_base.h>

/* Never null; free with free().  Any thread. */
void *vmk_malloc(size_t bytes) __attribute__((malloc, returns_nonnull));
void *vmk_calloc(size_t count, size_t bytes) __attribute__((malloc, returns_nonnull)); /* zeroed */
void *vmk_realloc(void *old, size_t bytes) __attribute__((returns_nonnull));
char *vmk_strdup(const char *text) __attribute__((malloc, returns_nonnull));

/* Print "vmkit: message" and abort: the outside world left no way to go on (not a bug of ours). */
VMK_NORETURN void vmk_fatal(const char *format, ...) VMK_PRINTF(1, 2);

#endif
