/* natives_math.c -- java.lang.Math's elementary functions, as close to the true value as HotSpot's
 *
 * Math may differ from the true value by one unit in the last place, and its Java bodies, which call
 * StrictMath's fdlibm, make use of that: one result in 10 to 30 is not the nearest double.  HotSpot has code
 * of its own for these seven and is wrong in one of some hundreds.  Programs print what they compute, so two
 * libraries agree to the last digit where both round to nearest.  glibc's functions do, with two exceptions,
 * which are computed with 64 bits and rounded: log10, whose error is over one unit, and angles of more than
 * 10^8, which it reduces by too few digits of pi.
 */
#include <math.h>

#include "entry.h"
#include "native.h"

#define MATH_ANGLE_MAX 1e8 /* of glibc's functions of angles */

J3_BUILTIN(math_sin)
{
  (void)t;
  double x = vmk_arg_f64(c, 0);
  vmk_return_f64(c, fabs(x) < MATH_ANGLE_MAX ? sin(x) : (double)sinl((long double)x));
}

J3_BUILTIN(math_cos)
{
  (void)t;
  double x = vmk_arg_f64(c, 0);
  vmk_return_f64(c, fabs(x) < MATH_ANGLE_MAX ? cos(x) : (double)cosl((long double)x));
}

J3_BUILTIN(math_tan)
{
  (void)t;
  double x = vmk_arg_f64(c, 0);
  vmk_return_f64(c, fabs(x) < MATH_ANGLE_MAX ? tan(x) : (double)tanl((long double)x));
}

J3_BUILTIN(math_exp)
{
  (void)t;
  vmk_return_f64(c, exp(vmk_arg_f64(c, 0)));
}

J3_BUILTIN(math_log)
{
  (void)t;
  vmk_return_f64(c, log(vmk_arg_f64(c, 0)));
}

J3_BUILTIN(math_log10)
{
  (void)t;
  vmk_return_f64(c, (double)log10l((long double)vmk_arg_f64(c, 0)));
}

/* C says that one to any power is one, and minus one to an infinite; Java says NaN. */
J3_BUILTIN(math_pow)
{
  (void)t;
  double base = vmk_arg_f64(c, 0), exponent = vmk_arg_f64(c, 1);
  bool is_nan = isnan(exponent) || (isinf(exponent) && fabs(base) == 1);
  vmk_return_f64(c, is_nan ? NAN : pow(base, exponent));
}

static const j3_native_row math_rows[] = {
    {"sin", "(D)D", math_sin},  {"cos", "(D)D", math_cos}, {"tan", "(D)D", math_tan},
    {"exp", "(D)D", math_exp},  {"log", "(D)D", math_log}, {"log10", "(D)D", math_log10},
    {"pow", "(DD)D", math_pow},
};
J3_NATIVE_TABLE(math, "java/lang/Math", math_rows);
