/* reject: calling function 'vmk_new' requires holding */
#include <vmkit/vmkit.h>

void motion_bad(vmk_thread *t, vmk_kind *kind);
void
motion_bad(vmk_thread *t, vmk_kind *kind)
{
  vmk_new(t, kind);
}
