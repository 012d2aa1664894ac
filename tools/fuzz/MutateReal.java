// Breaks real class files at random, links, initialises and calls them, many in one process, for tools/fuzz-classes:
//
//     MutateReal SEED COUNT FOLDER LIST
//
// LIST names the classes whose files FOLDER holds. A mutant's loader defines whatever it finds there itself, so that a class meets its
// package mates and nest mates in its own package; the rest comes from the boot and platform loaders. Whatever the broken
// code calls is held back by a security manager: it writes no file, starts no process or thread, and does not exit.
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

public class MutateReal {
  static final int MOST_CALLS = 30;
  static final long MILLIS = 5000;

  // ---- the class files ----

  static Path folder;
  static final Map<String, byte[]> cache = new HashMap<>(); // by binary name; an empty array: not there

  static synchronized byte[] bytes(String name) {
    if (cache.size() > 5000) cache.clear();
    return cache.computeIfAbsent(name, n -> {
      try {
        Path file = folder.resolve(n.replace('.', '/') + ".class");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      } catch (IOException | RuntimeException e) {
        return new byte[0];
      }
    });
  }

  /** Code that reaches memory past the verifier may end the process on any virtual machine. */
  static boolean isSafe(byte[] b) {
    String text = new String(b, StandardCharsets.ISO_8859_1);
    return !text.contains("Unsafe") && !text.contains("java/lang/foreign");
  }

  // ---- loading ----

  static final class Loader extends ClassLoader {
    private final String broken;
    private final byte[] mutant;

    Loader(String broken, byte[] mutant) {
      super(ClassLoader.getPlatformClassLoader());
      this.broken = broken;
      this.mutant = mutant;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> c = findLoadedClass(name);
        if (c != null) return c;
        byte[] b = name.equals(broken) ? mutant : bytes(name);
        if (b != mutant && b.length != 0 && !isSafe(b)) throw new ClassNotFoundException(name);
        return b.length == 0 ? super.loadClass(name, resolve) : defineClass(name, b, 0, b.length);
      }
    }
  }

  static final class Fence extends SecurityManager {
    private static boolean isMutant() {
      return Thread.currentThread().getName().equals("worker");
    }

    private static void refuse(String what) {
      if (isMutant()) throw new SecurityException(what);
    }

    @Override
    public void checkPermission(Permission p) {
      String name = p.getName();
      if (p instanceof java.io.FilePermission && !p.getActions().equals("read") || name.startsWith("set")
          || name.equals("createClassLoader") || name.startsWith("exitVM") || name.equals("shutdownHooks"))
        refuse(p.toString());
    }

    @Override
    public void checkExit(int status) { // mutants may have started threads
      if (!Thread.currentThread().getName().equals("main")) throw new SecurityException("exit");
    }

    @Override
    public void checkExec(String command) {
      refuse("exec");
    }

    @Override
    public void checkLink(String library) {
      refuse("link");
    }

    @Override
    public void checkWrite(String file) {
      refuse("write");
    }

    @Override
    public void checkWrite(FileDescriptor file) {
      refuse("write");
    }

    @Override
    public void checkRead(FileDescriptor file) {
      refuse("read");
    }

    @Override
    public void checkDelete(String file) {
      refuse("delete");
    }

    @Override
    public void checkConnect(String host, int port) {
      refuse("connect");
    }

    @Override
    public void checkListen(int port) {
      refuse("listen");
    }

    @Override
    public void checkAccess(ThreadGroup group) {
      refuse("thread");
    }
  }

  // ---- calling ----

  static final class Calls {
    private int made, threw;

    void call(Executable e, Object receiver) {
      if (made++ >= MOST_CALLS) return;
      try {
        e.setAccessible(true);
        Object[] arguments = Arrays.stream(e.getParameterTypes()).map(Mutate::argument).toArray();
        if (e instanceof Method m) m.invoke(receiver, arguments);
        else receivers.add(((Constructor<?>) e).newInstance(arguments));
      } catch (Throwable t) {
        if (t instanceof ThreadDeath || t.getCause() instanceof ThreadDeath) throw new ThreadDeath();
        threw++;
      }
    }

    private final List<Object> receivers = new ArrayList<>();

    void all(Class<?> c) {
      Method[] methods = c.getDeclaredMethods();
      Arrays.sort(methods, Comparator.comparing(Method::toString));
      for (Constructor<?> constructor : c.getDeclaredConstructors()) call(constructor, null);
      for (Method m : methods) {
        if (Modifier.isNative(m.getModifiers())) continue;
        if (Modifier.isStatic(m.getModifiers())) call(m, null);
        else if (!receivers.isEmpty()) call(m, receivers.get(0));
      }
    }
  }

  static String run(String name, Loader loader) {
    try {
      Class<?> c = Class.forName(name, true, loader);
      Mutate.reflect(c);
      Calls calls = new Calls();
      calls.all(c);
      return "accepted; called " + calls.made + ", threw " + calls.threw;
    } catch (ThreadDeath d) {
      throw d;
    } catch (Throwable t) {
      return Mutate.first(t);
    }
  }

  static String one(List<String> names, long seed) throws InterruptedException {
    Random r = new Random(seed);
    String name;
    byte[] original;
    do {
      name = names.get(r.nextInt(names.size()));
      original = bytes(name);
    } while (!isSafe(original));
    Loader loader = new Loader(name, Mutate.mutate(original, r, 2));
    String[] said = {"does not end"};
    String mutant = name;
    Mutate.watched(() -> said[0] = run(mutant, loader), MILLIS);
    return name + ": " + said[0];
  }

  @SuppressWarnings("removal")
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(System.out);
    long seed = Long.parseLong(args[0]);
    folder = Path.of(args[2]);
    List<String> names = Files.readAllLines(Path.of(args[3]));
    System.setSecurityManager(new Fence());
    for (int i = 0; i < Integer.parseInt(args[1]); i++) out.println(seed + i + " " + one(names, seed + i));
    System.exit(0);
  }
}
