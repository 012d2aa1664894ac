/* polymorphic.c -- method-handle glue as IR: find a function, replace this frame by a call of it
 *
 * The glue depends on the basic descriptor only (references are Object, what is narrower than int is
 * int), which decides the banks of the arguments; targets are called with the descriptor they were
 * declared with, which has the same banks.  Nothing is type-checked here: java.lang.invoke has done it.
 *
 *     invokeBasic(handle, args...)        -> handle.form.vmentry.method (handle, args...)
 *     linkToStatic(args..., member)       -> member.method (args...)
 *     linkToSpecial(receiver, ..., member)   the same, receiver not null
 *     linkToVirtual(receiver, ..., member)   vtable[member.vm_index] of the receiver
 *     linkToInterface(receiver, ..., member) the receiver's implementation of member.method
 */
#include "polymorphic.h"

#include <stdlib.h>

#include <vmkit/vmk_ir.h>

#include "builtins.h"

j3_intrinsic
j3_polymorphic_kind(const j3_symbol *name)
{
  static const struct {
    const char *name;
    j3_intrinsic kind;
  } rows[] = {
      {"invokeBasic", J3_INTRINSIC_INVOKE_BASIC},
      {"linkToStatic", J3_INTRINSIC_LINK_TO_STATIC},
      {"linkToSpecial", J3_INTRINSIC_LINK_TO_SPECIAL},
      {"linkToVirtual", J3_INTRINSIC_LINK_TO_VIRTUAL},
      {"linkToInterface", J3_INTRINSIC_LINK_TO_INTERFACE},
  };
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (j3_symbol_is(name, rows[i].name))
      return rows[i].kind;
  return J3_INTRINSIC_NONE;
}

/* --- the table of generated methods --------------------------------------------------------------------- */

/* Generated methods, never freed: a chain per bucket, pushed under poly_lock, read without. */
typedef struct poly_entry {
  struct poly_entry *next;
  j3_method method;
} poly_entry;

enum { POLY_BUCKETS = 256 };
static pthread_mutex_t poly_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(poly_entry *) poly_table[POLY_BUCKETS];

/* "(Ljava/lang/String;ZI[J)C" -> "(Ljava/lang/Object;IILjava/lang/Object;)I" */
static j3_symbol *
poly_basic_descriptor(const j3_symbol *descriptor)
{
  static const char object[] = "Ljava/lang/Object;";
  char *text = malloc((size_t)descriptor->length * (sizeof object - 1) + 1);
  VMK_ASSERT(text);
  size_t n = 0;
  for (const char *p = descriptor->text; *p; p++) {
    if (*p == '[' || *p == 'L') {
      p += strspn(p, "[");
      if (*p == 'L')
        p = strchr(p, ';');
      memcpy(text + n, object, sizeof object - 1);
      n += sizeof object - 1;
    } else {
      text[n++] = *p == 'Z' || *p == 'B' || *p == 'S' || *p == 'C' ? 'I' : *p;
    }
  }
  j3_symbol *s = j3_symbol_get(text, n);
  free(text);
  return s;
}

static j3_method *
poly_find(uint32_t bucket, const j3_symbol *name, const j3_symbol *descriptor)
{
  poly_entry *e = atomic_load_explicit(&poly_table[bucket], memory_order_acquire);
  while (e && (e->method.name != name || e->method.descriptor != descriptor))
    e = e->next;
  return e ? &e->method : NULL;
}

static j3_method *
poly_new(j3_class *holder, j3_intrinsic kind, j3_symbol *name, j3_symbol *descriptor)
{
  bool is_static = kind != J3_INTRINSIC_INVOKE_BASIC;
  poly_entry *e = vmk_meta_alloc(J3.boot->module, sizeof *e);
  e->method = (j3_method){
      .class = holder,
      .name = name,
      .descriptor = descriptor,
      .flags = J3_FINAL | J3_NATIVE | J3_METHOD_HIDDEN | J3_METHOD_SIGNATURE_POLYMORPHIC |
               (is_static ? J3_STATIC : 0),
      .vtable_index = -1,
      .itable_index = -1,
      .intrinsic = (uint8_t)kind,
  };
  e->method.function =
      vmk_function_new(J3.boot->module, j3_signature_of(descriptor, !is_static), &e->method,
                       VMK_FUNCTION_HIDDEN | (is_static ? VMK_FUNCTION_STATIC : 0));
  return &e->method;
}

j3_method *
j3_polymorphic_intrinsic(vmk_thread *t, j3_class *holder, j3_symbol *name, j3_symbol *descriptor)
{
  j3_intrinsic kind = j3_polymorphic_kind(name);
  if (kind == J3_INTRINSIC_NONE) {
    j3_throw(t, "java/lang/NoSuchMethodError", "java.lang.invoke.MethodHandle.%s%s", name->text,
             descriptor->text);
    return NULL;
  }
  j3_symbol *basic = poly_basic_descriptor(descriptor);
  uint32_t bucket = (name->hash ^ basic->hash * 31) % POLY_BUCKETS;
  j3_method *m = poly_find(bucket, name, basic);
  if (m)
    return m;
  pthread_mutex_lock(&poly_lock);
  m = poly_find(bucket, name, basic);
  if (!m) {
    m = poly_new(holder, kind, name, basic);
    poly_entry *e = (poly_entry *)((char *)m - offsetof(poly_entry, method));
    e->next = atomic_load_explicit(&poly_table[bucket], memory_order_relaxed);
    atomic_store_explicit(&poly_table[bucket], e, memory_order_release);
  }
  pthread_mutex_unlock(&poly_lock);
  return m;
}

/* --- what the glue calls: leaf helpers ------------------------------------------------------------------------ */

static inline vmk_ref
poly_ref(uint64_t raw)
{
  return (vmk_ref)(uintptr_t)raw;
}

static j3_method *
poly_member_method(vmk_ref member)
{
  vmk_ref resolved = member ? vmk_load_ref(member, J3.known.offset_MemberName_method) : NULL;
  return resolved ? *(j3_method **)vmk_at(resolved, J3.known.offset_ResolvedMethodName_vm_method)
                  : NULL;
}

/* a: LambdaForm */
static uint64_t
poly_leaf_form(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)b, (void)c, (void)d;
  vmk_ref entry = vmk_load_ref(poly_ref(a), J3.known.offset_LambdaForm_vmentry);
  j3_method *m = poly_member_method(entry);
  return m ? (uintptr_t)m->function : 0;
}

/* a: MemberName */
static uint64_t
poly_leaf_member(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)b, (void)c, (void)d;
  j3_method *m = poly_member_method(poly_ref(a));
  return m ? (uintptr_t)m->function : 0;
}

/* a: MemberName -> its method, for the interface builtin */
static uint64_t
poly_leaf_method(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)b, (void)c, (void)d;
  return (uintptr_t)poly_member_method(poly_ref(a));
}

/* a: MemberName, b: receiver, not null */
static uint64_t
poly_leaf_virtual(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)k, (void)c, (void)d;
  vmk_ref member = poly_ref(a);
  const vmk_kind *kind = vmk_kind_of(poly_ref(b));
  if (!member)
    return 0;
  int64_t index = *(int64_t *)vmk_at(member, J3.known.offset_MemberName_vm_index);
  if (index >= 0 && index < kind->vtable_length)
    return (uintptr_t)kind->vtable[index];
  return poly_leaf_member(t, k, a, b, c, d);
}

/* --- the glue --------------------------------------------------------------------------------------------------- */

typedef struct poly_glue {
  vmk_builder *b;
  vmk_reg args[256];
  uint32_t count;
} poly_glue;

static void
poly_check_null(poly_glue *g, vmk_reg object)
{
  vmk_label ok = vmk_build_label(g->b);
  vmk_emit_branch1(g->b, VMK_OP_br_nonnull, object, ok);
  vmk_emit_trap(g->b, VMK_TRAP_NULL, 0);
  vmk_build_bind(g->b, ok);
}

/* Emit what finds the target; the trailing MemberName is args[count - 1]. */
static void
poly_emit_target(poly_glue *g, j3_intrinsic kind, vmk_reg target)
{
  vmk_reg receiver = g->args[0];
  vmk_reg pair[2] = {g->count ? g->args[g->count - 1] : VMK_NO_REG, receiver};
  vmk_reg form, method;
  switch (kind) {
  case J3_INTRINSIC_INVOKE_BASIC:
    form = vmk_build_register(g->b, VMK_TYPE_REF);
    vmk_emit_load_field(g->b, VMK_TYPE_REF, form, receiver, J3.known.offset_MethodHandle_form);
    poly_check_null(g, form);
    vmk_emit_leaf(g->b, target, poly_leaf_form, 0, &form, 1);
    break;
  case J3_INTRINSIC_LINK_TO_SPECIAL:
    poly_check_null(g, receiver);
    vmk_emit_leaf(g->b, target, poly_leaf_member, 0, pair, 1);
    break;
  case J3_INTRINSIC_LINK_TO_STATIC:
    vmk_emit_leaf(g->b, target, poly_leaf_member, 0, pair, 1);
    break;
  case J3_INTRINSIC_LINK_TO_VIRTUAL:
    poly_check_null(g, receiver);
    vmk_emit_leaf(g->b, target, poly_leaf_virtual, 0, pair, 2);
    break;
  case J3_INTRINSIC_LINK_TO_INTERFACE:
    poly_check_null(g, receiver);
    method = vmk_build_register(g->b, VMK_TYPE_PTR);
    vmk_emit_leaf(g->b, method, poly_leaf_method, 0, pair, 1);
    vmk_emit_call(g->b, target, j3_builtin_function(J3_BUILTIN_INTERFACE),
                  (vmk_reg[]){method, receiver}, 2);
    break;
  case J3_INTRINSIC_NONE: break;
  }
}

static bool
poly_finish(vmk_thread *t, vmk_builder *b) VMK_MOVES
{
  vmk_error error;
  if (vmk_build_finish(b, &error) == VMK_OK)
    return true;
  j3_throw(t, "java/lang/InternalError", "method-handle glue: %s", error.message);
  return false;
}

/* Go on to the target.  A caller that wants nothing has no place for the value that the target may return
 * all the same (VarHandle guards drop getAndAdd's), so then the value ends here. */
static void
poly_emit_jump(poly_glue *g, vmk_reg target, const vmk_signature *s, uint32_t passed)
{
  bool drops = s->result == VMK_TYPE_VOID;
  const vmk_signature *callee =
      vmk_signature_get(J3.vm, drops ? VMK_TYPE_I64 : s->result, s->type, passed);
  if (drops) {
    vmk_emit_call_indirect(g->b, VMK_NO_REG, target, callee, g->args, passed);
    vmk_emit(g->b, VMK_OP_ret_void);
  } else {
    vmk_emit_tail_call_indirect(g->b, target, callee, g->args, passed);
  }
}

bool
j3_polymorphic_translate(vmk_thread *t, vmk_function *f, j3_method *m)
{
  poly_glue g = {.b = vmk_build_new(f), .count = f->signature->count};
  const vmk_signature *s = f->signature;
  for (uint32_t i = 0; i < g.count; i++)
    g.args[i] = vmk_build_parameter(g.b, i);
  vmk_reg target = vmk_build_register(g.b, VMK_TYPE_PTR);
  vmk_label found = vmk_build_label(g.b);
  poly_emit_target(&g, (j3_intrinsic)m->intrinsic, target);
  vmk_emit_branch1(g.b, VMK_OP_br_nonnull_ptr, target, found);
  vmk_emit_trap(g.b, VMK_TRAP_NULL, 0); /* a member or form that is not resolved */
  vmk_build_bind(g.b, found);
  uint32_t passed = g.count - (m->intrinsic != J3_INTRINSIC_INVOKE_BASIC);
  poly_emit_jump(&g, target, s, passed);
  return poly_finish(t, g.b);
}

/* --- mirandas -------------------------------------------------------------------------------------------------------- */

/* A miranda that is called for itself, by linkToVirtual: go on to the receiver's implementation. */
bool
j3_translate_miranda(vmk_thread *t, vmk_function *f, j3_method *m)
{
  const vmk_signature *s = f->signature;
  poly_glue g = {.b = vmk_build_new(f), .count = s->count};
  for (uint32_t i = 0; i < g.count; i++)
    g.args[i] = vmk_build_parameter(g.b, i);
  vmk_reg target = vmk_build_register(g.b, VMK_TYPE_PTR);
  vmk_reg method = vmk_build_register(g.b, VMK_TYPE_PTR);
  poly_check_null(&g, g.args[0]);
  vmk_emit_const_ptr(g.b, method, m);
  vmk_emit_call(g.b, target, j3_builtin_function(J3_BUILTIN_INTERFACE),
                (vmk_reg[]){method, g.args[0]}, 2);
  vmk_emit_tail_call_indirect(g.b, target, s, g.args, g.count);
  return poly_finish(t, g.b);
}

/* --- synchronized native methods -------------------------------------------------------------------------------- */

static void
poly_return(vmk_builder *b, vmk_type type, vmk_reg value)
{
  switch (type) {
  case VMK_TYPE_VOID: vmk_emit(b, VMK_OP_ret_void); break;
  case VMK_TYPE_I64: vmk_emit_r(b, VMK_OP_ret_i64, value); break;
  case VMK_TYPE_F32: vmk_emit_r(b, VMK_OP_ret_f32, value); break;
  case VMK_TYPE_F64: vmk_emit_r(b, VMK_OP_ret_f64, value); break;
  case VMK_TYPE_REF: vmk_emit_r(b, VMK_OP_ret_ref, value); break;
  case VMK_TYPE_I32:
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_I16:
  case VMK_TYPE_U16:
  case VMK_TYPE_BOOL: vmk_emit_r(b, VMK_OP_ret_i32, value); break;
  case VMK_TYPE_PTR:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: VMK_ASSERT(!"a type Java does not have");
  }
}

static vmk_type
poly_register_type(uint8_t type)
{
  return type >= VMK_TYPE_I8 ? VMK_TYPE_I32 : (vmk_type)type;
}

bool
j3_translate_locked_call(vmk_thread *t, vmk_function *f, j3_method *m, vmk_function *inner)
{
  const vmk_signature *s = f->signature;
  vmk_builder *b = vmk_build_new(f);
  vmk_reg args[256], lock = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg exception = vmk_build_register(b, VMK_TYPE_REF);
  vmk_reg result = s->result == VMK_TYPE_VOID
                       ? VMK_NO_REG
                       : vmk_build_register(b, poly_register_type(s->result));
  vmk_label begin = vmk_build_label(b), end = vmk_build_label(b), handler = vmk_build_label(b);
  for (uint32_t i = 0; i < s->count; i++)
    args[i] = vmk_build_parameter(b, i);
  if (m->flags & J3_STATIC)
    vmk_emit_const_ref(b, lock, m->class->mirror);
  else
    vmk_emit_move(b, lock, args[0]);
  vmk_emit_monitor(b, true, lock);
  vmk_build_bind(b, begin);
  vmk_emit_call(b, result, inner, args, s->count);
  vmk_build_bind(b, end);
  vmk_emit_monitor(b, false, lock);
  poly_return(b, (vmk_type)s->result, result);
  vmk_build_bind(b, handler);
  vmk_emit_monitor(b, false, lock);
  vmk_emit_r(b, VMK_OP_rethrow, exception);
  vmk_build_handler(b, begin, end, handler, VMK_CATCH_ALL, exception);
  return poly_finish(t, b);
}
