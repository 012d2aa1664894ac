/* entry.h -- crossing from C code in native state (JNI, JVM_*) into the vm and back
 *
 * A JNIEnv is the j3_thread itself.  A jobject is a vmk_handle, except that a null reference is a null
 * pointer.  Every entry makes its own handle scope, so what it creates dies on return but the result.
 */
#ifndef J3_ENTRY_H
#define J3_ENTRY_H

#include <jni.h>

#include "j3.h"

/* An exception that is pending when C calls, which JNI allows few functions only but libraries do, waits in
 * `earlier` and is pending again afterwards, unless there is a new one. */
typedef struct j3_entry {
  vmk_thread *t;
  bool was;
  vmk_scope scope;
  vmk_handle earlier;
} j3_entry;

static inline j3_entry j3_enter(JNIEnv *env) VMK_TSA(acquire_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis);
static inline j3_entry
j3_enter(JNIEnv *env)
{
  vmk_thread *t = ((j3_thread *)env)->thread;
  bool was = vmk_enter_managed(t);
  vmk_scope scope = vmk_scope_begin(t);
  return (j3_entry){t, was, scope, VMK_UNLIKELY(vmk_pending(t)) ? vmk_take_exception(t) : NULL};
}

static inline void
j3_restore_earlier(const j3_entry *e)
{
  if (VMK_UNLIKELY(e->earlier) && !vmk_pending(e->t))
    vmk_throw(e->t, e->earlier);
}

static inline void j3_leave(const j3_entry *e) VMK_TSA(release_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis);
static inline void
j3_leave(const j3_entry *e)
{
  j3_restore_earlier(e);
  vmk_scope_end(e->t, e->scope);
  vmk_leave_managed(e->t, e->was);
}

/* Leave with a result: null for a null handle, a null reference, or when an exception was thrown. */
static inline jobject j3_leave_ref(const j3_entry *e, vmk_handle h)
    VMK_TSA(release_capability(vmk_moves)) VMK_TSA(no_thread_safety_analysis);
static inline jobject
j3_leave_ref(const j3_entry *e, vmk_handle h)
{
  bool some = h && !vmk_is_null(h) && !vmk_pending(e->t);
  j3_restore_earlier(e);
  h = vmk_scope_end_with(e->t, e->scope, some ? h : 0);
  vmk_leave_managed(e->t, e->was);
  return some ? (jobject)h : 0;
}

extern vmk_slot j3_null_slot; /* always null */

/* jobject -> handle that may be dereferenced: null pointers become the null slot. */
static inline vmk_handle
j3_in(jobject o)
{
  return o ? (vmk_handle)o : &j3_null_slot;
}

static inline j3_class *
j3_in_class(jobject mirror)
{
  return j3_class_of_mirror(j3_in(mirror));
}

static inline vmk_value
j3_ref(vmk_handle h)
{
  return (vmk_value){.ref = h ? h : &j3_null_slot};
}
static inline vmk_value
j3_int(int32_t v)
{
  return (vmk_value){.i32 = v};
}
static inline vmk_value
j3_long(int64_t v)
{
  return (vmk_value){.i64 = v};
}

#endif
