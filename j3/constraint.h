/* constraint.h -- loading constraints (JVMS 5.3.4): loaders that must mean one class by one name
 *
 * Linking across loaders adds a constraint per class named in the member's type; recording a class with a
 * loader checks those of its name.  Whoever comes second and does not fit gets the LinkageError.
 */
#ifndef J3_CONSTRAINT_H
#define J3_CONSTRAINT_H

#include "j3.h"

/* Make c what `loader` means by `name`, unless a class is there already: *first is what is there then.
 * False: a constraint holds the loader to another class, *first. */
bool j3_constraint_record(j3_loader *loader, j3_symbol *name, j3_class *c, j3_class **first);
/* The error for that. */
void j3_constraint_throw(vmk_thread *t, const j3_class *c, const j3_class *other) VMK_MOVES;

/* A reference from class `from` has resolved to m, to f; false: LinkageError pending. */
bool j3_constraint_method(vmk_thread *t, const j3_class *from, const j3_method *m) VMK_MOVES;
bool j3_constraint_field(vmk_thread *t, const j3_class *from, const j3_field *f) VMK_MOVES;
/* World stopped: forget loaders with is_dead, and their classes. */
void j3_constraints_unload(void);
/* Linking c: its methods agree with those of other loaders that they override or implement. */
bool j3_constraint_link(vmk_thread *t, const j3_class *c) VMK_MOVES;

#endif
