/* tier.c -- which tier runs what: all of the policy
 *
 * Every function starts in tier 0 and is compiled by tier 1 when it has been called `tier1.calls`
 * times, by the thread that calls it then.  Loops are sampled: a thread that has taken `tier1.loops`
 * backward branches in tier 0, wherever, compiles the function that it is in and goes on in the
 * code.  A thread comes back to tier 0 whenever compiled code finds something that it leaves to it
 * (src/jit), and returns to compiled code at the next look, call, or handler.
 */
#include "rt/tier.h"

#include <vmkit/vmk_option.h>

#include "rt/vm.h"

enum { TIER_CALLS = 30, TIER_LOOPS = 200 };

size_t
vmk_tier_options(vmk_tier_policy *policy, vmk_option *rows)
{
  *policy = (vmk_tier_policy){.tiers = 1,
                              .calls = TIER_CALLS,
                              .loops = TIER_LOOPS,
                              .pins = VMK_TIER_PINS_ON,
                              .code_bytes = INT64_C(64) << 20};
  rows[0] = (vmk_option){"tiers", VMK_OPTION_CHOICE, "0|1", &policy->tiers,
                         "the highest tier that may run: 0 interprets, 1 compiles"};
  rows[1] = (vmk_option){"tier1.calls", VMK_OPTION_INT, NULL, &policy->calls,
                         "calls until a function is compiled; 1: at the first"};
  rows[2] = (vmk_option){"tier1.loops", VMK_OPTION_INT, NULL, &policy->loops,
                         "backward branches until a loop is compiled"};
  rows[3] = (vmk_option){"tier1.switch", VMK_OPTION_FLAG, NULL, &policy->switches,
                         "change between the tiers at every backward branch"};
  rows[4] = (vmk_option){"tier1.leave", VMK_OPTION_INT, NULL, &policy->leave,
                         "every n-th instruction is left to tier 0; 0: none"};
  rows[5] = (vmk_option){"tier1.code", VMK_OPTION_INT, NULL, &policy->code_bytes,
                         "bytes of the code cache"};
  rows[6] = (vmk_option){"perf.map", VMK_OPTION_FLAG, NULL, &policy->perf,
                         "write /tmp/perf-PID.map, so that perf knows compiled functions"};
  rows[7] = (vmk_option){"gdb.jit", VMK_OPTION_FLAG, NULL, &policy->gdb,
                         "tell gdb the names of compiled functions"};
  rows[8] = (vmk_option){"profile", VMK_OPTION_FLAG, NULL, &policy->profiles,
                         "compiled code counts branches, subtype tests and receivers"};
  rows[9] = (vmk_option){
      "tier1.pins", VMK_OPTION_CHOICE, "off|on|always", &policy->pins,
      "keep registers of loops in machine registers; always: even where it does not pay"};
  return VMK_TIER_OPTIONS;
}

void
vmk_tier_init(vmk_vm *vm)
{
  vmk_tier_policy *policy = &vm->tier;
  if (policy->switches)
    policy->loops = 0;
  policy->profiles |= vmk_vm_dump_of(vm, "profile:") != NULL;
#if VMK_TIER1
  if (policy->tiers >= 1 && !vmk_log_on(&vm->log, VMK_TRACE_EXEC))
    vm->jit = vmk_jit_new(vm, (size_t)policy->code_bytes);
#endif
  if (!vm->jit) {
    policy->calls = 0;
    policy->loops = INT32_MAX;
  }
}

void
vmk_vm_report(vmk_vm *vm)
{
#if VMK_TIER1
  if (vm->jit)
    vmk_jit_report(vm->jit);
#else
  (void)vm;
#endif
}

uint64_t
vmk_compile_ns(vmk_vm *vm)
{
#if VMK_TIER1
  if (vm->jit)
    return vmk_jit_ns(vm->jit);
#else
  (void)vm;
#endif
  return 0;
}

void
vmk_tier_thread_init(vmk_thread *t)
{
  t->loop_budget = (int32_t)t->vm->tier.loops;
}

/* A count of 0 is used up after 2^32 calls, and then starts again. */
void
vmk_tier_start(vmk_function *f)
{
  f->counter = (uint32_t)f->module->runtime->vm->tier.calls;
}

void
vmk_tier_called(vmk_thread *t, vmk_function *f)
{
#if VMK_TIER1
  if (t->vm->jit)
    (void)vmk_jit_compile(t->vm->jit, f);
#else
  (void)t, (void)f;
#endif
}

vmk_tier_code *
vmk_tier_loop(vmk_thread *t, vmk_function *f, const uint32_t *pc)
{
  t->loop_budget = (int32_t)t->vm->tier.loops;
  vmk_tier_code *code = vmk_tier_code_at(f, pc);
  if (!code && t->vm->jit) {
    vmk_tier_called(t, f);
    code = vmk_tier_code_at(f, pc);
  }
  return code;
}
