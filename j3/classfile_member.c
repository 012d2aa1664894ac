/* classfile_member.c -- fields and methods of a class file (JVMS 4.5, 4.6) and their attributes */
#include "classfile_read.h"

/* An attribute: its name and body; the cursor moves past it. */
typedef struct member_attribute {
  j3_symbol *name;
  j3_bytes body;
} member_attribute;

enum { MEMBER_LEAST = 8 }; /* bytes of a field or method without attributes */

static bool
member_next_attribute(j3_classfile *cf, const char *what, member_attribute *a)
{
  uint16_t index = classfile_u2(cf);
  a->body.length = classfile_u4(cf);
  if (cf->failed)
    return false;
  a->name = classfile_utf8(cf, index);
  if (!CLASSFILE_CHECK(cf, a->name, "Invalid %s index %u", what, index))
    return false;
  a->body.data = classfile_skip(cf, a->body.length);
  return !cf->failed;
}

/* Keep a raw attribute that may occur once. */
static bool
member_keep(j3_classfile *cf, const member_attribute *a, const char *of, j3_bytes *slot)
{
  if (!CLASSFILE_CHECK(cf, !slot->data, "Multiple %s attributes%s", a->name->text, of))
    return false;
  *slot = a->body;
  return true;
}

static bool
member_signature(j3_classfile *cf, const member_attribute *a, const char *of, j3_symbol **slot)
{
  if (!CLASSFILE_CHECK(cf, !*slot, "Multiple Signature attributes%s", of) ||
      !CLASSFILE_CHECK(cf, a->body.length == 2, "Invalid Signature attribute length %u",
                       a->body.length))
    return false;
  uint16_t index = (uint16_t)classfile_be2(a->body.data);
  *slot = classfile_utf8(cf, index);
  return CLASSFILE_CHECK(cf, *slot, "Invalid constant pool index %u in Signature attribute", index);
}

static bool
member_empty(j3_classfile *cf, const member_attribute *a, const char *of)
{
  return CLASSFILE_CHECK(cf, a->body.length == 0, "Invalid %s %s attribute length %u",
                         a->name->text, of, a->body.length);
}

static bool
member_name(j3_classfile *cf, j3_symbol *name, bool method)
{
  return !cf->verify || j3_is_valid_member_name(name, method) ||
         j3_classfile_fail(cf, "Illegal %s name \"%s\" in class %s", method ? "method" : "field",
                           name->text, classfile_name(cf));
}

static bool
member_visibility_is_bad(uint32_t flags)
{
  uint32_t v = flags & (J3_PUBLIC | J3_PRIVATE | J3_PROTECTED);
  return (v & (v - 1)) != 0;
}

/* --- fields --------------------------------------------------------------------------------------------------- */

static bool
field_check_flags(j3_classfile *cf, uint32_t flags)
{
  bool bad;
  if (cf->flags & J3_INTERFACE)
    bad = (flags & (J3_PUBLIC | J3_STATIC | J3_FINAL)) != (J3_PUBLIC | J3_STATIC | J3_FINAL) ||
          (flags & (J3_PRIVATE | J3_PROTECTED | J3_VOLATILE | J3_TRANSIENT)) ||
          (cf->major >= 49 && (flags & J3_ENUM));
  else
    bad = member_visibility_is_bad(flags) ||
          (flags & (J3_FINAL | J3_VOLATILE)) == (J3_FINAL | J3_VOLATILE);
  return !bad || j3_classfile_fail(cf, "Illegal field modifiers in class %s: 0x%X",
                                   classfile_name(cf), flags);
}

/* The tag a ConstantValue must have for a descriptor; 0: none is allowed. */
static uint8_t
field_constant_tag(const j3_symbol *descriptor)
{
  switch (descriptor->text[0]) {
  case 'B':
  case 'C':
  case 'I':
  case 'S':
  case 'Z': return J3_CONSTANT_Integer;
  case 'F': return J3_CONSTANT_Float;
  case 'J': return J3_CONSTANT_Long;
  case 'D': return J3_CONSTANT_Double;
  default: return descriptor == j3_classfile_names()->string ? J3_CONSTANT_String : 0;
  }
}

static bool
field_constant(j3_classfile *cf, const member_attribute *a, j3_field *f)
{
  if (!(f->flags & J3_STATIC))
    return true; /* JVMS 4.7.2: ignored */
  if (!CLASSFILE_CHECK(cf, !f->constant_index, "Duplicate ConstantValue attribute") ||
      !CLASSFILE_CHECK(cf, a->body.length == 2, "Invalid ConstantValue field attribute length %u",
                       a->body.length))
    return false;
  uint16_t index = (uint16_t)classfile_be2(a->body.data);
  if (!CLASSFILE_CHECK(cf, index > 0 && index < cf->pool_count,
                       "Bad initial value index %u in ConstantValue attribute", index))
    return false;
  uint8_t tag = field_constant_tag(f->descriptor);
  if (tag == J3_CONSTANT_String || tag == 0) {
    if (!CLASSFILE_CHECK(cf, tag && cf->tag[index] == tag, "Bad string initial value"))
      return false;
  } else if (!CLASSFILE_CHECK(cf, cf->tag[index] == tag, "Inconsistent constant value type")) {
    return false;
  }
  f->constant_index = index;
  return true;
}

static bool
field_attribute(j3_classfile *cf, const member_attribute *a, j3_field *f)
{
  const classfile_names *n = j3_classfile_names();
  bool modern = cf->major >= 49;
  if (a->name == n->ConstantValue)
    return field_constant(cf, a, f);
  if (a->name == n->Synthetic) {
    f->flags |= J3_SYNTHETIC;
    return member_empty(cf, a, "field");
  }
  if (a->name == n->Deprecated)
    return member_empty(cf, a, "field");
  if (modern && a->name == n->Signature)
    return member_signature(cf, a, " for field", &f->signature);
  if (modern && a->name == n->RuntimeVisibleAnnotations)
    return member_keep(cf, a, " for field", &f->annotations);
  if (modern && a->name == n->RuntimeVisibleTypeAnnotations)
    return member_keep(cf, a, " for field", &f->type_annotations);
  return true;
}

static bool
field_parse(j3_classfile *cf, j3_field *f)
{
  if (!classfile_need(cf, MEMBER_LEAST))
    return false;
  f->flags = classfile_u2(cf) & (J3_PUBLIC | J3_PRIVATE | J3_PROTECTED | J3_STATIC | J3_FINAL |
                                 J3_VOLATILE | J3_TRANSIENT | J3_ENUM | J3_SYNTHETIC);
  if (cf->failed || (cf->verify && !field_check_flags(cf, f->flags)))
    return false;
  uint16_t name = classfile_u2(cf), descriptor = classfile_u2(cf);
  if (cf->failed)
    return false;
  f->name = classfile_utf8(cf, name);
  f->descriptor = classfile_utf8(cf, descriptor);
  if (!CLASSFILE_CHECK(cf, f->name, "Invalid constant pool index %u for field name", name) ||
      !member_name(cf, f->name, false) ||
      !CLASSFILE_CHECK(cf, f->descriptor, "Invalid constant pool index %u for field signature",
                       descriptor))
    return false;
  if (!j3_is_valid_field_descriptor(f->descriptor))
    return j3_classfile_bad_signature(cf, "Field", f->name, f->descriptor);
  f->type = (uint8_t)j3_type_of_descriptor(f->descriptor->text[0]);
  cf->static_count += (f->flags & J3_STATIC) != 0;
  for (uint16_t count = classfile_u2(cf); count > 0 && !cf->failed; count--) {
    member_attribute a;
    if (!member_next_attribute(cf, "field attribute", &a) || !field_attribute(cf, &a, f))
      return false;
  }
  return !cf->failed;
}

bool
j3_classfile_fields(j3_classfile *cf)
{
  cf->field_count = classfile_u2(cf);
  if (cf->failed)
    return false;
  cf->fields = j3_classfile_alloc(cf, cf->field_count * sizeof *cf->fields);
  for (uint16_t i = 0; i < cf->field_count; i++) {
    cf->fields[i].slot = i;
    if (!field_parse(cf, &cf->fields[i]))
      return false;
  }
  return true;
}

/* --- methods ---------------------------------------------------------------------------------------------------- */

static bool
method_flags_are_bad(const j3_classfile *cf, uint32_t flags, bool initializer)
{
  bool strict = (flags & J3_STRICT) && cf->major < 61; /* ACC_STRICT means nothing from 17 on */
  if (cf->flags & J3_INTERFACE) {
    if (cf->major >= 52)
      return !(flags & J3_PUBLIC) == !(flags & J3_PRIVATE) ||
             (flags & (J3_NATIVE | J3_PROTECTED | J3_FINAL | J3_SYNCHRONIZED)) ||
             ((flags & J3_ABSTRACT) && ((flags & (J3_PRIVATE | J3_STATIC)) || strict));
    uint32_t no = J3_STATIC | J3_FINAL | J3_NATIVE;
    if (cf->major >= 49)
      no |= J3_PRIVATE | J3_PROTECTED | J3_SYNCHRONIZED | J3_STRICT;
    return (flags & (J3_PUBLIC | J3_ABSTRACT)) != (J3_PUBLIC | J3_ABSTRACT) || (flags & no);
  }
  if (member_visibility_is_bad(flags))
    return true;
  if (initializer)
    return (flags & (J3_STATIC | J3_FINAL | J3_SYNCHRONIZED | J3_NATIVE | J3_ABSTRACT)) ||
           (cf->major >= 49 && (flags & J3_BRIDGE));
  if (!(flags & J3_ABSTRACT))
    return false;
  return (flags & (J3_FINAL | J3_NATIVE | J3_PRIVATE | J3_STATIC)) ||
         (cf->major >= 49 && ((flags & J3_SYNCHRONIZED) || strict));
}

static bool
method_code_attributes(j3_classfile *cf, j3_method *m, uint32_t code_bytes)
{
  const classfile_names *n = j3_classfile_names();
  const uint8_t *begin = cf->p;
  bool has_frames = false;
  for (uint16_t i = 0; i < m->code_attribute_count; i++) {
    member_attribute a;
    if (!member_next_attribute(cf, "code attribute name", &a))
      return false;
    if (a.name == n->LineNumberTable) {
      uint32_t rows = a.body.length >= 2 ? classfile_be2(a.body.data) : 0;
      if (!CLASSFILE_CHECK(cf, a.body.length == 2 + 4 * rows,
                           "LineNumberTable attribute has wrong length"))
        return false;
      for (uint32_t k = 0; k < rows; k++)
        if (!CLASSFILE_CHECK(cf, classfile_be2(a.body.data + 2 + 4 * k) < code_bytes,
                             "Invalid pc in LineNumberTable"))
          return false;
      m->flags |= J3_METHOD_HAS_LINES;
    } else if (a.name == n->LocalVariableTable || a.name == n->LocalVariableTypeTable) {
      uint32_t rows = a.body.length >= 2 ? classfile_be2(a.body.data) : 0;
      if (!CLASSFILE_CHECK(cf, a.body.length == 2 + 10 * rows, "%s has wrong length", a.name->text))
        return false;
    } else if (a.name == n->StackMapTable) {
      if (!CLASSFILE_CHECK(cf, !has_frames, "Multiple StackMapTable attributes"))
        return false;
      has_frames = true;
    }
  }
  m->code_attributes = (j3_bytes){begin, (uint32_t)(cf->p - begin)};
  return true;
}

static bool
method_exception_table(j3_classfile *cf, const j3_method *m)
{
  for (uint32_t i = 0; i < m->exception_table.length; i += 8) {
    const uint8_t *row = m->exception_table.data + i;
    uint32_t start = classfile_be2(row), end = classfile_be2(row + 2),
             handler = classfile_be2(row + 4), type = classfile_be2(row + 6);
    if (!CLASSFILE_CHECK(cf, start < end && end <= m->code.length,
                         "Illegal exception table range") ||
        !CLASSFILE_CHECK(cf, handler < m->code.length, "Illegal exception table handler") ||
        !CLASSFILE_CHECK(cf, type == 0 || classfile_is(cf, (uint16_t)type, J3_CONSTANT_Class),
                         "Catch type in exception table has bad constant type"))
      return false;
  }
  return true;
}

static bool
method_code(j3_classfile *cf, const member_attribute *a, j3_method *m)
{
  if (!CLASSFILE_CHECK(cf, !(m->flags & (J3_NATIVE | J3_ABSTRACT)),
                       "Code attribute in native or abstract methods") ||
      !CLASSFILE_CHECK(cf, !m->code.data, "Multiple Code attributes"))
    return false;
  const uint8_t *after = cf->p;
  cf->p = a->body.data;
  m->max_stack = classfile_u2(cf);
  m->max_locals = classfile_u2(cf);
  uint32_t bytes = classfile_u4(cf);
  if (cf->failed ||
      !CLASSFILE_CHECK(cf, m->argument_slots <= m->max_locals, "Arguments can't fit into locals") ||
      !CLASSFILE_CHECK(cf, bytes > 0 && bytes <= UINT16_MAX, "Invalid method Code length %u",
                       bytes))
    return false;
  m->code = (j3_bytes){classfile_skip(cf, bytes), bytes};
  uint16_t rows = classfile_u2(cf);
  m->exception_table = (j3_bytes){classfile_skip(cf, 8 * (size_t)rows), 8u * rows};
  if (cf->failed || !method_exception_table(cf, m))
    return false;
  m->code_attribute_count = classfile_u2(cf);
  if (cf->failed || !method_code_attributes(cf, m, bytes))
    return false;
  return CLASSFILE_CHECK(cf, cf->p == after, "Code segment has wrong length");
}

static bool
method_exceptions(j3_classfile *cf, const member_attribute *a, j3_method *m)
{
  if (!CLASSFILE_CHECK(cf, !m->exceptions.data, "Multiple Exceptions attributes"))
    return false;
  uint32_t count = a->body.length >= 2 ? classfile_be2(a->body.data) : 0;
  if (!CLASSFILE_CHECK(cf, a->body.length == 2 + 2 * count,
                       "Exceptions attribute has wrong length"))
    return false;
  for (uint32_t i = 0; i < count; i++) {
    uint16_t index = (uint16_t)classfile_be2(a->body.data + 2 + 2 * i);
    if (!CLASSFILE_CHECK(cf, classfile_is(cf, index, J3_CONSTANT_Class),
                         "Exception name has bad type at constant pool %u", index))
      return false;
  }
  m->exceptions = a->body;
  return true;
}

static bool
method_parameters(j3_classfile *cf, const member_attribute *a, j3_method *m)
{
  if (!CLASSFILE_CHECK(cf, !m->parameters.data, "Multiple MethodParameters attributes"))
    return false;
  uint32_t count = a->body.length ? a->body.data[0] : 0;
  if (a->body.length != 1 + 4 * count)
    return CLASSFILE_CHECK(cf, false, "Invalid MethodParameters method attribute length %u",
                           a->body.length);
  m->parameters = a->body;
  return true;
}

static bool
method_attribute(j3_classfile *cf, const member_attribute *a, j3_method *m)
{
  const classfile_names *n = j3_classfile_names();
  bool modern = cf->major >= 49;
  if (a->name == n->Code)
    return method_code(cf, a, m);
  if (a->name == n->Exceptions)
    return method_exceptions(cf, a, m);
  if (a->name == n->MethodParameters && cf->major >= 52)
    return method_parameters(cf, a, m);
  if (a->name == n->Synthetic) {
    m->flags |= J3_SYNTHETIC;
    return member_empty(cf, a, "method");
  }
  if (a->name == n->Deprecated)
    return member_empty(cf, a, "method");
  if (modern && a->name == n->Signature)
    return member_signature(cf, a, " for method", &m->signature);
  if (modern && a->name == n->RuntimeVisibleAnnotations)
    return member_keep(cf, a, " for method", &m->annotations);
  if (modern && a->name == n->RuntimeVisibleParameterAnnotations)
    return member_keep(cf, a, " for method", &m->parameter_annotations);
  if (modern && a->name == n->RuntimeVisibleTypeAnnotations)
    return member_keep(cf, a, " for method", &m->type_annotations);
  if (modern && a->name == n->AnnotationDefault)
    return member_keep(cf, a, " for method", &m->annotation_default);
  return true;
}

static bool
method_descriptor(j3_classfile *cf, j3_method *m)
{
  uint32_t slots = 0;
  if (!j3_is_valid_method_descriptor(m->descriptor, &slots) ||
      (m->name->text[0] == '<' && m->descriptor->text[m->descriptor->length - 1] != 'V'))
    return j3_classfile_bad_signature(cf, "Method", m->name, m->descriptor);
  if (m->name == j3_classfile_names()->clinit && cf->major >= 51 && slots > 0)
    return j3_classfile_bad_signature(cf, "Method", m->name, m->descriptor);
  slots += !(m->flags & J3_STATIC);
  m->argument_slots = (uint16_t)slots;
  return CLASSFILE_CHECK(cf, slots <= 255, "Too many arguments in method signature");
}

static bool
method_head(j3_classfile *cf, j3_method *m)
{
  const classfile_names *names = j3_classfile_names();
  if (!classfile_need(cf, MEMBER_LEAST))
    return false;
  uint32_t flags = classfile_u2(cf) &
                   (J3_PUBLIC | J3_PRIVATE | J3_PROTECTED | J3_STATIC | J3_FINAL | J3_SYNCHRONIZED |
                    J3_BRIDGE | J3_VARARGS | J3_NATIVE | J3_ABSTRACT | J3_STRICT | J3_SYNTHETIC);
  uint16_t name = classfile_u2(cf), descriptor = classfile_u2(cf);
  if (cf->failed)
    return false;
  m->name = classfile_utf8(cf, name);
  m->descriptor = classfile_utf8(cf, descriptor);
  if (!CLASSFILE_CHECK(cf, m->name, "Illegal constant pool index %u for method name", name) ||
      !member_name(cf, m->name, true) ||
      !CLASSFILE_CHECK(cf, m->descriptor, "Illegal constant pool index %u for method signature",
                       descriptor))
    return false;
  bool initializer = m->name == names->init;
  if (initializer && (cf->flags & J3_INTERFACE))
    return j3_classfile_fail(cf, "Interface cannot have a method named <init>, class file %s",
                             classfile_name(cf));
  if (m->name == names->clinit) {
    if (cf->major < 51)
      flags = J3_STATIC;
    else if ((flags & J3_STATIC) || m->descriptor != names->no_arguments)
      flags &= J3_STATIC | (cf->major < 61 ? J3_STRICT : 0);
    else
      return CLASSFILE_CHECK(cf, false, "Method <clinit> is not static");
    cf->has_clinit |= m->descriptor == names->no_arguments;
  } else if (method_flags_are_bad(cf, flags, initializer) &&
             (cf->verify || (flags & J3_ABSTRACT))) {
    return j3_classfile_fail(cf, "Method %s in class %s has illegal modifiers: 0x%X", m->name->text,
                             classfile_name(cf), flags);
  }
  m->flags = flags;
  return method_descriptor(cf, m);
}

/* --- annotations of the vm ------------------------------------------------------------------------------------------ */

/* Skip an element_value (JVMS 4.7.16.1); null when it does not end before `end`. */
static const uint8_t *annotation_skip_value(const uint8_t *p, const uint8_t *end, unsigned depth);

static const uint8_t *
annotation_skip(const uint8_t *p, const uint8_t *end, unsigned depth)
{
  if (end - p < 4)
    return NULL;
  uint32_t pairs = classfile_be2(p + 2);
  for (p += 4; pairs > 0 && p; pairs--)
    p = end - p < 3 ? NULL : annotation_skip_value(p + 2, end, depth);
  return p;
}

static const uint8_t *
annotation_skip_value(const uint8_t *p, const uint8_t *end, unsigned depth)
{
  if (end - p < 3 || depth > 64)
    return NULL;
  switch (*p) {
  case 'e': return end - p < 5 ? NULL : p + 5;
  case '@': return annotation_skip(p + 1, end, depth + 1);
  case '[': {
    uint32_t count = classfile_be2(p + 1);
    for (p += 3; count > 0 && p; count--)
      p = annotation_skip_value(p, end, depth + 1);
    return p;
  }
  default: return p + 3;
  }
}

static uint32_t
annotation_flag(const j3_symbol *type)
{
  static const struct {
    const char *name;
    uint32_t flag;
  } rows[] = {
      {"Ljdk/internal/reflect/CallerSensitive;", J3_METHOD_CALLER_SENSITIVE},
      {"Ljdk/internal/vm/annotation/Hidden;", J3_METHOD_HIDDEN},
      {"Ljava/lang/invoke/LambdaForm$Hidden;", J3_METHOD_HIDDEN},
      {"Ljava/lang/invoke/LambdaForm$Compiled;", J3_METHOD_HIDDEN | J3_METHOD_LAMBDA_FORM},
      {"Ljdk/internal/vm/annotation/ForceInline;", J3_METHOD_FORCE_INLINE},
      {"Ljdk/internal/vm/annotation/IntrinsicCandidate;", J3_METHOD_INTRINSIC},
      {"Ljdk/internal/misc/ScopedMemoryAccess$Scoped;", J3_METHOD_SCOPED},
  };
  if (type->text[0] != 'L' || type->text[1] != 'j')
    return 0;
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (j3_symbol_is(type, rows[i].name))
      return rows[i].flag;
  return 0;
}

static uint32_t
annotation_flags(const j3_classfile *cf, j3_bytes body)
{
  uint32_t flags = 0;
  if (body.length < 2)
    return 0;
  const uint8_t *p = body.data + 2, *end = body.data + body.length;
  for (uint32_t count = classfile_be2(body.data); count > 0 && p && end - p >= 2; count--) {
    const j3_symbol *type = classfile_utf8(cf, (uint16_t)classfile_be2(p));
    if (type)
      flags |= annotation_flag(type);
    p = annotation_skip(p, end, 0);
  }
  return flags;
}

static void
method_note(j3_classfile *cf, j3_method *m)
{
  const classfile_names *names = j3_classfile_names();
  enum { RETURN = 0xb1 };
  if (m->name == names->finalize && m->descriptor == names->no_arguments &&
      !(m->flags & J3_STATIC) && !(m->code.length == 1 && m->code.data[0] == RETURN))
    cf->has_finalizer = true;
  if ((cf->flags & J3_INTERFACE) && !(m->flags & (J3_ABSTRACT | J3_STATIC)))
    cf->declares_default_methods = true;
  if (cf->vm_annotations && m->annotations.data)
    m->flags |= annotation_flags(cf, m->annotations);
  if (cf->hidden) /* JEP 371: a hidden class's frames are hidden */
    m->flags |= J3_METHOD_HIDDEN;
  if ((m->flags & (J3_NATIVE | J3_VARARGS)) == (J3_NATIVE | J3_VARARGS) &&
      (j3_symbol_is(cf->name, "java/lang/invoke/MethodHandle") ||
       j3_symbol_is(cf->name, "java/lang/invoke/VarHandle")) &&
      strncmp(m->descriptor->text, "([Ljava/lang/Object;)", 21) == 0)
    m->flags |= J3_METHOD_SIGNATURE_POLYMORPHIC;
}

static bool
method_parse(j3_classfile *cf, j3_method *m)
{
  if (!method_head(cf, m))
    return false;
  for (uint16_t count = classfile_u2(cf); count > 0 && !cf->failed; count--) {
    member_attribute a;
    if (!member_next_attribute(cf, "method attribute name", &a) || !method_attribute(cf, &a, m))
      return false;
  }
  if (cf->failed ||
      !CLASSFILE_CHECK(cf, m->code.data || (m->flags & (J3_NATIVE | J3_ABSTRACT)),
                       "Absent Code attribute in method that is not native or abstract"))
    return false;
  method_note(cf, m);
  return true;
}

bool
j3_classfile_methods(j3_classfile *cf)
{
  cf->method_count = classfile_u2(cf);
  if (cf->failed)
    return false;
  cf->methods = j3_classfile_alloc(cf, cf->method_count * sizeof *cf->methods);
  for (uint16_t i = 0; i < cf->method_count; i++) {
    cf->methods[i].slot = i;
    if (!method_parse(cf, &cf->methods[i]))
      return false;
  }
  return true;
}
