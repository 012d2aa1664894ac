/* npe.c -- helpful NullPointerException messages (JEP 358), computed from bytecode when asked for
 *
 * The method of the top frame is interpreted abstractly: for every word of the operand stack, which
 * instruction pushed it (its bci; NPE_UNKNOWN where paths disagree), and which locals were written.  From
 * the instruction that trapped, the word that was null leads to the instruction that pushed it, and so on:
 *
 *     Cannot invoke "String.length()" because "<local1>.name" is null
 *
 * The code has been translated, so it is well-formed where it is reachable.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "effect.h"
#include "stack.h"

enum {
  NPE_UNKNOWN = -1,
  NPE_DETAIL = 5, /* how far back a cause is told */
};

typedef struct npe_state {
  uint16_t depth;
  uint64_t written; /* of the first 64 locals */
  int32_t source[]; /* bci of the instruction that pushed this word */
} npe_state;

typedef struct npe_analysis {
  const j3_method *m;
  const j3_pool *pool;
  const uint8_t *code;
  uint32_t length, capacity;
  npe_state **at; /* by bci */
  npe_state *now; /* state being carried along */
  bool changed;
} npe_analysis;

typedef struct npe_text {
  char data[2048];
  size_t length;
} npe_text;

static void npe_print(npe_text *text, const char *format, ...) VMK_PRINTF(2, 3);
static void
npe_print(npe_text *text, const char *format, ...)
{
  va_list list;
  va_start(list, format);
  size_t room = sizeof text->data - text->length;
  int n = vsnprintf(text->data + text->length, room, format, list);
  text->length += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
  va_end(list);
}

/* --- names in the constant pool ---------------------------------------------------------------------------- */

static const j3_symbol *
npe_member_class(const npe_analysis *a, uint16_t index)
{
  return j3_pool_class_name(a->pool, (uint16_t)a->pool->value[index]);
}
static const j3_symbol *
npe_member_name(const npe_analysis *a, uint16_t index)
{
  return j3_pool_utf8(a->pool, (uint16_t)a->pool->value[a->pool->value[index] >> 16 & 0xffff]);
}
static const j3_symbol *
npe_member_descriptor(const npe_analysis *a, uint16_t index)
{
  uint64_t pair = a->pool->value[a->pool->value[index] >> 16 & 0xffff];
  return j3_pool_utf8(a->pool, (uint16_t)(pair >> 16));
}

/* --- abstract interpretation ----------------------------------------------------------------------------------- */

static void
npe_push(npe_analysis *a, int32_t source, uint32_t words)
{
  for (; words && a->now->depth < a->capacity; words--)
    a->now->source[a->now->depth++] = source;
}

static void
npe_pop(npe_analysis *a, uint32_t words)
{
  a->now->depth = (uint16_t)(a->now->depth > words ? a->now->depth - words : 0);
}

static void
npe_merge(npe_analysis *a, uint32_t bci, const npe_state *from)
{
  npe_state *to = a->at[bci];
  size_t bytes = sizeof *to + a->capacity * sizeof to->source[0];
  if (!to) {
    to = a->at[bci] = malloc(bytes);
    VMK_ASSERT(to);
    memcpy(to, from, bytes);
    a->changed = true;
    return;
  }
  uint64_t written = to->written | from->written;
  a->changed |= written != to->written;
  to->written = written;
  for (uint32_t i = 0; i < to->depth && i < from->depth; i++) {
    if (to->source[i] != from->source[i] && to->source[i] != NPE_UNKNOWN) {
      to->source[i] = NPE_UNKNOWN;
      a->changed = true;
    }
  }
}

static void
npe_jump(npe_analysis *a, int64_t target)
{
  if (target >= 0 && target < a->length)
    npe_merge(a, (uint32_t)target, a->now);
}

static void
npe_effect(npe_analysis *a, const j3_instruction *in)
{
  if (in->op == J3_BC_checkcast)
    return; /* what is told of is where the value came from */
  if (in->op >= J3_BC_pop && in->op <= J3_BC_swap) {
    a->now->depth = (uint16_t)j3_effect_shuffle(a->now->source, a->now->depth, in->op);
    return;
  }
  j3_effect e = j3_effect_of(a->pool, in);
  npe_pop(a, e.pops);
  npe_push(a, (int32_t)in->bci, e.pushes);
}

static void
npe_note_write(npe_analysis *a, const j3_instruction *in)
{
  bool store = (in->op >= J3_BC_istore && in->op <= J3_BC_astore_3) || in->op == J3_BC_iinc;
  if (store && in->index < 64)
    a->now->written |= 1ull << in->index;
}

static void
npe_instruction(npe_analysis *a, const j3_instruction *in)
{
  npe_effect(a, in);
  npe_note_write(a, in);
  uint8_t format = j3_bytecode_table[in->op].format;
  if (format == J3_FORMAT_BRANCH || format == J3_FORMAT_BRANCH_W) {
    npe_jump(a, in->value);
  } else if (format == J3_FORMAT_SWITCH) {
    for (uint32_t i = 0, n = j3_switch_count(in); i < n; i++)
      npe_jump(a, j3_switch_target(in, i));
    npe_jump(a, j3_switch_default(in));
  }
  bool ends = in->op == J3_BC_goto || in->op == J3_BC_goto_w || in->op == J3_BC_athrow ||
              (in->op >= J3_BC_ret && in->op <= J3_BC_return);
  if (in->op == J3_BC_jsr || in->op == J3_BC_jsr_w)
    npe_pop(a, 1); /* the subroutine returns without its address */
  if (!ends)
    npe_jump(a, (int64_t)in->bci + in->length);
}

static void
npe_handlers(npe_analysis *a)
{
  const uint8_t *row = a->m->exception_table.data;
  for (uint32_t i = 0; i < a->m->exception_table.length / 8; i++, row += 8) {
    uint32_t handler = j3_u2(row + 4);
    for (uint32_t bci = j3_u2(row); bci < j3_u2(row + 2); bci++) {
      if (!a->at[bci])
        continue;
      a->now->depth = 0;
      a->now->written = a->at[bci]->written;
      npe_push(a, NPE_UNKNOWN, 1);
      npe_merge(a, handler, a->now);
    }
  }
}

static void
npe_analyse(npe_analysis *a)
{
  size_t bytes = sizeof *a->now + a->capacity * sizeof a->now->source[0];
  a->at = calloc(a->length, sizeof *a->at);
  a->now = calloc(1, bytes);
  VMK_ASSERT(a->at && a->now);
  npe_merge(a, 0, a->now);
  for (int pass = 0; a->changed && pass < 100; pass++) {
    a->changed = false;
    j3_instruction in;
    for (uint32_t bci = 0; bci < a->length; bci += in.length) {
      if (!j3_bytecode_decode(a->code, a->length, bci, &in))
        return;
      if (!a->at[bci])
        continue;
      memcpy(a->now, a->at[bci], bytes);
      npe_instruction(a, &in);
    }
    npe_handlers(a);
  }
}

static void
npe_free(npe_analysis *a)
{
  for (uint32_t i = 0; i < a->length; i++)
    free(a->at[i]);
  free(a->at);
  free(a->now);
}

/* --- printing ------------------------------------------------------------------------------------------------------ */

/* A class's name as messages show it: Object and String without their package. */
static void
npe_print_class(npe_text *out, const char *internal, size_t length)
{
  static const char object[] = "java/lang/Object", string[] = "java/lang/String";
  if (length == sizeof object - 1 && memcmp(internal, object, length) == 0) {
    npe_print(out, "Object");
  } else if (length == sizeof string - 1 && memcmp(internal, string, length) == 0) {
    npe_print(out, "String");
  } else {
    for (size_t i = 0; i < length; i++)
      npe_print(out, "%c", internal[i] == '/' ? '.' : internal[i]);
  }
}

static void
npe_print_type(npe_text *out, const char *p)
{
  static const char letters[] = "ZBCSIJFD";
  static const char *const names[] = {"boolean", "byte", "char",  "short",
                                      "int",     "long", "float", "double"};
  size_t dimensions = strspn(p, "[");
  p += dimensions;
  if (*p == 'L')
    npe_print_class(out, p + 1, (size_t)(strchr(p, ';') - p - 1));
  else
    npe_print(out, "%s", names[strchr(letters, *p) - letters]);
  while (dimensions--)
    npe_print(out, "[]");
}

static void
npe_print_method(const npe_analysis *a, npe_text *out, uint16_t index)
{
  const j3_symbol *holder = npe_member_class(a, index);
  npe_print_class(out, holder->text, holder->length);
  npe_print(out, ".%s(", npe_member_name(a, index)->text);
  const char *p = npe_member_descriptor(a, index)->text + 1;
  for (bool first = true; *p != ')'; p = j3_effect_next_type(p), first = false) {
    if (!first)
      npe_print(out, ", ");
    npe_print_type(out, p);
  }
  npe_print(out, ")");
}

/* The name in LocalVariableTable of local `slot` at bci; null when it is not told. */
static const j3_symbol *
npe_local_name(const j3_method *m, uint32_t bci, uint32_t slot)
{
  const uint8_t *p = m->code_attributes.data, *end = p + m->code_attributes.length;
  for (uint32_t i = 0; i < m->code_attribute_count && p + 6 <= end; i++) {
    uint32_t length = j3_u4(p + 2);
    const j3_symbol *name = j3_pool_utf8(j3_method_pool(m), (uint16_t)j3_u2(p));
    const uint8_t *body = p + 6;
    if (length > (size_t)(end - body))
      break;
    uint32_t rows = length >= 2 && j3_symbol_is(name, "LocalVariableTable") ? j3_u2(body) : 0;
    for (const uint8_t *r = body + 2; rows && r + 10 <= body + length; rows--, r += 10)
      if (bci >= j3_u2(r) && bci < j3_u2(r) + j3_u2(r + 2) && j3_u2(r + 8) == slot)
        return j3_pool_utf8(j3_method_pool(m), (uint16_t)j3_u2(r + 4));
    p = body + length;
  }
  return NULL;
}

static void
npe_print_local(const npe_analysis *a, npe_text *out, uint32_t bci, uint32_t slot)
{
  const j3_symbol *name = npe_local_name(a->m, bci, slot);
  bool is_static = a->m->flags & J3_STATIC;
  bool written = slot < 64 && (a->at[bci]->written >> slot & 1);
  if (name) {
    npe_print(out, "%s", name->text);
    return;
  }
  if (!is_static && slot == 0 && !written) {
    npe_print(out, "this");
    return;
  }
  uint32_t at = !is_static, number = 1;
  for (const char *p = a->m->descriptor->text + 1; *p != ')' && !written;
       p = j3_effect_next_type(p)) {
    if (slot >= at && slot < at + j3_effect_type_words(*p)) {
      npe_print(out, "<parameter%u>", number);
      return;
    }
    number++;
    at += j3_effect_type_words(*p);
  }
  npe_print(out, "<local%u>", slot);
}

static bool
npe_is_invoke(uint8_t op)
{
  return op >= J3_BC_invokevirtual && op <= J3_BC_invokeinterface;
}

static bool npe_print_source(const npe_analysis *a, npe_text *out, uint32_t bci, uint32_t slot,
                             int detail, bool inner, const char *prefix);

static void
npe_print_element(const npe_analysis *a, npe_text *out, uint32_t bci, int detail, bool inner)
{
  if (!npe_print_source(a, out, bci, 1, detail - 1, inner, NULL))
    npe_print(out, "<array>");
  npe_print(out, "[");
  if (!npe_print_source(a, out, bci, 0, detail, true, NULL))
    npe_print(out, "...");
  npe_print(out, "]");
}

static bool
npe_print_instruction(const npe_analysis *a, npe_text *out, const j3_instruction *in, int detail,
                      bool inner)
{
  uint8_t op = in->op;
  if (op == J3_BC_iload || op == J3_BC_aload || (op >= J3_BC_iload_0 && op <= J3_BC_iload_3) ||
      (op >= J3_BC_aload_0 && op <= J3_BC_aload_3)) {
    npe_print_local(a, out, in->bci, in->index);
  } else if (op == J3_BC_aconst_null) {
    npe_print(out, "null");
  } else if (op >= J3_BC_iconst_m1 && op <= J3_BC_iconst_5) {
    npe_print(out, "%d", op - J3_BC_iconst_0);
  } else if (op == J3_BC_bipush || op == J3_BC_sipush) {
    npe_print(out, "%d", in->value);
  } else if (op == J3_BC_getstatic) {
    const j3_symbol *holder = npe_member_class(a, in->index);
    npe_print_class(out, holder->text, holder->length);
    npe_print(out, ".%s", npe_member_name(a, in->index)->text);
  } else if (op == J3_BC_getfield) {
    if (npe_print_source(a, out, in->bci, 0, detail - 1, inner, NULL))
      npe_print(out, ".");
    npe_print(out, "%s", npe_member_name(a, in->index)->text);
  } else if (npe_is_invoke(op)) {
    if (detail == NPE_DETAIL && !inner)
      npe_print(out, " because the return value of \"");
    npe_print_method(a, out, in->index);
  } else if (op == J3_BC_iaload || op == J3_BC_aaload) {
    npe_print_element(a, out, in->bci, detail, inner);
  } else {
    return false;
  }
  return true;
}

/* Describe what pushed the word `slot` words below the top before the instruction at bci. */
static bool
npe_print_source(const npe_analysis *a, npe_text *out, uint32_t bci, uint32_t slot, int detail,
                 bool inner, const char *prefix)
{
  const npe_state *s = a->at[bci];
  if (detail <= 0 || !s || slot >= s->depth)
    return false;
  int32_t source = s->source[s->depth - 1 - slot];
  j3_instruction in;
  if (source == NPE_UNKNOWN || !a->at[source] ||
      !j3_bytecode_decode(a->code, a->length, (uint32_t)source, &in))
    return false;
  size_t before = out->length;
  if (prefix && !npe_is_invoke(in.op))
    npe_print(out, "%s", prefix);
  if (npe_print_instruction(a, out, &in, detail, inner))
    return true;
  out->length = before;
  out->data[before] = 0;
  return false;
}

/* What could not be done; false: the instruction does not throw for null. */
static bool
npe_print_action(const npe_analysis *a, npe_text *out, const j3_instruction *in)
{
  static const char *const arrays[] = {"int",    "long",         "float", "double",
                                       "object", "byte/boolean", "char",  "short"};
  uint8_t op = in->op;
  if (op >= J3_BC_iaload && op <= J3_BC_saload)
    npe_print(out, "Cannot load from %s array", arrays[op - J3_BC_iaload]);
  else if (op >= J3_BC_iastore && op <= J3_BC_sastore)
    npe_print(out, "Cannot store to %s array", arrays[op - J3_BC_iastore]);
  else if (op == J3_BC_arraylength)
    npe_print(out, "Cannot read the array length");
  else if (op == J3_BC_athrow)
    npe_print(out, "Cannot throw exception");
  else if (op == J3_BC_monitorenter)
    npe_print(out, "Cannot enter synchronized block");
  else if (op == J3_BC_monitorexit)
    npe_print(out, "Cannot exit synchronized block");
  else if (op == J3_BC_getfield)
    npe_print(out, "Cannot read field \"%s\"", npe_member_name(a, in->index)->text);
  else if (op == J3_BC_putfield)
    npe_print(out, "Cannot assign field \"%s\"", npe_member_name(a, in->index)->text);
  else if (npe_is_invoke(op) && op != J3_BC_invokestatic &&
           !j3_symbol_is(npe_member_name(a, in->index), "<init>")) {
    npe_print(out, "Cannot invoke \"");
    npe_print_method(a, out, in->index);
    npe_print(out, "\"");
  } else
    return false;
  return true;
}

/* How many words lie above the reference that was null. */
static uint32_t
npe_null_slot(const npe_analysis *a, const j3_instruction *in)
{
  uint8_t op = in->op;
  if (op >= J3_BC_iaload && op <= J3_BC_saload)
    return 1;
  if (op >= J3_BC_iastore && op <= J3_BC_sastore)
    return op == J3_BC_lastore || op == J3_BC_dastore ? 3 : 2;
  if (op == J3_BC_putfield)
    return j3_effect_type_words(npe_member_descriptor(a, in->index)->text[0]);
  if (npe_is_invoke(op))
    return j3_effect_argument_words(npe_member_descriptor(a, in->index)->text);
  return 0;
}

vmk_handle
j3_npe_message(vmk_thread *t, vmk_handle throwable)
{
  j3_frame frame;
  if (!j3_throwable_top(t, throwable, &frame) || frame.bci < 0 || !frame.method->code.length ||
      j3_symbol_is(frame.method->class->name, "jdk/internal/reflect/NativeConstructorAccessorImpl"))
    return NULL;
  npe_analysis a = {
      .m = frame.method,
      .pool = j3_method_pool(frame.method),
      .code = frame.method->code.data,
      .length = frame.method->code.length,
      .capacity = frame.method->max_stack + 2u,
  };
  npe_text out = {.length = 0};
  j3_instruction in;
  if ((uint32_t)frame.bci >= a.length ||
      !j3_bytecode_decode(a.code, a.length, (uint32_t)frame.bci, &in) ||
      !npe_print_action(&a, &out, &in))
    return NULL;
  npe_analyse(&a);
  if (npe_print_source(&a, &out, in.bci, npe_null_slot(&a, &in), NPE_DETAIL, false, " because \""))
    npe_print(&out, "\" is null");
  npe_free(&a);
  return j3_string_new(t, out.data);
}
