/* jvmti_watch.h -- watched code: what translated methods look at, and what they call
 *
 * While j3_ti_watches_code is set the translator puts looks at these words into methods (translate_watch.c):
 * a word that is not zero has the builtin called that tells the agents.  A word is nonzero while somebody
 * may want what it stands for; the builtins ask exactly.
 */
#ifndef J3_JVMTI_WATCH_H
#define J3_JVMTI_WATCH_H

#include "j3.h"

typedef struct j3_ti_words {
  _Atomic(uint32_t) steps;   /* before each bytecode; breakpoints are counted in the method */
  _Atomic(uint32_t) entries; /* a method begins */
  _Atomic(uint32_t) exits;   /* it returns or is left by an exception */
  _Atomic(uint32_t) catches; /* a handler begins */
} j3_ti_words;
extern j3_ti_words j3_ti_words_now;

void j3_ti_at_location(vmk_thread *t, vmk_native_call *c) VMK_MOVES; /* () */
void j3_ti_at_entry(vmk_thread *t, vmk_native_call *c) VMK_MOVES;    /* () */
void j3_ti_at_return(vmk_thread *t, vmk_native_call *c) VMK_MOVES;   /* (the value, if any) */
void j3_ti_at_unwind(vmk_thread *t, vmk_native_call *c) VMK_MOVES;   /* (the exception) */
void j3_ti_at_catch(vmk_thread *t, vmk_native_call *c) VMK_MOVES;    /* (the exception) */

/* vmk_hooks.unwinding */
void j3_ti_unwinding(vmk_thread *t, vmk_handle exception) VMK_MOVES;

#endif
