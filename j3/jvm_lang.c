/* jvm_lang.c -- JVM_* behind java.lang.Object, String, System, Runtime, Throwable and the CDS hooks
 *
 * Contracts: the JDK's native libraries call these in native state with the environment of the calling
 * thread; see docs/design/j3-libjvm.md.  Archives of classes (CDS) do not exist here: their hooks answer
 * "not enabled".
 */
#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "entry.h"
#include "gclog.h"
#include "jvm.h"
#include "jvmti_tell.h"
#include "options.h"
#include "vm.h"

vmk_slot j3_null_slot;

/* --- java.lang.Object --------------------------------------------------------------------------- */

jint
JVM_IHashCode(JNIEnv *env, jobject object)
{
  if (!object)
    return 0;
  j3_entry e = j3_enter(env);
  jint hash = (jint)vmk_identity_hash(e.t, j3_in(object));
  j3_leave(&e);
  return hash;
}

void
j3_object_wait(vmk_thread *t, vmk_handle object, int64_t millis) VMK_MOVES
{
  if (millis < 0) {
    j3_throw(t, "java/lang/IllegalArgumentException", "timeout value is negative");
    return;
  }
  if (vmk_monitor_is_owner(t, object) && j3_thread_check_interrupt(t)) {
    j3_thread_clear_interrupt(t);
    j3_throw(t, "java/lang/InterruptedException", NULL);
    return;
  }
  j3_thread *self = j3_self(t);
  int64_t timeout = millis == 0 || millis > INT64_MAX / 1000000 ? VMK_FOREVER : millis * 1000000;
  int32_t before = j3_thread_set_status(self, timeout == VMK_FOREVER ? J3_STATUS_WAITING
                                                                     : J3_STATUS_TIMED_WAITING);
  j3_ti_post_monitor(t, JVMTI_EVENT_MONITOR_WAIT, object, millis, false);
  vmk_wait_result result = vmk_monitor_wait(t, object, timeout);
  j3_ti_post_monitor(t, JVMTI_EVENT_MONITOR_WAITED, object, 0, result == VMK_WAIT_TIMEOUT);
  j3_thread_set_status(self, before);
  if (result == VMK_WAIT_NOT_OWNER) {
    j3_throw(t, "java/lang/IllegalMonitorStateException", "current thread is not owner");
  } else if (result == VMK_WAIT_INTERRUPTED) {
    j3_thread_clear_interrupt(t);
    j3_throw(t, "java/lang/InterruptedException", NULL);
  }
}

void
JVM_MonitorWait(JNIEnv *env, jobject object, jlong millis)
{
  j3_entry e = j3_enter(env);
  j3_object_wait(e.t, j3_in(object), millis);
  j3_leave(&e);
}

void
j3_object_notify(vmk_thread *t, vmk_handle object, bool all) VMK_MOVES
{
  if (!vmk_monitor_notify(t, object, all))
    j3_throw(t, "java/lang/IllegalMonitorStateException", "current thread is not owner");
}

void
JVM_MonitorNotify(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  j3_object_notify(e.t, j3_in(object), false);
  j3_leave(&e);
}

void
JVM_MonitorNotifyAll(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  j3_object_notify(e.t, j3_in(object), true);
  j3_leave(&e);
}

vmk_handle
j3_object_clone(vmk_thread *t, vmk_handle object) VMK_MOVES
{
  j3_class *c = j3_class_of(object);
  if (!c->is_array && !j3_class_is_subclass(c, J3.known.class_Cloneable)) {
    char name[512];
    j3_class_external_name(c, name, sizeof name);
    j3_throw(t, "java/lang/CloneNotSupportedException", "%s", name);
    return NULL;
  }
  vmk_handle copy = vmk_clone(t, object);
  if (copy && j3_class_is_subclass(c, J3.known.class_ClassLoader)) /* has loaded nothing */
    vmk_set_i64(copy, J3.known.offset_ClassLoader_vm_loader, 0);
  if (copy && c->has_finalizer)
    j3_finalizer_register(t, copy);
  return vmk_pending(t) ? NULL : copy;
}

jobject
JVM_Clone(JNIEnv *env, jobject object)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_object_clone(e.t, j3_in(object)));
}

jstring
JVM_InternString(JNIEnv *env, jstring string)
{
  if (!string)
    return NULL;
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_string_intern(e.t, j3_in(string)));
}

/* --- java.lang.System ------------------------------------------------------------------------------ */

jlong
JVM_CurrentTimeMillis(JNIEnv *env, jclass ignored)
{
  (void)env, (void)ignored;
  return vmk_wall_ns() / 1000000;
}

jlong
JVM_NanoTime(JNIEnv *env, jclass ignored)
{
  (void)env, (void)ignored;
  return vmk_now_ns();
}

/* Nanoseconds between now and offset_seconds after the epoch; -1 when further than 2^32 seconds. */
jlong
JVM_GetNanoTimeAdjustment(JNIEnv *env, jclass ignored, jlong offset_seconds)
{
  (void)env, (void)ignored;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  int64_t difference = (int64_t)now.tv_sec - offset_seconds;
  if (difference > 0xffffffffll || difference < -0xffffffffll)
    return -1;
  return difference * 1000000000 + now.tv_nsec;
}

static const char *
lang_element_name(const j3_class *c)
{
  switch (c->component->primitive) {
  case 'Z': return "boolean";
  case 'B': return "byte";
  case 'C': return "char";
  case 'S': return "short";
  case 'I': return "int";
  case 'J': return "long";
  case 'F': return "float";
  case 'D': return "double";
  default: return "object array";
  }
}

static void
lang_copy_store_error(vmk_thread *t, const char *format, const j3_class *c) VMK_MOVES
{
  char name[512];
  j3_class_external_name(c, name, sizeof name);
  j3_throw(t, "java/lang/ArrayStoreException", format, name);
}

static void
lang_copy_type_mismatch(vmk_thread *t, const j3_class *from, const j3_class *to) VMK_MOVES
{
  const char *x = lang_element_name(from), *y = lang_element_name(to);
  if (from->component->primitive && to->component->primitive)
    j3_throw(t, "java/lang/ArrayStoreException",
             "arraycopy: type mismatch: can not copy %s[] into %s[]", x, y);
  else if (from->component->primitive)
    j3_throw(t, "java/lang/ArrayStoreException",
             "arraycopy: type mismatch: can not copy %s[] into object array[]", x);
  else
    j3_throw(t, "java/lang/ArrayStoreException",
             "arraycopy: type mismatch: can not copy object array[] into %s[]", y);
}

static void
lang_copy_bounds(vmk_thread *t, vmk_handle from, int32_t from_index, vmk_handle to,
                 int32_t to_index, int32_t count) VMK_MOVES
{
  const char *x = lang_element_name(j3_class_of(from)), *y = lang_element_name(j3_class_of(to));
  int32_t from_length = (int32_t)vmk_array_length(from), to_length = (int32_t)vmk_array_length(to);
  const char *ix = "java/lang/ArrayIndexOutOfBoundsException";
  if (from_index < 0)
    j3_throw(t, ix, "arraycopy: source index %d out of bounds for %s[%d]", from_index, x,
             from_length);
  else if (to_index < 0)
    j3_throw(t, ix, "arraycopy: destination index %d out of bounds for %s[%d]", to_index, y,
             to_length);
  else if (count < 0)
    j3_throw(t, ix, "arraycopy: length %d is negative", count);
  else if ((uint32_t)from_index + (uint32_t)count > (uint32_t)from_length)
    j3_throw(t, ix, "arraycopy: last source index %u out of bounds for %s[%d]",
             (uint32_t)from_index + (uint32_t)count, x, from_length);
  else
    j3_throw(t, ix, "arraycopy: last destination index %u out of bounds for %s[%d]",
             (uint32_t)to_index + (uint32_t)count, y, to_length);
}

/* Copy reference by reference, stopping with ArrayStoreException at the first that does not fit. */
static void
lang_copy_checked(vmk_thread *t, vmk_handle from, int32_t from_index, vmk_handle to,
                  int32_t to_index, int32_t count) VMK_MOVES
{
  j3_class *element = j3_class_of(to)->component;
  for (int32_t i = 0; i < count; i++) {
    vmk_scope scope = vmk_scope_begin(t);
    vmk_handle value = vmk_get_elem(t, from, (size_t)(from_index + i));
    if (!vmk_is_null(value) && !j3_is_instance(value, element)) {
      char source[512], target[512];
      j3_class_external_name(j3_class_of(from)->component, source, sizeof source);
      j3_class_external_name(element, target, sizeof target);
      j3_throw(t, "java/lang/ArrayStoreException",
               "arraycopy: element type mismatch: can not cast one of the elements of %s[] to the "
               "type of the destination array, %s",
               source, target);
      return;
    }
    vmk_set_elem(t, to, (size_t)(to_index + i), value);
    vmk_scope_end(t, scope);
  }
}

void
j3_array_copy(vmk_thread *t, vmk_handle from, int32_t from_index, vmk_handle to, int32_t to_index,
              int32_t count) VMK_MOVES
{
  if (vmk_is_null(from) || vmk_is_null(to)) {
    j3_throw(t, "java/lang/NullPointerException", NULL);
    return;
  }
  const j3_class *fc = j3_class_of(from), *tc = j3_class_of(to);
  if (!fc->is_array) {
    lang_copy_store_error(t, "arraycopy: source type %s is not an array", fc);
    return;
  }
  if (!tc->is_array) {
    lang_copy_store_error(t, "arraycopy: destination type %s is not an array", tc);
    return;
  }
  if (fc != tc && (fc->component->primitive || tc->component->primitive)) {
    lang_copy_type_mismatch(t, fc, tc);
    return;
  }
  if ((from_index | to_index | count) < 0 ||
      (uint32_t)from_index + (uint32_t)count > vmk_array_length(from) ||
      (uint32_t)to_index + (uint32_t)count > vmk_array_length(to)) {
    lang_copy_bounds(t, from, from_index, to, to_index, count);
    return;
  }
  if (fc == tc || j3_class_is_subclass(fc->component, tc->component))
    vmk_array_copy(t, from, (size_t)from_index, to, (size_t)to_index, (size_t)count);
  else
    lang_copy_checked(t, from, from_index, to, to_index, count);
}

void
JVM_ArrayCopy(JNIEnv *env, jclass ignored, jobject from, jint from_index, jobject to, jint to_index,
              jint count)
{
  (void)ignored;
  j3_entry e = j3_enter(env);
  j3_array_copy(e.t, j3_in(from), from_index, j3_in(to), to_index, count);
  j3_leave(&e);
}

/* --- java.lang.Runtime, Shutdown -------------------------------------------------------------------- */

void
JVM_BeforeHalt(void)
{
}

void
JVM_Halt(jint code)
{
  vmk_thread *t = vmk_thread_current();
  j3_entry e = j3_enter((JNIEnv *)j3_self(t));
  j3_ti_post_vm_death(t);
  j3_leave(&e);
  j3_agents_unload();
  j3_gclog_end();
  vmk_vm_report(J3.vm);
  j3_halt(code);
}

void
JVM_GC(void)
{
  vmk_thread *t = vmk_thread_current();
  j3_entry e = j3_enter((JNIEnv *)j3_self(t));
  vmk_collect(t, false);
  j3_leave(&e);
}

static vmk_heap_stats
lang_heap_stats(void)
{
  vmk_heap_stats stats;
  vmk_heap_stats_get(J3.vm, &stats);
  return stats;
}

jlong
JVM_MaxObjectInspectionAge(void)
{
  return (vmk_now_ns() - j3_last_collection_ns()) / 1000000;
}

jlong
JVM_TotalMemory(void)
{
  return (jlong)lang_heap_stats().capacity_bytes;
}

jlong
JVM_FreeMemory(void)
{
  vmk_heap_stats stats = lang_heap_stats();
  return (jlong)(stats.capacity_bytes - stats.used_bytes);
}

jlong
JVM_MaxMemory(void)
{
  return (jlong)lang_heap_stats().max_bytes;
}

jint
JVM_ActiveProcessorCount(void)
{
  if (J3.options->processors > 0)
    return (jint)J3.options->processors;
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    return CPU_COUNT(&set);
  return (jint)sysconf(_SC_NPROCESSORS_ONLN);
}

jboolean
JVM_IsUseContainerSupport(void)
{
  return JNI_TRUE;
}

/* dlopen with the launcher's rules; `throw_exception`: UnsatisfiedLinkError with the loader's text. */
void *
JVM_LoadLibrary(const char *name, jboolean throw_exception)
{
  void *library = dlopen(name, RTLD_LAZY);
  if (library || !throw_exception)
    return library;
  const char *reason = dlerror();
  char message[1024];
  snprintf(message, sizeof message, "%s: %s", name, reason ? reason : "unknown reason");
  vmk_thread *t = vmk_thread_current();
  j3_entry e = j3_enter((JNIEnv *)j3_self(t));
  j3_throw(t, "java/lang/UnsatisfiedLinkError", "%s", message);
  j3_leave(&e);
  return NULL;
}

void
JVM_UnloadLibrary(void *library)
{
  dlclose(library);
}

void *
JVM_FindLibraryEntry(void *library, const char *name)
{
  return dlsym(library, name);
}

jboolean
JVM_IsSupportedJNIVersion(jint version)
{
  return version == JNI_VERSION_1_1 || version == JNI_VERSION_1_2 || version == JNI_VERSION_1_4 ||
         version == JNI_VERSION_1_6 || version == JNI_VERSION_1_8 || version == JNI_VERSION_9 ||
         version == JNI_VERSION_10;
}

jboolean
JVM_SupportsCX8(void)
{
  return JNI_TRUE;
}

/* --- class data sharing: there is none --------------------------------------------------------------- */

void
JVM_InitializeFromArchive(JNIEnv *env, jclass class)
{
  (void)env, (void)class;
}
void
JVM_RegisterLambdaProxyClassForArchiving(JNIEnv *env, jclass caller, jstring name, jobject factory,
                                         jobject method_type, jobject member, jobject dynamic_type,
                                         jclass proxy)
{
  (void)env, (void)caller, (void)name, (void)factory, (void)method_type, (void)member;
  (void)dynamic_type, (void)proxy;
}
jclass
JVM_LookupLambdaProxyClassFromArchive(JNIEnv *env, jclass caller, jstring name, jobject factory,
                                      jobject method_type, jobject member, jobject dynamic_type)
{
  (void)env, (void)caller, (void)name, (void)factory, (void)method_type, (void)member;
  (void)dynamic_type;
  return NULL;
}
jboolean
JVM_IsCDSDumpingEnabled(JNIEnv *env)
{
  (void)env;
  return JNI_FALSE;
}
jboolean
JVM_IsSharingEnabled(JNIEnv *env)
{
  (void)env;
  return JNI_FALSE;
}
jboolean
JVM_IsDumpingClassList(JNIEnv *env)
{
  (void)env;
  return JNI_FALSE;
}
jlong
JVM_GetRandomSeedForDumping(void)
{
  return 0;
}
void
JVM_LogLambdaFormInvoker(JNIEnv *env, jstring line)
{
  (void)env, (void)line;
}
void
JVM_DumpClassListToFile(JNIEnv *env, jstring file)
{
  (void)env, (void)file;
}
void
JVM_DumpDynamicArchive(JNIEnv *env, jstring file)
{
  (void)env, (void)file;
}
void
JVM_DefineArchivedModules(JNIEnv *env, jobject platform, jobject system)
{
  (void)env, (void)platform, (void)system;
}

/* --- C library wrappers and raw monitors ---------------------------------------------------------------- */

int
jio_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
  if ((intptr_t)size <= 0)
    return -1;
  int length = vsnprintf(buffer, size, format, arguments);
  return length >= (int)size ? -1 : length;
}

int
jio_snprintf(char *buffer, size_t size, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int length = jio_vsnprintf(buffer, size, format, arguments);
  va_end(arguments);
  return length;
}

int
jio_vfprintf(FILE *file, const char *format, va_list arguments)
{
  return J3.vfprintf ? J3.vfprintf(file, format, arguments) : vfprintf(file, format, arguments);
}

int
jio_fprintf(FILE *file, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int length = jio_vfprintf(file, format, arguments);
  va_end(arguments);
  return length;
}

int
jio_printf(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int length = jio_vfprintf(j3_output(), format, arguments);
  va_end(arguments);
  return length;
}

char *
JVM_NativePath(char *path)
{
  return path;
}

void *
JVM_RawMonitorCreate(void)
{
  pthread_mutex_t *mutex = malloc(sizeof *mutex);
  if (mutex)
    pthread_mutex_init(mutex, NULL);
  return mutex;
}
void
JVM_RawMonitorDestroy(void *monitor)
{
  pthread_mutex_destroy(monitor);
  free(monitor);
}
jint
JVM_RawMonitorEnter(void *monitor)
{
  pthread_mutex_lock(monitor);
  return 0;
}
void
JVM_RawMonitorExit(void *monitor)
{
  pthread_mutex_unlock(monitor);
}

jstring
JVM_GetTemporaryDirectory(JNIEnv *env)
{
  j3_entry e = j3_enter(env);
  return j3_leave_ref(&e, j3_string_new(e.t, "/tmp"));
}
