/* extract.c -- build tool: the object of stencils.c becomes tables of C
 *
 *     extract stencils.o > stencils.inc
 *
 * Each function has a section of its own.  Its bytes are kept, less what the layout of compiled code
 * makes useless:
 *
 *     a jump to the next instruction at the end falls through: cut off;
 *     `jcc next; jmp other` at the end becomes `jncc other`;
 *     a jump at the end to which only conditional jumps lead is cut off, these jump themselves.  All
 *     jumps have 32 bits (-mrelax-all), so a jump to L is found by its displacement.
 *
 * Instructions that read a slot and could read a register instead are marked (JIT_FORM_READ ...), and
 * stencils that jump inside themselves.
 *
 * Every relocation must be one that compile.c knows; anything else ends the build.
 */
#include <elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jit/stencil.h"
#include "jit/x86.h"

enum { JUMP_BYTES = 5, BRANCH_BYTES = 6, RELOCATIONS = 64, DATA_BYTES = 4096 };

static const char *const hole_names[] = {
#define JIT_HOLE(name, what) "hole_" #name,
#include "jit/holes.def"
};
static const char *const external_names[] = {
#define JIT_EXTERNAL(name) #name,
    JIT_EXTERNALS(JIT_EXTERNAL)
#undef JIT_EXTERNAL
};

typedef struct object {
  const char *bytes;
  const Elf64_Ehdr *header;
  const Elf64_Shdr *sections;
  const char *section_names;
  const Elf64_Sym *symbols;
  const char *symbol_names;
} object;

typedef struct stencil {
  const char *name;
  uint8_t code[4096 + 16];
  uint32_t size, count;
  bool jumps; /* inside itself */
  jit_relocation relocations[RELOCATIONS];
} stencil;

static uint8_t data[DATA_BYTES];
static uint32_t data_bytes;
static int section_data[65536]; /* offset of a section of constants in data, + 1 */

static void
fail(const char *where, const char *what, const char *which)
{
  fprintf(stderr, "extract: %s: %s%s\n", where, what, which);
  exit(1);
}

/* --- reading ------------------------------------------------------------------------------------------- */

static void
open_object(const char *path, object *o)
{
  FILE *f = fopen(path, "rb");
  if (!f)
    fail(path, "cannot be read", "");
  fseek(f, 0, SEEK_END);
  size_t size = (size_t)ftell(f);
  rewind(f);
  char *bytes = malloc(size);
  if (!bytes || fread(bytes, 1, size, f) != size)
    fail(path, "cannot be read", "");
  fclose(f);
  o->bytes = bytes;
  o->header = (const Elf64_Ehdr *)bytes;
  if (o->header->e_machine != EM_X86_64)
    fail(path, "not for x86-64", "");
  o->sections = (const Elf64_Shdr *)(bytes + o->header->e_shoff);
  o->section_names = bytes + o->sections[o->header->e_shstrndx].sh_offset;
  for (int i = 0; i < o->header->e_shnum; i++)
    if (o->sections[i].sh_type == SHT_SYMTAB) {
      o->symbols = (const Elf64_Sym *)(bytes + o->sections[i].sh_offset);
      o->symbol_names = bytes + o->sections[o->sections[i].sh_link].sh_offset;
    }
}

/* Where a section of constants begins in data; sections whose entries are 16 bytes are aligned so. */
static uint32_t
place_data(const object *o, uint32_t section)
{
  const Elf64_Shdr *s = &o->sections[section];
  if (!section_data[section]) {
    data_bytes = (data_bytes + 15) & ~15u;
    if (data_bytes + s->sh_size > DATA_BYTES)
      fail("constants", "too many", "");
    memcpy(data + data_bytes, o->bytes + s->sh_offset, s->sh_size);
    section_data[section] = (int)data_bytes + 1;
    data_bytes += (uint32_t)s->sh_size;
  }
  return (uint32_t)section_data[section] - 1;
}

static bool
resolve(const object *o, const char *where, const Elf64_Rela *rela, jit_relocation *out)
{
  const Elf64_Sym *symbol = &o->symbols[ELF64_R_SYM(rela->r_info)];
  const char *name = o->symbol_names + symbol->st_name;
  out->addend = (int32_t)rela->r_addend;
  for (size_t i = 0; i < sizeof hole_names / sizeof *hole_names; i++)
    if (!strcmp(name, hole_names[i])) {
      out->hole = (uint8_t)i;
      return true;
    }
  for (size_t i = 0; i < JIT_EXTERNAL_COUNT; i++)
    if (!strcmp(name, external_names[i])) {
      out->hole = (uint8_t)(JIT_HOLE_EXTERNAL + i);
      return out->form == JIT_FORM_RELATIVE;
    }
  const char *section = symbol->st_shndx < o->header->e_shnum
                            ? o->section_names + o->sections[symbol->st_shndx].sh_name
                            : "";
  if (strncmp(section, ".rodata.cst", 11) || out->form != JIT_FORM_RELATIVE)
    fail(where, "relocation against ", *name ? name : section);
  out->hole = JIT_HOLE_DATA;
  out->addend += (int32_t)(place_data(o, symbol->st_shndx) + symbol->st_value);
  return true;
}

static void
read_relocations(const object *o, uint32_t section, stencil *s)
{
  for (int j = 0; j < o->header->e_shnum; j++) {
    const Elf64_Shdr *r = &o->sections[j];
    if (r->sh_type != SHT_RELA || r->sh_info != section)
      continue;
    const Elf64_Rela *p = (const Elf64_Rela *)(o->bytes + r->sh_offset);
    for (const Elf64_Rela *end = p + r->sh_size / sizeof *p; p < end; p++) {
      jit_relocation *out = &s->relocations[s->count++];
      if (s->count == RELOCATIONS)
        fail(s->name, "too many relocations", "");
      out->offset = (uint16_t)p->r_offset;
      switch (ELF64_R_TYPE(p->r_info)) {
      case R_X86_64_32:
      case R_X86_64_32S: out->form = JIT_FORM_32; break;
      case R_X86_64_64: out->form = JIT_FORM_64; break;
      case R_X86_64_PC32:
      case R_X86_64_PLT32: out->form = JIT_FORM_RELATIVE; break;
      default: fail(s->name, "unknown type of relocation", "");
      }
      if (!resolve(o, s->name, p, out))
        fail(s->name, "address of a C function taken", "");
    }
  }
}

/* --- trimming ------------------------------------------------------------------------------------------ */

static jit_relocation *
relocation_at(stencil *s, uint32_t offset)
{
  for (uint32_t i = 0; i < s->count; i++)
    if (s->relocations[i].offset == offset)
      return &s->relocations[i];
  return NULL;
}

/* The relocation of the jump to a hole that ends at `end`, or null. */
static jit_relocation *
jump_before(stencil *s, uint32_t end)
{
  if (end < JUMP_BYTES || s->code[end - JUMP_BYTES] != 0xe9)
    return NULL;
  return relocation_at(s, end - 4);
}

static void
drop_last(stencil *s, jit_relocation *r)
{
  *r = s->relocations[--s->count];
  s->size -= JUMP_BYTES;
}

static bool
ends_without_falling(stencil *s, uint32_t end)
{
  return jump_before(s, end) || (end >= 2 && s->code[end - 2] == 0xff) ||
         (end >= 3 && s->code[end - 3] == 0x41 && s->code[end - 2] == 0xff);
}

/* `place` is the displacement of a jump to `to` inside the stencil. */
static bool
is_jump_to(stencil *s, uint32_t place, uint32_t to)
{
  int32_t displacement;
  memcpy(&displacement, s->code + place, 4);
  bool is_jump = s->code[place - 1] == 0xe9 ||
                 (place >= 2 && s->code[place - 2] == 0x0f && (s->code[place - 1] & 0xf0) == 0x80);
  for (uint32_t i = place - 3; i < place + 4; i++)
    if (relocation_at(s, i))
      return false;
  return is_jump && displacement == (int32_t)(to - (place + 4));
}

/* Jumps to the last one, which goes to a hole, go there themselves. */
static bool
thread_last(stencil *s)
{
  jit_relocation *last = jump_before(s, s->size);
  uint32_t begin = s->size - JUMP_BYTES;
  if (!last || last->hole == JIT_HOLE_CONT || !ends_without_falling(s, begin))
    return false;
  jit_relocation target = *last;
  uint32_t found = 0;
  for (uint32_t place = 4; place + 4 <= begin; place++)
    if (is_jump_to(s, place, begin)) {
      target.offset = (uint16_t)place;
      s->relocations[s->count++] = target;
      found++;
    }
  if (!found)
    return false;
  drop_last(s, relocation_at(s, begin + 1));
  return true;
}

static void
trim(stencil *s)
{
  while (thread_last(s))
    continue;
  jit_relocation *last = jump_before(s, s->size);
  if (!last)
    return;
  if (last->hole == JIT_HOLE_CONT) {
    drop_last(s, last);
    return;
  }
  uint32_t branch = s->size - JUMP_BYTES - BRANCH_BYTES;
  jit_relocation *taken = relocation_at(s, branch + 2);
  if (s->size >= JUMP_BYTES + BRANCH_BYTES && s->code[branch] == 0x0f &&
      (s->code[branch + 1] & 0xf0) == 0x80 && taken && taken->hole == JIT_HOLE_CONT) {
    s->code[branch + 1] ^= 1;
    taken->hole = last->hole;
    taken->addend = last->addend;
    drop_last(s, last);
  }
}

/* --- slots that are read --------------------------------------------------------------------------------- */

static bool
is_slot(uint8_t hole)
{
  return hole == JIT_HOLE_A || hole == JIT_HOLE_B || hole == JIT_HOLE_C || hole == JIT_HOLE_L0 ||
         hole == JIT_HOLE_L1 || hole == JIT_HOLE_L2 || hole == JIT_HOLE_L3;
}

static bool
is_among(uint8_t opcode, const char *opcodes)
{
  return opcode && strchr(opcodes, opcode);
}

/* Does it only read its operand in memory?  Of general registers. */
static bool
reads_general(const x86_insn *insn)
{
  uint8_t more = insn->modrm >> 3 & 7;
  if (insn->prefix)
    return false;
  if (insn->is_0f) /* imul movzx movsx cmov */
    return is_among(insn->opcode, "\xaf\xb6\xb7\xbe\xbf") || (insn->opcode & 0xf0) == 0x40;
  if (insn->opcode == 0x81 || insn->opcode == 0x83)
    return more == 7; /* cmp */
  if (insn->opcode == 0xf7)
    return more >= 4; /* mul imul div idiv */
  /* add or and sub xor cmp cmp test movsxd imul imul mov */
  return is_among(insn->opcode, "\x03\x0b\x23\x2b\x33\x39\x3b\x85\x63\x69\x6b\x8b");
}

/* And of doubles. */
static bool
reads_double(const x86_insn *insn)
{
  if (!insn->is_0f)
    return false;
  if (insn->prefix == 0x66) /* ucomisd comisd */
    return is_among(insn->opcode, "\x2e\x2f");
  /* movsd sqrt add mul cvtsd2ss sub min div max cvttsd2si cvtsd2si cmp */
  return insn->prefix == 0xf2 &&
         is_among(insn->opcode, "\x10\x51\x58\x59\x5a\x5c\x5d\x5e\x5f\x2c\x2d\xc2");
}

/* How the slot can be read from a register, by the instruction at `at`.  The base is r12, which needs a
 * REX prefix and a SIB byte. */
static jit_form
form_of_operand(const stencil *s, const x86_insn *insn, uint32_t at, uint32_t place)
{
  uint32_t modrm = insn->opcode_at + 1 + insn->is_0f;
  if ((insn->modrm & 0xc7) != 0x84 || s->code[modrm + 1] != 0x24 || place != modrm + 2 ||
      !(insn->rex & 1))
    return JIT_FORM_32;
  if (reads_double(insn) && insn->opcode_at == at + 2)
    return JIT_FORM_READ_F64;
  if (reads_general(insn))
    return insn->is_0f ? JIT_FORM_READ_0F : JIT_FORM_READ;
  return JIT_FORM_32;
}

static const uint32_t general_pins = 0
#define PIN(name, number) | 1u << number
    JIT_PINS(PIN);
static const uint32_t xmm_pins = 0 JIT_FLOAT_PINS(PIN);
#undef PIN

/* Pins can be read in a stencil that leaves them alone: one that does not name them at all. */
static void
mark_operands(stencil *s)
{
  bool names_pins = false;
  for (uint32_t at = 0; at < s->size;) {
    x86_insn insn = x86_decode(s->code, at);
    uint32_t end = at + insn.length;
    names_pins |= !insn.length || insn.general & general_pins || insn.xmm & xmm_pins;
    if (!insn.length)
      break;
    bool jumps = insn.is_0f
                     ? (insn.opcode & 0xf0) == 0x80
                     : insn.opcode == 0xe9 || insn.opcode == 0xeb || (insn.opcode & 0xf0) == 0x70;
    bool has_hole = false;
    for (uint32_t i = 0; i < s->count; i++) {
      jit_relocation *r = &s->relocations[i];
      if (r->offset < at || r->offset >= end)
        continue;
      has_hole = true;
      if (r->form == JIT_FORM_32 && is_slot(r->hole) && !r->addend)
        r->form = (uint8_t)form_of_operand(s, &insn, at, r->offset);
    }
    s->jumps |= jumps && !has_hole;
    at = end;
  }
  for (uint32_t i = 0; names_pins && i < s->count; i++)
    if (s->relocations[i].form >= JIT_FORM_READ)
      s->relocations[i].form = JIT_FORM_32;
}

/* --- writing ------------------------------------------------------------------------------------------- */

static int
compare_relocations(const void *a, const void *b)
{
  return (int)((const jit_relocation *)a)->offset - (int)((const jit_relocation *)b)->offset;
}

static void
print_bytes(const char *name, const uint8_t *bytes, uint32_t count)
{
  printf("static const uint8_t %s[] = {", name);
  for (uint32_t i = 0; i < count; i++)
    printf("%s%u,", i % 24 ? "" : "\n", bytes[i]);
  printf("\n};\n");
}

int
main(int argc, char **argv)
{
  static stencil s;
  static uint8_t code[1 << 20];
  static jit_relocation relocations[1 << 16];
  static jit_stencil rows[8192];
  uint32_t code_bytes = 0, relocation_count = 0, row_count = 0;
  object o = {0};
  if (argc != 2)
    fail("usage", "extract OBJECT", "");
  open_object(argv[1], &o);
  printf("/* Written by src/jit/extract.c. */\nenum {\n");
  for (int i = 0; i < o.header->e_shnum; i++) {
    const char *name = o.section_names + o.sections[i].sh_name;
    if (strncmp(name, ".text.", 6) || o.sections[i].sh_type != SHT_PROGBITS ||
        !strcmp(name + 6, "tsan.module_ctor")) /* the library has one */
      continue;
    s = (stencil){.name = name + 6, .size = (uint32_t)o.sections[i].sh_size};
    if (s.size > sizeof s.code - 16)
      fail(name, "too long", "");
    memcpy(s.code, o.bytes + o.sections[i].sh_offset, s.size);
    read_relocations(&o, (uint32_t)i, &s);
    trim(&s);
    mark_operands(&s);
    qsort(s.relocations, s.count, sizeof s.relocations[0], compare_relocations);
    printf("  JIT_%s,\n", s.name);
    rows[row_count++] =
        (jit_stencil){code_bytes, relocation_count, (uint16_t)s.size, (uint8_t)s.count, s.jumps};
    memcpy(code + code_bytes, s.code, s.size);
    memcpy(relocations + relocation_count, s.relocations, s.count * sizeof s.relocations[0]);
    code_bytes += s.size;
    relocation_count += s.count;
  }
  printf("};\n#ifdef JIT_STENCIL_TABLES\n");
  print_bytes("jit_code", code, code_bytes);
  print_bytes("jit_data", data, data_bytes ? data_bytes : 1);
  printf("static const jit_relocation jit_relocations[] = {\n");
  for (uint32_t i = 0; i < relocation_count; i++)
    printf("{%u,%u,%u,%d},\n", relocations[i].offset, relocations[i].hole, relocations[i].form,
           relocations[i].addend);
  printf("};\nstatic const jit_stencil jit_stencils[] = {\n");
  for (uint32_t i = 0; i < row_count; i++)
    printf("{%u,%u,%u,%u,%d},\n", rows[i].code, rows[i].relocation, rows[i].size,
           rows[i].relocation_count, rows[i].jumps);
  printf("};\n#endif\n");
  return 0;
}
