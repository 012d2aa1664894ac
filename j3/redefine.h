/* redefine.h -- classes get new class files (redefine.c, redefine_compare.c) */
#ifndef J3_REDEFINE_H
#define J3_REDEFINE_H

#include <jvmti.h>

#include "j3.h"

/* A new version of a class, ready to take its place. */
typedef struct j3_redefinition {
  j3_class *class, *shadow; /* shadow: of j3_class_shadow */
  j3_version *version;      /* for what it is now, empty */
  j3_bytes original;        /* as j3_class.original */
  bool keeps_original;      /* what it has stays */
} j3_redefinition;

/* Make the class file c's new version: offer it to agents, parse it, compare it with what c is, verify it.
 * Bytes null: c is transformed anew, from what it was at first. Nothing is pending afterwards. */
jvmtiError j3_redefine_prepare(vmk_thread *t, j3_class *c, const uint8_t *bytes, size_t length,
                               j3_redefinition *out) VMK_MOVES;
/* All at once. */
void j3_redefine_commit(vmk_thread *t, const j3_redefinition *list, size_t count) VMK_MOVES;

/* May the shadow be c's new version?  Leaf. */
jvmtiError j3_redefine_compare(const j3_class *c, const j3_class *shadow);
/* Do they do the same: equal instructions, with constants that mean the same?  Leaf. */
bool j3_redefine_is_same(const j3_method *a, const j3_method *b);

#endif
