/* access.h -- who may see what (JVMS 5.4.4), and saying why not */
#ifndef J3_ACCESS_H
#define J3_ACCESS_H

#include "j3.h"

/* May code of `from` use a member with `flags` declared in `declaring`, found through `resolved`?
 * Private members ask for nest hosts, which may load classes; failures there only mean no. */
bool j3_member_is_accessible(vmk_thread *t, j3_class *from, j3_class *resolved, j3_class *declaring,
                             uint32_t flags) VMK_MOVES;
/* Throw the IllegalAccessError of a class, a method, a field. */
void j3_throw_class_access(vmk_thread *t, const j3_class *from, const j3_class *to) VMK_MOVES;
void j3_throw_method_access(vmk_thread *t, const j3_class *from, const j3_method *m) VMK_MOVES;
void j3_throw_field_access(vmk_thread *t, const j3_class *from, const j3_field *f) VMK_MOVES;

#endif
