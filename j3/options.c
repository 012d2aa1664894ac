/* options.c -- the vm's options: what libjli passes on, and the environment
 *
 * Text and exit follow HotSpot's: an unknown option prints "Unrecognized option: X" unless the caller asked
 * to ignore it, and creation fails; the launcher then adds its own lines.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

typedef struct options_parser {
  j3_options *o;
  bool ignore_unrecognized;
  uint32_t module_count
      [6]; /* numbered properties: addmods, addreads, addexports, addopens, patch, enable */
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

/* "512m" -> bytes; false when malformed. */
static bool
options_size(const char *text, uint64_t *out)
{
  char *end;
  if (!isdigit((unsigned char)*text))
    return false;
  uint64_t n = strtoull(text, &end, 0);
  unsigned shift = 0;
  switch (*end) {
  case 't':
  case 'T': shift = 40; break;
  case 'g':
  case 'G': shift = 30; break;
  case 'm':
  case 'M': shift = 20; break;
  case 'k':
  case 'K': shift = 10; break;
  default: break;
  }
  if (shift)
    end++;
  if (*end || n > UINT64_MAX >> shift)
    return false;
  *out = n << shift;
  return true;
}

static bool
options_bad(const char *format, const char *option)
{
  fprintf(stderr, format, option);
  return false;
}

static void
options_define(options_parser *p, const char *text)
{
  static const char *const internal[] = {
      "jdk.module.addmods.",  "jdk.module.addreads.",    "jdk.module.addexports.",
      "jdk.module.addopens.", "jdk.module.patch.",       "jdk.module.limitmods",
      "jdk.module.path",      "jdk.module.upgrade.path", "jdk.module.enable.native.access"};
  const char *equals = strchr(text, '=');
  size_t n = equals ? (size_t)(equals - text) : strlen(text);
  char *key = strndup(text, n);
  bool ignored = false;
  for (size_t i = 0; i < VMK_COUNT(internal); i++)
    ignored |= strncmp(key, internal[i], strlen(internal[i])) == 0;
  if (!ignored)
    j3_options_set(p->o, key, equals ? equals + 1 : "");
  free(key);
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

static bool
options_verbose(j3_options *o, const char *text)
{
  if (!*text || strcmp(text, ":class") == 0 || strcmp(text, ":module") == 0)
    o->verbose_class |= strcmp(text, ":module") != 0;
  else if (strcmp(text, ":gc") == 0)
    o->verbose_gc = true;
  else if (strcmp(text, ":jni") == 0)
    o->verbose_jni = true;
  else
    return false;
  return true;
}

static int
options_compare_flag(const void *key, const void *row)
{
  return strcmp(key, *(const char *const *)row);
}

/* Is "+Name", "-Name" or "Name=value" an option of the reference VM? */
static bool
options_is_vm_flag(const char *text)
{
  static const char *const flags[] = {
#define J3_VM_FLAG(name) #name,
#include "vm_flags.def"
#undef J3_VM_FLAG
  };
  char name[64];
  bool boolean = *text == '+' || *text == '-';
  text += boolean;
  size_t length = strcspn(text, "=");
  if (length >= sizeof name || (boolean && text[length]))
    return false;
  memcpy(name, text, length);
  name[length] = 0;
  return bsearch(name, flags, VMK_COUNT(flags), sizeof *flags, options_compare_flag) != NULL;
}

/* If text is "+name" or "-name", text. */
static const char *
options_flag(const char *text, const char *name)
{
  return (*text == '+' || *text == '-') && strcmp(text + 1, name) == 0 ? text : NULL;
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

/* -Xint, -Xcomp, -Xmixed: what of the kit's tiers may run, and what java.vm.info says. */
static void
options_tiers(j3_options *o, const char *kit, const char *info)
{
  options_kit(o, kit);
  j3_options_set(o, "java.vm.info", info);
}

/* -XX:...: ours are -XX:VMK=<VMK_OPTS list>; sizes with a HotSpot name are honoured; other HotSpot tuning is
 * accepted and means nothing here, as its effect is never semantic; what HotSpot does not know is an error. */
static bool
options_xx(options_parser *p, const char *text)
{
  j3_options *o = p->o;
  const char *value;
  if ((value = options_after(text, "VMK="))) {
    options_kit(o, value);
  } else if ((value = options_after(text, "ActiveProcessorCount="))) {
    o->processors = atoi(value);
  } else if ((value = options_after(text, "MaxHeapSize="))) {
    return options_size(value, &o->heap_max);
  } else if ((value = options_after(text, "InitialHeapSize="))) {
    return options_size(value, &o->heap_initial);
  } else if ((value = options_after(text, "ThreadStackSize="))) {
    if (!options_size(value, &o->stack_bytes))
      return false;
    o->stack_bytes <<= 10;
  } else if ((value = options_after(text, "MaxDirectMemorySize="))) {
    uint64_t bytes;
    if (!options_size(value, &bytes))
      return false;
    char digits[32];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)bytes);
    j3_options_set(o, "sun.nio.MaxDirectMemorySize", digits);
  } else if ((value = options_flag(text, "BytecodeVerificationRemote"))) {
    o->verify_remote = *value == '+';
  } else if ((value = options_flag(text, "BytecodeVerificationLocal"))) {
    o->verify_local = *value == '+';
  } else if ((value = options_after(text, "HeapDumpPath="))) {
    o->heap_dump_path = strdup(value);
  } else {
    return options_is_vm_flag(text);
  }
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
    fprintf(stderr, "OpenJDK 64-Bit Server VM warning: Options -Xverify:none and -noverify were "
                    "deprecated in JDK 13 and will likely be removed in a future release.\n");
  } else {
    return p->ignore_unrecognized ||
           options_bad("Unrecognized verification option: -Xverify%s\n", which);
  }
  return true;
}

static bool
options_x(options_parser *p, const char *text)
{
  static const char *const no_effect[] = {"share:",  "batch", "log",  "future", "noclassgc",
                                          "incgc",   "prof",  "diag", "rs",     "check:jni",
                                          "noagent", "debug", "mn"};
  j3_options *o = p->o;
  const char *value;
  uint64_t bytes;
  if ((value = options_after(text, "mx")) || (value = options_after(text, "maxsize="))) {
    if (!options_size(value, &o->heap_max))
      return options_bad("Invalid maximum heap size: -X%s\n", text);
  } else if ((value = options_after(text, "ms"))) {
    if (!options_size(value, &o->heap_initial))
      return options_bad("Invalid initial heap size: -X%s\n", text);
  } else if ((value = options_after(text, "ss"))) {
    if (!options_size(value, &bytes))
      return options_bad("Invalid thread stack size: -X%s\n", text);
    o->stack_bytes = bytes;
  } else if ((value = options_after(text, "X:"))) {
    if (!options_xx(p, value))
      return options_bad("Unrecognized VM option '%s'\n", value + (*value == '+' || *value == '-'));
  } else if ((value = options_after(text, "bootclasspath/a:"))) {
    o->boot_append = strdup(value);
  } else if ((value = options_after(text, "verify"))) {
    return options_verify(p, value);
  } else if (strcmp(text, "int") == 0) {
    options_tiers(o, "tiers=0", "interpreted mode");
  } else if (strcmp(text, "comp") == 0) {
    options_tiers(o, "tiers=1,tier1.calls=1", "compiled mode");
  } else if (strcmp(text, "mixed") == 0) {
    options_tiers(o, "tiers=1", "mixed mode");
  } else {
    if (strcmp(text, "rs") == 0)
      o->reduced_signals = true;
    if (strcmp(text, "check:jni") == 0)
      o->check_jni = true;
    for (size_t i = 0; i < VMK_COUNT(no_effect); i++)
      if (options_after(text, no_effect[i]))
        return true;
    return p->ignore_unrecognized || options_bad("Unrecognized option: -X%s\n", text);
  }
  return true;
}

static bool
options_one(options_parser *p, const JavaVMOption *option)
{
  j3_options *o = p->o;
  const char *text = option->optionString, *value;
  if ((value = options_after(text, "-D"))) {
    options_define(p, value);
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
  } else if ((value = options_after(text, "-verbose")) && options_verbose(o, value)) {
  } else if ((value = options_after(text, "-X"))) {
    return options_x(p, value);
  } else if (options_after(text, "--") && options_module(p, text)) {
  } else if (strcmp(text, "exit") == 0) {
    o->exit = (void (*)(jint))option->extraInfo;
  } else if (strcmp(text, "abort") == 0) {
    o->abort = (void (*)(void))option->extraInfo;
  } else if (strcmp(text, "vfprintf") == 0) {
    o->vfprintf = (jint(*)(FILE *, const char *, va_list))option->extraInfo;
  } else if (strcmp(text, "--illegal-access") == 0 || options_after(text, "--illegal-access=")) {
    fprintf(stderr,
            "OpenJDK 64-Bit Server VM warning: Ignoring option %.*s; support was removed in 17.0\n",
            (int)strcspn(text, " "), text);
  } else if (strcmp(text, "-green") == 0 || strcmp(text, "-native") == 0) {
  } else {
    return p->ignore_unrecognized || options_bad("Unrecognized option: %s\n", text);
  }
  return true;
}

static void
options_record(j3_options *o, const char *text)
{
  o->arguments = options_grow(o->arguments, o->argument_count, sizeof *o->arguments);
  o->arguments[o->argument_count++] = strdup(text);
}

/* An environment variable's words: separated by white space, quotes group. */
static bool
options_environment(options_parser *p, const char *variable)
{
  const char *text = getenv(variable);
  if (!text || !*text)
    return true;
  fprintf(stderr, "Picked up %s: %s\n", variable, text);
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
          fprintf(stderr, "Unmatched quote in %s\n", variable);
          free(word);
          return false;
        }
      } else {
        word[n++] = *text;
      }
    }
    word[n] = 0;
    options_record(p->o, word);
    ok = options_one(p, &(JavaVMOption){word, NULL});
  }
  free(word);
  return ok;
}

j3_options *
j3_options_parse(const JavaVMInitArgs *args, jint *result)
{
  j3_options *o = calloc(1, sizeof *o);
  options_parser parser = {.o = o, .ignore_unrecognized = args->ignoreUnrecognized};
  *result = JNI_EINVAL;
  if (o)
    o->verify_remote = true;
  if (!o || !options_environment(&parser, "JAVA_TOOL_OPTIONS"))
    goto fail;
  for (jint i = 0; i < args->nOptions; i++) {
    const char *text = args->options[i].optionString;
    if (text[0] == '-' && !options_after(text, "-Djava.class.path=") &&
        !options_after(text, "-Dsun.java.command=") && !options_after(text, "-Dsun.java.launcher"))
      options_record(o, text);
    if (!options_one(&parser, &args->options[i]))
      goto fail;
  }
  if (!options_environment(&parser, "_JAVA_OPTIONS"))
    goto fail;
  o->verify_remote |= o->verify_local;
  *result = JNI_OK;
  return o;
fail:
  free(o);
  return NULL;
}
