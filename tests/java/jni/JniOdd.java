// Odd arguments of the invocation interface, of direct buffers and DefineClass; JNI_OnUnload of a library of a loader that dies.
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

public class JniOdd {
  static native void buffers();
  static native void inspect(Object root, Object buffer);
  static native Class<?> define(String name, ClassLoader loader, byte[] bytes, int length);
  static native void attach(String name, ThreadGroup group, int version, boolean daemon);

  static class Loader extends ClassLoader {
    Loader() {
      super(null);
    }

    @Override
    protected String findLibrary(String name) {
      return System.getProperty("java.library.path") + "/" + System.mapLibraryName(name);
    }
  }

  static void describe() {
    Thread t = Thread.currentThread();
    String name = t.getName().replaceAll("Thread-\\d+", "Thread-N");
    System.out.println("  " + (name.matches("[ -~]*") ? name : Arrays.toString(name.toCharArray())
        .chars().filter(c -> c > 127).mapToObj(Integer::toHexString).toList()) + " in " + t.getThreadGroup().getName()
        + (t.isDaemon() ? " daemon" : " user") + " " + t.getPriority() + " " + (t.getContextClassLoader() != null) + " "
        + t.isAlive());
  }

  static void attached(String what, String name, ThreadGroup group, int version) {
    for (boolean daemon : new boolean[] {false, true}) {
      System.out.println(what + (daemon ? " as daemon" : ""));
      attach(name, group, version, daemon);
    }
  }

  static void defined(String what, String name, ClassLoader loader, byte[] bytes, int length) {
    try {
      Class<?> c = define(name, loader, bytes, length);
      System.out.println(what + ": " + c + " " + (c.getClassLoader() == loader));
    } catch (Throwable t) {
      System.out.println(what + ": " + t.toString().replaceAll("@[0-9a-f]+", "@"));
    }
  }

  static byte[] bytes(String name) throws IOException {
    try (var in = JniOdd.class.getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  static WeakReference<Loader> use() throws Exception {
    Loader l = new Loader();
    byte[] b = bytes("JniOddUser");
    System.out.println("used " + define("JniOddUser", l, b, b.length).getMethod("use").invoke(null));
    return new WeakReference<>(l);
  }

  public static void main(String[] args) throws Exception {
    System.loadLibrary("JniOdd");
    buffers();
    ByteBuffer root = ByteBuffer.allocateDirect(64);
    root.position(8).limit(40);
    Object[] views = {root, root.slice(), root.duplicate().position(20), root.asReadOnlyBuffer(), root.asIntBuffer(),
        root.slice().order(ByteOrder.nativeOrder()).asCharBuffer(), ByteBuffer.allocate(8),
        CharBuffer.wrap("text"), "a string"};
    for (Object view : views)
      inspect(root, view);

    byte[] good = bytes("JniOdd$Loader"), cut = Arrays.copyOf(good, good.length / 2), bad = good.clone();
    bad[0] = 0;
    Loader l = new Loader();
    defined("cut", "JniOdd$Loader", l, cut, cut.length);
    defined("magic", "JniOdd$Loader", l, bad, bad.length);
    defined("nothing", "JniOdd$Loader", l, bad, 0);
    defined("wrong name", "JniOdd$Other", l, good, good.length);
    defined("dots", "a.b.C", l, good, good.length);
    defined("no name", null, new Loader(), good, good.length);
    defined("good", "JniOdd$Loader", l, good, good.length);
    defined("again", "JniOdd$Loader", l, good, good.length);
    defined("elsewhere", "JniOdd$Loader", new Loader(), good, good.length);
    byte[] own = bytes("JniOdd");
    defined("is loaded", "JniOdd", JniOdd.class.getClassLoader(), own, own.length);
    defined("trailing", "JniOdd", new Loader(), Arrays.copyOf(own, own.length + 1), own.length + 1);

    ThreadGroup group = new ThreadGroup("a group"), inner = new ThreadGroup(group, "inner"), gone = new ThreadGroup("gone");
    inner.setMaxPriority(3);
    gone.destroy();
    int version = 0x00010008;
    attached("nothing", null, null, 0);
    attached("name", "a name", null, version);
    attached("group", null, group, version);
    attached("both", "in\u00e9\ud83d\ude00", inner, version);
    attached("empty name", "", group, version);
    attached("version", "not looked at", group, 0x00070000);
    System.out.println(group.activeCount() + " " + inner.activeCount());

    WeakReference<Loader> loader = use();
    for (int i = 0; i < 100 && (loader.get() != null || Files.readString(Path.of("unloaded.txt")).length() < 10); i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.out.print(Files.readString(Path.of("unloaded.txt")));
  }
}
