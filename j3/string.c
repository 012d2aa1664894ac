/* string.c -- java.lang.String from C: making, reading, interning
 *
 * Strings are compact (JEP 254): coder 0 holds Latin-1 bytes, coder 1 UTF-16 units.  The intern table is
 * open addressing under one lock, and weak: a literal is kept by the class that resolved it.
 */
#include <stdlib.h>

#include "j3.h"

/* --- reading -------------------------------------------------------------------------------------------- */

static inline vmk_slot
string_bytes(vmk_handle string)
{
  return (vmk_slot){
      vmk_ref_decode(*(vmk_heap_ref *)((char *)string->ref + J3.known.offset_String_value))};
}

static inline bool
string_is_wide(vmk_handle string)
{
  return vmk_get_i8(string, J3.known.offset_String_coder) != 0;
}

uint32_t
j3_string_length(vmk_handle string)
{
  vmk_slot bytes = string_bytes(string);
  return vmk_array_length(&bytes) >> string_is_wide(string);
}

uint16_t
j3_string_char(vmk_handle string, uint32_t i)
{
  vmk_slot bytes = string_bytes(string);
  const void *data = vmk_array_data(&bytes);
  return string_is_wide(string) ? ((const uint16_t *)data)[i] : ((const uint8_t *)data)[i];
}

bool
j3_string_equals(vmk_handle a, vmk_handle b)
{
  if (vmk_same(a, b))
    return true;
  vmk_slot x = string_bytes(a), y = string_bytes(b);
  return string_is_wide(a) == string_is_wide(b) && vmk_array_length(&x) == vmk_array_length(&y) &&
         memcmp(vmk_array_data(&x), vmk_array_data(&y), vmk_array_length(&x)) == 0;
}

/* Append one UTF-16 unit in modified UTF-8 (JVMS 4.4.7): zero takes two bytes, surrogates three each. */
static char *
string_put_utf8(char *out, uint16_t unit)
{
  if (unit && unit < 0x80) {
    *out++ = (char)unit;
  } else if (unit < 0x800) {
    *out++ = (char)(0xc0 | unit >> 6);
    *out++ = (char)(0x80 | (unit & 0x3f));
  } else {
    *out++ = (char)(0xe0 | unit >> 12);
    *out++ = (char)(0x80 | (unit >> 6 & 0x3f));
    *out++ = (char)(0x80 | (unit & 0x3f));
  }
  return out;
}

char *
j3_string_utf8(vmk_handle string, size_t *length)
{
  if (!string || vmk_is_null(string))
    return NULL;
  uint32_t units = j3_string_length(string);
  char *text = malloc(3 * (size_t)units + 1), *end = text;
  if (!text)
    abort();
  for (uint32_t i = 0; i < units; i++)
    end = string_put_utf8(end, j3_string_char(string, i));
  *end = 0;
  if (length)
    *length = (size_t)(end - text);
  return text;
}

j3_symbol *
j3_string_symbol(vmk_handle string, bool dots_to_slashes)
{
  size_t length;
  char *text = j3_string_utf8(string, &length);
  for (char *p = text; dots_to_slashes && *p; p++)
    if (*p == '.')
      *p = '/';
  j3_symbol *s = j3_symbol_get(text, length > 0xffff ? 0xffff : length);
  free(text);
  return s;
}

/* --- making ------------------------------------------------------------------------------------------------ */

/* A String over `bytes` zeroed bytes of the given coder; fill string_bytes of the result. */
static vmk_handle
string_allocate(vmk_thread *t, size_t bytes, bool wide) VMK_MOVES
{
  static _Atomic(j3_class *) byte_array;
  j3_class *array = byte_array;
  if (!array) {
    array = j3_class_of_descriptor(t, NULL, "[B", 2);
    if (!array)
      return NULL;
    byte_array = array;
  }
  if (bytes > VMK_ARRAY_LENGTH_MAX) {
    j3_out_of_memory(t, "Requested array size exceeds VM limit");
    return NULL;
  }
  vmk_scope scope = vmk_scope_begin(t);
  vmk_handle value = vmk_new_array(t, &array->kind, (uint32_t)bytes);
  vmk_handle string = value ? vmk_new(t, &J3.known.class_String->kind) : NULL;
  if (string) {
    vmk_set_ref(t, string, J3.known.offset_String_value, value);
    vmk_set_i8(string, J3.known.offset_String_coder, wide);
  }
  return vmk_scope_end_with(t, scope, string);
}

/* Decode one unit of modified UTF-8; malformed input yields what its bits say, never an overrun. */
static const uint8_t *
string_get_utf8(const uint8_t *p, const uint8_t *end, uint16_t *unit)
{
  uint32_t c = *p++;
  if (c >= 0xe0 && end - p >= 2) {
    c = (c & 0xf) << 12 | (p[0] & 0x3fu) << 6 | (p[1] & 0x3fu);
    p += 2;
  } else if (c >= 0xc0 && end - p >= 1) {
    c = (c & 0x1f) << 6 | (*p++ & 0x3fu);
  }
  *unit = (uint16_t)c;
  return p;
}

vmk_handle
j3_string_new_length(vmk_thread *t, const char *text, size_t length) VMK_MOVES
{
  const uint8_t *begin = (const uint8_t *)text, *end = begin + length;
  size_t units = 0;
  bool wide = false, ascii = true;
  uint16_t unit;
  for (const uint8_t *p = begin; p < end; units++) {
    ascii &= *p < 0x80;
    p = string_get_utf8(p, end, &unit);
    wide |= unit > 0xff;
  }
  vmk_handle string = string_allocate(t, units << wide, wide);
  if (!string)
    return NULL;
  vmk_slot bytes = string_bytes(string);
  uint8_t *narrow_out = vmk_array_data(&bytes);
  uint16_t *wide_out = vmk_array_data(&bytes);
  if (ascii)
    memcpy(narrow_out, text, length);
  for (const uint8_t *p = begin; p < end && !ascii;) {
    p = string_get_utf8(p, end, &unit);
    if (wide)
      *wide_out++ = unit;
    else
      *narrow_out++ = (uint8_t)unit;
  }
  return string;
}

vmk_handle
j3_string_new(vmk_thread *t, const char *text) VMK_MOVES
{
  return j3_string_new_length(t, text, strlen(text));
}

vmk_handle
j3_string_new_utf16(vmk_thread *t, const uint16_t *units, size_t count) VMK_MOVES
{
  uint16_t all = 0;
  for (size_t i = 0; i < count; i++)
    all |= units[i];
  bool wide = all > 0xff;
  vmk_handle string = string_allocate(t, count << wide, wide);
  if (!string)
    return NULL;
  vmk_slot bytes = string_bytes(string);
  uint8_t *out = vmk_array_data(&bytes);
  if (wide)
    memcpy(out, units, 2 * count);
  for (size_t i = 0; i < count && !wide; i++)
    out[i] = (uint8_t)units[i];
  return string;
}

/* --- interning ----------------------------------------------------------------------------------------------- */

typedef struct intern_row {
  uint32_t hash;
  vmk_slot string; /* weak; null: free */
} intern_row;

enum { INTERN_FIRST_ROWS = 4096 };

static struct {
  pthread_mutex_t lock;
  intern_row *rows;
  uint32_t mask, count;
} interned = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint32_t
intern_hash(vmk_handle string)
{
  uint32_t hash = 0;
  for (uint32_t i = 0, n = j3_string_length(string); i < n; i++)
    hash = 31 * hash + j3_string_char(string, i);
  return hash * 0x9e3779b1u;
}

static intern_row *
intern_probe(uint32_t hash, vmk_handle string)
{
  for (uint32_t i = hash & interned.mask;; i = (i + 1) & interned.mask) {
    intern_row *row = &interned.rows[i];
    if (!row->string.ref || (string && row->hash == hash && j3_string_equals(&row->string, string)))
      return row;
  }
}

/* Make a table of `room` rows of what is in the present one. */
static void
intern_rebuild(uint32_t room)
{
  intern_row *old = interned.rows;
  uint32_t size = old ? interned.mask + 1 : 0;
  interned.rows = calloc(room, sizeof *interned.rows);
  if (!interned.rows)
    abort();
  interned.mask = room - 1;
  for (uint32_t i = 0; i < size; i++)
    if (old[i].string.ref)
      *intern_probe(old[i].hash, NULL) = old[i];
  free(old);
}

vmk_handle
j3_string_intern(vmk_thread *t, vmk_handle string) VMK_MOVES
{
  uint32_t hash = intern_hash(string);
  pthread_mutex_lock(&interned.lock); /* no safepoint under it */
  if (!interned.rows)
    intern_rebuild(INTERN_FIRST_ROWS);
  else if (4 * (interned.count + 1) > 3 * (interned.mask + 1))
    intern_rebuild(2 * (interned.mask + 1));
  intern_row *row = intern_probe(hash, string);
  if (!row->string.ref) {
    *row = (intern_row){hash, *string};
    interned.count++;
  }
  vmk_handle result = vmk_local(t, row->string.ref);
  pthread_mutex_unlock(&interned.lock);
  return result;
}

/* Rows lie where probing from their hash leads: when some go the others are laid out anew. */
void
j3_strings_sweep(vmk_tracer *tracer)
{
  uint32_t size = interned.rows ? interned.mask + 1 : 0, live = 0;
  for (uint32_t i = 0; i < size; i++) {
    vmk_slot *string = &interned.rows[i].string;
    if (!string->ref)
      continue;
    string->ref =
        vmk_trace_is_live(tracer, string->ref) ? vmk_trace_forwarded(tracer, string->ref) : NULL;
    live += string->ref != NULL;
  }
  if (live == interned.count)
    return;
  interned.count = live;
  uint32_t room = INTERN_FIRST_ROWS;
  while (2 * live > room)
    room *= 2;
  intern_rebuild(room);
}

vmk_handle
j3_string_of_symbol(vmk_thread *t, j3_symbol *s) VMK_MOVES
{
  vmk_handle string = j3_string_new_length(t, s->text, s->length);
  return string ? j3_string_intern(t, string) : NULL;
}
