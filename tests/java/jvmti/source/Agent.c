/* Agent.c -- calls the functions of the tool interface and says what they answer, and what events come */
#include <jvmti.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jvmtiEnv *ti;
static int live, freed, collections;
static jthread watched;

static const char *
name_of(jvmtiError error)
{
  static char text[4][100];
  static int next;
  char *name;
  if ((*ti)->GetErrorName(ti, error, &name) != JVMTI_ERROR_NONE)
    return "?";
  char *to = text[next++ & 3];
  snprintf(to, sizeof text[0], "%s", name + strlen("JVMTI_ERROR_"));
  (*ti)->Deallocate(ti, (unsigned char *)name);
  return to;
}
#define SAY(...) (printf(__VA_ARGS__), fflush(stdout))
#define TELL(call) SAY("%s: %s\n", #call, name_of((*ti)->call))
#define TRY(call) ((*ti)->call)

static const char *
text_of(char *text)
{
  return text ? text : "null";
}

static void
say_class(jclass c)
{
  char *signature = NULL;
  TRY(GetClassSignature(ti, c, &signature, NULL));
  SAY("%s", text_of(signature));
  TRY(Deallocate(ti, (unsigned char *)signature));
}

/* A class of the test whose name is not made at run time. */
static int
is_ours(jclass c)
{
  char *signature = NULL;
  TRY(GetClassSignature(ti, c, &signature, NULL));
  int ours = signature && strncmp(signature, "LAgent", 6) == 0 && !strstr(signature, "Lambda");
  TRY(Deallocate(ti, (unsigned char *)signature));
  return ours;
}

static void
say_method(jmethodID m)
{
  char *name = NULL, *signature = NULL;
  jclass c = NULL;
  if (!m) {
    SAY("none");
    return;
  }
  TRY(GetMethodDeclaringClass(ti, m, &c));
  TRY(GetMethodName(ti, m, &name, &signature, NULL));
  if (is_ours(c))
    say_class(c);
  SAY(".%s%s", name, signature);
  TRY(Deallocate(ti, (unsigned char *)name));
  TRY(Deallocate(ti, (unsigned char *)signature));
}

/* Of ours and not native. */
static int
is_our_method(jmethodID m)
{
  jclass c = NULL;
  jboolean native = 1;
  return m && TRY(IsMethodNative(ti, m, &native)) == JVMTI_ERROR_NONE && !native &&
         TRY(GetMethodDeclaringClass(ti, m, &c)) == JVMTI_ERROR_NONE && is_ours(c);
}

/* --- classes and methods ---------------------------------------------------------------------------- */

static void
one_class(JNIEnv *env, jclass c)
{
  char *signature, *generic, *source = NULL, *debug = NULL;
  jint status, modifiers, minor = -1, major = -1, n = -1;
  jboolean is_interface, is_array, is_modifiable;
  jobject loader;
  jclass *interfaces;
  (void)env;
  TRY(GetClassSignature(ti, c, &signature, &generic));
  TRY(GetClassStatus(ti, c, &status));
  TRY(GetClassModifiers(ti, c, &modifiers));
  TRY(IsInterface(ti, c, &is_interface));
  TRY(IsArrayClass(ti, c, &is_array));
  TRY(IsModifiableClass(ti, c, &is_modifiable));
  TRY(GetClassLoader(ti, c, &loader));
  SAY("%s %s status %d modifiers %x interface %d array %d modifiable %d loader %d\n", signature,
      text_of(generic), status, modifiers, is_interface, is_array, is_modifiable, loader != NULL);
  jvmtiError error = TRY(GetSourceFileName(ti, c, &source));
  SAY("  source %s %s", name_of(error), error ? "-" : source);
  SAY(" debug %s", name_of(TRY(GetSourceDebugExtension(ti, c, &debug))));
  error = TRY(GetClassVersionNumbers(ti, c, &minor, &major));
  SAY(" version %s", name_of(error));
  if (!error)
    SAY(" %d.%d", major, minor);
  error = TRY(GetImplementedInterfaces(ti, c, &n, &interfaces));
  SAY(" interfaces %s\n", name_of(error));
  for (jint i = 0; i < n && !error; i++) {
    SAY("    ");
    say_class(interfaces[i]);
    SAY("\n");
  }
}

static void
fields(jclass c)
{
  jint n = 0;
  jfieldID *list;
  SAY("  fields %s\n", name_of(TRY(GetClassFields(ti, c, &n, &list))));
  for (jint i = 0; i < n; i++) {
    char *name, *signature, *generic;
    jint modifiers;
    jboolean synthetic;
    jclass declaring;
    TRY(GetFieldName(ti, c, list[i], &name, &signature, &generic));
    TRY(GetFieldModifiers(ti, c, list[i], &modifiers));
    TRY(IsFieldSynthetic(ti, c, list[i], &synthetic));
    TRY(GetFieldDeclaringClass(ti, c, list[i], &declaring));
    SAY("    %s %s %s %x %d in ", name, signature, text_of(generic), modifiers & 0x50df, synthetic);
    say_class(declaring);
    SAY("\n");
  }
}

static void
tables(jmethodID m)
{
  jint n = 0;
  jvmtiLineNumberEntry *lines;
  jvmtiLocalVariableEntry *locals;
  jvmtiError error = TRY(GetLineNumberTable(ti, m, &n, &lines));
  SAY("      lines %s", name_of(error));
  for (jint i = 0; i < n && !error; i++)
    SAY(" %d:%d", (int)lines[i].start_location, lines[i].line_number);
  error = TRY(GetLocalVariableTable(ti, m, &n, &locals));
  SAY("\n      locals %s", name_of(error));
  for (jint i = 0; i < n && !error; i++)
    SAY(" %s %s %s [%d +%d] %d;", locals[i].name, locals[i].signature,
        text_of(locals[i].generic_signature), (int)locals[i].start_location, locals[i].length,
        locals[i].slot);
  SAY("\n");
}

static void
one_method(jmethodID m)
{
  char *name, *signature, *generic;
  jint modifiers, locals = -1, size = -1, count = -1;
  jboolean native, synthetic, obsolete;
  jlocation start = -2, end = -2;
  unsigned char *code;
  TRY(GetMethodName(ti, m, &name, &signature, &generic));
  TRY(GetMethodModifiers(ti, m, &modifiers));
  TRY(IsMethodNative(ti, m, &native));
  TRY(IsMethodSynthetic(ti, m, &synthetic));
  TRY(IsMethodObsolete(ti, m, &obsolete));
  SAY("    %s %s %s %x native %d synthetic %d obsolete %d\n", name, signature, text_of(generic),
      modifiers, native, synthetic, obsolete);
  SAY("      %s", name_of(TRY(GetMaxLocals(ti, m, &locals))));
  SAY(" %d %s", locals, name_of(TRY(GetArgumentsSize(ti, m, &size))));
  SAY(" %d %s", size, name_of(TRY(GetMethodLocation(ti, m, &start, &end))));
  SAY(" %d-%d", (int)start, (int)end);
  jvmtiError error = TRY(GetBytecodes(ti, m, &count, &code));
  SAY(" code %s %d", name_of(error), error ? 0 : count);
  for (jint i = 0; i < count && i < 8 && !error; i++)
    SAY(" %02x", code[i]);
  SAY("\n");
  tables(m);
}

JNIEXPORT void JNICALL
Java_Agent_classes(JNIEnv *env, jclass self, jobjectArray classes)
{
  (void)self;
  for (jsize i = 0; i < (*env)->GetArrayLength(env, classes); i++)
    one_class(env, (*env)->GetObjectArrayElement(env, classes, i));
}

JNIEXPORT void JNICALL
Java_Agent_methods(JNIEnv *env, jclass self, jobjectArray classes)
{
  (void)self;
  for (jsize i = 0; i < (*env)->GetArrayLength(env, classes); i++) {
    jclass c = (*env)->GetObjectArrayElement(env, classes, i);
    jint n = 0;
    jmethodID *list;
    say_class(c);
    SAY("\n");
    fields(c);
    SAY("  methods %s\n", name_of(TRY(GetClassMethods(ti, c, &n, &list))));
    for (jint k = 0; k < n; k++)
      one_method(list[k]);
  }
  jint n = 0;
  jclass *all;
  jvmtiError error = TRY(GetLoadedClasses(ti, &n, &all));
  int ours = 0;
  for (jint i = 0; i < n; i++)
    ours += is_ours(all[i]);
  SAY("loaded %s %d of ours %d\n", name_of(error), n > 300, ours);
}

/* --- threads ---------------------------------------------------------------------------------------------- */

static void
one_thread(JNIEnv *env, const char *what, jthread t)
{
  jvmtiThreadInfo info;
  jint state = -1, frames = -1;
  void *data = (void *)1;
  jmethodID m;
  jlocation at;
  (void)env;
  jvmtiError error = TRY(GetThreadInfo(ti, t, &info));
  SAY("%s info %s", what, name_of(error));
  if (!error)
    SAY(" %s %d daemon %d group %d loader %d",
        strncmp(info.name, "Thread-", 7) ? info.name : "Thread", info.priority, info.is_daemon,
        info.thread_group != NULL, info.context_class_loader != NULL);
  SAY(" state %s", name_of(TRY(GetThreadState(ti, t, &state))));
  SAY(" %x frames %s", state, name_of(TRY(GetFrameCount(ti, t, &frames))));
  SAY(" %d data %s", frames, name_of(TRY(GetThreadLocalStorage(ti, t, &data))));
  SAY(" %d set %s", data == NULL, name_of(TRY(SetThreadLocalStorage(ti, t, &data))));
  TRY(GetThreadLocalStorage(ti, t, &data));
  SAY(" %d", data == &data);
  SAY(" top %s", name_of(error = TRY(GetFrameLocation(ti, t, 0, &m, &at))));
  if (!error) {
    SAY(" ");
    say_method(m);
    SAY(":%d", (int)at);
  }
  SAY("\n");
}

static void
groups(jobject group)
{
  jint n = 0, m = 0;
  jthreadGroup *top, *children;
  jthread *threads;
  jvmtiThreadGroupInfo info;
  SAY("top %s", name_of(TRY(GetTopThreadGroups(ti, &n, &top))));
  SAY(" %d", n);
  TRY(GetThreadGroupInfo(ti, top[0], &info));
  SAY(" %s %d daemon %d parent %d\n", info.name, info.max_priority, info.is_daemon,
      info.parent != NULL);
  TRY(GetThreadGroupInfo(ti, group, &info));
  SAY("%s %d daemon %d parent %d", info.name, info.max_priority, info.is_daemon,
      info.parent != NULL);
  SAY(" children %s", name_of(TRY(GetThreadGroupChildren(ti, group, &n, &threads, &m, &children))));
  SAY(" %d %d\n", n, m);
}

static void JNICALL
agent_thread(jvmtiEnv *env, JNIEnv *jni, void *argument)
{
  jint n = 0;
  jthread *all, self;
  (void)jni;
  jrawMonitorID monitor = argument;
  (*env)->GetCurrentThread(env, &self);
  (*env)->GetAllThreads(env, &n, &all);
  int seen = 0;
  for (jint i = 0; i < n; i++)
    seen += (*jni)->IsSameObject(jni, all[i], self);
  (*env)->RawMonitorEnter(env, monitor); /* the starter is waiting */
  SAY("agent thread, seen %d\n", seen);
  (*env)->RawMonitorNotifyAll(env, monitor);
  (*env)->RawMonitorExit(env, monitor);
}

static void
run_agent_thread(JNIEnv *env)
{
  jrawMonitorID monitor;
  TELL(CreateRawMonitor(ti, "monitor", &monitor));
  TELL(RawMonitorExit(ti, monitor));
  TELL(RawMonitorWait(ti, monitor, 1));
  TELL(RawMonitorNotify(ti, monitor));
  TELL(RawMonitorEnter(ti, monitor));
  TELL(RawMonitorEnter(ti, monitor));
  TELL(RawMonitorExit(ti, monitor));
  TELL(RawMonitorWait(ti, monitor, 5));
  jclass c = (*env)->FindClass(env, "java/lang/Thread");
  jmethodID init = (*env)->GetMethodID(env, c, "<init>", "(Ljava/lang/String;)V");
  jobject t = (*env)->NewObject(env, c, init, (*env)->NewStringUTF(env, "agent"));
  TELL(RunAgentThread(ti, t, agent_thread, monitor, 11));
  TELL(RunAgentThread(ti, t, agent_thread, monitor, 5));
  TELL(RawMonitorWait(ti, monitor, 0));
  TELL(RawMonitorExit(ti, monitor));
  TELL(DestroyRawMonitor(ti, monitor));
}

static void
stacks(jthread waiter, jthread unstarted)
{
  jvmtiFrameInfo frames[10];
  jvmtiStackInfo *info;
  jint n = 0;
  jthread list[2] = {waiter, unstarted};
  TELL(GetStackTrace(ti, waiter, 0, 10, frames, &n));
  for (jint i = 0; i < n; i++) {
    SAY("  ");
    say_method(frames[i].method);
    SAY(":%d\n", (int)frames[i].location);
  }
  TELL(GetStackTrace(ti, waiter, -1, 10, frames, &n));
  SAY("  %d\n", n);
  TELL(GetStackTrace(ti, waiter, 99, 10, frames, &n));
  TELL(GetStackTrace(ti, waiter, 0, -1, frames, &n));
  TELL(GetThreadListStackTraces(ti, 2, list, 2, &info));
  for (int i = 0; i < 2; i++)
    SAY("  %x %d\n", info[i].state, info[i].frame_count);
  TELL(GetAllStackTraces(ti, 100, &info, &n));
  SAY("  %d\n", n >= 4);
}

JNIEXPORT void JNICALL
Java_Agent_threads(JNIEnv *env, jclass self, jthread waiter, jthread unstarted, jthread dead,
                   jobject group)
{
  jint n = 0;
  jthread *all, current;
  jvmtiError results[2];
  (void)self;
  TELL(GetAllThreads(ti, &n, &all));
  SAY("  %d\n", n >= 4);
  TELL(GetCurrentThread(ti, &current));
  one_thread(env, "current", current);
  one_thread(env, "null", NULL);
  one_thread(env, "waiter", waiter);
  one_thread(env, "unstarted", unstarted);
  one_thread(env, "dead", dead);
  one_thread(env, "no thread", group);
  groups(group);
  stacks(waiter, unstarted);
  TELL(SuspendThread(ti, waiter));
  TELL(SuspendThread(ti, waiter));
  one_thread(env, "suspended", waiter);
  TELL(ResumeThread(ti, waiter));
  TELL(ResumeThread(ti, waiter));
  TELL(SuspendThread(ti, unstarted));
  TELL(ResumeThread(ti, dead));
  jthread list[2] = {waiter, dead};
  TELL(SuspendThreadList(ti, 2, list, results));
  SAY("  %s %s\n", name_of(results[0]), name_of(results[1]));
  TELL(ResumeThreadList(ti, 2, list, results));
  SAY("  %s %s\n", name_of(results[0]), name_of(results[1]));
  TELL(InterruptThread(ti, dead));
  run_agent_thread(env);
  flockfile(stdout); /* the waiter tells of it too, and wakes at once */
  TELL(InterruptThread(ti, waiter));
  funlockfile(stdout);
}

/* --- stacks, monitors --------------------------------------------------------------------------------------- */

JNIEXPORT jint JNICALL
Java_Agent_stack(JNIEnv *env, jclass self, jstring text, jint number, jlong wide, jdouble real,
                 jobject object)
{
  jint i = -1;
  jlong l = -1;
  jfloat f = -1;
  jdouble d = -1;
  jobject o = NULL;
  (void)self, (void)text, (void)number, (void)wide, (void)real;
  for (int depth = 1; depth < 5; depth++) {
    TELL(GetLocalInt(ti, NULL, depth, 0, &i));
    TELL(GetLocalObject(ti, NULL, depth, 1, &o));
    SAY("  %d %d\n", i, (*env)->GetStringUTFLength(env, o));
    TELL(GetLocalInt(ti, NULL, depth, 2, &i));
    TELL(GetLocalLong(ti, NULL, depth, 3, &l));
    TELL(GetLocalDouble(ti, NULL, depth, 5, &d));
    TELL(GetLocalObject(ti, NULL, depth, 7, &o));
    SAY("  %d %ld %g %d\n", i, (long)l, d, (*env)->GetArrayLength(env, o));
  }
  SAY("  same %d\n", 1 + (*env)->IsSameObject(env, o, object));
  TELL(GetLocalInt(ti, NULL, 0, 0, &i));
  TELL(GetLocalInt(ti, NULL, 1, 99, &i));
  TELL(GetLocalInt(ti, NULL, 1, -1, &i));
  TELL(GetLocalInt(ti, NULL, -1, 0, &i));
  TELL(GetLocalInt(ti, NULL, 99, 0, &i));
  TELL(GetLocalFloat(ti, NULL, 1, 0, &f));
  TELL(GetLocalInstance(ti, NULL, 1, &o));
  TELL(SetLocalInt(ti, NULL, 1, 2, 100));
  TELL(GetLocalInt(ti, NULL, 1, 2, &i));
  SAY("  %d\n", i);
  return 11;
}

JNIEXPORT void JNICALL
Java_Agent_monitors(JNIEnv *env, jclass self, jobject held, jobject unused, jthread blocked)
{
  jint n = -1;
  jobject *owned, contended = NULL;
  jvmtiMonitorStackDepthInfo *depths;
  jvmtiMonitorUsage usage;
  (void)self;
  TELL(GetOwnedMonitorInfo(ti, NULL, &n, &owned));
  SAY("  %d %d\n", n, n == 1 && (*env)->IsSameObject(env, owned[0], held));
  TELL(GetOwnedMonitorStackDepthInfo(ti, NULL, &n, &depths));
  SAY("  %d depth %d\n", n, depths[0].stack_depth);
  TELL(GetOwnedMonitorInfo(ti, blocked, &n, &owned));
  SAY("  %d\n", n);
  TELL(GetCurrentContendedMonitor(ti, blocked, &contended));
  SAY("  %d\n", (*env)->IsSameObject(env, contended, held));
  TELL(GetCurrentContendedMonitor(ti, NULL, &contended));
  SAY("  %d\n", contended == NULL);
  TELL(GetObjectMonitorUsage(ti, held, &usage));
  SAY("  %d %d %d %d\n", usage.owner != NULL, usage.entry_count, usage.waiter_count,
      usage.notify_waiter_count);
  TELL(GetObjectMonitorUsage(ti, unused, &usage));
  SAY("  %d %d %d %d\n", usage.owner != NULL, usage.entry_count, usage.waiter_count,
      usage.notify_waiter_count);
}

/* --- tags and the rest ---------------------------------------------------------------------------------------- */

static jint JNICALL
count_tagged(jlong class_tag, jlong size, jlong *tag, jint length, void *data)
{
  (void)class_tag, (void)size, (void)length;
  *(jlong *)data += *tag;
  *tag += 1;
  return JVMTI_VISIT_OBJECTS;
}

JNIEXPORT void JNICALL
Java_Agent_tags(JNIEnv *env, jclass self, jobject a, jobject b)
{
  jlong tag = -1, sum = 0, tags[2] = {5, 6}, *found;
  jint n = -1;
  jobject *objects;
  jvmtiHeapCallbacks callbacks = {.heap_iteration_callback = count_tagged};
  (void)self;
  TELL(GetTag(ti, a, &tag));
  SAY("  %ld\n", (long)tag);
  TELL(SetTag(ti, a, 5));
  TELL(SetTag(ti, b, 6));
  TELL(ForceGarbageCollection(ti));
  SAY("  collected %d\n", collections > 0);
  TELL(GetTag(ti, a, &tag));
  SAY("  %ld\n", (long)tag);
  TELL(GetObjectsWithTags(ti, 2, tags, &n, &objects, &found));
  SAY("  %d sum %d\n", n, n == 2 ? (int)(found[0] + found[1]) : 0);
  TELL(IterateThroughHeap(ti, JVMTI_HEAP_FILTER_UNTAGGED, NULL, &callbacks, &sum));
  SAY("  %ld\n", (long)sum);
  TELL(GetTag(ti, b, &tag));
  SAY("  %ld\n", (long)tag);
  sum = 0;
  TELL(IterateThroughHeap(ti, JVMTI_HEAP_FILTER_UNTAGGED, (*env)->GetObjectClass(env, b),
                          &callbacks, &sum));
  SAY("  %ld\n", (long)sum);
  TELL(SetTag(ti, b, 0));
  TELL(GetObjectsWithTags(ti, 2, tags, &n, &objects, NULL));
  SAY("  %d\n", n);
}

JNIEXPORT jint JNICALL
Java_Agent_freed(JNIEnv *env, jclass self)
{
  (void)env, (void)self;
  return freed;
}

static void
properties(void)
{
  jint n = 0;
  char **names, *value = NULL;
  TELL(GetSystemProperties(ti, &n, &names));
  SAY("  %d\n", n > 10);
  TELL(GetSystemProperty(ti, "java.vm.specification.version", &value));
  SAY("  %s\n", text_of(value));
  TELL(GetSystemProperty(ti, "no.such", &value));
  TELL(SetSystemProperty(ti, "java.vm.name", "x"));
}

JNIEXPORT void JNICALL
Java_Agent_misc(JNIEnv *env, jclass self, jobject some)
{
  jint n = 0, hash = 0;
  jlong size = 0, time = 0;
  jvmtiPhase phase = 0;
  jvmtiJlocationFormat format = 5;
  jvmtiTimerInfo timer;
  void *data = NULL;
  jobject *modules, module = NULL;
  jboolean modifiable = 0;
  jvmtiExtensionEventInfo *extensions;
  (void)self;
  properties();
  TELL(GetPhase(ti, &phase));
  TELL(GetJLocationFormat(ti, &format));
  SAY("  %d %d\n", phase, format);
  TELL(GetVersionNumber(ti, &n));
  SAY("  %x\n", n & ~0xff);
  TELL(GetObjectSize(ti, some, &size));
  TELL(GetObjectHashCode(ti, some, &hash));
  SAY("  %d %d\n", size > 8, hash != 0);
  TELL(SetEnvironmentLocalStorage(ti, &n));
  TELL(GetEnvironmentLocalStorage(ti, &data));
  SAY("  %d\n", data == &n);
  TELL(GetTime(ti, &time));
  TELL(GetTimerInfo(ti, &timer));
  SAY("  %d %d %d\n", timer.kind, timer.may_skip_forward, timer.may_skip_backward);
  TELL(GetCurrentThreadCpuTime(ti, &time));
  TELL(GetThreadCpuTime(ti, NULL, &time));
  TELL(GetThreadCpuTimerInfo(ti, &timer));
  TELL(GetAvailableProcessors(ti, &n));
  SAY("  %d\n", time > 0 && n > 0);
  TELL(GetAllModules(ti, &n, &modules));
  SAY("  %d\n", n > 10);
  TELL(GetNamedModule(ti, NULL, "java/lang", &module));
  TELL(IsModifiableModule(ti, module, &modifiable));
  SAY("  %d %d\n", module != NULL, modifiable);
  TELL(AddModuleOpens(ti, module, "java/lang", module));
  TELL(AddModuleOpens(ti, module, "java.lang", module));
  TELL(AddModuleReads(ti, module, module));
  TELL(AddModuleExports(ti, module, "no/such", module));
  TELL(GetExtensionEvents(ti, &n, &extensions));
  TELL(AddToSystemClassLoaderSearch(ti, "no such.jar"));
  TELL(SetVerboseFlag(ti, JVMTI_VERBOSE_JNI, JNI_FALSE));
  TELL(GenerateEvents(ti, JVMTI_EVENT_DYNAMIC_CODE_GENERATED));
  TELL(GenerateEvents(ti, JVMTI_EVENT_BREAKPOINT));
  (void)env;
}

JNIEXPORT void JNICALL
Java_Agent_errors(JNIEnv *env, jclass self, jclass some)
{
  jint n;
  char *text;
  unsigned char *memory;
  jvmtiEnv *other = NULL;
  JavaVM *vm;
  jthread current;
  (void)self;
  TELL(GetClassSignature(ti, NULL, &text, NULL));
  TELL(GetClassStatus(ti, some, NULL));
  TELL(GetMethodModifiers(ti, NULL, &n));
  TELL(GetFieldModifiers(ti, some, NULL, &n));
  TELL(GetClassModifiers(ti, (jclass)(*env)->NewStringUTF(env, "x"), &n));
  TELL(Allocate(ti, -1, &memory));
  TELL(Allocate(ti, 0, &memory));
  TELL(Allocate(ti, 10, &memory));
  TELL(Deallocate(ti, memory));
  TELL(GetErrorName(ti, 77, &text));
  TELL(SetEventNotificationMode(ti, JVMTI_ENABLE, JVMTI_EVENT_FIELD_ACCESS, NULL));
  TRY(GetCurrentThread(ti, &current));
  TELL(SetEventNotificationMode(ti, JVMTI_ENABLE, JVMTI_EVENT_THREAD_START, current));
  TELL(PopFrame(ti, NULL));
  TELL(ForceEarlyReturnVoid(ti, NULL));
  TELL(RawMonitorEnter(ti, NULL));
  TELL(GetStackTrace(ti, NULL, 0, 1, NULL, &n));
  (*env)->GetJavaVM(env, &vm);
  SAY("env %d\n", (*vm)->GetEnv(vm, (void **)&other, JVMTI_VERSION_1_2));
  SAY("needs %s\n", name_of((*other)->GetBytecodes(other, (jmethodID)1, &n, &memory)));
  SAY("needs %s\n", name_of((*other)->SuspendThread(other, NULL)));
  SAY("dispose %s\n", name_of((*other)->DisposeEnvironment(other)));
  SAY("after %s\n", name_of((*other)->GetTopThreadGroups(other, &n, NULL)));
  SAY("too new %d\n", (*vm)->GetEnv(vm, (void **)&other, 0x30800000));
}

/* --- events ----------------------------------------------------------------------------------------------------- */

JNIEXPORT void JNICALL
Java_Agent_watch(JNIEnv *env, jclass self, jboolean on)
{
  static const jvmtiEvent events[] = {JVMTI_EVENT_EXCEPTION,   JVMTI_EVENT_EXCEPTION_CATCH,
                                      JVMTI_EVENT_SINGLE_STEP, JVMTI_EVENT_METHOD_ENTRY,
                                      JVMTI_EVENT_METHOD_EXIT, JVMTI_EVENT_BREAKPOINT,
                                      JVMTI_EVENT_FRAME_POP};
  (void)self;
  if (on) {
    jthread t;
    TRY(GetCurrentThread(ti, &t));
    watched = (*env)->NewGlobalRef(env, t);
  }
  for (size_t i = 0; i < sizeof events / sizeof *events; i++)
    SAY("%d %s\n", events[i],
        name_of(TRY(
            SetEventNotificationMode(ti, on ? JVMTI_ENABLE : JVMTI_DISABLE, events[i], watched))));
}

JNIEXPORT void JNICALL
Java_Agent_breakAt(JNIEnv *env, jclass self, jclass c, jstring name, jboolean on)
{
  const char *text = (*env)->GetStringUTFChars(env, name, NULL);
  jmethodID m = (*env)->GetStaticMethodID(env, c, text, "(I)V");
  (void)self;
  if (on) {
    TELL(SetBreakpoint(ti, m, 0));
    TELL(SetBreakpoint(ti, m, 0));
    TELL(SetBreakpoint(ti, m, 1000));
    TELL(SetBreakpoint(ti, NULL, 0));
  } else {
    TELL(ClearBreakpoint(ti, m, 0));
    TELL(ClearBreakpoint(ti, m, 0));
  }
  (*env)->ReleaseStringUTFChars(env, name, text);
}

JNIEXPORT void JNICALL
Java_Agent_popOf(JNIEnv *env, jclass self, jint depth)
{
  (void)env, (void)self;
  TELL(NotifyFramePop(ti, NULL, depth));
  TELL(NotifyFramePop(ti, NULL, depth));
  TELL(NotifyFramePop(ti, NULL, 0));
  TELL(NotifyFramePop(ti, NULL, 99));
}

#define AT(what, m, location)      \
  if (is_our_method(m)) {          \
    SAY("%s ", what);              \
    say_method(m);                 \
    SAY(":%d\n", (int)(location)); \
  }

static void JNICALL
on_step(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jlocation at)
{
  (void)e, (void)env, (void)t;
  AT("step", m, at);
}
static void JNICALL
on_breakpoint(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jlocation at)
{
  jint n = -1;
  (void)e, (void)env;
  AT("breakpoint", m, at);
  TELL(GetLocalInt(ti, t, 0, 0, &n));
  SAY("  %d\n", n);
}
static void JNICALL
on_entry(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m)
{
  (void)e, (void)env, (void)t;
  AT("entry", m, 0);
}
static void JNICALL
on_exit_method(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jboolean by_exception,
               jvalue value)
{
  (void)e, (void)env, (void)t;
  jvalue none = {0};
  char *name, *signature;
  TRY(GetMethodName(ti, m, &name, &signature, NULL));
  AT(by_exception ? "thrown out of" : "exit", m,
     (strchr(signature, ')')[1] == 'I' ? value : none).i);
}
static void JNICALL
on_pop(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jboolean by_exception)
{
  (void)e, (void)env, (void)t;
  AT("pop", m, by_exception);
}
static void JNICALL
on_exception(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jlocation at, jobject exception,
             jmethodID catcher, jlocation catch_at)
{
  (void)e, (void)t;
  AT("exception", m, at);
  if (is_our_method(m)) {
    SAY("  ");
    say_class((*env)->GetObjectClass(env, exception));
    SAY(" caught in ");
    say_method(catcher);
    SAY(":%d\n", (int)catch_at);
  }
}
static void JNICALL
on_catch(jvmtiEnv *e, JNIEnv *env, jthread t, jmethodID m, jlocation at, jobject exception)
{
  (void)e, (void)t, (void)env, (void)exception;
  AT("catch", m, at);
}

static void JNICALL
on_load(jvmtiEnv *e, JNIEnv *env, jthread t, jclass c)
{
  (void)e, (void)env, (void)t;
  if (is_ours(c)) {
    SAY("load ");
    say_class(c);
    SAY("\n");
  }
}
static void JNICALL
on_prepare(jvmtiEnv *e, JNIEnv *env, jthread t, jclass c)
{
  (void)e, (void)env, (void)t;
  if (is_ours(c)) {
    jint status;
    TRY(GetClassStatus(ti, c, &status));
    SAY("prepare ");
    say_class(c);
    SAY(" %d\n", status);
  }
}
static void
say_thread_event(const char *what, jthread t)
{
  jvmtiThreadInfo info;
  if (TRY(GetThreadInfo(ti, t, &info)) == JVMTI_ERROR_NONE &&
      (strcmp(info.name, "waiter") == 0 || strcmp(info.name, "blocked") == 0))
    SAY("%s %s\n", what, info.name);
}
static void JNICALL
on_thread_start(jvmtiEnv *e, JNIEnv *env, jthread t)
{
  (void)e, (void)env;
  if (live)
    say_thread_event("start of", t);
}
static void JNICALL
on_thread_end(jvmtiEnv *e, JNIEnv *env, jthread t)
{
  (void)e, (void)env;
  if (live)
    say_thread_event("end of", t);
}
static int
is_lock(JNIEnv *env, jobject o)
{
  jclass c = (*env)->GetObjectClass(env, o), object = (*env)->FindClass(env, "java/lang/Object");
  return (*env)->IsSameObject(env, c, object);
}
static void JNICALL
on_wait(jvmtiEnv *e, JNIEnv *env, jthread t, jobject o, jlong timeout)
{
  (void)e, (void)t;
  if (is_lock(env, o))
    SAY("wait %ld\n", (long)timeout);
}
static void JNICALL
on_waited(jvmtiEnv *e, JNIEnv *env, jthread t, jobject o, jboolean timed_out)
{
  (void)e, (void)t;
  if (is_lock(env, o))
    SAY("waited %d\n", timed_out);
}
static void JNICALL
on_contended(jvmtiEnv *e, JNIEnv *env, jthread t, jobject o)
{
  (void)e, (void)t;
  if (is_lock(env, o))
    say_thread_event("contended enter of", t);
}
static void JNICALL
on_entered(jvmtiEnv *e, JNIEnv *env, jthread t, jobject o)
{
  (void)e, (void)t;
  if (is_lock(env, o))
    say_thread_event("contended entered of", t);
}
static void JNICALL
on_vm_start(jvmtiEnv *e, JNIEnv *env)
{
  jvmtiPhase phase = 0;
  jint n;
  jthread *threads;
  (void)e, (void)env;
  TRY(GetPhase(ti, &phase));
  SAY("start, phase %d\n", phase);
  TELL(GetAllThreads(ti, &n, &threads));
}
static void JNICALL
on_vm_init(jvmtiEnv *e, JNIEnv *env, jthread t)
{
  jvmtiPhase phase = 0;
  jvmtiThreadInfo info;
  (void)e, (void)env;
  live = 1;
  TRY(GetPhase(ti, &phase));
  TRY(GetThreadInfo(ti, t, &info));
  SAY("init, phase %d thread %s\n", phase, info.name);
}
static void JNICALL
on_vm_death(jvmtiEnv *e, JNIEnv *env)
{
  jvmtiPhase phase = 0;
  (void)e, (void)env;
  TRY(GetPhase(ti, &phase));
  SAY("death, phase %d\n", phase);
}
static void JNICALL
on_collection(jvmtiEnv *e)
{
  (void)e;
  collections++;
}
static void JNICALL
on_free(jvmtiEnv *e, jlong tag)
{
  (void)e;
  freed += tag == 6;
}

static void
start_phase(void)
{
  jint n;
  jthread *threads;
  jvmtiPhase phase = 0;
  TRY(GetPhase(ti, &phase));
  SAY("load, phase %d\n", phase);
  TELL(GetAllThreads(ti, &n, &threads));
  TELL(GetSystemProperty(ti, "no.such", (char **)&threads));
  TELL(ForceGarbageCollection(ti));
}

JNIEXPORT jint JNICALL
Agent_OnLoad(JavaVM *vm, char *options, void *reserved)
{
  jvmtiEventCallbacks callbacks = {
      .VMInit = on_vm_init,
      .VMDeath = on_vm_death,
      .VMStart = on_vm_start,
      .ThreadStart = on_thread_start,
      .ThreadEnd = on_thread_end,
      .ClassLoad = on_load,
      .ClassPrepare = on_prepare,
      .Exception = on_exception,
      .ExceptionCatch = on_catch,
      .SingleStep = on_step,
      .FramePop = on_pop,
      .Breakpoint = on_breakpoint,
      .MethodEntry = on_entry,
      .MethodExit = on_exit_method,
      .MonitorWait = on_wait,
      .MonitorWaited = on_waited,
      .MonitorContendedEnter = on_contended,
      .MonitorContendedEntered = on_entered,
      .GarbageCollectionFinish = on_collection,
      .ObjectFree = on_free,
  };
  static const jvmtiEvent events[] = {JVMTI_EVENT_VM_INIT,
                                      JVMTI_EVENT_VM_DEATH,
                                      JVMTI_EVENT_VM_START,
                                      JVMTI_EVENT_THREAD_START,
                                      JVMTI_EVENT_THREAD_END,
                                      JVMTI_EVENT_CLASS_LOAD,
                                      JVMTI_EVENT_CLASS_PREPARE,
                                      JVMTI_EVENT_MONITOR_WAIT,
                                      JVMTI_EVENT_MONITOR_WAITED,
                                      JVMTI_EVENT_MONITOR_CONTENDED_ENTER,
                                      JVMTI_EVENT_MONITOR_CONTENDED_ENTERED,
                                      JVMTI_EVENT_GARBAGE_COLLECTION_FINISH,
                                      JVMTI_EVENT_OBJECT_FREE};
  jvmtiCapabilities potential, wanted = {0};
  (void)reserved;
  printf("options %s\n", options ? options : "none");
  if ((*vm)->GetEnv(vm, (void **)&ti, JVMTI_VERSION_1_2) != JNI_OK)
    return JNI_ERR;
  TELL(SetEventNotificationMode(ti, JVMTI_ENABLE, JVMTI_EVENT_BREAKPOINT, NULL));
  TELL(GetPotentialCapabilities(ti, &potential));
#define WANT(name) (wanted.name = potential.name, printf("  %s %d\n", #name, potential.name))
  WANT(can_tag_objects), WANT(can_get_bytecodes), WANT(can_get_synthetic_attribute),
      WANT(can_get_owned_monitor_info);
  WANT(can_get_current_contended_monitor), WANT(can_get_monitor_info), WANT(can_signal_thread);
  WANT(can_get_source_file_name), WANT(can_get_line_numbers), WANT(can_get_source_debug_extension);
  WANT(can_access_local_variables), WANT(can_maintain_original_method_order),
      WANT(can_generate_single_step_events);
  WANT(can_generate_exception_events), WANT(can_generate_frame_pop_events),
      WANT(can_generate_breakpoint_events);
  WANT(can_suspend), WANT(can_get_current_thread_cpu_time), WANT(can_get_thread_cpu_time);
  WANT(can_generate_method_entry_events), WANT(can_generate_method_exit_events),
      WANT(can_generate_monitor_events);
  WANT(can_generate_garbage_collection_events), WANT(can_generate_object_free_events);
  WANT(can_get_owned_monitor_stack_depth_info);
  TELL(AddCapabilities(ti, &wanted));
  TELL(SetEventCallbacks(ti, &callbacks, sizeof callbacks));
  for (size_t i = 0; i < sizeof events / sizeof *events; i++)
    SAY("%d %s\n", events[i],
        name_of(TRY(SetEventNotificationMode(ti, JVMTI_ENABLE, events[i], NULL))));
  start_phase();
  return JNI_OK;
}

JNIEXPORT void JNICALL
Agent_OnUnload(JavaVM *vm)
{
  (void)vm;
  SAY("unload\n");
}
