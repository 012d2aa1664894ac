/* unsafe.c -- jdk.internal.misc.Unsafe's natives (69), Perf and the few natives beside it
 *
 * An access is (object, offset): a null object makes the offset an address.  Offsets come from objectFieldOffset,
 * arrayBaseOffset and staticFieldOffset and are plain byte offsets; the sum is formed and used with no
 * safepoint between.  Plain accesses are relaxed atomics of their width where the address is aligned, as
 * the memory model asks; volatile ones are sequentially consistent.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "class.h"
#include "entry.h"
#include "native.h"
#include "vm.h"

/* `this` is reference 0, the object reference 1, the offset primitive 0. */
/* Not pointer arithmetic: the object may be null and the offset the whole address. */
static inline char *
unsafe_at(vmk_ref object, uint64_t offset)
{
  return (char *)((uintptr_t)object + offset);
}

static inline void *
unsafe_address(const vmk_native_call *c)
{
  return unsafe_at(c->ref[1].ref, c->prim[0]);
}

/* Without an object: the memory may be a mapped file, which may have become shorter. */
static inline bool
unsafe_is_outside(const vmk_native_call *c)
{
  return VMK_UNLIKELY(!c->ref[1].ref);
}

/* 0 with InternalError pending. */
static uint64_t
unsafe_load_outside(vmk_thread *t, const vmk_native_call *c, uint32_t width) VMK_MOVES
{
  uint64_t v = 0;
  if (!vmk_guard_load((const void *)c->prim[0], width, &v))
    j3_throw_memory_fault(t);
  return v;
}

static void
unsafe_store_outside(vmk_thread *t, const vmk_native_call *c, uint32_t width, bool ordered)
    VMK_MOVES
{
  uint64_t old;
  void *to = (void *)c->prim[0];
  if (ordered ? !vmk_guard_exchange(to, width, c->prim[1], &old)
              : !vmk_guard_store(to, width, c->prim[1]))
    j3_throw_memory_fault(t);
}

/* A plain access may race with others, and may be less aligned than an atomic one: both are the program's affair. */
#define UNSAFE_PLAIN __attribute__((no_sanitize("thread")))

#define UNSAFE_ACCESS(Name, ctype, bits, ret)                                          \
  UNSAFE_PLAIN J3_BUILTIN(unsafe_get##Name)                                            \
  {                                                                                    \
    bits v;                                                                            \
    if (unsafe_is_outside(c))                                                          \
      v = (bits)unsafe_load_outside(t, c, sizeof v);                                   \
    else                                                                               \
      memcpy(&v, unsafe_address(c), sizeof v);                                         \
    ret(c, (ctype)v);                                                                  \
  }                                                                                    \
  UNSAFE_PLAIN J3_BUILTIN(unsafe_put##Name)                                            \
  {                                                                                    \
    bits v = (bits)c->prim[1];                                                         \
    if (unsafe_is_outside(c))                                                          \
      unsafe_store_outside(t, c, sizeof v, false);                                     \
    else                                                                               \
      memcpy(unsafe_address(c), &v, sizeof v);                                         \
  }                                                                                    \
  J3_BUILTIN(unsafe_get##Name##Volatile)                                               \
  {                                                                                    \
    bits v;                                                                            \
    if (unsafe_is_outside(c))                                                          \
      v = (bits)unsafe_load_outside(t, c, sizeof v);                                   \
    else                                                                               \
      v = __atomic_load_n((bits *)unsafe_address(c), __ATOMIC_SEQ_CST);                \
    ret(c, (ctype)v);                                                                  \
  }                                                                                    \
  J3_BUILTIN(unsafe_put##Name##Volatile)                                               \
  {                                                                                    \
    if (unsafe_is_outside(c))                                                          \
      unsafe_store_outside(t, c, sizeof(bits), true);                                  \
    else                                                                               \
      __atomic_store_n((bits *)unsafe_address(c), (bits)c->prim[1], __ATOMIC_SEQ_CST); \
  }

static inline void
unsafe_return_bits32(vmk_native_call *c, uint32_t v)
{
  c->result = v;
}
static inline void
unsafe_return_boolean(vmk_native_call *c, uint8_t v)
{
  c->result = v != 0;
}

UNSAFE_ACCESS(Boolean, uint8_t, uint8_t, unsafe_return_boolean)
UNSAFE_ACCESS(Byte, int8_t, uint8_t, vmk_return_i32)
UNSAFE_ACCESS(Short, int16_t, uint16_t, vmk_return_i32)
UNSAFE_ACCESS(Char, uint16_t, uint16_t, vmk_return_i32)
UNSAFE_ACCESS(Int, int32_t, uint32_t, vmk_return_i32)
UNSAFE_ACCESS(Long, int64_t, uint64_t, vmk_return_i64)
UNSAFE_ACCESS(Float, uint32_t, uint32_t, unsafe_return_bits32)
UNSAFE_ACCESS(Double, uint64_t, uint64_t, vmk_return_i64)

J3_BUILTIN(unsafe_getReference)
{
  (void)t;
  c->result = (uint64_t)(uintptr_t)vmk_ref_decode(
      __atomic_load_n((vmk_heap_ref *)unsafe_address(c), __ATOMIC_RELAXED));
}
J3_BUILTIN(unsafe_getReferenceVolatile)
{
  (void)t;
  c->result = (uint64_t)(uintptr_t)vmk_ref_decode(
      __atomic_load_n((vmk_heap_ref *)unsafe_address(c), __ATOMIC_SEQ_CST));
}
J3_BUILTIN(unsafe_putReference)
{
  vmk_still_begin();
  vmk_store_ref(t, c->ref[1].ref, (size_t)c->prim[0], c->ref[2].ref);
  vmk_still_end();
}
J3_BUILTIN(unsafe_putReferenceVolatile)
{
  __atomic_thread_fence(__ATOMIC_RELEASE);
  vmk_still_begin();
  vmk_store_ref(t, c->ref[1].ref, (size_t)c->prim[0], c->ref[2].ref);
  vmk_still_end();
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* --- compare and set ---------------------------------------------------------------------------------- */

/* What was there. */
#define UNSAFE_CAS(Name, bits, ret)                                                        \
  static inline bits unsafe_cas##Name(vmk_thread *t, vmk_native_call *c) VMK_MOVES         \
  {                                                                                        \
    uint64_t outside = (bits)c->prim[1];                                                   \
    bits seen = (bits)c->prim[1];                                                          \
    if (unsafe_is_outside(c)) {                                                            \
      if (!vmk_guard_cas((void *)c->prim[0], sizeof(bits), &outside, (bits)c->prim[2]))    \
        j3_throw_memory_fault(t);                                                          \
      return (bits)outside;                                                                \
    }                                                                                      \
    __atomic_compare_exchange_n((bits *)unsafe_address(c), &seen, (bits)c->prim[2], false, \
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                       \
    return seen;                                                                           \
  }                                                                                        \
  J3_BUILTIN(unsafe_compareAndSet##Name)                                                   \
  {                                                                                        \
    bits expected = (bits)c->prim[1];                                                      \
    vmk_return_i32(c, unsafe_cas##Name(t, c) == expected);                                 \
  }                                                                                        \
  J3_BUILTIN(unsafe_compareAndExchange##Name)                                              \
  {                                                                                        \
    ret(c, unsafe_cas##Name(t, c));                                                        \
  }
UNSAFE_CAS(Int, uint32_t, unsafe_return_bits32)
UNSAFE_CAS(Long, uint64_t, vmk_return_i64)

static vmk_ref
unsafe_cas_reference(vmk_thread *t, vmk_native_call *c) VMK_STILL_ONLY
{
  return vmk_cas_ref(t, c->ref[1].ref, (size_t)c->prim[0], c->ref[2].ref, c->ref[3].ref);
}
J3_BUILTIN(unsafe_compareAndSetReference)
{
  vmk_still_begin();
  vmk_return_i32(c, unsafe_cas_reference(t, c) == c->ref[2].ref);
  vmk_still_end();
}
J3_BUILTIN(unsafe_compareAndExchangeReference)
{
  vmk_still_begin();
  c->result = (uint64_t)(uintptr_t)unsafe_cas_reference(t, c);
  vmk_still_end();
}

/* --- native memory --------------------------------------------------------------------------------------- */

J3_BUILTIN(unsafe_allocateMemory0)
{
  (void)t;
  vmk_return_i64(c, (intptr_t)malloc((size_t)vmk_arg_i64(c, 0)));
}
J3_BUILTIN(unsafe_reallocateMemory0)
{
  (void)t;
  vmk_return_i64(c, (intptr_t)realloc((void *)c->prim[0], (size_t)c->prim[1]));
}
J3_BUILTIN(unsafe_freeMemory0)
{
  (void)t;
  free((void *)c->prim[0]);
}
/* setMemory0(Object o, long offset, long bytes, byte value) */
J3_BUILTIN(unsafe_setMemory0)
{
  uint8_t value = (uint8_t)c->prim[2];
  if (!unsafe_is_outside(c))
    memset(unsafe_address(c), value, (size_t)c->prim[1]);
  else if (!vmk_guard_fill(unsafe_address(c), value, (size_t)c->prim[1]))
    j3_throw_memory_fault(t);
}

/* (Object from, long fromOffset, Object to, long toOffset, long bytes, ...); false: InternalError is pending. */
static bool
unsafe_copy(vmk_thread *t, const vmk_native_call *c) VMK_MOVES
{
  char *to = unsafe_at(c->ref[2].ref, c->prim[1]);
  if (!unsafe_is_outside(c) && c->ref[2].ref)
    memmove(to, unsafe_address(c), (size_t)c->prim[2]);
  else if (!vmk_guard_copy(to, unsafe_address(c), (size_t)c->prim[2])) {
    j3_throw_memory_fault(t);
    return false;
  }
  return true;
}
J3_BUILTIN(unsafe_copyMemory0)
{
  unsafe_copy(t, c);
}
/* copySwapMemory0(from, fromOffset, to, toOffset, bytes, elemSize): reverse the bytes of each element.  Swapped in a
 * buffer between the two, each of which may be outside. */
J3_BUILTIN(unsafe_copySwapMemory0)
{
  const char *from = unsafe_address(c);
  char *to = unsafe_at(c->ref[2].ref, c->prim[1]), buffer[4096];
  size_t bytes = (size_t)c->prim[2], width = (size_t)c->prim[3], n;
  bool backward = (uintptr_t)to - (uintptr_t)from < bytes;
  for (size_t done = 0; done < bytes; done += n) {
    n = bytes - done < sizeof buffer ? bytes - done : sizeof buffer;
    size_t at = backward ? bytes - done - n : done;
    if (!vmk_guard_copy(buffer, from + at, n))
      goto fault;
    for (size_t i = 0; i < n; i += width)
      for (size_t a = i, b = i + width - 1; a < b; a++, b--) {
        char byte = buffer[a];
        buffer[a] = buffer[b];
        buffer[b] = byte;
      }
    if (!vmk_guard_copy(to + at, buffer, n))
      goto fault;
  }
  return;
fault:
  j3_throw_memory_fault(t);
}

/* --- classes and fields ------------------------------------------------------------------------------------ */

static j3_field *
unsafe_field(const vmk_native_call *c)
{
  vmk_handle field = vmk_arg_ref(c, 1);
  j3_class *holder = j3_class_of_mirror(&(vmk_slot){
      vmk_ref_decode(*(vmk_heap_ref *)((char *)field->ref + J3.known.offset_Field_clazz))});
  return &holder->fields[vmk_get_i32(field, J3.known.offset_Field_slot)];
}
J3_BUILTIN(unsafe_objectFieldOffset)
{
  (void)t;
  vmk_return_i64(c, unsafe_field(c)->offset);
}
J3_BUILTIN(unsafe_staticFieldOffset)
{
  (void)t;
  const j3_field *f = unsafe_field(c);
  vmk_return_i64(c, j3_static_offset(f->class, f->offset));
}
J3_BUILTIN(unsafe_staticFieldBase0)
{
  (void)t;
  vmk_return_ref(c, unsafe_field(c)->class->mirror);
}
/* objectFieldOffset1(Class, String) */
J3_BUILTIN(unsafe_objectFieldOffset1)
{
  j3_class *holder = j3_class_of_mirror(vmk_arg_ref(c, 1));
  char *name = j3_string_utf8(vmk_arg_ref(c, 2), NULL);
  for (int i = 0; name && i < holder->field_count; i++)
    if (j3_symbol_is(holder->fields[i].name, name)) {
      vmk_return_i64(c, holder->fields[i].offset);
      free(name);
      return;
    }
  free(name);
  j3_throw(t, "java/lang/InternalError", NULL);
}
J3_BUILTIN(unsafe_arrayBaseOffset0)
{
  (void)t;
  vmk_return_i32(c, VMK_ARRAY_DATA_OFFSET);
}
J3_BUILTIN(unsafe_arrayIndexScale0)
{
  (void)t;
  j3_class *k = j3_class_of_mirror(vmk_arg_ref(c, 1));
  vmk_return_i32(c, 1 << k->kind.element_shift);
}
J3_BUILTIN(unsafe_ensureClassInitialized0)
{
  j3_class_initialize(t, j3_class_of_mirror(vmk_arg_ref(c, 1)));
  (void)c;
}
J3_BUILTIN(unsafe_shouldBeInitialized0)
{
  (void)t;
  vmk_return_i32(c, !j3_class_is_initialized(j3_class_of_mirror(vmk_arg_ref(c, 1))));
}
J3_BUILTIN(unsafe_allocateInstance)
{
  j3_class *k = j3_class_of_mirror(vmk_arg_ref(c, 1));
  if (k->is_array || k->primitive || (k->flags & (J3_ABSTRACT | J3_INTERFACE)) ||
      k == J3.known.class_Class) {
    char name[512];
    j3_class_external_name(k, name, sizeof name);
    j3_throw(t, "java/lang/InstantiationException", "%s", name);
    return;
  }
  if (j3_class_initialize(t, k))
    vmk_return_ref(c, j3_object_new(t, k));
}
/* defineClass0(String name, byte[] b, int off, int len, ClassLoader loader, ProtectionDomain pd) */
J3_BUILTIN(unsafe_defineClass0)
{
  vmk_handle bytes = vmk_arg_ref(c, 2);
  int32_t offset = vmk_arg_i32(c, 0), length = vmk_arg_i32(c, 1);
  uint8_t *copy = malloc((size_t)length + 1);
  if (!copy)
    return;
  memcpy(copy, (char *)vmk_array_data(bytes) + offset, (size_t)length);
  j3_define define = {
      .name = vmk_is_null(vmk_arg_ref(c, 1)) ? NULL : j3_string_symbol(vmk_arg_ref(c, 1), true),
      .bytes = copy,
      .length = (size_t)length,
      .protection_domain = vmk_arg_ref(c, 4)};
  j3_loader *loader = j3_loader_of(t, vmk_arg_ref(c, 3));
  j3_class *k = loader ? j3_class_define(t, loader, &define) : NULL;
  free(copy);
  if (k)
    vmk_return_ref(c, k->mirror);
}

/* --- the rest ------------------------------------------------------------------------------------------------- */

J3_BUILTIN(unsafe_park)
{
  bool absolute = vmk_arg_i32(c, 0) != 0;
  int64_t time = vmk_arg_i64(c, 1);
  if (time < 0 || (absolute && time == 0) || j3_thread_check_interrupt(t))
    return;
  int64_t deadline = VMK_FOREVER;
  if (absolute)
    deadline = time > INT64_MAX / 1000000 ? VMK_FOREVER : time * 1000000;
  else if (time > 0) {
    int64_t now = vmk_now_ns();
    deadline = time > INT64_MAX - now ? VMK_FOREVER : now + time;
  }
  int32_t before = j3_thread_set_status(
      j3_self(t), deadline == VMK_FOREVER ? J3_STATUS_PARKED : J3_STATUS_TIMED_PARKED);
  vmk_park(t, deadline, absolute);
  j3_thread_set_status(j3_self(t), before);
}
J3_BUILTIN(unsafe_unpark)
{
  (void)t;
  vmk_handle thread = vmk_arg_ref(c, 1);
  if (vmk_is_null(thread))
    return;
  pthread_mutex_lock(&J3.thread_lock);
  j3_thread *target = j3_thread_of(thread);
  if (target)
    vmk_unpark(target->thread);
  pthread_mutex_unlock(&J3.thread_lock);
}
J3_BUILTIN(unsafe_throwException)
{
  vmk_throw(t, vmk_arg_ref(c, 1));
}
J3_BUILTIN(unsafe_fence)
{
  (void)t, (void)c;
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
/* getLoadAverage0(double[] averages, int count) */
J3_BUILTIN(unsafe_getLoadAverage0)
{
  (void)t;
  double average[3];
  int32_t count = vmk_arg_i32(c, 0);
  int got = getloadavg(average, count > 3 ? 3 : count);
  for (int i = 0; i < got; i++)
    vmk_set_f64(vmk_arg_ref(c, 1), VMK_ARRAY_DATA_OFFSET + 8 * (size_t)i, average[i]);
  vmk_return_i32(c, got);
}
J3_BUILTIN(unsafe_getUncompressedObject)
{
  (void)t;
  c->result = *(uint64_t *)c->prim[0];
}

#define ACCESS_ROWS(Name)                                                       \
  {"get" #Name, NULL, unsafe_get##Name}, {"put" #Name, NULL, unsafe_put##Name}, \
      {"get" #Name "Volatile", NULL, unsafe_get##Name##Volatile},               \
  {                                                                             \
    "put" #Name "Volatile", NULL, unsafe_put##Name##Volatile                    \
  }
#define CAS_ROWS(Name)                                                \
  {"compareAndSet" #Name, NULL, unsafe_compareAndSet##Name},          \
  {                                                                   \
    "compareAndExchange" #Name, NULL, unsafe_compareAndExchange##Name \
  }

static const j3_native_row unsafe_rows[] = {
    {"registerNatives", NULL, j3_native_nothing},
    ACCESS_ROWS(Reference),
    ACCESS_ROWS(Boolean),
    ACCESS_ROWS(Byte),
    ACCESS_ROWS(Short),
    ACCESS_ROWS(Char),
    ACCESS_ROWS(Int),
    ACCESS_ROWS(Long),
    ACCESS_ROWS(Float),
    ACCESS_ROWS(Double),
    CAS_ROWS(Int),
    CAS_ROWS(Long),
    CAS_ROWS(Reference),
    {"allocateMemory0", NULL, unsafe_allocateMemory0},
    {"reallocateMemory0", NULL, unsafe_reallocateMemory0},
    {"freeMemory0", NULL, unsafe_freeMemory0},
    {"setMemory0", NULL, unsafe_setMemory0},
    {"copyMemory0", NULL, unsafe_copyMemory0},
    {"copySwapMemory0", NULL, unsafe_copySwapMemory0},
    {"objectFieldOffset0", NULL, unsafe_objectFieldOffset},
    {"objectFieldOffset1", NULL, unsafe_objectFieldOffset1},
    {"staticFieldOffset0", NULL, unsafe_staticFieldOffset},
    {"staticFieldBase0", NULL, unsafe_staticFieldBase0},
    {"arrayBaseOffset0", NULL, unsafe_arrayBaseOffset0},
    {"arrayIndexScale0", NULL, unsafe_arrayIndexScale0},
    {"ensureClassInitialized0", NULL, unsafe_ensureClassInitialized0},
    {"shouldBeInitialized0", NULL, unsafe_shouldBeInitialized0},
    {"allocateInstance", NULL, unsafe_allocateInstance},
    {"defineClass0", NULL, unsafe_defineClass0},
    {"park", NULL, unsafe_park},
    {"unpark", NULL, unsafe_unpark},
    {"throwException", NULL, unsafe_throwException},
    {"loadFence", NULL, unsafe_fence},
    {"storeFence", NULL, unsafe_fence},
    {"fullFence", NULL, unsafe_fence},
    {"getLoadAverage0", NULL, unsafe_getLoadAverage0},
    {"getUncompressedObject", NULL, unsafe_getUncompressedObject},
    {"writebackMemory0", NULL, j3_native_nothing},
    {"writebackPreSync0", NULL, j3_native_nothing},
    {"writebackPostSync0", NULL, j3_native_nothing},
};
J3_NATIVE_TABLE(unsafe, "jdk/internal/misc/Unsafe", unsafe_rows);

/* --- jdk.internal.perf.Perf: counters are private memory, nothing reads them from outside ------------------- */

J3_BUILTIN(perf_highResCounter)
{
  (void)t;
  vmk_return_i64(c, vmk_now_ns());
}
J3_BUILTIN(perf_highResFrequency)
{
  (void)t;
  vmk_return_i64(c, 1000000000);
}

/* A direct ByteBuffer over fresh memory that is never freed, as HotSpot's is not. */
static vmk_handle
perf_buffer(vmk_thread *t, size_t bytes, const void *contents) VMK_MOVES
{
  char *memory = calloc(1, bytes ? bytes : 1);
  j3_class *k = memory ? j3_class_boot(t, "java/nio/DirectByteBuffer") : NULL;
  vmk_handle buffer = k && j3_class_initialize(t, k) ? j3_object_new(t, k) : NULL;
  if (!buffer)
    return NULL;
  if (contents)
    memcpy(memory, contents, bytes);
  j3_method *init = j3_class_method(k, j3_symbol_of("<init>"), j3_symbol_of("(JI)V"));
  vmk_value arguments[3] = {j3_ref(buffer), j3_long((intptr_t)memory), j3_int((int32_t)bytes)};
  return j3_call(t, init, arguments, NULL) ? buffer : NULL;
}
/* createLong(String name, int variability, int units, long value) */
J3_BUILTIN(perf_createLong)
{
  int64_t value = vmk_arg_i64(c, 2);
  vmk_return_ref(c, perf_buffer(t, sizeof value, &value));
}
/* createByteArray(String name, int variability, int units, byte[] value, int maxLength) */
J3_BUILTIN(perf_createByteArray)
{
  size_t room = (size_t)vmk_arg_i32(c, 2);
  vmk_handle buffer = perf_buffer(t, room, NULL);
  vmk_return_ref(c, buffer);
}
J3_BUILTIN(perf_attach)
{
  (void)c;
  j3_throw(t, "java/lang/IllegalArgumentException", "Could not map vmid to user Name");
}

static const j3_native_row perf_rows[] = {
    {"registerNatives", NULL, j3_native_nothing},
    {"attach", NULL, perf_attach},
    {"detach", NULL, j3_native_nothing},
    {"createLong", NULL, perf_createLong},
    {"createByteArray", NULL, perf_createByteArray},
    {"highResCounter", NULL, perf_highResCounter},
    {"highResFrequency", NULL, perf_highResFrequency},
};
J3_NATIVE_TABLE(perf, "jdk/internal/perf/Perf", perf_rows);

/* --- scoped memory (incubator), vector support ------------------------------------------------------------------ */

J3_BUILTIN(scoped_closeScope0)
{
  /* No thread can be inside a scoped access while the world is stopped: accesses have no safepoint. */
  (void)t;
  vmk_return_i32(c, 1);
}
static const j3_native_row scoped_rows[] = {
    {"registerNatives", NULL, j3_native_nothing},
    {"closeScope0", NULL, scoped_closeScope0},
};
J3_NATIVE_TABLE(scoped_memory, "jdk/internal/misc/ScopedMemoryAccess", scoped_rows);

J3_BUILTIN(vector_getMaxLaneCount)
{
  (void)t;
  vmk_return_i32(c, -1);
}
static const j3_native_row vector_rows[] = {
    {"registerNatives", NULL, j3_native_nothing},
    {"getMaxLaneCount", NULL, vector_getMaxLaneCount},
};
J3_NATIVE_TABLE(vector, "jdk/internal/vm/vector/VectorSupport", vector_rows);
