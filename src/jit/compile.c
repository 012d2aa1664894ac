/* compile.c -- from IR to machine code, one stencil after the other
 *
 * One pass over the instructions.  A piece of code is
 *
 *     entry, instructions | stubs | tables of switches, cells of unresolved sites
 *
 * so that what usually runs is dense and falls through.
 *
 * acc mirrors the register `acc`, dacc the register `dacc` (slots, 0: none) when an instruction
 * begins; stencils that take the operand from there exist for each of its places.  At every
 * instruction that can be reached otherwise than from above nothing is mirrored: branch targets,
 * handlers, and what follows a call of C.
 */
#include "jit/assembly.h"

#include <stdlib.h>
#include <string.h>

#include <vmkit/vmk_heap.h>

#include "jit/forward.h"
#include <jit/stencils.inc> /* written by the build */

static const uint16_t compile_stencils[4][VMK_OP_COUNT] = {
    {
#define VMK_OP(name, ...) [VMK_OP_##name] = JIT_s0_##name,
#include <vmkit/vmk_ops.def>
#undef VMK_OP
    },
    {
#define ROW(name) [VMK_OP_##name] = JIT_s1_##name,
#define VMK_OP(name, a, ...) JIT_IF_FORWARDED_##a(ROW(name))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef ROW
    },
    {
#define ROW(name) [VMK_OP_##name] = JIT_s2_##name,
#define VMK_OP(name, a, b, ...) JIT_IF_FORWARDED_##b(ROW(name))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef ROW
    },
    {
#define ROW(name) [VMK_OP_##name] = JIT_s3_##name,
#define VMK_OP(name, a, b, c, ...) JIT_IF_FORWARDED_##c(ROW(name))
#include <vmkit/vmk_ops.def>
#undef VMK_OP
#undef ROW
    },
};

/* --- instructions -------------------------------------------------------------------------------------- */

void
jit_compile_forget(jit_assembly *as)
{
  as->acc = as->dacc = 0;
}

/* The stencil of op that takes what it can from acc or dacc. */
static uint32_t
compile_choose(const jit_assembly *as)
{
  const vmk_op_info *info = vmk_insn_info(&as->insn);
  for (uint32_t place = 3; place-- > 0;) {
    uint32_t mirrored = info->operand[place] == VMK_OPERAND_uD ? as->dacc : as->acc;
    uint16_t stencil = compile_stencils[place + 1][as->insn.op];
    if (mirrored && stencil && vmk_operand_is_register((vmk_operand)info->operand[place]) &&
        jit_assembly_slot(as, as->unit, (uint32_t)as->insn.operand[place]) == mirrored)
      return stencil;
  }
  return compile_stencils[0][as->insn.op];
}

/* After an instruction: what acc and dacc mirror now. */
static void
compile_define(jit_assembly *as)
{
  vmk_operand kind = (vmk_operand)vmk_insn_info(&as->insn)->operand[0];
  if (!vmk_operand_defines(kind))
    return;
  uint32_t a = jit_assembly_slot(as, as->unit, (uint32_t)as->insn.operand[0]);
  if (as->acc == a)
    as->acc = 0;
  if (as->dacc == a)
    as->dacc = 0;
  if (kind == VMK_OPERAND_dD)
    as->dacc = a;
  else if (kind != VMK_OPERAND_dF)
    as->acc = a;
  jit_pin_defined(as, a);
}

void
jit_compile_copy(jit_assembly *as, uint32_t to, uint32_t from)
{
  as->operand[0] = 8 * (int64_t)to;
  as->operand[1] = 8 * (int64_t)from;
  jit_assembly_emit(as, from == as->acc && from    ? JIT_x_store
                        : from == as->dacc && from ? JIT_x_store_f64
                                                   : JIT_x_copy);
}

void
jit_compile_load_operands(jit_assembly *as)
{
  const vmk_op_info *info = vmk_insn_info(&as->insn);
  for (int i = 0; i < 3; i++) {
    int32_t operand = as->insn.operand[i];
    as->operand[i] = vmk_operand_is_register((vmk_operand)info->operand[i])
                         ? 8 * (int64_t)jit_assembly_slot(as, as->unit, (uint32_t)operand)
                         : operand;
  }
}

vmk_profile *
jit_compile_profile(const jit_assembly *as)
{
  return as->jit->vm->tier.profiles ? vmk_profile_of(jit_assembly_unit(as)->function) : NULL;
}

void
jit_compile_count(jit_assembly *as, uint32_t *counter)
{
  as->counter = counter;
  jit_assembly_emit(as, JIT_x_count);
}

/* The stencil of a volatile access of operand c's type, or of all types. */
static uint32_t
compile_choose_volatile(const vmk_insn *insn)
{
#define OF_TYPE(type)                                                            \
  (insn->op == VMK_OP_load_field_volatile    ? JIT_##type##_load_field_volatile  \
   : insn->op == VMK_OP_store_field_volatile ? JIT_##type##_store_field_volatile \
   : insn->op == VMK_OP_load_static_volatile ? JIT_##type##_load_static_volatile \
                                             : JIT_##type##_store_static_volatile)
  int32_t type = insn->operand[2];
  switch ((vmk_type)type) {
  case VMK_TYPE_I8: return OF_TYPE(i8);
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: return OF_TYPE(u8);
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: return OF_TYPE(i32);
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: return OF_TYPE(i64);
  case VMK_TYPE_REF: return OF_TYPE(ref);
  case VMK_TYPE_I16:
  case VMK_TYPE_U16:
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: return compile_stencils[0][insn->op];
  }
  __builtin_unreachable();
#undef OF_TYPE
}

static bool
compile_is_volatile(vmk_op op)
{
  return op == VMK_OP_load_field_volatile || op == VMK_OP_store_field_volatile ||
         op == VMK_OP_load_static_volatile || op == VMK_OP_store_static_volatile;
}

static bool
compile_has_appendix(vmk_op op)
{
  return op == VMK_OP_call_appendix || op == VMK_OP_call_special_appendix;
}

void
jit_compile_call(jit_assembly *as)
{
  const vmk_insn *insn = &as->insn;
  uint32_t window = as->function->frame_slots + VMK_FRAME_HEADER;
  for (uint32_t i = 0; i < insn->count; i++)
    jit_compile_copy(as, window + i, jit_assembly_argument(as, i));
  if (compile_has_appendix(insn->op)) {
    as->operand[0] = 8 * (int64_t)(window + insn->count);
    jit_assembly_emit(as, JIT_x_appendix);
  }
  jit_compile_load_operands(as);
  if (jit_compile_profile(as) && insn->op == VMK_OP_call_virtual)
    jit_assembly_emit(as, JIT_x_count_virtual);
  else if (jit_compile_profile(as) && insn->op == VMK_OP_call_interface)
    jit_assembly_emit(as, JIT_x_count_interface);
  jit_assembly_emit(as, compile_choose(as));
  if (as->slow != NO_STUB)
    as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  jit_compile_forget(as);
  as->acc = (uint32_t)insn->operand[0]; /* 0: the call has no result */
  as->operand[0] = 8 * (int64_t)as->acc;
  jit_assembly_emit(as, as->acc ? JIT_x_result : JIT_x_no_result);
  jit_pin_load(as, as->loop);
}

/* Through the window, since registers of the frame are overwritten. */
static void
compile_tail_call(jit_assembly *as)
{
  const vmk_insn *insn = &as->insn;
  uint32_t window = as->function->frame_slots;
  jit_assembly_emit(as, JIT_x_leave_if_polled);
  for (uint32_t i = 0; i < insn->count; i++)
    jit_compile_copy(as, window + i, vmk_insn_argument(insn, i));
  if (insn->op == VMK_OP_tail_call_indirect)
    jit_compile_copy(as, window + insn->count, (uint32_t)insn->operand[2]);
  jit_compile_forget(as);
  for (uint32_t i = 0; i < insn->count; i++)
    jit_compile_copy(as, VMK_FRAME_HEADER + i, window + i);
  jit_compile_load_operands(as);
  as->operand[2] = 8 * (int64_t)(window + insn->count);
  jit_assembly_emit(as, compile_stencils[0][insn->op]);
}

static bool
compile_goes_back(const vmk_insn *insn)
{
  bool back = insn->target <= 0;
  if (vmk_insn_is_switch(insn))
    for (uint32_t i = 0; i < insn->count && !back; i++)
      back = vmk_insn_case(insn, i) <= 0;
  return back;
}

/* Poll before the branch.  What comes back from there finds acc and dacc as they were. */
static void
compile_back_edge(jit_assembly *as)
{
  if (as->jit->vm->tier.switches) {
    jit_assembly_emit(as, JIT_x_leave);
    return;
  }
  as->slow_kind = JIT_STUB_RELOAD;
  jit_assembly_emit(as, compile_stencils[0][VMK_OP_poll]);
  as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  as->slow = NO_STUB;
  as->slow_kind = JIT_STUB_SLOW;
}

bool
jit_compile_calls_c(const vmk_function *f, const vmk_insn *insn)
{
#define CALLS(name) case VMK_OP_##name:
#define VMK_OP(name, ...) JIT_IF_CALLS_C(name)(CALLS(name))
  switch ((int)insn->op) {
#include <vmkit/vmk_ops.def>
  case VMK_OP_call_leaf:
  case VMK_OP_br_leaf: return true;
  case VMK_OP_is_kind:
  case VMK_OP_br_kind_or_null:
    return !((const vmk_kind *)f->constants[insn->constant])->display_index;
  default: return false;
  }
#undef VMK_OP
#undef CALLS
}

/* The stencil of a subtype test. */
static uint32_t
compile_choose_kind_test(jit_assembly *as)
{
  const uint64_t *constants = jit_assembly_unit(as)->function->constants;
  const vmk_kind *kind = (const vmk_kind *)constants[as->insn.constant];
  bool branches = as->insn.op == VMK_OP_br_kind_or_null;
  bool mirrored = as->acc && jit_assembly_argument(as, 0) == as->acc;
  uint32_t index = kind->display_index;
  if (!index)
    return compile_stencils[0][as->insn.op];
  as->insn.imm = (int32_t)(offsetof(vmk_kind, display) + index * sizeof kind->display[0]);
  if (branches)
    return mirrored ? JIT_x_br_kind_or_null_acc : JIT_x_br_kind_or_null;
  return mirrored ? JIT_x_is_kind_acc : JIT_x_is_kind;
}

/* Where edge i of a branch leads: 0 its target, of a switch 1 + i its cases. */
static jit_target
compile_edge(const jit_assembly *as, uint32_t i)
{
  int32_t to = i ? vmk_insn_case(&as->insn, i - 1) : as->insn.target;
  uint32_t pc = (uint32_t)((int32_t)as->pc + to);
  const jit_loop *loop = as->unit ? NULL : jit_pin_entered_at(as, pc);
  return loop ? (jit_target){JIT_TO_LABEL, loop->preheader}
              : (jit_target){JIT_TO_WHERE, jit_assembly_unit(as)->where + pc};
}

/* The label of a stub that counts an edge and goes on there. */
static uint32_t
compile_count_edge(jit_assembly *as, uint32_t edge)
{
  uint32_t which = jit_assembly_stub(as, JIT_STUB_COUNT);
  as->stubs.data[which].back = edge;
  return as->stubs.data[which].label;
}

/* The table of a switch, and stubs for its cases when they are counted. */
static void
compile_cases(jit_assembly *as, bool counts)
{
  as->table = jit_assembly_new_label(as);
  jit_table table = {.insn = as->index, .label = as->table};
  for (uint32_t i = 0; counts && i < as->insn.count; i++) {
    uint32_t label = compile_count_edge(as, 1 + i);
    table.stub = i ? table.stub : label;
  }
  vmk_vec_push(&as->tables, table);
}

static void
compile_branch(jit_assembly *as)
{
  const vmk_insn *insn = &as->insn;
  vmk_profile *profile = jit_compile_profile(as);
  bool back = compile_goes_back(insn), jumps = vmk_insn_is_jump(insn);
  if (back)
    compile_back_edge(as);
  jit_compile_load_operands(as);
  if (profile && jumps && back)
    jit_compile_count(as, &profile->count[as->pc]);
  if (vmk_insn_is_switch(insn))
    compile_cases(as, profile);
  as->target = profile && !jumps ? (jit_target){JIT_TO_LABEL, compile_count_edge(as, 0)}
                                 : compile_edge(as, 0);
  bool calls = jit_compile_calls_c(jit_assembly_unit(as)->function, insn);
  uint32_t stencil = insn->op == VMK_OP_jump_back         ? compile_stencils[0][VMK_OP_jump]
                     : insn->op == VMK_OP_br_kind_or_null ? compile_choose_kind_test(as)
                                                          : compile_choose(as);
  jit_assembly_emit(as, stencil);
  if (calls) /* not in a loop with pins */
    jit_compile_forget(as);
  if (profile && !jumps && !vmk_insn_is_switch(insn))
    jit_compile_count(as, &profile->count[as->pc + 1]);
}

static void
compile_site(jit_assembly *as)
{
  uint32_t which = jit_assembly_stub(as, JIT_STUB_SITE);
  jit_stub *stub = &as->stubs.data[which];
  stub->back = as->table = jit_assembly_new_label(as);
  jit_assembly_emit(as, JIT_x_site);
  jit_table cell = {as->index, as->table, stub->label, (uint32_t)as->code.count};
  vmk_vec_push(&as->tables, cell);
  jit_compile_forget(as);
  jit_pin_load(as, as->loop);
}

bool
jit_compile_allocates_slowly(vmk_op op, const vmk_kind *kind)
{
  return kind->flags & VMK_KIND_PINNED || kind->shape == VMK_SHAPE_ARRAY_AGGREGATE ||
         (op == VMK_OP_new && kind->size > INT32_MAX);
}

/* Divisions by a power of two are cheaper than division; c is at least 1. */
static uint32_t
compile_choose_division(jit_assembly *as)
{
  uint32_t c = (uint32_t)as->insn.operand[2];
  bool mirrored = as->acc && as->operand[1] == 8 * (int64_t)as->acc;
  if ((int32_t)c < 1 || c & (c - 1))
    return compile_choose(as);
  as->insn.imm = __builtin_ctz(c);
  if (as->insn.op == VMK_OP_div_i32_imm)
    return mirrored ? JIT_x_div_power_acc : JIT_x_div_power;
  return mirrored ? JIT_x_rem_power_acc : JIT_x_rem_power;
}

static void
compile_plain(jit_assembly *as)
{
  vmk_op op = as->insn.op;
  bool calls = jit_compile_calls_c(jit_assembly_unit(as)->function, &as->insn);
  jit_compile_load_operands(as);
  uint32_t stencil = op == VMK_OP_is_kind      ? compile_choose_kind_test(as)
                     : compile_is_volatile(op) ? compile_choose_volatile(&as->insn)
                     : op == VMK_OP_div_i32_imm || op == VMK_OP_rem_i32_imm
                         ? compile_choose_division(as)
                         : compile_choose(as);
  if (op == VMK_OP_new || op == VMK_OP_new_array) {
    const uint64_t *constants = jit_assembly_unit(as)->function->constants;
    if (jit_compile_allocates_slowly(op, (const vmk_kind *)constants[as->insn.constant]))
      stencil = JIT_x_slow;
  }
  jit_assembly_emit(as, stencil);
  if (as->slow != NO_STUB)
    as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  if (as->slow != NO_STUB || calls)
    jit_compile_forget(as);
  compile_define(as);
  if (calls)
    jit_pin_load(as, as->loop);
  vmk_profile *profile = jit_compile_profile(as);
  if (profile && op == VMK_OP_is_kind) {
    as->counter = &profile->count[as->pc];
    jit_assembly_emit(as, JIT_x_count_test);
  }
}

void
jit_compile_insn(jit_assembly *as, uint32_t index)
{
  jit_assembly_select(as, index);
  uint32_t effects = vmk_insn_info(&as->insn)->effects;
  int64_t leave = as->jit->vm->tier.leave;
  if (leave && index % leave == leave - 1) {
    jit_assembly_emit(as, JIT_x_leave);
    jit_compile_forget(as);
  } else if (as->insn.site) {
    compile_site(as);
  } else if (effects & VMK_CALLS && effects & VMK_TERMINATOR) {
    compile_tail_call(as);
  } else if (effects & VMK_CALLS) {
    if (!jit_inline_call(as))
      jit_compile_call(as);
  } else if (effects & VMK_BRANCHES) {
    compile_branch(as);
  } else if (as->unit && jit_inline_is_return(as->insn.op)) {
    jit_inline_return(as);
  } else if (as->insn.op != VMK_OP_nop) {
    compile_plain(as);
  }
}

/* --- stubs and tables ---------------------------------------------------------------------------------- */

/* From here to an offset in the code. */
void
jit_compile_jump(jit_assembly *as, uint32_t offset)
{
  uint32_t label = jit_assembly_new_label(as);
  as->labels.data[label] = offset;
  as->target = (jit_target){JIT_TO_LABEL, label};
  jit_assembly_emit(as, JIT_x_jump);
}

void
jit_compile_reload(jit_assembly *as, const jit_stub *stub)
{
  as->operand[0] = 8 * (int64_t)stub->acc;
  if (stub->acc)
    jit_assembly_emit(as, JIT_x_reload);
  as->operand[0] = 8 * (int64_t)stub->dacc;
  if (stub->dacc)
    jit_assembly_emit(as, JIT_x_reload_f64);
  jit_pin_load(as, stub->loop);
}

/* Run the slow half, and come back at a label. */
static void
compile_run_slow(jit_assembly *as, uint32_t label)
{
  as->target = (jit_target){JIT_TO_LABEL, label};
  as->routine = JIT_ROUTINE_SLOW;
  jit_assembly_emit(as, JIT_x_stub_slow);
}

/* The slow half leaves its result in acc. */
static void
compile_slow_stub(jit_assembly *as, const jit_stub *stub)
{
  uint32_t label = jit_assembly_new_label(as);
  as->labels.data[label] = stub->back;
  compile_run_slow(as, label);
  if (stub->loop) {
    jit_assembly_bind(as, label);
    jit_pin_load(as, stub->loop);
    jit_compile_jump(as, stub->back);
  }
}

static void
compile_reload_stub(jit_assembly *as, const jit_stub *stub)
{
  uint32_t reload = jit_assembly_new_label(as);
  compile_run_slow(as, reload);
  jit_assembly_bind(as, reload);
  jit_compile_reload(as, stub);
  jit_compile_jump(as, stub->back);
}

static void
compile_count_stub(jit_assembly *as, uint32_t edge)
{
  jit_compile_count(as, &jit_compile_profile(as)->count[as->pc + edge]);
  as->target = compile_edge(as, edge);
  jit_assembly_emit(as, JIT_x_jump);
}

static void
compile_stub(jit_assembly *as, const jit_stub *stub)
{
  jit_assembly_select(as, stub->insn);
  jit_compile_forget(as);
  as->loop = NULL;
  jit_assembly_bind(as, stub->label);
  switch (stub->kind) {
  case JIT_STUB_LEAVE:
    jit_inline_make_frames(as);
    as->routine = JIT_ROUTINE_LEAVE;
    jit_assembly_emit(as, JIT_x_stub_leave);
    return;
  case JIT_STUB_SLOW: compile_slow_stub(as, stub); return;
  case JIT_STUB_RELOAD: compile_reload_stub(as, stub); return;
  case JIT_STUB_SITE:
    as->table = stub->back;
    as->routine = JIT_ROUTINE_SITE;
    jit_assembly_emit(as, JIT_x_stub_site);
    return;
  case JIT_STUB_CALL: jit_inline_call_stub(as, stub); return;
  case JIT_STUB_LANDING: jit_inline_landing(as, stub); return;
  case JIT_STUB_COUNT: compile_count_stub(as, stub->back); return;
  }
}

/* A switch's table: see SWITCH and LOOKUP in stencils.c.  A cell is filled in when its address is
 * known. */
static void
compile_table(jit_assembly *as, const jit_table *table)
{
  const jit_source *source = &as->source.data[table->insn];
  const vmk_insn *insn = &source->insn;
  jit_assembly_align(as, sizeof(jit_cell));
  jit_assembly_bind(as, table->label);
  if (insn->site) {
    jit_cell none = {0};
    jit_assembly_append(as, &none, sizeof none);
    return;
  }
  if (insn->op == VMK_OP_lookup_i32)
    jit_assembly_append(as, insn->table, insn->count * 4);
  for (uint32_t i = 0; i < insn->count; i++) {
    uint32_t to = as->where.data[(int32_t)source->pc + vmk_insn_case(insn, i)];
    to = table->stub ? as->labels.data[table->stub + i] : to & ~WHERE_LEADER;
    uint32_t distance = to - as->labels.data[table->label];
    jit_assembly_append(as, &distance, sizeof distance);
  }
}

static void
compile_rest(jit_assembly *as)
{
  for (size_t i = 0; i < as->stubs.count; i++) {
    jit_stub stub = as->stubs.data[i];
    compile_stub(as, &stub);
  }
  for (size_t i = 0; i < as->tables.count; i++)
    compile_table(as, &as->tables.data[i]);
}

/* --- functions ----------------------------------------------------------------------------------------- */

static void
compile_mark(jit_assembly *as, const jit_unit *unit, uint32_t pc)
{
  as->where.data[unit->where + pc] |= WHERE_LEADER;
}

static void
compile_new_profile(struct vmk_jit *jit, const vmk_function *f)
{
  vmk_profile *profile = vmk_meta_alloc(f->module, vmk_profile_bytes(f->body));
  profile->function = f;
  profile->next = jit->profiles;
  jit->profiles = profile;
  __atomic_store_n(&f->body->profile, profile, __ATOMIC_RELEASE);
}

/* Decode a unit, and find what can be reached otherwise than from above. */
void
jit_compile_read(jit_assembly *as, uint32_t index)
{
  jit_unit *unit = &as->units.data[index];
  const vmk_function *f = unit->function;
  const vmk_body *body = f->body;
  if (as->jit->vm->tier.profiles && !body->profile)
    compile_new_profile(as->jit, f);
  unit->where = (uint32_t)as->where.count;
  vmk_vec_reserve(&as->where, body->code_words + 1);
  for (uint32_t i = 0; i <= body->code_words; i++)
    as->where.data[as->where.count++] = WHERE_NONE;
  for (uint32_t pc = 0; pc < body->code_words;) {
    jit_source source = {.pc = pc, .unit = index};
    vmk_insn_decode(f->code + pc, f->constants, &source.insn);
    const vmk_insn *insn = &source.insn;
    vmk_vec_push(&as->source, source);
    if (vmk_insn_info(insn)->effects & VMK_BRANCHES) {
      compile_mark(as, unit, (uint32_t)((int32_t)pc + insn->target));
      if (vmk_insn_is_switch(insn))
        for (uint32_t i = 0; i < insn->count; i++)
          compile_mark(as, unit, (uint32_t)((int32_t)pc + vmk_insn_case(insn, i)));
    }
    pc += insn->length;
  }
  for (uint32_t i = 0; i < body->handler_count; i++) {
    compile_mark(as, unit, body->handlers[i].pc);
    if (body->handlers[i].kind == VMK_HANDLER_FILTER)
      compile_mark(as, unit, body->handlers[i].filter_pc);
  }
}

static bool
compile_is_handler(const vmk_body *body, uint32_t pc)
{
  for (uint32_t i = 0; i < body->handler_count; i++)
    if (body->handlers[i].pc == pc ||
        (body->handlers[i].kind == VMK_HANDLER_FILTER && body->handlers[i].filter_pc == pc))
      return true;
  return false;
}

/* Instruction i of unit 0 can be reached otherwise than from above; in a loop with pins from outside only
 * when it is the first, or a handler. */
static void
compile_enter(jit_assembly *as, uint32_t i)
{
  uint32_t pc = as->source.data[i].pc;
  jit_entry entry = {pc, (uint32_t)as->code.count};
  jit_pin_enter(as, i);
  bool inside = as->loop && as->loop->begin != i;
  bool handler = inside && compile_is_handler(as->function->body, pc);
  if (handler)
    jit_pin_load(as, as->loop);
  if (!inside || handler)
    vmk_vec_push(&as->entries, entry);
}

void
jit_compile_sources(jit_assembly *as, uint32_t begin, uint32_t end)
{
  for (uint32_t i = begin; i < end; i++) {
    const jit_source *source = &as->source.data[i];
    uint32_t *where = &as->where.data[as->units.data[source->unit].where + source->pc];
    bool leader = *where & WHERE_LEADER;
    if (leader)
      jit_compile_forget(as);
    if (leader && !source->unit)
      compile_enter(as, i);
    else if (!source->unit)
      jit_pin_enter(as, i);
    *where = (uint32_t)as->code.count | (*where & WHERE_LEADER);
    jit_compile_insn(as, i);
  }
}

static void
compile_entry(jit_assembly *as)
{
  const vmk_function *f = as->function;
  as->routine = JIT_ROUTINE_OVERFLOW;
  jit_assembly_emit(as, JIT_x_enter);
  for (uint32_t slot = f->ref_args_end; slot < f->ptr_end[1]; slot += 2) {
    as->operand[0] = 8 * (int64_t)slot;
    jit_assembly_emit(as, JIT_x_clear_2);
  }
  if (jit_compile_profile(as))
    jit_compile_count(as, &jit_compile_profile(as)->entries);
}

/* Of all functions that the assembly has inlined. */
static uint64_t
compile_inlined(const jit_assembly *as)
{
  uint64_t bits = 0;
  for (size_t i = 1; i < as->units.count; i++)
    bits |= jit_inlined_bit(as->units.data[i].function);
  return bits;
}

static vmk_compiled *
compile_finish(jit_assembly *as, jit_piece piece)
{
  size_t bytes = as->entries.count * sizeof(jit_entry);
  vmk_compiled *compiled = vmk_calloc(1, sizeof *compiled + bytes);
  compiled->function = as->function;
  compiled->piece = piece;
  compiled->run = as->jit->cache.run + piece.offset;
  compiled->entry_count = (uint32_t)as->entries.count;
  compiled->inlined = compile_inlined(as);
  if (bytes)
    memcpy(compiled->entries, as->entries.data, bytes);
  return compiled;
}

vmk_compiled *
jit_compile_function(struct vmk_jit *jit, vmk_function *f)
{
  jit_assembly *as = jit->assembly;
  jit_assembly_clear(as, f);
  pthread_mutex_lock(&jit->vm->link); /* sites hold still */
  jit_compile_read(as, 0);
  pthread_mutex_unlock(&jit->vm->link);
  jit_pin_find(as);
  uint32_t count = (uint32_t)as->source.count;
  compile_entry(as);
  jit_compile_sources(as, 0, count);
  compile_rest(as);
  jit_piece piece = jit_assembly_place(as);
  jit->statistics.instructions += count;
  jit->statistics.words += f->body->code_words;
  if (!piece.bytes)
    return NULL;
  jit_debug_new_code(jit, f, piece, true);
  return compile_finish(as, piece);
}

const void *
jit_compile_site(struct vmk_jit *jit, vmk_compiled *compiled, uint32_t pc, const void *behind)
{
  jit_assembly *as = jit->assembly;
  vmk_function *f = compiled->function;
  jit_source source = {.pc = pc};
  jit_assembly_clear(as, f);
  vmk_insn_decode(f->code + pc, f->constants, &source.insn);
  VMK_ASSERT(!source.insn.site);
  vmk_vec_push(&as->source, source);
  jit_compile_insn(as, 0);
  as->target = (jit_target){JIT_TO_CACHE, (uint32_t)((const char *)behind - jit->cache.run)};
  jit_assembly_emit(as, JIT_x_jump);
  compile_rest(as);
  jit_piece piece = jit_assembly_place(as);
  if (!piece.bytes)
    return NULL;
  vmk_vec_push(&compiled->linked, piece);
  compiled->inlined |= compile_inlined(as);
  jit_debug_new_code(jit, f, piece, false);
  return jit->cache.run + piece.offset;
}
