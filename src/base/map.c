/* map.c -- hash tables */
#include "base/map.h"

#include <stdatomic.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

enum { MAP_FIRST = 16 };

/* Is a table of mask + 1 slots too full for one more? */
static inline bool
map_is_full(size_t count, size_t mask)
{
  return mask == 0 || (count + 1) * 4 > (mask + 1) * 3;
}

static inline size_t
map_grown_slots(size_t mask)
{
  return mask ? (mask + 1) * 2 : MAP_FIRST;
}

/* May the entry at `from`, whose home is `home`, move back into the hole?  Yes unless its home lies
 * cyclically in (hole, from]. */
static inline bool
map_moves_back(size_t hole, size_t home, size_t from, size_t mask)
{
  return ((from - home) & mask) >= ((from - hole) & mask);
}

/* --- words ---------------------------------------------------------------------------------------- */

void
vmk_map_fini(vmk_map *map)
{
  free(map->slots);
  *map = (vmk_map){0};
}

/* The key's slot, or the empty slot where it would be. */
static vmk_map_slot *
map_probe(const vmk_map *map, uint64_t key)
{
  size_t i = vmk_hash_u64(key) & map->mask;
  while (map->slots[i].key && map->slots[i].key != key)
    i = (i + 1) & map->mask;
  return &map->slots[i];
}

static void
map_grow(vmk_map *map)
{
  vmk_map old = *map;
  size_t slots = map_grown_slots(old.mask);
  map->slots = vmk_calloc(slots, sizeof *map->slots);
  map->mask = slots - 1;
  for (size_t i = 0; old.slots && i <= old.mask; i++)
    if (old.slots[i].key)
      *map_probe(map, old.slots[i].key) = old.slots[i];
  free(old.slots);
}

uint64_t *
vmk_map_find(const vmk_map *map, uint64_t key)
{
  if (!key)
    return map->has_zero ? (uint64_t *)&map->zero_value : NULL;
  if (!map->slots)
    return NULL;
  vmk_map_slot *slot = map_probe(map, key);
  return slot->key ? &slot->value : NULL;
}

uint64_t *
vmk_map_slot_for(vmk_map *map, uint64_t key, bool *is_new)
{
  uint64_t *found = vmk_map_find(map, key);
  if (is_new)
    *is_new = !found;
  if (found)
    return found;
  if (!key) {
    map->has_zero = true;
    map->zero_value = 0;
    return &map->zero_value;
  }
  if (map_is_full(map->count, map->mask))
    map_grow(map);
  vmk_map_slot *slot = map_probe(map, key);
  *slot = (vmk_map_slot){.key = key};
  map->count++;
  return &slot->value;
}

bool
vmk_map_remove(vmk_map *map, uint64_t key)
{
  if (!key) {
    bool had = map->has_zero;
    map->has_zero = false;
    return had;
  }
  if (!map->slots)
    return false;
  vmk_map_slot *slot = map_probe(map, key);
  if (!slot->key)
    return false;
  size_t hole = (size_t)(slot - map->slots);
  for (size_t i = (hole + 1) & map->mask; map->slots[i].key; i = (i + 1) & map->mask) {
    size_t home = vmk_hash_u64(map->slots[i].key) & map->mask;
    if (map_moves_back(hole, home, i, map->mask)) {
      map->slots[hole] = map->slots[i];
      hole = i;
    }
  }
  map->slots[hole] = (vmk_map_slot){0};
  map->count--;
  return true;
}

/* Cursor 0 is the zero key, i + 1 slot i. */
bool
vmk_map_next(const vmk_map *map, size_t *cursor, uint64_t *key, uint64_t *value)
{
  size_t i = *cursor;
  if (i == 0) {
    i = 1;
    if (map->has_zero) {
      *cursor = i;
      *key = 0;
      *value = map->zero_value;
      return true;
    }
  }
  for (; map->slots && i <= map->mask + 1; i++) {
    const vmk_map_slot *slot = &map->slots[i - 1];
    if (slot->key) {
      *cursor = i + 1;
      *key = slot->key;
      *value = slot->value;
      return true;
    }
  }
  *cursor = i;
  return false;
}

/* --- bytes ------------------------------------------------------------------------------------------ */

void
vmk_strmap_fini(vmk_strmap *map)
{
  free(map->slots);
  *map = (vmk_strmap){0};
}

static inline uint32_t
strmap_hash(const void *key, size_t length)
{
  return (uint32_t)vmk_hash_bytes(key, length);
}

static vmk_strmap_slot *
strmap_probe(const vmk_strmap *map, const void *key, size_t length, uint32_t hash)
{
  size_t i = hash & map->mask;
  for (;; i = (i + 1) & map->mask) {
    vmk_strmap_slot *slot = &map->slots[i];
    if (!slot->key)
      return slot;
    if (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0)
      return slot;
  }
}

static void
strmap_grow(vmk_strmap *map)
{
  vmk_strmap old = *map;
  size_t slots = map_grown_slots(old.mask);
  map->slots = vmk_calloc(slots, sizeof *map->slots);
  map->mask = slots - 1;
  for (size_t i = 0; old.slots && i <= old.mask; i++) {
    if (!old.slots[i].key)
      continue;
    size_t to = old.slots[i].hash & map->mask;
    while (map->slots[to].key)
      to = (to + 1) & map->mask;
    map->slots[to] = old.slots[i];
  }
  free(old.slots);
}

void *
vmk_strmap_get(const vmk_strmap *map, const void *key, size_t length)
{
  if (!map->slots)
    return NULL;
  return strmap_probe(map, key, length, strmap_hash(key, length))->value;
}

vmk_strmap_slot *
vmk_strmap_slot_for(vmk_strmap *map, const void *key, size_t length, bool *is_new)
{
  uint32_t hash = strmap_hash(key, length);
  vmk_strmap_slot *slot = map->slots ? strmap_probe(map, key, length, hash) : NULL;
  bool absent = !slot || !slot->key;
  if (is_new)
    *is_new = absent;
  if (!absent)
    return slot;
  VMK_ASSERT(key && length <= UINT32_MAX);
  if (map_is_full(map->count, map->mask)) {
    strmap_grow(map);
    slot = strmap_probe(map, key, length, hash);
  }
  *slot = (vmk_strmap_slot){.key = key, .length = (uint32_t)length, .hash = hash};
  map->count++;
  return slot;
}

bool
vmk_strmap_remove(vmk_strmap *map, const void *key, size_t length)
{
  if (!map->slots)
    return false;
  vmk_strmap_slot *slot = strmap_probe(map, key, length, strmap_hash(key, length));
  if (!slot->key)
    return false;
  size_t hole = (size_t)(slot - map->slots);
  for (size_t i = (hole + 1) & map->mask; map->slots[i].key; i = (i + 1) & map->mask) {
    if (map_moves_back(hole, map->slots[i].hash & map->mask, i, map->mask)) {
      map->slots[hole] = map->slots[i];
      hole = i;
    }
  }
  map->slots[hole] = (vmk_strmap_slot){0};
  map->count--;
  return true;
}

vmk_strmap_slot *
vmk_strmap_next(const vmk_strmap *map, size_t *cursor)
{
  while (map->slots && *cursor <= map->mask) {
    vmk_strmap_slot *slot = &map->slots[(*cursor)++];
    if (slot->key)
      return slot;
  }
  return NULL;
}

/* --- read without a lock ------------------------------------------------------------------------------ *
 * A reader may see a slot's key before its value only if the writer stored them the other way round:
 * put stores the value first and the key with release.  A table is published complete. */

struct vmk_rmap_table {
  struct vmk_rmap_table *outgrown;
  size_t mask;
  struct {
    _Atomic(uint64_t) key, value;
  } slots[];
};

void
vmk_rmap_fini(vmk_rmap *map)
{
  struct vmk_rmap_table *table = atomic_load_explicit(&map->table, memory_order_relaxed);
  while (table) {
    struct vmk_rmap_table *next = table->outgrown;
    free(table);
    table = next;
  }
  *map = (vmk_rmap){0};
}

uint64_t
vmk_rmap_get(const vmk_rmap *map, uint64_t key)
{
  struct vmk_rmap_table *table = atomic_load_explicit(&map->table, memory_order_acquire);
  if (!table)
    return 0;
  for (size_t i = vmk_hash_u64(key) & table->mask;; i = (i + 1) & table->mask) {
    uint64_t seen = atomic_load_explicit(&table->slots[i].key, memory_order_acquire);
    if (seen == key)
      return atomic_load_explicit(&table->slots[i].value, memory_order_acquire);
    if (!seen)
      return 0;
  }
}

static void
rmap_store(struct vmk_rmap_table *table, uint64_t key, uint64_t value, size_t *count)
{
  size_t i = vmk_hash_u64(key) & table->mask;
  uint64_t seen;
  while ((seen = atomic_load_explicit(&table->slots[i].key, memory_order_relaxed)) && seen != key)
    i = (i + 1) & table->mask;
  atomic_store_explicit(&table->slots[i].value, value, memory_order_release);
  if (!seen) {
    atomic_store_explicit(&table->slots[i].key, key, memory_order_release);
    ++*count;
  }
}

void
vmk_rmap_put(vmk_rmap *map, uint64_t key, uint64_t value)
{
  VMK_ASSERT(key && value);
  struct vmk_rmap_table *table = atomic_load_explicit(&map->table, memory_order_relaxed);
  size_t mask = table ? table->mask : 0;
  if (map_is_full(map->count, mask)) {
    size_t slots = map_grown_slots(mask);
    struct vmk_rmap_table *grown = vmk_calloc(1, sizeof *grown + slots * sizeof grown->slots[0]);
    grown->outgrown = table;
    grown->mask = slots - 1;
    map->count = 0;
    for (size_t i = 0; table && i <= mask; i++) {
      uint64_t old = atomic_load_explicit(&table->slots[i].key, memory_order_relaxed);
      if (old)
        rmap_store(grown, old, atomic_load_explicit(&table->slots[i].value, memory_order_relaxed),
                   &map->count);
    }
    atomic_store_explicit(&map->table, grown, memory_order_release);
    table = grown;
  }
  rmap_store(table, key, value, &map->count);
}
