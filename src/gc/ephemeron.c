/* ephemeron.c -- tables whose values live only while their keys do
 *
 * Deciding them takes a fixpoint: a value may make the next key live.  To stay linear in the entries
 * (a chain of n would cost n rounds), keys that are undecided after the first round are WATCHED:
 * visiting such an object puts it in w->watched, from where its values are traced.
 */
#include "gc/header.h"
#include "gc/tracer.h"

typedef struct ephemeron_entry {
  vmk_slot key, value;
  bool live;         /* decided in this collection: the value was traced */
  uint32_t same_key; /* undecided entries of one key, over all tables: index + 1 in pending */
} ephemeron_entry;

struct vmk_ephemerons {
  vmk_heap *heap;
  vmk_ephemerons *next, **link;
  vmk_map index; /* key address -> entry */
  VMK_VEC(ephemeron_entry) entries;
};

vmk_ephemerons *
vmk_ephemerons_new(vmk_vm *vm)
{
  vmk_heap *heap = vmk_vm_heap(vm);
  vmk_ephemerons *table = (vmk_ephemerons *)vmk_calloc(1, sizeof *table);
  table->heap = heap;
  pthread_mutex_lock(&heap->lock);
  table->next = heap->ephemerons;
  table->link = &heap->ephemerons;
  if (table->next)
    table->next->link = &table->next;
  heap->ephemerons = table;
  pthread_mutex_unlock(&heap->lock);
  return table;
}

void
vmk_ephemerons_free(vmk_ephemerons *table)
{
  pthread_mutex_lock(&table->heap->lock);
  *table->link = table->next;
  if (table->next)
    table->next->link = table->link;
  pthread_mutex_unlock(&table->heap->lock);
  vmk_map_fini(&table->index);
  vmk_vec_fini(&table->entries);
  free(table);
}

void
vmk_ephemerons_put(vmk_thread *t, vmk_ephemerons *table, vmk_handle key, vmk_handle value)
{
  (void)t;
  pthread_mutex_lock(&table->heap->lock);
  bool is_new;
  uint64_t *at = vmk_map_slot_for(&table->index, (uintptr_t)key->ref, &is_new);
  if (is_new) {
    *at = table->entries.count;
    ephemeron_entry entry = {.key = *key, .value = *value};
    vmk_vec_push(&table->entries, entry);
  } else
    table->entries.data[*at].value = *value;
  pthread_mutex_unlock(&table->heap->lock);
}

vmk_handle
vmk_ephemerons_get(vmk_thread *t, vmk_ephemerons *table, vmk_handle key)
{
  vmk_ref value = NULL;
  uint64_t at;
  pthread_mutex_lock(&table->heap->lock);
  if (vmk_map_get(&table->index, (uintptr_t)key->ref, &at))
    value = table->entries.data[at].value.ref;
  pthread_mutex_unlock(&table->heap->lock);
  return vmk_local(t, value);
}

/* --- in a collection ------------------------------------------------------------------------------ */

static void
ephemeron_decide(vmk_tracer *w, ephemeron_entry *entry)
{
  entry->live = true;
  entry->key.ref = vmk_trace_forwarded(w, entry->key.ref);
  if (entry->value.ref)
    entry->value.ref = vmk_tracer_mark(w, entry->value.ref);
}

/* Decide the entries whose key is marked; watch the keys of the others. */
static void
ephemeron_first_round(vmk_tracer *w)
{
  for (vmk_ephemerons *table = w->heap->ephemerons; table; table = table->next)
    for (size_t i = 0; i < table->entries.count; i++) {
      ephemeron_entry *entry = &table->entries.data[i];
      if (vmk_tracer_is_marked(w, entry->key.ref)) {
        ephemeron_decide(w, entry);
        continue;
      }
      entry->key.ref->header |= VMK_HEADER_WATCHED;
      uint64_t *first = vmk_map_slot_for(&w->undecided, (uintptr_t)entry->key.ref, NULL);
      entry->same_key = (uint32_t)*first;
      vmk_vec_push(&w->pending, entry);
      *first = w->pending.count;
    }
  w->ephemerons_watched = true;
}

void
vmk_ephemerons_trace(vmk_tracer *w)
{
  if (!w->heap->ephemerons)
    return;
  if (!w->ephemerons_watched)
    ephemeron_first_round(w);
  vmk_tracer_drain(w);
  while (w->watched.count) {
    vmk_ref from = vmk_vec_pop(&w->watched);
    uint64_t at;
    if (!vmk_map_get(&w->undecided, (uintptr_t)from, &at))
      continue;
    while (at) {
      ephemeron_entry *entry = (ephemeron_entry *)w->pending.data[at - 1];
      at = entry->same_key;
      if (!entry->live)
        ephemeron_decide(w, entry);
    }
    vmk_tracer_drain(w);
  }
}

/* Drop the entries of dead keys; index the others by their new addresses. */
void
vmk_ephemerons_sweep(vmk_tracer *w)
{
  for (vmk_ephemerons *table = w->heap->ephemerons; table; table = table->next) {
    size_t kept = 0;
    vmk_map_fini(&table->index);
    for (size_t i = 0; i < table->entries.count; i++) {
      ephemeron_entry entry = table->entries.data[i];
      if (!entry.live)
        continue;
      entry.live = false;
      entry.same_key = 0;
      vmk_map_put(&table->index, (uintptr_t)entry.key.ref, kept);
      table->entries.data[kept++] = entry;
    }
    table->entries.count = kept;
  }
}

void
vmk_ephemerons_fini(vmk_heap *heap)
{
  while (heap->ephemerons)
    vmk_ephemerons_free(heap->ephemerons);
}
