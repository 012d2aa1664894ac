/* jvmti_tell.h -- what the rest of the vm tells the tool interface (JVMTI) of
 *
 * Costs nothing measurable without an agent: each call is guarded by one flag, j3_ti_wants.
 */
#ifndef J3_JVMTI_TELL_H
#define J3_JVMTI_TELL_H

#include <jvmti.h>

#include "j3.h"

/* Is version one of the tool interface's?  Then *out is a new environment; JNI_EVERSION: too new. */
bool j3_ti_is_version(jint version);
jint j3_ti_env_new(jint version, void **out);

/* Set by boot.c; phases only go forward. */
void j3_ti_set_phase(jvmtiPhase phase);

/* The events that some environment has enabled, for all threads or for one; by jvmtiEvent - 50. */
extern _Atomic(uint64_t) j3_ti_enabled;
static inline bool
j3_ti_wants(jvmtiEvent event)
{
  return VMK_UNLIKELY(atomic_load_explicit(&j3_ti_enabled, memory_order_relaxed) >>
                          (event - JVMTI_MIN_EVENT_TYPE_VAL) &
                      1);
}

/* Methods translated from now on tell of their locations, entries and exits, and their locals stay
 * readable: some environment possesses a capability that needs it. */
extern _Atomic(bool) j3_ti_watches_code;

/* Events: each asks whether it is wanted.  All but the collector's run agents' code in native state; what
 * is pending stays so. */
void j3_ti_post_vm_start(vmk_thread *t, bool is_early) VMK_MOVES;
void j3_ti_post_vm_init(vmk_thread *t) VMK_MOVES;
void j3_ti_post_vm_death(vmk_thread *t) VMK_MOVES;
void j3_ti_post_thread(vmk_thread *t, jvmtiEvent start_or_end) VMK_MOVES;
void j3_ti_post_class(vmk_thread *t, jvmtiEvent load_or_prepare, j3_class *c) VMK_MOVES;
void j3_ti_post_monitor(vmk_thread *t, jvmtiEvent event, vmk_handle object, int64_t millis,
                        bool timed_out) VMK_MOVES;

/* A class file on its way into the vm. */
typedef struct j3_ti_file {
  j3_symbol *name; /* may be null */
  j3_loader *loader;
  vmk_handle protection_domain; /* may be null */
  j3_class *class;              /* that it redefines; null: a new one */
  bool is_retransformed;        /* it is one that agents of the first kind have had */
  const uint8_t *bytes;         /* in and out */
  size_t length;
  uint8_t *changed;  /* out: owned; what bytes point to when an agent has replaced them */
  uint8_t *original; /* out: owned; what an agent that can do so again has replaced, or null */
  size_t original_length;
} j3_ti_file;
/* Offer it to agents: first to those who see it once, then to those who can retransform. */
void j3_ti_post_file(vmk_thread *t, j3_ti_file *file) VMK_MOVES;
void j3_ti_file_free(j3_ti_file *file);
/* The native method's name without the prefixes that agents have announced; null: it has none.  Leaf. */
j3_symbol *j3_ti_unprefixed(const j3_symbol *name);
/* World stopped: forget the tags of dead objects. */
void j3_ti_sweep(vmk_tracer *tracer);
void j3_ti_collecting(void);                   /* world stopped, a collection begins */
void j3_ti_collected(vmk_thread *t) VMK_MOVES; /* world running */

/* The thread's part, jt->ti, if any, is freed. */
void j3_ti_thread_free(j3_thread *jt);

#endif
