// Dynamic programming and big numbers: LCS, edit distance, knapsack, coins, big Fibonacci and factorial.
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

public class Dynamic {
  static String lcs(String a, String b) {
    int[][] t = new int[a.length() + 1][b.length() + 1];
    for (int i = a.length() - 1; i >= 0; i--) {
      for (int j = b.length() - 1; j >= 0; j--) {
        t[i][j] = a.charAt(i) == b.charAt(j) ? t[i + 1][j + 1] + 1 : Math.max(t[i + 1][j], t[i][j + 1]);
      }
    }
    StringBuilder sb = new StringBuilder();
    for (int i = 0, j = 0; i < a.length() && j < b.length(); ) {
      if (a.charAt(i) == b.charAt(j)) {
        sb.append(a.charAt(i++));
        j++;
      } else if (t[i + 1][j] >= t[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return sb.toString();
  }

  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int old = row[j];
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
        diagonal = old;
      }
    }
    return row[b.length()];
  }

  static int knapsack(int[] weight, int[] value, int cap) {
    int[] best = new int[cap + 1];
    for (int i = 0; i < weight.length; i++) {
      for (int c = cap; c >= weight[i]; c--) best[c] = Math.max(best[c], best[c - weight[i]] + value[i]);
    }
    return best[cap];
  }

  static long coins(int[] kinds, int sum) {
    long[] ways = new long[sum + 1];
    ways[0] = 1;
    for (int k : kinds) for (int s = k; s <= sum; s++) ways[s] += ways[s - k];
    return ways[sum];
  }

  static final Map<Long, Long> MEMO = new HashMap<>();

  static long hofstadter(long n) {
    if (n <= 2) return 1;
    Long known = MEMO.get(n);
    if (known != null) return known;
    long v = hofstadter(n - hofstadter(n - 1)) + hofstadter(n - hofstadter(n - 2));
    MEMO.put(n, v);
    return v;
  }

  static BigInteger fib(int n) {
    BigInteger a = BigInteger.ZERO, b = BigInteger.ONE;
    for (int i = 0; i < n; i++) {
      BigInteger t = a.add(b);
      a = b;
      b = t;
    }
    return a;
  }

  public static void main(String[] args) {
    System.out.println(lcs("the quick brown fox jumps", "she thinks bronze foxes jump well") + "|");
    System.out.println(distance("kitten", "sitting") + " " + distance("", "abc") + " "
        + distance("intention", "execution"));
    int[] w = {12, 7, 11, 8, 9, 6, 5, 14, 3}, v = {24, 13, 23, 15, 16, 11, 9, 28, 5};
    System.out.println(knapsack(w, v, 26) + " " + knapsack(w, v, 0) + " " + knapsack(w, v, 60));
    System.out.println(coins(new int[] {1, 2, 5, 10, 20, 50, 100, 200}, 2000));
    System.out.println(hofstadter(300) + " " + MEMO.size());
    System.out.println(fib(400) + " " + fib(2000).bitLength());
    BigInteger f = BigInteger.ONE;
    for (int i = 2; i <= 60; i++) f = f.multiply(BigInteger.valueOf(i));
    System.out.println(f + " " + f.toString(36));
    long[][] pascal = new long[30][];
    for (int i = 0; i < 30; i++) {
      pascal[i] = new long[i + 1];
      pascal[i][0] = pascal[i][i] = 1;
      for (int j = 1; j < i; j++) pascal[i][j] = pascal[i - 1][j - 1] + pascal[i - 1][j];
    }
    System.out.println(pascal[29][14]);
    StringBuilder pi = new StringBuilder();
    int[] r = new int[281];
    java.util.Arrays.fill(r, 2000);
    for (int k = 280, carry = 0; k > 0; k -= 14) {
      int d = 0;
      for (int i = k; i > 0; i--) {
        d += r[i] * 10000;
        r[i] = d % (2 * i - 1);
        d /= 2 * i - 1;
        if (i > 1) d *= i - 1;
      }
      pi.append(String.format("%04d", carry + d / 10000));
      carry = d % 10000;
    }
    System.out.println(pi);
  }
}
