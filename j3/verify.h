/* verify.h -- verification of bytecode at link time (JVMS 4.10) */
#ifndef J3_VERIFY_H
#define J3_VERIFY_H

#include "j3.h"

/* Is the bytecode of loader's classes verified (options; boot classes are trusted)? Leaf. */
bool j3_verify_is_on(const j3_loader *loader);
/* Verify c unless it is exempt.  False: VerifyError, ClassFormatError or what loading a class threw. */
bool j3_verify_class(vmk_thread *t, j3_class *c) VMK_MOVES;

#endif
