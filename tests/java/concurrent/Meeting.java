// Where threads meet: Phaser (tiers, registration, onAdvance), CyclicBarrier (action, broken, timeout), CountDownLatch,
// Exchanger, Semaphore, SynchronousQueue, LinkedTransferQueue.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Meeting {
  interface Body {
    void run(int i) throws Exception;
  }

  static void parallel(int n, Body body) throws Exception {
    Thread[] ts = new Thread[n];
    ConcurrentLinkedQueue<Throwable> bad = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < n; i++) {
      int k = i;
      ts[i] = new Thread(() -> {
        try {
          body.run(k);
        } catch (Throwable e) {
          bad.add(e);
        }
      });
      ts[i].start();
    }
    for (Thread t : ts) t.join();
    if (!bad.isEmpty()) System.out.println("thrown: " + bad);
  }

  static void phasers() throws Exception {
    List<String> phases = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger work = new AtomicInteger();
    Phaser p = new Phaser(4) {
      @Override
      protected boolean onAdvance(int phase, int registered) {
        phases.add(phase + ":" + registered + ":" + work.get());
        return phase == 4 || registered == 0;
      }
    };
    parallel(4, i -> {
      for (int k = 0; k < 3 + (i & 1) * 10 && !p.isTerminated(); k++) {
        work.incrementAndGet();
        p.arriveAndAwaitAdvance();
      }
      p.arriveAndDeregister();
    });
    System.out.println(phases + " " + p.isTerminated() + " " + (p.getPhase() < 0));
    Phaser root = new Phaser(), left = new Phaser(root, 2), right = new Phaser(root, 1);
    System.out.println(root.getRegisteredParties() + " " + left.getParent().equals(root) + " " + (right.getRoot() == root));
    left.arrive();
    right.arrive();
    System.out.println(root.getPhase() + " " + left.getUnarrivedParties());
    left.arrive();
    System.out.println(root.getPhase() + " " + right.getPhase() + " " + left.getUnarrivedParties());
    try {
      left.awaitAdvanceInterruptibly(left.getPhase(), 3, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.out.println("no advance");
    }
    root.forceTermination();
    System.out.println(left.isTerminated() + " " + (left.register() < 0));
  }

  static void barriers() throws Exception {
    List<Integer> sums = new ArrayList<>();
    int[] cells = new int[4];
    CyclicBarrier b = new CyclicBarrier(4, () -> sums.add(Arrays.stream(cells).sum()));
    Set<Integer> indexes = ConcurrentHashMap.newKeySet();
    parallel(4, i -> {
      for (int k = 0; k < 5; k++) {
        cells[i] += i + k;
        indexes.add(b.await());
      }
    });
    System.out.println(sums + " " + new TreeSet<>(indexes) + " " + b.getParties() + " " + b.isBroken());
    AtomicInteger broken = new AtomicInteger(), timedOut = new AtomicInteger();
    parallel(3, i -> {
      try {
        if (i == 0) b.await(30, TimeUnit.MILLISECONDS);
        else b.await();
      } catch (BrokenBarrierException e) {
        broken.incrementAndGet();
      } catch (TimeoutException e) {
        timedOut.incrementAndGet();
      }
    });
    System.out.println(broken.get() + timedOut.get() + " " + (timedOut.get() >= 0) + " " + b.isBroken());
    b.reset();
    System.out.println(b.isBroken() + " " + b.getNumberWaiting());
    CyclicBarrier bad = new CyclicBarrier(1, () -> {
      throw new IllegalStateException("action");
    });
    try {
      bad.await();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage() + " " + bad.isBroken());
    }
    CountDownLatch latch = new CountDownLatch(2);
    System.out.println(latch.await(1, TimeUnit.MILLISECONDS) + " " + latch.getCount());
    latch.countDown();
    latch.countDown();
    latch.countDown();
    latch.await();
    System.out.println(latch.getCount() + " " + latch.toString().replaceAll(".*\\[", "["));
  }

  static void exchanges() throws Exception {
    Exchanger<String> ex = new Exchanger<>();
    String[] got = new String[2];
    parallel(2, i -> {
      String mine = "from" + i;
      for (int k = 0; k < 50; k++) mine = ex.exchange(mine);
      got[i] = mine;
    });
    System.out.println(Arrays.toString(got));
    try {
      ex.exchange("alone", 2, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.out.println("nobody came");
    }
    SynchronousQueue<Integer> sync = new SynchronousQueue<>(true);
    System.out.println(sync.offer(1) + " " + sync.poll() + " " + sync.size() + " " + sync.remainingCapacity());
    int[] total = new int[1];
    parallel(2, i -> {
      for (int k = 1; k <= 200; k++) {
        if (i == 0) sync.put(k);
        else total[0] += sync.take();
      }
    });
    System.out.println(total[0]);
    LinkedTransferQueue<String> tq = new LinkedTransferQueue<>();
    System.out.println(tq.tryTransfer("x") + " " + tq.tryTransfer("y", 1, TimeUnit.MILLISECONDS) + " " + tq.size());
    parallel(2, i -> {
      if (i == 0) tq.transfer("handed over");
      else System.out.println(tq.take());
    });
    System.out.println(tq.hasWaitingConsumer() + " " + tq.getWaitingConsumerCount());
  }

  static void semaphores() throws Exception {
    Semaphore s = new Semaphore(3, true);
    AtomicInteger inside = new AtomicInteger(), most = new AtomicInteger();
    parallel(8, i -> {
      for (int k = 0; k < 10; k++) {
        s.acquire();
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.yield();
        inside.decrementAndGet();
        s.release();
      }
    });
    System.out.println((most.get() <= 3) + " " + s.availablePermits() + " " + s.isFair());
    System.out.println(s.tryAcquire(4) + " " + s.tryAcquire(2, 1, TimeUnit.MILLISECONDS) + " " + s.drainPermits() + " "
        + s.tryAcquire());
    s.release(10);
    System.out.println(s.availablePermits() + " " + s.hasQueuedThreads());
    Thread main = Thread.currentThread();
    Semaphore none = new Semaphore(0);
    Thread t = new Thread(() -> {
      try {
        none.acquire();
      } catch (InterruptedException e) {
        System.out.println("acquire interrupted, flag " + Thread.currentThread().isInterrupted());
      }
    });
    t.start();
    while (!none.hasQueuedThreads()) Thread.onSpinWait();
    t.interrupt();
    t.join();
  }

  public static void main(String[] args) throws Exception {
    phasers();
    barriers();
    exchanges();
    semaphores();
  }
}
