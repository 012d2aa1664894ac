/* bootpath.c -- finding boot classes
 *
 * A class is looked for in the module its package belongs to: java.base alone until phase 2 of the boot ends,
 * then what JVM_DefineModule has said.  Packages of no module are looked for in the appended folders.
 */
#include "bootpath.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jimage.h"
#include "options.h"
#include "vm.h"

static j3_jimage *bootpath_image;

void
j3_bootpath_open(const char *java_home)
{
  vmk_error error = {{0}};
  bootpath_image = j3_jimage_open(java_home, &error);
  if (!bootpath_image)
    j3_fatal("%s", error.message);
}

static bool
bootpath_in_image(const char *module, const j3_symbol *class_name, j3_boot_file *out)
{
  out->in_image = true;
  return j3_jimage_find(bootpath_image, module, class_name, &out->bytes, &out->length);
}

/* The file `folder`/resource. */
static bool
bootpath_read(const char *folder, size_t folder_length, const char *resource, j3_boot_file *out)
{
  char path[PATH_MAX];
  struct stat status;
  snprintf(path, sizeof path, "%.*s/%s", (int)folder_length, folder, resource);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  bool ok = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size < INT32_MAX;
  size_t size = ok ? (size_t)status.st_size : 0, have = 0;
  uint8_t *data = ok ? malloc(size + 1) : NULL;
  ok = data != NULL;
  while (ok && have < size) {
    ssize_t n = read(file, data + have, size - have);
    ok = n > 0;
    have += ok ? (size_t)n : 0;
  }
  close(file);
  if (!ok)
    free(data);
  else
    *out = (j3_boot_file){.bytes = data, .length = size};
  return ok;
}

static bool
bootpath_in_appended(const j3_symbol *class_name, j3_boot_file *out)
{
  char resource[PATH_MAX];
  if ((size_t)snprintf(resource, sizeof resource, "%s.class", class_name->text) >= sizeof resource)
    return false;
  for (const char *p = J3.options->boot_append; p && *p;) {
    size_t length = strcspn(p, ":");
    if (length && bootpath_read(p, length, resource, out))
      return true;
    p += length + (p[length] == ':');
  }
  return false;
}

bool
j3_bootpath_find(j3_loader *boot, j3_symbol *class_name, j3_symbol *package, j3_boot_file *out)
{
  *out = (j3_boot_file){0};
  if (J3.phase < 2 && bootpath_in_image("java.base", class_name, out))
    return true;
  const j3_module *m = j3_module_of_package(boot, package);
  if (m && m->name && J3.phase >= 2)
    return bootpath_in_image(m->name->text, class_name, out);
  return bootpath_in_appended(class_name, out);
}
