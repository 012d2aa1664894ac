// synchronized, wait and notify: ping-pong, bounded buffer, recursion, inflation under contention,
// hash and lock together.
import java.util.ArrayDeque;
import java.util.Deque;

public class Monitors {
  static int turn;
  static final StringBuffer LOG = new StringBuffer();

  static class Buffer {
    final Deque<Integer> items = new ArrayDeque<>();

    synchronized void put(int v) throws InterruptedException {
      while (items.size() == 3) wait();
      items.addLast(v);
      notifyAll();
    }

    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) wait(1000);
      int v = items.removeFirst();
      notifyAll();
      return v;
    }
  }

  static class Counter {
    int n;
    static int all;

    synchronized void add() {
      n++;
      nested(3);
    }

    private synchronized void nested(int depth) {
      if (depth > 0) nested(depth - 1);
    }

    static synchronized void addAll() {
      all++;
    }
  }

  static Thread start(Runnable r) {
    Thread t = new Thread(r);
    t.start();
    return t;
  }

  interface Body {
    void run() throws InterruptedException;
  }

  static Runnable quiet(Body b) {
    return () -> {
      try {
        b.run();
      } catch (InterruptedException e) {
        throw new Error(e);
      }
    };
  }

  public static void main(String[] args) throws Exception {
    Object lock = new Object();
    Thread[] players = new Thread[3];
    for (int p = 0; p < players.length; p++) {
      int me = p;
      players[p] = start(quiet(() -> {
        for (int i = 0; i < 5; i++) {
          synchronized (lock) {
            while (turn % 3 != me) lock.wait();
            LOG.append((char) ('a' + me));
            turn++;
            lock.notifyAll();
          }
        }
      }));
    }
    for (Thread t : players) t.join();
    System.out.println(LOG);
    Buffer b = new Buffer();
    long[] sums = new long[4];
    Thread[] ts = new Thread[8];
    for (int i = 0; i < 4; i++) {
      int me = i;
      ts[i] = start(quiet(() -> { for (int k = 0; k < 500; k++) b.put(me * 1000 + k); }));
      ts[4 + i] = start(quiet(() -> { for (int k = 0; k < 500; k++) sums[me] += b.take(); }));
    }
    for (Thread t : ts) t.join();
    System.out.println(sums[0] + sums[1] + sums[2] + sums[3]);
    Counter c = new Counter();
    int hash = c.hashCode();
    for (int i = 0; i < ts.length; i++) {
      ts[i] = start(() -> {
        for (int k = 0; k < 2000; k++) {
          c.add();
          Counter.addAll();
        }
      });
    }
    for (Thread t : ts) t.join();
    System.out.println(c.n + " " + Counter.all + " " + (hash == c.hashCode()));
    Object[] locks = new Object[200];
    int[] counts = new int[200];
    for (int i = 0; i < locks.length; i++) locks[i] = new int[i];
    for (int i = 0; i < 4; i++) {
      int me = i;
      ts[i] = start(() -> {
        for (int k = 0; k < 4000; k++) {
          int at = (k * (me + 3) * 7) % 200;
          synchronized (locks[at]) {
            synchronized (locks[at]) {
              counts[at]++;
            }
          }
          if (k % 1000 == 0) System.gc();
        }
      });
    }
    for (int i = 0; i < 4; i++) ts[i].join();
    int total = 0;
    for (int n : counts) total += n;
    System.out.println(total);
    for (Body bad : new Body[] {() -> lock.wait(), () -> lock.notify(), () -> lock.notifyAll(),
        () -> { synchronized (lock) { lock.wait(-1); } },
        () -> { synchronized (lock) { lock.wait(1, 1000000); } }, () -> { synchronized (lock) { lock.wait(1); } }}) {
      try {
        bad.run();
        System.out.println("returned " + Thread.holdsLock(lock));
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    // wait gives up every nested hold, and takes them all again.
    boolean[] in = new boolean[1];
    synchronized (lock) {
      synchronized (lock) {
        Thread other = start(() -> {
          synchronized (lock) {
            in[0] = true;
            lock.notify();
          }
        });
        while (!in[0]) lock.wait();
        System.out.println("nested wait " + Thread.holdsLock(lock));
        other.join();
      }
      System.out.println("still held " + Thread.holdsLock(lock));
    }
    System.out.println(Thread.holdsLock(lock));
  }
}
