/* natives_digest.c -- C bodies for the compression functions of MD5, SHA-1 and SHA-2, and for GHASH
 *
 * implCompress0(byte[] block, int offset) mixes one block into `state`.  The Java bodies keep the message
 * schedule in a field that only they use; here it is on the stack, so that field stays as it was.
 */
#include <string.h>

#include "entry.h"
#include "native.h"
#include "vm.h"

/* The block argument and the receiver's state; false with an exception pending. Nothing moves before the
 * builtin returns. */
static bool
digest_arguments(vmk_thread *t, vmk_native_call *c, const char *state_type, size_t block_bytes,
                 const uint8_t **block, void **state) VMK_MOVES
{
  const j3_method *m = c->function->client;
  const j3_field *f = j3_class_field(m->class, j3_symbol_of("state"), j3_symbol_of(state_type));
  vmk_handle bytes = vmk_arg_ref(c, 1);
  int64_t offset = vmk_arg_i32(c, 0);
  VMK_ASSERT(f);
  if (vmk_is_null(bytes)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return false;
  }
  if (offset < 0 || offset + (int64_t)block_bytes > (int64_t)vmk_array_length(bytes)) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return false;
  }
  vmk_scope scope = vmk_scope_begin(t);
  *state = vmk_array_data(vmk_get_ref(t, vmk_arg_ref(c, 0), f->offset));
  *block = (const uint8_t *)vmk_array_data(bytes) + offset;
  vmk_scope_end(t, scope);
  return true;
}

static inline uint32_t
digest_rotate_left(uint32_t x, int n)
{
  return x << n | x >> (32 - n);
}
static inline uint32_t
digest_rotate_right(uint32_t x, int n)
{
  return x >> n | x << (32 - n);
}
static inline uint64_t
digest_rotate_right64(uint64_t x, int n)
{
  return x >> n | x << (64 - n);
}
static inline uint32_t
digest_be32(const uint8_t *p)
{
  uint32_t x;
  memcpy(&x, p, sizeof x);
  return __builtin_bswap32(x);
}
static inline uint64_t
digest_be64(const uint8_t *p)
{
  uint64_t x;
  memcpy(&x, p, sizeof x);
  return __builtin_bswap64(x);
}

/* --- MD5 (RFC 1321) ------------------------------------------------------------------------------------ */

static const uint32_t md5_sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static uint32_t
md5_mix(int round, uint32_t b, uint32_t c, uint32_t d)
{
  switch (round) {
  case 0: return (b & c) | (~b & d);
  case 1: return (b & d) | (c & ~d);
  case 2: return b ^ c ^ d;
  default: return c ^ (b | ~d);
  }
}

J3_BUILTIN(md5_implCompress0)
{
  static const uint8_t shift[4][4] = {
      {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  static const uint8_t step[4] = {1, 5, 3, 7}, first[4] = {0, 1, 5, 0};
  const uint8_t *block;
  void *state;
  if (!digest_arguments(t, c, "[I", 64, &block, &state))
    return;
  uint32_t *s = state, w[16], v[4] = {s[0], s[1], s[2], s[3]};
  memcpy(w, block, sizeof w);
  for (int i = 0; i < 64; i++) {
    int round = i / 16;
    uint32_t x = v[0] + md5_mix(round, v[1], v[2], v[3]) + md5_sines[i] +
                 w[(first[round] + step[round] * i) % 16];
    x = v[1] + digest_rotate_left(x, shift[round][i % 4]);
    v[0] = v[3];
    v[3] = v[2];
    v[2] = v[1];
    v[1] = x;
  }
  for (int i = 0; i < 4; i++)
    s[i] += v[i];
}

/* --- SHA-1, SHA-2 (FIPS 180-4) -------------------------------------------------------------------------- */

J3_BUILTIN(sha1_implCompress0)
{
  static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  const uint8_t *block;
  void *state;
  if (!digest_arguments(t, c, "[I", 64, &block, &state))
    return;
  uint32_t *s = state, w[80], v[5];
  memcpy(v, s, sizeof v);
  for (int i = 0; i < 16; i++)
    w[i] = digest_be32(block + 4 * i);
  for (int i = 16; i < 80; i++)
    w[i] = digest_rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (int i = 0; i < 80; i++) {
    int round = i / 20;
    uint32_t mix = round == 0   ? (v[1] & v[2]) | (~v[1] & v[3])
                   : round == 2 ? (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3])
                                : v[1] ^ v[2] ^ v[3];
    uint32_t x = digest_rotate_left(v[0], 5) + mix + v[4] + w[i] + k[round];
    v[4] = v[3];
    v[3] = v[2];
    v[2] = digest_rotate_left(v[1], 30);
    v[1] = v[0];
    v[0] = x;
  }
  for (int i = 0; i < 5; i++)
    s[i] += v[i];
}

/* The first 64 bits of the fractions of the cube roots of the first 80 primes; SHA-256 uses the upper halves
 * of the first 64. */
static const uint64_t sha2_k[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

J3_BUILTIN(sha2_implCompress0)
{
  const uint8_t *block;
  void *state;
  if (!digest_arguments(t, c, "[I", 64, &block, &state))
    return;
  uint32_t *s = state, w[64], v[8];
  memcpy(v, s, sizeof v);
  for (int i = 0; i < 16; i++)
    w[i] = digest_be32(block + 4 * i);
  for (int i = 16; i < 64; i++) {
    uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] +
           (digest_rotate_right(a, 7) ^ digest_rotate_right(a, 18) ^ a >> 3) +
           (digest_rotate_right(b, 17) ^ digest_rotate_right(b, 19) ^ b >> 10);
  }
  for (int i = 0; i < 64; i++) {
    uint32_t e = v[4], a = v[0];
    uint32_t x =
        v[7] + w[i] + (uint32_t)(sha2_k[i] >> 32) + ((e & v[5]) ^ (~e & v[6])) +
        (digest_rotate_right(e, 6) ^ digest_rotate_right(e, 11) ^ digest_rotate_right(e, 25));
    uint32_t y =
        ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2])) +
        (digest_rotate_right(a, 2) ^ digest_rotate_right(a, 13) ^ digest_rotate_right(a, 22));
    memmove(v + 1, v, 7 * sizeof v[0]);
    v[4] += x;
    v[0] = x + y;
  }
  for (int i = 0; i < 8; i++)
    s[i] += v[i];
}

J3_BUILTIN(sha5_implCompress0)
{
  const uint8_t *block;
  void *state;
  if (!digest_arguments(t, c, "[J", 128, &block, &state))
    return;
  uint64_t *s = state, w[80], v[8];
  memcpy(v, s, sizeof v);
  for (int i = 0; i < 16; i++)
    w[i] = digest_be64(block + 8 * i);
  for (int i = 16; i < 80; i++) {
    uint64_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] +
           (digest_rotate_right64(a, 1) ^ digest_rotate_right64(a, 8) ^ a >> 7) +
           (digest_rotate_right64(b, 19) ^ digest_rotate_right64(b, 61) ^ b >> 6);
  }
  for (int i = 0; i < 80; i++) {
    uint64_t e = v[4], a = v[0];
    uint64_t x = v[7] + w[i] + sha2_k[i] + ((e & v[5]) ^ (~e & v[6])) +
                 (digest_rotate_right64(e, 14) ^ digest_rotate_right64(e, 18) ^
                  digest_rotate_right64(e, 41));
    uint64_t y = ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2])) + (digest_rotate_right64(a, 28) ^
                                                              digest_rotate_right64(a, 34) ^
                                                              digest_rotate_right64(a, 39));
    memmove(v + 1, v, 7 * sizeof v[0]);
    v[4] += x;
    v[0] = x + y;
  }
  for (int i = 0; i < 8; i++)
    s[i] += v[i];
}

static const j3_native_row md5_rows[] = {{"implCompress0", "([BI)V", md5_implCompress0}};
static const j3_native_row sha1_rows[] = {{"implCompress0", "([BI)V", sha1_implCompress0}};
static const j3_native_row sha2_rows[] = {{"implCompress0", "([BI)V", sha2_implCompress0}};
static const j3_native_row sha5_rows[] = {{"implCompress0", "([BI)V", sha5_implCompress0}};
J3_NATIVE_TABLE(md5, "sun/security/provider/MD5", md5_rows);
J3_NATIVE_TABLE(sha1, "sun/security/provider/SHA", sha1_rows);
J3_NATIVE_TABLE(sha2, "sun/security/provider/SHA2", sha2_rows);
J3_NATIVE_TABLE(sha5, "sun/security/provider/SHA5", sha5_rows);

/* --- GHASH (NIST SP 800-38D 6.3, 6.4) --------------------------------------------------------------------- */

/* x times h in GF(2^128), first bit highest. */
static void
ghash_multiply(uint64_t x[2], uint64_t h0, uint64_t h1)
{
  uint64_t z0 = 0, z1 = 0;
  for (int i = 0; i < 128; i++) {
    uint64_t bit = -(x[i / 64] >> (63 - i % 64) & 1), carry = -(h1 & 1);
    z0 ^= h0 & bit;
    z1 ^= h1 & bit;
    h1 = h1 >> 1 | h0 << 63;
    h0 = h0 >> 1 ^ (carry & 0xe100000000000000u);
  }
  x[0] = z0;
  x[1] = z1;
}

/* processBlocks(byte[] data, int offset, int blocks, long[] state, long[] subkey) */
J3_BUILTIN(ghash_processBlocks)
{
  vmk_handle data = vmk_arg_ref(c, 0), state = vmk_arg_ref(c, 1), subkey = vmk_arg_ref(c, 2);
  int64_t offset = vmk_arg_i32(c, 0), blocks = vmk_arg_i32(c, 1);
  if (blocks <= 0)
    return;
  if (vmk_is_null(data) || vmk_is_null(state) || vmk_is_null(subkey)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  if (offset < 0 || offset + 16 * blocks > (int64_t)vmk_array_length(data) ||
      vmk_array_length(state) < 2 || vmk_array_length(subkey) < 2) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return;
  }
  const uint8_t *p = (const uint8_t *)vmk_array_data(data) + offset;
  uint64_t *x = vmk_array_data(state);
  const uint64_t *h = vmk_array_data(subkey);
  for (; blocks > 0; blocks--, p += 16) {
    x[0] ^= digest_be64(p);
    x[1] ^= digest_be64(p + 8);
    ghash_multiply(x, h[0], h[1]);
  }
}

static const j3_native_row ghash_rows[] = {{"processBlocks", "([BII[J[J)V", ghash_processBlocks}};
J3_NATIVE_TABLE(ghash, "com/sun/crypto/provider/GHASH", ghash_rows);
