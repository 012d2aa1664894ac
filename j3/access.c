/* access.c -- access control with packages, modules and nest mates (JVMS 5.4.4) */
#include "access.h"

#include <stdio.h>

#include "native.h"
#include "typecheck.h"

/* Reflection's generated accessors may touch anything: they stand for a caller that was checked. */
static bool
access_is_magic(const j3_class *c)
{
  const j3_class *magic = J3.known.class_MagicAccessorImpl;
  for (; magic && c; c = c->super) /* c may not have its display yet: asked about its supers */
    if (c == magic)
      return true;
  return false;
}

typedef enum access_module {
  ACCESS_GRANTED,
  ACCESS_NOT_READABLE,
  ACCESS_NOT_EXPORTED
} access_module;

static access_module
access_between_modules(const j3_class *from, const j3_class *to)
{
  const j3_module *a = from->module, *b = to->module;
  if (a == b || !a || !b || J3.phase < 2) /* before the module graph is complete all is readable */
    return ACCESS_GRANTED;
  if (!j3_module_reads(a, b))
    return ACCESS_NOT_READABLE;
  if (!b->name || b->is_open || j3_module_exports_to(b, j3_class_package(to), a))
    return ACCESS_GRANTED;
  return ACCESS_NOT_EXPORTED;
}

bool
j3_check_class_access(const j3_class *from, const j3_class *to)
{
  if (to->is_array)
    to = to->element;
  if (from == to || to->primitive || j3_class_same_package(from, to))
    return true;
  if ((to->flags & J3_PUBLIC) && access_between_modules(from, to) == ACCESS_GRANTED)
    return true;
  return access_is_magic(from);
}

static bool
access_protected(const j3_class *from, const j3_class *resolved, const j3_class *declaring,
                 uint32_t flags)
{
  if (!j3_class_is_subclass(from, declaring))
    return false;
  return (flags & J3_STATIC) || from == resolved || j3_class_is_subclass(resolved, from) ||
         j3_class_is_subclass(from, resolved);
}

bool
j3_member_is_accessible(vmk_thread *t, j3_class *from, j3_class *resolved, j3_class *declaring,
                        uint32_t flags) VMK_MOVES
{
  if (from == declaring || (flags & J3_PUBLIC))
    return true;
  if (flags & J3_PRIVATE) {
    if (j3_class_same_package(from, declaring) &&
        j3_class_nest_host(t, from) == j3_class_nest_host(t, declaring))
      return true;
    vmk_clear_exception(t);
    return access_is_magic(from);
  }
  if (j3_class_same_package(from, declaring))
    return true;
  if ((flags & J3_PROTECTED) && access_protected(from, resolved, declaring, flags))
    return true;
  return access_is_magic(from);
}

/* --- messages -------------------------------------------------------------------------------------------- */

enum { ACCESS_TEXT = 2048 };

/* "A and B are in unnamed module of loader 'app'", or each for itself. */
static void
access_where(const j3_class *first, const j3_class *second, char *out, size_t size)
{
  char a[512], b[512], place[ACCESS_TEXT];
  j3_class_external_name(first, a, sizeof a);
  j3_class_external_name(second, b, sizeof b);
  if (first->module == second->module && first->loader == second->loader) {
    j3_class_whereabouts(second, true, place, sizeof place);
    snprintf(out, size, "%s and %s%s", a, b, place);
  } else {
    char other[ACCESS_TEXT];
    j3_class_whereabouts(first, false, place, sizeof place);
    j3_class_whereabouts(second, false, other, sizeof other);
    snprintf(out, size, "%s; %s", place, other);
  }
}

static void
access_module_name(vmk_thread *t, const j3_module *m, char *out, size_t size)
{
  if (m->name)
    snprintf(out, size, "module %s", m->name->text);
  else
    snprintf(out, size, "unnamed module @0x%x", m->object ? vmk_identity_hash(t, m->object) : 0);
}

void
j3_throw_class_access(vmk_thread *t, const j3_class *from, const j3_class *to) VMK_MOVES
{
  const j3_class *target = to->is_array ? to->element : to;
  char a[512], b[512], x[256], y[256], package[512];
  j3_class_external_name(from, a, sizeof a);
  j3_class_external_name(target, b, sizeof b);
  access_module why =
      (target->flags & J3_PUBLIC) ? access_between_modules(from, target) : ACCESS_GRANTED;
  if (why == ACCESS_GRANTED) {
    char where[ACCESS_TEXT];
    access_where(target, from, where, sizeof where);
    j3_throw(t, "java/lang/IllegalAccessError", "failed to access class %s from class %s (%s)", b,
             a, where);
    return;
  }
  access_module_name(t, from->module, x, sizeof x);
  access_module_name(t, target->module, y, sizeof y);
  if (why == ACCESS_NOT_READABLE) {
    j3_throw(t, "java/lang/IllegalAccessError",
             "class %s (in %s) cannot access class %s (in %s) because %s does not read %s", a, x, b,
             y, x, y);
    return;
  }
  snprintf(package, sizeof package, "%s", j3_class_package(target)->text);
  for (char *p = package; *p; p++)
    if (*p == '/')
      *p = '.';
  j3_throw(t, "java/lang/IllegalAccessError",
           "class %s (in %s) cannot access class %s (in %s) because %s does not export %s to %s", a,
           x, b, y, y, package, x);
}

void
j3_throw_method_access(vmk_thread *t, const j3_class *from, const j3_method *m) VMK_MOVES
{
  char a[512], name[ACCESS_TEXT], where[ACCESS_TEXT];
  j3_class_external_name(from, a, sizeof a);
  j3_method_external_name(m, name, sizeof name);
  access_where(from, m->class, where, sizeof where);
  j3_throw(t, "java/lang/IllegalAccessError", "class %s tried to access %s%s%smethod '%s' (%s)", a,
           m->flags & J3_ABSTRACT ? "abstract " : "", m->flags & J3_PROTECTED ? "protected " : "",
           m->flags & J3_PRIVATE ? "private " : "", name, where);
}

void
j3_throw_field_access(vmk_thread *t, const j3_class *from, const j3_field *f) VMK_MOVES
{
  char a[512], b[512], where[ACCESS_TEXT];
  j3_class_external_name(from, a, sizeof a);
  j3_class_external_name(f->class, b, sizeof b);
  access_where(from, f->class, where, sizeof where);
  j3_throw(t, "java/lang/IllegalAccessError", "class %s tried to access %s%sfield %s.%s (%s)", a,
           f->flags & J3_PROTECTED ? "protected " : "", f->flags & J3_PRIVATE ? "private " : "", b,
           f->name->text, where);
}
