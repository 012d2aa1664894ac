/* agent.c -- agent libraries named on the command line: found, opened, started before Java runs */
#include "agent.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "entry.h"
#include "options.h"
#include "vm.h"

typedef jint (*agent_start)(JavaVM *vm, char *arguments, void *reserved);

/* The JDK's own folder first, then where the dynamic linker looks. */
static void *
agent_open(const j3_agent *a)
{
  char path[PATH_MAX];
  if (a->is_path)
    return dlopen(a->name, RTLD_LAZY);
  snprintf(path, sizeof path, "%s/lib/lib%s.so", J3.java_home, a->name);
  if (access(path, F_OK) == 0)
    return dlopen(path, RTLD_LAZY);
  snprintf(path, sizeof path, "lib%s.so", a->name);
  return dlopen(path, RTLD_LAZY);
}

void
j3_agents_load(void)
{
  for (size_t i = 0; i < J3.options->agent_count; i++) {
    j3_agent *a = &J3.options->agents[i];
    void *library = a->library = agent_open(a);
    if (!library)
      j3_fatal("Could not find agent library %s %s, with error: %s", a->name,
               a->is_path ? "in absolute path" : "on the library path", dlerror());
    agent_start start = (agent_start)dlsym(library, "Agent_OnLoad");
    if (!start)
      j3_fatal("Could not find Agent_OnLoad function in the agent library %s", a->name);
    if (start((JavaVM *)(uintptr_t)&j3_java_vm, a->arguments, NULL) != JNI_OK)
      j3_fatal("agent library failed to init: %s", a->name);
  }
}

/* For Agent_OnUnload at the end.  Attached agents come one after the other. */
static void
agent_remember(const j3_agent *a)
{
  j3_options *o = J3.options;
  j3_agent *list = malloc((o->agent_count + 1) * sizeof *list);
  VMK_ASSERT(list);
  if (o->agent_count)
    memcpy(list, o->agents, o->agent_count * sizeof *list);
  list[o->agent_count] = *a;
  list[o->agent_count].name = strdup(a->name);
  o->agents = list; /* the old list is not freed: somebody may be looking */
  o->agent_count++;
}

jint
j3_agent_attach(vmk_thread *t, const char *name, bool is_path, const char *arguments, FILE *out)
{
  j3_agent a = {.name = (char *)(uintptr_t)name, .is_path = is_path};
  vmk_enter_native(t);
  a.library = agent_open(&a);
  const char *error = a.library ? NULL : dlerror();
  agent_start start = a.library ? (agent_start)dlsym(a.library, "Agent_OnAttach") : NULL;
  jint result = JNI_ERR;
  if (!a.library) {
    fprintf(out, "%s was not loaded.\n%s\n", name, error ? error : "");
  } else if (!start) {
    fprintf(out, "Agent_OnAttach is not available in %s\n", name);
  } else {
    jint answer = start((JavaVM *)(uintptr_t)&j3_java_vm, (char *)(uintptr_t)arguments, NULL);
    fprintf(out, "return code: %d\n", answer);
    if (answer == JNI_OK)
      agent_remember(&a);
    result = JNI_OK;
  }
  vmk_leave_native(t);
  vmk_clear_exception(t);
  return result;
}

void
j3_agents_unload(void)
{
  static atomic_flag done = ATOMIC_FLAG_INIT;
  if (atomic_flag_test_and_set(&done))
    return;
  for (size_t i = 0; i < J3.options->agent_count; i++) {
    void *library = J3.options->agents[i].library;
    void (*end)(JavaVM *) = library ? (void (*)(JavaVM *))dlsym(library, "Agent_OnUnload") : NULL;
    if (end)
      end((JavaVM *)(uintptr_t)&j3_java_vm);
  }
}
