/* jvmti_tag.h -- tags of objects by address, for walks over the heap: world stopped */
#ifndef J3_JVMTI_TAG_H
#define J3_JVMTI_TAG_H

#include "jvmti_env.h"

jlong j3_ti_tag_of(const j3_ti_env *env, vmk_ref object);
void j3_ti_tag_set(j3_ti_env *env, vmk_ref object, jlong tag);
/* Do tags keep an object from being told (JVMTI_HEAP_FILTER_*)? */
static inline bool
j3_ti_is_filtered(jint filter, jlong tag, jlong class_tag)
{
  return (filter & JVMTI_HEAP_FILTER_TAGGED && tag) ||
         (filter & JVMTI_HEAP_FILTER_UNTAGGED && !tag) ||
         (filter & JVMTI_HEAP_FILTER_CLASS_TAGGED && class_tag) ||
         (filter & JVMTI_HEAP_FILTER_CLASS_UNTAGGED && !class_tag);
}

#endif
