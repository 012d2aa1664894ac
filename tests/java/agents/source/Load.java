import java.lang.instrument.*;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.*;
import java.util.jar.JarFile;

/* Transformers while classes are loaded: what they are given, what becomes of what they give. */
public class Load {
  static Instrumentation instrumentation;

  public static void premain(String options, Instrumentation i) {
    instrumentation = i;
  }

  /* The class file with every `from` of its constants replaced; null when there is none. */
  static byte[] replace(byte[] file, String from, String to) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.contains(from) ? text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1) : null;
  }

  static class Told implements ClassFileTransformer {
    final String name, from, to;

    Told(String name, String from, String to) {
      this.name = name;
      this.from = from;
      this.to = to;
    }

    @Override
    public byte[] transform(Module module, ClassLoader loader, String className, Class<?> c, ProtectionDomain domain,
        byte[] file) {
      if (className == null || !className.matches("Load\\$(A|B|C|D|E|Native)|java/util/zip/CRC32C"))
        return null;
      System.out.println(name + ": " + className + " of " + (module.isNamed() ? module : "unnamed") + " by "
          + (loader == null ? "boot" : loader.getClass().getSimpleName()) + ", redefines " + c + ", domain "
          + (domain != null) + ", magic " + ((file[0] & 0xff) == 0xca));
      if (from.equals("throw"))
        throw new IllegalStateException("ignored");
      if (from.equals("garbage"))
        return new byte[] {1, 2, 3};
      return replace(file, from, to);
    }
  }

  static class A { static String text() { return "alpha"; } }
  static class B { static String text() { return "alpha"; } }
  static class C { static String text() { return "alpha"; } }
  static class D { static String text() { return "alpha"; } }
  static class E { static String text() { return "alpha"; } }

  static void add(String name, String from, String to, boolean again) {
    added.add(new Told(name, from, to));
    instrumentation.addTransformer(added.get(added.size() - 1), again);
  }

  static final List<Told> added = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    add("first", "alpha", "gamma", false);
    System.out.println(A.text());
    add("second", "gamma", "delta", false);
    add("early again", "delta", "omega", true);
    System.out.println(B.text());
    add("thrower", "throw", null, false);
    System.out.println(C.text());
    System.out.println(new java.util.zip.CRC32C().getValue());
    System.out.println(instrumentation.removeTransformer(added.get(0)) + " "
        + instrumentation.removeTransformer(added.get(0)) + " " + instrumentation.removeTransformer(new Told("", "", "")));
    System.out.println(D.text());
    add("garbage", "garbage", null, false);
    try {
      System.out.println(E.text());
    } catch (LinkageError e) {
      System.out.println(e);
    }
    for (Told t : added)
      instrumentation.removeTransformer(t);
    instrumentation.appendToSystemClassLoaderSearch(new JarFile(args[0]));
    System.out.println(Class.forName("InSystem").getClassLoader() == ClassLoader.getSystemClassLoader());
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(args[1]));
    System.out.println(Class.forName("InBoot").getClassLoader());
    natives();
  }

  /* A native method behind a prefix; the method of its name is the one that Java calls. */
  static class Native {
    static native int wrapped_availableProcessors();

    static int availableProcessors() {
      return wrapped_availableProcessors();
    }
  }

  static void natives() {
    ClassFileTransformer t = new Told("prefix", "nothing", "");
    System.out.println(instrumentation.isNativeMethodPrefixSupported());
    instrumentation.addTransformer(t, false);
    instrumentation.setNativeMethodPrefix(t, "wrapped_");
    try {
      Native.availableProcessors();
    } catch (UnsatisfiedLinkError e) {
      System.out.println(e.getMessage());
    }
    System.load(System.getProperty("library"));
    System.out.println(Native.availableProcessors());
    try {
      instrumentation.setNativeMethodPrefix(new Told("", "", ""), "x");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
