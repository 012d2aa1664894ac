/* translate_watch.c -- what watched methods look at: entry, every bytecode, handlers, every exit
 *
 * Each look is a load and a branch around the call of a builtin (jvmti_watch.h), which finds method and
 * position in the frame.  Watched methods keep all registers, and locals have numbers by which they are
 * found, so that a debugger sees variables that the code no longer needs.  A method is left by an exception
 * through a handler of its own around everything, the last one to be asked.
 */
#include "builtins.h"
#include "jvmti_watch.h"
#include "translate.h"

static vmk_reg
watch_reg(j3_translation *tr, int i)
{
  if (!tr->watch_regs[i])
    tr->watch_regs[i] = vmk_build_register(tr->b, VMK_TYPE_I32).index + 1;
  return (vmk_reg){tr->watch_regs[i] - 1};
}

/* Call the builtin when *word, or *other if given, is not zero. */
static void
watch_look(j3_translation *tr, void *word, void *other, j3_builtin_id builtin, const vmk_reg *value)
{
  vmk_reg a = watch_reg(tr, 0);
  vmk_emit_load_static(tr->b, VMK_TYPE_I32, a, word);
  if (other) {
    vmk_reg b = watch_reg(tr, 1);
    vmk_emit_load_static(tr->b, VMK_TYPE_I32, b, other);
    vmk_emit_rrr(tr->b, VMK_OP_or_i32, a, a, b);
  }
  vmk_label skip = vmk_build_label(tr->b);
  vmk_emit_branch2i(tr->b, VMK_OP_br_eq_i32, a, 0, skip);
  vmk_emit_call(tr->b, VMK_NO_REG, j3_builtin_function(builtin), value, value ? 1 : 0);
  vmk_build_bind(tr->b, skip);
}

void
j3_watch_begin(j3_translation *tr)
{
  if (!tr->watched)
    return;
  vmk_build_keep_named(tr->b);
  vmk_build_position(tr->b, 0);
  tr->watch_begin = vmk_build_label(tr->b);
  vmk_build_bind(tr->b, tr->watch_begin);
  watch_look(tr, &j3_ti_words_now.entries, NULL, J3_BUILTIN_WATCH_ENTRY, NULL);
}

void
j3_watch_location(j3_translation *tr)
{
  if (tr->watched)
    watch_look(tr, &tr->method->breakpoints, &j3_ti_words_now.steps, J3_BUILTIN_WATCH_LOCATION,
               NULL);
}

void
j3_watch_block(j3_translation *tr, const j3_block *block)
{
  bool handles = false;
  for (uint32_t i = 0; i < tr->row_count && tr->watched; i++)
    handles |= tr->rows[i].reached && tr->rows[i].handler == block->begin;
  if (!handles)
    return;
  vmk_build_position(tr->b, block->begin);
  vmk_reg exception = j3_stack_exception_reg(tr);
  watch_look(tr, &j3_ti_words_now.catches, NULL, J3_BUILTIN_WATCH_CATCH, &exception);
}

void
j3_watch_return(j3_translation *tr, vmk_reg value)
{
  if (!tr->watched)
    return;
  static const j3_builtin_id by_type[] = {
      [VMK_TYPE_VOID] = J3_BUILTIN_WATCH_RETURN,    [VMK_TYPE_I32] = J3_BUILTIN_WATCH_RETURN_I32,
      [VMK_TYPE_I64] = J3_BUILTIN_WATCH_RETURN_I64, [VMK_TYPE_F32] = J3_BUILTIN_WATCH_RETURN_F32,
      [VMK_TYPE_F64] = J3_BUILTIN_WATCH_RETURN_F64, [VMK_TYPE_REF] = J3_BUILTIN_WATCH_RETURN_REF,
  };
  uint8_t type = tr->function->signature->result;
  if (type >= VMK_TYPE_I8)
    type = VMK_TYPE_I32;
  bool some = type != VMK_TYPE_VOID;
  watch_look(tr, &j3_ti_words_now.exits, NULL, by_type[type], some ? &value : NULL);
}

static void
watch_name_locals(j3_translation *tr)
{
  uint32_t count = (uint32_t)tr->method->max_locals * J3_SLOT_COUNT;
  for (uint32_t i = 0; i < count; i++)
    if (tr->local_regs[i])
      vmk_build_name(tr->b, (vmk_reg){tr->local_regs[i] - 1}, J3_NAME_LOCALS + i);
}

void
j3_watch_end(j3_translation *tr)
{
  if (!tr->watched)
    return;
  watch_name_locals(tr);
  vmk_label end = vmk_build_label(tr->b), handler = vmk_build_label(tr->b);
  vmk_reg exception = vmk_build_register(tr->b, VMK_TYPE_REF);
  vmk_build_bind(tr->b, end);
  vmk_build_bind(tr->b, handler);
  watch_look(tr, &j3_ti_words_now.exits, NULL, J3_BUILTIN_WATCH_UNWIND, &exception);
  vmk_emit_r(tr->b, VMK_OP_throw, exception);
  vmk_build_handler(tr->b, tr->watch_begin, end, handler, VMK_CATCH_ALL, exception);
}
