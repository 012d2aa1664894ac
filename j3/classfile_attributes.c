/* classfile_attributes.c -- attributes of the class itself (JVMS 4.7), checked and kept raw */
#include <stdlib.h>

#include "classfile_read.h"

static bool
attributes_once(j3_classfile *cf, const j3_symbol *name, j3_bytes body, j3_bytes *slot)
{
  if (!CLASSFILE_CHECK(cf, !slot->data, "Multiple %s attributes", name->text))
    return false;
  *slot = body;
  return true;
}

/* A counted list of class indexes fills the body exactly. */
static bool
attributes_class_list(j3_classfile *cf, j3_bytes body, const char *name, const char *element)
{
  uint32_t count = body.length >= 2 ? classfile_be2(body.data) : 0;
  for (uint32_t i = 0; i < count && 2 + 2 * i + 2 <= body.length; i++) {
    uint16_t index = (uint16_t)classfile_be2(body.data + 2 + 2 * i);
    if (!CLASSFILE_CHECK(cf, classfile_is(cf, index, J3_CONSTANT_Class),
                         "%s class_info_index %u has bad constant type", element, index))
      return false;
  }
  return CLASSFILE_CHECK(cf, body.length == 2 + 2 * count, "Wrong %s attribute length", name);
}

static bool
attributes_inner_row(j3_classfile *cf, const uint8_t *row)
{
  uint16_t inner = (uint16_t)classfile_be2(row), outer = (uint16_t)classfile_be2(row + 2),
           name = (uint16_t)classfile_be2(row + 4), flags = (uint16_t)classfile_be2(row + 6);
  if (!CLASSFILE_CHECK(cf, classfile_is(cf, inner, J3_CONSTANT_Class),
                       "inner_class_info_index %u has bad constant type", inner) ||
      !CLASSFILE_CHECK(cf, outer == 0 || classfile_is(cf, outer, J3_CONSTANT_Class),
                       "outer_class_info_index %u has bad constant type", outer) ||
      !CLASSFILE_CHECK(cf, outer == 0 || classfile_class_name(cf, outer)->text[0] != '[',
                       "Outer class is an array class") ||
      !CLASSFILE_CHECK(cf, name == 0 || classfile_utf8(cf, name),
                       "inner_name_index %u has bad constant type", name))
    return false;
  return CLASSFILE_CHECK(cf, !cf->verify || outer == 0 || outer != inner,
                         "Class is both outer and inner class") &&
         (!cf->verify ||
          j3_classfile_check_flags(
              cf, j3_classfile_recognized_flags(cf, flags, J3_PRIVATE | J3_PROTECTED | J3_STATIC)));
}

static int
attributes_compare_rows(const void *a, const void *b)
{
  return memcmp(a, b, 8);
}

static bool
attributes_rows_differ(j3_classfile *cf, const uint8_t *rows, uint32_t count)
{
  uint8_t *sorted = j3_classfile_alloc(cf, 8 * (size_t)count);
  memcpy(sorted, rows, 8 * (size_t)count);
  qsort(sorted, count, 8, attributes_compare_rows);
  for (uint32_t i = 1; i < count; i++)
    if (!memcmp(sorted + 8 * (i - 1), sorted + 8 * i, 8))
      return false;
  return true;
}

static bool
attributes_inner_classes(j3_classfile *cf)
{
  j3_bytes body = cf->inner_classes;
  uint32_t count = body.length >= 2 ? classfile_be2(body.data) : 0;
  if (!CLASSFILE_CHECK(cf, body.length == 2 + 8 * count, "Wrong InnerClasses attribute length"))
    return false;
  for (uint32_t i = 0; i < count; i++)
    if (!attributes_inner_row(cf, body.data + 2 + 8 * i))
      return false;
  return !cf->verify || cf->major < 49 || count < 2 ||
         CLASSFILE_CHECK(cf, attributes_rows_differ(cf, body.data + 2, count),
                         "Duplicate entry in InnerClasses attribute");
}

static bool
attributes_enclosing_method(j3_classfile *cf)
{
  j3_bytes body = cf->enclosing_method;
  if (!CLASSFILE_CHECK(cf, body.length == 4, "Wrong EnclosingMethod attribute length %u",
                       body.length))
    return false;
  uint16_t class = (uint16_t)classfile_be2(body.data);
  uint16_t method = (uint16_t)classfile_be2(body.data + 2);
  return CLASSFILE_CHECK(cf, class != 0, "Invalid class index in EnclosingMethod attribute") &&
         CLASSFILE_CHECK(cf, classfile_is(cf, class, J3_CONSTANT_Class),
                         "Invalid or out-of-bounds class index in EnclosingMethod attribute") &&
         CLASSFILE_CHECK(cf, method == 0 || classfile_is(cf, method, J3_CONSTANT_NameAndType),
                         "Invalid or out-of-bounds method index in EnclosingMethod attribute");
}

static bool
attributes_is_loadable(const j3_classfile *cf, uint16_t index)
{
  static const uint32_t loadable =
      1u << J3_CONSTANT_Integer | 1u << J3_CONSTANT_Float | 1u << J3_CONSTANT_Long |
      1u << J3_CONSTANT_Double | 1u << J3_CONSTANT_Class | 1u << J3_CONSTANT_String |
      1u << J3_CONSTANT_MethodHandle | 1u << J3_CONSTANT_MethodType | 1u << J3_CONSTANT_Dynamic;
  return index > 0 && index < cf->pool_count && (loadable >> cf->tag[index] & 1);
}

static bool
attributes_bootstrap_methods(j3_classfile *cf)
{
  j3_bytes body = cf->bootstrap_methods;
  if (!CLASSFILE_CHECK(cf, body.length >= 2, "Invalid BootstrapMethods attribute length %u",
                       body.length))
    return false;
  uint32_t count = classfile_be2(body.data), at = 2;
  if (!CLASSFILE_CHECK(cf, cf->max_bootstrap < (int32_t)count, "Short length on BootstrapMethods"))
    return false;
  for (uint32_t i = 0; i < count; i++) {
    if (!CLASSFILE_CHECK(cf, at + 4 <= body.length,
                         "Invalid BootstrapMethods num_bootstrap_methods or "
                         "num_bootstrap_arguments value"))
      return false;
    uint16_t method = (uint16_t)classfile_be2(body.data + at);
    uint32_t arguments = classfile_be2(body.data + at + 2);
    at += 4;
    if (!CLASSFILE_CHECK(cf, classfile_is(cf, method, J3_CONSTANT_MethodHandle),
                         "bootstrap_method_index %u has bad constant type", method) ||
        !CLASSFILE_CHECK(cf, at + 2 * arguments <= body.length,
                         "Invalid BootstrapMethods num_bootstrap_methods or "
                         "num_bootstrap_arguments value"))
      return false;
    for (uint32_t k = 0; k < arguments; k++, at += 2) {
      uint16_t index = (uint16_t)classfile_be2(body.data + at);
      if (!CLASSFILE_CHECK(cf, attributes_is_loadable(cf, index),
                           "argument_index %u has bad constant type", index))
        return false;
    }
  }
  return CLASSFILE_CHECK(cf, at == body.length, "Bad length on BootstrapMethods");
}

/* A component: name, descriptor, attributes; the end of it, or null. */
static const uint8_t *
attributes_component(j3_classfile *cf, const uint8_t *p, const uint8_t *end)
{
  if (!CLASSFILE_CHECK(cf, end - p >= 6, "Record attribute has wrong length"))
    return NULL;
  uint16_t name = (uint16_t)classfile_be2(p), type = (uint16_t)classfile_be2(p + 2);
  j3_symbol *descriptor = classfile_utf8(cf, type);
  if (!CLASSFILE_CHECK(cf, classfile_utf8(cf, name),
                       "Invalid constant pool index %u for name in Record attribute", name) ||
      !CLASSFILE_CHECK(cf, descriptor,
                       "Invalid constant pool index %u for descriptor in Record attribute", type))
    return NULL;
  if (!j3_is_valid_field_descriptor(descriptor)) {
    j3_classfile_bad_signature(cf, "Field", classfile_utf8(cf, name), descriptor);
    return NULL;
  }
  uint32_t attributes = classfile_be2(p + 4);
  for (p += 6; attributes > 0; attributes--) {
    if (!CLASSFILE_CHECK(cf, end - p >= 6, "Record attribute has wrong length"))
      return NULL;
    uint16_t index = (uint16_t)classfile_be2(p);
    const j3_symbol *attribute = classfile_utf8(cf, index);
    uint32_t length = classfile_be4(p + 2);
    p += 6;
    if (!CLASSFILE_CHECK(cf, attribute, "Invalid Record attribute name index %u", index) ||
        !CLASSFILE_CHECK(cf, (size_t)(end - p) >= length, "Record attribute has wrong length"))
      return NULL;
    if (attribute == j3_classfile_names()->Signature &&
        (!CLASSFILE_CHECK(cf, length == 2,
                          "Invalid Signature attribute length %u in Record component", length) ||
         !CLASSFILE_CHECK(cf, classfile_utf8(cf, (uint16_t)classfile_be2(p)),
                          "Invalid Signature attribute at constant pool index %u",
                          classfile_be2(p))))
      return NULL;
    p += length;
  }
  return p;
}

static bool
attributes_record(j3_classfile *cf)
{
  j3_bytes body = cf->record;
  if (!CLASSFILE_CHECK(cf, body.length >= 2, "Record attribute has wrong length"))
    return false;
  const uint8_t *p = body.data + 2, *end = body.data + body.length;
  for (uint32_t count = classfile_be2(body.data); count > 0; count--) {
    p = attributes_component(cf, p, end);
    if (!p)
      return false;
  }
  return CLASSFILE_CHECK(cf, p == end, "Record attribute has wrong length");
}

static bool
attributes_symbol(j3_classfile *cf, const j3_symbol *name, j3_bytes body, j3_symbol **slot)
{
  bool source = name == j3_classfile_names()->SourceFile;
  if (!CLASSFILE_CHECK(cf, !*slot, "Multiple %s attributes", name->text))
    return false;
  if (source ? !CLASSFILE_CHECK(cf, body.length == 2, "Wrong SourceFile attribute length")
             : !CLASSFILE_CHECK(cf, body.length == 2, "Wrong Signature attribute length %u",
                                body.length))
    return false;
  uint16_t index = (uint16_t)classfile_be2(body.data);
  *slot = classfile_utf8(cf, index);
  return CLASSFILE_CHECK(cf, *slot, "Invalid %s attribute at constant pool index %u", name->text,
                         index);
}

static bool
attributes_nest_host(j3_classfile *cf, j3_bytes body)
{
  if (!CLASSFILE_CHECK(cf, !cf->nest_host_index, "Multiple NestHost attributes") ||
      !CLASSFILE_CHECK(cf, !cf->nest_members.data,
                       "Conflicting NestMembers and NestHost attributes") ||
      !CLASSFILE_CHECK(cf, body.length == 2, "Wrong NestHost attribute length"))
    return false;
  uint16_t index = (uint16_t)classfile_be2(body.data);
  cf->nest_host_index = index;
  return CLASSFILE_CHECK(cf, classfile_is(cf, index, J3_CONSTANT_Class),
                         "Nest-host class_info_index %u has bad constant type", index);
}

static bool
attributes_permitted(j3_classfile *cf, const j3_symbol *name, j3_bytes body)
{
  return CLASSFILE_CHECK(cf, !(cf->flags & J3_FINAL), "PermittedSubclasses attribute in final") &&
         attributes_once(cf, name, body, &cf->permitted_subclasses);
}

/* Attributes that came with class file version 49 (Java 5) and later. */
static bool
attributes_modern(j3_classfile *cf, const j3_symbol *name, j3_bytes body)
{
  const classfile_names *n = j3_classfile_names();
  if (name == n->Signature)
    return attributes_symbol(cf, name, body, &cf->signature);
  if (name == n->RuntimeVisibleAnnotations)
    return attributes_once(cf, name, body, &cf->annotations);
  if (name == n->RuntimeVisibleTypeAnnotations)
    return attributes_once(cf, name, body, &cf->type_annotations);
  if (name == n->EnclosingMethod)
    return attributes_once(cf, name, body, &cf->enclosing_method) &&
           attributes_enclosing_method(cf);
  if (name == n->BootstrapMethods && cf->major >= 51)
    return attributes_once(cf, name, body, &cf->bootstrap_methods) &&
           attributes_bootstrap_methods(cf);
  if (name == n->NestMembers && cf->major >= 55)
    return attributes_once(cf, name, body, &cf->nest_members) &&
           CLASSFILE_CHECK(cf, !cf->nest_host_index,
                           "Conflicting NestHost and NestMembers attributes");
  if (name == n->NestHost && cf->major >= 55)
    return attributes_nest_host(cf, body);
  if (name == n->Record && cf->major >= 60)
    return attributes_once(cf, name, body, &cf->record);
  if (name == n->PermittedSubclasses && cf->major >= 61)
    return attributes_permitted(cf, name, body);
  return true;
}

static bool
attributes_one(j3_classfile *cf, const j3_symbol *name, j3_bytes body)
{
  const classfile_names *n = j3_classfile_names();
  if (name == n->SourceFile)
    return attributes_symbol(cf, name, body, &cf->source_file);
  if (name == n->SourceDebugExtension)
    return attributes_once(cf, name, body, &cf->source_debug);
  if (name == n->InnerClasses)
    return attributes_once(cf, name, body, &cf->inner_classes);
  if (name == n->Synthetic || name == n->Deprecated) {
    if (name == n->Synthetic)
      cf->flags |= J3_SYNTHETIC;
    return CLASSFILE_CHECK(cf, body.length == 0, "Invalid %s classfile attribute length %u",
                           name->text, body.length);
  }
  return cf->major < 49 || attributes_modern(cf, name, body);
}

/* What HotSpot looks into when it has seen all attributes, in its order: with two mistakes in a file, this decides
 * which is named. */
static bool
attributes_contents(j3_classfile *cf)
{
  return (!cf->inner_classes.data || attributes_inner_classes(cf)) &&
         (!cf->nest_members.data ||
          attributes_class_list(cf, cf->nest_members, "NestMembers", "Nest member")) &&
         (!cf->record.data || attributes_record(cf)) &&
         (!cf->permitted_subclasses.data ||
          attributes_class_list(cf, cf->permitted_subclasses, "PermittedSubclasses",
                                "Permitted subclass"));
}

bool
j3_classfile_attributes(j3_classfile *cf)
{
  for (uint16_t count = classfile_u2(cf); count > 0 && !cf->failed; count--) {
    uint16_t index = classfile_u2(cf);
    j3_bytes body = {.length = classfile_u4(cf)};
    if (cf->failed)
      return false;
    const j3_symbol *name = classfile_utf8(cf, index);
    if (!CLASSFILE_CHECK(cf, name, "Attribute name has bad constant pool index %u", index))
      return false;
    body.data = classfile_skip(cf, body.length);
    if (cf->failed || !attributes_one(cf, name, body))
      return false;
  }
  return !cf->failed &&
         CLASSFILE_CHECK(cf, cf->max_bootstrap < 0 || cf->bootstrap_methods.data,
                         "Missing BootstrapMethods attribute") &&
         attributes_contents(cf);
}
