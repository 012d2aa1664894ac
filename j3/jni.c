/* jni.c -- the JNI table: classes, references, exceptions, methods, monitors, buffers, modules
 *
 * Local references are the kit's local handles; deleting one clears its slot, which its scope frees on return.
 * The table is filled once before the first thread runs and constant after.
 */
#include <stdlib.h>

#include "entry.h"
#include "jni_table.h"
#include "jvm.h"
#include "native.h"
#include "options.h"
#include "reflect.h"
#include "stack.h"
#include "vm.h"

struct JNINativeInterface_ j3_jni_table;

static _Atomic int64_t jni_globals[2]; /* references that exist: strong, weak */

int64_t
j3_jni_global_count(bool weak)
{
  return jni_globals[weak];
}

static jint JNICALL
jni_GetVersion(JNIEnv *env)
{
  (void)env;
  return JNI_VERSION_10;
}

/* --- classes --------------------------------------------------------------------------------------------- */

static jclass JNICALL
jni_DefineClass(JNIEnv *env, const char *name, jobject loader, const jbyte *bytes, jsize length)
{
  return JVM_DefineClassWithSource(env, name, loader, bytes, length, NULL, NULL);
}

/* The loader of the native method that is running; the system loader when C code called first. */
static j3_loader *
jni_caller_loader(vmk_thread *t) VMK_MOVES
{
  vmk_frame frame;
  for (bool more = vmk_frame_first(t, &frame); more; more = vmk_frame_next(&frame)) {
    j3_method *m = j3_frame_method(&frame);
    if (!m)
      continue;
    /* JNI_OnLoad runs below NativeLibraries.load: it sees the loader whose library it is. */
    if (j3_symbol_is(m->class->name, "jdk/internal/loader/NativeLibraries") &&
        j3_symbol_is(m->name, "load")) {
      vmk_value from = {0};
      j3_class *c = m->class;
      if (j3_call_static(t, c, "getFromClass", "()Ljava/lang/Class;", NULL, &from) &&
          !vmk_is_null(from.ref))
        return j3_class_of_mirror(from.ref)->loader;
      vmk_clear_exception(t);
    }
    return m->class->loader;
  }
  vmk_value loader = {0};
  if (J3.phase < 4 || !j3_call_static(t, J3.known.class_ClassLoader, "getSystemClassLoader",
                                      "()Ljava/lang/ClassLoader;", NULL, &loader))
    return J3.boot;
  return j3_loader_of(t, loader.ref);
}

static jclass JNICALL
jni_FindClass(JNIEnv *env, const char *name)
{
  j3_entry e = j3_enter(env);
  j3_class *c = NULL;
  size_t length = name ? strlen(name) : 0;
  if (length == 0 || length > 0xffff) {
    j3_throw(e.t, "java/lang/NoClassDefFoundError", "%.200s", name ? name : "null");
  } else {
    j3_loader *loader = jni_caller_loader(e.t);
    c = loader ? j3_class_load(e.t, loader, j3_symbol_get(name, length), false) : NULL;
    if (c && !c->is_array && !j3_class_initialize(e.t, c))
      c = NULL;
  }
  return j3_leave_ref(&e, c ? c->mirror : NULL);
}

static jclass JNICALL
jni_GetSuperclass(JNIEnv *env, jclass class)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(class);
  vmk_handle result = NULL;
  if (c->is_array)
    result = J3.known.class_Object->mirror;
  else if (c->super && !(c->flags & J3_INTERFACE))
    result = c->super->mirror;
  return j3_leave_ref(&e, result);
}

static jboolean JNICALL
jni_IsAssignableFrom(JNIEnv *env, jclass from, jclass to)
{
  j3_entry e = j3_enter(env);
  const j3_class *a = j3_in_class(from), *b = j3_in_class(to);
  jboolean result = a->primitive || b->primitive ? a == b : j3_class_is_subclass(a, b);
  j3_leave(&e);
  return result;
}

static jboolean JNICALL
jni_IsInstanceOf(JNIEnv *env, jobject object, jclass class)
{
  if (!object)
    return JNI_TRUE; /* null can be cast to anything */
  j3_entry e = j3_enter(env);
  jboolean result = j3_is_instance(j3_in(object), j3_in_class(class));
  j3_leave(&e);
  return result;
}

static jclass JNICALL
jni_GetObjectClass(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_class_of(j3_in(object))->mirror);
}

static jobject JNICALL
jni_GetModule(JNIEnv *env, jclass class)
{
  j3_entry e = j3_enter(env);
  vmk_handle module = NULL;
  if (!class)
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  else
    module = vmk_get_ref(e.t, j3_in(class), J3.known.offset_Class_module);
  return j3_leave_ref(&e, module);
}

/* --- references ------------------------------------------------------------------------------------------------ */

static jobject
jni_new_global(JNIEnv *env, jobject object, bool weak)
{
  if (!object)
    return NULL;
  j3_entry e = j3_enter(env);
  vmk_handle global = NULL;
  if (!vmk_is_null(j3_in(object))) {
    global =
        weak ? vmk_global_weak_new(e.t, j3_in(object), true) : vmk_global_new(e.t, j3_in(object));
    jni_globals[weak]++;
  }
  j3_leave(&e);
  return (jobject)global;
}
static void
jni_delete_global(JNIEnv *env, jobject object, bool weak)
{
  if (!object)
    return;
  j3_entry e = j3_enter(env);
  vmk_global_free(e.t, (vmk_handle)object);
  jni_globals[weak]--;
  j3_leave(&e);
}
static jobject JNICALL
jni_NewGlobalRef(JNIEnv *env, jobject object)
{
  return jni_new_global(env, object, false);
}
static void JNICALL
jni_DeleteGlobalRef(JNIEnv *env, jobject object)
{
  jni_delete_global(env, object, false);
}
static jweak JNICALL
jni_NewWeakGlobalRef(JNIEnv *env, jobject object)
{
  return jni_new_global(env, object, true);
}
static void JNICALL
jni_DeleteWeakGlobalRef(JNIEnv *env, jweak object)
{
  jni_delete_global(env, object, true);
}
static jobject JNICALL
jni_NewLocalRef(JNIEnv *env, jobject object)
{
  if (!object)
    return NULL;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_in(object));
}
static void JNICALL
jni_DeleteLocalRef(JNIEnv *env, jobject object)
{
  if (!object)
    return;
  vmk_thread *t = ((j3_thread *)env)->thread;
  bool was = vmk_enter_managed(t);
  ((vmk_handle)object)->ref = NULL;
  if ((vmk_handle)object + 1 == t->local_top)
    t->local_top--; /* the newest: a loop that makes and deletes one at a time stays small */
  vmk_leave_managed(t, was);
}
static jboolean JNICALL
jni_IsSameObject(JNIEnv *env, jobject a, jobject b)
{
  j3_entry e = j3_enter(env);
  jboolean same = vmk_same(j3_in(a), j3_in(b));
  j3_leave(&e);
  return same;
}
static jint JNICALL
jni_EnsureLocalCapacity(JNIEnv *env, jint capacity)
{
  (void)env;
  return capacity >= 0 ? JNI_OK : JNI_ERR;
}

/* Frames nest: their scopes are a stack in the thread. */
typedef struct jni_frame {
  vmk_scope scope;
  struct jni_frame *outer;
} jni_frame;

static jint JNICALL
jni_PushLocalFrame(JNIEnv *env, jint capacity)
{
  if (capacity < 0)
    return JNI_ERR;
  jni_frame *frame = malloc(sizeof *frame);
  if (!frame)
    return JNI_ENOMEM;
  j3_thread *jt = (j3_thread *)env;
  bool was = vmk_enter_managed(jt->thread);
  frame->scope = vmk_scope_begin(jt->thread);
  vmk_leave_managed(jt->thread, was);
  frame->outer = jt->jni_state;
  jt->jni_state = frame;
  return JNI_OK;
}
static jobject JNICALL
jni_PopLocalFrame(JNIEnv *env, jobject result)
{
  j3_thread *jt = (j3_thread *)env;
  jni_frame *frame = jt->jni_state;
  if (!frame)
    return result;
  jt->jni_state = frame->outer;
  bool was = vmk_enter_managed(jt->thread);
  vmk_handle kept = vmk_scope_end_with(jt->thread, frame->scope, (vmk_handle)result);
  vmk_leave_managed(jt->thread, was);
  free(frame);
  return result ? (jobject)kept : NULL;
}

static jobjectRefType JNICALL
jni_GetObjectRefType(JNIEnv *env, jobject object)
{
  if (!object)
    return JNIInvalidRefType;
  j3_entry e = j3_enter(env);
  bool weak;
  jobjectRefType type = JNIInvalidRefType;
  if (vmk_handle_is_global(J3.vm, (vmk_handle)object, &weak))
    type = weak ? JNIWeakGlobalRefType : JNIGlobalRefType;
  else if (vmk_handle_is_local(e.t, (vmk_handle)object) && !vmk_is_null((vmk_handle)object))
    type = JNILocalRefType;
  j3_leave(&e);
  return type;
}

/* --- exceptions --------------------------------------------------------------------------------------------------- */

static jint JNICALL
jni_Throw(JNIEnv *env, jthrowable exception)
{
  j3_entry e = j3_enter(env);
  vmk_throw(e.t, j3_in(exception));
  j3_leave(&e);
  return JNI_OK;
}
static jint JNICALL
jni_ThrowNew(JNIEnv *env, jclass class, const char *message)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(class);
  vmk_handle object = j3_class_initialize(e.t, c) ? j3_object_new(e.t, c) : NULL;
  vmk_handle text = object && message ? j3_string_new(e.t, message) : NULL;
  j3_method *init = object
                        ? j3_class_method(c, j3_symbol_of("<init>"),
                                          j3_symbol_of(message ? "(Ljava/lang/String;)V" : "()V"))
                        : NULL;
  bool ok = false;
  if (object && !init && !vmk_pending(e.t)) {
    char name[512];
    j3_class_external_name(c, name, sizeof name);
    j3_throw(e.t, "java/lang/NoSuchMethodError", "%s: method 'void <init>(%s)' not found", name,
             message ? "java.lang.String" : "");
  }
  if (object && !vmk_pending(e.t))
    ok = j3_call(e.t, init, (vmk_value[]){j3_ref(object), j3_ref(text)}, NULL);
  if (ok)
    vmk_throw(e.t, object);
  j3_leave(&e);
  return ok ? JNI_OK : JNI_ERR;
}
static jthrowable JNICALL
jni_ExceptionOccurred(JNIEnv *env)
{
  vmk_thread *t = ((j3_thread *)env)->thread;
  bool was = vmk_enter_managed(t);
  vmk_handle exception = vmk_pending(t) ? vmk_local(t, t->exception.ref) : NULL;
  vmk_leave_managed(t, was);
  return (jthrowable)exception;
}
static jboolean JNICALL
jni_ExceptionCheck(JNIEnv *env)
{
  return vmk_pending(((j3_thread *)env)->thread);
}
static void JNICALL
jni_ExceptionClear(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  e.earlier = NULL;
  j3_leave(&e);
}
static void JNICALL
jni_ExceptionDescribe(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  vmk_handle exception = e.earlier;
  e.earlier = NULL;
  if (exception) {
    vmk_handle name = vmk_get_ref(e.t, j3_self(e.t)->object, J3.known.offset_Thread_name);
    char *text = j3_string_utf8(name, NULL);
    jio_fprintf(stderr, "Exception in thread \"%s\" ", text ? text : "");
    free(text);
    vmk_value self = j3_ref(exception);
    j3_call_virtual(e.t, exception, "printStackTrace", "()V", &self, NULL);
    vmk_clear_exception(e.t);
  }
  j3_leave(&e);
}
void
j3_jni_fatal(vmk_thread *t, const char *message) VMK_MOVES
{
  jio_fprintf(j3_output(), "FATAL ERROR in native method: %s\n", message);
  j3_thread_print_stack(t, j3_output());
  j3_abort();
}
static void JNICALL
jni_FatalError(JNIEnv *env, const char *message)
{
  j3_entry e = j3_enter(env);
  j3_jni_fatal(e.t, message);
}

/* --- methods and fields by name ------------------------------------------------------------------------------------- */

static j3_method *
jni_find_method(vmk_thread *t, jclass class, const char *name, const char *descriptor,
                bool is_static) VMK_MOVES
{
  j3_class *c = j3_in_class(class);
  j3_symbol *n = j3_symbol_find(name, strlen(name));
  j3_symbol *d = j3_symbol_find(descriptor, strlen(descriptor));
  j3_method *m = NULL;
  if (!c->primitive && !j3_class_initialize(t, c))
    return NULL;
  if (n && d && !c->primitive) {
    if (j3_symbol_is(n, "<init>") || j3_symbol_is(n, "<clinit>"))
      m = j3_class_method(c, n, d);
    else
      m = (c->flags & J3_INTERFACE) ? j3_find_interface_method(c, n, d) : j3_find_method(c, n, d);
  }
  if (m && ((m->flags & J3_STATIC) != 0) == is_static)
    return m;
  const char *words = is_static ? "static " : "";
  if (!n || !d || c->primitive)
    j3_throw(t, "java/lang/NoSuchMethodError", "%s", name);
  else if (c->is_array)
    j3_throw(t, "java/lang/NoSuchMethodError", "%s%s.%s%s", words, c->name->text, name, descriptor);
  else
    j3_throw(t, "java/lang/NoSuchMethodError", "%sL%s;.%s%s", words, c->name->text, name,
             descriptor);
  return NULL;
}
static jmethodID JNICALL
jni_GetMethodID(JNIEnv *env, jclass class, const char *name, const char *descriptor)
{
  j3_entry e = j3_enter(env);
  j3_method *m = jni_find_method(e.t, class, name, descriptor, false);
  j3_leave(&e);
  return (jmethodID)m;
}
static jmethodID JNICALL
jni_GetStaticMethodID(JNIEnv *env, jclass class, const char *name, const char *descriptor)
{
  j3_entry e = j3_enter(env);
  j3_method *m = jni_find_method(e.t, class, name, descriptor, true);
  j3_leave(&e);
  return (jmethodID)m;
}

static jfieldID
jni_find_field(JNIEnv *env, jclass class, const char *name, const char *descriptor, bool is_static)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(class);
  j3_symbol *n = j3_symbol_find(name, strlen(name));
  j3_symbol *d = j3_symbol_find(descriptor, strlen(descriptor));
  j3_field *f = NULL;
  if (!c->primitive && j3_class_initialize(e.t, c)) {
    f = n && d ? j3_find_field(c, n, d) : NULL;
    if (f && (((f->flags & J3_STATIC) != 0) != is_static || (f->flags & J3_FIELD_INJECTED)))
      f = NULL;
  }
  if (f && is_static && !j3_class_initialize(e.t, f->class))
    f = NULL;
  if (!f && !vmk_pending(e.t)) {
    char class_name[512];
    j3_class_external_name(c, class_name, sizeof class_name);
    if (is_static)
      j3_throw(e.t, "java/lang/NoSuchFieldError", "%s", name);
    else
      j3_throw(e.t, "java/lang/NoSuchFieldError", "%s.%s %s", class_name, name, descriptor);
  }
  j3_leave(&e);
  return (jfieldID)f;
}
static jfieldID JNICALL
jni_GetFieldID(JNIEnv *env, jclass class, const char *name, const char *descriptor)
{
  return jni_find_field(env, class, name, descriptor, false);
}
static jfieldID JNICALL
jni_GetStaticFieldID(JNIEnv *env, jclass class, const char *name, const char *descriptor)
{
  return jni_find_field(env, class, name, descriptor, true);
}

static jmethodID JNICALL
jni_FromReflectedMethod(JNIEnv *env, jobject method)
{
  j3_entry e = j3_enter(env);
  j3_method *m = j3_method_of_object(j3_in(method));
  if (!j3_class_initialize(e.t, m->class))
    m = NULL;
  j3_leave(&e);
  return (jmethodID)m;
}
static jfieldID JNICALL
jni_FromReflectedField(JNIEnv *env, jobject field)
{
  j3_entry e = j3_enter(env);
  j3_field *f = j3_field_of_object(j3_in(field));
  if (!j3_class_initialize(e.t, f->class))
    f = NULL;
  j3_leave(&e);
  return (jfieldID)f;
}
static jobject JNICALL
jni_ToReflectedMethod(JNIEnv *env, jclass class, jmethodID id, jboolean is_static)
{
  (void)class, (void)is_static;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_reflect_method(e.t, (j3_method *)id));
}
static jobject JNICALL
jni_ToReflectedField(JNIEnv *env, jclass class, jfieldID id, jboolean is_static)
{
  (void)class, (void)is_static;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_reflect_field(e.t, (j3_field *)id));
}

/* The native method a row names; null: NoSuchMethodError pending. */
static j3_method *
jni_find_native(vmk_thread *t, const j3_class *c, const JNINativeMethod *row) VMK_MOVES
{
  char name[2048];
  j3_symbol *n = j3_symbol_find(row->name, strlen(row->name));
  j3_symbol *d = j3_symbol_find(row->signature, strlen(row->signature));
  j3_method *m = n && d ? j3_find_method(c, n, d) : NULL;
  if (m && (m->flags & J3_NATIVE))
    return m;
  if (m) {
    j3_method_external_name(m, name, sizeof name);
    j3_throw(t, "java/lang/NoSuchMethodError", "Method '%s' is not declared as native", name);
  } else {
    j3_class_external_name(c, name, sizeof name);
    j3_throw(t, "java/lang/NoSuchMethodError", "Method %s.%s%s not found", name, row->name,
             row->signature);
  }
  return NULL;
}
static jint JNICALL
jni_RegisterNatives(JNIEnv *env, jclass class, const JNINativeMethod *rows, jint count)
{
  j3_entry e = j3_enter(env);
  const j3_class *c = j3_in_class(class);
  jint result = JNI_OK;
  for (jint i = 0; i < count && result == JNI_OK; i++) {
    j3_method *m = jni_find_native(e.t, c, &rows[i]);
    if (m)
      j3_native_register(m, rows[i].fnPtr);
    else
      result = JNI_ERR;
  }
  j3_leave(&e);
  return result;
}
static jint JNICALL
jni_UnregisterNatives(JNIEnv *env, jclass class)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_in_class(class);
  for (uint32_t i = 0; i < c->method_count; i++)
    if (c->methods[i].flags & J3_NATIVE)
      j3_native_register(&c->methods[i], NULL);
  j3_leave(&e);
  return JNI_OK;
}

/* --- monitors, vm, buffers ----------------------------------------------------------------------------------------------- */

static jint JNICALL
jni_MonitorEnter(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  if (object)
    vmk_monitor_enter(e.t, j3_in(object));
  else
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  j3_leave(&e);
  return object ? JNI_OK : JNI_ERR;
}
static jint JNICALL
jni_MonitorExit(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  bool ok = false;
  if (!object)
    j3_throw(e.t, "java/lang/NullPointerException", NULL);
  else if (!(ok = vmk_monitor_exit(e.t, j3_in(object))))
    j3_throw(e.t, "java/lang/IllegalMonitorStateException", "current thread is not owner");
  j3_leave(&e);
  return ok ? JNI_OK : JNI_ERR;
}
static jint JNICALL
jni_GetJavaVM(JNIEnv *env, JavaVM **vm)
{
  (void)env;
  *vm = (JavaVM *)(uintptr_t)&j3_java_vm;
  return JNI_OK;
}

static jobject JNICALL
jni_NewDirectByteBuffer(JNIEnv *env, void *address, jlong capacity)
{
  j3_entry e = j3_enter(env);
  j3_class *c = j3_class_boot(e.t, "java/nio/DirectByteBuffer");
  vmk_handle buffer = c && j3_class_initialize(e.t, c) ? j3_object_new(e.t, c) : NULL;
  if (buffer) {
    j3_method *init = j3_class_method(c, j3_symbol_of("<init>"), j3_symbol_of("(JI)V"));
    vmk_value arguments[3] = {j3_ref(buffer), j3_long((intptr_t)address), j3_int((jint)capacity)};
    if (!j3_call(e.t, init, arguments, NULL))
      buffer = NULL;
  }
  return j3_leave_ref(&e, buffer);
}

/* A field of java.nio.Buffer when the object is a direct buffer; null otherwise. */
static j3_field *
jni_buffer_field(vmk_thread *t, jobject object, const char *name, const char *descriptor) VMK_MOVES
{
  j3_class *direct = j3_class_boot(t, "sun/nio/ch/DirectBuffer");
  j3_class *buffer = direct ? j3_class_boot(t, "java/nio/Buffer") : NULL;
  if (!buffer || !object || !j3_is_instance(j3_in(object), direct) ||
      !j3_is_instance(j3_in(object), buffer)) {
    vmk_clear_exception(t);
    return NULL;
  }
  return j3_class_field(buffer, j3_symbol_of(name), j3_symbol_of(descriptor));
}
static void *JNICALL
jni_GetDirectBufferAddress(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  j3_field *f = jni_buffer_field(e.t, object, "address", "J");
  void *address = f ? (void *)(intptr_t)vmk_get_i64(j3_in(object), f->offset) : NULL;
  j3_leave(&e);
  return address;
}
static jlong JNICALL
jni_GetDirectBufferCapacity(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  j3_field *f = jni_buffer_field(e.t, object, "capacity", "I");
  jlong capacity = f ? vmk_get_i32(j3_in(object), f->offset) : -1;
  j3_leave(&e);
  return capacity;
}

void
j3_jni_init(void)
{
  struct JNINativeInterface_ *table = &j3_jni_table;
  j3_jni_fill_calls(table);
  j3_jni_fill_fields(table);
  j3_jni_fill_arrays(table);
  j3_jni_fill_strings(table);
#define FILL(Name) table->Name = jni_##Name
  FILL(GetVersion);
  FILL(DefineClass);
  FILL(FindClass);
  FILL(FromReflectedMethod);
  FILL(FromReflectedField);
  FILL(ToReflectedMethod);
  FILL(GetSuperclass);
  FILL(IsAssignableFrom);
  FILL(ToReflectedField);
  FILL(Throw);
  FILL(ThrowNew);
  FILL(ExceptionOccurred);
  FILL(ExceptionDescribe);
  FILL(ExceptionClear);
  FILL(FatalError);
  FILL(PushLocalFrame);
  FILL(PopLocalFrame);
  FILL(NewGlobalRef);
  FILL(DeleteGlobalRef);
  FILL(DeleteLocalRef);
  FILL(IsSameObject);
  FILL(NewLocalRef);
  FILL(EnsureLocalCapacity);
  FILL(GetObjectClass);
  FILL(IsInstanceOf);
  FILL(GetMethodID);
  FILL(GetFieldID);
  FILL(GetStaticMethodID);
  FILL(GetStaticFieldID);
  FILL(RegisterNatives);
  FILL(UnregisterNatives);
  FILL(MonitorEnter);
  FILL(MonitorExit);
  FILL(GetJavaVM);
  FILL(NewWeakGlobalRef);
  FILL(DeleteWeakGlobalRef);
  FILL(ExceptionCheck);
  FILL(NewDirectByteBuffer);
  FILL(GetDirectBufferAddress);
  FILL(GetDirectBufferCapacity);
  FILL(GetObjectRefType);
  FILL(GetModule);
#undef FILL
}
