/* hooks.c -- what the kit asks of the runtime: linking sites, traps, handlers, names, roots
 *
 * Link answers follow JVMS 5.4.3 and 6.5.  A site stays slow (VMK_LINK_ONCE) while the class it needs is
 * being initialised by the running thread; any other thread waits inside j3_class_initialize.
 */
#include "hooks.h"

#include <stdio.h>

#include "bytecode.h"
#include "gclog.h"
#include "indy.h"
#include "jvmti_tell.h"
#include "jvmti_watch.h"
#include "link.h"
#include "management.h"
#include "reflect.h"
#include "unload.h"
#include "vm.h"

/* --- linking: fields, classes, constants ------------------------------------------------------------------- */

static vmk_link_result
hooks_link_field(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  uint8_t op = (uint8_t)site->flags;
  bool is_static = op == J3_BC_getstatic || op == J3_BC_putstatic;
  bool is_put = op == J3_BC_putfield || op == J3_BC_putstatic;
  j3_field *f =
      j3_resolve_field(t, j3_method_pool(from), (uint16_t)site->token, is_static, is_put, from);
  if (!f || (is_static && !j3_class_initialize(t, f->class)))
    return VMK_LINK_THROW;
  if (is_static)
    vmk_site_set_address(site, f->class->statics_base + f->offset);
  else
    vmk_site_set_offset(site, f->offset);
  if (f->flags & J3_VOLATILE)
    vmk_site_set_volatile(site);
  return !is_static || j3_class_is_initialized(f->class) ? VMK_LINK_QUICK : VMK_LINK_ONCE;
}

static vmk_link_result
hooks_link_new(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  j3_class *c = j3_resolve_class(t, j3_method_pool(from), (uint16_t)site->token);
  if (!c)
    return VMK_LINK_THROW;
  if ((c->flags & (J3_ABSTRACT | J3_INTERFACE)) || c == J3.known.class_Class || c->is_array) {
    char name[1024];
    j3_class_external_name(c, name, sizeof name);
    j3_throw(t, "java/lang/InstantiationError", "%s", name);
    return VMK_LINK_THROW;
  }
  if (!j3_class_initialize(t, c))
    return VMK_LINK_THROW;
  vmk_site_set_kind(site, &c->kind);
  return j3_class_is_initialized(c) ? VMK_LINK_QUICK : VMK_LINK_ONCE;
}

static vmk_link_result
hooks_link_new_array(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  j3_class *c = j3_resolve_class(t, j3_method_pool(from), (uint16_t)site->token);
  j3_class *array = c ? j3_class_array_of(t, c) : NULL;
  if (!array)
    return VMK_LINK_THROW;
  vmk_site_set_kind(site, &array->kind);
  return VMK_LINK_QUICK;
}

static vmk_link_result
hooks_link_type_check(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  j3_class *c = j3_resolve_class(t, j3_method_pool(from), (uint16_t)site->token);
  if (!c)
    return VMK_LINK_THROW;
  vmk_site_set_is_kind(site, &c->kind);
  return VMK_LINK_QUICK;
}

static vmk_link_result
hooks_link_constant(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle value = j3_resolve_constant(t, j3_method_pool(from), (uint16_t)site->token);
  if (value && site->kind == VMK_SITE_CONST_REF) {
    vmk_site_set_ref(site, value);
  } else if (value) { /* a dynamic constant of primitive type, boxed */
    vmk_value v = {0};
    j3_unbox(value, &v);
    vmk_site_set_bits(site, v.bits);
  }
  vmk_scope_end(t, scope);
  return value ? VMK_LINK_QUICK : VMK_LINK_THROW;
}

/* --- linking: calls --------------------------------------------------------------------------------------------- */

static vmk_link_result
hooks_link_static(vmk_thread *t, j3_method *m, vmk_site *site) VMK_MOVES
{
  if (!j3_class_initialize(t, m->class))
    return VMK_LINK_THROW;
  vmk_site_set_call(site, m->function);
  return j3_class_is_initialized(m->class) ? VMK_LINK_QUICK : VMK_LINK_ONCE;
}

/* invokevirtual (of class `named`) and invokeinterface: what is never overridden is called directly. */
static void
hooks_link_dispatched(j3_class *named, j3_method *m, uint8_t op, vmk_site *site)
{
  bool interface = m->class->flags & J3_INTERFACE;
  if ((m->flags & J3_PRIVATE) || (!interface && m->vtable_index < 0) ||
      (!interface && ((m->flags | m->class->flags) & J3_FINAL)))
    vmk_site_set_call_special(site, m->function);
  else if (interface && op == J3_BC_invokevirtual)
    vmk_site_set_call_interface(site, j3_link_miranda(named, m)->function);
  else if (interface)
    vmk_site_set_call_interface(site, m->function);
  else
    vmk_site_set_call_virtual(site, (uint32_t)m->vtable_index);
}

static vmk_link_result
hooks_link_call(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES
{
  j3_pool *p = j3_method_pool(from);
  uint16_t index = (uint16_t)site->token;
  uint8_t op = (uint8_t)site->flags;
  if (op == J3_BC_invokedynamic)
    return j3_link_call_site(t, from, site);
  j3_class *named = j3_resolve_class(t, p, (uint16_t)p->value[index]);
  if (!named)
    return VMK_LINK_THROW;
  if (named == J3.known.class_MethodHandle || named == J3.known.class_VarHandle) {
    uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
    j3_symbol *name = j3_pool_utf8(p, (uint16_t)pair);
    if (j3_is_polymorphic(named, name))
      return j3_link_polymorphic(t, from, site, named, name,
                                 j3_pool_utf8(p, (uint16_t)(pair >> 16)));
  }
  j3_method *m = j3_resolve_method(t, p, index, op);
  if (!m)
    return VMK_LINK_THROW;
  if (op == J3_BC_invokestatic)
    return hooks_link_static(t, m, site);
  if (op == J3_BC_invokespecial) {
    m = j3_select_special_method(t, from->class, named, m);
    if (!m)
      return VMK_LINK_THROW;
    vmk_site_set_call_special(site, m->function);
  } else {
    hooks_link_dispatched(named, m, op, site);
  }
  return VMK_LINK_QUICK;
}

static vmk_link_result
hooks_link(vmk_thread *t, vmk_function *f, vmk_site *site) VMK_MOVES
{
  j3_method *from = f->client;
  switch ((vmk_site_kind)site->kind) {
  case VMK_SITE_LOAD_FIELD:
  case VMK_SITE_STORE_FIELD:
  case VMK_SITE_LOAD_STATIC:
  case VMK_SITE_STORE_STATIC: return hooks_link_field(t, from, site);
  case VMK_SITE_NEW: return hooks_link_new(t, from, site);
  case VMK_SITE_NEW_ARRAY: return hooks_link_new_array(t, from, site);
  case VMK_SITE_CALL: return hooks_link_call(t, from, site);
  case VMK_SITE_CONST_REF:
  case VMK_SITE_CONST_BITS: return hooks_link_constant(t, from, site);
  case VMK_SITE_LEAF: return hooks_link_type_check(t, from, site);
  }
  VMK_ASSERT(!"unknown site");
  return VMK_LINK_THROW;
}

/* --- traps -------------------------------------------------------------------------------------------------------- */

/* No Java code runs for it: there is no stack left.  What the constructor would set is null, which
 * Throwable takes for "not assigned". */
static void
hooks_throw_stack_overflow(vmk_thread *t) VMK_MOVES
{
  vmk_handle error = vmk_new(t, &J3.known.class_StackOverflowError->kind);
  if (!error)
    return;
  j3_fill_stack_trace(t, error);
  if (!vmk_pending(t))
    vmk_throw(t, error);
}

static void
hooks_throw_store(vmk_thread *t, const vmk_trap_info *info) VMK_MOVES
{
  char name[1024];
  j3_class_external_name(j3_class_of(info->value), name, sizeof name);
  j3_throw(t, "java/lang/ArrayStoreException", "%s", name);
}

static void
hooks_throw_out_of_memory(vmk_thread *t, const vmk_trap_info *info) VMK_MOVES
{
  bool limit = info->a < 0;
  j3_out_of_memory(t, limit ? "Requested array size exceeds VM limit" : "Java heap space");
}

static void
hooks_trap(vmk_thread *t, const vmk_trap_info *info) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  switch (info->trap) {
  case VMK_TRAP_NULL: j3_throw(t, "java/lang/NullPointerException", NULL); break;
  case VMK_TRAP_BOUNDS:
    j3_throw(t, "java/lang/ArrayIndexOutOfBoundsException", "Index %d out of bounds for length %d",
             (int)info->a, (int)info->b);
    break;
  case VMK_TRAP_DIV_ZERO: j3_throw(t, "java/lang/ArithmeticException", "/ by zero"); break;
  case VMK_TRAP_OVERFLOW: j3_throw(t, "java/lang/ArithmeticException", "overflow"); break;
  case VMK_TRAP_NEGATIVE_SIZE:
    j3_throw(t, "java/lang/NegativeArraySizeException", "%d", (int)info->a);
    break;
  case VMK_TRAP_STORE: hooks_throw_store(t, info); break;
  case VMK_TRAP_STACK_OVERFLOW: hooks_throw_stack_overflow(t); break;
  case VMK_TRAP_OUT_OF_MEMORY: hooks_throw_out_of_memory(t, info); break;
  case VMK_TRAP_MONITOR_STATE: j3_throw(t, "java/lang/IllegalMonitorStateException", NULL); break;
  case VMK_TRAP_UNREACHABLE:
    j3_throw(t, "java/lang/VerifyError", "ret through an invalid return address");
    break;
  }
  vmk_scope_end(t, scope);
}

/* --- handlers ------------------------------------------------------------------------------------------------------- */

static bool
hooks_catches(vmk_thread *t, vmk_function *f, uint32_t token, vmk_handle exception) VMK_MOVES
{
  const j3_method *m = f->client;
  j3_class *c = j3_pool_resolved(j3_method_pool(m), (uint16_t)token);
  if (c)
    return j3_is_instance(exception, c);
  /* Nothing is pending meanwhile: resolution may run Java code. */
  c = j3_resolve_class(t, j3_method_pool(m), (uint16_t)token);
  return c && j3_is_instance(exception, c);
}

/* --- names, roots ---------------------------------------------------------------------------------------------------- */

static void
hooks_function_name(const vmk_function *f, char *buffer, size_t size)
{
  const j3_method *m = f->client;
  if (m)
    snprintf(buffer, size, "%s.%s%s", m->class->name->text, m->name->text, m->descriptor->text);
  else
    snprintf(buffer, size, "(builtin)");
}

static void
hooks_kind_name(const vmk_kind *kind, char *buffer, size_t size)
{
  const j3_class *c = (const j3_class *)kind;
  snprintf(buffer, size, "%s", kind->flags & J3_KIND_STATICS ? "(statics)" : c->name->text);
}

static void
hooks_trace_roots(vmk_runtime *rt, vmk_tracer *tracer)
{
  (void)rt;
  j3_ti_collecting();
  j3_reference_trace_roots(tracer);
}

static void
hooks_trace_weak(vmk_runtime *rt, vmk_tracer *tracer)
{
  (void)rt;
  j3_strings_sweep(tracer);
  j3_ti_sweep(tracer);
}

static void
hooks_collected(vmk_runtime *rt, vmk_thread *t, const vmk_collection *c) VMK_MOVES
{
  (void)rt;
  j3_gclog_collection(c);
  j3_management_collected(c);
  j3_reference_collected(c);
  j3_ti_collected(t);
}

const vmk_hooks j3_hooks = {
    .name = "j3",
    .translate = j3_translate,
    .link = hooks_link,
    .trap = hooks_trap,
    .catches = hooks_catches,
    .unwinding = j3_ti_unwinding,
    .dispatch = j3_dispatch,
    .can_store = j3_can_store,
    .trace_roots = hooks_trace_roots,
    .trace_weak = hooks_trace_weak,
    .unload = j3_unload,
    .enqueue = j3_reference_enqueue,
    .collected = hooks_collected,
    .keep_soft = j3_reference_keep_soft,
    .function_name = hooks_function_name,
    .kind_name = hooks_kind_name,
};
