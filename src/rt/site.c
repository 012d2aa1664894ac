/* site.c -- linking: an unresolved instruction becomes its quick form
 *
 * The instruction starts as `link` in the layout of the quick form.  Whoever runs it asks the runtime,
 * without a lock, since the answer may take class loading; several threads may ask at once, each with
 * its own copy of the site.  The first to come back writes, under vm->link: operands, then the first
 * word with release order.  Who sees the new first word sees the operands; who comes later finds that
 * the word is no longer `link` and goes on with it.  Operands of a quick instruction never change.
 */
#include "rt/tier.h"
#include "rt/vm.h"

#include "ir/ops.h"

/* --- two answers of the hook; the others are in src/ir/site.c --------------------------------------------- */

void
vmk_site_set_call_appendix(vmk_site *site, vmk_function *target, vmk_handle appendix,
                           bool null_check_first)
{
  VMK_ASSERT(site->kind == VMK_SITE_CALL);
  site->answer_op = null_check_first ? VMK_OP_call_special_appendix : VMK_OP_call_appendix;
  site->answer = (uintptr_t)target;
  site->answer_slot = vmk_module_root_new(site->function->module, appendix);
}

/* The constant is the address of the function's slot since it was installed.  Threads that link the site at
 * the same time write the slot one after the other. */
void
vmk_site_set_ref(vmk_site *site, vmk_handle object)
{
  pthread_mutex_t *link = &site->function->module->runtime->vm->link;
  VMK_ASSERT(site->kind == VMK_SITE_CONST_REF);
  pthread_mutex_lock(link);
  site->answer_op = vmk_site_quick_op(site);
  site->answer = site->constants[site->constant_index];
  __atomic_store_n((uintptr_t *)&((vmk_slot *)site->answer)->ref, (uintptr_t)object->ref,
                   __ATOMIC_RELAXED);
  pthread_mutex_unlock(link);
}

/* --- linking ---------------------------------------------------------------------------------------------- */

static inline bool
site_is_wide(uint32_t word)
{
  return (uint8_t)word == VMK_OP_wide;
}

static inline uint32_t
site_op(uint32_t word)
{
  return site_is_wide(word) ? word >> 8 & 0xffff : word & 0xff;
}

static inline uint32_t
site_with_op(uint32_t word, vmk_op op)
{
  if (site_is_wide(word))
    return (word & 0xff0000ff) | (uint32_t)op << 8;
  VMK_ASSERT(op < 256);
  return (word & 0xffffff00) | (uint32_t)op;
}

static inline bool
site_is_field(const vmk_site *site)
{
  return site->kind == VMK_SITE_LOAD_FIELD || site->kind == VMK_SITE_STORE_FIELD;
}

/* Under vm->link.  The first word to run. */
static uint32_t
site_write(vmk_site *site, uint32_t *pc, uint32_t index, uint32_t word, bool for_good)
{
  uint64_t *constants = site->constants;
  vmk_op op = site->answer_op ? (vmk_op)site->answer_op : vmk_site_quick_op(site);
  uint32_t quick = site_with_op(word, op);
  if (site_is_field(site)) {
    for_good = true; /* an offset has no place but the instruction, and never changes */
    __atomic_store_n(&pc[site_is_wide(word) ? 3 : 1], site->answer_offset, __ATOMIC_RELAXED);
  } else {
    __atomic_store_n(&constants[index], site->answer, __ATOMIC_RELAXED);
    if (site->answer_slot)
      __atomic_store_n(&constants[index + 2], (uintptr_t)site->answer_slot, __ATOMIC_RELAXED);
  }
  if (for_good)
    __atomic_store_n(pc, quick, __ATOMIC_RELEASE);
  return quick;
}

static void
site_trace(vmk_thread *t, const vmk_site *site, vmk_link_result result)
{
  static const char *const results[] = {"quick", "once", "throw"};
  char name[256];
  vmk_function_name(site->function, name, sizeof name);
  vmk_trace_print(t->vm, VMK_TRACE_LINK, "%s +%u: site kind %u token %u: %s", name, site->pc_index,
                  site->kind, site->token, results[result]);
}

uint32_t
vmk_site_link(vmk_thread *t)
{
  vmk_vm *vm = t->vm;
  vmk_function *f = vmk_frame_function(t->fp);
  uint32_t *pc = (uint32_t *)t->pc;
  pthread_mutex_lock(&vm->link);
  uint32_t word = __atomic_load_n(pc, __ATOMIC_ACQUIRE);
  if (site_op(word) != VMK_OP_link) {
    pthread_mutex_unlock(&vm->link);
    return word;
  }
  uint32_t index = pc[site_is_wide(word) ? 3 : 1];
  vmk_site site = *(vmk_site *)f->constants[index + 1];
  pthread_mutex_unlock(&vm->link);

  site.answer_op = 0;
  site.answer_slot = NULL;
  site.constants = f->constants; /* the hook may redefine f */
  vmk_scope scope = vmk_scope_begin(t);
  vmk_link_result result = f->module->runtime->hooks->link(t, f, &site);
  vmk_scope_end(t, scope);
  if (VMK_UNLIKELY(vmk_log_on(&vm->log, VMK_TRACE_LINK)))
    site_trace(t, &site, result);
  if (result == VMK_LINK_THROW) {
    VMK_ASSERT(vmk_pending(t));
    return 0;
  }

  pthread_mutex_lock(&vm->link);
  word = __atomic_load_n(pc, __ATOMIC_ACQUIRE);
  if (site_op(word) == VMK_OP_link)
    word = site_write(&site, pc, index, word, result == VMK_LINK_QUICK);
  pthread_mutex_unlock(&vm->link);
  return word;
}
