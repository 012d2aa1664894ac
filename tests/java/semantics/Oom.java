// vmopts: -Xmx48m
// modes: default
// OutOfMemoryError and going on: big arrays, lists that grow, strings, in several threads, caught deep down, allocation after it, soft references cleared before it, direct memory.
import java.lang.ref.*;
import java.nio.ByteBuffer;
import java.util.*;
import java.util.concurrent.atomic.*;

public class Oom {
  static Object sink;

  static String attempt(Runnable r) {
    try {
      r.run();
      return "no error";
    } catch (OutOfMemoryError e) {
      sink = null;
      return e.getMessage();
    }
  }

  static void deep(int n, List<byte[]> l) {
    if (n == 0) {
      while (true) l.add(new byte[1 << 16]);
    }
    deep(n - 1, l);
  }

  public static void main(String[] args) throws Exception {
    System.out.println(attempt(() -> sink = new long[100_000_000]));
    System.out.println(attempt(() -> sink = new Object[Integer.MAX_VALUE - 1]));
    System.out.println(attempt(() -> sink = new Object[Integer.MAX_VALUE]));
    System.out.println(attempt(() -> {
      List<Object> l = new ArrayList<>();
      sink = l;
      while (true) l.add(new int[10_000]);
    }));
    System.out.println(attempt(() -> {
      Map<Integer, String> m = new HashMap<>();
      sink = m;
      for (int i = 0;; i++) m.put(i, "value " + i + "x".repeat(500));
    }));
    System.out.println(attempt(() -> {
      StringBuilder sb = new StringBuilder("0123456789");
      while (true) sb.append(sb);
    }));
    System.out.println(attempt(() -> {
      Object[] chain = null;
      while (true) chain = new Object[] {chain, new byte[5000]};
    }));
    System.out.println(attempt(() -> deep(100, new ArrayList<>())));
    System.out.println(attempt(() -> sink = new int[3000][3000]));
    System.out.println(attempt(() -> sink = new byte[1 << 20]));
    SoftReference<byte[]> soft = new SoftReference<>(new byte[8 << 20]);
    attempt(() -> {
      List<Object> l = new ArrayList<>();
      sink = l;
      while (true) l.add(new byte[1 << 20]);
    });
    System.out.println("soft " + (soft.get() == null));
    int caught = 0;
    for (int i = 0; i < 10; i++) if (!attempt(() -> sink = new long[20_000_000]).equals("no error")) caught++;
    System.out.println(caught);
    AtomicInteger errors = new AtomicInteger(), fine = new AtomicInteger();
    Thread[] ts = new Thread[3];
    for (int i = 0; i < ts.length; i++) {
      int k = i;
      (ts[i] = new Thread(() -> {
        try {
          if (k == 2) {
            for (int n = 0; n < 200; n++) fine.addAndGet(1);
            return;
          }
          List<Object> l = new ArrayList<>();
          while (true) l.add(new byte[300_000]);
        } catch (OutOfMemoryError e) {
          errors.incrementAndGet();
        }
      })).start();
    }
    for (Thread t : ts) t.join();
    System.out.println(errors + " " + fine);
    long total = 0;
    for (int i = 0; i < 400; i++) total += new byte[1 << 18].length;  // garbage only: never an error
    System.out.println(total);
    System.out.println(attempt(() -> sink = ByteBuffer.allocateDirect(1 << 30)).startsWith("Cannot reserve 1073741824 bytes of direct buffer memory"));
    try {
      sink = new long[50_000_000];
    } catch (OutOfMemoryError e) {
      System.out.println(e + " " + e.getCause() + " " + e.getSuppressed().length);
    }
    Runtime r = Runtime.getRuntime();
    System.out.println((r.maxMemory() <= 48 << 20) + " " + (r.totalMemory() <= r.maxMemory()) + " " + (r.freeMemory() <= r.totalMemory()));
  }
}
