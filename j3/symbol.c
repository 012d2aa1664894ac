/* symbol.c -- the table of interned names
 *
 * Finding takes no lock: a slot goes from null to a symbol once and stays; a larger table is published
 * with all symbols of the one before, and the old one is kept, since a reader may still be in it.  Such
 * a reader can only miss a new symbol, and then looks again under the lock.  Symbols and tables live for
 * ever; symbols are carved from chunks, so that names of one class lie together.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdio.h>
#include <stdlib.h>

#include "j3.h"

typedef struct symbol_table {
  const struct symbol_table *previous; /* a reader may still be in it */
  size_t mask;
  _Atomic(j3_symbol *) slot[];
} symbol_table;

enum { SYMBOL_FIRST_TABLE = 1 << 14, SYMBOL_CHUNK = 128 << 10 };

static struct {
  pthread_mutex_t lock;
  _Atomic(symbol_table *) table;
  size_t count;
  char *top, *end;
} symbols = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *
symbol_memory(size_t bytes)
{
  void *p = calloc(1, bytes);
  if (!p) {
    fputs("j3: out of memory for symbols\n", stderr);
    abort();
  }
  return p;
}

static j3_symbol *
symbol_lookup(const symbol_table *table, uint32_t hash, const char *text, size_t length,
              size_t *place)
{
  size_t i = hash & table->mask;
  for (;; i = (i + 1) & table->mask) {
    j3_symbol *s = atomic_load_explicit(&table->slot[i], memory_order_acquire);
    if (!s || (s->hash == hash && s->length == length && memcmp(s->text, text, length) == 0)) {
      *place = i;
      return s;
    }
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
    j3_symbol *s = atomic_load_explicit(&old->slot[i], memory_order_relaxed);
    size_t place;
    if (s && !symbol_lookup(table, s->hash, s->text, s->length, &place))
      atomic_store_explicit(&table->slot[place], s, memory_order_relaxed);
  }
  atomic_store_explicit(&symbols.table, table, memory_order_release);
  return table;
}

static j3_symbol *
symbol_new_locked(uint32_t hash, const char *text, size_t length)
{
  size_t bytes = (sizeof(j3_symbol) + length + 1 + 7) & ~(size_t)7;
  if ((size_t)(symbols.end - symbols.top) < bytes) {
    symbols.top = symbol_memory(SYMBOL_CHUNK); /* the longest symbol takes half of it */
    symbols.end = symbols.top + SYMBOL_CHUNK;
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
  if (!table || 2 * symbols.count > table->mask)
    table = symbol_grow_locked(table);
  s = symbol_lookup(table, hash, text, length, &place);
  if (!s) {
    s = symbol_new_locked(hash, text, length);
    atomic_store_explicit(&table->slot[place], s, memory_order_release);
    symbols.count++;
  }
  pthread_mutex_unlock(&symbols.lock);
  return s;
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
