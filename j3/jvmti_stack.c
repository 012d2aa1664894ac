/* jvmti_stack.c -- stacks as agents see them: frames, locations, local variables, monitors
 *
 * Other threads are looked at with the world stopped.  Local variables of watched code (jvmti_watch.c) are
 * registers with numbers; of other code only `this` is known.
 */
#include <stdlib.h>

#include "blocker.h"
#include "jvmti_env.h"
#include "stack.h"
#include "translate.h"

/* The Java frame `depth` frames below the youngest; false: there are not so many. Leaf. */
static bool
stack_frame(j3_thread *jt, jint depth, vmk_frame *frame)
{
  for (bool more = vmk_frame_first(jt->thread, frame); more; more = vmk_frame_next(frame))
    if (j3_frame_method(frame) && depth-- == 0)
      return true;
  return false;
}

/* --- frames ------------------------------------------------------------------------------------------------ */

static jvmtiError
stack_count(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  *(jint *)data = (jint)j3_stack_capture(target->thread, NULL, UINT32_MAX);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetFrameCount(jvmtiEnv *env, jthread thread, jint *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_count, out);
  j3_leave(&e);
  return error;
}

typedef struct stack_request {
  jint depth, room, count;
  jvmtiFrameInfo *frames;
} stack_request;

/* A negative depth counts from the oldest frame. */
static jvmtiError
stack_copy(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  stack_request *r = data;
  jint depth = r->depth;
  if (depth) {
    jint all = (jint)j3_stack_capture(target->thread, NULL, UINT32_MAX);
    if (depth < 0)
      depth += all;
    if (depth < 0 || depth >= all)
      return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  }
  vmk_frame frame;
  r->count = 0;
  for (bool more = vmk_frame_first(target->thread, &frame); more && r->count < r->room;
       more = vmk_frame_next(&frame)) {
    const j3_method *m = j3_frame_method(&frame);
    if (m && depth-- <= 0)
      r->frames[r->count++] =
          (jvmtiFrameInfo){(jmethodID)j3_method_known(m), j3_frame_bci(&frame, m)};
  }
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetStackTrace(jvmtiEnv *env, jthread thread, jint start, jint room, jvmtiFrameInfo *frames,
                    jint *count)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  if (room < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(frames);
  J3_TI_NOT_NULL(count);
  j3_entry e = j3_ti_enter();
  stack_request r = {.depth = start, .room = room, .frames = frames};
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_copy, &r);
  if (!error)
    *count = r.count;
  j3_leave(&e);
  return error;
}

static jvmtiError
stack_location(vmk_thread *t, j3_thread *target, void *data)
{
  (void)t;
  stack_request *r = data;
  vmk_frame frame;
  if (!stack_frame(target, r->depth, &frame))
    return JVMTI_ERROR_NO_MORE_FRAMES;
  const j3_method *m = j3_frame_method(&frame);
  *r->frames = (jvmtiFrameInfo){(jmethodID)j3_method_known(m), j3_frame_bci(&frame, m)};
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetFrameLocation(jvmtiEnv *env, jthread thread, jint depth, jmethodID *method,
                       jlocation *location)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  if (depth < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(method);
  J3_TI_NOT_NULL(location);
  j3_entry e = j3_ti_enter();
  jvmtiFrameInfo info = {0};
  stack_request r = {.depth = depth, .frames = &info};
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_location, &r);
  if (!error) {
    *method = info.method;
    *location = info.location;
  }
  j3_leave(&e);
  return error;
}

/* --- stacks of many threads ----------------------------------------------------------------------------------- */

typedef struct stack_info {
  jint room;
  jvmtiStackInfo *out; /* frame_buffer: malloc'ed until all are copied into one piece */
} stack_info;

static jvmtiError
stack_fill_info(vmk_thread *t, j3_thread *target, void *data)
{
  stack_info *info = data;
  jint count = (jint)j3_stack_capture(target->thread, NULL, (uint32_t)info->room);
  stack_request r = {.room = count, .frames = j3_ti_allocate((size_t)count * sizeof *r.frames)};
  VMK_ASSERT(r.frames);
  stack_copy(t, target, &r);
  info->out->state = j3_ti_thread_state(t, target);
  info->out->frame_buffer = r.frames;
  info->out->frame_count = r.count;
  return JVMTI_ERROR_NONE;
}

/* One block of memory: the rows, then all frames. */
static jvmtiStackInfo *
stack_pack(jvmtiStackInfo *rows, jint count)
{
  size_t frames = 0;
  for (jint i = 0; i < count; i++)
    frames += (size_t)rows[i].frame_count;
  jvmtiStackInfo *all =
      j3_ti_allocate((size_t)count * sizeof *all + frames * sizeof(jvmtiFrameInfo));
  VMK_ASSERT(all);
  jvmtiFrameInfo *next = (jvmtiFrameInfo *)(all + count);
  for (jint i = 0; i < count; i++) {
    size_t n = (size_t)rows[i].frame_count;
    all[i] = rows[i];
    all[i].frame_buffer = next;
    if (n)
      memcpy(next, rows[i].frame_buffer, n * sizeof *next);
    next += n;
    free(rows[i].frame_buffer);
  }
  free(rows);
  return all;
}

static jvmtiError
stack_traces(vmk_thread *t, jint count, const jthread *threads, jint room, jvmtiStackInfo **out)
    VMK_MOVES
{
  jvmtiStackInfo *rows = calloc((size_t)count + 1, sizeof *rows);
  VMK_ASSERT(rows);
  for (jint i = 0; i < count; i++) {
    rows[i].thread = threads[i];
    stack_info info = {room, &rows[i]};
    jvmtiError error = threads[i] ? j3_ti_with_thread(t, threads[i], true, stack_fill_info, &info)
                                  : JVMTI_ERROR_INVALID_THREAD;
    if (error == JVMTI_ERROR_THREAD_NOT_ALIVE) {
      rows[i].state = vmk_get_i32(j3_in(threads[i]), J3.known.offset_Thread_threadStatus);
    } else if (error) {
      free(stack_pack(rows, i));
      return error;
    }
  }
  *out = stack_pack(rows, count);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetThreadListStackTraces(jvmtiEnv *env, jint count, const jthread *threads, jint room,
                               jvmtiStackInfo **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  if (count < 0 || room < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(threads);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jvmtiError error = stack_traces(e.t, count, threads, room, out);
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_GetAllStackTraces(jvmtiEnv *env, jint room, jvmtiStackInfo **out, jint *count)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  if (room < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  J3_TI_NOT_NULL(out);
  J3_TI_NOT_NULL(count);
  j3_entry e = j3_ti_enter();
  uint32_t n;
  jthread *threads = (jthread *)j3_ti_threads(e.t, &n);
  VMK_ASSERT(threads);
  jvmtiError error = stack_traces(e.t, (jint)n, threads, room, out);
  j3_ti_leave_refs(&e, threads, n);
  for (uint32_t i = 0; i < n && !error; i++)
    (*out)[i].thread = threads[i];
  *count = (jint)n;
  free(threads);
  return error;
}

/* --- local variables ---------------------------------------------------------------------------------------------- */

typedef struct stack_local {
  jint depth, slot;
  uint8_t type; /* j3_slot */
  bool set, this_only;
  vmk_value value;
} stack_local;

static jvmtiError
stack_local_access(vmk_thread *t, j3_thread *target, void *data)
{
  stack_local *l = data;
  vmk_frame frame;
  if (!stack_frame(target, l->depth, &frame))
    return JVMTI_ERROR_NO_MORE_FRAMES;
  const j3_method *m = j3_frame_method(&frame);
  bool wants_this = !l->set && l->slot == 0 && l->type == J3_SLOT_REF && !(m->flags & J3_STATIC);
  if (l->this_only && !wants_this)
    return JVMTI_ERROR_INVALID_SLOT;
  if (l->this_only && vmk_frame_argument(t, &frame, 0, &l->value))
    return JVMTI_ERROR_NONE;
  if (m->flags & J3_NATIVE)
    return JVMTI_ERROR_OPAQUE_FRAME;
  bool wide = l->type == J3_SLOT_LONG || l->type == J3_SLOT_DOUBLE;
  if (l->slot < 0 || l->slot + wide >= m->max_locals)
    return JVMTI_ERROR_INVALID_SLOT;
  uint32_t number = J3_NAME_LOCALS + (uint32_t)l->slot * J3_SLOT_COUNT + l->type;
  bool found = l->set ? vmk_frame_set_named(&frame, number, &l->value)
                      : vmk_frame_named(t, &frame, number, &l->value);
  return found ? JVMTI_ERROR_NONE : JVMTI_ERROR_TYPE_MISMATCH;
}

static jvmtiError
stack_local_do(jvmtiEnv *env, jthread thread, stack_local *l, jobject *object)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_access_local_variables);
  if (l->depth < 0)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  j3_entry e = j3_ti_enter();
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_local_access, l);
  if (object && !error)
    *object = j3_leave_ref(&e, l->value.ref);
  else
    j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_GetLocalObject(jvmtiEnv *env, jthread thread, jint depth, jint slot, jobject *out)
{
  J3_TI_NOT_NULL(out);
  stack_local l = {.depth = depth, .slot = slot, .type = J3_SLOT_REF};
  return stack_local_do(env, thread, &l, out);
}

jvmtiError
j3_ti_GetLocalInstance(jvmtiEnv *env, jthread thread, jint depth, jobject *out)
{
  J3_TI_NOT_NULL(out);
  stack_local l = {.depth = depth, .type = J3_SLOT_REF, .this_only = true};
  return stack_local_do(env, thread, &l, out);
}

#define STACK_LOCAL(name, ctype, slot_type, member)                                     \
  jvmtiError j3_ti_GetLocal##name(jvmtiEnv *env, jthread thread, jint depth, jint slot, \
                                  ctype *out)                                           \
  {                                                                                     \
    J3_TI_NOT_NULL(out);                                                                \
    stack_local l = {.depth = depth, .slot = slot, .type = slot_type};                  \
    jvmtiError error = stack_local_do(env, thread, &l, NULL);                           \
    if (!error)                                                                         \
      *out = l.value.member;                                                            \
    return error;                                                                       \
  }                                                                                     \
  jvmtiError j3_ti_SetLocal##name(jvmtiEnv *env, jthread thread, jint depth, jint slot, \
                                  ctype value)                                          \
  {                                                                                     \
    stack_local l = {.depth = depth, .slot = slot, .type = slot_type, .set = true};     \
    l.value.member = value;                                                             \
    return stack_local_do(env, thread, &l, NULL);                                       \
  }
STACK_LOCAL(Int, jint, J3_SLOT_INT, i32)
STACK_LOCAL(Long, jlong, J3_SLOT_LONG, i64)
STACK_LOCAL(Float, jfloat, J3_SLOT_FLOAT, f32)
STACK_LOCAL(Double, jdouble, J3_SLOT_DOUBLE, f64)

jvmtiError
j3_ti_SetLocalObject(jvmtiEnv *env, jthread thread, jint depth, jint slot, jobject value)
{
  stack_local l = {.depth = depth, .slot = slot, .type = J3_SLOT_REF, .set = true};
  l.value.ref = j3_in(value);
  return stack_local_do(env, thread, &l, NULL);
}

/* --- monitors ----------------------------------------------------------------------------------------------------- */

typedef struct stack_monitors {
  jobject *objects;
  jint *depths;
  jint count;
} stack_monitors;

/* What a thread is still waiting to enter, or has let go of to wait, it does not own. */
static jvmtiError
stack_owned(vmk_thread *t, j3_thread *target, void *data)
{
  stack_monitors *s = data;
  jint depth = 0, room = 0;
  vmk_frame frame;
  for (bool more = vmk_frame_first(target->thread, &frame); more; more = vmk_frame_next(&frame)) {
    j3_method *m = j3_frame_method(&frame);
    vmk_handle held[J3_HELD_MAX];
    uint32_t n = m ? j3_frame_held(t, &frame, m, held) : 0;
    if (s->count + (jint)n >= room) {
      room = 2 * (s->count + (jint)n) + 8;
      s->objects = realloc(s->objects, (size_t)room * sizeof *s->objects);
      s->depths = realloc(s->depths, (size_t)room * sizeof *s->depths);
      VMK_ASSERT(s->objects && s->depths);
    }
    for (uint32_t i = 0; i < n; i++) {
      bool seen = vmk_monitor_owner(t, held[i]) != target->thread;
      for (jint k = 0; k < s->count && !seen; k++)
        seen = vmk_same((vmk_handle)s->objects[k], held[i]);
      if (seen)
        continue;
      s->objects[s->count] = (jobject)held[i];
      s->depths[s->count++] = depth;
    }
    depth += m != NULL;
  }
  return JVMTI_ERROR_NONE;
}

static jvmtiError
stack_owned_monitors(jvmtiEnv *env, jthread thread, stack_monitors *s)
{
  (void)env;
  j3_entry e = j3_ti_enter();
  s->objects = j3_ti_allocate(0);
  s->depths = j3_ti_allocate(0);
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_owned, s);
  j3_ti_leave_refs(&e, s->objects, (size_t)s->count);
  return error;
}

jvmtiError
j3_ti_GetOwnedMonitorInfo(jvmtiEnv *env, jthread thread, jint *count, jobject **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_owned_monitor_info);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  stack_monitors s = {0};
  jvmtiError error = stack_owned_monitors(env, thread, &s);
  free(s.depths);
  if (error) {
    free(s.objects);
    return error;
  }
  *count = s.count;
  *out = s.objects;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetOwnedMonitorStackDepthInfo(jvmtiEnv *env, jthread thread, jint *count,
                                    jvmtiMonitorStackDepthInfo **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_owned_monitor_stack_depth_info);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  stack_monitors s = {0};
  jvmtiError error = stack_owned_monitors(env, thread, &s);
  if (!error) {
    *out = j3_ti_allocate((size_t)s.count * sizeof **out);
    VMK_ASSERT(*out);
    for (jint i = 0; i < s.count; i++)
      (*out)[i] = (jvmtiMonitorStackDepthInfo){s.objects[i], s.depths[i]};
    *count = s.count;
  }
  free(s.objects);
  free(s.depths);
  return error;
}

static jvmtiError
stack_contended(vmk_thread *t, j3_thread *target, void *data)
{
  j3_blocker b = j3_blocker_of(t, target);
  if (b.how == J3_BLOCKED_ENTER || b.how == J3_BLOCKED_WAIT)
    *(vmk_handle *)data = b.object;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetCurrentContendedMonitor(jvmtiEnv *env, jthread thread, jobject *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_current_contended_monitor);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  vmk_handle monitor = NULL;
  jvmtiError error = j3_ti_with_thread(e.t, thread, true, stack_contended, &monitor);
  jobject object = j3_leave_ref(&e, monitor);
  if (!error)
    *out = object;
  return error;
}
