/* fuzz_tiers.c -- random typed functions: every tier, and every way from one to the other, must agree
 *
 *     fuzz_tiers                    fixed seeds, some seconds (the test suite)
 *     fuzz_tiers SEED FUNCTIONS     others; a difference prints the seed, the modes, and the code
 *
 * A program is eight functions of one signature that call later ones, made while they are emitted: only
 * the seed decides what they are, so each mode's vm builds the same.  The last four are small, without
 * loops and handlers, so that tier 1 inlines them, also in one another.  The others compute, loop, switch,
 * allocate, link objects, read and write fields, elements and through interior pointers, exchange
 * atomically, trap, throw, catch, lock, and call directly, virtually, by interface, by pointer and in
 * tail position; some instructions are sites that are linked when they first run.  The functions
 * share a fuel counter, so that every program ends.  What is compared: the result or exception, and
 * all that can be reached from the roots.  Tier 0 itself is checked against plain C by fuzz_ir.c.
 */
#include "rt_fixture.h"

enum {
  FUZZ_LARGE = 4,
  FUZZ_FUNCTIONS = 8,
  FUZZ_REGS = 4, /* of each type */
  FUZZ_INTS = 8, /* elements of the shared int array; the first is the fuel */
  FUZZ_FUEL = 60,
  FUZZ_BATCH = 100, /* programs for one vm */
  FUZZ_RESULTS = 3, /* words to compare, for each call */
  FUZZ_CALLS = 4,   /* of each program: enough for thresholds to be passed */
};

static const char *const fuzz_modes[] = {
    "tiers=0",
    "tier1.calls=1",
    "tier1.calls=2,tier1.loops=3",
    "tier1.calls=3,tier1.loops=20,profile",
    "tier1.calls=1,tier1.switch",
    "tier1.calls=2,tier1.loops=3,tier1.pins=always",
    "tier1.calls=2,tier1.leave=3",
    "tier1.calls=1,tier1.code=64k", /* full before long */
    "tier1.calls=2,tier1.pins=always,gc.move-always",
    "tier1.calls=1,tier1.pins=always,thread.poll-always,profile",
    "tier1.calls=2,tier1.pins=off,gc.move-always",
    "tier1.calls=2,tier1.pins=always,tier1.switch,tier1.leave=7,gc.move-always",
};

/* Types by the index of their registers. */
enum { I, L, F, D, R, P, FUZZ_TYPES };
static const vmk_type type_of[FUZZ_TYPES] = {VMK_TYPE_I32, VMK_TYPE_I64, VMK_TYPE_F32,
                                             VMK_TYPE_F64, VMK_TYPE_REF, VMK_TYPE_PTR};

typedef struct program {
  rt *r;
  uint64_t seed;
  vmk_kind *boxes; /* array of boxes, stores are checked */
  vmk_handle ints; /* global: shared array */
  vmk_handle root; /* global: a box */
  vmk_function *functions[FUZZ_FUNCTIONS];
  vmk_function *interface;
  vmk_function *vtable[FUZZ_FUNCTIONS]; /* of boxes; the last but one is overridden by the last */
} program;

typedef struct build {
  program *p;
  uint64_t random;
  uint32_t number; /* of the function */
  vmk_builder *b;
  vmk_reg regs[FUZZ_TYPES][FUZZ_REGS];
  vmk_reg ints, root, index;
} build;

/* --- choices ------------------------------------------------------------------------------------------- */

static uint32_t
pick(build *x, uint32_t n)
{
  x->random = x->random * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(x->random >> 33) % n;
}

static vmk_reg
pick_reg(build *x, int type)
{
  return x->regs[type][pick(x, FUZZ_REGS)];
}

static int32_t
pick_int(build *x)
{
  static const int32_t special[] = {0,    1,    -1,    2,         7,         127,    128,
                                    -128, -129, 65535, INT32_MAX, INT32_MIN, 1 << 20};
  return pick(x, 3) ? (int32_t)pick(x, 20) - 8 : special[pick(x, VMK_COUNT(special))];
}

/* --- instructions -------------------------------------------------------------------------------------- */

typedef struct row {
  uint16_t op;
  int8_t a, b, c; /* types; c -1: unary */
} row;

static const row rows[] = {
#define INTS(name)                \
  {VMK_OP_##name##_i32, I, I, I}, \
  {                               \
    VMK_OP_##name##_i64, L, L, L  \
  }
    INTS(add),
    INTS(sub),
    INTS(mul),
    INTS(div),
    INTS(rem),
    INTS(and),
    INTS(or),
    INTS(xor),
    INTS(udiv),
    INTS(add_ovf),
    INTS(sub_ovf),
    INTS(mul_ovf),
#undef INTS
    {VMK_OP_shl_i32, I, I, I},
    {VMK_OP_shr_i32, I, I, I},
    {VMK_OP_ushr_i32, I, I, I},
    {VMK_OP_shl_i64, L, L, I},
    {VMK_OP_shr_i64, L, L, I},
    {VMK_OP_ushr_i64, L, L, I},
    {VMK_OP_neg_i32, I, I, -1},
    {VMK_OP_neg_i64, L, L, -1},
    {VMK_OP_neg_f64, D, D, -1},
    {VMK_OP_add_f64, D, D, D},
    {VMK_OP_sub_f64, D, D, D},
    {VMK_OP_mul_f64, D, D, D},
    {VMK_OP_div_f64, D, D, D},
    {VMK_OP_rem_f64, D, D, D},
    {VMK_OP_sqrt_f64, D, D, -1},
    {VMK_OP_add_f32, F, F, F},
    {VMK_OP_mul_f32, F, F, F},
    {VMK_OP_div_f32, F, F, F},
    {VMK_OP_rem_f32, F, F, F},
    {VMK_OP_neg_f32, F, F, -1},
    {VMK_OP_floor_f64, D, D, -1},
    {VMK_OP_i32_to_i64, L, I, -1},
    {VMK_OP_i64_to_i32, I, L, -1},
    {VMK_OP_i32_to_f64, D, I, -1},
    {VMK_OP_i64_to_f64, D, L, -1},
    {VMK_OP_f64_to_i32_sat, I, D, -1},
    {VMK_OP_f64_to_i64_sat, L, D, -1},
    {VMK_OP_f64_to_u64, L, D, -1},
    {VMK_OP_u64_to_f64, D, L, -1},
    {VMK_OP_f64_to_f32, F, D, -1},
    {VMK_OP_f32_to_f64, D, F, -1},
    {VMK_OP_i32_to_f32, F, I, -1},
    {VMK_OP_cmp_i64, I, L, L},
    {VMK_OP_cmpl_f64, I, D, D},
    {VMK_OP_cmpg_f32, I, F, F},
    {VMK_OP_ult_i64, I, L, L},
    {VMK_OP_sext8_i32, I, I, -1},
    {VMK_OP_bswap_i64, L, L, -1},
    {VMK_OP_popcount_i64, I, L, -1},
    {VMK_OP_clz_i64, I, L, -1},
    {VMK_OP_mulhi_i64, L, L, L},
    {VMK_OP_umulhi_i64, L, L, L},
    {VMK_OP_rotl_i64, L, L, I},
    {VMK_OP_i64_to_i32_ovf, I, L, -1},
    {VMK_OP_bits_f64_i64, L, D, -1},
    {VMK_OP_bits_i64_f64, D, L, -1},
};
static const row branches[] = {
    {VMK_OP_br_eq_i32, I, I, -1},  {VMK_OP_br_lt_i32, I, I, -1},  {VMK_OP_br_ge_i32, I, I, -1},
    {VMK_OP_br_ult_i32, I, I, -1}, {VMK_OP_br_lt_i64, L, L, -1},  {VMK_OP_br_uge_i64, L, L, -1},
    {VMK_OP_br_lt_f64, D, D, -1},  {VMK_OP_br_nlt_f64, D, D, -1}, {VMK_OP_br_ne_f64, D, D, -1},
    {VMK_OP_br_eq_f32, F, F, -1},  {VMK_OP_br_nge_f32, F, F, -1}, {VMK_OP_br_eq_ref, R, R, -1},
};

static void
emit_row(build *x)
{
  const row *r = &rows[pick(x, VMK_COUNT(rows))];
  vmk_reg a = pick_reg(x, r->a), b = pick_reg(x, r->b);
  if (r->c < 0)
    vmk_emit_rr(x->b, (vmk_op)r->op, a, b);
  else if ((r->c == I || r->c == L) && r->op < VMK_OP_not_i32 && pick(x, 3) == 0)
    vmk_emit_rri(x->b, (vmk_op)r->op, a, b, pick(x, 3) ? pick_int(x) | 1 : 1 << pick(x, 7));
  else
    vmk_emit_rrr(x->b, (vmk_op)r->op, a, b, pick_reg(x, r->c));
}

static void
emit_constant(build *x)
{
  switch (pick(x, 6)) {
  case I: vmk_emit_const_i32(x->b, pick_reg(x, I), pick_int(x)); return;
  case L:
    vmk_emit_const_i64(x->b, pick_reg(x, L), (int64_t)((uint64_t)pick_int(x) << pick(x, 32)));
    return;
  case F: vmk_emit_const_f32(x->b, pick_reg(x, F), (float)pick_int(x) / 4); return;
  case D: vmk_emit_const_f64(x->b, pick_reg(x, D), (double)pick_int(x) / 8); return;
  case R: vmk_emit_const_null(x->b, pick_reg(x, R)); return;
  default: {
    int type = (int)pick(x, FUZZ_TYPES);
    vmk_reg from = pick_reg(x, type);
    vmk_emit_move(x->b, pick_reg(x, type), from);
  }
  }
}

/* index = an int register, brought near the bounds. */
static vmk_reg
emit_index(build *x)
{
  vmk_emit_rri(x->b, VMK_OP_and_i32, x->index, pick_reg(x, I), pick(x, 12) ? FUZZ_INTS - 1 : -1);
  return x->index;
}

/* Boxes in R registers; arrays come and go, and are caught by the checks of their kind. */
static void
emit_heap(build *x)
{
  vmk_builder *b = x->b;
  rt *r = x->p->r;
  vmk_reg object = pick_reg(x, R), array;
  switch (pick(x, 13)) {
  case 0: vmk_emit_new(b, object, r->box); return;
  case 1: vmk_emit_site(b, VMK_SITE_NEW, VMK_TYPE_REF, 0, 0, 0, object, NULL, 0, NULL); return;
  case 2: vmk_emit_load_field(b, VMK_TYPE_I32, pick_reg(x, I), object, RT_CODE); return;
  case 3: vmk_emit_store_field(b, VMK_TYPE_I32, object, RT_CODE, pick_reg(x, I)); return;
  case 4: vmk_emit_load_field(b, VMK_TYPE_REF, pick_reg(x, R), object, RT_NEXT); return;
  case 5: vmk_emit_store_field(b, VMK_TYPE_REF, x->root, RT_NEXT, object); return;
  case 6: vmk_emit_store_field(b, VMK_TYPE_REF, object, RT_NEXT, pick_reg(x, R)); return;
  case 7: vmk_emit_load_elem(b, VMK_TYPE_I32, pick_reg(x, I), x->ints, emit_index(x)); return;
  case 8:
    vmk_emit_rri(b, VMK_OP_or_i32, x->index, emit_index(x), 1); /* not the fuel */
    vmk_emit_store_elem(b, VMK_TYPE_I32, x->ints, x->index, pick_reg(x, I));
    return;
  case 9: vmk_emit_load_field_volatile(b, VMK_TYPE_I32, pick_reg(x, I), object, RT_CODE); return;
  case 10:
    vmk_emit_site(b, VMK_SITE_LOAD_FIELD, VMK_TYPE_I32, 0, 0, 0, pick_reg(x, I), &object, 1, NULL);
    return;
  case 11: vmk_emit_rr(b, VMK_OP_array_length, pick_reg(x, I), x->ints); return;
  default:
    array = vmk_build_register(b, VMK_TYPE_REF);
    vmk_emit_rri(b, VMK_OP_and_i32, x->index, pick_reg(x, I), pick(x, 12) ? 3 : -1);
    vmk_emit_new_array(b, array, pick(x, 2) ? x->p->boxes : r->refs, x->index);
    vmk_emit_store_elem(b, VMK_TYPE_REF, array, emit_index(x), pick(x, 4) ? object : x->ints);
    vmk_emit_load_elem(b, VMK_TYPE_REF, array, array, x->index);
    vmk_emit_monitor(b, true, object);
    vmk_emit_monitor(b, false, object);
  }
}

static void
emit_pointer(build *x)
{
  vmk_builder *b = x->b;
  vmk_reg p = pick_reg(x, P);
  switch (pick(x, 8)) {
  case 0: vmk_emit_rri(b, VMK_OP_field_address, p, pick_reg(x, R), RT_CODE); return;
  case 1:
    vmk_emit_rri(b, VMK_OP_or_i32, x->index, emit_index(x), 1);
    vmk_emit_rrri(b, VMK_OP_elem_address, p, x->ints, x->index, 4);
    return;
  case 2: vmk_emit_load_ptr(b, VMK_TYPE_I32, pick_reg(x, I), p, 0); return;
  case 3: vmk_emit_store_ptr(b, VMK_TYPE_I32, p, 0, pick_reg(x, I)); return;
  case 4: vmk_emit_load_ptr(b, VMK_TYPE_I8, pick_reg(x, I), p, (int32_t)pick(x, 4)); return;
  case 5: vmk_emit_rrr(b, VMK_OP_fetch_add_i32, pick_reg(x, I), p, pick_reg(x, I)); return;
  case 6: vmk_emit_rrr(b, VMK_OP_xchg_i32, pick_reg(x, I), p, pick_reg(x, I)); return;
  default: vmk_emit_rrr(b, VMK_OP_cas_i32, pick_reg(x, I), p, pick_reg(x, I)); return;
  }
}

static uint64_t
fuzz_leaf(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  (void)t, (void)c, (void)d;
  return (k + a) * 31 + b;
}

static void
emit_call(build *x)
{
  vmk_builder *b = x->b;
  vmk_reg args[] = {pick_reg(x, R), pick_reg(x, I), pick_reg(x, L), pick_reg(x, D)};
  vmk_reg to = pick(x, 4) ? pick_reg(x, L) : VMK_NO_REG, leaf[] = {pick_reg(x, L), pick_reg(x, L)};
  bool large = x->number < FUZZ_LARGE;
  uint32_t callee = x->number + 1 + pick(x, large ? FUZZ_FUNCTIONS - 1 : 2);
  if (callee >= FUZZ_FUNCTIONS) {
    vmk_emit_leaf(b, pick_reg(x, L), fuzz_leaf, pick(x, 100), leaf, 2);
    return;
  }
  vmk_function *f = x->p->functions[callee];
  switch (pick(x, large ? 7 : 2)) {
  case 0: vmk_emit_call_special(b, to, f, args, 4); return;
  case 1:
    args[0] = pick(x, 5) ? x->root : args[0];
    vmk_emit_site(b, VMK_SITE_CALL, VMK_TYPE_I64, callee, pick(x, 3), 0, to, args, 4, f->signature);
    return;
  case 2:
    if (large) { /* the implementation is the last function */
      vmk_emit_call_interface(b, to, x->p->interface, args, 4);
      return;
    }
    __attribute__((fallthrough));
  case 3: {
    vmk_reg target = vmk_build_register(b, VMK_TYPE_PTR);
    vmk_emit_const_ptr(b, target, f);
    vmk_emit_call_indirect(b, to, target, f->signature, args, 4);
    return;
  }
  case 4: vmk_emit_call_virtual(b, to, callee, f->signature, (args[0] = x->root, args), 4); return;
  default: vmk_emit_call(b, to, f, args, 4); return;
  }
}

/* --- structure ----------------------------------------------------------------------------------------- */

static void emit_block(build *x, uint32_t depth);

/* Sometimes its beginning is jumped to from above, it is left in the middle, or has two ways back. */
static void
emit_loop(build *x, uint32_t depth)
{
  vmk_builder *b = x->b;
  vmk_reg i = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label again = vmk_build_label(b), end = vmk_build_label(b);
  vmk_emit_const_i32(b, i, (int32_t)pick(x, 9));
  if (pick(x, 3) == 0) {
    vmk_emit_branch2i(b, VMK_OP_br_gt_i32, pick_reg(x, I), pick_int(x), again);
    emit_row(x);
  }
  vmk_build_bind(b, again);
  emit_block(x, depth + 1);
  if (pick(x, 3) == 0)
    vmk_emit_branch2i(b, VMK_OP_br_lt_i32, pick_reg(x, I), pick_int(x), end);
  vmk_emit_rri(b, VMK_OP_add_i32, i, i, -1);
  if (pick(x, 3) == 0) {
    vmk_emit_branch2i(b, VMK_OP_br_gt_i32, i, (int32_t)pick(x, 4), again);
    emit_block(x, depth + 1);
    vmk_emit_rri(b, VMK_OP_add_i32, i, i, -1);
  }
  vmk_emit_branch2i(b, VMK_OP_br_gt_i32, i, 0, again);
  vmk_build_bind(b, end);
}

static void
emit_if(build *x, uint32_t depth)
{
  vmk_builder *b = x->b;
  vmk_label other = vmk_build_label(b), end = vmk_build_label(b);
  const row *r = &branches[pick(x, VMK_COUNT(branches))];
  if (pick(x, 6) == 0) {
    vmk_reg leaf[] = {pick_reg(x, L), pick_reg(x, L)};
    vmk_emit_leaf_branch(b, fuzz_leaf, pick(x, 100), leaf, 2, other);
  } else if (pick(x, 5) == 0) {
    vmk_emit_branch1(b, pick(x, 2) ? VMK_OP_br_null : VMK_OP_br_nonnull, pick_reg(x, R), other);
  } else if (r->a == I && pick(x, 2)) {
    vmk_emit_branch2i(b, (vmk_op)r->op, pick_reg(x, I), pick_int(x), other);
  } else {
    vmk_emit_branch2(b, (vmk_op)r->op, pick_reg(x, r->a), pick_reg(x, r->b), other);
  }
  emit_block(x, depth + 1);
  vmk_emit_jump(b, end);
  vmk_build_bind(b, other);
  if (pick(x, 2))
    emit_block(x, depth + 1);
  vmk_build_bind(b, end);
}

static void
emit_switch(build *x, uint32_t depth)
{
  vmk_builder *b = x->b;
  vmk_label labels[3], end = vmk_build_label(b);
  static const int32_t keys[3] = {-5, 0, 7};
  for (int k = 0; k < 3; k++)
    labels[k] = vmk_build_label(b);
  if (pick(x, 2))
    vmk_emit_switch(b, pick_reg(x, I), (int32_t)pick(x, 4) - 2, labels, 3, end);
  else
    vmk_emit_lookup(b, pick_reg(x, I), keys, labels, 3, end);
  for (int k = 0; k < 3; k++) {
    vmk_build_bind(b, labels[k]);
    emit_block(x, depth + 2);
    if (pick(x, 3))
      vmk_emit_jump(b, end);
  }
  vmk_build_bind(b, end);
}

/* try { block; perhaps throw } catch (all, or one trap) */
static void
emit_try(build *x, uint32_t depth)
{
  static const uint32_t tokens[] = {VMK_CATCH_ALL, VMK_CATCH_ALL, 1000 + VMK_TRAP_NULL,
                                    1000 + VMK_TRAP_DIV_ZERO, 1000 + VMK_TRAP_BOUNDS};
  vmk_builder *b = x->b;
  vmk_label begin = vmk_build_label(b), end = vmk_build_label(b), handler = vmk_build_label(b),
            after = vmk_build_label(b);
  vmk_reg exception = pick_reg(x, R);
  vmk_build_bind(b, begin);
  emit_block(x, depth + 1);
  if (pick(x, 4) == 0) {
    vmk_label around = vmk_build_label(b);
    vmk_emit_branch2i(b, VMK_OP_br_lt_i32, pick_reg(x, I), pick_int(x), around);
    vmk_emit_r(b, VMK_OP_throw, pick_reg(x, R));
    vmk_build_bind(b, around);
  }
  vmk_build_bind(b, end);
  vmk_emit_jump(b, after);
  vmk_build_bind(b, handler);
  vmk_emit_load_field(b, VMK_TYPE_I32, pick_reg(x, I), exception, RT_CODE);
  vmk_build_bind(b, after);
  vmk_build_handler(b, begin, end, handler, tokens[pick(x, VMK_COUNT(tokens))], exception);
}

static void
emit_block(build *x, uint32_t depth)
{
  uint32_t count = 1 + pick(x, depth ? 6 : 12);
  for (uint32_t k = 0; k < count; k++) {
    uint32_t what = pick(x, depth < 3 ? 32 : 24);
    if (what < 10)
      emit_row(x);
    else if (what < 13)
      emit_constant(x);
    else if (what < 19)
      emit_heap(x);
    else if (what < 22)
      emit_pointer(x);
    else if (what < 24)
      emit_call(x);
    else if (what < 26)
      emit_loop(x, depth);
    else if (what < 29)
      emit_if(x, depth);
    else if (what < 30)
      emit_switch(x, depth);
    else
      emit_try(x, depth);
  }
}

/* Straight but for ifs; a call of what is not inlined keeps all of it from being inlined. */
static void
emit_small_block(build *x, uint32_t depth)
{
  uint32_t count = 1 + pick(x, 3);
  for (uint32_t k = 0; k < count; k++) {
    uint32_t what = pick(x, depth ? 10 : 13);
    if (what < 4)
      emit_row(x);
    else if (what < 5)
      emit_constant(x);
    else if (what < 8)
      emit_heap(x);
    else if (what < 10)
      emit_call(x);
    else {
      vmk_label other = vmk_build_label(x->b);
      const row *r = &branches[pick(x, VMK_COUNT(branches))];
      vmk_emit_branch2(x->b, (vmk_op)r->op, pick_reg(x, r->a), pick_reg(x, r->b), other);
      emit_small_block(x, depth + 1);
      if (pick(x, 3) == 0)
        vmk_emit_r(x->b, VMK_OP_ret_i64, pick_reg(x, L));
      vmk_build_bind(x->b, other);
    }
  }
}

/* --- functions: i64 f(ref, i32, i64, f64) ------------------------------------------------------------ */

static void
emit_start(build *x)
{
  vmk_builder *b = x->b;
  static const int parameter[FUZZ_TYPES] = {[R] = 0, [I] = 1, [L] = 2, [D] = 3, [F] = -1, [P] = -1};
  for (int t = 0; t < FUZZ_TYPES; t++)
    for (int k = 0; k < FUZZ_REGS; k++) {
      bool is_parameter = k == 0 && parameter[t] >= 0;
      x->regs[t][k] = is_parameter ? vmk_build_parameter(b, (uint32_t)parameter[t])
                                   : vmk_build_register(b, type_of[t]);
    }
  x->ints = vmk_build_register(b, VMK_TYPE_REF);
  x->root = vmk_build_register(b, VMK_TYPE_REF);
  x->index = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_ref(b, x->ints, x->p->ints);
  vmk_emit_const_ref(b, x->root, x->p->root);
  for (int k = 1; k < FUZZ_REGS; k++) {
    vmk_emit_const_i32(b, x->regs[I][k], k * 3);
    vmk_emit_const_i64(b, x->regs[L][k], k - 2);
    vmk_emit_const_f64(b, x->regs[D][k], k / 2.0);
    vmk_emit_move(b, x->regs[R][k], k == 1 ? x->regs[R][0] : x->root);
  }
  for (int k = 0; k < FUZZ_REGS; k++) {
    vmk_emit_const_f32(b, x->regs[F][k], (float)k);
    vmk_emit_rri(b, VMK_OP_field_address, x->regs[P][k], x->root, RT_CODE);
  }
}

/* Few registers, so that the function stays small. */
static void
emit_small_start(build *x)
{
  vmk_builder *b = x->b;
  static const int parameter[FUZZ_TYPES] = {[R] = 0, [I] = 1, [L] = 2, [D] = 3};
  vmk_reg f32 = vmk_build_register(b, VMK_TYPE_F32), i32 = vmk_build_register(b, VMK_TYPE_I32);
  for (int t = 0; t < FUZZ_TYPES; t++)
    for (int k = 0; k < FUZZ_REGS && t != F && t != P; k++)
      x->regs[t][k] = vmk_build_parameter(b, (uint32_t)parameter[t]);
  for (int k = 0; k < FUZZ_REGS; k++)
    x->regs[F][k] = f32;
  x->regs[I][FUZZ_REGS - 1] = i32;
  x->ints = vmk_build_register(b, VMK_TYPE_REF);
  x->root = vmk_build_register(b, VMK_TYPE_REF);
  x->index = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_f32(b, f32, 2.5f);
  vmk_emit_const_i32(b, i32, pick_int(x));
  vmk_emit_const_ref(b, x->ints, x->p->ints);
  vmk_emit_const_ref(b, x->root, x->p->root);
}

static void
emit_fuel(build *x)
{
  vmk_builder *b = x->b;
  vmk_reg fuel = vmk_build_register(b, VMK_TYPE_I32);
  vmk_label enough = vmk_build_label(b);
  vmk_emit_const_i32(b, x->index, 0);
  vmk_emit_load_elem(b, VMK_TYPE_I32, fuel, x->ints, x->index);
  vmk_emit_rri(b, VMK_OP_add_i32, fuel, fuel, -1);
  vmk_emit_store_elem(b, VMK_TYPE_I32, x->ints, x->index, fuel);
  vmk_emit_branch2i(b, VMK_OP_br_gt_i32, fuel, 0, enough);
  vmk_emit_r(b, VMK_OP_ret_i64, x->regs[L][1]);
  vmk_build_bind(b, enough);
}

static void
emit_result(build *x)
{
  vmk_builder *b = x->b;
  vmk_reg sum = x->regs[L][0], wide = vmk_build_register(b, VMK_TYPE_I64);
  for (int k = 0; k < FUZZ_REGS; k++) {
    vmk_label is_nan = vmk_build_label(b);
    vmk_emit_rri(b, VMK_OP_mul_i64, sum, sum, 31);
    vmk_emit_rrr(b, VMK_OP_xor_i64, sum, sum, x->regs[L][k]);
    vmk_emit_rr(b, VMK_OP_i32_to_i64, wide, x->regs[I][k]);
    vmk_emit_rrr(b, VMK_OP_add_i64, sum, sum, wide);
    vmk_emit_branch2(b, VMK_OP_br_ne_f64, x->regs[D][k], x->regs[D][k], is_nan);
    vmk_emit_rr(b, VMK_OP_bits_f64_i64, wide, x->regs[D][k]);
    vmk_emit_rrr(b, VMK_OP_add_i64, sum, sum, wide);
    vmk_build_bind(b, is_nan);
  }
  if (x->number + 1 < FUZZ_FUNCTIONS && pick(x, 4) == 0) {
    vmk_reg args[] = {x->regs[R][1], x->regs[I][1], sum, x->regs[D][1]};
    vmk_emit_tail_call(b, x->p->functions[x->number + 1], args, 4);
  } else {
    vmk_emit_r(b, VMK_OP_ret_i64, sum);
  }
}

static void
build_function(vmk_builder *b, vmk_function *f, void *data)
{
  program *p = data;
  build x = {.p = p, .b = b};
  while (p->functions[x.number] != f)
    x.number++;
  x.random = (p->seed * FUZZ_FUNCTIONS + x.number) * 0x9e3779b97f4a7c15u + 1;
  if (x.number >= FUZZ_LARGE) {
    emit_small_start(&x);
    emit_small_block(&x, 0);
    vmk_emit_r(b, VMK_OP_ret_i64, pick_reg(&x, L));
    return;
  }
  emit_start(&x);
  emit_fuel(&x);
  emit_block(&x, 0);
  emit_result(&x);
}

/* --- running ------------------------------------------------------------------------------------------- */

static program *fuzz_program; /* of the vm that runs */

static vmk_link_result
fuzz_link(rt *r, vmk_thread *t, vmk_function *f, vmk_site *site)
{
  (void)t, (void)f;
  static int turn;
  vmk_function *target = fuzz_program->functions[site->token % FUZZ_FUNCTIONS];
  switch ((int)site->kind) {
  case VMK_SITE_NEW: vmk_site_set_kind(site, r->box); break;
  case VMK_SITE_LOAD_FIELD: vmk_site_set_offset(site, RT_CODE); break;
  case VMK_SITE_CALL:
    if (site->flags == 2)
      vmk_site_set_call_virtual(site, site->token);
    else if (site->flags)
      vmk_site_set_call_special(site, target);
    else
      vmk_site_set_call(site, target);
    break;
  default: fail_msg("site kind %u", site->kind);
  }
  return ++turn % 3 ? VMK_LINK_QUICK : VMK_LINK_ONCE;
}

static vmk_function *
fuzz_dispatch(rt *r, vmk_thread *t, vmk_function *target, vmk_kind *kind)
{
  (void)r, (void)t, (void)target, (void)kind;
  return fuzz_program->functions[FUZZ_FUNCTIONS - 1];
}

/* The chain of boxes from the root, and the ints. */
static uint64_t
fuzz_state(program *p)
{
  uint64_t sum = 0;
  for (int k = 1; k < FUZZ_INTS; k++)
    sum = sum * 31 + (uint32_t)((int32_t *)vmk_array_data(p->ints))[k];
  vmk_ref box = p->root->ref;
  for (int k = 0; k < 20 && box; k++) {
    if (vmk_kind_of(box) != p->r->box)
      return sum * 31 + 5;
    sum = sum * 31 + *(uint32_t *)((char *)box + RT_CODE);
    box = vmk_load_ref(box, RT_NEXT);
  }
  return sum;
}

static void
run_program(program *p, uint64_t seed, uint64_t *results)
{
  vmk_thread *t = p->r->t;
  p->seed = seed;
  for (int k = 0; k < FUZZ_FUNCTIONS; k++)
    p->vtable[k] = p->functions[k] = rt_function(p->r, "fuzz", "lrild", build_function, p);
  p->vtable[FUZZ_FUNCTIONS - 2] = p->functions[FUZZ_FUNCTIONS - 1];
  p->interface = rt_function(p->r, "interface", "lrild", NULL, NULL);
  memset(vmk_array_data(p->ints), 0, FUZZ_INTS * 4);
  vmk_set_ref(t, p->root, RT_NEXT, vmk_local_null(t));
  vmk_set_i32(p->root, RT_CODE, 0);
  for (int call = 0; call < FUZZ_CALLS; call++) {
    int32_t exception;
    vmk_value values[] = {
        {.ref = p->root}, {.i32 = call * 7 - 3}, {.i64 = call}, {.f64 = call / 4.0}};
    *(int32_t *)vmk_array_data(p->ints) = FUZZ_FUEL;
    vmk_value v = rt_call(p->r, p->functions[0], values, &exception);
    results[0] = exception ? 0 : (uint64_t)v.i64;
    results[1] = (uint64_t)exception;
    results[2] = fuzz_state(p);
    results += FUZZ_RESULTS;
  }
}

enum { PROGRAM_RESULTS = FUZZ_RESULTS * FUZZ_CALLS };

static void
run_batch(const char *mode, uint64_t seed, uint64_t count, uint64_t *results, bool print)
{
  program *p = calloc(1, sizeof *p);
  fuzz_program = p;
  p->r = rt_start(mode);
  p->r->link = fuzz_link;
  p->r->dispatch = fuzz_dispatch;
  p->r->box->vtable = p->vtable;
  p->r->box->vtable_length = FUZZ_FUNCTIONS;
  p->boxes = rt_kind(p->r, VMK_SHAPE_ARRAY_REF);
  p->boxes->element_shift = p->r->refs->element_shift;
  p->boxes->element = p->r->box;
  p->ints = vmk_global_new(p->r->t, vmk_new_array(p->r->t, p->r->ints, FUZZ_INTS));
  p->root = vmk_global_new(p->r->t, vmk_new(p->r->t, p->r->box));
  for (uint64_t k = 0; k < count; k++) {
    vmk_scope scope = vmk_scope_begin(p->r->t);
    run_program(p, seed + k, results + k * PROGRAM_RESULTS);
    vmk_scope_end(p->r->t, scope);
  }
  for (int k = 0; print && k < FUZZ_FUNCTIONS; k++)
    if (p->functions[k]->code)
      vmk_function_print(p->functions[k], stderr);
  rt_stop(p->r);
  free(p);
}

static void
tell_difference(const char *mode, uint64_t seed, const uint64_t *expected, const uint64_t *got)
{
  uint64_t again[PROGRAM_RESULTS];
  run_batch(mode, seed, 1, again, true);
  for (int k = 0; k < PROGRAM_RESULTS; k++)
    if (expected[k] != got[k])
      fprintf(stderr, "call %d, %s: %llx in tier 0, %llx; alone %llx\n", k / FUZZ_RESULTS,
              (const char *[]){"result", "exception", "state"}[k % FUZZ_RESULTS],
              (unsigned long long)expected[k], (unsigned long long)got[k],
              (unsigned long long)again[k]);
  fail_msg("seed %llu: mode %s differs from tier 0", (unsigned long long)seed, mode);
}

static uint64_t fuzz_seed = 1, fuzz_functions = 2400;

static void
all_modes_agree(void **state)
{
  (void)state;
  static uint64_t expected[FUZZ_BATCH * PROGRAM_RESULTS], got[FUZZ_BATCH * PROGRAM_RESULTS];
  uint64_t end = fuzz_seed + (fuzz_functions + FUZZ_LARGE - 1) / FUZZ_LARGE;
  for (uint64_t seed = fuzz_seed; seed < end; seed += FUZZ_BATCH) {
    uint64_t count = end - seed < FUZZ_BATCH ? end - seed : FUZZ_BATCH;
    run_batch(fuzz_modes[0], seed, count, expected, false);
    for (size_t m = 1; m < VMK_COUNT(fuzz_modes); m++) {
      run_batch(fuzz_modes[m], seed, count, got, false);
      for (uint64_t k = 0; k < count; k++)
        if (memcmp(expected + k * PROGRAM_RESULTS, got + k * PROGRAM_RESULTS, PROGRAM_RESULTS * 8))
          tell_difference(fuzz_modes[m], seed + k, expected + k * PROGRAM_RESULTS,
                          got + k * PROGRAM_RESULTS);
    }
  }
}

int
main(int argc, char **argv)
{
  if (argc > 1)
    fuzz_seed = strtoull(argv[1], NULL, 0);
  if (argc > 2)
    fuzz_functions = strtoull(argv[2], NULL, 0);
  const struct CMUnitTest tests[] = {cmocka_unit_test(all_modes_agree)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
