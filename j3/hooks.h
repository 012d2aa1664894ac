/* hooks.h -- hooks that are implemented elsewhere, and looking into resolved pools */
#ifndef J3_HOOKS_H
#define J3_HOOKS_H

#include "j3.h"
#include "native.h"

/* link.c */
vmk_function *j3_dispatch(vmk_thread *t, vmk_function *target, vmk_kind *kind) VMK_MOVES;
bool j3_can_store(vmk_kind *array, vmk_kind *value); /* leaf */

/* The class a pool entry has been resolved to; null when it has not, or in vain. Leaf. */
static inline j3_class *
j3_pool_resolved(const j3_pool *p, uint16_t index)
{
  uintptr_t v = (uintptr_t)atomic_load_explicit(&p->resolved[index], memory_order_acquire);
  return v & 1 ? NULL : (j3_class *)v;
}

#endif
