/* verify_member.c -- fields, calls, and the life of an object before its constructor has returned
 *
 * Nothing is resolved: descriptors come from the constant pool.  Only for members of superclasses are
 * classes looked into, since a protected member of another package asks more of the object it is used on.
 */
#include "verifier.h"

/* --- the entry -------------------------------------------------------------------------------------- */

typedef struct member_entry {
  j3_vtype holder;
  j3_symbol *name, *descriptor;
  uint16_t descriptor_index;
} member_entry;

static member_entry
member_read(const j3_verifier *v, uint16_t index, bool has_holder)
{
  const j3_pool *p = v->class->pool;
  uint16_t pair = (uint16_t)(p->value[index] >> 16);
  uint16_t name = (uint16_t)p->value[pair], descriptor = (uint16_t)(p->value[pair] >> 16);
  return (member_entry){
      .holder =
          has_holder ? j3_verify_class_entry(v, (uint16_t)p->value[index]) : verify_type(J3_V_TOP),
      .name = j3_pool_utf8(p, name),
      .descriptor = j3_pool_utf8(p, descriptor),
      .descriptor_index = descriptor,
  };
}

/* Pop entries of the signature from `end` down to `begin`; push them. */
static bool
member_pop(j3_verifier *v, const j3_vsignature *s, uint32_t begin, uint32_t end) VMK_MOVES
{
  while (end > begin)
    if (!j3_verify_pop(v, s->type[--end], NULL))
      return false;
  return true;
}
static bool
member_push(j3_verifier *v, const j3_vsignature *s, uint32_t begin, uint32_t end)
{
  for (; begin < end; begin++)
    if (!j3_verify_push(v, s->type[begin]))
      return false;
  return true;
}

/* --- protected members ------------------------------------------------------------------------------ */

static bool
member_is_super(const j3_verifier *v, j3_vtype holder)
{
  for (const j3_class *c = v->class->super; c; c = c->super)
    if (c->name == verify_name(holder))
      return true;
  return false;
}

static const j3_method *
member_find_method(const j3_class *c, const member_entry *e)
{
  for (; c; c = c->super) {
    const j3_method *m = j3_class_method(c, e->name, e->descriptor);
    if (m)
      return m;
  }
  return NULL;
}

/* Is the member of superclass `holder` protected, and of another package? */
static bool
member_is_protected(const j3_verifier *v, const j3_class *holder, const member_entry *e,
                    bool is_method)
{
  if (!j3_class_is_subclass(v->class, holder))
    return false;
  if (is_method) {
    const j3_method *m = member_find_method(holder, e);
    return m && (m->flags & J3_PROTECTED) && !j3_class_same_package(v->class, m->class);
  }
  const j3_field *f = j3_find_field(holder, e->name, e->descriptor);
  return f && (f->flags & J3_PROTECTED) && !j3_class_same_package(v->class, f->class);
}

/* A protected member is used on an object of the current class or below. */
static bool
member_check_protected(j3_verifier *v, const j3_instruction *in, const member_entry *e,
                       j3_vtype object, bool is_method) VMK_MOVES
{
  if (verify_same(object, v->this_type) || verify_is_settled(v) || !member_is_super(v, e->holder))
    return true;
  const j3_class *holder = j3_verify_load(v, verify_name(e->holder));
  if (!holder)
    return false;
  if (!member_is_protected(v, holder, e, is_method))
    return true;
  if (is_method && verify_name(e->holder) == j3_verify_names()->object && verify_is_array(object) &&
      e->name == j3_verify_names()->clone)
    return true; /* arrays have a public clone */
  if (j3_verify_is_assignable_slow(v, object, v->this_type, true))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(
             v, verify_bad_type((int32_t)in->bci, verify_popped(v), verify_implicit(v->this_type)),
             "Bad access to protected data in %s", j3_bytecode_table[in->op].name);
}

/* --- fields ----------------------------------------------------------------------------------------- */

/* A constructor may store to the fields of its own class before it has called another constructor. */
static bool
member_pop_put_object(j3_verifier *v, const j3_instruction *in, const member_entry *e,
                      j3_vtype *object) VMK_MOVES
{
  if (!j3_verify_pop_any(v, object))
    return false;
  if (object->bits == J3_V_UNINITIALIZED_THIS && verify_same(e->holder, v->this_type) &&
      j3_class_field(v->class, e->name, e->descriptor))
    *object = v->this_type;
  if (verify_is_assignable(v, *object, e->holder))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v,
                        verify_bad_type((int32_t)in->bci, verify_popped(v),
                                        verify_from_pool(in->index, e->holder)),
                        "Bad type on operand stack in putfield");
}

bool
j3_verify_field(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  if (!j3_verify_pool_tag(v, in->bci, in->index, 1u << J3_TAG_FIELD))
    return false;
  member_entry e = member_read(v, in->index, true);
  bool is_static = in->op == J3_BC_getstatic || in->op == J3_BC_putstatic;
  if (!verify_is_object(e.holder) && !(is_static && verify_is_array(e.holder))) {
    char name[1024];
    j3_class_external_name(v->class, name, sizeof name);
    return j3_verify_fail(v,
                          verify_bad_type((int32_t)in->bci, verify_from_pool(in->index, e.holder),
                                          (j3_vsource){.origin = J3_VORIGIN_NONE}),
                          "Expecting reference to class in class %s at constant pool index %d",
                          name, in->index);
  }
  const j3_vsignature *s = j3_verify_signature(v, e.descriptor_index);
  j3_vtype object;
  switch (in->op) {
  case J3_BC_getstatic: return member_push(v, s, 0, s->count);
  case J3_BC_putstatic: return member_pop(v, s, 0, s->count);
  case J3_BC_getfield:
    return j3_verify_pop(v, e.holder, &object) &&
           member_check_protected(v, in, &e, object, false) && member_push(v, s, 0, s->count);
  default:
    return member_pop(v, s, 0, s->count) && member_pop_put_object(v, in, &e, &object) &&
           member_check_protected(v, in, &e, object, false);
  }
}

/* --- constructors ----------------------------------------------------------------------------------- */

/* Where a walk over the code still has to go. */
typedef struct member_walk {
  j3_verifier *v;
  uint8_t *seen; /* by bci: has been gone through */
  uint32_t *pending, pending_count;
  bool fails; /* a path leaves otherwise than by throwing */
} member_walk;

static void
member_walk_to(member_walk *w, int64_t bci)
{
  if (bci < 0 || bci >= w->v->length || !w->v->marks[bci])
    w->fails = true;
  else if (!w->seen[bci]) {
    w->seen[bci] = 1;
    w->pending[w->pending_count++] = (uint32_t)bci;
  }
}

static void
member_walk_switch(member_walk *w, const j3_instruction *in)
{
  member_walk_to(w, j3_switch_default(in));
  for (uint32_t i = 0; i < j3_switch_count(in); i++)
    member_walk_to(w, j3_switch_target(in, i));
}

/* Go where the instruction leads. */
static void
member_walk_on(member_walk *w, const j3_instruction *in)
{
  uint8_t format = j3_bytecode_table[in->op].format;
  for (uint32_t i = 0; i < w->v->handler_count; i++)
    if (in->bci >= w->v->handlers[i].begin && in->bci < w->v->handlers[i].end)
      member_walk_to(w, w->v->handlers[i].target);
  if (in->op == J3_BC_athrow)
    return;
  if (in->op == J3_BC_return) {
    w->fails = true;
    return;
  }
  if (format == J3_FORMAT_SWITCH) {
    member_walk_switch(w, in);
    return;
  }
  if (format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W)
    member_walk_to(w, in->value);
  if (in->op != J3_BC_goto && in->op != J3_BC_goto_w)
    member_walk_to(w, (int64_t)in->bci + in->length);
}

/* Do all paths from bci throw or loop for ever? */
static bool
member_never_returns(j3_verifier *v, uint32_t bci)
{
  member_walk w = {.v = v,
                   .seen = j3_verify_alloc(&v->method_memory, v->length),
                   .pending = j3_verify_alloc(&v->method_memory, v->length * sizeof *w.pending)};
  member_walk_to(&w, bci);
  while (w.pending_count && !w.fails) {
    j3_instruction in;
    j3_bytecode_decode(v->code, v->length, w.pending[--w.pending_count], &in);
    member_walk_on(&w, &in);
  }
  return !w.fails;
}

/* this(...) or super(...). */
static bool
member_init_this(j3_verifier *v, const j3_instruction *in, const member_entry *e) VMK_MOVES
{
  if (verify_name(e->holder) != v->class->name && verify_name(e->holder) != v->class->super->name)
    return j3_verify_fail(v,
                          verify_bad_type((int32_t)in->bci, verify_implicit(e->holder),
                                          verify_implicit(v->this_type)),
                          "Bad <init> method call");
  if (verify_is_covered(v, in->bci)) {
    for (uint32_t i = 0; i < v->handler_count; i++) {
      const j3_vhandler *h = &v->handlers[i];
      if (in->bci >= h->begin && in->bci < h->end && !member_never_returns(v, h->target))
        return j3_verify_fail(v, verify_bad_code(in->bci),
                              "Bad <init> method call from after the start of a try block");
    }
    if (!j3_verify_handlers(v, in->bci, true))
      return false;
  }
  j3_verify_initialize(v, verify_type(J3_V_UNINITIALIZED_THIS), v->this_type);
  v->this_was_initialized = true;
  return true;
}

/* Is the constructor of superclass `holder` one that only subclasses may call on themselves? */
static bool
member_check_init_access(j3_verifier *v, const j3_instruction *in, const member_entry *e,
                         uint16_t new_index) VMK_MOVES
{
  if (!member_is_super(v, e->holder))
    return true;
  const j3_class *holder = j3_verify_load(v, verify_name(e->holder));
  if (!holder)
    return false;
  if (verify_is_settled(v))
    return true;
  const j3_method *m = member_find_method(holder, e);
  if (!m || !(m->flags & J3_PROTECTED) || j3_class_same_package(m->class, v->class) ||
      j3_verify_is_assignable_slow(v, e->holder, v->this_type, true))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v,
                        verify_bad_type((int32_t)in->bci, verify_from_pool(new_index, e->holder),
                                        verify_implicit(v->this_type)),
                        "Bad access to protected <init> method");
}

/* The constructor of what `new` made. */
static bool
member_init_new(j3_verifier *v, const j3_instruction *in, const member_entry *e, j3_vtype object)
    VMK_MOVES
{
  uint32_t new_bci = (uint32_t)(object.bits >> 8);
  uint16_t new_index = j3_u2(v->code + new_bci + 1);
  if (verify_is_settled(v))
    return true;
  if (!j3_verify_pool_tag(v, in->bci, new_index, 1u << J3_TAG_CLASS))
    return false;
  j3_vtype type = j3_verify_class_entry(v, new_index);
  if (!verify_same(type, e->holder))
    return j3_verify_fail(v,
                          verify_bad_type((int32_t)in->bci, verify_from_pool(new_index, type),
                                          verify_from_pool(in->index, e->holder)),
                          "Call to wrong <init> method");
  if (!member_check_init_access(v, in, e, new_index))
    return false;
  if (verify_is_covered(v, in->bci) && !j3_verify_handlers(v, in->bci, false))
    return false;
  j3_verify_initialize(v, object, type);
  return true;
}

static bool
member_init(j3_verifier *v, const j3_instruction *in, const member_entry *e) VMK_MOVES
{
  j3_vtype object;
  if (!j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), &object))
    return false;
  if (object.bits == J3_V_UNINITIALIZED_THIS)
    return member_init_this(v, in, e);
  if (verify_is_uninitialized(object))
    return member_init_new(v, in, e, object);
  return j3_verify_fail(
      v,
      verify_bad_type((int32_t)in->bci, verify_popped(v), (j3_vsource){.origin = J3_VORIGIN_NONE}),
      "Bad operand type when invoking <init>");
}

/* --- calls ------------------------------------------------------------------------------------------ */

/* Which constants may the instruction name? */
static uint32_t
member_call_tags(const j3_verifier *v, uint8_t op)
{
  uint32_t class_method = 1u << J3_TAG_METHOD, interface = 1u << J3_TAG_INTERFACE_METHOD;
  switch (op) {
  case J3_BC_invokevirtual: return class_method;
  case J3_BC_invokeinterface: return interface;
  case J3_BC_invokedynamic: return 1u << J3_TAG_INVOKE_DYNAMIC;
  default: return v->class->major_version >= 52 ? class_method | interface : class_method;
  }
}

/* The bytes that follow the pool index. */
static bool
member_check_operands(j3_verifier *v, const j3_instruction *in, const j3_vsignature *s)
{
  const uint8_t *p = v->code + in->bci;
  const char *what = NULL;
  if (in->op == J3_BC_invokeinterface)
    what = p[3] != s->arguments + 1 ? "Inconsistent args count operand in invokeinterface"
           : p[4]                   ? "Fourth operand byte of invokeinterface must be zero"
                                    : NULL;
  else if (in->op == J3_BC_invokedynamic && (p[3] || p[4]))
    what = "Third and fourth operand bytes of invokedynamic must be zero";
  return !what || j3_verify_fail(v, verify_bad_code(in->bci), "%s", what);
}

static bool
member_is_direct(const j3_verifier *v, j3_vtype holder)
{
  if (verify_same(holder, v->this_type) || verify_name(holder) == v->class->super->name)
    return true;
  for (uint32_t i = 0; i < v->class->interface_count; i++)
    if (verify_name(holder) == v->class->interfaces[i]->name)
      return true;
  return false;
}

static bool
member_check_special(j3_verifier *v, const j3_instruction *in, const member_entry *e) VMK_MOVES
{
  if (member_is_direct(v, e->holder))
    return true;
  if (!verify_is_assignable(v, v->this_type, e->holder))
    return !vmk_pending(v->thread) &&
           j3_verify_fail(v, verify_bad_code(in->bci),
                          "Bad invokespecial instruction: current class isn't assignable to "
                          "reference class.");
  return v->class->pool->tag[in->index] != J3_TAG_INTERFACE_METHOD ||
         j3_verify_fail(v, verify_bad_code(in->bci),
                        "Bad invokespecial instruction: interface method reference is in an "
                        "indirect superinterface.");
}

/* May the instruction call a method of this name? */
static bool
member_check_name(j3_verifier *v, const j3_instruction *in, const member_entry *e) VMK_MOVES
{
  if (e->name->text[0] == '<')
    return (in->op == J3_BC_invokespecial && e->name == j3_verify_names()->init) ||
           j3_verify_fail(v, verify_bad_code(in->bci), "Illegal call to internal method");
  return in->op != J3_BC_invokespecial || member_check_special(v, in, e);
}

static bool
member_pop_receiver(j3_verifier *v, const j3_instruction *in, const member_entry *e) VMK_MOVES
{
  j3_vtype object;
  switch (in->op) {
  case J3_BC_invokespecial:
    return e->name == j3_verify_names()->init ? member_init(v, in, e)
                                              : j3_verify_pop(v, v->this_type, NULL);
  case J3_BC_invokevirtual:
    return j3_verify_pop(v, e->holder, &object) && member_check_protected(v, in, e, object, true);
  case J3_BC_invokeinterface: return j3_verify_pop(v, e->holder, NULL);
  default: return true;
  }
}

bool
j3_verify_invoke(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  if (!j3_verify_pool_tag(v, in->bci, in->index, member_call_tags(v, in->op)))
    return false;
  bool is_dynamic = in->op == J3_BC_invokedynamic;
  if (is_dynamic && v->class->major_version < 51) {
    char name[1024];
    j3_class_external_name(v->class, name, sizeof name);
    return j3_verify_fail_format(
        v, "invokedynamic instructions not supported by this class file version (%d), class %s",
        v->class->major_version, name);
  }
  member_entry e = member_read(v, in->index, !is_dynamic);
  const j3_vsignature *s = j3_verify_signature(v, e.descriptor_index);
  if (!member_check_operands(v, in, s) || !member_check_name(v, in, &e) ||
      !member_pop(v, s, 0, s->arguments) || !member_pop_receiver(v, in, &e))
    return false;
  return member_push(v, s, s->arguments, s->count);
}
