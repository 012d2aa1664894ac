/* translate_monitor.c -- monitors: of synchronized methods, and of monitorenter and monitorexit
 *
 * Where locking is structured (translate_locks.c) these are the kit's operations, and a synchronized
 * method has a catch-all row around its body that exits.  Elsewhere the method keeps account of what it
 * entered, in an array that only it knows: entering, exiting, returning and being left by an exception
 * are calls of builtins then, which throw IllegalMonitorStateException as JVMS 2.11.10 allows and HotSpot
 * does: for an exit of what this activation did not enter, and at the end for what it did not exit, which is
 * exited for it.  The array is Object[], with the method's own lock at index 0 if it is synchronized.
 *
 * Registers that monitors can be found in have names for those who look at frames: the number of the
 * local, and max_locals for the account.
 */
#include "builtins.h"
#include "entry.h"
#include "translate.h"

/* --- what is emitted ------------------------------------------------------------------------------------- */

static bool
monitor_is_synchronized(const j3_translation *tr)
{
  return tr->method->flags & J3_SYNCHRONIZED;
}

static bool
monitor_keeps_account(const j3_translation *tr)
{
  return tr->account.index != VMK_NO_REG.index;
}

/* What a synchronized method locks.  `this` itself when nothing assigns local 0. */
static vmk_reg
monitor_own_lock(j3_translation *tr)
{
  if (!(tr->method->flags & J3_STATIC) && !tr->assigns_this)
    return j3_local_reg(tr, 0, J3_SLOT_REF);
  vmk_reg lock = vmk_build_register(tr->b, VMK_TYPE_REF);
  if (tr->method->flags & J3_STATIC)
    vmk_emit_const_ref(tr->b, lock, tr->class->mirror);
  else
    vmk_emit_move(tr->b, lock, j3_local_reg(tr, 0, J3_SLOT_REF));
  return lock;
}

void
j3_monitor_begin(j3_translation *tr)
{
  tr->lock = tr->account = VMK_NO_REG;
  if (tr->has_monitors && !j3_translate_locks_are_structured(tr)) {
    tr->account = vmk_build_register(tr->b, VMK_TYPE_REF);
    vmk_emit_const_null(tr->b, tr->account);
  }
  if (monitor_is_synchronized(tr)) {
    tr->lock = monitor_own_lock(tr);
    j3_monitor_enter(tr, tr->lock);
  }
}

void
j3_monitor_enter(j3_translation *tr, vmk_reg object)
{
  if (monitor_keeps_account(tr))
    vmk_emit_call(tr->b, tr->account, j3_builtin_function(J3_BUILTIN_ACCOUNT_ENTER),
                  (vmk_reg[]){tr->account, object}, 2);
  else
    vmk_emit_monitor(tr->b, true, object);
}

void
j3_monitor_exit(j3_translation *tr, vmk_reg object)
{
  if (monitor_keeps_account(tr))
    vmk_emit_call(tr->b, VMK_NO_REG, j3_builtin_function(J3_BUILTIN_ACCOUNT_EXIT),
                  (vmk_reg[]){tr->account, object}, 2);
  else
    vmk_emit_monitor(tr->b, false, object);
}

void
j3_monitor_return(j3_translation *tr)
{
  if (monitor_keeps_account(tr)) {
    vmk_reg own = vmk_build_register(tr->b, VMK_TYPE_I32);
    vmk_emit_const_i32(tr->b, own, monitor_is_synchronized(tr));
    vmk_emit_call(tr->b, VMK_NO_REG, j3_builtin_function(J3_BUILTIN_ACCOUNT_RETURN),
                  (vmk_reg[]){own, tr->account}, 2);
  } else if (monitor_is_synchronized(tr)) {
    vmk_emit_monitor(tr->b, false, tr->lock);
  }
}

static void
monitor_name_registers(j3_translation *tr)
{
  uint32_t locals = tr->method->max_locals;
  if (monitor_keeps_account(tr))
    vmk_build_name(tr->b, tr->account, locals);
  for (uint32_t i = 0; tr->has_monitors && !monitor_keeps_account(tr) && i < locals; i++) {
    uint32_t reg = tr->local_regs[i * J3_SLOT_COUNT + J3_SLOT_REF];
    if (reg)
      vmk_build_name(tr->b, (vmk_reg){reg - 1}, i);
  }
}

/* Whatever leaves the body unlocks; the cleanup itself is not covered. */
void
j3_monitor_end(j3_translation *tr, vmk_label begin, vmk_label end)
{
  monitor_name_registers(tr);
  if (!monitor_keeps_account(tr) && !monitor_is_synchronized(tr))
    return;
  vmk_label handler = vmk_build_label(tr->b);
  vmk_reg exception = vmk_build_register(tr->b, VMK_TYPE_REF);
  vmk_build_bind(tr->b, handler);
  if (monitor_keeps_account(tr)) {
    vmk_reg own = vmk_build_register(tr->b, VMK_TYPE_I32);
    vmk_emit_const_i32(tr->b, own, monitor_is_synchronized(tr));
    vmk_emit_call(tr->b, exception, j3_builtin_function(J3_BUILTIN_ACCOUNT_UNWIND),
                  (vmk_reg[]){own, tr->account, exception}, 3);
  } else {
    vmk_emit_monitor(tr->b, false, tr->lock);
  }
  vmk_emit_r(tr->b, VMK_OP_rethrow, exception);
  vmk_build_handler(tr->b, begin, end, handler, VMK_CATCH_ALL, exception);
}

/* --- keeping account ----------------------------------------------------------------------------------------- */

static void
monitor_throw_state(vmk_thread *t) VMK_MOVES
{
  j3_throw(t, "java/lang/IllegalMonitorStateException", NULL);
}

static bool
monitor_is_free(vmk_handle account, size_t i)
{
  return vmk_ref_field_is_null(account, VMK_ARRAY_DATA_OFFSET + i * VMK_REF_BYTES);
}

/* The last index of the object (null: of a free place), or -1. */
static int32_t
monitor_index(vmk_thread *t, vmk_handle account, vmk_handle object)
{
  vmk_scope scope = vmk_scope_begin(t);
  int32_t i = vmk_is_null(account) ? -1 : (int32_t)vmk_array_length(account) - 1;
  while (i >= 0 && !vmk_same(vmk_get_elem(t, account, (size_t)i), object))
    i--;
  vmk_scope_end(t, scope);
  return i;
}

/* A larger copy; the places at the end are free.  Null: pending. */
static vmk_handle
monitor_grow(vmk_thread *t, vmk_handle account) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_Object);
  uint32_t count = vmk_is_null(account) ? 0 : vmk_array_length(account);
  vmk_handle grown = array ? j3_array_new(t, array, (int32_t)(2 * count + 2)) : NULL;
  if (grown && count)
    vmk_array_copy(t, account, 0, grown, 0, count);
  return grown;
}

/* The first free place, so that the method's own lock gets index 0. */
void
j3_account_enter(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_handle account = vmk_arg_ref(c, 0), object = vmk_arg_ref(c, 1);
  if (vmk_is_null(object)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  if (monitor_index(t, account, &j3_null_slot) < 0)
    account = monitor_grow(t, account);
  if (!account)
    return;
  size_t i = 0;
  while (!monitor_is_free(account, i))
    i++;
  vmk_monitor_enter(t, object);
  vmk_set_elem(t, account, i, object);
  vmk_return_ref(c, account);
}

void
j3_account_exit(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_handle account = vmk_arg_ref(c, 0), object = vmk_arg_ref(c, 1);
  if (vmk_is_null(object)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  int32_t i = monitor_index(t, account, object);
  if (i < 0 || !vmk_monitor_exit(t, object)) {
    monitor_throw_state(t);
    return;
  }
  vmk_set_elem(t, account, (size_t)i, &j3_null_slot);
}

/* Exit what place i holds; false: nothing. */
static bool
monitor_exit_place(vmk_thread *t, vmk_handle account, size_t i)
{
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle object = vmk_get_elem(t, account, i);
  bool held = !vmk_is_null(object);
  if (held) {
    vmk_monitor_exit(t, object);
    vmk_set_elem(t, account, i, &j3_null_slot);
  }
  vmk_scope_end(t, scope);
  return held;
}

/* (own, account): the method's own lock is exited, others must have been. */
void
j3_account_return(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_handle account = vmk_arg_ref(c, 0);
  bool own = vmk_arg_i32(c, 0) != 0;
  if (vmk_is_null(account))
    return;
  bool structured = !own || monitor_exit_place(t, account, 0);
  for (size_t i = 0, n = vmk_array_length(account); i < n; i++)
    structured &= monitor_is_free(account, i);
  if (!structured)
    monitor_throw_state(t);
}

/* (own, account, exception) -> what is thrown in the end: everything is exited. */
void
j3_account_unwind(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_handle account = vmk_arg_ref(c, 0), exception = vmk_arg_ref(c, 1);
  bool own = vmk_arg_i32(c, 0) != 0, structured = true;
  for (size_t i = 0, n = vmk_is_null(account) ? 0 : vmk_array_length(account); i < n; i++)
    structured &= monitor_exit_place(t, account, i) == (own && i == 0);
  if (structured)
    vmk_return_ref(c, exception);
  else
    monitor_throw_state(t);
}

/* --- who holds what ------------------------------------------------------------------------------------------ */

/* What the account has but for the method's own lock. */
static uint32_t
monitor_held_by_account(j3_translation *tr, const vmk_frame *frame, vmk_handle *out, uint32_t room)
{
  vmk_value account;
  uint32_t count = 0;
  if (!vmk_frame_named(tr->thread, frame, tr->method->max_locals, &account) ||
      vmk_is_null(account.ref))
    return 0;
  for (size_t i = monitor_is_synchronized(tr), n = vmk_array_length(account.ref);
       i < n && count < room; i++)
    if (!monitor_is_free(account.ref, i))
      out[count++] = vmk_get_elem(tr->thread, account.ref, i);
  return count;
}

uint32_t
j3_monitor_held(j3_translation *tr, const vmk_frame *frame, vmk_handle *out, uint32_t room)
{
  size_t pairs = (size_t)J3_LOCKS_MAX * tr->method->max_locals;
  j3_lock_local *places = j3_translate_alloc(tr, pairs * sizeof *places);
  uint32_t place_count = j3_translate_locks_at(tr, frame->position, places), count = 0;
  if (!place_count)
    return monitor_held_by_account(tr, frame, out, room);
  for (uint32_t i = 0, next = 0; i < place_count && count < room; i++) {
    vmk_value value;
    if (places[i].lock < next || !vmk_frame_named(tr->thread, frame, places[i].local, &value))
      continue;
    out[count++] = value.ref;
    next = places[i].lock + 1;
  }
  return count;
}
