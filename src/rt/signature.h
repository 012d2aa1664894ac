/* signature.h -- what rt knows of a signature beyond its public part */
#ifndef VMK_RT_SIGNATURE_H
#define VMK_RT_SIGNATURE_H

#include <vmkit/vmk_exec.h>

#include "rt/frame.h"

/* Where a parameter arrives: slots from fp, by bank in declared order. */
typedef struct vmk_signature_private {
  uint16_t *slots;                     /* per parameter */
  VMK_ATOMIC(struct vmk_ffi *) ffi[2]; /* [static]: prepared libffi call, made when first needed */
  uint16_t frame_slots;                /* header and arguments */
  uint16_t int_count, fp_count;        /* parameters that C passes in integer / vector registers */
  vmk_signature public;
} vmk_signature_private;

static inline vmk_signature_private *
vmk_signature_private_of(const vmk_signature *s)
{
  return (vmk_signature_private *)((char *)s - offsetof(vmk_signature_private, public));
}

static inline bool
vmk_type_is_float(uint8_t type)
{
  return type == VMK_TYPE_F32 || type == VMK_TYPE_F64;
}

#endif
