/* symbol.c -- the table of interned names
 *
 * Finding takes no lock: a slot goes from null to a symbol once and stays; a larger table is published
 * with all symbols of the one before, and the old one is kept, since a reader may still be in it.  Such
 * a reader can only miss a new symbol, and then looks again under the lock.  A slot also has the upper half
 * of the hash, so a probe that hits another name does not touch it.
 *
 * Symbols and tables live for ever, in the boot loader's metaspace once there is one: it is in huge pages, and
 * look-ups go all over the place.  Symbols are carved from chunks, so that names of one class lie together.  A chunk
 * begins with the address of the one before: a leak checker cannot follow slots.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdio.h>
#include <stdlib.h>

#include "j3.h"

typedef struct symbol_table {
  const struct symbol_table *previous; /* a reader may still be in it */
  size_t mask;
  _Atomic(uint64_t) slot[];
} symbol_table;

enum { SYMBOL_FIRST_TABLE = 1 << 14, SYMBOL_CHUNK = 128 << 10, SYMBOL_POINTER_BITS = 48 };

static struct {
  pthread_mutex_t lock;
  _Atomic(symbol_table *) table;
  size_t count;
  char *top, *end;
  vmk_module *module; /* whose metaspace is used; null: none yet */
} symbols = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *
symbol_memory(size_t bytes)
{
  if (symbols.module)
    return vmk_meta_alloc(symbols.module, bytes);
  void *p = calloc(1, bytes);
  if (!p) {
    fputs("j3: out of memory for symbols\n", stderr);
    abort();
  }
  return p;
}

static uint64_t
symbol_pack(const j3_symbol *s)
{
  return (uint64_t)(uintptr_t)s | (uint64_t)(s->hash >> 16) << SYMBOL_POINTER_BITS;
}

static j3_symbol *
symbol_unpack(uint64_t slot)
{
  return (j3_symbol *)(uintptr_t)(slot & ((1ull << SYMBOL_POINTER_BITS) - 1));
}

static j3_symbol *
symbol_lookup(const symbol_table *table, uint32_t hash, const char *text, size_t length,
              size_t *place)
{
  size_t i = hash & table->mask;
  for (;; i = (i + 1) & table->mask) {
    uint64_t slot = atomic_load_explicit(&table->slot[i], memory_order_acquire);
    j3_symbol *s = symbol_unpack(slot);
    if (s && (slot >> SYMBOL_POINTER_BITS != hash >> 16 || s->hash != hash || s->length != length ||
              memcmp(s->text, text, length) != 0))
      continue;
    *place = i;
    return s;
  }
}

static symbol_table *
symbol_grow_locked(const symbol_table *old)
{
  size_t capacity = old ? 2 * (old->mask + 1) : SYMBOL_FIRST_TABLE;
  symbol_table *table = symbol_memory(sizeof *table + capacity * sizeof table->slot[0]);
  table->previous = old;
  table->mask = capacity - 1;
  for (size_t i = 0; old && i <= old->mask; i++) {
    uint64_t slot = atomic_load_explicit(&old->slot[i], memory_order_relaxed);
    if (!slot)
      continue;
    size_t place = symbol_unpack(slot)->hash & table->mask;
    while (atomic_load_explicit(&table->slot[place], memory_order_relaxed))
      place = (place + 1) & table->mask;
    atomic_store_explicit(&table->slot[place], slot, memory_order_relaxed);
  }
  atomic_store_explicit(&symbols.table, table, memory_order_release);
  return table;
}

static j3_symbol *
symbol_new_locked(uint32_t hash, const char *text, size_t length)
{
  size_t bytes = (sizeof(j3_symbol) + length + 1 + 7) & ~(size_t)7;
  if ((size_t)(symbols.end - symbols.top) < bytes) {
    char *chunk = symbol_memory(SYMBOL_CHUNK); /* the longest symbol takes half of it */
    *(char **)chunk = symbols.end ? symbols.end - SYMBOL_CHUNK : NULL;
    symbols.top = chunk + sizeof(char *);
    symbols.end = chunk + SYMBOL_CHUNK;
  }
  j3_symbol *s = (j3_symbol *)symbols.top;
  symbols.top += bytes;
  s->hash = hash;
  s->length = (uint16_t)length;
  memcpy(s->text, text, length);
  return s;
}

j3_symbol *
j3_symbol_find(const char *text, size_t length)
{
  symbol_table *table = atomic_load_explicit(&symbols.table, memory_order_acquire);
  size_t place;
  return table ? symbol_lookup(table, (uint32_t)XXH3_64bits(text, length), text, length, &place)
               : NULL;
}

j3_symbol *
j3_symbol_get(const char *text, size_t length)
{
  VMK_ASSERT(length <= UINT16_MAX);
  uint32_t hash = (uint32_t)XXH3_64bits(text, length);
  size_t place;
  symbol_table *table = atomic_load_explicit(&symbols.table, memory_order_acquire);
  j3_symbol *s = table ? symbol_lookup(table, hash, text, length, &place) : NULL;
  if (s)
    return s;
  pthread_mutex_lock(&symbols.lock);
  table = atomic_load_explicit(&symbols.table, memory_order_relaxed);
  if (!table || 4 * symbols.count > 3 * table->mask)
    table = symbol_grow_locked(table);
  s = symbol_lookup(table, hash, text, length, &place);
  if (!s) {
    s = symbol_new_locked(hash, text, length);
    atomic_store_explicit(&table->slot[place], symbol_pack(s), memory_order_release);
    symbols.count++;
  }
  pthread_mutex_unlock(&symbols.lock);
  return s;
}

void
j3_symbols_live_in(vmk_module *module)
{
  pthread_mutex_lock(&symbols.lock);
  symbols.module = module;
  pthread_mutex_unlock(&symbols.lock);
}

j3_symbol *
j3_symbol_of(const char *text)
{
  return j3_symbol_get(text, strlen(text));
}

/* Names may have 64 kB, which a thread near the end of its native stack does not have. */
j3_symbol *
j3_symbol_join(const char *before, const char *middle, const char *after)
{
  size_t first = strlen(before), last = strlen(after), length = strlen(middle);
  if (length > UINT16_MAX - first - last)
    length = UINT16_MAX - first - last;
  char small[256], *text = small;
  if (first + length + last > sizeof small) {
    text = malloc(first + length + last);
    VMK_ASSERT(text);
  }
  memcpy(text, before, first);
  memcpy(text + first, middle, length);
  memcpy(text + first + length, after, last);
  j3_symbol *s = j3_symbol_get(text, first + length + last);
  if (text != small)
    free(text);
  return s;
}
