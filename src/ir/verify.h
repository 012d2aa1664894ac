/* verify.h -- is installed code well-formed?
 *
 * The builder refuses operands of wrong types while they are emitted; the verifier looks at the
 * finished words: everything a tier relies on.
 */
#ifndef VMK_IR_VERIFY_H
#define VMK_IR_VERIFY_H

#include <vmkit/vmk_exec.h>

/* `code` is what f->code is about to be; the rest of f is installed.  Not OK: *error says where. */
VMK_MUST_USE vmk_status vmk_verify(const vmk_function *f, const uint32_t *code, vmk_error *error);

/* Option verify=ir of the module's vm.  Defined by rt. */
bool vmk_module_verifies_ir(const vmk_module *module);

#endif
