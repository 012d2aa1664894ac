// Integer arithmetic at the edges: overflow, division and remainder of every sign, shifts by anything, bit operations, exact methods, unsigned, casts, constants folded
// by the compiler against the same at run time.
import java.util.*;

public class Ints {
  static final int[] I = {0, 1, -1, 2, -2, 7, -7, 31, 32, 33, 63, 64, 255, 256, -128, 65535, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x55555555, 0xAAAAAAAA};
  static final long[] L = {0, 1, -1, 3, -3, 31, 63, 64, 65, 1L << 31, 1L << 32, -(1L << 31) - 1, Long.MAX_VALUE, Long.MIN_VALUE, 0x5555555555555555L, 4294967295L};

  static String attempt(java.util.function.Supplier<?> s) {
    try {
      return "" + s.get();
    } catch (ArithmeticException | NumberFormatException e) {
      return e.getMessage();
    }
  }

  public static void main(String[] args) {
    long h = 7;
    int zero = 0;
    for (int a : I) {
      for (int b : I) {
        h = h * 31 + (a + b) + 3L * (a - b) + 5L * (a * b) + 7L * (a & b) + 11L * (a | b) + 13L * (a ^ b);
        h = h * 31 + (a << b) + 3L * (a >> b) + 5L * (a >>> b);
        if (b != 0) h = h * 31 + a / b + 3L * (a % b) + 5L * Math.floorDiv(a, b) + 7L * Math.floorMod(a, b) + Integer.divideUnsigned(a, b) + Integer.remainderUnsigned(a, b);
        h = h * 31 + Integer.compare(a, b) + Integer.compareUnsigned(a, b) * 2L + (a < b ? 4 : 0) + (a >= b ? 8 : 0) + Math.multiplyHigh(a, b);
        h ^= (long) a << 32 | b & 0xffffffffL;
      }
      h = h * 31 + Integer.rotateLeft(a, 5) + Integer.reverse(a) + Integer.reverseBytes(a) + Integer.bitCount(a) + Integer.numberOfLeadingZeros(a) * 3 + Integer.numberOfTrailingZeros(a)
          * 5 + Integer.highestOneBit(a) + Integer.lowestOneBit(a) + (byte) a + (short) a + (char) a + ~a + -a + Math.abs(a) + Integer.signum(a);
    }
    System.out.println(h);
    for (long a : L) {
      for (long b : L) {
        h = h * 31 + (a + b) + 3 * (a - b) + 5 * (a * b) + 7 * (a & b) + (a | b) + (a ^ b) + (a << b) + (a >> b) + (a >>> b) + (a << (int) b) + (int) (a >>> 16);
        if (b != 0) h = h * 31 + a / b + 3 * (a % b) + Math.floorDiv(a, b) + Long.divideUnsigned(a, b) + Long.remainderUnsigned(a, b);
        h = h * 31 + Long.compare(a, b) + Long.compareUnsigned(a, b) + Math.multiplyHigh(a, b);
      }
      h = h * 31 + Long.rotateRight(a, 9) + Long.reverse(a) + Long.reverseBytes(a) + Long.bitCount(a) + Long.numberOfLeadingZeros(a) + (int) a + (long) (float) a + (long) (double) a + Double
          .doubleToLongBits(a) + Float.floatToIntBits(a);
    }
    System.out.println(h);
    int min = Integer.MIN_VALUE, m1 = -1, k = args.length;
    long lmin = Long.MIN_VALUE;
    System.out.println(min / m1 + " " + min % m1 + " " + lmin / m1 + " " + lmin % m1 + " " + -min + " " + Math.abs(min) + " " + (min - 1) + " " + (1 << 35 + k) + " " + (1L << 99 + k) + " " + (-1
        >>> 33 + k) + " " + (byte) (200 + k) + " " + (short) 70000 + k + " " + (char) (65 + k) + " " + (int) (char) -1 + " " + (5 & 6 | 1 ^ 8 + k));
    for (java.util.function.Supplier<?> s : List.<java.util.function.Supplier<?>>of(() -> 1 / zero, () -> 1 % zero, () -> 1L / zero, () -> 1L % zero, () -> Math.addExact(Integer.MAX_VALUE, 1),
        () -> Math.multiplyExact(1L << 40, 1L << 40), () -> Math.toIntExact(1L << 40), () -> Math.negateExact(Integer.MIN_VALUE), () -> Math.subtractExact(Long.MIN_VALUE, 1), () -> Math
            .incrementExact(5), () -> Math.floorMod(5, 0), () -> Math.absExact(Integer.MIN_VALUE), () -> Integer.parseInt("2147483648"), () -> Integer.parseInt("-2147483648"), () -> Integer
                .parseInt("+7"), () -> Integer.parseInt("-"), () -> Integer.parseInt(""), () -> Integer.parseInt(null), () -> Integer.parseInt("zz", 36), () -> Integer.parseInt("1", 99),
        () -> Long.parseLong("9223372036854775808"), () -> Integer.decode("-0x80000000"), () -> Integer.decode("010"), () -> Integer.parseUnsignedInt("4294967295"), () -> Integer
            .parseUnsignedInt("-1"), () -> Long.toUnsignedString(-1), () -> Integer.toString(-255, 16), () -> Integer.toBinaryString(-8), () -> Long.toOctalString(-1), () -> Byte.parseByte("128"),
        () -> Short.valueOf((short) -5).hashCode(), () -> Character.getNumericValue('\u0669'), () -> Integer.toUnsignedString(-1), () -> Long.toString(Long.MIN_VALUE, 36))) {
      System.out.print(attempt(s) + "; ");
    }
    System.out.println();
    Integer a = 127, b = 127, c = 128, d = 128;
    Long l = 127L;
    System.out.println((a == b) + " " + c.equals(d) + " " + l.equals(127) + " " + l.equals(127L) + " " + new Object().equals(null) + " " + (c <= d && c >= d) + " " + Character.valueOf('x').hashCode()
        + " " + Boolean.hashCode(true) + " " + Long.hashCode(1L << 32));
    byte by = (byte) 0x80;
    int x = 5;
    x = x++ + ++x;
    int[] arr = {0, 0, 0};
    int i = 0;
    arr[i++] = arr[i] = i = 2;
    System.out.println((by >> 1) + " " + (by >>> 1) + " " + (by & 0xff) + " " + (byte) (by << 1) + " " + x + " " + Arrays.toString(arr) + " " + i + " " + ('a' + 1) + (char) ('a' + 1) + " " + (k == 0 ? 1 : 'x')
        + " " + (k == 0 ? 1 : 2.0) + " " + (char) (k == 0 ? 'b' : 0));
    long sum = 0;
    for (int n = Integer.MAX_VALUE - 2; n > 0; n++) sum += n;
    for (byte n = 120; n > 0; n++) sum++;
    for (char n = 65530; n != 3; n++) sum++;
    System.out.println(sum);
    int collatz = 0;
    for (long n = 1; n < 800; n++) for (long v = n; v != 1; v = (v & 1) == 0 ? v >> 1 : 3 * v + 1) collatz++;
    System.out.println(collatz);
  }
}
