/* fault.h -- failing on purpose: option fail=alloc:N
 *
 * The N-th request to the system for memory, a mapping or a thread that goes through src/os fails,
 * and only that one.  Tests count up N until a run needs fewer requests.  The counter belongs to the
 * process, not to a vm: the requests that build a vm are to fail too.
 */
#ifndef VMK_BASE_FAULT_H
#define VMK_BASE_FAULT_H

#include <vmkit/vmk_option.h>

typedef struct vmk_fault {
  const char *text; /* option fail, malloc'ed */
} vmk_fault;

enum { VMK_FAULT_OPTIONS = 1 };
size_t vmk_fault_options(vmk_fault *fault, vmk_option *rows);
/* After the options were parsed: arm the counter. */
VMK_MUST_USE vmk_status vmk_fault_start(vmk_fault *fault, vmk_error *error);
/* Disarm and free. */
void vmk_fault_fini(vmk_fault *fault);

/* Arm directly: the n-th request from now fails; 0 disarms. */
void vmk_fault_arm(int64_t n);
/* Asked by the os wrappers before each request: fail this one? */
bool vmk_fault_now(void);

#endif
