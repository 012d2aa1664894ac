/* link.h -- from parsed members to a class that can have objects: layout, vtable, dispatch (link.c, layout.c) */
#ifndef J3_LINK_H
#define J3_LINK_H

#include "j3.h"

/* Give c's fields their offsets and c->kind its size and bitmap, from c->super (laid out); prepares
 * statics_kind, null when c has no static fields. Leaf. */
void j3_layout_class(j3_class *c);
/* The array class's kind. Leaf. */
void j3_layout_array(j3_class *c);
/* Superclass display and the list of all superinterfaces, from super and interfaces. Leaf. */
void j3_link_supers(j3_class *c);
/* vtable of a class (not an interface); c's methods get their indexes.  False: IncompatibleClassChangeError
 * pending, a final method is overridden. */
bool j3_link_vtable(vmk_thread *t, j3_class *c) VMK_MOVES;

/* The method that runs when invokeinterface calls instance method m of an interface (or Object) on a receiver
 * of class c (JVMS 5.4.6); null: AbstractMethodError or IllegalAccessError pending. */
j3_method *j3_select_interface_method(vmk_thread *t, j3_class *c, j3_method *m) VMK_MOVES;
/* What invokevirtual of class c is dispatched on when it resolved to m of an interface. Any thread. */
j3_method *j3_link_miranda(j3_class *c, j3_method *m);

/* The method that invokespecial in class `here` runs when it names method m of class `named` (JVMS 6.5): a method of
 * a superclass, but a constructor, is looked up anew from the direct superclass. Null: AbstractMethodError pending. */
j3_method *j3_select_special_method(vmk_thread *t, const j3_class *here, const j3_class *named,
                                    j3_method *m) VMK_MOVES;

/* AbstractMethodError: m was invoked on a receiver of class c, or nobody knows (null), which has no implementation. */
void j3_throw_abstract(vmk_thread *t, const j3_class *c, const j3_method *m) VMK_MOVES;

#endif
