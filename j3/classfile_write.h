/* classfile_write.h -- class files made from what the vm has kept of them (classfile_write.c) */
#ifndef J3_CLASSFILE_WRITE_H
#define J3_CLASSFILE_WRITE_H

#include "j3.h"

/* The entries of a constant pool as in a class file, without their count; malloc'ed.  Leaf. */
uint8_t *j3_pool_write(const j3_pool *p, size_t *length);
/* The class file of c as it is now: what was defined, or redefined last; malloc'ed.  Not for arrays and
 * primitive types.  Leaf. */
uint8_t *j3_classfile_write(const j3_class *c, size_t *length);

#endif
