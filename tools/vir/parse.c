/* parse.c -- declarations: kinds, arrays, globals, functions
 *
 * Two passes: the first reads every declaration and steps over function bodies; the second, in
 * code.c, translates bodies, so that functions and kinds may be used before they are declared.
 */
#include "vir.h"

#include <stdlib.h>
#include <string.h>

/* What a kind's `virtual` and `implements` lines name, found when all functions are known. */
typedef struct parse_late {
  vir_lexer at;
  vir_kind *kind;
} parse_late;

typedef struct parse {
  vir_world *w;
  vir_lexer lx;
  parse_late late[VIR_MOST];
  uint32_t late_count;
} parse;

static vmk_function *
parse_function_name(vir_world *w, vir_lexer *lx)
{
  char name[VIR_NAME];
  vir_name(lx, name);
  vir_function *f = vir_find_function(w, name);
  if (!f)
    vir_fail(lx, "no function %s", name);
  return f->f;
}

/* `virtual f, g` gives the vtable, `implements i = f` an interface function. */
static void
parse_late_line(vir_world *w, vir_lexer *lx, vir_kind *k)
{
  if (vir_accept(lx, "implements")) {
    if (k->implementation_count == VIR_VIRTUALS)
      vir_fail(lx, "too many implementations");
    vir_implementation *i = &k->implementations[k->implementation_count++];
    i->declared = parse_function_name(w, lx);
    vir_expect(lx, "=");
    i->by = parse_function_name(w, lx);
    return;
  }
  vir_expect(lx, "virtual");
  k->kind.vtable =
      (vmk_function **)vmk_meta_alloc(w->module, VIR_VIRTUALS * sizeof *k->kind.vtable);
  do {
    if (k->kind.vtable_length == VIR_VIRTUALS)
      vir_fail(lx, "too many virtual functions");
    k->kind.vtable[k->kind.vtable_length++] = parse_function_name(w, lx);
  } while (vir_accept(lx, ","));
}

static void
parse_skip_line(vir_lexer *lx)
{
  const int line = lx->line;
  while (lx->word[0] && lx->line == line && !vir_is(lx, "}"))
    vir_next(lx);
}

static void
parse_kind(parse *p)
{
  vir_lexer *lx = &p->lx;
  char name[VIR_NAME];
  vir_name(lx, name);
  vir_kind *k = vir_add_kind(p->w, name, VMK_SHAPE_PLAIN), *super = NULL;
  if (vir_accept(lx, "extends")) {
    vir_name(lx, name);
    super = vir_find_kind(p->w, name);
    if (!super)
      vir_fail(lx, "no kind %s", name);
  }
  vmk_kind_extend(&k->kind, super ? &super->kind : NULL);
  vir_expect(lx, "{");
  while (!vir_accept(lx, "}")) {
    if (vir_is(lx, "virtual") || vir_is(lx, "implements")) {
      if (p->late_count == VIR_MOST)
        vir_fail(lx, "too many lines of this kind");
      p->late[p->late_count++] = (parse_late){*lx, k};
      parse_skip_line(lx);
      continue;
    }
    const vmk_type type = vir_type(lx);
    if (type == VMK_TYPE_COUNT || type == VMK_TYPE_VOID)
      vir_fail(lx, "a field's type expected, not '%s'", lx->word);
    do {
      vir_name(lx, name);
      vir_add_field(k, name, type);
    } while (vir_accept(lx, ","));
  }
}

/* array Name i32; array Name ref any; array Name ref Element */
static void
parse_array(parse *p)
{
  static const uint8_t shift[VMK_TYPE_COUNT] = {
      [VMK_TYPE_I16] = 1, [VMK_TYPE_U16] = 1, [VMK_TYPE_I32] = 2, [VMK_TYPE_F32] = 2,
      [VMK_TYPE_I64] = 3, [VMK_TYPE_F64] = 3, [VMK_TYPE_PTR] = 3,
  };
  vir_lexer *lx = &p->lx;
  char name[VIR_NAME];
  vir_name(lx, name);
  const vmk_type type = vir_type(lx);
  if (type == VMK_TYPE_COUNT || type == VMK_TYPE_VOID)
    vir_fail(lx, "an element type expected, not '%s'", lx->word);
  vir_kind *k =
      vir_add_kind(p->w, name, type == VMK_TYPE_REF ? VMK_SHAPE_ARRAY_REF : VMK_SHAPE_ARRAY);
  k->kind.element_shift = type == VMK_TYPE_REF ? VMK_REF_BYTES == 8 ? 3 : 2 : shift[type];
  k->kind.size = 1u << k->kind.element_shift;
  if (type != VMK_TYPE_REF)
    return;
  if (vir_accept(lx, "any")) {
    k->kind.flags = VMK_KIND_STORE_ANY;
    return;
  }
  vir_name(lx, name);
  vir_kind *element = vir_find_kind(p->w, name);
  if (!element)
    vir_fail(lx, "no kind %s", name);
  k->kind.element = &element->kind;
}

static void
parse_global(parse *p)
{
  char name[VIR_NAME];
  const vmk_type type = vir_type(&p->lx);
  if (type == VMK_TYPE_COUNT || type == VMK_TYPE_VOID || p->w->globals_object)
    vir_fail(&p->lx, "a global's type expected, not '%s'", p->lx.word);
  do {
    vir_name(&p->lx, name);
    vir_add_field(p->w->globals, name, type);
  } while (vir_accept(&p->lx, ","));
}

static void
parse_skip_body(vir_lexer *lx)
{
  while (!vir_is(lx, "}")) {
    if (!lx->word[0])
      vir_fail(lx, "the end of a function is missing");
    vir_next(lx);
  }
  vir_next(lx);
}

/* func name(type a, ...) type { body }; abstract name(type, ...) type */
static void
parse_function(parse *p, bool is_abstract)
{
  vir_lexer *lx = &p->lx;
  char name[VIR_NAME], parameters[256][VIR_NAME];
  uint8_t types[256];
  size_t count = 0;
  vir_name(lx, name);
  vir_expect(lx, "(");
  while (!vir_accept(lx, ")")) {
    if (count)
      vir_expect(lx, ",");
    const vmk_type type = vir_type(lx);
    if (type == VMK_TYPE_COUNT || type == VMK_TYPE_VOID || count == 256)
      vir_fail(lx, "a parameter's type expected, not '%s'", lx->word);
    types[count] = (uint8_t)type;
    strcpy(parameters[count], "");
    if (vir_is_name(lx))
      vir_name(lx, parameters[count]);
    count++;
  }
  const vmk_type result = vir_type(lx);
  if (result == VMK_TYPE_COUNT)
    vir_fail(lx, "a result type expected, not '%s'", lx->word);
  vir_function *f = vir_add_function(p->w, name, result, types, count);
  if (is_abstract)
    return;
  f->parameters = (char(*)[VIR_NAME])malloc((count + 1) * VIR_NAME);
  memcpy(f->parameters, parameters, count * VIR_NAME);
  f->line = lx->line;
  f->body = lx->at; /* behind the brace, which is the current token */
  vir_expect(lx, "{");
  parse_skip_body(lx);
}

VMK_MOVES_ENTRY void
vir_parse(vir_world *w, const char *file, const char *text)
{
  const uint32_t first = w->function_count;
  parse *p = (parse *)calloc(1, sizeof *p);
  p->w = w;
  p->lx = (vir_lexer){.file = file, .at = text, .line = 1};
  vir_next(&p->lx);
  while (p->lx.word[0]) {
    if (vir_accept(&p->lx, "kind"))
      parse_kind(p);
    else if (vir_accept(&p->lx, "array"))
      parse_array(p);
    else if (vir_accept(&p->lx, "global"))
      parse_global(p);
    else if (vir_accept(&p->lx, "func"))
      parse_function(p, false);
    else if (vir_accept(&p->lx, "abstract"))
      parse_function(p, true);
    else
      vir_fail(&p->lx, "a declaration expected, not '%s'", p->lx.word);
  }
  for (uint32_t i = 0; i < p->late_count; i++)
    parse_late_line(w, &p->late[i].at, p->late[i].kind);
  free(p);
  if (w->globals->field_count && !w->globals_object)
    w->globals_object = vmk_global_new(w->t, vmk_new_pinned(w->t, &w->globals->kind));
  for (uint32_t i = first; i < w->function_count; i++)
    if (w->functions[i].body)
      vir_translate(w, file, &w->functions[i]);
}
