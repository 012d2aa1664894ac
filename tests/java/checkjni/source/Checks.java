/** Calls one function of Checks.c, which makes one mistake, and goes on if it may. */
public class Checks {
  static int number = 5;
  static String text = "static";
  int own = 7;
  long wide = 8;
  String name = "name";

  static class Other {
    int own;
    static int number;

    void method() {}
  }

  static native void run(int which, Object object, int[] numbers, String string);

  void method() {}

  static void fail() {
    throw new IllegalStateException("as asked");
  }

  static void nested(int which) {
    run(which, new Checks(), new int[] {1, 2, 3}, "string");
  }

  public static void main(String[] args) {
    System.loadLibrary("Checks");
    try {
      nested(Integer.parseInt(args[0]));
      System.out.println("returned");
    } catch (Throwable t) {
      System.out.println("caught " + t);
    }
  }
}
