/* signature.c -- interned signatures
 *
 * The key is the result type and the parameter types as bytes.  Signatures live until the vm ends.
 */
#include "rt/signature.h"

#include <string.h>

#include "rt/vm.h"

static uint16_t *
signature_count(vmk_signature *s, uint8_t type)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_REF: return &s->ref_count;
  case VMK_TYPE_PTR: return &s->ptr_count;
  case VMK_TYPE_I32:
  case VMK_TYPE_I64:
  case VMK_TYPE_F32:
  case VMK_TYPE_F64:
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_I16:
  case VMK_TYPE_U16:
  case VMK_TYPE_BOOL: return &s->prim_count;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  vmk_assert_failed("a parameter's type", __FILE__, __LINE__);
}

static vmk_signature *
signature_new(vmk_arena *arena, vmk_type result, const uint8_t *types, size_t count)
{
  vmk_signature_private *p = vmk_arena_alloc(arena, sizeof *p + count);
  vmk_signature *s = &p->public;
  p->slots = VMK_ARENA_ARRAY(arena, uint16_t, count);
  s->count = (uint16_t)count;
  s->result = (uint8_t)result;
  for (size_t i = 0; i < count; i++) {
    s->type[i] = types[i];
    ++*signature_count(s, types[i]);
    ++*(vmk_type_is_float(types[i]) ? &p->fp_count : &p->int_count);
  }
  uint16_t prim = VMK_FRAME_HEADER;
  uint16_t ptr = (uint16_t)(prim + s->prim_count), ref = (uint16_t)(ptr + s->ptr_count);
  p->frame_slots = (uint16_t)(ref + s->ref_count);
  for (size_t i = 0; i < count; i++)
    p->slots[i] = types[i] == VMK_TYPE_REF ? ref++ : types[i] == VMK_TYPE_PTR ? ptr++ : prim++;
  return s;
}

const vmk_signature *
vmk_signature_get(vmk_vm *vm, vmk_type result, const uint8_t *types, size_t count)
{
  uint8_t key[VMK_SIGNATURE_MAX + 1];
  VMK_ASSERT(count <= VMK_SIGNATURE_MAX);
  key[0] = (uint8_t)result;
  if (count)
    memcpy(key + 1, types, count);
  pthread_mutex_lock(&vm->signature_lock);
  bool is_new;
  vmk_strmap_slot *slot = vmk_strmap_slot_for(&vm->signatures, key, count + 1, &is_new);
  if (is_new) {
    slot->key = vmk_arena_copy(&vm->signature_arena, key, count + 1);
    slot->value = signature_new(&vm->signature_arena, result, types, count);
  }
  vmk_signature *s = slot->value;
  pthread_mutex_unlock(&vm->signature_lock);
  return s;
}

void
vmk_signatures_fini(vmk_vm *vm)
{
  size_t cursor = 0;
  for (vmk_strmap_slot *slot; (slot = vmk_strmap_next(&vm->signatures, &cursor));) {
    vmk_signature_private *p = vmk_signature_private_of(slot->value);
    free(p->ffi[0]);
    free(p->ffi[1]);
  }
  vmk_strmap_fini(&vm->signatures);
  vmk_arena_fini(&vm->signature_arena);
}
