/** Loaded by a loader of its own, with a library that goes when it goes. */
public class JniOddUser {
  static native int seven();

  public static int use() {
    System.loadLibrary("JniOddUnload");
    return seven();
  }
}
