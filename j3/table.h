/* table.h -- tables from pointers to pointers, read without locks
 *
 * Keys are compared by identity (symbols, modules) and leave only while the world is stopped.  Writers serialise among themselves;
 * readers may run at any time: a grown body is published whole, and the one it replaces is kept until the
 * table is freed, because a reader may still be in it.  The kept ones add up to less than the table.
 */
#ifndef J3_TABLE_H
#define J3_TABLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct j3_table j3_table;

j3_table *j3_table_new(void); /* empty; aborts when out of memory */
void j3_table_free(j3_table *table);
/* Value of key or null. Any thread. */
void *j3_table_get(const j3_table *table, const void *key);
/* Visit the rows there are; `visit` must not write. */
void j3_table_each(const j3_table *table, void (*visit)(const void *key, void *value, void *data),
                   void *data);
/* Bind key, which must be absent, to value (neither null).  One writer at a time. */
void j3_table_add(j3_table *table, const void *key, void *value);
/* World stopped, so that nobody reads: keep the rows for which `keep` says so. */
void j3_table_retain(j3_table *table, bool (*keep)(const void *key, void *value));

#endif
