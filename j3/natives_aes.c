/* natives_aes.c -- C bodies for AES on one block (FIPS 197)
 *
 * The key schedule K is Java's: for encryption in order; for decryption the round keys of the equivalent
 * inverse cipher, moved on by one place, so that the last of them is the first.  A column is an int, first row
 * highest; tables combine substitution and column mixing, rotations give the other rows.
 */
#include <string.h>

#include "entry.h"
#include "native.h"
#include "vm.h"

typedef struct aes_tables {
  uint8_t s[256], inverse[256];
  uint32_t encrypt[256], decrypt[256];
} aes_tables;

static aes_tables aes;
static pthread_once_t aes_once = PTHREAD_ONCE_INIT;

/* Product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1. */
static uint8_t
aes_multiply(uint8_t a, uint8_t b)
{
  uint8_t product = 0;
  for (; b; b >>= 1) {
    product ^= b & 1 ? a : 0;
    a = (uint8_t)(a << 1 ^ (a & 0x80 ? 0x1b : 0));
  }
  return product;
}

static uint32_t
aes_column(uint8_t x, uint8_t r0, uint8_t r1, uint8_t r2, uint8_t r3)
{
  return (uint32_t)aes_multiply(x, r0) << 24 | (uint32_t)aes_multiply(x, r1) << 16 |
         (uint32_t)aes_multiply(x, r2) << 8 | aes_multiply(x, r3);
}

static void
aes_make_tables(void)
{
  uint8_t p = 1, q = 1; /* inverses of each other: 3 generates the field */
  do {
    p = aes_multiply(p, 3);
    q = aes_multiply(q, 0xf6);
    uint32_t w = q * 0x01010101u;
    aes.s[p] = (uint8_t)(q ^ w >> 7 ^ w >> 6 ^ w >> 5 ^ w >> 4 ^ 0x63);
  } while (p != 1);
  aes.s[0] = 0x63;
  for (int x = 0; x < 256; x++)
    aes.inverse[aes.s[x]] = (uint8_t)x;
  for (int x = 0; x < 256; x++) {
    aes.encrypt[x] = aes_column(aes.s[x], 2, 1, 1, 3);
    aes.decrypt[x] = aes_column(aes.inverse[x], 14, 9, 13, 11);
  }
}

static inline uint32_t
aes_rotate(uint32_t x, int n)
{
  return x >> n | x << (32 - n);
}

static inline uint32_t
aes_mixed(const uint32_t *table, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  return table[a >> 24] ^ aes_rotate(table[b >> 16 & 0xff], 8) ^
         aes_rotate(table[c >> 8 & 0xff], 16) ^ aes_rotate(table[d & 0xff], 24);
}

static inline uint32_t
aes_unmixed(const uint8_t *s, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  return (uint32_t)s[a >> 24] << 24 | (uint32_t)s[b >> 16 & 0xff] << 16 |
         (uint32_t)s[c >> 8 & 0xff] << 8 | s[d & 0xff];
}

static void
aes_load(uint32_t v[4], const uint8_t *in, const uint32_t *k)
{
  for (int i = 0; i < 4; i++) {
    uint32_t x;
    memcpy(&x, in + 4 * i, sizeof x);
    v[i] = __builtin_bswap32(x) ^ k[i];
  }
}

static void
aes_store(uint8_t *out, const uint32_t v[4], const uint32_t *k)
{
  for (int i = 0; i < 4; i++) {
    uint32_t x = __builtin_bswap32(v[i] ^ k[i]);
    memcpy(out + 4 * i, &x, sizeof x);
  }
}

/* One block; `forward` rows shift to the left.  k: first, rounds - 1 in the middle, last. */
static void
aes_block(const uint8_t *in, uint8_t *out, const uint32_t *first, const uint32_t *last,
          uint32_t middle, bool forward)
{
  const uint32_t *table = forward ? aes.encrypt : aes.decrypt, *k = first;
  const uint8_t *s = forward ? aes.s : aes.inverse;
  int next = forward ? 1 : 3;
  uint32_t v[4], u[4];
  aes_load(v, in, k);
  for (; middle > 0; middle--) {
    k += 4;
    for (int i = 0; i < 4; i++)
      u[i] =
          aes_mixed(table, v[i], v[(i + next) % 4], v[(i + 2) % 4], v[(i + 3 * next) % 4]) ^ k[i];
    memcpy(v, u, sizeof v);
  }
  for (int i = 0; i < 4; i++)
    u[i] = aes_unmixed(s, v[i], v[(i + next) % 4], v[(i + 2) % 4], v[(i + 3 * next) % 4]);
  aes_store(out, u, last);
}

/* impl{En,De}cryptBlock(byte[] in, int inOffset, byte[] out, int outOffset) */
static void
aes_implBlock(vmk_thread *t, vmk_native_call *c, bool forward) VMK_MOVES
{
  const j3_method *m = c->function->client;
  const j3_field *f = j3_class_field(m->class, j3_symbol_of("K"), j3_symbol_of("[I"));
  vmk_handle in = vmk_arg_ref(c, 1), out = vmk_arg_ref(c, 2);
  int64_t from = vmk_arg_i32(c, 0), to = vmk_arg_i32(c, 1);
  VMK_ASSERT(f);
  if (vmk_is_null(in) || vmk_is_null(out)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  if (from < 0 || to < 0 || from + 16 > (int64_t)vmk_array_length(in) ||
      to + 16 > (int64_t)vmk_array_length(out)) {
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", NULL);
    return;
  }
  pthread_once(&aes_once, aes_make_tables);
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle key = vmk_get_ref(t, vmk_arg_ref(c, 0), f->offset);
  const uint32_t *k = vmk_array_data(key);
  uint32_t round_keys = vmk_array_length(key) / 4;
  aes_block((const uint8_t *)vmk_array_data(in) + from, (uint8_t *)vmk_array_data(out) + to,
            forward ? k : k + 4, forward ? k + 4 * (round_keys - 1) : k, round_keys - 2, forward);
  vmk_scope_end(t, scope);
}
J3_BUILTIN(aes_implEncryptBlock)
{
  aes_implBlock(t, c, true);
}
J3_BUILTIN(aes_implDecryptBlock)
{
  aes_implBlock(t, c, false);
}

static const j3_native_row aes_rows[] = {
    {"implEncryptBlock", "([BI[BI)V", aes_implEncryptBlock},
    {"implDecryptBlock", "([BI[BI)V", aes_implDecryptBlock},
};
J3_NATIVE_TABLE(aes, "com/sun/crypto/provider/AESCrypt", aes_rows);
