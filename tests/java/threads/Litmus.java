// Memory order: volatile publication, double-checked start, Dekker with volatiles, final fields,
// class initialisation
// raced by many threads and crossed by two.
public class Litmus {
  static volatile boolean ready;
  static int payload;
  static volatile int x, y;
  static int r1, r2;

  static class Final {
    final int a, b;

    Final(int v) {
      a = v;
      b = v + 1;
    }
  }

  static Final shared;

  static class Lazy {
    static int inits;
    static final Lazy INSTANCE = new Lazy();
    final int[] table = new int[100];

    Lazy() {
      inits++;
      for (int i = 0; i < table.length; i++) table[i] = i;
    }
  }

  static class CrossA {
    static final int VALUE = make(() -> CrossB.VALUE);
  }

  static class CrossB {
    static final int VALUE = 5;
    static final int OTHER = make(() -> 7);
  }

  static int make(java.util.function.IntSupplier s) {
    Thread.yield();
    return s.getAsInt();
  }

  static void both(Runnable a, Runnable b) throws InterruptedException {
    Thread t = new Thread(a), u = new Thread(b);
    t.start();
    u.start();
    t.join();
    u.join();
  }

  public static void main(String[] args) throws Exception {
    int seen = 0;
    for (int round = 0; round < 50; round++) {
      ready = false;
      payload = 0;
      int[] got = new int[1];
      both(() -> {
        payload = 42;
        ready = true;
      }, () -> {
        while (!ready) Thread.onSpinWait();
        got[0] = payload;
      });
      seen += got[0];
    }
    System.out.println(seen);
    int forbidden = 0;
    for (int round = 0; round < 300; round++) {
      x = y = 0;
      both(() -> {
        x = 1;
        r1 = y;
      }, () -> {
        y = 1;
        r2 = x;
      });
      if (r1 == 0 && r2 == 0) forbidden++;
    }
    System.out.println("dekker " + forbidden);
    int[] torn = new int[1];
    both(() -> {
      for (int i = 1; i < 20000; i++) shared = new Final(i);
    }, () -> {
      for (int i = 0; i < 20000; i++) {
        Final f = shared;
        if (f != null && f.b != f.a + 1) torn[0]++;
      }
    });
    System.out.println("final " + torn[0]);
    Thread[] ts = new Thread[8];
    long[] sums = new long[8];
    for (int i = 0; i < ts.length; i++) {
      int me = i;
      ts[i] = new Thread(() -> {
        for (int v : Lazy.INSTANCE.table) sums[me] += v;
      });
    }
    for (Thread t : ts) t.start();
    for (Thread t : ts) t.join();
    System.out.println(Lazy.inits + " " + java.util.Arrays.stream(sums).sum());
    int[] cross = new int[2];
    both(() -> cross[0] = CrossA.VALUE, () -> cross[1] = CrossB.OTHER);
    System.out.println(cross[0] + " " + cross[1]);
    long[] box = new long[1];
    Object lock = new Object();
    both(() -> {
      for (int i = 0; i < 5000; i++) synchronized (lock) { box[0]++; }
    }, () -> {
      for (int i = 0; i < 5000; i++) synchronized (lock) { box[0] += 1L << 32; }
    });
    System.out.println(box[0] == 5000L + (5000L << 32));
  }
}
