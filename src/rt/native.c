/* native.c -- functions written in C: builtins, and code with the platform's calling convention
 *
 * A native function's `constants` are its vmk_native.  Its frame is header and arguments; it never has
 * a pc.  Foreign calls go three ways: the register call below for signatures whose arguments all
 * travel in registers, which is nearly all of them; libffi for the rest.
 */
#include <ffi.h>
#include <string.h>

#include "rt/signature.h"
#include "rt/tier.h"
#include "rt/vm.h"

typedef struct vmk_native {
  vmk_builtin builtin;
  vmk_foreign foreign;
} vmk_native;

static void
native_bind(vmk_function *f, const vmk_native *native, vmk_tier_code *with_result,
            vmk_tier_code *without)
{
  vmk_native *own = vmk_meta_arena_alloc(&f->module->arena, sizeof *own);
  *own = *native;
  __atomic_store_n(&f->constants, (uint64_t *)own, __ATOMIC_RELEASE);
  vmk_function_enter_at(f, (void *)(f->signature->result == VMK_TYPE_VOID ? without : with_result));
}

void
vmk_function_bind_builtin(vmk_function *f, vmk_builtin builtin)
{
  native_bind(f, &(vmk_native){.builtin = builtin}, vmk_tier_builtin, vmk_tier_builtin_void);
}

void
vmk_function_bind_foreign(vmk_function *f, const vmk_foreign *foreign)
{
  native_bind(f, &(vmk_native){.foreign = *foreign}, vmk_tier_foreign, vmk_tier_foreign_void);
}

static inline vmk_native *
native_of(const vmk_function *f)
{
  return (vmk_native *)f->constants;
}

/* --- builtins -------------------------------------------------------------------------------------------- */

vmk_native_result
vmk_native_builtin(vmk_thread *t, uint64_t *fp)
{
  vmk_function *f = vmk_frame_function(fp);
  vmk_native_call call = {
      .function = f,
      .prim = fp + VMK_FRAME_HEADER,
      .ref = (vmk_slot *)(fp + f->ref_begin),
      .ptr = fp + f->ptr_begin[0],
  };
  vmk_slot *locals = t->local_top;
  vmk_scope scope = vmk_scope_begin(t);
  native_of(f)->builtin(t, &call);
  if (t->local_top != locals)
    vmk_scope_end(t, scope);
  return (vmk_native_result){call.result, !vmk_pending(t)};
}

/* --- foreign calls through registers ------------------------------------------------------------------------ *
 * The C conventions of x86-64 (System V) and AArch64 assign integer and vector registers to arguments
 * independently, each in the order of declaration.  So a call whose arguments all fit in registers
 * needs only the two lists: f(int, double, long) and f(int, long, ..., double, ...) load the same
 * registers, what is loaded in excess is not looked at, and the type of the result decides only where
 * it is read.  Floats sit in the low half of a vector register as they do in a slot. */

enum { NATIVE_INTS = 6, NATIVE_FPS = 8 };

typedef struct native_registers {
  uint64_t ints[NATIVE_INTS];
  double fps[NATIVE_FPS];
} native_registers;

#define NATIVE_LIST(r)                                                                             \
  (r)->ints[0], (r)->ints[1], (r)->ints[2], (r)->ints[3], (r)->ints[4], (r)->ints[5], (r)->fps[0], \
      (r)->fps[1], (r)->fps[2], (r)->fps[3], (r)->fps[4], (r)->fps[5], (r)->fps[6], (r)->fps[7]
#define NATIVE_TYPES                                                                          \
  uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, double, double, double, double, \
      double, double, double, double

__attribute__((no_sanitize("undefined"))) static uint64_t
native_call_int(void *address, const native_registers *r)
{
  return ((uint64_t (*)(NATIVE_TYPES))address)(NATIVE_LIST(r));
}

__attribute__((no_sanitize("undefined"))) static uint64_t
native_call_fp(void *address, const native_registers *r)
{
  double v = ((double (*)(NATIVE_TYPES))address)(NATIVE_LIST(r));
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

static inline bool
native_fits_registers(const vmk_signature_private *s, bool is_static)
{
#if defined(__x86_64__) || defined(__aarch64__)
  return s->int_count + 1u + is_static <= NATIVE_INTS && s->fp_count <= NATIVE_FPS;
#else
  (void)s, (void)is_static;
  return false;
#endif
}

/* A reference travels as the address of its slot, a null one as null. */
static inline uint64_t
native_argument(uint64_t *slot, uint8_t type)
{
  if (type == VMK_TYPE_REF)
    return *slot ? (uintptr_t)slot : 0;
  return *slot;
}

static void
native_load_registers(native_registers *r, uint64_t *fp, const vmk_signature_private *s,
                      uint32_t ints)
{
  uint32_t fps = 0;
  for (uint32_t i = 0; i < s->public.count; i++) {
    uint64_t v = native_argument(&fp[s->slots[i]], s->public.type[i]);
    if (vmk_type_is_float(s->public.type[i]))
      memcpy(&r->fps[fps++], &v, sizeof v);
    else
      r->ints[ints++] = v;
  }
}

/* --- foreign calls through libffi ------------------------------------------------------------------------------- */

struct vmk_ffi {
  ffi_cif cif;
  ffi_type *types[];
};

static ffi_type *
native_ffi_type(uint8_t type)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_VOID: return &ffi_type_void;
  case VMK_TYPE_I32: return &ffi_type_sint32;
  case VMK_TYPE_I64: return &ffi_type_sint64;
  case VMK_TYPE_F32: return &ffi_type_float;
  case VMK_TYPE_F64: return &ffi_type_double;
  case VMK_TYPE_REF:
  case VMK_TYPE_PTR: return &ffi_type_pointer;
  case VMK_TYPE_I8: return &ffi_type_sint8;
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: return &ffi_type_uint8;
  case VMK_TYPE_I16: return &ffi_type_sint16;
  case VMK_TYPE_U16: return &ffi_type_uint16;
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  vmk_assert_failed("a type that C knows", __FILE__, __LINE__);
}

static struct vmk_ffi *
native_ffi(vmk_signature_private *s, bool is_static)
{
  struct vmk_ffi *ffi = __atomic_load_n((struct vmk_ffi **)&s->ffi[is_static], __ATOMIC_ACQUIRE);
  if (ffi)
    return ffi;
  uint32_t first = 1 + is_static, count = first + s->public.count;
  ffi = vmk_malloc(sizeof *ffi + count * sizeof ffi->types[0]);
  for (uint32_t i = 0; i < first; i++)
    ffi->types[i] = &ffi_type_pointer;
  for (uint32_t i = 0; i < s->public.count; i++)
    ffi->types[first + i] = native_ffi_type(s->public.type[i]);
  VMK_ASSERT(ffi_prep_cif(&ffi->cif, FFI_DEFAULT_ABI, count, native_ffi_type(s->public.result),
                          ffi->types) == FFI_OK);
  struct vmk_ffi *seen = NULL;
  if (!__atomic_compare_exchange_n((struct vmk_ffi **)&s->ffi[is_static], &seen, ffi, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    free(ffi);
    ffi = seen;
  }
  return ffi;
}

/* The frame is read before the thread is native: then the collector may be changing it. */
static VMK_NOINLINE uint64_t
native_call_ffi(vmk_thread *t, void *address, uint64_t *fp, vmk_signature_private *s,
                uint64_t *ints, uint32_t first)
{
  void *where[VMK_SIGNATURE_MAX + 2];
  uint64_t values[VMK_SIGNATURE_MAX + 2];
  for (uint32_t i = 0; i < first; i++)
    where[i] = &ints[i];
  for (uint32_t i = 0; i < s->public.count; i++) {
    values[i] = native_argument(&fp[s->slots[i]], s->public.type[i]);
    where[first + i] = &values[i];
  }
  uint64_t result = 0;
  vmk_world_to_native(t);
  ffi_call(&native_ffi(s, first == 2)->cif, FFI_FN(address), &result, where);
  vmk_world_to_managed(t);
  return result;
}

static uint64_t
native_call_registers(vmk_thread *t, void *address, const native_registers *registers,
                      vmk_type result)
{
  vmk_world_to_native(t);
  uint64_t bits = vmk_type_is_float(result) ? native_call_fp(address, registers)
                                            : native_call_int(address, registers);
  vmk_world_to_managed(t);
  return bits;
}

/* --- foreign calls --------------------------------------------------------------------------------------------------- */

/* What C left in the result register, as a register of ours holds it. */
static uint64_t
native_normalise(uint64_t bits, uint8_t type)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_BOOL: return (uint8_t)bits != 0;
  case VMK_TYPE_I8: return (uint32_t)(int8_t)bits;
  case VMK_TYPE_U8: return (uint8_t)bits;
  case VMK_TYPE_I16: return (uint32_t)(int16_t)bits;
  case VMK_TYPE_U16: return (uint16_t)bits;
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: return (uint32_t)bits;
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: return bits;
  case VMK_TYPE_REF: return bits ? (uintptr_t)((vmk_handle)bits)->ref : 0;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  return 0;
}

vmk_native_result
vmk_native_foreign(vmk_thread *t, uint64_t *fp)
{
  vmk_function *f = vmk_frame_function(fp);
  vmk_signature_private *s = vmk_signature_private_of(f->signature);
  const vmk_foreign *foreign = &native_of(f)->foreign;
  native_registers registers;
  bool is_static = f->flags & VMK_FUNCTION_STATIC;
  bool fits = native_fits_registers(s, is_static);
  vmk_scope scope = vmk_scope_begin(t);
  registers.ints[0] = (uintptr_t)(foreign->environment ? foreign->environment(t) : NULL);
  registers.ints[1] =
      foreign->class_handle ? (uintptr_t)vmk_local(t, foreign->class_handle->ref) : 0;
  if (fits)
    native_load_registers(&registers, fp, s, 1 + is_static);
  if (VMK_UNLIKELY(vmk_log_on(&t->vm->log, VMK_TRACE_NATIVE))) {
    char name[256];
    vmk_function_name(f, name, sizeof name);
    vmk_trace_print(t->vm, VMK_TRACE_NATIVE, "%s", name);
  }

  uint64_t bits =
      fits ? native_call_registers(t, foreign->address, &registers, (vmk_type)s->public.result)
           : native_call_ffi(t, foreign->address, fp, s, registers.ints, 1 + is_static);
  vmk_poll(t);
  bits = native_normalise(bits, s->public.result);
  vmk_scope_end(t, scope);
  return (vmk_native_result){bits, !vmk_pending(t)};
}
