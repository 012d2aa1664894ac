// Arrays of every element type: defaults, bounds, store checks, clone, multi-dimensional, arraycopy.
import java.util.Arrays;

public class Arrays2 {
  static String attempt(Runnable r) {
    try {
      r.run();
      return "fine";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  public static void main(String[] args) {
    boolean[] z = new boolean[3];
    byte[] b = {127, -128, (byte) 200};
    char[] c = {'a', 0, '\uffff'};
    short[] s = {1, (short) 65535};
    int[] i = new int[4];
    long[] j = {Long.MIN_VALUE, 1};
    float[] f = {1.5f, Float.NaN};
    double[] d = new double[2];
    String[] t = new String[2];
    z[1] = !z[0];
    b[0] += 1;
    c[1] = (char) (c[0] + 1);
    s[0] <<= 15;
    i[3] = i[2]-- - 1;
    j[0]--;
    f[0] /= 0;
    d[1] -= -0.0;
    t[0] += "x";
    System.out.println(Arrays.toString(z) + Arrays.toString(b) + (int) c[1] + " " + (int) c[2]
        + Arrays.toString(s) + Arrays.toString(i) + Arrays.toString(j) + Arrays.toString(f)
        + Arrays.toString(d) + Arrays.toString(t));
    int[][][] cube = new int[2][3][];
    cube[1][2] = new int[] {7};
    long[][] grid = new long[3][2];
    grid[2][1] = 5;
    System.out.println(Arrays.deepToString(cube) + " " + Arrays.deepToString(grid) + " "
        + cube.getClass().getName() + " " + t.getClass() + " " + int[].class + " "
        + Integer[][].class.getSuperclass() + " " + grid.getClass().getComponentType());
    System.out.println(attempt(() -> i[4]++) + "; " + attempt(() -> i[-1] = 0) + "; "
        + attempt(() -> b[3] = 1) + "; " + attempt(() -> System.out.println(new Object[0][0].length)));
    Object[] objects = new Integer[2];
    System.out.println(attempt(() -> objects[0] = "s") + "; " + attempt(() -> objects[1] = null));
    Object[][] nested = new String[2][2];
    System.out.println(attempt(() -> nested[0] = new Integer[1]) + "; "
        + attempt(() -> nested[0][1] = 5));
    int[] copy = i.clone();
    copy[0] = 99;
    System.out.println(i[0] + " " + copy[0] + " " + (cube.clone()[1] == cube[1]));
    System.arraycopy(copy, 0, copy, 1, 3);
    System.out.println(Arrays.toString(copy));
    System.arraycopy(copy, 1, copy, 0, 3);
    System.out.println(Arrays.toString(copy));
    Object[] mixed = {"a", "b", 3, "c"};
    String[] narrow = new String[4];
    System.out.println(attempt(() -> System.arraycopy(mixed, 0, narrow, 0, 4)));
    System.out.println(Arrays.toString(narrow));
    System.out.println(attempt(() -> System.arraycopy(copy, 2, copy, 0, 3)));
    System.out.println(attempt(() -> System.arraycopy(copy, -1, copy, 0, 1)));
    System.out.println(attempt(() -> System.arraycopy(copy, 0, j, 0, 1)));
    System.out.println(attempt(() -> System.arraycopy(copy, 0, mixed, 0, 1)));
    System.out.println(attempt(() -> System.arraycopy("s", 0, mixed, 0, 1)));
    System.out.println(attempt(() -> System.arraycopy(copy, 0, copy, 3, -1)));
    System.out.println(attempt(() -> System.arraycopy(copy, 4, copy, 4, 0)));
    int[][] rows = new int[100][];
    for (int k = 0; k < rows.length; k++) Arrays.fill(rows[k] = new int[k], k);
    int total = 0;
    for (int[] row : rows) total += Arrays.stream(row).sum();
    System.out.println(total + " " + Arrays.equals(new int[2], new int[] {0, 0}) + " "
        + Arrays.hashCode(b) + " " + Arrays.compare(new int[] {1, 2}, new int[] {1, 3}));
    int[] shuffled = new int[2000];
    for (int k = 0; k < shuffled.length; k++) shuffled[k] = (k * 7919) % 2003;
    Arrays.sort(shuffled);
    System.out.println(shuffled[0] + " " + shuffled[1999] + " " + Arrays.binarySearch(shuffled, 1000));
  }
}
