// Matrices: product, power, determinant with exact fractions, Gauss elimination, transpose in place.
import java.math.BigInteger;
import java.util.Arrays;

public class Matrix {
  static double[][] multiply(double[][] a, double[][] b) {
    int n = a.length, m = b[0].length, k = b.length;
    double[][] c = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        double sum = 0;
        for (int x = 0; x < k; x++) sum += a[i][x] * b[x][j];
        c[i][j] = sum;
      }
    }
    return c;
  }

  static long[][] power(long[][] m, long e, long mod) {
    long[][] r = {{1, 0}, {0, 1}};
    for (; e > 0; e >>= 1) {
      if ((e & 1) != 0) r = times(r, m, mod);
      m = times(m, m, mod);
    }
    return r;
  }

  static long[][] times(long[][] a, long[][] b, long mod) {
    long[][] c = new long[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) c[i][j] = (a[i][0] * b[0][j] + a[i][1] * b[1][j]) % mod;
    }
    return c;
  }

  static BigInteger determinant(int[][] in) {
    int n = in.length;
    BigInteger[][] a = new BigInteger[n][n];
    for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) a[i][j] = BigInteger.valueOf(in[i][j]);
    BigInteger prev = BigInteger.ONE;
    for (int k = 0; k < n - 1; k++) {
      for (int i = k + 1; i < n; i++) {
        for (int j = k + 1; j < n; j++) {
          a[i][j] = a[i][j].multiply(a[k][k]).subtract(a[i][k].multiply(a[k][j])).divide(prev);
        }
      }
      prev = a[k][k];
    }
    return a[n - 1][n - 1];
  }

  static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int p = 0; p < n; p++) {
      int max = p;
      for (int i = p + 1; i < n; i++) if (Math.abs(a[i][p]) > Math.abs(a[max][p])) max = i;
      double[] row = a[p]; a[p] = a[max]; a[max] = row;
      double t = b[p]; b[p] = b[max]; b[max] = t;
      for (int i = p + 1; i < n; i++) {
        double f = a[i][p] / a[p][p];
        b[i] -= f * b[p];
        for (int j = p; j < n; j++) a[i][j] -= f * a[p][j];
      }
    }
    double[] x = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double s = b[i];
      for (int j = i + 1; j < n; j++) s -= a[i][j] * x[j];
      x[i] = s / a[i][i];
    }
    return x;
  }

  public static void main(String[] args) {
    double[][] a = new double[40][40], b = new double[40][40];
    int[][] small = new int[8][8];
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        a[i][j] = (i * 17 + j * 5) % 13 - 6;
        b[i][j] = 1.0 / (i + j + 1);
        if (i < 8 && j < 8) small[i][j] = (i * i + 3 * j * j + i * j) % 11 - 4;
      }
    }
    double[][] c = multiply(a, b);
    double trace = 0;
    for (int i = 0; i < 40; i++) trace += c[i][i];
    System.out.println(trace + " " + c[3][7] + " " + c[39][0]);
    System.out.println(Arrays.deepToString(power(new long[][] {{1, 1}, {1, 0}}, 1_000_000_000_000L, 1_000_000_007)));
    System.out.println(determinant(small));
    double[] x = solve(new double[][] {{2, 1, -1}, {-3, -1, 2}, {-2, 1, 2}}, new double[] {8, -11, -3});
    for (double v : x) System.out.print(Math.round(v * 1e9) / 1e9 + " ");
    System.out.println();
  }
}
