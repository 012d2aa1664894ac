/* bootpath.c -- finding boot classes
 *
 * A class is looked for in the module its package belongs to: java.base alone until phase 2 of the boot ends,
 * then what JVM_DefineModule has said.  What patches that module comes before what the image holds of it.  Packages
 * of no module are looked for in the appended folders and jars.
 */
#include "bootpath.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bootplace.h"
#include "jimage.h"
#include "options.h"
#include "vm.h"

typedef struct bootpath_patch {
  struct bootpath_patch *next;
  j3_symbol *module;
  j3_places *places;
} bootpath_patch;

static j3_jimage *bootpath_image;
static _Atomic(j3_places *) bootpath_appended;
static bootpath_patch *bootpath_patches;
static j3_symbol *bootpath_java_base;

/* --patch-module=name=path:..., which the options keep as numbered properties. */
static void
bootpath_add_patches(void)
{
  char key[64];
  const char *value;
  for (unsigned i = 0;
       snprintf(key, sizeof key, "jdk.module.patch.%u", i), value = j3_options_get(J3.options, key);
       i++) {
    const char *equals = strchr(value, '=');
    if (!equals)
      continue; /* the module system complains */
    bootpath_patch *p = calloc(1, sizeof *p);
    VMK_ASSERT(p);
    *p = (bootpath_patch){bootpath_patches, j3_symbol_get(value, (size_t)(equals - value)),
                          j3_places_of(equals + 1)};
    bootpath_patches = p;
  }
}

void
j3_bootpath_open(const char *java_home)
{
  vmk_error error = {{0}};
  bootpath_image = j3_jimage_open(java_home, &error);
  if (!bootpath_image)
    j3_fatal("%s", error.message);
  bootpath_java_base = j3_symbol_of("java.base");
  bootpath_appended = j3_places_of(J3.options->boot_append ? J3.options->boot_append : "");
  bootpath_add_patches();
}

/* The list of places is made anew; who searches the one before is not disturbed. */
void
j3_bootpath_append(const char *place)
{
  char *path;
  const char *before = J3.options->boot_append;
  if (asprintf(&path, "%s%s%s", before ? before : "", before ? ":" : "", place) < 0)
    abort();
  J3.options->boot_append = path;
  if (bootpath_image)
    atomic_store(&bootpath_appended, j3_places_of(path));
}

static bool
bootpath_in_image(const char *module, const j3_symbol *class_name, j3_boot_file *out)
{
  out->in_image = true;
  return j3_jimage_find(bootpath_image, module, class_name, &out->bytes, &out->length);
}

static bool
bootpath_in_places(j3_places *places, const j3_symbol *class_name, j3_boot_file *out)
{
  char resource[PATH_MAX];
  return places &&
         (size_t)snprintf(resource, sizeof resource, "%s.class", class_name->text) <
             sizeof resource &&
         j3_places_read(places, resource, &out->bytes, &out->length);
}

static j3_places *
bootpath_patch_of(const j3_symbol *module)
{
  for (bootpath_patch *p = bootpath_patches; p; p = p->next)
    if (p->module == module)
      return p->places;
  return NULL;
}

bool
j3_bootpath_find(j3_loader *boot, j3_symbol *class_name, j3_symbol *package, j3_boot_file *out)
{
  *out = (j3_boot_file){0};
  const j3_module *m = j3_module_of_package(boot, package);
  const j3_symbol *module = J3.phase < 2 ? bootpath_java_base : m ? m->name : NULL;
  if (!module)
    return bootpath_in_places(bootpath_appended, class_name, out);
  return bootpath_in_places(bootpath_patch_of(module), class_name, out) ||
         bootpath_in_image(module->text, class_name, out) ||
         (J3.phase < 2 && bootpath_in_places(bootpath_appended, class_name, out));
}
