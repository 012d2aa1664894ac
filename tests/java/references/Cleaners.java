// Cleaners, phantom and weak references with queues: what is enqueued when, refersTo, clear, order of strength, remove with a timeout, cleanables run once, a
// cleaner that throws, references to what is locked or kept by a fence, WeakHashMap entries.
import java.lang.ref.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Cleaners {
  static Object held;

  interface Condition {
    boolean holds() throws Exception;
  }

  static boolean eventually(Condition c) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (c.holds()) return true;
      System.gc();
      Thread.sleep(5);
    }
    return false;
  }

  static class State implements Runnable {
    final String name;
    final List<String> log;

    State(String name, List<String> log) {
      this.name = name;
      this.log = log;
    }

    @Override
    public void run() {
      log.add(name);
    }
  }

  static Cleaner.Cleanable register(Cleaner c, String name, List<String> log) {
    return c.register(new Object(), new State(name, log));
  }

  static WeakReference<Object> weak(ReferenceQueue<Object> q) {
    return new WeakReference<>(new Object(), q);
  }

  static PhantomReference<Object> phantom(ReferenceQueue<Object> q) {
    return new PhantomReference<>(new Object(), q);
  }

  static class Resurrects {
    static volatile Resurrects back;

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    protected void finalize() {
      back = this;
    }
  }

  static WeakReference<Resurrects> weakToFinalizable(ReferenceQueue<Object> q, List<Reference<?>> keep) {
    Resurrects r = new Resurrects();
    keep.add(new PhantomReference<Object>(r, q));
    return new WeakReference<>(r);
  }

  public static void main(String[] args) throws Exception {
    Cleaner c = Cleaner.create(r -> {
      Thread t = new Thread(r, "my cleaner");
      t.setDaemon(true);
      return t;
    });
    List<String> log = new CopyOnWriteArrayList<>();
    register(c, "dropped", log);
    System.out.println(eventually(() -> log.contains("dropped")));
    Cleaner.Cleanable byHand = register(c, "by hand", log);
    byHand.clean();
    byHand.clean();
    System.out.println(Collections.frequency(log, "by hand") <= 1);
    Object kept = new Object();
    c.register(kept, new State("kept", log));
    c.register(new Object(), () -> {
      log.add("throws");
      throw new IllegalStateException("ignored");
    });
    System.out.println(eventually(() -> log.contains("throws")));
    register(c, "after it", log);
    System.out.println(eventually(() -> log.contains("after it")) + " " + log.contains("kept"));
    Reference.reachabilityFence(kept);
    kept = null;
    System.out.println(eventually(() -> log.contains("kept")));
    try {
      c.register(null, () -> {});
    } catch (NullPointerException e) {
      System.out.println(e.getMessage());
    }

    ReferenceQueue<Object> q = new ReferenceQueue<>();
    System.out.println(q.poll() + " " + q.remove(10));
    WeakReference<Object> w = weak(q);
    System.out.println(eventually(() -> w.get() == null) + " " + w.refersTo(null));
    System.out.println((q.remove(5000) == w) + " " + w.enqueue() + " " + q.poll());
    held = new Object();
    WeakReference<Object> strong = new WeakReference<>(held, q);
    for (int i = 0; i < 5; i++) System.gc();
    System.out.println((strong.get() == held) + " " + strong.refersTo(held) + " " + strong.refersTo(new Object()) + " " + q.poll());
    System.out.println(strong.enqueue() + " " + strong.enqueue() + " " + (q.poll() == strong) + " " + strong.get());
    WeakReference<Object> cleared = new WeakReference<>(held, q);
    cleared.clear();
    held = null;
    for (int i = 0; i < 5; i++) System.gc();
    Thread.sleep(20);
    System.out.println(cleared.get() + " " + q.poll());
    PhantomReference<Object> p = phantom(q);
    System.out.println(p.get() + " " + (q.remove(0 + eventuallyCollected()) == p) + " " + p.refersTo(null));
    ReferenceQueue<Object> pq = new ReferenceQueue<>();
    List<Reference<?>> keep = new ArrayList<>();
    WeakReference<Resurrects> wr = weakToFinalizable(pq, keep);
    System.out.println(eventually(() -> Resurrects.back != null) + " " + (wr.get() == null) + " " + pq.poll());
    Resurrects.back = null;
    System.out.println(eventually(() -> keep.get(0).refersTo(null)) + " " + (pq.remove(5000) == keep.get(0)) + " " + Resurrects.back);
    try {
      q.remove(-1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    Thread waiting = new Thread(() -> {
      try {
        q.remove();
      } catch (InterruptedException e) {
        System.out.println("interrupted " + Thread.currentThread().isInterrupted());
      }
    });
    waiting.start();
    waiting.interrupt();
    waiting.join();
    SoftReference<Object> soft = new SoftReference<>(new Object());
    System.gc();
    System.out.println(soft.get() != null);
    Map<Object, String> m = new WeakHashMap<>();
    Object key = new Object();
    m.put(key, "kept");
    for (int i = 0; i < 100; i++) m.put(new Object(), "v" + i);
    System.out.println(eventually(() -> m.size() == 1) + " " + m.get(key));
    Map<String, WeakReference<Thread>> threads = new HashMap<>();
    Thread t = new Thread(() -> {});
    threads.put("t", new WeakReference<>(t));
    t.start();
    t.join();
    t = null;
    System.out.println(eventually(() -> threads.get("t").get() == null));
    WeakReference<Object[]> cycle = cycle();
    System.out.println(eventually(() -> cycle.get() == null));
  }

  static long eventuallyCollected() {
    System.gc();
    return 5000;
  }

  static WeakReference<Object[]> cycle() {
    Object[] a = new Object[2], b = {a};
    a[0] = b;
    a[1] = new WeakReference<>(a);
    return new WeakReference<>(a);
  }
}
