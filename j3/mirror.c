/* mirror.c -- java.lang.Class objects, and what is asked of a class by name, package, nest */
#include <stdio.h>
#include <stdlib.h>

#include "attributes.h"
#include "class.h"
#include "entry.h"
#include "module.h"

/* --- mirrors ------------------------------------------------------------------------------------------------ */

bool
j3_mirror_new(vmk_thread *t, j3_class *c, vmk_handle protection_domain) VMK_MOVES
{
  const j3_known *k = &J3.known;
  if (!J3.mirrors_ready)
    return true;
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle mirror = c->statics_kind ? vmk_new_pinned(t, &k->class_Class->kind)
                                      : vmk_new(t, &k->class_Class->kind);
  if (mirror) {
    vmk_set_i64(mirror, k->offset_Class_vm_class, (int64_t)(intptr_t)c);
    if (!c->loader->is_boot)
      vmk_set_ref(t, mirror, k->offset_Class_classLoader, c->loader->object);
    if (c->is_array && c->component->mirror)
      vmk_set_ref(t, mirror, k->offset_Class_componentType, c->component->mirror);
    if (protection_domain && !vmk_is_null(protection_domain))
      vmk_set_ref(t, mirror, k->offset_Class_vm_protection_domain, protection_domain);
    const j3_home *home = vmk_module_client(c->kind.module);
    c->mirror = home->class == c ? vmk_module_set_holder(t, c->kind.module, mirror)
                                 : vmk_module_root_new(c->kind.module, mirror);
    if (c->is_array || c->primitive)
      j3_module_set_mirror(t, c);
  }
  vmk_scope_end(t, scope);
  return mirror != NULL;
}

bool
j3_mirror_fix(vmk_thread *t) VMK_MOVES
{
  J3.mirrors_ready = true;
  for (j3_class *c = J3.boot->all; c; c = c->next) {
    if (!c->mirror && !j3_mirror_new(t, c, NULL))
      return false;
    for (j3_class *a = c->array; a; a = a->array)
      if (!a->mirror && !j3_mirror_new(t, a, NULL))
        return false;
  }
  return true;
}

j3_class *
j3_class_of_mirror(vmk_handle mirror)
{
  if (vmk_is_null(mirror))
    return NULL;
  return (j3_class *)(intptr_t)vmk_get_i64(mirror, J3.known.offset_Class_vm_class);
}

/* --- names --------------------------------------------------------------------------------------------------- */

/* Dots for slashes; a hidden class's "+0x..." is shown as "/0x...". */
void
j3_class_external_name(const j3_class *c, char *buffer, size_t size)
{
  const j3_class *element = c->is_array ? c->element : c;
  snprintf(buffer, size, "%s", c->name->text);
  for (char *p = buffer; *p; p++)
    if (*p == '/')
      *p = '.';
  if (!element->is_hidden)
    return;
  char *plus = strrchr(buffer, '+');
  if (plus)
    *plus = '/';
}

static size_t
mirror_package_length(const j3_symbol *name)
{
  const char *slash = strrchr(name->text, '/');
  return slash ? (size_t)(slash - name->text) : 0;
}

j3_symbol *
j3_class_package(const j3_class *c)
{
  if (c->is_array)
    c = c->element;
  if (c->primitive)
    return j3_symbol_of("java/lang");
  return j3_symbol_get(c->name->text, mirror_package_length(c->name));
}

bool
j3_class_same_package(const j3_class *a, const j3_class *b)
{
  if (a->is_array)
    a = a->element;
  if (b->is_array)
    b = b->element;
  if (a->loader != b->loader)
    return false;
  size_t n = mirror_package_length(a->name);
  return n == mirror_package_length(b->name) && memcmp(a->name->text, b->name->text, n) == 0;
}

/* --- nests (JVMS 5.4.4) ------------------------------------------------------------------------------------------ */

static bool
mirror_lists_member(const j3_class *host, const j3_symbol *name)
{
  uint32_t count = host->nest_members.length >= 2 ? j3_u2(host->nest_members.data) : 0;
  for (uint32_t i = 0; i < count; i++)
    if (j3_pool_class_name(host->pool, j3_u2(host->nest_members.data + 2 + 2 * i)) == name)
      return true;
  return false;
}

j3_class *
j3_class_nest_host(vmk_thread *t, j3_class *c) VMK_MOVES
{
  j3_class *host = atomic_load_explicit(&c->nest_host, memory_order_acquire);
  if (host)
    return host;
  host = c;
  if (c->hidden_lookup) {
    host = j3_class_nest_host(t, c->hidden_lookup);
  } else if (c->nest_host_index && !c->is_array && !c->primitive) {
    j3_class *named = j3_resolve_class(t, c->pool, c->nest_host_index);
    if (!named && !j3_pending_is(t, "java/lang/LinkageError"))
      return c; /* memory, stack: undecided */
    vmk_clear_exception(t);
    if (named && j3_class_same_package(named, c) && mirror_lists_member(named, c->name))
      host = named;
  }
  atomic_store_explicit(&c->nest_host, host, memory_order_release);
  return host;
}
