/* error.c -- statuses with a message, broken invariants, fatal ends */
#include <execinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/memory.h"

vmk_status
vmk_fail(vmk_error *error, vmk_status status, const char *format, ...)
{
  if (error) {
    va_list args;
    va_start(args, format);
    vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
  }
  return status;
}

/* Formats into a local buffer and writes once: the C library's streams may be what broke. */
static void
error_write(const char *format, va_list args)
{
  char text[512];
  int n = vsnprintf(text, sizeof text - 1, format, args);
  if (n < 0)
    return;
  if ((size_t)n > sizeof text - 2)
    n = sizeof text - 2;
  text[n++] = '\n';
  if (write(STDERR_FILENO, text, (size_t)n) < 0)
    return; /* nowhere left to say it */
}

static void
error_print(const char *format, ...)
{
  va_list args;
  va_start(args, format);
  error_write(format, args);
  va_end(args);
}

void
vmk_assert_failed(const char *expression, const char *file, int line)
{
  void *frames[64];
  error_print("vmkit: %s:%d: assertion failed: %s", file, line, expression);
  int count = backtrace(frames, VMK_COUNT(frames));
  backtrace_symbols_fd(frames, count, STDERR_FILENO);
  abort();
}

void
vmk_fatal(const char *format, ...)
{
  char message[448];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  error_print("vmkit: %s", message);
  abort();
}
