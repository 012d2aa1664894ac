/* verify.c -- gc.verify: an independent second trace that believes nothing
 *
 * After a collection, world still stopped: follow every reference from the same roots, with a
 * visited set of its own, and check each slot's object before it is touched; then the tables against
 * what was seen.  A fault is printed with the path from its root.  Shares with the collector only
 * the enumeration of roots and the decoding of kinds.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gc/kind.h"
#include "gc/tracer.h"

enum { VERIFY_MAX_REPORTS = 10, VERIFY_PATH = 24 };

typedef struct verify {
  vmk_heap *heap;
  vmk_map parent; /* object -> the object whose slot led to it, or root slot address | 1 */
  VMK_VEC(vmk_ref) stack;
  uintptr_t from; /* parent of the slot being checked, in that form */
  size_t faults;
} verify;

/* --- reports -------------------------------------------------------------------------------------- */

static void
verify_name(const vmk_kind *kind, char *buffer, size_t size)
{
  const vmk_hooks *hooks =
      kind->module ? vmk_runtime_hooks(vmk_module_runtime(kind->module)) : NULL;
  snprintf(buffer, size, "kind %p", (const void *)kind);
  if (hooks && hooks->kind_name)
    hooks->kind_name(kind, buffer, size);
}

static void
verify_print_path(verify *v)
{
  uintptr_t at = v->from;
  for (int i = 0; i < VERIFY_PATH && at && !(at & 1); i++) {
    char name[128];
    verify_name(vmk_header_kind(((vmk_ref)at)->header), name, sizeof name);
    fprintf(stderr, "    in %p: %s\n", (void *)at, name);
    uint64_t up = 0;
    vmk_map_get(&v->parent, at, &up);
    at = up;
  }
  if (at & 1)
    fprintf(stderr, "    from root slot %p\n", (void *)(at & ~(uintptr_t)1));
}

static void VMK_PRINTF(2, 3) verify_fault(verify *v, const char *format, ...)
{
  if (v->faults++ >= VERIFY_MAX_REPORTS)
    return;
  va_list arguments;
  va_start(arguments, format);
  fputs("vmkit: gc.verify: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  verify_print_path(v);
}

/* --- one object ------------------------------------------------------------------------------------- */

static bool
verify_header(verify *v, vmk_ref object)
{
  uint64_t header = object->header;
  if (header & (VMK_HEADER_FORWARDED | VMK_HEADER_BUSY | VMK_HEADER_WATCHED)) {
    verify_fault(v, "%p: header %016llx has bits of a collection", (void *)object,
                 (unsigned long long)header);
    return false;
  }
  vmk_kind *kind = vmk_header_kind(header);
  size_t top = (size_t)v->heap->meta.pages.top << VMK_PAGE_SHIFT;
  if (!(header >> 32) || (uintptr_t)kind - VMK_META_BASE + sizeof *kind > top ||
      kind->shape > VMK_SHAPE_CUSTOM || kind->strength > VMK_PHANTOM) {
    verify_fault(v, "%p: header %016llx names no kind", (void *)object, (unsigned long long)header);
    return false;
  }
  if ((header & VMK_HEADER_HASH_KEPT) && !(header & VMK_HEADER_HASHED)) {
    verify_fault(v, "%p: keeps a hash that was never asked for", (void *)object);
    return false;
  }
  if (!!(header & VMK_HEADER_PINNED) != !!vmk_map_find(&v->heap->pins, (uintptr_t)object))
    verify_fault(v, "%p: pin bit and pin table disagree", (void *)object);
  return true;
}

/* The object lies in a block: is it all there? */
static bool
verify_in_block(verify *v, vmk_ref object)
{
  uintptr_t address = (uintptr_t)object;
  if (vmk_block_index(address) >= v->heap->block_top) {
    verify_fault(v, "%p: beyond the blocks in use", (void *)object);
    return false;
  }
  vmk_block *block = vmk_block_of(address);
  if (block->state <= VMK_BLOCK_FREE || block->state == VMK_BLOCK_EVAC) {
    verify_fault(v, "%p: in a block of state %d", (void *)object, block->state);
    return false;
  }
  if (!vmk_start_test(address)) {
    verify_fault(v, "%p: no object was found live here", (void *)object);
    return false;
  }
  if (!verify_header(v, object))
    return false;
  size_t bytes = vmk_object_bytes(object, object->header);
  uintptr_t last = address + bytes - 1;
  if (bytes < VMK_HEADER_BYTES || bytes % VMK_OBJECT_ALIGN || vmk_block_of(last) != block) {
    verify_fault(v, "%p: of %zu bytes does not fit into its block", (void *)object, bytes);
    return false;
  }
  for (uint8_t *line = vmk_line_of(address); line <= vmk_line_of(last); line++)
    if (*line != VMK_LINE_LIVE) {
      verify_fault(v, "%p: a line of it is not marked", (void *)object);
      return false;
    }
  if ((object->header & VMK_HEADER_HASH_KEPT) &&
      *(uint64_t *)((char *)object + bytes - 8) - 1 >= 0x7fffffff)
    verify_fault(v, "%p: kept hash is not a hash", (void *)object);
  if ((vmk_header_kind(object->header)->flags & VMK_KIND_PINNED) && block->state < VMK_BLOCK_PINNED)
    verify_fault(v, "%p: of a pinned kind is in a movable block", (void *)object);
  return true;
}

static bool
verify_object(verify *v, vmk_ref object)
{
  uintptr_t address = (uintptr_t)object;
  if (address % VMK_OBJECT_ALIGN || !(vmk_in_blocks(address) || vmk_in_large(address))) {
    verify_fault(v, "%p: not an address of the heap", (void *)object);
    return false;
  }
  if (vmk_in_blocks(address))
    return verify_in_block(v, object);
  if (vmk_large_object(v->heap, address) != object) {
    verify_fault(v, "%p: no large object begins here", (void *)object);
    return false;
  }
  return verify_header(v, object);
}

/* --- the graph ----------------------------------------------------------------------------------------- */

static void
verify_ref(verify *v, vmk_ref object)
{
  if (!object || vmk_map_find(&v->parent, (uintptr_t)object) || !verify_object(v, object))
    return;
  vmk_map_put(&v->parent, (uintptr_t)object, v->from);
  vmk_vec_push(&v->stack, object);
}

static void
verify_slot(void *data, vmk_heap_ref *slot)
{
  verify_ref((verify *)data, vmk_ref_decode(*slot));
}

/* The roots of the module that the object holds. */
static void
verify_module(verify *v, vmk_module *module)
{
  vmk_tracer roots = {.heap = v->heap, .phase = VMK_PHASE_VERIFY};
  vmk_module_trace(module, &roots);
  for (size_t i = 0; i < roots.roots.count; i++)
    verify_ref(v, roots.roots.data[i]->ref);
  vmk_tracer_fini(&roots);
}

/* Strong slots, and referents: the collection has cleared those of dead objects. */
static void
verify_scan(verify *v, vmk_ref object)
{
  vmk_kind *kind = vmk_header_kind(object->header);
  v->from = (uintptr_t)object;
  if (kind->flags & VMK_KIND_HELD)
    verify_ref(v, vmk_module_holder(kind->module)->ref);
  if (kind->flags & VMK_KIND_HOLDER && *vmk_kind_held_module(kind, object))
    verify_module(v, *vmk_kind_held_module(kind, object));
  vmk_kind_each_slot(kind, object, verify_slot, v);
  if (kind->strength)
    verify_slot(v, vmk_kind_referent(kind, object));
}

static void
verify_drain(verify *v)
{
  while (v->stack.count)
    verify_scan(v, vmk_vec_pop(&v->stack));
}

static void
verify_roots(verify *v, vmk_thread *t)
{
  vmk_tracer roots = {.heap = v->heap, .thread = t, .phase = VMK_PHASE_VERIFY};
  vmk_roots_gather(&roots);
  for (size_t i = 0; i < roots.roots.count; i++) {
    v->from = (uintptr_t)roots.roots.data[i] | 1;
    verify_ref(v, roots.roots.data[i]->ref);
  }
  for (size_t i = 0; i < roots.interiors.count; i++) {
    v->from = (uintptr_t)roots.interiors.data[i].slot | 1;
    verify_ref(v, roots.interiors.data[i].base);
  }
  vmk_tracer_fini(&roots);
  verify_drain(v);
  for (size_t i = 0; i < v->heap->finalizable.count; i++) {
    v->from = (uintptr_t)&v->heap->finalizable.data[i] | 1;
    verify_ref(v, v->heap->finalizable.data[i]);
  }
  verify_drain(v);
}

/* --- the tables -------------------------------------------------------------------------------------------- */

static void
verify_blocks(verify *v)
{
  vmk_heap *heap = v->heap;
  size_t used = 0, free = 0, listed = 0;
  for (size_t i = 0; i < heap->block_top; i++) {
    vmk_block *block = vmk_block_at(i);
    used += block->state > VMK_BLOCK_FREE;
    free += block->state == VMK_BLOCK_FREE;
    if (block->state == VMK_BLOCK_EVAC || block->state == VMK_BLOCK_ABSENT)
      verify_fault(v, "block %zu was left in state %d", i, block->state);
  }
  for (uint32_t at = heap->free_head; at && listed <= free; at = vmk_block_at(at - 1)->next)
    listed++;
  if (used != heap->used_blocks || free != heap->free_blocks || listed != free)
    verify_fault(v, "blocks: %zu used (counted %zu), %zu free (counted %zu, listed %zu)", used,
                 heap->used_blocks, free, heap->free_blocks, listed);
}

size_t
vmk_heap_verify(vmk_heap *heap, vmk_thread *t)
{
  verify v = {.heap = heap};
  verify_roots(&v, t);
  v.from = 0;
  verify_blocks(&v);
  if (v.faults)
    fprintf(stderr, "vmkit: gc.verify: %zu faults after collection %llu (plan %s)\n", v.faults,
            (unsigned long long)heap->collections, heap->plan->name);
  vmk_map_fini(&v.parent);
  vmk_vec_fini(&v.stack);
  return v.faults;
}
