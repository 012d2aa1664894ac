/* main.c -- bin/j3: the java command on our virtual machine
 *
 * The class library's own launcher (libjli) does all that a java command does, so that options, @argfiles,
 * JDK_JAVA_OPTIONS, -jar, -m, source mode, help and error messages are the reference's.  We find a
 * java.home, open its libjli, put the argument list together with libjli's functions in the order in which
 * a java command does (environment, then command line, @files spread out), and tell it where our libjvm.so
 * is (-XXaltjvm).
 */
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libjli's growing list of strings. */
typedef struct jli_list {
  char **elements;
  size_t size, capacity;
} jli_list;

typedef struct jli {
  int (*launch)(int argc, char **argv, int jargc, const char **jargv, int appclassc,
                const char **appclassv, const char *fullversion, const char *dotversion,
                const char *pname, const char *lname, unsigned char javaargs,
                unsigned char cpwildcard, unsigned char javaw, int ergo);
  void (*init)(unsigned char has_java_arguments, unsigned char no_argument_files);
  unsigned char (*add_environment)(jli_list *list, const char *variable);
  jli_list *(*preprocess)(const char *argument, unsigned char expand); /* null: it is no @file */
  jli_list *(*list_new)(size_t capacity);
  void (*list_add)(jli_list *list, char *text);
  char *(*duplicate)(const char *text);
} jli;

static bool
main_is_home(const char *home)
{
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/lib/libjli.so", home);
  return access(path, R_OK) == 0;
}

/* J3_JAVA_HOME, then JAVA_HOME when it is a 17, then Debian's place for this processor. */
static const char *
main_find_home(void)
{
  static const char *const places[] = {"/usr/lib/jvm/java-17-openjdk-amd64",
                                       "/usr/lib/jvm/java-17-openjdk-arm64",
                                       "/usr/lib/jvm/java-17-openjdk"};
  const char *home = getenv("J3_JAVA_HOME");
  if (home)
    return main_is_home(home) ? home : NULL;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (main_is_home(places[i]))
      return places[i];
  home = getenv("JAVA_HOME");
  return home && main_is_home(home) ? home : NULL;
}

/* <folder of bin/j3>/../lib/j3, where libjvm.so is. */
static bool
main_find_vm(char *path, size_t size)
{
  char self[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  if (n <= 0)
    return false;
  self[n] = 0;
  for (int i = 0; i < 2; i++) {
    char *slash = strrchr(self, '/');
    if (!slash)
      return false;
    *slash = 0;
  }
  snprintf(path, size, "%s/lib/j3", self);
  char library[PATH_MAX + 16];
  snprintf(library, sizeof library, "%s/libjvm.so", path);
  return access(library, R_OK) == 0;
}

static bool
main_open_jli(const char *home, jli *out)
{
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/lib/libjli.so", home);
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (!library)
    return false;
  const struct {
    const char *name;
    void *target;
  } rows[] = {
      {"JLI_Launch", &out->launch},
      {"JLI_InitArgProcessing", &out->init},
      {"JLI_AddArgsFromEnvVar", &out->add_environment},
      {"JLI_PreprocessArg", &out->preprocess},
      {"JLI_List_new", &out->list_new},
      {"JLI_List_add", &out->list_add},
      {"JLI_StringDup", &out->duplicate},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    void *symbol = dlsym(library, rows[i].name);
    if (!symbol)
      return false;
    memcpy(rows[i].target, &symbol, sizeof symbol);
  }
  return true;
}

static void
main_add(const jli *j, jli_list *list, const char *argument)
{
  jli_list *file = j->preprocess(argument, 1);
  if (!file)
    j->list_add(list, j->duplicate(argument));
  for (size_t i = 0; file && i < file->size; i++)
    j->list_add(list, file->elements[i]);
}

int
main(int argc, char **argv)
{
  const char *home = main_find_home();
  if (!home) {
    fprintf(stderr, "j3: no Java 17 class library found: install openjdk-17-jre-headless or set "
                    "J3_JAVA_HOME to a JDK 17\n");
    return 1;
  }
  char vm[PATH_MAX];
  if (!main_find_vm(vm, sizeof vm)) {
    fprintf(stderr, "j3: %s/libjvm.so is missing; run `make`\n", vm);
    return 1;
  }
  jli j;
  if (!main_open_jli(home, &j)) {
    fprintf(stderr, "j3: %s\n", dlerror());
    return 1;
  }
  char option[PATH_MAX + 16];
  snprintf(option, sizeof option, "-XXaltjvm=%s", vm);
  j.init(0, 0);
  jli_list *list = j.list_new((size_t)argc + 2);
  j.list_add(list, j.duplicate(argv[0]));
  main_add(&j, list, option);
  j.add_environment(list, "JDK_JAVA_OPTIONS");
  for (int i = 1; i < argc; i++)
    main_add(&j, list, argv[i]);
  int count = (int)list->size;
  j.list_add(list, NULL);
  return j.launch(count, list->elements, 0, NULL, 0, NULL, "17", "0.0", "java", "openjdk", 0, 1, 0,
                  0);
}
