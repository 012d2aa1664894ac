/* reject: cannot call function 'vmk_array_length_raw' while */
#include <vmkit/vmkit.h>

uint32_t motion_bad(vmk_thread *t, vmk_kind *kind, vmk_handle array) VMK_MOVES;
uint32_t
motion_bad(vmk_thread *t, vmk_kind *kind, vmk_handle array)
{
  vmk_new(t, kind);
  return vmk_array_length_raw(array->ref);
}
