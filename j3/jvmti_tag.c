/* jvmti_tag.c -- tags of objects, and walks over the heap that tell them
 *
 * An environment's tags are rows found by an object's address.  A collection that may have moved objects
 * lays all rows out anew and drops those of the dead, with the world stopped; so an address is good from
 * one safepoint to the next, and nothing is written into objects.
 */
#include <stdlib.h>

#include "jvmti_heap.h"
#include "jvmti_tag.h"

typedef struct tag_row {
  vmk_slot object; /* weak; null: free */
  jlong tag;       /* 0: no longer tagged */
} tag_row;

struct j3_ti_tags {
  tag_row *rows;
  size_t mask, count; /* rows in use, tagged or not */
  jlong *freed;       /* of objects that died: to be told */
  size_t freed_count, freed_room;
};

static pthread_mutex_t tag_lock = PTHREAD_MUTEX_INITIALIZER; /* no safepoint under it */

enum { TAG_FIRST_ROWS = 64 };

/* --- the table, under the lock -------------------------------------------------------------------------- */

static tag_row *
tag_probe(const struct j3_ti_tags *tags, vmk_ref object)
{
  size_t i = (size_t)((uintptr_t)object >> 3) * 0x9e3779b97f4a7c15u >> 20 & tags->mask;
  while (tags->rows[i].object.ref && tags->rows[i].object.ref != object)
    i = (i + 1) & tags->mask;
  return &tags->rows[i];
}

static jlong
tag_get(const struct j3_ti_tags *tags, vmk_ref object)
{
  if (!tags || !tags->rows)
    return 0;
  const tag_row *row = tag_probe(tags, object);
  return row->object.ref ? row->tag : 0;
}

/* New rows, of those that are tagged. */
static void
tag_rebuild(struct j3_ti_tags *tags)
{
  tag_row *old = tags->rows;
  size_t size = old ? tags->mask + 1 : 0, live = 0, room = TAG_FIRST_ROWS;
  for (size_t i = 0; i < size; i++)
    live += old[i].object.ref && old[i].tag;
  while (room < 4 * live)
    room *= 2;
  tags->rows = calloc(room, sizeof *tags->rows);
  VMK_ASSERT(tags->rows);
  tags->mask = room - 1;
  tags->count = live;
  for (size_t i = 0; i < size; i++)
    if (old[i].object.ref && old[i].tag)
      *tag_probe(tags, old[i].object.ref) = old[i];
  free(old);
}

static void
tag_set(j3_ti_env *env, vmk_ref object, jlong tag)
{
  if (!env->tags) {
    env->tags = calloc(1, sizeof *env->tags);
    VMK_ASSERT(env->tags);
  }
  struct j3_ti_tags *tags = env->tags;
  if (!tags->rows || 2 * (tags->count + 1) > tags->mask + 1)
    tag_rebuild(tags);
  tag_row *row = tag_probe(tags, object);
  if (!row->object.ref) {
    if (!tag)
      return;
    row->object.ref = object;
    tags->count++;
  }
  row->tag = tag;
}

jlong
j3_ti_tag_of(const j3_ti_env *env, vmk_ref object)
{
  return tag_get(env->tags, object);
}

void
j3_ti_tag_set(j3_ti_env *env, vmk_ref object, jlong tag)
{
  tag_set(env, object, tag);
}

/* --- tags ------------------------------------------------------------------------------------------------ */

jvmtiError
j3_ti_GetTag(jvmtiEnv *env, jobject object, jlong *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jvmtiError error = vmk_is_null(j3_in(object)) ? JVMTI_ERROR_INVALID_OBJECT : JVMTI_ERROR_NONE;
  pthread_mutex_lock(&tag_lock);
  if (!error)
    *out = tag_get(j3_ti_env_of(env)->tags, j3_in(object)->ref);
  pthread_mutex_unlock(&tag_lock);
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_SetTag(jvmtiEnv *env, jobject object, jlong tag)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NEEDS(env, can_tag_objects);
  j3_entry e = j3_ti_enter();
  jvmtiError error = vmk_is_null(j3_in(object)) ? JVMTI_ERROR_INVALID_OBJECT : JVMTI_ERROR_NONE;
  pthread_mutex_lock(&tag_lock);
  if (!error)
    tag_set(j3_ti_env_of(env), j3_in(object)->ref, tag);
  pthread_mutex_unlock(&tag_lock);
  j3_leave(&e);
  return error;
}

static bool
tag_is_among(jlong tag, const jlong *tags, jint count)
{
  for (jint i = 0; i < count; i++)
    if (tags[i] == tag)
      return true;
  return false;
}

jvmtiError
j3_ti_GetObjectsWithTags(jvmtiEnv *env, jint tag_count, const jlong *tags, jint *count,
                         jobject **objects, jlong **object_tags)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(tags);
  J3_TI_NOT_NULL(count);
  if (tag_count <= 0 || tag_is_among(0, tags, tag_count))
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  j3_entry e = j3_ti_enter();
  pthread_mutex_lock(&tag_lock);
  const struct j3_ti_tags *all = j3_ti_env_of(env)->tags;
  size_t n = 0, size = all && all->rows ? all->mask + 1 : 0;
  jobject *found = j3_ti_allocate((all ? all->count : 0) * sizeof *found);
  jlong *found_tags = j3_ti_allocate((all ? all->count : 0) * sizeof *found_tags);
  VMK_ASSERT(found && found_tags);
  for (size_t i = 0; i < size; i++)
    if (all->rows[i].object.ref && tag_is_among(all->rows[i].tag, tags, tag_count)) {
      found[n] = (jobject)vmk_local(e.t, all->rows[i].object.ref);
      found_tags[n++] = all->rows[i].tag;
    }
  pthread_mutex_unlock(&tag_lock);
  j3_ti_leave_refs(&e, found, n);
  *count = (jint)n;
  if (objects)
    *objects = found;
  else
    free(found);
  if (object_tags)
    *object_tags = found_tags;
  else
    free(found_tags);
  return JVMTI_ERROR_NONE;
}

/* --- collections ------------------------------------------------------------------------------------------- */

static void
tag_sweep(j3_ti_env *env, vmk_tracer *tracer)
{
  struct j3_ti_tags *tags = env->tags;
  bool tell = j3_ti_env_wants(env, JVMTI_EVENT_OBJECT_FREE, NULL);
  for (size_t i = 0; i <= tags->mask; i++) {
    tag_row *row = &tags->rows[i];
    if (!row->object.ref)
      continue;
    if (vmk_trace_is_live(tracer, row->object.ref)) {
      row->object.ref = vmk_trace_forwarded(tracer, row->object.ref);
      continue;
    }
    if (tell && row->tag && tags->freed_count == tags->freed_room) {
      tags->freed_room = tags->freed_room ? 2 * tags->freed_room : 64;
      tags->freed = realloc(tags->freed, tags->freed_room * sizeof *tags->freed);
      VMK_ASSERT(tags->freed);
    }
    if (tell && row->tag)
      tags->freed[tags->freed_count++] = row->tag;
    row->object.ref = NULL;
  }
  tag_rebuild(tags);
}

void
j3_ti_sweep(vmk_tracer *tracer)
{
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next)
    if (env->tags && env->tags->rows)
      tag_sweep(env, tracer);
}

/* The tags of the dead since last asked; malloc'ed. */
static jlong *
tag_take_freed(j3_ti_env *env, size_t *count)
{
  pthread_mutex_lock(&tag_lock);
  jlong *freed = env->tags ? env->tags->freed : NULL;
  *count = freed ? env->tags->freed_count : 0;
  if (freed) {
    env->tags->freed = NULL;
    env->tags->freed_count = env->tags->freed_room = 0;
  }
  pthread_mutex_unlock(&tag_lock);
  return freed;
}

/* On the thread that collected. */
void
j3_ti_collected(vmk_thread *t) VMK_MOVES
{
  if (!j3_ti_wants(JVMTI_EVENT_GARBAGE_COLLECTION_FINISH) && !j3_ti_wants(JVMTI_EVENT_OBJECT_FREE))
    return;
  j3_ti_post post = j3_ti_post_begin(t);
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next) {
    size_t count;
    jlong *freed = tag_take_freed(env, &count);
    if (env->callbacks.GarbageCollectionFinish &&
        j3_ti_env_wants(env, JVMTI_EVENT_GARBAGE_COLLECTION_FINISH, NULL))
      env->callbacks.GarbageCollectionFinish(&env->functions);
    for (size_t i = 0; i < count && env->callbacks.ObjectFree; i++)
      env->callbacks.ObjectFree(&env->functions, freed[i]);
    free(freed);
  }
  j3_ti_post_end(&post);
}

void
j3_ti_collecting(void)
{
  for (j3_ti_env *env = j3_ti_envs; env; env = env->next)
    if (env->callbacks.GarbageCollectionStart &&
        j3_ti_env_wants(env, JVMTI_EVENT_GARBAGE_COLLECTION_START, NULL))
      env->callbacks.GarbageCollectionStart(&env->functions);
}

/* --- walks over the heap --------------------------------------------------------------------------------------- */

typedef struct tag_walk {
  j3_ti_env *env;
  jint filter; /* JVMTI_HEAP_FILTER_* */
  const j3_class *class;
  bool subclasses, aborted;
  const jvmtiHeapCallbacks *calls;
  jvmtiHeapObjectCallback old_call; /* of the walks of version 1.0 */
  void *data;
} tag_walk;

static void
tag_visit_field(void *data, vmk_ref object, const char *base, const j3_field *field, jint index)
{
  tag_walk *w = data;
  if (field->type != VMK_TYPE_REF && !w->aborted)
    w->aborted = j3_ti_heap_tell_primitive(w->env, w->calls, w->filter, w->class, object, base,
                                           field, index, w->data);
}

/* Values of an object of class c, or of the class that it stands for. */
static void
tag_visit_values(tag_walk *w, const j3_class *c, vmk_ref object)
{
  vmk_slot slot = {object};
  const j3_class *meant = c == J3.known.class_Class ? j3_class_of_mirror(&slot) : NULL;
  if (c->is_array && c->component->primitive && w->calls->array_primitive_value_callback)
    w->aborted = j3_ti_heap_tell_array(w->env, w->calls, w->filter, w->class, object, w->data);
  if (c == J3.known.class_String && w->calls->string_primitive_value_callback)
    w->aborted |= j3_ti_heap_tell_string(w->env, w->calls, w->filter, w->class, object, w->data);
  if (!w->calls->primitive_field_callback || c->is_array || w->aborted)
    return;
  if (meant && meant->statics_base)
    j3_ti_heap_fields(meant, true, object, meant->statics_base, tag_visit_field, w);
  else if (!meant)
    j3_ti_heap_fields(c, false, object, (const char *)object, tag_visit_field, w);
}

static void
tag_visit(vmk_ref object, void *data)
{
  tag_walk *w = data;
  vmk_slot slot = {object};
  const vmk_kind *kind = vmk_handle_kind(&slot);
  if (w->aborted || kind->flags & J3_KIND_STATICS)
    return;
  const j3_class *c = (const j3_class *)kind;
  bool is_array = c->is_array;
  if (w->class && c != w->class && !(w->subclasses && j3_class_is_subclass(c, w->class)))
    return;
  jlong tag = tag_get(w->env->tags, object), before = tag;
  jlong class_tag = c->mirror ? tag_get(w->env->tags, c->mirror->ref) : 0;
  if (j3_ti_is_filtered(w->filter, tag, class_tag))
    return;
  jlong size = (jlong)vmk_object_size(object);
  if (!w->calls)
    w->aborted = w->old_call(class_tag, size, &tag, w->data) == JVMTI_ITERATION_ABORT;
  else if (w->calls->heap_iteration_callback)
    w->aborted =
        w->calls->heap_iteration_callback(class_tag, size, &tag,
                                          is_array ? (jint)vmk_array_length(&slot) : -1, w->data) &
        JVMTI_VISIT_ABORT;
  if (tag != before)
    tag_set(w->env, object, tag);
  if (w->calls && !w->aborted)
    tag_visit_values(w, c, object);
}

static jvmtiError
tag_walk_heap(tag_walk *w)
{
  static const vmk_heap_visitor visitor = {.object = tag_visit};
  j3_entry e = j3_ti_enter();
  vmk_heap_walk(e.t, &visitor, w);
  j3_leave(&e);
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_IterateThroughHeap(jvmtiEnv *env, jint filter, jclass mirror,
                         const jvmtiHeapCallbacks *callbacks, const void *data)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(callbacks);
  tag_walk w = {.env = j3_ti_env_of(env),
                .filter = filter,
                .class = mirror ? j3_ti_class_of(mirror) : NULL,
                .calls = callbacks,
                .data = (void *)(uintptr_t)data};
  if (mirror && !w.class)
    return JVMTI_ERROR_INVALID_CLASS;
  return tag_walk_heap(&w);
}

static jint
tag_old_filter(jvmtiHeapObjectFilter filter)
{
  return filter == JVMTI_HEAP_OBJECT_TAGGED     ? JVMTI_HEAP_FILTER_UNTAGGED
         : filter == JVMTI_HEAP_OBJECT_UNTAGGED ? JVMTI_HEAP_FILTER_TAGGED
                                                : 0;
}

jvmtiError
j3_ti_IterateOverHeap(jvmtiEnv *env, jvmtiHeapObjectFilter filter, jvmtiHeapObjectCallback call,
                      const void *data)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(call);
  if (filter < JVMTI_HEAP_OBJECT_TAGGED || filter > JVMTI_HEAP_OBJECT_EITHER)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  tag_walk w = {.env = j3_ti_env_of(env),
                .filter = tag_old_filter(filter),
                .old_call = call,
                .data = (void *)(uintptr_t)data};
  return tag_walk_heap(&w);
}

jvmtiError
j3_ti_IterateOverInstancesOfClass(jvmtiEnv *env, jclass mirror, jvmtiHeapObjectFilter filter,
                                  jvmtiHeapObjectCallback call, const void *data)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(call);
  if (filter < JVMTI_HEAP_OBJECT_TAGGED || filter > JVMTI_HEAP_OBJECT_EITHER)
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  tag_walk w = {.env = j3_ti_env_of(env),
                .filter = tag_old_filter(filter),
                .class = j3_ti_class_of(mirror),
                .subclasses = true,
                .old_call = call,
                .data = (void *)(uintptr_t)data};
  return w.class ? tag_walk_heap(&w) : JVMTI_ERROR_INVALID_CLASS;
}
