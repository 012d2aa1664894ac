/* signature.c -- the kit's signature of a method descriptor, remembered per symbol for ever */
#include "descriptor.h"
#include "j3.h"
#include "table.h"

static struct {
  pthread_mutex_t lock;
  _Atomic(j3_table *) tables[2]; /* descriptor -> signature, without and with a receiver */
} signatures = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const vmk_signature *
signature_new(const j3_symbol *descriptor, bool has_receiver)
{
  uint8_t types[256 + 1];
  size_t count = 0;
  if (has_receiver)
    types[count++] = VMK_TYPE_REF;
  const char *p = descriptor->text + 1, *end = descriptor->text + descriptor->length;
  while (*p != ')') {
    VMK_ASSERT(count < VMK_COUNT(types));
    types[count++] = (uint8_t)j3_type_of_descriptor(*p);
    p = j3_descriptor_field_end(p, end);
    VMK_ASSERT(p);
  }
  return vmk_signature_get(J3.vm, j3_type_of_descriptor(p[1]), types, count);
}

const vmk_signature *
j3_signature_of(j3_symbol *descriptor, bool has_receiver)
{
  j3_table *table = atomic_load_explicit(&signatures.tables[has_receiver], memory_order_acquire);
  const vmk_signature *signature = table ? j3_table_get(table, descriptor) : NULL;
  if (signature)
    return signature;
  signature = signature_new(descriptor, has_receiver);
  pthread_mutex_lock(&signatures.lock);
  table = atomic_load_explicit(&signatures.tables[has_receiver], memory_order_relaxed);
  if (!table) {
    table = j3_table_new();
    atomic_store_explicit(&signatures.tables[has_receiver], table, memory_order_release);
  }
  if (!j3_table_get(table, descriptor))
    j3_table_add(table, descriptor, (void *)(uintptr_t)signature);
  pthread_mutex_unlock(&signatures.lock);
  return signature;
}
