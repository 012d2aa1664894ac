/* descriptor.c -- descriptors: well-formedness, storage types, signatures
 *
 * Signatures are looked up once per descriptor symbol and kept for ever, like the symbols.
 */
#include "descriptor.h"

#include "j3.h"
#include "table.h"

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

static struct {
  pthread_mutex_t lock;
  _Atomic(j3_table *) tables[2]; /* descriptor -> signature, without and with a receiver */
} descriptor_signatures = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const vmk_signature *
descriptor_signature_new(const j3_symbol *descriptor, bool has_receiver)
{
  uint8_t types[256 + 1];
  size_t count = 0;
  if (has_receiver)
    types[count++] = VMK_TYPE_REF;
  const char *p = descriptor->text + 1, *end = descriptor->text + descriptor->length;
  while (*p != ')') {
    VMK_ASSERT(count < VMK_COUNT(types));
    types[count++] = (uint8_t)j3_type_of_descriptor(*p);
    p = j3_descriptor_field_end(p, end);
    VMK_ASSERT(p);
  }
  return vmk_signature_get(J3.vm, j3_type_of_descriptor(p[1]), types, count);
}

const vmk_signature *
j3_signature_of(j3_symbol *descriptor, bool has_receiver)
{
  j3_table *table =
      atomic_load_explicit(&descriptor_signatures.tables[has_receiver], memory_order_acquire);
  const vmk_signature *signature = table ? j3_table_get(table, descriptor) : NULL;
  if (signature)
    return signature;
  signature = descriptor_signature_new(descriptor, has_receiver);
  pthread_mutex_lock(&descriptor_signatures.lock);
  table = atomic_load_explicit(&descriptor_signatures.tables[has_receiver], memory_order_relaxed);
  if (!table) {
    table = j3_table_new();
    atomic_store_explicit(&descriptor_signatures.tables[has_receiver], table,
                          memory_order_release);
  }
  if (!j3_table_get(table, descriptor))
    j3_table_add(table, descriptor, (void *)(uintptr_t)signature);
  pthread_mutex_unlock(&descriptor_signatures.lock);
  return signature;
}
