/* verify_type.c -- verification types, and when one is assignable to another
 *
 * Types are compared by name.  Only when names differ is a class loaded, and which ones is observable by
 * class loaders written in Java: first the target; if it is an interface it takes every object, as calls
 * through interfaces check their receiver; else the source, which must be a subclass.
 */
#include "verifier.h"

#include <stdlib.h>

#include "attributes.h"

static j3_vnames type_names;

static void
type_names_make(void)
{
  type_names = (j3_vnames){
      .object = j3_symbol_of("java/lang/Object"),
      .string = j3_symbol_of("java/lang/String"),
      .class = j3_symbol_of("java/lang/Class"),
      .throwable = j3_symbol_of("java/lang/Throwable"),
      .method_handle = j3_symbol_of("java/lang/invoke/MethodHandle"),
      .method_type = j3_symbol_of("java/lang/invoke/MethodType"),
      .init = j3_symbol_of("<init>"),
      .clone = j3_symbol_of("clone"),
  };
}

const j3_vnames *
j3_verify_names(void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, type_names_make);
  return &type_names;
}

/* --- descriptors ------------------------------------------------------------------------------------ */

static uintptr_t
type_of_letter(char c)
{
  switch (c) {
  case 'Z': return J3_V_BOOLEAN;
  case 'B': return J3_V_BYTE;
  case 'S': return J3_V_SHORT;
  case 'C': return J3_V_CHAR;
  case 'I': return J3_V_INT;
  case 'J': return J3_V_LONG;
  case 'F': return J3_V_FLOAT;
  case 'D': return J3_V_DOUBLE;
  default: return J3_V_TOP;
  }
}

static j3_vtype
type_of_descriptor(const char *p, const char **end)
{
  const char *q = p;
  while (*q == '[')
    q++;
  if (*q == 'L')
    q = strchr(q, ';');
  *end = q + 1;
  if (*p == '[')
    return verify_named(j3_symbol_get(p, (size_t)(*end - p)));
  if (*p == 'L')
    return verify_named(j3_symbol_get(p + 1, (size_t)(q - p - 1)));
  return verify_type(type_of_letter(*p));
}

static j3_vtype
type_widened(j3_vtype a)
{
  switch (a.bits) {
  case J3_V_BOOLEAN:
  case J3_V_BYTE:
  case J3_V_SHORT:
  case J3_V_CHAR: return verify_type(J3_V_INT);
  default: return a;
  }
}

j3_vtype
j3_verify_descriptor(const char *p, const char **end)
{
  return type_widened(type_of_descriptor(p, end));
}

j3_vtype
j3_verify_component(j3_vtype array)
{
  const j3_symbol *name = verify_name(array);
  const char *end;
  return type_of_descriptor(name->text + 1, &end);
}

static uint32_t
type_add(j3_vsignature *s, uint32_t n, j3_vtype a)
{
  s->type[n++] = a;
  if (verify_is_first_half(a))
    s->type[n++] = verify_second_half(a);
  return n;
}

/* How many types there may be, wide ones counted twice. */
static size_t
type_count(const char *descriptor)
{
  size_t n = 0;
  for (const char *p = descriptor; *p; p++) {
    p += strspn(p, "[");
    if (*p == 'L')
      p = strchr(p, ';');
    n += 2;
  }
  return n;
}

const j3_vsignature *
j3_verify_signature(j3_verifier *v, uint16_t descriptor_index)
{
  j3_vsignature *s = v->signatures[descriptor_index];
  if (s)
    return s;
  const char *p = j3_pool_utf8(v->class->pool, descriptor_index)->text;
  s = j3_verify_alloc(&v->class_memory, sizeof *s + type_count(p) * sizeof s->type[0]);
  uint32_t n = 0;
  if (*p == '(') {
    for (p++; *p != ')';)
      n = type_add(s, n, j3_verify_descriptor(p, &p));
    p++;
  }
  s->arguments = n;
  if (*p != 'V')
    n = type_add(s, n, j3_verify_descriptor(p, &p));
  s->count = n;
  v->signatures[descriptor_index] = s;
  return s;
}

j3_vtype
j3_verify_class_entry(const j3_verifier *v, uint16_t index)
{
  return index == v->class->this_index ? v->this_type
                                       : verify_named(j3_pool_class_name(v->class->pool, index));
}

/* --- assignability ---------------------------------------------------------------------------------- */

j3_class *
j3_verify_load(j3_verifier *v, const j3_symbol *name) VMK_MOVES
{
  if (name == v->class->name) /* a hidden class is found by nobody */
    return v->class;
  return j3_class_load(v->thread, v->class->loader, (j3_symbol *)(uintptr_t)name, false);
}

static bool
type_is_below(const j3_class *c, const j3_class *super)
{
  while (c && c != super)
    c = c->super;
  return c != NULL;
}

static bool
type_is_class_assignable(j3_verifier *v, j3_vtype from, j3_vtype to, bool is_protected) VMK_MOVES
{
  const j3_class *target = j3_verify_load(v, verify_name(to));
  if (!target)
    return false;
  bool protected_object = is_protected && verify_name(from) == type_names.object;
  if ((target->flags & J3_INTERFACE) && !protected_object)
    return verify_is_object(from) || target == J3.known.class_Cloneable ||
           target == J3.known.class_Serializable;
  if (!verify_is_object(from))
    return false;
  const j3_class *source = j3_verify_load(v, verify_name(from));
  return source && type_is_below(source, target);
}

static bool
type_is_reference_assignable(j3_verifier *v, j3_vtype from, j3_vtype to, bool is_protected)
    VMK_MOVES
{
  while (verify_is_array(to) && verify_is_array(from)) {
    to = j3_verify_component(to);
    from = j3_verify_component(from);
    if (verify_same(from, to))
      return true;
    if (!verify_is_reference(to) || !verify_is_reference(from))
      return false; /* components that are numbers must be the same */
  }
  if (from.bits == J3_V_NULL)
    return true;
  if (!verify_is_object(to))
    return false;
  return verify_name(to) == type_names.object ||
         type_is_class_assignable(v, from, to, is_protected);
}

bool
j3_verify_is_assignable_slow(j3_verifier *v, j3_vtype from, j3_vtype to, bool is_protected)
    VMK_MOVES
{
  if (verify_same(from, to))
    return true;
  switch (to.bits) {
  case J3_V_TOP: return true;
  case J3_V_ANY_ONE_WORD: return verify_is_one_word(from);
  case J3_V_ANY_FIRST_HALF: return verify_is_first_half(from);
  case J3_V_ANY_REFERENCE: return verify_is_reference(from) || verify_is_uninitialized(from);
  case J3_V_BOOLEAN:
  case J3_V_BYTE:
  case J3_V_SHORT:
  case J3_V_CHAR: return from.bits == J3_V_INT;
  default: break;
  }
  return verify_is_reference(from) && verify_is_reference(to) &&
         type_is_reference_assignable(v, from, to, is_protected);
}
