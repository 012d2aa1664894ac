// Conway's life on a torus of longs: shifts and masks; a glider and an R-pentomino.
import java.util.HashMap;
import java.util.Map;

public class Life {
  static long rot(long v, int by) {
    return Long.rotateLeft(v, by);
  }

  static long[] step(long[] g) {
    int n = g.length;
    long[] out = new long[n];
    for (int y = 0; y < n; y++) {
      long up = g[(y + n - 1) % n], mid = g[y], down = g[(y + 1) % n];
      long[] around = {rot(up, 1), up, rot(up, -1), rot(mid, 1), rot(mid, -1), rot(down, 1), down, rot(down, -1)};
      long one = 0, two = 0, four = 0;
      for (long a : around) {
        long c1 = one & a;
        one ^= a;
        long c2 = two & c1;
        two ^= c1;
        four |= c2;
      }
      out[y] = two & ~four & (one | mid);
    }
    return out;
  }

  static int population(long[] g) {
    int p = 0;
    for (long l : g) p += Long.bitCount(l);
    return p;
  }

  static void show(long[] g, int rows, int cols) {
    for (int y = 0; y < rows; y++) {
      StringBuilder sb = new StringBuilder();
      for (int x = 0; x < cols; x++) sb.append((g[y] >>> x & 1) == 1 ? '#' : '.');
      System.out.println(sb);
    }
  }

  public static void main(String[] args) {
    long[] glider = new long[16];
    glider[0] = 0b010;
    glider[1] = 0b100;
    glider[2] = 0b111;
    for (int i = 0; i < 20; i++) glider = step(glider);
    show(glider, 10, 12);
    long[] r = new long[64];
    r[31] = 0b110L << 30;
    r[32] = 0b011L << 30;
    r[33] = 0b010L << 30;
    Map<String, Integer> seen = new HashMap<>();
    int firstRepeat = -1;
    for (int i = 0; i <= 300; i++) {
      if (i % 60 == 0) System.out.println(i + ": " + population(r));
      Integer before = seen.put(java.util.Arrays.toString(r), i);
      if (before != null && firstRepeat < 0) firstRepeat = i;
      r = step(r);
    }
    System.out.println(firstRepeat + " " + Long.toHexString(r[32]) + " " + Long.toHexString(r[10]));
  }
}
