/* descriptor.c -- descriptors: well-formedness, storage types */
#include "descriptor.h"

#include "j3.h"

/* Segments between `separator`s are not empty and have no character of ". ; [ /" in them. */
static bool
descriptor_is_qualified(const char *p, const char *end)
{
  size_t segment = 0;
  for (; p < end; p++) {
    if (*p == '.' || *p == ';' || *p == '[')
      return false;
    if (*p == '/') {
      if (segment == 0)
        return false;
      segment = 0;
    } else {
      segment++;
    }
  }
  return segment > 0;
}

const char *
j3_descriptor_field_end(const char *p, const char *end)
{
  const char *start = p;
  while (p < end && *p == '[')
    p++;
  if (p - start > 255 || p == end)
    return NULL;
  switch (*p) {
  case 'B':
  case 'C':
  case 'D':
  case 'F':
  case 'I':
  case 'J':
  case 'S':
  case 'Z': return p + 1;
  case 'L': {
    const char *semicolon = memchr(p, ';', (size_t)(end - p));
    return semicolon && descriptor_is_qualified(p + 1, semicolon) ? semicolon + 1 : NULL;
  }
  default: return NULL;
  }
}

bool
j3_descriptor_is_method(const char *p, size_t length, uint32_t *slots)
{
  const char *end = p + length;
  uint32_t n = 0;
  if (length < 3 || *p++ != '(')
    return false;
  while (p < end && *p != ')') {
    n += *p == 'J' || *p == 'D' ? 2 : 1;
    p = j3_descriptor_field_end(p, end);
    if (!p)
      return false;
  }
  if (end - p < 2)
    return false;
  p++;
  if (slots)
    *slots = n;
  return (*p == 'V' && p + 1 == end) || j3_descriptor_field_end(p, end) == end;
}

bool
j3_descriptor_is_class_name(const char *p, size_t length)
{
  if (length == 0)
    return false;
  if (*p == '[')
    return j3_descriptor_field_end(p, p + length) == p + length;
  return descriptor_is_qualified(p, p + length);
}

bool
j3_descriptor_is_member_name(const char *p, size_t length, bool method)
{
  if (length == 0)
    return false;
  if (method && *p == '<')
    return (length == 6 && memcmp(p, "<init>", 6) == 0) ||
           (length == 8 && memcmp(p, "<clinit>", 8) == 0);
  for (size_t i = 0; i < length; i++) {
    switch (p[i]) {
    case '.':
    case ';':
    case '[':
    case '/': return false;
    case '<':
    case '>':
      if (method)
        return false;
      break;
    default: break;
    }
  }
  return true;
}

/* --- symbols: a name is checked once, however many classes have it ------------------------------------- */

enum {
  VALID_FIELD_DESCRIPTOR = 1,
  VALID_METHOD_DESCRIPTOR = 2, /* with at most 255 argument slots, which are in `slots` */
  VALID_CLASS_NAME = 4,
  VALID_FIELD_NAME = 8,
  VALID_METHOD_NAME = 16,
};

static bool
descriptor_is_known(j3_symbol *s, uint8_t bit)
{
  return atomic_load_explicit(&s->valid, memory_order_acquire) & bit;
}

static bool
descriptor_learn(j3_symbol *s, uint8_t bit, bool valid)
{
  if (valid)
    atomic_fetch_or_explicit(&s->valid, bit, memory_order_release);
  return valid;
}

bool
j3_is_valid_field_descriptor(j3_symbol *s)
{
  const char *end = s->text + s->length;
  return descriptor_is_known(s, VALID_FIELD_DESCRIPTOR) ||
         descriptor_learn(s, VALID_FIELD_DESCRIPTOR, j3_descriptor_field_end(s->text, end) == end);
}

bool
j3_is_valid_method_descriptor(j3_symbol *s, uint32_t *slots)
{
  if (descriptor_is_known(s, VALID_METHOD_DESCRIPTOR)) {
    *slots = atomic_load_explicit(&s->slots, memory_order_relaxed);
    return true;
  }
  if (!j3_descriptor_is_method(s->text, s->length, slots))
    return false;
  if (*slots <= UINT8_MAX) {
    atomic_store_explicit(&s->slots, (uint8_t)*slots, memory_order_relaxed);
    descriptor_learn(s, VALID_METHOD_DESCRIPTOR, true);
  }
  return true;
}

bool
j3_is_valid_class_name(j3_symbol *s)
{
  return descriptor_is_known(s, VALID_CLASS_NAME) ||
         descriptor_learn(s, VALID_CLASS_NAME, j3_descriptor_is_class_name(s->text, s->length));
}

bool
j3_is_valid_member_name(j3_symbol *s, bool method)
{
  uint8_t bit = method ? VALID_METHOD_NAME : VALID_FIELD_NAME;
  return descriptor_is_known(s, bit) ||
         descriptor_learn(s, bit, j3_descriptor_is_member_name(s->text, s->length, method));
}

vmk_type
j3_type_of_descriptor(char c)
{
  switch (c) {
  case 'Z': return VMK_TYPE_BOOL;
  case 'B': return VMK_TYPE_I8;
  case 'C': return VMK_TYPE_U16;
  case 'S': return VMK_TYPE_I16;
  case 'I': return VMK_TYPE_I32;
  case 'J': return VMK_TYPE_I64;
  case 'F': return VMK_TYPE_F32;
  case 'D': return VMK_TYPE_F64;
  case 'L':
  case '[': return VMK_TYPE_REF;
  default: return VMK_TYPE_VOID;
  }
}
