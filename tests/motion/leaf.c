/* accept: a function that can reach no safepoint is still all through */
#include <vmkit/vmkit.h>

uint32_t motion_sum(vmk_ref a, vmk_ref b) VMK_STILL_ONLY;
uint32_t
motion_sum(vmk_ref a, vmk_ref b)
{
  return vmk_array_length_raw(a) + vmk_array_length_raw(b);
}
