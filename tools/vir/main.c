/* main.c -- vir: run, or print, a program in the text form of the IR */
#include "vir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vmkit/vmk_version.h>

#pragma clang diagnostic ignored "-Wthread-safety"

static const char main_usage[] =
    "usage: vir [options] file.vir\n"
    "Translate the functions of the file, call `main`, print its result. Options of the vm: "
    "VMK_OPTS.\n"
    "  --print      print all functions as installed, do not run\n"
    "  --roundtrip  print, read what was printed, print again, compare; run the second reading\n"
    "  --no-verify  do not verify installed code\n"
    "  --version\n";

static char *
main_read(const char *file)
{
  FILE *in = fopen(file, "rb");
  if (!in) {
    fprintf(stderr, "vir: %s: cannot be opened\n", file);
    exit(2);
  }
  size_t used = 0, size = 1 << 16;
  char *text = (char *)malloc(size);
  for (size_t n; text && (n = fread(text + used, 1, size - used - 1, in)) > 0; used += n)
    if (size - used - n < 2)
      text = (char *)realloc(text, size *= 2);
  fclose(in);
  if (!text)
    abort();
  text[used] = 0;
  return text;
}

/* The functions from number `first` on, as text the caller frees. */
static char *
main_print(vir_world *w, uint32_t first)
{
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  const uint32_t end = w->function_count;
  for (uint32_t i = first; out && i < end; i++)
    if (w->functions[i].body)
      vmk_function_print(w->functions[i].f, out);
  if (!out || fclose(out) != 0)
    abort();
  return text;
}

/* Positions of registers and labels are part of the names, so equal code prints equally. */
static void
main_roundtrip(vir_world *w, uint32_t first)
{
  char *once = main_print(w, first);
  const uint32_t second = w->function_count;
  vir_parse(w, "<printed>", once);
  char *twice = main_print(w, second);
  if (strcmp(once, twice) != 0) {
    fprintf(stderr, "vir: printed, read and printed again it differs\n--- first\n%s--- second\n%s",
            once, twice);
    exit(1);
  }
  free(twice); /* `once` stays: function bodies are in it */
}

int
main(int argc, char **argv)
{
  bool print = false, roundtrip = false, verify = true;
  const char *file = NULL;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--version") == 0) {
      printf("vir, libvmkit %s\n", vmk_version());
      return 0;
    }
    if (strcmp(argv[i], "--print") == 0) {
      print = true;
    } else if (strcmp(argv[i], "--roundtrip") == 0) {
      roundtrip = true;
    } else if (strcmp(argv[i], "--no-verify") == 0) {
      verify = false;
    } else if (argv[i][0] == '-' || file) {
      fputs(main_usage, stderr);
      return 2;
    } else {
      file = argv[i];
    }
  }
  if (!file) {
    fputs(main_usage, stderr);
    return 2;
  }
  vir_world *w = vir_world_new(verify ? "verify=ir" : "verify=none");
  const uint32_t first = w->function_count;
  vir_parse(w, file, main_read(file));
  if (roundtrip)
    main_roundtrip(w, first);
  int status = 0;
  if (print) {
    char *text = main_print(w, first);
    fputs(text, stdout);
    free(text);
  } else {
    vir_function *f = vir_find_function(w, "main");
    if (!f || !f->body || f->f->signature->count) {
      fprintf(stderr, "vir: %s: there is no func main()\n", file);
      return 2;
    }
    status = vir_run(w, f);
  }
  fflush(stdout);
  vir_world_free(w);
  return status;
}
