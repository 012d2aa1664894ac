/* typecheck.h -- subtype tests as leaf helpers, and what a failed cast says */
#ifndef J3_TYPECHECK_H
#define J3_TYPECHECK_H

#include "j3.h"

/* Leaf helpers (vmk_ir.h): k is the j3_class, a the object. */
uint64_t j3_leaf_is_instance(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c,
                             uint64_t d); /* null: 0 */
uint64_t j3_leaf_not_finalizable(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c,
                                 uint64_t d);
/* a: byte[] or boolean[] or null, b: what bastore stores there -> the byte */
uint64_t j3_leaf_array_byte(vmk_thread *t, uint64_t k, uint64_t a, uint64_t b, uint64_t c,
                            uint64_t d);

/* ClassCastException for an object of class `from`. */
void j3_throw_class_cast(vmk_thread *t, const j3_class *from, const j3_class *to) VMK_MOVES;
/* "X is in module java.base of loader 'bootstrap'" (plural: "are in", without the name). Leaf. */
void j3_class_whereabouts(const j3_class *c, bool plural, char *buffer, size_t size);
/* The same, not plural, with ", parent loader 'app'" for loaders that are not the vm's own. Leaf. */
void j3_class_whereabouts_parent(const j3_class *c, char *buffer, size_t size);
/* "'app'", "'bootstrap'", "Foo @1b2c3d". Leaf. */
void j3_loader_name(const j3_loader *loader, char *buffer, size_t size);
/* "interface", "abstract class" or "class". */
const char *j3_class_kind(const j3_class *c);

#endif
