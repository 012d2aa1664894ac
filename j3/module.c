/* module.c -- the vm's tables of modules, packages, reads and exports; see module.h
 *
 * java.base starts as an entry without object, because thousands of lines of its own code run before
 * ModuleBootstrap can define it.  `module_state.lock` is a leaf: nothing under it blocks, allocates managed
 * memory or takes another lock but those of malloc and the handle table.
 */
#include <stdlib.h>

#include "module.h"
#include "table.h"

static struct {
  pthread_mutex_t lock;
  j3_module *java_base;
} module_state = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Who may use a package of a module. */
typedef struct module_export {
  _Atomic(bool) to_all, to_unnamed;
  j3_table *targets; /* set of j3_module* */
} module_export;

static j3_module *
module_new(j3_loader *loader, j3_symbol *name)
{
  j3_module *m = calloc(1, sizeof *m);
  VMK_ASSERT(m);
  m->name = name;
  m->loader = loader;
  m->reads = j3_table_new();
  m->exports = j3_table_new();
  return m;
}

/* Tie m and its java.lang.Module.  The boot loader's modules live as long as the vm; those of others are
 * kept by their ClassLoader (its unnamedModule, or the layers bound to it). */
static void
module_set_object(vmk_thread *t, j3_module *m, vmk_handle object)
{
  m->object = m->loader->is_boot ? vmk_global_new(t, object) : vmk_global_weak_new(t, object, true);
  vmk_set_i64(object, J3.known.offset_Module_vm_module, (int64_t)(intptr_t)m);
}

void
j3_module_boot(j3_loader *boot)
{
  boot->packages = j3_table_new();
  boot->unnamed = module_new(boot, NULL);
  module_state.java_base = module_new(boot, j3_symbol_of("java.base"));
  boot->modules = module_state.java_base;
}

void
j3_module_loader_init(vmk_thread *t, j3_loader *loader, vmk_handle class_loader)
{
  loader->packages = j3_table_new();
  loader->unnamed = module_new(loader, NULL);
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle object = vmk_get_ref(t, class_loader, J3.known.offset_ClassLoader_unnamedModule);
  if (!vmk_is_null(object))
    module_set_object(t, loader->unnamed, object);
  vmk_scope_end(t, scope);
}

j3_module *
j3_module_java_base(void)
{
  return module_state.java_base;
}

j3_module *
j3_module_of_object(vmk_handle object)
{
  return (j3_module *)(intptr_t)vmk_get_i64(object, J3.known.offset_Module_vm_module);
}

/* --- queries ------------------------------------------------------------------------------------------ */

j3_module *
j3_module_of_package(const j3_loader *loader, j3_symbol *package)
{
  j3_module *m = j3_table_get(loader->packages, package);
  return m && m->name ? m : NULL;
}

j3_module *
j3_module_for_class(const j3_loader *loader, j3_symbol *package)
{
  j3_module *m = j3_table_get(loader->packages, package);
  if (m)
    return m;
  /* Until java.base is defined, what the boot loader loads can only be its. */
  if (loader->is_boot && !__atomic_load_n(&module_state.java_base->object, __ATOMIC_ACQUIRE))
    return module_state.java_base;
  /* From here on the package is the unnamed module's, and no other can have it. */
  pthread_mutex_lock(&module_state.lock);
  m = j3_table_get(loader->packages, package);
  if (!m) {
    m = loader->unnamed;
    j3_table_add(loader->packages, package, m);
  }
  pthread_mutex_unlock(&module_state.lock);
  return m;
}

bool
j3_module_reads(const j3_module *from, const j3_module *to)
{
  if (from == to || !from->name || to == module_state.java_base)
    return true;
  if (!to->name && atomic_load_explicit(&from->reads_all_unnamed, memory_order_acquire))
    return true;
  return j3_table_get(from->reads, to) != NULL;
}

bool
j3_module_exports_to(const j3_module *from, j3_symbol *package, const j3_module *to)
{
  if (from == to || !from->name || from->is_open)
    return true;
  module_export *e = j3_table_get(from->exports, package);
  if (!e)
    return false;
  if (atomic_load_explicit(&e->to_all, memory_order_acquire))
    return true;
  if (!to->name && atomic_load_explicit(&e->to_unnamed, memory_order_acquire))
    return true;
  return j3_table_get(e->targets, to) != NULL;
}

/* --- mirrors ------------------------------------------------------------------------------------------ */

void
j3_module_set_mirror(vmk_thread *t, j3_class *c)
{
  pthread_mutex_lock(&module_state.lock);
  if (c->mirror && c->module && c->module->object)
    vmk_set_ref(t, c->mirror, J3.known.offset_Class_module, c->module->object);
  pthread_mutex_unlock(&module_state.lock);
}

/* c and the arrays of it. */
static void
module_patch_class(vmk_thread *t, j3_class *c)
{
  for (; c; c = atomic_load_explicit(&c->array, memory_order_acquire))
    j3_module_set_mirror(t, c);
}

/* Give the mirrors made before the boot loader's modules had objects what they miss. */
static void
module_patch_boot(vmk_thread *t)
{
  for (size_t i = 0; i < VMK_COUNT(J3.primitive); i++)
    module_patch_class(t, J3.primitive[i]);
  pthread_mutex_lock(&J3.boot->lock);
  for (j3_class *c = J3.boot->all; c; c = c->next)
    module_patch_class(t, c);
  pthread_mutex_unlock(&J3.boot->lock);
}

/* --- changes ------------------------------------------------------------------------------------------ */

static j3_module *
module_find(const j3_loader *loader, const j3_symbol *name)
{
  for (j3_module *m = loader->modules; m; m = m->next)
    if (m->name == name)
      return m;
  return NULL;
}

/* First of the definition's packages that another module has. */
static j3_module *
module_conflict(const j3_loader *loader, j3_module_definition *d)
{
  for (size_t i = 0; i < d->package_count; i++) {
    j3_module *other = j3_table_get(loader->packages, d->packages[i]);
    if (other) {
      d->duplicate = d->packages[i];
      d->duplicate_module = other;
      return other;
    }
  }
  return NULL;
}

static void
module_fill(vmk_thread *t, j3_module *m, vmk_handle object, const j3_module_definition *d)
{
  m->version = d->version;
  m->location = d->location;
  m->is_open = d->is_open;
  for (size_t i = 0; i < d->package_count; i++)
    if (!j3_table_get(m->loader->packages, d->packages[i]))
      j3_table_add(m->loader->packages, d->packages[i], m);
  module_set_object(t, m, object);
}

j3_module_result
j3_module_define(vmk_thread *t, j3_loader *loader, vmk_handle object, j3_module_definition *d)
{
  j3_module_result result = J3_MODULE_DEFINED;
  pthread_mutex_lock(&module_state.lock);
  j3_module *m = module_find(loader, d->name);
  bool is_base = m && m == module_state.java_base;
  if (m && !(is_base && !m->object)) {
    result = J3_MODULE_DUPLICATE;
  } else if (module_conflict(loader, d)) {
    result = J3_MODULE_DUPLICATE_PACKAGE;
  } else {
    if (!m) {
      m = module_new(loader, d->name);
      m->next = loader->modules;
      loader->modules = m;
    }
    module_fill(t, m, object, d);
  }
  pthread_mutex_unlock(&module_state.lock);
  if (result == J3_MODULE_DEFINED && is_base)
    module_patch_boot(t);
  return result;
}

void
j3_module_set_boot_unnamed(vmk_thread *t, vmk_handle object)
{
  pthread_mutex_lock(&module_state.lock);
  module_set_object(t, J3.boot->unnamed, object);
  pthread_mutex_unlock(&module_state.lock);
  module_patch_boot(t);
}

void
j3_module_add_read(j3_module *from, j3_module *to)
{
  if (!from->name || from == to)
    return;
  pthread_mutex_lock(&module_state.lock);
  if (!to)
    atomic_store_explicit(&from->reads_all_unnamed, true, memory_order_release);
  else if (!j3_table_get(from->reads, to)) {
    j3_table_add(from->reads, to, to);
    to->is_named_elsewhere = true;
  }
  pthread_mutex_unlock(&module_state.lock);
}

/* The export of a package, made on first use; null when the module has no such package. */
static module_export *
module_export_of(j3_module *m, j3_symbol *package)
{
  if (j3_table_get(m->loader->packages, package) != m)
    return NULL;
  module_export *e = j3_table_get(m->exports, package);
  if (e)
    return e;
  e = calloc(1, sizeof *e);
  VMK_ASSERT(e);
  e->targets = j3_table_new();
  j3_table_add(m->exports, package, e);
  return e;
}

bool
j3_module_add_export(j3_module *from, j3_symbol *package, j3_module *to)
{
  pthread_mutex_lock(&module_state.lock);
  module_export *e = module_export_of(from, package);
  if (e && !to)
    atomic_store_explicit(&e->to_all, true, memory_order_release);
  else if (e && to != from && !j3_table_get(e->targets, to)) {
    j3_table_add(e->targets, to, to);
    to->is_named_elsewhere = true;
  }
  pthread_mutex_unlock(&module_state.lock);
  return e != NULL;
}

bool
j3_module_add_export_to_unnamed(j3_module *from, j3_symbol *package)
{
  pthread_mutex_lock(&module_state.lock);
  module_export *e = module_export_of(from, package);
  if (e)
    atomic_store_explicit(&e->to_unnamed, true, memory_order_release);
  pthread_mutex_unlock(&module_state.lock);
  return e != NULL;
}

/* --- unloading ---------------------------------------------------------------------------------------- */

static bool
module_is_alive(const void *module, void *value)
{
  (void)value;
  return !((const j3_module *)module)->loader->is_dead;
}

static bool
module_purge_export(const void *package, void *export)
{
  (void)package;
  j3_table_retain(((module_export *)export)->targets, module_is_alive);
  return true;
}

static void
module_purge(j3_module *m)
{
  j3_table_retain(m->reads, module_is_alive);
  j3_table_retain(m->exports, module_purge_export);
}

static bool
module_named_elsewhere(const j3_loader *loader)
{
  bool named = loader->unnamed->is_named_elsewhere;
  for (const j3_module *m = loader->modules; m; m = m->next)
    named |= m->is_named_elsewhere;
  return named;
}

void
j3_modules_unload(void)
{
  bool some = false;
  for (const j3_loader *l = J3.loaders; l && !some; l = l->next)
    some = l->is_dead && module_named_elsewhere(l);
  for (j3_loader *l = J3.loaders; l && some; l = l->next) {
    if (l->is_dead)
      continue;
    module_purge(l->unnamed);
    for (j3_module *m = l->modules; m; m = m->next)
      module_purge(m);
  }
}

static bool
module_free_export(const void *package, void *export)
{
  (void)package;
  j3_table_free(((module_export *)export)->targets);
  free(export);
  return false;
}

static void
module_free(vmk_thread *t, j3_module *m)
{
  if (m->object)
    vmk_global_free(t, m->object);
  j3_table_retain(m->exports, module_free_export);
  j3_table_free(m->exports);
  j3_table_free(m->reads);
  free(m);
}

void
j3_modules_free(vmk_thread *t, j3_loader *loader)
{
  module_free(t, loader->unnamed);
  while (loader->modules) {
    j3_module *next = loader->modules->next;
    module_free(t, loader->modules);
    loader->modules = next;
  }
  j3_table_free(loader->packages);
}
