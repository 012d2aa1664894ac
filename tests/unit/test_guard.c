/* test_guard.c -- accesses to a mapped file that became shorter: each answers false, and the process lives */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include <vmkit/vmkit.h>

enum { PAGE = 4096 };

static char *file; /* two pages, of which one is there */

static int
set_up(void **state)
{
  (void)state;
  char path[] = "/tmp/vmkit-guard-XXXXXX";
  int fd = mkstemp(path);
  if (fd < 0 || unlink(path) || ftruncate(fd, 2 * PAGE))
    return 1;
  file = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  return file == MAP_FAILED || ftruncate(fd, PAGE) || close(fd);
}

static int
tear_down(void **state)
{
  (void)state;
  return munmap(file, 2 * PAGE);
}

static void
test_each_width(void **state)
{
  (void)state;
  for (uint32_t width = 1; width <= 8; width *= 2) {
    uint64_t mask = width == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * width) - 1;
    uint64_t value = UINT64_C(0xf1e2d3c4b5a69788), v = 0;
    char *there = file + 64;
    memset(there, 0x55, 16);
    assert_true(vmk_guard_store(there, width, value));
    assert_true(vmk_guard_load(there, width, &v));
    assert_int_equal(v, value & mask);
    assert_int_equal(there[width], 0x55);
    assert_true(vmk_guard_exchange(there, width, 7, &v));
    assert_int_equal(v, value & mask);
    assert_true(vmk_guard_load(there, width, &v));
    assert_int_equal(v, 7);
  }
}

static void
test_cas(void **state)
{
  (void)state;
  for (uint32_t width = 4; width <= 8; width *= 2) {
    uint64_t seen = 1, v;
    memset(file, 0, 16);
    assert_true(vmk_guard_cas(file, width, &seen, 9));
    assert_int_equal(seen, 0);
    assert_true(vmk_guard_cas(file, width, &seen, 9));
    assert_int_equal(seen, 0);
    assert_true(vmk_guard_load(file, width, &v));
    assert_int_equal(v, 9);
  }
}

static void
test_blocks(void **state)
{
  (void)state;
  char expected[100], *a = file + 200;
  assert_true(vmk_guard_fill(a, 3, 300));
  for (int i = 0; i < 100; i++)
    a[i] = expected[i] = (char)i;
  assert_true(vmk_guard_copy(a + 13, a, 100)); /* overlapping, either way */
  assert_memory_equal(a + 13, expected, 100);
  assert_int_equal(a[113], 3);
  assert_true(vmk_guard_copy(a, a + 13, 100));
  assert_memory_equal(a, expected, 100);
}

static void
test_faults(void **state)
{
  (void)state;
  vmk_vm *vm;
  vmk_error error;
  uint64_t v = 0;
  char ours[2 * PAGE] = {0}, *gone = file + PAGE;
#if !defined(__x86_64__) || __has_feature(thread_sanitizer)
  skip();
#endif
  assert_int_equal(vmk_vm_new(NULL, &vm, &error),
                   VMK_OK); /* here: cmocka has handlers of its own */
  for (uint32_t width = 1; width <= 8; width *= 2) {
    assert_false(vmk_guard_load(gone, width, &v));
    assert_false(vmk_guard_store(gone + 8, width, 1));
    assert_false(vmk_guard_exchange(gone + 16, width, 1, &v));
  }
  assert_false(vmk_guard_cas(gone, 4, &v, 1));
  assert_false(vmk_guard_cas(gone, 8, &v, 1));
  assert_false(vmk_guard_load(gone - 4, 8, &v)); /* half of it is there */
  assert_false(vmk_guard_copy(ours, file, 2 * PAGE));
  assert_false(vmk_guard_copy(file, ours, 2 * PAGE));
  assert_false(vmk_guard_copy(gone, file, PAGE));
  assert_false(vmk_guard_copy(gone - 8, gone - 16, 32)); /* from the end */
  assert_false(vmk_guard_fill(gone - 8, 1, 16));
  assert_int_equal(gone[-1], 1);
  vmk_vm_free(vm);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_each_width),
      cmocka_unit_test(test_cas),
      cmocka_unit_test(test_blocks),
      cmocka_unit_test(test_faults),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
