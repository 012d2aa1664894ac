/* test_options.c -- the option parser: every type, overriding, mistakes and their suggestions */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vmkit/vmk_option.h>

static bool verbose;
static int64_t size;
static int32_t plan;
static uint64_t trace;
static const char *file;

static const vmk_option table[] = {
    {"verbose", VMK_OPTION_FLAG, NULL, &verbose, "say more"},
    {"heap.size", VMK_OPTION_INT, NULL, &size, "bytes"},
    {"gc", VMK_OPTION_CHOICE, "copy|immix", &plan, "plan"},
    {"trace", VMK_OPTION_SET, "gc|load|exec", &trace, "subjects"},
    {"trace.file", VMK_OPTION_TEXT, NULL, &file, "where"},
};

static int
reset(void **state)
{
  (void)state;
  free((char *)file);
  verbose = false, size = 7, plan = 0, trace = 0, file = NULL;
  return 0;
}

static void
parse_ok(const char *text)
{
  vmk_error error = {""};
  vmk_status status = vmk_options_parse(text, table, VMK_COUNT(table), &error);
  if (status != VMK_OK)
    fail_msg("%s: %s", text, error.message);
}

static void
parse_bad(const char *text, const char *message)
{
  vmk_error error = {""};
  assert_int_equal(vmk_options_parse(text, table, VMK_COUNT(table), &error), VMK_ERROR_OPTION);
  assert_string_equal(error.message, message);
}

static void
every_type(void **state)
{
  (void)state;
  parse_ok("verbose, heap.size=64m ,gc=immix,trace=gc:exec,trace.file=/tmp/x=y");
  assert_true(verbose);
  assert_int_equal(size, 64 << 20);
  assert_int_equal(plan, 1);
  assert_int_equal(trace, 5);
  assert_string_equal(file, "/tmp/x=y");
}

static void
later_items_override(void **state)
{
  (void)state;
  parse_ok("verbose,verbose=off,,heap.size=1k,heap.size=0x10,trace=all,trace.file=a,trace.file=b,");
  assert_false(verbose);
  assert_int_equal(size, 16);
  assert_int_equal(trace, 7);
  assert_string_equal(file, "b");
  parse_ok(NULL);
  parse_ok("");
  parse_ok("trace=none");
  assert_int_equal(trace, 0);
}

static void
mistakes(void **state)
{
  (void)state;
  parse_bad("verbos", "unknown option 'verbos': did you mean 'verbose'?");
  parse_bad("heapsize=3", "unknown option 'heapsize': did you mean 'heap.size'?");
  parse_bad("banana-republic", "unknown option 'banana-republic'; 'help' lists them");
  parse_bad("verbose=maybe", "verbose=maybe: expected on or off");
  parse_bad("heap.size=12q", "heap.size=12q: expected a number, with suffix k, m or g");
  parse_bad("heap.size=99999999999g",
            "heap.size=99999999999g: expected a number, with suffix k, m or g");
  parse_bad("heap.size=", "heap.size=: expected a number, with suffix k, m or g");
  parse_bad("gc", "gc needs a value: gc=...");
  parse_bad("gc=cop", "gc=cop: expected copy|immix");
  parse_bad("trace=gc:loud", "trace=loud: expected gc|load|exec");
  assert_int_equal(size, 7);
}

static void
help_lists_all(void **state)
{
  (void)state;
  char *text;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  size = 8 << 20;
  vmk_options_help(table, VMK_COUNT(table), out);
  fclose(out);
  for (size_t i = 0; i < VMK_COUNT(table); i++)
    assert_non_null(strstr(text, table[i].name));
  assert_non_null(strstr(text, "[8m]"));
  free(text);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_type, reset, reset),
      cmocka_unit_test_setup_teardown(later_items_override, reset, reset),
      cmocka_unit_test_setup_teardown(mistakes, reset, reset),
      cmocka_unit_test_setup_teardown(help_lists_all, reset, reset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
