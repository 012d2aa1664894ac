/* vm.h -- what the parts of libjvm's own half share: threads, references, exit (boot.c, threads.c, ...) */
#ifndef J3_VM_H
#define J3_VM_H

#include <jni.h>
#include <stdio.h>

#include "j3.h"

/* java.lang.Thread.threadStatus */
enum {
  J3_STATUS_NEW = 0,
  J3_STATUS_RUNNABLE = 5,
  J3_STATUS_BLOCKED = 1025,
  J3_STATUS_WAITING = 401,
  J3_STATUS_TIMED_WAITING = 417,
  J3_STATUS_PARKED = 657,
  J3_STATUS_TIMED_PARKED = 673,
  J3_STATUS_SLEEPING = 225,
  J3_STATUS_TERMINATED = 2,
};

/* Set the Java thread's status, returning the one before. Leaf. */
int32_t j3_thread_set_status(j3_thread *jt, int32_t status);
/* The vm thread behind a java.lang.Thread, or null when it is not alive.  Hold J3.thread_lock, or be
 * that thread. Leaf. */
j3_thread *j3_thread_of(vmk_handle thread_object);
/* Clear both the kit's flag and Thread.interrupted. Leaf. */
void j3_thread_clear_interrupt(vmk_thread *t);
/* Has the thread been interrupted?  Ask before every interruptible wait: it also clears the kit's stale
 * wake-up flag. Leaf. */
bool j3_thread_check_interrupt(vmk_thread *t);
bool j3_thread_start(vmk_thread *t, vmk_handle object) VMK_MOVES; /* Thread.start0 */
/* The same with a body of the vm's, which runs managed, in place of Thread.run. */
bool j3_thread_start_with(vmk_thread *t, vmk_handle object, void (*body)(vmk_thread *, void *),
                          void *data) VMK_MOVES;
/* Attach the calling OS thread as a Java thread with a new Thread object (group null: main). */
jint j3_thread_attach(const char *name, vmk_handle group, bool daemon, j3_thread **out);
/* End the calling Java thread: uncaught exception, Thread.exit, TERMINATED, notifyAll; detach. */
void j3_thread_detach(j3_thread *jt);
/* A daemon vm thread in the system group whose body runs managed code. */
bool j3_thread_start_system(vmk_thread *t, const char *name, int32_t priority,
                            void (*body)(vmk_thread *, void *)) VMK_MOVES;
/* Block until the caller is the only non-daemon thread. */
void j3_thread_wait_alone(j3_thread *jt) VMK_MOVES;
bool j3_thread_boot(vmk_thread *t) VMK_MOVES; /* system and main groups, the main Thread */
void j3_thread_dump(FILE *out);               /* SIGQUIT; any thread, takes the world */
void j3_thread_print_stack(vmk_thread *t, FILE *out)
    VMK_MOVES; /* frames of t, the running thread */
void j3_thread_dump_managed(vmk_thread *t, FILE *out) VMK_MOVES;

void j3_object_wait(vmk_thread *t, vmk_handle object, int64_t millis) VMK_MOVES;
void j3_object_notify(vmk_thread *t, vmk_handle object, bool all) VMK_MOVES;
vmk_handle j3_object_clone(vmk_thread *t, vmk_handle object) VMK_MOVES;
void j3_array_copy(vmk_thread *t, vmk_handle from, int32_t from_index, vmk_handle to,
                   int32_t to_index, int32_t count) VMK_MOVES;

/* references.c: hooks of the collector, and the pending list. */
void j3_reference_enqueue(vmk_runtime *rt, vmk_thread *t, vmk_ref reference);
void j3_reference_start(void); /* at boot, before Java code runs */
void j3_reference_collected(const vmk_collection *c);
bool j3_reference_keep_soft(vmk_runtime *rt, vmk_ref reference, bool hard);
void j3_reference_trace_roots(vmk_tracer *tracer);
void j3_finalizer_register(vmk_thread *t, vmk_handle object) VMK_MOVES;
int64_t j3_last_collection_ns(void);

/* boot.c */
VMK_NORETURN void j3_halt(int32_t code);
VMK_NORETURN void j3_abort(void); /* the embedder's hook, then SIGABRT without a crash report */
VMK_NORETURN void j3_fatal(const char *format, ...) VMK_PRINTF(1, 2); /* during initialisation */
extern const struct JNIInvokeInterface_ *const j3_java_vm; /* &j3_java_vm is the JavaVM */
extern struct JNINativeInterface_ j3_jni_table, j3_jni_checked;

/* signals.c */
void j3_signals_init(void);
bool j3_signals_start(vmk_thread *t) VMK_MOVES;

/* properties.c */
void j3_properties_init(j3_vm *vm);

#endif
