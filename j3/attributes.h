/* attributes.h -- reading big-endian class-file data kept raw */
#ifndef J3_ATTRIBUTES_H
#define J3_ATTRIBUTES_H

#include "j3.h"

static inline uint16_t
j3_u2(const uint8_t *p)
{
  return (uint16_t)(p[0] << 8 | p[1]);
}
static inline uint32_t
j3_u4(const uint8_t *p)
{
  return (uint32_t)j3_u2(p) << 16 | j3_u2(p + 2);
}
/* Name of the class a CONSTANT_Class entry stands for. */
static inline j3_symbol *
j3_pool_class_name(const j3_pool *p, uint16_t index)
{
  return j3_pool_utf8(p, (uint16_t)p->value[index]);
}
/* A byte[] copy of raw bytes; null when there are none. */
vmk_handle j3_byte_array(vmk_thread *t, j3_bytes bytes) VMK_MOVES;

#endif
