/* unload.c -- the death of loaders and hidden classes
 *
 * The kit decides who dies and frees the metaspace (vmk_exec.h, modules and holders); here goes what
 * the vm has in malloc's memory, and every pointer to it.  Who may point to a class or loader that dies:
 *
 *     other classes            no: a root of their module keeps the class's mirror (constraint.c: what a
 *                              loader initiated; class.c: lookup classes; indy.c: targets of call sites)
 *     Java objects             no: next to each such pointer is a reference to the mirror or the loader
 *     the loader's list        hidden classes are unlinked
 *     J3.loaders, constraints, modules' reads and exports    dead loaders are taken out
 *     threads in C code        no: handles, or vmk_unload_block
 */
#include "unload.h"

#include <stdlib.h>

#include "constraint.h"
#include "log.h"
#include "module.h"
#include "table.h"

vmk_module *
j3_home_hidden(j3_loader *loader)
{
  j3_home *home = malloc(sizeof *home);
  VMK_ASSERT(home);
  *home = (j3_home){.loader = loader, .is_held = true};
  return vmk_module_new(J3.runtime, home);
}

void
j3_home_abandon(vmk_module *module)
{
  j3_home *home = vmk_module_client(module);
  if (home->class && home->class->mirror)
    return; /* held */
  vmk_module_free(module);
  free(home);
}

/* --- dying -------------------------------------------------------------------------------------------------- */

static void
unload_report(const j3_class *c)
{
  char name[1024];
  j3_class_external_name(c, name, sizeof name);
  j3_log(J3_LOG_CLASS_UNLOAD, J3_LOG_INFO, "unloading class %s 0x%016llx", name,
         (unsigned long long)(uintptr_t)c);
  if (vmk_trace_on(J3.vm, VMK_TRACE_LOAD))
    vmk_trace_print(J3.vm, VMK_TRACE_LOAD, "unload %s", name);
}

static void
unload_class(const j3_class *c)
{
  atomic_fetch_add_explicit(&J3.classes_unloaded, 1, memory_order_relaxed);
  if (j3_log_is_on(J3_LOG_CLASS_UNLOAD, J3_LOG_INFO) || vmk_trace_on(J3.vm, VMK_TRACE_LOAD))
    unload_report(c);
}

/* A hidden class whose definition was given up is in no list. */
static void
unload_hidden(j3_class *c)
{
  if (!c->link)
    return;
  *c->link = c->next;
  if (c->next)
    c->next->link = c->link;
  unload_class(c);
}

static void
unload_loader(j3_loader *loader)
{
  for (const j3_class *c = loader->all; c; c = c->next)
    unload_class(c);
  loader->is_dead = true;
}

static void
unload_free_loader(vmk_thread *t, j3_loader *loader)
{
  j3_modules_free(t, loader);
  j3_table_free(loader->classes);
  pthread_mutex_destroy(&loader->lock);
  free(loader);
}

static void
unload_dead_loaders(vmk_thread *t)
{
  j3_constraints_unload();
  j3_modules_unload();
  pthread_mutex_lock(&J3.lock);
  j3_loader **link = &J3.loaders, *loader;
  while ((loader = *link)) {
    if (!loader->is_dead) {
      link = &loader->next;
      continue;
    }
    *link = loader->next;
    unload_free_loader(t, loader);
  }
  pthread_mutex_unlock(&J3.lock);
}

/* Hidden classes first: the list that one is in may go with its loader. */
void
j3_unload(vmk_runtime *rt, vmk_thread *t, vmk_module *const *modules, size_t count)
{
  (void)rt;
  bool some = false;
  for (size_t i = 0; i < count; i++) {
    j3_home *home = vmk_module_client(modules[i]);
    if (home->class)
      unload_hidden(home->class);
  }
  for (size_t i = 0; i < count; i++) {
    j3_home *home = vmk_module_client(modules[i]);
    if (home->class) {
      free(home);
    } else {
      unload_loader(home->loader);
      some = true;
    }
  }
  if (some)
    unload_dead_loaders(t);
}
