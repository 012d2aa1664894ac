/* jvmti_env.h -- environments of the tool interface, and what its functions share
 *
 * A jvmtiEnv * is a j3_ti_env.  Functions are called in native state by agents.  They begin with
 * J3_TI_CHECK, which looks at environment, phase and thread in HotSpot's order, and then enter the vm as
 * JNI functions do.  What they hand out is malloc'ed memory and local references of the caller.
 */
#ifndef J3_JVMTI_ENV_H
#define J3_JVMTI_ENV_H

#include "entry.h"
#include "jvmti_tell.h"
#include "vm.h"

typedef struct j3_ti_env j3_ti_env;
struct j3_ti_env {
  const struct jvmtiInterface_1_ *functions; /* first: &env->functions is the jvmtiEnv */
  uint32_t magic;
  jint version;
  bool is_disposed;
  jvmtiCapabilities capabilities;
  jvmtiEventCallbacks callbacks;  /* guarded by J3.thread_lock, copied out to call */
  _Atomic(uint64_t) enabled;      /* for all threads */
  _Atomic(uint64_t) enabled_some; /* or for one */
  void *local_storage;
  bool hooks_files, retransforms; /* has had class-file hooks enabled; and could retransform then */
  char **prefixes;                /* jvmti_transform.c; null-terminated, or null */
  struct j3_ti_tags *tags;        /* jvmti_tag.c */
  j3_ti_env *next;                /* the list only grows */
};
extern j3_ti_env *j3_ti_envs; /* oldest first */

/* What an environment knows of a thread.  Changed under J3.thread_lock, rows only added; the thread itself
 * reads without. */
typedef struct j3_ti_row {
  j3_ti_env *env;
  const void *local_storage;
  _Atomic(uint64_t) enabled;
  struct j3_ti_row *next;
} j3_ti_row;

/* A frame whose end is to be told, by vmk_frame_id. */
typedef struct j3_ti_pop {
  j3_ti_env *env;
  uintptr_t frame;
  struct j3_ti_pop *next;
} j3_ti_pop;

typedef struct j3_ti_thread {
  _Atomic(j3_ti_row *) rows;
  j3_ti_pop *pops;      /* youngest first */
  vmk_handle exception; /* global: told as thrown, and not caught yet; or null */
} j3_ti_thread;

extern jvmtiPhase j3_ti_phase;
extern bool j3_ti_started_early; /* for environments with can_generate_early_vmstart */
/* As the environment is to see it. */
static inline jvmtiPhase
j3_ti_phase_of(const j3_ti_env *env)
{
  bool early = j3_ti_started_early && env->capabilities.can_generate_early_vmstart;
  return j3_ti_phase == JVMTI_PHASE_PRIMORDIAL && early ? JVMTI_PHASE_START : j3_ti_phase;
}

/* Sets of phases. */
enum {
  J3_TI_ANY = ~0,
  J3_TI_LIVE = 1 << JVMTI_PHASE_LIVE,
  J3_TI_START = J3_TI_LIVE | 1 << JVMTI_PHASE_START,
  J3_TI_ONLOAD = 1 << JVMTI_PHASE_ONLOAD,
};

jvmtiError j3_ti_check(jvmtiEnv *env, int phases);

#define J3_TI_CHECK(env, phases)                  \
  do {                                            \
    jvmtiError failed = j3_ti_check(env, phases); \
    if (failed)                                   \
      return failed;                              \
  } while (0)
#define J3_TI_NOT_NULL(pointer)        \
  do {                                 \
    if (!(pointer))                    \
      return JVMTI_ERROR_NULL_POINTER; \
  } while (0)
#define J3_TI_NEEDS(env, capability)                 \
  do {                                               \
    if (!j3_ti_env_of(env)->capabilities.capability) \
      return JVMTI_ERROR_MUST_POSSESS_CAPABILITY;    \
  } while (0)

static inline j3_ti_env *
j3_ti_env_of(jvmtiEnv *env)
{
  return (j3_ti_env *)env;
}

/* After J3_TI_CHECK: as j3_enter, for who has no JNIEnv. */
static inline j3_entry j3_ti_enter(void) VMK_TSA(acquire_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis);
static inline j3_entry
j3_ti_enter(void)
{
  return j3_enter((JNIEnv *)j3_self(vmk_thread_current()));
}

/* Leave with references: the local handles in refs[] become local references of the caller. */
void j3_ti_leave_refs(const j3_entry *e, jobject *refs, size_t count)
    VMK_TSA(release_capability(vmk_moves));

/* Memory as Allocate gives it: at least one byte; null: none left. */
void *j3_ti_allocate(size_t bytes);
char *j3_ti_copy_text(const char *text);

/* --- threads (jvmti_thread.c) --------------------------------------------------------------------- */

/* Do action for the live thread behind `thread` (null: the caller) while it cannot end; with the world
 * stopped if `stop`.  action must be a leaf. */
typedef jvmtiError j3_ti_action(vmk_thread *t, j3_thread *target, void *data);
jvmtiError j3_ti_with_thread(vmk_thread *t, jthread thread, bool stop, j3_ti_action *action,
                             void *data) VMK_MOVES;
/* The thread's part, made when there is none; hold J3.thread_lock. Leaf. */
j3_ti_thread *j3_ti_thread_of(j3_thread *jt);
/* The row of the environment, made when there is none. Likewise. */
j3_ti_row *j3_ti_row_of(j3_thread *jt, j3_ti_env *env);
jint j3_ti_thread_state(vmk_thread *t,
                        j3_thread *jt); /* world stopped, J3.thread_lock held; leaf */
/* Global handles of the threads that agents see, oldest first, malloc'ed. */
vmk_handle *j3_ti_threads(vmk_thread *t, uint32_t *count);
/* --- classes (jvmti_class.c) ---------------------------------------------------------------------- */

/* The class of a mirror, null when it is none; leaf. */
j3_class *j3_ti_class_of(jobject mirror);
/* Can it be redefined?  Leaf. */
static inline bool
j3_ti_is_modifiable(const j3_class *c)
{
  return !c->primitive && !c->is_array && !c->is_hidden;
}
void j3_ti_each_class(void (*visit)(j3_class *c, void *data), void *data); /* leaf */

/* --- events (jvmti_event.c) ------------------------------------------------------------------------ */

/* Count anew which events somebody wants. */
void j3_ti_update_enabled(void);
/* Is the event enabled for this thread (null: any) in env? */
bool j3_ti_env_wants(const j3_ti_env *env, jvmtiEvent event, const j3_thread *jt);

/* A callback is about to run: native state, what is pending set aside. */
typedef struct j3_ti_post {
  vmk_thread *t;
  vmk_scope scope;
  vmk_handle pending;
} j3_ti_post;
j3_ti_post j3_ti_post_begin(vmk_thread *t) VMK_MOVES;
void j3_ti_post_end(const j3_ti_post *post) VMK_MOVES;

/* --- watched code (jvmti_watch.c) ------------------------------------------------------------------- */

void j3_ti_watch_update(void);
void j3_ti_thread_pops_free(j3_thread *jt);
/* Forget all breakpoints in the methods of c.  World stopped. */
void j3_ti_forget_breakpoints(j3_class *c);

/* --- the functions ---------------------------------------------------------------------------------- */
#define J3_TI(name) extern __typeof__(*((jvmtiInterface_1 *)0)->name) j3_ti_##name;
#define J3_TI_ABSENT(name, capability)
#define J3_TI_RESERVED(name)
#include "jvmti_table.def"
#undef J3_TI
#undef J3_TI_ABSENT
#undef J3_TI_RESERVED

#endif
