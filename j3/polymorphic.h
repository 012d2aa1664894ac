/* polymorphic.h -- functions behind MethodHandle.invokeBasic and linkTo*
 *
 * One generated method per (name, basic descriptor), see polymorphic.c.
 */
#ifndef J3_POLYMORPHIC_H
#define J3_POLYMORPHIC_H

#include "j3.h"

typedef enum j3_intrinsic {
  J3_INTRINSIC_NONE,
  J3_INTRINSIC_INVOKE_BASIC,
  J3_INTRINSIC_LINK_TO_STATIC,
  J3_INTRINSIC_LINK_TO_SPECIAL,
  J3_INTRINSIC_LINK_TO_VIRTUAL,
  J3_INTRINSIC_LINK_TO_INTERFACE,
} j3_intrinsic;

/* Which glue `name` of MethodHandle stands for; NONE: invoke, invokeExact, linkToNative, others. Leaf. */
j3_intrinsic j3_polymorphic_kind(const j3_symbol *name);
/* Build the glue m. */
bool j3_polymorphic_translate(vmk_thread *t, vmk_function *f, j3_method *m) VMK_MOVES;
/* Build the miranda m (link.h). */
bool j3_translate_miranda(vmk_thread *t, vmk_function *f, j3_method *m) VMK_MOVES;
/* Build f: take the lock of synchronized m, call inner with the same arguments, give the lock back. */
bool j3_translate_locked_call(vmk_thread *t, vmk_function *f, j3_method *m, vmk_function *inner)
    VMK_MOVES;

#endif
