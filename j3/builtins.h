/* builtins.h -- C that translated code calls for rare operations
 *
 * Functions without a method: stack walks that look for Java methods pass over them.  Made on first use.
 */
#ifndef J3_BUILTINS_H
#define J3_BUILTINS_H

#include "j3.h"

typedef enum j3_builtin_id {
  J3_BUILTIN_FINALIZABLE,   /* (object): register with Finalizer */
  J3_BUILTIN_THROW_CAST,    /* (method, pool index, object): ClassCastException */
  J3_BUILTIN_INTERFACE,     /* (method, receiver) -> function: what linkToInterface calls */
  J3_BUILTIN_ACCOUNT_ENTER, /* these four: translate_monitor.c */
  J3_BUILTIN_ACCOUNT_EXIT,
  J3_BUILTIN_ACCOUNT_RETURN,
  J3_BUILTIN_ACCOUNT_UNWIND,
  J3_BUILTIN_WATCH_LOCATION, /* these: jvmti_watch.h */
  J3_BUILTIN_WATCH_ENTRY,
  J3_BUILTIN_WATCH_RETURN,
  J3_BUILTIN_WATCH_RETURN_I32,
  J3_BUILTIN_WATCH_RETURN_I64,
  J3_BUILTIN_WATCH_RETURN_F32,
  J3_BUILTIN_WATCH_RETURN_F64,
  J3_BUILTIN_WATCH_RETURN_REF,
  J3_BUILTIN_WATCH_UNWIND,
  J3_BUILTIN_WATCH_CATCH,
  J3_BUILTIN_COUNT,
} j3_builtin_id;

vmk_function *j3_builtin_function(j3_builtin_id id); /* leaf, any thread */
/* (method, pool index, lengths...) -> array */
vmk_function *j3_builtin_multianewarray(uint32_t dimensions);

#endif
