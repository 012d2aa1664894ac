/* root_map.h -- liveness of frame slots for the collector; see root_map.c */
#ifndef VMK_RT_ROOT_MAP_H
#define VMK_RT_ROOT_MAP_H

#include "base/arena.h"
#include "base/map.h"
#include "ir/live.h"

/* Of a vm; all-zero is empty. */
typedef struct vmk_root_maps {
  vmk_map known; /* pc | in call -> bits */
  vmk_arena arena;
  vmk_live *live; /* of the function asked for last */
  const vmk_function *live_of;
  bool stale; /* by __atomic: code has gone since; its addresses may be other code's now */
} vmk_root_maps;

/* Valid until the next question. */
typedef struct vmk_root_map {
  uint64_t word; /* when words is null */
  const uint64_t *words;
} vmk_root_map;

/* For a frame of f in the middle of the instruction at pc; in_call: its callee runs. */
vmk_root_map vmk_root_map_of(vmk_root_maps *maps, const vmk_function *f, const uint32_t *pc,
                             bool in_call);
/* Will slot f->ptr_begin[0] + i be read? */
static inline bool
vmk_root_map_has(const vmk_root_map *map, uint32_t i)
{
  return (map->words ? map->words[i / 64] >> i % 64 : map->word >> i) & 1;
}
/* The collection has its roots: free what only helps to answer questions. */
void vmk_root_maps_relax(vmk_root_maps *maps);
/* Code is about to go: the next question finds no answers. Any thread, the world may run. */
void vmk_root_maps_invalidate(vmk_root_maps *maps);
/* Forget all answers. */
void vmk_root_maps_forget(vmk_root_maps *maps);

#endif
