/* reject: held on every path | held at the end of function */
#include <vmkit/vmkit.h>

uint32_t motion_bad(vmk_handle array, bool early) VMK_MOVES;
uint32_t
motion_bad(vmk_handle array, bool early)
{
  vmk_still_begin();
  uint32_t length = vmk_array_length_raw(array->ref);
  if (early)
    return 0;
  vmk_still_end();
  return length;
}
