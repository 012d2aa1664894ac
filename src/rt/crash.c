/* crash.c -- what is said when the process dies of a signal
 *
 * Registers, the managed frames of the thread as far as they were stored, and the native backtrace go
 * to standard error; then the handler that was there before gets its turn, which is the system's
 * default if nobody else asked.  (First guard.c: the access may be one that knows what to do.)  Everything
 * here runs in a signal handler of a process in an unknown state: only writes to descriptors and reads of
 * our own structures, and a second fault ends it.
 *
 * Signal dispositions belong to the process, so this file has what a library otherwise must not have:
 * a variable for the vm that installed them.
 */
#include <execinfo.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "rt/vm.h"

enum { CRASH_STACK_BYTES = 64 << 10, CRASH_FRAMES = 64 };

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

static struct {
  vmk_vm *vm;
  struct sigaction before[VMK_COUNT(crash_signals)];
  volatile sig_atomic_t entered;
} crash;

__attribute__((format(printf, 1, 2))) static void
crash_print(const char *format, ...)
{
  char line[512];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (n > (int)sizeof line - 1)
    n = sizeof line - 1;
  if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
    return;
}

static void
crash_print_registers(const ucontext_t *context)
{
#if defined(__x86_64__)
  static const char *const names[] = {"r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15", "rdi",
                                      "rsi", "rbp", "rbx", "rdx", "rax", "rcx", "rsp", "rip"};
  for (size_t i = 0; i < VMK_COUNT(names); i++)
    crash_print("  %-3s %016llx%s", names[i], (unsigned long long)context->uc_mcontext.gregs[i],
                i % 4 == 3 ? "\n" : "");
  crash_print("\n");
#else
  (void)context;
#endif
}

/* The frame that a tier was running, when the fault came from its code: tiers keep fp in r12, and
 * tier 0 pc in r13 (tier.h: the registers of the convention). */
static void
crash_print_tier(vmk_thread *t, const ucontext_t *context)
{
#if defined(__x86_64__) && VMK_TIER1
  const greg_t *registers = context->uc_mcontext.gregs;
  struct vmk_jit *jit = t->vm->jit;
  char name[256];
  if (!jit)
    return;
  const vmk_function *f = vmk_jit_function_at(jit, (const void *)registers[REG_RIP]);
  if (f) {
    vmk_function_name(f, name, sizeof name);
    crash_print("in tier 1, code of %s, frame at %p\n", name, (void *)registers[REG_R12]);
  }
  if (vmk_jit_last(jit)) {
    vmk_function_name(vmk_jit_last(jit), name, sizeof name);
    crash_print("compiled last: %s\n", name);
  }
#else
  (void)t, (void)context;
#endif
}

static void
crash_print_frames(vmk_thread *t)
{
  vmk_frame frame;
  bool more = vmk_frame_first(t, &frame);
  crash_print("managed frames (of C's last call; younger ones are in the tiers):\n");
  for (int i = 0; more && i < CRASH_FRAMES; i++, more = vmk_frame_next(&frame)) {
    char name[256];
    vmk_function_name(frame.function, name, sizeof name);
    crash_print("  %s", name);
    if (!frame.function->code)
      crash_print(frame.function->constants ? " (native)\n" : " (not translated)\n");
    else if (frame.position != VMK_NO_POSITION)
      crash_print(" @%u\n", frame.position);
    else
      crash_print("\n");
  }
}

static void
crash_handler(int number, siginfo_t *info, void *context)
{
  if (number == SIGBUS && info->si_code > 0 && vmk_guard_recover(context))
    return;
  size_t which = 0;
  while (which < VMK_COUNT(crash_signals) - 1 && crash_signals[which] != number)
    which++;
  if (!crash.entered && crash.vm && crash.vm->crash_report) {
    crash.entered = 1;
    vmk_thread *t = vmk_thread_current();
    void *frames[CRASH_FRAMES];
    crash_print("\nvmkit: fatal signal %d (%s) at address %p, thread %u, %s\n", number,
                strsignal(number), info->si_addr, t ? vmk_thread_private_of(t)->id : 0,
                !t                              ? "not attached"
                : t->state == VMK_STATE_MANAGED ? "managed"
                                                : "native");
    crash_print_registers(context);
    int count = backtrace(frames, CRASH_FRAMES);
    backtrace_symbols_fd(frames, count, STDERR_FILENO);
    if (t && t->rt) {
      crash_print_tier(t, context);
      crash_print_frames(t);
    }
  }
  if (crash.vm && crash.vm->crash_report && crash.vm->crashed)
    crash.vm->crashed();
  sigaction(number, &crash.before[which], NULL);
  if (number == SIGABRT)
    raise(number); /* a fault comes again by itself when we return */
}

void
vmk_crash_init(vmk_vm *vm)
{
  struct sigaction action = {.sa_sigaction = crash_handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  void *frame;
  crash.vm = vm;
  crash.entered = 0;
  if (vm->crash_report)
    backtrace(&frame, 1); /* loads what it needs now rather than in the handler */
  for (size_t i = 0; i < VMK_COUNT(crash_signals); i++)
    sigaction(crash_signals[i], &action, &crash.before[i]);
}

void
vmk_crash_fini(vmk_vm *vm)
{
  if (crash.vm != vm)
    return;
  for (size_t i = 0; i < VMK_COUNT(crash_signals); i++)
    sigaction(crash_signals[i], &crash.before[i], NULL);
  crash.vm = NULL;
}

/* A stack of its own, so that running off the native stack can be reported too. */
void
vmk_crash_thread_init(vmk_thread *t)
{
  stack_t now, own = {.ss_size = CRASH_STACK_BYTES};
  if (!t->vm->crash_report || sigaltstack(NULL, &now) || !(now.ss_flags & SS_DISABLE))
    return;
  own.ss_sp = t->rt->signal_stack = vmk_malloc(CRASH_STACK_BYTES);
  sigaltstack(&own, NULL);
}

void
vmk_crash_thread_fini(vmk_thread *t)
{
  stack_t off = {.ss_flags = SS_DISABLE};
  if (!t->rt->signal_stack)
    return;
  sigaltstack(&off, NULL);
  free(t->rt->signal_stack);
}
