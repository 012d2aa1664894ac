/* call.c -- C calls managed code
 *
 * An entry frame is laid on top of the youngest frame, the callee's frame on top of it; the tier runs
 * until the entry frame's exit.  The entry frame keeps the caller's t->fp and t->pc, so that walks go
 * on below it and so that they can be restored.
 */
#include "rt/signature.h"
#include "rt/tier.h"
#include "rt/vm.h"

static void
call_place_arguments(uint64_t *fp, const vmk_signature *s, const vmk_value *arguments)
{
  const uint16_t *slots = vmk_signature_private_of(s)->slots;
  for (uint32_t i = 0; i < s->count; i++) {
    const vmk_value *v = &arguments[i];
    uint64_t *to = &fp[slots[i]];
    switch ((vmk_type)s->type[i]) {
    case VMK_TYPE_REF: *to = v->ref ? (uintptr_t)v->ref->ref : 0; break;
    case VMK_TYPE_I64:
    case VMK_TYPE_F64:
    case VMK_TYPE_PTR: *to = v->bits; break;
    case VMK_TYPE_I32:
    case VMK_TYPE_F32: *to = (uint32_t)v->i32; break;
    case VMK_TYPE_I8: *to = (uint32_t)(int8_t)v->i32; break;
    case VMK_TYPE_U8: *to = (uint8_t)v->i32; break;
    case VMK_TYPE_I16: *to = (uint32_t)(int16_t)v->i32; break;
    case VMK_TYPE_U16: *to = (uint16_t)v->i32; break;
    case VMK_TYPE_BOOL: *to = (uint8_t)v->i32 != 0; break;
    case VMK_TYPE_VOID:
    case VMK_TYPE_AGGREGATE:
    case VMK_TYPE_COUNT: break;
    }
  }
}

bool
vmk_call(vmk_thread *t, vmk_function *f, const vmk_value *arguments, vmk_value *result)
{
  const vmk_signature *s = f->signature;
  uint64_t *entry = t->fp + vmk_frame_function(t->fp)->frame_slots;
  uint64_t *fp = entry + VMK_ENTRY_SLOTS;
  VMK_ASSERT(!vmk_pending(t));
  if (VMK_UNLIKELY((char *)__builtin_frame_address(0) < t->rt->native_limit ||
                   fp + vmk_signature_private_of(s)->frame_slots > t->stack_limit)) {
    vmk_trap_stack_overflow(t);
    return false;
  }
  vmk_frame_set_caller(entry, t->fp, t->pc);
  entry[VMK_FRAME_FUNCTION] = vmk_frame_tag(t->vm->entry_function, 0);
  entry[VMK_ENTRY_RESULT] = 0;
  call_place_arguments(fp, s, arguments);
  fp[VMK_FRAME_FP] = (uintptr_t)entry;
  fp[VMK_FRAME_RETURN] = (uintptr_t)&t->vm->entry_code[VMK_ENTRY_EXIT];
  fp[VMK_FRAME_FUNCTION] = vmk_frame_tag(f, VMK_ENTRY_RESULT);
  fp[VMK_FRAME_ADDRESS] = (uintptr_t)vmk_tier_return;

  vmk_tier_run(t, fp);

  t->fp = vmk_frame_caller(entry);
  t->pc = vmk_frame_caller_pc(entry);
  if (vmk_pending(t))
    return false;
  if (result && s->result == VMK_TYPE_REF)
    result->ref = vmk_local(t, ((vmk_slot *)&entry[VMK_ENTRY_RESULT])->ref);
  else if (result)
    result->bits = entry[VMK_ENTRY_RESULT];
  return true;
}

vmk_function *
vmk_find_virtual(vmk_handle receiver, uint32_t vtable_index)
{
  vmk_kind *kind = vmk_handle_kind(receiver);
  VMK_ASSERT(vtable_index < kind->vtable_length);
  return kind->vtable[vtable_index];
}

vmk_function *
vmk_find_interface(vmk_thread *t, vmk_function *target, vmk_handle receiver)
{
  return vmk_dispatch_interface(t, target, vmk_handle_kind(receiver), NULL);
}
