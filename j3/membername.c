/* membername.c -- java.lang.invoke.MemberName and the natives of MethodHandleNatives
 *
 * A MemberName names a field or method; resolved, it also holds what linkTo* and direct method handles need:
 * flags with the reference kind, ResolvedMethodName.vm_method, and vm_index: a vtable index, an interface
 * method index, a field offset usable by Unsafe, or MEMBER_NONVIRTUAL.
 */
#include <stdlib.h>

#include "access.h"
#include "attributes.h"
#include "class.h"
#include "entry.h"
#include "link.h"
#include "native.h"
#include "reflect.h"
#include "vm.h"

enum {
  MEMBER_IS_METHOD = 0x10000,
  MEMBER_IS_CONSTRUCTOR = 0x20000,
  MEMBER_IS_FIELD = 0x40000,
  MEMBER_IS_TYPE = 0x80000,
  MEMBER_CALLER_SENSITIVE = 0x100000,
  MEMBER_TRUSTED_FINAL = 0x200000,
  MEMBER_SEARCH_SUPERCLASSES = 0x100000,
  MEMBER_SEARCH_INTERFACES = 0x200000,
  MEMBER_KIND_SHIFT = 24,
  MEMBER_NONVIRTUAL = -2,
  MEMBER_MIRANDA = INT32_MAX, /* in no vtable: linkToVirtual calls the miranda itself */
};

/* JVMS table 5.4.3.5-A */
enum {
  REF_getField = 1,
  REF_getStatic,
  REF_putField,
  REF_putStatic,
  REF_invokeVirtual,
  REF_invokeStatic,
  REF_invokeSpecial,
  REF_newInvokeSpecial,
  REF_invokeInterface,
};

#define OFFSET(field) J3.known.offset_MemberName_##field

/* --- filling ------------------------------------------------------------------------------------------- */

/* `home` has m in its memory: m's class, or the one that m is a miranda of. */
static vmk_handle
member_resolved_name(vmk_thread *t, j3_method *m, const j3_class *home) VMK_MOVES
{
  j3_class *c = J3.known.class_ResolvedMethodName;
  vmk_handle name = j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
  if (name) {
    vmk_set_i64(name, J3.known.offset_ResolvedMethodName_vm_method, (int64_t)(intptr_t)m);
    vmk_set_ref(t, name, J3.known.offset_ResolvedMethodName_vm_holder, home->mirror);
  }
  return name;
}

/* How *m is called when dispatch on the receiver is wanted: reference kind, index, class to show.  An
 * interface's method that was found in a class is called virtually, through the class's miranda. */
static uint32_t
member_dispatch(j3_method **method, j3_class *resolved, int64_t *index, j3_class **shown)
{
  const j3_method *m = *method;
  bool direct = (m->flags & (J3_STATIC | J3_PRIVATE | J3_FINAL)) || (m->class->flags & J3_FINAL) ||
                j3_symbol_is(m->name, "<init>");
  *shown = m->class;
  *index = MEMBER_NONVIRTUAL;
  if (direct)
    return m->flags & J3_STATIC ? REF_invokeStatic : REF_invokeSpecial;
  if (!(m->class->flags & J3_INTERFACE)) {
    *index = m->vtable_index;
    return REF_invokeVirtual;
  }
  if (resolved && !(resolved->flags & J3_INTERFACE)) {
    *method = j3_link_miranda(resolved, *method);
    *index = MEMBER_MIRANDA;
    *shown = resolved;
    return REF_invokeVirtual;
  }
  *index = m->itable_index;
  return REF_invokeInterface;
}

bool
j3_member_name_set_method(vmk_thread *t, vmk_handle member, j3_method *m, j3_class *resolved,
                          bool dispatch) VMK_MOVES
{
  int64_t index = MEMBER_NONVIRTUAL;
  j3_class *shown = m->class;
  uint32_t kind = m->flags & J3_STATIC ? REF_invokeStatic : REF_invokeSpecial;
  if (dispatch)
    kind = member_dispatch(&m, resolved, &index, &shown);
  vmk_handle name = member_resolved_name(t, m, m->flags & J3_METHOD_MIRANDA ? shown : m->class);
  if (!name)
    return false;
  uint32_t flags = m->flags & 0x7fff;
  flags |= j3_symbol_is(m->name, "<init>") ? MEMBER_IS_CONSTRUCTOR : MEMBER_IS_METHOD;
  flags |= kind << MEMBER_KIND_SHIFT;
  if (m->flags & J3_METHOD_CALLER_SENSITIVE)
    flags |= MEMBER_CALLER_SENSITIVE;
  vmk_set_i32(member, OFFSET(flags), (int32_t)flags);
  vmk_set_i64(member, OFFSET(vm_index), index);
  vmk_set_ref(t, member, OFFSET(method), name);
  vmk_set_ref(t, member, OFFSET(clazz), shown->mirror);
  return true;
}

bool
j3_member_name_set_field(vmk_thread *t, vmk_handle member, j3_field *f, bool setter) VMK_MOVES
{
  uint32_t kind = f->flags & J3_STATIC ? REF_getStatic : REF_getField;
  uint32_t flags = (f->flags & 0x7fffu) | MEMBER_IS_FIELD;
  flags |= (kind + (setter ? REF_putField - REF_getField : 0)) << MEMBER_KIND_SHIFT;
  if (f->trusted_final)
    flags |= MEMBER_TRUSTED_FINAL;
  vmk_set_i32(member, OFFSET(flags), (int32_t)flags);
  vmk_set_i64(member, OFFSET(vm_index), f->offset);
  vmk_set_ref(t, member, OFFSET(method), &j3_null_slot);
  vmk_set_ref(t, member, OFFSET(clazz), f->class->mirror);
  return true;
}

/* --- init, expand ----------------------------------------------------------------------------------------- */

J3_BUILTIN(member_init)
{
  vmk_handle member = vmk_arg_ref(c, 0), reflected = vmk_arg_ref(c, 1);
  if (vmk_is_null(member) || vmk_is_null(reflected)) {
    j3_throw(t, "java/lang/InternalError", "mname and ref must not be null");
    return;
  }
  const j3_class *k = j3_class_of(reflected);
  if (k == J3.known.class_Field) {
    j3_member_name_set_field(t, member, j3_field_of_object(reflected), false);
  } else if (k == J3.known.class_Method || k == J3.known.class_Constructor) {
    j3_method *m = j3_method_of_object(reflected);
    j3_member_name_set_method(t, member, m, m->class, true);
  } else {
    j3_throw(t, "java/lang/InternalError", "unrecognized type");
  }
}

static uint32_t
member_flags(vmk_handle member)
{
  return (uint32_t)vmk_get_i32(member, OFFSET(flags));
}
static j3_method *
member_method(vmk_thread *t, vmk_handle member)
{
  vmk_handle resolved = vmk_get_ref(t, member, OFFSET(method));
  if (vmk_is_null(resolved))
    return NULL;
  return (j3_method *)(intptr_t)vmk_get_i64(resolved, J3.known.offset_ResolvedMethodName_vm_method);
}
static j3_class *
member_class(vmk_thread *t, vmk_handle member)
{
  vmk_handle mirror = vmk_get_ref(t, member, OFFSET(clazz));
  return vmk_is_null(mirror) ? NULL : j3_class_of_mirror(mirror);
}

/* Fill in name and type (as a descriptor string) where they are missing. */
static bool
member_set_names(vmk_thread *t, vmk_handle member, j3_symbol *name, j3_symbol *type) VMK_MOVES
{
  if (vmk_ref_field_is_null(member, OFFSET(name))) {
    vmk_handle string = j3_string_of_symbol(t, name);
    if (!string)
      return false;
    vmk_set_ref(t, member, OFFSET(name), string);
  }
  if (vmk_ref_field_is_null(member, OFFSET(type))) {
    vmk_handle string = j3_string_of_symbol(t, type);
    if (!string)
      return false;
    vmk_set_ref(t, member, OFFSET(type), string);
  }
  return true;
}

J3_BUILTIN(member_expand)
{
  vmk_handle member = vmk_arg_ref(c, 0);
  if (vmk_is_null(member)) {
    j3_throw(t, "java/lang/InternalError", "mname must not be null");
    return;
  }
  uint32_t flags = member_flags(member);
  j3_class *k = member_class(t, member);
  j3_method *m = member_method(t, member);
  if (m) {
    member_set_names(t, member, m->name, m->descriptor);
    return;
  }
  for (uint32_t i = 0; k && (flags & MEMBER_IS_FIELD) && i < k->field_count; i++) {
    j3_field *f = &k->fields[i];
    if (f->offset == vmk_get_i64(member, OFFSET(vm_index)) &&
        (f->flags & J3_STATIC) == (flags & J3_STATIC)) {
      member_set_names(t, member, f->name, f->descriptor);
      return;
    }
  }
  j3_throw(t, "java/lang/InternalError", "unrecognized type");
}

/* --- resolve ------------------------------------------------------------------------------------------------- */

typedef struct member_text {
  char *text;
  size_t length, room;
} member_text;

static void
member_append(member_text *b, const char *text, size_t length)
{
  if (b->length + length + 1 > b->room) {
    b->room = 2 * (b->room + length) + 64;
    b->text = realloc(b->text, b->room);
    if (!b->text)
      abort();
  }
  memcpy(b->text + b->length, text, length);
  b->length += length;
  b->text[b->length] = 0;
}

static void
member_append_class(member_text *b, const j3_class *c)
{
  if (c->primitive) {
    char letter = (char)c->primitive;
    member_append(b, &letter, 1);
  } else if (c->is_array) {
    member_append(b, c->name->text, c->name->length);
  } else {
    member_append(b, "L", 1);
    member_append(b, c->name->text, c->name->length);
    member_append(b, ";", 1);
  }
}

/* MemberName.type as a descriptor: a Class, a MethodType, or the string itself. */
static j3_symbol *
member_descriptor(vmk_thread *t, vmk_handle type)
{
  member_text b = {0};
  const j3_class *k = j3_class_of(type);
  if (k == J3.known.class_String)
    return j3_string_symbol(type, false);
  if (k == J3.known.class_Class) {
    member_append_class(&b, j3_class_of_mirror(type));
  } else if (k == J3.known.class_MethodType) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle parameters = vmk_get_ref(t, type, J3.known.offset_MethodType_ptypes);
    member_append(&b, "(", 1);
    for (uint32_t i = 0, n = vmk_array_length(parameters); i < n; i++)
      member_append_class(&b, j3_class_of_mirror(vmk_get_elem(t, parameters, i)));
    member_append(&b, ")", 1);
    member_append_class(&b,
                        j3_class_of_mirror(vmk_get_ref(t, type, J3.known.offset_MethodType_rtype)));
    vmk_scope_end(t, scope);
  } else {
    return NULL;
  }
  j3_symbol *s = j3_symbol_get(b.text, b.length);
  free(b.text);
  return s;
}

static void
member_throw_missing(vmk_thread *t, const j3_class *c, j3_symbol *name, j3_symbol *type) VMK_MOVES
{
  j3_method shown = {.class = (j3_class *)(uintptr_t)c, .name = name, .descriptor = type};
  char text[2048];
  j3_method_external_name(&shown, text, sizeof text);
  j3_throw(t, "java/lang/NoSuchMethodError", "'%s'", text);
}

/* invokeBasic and linkTo* of MethodHandle stand for the vm's own glue of that shape. */
static bool
member_is_glue(const j3_class *c, const j3_symbol *name)
{
  return c == J3.known.class_MethodHandle &&
         (j3_symbol_is(name, "invokeBasic") || strncmp(name->text, "linkTo", 6) == 0);
}

static bool
member_check_kind(vmk_thread *t, const j3_method *m, uint32_t kind) VMK_MOVES
{
  bool is_static = m->flags & J3_STATIC;
  if ((kind == REF_invokeStatic) == is_static)
    return true;
  char text[2048];
  j3_method_external_name(m, text, sizeof text);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           !is_static                    ? "Expected static method '%s'"
           : kind == REF_invokeInterface ? "Expected instance not static method '%s'"
                                         : "Expecting non-static method '%s'",
           text);
  return false;
}

/* What invokespecial asks besides (JVMS 6.5): no method of an interface that is not caller's own, no abstract one. */
static bool
member_check_special(vmk_thread *t, const j3_class *caller, const j3_class *c, j3_method *m)
    VMK_MOVES
{
  bool direct = !(c->flags & J3_INTERFACE) || caller == c;
  for (uint32_t i = 0; i < caller->interface_count && !direct; i++)
    direct = caller->interfaces[i] == c;
  if (direct)
    return j3_select_special_method(t, caller, c, m) != NULL;
  char text[2048], name[512];
  j3_method_external_name(m, text, sizeof text);
  j3_class_external_name(caller, name, sizeof name);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           "Interface method reference: '%s', is in an indirect superinterface of %s", text, name);
  return false;
}

static bool
member_resolve_method(vmk_thread *t, vmk_handle member, j3_class *c, j3_symbol *name,
                      j3_symbol *type, j3_class *caller, uint32_t kind) VMK_MOVES
{
  j3_method *m;
  bool constructor = j3_symbol_is(name, "<init>");
  if (c->is_array)
    c = J3.known.class_Object;
  if (!j3_class_link(t, c))
    return false;
  if (member_is_glue(c, name)) {
    m = j3_polymorphic_intrinsic(t, c, name, type);
    return m && j3_member_name_set_method(t, member, m, c, false);
  }
  if (constructor)
    m = j3_class_method(c, name, type);
  else
    m = (c->flags & J3_INTERFACE) ? j3_find_interface_method(c, name, type)
                                  : j3_find_method(c, name, type);
  if (!m) {
    member_throw_missing(t, c, name, type);
    return false;
  }
  if (!member_check_kind(t, m, kind))
    return false;
  if (caller && !j3_member_is_accessible(t, caller, c, m->class, m->flags)) {
    j3_throw_method_access(t, caller, m);
    return false;
  }
  if (caller && kind == REF_invokeSpecial && !member_check_special(t, caller, c, m))
    return false;
  bool dispatch = kind == REF_invokeVirtual || kind == REF_invokeInterface;
  return j3_member_name_set_method(t, member, m, c, dispatch);
}

static bool
member_resolve_field(vmk_thread *t, vmk_handle member, j3_class *c, j3_symbol *name,
                     j3_symbol *type, uint32_t kind) VMK_MOVES
{
  j3_field *f = j3_find_field(c, name, type);
  if (!f || (f->flags & J3_FIELD_INJECTED)) {
    j3_throw(t, "java/lang/NoSuchFieldError", "%s", name->text);
    return false;
  }
  /* Whether it is static is the field's own affair: the caller compares kinds. */
  return j3_member_name_set_field(t, member, f, kind >= REF_putField);
}

/* resolve(MemberName self, Class<?> caller, int lookupMode, boolean speculative) */
J3_BUILTIN(member_resolve)
{
  vmk_handle member = vmk_arg_ref(c, 0), caller = vmk_arg_ref(c, 1);
  bool speculative = vmk_arg_i32(c, 1) != 0, ok = false;
  uint32_t flags = member_flags(member), kind = flags >> MEMBER_KIND_SHIFT & 0xf;
  vmk_handle name = vmk_get_ref(t, member, OFFSET(name));
  vmk_handle type = vmk_get_ref(t, member, OFFSET(type));
  j3_class *k = member_class(t, member);
  if (!vmk_ref_field_is_null(member, OFFSET(method)) ||
      (k && vmk_get_i64(member, OFFSET(vm_index)) != 0 && (flags & MEMBER_IS_FIELD))) {
    vmk_return_ref(c, member); /* already resolved */
    return;
  }
  if (vmk_is_null(name) || vmk_is_null(type) || !k || k->primitive) {
    j3_throw(t, "java/lang/IllegalArgumentException", "nothing to resolve");
    return;
  }
  j3_class *from = vmk_is_null(caller) ? NULL : j3_class_of_mirror(caller);
  j3_symbol *n = j3_string_symbol(name, false), *d = member_descriptor(t, type);
  if (d && (flags & (MEMBER_IS_METHOD | MEMBER_IS_CONSTRUCTOR)))
    ok = member_resolve_method(t, member, k, n, d, from, kind);
  else if (d && (flags & MEMBER_IS_FIELD))
    ok = member_resolve_field(t, member, k, n, d, kind);
  if (ok) {
    vmk_return_ref(c, member);
  } else if (speculative) {
    vmk_clear_exception(t);
  } else if (!vmk_pending(t)) {
    j3_throw(t, "java/lang/LinkageError", "resolution failed");
  }
}

/* --- members of a class ------------------------------------------------------------------------------------------ */

typedef struct member_search {
  j3_symbol *name, *type; /* null: any */
  uint32_t flags;
  int32_t skip, found;
  vmk_handle results;
} member_search;

static bool
member_offer(vmk_thread *t, member_search *s, j3_method *m, j3_field *f) VMK_MOVES
{
  int32_t position = s->found++ - s->skip;
  if (position < 0 || (uint32_t)position >= vmk_array_length(s->results))
    return true;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle member = vmk_get_elem(t, s->results, (size_t)position);
  bool ok = !vmk_is_null(member);
  if (ok)
    ok = m ? j3_member_name_set_method(t, member, m, m->class, true)
           : j3_member_name_set_field(t, member, f, false);
  if (ok)
    ok = member_set_names(t, member, m ? m->name : f->name, m ? m->descriptor : f->descriptor);
  vmk_scope_end(t, scope);
  return ok;
}

static bool
member_search_class(vmk_thread *t, member_search *s, const j3_class *c) VMK_MOVES
{
  for (uint32_t i = 0; i < c->method_count; i++) {
    j3_method *m = &c->methods[i];
    bool constructor = j3_symbol_is(m->name, "<init>");
    if (!(s->flags & (constructor ? MEMBER_IS_CONSTRUCTOR : MEMBER_IS_METHOD)) ||
        j3_symbol_is(m->name, "<clinit>") || (m->flags & J3_METHOD_MIRANDA) ||
        (s->name && s->name != m->name) || (s->type && s->type != m->descriptor))
      continue;
    if (!member_offer(t, s, m, NULL))
      return false;
  }
  for (uint32_t i = 0; (s->flags & MEMBER_IS_FIELD) && i < c->field_count; i++) {
    j3_field *f = &c->fields[i];
    if ((f->flags & J3_FIELD_INJECTED) || (s->name && s->name != f->name) ||
        (s->type && s->type != f->descriptor))
      continue;
    if (!member_offer(t, s, NULL, f))
      return false;
  }
  return true;
}

/* getMembers(Class defc, String name, String sig, int flags, Class caller, int skip, MemberName[] results):
 * fills results and returns how many there are in all. */
J3_BUILTIN(member_getMembers)
{
  j3_class *k = vmk_is_null(vmk_arg_ref(c, 0)) ? NULL : j3_class_of_mirror(vmk_arg_ref(c, 0));
  vmk_return_i32(c, -1);
  if (!k || k->primitive || vmk_is_null(vmk_arg_ref(c, 4)) || !j3_class_link(t, k))
    return;
  member_search s = {
      .name = vmk_is_null(vmk_arg_ref(c, 1)) ? NULL : j3_string_symbol(vmk_arg_ref(c, 1), false),
      .type = vmk_is_null(vmk_arg_ref(c, 2)) ? NULL : j3_string_symbol(vmk_arg_ref(c, 2), false),
      .flags = (uint32_t)vmk_arg_i32(c, 0),
      .skip = vmk_arg_i32(c, 1),
      .results = vmk_arg_ref(c, 4)};
  for (j3_class *x = k; x; x = s.flags & MEMBER_SEARCH_SUPERCLASSES ? x->super : NULL)
    if (!member_search_class(t, &s, x))
      return;
  for (uint32_t i = 0; (s.flags & MEMBER_SEARCH_INTERFACES) && i < k->super_count; i++)
    if ((k->supers[i]->flags & J3_INTERFACE) && !member_search_class(t, &s, k->supers[i]))
      return;
  vmk_return_i32(c, s.found);
}

/* --- offsets, call sites ------------------------------------------------------------------------------------------- */

J3_BUILTIN(member_fieldOffset)
{
  (void)t;
  vmk_return_i64(c, vmk_get_i64(vmk_arg_ref(c, 0), OFFSET(vm_index)));
}
J3_BUILTIN(member_staticFieldOffset)
{
  j3_class *k = member_class(t, vmk_arg_ref(c, 0));
  vmk_return_i64(c, j3_static_offset(k, vmk_get_i64(vmk_arg_ref(c, 0), OFFSET(vm_index))));
}
J3_BUILTIN(member_staticFieldBase)
{
  vmk_return_ref(c, member_class(t, vmk_arg_ref(c, 0))->mirror);
}

/* {Long vmindex, Class of a field or the MemberName of a method} */
J3_BUILTIN(member_getMemberVMInfo)
{
  vmk_handle member = vmk_arg_ref(c, 0);
  j3_class *objects = j3_class_array_of(t, J3.known.class_Object);
  vmk_handle result = objects ? j3_array_new(t, objects, 2) : NULL;
  vmk_handle index =
      result ? j3_box(t, 'J', (vmk_value){.i64 = vmk_get_i64(member, OFFSET(vm_index))}) : NULL;
  if (!index)
    return;
  vmk_set_elem(t, result, 0, index);
  bool field = member_flags(member) & MEMBER_IS_FIELD;
  vmk_set_elem(t, result, 1, field ? vmk_get_ref(t, member, OFFSET(clazz)) : member);
  vmk_return_ref(c, result);
}

J3_BUILTIN(member_setCallSiteTarget)
{
  vmk_set_ref(t, vmk_arg_ref(c, 0), J3.known.offset_CallSite_target, vmk_arg_ref(c, 1));
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Only assertions ask; -1 tells "no such constant". */
J3_BUILTIN(member_getNamedCon)
{
  (void)t;
  vmk_return_i32(c, 0);
}

/* --- bootstrap arguments in pull mode ---------------------------------------------------------------------------------- */

/* Constant i of the pool as an object, primitives boxed; null: pending. */
static vmk_handle
member_constant(vmk_thread *t, j3_pool *p, uint16_t i) VMK_MOVES
{
  vmk_value v = {.bits = p->value[i]};
  switch (p->tag[i]) {
  case 3: return j3_box(t, 'I', v);
  case 4: return j3_box(t, 'F', v);
  case 5: return j3_box(t, 'J', v);
  case 6: return j3_box(t, 'D', v);
  default: return j3_resolve_constant(t, p, i);
  }
}

/* The BootstrapMethods row of an indy or condy entry: {bsm, argc, args...} as raw u2. */
static const uint8_t *
member_bootstrap_row(const j3_class *k, uint16_t entry)
{
  const uint8_t *p = k->pool->bootstrap_methods.data + 2;
  for (uint32_t row = (uint32_t)(k->pool->value[entry] & 0xffff); row; row--)
    p += 4 + 2 * j3_u2(p + 2);
  return p;
}

/* One pseudo-argument: -4 bootstrap method, -3 name, -2 type, -1 argument count, else a static one. */
static vmk_handle
member_bootstrap_argument(vmk_thread *t, j3_class *k, uint16_t entry, int32_t i) VMK_MOVES
{
  const uint8_t *row = member_bootstrap_row(k, entry);
  uint32_t pair = (uint32_t)k->pool->value[k->pool->value[entry] >> 16 & 0xffff];
  j3_symbol *type = j3_pool_utf8(k->pool, (uint16_t)(pair >> 16));
  switch (i) {
  case -4: return j3_resolve_constant(t, k->pool, (uint16_t)j3_u2(row));
  case -3: return j3_string_of_symbol(t, j3_pool_utf8(k->pool, pair & 0xffff));
  case -2:
    if (type->text[0] == '(')
      return j3_method_type(t, k->loader, k, type);
    else {
      j3_class *c = j3_class_of_descriptor(t, k->loader, type->text, type->length);
      return c ? c->mirror : NULL;
    }
  case -1: return j3_box(t, 'I', (vmk_value){.i32 = (int32_t)j3_u2(row + 2)});
  default: return member_constant(t, k->pool, (uint16_t)j3_u2(row + 4 + 2 * i));
  }
}

/* copyOutBootstrapArguments(Class caller, int[] info, int start, int end, Object[] buf, int pos,
 *                           boolean resolve, Object ifNotAvailable) */
J3_BUILTIN(member_copyOutBootstrapArguments)
{
  j3_class *k = j3_class_of_mirror(vmk_arg_ref(c, 0));
  vmk_handle info = vmk_arg_ref(c, 1), buffer = vmk_arg_ref(c, 2);
  int32_t start = vmk_arg_i32(c, 0), end = vmk_arg_i32(c, 1), position = vmk_arg_i32(c, 2);
  int32_t entry = vmk_get_i32(info, VMK_ARRAY_DATA_OFFSET + 4);
  if (entry <= 0 || entry >= k->pool->count || k->pool->tag[entry] < 17 ||
      k->pool->tag[entry] > 18 || start < -4 || start > end || position < 0 ||
      (uint32_t)(position + (end - start)) > vmk_array_length(buffer) ||
      end > (int32_t)j3_u2(member_bootstrap_row(k, (uint16_t)entry) + 2)) {
    j3_throw(t, "java/lang/InternalError", "bad index info (0)");
    return;
  }
  for (int32_t i = start; i < end; i++, position++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle value = member_bootstrap_argument(t, k, (uint16_t)entry, i);
    if (value)
      vmk_set_elem(t, buffer, (size_t)position, value);
    vmk_scope_end(t, scope);
    if (!value)
      return;
  }
}

static const j3_native_row member_rows[] = {
    {"registerNatives", NULL, j3_native_nothing},
    {"init", NULL, member_init},
    {"expand", NULL, member_expand},
    {"resolve", NULL, member_resolve},
    {"getMembers", NULL, member_getMembers},
    {"objectFieldOffset", NULL, member_fieldOffset},
    {"staticFieldOffset", NULL, member_staticFieldOffset},
    {"staticFieldBase", NULL, member_staticFieldBase},
    {"getMemberVMInfo", NULL, member_getMemberVMInfo},
    {"setCallSiteTargetNormal", NULL, member_setCallSiteTarget},
    {"setCallSiteTargetVolatile", NULL, member_setCallSiteTarget},
    {"copyOutBootstrapArguments", NULL, member_copyOutBootstrapArguments},
    {"clearCallSiteContext", NULL, j3_native_nothing},
    {"getNamedCon", NULL, member_getNamedCon},
};
J3_NATIVE_TABLE(method_handle, "java/lang/invoke/MethodHandleNatives", member_rows);
