/* fib.c -- the smallest runtime: one module, two functions, no objects
 *
 * What a language needs from the kit before it has anything of its own.  The "language" has a function
 * fib, written in IR when it is first called, and a function print, written in C.
 *
 *     build/examples/fib 27
 */
#include <stdio.h>
#include <stdlib.h>

#include <vmkit/vmkit.h>

typedef struct fib_language {
  vmk_function *fib;   /* (i32) -> i64 */
  vmk_function *print; /* (i64) -> void */
} fib_language;

/* print: a builtin runs like any function of the language; its arguments lie in its frame. */
static void
fib_print(vmk_thread *t, vmk_native_call *call)
{
  (void)t;
  printf("%lld\n", (long long)vmk_arg_i64(call, 0));
}

/*     fib(n):  if n < 2 goto small
 *              r = fib(n - 1) + fib(n - 2)
 *              return r
 *     small:   return n as i64
 */
static vmk_status
fib_build(fib_language *language, vmk_function *f, vmk_error *error)
{
  vmk_builder *b = vmk_build_new(f);
  vmk_reg n = vmk_build_parameter(b, 0);
  vmk_reg m = vmk_build_register(b, VMK_TYPE_I32);
  vmk_reg x = vmk_build_register(b, VMK_TYPE_I64);
  vmk_reg y = vmk_build_register(b, VMK_TYPE_I64);
  vmk_label small = vmk_build_label(b);

  vmk_emit_branch2i(b, VMK_OP_br_lt_i32, n, 2, small);
  vmk_emit_rri(b, VMK_OP_sub_i32, m, n, 1);
  vmk_emit_call(b, x, language->fib, &m, 1);
  vmk_emit_rri(b, VMK_OP_sub_i32, m, n, 2);
  vmk_emit_call(b, y, language->fib, &m, 1);
  vmk_emit_rrr(b, VMK_OP_add_i64, x, x, y);
  vmk_emit_r(b, VMK_OP_ret_i64, x);

  vmk_build_bind(b, small);
  vmk_emit_rr(b, VMK_OP_i32_to_i64, x, n);
  vmk_emit_r(b, VMK_OP_ret_i64, x);
  return vmk_build_finish(b, error);
}

/* The hook that the kit calls when a function runs for the first time. */
static bool
fib_translate(vmk_thread *t, vmk_function *f)
{
  fib_language *language = f->client;
  vmk_error error = {""};
  (void)t;
  if (fib_build(language, f, &error) == VMK_OK)
    return true;
  fprintf(stderr, "fib: %s\n", error.message);
  abort(); /* a language with exceptions would make one pending and return false */
}

static void
fib_trap(vmk_thread *t, const vmk_trap_info *info)
{
  (void)t;
  fprintf(stderr, "fib: trap %d\n", (int)info->trap);
  exit(1); /* likewise */
}

static const vmk_hooks fib_hooks = {
    .name = "fib",
    .translate = fib_translate,
    .trap = fib_trap,
};

/* Declare the functions; nothing is built yet. */
static void
fib_declare(fib_language *language, vmk_vm *vm, vmk_runtime *runtime)
{
  static const uint8_t i32[] = {VMK_TYPE_I32}, i64[] = {VMK_TYPE_I64};
  vmk_module *module = vmk_module_new(runtime, NULL);
  language->fib =
      vmk_function_new(module, vmk_signature_get(vm, VMK_TYPE_I64, i32, 1), language, 0);
  language->print =
      vmk_function_new(module, vmk_signature_get(vm, VMK_TYPE_VOID, i64, 1), language, 0);
  vmk_function_bind_builtin(language->print, fib_print);
}

/* vmk_call enters managed code, so its caller must be managed, and says that it may collect. */
static bool fib_run(fib_language *language, vmk_thread *t, int32_t n) VMK_MOVES;
static bool
fib_run(fib_language *language, vmk_thread *t, int32_t n)
{
  vmk_value argument = {.i32 = n}, result;
  return vmk_call(t, language->fib, &argument, &result) &&
         vmk_call(t, language->print, &result, NULL);
}

int
main(int argc, char **argv)
{
  int32_t n = argc > 1 ? atoi(argv[1]) : 20;
  vmk_error error = {""};
  fib_language language;
  vmk_vm *vm;
  vmk_runtime *runtime;
  vmk_thread *t;

  if (vmk_vm_new(&(vmk_vm_options){0}, &vm, &error) != VMK_OK ||
      vmk_runtime_new(vm, &fib_hooks, &language, &runtime, &error) != VMK_OK ||
      vmk_thread_attach(vm, 0, &t, &error) != VMK_OK) {
    fprintf(stderr, "fib: %s\n", error.message);
    return 1;
  }
  fib_declare(&language, vm, runtime);

  bool was = vmk_enter_managed(t);
  bool ok = fib_run(&language, t, n);
  vmk_leave_managed(t, was);

  vmk_thread_detach(t);
  vmk_vm_free(vm);
  return ok ? 0 : 1;
}
