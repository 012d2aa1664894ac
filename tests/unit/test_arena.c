/* test_arena.c -- arenas, vectors, string buffers, and requests that fail on purpose */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/vec.h"
#include "os/os.h"

static void
arena_blocks_are_apart(void **state)
{
  (void)state;
  enum { COUNT = 3000 };
  static unsigned char *block[COUNT];
  static size_t bytes[COUNT];
  vmk_arena arena = {0};
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < COUNT; i++) {
      bytes[i] = (size_t)(i % 100 ? i % 61 : i * 40);
      block[i] = vmk_arena_alloc(&arena, bytes[i]);
      assert_int_equal((uintptr_t)block[i] % 16, 0);
      for (size_t j = 0; j < bytes[i]; j++)
        assert_int_equal(block[i][j], 0);
      memset(block[i], i & 255, bytes[i]);
    }
    for (int i = 0; i < COUNT; i++)
      for (size_t j = 0; j < bytes[i]; j++)
        assert_int_equal(block[i][j], i & 255);
    vmk_arena_reset(&arena);
  }
  assert_string_equal(vmk_arena_text(&arena, "hello", 4), "hell");
  vmk_arena_fini(&arena);
  assert_int_equal(arena.bytes, 0);
}

static void
vector_grows(void **state)
{
  (void)state;
  VMK_VEC(uint16_t) v = {0};
  for (int i = 0; i < 1000; i++)
    vmk_vec_push(&v, (uint16_t)i);
  assert_int_equal(v.count, 1000);
  assert_int_equal(vmk_vec_last(&v), 999);
  assert_int_equal(vmk_vec_pop(&v), 999);
  uint16_t *more = vmk_vec_extend(&v, 5000);
  assert_int_equal(more[-1], 998);
  assert_int_equal(more[4999], 0);
  assert_int_equal(v.count, 5999);
  vmk_vec_fini(&v);
}

static void
buffer_formats(void **state)
{
  (void)state;
  vmk_buf buf = {0};
  for (int i = 0; i < 100; i++)
    vmk_buf_printf(&buf, "%d,", i % 10);
  assert_int_equal(buf.length, 200);
  vmk_buf_clear(&buf);
  vmk_buf_text(&buf, "a");
  vmk_buf_printf(&buf, "%0300d", 7);
  vmk_buf_char(&buf, 'z');
  assert_int_equal(strlen(buf.data), 302);
  char *text = vmk_buf_take(&buf);
  assert_int_equal(text[301], 'z');
  free(text);
  text = vmk_buf_take(&buf);
  assert_string_equal(text, "");
  free(text);
}

static void
nth_request_fails(void **state)
{
  (void)state;
  void *at[4];
  vmk_fault_arm(3);
  for (int i = 0; i < 4; i++)
    at[i] = vmk_os_reserve_any(1 << 20, 1 << 20);
  assert_true(at[0] && at[1] && !at[2] && at[3]);
  assert_int_equal((uintptr_t)at[3] % (1 << 20), 0);
  vmk_error error;
  assert_int_equal(vmk_os_reserve(at[0], 4096, &error), VMK_ERROR_MEMORY); /* occupied */
  assert_true(vmk_os_commit(at[0], 8192));
  memset(at[0], 1, 8192);
  vmk_os_discard(at[0], 4096);
  assert_int_equal(*(char *)at[0], 0);
  assert_int_equal(((char *)at[0])[4096], 1);
  vmk_os_decommit(at[0], 1 << 20);
  for (int i = 0; i < 4; i++)
    if (at[i])
      vmk_os_release(at[i], 1 << 20);
  assert_int_equal(vmk_os_reserve(at[0], 1 << 20, &error), VMK_OK);
  vmk_os_release(at[0], 1 << 20);
}

static void
machine_is_plausible(void **state)
{
  (void)state;
  char *low, *high;
  vmk_os_stack_bounds(&low, &high);
  assert_true(low < (char *)&low && (char *)&low < high);
  assert_true(vmk_os_memory_bytes() > 16 << 20);
  assert_true(vmk_os_cpu_count() >= 1);
  assert_true(vmk_os_resident_bytes() > 1 << 16);
  assert_true(vmk_os_cpu_clock_ns(vmk_os_thread_cpu_clock()) > 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_blocks_are_apart), cmocka_unit_test(vector_grows),
      cmocka_unit_test(buffer_formats),         cmocka_unit_test(nth_request_fails),
      cmocka_unit_test(machine_is_plausible),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
