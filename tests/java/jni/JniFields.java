// Fields from C: every type, instance and static, inherited, hidden, private, final; wrong names and types.
public class JniFields {
  static class Parent {
    int hidden = 1;
    protected long inherited = 1L << 33;
    static String parentStatic = "parent";
  }

  static class All extends Parent {
    boolean z = true;
    byte b = -1;
    char c = 'c';
    short s = -2;
    int i = -3;
    long j = -4;
    float f = 1.5f;
    double d = 2.5;
    Object l = "object";
    int[] a = {1, 2};
    int hidden = 2;
    private String secret = "secret";
    final int fixed = Integer.parseInt("9");

    static boolean sz;
    static byte sb = 1;
    static char sc = 2;
    static short ss = 3;
    static int si = 4;
    static long sj = 5;
    static float sf = 6;
    static double sd = 7;
    static Object sl = "static";
    static { System.out.println("All initialised"); }

    @Override
    public String toString() {
      return z + " " + b + " " + (int) c + " " + s + " " + i + " " + j + " " + f + " " + d + " " + l + " " + hidden
          + " " + ((Parent) this).hidden
          + " " + inherited + " " + secret + " " + fixed + " | " + sz + " " + sb + " " + (int) sc + " " + ss + " " + si
          + " " + sj + " " + sf + " " + sd
          + " " + sl + " " + parentStatic;
    }
  }

  interface Constants {
    String TEXT = "of the interface".trim();
  }

  static class Uses implements Constants {}

  static native void initialises();
  static native void fields(Object all);
  static native void wrong(Object all);

  public static void main(String[] args) {
    System.loadLibrary("JniFields");
    System.out.println(Constants.TEXT);
    initialises();
    All all = new All();
    System.out.println(all);
    fields(all);
    System.out.println(all);
    wrong(all);
  }
}
