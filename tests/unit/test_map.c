/* test_map.c -- hash tables against a plain array as the model; the lock-free reader under load */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/memory.h"

static uint64_t
next_random(uint64_t *seed)
{
  *seed = *seed * 6364136223846793005ull + 1442695040888963407ull;
  return *seed >> 33;
}

static void
words_agree_with_model(void **state)
{
  (void)state;
  enum { KEYS = 700, STEPS = 100000 };
  static uint64_t model[KEYS];
  static bool present[KEYS];
  vmk_map map = {0};
  uint64_t seed = 1;
  size_t count = 0;
  for (int i = 0; i < STEPS; i++) {
    uint64_t key = next_random(&seed) % KEYS, value = next_random(&seed), got = 0;
    switch (next_random(&seed) % 3) {
    case 0:
      count += !present[key];
      present[key] = true;
      model[key] = value;
      vmk_map_put(&map, key, value);
      break;
    case 1:
      assert_int_equal(vmk_map_remove(&map, key), present[key]);
      count -= present[key];
      present[key] = false;
      break;
    default:
      assert_int_equal(vmk_map_get(&map, key, &got), present[key]);
      assert_true(!present[key] || got == model[key]);
    }
    assert_int_equal(vmk_map_count(&map), count);
  }
  size_t cursor = 0, seen = 0;
  uint64_t key, value;
  while (vmk_map_next(&map, &cursor, &key, &value)) {
    assert_true(key < KEYS && present[key] && model[key] == value);
    seen++;
  }
  assert_int_equal(seen, count);
  vmk_map_fini(&map);
  assert_null(vmk_map_get_ptr(&map, "absent"));
}

static void
bytes_agree_with_model(void **state)
{
  (void)state;
  enum { KEYS = 500 };
  static char keys[KEYS][16];
  static bool present[KEYS];
  vmk_strmap map = {0};
  uint64_t seed = 2;
  assert_null(vmk_strmap_get(&map, "x", 1));
  for (int i = 0; i < KEYS; i++)
    snprintf(keys[i], sizeof keys[i], "key%d", i);
  for (int i = 0; i < 50000; i++) {
    size_t k = next_random(&seed) % KEYS, length = strlen(keys[k]);
    char copy[16];
    memcpy(copy, keys[k], sizeof copy);
    if (next_random(&seed) % 2) {
      bool is_new;
      vmk_strmap_slot *slot = vmk_strmap_slot_for(&map, keys[k], length, &is_new);
      assert_int_equal(is_new, !present[k]);
      slot->value = &present[k];
      present[k] = true;
    } else {
      assert_int_equal(vmk_strmap_remove(&map, copy, length), present[k]);
      present[k] = false;
    }
    assert_ptr_equal(vmk_strmap_get(&map, copy, length), present[k] ? &present[k] : NULL);
  }
  size_t cursor = 0, seen = 0, expected = 0;
  for (vmk_strmap_slot *slot; (slot = vmk_strmap_next(&map, &cursor)); seen++)
    assert_true(*(bool *)slot->value);
  for (int i = 0; i < KEYS; i++)
    expected += present[i];
  assert_int_equal(seen, expected);
  vmk_strmap_fini(&map);
}

enum { RMAP_KEYS = 20000 };
static vmk_rmap shared;
static uint64_t payload[RMAP_KEYS + 1]; /* plain: published by the map, judged by TSan */
static _Atomic(uint64_t) written;

static void *
read_all(void *data)
{
  (void)data;
  for (uint64_t known = 0; known < RMAP_KEYS;) {
    known = atomic_load(&written);
    for (uint64_t key = 1; key <= known; key += 97)
      assert_int_equal(*(uint64_t *)(uintptr_t)vmk_rmap_get(&shared, key), key * 3);
    uint64_t *next = (uint64_t *)(uintptr_t)vmk_rmap_get(&shared, known + 1);
    if (next)
      assert_int_equal(*next, (known + 1) * 3);
  }
  return NULL;
}

static void
readers_need_no_lock(void **state)
{
  (void)state;
  pthread_t readers[3];
  for (int i = 0; i < 3; i++)
    pthread_create(&readers[i], NULL, read_all, NULL);
  for (uint64_t key = 1; key <= RMAP_KEYS; key++) {
    payload[key] = key * 3;
    vmk_rmap_put(&shared, key, (uintptr_t)&payload[key]);
    atomic_store(&written, key);
  }
  for (int i = 0; i < 3; i++)
    pthread_join(readers[i], NULL);
  assert_int_equal(vmk_rmap_get(&shared, RMAP_KEYS + 1), 0);
  vmk_rmap_fini(&shared);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_agree_with_model),
      cmocka_unit_test(bytes_agree_with_model),
      cmocka_unit_test(readers_need_no_lock),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
