/* layout.c -- where fields live, as data for the collector
 *
 * Fields of a class follow its superclass's at fields_end, largest first as far as alignment allows, so that
 * a gap is filled by the largest field that fits.  Bit i of the bitmap is the reference slot at
 * VMK_HEADER_BYTES + i * VMK_REF_BYTES.  Injected fields (known.h) are ordinary fields with a flag.
 */
#include <stdlib.h>

#include "link.h"

static uint32_t
layout_bytes(uint8_t type)
{
  switch ((vmk_type)type) {
  case VMK_TYPE_I8:
  case VMK_TYPE_U8:
  case VMK_TYPE_BOOL: return 1;
  case VMK_TYPE_I16:
  case VMK_TYPE_U16: return 2;
  case VMK_TYPE_I32:
  case VMK_TYPE_F32: return 4;
  case VMK_TYPE_REF: return VMK_REF_BYTES;
  case VMK_TYPE_I64:
  case VMK_TYPE_F64:
  case VMK_TYPE_PTR: return 8;
  case VMK_TYPE_VOID:
  case VMK_TYPE_AGGREGATE:
  case VMK_TYPE_COUNT: break;
  }
  VMK_ASSERT(!"a field of no type");
  return 8;
}

/* Place every field of one kind (static or not) from `offset` on; returns the end. */
static uint32_t
layout_place(j3_class *c, bool is_static, uint32_t offset)
{
  uint32_t left[4] = {0}; /* by log2 of the size */
  for (uint32_t i = 0; i < c->field_count; i++)
    if (((c->fields[i].flags & J3_STATIC) != 0) == is_static)
      left[__builtin_ctz(layout_bytes(c->fields[i].type))]++;
  uint32_t next[4] = {0}; /* where the search for the next field of a size resumes */
  while (left[0] | left[1] | left[2] | left[3]) {
    int size = 3;
    while (size >= 0 && (!left[size] || offset & ((1u << size) - 1)))
      size--;
    if (size < 0) { /* nothing fits here */
      offset++;
      continue;
    }
    uint32_t i = next[size];
    while (((c->fields[i].flags & J3_STATIC) != 0) != is_static ||
           layout_bytes(c->fields[i].type) != 1u << size)
      i++;
    c->fields[i].offset = offset;
    next[size] = i + 1;
    left[size]--;
    offset += 1u << size;
  }
  return offset;
}

/* --- bitmaps --------------------------------------------------------------------------------------------- */

static void
layout_set_bit(vmk_kind *kind, uint32_t offset)
{
  uint32_t bit = (offset - VMK_HEADER_BYTES) / VMK_REF_BYTES;
  if (bit < 64)
    kind->ref_bits |= 1ull << bit;
  else
    ((uint64_t *)(uintptr_t)kind->ref_words)[bit / 64 - 1] |= 1ull << (bit & 63);
}

/* Words beyond the first that `bytes` of object need, carrying over those of `from`. */
static void
layout_reserve_bits(j3_class *c, vmk_kind *kind, uint32_t bytes, const vmk_kind *from)
{
  uint32_t slots = (bytes - VMK_HEADER_BYTES + VMK_REF_BYTES - 1) / VMK_REF_BYTES;
  uint32_t words = slots > 64 ? (slots - 1) / 64 : 0;
  kind->ref_word_count = words;
  kind->ref_words = NULL;
  if (words)
    kind->ref_words = vmk_meta_alloc(c->kind.module, words * sizeof(uint64_t));
  if (from && from->ref_word_count)
    memcpy((void *)(uintptr_t)kind->ref_words, from->ref_words,
           from->ref_word_count * sizeof(uint64_t));
}

static void
layout_bitmap(j3_class *c, vmk_kind *kind, bool is_static, uint32_t bytes)
{
  const vmk_kind *from = !is_static && c->super ? &c->super->kind : NULL;
  kind->ref_bits = from ? from->ref_bits : 0;
  layout_reserve_bits(c, kind, bytes, from);
  for (uint32_t i = 0; i < c->field_count; i++) {
    const j3_field *f = &c->fields[i];
    if (f->type != VMK_TYPE_REF || ((f->flags & J3_STATIC) != 0) != is_static)
      continue;
    if (!is_static && c->kind.referent_offset == f->offset)
      continue; /* Reference.referent: the phases of weak references decide */
    layout_set_bit(kind, f->offset);
  }
}

/* --- weak kinds ---------------------------------------------------------------------------------------------- */

/* Reference says where the referent is; its four children say how strong it is; theirs inherit. */
static void
layout_strength(j3_class *c)
{
  static const struct {
    const char *name;
    vmk_strength strength;
  } rows[] = {{"java/lang/ref/SoftReference", VMK_SOFT},
              {"java/lang/ref/WeakReference", VMK_WEAK},
              {"java/lang/ref/FinalReference", VMK_FINAL},
              {"java/lang/ref/PhantomReference", VMK_PHANTOM}};
  if (c->super) {
    c->kind.strength = c->super->kind.strength;
    c->kind.referent_offset = c->super->kind.referent_offset;
  }
  if (!c->loader->is_boot)
    return;
  for (size_t i = 0; i < VMK_COUNT(rows); i++)
    if (j3_symbol_is(c->name, rows[i].name))
      c->kind.strength = (uint8_t)rows[i].strength;
  if (j3_symbol_is(c->name, "java/lang/ref/Reference"))
    for (uint32_t i = 0; i < c->field_count; i++)
      if (j3_symbol_is(c->fields[i].name, "referent"))
        c->kind.referent_offset = c->fields[i].offset;
}

/* --- unloading -------------------------------------------------------------------------------------------- */

static uint8_t
layout_held(const j3_class *c)
{
  const j3_home *home = vmk_module_client(c->kind.module);
  return home->is_held ? VMK_KIND_HELD : 0;
}

/* Class loaders and mirrors hold modules: Class and ClassLoader have the field; subclasses inherit. */
static void
layout_holder(j3_class *c)
{
  if (c->super && c->super->kind.flags & VMK_KIND_HOLDER) {
    c->kind.flags |= VMK_KIND_HOLDER;
    c->kind.module_offset = c->super->kind.module_offset;
  }
  if (!c->loader->is_boot)
    return;
  for (uint32_t i = 0; i < c->field_count; i++)
    if (c->fields[i].flags & J3_FIELD_INJECTED && j3_symbol_is(c->fields[i].name, "vm_home")) {
      c->kind.flags |= VMK_KIND_HOLDER;
      c->kind.module_offset = c->fields[i].offset;
    }
}

/* --- classes, arrays ------------------------------------------------------------------------------------------ */

static inline uint32_t
layout_align(uint32_t bytes)
{
  return (bytes + VMK_OBJECT_ALIGN - 1) & ~(uint32_t)(VMK_OBJECT_ALIGN - 1);
}

static void
layout_statics(j3_class *c)
{
  uint32_t end = layout_place(c, true, VMK_HEADER_BYTES);
  if (end == VMK_HEADER_BYTES)
    return;
  vmk_kind *kind = vmk_meta_alloc(c->kind.module, sizeof *kind);
  kind->shape = VMK_SHAPE_PLAIN;
  kind->flags = VMK_KIND_PINNED | J3_KIND_STATICS | layout_held(c);
  kind->size = layout_align(end);
  kind->module = c->kind.module;
  layout_bitmap(c, kind, true, end);
  c->statics_kind = kind;
}

void
j3_layout_class(j3_class *c)
{
  uint32_t start = c->super && !(c->flags & J3_INTERFACE) ? c->super->fields_end : VMK_HEADER_BYTES;
  c->fields_end = layout_place(c, false, start);
  c->kind.shape = VMK_SHAPE_PLAIN;
  c->kind.size = layout_align(c->fields_end);
  c->kind.flags |= layout_held(c);
  layout_strength(c);
  layout_holder(c);
  layout_bitmap(c, &c->kind, false, c->fields_end);
  if (c->has_finalizer)
    c->kind.flags |= VMK_KIND_FINALIZER;
  layout_statics(c);
}

void
j3_layout_array(j3_class *c)
{
  vmk_kind *kind = &c->kind;
  const j3_class *component = c->component;
  if (component->primitive) {
    kind->shape = VMK_SHAPE_ARRAY;
    kind->size = layout_bytes((uint8_t)j3_type_of_descriptor((char)component->primitive));
  } else {
    kind->shape = VMK_SHAPE_ARRAY_REF;
    kind->size = VMK_REF_BYTES;
    kind->element = (vmk_kind *)(uintptr_t)&component->kind;
    if (component->name == J3.known.class_Object->name && component->loader->is_boot)
      kind->flags |= VMK_KIND_STORE_ANY;
  }
  kind->element_shift = (uint8_t)__builtin_ctz(kind->size);
  kind->flags |= layout_held(c);
}
