/* utf.c -- checking modified UTF-8 */
#include "utf.h"

#include <stdint.h>
#include <string.h>

/* Bytes 1 .. 0x7f only, eight at a time: no high bit, and subtracting one from each borrows nowhere. */
static size_t
utf_ascii_prefix(const char *text, size_t bytes)
{
  size_t i = 0;
  for (; i + 8 <= bytes; i += 8) {
    uint64_t w;
    memcpy(&w, text + i, 8);
    if ((w | (w - 0x0101010101010101ull)) & 0x8080808080808080ull)
      break;
  }
  return i;
}

bool
j3_utf_is_valid(const char *text, size_t bytes)
{
  const unsigned char *s = (const unsigned char *)text;
  for (size_t i = utf_ascii_prefix(text, bytes); i < bytes;) {
    size_t n = s[i] < 0x80 ? 1 : (s[i] & 0xe0) == 0xc0 ? 2 : (s[i] & 0xf0) == 0xe0 ? 3 : 0;
    if (n == 0 || n > bytes - i || s[i] == 0)
      return false;
    for (size_t k = 1; k < n; k++)
      if ((s[i + k] & 0xc0) != 0x80)
        return false;
    if (n == 2 && (s[i] & 0x1e) == 0 && !(s[i] == 0xc0 && s[i + 1] == 0x80))
      return false;
    if (n == 3 && s[i] == 0xe0 && s[i + 1] < 0xa0)
      return false;
    i += n;
  }
  return true;
}
