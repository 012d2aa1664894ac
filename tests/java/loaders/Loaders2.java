// Class loaders of our own: parallel capable, child first, the same class twice, delegation cycles, packages, assertions per loader, resources,
// defineClass's errors, findLoadedClass.
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.*;
import java.util.*;
import java.util.concurrent.*;

public class Loaders2 {
  public static class Payload implements Callable<String> {
    static int loads;
    int mine = ++loads;

    @Override
    public String call() {
      return "payload " + mine + " " + loads + " " + new Helper().x;
    }
  }

  public static class Helper {
    int x = 6;
  }

  static byte[] bytes(String name) {
    try (InputStream in = Loaders2.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static class ChildFirst extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    ChildFirst(String name) {
      super(name, Loaders2.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      synchronized (getClassLoadingLock(name)) {
        Class<?> c = findLoadedClass(name);
        if (c == null && name.startsWith("Loaders2$")) {
          byte[] b = bytes(name);
          if (b != null) c = defineClass(name, b, 0, b.length);
        }
        return c != null ? c : super.loadClass(name, resolve);
      }
    }

    Class<?> define(String name, byte[] b) {
      return defineClass(name, b, 0, b.length);
    }

    Class<?> loaded(String name) {
      return findLoadedClass(name);
    }
  }

  static void fails(String what, Callable<?> c) {
    try {
      System.out.println(what + " -> " + c.call());
    } catch (Throwable e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + String.valueOf(e.getMessage()).replaceAll("@[0-9a-f]+", "@"));
    }
  }

  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    ChildFirst a = new ChildFirst("a"), b = new ChildFirst("b");
    Class<?> pa = a.loadClass("Loaders2$Payload"), pb = b.loadClass("Loaders2$Payload");
    System.out.println((pa == pb) + " " + (pa == Payload.class) + " " + pa.getName().equals(pb.getName()) + " " + a.isRegisteredAsParallelCapable()
        + " " + pa.getClassLoader().getName());
    Callable<String> ca = (Callable<String>) pa.getDeclaredConstructor().newInstance();
    pa.getDeclaredConstructor().newInstance();
    System.out.println(ca.call() + "; " + ((Callable<String>) pb.getDeclaredConstructor().newInstance()).call() + "; " + new Payload().call());
    System.out.println(a.asked.contains("Loaders2$Helper") + " " + a.asked.contains("java.lang.Object") + " " + (a.loaded("Loaders2$Helper") != null)
        + " " + a.loaded("java.util.ArrayList") + " " + (a.loadClass("Loaders2$Payload") == pa));
    fails("cast", () -> {
      Payload p = (Payload) (Object) ca;
      return p;
    });
    fails("duplicate", () -> a.define("Loaders2$Payload", bytes("Loaders2$Payload")));
    fails("wrong name", () -> b.define("Other", bytes("Loaders2$Helper")));
    fails("slash name", () -> b.define("a/b", bytes("Loaders2$Helper")));
    fails("garbage", () -> b.define("G", new byte[] {1, 2, 3, 4, 5}));
    fails("truncated", () -> b.define("Loaders2$Helper", Arrays.copyOf(bytes("Loaders2$Helper"), 30)));
    fails("java package", () -> b.define("java.evil.X", bytes("Loaders2$Helper")));
    fails("not found", () -> a.loadClass("no.Such"));
    fails("forName array", () -> Class.forName("[[LLoaders2$Helper;", false, a).getComponentType().getComponentType().getClassLoader().getName());
    fails("forName primitive", () -> Class.forName("int"));
    fails("forName slashes", () -> Class.forName("java/lang/String"));
    fails("forName semicolon", () -> Class.forName("[Ljava.lang.String"));
    fails("loadClass array", () -> a.loadClass("[I"));

    // Loading by many threads of one class: one Class object, by every loader.
    ExecutorService pool = Executors.newFixedThreadPool(6);
    for (int round = 0; round < 5; round++) {
      ChildFirst l = new ChildFirst("r" + round);
      List<Future<Class<?>>> fs = new ArrayList<>();
      for (int i = 0; i < 6; i++) fs.add(pool.submit(() -> l.loadClass("Loaders2$Payload")));
      Set<Class<?>> got = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Future<Class<?>> f : fs) got.add(f.get());
      if (got.size() != 1) System.out.println("two classes");
    }
    pool.shutdown();

    Path d = Files.createDirectory(Path.of("cp"));
    Files.write(d.resolve("Loaders2$Helper.class"), bytes("Loaders2$Helper"));
    Files.writeString(d.resolve("r.txt"), "resource");
    try (URLClassLoader u = new URLClassLoader("url", new URL[] {d.toUri().toURL()}, null)) {
      Class<?> h = u.loadClass("Loaders2$Helper");
      System.out.println((h == Helper.class) + " " + u.getName() + " " + u.getParent() + " " + h.getProtectionDomain().getCodeSource().getLocation()
          .getPath().endsWith("cp/") + " " + new String(u.getResourceAsStream("r.txt").readAllBytes()) + " " + u.getURLs().length);
      fails("no outer", () -> h.getDeclaringClass());
      u.close();
      fails("closed", () -> u.loadClass("Other"));
      System.out.println(u.getResource("r.txt"));
    }
    System.out.println(ClassLoader.getPlatformClassLoader().getName() + " " + ClassLoader.getSystemClassLoader().getName() + " " + ClassLoader
        .getPlatformClassLoader().getParent() + " " + String.class.getClassLoader() + " " + java.sql.Date.class.getClassLoader().getName());
    Package p = pa.getPackage();
    System.out.println(p.getName().isEmpty() + " " + a.getDefinedPackage("x") + " " + a.getDefinedPackages().length + " " + String.class.getPackage());
    a.setDefaultAssertionStatus(true);
    ChildFirst asserting = new ChildFirst("asserting");
    asserting.setClassAssertionStatus("Loaders2$Asserts", true);
    System.out.println(asserting.loadClass("Loaders2$Asserts").getMethod("check").invoke(null) + " " + Asserts.check() + " " + asserting.loadClass(
        "Loaders2$Asserts").desiredAssertionStatus());
    ProtectionDomain pd = new ProtectionDomain(new CodeSource(new URL("file:/here"), (java.security.cert.Certificate[]) null), null);
    Class<?> withDomain = new ClassLoader(null) {
      Class<?> make() {
        byte[] x = bytes("Loaders2$Helper");
        return defineClass(null, java.nio.ByteBuffer.wrap(x), pd);
      }
    }.make();
    System.out.println((withDomain.getProtectionDomain() == pd) + " " + withDomain.getName() + " " + withDomain.getClassLoader().getName());
  }

  public static class Asserts {
    public static boolean check() {
      boolean on = false;
      assert on = true;
      return on;
    }
  }
}
