/* thread.c -- attaching, detaching and starting threads
 *
 * Invariant: a thread is on the world's list from before its first hook ran until after its last, and
 * both ends happen under world->change, so nobody stops the world in between.
 */
#include "thread/thread.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* What a thread knows of itself.  Initial-exec: the library is never loaded so late that static TLS
 * is short by one word, and this is read on every entry from foreign code. */
static _Thread_local vmk_thread *thread_current __attribute__((tls_model("initial-exec")));

vmk_thread *
vmk_thread_current(void)
{
  return thread_current;
}

/* --- managed stacks ------------------------------------------------------------------------------------- */

static bool
thread_make_stack(vmk_thread_private *p, size_t bytes)
{
  size_t page = vmk_os_page_bytes();
  bytes = (bytes + page - 1) & ~(page - 1);
  char *base = vmk_os_reserve_any(bytes + page, page); /* one page behind stays without access */
  if (!base)
    return false;
  if (!vmk_os_commit(base, bytes)) {
    vmk_os_release(base, bytes + page);
    return false;
  }
  p->stack_mapped = bytes + page;
  p->stack_base = (uint64_t *)base;
  p->stack_end = (uint64_t *)(base + bytes);
  p->thread.stack_limit = (uint64_t *)(base + bytes - VMK_STACK_RESERVE);
  return true;
}

/* --- the list --------------------------------------------------------------------------------------------- */

static void
thread_link(vmk_world *world, vmk_thread_private *p)
{
  pthread_mutex_lock(&world->list);
  if (world->free_ids.count) {
    p->id = vmk_vec_pop(&world->free_ids);
    world->ids.data[p->id] = p;
  } else {
    p->id = (uint32_t)world->ids.count;
    vmk_vec_push(&world->ids, p);
  }
  p->next = world->threads;
  if (p->next)
    p->next->previous = p;
  world->threads = p;
  world->thread_count++;
  pthread_mutex_unlock(&world->list);
}

static void
thread_unlink(vmk_world *world, vmk_thread_private *p)
{
  pthread_mutex_lock(&world->list);
  world->ids.data[p->id] = NULL;
  vmk_vec_push(&world->free_ids, p->id);
  *(p->previous ? &p->previous->next : &world->threads) = p->next;
  if (p->next)
    p->next->previous = p->previous;
  world->thread_count--;
  pthread_mutex_unlock(&world->list);
}

/* --- attach and detach ---------------------------------------------------------------------------------------- */

static void
thread_run_fini(vmk_world *world, vmk_thread *t, uint32_t count)
{
  while (count-- > 0)
    if (world->hooks[count].fini)
      world->hooks[count].fini(t, world->hooks[count].data);
}

static bool
thread_run_init(vmk_world *world, vmk_thread *t)
{
  for (uint32_t i = 0; i < world->hook_count; i++)
    if (world->hooks[i].init && !world->hooks[i].init(t, world->hooks[i].data)) {
      thread_run_fini(world, t, i);
      return false;
    }
  return true;
}

static void
thread_free(vmk_thread_private *p)
{
  vmk_os_release(p->stack_base, p->stack_mapped);
  free(p);
}

vmk_status
vmk_thread_attach(vmk_vm *vm, size_t stack_bytes, vmk_thread **out, vmk_error *error)
{
  vmk_world *world = vmk_vm_world(vm);
  VMK_ASSERT(!thread_current);
  if (!stack_bytes)
    stack_bytes = (size_t)world->stack_bytes;
  if (stack_bytes < 4 * VMK_STACK_RESERVE)
    stack_bytes = 4 * VMK_STACK_RESERVE;

  vmk_thread_private *p = vmk_calloc(1, sizeof *p);
  vmk_thread *t = &p->thread;
  if (!thread_make_stack(p, stack_bytes)) {
    free(p);
    return vmk_fail(error, VMK_ERROR_MEMORY, "no memory for a stack of %zu kB", stack_bytes >> 10);
  }
  t->vm = vm;
  p->world = world;
  if (world->poll_always)
    atomic_store_explicit(&t->poll, VMK_POLL_ALWAYS, memory_order_relaxed);
  p->os_id = vmk_os_thread_id();
  p->cpu_clock = vmk_os_thread_cpu_clock();
  vmk_os_stack_bounds(&p->native_low, &p->native_high);

  /* Threads in the list are whole.  Nobody stops the world meanwhile. */
  pthread_mutex_lock(&world->change);
  bool ready = thread_run_init(world, t);
  if (ready)
    thread_link(world, p);
  p->lock_bits = p->id <= VMK_THIN_ID_MAX ? p->id << VMK_THIN_ID_SHIFT : 0;
  pthread_mutex_unlock(&world->change);
  if (!ready) {
    thread_free(p);
    return vmk_fail(error, VMK_ERROR_MEMORY, "no memory for a thread");
  }
  thread_current = t;
  *out = t;
  return VMK_OK;
}

void
vmk_thread_detach(vmk_thread *t)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  vmk_world *world = p->world;
  VMK_ASSERT(thread_current == t &&
             atomic_load_explicit(&t->state, memory_order_relaxed) == VMK_STATE_NATIVE);
  pthread_mutex_lock(&world->change);
  thread_unlink(world, p);
  thread_run_fini(world, t, world->hook_count);
  pthread_mutex_unlock(&world->change);
  thread_current = NULL;
  thread_free(p);
}

/* --- starting -------------------------------------------------------------------------------------------------- */

/* Lives in the starter's frame until `state` says that the new thread is done with it. */
typedef struct thread_birth {
  vmk_vm *vm;
  size_t stack_bytes;
  void (*body)(vmk_thread *, void *);
  void *data;
  vmk_thread *thread;
  vmk_status status;
  vmk_error error;
  VMK_ATOMIC(uint32_t) done;
} thread_birth;

static void
thread_main(void *arg)
{
  thread_birth *birth = arg;
  void (*body)(vmk_thread *, void *) = birth->body;
  void *data = birth->data;
  vmk_thread *t = NULL;
  vmk_status status = vmk_thread_attach(birth->vm, birth->stack_bytes, &t, &birth->error);
  birth->thread = t;
  birth->status = status;
  atomic_store_explicit(&birth->done, 1, memory_order_release);
  vmk_os_futex_wake(&birth->done, 1); /* birth may be gone already: only its address is used */
  if (status != VMK_OK)
    return;
  body(t, data);
  vmk_thread_detach(t);
}

vmk_status
vmk_thread_start(vmk_vm *vm, size_t native_stack_bytes, void (*body)(vmk_thread *, void *),
                 void *data, vmk_thread **out, vmk_error *error)
{
  vmk_world *world = vmk_vm_world(vm);
  /* The new thread cannot attach while the world is stopped, nor the world be stopped while we are
   * managed. */
  VMK_ASSERT(!thread_current || atomic_load_explicit(&thread_current->state,
                                                     memory_order_relaxed) == VMK_STATE_NATIVE);
  size_t bytes = native_stack_bytes ? native_stack_bytes : (size_t)world->native_stack_bytes;
  size_t least = (size_t)world->stack_bytes;
  thread_birth birth = {
      .vm = vm, .stack_bytes = bytes > least ? bytes : least, .body = body, .data = data};
  if (bytes < VMK_NATIVE_STACK_LEAST)
    bytes = VMK_NATIVE_STACK_LEAST;
  vmk_status status = vmk_os_thread_start(bytes, thread_main, &birth, error);
  if (status != VMK_OK)
    return status;
  while (!atomic_load_explicit(&birth.done, memory_order_acquire))
    vmk_os_futex_wait(&birth.done, 0, VMK_OS_FOREVER, false);
  if (birth.status != VMK_OK)
    return vmk_fail(error, birth.status, "%s", birth.error.message);
  if (out)
    *out = birth.thread;
  return VMK_OK;
}

/* --- what can be asked about a thread ------------------------------------------------------------------------------ */

/* --- what a thread sleeps for ---------------------------------------------------------------------------- */

static void
thread_wait_add(void *field, int64_t amount)
{
  int64_t *f = (int64_t *)field;
  __atomic_store_n(f, *f + amount, __ATOMIC_RELAXED); /* the thread itself is the only writer */
}

/* A thread that waits in a monitor enters it again at the end: that is time, but no entry of its own. */
void
vmk_thread_set_blocked(vmk_thread_private *p, vmk_blocked how, vmk_monitor *on)
{
  uint32_t before = __atomic_load_n((uint32_t *)&p->blocked, __ATOMIC_RELAXED);
  int64_t now = vmk_os_now_ns();
  if (before != VMK_BLOCKED_NOT)
    thread_wait_add(before == VMK_BLOCKED_ENTER ? &p->waited.entry_ns : &p->waited.wait_ns,
                    now - p->blocked_since_ns);
  if (how == VMK_BLOCKED_ENTER && before == VMK_BLOCKED_NOT)
    thread_wait_add(&p->waited.entries, 1);
  else if (how != VMK_BLOCKED_NOT && how != VMK_BLOCKED_ENTER)
    thread_wait_add(&p->waited.waits, 1);
  p->blocked_since_ns = now;
  __atomic_store_n((vmk_monitor **)&p->blocked_on, on, __ATOMIC_RELAXED);
  __atomic_store_n((uint32_t *)&p->blocked, how, __ATOMIC_RELEASE);
}

void
vmk_thread_wait_stats(const vmk_thread *target, vmk_wait_stats *out)
{
  const vmk_wait_stats *s = &((const vmk_thread_private *)target)->waited;
  *out = (vmk_wait_stats){__atomic_load_n(&s->entries, __ATOMIC_RELAXED),
                          __atomic_load_n(&s->waits, __ATOMIC_RELAXED),
                          __atomic_load_n(&s->entry_ns, __ATOMIC_RELAXED),
                          __atomic_load_n(&s->wait_ns, __ATOMIC_RELAXED)};
}

int64_t
vmk_thread_cpu_ns(vmk_thread *t)
{
  return vmk_os_cpu_clock_ns(vmk_thread_private_of(t)->cpu_clock);
}

int64_t
vmk_thread_os_id(vmk_thread *t)
{
  return vmk_thread_private_of(t)->os_id;
}

void
vmk_thread_set_name(vmk_thread *t, const char *name)
{
  vmk_thread_private *p = vmk_thread_private_of(t);
  pthread_mutex_lock(&p->world->list);
  snprintf(p->name, sizeof p->name, "%s", name);
  pthread_mutex_unlock(&p->world->list);
  if (t == thread_current)
    vmk_os_thread_set_name(name);
  else
    vmk_os_thread_set_name_of(p->os_id, name);
}
