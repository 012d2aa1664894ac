/* interp_bench.c -- kernels for the interpreter, the same as in docs/performance.md's Bench.java
 *
 *     build/tests/bench/interp_bench [kernel]      CPU ms of the best of three runs, and the result
 *
 * Compare: java -Xint Bench 3 (the source is in the comment of each kernel).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vmkit/vmkit.h>

#pragma clang diagnostic ignored "-Wthread-safety"
#pragma clang diagnostic ignored "-Wshadow" /* LOOP nests */

typedef struct bench {
  vmk_vm *vm;
  vmk_runtime *runtime;
  vmk_module *module;
  vmk_thread *t;
  vmk_kind *bytes, *ints, *refs, *node, *object[2];
  vmk_function *make, *check, *f[2];
} bench;

static bench B;

typedef struct code {
  const char *name;
  void (*build)(vmk_builder *b, vmk_function *f);
} code;

static bool
bench_translate(vmk_thread *t, vmk_function *f)
{
  (void)t;
  vmk_error error;
  vmk_builder *b = vmk_build_new(f);
  ((code *)f->client)->build(b, f);
  if (vmk_build_finish(b, &error) != VMK_OK) {
    fprintf(stderr, "%s: %s\n", ((code *)f->client)->name, error.message);
    exit(1);
  }
  return true;
}

static void
bench_trap(vmk_thread *t, const vmk_trap_info *info)
{
  (void)t;
  fprintf(stderr, "trap %d\n", (int)info->trap);
  exit(1);
}

static vmk_function *
bench_dispatch(vmk_thread *t, vmk_function *target, vmk_kind *k)
{
  (void)t, (void)target;
  return k->vtable[0];
}

/* --- shorthand ---------------------------------------------------------------------------------------- */

#define P(i) vmk_build_parameter(b, i)
#define I() vmk_build_register(b, VMK_TYPE_I32)
#define R() vmk_build_register(b, VMK_TYPE_REF)
#define LABEL() vmk_build_label(b)
#define BIND(l) vmk_build_bind(b, l)
#define SET(r, k) vmk_emit_const_i32(b, r, k)
#define OP(op, a, x, y) vmk_emit_rrr(b, VMK_OP_##op, a, x, y)
#define OPI(op, a, x, k) vmk_emit_rri(b, VMK_OP_##op, a, x, k)
#define RET(r) vmk_emit_r(b, VMK_OP_ret_i32, r)

/* for (i = from; i < limit; i++): open, then close with LOOP_END. */
#define LOOP(i, from, limit)                   \
  {                                            \
    vmk_label top_ = LABEL(), test_ = LABEL(); \
    vmk_reg i_ = i, limit_ = limit;            \
    SET(i_, from);                             \
    vmk_emit_jump(b, test_);                   \
    BIND(top_);
#define LOOP_END                                           \
  OPI(add_i32, i_, i_, 1);                                 \
  BIND(test_);                                             \
  vmk_emit_branch2(b, VMK_OP_br_lt_i32, i_, limit_, top_); \
  }

/* --- kernels -------------------------------------------------------------------------------------------- */

/* int fib(int n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); } */
static void
build_fib(vmk_builder *b, vmk_function *f)
{
  vmk_reg n = P(0), x = I(), y = I();
  vmk_label more = LABEL();
  vmk_emit_branch2i(b, VMK_OP_br_ge_i32, n, 2, more);
  RET(n);
  BIND(more);
  OPI(add_i32, x, n, -1);
  vmk_emit_call(b, x, f, &x, 1);
  OPI(add_i32, y, n, -2);
  vmk_emit_call(b, y, f, &y, 1);
  OP(add_i32, x, x, y);
  RET(x);
}

/* (n, reps, byte[] a): count primes below n */
static void
build_sieve(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg n = P(0), reps = P(1), a = P(2), c = I(), i = I(), j = I(), r = I(), one = I(),
          zero = I(), x = I();
  SET(one, 1);
  SET(zero, 0);
  LOOP(r, 0, reps)
  SET(c, 0);
  LOOP(i, 0, n)
  vmk_emit_store_elem(b, VMK_TYPE_I8, a, i, one);
  LOOP_END
  LOOP(i, 2, n)
  vmk_label next = LABEL(), inner = LABEL(), test = LABEL();
  vmk_emit_load_elem(b, VMK_TYPE_I8, x, a, i);
  vmk_emit_branch2i(b, VMK_OP_br_eq_i32, x, 0, next);
  OPI(add_i32, c, c, 1);
  OP(add_i32, j, i, i);
  vmk_emit_jump(b, test);
  BIND(inner);
  vmk_emit_store_elem(b, VMK_TYPE_I8, a, j, zero);
  OP(add_i32, j, j, i);
  BIND(test);
  vmk_emit_branch2(b, VMK_OP_br_lt_i32, j, n, inner);
  BIND(next);
  LOOP_END
  LOOP_END
  RET(c);
}

/* (n, reps, int[] a, int[] c): s += a[j] * c[i] */
static void
build_nested(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg n = P(0), reps = P(1), a = P(2), c = P(3), s = I(), r = I(), i = I(), j = I(), x = I(),
          y = I();
  SET(s, 0);
  LOOP(r, 0, reps)
  LOOP(i, 0, n)
  LOOP(j, 0, n)
  vmk_emit_load_elem(b, VMK_TYPE_I32, x, a, j);
  vmk_emit_load_elem(b, VMK_TYPE_I32, y, c, i);
  OP(mul_i32, x, x, y);
  OP(add_i32, s, s, x);
  LOOP_END
  LOOP_END
  LOOP_END
  RET(s);
}

enum { LEFT = 8, RIGHT = 8 + VMK_REF_BYTES, VALUE = 8 };

/* Node make(int d) { Node n = new Node(); if (d != 0) { n.l = make(d - 1); n.r = make(d - 1); } return n; } */
static void
build_make(vmk_builder *b, vmk_function *f)
{
  vmk_reg d = P(0), n = R(), m = R();
  vmk_label leaf = LABEL();
  vmk_emit_new(b, n, B.node);
  vmk_emit_branch2i(b, VMK_OP_br_eq_i32, d, 0, leaf);
  OPI(add_i32, d, d, -1);
  vmk_emit_call(b, m, f, &d, 1);
  vmk_emit_store_field(b, VMK_TYPE_REF, n, LEFT, m);
  vmk_emit_call(b, m, f, &d, 1);
  vmk_emit_store_field(b, VMK_TYPE_REF, n, RIGHT, m);
  BIND(leaf);
  vmk_emit_r(b, VMK_OP_ret_ref, n);
}

static void
build_check(vmk_builder *b, vmk_function *f)
{
  vmk_reg n = P(0), l = R(), x = I(), y = I();
  vmk_label more = LABEL();
  vmk_emit_load_field(b, VMK_TYPE_REF, l, n, LEFT);
  vmk_emit_branch1(b, VMK_OP_br_nonnull, l, more);
  SET(x, 1);
  RET(x);
  BIND(more);
  vmk_emit_call(b, x, f, &l, 1);
  vmk_emit_load_field(b, VMK_TYPE_REF, l, n, RIGHT);
  vmk_emit_call(b, y, f, &l, 1);
  OP(add_i32, x, x, y);
  OPI(add_i32, x, x, 1);
  RET(x);
}

static void
build_trees(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg d = P(0), reps = P(1), s = I(), i = I(), x = I(), n = R();
  SET(s, 0);
  LOOP(i, 0, reps)
  vmk_emit_call(b, n, B.make, &d, 1);
  vmk_emit_call(b, x, B.check, &n, 1);
  OP(add_i32, s, s, x);
  LOOP_END
  RET(s);
}

/* v + x, v ^ x */
static void
build_f(vmk_builder *b, vmk_function *f)
{
  vmk_reg x = I();
  vmk_emit_load_field(b, VMK_TYPE_I32, x, P(0), VALUE);
  vmk_emit_rrr(b, f == B.f[0] ? VMK_OP_add_i32 : VMK_OP_xor_i32, x, x, P(1));
  RET(x);
}

/* (n, O[] os): s += os[i & 1].f(i) */
static void
build_virt_of(vmk_builder *b, bool interface)
{
  vmk_reg n = P(0), os = P(1), s = I(), i = I(), x = I(), o = R();
  SET(s, 0);
  LOOP(i, 0, n)
  OPI(and_i32, x, i, 1);
  vmk_emit_load_elem(b, VMK_TYPE_REF, o, os, x);
  vmk_reg args[] = {o, i};
  if (interface)
    vmk_emit_call_interface(b, x, B.f[0], args, 2);
  else
    vmk_emit_call_virtual(b, x, 0, B.f[0]->signature, args, 2);
  OP(add_i32, s, s, x);
  LOOP_END
  RET(s);
}
static void
build_virt(vmk_builder *b, vmk_function *f)
{
  (void)f;
  build_virt_of(b, false);
}
static void
build_iface(vmk_builder *b, vmk_function *f)
{
  (void)f;
  build_virt_of(b, true);
}

/* (n, o): o.v += i */
static void
build_field(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg n = P(0), o = P(1), i = I(), x = I();
  LOOP(i, 0, n)
  vmk_emit_load_field(b, VMK_TYPE_I32, x, o, VALUE);
  OP(add_i32, x, x, i);
  vmk_emit_store_field(b, VMK_TYPE_I32, o, VALUE, x);
  LOOP_END
  vmk_emit_load_field(b, VMK_TYPE_I32, x, o, VALUE);
  RET(x);
}

/* (n, reps, byte[] a, int[] tab): h = (h ^ (a[i] & 255)) * 31; tab[(h >>> 8) & 63]++ */
static void
build_hash(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg n = P(0), reps = P(1), a = P(2), tab = P(3), h = I(), r = I(), i = I(), x = I(), y = I();
  SET(h, 17);
  LOOP(r, 0, reps)
  LOOP(i, 0, n)
  vmk_emit_load_elem(b, VMK_TYPE_I8, x, a, i);
  OPI(and_i32, x, x, 255);
  OP(xor_i32, h, h, x);
  OPI(mul_i32, h, h, 31);
  OPI(ushr_i32, x, h, 8);
  OPI(and_i32, x, x, 63);
  vmk_emit_load_elem(b, VMK_TYPE_I32, y, tab, x);
  OPI(add_i32, y, y, 1);
  vmk_emit_store_elem(b, VMK_TYPE_I32, tab, x, y);
  LOOP_END
  LOOP_END
  RET(h);
}

/* A builtin and a foreign function in a loop: what a call of C costs. */
static void
builtin_next(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  vmk_return_i32(c, vmk_arg_i32(c, 0) + 1);
}
static int32_t
foreign_next(void *env, int32_t i)
{
  (void)env;
  return i + 1;
}
static vmk_function *native;
static void
build_native(vmk_builder *b, vmk_function *f)
{
  (void)f;
  vmk_reg n = P(0), i = I(), x = I();
  SET(x, 0);
  LOOP(i, 0, n)
  vmk_emit_call(b, x, native, &x, 1);
  LOOP_END
  RET(x);
}

/* --- running ---------------------------------------------------------------------------------------------- */

static vmk_function *
function(const char *types, void (*build)(vmk_builder *, vmk_function *), const char *name)
{
  uint8_t t[8];
  size_t n = strlen(types);
  for (size_t i = 0; i < n; i++)
    t[i] = types[i] == 'r' ? VMK_TYPE_REF : VMK_TYPE_I32;
  code *c = calloc(1, sizeof *c);
  *c = (code){name, build};
  return vmk_function_new(B.module, vmk_signature_get(B.vm, (vmk_type)t[0], t + 1, n - 1), c, 0);
}

static vmk_kind *
kind(vmk_shape shape, uint32_t size, uint8_t shift)
{
  vmk_kind *k = vmk_meta_alloc(B.module, sizeof *k);
  k->shape = (uint8_t)shape;
  k->size = size;
  k->element_shift = shift;
  k->module = B.module;
  return k;
}

static void
start(void)
{
  static const vmk_hooks hooks = {.name = "bench",
                                  .translate = bench_translate,
                                  .trap = bench_trap,
                                  .dispatch = bench_dispatch};
  vmk_error error;
  if (vmk_vm_new(NULL, &B.vm, &error) || vmk_runtime_new(B.vm, &hooks, NULL, &B.runtime, &error) ||
      vmk_thread_attach(B.vm, 0, &B.t, &error)) {
    fprintf(stderr, "%s\n", error.message);
    exit(1);
  }
  vmk_enter_managed(B.t);
  B.module = vmk_module_new(B.runtime, NULL);
  B.bytes = kind(VMK_SHAPE_ARRAY, 1, 0);
  B.ints = kind(VMK_SHAPE_ARRAY, 4, 2);
  B.refs = kind(VMK_SHAPE_ARRAY_REF, VMK_REF_BYTES, VMK_REF_BYTES == 4 ? 2 : 3);
  B.refs->flags = VMK_KIND_STORE_ANY;
  B.node = kind(VMK_SHAPE_PLAIN, 8 + 2 * VMK_REF_BYTES, 0);
  B.node->ref_bits = 3;
  for (int i = 0; i < 2; i++) {
    B.f[i] = function("iri", build_f, "f");
    B.object[i] = kind(VMK_SHAPE_PLAIN, 16, 0);
    B.object[i]->vtable = vmk_meta_alloc(B.module, sizeof(void *));
    B.object[i]->vtable[0] = B.f[i];
  }
  B.make = function("ri", build_make, "make");
  B.check = function("ir", build_check, "check");
}

static void
run(const char *only, const char *name, vmk_function *f, const vmk_value *args)
{
  double best = 1e30;
  vmk_value v = {0};
  if (only && strcmp(only, name))
    return;
  for (int i = 0; i < 3; i++) {
    struct timespec a, b;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    if (!vmk_call(B.t, f, args, &v))
      exit(1);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    double ms = (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
    best = ms < best ? ms : best;
  }
  printf("%-8s %8.1f ms  %d\n", name, best, v.i32);
}

int
main(int argc, char **argv)
{
  const char *only = argc > 1 ? argv[1] : NULL;
  start();
  vmk_thread *t = B.t;
  vmk_handle bytes = vmk_new_array(t, B.bytes, 1000000), small = vmk_new_array(t, B.bytes, 4096);
  vmk_handle x = vmk_new_array(t, B.ints, 1000), y = vmk_new_array(t, B.ints, 1000);
  vmk_handle table = vmk_new_array(t, B.ints, 64), os = vmk_new_array(t, B.refs, 2);
  for (int i = 0; i < 1000; i++) {
    ((int32_t *)vmk_array_data(x))[i] = i * 7;
    ((int32_t *)vmk_array_data(y))[i] = i ^ 5;
  }
  for (int i = 0; i < 4096; i++)
    ((int8_t *)vmk_array_data(small))[i] = (int8_t)(i * 13 ^ (i >> 3));
  for (int i = 0; i < 2; i++) {
    vmk_handle o = vmk_new(t, B.object[i]);
    vmk_set_i32(o, VALUE, 3 + i);
    vmk_set_elem(t, os, (size_t)i, o);
  }
  vmk_handle one = vmk_new(t, B.object[0]);

  run(only, "fib", function("ii", build_fib, "fib"), (vmk_value[]){{.i32 = 35}});
  run(only, "sieve", function("iiir", build_sieve, "sieve"),
      (vmk_value[]){{.i32 = 1000000}, {.i32 = 20}, {.ref = bytes}});
  run(only, "nested", function("iiirr", build_nested, "nested"),
      (vmk_value[]){{.i32 = 1000}, {.i32 = 40}, {.ref = x}, {.ref = y}});
  run(only, "trees", function("iii", build_trees, "trees"),
      (vmk_value[]){{.i32 = 16}, {.i32 = 40}});
  run(only, "virt", function("iir", build_virt, "virt"),
      (vmk_value[]){{.i32 = 20000000}, {.ref = os}});
  run(only, "hash", function("iiirr", build_hash, "hash"),
      (vmk_value[]){{.i32 = 4096}, {.i32 = 8000}, {.ref = small}, {.ref = table}});
  run(only, "iface", function("iir", build_iface, "iface"),
      (vmk_value[]){{.i32 = 20000000}, {.ref = os}});
  run(only, "field", function("iir", build_field, "field"),
      (vmk_value[]){{.i32 = 40000000}, {.ref = one}});
  native = function("ii", NULL, "builtin");
  vmk_function_bind_builtin(native, builtin_next);
  run(only, "builtin", function("ii", build_native, "native"), (vmk_value[]){{.i32 = 20000000}});
  native = function("ii", NULL, "foreign");
  vmk_foreign how = {(void *)foreign_next, NULL, NULL};
  vmk_function_bind_foreign(native, &how);
  run(only, "foreign", function("ii", build_native, "native"), (vmk_value[]){{.i32 = 20000000}});
  vmk_leave_managed(t, false);
  vmk_thread_detach(t);
  vmk_vm_free(B.vm);
  return 0;
}
