/* boot.c -- making and ending the virtual machine: JNI_CreateJavaVM and its kin, the boot sequence
 *
 * The order of initialisation is what System.initPhase1..3 and the module system expect (JDK 17); see
 * docs/design/j3-libjvm.md.  A failure before the end of phase 3 prints the exception and exits with 1, as
 * HotSpot does: nothing useful could run.
 */
#include <dlfcn.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "attach.h"
#include "boot.h"
#include "entry.h"
#include "gclog.h"
#include "jni_table.h"
#include "jvm.h"
#include "jvmti_tell.h"
#include "options.h"
#include "stack.h"
#include "vm.h"

j3_vm J3;

static struct {
  pthread_mutex_t lock;
  bool created, destroyed;
} boot_state = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The vm could not be made: the embedder's hook, which may not return, then status 1. */
static _Noreturn void
boot_give_up(void)
{
  fflush(j3_output());
  if (J3.options && J3.options->abort)
    J3.options->abort();
  exit(1);
}

void
j3_fatal(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  jio_fprintf(j3_output(), "Error occurred during initialization of VM\n");
  jio_vfprintf(j3_output(), format, arguments);
  jio_fprintf(j3_output(), "\n");
  va_end(arguments);
  boot_give_up();
}

void
j3_halt(int32_t code)
{
  j3_attach_end();
  if (J3.options && J3.options->exit)
    J3.options->exit(code);
  exit(code);
}

void
j3_abort(void)
{
  fflush(j3_output());
  if (J3.options && J3.options->abort)
    J3.options->abort();
  signal(SIGABRT, SIG_DFL); /* asked for: no crash report */
  abort();
}

/* The kit has told about a fatal signal: end as HotSpot does then. */
static void
boot_crashed(void)
{
  if (J3.options->abort)
    J3.options->abort();
  if (!J3.options->core_on_crash)
    _exit(1);
  signal(SIGABRT, SIG_DFL);
  abort();
}

/* --- java.home: where the launcher's libjli is, or -Djava.home ------------------------------------------ */

static bool
boot_home_is_good(const char *home)
{
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/lib/modules", home);
  return access(path, R_OK) == 0;
}

/* Strip `levels` trailing components of path in place. */
static void
boot_strip(char *path, int levels)
{
  while (levels-- > 0) {
    char *slash = strrchr(path, '/');
    if (slash)
      *slash = 0;
  }
}

/* Candidates in order: option, environment J3_JAVA_HOME, libjli's folder, our own (lib/<vm>/libjvm.so in a
 * java.home), /proc/self/exe's. */
static void
boot_find_home(char *home, size_t size)
{
  const char *given = j3_options_get(J3.options, "java.home");
  if (!given)
    given = getenv("J3_JAVA_HOME");
  if (given) {
    snprintf(home, size, "%s", given);
    if (boot_home_is_good(home))
      return;
  }
  Dl_info info;
  char path[PATH_MAX];
  void *launch = dlsym(RTLD_DEFAULT, "JLI_Launch");
  if (launch && dladdr(launch, &info) && realpath(info.dli_fname, path)) {
    boot_strip(path, 2);
    if (boot_home_is_good(path)) {
      snprintf(home, size, "%s", path);
      return;
    }
  }
  if (dladdr((void *)boot_find_home, &info) && realpath(info.dli_fname, path)) {
    boot_strip(path, 3);
    if (boot_home_is_good(path)) {
      snprintf(home, size, "%s", path);
      return;
    }
  }
  if (realpath("/proc/self/exe", path)) {
    boot_strip(path, 2);
    if (boot_home_is_good(path)) {
      snprintf(home, size, "%s", path);
      return;
    }
  }
  j3_fatal("Failed setting boot class path.");
}

/* --- the boot sequence --------------------------------------------------------------------------------------- */

static VMK_NORETURN void
boot_failed(vmk_thread *t, const char *step) VMK_MOVES
{
  vmk_handle exception = vmk_take_exception(t);
  jio_fprintf(j3_output(), "Error occurred during initialization of VM\n");
  if (exception && !vmk_is_null(exception))
    j3_throwable_print(t, exception, j3_output());
  else
    fprintf(j3_output(), "%s failed\n", step);
  fprintf(j3_output(), "\n");
  boot_give_up();
}

static void
boot_initialize(vmk_thread *t, const char *name) VMK_MOVES
{
  j3_class *c = j3_class_boot(t, name);
  if (!c || !j3_class_initialize(t, c))
    boot_failed(t, name);
}

/* jdk.internal.misc.UnsafeConstants: declared static final, written by the vm after initialisation. */
static void
boot_unsafe_constants(vmk_thread *t) VMK_MOVES
{
  boot_initialize(t, "jdk/internal/misc/UnsafeConstants");
  j3_class *c = J3.known.class_UnsafeConstants;
  static const struct {
    const char *name, *descriptor;
    int32_t value;
  } rows[] = {{"ADDRESS_SIZE0", "I", 8},
              {"PAGE_SIZE", "I", 4096},
              {"BIG_ENDIAN", "Z", 0},
              {"UNALIGNED_ACCESS", "Z", 1},
              {"DATA_CACHE_LINE_FLUSH_SIZE", "I", 0}};
  for (size_t i = 0; i < VMK_COUNT(rows); i++) {
    j3_field *f = j3_class_field(c, j3_symbol_of(rows[i].name), j3_symbol_of(rows[i].descriptor));
    if (f->type == VMK_TYPE_I32)
      *(int32_t *)(c->statics_base + f->offset) = rows[i].value;
    else
      *(int8_t *)(c->statics_base + f->offset) = (int8_t)rows[i].value;
  }
}

static void
boot_phase(vmk_thread *t, const char *name, const char *descriptor, const vmk_value *arguments)
    VMK_MOVES
{
  vmk_value result = {0};
  if (!j3_call_static(t, J3.known.class_System, name, descriptor, arguments, &result))
    boot_failed(t, name);
  if (result.i32 != 0 && strcmp(name, "initPhase2") == 0)
    exit(1); /* it has said why */
}

/* Remote management, asked for by a property; it says itself what is wrong with its configuration. */
static void
boot_management_agent(vmk_thread *t) VMK_MOVES
{
  j3_class *agent = j3_class_boot(t, "jdk/internal/agent/Agent");
  if (!agent)
    j3_fatal("Management agent initialization failure: class jdk.internal.agent.Agent not found.");
  if (!j3_class_initialize(t, agent) || !j3_call_static(t, agent, "startAgent", "()V", NULL, NULL))
    j3_halt(1);
}

/* What boot classes take does not count, as in HotSpot, where an archive has them. */
static void
boot_limit_metaspace(void)
{
  uint64_t limit = J3.options->metaspace_max;
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  if (limit <= VMK_META_SIZE && !__builtin_add_overflow(limit, s.metaspace_used_bytes, &limit))
    J3.metaspace_limit = limit;
}

static void
boot_java(vmk_thread *t) VMK_MOVES
{
  boot_initialize(t, "java/lang/String");
  j3_class *string = J3.known.class_String;
  j3_field *compact = j3_class_field(string, j3_symbol_of("COMPACT_STRINGS"), j3_symbol_of("Z"));
  *(int8_t *)(string->statics_base + compact->offset) = 1;
  boot_initialize(t, "java/lang/System");
  boot_initialize(t, "java/lang/Class");
  boot_initialize(t, "java/lang/ThreadGroup");
  if (!j3_thread_boot(t))
    boot_failed(t, "java.lang.Thread");
  boot_initialize(t, "java/lang/Module");
  boot_unsafe_constants(t);
  boot_initialize(t, "java/lang/reflect/Method");
  boot_initialize(t, "java/lang/ref/Finalizer");
  boot_phase(t, "initPhase1", "()V", NULL);
  J3.phase = 1;
  static const char *const errors[] = {"java/lang/OutOfMemoryError",
                                       "java/lang/NullPointerException",
                                       "java/lang/ClassCastException",
                                       "java/lang/ArrayStoreException",
                                       "java/lang/ArithmeticException",
                                       "java/lang/StackOverflowError",
                                       "java/lang/IllegalMonitorStateException",
                                       "java/lang/IllegalArgumentException"};
  for (size_t i = 0; i < VMK_COUNT(errors); i++)
    boot_initialize(t, errors[i]);
  if (!J3.options->reduced_signals && !j3_signals_start(t))
    boot_failed(t, "Signal Dispatcher");
  static const char *const invoke[] = {
      "java/lang/invoke/MethodHandle", "java/lang/invoke/ResolvedMethodName",
      "java/lang/invoke/MemberName", "java/lang/invoke/MethodHandleNatives"};
  for (size_t i = 0; i < VMK_COUNT(invoke); i++)
    boot_initialize(t, invoke[i]);
  j3_ti_post_vm_start(t, true);
  boot_phase(t, "initPhase2", "(ZZ)I", (vmk_value[]){j3_int(0), j3_int(0)});
  J3.phase = 2;
  j3_ti_post_vm_start(t, false);
  boot_phase(t, "initPhase3", "()V", NULL);
  J3.phase = 4;
  j3_ti_post_vm_init(t);
  if (J3.options->management_agent)
    boot_management_agent(t);
}

/* Everything from the kit's vm to the main thread's Java life; on the thread that stays the main one. */
static jint
boot_create(JavaVMInitArgs *args, j3_thread **out) VMK_MOVES_ENTRY
{
  jint result;
  J3.started_ns = vmk_now_ns();
  j3_jni_init();
  J3.options = j3_options_parse(args, &result);
  if (!J3.options)
    return result;
  if (J3.options->check_jni)
    j3_jni_check_init();
  j3_signals_init();
  boot_find_home(J3.java_home, sizeof J3.java_home);
  vmk_vm_options options = {
      .options = J3.options->vm_opts,
      .heap_max_bytes = J3.options->heap_max,
      .heap_initial_bytes = J3.options->heap_initial,
      .stack_bytes = J3.options->stack_bytes,
      .crashed = boot_crashed,
  };
  vmk_error error = {{0}};
  vmk_thread *t;
  pthread_mutex_init(&J3.lock, NULL);
  pthread_mutex_init(&J3.thread_lock, NULL);
  pthread_cond_init(&J3.thread_changed, NULL);
  if (vmk_vm_new(&options, &J3.vm, &error) != VMK_OK ||
      vmk_runtime_new(J3.vm, &j3_hooks, &J3, &J3.runtime, &error) != VMK_OK ||
      vmk_thread_attach(J3.vm, J3.options->stack_bytes, &t, &error) != VMK_OK) {
    fprintf(stderr, "Error occurred during initialization of VM\n%s\n", error.message);
    return JNI_ENOMEM;
  }
  J3.index = vmk_runtime_index(J3.runtime);
  j3_thread *jt = j3_thread_register(t);
  if (!jt)
    return JNI_ENOMEM;
  bool was = vmk_enter_managed(t);
  vmk_scope scope = vmk_scope_begin(t);
  j3_properties_init(&J3);
  j3_gclog_start();
  if (J3.options->agent_count) {
    vmk_leave_managed(t, true);
    j3_agents_load();
    vmk_enter_managed(t);
  }
  j3_ti_set_phase(JVMTI_PHASE_PRIMORDIAL);
  if (!j3_link_boot(t))
    boot_failed(t, "boot classes");
  j3_reference_start();
  boot_java(t);
  boot_limit_metaspace();
  vmk_scope_end(t, scope);
  vmk_leave_managed(t, was);
  *out = jt;
  return JNI_OK;
}

/* --- the invocation interface ------------------------------------------------------------------------------------ */

static jint
boot_attach(JavaVM *vm, void **env, void *arguments, bool daemon)
{
  (void)vm;
  vmk_thread *t = vmk_thread_current();
  if (t && j3_self(t)) {
    *env = j3_self(t);
    return JNI_OK;
  }
  const JavaVMAttachArgs *a = arguments;
  if (a && (!JVM_IsSupportedJNIVersion(a->version) || a->version == JNI_VERSION_1_1))
    a = NULL; /* HotSpot does not look at what it does not know */
  j3_thread *jt;
  jint result = j3_thread_attach(a ? a->name : NULL, a ? (vmk_handle)a->group : NULL, daemon, &jt);
  if (result == JNI_OK)
    *env = jt;
  return result;
}

static jint JNICALL
boot_AttachCurrentThread(JavaVM *vm, void **env, void *arguments)
{
  return boot_attach(vm, env, arguments, false);
}
static jint JNICALL
boot_AttachCurrentThreadAsDaemon(JavaVM *vm, void **env, void *arguments)
{
  return boot_attach(vm, env, arguments, true);
}

static jint JNICALL
boot_DetachCurrentThread(JavaVM *vm)
{
  (void)vm;
  vmk_thread *t = vmk_thread_current();
  if (t && j3_self(t))
    j3_thread_detach(j3_self(t));
  return JNI_OK;
}

static jint JNICALL
boot_GetEnv(JavaVM *vm, void **env, jint version)
{
  (void)vm;
  vmk_thread *t = vmk_thread_current();
  *env = NULL;
  if (!t || !j3_self(t))
    return JNI_EDETACHED;
  if (j3_ti_is_version(version))
    return j3_ti_env_new(version, env);
  if (!JVM_IsSupportedJNIVersion(version))
    return JNI_EVERSION;
  *env = j3_self(t);
  return JNI_OK;
}

static void
boot_destroy(j3_thread *jt) VMK_MOVES_ENTRY
{
  vmk_thread *t = jt->thread;
  bool was = vmk_enter_managed(t);
  j3_thread_wait_alone(jt);
  j3_class *shutdown = j3_class_boot(t, "java/lang/Shutdown");
  if (shutdown)
    j3_call_static(t, shutdown, "shutdown", "()V", NULL, NULL);
  vmk_clear_exception(t);
  j3_ti_post_vm_death(t);
  vmk_leave_managed(t, was);
  j3_agents_unload();
  j3_attach_end();
  j3_gclog_end();
  vmk_vm_report(J3.vm);
}

/* Waits for the other non-daemon threads, runs the shutdown hooks.  Daemon threads are left where they
 * are: the process is about to end, and the vm cannot be made again in it. */
static jint JNICALL
boot_DestroyJavaVM(JavaVM *vm)
{
  void *env;
  if (!boot_state.created || boot_state.destroyed)
    return JNI_ERR;
  JavaVMAttachArgs arguments = {JNI_VERSION_1_2, (char *)"DestroyJavaVM", NULL};
  if (boot_attach(vm, &env, &arguments, false) != JNI_OK)
    return JNI_ERR;
  boot_state.destroyed = true;
  boot_destroy(env);
  return JNI_OK;
}

static const struct JNIInvokeInterface_ boot_invoke_table = {
    .DestroyJavaVM = boot_DestroyJavaVM,
    .AttachCurrentThread = boot_AttachCurrentThread,
    .DetachCurrentThread = boot_DetachCurrentThread,
    .GetEnv = boot_GetEnv,
    .AttachCurrentThreadAsDaemon = boot_AttachCurrentThreadAsDaemon,
};
const struct JNIInvokeInterface_ *const j3_java_vm = &boot_invoke_table;

jint JNICALL
JNI_GetDefaultJavaVMInitArgs(void *pointer)
{
  /* The launcher asks with version 1.1 only to learn the default stack size: field 4 of the old
   * structure; 0 leaves the choice to the launcher. */
  JavaVMInitArgs *args = pointer;
  if (!JVM_IsSupportedJNIVersion(args->version))
    return JNI_ERR;
  if (args->version == JNI_VERSION_1_1) {
    struct {
      jint version;
      char **properties;
      jint check_source, native_stack, java_stack;
    } *old = pointer;
    old->version = JNI_VERSION_1_2; /* the oldest that is offered */
    old->java_stack = 1 << 20;
  }
  return JNI_OK;
}

jint JNICALL
JNI_CreateJavaVM(JavaVM **vm, void **env, void *arguments)
{
  JavaVMInitArgs *args = arguments;
  if (!JVM_IsSupportedJNIVersion(args->version) || args->version == JNI_VERSION_1_1)
    return JNI_EVERSION;
  pthread_mutex_lock(&boot_state.lock);
  bool second = boot_state.created;
  boot_state.created = true;
  pthread_mutex_unlock(&boot_state.lock);
  if (second)
    return boot_state.destroyed ? JNI_ERR : JNI_EEXIST;
  j3_thread *jt;
  jint result = boot_create(args, &jt);
  if (result != JNI_OK) {
    boot_state.created = J3.vm != NULL; /* nothing was made: the caller may try again */
    return result;
  }
  *vm = (JavaVM *)(uintptr_t)&j3_java_vm;
  *env = jt;
  return JNI_OK;
}

jint JNICALL
JNI_GetCreatedJavaVMs(JavaVM **list, jsize room, jsize *count)
{
  *count = boot_state.created && !boot_state.destroyed;
  if (*count && room > 0)
    list[0] = (JavaVM *)(uintptr_t)&j3_java_vm;
  return JNI_OK;
}
