/* bench_gc.c -- a synthetic workload on the bare heap: what allocation and collection cost
 *
 *     bench_gc                    small, checks the sum (the test suite)
 *     bench_gc SCALE OPTIONS      e.g. bench_gc 4 gc=immix,gc.max=400m; prints times and pauses
 *
 * A held tree of 2 M nodes; short-lived trees; 4096 lists; a hash map with churn and byte arrays; all
 * mixed.  15 to 37 % survive: hostile to generations.  The same program as the prototype's, so that
 * figures can be compared (docs/performance.md).
 */
#include <sys/resource.h>

#include "gc_fake.h"

enum { LISTS = 4096, LIST_LENGTH = 200, BUCKETS = 1 << 18, KEYS = 700000 };

typedef struct bench {
  vmk_vm *vm;
  vmk_thread *t;
  vmk_kind *node, *box, *link, *entry, *refs, *bytes;
  uint64_t seed;
  int length[LISTS];
  vmk_slot stack[1024]; /* roots */
} bench;

static inline vmk_slot *
push(bench *b, unsigned n)
{
  vmk_slot *frame = b->stack + b->vm->slot_count;
  memset(frame, 0, n * sizeof *frame);
  b->vm->slot_count += n;
  return frame;
}
static inline void
pop(bench *b, unsigned n)
{
  b->vm->slot_count -= n;
}

static inline uint64_t
rnd(bench *b)
{
  b->seed ^= b->seed << 13;
  b->seed ^= b->seed >> 7;
  b->seed ^= b->seed << 17;
  return b->seed >> 1;
}

static inline int64_t *
box_value(vmk_ref box)
{
  return (int64_t *)((char *)box + VMK_HEADER_BYTES);
}
static inline vmk_ref
make_box(bench *b, int64_t value)
{
  vmk_ref box = vmk_alloc_object(b->t, b->box);
  *box_value(box) = value;
  return box;
}
static inline vmk_ref
get(vmk_ref object, unsigned i)
{
  return vmk_load_ref(object, fake_ref(i));
}
static inline void
set(bench *b, vmk_ref object, unsigned i, vmk_ref value)
{
  vmk_store_ref(b->t, object, fake_ref(i), value);
}

static vmk_ref
tree(bench *b, int depth)
{
  if (!depth)
    return vmk_alloc_object(b->t, b->node);
  vmk_slot *f = push(b, 2);
  f[0].ref = tree(b, depth - 1);
  f[1].ref = tree(b, depth - 1);
  vmk_ref n = vmk_alloc_object(b->t, b->node);
  set(b, n, 0, f[0].ref);
  set(b, n, 1, f[1].ref);
  pop(b, 2);
  return n;
}

static uint64_t
count(vmk_ref n)
{
  return get(n, 0) ? 1 + count(get(n, 0)) + count(get(n, 1)) : 1;
}

static uint64_t
trees(bench *b, int depth, int iterations)
{
  uint64_t sum = 0;
  for (int d = 4; d <= depth; d += 4)
    for (int i = iterations << (depth - d); i > 0; i--)
      sum += count(tree(b, d));
  return sum;
}

static uint64_t
lists(bench *b, vmk_slot *heads, long operations)
{
  vmk_slot *f = push(b, 2);
  uint64_t sum = 0;
  for (long k = 0; k < operations; k++) {
    unsigned i = rnd(b) % LISTS;
    f[0].ref = make_box(b, k);
    f[1].ref = vmk_alloc_object(b->t, b->link);
    set(b, f[1].ref, 1, f[0].ref);
    set(b, f[1].ref, 0, vmk_load_elem(heads->ref, i));
    vmk_store_elem(b->t, heads->ref, i, f[1].ref);
    if (++b->length[i] <= LIST_LENGTH)
      continue;
    vmk_ref p = vmk_load_elem(heads->ref, i);
    for (int n = 0; p && n < 16; n++, p = get(p, 0))
      sum += (uint64_t)*box_value(get(p, 1));
    vmk_store_elem(b->t, heads->ref, i, NULL);
    b->length[i] = 0;
  }
  pop(b, 2);
  return sum;
}

/* entry: key, value, next */
static uint64_t
churn(bench *b, vmk_slot *table, long operations)
{
  vmk_slot *f = push(b, 2);
  uint64_t sum = 0;
  for (long k = 0; k < operations; k++) {
    uint64_t r = rnd(b);
    int64_t key = (int64_t)(r % KEYS);
    uint32_t at = (uint32_t)((uint64_t)key * 0x9E3779B97F4A7C15ull >> 40) & (BUCKETS - 1);
    vmk_ref text = vmk_alloc_array(b->t, b->bytes, (uint32_t)(16 + (r >> 40 & 127)));
    *((uint8_t *)text + VMK_ARRAY_DATA_OFFSET) = (uint8_t)r;
    sum += (uint8_t)r;
    if ((k & 16383) == 0)
      *((uint8_t *)vmk_alloc_array(b->t, b->bytes, 65536) + 25) = 1;
    vmk_ref before = NULL, e = vmk_load_elem(table->ref, at);
    while (e && *box_value(get(e, 0)) != key) {
      before = e;
      e = get(e, 2);
    }
    if (e && (r >> 50 & 1)) {
      if (before)
        set(b, before, 2, get(e, 2));
      else
        vmk_store_elem(b->t, table->ref, at, get(e, 2));
      sum++;
    } else if (e) {
      f[0].ref = e;
      vmk_ref value = make_box(b, k);
      set(b, f[0].ref, 1, value);
    } else {
      f[0].ref = make_box(b, key);
      f[1].ref = make_box(b, k);
      e = vmk_alloc_object(b->t, b->entry);
      set(b, e, 0, f[0].ref);
      set(b, e, 1, f[1].ref);
      set(b, e, 2, vmk_load_elem(table->ref, at));
      vmk_store_elem(b->t, table->ref, at, e);
    }
  }
  pop(b, 2);
  return sum;
}

static double
cpu_seconds(void)
{
  return (double)vmk_os_process_cpu_ns() / 1e9;
}

static uint64_t
run(const char *options, int depth, int scale, long unit, bool verbose)
{
  bench *b = calloc(1, sizeof *b);
  b->vm = fake_start(options);
  b->t = b->vm->t;
  b->vm->slots = b->stack;
  b->seed = 88172645463325252ull;
  b->node = fake_plain(b->vm, 2, 0);
  b->box = fake_plain(b->vm, 0, 8);
  b->link = fake_plain(b->vm, 2, 8);
  b->entry = fake_plain(b->vm, 3, 8);
  b->refs = fake_array_ref(b->vm);
  b->bytes = fake_array(b->vm, 0);
  vmk_slot *f = push(b, 3);
  double t0 = cpu_seconds();
  f[0].ref = tree(b, depth);
  f[1].ref = vmk_alloc_array(b->t, b->refs, LISTS);
  f[2].ref = vmk_alloc_array(b->t, b->refs, BUCKETS);
  double t1 = cpu_seconds();
  uint64_t sum = trees(b, 16, 5 * scale) * 3;
  double t2 = cpu_seconds();
  sum += lists(b, &f[1], 60 * unit * scale) * 5;
  double t3 = cpu_seconds();
  sum += churn(b, &f[2], 40 * unit * scale) * 7;
  double t4 = cpu_seconds();
  for (int i = 0; i < 10 * scale; i++)
    sum += (trees(b, 12, 2) + lists(b, &f[1], unit) + churn(b, &f[2], unit)) * 11;
  double t5 = cpu_seconds();
  sum += count(f[0].ref);
  vmk_heap_stats s;
  vmk_heap_stats_get(b->vm, &s);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  if (verbose)
    printf(
        "build %.3f trees %.3f lists %.3f churn %.3f mixed %.3f total %.3f s cpu, rss %ld MB, sum "
        "%llx\n%llu collections, pauses %.3f s in all, %.1f ms at most, allocated %llu MB, copied "
        "%llu MB, traced %.1f M objects (%.1f M/s), used %llu MB\n",
        t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4, t5 - t0, usage.ru_maxrss / 1024,
        (unsigned long long)sum, (unsigned long long)s.collections, (double)s.pause_ns / 1e9,
        (double)s.max_pause_ns / 1e6, (unsigned long long)s.allocated_bytes >> 20,
        (unsigned long long)b->vm->heap.copied_bytes >> 20,
        (double)b->vm->heap.traced_objects / 1e6,
        (double)b->vm->heap.traced_objects / 1e6 / ((double)s.pause_ns / 1e9),
        (unsigned long long)s.used_bytes >> 20);
  fake_stop(b->vm);
  free(b);
  return sum;
}

static void
same_sum_in_all_modes(void **state)
{
  (void)state;
  uint64_t sum = run("gc=immix,gc.max=400m,gc.initial=300m", 12, 1, 500, false);
  assert_true(sum == run("gc=immix,gc.max=16m,gc.initial=256k", 12, 1, 500, false));
  assert_true(sum == run("gc=copy,gc.max=32m,gc.initial=1m,gc.poison", 12, 1, 500, false));
}

int
main(int argc, char **argv)
{
  if (argc > 2) {
    run(argv[2], 20, atoi(argv[1]), 100000, true);
    return 0;
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(same_sum_in_all_modes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
