/* accept: raw references only in a still region, which ends on every path */
#include <vmkit/vmkit.h>

static uint32_t grow(vmk_thread *t, vmk_kind *kind, vmk_handle array) VMK_MOVES;
static uint32_t
grow(vmk_thread *t, vmk_kind *kind, vmk_handle array)
{
  vmk_still_begin();
  uint32_t length = vmk_array_length_raw(array->ref);
  vmk_still_end();
  return vmk_new_array(t, kind, 2 * length) ? length : 0;
}

uint32_t motion_all(vmk_thread *t, vmk_kind *kind, vmk_handle array) VMK_MOVES;
uint32_t
motion_all(vmk_thread *t, vmk_kind *kind, vmk_handle array)
{
  return grow(t, kind, array);
}
