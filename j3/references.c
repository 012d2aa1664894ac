/* references.c -- the pending list between the collector and java.lang.ref, the age of soft references, JVM_* functions
 *
 * .inv.pending: references_pending is the head of a list linked through Reference.discovered.  It grows
 * only with the world stopped (enqueue hook) and is taken whole by the Reference Handler, in managed state, so no
 * lock guards it.  The handler waits in native state, where collections move what the head refers to: it looks at
 * references_any, which says whether there is a list; the condition variable only wakes it.
 */
#include "entry.h"
#include "jvm.h"
#include "options.h"
#include "vm.h"

static vmk_slot references_pending;
static atomic_bool references_any;
static _Atomic(int64_t) references_collected_ns;
static pthread_mutex_t references_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t references_changed = PTHREAD_COND_INITIALIZER;

/* --- soft references --------------------------------------------------------------------------------------- *
 * SoftReference.clock is the time of the last collection in milliseconds; get() and the constructor copy it into
 * `timestamp`.  A collection clears what was not asked for longer before the last one than
 * SoftRefLRUPolicyMSPerMB for each megabyte that was free then; and all of it when memory is short (`hard`).
 * Written between collections, read by the threads that trace. */

static struct {
  int64_t clock, keep; /* milliseconds; the last collection, and how long before it is recent */
  char *clock_field;
} references_soft;

static void
references_soft_age(uint64_t used_bytes)
{
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  if (!references_soft.clock_field) /* booting */
    return;
  uint64_t free_bytes = s.max_bytes > used_bytes ? s.max_bytes - used_bytes : 0;
  if (__builtin_mul_overflow((int64_t)(free_bytes >> 20), J3.options->soft_ms_per_mb,
                             &references_soft.keep))
    references_soft.keep = INT64_MAX;
  references_soft.clock = vmk_now_ns() / 1000000;
  __atomic_store_n((int64_t *)references_soft.clock_field, references_soft.clock, __ATOMIC_RELAXED);
}

void
j3_reference_start(void)
{
  const j3_class *c = J3.known.class_SoftReference;
  const j3_field *f = j3_class_field(c, j3_symbol_of("clock"), j3_symbol_of("J"));
  VMK_ASSERT(f && f->flags & J3_STATIC);
  references_soft.clock_field = c->statics_base + f->offset;
  references_soft_age(0);
}

bool
j3_reference_keep_soft(vmk_runtime *rt, vmk_ref reference, bool hard)
{
  (void)rt;
  int64_t timestamp =
      *(const int64_t *)((char *)reference + J3.known.offset_SoftReference_timestamp);
  return !hard && references_soft.clock - timestamp <= references_soft.keep;
}

/* --- the pending list ---------------------------------------------------------------------------------------- */

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
j3_reference_collected(const vmk_collection *c)
{
  references_collected_ns = vmk_now_ns();
  references_soft_age(c->used_bytes);
  pthread_mutex_lock(&references_lock);
  pthread_cond_broadcast(&references_changed);
  pthread_mutex_unlock(&references_lock);
}

int64_t
j3_last_collection_ns(void)
{
  return references_collected_ns;
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
