/* jvm_module.c -- JVM_* behind java.lang.Module, jdk.internal.loader.BootLoader
 *
 * Arguments are checked as HotSpot does, with its messages; java.lang.Module checks most of it before, but
 * some entries are reachable through jdk.internal.module.Modules.
 */
#include <stdlib.h>

#include "entry.h"
#include "jvm.h"
#include "log.h"
#include "module.h"
#include "options.h"

#define ILLEGAL_ARGUMENT "java/lang/IllegalArgumentException"
#define ILLEGAL_STATE "java/lang/IllegalStateException"
#define NULL_POINTER "java/lang/NullPointerException"

static const char module_not_instance[] = "module is not an instance of type java.lang.Module";

static bool
module_is_instance(vmk_thread *t, vmk_handle object) VMK_MOVES
{
  if (j3_is_instance(object, J3.known.class_Module))
    return true;
  j3_throw(t, ILLEGAL_ARGUMENT, module_not_instance);
  return false;
}

/* The entry of a non-null Module object; null: IllegalArgumentException(missing) is pending. */
static j3_module *
module_entry(vmk_thread *t, vmk_handle object, const char *missing) VMK_MOVES
{
  if (!module_is_instance(t, object))
    return NULL;
  j3_module *m = j3_module_of_object(object);
  if (!m)
    j3_throw(t, ILLEGAL_ARGUMENT, "%s", missing);
  return m;
}

/* --- definition ---------------------------------------------------------------------------------------- */

/* An internal package name: nonempty identifiers between slashes (JVMS 4.2.2, 4.2.3). */
static bool
module_package_is_valid(const j3_symbol *s)
{
  const char *text = s->text;
  if (!s->length || text[0] == '/' || text[s->length - 1] == '/')
    return false;
  for (uint32_t i = 0; i < s->length; i++)
    if (strchr(".;[", text[i]) || (text[i] == '/' && text[i + 1] == '/'))
      return false;
  return true;
}

static bool
module_is_java_package(const j3_symbol *s)
{
  return strncmp(s->text, "java", 4) == 0 && (s->text[4] == '/' || s->text[4] == 0);
}

static bool
module_may_define_java(const j3_loader *loader)
{
  if (loader->is_boot)
    return true;
  const j3_class *c = j3_class_of(loader->object);
  return c->loader->is_boot &&
         j3_symbol_is(c->name, "jdk/internal/loader/ClassLoaders$PlatformClassLoader");
}

static void
module_throw_java_package(vmk_thread *t, const j3_loader *loader, const j3_symbol *package)
    VMK_MOVES
{
  char class_name[256], name[256];
  vmk_handle id = vmk_get_ref(t, loader->object, J3.known.offset_ClassLoader_nameAndId);
  char *text = j3_string_utf8(id, NULL);
  j3_class_external_name(j3_class_of(loader->object), class_name, sizeof class_name);
  snprintf(name, sizeof name, "%s", package->text);
  for (char *p = name; *p; p++)
    if (*p == '/')
      *p = '.';
  j3_throw(t, ILLEGAL_ARGUMENT,
           "Class loader (instance of): %s tried to define prohibited package name: %s",
           text ? text : class_name, name);
  free(text);
}

/* Fill d->packages from the String[]; false: pending. */
static bool
module_read_packages(vmk_thread *t, const j3_loader *loader, vmk_handle packages,
                     j3_module_definition *d) VMK_MOVES
{
  bool java_allowed = module_may_define_java(loader);
  uint32_t count = vmk_is_null(packages) ? 0 : vmk_array_length(packages);
  d->packages = calloc(count + 1, sizeof *d->packages);
  for (uint32_t i = 0; i < count && d->packages; i++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle string = vmk_get_elem(t, packages, i);
    if (vmk_is_null(string) || j3_class_of(string) != J3.known.class_String) {
      j3_throw(t, ILLEGAL_ARGUMENT, "Bad package name");
    } else {
      j3_symbol *package = j3_string_symbol(string, true);
      d->packages[d->package_count++] = package;
      if (!module_package_is_valid(package))
        j3_throw(t, ILLEGAL_ARGUMENT, "Invalid package name: %s for module: %s", package->text,
                 d->name->text);
      else if (!java_allowed && module_is_java_package(package))
        module_throw_java_package(t, loader, package);
    }
    vmk_scope_end(t, scope);
    if (vmk_pending(t))
      return false;
  }
  return d->packages != NULL;
}

static j3_symbol *
module_text(jstring string)
{
  return string ? j3_string_symbol(j3_in(string), false) : NULL;
}

static void
module_throw_taken(vmk_thread *t, const j3_module_definition *d) VMK_MOVES
{
  const j3_symbol *other = d->duplicate_module->name;
  if (other)
    j3_throw(
        t, ILLEGAL_STATE,
        "Package %s for module %s is already in another module, %s, defined to the class loader",
        d->duplicate->text, d->name->text, other->text);
  else
    j3_throw(
        t, ILLEGAL_STATE,
        "Package %s for module %s is already in the unnamed module defined to the class loader",
        d->duplicate->text, d->name->text);
}

static void
module_define(vmk_thread *t, vmk_handle object, vmk_handle packages, j3_module_definition *d)
    VMK_MOVES
{
  bool is_base = j3_symbol_is(d->name, "java.base");
  vmk_handle class_loader = vmk_get_ref(t, object, J3.known.offset_Module_loader);
  j3_loader *loader = j3_loader_of(t, class_loader);
  if (!loader || !module_read_packages(t, loader, packages, d))
    return;
  if (is_base && !loader->is_boot) {
    j3_throw(t, ILLEGAL_ARGUMENT, "Class loader must be the boot class loader");
    return;
  }
  switch (j3_module_define(t, loader, object, d)) {
  case J3_MODULE_DEFINED: break;
  case J3_MODULE_DUPLICATE:
    j3_throw(t, is_base ? "java/lang/InternalError" : ILLEGAL_STATE, "Module %s is already defined",
             d->name->text);
    break;
  case J3_MODULE_DUPLICATE_PACKAGE: module_throw_taken(t, d); break;
  }
}

void
JVM_DefineModule(JNIEnv *env, jobject module, jboolean is_open, jstring version, jstring location,
                 jobjectArray packages)
{
  j3_entry e = j3_enter(env);
  vmk_handle object = j3_in(module);
  if (!module) {
    j3_throw(e.t, NULL_POINTER, "Null module object");
  } else if (module_is_instance(e.t, object)) {
    vmk_handle name = vmk_get_ref(e.t, object, J3.known.offset_Module_name);
    if (vmk_is_null(name)) {
      j3_throw(e.t, NULL_POINTER, "Null module name");
    } else if (j3_string_length(name) == 0) {
      j3_throw(e.t, ILLEGAL_ARGUMENT, "Invalid module name: ");
    } else {
      j3_module_definition definition = {
          .name = j3_string_symbol(name, false),
          .version = module_text(version),
          .location = module_text(location),
          .is_open = is_open,
      };
      module_define(e.t, object, j3_in(packages), &definition);
      j3_log(J3_LOG_MODULE_LOAD, J3_LOG_INFO, "%s location: %s", definition.name->text,
             definition.location ? definition.location->text : "(null)");
      free(definition.packages);
    }
  }
  j3_leave(&e);
}

void
JVM_SetBootLoaderUnnamedModule(JNIEnv *env, jobject module)
{
  j3_entry e = j3_enter(env);
  vmk_handle object = j3_in(module);
  if (!module)
    j3_throw(e.t, NULL_POINTER, "Null module object");
  else if (!module_is_instance(e.t, object))
    ;
  else if (!vmk_ref_field_is_null(object, J3.known.offset_Module_name))
    j3_throw(e.t, ILLEGAL_ARGUMENT, "boot loader's unnamed module's java.lang.Module has a name");
  else if (!vmk_ref_field_is_null(object, J3.known.offset_Module_loader))
    j3_throw(e.t, ILLEGAL_ARGUMENT, "Class loader must be the boot class loader");
  else
    j3_module_set_boot_unnamed(e.t, object);
  j3_leave(&e);
}

/* --- reads and exports --------------------------------------------------------------------------------- */

/* Export to `to`, or to everyone when it is null. */
static void
module_export(vmk_thread *t, jobject from, jstring package, jobject to) VMK_MOVES
{
  if (!package || !from) {
    j3_throw(t, NULL_POINTER, package ? "from_module is null" : "package is null");
    return;
  }
  j3_module *source = module_entry(t, j3_in(from), "from_module cannot be found");
  if (!source || !source->name || source->is_open)
    return;
  j3_module *target = NULL;
  if (to && !(target = module_entry(t, j3_in(to), "to_module is invalid")))
    return;
  j3_symbol *symbol = j3_string_symbol(j3_in(package), true);
  if (!j3_module_add_export(source, symbol, target))
    j3_throw(t, ILLEGAL_ARGUMENT, "Package %s not found in from_module %s", symbol->text,
             source->name->text);
}

void
JVM_AddModuleExports(JNIEnv *env, jobject from, jstring package, jobject to)
{
  j3_entry e = j3_enter(env);
  if (!to)
    j3_throw(e.t, NULL_POINTER, "to_module is null");
  else
    module_export(e.t, from, package, to);
  j3_leave(&e);
}

void
JVM_AddModuleExportsToAll(JNIEnv *env, jobject from, jstring package)
{
  j3_entry e = j3_enter(env);
  module_export(e.t, from, package, NULL);
  j3_leave(&e);
}

static void
module_export_unnamed(vmk_thread *t, jobject from, jstring package) VMK_MOVES
{
  if (!from || !package) {
    j3_throw(t, NULL_POINTER, from ? "package is null" : "module is null");
    return;
  }
  j3_module *source = module_entry(t, j3_in(from), "module is invalid");
  if (!source || !source->name || source->is_open)
    return;
  j3_symbol *symbol = j3_string_symbol(j3_in(package), true);
  if (!j3_module_add_export_to_unnamed(source, symbol))
    j3_throw(t, ILLEGAL_ARGUMENT, "Package %s not found in module %s", symbol->text,
             source->name->text);
}

void
JVM_AddModuleExportsToAllUnnamed(JNIEnv *env, jobject from, jstring package)
{
  j3_entry e = j3_enter(env);
  module_export_unnamed(e.t, from, package);
  j3_leave(&e);
}

static void
module_add_read(vmk_thread *t, jobject from, jobject to) VMK_MOVES
{
  if (!from) {
    j3_throw(t, NULL_POINTER, "from_module is null");
    return;
  }
  j3_module *source = module_entry(t, j3_in(from), "from_module is not valid");
  if (!source)
    return;
  j3_module *target = NULL;
  if (to && !(target = module_entry(t, j3_in(to), "to_module is invalid")))
    return;
  j3_module_add_read(source, target);
}

void
JVM_AddReadsModule(JNIEnv *env, jobject from, jobject source)
{
  j3_entry e = j3_enter(env);
  module_add_read(e.t, from, source);
  j3_leave(&e);
}

/* --- packages of the boot loader ------------------------------------------------------------------------ */

/* The packages of the boot loader that have a class loaded, each once; malloc'ed. */
static j3_symbol **
module_boot_packages(uint32_t *count)
{
  uint32_t n = 0, room = 256;
  j3_symbol **list = malloc(room * sizeof *list);
  VMK_ASSERT(list);
  pthread_mutex_lock(&J3.boot->lock);
  for (j3_class *c = J3.boot->all; c; c = c->next) {
    if (c->is_array || c->primitive)
      continue;
    j3_symbol *package = j3_class_package(c);
    uint32_t i = n;
    while (i > 0 && list[i - 1] != package) /* neighbours are often of one package */
      i--;
    if (i > 0)
      continue;
    if (n == room) {
      list = realloc(list, (room *= 2) * sizeof *list);
      VMK_ASSERT(list);
    }
    list[n++] = package;
  }
  pthread_mutex_unlock(&J3.boot->lock);
  *count = n;
  return list;
}

/* Where the package's classes come from: its module's location, or the appended class path. */
static const char *
module_package_location(j3_symbol *package)
{
  const j3_module *m = j3_module_of_package(J3.boot, package);
  if (m)
    return m->location ? m->location->text : NULL;
  return J3.options->boot_append;
}

jstring
JVM_GetSystemPackage(JNIEnv *env, jstring name)
{
  j3_entry e = j3_enter(env);
  uint32_t count;
  j3_symbol *wanted = j3_string_symbol(j3_in(name), false);
  j3_symbol **packages = module_boot_packages(&count);
  const char *location = NULL;
  for (uint32_t i = 0; i < count; i++)
    if (packages[i] == wanted)
      location = module_package_location(wanted);
  free(packages);
  return j3_leave_ref(&e, location ? j3_string_new(e.t, location) : NULL);
}

jobjectArray
JVM_GetSystemPackages(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  uint32_t count;
  j3_symbol **packages = module_boot_packages(&count);
  j3_class *array = j3_class_array_of(e.t, J3.known.class_String);
  vmk_handle result = array ? j3_array_new(e.t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; result && i < count; i++) {
    vmk_scope scope = vmk_scope_begin(e.t);
    vmk_handle string = j3_string_of_symbol(e.t, packages[i]);
    if (string)
      vmk_set_elem(e.t, result, i, string);
    vmk_scope_end(e.t, scope);
    if (!string)
      result = NULL;
  }
  free(packages);
  return j3_leave_ref(&e, result);
}
