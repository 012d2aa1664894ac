/* options.c -- the vm's options: what libjli passes on, and the environment
 *
 * Text and exit follow HotSpot's: an unknown option prints "Unrecognized option: X" unless the caller asked
 * to ignore it, and creation fails; the launcher then adds its own lines.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "flags.h"
#include "jvm.h"
#include "log.h"
#include "options.h"
#include "vm.h"

typedef struct options_parser {
  j3_options *o;
  uint32_t module_count
      [6];      /* numbered properties: addmods, addreads, addexports, addopens, patch, enable */
  bool unknown; /* it ended at an option that nobody knows */
  bool module_property; /* one was given as -D, which is not the way */
} options_parser;

static void *
options_grow(void *array, size_t count, size_t size)
{
  if (count & (count - 1))
    return array; /* room is always a power of two */
  void *bigger = realloc(array, (count ? count * 2 : 1) * size);
  if (!bigger)
    abort();
  return bigger;
}

void
j3_options_set(j3_options *o, const char *key, const char *value)
{
  for (size_t i = 0; i < o->property_count; i++)
    if (strcmp(o->properties[i].key, key) == 0) {
      free(o->properties[i].value);
      o->properties[i].value = strdup(value);
      return;
    }
  o->properties = options_grow(o->properties, o->property_count, sizeof *o->properties);
  o->properties[o->property_count++] = (j3_property){strdup(key), strdup(value)};
}

const char *
j3_options_get(const j3_options *o, const char *key)
{
  for (size_t i = 0; i < o->property_count; i++)
    if (strcmp(o->properties[i].key, key) == 0)
      return o->properties[i].value;
  return NULL;
}

/* If text starts with prefix, what follows it. */
static const char *
options_after(const char *text, const char *prefix)
{
  size_t n = strlen(prefix);
  return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

static bool
options_bad(const char *format, const char *option)
{
  jio_fprintf(stderr, format, option);
  return false;
}

static bool
options_unknown(options_parser *p, const char *format, const char *option)
{
  p->unknown = true;
  return options_bad(format, option);
}

FILE *
j3_output(void)
{
  return J3.options && J3.options->output_to_stderr ? stderr : stdout;
}

static bool
options_warn(const char *format, const char *option)
{
  fputs("OpenJDK 64-Bit Server VM warning: ", stderr);
  jio_fprintf(stderr, format, option);
  fputc('\n', stderr);
  return true;
}

static void
options_add_module(options_parser *p, const char *module)
{
  char key[64];
  snprintf(key, sizeof key, "jdk.module.addmods.%u", p->module_count[0]++);
  j3_options_set(p->o, key, module);
}

/* Mechanisms that Java no longer has; a value that says nothing is let through. */
static bool
options_is_removed(const char *property)
{
  static const char *const removed[][2] = {
      {"java.endorsed.dirs=",
       "-D%s is not supported. Endorsed standards and standalone APIs\n"
       "in modular form will be supported via the concept of upgradeable modules.\n"},
      {"java.ext.dirs=", "-D%s is not supported.  Use -classpath instead.\n"}};
  for (size_t i = 0; i < VMK_COUNT(removed); i++) {
    const char *value = options_after(property, removed[i][0]);
    if (value && *value && strcmp(value, "\"\"") != 0) {
      jio_fprintf(stdout, removed[i][1], property);
      fflush(stdout); /* before what the caller says about it */
      return true;
    }
  }
  return false;
}

static bool
options_define(options_parser *p, const char *text)
{
  static const char *const internal[] = {
      "jdk.module.addmods.",  "jdk.module.addreads.",    "jdk.module.addexports.",
      "jdk.module.addopens.", "jdk.module.patch.",       "jdk.module.limitmods",
      "jdk.module.path",      "jdk.module.upgrade.path", "jdk.module.enable.native.access"};
  if (options_is_removed(text))
    return false;
  for (size_t i = 0; i < VMK_COUNT(internal); i++)
    if (options_after(text, internal[i])) {
      p->module_property = true;
      return true;
    }
  if (options_after(text, "com.sun.management") && !p->o->management_agent) {
    p->o->management_agent = true;
    options_add_module(p, "jdk.management.agent");
  }
  const char *equals = strchr(text, '=');
  size_t n = equals ? (size_t)(equals - text) : strlen(text);
  char *key = strndup(text, n);
  j3_options_set(p->o, key, equals ? equals + 1 : "");
  free(key);
  return true;
}

static void
options_assert(options_parser *p, const char *text, bool enable)
{
  j3_options *o = p->o;
  if (!*text) {
    o->assert_user = enable;
    return;
  }
  text++; /* ':' */
  size_t n = strlen(text);
  bool package = n >= 3 && strcmp(text + n - 3, "...") == 0;
  o->assertions = options_grow(o->assertions, o->assertion_count, sizeof *o->assertions);
  o->assertions[o->assertion_count++] =
      (j3_assertion){strndup(text, package ? n - 3 : n), package, enable};
}

/* --add-opens=x -> jdk.module.addopens.N=x and its kin. */
static bool
options_module(options_parser *p, const char *text)
{
  static const struct {
    const char *option, *property;
    bool numbered;
  } rows[] = {
      {"--add-modules=", "jdk.module.addmods", true},
      {"--add-reads=", "jdk.module.addreads", true},
      {"--add-exports=", "jdk.module.addexports", true},
      {"--add-opens=", "jdk.module.addopens", true},
      {"--patch-module=", "jdk.module.patch", true},
      {"--enable-native-access=", "jdk.module.enable.native.access", true},
      {"--limit-modules=", "jdk.module.limitmods", false},
      {"--module-path=", "jdk.module.path", false},
      {"--upgrade-module-path=", "jdk.module.upgrade.path", false},
  };
  for (size_t i = 0; i < VMK_COUNT(rows); i++) {
    const char *value = options_after(text, rows[i].option);
    if (!value)
      continue;
    char key[64];
    if (rows[i].numbered)
      snprintf(key, sizeof key, "%s.%u", rows[i].property, p->module_count[i]++);
    else
      snprintf(key, sizeof key, "%s", rows[i].property);
    j3_options_set(p->o, key, value);
    return true;
  }
  return false;
}

/* What follows it is not looked at when it is none of these. */
static void
options_verbose(const char *text)
{
  if (!*text || strcmp(text, ":class") == 0) {
    j3_log_show("class,load", J3_LOG_INFO);
    j3_log_show("class,unload", J3_LOG_INFO);
  } else if (strcmp(text, ":module") == 0) {
    j3_log_show("module,load", J3_LOG_INFO);
  } else if (strcmp(text, ":gc") == 0) {
    j3_log_show("gc", J3_LOG_INFO);
  } else if (strcmp(text, ":jni") == 0) {
    j3_log_show("jni,resolve", J3_LOG_DEBUG);
  }
}

/* Options of the kit, in the order of the command line: of two that contradict each other the later holds. */
static void
options_kit(j3_options *o, const char *list)
{
  const char *before = o->vm_opts ? o->vm_opts : "";
  size_t size = strlen(before) + strlen(list) + 2;
  char *joined = malloc(size);
  VMK_ASSERT(joined);
  snprintf(joined, size, "%s%s%s", before, *before ? "," : "", list);
  free(o->vm_opts);
  o->vm_opts = joined;
}

/* -Xint, -Xcomp, -Xmixed: what of the kit's tiers may run, and what java.vm.info says.  False: it is none. */
static bool
options_tiers(j3_options *o, const char *word)
{
  static const struct {
    const char *word, *kit, *info;
  } rows[] = {{"int", "tiers=0", "interpreted mode"},
              {"comp", "tiers=1,tier1.calls=1", "compiled mode"},
              {"mixed", "tiers=1", "mixed mode"}};
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (strcmp(word, rows[i].word) == 0) {
      options_kit(o, rows[i].kit);
      j3_options_set(o, "java.vm.info", rows[i].info);
      return true;
    }
  return false;
}

/* -XX:...: ours are -XX:VMK=<VMK_OPTS list>; the rest is the reference's (flags.c). */
static bool
options_xx(options_parser *p, const char *text)
{
  j3_options *o = p->o;
  const char *value;
  uint64_t bytes;
  if ((value = options_after(text, "VMK="))) {
    options_kit(o, value);
    return true;
  }
  if ((value = options_after(text, "MaxHeapSize="))) {
    return (j3_flags_size(value, &o->heap_max) && o->heap_max) ||
           options_bad("Invalid maximum heap size: -XX:%s\n", text);
  }
  if ((value = options_after(text, "MaxDirectMemorySize=")) && j3_flags_size(value, &bytes)) {
    char digits[32];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)bytes);
    j3_options_set(o, "sun.nio.MaxDirectMemorySize", digits);
  }
  return j3_flags_parse(o, text);
}

/* -Xmx and its kin; *known: it is one of them. */
static bool
options_size(options_parser *p, const char *text, bool *known)
{
  j3_options *o = p->o;
  const char *value;
  uint64_t bytes;
  *known = true;
  if ((value = options_after(text, "mx"))) {
    return (j3_flags_size(value, &o->heap_max) && o->heap_max) ||
           options_bad("Invalid maximum heap size: -X%s\n", text);
  } else if ((value = options_after(text, "ms"))) {
    return j3_flags_size(value, &o->heap_initial) ||
           options_bad("Invalid initial heap size: -X%s\n", text);
  } else if ((value = options_after(text, "mn"))) {
    return j3_flags_size(value, &bytes) ||
           options_bad("Invalid initial young generation size: -X%s\n", text);
  } else if ((value = options_after(text, "ss"))) {
    if (!j3_flags_size(value, &bytes))
      return options_bad("Invalid thread stack size: -X%s\n", text);
    o->stack_kilobytes = bytes >> 10 | (bytes && bytes < 1024);
    return bytes <= UINT64_C(1) << 30 ||
           options_bad("Invalid thread stack size: -X%s\n"
                       "The specified size exceeds the maximum representable size.\n",
                       text);
  }
  *known = false;
  return true;
}

/* -Xverify, -Xverify:which. */
static bool
options_verify(options_parser *p, const char *which)
{
  j3_options *o = p->o;
  if (strcmp(which, "") == 0 || strcmp(which, ":all") == 0) {
    o->verify_local = o->verify_remote = true;
  } else if (strcmp(which, ":remote") == 0) {
    o->verify_local = false;
    o->verify_remote = true;
  } else if (strcmp(which, ":none") == 0) {
    o->verify_local = o->verify_remote = false;
    return options_warn("Options -Xverify:none and -noverify were deprecated in JDK 13 and will "
                        "likely be removed in a future release.%s",
                        "");
  } else {
    return o->ignore_unrecognized ||
           options_bad("Unrecognized verification option: -Xverify%s\n", which);
  }
  return true;
}

/* Several -Xbootclasspath/a add up. */
static void
options_append_boot(j3_options *o, const char *path)
{
  char *whole;
  if (asprintf(&whole, "%s%s%s", o->boot_append ? o->boot_append : "", o->boot_append ? ":" : "",
               path) < 0)
    return;
  free(o->boot_append);
  o->boot_append = whole;
}

static bool
options_is_one_of(const char *text, const char *const *list, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (strcmp(text, list[i]) == 0)
      return true;
  return false;
}

/* Options whose effect here is none, or a flag. */
static bool
options_x_word(options_parser *p, const char *text)
{
  static const char *const no_effect[] = {"batch",      "future",   "noclassgc", "rs",
                                          "noagent",    "debug",    "check:jni", "share:off",
                                          "share:auto", "share:on", "printflags"};
  j3_options *o = p->o;
  o->reduced_signals |= strcmp(text, "rs") == 0;
  o->check_jni |= strcmp(text, "check:jni") == 0;
  if (options_is_one_of(text, no_effect, VMK_COUNT(no_effect)) || options_after(text, "maxf") ||
      options_after(text, "minf") || options_after(text, "maxjitcodesize"))
    return true;
  if (options_after(text, "prof"))
    return options_warn("Ignoring option -X%s; support was removed in 10.0", text);
  if (strcmp(text, "internalversion") == 0) {
    printf("VMKit J3 64-Bit VM (%s) for linux-amd64\n", VMK_VERSION);
    exit(0);
  }
  if (options_after(text, "bootclasspath/p:") || options_after(text, "bootclasspath:")) {
    printf("-X%.*s is no longer a supported option.\n", (int)strcspn(text, ":"), text);
    return false;
  }
  if (o->ignore_unrecognized)
    return true;
  return options_unknown(p,
                         options_after(text, "check:") ? "Unrecognized check option: -X%s\n"
                                                       : "Unrecognized option: -X%s\n",
                         text);
}

static bool
options_x(options_parser *p, const char *text)
{
  j3_options *o = p->o;
  const char *value;
  bool known;
  if ((value = options_after(text, "X:")))
    return options_xx(p, value);
  bool ok = options_size(p, text, &known);
  if (known)
    return ok;
  if ((value = options_after(text, "loggc:"))) {
    char option[4096];
    snprintf(option, sizeof option, "-Xlog:gc:%s", value);
    j3_log(J3_LOG_GC, J3_LOG_WARNING, "-Xloggc is deprecated. Will use %s instead.", option);
    return j3_log_option(option);
  }
  if (options_after(text, "log"))
    return j3_log_option(text - strlen("-X"));
  if ((value = options_after(text, "bootclasspath/a:"))) {
    options_append_boot(o, value);
    return true;
  }
  if (options_tiers(o, text))
    return true;
  if ((value = options_after(text, "verify")))
    return options_verify(p, value);
  return options_x_word(p, text);
}

static bool
options_agent(options_parser *p, const char *text)
{
  const char *value;
  j3_agent agent = {0};
  if ((value = options_after(text, "-javaagent:"))) {
    options_add_module(p, "java.instrument");
    agent = (j3_agent){strdup("instrument"), strdup(value), false, NULL};
  } else if ((value = options_after(text, "-agentlib:")) ||
             (value = options_after(text, "-agentpath:"))) {
    size_t n = strcspn(value, "=");
    agent = (j3_agent){strndup(value, n), value[n] ? strdup(value + n + 1) : NULL,
                       options_after(text, "-agentpath:") != NULL, NULL};
  } else if ((value = options_after(text, "-Xrun"))) { /* older than -agentlib */
    size_t n = strcspn(value, ":");
    agent = (j3_agent){strndup(value, n), value[n] ? strdup(value + n + 1) : NULL, false, NULL};
  } else {
    return false;
  }
  j3_options *o = p->o;
  o->agents = options_grow(o->agents, o->agent_count, sizeof *o->agents);
  o->agents[o->agent_count++] = agent;
  return true;
}

/* java.base is patched at most once, and every patch says what with. */
static bool
options_patch(const options_parser *p, const char *text)
{
  const char *value = options_after(text, "--patch-module=");
  if (!value)
    return true;
  if (!strchr(value, '=')) {
    puts("Missing '=' in --patch-module specification");
    return false;
  }
  for (uint32_t i = 0; options_after(value, "java.base=") && i < p->module_count[4]; i++) {
    char key[64];
    snprintf(key, sizeof key, "jdk.module.patch.%u", i);
    const char *earlier = j3_options_get(p->o, key);
    if (earlier && options_after(earlier, "java.base="))
      j3_fatal("Cannot specify java.base more than once to --patch-module");
  }
  return true;
}

static bool
options_one(options_parser *p, const JavaVMOption *option)
{
  j3_options *o = p->o;
  const char *text = option->optionString, *value;
  if ((value = options_after(text, "-D"))) {
    return options_define(p, value);
  } else if (strcmp(text, "-ea") == 0 || strcmp(text, "-enableassertions") == 0 ||
             options_after(text, "-ea:") || options_after(text, "-enableassertions:")) {
    options_assert(p, text + strcspn(text, ":"), true);
  } else if (strcmp(text, "-da") == 0 || strcmp(text, "-disableassertions") == 0 ||
             options_after(text, "-da:") || options_after(text, "-disableassertions:")) {
    options_assert(p, text + strcspn(text, ":"), false);
  } else if (strcmp(text, "-esa") == 0 || strcmp(text, "-enablesystemassertions") == 0) {
    o->assert_system = true;
  } else if (strcmp(text, "-dsa") == 0 || strcmp(text, "-disablesystemassertions") == 0) {
    o->assert_system = false;
  } else if ((value = options_after(text, "-verbose"))) {
    options_verbose(value);
  } else if (options_agent(p, text)) {
  } else if ((value = options_after(text, "-X"))) {
    return options_x(p, value);
  } else if (strcmp(text, "--enable-preview") == 0) {
    o->enable_preview = true;
  } else if (!options_patch(p, text)) {
    return false;
  } else if (options_after(text, "--") && options_module(p, text)) {
  } else if (strcmp(text, "exit") == 0) {
    o->exit = (void (*)(jint))option->extraInfo;
  } else if (strcmp(text, "abort") == 0) {
    o->abort = (void (*)(void))option->extraInfo;
  } else if (strcmp(text, "vfprintf") == 0) {
    J3.vfprintf = (int (*)(FILE *, const char *, va_list))option->extraInfo;
  } else if (strcmp(text, "--illegal-access") == 0 || options_after(text, "--illegal-access=")) {
    options_warn("Ignoring option %s; support was removed in 17.0", text);
  } else if (strcmp(text, "-green") == 0) {
    return options_bad("Green threads support not available\n", "");
  } else if (strcmp(text, "-native") == 0) {
  } else {
    return o->ignore_unrecognized || options_unknown(p, "Unrecognized option: %s\n", text);
  }
  return true;
}

static void
options_record(j3_options *o, const char *text)
{
  o->arguments = options_grow(o->arguments, o->argument_count, sizeof *o->arguments);
  o->arguments[o->argument_count++] = strdup(text);
}

static bool options_file(options_parser *p, const char *name, bool are_flags);

/* An option, or a file of them. */
static bool
options_any(options_parser *p, const JavaVMOption *option)
{
  const char *name;
  if ((name = options_after(option->optionString, "-XX:VMOptionsFile=")))
    return options_file(p, name, false);
  if ((name = options_after(option->optionString, "-XX:Flags=")))
    return options_file(p, name, true);
  return options_one(p, option);
}

/* Options in a text: separated by white space, quotes group.  `where` is named when a quote is open. */
static bool
options_words(options_parser *p, const char *text, const char *where)
{
  char *word = malloc(strlen(text) + 1);
  bool ok = word != NULL;
  while (ok) {
    while (isspace((unsigned char)*text))
      text++;
    if (!*text)
      break;
    size_t n = 0;
    for (; *text && !isspace((unsigned char)*text); text++) {
      if (*text == '"' || *text == '\'') {
        char quote = *text++;
        while (*text && *text != quote)
          word[n++] = *text++;
        if (!*text) {
          jio_fprintf(stderr, "Unmatched quote in %s\n", where);
          free(word);
          return false;
        }
      } else {
        word[n++] = *text;
      }
    }
    word[n] = 0;
    options_record(p->o, word);
    ok = options_any(p, &(JavaVMOption){word, NULL});
  }
  free(word);
  return ok;
}

static bool
options_environment(options_parser *p, const char *variable)
{
  const char *text = getenv(variable);
  if (!text || !*text)
    return true;
  jio_fprintf(stderr, "Picked up %s: %s\n", variable, text);
  return options_words(p, text, variable);
}

/* malloc'ed; null: it cannot be read. */
static char *
options_read(const char *name)
{
  FILE *file = fopen(name, "r");
  char *text = NULL;
  size_t size = 0;
  if (file && getdelim(&text, &size, 0, file) < 0 && text)
    *text = 0;
  if (file)
    fclose(file);
  return text;
}

/* -XX:VMOptionsFile=, -XX:Flags=: options are read from a file. */
static bool
options_file(options_parser *p, const char *name, bool are_flags)
{
  char *text = options_read(name), *state = NULL;
  if (!text)
    return options_bad(are_flags ? "Could not open settings file %s\n"
                                 : "Could not open options file '%s'\n",
                       name);
  bool ok = are_flags || options_words(p, text, name);
  for (char *word = are_flags ? strtok_r(text, " \t\r\n", &state) : NULL; word && ok;
       word = strtok_r(NULL, " \t\r\n", &state))
    ok = options_xx(p, word);
  free(text);
  return ok;
}

/* What was said in other ways, brought to one. */
static void
options_conclude(j3_options *o)
{
  if (o->print_gc_details) {
    j3_log(J3_LOG_GC, J3_LOG_WARNING,
           "-XX:+PrintGCDetails is deprecated. Will use -Xlog:gc* instead.");
    (void)!j3_log_option("-Xlog:gc*");
  } else if (o->print_gc) {
    j3_log(J3_LOG_GC, J3_LOG_WARNING, "-XX:+PrintGC is deprecated. Will use -Xlog:gc instead.");
    j3_log_show("gc", J3_LOG_INFO);
  }
  j3_flags_check(o);
}

enum { OPTIONS_STACK_KILOBYTES = 136 }; /* as HotSpot's least, and enough for the kit's */

j3_options *
j3_options_parse(const JavaVMInitArgs *args, jint *result)
{
  j3_options *o = calloc(1, sizeof *o);
  options_parser parser = {.o = o};
  j3_log_init();
  *result = JNI_EINVAL;
  if (!o)
    return NULL;
  o->ignore_unrecognized = args->ignoreUnrecognized;
  o->verify_remote = true;
  o->soft_ms_per_mb = 1000;
  o->core_on_crash = true;
  o->metaspace_max = UINT64_MAX;
  if (!options_environment(&parser, "JAVA_TOOL_OPTIONS"))
    goto fail;
  for (jint i = 0; i < args->nOptions; i++) {
    const char *text = args->options[i].optionString;
    if (text[0] == '-' && !options_after(text, "-Djava.class.path=") &&
        !options_after(text, "-Dsun.java.command=") && !options_after(text, "-Dsun.java.launcher"))
      options_record(o, text);
    if (!options_any(&parser, &args->options[i]))
      goto fail;
  }
  if (!options_environment(&parser, "_JAVA_OPTIONS"))
    goto fail;
  if (parser.module_property)
    options_warn("Ignoring system property options whose names match the '-Djdk.module.*'. names "
                 "that are reserved for internal use.",
                 "");
  o->verify_remote |= o->verify_local;
  options_conclude(o);
  if (o->stack_kilobytes && o->stack_kilobytes < OPTIONS_STACK_KILOBYTES) {
    jio_fprintf(stdout,
                "\nThe Java thread stack size specified is too small. Specify at least %dk\n",
                OPTIONS_STACK_KILOBYTES);
    fflush(stdout); /* before what the caller says about it */
    *result = JNI_ERR;
    goto fail;
  }
  o->stack_bytes = o->stack_kilobytes << 10;
  *result = JNI_OK;
  return o;
fail:
  if (parser.unknown)
    *result = JNI_ERR;
  free(o);
  return NULL;
}
