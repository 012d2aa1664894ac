/* classfile_pool.c -- the constant pool (JVMS 4.4)
 *
 * Two passes as in the specification's own order: entries are read, then references between them are
 * checked, and names and descriptors with `verify`.  Afterwards an entry's operands have the tags they must
 * have, so no later reader checks again.
 */
#include "classfile_read.h"
#include "utf.h"

static bool
pool_read_utf8(j3_classfile *cf, uint16_t index)
{
  uint16_t length = classfile_u2(cf);
  const char *text = (const char *)classfile_skip(cf, length);
  if (cf->failed)
    return false;
  if (cf->verify &&
      !CLASSFILE_CHECK(cf, j3_utf_is_valid(text, length), "Illegal UTF8 string in constant pool"))
    return false;
  cf->value[index] = (uintptr_t)j3_symbol_get(text, length);
  return true;
}

/* Oldest class file version with a tag, by tag. */
static unsigned
pool_tag_major(uint8_t tag)
{
  switch (tag) {
  case J3_CONSTANT_MethodHandle:
  case J3_CONSTANT_MethodType:
  case J3_CONSTANT_InvokeDynamic: return 51;
  case J3_CONSTANT_Dynamic: return 55;
  default: return 0;
  }
}

/* Reads one entry; the number of slots it takes, 0 on failure. */
static unsigned
pool_read_entry(j3_classfile *cf, uint16_t i)
{
  uint8_t tag = cf->tag[i] = classfile_u1(cf);
  if (cf->failed)
    return 0;
  if (!CLASSFILE_CHECK(cf, cf->major >= pool_tag_major(tag),
                       "Class file version does not support constant tag %u", tag))
    return 0;
  switch (tag) {
  case J3_CONSTANT_Utf8: return pool_read_utf8(cf, i);
  case J3_CONSTANT_Integer:
  case J3_CONSTANT_Float: cf->value[i] = classfile_u4(cf); return 1;
  case J3_CONSTANT_Long:
  case J3_CONSTANT_Double:
    cf->value[i] = (uint64_t)classfile_u4(cf) << 32;
    cf->value[i] |= classfile_u4(cf);
    if (!CLASSFILE_CHECK(cf, i + 1 < cf->pool_count, "Invalid constant pool entry %u", i + 1u))
      return 0;
    return 2;
  case J3_CONSTANT_Module:
  case J3_CONSTANT_Package:
    if (cf->major < 53)
      break;
    cf->bad_tag = tag; /* reported later: ACC_MODULE has precedence */
    cf->value[i] = classfile_u2(cf);
    return 1;
  case J3_CONSTANT_Class:
  case J3_CONSTANT_String:
  case J3_CONSTANT_MethodType: cf->value[i] = classfile_u2(cf); return 1;
  case J3_CONSTANT_MethodHandle:
    cf->value[i] = classfile_u1(cf);
    cf->value[i] |= (uint32_t)classfile_u2(cf) << 16;
    return 1;
  case J3_CONSTANT_Fieldref:
  case J3_CONSTANT_Methodref:
  case J3_CONSTANT_InterfaceMethodref:
  case J3_CONSTANT_NameAndType:
  case J3_CONSTANT_Dynamic:
  case J3_CONSTANT_InvokeDynamic:
    cf->value[i] = classfile_u2(cf);
    cf->value[i] |= (uint32_t)classfile_u2(cf) << 16;
    return 1;
  default: break;
  }
  CLASSFILE_CHECK(cf, false, "Unknown constant tag %u", tag);
  return 0;
}

static bool
pool_check_index(j3_classfile *cf, uint16_t index, uint8_t tag)
{
  return CLASSFILE_CHECK(cf, classfile_is(cf, index, tag), "Invalid constant pool index %u", index);
}

static bool
pool_check_method_handle(j3_classfile *cf, uint16_t i)
{
  uint8_t kind = (uint8_t)cf->value[i];
  uint16_t ref = (uint16_t)(cf->value[i] >> 16);
  if (!CLASSFILE_CHECK(cf, ref > 0 && ref < cf->pool_count, "Invalid constant pool index %u", ref))
    return false;
  uint8_t tag = cf->tag[ref];
  bool ok;
  const char *expected;
  switch (kind) {
  case 1:
  case 2:
  case 3:
  case 4:
    ok = tag == J3_CONSTANT_Fieldref;
    expected = "not a field";
    break;
  case 5:
  case 8:
    ok = tag == J3_CONSTANT_Methodref;
    expected = "not a method";
    break;
  case 6:
  case 7:
    ok = tag == J3_CONSTANT_Methodref || (tag == J3_CONSTANT_InterfaceMethodref && cf->major >= 52);
    expected = "not a method";
    break;
  case 9:
    ok = tag == J3_CONSTANT_InterfaceMethodref;
    expected = "not an interface method";
    break;
  default: return CLASSFILE_CHECK(cf, false, "Bad method handle kind at constant pool index %u", i);
  }
  return ok || j3_classfile_fail(cf, "Invalid constant pool index %u in class file %s (%s)", ref,
                                 classfile_name(cf), expected);
}

static bool
pool_check_references(j3_classfile *cf, uint16_t i)
{
  uint16_t low = (uint16_t)cf->value[i], high = (uint16_t)(cf->value[i] >> 16);
  switch (cf->tag[i]) {
  case J3_CONSTANT_Class:
  case J3_CONSTANT_String:
  case J3_CONSTANT_MethodType: return pool_check_index(cf, low, J3_CONSTANT_Utf8);
  case J3_CONSTANT_NameAndType:
    return pool_check_index(cf, low, J3_CONSTANT_Utf8) &&
           pool_check_index(cf, high, J3_CONSTANT_Utf8);
  case J3_CONSTANT_Fieldref:
  case J3_CONSTANT_Methodref:
  case J3_CONSTANT_InterfaceMethodref:
    return pool_check_index(cf, low, J3_CONSTANT_Class) &&
           pool_check_index(cf, high, J3_CONSTANT_NameAndType);
  case J3_CONSTANT_Dynamic:
  case J3_CONSTANT_InvokeDynamic:
    if (low > cf->max_bootstrap)
      cf->max_bootstrap = low;
    return pool_check_index(cf, high, J3_CONSTANT_NameAndType);
  case J3_CONSTANT_MethodHandle: return pool_check_method_handle(cf, i);
  default: return true;
  }
}

/* --- names and descriptors ---------------------------------------------------------------------------------- */

static j3_symbol *
pool_pair_name(const j3_classfile *cf, uint16_t pair)
{
  return (j3_symbol *)cf->value[(uint16_t)cf->value[pair]];
}
static j3_symbol *
pool_pair_descriptor(const j3_classfile *cf, uint16_t pair)
{
  return (j3_symbol *)cf->value[(uint16_t)(cf->value[pair] >> 16)];
}

static bool
pool_check_pair(j3_classfile *cf, uint16_t pair, bool method)
{
  j3_symbol *name = pool_pair_name(cf, pair), *descriptor = pool_pair_descriptor(cf, pair);
  if (!j3_is_valid_member_name(name, method))
    return j3_classfile_fail(cf, "Illegal %s name \"%s\" in class %s", method ? "method" : "field",
                             name->text, classfile_name(cf));
  uint32_t slots = 0;
  if (!method)
    return j3_is_valid_field_descriptor(descriptor) ||
           j3_classfile_bad_signature(cf, "Field", name, descriptor);
  if (!j3_is_valid_method_descriptor(descriptor, &slots) ||
      (name->text[0] == '<' && descriptor->text[descriptor->length - 1] != 'V'))
    return j3_classfile_bad_signature(cf, "Method", name, descriptor);
  return CLASSFILE_CHECK(cf, slots <= 255, "Too many arguments in method signature");
}

static bool
pool_check_handle_name(j3_classfile *cf, uint16_t i)
{
  uint8_t kind = (uint8_t)cf->value[i];
  if (kind < 5)
    return true;
  uint16_t ref = (uint16_t)(cf->value[i] >> 16);
  uint16_t name = (uint16_t)cf->value[(uint16_t)(cf->value[ref] >> 16)];
  bool init = (j3_symbol *)cf->value[name] == j3_classfile_names()->init;
  if (kind == 8)
    return CLASSFILE_CHECK(cf, init, "Bad constructor name at constant pool index %u", name);
  return CLASSFILE_CHECK(cf, !init, "Bad method name at constant pool index %u", name);
}

static bool
pool_check_names(j3_classfile *cf, uint16_t i)
{
  uint16_t low = (uint16_t)cf->value[i], high = (uint16_t)(cf->value[i] >> 16);
  switch (cf->tag[i]) {
  case J3_CONSTANT_Class: {
    j3_symbol *name = (j3_symbol *)cf->value[low];
    return j3_is_valid_class_name(name) ||
           j3_classfile_fail(cf, "Illegal class name \"%s\" in class file %s", name->text,
                             classfile_name(cf));
  }
  case J3_CONSTANT_NameAndType: {
    const j3_symbol *descriptor = (j3_symbol *)cf->value[high];
    return pool_check_pair(cf, i, descriptor->text[0] == '(');
  }
  case J3_CONSTANT_Fieldref: return pool_check_pair(cf, high, false);
  case J3_CONSTANT_Methodref:
  case J3_CONSTANT_InterfaceMethodref: {
    const j3_symbol *name = pool_pair_name(cf, high);
    if (!CLASSFILE_CHECK(cf,
                         cf->tag[i] != J3_CONSTANT_Methodref || name->text[0] != '<' ||
                             name == j3_classfile_names()->init,
                         "Bad method name at constant pool index %u", (uint16_t)cf->value[high]))
      return false;
    return pool_check_pair(cf, high, true);
  }
  case J3_CONSTANT_Dynamic: return pool_check_pair(cf, high, false);
  case J3_CONSTANT_InvokeDynamic: return pool_check_pair(cf, high, true);
  case J3_CONSTANT_MethodHandle: return pool_check_handle_name(cf, i);
  case J3_CONSTANT_MethodType: {
    j3_symbol *descriptor = (j3_symbol *)cf->value[low];
    uint32_t slots = 0;
    return (j3_is_valid_method_descriptor(descriptor, &slots) && slots <= 255) ||
           j3_classfile_fail(cf, "Method \"type\" in class %s has illegal signature \"%s\"",
                             classfile_name(cf), descriptor->text);
  }
  default: return true;
  }
}

bool
j3_classfile_pool(j3_classfile *cf)
{
  cf->pool_count = classfile_u2(cf);
  if (cf->failed ||
      !CLASSFILE_CHECK(cf, cf->pool_count >= 1, "Illegal constant pool size %u", cf->pool_count))
    return false;
  cf->tag = j3_classfile_alloc(cf, cf->pool_count);
  cf->value = j3_classfile_alloc(cf, cf->pool_count * sizeof *cf->value);
  for (uint32_t i = 1; i < cf->pool_count;) {
    uint32_t slots = pool_read_entry(cf, (uint16_t)i);
    if (slots == 0 || cf->failed)
      return false;
    i += slots;
  }
  for (uint32_t i = 1; i < cf->pool_count; i++)
    if (!pool_check_references(cf, (uint16_t)i))
      return false;
  for (uint32_t i = 1; cf->verify && i < cf->pool_count; i++)
    if (!pool_check_names(cf, (uint16_t)i))
      return false;
  return true;
}
