// Deep recursion: overflow in every kind of frame, caught and gone on with, again and again, in threads of several stack sizes, in finally, through
// reflection and lambdas, monitors released, big frames.
import java.lang.reflect.*;
import java.util.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

public class Deep {
  static int depth;

  static void plain() {
    depth++;
    plain();
  }

  static long wide(long a, double b, Object c, long d, long e, long f, long g, long h) {
    depth++;
    return wide(b > 0 ? a : d, b, c, e, f, g, h, a) + a;
  }

  static synchronized void locked() {
    depth++;
    locked();
  }

  static void monitors(Object o) {
    synchronized (o) {
      depth++;
      monitors(o);
    }
  }

  static int finals(int n) {
    try {
      return finals(n + 1);
    } finally {
      depth++;
    }
  }

  static Function<Integer, Integer> self;
  static final Method REFLECTED;

  static {
    try {
      REFLECTED = Deep.class.getDeclaredMethod("reflected");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  static void reflected() throws Exception {
    depth++;
    REFLECTED.invoke(null);
  }

  class Node {
    Node next;

    Node() {
      depth++;
      next = new Node();
    }

    @Override
    public int hashCode() {
      depth++;
      return next.hashCode();
    }
  }

  static void over(String what, Runnable r) {
    depth = 0;
    try {
      r.run();
      System.out.println(what + " returned");
    } catch (StackOverflowError e) {
      System.out.println(what + " " + (depth > 100) + " " + e.getMessage() + " " + (e.getStackTrace().length > 100));
    } catch (Throwable t) {
      Throwable root = t;
      while (root.getCause() != null) root = root.getCause();
      System.out.println(what + " " + (depth > 100) + " " + root.getClass().getSimpleName());
    }
  }

  public static void main(String[] args) throws Exception {
    over("plain", Deep::plain);
    over("plain again", Deep::plain);
    over("wide", () -> wide(1, 2, "", 3, 4, 5, 6, 7));
    over("locked", Deep::locked);
    Object o = new Object();
    over("monitors", () -> monitors(o));
    Thread[] free = new Thread[2];
    for (int i = 0; i < 2; i++) {
      int k = i;
      (free[i] = new Thread(() -> {
        synchronized (k == 0 ? Deep.class : o) {
          System.out.println("monitor " + k + " is free");
        }
      })).start();
      free[i].join();
    }
    over("finally", () -> finals(0));
    self = x -> {
      depth++;
      return self.apply(x + 1);
    };
    over("lambda", () -> self.apply(0));
    over("reflection", () -> {
      try {
        reflected();
      } catch (Exception e) {
        throw new RuntimeException(e);
      }
    });
    over("constructor", () -> new Deep().new Node());
    List<Object> l = new ArrayList<>();
    l.add(l);
    depth = 1000;
    try {
      l.hashCode();
    } catch (StackOverflowError e) {
      System.out.println("list of itself");
    }
    Map<String, Object> m = new HashMap<>();
    m.put("m", new Object() {
      @Override
      public String toString() {
        return "x" + m;
      }
    });
    try {
      m.toString();
    } catch (StackOverflowError e) {
      System.out.println("map of itself");
    }
    int caught = 0;
    for (int i = 0; i < 30; i++) {
      try {
        plain();
      } catch (StackOverflowError e) {
        caught++;
      }
    }
    System.out.println(caught);
    int[] depths = new int[3];
    long[] sizes = {128 << 10, 1 << 20, 8 << 20};
    for (int i = 0; i < 3; i++) {
      int k = i;
      Thread t = new Thread(null, () -> {
        AtomicInteger n = new AtomicInteger();
        try {
          new Object() {
            void go() {
              n.incrementAndGet();
              go();
            }
          }.go();
        } catch (StackOverflowError e) {
          depths[k] = n.get();
        }
      }, "sized", sizes[i]);
      t.start();
      t.join();
    }
    System.out.println((depths[0] > 100) + " " + (depths[2] > depths[1] * 3));
    // Legitimate depth in a large stack.
    long[] sum = new long[1];
    Thread big = new Thread(null, () -> sum[0] = down(50_000), "big", 64 << 20);
    big.start();
    big.join();
    System.out.println(sum[0]);
    // The handler runs out of stack too, and goes on further out.
    System.out.println(nested(0) > 0);
  }

  static long down(int n) {
    return n == 0 ? 0 : n + down(n - 1);
  }

  static int nested(int n) {
    try {
      return nested(n + 1);
    } catch (StackOverflowError e) {
      String s = "handled " + n + " " + e;  // may overflow again
      return s.length();
    }
  }
}
