/* tier.h -- what a tier provides
 *
 * A tier makes functions run from their IR.  All tiers share the managed stack and its frames; a
 * frame can be continued by any tier at any instruction.  Code that tiers jump to is of the type
 * vmk_tier_code.  f->entry is called as
 *
 *     entry(fp, -, t, -, table, -, f)
 *
 * with the callee's frame linked (header and arguments in place); `table` is for tier 0 and kept by
 * everybody, - is undefined.  It runs the function and goes on at the frame's return address,
 *
 *     address(fp, -, t, -, table, -, bits of the result)
 *
 * which finds the caller's frame (in fp[0], or at a distance that it knows) and stores the result, if
 * there is one, in the destination slot.  A tier that compiles stores its own code in f->entry: the switch is that one
 * store, made under vm->link by vmk_function_enter_at.
 *
 * Before tier code calls into rt it stores its frame and pc in t->fp and t->pc.  Afterwards it must
 * look for a pending exception if the function says so; when there is one it goes to vmk_tier_throw.
 */
#ifndef VMK_RT_TIER_H
#define VMK_RT_TIER_H

#include <vmkit/vmk_exec.h>

#include "ir/profile.h"

struct vmk_option;

#if defined(__x86_64__) || defined(__aarch64__)
#define VMK_TIER_CALL __attribute__((preserve_none))
#else
#define VMK_TIER_CALL
#endif

typedef VMK_TIER_CALL void vmk_tier_code(uint64_t *fp, const uint32_t *pc, vmk_thread *t,
                                         const uint64_t *constants, const void *table,
                                         uint64_t *window, uint64_t word);

/* --- tier 0 provides ----------------------------------------------------------------------------- */

/* Entry of functions without code: vmk_function_translate, then again. */
vmk_tier_code vmk_tier_untranslated;
/* Entries of native functions, without and with a result: run vmk_native_builtin, vmk_native_foreign. */
vmk_tier_code vmk_tier_builtin_void, vmk_tier_builtin;
vmk_tier_code vmk_tier_foreign_void, vmk_tier_foreign;
/* The entry for f's IR. */
vmk_tier_code *vmk_tier_entry_of(const vmk_function *f);
/* Return addresses of calls by tier 0 and by C. */
vmk_tier_code vmk_tier_return;
/* Go on in tier 0 at (fp, pc); _with: the first word of the instruction there is taken from `word`. */
vmk_tier_code vmk_tier_continue, vmk_tier_continue_with;
/* An exception is pending, thrown at (fp, pc): go on in whatever tier has the handler. */
vmk_tier_code vmk_tier_throw;
/* The frame fp, not yet entered, does not fit on the stack. */
vmk_tier_code vmk_tier_overflow;
/* Run the function whose frame is linked at fp until its entry frame's exit. */
void vmk_tier_run(vmk_thread *t, uint64_t *fp) VMK_MOVES;

/* --- tier 1 provides (src/jit), when it is built in ------------------------------------------------ *
 * All of it leaf. */

#ifndef VMK_TIER1
#define VMK_TIER1 0
#endif

/* Null: there can be no compiled code (then nothing else is called). */
struct vmk_jit *vmk_jit_new(vmk_vm *vm, size_t code_bytes);
void vmk_jit_free(struct vmk_jit *jit);
/* Compile f and make the code its entry.  False: the code cache is full. */
bool vmk_jit_compile(struct vmk_jit *jit, vmk_function *f);
/* Code that continues a frame of the function at pc, or null. */
vmk_tier_code *vmk_jit_code_at(const struct vmk_compiled *compiled, const uint32_t *pc);
/* Free the code of a module's functions, none of which runs or will. */
void vmk_jit_free_module(struct vmk_jit *jit, vmk_module *module);
/* Free the code of the functions that are keys of the map, and all code that has one of them inlined.  World
 * stopped; if there was any, no thread may go back to where it was in it. */
struct vmk_map;
bool vmk_jit_forget(struct vmk_jit *jit, const struct vmk_map *functions);
uint64_t vmk_jit_ns(struct vmk_jit *jit);
/* The end: print the functions that dump=profile names, and totals of trace=compile. */
void vmk_jit_report(struct vmk_jit *jit);
/* For crash reports, without locks: whose code is at address, and what was compiled last; or null. */
const vmk_function *vmk_jit_function_at(const struct vmk_jit *jit, const void *address);
const vmk_function *vmk_jit_last(const struct vmk_jit *jit);

/* --- tier.c: when to compile ------------------------------------------------------------------------- */

/* Do registers of loops stay in machine registers?  ALWAYS: even when that costs more than it saves. */
enum { VMK_TIER_PINS_OFF, VMK_TIER_PINS_ON, VMK_TIER_PINS_ALWAYS };
typedef struct vmk_tier_policy {
  int32_t tiers;      /* 0: tier 0 only */
  int64_t calls;      /* of a function in tier 0, until it is compiled */
  int64_t loops;      /* backward branches of a thread between two looks at where it loops */
  bool switches;      /* test: every backward branch changes the tier */
  int64_t leave;      /* test: every n-th compiled instruction is left to tier 0 */
  int64_t code_bytes; /* of the code cache */
  int32_t pins;       /* vmk_tier_pins */
  bool profiles;      /* compiled code counts branches and receivers */
  bool perf, gdb;     /* tell these about compiled code */
} vmk_tier_policy;
enum { VMK_TIER_OPTIONS = 10 };
size_t vmk_tier_options(vmk_tier_policy *policy, struct vmk_option *rows);
void vmk_tier_init(vmk_vm *vm);
void vmk_tier_thread_init(vmk_thread *t);
/* f is about to be entered for the first time. */
void vmk_tier_start(vmk_function *f);
/* f has used up its calls in tier 0. Leaf. */
void vmk_tier_called(vmk_thread *t, vmk_function *f);
/* t has used up its loop budget and goes to pc in f, backward: code to go on with, or null. Leaf. */
vmk_tier_code *vmk_tier_loop(vmk_thread *t, vmk_function *f, const uint32_t *pc);

/* Compiled code that continues a frame of f at pc, or null. */
static inline vmk_tier_code *
vmk_tier_code_at(const vmk_function *f, const uint32_t *pc)
{
#if VMK_TIER1
  const struct vmk_compiled *compiled =
      f->body ? __atomic_load_n(&f->body->compiled, __ATOMIC_ACQUIRE) : NULL;
  return compiled ? vmk_jit_code_at(compiled, pc) : NULL;
#else
  (void)f, (void)pc;
  return NULL;
#endif
}

/* --- rt provides ---------------------------------------------------------------------------------- */

/* function.c: give f code, by its runtime's hook.  False: exception pending. */
bool vmk_function_translate(vmk_thread *t, vmk_function *f) VMK_MOVES;
/* trace=exec, when it is on: called at every entry of IR code. */
void vmk_function_trace(vmk_thread *t, vmk_function *f);
bool vmk_function_is_traced(const vmk_function *f);

/* native.c: t->fp is the native function's frame, t->pc null. */
typedef struct vmk_native_result {
  uint64_t bits;
  uint64_t ok; /* 0: exception pending */
} vmk_native_result;
vmk_native_result vmk_native_builtin(vmk_thread *t, uint64_t *fp) VMK_MOVES;
vmk_native_result vmk_native_foreign(vmk_thread *t, uint64_t *fp) VMK_MOVES;

/* throw.c: an exception is pending and t->fp, t->pc say where.  Where to go on: sets t->fp and returns
 * the pc there; a handler's, with the exception in its register, or an entry frame's exit. */
const uint32_t *vmk_unwind(vmk_thread *t) VMK_MOVES;
/* The same at the end of filter code: `take` is its verdict. */
const uint32_t *vmk_unwind_end_filter(vmk_thread *t, bool take) VMK_MOVES;

/* trap.c: make a trap's exception pending.  For VMK_TRAP_STORE the slots. */
void vmk_trap_raise(vmk_thread *t, vmk_trap trap, int64_t a, int64_t b) VMK_MOVES;
void vmk_trap_store(vmk_thread *t, vmk_handle array, vmk_handle value) VMK_MOVES;
/* A callee's frame does not fit below t->stack_limit. */
void vmk_trap_stack_overflow(vmk_thread *t) VMK_MOVES;
/* The slow half of the array store check. Leaf. */
bool vmk_trap_can_store(vmk_kind *array, vmk_kind *value);

/* site.c: t->pc is at an instruction `link`.  The first word to go on with at the same pc: the quick
 * form's; 0: exception pending. */
uint32_t vmk_site_link(vmk_thread *t) VMK_MOVES;

/* dispatch.c: the implementation of interface function `target` for a receiver's kind, through the
 * thread's cache, then the hook; null: exception pending.  cell: of the site's profile, filled once. */
vmk_function *vmk_dispatch_interface(vmk_thread *t, vmk_function *target, vmk_kind *kind,
                                     uint64_t *cell) VMK_MOVES;

/* dispatch.c: make the profile of a cell if there is none.  Leaf. */
void vmk_call_profile_new(vmk_module *module, uint64_t *cell, const vmk_kind *kind,
                          vmk_function *found);

#endif
