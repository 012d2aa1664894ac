/* compile.c -- from IR to machine code, one stencil after the other
 *
 * One pass over the instructions.  Code is put together in a buffer at offset 0, with a list of the
 * places that need an address; when its size is known it gets its place in the cache and the list is
 * worked off.  A piece of code is
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
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "jit/forward.h"
#include "jit/jit.h"
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

/* What an address refers to: an instruction, a label of this assembly, a place in the cache. */
typedef enum jit_target_kind { JIT_TO_PC, JIT_TO_LABEL, JIT_TO_CACHE } jit_target_kind;
typedef struct jit_target {
  uint32_t kind, value;
} jit_target;

typedef struct jit_fixup {
  uint32_t place;
  int32_t addend;
  jit_target target;
} jit_fixup;

typedef enum jit_stub_kind {
  JIT_STUB_LEAVE,
  JIT_STUB_SLOW,
  JIT_STUB_RELOAD, /* slow, then acc and dacc are loaded again */
  JIT_STUB_SITE,
} jit_stub_kind;

typedef struct jit_stub {
  uint8_t kind;
  uint16_t acc, dacc;
  uint32_t insn, label, back; /* back: offset in the code; SITE: label of the cell */
} jit_stub;

typedef struct jit_table {
  uint32_t insn, label;
  uint32_t stub, behind; /* of a cell: label, offset in the code */
} jit_table;

typedef struct jit_source {
  vmk_insn insn;
  uint32_t pc;
} jit_source;

enum { WHERE_LEADER = 1u << 31, WHERE_NONE = WHERE_LEADER - 1, NO_STUB = UINT32_MAX };

typedef struct jit_assembly {
  struct vmk_jit *jit;
  vmk_function *function;
  VMK_VEC(uint8_t) code;
  VMK_VEC(jit_source) source;
  VMK_VEC(uint32_t) where; /* by word offset: where its code is, and WHERE_LEADER */
  VMK_VEC(uint32_t) labels;
  VMK_VEC(jit_fixup) fixups;
  VMK_VEC(jit_stub) stubs;
  VMK_VEC(jit_table) tables;
  VMK_VEC(jit_entry) entries;

  /* the instruction being compiled */
  const vmk_insn *insn;
  uint32_t index, pc;
  int64_t operand[3];   /* filled in for holes A, B, C */
  uint32_t leave, slow; /* its stubs, or NO_STUB */
  jit_stub_kind slow_kind;
  jit_routine routine;
  jit_target target; /* hole TARGET */
  uint32_t table;    /* label for hole TABLE */
  uint32_t acc, dacc;
} jit_assembly;

jit_assembly *
jit_assembly_new(struct vmk_jit *jit)
{
  jit_assembly *as = vmk_calloc(1, sizeof *as);
  as->jit = jit;
  return as;
}

void
jit_assembly_free(jit_assembly *as)
{
  vmk_vec_fini(&as->code);
  vmk_vec_fini(&as->source);
  vmk_vec_fini(&as->where);
  vmk_vec_fini(&as->labels);
  vmk_vec_fini(&as->fixups);
  vmk_vec_fini(&as->stubs);
  vmk_vec_fini(&as->tables);
  vmk_vec_fini(&as->entries);
  free(as);
}

const uint8_t *
jit_stencil_data(size_t *bytes)
{
  *bytes = sizeof jit_data;
  return jit_data;
}

static void
assembly_clear(jit_assembly *as, vmk_function *f)
{
  as->function = f;
  vmk_vec_clear(&as->code);
  vmk_vec_clear(&as->source);
  vmk_vec_clear(&as->where);
  vmk_vec_clear(&as->labels);
  vmk_vec_clear(&as->fixups);
  vmk_vec_clear(&as->stubs);
  vmk_vec_clear(&as->tables);
  vmk_vec_clear(&as->entries);
  as->acc = as->dacc = 0;
}

/* --- holes --------------------------------------------------------------------------------------------- */

static uint32_t
assembly_new_label(jit_assembly *as)
{
  vmk_vec_push(&as->labels, 0);
  return (uint32_t)as->labels.count - 1;
}

static uint64_t
assembly_constant(const jit_assembly *as, uint32_t i)
{
  return as->function->constants[as->insn->constant + i];
}

/* A new stub of the current instruction. */
static uint32_t
assembly_stub(jit_assembly *as, jit_stub_kind kind)
{
  jit_stub stub = {.kind = (uint8_t)kind,
                   .acc = (uint16_t)as->acc,
                   .dacc = (uint16_t)as->dacc,
                   .insn = as->index,
                   .label = assembly_new_label(as)};
  vmk_vec_push(&as->stubs, stub);
  return (uint32_t)as->stubs.count - 1;
}

/* Stub *which of the current instruction, made when it is first referred to. */
static jit_target
assembly_to_stub(jit_assembly *as, uint32_t *which, jit_stub_kind kind)
{
  if (*which == NO_STUB)
    *which = assembly_stub(as, kind);
  return (jit_target){JIT_TO_LABEL, as->stubs.data[*which].label};
}

/* Values that are numbers. */
static uint64_t
assembly_value(const jit_assembly *as, jit_hole hole)
{
  const vmk_insn *insn = as->insn;
  switch (hole) {
  case JIT_HOLE_A: return (uint64_t)as->operand[0];
  case JIT_HOLE_B: return (uint64_t)as->operand[1];
  case JIT_HOLE_C: return (uint64_t)as->operand[2];
  case JIT_HOLE_IMM:
  case JIT_HOLE_LOW: return (uint64_t)insn->imm;
  case JIT_HOLE_L0:
  case JIT_HOLE_L1:
  case JIT_HOLE_L2:
  case JIT_HOLE_L3: return 8 * (uint64_t)vmk_insn_argument(insn, hole - JIT_HOLE_L0);
  case JIT_HOLE_COUNT: return insn->count;
  case JIT_HOLE_INDEX: return as->pc;
  case JIT_HOLE_WINDOW: return 8 * (uint64_t)as->function->frame_slots;
  case JIT_HOLE_SIZE: return ((const vmk_kind *)assembly_constant(as, 0))->size;
  case JIT_HOLE_CONSTANT: return assembly_constant(as, 0);
  case JIT_HOLE_CONSTANT2: return assembly_constant(as, 2);
  case JIT_HOLE_CELL: return (uintptr_t)&as->function->constants[insn->constant + 2];
  case JIT_HOLE_RETURN: return (uintptr_t)(as->function->code + as->pc + insn->length);
  case JIT_HOLE_DESTINATION: return (uint64_t)insn->operand[0] << VMK_FRAME_TAG_SHIFT;
  case JIT_HOLE_HEADER: return vmk_kind_header((const vmk_kind *)assembly_constant(as, 0));
  case JIT_HOLE_CONT:
  case JIT_HOLE_TARGET:
  case JIT_HOLE_LEAVE:
  case JIT_HOLE_SLOW:
  case JIT_HOLE_ROUTINE:
  case JIT_HOLE_NEXT:
  case JIT_HOLE_TABLE:
  case JIT_HOLE_DATA:
  case JIT_HOLE_EXTERNAL: break;
  }
  VMK_ASSERT(!"a hole for a number");
  return 0;
}

/* What an address in code is of. */
static jit_target
assembly_target(jit_assembly *as, uint32_t hole)
{
  switch (hole) {
  case JIT_HOLE_TARGET: return as->target;
  case JIT_HOLE_LEAVE: return assembly_to_stub(as, &as->leave, JIT_STUB_LEAVE);
  case JIT_HOLE_SLOW: return assembly_to_stub(as, &as->slow, as->slow_kind);
  case JIT_HOLE_ROUTINE: return (jit_target){JIT_TO_CACHE, as->jit->routines[as->routine]};
  case JIT_HOLE_TABLE: return (jit_target){JIT_TO_LABEL, as->table};
  case JIT_HOLE_DATA: return (jit_target){JIT_TO_CACHE, as->jit->data};
  default:
    VMK_ASSERT(hole >= JIT_HOLE_EXTERNAL);
    return (jit_target){JIT_TO_CACHE, as->jit->routines[hole - JIT_HOLE_EXTERNAL]};
  }
}

static void
assembly_store(jit_assembly *as, uint32_t place, uint64_t value, uint32_t bytes)
{
  memcpy(as->code.data + place, &value, bytes);
}

/* Append a stencil and fill its holes. */
static void
assembly_emit(jit_assembly *as, uint32_t which)
{
  const jit_stencil *s = &jit_stencils[which];
  uint32_t at = (uint32_t)as->code.count, end = at + s->size;
  vmk_vec_reserve(&as->code, s->size);
  memcpy(as->code.data + at, jit_code + s->code, s->size);
  as->code.count = end;
  const jit_relocation *r = &jit_relocations[s->relocation];
  for (const jit_relocation *last = r + s->relocation_count; r < last; r++) {
    uint32_t place = at + r->offset;
    if (r->form != JIT_FORM_RELATIVE) {
      uint64_t value = assembly_value(as, (jit_hole)r->hole) + (uint64_t)r->addend;
      assembly_store(as, place, value, r->form == JIT_FORM_64 ? 8 : 4);
    } else if (r->hole == JIT_HOLE_CONT || r->hole == JIT_HOLE_NEXT) {
      assembly_store(as, place, end + (uint32_t)r->addend - place, 4);
    } else {
      jit_fixup fixup = {place, r->addend, assembly_target(as, r->hole)};
      vmk_vec_push(&as->fixups, fixup);
    }
  }
}

/* --- instructions -------------------------------------------------------------------------------------- */

static void
compile_forget(jit_assembly *as)
{
  as->acc = as->dacc = 0;
}

/* The stencil of op that takes what it can from acc or dacc. */
static uint32_t
compile_choose(const jit_assembly *as)
{
  const vmk_op_info *info = vmk_insn_info(as->insn);
  for (uint32_t place = 3; place-- > 0;) {
    uint32_t mirrored = info->operand[place] == VMK_OPERAND_uD ? as->dacc : as->acc;
    uint16_t stencil = compile_stencils[place + 1][as->insn->op];
    if (mirrored && stencil && vmk_operand_is_register((vmk_operand)info->operand[place]) &&
        (uint32_t)as->insn->operand[place] == mirrored)
      return stencil;
  }
  return compile_stencils[0][as->insn->op];
}

/* After an instruction: what acc and dacc mirror now. */
static void
compile_define(jit_assembly *as)
{
  uint32_t a = (uint32_t)as->insn->operand[0];
  vmk_operand kind = (vmk_operand)vmk_insn_info(as->insn)->operand[0];
  if (!vmk_operand_defines(kind))
    return;
  if (as->acc == a)
    as->acc = 0;
  if (as->dacc == a)
    as->dacc = 0;
  if (kind == VMK_OPERAND_dD)
    as->dacc = a;
  else if (kind != VMK_OPERAND_dF)
    as->acc = a;
}

static void
compile_copy(jit_assembly *as, uint32_t to, uint32_t from)
{
  as->operand[0] = 8 * (int64_t)to;
  as->operand[1] = 8 * (int64_t)from;
  assembly_emit(as, from == as->acc && from    ? JIT_x_store
                    : from == as->dacc && from ? JIT_x_store_f64
                                               : JIT_x_copy);
}

static void
compile_load_operands(jit_assembly *as)
{
  const vmk_op_info *info = vmk_insn_info(as->insn);
  for (int i = 0; i < 3; i++) {
    bool is_register = vmk_operand_is_register((vmk_operand)info->operand[i]);
    as->operand[i] = (int64_t)as->insn->operand[i] * (is_register ? 8 : 1);
  }
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

static void
compile_call(jit_assembly *as)
{
  const vmk_insn *insn = as->insn;
  uint32_t window = as->function->frame_slots + VMK_FRAME_HEADER;
  for (uint32_t i = 0; i < insn->count; i++)
    compile_copy(as, window + i, vmk_insn_argument(insn, i));
  if (compile_has_appendix(insn->op)) {
    as->operand[0] = 8 * (int64_t)(window + insn->count);
    assembly_emit(as, JIT_x_appendix);
  }
  compile_load_operands(as);
  assembly_emit(as, compile_choose(as));
  if (as->slow != NO_STUB)
    as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  compile_forget(as);
  as->acc = (uint32_t)insn->operand[0]; /* 0: the call has no result */
  as->operand[0] = 8 * (int64_t)as->acc;
  assembly_emit(as, as->acc ? JIT_x_result : JIT_x_no_result);
}

/* Through the window, since registers of the frame are overwritten. */
static void
compile_tail_call(jit_assembly *as)
{
  const vmk_insn *insn = as->insn;
  uint32_t window = as->function->frame_slots;
  assembly_emit(as, JIT_x_leave_if_polled);
  for (uint32_t i = 0; i < insn->count; i++)
    compile_copy(as, window + i, vmk_insn_argument(insn, i));
  if (insn->op == VMK_OP_tail_call_indirect)
    compile_copy(as, window + insn->count, (uint32_t)insn->operand[2]);
  compile_forget(as);
  for (uint32_t i = 0; i < insn->count; i++)
    compile_copy(as, VMK_FRAME_HEADER + i, window + i);
  compile_load_operands(as);
  as->operand[2] = 8 * (int64_t)(window + insn->count);
  assembly_emit(as, compile_stencils[0][insn->op]);
}

static bool
compile_goes_back(const vmk_insn *insn)
{
  const vmk_op_info *info = vmk_insn_info(insn);
  bool back = insn->target <= 0;
  if (info->ext == VMK_EXT_S || info->ext == VMK_EXT_U)
    for (uint32_t i = 0; i < insn->count && !back; i++)
      back = vmk_insn_case(insn, i) <= 0;
  return back;
}

/* Poll before the branch.  What comes back from there finds acc and dacc as they were. */
static void
compile_back_edge(jit_assembly *as)
{
  if (as->jit->vm->tier.switches) {
    assembly_emit(as, JIT_x_leave);
    return;
  }
  as->slow_kind = JIT_STUB_RELOAD;
  assembly_emit(as, compile_stencils[0][VMK_OP_poll]);
  as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  as->slow = NO_STUB;
  as->slow_kind = JIT_STUB_SLOW;
}

static void
compile_branch(jit_assembly *as)
{
  const vmk_insn *insn = as->insn;
  uint32_t ext = vmk_insn_info(insn)->ext;
  if (compile_goes_back(insn))
    compile_back_edge(as);
  compile_load_operands(as);
  as->target = (jit_target){JIT_TO_PC, (uint32_t)((int32_t)as->pc + insn->target)};
  if (ext == VMK_EXT_S || ext == VMK_EXT_U) {
    as->table = assembly_new_label(as);
    jit_table table = {as->index, as->table, 0, 0};
    vmk_vec_push(&as->tables, table);
  }
  assembly_emit(as, insn->op == VMK_OP_jump_back ? compile_stencils[0][VMK_OP_jump]
                                                 : compile_choose(as));
  if (ext == VMK_EXT_XTL)
    compile_forget(as); /* C has been called */
}

static void
compile_site(jit_assembly *as)
{
  uint32_t which = assembly_stub(as, JIT_STUB_SITE);
  jit_stub *stub = &as->stubs.data[which];
  stub->back = as->table = assembly_new_label(as);
  assembly_emit(as, JIT_x_site);
  jit_table cell = {as->index, as->table, stub->label, (uint32_t)as->code.count};
  vmk_vec_push(&as->tables, cell);
  compile_forget(as);
}

static void
compile_plain(jit_assembly *as)
{
  vmk_op op = as->insn->op;
  compile_load_operands(as);
  uint32_t stencil =
      compile_is_volatile(op) ? compile_choose_volatile(as->insn) : compile_choose(as);
  if (op == VMK_OP_new || op == VMK_OP_new_array) {
    const vmk_kind *kind = (const vmk_kind *)assembly_constant(as, 0);
    if (kind->flags & VMK_KIND_PINNED || kind->shape == VMK_SHAPE_ARRAY_AGGREGATE ||
        (op == VMK_OP_new && kind->size > INT32_MAX))
      stencil = JIT_x_slow;
  }
  assembly_emit(as, stencil);
  if (as->slow != NO_STUB)
    as->stubs.data[as->slow].back = (uint32_t)as->code.count;
  if (as->slow != NO_STUB || op == VMK_OP_call_leaf)
    compile_forget(as);
  compile_define(as);
}

static void
compile_insn(jit_assembly *as, uint32_t index)
{
  const jit_source *source = &as->source.data[index];
  const vmk_insn *insn = &source->insn;
  const vmk_op_info *info = vmk_insn_info(insn);
  int64_t leave = as->jit->vm->tier.leave;
  as->insn = insn;
  as->index = index;
  as->pc = source->pc;
  as->leave = as->slow = NO_STUB;
  as->slow_kind = JIT_STUB_SLOW;
  if (leave && index % leave == leave - 1) {
    assembly_emit(as, JIT_x_leave);
    compile_forget(as);
  } else if (insn->site) {
    compile_site(as);
  } else if (info->effects & VMK_CALLS && info->effects & VMK_TERMINATOR) {
    compile_tail_call(as);
  } else if (info->effects & VMK_CALLS) {
    compile_call(as);
  } else if (info->effects & VMK_BRANCHES) {
    compile_branch(as);
  } else if (insn->op != VMK_OP_nop) {
    compile_plain(as);
  }
}

/* --- stubs and tables ---------------------------------------------------------------------------------- */

static void
assembly_bind(jit_assembly *as, uint32_t label)
{
  as->labels.data[label] = (uint32_t)as->code.count;
}

/* From here to an offset in the code. */
static void
compile_jump(jit_assembly *as, uint32_t offset)
{
  uint32_t label = assembly_new_label(as);
  as->labels.data[label] = offset;
  as->target = (jit_target){JIT_TO_LABEL, label};
  assembly_emit(as, JIT_x_jump);
}

static void
compile_reload_stub(jit_assembly *as, const jit_stub *stub)
{
  uint32_t reload = assembly_new_label(as);
  as->target = (jit_target){JIT_TO_LABEL, reload};
  assembly_emit(as, JIT_x_stub_slow);
  assembly_bind(as, reload);
  as->operand[0] = 8 * (int64_t)stub->acc;
  if (stub->acc)
    assembly_emit(as, JIT_x_reload);
  as->operand[0] = 8 * (int64_t)stub->dacc;
  if (stub->dacc)
    assembly_emit(as, JIT_x_reload_f64);
  compile_jump(as, stub->back);
}

static void
compile_stub(jit_assembly *as, const jit_stub *stub)
{
  as->insn = &as->source.data[stub->insn].insn;
  as->pc = as->source.data[stub->insn].pc;
  assembly_bind(as, stub->label);
  switch ((jit_stub_kind)stub->kind) {
  case JIT_STUB_LEAVE:
    as->routine = JIT_ROUTINE_LEAVE;
    assembly_emit(as, JIT_x_stub_leave);
    return;
  case JIT_STUB_SLOW: {
    uint32_t back = assembly_new_label(as);
    as->labels.data[back] = stub->back;
    as->target = (jit_target){JIT_TO_LABEL, back};
    as->routine = JIT_ROUTINE_SLOW;
    assembly_emit(as, JIT_x_stub_slow);
    return;
  }
  case JIT_STUB_RELOAD:
    as->routine = JIT_ROUTINE_SLOW;
    compile_reload_stub(as, stub);
    return;
  case JIT_STUB_SITE:
    as->table = stub->back;
    as->routine = JIT_ROUTINE_SITE;
    assembly_emit(as, JIT_x_stub_site);
    return;
  }
}

static void
assembly_align(jit_assembly *as, uint32_t to)
{
  while (as->code.count % to)
    vmk_vec_push(&as->code, 0xcc);
}

static void
assembly_append(jit_assembly *as, const void *bytes, uint32_t count)
{
  vmk_vec_reserve(&as->code, count);
  memcpy(as->code.data + as->code.count, bytes, count);
  as->code.count += count;
}

/* A switch's table: see SWITCH and LOOKUP in stencils.c.  A cell is filled in when its address is
 * known. */
static void
compile_table(jit_assembly *as, const jit_table *table)
{
  const jit_source *source = &as->source.data[table->insn];
  const vmk_insn *insn = &source->insn;
  assembly_align(as, sizeof(jit_cell));
  assembly_bind(as, table->label);
  if (insn->site) {
    jit_cell none = {0};
    assembly_append(as, &none, sizeof none);
    return;
  }
  if (insn->op == VMK_OP_lookup_i32)
    assembly_append(as, insn->table, insn->count * 4);
  for (uint32_t i = 0; i < insn->count; i++) {
    uint32_t to = as->where.data[(int32_t)source->pc + vmk_insn_case(insn, i)];
    uint32_t distance = (to & ~WHERE_LEADER) - as->labels.data[table->label];
    assembly_append(as, &distance, sizeof distance);
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

/* --- placing ------------------------------------------------------------------------------------------- */

static uint32_t
assembly_offset(const jit_assembly *as, jit_target target)
{
  switch ((jit_target_kind)target.kind) {
  case JIT_TO_PC: return as->where.data[target.value] & ~WHERE_LEADER;
  case JIT_TO_LABEL: return as->labels.data[target.value];
  case JIT_TO_CACHE: break;
  }
  return 0;
}

/* Into the cache: the piece, bytes 0 when there is no room. */
static jit_piece
assembly_place(jit_assembly *as)
{
  jit_cache *cache = &as->jit->cache;
  jit_piece piece = {0, (uint32_t)as->code.count};
  piece.offset = jit_cache_take(cache, piece.bytes);
  if (!piece.offset) {
    as->jit->statistics.full++;
    as->jit->is_full = true;
    return (jit_piece){0, 0};
  }
  for (size_t i = 0; i < as->fixups.count; i++) {
    const jit_fixup *fixup = &as->fixups.data[i];
    uint32_t to = fixup->target.kind == JIT_TO_CACHE
                      ? fixup->target.value
                      : piece.offset + assembly_offset(as, fixup->target);
    assembly_store(as, fixup->place, to + (uint32_t)fixup->addend - (piece.offset + fixup->place),
                   4);
  }
  const char *run = cache->run + piece.offset;
  for (size_t i = 0; i < as->tables.count; i++) {
    const jit_table *table = &as->tables.data[i];
    if (!as->source.data[table->insn].insn.site)
      continue;
    jit_cell cell = {run + as->labels.data[table->stub], run + table->behind};
    memcpy(as->code.data + as->labels.data[table->label], &cell, sizeof cell);
  }
  memcpy(cache->edit + piece.offset, as->code.data, piece.bytes);
  as->jit->statistics.code_bytes += piece.bytes;
  return piece;
}

bool
jit_assembly_place_of(const jit_assembly *as, uint32_t i, jit_code_place *out)
{
  if (i >= as->source.count)
    return false;
  const jit_source *source = &as->source.data[i];
  *out = (jit_code_place){source->pc, (uint32_t)source->insn.op,
                          as->where.data[source->pc] & ~WHERE_LEADER};
  return true;
}

/* --- functions ----------------------------------------------------------------------------------------- */

static void
compile_mark(jit_assembly *as, uint32_t pc)
{
  as->where.data[pc] |= WHERE_LEADER;
}

/* Decode everything, and find what can be reached otherwise than from above. */
static void
compile_read(jit_assembly *as)
{
  const vmk_function *f = as->function;
  const vmk_body *body = f->body;
  vmk_vec_reserve(&as->where, body->code_words + 1);
  as->where.count = body->code_words + 1;
  for (uint32_t i = 0; i <= body->code_words; i++)
    as->where.data[i] = WHERE_NONE;
  for (uint32_t pc = 0; pc < body->code_words;) {
    jit_source source = {.pc = pc};
    vmk_insn_decode(f->code + pc, f->constants, &source.insn);
    const vmk_insn *insn = &source.insn;
    vmk_vec_push(&as->source, source);
    if (vmk_insn_info(insn)->effects & VMK_BRANCHES) {
      compile_mark(as, (uint32_t)((int32_t)pc + insn->target));
      uint32_t ext = vmk_insn_info(insn)->ext;
      if (ext == VMK_EXT_S || ext == VMK_EXT_U)
        for (uint32_t i = 0; i < insn->count; i++)
          compile_mark(as, (uint32_t)((int32_t)pc + vmk_insn_case(insn, i)));
    }
    pc += insn->length;
  }
  for (uint32_t i = 0; i < body->handler_count; i++) {
    compile_mark(as, body->handlers[i].pc);
    if (body->handlers[i].kind == VMK_HANDLER_FILTER)
      compile_mark(as, body->handlers[i].filter_pc);
  }
}

static void
compile_entry(jit_assembly *as)
{
  const vmk_function *f = as->function;
  as->routine = JIT_ROUTINE_OVERFLOW;
  as->insn = NULL;
  assembly_emit(as, JIT_x_enter);
  for (uint32_t slot = f->ref_args_end; slot < f->ptr_end[1]; slot += 2) {
    as->operand[0] = 8 * (int64_t)slot;
    assembly_emit(as, JIT_x_clear_2);
  }
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
  if (bytes)
    memcpy(compiled->entries, as->entries.data, bytes);
  return compiled;
}

vmk_compiled *
jit_compile_function(struct vmk_jit *jit, vmk_function *f)
{
  jit_assembly *as = jit->assembly;
  assembly_clear(as, f);
  pthread_mutex_lock(&jit->vm->link); /* sites hold still */
  compile_read(as);
  pthread_mutex_unlock(&jit->vm->link);
  compile_entry(as);
  for (uint32_t i = 0; i < as->source.count; i++) {
    uint32_t *where = &as->where.data[as->source.data[i].pc], at = (uint32_t)as->code.count;
    if (*where & WHERE_LEADER) {
      jit_entry entry = {as->source.data[i].pc, at};
      vmk_vec_push(&as->entries, entry);
      compile_forget(as);
    }
    *where = at | (*where & WHERE_LEADER);
    compile_insn(as, i);
  }
  compile_rest(as);
  jit_piece piece = assembly_place(as);
  jit->statistics.instructions += as->source.count;
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
  assembly_clear(as, f);
  vmk_insn_decode(f->code + pc, f->constants, &source.insn);
  VMK_ASSERT(!source.insn.site);
  vmk_vec_push(&as->source, source);
  compile_insn(as, 0);
  as->target = (jit_target){JIT_TO_CACHE, (uint32_t)((const char *)behind - jit->cache.run)};
  assembly_emit(as, JIT_x_jump);
  compile_rest(as);
  jit_piece piece = assembly_place(as);
  if (!piece.bytes)
    return NULL;
  vmk_vec_push(&compiled->linked, piece);
  jit_debug_new_code(jit, f, piece, false);
  return jit->cache.run + piece.offset;
}
