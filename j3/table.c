/* table.c -- open-addressing tables; see table.h
 *
 * A row is written value first, key last with release: a reader that sees a key sees its value.
 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include <vmkit/vmkit.h>

#include "table.h"

typedef struct table_row {
  _Atomic(const void *) key;
  void *value;
} table_row;

typedef struct table_body {
  struct table_body *previous; /* replaced by this one, kept for readers */
  size_t mask;                 /* rows - 1; rows are a power of two */
  size_t count;                /* the writer's */
  table_row row[];
} table_body;

struct j3_table {
  _Atomic(table_body *) body;
};

enum { TABLE_INITIAL_ROWS = 8 };

static table_body *
table_body_new(size_t rows, table_body *previous)
{
  table_body *body = calloc(1, sizeof *body + rows * sizeof body->row[0]);
  VMK_ASSERT(body);
  body->mask = rows - 1;
  body->previous = previous;
  return body;
}

static inline size_t
table_hash(const void *key)
{
  return (size_t)(((uint64_t)(uintptr_t)key * 0x9e3779b97f4a7c15u) >> 32);
}

/* The row of key, or the free one where it would go. */
static table_row *
table_find(table_body *body, const void *key)
{
  for (size_t i = table_hash(key);; i++) {
    table_row *row = &body->row[i & body->mask];
    const void *seen = atomic_load_explicit(&row->key, memory_order_acquire);
    if (!seen || seen == key)
      return row;
  }
}

static void
table_body_add(table_body *body, const void *key, void *value)
{
  table_row *row = table_find(body, key);
  VMK_ASSERT(!atomic_load_explicit(&row->key, memory_order_relaxed));
  row->value = value;
  atomic_store_explicit(&row->key, key, memory_order_release);
  body->count++;
}

j3_table *
j3_table_new(void)
{
  j3_table *table = malloc(sizeof *table);
  VMK_ASSERT(table);
  atomic_init(&table->body, table_body_new(TABLE_INITIAL_ROWS, NULL));
  return table;
}

/* The body and those that it replaced. */
static void
table_body_free(table_body *body)
{
  while (body) {
    table_body *previous = body->previous;
    free(body);
    body = previous;
  }
}

void
j3_table_free(j3_table *table)
{
  if (!table)
    return;
  table_body_free(atomic_load_explicit(&table->body, memory_order_relaxed));
  free(table);
}

void *
j3_table_get(const j3_table *table, const void *key)
{
  table_body *body = atomic_load_explicit(&table->body, memory_order_acquire);
  table_row *row = table_find(body, key);
  /* A free row may have been taken, for another key, since it was found. */
  return atomic_load_explicit(&row->key, memory_order_acquire) == key ? row->value : NULL;
}

void
j3_table_each(const j3_table *table, void (*visit)(const void *key, void *value, void *data),
              void *data)
{
  const table_body *body = atomic_load_explicit(&table->body, memory_order_acquire);
  for (size_t i = 0; i <= body->mask; i++) {
    const void *key = atomic_load_explicit(&body->row[i].key, memory_order_acquire);
    if (key)
      visit(key, body->row[i].value, data);
  }
}

void
j3_table_add(j3_table *table, const void *key, void *value)
{
  VMK_ASSERT(key && value);
  table_body *body = atomic_load_explicit(&table->body, memory_order_relaxed);
  if ((body->count + 1) * 4 > (body->mask + 1) * 3) {
    table_body *larger = table_body_new((body->mask + 1) * 2, body);
    for (size_t i = 0; i <= body->mask; i++) {
      const void *old = atomic_load_explicit(&body->row[i].key, memory_order_relaxed);
      if (old)
        table_body_add(larger, old, body->row[i].value);
    }
    atomic_store_explicit(&table->body, larger, memory_order_release);
    body = larger;
  }
  table_body_add(body, key, value);
}

void
j3_table_retain(j3_table *table, bool (*keep)(const void *key, void *value))
{
  table_body *old = atomic_load_explicit(&table->body, memory_order_relaxed);
  size_t dropped = 0;
  for (size_t i = 0; i <= old->mask; i++) {
    const void *key = atomic_load_explicit(&old->row[i].key, memory_order_relaxed);
    if (!key || keep(key, old->row[i].value))
      continue;
    old->row[i].value = NULL; /* no value is: a row to leave out */
    dropped++;
  }
  if (!dropped)
    return;
  size_t rows = TABLE_INITIAL_ROWS;
  while ((old->count - dropped + 1) * 4 > rows * 3)
    rows *= 2;
  table_body *body = table_body_new(rows, NULL);
  for (size_t i = 0; i <= old->mask; i++)
    if (old->row[i].value)
      table_body_add(body, atomic_load_explicit(&old->row[i].key, memory_order_relaxed),
                     old->row[i].value);
  atomic_store_explicit(&table->body, body, memory_order_release);
  table_body_free(old);
}
