/* test_classfile.c -- the class-file parser on every class of the installed JDK, and on mutations of them
 *
 *     test_classfile [java.home [stride [mutations of each]]]
 *
 * Without arguments a sample: every 16th class, 4 mutations.  Mutants are parsed from a malloc'ed copy of
 * their exact size, so that a sanitizer sees reads beyond the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "classfile.h"
#include "descriptor.h"
#include "jimage.h"
#include "utf.h"

static struct {
  const char *java_home;
  uint32_t stride, mutations;
} options = {NULL, 16, 4};

typedef struct all_state {
  j3_jimage *image;
  uint32_t seen, parsed, mutants, rejected;
  uint64_t random, bytes;
} all_state;

static uint32_t
next_random(all_state *s)
{
  s->random = s->random * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(s->random >> 33);
}

static bool
parse(const uint8_t *bytes, size_t length, char *error)
{
  j3_classfile cf = {.bytes = bytes, .length = length, .verify = true, .vm_annotations = true};
  bool ok = j3_classfile_parse(&cf);
  if (!ok)
    snprintf(error, 1024, "%s: %s", cf.error_class, cf.error);
  j3_classfile_free(&cf);
  return ok;
}

static void
mutate(all_state *s, const uint8_t *bytes, size_t length)
{
  size_t size = next_random(s) % 8 ? length : next_random(s) % (length + 1);
  uint8_t *copy = malloc(size ? size : 1);
  char error[1024];
  memcpy(copy, bytes, size);
  for (uint32_t n = 1 + next_random(s) % 4; size && n > 0; n--) {
    size_t at = next_random(s) % (next_random(s) % 2 ? size : size < 256 ? size : 256);
    copy[at] = next_random(s) % 2 ? (uint8_t)next_random(s)
                                  : copy[at] ^ (uint8_t)(1 << next_random(s) % 8);
  }
  s->mutants++;
  s->rejected += !parse(copy, size, error);
  free(copy);
}

static void
visit(const char *path, void *data)
{
  all_state *s = data;
  size_t n = strlen(path), length;
  uint8_t *bytes;
  if (n < 6 || strcmp(path + n - 6, ".class") != 0 || strstr(path, "module-info") ||
      s->seen++ % options.stride)
    return;
  assert_true(j3_jimage_find_path(s->image, path, &bytes, &length));
  uint8_t *copy = malloc(length);
  memcpy(copy, bytes, length);
  char error[1024];
  if (!parse(copy, length, error)) {
    print_error("%s: %s\n", path, error);
    fail();
  }
  s->parsed++;
  s->bytes += length;
  for (uint32_t i = 0; i < options.mutations; i++)
    mutate(s, bytes, length);
  free(copy);
  free(bytes);
}

static void
test_all(void **state)
{
  (void)state;
  vmk_error error = {{0}};
  all_state s = {.image = j3_jimage_open(options.java_home, &error), .random = 1};
  if (!s.image) {
    print_message("%s\n", error.message);
    skip();
  }
  j3_jimage_each(s.image, visit, &s);
  print_message("%u classes, %lu bytes; %u mutants, %u rejected\n", s.parsed,
                (unsigned long)s.bytes, s.mutants, s.rejected);
  assert_true(s.parsed > 1000);
  assert_true(s.mutants == 0 || s.rejected > s.mutants / 4);
  j3_jimage_close(s.image);
}

static void
test_messages(void **state)
{
  (void)state;
  char error[1024];
  assert_false(parse((const uint8_t *)"\xca\xfe\xba\xbf....", 8, error));
  assert_string_equal(error, "java/lang/ClassFormatError: Incompatible magic value 3405691583 in "
                             "class file <Unknown>");
  assert_false(parse((const uint8_t *)"\xca\xfe\xba\xbe", 4, error));
  assert_string_equal(error, "java/lang/ClassFormatError: Truncated class file");
  assert_false(parse((const uint8_t *)"\xca\xfe\xba\xbe\0\0\0\x3e\0\1", 10, error));
  assert_string_equal(error,
                      "java/lang/UnsupportedClassVersionError: <Unknown> has been compiled by "
                      "a more recent version of the Java Runtime (class file version 62.0), "
                      "this version of the Java Runtime only recognizes class file versions "
                      "up to 61.0");
}

static void
test_symbols(void **state)
{
  (void)state;
  char name[32];
  j3_symbol *first = j3_symbol_of("n0");
  for (int i = 0; i < 100000; i++) {
    int n = snprintf(name, sizeof name, "n%d", i);
    j3_symbol *s = j3_symbol_get(name, (size_t)n);
    assert_string_equal(s->text, name);
    assert_ptr_equal(s, j3_symbol_find(name, (size_t)n));
  }
  assert_ptr_equal(first, j3_symbol_of("n0"));
  assert_null(j3_symbol_find("never", 5));
}

static void
test_utf(void **state)
{
  (void)state;
  assert_true(j3_utf_is_valid("plain ascii text", 16));
  assert_true(j3_utf_is_valid("\xc0\x80", 2));
  assert_true(j3_utf_is_valid("\xed\xa0\x80\xed\xb0\x80", 6));
  assert_false(j3_utf_is_valid("a\0b", 3));
  assert_false(j3_utf_is_valid("12345678\0", 9));
  assert_false(j3_utf_is_valid("\xc1\x80", 2));
  assert_false(j3_utf_is_valid("\xe0\x80\x80", 3));
  assert_false(j3_utf_is_valid("\xf0\x90\x80\x80", 4));
  assert_false(j3_utf_is_valid("\xc3", 1));
}

static void
test_descriptors(void **state)
{
  (void)state;
  uint32_t slots;
  const char *d = "(IJ[DLa/b;)V";
  assert_true(j3_descriptor_is_method(d, strlen(d), &slots));
  assert_int_equal(slots, 5);
  assert_false(j3_descriptor_is_method("(V)V", 4, NULL));
  assert_false(j3_descriptor_is_method("()", 2, NULL));
  assert_false(j3_descriptor_is_method("()LA", 4, NULL));
  assert_true(j3_descriptor_is_class_name("a/b$c", 5));
  assert_false(j3_descriptor_is_class_name("a//b", 4));
  assert_false(j3_descriptor_is_class_name("a.b", 3));
  assert_true(j3_descriptor_is_class_name("[[I", 3));
  assert_true(j3_descriptor_is_member_name("<init>", 6, true));
  assert_false(j3_descriptor_is_member_name("<x>", 3, true));
}

int
main(int argc, char **argv)
{
  options.java_home = argc > 1 ? argv[1] : J3_TEST_JAVA_HOME;
  if (argc > 2)
    options.stride = (uint32_t)atoi(argv[2]) + !atoi(argv[2]);
  if (argc > 3)
    options.mutations = (uint32_t)atoi(argv[3]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_symbols),     cmocka_unit_test(test_utf),
      cmocka_unit_test(test_descriptors), cmocka_unit_test(test_messages),
      cmocka_unit_test(test_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
