// Arrays from C: new, length, elements with every release mode, regions, critical, object arrays, errors.
import java.util.Arrays;

public class JniArrays {
  static native Object[] make();
  static native void regions(Object[] all);
  static native long elements(Object[] all, int mode);
  static native long critical(int[] a, byte[] b);
  static native void objects(Object[] strings);
  static native void errors(int[] a, Object[] os);

  static String show(Object[] all) {
    return Arrays.deepToString(all).replace('\uffff', '#').replace('A', 'a');
  }

  static Object[] all() {
    return new Object[] {new boolean[] {true, false, true}, new byte[] {1, 2, 3}, new char[] {'a', 'b', 'c'},
        new short[] {1, 2, 3},
        new int[] {1, 2, 3}, new long[] {1, 2, 3}, new float[] {1, 2, 3}, new double[] {1, 2, 3}};
  }

  public static void main(String[] args) {
    System.loadLibrary("JniArrays");
    Object[] made = make();
    for (Object o : made) System.out.print(o.getClass().getName() + " " + java.lang.reflect.Array.getLength(o) + ", ");
    System.out.println();
    Object[] all = all();
    regions(all);
    System.out.println(show(all));
    for (int mode = 0; mode < 3; mode++) {
      all = all();
      System.out.println(elements(all, mode) + " " + show(all));
    }
    int[] big = new int[100_000];
    byte[] bytes = new byte[1000];
    Arrays.setAll(big, i -> i * 3);
    System.out.println(critical(big, bytes) + " " + big[99_999] + " " + bytes[999] + " "
        + critical(new int[0], new byte[0]));
    Object[] strings = {"one", null, "three"};
    objects(strings);
    System.out.println(Arrays.toString(strings));
    errors(new int[] {1, 2, 3}, new Integer[] {1, 2});
  }
}
