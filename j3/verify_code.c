/* verify_code.c -- the pass over the instructions of one method
 *
 * What an instruction does to the operand stack is mostly its row in bytecode.def; the code here is for
 * arrays, locals, control flow and what shuffles the stack.
 */
#include "verifier.h"

/* --- where instructions begin ----------------------------------------------------------------------- */

/* HotSpot wants something behind a lookupswitch without cases. */
static bool
code_is_cut_switch(const j3_verifier *v, const j3_instruction *in)
{
  return in->op == J3_BC_lookupswitch && in->bci + in->length == v->length &&
         j3_switch_count(in) == 0;
}

/* Length of the instruction at bci; 0: it is none, or is cut off. */
static uint32_t
code_length(const j3_verifier *v, uint32_t bci)
{
  uint8_t op = v->code[bci];
  uint32_t length = op < J3_BC_COUNT ? j3_bytecode_table[op].length : 0;
  if (length)
    return bci + length <= v->length ? length : 0;
  j3_instruction in;
  bool ok = j3_bytecode_decode(v->code, v->length, bci, &in) && !code_is_cut_switch(v, &in);
  return ok ? in.length : 0;
}

bool
j3_verify_scan(j3_verifier *v)
{
  v->marks = j3_verify_alloc(&v->method_memory, v->length);
  for (uint32_t bci = 0, length; bci < v->length; bci += length) {
    length = code_length(v, bci);
    if (!length)
      return j3_verify_fail(v, verify_bad_code(bci), "Bad instruction");
    v->marks[bci] = v->code[bci] == J3_BC_new ? J3_VMARK_NEW : J3_VMARK_INSTRUCTION;
  }
  return true;
}

/* --- stack effects of the table --------------------------------------------------------------------- */

static bool
code_pop_letter(j3_verifier *v, char c) VMK_MOVES
{
  switch (c) {
  case 'I': return j3_verify_pop(v, verify_type(J3_V_INT), NULL);
  case 'F': return j3_verify_pop(v, verify_type(J3_V_FLOAT), NULL);
  case 'J': return j3_verify_pop_wide(v, verify_type(J3_V_LONG));
  case 'D': return j3_verify_pop_wide(v, verify_type(J3_V_DOUBLE));
  default: return j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), NULL);
  }
}

static bool
code_push_letter(j3_verifier *v, char c)
{
  switch (c) {
  case 'I': return j3_verify_push(v, verify_type(J3_V_INT));
  case 'F': return j3_verify_push(v, verify_type(J3_V_FLOAT));
  case 'J': return j3_verify_push_wide(v, verify_type(J3_V_LONG));
  case 'D': return j3_verify_push_wide(v, verify_type(J3_V_DOUBLE));
  default: return j3_verify_push(v, verify_type(J3_V_NULL));
  }
}

/* The effect as the table has it; what it pushes as A is null, as only aconst_null comes here. */
static bool
code_effect(j3_verifier *v, const char *effect) VMK_MOVES
{
  const char *arrow = effect;
  while (*arrow != '>')
    arrow++;
  for (const char *p = arrow; p > effect;)
    if (!code_pop_letter(v, *--p))
      return false;
  for (const char *p = arrow + 1; *p; p++)
    if (!code_push_letter(v, *p))
      return false;
  return true;
}

/* --- arrays ----------------------------------------------------------------------------------------- */

static bool
code_bad_operand(j3_verifier *v, const j3_instruction *in, j3_vsource expected)
{
  return j3_verify_fail(v, verify_bad_type((int32_t)in->bci, verify_popped(v), expected),
                        "Bad type on operand stack in %s", j3_bytecode_table[in->op].name);
}

/* Pop the array of iaload .. saload, iastore .. sastore, which are `which` = 0 .. 7. */
static bool
code_pop_array(j3_verifier *v, const j3_instruction *in, unsigned which, j3_vtype *array) VMK_MOVES
{
  static const char letters[8] = "IJFD\0BCS";
  if (!j3_verify_pop(v, verify_type(J3_V_INT), NULL) ||
      !j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), array))
    return false;
  if (array->bits == J3_V_NULL)
    return true;
  char letter = letters[which], have = verify_is_array(*array) ? verify_name(*array)->text[1] : 0;
  if (!letter) {
    if (have == 'L' || have == '[')
      return true;
    return code_bad_operand(v, in, verify_implicit(verify_type(J3_V_ANY_REFERENCE)));
  }
  if (have == letter || (letter == 'B' && have == 'Z'))
    return true;
  if (letter == 'B')
    return code_bad_operand(v, in, (j3_vsource){.origin = J3_VORIGIN_NONE});
  const char wanted[] = {'[', letter};
  return code_bad_operand(v, in, verify_implicit(verify_named(j3_symbol_get(wanted, 2))));
}

static const char code_element[8] = "IJFDAIII"; /* what the array instructions move */

static bool
code_array_load(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  unsigned which = in->op - J3_BC_iaload;
  j3_vtype array;
  if (!code_pop_array(v, in, which, &array))
    return false;
  if (in->op != J3_BC_aaload)
    return code_push_letter(v, code_element[which]);
  return j3_verify_push(v, array.bits == J3_V_NULL ? array : j3_verify_component(array));
}

static bool
code_array_store(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  unsigned which = in->op - J3_BC_iastore;
  j3_vtype array;
  bool ok = in->op == J3_BC_aastore
                ? j3_verify_pop(v, verify_named(j3_verify_names()->object), NULL)
                : code_pop_letter(v, code_element[which]);
  return ok && code_pop_array(v, in, which, &array);
}

static bool
code_arraylength(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  j3_vtype array;
  if (!j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), &array))
    return false;
  if (array.bits != J3_V_NULL && !verify_is_array(array))
    return code_bad_operand(v, in, (j3_vsource){.origin = J3_VORIGIN_NONE});
  return j3_verify_push(v, verify_type(J3_V_INT));
}

/* --- shuffling the stack ---------------------------------------------------------------------------- */

/* Entries popped together, the top first. */
typedef struct code_group {
  uint32_t count;
  j3_vtype type[2];
} code_group;

/* Pop one entry, or what makes two: two of one word, or a wide value. */
static bool
code_pop_group(j3_verifier *v, const j3_instruction *in, uint32_t words, code_group *g) VMK_MOVES
{
  g->count = words;
  if (words == 0)
    return true;
  if (words == 1)
    return j3_verify_pop(v, verify_type(J3_V_ANY_ONE_WORD), &g->type[0]);
  if (!j3_verify_pop_any(v, &g->type[0]))
    return false;
  if (verify_is_one_word(g->type[0]))
    return j3_verify_pop(v, verify_type(J3_V_ANY_ONE_WORD), &g->type[1]);
  if (verify_is_second_half(g->type[0]))
    return j3_verify_pop(v, verify_type(J3_V_ANY_FIRST_HALF), &g->type[1]);
  return code_bad_operand(v, in, (j3_vsource){.origin = J3_VORIGIN_NONE});
}

static bool
code_push_group(j3_verifier *v, const code_group *g)
{
  for (uint32_t i = g->count; i-- > 0;)
    if (!j3_verify_push(v, g->type[i]))
      return false;
  return true;
}

static bool
code_dup(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  code_group top, under;
  return code_pop_group(v, in, in->op >= J3_BC_dup2 ? 2 : 1, &top) &&
         code_pop_group(v, in, (in->op - J3_BC_dup) % 3, &under) && code_push_group(v, &top) &&
         code_push_group(v, &under) && code_push_group(v, &top);
}

static bool
code_swap(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  code_group top, under;
  return code_pop_group(v, in, 1, &top) && code_pop_group(v, in, 1, &under) &&
         code_push_group(v, &top) && code_push_group(v, &under);
}

/* --- locals ----------------------------------------------------------------------------------------- */

static bool
code_load(j3_verifier *v, const j3_instruction *in, char letter) VMK_MOVES
{
  j3_vtype a;
  switch (letter) {
  case 'I':
    return j3_verify_get_local(v, in->index, verify_type(J3_V_INT), &a) && j3_verify_push(v, a);
  case 'F':
    return j3_verify_get_local(v, in->index, verify_type(J3_V_FLOAT), &a) && j3_verify_push(v, a);
  case 'A':
    return j3_verify_get_local(v, in->index, verify_type(J3_V_ANY_REFERENCE), &a) &&
           j3_verify_push(v, a);
  default:
    a = verify_type(letter == 'J' ? J3_V_LONG : J3_V_DOUBLE);
    return j3_verify_get_local_wide(v, in->index, a) && j3_verify_push_wide(v, a);
  }
}

static bool
code_store(j3_verifier *v, const j3_instruction *in, char letter) VMK_MOVES
{
  j3_vtype a;
  switch (letter) {
  case 'I':
    return j3_verify_pop(v, verify_type(J3_V_INT), &a) && j3_verify_set_local(v, in->index, a);
  case 'F':
    return j3_verify_pop(v, verify_type(J3_V_FLOAT), &a) && j3_verify_set_local(v, in->index, a);
  case 'A':
    return j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), &a) &&
           j3_verify_set_local(v, in->index, a);
  default:
    a = verify_type(letter == 'J' ? J3_V_LONG : J3_V_DOUBLE);
    return j3_verify_pop_wide(v, a) && j3_verify_set_local_wide(v, in->index, a);
  }
}

/* Loads and stores come in runs of int, long, float, double, reference. */
static char
code_local_letter(uint8_t op, uint8_t first, uint8_t first_short)
{
  static const char letters[] = "IJFDA";
  return op < first_short ? letters[op - first] : letters[(op - first_short) / 4];
}

/* --- control flow ----------------------------------------------------------------------------------- */

static int32_t
code_offset(const j3_instruction *in)
{
  return (int32_t)((uint32_t)in->value - in->bci);
}

static bool
code_check_padding(j3_verifier *v, const j3_instruction *in)
{
  if (v->class->major_version >= 51)
    return true;
  for (const uint8_t *p = v->code + in->bci + 1; p < in->table; p++)
    if (*p)
      return j3_verify_fail(v, verify_bad_code(in->bci),
                            "Nonzero padding byte in lookupswitch or tableswitch");
  return true;
}

static bool
code_switch(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  if (!code_check_padding(v, in) || !j3_verify_pop(v, verify_type(J3_V_INT), NULL))
    return false;
  uint32_t count = j3_switch_count(in);
  for (uint32_t i = 1; in->op == J3_BC_lookupswitch && i < count; i++)
    if (j3_switch_key(in, i - 1) >= j3_switch_key(in, i))
      return j3_verify_fail(v, verify_bad_code(in->bci), "Bad lookupswitch instruction");
  if (!j3_verify_jump(v, in->bci, j3_s4(in->table)))
    return false;
  for (uint32_t i = 0; i < count; i++) {
    int32_t offset = (int32_t)((uint32_t)j3_switch_target(in, i) - in->bci);
    if (!j3_verify_jump(v, in->bci, offset))
      return false;
  }
  return true;
}

static bool
code_return_value(j3_verifier *v, const j3_instruction *in, j3_vtype value) VMK_MOVES
{
  j3_vsource expected = {.origin = J3_VORIGIN_SIGNATURE, .type = v->result};
  if (v->result.bits == J3_V_TOP)
    return j3_verify_fail(v, verify_bad_type((int32_t)in->bci, verify_popped(v), expected),
                          "Method does not expect a return value");
  if (verify_is_assignable(v, value, v->result))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v, verify_bad_type((int32_t)in->bci, verify_popped(v), expected),
                        "Bad return type");
}

static bool
code_return(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  j3_vtype a;
  switch (in->op) {
  case J3_BC_ireturn:
    return j3_verify_pop(v, verify_type(J3_V_INT), &a) && code_return_value(v, in, a);
  case J3_BC_freturn:
    return j3_verify_pop(v, verify_type(J3_V_FLOAT), &a) && code_return_value(v, in, a);
  case J3_BC_areturn:
    return j3_verify_pop(v, verify_type(J3_V_ANY_REFERENCE), &a) && code_return_value(v, in, a);
  case J3_BC_lreturn:
  case J3_BC_dreturn:
    a = verify_type(in->op == J3_BC_lreturn ? J3_V_LONG : J3_V_DOUBLE);
    return j3_verify_pop(v, verify_second_half(a), NULL) && j3_verify_pop(v, a, NULL) &&
           code_return_value(v, in, a);
  default: break;
  }
  if (v->result.bits != J3_V_TOP)
    return j3_verify_fail(v, verify_bad_code(in->bci), "Method expects a return value");
  if (v->method->name == j3_verify_names()->init && v->frame.this_uninitialized)
    return j3_verify_fail(v, verify_bad_code(in->bci),
                          "Constructor must call super() or this() before return");
  return true;
}

/* Can control reach the next instruction? */
static bool
code_falls(uint8_t op)
{
  return !((op >= J3_BC_ireturn && op <= J3_BC_return) || op == J3_BC_goto || op == J3_BC_goto_w ||
           op == J3_BC_athrow || op == J3_BC_tableswitch || op == J3_BC_lookupswitch);
}

/* --- instructions ----------------------------------------------------------------------------------- */

static bool
code_special(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  code_group dropped;
  switch (in->op) {
  case J3_BC_ldc:
  case J3_BC_ldc_w:
  case J3_BC_ldc2_w: return j3_verify_ldc(v, in);
  case J3_BC_pop: return code_pop_group(v, in, 1, &dropped);
  case J3_BC_pop2: return code_pop_group(v, in, 2, &dropped);
  case J3_BC_swap: return code_swap(v, in);
  case J3_BC_arraylength: return code_arraylength(v, in);
  case J3_BC_getstatic:
  case J3_BC_putstatic:
  case J3_BC_getfield:
  case J3_BC_putfield: return j3_verify_field(v, in);
  case J3_BC_invokevirtual:
  case J3_BC_invokespecial:
  case J3_BC_invokestatic:
  case J3_BC_invokeinterface:
  case J3_BC_invokedynamic: return j3_verify_invoke(v, in);
  case J3_BC_newarray: return j3_verify_newarray(v, in);
  case J3_BC_new:
  case J3_BC_anewarray:
  case J3_BC_checkcast:
  case J3_BC_instanceof:
  case J3_BC_multianewarray: return j3_verify_class_operand(v, in);
  case J3_BC_athrow: return j3_verify_pop(v, verify_named(j3_verify_names()->throwable), NULL);
  case J3_BC_tableswitch:
  case J3_BC_lookupswitch: return code_switch(v, in);
  case J3_BC_iinc: return j3_verify_get_local(v, in->index, verify_type(J3_V_INT), NULL);
  case J3_BC_jsr:
  case J3_BC_jsr_w:
  case J3_BC_ret:
    return j3_verify_fail(v, verify_bad_code(in->bci), "Bad instruction: %02x", in->op);
  default: break;
  }
  uint8_t format = j3_bytecode_table[in->op].format;
  return code_effect(v, j3_bytecode_table[in->op].effect) &&
         ((format != J3_FORMAT_BRANCH && format != J3_FORMAT_BRANCH_W) ||
          j3_verify_jump(v, in->bci, code_offset(in)));
}

static bool
code_instruction(j3_verifier *v, const j3_instruction *in) VMK_MOVES
{
  uint8_t op = in->op;
  if (op >= J3_BC_iload && op <= J3_BC_aload_3)
    return code_load(v, in, code_local_letter(op, J3_BC_iload, J3_BC_iload_0));
  if (op >= J3_BC_istore && op <= J3_BC_astore_3)
    return code_store(v, in, code_local_letter(op, J3_BC_istore, J3_BC_istore_0));
  if (op >= J3_BC_iaload && op <= J3_BC_saload)
    return code_array_load(v, in);
  if (op >= J3_BC_iastore && op <= J3_BC_sastore)
    return code_array_store(v, in);
  if (op >= J3_BC_dup && op <= J3_BC_dup2_x2)
    return code_dup(v, in);
  if (op >= J3_BC_ireturn && op <= J3_BC_return)
    return code_return(v, in);
  return code_special(v, in);
}

bool
j3_verify_code(j3_verifier *v) VMK_MOVES
{
  j3_instruction in;
  bool falls = true;
  for (uint32_t bci = 0; bci < v->length; bci += in.length) {
    if (verify_is_settled(v))
      return true;
    if (!j3_verify_arrive(v, bci, falls))
      return false;
    j3_bytecode_decode(v->code, v->length, bci, &in);
    v->this_was_initialized = false;
    /* A store changes the locals: handlers see them as they were before. */
    bool stores = in.op >= J3_BC_istore && in.op <= J3_BC_astore_3,
         covered = verify_is_covered(v, bci);
    if (stores && covered && !j3_verify_handlers(v, bci, false))
      return false;
    if (!code_instruction(v, &in))
      return false;
    if (!stores && covered && !j3_verify_handlers(v, bci, v->this_was_initialized))
      return false;
    falls = code_falls(in.op);
  }
  return !falls ||
         j3_verify_fail(v, verify_bad_code(v->length), "Control flow falls through code end");
}
