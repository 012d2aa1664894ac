/* forward.h -- what stencils do with registers
 *
 * JIT_IF_FORWARDED_<kind>(text): the operand can come from acc or dacc.
 * JIT_IF_CALLS_C(op)(text): the stencil of the operation calls a function of C, and so loses pins.
 */
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

#define JIT_KEEP(...) __VA_ARGS__
#define JIT_DROP(...)
#define JIT_SECOND(first, second, ...) second
#define JIT_CHOOSE(...) JIT_SECOND(__VA_ARGS__)
#define JIT_IF_CALLS_C(op) JIT_CHOOSE(JIT_CALLS_C_##op JIT_KEEP, JIT_DROP, )
#define JIT_CALLS_C_rem_f32 ~,
#define JIT_CALLS_C_rem_f64 ~,
#define JIT_CALLS_C_floor_f64 ~,
#define JIT_CALLS_C_ceil_f64 ~,
#define JIT_CALLS_C_rint_f64 ~,
#define JIT_CALLS_C_copy_block ~,
#define JIT_CALLS_C_zero_block ~,
#define JIT_CALLS_C_copy_bytes ~,
#define JIT_CALLS_C_fill_bytes ~,

#endif
