/* verify.c -- verification of a class: by type checking, by inference, or both
 *
 * Class files from version 50 on declare the types at branch targets (StackMapTable) and are checked in one
 * pass.  Older ones go to the verifier that infers types, which the JDK brings (libverify.so, through the
 * imports of jvm_verify.c); so do those of version 50 that fail, as their writers may not have known.
 */
#include "verify.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "entry.h"
#include "options.h"
#include "verifier.h"
#include "vm.h"

/* --- memory ----------------------------------------------------------------------------------------- */

struct verify_chunk {
  struct verify_chunk *next;
  size_t used, size;
  _Alignas(16) char data[];
};

enum { VERIFY_CHUNK = 16 << 10 };

void *
j3_verify_alloc(j3_varena *a, size_t bytes)
{
  bytes = (bytes + 15) & ~(size_t)15;
  struct verify_chunk *c = a->chunks;
  if (!c || c->size - c->used < bytes) {
    size_t size = bytes > VERIFY_CHUNK ? bytes : VERIFY_CHUNK;
    c = malloc(sizeof *c + size);
    VMK_ASSERT(c);
    c->size = size;
    c->used = 0;
    c->next = a->chunks;
    a->chunks = c;
  }
  void *p = c->data + c->used;
  c->used += bytes;
  return memset(p, 0, bytes);
}

/* Free all but, if `keep`, one chunk of the usual size. */
static void
verify_free(j3_varena *a, bool keep)
{
  struct verify_chunk *kept = NULL;
  while (a->chunks) {
    struct verify_chunk *c = a->chunks;
    a->chunks = c->next;
    if (keep && !kept && c->size == VERIFY_CHUNK) {
      kept = c;
      c->used = 0;
      c->next = NULL;
    } else {
      free(c);
    }
  }
  a->chunks = kept;
}

/* --- one method ------------------------------------------------------------------------------------- */

/* The body of the next attribute with this name from *p on, and *p behind it. */
static bool
verify_attribute(const j3_method *m, const uint8_t **p, const char *name, j3_bytes *body)
{
  const uint8_t *end = m->code_attributes.data + m->code_attributes.length;
  while (*p && end - *p >= 6) {
    const j3_symbol *have = j3_pool_utf8(j3_method_pool(m), j3_u2(*p));
    *body = (j3_bytes){*p + 6, j3_u4(*p + 2)};
    *p = body->data + body->length;
    if (j3_symbol_is(have, name))
      return true;
  }
  return false;
}

static bool
verify_is_instruction(const j3_verifier *v, uint32_t bci)
{
  return bci < v->length && v->marks[bci];
}

static bool
verify_handler(j3_verifier *v, const uint8_t *row, j3_vhandler *h) VMK_MOVES
{
  j3_vtype throwable = verify_named(j3_verify_names()->throwable);
  *h = (j3_vhandler){j3_u2(row), j3_u2(row + 2), j3_u2(row + 4), throwable, 0};
  if (!verify_is_instruction(v, h->begin))
    return j3_verify_fail_format(v, "Illegal exception table start_pc %u", h->begin);
  if (h->end != v->length && !verify_is_instruction(v, h->end))
    return j3_verify_fail_format(v, "Illegal exception table end_pc %u", h->end);
  if (!verify_is_instruction(v, h->target))
    return j3_verify_fail_format(v, "Illegal exception table handler_pc %u", h->target);
  uint16_t type = j3_u2(row + 6);
  if (type == 0)
    return true;
  h->catch_type = j3_verify_class_entry(v, type);
  if (verify_is_assignable(v, h->catch_type, throwable))
    return true;
  return !vmk_pending(v->thread) &&
         j3_verify_fail(v,
                        verify_bad_type((int32_t)h->target, verify_from_pool(type, h->catch_type),
                                        verify_implicit(throwable)),
                        "Catch type is not a subclass of Throwable in exception handler %u",
                        h->target);
}

static bool
verify_handlers(j3_verifier *v) VMK_MOVES
{
  const j3_bytes *table = &v->method->exception_table;
  v->handler_count = table->length / 8;
  v->covered_begin = v->length;
  v->covered_end = 0;
  v->handlers = j3_verify_alloc(&v->method_memory, (v->handler_count + 1) * sizeof *v->handlers);
  for (uint32_t i = 0; i < v->handler_count; i++) {
    j3_vhandler *h = &v->handlers[i];
    if (!verify_handler(v, table->data + 8 * i, h))
      return false;
    if (h->begin < v->covered_begin)
      v->covered_begin = h->begin;
    if (h->end > v->covered_end)
      v->covered_end = h->end;
  }
  return true;
}

static bool
verify_local_names(j3_verifier *v)
{
  const uint8_t *p = v->method->code_attributes.data;
  j3_bytes body;
  while (verify_attribute(v->method, &p, "LocalVariableTable", &body))
    for (const uint8_t *row = body.data + 2; row + 10 <= body.data + body.length; row += 10) {
      uint32_t begin = j3_u2(row), length = j3_u2(row + 2);
      if (!verify_is_instruction(v, begin))
        return j3_verify_fail_format(v, "Illegal local variable table start_pc %u", begin);
      if (begin + length != v->length && !verify_is_instruction(v, begin + length))
        return j3_verify_fail_format(v, "Illegal local variable table length %u", length);
    }
  return true;
}

static bool
verify_method(j3_verifier *v, j3_method *m) VMK_MOVES
{
  v->method = m;
  v->code = m->code.data;
  v->length = m->code.length;
  v->map = (j3_bytes){NULL, 0};
  const uint8_t *p = m->code_attributes.data;
  if (!verify_attribute(m, &p, "StackMapTable", &v->map))
    v->map = (j3_bytes){NULL, 0};
  j3_verify_enter(v);
  bool ok = j3_verify_scan(v) && verify_handlers(v) && verify_local_names(v) &&
            j3_verify_read_map(v) && j3_verify_code(v);
  verify_free(&v->method_memory, true);
  return ok;
}

/* --- by type checking --------------------------------------------------------------------------------- */

/* False: v->error, or an exception is pending. */
static bool
verify_check(j3_verifier *v) VMK_MOVES
{
  j3_class *c = v->class;
  v->this_type = verify_named(c->name);
  v->signatures = j3_verify_alloc(&v->class_memory, (c->pool->count + 1u) * sizeof *v->signatures);
  bool ok = true;
  for (uint32_t i = 0; ok && i < c->method_count && !verify_is_settled(v); i++)
    if (c->methods[i].code.data)
      ok = verify_method(v, &c->methods[i]);
  return ok;
}

/* --- by inference --------------------------------------------------------------------------------------- */

typedef jboolean (*verify_infer_function)(JNIEnv *env, jclass mirror, char *text, jint size,
                                          jint major);

static verify_infer_function
verify_infer_library(void)
{
  static _Atomic(verify_infer_function) function;
  verify_infer_function f = atomic_load_explicit(&function, memory_order_acquire);
  if (f)
    return f;
  char path[1200];
  snprintf(path, sizeof path, "%s/lib/libverify.so", J3.java_home);
  void *library = dlopen(path, RTLD_NOW);
  f = library ? (verify_infer_function)(uintptr_t)dlsym(library, "VerifyClassForMajorVersion")
              : NULL;
  atomic_store_explicit(&function, f, memory_order_release);
  return f;
}

/* Null: verified, or an exception is pending; else the class of the error, its text in `text`. */
static const char *
verify_infer(vmk_thread *t, j3_class *c, char *text, size_t size) VMK_MOVES
{
  verify_infer_function infer = verify_infer_library();
  if (!infer) {
    snprintf(text, size, "Could not link verifier");
    return "java/lang/VerifyError";
  }
  JNIEnv *env = (JNIEnv *)(void *)j3_self(t);
  jclass mirror = (jclass)c->mirror;
  vmk_enter_native(t);
  jint answer = infer(env, mirror, text, (jint)size, c->major_version);
  vmk_leave_native(t);
  text[size - 1] = 0;
  if (vmk_pending(t) || answer == 1)
    return NULL;
  if (answer == 2) {
    j3_throw_text(t, "java/lang/OutOfMemoryError", text);
    return NULL;
  }
  return answer == 3 ? "java/lang/ClassFormatError" : "java/lang/VerifyError";
}

static bool
verify_old(vmk_thread *t, j3_class *c) VMK_MOVES
{
  size_t size = c->name->length + 1024u;
  char *text = calloc(1, size);
  VMK_ASSERT(text);
  const char *error = verify_infer(t, c, text, size);
  if (error)
    j3_throw_text(t, error, text);
  free(text);
  return !vmk_pending(t);
}

/* --- a class --------------------------------------------------------------------------------------------- */

bool
j3_verify_is_on(const j3_loader *loader)
{
  return loader->is_boot ? J3.options->verify_local : J3.options->verify_remote;
}

/* Core classes that errors are made of, and the accessors that the reflection library generates, which use
 * members they have no access to. */
static bool
verify_is_exempt(const j3_class *c)
{
  static const char *const names[] = {"java/lang/Object", "java/lang/Class", "java/lang/String",
                                      "java/lang/Throwable"};
  for (size_t i = 0; c->loader->is_boot && i < VMK_COUNT(names); i++)
    if (j3_symbol_is(c->name, names[i]))
      return true;
  const j3_class *magic = J3.known.class_MagicAccessorImpl;
  return magic && j3_class_is_subclass(c, magic);
}

/* Throw what the check found, unless the other verifier accepts a class of version 50; if it does not, it
 * says which error, but the text is the check's. */
static void
verify_decide(vmk_thread *t, j3_verifier *v) VMK_MOVES
{
  const char *error = v->error;
  if (v->class->major_version < 51 && !v->is_thrown) {
    char text[1024];
    error = verify_infer(t, v->class, text, sizeof text);
    if (!error)
      return;
  }
  char *message = j3_verify_message(v);
  j3_throw_text(t, error, message);
  free(message);
}

bool
j3_verify_class(vmk_thread *t, j3_class *c) VMK_MOVES
{
  if (!j3_verify_is_on(c->loader) || verify_is_exempt(c))
    return true;
  if (c->major_version < 50)
    return verify_old(t, c);
  j3_verifier v = {.thread = t, .class = c};
  vmk_scope scope = vmk_scope_begin(t);
  if (!verify_check(&v) && !vmk_pending(t))
    verify_decide(t, &v);
  vmk_scope_end(t, scope);
  verify_free(&v.method_memory, false);
  verify_free(&v.class_memory, false);
  return !vmk_pending(t);
}
