/* throw.c -- Java exceptions from C
 *
 * An exception class is loaded, initialised and constructed by ordinary means, so making one may itself
 * throw: what is pending afterwards is then that.  Memory exhaustion uses an object made while there
 * was memory.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "entry.h"
#include "heapdump.h"
#include "vm.h"

enum { THROW_MESSAGE = 4096 };

/* A constructed throwable, or null with something else pending. */
static vmk_handle
throw_make(vmk_thread *t, const char *class_name, const char *message, vmk_handle cause) VMK_MOVES
{
  j3_class *c = j3_class_boot(t, class_name);
  vmk_handle object = c && j3_class_initialize(t, c) ? j3_object_new(t, c) : NULL;
  vmk_handle text = object && message ? j3_string_new(t, message) : NULL;
  if (!object || (message && !text))
    return NULL;
  vmk_value arguments[2] = {j3_ref(object), j3_ref(text)};
  j3_method *init = j3_class_method(c, j3_symbol_of("<init>"),
                                    j3_symbol_of(message ? "(Ljava/lang/String;)V" : "()V"));
  if (!init) { /* some have only a (Object) or (String, Throwable) constructor: fill the fields */
    j3_fill_stack_trace(t, object);
    vmk_set_ref(t, object, J3.known.offset_Throwable_cause, object); /* "not yet set" */
    if (text)
      vmk_set_ref(t, object, J3.known.offset_Throwable_detailMessage, text);
  } else if (!j3_call(t, init, arguments, NULL)) {
    return NULL;
  }
  if (cause && !vmk_is_null(cause)) {
    vmk_value chain[2] = {j3_ref(object), j3_ref(cause)};
    if (!j3_call_virtual(t, object, "initCause", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;",
                         chain, NULL))
      return NULL;
  }
  return object;
}

static void
throw_with_message(vmk_thread *t, const char *class_name, vmk_handle cause, const char *message)
    VMK_MOVES
{
  vmk_clear_exception(t);
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle object = throw_make(t, class_name, message, cause);
  if (object)
    vmk_throw(t, object);
  vmk_scope_end(t, scope);
}

static void
throw_formatted(vmk_thread *t, const char *class_name, vmk_handle cause, const char *format,
                va_list arguments) VMK_MOVES
{
  char message[THROW_MESSAGE];
  if (format)
    vsnprintf(message, sizeof message, format, arguments);
  throw_with_message(t, class_name, cause, format ? message : NULL);
}

void
j3_throw_text(vmk_thread *t, const char *class_name, const char *message) VMK_MOVES
{
  throw_with_message(t, class_name, NULL, message);
}

void
j3_throw(vmk_thread *t, const char *class_name, const char *format, ...) VMK_MOVES
{
  va_list arguments;
  va_start(arguments, format);
  throw_formatted(t, class_name, NULL, format, arguments);
  va_end(arguments);
}

void
j3_throw_with_cause(vmk_thread *t, const char *class_name, vmk_handle cause, const char *format,
                    ...) VMK_MOVES
{
  va_list arguments;
  va_start(arguments, format);
  throw_formatted(t, class_name, cause, format, arguments);
  va_end(arguments);
}

/* HotSpot says this of interpreted code too. */
void
j3_throw_memory_fault(vmk_thread *t) VMK_MOVES
{
  j3_throw_text(
      t, "java/lang/InternalError",
      "a fault occurred in a recent unsafe memory access operation in compiled Java code");
}

bool
j3_pending_is(vmk_thread *t, const char *class_name)
{
  if (!vmk_pending(t))
    return false;
  j3_symbol *name = j3_symbol_find(class_name, strlen(class_name));
  for (const j3_class *c = j3_class_of(&t->exception); c; c = c->super)
    if (c->name == name)
      return true;
  return false;
}

/* --- memory -------------------------------------------------------------------------------------------- */

static vmk_slot *throw_spare_error; /* global handle; made at boot */

void
j3_throw_prepare(vmk_thread *t) VMK_MOVES
{
  vmk_handle spare = throw_make(t, "java/lang/OutOfMemoryError", "Java heap space", NULL);
  if (spare)
    throw_spare_error = vmk_global_new(t, spare);
}

/* There is memory for a small object more often than not: a request that failed was large.  If making the
 * error fails too, the collector traps again, `throw_depth` is set, and the spare one is thrown. */
void
j3_out_of_memory(vmk_thread *t, const char *message) VMK_MOVES
{
  j3_thread *self = j3_self(t);
  if (!self->in_out_of_memory) {
    self->in_out_of_memory = true;
    j3_heapdump_out_of_memory(t, message);
    j3_throw(t, "java/lang/OutOfMemoryError", "%s", message);
    self->in_out_of_memory = false;
    if (vmk_pending(t))
      return;
  }
  if (throw_spare_error)
    vmk_throw(t, throw_spare_error);
  else
    j3_fatal("Too small maximum heap");
}

/* --- showing ------------------------------------------------------------------------------------------------ */

void
j3_print_exception(vmk_thread *t, vmk_handle throwable) VMK_MOVES
{
  vmk_value self = j3_ref(throwable);
  j3_call_virtual(t, throwable, "printStackTrace", "()V", &self, NULL);
  vmk_clear_exception(t);
}

/* --- up-calls by name ------------------------------------------------------------------------------------------ */

bool
j3_call_static(vmk_thread *t, j3_class *c, const char *name, const char *descriptor,
               const vmk_value *arguments, vmk_value *result) VMK_MOVES
{
  if (!j3_class_initialize(t, c))
    return false;
  j3_method *m = j3_class_method(c, j3_symbol_of(name), j3_symbol_of(descriptor));
  if (!m) {
    j3_throw(t, "java/lang/NoSuchMethodError", "%s.%s%s", c->name->text, name, descriptor);
    return false;
  }
  return j3_call(t, m, arguments, result);
}

bool
j3_call_virtual(vmk_thread *t, vmk_handle receiver, const char *name, const char *descriptor,
                const vmk_value *arguments, vmk_value *result) VMK_MOVES
{
  j3_class *c = j3_class_of(receiver);
  j3_method *m = j3_find_method(c, j3_symbol_of(name), j3_symbol_of(descriptor));
  if (!m) {
    j3_throw(t, "java/lang/NoSuchMethodError", "%s.%s%s", c->name->text, name, descriptor);
    return false;
  }
  return j3_call(t, m, arguments, result);
}
