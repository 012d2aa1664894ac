/* known.c -- the first classes: loading what the vm itself touches, in the order of known.h
 *
 * Classes loaded before java.lang.Class is laid out have no mirrors yet; they get them once the offsets are
 * known.  Nothing is initialised here: no Java code runs.
 */
#include <stdio.h>

#include "boot.h"
#include "bootpath.h"
#include "class.h"
#include "vm.h"

static bool
known_load(vmk_thread *t, j3_class **slot, const char *name) VMK_MOVES
{
  *slot = j3_class_boot(t, name);
  if (!*slot)
    fprintf(stderr, "%s cannot be loaded\n", name);
  return *slot != NULL;
}

static uint32_t
known_offset(const j3_class *c, const char *name, const char *descriptor)
{
  const j3_field *f = j3_class_field(c, j3_symbol_of(name), j3_symbol_of(descriptor));
  if (!f || (f->flags & J3_STATIC))
    j3_fatal("class library does not fit: no field %s %s in %s", descriptor, name, c->name->text);
  return f->offset;
}

static void
known_offsets(j3_known *k)
{
#define X(class, field, descriptor) \
  k->offset_##class##_##field = known_offset(k->class_##class, #field, descriptor);
  J3_KNOWN_FIELDS(X)
  J3_INJECTED_FIELDS(X)
#undef X
}

static bool
known_primitives(vmk_thread *t) VMK_MOVES
{
  static const struct {
    char descriptor;
    const char *name;
  } rows[] = {[0] = {'V', "void"},  [4] = {'Z', "boolean"}, [5] = {'C', "char"},
              [6] = {'F', "float"}, [7] = {'D', "double"},  [8] = {'B', "byte"},
              [9] = {'S', "short"}, [10] = {'I', "int"},    [11] = {'J', "long"}};
  for (size_t i = 0; i < VMK_COUNT(rows); i++) { /* by type code of newarray */
    if (!rows[i].name)
      continue;
    J3.primitive[i] = j3_class_new_primitive(t, rows[i].descriptor, rows[i].name);
    if (!J3.primitive[i])
      return false;
  }
  return true;
}

bool
j3_link_boot(vmk_thread *t) VMK_MOVES
{
  j3_known *k = &J3.known;
  j3_bootpath_open(J3.java_home);
  j3_loader_boot();
#define X(id, name)                         \
  if (!known_load(t, &k->class_##id, name)) \
    return false;
  J3_KNOWN_CLASSES(X)
#undef X
  known_offsets(k);
  if (!j3_mirror_fix(t) || !known_primitives(t))
    return false;
  /* Strings of constants had to wait for the byte array's class. */
  return j3_class_statics_fix(t);
}
