/* log.h -- where trace=... lines go
 *
 * rt embeds a vmk_log in the vm and hands it out with vmk_vm_log; the public functions are
 * vmk_trace_on and vmk_trace_print (vmk_option.h).
 */
#ifndef VMK_BASE_LOG_H
#define VMK_BASE_LOG_H

#include <stdio.h>

#include <vmkit/vmk_option.h>

typedef struct vmk_log {
  uint64_t mask;         /* bit per vmk_trace: option trace */
  const char *file_name; /* option trace.file, malloc'ed; null: stderr */
  FILE *file;
  int64_t start_ns; /* time stamps count from here */
} vmk_log;

/* Defined by rt. */
vmk_log *vmk_vm_log(vmk_vm *vm);

enum { VMK_LOG_OPTIONS = 2 };
/* Write the rows of the options that set `log`; returns how many (VMK_LOG_OPTIONS). */
size_t vmk_log_options(vmk_log *log, vmk_option *rows);
/* After the options were parsed: open the file.  Before it and after fini, lines go to stderr. */
VMK_MUST_USE vmk_status vmk_log_start(vmk_log *log, vmk_error *error);
void vmk_log_fini(vmk_log *log);

/* The inlined test for the library's own hot paths. */
static inline bool
vmk_log_on(const vmk_log *log, vmk_trace channel)
{
  return VMK_UNLIKELY(log->mask >> channel & 1);
}

#endif
