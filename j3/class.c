/* class.c -- defining classes (JVMS 5.3.5): parse, load supers, check, lay out, publish
 *
 * A class becomes visible in its loader's table only when it is complete up to its mirror; two threads that
 * define one name race for the table, and the loser's class is garbage in the loader's metaspace.
 */
#include "class.h"

#include <stdio.h>
#include <stdlib.h>

#include "access.h"
#include "attributes.h"
#include "constraint.h"
#include "entry.h"
#include "jvmti_tell.h"
#include "link.h"
#include "log.h"
#include "module.h"
#include "options.h"
#include "table.h"
#include "typecheck.h"
#include "unload.h"
#include "verify.h"

/* --- supers ------------------------------------------------------------------------------------------------ */

/* Names being loaded by this thread, innermost first: a class among its own supers is a circle. */
struct j3_loading {
  struct j3_loading *outer;
  const j3_loader *loader;
  const j3_symbol *name;
};

static bool
class_is_loading(const j3_thread *self, const j3_loader *loader, const j3_symbol *name)
{
  for (const struct j3_loading *l = self->loading; l; l = l->outer)
    if (l->loader == loader && l->name == name)
      return true;
  return false;
}

static j3_class *
class_load_super(vmk_thread *t, j3_loader *loader, j3_symbol *name) VMK_MOVES
{
  j3_thread *self = j3_self(t);
  if (class_is_loading(self, loader, name)) {
    j3_throw(t, "java/lang/ClassCircularityError", "%s", name->text);
    return NULL;
  }
  return j3_class_load(t, loader, name, false);
}

static void
class_throw_pair(vmk_thread *t, const char *error, const char *format, const j3_class *a,
                 const j3_class *b) VMK_MOVES
{
  char x[512], y[512];
  j3_class_external_name(a, x, sizeof x);
  j3_class_external_name(b, y, sizeof y);
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
  j3_throw(t, error, format, x, y);
#pragma clang diagnostic pop
}

/* "class A cannot access its superclass B (...)": both places. */
static void
class_throw_super_access(vmk_thread *t, const j3_class *c, const j3_class *super, bool interface)
    VMK_MOVES
{
  char a[512], b[512], where[1024];
  j3_class_external_name(c, a, sizeof a);
  j3_class_external_name(super, b, sizeof b);
  bool same = c->module == super->module && c->loader == super->loader;
  char own[1024], joint[2048];
  j3_class_whereabouts(c, same, own, sizeof own);
  j3_class_whereabouts(super, false, where, sizeof where);
  if (same)
    snprintf(joint, sizeof joint, "%s and %s%s", a, b, own);
  else
    snprintf(joint, sizeof joint, "%s; %s", own, where);
  j3_throw(t, "java/lang/IllegalAccessError", "%s %s cannot access its %s %s (%s)",
           c->flags & J3_INTERFACE ? "interface" : "class", a,
           interface ? "superinterface" : "superclass", b, joint);
}

/* May c extend or implement a sealed class (JVMS 5.3.5)? */
static bool
class_is_permitted(const j3_class *super, const j3_class *c)
{
  if (!super->permitted_subclasses.data)
    return true;
  if (super->module != c->module || (!(c->flags & J3_PUBLIC) && !j3_class_same_package(super, c)))
    return false;
  for (uint32_t i = 0, n = j3_u2(super->permitted_subclasses.data); i < n; i++) {
    uint16_t index = j3_u2(super->permitted_subclasses.data + 2 + 2 * i);
    if (j3_pool_class_name(super->pool, index) == c->name)
      return true;
  }
  return false;
}

static bool
class_check_super(vmk_thread *t, j3_class *c) VMK_MOVES
{
  const j3_class *super = c->super;
  if (super->flags & J3_INTERFACE)
    class_throw_pair(t, "java/lang/IncompatibleClassChangeError",
                     "class %s has interface %s as super class", c, super);
  else if (super->flags & J3_FINAL)
    class_throw_pair(t, "java/lang/IncompatibleClassChangeError",
                     "class %s cannot inherit from final class %s", c, super);
  else if (!class_is_permitted(super, c))
    class_throw_pair(t, "java/lang/IncompatibleClassChangeError",
                     "class %s cannot inherit from sealed class %s", c, super);
  else if (!j3_check_class_access(c, super))
    class_throw_super_access(t, c, super, false);
  else
    return true;
  return false;
}

static bool
class_check_is_interface(vmk_thread *t, const j3_class *c, const j3_class *interface) VMK_MOVES
{
  if (interface->flags & J3_INTERFACE)
    return true;
  char a[512], b[512], where[1024];
  j3_class_external_name(c, a, sizeof a);
  j3_class_external_name(interface, b, sizeof b);
  j3_class_whereabouts(interface, false, where, sizeof where);
  j3_throw(t, "java/lang/IncompatibleClassChangeError",
           "class %s can not implement %s, because it is not an interface (%s)", a, b, where);
  return false;
}

static bool
class_check_interface(vmk_thread *t, j3_class *c, const j3_class *interface) VMK_MOVES
{
  if (!class_is_permitted(interface, c))
    class_throw_pair(t, "java/lang/IncompatibleClassChangeError",
                     c->flags & J3_INTERFACE ? "class %s cannot extend sealed interface %s"
                                             : "class %s cannot implement sealed interface %s",
                     c, interface);
  else if (!j3_check_class_access(c, interface))
    class_throw_super_access(t, c, interface, true);
  else
    return true;
  return false;
}

static bool
class_load_interfaces(vmk_thread *t, j3_class *c, const j3_classfile *cf) VMK_MOVES
{
  c->interface_count = cf->interface_count;
  if (cf->interface_count)
    c->interfaces = vmk_meta_alloc(c->kind.module, cf->interface_count * sizeof *c->interfaces);
  for (uint32_t i = 0; i < cf->interface_count; i++) {
    j3_symbol *name = j3_pool_class_name(c->pool, cf->interfaces[i]);
    c->interfaces[i] = class_load_super(t, c->loader, name);
    if (!c->interfaces[i] || !class_check_is_interface(t, c, c->interfaces[i]))
      return false;
  }
  return true;
}

/* Interfaces first: loaders written in Java can tell. */
static bool
class_load_supers(vmk_thread *t, j3_class *c, const j3_classfile *cf) VMK_MOVES
{
  struct j3_loading here = {j3_self(t)->loading, c->loader, cf->name};
  j3_self(t)->loading = &here;
  bool ok = class_load_interfaces(t, c, cf);
  if (ok && cf->super_name) {
    c->super = class_load_super(t, c->loader, cf->super_name);
    ok = c->super && class_check_super(t, c);
  }
  j3_self(t)->loading = here.outer;
  for (uint32_t i = 0; ok && i < c->interface_count; i++)
    ok = class_check_interface(t, c, c->interfaces[i]);
  return ok;
}

/* --- from the parsed file ----------------------------------------------------------------------------------------- */

static void *
class_copy(j3_class *c, const void *from, size_t bytes)
{
  void *to = vmk_meta_alloc(c->kind.module, bytes ? bytes : 8);
  if (bytes)
    memcpy(to, from, bytes);
  return to;
}

static void
class_copy_pool(j3_class *c, const j3_classfile *cf)
{
  j3_pool *p = vmk_meta_alloc(c->kind.module, sizeof *p);
  p->class = c;
  p->count = cf->pool_count;
  p->bootstrap_methods = cf->bootstrap_methods;
  p->tag = class_copy(c, cf->tag, cf->pool_count);
  p->value = class_copy(c, cf->value, cf->pool_count * sizeof *cf->value);
  p->resolved = vmk_meta_alloc(c->kind.module, cf->pool_count * sizeof *p->resolved);
  c->pool = p;
}

/* Fields of the class file, then the vm's own (known.h). */
static void
class_copy_fields(j3_class *c, const j3_classfile *cf)
{
  static const struct {
    const char *class_name, *name, *descriptor;
  } injected[] = {
#define J3_NAME_OF_Class "java/lang/Class"
#define J3_NAME_OF_ClassLoader "java/lang/ClassLoader"
#define J3_NAME_OF_Module "java/lang/Module"
#define J3_NAME_OF_MemberName "java/lang/invoke/MemberName"
#define J3_NAME_OF_ResolvedMethodName "java/lang/invoke/ResolvedMethodName"
#define J3_NAME_OF_StackFrameInfo "java/lang/StackFrameInfo"
#define X(class, field, descriptor) {J3_NAME_OF_##class, #field, descriptor},
      J3_INJECTED_FIELDS(X)
#undef X
  };
  uint32_t extra = 0;
  for (size_t i = 0; c->loader->is_boot && i < VMK_COUNT(injected); i++)
    extra += j3_symbol_is(c->name, injected[i].class_name);
  uint32_t count = cf->field_count + extra, n = cf->field_count;
  c->fields = vmk_meta_alloc(c->kind.module, (count ? count : 1) * sizeof *c->fields);
  if (n)
    memcpy(c->fields, cf->fields, n * sizeof *c->fields);
  for (size_t i = 0; extra && i < VMK_COUNT(injected); i++) {
    if (!j3_symbol_is(c->name, injected[i].class_name))
      continue;
    c->fields[n++] = (j3_field){
        .name = j3_symbol_of(injected[i].name),
        .descriptor = j3_symbol_of(injected[i].descriptor),
        .flags = J3_FIELD_INJECTED,
        .type = (uint8_t)j3_type_of_descriptor(injected[i].descriptor[0]),
    };
  }
  c->field_count = (uint16_t)count;
  bool trusted = c->is_hidden || cf->record.data;
  for (uint32_t i = 0; i < count; i++) {
    j3_field *f = &c->fields[i];
    f->class = c;
    f->slot = (uint16_t)i;
    f->trusted_final = (f->flags & J3_FINAL) && (trusted || (f->flags & J3_STATIC));
  }
}

static void
class_copy_methods(j3_class *c, const j3_classfile *cf)
{
  c->method_count = cf->method_count;
  c->methods = class_copy(c, cf->methods, cf->method_count * sizeof *c->methods);
  for (uint32_t i = 0; i < cf->method_count; i++) {
    j3_method *m = &c->methods[i];
    m->class = c;
    m->slot = (uint16_t)i;
    m->vtable_index = m->itable_index = -1;
    uint32_t flags = (m->flags & J3_METHOD_HIDDEN ? VMK_FUNCTION_HIDDEN : 0u) |
                     (m->flags & J3_STATIC ? VMK_FUNCTION_STATIC : 0u);
    m->function = vmk_function_new(
        c->kind.module, j3_signature_of(m->descriptor, !(m->flags & J3_STATIC)), m, flags);
  }
}

static j3_class *
class_from_file(j3_loader *loader, vmk_module *module, const j3_classfile *cf, const j3_define *d)
{
  j3_class *c = vmk_meta_alloc(module, sizeof *c);
  c->kind.module = module;
  if (d->hidden && !d->strong)
    ((j3_home *)vmk_module_client(module))->class = c;
  c->name = cf->name;
  c->loader = loader;
  c->flags = cf->flags;
  c->major_version = cf->major;
  c->minor_version = cf->minor;
  c->this_index = cf->this_index;
  c->is_hidden = d->hidden;
  c->is_strong_hidden = d->hidden && d->strong;
  c->vm_annotations = cf->vm_annotations;
  c->has_clinit = cf->has_clinit;
  c->has_finalizer = cf->has_finalizer;
  c->declares_default_methods = cf->declares_default_methods;
  c->source_file = cf->source_file;
  c->signature = cf->signature;
  c->nest_host_index = cf->nest_host_index;
  c->inner_classes = cf->inner_classes;
  c->enclosing_method = cf->enclosing_method;
  c->annotations = cf->annotations;
  c->type_annotations = cf->type_annotations;
  c->nest_members = cf->nest_members;
  c->record = cf->record;
  c->permitted_subclasses = cf->permitted_subclasses;
  c->source_debug = cf->source_debug;
  c->file = cf->rest;
  class_copy_pool(c, cf);
  return c;
}

/* A hidden class has the name it is defined under, whatever its bytes say, and after it its address, which
 * nobody else has; its own pool entry means itself. */
static void
class_name_hidden(j3_class *c, const j3_define *d)
{
  char address[32];
  snprintf(address, sizeof address, "+0x%016llx", (unsigned long long)(uintptr_t)c);
  c->name = j3_symbol_join("", (d->name ? d->name : c->name)->text, address);
  atomic_store_explicit(&c->pool->resolved[c->this_index], c, memory_order_release);
  if (d->nestmate && d->lookup)
    c->hidden_lookup = d->lookup;
}

/* --- static fields --------------------------------------------------------------------------------------------------- */

static bool
class_set_constant(vmk_thread *t, j3_class *c, const j3_field *f) VMK_MOVES
{
  uint64_t value = c->pool->value[f->constant_index];
  char *at = c->statics_base + f->offset;
  switch ((vmk_type)f->type) {
  case VMK_TYPE_BOOL: *(uint8_t *)at = value & 1; break;
  case VMK_TYPE_I8:
  case VMK_TYPE_U8: *(uint8_t *)at = (uint8_t)value; break;
  case VMK_TYPE_I16:
  case VMK_TYPE_U16: *(uint16_t *)at = (uint16_t)value; break;
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: *(uint32_t *)at = (uint32_t)value; break;
  case VMK_TYPE_I64:
  case VMK_TYPE_F64: *(uint64_t *)at = value; break;
  case VMK_TYPE_REF:
  case VMK_TYPE_VOID:
  case VMK_TYPE_PTR:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle string = j3_resolve_constant(t, c->pool, f->constant_index);
    if (string)
      vmk_set_ref(t, c->statics, f->offset, string);
    vmk_scope_end(t, scope);
    return string != NULL;
  }
  }
  return true;
}

static bool
class_make_statics(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (!c->statics_kind || !J3.mirrors_ready)
    return true;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle statics = vmk_new_pinned(t, c->statics_kind);
  if (statics) {
    c->statics = vmk_module_root_new(c->kind.module, statics);
    c->statics_base = (char *)statics->ref;
  }
  bool ok = statics != NULL;
  for (uint32_t i = 0; ok && i < c->field_count; i++)
    if ((c->fields[i].flags & J3_STATIC) && c->fields[i].constant_index)
      ok = class_set_constant(t, c, &c->fields[i]);
  vmk_scope_end(t, scope);
  return ok;
}

bool
j3_class_statics_fix(vmk_thread *t) VMK_MOVES
{
  for (j3_class *c = J3.boot->all; c; c = c->next)
    if (!c->statics && !class_make_statics(t, c))
      return false;
  return true;
}

/* --- publishing ------------------------------------------------------------------------------------------------------- */

static void
class_throw_duplicate(vmk_thread *t, const j3_class *c) VMK_MOVES
{
  char name[512], where[1024], loader[512];
  j3_class_external_name(c, name, sizeof name);
  j3_class_whereabouts_parent(c, where, sizeof where);
  j3_loader_name(c->loader, loader, sizeof loader);
  j3_throw(t, "java/lang/LinkageError", "loader %s attempted duplicate %s definition for %s. (%s)",
           loader, j3_class_kind(c), name, where);
}

/* Put c where others find it.  Returns c, the class that was first there, or null with a LinkageError
 * pending: other loaders hold this one to another class of the name. */
static j3_class *
class_publish(vmk_thread *t, j3_class *c) VMK_MOVES
{
  j3_loader *loader = c->loader;
  j3_class *first = c;
  if (!c->is_hidden && !j3_constraint_record(loader, c->name, c, &first)) {
    j3_constraint_throw(t, c, first);
    return NULL;
  }
  if (first != c)
    return first;
  pthread_mutex_lock(&loader->lock); /* no safepoint under it */
  c->next = loader->all;
  c->link = &loader->all;
  if (c->next)
    c->next->link = &c->next;
  __atomic_store_n(&loader->all, c, __ATOMIC_RELEASE);
  pthread_mutex_unlock(&loader->lock);
  atomic_fetch_add_explicit(&J3.classes_loaded, 1, memory_order_relaxed);
  return c;
}

static void
class_report(const j3_class *c, const char *source)
{
  if (!j3_log_is_on(J3_LOG_CLASS_LOAD, J3_LOG_INFO) && !vmk_trace_on(J3.vm, VMK_TRACE_LOAD))
    return;
  char name[1024];
  j3_class_external_name(c, name, sizeof name);
  if (!source)
    source = c->loader->is_boot ? "jrt:/java.base" : "__ClassLoader::defineClass__";
  j3_log(J3_LOG_CLASS_LOAD, J3_LOG_INFO, "%s source: %s", name, source);
  if (vmk_trace_on(J3.vm, VMK_TRACE_LOAD))
    vmk_trace_print(J3.vm, VMK_TRACE_LOAD, "%s from %s", name, source);
}

static uint8_t *
class_keep(void *module, size_t bytes)
{
  return vmk_meta_alloc(module, bytes);
}

static bool
class_parse(vmk_thread *t, j3_loader *loader, vmk_module *module, const j3_define *d,
            j3_classfile *cf) VMK_MOVES
{
  *cf = (j3_classfile){.bytes = d->bytes,
                       .length = d->length,
                       .expected = d->name,
                       .verify = !d->trusted && (loader->is_boot || j3_verify_is_on(loader)),
                       .vm_annotations = loader->is_boot || loader->is_platform ||
                                         (d->hidden && d->vm_annotations),
                       .hidden = d->hidden,
                       .keep = class_keep,
                       .keep_data = module};
  if (j3_classfile_parse(cf))
    return true;
  j3_throw(t, cf->error_class, "%s", cf->error);
  j3_classfile_free(cf);
  return false;
}

static bool
class_check_package(vmk_thread *t, const j3_loader *loader, const j3_symbol *name) VMK_MOVES
{
  if (loader->is_boot || loader->is_platform || strncmp(name->text, "java/", 5) != 0)
    return true;
  char package[512];
  snprintf(package, sizeof package, "%.*s", (int)(strrchr(name->text, '/') - name->text),
           name->text);
  for (char *p = package; *p; p++)
    if (*p == '/')
      *p = '.';
  j3_throw(t, "java/lang/SecurityException", "Prohibited package name: %s", package);
  return false;
}

/* Everything between the parsed file and publication. */
static bool
class_complete(vmk_thread *t, j3_class *c, const j3_classfile *cf, const j3_define *d) VMK_MOVES
{
  c->module = d->hidden && d->lookup ? d->lookup->module
                                     : j3_module_for_class(c->loader, j3_class_package(c));
  if (d->hidden)
    class_name_hidden(c, d);
  if (!class_load_supers(t, c, cf))
    return false;
  class_copy_fields(c, cf);
  class_copy_methods(c, cf);
  c->has_finalizer |= c->super && c->super->has_finalizer;
  c->has_default_methods =
      c->declares_default_methods || (c->super && c->super->has_default_methods);
  for (uint32_t i = 0; i < c->interface_count; i++)
    c->has_default_methods |= c->interfaces[i]->has_default_methods;
  j3_link_supers(c);
  j3_layout_class(c);
  if (!j3_link_vtable(t, c))
    return false;
  if (!j3_mirror_new(t, c, d->protection_domain))
    return false;
  if (j3_class_is_held(c)) /* a hidden class has nobody else yet */
    (void)vmk_local(t, c->mirror->ref);
  if (d->hidden && d->lookup && j3_class_is_held(d->lookup))
    (void)vmk_module_root_new(c->kind.module, d->lookup->mirror); /* its nest and module are ours */
  if (d->class_data && !vmk_is_null(d->class_data))
    vmk_set_ref(t, c->mirror, J3.known.offset_Class_classData, d->class_data);
  return class_make_statics(t, c);
}

j3_class *
j3_class_shadow(vmk_thread *t, j3_class *c, const uint8_t *bytes, size_t length)
{
  j3_classfile cf;
  j3_define d = {.name = c->name, .bytes = bytes, .length = length};
  if (!class_parse(t, c->loader, c->kind.module, &d, &cf))
    return NULL;
  j3_class *shadow = class_from_file(c->loader, c->kind.module, &cf, &d);
  shadow->kind = c->kind;
  shadow->supers = c->supers;
  shadow->super_count = c->super_count;
  shadow->module = c->module;
  shadow->mirror = c->mirror;
  bool ok = class_load_supers(t, shadow, &cf);
  if (ok) {
    class_copy_fields(shadow, &cf);
    class_copy_methods(shadow, &cf);
  }
  j3_classfile_free(&cf);
  return ok ? shadow : NULL;
}

static j3_class *
class_make(vmk_thread *t, j3_loader *loader, vmk_module *module, const j3_classfile *cf,
           const j3_define *d) VMK_MOVES
{
  j3_class *present = d->hidden ? NULL : j3_table_get(loader->classes, cf->name);
  if (present && !loader->is_boot) {
    class_throw_duplicate(t, present);
    return NULL;
  }
  if (!class_check_package(t, loader, cf->name))
    return NULL;
  j3_class *c = class_from_file(loader, module, cf, d);
  return class_complete(t, c, cf, d) ? c : NULL;
}

/* With what agents made of its bytes. */
static j3_class *
class_define_offered(vmk_thread *t, j3_loader *loader, const j3_define *d) VMK_MOVES
{
  j3_ti_file file = {.name = d->name,
                     .loader = loader,
                     .protection_domain = d->protection_domain,
                     .bytes = d->bytes,
                     .length = d->length};
  j3_define changed = *d;
  j3_ti_post_file(t, &file);
  changed.bytes = file.bytes;
  changed.length = file.length;
  changed.trusted &= file.bytes == d->bytes;
  changed.is_offered = true;
  j3_class *c = j3_class_define(t, loader, &changed);
  if (c && file.original)
    c->original = (j3_bytes){class_copy(c, file.original, file.original_length),
                             (uint32_t)file.original_length};
  j3_ti_file_free(&file);
  return c;
}

j3_class *
j3_class_define(vmk_thread *t, j3_loader *loader, const j3_define *d) VMK_MOVES
{
  if (j3_ti_wants(JVMTI_EVENT_CLASS_FILE_LOAD_HOOK) && !d->hidden && !d->is_offered)
    return class_define_offered(t, loader, d);
  if (VMK_UNLIKELY(J3.metaspace_limit) && !vmk_meta_make_room(t, d->length, J3.metaspace_limit)) {
    j3_out_of_memory(t, "Metaspace");
    return NULL;
  }
  j3_classfile cf;
  bool alone = d->hidden && !d->strong;
  vmk_module *module = alone ? j3_home_hidden(loader) : loader->module;
  vmk_scope scope = vmk_scope_begin(t);
  j3_class *c = NULL;
  if (class_parse(t, loader, module, d, &cf)) {
    c = class_make(t, loader, module, &cf, d);
    j3_classfile_free(&cf);
  }
  if (!c && alone)
    j3_home_abandon(module);
  (void)vmk_scope_end_with(t, scope, c && j3_class_is_held(c) ? c->mirror : NULL);
  if (!c)
    return NULL;
  j3_class *first = class_publish(t, c);
  if (first != c) {
    if (!first || loader->is_boot)
      return first;
    class_throw_duplicate(t, first);
    return NULL;
  }
  j3_module_set_mirror(t, c);
  class_report(c, d->source);
  j3_ti_post_class(t, JVMTI_EVENT_CLASS_LOAD, c);
  return c;
}

/* --- arrays, primitives --------------------------------------------------------------------------------------------------- */

static j3_symbol *
class_array_name(const j3_class *component)
{
  if (component->primitive)
    return j3_symbol_get((char[]){'[', (char)component->primitive}, 2);
  return component->is_array ? j3_symbol_join("[", component->name->text, "")
                             : j3_symbol_join("[L", component->name->text, ";");
}

static j3_class *
class_new_array(vmk_thread *t, j3_class *component) VMK_MOVES
{
  vmk_module *module = component->kind.module;
  j3_class *c = vmk_meta_alloc(module, sizeof *c);
  const j3_class *element = component->is_array ? component->element : component;
  c->kind.module = module;
  c->name = class_array_name(component);
  c->loader = component->loader;
  c->module = component->module;
  c->is_array = true;
  c->component = component;
  c->element = (j3_class *)(uintptr_t)element;
  c->dimensions = (uint8_t)(component->dimensions + 1);
  c->flags = (uint16_t)((element->primitive ? J3_PUBLIC : element->flags & J3_PUBLIC) | J3_FINAL |
                        J3_ABSTRACT);
  c->super = J3.known.class_Object;
  c->interface_count = 2;
  c->interfaces = vmk_meta_alloc(module, 2 * sizeof *c->interfaces);
  c->interfaces[0] = J3.known.class_Cloneable;
  c->interfaces[1] = J3.known.class_Serializable;
  c->kind.vtable = c->super->kind.vtable;
  c->kind.vtable_length = c->super->kind.vtable_length;
  c->state = J3_INITIALIZED;
  j3_link_supers(c);
  j3_layout_array(c);
  if (!j3_mirror_new(t, c, NULL))
    return NULL;
  return c;
}

j3_class *
j3_class_array_of(vmk_thread *t, j3_class *component) VMK_MOVES
{
  j3_class *c = atomic_load_explicit(&component->array, memory_order_acquire);
  if (c)
    return c;
  if (component->primitive == 'V' || component->dimensions == 255) {
    j3_throw(t, "java/lang/IllegalArgumentException", NULL);
    return NULL;
  }
  c = class_new_array(t, component);
  if (!c)
    return NULL;
  j3_class *first = NULL;
  if (!atomic_compare_exchange_strong(&component->array, &first, c))
    return first;
  j3_module_set_mirror(t, c);
  return c;
}

j3_class *
j3_class_new_primitive(vmk_thread *t, char descriptor, const char *name) VMK_MOVES
{
  j3_class *c = vmk_meta_alloc(J3.boot->module, sizeof *c);
  c->kind.module = J3.boot->module;
  c->name = j3_symbol_of(name);
  c->loader = J3.boot;
  c->module = j3_module_java_base();
  c->primitive = (uint8_t)descriptor;
  c->flags = J3_PUBLIC | J3_FINAL | J3_ABSTRACT;
  c->state = J3_INITIALIZED;
  return j3_mirror_new(t, c, NULL) ? c : NULL;
}
