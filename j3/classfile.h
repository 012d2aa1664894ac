/* classfile.h -- reading class files (JVMS 4): format checks, no linking
 *
 * Parsing runs no Java code and touches no class: it turns bytes into pool, fields and methods in scratch
 * memory of the j3_classfile, which class.c copies into the loader's metaspace.  Symbols are interned
 * at once; raw attributes point into what `keep` gave, or into `bytes`, which must then outlive them.  It
 * never reads outside of the bytes, whatever they are.
 */
#ifndef J3_CLASSFILE_H
#define J3_CLASSFILE_H

#include "j3.h"

enum {
  J3_CONSTANT_Utf8 = 1,
  J3_CONSTANT_Integer = 3,
  J3_CONSTANT_Float = 4,
  J3_CONSTANT_Long = 5,
  J3_CONSTANT_Double = 6,
  J3_CONSTANT_Class = 7,
  J3_CONSTANT_String = 8,
  J3_CONSTANT_Fieldref = 9,
  J3_CONSTANT_Methodref = 10,
  J3_CONSTANT_InterfaceMethodref = 11,
  J3_CONSTANT_NameAndType = 12,
  J3_CONSTANT_MethodHandle = 15,
  J3_CONSTANT_MethodType = 16,
  J3_CONSTANT_Dynamic = 17,
  J3_CONSTANT_InvokeDynamic = 18,
  J3_CONSTANT_Module = 19,
  J3_CONSTANT_Package = 20,
};

enum { J3_MAJOR_MAX = 61 };

typedef struct j3_classfile {
  /* in */
  const uint8_t *bytes;
  size_t length;
  j3_symbol *expected; /* internal name it should have, or null */
  bool verify;         /* all checks; else only those that keep the vm itself safe */
  bool vm_annotations; /* recognise the vm's own annotations on methods */
  bool hidden;         /* expected is then not compared */
  /* Memory for the part behind the constant pool, which is copied there; null: no copy. */
  uint8_t *(*keep)(void *data, size_t bytes);
  void *keep_data;

  /* out */
  j3_symbol *name, *super_name; /* super_name null: java/lang/Object */
  uint16_t minor, major, flags, this_index, super_index;
  uint16_t pool_count, interface_count, field_count, method_count;
  uint8_t *tag;
  uint64_t *value;
  uint16_t *interfaces; /* pool indexes */
  j3_field *fields;     /* class and offset not set */
  j3_method *methods;   /* class, function, indexes not set */
  uint32_t static_count;
  bool has_clinit, has_finalizer, declares_default_methods;
  j3_symbol *source_file, *signature;
  uint16_t nest_host_index;
  j3_bytes inner_classes, enclosing_method, bootstrap_methods, annotations, type_annotations,
      nest_members, record, permitted_subclasses, source_debug;
  j3_bytes rest; /* all behind the constant pool */

  /* failure */
  bool failed;
  const char *error_class; /* java/lang/ClassFormatError, ... */
  char error[1024];

  /* private */
  const uint8_t *p, *end;
  struct classfile_chunk *chunks;
  char *scratch, *scratch_end;
  int32_t max_bootstrap; /* highest bootstrap index used, -1: none */
  uint8_t bad_tag;       /* a Module or Package constant was seen */
} j3_classfile;

/* Fill the out part from the in part.  False: error_class and error are set; free it all the same. */
bool j3_classfile_parse(j3_classfile *cf);
void j3_classfile_free(j3_classfile *cf);

#endif
