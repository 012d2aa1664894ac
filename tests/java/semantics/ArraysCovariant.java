// vmopts: -Xmx64m
// Arrays: covariance and stores, many dimensions, clones, bounds, negative sizes, initialisers' order, copies overlapping, interfaces of arrays, equality, enormous lengths.
import java.io.Serializable;
import java.util.*;

public class ArraysCovariant {
  static void fails(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + " passed");
    } catch (RuntimeException | Error e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  interface Shape {}

  static class Sq implements Shape {}

  static class Big extends Sq {}

  static int count;

  static int next(String s) {
    System.out.print(s);
    return ++count;
  }

  static <T> T[] make(T... ts) {
    return ts;
  }

  public static void main(String[] args) {
    Object[] os = new String[2];
    Shape[] sh = new Sq[] {new Big(), null};
    Object[][] oo = new Integer[2][3];
    Object o = new int[3][];
    fails("string array", () -> os[0] = 1);
    fails("null store", () -> os[0] = null);
    fails("interface", () -> sh[1] = new Shape() {});
    fails("subclass", () -> sh[1] = new Big());
    fails("nested", () -> oo[0] = new String[1]);
    fails("nested element", () -> oo[0][0] = "x");
    fails("nested ok", () -> oo[0] = new Integer[9]);
    fails("int rows", () -> ((Object[]) o)[0] = new long[1]);
    fails("int rows ok", () -> ((Object[]) o)[0] = new int[1]);
    fails("serializable", () -> ((Serializable[]) (Object) new int[1][1])[0] = "text");
    fails("cloneable", () -> ((Cloneable[]) (Object) new int[1][1])[0] = new int[5]);
    fails("cast", () -> System.out.println(((Integer[]) (Object) new Number[0]).length));
    fails("cast primitive", () -> System.out.println(((long[]) (Object) new int[0]).length));
    fails("cast dims", () -> System.out.println(((Object[][]) (Object) new int[0][0]).length));
    fails("negative", () -> System.out.println(new int[3 - 5].length));
    fails("negative inner", () -> System.out.println(new int[2][-1].length));
    fails("zero outer", () -> System.out.println(new int[0][-1].length));
    fails("index", () -> System.out.println((new int[3][4][5])[2][4][5]));
    fails("minus one", () -> os[-1] = "x");
    fails("null array", () -> {
      int[] n = null;
      n[next("index before null ")] = next("value ");
    });
    fails("bounds after value", () -> {
      int[] n = new int[1];
      n[next("i ") + 100] = next("v ");
    });
    fails("store check last", () -> os[5] = (Object) Integer.valueOf(1));
    fails("too large", () -> System.out.println(new long[Integer.MAX_VALUE].length));
    fails("too many", () -> System.out.println(new Object[60000][60000].length));
    int[][] ragged = {{1}, {}, {1, 2, 3}, null};
    System.out.println(Arrays.deepToString(ragged) + " " + ragged[2].length + " " + ragged.getClass().getName() + " " + new byte[0][0][0].getClass() + " " + Shape[].class.getName() + " " + Arrays.toString(
        int[].class.getInterfaces()) + " " + int[].class.getSuperclass() + " " + Shape[].class.isInstance(new Big[0]) + " " + Object.class.isAssignableFrom(int[].class) + " " + (os instanceof Comparable[]));
    int[] a = {1, 2, 3, 4, 5, 6, 7, 8};
    System.arraycopy(a, 0, a, 2, 5);
    System.out.println(Arrays.toString(a));
    System.arraycopy(a, 3, a, 1, 5);
    System.out.println(Arrays.toString(a));
    Object[] mixed = {"a", "b", 3, "d"};
    String[] dest = new String[4];
    fails("partial copy", () -> System.arraycopy(mixed, 0, dest, 0, 4));
    System.out.println(Arrays.toString(dest));
    fails("copy bounds", () -> System.arraycopy(a, 5, a, 0, 4));
    fails("copy negative", () -> System.arraycopy(a, 0, a, 0, -1));
    fails("copy types", () -> System.arraycopy(a, 0, new long[8], 0, 1));
    fails("copy non array", () -> System.arraycopy("x", 0, a, 0, 1));
    fails("copy null", () -> System.arraycopy(null, 0, a, 0, 1));
    fails("copy object to int", () -> System.arraycopy(mixed, 0, a, 0, 1));
    int[][] c = ragged.clone();
    c[0][0] = 99;
    c[1] = new int[] {5};
    System.out.println(ragged[0][0] + " " + ragged[1].length + " " + c.getClass() + " " + Arrays.equals(ragged, c) + " " + Arrays.deepEquals(ragged, c) + " " + a.equals(a.clone()) + " " + Arrays.hashCode(a));
    System.out.println(make(1, "two").getClass().getComponentType().getSimpleName() + " " + make("x").getClass().getSimpleName() + " " + Arrays.copyOf(os, 3).getClass().getSimpleName() + " " + Arrays.copyOf(
        os, 3, Object[].class).getClass().getSimpleName() + " " + List.of(1, 2).toArray(new Object[5]).length);
    long[] big = new long[1 << 20];
    for (int i = 0; i < big.length; i++) big[i] = i ^ 0x5a5a;
    long s = 0;
    for (long l : big) s += l;
    char[][] grid = new char[50][];
    for (int i = 0; i < 50; i++) Arrays.fill(grid[i] = new char[i], (char) ('a' + i % 26));
    int len = 0;
    for (char[] g : grid) len += new String(g).hashCode() & 7;
    boolean[] flags = new boolean[100];
    for (int i = 0; i < 100; i += 7) flags[i] ^= true;
    flags[7] &= false;
    System.out.println(s + " " + len + " " + Arrays.toString(flags).length() + " " + ++a[a[0] % 8] + " " + (a[1] += a[1]++ + ++a[1]));
  }
}
