/* intrinsics.h -- methods of the class library that are translated to something better than a call */
#ifndef J3_INTRINSICS_H
#define J3_INTRINSICS_H

#include "translate.h"

/* Translate the invocation tr->in, whose signature is s, if it is of an intrinsic method. */
bool j3_translate_intrinsic(j3_translation *tr, const vmk_signature *s) VMK_MOVES;

#endif
