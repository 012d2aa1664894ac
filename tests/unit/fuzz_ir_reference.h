/* fuzz_ir_reference.h -- what the programs of fuzz_ir.c compute, by the meaning of each operation
 *
 * Arithmetic with wider integers than the operations have, not with src/ir/sem.h.  Included in the middle: the
 * programs are defined before it.
 */
typedef struct frame {
  int32_t i[FUZZ_REGS + 64];
  int64_t l[FUZZ_REGS];
  float f[FUZZ_REGS];
  double d[FUZZ_REGS];
} frame;

static int
bits_of_leading_zeros(uint32_t v)
{
  int n = 32;
  for (; v; v >>= 1)
    n--;
  return n;
}

/* Wrap: the value of the low bits as a signed number. */
static int64_t
wrap(__int128 v, int bits)
{
  const unsigned __int128 mask = ((unsigned __int128)1 << bits) - 1;
  unsigned __int128 low = (unsigned __int128)v & mask;
  if (low >> (bits - 1))
    return (int64_t)((__int128)low - ((__int128)1 << bits));
  return (int64_t)low;
}

/* Integer operations of both widths; false: the trap in *trap. */
static bool
reference_int(uint32_t op, int bits, int64_t b, int64_t c, int64_t *a, int *trap)
{
  const __int128 one = 1, mask = (one << bits) - 1;
  const __int128 ub = (__int128)b & mask, uc = (__int128)c & mask;
  const int count = (int)(c & (bits - 1));
  __int128 r = 0;
  switch (op) {
  case VMK_OP_add_i32: r = (__int128)b + c; break;
  case VMK_OP_sub_i32: r = (__int128)b - c; break;
  case VMK_OP_mul_i32: r = (__int128)b * c; break;
  case VMK_OP_div_i32:
  case VMK_OP_rem_i32:
  case VMK_OP_udiv_i32:
  case VMK_OP_urem_i32:
    if (c == 0) {
      *trap = FUZZ_TRAP + VMK_TRAP_DIV_ZERO;
      return false;
    }
    r = op == VMK_OP_div_i32    ? (__int128)b / c
        : op == VMK_OP_rem_i32  ? (__int128)b % c
        : op == VMK_OP_udiv_i32 ? ub / uc
                                : ub % uc;
    break;
  case VMK_OP_and_i32: r = b & c; break;
  case VMK_OP_or_i32: r = b | c; break;
  case VMK_OP_xor_i32: r = b ^ c; break;
  case VMK_OP_shl_i32: r = ub << count; break;
  case VMK_OP_shr_i32: r = (__int128)b >> count; break;
  case VMK_OP_ushr_i32: r = ub >> count; break;
  case VMK_OP_rotl_i32: r = ub << count | ub >> ((bits - count) % bits); break;
  case VMK_OP_neg_i32: r = -(__int128)b; break;
  case VMK_OP_not_i32: r = ~(__int128)b; break;
  case VMK_OP_add_ovf_i32:
  case VMK_OP_mul_ovf_i32:
    r = op == VMK_OP_add_ovf_i32 ? (__int128)b + c : (__int128)b * c;
    if (r != wrap(r, bits)) {
      *trap = FUZZ_TRAP + VMK_TRAP_OVERFLOW;
      return false;
    }
    break;
  default: abort();
  }
  *a = wrap(r, bits);
  return true;
}

static double
saturate(double v, double low, double high)
{
  return v != v ? 0 : v < low ? low : v > high ? high : v;
}

static void
reference_other(frame *r, const node *n)
{
  const uint8_t a = n->a, b = n->b, c = n->c;
  switch (n->op) {
  case VMK_OP_i32_to_i64: r->l[a] = r->i[b]; return;
  case VMK_OP_u32_to_i64: r->l[a] = r->i[b] & INT64_C(0xffffffff); return;
  case VMK_OP_i64_to_i32: r->i[a] = (int32_t)wrap(r->l[b], 32); return;
  case VMK_OP_sext8_i32: r->i[a] = (int32_t)wrap(r->i[b], 8); return;
  case VMK_OP_zext16_i32: r->i[a] = r->i[b] & 0xffff; return;
  case VMK_OP_i32_to_f64: r->d[a] = r->i[b]; return;
  case VMK_OP_i64_to_f64: r->d[a] = (double)r->l[b]; return;
  case VMK_OP_f64_to_i32_sat:
    r->i[a] = (int32_t)saturate(r->d[b], -2147483648.0, 2147483647.0);
    return;
  case VMK_OP_f64_to_i64_sat:
    r->l[a] = r->d[b] >= 0x1p63 ? INT64_MAX : (int64_t)saturate(r->d[b], -0x1p63, 0x1p63);
    return;
  case VMK_OP_f32_to_f64: r->d[a] = (double)r->f[b]; return;
  case VMK_OP_f64_to_f32: r->f[a] = (float)r->d[b]; return;
  case VMK_OP_i32_to_f32: r->f[a] = (float)r->i[b]; return;
  case VMK_OP_add_f64: r->d[a] = r->d[b] + r->d[c]; return;
  case VMK_OP_sub_f64: r->d[a] = r->d[b] - r->d[c]; return;
  case VMK_OP_mul_f64: r->d[a] = r->d[b] * r->d[c]; return;
  case VMK_OP_div_f64: r->d[a] = r->d[b] / r->d[c]; return;
  case VMK_OP_neg_f64: r->d[a] = -r->d[b]; return;
  case VMK_OP_add_f32: r->f[a] = r->f[b] + r->f[c]; return;
  case VMK_OP_mul_f32: r->f[a] = r->f[b] * r->f[c]; return;
  case VMK_OP_cmp_i64: {
    const int64_t y = n->has_imm ? n->imm : r->l[c];
    r->i[a] = r->l[b] < y ? -1 : r->l[b] == y ? 0 : 1;
    return;
  }
  case VMK_OP_cmpl_f64: r->i[a] = r->d[b] == r->d[c] ? 0 : r->d[b] > r->d[c] ? 1 : -1; return;
  case VMK_OP_cmpg_f32: r->i[a] = r->f[b] == r->f[c] ? 0 : r->f[b] < r->f[c] ? -1 : 1; return;
  case VMK_OP_lt_i32: r->i[a] = r->i[b] < (n->has_imm ? n->imm : r->i[c]); return;
  case VMK_OP_ult_i64:
    r->i[a] = (uint64_t)r->l[b] < (uint64_t)(n->has_imm ? n->imm : r->l[c]);
    return;
  case VMK_OP_nge_f64: r->i[a] = !(r->d[b] >= r->d[c]); return;
  case VMK_OP_mov_i32: r->i[a] = r->i[b]; return;
  case VMK_OP_mov_i64: r->l[a] = r->l[b]; return;
  case VMK_OP_mov_f32: r->f[a] = r->f[b]; return;
  case VMK_OP_mov_f64: r->d[a] = r->d[b]; return;
  case VMK_OP_popcount_i64: {
    int ones = 0;
    for (uint64_t v = (uint64_t)r->l[b]; v; v >>= 1)
      ones += v & 1;
    r->i[a] = ones;
    return;
  }
  case VMK_OP_clz_i32: r->i[a] = bits_of_leading_zeros((uint32_t)r->i[b]); return;
  case VMK_OP_bswap_i32: {
    const uint32_t v = (uint32_t)r->i[b];
    r->i[a] = (int32_t)(v << 24 | (v & 0xff00) << 8 | (v >> 8 & 0xff00) | v >> 24);
    return;
  }
  default: abort();
  }
}

static bool
reference_taken(const frame *r, const node *n)
{
  const int32_t i = n->has_imm ? n->imm : r->i[n->b];
  const int64_t l = n->has_imm ? n->imm : n->b < FUZZ_REGS ? r->l[n->b] : 0;
  const uint8_t a = n->a, b = n->b;
  switch (n->op) {
  case VMK_OP_br_eq_i32: return r->i[a] == i;
  case VMK_OP_br_ne_i32: return r->i[a] != i;
  case VMK_OP_br_lt_i32: return r->i[a] < i;
  case VMK_OP_br_le_i32: return r->i[a] <= i;
  case VMK_OP_br_gt_i32: return r->i[a] > i;
  case VMK_OP_br_ge_i32: return r->i[a] >= i;
  case VMK_OP_br_ult_i32: return (uint32_t)r->i[a] < (uint32_t)i;
  case VMK_OP_br_lt_i64: return r->l[a] < l;
  case VMK_OP_br_ge_i64: return r->l[a] >= l;
  case VMK_OP_br_uge_i64: return (uint64_t)r->l[a] >= (uint64_t)l;
  case VMK_OP_br_lt_f64: return r->d[a] < r->d[b];
  case VMK_OP_br_nlt_f64: return !(r->d[a] < r->d[b]);
  case VMK_OP_br_eq_f32: return r->f[a] == r->f[b];
  case VMK_OP_br_nge_f32: return !(r->f[a] >= r->f[b]);
  default: abort();
  }
}

static int64_t
reference_checksum(const frame *r)
{
  uint64_t sum = 0;
  for (int k = 0; k < FUZZ_REGS; k++) {
    uint64_t bits = 0;
    if (r->d[k] == r->d[k])
      memcpy(&bits, &r->d[k], 8);
    sum = sum * 31 + (uint64_t)(int64_t)r->i[k];
    sum = sum * 31 + (uint64_t)r->l[k];
    sum = sum * 31 + bits;
    const double wide = r->f[k] == r->f[k] ? (double)r->f[k] : 0;
    memcpy(&bits, &wide, 8);
    sum = sum * 31 + bits;
  }
  return (int64_t)sum;
}

/* Result in *result; otherwise the exception's code. */
static int
reference_run(program *p, uint32_t number, int32_t i, int64_t l, float x, double d, int64_t *result)
{
  const function *f = &p->functions[number];
  frame r = {.i = {i}, .l = {l}, .f = {x}, .d = {d}};
  int trap = 0, bits;
  for (uint32_t pc = 0; pc < f->count; pc++) {
    const node *n = &f->nodes[pc];
    if (++p->steps > FUZZ_STEPS)
      return -1;
    const uint32_t family = int_family(n->op, &bits);
    if (family != VMK_OP_COUNT) {
      const bool shift = family == VMK_OP_shl_i32 || family == VMK_OP_shr_i32 ||
                         family == VMK_OP_ushr_i32 || family == VMK_OP_rotl_i32;
      const int64_t b = bits == 32 ? r.i[n->b] : r.l[n->b];
      const int64_t c = n->has_imm ? n->imm : bits == 32 || shift ? r.i[n->c] : r.l[n->c];
      int64_t a;
      if (!reference_int(family, bits, b, c, &a, &trap))
        return trap;
      if (bits == 32)
        r.i[n->a] = (int32_t)a;
      else
        r.l[n->a] = a;
      continue;
    }
    switch (n->op) {
    case FUZZ_LABEL: break;
    case FUZZ_CONST:
      if (n->type == I)
        r.i[n->a] = n->imm;
      else if (n->type == L)
        r.l[n->a] = n->imm * INT64_C(1000003);
      else if (n->type == F)
        r.f[n->a] = (float)n->number;
      else
        r.d[n->a] = n->number;
      break;
    case FUZZ_CALL:
      trap = reference_run(p, n->target, r.i[n->b], r.l[n->c], r.f[n->b], r.d[n->c], &r.l[n->a]);
      if (trap)
        return trap;
      break;
    case FUZZ_LOAD:
    case FUZZ_STORE: {
      const uint32_t index = (uint32_t)r.i[n->b] & (n->has_imm ? FUZZ_CELLS - 1 : UINT32_MAX);
      if (index >= FUZZ_CELLS)
        return FUZZ_TRAP + VMK_TRAP_BOUNDS;
      if (n->op == FUZZ_LOAD)
        r.i[n->a] = p->reference_cells[index];
      else
        p->reference_cells[index] = r.i[n->a];
      break;
    }
    case FUZZ_SWITCH: {
      const int64_t at = (int64_t)r.i[n->a] - n->imm;
      pc = (at >= 0 && at < 3 ? n->targets[at] : n->target) - 1;
      break;
    }
    case VMK_OP_jump: pc = n->target - 1; break;
    default:
      if (vmk_op_table[n->op].effects & VMK_BRANCHES)
        pc = reference_taken(&r, n) ? n->target - 1 : pc;
      else
        reference_other(&r, n);
    }
  }
  *result = reference_checksum(&r);
  return 0;
}
