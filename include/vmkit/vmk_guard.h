/* vmk_guard.h -- access to memory that somebody else can take away
 *
 * A file that is mapped can be made shorter by anyone, and then touching its pages is a signal (SIGBUS).  These
 * accesses answer false instead; whatever they had written by then stays.  For addresses that the guest program
 * chose; objects need none of this.  All are leaves and cost a call.  While there is a vm; on processors other than
 * x86-64 such a signal is fatal.
 */
#ifndef VMK_GUARD_H
#define VMK_GUARD_H

#include <vmkit/vmk_base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Width: 1, 2, 4 or 8 bytes, in one piece when aligned.  Values are the low bits, extended by zeros.  A load is
 * ordered as an acquiring one, and with exchanges as a sequentially consistent one; a store as a releasing one. */
VMK_API VMK_MUST_USE bool vmk_guard_load(const void *from, uint32_t width, uint64_t *out);
VMK_API VMK_MUST_USE bool vmk_guard_store(void *to, uint32_t width, uint64_t value);
/* Sequentially consistent: *old = what was there. */
VMK_API VMK_MUST_USE bool vmk_guard_exchange(void *at, uint32_t width, uint64_t value,
                                             uint64_t *old);
/* Width 4 or 8, sequentially consistent: stores `value` if *seen is there; *seen = what was there. */
VMK_API VMK_MUST_USE bool vmk_guard_cas(void *at, uint32_t width, uint64_t *seen, uint64_t value);
/* As memmove and memset. */
VMK_API VMK_MUST_USE bool vmk_guard_copy(void *to, const void *from, size_t bytes);
VMK_API VMK_MUST_USE bool vmk_guard_fill(void *to, uint8_t value, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
