/* typecheck.c -- subtype tests and ClassCastException
 *
 * is_kind of the IR finds classes in the display of an object's kind.  Everything else (interfaces, arrays,
 * deep classes) is answered here.
 */
#include "typecheck.h"

#include <stdio.h>
#include <stdlib.h>

static inline const j3_class *
typecheck_class(uint64_t object)
{
  return (const j3_class *)vmk_kind_of((vmk_ref)(uintptr_t)object);
}

uint64_t
j3_leaf_is_instance(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)b, (void)c, (void)d;
  return a && j3_class_is_subclass(typecheck_class(a), (const j3_class *)(uintptr_t)k);
}

uint64_t
j3_leaf_not_finalizable(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)b, (void)c, (void)d;
  return !typecheck_class(a)->has_finalizer;
}

uint64_t
j3_leaf_array_byte(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)c, (void)d;
  return a && typecheck_class(a)->component->primitive == 'Z' ? b & 1 : b;
}

/* --- messages ---------------------------------------------------------------------------------------- */

/* JDK modules of the run-time image are shown without their version. */
static bool
typecheck_shows_version(const j3_module *m)
{
  if (!m->version)
    return false;
  return !m->location || (strncmp(m->location->text, "jrt:/java.", 10) != 0 &&
                          strncmp(m->location->text, "jrt:/jdk.", 9) != 0);
}

void
j3_loader_name(const j3_loader *loader, char *buffer, size_t size)
{
  snprintf(buffer, size, "'bootstrap'");
  if (!loader || loader->is_boot || !loader->object || vmk_is_null(loader->object))
    return;
  vmk_slot name = {vmk_ref_decode(
      (vmk_heap_ref)vmk_get_i32(loader->object, J3.known.offset_ClassLoader_nameAndId))};
#if VMK_REF_BYTES == 8
  name.ref = vmk_ref_decode(
      (vmk_heap_ref)vmk_get_i64(loader->object, J3.known.offset_ClassLoader_nameAndId));
#endif
  char *text = name.ref ? j3_string_utf8(&name, NULL) : NULL;
  if (text)
    snprintf(buffer, size, "%s", text);
  free(text);
}

void
j3_class_whereabouts(const j3_class *c, bool plural, char *buffer, size_t size)
{
  const j3_class *element = c->is_array ? c->element : c;
  const j3_module *m = element->primitive ? J3.known.class_Object->module : element->module;
  const j3_loader *loader = element->primitive ? J3.boot : element->loader;
  char name[512] = "", loader_name[256], module[300] = "unnamed module";
  if (!plural)
    j3_class_external_name(c, name, sizeof name);
  j3_loader_name(loader, loader_name, sizeof loader_name);
  if (m && m->name) {
    bool version = typecheck_shows_version(m);
    snprintf(module, sizeof module, "module %s%s%s", m->name->text, version ? "@" : "",
             version ? m->version->text : "");
  }
  snprintf(buffer, size, "%s%s %s of loader %s", name, plural ? " are in" : " is in", module,
           loader_name);
}

void
j3_class_whereabouts_parent(const j3_class *c, char *buffer, size_t size)
{
  j3_class_whereabouts(c, false, buffer, size);
  const j3_loader *loader = c->loader;
  if (loader->is_boot || loader->is_platform_or_app)
    return;
  vmk_slot parent = {vmk_ref_decode(
      *(vmk_heap_ref *)((char *)loader->object->ref + J3.known.offset_ClassLoader_parent))};
  j3_loader unknown = {.object = &parent}; /* it may not have loaded anything yet */
  char name[256];
  j3_loader_name(&unknown, name, sizeof name);
  size_t at = strlen(buffer);
  snprintf(buffer + at, size - at, ", parent loader %s", name);
}

const char *
j3_class_kind(const j3_class *c)
{
  return c->flags & J3_INTERFACE  ? "interface"
         : c->flags & J3_ABSTRACT ? "abstract class"
                                  : "class";
}

static const j3_module *
typecheck_module(const j3_class *c)
{
  const j3_class *element = c->is_array ? c->element : c;
  return element->primitive ? J3.known.class_Object->module : element->module;
}

void
j3_throw_class_cast(vmk_thread *t, const j3_class *from, const j3_class *to)
{
  char from_name[512], to_name[512], where[900], other[900];
  j3_class_external_name(from, from_name, sizeof from_name);
  j3_class_external_name(to, to_name, sizeof to_name);
  if (typecheck_module(from) == typecheck_module(to)) {
    j3_class_whereabouts(from, true, where, sizeof where);
    j3_throw(t, "java/lang/ClassCastException", "class %s cannot be cast to class %s (%s and %s%s)",
             from_name, to_name, from_name, to_name, where);
  } else {
    j3_class_whereabouts(from, false, where, sizeof where);
    j3_class_whereabouts(to, false, other, sizeof other);
    j3_throw(t, "java/lang/ClassCastException", "class %s cannot be cast to class %s (%s; %s)",
             from_name, to_name, where, other);
  }
}
