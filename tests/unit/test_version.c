/* test_version.c -- the header's version and the library's agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <vmkit/vmk_version.h>

static void
library_and_header_agree(void **state)
{
  (void)state;
  assert_string_equal(vmk_version(), VMK_VERSION);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(library_and_header_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
