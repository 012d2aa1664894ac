/* log_option.c -- the text of -Xlog options
 *
 *   -Xlog[:[selections][:[output][:[decorators][:output-options]]]]
 *
 * An option configures one output: it sets the level of the tag sets that its selections name, and leaves
 * the others.  Later options add to earlier ones.
 */
#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flags.h"
#include "log_output.h"
#include "vm.h"

enum { LOG_TAGS = 5, LOG_SELECTIONS = 64 };

typedef struct log_selection {
  const char *tag[LOG_TAGS];
  int count;
  bool wildcard; /* further tags may be there */
  j3_log_level level;
} log_selection;

static const char *const log_option_tags[] = {
#define J3_LOG_TAG(tag) #tag,
#include "log_tags.def"
#undef J3_LOG_TAG
};

static const struct {
  const char *word, *short_word;
} log_option_decorators[] = {
#define X(name, word, short_word) {word, short_word},
    J3_LOG_DECORATORS(X)
#undef X
};

/* --- selections ------------------------------------------------------------------------------------------ */

/* The table's own copy of the tag, or null. */
static const char *
log_option_tag(const char *text)
{
  for (size_t i = 0; i < VMK_COUNT(log_option_tags); i++)
    if (strcmp(log_option_tags[i], text) == 0)
      return log_option_tags[i];
  return NULL;
}

static bool
log_option_level(const char *text, j3_log_level *out)
{
  for (int i = J3_LOG_OFF; i <= J3_LOG_ERROR; i++)
    if (strcasecmp(j3_log_level_names[i], text) == 0) {
      *out = (j3_log_level)i;
      return true;
    }
  const char *near = NULL;
  size_t n = strlen(text);
  for (int i = J3_LOG_OFF; i <= J3_LOG_ERROR; i++)
    if (n >= 3 && strncasecmp(j3_log_level_names[i], text, 3) == 0)
      near = j3_log_level_names[i];
  j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Invalid level '%s' in log selection.%s%s%s", text,
         near ? " Did you mean '" : "", near ? near : "", near ? "'?" : "");
  return false;
}

/* tag1+tag2*=level; text is changed. */
static bool
log_option_selection(char *text, log_selection *out)
{
  *out = (log_selection){.level = J3_LOG_INFO};
  char *equals = strchr(text, '=');
  if (equals) {
    *equals = 0;
    if (!log_option_level(equals + 1, &out->level))
      return false;
  }
  size_t n = strlen(text);
  if (strcmp(text, "all") == 0) {
    out->wildcard = true;
    return true;
  }
  if (n && text[n - 1] == '*') {
    out->wildcard = true;
    text[n - 1] = 0;
  }
  for (char *tag = text, *next; tag; tag = next) {
    next = strchr(tag, '+');
    if (next)
      *next++ = 0;
    const char *known = log_option_tag(tag);
    if (!known || out->count == LOG_TAGS) {
      j3_log(J3_LOG_LOGGING, J3_LOG_ERROR,
             known ? "Too many tags in log selection '%s' (can only have up to 5 tags)."
                   : "Invalid tag '%s' in log selection.",
             tag);
      return false;
    }
    for (int i = 0; i < out->count; i++)
      if (out->tag[i] == known) {
        j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Log selection contains duplicates of tag %s.", tag);
        return false;
      }
    out->tag[out->count++] = known;
  }
  return true;
}

static bool
log_option_selects(const log_selection *s, j3_log_set set)
{
  const char *tags = j3_log_set_tags[set];
  int count = 1, found = 0;
  for (const char *p = tags; *p; p++)
    count += *p == ',';
  for (int i = 0; i < s->count; i++) {
    size_t n = strlen(s->tag[i]);
    for (const char *p = tags; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
      found += strncmp(p, s->tag[i], n) == 0 && (p[n] == ',' || !p[n]);
  }
  return found == s->count && (s->wildcard || found == count);
}

/* Returns how many, or -1.  The text is changed and must outlive the selections. */
static int
log_option_selections(char *text, log_selection *out)
{
  int count = 0;
  for (char *one = text, *next; one; one = next) {
    next = strchr(one, ',');
    if (next)
      *next++ = 0;
    if (count == LOG_SELECTIONS || !log_option_selection(one, &out[count++]))
      return -1;
  }
  return count;
}

/* --- decorators -------------------------------------------------------------------------------------------- */

static bool
log_option_decorate(char *text, uint32_t *out)
{
  *out = 0;
  if (strcmp(text, "none") == 0)
    return true;
  for (char *word = text, *next; word; word = next) {
    next = strchr(word, ',');
    if (next)
      *next++ = 0;
    size_t d = 0;
    while (d < VMK_COUNT(log_option_decorators) &&
           strcmp(log_option_decorators[d].word, word) != 0 &&
           strcmp(log_option_decorators[d].short_word, word) != 0)
      d++;
    if (d == VMK_COUNT(log_option_decorators)) {
      j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Invalid decorator '%s'.", word);
      return false;
    }
    *out |= 1u << d;
  }
  return true;
}

/* --- outputs ------------------------------------------------------------------------------------------------- */

/* filecount=N,filesize=N,foldmultilines=true|false */
static bool
log_option_file_options(j3_log_output *o, const char *text)
{
  char *copy = strdup(text), *state = NULL;
  bool ok = copy != NULL;
  for (char *word = ok ? strtok_r(copy, ",", &state) : NULL; word && ok;
       word = strtok_r(NULL, ",", &state)) {
    char *value = strchr(word, '=');
    uint64_t number = 0;
    if (value)
      *value++ = 0;
    bool is_number = value && j3_flags_size(value, &number);
    if (value && strcmp(word, "filecount") == 0) {
      ok = is_number && number <= 1000;
      o->rotate_count = (uint32_t)number;
      if (!ok)
        j3_log(J3_LOG_LOGGING, J3_LOG_ERROR,
               "Invalid option: filecount must be in range [0, 1000]");
    } else if (value && strcmp(word, "filesize") == 0) {
      ok = is_number;
      o->rotate_bytes = number;
      if (!ok)
        j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Invalid option: filesize must be in range [0, %lld]",
               (long long)INT64_MAX);
    } else if (value && strcmp(word, "foldmultilines") == 0) {
      ok = strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
      o->fold = *value == 't';
      if (!ok)
        j3_log(J3_LOG_LOGGING, J3_LOG_ERROR,
               "Invalid option: foldmultilines must be 'true' or "
               "'false'.");
    } else {
      ok = false;
      j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Invalid option '%s' for log file output.", word);
    }
  }
  free(copy);
  return ok;
}

/* %p is the process, %t the time of start. */
static char *
log_option_path(const char *pattern)
{
  char path[4096];
  size_t n = 0;
  for (; *pattern && n < sizeof path - 64; pattern++) {
    if (pattern[0] == '%' && pattern[1] == 'p') {
      n += (size_t)sprintf(path + n, "%d", (int)getpid());
      pattern++;
    } else if (pattern[0] == '%' && pattern[1] == 't') {
      time_t now = time(NULL);
      struct tm parts;
      n += strftime(path + n, 32, "%Y-%m-%d_%H-%M-%S", localtime_r(&now, &parts));
      pattern++;
    } else {
      path[n++] = *pattern;
    }
  }
  path[n] = 0;
  return strdup(path);
}

/* A file that is there from an earlier run is kept as its next archive, or begun anew without rotation. */
static bool
log_option_open_file(j3_log_output *o)
{
  struct stat there;
  if (o->rotate_count && stat(o->path, &there) == 0) {
    if (!S_ISREG(there.st_mode)) {
      j3_log(J3_LOG_LOGGING, J3_LOG_ERROR,
             "Unable to log to file %s with log file rotation: %s is not a regular file", o->path,
             o->path);
      return false;
    }
    j3_log_rotate_locked(o);
  } else {
    o->stream = fopen(o->path, "a");
    if (o->stream && fstat(fileno(o->stream), &there) == 0 && S_ISREG(there.st_mode) &&
        ftruncate(fileno(o->stream), 0) != 0)
      rewind(o->stream);
  }
  if (!o->stream)
    j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Error opening log file '%s': %s", o->path,
           strerror(errno));
  return o->stream != NULL;
}

static bool
log_option_open(j3_log_output *o, const char *name, const char *options)
{
  *o = (j3_log_output){.name = strdup(name),
                       .path = log_option_path(name + strlen("file=")),
                       .rotate_bytes = 20 << 20,
                       .rotate_count = 5};
  bool ok = o->name && o->path && (!options || log_option_file_options(o, options));
  if (ok && log_option_open_file(o))
    return true;
  j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Initialization of output '%s' using options '%s' failed.",
         name, options ? options : "(null)");
  free(o->name);
  free(o->path);
  return false;
}

/* The output of this name, opened if it is new; null: the reason is printed. */
static j3_log_output *
log_option_output(const char *text, const char *options)
{
  char name[4096];
  bool standard = strcmp(text, "stdout") == 0 || strcmp(text, "stderr") == 0;
  size_t word = strcspn(text, "=");
  if (text[word] && strncmp(text, "file=", 5) != 0) {
    j3_log(J3_LOG_LOGGING, J3_LOG_ERROR, "Unsupported log output type: %s", text);
    return NULL;
  }
  const char *file = text[word] ? text + 5 : text;
  size_t n = strlen(file);
  if (n >= 2 && file[0] == '"' && file[n - 1] == '"') {
    file++;
    n -= 2;
  }
  snprintf(name, sizeof name, "%s%.*s", standard ? "" : "file=", (int)n, file);
  for (uint32_t i = 0; i < j3_log_outputs.count; i++)
    if (strcmp(j3_log_outputs.output[i].name, name) == 0) {
      if (options && *options)
        fputs("Output options for existing outputs are ignored.\n", stdout);
      return &j3_log_outputs.output[i];
    }
  if (j3_log_outputs.count == J3_LOG_OUTPUTS)
    return NULL;
  j3_log_output *o = &j3_log_outputs.output[j3_log_outputs.count];
  if (!log_option_open(o, name, options))
    return NULL;
  j3_log_outputs.count++;
  return o;
}

/* --- whole options ------------------------------------------------------------------------------------------- */

static void
log_option_help(void)
{
  puts("-Xlog[:[what][:[output][:[decorators][:output-options]]]]\n"
       "  what:       tag[+tag...][*][=level][,...]  a message is meant when its tags are exactly\n"
       "              these, or with *, these among others; `all` means every message.\n"
       "  output:     stdout, stderr, file=NAME (%p: process id, %t: time of start)\n"
       "  options:    filecount=N, filesize=N, foldmultilines=true|false, of files\n"
       "-Xlog alone means -Xlog:all=info:stdout:uptime,level,tags; -Xlog:disable turns all off.\n");
  fputs("Levels:", stdout);
  for (int i = J3_LOG_OFF; i <= J3_LOG_ERROR; i++)
    printf(" %s", j3_log_level_names[i]);
  fputs("\nDecorators:", stdout);
  for (size_t i = 0; i < VMK_COUNT(log_option_decorators); i++)
    printf(" %s (%s)", log_option_decorators[i].word, log_option_decorators[i].short_word);
  puts(" none\nWhat this vm says:");
  for (int i = 0; i < J3_LOG_SET_COUNT; i++) {
    fputs("  ", stdout);
    for (const char *p = j3_log_set_tags[i]; *p; p++)
      putchar(*p == ',' ? '+' : *p);
    putchar('\n');
  }
}

static void
log_option_disable(void)
{
  pthread_mutex_lock(&j3_log_outputs.lock);
  for (uint32_t i = 0; i < j3_log_outputs.count; i++)
    memset(j3_log_outputs.output[i].level, J3_LOG_OFF, J3_LOG_SET_COUNT);
  j3_log_refresh_locked();
  pthread_mutex_unlock(&j3_log_outputs.lock);
}

static void
log_option_apply(j3_log_output *o, const log_selection *selections, int count, uint32_t decorators)
{
  pthread_mutex_lock(&j3_log_outputs.lock);
  o->decorators = decorators;
  for (int set = 0; set < J3_LOG_SET_COUNT; set++)
    for (int i = 0; i < count; i++)
      if (log_option_selects(&selections[i], (j3_log_set)set))
        o->level[set] = (uint8_t)selections[i].level;
  j3_log_refresh_locked();
  pthread_mutex_unlock(&j3_log_outputs.lock);
}

/* Cut at colons that are not within quotes; what is empty or absent is null. */
static void
log_option_split(char *text, char **field, int count)
{
  for (int i = 0; i < count; i++) {
    bool quoted = false;
    char *p = text;
    for (; *p && (quoted || *p != ':'); p++)
      quoted ^= *p == '"';
    bool more = *p && i < count - 1;
    field[i] = p == text ? NULL : text;
    if (!more) {
      if (*p) {
        *p = 0;
        j3_log(J3_LOG_LOGGING, J3_LOG_WARNING, "Ignoring excess -Xlog options: \"%s\"", p + 1);
      }
      for (i++; i < count; i++)
        field[i] = NULL;
      return;
    }
    *p = 0;
    text = p + 1;
  }
}

static bool
log_option_parse(char *text)
{
  char *field[4], all[] = "all", standard[] = "uptime,level,tags";
  log_selection selections[LOG_SELECTIONS];
  uint32_t decorators;
  log_option_split(text, field, 4);
  int count = log_option_selections(field[0] ? field[0] : all, selections);
  if (count < 0 || !log_option_decorate(field[2] ? field[2] : standard, &decorators))
    return false;
  j3_log_output *o = log_option_output(field[1] ? field[1] : "stdout", field[3]);
  if (o)
    log_option_apply(o, selections, count, decorators);
  return o != NULL;
}

bool
j3_log_option(const char *option)
{
  const char *text = option + strlen("-Xlog");
  bool ok = *text == ':' || !*text;
  if (ok && strcmp(text, ":help") == 0) {
    log_option_help();
    fflush(stdout);
    exit(0);
  }
  if (ok && strcmp(text, ":disable") == 0) {
    log_option_disable();
    return true;
  }
  if (ok && strcmp(text, ":async") == 0)
    return true; /* every message is written at once */
  char *copy = ok ? strdup(*text ? text + 1 : text) : NULL;
  ok = copy && log_option_parse(copy);
  free(copy);
  if (!ok)
    fprintf(stderr, "Invalid -Xlog option '%s', see error log for details.\n", option);
  return ok;
}

void
j3_log_show(const char *tags, j3_log_level level)
{
  pthread_mutex_lock(&j3_log_outputs.lock);
  for (int set = 0; set < J3_LOG_SET_COUNT; set++)
    if (strcmp(j3_log_set_tags[set], tags) == 0)
      j3_log_outputs.output[0].level[set] = (uint8_t)level;
  j3_log_refresh_locked();
  pthread_mutex_unlock(&j3_log_outputs.lock);
}
