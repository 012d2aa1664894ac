/* translate_object.c -- instructions whose meaning is in the constant pool
 *
 * Translation resolves nothing that could be observed: no class is loaded or initialised for it.  What
 * another instruction has resolved already (or what resolution is bound to find: a class this loader
 * has loaded and may access) is used at once, everything else becomes a site that hooks.c links on first
 * execution.  Rare operations call builtins that take the method and the pool index.
 */
#include "builtins.h"
#include "hooks.h"
#include "intrinsics.h"
#include "translate.h"
#include "typecheck.h"

/* --- what is already known ------------------------------------------------------------------------------- */

/* The class of a pool entry if resolving it now has no effect but to find it; else null. */
static j3_class *
object_known_class(j3_translation *tr, uint16_t index)
{
  j3_class *c = j3_pool_resolved(tr->pool, index);
  if (c)
    return c;
  if (tr->class->is_hidden) /* its own name in its pool means itself, and is not found by name */
    return NULL;
  c = j3_class_find(tr->class->loader, j3_pool_utf8(tr->pool, (uint16_t)tr->pool->value[index]));
  return c && j3_check_class_access(tr->class, c) ? c : NULL;
}

static vmk_reg
object_method_ptr(j3_translation *tr)
{
  vmk_reg ptr = vmk_build_register(tr->b, VMK_TYPE_PTR);
  vmk_emit_const_ptr(tr->b, ptr, tr->method);
  return ptr;
}

static vmk_reg
object_pool_index(j3_translation *tr)
{
  vmk_reg index = j3_stack_temp(tr, J3_SLOT_INT);
  vmk_emit_const_i32(tr->b, index, tr->in.index);
  return index;
}

/* --- constants ----------------------------------------------------------------------------------------------- */

static void
object_constant(j3_translation *tr)
{
  uint16_t index = tr->in.index;
  uint8_t tag = tr->pool->tag[index];
  uint8_t slot = (uint8_t)j3_translate_constant_slot(tr, index);
  if (tag >= J3_TAG_INTEGER && tag <= J3_TAG_DOUBLE) {
    j3_stack_push_constant(tr, slot, tr->pool->value[index]);
    return;
  }
  vmk_reg to = j3_stack_target(tr, slot);
  j3_class *c = tag == J3_TAG_CLASS ? object_known_class(tr, index) : NULL;
  if (c)
    vmk_emit_const_ref(tr->b, to, c->mirror);
  else
    vmk_emit_site(tr->b, slot == J3_SLOT_REF ? VMK_SITE_CONST_REF : VMK_SITE_CONST_BITS,
                  j3_type_of_slot(slot), index, tr->in.op, 0, to, NULL, 0, NULL);
  j3_stack_push_target(tr, slot, to);
}

/* --- fields -------------------------------------------------------------------------------------------------- */

static void
object_field(j3_translation *tr)
{
  uint8_t op = tr->in.op;
  uint16_t index = tr->in.index;
  vmk_type type = j3_type_of_descriptor(j3_translate_member_descriptor(tr, index)->text[0]);
  uint8_t slot = (uint8_t)j3_slot_of_type((uint8_t)type);
  vmk_reg args[2];
  if (op == J3_BC_putfield || op == J3_BC_putstatic) {
    bool is_static = op == J3_BC_putstatic;
    j3_value *v = j3_stack_pop(tr); /* a store cuts to bytes and shorts by itself */
    args[1] = type == VMK_TYPE_BOOL ? j3_stack_narrow(tr, v, type) : j3_stack_reg(tr, v);
    if (!is_static)
      args[0] = j3_stack_pop_reg(tr);
    vmk_emit_site(tr->b, is_static ? VMK_SITE_STORE_STATIC : VMK_SITE_STORE_FIELD, type, index, op,
                  0, VMK_NO_REG, is_static ? args + 1 : args, is_static ? 1 : 2, NULL);
    return;
  }
  bool is_static = op == J3_BC_getstatic;
  if (!is_static)
    args[0] = j3_stack_pop_reg(tr);
  vmk_reg to = j3_stack_target(tr, slot);
  vmk_emit_site(tr->b, is_static ? VMK_SITE_LOAD_STATIC : VMK_SITE_LOAD_FIELD, type, index, op, 0,
                to, args, !is_static, NULL);
  tr->narrow = (uint8_t)type;
  j3_stack_push_target(tr, slot, to);
}

/* --- calls ---------------------------------------------------------------------------------------------------- */

void
j3_translate_register_finalizable(j3_translation *tr, vmk_reg object)
{
  vmk_label skip = vmk_build_label(tr->b);
  vmk_emit_leaf_branch(tr->b, j3_leaf_not_finalizable, 0, &object, 1, skip);
  vmk_emit_call(tr->b, VMK_NO_REG, j3_builtin_function(J3_BUILTIN_FINALIZABLE), &object, 1);
  vmk_build_bind(tr->b, skip);
}

/* The call of Object's constructor does nothing but what j3_translate_register_finalizable does. */
static bool
object_is_root_constructor(j3_translation *tr)
{
  if (tr->in.op != J3_BC_invokespecial)
    return false;
  uint16_t class_index = (uint16_t)tr->pool->value[tr->in.index];
  j3_symbol *class_name = j3_pool_utf8(tr->pool, (uint16_t)tr->pool->value[class_index]);
  return class_name == J3.known.class_Object->name &&
         j3_symbol_is(j3_translate_member_name(tr, tr->in.index), "<init>") &&
         j3_symbol_is(j3_translate_member_descriptor(tr, tr->in.index), "()V");
}

static void
object_invoke(j3_translation *tr) VMK_MOVES
{
  const vmk_signature *s = j3_translate_signature(tr, &tr->in);
  vmk_reg args[256];
  if (object_is_root_constructor(tr)) {
    j3_translate_register_finalizable(tr, j3_stack_pop_reg(tr));
    return;
  }
  if (j3_translate_intrinsic(tr, s))
    return;
  for (uint32_t i = s->count; i-- > 0;)
    args[i] = j3_stack_pop_reg(tr);
  uint8_t slot = s->result == VMK_TYPE_VOID ? J3_SLOT_COUNT : (uint8_t)j3_slot_of_type(s->result);
  vmk_reg to = slot == J3_SLOT_COUNT ? VMK_NO_REG : j3_stack_target(tr, slot);
  vmk_emit_site(tr->b, VMK_SITE_CALL, s->result, tr->in.index, tr->in.op, 0, to, args, s->count, s);
  tr->narrow = s->result;
  if (slot != J3_SLOT_COUNT)
    j3_stack_push_target(tr, slot, to);
}

/* --- allocation ----------------------------------------------------------------------------------------------- */

static void
object_new(j3_translation *tr)
{
  j3_class *c = object_known_class(tr, tr->in.index);
  vmk_reg to = j3_stack_target(tr, J3_SLOT_REF);
  if (c && j3_class_is_initialized(c) && !(c->flags & (J3_ABSTRACT | J3_INTERFACE)) &&
      c != J3.known.class_Class && !c->is_array)
    vmk_emit_new(tr->b, to, &c->kind);
  else
    vmk_emit_site(tr->b, VMK_SITE_NEW, VMK_TYPE_REF, tr->in.index, tr->in.op, 0, to, NULL, 0, NULL);
  j3_stack_push_target(tr, J3_SLOT_REF, to);
}

static void
object_new_array(j3_translation *tr) VMK_MOVES
{
  j3_class *c = NULL;
  if (tr->in.op == J3_BC_newarray) {
    c = j3_class_array_of(tr->thread, J3.primitive[tr->in.index]);
    VMK_ASSERT(c);
  } else {
    j3_class *component = object_known_class(tr, tr->in.index);
    if (component)
      c = atomic_load_explicit(&component->array, memory_order_acquire);
  }
  vmk_reg length = j3_stack_pop_reg(tr);
  vmk_reg to = j3_stack_target(tr, J3_SLOT_REF);
  if (c)
    vmk_emit_new_array(tr->b, to, &c->kind, length);
  else
    vmk_emit_site(tr->b, VMK_SITE_NEW_ARRAY, VMK_TYPE_REF, tr->in.index, tr->in.op, 0, to, &length,
                  1, NULL);
  j3_stack_push_target(tr, J3_SLOT_REF, to);
}

static void
object_multianewarray(j3_translation *tr)
{
  uint32_t dimensions = (uint32_t)tr->in.value;
  vmk_reg args[2 + 255];
  for (uint32_t i = dimensions; i-- > 0;)
    args[2 + i] = j3_stack_pop_reg(tr);
  args[0] = object_method_ptr(tr);
  args[1] = object_pool_index(tr);
  vmk_reg to = j3_stack_target(tr, J3_SLOT_REF);
  vmk_emit_call(tr->b, to, j3_builtin_multianewarray(dimensions), args, 2 + dimensions);
  j3_stack_push_target(tr, J3_SLOT_REF, to);
}

/* --- type checks --------------------------------------------------------------------------------------------- */

/* A null passes without resolving the class (JVMS 6.5). The value stays in its register. */
static void
object_checkcast(j3_translation *tr)
{
  j3_value *v = j3_stack_pop(tr);
  j3_class *c = object_known_class(tr, tr->in.index);
  if (!v->constant && !(c && c == J3.known.class_Object)) {
    vmk_label passed = vmk_build_label(tr->b);
    if (c) {
      vmk_emit_branch_kind_or_null(tr->b, v->reg, &c->kind, j3_leaf_is_instance, passed);
    } else {
      vmk_reg is = j3_stack_temp(tr, J3_SLOT_INT);
      vmk_emit_branch1(tr->b, VMK_OP_br_null, v->reg, passed);
      vmk_emit_leaf_site(tr->b, j3_leaf_is_instance, tr->in.index, tr->in.op, 0, is, &v->reg, 1);
      vmk_emit_branch2i(tr->b, VMK_OP_br_ne_i32, is, 0, passed);
    }
    vmk_reg args[3] = {object_method_ptr(tr), object_pool_index(tr), v->reg};
    vmk_emit_call(tr->b, VMK_NO_REG, j3_builtin_function(J3_BUILTIN_THROW_CAST), args, 3);
    vmk_build_bind(tr->b, passed);
  }
  j3_stack_push(tr, *v);
}

static void
object_instanceof(j3_translation *tr)
{
  vmk_reg object = j3_stack_pop_reg(tr);
  j3_class *c = object_known_class(tr, tr->in.index);
  vmk_reg to = j3_stack_target(tr, J3_SLOT_INT);
  if (c) {
    vmk_emit_is_kind(tr->b, to, object, &c->kind, j3_leaf_is_instance);
  } else {
    vmk_label ask = vmk_build_label(tr->b), done = vmk_build_label(tr->b);
    vmk_emit_branch1(tr->b, VMK_OP_br_nonnull, object, ask);
    vmk_emit_const_i32(tr->b, to, 0);
    vmk_emit_jump(tr->b, done);
    vmk_build_bind(tr->b, ask);
    vmk_emit_leaf_site(tr->b, j3_leaf_is_instance, tr->in.index, tr->in.op, 0, to, &object, 1);
    vmk_build_bind(tr->b, done);
  }
  tr->narrow = VMK_TYPE_BOOL;
  j3_stack_push_target(tr, J3_SLOT_INT, to);
}

bool
j3_translate_object(j3_translation *tr)
{
  switch (tr->in.op) {
  case J3_BC_ldc:
  case J3_BC_ldc_w:
  case J3_BC_ldc2_w: object_constant(tr); break;
  case J3_BC_getstatic:
  case J3_BC_putstatic:
  case J3_BC_getfield:
  case J3_BC_putfield: object_field(tr); break;
  case J3_BC_invokevirtual:
  case J3_BC_invokespecial:
  case J3_BC_invokestatic:
  case J3_BC_invokeinterface:
  case J3_BC_invokedynamic: object_invoke(tr); break;
  case J3_BC_new: object_new(tr); break;
  case J3_BC_newarray:
  case J3_BC_anewarray: object_new_array(tr); break;
  case J3_BC_multianewarray: object_multianewarray(tr); break;
  case J3_BC_checkcast: object_checkcast(tr); break;
  case J3_BC_instanceof: object_instanceof(tr); break;
  default: return false;
  }
  return true;
}
