/* vmk_kind.h -- describing objects to the collector and to dispatch, as data
 *
 * Every object starts with one 8-byte header word:
 *
 *     bits 0..7    the collector's (mark, forwarding, hash state)
 *     bits 8..31   the lock word (vmk_monitor.h)
 *     bits 32..63  the kind: (address - VMK_META_BASE) >> 3
 *
 * A runtime embeds vmk_kind at the start of its own class structure, allocated in a module's
 * metaspace, fills it in, and never changes it once an object of it exists (except vtable entries).
 * Layout is data: the collector calls the runtime only for VMK_SHAPE_CUSTOM.
 */
#ifndef VMK_KIND_H
#define VMK_KIND_H

#include <vmkit/vmk_moves.h>
#include <vmkit/vmk_types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum vmk_shape {
  VMK_SHAPE_PLAIN,           /* fixed size, references where the bitmap says */
  VMK_SHAPE_ARRAY,           /* length at 8, elements without references at 16 */
  VMK_SHAPE_ARRAY_REF,       /* elements are references */
  VMK_SHAPE_ARRAY_AGGREGATE, /* elements of element_size bytes, bitmap relative to the element */
  VMK_SHAPE_CUSTOM,          /* runtime hooks size and trace it */
} vmk_shape;

/* Weak kinds: the slot at `referent_offset` is not traced but handed to the phases of vmk_weak.h. */
typedef enum vmk_strength {
  VMK_STRONG,
  VMK_SOFT,
  VMK_WEAK,
  VMK_FINAL, /* strong until the referent is otherwise dead, then kept alive and enqueued */
  VMK_PHANTOM,
} vmk_strength;

enum {
  VMK_KIND_STORE_ANY = 1, /* reference array: every reference may be stored */
  VMK_KIND_FINALIZER = 2, /* the runtime's finalizer hook runs at allocation or construction */
  VMK_KIND_PINNED = 4,    /* instances are allocated in the non-moving space */
  VMK_KIND_HELD = 8,      /* an instance keeps the module of its kind: vmk_module_set_holder */
  VMK_KIND_HOLDER = 16,   /* an instance can be the holder of a module */
  VMK_KIND_CLIENT = 128,  /* the runtime's own */
};

enum { VMK_KIND_DISPLAY = 9 };

struct vmk_kind {
  uint8_t shape;    /* vmk_shape */
  uint8_t strength; /* vmk_strength */
  uint8_t flags;
  uint8_t element_shift;     /* arrays: log2 of the element size */
  uint32_t size;             /* PLAIN: bytes with header, a multiple of 8; arrays: element size */
  uint32_t referent_offset;  /* weak kinds */
  uint32_t ref_word_count;   /* words in ref_words; 0: ref_bits alone */
  uint64_t ref_bits;         /* bit i: a reference at VMK_HEADER_BYTES + i * VMK_REF_BYTES
                               (aggregate arrays: at element + i * VMK_REF_BYTES) */
  const uint64_t *ref_words; /* longer bitmaps, bits 64 and up; metaspace */
  vmk_kind *element;         /* reference arrays: kind of the elements, for the store check */
  vmk_module *module;        /* in whose metaspace the kind is */
  vmk_function **vtable;     /* metaspace; null when nothing dispatches on it */
  uint32_t vtable_length;
  uint32_t module_offset; /* HOLDER: of eight bytes of the instance that are the kit's */
  /* For is_kind: who is at index k > 0 of its own display is at k of the display of all kinds that are
   * kinds of it, and of no others (Cohen, TOPLAS 13(4), 1991).  0: it is not found in displays. */
  uint32_t display_index;
  const vmk_kind *display[VMK_KIND_DISPLAY]; /* [0] is the kind itself, or null */
};

/* Make kind's display, that of super and itself; null: it is a root.  Deep ones are in no display.  Once, before there
 * are instances and code that asks for the kind.  Leaf. */
static inline void
vmk_kind_extend(vmk_kind *kind, const vmk_kind *super)
{
  for (uint32_t i = 0; i < VMK_KIND_DISPLAY; i++)
    kind->display[i] = super ? super->display[i] : NULL;
  uint32_t index = !super ? 1 : super->display_index ? super->display_index + 1 : 0;
  kind->display_index = index < VMK_KIND_DISPLAY ? index : 0;
  kind->display[kind->display_index] = kind;
  kind->display[0] = kind;
}

/* The half of a header that never changes is loaded alone: monitors and hashes change the other. */
static inline vmk_kind *
vmk_kind_at(const uint64_t *header)
{
  uint64_t upper = __atomic_load_n((const uint32_t *)header + 1, __ATOMIC_RELAXED);
  return (vmk_kind *)(VMK_META_BASE + (upper << 3));
}

static inline vmk_kind *
vmk_kind_of(vmk_ref object) VMK_STILL_ONLY
{
  return vmk_kind_at(&object->header);
}

static inline uint64_t
vmk_kind_header(const vmk_kind *kind)
{
  return ((uint64_t)kind - VMK_META_BASE) >> 3 << 32;
}

static inline bool
vmk_kind_is_array(const vmk_kind *kind)
{
  return kind->shape >= VMK_SHAPE_ARRAY && kind->shape <= VMK_SHAPE_ARRAY_AGGREGATE;
}

#ifdef __cplusplus
}
#endif
#endif
