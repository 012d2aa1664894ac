// Primes: sieve with booleans, with bits, trial division, Miller-Rabin on longs, perfect numbers, gcd.
import java.util.BitSet;

public class Sieve {
  static int booleans(int n) {
    boolean[] composite = new boolean[n + 1];
    int count = 0;
    for (int i = 2; i <= n; i++) {
      if (composite[i]) continue;
      count++;
      for (long j = (long) i * i; j <= n; j += i) composite[(int) j] = true;
    }
    return count;
  }

  static int bits(int n) {
    BitSet set = new BitSet(n + 1);
    set.set(2, n + 1);
    for (int i = 2; i * i <= n; i = set.nextSetBit(i + 1)) {
      for (int j = i * i; j <= n; j += i) set.clear(j);
    }
    return set.cardinality();
  }

  static long mulmod(long a, long b, long m) {
    long r = 0;
    for (a %= m; b > 0; b >>>= 1) {
      if ((b & 1) == 1) r = (r + a) % m;
      a = (a + a) % m;
    }
    return r;
  }

  static boolean isPrime(long n) {
    if (n < 2 || n % 2 == 0) return n == 2;
    long d = n - 1;
    int s = 0;
    while ((d & 1) == 0) {
      d >>= 1;
      s++;
    }
    next:
    for (long base : new long[] {2, 3, 5, 7, 11, 13}) {
      if (n == base) return true;
      long x = 1, b = base;
      for (long e = d; e > 0; e >>= 1) {
        if ((e & 1) == 1) x = mulmod(x, b, n);
        b = mulmod(b, b, n);
      }
      if (x == 1 || x == n - 1) continue;
      for (int r = 1; r < s; r++) {
        x = mulmod(x, x, n);
        if (x == n - 1) continue next;
      }
      return false;
    }
    return true;
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  public static void main(String[] args) {
    System.out.println(booleans(200_000) + " " + bits(20_000));
    for (long n : new long[] {1, 2, 25, 561, 7919, 1_000_000_007L, 999_999_999_989L, 3_215_031_751L}) {
      System.out.print(n + (isPrime(n) ? " prime, " : " composite, "));
    }
    System.out.println();
    for (int n = 2; n < 3000; n++) {
      int sum = 1;
      for (int d = 2; d * d <= n; d++) if (n % d == 0) sum += d + (d * d == n ? 0 : n / d);
      if (sum == n) System.out.print(n + " ");
    }
    int coprime = 0;
    for (int a = 1; a < 150; a++) for (int b = 1; b < 150; b++) if (gcd(a, b) == 1) coprime++;
    System.out.println(coprime);
    int best = 0, at = 0;
    for (int i = 1; i < 5000; i++) {
      int len = 0;
      for (long n = i; n != 1; n = (n & 1) == 0 ? n >> 1 : 3 * n + 1) len++;
      if (len > best) {
        best = len;
        at = i;
      }
    }
    System.out.println("collatz " + at + " " + best);
  }
}
