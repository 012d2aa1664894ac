// Breaks class files at random, links them, and calls what can be called. Without arguments: how many of a fixed set are
// refused, and why. With arguments, for tools/fuzz-classes:
//
//     Mutate SEED COUNT verdict     one line for each mutant: what linking said
//     Mutate SEED COUNT run         calls the static methods too; prints what happened to each
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

public class Mutate {
  static final String[] CORPUS = {"Corpus", "CorpusShape", "CorpusSquare", "CorpusCircle", "CorpusRing", "CorpusColor",
      "CorpusColor$1", "CorpusColor$2", "CorpusList", "CorpusList$Node"};

  // ---- mutation ----

  static byte[] mutate(byte[] original, Random r, int most) {
    ClassFile f = new ClassFile(original);
    byte[] b = original.clone();
    for (int n = 1 + r.nextInt(most); n > 0; n--) {
      switch (r.nextInt(16)) {
        case 0, 1, 2, 3, 4 -> change(b, pick(f.codes, r), r);
        case 5, 6, 7 -> change(b, pick(f.maps, r), r);
        case 8 -> change(b, pick(r.nextBoolean() ? f.tables : f.codes, r), r);
        case 9, 10, 11 -> index(b, f, r);
        case 12 -> limit(b, f, r);
        case 13 -> version(b, r);
        case 14 -> change(b, new ClassFile.Range(8, b.length), r);
        default -> b = r.nextInt(4) == 0 ? Arrays.copyOf(b, r.nextInt(b.length)) : swap(b, pick(f.codes, r), r);
      }
      if (b.length != original.length) break;
    }
    return b;
  }

  static ClassFile.Range pick(List<ClassFile.Range> ranges, Random r) {
    return ranges.isEmpty() ? new ClassFile.Range(8, 9) : ranges.get(r.nextInt(ranges.size()));
  }

  static void change(byte[] b, ClassFile.Range in, Random r) {
    if (in.length() == 0) return;
    int at = in.begin() + r.nextInt(in.length());
    switch (r.nextInt(5)) {
      case 0 -> b[at] = (byte) r.nextInt(256);
      case 1 -> b[at] ^= 1 << r.nextInt(8);
      case 2 -> b[at] += 1;
      case 3 -> b[at] -= 1;
      default -> b[at] = b[in.begin() + r.nextInt(in.length())];
    }
  }

  static void index(byte[] b, ClassFile f, Random r) {
    int at = f.indexes.get(r.nextInt(f.indexes.size())), now = f.b.getShort(at) & 0xffff, index = 0;
    boolean alike = r.nextInt(8) > 0; // an entry of the same kind
    for (int tries = 0; tries < 200; tries++) {
      index = 1 + r.nextInt(f.poolCount() - 1);
      if (!alike || index != now && f.tag(index) == f.tag(now)) break;
    }
    b[at] = (byte) (index >> 8);
    b[at + 1] = (byte) index;
  }

  static void limit(byte[] b, ClassFile f, Random r) {
    if (!f.limits.isEmpty()) b[f.limits.get(r.nextInt(f.limits.size())) + 1] += r.nextInt(7) - 3;
  }

  static void version(byte[] b, Random r) {
    b[7] = (byte) new int[] {45, 48, 49, 50, 51, 52, 55, 61, 62}[r.nextInt(9)];
  }

  static byte[] swap(byte[] b, ClassFile.Range in, Random r) {
    if (in.length() < 4) return b;
    int at = in.begin() + r.nextInt(in.length() - 3), to = in.begin() + r.nextInt(in.length() - 3);
    byte[] held = Arrays.copyOfRange(b, at, at + 3);
    System.arraycopy(b, to, b, at, 3);
    System.arraycopy(held, 0, b, to, 3);
    return b;
  }

  // ---- loading ----

  /** Defines the classes of the set itself, one of them broken. */
  static final class Loader extends ClassLoader {
    private final Map<String, byte[]> known;
    private final String broken;
    private final byte[] bytes;

    Loader(Map<String, byte[]> known, String broken, byte[] bytes) {
      super(Mutate.class.getClassLoader());
      this.known = known;
      this.broken = broken;
      this.bytes = bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> c = findLoadedClass(name);
        if (c != null) return c;
        byte[] b = name.equals(broken) ? bytes : known.get(name);
        return b == null ? super.loadClass(name, resolve) : defineClass(name, b, 0, b.length);
      }
    }
  }

  static Map<String, byte[]> read(String[] names) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (String n : names) {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(n + ".class")) {
        all.put(n.replace('/', '.'), in.readAllBytes());
      }
    }
    return all;
  }

  // ---- running, under a watchdog ----

  static final class Worker extends Thread {
    private Runnable job;
    private boolean done;

    Worker() {
      super(null, null, "worker", 1 << 20);
      setDaemon(true);
    }

    @Override
    public void run() {
      while (true) {
        try {
          Runnable next = take();
          try {
            next.run();
          } finally {
            finish();
          }
        } catch (ThreadDeath e) {
          return;
        } catch (Throwable e) {
          // the job's own business
        }
      }
    }

    private synchronized Runnable take() throws InterruptedException {
      while (job == null) wait();
      Runnable next = job;
      job = null;
      return next;
    }

    private synchronized void finish() {
      done = true;
      notifyAll();
    }

    synchronized boolean run(Runnable next, long millis) throws InterruptedException {
      job = next;
      done = false;
      notifyAll();
      long end = System.currentTimeMillis() + millis;
      while (!done && System.currentTimeMillis() < end) wait(Math.max(1, end - System.currentTimeMillis()));
      return done;
    }
  }

  static Worker worker;

  /** Whether the job ended by itself. */
  @SuppressWarnings("deprecation")
  static boolean watched(Runnable job, long millis) throws InterruptedException {
    if (worker == null) {
      worker = new Worker();
      worker.start();
    }
    if (worker.run(job, millis)) return true;
    for (int i = 0; i < 50 && worker.isAlive(); i++) {
      worker.stop();
      worker.join(20);
    }
    if (worker.isAlive()) {
      System.out.println("cannot be stopped");
      System.exit(3);
    }
    worker = null;
    return false;
  }

  // ---- one mutant ----

  static String first(Throwable t) {
    if (t instanceof InvocationTargetException && t.getCause() != null) t = t.getCause();
    return String.valueOf(t).lines().findFirst().orElse("").replaceAll("@[0-9a-f]+", "@");
  }

  static String link(String name, Loader loader) {
    try {
      Class.forName(name, true, loader);
      return "accepted";
    } catch (Throwable t) {
      return first(t);
    }
  }

  static void reflect(Class<?> c) {
    List<Runnable> questions = List.of(c::getDeclaredFields, c::getDeclaredConstructors, c::getGenericSuperclass,
        c::getAnnotations, c::getDeclaredClasses, c::getEnclosingMethod, c::getRecordComponents, c::toGenericString,
        c::getNestMembers, c::getPermittedSubclasses);
    for (Runnable q : questions) {
      try {
        q.run();
      } catch (Throwable t) {
        if (t instanceof ThreadDeath d) throw d;
      }
    }
  }

  static Object argument(Class<?> type) {
    if (type == int.class) return 5;
    if (type == long.class) return 1234567890123L;
    if (type == double.class) return 2.5;
    if (type == float.class) return 1.5f;
    if (type == boolean.class) return true;
    if (type == byte.class) return (byte) -3;
    if (type == short.class) return (short) 300;
    if (type == char.class) return 'c';
    return type == String.class ? "bb" : null;
  }

  static void call(Class<?> c, List<String> out) {
    Method[] methods;
    try {
      methods = c.getDeclaredMethods();
    } catch (Throwable t) {
      out.add(first(t));
      return;
    }
    Arrays.sort(methods, java.util.Comparator.comparing(Method::toString));
    for (Method m : methods) {
      if (!Modifier.isStatic(m.getModifiers())) continue;
      try {
        m.setAccessible(true);
        Object r = m.invoke(null, Arrays.stream(m.getParameterTypes()).map(Mutate::argument).toArray());
        String s = r instanceof Number || r instanceof String || r == null ? String.valueOf(r) : r.getClass().getName();
        out.add(m.getName() + " = " + s);
      } catch (Throwable t) {
        if (t instanceof ThreadDeath || t.getCause() instanceof ThreadDeath) throw new ThreadDeath();
        out.add(m.getName() + " threw " + first(t));
      }
    }
  }

  static String one(Map<String, byte[]> set, long seed, boolean runs) throws Exception {
    Random r = new Random(seed);
    String[] names = set.keySet().toArray(new String[0]);
    String name = names[r.nextInt(names.length)];
    Loader loader = new Loader(set, name, mutate(set.get(name), r, runs ? 3 : 1));
    List<String> out = new ArrayList<>();
    boolean ended = watched(() -> {
      out.add(link(name, loader));
      if (runs && out.get(0).equals("accepted")) {
        try {
          Class<?> c = Class.forName(name, false, loader);
          reflect(c);
          call(c, out);
        } catch (ClassNotFoundException e) {
          out.add(first(e));
        }
      }
    }, 2000);
    return name + ": " + (ended ? String.join("; ", out) : "does not end");
  }

  static void count(long seed, int count) throws Exception {
    Map<String, byte[]> set = read(CORPUS);
    Map<String, Integer> verdicts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String verdict = one(set, seed + i, false);
      String what = verdict.substring(verdict.indexOf(": ") + 2);
      verdicts.merge(what.contains(":") ? what.substring(0, what.indexOf(':')) : what, 1, Integer::sum);
    }
    verdicts.forEach((v, n) -> System.out.println(n + " " + v));
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      count(1000, 1500);
      System.exit(0);
    }
    long seed = Long.parseLong(args[0]);
    Map<String, byte[]> set = read(CORPUS);
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      System.out.println(seed + i + " " + one(set, seed + i, args[2].equals("run")));
    }
    System.exit(0);
  }
}
