/* jvmti_heap.h -- fields and values of objects as walks over the heap tell them: world stopped (jvmti_heap_value.c) */
#ifndef J3_JVMTI_HEAP_H
#define J3_JVMTI_HEAP_H

#include "jvmti_env.h"

/* A field of an object or class (its mirror), whose values lie at base, by its index: as the tool interface counts them, over
 * superinterfaces, superclasses from the root on, and the class. */
typedef void j3_ti_field_visit(void *data, vmk_ref object, const char *base, const j3_field *field,
                               jint index);
/* The static fields that c declares, or all instance fields that its instances have. */
void j3_ti_heap_fields(const j3_class *c, bool is_static, vmk_ref object, const char *base,
                       j3_ti_field_visit *visit, void *data);

/* Tell a value, if class and tags of the object let it be told.  True: the walk is to end. */
bool j3_ti_heap_tell_primitive(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                               const j3_class *class, vmk_ref object, const char *base,
                               const j3_field *field, jint index, void *data);
bool j3_ti_heap_tell_array(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                           const j3_class *class, vmk_ref array, void *data);
bool j3_ti_heap_tell_string(j3_ti_env *env, const jvmtiHeapCallbacks *calls, jint filter,
                            const j3_class *class, vmk_ref string, void *data);

#endif
