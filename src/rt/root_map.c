/* root_map.c -- which slots of a suspended frame will still be read
 *
 * A register that nobody will read again must not keep an object alive: programs wait for references
 * to be cleared.  Liveness is computed from the code when a collection finds a frame at an instruction
 * for the first time, and kept: most collections meet the same instructions again.  The answer is a bit
 * for each slot of the pointer and reference banks, in a word of the table when there are at most 63.
 *
 * Invariant: slots of dead registers hold null after a collection (frame.c clears them), so a slot that
 * was not updated is never taken for a reference, whatever asks later and however roughly.
 *
 * All of it happens with the world stopped, by one thread, but for vmk_root_maps_invalidate: answers are
 * found by the address of an instruction, and addresses of code that was freed are given out again.
 */
#include "rt/root_map.h"

#include "ir/body.h"
#include "rt/vm.h"

enum {
  ROOT_MAP_INLINE = 63,         /* slots in a word; its lowest bit says that it is no pointer */
  ROOT_MAP_ENTRIES = 64 * 1024, /* then start again */
};

/* Registers that are kept for debuggers count as live. */
static void
root_map_add_named(const vmk_body *body, uint32_t begin, uint32_t end, uint64_t *bits)
{
  for (uint32_t i = 0; body->keeps_named && i < body->named_count; i++) {
    const uint32_t slot = body->named[i].slot;
    if (slot >= begin && slot < end)
      bits[(slot - begin) / 64] |= UINT64_C(1) << (slot - begin) % 64;
  }
}

static uint64_t
root_map_make(vmk_root_maps *maps, const vmk_function *f, uint32_t pc, bool in_call)
{
  const uint32_t begin = f->ptr_begin[0], end = f->ptr_end[1], words = (end - begin + 63) / 64;
  if (maps->live_of != f) {
    vmk_root_maps_relax(maps);
    maps->live = vmk_live_new(f, f->code);
    maps->live_of = f;
  }
  if (end - begin <= ROOT_MAP_INLINE) {
    uint64_t bits;
    vmk_live_within(maps->live, pc, in_call, begin, end, &bits);
    root_map_add_named(f->body, begin, end, &bits);
    return bits << 1 | 1;
  }
  uint64_t *bits = vmk_arena_alloc(&maps->arena, words * sizeof *bits);
  vmk_live_within(maps->live, pc, in_call, begin, end, bits);
  root_map_add_named(f->body, begin, end, bits);
  return (uintptr_t)bits;
}

vmk_root_map
vmk_root_map_of(vmk_root_maps *maps, const vmk_function *f, const uint32_t *pc, bool in_call)
{
  if (vmk_map_count(&maps->known) >= ROOT_MAP_ENTRIES ||
      __atomic_load_n(&maps->stale, __ATOMIC_ACQUIRE))
    vmk_root_maps_forget(maps);
  bool is_new;
  uint64_t *entry = vmk_map_slot_for(&maps->known, (uintptr_t)pc | in_call, &is_new);
  if (is_new)
    *entry = root_map_make(maps, f, (uint32_t)(pc - f->code), in_call);
  if (*entry & 1)
    return (vmk_root_map){*entry >> 1, NULL};
  return (vmk_root_map){0, (const uint64_t *)(uintptr_t)*entry};
}

void
vmk_root_maps_relax(vmk_root_maps *maps)
{
  if (maps->live)
    vmk_live_free(maps->live);
  maps->live = NULL;
  maps->live_of = NULL;
}

void
vmk_root_maps_invalidate(vmk_root_maps *maps)
{
  __atomic_store_n(&maps->stale, true, __ATOMIC_RELEASE);
}

void
vmk_root_maps_forget(vmk_root_maps *maps)
{
  __atomic_store_n(&maps->stale, false, __ATOMIC_RELAXED);
  vmk_root_maps_relax(maps);
  vmk_map_fini(&maps->known);
  vmk_arena_fini(&maps->arena);
}
