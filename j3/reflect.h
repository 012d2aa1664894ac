/* reflect.h -- reflection objects and boxes, for natives, JNI and method handles (jvm_reflect.c) */
#ifndef J3_REFLECT_H
#define J3_REFLECT_H

#include "j3.h"

/* New Field / Method or Constructor objects; null: pending. */
vmk_handle j3_reflect_field(vmk_thread *t, j3_field *f) VMK_MOVES;
vmk_handle j3_reflect_method(vmk_thread *t, j3_method *m) VMK_MOVES;
/* And back. Leaf. */
j3_method *j3_method_of_object(vmk_handle object);
j3_field *j3_field_of_object(vmk_handle object);

/* Box a value of a primitive type letter ('L' and '[' pass through; 'V' gives null). */
vmk_handle j3_box(vmk_thread *t, char type, vmk_value v) VMK_MOVES;
/* The value in a box and its type letter; 0 when it is no box. Leaf. */
char j3_unbox(vmk_handle box, vmk_value *out);
/* Widen *v in place (JLS 5.1.2); false: not allowed. Leaf. */
bool j3_widen(char from, char to, vmk_value *v);

#endif
