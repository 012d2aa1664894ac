/* resolve.c -- resolution of constant-pool entries (JVMS 5.4.3)
 *
 * .inv.resolved: pool->resolved[i] goes once from null to its value, or to a resolve_error with bit 0 set;
 * whoever loses the race uses the winner's.  Only LinkageErrors are recorded: they are the entry's
 * fault, while memory and stack may be better next time.
 */
#include <stdio.h>
#include <stdlib.h>

#include "access.h"
#include "bytecode.h"
#include "constraint.h"
#include "entry.h"
#include "indy.h"
#include "native.h"

/* A failed resolution, thrown again at each further attempt. */
typedef struct resolve_error {
  const char *class_name; /* internal form */
  const char *message;    /* or null */
  vmk_slot *cause;        /* root of the module, or null */
} resolve_error;

static inline void *
resolve_get(const j3_pool *p, uint16_t index)
{
  return atomic_load_explicit(&p->resolved[index], memory_order_acquire);
}

/* Publish value; returns what is there in the end. */
static void *
resolve_set(j3_pool *p, uint16_t index, void *value)
{
  void *expected = NULL;
  if (atomic_compare_exchange_strong_explicit(&p->resolved[index], &expected, value,
                                              memory_order_acq_rel, memory_order_acquire))
    return value;
  return expected;
}

static inline bool
resolve_is_error(const void *value)
{
  return (uintptr_t)value & 1;
}

static void
resolve_rethrow(vmk_thread *t, const void *value) VMK_MOVES
{
  const resolve_error *e = (const resolve_error *)((uintptr_t)value & ~(uintptr_t)1);
  if (e->cause)
    j3_throw_with_cause(t, e->class_name, e->cause, e->message ? "%s" : NULL, e->message);
  else
    j3_throw(t, e->class_name, e->message ? "%s" : NULL, e->message);
}

/* Record the pending exception when it is a LinkageError. */
static void
resolve_record(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  if (!j3_pending_is(t, "java/lang/LinkageError"))
    return;
  vmk_module *module = p->class->kind.module;
  resolve_error *e = vmk_meta_alloc(module, sizeof *e);
  vmk_scope scope = vmk_scope_begin(t);
  e->class_name = j3_class_of(&t->exception)->name->text;
  size_t length;
  char *message = j3_string_utf8(
      vmk_get_ref(t, &t->exception, J3.known.offset_Throwable_detailMessage), &length);
  if (message)
    e->message = memcpy(vmk_meta_alloc(module, length + 1), message, length + 1);
  free(message);
  vmk_handle cause = vmk_get_ref(t, &t->exception, J3.known.offset_Throwable_cause);
  if (!vmk_is_null(cause) && !vmk_same(cause, &t->exception)) /* itself: none was given */
    e->cause = vmk_module_root_new(module, cause);
  vmk_scope_end(t, scope);
  resolve_set(p, index, (void *)((uintptr_t)e | 1));
}

/* --- classes ----------------------------------------------------------------------------------------------- */

j3_class *
j3_resolve_class(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  void *value = resolve_get(p, index);
  if (value && !resolve_is_error(value))
    return value;
  if (value) {
    resolve_rethrow(t, value);
    return NULL;
  }
  j3_class *from = p->class;
  j3_class *c = j3_class_load(t, from->loader, j3_pool_class_name(p, index), false);
  if (c && !j3_check_class_access(from, c)) {
    j3_throw_class_access(t, from, c);
    c = NULL;
  }
  if (!c) {
    resolve_record(t, p, index);
    return NULL;
  }
  resolve_set(p, index, c); /* another thread's error does not undo this success */
  return c;
}

/* --- members -------------------------------------------------------------------------------------------------- */

typedef struct resolve_member {
  j3_class *holder; /* the class the entry names */
  j3_symbol *name, *descriptor;
} resolve_member;

static bool
resolve_split(vmk_thread *t, j3_pool *p, uint16_t index, resolve_member *out) VMK_MOVES
{
  uint16_t class_index = (uint16_t)p->value[index];
  uint32_t pair = (uint32_t)p->value[p->value[index] >> 16 & 0xffff];
  out->name = j3_pool_utf8(p, (uint16_t)pair);
  out->descriptor = j3_pool_utf8(p, (uint16_t)(pair >> 16));
  out->holder = j3_resolve_class(t, p, class_index);
  return out->holder != NULL;
}

static j3_field *
resolve_find_field(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  resolve_member r;
  if (!resolve_split(t, p, index, &r))
    return NULL;
  j3_field *f = j3_find_field(r.holder, r.name, r.descriptor);
  if (!f || (f->flags & J3_FIELD_INJECTED)) {
    j3_throw(t, "java/lang/NoSuchFieldError", "%s", r.name->text);
    return NULL;
  }
  if (!j3_member_is_accessible(t, p->class, r.holder, f->class, f->flags)) {
    j3_throw_field_access(t, p->class, f);
    return NULL;
  }
  return j3_constraint_field(t, p->class, f) ? f : NULL;
}

/* JVMS 6.5 putfield, putstatic: final fields change in their own class's initialisers only (the method's
 * name is asked from version 53 on). */
static bool
resolve_check_final(vmk_thread *t, const j3_field *f, bool is_static, const j3_method *from)
    VMK_MOVES
{
  char a[512], b[512];
  j3_class_external_name(f->class, b, sizeof b);
  const char *kind = is_static ? "static" : "non-static";
  const char *initializer = is_static ? "<clinit>" : "<init>";
  if (from->class != f->class) {
    j3_class_external_name(from->class, a, sizeof a);
    j3_throw(
        t, "java/lang/IllegalAccessError",
        "Update to %s final field %s.%s attempted from a different class (%s) than the field's "
        "declaring class",
        kind, b, f->name->text, a);
    return false;
  }
  if (from->class->major_version >= 53 && !j3_symbol_is(from->name, initializer)) {
    j3_throw(t, "java/lang/IllegalAccessError",
             "Update to %s final field %s.%s attempted from a different method (%s) than the "
             "initializer method %s ",
             kind, b, f->name->text, from->name->text, initializer);
    return false;
  }
  return true;
}

j3_field *
j3_resolve_field(vmk_thread *t, j3_pool *p, uint16_t index, bool is_static, bool is_put,
                 j3_method *from) VMK_MOVES
{
  void *value = resolve_get(p, index);
  if (value && resolve_is_error(value)) {
    resolve_rethrow(t, value);
    return NULL;
  }
  j3_field *f = value;
  if (!f) {
    f = resolve_find_field(t, p, index);
    if (!f) {
      resolve_record(t, p, index);
      return NULL;
    }
    resolve_set(p, index, f);
  }
  if (((f->flags & J3_STATIC) != 0) != is_static) {
    char name[512];
    j3_class_external_name(f->class, name, sizeof name);
    j3_throw(t, "java/lang/IncompatibleClassChangeError", "Expected %s field %s.%s",
             is_static ? "static" : "non-static", name, f->name->text);
    return NULL;
  }
  if (is_put && (f->flags & J3_FINAL) && !resolve_check_final(t, f, is_static, from))
    return NULL;
  return f;
}

static void
resolve_throw_method(vmk_thread *t, const char *class_name, const char *format, j3_class *c,
                     const resolve_member *r) VMK_MOVES
{
  j3_method shown = {.class = c, .name = r->name, .descriptor = r->descriptor};
  char text[2048];
  j3_method_external_name(&shown, text, sizeof text);
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
  j3_throw(t, class_name, format, text);
#pragma clang diagnostic pop
}

/* JVMS 5.4.3.3, 5.4.3.4 and 6.5: which instruction may name a class and which an interface, by which kind
 * of constant.  invokestatic and invokespecial take both, each by its own kind. */
static bool
resolve_check_holder(vmk_thread *t, j3_pool *p, uint16_t index, const resolve_member *r,
                     uint8_t bytecode) VMK_MOVES
{
  bool is_interface = r->holder->flags & J3_INTERFACE && !r->holder->is_array;
  bool want =
      bytecode == J3_BC_invokeinterface || (bytecode != J3_BC_invokevirtual && is_interface);
  bool tagged = p->tag[index] == J3_TAG_INTERFACE_METHOD;
  if (want == is_interface && want == tagged)
    return true;
  if (want == is_interface) {
    resolve_throw_method(t, "java/lang/IncompatibleClassChangeError",
                         want ? "Method '%s' must be InterfaceMethodref constant"
                              : "Method '%s' must be Methodref constant",
                         r->holder, r);
    return false;
  }
  char name[512];
  j3_class_external_name(r->holder, name, sizeof name);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           want ? "Found class %s, but interface was expected"
                : "Found interface %s, but class was expected",
           name);
  return false;
}

static j3_method *
resolve_find_method(vmk_thread *t, j3_pool *p, uint16_t index, uint8_t bytecode) VMK_MOVES
{
  resolve_member r;
  if (!resolve_split(t, p, index, &r) || !resolve_check_holder(t, p, index, &r, bytecode))
    return NULL;
  j3_class *holder = r.holder->is_array ? J3.known.class_Object : r.holder;
  if (!j3_class_link(t, holder))
    return NULL;
  j3_method *m = (holder->flags & J3_INTERFACE)
                     ? j3_find_interface_method(holder, r.name, r.descriptor)
                     : j3_find_method(holder, r.name, r.descriptor);
  if (!m) {
    resolve_throw_method(t, "java/lang/NoSuchMethodError", "'%s'", r.holder, &r);
    return NULL;
  }
  bool array_clone = r.holder->is_array && j3_symbol_is(r.name, "clone");
  if (!array_clone && !j3_member_is_accessible(t, p->class, r.holder, m->class, m->flags)) {
    j3_throw_method_access(t, p->class, m);
    return NULL;
  }
  if (!r.holder->is_array && !j3_constraint_method(t, p->class, m))
    return NULL;
  return m;
}

/* Constructors are not inherited: the class named has no such one. */
static void
resolve_throw_no_constructor(vmk_thread *t, const j3_class *named, const j3_method *m) VMK_MOVES
{
  char name[512], text[2048], owner[514];
  j3_class_external_name(named, name, sizeof name);
  j3_method_external_name(m, text, sizeof text);
  j3_class_external_name(m->class, owner, sizeof owner - 1);
  char *at = strstr(text, owner); /* "void Foo.<init>(int)": without the class */
  if (at)
    memmove(at, at + strlen(owner) + 1, strlen(at + strlen(owner) + 1) + 1);
  j3_throw(t, "java/lang/NoSuchMethodError", "%s: method '%s' not found", name, text);
}

/* What the instruction asks of the method it names (JVMS 6.5 invoke*). */
static bool
resolve_check_use(vmk_thread *t, j3_pool *p, uint16_t index, const j3_method *m, uint8_t bytecode)
    VMK_MOVES
{
  resolve_member r = {m->class, m->name, m->descriptor};
  if (bytecode == J3_BC_invokestatic && !(m->flags & J3_STATIC)) {
    resolve_throw_method(t, "java/lang/IncompatibleClassChangeError", "Expected static method '%s'",
                         m->class, &r);
    return false;
  }
  if (bytecode != J3_BC_invokestatic && (m->flags & J3_STATIC)) {
    resolve_throw_method(t, "java/lang/IncompatibleClassChangeError",
                         bytecode == J3_BC_invokeinterface
                             ? "Expected instance not static method '%s'"
                             : "Expecting non-static method '%s'",
                         m->class, &r);
    return false;
  }
  if (bytecode == J3_BC_invokespecial && j3_symbol_is(m->name, "<init>")) {
    j3_class *named = j3_resolve_class(t, p, (uint16_t)p->value[index]);
    if (named != m->class) {
      resolve_throw_no_constructor(t, named, m);
      return false;
    }
  }
  return true;
}

j3_method *
j3_resolve_method(vmk_thread *t, j3_pool *p, uint16_t index, uint8_t bytecode) VMK_MOVES
{
  void *value = resolve_get(p, index);
  if (value && resolve_is_error(value)) {
    resolve_rethrow(t, value);
    return NULL;
  }
  j3_method *m = value;
  if (!m) {
    m = resolve_find_method(t, p, index, bytecode);
    if (!m) {
      resolve_record(t, p, index);
      return NULL;
    }
    resolve_set(p, index, m);
  } else { /* perhaps by another instruction */
    resolve_member r;
    if (!resolve_split(t, p, index, &r) || !resolve_check_holder(t, p, index, &r, bytecode))
      return NULL;
  }
  return resolve_check_use(t, p, index, m, bytecode) ? m : NULL;
}

/* --- loadable constants ---------------------------------------------------------------------------------------- */

static vmk_handle
resolve_make(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  switch (p->tag[index]) {
  case J3_TAG_STRING: return j3_string_of_symbol(t, j3_pool_utf8(p, (uint16_t)p->value[index]));
  case J3_TAG_METHOD_TYPE: return j3_make_method_type(t, p, index);
  case J3_TAG_METHOD_HANDLE: return j3_make_method_handle(t, p, index);
  case J3_TAG_DYNAMIC: return j3_make_dynamic(t, p, index);
  default: break;
  }
  j3_throw(t, "java/lang/ClassFormatError", "Constant pool entry %u is not loadable", index);
  return NULL;
}

vmk_handle
j3_resolve_constant(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES
{
  if (p->tag[index] == J3_TAG_CLASS) {
    j3_class *c = j3_resolve_class(t, p, index);
    return c ? c->mirror : NULL;
  }
  void *value = resolve_get(p, index);
  if (value && resolve_is_error(value)) {
    resolve_rethrow(t, value);
    return NULL;
  }
  if (value)
    return value;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle made = resolve_make(t, p, index);
  vmk_slot *kept = NULL;
  if (made && vmk_is_null(made))
    kept = &j3_null_slot; /* a dynamic constant may be null */
  else if (made)
    kept = vmk_module_root_new(p->class->kind.module, made);
  vmk_scope_end(t, scope);
  if (!kept) {
    resolve_record(t, p, index);
    return NULL;
  }
  vmk_slot *winner = resolve_set(p, index, kept);
  if (resolve_is_error(winner)) {
    resolve_rethrow(t, winner);
    winner = NULL;
  }
  if (winner != kept && kept != &j3_null_slot)
    kept->ref = NULL;
  return winner;
}
