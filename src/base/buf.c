/* buf.c -- growth and formatting of strings under construction */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

static void
buf_reserve(vmk_buf *buf, size_t extra)
{
  size_t need = buf->length + extra + 1;
  if (need <= buf->capacity)
    return;
  size_t to = buf->capacity ? buf->capacity * 2 : 64;
  buf->capacity = to < need ? need : to;
  buf->data = vmk_realloc(buf->data, buf->capacity);
}

void
vmk_buf_add(vmk_buf *buf, const void *bytes, size_t count)
{
  buf_reserve(buf, count);
  memcpy(buf->data + buf->length, bytes, count);
  buf->length += count;
  buf->data[buf->length] = 0;
}

void
vmk_buf_printf(vmk_buf *buf, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  buf_reserve(buf, 0);
  int n = vsnprintf(buf->data + buf->length, buf->capacity - buf->length, format, args);
  VMK_ASSERT(n >= 0);
  if ((size_t)n >= buf->capacity - buf->length) {
    buf_reserve(buf, (size_t)n);
    vsnprintf(buf->data + buf->length, buf->capacity - buf->length, format, again);
  }
  buf->length += (size_t)n;
  va_end(again);
  va_end(args);
}

char *
vmk_buf_take(vmk_buf *buf)
{
  buf_reserve(buf, 0);
  buf->data[buf->length] = 0;
  char *text = buf->data;
  *buf = (vmk_buf){0};
  return text;
}
