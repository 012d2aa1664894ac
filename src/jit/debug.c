/* debug.c -- compiled code for people's tools: perf, gdb, objdump, crash reports
 *
 *     perf.map           /tmp/perf-PID.map, which perf reads: a line for each piece of code
 *     gdb.jit            each piece is registered with gdb, by gdb's protocol
 *     dump=code:NAME     the code of functions whose name contains NAME as an object file, with a
 *                        symbol for each instruction, in the current folder: objdump -d FILE
 *
 * gdb's protocol demands two global names in the process; they are the only ones of the kit and are
 * used only when gdb.jit is on.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jit/jit.h"

/* --- object files in memory: sections null, .text, .symtab, .strtab; .text only has an address ---------- */

enum { TEXT = 1, SYMBOLS, STRINGS, SECTIONS };

typedef struct debug_object {
  VMK_VEC(Elf64_Sym) symbols;
  VMK_VEC(char) strings;
} debug_object;

static uint32_t
debug_add_string(debug_object *o, const char *s)
{
  uint32_t at = (uint32_t)o->strings.count;
  do
    vmk_vec_push(&o->strings, *s);
  while (*s++);
  return at;
}

static void
debug_add_symbol(debug_object *o, const char *name, uint32_t offset, uint32_t bytes, int type)
{
  Elf64_Sym symbol = {.st_name = debug_add_string(o, name),
                      .st_info = (unsigned char)ELF64_ST_INFO(STB_LOCAL, type),
                      .st_shndx = TEXT,
                      .st_value = offset,
                      .st_size = bytes};
  vmk_vec_push(&o->symbols, symbol);
}

static void
debug_start(debug_object *o)
{
  memset(o, 0, sizeof *o);
  debug_add_string(o, "");
  vmk_vec_push(&o->symbols, (Elf64_Sym){0});
}

/* The whole file, malloc'ed; frees what o holds.  is_loaded: gdb finds the code at its address. */
static char *
debug_finish(debug_object *o, const char *run, size_t bytes, bool is_loaded, size_t *size)
{
  uint32_t names[SECTIONS] = {0, debug_add_string(o, ".text"), debug_add_string(o, ".symtab"),
                              debug_add_string(o, ".strtab")};
  size_t text = sizeof(Elf64_Ehdr) + SECTIONS * sizeof(Elf64_Shdr), symbols = text + bytes;
  symbols = (symbols + 7) & ~(size_t)7;
  size_t symbol_bytes = o->symbols.count * sizeof(Elf64_Sym), strings = symbols + symbol_bytes;
  *size = strings + o->strings.count;
  char *file = vmk_calloc(1, *size);
  *(Elf64_Ehdr *)file = (Elf64_Ehdr){
      .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
      .e_type = is_loaded ? ET_EXEC : ET_REL,
      .e_machine = EM_X86_64,
      .e_version = EV_CURRENT,
      .e_shoff = sizeof(Elf64_Ehdr),
      .e_ehsize = sizeof(Elf64_Ehdr),
      .e_shentsize = sizeof(Elf64_Shdr),
      .e_shnum = SECTIONS,
      .e_shstrndx = STRINGS};
  Elf64_Shdr *s = (Elf64_Shdr *)(file + sizeof(Elf64_Ehdr));
  s[TEXT] = (Elf64_Shdr){
      names[TEXT], SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 0, text, bytes, 0, 0, 16, 0};
  s[TEXT].sh_addr = is_loaded ? (uintptr_t)run : 0;
  s[SYMBOLS] = (Elf64_Shdr){names[SYMBOLS],
                            SHT_SYMTAB,
                            0,
                            0,
                            symbols,
                            symbol_bytes,
                            STRINGS,
                            (uint32_t)o->symbols.count,
                            8,
                            sizeof(Elf64_Sym)};
  s[STRINGS] =
      (Elf64_Shdr){names[STRINGS], SHT_STRTAB, 0, 0, strings, o->strings.count, 0, 0, 1, 0};
  for (size_t i = 1; is_loaded && i < o->symbols.count; i++)
    o->symbols.data[i].st_value += (uintptr_t)run;
  memcpy(file + text, run, bytes);
  memcpy(file + symbols, o->symbols.data, symbol_bytes);
  memcpy(file + strings, o->strings.data, o->strings.count);
  vmk_vec_fini(&o->symbols);
  vmk_vec_fini(&o->strings);
  return file;
}

/* --- gdb ------------------------------------------------------------------------------------------------- */

typedef struct jit_code_entry {
  struct jit_code_entry *next_entry, *prev_entry;
  const char *symfile_addr;
  uint64_t symfile_size;
  const char *run; /* ours: the piece that it is about */
} jit_code_entry;
typedef struct jit_descriptor {
  uint32_t version, action_flag;
  jit_code_entry *relevant_entry, *first_entry;
} jit_descriptor;
enum { GDB_REGISTER = 1, GDB_UNREGISTER };

jit_descriptor __jit_debug_descriptor = {1, 0, NULL, NULL};
void __jit_debug_register_code(void);
__attribute__((noinline)) void
__jit_debug_register_code(void)
{
  __asm__ volatile(""); /* gdb has a breakpoint here */
}

static void
debug_tell_gdb(const char *name, const char *run, size_t bytes)
{
  debug_object o;
  size_t size;
  debug_start(&o);
  debug_add_symbol(&o, name, 0, (uint32_t)bytes, STT_FUNC);
  jit_code_entry *entry = vmk_calloc(1, sizeof *entry);
  entry->symfile_addr = debug_finish(&o, run, bytes, true, &size);
  entry->symfile_size = size;
  entry->run = run;
  entry->next_entry = __jit_debug_descriptor.first_entry;
  if (entry->next_entry)
    entry->next_entry->prev_entry = entry;
  __jit_debug_descriptor.first_entry = __jit_debug_descriptor.relevant_entry = entry;
  __jit_debug_descriptor.action_flag = GDB_REGISTER;
  __jit_debug_register_code();
}

static void
debug_untell_gdb(jit_code_entry *entry)
{
  *(entry->prev_entry ? &entry->prev_entry->next_entry : &__jit_debug_descriptor.first_entry) =
      entry->next_entry;
  if (entry->next_entry)
    entry->next_entry->prev_entry = entry->prev_entry;
  __jit_debug_descriptor.relevant_entry = entry;
  __jit_debug_descriptor.action_flag = GDB_UNREGISTER;
  __jit_debug_register_code();
  free((char *)entry->symfile_addr);
  free(entry);
}

void
jit_debug_free_code(struct vmk_jit *jit, jit_piece piece)
{
  if (VMK_LIKELY(!jit->vm->tier.gdb))
    return;
  jit_code_entry *entry = __jit_debug_descriptor.first_entry;
  while (entry && entry->run != jit->cache.run + piece.offset)
    entry = entry->next_entry;
  if (entry)
    debug_untell_gdb(entry);
}

void
jit_debug_fini(struct vmk_jit *jit)
{
  while (jit->vm->tier.gdb && __jit_debug_descriptor.first_entry)
    debug_untell_gdb(__jit_debug_descriptor.first_entry);
  if (jit->perf_map)
    fclose(jit->perf_map);
}

/* --- perf ------------------------------------------------------------------------------------------------ */

static void
debug_tell_perf(struct vmk_jit *jit, const char *name, const char *run, size_t bytes)
{
  if (!jit->perf_map) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
    jit->perf_map = fopen(path, "w");
  }
  if (!jit->perf_map)
    return;
  fprintf(jit->perf_map, "%llx %zx %s\n", (unsigned long long)(uintptr_t)run, bytes, name);
  fflush(jit->perf_map);
}

/* --- dump=code ------------------------------------------------------------------------------------------- */

static void
debug_write_object(struct vmk_jit *jit, const char *name, const char *run, size_t bytes)
{
  debug_object o;
  size_t size;
  char text[64];
  debug_start(&o);
  debug_add_symbol(&o, name, 0, (uint32_t)bytes, STT_FUNC);
  jit_code_place place;
  for (uint32_t i = 0; jit_assembly_place_of(jit->assembly, i, &place); i++) {
    snprintf(text, sizeof text, "%s%u_%s", place.inlined ? "inlined_" : "", place.pc,
             vmk_op_table[place.op].name);
    debug_add_symbol(&o, text, place.offset, 0, STT_NOTYPE);
  }
  char *file = debug_finish(&o, run, bytes, false, &size);
  snprintf(text, sizeof text, "vmkit-%d-%llu.o", (int)getpid(),
           (unsigned long long)jit->statistics.functions);
  FILE *out = fopen(text, "w");
  if (out) {
    fwrite(file, 1, size, out);
    fclose(out);
    fprintf(stderr, "code of %s: %s\n", name, text);
  }
  free(file);
}

void
jit_debug_new_code(struct vmk_jit *jit, const vmk_function *f, jit_piece piece, bool is_whole)
{
  const vmk_tier_policy *policy = &jit->vm->tier;
  const char *dump = is_whole ? vmk_vm_dump_of(jit->vm, "code:") : NULL;
  if (VMK_LIKELY(!policy->perf && !policy->gdb && !dump))
    return;
  char name[256];
  const char *run = jit->cache.run + piece.offset;
  vmk_function_name(f, name, sizeof name);
  if (policy->perf)
    debug_tell_perf(jit, name, run, piece.bytes);
  if (policy->gdb)
    debug_tell_gdb(name, run, piece.bytes);
  if (dump && strstr(name, dump))
    debug_write_object(jit, name, run, piece.bytes);
}

/* --- crash reports --------------------------------------------------------------------------------------- */

static bool
debug_piece_has(const jit_piece *piece, uint32_t offset)
{
  return offset - piece->offset < piece->bytes;
}

/* Without locks: the process is about to die. */
const vmk_function *
vmk_jit_function_at(const struct vmk_jit *jit, const void *address)
{
  if (!jit_cache_has(&jit->cache, address))
    return NULL;
  uint32_t offset = (uint32_t)((const char *)address - jit->cache.run);
  for (const vmk_module *m = jit->vm->modules; m; m = m->next)
    for (const vmk_compiled *c = m->compiled; c; c = c->next) {
      bool has = debug_piece_has(&c->piece, offset);
      for (size_t i = 0; i < c->linked.count && !has; i++)
        has = debug_piece_has(&c->linked.data[i], offset);
      if (has)
        return c->function;
    }
  return NULL;
}

const vmk_function *
vmk_jit_last(const struct vmk_jit *jit)
{
  return jit->last;
}
