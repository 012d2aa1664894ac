/* indy.h -- linking invokedynamic, invokehandle, method types and handles, dynamic constants
 *
 * The contract with java.lang.invoke: docs/design/j3-translation.md.
 */
#ifndef J3_INDY_H
#define J3_INDY_H

#include <vmkit/vmk_ir.h>

#include "j3.h"

/* Answer an invokedynamic site. */
vmk_link_result j3_link_call_site(vmk_thread *t, j3_method *from, vmk_site *site) VMK_MOVES;
/* Answer a site that calls a signature-polymorphic method of MethodHandle or VarHandle; holder is that
 * class. */
vmk_link_result j3_link_polymorphic(vmk_thread *t, j3_method *from, vmk_site *site,
                                    j3_class *holder, j3_symbol *name, j3_symbol *descriptor)
    VMK_MOVES;
/* Is `name` a signature-polymorphic method of this class? Leaf. */
bool j3_is_polymorphic(const j3_class *holder, j3_symbol *name);

/* Constants of the pool, made anew: who calls records the first (resolve.c).  Null: pending. */
vmk_handle j3_make_method_type(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES;
vmk_handle j3_make_method_handle(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES;
/* A primitive comes boxed; checked to have the declared type. */
vmk_handle j3_make_dynamic(vmk_thread *t, j3_pool *p, uint16_t index) VMK_MOVES;

#endif
