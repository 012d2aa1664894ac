/* limits.h -- limits of the inline paths of compiled code */
#ifndef VMK_JIT_LIMITS_H
#define VMK_JIT_LIMITS_H

/* Longer arrays are allocated out of line (negative lengths are longer than any). */
enum { JIT_FAST_ARRAY = 4096 };

#endif
