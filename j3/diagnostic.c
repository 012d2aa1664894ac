/* diagnostic.c -- diagnostic commands: a table, their options, and what they print
 *
 * A command line is words, in quotes when they contain spaces: the command, then options (-name, or -name=value) and at most one
 * argument, in any order.
 */
#include "diagnostic.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "entry.h"
#include "flags.h"
#include "heapdump.h"
#include "module.h"
#include "options.h"
#include "vm.h"

enum { DIAGNOSTIC_OPTIONS = 3, DIAGNOSTIC_WORDS = 16 };

/* What was said after the command's name. */
typedef struct diagnostic_call {
  bool has[DIAGNOSTIC_OPTIONS]; /* by the command's options */
  const char *value[DIAGNOSTIC_OPTIONS];
  const char *argument; /* or null */
} diagnostic_call;

typedef void diagnostic_action(vmk_thread *t, const diagnostic_call *call, FILE *out)
    VMK_MOVES_POINTER;

typedef struct diagnostic_option {
  const char *name, *what, *type, *otherwise; /* otherwise: the default, as text */
} diagnostic_option;

typedef struct diagnostic_command {
  const char *name, *what, *impact;
  diagnostic_action *run;
  diagnostic_option option[DIAGNOSTIC_OPTIONS], argument;
  bool needs_argument;
} diagnostic_command;

/* --- histogram -------------------------------------------------------------------------------------------- */

typedef struct diagnostic_row {
  const j3_class *class;
  uint64_t count, bytes;
} diagnostic_row;

typedef struct diagnostic_table {
  diagnostic_row *rows; /* by hash of the class; class null: free */
  size_t mask, count;
} diagnostic_table;

static diagnostic_row *
histogram_find(const diagnostic_table *table, const j3_class *c)
{
  size_t i = ((uintptr_t)c >> 4) * 0x9e3779b97f4a7c15u >> 20 & table->mask;
  while (table->rows[i].class && table->rows[i].class != c)
    i = (i + 1) & table->mask;
  return &table->rows[i];
}

static void
histogram_grow(diagnostic_table *table)
{
  diagnostic_table old = *table;
  table->mask = 2 * old.mask + 1;
  table->rows = calloc(table->mask + 1, sizeof *table->rows);
  VMK_ASSERT(table->rows);
  for (size_t i = 0; i <= old.mask; i++)
    if (old.rows[i].class)
      *histogram_find(table, old.rows[i].class) = old.rows[i];
  free(old.rows);
}

static void
histogram_visit(vmk_ref object, void *data)
{
  diagnostic_table *table = data;
  const vmk_kind *kind = vmk_kind_of(object);
  if (kind->flags & J3_KIND_STATICS)
    return;
  diagnostic_row *row = histogram_find(table, (const j3_class *)kind);
  table->count += !row->class;
  row->class = (const j3_class *)kind;
  row->count++;
  row->bytes += vmk_object_size(object);
  if (2 * table->count > table->mask)
    histogram_grow(table);
}

static int
histogram_compare(const void *a, const void *b)
{
  const diagnostic_row *x = a, *y = b;
  return x->bytes != y->bytes   ? (x->bytes > y->bytes ? -1 : 1)
         : x->count != y->count ? (x->count > y->count ? -1 : 1)
                                : 0;
}

static void
histogram_print(const diagnostic_row *row, size_t number, FILE *out)
{
  char name[1024];
  const j3_module *module = row->class->module;
  j3_class_external_name(row->class, name, sizeof name);
  fprintf(out, "%4zu: %13" PRIu64 "  %13" PRIu64 "  %s", number, row->count, row->bytes, name);
  if (module && module->name)
    fprintf(out, " (%s%s%s)", module->name->text, module->version ? "@" : "",
            module->version ? module->version->text : "");
  putc('\n', out);
}

/* Classes are named before anything can be unloaded. */
void
j3_diagnostic_histogram(vmk_thread *t, FILE *out)
{
  diagnostic_table table = {.mask = 1023};
  table.rows = calloc(table.mask + 1, sizeof *table.rows);
  VMK_ASSERT(table.rows);
  vmk_unload_block(J3.vm);
  vmk_heap_walk(t, &(vmk_heap_visitor){.object = histogram_visit}, &table);
  qsort(table.rows, table.mask + 1, sizeof *table.rows, histogram_compare);
  uint64_t count = 0, bytes = 0;
  fputs(" num     #instances         #bytes  class name (module)\n"
        "-------------------------------------------------------\n",
        out);
  for (size_t i = 0; i < table.count; i++) {
    histogram_print(&table.rows[i], i + 1, out);
    count += table.rows[i].count;
    bytes += table.rows[i].bytes;
  }
  vmk_unload_unblock(J3.vm);
  fprintf(out, "Total %13" PRIu64 "  %13" PRIu64 "\n", count, bytes);
  free(table.rows);
}

/* --- commands --------------------------------------------------------------------------------------------- */

static void
diagnostic_histogram(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)call;
  j3_diagnostic_histogram(t, out);
}

static void
diagnostic_heap_dump(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  j3_heapdump_tell(t, call->argument, out);
}

static void
diagnostic_heap_info(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t, (void)call;
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  fprintf(out,
          " heap            total %" PRIu64 "K, used %" PRIu64 "K\n"
          " Metaspace       used %" PRIu64 "K, committed %" PRIu64 "K\n",
          s.committed_bytes >> 10, s.used_bytes >> 10, s.metaspace_used_bytes >> 10,
          s.metaspace_committed_bytes >> 10);
}

static void
diagnostic_collect(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)call, (void)out;
  vmk_collect(t, false);
}

static void
diagnostic_finalize(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)call, (void)out;
  j3_call_static(t, J3.known.class_System, "runFinalization", "()V", NULL, NULL);
}

static void
diagnostic_threads(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)call;
  j3_thread_dump_managed(t, out);
}

static void
diagnostic_command_line(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t, (void)call;
  const j3_options *o = J3.options;
  const char *command = j3_options_get(o, "sun.java.command");
  const char *path = j3_options_get(o, "java.class.path");
  const char *launcher = j3_options_get(o, "sun.java.launcher");
  fputs("VM Arguments:\n", out);
  if (o->argument_count)
    fputs("jvm_args: ", out);
  for (size_t i = 0; i < o->argument_count; i++)
    fprintf(out, "%s ", o->arguments[i]);
  if (o->argument_count)
    putc('\n', out);
  fprintf(out, "java_command: %s\n", command ? command : "<unknown>");
  fprintf(out, "java_class_path (initial): %s\n", path && *path ? path : "<not set>");
  fprintf(out, "Launcher Type: %s\n", launcher ? launcher : "generic");
}

static void
diagnostic_flags(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t, (void)call;
  const j3_options *o = J3.options;
  for (size_t i = 0; i < o->argument_count; i++)
    if (strncmp(o->arguments[i], "-XX:", 4) == 0)
      fprintf(out, "%s ", o->arguments[i]);
  fprintf(out, "-XX:MaxHeapSize=%" PRIu64 " \n", o->heap_max);
}

static void
diagnostic_properties(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)call;
  vmk_value bytes = {0};
  j3_class *support = j3_class_boot(t, "jdk/internal/vm/VMSupport");
  if (support && j3_class_initialize(t, support) &&
      j3_call_static(t, support, "serializePropertiesToByteArray", "()[B", NULL, &bytes))
    fwrite(vmk_array_data(bytes.ref), 1, vmk_array_length(bytes.ref), out);
}

static void
diagnostic_uptime(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t;
  if (call->has[0]) {
    struct timespec now;
    struct tm fields;
    char date[32], zone[8];
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &fields);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &fields);
    strftime(zone, sizeof zone, "%z", &fields);
    fprintf(out, "%s.%03ld%s: ", date, now.tv_nsec / 1000000, zone);
  }
  fprintf(out, "%.3f s\n", (double)(vmk_now_ns() - J3.started_ns) / 1e9);
}

static void
diagnostic_version(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t, (void)call;
  const j3_symbol *version = j3_module_java_base()->version;
  fprintf(out, "%s version %s\nJDK %s\n", j3_options_get(J3.options, "java.vm.name"),
          j3_options_get(J3.options, "java.vm.version"), version ? version->text : "");
}

static diagnostic_action diagnostic_help;

/* In the order of their names. */
static const diagnostic_command diagnostic_commands[] = {
    {"GC.class_histogram",
     "How many objects of which class there are.",
     "High: all threads stop while the heap is collected and walked",
     diagnostic_histogram,
     {{"-all", "Unreachable objects too (there are none after a collection)", "BOOLEAN", "false"},
      {"-parallel", "Accepted, and without effect", "INT", "0"}},
     {0},
     false},
    {"GC.heap_dump",
     "Write the live objects to a file in hprof format.",
     "High: all threads stop while the heap is collected and written",
     diagnostic_heap_dump,
     {{"-all", "Unreachable objects too (there are none after a collection)", "BOOLEAN", "false"},
      {"-gz", "Accepted, and without effect", "INT", "1"}},
     {"filename", "Name of the file", "STRING", "no default value"},
     true},
    {"GC.heap_info",
     "How large heap and metaspace are.",
     "Low",
     diagnostic_heap_info,
     {{0}},
     {0},
     false},
    {"GC.run",
     "Call java.lang.System.gc().",
     "Medium: depends on the heap",
     diagnostic_collect,
     {{0}},
     {0},
     false},
    {"GC.run_finalization",
     "Call java.lang.System.runFinalization().",
     "Medium: depends on the finalizers",
     diagnostic_finalize,
     {{0}},
     {0},
     false},
    {"Thread.print",
     "Print all threads with their stacks.",
     "Medium: depends on the number of threads",
     diagnostic_threads,
     {{"-l", "Print java.util.concurrent locks", "BOOLEAN", "false"},
      {"-e", "Print more of threads", "BOOLEAN", "false"}},
     {0},
     false},
    {"VM.command_line",
     "The command line that started this vm.",
     "Low",
     diagnostic_command_line,
     {{0}},
     {0},
     false},
    {"VM.flags",
     "The flags that were set.",
     "Low",
     diagnostic_flags,
     {{"-all", "Accepted, and without effect", "BOOLEAN", "false"}},
     {0},
     false},
    {"VM.system_properties", "System properties.", "Low", diagnostic_properties, {{0}}, {0}, false},
    {"VM.uptime",
     "How long the vm has run.",
     "Low",
     diagnostic_uptime,
     {{"-date", "The current date before it", "BOOLEAN", "false"}},
     {0},
     false},
    {"VM.version", "Which vm this is.", "Low", diagnostic_version, {{0}}, {0}, false},
    {"help",
     "The commands that there are, or help for one: help <command>.",
     "Low",
     diagnostic_help,
     {{"-all", "Help for all commands", "BOOLEAN", "false"}},
     {"command name", "The command to explain", "STRING", "no default value"},
     false},
};

static const diagnostic_command *
diagnostic_find(const char *name)
{
  for (size_t i = 0; i < VMK_COUNT(diagnostic_commands); i++)
    if (strcmp(diagnostic_commands[i].name, name) == 0)
      return &diagnostic_commands[i];
  return NULL;
}

/* --- help --------------------------------------------------------------------------------------------------- */

static void
diagnostic_explain_option(const diagnostic_option *o, bool is_mandatory, FILE *out)
{
  fprintf(out, "\t%s : %s%s (%s, %s)\n", o->name, is_mandatory ? " " : "[optional] ", o->what,
          o->type, o->otherwise);
}

static void
diagnostic_explain(const diagnostic_command *c, FILE *out)
{
  bool has_options = c->option[0].name, takes = c->argument.name;
  fprintf(out, "%s\n%s\n\nImpact: %s\n\n", c->name, c->what, c->impact);
  if (!has_options && !takes) {
    fprintf(out, "Syntax: %s\n", c->name);
    return;
  }
  fprintf(out, "Syntax : %s %s", c->name, has_options ? "[options]" : "");
  if (takes)
    fprintf(out, c->needs_argument ? " <%s>" : " [<%s>]", c->argument.name);
  putc('\n', out);
  if (takes) {
    fputs("\nArguments:\n", out);
    diagnostic_explain_option(&c->argument, c->needs_argument, out);
  }
  if (has_options)
    fputs("\nOptions: (options must be specified using the <key> or <key>=<value> syntax)\n", out);
  for (size_t i = 0; i < DIAGNOSTIC_OPTIONS && c->option[i].name; i++)
    diagnostic_explain_option(&c->option[i], false, out);
}

static void
diagnostic_help(vmk_thread *t, const diagnostic_call *call, FILE *out) VMK_MOVES
{
  (void)t;
  const diagnostic_command *c = call->argument ? diagnostic_find(call->argument) : NULL;
  if (c) {
    diagnostic_explain(c, out);
  } else if (call->argument) {
    fprintf(out, "Help unavailable : '%s' : No such command\n", call->argument);
  } else if (call->has[0]) {
    for (size_t i = 0; i < VMK_COUNT(diagnostic_commands); i++) {
      fprintf(out, "%s\n\t%s\n\n", diagnostic_commands[i].name, diagnostic_commands[i].what);
    }
  } else {
    fputs("The following commands are available:\n", out);
    for (size_t i = 0; i < VMK_COUNT(diagnostic_commands); i++)
      fprintf(out, "%s\n", diagnostic_commands[i].name);
    fputs("\nFor more information about a specific command use 'help <command>'.\n", out);
  }
}

/* --- command lines ---------------------------------------------------------------------------------------------- */

/* Split in place; quotes are taken away. */
static size_t
diagnostic_words(char *line, char *words[DIAGNOSTIC_WORDS])
{
  size_t count = 0;
  for (char *p = line;;) {
    p += strspn(p, " \t\r");
    if (!*p || count == DIAGNOSTIC_WORDS)
      return count;
    char *to = words[count++] = p;
    for (char quote = 0; *p && (quote || !strchr(" \t\r", *p)); p++)
      if (quote ? *p == quote : *p == '"' || *p == '\'')
        quote = quote ? 0 : *p;
      else
        *to++ = *p;
    bool more = *p;
    *to = 0;
    p += more;
  }
}

static bool
diagnostic_take(const diagnostic_command *c, const char *word, diagnostic_call *call)
{
  size_t length = strcspn(word, "=");
  for (size_t i = 0; i < DIAGNOSTIC_OPTIONS && c->option[i].name; i++)
    if (strlen(c->option[i].name) == length && strncmp(c->option[i].name, word, length) == 0) {
      const char *value = word[length] ? word + length + 1 : NULL;
      call->has[i] = !value || strcmp(value, "false") != 0;
      call->value[i] = value;
      return true;
    }
  if (!c->argument.name || call->argument)
    return false;
  call->argument = word;
  return true;
}

static bool
diagnostic_run_words(vmk_thread *t, char *const *words, size_t count, FILE *out) VMK_MOVES
{
  diagnostic_call call = {0};
  const diagnostic_command *c = diagnostic_find(words[0]);
  if (!c) {
    fputs("java.lang.IllegalArgumentException: Unknown diagnostic command\n", out);
    return false;
  }
  if (count > 1 && !c->option[0].name && !c->argument.name) {
    fputs("java.lang.IllegalArgumentException: The argument list of this diagnostic command should "
          "be empty.\n",
          out);
    return false;
  }
  for (size_t i = 1; i < count; i++)
    if (!diagnostic_take(c, words[i], &call)) {
      fprintf(out,
              "java.lang.IllegalArgumentException: Unknown argument '%s' in diagnostic command.\n",
              words[i]);
      return false;
    }
  if (c->needs_argument && !call.argument) {
    fprintf(out, "java.lang.IllegalArgumentException: The argument '%s' is mandatory.\n",
            c->argument.name);
    return false;
  }
  c->run(t, &call, out);
  vmk_clear_exception(t);
  return true;
}

/* A command per line; # begins a comment. */
bool
j3_diagnostic_run(vmk_thread *t, const char *line, FILE *out)
{
  char *copy = strdup(line), *state = NULL, *words[DIAGNOSTIC_WORDS];
  VMK_ASSERT(copy);
  bool ok = true;
  for (char *one = strtok_r(copy, "\n", &state); one && ok; one = strtok_r(NULL, "\n", &state)) {
    size_t count = *one == '#' ? 0 : diagnostic_words(one, words);
    if (count)
      ok = diagnostic_run_words(t, words, count, out);
  }
  free(copy);
  return ok;
}
