// Threads make and drop loaders of the same classes, call them through shared call sites and keep their exceptions, while
// others collect and look at all stacks.
// modes: default,moving,verify,baseline,switching
// timeout: 200
import java.io.*;
import java.lang.invoke.*;
import java.lang.management.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

public class Racing {
  public interface UTask extends IntUnaryOperator, Comparable<UTask> {
    default int compareTo(UTask o) {
      return Integer.compare(order(), o.order());
    }

    int order();
  }

  public static class UOne implements UTask {
    static int calls;

    public int applyAsInt(int x) {
      calls++;
      IntUnaryOperator inner = y -> y + calls - calls;
      return inner.applyAsInt(x + 1);
    }

    public int order() {
      return 1;
    }
  }

  public static class UTwo implements UTask {
    final int[] none = {};

    public int applyAsInt(int x) {
      return none[x];
    }

    public int order() {
      return 2;
    }
  }

  static class Loader extends ClassLoader {
    final Loader interfaces; // who defines the interface

    Loader(Loader interfaces) {
      super(Racing.class.getClassLoader());
      this.interfaces = interfaces;
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.startsWith("Racing$U")) return super.loadClass(n, resolve);
      if (interfaces != null && n.equals("Racing$UTask")) return interfaces.loadClass(n, resolve);
      synchronized (getClassLoadingLock(n)) {
        Class<?> c = findLoadedClass(n);
        byte[] b = BYTES.get(n);
        return c != null ? c : defineClass(n, b, 0, b.length);
      }
    }

    Object make(String n) throws Exception {
      return loadClass(n).getConstructor().newInstance();
    }
  }

  static final Map<String, byte[]> BYTES = new HashMap<>();
  static final Queue<Throwable> THROWN = new ConcurrentLinkedQueue<>();
  static volatile boolean stop;
  static final AtomicInteger wrong = new AtomicInteger();

  static void check(boolean b) {
    if (!b) wrong.incrementAndGet();
  }

  static int call(IntUnaryOperator o, int x) {
    return o.applyAsInt(x);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static void work(int seed, int rounds) {
    Random random = new Random(seed);
    Loader last = null;
    Object old = null;
    try {
      for (int i = 0; i < rounds; i++) {
        Loader l = new Loader(random.nextInt(3) == 0 ? last : null);
        Object one = l.make("Racing$UOne"), two = l.make("Racing$UTwo");
        for (int k = 0; k < 20; k++) check(call((IntUnaryOperator) one, k) == k + 1);
        check(((Comparable) one).compareTo(two) < 0);
        try {
          call((IntUnaryOperator) two, i);
          check(false);
        } catch (ArrayIndexOutOfBoundsException e) {
          THROWN.add(e);
        }
        MethodHandle h = MethodHandles.publicLookup().findVirtual(two.getClass(), "order", MethodType.methodType(int.class));
        check((int) h.invoke(two) == 2);
        if (old != null) check(old.getClass().isInstance(old) && !one.getClass().isInstance(old));
        Object[] array = (Object[]) java.lang.reflect.Array.newInstance(one.getClass(), 1);
        try {
          array[0] = two;
          check(false);
        } catch (ArrayStoreException e) {
          array[0] = one;
        }
        old = random.nextBoolean() ? array[0] : two;
        last = random.nextInt(4) == 0 ? null : l;
      }
    } catch (Throwable t) {
      t.printStackTrace(System.out);
      wrong.incrementAndGet();
    }
  }

  static void read() {
    for (Throwable t; (t = THROWN.poll()) != null;) {
      StackTraceElement[] trace = t.getStackTrace();
      check(trace[0].getClassName().equals("Racing$UTwo") && trace[0].getMethodName().equals("applyAsInt"));
      check(trace[1].getMethodName().equals("call"));
    }
  }

  static void look() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    wrong.incrementAndGet(); // until it has ended well
    while (!stop) {
      for (StackTraceElement[] trace : Thread.getAllStackTraces().values())
        for (StackTraceElement e : trace) check(!e.getClassName().isEmpty());
      for (ThreadInfo info : threads.dumpAllThreads(true, false))
        for (StackTraceElement e : info.getStackTrace()) check(e.getMethodName() != null);
      read();
    }
    wrong.decrementAndGet();
  }

  public static void main(String[] args) throws Exception {
    for (String n : new String[] {"Racing$UTask", "Racing$UOne", "Racing$UTwo"})
      try (InputStream in = Racing.class.getResourceAsStream(n + ".class")) {
        BYTES.put(n, in.readAllBytes());
      }
    Thread looker = new Thread(Racing::look), collector = new Thread(() -> {
      while (!stop) {
        System.gc();
        Thread.yield();
      }
    });
    looker.start();
    collector.start();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int seed = i;
      workers.add(new Thread(() -> work(seed, 40)));
    }
    for (Thread t : workers) t.start();
    for (Thread t : workers) t.join();
    stop = true;
    looker.join();
    collector.join();
    read();
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    for (int i = 0; i < 50 && classes.getUnloadedClassCount() < 300; i++) System.gc();
    System.out.println("wrong: " + wrong + ", unloaded: " + (classes.getUnloadedClassCount() >= 300));
  }
}
