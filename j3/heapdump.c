/* heapdump.c -- the heap as an hprof file (version 1.0.2), and what happens when memory ends
 *
 * Records are written while the world is stopped.  An object's id is its address, a class's that of its
 * mirror, a symbol's the address of the symbol: all are stable until the world runs.  Lengths that are
 * not known beforehand are filled in afterwards, so the file must be one in which one can seek.
 */
#include "heapdump.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "options.h"
#include "vm.h"

enum {
  HPROF_UTF8 = 0x01,
  HPROF_LOAD_CLASS = 0x02,
  HPROF_TRACE = 0x05,
  HPROF_SEGMENT = 0x1c,
  HPROF_END = 0x2c,
  HPROF_ROOT_STICKY_CLASS = 0x05,
  HPROF_ROOT_UNKNOWN = 0xff,
  HPROF_CLASS = 0x20,
  HPROF_INSTANCE = 0x21,
  HPROF_OBJECT_ARRAY = 0x22,
  HPROF_PRIMITIVE_ARRAY = 0x23,
};

enum { HEAPDUMP_SEGMENT = 1 << 30 }; /* bytes after which a new segment begins */

typedef struct heapdump {
  FILE *file;
  long segment;     /* position of the open segment's length */
  uint64_t written; /* bytes since the segment began */
} heapdump;

/* --- numbers ---------------------------------------------------------------------------------------- */

/* Big-endian; beyond 8 bytes, zeros come first. */
static void
heapdump_put(heapdump *d, uint64_t value, int bytes)
{
  d->written += (uint64_t)bytes;
  while (bytes-- > 0)
    putc_unlocked(bytes < 8 ? (int)(value >> 8 * bytes & 0xff) : 0, d->file);
}

static void
heapdump_record(heapdump *d, int tag, uint32_t length)
{
  heapdump_put(d, (uint64_t)tag, 1);
  heapdump_put(d, 0, 4); /* microseconds since the file's time */
  heapdump_put(d, length, 4);
}

static void
heapdump_segment_end(heapdump *d)
{
  long end = ftell(d->file);
  fseek(d->file, d->segment, SEEK_SET);
  heapdump_put(d, (uint64_t)(end - d->segment - 4), 4);
  fseek(d->file, end, SEEK_SET);
}

static void
heapdump_segment_begin(heapdump *d)
{
  heapdump_record(d, HPROF_SEGMENT, 0);
  d->segment = ftell(d->file) - 4;
  d->written = 0;
}

/* --- classes ------------------------------------------------------------------------------------------ */

static uint64_t
heapdump_class_id(const j3_class *c)
{
  return c && c->mirror ? (uint64_t)(uintptr_t)c->mirror->ref : 0;
}

/* hprof's type of what a field descriptor or array element is. */
static int
heapdump_type(char descriptor)
{
  switch (descriptor) {
  case 'Z': return 4;
  case 'C': return 5;
  case 'F': return 6;
  case 'D': return 7;
  case 'B': return 8;
  case 'S': return 9;
  case 'I': return 10;
  case 'J': return 11;
  default: return 2;
  }
}

static int
heapdump_type_bytes(int type)
{
  static const uint8_t bytes[] = {
      [2] = 8, [4] = 1, [5] = 2, [6] = 4, [7] = 8, [8] = 1, [9] = 2, [10] = 4, [11] = 8};
  return bytes[type];
}

static uint64_t
heapdump_load(const char *address, int bytes)
{
  uint64_t value = 0;
  memcpy(&value, address, (size_t)bytes); /* little-endian */
  return value;
}

static void
heapdump_value(heapdump *d, vmk_ref base, uint32_t offset, int type) VMK_STILL_ONLY
{
  uint64_t value = type == 2
                       ? (uint64_t)(uintptr_t)vmk_load_ref(base, offset)
                       : heapdump_load((const char *)base + offset, heapdump_type_bytes(type));
  heapdump_put(d, value, heapdump_type_bytes(type));
}

static bool
heapdump_is_of(const j3_field *f, bool is_static)
{
  return ((f->flags & J3_STATIC) != 0) == is_static && !(f->flags & J3_FIELD_INJECTED);
}

static uint32_t
heapdump_fields(const j3_class *c, bool is_static, uint32_t *bytes)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < c->field_count; i++)
    if (heapdump_is_of(&c->fields[i], is_static)) {
      count++;
      *bytes += (uint32_t)heapdump_type_bytes(heapdump_type(c->fields[i].descriptor->text[0]));
    }
  return count;
}

static uint32_t
heapdump_instance_bytes(const j3_class *c)
{
  uint32_t bytes = 0;
  for (; c; c = c->super)
    heapdump_fields(c, false, &bytes);
  return bytes;
}

static void
heapdump_class(heapdump *d, const j3_class *c) VMK_STILL_ONLY
{
  uint32_t ignored = 0;
  bool has_statics = c->statics_base != NULL;
  heapdump_put(d, HPROF_CLASS, 1);
  heapdump_put(d, heapdump_class_id(c), 8);
  heapdump_put(d, 0, 4);
  heapdump_put(d, heapdump_class_id(c->super), 8);
  heapdump_put(d, c->loader && c->loader->object ? (uint64_t)(uintptr_t)c->loader->object->ref : 0,
               8);
  heapdump_put(d, 0, 8); /* signers */
  heapdump_put(d, 0, 8); /* protection domain */
  heapdump_put(d, 0, 16);
  heapdump_put(d, c->is_array ? 0 : heapdump_instance_bytes(c), 4);
  heapdump_put(d, 0, 2); /* constant pool */
  heapdump_put(d, has_statics ? heapdump_fields(c, true, &ignored) : 0, 2);
  for (uint32_t i = 0; has_statics && i < c->field_count; i++) {
    const j3_field *f = &c->fields[i];
    if (!heapdump_is_of(f, true))
      continue;
    int type = heapdump_type(f->descriptor->text[0]);
    heapdump_put(d, (uint64_t)(uintptr_t)f->name, 8);
    heapdump_put(d, (uint64_t)type, 1);
    heapdump_value(d, (vmk_ref)(uintptr_t)c->statics_base, f->offset, type);
  }
  heapdump_put(d, heapdump_fields(c, false, &ignored), 2);
  for (uint32_t i = 0; i < c->field_count; i++)
    if (heapdump_is_of(&c->fields[i], false)) {
      heapdump_put(d, (uint64_t)(uintptr_t)c->fields[i].name, 8);
      heapdump_put(d, (uint64_t)heapdump_type(c->fields[i].descriptor->text[0]), 1);
    }
}

/* Run `each` for every class there is. */
static void
heapdump_classes(heapdump *d, void (*each)(heapdump *, const j3_class *))
{
  for (const j3_loader *l = J3.loaders; l; l = l->next)
    for (const j3_class *c = l->all; c; c = c->next) {
      each(d, c);
      for (const j3_class *a = c->array; a; a = a->array)
        each(d, a);
    }
  for (size_t i = 0; i < VMK_COUNT(J3.primitive); i++)
    for (const j3_class *a = J3.primitive[i] ? J3.primitive[i]->array : NULL; a; a = a->array)
      each(d, a);
}

static void
heapdump_symbol(heapdump *d, const j3_symbol *s)
{
  heapdump_record(d, HPROF_UTF8, 8u + s->length);
  heapdump_put(d, (uint64_t)(uintptr_t)s, 8);
  fwrite(s->text, 1, s->length, d->file);
}

/* Before the segments: the names that the class will be described with, and that it exists. */
static void
heapdump_announce(heapdump *d, const j3_class *c)
{
  heapdump_symbol(d, c->name);
  for (uint32_t i = 0; i < c->field_count; i++)
    heapdump_symbol(d, c->fields[i].name);
  heapdump_record(d, HPROF_LOAD_CLASS, 24);
  heapdump_put(d, c->unique, 4);
  heapdump_put(d, heapdump_class_id(c), 8);
  heapdump_put(d, 0, 4);
  heapdump_put(d, (uint64_t)(uintptr_t)c->name, 8);
}

static void
heapdump_describe(heapdump *d, const j3_class *c)
{
  heapdump_class(d, c);
  if (c->loader == J3.boot) {
    heapdump_put(d, HPROF_ROOT_STICKY_CLASS, 1);
    heapdump_put(d, heapdump_class_id(c), 8);
  }
}

/* --- objects --------------------------------------------------------------------------------------------- */

static void
heapdump_array(heapdump *d, vmk_ref object, const j3_class *c) VMK_STILL_ONLY
{
  uint32_t length = vmk_array_length_raw(object);
  int type = heapdump_type(c->name->text[1]);
  heapdump_put(d, type == 2 ? HPROF_OBJECT_ARRAY : HPROF_PRIMITIVE_ARRAY, 1);
  heapdump_put(d, (uint64_t)(uintptr_t)object, 8);
  heapdump_put(d, 0, 4);
  heapdump_put(d, length, 4);
  if (type == 2)
    heapdump_put(d, heapdump_class_id(c), 8);
  else
    heapdump_put(d, (uint64_t)type, 1);
  uint32_t step = type == 2 ? VMK_REF_BYTES : (uint32_t)heapdump_type_bytes(type);
  for (uint32_t i = 0; i < length; i++)
    heapdump_value(d, object, (uint32_t)VMK_ARRAY_DATA_OFFSET + i * step, type);
}

static void
heapdump_instance(heapdump *d, vmk_ref object, const j3_class *c) VMK_STILL_ONLY
{
  heapdump_put(d, HPROF_INSTANCE, 1);
  heapdump_put(d, (uint64_t)(uintptr_t)object, 8);
  heapdump_put(d, 0, 4);
  heapdump_put(d, heapdump_class_id(c), 8);
  heapdump_put(d, heapdump_instance_bytes(c), 4);
  for (; c; c = c->super)
    for (uint32_t i = 0; i < c->field_count; i++)
      if (heapdump_is_of(&c->fields[i], false))
        heapdump_value(d, object, c->fields[i].offset,
                       heapdump_type(c->fields[i].descriptor->text[0]));
}

/* A mirror was described as its class; statics belong to their class. */
static bool
heapdump_is_hidden(vmk_ref object, const j3_class *c) VMK_STILL_ONLY
{
  if (((const vmk_kind *)c)->flags & J3_KIND_STATICS)
    return true;
  vmk_slot slot = {.ref = object};
  return c == J3.known.class_Class && j3_class_of_mirror(&slot) &&
         !j3_class_of_mirror(&slot)->primitive;
}

static void
heapdump_visit(vmk_ref object, void *data)
{
  heapdump *d = data;
  if (d->written > HEAPDUMP_SEGMENT) {
    heapdump_segment_end(d);
    heapdump_segment_begin(d);
  }
  const j3_class *c = (const j3_class *)vmk_kind_of(object);
  if (!heapdump_is_hidden(object, c)) {
    if (c->is_array)
      heapdump_array(d, object, c);
    else
      heapdump_instance(d, object, c);
  }
}

static void
heapdump_root(vmk_ref object, void *data)
{
  heapdump *d = data;
  heapdump_put(d, HPROF_ROOT_UNKNOWN, 1);
  heapdump_put(d, (uint64_t)(uintptr_t)object, 8);
}

static void
heapdump_begin(void *data)
{
  heapdump *d = data;
  struct timeval now;
  gettimeofday(&now, NULL);
  fwrite("JAVA PROFILE 1.0.2", 1, sizeof "JAVA PROFILE 1.0.2", d->file);
  heapdump_put(d, 8, 4);
  heapdump_put(d, (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000, 8);
  heapdump_record(d, HPROF_TRACE, 12); /* the empty one, which all objects have */
  heapdump_put(d, 0, 4);
  heapdump_put(d, 0, 8);
  heapdump_classes(d, heapdump_announce);
  heapdump_segment_begin(d);
  heapdump_classes(d, heapdump_describe);
}

const char *
j3_heapdump(vmk_thread *t, const char *path, bool *created) VMK_MOVES
{
  int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600);
  heapdump d = {.file = fd >= 0 ? fdopen(fd, "w") : NULL};
  *created = d.file != NULL;
  if (!d.file)
    return strerror(errno);
  vmk_heap_walk(t, &(vmk_heap_visitor){heapdump_begin, heapdump_root, heapdump_visit}, &d);
  heapdump_segment_end(&d);
  heapdump_record(&d, HPROF_END, 0);
  bool failed = ferror(d.file);
  failed |= fclose(d.file) != 0;
  return failed ? strerror(errno) : NULL;
}

void
j3_heapdump_tell(vmk_thread *t, const char *path, FILE *out)
{
  fprintf(out, "Dumping heap to %s ...\n", path);
  fflush(out);
  int64_t begin = vmk_now_ns();
  bool created;
  const char *error = j3_heapdump(t, path, &created);
  struct stat made = {0};
  if (error && created)
    fprintf(out, "Dump file is incomplete: %s\n", error);
  else if (error)
    fprintf(out, "Unable to create %s: %s\n", path, error);
  else if (stat(path, &made) == 0)
    fprintf(out, "Heap dump file created [%lld bytes in %.3f secs]\n", (long long)made.st_size,
            (double)(vmk_now_ns() - begin) / 1e9);
  fflush(out);
}

/* --- out of memory ----------------------------------------------------------------------------------------- */

static void
heapdump_write_default(vmk_thread *t) VMK_MOVES
{
  static _Atomic(uint32_t) count;
  char name[64], path[PATH_MAX];
  uint32_t n = count++;
  struct stat s;
  snprintf(name, sizeof name, "java_pid%d.hprof", (int)getpid());
  const char *given = J3.options->heap_dump_path;
  if (!given || !*given)
    snprintf(path, sizeof path, "%s", name);
  else if (stat(given, &s) == 0 && S_ISDIR(s.st_mode))
    snprintf(path, sizeof path, "%s/%s", given, name);
  else
    snprintf(path, sizeof path, "%s", given);
  if (n)
    snprintf(path + strlen(path), sizeof path - strlen(path), ".%u", n);
  j3_heapdump_tell(t, path, j3_output());
}

/* Commands are separated by semicolons; %p is the process, %% a percent sign. */
static void
heapdump_run_commands(const char *message, const char *commands)
{
  char *copy = strdup(commands), *state = NULL;
  fprintf(j3_output(), "#\n# java.lang.OutOfMemoryError: %s\n# -XX:OnOutOfMemoryError=\"%s\"\n",
          message, commands);
  for (char *one = copy ? strtok_r(copy, ";", &state) : NULL; one;
       one = strtok_r(NULL, ";", &state)) {
    char command[4096];
    size_t n = 0;
    for (one += strspn(one, " "); *one && n < sizeof command - 16; one++) {
      if (one[0] == '%' && one[1] == 'p') {
        n += (size_t)sprintf(command + n, "%d", (int)getpid());
        one++;
      } else {
        one += one[0] == '%' && one[1] == '%';
        command[n++] = *one;
      }
    }
    command[n] = 0;
    fprintf(j3_output(), "#   Executing /bin/sh -c \"%s\"...\n", command);
    fflush(j3_output());
    if (system(command) < 0)
      perror("os::fork_and_exec failed");
  }
  free(copy);
}

void
j3_heapdump_out_of_memory(vmk_thread *t, const char *message) VMK_MOVES
{
  static _Atomic(bool) reported;
  const j3_options *o = J3.options;
  if (reported || J3.phase < 4)
    return;
  reported = true;
  if (o->dump_on_oom) {
    fprintf(j3_output(), "java.lang.OutOfMemoryError: %s\n", message);
    heapdump_write_default(t);
  }
  if (o->on_oom && *o->on_oom)
    heapdump_run_commands(message, o->on_oom);
  if (o->crash_on_oom) {
    fprintf(j3_output(), "Aborting due to java.lang.OutOfMemoryError: %s\n", message);
    fflush(j3_output());
    abort();
  }
  if (o->exit_on_oom) {
    fprintf(j3_output(), "Terminating due to java.lang.OutOfMemoryError: %s\n", message);
    fflush(j3_output());
    _exit(3);
  }
}
