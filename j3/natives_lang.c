/* natives_lang.c -- builtins of java.lang: twins of the JVM_* functions that run without a change of state
 *
 * Arguments sit in banks (vmk_exec.h): reference 0 is `this` in instance methods.
 */
#include "blocker.h"
#include "entry.h"
#include "jvm.h"
#include "native.h"
#include "vm.h"

J3_BUILTIN(object_hashCode)
{
  vmk_return_i32(c, (int32_t)vmk_identity_hash(t, vmk_arg_ref(c, 0)));
}

J3_BUILTIN(object_getClass)
{
  (void)t;
  vmk_return_ref(c, j3_class_of(vmk_arg_ref(c, 0))->mirror);
}

J3_BUILTIN(object_clone)
{
  vmk_return_ref(c, j3_object_clone(t, vmk_arg_ref(c, 0)));
}

J3_BUILTIN(object_notify)
{
  j3_object_notify(t, vmk_arg_ref(c, 0), false);
}

J3_BUILTIN(object_notifyAll)
{
  j3_object_notify(t, vmk_arg_ref(c, 0), true);
}

J3_BUILTIN(object_wait)
{
  j3_object_wait(t, vmk_arg_ref(c, 0), vmk_arg_i64(c, 0));
}

static const j3_native_row object_rows[] = {
    {"hashCode", NULL, object_hashCode},   {"getClass", NULL, object_getClass},
    {"clone", NULL, object_clone},         {"notify", NULL, object_notify},
    {"notifyAll", NULL, object_notifyAll}, {"wait", "(J)V", object_wait},
};
J3_NATIVE_TABLE(object, "java/lang/Object", object_rows);

/* --- Class ------------------------------------------------------------------------------------------------- */

static inline j3_class *
class_this(const vmk_native_call *c)
{
  return j3_class_of_mirror(vmk_arg_ref(c, 0));
}

J3_BUILTIN(class_isPrimitive)
{
  (void)t;
  vmk_return_i32(c, class_this(c)->primitive != 0);
}

J3_BUILTIN(class_isArray)
{
  (void)t;
  vmk_return_i32(c, class_this(c)->is_array);
}

J3_BUILTIN(class_isInterface)
{
  (void)t;
  vmk_return_i32(c, (class_this(c)->flags & J3_INTERFACE) != 0);
}

J3_BUILTIN(class_isHidden)
{
  (void)t;
  vmk_return_i32(c, class_this(c)->is_hidden);
}

J3_BUILTIN(class_isInstance)
{
  (void)t;
  vmk_return_i32(c, j3_is_instance(vmk_arg_ref(c, 1), class_this(c)));
}

J3_BUILTIN(class_isAssignableFrom)
{
  if (vmk_is_null(vmk_arg_ref(c, 1))) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  j3_class *to = class_this(c), *from = j3_class_of_mirror(vmk_arg_ref(c, 1));
  bool primitive = to->primitive || from->primitive;
  vmk_return_i32(c, primitive ? to == from : j3_class_is_subclass(from, to));
}

J3_BUILTIN(class_getSuperclass)
{
  (void)t;
  j3_class *k = class_this(c);
  if (k->is_array)
    vmk_return_ref(c, J3.known.class_Object->mirror);
  else if (k->super && !(k->flags & J3_INTERFACE))
    vmk_return_ref(c, k->super->mirror);
}

static const j3_native_row class_rows[] = {
    {"isPrimitive", NULL, class_isPrimitive},
    {"isArray", NULL, class_isArray},
    {"isInterface", NULL, class_isInterface},
    {"isHidden", NULL, class_isHidden},
    {"isInstance", NULL, class_isInstance},
    {"isAssignableFrom", NULL, class_isAssignableFrom},
    {"getSuperclass", NULL, class_getSuperclass},
};
J3_NATIVE_TABLE(class, "java/lang/Class", class_rows);

/* --- System, Thread ------------------------------------------------------------------------------------------ */

J3_BUILTIN(system_arraycopy)
{
  j3_array_copy(t, vmk_arg_ref(c, 0), vmk_arg_i32(c, 0), vmk_arg_ref(c, 1), vmk_arg_i32(c, 1),
                vmk_arg_i32(c, 2));
}

J3_BUILTIN(system_nanoTime)
{
  (void)t;
  vmk_return_i64(c, vmk_now_ns());
}

J3_BUILTIN(system_currentTimeMillis)
{
  (void)t;
  vmk_return_i64(c, vmk_wall_ns() / 1000000);
}

J3_BUILTIN(system_identityHashCode)
{
  if (!vmk_is_null(vmk_arg_ref(c, 0)))
    vmk_return_i32(c, (int32_t)vmk_identity_hash(t, vmk_arg_ref(c, 0)));
}

static const j3_native_row system_rows[] = {
    {"arraycopy", NULL, system_arraycopy},
    {"nanoTime", NULL, system_nanoTime},
    {"currentTimeMillis", NULL, system_currentTimeMillis},
    {"identityHashCode", NULL, system_identityHashCode},
};
J3_NATIVE_TABLE(system, "java/lang/System", system_rows);

J3_BUILTIN(thread_currentThread)
{
  vmk_return_ref(c, j3_self(t)->object);
}

/* Instead of the Java body, which reads threadStatus: the kit blocks on monitors without writing it. */
J3_BUILTIN(thread_getState)
{
  vmk_handle thread = vmk_arg_ref(c, 0);
  vmk_value status = {.i32 = vmk_get_i32(thread, J3.known.offset_Thread_threadStatus)};
  pthread_mutex_lock(&J3.thread_lock);
  const j3_thread *jt = j3_thread_of(thread);
  if (jt) {
    j3_blocker blocker = j3_blocker_of(t, jt);
    status.i32 = j3_blocker_status(jt, &blocker);
  }
  pthread_mutex_unlock(&J3.thread_lock);
  j3_class *vm = j3_class_boot(t, "jdk/internal/misc/VM");
  vmk_value state = {0};
  if (vm && j3_class_initialize(t, vm) &&
      j3_call_static(t, vm, "toThreadState", "(I)Ljava/lang/Thread$State;", &status, &state))
    vmk_return_ref(c, state.ref);
}

static const j3_native_row thread_rows[] = {
    {"currentThread", NULL, thread_currentThread},
    {"getState", "()Ljava/lang/Thread$State;", thread_getState},
};
J3_NATIVE_TABLE(thread, "java/lang/Thread", thread_rows);

/* --- bits of numbers -------------------------------------------------------------------------------------------- */

J3_BUILTIN(float_bits)
{
  (void)t;
  vmk_return_i32(c, vmk_arg_i32(c, 0));
}

static const j3_native_row float_rows[] = {
    {"floatToRawIntBits", NULL, float_bits},
    {"intBitsToFloat", NULL, float_bits},
};
J3_NATIVE_TABLE(float, "java/lang/Float", float_rows);

J3_BUILTIN(double_bits)
{
  (void)t;
  vmk_return_i64(c, vmk_arg_i64(c, 0));
}

static const j3_native_row double_rows[] = {
    {"doubleToRawLongBits", NULL, double_bits},
    {"longBitsToDouble", NULL, double_bits},
};
J3_NATIVE_TABLE(double, "java/lang/Double", double_rows);

J3_BUILTIN(string_intern)
{
  vmk_return_ref(c, j3_string_intern(t, vmk_arg_ref(c, 0)));
}

static const j3_native_row string_rows[] = {
    {"intern", NULL, string_intern},
};
J3_NATIVE_TABLE(string, "java/lang/String", string_rows);

J3_BUILTIN(reference_refersTo0)
{
  (void)t;
  vmk_heap_ref *slot =
      (vmk_heap_ref *)((char *)vmk_arg_ref(c, 0)->ref + J3.known.offset_Reference_referent);
  vmk_return_i32(c, vmk_ref_decode(*slot) == vmk_arg_ref(c, 1)->ref);
}

static const j3_native_row reference_rows[] = {
    {"refersTo0", NULL, reference_refersTo0},
};
J3_NATIVE_TABLE(reference, "java/lang/ref/Reference", reference_rows);
