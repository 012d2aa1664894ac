/* translate.c -- a method becomes runnable: the translate hook
 *
 * Native methods are bound (native.c), signature-polymorphic glue is generated (polymorphic.c), bytecode
 * goes through the passes of translate.h.  The translation's own memory is a list of chunks freed at
 * the end, whatever happened.
 */
#include "translate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "jvmti_tell.h"
#include "link.h"
#include "polymorphic.h"
#include "stack.h"

typedef struct j3_chunk {
  struct j3_chunk *next;
  size_t used, size;
  _Alignas(16) char data[];
} j3_chunk;

void *
j3_translate_alloc(j3_translation *tr, size_t bytes)
{
  bytes = (bytes + 15) & ~(size_t)15;
  j3_chunk *c = tr->chunks;
  if (!c || c->size - c->used < bytes) {
    size_t size = bytes > 8192 ? bytes : 8192;
    c = malloc(sizeof *c + size);
    VMK_ASSERT(c);
    *c = (j3_chunk){.next = tr->chunks, .size = size};
    tr->chunks = c;
  }
  void *p = c->data + c->used;
  c->used += bytes;
  return memset(p, 0, bytes);
}

static void
translate_free(j3_translation *tr)
{
  while (tr->chunks) {
    j3_chunk *next = tr->chunks->next;
    free(tr->chunks);
    tr->chunks = next;
  }
}

void
j3_translate_fail(j3_translation *tr, uint32_t bci, const char *format, ...)
{
  if (tr->failed)
    return;
  tr->failed = true;
  int n = snprintf(tr->message, sizeof tr->message, "at bci %u: ", bci);
  va_list list;
  va_start(list, format);
  vsnprintf(tr->message + n, sizeof tr->message - (size_t)n, format, list);
  va_end(list);
}

static void
translate_throw_verify(j3_translation *tr) VMK_MOVES
{
  j3_throw(tr->thread, "java/lang/VerifyError", "(class: %s, method: %s signature: %s) %s",
           tr->class->name->text, tr->method->name->text, tr->method->descriptor->text,
           tr->message);
}

static j3_translation
translate_begin(vmk_thread *t, j3_method *m)
{
  j3_translation tr = {
      .thread = t,
      .method = m,
      .class = m->class,
      .pool = j3_method_pool(m),
      .function = m->function,
      .trusted = !m->class->loader || m->class->loader->is_boot,
      .code = m->code.data,
      .length = m->code.length,
      .watched = atomic_load_explicit(&j3_ti_watches_code, memory_order_relaxed),
  };
  j3_translate_scan(&tr);
  return tr;
}

static bool
translate_bytecode(vmk_thread *t, j3_method *m) VMK_MOVES
{
  j3_value in_flight[J3_IN_FLIGHT]; /* not cleared: methods are many and most are short */
  j3_translation tr = translate_begin(t, m);
  tr.in_flight = in_flight;
  if (!tr.failed)
    j3_translate_types(&tr);
  if (!tr.failed) {
    tr.b = vmk_build_new(tr.function);
    j3_translate_code(&tr);
    vmk_error error;
    if (tr.failed)
      vmk_build_abandon(tr.b);
    else if (vmk_build_finish(tr.b, &error) != VMK_OK)
      j3_translate_fail(&tr, 0, "%s", error.message);
  }
  if (tr.failed)
    translate_throw_verify(&tr);
  translate_free(&tr);
  return !tr.failed;
}

uint32_t
j3_translate_held(vmk_thread *t, const vmk_frame *frame, j3_method *m, vmk_handle *out,
                  uint32_t room)
{
  if ((m->flags & (J3_NATIVE | J3_ABSTRACT)) || frame->position == VMK_NO_POSITION)
    return 0;
  j3_translation tr = translate_begin(t, m);
  uint32_t count = tr.failed || !tr.has_monitors ? 0 : j3_monitor_held(&tr, frame, out, room);
  translate_free(&tr);
  return count;
}

/* A synchronized native method: the lock is taken by IR around a function that has the native code. */
static bool
translate_synchronized_native(vmk_thread *t, vmk_function *f, j3_method *m) VMK_MOVES
{
  vmk_function *inner =
      vmk_function_new(f->module, f->signature, m, f->flags | VMK_FUNCTION_HIDDEN);
  m->function = inner;
  bool bound = j3_native_bind(t, m);
  m->function = f;
  if (!bound)
    return false;
  return j3_translate_locked_call(t, f, m, inner);
}

/* An abstract method has been called on an object whose class was not to have it; `frame` is its own.  A method handle's
 * call does not say on which. */
static void
translate_throw_abstract(vmk_thread *t, vmk_frame *frame, j3_method *m) VMK_MOVES
{
  vmk_value receiver;
  vmk_frame_argument(t, frame, 0, &receiver);
  const j3_method *caller = vmk_frame_next(frame) ? j3_frame_method(frame) : NULL;
  bool by_handle = caller && caller->intrinsic;
  j3_throw_abstract(t, by_handle ? NULL : j3_class_of(receiver.ref), m);
}

bool
j3_translate(vmk_thread *t, vmk_function *f)
{
  j3_method *m = f->client;
  if (m->intrinsic)
    return j3_polymorphic_translate(t, f, m);
  if (m->flags & J3_METHOD_MIRANDA)
    return j3_translate_miranda(t, f, m);
  if (m->flags &
      J3_ABSTRACT) { /* never translated: every call comes here, with the receiver's frame */
    vmk_scope scope = vmk_scope_begin(t);
    vmk_frame frame;
    VMK_ASSERT(vmk_frame_first(t, &frame) && frame.function == f);
    translate_throw_abstract(t, &frame, m);
    vmk_scope_end(t, scope);
    return false;
  }
  if (!(m->flags & J3_NATIVE)) {
    bool may = !(m->flags & (J3_SYNCHRONIZED | J3_METHOD_CHANGED));
    vmk_builtin builtin = may ? j3_builtin_find(m) : NULL;
    if (!builtin)
      return translate_bytecode(t, m);
    vmk_function_bind_builtin(f, builtin);
    return true;
  }
  if (m->flags & J3_SYNCHRONIZED)
    return translate_synchronized_native(t, f, m);
  return j3_native_bind(t, m);
}
