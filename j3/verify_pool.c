/* verify_pool.c -- instructions that name a constant or a class: ldc, new, arrays, casts */
#include "verifier.h"

#include <stdlib.h>

static const char *
pool_external_name(const j3_verifier *v, char *buffer, size_t size)
{
  j3_class_external_name(v->class, buffer, size);
  return buffer;
}

bool
j3_verify_pool_tag(j3_verifier *v, uint32_t bci, uint16_t index, uint32_t tags)
{
  const j3_pool *p = v->class->pool;
  if (index > 0 && index < p->count && (tags >> p->tag[index] & 1))
    return true;
  char name[1024];
  return j3_verify_fail(v, verify_bad_index(J3_VFAULT_POOL_INDEX, (int32_t)bci, index),
                        index > 0 && index < p->count
                            ? "Illegal type at constant pool entry %d in class %s"
                            : "Illegal constant pool index %d in class %s",
                        index, pool_external_name(v, name, sizeof name));
}

/* --- ldc -------------------------------------------------------------------------------------------- */

static bool
pool_push_dynamic(j3_verifier *v, const j3_instruction *in, uint32_t tags)
{
  const j3_pool *p = v->class->pool;
  uint16_t pair = (uint16_t)(p->value[in->index] >> 16);
  const j3_vsignature *s = j3_verify_signature(v, (uint16_t)(p->value[pair] >> 16));
  if ((s->count == 2) != (in->op == J3_BC_ldc2_w))
    return j3_verify_pool_tag(v, in->bci, in->index, tags & ~(1u << J3_TAG_DYNAMIC));
  return s->count == 2 ? j3_verify_push_wide(v, s->type[0]) : j3_verify_push(v, s->type[0]);
}

bool
j3_verify_ldc(j3_verifier *v, const j3_instruction *in)
{
  uint32_t narrow = 1u << J3_TAG_INTEGER | 1u << J3_TAG_FLOAT | 1u << J3_TAG_STRING |
                    1u << J3_TAG_CLASS | 1u << J3_TAG_METHOD_HANDLE | 1u << J3_TAG_METHOD_TYPE |
                    1u << J3_TAG_DYNAMIC;
  uint32_t wide = 1u << J3_TAG_LONG | 1u << J3_TAG_DOUBLE | 1u << J3_TAG_DYNAMIC;
  uint32_t tags = in->op == J3_BC_ldc2_w ? wide : narrow;
  if (!j3_verify_pool_tag(v, in->bci, in->index, tags))
    return false;
  const j3_vnames *n = j3_verify_names();
  switch (v->class->pool->tag[in->index]) {
  case J3_TAG_STRING: return j3_verify_push(v, verify_named(n->string));
  case J3_TAG_CLASS: return j3_verify_push(v, verify_named(n->class));
  case J3_TAG_INTEGER: return j3_verify_push(v, verify_type(J3_V_INT));
  case J3_TAG_FLOAT: return j3_verify_push(v, verify_type(J3_V_FLOAT));
  case J3_TAG_LONG: return j3_verify_push_wide(v, verify_type(J3_V_LONG));
  case J3_TAG_DOUBLE: return j3_verify_push_wide(v, verify_type(J3_V_DOUBLE));
  case J3_TAG_METHOD_HANDLE: return j3_verify_push(v, verify_named(n->method_handle));
  case J3_TAG_METHOD_TYPE: return j3_verify_push(v, verify_named(n->method_type));
  default: return pool_push_dynamic(v, in, tags);
  }
}

/* --- classes ---------------------------------------------------------------------------------------- */

static bool
pool_new(j3_verifier *v, const j3_instruction *in, j3_vtype type)
{
  if (!verify_is_object(type))
    return j3_verify_fail(v,
                          verify_bad_type((int32_t)in->bci, verify_from_pool(in->index, type),
                                          (j3_vsource){.origin = J3_VORIGIN_NONE}),
                          "Illegal new instruction");
  return j3_verify_push(v, verify_type((uintptr_t)in->bci << 8 | J3_V_UNINITIALIZED));
}

static bool
pool_anewarray(j3_verifier *v, const j3_instruction *in, j3_vtype component) VMK_MOVES
{
  if (!j3_verify_pop(v, verify_type(J3_V_INT), NULL))
    return false;
  const j3_symbol *name = verify_name(component);
  bool is_array = name->text[0] == '[';
  if (is_array && strspn(name->text, "[") >= 255)
    return j3_verify_fail(v, verify_bad_code(in->bci),
                          "Illegal anewarray instruction, array has more than 255 dimensions");
  size_t length = name->length + (is_array ? 1u : 3u);
  if (length > UINT16_MAX)
    return j3_verify_fail(v, verify_bad_code(in->bci), "Illegal anewarray instruction");
  char *text = j3_verify_alloc(&v->method_memory, length + 1);
  text[0] = '[';
  text[1] = 'L';
  memcpy(text + (is_array ? 1 : 2), name->text, name->length);
  if (!is_array)
    text[length - 1] = ';';
  return j3_verify_push(v, verify_named(j3_symbol_get(text, length)));
}

static bool
pool_multianewarray(j3_verifier *v, const j3_instruction *in, j3_vtype type) VMK_MOVES
{
  if (!verify_is_array(type))
    return j3_verify_fail(v,
                          verify_bad_type((int32_t)in->bci, verify_from_pool(in->index, type),
                                          (j3_vsource){.origin = J3_VORIGIN_NONE}),
                          "Illegal constant pool index in multianewarray instruction");
  int32_t dimensions = (int32_t)strspn(verify_name(type)->text, "[");
  if (in->value < 1 || dimensions < in->value)
    return j3_verify_fail(v, verify_bad_code(in->bci),
                          "Illegal dimension in multianewarray instruction: %d", in->value);
  for (int32_t i = 0; i < in->value; i++)
    if (!j3_verify_pop(v, verify_type(J3_V_INT), NULL))
      return false;
  return j3_verify_push(v, type);
}

bool
j3_verify_class_operand(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  if (!j3_verify_pool_tag(v, in->bci, in->index, 1u << J3_TAG_CLASS))
    return false;
  j3_vtype type = j3_verify_class_entry(v, in->index);
  j3_vtype object = verify_named(j3_verify_names()->object);
  switch (in->op) {
  case J3_BC_new: return pool_new(v, in, type);
  case J3_BC_anewarray: return pool_anewarray(v, in, type);
  case J3_BC_multianewarray: return pool_multianewarray(v, in, type);
  case J3_BC_checkcast: return j3_verify_pop(v, object, NULL) && j3_verify_push(v, type);
  default: return j3_verify_pop(v, object, NULL) && j3_verify_push(v, verify_type(J3_V_INT));
  }
}

bool
j3_verify_newarray(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  static const char letters[] = "ZCFDBSIJ"; /* by type code, from 4 */
  if (in->index < 4 || in->index > 11)
    return j3_verify_fail(v, verify_bad_code(in->bci), "Illegal newarray instruction");
  const char name[] = {'[', letters[in->index - 4]};
  return j3_verify_pop(v, verify_type(J3_V_INT), NULL) &&
         j3_verify_push(v, verify_named(j3_symbol_get(name, 2)));
}
