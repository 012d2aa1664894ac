/* redefine_compare.c -- what a new class file may change, and what it has changed
 *
 * Bodies of methods, constants and most attributes may change; hierarchy, modifiers, fields, the set of methods
 * and the attributes that say who belongs together may not.  The order of the checks is HotSpot's, since only the
 * first difference is told.
 */
#include "bytecode.h"
#include "redefine.h"

enum { COMPARE_DEPTH = 16 }; /* of constants in constants: class files can have circles */

/* --- constants ----------------------------------------------------------------------------------------- */

typedef struct compare_pools {
  const j3_pool *a, *b;
} compare_pools;

static bool compare_entry(const compare_pools *p, uint16_t i, uint16_t j, uint32_t depth);

/* Rows of BootstrapMethods. */
static bool
compare_bootstrap(const compare_pools *p, uint16_t i, uint16_t j, uint32_t depth)
{
  const uint8_t *a = p->a->bootstrap_methods.data + 2, *b = p->b->bootstrap_methods.data + 2;
  for (; i; i--)
    a += 4 + 2 * (size_t)j3_u2(a + 2);
  for (; j; j--)
    b += 4 + 2 * (size_t)j3_u2(b + 2);
  uint32_t count = j3_u2(a + 2);
  if (count != j3_u2(b + 2) || !compare_entry(p, j3_u2(a), j3_u2(b), depth))
    return false;
  for (uint32_t k = 0; k < count; k++)
    if (!compare_entry(p, j3_u2(a + 4 + 2 * k), j3_u2(b + 4 + 2 * k), depth))
      return false;
  return true;
}

static bool
compare_entry(const compare_pools *p, uint16_t i, uint16_t j, uint32_t depth)
{
  uint64_t x = p->a->value[i], y = p->b->value[j];
  uint16_t x0 = (uint16_t)x, x1 = (uint16_t)(x >> 16), y0 = (uint16_t)y, y1 = (uint16_t)(y >> 16);
  if (p->a->tag[i] != p->b->tag[j] || depth++ == COMPARE_DEPTH)
    return false;
  switch (p->a->tag[i]) {
  case J3_TAG_CLASS:
  case J3_TAG_STRING:
  case J3_TAG_METHOD_TYPE: return compare_entry(p, x0, y0, depth);
  case J3_TAG_FIELD:
  case J3_TAG_METHOD:
  case J3_TAG_INTERFACE_METHOD:
  case J3_TAG_NAME_AND_TYPE:
    return compare_entry(p, x0, y0, depth) && compare_entry(p, x1, y1, depth);
  case J3_TAG_METHOD_HANDLE: return x0 == y0 && compare_entry(p, x1, y1, depth);
  case J3_TAG_DYNAMIC:
  case J3_TAG_INVOKE_DYNAMIC:
    return compare_entry(p, x1, y1, depth) && compare_bootstrap(p, x0, y0, depth);
  default: return x == y; /* numbers, and symbols */
  }
}

/* --- code ------------------------------------------------------------------------------------------------ */

static bool
compare_instruction(const compare_pools *p, const uint8_t *a, const uint8_t *b,
                    const j3_instruction *in, const j3_instruction *to)
{
  uint32_t at = in->bci;
  if (in->op != to->op || in->length != to->length)
    return false;
  switch (j3_bytecode_table[in->op].format) {
  case J3_FORMAT_LDC: return compare_entry(p, in->index, to->index, 0);
  case J3_FORMAT_LDC_W:
  case J3_FORMAT_POOL:
  case J3_FORMAT_INTERFACE:
  case J3_FORMAT_DYNAMIC:
  case J3_FORMAT_MULTI:
    return compare_entry(p, in->index, to->index, 0) &&
           memcmp(a + at + 3, b + at + 3, in->length - 3) == 0;
  default: return memcmp(a + at, b + at, in->length) == 0;
  }
}

static bool
compare_handlers(const compare_pools *p, j3_bytes a, j3_bytes b)
{
  if (a.length != b.length)
    return false;
  for (uint32_t i = 0; i < a.length; i += 8) {
    uint16_t x = j3_u2(a.data + i + 6), y = j3_u2(b.data + i + 6);
    if (memcmp(a.data + i, b.data + i, 6) != 0 || !x != !y || (x && !compare_entry(p, x, y, 0)))
      return false;
  }
  return true;
}

bool
j3_redefine_is_same(const j3_method *a, const j3_method *b)
{
  compare_pools p = {j3_method_pool(a), j3_method_pool(b)};
  if (a->code.length != b->code.length || a->max_stack != b->max_stack ||
      a->max_locals != b->max_locals || ((a->flags ^ b->flags) & 0xffff) ||
      !compare_handlers(&p, a->exception_table, b->exception_table))
    return false;
  j3_instruction in, to;
  for (uint32_t bci = 0; bci < a->code.length; bci += in.length)
    if (!j3_bytecode_decode(a->code.data, a->code.length, bci, &in) ||
        !j3_bytecode_decode(b->code.data, b->code.length, bci, &to) ||
        !compare_instruction(&p, a->code.data, b->code.data, &in, &to))
      return false;
  return true;
}

/* --- classes --------------------------------------------------------------------------------------------- */

static bool
compare_supers(const j3_class *c, const j3_class *to)
{
  if (c->super != to->super || c->interface_count != to->interface_count)
    return false;
  for (uint32_t i = 0; i < c->interface_count; i++)
    if (c->interfaces[i] != to->interfaces[i])
      return false;
  return true;
}

/* Lists of classes, in any order; no data: no attribute. */
static bool
compare_names(const compare_pools *p, j3_bytes a, j3_bytes b)
{
  uint32_t count = a.data ? j3_u2(a.data) : 0;
  if (!a.data != !b.data || count != (b.data ? j3_u2(b.data) : 0))
    return false;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = 0;
    while (k < count && !compare_entry(p, j3_u2(a.data + 2 + 2 * i), j3_u2(b.data + 2 + 2 * k), 0))
      k++;
    if (k == count)
      return false;
  }
  return true;
}

static const uint8_t *
compare_behind_component(const uint8_t *row)
{
  uint32_t attributes = j3_u2(row + 4);
  for (row += 6; attributes; attributes--)
    row += 6 + j3_u4(row + 2);
  return row;
}

static bool
compare_records(const compare_pools *p, j3_bytes a, j3_bytes b)
{
  if (!a.data || !b.data)
    return !a.data && !b.data;
  uint32_t count = j3_u2(a.data);
  if (count != j3_u2(b.data))
    return false;
  const uint8_t *x = a.data + 2, *y = b.data + 2;
  for (; count; count--) {
    if (!compare_entry(p, j3_u2(x), j3_u2(y), 0) ||
        !compare_entry(p, j3_u2(x + 2), j3_u2(y + 2), 0))
      return false;
    x = compare_behind_component(x);
    y = compare_behind_component(y);
  }
  return true;
}

static bool
compare_attributes(const j3_class *c, const j3_class *to)
{
  compare_pools p = {c->pool, to->pool};
  uint16_t host = c->nest_host_index, to_host = to->nest_host_index;
  return !host == !to_host && (!host || compare_entry(&p, host, to_host, 0)) &&
         compare_names(&p, c->nest_members, to->nest_members) &&
         compare_records(&p, c->record, to->record) &&
         compare_names(&p, c->permitted_subclasses, to->permitted_subclasses);
}

static bool
compare_fields(const j3_class *c, const j3_class *to)
{
  if (c->field_count != to->field_count)
    return false;
  for (uint32_t i = 0; i < c->field_count; i++) {
    const j3_field *f = &c->fields[i], *g = &to->fields[i];
    if (f->name != g->name || f->descriptor != g->descriptor || f->flags != g->flags)
      return false;
  }
  return true;
}

/* Native methods may get code, and others lose it. */
static jvmtiError
compare_methods(const j3_class *c, const j3_class *to)
{
  for (uint32_t i = 0; i < to->method_count; i++)
    if (!j3_class_method(c, to->methods[i].name, to->methods[i].descriptor))
      return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_METHOD_ADDED;
  for (uint32_t i = 0; i < c->method_count; i++) {
    const j3_method *m = &c->methods[i], *now = j3_class_method(to, m->name, m->descriptor);
    if (!now)
      return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_METHOD_DELETED;
    if ((m->flags ^ now->flags) & 0xffff & ~(uint32_t)J3_NATIVE)
      return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_METHOD_MODIFIERS_CHANGED;
  }
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_redefine_compare(const j3_class *c, const j3_class *shadow)
{
  if (!compare_supers(c, shadow))
    return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_HIERARCHY_CHANGED;
  if (atomic_load_explicit(&c->state, memory_order_acquire) == J3_ERRONEOUS)
    return JVMTI_ERROR_INVALID_CLASS;
  if (!compare_attributes(c, shadow))
    return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_CLASS_ATTRIBUTE_CHANGED;
  if (c->flags != shadow->flags)
    return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_CLASS_MODIFIERS_CHANGED;
  if (!compare_fields(c, shadow))
    return JVMTI_ERROR_UNSUPPORTED_REDEFINITION_SCHEMA_CHANGED;
  return compare_methods(c, shadow);
}
