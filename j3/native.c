/* native.c -- finding the code of native methods
 *
 * Order, as HotSpot's: the vm's own tables; what RegisterNatives gave; for boot classes the symbol in
 * libjava; then ClassLoader.findNative(loader, name), which searches the libraries that loader has loaded.
 * Short JNI name first, then the long one with the argument types.
 */
#include "native.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "entry.h"
#include "jvmti_tell.h"
#include "log.h"
#include "options.h"
#include "vm.h"

static const j3_native_table *const native_tables[] = {
    &j3_natives_object, &j3_natives_class,  &j3_natives_system,    &j3_natives_thread,
    &j3_natives_float,  &j3_natives_double, &j3_natives_unsafe,    &j3_natives_method_handle,
    &j3_natives_perf,   &j3_natives_string, &j3_natives_reference, &j3_natives_scoped_memory,
    &j3_natives_vector, &j3_natives_latin1, &j3_natives_utf16,     &j3_natives_coding,
    &j3_natives_arrays, &j3_natives_md5,    &j3_natives_sha1,      &j3_natives_sha2,
    &j3_natives_sha5,   &j3_natives_ghash,  &j3_natives_aes,       &j3_natives_bigint,
    &j3_natives_math,
};

/* --- the vm's own -------------------------------------------------------------------------------------- */

void
j3_native_nothing(vmk_thread *t, vmk_native_call *call)
{
  (void)t, (void)call;
}

/* A row without a descriptor is for native methods only: Java overloads of the name keep their code. */
vmk_builtin
j3_builtin_find(const j3_method *m)
{
  if (!m->class->loader->is_boot)
    return NULL;
  for (size_t i = 0; i < VMK_COUNT(native_tables); i++) {
    const j3_native_table *table = native_tables[i];
    if (!j3_symbol_is(m->class->name, table->class_name))
      continue;
    for (uint32_t r = 0; r < table->count; r++) {
      const j3_native_row *row = &table->rows[r];
      if (j3_symbol_is(m->name, row->name) &&
          (row->descriptor ? j3_symbol_is(m->descriptor, row->descriptor)
                           : (m->flags & J3_NATIVE) != 0))
        return row->builtin;
    }
  }
  return NULL;
}

/* --- JNI names -------------------------------------------------------------------------------------------- */

/* Append text mangled (JNI specification, "Resolving Native Method Names"). */
static char *
native_mangle(char *out, const char *text, size_t length)
{
  for (const unsigned char *p = (const unsigned char *)text, *end = p + length; p < end;) {
    unsigned unit = *p++;
    if (unit >= 0xe0 && p + 1 < end) {
      unit = (unit & 0xf) << 12 | (p[0] & 0x3fu) << 6 | (p[1] & 0x3fu);
      p += 2;
    } else if (unit >= 0xc0 && p < end) {
      unit = (unit & 0x1f) << 6 | (*p++ & 0x3fu);
    }
    if (unit < 128 && isalnum((int)unit))
      *out++ = (char)unit;
    else if (unit == '/')
      *out++ = '_';
    else if (unit == '_' || unit == ';' || unit == '[')
      out += sprintf(out, "_%c", unit == '_' ? '1' : unit == ';' ? '2' : '3');
    else
      out += sprintf(out, "_0%04x", unit);
  }
  *out = 0;
  return out;
}

/* malloc'ed JNI symbol name of the method, called `called`. */
static char *
native_name(const j3_method *m, const j3_symbol *called, bool with_arguments)
{
  const char *descriptor = m->descriptor->text + 1;
  size_t arguments = strcspn(descriptor, ")");
  size_t room =
      16 + 6 * ((size_t)m->class->name->length + called->length + (with_arguments ? arguments : 0));
  char *name = malloc(room), *end = name;
  if (!name)
    return NULL;
  end = stpcpy(end, "Java_");
  end = native_mangle(end, m->class->name->text, m->class->name->length);
  *end++ = '_';
  end = native_mangle(end, called->text, called->length);
  if (with_arguments) {
    end = stpcpy(end, "__");
    native_mangle(end, descriptor, arguments);
  }
  return name;
}

static void *
native_java_library(void)
{
  static _Atomic(void *) library;
  void *known = library;
  if (!known) {
    char path[2048];
    snprintf(path, sizeof path, "%s/lib/libjava.so", J3.java_home);
    known = dlopen(path, RTLD_LAZY);
    if (!known)
      j3_fatal("Unable to load native library: %s", dlerror());
    library = known;
  }
  return known;
}

static void *
native_find_in_loader(vmk_thread *t, const j3_method *m, const char *name) VMK_MOVES
{
  vmk_handle string = j3_string_new(t, name);
  if (!string)
    return NULL;
  vmk_value arguments[2] = {j3_ref(m->class->loader->is_boot ? NULL : m->class->loader->object),
                            j3_ref(string)};
  vmk_value result = {0};
  j3_call_static(t, J3.known.class_ClassLoader, "findNative",
                 "(Ljava/lang/ClassLoader;Ljava/lang/String;)J", arguments, &result);
  return (void *)(intptr_t)result.i64;
}

static void *
native_find_as(vmk_thread *t, const j3_method *m, const j3_symbol *called) VMK_MOVES
{
  void *address = NULL;
  for (int with_arguments = 0; with_arguments < 2 && !address && !vmk_pending(t);
       with_arguments++) {
    char *name = native_name(m, called, with_arguments);
    if (!name)
      return NULL;
    if (m->class->loader->is_boot)
      address = dlsym(native_java_library(), name);
    if (!address && (J3.phase > 0 || !m->class->loader->is_boot))
      address = native_find_in_loader(t, m, name);
    free(name);
  }
  return address;
}

/* The method without its prefixes that an agent has put around it. */
static const j3_method *
native_wrapper(const j3_method *m)
{
  j3_symbol *name = j3_ti_unprefixed(m->name);
  const j3_method *wrapper = name ? j3_find_method(m->class, name, m->descriptor) : NULL;
  return wrapper && !(wrapper->flags & J3_NATIVE) ? wrapper : NULL;
}

static void *
native_find(vmk_thread *t, const j3_method *m) VMK_MOVES
{
  void *address = native_find_as(t, m, m->name);
  const j3_method *wrapper = address || vmk_pending(t) ? NULL : native_wrapper(m);
  return wrapper ? native_find_as(t, m, wrapper->name) : address;
}

/* --- binding -------------------------------------------------------------------------------------------------- */

static void *
native_environment(vmk_thread *t)
{
  j3_self(t)->jni_unchecked = NULL; /* of the native method that ran before this one */
  return j3_self(t);
}

static void
native_bind_address(j3_method *m, void *address)
{
  m->native_address = address;
  vmk_foreign foreign = {address, native_environment, m->class->mirror};
  vmk_function_bind_foreign(m->function, &foreign);
}

/* Body of a method that was unregistered: look for it once more, then do the call again. */
static void
native_rebind(vmk_thread *t, vmk_native_call *call) VMK_MOVES
{
  j3_method *m = call->function->client;
  if (!j3_native_bind(t, m))
    return;
  const vmk_signature *s = m->function->signature;
  vmk_value arguments[256], result = {0};
  uint32_t prims = 0, refs = 0;
  for (uint32_t i = 0; i < s->count; i++)
    if (s->type[i] == VMK_TYPE_REF)
      arguments[i].ref = &call->ref[refs++];
    else
      arguments[i].bits = call->prim[prims++];
  if (!vmk_call(t, m->function, arguments, &result))
    return;
  if (s->result == VMK_TYPE_REF)
    vmk_return_ref(call, result.ref);
  else
    call->result = result.bits;
}

void
j3_native_register(j3_method *m, void *address)
{
  if (j3_builtin_find(m))
    return; /* the vm's own is the faster twin of the same JVM_* function */
  if (address) {
    native_bind_address(m, address);
  } else if (m->native_address) {
    m->native_address = NULL;
    vmk_function_bind_builtin(m->function, native_rebind);
  }
}

bool
j3_native_bind(vmk_thread *t, j3_method *m)
{
  vmk_builtin builtin = j3_builtin_find(m);
  if (builtin) {
    vmk_function_bind_builtin(m->function, builtin);
    return true;
  }
  void *address = m->native_address ? m->native_address : native_find(t, m);
  if (address) {
    native_bind_address(m, address);
    if (j3_log_is_on(J3_LOG_JNI_RESOLVE, J3_LOG_DEBUG)) {
      char name[256];
      j3_class_external_name(m->class, name, sizeof name);
      j3_log(J3_LOG_JNI_RESOLVE, J3_LOG_DEBUG, "[Dynamic-linking native method %s.%s ... JNI]",
             name, m->name->text);
    }
    return true;
  }
  if (!vmk_pending(t)) {
    char name[2048];
    j3_method_external_name(m, name, sizeof name);
    j3_throw(t, "java/lang/UnsatisfiedLinkError", "'%s'", name);
  }
  return false;
}

/* --- names for messages ----------------------------------------------------------------------------------------- */

static size_t
native_append(char *buffer, size_t size, size_t at, const char *text, size_t length)
{
  for (size_t i = 0; i < length && at + 1 < size; i++)
    buffer[at++] = text[i] == '/' ? '.' : text[i];
  buffer[at] = 0;
  return at;
}

/* One field descriptor at *p in source form; advances *p. */
static size_t
native_append_type(char *buffer, size_t size, size_t at, const char **p)
{
  static const char *const names[] = {
      ['B'] = "byte", ['C'] = "char",  ['D'] = "double", ['F'] = "float",  ['I'] = "int",
      ['J'] = "long", ['S'] = "short", ['V'] = "void",   ['Z'] = "boolean"};
  unsigned dimensions = 0;
  for (; **p == '['; (*p)++)
    dimensions++;
  if (**p == 'L') {
    size_t length = strcspn(*p + 1, ";");
    at = native_append(buffer, size, at, *p + 1, length);
    *p += length + 2;
  } else {
    const char *name = names[(unsigned char)**p & 0x7f];
    at = native_append(buffer, size, at, name, strlen(name));
    (*p)++;
  }
  while (dimensions-- > 0)
    at = native_append(buffer, size, at, "[]", 2);
  return at;
}

void
j3_method_external_name(const j3_method *m, char *buffer, size_t size)
{
  const char *p = strchr(m->descriptor->text, ')') + 1;
  size_t at = native_append_type(buffer, size, 0, &p);
  char name[1024];
  j3_class_external_name(m->class, name, sizeof name);
  at = native_append(buffer, size, at, " ", 1);
  at = native_append(buffer, size, at, name, strlen(name));
  at = native_append(buffer, size, at, ".", 1);
  at = native_append(buffer, size, at, m->name->text, m->name->length);
  at = native_append(buffer, size, at, "(", 1);
  for (p = m->descriptor->text + 1; *p != ')';) {
    if (p[-1] != '(')
      at = native_append(buffer, size, at, ", ", 2);
    at = native_append_type(buffer, size, at, &p);
  }
  native_append(buffer, size, at, ")", 1);
}
