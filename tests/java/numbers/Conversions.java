// timeout: 200
// Parsing and printing of numbers at every edge, exact arithmetic, unsigned operations, bit tricks, rounding, special values of Math and StrictMath, hexadecimal floats, BigDecimal doubles, radix conversions, narrowing, boxes and caches.
import java.math.*;
import java.util.*;
import java.util.function.*;

public class Conversions {
  static final double[] D = {0.0, -0.0, 1, -1, 0.1, 1.0E-3, 9.999E-4, 1.0E7, 9999999.999, 1e21, 1e22, 123456789012345680.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.PI, 2.2250738585072011e-308, 5e-324, 1.7976931348623157e308,
      4.35, 0.3, 100.0 / 3, -2.5, 2.5, 1.5, 0.5, -0.5, 1L << 53, (1L << 53) + 1, Integer.MAX_VALUE, Integer.MAX_VALUE + 0.5, Long.MAX_VALUE, Long.MIN_VALUE, 2.0E-3, 1e-5};
  static final long[] L = {0, 1, -1, 2, 10, -10, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 0x123456789abcdefL, -0x123456789abcdefL, 1L << 32, (1L << 53) + 1};

  static String outcome(Supplier<?> s) {
    try {
      return String.valueOf(s.get());
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  static void printing() {
    for (double d : D) {
      float f = (float) d;
      System.out.println(d + " " + f + " " + Double.toHexString(d) + " " + Float.toHexString(f) + " " + (Double.parseDouble(Double.toString(d)) == d || d != d) + " " + (int) d + " " + (long) d + " " + (byte) d + " " + (char) (int) d % 7 + " " + Double.doubleToLongBits(d) + " " + Float.floatToIntBits(f));
    }
    for (String s : new String[] {"1", " 1.5 ", "1e400", "-1e-400", "0x1p3", "0x.8p-1", "1d", "1f", "NaN", "Infinity", "+Infinity", "-NaN", "", " ", "1e", ".", "1..2", "0x1", "1_0", "infinity", "0x1.fffffffffffff8p1023", "2.2250738585072012e-308", "1.00000000000000011102230246251565", "179769313486231580793e289", null})
      System.out.println(s + " -> " + (s == null ? "null" : outcome(() -> Double.parseDouble(s)) + " " + outcome(() -> Float.parseFloat(s))));
    for (String s : new String[] {"2147483647", "2147483648", "-2147483648", "-2147483649", "+5", "-", "", "0x10", "1L", "\u0663", "99999999999999999999", "7fffffff", "zz"})
      System.out.println(s.replace('\u0663', '?') + " -> " + outcome(() -> Integer.parseInt(s)).replace('\u0663', '?') + " | " + outcome(() -> Integer.parseInt(s, 16)).replace('\u0663', '?') + " | " + outcome(() -> Long.parseLong(s, 36)).replace('\u0663', '?') + " | " + outcome(() -> Integer.parseUnsignedInt(s)).replace('\u0663', '?') + " | " + outcome(() -> Integer.decode(s)).replace('\u0663', '?')
          + " | " + outcome(() -> Short.parseShort(s)).replace('\u0663', '?') + " | " + outcome(() -> Byte.valueOf(s, 16)).replace('\u0663', '?'));
    System.out.println(outcome(() -> Integer.parseInt("abc12", 3, 5, 10)) + " " + outcome(() -> Integer.parseInt("1", 37)) + " " + outcome(() -> Integer.parseInt(null)) + " " + outcome(() -> Long.parseUnsignedLong("18446744073709551615")) + " " + outcome(() -> Long.parseUnsignedLong("18446744073709551616")));
  }

  static void integers() {
    long sum = 0;
    for (long a : L) {
      System.out.print(Long.toUnsignedString(a) + "," + Long.toString(a, 36) + "," + Long.toBinaryString(a).length() + "," + Long.bitCount(a) + "," + Long.numberOfLeadingZeros(a) + "," + Long.numberOfTrailingZeros(a) + "," + Long.reverse(a) + "," + Long.reverseBytes(a) + "," + Long.highestOneBit(a) + "," + Integer
          .reverse((int) a) + "," + Integer.toOctalString((int) a) + "," + Short.reverseBytes((short) a) + "," + Long.signum(a) + "," + Integer.rotateLeft((int) a, 37) + " ");
      for (long b : L) {
        sum = 31 * sum + Math.multiplyHigh(a, b) + Long.compareUnsigned(a, b) + Math.floorMod(a, b == 0 ? 3 : b) * 5 + Math.floorDiv(a, b == 0 ? 3 : b) + Long.divideUnsigned(a, b == 0 ? 3 : b) + Long.remainderUnsigned(a, b == 0 ? 3 : b) + (a << b) + (a >> b) + (a >>> b) + ((int) a << b) + ((int) a >>> (int) b);
        String s = outcome(() -> Math.addExact(a, b)) + outcome(() -> Math.multiplyExact(a, b)) + outcome(() -> Math.subtractExact((int) a, (int) b)) + outcome(() -> Math.multiplyExact((int) a, (int) b)) + outcome(() -> Math.toIntExact(a)) + outcome(() -> (int) a / (int) b) + outcome(() -> a % b);
        sum = 31 * sum + s.hashCode();
      }
      System.out.println(outcome(() -> Math.negateExact(a)) + " " + outcome(() -> Math.incrementExact((int) a)) + " " + Math.abs(a) + " " + outcome(() -> Math.absExact(a)) + " " + (byte) a + " " + (short) a + " " + (int) (char) a + " " + (float) a + " " + (double) a);
    }
    System.out.println(sum);
    Integer x = 127, y = 127, z = 128, w = 128;
    Long l1 = -128L, l2 = -128L;
    Character c1 = 127, c2 = 127;
    System.out.println((x == y) + " " + (z == w) + " " + z.equals(w) + " " + (l1 == l2) + " " + (c1 == c2) + " " + x.equals(127L) + " " + new HashSet<>(Arrays.asList(1, 1L, (short) 1)).size() + " " + Boolean.logicalXor(true, false) + " " + Boolean.parseBoolean("TRUE") + " " + Boolean.hashCode(true) + " " + Double.hashCode(-0.0)
        + " " + Double.valueOf(0.0).equals(-0.0) + " " + Double.valueOf(Double.NaN).equals(Double.NaN) + " " + Double.compare(-0.0, 0.0) + " " + Float.compare(Float.NaN, Float.POSITIVE_INFINITY) + " " + Double.min(-0.0, 0.0) + " " + Math.max(-0.0f, 0.0f) + " " + Math.min(Double.NaN, 1));
  }

  static void functions() {
    for (double d : D)
      System.out.println(Math.round(d) + " " + Math.round((float) d) + " " + Math.rint(d) + " " + Math.floor(d) + " " + Math.ceil(d) + " " + Math.ulp(d) + " " + Math.nextUp(d) + " " + Math.nextAfter((float) d, 0) + " " + Math.getExponent(d) + " " + Math.scalb(d, 3) + " " + Math.signum(d) + " " + StrictMath.sqrt(d) + " " + StrictMath.cbrt(d)
          + " " + StrictMath.sin(d) + " " + StrictMath.exp(d) + " " + StrictMath.log10(d) + " " + StrictMath.atan2(d, -1) + " " + StrictMath.pow(d, 0.5) + " " + StrictMath.hypot(d, 3) + " " + StrictMath.IEEEremainder(d, 0.7) + " " + StrictMath.log1p(d) + " " + StrictMath.sinh(d) + " " + Math.fma(d, d, -1) + " " + Math.copySign(d, -1) + " " + d % 0.7 + " " + d % -3);
    System.out.println(outcome(() -> new BigDecimal(0.1)) + " " + BigDecimal.valueOf(0.1) + " " + outcome(() -> new BigDecimal(Double.NaN)) + " " + new BigDecimal("1E+3").toPlainString() + " " + new BigDecimal("100").stripTrailingZeros() + " " + outcome(() -> BigDecimal.ONE.divide(BigDecimal.valueOf(3))) + " " + BigDecimal.ONE
        .divide(BigDecimal.valueOf(3), MathContext.DECIMAL64) + " " + new BigInteger("123456789012345678901234567890").doubleValue() + " " + outcome(() -> BigInteger.ONE.shiftLeft(64).longValueExact()) + " " + BigInteger.ONE.shiftLeft(1024).doubleValue() + " " + new BigDecimal("1e-400").doubleValue() + " " + outcome(() -> new BigInteger("12x")) + " "
        + outcome(() -> BigInteger.TEN.modInverse(BigInteger.valueOf(5))));
  }

  public static void main(String[] args) {
    printing();
    integers();
    functions();
  }
}
