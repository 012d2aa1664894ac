/* native.h -- native methods the vm implements itself, as tables of builtins */
#ifndef J3_NATIVE_H
#define J3_NATIVE_H

#include "j3.h"

typedef struct j3_native_row {
  const char *name;
  const char *descriptor; /* null: the one native method of this name; a Java body needs it */
  vmk_builtin builtin;
} j3_native_row;

typedef struct j3_native_table {
  const char *class_name;
  const j3_native_row *rows;
  uint32_t count;
} j3_native_table;

extern const j3_native_table j3_natives_object, j3_natives_class, j3_natives_system,
    j3_natives_thread, j3_natives_float, j3_natives_double, j3_natives_unsafe,
    j3_natives_method_handle, j3_natives_perf, j3_natives_string, j3_natives_reference,
    j3_natives_scoped_memory, j3_natives_vector, j3_natives_latin1, j3_natives_utf16,
    j3_natives_coding, j3_natives_arrays, j3_natives_md5, j3_natives_sha1, j3_natives_sha2,
    j3_natives_sha5, j3_natives_ghash, j3_natives_aes, j3_natives_bigint, j3_natives_math;

/* "int Foo.bar(java.lang.String)": the signature as error messages show it. Leaf. */
void j3_method_external_name(const j3_method *m, char *buffer, size_t size);
/* Bind a method to the C function RegisterNatives gives; null unbinds. */
void j3_native_register(j3_method *m, void *address);
/* A builtin that does nothing, for registerNatives methods the vm answers itself. */
void j3_native_nothing(vmk_thread *t, vmk_native_call *call) VMK_MOVES;

/* Head of a builtin's definition. */
#define J3_BUILTIN(name) static void name(vmk_thread *t, vmk_native_call *c) VMK_MOVES

#define J3_NATIVE_TABLE(id, class_name, rows) \
  const j3_native_table j3_natives_##id = {class_name, rows, (uint32_t)VMK_COUNT(rows)}

#endif
