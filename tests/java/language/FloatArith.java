// float and double: NaN, infinities, signed zeros, fcmpl against fcmpg, saturating conversions, rem.
public class FloatArith {
  static final double[] D = {0.0, -0.0, 1.0, -1.5, 0.1, 1e308, Double.MIN_VALUE, Double.MAX_VALUE,
      Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 2147483647.5, -2147483649.0,
      9.3e18, 4503599627370497.5};
  static final float[] F = {0f, -0f, 1f, -2.5f, 0.1f, 3e38f, Float.MIN_VALUE, Float.MAX_VALUE,
      Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 2.14748365e9f, 16777217f};

  static String cmp(double a, double b) {
    return (a < b ? "<" : "") + (a <= b ? "L" : "") + (a > b ? ">" : "") + (a >= b ? "G" : "")
        + (a == b ? "=" : "") + (a != b ? "!" : "") + (!(a < b) ? "n" : "") + (!(a > b) ? "m" : "");
  }

  static String cmp(float a, float b) {
    return (a < b ? "<" : "") + (a <= b ? "L" : "") + (a > b ? ">" : "") + (a >= b ? "G" : "")
        + (a == b ? "=" : "") + (a != b ? "!" : "") + (!(a <= b) ? "n" : "") + (!(a >= b) ? "m" : "");
  }

  public static void main(String[] args) {
    for (double a : D) {
      System.out.println(a + " int " + (int) a + " long " + (long) a + " float " + (float) a
          + " byte " + (byte) a + " char " + (int) (char) a + " short " + (short) a
          + " bits " + Long.toHexString(Double.doubleToLongBits(a)) + " hex " + Double.toHexString(a));
      StringBuilder sb = new StringBuilder();
      long h = 0;
      for (double b : D) {
        sb.append(' ').append(cmp(a, b));
        h = h * 31 + Double.doubleToLongBits(a + b);
        h = h * 31 + Double.doubleToLongBits(a - b);
        h = h * 31 + Double.doubleToLongBits(a * b);
        h = h * 31 + Double.doubleToLongBits(a / b);
        h = h * 31 + Double.doubleToLongBits(a % b);
        h = h * 31 + Double.compare(a, b);
      }
      System.out.println("  " + sb + " #" + h + " neg " + -a);
    }
    for (float a : F) {
      System.out.println(a + " int " + (int) a + " long " + (long) a + " double " + (double) a
          + " bits " + Integer.toHexString(Float.floatToIntBits(a)));
      StringBuilder sb = new StringBuilder();
      int h = 0;
      for (float b : F) {
        sb.append(' ').append(cmp(a, b));
        h = h * 31 + Float.floatToIntBits(a + b);
        h = h * 31 + Float.floatToIntBits(a - b);
        h = h * 31 + Float.floatToIntBits(a * b);
        h = h * 31 + Float.floatToIntBits(a / b);
        h = h * 31 + Float.floatToIntBits(a % b);
        h = h * 31 + Float.compare(a, b);
      }
      System.out.println("  " + sb + " #" + h + " neg " + -a);
    }
    System.out.println((float) Integer.MAX_VALUE + " " + (double) Long.MAX_VALUE + " "
        + (float) Long.MIN_VALUE + " " + (float) 33554435 + " " + (float) 0x7fffff4000000001L);
    System.out.println(5.5 % 2.25 + " " + -5.5 % 2.25 + " " + 5.5 % -2.25 + " " + 1e300 % 7 + " "
        + 5.5f % 0.3f + " " + 1 / 0.0 + " " + -1 / 0.0 + " " + 0.0 / 0.0);
    System.out.println(Math.sqrt(2) + " " + Math.sqrt(-1) + " " + Math.floor(-0.5) + " "
        + Math.ceil(-0.5) + " " + Math.rint(2.5) + " " + Math.rint(3.5) + " " + Math.round(-2.5)
        + " " + Math.round(0.49999999999999994) + " " + Math.round(2.5f) + " " + Math.max(-0.0, 0.0)
        + " " + Math.min(0.0f, -0.0f) + " " + Math.max(Double.NaN, 1) + " " + Math.signum(-3.0));
    System.out.println(StrictMath.sin(1) + " " + StrictMath.cos(1e10) + " " + StrictMath.tan(0.5)
        + " " + StrictMath.exp(1) + " " + StrictMath.log(10) + " " + StrictMath.log10(1000) + " "
        + StrictMath.pow(2, 0.5) + " " + StrictMath.atan2(-1, -1) + " " + StrictMath.cbrt(27) + " "
        + StrictMath.hypot(3, 4) + " " + StrictMath.expm1(1e-10) + " " + StrictMath.sinh(1));
    System.out.println(Math.fma(1e16, 1.0000001, -1e16) + " " + Math.fma(3f, 4f, 5f) + " "
        + Math.ulp(1.0) + " " + Math.nextUp(1f) + " " + Math.scalb(1.5, 10) + " "
        + Math.getExponent(1e10) + " " + Math.IEEEremainder(10, 3) + " " + Math.copySign(2, -0.0));
    System.out.println(Double.parseDouble("2.2250738585072012e-308") + " " + Double.valueOf("0x1.8p3")
        + " " + Float.parseFloat("1.17549435E-38f") + " " + Double.parseDouble("  -Infinity ") + " "
        + 1e-5 + " " + 1e-3 + " " + 1e7 + " " + 12345678.9f + " " + 100.0 + " " + 1e23 + " " + 2e-3f);
    double harmonic = 0;
    float fsum = 0;
    for (int i = 1; i <= 10000; i++) {
      harmonic += 1.0 / i;
      fsum += 0.1f;
    }
    System.out.println(harmonic + " " + fsum);
  }
}
