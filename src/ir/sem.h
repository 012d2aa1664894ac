/* sem.h -- what the bodies in vmk_ops.def call: arithmetic and memory access with every case defined
 *
 * Static inline and without state, so that a tier's compiler can fold them into its code.
 */
#ifndef VMK_IR_SEM_H
#define VMK_IR_SEM_H

#include <math.h>
#include <string.h>

#include <vmkit/vmk_ref.h>
#include <vmkit/vmk_types.h>

/* --- bits ----------------------------------------------------------------------------------- */

static inline float
vmk_sem_f32(int32_t bits)
{
  float v;
  memcpy(&v, &bits, sizeof v);
  return v;
}
static inline double
vmk_sem_f64(uint64_t bits)
{
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}
static inline int32_t
vmk_sem_bits_f32(float v)
{
  int32_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}
static inline uint64_t
vmk_sem_bits_f64(double v)
{
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

/* x86 converts an integer into the low half of a register and keeps the other: without a fresh register
 * the result waits for whatever was there.  The compiler knows, but not what is there in a stencil. */
#ifdef __x86_64__
#define VMK_SEM_TO_F64(t, ctype, suffix)                                           \
  static inline double vmk_sem_##t##_to_f64(ctype v)                               \
  {                                                                                \
    double result;                                                                 \
    __asm__("xorps %0, %0\n\tcvtsi2sd" suffix " %1, %0" : "=x"(result) : "rm"(v)); \
    return result;                                                                 \
  }
#else
#define VMK_SEM_TO_F64(t, ctype, suffix)             \
  static inline double vmk_sem_##t##_to_f64(ctype v) \
  {                                                  \
    return (double)v;                                \
  }
#endif
VMK_SEM_TO_F64(i32, int32_t, "l")
VMK_SEM_TO_F64(i64, int64_t, "q")
#undef VMK_SEM_TO_F64

/* --- integers ------------------------------------------------------------------------------- */

/* Division where the machine faults on MIN / -1; c is not 0. */
#define VMK_SEM_INT(t, ctype)                                            \
  static inline ctype vmk_sem_div_##t(ctype b, ctype c)                  \
  {                                                                      \
    return c == -1 ? (ctype)(0 - (u##ctype)b) : b / c;                   \
  }                                                                      \
  static inline ctype vmk_sem_rem_##t(ctype b, ctype c)                  \
  {                                                                      \
    return c == -1 ? 0 : b % c;                                          \
  }                                                                      \
  static inline ctype vmk_sem_rotl_##t(ctype b, int32_t c)               \
  {                                                                      \
    const unsigned bits = 8 * sizeof b, n = (unsigned)c & (bits - 1);    \
    return (ctype)((u##ctype)b << n | (u##ctype)b >> (-n & (bits - 1))); \
  }                                                                      \
  static inline int32_t vmk_sem_clz_##t(ctype b)                         \
  {                                                                      \
    const int spare = 8 * (int)(sizeof(long long) - sizeof b);           \
    return b ? __builtin_clzll((u##ctype)b) - spare : 8 * (int)sizeof b; \
  }                                                                      \
  static inline int32_t vmk_sem_ctz_##t(ctype b)                         \
  {                                                                      \
    return b ? __builtin_ctzll((u##ctype)b) : 8 * (int)sizeof b;         \
  }
VMK_SEM_INT(i32, int32_t)
VMK_SEM_INT(i64, int64_t)
#undef VMK_SEM_INT

/* --- float to int ----------------------------------------------------------------------------- *
 * An f32 is widened first, which is exact. Bounds are doubles: the first value that does not fit. */

static inline bool
vmk_sem_f64_fits_i32(double v)
{
  return v > -2147483649.0 && v < 2147483648.0;
}
static inline bool
vmk_sem_f64_fits_u32(double v)
{
  return v > -1.0 && v < 4294967296.0;
}
static inline bool
vmk_sem_f64_fits_i64(double v)
{
  return v >= -9223372036854775808.0 && v < 9223372036854775808.0;
}
static inline bool
vmk_sem_f64_fits_u64(double v)
{
  return v > -1.0 && v < 18446744073709551616.0;
}
static inline int32_t
vmk_sem_f64_to_i32(double v)
{
  return vmk_sem_f64_fits_i32(v) ? (int32_t)v : INT32_MIN;
}
static inline int64_t
vmk_sem_f64_to_i64(double v)
{
  return vmk_sem_f64_fits_i64(v) ? (int64_t)v : INT64_MIN;
}
static inline uint64_t
vmk_sem_f64_to_u64(double v)
{
  return vmk_sem_f64_fits_u64(v) ? (uint64_t)v : UINT64_C(1) << 63;
}
static inline int32_t
vmk_sem_f64_to_i32_sat(double v)
{
  return vmk_sem_f64_fits_i32(v) ? (int32_t)v : v < 0 ? INT32_MIN : v > 0 ? INT32_MAX : 0;
}
static inline int64_t
vmk_sem_f64_to_i64_sat(double v)
{
  return vmk_sem_f64_fits_i64(v) ? (int64_t)v : v < 0 ? INT64_MIN : v > 0 ? INT64_MAX : 0;
}

/* --- memory ----------------------------------------------------------------------------------- *
 * load, store: aligned, in one piece (guest programs race on these).  peek, poke: any alignment. */

#define VMK_SEM_MEMORY(t, ctype, reg_type)                                \
  static inline reg_type vmk_sem_load_##t(const void *p)                  \
  {                                                                       \
    return (reg_type)__atomic_load_n((const ctype *)p, __ATOMIC_RELAXED); \
  }                                                                       \
  static inline void vmk_sem_store_##t(void *p, reg_type v)               \
  {                                                                       \
    __atomic_store_n((ctype *)p, (ctype)v, __ATOMIC_RELAXED);             \
  }                                                                       \
  static inline reg_type vmk_sem_peek_##t(const void *p)                  \
  {                                                                       \
    ctype v;                                                              \
    memcpy(&v, p, sizeof v);                                              \
    return (reg_type)v;                                                   \
  }                                                                       \
  static inline void vmk_sem_poke_##t(void *p, reg_type v)                \
  {                                                                       \
    ctype narrow = (ctype)v;                                              \
    memcpy(p, &narrow, sizeof narrow);                                    \
  }
VMK_SEM_MEMORY(i8, int8_t, int32_t)
VMK_SEM_MEMORY(u8, uint8_t, int32_t)
VMK_SEM_MEMORY(i16, int16_t, int32_t)
VMK_SEM_MEMORY(u16, uint16_t, int32_t)
VMK_SEM_MEMORY(i32, int32_t, int32_t)
VMK_SEM_MEMORY(i64, int64_t, int64_t)
#undef VMK_SEM_MEMORY

static inline float
vmk_sem_load_f32(const void *p)
{
  return vmk_sem_f32(vmk_sem_load_i32(p));
}
static inline void
vmk_sem_store_f32(void *p, float v)
{
  vmk_sem_store_i32(p, vmk_sem_bits_f32(v));
}
static inline double
vmk_sem_load_f64(const void *p)
{
  return vmk_sem_f64((uint64_t)vmk_sem_load_i64(p));
}
static inline void
vmk_sem_store_f64(void *p, double v)
{
  vmk_sem_store_i64(p, (int64_t)vmk_sem_bits_f64(v));
}
static inline float
vmk_sem_peek_f32(const void *p)
{
  return vmk_sem_f32(vmk_sem_peek_i32(p));
}
static inline void
vmk_sem_poke_f32(void *p, float v)
{
  vmk_sem_poke_i32(p, vmk_sem_bits_f32(v));
}
static inline double
vmk_sem_peek_f64(const void *p)
{
  return vmk_sem_f64((uint64_t)vmk_sem_peek_i64(p));
}
static inline void
vmk_sem_poke_f64(void *p, double v)
{
  vmk_sem_poke_i64(p, (int64_t)vmk_sem_bits_f64(v));
}

/* Raw register bits of the value of `type` (a vmk_type, narrow ones too) at p. */
static inline uint64_t
vmk_sem_load_volatile(int32_t type, const void *p)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_I8: return (uint32_t)(int32_t)__atomic_load_n((const int8_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: return __atomic_load_n((const uint8_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_I16:
    return (uint32_t)(int32_t)__atomic_load_n((const int16_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_U16: return __atomic_load_n((const uint16_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: return __atomic_load_n((const uint32_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: return __atomic_load_n((const uint64_t *)p, __ATOMIC_SEQ_CST);
  case VMK_TYPE_REF:
    return (uintptr_t)vmk_ref_decode(__atomic_load_n((const vmk_heap_ref *)p, __ATOMIC_SEQ_CST));
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  __builtin_unreachable();
}

static inline void
vmk_sem_store_volatile(vmk_thread *t, int32_t type, void *p, uint64_t v)
{
  (void)t; /* for write barriers */
  switch ((vmk_type)type) {
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: __atomic_store_n((uint8_t *)p, (uint8_t)v, __ATOMIC_SEQ_CST); return;
  case VMK_TYPE_I16:
  case VMK_TYPE_U16: __atomic_store_n((uint16_t *)p, (uint16_t)v, __ATOMIC_SEQ_CST); return;
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: __atomic_store_n((uint32_t *)p, (uint32_t)v, __ATOMIC_SEQ_CST); return;
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: __atomic_store_n((uint64_t *)p, v, __ATOMIC_SEQ_CST); return;
  case VMK_TYPE_REF:
    __atomic_store_n((vmk_heap_ref *)p, vmk_ref_encode((vmk_ref)(uintptr_t)v), __ATOMIC_SEQ_CST);
    return;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  __builtin_unreachable();
}

static inline int32_t
vmk_sem_cas_i32(void *p, int32_t expected, int32_t v)
{
  __atomic_compare_exchange_n((int32_t *)p, &expected, v, false, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
  return expected;
}
static inline int64_t
vmk_sem_cas_i64(void *p, int64_t expected, int64_t v)
{
  __atomic_compare_exchange_n((int64_t *)p, &expected, v, false, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
  return expected;
}
static inline vmk_ref
vmk_sem_xchg_ref(vmk_thread *t, void *p, vmk_ref v)
{
  (void)t; /* for write barriers */
  return vmk_ref_decode(
      __atomic_exchange_n((vmk_heap_ref *)p, vmk_ref_encode(v), __ATOMIC_SEQ_CST));
}

/* Copy (zero) `bytes` in pieces of a reference's width as far as alignment allows, so that a racing
 * reader never sees half a reference. The blocks do not overlap, or are the same. */
static inline void
vmk_sem_copy(void *to, const void *from, uint32_t bytes)
{
  uint32_t i = 0;
  if ((((uintptr_t)to | (uintptr_t)from) & (sizeof(vmk_heap_ref) - 1)) == 0)
    for (; i + sizeof(vmk_heap_ref) <= bytes; i += sizeof(vmk_heap_ref))
      __atomic_store_n(
          (vmk_heap_ref *)((char *)to + i),
          __atomic_load_n((const vmk_heap_ref *)((const char *)from + i), __ATOMIC_RELAXED),
          __ATOMIC_RELAXED);
  for (; i < bytes; i++)
    ((char *)to)[i] = ((const char *)from)[i];
}
static inline void
vmk_sem_zero(void *to, uint32_t bytes)
{
  uint32_t i = 0;
  if (((uintptr_t)to & (sizeof(vmk_heap_ref) - 1)) == 0)
    for (; i + sizeof(vmk_heap_ref) <= bytes; i += sizeof(vmk_heap_ref))
      __atomic_store_n((vmk_heap_ref *)((char *)to + i), 0, __ATOMIC_RELAXED);
  for (; i < bytes; i++)
    ((char *)to)[i] = 0;
}

#endif
