/* fuzz_gc.c -- random programs on the heap, mirrored by a shadow heap in malloc
 *
 *     fuzz_gc                      a fixed seed in each mode, some seconds in all (the test suite)
 *     fuzz_gc SEED SECONDS [OPTS]  longer, one mode or all; prints the seed of each run
 *
 * A program makes objects of all shapes, links them at random, keeps some in roots, by managed
 * pointers, pins, weak references, ephemerons and weak handles.  At check points it collects and walks
 * both graphs in step: same shapes, data, identity; what the shadow knows to be dead must be gone from
 * weak slots, what is alive must be there.
 */
#include "gc_fake.h"

typedef enum fuzz_shape {
  FUZZ_SMALL, /* 3 references */
  FUZZ_WIDE,  /* 90 references */
  FUZZ_BIG,   /* 1 reference, 2000 bytes */
  FUZZ_PINNED,
  FUZZ_WEAK, /* reference 0 is weak, 1 strong */
  FUZZ_REFS,
  FUZZ_BYTES,
  FUZZ_AGGREGATE,
  FUZZ_SHAPES
} fuzz_shape;

/* An object as it should be.  `refs` mirrors the reference slots. */
typedef struct shadow {
  struct shadow *next; /* all */
  fuzz_shape shape;
  uint32_t count; /* slots, or bytes */
  uint32_t hash;  /* 0: not asked yet */
  unsigned pins;
  uint64_t id;
  bool live;
  vmk_ref seen; /* address in the present check */
  struct shadow *refs[];
} shadow;

enum {
  ROOTS = 64,
  BACKBONE = 3000,
  POINTERS = 16,
  PAIRS = 64,
  WEAKS = 16,
  PINS = 8,
  AGGREGATE_BYTES = 40
};

typedef struct fuzz {
  vmk_vm *vm;
  uint64_t random, next_id, operations, exhausted, most_objects;
  vmk_kind *kind[FUZZ_SHAPES];
  shadow *all;
  vmk_slot root[ROOTS];
  shadow *root_shadow[ROOTS];
  void *pointer[POINTERS];
  shadow *pointer_shadow[POINTERS];
  vmk_handle pin[PINS]; /* global handles */
  shadow *pin_shadow[PINS];
  vmk_handle weak[WEAKS];
  shadow *weak_shadow[WEAKS];
  vmk_ephemerons *table;
  struct {
    shadow *key, *value;
  } pair[PAIRS];
} fuzz;

static uint32_t
pick(fuzz *f, uint32_t n)
{
  f->random = f->random * 6364136223846793005ull + 1442695040888963407ull;
  return (uint32_t)((f->random >> 33) % n);
}

/* --- layout ----------------------------------------------------------------------------------------- */

static size_t
slot_offset(const shadow *s, uint32_t i)
{
  if (s->shape == FUZZ_REFS)
    return VMK_ARRAY_DATA_OFFSET + i * VMK_REF_BYTES;
  if (s->shape == FUZZ_AGGREGATE)
    return VMK_ARRAY_DATA_OFFSET + i * AGGREGATE_BYTES;
  return fake_ref(i);
}

/* Where the id is written; 0: nowhere (reference arrays, empty arrays). */
static size_t
id_offset(const shadow *s)
{
  switch (s->shape) {
  case FUZZ_SMALL:
  case FUZZ_PINNED: return fake_data(3);
  case FUZZ_WIDE: return fake_data(90);
  case FUZZ_BIG: return fake_data(1) + 1904;
  case FUZZ_WEAK: return fake_data(2);
  case FUZZ_BYTES: return s->count >= 8 ? ((VMK_ARRAY_DATA_OFFSET + s->count) & ~(size_t)7) - 8 : 0;
  case FUZZ_AGGREGATE:
    return s->count ? VMK_ARRAY_DATA_OFFSET + (s->count - 1) * AGGREGATE_BYTES + 32 : 0;
  case FUZZ_REFS:
  case FUZZ_SHAPES: return 0;
  }
  return 0;
}

static void
make_kinds(fuzz *f)
{
  vmk_vm *vm = f->vm;
  f->kind[FUZZ_SMALL] = fake_plain(vm, 3, 16);
  f->kind[FUZZ_WIDE] = fake_plain(vm, 90, 16);
  f->kind[FUZZ_BIG] = fake_plain(vm, 1, 2000);
  f->kind[FUZZ_PINNED] = fake_plain(vm, 3, 16);
  f->kind[FUZZ_PINNED]->flags = VMK_KIND_PINNED;
  f->kind[FUZZ_WEAK] = fake_weak(vm, VMK_WEAK);
  f->kind[FUZZ_REFS] = fake_array_ref(vm);
  f->kind[FUZZ_BYTES] = fake_array(vm, 0);
  f->kind[FUZZ_AGGREGATE] = fake_array_aggregate(vm, AGGREGATE_BYTES);
}

/* --- operations --------------------------------------------------------------------------------------- */

static void
set_root(fuzz *f, uint32_t i, vmk_ref ref, shadow *s)
{
  f->root[i].ref = ref;
  f->root_shadow[i] = s;
}

/* Root 0 is the backbone, a reference array that keeps the graph large. */
static uint32_t
pick_root(fuzz *f)
{
  return 1 + pick(f, ROOTS - 1);
}
static void
keep(fuzz *f, vmk_ref ref, shadow *s)
{
  uint32_t i = pick(f, BACKBONE);
  if (!f->root_shadow[0] || pick(f, 3) == 0) {
    set_root(f, pick_root(f), ref, s);
    return;
  }
  vmk_store_ref(f->vm->t, f->root[0].ref, VMK_ARRAY_DATA_OFFSET + i * VMK_REF_BYTES, ref);
  f->root_shadow[0]->refs[i] = s;
}

static uint32_t
random_length(fuzz *f)
{
  uint32_t kind = pick(f, 100);
  return kind < 90 ? pick(f, 12) : kind < 98 ? pick(f, 300) : pick(f, 20000);
}

/* Make an object and its shadow; *out its address.  Out of memory: forget half of the roots; null. */
static shadow *
make(fuzz *f, uint32_t shape, uint32_t count, vmk_ref *out)
{
  vmk_scope scope = vmk_scope_begin(f->vm->t);
  vmk_handle h = shape >= FUZZ_REFS ? vmk_new_array(f->vm->t, f->kind[shape], count)
                                    : vmk_new(f->vm->t, f->kind[shape]);
  if (!h) {
    for (uint32_t i = 0; i < ROOTS; i += 2)
      set_root(f, i, NULL, NULL);
    f->exhausted++;
    vmk_scope_end(f->vm->t, scope);
    return NULL;
  }
  uint32_t refs = shape == FUZZ_BYTES ? 0 : count;
  shadow *s = calloc(1, sizeof *s + refs * sizeof s->refs[0]);
  s->shape = (fuzz_shape)shape;
  s->count = count;
  s->id = ++f->next_id;
  s->next = f->all;
  f->all = s;
  if (id_offset(s))
    vmk_set_i64(h, id_offset(s), (int64_t)s->id);
  *out = h->ref;
  vmk_scope_end(f->vm->t, scope);
  return s;
}

static void
op_new(fuzz *f)
{
  static const uint32_t slots[FUZZ_SHAPES] = {3, 90, 1, 3, 2};
  uint32_t shape = pick(f, 40);
  shape = shape < 24 ? FUZZ_SMALL : shape < 24 + FUZZ_SHAPES ? shape - 24 : FUZZ_REFS;
  uint32_t count = shape >= FUZZ_REFS ? random_length(f) : slots[shape];
  if (shape == FUZZ_AGGREGATE)
    count /= 4;
  vmk_ref ref;
  shadow *s = make(f, shape, count, &ref);
  if (s)
    keep(f, ref, s);
}

static void
op_backbone(fuzz *f)
{
  vmk_ref ref;
  shadow *s = make(f, FUZZ_REFS, BACKBONE, &ref);
  set_root(f, 0, s ? ref : NULL, s);
}

static uint32_t
slot_count(const shadow *s)
{
  return s->shape == FUZZ_BYTES ? 0 : s->count;
}

/* An object some random steps away from a random root; *ref its address. Null: none. */
static shadow *
random_object(fuzz *f, vmk_ref *ref)
{
  uint32_t i = pick(f, 2) ? 0 : pick_root(f);
  shadow *s = f->root_shadow[i];
  vmk_ref at = f->root[i].ref;
  for (uint32_t steps = pick(f, 6); s && steps-- > 0 && slot_count(s);) {
    uint32_t k = pick(f, slot_count(s));
    if (!s->refs[k] || (s->shape == FUZZ_WEAK && k == 0))
      break;
    at = vmk_load_ref(at, slot_offset(s, k));
    s = s->refs[k];
  }
  *ref = at;
  return s;
}

static void
op_store(fuzz *f)
{
  vmk_ref to, value;
  shadow *s = random_object(f, &to), *v = pick(f, 8) ? random_object(f, &value) : NULL;
  if (!s || !slot_count(s))
    return;
  uint32_t k = pick(f, slot_count(s));
  vmk_store_ref(f->vm->t, to, slot_offset(s, k), v ? value : NULL);
  s->refs[k] = v;
}

static void
op_root(fuzz *f)
{
  vmk_ref ref;
  shadow *s = pick(f, 4) ? random_object(f, &ref) : NULL;
  set_root(f, pick_root(f), s ? ref : NULL, s);
}

static void
op_hash(fuzz *f)
{
  vmk_slot slot;
  shadow *s = random_object(f, &slot.ref);
  if (!s)
    return;
  uint32_t hash = vmk_identity_hash(f->vm->t, &slot);
  VMK_ASSERT(!s->hash || s->hash == hash);
  s->hash = hash;
}

static void
op_pointer(fuzz *f)
{
  vmk_ref ref;
  uint32_t i = pick(f, POINTERS);
  shadow *s = pick(f, 3) ? random_object(f, &ref) : NULL;
  if (s && !id_offset(s))
    return;
  f->pointer_shadow[i] = s;
  f->pointer[i] = s ? (char *)ref + id_offset(s) : NULL;
}

static void
op_pin(fuzz *f)
{
  uint32_t i = pick(f, PINS);
  if (f->pin_shadow[i]) {
    vmk_unpin(f->vm->t, f->pin[i]);
    vmk_global_free(f->vm->t, f->pin[i]);
    f->pin_shadow[i]->pins--;
    f->pin_shadow[i] = NULL;
  }
  vmk_slot slot;
  shadow *s = random_object(f, &slot.ref);
  if (!s || pick(f, 2))
    return;
  f->pin[i] = vmk_global_new(f->vm->t, &slot);
  f->pin_shadow[i] = s;
  s->pins++;
  vmk_pin(f->vm->t, f->pin[i]);
}

static void
op_weak(fuzz *f)
{
  uint32_t i = pick(f, WEAKS);
  vmk_slot slot;
  shadow *s = random_object(f, &slot.ref);
  if (!s)
    return;
  if (f->weak[i])
    vmk_global_free(f->vm->t, f->weak[i]);
  f->weak[i] = vmk_global_weak_new(f->vm->t, &slot, pick(f, 2));
  f->weak_shadow[i] = s;
}

static void
op_ephemeron(fuzz *f)
{
  vmk_slot key, value;
  shadow *k = random_object(f, &key.ref), *v = random_object(f, &value.ref);
  if (!k || !v)
    return;
  uint32_t at = PAIRS;
  for (uint32_t i = 0; i < PAIRS; i++)
    if (f->pair[i].key == k || (!f->pair[i].key && at == PAIRS))
      at = i;
  if (at == PAIRS)
    return;
  for (uint32_t i = 0; i < PAIRS; i++)
    if (f->pair[i].key == k)
      at = i;
  vmk_ephemerons_put(f->vm->t, f->table, &key, &value);
  f->pair[at].key = k;
  f->pair[at].value = v;
}

static void
op_clone(fuzz *f)
{
  vmk_ref ref;
  shadow *s = random_object(f, &ref);
  if (!s || s->count > 5000)
    return;
  vmk_scope scope = vmk_scope_begin(f->vm->t);
  vmk_handle h = vmk_clone(f->vm->t, vmk_local(f->vm->t, ref));
  if (h) {
    size_t bytes = sizeof *s + slot_count(s) * sizeof s->refs[0];
    shadow *copy = malloc(bytes);
    memcpy(copy, s, bytes);
    copy->hash = 0;
    copy->pins = 0;
    copy->next = f->all;
    f->all = copy;
    keep(f, h->ref, copy);
  }
  vmk_scope_end(f->vm->t, scope);
}

/* --- what must be alive ------------------------------------------------------------------------------- */

typedef VMK_VEC(shadow *) shadow_stack;

static void
shadow_mark(shadow_stack *stack, shadow *s)
{
  if (s && !s->live) {
    s->live = true;
    vmk_vec_push(stack, s);
  }
}

static void
shadow_drain(shadow_stack *stack)
{
  while (stack->count) {
    shadow *s = vmk_vec_pop(stack);
    for (uint32_t k = s->shape == FUZZ_WEAK ? 1 : 0; k < slot_count(s); k++)
      shadow_mark(stack, s->refs[k]);
  }
}

static void
shadow_trace(fuzz *f)
{
  shadow_stack stack = {0};
  for (shadow *s = f->all; s; s = s->next)
    s->live = false;
  for (uint32_t i = 0; i < ROOTS; i++)
    shadow_mark(&stack, f->root_shadow[i]);
  for (uint32_t i = 0; i < POINTERS; i++)
    shadow_mark(&stack, f->pointer_shadow[i]);
  for (uint32_t i = 0; i < PINS; i++)
    shadow_mark(&stack, f->pin_shadow[i]);
  shadow_drain(&stack);
  for (bool again = true; again;) {
    again = false;
    for (uint32_t i = 0; i < PAIRS; i++)
      if (f->pair[i].key && f->pair[i].key->live && !f->pair[i].value->live) {
        shadow_mark(&stack, f->pair[i].value);
        shadow_drain(&stack);
        again = true;
      }
  }
  vmk_vec_fini(&stack);
}

/* --- checking ------------------------------------------------------------------------------------------ */

typedef VMK_VEC(shadow *) check_stack;

/* `s` is expected at `ref`. */
static void
check_meet(check_stack *stack, shadow *s, vmk_ref ref)
{
  VMK_ASSERT(!s == !ref);
  if (!s)
    return;
  if (s->seen) {
    VMK_ASSERT(s->seen == ref);
    return;
  }
  s->seen = ref;
  vmk_vec_push(stack, s);
}

static void
check_object(fuzz *f, check_stack *stack, shadow *s)
{
  vmk_ref ref = s->seen;
  VMK_ASSERT(vmk_kind_of(ref) == f->kind[s->shape]);
  if (s->shape >= FUZZ_REFS)
    VMK_ASSERT(vmk_array_length_raw(ref) == s->count);
  if (id_offset(s))
    VMK_ASSERT(*(uint64_t *)((char *)ref + id_offset(s)) == s->id);
  vmk_slot slot = {ref};
  if (s->hash)
    VMK_ASSERT(vmk_identity_hash(f->vm->t, &slot) == s->hash);
  VMK_ASSERT(!!(ref->header & VMK_HEADER_PINNED) == (s->pins > 0));
  for (uint32_t k = 0; k < slot_count(s); k++) {
    if (s->shape == FUZZ_WEAK && k == 0 && s->refs[0] && !s->refs[0]->live)
      s->refs[0] = NULL; /* must have been cleared */
    check_meet(stack, s->refs[k], vmk_load_ref(ref, slot_offset(s, k)));
  }
}

static void
check(fuzz *f)
{
  vmk_scope scope = vmk_scope_begin(f->vm->t);
  check_stack stack = {0};
  vmk_collect(f->vm->t, pick(f, 4) == 0);
  shadow_trace(f);
  for (shadow *s = f->all; s; s = s->next)
    s->seen = NULL;
  for (uint32_t i = 0; i < ROOTS; i++)
    check_meet(&stack, f->root_shadow[i], f->root[i].ref);
  for (uint32_t i = 0; i < PINS; i++)
    if (f->pin_shadow[i])
      check_meet(&stack, f->pin_shadow[i], f->pin[i]->ref);
  for (uint32_t i = 0; i < POINTERS; i++)
    if (f->pointer_shadow[i])
      check_meet(&stack, f->pointer_shadow[i],
                 (vmk_ref)((char *)f->pointer[i] - id_offset(f->pointer_shadow[i])));
  while (stack.count)
    check_object(f, &stack, vmk_vec_pop(&stack));
  for (bool again = true; again;) { /* values of keys that were met */
    again = false;
    for (uint32_t i = 0; i < PAIRS; i++) {
      shadow *key = f->pair[i].key;
      if (!key || !key->seen || f->pair[i].value->seen)
        continue;
      again = true;
      vmk_slot slot = {key->seen};
      check_meet(&stack, f->pair[i].value, vmk_ephemerons_get(f->vm->t, f->table, &slot)->ref);
      while (stack.count)
        check_object(f, &stack, vmk_vec_pop(&stack));
    }
  }
  for (uint32_t i = 0; i < PAIRS; i++)
    if (f->pair[i].key && !f->pair[i].key->live)
      f->pair[i].key = f->pair[i].value = NULL;
  for (uint32_t i = 0; i < WEAKS; i++) {
    if (f->weak_shadow[i] && !f->weak_shadow[i]->live)
      f->weak_shadow[i] = NULL;
    if (f->weak[i])
      VMK_ASSERT(f->weak[i]->ref == (f->weak_shadow[i] ? f->weak_shadow[i]->seen : NULL));
  }
  uint64_t objects = 0;
  for (shadow **at = &f->all; *at; objects++) { /* the dead are gone for good */
    shadow *s = *at;
    VMK_ASSERT(!s->live == !s->seen);
    if (s->live)
      at = &s->next;
    else {
      *at = s->next;
      free(s);
    }
  }
  if (objects > f->most_objects)
    f->most_objects = objects;
  vmk_vec_fini(&stack);
  vmk_scope_end(f->vm->t, scope);
}

/* --- running -------------------------------------------------------------------------------------------- */

static void
step(fuzz *f)
{
  uint32_t op = pick(f, 100);
  f->operations++;
  if (op < 40)
    op_new(f);
  else if (op < 75)
    op_store(f);
  else if (op < 84)
    op_root(f);
  else if (op < 88)
    op_hash(f);
  else if (op < 91)
    op_pointer(f);
  else if (op < 93)
    op_pin(f);
  else if (op < 95)
    op_weak(f);
  else if (op < 97)
    op_ephemeron(f);
  else if (op < 98)
    op_clone(f);
  else if (op < 99 || pick(f, 300))
    vmk_poll(f->vm->t);
  else
    op_backbone(f);
}

static uint64_t
run(const char *options, uint64_t seed, int64_t ns, bool verbose)
{
  fuzz *f = calloc(1, sizeof *f);
  int64_t end = vmk_os_now_ns() + ns;
  f->vm = fake_start(options);
  f->random = seed * 2654435761u + 1;
  f->vm->slots = f->root;
  f->vm->slot_count = ROOTS;
  f->vm->interior = f->pointer;
  f->vm->interior_count = POINTERS;
  f->table = vmk_ephemerons_new(f->vm);
  make_kinds(f);
  op_backbone(f);
  while (vmk_os_now_ns() < end) {
    for (uint32_t i = 100 + pick(f, 3000); i > 0; i--)
      step(f);
    check(f);
  }
  uint64_t operations = f->operations;
  if (verbose)
    printf("  %llu operations, %llu collections, %llu objects at most, out of memory %llu times\n",
           (unsigned long long)operations, (unsigned long long)f->vm->heap.collections,
           (unsigned long long)f->most_objects, (unsigned long long)f->exhausted);
  while (f->all) {
    shadow *next = f->all->next;
    free(f->all);
    f->all = next;
  }
  fake_stop(f->vm);
  free(f);
  return operations;
}

static const char *const modes[] = {
    "gc=copy,gc.verify,gc.poison,gc.max=32m,gc.initial=1m",
    "gc=immix,gc.verify,gc.poison,gc.max=32m,gc.initial=1m",
    "gc=immix,gc.verify,gc.max=12m,gc.initial=256k",
    "gc=immix,gc.verify,gc.move-always,gc.period=20,gc.max=32m",
    "gc=copy,gc.verify,gc.every-alloc=150,gc.seed=3,gc.max=64m",
    "gc=immix,gc.max=24m,gc.initial=2m",
    "gc=immix,gc.verify,gc.workers=3,gc.move-always,gc.period=30,gc.max=32m",
    "gc=copy,gc.verify,gc.poison,gc.workers=2,gc.max=48m,gc.initial=1m",
};

static void
all_modes(void **state)
{
  (void)state;
  for (size_t i = 0; i < VMK_COUNT(modes); i++)
    assert_true(run(modes[i], 1 + i, 500000000, false) > 0);
}

int
main(int argc, char **argv)
{
  if (argc < 3) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_modes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
  }
  uint64_t seed = strtoull(argv[1], NULL, 0);
  int64_t end = vmk_os_now_ns() + (int64_t)(atof(argv[2]) * 1e9);
  for (; vmk_os_now_ns() < end; seed++)
    for (size_t i = 0; i < (argc > 3 ? 1 : VMK_COUNT(modes)); i++) {
      const char *options = argc > 3 ? argv[3] : modes[i];
      printf("seed %llu %s\n", (unsigned long long)seed, options);
      fflush(stdout);
      run(options, seed, 1000000000, true);
    }
  return 0;
}
