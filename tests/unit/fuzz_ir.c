/* fuzz_ir.c -- random typed functions: builder, encoder, verifier and interpreter against plain C
 *
 *     fuzz_ir                 fixed seeds, some seconds (the test suite)
 *     fuzz_ir SEED PROGRAMS   others; a difference prints its program and the seed
 *
 * A program is a few functions of one signature, i64 f(i32, i64, f32, f64), that call later ones.  Its
 * nodes name virtual registers and positions in the list, so the reference evaluator below runs what
 * was meant, knowing nothing of words, banks, immediate or wide forms: fuzz_ir_reference.h.
 */
#include <math.h>

#include "rt_fixture.h"

enum {
  FUZZ_FUNCTIONS = 4,
  FUZZ_NODES = 400,
  FUZZ_REGS = 6,   /* of each type that operations use */
  FUZZ_CELLS = 16, /* of the shared array */
  FUZZ_STEPS = 200000,
  FUZZ_DEPTH = 3,
  FUZZ_TRAP = 1000, /* + vmk_trap: what the fixture throws */
};

/* Types by the index of their registers. */
enum { I, L, F, D, FUZZ_TYPES };

/* Two operand shapes more than vmk_op has: things the builder composes. */
enum { FUZZ_CONST = VMK_OP_COUNT, FUZZ_CALL, FUZZ_LOAD, FUZZ_STORE, FUZZ_SWITCH, FUZZ_LABEL };

typedef struct node {
  uint32_t op;
  uint8_t a, b, c; /* numbers within their type */
  uint8_t type;    /* FUZZ_CONST */
  bool has_imm;    /* c (branches: b) is imm */
  int32_t imm;     /* the loop counters are registers above FUZZ_REGS */
  double number;
  uint32_t target, targets[3]; /* nodes */
} node;

typedef struct function {
  node nodes[FUZZ_NODES];
  uint32_t count, counters;
  bool is_wide;
  vmk_function *f;
} function;

typedef struct program {
  function functions[FUZZ_FUNCTIONS];
  uint64_t random;
  rt *r;
  vmk_kind *cells_kind;
  vmk_handle cells; /* shared array of i32 */
  int32_t reference_cells[FUZZ_CELLS];
  uint32_t steps;
} program;

/* --- what operations there are --------------------------------------------------------------------- */

typedef struct row {
  uint16_t op;
  int8_t a, b, c; /* types; c -1: unary */
} row;

#define BOTH(name, c)                             \
  {VMK_OP_##name##_i32, I, I, (c) < 0 ? (c) : I}, \
  {                                               \
    VMK_OP_##name##_i64, L, L, (c) == L ? L : (c) \
  }
static const row rows[] = {
    BOTH(add, L),
    BOTH(sub, L),
    BOTH(mul, L),
    BOTH(div, L),
    BOTH(rem, L),
    BOTH(and, L),
    BOTH(or, L),
    BOTH(xor, L),
    BOTH(shl, I),
    BOTH(shr, I),
    BOTH(ushr, I),
    BOTH(neg, -1),
    BOTH(not, -1),
    BOTH(udiv, L),
    BOTH(urem, L),
    BOTH(rotl, I),
    BOTH(add_ovf, L),
    BOTH(mul_ovf, L),
    {VMK_OP_i32_to_i64, L, I, -1},
    {VMK_OP_u32_to_i64, L, I, -1},
    {VMK_OP_i64_to_i32, I, L, -1},
    {VMK_OP_sext8_i32, I, I, -1},
    {VMK_OP_zext16_i32, I, I, -1},
    {VMK_OP_i32_to_f64, D, I, -1},
    {VMK_OP_i64_to_f64, D, L, -1},
    {VMK_OP_f64_to_i32_sat, I, D, -1},
    {VMK_OP_f64_to_i64_sat, L, D, -1},
    {VMK_OP_f32_to_f64, D, F, -1},
    {VMK_OP_f64_to_f32, F, D, -1},
    {VMK_OP_i32_to_f32, F, I, -1},
    {VMK_OP_add_f64, D, D, D},
    {VMK_OP_sub_f64, D, D, D},
    {VMK_OP_mul_f64, D, D, D},
    {VMK_OP_div_f64, D, D, D},
    {VMK_OP_neg_f64, D, D, -1},
    {VMK_OP_add_f32, F, F, F},
    {VMK_OP_mul_f32, F, F, F},
    {VMK_OP_cmp_i64, I, L, L},
    {VMK_OP_cmpl_f64, I, D, D},
    {VMK_OP_cmpg_f32, I, F, F},
    {VMK_OP_lt_i32, I, I, I},
    {VMK_OP_ult_i64, I, L, L},
    {VMK_OP_nge_f64, I, D, D},
    {VMK_OP_mov_i32, I, I, -1},
    {VMK_OP_mov_i64, L, L, -1},
    {VMK_OP_mov_f32, F, F, -1},
    {VMK_OP_mov_f64, D, D, -1},
    {VMK_OP_popcount_i64, I, L, -1},
    {VMK_OP_clz_i32, I, I, -1},
    {VMK_OP_bswap_i32, I, I, -1},
};
static const row branch_rows[] = {
    {VMK_OP_br_eq_i32, I, I, -1},  {VMK_OP_br_ne_i32, I, I, -1},  {VMK_OP_br_lt_i32, I, I, -1},
    {VMK_OP_br_le_i32, I, I, -1},  {VMK_OP_br_gt_i32, I, I, -1},  {VMK_OP_br_ge_i32, I, I, -1},
    {VMK_OP_br_ult_i32, I, I, -1}, {VMK_OP_br_lt_i64, L, L, -1},  {VMK_OP_br_ge_i64, L, L, -1},
    {VMK_OP_br_uge_i64, L, L, -1}, {VMK_OP_br_lt_f64, D, D, -1},  {VMK_OP_br_nlt_f64, D, D, -1},
    {VMK_OP_br_eq_f32, F, F, -1},  {VMK_OP_br_nge_f32, F, F, -1},
};

/* The 32-bit operation of the same family, or VMK_OP_COUNT when op is no integer arithmetic. */
static uint32_t
int_family(uint32_t op, int *bits)
{
#define FAMILY(name)                                                \
  case VMK_OP_##name##_i32: *bits = 32; return VMK_OP_##name##_i32; \
  case VMK_OP_##name##_i64: *bits = 64; return VMK_OP_##name##_i32;
  switch (op) {
    FAMILY(add)
    FAMILY(sub)
    FAMILY(mul)
    FAMILY(div)
    FAMILY(rem)
    FAMILY(and)
    FAMILY(or)
    FAMILY(xor) FAMILY(shl) FAMILY(shr) FAMILY(ushr) FAMILY(neg) FAMILY(not) FAMILY(udiv)
        FAMILY(urem) FAMILY(rotl) FAMILY(add_ovf) FAMILY(mul_ovf) default : return VMK_OP_COUNT;
  }
#undef FAMILY
}

/* --- making programs -------------------------------------------------------------------------------- */

static uint32_t
pick(program *p, uint32_t n)
{
  p->random = p->random * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(p->random >> 33) % n;
}

static int32_t
pick_int(program *p)
{
  static const int32_t edges[] = {0,      1,     -1,      2,         7,        127,
                                  128,    -128,  -129,    255,       32767,    32768,
                                  -32768, 65535, 1000003, INT32_MAX, INT32_MIN};
  return pick(p, 2) ? edges[pick(p, VMK_COUNT(edges))] : (int32_t)pick(p, 200) - 100;
}

static double
pick_number(program *p)
{
  static const double edges[] = {0.0, -0.0, 1.5, -1.0, 1e10, -1e19, 1e300, 1e-310, NAN, INFINITY};
  return pick(p, 2) ? edges[pick(p, VMK_COUNT(edges))] : pick_int(p) / 4.0;
}

static node *
add_node(function *f, uint32_t op)
{
  f->nodes[f->count] = (node){.op = op};
  return &f->nodes[f->count++];
}

static void
add_straight(program *p, function *f, uint32_t number)
{
  const uint32_t what = pick(p, 16);
  if (what == 0) {
    node *n = add_node(f, FUZZ_CONST);
    n->type = (uint8_t)pick(p, FUZZ_TYPES);
    n->a = (uint8_t)pick(p, FUZZ_REGS);
    n->imm = pick_int(p);
    n->number = n->type == F ? (double)(float)pick_number(p) : pick_number(p);
    return;
  }
  if (what == 1 && number + 1 < FUZZ_FUNCTIONS) {
    node *n = add_node(f, FUZZ_CALL);
    n->a = (uint8_t)pick(p, FUZZ_REGS);
    n->b = (uint8_t)pick(p, FUZZ_REGS);
    n->c = (uint8_t)pick(p, FUZZ_REGS);
    n->target = number + 1 + pick(p, FUZZ_FUNCTIONS - number - 1);
    return;
  }
  if (what <= 3) {
    node *n = add_node(f, what == 2 ? FUZZ_LOAD : FUZZ_STORE);
    n->a = (uint8_t)pick(p, FUZZ_REGS);
    n->b = (uint8_t)pick(p, FUZZ_REGS);
    n->has_imm = pick(p, 40) != 0; /* masked, else likely out of bounds */
    return;
  }
  const row *r = &rows[pick(p, VMK_COUNT(rows))];
  node *n = add_node(f, r->op);
  n->a = (uint8_t)pick(p, FUZZ_REGS);
  n->b = (uint8_t)pick(p, FUZZ_REGS);
  n->c = (uint8_t)pick(p, FUZZ_REGS);
  int bits;
  const uint32_t family = int_family(n->op, &bits);
  const bool divides = family == VMK_OP_div_i32 || family == VMK_OP_rem_i32 ||
                       family == VMK_OP_udiv_i32 || family == VMK_OP_urem_i32;
  const bool can_be_constant = r->c == I || (r->c == L && r->b == L);
  const bool rarely = pick(p, 12) == 0; /* most programs should end well */
  if (can_be_constant && (pick(p, 2) || (divides && !rarely))) {
    n->has_imm = true;
    n->imm = pick_int(p);
    if (divides && !rarely && !n->imm)
      n->imm = -1;
  }
  if ((family == VMK_OP_add_ovf_i32 || family == VMK_OP_mul_ovf_i32) && !rarely)
    n->op = bits == 32 ? VMK_OP_xor_i32 : VMK_OP_xor_i64;
}

static void add_block(program *p, function *f, uint32_t number, uint32_t depth);

static void
add_loop(program *p, function *f, uint32_t number, uint32_t depth)
{
  const uint8_t counter = (uint8_t)(FUZZ_REGS + f->counters++);
  node *n = add_node(f, FUZZ_CONST);
  n->a = counter;
  n->imm = 1 + (int32_t)pick(p, 4);
  const uint32_t top = f->count;
  add_node(f, FUZZ_LABEL);
  add_block(p, f, number, depth + 1);
  n = add_node(f, VMK_OP_add_i32);
  n->a = n->b = counter;
  n->has_imm = true;
  n->imm = -1;
  n = add_node(f, VMK_OP_br_gt_i32);
  n->a = counter;
  n->has_imm = true;
  n->target = top;
}

static void
add_if(program *p, function *f, uint32_t number, uint32_t depth)
{
  const row *r = &branch_rows[pick(p, VMK_COUNT(branch_rows))];
  const uint32_t at = f->count;
  node *n = add_node(f, r->op);
  n->a = (uint8_t)pick(p, FUZZ_REGS);
  n->b = (uint8_t)pick(p, FUZZ_REGS);
  n->has_imm = r->b <= L && pick(p, 2);
  n->imm = pick_int(p);
  add_block(p, f, number, depth + 1);
  const uint32_t jump = f->count;
  add_node(f, VMK_OP_jump);
  f->nodes[at].target = f->count;
  add_node(f, FUZZ_LABEL);
  add_block(p, f, number, depth + 1);
  f->nodes[jump].target = f->count;
  add_node(f, FUZZ_LABEL);
}

static void
add_switch(program *p, function *f, uint32_t number, uint32_t depth)
{
  const uint32_t at = f->count;
  node *n = add_node(f, FUZZ_SWITCH);
  n->a = (uint8_t)pick(p, FUZZ_REGS);
  n->imm = (int32_t)pick(p, 5) - 2;
  n->has_imm = pick(p, 2); /* dense */
  for (int i = 0; i < 3; i++) {
    f->nodes[at].targets[i] = f->count;
    add_node(f, FUZZ_LABEL);
    add_block(p, f, number, depth + 1);
  }
  f->nodes[at].target = f->count;
  add_node(f, FUZZ_LABEL);
}

static void
add_block(program *p, function *f, uint32_t number, uint32_t depth)
{
  for (uint32_t i = 2 + pick(p, 6); i > 0 && f->count < FUZZ_NODES - 60; i--) {
    const uint32_t what = depth < FUZZ_DEPTH ? pick(p, 12) : 11;
    if (what == 0 && f->counters < 40)
      add_loop(p, f, number, depth);
    else if (what == 1)
      add_if(p, f, number, depth);
    else if (what == 2)
      add_switch(p, f, number, depth);
    else
      add_straight(p, f, number);
  }
}

#include "fuzz_ir_reference.h"

/* --- building ---------------------------------------------------------------------------------------- */

typedef struct build {
  vmk_builder *b;
  vmk_reg regs[FUZZ_TYPES][FUZZ_REGS + 64];
  vmk_label labels[FUZZ_NODES + 1];
  vmk_reg cells, index;
} build;

static const vmk_type type_of[FUZZ_TYPES] = {VMK_TYPE_I32, VMK_TYPE_I64, VMK_TYPE_F32,
                                             VMK_TYPE_F64};

static const row *
row_of(uint32_t op)
{
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (rows[i].op == op)
      return &rows[i];
  return NULL;
}

static void
build_constant(build *x, int type, vmk_reg to, const node *n)
{
  if (type == I)
    vmk_emit_const_i32(x->b, to, n->imm);
  else if (type == L)
    vmk_emit_const_i64(x->b, to, n->imm * INT64_C(1000003));
  else if (type == F)
    vmk_emit_const_f32(x->b, to, (float)n->number);
  else
    vmk_emit_const_f64(x->b, to, n->number);
}

static void
build_node(program *p, build *x, const node *n)
{
  vmk_builder *b = x->b;
  switch (n->op) {
  case FUZZ_LABEL: return;
  case FUZZ_CONST: build_constant(x, n->type, x->regs[n->type][n->a], n); return;
  case FUZZ_CALL: {
    const vmk_reg args[] = {x->regs[I][n->b], x->regs[L][n->c], x->regs[F][n->b], x->regs[D][n->c]};
    vmk_emit_call(b, x->regs[L][n->a], p->functions[n->target].f, args, 4);
    return;
  }
  case FUZZ_LOAD:
  case FUZZ_STORE:
    if (n->has_imm)
      vmk_emit_rri(b, VMK_OP_and_i32, x->index, x->regs[I][n->b], FUZZ_CELLS - 1);
    else
      vmk_emit_move(b, x->index, x->regs[I][n->b]);
    if (n->op == FUZZ_LOAD)
      vmk_emit_load_elem(b, VMK_TYPE_I32, x->regs[I][n->a], x->cells, x->index);
    else
      vmk_emit_store_elem(b, VMK_TYPE_I32, x->cells, x->index, x->regs[I][n->a]);
    return;
  case FUZZ_SWITCH: {
    const vmk_label t[] = {x->labels[n->targets[0]], x->labels[n->targets[1]],
                           x->labels[n->targets[2]]};
    const int32_t keys[] = {n->imm, n->imm + 1, n->imm + 2};
    if (n->has_imm)
      vmk_emit_switch(b, x->regs[I][n->a], n->imm, t, 3, x->labels[n->target]);
    else
      vmk_emit_lookup(b, x->regs[I][n->a], keys, t, 3, x->labels[n->target]);
    return;
  }
  case VMK_OP_jump: vmk_emit_jump(b, x->labels[n->target]); return;
  default: break;
  }
  const row *r = row_of(n->op);
  if (!r) {
    const int type = vmk_operand_type(vmk_op_table[n->op].operand[0]) - VMK_TYPE_I32;
    if (n->has_imm)
      vmk_emit_branch2i(b, (vmk_op)n->op, x->regs[type][n->a], n->imm, x->labels[n->target]);
    else
      vmk_emit_branch2(b, (vmk_op)n->op, x->regs[type][n->a], x->regs[type][n->b],
                       x->labels[n->target]);
  } else if (r->c < 0) {
    vmk_emit_rr(b, (vmk_op)n->op, x->regs[r->a][n->a], x->regs[r->b][n->b]);
  } else if (n->has_imm) {
    vmk_emit_rri(b, (vmk_op)n->op, x->regs[r->a][n->a], x->regs[r->b][n->b], n->imm);
  } else {
    vmk_emit_rrr(b, (vmk_op)n->op, x->regs[r->a][n->a], x->regs[r->b][n->b], x->regs[r->c][n->c]);
  }
}

/* sum = sum * 31 + the register as 64 bits, NaN as 0. */
static void
build_add(build *x, vmk_reg sum, int type, vmk_reg r)
{
  vmk_builder *b = x->b;
  vmk_reg wide = vmk_build_register(b, VMK_TYPE_I64), d = vmk_build_register(b, VMK_TYPE_F64);
  vmk_label done = vmk_build_label(b);
  vmk_emit_rri(b, VMK_OP_mul_i64, sum, sum, 31);
  if (type == I)
    vmk_emit_rr(b, VMK_OP_i32_to_i64, wide, r);
  else if (type == L)
    vmk_emit_move(b, wide, r);
  else {
    if (type == F)
      vmk_emit_rr(b, VMK_OP_f32_to_f64, d, r);
    else
      vmk_emit_move(b, d, r);
    vmk_emit_branch2(b, VMK_OP_br_ne_f64, d, d, done);
    vmk_emit_rr(b, VMK_OP_bits_f64_i64, wide, d);
  }
  vmk_emit_rrr(b, VMK_OP_add_i64, sum, sum, wide);
  vmk_build_bind(b, done);
}

static void
build_function(vmk_builder *b, vmk_function *vf, void *data)
{
  program *p = (program *)data;
  const function *f = p->functions;
  while (f->f != vf)
    f++;
  build x = {.b = b};
  if (f->is_wide) /* everything below has slots above 255, but for the parameters */
    for (int k = 0; k < 300; k++)
      vmk_emit_const_i64(b, vmk_build_register(b, VMK_TYPE_I64), k);
  for (int t = 0; t < FUZZ_TYPES; t++)
    for (int k = 0; k < FUZZ_REGS + (t == I ? 64 : 0); k++) {
      const node zero = {0};
      x.regs[t][k] = k ? vmk_build_register(b, type_of[t]) : vmk_build_parameter(b, (uint32_t)t);
      if (k && k < FUZZ_REGS + (int)f->counters)
        build_constant(&x, t, x.regs[t][k], &zero);
    }
  x.cells = vmk_build_register(b, VMK_TYPE_REF);
  x.index = vmk_build_register(b, VMK_TYPE_I32);
  vmk_emit_const_ref(b, x.cells, p->cells);
  for (uint32_t k = 0; k <= f->count; k++)
    x.labels[k] = vmk_build_label(b);
  for (uint32_t k = 0; k < f->count; k++) {
    vmk_build_bind(b, x.labels[k]);
    build_node(p, &x, &f->nodes[k]);
  }
  vmk_build_bind(b, x.labels[f->count]);
  vmk_reg sum = vmk_build_register(b, VMK_TYPE_I64);
  vmk_emit_const_i64(b, sum, 0);
  for (int k = 0; k < FUZZ_REGS; k++) {
    build_add(&x, sum, I, x.regs[I][k]);
    build_add(&x, sum, L, x.regs[L][k]);
    build_add(&x, sum, D, x.regs[D][k]);
    build_add(&x, sum, F, x.regs[F][k]);
  }
  vmk_emit_r(b, VMK_OP_ret_i64, sum);
}

/* --- running ----------------------------------------------------------------------------------------- */

typedef struct arguments {
  int32_t i;
  int64_t l;
  float x;
  double d;
  int32_t cells[FUZZ_CELLS];
} arguments;

static void
make_program(program *p, uint64_t seed)
{
  p->random = seed * 2654435761u + 12345;
  for (uint32_t k = 0; k < FUZZ_FUNCTIONS; k++) {
    function *f = &p->functions[k];
    *f = (function){.is_wide = pick(p, 3) == 0};
    add_block(p, f, k, 0);
    add_block(p, f, k, 0);
  }
}

static void
declare_functions(program *p)
{
  for (uint32_t k = 0; k < FUZZ_FUNCTIONS; k++)
    p->functions[k].f = rt_function(p->r, "fuzz", "lilfd", build_function, p);
}

/* Run both; do they differ?  Then, when `tell`, say how. */
static bool
run_differs(program *p, const arguments *args, bool tell)
{
  int64_t expected = 0;
  int32_t exception;
  memcpy(p->reference_cells, args->cells, sizeof args->cells);
  p->steps = 0;
  const int trap = reference_run(p, 0, args->i, args->l, args->x, args->d, &expected);
  if (trap < 0)
    return false; /* runs too long */
  memcpy(vmk_array_data(p->cells), args->cells, sizeof args->cells);
  const vmk_value values[] = {
      {.i32 = args->i}, {.i64 = args->l}, {.f32 = args->x}, {.f64 = args->d}};
  const vmk_value v = rt_call(p->r, p->functions[0].f, values, &exception);
  const bool cells =
      memcmp(vmk_array_data(p->cells), p->reference_cells, sizeof p->reference_cells) != 0;
  if (exception == trap && (trap || v.i64 == expected) && !cells)
    return false;
  if (tell)
    fprintf(stderr, "f(%d, %lld, %g, %g): exception %d, not %d; result %lld, not %lld; cells %s\n",
            args->i, (long long)args->l, (double)args->x, args->d, exception, trap,
            (long long)v.i64, (long long)expected, cells ? "differ" : "are equal");
  return true;
}

/* Leave out nodes as long as the difference stays, then show what is left. */
static void
show_difference(program *p, const arguments *args, uint64_t seed)
{
  for (int again = 0; again < 3; again++)
    for (uint32_t k = 0; k < FUZZ_FUNCTIONS; k++)
      for (uint32_t n = 0; n < p->functions[k].count; n++) {
        const node was = p->functions[k].nodes[n];
        p->functions[k].nodes[n].op = FUZZ_LABEL;
        declare_functions(p);
        if (was.op == FUZZ_LABEL || !run_differs(p, args, false))
          p->functions[k].nodes[n] = was;
      }
  declare_functions(p);
  fprintf(stderr, "seed %llu: ", (unsigned long long)seed);
  if (run_differs(p, args, true))
    for (int k = 0; k < FUZZ_FUNCTIONS; k++)
      if (p->functions[k].f->code)
        vmk_function_print(p->functions[k].f, stderr);
  fail();
}

static void
run_program(program *p, uint64_t seed)
{
  make_program(p, seed);
  declare_functions(p);
  for (int call = 0; call < 3; call++) {
    arguments args = {.i = pick_int(p),
                      .l = (int64_t)pick_int(p) * pick_int(p),
                      .x = (float)pick_number(p),
                      .d = pick_number(p)};
    memcpy(args.cells, vmk_array_data(p->cells), sizeof args.cells);
    if (run_differs(p, &args, false))
      show_difference(p, &args, seed);
  }
}

static void
run_programs(const char *options, uint64_t seed, uint64_t count)
{
  program *p = (program *)calloc(1, sizeof *p);
  p->r = rt_start(options);
  const vmk_handle cells = vmk_new_array(p->r->t, p->r->ints, FUZZ_CELLS);
  p->cells = vmk_global_new(p->r->t, cells);
  for (uint64_t k = 0; k < count; k++) {
    const vmk_scope scope = vmk_scope_begin(p->r->t);
    run_program(p, seed + k);
    vmk_scope_end(p->r->t, scope);
  }
  rt_stop(p->r);
  free(p);
}

static uint64_t fuzz_seed = 1, fuzz_count = 400;

static void
random_functions(void **state)
{
  (void)state;
  run_programs("verify=ir", fuzz_seed, fuzz_count);
}

static void
random_functions_while_moving(void **state)
{
  (void)state;
  run_programs("verify=ir,gc.move-always", fuzz_seed + 1000000, fuzz_count / 8);
}

int
main(int argc, char **argv)
{
  if (argc > 1)
    fuzz_seed = strtoull(argv[1], NULL, 0);
  if (argc > 2)
    fuzz_count = strtoull(argv[2], NULL, 0);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_functions),
      cmocka_unit_test(random_functions_while_moving),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
