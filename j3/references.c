/* references.c -- the pending list between the collector and java.lang.ref, and its JVM_* functions
 *
 * .inv.pending: references_pending is the head of a list linked through Reference.discovered.  It grows
 * only with the world stopped (enqueue hook) and is taken whole by the Reference Handler, in managed state, so no
 * lock guards it.  The handler waits in native state, where collections move what the head refers to: it looks at
 * references_any, which says whether there is a list; the condition variable only wakes it.
 */
#include "entry.h"
#include "jvm.h"
#include "vm.h"

static vmk_slot references_pending;
static atomic_bool references_any;
static _Atomic(int64_t) references_collected_ns;
static pthread_mutex_t references_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t references_changed = PTHREAD_COND_INITIALIZER;

void
j3_reference_enqueue(vmk_runtime *rt, vmk_thread *t, vmk_ref reference)
{
  (void)rt;
  vmk_store_ref(t, reference, J3.known.offset_Reference_discovered, references_pending.ref);
  references_pending.ref = reference;
  references_any = true;
}

void
j3_reference_trace_roots(vmk_tracer *tracer)
{
  vmk_trace_root(tracer, &references_pending);
}

void
j3_reference_collected(void)
{
  references_collected_ns = vmk_now_ns();
  pthread_mutex_lock(&references_lock);
  pthread_cond_broadcast(&references_changed);
  pthread_mutex_unlock(&references_lock);
}

int64_t
j3_last_collection_ns(void)
{
  return references_collected_ns;
}

/* Soft references survive until memory is short, when the collector asks with `hard`. */
bool
j3_reference_keep_soft(vmk_runtime *rt, vmk_ref reference, bool hard)
{
  (void)rt, (void)reference;
  return !hard;
}

void
j3_finalizer_register(vmk_thread *t, vmk_handle object) VMK_MOVES
{
  vmk_value argument = j3_ref(object);
  if (!j3_call_static(t, J3.known.class_Finalizer, "register", "(Ljava/lang/Object;)V", &argument,
                      NULL))
    return; /* the exception is the allocating code's */
}

jobject
JVM_GetAndClearReferencePendingList(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  vmk_still_begin();
  vmk_handle head = vmk_local(e.t, references_pending.ref);
  references_pending.ref = NULL;
  references_any = false;
  vmk_still_end();
  return j3_leave_ref(&e, head);
}

jboolean
JVM_HasReferencePendingList(JNIEnv *env)
{
  (void)env;
  return references_any;
}

void
JVM_WaitForReferencePendingList(JNIEnv *env)
{
  (void)env; /* native state all along: nothing managed is touched */
  pthread_mutex_lock(&references_lock);
  while (!references_any)
    pthread_cond_wait(&references_changed, &references_lock);
  pthread_mutex_unlock(&references_lock);
}

jboolean
JVM_ReferenceRefersTo(JNIEnv *env, jobject reference, jobject object)
{
  j3_entry e = j3_enter(env);
  vmk_handle referent = vmk_get_ref(e.t, j3_in(reference), J3.known.offset_Reference_referent);
  jboolean same = vmk_same(referent, j3_in(object));
  j3_leave(&e);
  return same;
}

jboolean
JVM_PhantomReferenceRefersTo(JNIEnv *env, jobject reference, jobject object)
{
  return JVM_ReferenceRefersTo(env, reference, object);
}

void
JVM_ReferenceClear(JNIEnv *env, jobject reference)
{
  j3_entry e = j3_enter(env);
  vmk_set_ref(e.t, j3_in(reference), J3.known.offset_Reference_referent, &j3_null_slot);
  j3_leave(&e);
}
