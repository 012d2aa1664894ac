/* natives_bigint.c -- C bodies for the inner loops of java.math.BigInteger
 *
 * Magnitudes are int arrays, most significant first.  The Java callers have checked the lengths; what the Java
 * body would check at each access is checked here once.
 */
#include "entry.h"
#include "native.h"
#include "vm.h"

/* The first `length` ints of the array; null with an exception pending. */
static uint32_t *
bigint_array(vmk_thread *t, vmk_handle array, int64_t length) VMK_MOVES
{
  if (vmk_is_null(array)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return NULL;
  }
  if (length < 0 || length > (int64_t)vmk_array_length(array)) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return NULL;
  }
  return vmk_array_data(array);
}

/* z[0, n + m) = x[0, n) * y[0, m) */
static void
bigint_multiply(uint32_t *z, const uint32_t *x, int32_t n, const uint32_t *y, int32_t m)
{
  for (int32_t k = n; k < n + m; k++)
    z[k] = 0;
  for (int32_t i = n - 1; i >= 0; i--) {
    uint64_t carry = 0;
    for (int32_t j = m - 1; j >= 0; j--) {
      carry += (uint64_t)x[i] * y[j] + z[i + j + 1];
      z[i + j + 1] = (uint32_t)carry;
      carry >>= 32;
    }
    z[i] = (uint32_t)carry;
  }
}

/* implMultiplyToLen(int[] x, int xlen, int[] y, int ylen, int[] z): z, or a new array when it is too short */
J3_BUILTIN(bigint_implMultiplyToLen)
{
  vmk_handle x = vmk_arg_ref(c, 0), y = vmk_arg_ref(c, 1), z = vmk_arg_ref(c, 2);
  int32_t n = vmk_arg_i32(c, 0), m = vmk_arg_i32(c, 1);
  if (!bigint_array(t, x, n) || !bigint_array(t, y, m))
    return;
  if (vmk_is_null(z) || (int64_t)vmk_array_length(z) < (int64_t)n + m)
    z = j3_array_new(t, j3_class_of(x), n + m);
  if (!z)
    return;
  bigint_multiply(vmk_array_data(z), vmk_array_data(x), n, vmk_array_data(y), m);
  vmk_return_ref(c, z);
}

/* implSquareToLen(int[] x, int len, int[] z, int zlen), zlen = 2 len: z */
J3_BUILTIN(bigint_implSquareToLen)
{
  int32_t n = vmk_arg_i32(c, 0);
  const uint32_t *x = bigint_array(t, vmk_arg_ref(c, 0), n);
  uint32_t *z = x ? bigint_array(t, vmk_arg_ref(c, 1), 2 * (int64_t)n) : NULL;
  if (!z)
    return;
  bigint_multiply(z, x, n, x, n);
  vmk_return_ref(c, vmk_arg_ref(c, 1));
}

/* implMulAdd(int[] out, int[] in, int offset, int len, int k): out += in * k, `offset` ints above the end of out;
 * the carry */
J3_BUILTIN(bigint_implMulAdd)
{
  int64_t offset = vmk_arg_i32(c, 0), n = vmk_arg_i32(c, 1);
  uint32_t k = (uint32_t)vmk_arg_i32(c, 2);
  uint32_t *out = bigint_array(t, vmk_arg_ref(c, 0), offset + n);
  const uint32_t *in = out ? bigint_array(t, vmk_arg_ref(c, 1), n) : NULL;
  if (!in)
    return;
  if (offset < 0) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return;
  }
  out += (int64_t)vmk_array_length(vmk_arg_ref(c, 0)) - offset - n;
  uint64_t carry = 0;
  for (int64_t j = n - 1; j >= 0; j--) {
    carry += (uint64_t)in[j] * k + out[j];
    out[j] = (uint32_t)carry;
    carry >>= 32;
  }
  vmk_return_i32(c, (int32_t)carry);
}

static const j3_native_row bigint_rows[] = {
    {"implMultiplyToLen", "([II[II[I)[I", bigint_implMultiplyToLen},
    {"implSquareToLen", "([II[II)[I", bigint_implSquareToLen},
    {"implMulAdd", "([I[IIII)I", bigint_implMulAdd},
};
J3_NATIVE_TABLE(bigint, "java/math/BigInteger", bigint_rows);
