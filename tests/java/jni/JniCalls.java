// Calls from C: virtual, nonvirtual and static, of every result type, each as ..., va_list and
// jvalue array; NewObject.
public class JniCalls {
  static class Base {
    String seen = "";

    void note(String who, boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) {
      seen = who + " " + z + " " + b + " " + (int) c + " " + s + " " + i + " " + j + " " + f + " " + d + " " + o;
    }

    Base() {}

    Base(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) {
      note("new", z, b, c, s, i, j, f, d, o);
    }

    boolean callBoolean(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("Z", z, b, c, s, i, j, f, d, o); return z; }
    byte callByte(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("B", z, b, c, s, i, j, f, d, o); return b; }
    char callChar(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("C", z, b, c, s, i, j, f, d, o); return c; }
    short callShort(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("S", z, b, c, s, i, j, f, d, o); return s; }
    int callInt(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("I", z, b, c, s, i, j, f, d, o); return i; }
    long callLong(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("J", z, b, c, s, i, j, f, d, o); return j; }
    float callFloat(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("F", z, b, c, s, i, j, f, d, o); return f; }
    double callDouble(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("D", z, b, c, s, i, j, f, d, o); return d; }
    Object callObject(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("L", z, b, c, s, i, j, f, d, o); return o; }
    void callVoid(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("V", z, b, c, s, i, j, f, d, o); }
  }

  static class Derived extends Base {
    @Override boolean callBoolean(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dZ", z, b, c, s, i, j, f, d, o); return !z; }
    @Override byte callByte(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dB", z, b, c, s, i, j, f, d, o); return (byte) -b; }
    @Override char callChar(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dC", z, b, c, s, i, j, f, d, o); return (char) (c + 1); }
    @Override short callShort(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dS", z, b, c, s, i, j, f, d, o); return (short) -s; }
    @Override int callInt(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dI", z, b, c, s, i, j, f, d, o); return -i; }
    @Override long callLong(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dJ", z, b, c, s, i, j, f, d, o); return -j; }
    @Override float callFloat(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dF", z, b, c, s, i, j, f, d, o); return -f; }
    @Override double callDouble(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dD", z, b, c, s, i, j, f, d, o); return -d; }
    @Override Object callObject(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dL", z, b, c, s, i, j, f, d, o); return "derived " + o; }
    @Override void callVoid(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("dV", z, b, c, s, i, j, f, d, o); }
  }

  static String seen = "";

  static void note(String t, Object... os) {
    seen = t + java.util.Arrays.toString(os);
  }

  static boolean sBoolean(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("Z", z, b, (int) c, s, i, j, f, d, o); return z; }
  static byte sByte(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("B", z, b, (int) c, s, i, j, f, d, o); return b; }
  static char sChar(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("C", z, b, (int) c, s, i, j, f, d, o); return c; }
  static short sShort(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("S", z, b, (int) c, s, i, j, f, d, o); return s; }
  static int sInt(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("I", z, b, (int) c, s, i, j, f, d, o); return i; }
  static long sLong(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("J", z, b, (int) c, s, i, j, f, d, o); return j; }
  static float sFloat(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("F", z, b, (int) c, s, i, j, f, d, o); return f; }
  static double sDouble(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("D", z, b, (int) c, s, i, j, f, d, o); return d; }
  static Object sObject(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("L", z, b, (int) c, s, i, j, f, d, o); return o; }
  static void sVoid(boolean z, byte b, char c, short s, int i, long j, float f, double d, Object o) { note("V", z, b, (int) c, s, i, j, f, d, o); }

  static int fails(int n) {
    throw new IllegalStateException("fails " + n);
  }

  interface Face {
    default String hello(String s) {
      return "default " + s;
    }
  }

  static class Impl implements Face, Comparable<Impl> {
    public int compareTo(Impl o) {
      return 42;
    }
  }

  static int depth(int n) {
    return n == 0 ? 0 : 1 + nativeDepth(n - 1);
  }

  static native void calls(Base derived);
  static native void rest(Impl impl);
  static native int nativeDepth(int n);
  native long many(boolean z, byte b, char c, short s, int i, long j, float f, double d, int[] a, double d2, double d3, double d4, double d5,
      double d6, double d7, double d8, double d9, float f10, long j2, int i2, byte b2, short s2, Object o);
  static native boolean truth(int raw);
  static synchronized native int locked(int n);

  public static void main(String[] args) {
    System.loadLibrary("JniCalls");
    calls(new Derived());
    rest(new Impl());
    System.out.println(depth(40) + " " + new JniCalls().many(true, (byte) -1, '\uffff', (short) -2, -3, -4L, 1.5f, 2.5, new int[5], 3, 4, 5, 6, 7, 8, 9, 10, 11f,
        1L << 40, 7, (byte) 8, (short) 9, "o") + " " + truth(1) + " " + truth(0) + " " + locked(5));
    try {
      locked(-1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + Thread.holdsLock(JniCalls.class) + " " + e.getStackTrace()[0].isNativeMethod() + " "
          + e.getStackTrace()[0].getMethodName());
    }
  }
}
