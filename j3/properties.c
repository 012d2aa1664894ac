/* properties.c -- the system properties the vm supplies, JVM_GetProperties, assertions */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "jvm.h"
#include "options.h"
#include "vm.h"

static void
properties_default(j3_options *o, const char *key, const char *value)
{
  if (!j3_options_get(o, key))
    j3_options_set(o, key, value);
}

static void
properties_library_path(j3_options *o)
{
  static const char *const system =
      "/usr/java/packages/lib:/usr/lib/x86_64-linux-gnu/jni:/lib/x86_64-linux-gnu:"
      "/usr/lib/x86_64-linux-gnu:/usr/lib/jni:/lib:/usr/lib";
  const char *own = getenv("LD_LIBRARY_PATH");
  char path[4096];
  snprintf(path, sizeof path, "%s%s%s", own ? own : "", own && *own ? ":" : "", system);
  properties_default(o, "java.library.path", path);
}

/* VersionProps holds the library's version; the vm reports it as its own, with its own name. */
void
j3_properties_init(j3_vm *vm)
{
  j3_options *o = vm->options;
  char path[2048];
  snprintf(path, sizeof path, "%s/lib", vm->java_home);
  j3_options_set(o, "java.vm.specification.name", "Java Virtual Machine Specification");
  j3_options_set(o, "java.vm.specification.vendor", "Oracle Corporation");
  j3_options_set(o, "java.vm.specification.version", "17");
  j3_options_set(o, "java.vm.name", "VMKit J3 64-Bit VM");
  j3_options_set(o, "java.vm.vendor", "VMKit");
  j3_options_set(o, "java.vm.version", VMK_VERSION);
  properties_default(o, "java.vm.info", "mixed mode");
  j3_options_set(o, "jdk.debug", "release");
  if (strcmp(j3_options_get(o, "java.vm.info"), "interpreted mode") != 0)
    j3_options_set(o, "sun.management.compiler", "VMKit Baseline Compiler");
  properties_default(o, "java.home", vm->java_home);
  properties_default(o, "sun.boot.library.path", path);
  properties_library_path(o);
  properties_default(o, "java.class.path", "");
  j3_options_set(o, "jdk.boot.class.path.append", o->boot_append ? o->boot_append : "");
  if (VMK_REF_BYTES == 4)
    j3_options_set(o, "java.vm.compressedOopsMode", "Zero based");
}

/* A String[] of `count` C strings; null entries stay null. */
static vmk_handle
properties_strings(vmk_thread *t, const char *const *text, size_t count) VMK_MOVES
{
  j3_class *array = j3_class_array_of(t, J3.known.class_String);
  vmk_handle result = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (size_t i = 0; result && i < count; i++) {
    if (!text[i])
      continue;
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle string = j3_string_new(t, text[i]);
    if (string)
      vmk_set_elem(t, result, i, string);
    vmk_scope_end(t, scope);
    if (!string)
      return NULL;
  }
  return result;
}

jobjectArray
JVM_GetProperties(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  const j3_options *o = J3.options;
  const char **text = calloc(2 * o->property_count + 2, sizeof *text);
  for (size_t i = 0; text && i < o->property_count; i++) {
    text[2 * i] = o->properties[i].key;
    text[2 * i + 1] = o->properties[i].value;
  }
  vmk_handle result = text ? properties_strings(e.t, text, 2 * o->property_count + 2) : NULL;
  free(text);
  return j3_leave_ref(&e, result);
}

jobjectArray
JVM_GetVmArguments(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  const j3_options *o = J3.options;
  vmk_handle result = o->argument_count ? properties_strings(e.t, (const char *const *)o->arguments,
                                                             o->argument_count)
                                        : NULL;
  return j3_leave_ref(&e, result);
}

static void
properties_put(vmk_thread *t, vmk_handle properties, const char *key, const char *value) VMK_MOVES
{
  vmk_handle k = j3_string_new(t, key), v = k ? j3_string_new(t, value) : NULL;
  if (!v)
    return;
  vmk_value arguments[3] = {j3_ref(properties), j3_ref(k), j3_ref(v)};
  j3_call_virtual(t, properties, "put", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
                  arguments, NULL);
}

jobject
JVM_InitAgentProperties(JNIEnv *env, jobject properties)
{
  j3_entry e = j3_enter(env);
  const char *command = j3_options_get(J3.options, "sun.java.command");
  properties_put(e.t, j3_in(properties), "sun.java.command", command ? command : "");
  properties_put(e.t, j3_in(properties), "sun.jvm.flags", "");
  properties_put(e.t, j3_in(properties), "sun.jvm.args", "");
  return j3_leave_ref(&e, j3_in(properties));
}

/* --- assertions --------------------------------------------------------------------------------------------- */

/* Class options first, then packages from the most specific outwards, then the default. */
static bool
properties_assert_enabled(const j3_class *c)
{
  const j3_options *o = J3.options;
  char name[1024];
  j3_class_external_name(c, name, sizeof name);
  for (size_t i = o->assertion_count; i-- > 0;)
    if (!o->assertions[i].package && strcmp(o->assertions[i].name, name) == 0)
      return o->assertions[i].enable;
  size_t longest = 0;
  int found = -1;
  for (size_t i = 0; i < o->assertion_count; i++) {
    const j3_assertion *a = &o->assertions[i];
    size_t n = strlen(a->name);
    bool matches =
        n == 0 ? strchr(name, '.') == NULL : strncmp(name, a->name, n) == 0 && name[n] == '.';
    if (a->package && matches && (found < 0 || n >= longest)) {
      longest = n;
      found = a->enable;
    }
  }
  if (found >= 0)
    return found;
  return c->loader->is_boot ? o->assert_system : o->assert_user;
}

jboolean
JVM_DesiredAssertionStatus(JNIEnv *env, jclass ignored, jclass mirror)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  jboolean enabled = properties_assert_enabled(j3_in_class(mirror));
  j3_leave(&e);
  return enabled;
}

/* Fill one half of an AssertionStatusDirectives: names and flags of classes or packages. */
static bool
properties_directives(vmk_thread *t, vmk_handle object, j3_class *c, bool packages) VMK_MOVES
{
  const j3_options *o = J3.options;
  const char **names = calloc(o->assertion_count + 1, sizeof *names);
  bool *flags = calloc(o->assertion_count + 1, sizeof *flags);
  size_t n = 0;
  for (size_t i = 0; i < o->assertion_count; i++)
    if (o->assertions[i].package == packages) {
      names[n] = o->assertions[i].name;
      flags[n++] = o->assertions[i].enable;
    }
  vmk_handle strings = properties_strings(t, names, n);
  j3_class *booleans = j3_class_of_descriptor(t, NULL, "[Z", 2);
  vmk_handle array = strings && booleans ? j3_array_new(t, booleans, (int32_t)n) : NULL;
  if (array) {
    memcpy(vmk_array_data(array), flags, n);
    j3_field *name = j3_class_field(c, j3_symbol_of(packages ? "packages" : "classes"),
                                    j3_symbol_of("[Ljava/lang/String;"));
    j3_field *flag = j3_class_field(c, j3_symbol_of(packages ? "packageEnabled" : "classEnabled"),
                                    j3_symbol_of("[Z"));
    vmk_set_ref(t, object, name->offset, strings);
    vmk_set_ref(t, object, flag->offset, array);
  }
  free(names);
  free(flags);
  return array != NULL;
}

jobject
JVM_AssertionStatusDirectives(JNIEnv *env, jclass ignored)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  j3_class *c = j3_class_boot(e.t, "java/lang/AssertionStatusDirectives");
  vmk_handle object = c && j3_class_initialize(e.t, c) ? j3_object_new(e.t, c) : NULL;
  if (object && properties_directives(e.t, object, c, false) &&
      properties_directives(e.t, object, c, true)) {
    j3_field *deflt = j3_class_field(c, j3_symbol_of("deflt"), j3_symbol_of("Z"));
    vmk_set_i8(object, deflt->offset, J3.options->assert_user);
  }
  return j3_leave_ref(&e, object);
}
