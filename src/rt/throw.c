/* throw.c -- pending exceptions, and the search for who takes them
 *
 * The walk is one pass from the youngest frame: a frame without a matching handler is gone when the
 * next one is looked at.  While the runtime decides about a handler its frame is the youngest and
 * nothing is pending: the runtime may run managed code to resolve the handler's type.
 */
#include "rt/tier.h"
#include "rt/vm.h"

void
vmk_throw(vmk_thread *t, vmk_handle exception)
{
  t->exception.ref = exception->ref;
}

vmk_handle
vmk_take_exception(vmk_thread *t)
{
  if (!t->exception.ref)
    return NULL;
  vmk_handle taken = vmk_local(t, t->exception.ref);
  t->exception.ref = NULL;
  return taken;
}

void
vmk_clear_exception(vmk_thread *t)
{
  t->exception.ref = NULL;
}

/* --- asynchronous exceptions ------------------------------------------------------------------------------ */

void
vmk_throw_async(vmk_thread *target, vmk_handle global_exception)
{
  vmk_vm *vm = target->vm;
  pthread_mutex_lock(&vm->lists);
  vmk_handle old = target->rt->async;
  target->rt->async = global_exception;
  vmk_poll_request(target, VMK_POLL_ASYNC);
  pthread_mutex_unlock(&vm->lists);
  vmk_thread_call(vmk_thread_private_of(target));
  if (old)
    vmk_global_free(target, old);
}

void
vmk_throw_poll(vmk_thread *t)
{
  if (VMK_LIKELY(!(__atomic_load_n((uint32_t *)&t->poll, __ATOMIC_RELAXED) & VMK_POLL_ASYNC)))
    return;
  pthread_mutex_lock(&t->vm->lists);
  vmk_handle async = t->rt->async;
  t->rt->async = NULL;
  vmk_poll_withdraw(t, VMK_POLL_ASYNC);
  pthread_mutex_unlock(&t->vm->lists);
  if (!async)
    return;
  t->exception.ref = async->ref;
  vmk_global_free(t, async);
}

/* --- the search --------------------------------------------------------------------------------------------- */

/* Does the row take the pending exception?  Another one may be pending afterwards. */
static bool
throw_row_catches(vmk_thread *t, vmk_function *f, const vmk_handler_row *row) VMK_MOVES
{
  if (row->token == VMK_CATCH_ALL)
    return true;
  const vmk_hooks *hooks = f->module->runtime->hooks;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle exception = vmk_take_exception(t);
  bool takes = hooks->catches && hooks->catches(t, f, row->token, exception);
  if (!vmk_pending(t))
    t->exception.ref = exception->ref;
  vmk_scope_end(t, scope);
  return takes;
}

static void
throw_enter_row(vmk_thread *t, const vmk_handler_row *row)
{
  if (row->reg)
    t->fp[row->reg] = (uintptr_t)t->exception.ref;
  t->exception.ref = NULL;
}

/* Rows of the frame t->fp, t->pc from `first` on.  Where to continue, or null. */
static const uint32_t *
throw_search_frame(vmk_thread *t, uint32_t first) VMK_MOVES
{
  vmk_function *f = vmk_frame_function(t->fp);
  const vmk_body *body = f->body;
  if (!t->pc || !body)
    return NULL;
  const uint32_t *code = f->code;
  uint32_t at = (uint32_t)(t->pc - code);
  for (uint32_t i = first; i < body->handler_count; i++) {
    const vmk_handler_row *row = &body->handlers[i];
    if (at < row->begin || at >= row->end)
      continue;
    if (row->kind == VMK_HANDLER_FILTER) {
      vmk_filter filter = {t->fp, t->pc, i};
      vmk_vec_push(&t->rt->filters, filter);
      throw_enter_row(t, row);
      return code + row->filter_pc;
    }
    if (throw_row_catches(t, vmk_frame_function(t->fp), row)) {
      throw_enter_row(t, row);
      return code + row->pc;
    }
  }
  return NULL;
}

static void
throw_trace(vmk_thread *t, const char *what)
{
  char function[200], kind[200] = "";
  vmk_function_name(vmk_frame_function(t->fp), function, sizeof function);
  if (vmk_pending(t)) {
    vmk_kind *k = vmk_handle_kind(&t->exception);
    if (k->module && k->module->runtime->hooks->kind_name)
      k->module->runtime->hooks->kind_name(k, kind, sizeof kind);
  }
  vmk_trace_print(t->vm, VMK_TRACE_THROW, "%s %s in %s", what, kind, function);
}

static const uint32_t *
throw_search(vmk_thread *t, uint32_t first_row) VMK_MOVES
{
  vmk_vm *vm = t->vm;
  for (;; first_row = 0) {
    if (vmk_frame_function(t->fp) == vm->entry_function) {
      t->pc = NULL;
      return &vm->entry_code[VMK_ENTRY_EXIT];
    }
    const uint32_t *pc = throw_search_frame(t, first_row);
    if (pc) {
      if (VMK_UNLIKELY(vmk_log_on(&vm->log, VMK_TRACE_THROW)))
        throw_trace(t, "caught");
      return pc;
    }
    t->pc = vmk_frame_caller_pc(t->fp);
    t->fp = vmk_frame_caller(t->fp);
  }
}

/* Tell the runtime of the youngest frame. */
static void
throw_tell(vmk_thread *t) VMK_MOVES
{
  const vmk_module *module = vmk_frame_function(t->fp)->module;
  if (VMK_LIKELY(!module || !__atomic_load_n(&module->runtime->hears_throws, __ATOMIC_RELAXED)))
    return;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle exception = vmk_take_exception(t);
  module->runtime->hooks->unwinding(t, exception);
  if (!vmk_pending(t))
    t->exception.ref = exception->ref;
  vmk_scope_end(t, scope);
}

const uint32_t *
vmk_unwind(vmk_thread *t)
{
  VMK_ASSERT(vmk_pending(t));
  throw_tell(t);
  if (VMK_UNLIKELY(vmk_log_on(&t->vm->log, VMK_TRACE_THROW)))
    throw_trace(t, "thrown");
  return throw_search(t, 0);
}

/* Filters that were left by an exception of their own are still on the list, above ours. */
const uint32_t *
vmk_unwind_end_filter(vmk_thread *t, bool take)
{
  vmk_rt_thread *rt = t->rt;
  vmk_filter filter;
  do {
    VMK_ASSERT(rt->filters.count);
    filter = vmk_vec_pop(&rt->filters);
  } while (filter.fp != t->fp);
  vmk_function *f = vmk_frame_function(t->fp);
  const vmk_handler_row *row = &f->body->handlers[filter.row];
  if (take)
    return f->code + row->pc;
  t->exception.ref = row->reg ? ((vmk_slot *)&t->fp[row->reg])->ref : NULL;
  VMK_ASSERT(vmk_pending(t));
  t->pc = filter.pc;
  return throw_search(t, filter.row + 1);
}
