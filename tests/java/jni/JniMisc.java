// The rest of the table: version, classes, reflection, monitors, direct buffers, RegisterNatives,
// modules, DefineClass.
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public class JniMisc {
  int made = 5;
  static int count;

  JniMisc(int n) {
    made = n;
  }

  static int plain(int a, int b) {
    return a - b;
  }

  private String hidden() {
    return "hidden " + made;
  }

  static class Defined {
    static String hello() {
      return "defined by C in " + Defined.class.getClassLoader().getClass().getName();
    }
  }

  static class Empty extends ClassLoader {
    Empty() {
      super(null);
    }
  }

  static native void classes();
  static native void reflected(Method m, Field f, Constructor<?> c, Method hidden);
  static native Object allocate(Class<?> c);
  static native void monitors(Object o);
  static native ByteBuffer buffer(int n);
  static native void inspect(ByteBuffer b);
  static native void modules();
  static native Class<?> define(ClassLoader l, byte[] bytes);
  static native void register();
  static native void unregister();
  static native int registered(int a);
  native String registeredToo(long a, String s);
  static native int fromUnload();
  static native int with_under_1score(int n);
  static native int with$dollar(int n);
  static native int over(int n);
  static native int over(String s);
  static native int attach(int threads);

  static synchronized void counted() {
    count++;
  }

  public static void main(String[] args) throws Exception {
    System.loadLibrary("JniMisc");
    classes();
    reflected(JniMisc.class.getDeclaredMethod("plain", int.class, int.class), JniMisc.class.getDeclaredField("made"),
        JniMisc.class.getDeclaredConstructor(int.class), JniMisc.class.getDeclaredMethod("hidden"));
    System.out.println(((JniMisc) allocate(JniMisc.class)).made + " " + allocate(Thread.class).getClass());
    for (Class<?> c : new Class<?>[] {Number.class, Runnable.class}) {
      try {
        allocate(c);
      } catch (Throwable t) {
        System.out.println(t);
      }
    }
    Object lock = new Object();
    monitors(lock);
    ByteBuffer b = buffer(64);
    System.out.println(b.isDirect() + " " + b.capacity() + " " + b.order() + " " + b.order(ByteOrder.nativeOrder())
        .getInt(4) + " " + b.get(0));
    b.putInt(8, 77).position(16);
    inspect(b);
    inspect(ByteBuffer.allocateDirect(32));
    inspect(ByteBuffer.allocate(8));
    modules();
    byte[] bytes;
    try (InputStream in = JniMisc.class.getResourceAsStream("JniMisc$Defined.class")) {
      bytes = in.readAllBytes();
    }
    Class<?> d = define(new Empty(), bytes);
    Method hello = d.getDeclaredMethod("hello");
    hello.setAccessible(true);
    System.out.println(hello.invoke(null) + " " + (d != Defined.class));
    try {
      define(d.getClassLoader(), bytes);
    } catch (LinkageError e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getMessage().replaceAll("@[0-9a-f]+", "@"));
    }
    for (int i = 0; i < 3; i++) {
      try {
        if (i == 1) register();
        if (i == 2) unregister();
        System.out.println(registered(20) + " " + new JniMisc(3).registeredToo(1L << 35, "s"));
      } catch (UnsatisfiedLinkError e) {
        System.out.println(e.getMessage());
      }
    }
    System.out.println(with_under_1score(1) + " " + with$dollar(2) + " " + over(3) + " " + over("four"));
    System.out.println(attach(4) + " " + count);
    try {
      System.loadLibrary("no_such_library");
    } catch (UnsatisfiedLinkError e) {
      System.out.println(e.getMessage().replaceAll("java.library.path.*", "java.library.path"));
    }
    System.loadLibrary("JniMisc");
    System.out.println(System.mapLibraryName("x") + " " + fromUnload());
  }
}
