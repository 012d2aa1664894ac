/* verify_map.c -- StackMapTable (JVMS 4.7.4): the frames a class file declares, and matching against them
 *
 * All frames are expanded before the code is looked at.  Their offsets increase, so a target is found by
 * bisection.  Frames that only say "the same locals" share the array of the frame before; the first never
 * shares the current frame's, which changes.
 */
#include "verifier.h"

/* --- reading ---------------------------------------------------------------------------------------- */

enum {
  MAP_SAME_END = 64,
  MAP_ONE_END = 128,
  MAP_ONE_EXTENDED = 247,
  MAP_SAME_EXTENDED = 251,
  MAP_FULL = 255,
};

typedef struct map_reader {
  j3_verifier *v;
  const uint8_t *p, *end;
} map_reader;

static uint32_t
map_read(map_reader *r, uint32_t bytes)
{
  if ((size_t)(r->end - r->p) < bytes) {
    j3_verify_fail_map(r->v, "access beyond the end of attribute");
    return 0;
  }
  r->p += bytes;
  return bytes == 1 ? r->p[-1] : j3_u2(r->p - 2);
}

static j3_vtype
map_read_object(map_reader *r)
{
  uint32_t index = map_read(r, 2);
  const j3_pool *p = r->v->class->pool;
  if (index > 0 && index < p->count && p->tag[index] == J3_TAG_CLASS)
    return j3_verify_class_entry(r->v, (uint16_t)index);
  j3_verify_fail_map(r->v, "bad class index");
  return verify_type(J3_V_TOP);
}

static j3_vtype
map_read_uninitialized(map_reader *r)
{
  uint32_t bci = map_read(r, 2);
  if (bci < r->v->length && r->v->marks[bci] == J3_VMARK_NEW)
    return verify_type((uintptr_t)bci << 8 | J3_V_UNINITIALIZED);
  j3_verify_fail_format(r->v, "StackMapTable format error: bad offset for Uninitialized");
  return verify_type(J3_V_TOP);
}

/* this_uninitialized is set if that is the type; null for stacks. */
static j3_vtype
map_read_type(map_reader *r, bool *this_uninitialized)
{
  static const uint32_t simple[] = {J3_V_TOP,    J3_V_INT,  J3_V_FLOAT,
                                    J3_V_DOUBLE, J3_V_LONG, J3_V_NULL};
  uint32_t tag = map_read(r, 1);
  if (tag < VMK_COUNT(simple))
    return verify_type(simple[tag]);
  switch (tag) {
  case 6:
    if (this_uninitialized)
      *this_uninitialized = true;
    return verify_type(J3_V_UNINITIALIZED_THIS);
  case 7: return map_read_object(r);
  case 8: return map_read_uninitialized(r);
  default: j3_verify_fail_map(r->v, "bad verification type"); return verify_type(J3_V_TOP);
  }
}

/* `count` types onto the `n` there are: returns how many there are now. */
static int32_t
map_read_types(map_reader *r, uint32_t count, j3_vtype *types, int32_t n, bool *this_uninitialized)
{
  for (uint32_t i = 0; i < count; i++) {
    types[n] = map_read_type(r, this_uninitialized);
    if (verify_is_first_half(types[n])) {
      types[n + 1] = verify_second_half(types[n]);
      n++;
    }
    n++;
  }
  return n;
}

static bool
map_check_size(j3_verifier *v, int32_t size, int32_t most)
{
  if (v->error)
    return false;
  if (size >= 0 && size <= most)
    return true;
  return j3_verify_fail_format(v, "StackMapTable format error: bad type array size");
}

static j3_vtype *
map_new_types(j3_verifier *v, size_t count)
{
  return j3_verify_alloc(&v->method_memory, (count ? count : 1) * sizeof(j3_vtype));
}

/* The locals of the frame before: shared, unless it is the current frame. */
static j3_vtype *
map_same_locals(j3_verifier *v, const j3_vframe *before, bool is_first)
{
  if (!is_first)
    return before->locals;
  j3_vtype *locals = map_new_types(v, (size_t)before->local_count);
  memcpy(locals, before->locals, (size_t)before->local_count * sizeof *locals);
  return locals;
}

static bool
map_read_one(map_reader *r, j3_vframe *f)
{
  f->stack = map_new_types(r->v, 2);
  f->stack_count = map_read_types(r, 1, f->stack, 0, NULL);
  return map_check_size(r->v, f->stack_count, r->v->method->max_stack);
}

/* Locals left when the last `chops` go; negative: there are not so many. */
static int32_t
map_chopped(const j3_vframe *before, uint32_t chops)
{
  int32_t n = before->local_count;
  for (uint32_t i = 0; i < chops; i++) {
    if (n <= 0)
      return -1;
    n -= verify_is_second_half(before->locals[n - 1]) ? 2 : 1;
  }
  return n;
}

static bool
map_read_chop(map_reader *r, j3_vframe *f, const j3_vframe *before, uint32_t chops)
{
  f->local_count = map_chopped(before, chops);
  if (!map_check_size(r->v, f->local_count, r->v->method->max_locals))
    return false;
  f->this_uninitialized = false;
  for (int32_t i = 0; i < f->local_count; i++)
    f->this_uninitialized |= f->locals[i].bits == J3_V_UNINITIALIZED_THIS;
  return true;
}

static bool
map_read_append(map_reader *r, j3_vframe *f, const j3_vframe *before, uint32_t appends)
{
  f->locals = map_new_types(r->v, (size_t)before->local_count + 2 * appends);
  memcpy(f->locals, before->locals, (size_t)before->local_count * sizeof *f->locals);
  f->local_count =
      map_read_types(r, appends, f->locals, before->local_count, &f->this_uninitialized);
  return map_check_size(r->v, f->local_count, r->v->method->max_locals);
}

static bool
map_read_full(map_reader *r, j3_vframe *f)
{
  const j3_method *m = r->v->method;
  uint32_t count = map_read(r, 2);
  f->locals = map_new_types(r->v, 2 * (size_t)count);
  f->this_uninitialized = false;
  f->local_count = map_read_types(r, count, f->locals, 0, &f->this_uninitialized);
  if (!map_check_size(r->v, f->local_count, m->max_locals))
    return false;
  count = map_read(r, 2);
  f->stack = map_new_types(r->v, 2 * (size_t)count);
  f->stack_count = map_read_types(r, count, f->stack, 0, NULL);
  return map_check_size(r->v, f->stack_count, m->max_stack);
}

/* The frame after `before`; its offset, counted as the class file does, goes to f->bci. */
static bool
map_read_frame(map_reader *r, const j3_vframe *before, bool is_first, j3_vframe *f)
{
  uint32_t type = map_read(r, 1), delta = type;
  if (type >= MAP_SAME_END && type < MAP_ONE_END)
    delta = type - MAP_SAME_END;
  else if (type >= MAP_ONE_END)
    delta = map_read(r, 2);
  if (type >= MAP_ONE_END && type < MAP_ONE_EXTENDED)
    return j3_verify_fail_map(r->v, "reserved frame type");
  *f = (j3_vframe){.bci = is_first ? (int32_t)delta : before->bci + (int32_t)delta + 1,
                   .local_count = before->local_count,
                   .stack_mark = -1,
                   .this_uninitialized = before->this_uninitialized};
  bool has_own_locals = type > MAP_SAME_EXTENDED;
  if (!has_own_locals)
    f->locals = map_same_locals(r->v, before, is_first);
  if (type == MAP_FULL)
    return map_read_full(r, f);
  if (type > MAP_SAME_EXTENDED)
    return map_read_append(r, f, before, type - MAP_SAME_EXTENDED);
  if (type > MAP_ONE_EXTENDED && type < MAP_SAME_EXTENDED)
    return map_read_chop(r, f, before, MAP_SAME_EXTENDED - type);
  if (type >= MAP_SAME_END && type != MAP_SAME_EXTENDED)
    return map_read_one(r, f);
  return !r->v->error;
}

bool
j3_verify_read_map(j3_verifier *v)
{
  v->frames = NULL;
  v->frame_count = v->next_frame = 0;
  if (!v->map.data)
    return true;
  map_reader r = {v, v->map.data, v->map.data + v->map.length};
  uint32_t count = map_read(&r, 2);
  j3_vframe *frames = j3_verify_alloc(&v->method_memory, (count ? count : 1) * sizeof *frames);
  const j3_vframe *before = &v->frame;
  for (uint32_t i = 0; i < count && !v->error; i++) {
    j3_vframe *f = &frames[i];
    if (!map_read_frame(&r, before, i == 0, f))
      return false;
    if (f->bci >= (int32_t)v->length || !v->marks[f->bci])
      return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_BAD_MAP, 0, f),
                            "StackMapTable error: bad offset");
    before = f;
  }
  if (!v->error && r.p != r.end)
    j3_verify_fail_map(v, "wrong attribute size");
  v->frames = frames;
  v->frame_count = count;
  return !v->error;
}

/* --- matching --------------------------------------------------------------------------------------- */

static bool
map_bad_entry(j3_verifier *v, const j3_vframe *f, const j3_vframe *to, bool in_stack, int32_t i,
              j3_vcontext *why)
{
  *why = verify_bad_type(
      to->bci, j3_verify_source(v, in_stack ? J3_VORIGIN_STACK : J3_VORIGIN_LOCAL, (uint32_t)i, f),
      j3_verify_source(v, in_stack ? J3_VORIGIN_MAP_STACK : J3_VORIGIN_MAP_LOCAL, (uint32_t)i, to));
  return false;
}

static bool
map_bad_frames(j3_verifier *v, const j3_vframe *f, const j3_vframe *to, j3_vfault fault,
               int32_t bci, j3_vcontext *why)
{
  *why = verify_bad_frame(v, fault, bci, f);
  why->expected = j3_verify_source(v, J3_VORIGIN_FRAME, 0, to);
  return false;
}

/* False with nothing pending: *why says why not. */
static bool
map_is_assignable(j3_verifier *v, const j3_vframe *f, const j3_vframe *to, j3_vcontext *why)
    VMK_MOVES
{
  if (f->stack_count != to->stack_count)
    return map_bad_frames(v, f, to, J3_VFAULT_STACK_SIZE, f->bci, why);
  for (int32_t i = 0; i < to->local_count; i++)
    if (!verify_is_assignable(v, f->locals[i], to->locals[i]))
      return map_bad_entry(v, f, to, false, i, why);
  for (int32_t i = 0; i < f->stack_count; i++)
    if (!verify_is_assignable(v, f->stack[i], to->stack[i]))
      return map_bad_entry(v, f, to, true, i, why);
  if (f->this_uninitialized && !to->this_uninitialized)
    return map_bad_frames(v, f, to, J3_VFAULT_FLAGS, to->bci, why);
  return true;
}

static const j3_vframe *
map_find(const j3_verifier *v, int32_t bci)
{
  uint32_t low = 0, high = v->frame_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (v->frames[middle].bci < bci)
      low = middle + 1;
    else
      high = middle;
  }
  return low < v->frame_count && v->frames[low].bci == bci ? &v->frames[low] : NULL;
}

/* The frame f leads to target, whose declared frame must take it. */
static bool
map_match(j3_verifier *v, const j3_vframe *f, int32_t target, j3_vcontext *why) VMK_MOVES
{
  const j3_vframe *to = map_find(v, target);
  if (to)
    return map_is_assignable(v, f, to, why);
  *why = (j3_vcontext){.fault = J3_VFAULT_NO_MAP, .bci = (uint16_t)f->bci};
  return j3_verify_fail(v, *why, "Expecting a stackmap frame at branch target %d", target);
}

static void
map_become(j3_verifier *v, const j3_vframe *from)
{
  j3_vframe *f = &v->frame;
  for (int32_t i = from->local_count; i < f->local_count; i++)
    f->locals[i] = verify_type(J3_V_TOP);
  memcpy(f->locals, from->locals, (size_t)from->local_count * sizeof *f->locals);
  if (from->stack_count)
    memcpy(f->stack, from->stack, (size_t)from->stack_count * sizeof *f->stack);
  f->local_count = from->local_count;
  f->stack_count = f->stack_mark = from->stack_count;
  f->this_uninitialized = from->this_uninitialized;
  v->locals_version++;
}

bool
j3_verify_arrive(j3_verifier *v, uint32_t bci, bool falls) VMK_MOVES
{
  v->frame.bci = (int32_t)bci;
  v->frame.stack_mark = v->frame.stack_count;
  if (v->next_frame >= v->frame_count)
    return falls || j3_verify_fail(v, verify_bad_code(bci), "Expecting a stack map frame");
  const j3_vframe *to = &v->frames[v->next_frame];
  if (to->bci > (int32_t)bci)
    return falls ||
           j3_verify_fail(v, (j3_vcontext){.fault = J3_VFAULT_NO_MAP, .bci = (uint16_t)bci},
                          "Expecting a stack map frame");
  if (to->bci < (int32_t)bci)
    return j3_verify_fail_format(v, "Bad stack map offset %d", to->bci);
  j3_vcontext why = {0};
  if (falls && !map_is_assignable(v, &v->frame, to, &why))
    return !vmk_pending(v->thread) &&
           j3_verify_fail(v, why, "Instruction type does not match stack map");
  map_become(v, to);
  v->next_frame++;
  return true;
}

bool
j3_verify_jump(j3_verifier *v, uint32_t bci, int32_t offset) VMK_MOVES
{
  enum { MOST = 65535 };
  if (offset < -MOST || offset > MOST)
    return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_BAD_MAP, 0, &v->frame),
                          "Illegal target of jump or branch (bci %d + offset %d)", (int)bci,
                          offset);
  int32_t target = (int32_t)bci + offset;
  j3_vcontext why = {0};
  if (map_match(v, &v->frame, target, &why))
    return true;
  return !vmk_pending(v->thread) && !v->error &&
         j3_verify_fail(v, why, "Inconsistent stackmap frames at branch target %d", target);
}

/* --- handlers --------------------------------------------------------------------------------------- */

static bool
map_match_handler(j3_verifier *v, const j3_vhandler *h, bool this_uninitialized) VMK_MOVES
{
  j3_vtype stack[1] = {h->catch_type};
  j3_vframe f = v->frame;
  f.stack = stack;
  f.stack_count = 0;
  f.stack_mark = -1;
  f.this_uninitialized |= this_uninitialized;
  if (v->method->max_stack == 0)
    return j3_verify_fail(v, verify_bad_frame(v, J3_VFAULT_OVERFLOW, f.bci, &f),
                          "Operand stack overflow");
  f.stack_count = 1;
  j3_vcontext why = {0};
  if (map_match(v, &f, (int32_t)h->target, &why))
    return true;
  return !vmk_pending(v->thread) && !v->error &&
         j3_verify_fail(v, why, "Stack map does not match the one at exception handler %u",
                        h->target);
}

bool
j3_verify_handlers(j3_verifier *v, uint32_t bci, bool this_uninitialized) VMK_MOVES
{
  for (uint32_t i = 0; i < v->handler_count; i++) {
    j3_vhandler *h = &v->handlers[i];
    if (bci < h->begin || bci >= h->end || (h->checked == v->locals_version && !this_uninitialized))
      continue;
    if (verify_is_settled(v))
      return true;
    if (!map_match_handler(v, h, this_uninitialized))
      return false;
    h->checked = v->locals_version;
  }
  return true;
}
