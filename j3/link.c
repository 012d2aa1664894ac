/* link.c -- supers, vtables, finding and selecting methods (JVMS 5.4.3.3, 5.4.5, 5.4.6)
 *
 * Only class methods have vtable slots.  A call that resolves to an interface method, through invokeinterface
 * or invokevirtual, is dispatched by j3_dispatch behind the kit's caches: there are no itables and no
 * miranda slots to build for classes that most programs load and never call that way.  The two differ in what
 * they throw, so invokevirtual is dispatched on a miranda of the class that it names.
 */
#include "link.h"

#include <stdio.h>
#include <stdlib.h>

#include "hooks.h"
#include "native.h"

/* --- supers ------------------------------------------------------------------------------------------------ */

static uint32_t
link_add_super(j3_class **list, uint32_t count, j3_class *interface)
{
  for (uint32_t i = 0; i < count; i++)
    if (list[i] == interface)
      return count;
  list[count] = interface;
  return count + 1;
}

void
j3_link_supers(j3_class *c)
{
  uint32_t most = c->super ? c->super->super_count : 0, count = 0;
  for (uint32_t i = 0; i < c->interface_count; i++)
    most += 1 + c->interfaces[i]->super_count;
  bool inherits_all = c->super && c->interface_count == 0;
  if (inherits_all) {
    c->supers = c->super->supers;
    count = most;
  } else if (most) {
    c->supers = vmk_meta_alloc(c->kind.module, most * sizeof *c->supers);
    for (uint32_t i = 0; c->super && i < c->super->super_count; i++)
      c->supers[count++] = c->super->supers[i];
    for (uint32_t i = 0; i < c->interface_count; i++) {
      const j3_class *k = c->interfaces[i];
      count = link_add_super(c->supers, count, c->interfaces[i]);
      for (uint32_t j = 0; j < k->super_count; j++)
        count = link_add_super(c->supers, count, k->supers[j]);
    }
  }
  c->super_count = count;
  if (c->flags & J3_INTERFACE || c->is_array) { /* not in anyone's display */
    const j3_class *object = J3.known.class_Object ? J3.known.class_Object : c->super;
    c->kind.display[0] = &c->kind;
    c->kind.display[object->kind.display_index] = &object->kind;
    return;
  }
  vmk_kind_extend(&c->kind, c->super ? &c->super->kind : NULL);
}

static bool
link_is_array_subclass(const j3_class *c, const j3_class *of)
{
  if (!c->is_array)
    return false;
  if (c->component->primitive || of->component->primitive)
    return c->component == of->component;
  return j3_class_is_subclass(c->component, of->component);
}

bool
j3_class_is_subclass(const j3_class *c, const j3_class *of)
{
  if (c == of)
    return true;
  if (of->is_array)
    return link_is_array_subclass(c, of);
  if (of->flags & J3_INTERFACE) {
    for (uint32_t i = 0; i < c->super_count; i++)
      if (c->supers[i] == of)
        return true;
    return false;
  }
  if (of->kind.display_index)
    return c->kind.display[of->kind.display_index] == &of->kind && !c->primitive;
  for (c = c->super; c && !c->is_array; c = c->super)
    if (c == of)
      return true;
  return false;
}

bool
j3_is_instance(vmk_handle object, const j3_class *of)
{
  return !vmk_is_null(object) && !of->primitive && j3_class_is_subclass(j3_class_of(object), of);
}

bool
j3_can_store(vmk_kind *array, vmk_kind *value)
{
  return j3_class_is_subclass((const j3_class *)value, ((const j3_class *)array)->component);
}

/* --- vtables ------------------------------------------------------------------------------------------------ */

static inline bool
link_is_virtual(const j3_method *m)
{
  return !(m->flags & (J3_STATIC | J3_PRIVATE)) && m->name->text[0] != '<';
}

/* JVMS 5.4.5: may m of class c override the method in a slot? */
static bool
link_can_override(const j3_class *c, const j3_method *slot)
{
  if (slot->flags & (J3_PUBLIC | J3_PROTECTED))
    return true;
  return j3_class_same_package(c, slot->class);
}

static bool
link_throw_final(vmk_thread *t, const j3_class *c, const j3_method *m) VMK_MOVES
{
  char a[512], b[512];
  j3_class_external_name(c, a, sizeof a);
  j3_class_external_name(m->class, b, sizeof b);
  j3_throw(t, "java/lang/IncompatibleClassChangeError", "class %s overrides final method %s.%s%s",
           a, b, m->name->text, m->descriptor->text);
  return false;
}

/* Put m in every inherited slot it overrides. */
static bool
link_override(vmk_thread *t, j3_class *c, j3_method *m, vmk_function **table, uint32_t inherited)
    VMK_MOVES
{
  for (uint32_t i = 0; i < inherited; i++) {
    const j3_method *slot = table[i]->client;
    if (slot->name != m->name || slot->descriptor != m->descriptor || !link_can_override(c, slot))
      continue;
    if (slot->flags & J3_FINAL)
      return link_throw_final(t, c, slot);
    table[i] = m->function;
    if (m->vtable_index < 0)
      m->vtable_index = (int32_t)i;
  }
  return true;
}

bool
j3_link_vtable(vmk_thread *t, j3_class *c) VMK_MOVES
{
  uint32_t inherited = c->super ? c->super->kind.vtable_length : 0, count = inherited, own = 0;
  for (uint32_t i = 0; i < c->method_count; i++) {
    c->methods[i].vtable_index = c->methods[i].itable_index = -1;
    own += link_is_virtual(&c->methods[i]);
  }
  if (c->flags & J3_INTERFACE) {
    int32_t index = 0;
    for (uint32_t i = 0; i < c->method_count; i++)
      if (link_is_virtual(&c->methods[i]))
        c->methods[i].itable_index = index++;
    return true;
  }
  if (own == 0) { /* shares its superclass's */
    c->kind.vtable = c->super->kind.vtable;
    c->kind.vtable_length = inherited;
    return true;
  }
  vmk_function **table = malloc((inherited + own) * sizeof *table);
  if (!table)
    abort();
  if (inherited)
    memcpy(table, c->super->kind.vtable, inherited * sizeof *table);
  bool ok = true;
  for (uint32_t i = 0; i < c->method_count && ok; i++) {
    j3_method *m = &c->methods[i];
    if (!link_is_virtual(m))
      continue;
    ok = link_override(t, c, m, table, inherited);
    if (m->vtable_index < 0 && !((m->flags | c->flags) & J3_FINAL)) {
      m->vtable_index = (int32_t)count;
      table[count++] = m->function;
    }
  }
  c->kind.vtable = vmk_meta_alloc(c->kind.module, (count ? count : 1) * sizeof *table);
  memcpy(c->kind.vtable, table, count * sizeof *table);
  c->kind.vtable_length = count;
  free(table);
  return ok;
}

/* --- members by name ------------------------------------------------------------------------------------------ */

j3_method *
j3_class_method(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  for (uint32_t i = 0; i < c->method_count; i++)
    if (c->methods[i].name == name && c->methods[i].descriptor == descriptor)
      return &c->methods[i];
  return NULL;
}

j3_field *
j3_class_field(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  for (uint32_t i = 0; i < c->field_count; i++)
    if (c->fields[i].name == name && c->fields[i].descriptor == descriptor)
      return &c->fields[i];
  return NULL;
}

/* JVMS 5.4.3.2: the class, its superinterfaces, its superclasses. */
j3_field *
j3_find_field(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  for (; c; c = c->super) {
    j3_field *f = j3_class_field(c, name, descriptor);
    for (uint32_t i = 0; !f && i < c->super_count; i++)
      f = j3_class_field(c->supers[i], name, descriptor);
    if (f)
      return f;
  }
  return NULL;
}

/* --- interface methods -------------------------------------------------------------------------------------------- */

typedef struct link_choice {
  j3_method *chosen;   /* the one non-abstract maximally-specific method, or an abstract one */
  j3_method *conflict; /* a second non-abstract maximally-specific one */
} link_choice;

static bool
link_is_candidate(const j3_method *m)
{
  return m && !(m->flags & (J3_STATIC | J3_PRIVATE));
}

/* Is the candidate of interface k hidden by one in a subinterface of k that c also has? */
static bool
link_is_hidden(const j3_class *c, const j3_class *k, j3_symbol *name, j3_symbol *descriptor)
{
  for (uint32_t i = 0; i < c->super_count; i++) {
    const j3_class *other = c->supers[i];
    if (other != k && j3_class_is_subclass(other, k) &&
        link_is_candidate(j3_class_method(other, name, descriptor)))
      return true;
  }
  return false;
}

static link_choice
link_choose(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  link_choice choice = {0};
  for (uint32_t i = 0; i < c->super_count; i++) {
    j3_method *m = j3_class_method(c->supers[i], name, descriptor);
    if (!link_is_candidate(m) || link_is_hidden(c, c->supers[i], name, descriptor))
      continue;
    if (m->flags & J3_ABSTRACT) {
      if (!choice.chosen)
        choice.chosen = m;
    } else if (choice.chosen && !(choice.chosen->flags & J3_ABSTRACT)) {
      choice.conflict = m;
    } else {
      choice.chosen = m;
    }
  }
  return choice;
}

j3_method *
j3_find_method(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  for (const j3_class *k = c; k; k = k->super) {
    j3_method *m = j3_class_method(k, name, descriptor);
    if (m)
      return m;
  }
  link_choice choice = link_choose(c, name, descriptor);
  return choice.chosen;
}

j3_method *
j3_find_interface_method(const j3_class *c, j3_symbol *name, j3_symbol *descriptor)
{
  j3_method *m = j3_class_method(c, name, descriptor);
  if (m)
    return m;
  m = j3_class_method(J3.known.class_Object, name, descriptor);
  if (m && (m->flags & J3_PUBLIC) && !(m->flags & J3_STATIC))
    return m;
  return link_choose(c, name, descriptor).chosen;
}

/* --- selection ------------------------------------------------------------------------------------------------------ */

void
j3_throw_abstract(vmk_thread *t, const j3_class *c, const j3_method *m) VMK_MOVES
{
  char owner[512], method[2048], who[600] = "Missing implementation of ";
  j3_class_external_name(m->class, owner, sizeof owner);
  j3_method_external_name(m, method, sizeof method);
  if (c) {
    char receiver[512];
    j3_class_external_name(c, receiver, sizeof receiver);
    snprintf(who, sizeof who,
             "Receiver class %s does not define or inherit an implementation of the ", receiver);
  }
  /* the message names the method without its class */
  char *dot = strchr(method, '(');
  while (dot && dot > method && dot[-1] != '.')
    dot--;
  char *space = strchr(method, ' ');
  j3_throw(t, "java/lang/AbstractMethodError", "%sresolved method '%s%.*s %s' of %s %s.", who,
           m->flags & J3_ABSTRACT ? "abstract " : "", (int)(space - method), method, dot,
           m->class->flags & J3_INTERFACE  ? "interface"
           : m->class->flags & J3_ABSTRACT ? "abstract class"
                                           : "class",
           owner);
}

/* Conflicting default methods are named with every method of that name that was looked at. */
static void
link_throw_conflict(vmk_thread *t, const j3_class *c, const j3_method *m) VMK_MOVES
{
  char text[4096] = "";
  size_t length = 0;
  for (uint32_t i = 0; i < c->super_count && length < sizeof text; i++)
    if (link_is_candidate(j3_class_method(c->supers[i], m->name, m->descriptor)))
      length += (size_t)snprintf(text + length, sizeof text - length, " %s.%s",
                                 c->supers[i]->name->text, m->name->text);
  j3_throw(t, "java/lang/IncompatibleClassChangeError", "Conflicting default methods:%s", text);
}

/* The method of c or a superclass that stands for m, or null. */
static j3_method *
link_find_in_classes(const j3_class *c, const j3_method *m)
{
  for (; c; c = c->super) {
    j3_method *found = j3_class_method(c, m->name, m->descriptor);
    if (link_is_candidate(found))
      return found;
  }
  return NULL;
}

/* invokeinterface tells of nothing but what is missing. */
j3_method *
j3_select_interface_method(vmk_thread *t, j3_class *c, j3_method *m) VMK_MOVES
{
  if (m->flags & J3_PRIVATE)
    return m;
  j3_method *found = link_find_in_classes(c, m);
  if (found && !(found->flags & J3_PUBLIC) && (m->class->flags & J3_INTERFACE)) {
    j3_throw(t, "java/lang/IllegalAccessError", NULL);
    return NULL;
  }
  if (!found) {
    link_choice choice = link_choose(c, m->name, m->descriptor);
    found = choice.conflict ? NULL : choice.chosen;
  }
  if (found && !(found->flags & J3_ABSTRACT))
    return found;
  j3_throw_abstract(t, c, m);
  return NULL;
}

static bool
link_is_proper_subclass(const j3_class *c, const j3_class *of)
{
  for (c = c->super; c; c = c->super)
    if (c == of)
      return true;
  return false;
}

j3_method *
j3_select_special_method(vmk_thread *t, const j3_class *here, const j3_class *named, j3_method *m)
    VMK_MOVES
{
  j3_method *selected = m;
  if (m->name->text[0] != '<' && !(named->flags & J3_INTERFACE) &&
      link_is_proper_subclass(here, named))
    selected = j3_find_method(here->super, m->name, m->descriptor);
  if (selected && !(selected->flags & J3_ABSTRACT))
    return selected;
  char text[2048];
  j3_method_external_name(selected ? selected : m, text, sizeof text);
  j3_throw(t, "java/lang/AbstractMethodError", "'%s'", text);
  return NULL;
}

/* invokevirtual, where no class but an interface declares the method.  A class that has default methods
 * knows why none of them is the implementation (HotSpot gives it a method that throws just that). */
static j3_method *
link_select_miranda(vmk_thread *t, j3_class *c, j3_method *m) VMK_MOVES
{
  j3_method *found = link_find_in_classes(c, m);
  bool in_class = found;
  if (!found) {
    link_choice choice = link_choose(c, m->name, m->descriptor);
    if (choice.conflict) {
      link_throw_conflict(t, c, m);
      return NULL;
    }
    found = choice.chosen;
  }
  if (found && !(found->flags & J3_ABSTRACT))
    return found;
  if (in_class || !c->has_default_methods)
    j3_throw_abstract(t, c, m);
  else
    j3_throw(t, "java/lang/AbstractMethodError", "Method %s.%s%s is abstract", c->name->text,
             m->name->text, m->descriptor->text);
  return NULL;
}

static void
link_throw_not_public(vmk_thread *t, const j3_method *found) VMK_MOVES
{
  char text[2048];
  j3_method_external_name(found, text, sizeof text);
  j3_throw(t, "java/lang/IllegalAccessError", "'%s'", text);
}

j3_method *
j3_select_method(vmk_thread *t, j3_class *c, j3_method *m) VMK_MOVES
{
  if (m->flags & (J3_PRIVATE | J3_STATIC))
    return m;
  bool interface = m->class->flags & J3_INTERFACE;
  if (!interface && m->vtable_index < 0)
    return m;
  j3_method *selected =
      interface ? link_select_miranda(t, c, m) : c->kind.vtable[m->vtable_index]->client;
  if (!selected)
    return NULL;
  if (interface && !(selected->flags & J3_PUBLIC)) {
    link_throw_not_public(t, selected);
    return NULL;
  }
  if (selected->flags & J3_ABSTRACT) {
    j3_throw_abstract(t, c, m);
    return NULL;
  }
  return selected;
}

/* --- mirandas ------------------------------------------------------------------------------------------------------- */

/* What invokevirtual calls when class c has an interface's method, and nothing of its own, by that name.
 * Its code (j3_translate_miranda) runs when method handles call it; call sites dispatch on it. */
typedef struct j3_miranda {
  struct j3_miranda *next;
  const j3_method *of;
  j3_method method;
} j3_miranda;

j3_method *
j3_link_miranda(j3_class *c, j3_method *m)
{
  j3_miranda *first = atomic_load_explicit(&c->mirandas, memory_order_acquire), *made = NULL;
  do {
    for (j3_miranda *k = first; k; k = k->next)
      if (k->of == m)
        return &k->method;
    if (!made) {
      made = vmk_meta_alloc(c->kind.module, sizeof *made);
      made->of = m;
      made->method = *m;
      made->method.flags |= J3_METHOD_MIRANDA | J3_METHOD_HIDDEN;
      made->method.function = vmk_function_new(c->kind.module, m->function->signature,
                                               &made->method, VMK_FUNCTION_HIDDEN);
    }
    made->next = first;
  } while (!atomic_compare_exchange_weak(&c->mirandas, &first, made));
  return &made->method;
}

/* --- dispatch ------------------------------------------------------------------------------------------------------- */

vmk_function *
j3_dispatch(vmk_thread *t, vmk_function *target, vmk_kind *kind) VMK_MOVES
{
  j3_class *c = (j3_class *)kind;
  j3_method *m = target->client;
  if ((m->class->flags & J3_INTERFACE) && !j3_class_is_subclass(c, m->class)) {
    char a[512], b[512];
    j3_class_external_name(c, a, sizeof a);
    j3_class_external_name(m->class, b, sizeof b);
    j3_throw(t, "java/lang/IncompatibleClassChangeError",
             "Class %s does not implement the requested interface %s", a, b);
    return NULL;
  }
  m = m->flags & J3_METHOD_MIRANDA ? link_select_miranda(t, c, m)
                                   : j3_select_interface_method(t, c, m);
  return m ? m->function : NULL;
}
