// 100,000 generated classes, dropped as fast as they are made, in bounded memory: ordinary ones in loaders, hidden ones, and
// in between lambdas, proxies and call sites of classes that die.
// modes: default, baseline
// vmopts: -Xmx96m
// timeout: 300
import java.io.*;
import java.lang.invoke.*;
import java.lang.management.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Many {
  static final int ORDINARY = 50_000, HIDDEN = 50_000, EACH = 5;
  static final long MOST = 96 << 20;

  /** A class that implements IntSupplier and returns value; {@code super()} and little else. */
  static byte[] generate(String name, int value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream o = new DataOutputStream(bytes);
    o.writeInt(0xCAFEBABE);
    o.writeInt(52);
    String[] texts = {name, "java/lang/Object", "java/util/function/IntSupplier", "<init>", "()V", "Code", "getAsInt",
        "()I"};
    o.writeShort(1 + texts.length + 5);
    for (String s : texts) {
      o.writeByte(1);
      o.writeUTF(s);
    }
    for (int i = 1; i <= 3; i++) { // 9, 10, 11: classes
      o.writeByte(7);
      o.writeShort(i);
    }
    o.writeByte(12); // 12: <init>()V
    o.writeShort(4);
    o.writeShort(5);
    o.writeByte(10); // 13: Object.<init>
    o.writeShort(10);
    o.writeShort(12);
    for (int s : new int[] {0x21, 9, 10, 1, 11, 0, 2}) o.writeShort(s);
    method(o, 4, 5, 0x2a, 0xb7, 0, 13, 0xb1);
    method(o, 7, 8, 0x11, value >> 8, value & 0xff, 0xac);
    o.writeShort(0);
    return bytes.toByteArray();
  }

  static void method(DataOutputStream o, int name, int type, int... code) throws IOException {
    for (int s : new int[] {1, name, type, 1, 6}) o.writeShort(s);
    o.writeInt(12 + code.length);
    o.writeShort(1);
    o.writeShort(1);
    o.writeInt(code.length);
    for (int b : code) o.writeByte(b);
    o.writeInt(0);
  }

  /** Loaded anew by a loader that dies. */
  public static class Busy implements Supplier<String> {
    interface Own {
      String say(String s);
    }

    public String get() {
      int[] count = {0};
      Runnable r = () -> count[0]++;
      Function<String, String> f = String::trim;
      r.run();
      Own own = (Own) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Own.class}, (p, m, a) -> a[0] + "!");
      return f.apply(" busy ") + count[0] + own.say("x");
    }
  }

  static class Loader extends ClassLoader {
    Loader() {
      super(Many.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.startsWith("Many$Busy")) return super.loadClass(n, resolve);
      Class<?> c = findLoadedClass(n);
      return c != null ? c : define(n, BYTES.get(n));
    }

    Class<?> define(String n, byte[] b) {
      return defineClass(n, b, 0, b.length);
    }
  }

  static final Map<String, byte[]> BYTES = new HashMap<>();

  static void keep(String n) throws IOException {
    try (InputStream in = Many.class.getResourceAsStream(n + ".class")) {
      BYTES.put(n, in.readAllBytes());
    }
  }

  static IntSupplier make(Class<?> c) throws ReflectiveOperationException {
    return (IntSupplier) c.getDeclaredConstructor().newInstance();
  }

  static long most;

  static void measure() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
      if (pool.getName().equals("Metaspace")) most = Math.max(most, pool.getUsage().getCommitted());
  }

  public static void main(String[] args) throws Exception {
    keep("Many$Busy");
    keep("Many$Busy$Own");
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    long sum = 0, expected = 0;
    Set<String> said = new HashSet<>();
    for (int i = 0; i < ORDINARY + HIDDEN; i++) {
      Loader l = new Loader();
      for (int k = 0; k < EACH && i < ORDINARY; k++, i++) {
        sum += make(l.define("G" + i, generate("G" + i, i & 0x7fff))).getAsInt();
        expected += i & 0x7fff;
      }
      if (i >= ORDINARY) {
        sum += make(lookup.defineHiddenClass(generate("G", i & 0x7fff), true).lookupClass()).getAsInt();
        expected += i & 0x7fff;
      } else {
        i--;
      }
      if (i % 500 == 499) {
        said.add(((Supplier<?>) l.loadClass("Many$Busy").getConstructor().newInstance()).get().toString());
        measure();
      }
    }
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    for (int i = 0; i < 50 && classes.getLoadedClassCount() > 10_000; i++) {
      System.gc();
      Thread.sleep(2);
    }
    System.out.println((sum == expected) + " " + said);
    System.out.println("metaspace bounded: " + (most < MOST ? "true" : most));
    System.out.println("loaded now: " + (classes.getLoadedClassCount() <= 10_000 ? "few" : classes.getLoadedClassCount()));
    System.out.println("unloaded: " + (classes.getUnloadedClassCount() >= 90_000 ? "most" : classes.getUnloadedClassCount()));
    System.out.println("count: " + (classes.getTotalLoadedClassCount() - classes.getUnloadedClassCount() == classes
        .getLoadedClassCount()));
  }
}
