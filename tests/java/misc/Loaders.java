// Class loaders: custom defineClass, parents, resources, same name twice, unloading of nothing
// needed, context loader,
// ServiceLoader, hidden classes, Lookup.defineClass, package and protection.
import java.io.*;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.nio.file.*;
import java.util.*;

public class Loaders {
  public interface Plugin {
    String name();
  }

  public static class First implements Plugin {
    static int count;

    public String name() {
      return "first " + ++count;
    }
  }

  public static class Second implements Plugin {
    public String name() {
      return "second";
    }
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Loaders.class.getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  static class Own extends ClassLoader {
    final Set<String> mine;
    final List<String> asked = new ArrayList<>();

    Own(ClassLoader parent, String... mine) {
      super("own", parent);
      this.mine = Set.of(mine);
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      asked.add(n);
      if (!mine.contains(n)) return super.loadClass(n, resolve);
      Class<?> c = findLoadedClass(n);
      if (c != null) return c;
      try {
        byte[] b = bytes(n);
        return defineClass(n, b, 0, b.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(n, e);
      }
    }

    @Override
    protected URL findResource(String name) {
      return name.equals("special") ? Loaders.class.getResource("Loaders.class") : null;
    }
  }

  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Throwable e) {
      return (e.getClass().getSimpleName() + " " + e.getMessage()).replaceAll("@[0-9a-f]+", "@")
          .replaceAll("/0x[0-9a-f]+", "/0x");
    }
  }

  public static void main(String[] args) throws Exception {
    ClassLoader app = Loaders.class.getClassLoader();
    System.out.println(app.getName() + " " + app.getParent().getName() + " " + app.getParent().getParent() + " "
        + (app == ClassLoader.getSystemClassLoader()) + " "
        + (Thread.currentThread().getContextClassLoader() == app) + " " + String.class.getClassLoader() + " "
        + java.sql.Date.class.getClassLoader().getName());
    Own own = new Own(app, "Loaders$First"), other = new Own(app, "Loaders$First", "Loaders$Plugin");
    Class<?> a = own.loadClass("Loaders$First"), b = other.loadClass("Loaders$First");
    System.out.println((a != b) + " " + (a == own.loadClass("Loaders$First")) + " " + (a.getClassLoader() == own) + " "
        + own.asked + " " + other.asked);
    Plugin p = (Plugin) a.getDeclaredConstructor().newInstance();
    new First().name();
    System.out.println(p.name() + " " + p.name() + " " + new First().name() + " " + Plugin.class.isAssignableFrom(b)
        + " " + attempt(() -> (Plugin) b.getDeclaredConstructor().newInstance())
        + " " + attempt(() -> (First) (Object) p));
    System.out.println(attempt(() -> new Own(null).loadClass("Loaders$Second")) + " "
        + attempt(() -> new Own(null).loadClass("java.lang.String")) + " "
        + attempt(() -> Class.forName("Loaders$First", false, other) == b) + " "
        + attempt(() -> own.loadClass("java.lang.No")) + " "
        + attempt(() -> own.getDefinedPackage("") != null) + " " + own.getUnnamedModule().isNamed() + " "
        + (a.getModule() == own.getUnnamedModule()));
    System.out.println(attempt(() -> new ClassLoader() {
      Class<?> define(String n, byte[] x) {
        return defineClass(n, x, 0, x.length);
      }
    }.define("Wrong", bytes("Loaders$Second"))) + " " + attempt(() -> new ClassLoader() {
      Class<?> define(byte[] x) {
        return defineClass(null, x, 0, x.length);
      }
    }.define(bytes("Loaders$Second")).getName()));
    System.out.println((own.getResource("special") != null) + " " + own.getResource("absent") + " "
        + (own.getResource("Loaders.class") != null) + " "
        + (Loaders.class.getResource("/Loaders.class") != null) + " " + Loaders.class.getResource("absent") + " "
        + Object.class.getResource("Object.class").getProtocol() + " "
        + new DataInputStream(Object.class.getResourceAsStream("Object.class")).readInt() + " "
        + Collections.list(own.getResources("special")).size());
    Class<?> inPackage = MethodHandles.lookup().lookupClass();
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes("LoadersSecret"), true).lookupClass();
    Plugin h = (Plugin) hidden.getDeclaredConstructor().newInstance();
    System.out.println(h.name() + " " + hidden.isHidden() + " " + hidden.getName().startsWith("LoadersSecret/0x") + " "
        + hidden.getSimpleName().startsWith("LoadersSecret/0x") + " "
        + hidden.getCanonicalName() + " " + (hidden.getClassLoader() == app) + " "
        + attempt(() -> Class.forName(hidden.getName())) + " "
        + hidden.descriptorString().matches("LLoadersSecret\\.0x[0-9a-f]+;") + " " + (hidden.getNestHost() == hidden)
        + " " + inPackage.getSimpleName());
    Class<?> mate = MethodHandles.lookup().defineHiddenClass(bytes("LoadersMate"), false,
        MethodHandles.Lookup.ClassOption.NESTMATE).lookupClass();
    System.out.println((mate.getNestHost() == Loaders.class) + " " + mate.getDeclaredMethod("get").invoke(null) + " "
        + attempt(() -> MethodHandles.lookup().defineClass(bytes("Loaders$Second"))));
    Files.createDirectories(Path.of("svc/META-INF/services"));
    Files.writeString(Path.of("svc/META-INF/services/Loaders$Plugin"),
        "Loaders$First # comment\n\nLoaders$Second\nLoaders$Absent\n");
    try (java.net.URLClassLoader services = new java.net.URLClassLoader(new URL[] {Path.of("svc").toUri().toURL()},
        app)) {
      Iterator<Plugin> it = ServiceLoader.load(Plugin.class, services).iterator();
      System.out.println(it.next().name() + " " + it.next().name() + " " + attempt(it::next));
      System.out.println(ServiceLoader.load(Plugin.class).findFirst().isPresent() + " "
          + ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class).stream().count());
    }
    Thread.currentThread().setContextClassLoader(own);
    Thread t = new Thread(() -> System.out.println(Thread.currentThread().getContextClassLoader().getName()));
    t.start();
    t.join();
    ProtectionTest.run();
  }

  static class ProtectionTest {
    static void run() {
      System.out.println(Loaders.class.getPackage().getName().isEmpty() + " "
          + (Package.getPackage("java.util") == null) + " " + String.class.getPackage() + " "
          + String.class.getPackage().isSealed());
    }
  }
}

class LoadersSecret implements Loaders.Plugin {
  public String name() {
    return "secret";
  }
}

class LoadersMate {
  private static String get() {
    return "mate of " + LoadersMate.class.getNestHost().getSimpleName();
  }
}
