/* print.h -- what the printer asks of rt */
#ifndef VMK_IR_PRINT_H
#define VMK_IR_PRINT_H

#include <vmkit/vmk_exec.h>

/* Defined by rt: the name by the runtime's hook, or something that tells functions apart. Leaf. */
void vmk_function_name(const vmk_function *f, char *buffer, size_t size);
const vmk_hooks *vmk_runtime_hooks(const vmk_runtime *runtime);

#endif
