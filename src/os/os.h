/* os.h -- all that the library asks of the operating system
 *
 * One implementation: os_linux.c.  Nothing here knows of vms or threads of ours.  Sizes and addresses
 * of the memory functions are multiples of vmk_os_page_bytes().  Requests for memory, mappings and
 * threads can be made to fail (base/fault.h).
 */
#ifndef VMK_OS_H
#define VMK_OS_H

#include <vmkit/vmk_base.h>

/* --- memory ----------------------------------------------------------------------------------------- *
 * Address space goes reserved -> committed -> (decommitted = reserved) -> released. */

size_t vmk_os_page_bytes(void);

/* Take the address range [at, at + bytes) without access and without memory behind it.  Fails with a
 * message when something else is there. */
VMK_MUST_USE vmk_status vmk_os_reserve(void *at, size_t bytes, vmk_error *error);
/* The same anywhere, aligned (a power of two, at least a page); null when there is no room. */
void *vmk_os_reserve_any(size_t bytes, size_t align);
/* Make part of a reservation readable and writable; fresh pages are zero and get memory at the first
 * touch.  Committing twice keeps the contents.  False: the system refuses. */
VMK_MUST_USE bool vmk_os_commit(void *at, size_t bytes);
/* Give the memory back and take the access away. */
void vmk_os_decommit(void *at, size_t bytes);
/* Give the memory back; the pages stay accessible and read as zero. */
void vmk_os_discard(void *at, size_t bytes);
/* Give the addresses back. */
void vmk_os_release(void *at, size_t bytes);

typedef enum vmk_os_access {
  VMK_OS_NO_ACCESS,
  VMK_OS_READ,
  VMK_OS_READ_WRITE,
} vmk_os_access;
VMK_MUST_USE bool vmk_os_protect(void *at, size_t bytes, vmk_os_access access);
/* Prefer huge pages for the range. A hint. */
void vmk_os_huge_pages(void *at, size_t bytes);

/* Memory for code: two views of it, one readable and executable, one readable and writable; each is
 * released by itself.  Pages are zero and get memory at the first touch.  A forked child shares it
 * and must not write.  False: the system refuses. */
VMK_MUST_USE bool vmk_os_map_code(size_t bytes, void **run, void **edit);

/* A whole file, read only; released with vmk_os_release.  An empty file is (null, 0). */
VMK_MUST_USE vmk_status vmk_os_map_file(const char *path, void **out, size_t *bytes,
                                        vmk_error *error);
/* bytes of a file from `offset` on, private copy on write, over a reservation at `at`. */
VMK_MUST_USE vmk_status vmk_os_map_file_at(int fd, uint64_t offset, void *at, size_t bytes,
                                           vmk_os_access access, vmk_error *error);

/* --- clocks ------------------------------------------------------------------------------------------- */

int64_t vmk_os_now_ns(void);  /* monotonic */
int64_t vmk_os_wall_ns(void); /* since 1970 */
int64_t vmk_os_process_cpu_ns(void);

/* --- machine ------------------------------------------------------------------------------------------ */

/* Processors this process may use: affinity and the cgroup's quota, at least 1. */
uint32_t vmk_os_cpu_count(void);
/* Memory this process may use: the machine's, or the cgroup's limit when that is less. */
uint64_t vmk_os_memory_bytes(void);
/* Resident memory of the process now, in bytes. */
uint64_t vmk_os_resident_bytes(void);

/* --- threads ------------------------------------------------------------------------------------------ */

/* Run body(data) on a new, detached thread.  stack_bytes 0: the system's default. */
VMK_MUST_USE vmk_status vmk_os_thread_start(size_t stack_bytes, void (*body)(void *), void *data,
                                            vmk_error *error);
/* The calling thread's native stack: [*low, *high), low without its guard. */
void vmk_os_stack_bounds(char **low, char **high);
int64_t vmk_os_thread_id(void);
/* Names are cut to what the system keeps (15 bytes). */
void vmk_os_thread_set_name(const char *name);
void vmk_os_thread_set_name_of(int64_t id, const char *name);
/* A clock of the calling thread's CPU time, readable from any thread; -1 once the thread is gone. */
int vmk_os_thread_cpu_clock(void);
int64_t vmk_os_cpu_clock_ns(int clock);
void vmk_os_yield(void);

/* Hint inside a spin loop. */
static inline void
vmk_os_pause(void)
{
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* --- waiting and ordering --------------------------------------------------------------------------------- */

#define VMK_OS_FOREVER INT64_MAX

/* Sleep while *word == expected, until a wake or the deadline (absolute ns on the monotonic or the
 * wall clock; VMK_OS_FOREVER: none).  May return early for no reason; false only at the deadline. */
bool vmk_os_futex_wait(_Atomic(uint32_t) *word, uint32_t expected, int64_t deadline_ns,
                       bool wall_clock);
/* Wake up to `count` waiters.  The word's memory may be gone already. */
void vmk_os_futex_wake(_Atomic(uint32_t) *word, int count);

/* A full memory barrier on every running thread of the process.  Available after register returned
 * true: Linux 4.14 and later, unless a sandbox forbids it. */
bool vmk_os_membarrier_register(void);
void vmk_os_membarrier(void);

#endif
