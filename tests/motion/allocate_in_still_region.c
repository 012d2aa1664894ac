/* reject: calling function 'vmk_new' requires holding */
#include <vmkit/vmkit.h>

uint32_t motion_bad(vmk_thread *t, vmk_kind *kind, vmk_handle array) VMK_MOVES;
uint32_t
motion_bad(vmk_thread *t, vmk_kind *kind, vmk_handle array)
{
  vmk_still_begin();
  vmk_ref raw = array->ref;
  vmk_new(t, kind);
  uint32_t length = vmk_array_length_raw(raw);
  vmk_still_end();
  return length;
}
