/* buf.h -- a string under construction */
#ifndef VMK_BASE_BUF_H
#define VMK_BASE_BUF_H

#include <string.h>

#include "base/memory.h"

/* data[0 .. length) and, once anything was added, a NUL behind it.  All-zero is empty. */
typedef struct vmk_buf {
  char *data;
  size_t length, capacity;
} vmk_buf;

void vmk_buf_add(vmk_buf *buf, const void *bytes, size_t count);
void vmk_buf_printf(vmk_buf *buf, const char *format, ...) VMK_PRINTF(2, 3);

static inline void
vmk_buf_text(vmk_buf *buf, const char *text)
{
  vmk_buf_add(buf, text, strlen(text));
}
static inline void
vmk_buf_char(vmk_buf *buf, char c)
{
  vmk_buf_add(buf, &c, 1);
}
static inline void
vmk_buf_clear(vmk_buf *buf)
{
  buf->length = 0;
  if (buf->data)
    buf->data[0] = 0;
}
static inline void
vmk_buf_fini(vmk_buf *buf)
{
  free(buf->data);
  *buf = (vmk_buf){0};
}
/* The string, which the caller frees with free(); the buffer is empty again.  Never null. */
char *vmk_buf_take(vmk_buf *buf);

#endif
