/* jvmti_watch.c -- watched code: breakpoints, steps, entries and exits of methods, exceptions
 *
 * Breakpoints are rows of {environment, method, position}, few, under watch_lock; a method counts its own,
 * which is the word that its code looks at.  A thread remembers the frames whose end it has to tell, and the
 * exception that was told as thrown: while the search for its handler goes on from frame to frame it is the
 * same exception, until a handler of Java code has it.
 */
#include "jvmti_watch.h"

#include <stdlib.h>

#include "attributes.h"
#include "hooks.h"
#include "jvmti_env.h"
#include "stack.h"

j3_ti_words j3_ti_words_now;
_Atomic(bool) j3_ti_watches_code;

typedef struct watch_point {
  j3_ti_env *env;
  j3_method *method;
  uint32_t bci;
  struct watch_point *next;
} watch_point;

static pthread_mutex_t watch_lock = PTHREAD_MUTEX_INITIALIZER; /* a leaf */
static watch_point *watch_points;
static _Atomic(uint32_t) watch_pop_count;

void
j3_ti_watch_update(void)
{
  atomic_store(&j3_ti_words_now.steps, j3_ti_wants(JVMTI_EVENT_SINGLE_STEP));
  atomic_store(&j3_ti_words_now.entries, j3_ti_wants(JVMTI_EVENT_METHOD_ENTRY));
  atomic_store(&j3_ti_words_now.exits,
               j3_ti_wants(JVMTI_EVENT_METHOD_EXIT) || atomic_load(&watch_pop_count));
  atomic_store(&j3_ti_words_now.catches,
               j3_ti_wants(JVMTI_EVENT_EXCEPTION) || j3_ti_wants(JVMTI_EVENT_EXCEPTION_CATCH));
}

/* --- breakpoints ---------------------------------------------------------------------------------------------- */

static watch_point **
watch_find(const j3_ti_env *env, const j3_method *m, jlocation bci)
{
  watch_point **link = &watch_points;
  while (*link && ((*link)->env != env || (*link)->method != m || (*link)->bci != bci))
    link = &(*link)->next;
  return link;
}

static jvmtiError
watch_check(const j3_method *m, jlocation bci)
{
  if (!m)
    return JVMTI_ERROR_INVALID_METHODID;
  if (m->flags & J3_NATIVE)
    return JVMTI_ERROR_NATIVE_METHOD;
  return bci < 0 || bci >= m->code.length ? JVMTI_ERROR_INVALID_LOCATION : JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_SetBreakpoint(jvmtiEnv *env, jmethodID method, jlocation bci)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_generate_breakpoint_events);
  j3_method *m = (j3_method *)method;
  jvmtiError error = watch_check(m, bci);
  if (error)
    return error;
  watch_point *p = malloc(sizeof *p);
  if (!p)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  pthread_mutex_lock(&watch_lock);
  if (*watch_find(j3_ti_env_of(env), m, bci)) {
    free(p);
    error = JVMTI_ERROR_DUPLICATE;
  } else {
    *p = (watch_point){j3_ti_env_of(env), m, (uint32_t)bci, watch_points};
    watch_points = p;
    atomic_fetch_add(&m->breakpoints, 1);
  }
  pthread_mutex_unlock(&watch_lock);
  return error;
}

jvmtiError
j3_ti_ClearBreakpoint(jvmtiEnv *env, jmethodID method, jlocation bci)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_generate_breakpoint_events);
  j3_method *m = (j3_method *)method;
  jvmtiError error = watch_check(m, bci);
  if (error)
    return error;
  pthread_mutex_lock(&watch_lock);
  watch_point **link = watch_find(j3_ti_env_of(env), m, bci), *p = *link;
  if (p) {
    *link = p->next;
    atomic_fetch_sub(&m->breakpoints, 1);
  }
  pthread_mutex_unlock(&watch_lock);
  free(p);
  return p ? JVMTI_ERROR_NONE : JVMTI_ERROR_NOT_FOUND;
}

void
j3_ti_forget_breakpoints(j3_class *c)
{
  pthread_mutex_lock(&watch_lock);
  for (watch_point **link = &watch_points, *p; (p = *link);) {
    if (p->method->class != c) {
      link = &p->next;
      continue;
    }
    *link = p->next;
    atomic_fetch_sub(&p->method->breakpoints, 1);
    free(p);
  }
  pthread_mutex_unlock(&watch_lock);
}

static bool
watch_has(const j3_ti_env *env, const j3_method *m, int32_t bci)
{
  pthread_mutex_lock(&watch_lock);
  bool has = *watch_find(env, m, bci) != NULL;
  pthread_mutex_unlock(&watch_lock);
  return has;
}

/* --- where we are ------------------------------------------------------------------------------------------------ */

/* The Java frame that called the builtin. */
static j3_method *
watch_frame(vmk_thread *t, vmk_frame *frame, int32_t *bci)
{
  for (bool more = vmk_frame_first(t, frame); more; more = vmk_frame_next(frame)) {
    j3_method *m = j3_frame_method(frame);
    if (m) {
      *bci = j3_frame_bci(frame, m);
      return j3_method_known(m);
    }
  }
  return NULL;
}

static bool
watch_is_on(vmk_thread *t)
{
  return j3_ti_phase == JVMTI_PHASE_LIVE && j3_self(t)->object;
}

/* The environments that want the event of this thread; at most `room`. */
enum { WATCH_ENVS = 8 };
static uint32_t
watch_envs(const j3_thread *jt, jvmtiEvent event, j3_ti_env *out[WATCH_ENVS])
{
  uint32_t n = 0;
  if (j3_ti_wants(event))
    for (j3_ti_env *env = j3_ti_envs; env && n < WATCH_ENVS; env = env->next)
      if (!env->is_disposed && j3_ti_env_wants(env, event, jt))
        out[n++] = env;
  return n;
}

void
j3_ti_at_location(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  (void)c;
  vmk_frame frame;
  int32_t bci;
  j3_thread *jt = j3_self(t);
  j3_method *m = watch_is_on(t) ? watch_frame(t, &frame, &bci) : NULL;
  if (!m)
    return;
  j3_ti_env *step[WATCH_ENVS], *stop[WATCH_ENVS];
  uint32_t steps = watch_envs(jt, JVMTI_EVENT_SINGLE_STEP, step), stops = 0;
  if (atomic_load_explicit(&m->breakpoints, memory_order_relaxed))
    stops = watch_envs(jt, JVMTI_EVENT_BREAKPOINT, stop);
  bool some = steps > 0;
  for (uint32_t i = 0; i < stops; i++) {
    if (!watch_has(stop[i], m, bci))
      stop[i] = NULL;
    some |= stop[i] != NULL;
  }
  if (!some)
    return;
  JNIEnv *jni = (JNIEnv *)jt;
  jthread thread = (jthread)jt->object;
  j3_ti_post post = j3_ti_post_begin(t);
  for (uint32_t i = 0; i < steps; i++)
    if (step[i]->callbacks.SingleStep)
      step[i]->callbacks.SingleStep(&step[i]->functions, jni, thread, (jmethodID)m, bci);
  for (uint32_t i = 0; i < stops; i++)
    if (stop[i] && stop[i]->callbacks.Breakpoint)
      stop[i]->callbacks.Breakpoint(&stop[i]->functions, jni, thread, (jmethodID)m, bci);
  j3_ti_post_end(&post);
}

/* --- entries and exits ------------------------------------------------------------------------------------------- */

void
j3_ti_at_entry(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  (void)c;
  vmk_frame frame;
  int32_t bci;
  j3_thread *jt = j3_self(t);
  j3_method *m = watch_is_on(t) ? watch_frame(t, &frame, &bci) : NULL;
  j3_ti_env *envs[WATCH_ENVS];
  uint32_t n = m ? watch_envs(jt, JVMTI_EVENT_METHOD_ENTRY, envs) : 0;
  if (!n)
    return;
  j3_ti_post post = j3_ti_post_begin(t);
  for (uint32_t i = 0; i < n; i++)
    if (envs[i]->callbacks.MethodEntry)
      envs[i]->callbacks.MethodEntry(&envs[i]->functions, (JNIEnv *)jt, (jthread)jt->object,
                                     (jmethodID)m);
  j3_ti_post_end(&post);
}

/* The environments that asked to be told of this frame's end; they are forgotten. */
static uint32_t
watch_pops(j3_thread *jt, uintptr_t id, j3_ti_env *out[WATCH_ENVS])
{
  uint32_t n = 0;
  j3_ti_thread *ti = jt->ti;
  if (!ti || !atomic_load(&watch_pop_count))
    return 0;
  pthread_mutex_lock(&J3.thread_lock);
  for (j3_ti_pop **link = &ti->pops; *link;) {
    j3_ti_pop *pop = *link;
    if (pop->frame != id) {
      link = &pop->next;
      continue;
    }
    *link = pop->next;
    if (n < WATCH_ENVS && !pop->env->is_disposed &&
        j3_ti_env_wants(pop->env, JVMTI_EVENT_FRAME_POP, jt))
      out[n++] = pop->env;
    free(pop);
    atomic_fetch_sub(&watch_pop_count, 1);
  }
  j3_ti_watch_update();
  pthread_mutex_unlock(&J3.thread_lock);
  return n;
}

static void
watch_exit(vmk_thread *t, const jvalue *value, bool by_exception) VMK_MOVES
{
  vmk_frame frame;
  int32_t bci;
  j3_thread *jt = j3_self(t);
  j3_method *m = watch_is_on(t) ? watch_frame(t, &frame, &bci) : NULL;
  if (!m)
    return;
  j3_ti_env *exits[WATCH_ENVS], *pops[WATCH_ENVS];
  uint32_t n = watch_envs(jt, JVMTI_EVENT_METHOD_EXIT, exits);
  uint32_t p = watch_pops(jt, vmk_frame_id(&frame), pops);
  if (!n && !p)
    return;
  JNIEnv *jni = (JNIEnv *)jt;
  jthread thread = (jthread)jt->object;
  j3_ti_post post = j3_ti_post_begin(t);
  for (uint32_t i = 0; i < n; i++)
    if (exits[i]->callbacks.MethodExit)
      exits[i]->callbacks.MethodExit(&exits[i]->functions, jni, thread, (jmethodID)m, by_exception,
                                     *value);
  for (uint32_t i = 0; i < p; i++)
    if (pops[i]->callbacks.FramePop)
      pops[i]->callbacks.FramePop(&pops[i]->functions, jni, thread, (jmethodID)m, by_exception);
  j3_ti_post_end(&post);
}

void
j3_ti_at_return(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  jvalue value = {0};
  const vmk_signature *s = c->function->signature;
  if (s->ref_count)
    value.l = vmk_is_null(vmk_arg_ref(c, 0)) ? NULL : (jobject)vmk_arg_ref(c, 0);
  else if (s->prim_count)
    value.j = vmk_arg_i64(c, 0);
  watch_exit(t, &value, false);
}

void
j3_ti_at_unwind(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  (void)c;
  watch_exit(t, &(jvalue){0}, true);
}

static jvmtiError
watch_add_pop(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  const j3_ti_pop *wanted = data;
  jint depth = (jint)wanted->frame;
  vmk_frame frame;
  bool more = vmk_frame_first(target->thread, &frame);
  for (; more; more = vmk_frame_next(&frame))
    if (j3_frame_method(&frame) && depth-- == 0)
      break;
  if (!more)
    return JVMTI_ERROR_NO_MORE_FRAMES;
  if (j3_frame_method(&frame)->flags & J3_NATIVE)
    return JVMTI_ERROR_OPAQUE_FRAME;
  j3_ti_thread *ti = j3_ti_thread_of(target);
  for (const j3_ti_pop *p = ti->pops; p; p = p->next)
    if (p->env == wanted->env && p->frame == vmk_frame_id(&frame))
      return JVMTI_ERROR_NONE; /* it is told once */
  j3_ti_pop *pop = malloc(sizeof *pop);
  if (!pop)
    return JVMTI_ERROR_OUT_OF_MEMORY;
  *pop = (j3_ti_pop){wanted->env, vmk_frame_id(&frame), NULL};
  pop->next = ti->pops;
  ti->pops = pop;
  atomic_fetch_add(&watch_pop_count, 1);
  j3_ti_watch_update();
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_NotifyFramePop(jvmtiEnv *env, jthread thread, jint depth)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_generate_frame_pop_events);
  if (depth < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  j3_ti_pop pop = {j3_ti_env_of(env), (uintptr_t)depth, NULL};
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, watch_add_pop, &pop);
  j3_leave(&e);
  return error;
}

void
j3_ti_thread_pops_free(j3_thread *jt)
{
  j3_ti_thread *ti = jt->ti;
  while (ti->pops) {
    j3_ti_pop *next = ti->pops->next;
    free(ti->pops);
    ti->pops = next;
    atomic_fetch_sub(&watch_pop_count, 1);
  }
  if (ti->exception)
    vmk_global_free(jt->thread, ti->exception);
  ti->exception = NULL;
}

/* --- exceptions ------------------------------------------------------------------------------------------------------ */

/* The handler of m that takes an exception of class c thrown at bci; -1: none does.  Classes that are not
 * loaded catch nothing that is. */
static int32_t
watch_handler(const j3_method *m, int32_t bci, const j3_class *c)
{
  const j3_pool *pool = j3_method_pool(m);
  for (uint32_t i = 0; i + 8 <= m->exception_table.length; i += 8) {
    const uint8_t *row = m->exception_table.data + i;
    uint16_t type = j3_u2(row + 6);
    if (bci < j3_u2(row) || bci >= j3_u2(row + 2))
      continue;
    const j3_class *caught = type ? j3_pool_resolved(pool, type) : NULL;
    if (type && !caught)
      caught = j3_class_find(m->class->loader, j3_pool_class_name(pool, type));
    if (!type || (caught && j3_class_is_subclass(c, caught)))
      return j3_u2(row + 4);
  }
  return -1;
}

/* Who will catch it, from the youngest frame on. */
static const j3_method *
watch_catcher(vmk_thread *t, const j3_class *c, int32_t *handler)
{
  vmk_frame frame;
  for (bool more = vmk_frame_first(t, &frame); more; more = vmk_frame_next(&frame)) {
    const j3_method *m = j3_frame_method(&frame);
    if (!m || m->flags & J3_NATIVE)
      continue;
    *handler = watch_handler(m, j3_frame_bci(&frame, m), c);
    if (*handler >= 0)
      return m;
  }
  *handler = 0;
  return NULL;
}

static void
watch_set_exception(vmk_thread *t, vmk_handle exception)
{
  pthread_mutex_lock(&J3.thread_lock);
  j3_ti_thread *ti = j3_ti_thread_of(j3_self(t));
  pthread_mutex_unlock(&J3.thread_lock);
  if (ti->exception)
    vmk_global_free(t, ti->exception);
  ti->exception = exception ? vmk_global_new(t, exception) : NULL;
}

static bool
watch_is_exception(vmk_thread *t, vmk_handle exception)
{
  const j3_ti_thread *ti = j3_self(t)->ti;
  return ti && ti->exception && vmk_same(ti->exception, exception);
}

void
j3_ti_unwinding(vmk_thread *t, vmk_handle exception) VMK_MOVES
{
  vmk_frame frame;
  int32_t bci, catch_bci;
  if (!j3_self(t) || !watch_is_on(t) || watch_is_exception(t, exception))
    return;
  const j3_method *m = watch_frame(t, &frame, &bci);
  if (!m)
    return;
  watch_set_exception(t, exception);
  j3_thread *jt = j3_self(t);
  j3_ti_env *envs[WATCH_ENVS];
  uint32_t n = watch_envs(jt, JVMTI_EVENT_EXCEPTION, envs);
  if (!n)
    return;
  const j3_method *catcher = watch_catcher(t, j3_class_of(exception), &catch_bci);
  j3_ti_post post = j3_ti_post_begin(t);
  for (uint32_t i = 0; i < n; i++)
    if (envs[i]->callbacks.Exception)
      envs[i]->callbacks.Exception(&envs[i]->functions, (JNIEnv *)jt, (jthread)jt->object,
                                   (jmethodID)m, bci < 0 ? 0 : bci, (jobject)exception,
                                   (jmethodID)catcher, catch_bci);
  j3_ti_post_end(&post);
}

void
j3_ti_at_catch(vmk_thread *t, vmk_native_call *c) VMK_MOVES
{
  vmk_frame frame;
  int32_t bci;
  vmk_handle exception = vmk_arg_ref(c, 0);
  if (!watch_is_on(t) || !watch_is_exception(t, exception))
    return;
  watch_set_exception(t, NULL);
  const j3_method *m = watch_frame(t, &frame, &bci);
  j3_thread *jt = j3_self(t);
  j3_ti_env *envs[WATCH_ENVS];
  uint32_t n = m ? watch_envs(jt, JVMTI_EVENT_EXCEPTION_CATCH, envs) : 0;
  if (!n)
    return;
  j3_ti_post post = j3_ti_post_begin(t);
  for (uint32_t i = 0; i < n; i++)
    if (envs[i]->callbacks.ExceptionCatch)
      envs[i]->callbacks.ExceptionCatch(&envs[i]->functions, (JNIEnv *)jt, (jthread)jt->object,
                                        (jmethodID)m, bci, (jobject)exception);
  j3_ti_post_end(&post);
}
