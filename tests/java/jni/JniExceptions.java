// Exceptions and C: throw, throw new, check, describe, clear, rethrow, through several layers of Java and C.
public class JniExceptions {
  static native void throwing(int how, Throwable t);
  static native void handled();
  static native int layers(int n);

  static class OnlyDefault extends RuntimeException {
    OnlyDefault() {
      super("no string constructor");
    }
  }

  static int down(int n) {
    if (n == 0) throw new IllegalStateException("bottom");
    try {
      return layers(n - 1) + 1;
    } finally {
      System.out.println("finally " + n);
    }
  }

  static native void twice(String missing) throws Exception;
  static native void pending(Class<?> fresh, Object object, Object method, Object field) throws Exception;

  static class Fresh {
    static int g = 1;
    int f;
    static { System.out.println("Fresh is initialized"); }
    void m() {}
    static void s() {}
  }

  static void fail(String s) throws Exception {
    throw new Exception(s);
  }

  public static void main(String[] args) {
    System.loadLibrary("JniExceptions");
    for (int how = 0; how < 6; how++) {
      try {
        throwing(how, new IllegalArgumentException("given"));
        System.out.println(how + " nothing");
      } catch (Throwable t) {
        System.out.println(how + " " + t + " " + t.getStackTrace()[0].getMethodName() + " cause " + t.getCause());
      }
    }
    try {
      pending(Fresh.class, "text", Fresh.class.getDeclaredMethod("s"), Fresh.class.getDeclaredField("g"));
    } catch (Throwable t) {
      System.out.println(t);
    }
    for (String missing : new String[] {null, "missing"}) {
      try {
        twice(missing);
      } catch (Throwable t) {
        System.out.println(t);
      }
    }
    handled();
    try {
      down(3);
    } catch (IllegalStateException e) {
      StringBuilder sb = new StringBuilder();
      for (StackTraceElement f : e.getStackTrace()) sb.append(f.getMethodName())
          .append(f.isNativeMethod() ? "* " : " ");
      System.out.println(e.getMessage() + " " + sb);
    }
  }
}
