/* jvmti_follow.c -- walks that tell who refers to whom
 *
 * The world is stopped and nothing moves: objects are their addresses.  From the roots, or one object, references are told
 * one by one; whose target is to be followed goes to a list, once, and is looked at later.  What refers to
 * what is Java's view: a class stands for its statics, constants, supers and loader.  The kit's roots are not
 * told apart, so all but classes of the boot loader and threads are `other`.
 */
#include <stdlib.h>

#include "attributes.h"
#include "bytecode.h"
#include "hooks.h"
#include "jvmti_heap.h"
#include "jvmti_tag.h"

typedef struct follow {
  j3_ti_env *env;
  jint filter;
  const j3_class *class; /* only objects of it are told; null: all */
  const jvmtiHeapCallbacks *calls;
  /* of the older walks; null members: not to be told */
  jvmtiHeapRootCallback old_root;
  jvmtiStackReferenceCallback old_stack;
  jvmtiObjectReferenceCallback old_object;
  bool is_old;
  void *data;
  vmk_handle from; /* null: the roots */
  bool aborted, begun;
  uintptr_t *seen; /* a set of addresses; 0: free */
  size_t mask, seen_count;
  vmk_ref *list; /* to be looked at */
  size_t count, room;
} follow;

/* --- objects that are on the list, or were --------------------------------------------------------------- */

static uintptr_t *
follow_probe(const follow *f, uintptr_t object)
{
  size_t i = (object >> 3) * 0x9e3779b97f4a7c15u >> 20 & f->mask;
  while (f->seen[i] && f->seen[i] != object)
    i = (i + 1) & f->mask;
  return &f->seen[i];
}

static void
follow_grow(follow *f)
{
  uintptr_t *old = f->seen;
  size_t size = old ? f->mask + 1 : 0;
  f->mask = old ? 2 * f->mask + 1 : 4095;
  f->seen = calloc(f->mask + 1, sizeof *f->seen);
  VMK_ASSERT(f->seen);
  for (size_t i = 0; i < size; i++)
    if (old[i])
      *follow_probe(f, old[i]) = old[i];
  free(old);
}

static void
follow_push(follow *f, vmk_ref object)
{
  if (!f->seen || 2 * f->seen_count > f->mask)
    follow_grow(f);
  uintptr_t *slot = follow_probe(f, (uintptr_t)object);
  if (*slot)
    return;
  *slot = (uintptr_t)object;
  f->seen_count++;
  if (f->count == f->room) {
    f->room = f->room ? 2 * f->room : 1024;
    f->list = realloc(f->list, f->room * sizeof *f->list);
    VMK_ASSERT(f->list);
  }
  f->list[f->count++] = object;
}

/* --- telling ------------------------------------------------------------------------------------------------ */

static jlong
follow_class_tag(const follow *f, const j3_class *c)
{
  return c->mirror ? j3_ti_tag_of(f->env, c->mirror->ref) : 0;
}

/* The result of an older callback as that of a newer. */
static jint
follow_old_result(jvmtiIterationControl control)
{
  return control == JVMTI_ITERATION_ABORT      ? JVMTI_VISIT_ABORT
         : control == JVMTI_ITERATION_CONTINUE ? JVMTI_VISIT_OBJECTS
                                               : 0;
}

/* The older kinds of roots and references. */
static jint
follow_tell_old(const follow *f, jvmtiHeapReferenceKind kind, jint index, vmk_ref from,
                jlong class_tag, jlong size, jlong *tag)
{
  if (kind == JVMTI_HEAP_REFERENCE_SUPERCLASS)
    kind = JVMTI_HEAP_REFERENCE_CLASS;
  if (kind < JVMTI_HEAP_REFERENCE_JNI_GLOBAL) {
    jlong from_tag = from ? j3_ti_tag_of(f->env, from) : 0;
    return f->old_object
               ? follow_old_result(f->old_object((jvmtiObjectReferenceKind)kind, class_tag, size,
                                                 tag, from_tag, index, f->data))
               : JVMTI_VISIT_OBJECTS;
  }
  jvmtiHeapRootKind root = kind == JVMTI_HEAP_REFERENCE_SYSTEM_CLASS ? JVMTI_HEAP_ROOT_SYSTEM_CLASS
                           : kind == JVMTI_HEAP_REFERENCE_THREAD     ? JVMTI_HEAP_ROOT_THREAD
                                                                     : JVMTI_HEAP_ROOT_OTHER;
  return f->old_root ? follow_old_result(f->old_root(root, class_tag, size, tag, f->data))
                     : JVMTI_VISIT_OBJECTS;
}

static jint
follow_tell_new(const follow *f, jvmtiHeapReferenceKind kind, jint index, vmk_ref from,
                const j3_class *c, jlong size, jlong *tag, jint length)
{
  jvmtiHeapReferenceInfo info = {.field = {index}}; /* index is the first member of all */
  bool has_info =
      kind == JVMTI_HEAP_REFERENCE_FIELD || kind == JVMTI_HEAP_REFERENCE_ARRAY_ELEMENT ||
      kind == JVMTI_HEAP_REFERENCE_STATIC_FIELD || kind == JVMTI_HEAP_REFERENCE_CONSTANT_POOL;
  vmk_slot slot = {from};
  jlong from_tag = from ? j3_ti_tag_of(f->env, from) : 0, from_before = from_tag;
  jlong from_class_tag = from ? follow_class_tag(f, j3_class_of(&slot)) : 0;
  jint result = f->calls->heap_reference_callback(kind, has_info ? &info : NULL,
                                                  follow_class_tag(f, c), from_class_tag, size, tag,
                                                  from ? &from_tag : NULL, length, f->data);
  if (from_tag != from_before)
    j3_ti_tag_set(f->env, from, from_tag);
  return result;
}

/* A reference from `from` (null: a root) to an object. */
static void
follow_tell(follow *f, jvmtiHeapReferenceKind kind, jint index, vmk_ref from, vmk_ref object)
{
  if (!object || f->aborted)
    return;
  vmk_slot slot = {object};
  const vmk_kind *k = vmk_handle_kind(&slot);
  if (k->flags & J3_KIND_STATICS)
    return; /* the class stands for it */
  const j3_class *c = (const j3_class *)k;
  jlong tag = j3_ti_tag_of(f->env, object), before = tag;
  jint result = JVMTI_VISIT_OBJECTS;
  bool told =
      !(f->class && f->class != c) && !j3_ti_is_filtered(f->filter, tag, follow_class_tag(f, c));
  jlong size = (jlong)vmk_object_size(object);
  jint length = c->is_array ? (jint)vmk_array_length(&slot) : -1;
  if (told && f->is_old)
    result = follow_tell_old(f, kind, index, from, follow_class_tag(f, c), size, &tag);
  else if (told && f->calls->heap_reference_callback)
    result = follow_tell_new(f, kind, index, from, c, size, &tag, length);
  if (tag != before)
    j3_ti_tag_set(f->env, object, tag);
  f->aborted |= (result & JVMTI_VISIT_ABORT) != 0;
  if (result & JVMTI_VISIT_OBJECTS)
    follow_push(f, object);
}

/* --- who refers to what ----------------------------------------------------------------------------------------- */

static vmk_ref
follow_mirror(const j3_class *c)
{
  return c && c->mirror ? c->mirror->ref : NULL;
}

static void
follow_field(void *data, vmk_ref object, const char *base, const j3_field *field, jint index)
{
  follow *f = data;
  if (field->type == VMK_TYPE_REF)
    follow_tell(f,
                field->flags & J3_STATIC ? JVMTI_HEAP_REFERENCE_STATIC_FIELD
                                         : JVMTI_HEAP_REFERENCE_FIELD,
                index, object, vmk_load_ref((vmk_ref)(uintptr_t)base, field->offset));
  else if (f->calls && f->calls->primitive_field_callback)
    f->aborted |= j3_ti_heap_tell_primitive(f->env, f->calls, f->filter, f->class, object, base,
                                            field, index, f->data);
}

static void
follow_pool(follow *f, const j3_class *c, vmk_ref mirror)
{
  const j3_pool *p = c->pool;
  for (uint32_t i = 1; i < p->count && !f->aborted; i++) {
    uintptr_t resolved = (uintptr_t)atomic_load_explicit(&p->resolved[i], memory_order_acquire);
    if (!resolved || resolved & 1)
      continue;
    if (p->tag[i] == J3_TAG_CLASS)
      follow_tell(f, JVMTI_HEAP_REFERENCE_CONSTANT_POOL, (jint)i, mirror,
                  follow_mirror((const j3_class *)resolved));
    else if (p->tag[i] == J3_TAG_STRING)
      follow_tell(f, JVMTI_HEAP_REFERENCE_CONSTANT_POOL, (jint)i, mirror,
                  ((vmk_handle)resolved)->ref);
  }
}

/* What a class, as its mirror, refers to. */
static void
follow_class(follow *f, j3_class *c, vmk_ref mirror)
{
  follow_tell(f, JVMTI_HEAP_REFERENCE_SUPERCLASS, -1, mirror, follow_mirror(c->super));
  if (!c->loader->is_boot && c->loader->object)
    follow_tell(f, JVMTI_HEAP_REFERENCE_CLASS_LOADER, -1, mirror, c->loader->object->ref);
  follow_tell(f, JVMTI_HEAP_REFERENCE_PROTECTION_DOMAIN, -1, mirror,
              vmk_load_ref(mirror, J3.known.offset_Class_vm_protection_domain));
  for (uint32_t i = 0; i < c->interface_count; i++)
    follow_tell(f, JVMTI_HEAP_REFERENCE_INTERFACE, -1, mirror, follow_mirror(c->interfaces[i]));
  if (c->is_array)
    return;
  follow_pool(f, c, mirror);
  if (c->statics_base)
    j3_ti_heap_fields(c, true, mirror, c->statics_base, follow_field, f);
}

static void
follow_array(follow *f, const j3_class *c, vmk_ref object)
{
  vmk_slot slot = {object};
  uint32_t length = vmk_array_length(&slot);
  if (c->component->primitive) {
    if (f->calls && f->calls->array_primitive_value_callback)
      f->aborted |= j3_ti_heap_tell_array(f->env, f->calls, f->filter, f->class, object, f->data);
    return;
  }
  for (uint32_t i = 0; i < length && !f->aborted; i++)
    follow_tell(f, JVMTI_HEAP_REFERENCE_ARRAY_ELEMENT, (jint)i, object,
                vmk_load_ref(object, VMK_ARRAY_DATA_OFFSET + (size_t)i * VMK_REF_BYTES));
}

static void
follow_object(follow *f, vmk_ref object)
{
  vmk_slot slot = {object};
  j3_class *c = j3_class_of(&slot),
           *meant = c == J3.known.class_Class ? j3_class_of_mirror(&slot) : NULL;
  if (meant && !meant->primitive) {
    follow_class(f, meant, object);
    return;
  }
  follow_tell(f, JVMTI_HEAP_REFERENCE_CLASS, -1, object, follow_mirror(c));
  if (c->is_array) {
    follow_array(f, c, object);
    return;
  }
  j3_ti_heap_fields(c, false, object, (const char *)object, follow_field, f);
  if (c == J3.known.class_String && f->calls && f->calls->string_primitive_value_callback)
    f->aborted |= j3_ti_heap_tell_string(f->env, f->calls, f->filter, f->class, object, f->data);
}

/* --- the walk: hooks of the kit's -------------------------------------------------------------------------------- */

static void
follow_begin(void *data)
{
  follow *f = data;
  if (f->from) {
    follow_push(f, f->from->ref);
    return;
  }
  for (const j3_class *c = J3.boot->all; c; c = c->next)
    follow_tell(f, JVMTI_HEAP_REFERENCE_SYSTEM_CLASS, -1, NULL, follow_mirror(c));
  for (const j3_thread *jt = J3.threads; jt; jt = jt->next)
    if (jt->object)
      follow_tell(f, JVMTI_HEAP_REFERENCE_THREAD, -1, NULL, jt->object->ref);
}

static void
follow_root(vmk_ref object, void *data)
{
  follow *f = data;
  if (!f->from && (!f->seen || !*follow_probe(f, (uintptr_t)object)))
    follow_tell(f, JVMTI_HEAP_REFERENCE_OTHER, -1, NULL, object);
}

/* Behind the roots: the kit then visits all objects, of which the first is enough. */
static void
follow_all(vmk_ref object, void *data)
{
  follow *f = data;
  (void)object;
  if (f->begun)
    return;
  f->begun = true;
  while (f->count && !f->aborted)
    follow_object(f, f->list[--f->count]);
}

/* The caller is in the vm. */
static void
follow_run(vmk_thread *t, follow *f) VMK_MOVES
{
  static const vmk_heap_visitor visitor = {follow_begin, follow_root, follow_all};
  vmk_heap_walk(t, &visitor, f);
  free(f->seen);
  free(f->list);
}

/* --- the functions --------------------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_FollowReferences(jvmtiEnv *env, jint filter, jclass mirror, jobject initial,
                       const jvmtiHeapCallbacks *callbacks, const void *data)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  J3_TI_NOT_NULL(callbacks);
  j3_entry e = j3_ti_enter();
  follow f = {.env = j3_ti_env_of(env),
              .filter = filter,
              .class = mirror ? j3_ti_class_of(mirror) : NULL,
              .calls = callbacks,
              .data = (void *)(uintptr_t)data,
              .from = initial ? j3_in(initial) : NULL};
  jvmtiError error = mirror && !f.class               ? JVMTI_ERROR_INVALID_CLASS
                     : initial && vmk_is_null(f.from) ? JVMTI_ERROR_INVALID_OBJECT
                                                      : JVMTI_ERROR_NONE;
  if (!error && !(mirror && (f.class->primitive || f.class->flags & J3_INTERFACE)))
    follow_run(e.t, &f);
  j3_leave(&e);
  return error;
}

static jvmtiError
follow_old(jvmtiEnv *env, follow *f, jobject from)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_tag_objects);
  f->env = j3_ti_env_of(env);
  f->is_old = true;
  j3_entry e = j3_ti_enter();
  f->from = from ? j3_in(from) : NULL;
  jvmtiError error = from && vmk_is_null(f->from) ? JVMTI_ERROR_INVALID_OBJECT : JVMTI_ERROR_NONE;
  if (!error)
    follow_run(e.t, f);
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_IterateOverReachableObjects(jvmtiEnv *env, jvmtiHeapRootCallback root,
                                  jvmtiStackReferenceCallback stack,
                                  jvmtiObjectReferenceCallback object, const void *data)
{
  follow f = {
      .old_root = root, .old_stack = stack, .old_object = object, .data = (void *)(uintptr_t)data};
  return follow_old(env, &f, NULL);
}

jvmtiError
j3_ti_IterateOverObjectsReachableFromObject(jvmtiEnv *env, jobject from,
                                            jvmtiObjectReferenceCallback call, const void *data)
{
  J3_TI_NOT_NULL(call);
  if (!from)
    return JVMTI_ERROR_INVALID_OBJECT;
  follow f = {.old_object = call, .data = (void *)(uintptr_t)data};
  return follow_old(env, &f, from);
}
