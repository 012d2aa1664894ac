/* profile.h -- where the branches of a function went, and how often
 *
 * As many counters as the code has words, so that an instruction's are found without a search: those of
 * an instruction at pc begin at count[pc].
 *
 *     branch, br_kind_or_null    taken, not taken
 *     is_kind                    yes, no
 *     switch                     default, each case
 *
 * With the number of entries these are the counts of all edges but forward jumps and throws; the trips of a
 * loop are those of its backward branch.  Compiled code counts, whether the function has been inlined or
 * not, if there was a profile when it was made (option `profile`); tier 0 does not: it runs
 * a function a few times only.  Threads race: no count is exact, and a full one stays.
 */
#ifndef VMK_IR_PROFILE_H
#define VMK_IR_PROFILE_H

#include "ir/body.h"

typedef struct vmk_profile {
  const vmk_function *function;
  struct vmk_profile *next; /* in the list of src/jit */
  uint32_t entries;
  uint32_t count[];
} vmk_profile;

static inline size_t
vmk_profile_bytes(const vmk_body *body)
{
  return sizeof(vmk_profile) + body->code_words * sizeof(uint32_t);
}

/* Null: nothing has been counted. */
static inline vmk_profile *
vmk_profile_of(const vmk_function *f)
{
  return __atomic_load_n(&f->body->profile, __ATOMIC_ACQUIRE);
}

static inline void
vmk_profile_add(uint32_t *count)
{
  uint32_t old = __atomic_load_n(count, __ATOMIC_RELAXED);
  __atomic_store_n(count, old + (old != UINT32_MAX), __ATOMIC_RELAXED);
}

/* Receivers of a call site: the first one, which never changes, and how often tier 0, and compiled code that
 * counts, have seen that kind (of a virtual call: that function) and others.  Published in its cell, constants[X + 2]; the inline
 * cache of an interface call.  Its module has them in a list, from which unloading takes those that name
 * what dies. */
typedef struct vmk_call_profile {
  const vmk_kind *kind;
  vmk_function *found;
  uint32_t same, other; /* racy: nobody needs all */
  uint64_t *cell;
  struct vmk_call_profile *next;
} vmk_call_profile;

static inline void
vmk_call_profile_count(vmk_call_profile *profile, bool same)
{
  vmk_profile_add(same ? &profile->same : &profile->other);
}

/* Of a cell; null: there is none. */
static inline vmk_call_profile *
vmk_call_profile_of(const uint64_t *cell)
{
  return (vmk_call_profile *)__atomic_load_n(cell, __ATOMIC_ACQUIRE);
}

#endif
