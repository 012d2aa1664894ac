/* signals.c -- JVM_RegisterSignal and its kin, the Signal Dispatcher thread, the thread dump on SIGQUIT
 *
 * A handler only writes the signal's number to a pipe; the dispatcher, an ordinary Java thread, reads it and
 * calls jdk.internal.misc.Signal.dispatch.  SIGQUIT is the vm's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attach.h"
#include "entry.h"
#include "jvm.h"
#include "options.h"
#include "vm.h"

static int signals_pipe[2] = {-1, -1};

static const struct {
  const char *name;
  int number;
} signals_names[] = {
    {"ABRT", SIGABRT}, {"ALRM", SIGALRM},     {"BUS", SIGBUS},     {"CHLD", SIGCHLD},
    {"CLD", SIGCHLD},  {"CONT", SIGCONT},     {"FPE", SIGFPE},     {"HUP", SIGHUP},
    {"ILL", SIGILL},   {"INT", SIGINT},       {"IO", SIGIO},       {"IOT", SIGIOT},
    {"KILL", SIGKILL}, {"PIPE", SIGPIPE},     {"POLL", SIGPOLL},   {"PROF", SIGPROF},
    {"PWR", SIGPWR},   {"QUIT", SIGQUIT},     {"SEGV", SIGSEGV},   {"STOP", SIGSTOP},
    {"SYS", SIGSYS},   {"TERM", SIGTERM},     {"TRAP", SIGTRAP},   {"TSTP", SIGTSTP},
    {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU},     {"URG", SIGURG},     {"USR1", SIGUSR1},
    {"USR2", SIGUSR2}, {"VTALRM", SIGVTALRM}, {"WINCH", SIGWINCH}, {"XCPU", SIGXCPU},
    {"XFSZ", SIGXFSZ},
};

jint
JVM_FindSignal(const char *name)
{
  for (size_t i = 0; i < VMK_COUNT(signals_names); i++)
    if (strcmp(signals_names[i].name, name) == 0)
      return signals_names[i].number;
  return -1;
}

static void
signals_handler(int number)
{
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(signals_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

static void
signals_ignore(int number)
{
  (void)number;
}

/* False: the signal cannot be handled (KILL, STOP). */
static bool
signals_install(int number, void (*handler)(int), struct sigaction *old)
{
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  return sigaction(number, &action, old) == 0;
}

/* handler: 0 default, 1 ignore, 2 the vm's dispatcher, else a function.  Returns what was there likewise, or
 * -1 for signals that the vm keeps to itself. */
void *
JVM_RegisterSignal(jint number, void *handler)
{
  bool shutdown = number == SIGHUP || number == SIGINT || number == SIGTERM;
  if (number == SIGFPE || number == SIGILL || number == SIGSEGV || number == SIGQUIT ||
      (shutdown && J3.options->reduced_signals))
    return (void *)-1;
  struct sigaction old;
  if (shutdown) {
    sigaction(number, NULL, &old);
    if (old.sa_handler == SIG_IGN)
      return (void *)1; /* ignored from the start (nohup): stays so */
  }
  void (*function)(int) = handler == (void *)2   ? signals_handler
                          : handler == (void *)0 ? SIG_DFL
                          : handler == (void *)1 ? SIG_IGN
                                                 : (void (*)(int))handler;
  if (!signals_install(number, function, &old))
    return (void *)-1;
  return old.sa_handler == signals_handler ? (void *)2
         : old.sa_handler == SIG_DFL       ? (void *)0
         : old.sa_handler == SIG_IGN       ? (void *)1
                                           : (void *)old.sa_handler;
}

jboolean
JVM_RaiseSignal(jint number)
{
  if (number == SIGHUP || number == SIGINT || number == SIGTERM) {
    struct sigaction old;
    sigaction(number, NULL, &old);
    if (J3.options->reduced_signals || old.sa_handler == SIG_IGN)
      return JNI_FALSE;
  }
  raise(number);
  return JNI_TRUE;
}

/* The dispatcher's body: managed, native only while it waits. */
static void
signals_dispatch(vmk_thread *t, void *data) VMK_MOVES_ENTRY
{
  (void)data;
  j3_class *signal = j3_class_boot(t, "jdk/internal/misc/Signal");
  for (;;) {
    unsigned char number;
    vmk_enter_native(t);
    ssize_t n;
    do
      n = read(signals_pipe[0], &number, 1);
    while (n < 0 && errno == EINTR);
    vmk_leave_native(t);
    if (n <= 0)
      return;
    if (number == SIGQUIT) {
      if (!j3_attach_begin(t))
        j3_thread_dump_managed(t, j3_output());
    } else if (signal && j3_class_initialize(t, signal)) {
      vmk_value argument = j3_int(number);
      j3_call_static(t, signal, "dispatch", "(I)V", &argument, NULL);
    }
    vmk_clear_exception(t);
  }
}

/* Writes fail with EPIPE and EFBIG instead of ending the process.  Not SIG_IGN, which child processes
 * would inherit. */
void
j3_signals_init(void)
{
  signals_install(SIGPIPE, signals_ignore, NULL);
  signals_install(SIGXFSZ, signals_ignore, NULL);
}

bool
j3_signals_start(vmk_thread *t) VMK_MOVES
{
  if (pipe2(signals_pipe, O_CLOEXEC) != 0)
    return false;
  if (!j3_thread_start_system(t, "Signal Dispatcher", 9, signals_dispatch))
    return false;
  signals_install(SIGQUIT, signals_handler, NULL);
  return true;
}
