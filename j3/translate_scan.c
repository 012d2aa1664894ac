/* translate_scan.c -- first pass: where instructions and basic blocks begin
 *
 * Every instruction of the code is decoded once, reachable or not.  Leaders are targets of branches,
 * what follows a transfer of control, and the edges of exception regions, so a block lies wholly inside
 * or outside of each region.  Targets that are no instruction are found by the types pass, which only
 * walks reachable code.
 */
#include "translate.h"

enum {
  SCAN_INSTRUCTION = 1,
  SCAN_LEADER = 2,
};

static void
scan_leader(j3_translation *tr, int64_t bci)
{
  if (bci >= 0 && bci < tr->length)
    tr->marks[bci] |= SCAN_LEADER;
}

static void
scan_switch(j3_translation *tr, const j3_instruction *in)
{
  uint32_t count = j3_switch_count(in);
  for (uint32_t i = 0; i < count; i++)
    scan_leader(tr, j3_switch_target(in, i));
  scan_leader(tr, j3_switch_default(in));
}

/* Does control never reach the next instruction, or not only it? */
static bool
scan_ends_block(const j3_instruction *in)
{
  uint8_t format = j3_bytecode_table[in->op].format;
  return format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W || format == J3_FORMAT_SWITCH ||
         in->op == J3_BC_ret || in->op == J3_BC_athrow ||
         (in->op >= J3_BC_ireturn && in->op <= J3_BC_return);
}

static bool
scan_is_store(uint8_t op)
{
  return (op >= J3_BC_istore && op <= J3_BC_astore) ||
         (op >= J3_BC_istore_0 && op <= J3_BC_astore_3);
}

static void
scan_instruction(j3_translation *tr, const j3_instruction *in)
{
  uint8_t format = j3_bytecode_table[in->op].format;
  if (format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W)
    scan_leader(tr, in->value);
  else if (format == J3_FORMAT_SWITCH)
    scan_switch(tr, in);
  if (scan_ends_block(in))
    scan_leader(tr, in->bci + in->length);
  if (in->op == J3_BC_jsr || in->op == J3_BC_jsr_w)
    tr->jsr_count++;
  tr->has_monitors |= in->op == J3_BC_monitorenter || in->op == J3_BC_monitorexit;
  tr->assigns_this |= scan_is_store(in->op) && in->index == 0;
}

static void
scan_code(j3_translation *tr)
{
  j3_instruction in;
  scan_leader(tr, 0);
  for (uint32_t bci = 0; bci < tr->length; bci += in.length) {
    if (!j3_bytecode_decode(tr->code, tr->length, bci, &in)) {
      j3_translate_fail(tr, bci, "Bad instruction: %x", tr->code[bci]);
      return;
    }
    tr->marks[bci] |= SCAN_INSTRUCTION;
    scan_instruction(tr, &in);
  }
}

static void
scan_rows(j3_translation *tr)
{
  tr->row_count = tr->method->exception_table.length / 8;
  tr->rows = j3_translate_alloc(tr, tr->row_count * sizeof *tr->rows);
  for (uint32_t i = 0; i < tr->row_count; i++) {
    const uint8_t *p = tr->method->exception_table.data + 8 * i;
    j3_handler_row *r = &tr->rows[i];
    *r = (j3_handler_row){j3_u2(p), j3_u2(p + 2), j3_u2(p + 4), j3_u2(p + 6), false};
    scan_leader(tr, r->begin);
    scan_leader(tr, r->end);
    scan_leader(tr, r->handler);
  }
}

static bool
scan_is_instruction(const j3_translation *tr, uint32_t bci)
{
  return bci < tr->length && (tr->marks[bci] & SCAN_INSTRUCTION);
}

static void
scan_check_rows(j3_translation *tr)
{
  for (uint32_t i = 0; i < tr->row_count && !tr->failed; i++) {
    const j3_handler_row *r = &tr->rows[i];
    if (r->begin >= r->end || !scan_is_instruction(tr, r->begin) ||
        (r->end != tr->length && !scan_is_instruction(tr, r->end)))
      j3_translate_fail(tr, r->begin, "Illegal exception table range");
    else if (!scan_is_instruction(tr, r->handler))
      j3_translate_fail(tr, r->handler, "Illegal exception table handler");
    else if (r->type && (r->type >= tr->pool->count || tr->pool->tag[r->type] != J3_TAG_CLASS))
      j3_translate_fail(tr, r->handler, "Illegal exception table handler: catch type");
  }
}

static void
scan_blocks(j3_translation *tr)
{
  uint8_t leader = SCAN_INSTRUCTION | SCAN_LEADER;
  for (uint32_t i = 0; i < tr->length; i++)
    tr->block_count += (tr->marks[i] & leader) == leader;
  tr->blocks = j3_translate_alloc(tr, tr->block_count * sizeof *tr->blocks);
  tr->block_at = j3_translate_alloc(tr, tr->length * sizeof *tr->block_at);
  uint32_t n = 0;
  for (uint32_t i = 0; i < tr->length; i++) {
    if ((tr->marks[i] & leader) != leader)
      continue;
    if (n)
      tr->blocks[n - 1].end = i;
    tr->blocks[n].begin = i;
    tr->block_at[i] = n++;
  }
  tr->blocks[n - 1].end = tr->length;
}

static void
scan_jsrs(j3_translation *tr)
{
  tr->jsrs = j3_translate_alloc(tr, tr->jsr_count * sizeof *tr->jsrs);
  uint32_t n = 0;
  j3_instruction in;
  for (uint32_t bci = 0; bci < tr->length && n < tr->jsr_count; bci += in.length) {
    if (!j3_bytecode_decode(tr->code, tr->length, bci, &in))
      return;
    if (in.op == J3_BC_jsr || in.op == J3_BC_jsr_w)
      tr->jsrs[n++] = (j3_jsr){bci, (uint32_t)in.value, bci + in.length};
  }
}

j3_block *
j3_translate_block_at(const j3_translation *tr, uint32_t bci)
{
  uint8_t leader = SCAN_INSTRUCTION | SCAN_LEADER;
  if (bci >= tr->length || (tr->marks[bci] & leader) != leader)
    return NULL;
  return &tr->blocks[tr->block_at[bci]];
}

void
j3_translate_scan(j3_translation *tr)
{
  if (tr->length == 0 || tr->length > 65535) {
    j3_translate_fail(tr, 0, "Invalid method Code length %u", tr->length);
    return;
  }
  tr->marks = j3_translate_alloc(tr, tr->length);
  scan_rows(tr);
  scan_code(tr);
  if (!tr->failed)
    scan_check_rows(tr);
  if (tr->failed)
    return;
  scan_blocks(tr);
  if (tr->jsr_count)
    scan_jsrs(tr);
}
