/* vm.h -- the virtual machine, its runtimes and modules, as the files of src/rt share them
 *
 * Locks of rt, none of them held over a safepoint:
 *     lists       runtimes, modules, functions being translated; taken for a moment
 *     signatures  the table of signatures
 *     link        sites of all functions (site.c), installing entries
 */
#ifndef VMK_RT_VM_H
#define VMK_RT_VM_H

#include <pthread.h>

#include <vmkit/vmk_exec.h>
#include <vmkit/vmk_heap.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/map.h"
#include <string.h>

#include "base/vec.h"
#include "gc/heap.h"
#include "rt/dispatch.h"
#include "rt/frame.h"
#include "rt/root_map.h"
#include "rt/tier.h"
#include "thread/thread.h"

enum { VMK_RUNTIMES = VMK_COUNT(((vmk_thread *)0)->client) };

struct vmk_runtime {
  vmk_vm *vm;
  const vmk_hooks *hooks; /* borrowed */
  void *data;
  uint32_t index;    /* in vm->runtimes and vmk_thread.client */
  bool hears_throws; /* vmk_runtime_hear_throws; relaxed */
};

struct vmk_module {
  vmk_slot holder; /* first: vmk_module_holder; null: none */
  vmk_meta_arena arena;
  vmk_runtime *runtime;
  void *client;
  bool is_dead;                                       /* world stopped: is being unloaded */
  vmk_module *next, *previous;                        /* from here on guarded by lists */
  struct vmk_call_profile *profiles, *spare_profiles; /* of its sites; such as were emptied */
  VMK_VEC(struct vmk_body *) rooted;                  /* bodies that have refs */
  struct vmk_root_chunk *roots;                       /* further slots, see vmk_module_new_root */
  struct vmk_compiled *compiled;                      /* src/jit's list of its code */
};

/* A function that a thread is translating. */
typedef struct vmk_claim {
  const vmk_function *function;
  vmk_thread *thread;
  bool is_stale; /* redefined meanwhile: what comes of it is not wanted */
} vmk_claim;

struct vmk_vm {
  vmk_world world;
  vmk_heap heap;
  vmk_log log;
  vmk_fault fault;

  pthread_mutex_t lists;
  VMK_ATOMIC(uint32_t) unload_blocks; /* vmk_unload_block */
  vmk_runtime *runtimes[VMK_RUNTIMES];
  VMK_ATOMIC(uint32_t) runtime_count;
  vmk_module *modules;
  VMK_VEC(vmk_claim) claims;
  pthread_cond_t claims_changed;

  pthread_mutex_t signature_lock;
  vmk_strmap signatures;
  vmk_arena signature_arena;

  pthread_mutex_t link;    /* see site.c */
  vmk_meta_arena arena;    /* metaspace of no module: entry code */
  vmk_root_maps root_maps; /* world stopped */

  struct vmk_jit *jit; /* tier 1; null when there is none */
  uint32_t
      code_epoch; /* changes, world stopped, when compiled code has been freed that may have been running */
  vmk_tier_policy tier;

  /* Entry frames (call.c). */
  vmk_function *entry_function;
  uint32_t entry_code[VMK_ENTRY_WORDS];

  /* options */
  uint64_t verify; /* VM_VERIFY_* */
  bool crash_report;
  void (*crashed)(void);    /* of vmk_vm_options */
  const char *dump;         /* vmk_vm_dump_of; null: none */
  const char *trace_filter; /* trace=exec: only functions whose name contains it; null: all */
};

/* Filter code that runs (throw.c): in which frame, for a throw at pc, on behalf of which row. */
typedef struct vmk_filter {
  uint64_t *fp;
  const uint32_t *pc;
  uint32_t row;
} vmk_filter;

/* vmk_thread.rt */
typedef struct vmk_rt_thread {
  vmk_dispatch_entry
      dispatch[VMK_DISPATCH_ENTRIES]; /* only the thread itself, or the world stopped */
  vmk_handle async; /* global handle of an exception to throw at a poll; guarded by vm->lists */
  uint64_t *stack_limit;       /* the thread's normal limit while t->stack_limit is raised */
  char *native_limit;          /* C frames must stay above it */
  uint32_t overflow_depth;     /* stack overflows being handled */
  void *signal_stack;          /* crash.c */
  VMK_VEC(vmk_filter) filters; /* innermost last */
} vmk_rt_thread;

/* Option rows of rt. */
enum { VMK_EXEC_OPTIONS = 4 };

/* frame.c: roots in frames. */
void vmk_frames_trace(vmk_vm *vm, vmk_tracer *tracer, void *data);
bool vmk_frames_have_slot(vmk_thread *t, const vmk_slot *slot);

/* module.c: roots of modules without holders; after tracing, unload those whose holders are dead. */
void vmk_modules_trace(vmk_vm *vm, vmk_tracer *tracer, void *data);
void vmk_modules_sweep(vmk_vm *vm, vmk_tracer *tracer, void *data);
void vmk_module_add_rooted(vmk_module *module, struct vmk_body *body);

/* trap.c: for the heap. */
void vmk_trap_out_of_memory(vmk_thread *t, size_t bytes, vmk_kind *kind) VMK_MOVES;

/* throw.c: the poll hook of the world. */
void vmk_throw_poll(vmk_thread *t) VMK_MOVES;

/* guard.c: the signal came from an access of vmk_guard.h, and `context` (a ucontext_t) now goes on with its answer. */
bool vmk_guard_recover(void *context);

/* crash.c: handlers of fatal signals, for the process; and each thread's signal stack. */
void vmk_crash_init(vmk_vm *vm);
void vmk_crash_fini(vmk_vm *vm);
void vmk_crash_thread_init(vmk_thread *t);
void vmk_crash_thread_fini(vmk_thread *t);

/* signature.c */
void vmk_signatures_fini(vmk_vm *vm);

/* The part of names that dump=<what>NAME gives; null: not asked for.  what: "ir:", "code:", "profile:". */
static inline const char *
vmk_vm_dump_of(const vmk_vm *vm, const char *what)
{
  size_t length = strlen(what);
  return VMK_UNLIKELY(vm->dump) && !strncmp(vm->dump, what, length) ? vm->dump + length : NULL;
}

/* function.c: make f what a declaration makes it: layout and entry. World stopped, or f is not yet known. */
void vmk_function_declare(vmk_function *f);
/* function.c: print f to stderr if its name contains `part`. */
void vmk_function_dump(const vmk_function *f, const char *part);
/* Store the entry of f. */
void vmk_function_enter_at(vmk_function *f, void *entry);
/* The function's name by its runtime's hook; always a string. Leaf, signal-safe. */
void vmk_function_name(const vmk_function *f, char *buffer, size_t size);

#endif
