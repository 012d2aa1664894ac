/* rt_fixture.h -- a vm with a small runtime, for tests of src/rt and src/interp
 *
 * Include in one test's .c file.  Functions are built on the spot by `build` callbacks: a function's
 * client is a rt_code, translated when it is first called.  Exceptions are objects of one kind with
 * an i32 at RT_CODE that says which.
 */
#ifndef TESTS_RT_FIXTURE_H
#define TESTS_RT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vmkit/vmkit.h>

#include "ir/ops.h"
#include "rt/vm.h"

#pragma clang diagnostic ignored "-Wthread-safety"

enum { RT_CODE = VMK_HEADER_BYTES, RT_NEXT = VMK_HEADER_BYTES + 8 };

typedef struct rt_code {
  const char *name;
  void (*build)(vmk_builder *b, vmk_function *f, void *data);
  void *data;
} rt_code;

typedef struct rt {
  vmk_vm *vm;
  vmk_runtime *runtime;
  vmk_module *module;
  vmk_thread *t;
  vmk_kind *box;  /* i32 at RT_CODE, reference at RT_NEXT */
  vmk_kind *refs; /* array of references, store-any */
  vmk_kind *ints;
  vmk_link_result (*link)(struct rt *rt, vmk_thread *t, vmk_function *f, vmk_site *site);
  vmk_function *(*dispatch)(struct rt *rt, vmk_thread *t, vmk_function *target, vmk_kind *kind);
  vmk_trap_info last_trap;
  int traps, links, translations, dispatches;
} rt;

static inline rt *
rt_of(vmk_function *f)
{
  return vmk_runtime_data(f->module->runtime);
}

static inline vmk_handle
rt_exception(rt *r, vmk_thread *t, int32_t code)
{
  vmk_handle e = vmk_new(t, r->box);
  vmk_set_i32(e, RT_CODE, code);
  return e;
}

static bool
rt_translate(vmk_thread *t, vmk_function *f)
{
  (void)t;
  rt_code *code = f->client;
  vmk_error error = {""};
  __atomic_fetch_add(&rt_of(f)->translations, 1, __ATOMIC_RELAXED);
  vmk_builder *b = vmk_build_new(f);
  code->build(b, f, code->data);
  if (vmk_build_finish(b, &error) != VMK_OK)
    vmk_fatal("%s: %s", code->name, error.message);
  return true;
}

static vmk_link_result
rt_link(vmk_thread *t, vmk_function *f, vmk_site *site)
{
  rt *r = rt_of(f);
  __atomic_fetch_add(&r->links, 1, __ATOMIC_RELAXED);
  return r->link(r, t, f, site);
}

static inline vmk_function *
rt_dispatch(vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  rt *r = rt_of(target);
  __atomic_fetch_add(&r->dispatches, 1, __ATOMIC_RELAXED);
  return r->dispatch(r, t, target, kind);
}

/* Traps become exceptions of code 1000 + trap. */
static inline void
rt_trap(vmk_thread *t, const vmk_trap_info *info)
{
  vmk_runtime *runtime = t->vm->runtimes[0];
  rt *r = vmk_runtime_data(runtime);
  r->last_trap = *info;
  r->traps++;
  vmk_throw(t, rt_exception(r, t, 1000 + (int32_t)info->trap));
}

/* A handler's token is the exception's code. */
static bool
rt_catches(vmk_thread *t, vmk_function *f, uint32_t token, vmk_handle exception)
{
  (void)t, (void)f;
  return (uint32_t)vmk_get_i32(exception, RT_CODE) == token;
}

static inline void
rt_name(const vmk_function *f, char *buffer, size_t size)
{
  const rt_code *code = f->client;
  snprintf(buffer, size, "%s", code ? code->name : "native");
}

static inline vmk_kind *
rt_kind(rt *r, vmk_shape shape)
{
  vmk_kind *kind = vmk_meta_alloc(r->module, sizeof *kind);
  kind->shape = (uint8_t)shape;
  kind->module = r->module;
  return kind;
}

static inline rt *
rt_start(const char *options)
{
  static const vmk_hooks hooks = {
      .name = "test",
      .translate = rt_translate,
      .link = rt_link,
      .dispatch = rt_dispatch,
      .trap = rt_trap,
      .catches = rt_catches,
      .function_name = rt_name,
  };
  rt *r = calloc(1, sizeof *r);
  vmk_error error = {""};
  vmk_vm_options o = {.options = options};
  if (vmk_vm_new(&o, &r->vm, &error) || vmk_runtime_new(r->vm, &hooks, r, &r->runtime, &error))
    fail_msg("%s", error.message);
  r->module = vmk_module_new(r->runtime, NULL);
  if (vmk_thread_attach(r->vm, 0, &r->t, &error))
    fail_msg("%s", error.message);
  vmk_enter_managed(r->t);
  r->box = rt_kind(r, VMK_SHAPE_PLAIN);
  r->box->size = 32;
  r->box->ref_bits = 1u << (RT_NEXT - VMK_HEADER_BYTES) / VMK_REF_BYTES;
  r->refs = rt_kind(r, VMK_SHAPE_ARRAY_REF);
  r->refs->element_shift = VMK_REF_BYTES == 8 ? 3 : 2;
  r->refs->flags = VMK_KIND_STORE_ANY;
  r->ints = rt_kind(r, VMK_SHAPE_ARRAY);
  r->ints->element_shift = 2;
  return r;
}

static inline void
rt_stop(rt *r)
{
  vmk_leave_managed(r->t, false);
  vmk_thread_detach(r->t);
  vmk_vm_free(r->vm);
  free(r);
}

/* A function of the types in `types`: result first, then parameters; i l f d r p v. */
static inline const vmk_signature *
rt_signature(rt *r, const char *types)
{
  static const char letters[] = "ilfdrpvbcszB";
  static const uint8_t of[] = {VMK_TYPE_I32, VMK_TYPE_I64, VMK_TYPE_F32,  VMK_TYPE_F64,
                               VMK_TYPE_REF, VMK_TYPE_PTR, VMK_TYPE_VOID, VMK_TYPE_I8,
                               VMK_TYPE_U16, VMK_TYPE_I16, VMK_TYPE_BOOL, VMK_TYPE_U8};
  uint8_t t[64];
  size_t n = strlen(types);
  for (size_t i = 0; i < n; i++)
    t[i] = of[strchr(letters, types[i]) - letters];
  return vmk_signature_get(r->vm, (vmk_type)t[0], t + 1, n - 1);
}

static inline vmk_function *
rt_function(rt *r, const char *name, const char *types,
            void (*build)(vmk_builder *, vmk_function *, void *), void *data)
{
  rt_code *code = vmk_meta_alloc(r->module, sizeof *code);
  *code = (rt_code){name, build, data};
  return vmk_function_new(r->module, rt_signature(r, types), code, 0);
}

static inline vmk_function *
rt_builtin(rt *r, const char *types, vmk_builtin builtin)
{
  vmk_function *f = vmk_function_new(r->module, rt_signature(r, types), NULL, 0);
  vmk_function_bind_builtin(f, builtin);
  return f;
}

/* Call; -1 in *ok's place means an exception, whose code is returned. */
static inline vmk_value
rt_call(rt *r, vmk_function *f, const vmk_value *arguments, int32_t *exception)
{
  vmk_value result = {0};
  *exception = 0;
  if (!vmk_call(r->t, f, arguments, &result))
    *exception = vmk_get_i32(vmk_take_exception(r->t), RT_CODE);
  return result;
}

static inline int32_t
rt_call_i(rt *r, vmk_function *f, int32_t argument)
{
  int32_t exception;
  vmk_value a = {.i32 = argument};
  vmk_value v = rt_call(r, f, &a, &exception);
  assert_int_equal(exception, 0);
  return v.i32;
}

#endif
