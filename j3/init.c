/* init.c -- class initialisation (JVMS 5.5)
 *
 * The state machine LINKED -> INITIALIZING -> INITIALIZED | ERRONEOUS moves under the init lock; threads that find
 * a class being initialised by another wait on one condition variable for all classes, which is enough:
 * waits are rare and short.  Waiting threads are native, so a collection may run meanwhile.
 */
#include <stdio.h>
#include <stdlib.h>

#include "entry.h"
#include "log.h"
#include "vm.h"

static pthread_mutex_t init_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t init_changed = PTHREAD_COND_INITIALIZER;

typedef enum init_claim { INIT_OURS, INIT_DONE, INIT_RECURSIVE, INIT_FAILED } init_claim;

static inline uint8_t
init_state(const j3_class *c)
{
  return atomic_load_explicit(&c->state, memory_order_acquire);
}

/* Steps 1 to 6: claim the class, or learn that there is nothing to do. */
static init_claim
init_begin(vmk_thread *t, j3_class *c) VMK_MOVES
{
  init_claim claim = INIT_OURS;
  vmk_enter_native(t);
  pthread_mutex_lock(&init_lock);
  while (init_state(c) == J3_INITIALIZING && c->init_thread != t)
    pthread_cond_wait(&init_changed, &init_lock);
  switch (init_state(c)) {
  case J3_INITIALIZING: claim = INIT_RECURSIVE; break;
  case J3_INITIALIZED: claim = INIT_DONE; break;
  case J3_ERRONEOUS: claim = INIT_FAILED; break;
  default:
    c->init_thread = t;
    atomic_store_explicit(&c->state, J3_INITIALIZING, memory_order_release);
    break;
  }
  pthread_mutex_unlock(&init_lock);
  vmk_leave_native(t);
  return claim;
}

static void
init_end(vmk_thread *t, j3_class *c, uint8_t state) VMK_MOVES
{
  vmk_enter_native(t);
  pthread_mutex_lock(&init_lock);
  atomic_store_explicit(&c->state, state, memory_order_release);
  c->init_thread = NULL;
  pthread_cond_broadcast(&init_changed);
  pthread_mutex_unlock(&init_lock);
  vmk_leave_native(t);
}

/* --- errors ------------------------------------------------------------------------------------------------ */

/* "Could not initialize class X", caused by what went wrong the first time. */
static void
init_throw_erroneous(vmk_thread *t, j3_class *c) VMK_MOVES
{
  char name[1024];
  j3_class_external_name(c, name, sizeof name);
  j3_throw_with_cause(t, "java/lang/NoClassDefFoundError", c->init_error,
                      "Could not initialize class %s", name);
}

/* Remember the failure for later attempts as HotSpot does: an ExceptionInInitializerError whose message names
 * the exception and thread, with its stack trace but not the exception itself. */
static void
init_remember(vmk_thread *t, j3_class *c, vmk_handle exception) VMK_MOVES
{
  char thread_name[256] = "";
  char *text =
      j3_string_utf8(vmk_get_ref(t, j3_self(t)->object, J3.known.offset_Thread_name), NULL);
  snprintf(thread_name, sizeof thread_name, "%s", text ? text : "");
  free(text);
  char class_name[512];
  j3_class_external_name(j3_class_of(exception), class_name, sizeof class_name);
  char *message =
      j3_string_utf8(vmk_get_ref(t, exception, J3.known.offset_Throwable_detailMessage), NULL);
  j3_throw(t, "java/lang/ExceptionInInitializerError",
           message ? "Exception %s: %s [in thread \"%s\"]" : "Exception %s%s [in thread \"%s\"]",
           class_name, message ? message : "", thread_name);
  free(message);
  vmk_handle error = vmk_take_exception(t);
  if (!error || vmk_is_null(error))
    return;
  vmk_value self = j3_ref(exception), trace = {0};
  if (j3_call_virtual(t, exception, "getStackTrace", "()[Ljava/lang/StackTraceElement;", &self,
                      &trace)) {
    vmk_value set[2] = {j3_ref(error), trace};
    j3_call_virtual(t, error, "setStackTrace", "([Ljava/lang/StackTraceElement;)V", set, NULL);
    vmk_value none[2] = {j3_ref(error), j3_ref(NULL)};
    vmk_clear_exception(t);
    j3_call_virtual(t, error, "initCause", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;", none,
                    NULL);
  }
  vmk_clear_exception(t);
  c->init_error = vmk_module_root_new(c->kind.module, error);
}

/* Steps 10 and 11: wrap what is no Error, mark erroneous, leave it pending. */
static void
init_fail(vmk_thread *t, j3_class *c) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle exception = vmk_take_exception(t);
  init_remember(t, c, exception);
  init_end(t, c, J3_ERRONEOUS);
  if (j3_is_instance(exception, J3.known.class_Error)) {
    vmk_throw(t, exception);
  } else {
    j3_class *wrapper_class = j3_class_boot(t, "java/lang/ExceptionInInitializerError");
    vmk_handle wrapper = wrapper_class && j3_class_initialize(t, wrapper_class)
                             ? j3_object_new(t, wrapper_class)
                             : NULL;
    j3_method *init = wrapper ? j3_class_method(wrapper_class, j3_symbol_of("<init>"),
                                                j3_symbol_of("(Ljava/lang/Throwable;)V"))
                              : NULL;
    if (init && j3_call(t, init, (vmk_value[]){j3_ref(wrapper), j3_ref(exception)}, NULL))
      vmk_throw(t, wrapper);
  }
  vmk_scope_end(t, scope);
}

/* --- the procedure ------------------------------------------------------------------------------------------- */

/* Superinterfaces that declare default methods, recursively, before c itself (step 7). */
static bool
init_interfaces(vmk_thread *t, j3_class *c) VMK_MOVES
{
  for (uint32_t i = 0; i < c->interface_count; i++) {
    j3_class *interface = c->interfaces[i];
    if (!interface->has_default_methods || j3_class_is_initialized(interface))
      continue;
    if (!init_interfaces(t, interface))
      return false;
    if (interface->declares_default_methods && !j3_class_initialize(t, interface))
      return false;
  }
  return true;
}

static bool
init_run(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (!(c->flags & J3_INTERFACE)) {
    if (c->super && !j3_class_is_initialized(c->super) && !j3_class_initialize(t, c->super))
      return false;
    if (c->has_default_methods && !init_interfaces(t, c))
      return false;
  }
  if (j3_log_is_on(J3_LOG_CLASS_INIT, J3_LOG_INFO)) {
    static _Atomic(uint32_t) count;
    j3_log(J3_LOG_CLASS_INIT, J3_LOG_INFO, "%u Initializing '%s'%s (0x%016llx)", count++,
           c->name->text, c->has_clinit ? "" : "(no method)", (unsigned long long)(uintptr_t)c);
  }
  if (!c->has_clinit)
    return true;
  j3_method *clinit = j3_class_method(c, j3_symbol_of("<clinit>"), j3_symbol_of("()V"));
  return j3_call(t, clinit, NULL, NULL);
}

bool
j3_class_initialize(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (j3_class_is_initialized(c))
    return true;
  if (c->primitive || c->is_array)
    return true;
  if (!j3_class_link(t, c))
    return false;
  switch (init_begin(t, c)) {
  case INIT_DONE:
  case INIT_RECURSIVE: return true;
  case INIT_FAILED: init_throw_erroneous(t, c); return false;
  case INIT_OURS: break;
  }
  if (vmk_trace_on(J3.vm, VMK_TRACE_INIT))
    vmk_trace_print(J3.vm, VMK_TRACE_INIT, "initialize %s", c->name->text);
  vmk_scope scope = vmk_scope_begin(t);
  bool ok = init_run(t, c);
  vmk_scope_end(t, scope);
  if (ok)
    init_end(t, c, J3_INITIALIZED);
  else
    init_fail(t, c);
  return ok;
}
