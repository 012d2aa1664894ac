/* live.c -- liveness by exploring, for each register, upward from its uses
 *
 * (Appel and Palsberg, Modern Compiler Implementation, 19.6.)  The work is proportional to the code
 * plus the sum of the registers' live ranges in blocks; a function with 65,000 registers and as many
 * blocks costs little when the ranges are short, where bit sets would need gigabytes.
 *
 * Handlers: a block that is covered by a region has an edge to its handler from each instruction in
 * it that can throw.  A write kills a register on that edge only when nothing before it can throw.
 */
#include "ir/live.h"

#include "base/vec.h"
#include "ir/body.h"
#include "ir/ops.h"

typedef struct live_block {
  uint32_t begin, end;  /* pcs */
  uint32_t first_throw; /* pc of the first instruction that can throw; UINT32_MAX: none */
  uint32_t pred, succ;  /* first of its edges in preds, succs; ends where the next begins */
  uint32_t live;        /* first of its slots in live_slots */
} live_block;

/* slot is defined first at pc in block, or read in block before any definition there. */
typedef struct live_event {
  uint32_t slot, block, pc;
} live_event;

typedef struct live_edge {
  uint32_t from, to;
  uint32_t exception; /* slot that is written on the way; LIVE_NORMAL: no exceptional edge */
} live_edge;
#define LIVE_NORMAL UINT32_MAX

struct vmk_live {
  const vmk_function *f;
  const uint32_t *code;
  uint32_t block_count;
  live_block *blocks;        /* one more at the end, empty */
  VMK_VEC(live_edge) preds;  /* by block `to` */
  VMK_VEC(live_edge) succs;  /* by block `from` */
  VMK_VEC(live_event) defs;  /* by slot */
  VMK_VEC(live_event) uses;  /* by slot */
  VMK_VEC(live_event) found; /* (slot, block): live at the block's beginning; by block */
};

/* --- what an instruction does ------------------------------------------------------------------- */

static bool
live_can_throw(const vmk_insn *insn)
{
  const unsigned effects = vmk_insn_info(insn)->effects;
  return insn->site || (effects & (VMK_THROWS | VMK_SAFEPOINT)) ||
         ((effects & VMK_BRANCHES) && insn->target <= 0); /* it polls */
}

typedef void live_visit(void *data, uint32_t slot);

static void
live_uses(const vmk_insn *insn, live_visit *visit, void *data)
{
  const vmk_op_info *info = vmk_insn_info(insn);
  for (int i = 0; i < 3; i++)
    if (vmk_operand_uses((vmk_operand)info->operand[i]) && insn->operand[i] &&
        info->operand[i] != VMK_OPERAND_uG)
      visit(data, (uint32_t)insn->operand[i]);
  if (info->ext == VMK_EXT_A || info->ext >= VMK_EXT_XA)
    for (uint32_t i = 0; i < insn->count; i++)
      visit(data, vmk_insn_argument(insn, i));
}

static uint32_t
live_definition(const vmk_insn *insn)
{
  return vmk_operand_defines((vmk_operand)vmk_insn_info(insn)->operand[0])
             ? (uint32_t)insn->operand[0]
             : 0;
}

/* --- blocks and edges ---------------------------------------------------------------------------- */

static void
live_mark_targets(const vmk_insn *insn, uint32_t pc, uint32_t *leader)
{
  leader[pc + (uint32_t)insn->target] = 1;
  if (insn->op == VMK_OP_switch_i32 || insn->op == VMK_OP_lookup_i32)
    for (uint32_t i = 0; i < insn->count; i++)
      leader[pc + (uint32_t)vmk_insn_case(insn, i)] = 1;
}

/* Make blocks; block_at[pc] becomes the number of the block that begins at pc. */
static void
live_find_blocks(vmk_live *live, uint32_t *block_at)
{
  const vmk_body *body = live->f->body;
  vmk_insn insn;
  block_at[0] = 1;
  for (uint32_t pc = 0; pc < body->code_words; pc += insn.length) {
    vmk_insn_decode(live->code + pc, live->f->constants, &insn);
    if (vmk_insn_info(&insn)->effects & VMK_BRANCHES)
      live_mark_targets(&insn, pc, block_at);
    if (vmk_insn_info(&insn)->effects & (VMK_BRANCHES | VMK_TERMINATOR))
      block_at[pc + insn.length] = 1;
  }
  for (uint32_t i = 0; i < body->handler_count; i++) {
    const vmk_handler_row *row = &body->handlers[i];
    block_at[row->begin] = block_at[row->end] = block_at[row->pc] = block_at[row->filter_pc] = 1;
  }
  for (uint32_t pc = 0; pc < body->code_words; pc++)
    live->block_count += block_at[pc];
  live->blocks = (live_block *)vmk_calloc(live->block_count + 1, sizeof *live->blocks);
  uint32_t n = 0;
  for (uint32_t pc = 0; pc < body->code_words; pc++)
    if (block_at[pc]) {
      block_at[pc] = n;
      live->blocks[n++].begin = pc;
    }
  for (uint32_t i = 0; i < n; i++)
    live->blocks[i].end = i + 1 < n ? live->blocks[i + 1].begin : body->code_words;
}

static void
live_add_edge(vmk_live *live, uint32_t from, uint32_t to, uint32_t exception)
{
  vmk_vec_push(&live->succs, ((live_edge){from, to, exception}));
}

/* Edges from the end of block b, whose last instruction is insn at pc. */
static void
live_add_branches(vmk_live *live, uint32_t b, const vmk_insn *insn, uint32_t pc,
                  const uint32_t *block_at)
{
  const unsigned effects = vmk_insn_info(insn)->effects;
  if (effects & VMK_BRANCHES)
    live_add_edge(live, b, block_at[pc + (uint32_t)insn->target], LIVE_NORMAL);
  if (insn->op == VMK_OP_switch_i32 || insn->op == VMK_OP_lookup_i32)
    for (uint32_t i = 0; i < insn->count; i++)
      live_add_edge(live, b, block_at[pc + (uint32_t)vmk_insn_case(insn, i)], LIVE_NORMAL);
  if (!(effects & VMK_TERMINATOR) && b + 1 < live->block_count)
    live_add_edge(live, b, b + 1, LIVE_NORMAL);
  if (insn->op == VMK_OP_end_filter) /* to any handler that the search may still find */
    for (uint32_t i = 0; i < live->f->body->handler_count; i++)
      live_add_edge(live, b, block_at[live->f->body->handlers[i].pc], LIVE_NORMAL);
}

static void
live_add_handlers(vmk_live *live, uint32_t b, const uint32_t *block_at)
{
  const vmk_body *body = live->f->body;
  if (live->blocks[b].first_throw == UINT32_MAX)
    return;
  for (uint32_t i = 0; i < body->handler_count; i++) {
    const vmk_handler_row *row = &body->handlers[i];
    if (row->begin > live->blocks[b].begin || live->blocks[b].begin >= row->end)
      continue;
    live_add_edge(live, b, block_at[row->pc], row->reg);
    if (row->kind == VMK_HANDLER_FILTER)
      live_add_edge(live, b, block_at[row->filter_pc], row->reg);
  }
}

/* preds from succs, both grouped. */
static void
live_sort_edges(vmk_live *live)
{
  uint32_t *at = (uint32_t *)vmk_calloc(live->block_count + 1, sizeof *at);
  for (size_t i = 0; i < live->succs.count; i++) {
    live->blocks[live->succs.data[i].from + 1].succ++;
    live->blocks[live->succs.data[i].to + 1].pred++;
  }
  for (uint32_t b = 0; b < live->block_count; b++) {
    live->blocks[b + 1].succ += live->blocks[b].succ;
    live->blocks[b + 1].pred += live->blocks[b].pred;
    at[b] = live->blocks[b].pred;
  }
  if (live->succs.count)
    (void)vmk_vec_extend(&live->preds, live->succs.count);
  for (size_t i = 0; i < live->succs.count; i++)
    live->preds.data[at[live->succs.data[i].to]++] = live->succs.data[i];
  free(at);
}

/* --- events --------------------------------------------------------------------------------------- */

/* While a block is read: by slot, the number + 1 of the last block that defined and used it. */
typedef struct live_scan {
  vmk_live *live;
  uint32_t *defined, *used;
  uint32_t block;
} live_scan;

static void
live_scan_use(void *data, uint32_t slot)
{
  live_scan *s = (live_scan *)data;
  if (s->defined[slot] == s->block + 1 || s->used[slot] == s->block + 1)
    return;
  s->used[slot] = s->block + 1;
  vmk_vec_push(&s->live->uses, ((live_event){slot, s->block, 0}));
}

static void
live_scan_block(live_scan *s, const uint32_t *block_at)
{
  vmk_live *live = s->live;
  live_block *block = &live->blocks[s->block];
  vmk_insn insn;
  block->first_throw = UINT32_MAX;
  for (uint32_t pc = block->begin; pc < block->end; pc += insn.length) {
    vmk_insn_decode(live->code + pc, live->f->constants, &insn);
    if (block->first_throw == UINT32_MAX && live_can_throw(&insn))
      block->first_throw = pc;
    live_uses(&insn, live_scan_use, s);
    const uint32_t slot = live_definition(&insn);
    if (slot && s->defined[slot] != s->block + 1) {
      s->defined[slot] = s->block + 1;
      vmk_vec_push(&live->defs, ((live_event){slot, s->block, pc}));
    }
    if (pc + insn.length == block->end)
      live_add_branches(live, s->block, &insn, pc, block_at);
  }
  live_add_handlers(live, s->block, block_at);
}

/* Stable counting sort by slot (or by block); returns where each key's events begin. */
static uint32_t *
live_sort_events(live_event *events, size_t count, uint32_t keys, bool by_block)
{
  uint32_t *begin = (uint32_t *)vmk_calloc(keys + 2, sizeof *begin);
  live_event *sorted = (live_event *)vmk_malloc((count + 1) * sizeof *sorted);
  for (size_t i = 0; i < count; i++)
    begin[(by_block ? events[i].block : events[i].slot) + 2]++;
  for (uint32_t k = 0; k < keys; k++)
    begin[k + 2] += begin[k + 1];
  for (size_t i = 0; i < count; i++) /* begin[k + 1] walks from the beginning of k to its end */
    sorted[begin[(by_block ? events[i].block : events[i].slot) + 1]++] = events[i];
  if (count)
    memcpy(events, sorted, count * sizeof *sorted);
  free(sorted);
  return begin;
}

/* --- exploration ---------------------------------------------------------------------------------- */

typedef struct live_explore {
  vmk_live *live;
  uint32_t *seen;   /* by block: slot + 1 of the last exploration that found it live there */
  uint32_t *killed; /* by block: slot + 1 that is defined there, at kill_pc */
  uint32_t *kill_pc;
  VMK_VEC(uint32_t) work;
} live_explore;

static void
live_reach(live_explore *x, uint32_t slot, uint32_t block)
{
  if (x->seen[block] == slot + 1)
    return;
  x->seen[block] = slot + 1;
  vmk_vec_push(&x->work, block);
  vmk_vec_push(&x->live->found, ((live_event){slot, block, 0}));
}

static void
live_explore_slot(live_explore *x, uint32_t slot, const live_event *uses, uint32_t use_count)
{
  vmk_live *live = x->live;
  for (uint32_t i = 0; i < use_count; i++)
    live_reach(x, slot, uses[i].block);
  while (x->work.count) {
    const uint32_t block = vmk_vec_pop(&x->work);
    for (uint32_t e = live->blocks[block].pred; e < live->blocks[block + 1].pred; e++) {
      const live_edge *edge = &live->preds.data[e];
      const uint32_t from = edge->from;
      bool passes = x->killed[from] != slot + 1;
      if (edge->exception != LIVE_NORMAL)
        passes = edge->exception != slot &&
                 (passes || live->blocks[from].first_throw <= x->kill_pc[from]);
      if (passes)
        live_reach(x, slot, from);
    }
  }
}

static void
live_explore_all(vmk_live *live, const uint32_t *use_begin, const uint32_t *def_begin)
{
  const uint32_t n = live->block_count;
  live_explore x = {.live = live};
  x.seen = (uint32_t *)vmk_calloc(n, sizeof *x.seen);
  x.killed = (uint32_t *)vmk_calloc(n, sizeof *x.killed);
  x.kill_pc = (uint32_t *)vmk_calloc(n, sizeof *x.kill_pc);
  for (uint32_t slot = 0; slot < live->f->frame_slots; slot++) {
    for (uint32_t i = def_begin[slot]; i < def_begin[slot + 1]; i++) {
      x.killed[live->defs.data[i].block] = slot + 1;
      x.kill_pc[live->defs.data[i].block] = live->defs.data[i].pc;
    }
    if (use_begin[slot + 1] > use_begin[slot])
      live_explore_slot(&x, slot, live->uses.data + use_begin[slot],
                        use_begin[slot + 1] - use_begin[slot]);
  }
  free(x.seen);
  free(x.killed);
  free(x.kill_pc);
  vmk_vec_fini(&x.work);
}

vmk_live *
vmk_live_new(const vmk_function *f, const uint32_t *code)
{
  vmk_live *live = (vmk_live *)vmk_calloc(1, sizeof *live);
  live->f = f;
  live->code = code;
  uint32_t *block_at = (uint32_t *)vmk_calloc(f->body->code_words + 1, sizeof *block_at);
  live_find_blocks(live, block_at);
  live_scan scan = {.live = live};
  scan.defined = (uint32_t *)vmk_calloc(f->frame_slots, sizeof *scan.defined);
  scan.used = (uint32_t *)vmk_calloc(f->frame_slots, sizeof *scan.used);
  for (; scan.block < live->block_count; scan.block++)
    live_scan_block(&scan, block_at);
  free(scan.defined);
  free(scan.used);
  free(block_at);
  live_sort_edges(live);
  uint32_t *use_begin = live_sort_events(live->uses.data, live->uses.count, f->frame_slots, false);
  uint32_t *def_begin = live_sort_events(live->defs.data, live->defs.count, f->frame_slots, false);
  live_explore_all(live, use_begin, def_begin);
  uint32_t *begin = live_sort_events(live->found.data, live->found.count, live->block_count, true);
  for (uint32_t b = 0; b <= live->block_count; b++)
    live->blocks[b].live = begin[b];
  free(use_begin);
  free(def_begin);
  free(begin);
  return live;
}

void
vmk_live_free(vmk_live *live)
{
  vmk_vec_fini(&live->preds);
  vmk_vec_fini(&live->succs);
  vmk_vec_fini(&live->defs);
  vmk_vec_fini(&live->uses);
  vmk_vec_fini(&live->found);
  free(live->blocks);
  free(live);
}

/* --- questions ------------------------------------------------------------------------------------ */

static bool
live_at_begin(const vmk_live *live, uint32_t block, uint32_t slot)
{
  for (uint32_t i = live->blocks[block].live; i < live->blocks[block + 1].live; i++)
    if (live->found.data[i].slot == slot)
      return true;
  return false;
}

uint32_t
vmk_live_entry_count(const vmk_live *live)
{
  return live->blocks[1].live - live->blocks[0].live;
}

uint32_t
vmk_live_entry_slot(const vmk_live *live, uint32_t i)
{
  return live->found.data[live->blocks[0].live + i].slot;
}

typedef struct live_question {
  uint32_t slot;
  bool found;
} live_question;

static void
live_question_use(void *data, uint32_t slot)
{
  live_question *q = (live_question *)data;
  q->found = q->found || q->slot == slot;
}

/* Would an exception in the block be handled where the slot is live? */
static bool
live_in_handlers(const vmk_live *live, uint32_t block, uint32_t slot)
{
  for (uint32_t e = live->blocks[block].succ; e < live->blocks[block + 1].succ; e++) {
    const live_edge *edge = &live->succs.data[e];
    if (edge->exception != LIVE_NORMAL && edge->exception != slot &&
        live_at_begin(live, edge->to, slot))
      return true;
  }
  return false;
}

/* The block of pc: the last that begins at or before. */
static uint32_t
live_block_of(const vmk_live *live, uint32_t pc)
{
  uint32_t low = 0, high = live->block_count;
  while (high - low > 1) {
    const uint32_t middle = (low + high) / 2;
    if (live->blocks[middle].begin <= pc)
      low = middle;
    else
      high = middle;
  }
  return low;
}

bool
vmk_live_before(const vmk_live *live, uint32_t pc, uint32_t slot)
{
  const uint32_t block = live_block_of(live, pc);
  live_question q = {.slot = slot};
  vmk_insn insn;
  const bool handled = live_in_handlers(live, block, slot);
  for (; pc < live->blocks[block].end; pc += insn.length) {
    vmk_insn_decode(live->code + pc, live->f->constants, &insn);
    live_uses(&insn, live_question_use, &q);
    if (q.found || (handled && live_can_throw(&insn)))
      return true;
    if (live_definition(&insn) == slot)
      return false;
  }
  for (uint32_t e = live->blocks[block].succ; e < live->blocks[block + 1].succ; e++)
    if (live->succs.data[e].exception == LIVE_NORMAL &&
        live_at_begin(live, live->succs.data[e].to, slot))
      return true;
  return false;
}

/* --- all slots of a range ------------------------------------------------------------------------- */

typedef struct live_set {
  uint32_t begin, end;
  uint64_t *bits;
} live_set;

static void
live_set_add(void *data, uint32_t slot)
{
  const live_set *set = (live_set *)data;
  if (slot >= set->begin && slot < set->end)
    set->bits[(slot - set->begin) / 64] |= 1ull << (slot - set->begin) % 64;
}

static void
live_set_remove(live_set *set, uint32_t slot)
{
  if (slot >= set->begin && slot < set->end)
    set->bits[(slot - set->begin) / 64] &= ~(1ull << (slot - set->begin) % 64);
}

/* What is live where the block's edges of one sort go to. */
static void
live_set_add_successors(live_set *set, const vmk_live *live, uint32_t block, bool exceptional)
{
  for (uint32_t e = live->blocks[block].succ; e < live->blocks[block + 1].succ; e++) {
    const live_edge *edge = &live->succs.data[e];
    if ((edge->exception != LIVE_NORMAL) != exceptional)
      continue;
    for (uint32_t i = live->blocks[edge->to].live; i < live->blocks[edge->to + 1].live; i++)
      if (live->found.data[i].slot != edge->exception)
        live_set_add(set, live->found.data[i].slot);
  }
}

void
vmk_live_within(const vmk_live *live, uint32_t pc, bool in_call, uint32_t begin, uint32_t end,
                uint64_t *bits)
{
  const uint32_t block = live_block_of(live, pc);
  live_set set = {begin, end, bits};
  VMK_VEC(uint32_t) starts = {0}; /* of the instructions from pc to the block's end */
  vmk_insn insn;
  memset(bits, 0, (end - begin + 63) / 64 * sizeof *bits);
  for (uint32_t at = live->blocks[block].begin; at < live->blocks[block].end; at += insn.length) {
    vmk_insn_decode(live->code + at, live->f->constants, &insn);
    if (at + insn.length > pc)
      vmk_vec_push(&starts, at);
  }
  live_set_add_successors(&set, live, block, false);
  for (size_t i = starts.count; i-- > 0;) {
    vmk_insn_decode(live->code + starts.data[i], live->f->constants, &insn);
    live_set_remove(&set, live_definition(&insn));
    if (i > 0 || !in_call)
      live_uses(&insn, live_set_add, &set);
    if (live_can_throw(&insn))
      live_set_add_successors(&set, live, block, true);
  }
  vmk_vec_fini(&starts);
}
