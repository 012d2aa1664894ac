// Floating point as the language defines it: NaN, signed zeros, infinities, denormals, rounding of conversions, remainders, comparisons, fma, ulps, strict results.
public class Floats {
  static final double[] D = {0.0, -0.0, 1, -1, 0.1, 1e308, -1e308, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
      4503599627370497.5, 9007199254740993.0, 2147483648.0, -2147483649.0, 9.3e18, 0.49999999999999994, 2.5, -2.5, 1.0e-320};

  static strictfp double chain(double a, double b) {
    double s = 0;
    for (int i = 0; i < 50; i++) s = s * a + b / (i + 1) - a * b;
    return s;
  }

  public static void main(String[] args) {
    long h = 17;
    int cmp = 0;
    for (double a : D) {
      for (double b : D) {
        h = h * 31 + Double.doubleToLongBits(a + b);
        h = h * 31 + Double.doubleToLongBits(a - b);
        h = h * 31 + Double.doubleToLongBits(a * b);
        h = h * 31 + Double.doubleToLongBits(a / b);
        h = h * 31 + Double.doubleToLongBits(a % b);
        h = h * 31 + Double.doubleToLongBits(Math.IEEEremainder(a, b));
        h = h * 31 + Double.doubleToLongBits(Math.fma(a, b, a));
        h = h * 31 + Float.floatToIntBits((float) a % (float) b);
        cmp = cmp * 3 + (a < b ? 1 : a > b ? 2 : 0) + (a <= b ? 7 : 0) + (a >= b ? 11 : 0) + (a == b ? 13 : 0) + (a != b ? 17 : 0);
        cmp = cmp * 5 + Double.compare(a, b) + (Math.max(a, b) == a ? 1 : 0) + (1 / Math.min(a, b) > 0 ? 1 : 0);
        float x = (float) a, y = (float) b;
        cmp = cmp * 7 + (x < y ? 1 : 0) + (x >= y ? 2 : 0) + (!(x > y) ? 4 : 0) + (!(x <= y) ? 8 : 0);
      }
    }
    System.out.println(h + " " + cmp);
    for (double a : D) {
      float f = (float) a;
      System.out.println(a + " " + f + " " + (int) a + " " + (long) a + " " + (short) a + " " + (byte) a + " " + (int) (char) a + " " + (int) f + " " + (long) f + " " + Math.round(a) + " "
          + Math.round(f) + " " + Math.rint(a) + " " + Math.floor(a) + " " + Math.ceil(a) + " " + Math.ulp(a) + " " + Math.getExponent(a) + " " + Math.nextUp(a) + " " + Double.toHexString(a)
          + " " + Math.signum(a) + " " + Math.sqrt(a) + " " + Math.cbrt(a));
    }
    System.out.println((0.1 + 0.2) + " " + (0.1f + 0.2f) + " " + (float) 0.1 + " " + (double) 0.1f + " " + 100 * 1.1 + " " + 3.0e10f + " " + 1.0f / 3 + " " + 16777217f + " " + (int) 16777217f);
    System.out.println(chain(1.1, -0.3) + " " + chain(-0.99, 1e300) + " " + chain(0.5, Double.MIN_VALUE));
    System.out.println(Double.NaN == Double.NaN ? "?" : Double.valueOf(Double.NaN).equals(Double.NaN) + " " + Double.valueOf(0.0).equals(-0.0) + " " + (0.0 == -0.0) + " " + Double.isNaN(0.0 / 0)
        + " " + Double.doubleToRawLongBits(Double.longBitsToDouble(0x7ff8000000000123L)) + " " + Float.floatToRawIntBits(Float.intBitsToFloat(0x7fc00123)) + " " + Double.hashCode(-0.0));
    System.out.println(Math.sin(1e10) + " " + StrictMath.sin(1e10) + " " + Math.pow(2, 0.5) + " " + StrictMath.exp(1) + " " + Math.log(10) + " " + Math.atan2(-0.0, -1) + " " + StrictMath.pow(1.5, 50.5)
        + " " + Math.hypot(3e200, 4e200) + " " + StrictMath.tanh(0.3) + " " + Math.scalb(1.5, -1074) + " " + Math.toRadians(180) + " " + StrictMath.log1p(1e-10));
    System.out.println(Math.pow(Double.NaN, 0) + " " + Math.pow(-8, 1.0 / 3) + " " + Math.pow(0, -1) + " " + Math.pow(-0.0, -3) + " " + Math.sqrt(-1) + " " + Math.min(-0.0, 0.0) + " " + Math.max(
        Double.NaN, 1) + " " + Math.abs(-0.0) + " " + Math.copySign(3, -0.0) + " " + Math.floorMod(-7, 3) + " " + (-7 % 3) + " " + (-7.5 % 2));
    for (String s : new String[] {"1e400", "-1e-400", "0x1.8p3", "NaN", "-Infinity", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", " 12.5f ",
        "1_0", "", "0x", "1e", ".", "+.5"}) {
      try {
        System.out.print(Double.parseDouble(s) + " " + Float.parseFloat(s) + "; ");
      } catch (NumberFormatException e) {
        System.out.print(e.getMessage() + "; ");
      }
    }
    System.out.println();
    float acc = 0;
    for (int i = 0; i < 100_000; i++) acc += 0.1f;
    double dacc = 0;
    for (int i = 0; i < 100_000; i++) dacc += 0.1;
    System.out.println(acc + " " + dacc);
    float f = 5;
    f += 0.5;
    f++;
    f *= 2;
    int i = 10;
    i *= 1.55;
    i += 3.7f;
    char c = 'a';
    c += 1.9;
    byte b = 100;
    b += 100;
    short sh = 5;
    sh /= 0.3;
    System.out.println(f + " " + i + " " + c + " " + b + " " + sh);
  }
}
