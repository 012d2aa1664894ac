/* flags.c -- -XX options: what exists in the reference VM is accepted here, and some of it has a meaning
 *
 * vm_flags.def says which options exist, of what type, and which must be unlocked first: that is all that a
 * command line needs to be accepted or refused in the reference's words.  flags_targets lists the few whose
 * value matters; the others tune what does not exist here.
 */
#include "flags.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jvm.h"
#include "vm.h"

typedef enum flags_type {
  FLAGS_BOOL,
  FLAGS_I32,
  FLAGS_U32,
  FLAGS_I64,
  FLAGS_U64,
  FLAGS_DOUBLE,
  FLAGS_TEXT,
} flags_type;

enum { FLAGS_LEAST_METASPACE = 128 << 10 }; /* with less HotSpot's metaspace cannot begin */

typedef enum flags_lock { FLAGS_PRODUCT, FLAGS_DIAGNOSTIC, FLAGS_EXPERIMENTAL } flags_lock;

typedef struct flags_row {
  const char *name;
  uint8_t type, lock;
} flags_row;

static const flags_row flags_rows[] = {
#define J3_VM_FLAG(type, name, lock) {#name, FLAGS_##type, FLAGS_##lock},
#include "vm_flags.def"
#undef J3_VM_FLAG
};

/* A target has its option's type; integers of all types are 64 bits there. */
static const struct {
  const char *name;
  size_t offset;
} flags_targets[] = {
    {"ActiveProcessorCount", offsetof(j3_options, processors)},
    {"BytecodeVerificationLocal", offsetof(j3_options, verify_local)},
    {"BytecodeVerificationRemote", offsetof(j3_options, verify_remote)},
    {"CrashOnOutOfMemoryError", offsetof(j3_options, crash_on_oom)},
    {"CreateCoredumpOnCrash", offsetof(j3_options, core_on_crash)},
    {"DisableAttachMechanism", offsetof(j3_options, attach_disabled)},
    {"DisplayVMOutputToStderr", offsetof(j3_options, output_to_stderr)},
    {"ExitOnOutOfMemoryError", offsetof(j3_options, exit_on_oom)},
    {"HeapDumpOnOutOfMemoryError", offsetof(j3_options, dump_on_oom)},
    {"HeapDumpPath", offsetof(j3_options, heap_dump_path)},
    {"IgnoreUnrecognizedVMOptions", offsetof(j3_options, ignore_unrecognized)},
    {"InitialHeapSize", offsetof(j3_options, heap_initial)},
    {"MaxHeapSize", offsetof(j3_options, heap_max)},
    {"MaxRAM", offsetof(j3_options, memory_bytes)},
    {"MaxRAMPercentage", offsetof(j3_options, memory_percent)},
    {"MaxMetaspaceSize", offsetof(j3_options, metaspace_max)},
    {"OnOutOfMemoryError", offsetof(j3_options, on_oom)},
    {"PrintGC", offsetof(j3_options, print_gc)},
    {"PrintGCDetails", offsetof(j3_options, print_gc_details)},
    {"ReduceSignalUsage", offsetof(j3_options, reduced_signals)},
    {"SoftRefLRUPolicyMSPerMB", offsetof(j3_options, soft_ms_per_mb)},
    {"ThreadStackSize", offsetof(j3_options, stack_kilobytes)},
    {"UnlockDiagnosticVMOptions", offsetof(j3_options, unlocked[FLAGS_DIAGNOSTIC])},
    {"UnlockExperimentalVMOptions", offsetof(j3_options, unlocked[FLAGS_EXPERIMENTAL])},
    {"UseEpsilonGC", offsetof(j3_options, collectors[0])},
    {"UseG1GC", offsetof(j3_options, collectors[1])},
    {"UseParallelGC", offsetof(j3_options, collectors[2])},
    {"UseSerialGC", offsetof(j3_options, collectors[3])},
    {"UseShenandoahGC", offsetof(j3_options, collectors[4])},
    {"UseZGC", offsetof(j3_options, collectors[5])},
};

/* --- values ----------------------------------------------------------------------------------------- */

bool
j3_flags_size(const char *text, uint64_t *out)
{
  char *end;
  if (!isdigit((unsigned char)*text))
    return false;
  bool hexadecimal = text[0] == '0' && tolower((unsigned char)text[1]) == 'x';
  uint64_t n = strtoull(text, &end, hexadecimal ? 16 : 10);
  unsigned shift = 0;
  switch (tolower((unsigned char)*end)) {
  case 't': shift = 40; break;
  case 'g': shift = 30; break;
  case 'm': shift = 20; break;
  case 'k': shift = 10; break;
  default: break;
  }
  end += shift != 0;
  if (*end || n > UINT64_MAX >> shift)
    return false;
  *out = n << shift;
  return true;
}

static bool
flags_integer(flags_type type, const char *text, uint64_t *out)
{
  bool is_signed = type == FLAGS_I32 || type == FLAGS_I64, negative = is_signed && *text == '-';
  uint64_t most = type == FLAGS_I32   ? INT32_MAX
                  : type == FLAGS_U32 ? UINT32_MAX
                  : type == FLAGS_I64 ? INT64_MAX
                                      : UINT64_MAX;
  if (!j3_flags_size(text + negative, out) || *out > most)
    return false;
  if (negative)
    *out = -*out;
  return true;
}

static void *
flags_target(j3_options *o, const char *name)
{
  for (size_t i = 0; i < VMK_COUNT(flags_targets); i++)
    if (strcmp(flags_targets[i].name, name) == 0)
      return (char *)o + flags_targets[i].offset;
  return NULL;
}

/* sign is '+', '-' or 0; value is null without "=". */
static bool
flags_assign(j3_options *o, const flags_row *row, char sign, const char *value)
{
  void *target = flags_target(o, row->name);
  uint64_t integer;
  char *end;
  if (row->type == FLAGS_BOOL) {
    if (!sign || value)
      return false;
    if (target)
      *(bool *)target = sign == '+';
    return true;
  }
  if (sign || !value)
    return false;
  if (row->type == FLAGS_TEXT) {
    if (target)
      *(char **)target = strdup(value);
  } else if (row->type == FLAGS_DOUBLE) {
    double number = strtod(value, &end);
    if (end == value || *end)
      return false;
    if (target)
      *(double *)target = number;
  } else {
    if (!flags_integer(row->type, value, &integer))
      return false;
    if (target)
      *(uint64_t *)target = integer;
  }
  return true;
}

/* --- names ------------------------------------------------------------------------------------------------ */

static int
flags_compare(const void *key, const void *row)
{
  return strcmp(key, ((const flags_row *)row)->name);
}

static const flags_row *
flags_find(const char *name)
{
  return bsearch(name, flags_rows, VMK_COUNT(flags_rows), sizeof *flags_rows, flags_compare);
}

/* Twice the pairs of letters of a that b has too, over the sum of the lengths. */
static double
flags_similarity(const char *a, const char *b)
{
  size_t m = strlen(a), n = strlen(b), hits = 0;
  for (size_t i = 0; i + 1 < m; i++)
    for (size_t j = 0; j + 1 < n; j++)
      if (a[i] == b[j] && a[i + 1] == b[j + 1]) {
        hits++;
        break;
      }
  return m && n ? 2.0 * (double)hits / (double)(m + n) : 0;
}

static void
flags_suggest(const char *name)
{
  const flags_row *best = NULL;
  double most = 0;
  for (size_t i = 0; i < VMK_COUNT(flags_rows); i++) {
    double score = flags_similarity(flags_rows[i].name, name);
    if (score > most) {
      most = score;
      best = &flags_rows[i];
    }
  }
  if (best && most >= 0.7)
    jio_fprintf(stderr, "Did you mean '%s%s%s'? ", best->type == FLAGS_BOOL ? "(+/-)" : "",
                best->name, best->type == FLAGS_BOOL ? "" : "=<value>");
}

static void
flags_refuse(const j3_options *o, const flags_row *row, char sign, const char *text)
{
  static const char *const words[] = {
      [FLAGS_DIAGNOSTIC] = "diagnostic", [FLAGS_EXPERIMENTAL] = "experimental"};
  static const char *const options[] = {[FLAGS_DIAGNOSTIC] = "UnlockDiagnosticVMOptions",
                                        [FLAGS_EXPERIMENTAL] = "UnlockExperimentalVMOptions"};
  if (row->lock && !o->unlocked[row->lock])
    jio_fprintf(stderr,
                "Error: VM option '%s' is %s and must be enabled via -XX:+%s.\n"
                "Error: The unlock option must precede '%s'.\n",
                row->name, words[row->lock], options[row->lock], row->name);
  else if (row->type == FLAGS_BOOL && !sign)
    jio_fprintf(stderr, "Missing +/- setting for VM option '%s'\n", text);
  else if (row->type != FLAGS_BOOL && sign)
    jio_fprintf(stderr, "Unexpected +/- setting in VM option '%s'\n", text);
  else
    jio_fprintf(stderr, "Improperly specified VM option '%s'\n", text);
}

bool
j3_flags_is_known(const char *name)
{
  return flags_find(name);
}

bool
j3_flags_print(const j3_options *o, const char *name, FILE *out)
{
  const flags_row *row = flags_find(name);
  const void *target = row ? flags_target((j3_options *)(uintptr_t)o, name) : NULL;
  if (!target)
    return false;
  if (row->type == FLAGS_BOOL)
    fprintf(out, "-XX:%c%s\n", *(const bool *)target ? '+' : '-', name);
  else if (row->type == FLAGS_TEXT)
    fprintf(out, "-XX:%s=%s\n", name, *(char *const *)target ? *(char *const *)target : "");
  else if (row->type == FLAGS_DOUBLE)
    fprintf(out, "-XX:%s=%f\n", name, *(const double *)target);
  else
    fprintf(out, "-XX:%s=%lld\n", name, (long long)*(const int64_t *)target);
  return true;
}

bool
j3_flags_parse(j3_options *o, const char *text)
{
  char sign = *text == '+' || *text == '-' ? *text++ : 0, name[64];
  const char *value = strchr(text, '=');
  size_t length = value ? (size_t)(value - text) : strlen(text);
  snprintf(name, sizeof name, "%.*s", (int)length, text);
  const flags_row *row = flags_find(name);
  bool locked = row && row->lock && !o->unlocked[row->lock];
  if (row && !locked && flags_assign(o, row, sign, value ? value + 1 : NULL))
    return true;
  if (row) {
    flags_refuse(o, row, sign, text);
    return false;
  }
  if (o->ignore_unrecognized)
    return true;
  jio_fprintf(stderr, "Unrecognized VM option '%s'\n", text);
  flags_suggest(name);
  return false;
}

/* --- all together -------------------------------------------------------------------------------------------- */

void
j3_flags_check(j3_options *o)
{
  int collectors = 0;
  for (size_t i = 0; i < VMK_COUNT(o->collectors); i++)
    collectors += o->collectors[i];
  if (collectors > 1)
    j3_fatal("Multiple garbage collectors selected");
  if (!o->heap_max && (o->memory_bytes || o->memory_percent > 0)) {
    uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    if (o->memory_bytes && o->memory_bytes < memory)
      memory = o->memory_bytes;
    double percent = o->memory_percent > 0 ? o->memory_percent : 25;
    o->heap_max = (uint64_t)((double)memory * percent / 100);
  }
  if (o->metaspace_max < FLAGS_LEAST_METASPACE)
    j3_fatal("OutOfMemoryError: Metaspace");
  if (o->heap_max && o->heap_max < 2 << 20)
    j3_fatal("Too small maximum heap");
  if (o->heap_initial && o->heap_initial < 1 << 20)
    j3_fatal("Too small initial heap");
  if (o->heap_max && o->heap_initial > o->heap_max)
    j3_fatal("Initial heap size set to a larger value than the maximum heap size");
  if (o->heap_max > UINT64_C(1) << 46) /* there is no such room among a process's addresses */
    j3_fatal("Could not reserve enough space for %lluKB object heap",
             (unsigned long long)(o->heap_max >> 10));
}
