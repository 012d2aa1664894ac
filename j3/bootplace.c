/* bootplace.c -- folders and jars of boot classes
 *
 * Jars are read by the JDK's libzip, as every other jar of the process is.  Each is opened when first
 * looked into, once, under its list's lock; what cannot be opened holds no classes.
 */
#include "bootplace.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm.h"

enum { PLACE_NEW, PLACE_NOTHING, PLACE_FOLDER, PLACE_ARCHIVE };

typedef struct place {
  char *path;
  _Atomic(int) what; /* leaves PLACE_NEW once, after `archive` is set */
  void *archive;
} place;

struct j3_places {
  pthread_mutex_t lock;
  size_t count;
  place place[];
};

/* What libzip offers to a virtual machine. */
static struct {
  void *(*open)(const char *name, char **message);
  void *(*find_entry)(void *archive, char *name, int32_t *size, int32_t *name_length);
  uint8_t (*read_entry)(void *archive, void *entry, uint8_t *bytes, char *name);
} place_zip;

static void
place_load_libzip(void)
{
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/lib/libzip.so", J3.java_home);
  void *library = dlopen(path, RTLD_NOW);
  if (!library)
    return;
  place_zip.open = dlsym(library, "ZIP_Open");
  place_zip.find_entry = dlsym(library, "ZIP_FindEntry");
  place_zip.read_entry = dlsym(library, "ZIP_ReadEntry");
}

static void *
place_open_archive(const char *path)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  char *message = NULL; /* libzip's own */
  pthread_once(&once, place_load_libzip);
  bool usable = place_zip.open && place_zip.find_entry && place_zip.read_entry;
  void *archive = usable ? place_zip.open(path, &message) : NULL;
  return archive;
}

/* What is at the place: one of the constants above but PLACE_NEW. */
static int
place_look(j3_places *places, place *p)
{
  int what = atomic_load_explicit(&p->what, memory_order_acquire);
  if (what != PLACE_NEW)
    return what;
  pthread_mutex_lock(&places->lock);
  what = atomic_load_explicit(&p->what, memory_order_relaxed);
  if (what == PLACE_NEW) {
    struct stat status;
    bool exists = stat(p->path, &status) == 0;
    if (exists && S_ISREG(status.st_mode))
      p->archive = place_open_archive(p->path);
    what = p->archive                          ? PLACE_ARCHIVE
           : exists && S_ISDIR(status.st_mode) ? PLACE_FOLDER
                                               : PLACE_NOTHING;
    atomic_store_explicit(&p->what, what, memory_order_release);
  }
  pthread_mutex_unlock(&places->lock);
  return what;
}

static bool
place_read_file(const char *folder, const char *resource, uint8_t **bytes, size_t *length)
{
  char path[PATH_MAX];
  struct stat status;
  if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, resource) >= sizeof path)
    return false;
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
  *bytes = data;
  *length = size;
  if (!ok)
    free(data);
  return ok;
}

static bool
place_read_entry(void *archive, const char *resource, uint8_t **bytes, size_t *length)
{
  int32_t size, name_length;
  char *name = strdup(resource);
  void *entry = name ? place_zip.find_entry(archive, name, &size, &name_length) : NULL;
  free(name);
  if (!entry)
    return false;
  char *own_name = malloc((size_t)name_length + 1);
  *length = (size_t)size;
  *bytes = malloc(*length + 1);
  VMK_ASSERT(own_name && *bytes);
  bool ok = place_zip.read_entry(archive, entry, *bytes, own_name); /* frees the entry */
  free(own_name);
  if (!ok)
    free(*bytes);
  return ok;
}

j3_places *
j3_places_of(const char *path)
{
  size_t count = *path != 0;
  for (const char *p = path; *p; p++)
    count += *p == ':';
  j3_places *places = calloc(1, sizeof *places + count * sizeof *places->place);
  VMK_ASSERT(places);
  pthread_mutex_init(&places->lock, NULL);
  for (const char *p = path; *p; p += *p == ':') {
    size_t length = strcspn(p, ":");
    if (length)
      places->place[places->count++].path = strndup(p, length);
    p += length;
  }
  return places;
}

bool
j3_places_read(j3_places *places, const char *resource, uint8_t **bytes, size_t *length)
{
  for (size_t i = 0; i < places->count; i++) {
    place *p = &places->place[i];
    int what = place_look(places, p);
    if (what == PLACE_FOLDER && place_read_file(p->path, resource, bytes, length))
      return true;
    if (what == PLACE_ARCHIVE && place_read_entry(p->archive, resource, bytes, length))
      return true;
  }
  return false;
}
