/* loader.c -- class loaders and loading by name (JVMS 5.3)
 *
 * .inv.table: loader->classes maps a name to the class the loader defined or was found to initiate; rows are
 * only added, under loader->lock, and read without.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bootpath.h"
#include "class.h"
#include "constraint.h"
#include "entry.h"
#include "jvmti_tell.h"
#include "module.h"
#include "table.h"
#include "verify.h"

/* --- loaders ------------------------------------------------------------------------------------------------ */

static j3_loader *
loader_new(void)
{
  j3_loader *loader = calloc(1, sizeof *loader);
  if (!loader)
    abort();
  pthread_mutex_init(&loader->lock, NULL);
  loader->home.loader = loader;
  loader->module = vmk_module_new(J3.runtime, &loader->home);
  loader->classes = j3_table_new();
  return loader;
}

void
j3_loader_boot(void)
{
  J3.boot = J3.loaders = loader_new();
  J3.boot->is_boot = true;
  J3.boot->object = &j3_null_slot;
  j3_symbols_live_in(J3.boot->module);
  j3_module_boot(J3.boot);
}

/* What is known of the loader behind a ClassLoader object.  The class library keeps its own for ever. Leaf. */
static j3_loader *
loader_new_for(vmk_thread *t, vmk_handle object)
{
  j3_loader *loader = loader_new();
  const char *name = j3_class_of(object)->name->text;
  loader->is_platform = strcmp(name, "jdk/internal/loader/ClassLoaders$PlatformClassLoader") == 0;
  loader->is_platform_or_app =
      loader->is_platform || strcmp(name, "jdk/internal/loader/ClassLoaders$AppClassLoader") == 0;
  loader->parallel = !vmk_ref_field_is_null(object, J3.known.offset_ClassLoader_parallelLockMap);
  loader->home.is_held = !loader->is_platform_or_app;
  loader->object = loader->home.is_held ? vmk_module_set_holder(t, loader->module, object)
                                        : vmk_module_root_new(loader->module, object);
  j3_module_loader_init(t, loader, object);
  return loader;
}

j3_loader *
j3_loader_of(vmk_thread *t, vmk_handle object) VMK_MOVES
{
  if (vmk_is_null(object))
    return J3.boot;
  size_t offset = J3.known.offset_ClassLoader_vm_loader;
  j3_loader *loader = (j3_loader *)(intptr_t)vmk_get_i64(object, offset);
  if (loader)
    return loader;
  pthread_mutex_lock(&J3.lock); /* no safepoint under it */
  loader = (j3_loader *)(intptr_t)vmk_get_i64(object, offset);
  if (!loader) {
    loader = loader_new_for(t, object);
    loader->next = J3.loaders;
    J3.loaders = loader;
    vmk_set_i64(object, offset, (int64_t)(intptr_t)loader);
  }
  pthread_mutex_unlock(&J3.lock);
  return loader;
}

/* --- finding ------------------------------------------------------------------------------------------------- */

/* Class of an array type's name whose element's class is `element`. */
static j3_class *
loader_array(vmk_thread *t, j3_class *element, size_t dimensions) VMK_MOVES
{
  for (; element && dimensions; dimensions--)
    element = j3_class_array_of(t, element);
  return element;
}

/* "[[Lfoo/Bar;" -> element name; null for primitive elements, whose letter goes to *primitive. */
static j3_symbol *
loader_element_name(const j3_symbol *name, size_t *dimensions, char *primitive)
{
  *dimensions = strspn(name->text, "[");
  const char *p = name->text + *dimensions;
  *primitive = 0;
  if (*p != 'L') {
    *primitive = *p;
    return NULL;
  }
  return j3_symbol_get(p + 1, name->length - *dimensions - 2);
}

j3_class *
j3_class_find(j3_loader *loader, j3_symbol *name)
{
  if (name->text[0] != '[')
    return j3_table_get(loader->classes, name);
  size_t dimensions;
  char primitive;
  if (!j3_is_valid_class_name(name))
    return NULL;
  j3_symbol *element = loader_element_name(name, &dimensions, &primitive);
  j3_class *c = element ? j3_table_get(loader->classes, element) : j3_primitive_class(primitive);
  for (; c && dimensions; dimensions--)
    c = atomic_load_explicit(&c->array, memory_order_acquire);
  return c;
}

j3_class *
j3_primitive_class(char descriptor)
{
  static const char letters[] = "V...ZCFDBSIJ"; /* by type code of newarray */
  const char *p = descriptor && descriptor != '.' ? strchr(letters, descriptor) : NULL;
  return p ? J3.primitive[p - letters] : NULL;
}

/* The error for a class that is not there: as Class.forName or as linkage has it. */
static void
loader_throw_missing(vmk_thread *t, const j3_symbol *name, bool throw_cnf) VMK_MOVES
{
  j3_throw(t, throw_cnf ? "java/lang/ClassNotFoundException" : "java/lang/NoClassDefFoundError",
           "%s", name->text);
}

/* --- the boot loader -------------------------------------------------------------------------------------------- */

static j3_class *
loader_load_boot(vmk_thread *t, j3_symbol *name) VMK_MOVES
{
  const char *slash = strrchr(name->text, '/');
  j3_symbol *package = j3_symbol_get(name->text, slash ? (size_t)(slash - name->text) : 0);
  j3_boot_file file;
  if (!j3_bootpath_find(J3.boot, name, package, &file))
    return NULL;
  j3_define define = {
      .name = name, .bytes = file.bytes, .length = file.length, .trusted = file.in_image};
  j3_class *c = j3_class_define(t, J3.boot, &define);
  free(file.bytes);
  return c;
}

/* --- loaders written in Java ---------------------------------------------------------------------------------------- */

/* The class loadClass gave becomes what `loader` means by its name. */
static j3_class *
loader_record(vmk_thread *t, j3_loader *loader, j3_symbol *name, j3_class *c) VMK_MOVES
{
  j3_class *first = NULL;
  if (!j3_constraint_record(loader, name, c, &first)) {
    j3_constraint_throw(t, c, first);
    return NULL;
  }
  if (first == c)
    return c;
  j3_throw(t, "java/lang/LinkageError",
           "loader attempted to initiate loading of %s twice with different results", name->text);
  return NULL;
}

/* ClassNotFoundException is what loadClass throws; linkage wants NoClassDefFoundError, caused by it. */
static void
loader_convert_exception(vmk_thread *t, const j3_symbol *name) VMK_MOVES
{
  if (!j3_pending_is(t, "java/lang/ClassNotFoundException"))
    return;
  vmk_handle cause = vmk_take_exception(t);
  j3_throw_with_cause(t, "java/lang/NoClassDefFoundError", cause, "%s", name->text);
}

/* The name as loadClass wants it.  In the heap, not on the stack: supers of supers are loaded recursively. */
static vmk_handle
loader_dotted(vmk_thread *t, const j3_symbol *name) VMK_MOVES
{
  char *text = malloc((size_t)name->length + 1);
  if (!text)
    abort();
  memcpy(text, name->text, (size_t)name->length + 1);
  for (char *p = text; *p; p++)
    if (*p == '/')
      *p = '.';
  vmk_handle string = j3_string_new_length(t, text, name->length);
  free(text);
  return string;
}

static j3_class *
loader_call(vmk_thread *t, j3_loader *loader, j3_symbol *name) VMK_MOVES
{
  vmk_handle string = loader_dotted(t, name);
  if (!string)
    return NULL;
  vmk_value arguments[2] = {j3_ref(loader->object), j3_ref(string)}, result = {0};
  if (!loader->parallel)
    vmk_monitor_enter(t, loader->object);
  j3_method *load = j3_class_method(J3.known.class_ClassLoader, j3_symbol_of("loadClass"),
                                    j3_symbol_of("(Ljava/lang/String;)Ljava/lang/Class;"));
  load = j3_select_method(t, j3_class_of(loader->object), load);
  bool ok = load && j3_call(t, load, arguments, &result);
  if (!loader->parallel)
    vmk_monitor_exit(t, loader->object);
  if (!ok)
    return NULL;
  j3_class *c = j3_class_of_mirror(result.ref);
  return c && c->name == name ? c : NULL; /* another class means: not found (JVMS 5.3.2) */
}

static j3_class *
loader_load_java(vmk_thread *t, j3_loader *loader, j3_symbol *name) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  j3_class *c = loader_call(t, loader, name);
  vmk_scope_end(t, scope);
  return c ? loader_record(t, loader, name, c) : NULL;
}

/* --- loading ------------------------------------------------------------------------------------------------------------- */

/* Null with nothing pending: there is no such class. */
static j3_class *
loader_load(vmk_thread *t, j3_loader *loader, j3_symbol *name) VMK_MOVES
{
  j3_class *c = j3_class_find(loader, name);
  if (c || !j3_is_valid_class_name(name))
    return c;
  if (name->text[0] != '[')
    return loader->is_boot ? loader_load_boot(t, name) : loader_load_java(t, loader, name);
  size_t dimensions;
  char primitive;
  j3_symbol *element = loader_element_name(name, &dimensions, &primitive);
  c = element ? loader_load(t, loader, element) : j3_primitive_class(primitive);
  return loader_array(t, c, dimensions);
}

j3_class *
j3_class_load(vmk_thread *t, j3_loader *loader, j3_symbol *name, bool throw_cnf) VMK_MOVES
{
  j3_class *c = loader_load(t, loader ? loader : J3.boot, name);
  if (c)
    return c;
  if (!vmk_pending(t)) {
    loader_throw_missing(t, name, throw_cnf);
  } else if (!throw_cnf) {
    vmk_scope scope = vmk_scope_begin(t);
    loader_convert_exception(t, name);
    vmk_scope_end(t, scope);
  }
  return NULL;
}

j3_class *
j3_class_boot(vmk_thread *t, const char *name) VMK_MOVES
{
  return j3_class_load(t, J3.boot, j3_symbol_of(name), false);
}

j3_class *
j3_class_of_descriptor(vmk_thread *t, j3_loader *loader, const char *descriptor, size_t length)
    VMK_MOVES
{
  if (length == 1)
    return j3_primitive_class(descriptor[0]);
  bool array = descriptor[0] == '[';
  return j3_class_load(
      t, loader,
      array ? j3_symbol_get(descriptor, length) : j3_symbol_get(descriptor + 1, length - 2), false);
}

/* --- linking, objects ------------------------------------------------------------------------------------------------------ */

bool
j3_class_link(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (atomic_load_explicit(&c->state, memory_order_acquire) >= J3_LINKED)
    return true;
  if (c->super && !j3_class_link(t, c->super))
    return false;
  for (uint32_t i = 0; i < c->interface_count; i++)
    if (!j3_class_link(t, c->interfaces[i]))
      return false;
  /* Layout and dispatch were settled at definition. */
  if (!j3_verify_class(t, c) || !j3_constraint_link(t, c))
    return false;
  uint8_t expected = J3_LOADED;
  if (atomic_compare_exchange_strong(&c->state, &expected, J3_LINKED))
    j3_ti_post_class(t, JVMTI_EVENT_CLASS_PREPARE, c);
  return true;
}

vmk_handle
j3_object_new(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (c->flags & (J3_ABSTRACT | J3_INTERFACE)) {
    char name[1024];
    j3_class_external_name(c, name, sizeof name);
    j3_throw(t, "java/lang/InstantiationException", "%s", name);
    return NULL;
  }
  return vmk_new(t, &c->kind);
}

vmk_handle
j3_array_new(vmk_thread *t, j3_class *array_class, int32_t length) VMK_MOVES
{
  if (length < 0) {
    j3_throw(t, "java/lang/NegativeArraySizeException", "%d", length);
    return NULL;
  }
  return vmk_new_array(t, &array_class->kind, (uint32_t)length);
}
