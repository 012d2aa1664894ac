/* main.c -- bin/j3: the java command on our virtual machine
 *
 * The class library's own launcher (libjli) does all that a java command does, so that options, @argfiles,
 * JDK_JAVA_OPTIONS, -jar, -m, source mode, help and error messages are the reference's.  We only find a
 * java.home, open its libjli, and tell it where our libjvm.so is (-XXaltjvm).
 */
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*launch_function)(int argc, char **argv, int jargc, const char **jargv, int appclassc,
                               const char **appclassv, const char *fullversion,
                               const char *dotversion, const char *pname, const char *lname,
                               unsigned char javaargs, unsigned char cpwildcard,
                               unsigned char javaw, int ergo);

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
  char library[PATH_MAX];
  snprintf(library, sizeof library, "%s/lib/libjli.so", home);
  void *jli = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
  launch_function launch = jli ? (launch_function)dlsym(jli, "JLI_Launch") : NULL;
  if (!launch) {
    fprintf(stderr, "j3: %s\n", dlerror());
    return 1;
  }
  char option[PATH_MAX + 16];
  snprintf(option, sizeof option, "-XXaltjvm=%s", vm);
  char **arguments = calloc((size_t)argc + 2, sizeof *arguments);
  if (!arguments)
    return 1;
  arguments[0] = argv[0];
  arguments[1] = option;
  memcpy(arguments + 2, argv + 1, (size_t)argc * sizeof *argv);
  return launch(argc + 1, arguments, 0, NULL, 0, NULL, "17", "0.0", "java", "openjdk", 0, 1, 0, 0);
}
