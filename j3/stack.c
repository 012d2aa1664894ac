/* stack.c -- stack traces: capturing frames, Throwable.backtrace, StackTraceElement
 *
 * A backtrace is a long[]: one word a frame, the 16-bit bytecode offset (0xffff: native), the method's metaspace
 * offset / 8, and how often its class had been redefined (modulo 2^16).  The first word also tells whether hidden frames lie above it.  When methods of it
 * could be unloaded it is an Object[] instead: the long[], then mirrors that keep them.
 */
#include <assert.h>
#include <stdlib.h>

#include "entry.h"
#include "jvm.h"
#include "stack.h"
#include "vm.h"

enum {
  STACK_DEPTH_MAX = 1024,
  STACK_NATIVE = 0xffff,
  STACK_INDEX_BITS = 29,
  STACK_VERSION_SHIFT = 45
};
static_assert(VMK_META_SIZE >> 3 == UINT64_C(1) << STACK_INDEX_BITS, "a method's place in a word");
#define STACK_BELOW_HIDDEN INT64_MIN

j3_method *
j3_frame_method(const vmk_frame *frame)
{
  return frame->function->module && frame->function->client ? frame->function->client : NULL;
}

uint32_t
j3_stack_capture(vmk_thread *t, j3_frame *out, uint32_t count)
{
  uint32_t n = 0;
  vmk_frame frame;
  for (bool more = vmk_frame_first(t, &frame); more && n < count; more = vmk_frame_next(&frame)) {
    j3_method *m = j3_frame_method(&frame);
    if (m && out)
      out[n] = (j3_frame){m, j3_frame_bci(&frame, m)};
    n += m != NULL;
  }
  return n;
}

/* --- backtraces -------------------------------------------------------------------------------------- */

static inline int64_t
stack_pack(const j3_method *m, int32_t bci)
{
  uint64_t index = ((uint64_t)(uintptr_t)m - VMK_META_BASE) >> 3;
  return (int64_t)((uint64_t)(m->class->redefined & 0xffff) << STACK_VERSION_SHIFT | index << 16 |
                   (bci < 0 ? STACK_NATIVE : (uint64_t)bci & 0xffff));
}

/* What the method was then, if its class has been redefined since. */
static j3_method *
stack_method_then(j3_method *m, uint32_t version)
{
  if (VMK_LIKELY((m->class->redefined & 0xffff) == version) || m->flags & J3_METHOD_OLD ||
      m != &m->class->methods[m->slot])
    return m;
  for (j3_version *v = m->class->versions; v; v = v->next)
    if ((v->number & 0xffff) == version)
      return &v->methods[m->slot];
  return m;
}

static inline j3_frame
stack_unpack(int64_t word)
{
  uint64_t bits = (uint64_t)(word & ~STACK_BELOW_HIDDEN);
  int32_t bci = (int32_t)(bits & 0xffff);
  uint64_t index = bits >> 16 & ((UINT64_C(1) << STACK_INDEX_BITS) - 1);
  j3_method *m = (j3_method *)(uintptr_t)(VMK_META_BASE + (index << 3));
  return (j3_frame){stack_method_then(m, (uint32_t)(bits >> STACK_VERSION_SHIFT) & 0xffff),
                    bci == STACK_NATIVE ? -1 : bci};
}

/* Is m part of making the throwable: fillInStackTrace, or a constructor of its class chain? */
static bool
stack_is_construction(const j3_method *m, const j3_class *throwable_class, bool *in_fill)
{
  if (*in_fill) {
    if (j3_symbol_is(m->name, "fillInStackTrace"))
      return true;
    *in_fill = false;
  }
  return j3_symbol_is(m->name, "<init>") && j3_class_is_subclass(throwable_class, m->class);
}

/* One class of each module that can be unloaded. */
typedef struct stack_keeper {
  const j3_class *class[STACK_DEPTH_MAX];
  uint32_t count;
} stack_keeper;

static void
stack_keep(stack_keeper *keeper, const j3_class *c)
{
  if (!j3_class_is_held(c))
    return;
  for (uint32_t i = keeper->count; i-- > 0;)
    if (keeper->class[i]->kind.module == c->kind.module)
      return;
  keeper->class[keeper->count++] = c;
}

static uint32_t
stack_capture_for(vmk_thread *t, const j3_class *throwable_class, int64_t *words,
                  stack_keeper *keeper)
{
  uint32_t n = 0;
  bool skipping = true, in_fill = true, below_hidden = false;
  vmk_frame frame;
  for (bool more = vmk_frame_first(t, &frame); more && n < STACK_DEPTH_MAX;
       more = vmk_frame_next(&frame)) {
    j3_method *m = j3_frame_method(&frame);
    if (!m)
      continue;
    if (skipping && stack_is_construction(m, throwable_class, &in_fill))
      continue;
    skipping = false;
    if (!(m->flags & J3_METHOD_HIDDEN)) {
      words[n++] = stack_pack(m, j3_frame_bci(&frame, m));
      stack_keep(keeper, m->class);
    } else if (n == 0)
      below_hidden = true;
  }
  if (n && below_hidden)
    words[0] |= STACK_BELOW_HIDDEN;
  return n;
}

static vmk_handle
stack_new_words(vmk_thread *t, const int64_t *words, uint32_t n) VMK_MOVES
{
  j3_class *longs = j3_class_array_of(t, j3_primitive_class('J'));
  vmk_handle trace = longs ? j3_array_new(t, longs, (int32_t)n) : NULL;
  if (trace)
    memcpy(vmk_array_data(trace), words, n * sizeof *words);
  return trace;
}

/* The words and what keeps their methods; the frames still do meanwhile. */
static vmk_handle
stack_new_kept(vmk_thread *t, vmk_handle words, const stack_keeper *keeper) VMK_MOVES
{
  j3_class *objects = j3_class_array_of(t, J3.known.class_Object);
  vmk_handle trace = objects ? j3_array_new(t, objects, (int32_t)keeper->count + 1) : NULL;
  if (!trace)
    return NULL;
  vmk_set_elem(t, trace, 0, words);
  for (uint32_t i = 0; i < keeper->count; i++)
    vmk_set_elem(t, trace, i + 1, keeper->class[i]->mirror);
  return trace;
}

void
j3_fill_stack_trace(vmk_thread *t, vmk_handle throwable) VMK_MOVES
{
  int64_t words[STACK_DEPTH_MAX];
  stack_keeper keeper;
  keeper.count = 0;
  uint32_t n = stack_capture_for(t, j3_class_of(throwable), words, &keeper);
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle trace = stack_new_words(t, words, n);
  if (trace && keeper.count)
    trace = stack_new_kept(t, trace, &keeper);
  if (trace) {
    vmk_set_ref(t, throwable, J3.known.offset_Throwable_backtrace, trace);
    vmk_set_i32(throwable, J3.known.offset_Throwable_depth, (int32_t)n);
    vmk_set_ref(t, throwable, J3.known.offset_Throwable_stackTrace, &j3_null_slot);
  } else {
    vmk_clear_exception(t); /* a throwable without a trace beats none at all */
  }
  vmk_scope_end(t, scope);
}

/* The words of a throwable's backtrace as a local handle, null when it has none. */
static vmk_handle
stack_words(vmk_thread *t, vmk_handle throwable)
{
  vmk_handle trace = vmk_get_ref(t, throwable, J3.known.offset_Throwable_backtrace);
  if (!vmk_is_null(trace) && !j3_class_of(trace)->component->primitive)
    trace = vmk_get_elem(t, trace, 0);
  return trace;
}

bool
j3_throwable_top(vmk_thread *t, vmk_handle throwable, j3_frame *out)
{
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle trace = stack_words(t, throwable);
  bool some = !vmk_is_null(trace) && vmk_array_length(trace) > 0;
  if (some) {
    int64_t word = vmk_get_i64(trace, VMK_ARRAY_DATA_OFFSET);
    some = !(word & STACK_BELOW_HIDDEN);
    *out = stack_unpack(word);
  }
  vmk_scope_end(t, scope);
  return some;
}

void
JVM_FillInStackTrace(JNIEnv *env, jobject throwable)
{
  j3_entry e = j3_enter(env);
  j3_fill_stack_trace(e.t, j3_in(throwable));
  j3_leave(&e);
}

/* --- line numbers --------------------------------------------------------------------------------------- */

static inline uint32_t
stack_u2(const uint8_t *p)
{
  return (uint32_t)p[0] << 8 | p[1];
}
static inline uint32_t
stack_u4(const uint8_t *p)
{
  return stack_u2(p) << 16 | stack_u2(p + 2);
}

/* The row with the greatest start_pc <= bci over all LineNumberTables (there may be several). */
int32_t
j3_method_line(const j3_method *m, uint32_t bci)
{
  const uint8_t *p = m->code_attributes.data, *end = p + m->code_attributes.length;
  int32_t line = -1;
  uint32_t best = 0;
  for (uint32_t i = 0; i < m->code_attribute_count && p + 6 <= end; i++) {
    uint32_t length = stack_u4(p + 2);
    const uint8_t *body = p + 6;
    if (length > (size_t)(end - body))
      break;
    if (j3_symbol_is(j3_pool_utf8(j3_method_pool(m), (uint16_t)stack_u2(p)), "LineNumberTable")) {
      uint32_t rows = stack_u2(body);
      for (uint32_t r = 0; r < rows; r++) {
        uint32_t start = stack_u2(body + 2 + 4 * r);
        if (start <= bci && (line < 0 || start >= best)) {
          best = start;
          line = (int32_t)stack_u2(body + 4 + 4 * r);
        }
      }
    }
    p = body + length;
  }
  return line;
}

/* --- elements -------------------------------------------------------------------------------------------- */

static vmk_handle
stack_class_name(vmk_thread *t, const j3_class *c) VMK_MOVES
{
  vmk_handle name = vmk_get_ref(t, c->mirror, J3.known.offset_Class_name);
  if (!vmk_is_null(name))
    return name;
  char text[1024];
  j3_class_external_name(c, text, sizeof text);
  vmk_handle string = j3_string_new(t, text);
  string = string ? j3_string_intern(t, string) : NULL;
  if (string)
    vmk_set_ref(t, c->mirror, J3.known.offset_Class_name, string);
  return string;
}

static bool
stack_set_symbol(vmk_thread *t, vmk_handle element, uint32_t offset, j3_symbol *s) VMK_MOVES
{
  vmk_handle string = j3_string_of_symbol(t, s);
  if (!string)
    return false;
  vmk_set_ref(t, element, offset, string);
  return true;
}

static bool
stack_fill_element(vmk_thread *t, vmk_handle element, const j3_frame *frame) VMK_MOVES
{
  const j3_method *m = frame->method;
  const j3_class *c = m->class;
  vmk_set_ref(t, element, J3.known.offset_StackTraceElement_declaringClassObject, c->mirror);
  vmk_handle name = stack_class_name(t, c);
  if (!name)
    return false;
  vmk_set_ref(t, element, J3.known.offset_StackTraceElement_declaringClass, name);
  if (!stack_set_symbol(t, element, J3.known.offset_StackTraceElement_methodName, m->name))
    return false;
  j3_symbol *file = j3_method_source_file(m);
  if (file && !stack_set_symbol(t, element, J3.known.offset_StackTraceElement_fileName, file))
    return false;
  if (c->module && c->module->name) {
    if (!stack_set_symbol(t, element, J3.known.offset_StackTraceElement_moduleName,
                          c->module->name))
      return false;
    if (c->module->version &&
        !stack_set_symbol(t, element, J3.known.offset_StackTraceElement_moduleVersion,
                          c->module->version))
      return false;
  }
  if (c->loader && !c->loader->is_boot && c->loader->object) {
    vmk_handle loader_name = vmk_get_ref(t, c->loader->object, J3.known.offset_ClassLoader_name);
    vmk_set_ref(t, element, J3.known.offset_StackTraceElement_classLoaderName, loader_name);
  }
  int32_t line =
      frame->bci < 0 ? ((m->flags & J3_NATIVE) ? -2 : -1) : j3_method_line(m, (uint32_t)frame->bci);
  vmk_set_i32(element, J3.known.offset_StackTraceElement_lineNumber, line);
  return true;
}

void
JVM_InitStackTraceElementArray(JNIEnv *env, jobjectArray elements, jobject throwable)
{
  j3_entry e = j3_enter(env);
  vmk_handle trace = stack_words(e.t, j3_in(throwable));
  uint32_t count = vmk_is_null(trace) ? 0 : vmk_array_length(trace);
  uint32_t room = vmk_array_length(j3_in(elements));
  for (uint32_t i = 0; i < count && i < room; i++) {
    vmk_scope scope = vmk_scope_begin(e.t);
    j3_frame frame = stack_unpack(vmk_get_i64(trace, VMK_ARRAY_DATA_OFFSET + 8 * i));
    bool ok = stack_fill_element(e.t, vmk_get_elem(e.t, j3_in(elements), i), &frame);
    vmk_scope_end(e.t, scope);
    if (!ok)
      break;
  }
  j3_leave(&e);
}

void
JVM_InitStackTraceElement(JNIEnv *env, jobject element, jobject frame_info)
{
  j3_entry e = j3_enter(env);
  vmk_handle info = j3_in(frame_info);
  vmk_handle member = vmk_get_ref(e.t, info, J3.known.offset_StackFrameInfo_memberName);
  vmk_handle resolved = vmk_get_ref(e.t, member, J3.known.offset_MemberName_method);
  j3_frame frame = {
      (j3_method *)(intptr_t)vmk_get_i64(resolved, J3.known.offset_ResolvedMethodName_vm_method),
      vmk_get_i32(info, J3.known.offset_StackFrameInfo_bci)};
  stack_fill_element(e.t, j3_in(element), &frame);
  j3_leave(&e);
}

vmk_handle
j3_stack_elements(vmk_thread *t, const j3_frame *frames, uint32_t count) VMK_MOVES
{
  j3_class *c = J3.known.class_StackTraceElement;
  j3_class *array = j3_class_initialize(t, c) ? j3_class_array_of(t, c) : NULL;
  vmk_handle elements = array ? j3_array_new(t, array, (int32_t)count) : NULL;
  for (uint32_t i = 0; elements && i < count; i++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle element = j3_object_new(t, c);
    bool ok = element && stack_fill_element(t, element, &frames[i]);
    if (ok)
      vmk_set_elem(t, elements, i, element);
    vmk_scope_end(t, scope);
    if (!ok)
      return NULL;
  }
  return elements;
}

void
j3_frame_describe(const j3_frame *frame, char *buffer, size_t size)
{
  const j3_method *m = frame->method;
  char name[512];
  j3_class_external_name(m->class, name, sizeof name);
  int32_t line = frame->bci < 0 ? -1 : j3_method_line(m, (uint32_t)frame->bci);
  const j3_symbol *source = j3_method_source_file(m);
  const char *file = source ? source->text : NULL;
  const j3_module *module = m->class->module;
  char prefix[256] = "";
  if (module && module->name && module->version)
    snprintf(prefix, sizeof prefix, "%s@%s/", module->name->text, module->version->text);
  else if (module && module->name)
    snprintf(prefix, sizeof prefix, "%s/", module->name->text);
  if (m->flags & J3_NATIVE)
    snprintf(buffer, size, "%s.%s(%sNative Method)", name, m->name->text, prefix);
  else if (file && line >= 0)
    snprintf(buffer, size, "%s.%s(%s%s:%d)", name, m->name->text, prefix, file, line);
  else
    snprintf(buffer, size, "%s.%s(%s%s)", name, m->name->text, prefix,
             file ? file : "Unknown Source");
}

void
j3_throwable_print(vmk_thread *t, vmk_handle throwable, FILE *out) VMK_MOVES
{
  for (const char *before = ""; !vmk_is_null(throwable); before = "Caused by: ") {
    char text[1024];
    j3_class_external_name(j3_class_of(throwable), text, sizeof text);
    char *message =
        j3_string_utf8(vmk_get_ref(t, throwable, J3.known.offset_Throwable_detailMessage), NULL);
    jio_fprintf(out, "%s%s%s%s\n", before, text, message ? ": " : "", message ? message : "");
    free(message);
    vmk_handle trace = vmk_get_ref(t, throwable, J3.known.offset_Throwable_backtrace);
    uint32_t count = vmk_is_null(trace) ? 0 : vmk_array_length(trace);
    for (uint32_t i = 0; i < count; i++) {
      j3_frame frame = stack_unpack(vmk_get_i64(trace, VMK_ARRAY_DATA_OFFSET + 8 * i));
      j3_frame_describe(&frame, text, sizeof text);
      jio_fprintf(out, "\tat %s\n", text);
    }
    vmk_value self = j3_ref(throwable), cause = {0};
    if (!j3_call_virtual(t, throwable, "getCause", "()Ljava/lang/Throwable;", &self, &cause))
      return;
    throwable = cause.ref;
  }
}
