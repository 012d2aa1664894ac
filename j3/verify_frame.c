/* verify_frame.c -- the current frame of verification
 *
 * The operand stack never grows beyond max_stack nor locals beyond max_locals; a wide value is two
 * entries, its first half below.  Storing over one half of a wide local makes the other half TOP.
 */
#include "verifier.h"

/* --- operand stack ---------------------------------------------------------------------------------- */

bool
j3_verify_push(j3_verifier *v, j3_vtype a)
{
  j3_vframe *f = &v->frame;
  if (f->stack_count >= v->method->max_stack)
    return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_OVERFLOW, f->bci, f),
                          "Operand stack overflow");
  f->stack[f->stack_count++] = a;
  return true;
}

bool
j3_verify_push_wide(j3_verifier *v, j3_vtype first)
{
  j3_vframe *f = &v->frame;
  if (f->stack_count >= v->method->max_stack - 1)
    return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_OVERFLOW, f->bci, f),
                          "Operand stack overflow");
  f->stack[f->stack_count++] = first;
  f->stack[f->stack_count++] = verify_second_half(first);
  return true;
}

bool
j3_verify_pop_any(j3_verifier *v, j3_vtype *out)
{
  j3_vframe *f = &v->frame;
  if (f->stack_count <= 0)
    return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_UNDERFLOW, f->bci, f),
                          "Operand stack underflow");
  *out = f->stack[--f->stack_count];
  return true;
}

bool
j3_verify_pop(j3_verifier *v, j3_vtype expected, j3_vtype *out) VMK_MOVES
{
  j3_vtype top;
  if (!j3_verify_pop_any(v, &top))
    return false;
  if (out)
    *out = top;
  if (verify_is_assignable(v, top, expected))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v,
                        verify_bad_type(v->frame.bci, verify_popped(v), verify_implicit(expected)),
                        "Bad type on operand stack");
}

/* Both halves are popped and checked, even if the first check fails. */
bool
j3_verify_pop_wide(j3_verifier *v, j3_vtype first) VMK_MOVES
{
  j3_vframe *f = &v->frame;
  j3_vtype second = verify_second_half(first);
  if (f->stack_count >= 2 && verify_same(f->stack[f->stack_count - 1], second) &&
      verify_same(f->stack[f->stack_count - 2], first)) {
    f->stack_count -= 2;
    return true;
  }
  bool ok = j3_verify_pop(v, second, NULL);
  return j3_verify_pop(v, first, NULL) && ok;
}

/* --- locals ----------------------------------------------------------------------------------------- */

static bool
frame_bad_local(j3_verifier *v, uint32_t index, const char *message)
{
  return j3_verify_fail(v, verify_bad_index(J3_VFAULT_LOCAL_INDEX, v->frame.bci, index), "%s",
                        message);
}

static bool
frame_check_local(j3_verifier *v, uint32_t index, j3_vtype expected) VMK_MOVES
{
  if (verify_is_assignable(v, v->frame.locals[index], expected))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v,
                        verify_bad_type(v->frame.bci,
                                        j3_verify_source(v, J3_VORIGIN_LOCAL, index, &v->frame),
                                        verify_implicit(expected)),
                        "Bad local variable type");
}

bool
j3_verify_get_local(j3_verifier *v, uint32_t index, j3_vtype expected, j3_vtype *out) VMK_MOVES
{
  if (index >= v->method->max_locals)
    return frame_bad_local(v, index, "Local variable table overflow");
  if (out)
    *out = v->frame.locals[index];
  return frame_check_local(v, index, expected);
}

bool
j3_verify_get_local_wide(j3_verifier *v, uint32_t index, j3_vtype first) VMK_MOVES
{
  if ((int64_t)index >= v->frame.local_count - 1)
    return frame_bad_local(v, index, "get long/double overflows locals");
  return frame_check_local(v, index, first) &&
         frame_check_local(v, index + 1, verify_second_half(first));
}

static void
frame_store(j3_verifier *v, uint32_t index, j3_vtype a)
{
  j3_vframe *f = &v->frame;
  if (!verify_same(f->locals[index], a)) {
    f->locals[index] = a;
    v->locals_version++;
  }
  if (f->local_count <= (int32_t)index)
    f->local_count = (int32_t)index + 1;
}

/* Locals index and index + 1 are about to be two different values. */
static void
frame_split(j3_verifier *v, uint32_t index)
{
  if (verify_is_first_half(v->frame.locals[index]))
    v->frame.locals[index + 1] = verify_type(J3_V_TOP);
}

bool
j3_verify_set_local(j3_verifier *v, uint32_t index, j3_vtype a)
{
  if (index >= v->method->max_locals)
    return frame_bad_local(v, index, "Local variable table overflow");
  frame_split(v, index);
  if (verify_is_second_half(v->frame.locals[index]))
    v->frame.locals[index - 1] = verify_type(J3_V_TOP);
  frame_store(v, index, a);
  return true;
}

bool
j3_verify_set_local_wide(j3_verifier *v, uint32_t index, j3_vtype first)
{
  if ((int64_t)index >= v->method->max_locals - 1)
    return frame_bad_local(v, index, "Local variable table overflow");
  frame_split(v, index + 1);
  if (verify_is_second_half(v->frame.locals[index]))
    v->frame.locals[index - 1] = verify_type(J3_V_TOP);
  frame_store(v, index, first);
  frame_store(v, index + 1, verify_second_half(first));
  return true;
}

/* --- the whole frame -------------------------------------------------------------------------------- */

void
j3_verify_initialize(j3_verifier *v, j3_vtype before, j3_vtype after)
{
  j3_vframe *f = &v->frame;
  for (int32_t i = 0; i < f->local_count; i++)
    if (verify_same(f->locals[i], before))
      f->locals[i] = after;
  for (int32_t i = 0; i < f->stack_count; i++)
    if (verify_same(f->stack[i], before))
      f->stack[i] = after;
  if (before.bits == J3_V_UNINITIALIZED_THIS)
    f->this_uninitialized = false;
  v->locals_version++;
}

static int32_t
frame_add_local(j3_vframe *f, int32_t n, j3_vtype a)
{
  f->locals[n++] = a;
  if (verify_is_first_half(a))
    f->locals[n++] = verify_second_half(a);
  return n;
}

/* The result keeps its narrow type, which the text of an error shows. */
static j3_vtype
frame_result(const char *p)
{
  static const struct {
    char letter;
    uint32_t type;
  } narrow[] = {{'Z', J3_V_BOOLEAN}, {'B', J3_V_BYTE}, {'S', J3_V_SHORT}, {'C', J3_V_CHAR}};
  if (*p == 'V')
    return verify_type(J3_V_TOP);
  for (size_t i = 0; i < VMK_COUNT(narrow); i++)
    if (*p == narrow[i].letter)
      return verify_type(narrow[i].type);
  return j3_verify_descriptor(p, &p);
}

void
j3_verify_enter(j3_verifier *v)
{
  const j3_method *m = v->method;
  j3_vframe *f = &v->frame;
  *f = (j3_vframe){.stack_mark = -1};
  f->locals = j3_verify_alloc(&v->method_memory, (m->max_locals + 1u) * sizeof *f->locals);
  f->stack = j3_verify_alloc(&v->method_memory, (m->max_stack + 1u) * sizeof *f->stack);
  for (int32_t i = 0; i < m->max_locals; i++)
    f->locals[i] = verify_type(J3_V_TOP);
  int32_t n = 0;
  if (!(m->flags & J3_STATIC)) {
    f->this_uninitialized =
        m->name == j3_verify_names()->init && m->class->name != j3_verify_names()->object;
    f->locals[n++] = f->this_uninitialized ? verify_type(J3_V_UNINITIALIZED_THIS) : v->this_type;
  }
  const char *p = m->descriptor->text + 1;
  while (*p != ')')
    n = frame_add_local(f, n, j3_verify_descriptor(p, &p));
  f->local_count = n;
  v->result = frame_result(p + 1);
  v->locals_version++;
}
