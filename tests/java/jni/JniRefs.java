// References held by C: local, frames, global, weak, their kinds, sameness, many of them, survival
// of collections.
public class JniRefs {
  static native Object locals(Object o, int n);
  static native void frames(Object o);
  static native void keep(Object o);
  static native Object kept(boolean weak);
  static native void drop();
  static native int kinds(Object o);

  public static void main(String[] args) {
    System.loadLibrary("JniRefs");
    System.out.println(locals("local", 5000));
    frames("framed");
    keep(new String("kept " + args.length));
    for (int i = 0; i < 3; i++) {
      byte[][] garbage = new byte[200][];
      for (int k = 0; k < garbage.length; k++) garbage[k] = new byte[5000];
      System.gc();
    }
    System.out.println(kept(false) + " " + kept(true));
    drop();
    Object cleared = kept(true);
    for (int i = 0; i < 20 && cleared != null; i++) {
      cleared = null;
      System.gc();
      cleared = kept(true);
    }
    System.out.println(kept(false) + " " + cleared);
    System.out.println(kinds("x"));
  }
}
