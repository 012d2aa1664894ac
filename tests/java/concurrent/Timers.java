// java.util.Timer and TimerTask; deadlock found and broken by tryLock; rendezvous of a class initialisation by two threads.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

public class Timers {
  static class Slow {
    static final Thread BY = Thread.currentThread();
    static int value;

    static {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      value = 5;
    }
  }

  static class A {
    static {
      Timers.meet.countDown();
      try {
        Timers.meet.await(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    static int a = 1;
  }

  static class Bad {
    static int v;

    static {
      if (true) throw new IllegalStateException("never");
    }
  }

  static final CountDownLatch meet = new CountDownLatch(1);

  static TimerTask task(Runnable r) {
    return new TimerTask() {
      @Override
      public void run() {
        r.run();
      }
    };
  }

  public static void main(String[] args) throws Exception {
    Timer timer = new Timer("ticker", true);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(3);
    timer.schedule(task(() -> {
      order.add("c");
      done.countDown();
    }), 1000);
    timer.schedule(task(() -> {
      order.add("a " + Thread.currentThread().getName() + " " + Thread.currentThread().isDaemon());
      done.countDown();
    }), 1);
    timer.schedule(task(() -> {
      order.add("b");
      done.countDown();
    }), new Date(System.currentTimeMillis() + 200));
    done.await();
    System.out.println(order);
    AtomicInteger ticks = new AtomicInteger();
    CountDownLatch five = new CountDownLatch(5);
    TimerTask periodic = new TimerTask() {
      @Override
      public void run() {
        if (ticks.incrementAndGet() == 5) System.out.println("cancel inside " + cancel());
        five.countDown();
      }
    };
    timer.scheduleAtFixedRate(periodic, 0, 2);
    five.await();
    Thread.sleep(10);
    System.out.println(ticks + " " + periodic.cancel());
    try {
      timer.schedule(periodic, 1);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    timer.purge();
    timer.schedule(task(() -> order.add("nor this")), 500_000);  // the timer looks at the first one only
    TimerTask far = task(() -> order.add("never"));
    timer.schedule(far, 1_000_000);
    System.out.println(far.cancel() + " " + timer.purge());
    timer.cancel();
    try {
      timer.schedule(task(() -> {}), 1);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    Timer dying = new Timer();
    Thread[] ticker = new Thread[1];
    CountDownLatch ran = new CountDownLatch(1);
    dying.schedule(task(() -> {
      ticker[0] = Thread.currentThread();
      ticker[0].setUncaughtExceptionHandler((t, e) -> System.out.println("ticker died: " + e.getMessage()));
      ran.countDown();
      throw new IllegalStateException("task threw");
    }), 0);
    ran.await();
    ticker[0].join();
    try {
      dying.schedule(task(() -> {}), 1);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }

    // Many threads want one class: one initialises, the rest wait for it.
    Set<Thread> who = ConcurrentHashMap.newKeySet();
    AtomicInteger sum = new AtomicInteger();
    Thread[] ts = new Thread[8];
    for (int i = 0; i < ts.length; i++) {
      (ts[i] = new Thread(() -> {
        sum.addAndGet(Slow.value);
        who.add(Slow.BY);
      })).start();
    }
    for (Thread t : ts) t.join();
    System.out.println(sum + " " + who.size() + " " + Arrays.asList(ts).contains(who.iterator().next()));
    // All see the failure of one: one the error, the others NoClassDefFoundError.
    Map<String, AtomicInteger> seen = new ConcurrentSkipListMap<>();
    for (int i = 0; i < ts.length; i++) {
      (ts[i] = new Thread(() -> {
        String name;
        try {
          name = "value " + Bad.v;
        } catch (Throwable e) {
          name = e.getClass().getSimpleName();
        }
        seen.computeIfAbsent(name, k -> new AtomicInteger()).incrementAndGet();
      })).start();
    }
    for (Thread t : ts) t.join();
    System.out.println(seen);
    System.out.println(A.a);

    // Two locks in opposite orders: with tryLock and back-off both get through.
    ReentrantLock l1 = new ReentrantLock(), l2 = new ReentrantLock();
    AtomicInteger through = new AtomicInteger();
    Thread[] two = new Thread[2];
    for (int i = 0; i < 2; i++) {
      ReentrantLock first = i == 0 ? l1 : l2, second = i == 0 ? l2 : l1;
      (two[i] = new Thread(() -> {
        for (int n = 0; n < 50;) {
          first.lock();
          try {
            if (second.tryLock()) {
              through.incrementAndGet();
              second.unlock();
              n++;
            }
          } finally {
            first.unlock();
          }
          Thread.yield();
        }
      })).start();
    }
    for (Thread t : two) t.join();
    System.out.println(through);
  }
}
