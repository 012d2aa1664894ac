// Integer arithmetic at its edges: overflow, shift counts, division, narrowing, comparison.
public class IntArith {
  static int[] ints = {0, 1, -1, 2, 7, -8, 31, 32, 33, 127, 128, 255, 65535, 65536,
      Integer.MAX_VALUE, Integer.MIN_VALUE, 0x55555555};
  static long[] longs = {0, 1, -1, 63, 64, 65, 1L << 31, 1L << 32, -1L << 33, Long.MAX_VALUE,
      Long.MIN_VALUE, 0x123456789abcdefL};

  static String div(int a, int b) {
    try {
      return (a / b) + "r" + (a % b);
    } catch (ArithmeticException e) {
      return e.getMessage();
    }
  }

  static String div(long a, long b) {
    try {
      return (a / b) + "r" + (a % b);
    } catch (ArithmeticException e) {
      return e.getMessage();
    }
  }

  static String rem(long a, long b) {
    try {
      return "" + a % b;
    } catch (ArithmeticException e) {
      return e.toString();
    }
  }

  static int bits(boolean... bs) {
    int r = 0;
    for (boolean b : bs) r = r * 2 + (b ? 1 : 0);
    return r;
  }

  public static void main(String[] args) {
    for (int a : ints) {
      int h = 0;
      StringBuilder line = new StringBuilder("int " + a + ":");
      for (int b : ints) {
        line.append(' ').append(div(a, b));
        h = h * 31 + (a + b);
        h = h * 31 + (a - b);
        h = h * 31 + (a * b);
        h = h * 31 + (a << b);
        h = h * 31 + (a >> b);
        h = h * 31 + (a >>> b);
        h = h * 31 + ((a & b) ^ (a | ~b));
        h = h * 31 + bits(a < b, a <= b, a == b, a != b, a >= b, a > b);
      }
      System.out.println(line + " #" + h + " neg " + -a + " not " + ~a + " abs " + Math.abs(a));
    }
    for (long a : longs) {
      long h = 0;
      StringBuilder line = new StringBuilder("long " + a + ":");
      for (long b : longs) {
        line.append(' ').append(div(a, b)).append('/').append(rem(b, a));
        h = h * 31 + (a + b);
        h = h * 31 + (a - b);
        h = h * 31 + (a * b);
        h = h * 31 + (a << b) + (a << (int) b);
        h = h * 31 + (a >> b) + (a >> (int) b);
        h = h * 31 + (a >>> b) + (a >>> (int) b);
        h = h * 31 + ((a & b) ^ (a | ~b));
        h = h * 31 + bits(a < b, a <= b, a == b, a != b, a >= b, a > b);
      }
      System.out.println(line + " #" + h + " neg " + -a + " not " + ~a);
    }
    for (int a : ints) {
      System.out.println(a + " -> byte " + (byte) a + " short " + (short) a + " char " + (int) (char) a
          + " long " + (long) a + " uns " + (a & 0xffffffffL));
    }
    for (long a : longs) {
      System.out.println(a + " -> int " + (int) a + " byte " + (byte) a + " char " + (int) (char) a
          + " short " + (short) a);
    }
    byte by = 127;
    by++;
    short sh = (short) 40000;
    sh >>>= 1;
    char ch = 0;
    ch--;
    int i = 5;
    i += 3.7;
    i <<= 33L;
    long l = 1;
    l <<= 63;
    l >>= 62;
    int x = 3;
    x = x++ + ++x * x--;
    System.out.println(by + " " + sh + " " + (int) ch + " " + i + " " + l + " " + x);
    int acc = Integer.MAX_VALUE;
    for (int k = 0; k < 300; k++) acc += 200;
    acc += 40000;
    acc -= 40000;
    System.out.println(acc);
    System.out.println(Math.floorMod(-7, 3) + " " + Math.floorDiv(-7, 3) + " "
        + Math.multiplyHigh(Long.MAX_VALUE, 12345) + " " + Integer.divideUnsigned(-1, 7) + " "
        + Long.remainderUnsigned(-1, 10) + " " + Integer.compareUnsigned(-1, 1) + " "
        + Integer.rotateLeft(0x80000001, 4) + " " + Long.rotateRight(1, 1) + " "
        + Integer.reverse(6) + " " + Long.reverseBytes(0x0102030405060708L) + " "
        + Integer.numberOfLeadingZeros(0) + " " + Long.numberOfTrailingZeros(0) + " "
        + Long.bitCount(-1) + " " + Integer.highestOneBit(100) + " " + Long.toUnsignedString(-2));
    try {
      Math.addExact(Integer.MAX_VALUE, 1);
    } catch (ArithmeticException e) {
      System.out.println(e.getMessage());
    }
    try {
      Math.toIntExact(1L << 40);
    } catch (ArithmeticException e) {
      System.out.println(e.getMessage());
    }
  }
}
