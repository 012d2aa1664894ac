// What is said of unloading: -Xlog:class+unload, and what a kept exception prints when its classes are gone from everywhere else.
import java.io.*;
import java.lang.ref.*;
import java.util.*;
import java.util.regex.*;

public class Logged {
  public static class Unit {
    public static Throwable fail(Object o) {
      try {
        return new IllegalStateException("made in " + o.hashCode());
      } catch (NullPointerException e) {
        return new IllegalStateException("passed on", e);
      }
    }
  }

  static class Loader extends ClassLoader {
    Loader(String name) {
      super(name, Logged.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.equals("Logged$Unit")) return super.loadClass(n, resolve);
      try (InputStream in = Logged.class.getResourceAsStream(n + ".class")) {
        byte[] b = in.readAllBytes();
        Class<?> c = findLoadedClass(n);
        return c != null ? c : defineClass(n, b, 0, b.length);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Throwable fail(String loader, List<Reference<?>> refs) throws Exception {
    Loader l = new Loader(loader);
    refs.add(new WeakReference<>(l));
    return (Throwable) l.loadClass("Logged$Unit").getMethod("fail", Object.class).invoke(null, (Object) null);
  }

  static boolean gone(List<Reference<?>> refs) throws InterruptedException {
    for (int i = 0; i < 60 && refs.stream().anyMatch(r -> r.get() != null); i++) {
      System.gc();
      Thread.sleep(2);
    }
    return refs.stream().allMatch(r -> r.get() == null);
  }

  static void print(Throwable t) {
    StringWriter s = new StringWriter();
    t.printStackTrace(new PrintWriter(s));
    s.toString().lines().filter(x -> !x.contains("reflect")).forEach(System.out::println);
  }

  static void child() throws Exception {
    List<Reference<?>> refs = new ArrayList<>();
    Throwable first = fail("first", refs), second = fail("second", refs), third = fail(null, refs);
    for (int i = 0; i < 3; i++) System.gc();
    print(first);
    print(third.getCause());
    second.setStackTrace(second.getStackTrace());
    first = second = third = null;
    System.out.println(gone(refs));
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      child();
      return;
    }
    String java = ProcessHandle.current().info().command().get();
    Process p = new ProcessBuilder(java, "-Xlog:class+unload", "-cp", System.getProperty("java.class.path"), "Logged", "child")
        .redirectErrorStream(true).start();
    Pattern unload = Pattern.compile("\\[\\d+\\.\\d+s\\]\\[info\\]\\[class,unload\\] (unloading class Logged\\S*) 0x[0-9a-f]{16}\\.?");
    Map<String, Integer> unloaded = new TreeMap<>();
    try (BufferedReader r = p.inputReader()) {
      for (String s; (s = r.readLine()) != null;) {
        Matcher m = unload.matcher(s);
        if (m.matches()) unloaded.merge(m.group(1), 1, Integer::sum);
        else if (!s.contains("[class,unload]")) System.out.println(s);
      }
    }
    System.out.println(p.waitFor() + " " + unloaded);
  }
}
