/* jimage.c -- class files of the boot loader: the run-time image, and -Xbootclasspath/a folders
 *
 * The image is read through the JDK's own libjimage, opened from java.home/lib.  A class is looked for in the
 * module its package belongs to: java.base alone until phase 2 of the boot ends, then what
 * JVM_DefineModule has said.
 */
#include "jimage.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "options.h"
#include "vm.h"

typedef int64_t jimage_location;
typedef struct jimage_file jimage_file;

static struct {
  jimage_file *(*open)(const char *path, int *error);
  jimage_location (*find)(jimage_file *file, const char *module, const char *version,
                          const char *name, int64_t *size);
  int64_t (*get)(jimage_file *file, jimage_location location, char *buffer, int64_t size);
  jimage_file *file;
} jimage;

static void *
jimage_symbol(void *library, const char *name)
{
  void *symbol = dlsym(library, name);
  if (!symbol)
    j3_fatal("%s", dlerror());
  return symbol;
}

void
j3_jimage_open(const char *java_home)
{
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/lib/libjimage.so", java_home);
  void *library = dlopen(path, RTLD_NOW);
  if (!library)
    j3_fatal("%s", dlerror());
  *(void **)&jimage.open = jimage_symbol(library, "JIMAGE_Open");
  *(void **)&jimage.find = jimage_symbol(library, "JIMAGE_FindResource");
  *(void **)&jimage.get = jimage_symbol(library, "JIMAGE_GetResource");
  int error = 0;
  snprintf(path, sizeof path, "%s/lib/modules", java_home);
  jimage.file = jimage.open(path, &error);
  if (!jimage.file)
    j3_fatal("Failed setting boot class path: %s cannot be opened (error %d)", path, error);
}

static bool
jimage_read(j3_loader *boot, const char *module, const char *resource, j3_bytes *out)
{
  int64_t size;
  jimage_location location = jimage.find(jimage.file, module, "9.0", resource, &size);
  if (!location || size <= 0 || size > INT32_MAX)
    return false;
  uint8_t *data = vmk_meta_alloc(boot->module, (size_t)size);
  if (jimage.get(jimage.file, location, (char *)data, size) != size)
    return false;
  *out = (j3_bytes){data, (uint32_t)size};
  return true;
}

/* The file `folder`/resource. */
static bool
jimage_read_file(j3_loader *boot, const char *folder, size_t folder_length, const char *resource,
                 j3_bytes *out)
{
  char path[PATH_MAX];
  struct stat status;
  snprintf(path, sizeof path, "%.*s/%s", (int)folder_length, folder, resource);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  bool ok = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size < INT32_MAX;
  size_t size = ok ? (size_t)status.st_size : 0, have = 0;
  uint8_t *data = ok ? vmk_meta_alloc(boot->module, size + 1) : NULL;
  while (ok && have < size) {
    ssize_t n = read(file, data + have, size - have);
    ok = n > 0;
    have += ok ? (size_t)n : 0;
  }
  close(file);
  *out = (j3_bytes){data, (uint32_t)size};
  return ok;
}

static bool
jimage_find_appended(j3_loader *boot, const char *resource, j3_bytes *out)
{
  for (const char *p = J3.options->boot_append; p && *p;) {
    size_t length = strcspn(p, ":");
    if (length && jimage_read_file(boot, p, length, resource, out))
      return true;
    p += length + (p[length] == ':');
  }
  return false;
}

bool
j3_jimage_find(j3_loader *boot, j3_symbol *class_name, j3_symbol *package, j3_bytes *out)
{
  char resource[PATH_MAX];
  if ((size_t)snprintf(resource, sizeof resource, "%s.class", class_name->text) >= sizeof resource)
    return false;
  if (J3.phase < 2 && jimage_read(boot, "java.base", resource, out))
    return true;
  const j3_module *m = j3_module_of_package(boot, package);
  if (m && m->name && J3.phase >= 2)
    return jimage_read(boot, m->name->text, resource, out);
  return jimage_find_appended(boot, resource, out);
}
