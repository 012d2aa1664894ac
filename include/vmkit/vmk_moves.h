/* vmk_moves.h -- "may this call move objects?", checked by the compiler
 *
 * `vmk_moves` is a capability that exists only in clang's thread-safety analysis.  Holding it means:
 * objects may move here.  A function that can reach a safepoint is declared VMK_MOVES; clang rejects
 * a caller that is not VMK_MOVES itself, and a call from inside a still region.  Raw references
 * (vmk_ref) live only where the capability is not held: in leaf functions (neither VMK_MOVES nor
 * calling what is) and between vmk_still_begin() and vmk_still_end().  Never store a raw reference
 * anywhere but in a root slot or in the heap.  Other compilers see nothing.
 */
#ifndef VMK_MOVES_H
#define VMK_MOVES_H

#if defined(__clang__)
#define VMK_TSA(a) __attribute__((a))
#else
#define VMK_TSA(a)
#endif

struct VMK_TSA(capability("object motion")) vmk_motion {
  int unused;
};
extern struct vmk_motion vmk_moves; /* never defined: it exists for the analysis only */

#define VMK_MOVES VMK_TSA(requires_capability(vmk_moves)) /* may collect, may throw */
#define VMK_STILL_ONLY VMK_TSA(locks_excluded(vmk_moves)) /* hands out or takes raw references */
/* On pointer types: the pointee is VMK_MOVES.  clang 19 cannot check calls through pointers, so the
 * caller, which must be VMK_MOVES itself, is on its honour. */
#define VMK_MOVES_POINTER
/* For the two edges of the discipline: code entered from outside (thread start, foreign calls). */
#define VMK_MOVES_ENTRY VMK_TSA(no_thread_safety_analysis)

static inline void vmk_still_begin(void) VMK_TSA(release_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis);
static inline void vmk_still_end(void) VMK_TSA(acquire_capability(vmk_moves))
    VMK_TSA(no_thread_safety_analysis);
static inline void
vmk_still_begin(void)
{
}
static inline void
vmk_still_end(void)
{
}

#endif
