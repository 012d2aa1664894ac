/* descriptor.h -- names and descriptors as text: what is well-formed (JVMS 4.2, 4.3). All leaf. */
#ifndef J3_DESCRIPTOR_H
#define J3_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The end of the field descriptor at p (V is none), or null when malformed. */
const char *j3_descriptor_field_end(const char *p, const char *end);
/* `slots` (may be null) gets the argument slots, long and double counting two, without a receiver. */
bool j3_descriptor_is_method(const char *p, size_t length, uint32_t *slots);
/* A binary name in internal form, or an array type's descriptor. */
bool j3_descriptor_is_class_name(const char *p, size_t length);
/* An unqualified name of a field or, `method`, of a method: <init> and <clinit> are legal too. */
bool j3_descriptor_is_member_name(const char *p, size_t length, bool method);

#endif
