/* verifier.h -- verification by type checking (JVMS 4.10.1): what its parts share
 *
 *     verify.c          which verifier for which class; the loop over methods; memory
 *     verify_type.c     types, and when one is assignable to another (this loads classes)
 *     verify_frame.c    the current frame: pushing, popping, locals
 *     verify_map.c      StackMapTable: its frames, and matching the current frame against them
 *     verify_code.c     the pass over the instructions of one method
 *     verify_member.c   fields, calls, <init>
 *     verify_pool.c     constants, allocation, what else names the constant pool
 *     verify_error.c    what a VerifyError says
 *
 * One pass over the code in its order, one current frame; where the code branches, the current frame must
 * be assignable to the frame that the class file declares for the target.
 *
 * Functions that return bool return false when verification cannot go on: an exception is pending, or v
 * has an error.  An error recorded later replaces the earlier one, as in HotSpot, whose texts these are:
 * a few checks go on after their first complaint.
 */
#ifndef J3_VERIFIER_H
#define J3_VERIFIER_H

#include "bytecode.h"
#include "j3.h"

/* A verification type in one word: a reference is its class's name (or array descriptor), null is 0; what
 * else there is has its kind in the two lowest bits, which are 0 in the address of a symbol. */
typedef struct j3_vtype {
  uintptr_t bits;
} j3_vtype;

enum {
  J3_V_KIND = 3,
  J3_V_REFERENCE = 0,
  J3_V_PRIMITIVE = 1,
  J3_V_UNINITIALIZED = 2, /* bci << 8, this: J3_V_THIS_BCI */
  J3_V_QUERY = 3,         /* only asked for, never held */
  J3_V_ONE_WORD = 0x100,
  J3_V_FIRST_HALF = 0x200,
  J3_V_SECOND_HALF = 0x400,

  J3_V_NULL = 0,
  J3_V_TOP = J3_V_PRIMITIVE,
  J3_V_INT = 0x10000 | J3_V_ONE_WORD | J3_V_PRIMITIVE,
  J3_V_FLOAT = 0x20000 | J3_V_ONE_WORD | J3_V_PRIMITIVE,
  J3_V_DOUBLE = 0x30000 | J3_V_FIRST_HALF | J3_V_PRIMITIVE,
  J3_V_LONG = 0x40000 | J3_V_FIRST_HALF | J3_V_PRIMITIVE,
  J3_V_DOUBLE_2ND = 0x30000 | J3_V_SECOND_HALF | J3_V_PRIMITIVE,
  J3_V_LONG_2ND = 0x40000 | J3_V_SECOND_HALF | J3_V_PRIMITIVE,
  J3_V_BOOLEAN = 0x50000 | J3_V_ONE_WORD | J3_V_PRIMITIVE, /* components and results only */
  J3_V_BYTE = 0x60000 | J3_V_ONE_WORD | J3_V_PRIMITIVE,
  J3_V_SHORT = 0x70000 | J3_V_ONE_WORD | J3_V_PRIMITIVE,
  J3_V_CHAR = 0x80000 | J3_V_ONE_WORD | J3_V_PRIMITIVE,

  J3_V_ANY_REFERENCE = J3_V_QUERY, /* uninitialized ones too */
  J3_V_ANY_ONE_WORD = J3_V_ONE_WORD | J3_V_QUERY,
  J3_V_ANY_FIRST_HALF = J3_V_FIRST_HALF | J3_V_QUERY,

  J3_V_THIS_BCI = 0xffff,
  J3_V_UNINITIALIZED_THIS = J3_V_THIS_BCI << 8 | J3_V_UNINITIALIZED,
};

static inline j3_vtype
verify_type(uintptr_t bits)
{
  return (j3_vtype){bits};
}
static inline j3_vtype
verify_named(const j3_symbol *name)
{
  return (j3_vtype){(uintptr_t)name};
}
static inline const j3_symbol *
verify_name(j3_vtype a)
{
  return (const j3_symbol *)a.bits;
}
static inline bool
verify_same(j3_vtype a, j3_vtype b)
{
  return a.bits == b.bits;
}
static inline bool
verify_is_reference(j3_vtype a)
{
  return (a.bits & J3_V_KIND) == J3_V_REFERENCE;
}
static inline bool
verify_is_uninitialized(j3_vtype a)
{
  return (a.bits & J3_V_KIND) == J3_V_UNINITIALIZED;
}
static inline bool
verify_is_object(j3_vtype a)
{
  return verify_is_reference(a) && a.bits && verify_name(a)->text[0] != '[';
}
static inline bool
verify_is_array(j3_vtype a)
{
  return verify_is_reference(a) && a.bits && verify_name(a)->text[0] == '[';
}
static inline bool
verify_is_one_word(j3_vtype a)
{
  return (a.bits & J3_V_PRIMITIVE) == 0 || (a.bits & J3_V_ONE_WORD);
}
static inline bool
verify_is_first_half(j3_vtype a)
{
  return (a.bits & J3_V_PRIMITIVE) && (a.bits & J3_V_FIRST_HALF);
}
static inline bool
verify_is_second_half(j3_vtype a)
{
  return (a.bits & J3_V_PRIMITIVE) && (a.bits & J3_V_SECOND_HALF);
}
static inline j3_vtype
verify_second_half(j3_vtype first)
{
  return verify_type(first.bits ^ J3_V_FIRST_HALF ^ J3_V_SECOND_HALF);
}

/* Types of locals and stack at one place.  Locals beyond local_count are TOP. */
typedef struct j3_vframe {
  int32_t bci;
  int32_t local_count, stack_count;
  int32_t stack_mark; /* the current frame: stack_count before the instruction; else -1 */
  bool this_uninitialized;
  j3_vtype *locals, *stack;
} j3_vframe;

/* Where a type in a message comes from. */
typedef enum j3_vorigin {
  J3_VORIGIN_NONE,
  J3_VORIGIN_LOCAL, /* of the current frame */
  J3_VORIGIN_STACK,
  J3_VORIGIN_MAP_LOCAL, /* of a frame in the StackMapTable */
  J3_VORIGIN_MAP_STACK,
  J3_VORIGIN_POOL,
  J3_VORIGIN_SIGNATURE,
  J3_VORIGIN_IMPLICIT,
  J3_VORIGIN_INDEX, /* not a type, but a bad index */
  J3_VORIGIN_FRAME, /* not a type, but a whole frame */
} j3_vorigin;

typedef struct j3_vsource {
  j3_vorigin origin;
  uint16_t index;
  const j3_vframe *frame; /* a copy, as before the instruction */
  j3_vtype type;
} j3_vsource;

typedef enum j3_vfault {
  J3_VFAULT_NONE,
  J3_VFAULT_CODE,
  J3_VFAULT_TYPE,
  J3_VFAULT_FLAGS,
  J3_VFAULT_POOL_INDEX,
  J3_VFAULT_LOCAL_INDEX,
  J3_VFAULT_STACK_SIZE,
  J3_VFAULT_OVERFLOW,
  J3_VFAULT_UNDERFLOW,
  J3_VFAULT_NO_MAP,
  J3_VFAULT_BAD_MAP,
} j3_vfault;

typedef struct j3_vcontext {
  j3_vfault fault;
  int32_t bci;
  j3_vsource type, expected;
} j3_vcontext;

/* Memory that is freed at once. */
typedef struct j3_varena {
  struct verify_chunk *chunks;
} j3_varena;

/* A row of the exception table. */
typedef struct j3_vhandler {
  uint32_t begin, end, target;
  j3_vtype catch_type;
  uint32_t checked; /* v->locals_version when the target's frame was last matched */
} j3_vhandler;

/* A descriptor's types, wide ones as two halves. */
typedef struct j3_vsignature {
  uint32_t arguments, count; /* the result is what follows the arguments */
  j3_vtype type[];
} j3_vsignature;

typedef struct j3_verifier {
  vmk_thread *thread;
  j3_class *class;
  j3_vtype this_type;
  j3_varena class_memory, method_memory;
  j3_vsignature **signatures; /* by pool index of the descriptor */

  /* the method */
  j3_method *method;
  const uint8_t *code;
  uint32_t length;
  uint8_t *marks;  /* by bci: J3_VMARK_* */
  j3_vtype result; /* TOP: void */
  j3_vhandler *handlers;
  uint32_t handler_count, covered_begin, covered_end; /* all handlers' ranges lie between */
  j3_bytes map;                                       /* StackMapTable; data null: none */
  const j3_vframe *frames;
  uint32_t frame_count, next_frame;
  j3_vframe frame;           /* the current one */
  uint32_t locals_version;   /* counts changes of its locals and flag */
  bool this_was_initialized; /* by the current instruction */

  /* the error */
  const char *error; /* class, or null */
  char *message;
  j3_vcontext context;
  bool is_thrown; /* an ill-formed StackMapTable: not for the other verifier to decide */
} j3_verifier;

enum { J3_VMARK_INSTRUCTION = 1, J3_VMARK_NEW = 2 };

/* The names that verification knows, interned. */
typedef struct j3_vnames {
  j3_symbol *object, *string, *class, *throwable, *method_handle, *method_type, *init, *clone;
} j3_vnames;
const j3_vnames *j3_verify_names(void);

/* --- verify.c --------------------------------------------------------------------------------------- */

void *j3_verify_alloc(j3_varena *a, size_t bytes); /* zeroed; never null */
/* Another thread, or a class loader called from here, has linked the class meanwhile. */
static inline bool
verify_is_settled(const j3_verifier *v)
{
  return atomic_load_explicit(&v->class->state, memory_order_acquire) >= J3_LINKED;
}

/* --- verify_type.c ---------------------------------------------------------------------------------- */

/* Is `from` assignable to `to`?  False with an exception pending: a class could not be loaded.
 * is_protected: `to` is the current class and a protected member of a superclass is used. */
bool j3_verify_is_assignable_slow(j3_verifier *v, j3_vtype from, j3_vtype to, bool is_protected)
    VMK_MOVES;
static inline bool verify_is_assignable(j3_verifier *v, j3_vtype from, j3_vtype to) VMK_MOVES;
static inline bool
verify_is_assignable(j3_verifier *v, j3_vtype from, j3_vtype to) VMK_MOVES
{
  return from.bits == to.bits || to.bits == J3_V_TOP ||
         j3_verify_is_assignable_slow(v, from, to, false);
}
j3_vtype j3_verify_component(j3_vtype array); /* TOP: malformed; narrow integers as they are */
/* The field descriptor at p as a type of locals and stack (ints for narrow integers), and its end. */
j3_vtype j3_verify_descriptor(const char *p, const char **end);
const j3_vsignature *j3_verify_signature(j3_verifier *v, uint16_t descriptor_index);
/* The type that a Class entry names; a hidden class's own entry is itself. */
j3_vtype j3_verify_class_entry(const j3_verifier *v, uint16_t index);
/* Load a class by name as the current class would; null: pending. */
j3_class *j3_verify_load(j3_verifier *v, const j3_symbol *name) VMK_MOVES;

/* --- verify_frame.c --------------------------------------------------------------------------------- */

bool j3_verify_push(j3_verifier *v, j3_vtype a);
bool j3_verify_push_wide(j3_verifier *v, j3_vtype first);
bool j3_verify_pop(j3_verifier *v, j3_vtype expected, j3_vtype *out)
    VMK_MOVES; /* out may be null */
bool j3_verify_pop_any(j3_verifier *v, j3_vtype *out);
bool j3_verify_pop_wide(j3_verifier *v, j3_vtype first) VMK_MOVES;
bool j3_verify_get_local(j3_verifier *v, uint32_t index, j3_vtype expected, j3_vtype *out)
    VMK_MOVES;
bool j3_verify_get_local_wide(j3_verifier *v, uint32_t index, j3_vtype first) VMK_MOVES;
bool j3_verify_set_local(j3_verifier *v, uint32_t index, j3_vtype a);
bool j3_verify_set_local_wide(j3_verifier *v, uint32_t index, j3_vtype first);
/* Every `before` in the current frame becomes `after`. */
void j3_verify_initialize(j3_verifier *v, j3_vtype before, j3_vtype after);
/* The frame at the method's entry, and v->result. */
void j3_verify_enter(j3_verifier *v);

/* --- verify_map.c ----------------------------------------------------------------------------------- */

bool j3_verify_read_map(j3_verifier *v);
/* Instruction bci is reached: from the one before when `falls`; the frame of the map, if it has one here,
 * becomes the current frame. */
bool j3_verify_arrive(j3_verifier *v, uint32_t bci, bool falls) VMK_MOVES;
bool j3_verify_jump(j3_verifier *v, uint32_t bci, int32_t offset) VMK_MOVES;
/* The current locals must do for the handlers that cover bci. */
bool j3_verify_handlers(j3_verifier *v, uint32_t bci, bool this_uninitialized) VMK_MOVES;
static inline bool
verify_is_covered(const j3_verifier *v, uint32_t bci)
{
  return bci >= v->covered_begin && bci < v->covered_end;
}

/* --- verify_code.c, verify_member.c, verify_pool.c ---------------------------------------------------- */

bool j3_verify_code(j3_verifier *v) VMK_MOVES;
/* Mark where instructions begin. */
bool j3_verify_scan(j3_verifier *v);
bool j3_verify_pool_tag(j3_verifier *v, uint32_t bci, uint16_t index, uint32_t tags);
bool j3_verify_field(j3_verifier *v, const j3_instruction *in) VMK_MOVES;
bool j3_verify_invoke(j3_verifier *v, const j3_instruction *in) VMK_MOVES;
bool j3_verify_ldc(j3_verifier *v, const j3_instruction *in);
bool j3_verify_class_operand(j3_verifier *v, const j3_instruction *in) VMK_MOVES;
bool j3_verify_newarray(j3_verifier *v, const j3_instruction *in) VMK_MOVES;

/* --- verify_error.c --------------------------------------------------------------------------------- */

/* Record a VerifyError, a ClassFormatError of the method, an ill-formed StackMapTable. Always false. */
bool j3_verify_fail(j3_verifier *v, j3_vcontext context, const char *format, ...) VMK_PRINTF(3, 4);
bool j3_verify_fail_format(j3_verifier *v, const char *format, ...) VMK_PRINTF(2, 3);
bool j3_verify_fail_map(j3_verifier *v, const char *what);
/* The whole text, malloc'ed. */
char *j3_verify_message(const j3_verifier *v);

/* Sources copy the frame, whose stack is shown as it was before the instruction. */
j3_vsource j3_verify_source(j3_verifier *v, j3_vorigin origin, uint32_t index,
                            const j3_vframe *frame);
static inline j3_vsource
verify_from_pool(uint16_t index, j3_vtype type)
{
  return (j3_vsource){.origin = J3_VORIGIN_POOL, .index = index, .type = type};
}
static inline j3_vsource
verify_implicit(j3_vtype type)
{
  return (j3_vsource){.origin = J3_VORIGIN_IMPLICIT, .type = type};
}
/* What was just popped. */
static inline j3_vsource
verify_popped(j3_verifier *v)
{
  return j3_verify_source(v, J3_VORIGIN_STACK, (uint32_t)v->frame.stack_count, &v->frame);
}
static inline j3_vcontext
verify_bad_code(uint32_t bci)
{
  return (j3_vcontext){.fault = J3_VFAULT_CODE, .bci = (uint16_t)bci};
}
static inline j3_vcontext
verify_bad_type(int32_t bci, j3_vsource type, j3_vsource expected)
{
  return (j3_vcontext){J3_VFAULT_TYPE, (uint16_t)bci, type, expected};
}
static inline j3_vcontext
verify_bad_index(j3_vfault fault, int32_t bci, uint32_t index)
{
  j3_vsource source = {.origin = J3_VORIGIN_INDEX, .index = (uint16_t)index};
  return (j3_vcontext){.fault = fault, .bci = (uint16_t)bci, .type = source};
}
static inline j3_vcontext
verify_bad_frame(j3_verifier *v, j3_vfault fault, int32_t bci, const j3_vframe *frame)
{
  return (j3_vcontext){.fault = fault,
                       .bci = (uint16_t)bci,
                       .type = j3_verify_source(v, J3_VORIGIN_FRAME, 0, frame)};
}

#endif
