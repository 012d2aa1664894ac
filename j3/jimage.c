/* jimage.c -- finding classes in the image that jlink writes
 *
 * The index is mapped, contents are read: a class in a mapped file would cost the pages around it, four times
 * its size, and a page fault costs more than reading 64 KB does.  Layout, all words in the writer's byte
 * order:
 *
 *     header     magic, version, flags, resources, table length, locations size, strings size
 *     redirect   int32[table length]     hash -> -1 - slot, or the seed of a second hash, or 0: empty
 *     offsets    uint32[table length]    slot -> place in locations
 *     locations  attributes: (kind << 3 | bytes - 1), value big-endian; kind 0 ends
 *     strings    zero-terminated
 *     resources  contents, to which offset attributes are relative
 *
 * libjimage reads the same format, but drags in the C++ library and copies every class.  It is opened only
 * for what is not read here: compressed resources.
 */
#include "jimage.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  JIMAGE_MAGIC = 0xcafedada,
  JIMAGE_VERSION = 1 << 16,
  JIMAGE_SEED = 0x01000193,
};
enum {
  JIMAGE_END,
  JIMAGE_MODULE,
  JIMAGE_PARENT,
  JIMAGE_BASE,
  JIMAGE_EXTENSION,
  JIMAGE_OFFSET,
  JIMAGE_COMPRESSED,
  JIMAGE_UNCOMPRESSED,
  JIMAGE_ATTRIBUTES
};

typedef struct jimage_header {
  uint32_t magic, version, flags, resource_count, table_length, locations_size, strings_size;
} jimage_header;

struct j3_jimage {
  int file;
  size_t size; /* of the file */
  const uint8_t *data;
  size_t index_size;
  jimage_header header;
  const int32_t *redirect;
  const uint32_t *offsets;
  const uint8_t *locations;
  const char *strings;
  char path[1100];
  /* libjimage, opened when first needed */
  pthread_mutex_t lock;
  void *handle;
  int64_t (*find)(void *image, const char *module, const char *version, const char *name,
                  int64_t *size);
  int64_t (*get)(void *image, int64_t location, char *buffer, int64_t size);
};

static uint32_t
jimage_hash(const char *text, uint32_t seed)
{
  for (; *text; text++)
    seed = seed * JIMAGE_SEED ^ (uint8_t)*text;
  return seed & 0x7fffffff;
}

/* --- opening ------------------------------------------------------------------------------------------------ */

static bool
jimage_read(const j3_jimage *image, uint64_t offset, void *to, size_t size)
{
  for (size_t have = 0; have < size;) {
    ssize_t n = pread(image->file, (char *)to + have, size - have, (off_t)(offset + have));
    if (n <= 0 && !(n < 0 && errno == EINTR))
      return false;
    have += n > 0 ? (size_t)n : 0;
  }
  return true;
}

static bool
jimage_map_index(j3_jimage *image)
{
  jimage_header *h = &image->header;
  if (!jimage_read(image, 0, h, sizeof *h))
    return false;
  if (h->magic != JIMAGE_MAGIC || h->version != JIMAGE_VERSION || h->table_length == 0)
    return false;
  size_t table = (size_t)h->table_length * 4;
  image->index_size = sizeof *h + 2 * table + h->locations_size + h->strings_size;
  if (image->index_size > image->size)
    return false;
  void *data = mmap(NULL, image->index_size, PROT_READ, MAP_PRIVATE, image->file, 0);
  if (data == MAP_FAILED)
    return false;
  image->data = data;
  image->redirect = (const int32_t *)(image->data + sizeof *h);
  image->offsets = (const uint32_t *)(image->data + sizeof *h + table);
  image->locations = image->data + sizeof *h + 2 * table;
  image->strings = (const char *)image->locations + h->locations_size;
  /* Both regions must end before they are left: attributes with an end mark, strings with a zero. */
  return h->strings_size > 0 && image->strings[h->strings_size - 1] == 0;
}

j3_jimage *
j3_jimage_open(const char *java_home, vmk_error *error)
{
  j3_jimage *image = calloc(1, sizeof *image);
  if (!image)
    return NULL;
  pthread_mutex_init(&image->lock, NULL);
  snprintf(image->path, sizeof image->path, "%s/lib/modules", java_home);
  image->file = open(image->path, O_RDONLY | O_CLOEXEC);
  struct stat st;
  if (image->file < 0 || fstat(image->file, &st) != 0) {
    snprintf(error->message, sizeof error->message, "Failed setting boot class path: no %.200s",
             image->path);
    j3_jimage_close(image);
    return NULL;
  }
  image->size = (size_t)st.st_size;
  if (!jimage_map_index(image)) {
    snprintf(error->message, sizeof error->message, "%.200s is no image this vm can read",
             image->path);
    j3_jimage_close(image);
    return NULL;
  }
  return image;
}

void
j3_jimage_close(j3_jimage *image)
{
  if (image->data)
    munmap((void *)(uintptr_t)image->data, image->index_size);
  if (image->file >= 0)
    close(image->file);
  pthread_mutex_destroy(&image->lock);
  free(image);
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

static bool
jimage_location(const j3_jimage *image, uint32_t slot, uint64_t *attribute)
{
  memset(attribute, 0, JIMAGE_ATTRIBUTES * sizeof *attribute);
  size_t at = image->offsets[slot], limit = image->header.locations_size;
  while (at < limit) {
    uint8_t byte = image->locations[at++], kind = byte >> 3, bytes = (byte & 7) + 1;
    if (kind == JIMAGE_END)
      return true;
    if (kind >= JIMAGE_ATTRIBUTES || bytes > limit - at)
      return false;
    uint64_t value = 0;
    for (uint8_t i = 0; i < bytes; i++)
      value = value << 8 | image->locations[at++];
    attribute[kind] = value;
  }
  return false;
}

static const char *
jimage_string(const j3_jimage *image, uint64_t offset)
{
  return offset < image->header.strings_size ? image->strings + offset : "";
}

/* Advance *path over part; false when it does not begin so. */
static bool
jimage_match(const char **path, const char *part)
{
  size_t n = strlen(part);
  if (strncmp(*path, part, n) != 0)
    return false;
  *path += n;
  return true;
}

/* Is this the location of "/module/parent/base.extension"?  Module, parent and extension may be absent. */
static bool
jimage_verify(const j3_jimage *image, const uint64_t *a, const char *path)
{
  const char *module = jimage_string(image, a[JIMAGE_MODULE]);
  const char *parent = jimage_string(image, a[JIMAGE_PARENT]);
  const char *extension = jimage_string(image, a[JIMAGE_EXTENSION]);
  if (*module &&
      !(jimage_match(&path, "/") && jimage_match(&path, module) && jimage_match(&path, "/")))
    return false;
  if (*parent && !(jimage_match(&path, parent) && jimage_match(&path, "/")))
    return false;
  if (!jimage_match(&path, jimage_string(image, a[JIMAGE_BASE])))
    return false;
  if (*extension && !(jimage_match(&path, ".") && jimage_match(&path, extension)))
    return false;
  return *path == 0;
}

/* The slot of a name: a perfect hash, so one or two probes. */
static bool
jimage_lookup(const j3_jimage *image, const char *path, uint64_t *attribute)
{
  uint32_t length = image->header.table_length;
  int32_t value = image->redirect[jimage_hash(path, JIMAGE_SEED) % length];
  uint32_t slot;
  if (value > 0)
    slot = jimage_hash(path, (uint32_t)value) % length;
  else if (value < 0)
    slot = (uint32_t)(-1 - value);
  else
    return false;
  return slot < length && jimage_location(image, slot, attribute) &&
         jimage_verify(image, attribute, path);
}

/* --- compressed resources: through libjimage ------------------------------------------------------------------------- */

static bool
jimage_open_library(j3_jimage *image)
{
  char path[1200];
  snprintf(path, sizeof path, "%.*s/libjimage.so", (int)(strlen(image->path) - strlen("/modules")),
           image->path);
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void *(*open_image)(const char *, int *) = library ? dlsym(library, "JIMAGE_Open") : NULL;
  int error = 0;
  if (!open_image)
    return false;
  image->find = dlsym(library, "JIMAGE_FindResource");
  image->get = dlsym(library, "JIMAGE_GetResource");
  if (image->find && image->get)
    image->handle = open_image(image->path, &error);
  return image->handle != NULL;
}

static bool
jimage_expand(j3_jimage *image, const char *path, uint8_t **bytes, size_t *length)
{
  pthread_mutex_lock(&image->lock);
  bool ok = image->handle || jimage_open_library(image);
  pthread_mutex_unlock(&image->lock);
  const char *slash = strchr(path + 1, '/');
  char module[256];
  if (!ok || !slash || (size_t)(slash - path) > sizeof module)
    return false;
  snprintf(module, sizeof module, "%.*s", (int)(slash - path - 1), path + 1);
  int64_t size = 0, location = image->find(image->handle, module, "9.0", slash + 1, &size);
  uint8_t *buffer = location ? malloc((size_t)size + 1) : NULL;
  if (!buffer)
    return false;
  image->get(image->handle, location, (char *)buffer, size);
  *bytes = buffer;
  *length = (size_t)size;
  return true;
}

bool
j3_jimage_find_path(j3_jimage *image, const char *path, uint8_t **bytes, size_t *length)
{
  uint64_t a[JIMAGE_ATTRIBUTES];
  if (!jimage_lookup(image, path, a))
    return false;
  if (a[JIMAGE_COMPRESSED] != 0)
    return jimage_expand(image, path, bytes, length);
  uint64_t room = image->size - image->index_size, size = a[JIMAGE_UNCOMPRESSED];
  if (a[JIMAGE_OFFSET] > room || size > room - a[JIMAGE_OFFSET])
    return false;
  uint8_t *content = malloc((size_t)size + 1);
  if (!content)
    return false;
  if (!jimage_read(image, image->index_size + a[JIMAGE_OFFSET], content, (size_t)size)) {
    free(content);
    return false;
  }
  *bytes = content;
  *length = (size_t)size;
  return true;
}

bool
j3_jimage_find(j3_jimage *image, const char *module, const j3_symbol *name, uint8_t **bytes,
               size_t *length)
{
  char fixed[512], *path = fixed;
  size_t need = strlen(module) + name->length + sizeof "//.class";
  if (need > sizeof fixed)
    path = malloc(need);
  if (!path)
    return false;
  snprintf(path, need, "/%s/%s.class", module, name->text);
  bool found = j3_jimage_find_path(image, path, bytes, length);
  if (path != fixed)
    free(path);
  return found;
}

void
j3_jimage_each(j3_jimage *image, void (*visit)(const char *path, void *data), void *data)
{
  for (uint32_t slot = 0; slot < image->header.table_length; slot++) {
    uint64_t a[JIMAGE_ATTRIBUTES];
    char path[2048];
    if (!jimage_location(image, slot, a))
      continue;
    const char *module = jimage_string(image, a[JIMAGE_MODULE]);
    const char *parent = jimage_string(image, a[JIMAGE_PARENT]);
    const char *extension = jimage_string(image, a[JIMAGE_EXTENSION]);
    snprintf(path, sizeof path, "%s%s%s%s%s%s%s%s", *module ? "/" : "", module, *module ? "/" : "",
             parent, *parent ? "/" : "", jimage_string(image, a[JIMAGE_BASE]),
             *extension ? "." : "", extension);
    visit(path, data);
  }
}
