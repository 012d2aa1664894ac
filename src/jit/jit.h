/* jit.h -- tier 1: copy and patch
 *
 * compile.c makes code from IR (assembly.h), stub.c is what that code calls, jit.c owns the code.
 * Locks: vmk_jit.lock, then vm->link; neither is held over a safepoint.
 */
#ifndef VMK_JIT_JIT_H
#define VMK_JIT_JIT_H

#include <pthread.h>
#include <stdio.h>

#include "ir/ops.h"
#include "ir/profile.h"
#include "jit/cache.h"
#include "jit/stencil.h"
#include "rt/tier.h"
#include "rt/vm.h"

/* Code of the library that compiled code jumps to. */
typedef enum jit_routine {
  JIT_ROUTINE_LEAVE = JIT_EXTERNAL_COUNT,
  JIT_ROUTINE_SLOW,
  JIT_ROUTINE_SITE,
  JIT_ROUTINE_OVERFLOW,
  JIT_ROUTINE_RETURN,
  JIT_ROUTINE_COUNT
} jit_routine;

/* stub.c: entered with the word offset of the instruction as pc, and as window: */
vmk_tier_code vmk_jit_leave; /* - */
vmk_tier_code vmk_jit_slow;  /* where to go on when the instruction is done */
vmk_tier_code vmk_jit_site;  /* its jit_cell */

/* An unresolved site in compiled code jumps to `code`: the stub that links it, then the linked
 * instruction, which goes on at `behind`. */
typedef struct jit_cell {
  VMK_ATOMIC(const void *) code;
  const void *behind;
} jit_cell;

/* Where compiled code can be entered: nothing is in acc and dacc there. */
typedef struct jit_entry {
  uint32_t pc, offset; /* word offset in the IR, byte offset in the piece */
} jit_entry;

typedef struct jit_piece {
  uint32_t offset, bytes; /* in the cache */
} jit_piece;

/* The code of one function.  A function that is compiled again keeps the old code, which may be
 * running; both are freed with its module.  Immutable but for what says otherwise. */
typedef struct vmk_compiled {
  struct vmk_compiled *next; /* in the module */
  vmk_function *function;
  const char *run; /* the first piece */
  jit_piece piece;
  uint32_t entry_count;
  uint64_t inlined; /* jit_inlined_bit of each function whose code is in it; guarded by lock */
  VMK_VEC(jit_piece) linked; /* instructions linked later; guarded by lock */
  uint32_t relink;           /* compile again when so many are; guarded by lock */
  jit_entry entries[];
} vmk_compiled;

/* A few bits of the function's address: others have the same, and are taken for it. */
static inline uint64_t
jit_inlined_bit(const vmk_function *f)
{
  uint64_t hash = (uintptr_t)f / 16 * UINT64_C(0x9e3779b97f4a7c15);
  return UINT64_C(1) << (hash >> 58);
}

typedef struct jit_statistics {
  uint64_t functions, inlined, pinned, instructions, words, code_bytes, linked, again, full,
      nanoseconds;
} jit_statistics;

struct vmk_jit {
  vmk_vm *vm;
  pthread_mutex_t lock;
  jit_cache cache;
  uint32_t routines[JIT_ROUTINE_COUNT]; /* offsets of trampolines */
  uint32_t data;                        /* offset of the stencils' constants */
  struct jit_assembly *assembly;        /* its buffers */
  jit_statistics statistics;
  bool is_full;             /* nothing is compiled until something is freed */
  const vmk_function *last; /* the last one that was compiled, for crash reports */
  vmk_profile *profiles;    /* of all functions that have one */
  FILE *perf_map;           /* debug.c; null until needed */
};

/* assembly.c, compile.c.  Under jit->lock. */
struct jit_assembly *jit_assembly_new(struct vmk_jit *jit);
void jit_assembly_free(struct jit_assembly *assembly);
/* The constants of stencils. */
const uint8_t *jit_stencil_data(size_t *bytes);
/* Code for f; null: no room. */
vmk_compiled *jit_compile_function(struct vmk_jit *jit, vmk_function *f);
/* Code for the instruction at pc, which is a linked site's, that goes on at `behind`; null: no room. */
const void *jit_compile_site(struct vmk_jit *jit, vmk_compiled *compiled, uint32_t pc,
                             const void *behind);

/* Where the i-th instruction of what was compiled last is; false: there are no more. */
typedef struct jit_code_place {
  uint32_t pc, op, offset;
  const vmk_function *inlined; /* null: it is the function's own */
} jit_code_place;
bool jit_assembly_place_of(const struct jit_assembly *assembly, uint32_t i, jit_code_place *out);

/* debug.c.  Under jit->lock.  A piece has been made, of the whole of f or of a linked site. */
void jit_debug_new_code(struct vmk_jit *jit, const vmk_function *f, jit_piece piece, bool is_whole);
/* The piece is about to be freed. */
void jit_debug_free_code(struct vmk_jit *jit, jit_piece piece);
void jit_debug_fini(struct vmk_jit *jit);

/* jit.c: the site of the cell has been linked: the code to go on in, or null. */
const void *jit_linked(struct vmk_jit *jit, vmk_function *f, uint32_t pc, jit_cell *cell);

#endif
