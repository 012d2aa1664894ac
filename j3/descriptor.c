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

bool
j3_is_valid_field_descriptor(const j3_symbol *s)
{
  return j3_descriptor_field_end(s->text, s->text + s->length) == s->text + s->length;
}

bool
j3_is_valid_method_descriptor(const j3_symbol *s)
{
  return j3_descriptor_is_method(s->text, s->length, NULL);
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
