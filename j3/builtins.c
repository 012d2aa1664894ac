/* builtins.c -- the rare operations themselves
 *
 * Functions are published by compare-and-exchange: two threads may make one, the loser's stays unused.
 */
#include "builtins.h"

#include "jvmti_watch.h"
#include "translate.h"
#include "typecheck.h"
#include "vm.h"

static _Atomic(vmk_function *) builtins_functions[J3_BUILTIN_COUNT];
static _Atomic(vmk_function *) builtins_multi[256]; /* by dimensions */

static void
builtins_finalizable(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  j3_finalizer_register(t, vmk_arg_ref(c, 0));
}

static void
builtins_throw_cast(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  j3_method *m = (j3_method *)(uintptr_t)c->ptr[0];
  j3_class *to = j3_resolve_class(t, j3_method_pool(m), (uint16_t)vmk_arg_i32(c, 0));
  if (to)
    j3_throw_class_cast(t, j3_class_of(vmk_arg_ref(c, 0)), to);
}

static void
builtins_interface(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  j3_method *m = (j3_method *)(uintptr_t)c->ptr[0];
  vmk_handle receiver = vmk_arg_ref(c, 0);
  vmk_function *f = m->itable_index >= 0 && (m->class->flags & J3_INTERFACE)
                        ? vmk_find_interface(t, m->function, receiver)
                        : m->function;
  c->result = (uintptr_t)f;
}

static void
builtins_multianewarray(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  j3_method *m = (j3_method *)(uintptr_t)c->ptr[0];
  uint32_t dimensions = c->function->signature->prim_count - 1u;
  int32_t lengths[255];
  j3_class *array = j3_resolve_class(t, j3_method_pool(m), (uint16_t)vmk_arg_i32(c, 0));
  if (!array)
    return;
  if (!array->is_array || array->dimensions < dimensions) {
    j3_throw(t, "java/lang/VerifyError", "multianewarray of a class with fewer dimensions");
    return;
  }
  for (uint32_t i = 0; i < dimensions; i++) {
    lengths[i] = vmk_arg_i32(c, (int)i + 1);
    if (lengths[i] < 0) {
      j3_throw(t, "java/lang/NegativeArraySizeException", "%d", lengths[i]);
      return;
    }
  }
  vmk_return_ref(c, j3_multi_array_new(t, array, lengths, dimensions));
}

/* The function in *slot, made of the signature and builtin given when there is none yet. */
static vmk_function *
builtins_get(_Atomic(vmk_function *) *slot, vmk_type result, const uint8_t *types, size_t count,
             vmk_builtin builtin)
{
  vmk_function *f = atomic_load_explicit(slot, memory_order_acquire);
  if (f)
    return f;
  vmk_function *made =
      vmk_function_new(J3.boot->module, vmk_signature_get(J3.vm, result, types, count), NULL, 0);
  vmk_function_bind_builtin(made, builtin);
  return atomic_compare_exchange_strong(slot, &f, made) ? made : f;
}

vmk_function *
j3_builtin_function(j3_builtin_id id)
{
  static const uint8_t object[] = {VMK_TYPE_REF};
  static const uint8_t indexed[] = {VMK_TYPE_PTR, VMK_TYPE_I32, VMK_TYPE_REF};
  static const uint8_t receiver[] = {VMK_TYPE_PTR, VMK_TYPE_REF};
  static const uint8_t account[] = {VMK_TYPE_REF, VMK_TYPE_REF};
  static const uint8_t flagged[] = {VMK_TYPE_I32, VMK_TYPE_REF, VMK_TYPE_REF};
  _Atomic(vmk_function *) *slot = &builtins_functions[id];
  switch (id) {
  case J3_BUILTIN_FINALIZABLE:
    return builtins_get(slot, VMK_TYPE_VOID, object, VMK_COUNT(object), builtins_finalizable);
  case J3_BUILTIN_THROW_CAST:
    return builtins_get(slot, VMK_TYPE_VOID, indexed, VMK_COUNT(indexed), builtins_throw_cast);
  case J3_BUILTIN_INTERFACE:
    return builtins_get(slot, VMK_TYPE_PTR, receiver, VMK_COUNT(receiver), builtins_interface);
  case J3_BUILTIN_ACCOUNT_ENTER:
    return builtins_get(slot, VMK_TYPE_REF, account, 2, j3_account_enter);
  case J3_BUILTIN_ACCOUNT_EXIT:
    return builtins_get(slot, VMK_TYPE_VOID, account, 2, j3_account_exit);
  case J3_BUILTIN_ACCOUNT_RETURN:
    return builtins_get(slot, VMK_TYPE_VOID, flagged, 2, j3_account_return);
  case J3_BUILTIN_ACCOUNT_UNWIND:
    return builtins_get(slot, VMK_TYPE_REF, flagged, 3, j3_account_unwind);
  case J3_BUILTIN_WATCH_LOCATION:
    return builtins_get(slot, VMK_TYPE_VOID, NULL, 0, j3_ti_at_location);
  case J3_BUILTIN_WATCH_ENTRY: return builtins_get(slot, VMK_TYPE_VOID, NULL, 0, j3_ti_at_entry);
  case J3_BUILTIN_WATCH_RETURN: return builtins_get(slot, VMK_TYPE_VOID, NULL, 0, j3_ti_at_return);
  case J3_BUILTIN_WATCH_RETURN_I32:
    return builtins_get(slot, VMK_TYPE_VOID, (uint8_t[]){VMK_TYPE_I32}, 1, j3_ti_at_return);
  case J3_BUILTIN_WATCH_RETURN_I64:
    return builtins_get(slot, VMK_TYPE_VOID, (uint8_t[]){VMK_TYPE_I64}, 1, j3_ti_at_return);
  case J3_BUILTIN_WATCH_RETURN_F32:
    return builtins_get(slot, VMK_TYPE_VOID, (uint8_t[]){VMK_TYPE_F32}, 1, j3_ti_at_return);
  case J3_BUILTIN_WATCH_RETURN_F64:
    return builtins_get(slot, VMK_TYPE_VOID, (uint8_t[]){VMK_TYPE_F64}, 1, j3_ti_at_return);
  case J3_BUILTIN_WATCH_RETURN_REF:
    return builtins_get(slot, VMK_TYPE_VOID, object, 1, j3_ti_at_return);
  case J3_BUILTIN_WATCH_UNWIND:
    return builtins_get(slot, VMK_TYPE_VOID, object, 1, j3_ti_at_unwind);
  case J3_BUILTIN_WATCH_CATCH: return builtins_get(slot, VMK_TYPE_VOID, object, 1, j3_ti_at_catch);
  case J3_BUILTIN_COUNT: break;
  }
  VMK_ASSERT(!"unknown builtin");
  return NULL;
}

vmk_function *
j3_builtin_multianewarray(uint32_t dimensions)
{
  uint8_t types[2 + 255] = {VMK_TYPE_PTR, VMK_TYPE_I32};
  memset(types + 2, VMK_TYPE_I32, dimensions);
  return builtins_get(&builtins_multi[dimensions], VMK_TYPE_REF, types, 2 + dimensions,
                      builtins_multianewarray);
}
