// timeout: 240
// modes: default
// Thousands of threads: alive at once, waiting in many ways, each with locals; started and ended in waves; interrupted all.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

public class Thousands {
  static final int N = 2000;
  static final ThreadLocal<int[]> LOCAL = ThreadLocal.withInitial(() -> new int[] {7});

  static int deep(int n) {
    return n == 0 ? 0 : 1 + deep(n - 1);
  }

  public static void main(String[] args) throws Exception {
    Object monitor = new Object();
    CountDownLatch ready = new CountDownLatch(N), latch = new CountDownLatch(1);
    ReentrantLock lock = new ReentrantLock();
    Condition cond = lock.newCondition();
    boolean[] open = new boolean[1];
    AtomicLong sum = new AtomicLong();
    AtomicInteger interrupted = new AtomicInteger();
    Thread[] ts = new Thread[N];
    for (int i = 0; i < N; i++) {
      int k = i;
      ts[i] = new Thread(null, () -> {
        LOCAL.get()[0] += k;
        sum.addAndGet(deep(50));
        ready.countDown();
        try {
          switch (k % 4) {
            case 0:
              latch.await();
              break;
            case 1:
              synchronized (monitor) {
                while (!open[0]) monitor.wait();
              }
              break;
            case 2:
              lock.lock();
              try {
                while (!open[0]) cond.await();
              } finally {
                lock.unlock();
              }
              break;
            default:
              Thread.sleep(1_000_000);
          }
        } catch (InterruptedException e) {
          interrupted.incrementAndGet();
        }
        sum.addAndGet(LOCAL.get()[0]);
      }, "many-" + i, 64 * 1024);
      ts[i].start();
    }
    ready.await();
    System.out.println("all ready " + (Thread.activeCount() >= N) + " " + sum);
    System.gc();
    int alive = 0;
    for (Thread t : ts) if (t.isAlive()) alive++;
    System.out.println(alive + " alive, traces of " + (Thread.getAllStackTraces().size() >= N));
    latch.countDown();
    synchronized (monitor) {
      open[0] = true;
      monitor.notifyAll();
    }
    lock.lock();
    cond.signalAll();
    lock.unlock();
    for (int i = 3; i < N; i += 4) ts[i].interrupt();
    for (Thread t : ts) t.join();
    System.out.println(sum + " " + interrupted + " " + ts[0].getState());
    // Waves: most are gone before the next begin.
    AtomicInteger done = new AtomicInteger();
    for (int wave = 0; wave < 10; wave++) {
      Thread[] w = new Thread[100];
      for (int i = 0; i < w.length; i++) (w[i] = new Thread(done::incrementAndGet)).start();
      for (Thread t : w) t.join();
    }
    System.out.println(done);
    // A chain: each starts the next and waits for it.
    class Link extends Thread {
      final int n;
      int result;

      Link(int n) {
        this.n = n;
      }

      @Override
      public void run() {
        if (n == 0) return;
        Link next = new Link(n - 1);
        next.start();
        try {
          next.join();
        } catch (InterruptedException e) {
          return;
        }
        result = next.result + 1;
      }
    }
    Link first = new Link(300);
    first.start();
    first.join();
    System.out.println(first.result);
    // Contention of many on one monitor.
    int[] counter = new int[1];
    Thread[] c = new Thread[200];
    for (int i = 0; i < c.length; i++) {
      (c[i] = new Thread(() -> {
        for (int n = 0; n < 20; n++) {
          synchronized (counter) {
            counter[0]++;
          }
        }
      })).start();
    }
    for (Thread t : c) t.join();
    System.out.println(counter[0]);
  }
}
