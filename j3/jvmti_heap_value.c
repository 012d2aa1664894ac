/* jvmti_heap_value.c -- values of fields, arrays and strings as walks over the heap tell them
 *
 * A class's statics are told with its mirror as the object.  Whether an object's values are told is a
 * question of its class and tags, as for the object itself.
 */
#include "jvmti_heap.h"

#include <stdlib.h>

#include "jvmti_tag.h"

/* --- fields ------------------------------------------------------------------------------------------------- */

static bool
heap_is_declared(const j3_field *f)
{
  return !(f->flags & J3_FIELD_INJECTED);
}

static jint
heap_declared(const j3_class *c)
{
  jint count = 0;
  for (uint32_t i = 0; i < c->field_count; i++)
    count += heap_is_declared(&c->fields[i]);
  return count;
}

/* Each superinterface counts once, wherever it is named. */
static jint
heap_interface_fields(const j3_class *c)
{
  jint count = 0;
  for (uint32_t i = 0; i < c->super_count; i++)
    if (c->supers[i]->flags & J3_INTERFACE && c->supers[i] != c)
      count += heap_declared(c->supers[i]);
  return count;
}

static jint
heap_superclass_fields(const j3_class *c)
{
  jint count = 0;
  for (c = c->super; c; c = c->super)
    count += heap_declared(c);
  return count;
}

void
j3_ti_heap_fields(const j3_class *c, bool is_static, vmk_ref object, const char *base,
                  j3_ti_field_visit *visit, void *data)
{
  jint first = heap_interface_fields(c);
  for (const j3_class *k = c; k && (k == c || !is_static); k = k->super) {
    jint index = first + (k->flags & J3_INTERFACE ? 0 : heap_superclass_fields(k));
    for (uint32_t i = 0; i < k->field_count; i++) {
      if (!heap_is_declared(&k->fields[i]))
        continue;
      if (!(k->fields[i].flags & J3_STATIC) == !is_static)
        visit(data, object, base, &k->fields[i], index);
      index++;
    }
  }
}

/* --- values --------------------------------------------------------------------------------------------------- */

/* The object behind a value, with its tags. */
typedef struct heap_told {
  j3_ti_env *env;
  vmk_ref object;
  jlong class_tag, tag, before;
} heap_told;

static bool
heap_begin(heap_told *o, j3_ti_env *env, jint filter, const j3_class *class, vmk_ref object)
{
  vmk_slot slot = {object};
  const j3_class *c = j3_class_of(&slot);
  *o = (heap_told){.env = env, .object = object};
  o->class_tag = c->mirror ? j3_ti_tag_of(env, c->mirror->ref) : 0;
  o->tag = o->before = j3_ti_tag_of(env, object);
  return !(class && class != c) && !j3_ti_is_filtered(filter, o->tag, o->class_tag);
}

static bool
heap_end(const heap_told *o, jint result)
{
  if (o->tag != o->before)
    j3_ti_tag_set(o->env, o->object, o->tag);
  return result & JVMTI_VISIT_ABORT;
}

static jvalue
heap_load(const char *at, char type)
{
  jvalue v = {0};
  switch (type) {
  case 'Z':
  case 'B': v.b = *(const jbyte *)at; break;
  case 'C':
  case 'S': memcpy(&v.s, at, sizeof v.s); break;
  case 'I':
  case 'F': memcpy(&v.i, at, sizeof v.i); break;
  default: memcpy(&v.j, at, sizeof v.j); break;
  }
  return v;
}

bool
j3_ti_heap_tell_primitive(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                          const j3_class *class, vmk_ref object, const char *base,
                          const j3_field *field, jint index, void *data)
{
  heap_told o;
  if (!heap_begin(&o, env, filter, class, object))
    return false;
  jvmtiHeapReferenceInfo info = {.field = {index}};
  char type = field->descriptor->text[0];
  jint result = calls->primitive_field_callback(
      field->flags & J3_STATIC ? JVMTI_HEAP_REFERENCE_STATIC_FIELD : JVMTI_HEAP_REFERENCE_FIELD,
      &info, o.class_tag, &o.tag, heap_load(base + field->offset, type), (jvmtiPrimitiveType)type,
      data);
  return heap_end(&o, result);
}

bool
j3_ti_heap_tell_array(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                      const j3_class *class, vmk_ref array, void *data)
{
  heap_told o;
  vmk_slot slot = {array};
  const j3_class *c = j3_class_of(&slot);
  if (!heap_begin(&o, env, filter, class, array))
    return false;
  jint result = calls->array_primitive_value_callback(
      o.class_tag, (jlong)vmk_object_size(array), &o.tag, (jint)vmk_array_length(&slot),
      (jvmtiPrimitiveType)c->component->primitive, vmk_array_data(&slot), data);
  return heap_end(&o, result);
}

/* In UTF-16. */
bool
j3_ti_heap_tell_string(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                       const j3_class *class, vmk_ref string, void *data)
{
  heap_told o;
  vmk_slot slot = {string};
  if (!heap_begin(&o, env, filter, class, string))
    return false;
  uint32_t length = j3_string_length(&slot);
  jchar *text = malloc((length + 1) * sizeof *text);
  VMK_ASSERT(text);
  for (uint32_t i = 0; i < length; i++)
    text[i] = j3_string_char(&slot, i);
  jint result = calls->string_primitive_value_callback(o.class_tag, (jlong)vmk_object_size(string),
                                                       &o.tag, text, (jint)length, data);
  free(text);
  return heap_end(&o, result);
}
