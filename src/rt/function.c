/* function.c -- functions: declaration, translation, names
 *
 * A function is declared with what its signature alone decides: where arguments arrive and which of
 * them are references.  Translation adds code and the rest of the frame's layout; the arguments' part
 * never changes, so a frame at entry means the same before and after.
 *
 * f->entry goes once from vmk_tier_untranslated to the code's or the native function's entry, and
 * later from tier to tier; every store is under vm->link.
 */
#include <stdio.h>
#include <string.h>

#include "rt/signature.h"
#include "rt/tier.h"
#include "rt/vm.h"

vmk_function *
vmk_function_new(vmk_module *module, const vmk_signature *signature, void *client, uint32_t flags)
{
  vmk_function *f = vmk_meta_arena_alloc(&module->arena, sizeof *f);
  f->client = client;
  f->signature = signature;
  f->module = module;
  f->flags = flags;
  vmk_function_declare(f);
  return f;
}

void
vmk_function_declare(vmk_function *f)
{
  uint16_t ptr = (uint16_t)(VMK_FRAME_HEADER + f->signature->prim_count);
  uint16_t ref = (uint16_t)(ptr + f->signature->ptr_count);
  uint16_t end = (uint16_t)(ref + f->signature->ref_count);
  f->code = NULL;
  f->constants = NULL;
  f->body = NULL;
  f->ptr_begin[0] = ptr;
  f->ptr_end[0] = f->ref_begin = ref;
  f->ref_end = f->ref_args_end = f->frame_slots = end;
  f->ptr_begin[1] = f->ptr_end[1] = end;
  /* Whoever finds the function, by a quick instruction or in a table, goes on by its entry. */
  __atomic_store_n(&f->entry, (void *)vmk_tier_untranslated, __ATOMIC_RELEASE);
}

void
vmk_function_enter_at(vmk_function *f, void *entry)
{
  vmk_vm *vm = f->module->runtime->vm;
  pthread_mutex_lock(&vm->link);
  __atomic_store_n(&f->entry, entry, __ATOMIC_RELEASE);
  pthread_mutex_unlock(&vm->link);
}

void
vmk_function_dump(const vmk_function *f, const char *part)
{
  char name[256];
  vmk_function_name(f, name, sizeof name);
  if (!strstr(name, part))
    return;
  fprintf(stderr, "%s:\n", name);
  vmk_function_print(f, stderr);
}

/* --- translation ---------------------------------------------------------------------------------------- *
 * A function is translated by one thread; others that call it meanwhile wait.  The thread itself may
 * come back through code that its hook runs, and is let through. */

static vmk_claim *
function_find_claim(vmk_vm *vm, const vmk_function *f)
{
  for (size_t i = 0; i < vm->claims.count; i++)
    if (vm->claims.data[i].function == f)
      return &vm->claims.data[i];
  return NULL;
}

static bool
function_is_translated(const vmk_function *f)
{
  return __atomic_load_n(&f->entry, __ATOMIC_ACQUIRE) != (void *)vmk_tier_untranslated;
}

/* True: t is to translate f.  False: somebody has. */
static bool
function_claim(vmk_thread *t, vmk_function *f) VMK_MOVES
{
  vmk_vm *vm = t->vm;
  pthread_mutex_lock(&vm->lists);
  vmk_claim *other = function_find_claim(vm, f);
  if (other && other->thread != t) {
    pthread_mutex_unlock(&vm->lists);
    vmk_enter_native(t);
    pthread_mutex_lock(&vm->lists);
    while (function_find_claim(vm, f))
      pthread_cond_wait(&vm->claims_changed, &vm->lists);
    pthread_mutex_unlock(&vm->lists);
    vmk_leave_native(t);
    return function_is_translated(f) ? false : function_claim(t, f); /* its hook threw: our turn */
  }
  bool is_ours = !function_is_translated(f);
  if (is_ours) {
    vmk_claim claim = {f, t, false};
    vmk_vec_push(&vm->claims, claim);
  }
  pthread_mutex_unlock(&vm->lists);
  return is_ours;
}

static void
function_unclaim(vmk_vm *vm, const vmk_function *f)
{
  pthread_mutex_lock(&vm->lists);
  *function_find_claim(vm, f) = vmk_vec_last(&vm->claims);
  (void)vmk_vec_pop(&vm->claims);
  pthread_cond_broadcast(&vm->claims_changed);
  pthread_mutex_unlock(&vm->lists);
}

/* Has f been redefined since its translation began? */
static bool
function_is_stale(vmk_vm *vm, const vmk_function *f)
{
  pthread_mutex_lock(&vm->lists);
  const vmk_claim *claim = function_find_claim(vm, f);
  bool is_stale = claim && claim->is_stale;
  pthread_mutex_unlock(&vm->lists);
  return is_stale;
}

/* The builder calls it when code, body and layout are in place. */
void
vmk_function_installed(vmk_function *f)
{
  vmk_vm *vm = f->module->runtime->vm;
  if (VMK_UNLIKELY(function_is_stale(vm, f)))
    return; /* nobody has seen it: the entry is still that of untranslated functions */
  if (f->body->ref_count)
    vmk_module_add_rooted(f->module, f->body);
  const char *dump = vmk_vm_dump_of(vm, "ir:");
  if (VMK_UNLIKELY(dump))
    vmk_function_dump(f, dump);
  vmk_tier_start(f);
  vmk_function_enter_at(f, (void *)vmk_tier_entry_of(f));
}

bool
vmk_function_translate(vmk_thread *t, vmk_function *f)
{
  const vmk_hooks *hooks = f->module->runtime->hooks;
  VMK_ASSERT(hooks->translate);
  if (!function_claim(t, f))
    return true;
  vmk_scope scope = vmk_scope_begin(t);
  bool done = hooks->translate(t, f), again = done && function_is_stale(t->vm, f);
  vmk_scope_end(t, scope);
  if (VMK_UNLIKELY(again))
    vmk_function_declare(f);
  function_unclaim(t->vm, f);
  if (VMK_UNLIKELY(again))
    return vmk_function_translate(t, f);
  VMK_ASSERT(done ? function_is_translated(f) : vmk_pending(t));
  return done;
}

/* --- names and traces --------------------------------------------------------------------------------- */

void
vmk_function_name(const vmk_function *f, char *buffer, size_t size)
{
  buffer[0] = 0;
  if (!f->module)
    snprintf(buffer, size, "<entry>");
  else if (f->module->runtime->hooks->function_name)
    f->module->runtime->hooks->function_name(f, buffer, size);
  else
    snprintf(buffer, size, "function@%p", (const void *)f);
}

bool
vmk_function_is_traced(const vmk_function *f)
{
  return vmk_log_on(&f->module->runtime->vm->log, VMK_TRACE_EXEC);
}

static int
function_depth(const uint64_t *fp)
{
  int depth = 0;
  while ((fp = vmk_frame_caller(fp)))
    depth++;
  return depth;
}

void
vmk_function_trace(vmk_thread *t, vmk_function *f)
{
  char name[256];
  const char *filter = t->vm->trace_filter;
  vmk_function_name(f, name, sizeof name);
  if (filter && !strstr(name, filter))
    return;
  int depth = function_depth(t->fp);
  vmk_trace_print(t->vm, VMK_TRACE_EXEC, "%2u %*s%s", vmk_thread_private_of(t)->id,
                  depth < 60 ? depth : 60, "", name);
}
