// A native library goes with the loader that loaded it: JNI_OnUnload runs, and the next loader may have it again.
import java.io.*;
import java.lang.ref.*;
import java.nio.file.*;

public class Natives {
  public static class Unit {
    public static String load(String path) {
      System.load(path);
      return text() + " " + twice(21);
    }

    static native String text();

    static native int twice(int x);
  }

  static class Loader extends ClassLoader {
    Loader() {
      super(Natives.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.equals("Natives$Unit")) return super.loadClass(n, resolve);
      try (InputStream in = Natives.class.getResourceAsStream(n + ".class")) {
        byte[] b = in.readAllBytes();
        Class<?> c = findLoadedClass(n);
        return c != null ? c : defineClass(n, b, 0, b.length);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Reference<?> use(String path, boolean twice) throws Exception {
    Loader l = new Loader();
    Class<?> c = l.loadClass("Natives$Unit");
    System.out.println(c.getMethod("load", String.class).invoke(null, path));
    if (twice) {
      try {
        new Loader().loadClass("Natives$Unit").getMethod("load", String.class).invoke(null, path);
      } catch (java.lang.reflect.InvocationTargetException e) {
        System.out.println(e.getCause().getClass().getSimpleName());
      }
    }
    return new WeakReference<>(l);
  }

  public static void main(String[] args) throws Exception {
    String path = Path.of(System.getProperty("java.library.path").split(":")[0], System.mapLibraryName("Natives")).toString();
    for (int i = 0; i < 3; i++) {
      String key = "unloaded" + (i + 1);
      Reference<?> ref = use(path, i == 0);
      for (int k = 0; k < 300 && (ref.get() != null || System.getProperty(key) == null); k++) {
        System.gc();
        Thread.sleep(5);
      }
      System.out.println(ref.get() + " " + System.getProperty(key));
    }
  }
}
