/* world.c -- the runtime that .vir programs run on
 *
 * Traps become objects of kind Trap with the trap's number.  A handler's token is a trap's number, or
 * 256 plus a kind's number.  A link site's token is the number of its vir_site.
 */
#include "vir.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma clang diagnostic ignored "-Wthread-safety" /* hooks are called through pointers */

static const char *const world_traps[] = {
    "null",  "bounds",         "div_zero",      "overflow",      "negative_size",
    "store", "stack_overflow", "out_of_memory", "monitor_state", "unreachable",
};

int
vir_find_trap(const char *name)
{
  for (int i = 0; i < (int)VMK_COUNT(world_traps); i++)
    if (strcmp(world_traps[i], name) == 0)
      return i;
  return -1;
}

static vir_world *
world_of(const vmk_function *f)
{
  return (vir_world *)f->client;
}

/* --- lookup ---------------------------------------------------------------------------------------- */

vir_kind *
vir_find_kind(const vir_world *w, const char *name)
{
  for (uint32_t i = w->kind_count; i-- > 0;)
    if (strcmp(w->kinds[i]->name, name) == 0)
      return w->kinds[i];
  return NULL;
}

vir_function *
vir_find_function(vir_world *w, const char *name)
{
  for (uint32_t i = w->function_count; i-- > 0;) /* the newest of that name: see --roundtrip */
    if (strcmp(w->functions[i].name, name) == 0)
      return &w->functions[i];
  return NULL;
}

const vir_field *
vir_find_field(const vir_kind *kind, const char *name)
{
  for (uint32_t i = 0; i < kind->field_count; i++)
    if (strcmp(kind->fields[i].name, name) == 0)
      return &kind->fields[i];
  return NULL;
}

/* --- kinds ----------------------------------------------------------------------------------------- */

static void
world_full(const char *what)
{
  fprintf(stderr, "vir: too many %s\n", what);
  exit(1);
}

vir_kind *
vir_add_kind(vir_world *w, const char *name, vmk_shape shape)
{
  if (w->kind_count == VIR_MOST)
    world_full("kinds");
  vir_kind *k = (vir_kind *)vmk_meta_alloc(w->module, sizeof *k);
  k->kind.shape = (uint8_t)shape;
  k->kind.size = VMK_HEADER_BYTES;
  k->kind.module = w->module;
  snprintf(k->name, sizeof k->name, "%s", name);
  w->kinds[w->kind_count++] = k;
  return k;
}

static uint32_t
world_type_bytes(vmk_type type)
{
  switch (type) {
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: return 1;
  case VMK_TYPE_I16:
  case VMK_TYPE_U16: return 2;
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: return 4;
  case VMK_TYPE_REF: return VMK_REF_BYTES;
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: return 8;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  abort();
}

void
vir_add_field(vir_kind *k, const char *name, vmk_type type)
{
  if (k->field_count == VIR_FIELDS)
    world_full("fields");
  vir_field *field = &k->fields[k->field_count++];
  const uint32_t bytes = world_type_bytes(type);
  snprintf(field->name, sizeof field->name, "%s", name);
  field->type = type;
  const vir_field *last = k->field_count > 1 ? field - 1 : NULL;
  const uint32_t end = last ? last->offset + world_type_bytes(last->type) : VMK_HEADER_BYTES;
  field->offset = (end + bytes - 1) / bytes * bytes;
  if (type == VMK_TYPE_REF)
    k->kind.ref_bits |= UINT64_C(1) << (field->offset - VMK_HEADER_BYTES) / VMK_REF_BYTES;
  k->kind.size = (field->offset + bytes + 7) & ~7u;
}

vir_function *
vir_add_function(vir_world *w, const char *name, vmk_type result, const uint8_t *types,
                 size_t count)
{
  if (w->function_count == VIR_MOST)
    world_full("functions");
  vir_function *f = &w->functions[w->function_count++];
  *f = (vir_function){0};
  snprintf(f->name, sizeof f->name, "%s", name);
  f->f = vmk_function_new(w->module, vmk_signature_get(w->vm, result, types, count), w, 0);
  return f;
}

/* --- hooks ----------------------------------------------------------------------------------------- */

static vmk_handle
world_new_trap(vir_world *w, vmk_thread *t, vmk_trap trap)
{
  vmk_handle e = vmk_new(t, &w->trap_kind->kind);
  if (e)
    vmk_set_i32(e, w->trap_kind->fields[0].offset, (int32_t)trap);
  return e;
}

static void
world_trap(vmk_thread *t, const vmk_trap_info *info)
{
  vmk_frame frame;
  if (!vmk_frame_first(t, &frame))
    abort();
  vmk_handle e = world_new_trap(world_of(frame.function), t, info->trap);
  if (e)
    vmk_throw(t, e);
}

static bool
world_catches(vmk_thread *t, vmk_function *f, uint32_t token, vmk_handle exception)
{
  (void)t;
  vir_world *w = world_of(f);
  const vmk_kind *kind = vmk_handle_kind(exception);
  if (token >= 256)
    return kind == &w->kinds[token - 256]->kind;
  return kind == &w->trap_kind->kind &&
         (uint32_t)vmk_get_i32(exception, w->trap_kind->fields[0].offset) == token;
}

static vmk_function *
world_dispatch(vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  const vir_kind *k = (const vir_kind *)kind;
  for (uint32_t i = 0; i < k->implementation_count; i++)
    if (k->implementations[i].declared == target)
      return k->implementations[i].by;
  vmk_throw(t, world_new_trap(world_of(target), t, VMK_TRAP_UNREACHABLE));
  return NULL;
}

static void
world_link_call(vmk_thread *t, vir_world *w, const vir_site *s, vmk_site *site)
{
  vmk_function *target = (vmk_function *)s->address;
  switch ((int)s->op) {
  case VMK_OP_call: vmk_site_set_call(site, target); return;
  case VMK_OP_call_special: vmk_site_set_call_special(site, target); return;
  case VMK_OP_call_virtual: vmk_site_set_call_virtual(site, (uint32_t)s->bits); return;
  case VMK_OP_call_interface: vmk_site_set_call_interface(site, target); return;
  default: break;
  }
  vmk_handle box = vmk_new(t, &w->box->kind); /* the appendix is Box(77) */
  vmk_set_i32(box, w->box->fields[0].offset, 77);
  vmk_site_set_call_appendix(site, target, box, s->op == VMK_OP_call_special_appendix);
}

static vmk_link_result
world_link(vmk_thread *t, vmk_function *f, vmk_site *site)
{
  vir_world *w = world_of(f);
  const vir_site *s = &w->sites[site->token];
  vmk_collect(t, false); /* whatever moves objects must be harmless here */
  if (s->mode == VIR_LINK_THROW) {
    vmk_throw(t, world_new_trap(w, t, VMK_TRAP_UNREACHABLE));
    return VMK_LINK_THROW;
  }
  switch ((vmk_site_kind)site->kind) {
  case VMK_SITE_LOAD_FIELD:
  case VMK_SITE_STORE_FIELD: vmk_site_set_offset(site, s->offset); break;
  case VMK_SITE_LOAD_STATIC:
  case VMK_SITE_STORE_STATIC: vmk_site_set_address(site, s->address); break;
  case VMK_SITE_NEW:
  case VMK_SITE_NEW_ARRAY: vmk_site_set_kind(site, (vmk_kind *)s->address); break;
  case VMK_SITE_CALL: world_link_call(t, w, s, site); break;
  case VMK_SITE_CONST_REF: {
    vmk_handle box = vmk_new(t, &w->box->kind);
    vmk_set_i32(box, w->box->fields[0].offset, (int32_t)s->bits);
    vmk_site_set_ref(site, box);
    break;
  }
  case VMK_SITE_CONST_BITS:
  case VMK_SITE_LEAF:
    if (s->op == VMK_OP_is_kind)
      vmk_site_set_is_kind(site, (vmk_kind *)s->address);
    else
      vmk_site_set_bits(site, s->bits);
    break;
  }
  if (s->is_volatile)
    vmk_site_set_volatile(site);
  return s->mode == VIR_LINK_ONCE ? VMK_LINK_ONCE : VMK_LINK_QUICK;
}

/* Kinds have no subkinds: what is not the element kind itself may not be stored. */
static bool
world_can_store(vmk_kind *array, vmk_kind *value)
{
  return array->element == value;
}

/* Nothing is translated late. */
static bool
world_translate(vmk_thread *t, vmk_function *f)
{
  vmk_throw(t, world_new_trap(world_of(f), t, VMK_TRAP_UNREACHABLE));
  return false;
}

static void
world_function_name(const vmk_function *f, char *buffer, size_t size)
{
  const vir_world *w = world_of(f);
  const char *name = "?";
  for (uint32_t i = 0; i < w->function_count; i++)
    if (w->functions[i].f == f)
      name = w->functions[i].name;
  snprintf(buffer, size, "%s", name);
}

static void
world_kind_name(const vmk_kind *kind, char *buffer, size_t size)
{
  snprintf(buffer, size, "%s", ((const vir_kind *)kind)->name);
}

/* --- builtins -------------------------------------------------------------------------------------- */

static void
world_print_i32(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  printf("%" PRId32 "\n", vmk_arg_i32(c, 0));
}

static void
world_print_i64(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  printf("%" PRId64 "\n", vmk_arg_i64(c, 0));
}

static void
world_print_number(double v, int digits)
{
  if (isnan(v)) /* the sign of a NaN is nobody's business */
    puts("nan");
  else
    printf("%.*g\n", digits, v);
}

static void
world_print_f32(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  world_print_number((double)vmk_arg_f32(c, 0), 9);
}

static void
world_print_f64(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  world_print_number(vmk_arg_f64(c, 0), 17);
}

static void
world_print_object(vmk_handle h)
{
  puts(vmk_is_null(h) ? "null" : ((vir_kind *)vmk_handle_kind(h))->name);
}

static void
world_print_ref(vmk_thread *t, vmk_native_call *c)
{
  (void)t;
  world_print_object(vmk_arg_ref(c, 0));
}

static void
world_collect(vmk_thread *t, vmk_native_call *c)
{
  (void)c;
  vmk_collect(t, false);
}

static void
world_identity(vmk_thread *t, vmk_native_call *c)
{
  vmk_collect(t, false);
  vmk_return_ref(c, vmk_arg_ref(c, 0));
}

static void
world_throw_box(vmk_thread *t, vmk_native_call *c)
{
  const vir_world *w = world_of(c->function);
  const int32_t value = vmk_arg_i32(c, 0);
  vmk_handle box = vmk_new(t, &w->box->kind);
  if (!box)
    return;
  vmk_set_i32(box, w->box->fields[0].offset, value);
  vmk_throw(t, box);
}

/* Source positions of the callers, youngest first. */
static void
world_print_positions(vmk_thread *t, vmk_native_call *c)
{
  vmk_frame frame;
  (void)c;
  for (bool more = vmk_frame_first(t, &frame); more; more = vmk_frame_next(&frame))
    if (frame.position != VMK_NO_POSITION) {
      char name[VIR_NAME];
      world_function_name(frame.function, name, sizeof name);
      printf("%s@%" PRIu32 "\n", name, frame.position);
    }
}

typedef struct world_builtin {
  const char *name;
  vmk_builtin run;
  vmk_type result, parameter;
} world_builtin;

static const world_builtin world_builtins[] = {
    {"print_i32", world_print_i32, VMK_TYPE_VOID, VMK_TYPE_I32},
    {"print_i64", world_print_i64, VMK_TYPE_VOID, VMK_TYPE_I64},
    {"print_f32", world_print_f32, VMK_TYPE_VOID, VMK_TYPE_F32},
    {"print_f64", world_print_f64, VMK_TYPE_VOID, VMK_TYPE_F64},
    {"print_ref", world_print_ref, VMK_TYPE_VOID, VMK_TYPE_REF},
    {"print_positions", world_print_positions, VMK_TYPE_VOID, VMK_TYPE_VOID},
    {"collect", world_collect, VMK_TYPE_VOID, VMK_TYPE_VOID},
    {"identity", world_identity, VMK_TYPE_REF, VMK_TYPE_REF},
    {"throw_box", world_throw_box, VMK_TYPE_VOID, VMK_TYPE_I32},
};

/* --- leaves ---------------------------------------------------------------------------------------- */

static uint64_t
world_leaf_sum(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t;
  return k + a + b + c + d;
}

/* Only the first argument counts: the others are whatever slot 0 holds when fewer are given. */
static uint64_t
world_leaf_add(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)b, (void)c, (void)d;
  return k + a;
}

static uint64_t
world_leaf_greater(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)b, (void)c, (void)d;
  return (int64_t)a > (int64_t)k;
}

static uint64_t
world_leaf_yes(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)b, (void)c, (void)d;
  return a != 0;
}

static uint64_t
world_leaf_no(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)a, (void)b, (void)c, (void)d;
  return 0;
}

vmk_leaf
vir_find_leaf(const char *name)
{
  return strcmp(name, "sum") == 0       ? world_leaf_sum
         : strcmp(name, "add") == 0     ? world_leaf_add
         : strcmp(name, "greater") == 0 ? world_leaf_greater
         : strcmp(name, "yes") == 0     ? world_leaf_yes
         : strcmp(name, "no") == 0      ? world_leaf_no
                                        : NULL;
}

/* --- life ------------------------------------------------------------------------------------------ */

vir_world *
vir_world_new(const char *options)
{
  static const vmk_hooks hooks = {
      .name = "vir",
      .translate = world_translate,
      .link = world_link,
      .dispatch = world_dispatch,
      .can_store = world_can_store,
      .trap = world_trap,
      .catches = world_catches,
      .function_name = world_function_name,
      .kind_name = world_kind_name,
  };
  vir_world *w = (vir_world *)calloc(1, sizeof *w);
  vmk_error error = {""};
  const vmk_vm_options o = {.options = options, .heap_max_bytes = 64 << 20, .stack_bytes = 1 << 20};
  if (!w || vmk_vm_new(&o, &w->vm, &error) ||
      vmk_runtime_new(w->vm, &hooks, w, &w->runtime, &error) ||
      vmk_thread_attach(w->vm, 0, &w->t, &error)) {
    fprintf(stderr, "vir: %s\n", error.message);
    exit(2);
  }
  w->module = vmk_module_new(w->runtime, NULL);
  vmk_enter_managed(w->t);
  w->trap_kind = vir_add_kind(w, "Trap", VMK_SHAPE_PLAIN);
  vir_add_field(w->trap_kind, "code", VMK_TYPE_I32);
  w->box = vir_add_kind(w, "Box", VMK_SHAPE_PLAIN);
  vir_add_field(w->box, "value", VMK_TYPE_I32);
  w->globals = vir_add_kind(w, "Globals", VMK_SHAPE_PLAIN);
  for (size_t i = 0; i < VMK_COUNT(world_builtins); i++) {
    const world_builtin *b = &world_builtins[i];
    const uint8_t type = (uint8_t)b->parameter;
    vir_function *f = vir_add_function(w, b->name, b->result, &type, type != VMK_TYPE_VOID);
    vmk_function_bind_builtin(f->f, b->run);
  }
  return w;
}

void
vir_world_free(vir_world *w)
{
  vmk_leave_managed(w->t, false);
  vmk_thread_detach(w->t);
  vmk_vm_free(w->vm);
  free(w);
}

static void
world_print_result(vmk_type type, const vmk_value *v)
{
  switch (type) {
  case VMK_TYPE_I64: printf("%" PRId64 "\n", v->i64); return;
  case VMK_TYPE_F32: world_print_number((double)v->f32, 9); return;
  case VMK_TYPE_F64: world_print_number(v->f64, 17); return;
  case VMK_TYPE_REF: world_print_object(v->ref); return;
  case VMK_TYPE_PTR: puts(v->ptr ? "pointer" : "null"); return;
  case VMK_TYPE_I32:
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_I16:
  case VMK_TYPE_U16:
  case VMK_TYPE_BOOL: printf("%" PRId32 "\n", v->i32); return;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: return;
  }
}

int
vir_run(vir_world *w, vir_function *f)
{
  vmk_value result = {0};
  if (vmk_call(w->t, f->f, NULL, &result)) {
    world_print_result((vmk_type)f->f->signature->result, &result);
    return 0;
  }
  fflush(stdout);
  vmk_handle e = vmk_take_exception(w->t);
  const vir_kind *kind = (const vir_kind *)vmk_handle_kind(e);
  if (kind == w->trap_kind)
    fprintf(stderr, "vir: uncaught trap %s\n", world_traps[vmk_get_i32(e, kind->fields[0].offset)]);
  else
    fprintf(stderr, "vir: uncaught %s\n", kind->name);
  return 1;
}
