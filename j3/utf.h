/* utf.h -- modified UTF-8 as class files have it (JVMS 4.4.7) */
#ifndef J3_UTF_H
#define J3_UTF_H

#include <stdbool.h>
#include <stddef.h>

/* No zero byte, no overlong form but that of U+0000, no sequence longer than three bytes. Leaf. */
bool j3_utf_is_valid(const char *text, size_t bytes);

#endif
