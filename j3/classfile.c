/* classfile.c -- the frame of a class file: versions, flags, names, interfaces, duplicates */
#include "classfile_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "descriptor.h"

/* --- scratch memory, failure ---------------------------------------------------------------------------- */

struct classfile_chunk {
  struct classfile_chunk *next;
  uint64_t data[];
};
enum { CLASSFILE_CHUNK = 32 << 10 };

void *
j3_classfile_alloc(j3_classfile *cf, size_t bytes)
{
  bytes = (bytes + 7) & ~(size_t)7;
  if ((size_t)(cf->scratch_end - cf->scratch) < bytes) {
    size_t room = bytes > CLASSFILE_CHUNK ? bytes : CLASSFILE_CHUNK;
    struct classfile_chunk *chunk = malloc(sizeof *chunk + room);
    if (!chunk)
      abort();
    chunk->next = cf->chunks;
    cf->chunks = chunk;
    cf->scratch = (char *)chunk->data;
    cf->scratch_end = cf->scratch + room;
  }
  void *p = cf->scratch;
  cf->scratch += bytes;
  return memset(p, 0, bytes);
}

void
j3_classfile_free(j3_classfile *cf)
{
  while (cf->chunks) {
    struct classfile_chunk *next = cf->chunks->next;
    free(cf->chunks);
    cf->chunks = next;
  }
  cf->scratch = cf->scratch_end = NULL;
}

static bool
classfile_fail(j3_classfile *cf, const char *error_class, const char *format, va_list arguments)
{
  if (!cf->failed) {
    cf->failed = true;
    cf->error_class = error_class;
    vsnprintf(cf->error, sizeof cf->error, format, arguments);
    cf->p = cf->end;
  }
  return false;
}

bool
j3_classfile_fail(j3_classfile *cf, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  classfile_fail(cf, "java/lang/ClassFormatError", format, arguments);
  va_end(arguments);
  return false;
}

bool
j3_classfile_fail_as(j3_classfile *cf, const char *error_class, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  classfile_fail(cf, error_class, format, arguments);
  va_end(arguments);
  return false;
}

/* Two ways to be wrong have words of their own: the first bad type of the descriptor decides. */
static const char *
classfile_signature_reason(const j3_symbol *signature)
{
  const char *p = signature->text, *end = p + signature->length;
  p += *p == '(';
  while (p < end && *p != ')') {
    const char *next = j3_descriptor_field_end(p, end);
    if (next) {
      p = next;
      continue;
    }
    size_t dimensions = strspn(p, "[");
    if (dimensions > 255)
      return "Array type descriptor has more than 255 dimensions";
    if (p[dimensions] == 'L' && memchr(p, ';', (size_t)(end - p)))
      return "Class name is empty or contains illegal character in descriptor";
    return NULL;
  }
  return NULL;
}

bool
j3_classfile_bad_signature(j3_classfile *cf, const char *what, const j3_symbol *name,
                           const j3_symbol *signature)
{
  const char *reason = classfile_signature_reason(signature);
  if (reason)
    return CLASSFILE_CHECK(cf, false, "%s", reason);
  return j3_classfile_fail(cf, "%s \"%s\" in class %s has illegal signature \"%s\"", what,
                           name->text, classfile_name(cf), signature->text);
}

static classfile_names classfile_name_table;

static void
classfile_names_init(void)
{
  classfile_names *n = &classfile_name_table;
#define X(name) n->name = j3_symbol_of(#name);
  J3_ATTRIBUTE_NAMES(X)
#undef X
  n->init = j3_symbol_of("<init>");
  n->clinit = j3_symbol_of("<clinit>");
  n->finalize = j3_symbol_of("finalize");
  n->no_arguments = j3_symbol_of("()V");
  n->object = j3_symbol_of("java/lang/Object");
  n->string = j3_symbol_of("Ljava/lang/String;");
}

const classfile_names *
j3_classfile_names(void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, classfile_names_init);
  return &classfile_name_table;
}

/* --- version, flags ------------------------------------------------------------------------------------------ */

static bool
classfile_version(j3_classfile *cf)
{
  static const char error[] = "java/lang/UnsupportedClassVersionError";
  unsigned major = cf->major, minor = cf->minor;
  const char *name = classfile_name(cf);
  if (major < 45)
    return j3_classfile_fail_as(
        cf, error, "%s (class file version %u.%u) was compiled with an invalid major version", name,
        major, minor);
  if (major > J3_MAJOR_MAX)
    return j3_classfile_fail_as(
        cf, error,
        "%s has been compiled by a more recent version of the Java Runtime (class file version "
        "%u.%u), this version of the Java Runtime only recognizes class file versions up to %u.0",
        name, major, minor, J3_MAJOR_MAX);
  if (major < 56 || minor == 0)
    return true;
  if (minor != 0xffff)
    return j3_classfile_fail_as(
        cf, error,
        "%s (class file version %u.%u) was compiled with an invalid non-zero minor version", name,
        major, minor);
  if (major != J3_MAJOR_MAX)
    return j3_classfile_fail_as(
        cf, error,
        "%s (class file version %u.%u) was compiled with preview features that are unsupported. "
        "This version of the Java Runtime only recognizes preview features for class file version "
        "%u.%u",
        name, major, minor, J3_MAJOR_MAX, 0xffff);
  return j3_classfile_fail_as(cf, error,
                              "Preview features are not enabled for %s (class file version %u.%u). "
                              "Try running with '--enable-preview'",
                              name, major, minor);
}

uint16_t
j3_classfile_recognized_flags(const j3_classfile *cf, uint16_t flags, uint16_t also)
{
  flags &= also | J3_PUBLIC | J3_FINAL | J3_SUPER | J3_INTERFACE | J3_ABSTRACT | J3_ANNOTATION |
           J3_ENUM | J3_SYNTHETIC | (cf->major >= 53 ? J3_MODULE : 0);
  if ((flags & J3_INTERFACE) && cf->major < 50)
    flags |= J3_ABSTRACT;
  return flags;
}

static bool
classfile_flags(j3_classfile *cf)
{
  cf->flags = j3_classfile_recognized_flags(cf, classfile_u2(cf), 0);
  return !cf->failed;
}

bool
j3_classfile_check_flags(j3_classfile *cf, uint16_t flags)
{
  if (flags & J3_MODULE)
    return j3_classfile_fail_as(cf, "java/lang/NoClassDefFoundError",
                                "%s is not a class because access_flag ACC_MODULE is set",
                                classfile_name(cf));
  bool interface = flags & J3_INTERFACE, modern = cf->major >= 49;
  bool bad = (flags & J3_ABSTRACT) ? (flags & J3_FINAL) != 0 : interface;
  bad |= interface && modern && (flags & (J3_SUPER | J3_ENUM));
  bad |= !interface && modern && (flags & J3_ANNOTATION);
  /* Kinds that the layout relies on are refused without `verify` too. */
  if (bad)
    return j3_classfile_fail(cf, "Illegal class modifiers in class %s: 0x%X", classfile_name(cf),
                             flags);
  return true;
}

/* --- names of this, super, interfaces ------------------------------------------------------------------------- */

static bool
classfile_this(j3_classfile *cf)
{
  cf->this_index = classfile_u2(cf);
  if (cf->failed)
    return false;
  j3_symbol *name = classfile_class_name(cf, cf->this_index);
  if (!CLASSFILE_CHECK(cf, name, "Invalid this class index %u in constant pool", cf->this_index))
    return false;
  if (!j3_classfile_check_flags(cf, cf->flags))
    return false;
  if (cf->bad_tag)
    return j3_classfile_fail(cf, "Unknown constant tag %u in class file %s", cf->bad_tag,
                             classfile_name(cf));
  cf->name = name;
  if (!CLASSFILE_CHECK(cf, name->length > 0 && name->text[0] != '[', "Bad class name"))
    return false;
  if (cf->expected && !cf->hidden && cf->expected != name)
    return j3_classfile_fail_as(cf, "java/lang/NoClassDefFoundError", "%s (wrong name: %s)",
                                cf->expected->text, name->text);
  return true;
}

static bool
classfile_super(j3_classfile *cf)
{
  const classfile_names *names = j3_classfile_names();
  cf->super_index = classfile_u2(cf);
  if (cf->failed)
    return false;
  if (cf->super_index == 0)
    return CLASSFILE_CHECK(cf, cf->name == names->object, "Invalid superclass index %u",
                           cf->super_index);
  cf->super_name = classfile_class_name(cf, cf->super_index);
  return CLASSFILE_CHECK(cf, cf->super_name, "Invalid superclass index %u", cf->super_index) &&
         CLASSFILE_CHECK(cf, cf->super_name->text[0] != '[', "Bad superclass name") &&
         CLASSFILE_CHECK(cf, !(cf->flags & J3_INTERFACE) || cf->super_name == names->object,
                         "Interfaces must have java.lang.Object as superclass");
}

/* Is one of the symbols at `list` (every other `stride` bytes) there twice?  By sorting copies. */
typedef struct classfile_pair {
  const j3_symbol *name, *descriptor;
} classfile_pair;

static int
classfile_compare(const void *a, const void *b)
{
  const classfile_pair *x = a, *y = b;
  if (x->name != y->name)
    return x->name < y->name ? -1 : 1;
  return x->descriptor == y->descriptor ? 0 : x->descriptor < y->descriptor ? -1 : 1;
}

static bool
classfile_check_unique(j3_classfile *cf, classfile_pair *pairs, size_t count, const char *what)
{
  qsort(pairs, count, sizeof *pairs, classfile_compare);
  for (size_t i = 1; i < count; i++) {
    if (classfile_compare(&pairs[i - 1], &pairs[i]) != 0)
      continue;
    if (!pairs[i].descriptor)
      return CLASSFILE_CHECK(cf, false, "Duplicate %s name \"%s\"", what, pairs[i].name->text);
    return CLASSFILE_CHECK(cf, false, "Duplicate %s name \"%s\" with signature \"%s\"", what,
                           pairs[i].name->text, pairs[i].descriptor->text);
  }
  return true;
}

static bool
classfile_interfaces(j3_classfile *cf)
{
  cf->interface_count = classfile_u2(cf);
  if (cf->failed)
    return false;
  cf->interfaces = j3_classfile_alloc(cf, 2 * (size_t)cf->interface_count);
  classfile_pair *pairs = j3_classfile_alloc(cf, cf->interface_count * sizeof *pairs);
  for (uint16_t i = 0; i < cf->interface_count; i++) {
    uint16_t index = cf->interfaces[i] = classfile_u2(cf);
    pairs[i].name = classfile_class_name(cf, index);
    if (cf->failed ||
        !CLASSFILE_CHECK(cf, pairs[i].name, "Interface name has bad constant pool index %u",
                         index) ||
        !CLASSFILE_CHECK(cf, pairs[i].name->text[0] != '[', "Bad interface name"))
      return false;
  }
  return cf->interface_count < 2 || !cf->verify ||
         classfile_check_unique(cf, pairs, cf->interface_count, "interface");
}

static bool
classfile_check_members(j3_classfile *cf)
{
  size_t most = cf->field_count > cf->method_count ? cf->field_count : cf->method_count;
  classfile_pair *pairs = j3_classfile_alloc(cf, most * sizeof *pairs);
  for (uint16_t i = 0; i < cf->field_count; i++)
    pairs[i] = (classfile_pair){cf->fields[i].name, cf->fields[i].descriptor};
  if (!classfile_check_unique(cf, pairs, cf->field_count, "field"))
    return false;
  for (uint16_t i = 0; i < cf->method_count; i++)
    pairs[i] = (classfile_pair){cf->methods[i].name, cf->methods[i].descriptor};
  return classfile_check_unique(cf, pairs, cf->method_count, "method");
}

/* The constant pool's text is in symbols and its numbers in `value`: attributes need only the rest. */
static void
classfile_keep(j3_classfile *cf)
{
  size_t rest = (size_t)(cf->end - cf->p);
  uint8_t *kept = memcpy(cf->keep(cf->keep_data, rest), cf->p, rest);
  cf->p = kept;
  cf->end = kept + rest;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

bool
j3_classfile_parse(j3_classfile *cf)
{
  cf->p = cf->bytes;
  cf->end = cf->bytes + cf->length;
  cf->max_bootstrap = -1;
  uint32_t magic = classfile_u4(cf);
  cf->minor = classfile_u2(cf);
  cf->major = classfile_u2(cf); /* what ends before here is truncated, whatever it is */
  if (!cf->failed &&
      !CLASSFILE_CHECK(cf, magic == 0xcafebabe, "Incompatible magic value %u", magic))
    return false;
  if (cf->failed || !classfile_version(cf) || !j3_classfile_pool(cf))
    return false;
  if (cf->keep)
    classfile_keep(cf);
  cf->rest = (j3_bytes){cf->p, (uint32_t)(cf->end - cf->p)};
  if (!classfile_flags(cf) || !classfile_this(cf) || !classfile_super(cf) ||
      !classfile_interfaces(cf) || !j3_classfile_fields(cf) || !j3_classfile_methods(cf) ||
      !j3_classfile_attributes(cf))
    return false;
  if (!(cf->p == cf->end ||
        j3_classfile_fail(cf, "Extra bytes at the end of class file %s", cf->name->text)))
    return false;
  return !cf->verify || classfile_check_members(cf);
}
