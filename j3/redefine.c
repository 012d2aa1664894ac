/* redefine.c -- a class gets a new class file: its methods new code, it new constants and attributes
 *
 * The class, its methods and fields stay where they are, so whoever points to them (vtables, sites, method
 * handles, reflection, jmethodIDs) needs no change.  What they were goes to a j3_version: copies of the methods, and
 * the constant pool that their code means.  The kit does the same with functions (vmk_functions_redefine): a
 * frame that runs old code runs a function whose client is the copy.  All of it happens in one stop of the
 * world; before, the new class file has been made a class of its own, the shadow, and looked at.
 *
 * Two threads may redefine one class at once: what may not change never does, so whoever comes second has
 * compared with the right thing, though not with the newest.
 */
#include "redefine.h"

#include <stdlib.h>

#include "class.h"
#include "classfile_write.h"
#include "jvmti_env.h"
#include "verify.h"

/* --- before ---------------------------------------------------------------------------------------------- */

/* What making the shadow threw. */
static jvmtiError
redefine_error(vmk_thread *t) VMK_MOVES
{
  static const struct {
    const char *class;
    jvmtiError error;
  } rows[] = {
      {"java/lang/UnsupportedClassVersionError", JVMTI_ERROR_UNSUPPORTED_VERSION},
      {"java/lang/ClassFormatError", JVMTI_ERROR_INVALID_CLASS_FORMAT},
      {"java/lang/ClassCircularityError", JVMTI_ERROR_CIRCULAR_CLASS_DEFINITION},
      {"java/lang/NoClassDefFoundError", JVMTI_ERROR_NAMES_DONT_MATCH},
      {"java/lang/OutOfMemoryError", JVMTI_ERROR_OUT_OF_MEMORY},
  };
  jvmtiError error = JVMTI_ERROR_FAILS_VERIFICATION;
  for (size_t i = 0; i < VMK_COUNT(rows) && error == JVMTI_ERROR_FAILS_VERIFICATION; i++)
    if (j3_pending_is(t, rows[i].class))
      error = rows[i].error;
  vmk_clear_exception(t);
  return error;
}

/* The same for a step that fails for one reason only. */
static jvmtiError
redefine_failed(vmk_thread *t, jvmtiError error) VMK_MOVES
{
  bool memory = j3_pending_is(t, "java/lang/OutOfMemoryError");
  vmk_clear_exception(t);
  return memory ? JVMTI_ERROR_OUT_OF_MEMORY : error;
}

/* The old verifier asks about the class by its mirror. */
static bool
redefine_verify(vmk_thread *t, j3_class *shadow) VMK_MOVES
{
  j3_thread *self = j3_self(t);
  const j3_class *outer = self->verified;
  self->verified = shadow;
  bool ok = j3_verify_class(t, shadow);
  self->verified = outer;
  return ok;
}

static jvmtiError
redefine_check(vmk_thread *t, j3_class *c, const j3_ti_file *file, j3_redefinition *out) VMK_MOVES
{
  j3_class *shadow = out->shadow = j3_class_shadow(t, c, file->bytes, file->length);
  if (!shadow)
    return redefine_error(t);
  if (!j3_class_link(t, c))
    return redefine_failed(t, JVMTI_ERROR_INTERNAL);
  jvmtiError error = j3_redefine_compare(c, shadow);
  if (error)
    return error;
  return redefine_verify(t, shadow) ? JVMTI_ERROR_NONE
                                    : redefine_failed(t, JVMTI_ERROR_FAILS_VERIFICATION);
}

static j3_bytes
redefine_keep(const j3_class *c, const uint8_t *bytes, size_t length)
{
  uint8_t *kept = vmk_meta_alloc(c->kind.module, length ? length : 1);
  memcpy(kept, bytes, length);
  return (j3_bytes){kept, (uint32_t)length};
}

jvmtiError
j3_redefine_prepare(vmk_thread *t, j3_class *c, const uint8_t *bytes, size_t length,
                    j3_redefinition *out)
{
  uint8_t *written = NULL;
  vmk_scope scope = vmk_scope_begin(t);
  j3_ti_file file = {.name = c->name, .loader = c->loader, .class = c};
  file.is_retransformed = !bytes;
  if (!bytes && c->original.data) {
    bytes = c->original.data;
    length = c->original.length;
  } else if (!bytes) {
    bytes = written = j3_classfile_write(c, &length);
  }
  file.bytes = bytes;
  file.length = length;
  file.protection_domain = vmk_get_ref(t, c->mirror, J3.known.offset_Class_vm_protection_domain);
  if (j3_ti_wants(JVMTI_EVENT_CLASS_FILE_LOAD_HOOK))
    j3_ti_post_file(t, &file);
  *out = (j3_redefinition){.class = c};
  jvmtiError error = redefine_check(t, c, &file, out);
  if (!error) {
    out->version =
        vmk_meta_alloc(c->kind.module, sizeof(j3_version) + c->method_count * sizeof(j3_method));
    out->keeps_original = file.is_retransformed && c->original.data;
    if (file.original && !out->keeps_original)
      out->original = redefine_keep(c, file.original, file.original_length);
  }
  j3_ti_file_free(&file);
  free(written);
  vmk_scope_end(t, scope);
  return error;
}

/* --- the change: world stopped ------------------------------------------------------------------------------- */

/* m becomes the shadow's method `to`. */
static void
redefine_method(j3_method *m, const j3_method *to, bool same)
{
  uint32_t changed = same ? m->flags & J3_METHOD_CHANGED : J3_METHOD_CHANGED;
  m->flags = to->flags | changed;
  m->max_stack = to->max_stack;
  m->max_locals = to->max_locals;
  m->code = to->code;
  m->exception_table = to->exception_table;
  m->code_attributes = to->code_attributes;
  m->code_attribute_count = to->code_attribute_count;
  m->exceptions = to->exceptions;
  m->annotations = to->annotations;
  m->parameter_annotations = to->parameter_annotations;
  m->annotation_default = to->annotation_default;
  m->parameters = to->parameters;
  m->type_annotations = to->type_annotations;
  m->signature = to->signature;
}

/* Method i of c, which keeps what it was in v.  False: its function goes on as it is. */
static bool
redefine_slot(j3_class *c, uint32_t i, j3_version *v, j3_method *to, vmk_redefinition *out)
{
  j3_method *m = &c->methods[i], *old = &v->methods[i];
  bool same = j3_redefine_is_same(m, to);
  for (j3_version *w = c->versions; w && !same; w = w->next)
    w->methods[i].flags |= J3_METHOD_OBSOLETE;
  *old = *m;
  old->flags |= J3_METHOD_OLD | (same ? 0u : (uint32_t)J3_METHOD_OBSOLETE);
  atomic_store(&old->breakpoints, 0);
  old->function = to->function;
  old->function->client = old;
  bool stays = m->intrinsic || (m->flags & to->flags & (J3_NATIVE | J3_ABSTRACT));
  redefine_method(m, to, same);
  *out = (vmk_redefinition){m->function, old->function};
  return !stays;
}

static void
redefine_methods(vmk_thread *t, const j3_redefinition *r, vmk_redefinition *list)
{
  j3_class *c = r->class;
  size_t count = 0;
  for (uint32_t i = 0; i < c->method_count; i++) {
    j3_method *to = j3_class_method(r->shadow, c->methods[i].name, c->methods[i].descriptor);
    count += redefine_slot(c, i, r->version, to, &list[count]);
  }
  vmk_functions_redefine(t, list, count);
}

static void
redefine_fields(j3_class *c, const j3_class *shadow)
{
  for (uint32_t i = 0; i < c->field_count; i++) {
    const j3_field *to = &shadow->fields[i];
    j3_field *f = &c->fields[i];
    f->constant_index = to->constant_index;
    f->signature = to->signature;
    f->annotations = to->annotations;
    f->type_annotations = to->type_annotations;
  }
}

static void
redefine_attributes(j3_class *c, const j3_class *shadow)
{
  c->major_version = shadow->major_version;
  c->minor_version = shadow->minor_version;
  c->this_index = shadow->this_index;
  c->nest_host_index = shadow->nest_host_index;
  c->source_file = shadow->source_file;
  c->signature = shadow->signature;
  c->inner_classes = shadow->inner_classes;
  c->enclosing_method = shadow->enclosing_method;
  c->annotations = shadow->annotations;
  c->type_annotations = shadow->type_annotations;
  c->nest_members = shadow->nest_members;
  c->record = shadow->record;
  c->permitted_subclasses = shadow->permitted_subclasses;
  c->source_debug = shadow->source_debug;
  c->file = shadow->file;
  c->pool = shadow->pool;
  c->pool->class = c;
}

/* What Class remembers of its members is out of date, and what its subclasses' do. */
static void
redefine_count(j3_class *c, void *data)
{
  size_t at = J3.known.offset_Class_classRedefinedCount;
  if (!c->is_array && j3_class_is_subclass(c, data))
    vmk_set_i32(c->mirror, at, vmk_get_i32(c->mirror, at) + 1);
}

static void
redefine_class(vmk_thread *t, const j3_redefinition *r, vmk_redefinition *list)
{
  j3_class *c = r->class;
  j3_version *v = r->version;
  v->number = c->redefined;
  v->source_file = c->source_file;
  v->pool = c->pool;
  redefine_methods(t, r, list);
  redefine_fields(c, r->shadow);
  redefine_attributes(c, r->shadow);
  v->next = c->versions;
  c->versions = v;
  c->redefined++;
  if (!r->keeps_original)
    c->original = r->original;
  j3_ti_forget_breakpoints(c);
  j3_ti_each_class(redefine_count, c);
}

void
j3_redefine_commit(vmk_thread *t, const j3_redefinition *list, size_t count)
{
  size_t most = 1;
  for (size_t i = 0; i < count; i++)
    if (list[i].class->method_count > most)
      most = list[i].class->method_count;
  vmk_redefinition *functions = malloc(most * sizeof *functions);
  VMK_ASSERT(functions);
  vmk_world_stop(t);
  for (size_t i = 0; i < count; i++)
    redefine_class(t, &list[i], functions);
  vmk_world_resume(t);
  free(functions);
}
