// Weak, soft and phantom references, queues, WeakHashMap, clearing by hand, reachability fences.
import java.lang.ref.*;
import java.util.*;

public class WeakSoft {
  static Object field;

  static boolean collect(java.util.function.BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 50 && !done.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(2);
    }
    return done.getAsBoolean();
  }

  static WeakReference<Object> lost(ReferenceQueue<Object> q) {
    return new WeakReference<>(new Object(), q);
  }

  static void fill(WeakHashMap<Object, String> map, List<Object> keep) {
    for (int i = 0; i < 100; i++) {
      Object key = new int[] {i};
      map.put(key, "v" + i);
      if (i % 10 == 0) keep.add(key);
    }
  }

  static PhantomReference<Object> phantom(ReferenceQueue<Object> q) {
    return new PhantomReference<>(new byte[100], q);
  }

  static class Node {
    Node other;
    byte[] pad = new byte[1000];
  }

  static WeakReference<Node> cycle() {
    Node a = new Node(), b = new Node();
    a.other = b;
    b.other = a;
    return new WeakReference<>(a);
  }

  public static void main(String[] args) throws Exception {
    ReferenceQueue<Object> q = new ReferenceQueue<>();
    WeakReference<Object> weak = lost(q);
    System.out.println(collect(() -> weak.get() == null) + " " + (q.remove(1000) == weak) + " " + q.poll() + " "
        + weak.enqueue());
    Object strong = new Object();
    WeakReference<Object> held = new WeakReference<>(strong, q);
    SoftReference<Object> soft = new SoftReference<>(new String("soft" + args.length));
    System.gc();
    System.out.println((held.get() == strong) + " " + soft.get() + " " + held.refersTo(strong) + " "
        + held.refersTo(null));
    Reference.reachabilityFence(strong);
    held.clear();
    System.out.println(held.get() + " " + held.enqueue() + " " + (q.poll() == held));
    PhantomReference<Object> ph = phantom(q);
    System.out.println(ph.get() + " " + collect(() -> ph.refersTo(null)) + " " + (q.remove(1000) == ph));
    System.out.println("cycle " + collect(cycleGone()));
    WeakHashMap<Object, String> map = new WeakHashMap<>();
    List<Object> keep = new ArrayList<>();
    fill(map, keep);
    System.out.println(collect(() -> map.size() == 10) + " " + map.get(keep.get(3)) + " "
        + new TreeSet<>(map.values()));
    keep.clear();
    System.out.println(collect(map::isEmpty));
    List<WeakReference<Object>> many = new ArrayList<>();
    List<Object> alive = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Object o = new long[i % 50];
      many.add(new WeakReference<>(o, q));
      if (i % 3 == 0) alive.add(o);
    }
    int[] cleared = new int[1];
    System.out.println(collect(() -> {
      while (q.poll() != null) cleared[0]++;
      return cleared[0] == 2000;
    }) + " " + many.stream().filter(r -> r.get() != null).count() + " " + alive.size());
    WeakReference<String> literal = new WeakReference<>("literal"), nothing = new WeakReference<>(null);
    WeakReference<Class<?>> type = new WeakReference<>(WeakSoft.class);
    System.gc();
    System.out.println(literal.get() + " " + nothing.get() + " " + type.get().getName());
    try {
      new WeakReference<>("x", null).enqueue();
      new PhantomReference<>("x", null).clear();
      q.remove(-1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    field = new WeakReference<>(field = new WeakReference<>(null));
    System.out.println(((WeakReference<?>) field).get() != null || collect(() -> ((WeakReference<?>) field)
        .get() == null));
  }

  static java.util.function.BooleanSupplier cycleGone() {
    WeakReference<Node> r = cycle();
    return () -> r.get() == null;
  }
}
