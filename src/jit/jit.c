/* jit.c -- tier 1's state, and the code of functions: published, found, freed */
#include "jit/jit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JIT_RELINK = 8, TRAMPOLINE_BYTES = 16 };

/* --- the beginning of the cache ------------------------------------------------------------------------ */

static const void *const jit_addresses[JIT_ROUTINE_COUNT] = {
#define JIT_EXTERNAL(name) [JIT_EXTERNAL_##name] = (const void *)name,
    JIT_EXTERNALS(JIT_EXTERNAL)
#undef JIT_EXTERNAL
        [JIT_ROUTINE_LEAVE] = (const void *)vmk_jit_leave,
    [JIT_ROUTINE_SLOW] = (const void *)vmk_jit_slow,
    [JIT_ROUTINE_SITE] = (const void *)vmk_jit_site,
    [JIT_ROUTINE_OVERFLOW] = (const void *)vmk_tier_overflow,
    [JIT_ROUTINE_RETURN] = (const void *)vmk_tier_return,
};

/* jmp *2(%rip); two bytes; the address */
static void
jit_write_trampoline(char *at, const void *address)
{
  static const uint8_t jump[8] = {0xff, 0x25, 2, 0, 0, 0, 0xcc, 0xcc};
  memcpy(at, jump, sizeof jump);
  memcpy(at + sizeof jump, &address, sizeof address);
}

static void
jit_fill_beginning(struct vmk_jit *jit)
{
  size_t bytes;
  const uint8_t *data = jit_stencil_data(&bytes);
  uint32_t at = 0;
  for (uint32_t i = 0; i < JIT_ROUTINE_COUNT; i++, at += TRAMPOLINE_BYTES) {
    jit->routines[i] = at;
    jit_write_trampoline(jit->cache.edit + at, jit_addresses[i]);
  }
  jit->data = at;
  memcpy(jit->cache.edit + at, data, bytes);
  jit->cache.top = (at + (uint32_t)bytes + JIT_PIECE_ALIGN - 1) / JIT_PIECE_ALIGN * JIT_PIECE_ALIGN;
}

struct vmk_jit *
vmk_jit_new(vmk_vm *vm, size_t code_bytes)
{
  struct vmk_jit *jit = vmk_calloc(1, sizeof *jit);
  jit->vm = vm;
  if (code_bytes < 64 << 10)
    code_bytes = 64 << 10;
  if (code_bytes > 1u << 30)
    code_bytes = 1u << 30;
  if (!jit_cache_init(&jit->cache, (code_bytes + 4095) & ~(size_t)4095)) {
    free(jit);
    return NULL;
  }
  pthread_mutex_init(&jit->lock, NULL);
  jit->assembly = jit_assembly_new(jit);
  jit_fill_beginning(jit);
  return jit;
}

static void
jit_trace_statistics(const struct vmk_jit *jit)
{
  const jit_statistics *s = &jit->statistics;
  vmk_trace_print(jit->vm, VMK_TRACE_COMPILE,
                  "%llu functions (%llu again, %llu did not fit; %llu inlined; %llu loops pinned), "
                  "%llu instructions "
                  "in %llu words, "
                  "%llu bytes of code, %llu sites linked later, %llu us; cache %u of %zu bytes",
                  (unsigned long long)s->functions, (unsigned long long)s->again,
                  (unsigned long long)s->full, (unsigned long long)s->inlined,
                  (unsigned long long)s->pinned, (unsigned long long)s->instructions,
                  (unsigned long long)s->words, (unsigned long long)s->code_bytes,
                  (unsigned long long)s->linked, (unsigned long long)s->nanoseconds / 1000,
                  jit->cache.used, jit->cache.bytes);
}

void
vmk_jit_report(struct vmk_jit *jit)
{
  pthread_mutex_lock(&jit->lock);
  const char *dump = vmk_vm_dump_of(jit->vm, "profile:");
  for (const vmk_profile *p = jit->profiles; dump && p; p = p->next)
    vmk_function_dump(p->function, dump);
  if (vmk_log_on(&jit->vm->log, VMK_TRACE_COMPILE))
    jit_trace_statistics(jit);
  pthread_mutex_unlock(&jit->lock);
}

void
vmk_jit_free(struct vmk_jit *jit)
{
  jit_debug_fini(jit);
  jit_assembly_free(jit->assembly);
  jit_cache_fini(&jit->cache);
  pthread_mutex_destroy(&jit->lock);
  free(jit);
}

/* --- functions ----------------------------------------------------------------------------------------- */

static void
jit_trace_function(const struct vmk_jit *jit, const vmk_compiled *compiled, int64_t ns)
{
  char name[256];
  vmk_function_name(compiled->function, name, sizeof name);
  vmk_trace_print(jit->vm, VMK_TRACE_COMPILE,
                  "%s: %u words, %u bytes at %p, %lld us; all: %llu functions, %u bytes, %llu us",
                  name, compiled->function->body->code_words, compiled->piece.bytes,
                  (const void *)compiled->run, (long long)ns / 1000,
                  (unsigned long long)jit->statistics.functions, jit->cache.used,
                  (unsigned long long)jit->statistics.nanoseconds / 1000);
}

/* Under the lock. */
static vmk_compiled *
jit_compile_locked(struct vmk_jit *jit, vmk_function *f)
{
  int64_t start = vmk_now_ns();
  vmk_compiled *compiled = jit_compile_function(jit, f);
  if (!compiled)
    return NULL;
  compiled->next = f->module->compiled;
  f->module->compiled = compiled;
  jit->last = f;
  jit->statistics.functions++;
  int64_t ns = vmk_now_ns() - start;
  jit->statistics.nanoseconds += (uint64_t)ns;
  if (vmk_log_on(&jit->vm->log, VMK_TRACE_COMPILE))
    jit_trace_function(jit, compiled, ns);
  __atomic_store_n(&f->body->compiled, compiled, __ATOMIC_RELEASE);
  vmk_function_enter_at(f, (void *)compiled->run);
  return compiled;
}

uint64_t
vmk_jit_ns(struct vmk_jit *jit)
{
  pthread_mutex_lock(&jit->lock);
  uint64_t ns = jit->statistics.nanoseconds;
  pthread_mutex_unlock(&jit->lock);
  return ns;
}

bool
vmk_jit_compile(struct vmk_jit *jit, vmk_function *f)
{
  pthread_mutex_lock(&jit->lock);
  vmk_compiled *compiled = f->body->compiled;
  if (!compiled && !jit->is_full) {
    compiled = jit_compile_locked(jit, f);
    if (compiled)
      compiled->relink = JIT_RELINK;
  }
  pthread_mutex_unlock(&jit->lock);
  return compiled != NULL;
}

vmk_tier_code *
vmk_jit_code_at(const vmk_compiled *compiled, const uint32_t *pc)
{
  uint32_t at = (uint32_t)(pc - compiled->function->code);
  uint32_t low = 0, high = compiled->entry_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (compiled->entries[middle].pc < at)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == compiled->entry_count || compiled->entries[low].pc != at)
    return NULL;
  return (vmk_tier_code *)(compiled->run + compiled->entries[low].offset);
}

/* --- sites that were unresolved ------------------------------------------------------------------------ */

/* The cell may belong to older code of f: what counts is the newest, which is compiled once more when
 * many of its sites have been linked since. */
const void *
jit_linked(struct vmk_jit *jit, vmk_function *f, uint32_t pc, jit_cell *cell)
{
  pthread_mutex_lock(&jit->lock);
  vmk_compiled *compiled = f->body->compiled;
  const void *code = jit->is_full ? NULL : jit_compile_site(jit, compiled, pc, cell->behind);
  if (code) {
    jit_cell *edit = jit_cache_writable(&jit->cache, cell);
    __atomic_store_n((const void **)&edit->code, code, __ATOMIC_RELEASE);
    jit->statistics.linked++;
    if (compiled->linked.count >= compiled->relink) {
      uint32_t relink = 2 * compiled->relink;
      vmk_compiled *newer = jit_compile_locked(jit, f);
      jit->statistics.again++;
      if (newer)
        newer->relink = relink;
      else
        compiled->relink = UINT32_MAX;
    }
  }
  pthread_mutex_unlock(&jit->lock);
  return code;
}

static void
jit_free_piece(struct vmk_jit *jit, jit_piece piece)
{
  jit_debug_free_code(jit, piece);
  jit_cache_give(&jit->cache, piece.offset, piece.bytes);
}

/* Unlink and free it. */
static void
jit_free_compiled(struct vmk_jit *jit, vmk_compiled **link)
{
  vmk_compiled *compiled = *link;
  *link = compiled->next;
  jit_free_piece(jit, compiled->piece);
  for (size_t i = 0; i < compiled->linked.count; i++)
    jit_free_piece(jit, compiled->linked.data[i]);
  vmk_vec_fini(&compiled->linked);
  free(compiled);
  jit->is_full = false;
}

/* Back to tier 0, until it has been called often again. */
static void
jit_forget_compiled(struct vmk_jit *jit, vmk_compiled **link)
{
  vmk_compiled *compiled = *link;
  vmk_function *f = compiled->function;
  if (f->body->compiled == compiled) {
    f->body->compiled = NULL;
    vmk_tier_start(f);
    vmk_function_enter_at(f, (void *)vmk_tier_entry_of(f));
  }
  jit_free_compiled(jit, link);
}

bool
vmk_jit_forget(struct vmk_jit *jit, const vmk_map *functions)
{
  uint64_t key, value, inlined = 0;
  bool some = false;
  for (size_t i = 0; vmk_map_next(functions, &i, &key, &value);)
    inlined |= jit_inlined_bit((const vmk_function *)(uintptr_t)key);
  pthread_mutex_lock(&jit->lock);
  for (vmk_module *m = jit->vm->modules; m; m = m->next)
    for (vmk_compiled **link = &m->compiled; *link;)
      if (vmk_map_get_ptr(functions, (*link)->function) || (*link)->inlined & inlined) {
        jit_forget_compiled(jit, link);
        some = true;
      } else {
        link = &(*link)->next;
      }
  pthread_mutex_unlock(&jit->lock);
  return some;
}

void
vmk_jit_free_module(struct vmk_jit *jit, vmk_module *module)
{
  pthread_mutex_lock(&jit->lock);
  while (module->compiled)
    jit_free_compiled(jit, &module->compiled);
  for (vmk_profile **link = &jit->profiles; *link;)
    if ((*link)->function->module == module)
      *link = (*link)->next;
    else
      link = &(*link)->next;
  if (jit->last && jit->last->module == module)
    jit->last = NULL;
  pthread_mutex_unlock(&jit->lock);
}
