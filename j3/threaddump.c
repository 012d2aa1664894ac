/* threaddump.c -- every thread with its stack as text, on SIGQUIT and for JVM_DumpAllStacks
 *
 * The layout is HotSpot's, which tools parse.  The text is made in memory with the world stopped and written
 * after: a reader of our output may be a thread of ours.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "blocker.h"
#include "jni_table.h"
#include "options.h"
#include "stack.h"
#include "vm.h"

enum { DUMP_FRAMES = 1024 };

static const char *
dump_state_name(int32_t status)
{
  switch (status) {
  case J3_STATUS_NEW: return "NEW";
  case J3_STATUS_RUNNABLE: return "RUNNABLE";
  case J3_STATUS_BLOCKED: return "BLOCKED (on object monitor)";
  case J3_STATUS_WAITING: return "WAITING (on object monitor)";
  case J3_STATUS_TIMED_WAITING: return "TIMED_WAITING (on object monitor)";
  case J3_STATUS_PARKED: return "WAITING (parking)";
  case J3_STATUS_TIMED_PARKED: return "TIMED_WAITING (parking)";
  case J3_STATUS_SLEEPING: return "TIMED_WAITING (sleeping)";
  case J3_STATUS_TERMINATED: return "TERMINATED";
  default: return "UNKNOWN";
  }
}

/* What the operating system's thread is doing, in the words of the first line. */
static const char *
dump_activity(int32_t status)
{
  switch (status) {
  case J3_STATUS_RUNNABLE: return "runnable";
  case J3_STATUS_BLOCKED: return "waiting for monitor entry";
  case J3_STATUS_WAITING:
  case J3_STATUS_TIMED_WAITING: return "in Object.wait()";
  default: return "waiting on condition";
  }
}

/* "<0x...> (a some.Class)" */
static void
dump_object(FILE *out, vmk_handle object)
{
  char name[512];
  j3_class *c = j3_class_of(object);
  j3_class_external_name(c, name, sizeof name);
  fprintf(out, "<0x%016" PRIxPTR "> (a %s", (uintptr_t)object->ref, name);
  if (c == J3.known.class_Class) {
    j3_class_external_name(j3_class_of_mirror(object), name, sizeof name);
    fprintf(out, " for %s", name);
  }
  fputs(")\n", out);
}

static void
dump_blocker(FILE *out, const j3_blocker *blocker)
{
  static const char *const words[] = {
      [J3_BLOCKED_ENTER] = "waiting to lock",
      [J3_BLOCKED_WAIT] = "waiting on",
      [J3_BLOCKED_PARK] = "parking to wait for ",
  };
  if (blocker->how == J3_BLOCKED_NOT)
    return;
  fprintf(out, "\t- %s ", words[blocker->how]);
  dump_object(out, blocker->object);
}

static void
dump_held(FILE *out, vmk_thread *t, const vmk_frame *frame, j3_method *m, vmk_handle entering)
{
  vmk_handle held[J3_HELD_MAX];
  uint32_t count = j3_frame_held(t, frame, m, held);
  for (uint32_t i = 0; i < count; i++) {
    if (i == 0 && entering && vmk_same(held[i], entering))
      continue;
    fputs("\t- locked ", out);
    dump_object(out, held[i]);
  }
}

static void
dump_frames(FILE *out, vmk_thread *t, j3_thread *jt, const j3_blocker *blocker)
{
  uint32_t n = 0;
  vmk_frame frame;
  for (bool more = vmk_frame_first(jt->thread, &frame); more && n < DUMP_FRAMES;
       more = vmk_frame_next(&frame)) {
    char text[1024];
    j3_method *m = j3_frame_method(&frame);
    if (!m)
      continue;
    j3_frame_describe(&(j3_frame){m, j3_frame_bci(&frame, m)}, text, sizeof text);
    fprintf(out, "\tat %s\n", text);
    bool youngest = n++ == 0;
    if (youngest)
      dump_blocker(out, blocker);
    bool entering = youngest && blocker->how == J3_BLOCKED_ENTER;
    dump_held(out, t, &frame, m, entering ? blocker->object : NULL);
  }
}

void
j3_thread_print_stack(vmk_thread *t, FILE *out) VMK_MOVES
{
  vmk_scope scope = vmk_scope_begin(t);
  dump_frames(out, t, j3_self(t), &(j3_blocker){.how = J3_BLOCKED_NOT});
  vmk_scope_end(t, scope);
}

static void
dump_name(FILE *out, vmk_thread *t, const j3_thread *jt)
{
  vmk_handle string = vmk_get_ref(t, jt->object, J3.known.offset_Thread_name);
  char *name = j3_string_utf8(string, NULL);
  fprintf(out, "\"%s\"", name ? name : "<no name>");
  free(name);
}

static void
dump_thread(FILE *out, vmk_thread *t, j3_thread *jt)
{
  j3_blocker blocker = j3_blocker_of(t, jt);
  int32_t status = j3_blocker_status(jt, &blocker);
  dump_name(out, t, jt);
  fprintf(out, " #%" PRId64 "%s prio=%d os_prio=0 cpu=%.2fms elapsed=%.2fs tid=0x%016" PRIxPTR,
          vmk_get_i64(jt->object, J3.known.offset_Thread_tid), jt->is_daemon ? " daemon" : "",
          vmk_get_i32(jt->object, J3.known.offset_Thread_priority),
          (double)vmk_thread_cpu_ns(jt->thread) / 1e6,
          (double)(vmk_now_ns() - jt->started_ns) / 1e9, (uintptr_t)jt->thread);
  fprintf(out, " nid=0x%" PRIx64 " %s  [0x%016" PRIxPTR "]\n",
          (uint64_t)vmk_thread_os_id(jt->thread), dump_activity(status), (uintptr_t)jt->thread->fp);
  fprintf(out, "   java.lang.Thread.State: %s\n", dump_state_name(status));
  dump_frames(out, t, jt, &blocker);
  fputc('\n', out);
}

/* --- deadlocks ------------------------------------------------------------------------------------------ */

static void
dump_deadlocked(FILE *out, vmk_thread *t, j3_thread *jt)
{
  j3_blocker blocker = j3_blocker_of(t, jt);
  dump_name(out, t, jt);
  fprintf(out, ":\n  %s ",
          blocker.how == J3_BLOCKED_PARK ? "waiting for ownable synchronizer"
                                         : "waiting to lock monitor");
  dump_object(out, blocker.object);
  fputs("  which is held by ", out);
  dump_name(out, t, blocker.owner);
  fputc('\n', out);
}

static void
dump_deadlocks(FILE *out, vmk_thread *t)
{
  j3_thread **list = calloc(J3.thread_count + 1, sizeof *list);
  uint32_t *cycle = calloc(J3.thread_count + 1, sizeof *cycle);
  VMK_ASSERT(list && cycle);
  uint32_t count = j3_blocker_deadlocks(t, true, list, cycle), circles = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (i == 0 || cycle[i] != cycle[i - 1]) {
      fputs("\nFound one Java-level deadlock:\n=============================\n", out);
      circles++;
    }
    dump_deadlocked(out, t, list[i]);
    fputc('\n', out);
    if (i + 1 == count || cycle[i + 1] != cycle[i]) {
      fputs("Java stack information for the threads listed above:\n"
            "===================================================\n",
            out);
      for (uint32_t k = 0; k <= i; k++)
        if (cycle[k] == cycle[i]) {
          j3_blocker blocker = j3_blocker_of(t, list[k]);
          dump_name(out, t, list[k]);
          fputs(":\n", out);
          dump_frames(out, t, list[k], &blocker);
        }
    }
  }
  if (circles)
    fprintf(out, "\nFound %u deadlock%s.\n", circles, circles == 1 ? "" : "s");
  free(list);
  free(cycle);
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static void
dump_header(FILE *out)
{
  char date[32];
  time_t now = time(NULL);
  struct tm fields;
  localtime_r(&now, &fields);
  strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &fields);
  fprintf(out, "%s\nFull thread dump %s (%s %s):\n\n", date,
          j3_options_get(J3.options, "java.vm.name"), j3_options_get(J3.options, "java.vm.version"),
          j3_options_get(J3.options, "java.vm.info"));
}

static void
dump_heap(FILE *out)
{
  vmk_heap_stats s;
  vmk_heap_stats_get(J3.vm, &s);
  fprintf(out,
          "Heap\n total %" PRIu64 "K, used %" PRIu64 "K\n Metaspace used %" PRIu64
          "K, committed %" PRIu64 "K\n\n",
          s.committed_bytes >> 10, s.used_bytes >> 10, s.metaspace_used_bytes >> 10,
          s.metaspace_committed_bytes >> 10);
}

/* Oldest first: new threads are put at the head of the list. */
static void
dump_threads(FILE *out, vmk_thread *t)
{
  j3_thread *last = J3.threads;
  while (last && last->next)
    last = last->next;
  for (j3_thread *jt = last; jt; jt = jt->previous) {
    vmk_scope scope = vmk_scope_begin(t);
    dump_thread(out, t, jt);
    vmk_scope_end(t, scope);
  }
}

void
j3_thread_dump_managed(vmk_thread *t, FILE *out) VMK_MOVES
{
  char *text = NULL;
  size_t size = 0;
  FILE *memory = open_memstream(&text, &size);
  if (!memory)
    return;
  dump_header(memory);
  vmk_scope scope = vmk_scope_begin(t);
  vmk_world_stop(t);
  pthread_mutex_lock(&J3.thread_lock);
  dump_threads(memory, t);
  fprintf(memory, "JNI global refs: %" PRId64 ", weak refs: %" PRId64 "\n\n",
          j3_jni_global_count(false), j3_jni_global_count(true));
  dump_deadlocks(memory, t);
  pthread_mutex_unlock(&J3.thread_lock);
  vmk_world_resume(t);
  vmk_scope_end(t, scope);
  dump_heap(memory);
  fclose(memory);
  vmk_enter_native(t);
  fwrite(text, 1, size, out);
  fflush(out);
  vmk_leave_native(t);
  free(text);
}

void
j3_thread_dump(FILE *out) VMK_MOVES_ENTRY
{
  vmk_thread *t = vmk_thread_current();
  if (!t)
    return; /* stacks can be walked by attached threads only */
  bool was = vmk_enter_managed(t);
  j3_thread_dump_managed(t, out);
  vmk_leave_managed(t, was);
}
