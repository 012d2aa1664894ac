/* verify_error.c -- what a VerifyError says: one line, then the details that HotSpot gives
 *
 * Frames are copied when the error is found, as the code that found it may go on for a while.
 */
#include "verifier.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "native.h"

/* --- recording -------------------------------------------------------------------------------------- */

static void
error_record(j3_verifier *v, const char *error, const char *format, va_list arguments)
{
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  v->message = j3_verify_alloc(&v->class_memory, (size_t)length + 1);
  vsnprintf(v->message, (size_t)length + 1, format, arguments);
  v->error = error;
}

bool
j3_verify_fail(j3_verifier *v, j3_vcontext context, const char *format, ...)
{
  if (v->is_thrown)
    return false;
  va_list arguments;
  va_start(arguments, format);
  error_record(v, "java/lang/VerifyError", format, arguments);
  va_end(arguments);
  v->context = context;
  return false;
}

bool
j3_verify_fail_format(j3_verifier *v, const char *format, ...)
{
  if (v->is_thrown)
    return false;
  va_list arguments;
  va_start(arguments, format);
  error_record(v, "java/lang/ClassFormatError", format, arguments);
  va_end(arguments);
  char method[2048];
  j3_method_external_name(v->method, method, sizeof method);
  size_t length = strlen(v->message) + strlen(method) + 16;
  char *message = j3_verify_alloc(&v->class_memory, length);
  snprintf(message, length, "%s in method '%s'", v->message, method);
  v->message = message;
  return false;
}

bool
j3_verify_fail_map(j3_verifier *v, const char *what)
{
  enum { LENGTH = 100 };
  if (v->is_thrown)
    return false;
  v->message = j3_verify_alloc(&v->class_memory, LENGTH);
  snprintf(v->message, LENGTH, "StackMapTable format error: %s", what);
  v->error = "java/lang/ClassFormatError";
  v->context = (j3_vcontext){0};
  v->is_thrown = true;
  return false;
}

static j3_vtype *
error_copy_types(j3_verifier *v, const j3_vtype *types, int32_t count)
{
  j3_vtype *copy =
      j3_verify_alloc(&v->class_memory, ((size_t)count ? (size_t)count : 1) * sizeof *copy);
  if (count)
    memcpy(copy, types, (size_t)count * sizeof *copy);
  return copy;
}

j3_vsource
j3_verify_source(j3_verifier *v, j3_vorigin origin, uint32_t index, const j3_vframe *frame)
{
  j3_vsource s = {.origin = origin, .index = (uint16_t)index, .type = verify_type(J3_V_TOP)};
  if (origin == J3_VORIGIN_LOCAL || origin == J3_VORIGIN_MAP_LOCAL)
    s.type = frame->locals[index];
  else if (origin == J3_VORIGIN_STACK || origin == J3_VORIGIN_MAP_STACK)
    s.type = frame->stack[index];
  j3_vframe *copy = j3_verify_alloc(&v->class_memory, sizeof *copy);
  *copy = *frame;
  if (copy->stack_mark >= 0)
    copy->stack_count = copy->stack_mark;
  copy->locals = error_copy_types(v, frame->locals, copy->local_count);
  copy->stack = error_copy_types(v, frame->stack, copy->stack_count);
  s.frame = copy;
  return s;
}

/* --- printing: types, frames ------------------------------------------------------------------------ */

static void
error_print_type(FILE *out, j3_vtype a)
{
  static const struct {
    uint32_t bits;
    const char *name;
  } rows[] = {
      {J3_V_TOP, "top"},
      {J3_V_NULL, "null"},
      {J3_V_BOOLEAN, "boolean"},
      {J3_V_BYTE, "byte"},
      {J3_V_SHORT, "short"},
      {J3_V_CHAR, "char"},
      {J3_V_INT, "integer"},
      {J3_V_FLOAT, "float"},
      {J3_V_LONG, "long"},
      {J3_V_DOUBLE, "double"},
      {J3_V_LONG_2ND, "long_2nd"},
      {J3_V_DOUBLE_2ND, "double_2nd"},
      {J3_V_ANY_REFERENCE, "reference type"},
      {J3_V_ANY_ONE_WORD, "category1 type"},
      {J3_V_ANY_FIRST_HALF, "category2 type"},
      {J3_V_UNINITIALIZED_THIS, "uninitializedThis"},
  };
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (a.bits == rows[i].bits) {
      fputs(rows[i].name, out);
      return;
    }
  if (verify_is_uninitialized(a))
    fprintf(out, "uninitialized %u", (unsigned)(a.bits >> 8));
  else
    fprintf(out, "'%s'", verify_name(a)->text);
}

static void
error_print_types(FILE *out, const char *what, const j3_vtype *types, int32_t count)
{
  fprintf(out, "    %s: {", what);
  for (int32_t i = 0; i < count; i++) {
    fputc(' ', out);
    error_print_type(out, types[i]);
    if (i + 1 < count)
      fputc(',', out);
  }
  fputs(" }\n", out);
}

static void
error_print_frame(FILE *out, const char *title, const j3_vsource *s)
{
  if (!s->frame)
    return;
  fprintf(out, "  %s Frame:\n    bci: @%d\n    flags: {%s }\n", title, s->frame->bci,
          s->frame->this_uninitialized ? " flagThisUninit" : "");
  error_print_types(out, "locals", s->frame->locals, s->frame->local_count);
  error_print_types(out, "stack", s->frame->stack, s->frame->stack_count);
}

static void
error_print_source(FILE *out, const j3_vsource *s)
{
  static const char *const places[] = {
      [J3_VORIGIN_LOCAL] = " (current frame, locals[%d])",
      [J3_VORIGIN_STACK] = " (current frame, stack[%d])",
      [J3_VORIGIN_MAP_LOCAL] = " (stack map, locals[%d])",
      [J3_VORIGIN_MAP_STACK] = " (stack map, stack[%d])",
      [J3_VORIGIN_POOL] = " (constant pool %d)",
      [J3_VORIGIN_SIGNATURE] = " (from method signature)",
      [J3_VORIGIN_FRAME] = NULL,
  };
  error_print_type(out, s->type);
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
  if (places[s->origin])
    fprintf(out, places[s->origin], s->index);
#pragma clang diagnostic pop
}

/* --- printing: sections ----------------------------------------------------------------------------- */

static void
error_print_location(FILE *out, const j3_verifier *v)
{
  uint32_t bci = (uint32_t)v->context.bci;
  const char *name = "<invalid>";
  if (bci < v->length)
    name = v->code[bci] < J3_BC_COUNT ? j3_bytecode_table[v->code[bci]].name : "<illegal>";
  fprintf(out, "  Location:\n    %s.%s%s @%u: %s\n", v->class->name->text, v->method->name->text,
          v->method->descriptor->text, bci, name);
}

static void
error_print_reason(FILE *out, const j3_vcontext *c)
{
  bool expected = c->expected.origin != J3_VORIGIN_NONE;
  fputs("  Reason:\n    ", out);
  switch (c->fault) {
  case J3_VFAULT_NONE: break;
  case J3_VFAULT_CODE: fputs("Error exists in the bytecode", out); break;
  case J3_VFAULT_TYPE:
    fputs(expected ? "Type " : "Invalid type: ", out);
    error_print_source(out, &c->type);
    if (expected) {
      fputs(" is not assignable to ", out);
      error_print_source(out, &c->expected);
    }
    break;
  case J3_VFAULT_FLAGS:
    fputs("Current frame's flags are not assignable to stack map frame's.", out);
    break;
  case J3_VFAULT_POOL_INDEX:
    fprintf(out, "Constant pool index %d is invalid", c->type.index);
    break;
  case J3_VFAULT_LOCAL_INDEX: fprintf(out, "Local index %d is invalid", c->type.index); break;
  case J3_VFAULT_STACK_SIZE:
    fputs("Current frame's stack size doesn't match stackmap.", out);
    break;
  case J3_VFAULT_OVERFLOW: fputs("Exceeded max stack size.", out); break;
  case J3_VFAULT_UNDERFLOW: fputs("Attempt to pop empty stack.", out); break;
  case J3_VFAULT_NO_MAP: fputs("Expected stackmap frame at this location.", out); break;
  case J3_VFAULT_BAD_MAP: fputs("Invalid stackmap specification.", out); break;
  }
  fputc('\n', out);
}

static void
error_print_code(FILE *out, const j3_verifier *v)
{
  fputs("  Bytecode:\n", out);
  for (uint32_t row = 0; row < (v->length + 16) / 16 * 16; row += 16) {
    fprintf(out, "    %07x:", row);
    for (uint32_t i = row; i < row + 16; i++) {
      if (i % 2 == 0)
        fputc(' ', out);
      if (i < v->length)
        fprintf(out, "%02x", v->code[i]);
      else
        fputs("  ", out);
    }
    fputc('\n', out);
  }
}

static void
error_print_handlers(FILE *out, const j3_verifier *v)
{
  const j3_bytes *table = &v->method->exception_table;
  if (table->length)
    fputs("  Exception Handler Table:\n", out);
  for (uint32_t i = 0; i < table->length; i += 8)
    fprintf(out, "    bci [%u, %u] => handler: %u\n", j3_u2(table->data + i),
            j3_u2(table->data + i + 2), j3_u2(table->data + i + 4));
}

/* --- printing: the StackMapTable, which may be malformed ---------------------------------------------- */

/* The end of a type at p, or null when it is cut off. */
static const uint8_t *
error_map_type_end(const uint8_t *p, const uint8_t *end)
{
  if (p >= end)
    return NULL;
  size_t length = *p == 7 || *p == 8 ? 3 : 1;
  return (size_t)(end - p) >= length ? p + length : NULL;
}

static void
error_print_map_types(FILE *out, const uint8_t *p, uint32_t count)
{
  static const char *const names[] = {"Top",  "Integer",          "Float", "Double", "Long",
                                      "Null", "UninitializedThis"};
  for (uint32_t i = 0; i < count; i++) {
    if (i)
      fputc(',', out);
    if (*p < VMK_COUNT(names))
      fputs(names[*p], out);
    else if (*p == 7)
      fprintf(out, "Object[#%u]", j3_u2(p + 1));
    else if (*p == 8)
      fprintf(out, "Uninitialized[#%u]", j3_u2(p + 1));
    else
      fprintf(out, "BAD:%u", *p);
    p += *p == 7 || *p == 8 ? 3 : 1;
  }
}

/* The end of `count` types at p, or null. */
static const uint8_t *
error_map_types_end(const uint8_t *p, const uint8_t *end, uint32_t count)
{
  for (uint32_t i = 0; i < count && p; i++)
    p = error_map_type_end(p, end);
  return p;
}

static const uint8_t *
error_map_cut(FILE *out, const char *name, int32_t offset)
{
  fprintf(out, "%s(@%d), output truncated, Stackmap exceeds table size.", name, offset);
  return NULL;
}

/* A frame of locals and stack. */
static const uint8_t *
error_print_full(FILE *out, const uint8_t *p, const uint8_t *end, int32_t offset)
{
  const uint8_t *locals = p + 5, *stack = NULL, *after = NULL;
  uint32_t local_count = 0, stack_count = 0;
  if (end - p >= 5) {
    local_count = j3_u2(p + 3);
    stack = error_map_types_end(locals, end, local_count);
  }
  if (stack && end - stack >= 2) {
    stack_count = j3_u2(stack);
    after = error_map_types_end(stack + 2, end, stack_count);
  }
  if (!after)
    return error_map_cut(out, "full_frame", offset);
  fprintf(out, "full_frame(@%d,{", offset);
  error_print_map_types(out, locals, local_count);
  fputs("},{", out);
  error_print_map_types(out, stack + 2, stack_count);
  fputs("})", out);
  return after;
}

/* Print the frame at p; its end, or null when the table ends before. */
static const uint8_t *
error_print_map_frame(FILE *out, const uint8_t *p, const uint8_t *end, int32_t *offset)
{
  uint8_t type = *p;
  bool is_one = type >= 64 && type < 128;
  if (type < 128) {
    *offset += (is_one ? type - 64 : type) + 1;
    if (!is_one) {
      fprintf(out, "same_frame(@%d)", *offset);
      return p + 1;
    }
    const uint8_t *after = error_map_type_end(p + 1, end);
    if (!after)
      return error_map_cut(out, "same_locals_1_stack_item_frame", *offset);
    fprintf(out, "same_locals_1_stack_item_frame(@%d,", *offset);
    error_print_map_types(out, p + 1, 1);
    fputc(')', out);
    return after;
  }
  if (type < 247 || end - p < 3)
    return NULL;
  *offset += j3_u2(p + 1) + 1;
  if (type == 255)
    return error_print_full(out, p, end, *offset);
  if (type == 251) {
    fprintf(out, "same_frame_extended(@%d)", *offset);
    return p + 3;
  }
  if (type > 247 && type < 251) {
    fprintf(out, "chop_frame(@%d,%d)", *offset, 251 - type);
    return p + 3;
  }
  uint32_t count = type == 247 ? 1 : type - 251u;
  const char *name = type == 247 ? "same_locals_1_stack_item_extended" : "append_frame";
  const uint8_t *after = error_map_types_end(p + 3, end, count);
  if (!after)
    return error_map_cut(out, name, *offset);
  fprintf(out, "%s(@%d,", name, *offset);
  error_print_map_types(out, p + 3, count);
  fputc(')', out);
  return after;
}

static void
error_print_map(FILE *out, const j3_verifier *v)
{
  if (!v->map.data)
    return;
  fputs("  Stackmap Table:\n", out);
  if (v->map.length < 2)
    return;
  const uint8_t *p = v->map.data + 2, *end = v->map.data + v->map.length;
  int32_t offset = -1;
  for (uint32_t count = j3_u2(v->map.data); count > 0 && p; count--) {
    fputs("    ", out);
    if (p >= end)
      return;
    p = error_print_map_frame(out, p, end, &offset);
    if (p)
      fputc('\n', out);
  }
}

char *
j3_verify_message(const j3_verifier *v)
{
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  VMK_ASSERT(out);
  fputs(v->message, out);
  if (v->context.fault != J3_VFAULT_NONE) {
    fputs("\nException Details:\n", out);
    error_print_location(out, v);
    error_print_reason(out, &v->context);
    if (v->context.type.origin != J3_VORIGIN_NONE)
      error_print_frame(out, "Current", &v->context.type);
    if (v->context.expected.origin != J3_VORIGIN_NONE)
      error_print_frame(out, "Stackmap", &v->context.expected);
    error_print_code(out, v);
    error_print_handlers(out, v);
    error_print_map(out, v);
  }
  fclose(out);
  return text;
}
