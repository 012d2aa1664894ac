/* forward.h -- which operand kinds can come from acc or dacc: JIT_IF_FORWARDED_<kind>(text) */
#ifndef VMK_JIT_FORWARD_H
#define VMK_JIT_FORWARD_H

#define JIT_IF_FORWARDED__(...)
#define JIT_IF_FORWARDED_dI(...)
#define JIT_IF_FORWARDED_dL(...)
#define JIT_IF_FORWARDED_dF(...)
#define JIT_IF_FORWARDED_dD(...)
#define JIT_IF_FORWARDED_dR(...)
#define JIT_IF_FORWARDED_dP(...)
#define JIT_IF_FORWARDED_dV(...)
#define JIT_IF_FORWARDED_uI(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uL(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uF(...)
#define JIT_IF_FORWARDED_uD(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uR(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uP(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uV(...) __VA_ARGS__
#define JIT_IF_FORWARDED_uG(...)
#define JIT_IF_FORWARDED_mI(...) __VA_ARGS__
#define JIT_IF_FORWARDED_mL(...) __VA_ARGS__
#define JIT_IF_FORWARDED_mR(...) __VA_ARGS__
#define JIT_IF_FORWARDED_k(...)
#define JIT_IF_FORWARDED_h(...)
#define JIT_IF_FORWARDED_n(...)

#endif
