/* map.h -- hash tables: word-keyed, bytes-keyed, and one that is read without a lock
 *
 * Open addressing with linear probing, powers of two, at most three quarters full.  Removal shifts
 * the followers back, so there are no tombstones.  All-zero is an empty table.  None has a lock of
 * its own.
 */
#ifndef VMK_BASE_MAP_H
#define VMK_BASE_MAP_H

#include <vmkit/vmk_base.h>

/* --- vmk_map: uint64_t or pointer -> uint64_t or pointer -------------------------------------- */

typedef struct vmk_map_slot {
  uint64_t key, value; /* key 0: empty */
} vmk_map_slot;

typedef struct vmk_map {
  vmk_map_slot *slots;
  size_t mask, count; /* mask: slots - 1 (0 while slots is null); count: without the zero key */
  uint64_t zero_value;
  bool has_zero; /* key 0 is kept here */
} vmk_map;

void vmk_map_fini(vmk_map *map);
/* Where the key's value is, or null.  Valid until the next put or remove. */
uint64_t *vmk_map_find(const vmk_map *map, uint64_t key);
/* Where the key's value is, made (as 0) when absent; *is_new may be null. */
uint64_t *vmk_map_slot_for(vmk_map *map, uint64_t key, bool *is_new);
bool vmk_map_remove(vmk_map *map, uint64_t key);
/* Visit all: size_t i = 0; while (vmk_map_next(map, &i, &key, &value)) ...  No change meanwhile. */
bool vmk_map_next(const vmk_map *map, size_t *cursor, uint64_t *key, uint64_t *value);

static inline size_t
vmk_map_count(const vmk_map *map)
{
  return map->count + map->has_zero;
}
static inline void
vmk_map_put(vmk_map *map, uint64_t key, uint64_t value)
{
  *vmk_map_slot_for(map, key, NULL) = value;
}
static inline bool
vmk_map_get(const vmk_map *map, uint64_t key, uint64_t *value)
{
  const uint64_t *found = vmk_map_find(map, key);
  if (found)
    *value = *found;
  return found != NULL;
}
/* The pointer forms: keyed by a pointer, holding pointers; null when absent. */
static inline void
vmk_map_put_ptr(vmk_map *map, const void *key, void *value)
{
  vmk_map_put(map, (uintptr_t)key, (uintptr_t)value);
}
static inline void *
vmk_map_get_ptr(const vmk_map *map, const void *key)
{
  const uint64_t *found = vmk_map_find(map, (uintptr_t)key);
  return found ? (void *)(uintptr_t)*found : NULL;
}

/* --- vmk_strmap: bytes -> pointer --------------------------------------------------------------- *
 * Keys are (address, length), compared as bytes: strings, or structures without padding.  They are
 * borrowed: the caller keeps them while they are in the table (typically in an arena). */

typedef struct vmk_strmap_slot {
  const void *key; /* null: empty */
  void *value;
  uint32_t length, hash;
} vmk_strmap_slot;

typedef struct vmk_strmap {
  vmk_strmap_slot *slots;
  size_t mask, count;
} vmk_strmap;

void vmk_strmap_fini(vmk_strmap *map);
/* The value or null. */
void *vmk_strmap_get(const vmk_strmap *map, const void *key, size_t length);
/* The slot, made with a null value and this very key pointer when absent (a caller that needs its
 * own copy of the key then replaces slot->key).  Valid until the next change. */
vmk_strmap_slot *vmk_strmap_slot_for(vmk_strmap *map, const void *key, size_t length, bool *is_new);
bool vmk_strmap_remove(vmk_strmap *map, const void *key, size_t length);
/* Visit all: size_t i = 0; while ((slot = vmk_strmap_next(map, &i))) ... */
vmk_strmap_slot *vmk_strmap_next(const vmk_strmap *map, size_t *cursor);

static inline void
vmk_strmap_put(vmk_strmap *map, const void *key, size_t length, void *value)
{
  vmk_strmap_slot_for(map, key, length, NULL)->value = value;
}

/* --- vmk_rmap: nonzero word -> nonzero word, readers need no lock -------------------------------- *
 * Writers exclude each other by a lock of the caller's; any number of threads read meanwhile.
 * Entries are added or overwritten, never removed.  Tables that were outgrown are kept until fini,
 * since a reader may still be in one: at most as much again as the newest. */

typedef struct vmk_rmap {
  _Atomic(struct vmk_rmap_table *) table;
  size_t count; /* writers only */
} vmk_rmap;

void vmk_rmap_fini(vmk_rmap *map); /* no readers left */
/* 0 when absent.  What was written before the put is visible to who gets the value. Any thread. */
uint64_t vmk_rmap_get(const vmk_rmap *map, uint64_t key);
void vmk_rmap_put(vmk_rmap *map, uint64_t key, uint64_t value);

#endif
