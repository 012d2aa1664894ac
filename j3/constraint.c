/* constraint.c -- the table of loading constraints
 *
 * For each name a list of rows: a set of loaders that agree on it, and the class once one of them has it.
 * .inv.rows: the sets of one name are disjoint, and no loader of a row has a class of the name but the
 * row's.  One lock guards rows and makes "look in the loaders' tables, then add a row" and "check rows, then
 * add to a loader's table" atomic to each other.  Unloading takes dead loaders and classes out of rows.
 */
#include "constraint.h"

#include <stdlib.h>

#include "native.h"
#include "table.h"
#include "typecheck.h"

typedef struct constraint_row {
  struct constraint_row *next;
  j3_class *class; /* null: none of the loaders has it yet */
  uint32_t count, room;
  const j3_loader **loaders;
} constraint_row;

/* What the table holds by name: a cell, so that lists can change their head. */
typedef struct constraint_list {
  constraint_row *rows;
} constraint_list;

static struct {
  pthread_mutex_t lock;
  j3_table *lists;
} constraints = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *
constraint_memory(void *old, size_t bytes)
{
  void *p = realloc(old, bytes);
  if (!p)
    abort();
  return p;
}

static constraint_list *
constraint_list_of(const j3_symbol *name)
{
  return constraints.lists ? j3_table_get(constraints.lists, name) : NULL;
}

static constraint_row *
constraint_find(const constraint_list *list, const j3_loader *loader)
{
  for (constraint_row *row = list ? list->rows : NULL; row; row = row->next)
    for (uint32_t i = 0; i < row->count; i++)
      if (row->loaders[i] == loader)
        return row;
  return NULL;
}

static void
constraint_join(constraint_row *row, const j3_loader *loader)
{
  if (row->count == row->room) {
    row->room = row->room ? 2 * row->room : 2;
    row->loaders = constraint_memory(row->loaders, row->room * sizeof(j3_loader *));
  }
  row->loaders[row->count++] = loader;
}

static constraint_row *
constraint_new(constraint_list *list)
{
  constraint_row *row = constraint_memory(NULL, sizeof *row);
  *row = (constraint_row){.next = list->rows};
  list->rows = row;
  return row;
}

/* Move b's loaders to a and drop b. */
static void
constraint_merge(constraint_list *list, constraint_row *a, constraint_row *b)
{
  for (uint32_t i = 0; i < b->count; i++)
    constraint_join(a, b->loaders[i]);
  constraint_row **link = &list->rows;
  while (*link != b)
    link = &(*link)->next;
  *link = b->next;
  free(b->loaders);
  free(b);
}

bool
j3_constraint_record(j3_loader *loader, j3_symbol *name, j3_class *c, j3_class **first)
{
  pthread_mutex_lock(&constraints.lock);
  pthread_mutex_lock(&loader->lock); /* no safepoint under either */
  j3_class *present = j3_table_get(loader->classes, name);
  constraint_row *row = present ? NULL : constraint_find(constraint_list_of(name), loader);
  bool ok = !row || !row->class || row->class == c;
  if (row && ok)
    row->class = c;
  if (!present && ok) {
    j3_table_add(loader->classes, name, c);
    if (j3_class_is_held(c) && c->kind.module != loader->module)
      (void)vmk_module_root_new(loader->module, c->mirror); /* initiated, not defined */
  }
  pthread_mutex_unlock(&loader->lock);
  pthread_mutex_unlock(&constraints.lock);
  *first = present ? present : ok ? c : row->class;
  return ok;
}

/* Drop what is dead of a list's rows, and rows that say nothing any more. */
static void
constraint_purge_list(constraint_list *list)
{
  constraint_row **link = &list->rows, *row;
  while ((row = *link)) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < row->count; i++)
      if (!row->loaders[i]->is_dead)
        row->loaders[kept++] = row->loaders[i];
    row->count = kept;
    if (row->class && row->class->loader->is_dead)
      row->class = NULL;
    if (kept > 1) {
      link = &row->next;
      continue;
    }
    *link = row->next;
    free(row->loaders);
    free(row);
  }
}

static bool
constraint_purge(const void *name, void *list)
{
  (void)name;
  constraint_purge_list(list);
  bool keep = ((constraint_list *)list)->rows;
  if (!keep)
    free(list);
  return keep;
}

void
j3_constraints_unload(void)
{
  pthread_mutex_lock(&constraints.lock);
  if (constraints.lists)
    j3_table_retain(constraints.lists, constraint_purge);
  pthread_mutex_unlock(&constraints.lock);
}

/* Hold a and b to one class of the name; false: they have two already. */
static bool
constraint_add_locked(j3_symbol *name, const j3_loader *a, const j3_loader *b)
{
  if (!constraints.lists)
    constraints.lists = j3_table_new();
  constraint_list *list = constraint_list_of(name);
  if (!list) {
    list = constraint_memory(NULL, sizeof *list);
    *list = (constraint_list){0};
    j3_table_add(constraints.lists, name, list);
  }
  constraint_row *x = constraint_find(list, a), *y = constraint_find(list, b);
  j3_class *in_a = x && x->class ? x->class : j3_table_get(a->classes, name);
  j3_class *in_b = y && y->class ? y->class : j3_table_get(b->classes, name);
  if (in_a && in_b && in_a != in_b)
    return false;
  if (x && x == y)
    return true;
  constraint_row *row = x ? x : y ? y : constraint_new(list);
  if (x && y)
    constraint_merge(list, x, y);
  if (!x)
    constraint_join(row, a);
  if (!y)
    constraint_join(row, b);
  row->class = in_a ? in_a : in_b;
  return true;
}

/* Names the boot loader defines in java.* can be no other loader's: there is nothing to agree on. */
static bool
constraint_is_settled(j3_symbol *name)
{
  return strncmp(name->text, "java/", 5) == 0 && j3_table_get(J3.boot->classes, name);
}

/* Constrain every class named in a descriptor; the first that fails, or null. */
static j3_symbol *
constraint_descriptor(const j3_symbol *descriptor, const j3_loader *a, const j3_loader *b)
{
  if (a == b)
    return NULL;
  j3_symbol *failed = NULL;
  for (const char *p = strchr(descriptor->text, 'L'); p && !failed;) {
    size_t length = strcspn(p, ";") - 1;
    j3_symbol *name = j3_symbol_get(p + 1, length);
    if (!constraint_is_settled(name)) {
      pthread_mutex_lock(&constraints.lock);
      if (!constraint_add_locked(name, a, b))
        failed = name;
      pthread_mutex_unlock(&constraints.lock);
    }
    p = strchr(p + length + 2, 'L');
  }
  return failed;
}

/* --- messages -------------------------------------------------------------------------------------------- */

enum { CONSTRAINT_TEXT = 1024 };

typedef struct constraint_side {
  char loader[300], class[512], where[CONSTRAINT_TEXT];
} constraint_side;

static void
constraint_side_of(const j3_class *c, constraint_side *side)
{
  j3_loader_name(c->loader, side->loader, sizeof side->loader);
  j3_class_external_name(c, side->class, sizeof side->class);
  j3_class_whereabouts_parent(c, side->where, sizeof side->where);
}

static void
constraint_dotted(const j3_symbol *name, char *out, size_t size)
{
  size_t i = 0;
  for (; i + 1 < size && name->text[i]; i++)
    out[i] = name->text[i] == '/' ? '.' : name->text[i];
  out[i] = 0;
}

void
j3_constraint_throw(vmk_thread *t, const j3_class *c, const j3_class *other) VMK_MOVES
{
  constraint_side here, there;
  constraint_side_of(c, &here);
  constraint_side_of(other, &there);
  j3_throw(
      t, "java/lang/LinkageError",
      "loader constraint violation: loader %s wants to load %s %s. A different %s with the same "
      "name was previously loaded by %s. (%s)",
      here.loader, j3_class_kind(c), here.class, j3_class_kind(other), there.loader, there.where);
}

bool
j3_constraint_method(vmk_thread *t, const j3_class *from, const j3_method *m) VMK_MOVES
{
  j3_symbol *failed = constraint_descriptor(m->descriptor, from->loader, m->class->loader);
  if (!failed)
    return true;
  constraint_side here, there;
  char method[2048], type[512];
  constraint_side_of(from, &here);
  constraint_side_of(m->class, &there);
  j3_method_external_name(m, method, sizeof method);
  constraint_dotted(failed, type, sizeof type);
  bool interface = m->class->flags & J3_INTERFACE;
  j3_throw(t, "java/lang/LinkageError",
           "loader constraint violation: when resolving %s '%s' the class loader %s of the current "
           "class, %s, and the class loader %s for the method's defining %s, %s, have different "
           "Class objects for the type %s used in the signature (%s; %s)",
           interface ? "interface method" : "method", method, here.loader, here.class, there.loader,
           j3_class_kind(m->class), there.class, type, here.where, there.where);
  return false;
}

bool
j3_constraint_field(vmk_thread *t, const j3_class *from, const j3_field *f) VMK_MOVES
{
  if (f->type != VMK_TYPE_REF)
    return true;
  j3_symbol *failed = constraint_descriptor(f->descriptor, from->loader, f->class->loader);
  if (!failed)
    return true;
  constraint_side here, there;
  char type[512];
  constraint_side_of(from, &here);
  constraint_side_of(f->class, &there);
  constraint_dotted(failed, type, sizeof type);
  j3_throw(
      t, "java/lang/LinkageError",
      "loader constraint violation: when resolving field \"%s\" of type %s, the class loader %s "
      "of the current class, %s, and the class loader %s for the field's defining %s, %s, have "
      "different Class objects for type %s (%s; %s)",
      f->name->text, type, here.loader, here.class, there.loader, j3_class_kind(f->class),
      there.class, type, here.where, there.where);
  return false;
}

static bool
constraint_override(vmk_thread *t, const j3_class *c, const j3_method *m, const j3_method *super)
    VMK_MOVES
{
  j3_symbol *failed = constraint_descriptor(m->descriptor, m->class->loader, super->class->loader);
  if (!failed)
    return true;
  constraint_side here, there;
  char name[512], method[2048], type[512];
  j3_class_external_name(c, name, sizeof name);
  constraint_side_of(m->class, &here);
  constraint_side_of(super->class, &there);
  j3_method_external_name(m, method, sizeof method);
  constraint_dotted(failed, type, sizeof type);
  j3_throw(
      t, "java/lang/LinkageError",
      "loader constraint violation for class %s: when selecting overriding method '%s' the "
      "class loader %s of the selected method's type %s, and the class loader %s for its super "
      "type %s have different Class objects for the type %s used in the signature (%s; %s)",
      name, method, here.loader, here.class, there.loader, there.class, type, here.where,
      there.where);
  return false;
}

static bool
constraint_implement(vmk_thread *t, const j3_class *c, const j3_method *m,
                     const j3_method *interface) VMK_MOVES
{
  j3_symbol *failed =
      constraint_descriptor(m->descriptor, m->class->loader, interface->class->loader);
  if (!failed)
    return true;
  constraint_side here, there;
  char name[512], method[2048], type[512];
  j3_class_external_name(c, name, sizeof name);
  constraint_side_of(m->class, &here);
  constraint_side_of(interface->class, &there);
  j3_method_external_name(interface, method, sizeof method);
  constraint_dotted(failed, type, sizeof type);
  j3_throw(
      t, "java/lang/LinkageError",
      "loader constraint violation in interface itable initialization for class %s: when "
      "selecting method '%s' the class loader %s for super interface %s, and the class loader "
      "%s of the selected method's %s, %s have different Class objects for the type %s used in "
      "the signature (%s; %s)",
      name, method, there.loader, there.class, here.loader, j3_class_kind(m->class), here.class,
      type, there.where, here.where);
  return false;
}

/* The methods of c against the slots of its superclass that they take. */
static bool
constraint_vtable(vmk_thread *t, const j3_class *c) VMK_MOVES
{
  for (uint32_t i = 0; i < c->super->kind.vtable_length; i++) {
    const j3_method *m = c->kind.vtable[i]->client, *super = c->super->kind.vtable[i]->client;
    if (m != super && m->class->loader != super->class->loader &&
        !constraint_override(t, c, m, super))
      return false;
  }
  return true;
}

static bool
constraint_interface(vmk_thread *t, const j3_class *c, const j3_class *interface) VMK_MOVES
{
  for (uint32_t i = 0; i < interface->method_count; i++) {
    const j3_method *m = &interface->methods[i], *found = NULL;
    if (m->itable_index < 0)
      continue;
    for (const j3_class *k = c; k && !found; k = k->super)
      found = j3_class_method(k, m->name, m->descriptor);
    if (found && found->class->loader != interface->loader &&
        !(found->flags & (J3_STATIC | J3_PRIVATE)) && !constraint_implement(t, c, found, m))
      return false;
  }
  return true;
}

bool
j3_constraint_link(vmk_thread *t, const j3_class *c) VMK_MOVES
{
  if (c->loader->is_boot || (c->flags & J3_INTERFACE)) /* boot classes have boot supers only */
    return true;
  if (!constraint_vtable(t, c))
    return false;
  for (uint32_t i = 0; i < c->super_count; i++)
    if (c->supers[i]->loader != c->loader && !constraint_interface(t, c, c->supers[i]))
      return false;
  return true;
}
