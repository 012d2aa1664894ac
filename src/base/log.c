/* log.c -- trace lines
 *
 * A line is formatted whole and written with one call, so that lines of several threads do not mix.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"

static int64_t
log_now_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

size_t
vmk_log_options(vmk_log *log, vmk_option *rows)
{
  rows[0] = (vmk_option){"trace", VMK_OPTION_SET, VMK_TRACE_CHOICES, &log->mask,
                         "print what happens, by subject"};
  rows[1] = (vmk_option){"trace.file", VMK_OPTION_TEXT, NULL, &log->file_name,
                         "print it there, not on stderr"};
  return VMK_LOG_OPTIONS;
}

vmk_status
vmk_log_start(vmk_log *log, vmk_error *error)
{
  log->start_ns = log_now_ns();
  if (!log->file_name)
    return VMK_OK;
  log->file = fopen(log->file_name, "we");
  if (!log->file)
    return vmk_fail(error, VMK_ERROR_IO, "cannot write trace.file %s: %s", log->file_name,
                    strerror(errno));
  setvbuf(log->file, NULL, _IOLBF, 0);
  return VMK_OK;
}

void
vmk_log_fini(vmk_log *log)
{
  if (log->file)
    fclose(log->file);
  log->file = NULL;
  free((char *)log->file_name);
  log->file_name = NULL;
  log->mask = 0;
}

bool
vmk_trace_on(vmk_vm *vm, vmk_trace channel)
{
  return vmk_log_on(vmk_vm_log(vm), channel);
}

/* The channel's name: the n-th of the choices. */
static int
log_channel_name(vmk_trace channel, const char **name)
{
  const char *p = VMK_TRACE_CHOICES;
  for (int i = 0; i < (int)channel; i++)
    p = strchr(p, '|') + 1;
  *name = p;
  return (int)strcspn(p, "|");
}

void
vmk_trace_print(vmk_vm *vm, vmk_trace channel, const char *format, ...)
{
  vmk_log *log = vmk_vm_log(vm);
  char line[1024];
  const char *name;
  int name_length = log_channel_name(channel, &name);
  int64_t us = (log_now_ns() - log->start_ns) / 1000;
  int n = snprintf(line, sizeof line, "[%lld.%06llds %.*s] ", (long long)(us / 1000000),
                   (long long)(us % 1000000), name_length, name);
  va_list args;
  va_start(args, format);
  int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, format, args);
  va_end(args);
  if (m < 0)
    return;
  n += m;
  if ((size_t)n > sizeof line - 2)
    n = sizeof line - 2;
  line[n++] = '\n';
  fwrite(line, 1, (size_t)n, log->file ? log->file : stderr);
}
