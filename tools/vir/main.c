/* main.c -- the vir tool: so far it only says which libvmkit it runs with. */
#include <stdio.h>
#include <string.h>

#include <vmkit/vmk_version.h>

int
main(int argc, char **argv)
{
  if (argc == 2 && strcmp(argv[1], "--version") == 0) {
    printf("vir, libvmkit %s\n", vmk_version());
    return 0;
  }
  fputs("usage: vir --version\n", stderr);
  return 2;
}
