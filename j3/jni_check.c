/* jni_check.c -- -Xcheck:jni: mistakes of C code, found before a JNI function runs and reported as HotSpot does
 *
 * A warning goes on; a fatal one ends the process as FatalError does.  References and members are looked up,
 * never followed on trust: what C passes may be any bits.
 */
#include "jni_check.h"

#include <stdlib.h>

#include "entry.h"
#include "jvm.h"
#include "options.h"
#include "utf.h"
#include "vm.h"

/* --- reports --------------------------------------------------------------------------------------------- */

static void
check_warn(JNIEnv *env, const char *message, const char *detail)
{
  j3_entry e = j3_enter(env);
  jio_fprintf(j3_output(), "WARNING in native method: %s%s\n", message, detail);
  j3_thread_print_stack(e.t, j3_output());
  fflush(j3_output());
  j3_leave(&e);
}

static void
check_fatal(JNIEnv *env, const char *message)
{
  j3_entry e = j3_enter(env);
  j3_jni_fatal(e.t, message);
}

void
j3_jni_check_enter(JNIEnv *env, j3_jni_rule rule)
{
  vmk_thread *t = vmk_thread_current();
  j3_thread *jt = t ? j3_self(t) : NULL;
  if (!jt) {
    jio_fprintf(j3_output(), "FATAL ERROR in native method: Using JNIEnv in non-Java thread\n");
    j3_abort();
  }
  if ((JNIEnv *)jt != env)
    check_fatal((JNIEnv *)jt, "Using JNIEnv in the wrong thread");
  if (jt->jni_critical && (rule == J3_JNI_STRICT || rule == J3_JNI_PENDING)) {
    fprintf(
        j3_output(),
        "Warning: Calling other JNI functions in the scope of Get/ReleasePrimitiveArrayCritical "
        "or Get/ReleaseStringCritical\n");
    fflush(j3_output());
  }
  if (rule == J3_JNI_PENDING || rule == J3_JNI_CRITICAL_PENDING)
    return;
  if (vmk_pending(t))
    check_warn(env, "JNI call made with exception pending", "");
  if (jt->jni_unchecked) {
    const char *function = jt->jni_unchecked;
    jt->jni_unchecked = NULL; /* said once */
    check_warn(env, "JNI call made without checking exceptions when required to from ", function);
  }
}

/* --- references ------------------------------------------------------------------------------------------- */

static jobjectRefType
check_kind_of(vmk_thread *t, jobject object)
{
  bool weak;
  if (!object || (uintptr_t)object % sizeof(vmk_slot) != 0)
    return JNIInvalidRefType;
  if (vmk_handle_is_global(J3.vm, (vmk_handle)object, &weak))
    return weak ? JNIWeakGlobalRefType : JNIGlobalRefType;
  return vmk_handle_is_local(t, (vmk_handle)object) ? JNILocalRefType : JNIInvalidRefType;
}

/* The object of a reference that may be of any kind, also a weak one that is cleared. */
static vmk_handle
check_resolve(vmk_thread *t, jobject object) VMK_MOVES
{
  if (check_kind_of(t, object) == JNIInvalidRefType)
    j3_jni_fatal(t, "Bad global or local ref passed to JNI");
  return j3_in(object);
}

static vmk_handle
check_resolve_alive(vmk_thread *t, jobject object) VMK_MOVES
{
  if (!object)
    return &j3_null_slot;
  vmk_handle h = check_resolve(t, object);
  if (vmk_is_null(h))
    j3_jni_fatal(t, "Bad global or local ref passed to JNI");
  return h;
}

static j3_class *
check_resolve_class(vmk_thread *t, jclass class, bool or_primitive) VMK_MOVES
{
  vmk_handle h = check_resolve(t, class);
  if (vmk_is_null(h))
    j3_jni_fatal(t, "JNI received a null class");
  j3_class *c = j3_class_of(h) == J3.known.class_Class ? j3_class_of_mirror(h) : NULL;
  if (!c || (c->primitive && !or_primitive))
    j3_jni_fatal(t, "JNI received a class argument that is not a class");
  return c;
}

void
j3_jni_check_object(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  check_resolve_alive(e.t, object);
  j3_leave(&e);
}

void
j3_jni_check_handle(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  if (object)
    check_resolve(e.t, object);
  j3_leave(&e);
}

void
j3_jni_check_class(JNIEnv *env, jclass class, bool or_primitive)
{
  j3_entry e = j3_enter(env);
  check_resolve_class(e.t, class, or_primitive);
  j3_leave(&e);
}

void
j3_jni_check_kind(JNIEnv *env, jobject object, jobjectRefType kind, const char *message)
{
  j3_entry e = j3_enter(env);
  if (object && check_kind_of(e.t, object) != kind)
    j3_jni_fatal(e.t, message);
  j3_leave(&e);
}

static void
check_is_throwable(vmk_thread *t, const j3_class *c) VMK_MOVES
{
  if (!j3_class_is_subclass(c, J3.known.class_Throwable))
    j3_jni_fatal(t, "JNI Throw or ThrowNew received a class argument that is not a Throwable or "
                    "Throwable subclass");
}

void
j3_jni_check_throwable(JNIEnv *env, jthrowable object)
{
  if (!object)
    check_warn(env, "JNI Throw called with NULL throwable", "");
  j3_entry e = j3_enter(env);
  vmk_handle h = check_resolve_alive(e.t, object);
  if (object)
    check_is_throwable(e.t, j3_class_of(h));
  j3_leave(&e);
}

void
j3_jni_check_throwable_class(JNIEnv *env, jclass class)
{
  j3_entry e = j3_enter(env);
  check_is_throwable(e.t, check_resolve_class(e.t, class, false));
  j3_leave(&e);
}

void
j3_jni_check_string(JNIEnv *env, jstring string)
{
  j3_entry e = j3_enter(env);
  vmk_handle h = check_resolve_alive(e.t, string);
  if (vmk_is_null(h) || j3_class_of(h) != J3.known.class_String)
    j3_jni_fatal(e.t, "JNI string operation received a non-string");
  j3_leave(&e);
}

void
j3_jni_check_array(JNIEnv *env, jarray array, char element)
{
  j3_entry e = j3_enter(env);
  vmk_handle h = check_resolve_alive(e.t, array);
  const j3_class *c = vmk_is_null(h) ? NULL : j3_class_of(h);
  if (!c || !c->is_array)
    j3_jni_fatal(e.t, "Non-array passed to JNI array operations");
  uint8_t primitive = c->component->primitive;
  if (element == 'L' && primitive)
    j3_jni_fatal(e.t, "Object array expected but not received for JNI array operation");
  if (element && element != 'L' && !primitive)
    j3_jni_fatal(e.t, "Primitive type array expected but not received for JNI array operation");
  if (element && element != 'L' && element != 'P' && primitive != (uint8_t)element)
    j3_jni_fatal(e.t, "Array element type mismatch in JNI");
  j3_leave(&e);
}

/* --- members ---------------------------------------------------------------------------------------------- */

/* Classes, methods and fields live in metaspace, so other bits are none. */
static bool
check_in_metaspace(const void *p)
{
  uint64_t offset = (uint64_t)(uintptr_t)p - VMK_META_BASE;
  return offset < (uint64_t)UINT32_MAX << 3 && (uintptr_t)p % 8 == 0;
}

void
j3_jni_check_call(JNIEnv *env, jclass class, jmethodID id, jobject object)
{
  static const char *const wrong = "Wrong object class or methodID passed to JNI call";
  j3_entry e = j3_enter(env);
  const j3_method *m = (const j3_method *)id;
  if (!check_in_metaspace(m) || !check_in_metaspace(m->class))
    j3_jni_fatal(e.t, wrong);
  if (class && !j3_class_is_subclass(check_resolve_class(e.t, class, false), m->class))
    j3_jni_fatal(e.t, wrong);
  if (object && !j3_class_is_subclass(j3_class_of(check_resolve_alive(e.t, object)), m->class))
    j3_jni_fatal(e.t, wrong);
  j3_leave(&e);
}

static bool
check_field_type(const j3_field *f, char type)
{
  char have = f->descriptor->text[0];
  return have == type || (have == '[' && type == 'L');
}

void
j3_jni_check_field(JNIEnv *env, jobject object, jfieldID id, char type)
{
  j3_entry e = j3_enter(env);
  const j3_field *f = (const j3_field *)id;
  bool real = check_in_metaspace(f) && check_in_metaspace(f->class);
  if (real && (f->flags & J3_STATIC))
    j3_jni_fatal(e.t, "Static field ID passed to JNI");
  vmk_handle h = check_resolve_alive(e.t, object);
  if (vmk_is_null(h))
    j3_jni_fatal(e.t, "Null object passed to JNI");
  if (!real || !j3_class_is_subclass(j3_class_of(h), f->class))
    j3_jni_fatal(e.t, "Wrong field ID passed to JNI");
  if (!check_field_type(f, type))
    j3_jni_fatal(e.t, "Field type (instance) mismatch in JNI get/set field operations");
  j3_leave(&e);
}

void
j3_jni_check_static_field(JNIEnv *env, jclass class, jfieldID id, char type)
{
  j3_entry e = j3_enter(env);
  const j3_field *f = (const j3_field *)id;
  const j3_class *c = check_resolve_class(e.t, class, false);
  if (!check_in_metaspace(f) || !check_in_metaspace(f->class) || !(f->flags & J3_STATIC))
    j3_jni_fatal(e.t, "Non-static field ID passed to JNI");
  if (!j3_class_is_subclass(c, f->class))
    j3_jni_fatal(e.t, "Wrong static field ID passed to JNI");
  if (!check_field_type(f, type))
    j3_jni_fatal(e.t, "Field type (static) mismatch in JNI get/set field operations");
  j3_leave(&e);
}

/* --- names and numbers --------------------------------------------------------------------------------------- */

void
j3_jni_check_class_name(JNIEnv *env, const char *name)
{
  char text[1024];
  size_t length = name ? strlen(name) : 0;
  if (length >= 2 && name[0] == 'L' && name[length - 1] == ';') {
    snprintf(
        text, sizeof text,
        "\"%s\".  A correct class descriptor has no leading \"L\" or trailing \";\".  Incorrect "
        "descriptors will not be accepted in future releases.",
        name);
    check_warn(env, "JNI FindClass received a bad class descriptor ", text);
  }
  if (name && !j3_utf_is_valid(name, length)) {
    snprintf(text, sizeof text, "JNI class name is not a valid UTF8 string \"%s\"", name);
    check_fatal(env, text);
  }
}

void
j3_jni_check_capacity(JNIEnv *env, jint capacity)
{
  if (capacity < 0)
    check_fatal(env, "negative capacity");
}

/* --- guarded memory --------------------------------------------------------------------------------------------- */

enum { CHECK_GUARD_BYTES = 16, CHECK_GUARD = 0xab };

/* Before the data; after it the trailing guard. */
typedef struct check_guard {
  uint8_t before[CHECK_GUARD_BYTES];
  void *from;
  size_t bytes;
  bool critical;
  _Alignas(16) uint8_t head[CHECK_GUARD_BYTES];
  _Alignas(16) uint8_t data[];
} check_guard;

size_t
j3_jni_array_bytes(JNIEnv *env, jarray array)
{
  j3_entry e = j3_enter(env);
  vmk_handle h = j3_in(array);
  char type = (char)j3_class_of(h)->component->primitive;
  size_t width = strchr("JD", type) ? 8 : strchr("IF", type) ? 4 : strchr("CS", type) ? 2 : 1;
  size_t bytes = vmk_array_length(h) * width;
  j3_leave(&e);
  return bytes;
}

const char j3_jni_guard_chars[] = "GetStringChars", j3_jni_guard_utf[] = "GetStringUTFChars";

void *
j3_jni_guard_new(void *from, const void *data, size_t bytes, bool critical)
{
  check_guard *g = malloc(sizeof *g + bytes + CHECK_GUARD_BYTES);
  if (!g)
    j3_fatal("out of memory for -Xcheck:jni");
  *g = (check_guard){.from = from, .bytes = bytes, .critical = critical};
  memset(g->before, CHECK_GUARD, sizeof g->before);
  memset(g->head, CHECK_GUARD, sizeof g->head);
  memcpy(g->data, data, bytes);
  memset(g->data + bytes, CHECK_GUARD, CHECK_GUARD_BYTES);
  return g->data;
}

static bool
check_is_guard(const uint8_t *bytes)
{
  for (int i = 0; i < CHECK_GUARD_BYTES; i++)
    if (bytes[i] != CHECK_GUARD)
      return false;
  return true;
}

static inline check_guard *
check_guard_of(const void *copy)
{
  return (check_guard *)((uintptr_t)copy - offsetof(check_guard, data));
}

static bool
check_guard_intact(const check_guard *g)
{
  return check_is_guard(g->head) && check_is_guard(g->before) && check_is_guard(g->data + g->bytes);
}

static void
check_guard_free(check_guard *g)
{
  memset(g->head, 0xba, sizeof g->head); /* a second release is noticed while the memory lasts */
  free(g);
}

/* The two lines: what happened with the addresses, and the fatal one. */
static void
check_guard_fatal(JNIEnv *env, const char *function, const char *what)
{
  char text[256];
  snprintf(text, sizeof text, "%s%s", function, what);
  check_fatal(env, text);
}

static bool
check_guard_is_string(const check_guard *g)
{
  return g->from == (void *)(uintptr_t)j3_jni_guard_chars ||
         g->from == (void *)(uintptr_t)j3_jni_guard_utf;
}

static check_guard *
check_guard_array(JNIEnv *env, const char *function, jarray array, void *copy, bool critical)
{
  char text[256];
  if (!copy) {
    fprintf(j3_output(), "%s: elements vector NULL%p\n", function, (void *)array);
    check_fatal(env, "Elements vector NULL");
  }
  check_guard *g = check_guard_of(copy);
  if (!check_guard_intact(g)) {
    fprintf(j3_output(),
            "%s: release array failed bounds check, incorrect pointer returned ? array: "
            "0x%016llx carray: 0x%016llx\n",
            function, (unsigned long long)(uintptr_t)array, (unsigned long long)(uintptr_t)copy);
    check_guard_fatal(env, function, ": failed bounds check");
  }
  const char *by = NULL, *is = "";
  if (check_guard_is_string(g))
    by = g->from;
  else if (critical != g->critical)
    by = "GetPrimitiveArrayCritical", is = critical ? "not " : "";
  if (by) {
    snprintf(text, sizeof text, " called on something %sallocated by %s", is, by);
    fprintf(j3_output(), "%s:%s\n", function, text);
    check_guard_fatal(env, function, text);
  }
  return g;
}

void *
j3_jni_guard_release(JNIEnv *env, const char *function, jarray array, void *copy, jint mode,
                     bool critical)
{
  check_guard *g = check_guard_array(env, function, array, copy, critical);
  void *from = g->from;
  if (mode != 0 && mode != JNI_COMMIT && mode != JNI_ABORT) {
    fprintf(j3_output(), "%s: Unrecognized mode %d releasing array 0x%016llx elements 0x%016llx\n",
            function, mode, (unsigned long long)(uintptr_t)array,
            (unsigned long long)(uintptr_t)copy);
    check_fatal(env, "Unrecognized array release mode");
  }
  if (mode != JNI_ABORT)
    memcpy(from, copy, g->bytes);
  if (mode != JNI_COMMIT || critical)
    check_guard_free(g);
  return from;
}

void
j3_jni_guard_release_string(JNIEnv *env, const char *release, const char *get, jstring string,
                            const void *copy)
{
  char text[256];
  if (!copy)
    return;
  check_guard *g = check_guard_of(copy);
  if (!check_guard_intact(g)) {
    fprintf(j3_output(),
            "%s: release chars failed bounds check. string: 0x%016llx chars: 0x%016llx\n", release,
            (unsigned long long)(uintptr_t)string, (unsigned long long)(uintptr_t)copy);
    check_guard_fatal(env, release, ": release chars failed bounds check.");
  }
  if (g->from != (void *)(uintptr_t)get) {
    snprintf(text, sizeof text, " called on something not allocated by %s", get);
    fprintf(j3_output(), "%s:%s. string: 0x%016llx chars: 0x%016llx\n", release, text,
            (unsigned long long)(uintptr_t)string, (unsigned long long)(uintptr_t)copy);
    check_guard_fatal(env, release, text);
  }
  check_guard_free(g);
}
