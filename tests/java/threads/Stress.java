// timeout: 180
// Everything that blocks, at once and for seconds: monitors with wait and notify, locks, conditions, semaphores,
// queues, pools, phasers, exchangers, park, interrupts, timeouts, threads that come and go, collections meanwhile.
// Each worker counts what it did; in the end nothing may be lost, and nobody may hang.
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.*;

public class Stress {
  static final long SECONDS = Long.getLong("stress.seconds", 4);
  static volatile boolean over;
  static final List<Thread> THREADS = new ArrayList<>();
  static final AtomicInteger FAILED = new AtomicInteger();

  interface Work {
    void run() throws Exception;
  }

  static void worker(String name, int count, Work work) {
    for (int i = 0; i < count; i++) {
      Thread t = new Thread(() -> {
        try {
          while (!over) work.run();
        } catch (Throwable e) {
          FAILED.incrementAndGet();
          e.printStackTrace();
        }
      }, name + i);
      THREADS.add(t);
    }
  }

  // --- a bounded buffer by monitors
  static final Object[] buffer = new Object[3];
  static int size;
  static long put, taken;

  static void put() throws InterruptedException {
    synchronized (buffer) {
      while (size == buffer.length && !over) buffer.wait(20);
      if (size == buffer.length) return;
      buffer[size++] = put++;
      buffer.notifyAll();
    }
  }

  static void take() throws InterruptedException {
    synchronized (buffer) {
      while (size == 0 && !over) buffer.wait();
      if (size == 0) return;
      buffer[--size] = null;
      taken++;
      buffer.notify();
    }
  }

  // --- nested monitors in one order, some of them new
  static final Object[] chain = {new Object(), new Object(), new Object()};
  static int depth;

  static void nest(int i) {
    if (i == chain.length) {
      depth++;
      Object fresh = new Object();
      synchronized (fresh) {
        fresh.hashCode();
      }
      return;
    }
    synchronized (chain[i]) {
      nest(i + 1);
    }
  }

  public static void main(String[] args) throws Exception {
    worker("put", 3, Stress::put);
    worker("take", 2, Stress::take);
    worker("nest", 3, () -> nest(ThreadLocalRandom.current().nextInt(2)));

    ReentrantLock lock = new ReentrantLock(), fair = new ReentrantLock(true);
    Condition changed = lock.newCondition();
    int[] turn = new int[1];
    for (int k = 0; k < 3; k++) {
      int me = k;
      worker("turn", 1, () -> {
        lock.lock();
        try {
          while (turn[0] % 3 != me && !over) changed.await(50, TimeUnit.MILLISECONDS);
          turn[0]++;
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      });
    }
    long[] fairly = new long[1];
    worker("fair", 3, () -> {
      if (fair.tryLock(1, TimeUnit.MILLISECONDS)) {
        fairly[0]++;
        fair.unlock();
      }
    });

    ReentrantReadWriteLock rw = new ReentrantReadWriteLock();
    long[] pair = new long[2];
    worker("read", 2, () -> {
      rw.readLock().lock();
      if (pair[0] != pair[1]) FAILED.incrementAndGet();
      rw.readLock().unlock();
      Thread.yield();
    });
    worker("write", 1, () -> {
      rw.writeLock().lock();
      pair[0]++;
      pair[1]++;
      rw.writeLock().unlock();
      Thread.sleep(0, 100_000);
    });

    Semaphore permits = new Semaphore(2);
    AtomicInteger inside = new AtomicInteger();
    worker("permit", 4, () -> {
      permits.acquire();
      if (inside.incrementAndGet() > 2) FAILED.incrementAndGet();
      inside.decrementAndGet();
      permits.release();
    });

    BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(5);
    SynchronousQueue<Long> hand = new SynchronousQueue<>();
    AtomicLong in = new AtomicLong(), out = new AtomicLong();
    worker("offer", 2, () -> {
      if (queue.offer(new long[200], 5, TimeUnit.MILLISECONDS)) in.incrementAndGet();
    });
    worker("poll", 2, () -> {
      if (queue.poll(5, TimeUnit.MILLISECONDS) != null) out.incrementAndGet();
    });
    AtomicLong given = new AtomicLong(), got = new AtomicLong();
    worker("give", 2, () -> {
      if (hand.offer(1L, 5, TimeUnit.MILLISECONDS)) given.incrementAndGet();
    });
    worker("get", 2, () -> {
      if (hand.poll(5, TimeUnit.MILLISECONDS) != null) got.incrementAndGet();
    });

    ExecutorService pool = Executors.newFixedThreadPool(3);
    ForkJoinPool fork = new ForkJoinPool(3);
    worker("pool", 1, () -> {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 20; i++) tasks.add(() -> 1);
      int sum = 0;
      for (Future<Integer> f : pool.invokeAll(tasks)) sum += f.get();
      if (sum != 20) FAILED.incrementAndGet();
    });
    class Sum extends RecursiveTask<Integer> {
      final int n;

      Sum(int n) {
        this.n = n;
      }

      @Override
      protected Integer compute() {
        if (n < 2) return n;
        Sum a = new Sum(n - 1), b = new Sum(n - 2);
        a.fork();
        return b.compute() + a.join();
      }
    }
    worker("fork", 1, () -> {
      if (fork.invoke(new Sum(10)) != 55) FAILED.incrementAndGet();
    });
    worker("future", 1, () -> {
      CompletableFuture<Integer> a = CompletableFuture.supplyAsync(() -> 2, pool), b = a.thenApplyAsync(x -> x + 1, fork);
      if (a.thenCombine(b, Integer::sum).get() != 5) FAILED.incrementAndGet();
    });

    Phaser phaser = new Phaser(3);
    worker("phase", 3, () -> {
      int phase = phaser.arrive();
      while (!over && phaser.getPhase() == phase) {
        try {
          phaser.awaitAdvanceInterruptibly(phase, 30, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          Thread.yield();
        }
      }
    });
    worker("latch", 1, () -> {
      CountDownLatch done = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) new Thread(done::countDown).start();
      done.await();
    });
    Exchanger<Integer> exchanger = new Exchanger<>();
    worker("exchange", 2, () -> {
      try {
        exchanger.exchange(1, 10, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Thread.yield();
      }
    });

    // Parked, sleeping, waiting threads that others wake or interrupt.
    worker("interrupt", 1, () -> {
      Object own = new Object();
      Thread[] t = {new Thread(LockSupport::park), new Thread(() -> sleep()), new Thread(() -> waitOn(own))};
      for (Thread x : t) x.start();
      LockSupport.unpark(t[0]);
      t[1].interrupt();
      t[2].interrupt();
      for (Thread x : t) x.join();
    });
    worker("collect", 1, () -> {
      System.gc();
      Thread.sleep(20);
    });

    for (Thread t : THREADS) t.start();
    Thread.sleep(SECONDS * 1000);
    over = true;
    synchronized (buffer) {
      buffer.notifyAll();
    }
    int hung = 0;
    for (Thread t : THREADS) {
      t.join(60_000);
      if (t.isAlive()) {
        hung++;
        System.out.println("hangs: " + t.getName() + " " + t.getState());
        for (StackTraceElement e : t.getStackTrace()) System.out.println("  " + e);
      }
    }
    pool.shutdown();
    fork.shutdown();
    System.out.println("hung " + hung + ", failed " + FAILED + ", ended " + pool.awaitTermination(10, TimeUnit.SECONDS));
    System.out.println("buffer " + (put - taken - size) + ", queue " + (in.get() - out.get() - queue.size()) + ", hand "
        + (given.get() - got.get()) + ", pair " + (pair[0] - pair[1]));
    System.out.println("all worked " + (put > 10 && turn[0] > 10 && fairly[0] > 10 && pair[0] > 10 && out.get() > 10
        && got.get() > 10 && depth > 10));
    if (hung > 0) System.exit(3);
  }

  static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.yield();
    }
  }

  static void waitOn(Object o) {
    synchronized (o) {
      try {
        o.wait();
      } catch (InterruptedException e) {
        Thread.yield();
      }
    }
  }
}
