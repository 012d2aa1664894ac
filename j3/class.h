/* class.h -- making classes: from a class file, arrays, primitives (class.c), and their mirrors (mirror.c) */
#ifndef J3_CLASS_H
#define J3_CLASS_H

#include "classfile.h"

/* c as another class file describes it: known to nobody, with methods whose functions never run.  Null: what
 * parsing it or loading its supers threw. */
j3_class *j3_class_shadow(vmk_thread *t, j3_class *c, const uint8_t *bytes, size_t length)
    VMK_MOVES;
/* A primitive class; boot only. */
j3_class *j3_class_new_primitive(vmk_thread *t, char descriptor, const char *name) VMK_MOVES;
/* Make c's java.lang.Class object, or leave it for j3_mirror_fix when Class is not loaded yet. */
bool j3_mirror_new(vmk_thread *t, j3_class *c, vmk_handle protection_domain) VMK_MOVES;
/* The boot loader's classes made before java.lang.Class was laid out get their mirrors. */
bool j3_mirror_fix(vmk_thread *t) VMK_MOVES;

/* At boot: static objects of the classes that were loaded before objects could be made. */
bool j3_class_statics_fix(vmk_thread *t) VMK_MOVES;
/* What Java adds to the mirror, its base of static fields, to get at one: neither moves. Leaf. */
static inline int64_t
j3_static_offset(const j3_class *c, int64_t offset_in_statics)
{
  return (int64_t)((uintptr_t)c->statics_base - (uintptr_t)c->mirror->ref) + offset_in_statics;
}

#endif
