// Ints, longs, floats, branches, loops, static calls: no objects of our own, no concatenation.
public class A2Ints {
  static int gcd(int a, int b) {
    while (b != 0) {
      int t = a % b;
      a = b;
      b = t;
    }
    return a;
  }

  static int fib(int n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
  }

  static long wide(long a, int b, double d, float f) {
    return a * b + (long) d - (int) f;
  }

  static int pick(int n) {
    switch (n) {
      case 0: return 10;
      case 1: return 20;
      case 1000: return 30;
      default: return -1;
    }
  }

  public static void main(String[] args) {
    System.out.println(gcd(1071, 462));
    System.out.println(fib(15));
    System.out.println(wide(1L << 40, 3, 7.9, 2.5f));
    System.out.println(pick(0) + pick(1) + pick(1000) + pick(5));
    int x = Integer.MAX_VALUE;
    x++;
    System.out.println(x);
    System.out.println(x >> 4);
    System.out.println(x >>> 4);
    System.out.println((byte) 200);
    System.out.println((char) 65);
    System.out.println(1L << 62);
    System.out.println(10 / 4.0);
    System.out.println(1f / 3);
    System.out.println(0.0 / 0 == 0.0 / 0);
  }
}
