/* classfile_read.h -- what the parts of the class-file parser share: cursor, failing, pool look-ups
 *
 * The first failure wins and sticks: afterwards the cursor stands at the end and reads give zero, so
 * loops only have to look at cf->failed.
 */
#ifndef J3_CLASSFILE_READ_H
#define J3_CLASSFILE_READ_H

#include "classfile.h"

/* Record a ClassFormatError (other classes: _as), once. Always false. */
bool j3_classfile_fail(j3_classfile *cf, const char *format, ...) VMK_PRINTF(2, 3);
bool j3_classfile_fail_as(j3_classfile *cf, const char *error_class, const char *format, ...)
    VMK_PRINTF(3, 4);
/* Zeroed scratch memory; never null. */
void *j3_classfile_alloc(j3_classfile *cf, size_t bytes);

/* The name for messages. */
static inline const char *
classfile_name(const j3_classfile *cf)
{
  return cf->name ? cf->name->text : cf->expected ? cf->expected->text : "<Unknown>";
}

/* Fail unless ok, with a message that ends in the class's name; numbers before it as given. */
#define CLASSFILE_CHECK(cf, ok, format, ...) \
  ((ok) || j3_classfile_fail((cf), format " in class file %s", ##__VA_ARGS__, classfile_name(cf)))

static inline bool
classfile_need(j3_classfile *cf, size_t bytes)
{
  if (VMK_LIKELY((size_t)(cf->end - cf->p) >= bytes))
    return true;
  return j3_classfile_fail(cf, "Truncated class file");
}
static inline uint8_t
classfile_u1(j3_classfile *cf)
{
  return classfile_need(cf, 1) ? *cf->p++ : 0;
}
static inline uint16_t
classfile_u2(j3_classfile *cf)
{
  if (!classfile_need(cf, 2))
    return 0;
  cf->p += 2;
  return (uint16_t)(cf->p[-2] << 8 | cf->p[-1]);
}
static inline uint32_t
classfile_u4(j3_classfile *cf)
{
  uint32_t high = classfile_u2(cf);
  return high << 16 | classfile_u2(cf);
}
static inline const uint8_t *
classfile_skip(j3_classfile *cf, size_t bytes)
{
  const uint8_t *at = cf->p;
  if (classfile_need(cf, bytes))
    cf->p += bytes;
  return at;
}

static inline bool
classfile_is(const j3_classfile *cf, uint16_t index, uint8_t tag)
{
  return index > 0 && index < cf->pool_count && cf->tag[index] == tag;
}
/* The text at index, or null when it is no Utf8. */
static inline j3_symbol *
classfile_utf8(const j3_classfile *cf, uint16_t index)
{
  return classfile_is(cf, index, J3_CONSTANT_Utf8) ? (j3_symbol *)cf->value[index] : NULL;
}
/* The name of the class at index, or null when that is no Class. */
static inline j3_symbol *
classfile_class_name(const j3_classfile *cf, uint16_t index)
{
  return classfile_is(cf, index, J3_CONSTANT_Class)
             ? (j3_symbol *)cf->value[(uint16_t)cf->value[index]]
             : NULL;
}
static inline uint32_t
classfile_be2(const uint8_t *p)
{
  return (uint32_t)p[0] << 8 | p[1];
}
static inline uint32_t
classfile_be4(const uint8_t *p)
{
  return classfile_be2(p) << 16 | classfile_be2(p + 2);
}

/* "Field "x" in class C has illegal signature "y"". */
bool j3_classfile_bad_signature(j3_classfile *cf, const char *what, const j3_symbol *name,
                                const j3_symbol *signature);

/* Of `flags` what this version gives a class, or `also`; and are they a class's?  Needs the name. classfile.c */
uint16_t j3_classfile_recognized_flags(const j3_classfile *cf, uint16_t flags, uint16_t also);
bool j3_classfile_check_flags(j3_classfile *cf, uint16_t flags);
bool j3_classfile_pool(j3_classfile *cf);   /* classfile_pool.c */
bool j3_classfile_fields(j3_classfile *cf); /* classfile_member.c */
bool j3_classfile_methods(j3_classfile *cf);
bool j3_classfile_attributes(j3_classfile *cf); /* classfile_attributes.c: of the class */

/* Names of attributes and others, interned; made on first use. */
typedef struct classfile_names {
#define J3_ATTRIBUTE_NAMES(X)             \
  X(AnnotationDefault)                    \
  X(BootstrapMethods)                     \
  X(Code)                                 \
  X(ConstantValue)                        \
  X(Deprecated)                           \
  X(EnclosingMethod)                      \
  X(Exceptions)                           \
  X(InnerClasses)                         \
  X(MethodParameters)                     \
  X(NestHost)                             \
  X(NestMembers)                          \
  X(PermittedSubclasses)                  \
  X(Record)                               \
  X(RuntimeInvisibleAnnotations)          \
  X(RuntimeInvisibleParameterAnnotations) \
  X(RuntimeInvisibleTypeAnnotations)      \
  X(RuntimeVisibleAnnotations)            \
  X(RuntimeVisibleParameterAnnotations)   \
  X(RuntimeVisibleTypeAnnotations)        \
  X(Signature)                            \
  X(SourceDebugExtension)                 \
  X(SourceFile)                           \
  X(StackMapTable) X(LineNumberTable) X(LocalVariableTable) X(LocalVariableTypeTable) X(Synthetic)
#define X(name) j3_symbol *name;
  J3_ATTRIBUTE_NAMES(X)
#undef X
  j3_symbol *init, *clinit, *finalize, *no_arguments, *object, *string;
} classfile_names;
const classfile_names *j3_classfile_names(void);

#endif
