/* site.c -- what a link hook answers
 *
 * The answer is kept in the site record until the kit has rewritten the instruction (or run it once).
 * All forms that a site can become have its layout, so an answer is an operation and one constant.
 */
#include "ir/ops.h"

static void
site_answer(vmk_site *site, vmk_op op, uint64_t answer)
{
  site->answer_op = op;
  site->answer = answer;
}

/* For the kinds that become what they were emitted as. */
static void
site_answer_quick(vmk_site *site, bool right_kind, uint64_t answer)
{
  VMK_ASSERT(right_kind);
  site_answer(site, vmk_site_quick_op(site), answer);
}

void
vmk_site_set_offset(vmk_site *site, uint32_t offset)
{
  site_answer_quick(site, site->kind == VMK_SITE_LOAD_FIELD || site->kind == VMK_SITE_STORE_FIELD,
                    offset);
  site->answer_offset = offset;
}

void
vmk_site_set_address(vmk_site *site, void *address)
{
  site_answer_quick(site, site->kind == VMK_SITE_LOAD_STATIC || site->kind == VMK_SITE_STORE_STATIC,
                    (uintptr_t)address);
}

void
vmk_site_set_volatile(vmk_site *site)
{
  switch (site->kind) {
  case VMK_SITE_LOAD_FIELD: site->answer_op = VMK_OP_load_field_volatile; return;
  case VMK_SITE_STORE_FIELD: site->answer_op = VMK_OP_store_field_volatile; return;
  case VMK_SITE_LOAD_STATIC: site->answer_op = VMK_OP_load_static_volatile; return;
  case VMK_SITE_STORE_STATIC: site->answer_op = VMK_OP_store_static_volatile; return;
  default: VMK_ASSERT(!"a site of a field");
  }
}

void
vmk_site_set_kind(vmk_site *site, vmk_kind *kind)
{
  site_answer_quick(site, site->kind == VMK_SITE_NEW || site->kind == VMK_SITE_NEW_ARRAY,
                    (uintptr_t)kind);
}

void
vmk_site_set_bits(vmk_site *site, uint64_t bits)
{
  site_answer_quick(site, site->kind == VMK_SITE_CONST_BITS || site->kind == VMK_SITE_LEAF, bits);
}

void
vmk_site_set_is_kind(vmk_site *site, vmk_kind *kind)
{
  VMK_ASSERT(site->kind == VMK_SITE_LEAF);
  site_answer(site, VMK_OP_is_kind, (uintptr_t)kind);
}

static void
site_answer_call(vmk_site *site, vmk_op op, uint64_t answer)
{
  VMK_ASSERT(site->kind == VMK_SITE_CALL);
  site_answer(site, op, answer);
}

void
vmk_site_set_call(vmk_site *site, vmk_function *target)
{
  site_answer_call(site, VMK_OP_call, (uintptr_t)target);
}

void
vmk_site_set_call_special(vmk_site *site, vmk_function *target)
{
  site_answer_call(site, VMK_OP_call_special, (uintptr_t)target);
}

void
vmk_site_set_call_virtual(vmk_site *site, uint32_t vtable_index)
{
  site_answer_call(site, VMK_OP_call_virtual, vtable_index);
}

void
vmk_site_set_call_interface(vmk_site *site, vmk_function *target)
{
  site_answer_call(site, VMK_OP_call_interface, (uintptr_t)target);
}
