/* jvmti_object.c -- objects and modules as agents see them: size, hash, who locks it, whose package it is */
#include <stdlib.h>

#include "blocker.h"
#include "jvmti_env.h"
#include "module.h"

/* --- objects ------------------------------------------------------------------------------------------------ */

static jlong
object_size(vmk_handle object)
{
  return (jlong)vmk_object_size(object->ref);
}

jvmtiError
j3_ti_GetObjectSize(jvmtiEnv *env, jobject object, jlong *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  bool some = !vmk_is_null(j3_in(object));
  if (some)
    *out = object_size(j3_in(object));
  j3_leave(&e);
  return some ? JVMTI_ERROR_NONE : JVMTI_ERROR_INVALID_OBJECT;
}

jvmtiError
j3_ti_GetObjectHashCode(jvmtiEnv *env, jobject object, jint *out)
{
  J3_TI_CHECK(env, J3_TI_START);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  bool some = !vmk_is_null(j3_in(object));
  if (some)
    *out = (jint)vmk_identity_hash(e.t, j3_in(object));
  j3_leave(&e);
  return some ? JVMTI_ERROR_NONE : JVMTI_ERROR_INVALID_OBJECT;
}

/* How often the owner's frames have entered the monitor. */
static jint
object_entries(vmk_thread *t, j3_thread *owner, vmk_handle object)
{
  jint count = 0;
  vmk_frame frame;
  for (bool more = vmk_frame_first(owner->thread, &frame); more; more = vmk_frame_next(&frame)) {
    j3_method *m = frame.function->module ? frame.function->client : NULL;
    vmk_handle held[J3_HELD_MAX];
    uint32_t n = m ? j3_frame_held(t, &frame, m, held) : 0;
    for (uint32_t i = 0; i < n; i++)
      count += vmk_same(held[i], object);
  }
  return count ? count : 1;
}

static jobject *
object_references(vmk_handle *list, jint count)
{
  jobject *out = j3_ti_allocate((size_t)count * sizeof *out);
  VMK_ASSERT(out);
  memcpy(out, list, (size_t)count * sizeof *out);
  return out;
}

jvmtiError
j3_ti_GetObjectMonitorUsage(jvmtiEnv *env, jobject object, jvmtiMonitorUsage *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NEEDS(env, can_get_monitor_info);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  if (vmk_is_null(j3_in(object))) {
    j3_leave(&e);
    return JVMTI_ERROR_INVALID_OBJECT;
  }
  *out = (jvmtiMonitorUsage){0};
  vmk_world_stop(e.t);
  pthread_mutex_lock(&J3.thread_lock);
  vmk_handle *waiters = calloc(2 * J3.thread_count + 2, sizeof *waiters);
  VMK_ASSERT(waiters);
  vmk_handle *notify = waiters + J3.thread_count + 1;
  vmk_thread *owner = vmk_monitor_owner(e.t, j3_in(object));
  for (j3_thread *jt = J3.threads; jt; jt = jt->next) {
    j3_blocker b = j3_blocker_of(e.t, jt);
    bool here = b.object && vmk_same(b.object, j3_in(object));
    if (here && b.how == J3_BLOCKED_ENTER)
      waiters[out->waiter_count++] = vmk_local(e.t, jt->object->ref);
    else if (here && b.how == J3_BLOCKED_WAIT)
      notify[out->notify_waiter_count++] = vmk_local(e.t, jt->object->ref);
  }
  j3_thread *jt = owner ? j3_self(owner) : NULL;
  out->owner = jt && jt->object ? (jobject)vmk_local(e.t, jt->object->ref) : NULL;
  out->entry_count = jt ? object_entries(e.t, jt, j3_in(object)) : 0;
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(e.t);
  size_t w = (size_t)out->waiter_count, n = (size_t)out->notify_waiter_count;
  memmove(waiters + w, notify, n * sizeof *waiters);
  waiters[w + n] = (vmk_handle)out->owner;
  j3_ti_leave_refs(&e, (jobject *)waiters, w + n + 1);
  out->owner = (jobject)waiters[w + n];
  out->waiters = object_references(waiters, out->waiter_count);
  out->notify_waiters = object_references(waiters + w, out->notify_waiter_count);
  free(waiters);
  return JVMTI_ERROR_NONE;
}

/* --- modules ------------------------------------------------------------------------------------------------- */

jvmtiError
j3_ti_GetAllModules(jvmtiEnv *env, jint *count, jobject **out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(count);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  jobject *list = NULL;
  size_t n = 0, room = 0;
  pthread_mutex_lock(&J3.lock);
  for (const j3_loader *l = J3.loaders; l; l = l->next)
    for (const j3_module *m = l->modules; m; m = m->next) {
      if (!m->object || vmk_is_null(m->object))
        continue;
      if (n == room) {
        room = room ? 2 * room : 128;
        list = realloc(list, room * sizeof *list);
        VMK_ASSERT(list);
      }
      list[n++] = (jobject)vmk_local(e.t, m->object->ref);
    }
  pthread_mutex_unlock(&J3.lock);
  j3_ti_leave_refs(&e, list, n);
  *count = (jint)n;
  *out = list;
  return JVMTI_ERROR_NONE;
}

jvmtiError
j3_ti_GetNamedModule(jvmtiEnv *env, jobject loader, const char *package, jobject *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(package);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  vmk_handle l = j3_in(loader);
  if (!vmk_is_null(l) && !j3_is_instance(l, j3_class_boot(e.t, "java/lang/ClassLoader"))) {
    j3_leave(&e);
    return JVMTI_ERROR_ILLEGAL_ARGUMENT;
  }
  const j3_module *m = j3_module_of_package(j3_loader_of(e.t, l), j3_symbol_of(package));
  *out = j3_leave_ref(&e, m ? m->object : NULL);
  return JVMTI_ERROR_NONE;
}

/* Modules change by what jdk.internal.module.Modules does for agents. */
static jvmtiError
object_module_call(const char *name, const char *descriptor, jobject module, const char *package,
                   jobject a, jobject b)
{
  j3_entry e = j3_ti_enter();
  jvmtiError error = JVMTI_ERROR_INVALID_MODULE;
  if (j3_is_instance(j3_in(module), J3.known.class_Module)) {
    vmk_value arguments[3] = {j3_ref(j3_in(module))};
    int n = 1;
    vmk_handle text = package ? j3_string_new(e.t, package) : NULL;
    if (package)
      arguments[n++] = j3_ref(text);
    if (a)
      arguments[n++] = j3_ref(j3_in(a));
    if (b)
      arguments[n++] = j3_ref(j3_in(b));
    j3_class *modules = j3_class_boot(e.t, "jdk/internal/module/Modules");
    bool ok = j3_call_static(e.t, modules, name, descriptor, arguments, NULL);
    error = ok ? JVMTI_ERROR_NONE
            : j3_pending_is(e.t, "java/lang/IllegalArgumentException")
                ? JVMTI_ERROR_ILLEGAL_ARGUMENT
                : JVMTI_ERROR_INTERNAL;
    vmk_clear_exception(e.t);
  }
  j3_leave(&e);
  return error;
}

jvmtiError
j3_ti_AddModuleReads(jvmtiEnv *env, jobject module, jobject to)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(to);
  return object_module_call("addReads", "(Ljava/lang/Module;Ljava/lang/Module;)V", module, NULL, to,
                            NULL);
}

static jvmtiError
object_open(const char *name, jobject module, const char *package, jobject to)
{
  return object_module_call(name, "(Ljava/lang/Module;Ljava/lang/String;Ljava/lang/Module;)V",
                            module, package, to, NULL);
}

jvmtiError
j3_ti_AddModuleExports(jvmtiEnv *env, jobject module, const char *package, jobject to)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(package);
  J3_TI_NOT_NULL(to);
  return object_open("addExports", module, package, to);
}

jvmtiError
j3_ti_AddModuleOpens(jvmtiEnv *env, jobject module, const char *package, jobject to)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(package);
  J3_TI_NOT_NULL(to);
  return object_open("addOpens", module, package, to);
}

jvmtiError
j3_ti_AddModuleUses(jvmtiEnv *env, jobject module, jclass service)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(service);
  return object_module_call("addUses", "(Ljava/lang/Module;Ljava/lang/Class;)V", module, NULL,
                            service, NULL);
}

jvmtiError
j3_ti_AddModuleProvides(jvmtiEnv *env, jobject module, jclass service, jclass with)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(service);
  J3_TI_NOT_NULL(with);
  return object_module_call("addProvides",
                            "(Ljava/lang/Module;Ljava/lang/Class;Ljava/lang/Class;)V", module, NULL,
                            service, with);
}

jvmtiError
j3_ti_IsModifiableModule(jvmtiEnv *env, jobject module, jboolean *out)
{
  J3_TI_CHECK(env, J3_TI_LIVE);
  J3_TI_NOT_NULL(module);
  J3_TI_NOT_NULL(out);
  j3_entry e = j3_ti_enter();
  bool is = j3_is_instance(j3_in(module), J3.known.class_Module);
  j3_leave(&e);
  *out = is;
  return is ? JVMTI_ERROR_NONE : JVMTI_ERROR_INVALID_MODULE;
}
