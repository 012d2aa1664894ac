/* natives_intrinsic.c -- C bodies for the class library's hottest loops over strings
 *
 * Each replaces a Java body with the same meaning (most are @IntrinsicCandidate, which says the library
 * expects it); preconditions are those the callers in java.base establish, and what the Java body would
 * check is checked here: null and bounds.  Measured: StringLatin1.hashCode alone is 30 % of the
 * bytecodes of hello world.
 */
#include <string.h>

#include "entry.h"
#include "native.h"
#include "vm.h"

typedef struct intrinsic_bytes {
  uint8_t *data;
  int32_t length; /* in bytes */
} intrinsic_bytes;

/* The array in reference bank slot i; false with NullPointerException pending. */
static bool
intrinsic_array(vmk_thread *t, vmk_native_call *c, int i, intrinsic_bytes *out) VMK_MOVES
{
  vmk_handle array = vmk_arg_ref(c, i);
  if (vmk_is_null(array)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return false;
  }
  *out = (intrinsic_bytes){vmk_array_data(array), (int32_t)vmk_array_length(array)};
  return true;
}

/* Is [from, from + count) inside length?  If not, ArrayIndexOutOfBoundsException for the first bad index. */
static bool
intrinsic_range(vmk_thread *t, int64_t from, int64_t count, int64_t length) VMK_MOVES
{
  if (count <= 0 || (from >= 0 && from + count <= length))
    return true;
  j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException",
           "Index %lld out of bounds for length %lld",
           (long long)(from < 0 || from >= length ? from : length), (long long)length);
  return false;
}

/* --- StringLatin1 -------------------------------------------------------------------------------------- */

J3_BUILTIN(latin1_hashCode)
{
  intrinsic_bytes a;
  if (!intrinsic_array(t, c, 0, &a))
    return;
  uint32_t h = 0;
  int32_t i = 0;
  for (; i + 4 <= a.length; i += 4) /* four steps of 31 h + x, less dependent */
    h = 31u * 31 * 31 * 31 * h + 31u * 31 * 31 * a.data[i] + 31u * 31 * a.data[i + 1] +
        31u * a.data[i + 2] + a.data[i + 3];
  for (; i < a.length; i++)
    h = 31 * h + a.data[i];
  vmk_return_i32(c, (int32_t)h);
}

/* Both coders: equality of bytes. */
J3_BUILTIN(bytes_equals)
{
  intrinsic_bytes a, b;
  if (!intrinsic_array(t, c, 0, &a) || !intrinsic_array(t, c, 1, &b))
    return;
  vmk_return_i32(c, a.length == b.length && memcmp(a.data, b.data, (size_t)a.length) == 0);
}

J3_BUILTIN(latin1_compareTo)
{
  intrinsic_bytes a, b;
  if (!intrinsic_array(t, c, 0, &a) || !intrinsic_array(t, c, 1, &b))
    return;
  int32_t limit = a.length < b.length ? a.length : b.length;
  for (int32_t i = 0; i < limit; i++)
    if (a.data[i] != b.data[i]) {
      vmk_return_i32(c, a.data[i] - b.data[i]);
      return;
    }
  vmk_return_i32(c, a.length - b.length);
}

/* indexOf(byte[] value, int valueCount, byte[] str, int strCount, int fromIndex) */
J3_BUILTIN(latin1_indexOf)
{
  intrinsic_bytes value, part;
  if (!intrinsic_array(t, c, 0, &value) || !intrinsic_array(t, c, 1, &part))
    return;
  int32_t count = vmk_arg_i32(c, 0), part_count = vmk_arg_i32(c, 1), from = vmk_arg_i32(c, 2);
  if (!intrinsic_range(t, 0, count, value.length) ||
      !intrinsic_range(t, 0, part_count, part.length))
    return;
  int32_t result = -1;
  if (part_count == 0)
    result = from;
  else if (from >= 0 && count - from >= part_count) {
    const uint8_t *hit =
        memmem(value.data + from, (size_t)(count - from), part.data, (size_t)part_count);
    result = hit ? (int32_t)(hit - value.data) : -1;
  }
  vmk_return_i32(c, result);
}

/* indexOfChar(byte[] value, int ch, int fromIndex, int max) */
J3_BUILTIN(latin1_indexOfChar)
{
  intrinsic_bytes value;
  if (!intrinsic_array(t, c, 0, &value))
    return;
  int32_t unit = vmk_arg_i32(c, 0), from = vmk_arg_i32(c, 1), max = vmk_arg_i32(c, 2);
  if (!intrinsic_range(t, from, (int64_t)max - from, value.length))
    return;
  const uint8_t *hit =
      from < max ? memchr(value.data + from, (uint8_t)unit, (size_t)(max - from)) : NULL;
  vmk_return_i32(c, hit ? (int32_t)(hit - value.data) : -1);
}

/* inflate(byte[] src, int srcOff, char[] or byte[] dst, int dstOff, int len): bytes to UTF-16 units */
static void
intrinsic_inflate(vmk_thread *t, vmk_native_call *c, int32_t units) VMK_MOVES
{
  intrinsic_bytes from, to;
  if (!intrinsic_array(t, c, 0, &from) || !intrinsic_array(t, c, 1, &to))
    return;
  int32_t from_index = vmk_arg_i32(c, 0), to_index = vmk_arg_i32(c, 1), count = vmk_arg_i32(c, 2);
  if (!intrinsic_range(t, from_index, count, from.length) ||
      !intrinsic_range(t, to_index, count, to.length / units))
    return;
  uint16_t *out = (uint16_t *)to.data + to_index;
  for (int32_t i = 0; i < count; i++)
    out[i] = from.data[from_index + i];
}
J3_BUILTIN(latin1_inflate_chars)
{
  intrinsic_inflate(t, c, 1);
}
J3_BUILTIN(latin1_inflate_bytes)
{
  intrinsic_inflate(t, c, 2);
}

static const j3_native_row latin1_rows[] = {
    {"hashCode", "([B)I", latin1_hashCode},
    {"equals", "([B[B)Z", bytes_equals},
    {"compareTo", "([B[B)I", latin1_compareTo},
    {"indexOf", "([BI[BII)I", latin1_indexOf},
    {"indexOfChar", "([BIII)I", latin1_indexOfChar},
    {"inflate", "([BI[CII)V", latin1_inflate_chars},
    {"inflate", "([BI[BII)V", latin1_inflate_bytes},
};
J3_NATIVE_TABLE(latin1, "java/lang/StringLatin1", latin1_rows);

/* --- StringUTF16 ------------------------------------------------------------------------------------------ */

/* compress(char[] or byte[] src, int srcOff, byte[] dst, int dstOff, int len): len, or 0 when some unit
 * does not fit a byte */
static void
intrinsic_compress(vmk_thread *t, vmk_native_call *c, int32_t units) VMK_MOVES
{
  intrinsic_bytes from, to;
  if (!intrinsic_array(t, c, 0, &from) || !intrinsic_array(t, c, 1, &to))
    return;
  int32_t from_index = vmk_arg_i32(c, 0), to_index = vmk_arg_i32(c, 1), count = vmk_arg_i32(c, 2);
  if (!intrinsic_range(t, from_index, count, from.length / units) ||
      !intrinsic_range(t, to_index, count, to.length))
    return;
  const uint16_t *in = (const uint16_t *)from.data + from_index;
  for (int32_t i = 0; i < count; i++) {
    if (in[i] > 0xff) {
      vmk_return_i32(c, 0);
      return;
    }
    to.data[to_index + i] = (uint8_t)in[i];
  }
  vmk_return_i32(c, count);
}
J3_BUILTIN(utf16_compress_chars)
{
  intrinsic_compress(t, c, 1);
}
J3_BUILTIN(utf16_compress_bytes)
{
  intrinsic_compress(t, c, 2);
}

static const j3_native_row utf16_rows[] = {
    {"equals", "([B[B)Z", bytes_equals},
    {"compress", "([CI[BII)I", utf16_compress_chars},
    {"compress", "([BI[BII)I", utf16_compress_bytes},
};
J3_NATIVE_TABLE(utf16, "java/lang/StringUTF16", utf16_rows);

/* --- StringCoding, ArraysSupport ----------------------------------------------------------------------------- */

/* hasNegatives(byte[] ba, int off, int len) */
J3_BUILTIN(coding_hasNegatives)
{
  intrinsic_bytes a;
  if (!intrinsic_array(t, c, 0, &a))
    return;
  int32_t from = vmk_arg_i32(c, 0), count = vmk_arg_i32(c, 1), i = 0;
  if (!intrinsic_range(t, from, count, a.length))
    return;
  const uint8_t *p = a.data + from;
  uint64_t word, seen = 0;
  for (; i + 8 <= count; i += 8) {
    memcpy(&word, p + i, 8);
    seen |= word;
  }
  for (; i < count; i++)
    seen |= (uint64_t)p[i] << 56 | p[i];
  vmk_return_i32(c, (seen & 0x8080808080808080u) != 0);
}

static const j3_native_row coding_rows[] = {
    {"hasNegatives", "([BII)Z", coding_hasNegatives},
};
J3_NATIVE_TABLE(coding, "java/lang/StringCoding", coding_rows);

/* Of the first byte that differs; bytes: none. */
static size_t
arrays_difference(const uint8_t *a, const uint8_t *b, size_t bytes)
{
  size_t i = 0;
  for (; i + 8 <= bytes; i += 8) {
    uint64_t x, y;
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    if (x != y)
      break;
  }
  while (i < bytes && a[i] == b[i])
    i++;
  return i;
}

/* The same where memory may be a mapped file: through buffers of ours.  False: InternalError is pending. */
static bool
arrays_difference_outside(vmk_thread *t, const uint8_t *a, const uint8_t *b, size_t bytes,
                          size_t *out) VMK_MOVES
{
  uint8_t x[1024], y[sizeof x];
  size_t done = 0, n = 0, same = 0;
  for (; done < bytes && same == n; done += same) {
    n = bytes - done < sizeof x ? bytes - done : sizeof x;
    if (!vmk_guard_copy(x, a + done, n) || !vmk_guard_copy(y, b + done, n)) {
      j3_throw_memory_fault(t);
      return false;
    }
    same = arrays_difference(x, y, n);
  }
  *out = done;
  return true;
}

/* vectorizedMismatch(Object a, long aOffset, Object b, long bOffset, int length, int log2Scale): index of the
 * first differing element, or ~0: none, and nothing left to compare.  Without an object the offset is an address. */
J3_BUILTIN(arrays_vectorizedMismatch)
{
  vmk_ref a_object = vmk_arg_ref(c, 0)->ref, b_object = vmk_arg_ref(c, 1)->ref;
  const uint8_t *a = (const uint8_t *)((uintptr_t)a_object + (uintptr_t)vmk_arg_i64(c, 0));
  const uint8_t *b = (const uint8_t *)((uintptr_t)b_object + (uintptr_t)vmk_arg_i64(c, 1));
  int32_t scale = vmk_arg_i32(c, 3);
  size_t bytes = (size_t)vmk_arg_i32(c, 2) << scale, same;
  if (a_object && b_object)
    same = arrays_difference(a, b, bytes);
  else if (!arrays_difference_outside(t, a, b, bytes, &same))
    return;
  vmk_return_i32(c, same < bytes ? (int32_t)(same >> scale) : ~0);
}

static const j3_native_row arrays_rows[] = {
    {"vectorizedMismatch", "(Ljava/lang/Object;JLjava/lang/Object;JII)I",
     arrays_vectorizedMismatch},
};
J3_NATIVE_TABLE(arrays, "jdk/internal/util/ArraysSupport", arrays_rows);
