/* classfile_write.c -- class files made from what the vm has kept of them
 *
 * Behind the constant pool a class keeps its file as it was; of the pool it keeps every tag and value.  So
 * the file can be written again byte for byte, though nobody keeps it.
 */
#include "classfile_write.h"

#include <stdlib.h>

#include "classfile.h"

typedef struct write_buffer {
  uint8_t *at; /* null: only count */
  size_t length;
} write_buffer;

static void
write_number(write_buffer *b, uint64_t value, uint32_t bytes)
{
  for (uint32_t i = bytes; b->at && i-- > 0;)
    b->at[b->length + bytes - 1 - i] = (uint8_t)(value >> 8 * i);
  b->length += bytes;
}

static void
write_bytes(write_buffer *b, const void *data, size_t bytes)
{
  if (b->at && bytes)
    memcpy(b->at + b->length, data, bytes);
  b->length += bytes;
}

/* The places that the entry takes in the pool. */
static uint32_t
write_entry(write_buffer *b, const j3_pool *p, uint32_t i)
{
  uint64_t value = p->value[i];
  write_number(b, p->tag[i], 1);
  switch (p->tag[i]) {
  case J3_CONSTANT_Utf8: {
    const j3_symbol *s = j3_pool_utf8(p, (uint16_t)i);
    write_number(b, s->length, 2);
    write_bytes(b, s->text, s->length);
    return 1;
  }
  case J3_CONSTANT_Integer:
  case J3_CONSTANT_Float: write_number(b, value, 4); return 1;
  case J3_CONSTANT_Long:
  case J3_CONSTANT_Double: write_number(b, value, 8); return 2;
  case J3_CONSTANT_Class:
  case J3_CONSTANT_String:
  case J3_CONSTANT_MethodType:
  case J3_CONSTANT_Module:
  case J3_CONSTANT_Package: write_number(b, value, 2); return 1;
  case J3_CONSTANT_MethodHandle:
    write_number(b, value, 1);
    write_number(b, value >> 16, 2);
    return 1;
  default: /* pairs */
    write_number(b, value, 2);
    write_number(b, value >> 16, 2);
    return 1;
  }
}

static void
write_pool(write_buffer *b, const j3_pool *p)
{
  for (uint32_t i = 1; i < p->count;)
    i += write_entry(b, p, i);
}

static void
write_class(write_buffer *b, const j3_class *c)
{
  write_number(b, 0xcafebabe, 4);
  write_number(b, c->minor_version, 2);
  write_number(b, c->major_version, 2);
  write_number(b, c->pool->count, 2);
  write_pool(b, c->pool);
  write_bytes(b, c->file.data, c->file.length);
}

uint8_t *
j3_pool_write(const j3_pool *p, size_t *length)
{
  write_buffer count = {0}, b = {0};
  write_pool(&count, p);
  b.at = malloc(count.length + 1);
  VMK_ASSERT(b.at);
  write_pool(&b, p);
  *length = b.length;
  return b.at;
}

uint8_t *
j3_classfile_write(const j3_class *c, size_t *length)
{
  write_buffer count = {0}, b = {0};
  write_class(&count, c);
  b.at = malloc(count.length);
  VMK_ASSERT(b.at);
  write_class(&b, c);
  *length = b.length;
  return b.at;
}
