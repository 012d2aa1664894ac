/* vir.h -- a program in text: its kinds, globals and functions, and the small runtime it runs on
 *
 * The language is described in docs/design/ir.md.  world.c makes vm and runtime (hooks, builtins,
 * leaf helpers); lex.c reads characters; parse.c reads declarations; code.c reads function bodies
 * and emits them through the public builder.
 */
#ifndef TOOLS_VIR_H
#define TOOLS_VIR_H

#include <vmkit/vmkit.h>

enum { VIR_NAME = 64, VIR_FIELDS = 32, VIR_VIRTUALS = 16, VIR_MOST = 512 };

typedef struct vir_field {
  char name[VIR_NAME];
  vmk_type type;
  uint32_t offset;
} vir_field;

typedef struct vir_implementation {
  vmk_function *declared, *by;
} vir_implementation;

/* A kind is followed by what the runtime knows of it. Metaspace. */
typedef struct vir_kind {
  vmk_kind kind;
  char name[VIR_NAME];
  vir_field fields[VIR_FIELDS];
  uint32_t field_count;
  vir_implementation implementations[VIR_VIRTUALS];
  uint32_t implementation_count;
} vir_kind;

typedef struct vir_function {
  char name[VIR_NAME];
  vmk_function *f;
  const char *body; /* text behind the `{`; null: builtin or abstract */
  int line;
  char (*parameters)[VIR_NAME];
} vir_function;

typedef enum vir_link_mode { VIR_LINK_QUICK, VIR_LINK_ONCE, VIR_LINK_THROW } vir_link_mode;

/* What a site's token stands for. */
typedef struct vir_site {
  vir_link_mode mode;
  vmk_op op; /* for calls: the form it becomes */
  bool is_volatile;
  uint32_t offset;
  void *address; /* static, kind, function */
  uint64_t bits;
} vir_site;

typedef struct vir_world {
  vmk_vm *vm;
  vmk_runtime *runtime;
  vmk_module *module;
  vmk_thread *t;
  vir_kind *kinds[VIR_MOST];
  uint32_t kind_count;
  vir_function functions[VIR_MOST];
  uint32_t function_count;
  vir_site sites[4 * VIR_MOST];
  uint32_t site_count;
  vir_kind *trap_kind; /* i32 code: the vmk_trap */
  vir_kind *box;       /* i32 value */
  vir_kind *globals;   /* the fields are the globals; one pinned object */
  vmk_handle globals_object;
} vir_world;

/* --- lex.c ------------------------------------------------------------------------------------------ */

typedef struct vir_lexer {
  const char *file, *at;
  int line;
  char word[256]; /* the current token: name, number, or one character; empty at the end */
} vir_lexer;

/* Print "vir: file:line: message" and exit with status 1. */
VMK_NORETURN void vir_fail(const vir_lexer *lx, const char *format, ...) VMK_PRINTF(2, 3);
void vir_next(vir_lexer *lx);
bool vir_is(const vir_lexer *lx, const char *word);
/* If the current token is word, go on to the next. */
bool vir_accept(vir_lexer *lx, const char *word);
void vir_expect(vir_lexer *lx, const char *word);
bool vir_is_name(const vir_lexer *lx);
/* Copy the current name and go on. */
void vir_name(vir_lexer *lx, char to[VIR_NAME]);
int64_t vir_integer(vir_lexer *lx);
double vir_number(vir_lexer *lx);
/* A type's name; VMK_TYPE_COUNT when the token is none (and stays). */
vmk_type vir_type(vir_lexer *lx);

/* --- world.c ---------------------------------------------------------------------------------------- */

/* Make the vm, the builtins and the kinds that are always there. Exits on failure. */
vir_world *vir_world_new(const char *options);
void vir_world_free(vir_world *w);
vir_kind *vir_find_kind(const vir_world *w, const char *name);
vir_function *vir_find_function(vir_world *w, const char *name);
vmk_leaf vir_find_leaf(const char *name);
const vir_field *vir_find_field(const vir_kind *kind, const char *name);
vir_kind *vir_add_kind(vir_world *w, const char *name, vmk_shape shape);
/* Append a field, aligned; layout goes on from kind->size. */
void vir_add_field(vir_kind *kind, const char *name, vmk_type type);
vir_function *vir_add_function(vir_world *w, const char *name, vmk_type result,
                               const uint8_t *types, size_t count);
/* Index of the trap of that name ("div_zero"), or -1. */
int vir_find_trap(const char *name);
/* Call f, which takes nothing; print its result; the exit status. */
int vir_run(vir_world *w, vir_function *f);

/* --- parse.c, code.c -------------------------------------------------------------------------------- */

/* Read all declarations of the text, then translate every function. Exits on the first mistake. */
void vir_parse(vir_world *w, const char *file, const char *text);
/* Build the body of f, whose text begins at f->body. */
void vir_translate(vir_world *w, const char *file, vir_function *f);

#endif
