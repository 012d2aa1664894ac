// Arrays of each kind, two dimensions, clone, arraycopy, for-each.
public class A4Arrays {
  public static void main(String[] args) {
    int[] ints = new int[10];
    for (int i = 0; i < ints.length; i++) ints[i] = i * i;
    int sum = 0;
    for (int v : ints) sum += v;
    System.out.println(sum);
    byte[] bytes = {1, -1, 127};
    bytes[2]++;
    System.out.println(bytes[2]);
    char[] chars = {'o', 'k'};
    System.out.println(chars);
    long[] longs = {1, 2};
    longs[1] <<= 40;
    System.out.println(longs[1]);
    double[][] grid = new double[3][4];
    grid[2][3] = 1.25;
    System.out.println(grid[2][3] + grid[0][0]);
    boolean[] flags = new boolean[2];
    flags[1] = !flags[0];
    System.out.println(flags[1]);
    int[] copy = ints.clone();
    System.arraycopy(ints, 0, copy, 1, 9);
    System.out.println(copy[9]);
    Object[] os = new String[] {"a", "b"};
    System.out.println(os[1]);
    System.out.println(args.length);
  }
}
