// Classes and their loaders are collected when nothing refers to them, and kept while an instance, a thread or a class does.
// modes: default,moving,verify,baseline,switching
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

public class ClassUnload {
  public static class Unit implements Runnable {
    static final byte[] PAYLOAD = new byte[10_000];
    static int runs;

    public void run() {
      runs++;
      Runnable lambda = () -> runs += PAYLOAD.length;
      lambda.run();
    }

    @Override
    public String toString() {
      return "unit " + runs + " " + getClass().getClassLoader().getClass().getSimpleName();
    }
  }

  static class Loader extends ClassLoader {
    final byte[] bytes;

    Loader(byte[] bytes) {
      super(ClassUnload.class.getClassLoader());
      this.bytes = bytes;
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.equals("ClassUnload$Unit")) return super.loadClass(n, resolve);
      Class<?> c = findLoadedClass(n);
      return c != null ? c : defineClass(n, bytes, 0, bytes.length);
    }
  }

  static final List<WeakReference<Object>> LOADERS = new ArrayList<>(), CLASSES = new ArrayList<>();

  static Object make(byte[] bytes) throws Exception {
    Loader l = new Loader(bytes);
    Class<?> c = l.loadClass("ClassUnload$Unit");
    Runnable r = (Runnable) c.getDeclaredConstructor().newInstance();
    r.run();
    LOADERS.add(new WeakReference<>(l));
    CLASSES.add(new WeakReference<>(c));
    return r;
  }

  static long alive(List<WeakReference<Object>> refs) {
    return refs.stream().filter(r -> r.get() != null).count();
  }

  static boolean until(long n) throws InterruptedException {
    for (int i = 0; i < 50 && (alive(LOADERS) != n || alive(CLASSES) != n); i++) {
      System.gc();
      Thread.sleep(2);
    }
    return alive(LOADERS) == n && alive(CLASSES) == n;
  }

  public static void main(String[] args) throws Exception {
    byte[] bytes;
    try (InputStream in = ClassUnload.class.getResourceAsStream("ClassUnload$Unit.class")) {
      bytes = in.readAllBytes();
    }
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Object o = make(bytes);
      if (i == 7) kept.add(o);
      if (i == 17) kept.add(o.getClass());
      if (i == 27) kept.add(java.lang.reflect.Array.newInstance(o.getClass(), 1));
      if (i == 37) kept.add(o.getClass().getDeclaredMethod("run"));
    }
    System.out.println(until(4) + " " + kept.get(0));
    ((Runnable) kept.get(0)).run();
    System.out.println(kept.get(0) + " " + kept.get(2).getClass().getName() + " " + ((Class<?>) kept.get(1))
        .getDeclaredConstructor().newInstance());
    kept.clear();
    System.out.println(until(0));
    for (int i = 0; i < 60; i++) make(bytes);
    System.out.println(until(0) + " " + LOADERS.size());
  }
}
