/* translate_locks.c -- is a method's locking structured, whatever way it goes? (JVMS 2.11.10)
 *
 * Structured: it exits only monitors that it entered, the last one first, and never leaves with one of
 * its own entered.  What Java compilers write can be proved to be so by abstract interpretation: a value
 * is named by the instruction that made it, names flow through the stack and the locals, and at every
 * instruction the names of the monitors entered are one list.  Where paths bring different values to a
 * place it has no name.  What cannot be proved is not wrong: translate_monitor.c keeps account then.
 *
 * Instructions that throw do so before they have any effect, and only monitors that an enclosing
 * catch-all handler can still exit may be entered then.
 */
#include "effect.h"
#include "translate.h"

enum {
  LOCKS_NAMELESS = 0,       /* else bci + 1 of the instruction, or -(local + 1): an argument */
  LOCKS_EFFORT = 256 * 1024 /* words of state of a method worth proving */
};

typedef struct locks_state {
  uint32_t depth, lock_count;
  int32_t locks[J3_LOCKS_MAX];
  int32_t words[]; /* locals, then the stack */
} locks_state;

typedef struct locks_proof {
  j3_translation *tr;
  uint32_t locals;
  size_t bytes;        /* of a state */
  locks_state **entry; /* by block */
  locks_state *now;
  uint32_t *queue, queue_count;
  bool *queued;
  bool failed;
} locks_proof;

/* --- states --------------------------------------------------------------------------------------------- */

/* Control goes to the block with the state of now. */
static void
locks_flow(locks_proof *p, const j3_block *block)
{
  uint32_t i = (uint32_t)(block - p->tr->blocks);
  locks_state *to = p->entry[i], *now = p->now;
  bool changed = !to;
  if (!to) {
    to = p->entry[i] = j3_translate_alloc(p->tr, p->bytes);
    memcpy(to, now, p->bytes);
  }
  if (to->lock_count != now->lock_count || to->depth != now->depth ||
      memcmp(to->locks, now->locks, to->lock_count * sizeof to->locks[0]) != 0) {
    p->failed = true;
    return;
  }
  for (uint32_t w = 0; w < p->locals + to->depth; w++)
    if (to->words[w] != now->words[w] && to->words[w] != LOCKS_NAMELESS) {
      to->words[w] = LOCKS_NAMELESS;
      changed = true;
    }
  if (changed && !p->queued[i]) {
    p->queued[i] = true;
    p->queue[p->queue_count++] = i;
  }
}

static void
locks_push(locks_proof *p, int32_t name, uint32_t count)
{
  while (count--)
    p->now->words[p->locals + p->now->depth++] = name;
}

static int32_t
locks_pop(locks_proof *p, uint32_t count)
{
  p->now->depth -= count;
  return count ? p->now->words[p->locals + p->now->depth] : LOCKS_NAMELESS;
}

/* An instruction makes a new value: one that it made before loses its name. */
static void
locks_rename(locks_proof *p, int32_t name)
{
  locks_state *s = p->now;
  for (uint32_t i = 0; i < s->lock_count; i++)
    p->failed |= s->locks[i] == name;
  for (uint32_t w = 0; w < p->locals + s->depth; w++)
    if (s->words[w] == name)
      s->words[w] = LOCKS_NAMELESS;
}

/* --- instructions ------------------------------------------------------------------------------------------- */

static bool
locks_can_throw(const j3_instruction *in)
{
  uint8_t op = in->op, format = j3_bytecode_table[op].format;
  if (format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W)
    return in->value <= (int32_t)in->bci; /* a poll */
  if (op == J3_BC_idiv || op == J3_BC_ldiv || op == J3_BC_irem || op == J3_BC_lrem)
    return true;
  return (op >= J3_BC_ldc && op <= J3_BC_ldc2_w) || (op >= J3_BC_iaload && op <= J3_BC_saload) ||
         (op >= J3_BC_iastore && op <= J3_BC_sastore) || op >= J3_BC_getstatic;
}

/* To the handlers that may take an exception of this instruction. */
static void
locks_throw(locks_proof *p, uint32_t bci)
{
  j3_translation *tr = p->tr;
  locks_state *s = p->now;
  uint32_t depth = s->depth;
  int32_t bottom = s->words[p->locals];
  bool caught = false;
  s->depth = 1;
  s->words[p->locals] = LOCKS_NAMELESS;
  for (uint32_t i = 0; i < tr->row_count && !caught; i++) {
    const j3_handler_row *r = &tr->rows[i];
    if (bci < r->begin || bci >= r->end)
      continue;
    caught = r->type == 0;
    locks_flow(p, j3_translate_block_at(tr, r->handler));
  }
  p->failed |= s->lock_count && !caught;
  s->depth = depth;
  s->words[p->locals] = bottom;
}

static void
locks_monitor(locks_proof *p, bool enter)
{
  locks_state *s = p->now;
  int32_t name = locks_pop(p, 1);
  if (enter && name != LOCKS_NAMELESS && s->lock_count < J3_LOCKS_MAX)
    s->locks[s->lock_count++] = name;
  else if (!enter && s->lock_count && s->locks[s->lock_count - 1] == name)
    s->lock_count--;
  else
    p->failed = true;
}

static void
locks_store(locks_proof *p, uint32_t local, uint32_t words)
{
  int32_t name = locks_pop(p, words);
  for (uint32_t i = 0; i < words; i++)
    p->now->words[local + i] = words == 1 ? name : LOCKS_NAMELESS;
}

static void
locks_effect(locks_proof *p, const j3_instruction *in)
{
  uint8_t op = in->op;
  locks_state *s = p->now;
  if (op == J3_BC_monitorenter || op == J3_BC_monitorexit) {
    locks_monitor(p, op == J3_BC_monitorenter);
  } else if (op >= J3_BC_pop && op <= J3_BC_swap) {
    s->depth = j3_effect_shuffle(s->words + p->locals, s->depth, op);
  } else if (op == J3_BC_aload || (op >= J3_BC_aload_0 && op <= J3_BC_aload_3)) {
    locks_push(p, s->words[in->index], 1);
  } else if (op != J3_BC_checkcast) {
    bool stores = (op >= J3_BC_istore && op <= J3_BC_astore) ||
                  (op >= J3_BC_istore_0 && op <= J3_BC_astore_3);
    j3_effect e = j3_effect_of(p->tr->pool, in);
    if (stores) {
      locks_store(p, in->index, e.pops);
      return;
    }
    locks_pop(p, e.pops);
    if (e.pushes)
      locks_rename(p, (int32_t)in->bci + 1);
    locks_push(p, (int32_t)in->bci + 1, e.pushes);
  }
}

static void
locks_branch(locks_proof *p, const j3_instruction *in)
{
  uint8_t format = j3_bytecode_table[in->op].format;
  if (format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W) {
    locks_flow(p, j3_translate_block_at(p->tr, (uint32_t)in->value));
  } else if (format == J3_FORMAT_SWITCH) {
    for (uint32_t i = 0, n = j3_switch_count(in); i < n; i++)
      locks_flow(p, j3_translate_block_at(p->tr, (uint32_t)j3_switch_target(in, i)));
    locks_flow(p, j3_translate_block_at(p->tr, (uint32_t)j3_switch_default(in)));
  }
}

static void
locks_block(locks_proof *p, uint32_t i)
{
  const j3_block *block = &p->tr->blocks[i];
  bool falls = true;
  j3_instruction in;
  memcpy(p->now, p->entry[i], p->bytes);
  for (uint32_t bci = block->begin; bci < block->end && falls && !p->failed; bci += in.length) {
    j3_bytecode_decode(p->tr->code, p->tr->length, bci, &in);
    if (locks_can_throw(&in))
      locks_throw(p, bci);
    locks_effect(p, &in);
    locks_branch(p, &in);
    if (in.op >= J3_BC_ireturn && in.op <= J3_BC_return)
      p->failed |= p->now->lock_count != 0;
    falls = j3_bytecode_falls_through(&in);
  }
  if (falls && !p->failed)
    locks_flow(p, j3_translate_block_at(p->tr, block->end));
}

/* Find the states at the beginnings of blocks; false: locking is not structured, or who knows. */
static bool
locks_prove(locks_proof *p, j3_translation *tr)
{
  *p = (locks_proof){.tr = tr, .locals = tr->method->max_locals};
  size_t words = p->locals + tr->method->max_stack + 2u;
  if (tr->jsr_count || words * tr->block_count > LOCKS_EFFORT)
    return false;
  p->bytes = sizeof *p->now + words * sizeof p->now->words[0];
  p->now = j3_translate_alloc(tr, p->bytes);
  p->entry = j3_translate_alloc(tr, tr->block_count * sizeof(locks_state *));
  p->queue = j3_translate_alloc(tr, tr->block_count * sizeof *p->queue);
  p->queued = j3_translate_alloc(tr, tr->block_count * sizeof *p->queued);
  for (uint32_t i = 0; i < tr->method->argument_slots + !(tr->method->flags & J3_STATIC); i++)
    p->now->words[i] = -(int32_t)(i + 1);
  locks_flow(p, &tr->blocks[0]);
  while (p->queue_count && !p->failed) {
    uint32_t i = p->queue[--p->queue_count];
    p->queued[i] = false;
    locks_block(p, i);
  }
  return !p->failed;
}

bool
j3_translate_locks_are_structured(j3_translation *tr)
{
  locks_proof p;
  return locks_prove(&p, tr);
}

uint32_t
j3_translate_locks_at(j3_translation *tr, uint32_t bci, j3_lock_local *out)
{
  locks_proof p;
  uint32_t count = 0, i = 0;
  if (!locks_prove(&p, tr))
    return 0;
  while (i < tr->block_count && tr->blocks[i].end <= bci)
    i++;
  if (i == tr->block_count || !p.entry[i])
    return 0;
  memcpy(p.now, p.entry[i], p.bytes);
  j3_instruction in;
  for (uint32_t at = tr->blocks[i].begin; at < bci; at += in.length) {
    j3_bytecode_decode(tr->code, tr->length, at, &in);
    locks_effect(&p, &in);
  }
  for (uint32_t lock = 0; lock < p.now->lock_count; lock++)
    for (uint32_t local = 0; local < p.locals; local++)
      if (p.now->words[local] == p.now->locks[lock])
        out[count++] = (j3_lock_local){lock, local};
  return count;
}
