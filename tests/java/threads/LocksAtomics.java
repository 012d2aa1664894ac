// java.util.concurrent.locks and atomics under contention; ConcurrentHashMap stress; thread locals;
// many threads.
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

public class LocksAtomics {
  static volatile int updated;
  static final AtomicIntegerFieldUpdater<LocksAtomics> FIELD = AtomicIntegerFieldUpdater.newUpdater(LocksAtomics.class,
      "own");
  volatile int own;
  static final ThreadLocal<int[]> LOCAL = ThreadLocal.withInitial(() -> new int[1]);
  static final InheritableThreadLocal<String> HEIR = new InheritableThreadLocal<>() {
    @Override
    protected String childValue(String v) {
      return v + " child";
    }
  };

  static void parallel(int n, Runnable r) throws InterruptedException {
    Thread[] ts = new Thread[n];
    for (int i = 0; i < n; i++) (ts[i] = new Thread(r, "t" + i)).start();
    for (Thread t : ts) t.join();
  }

  static int plain;
  static long longPlain;

  public static void main(String[] args) throws Exception {
    ReentrantLock lock = new ReentrantLock(true);
    parallel(4, () -> {
      for (int i = 0; i < 300; i++) {
        lock.lock();
        try {
          lock.lock();
          plain++;
          lock.unlock();
        } finally {
          lock.unlock();
        }
      }
    });
    System.out.println(plain + " " + lock.isLocked() + " " + lock.tryLock() + " " + lock.getHoldCount() + " "
        + lock.isFair());
    lock.unlock();
    try {
      lock.unlock();
    } catch (IllegalMonitorStateException e) {
      System.out.println("not the owner");
    }
    ReadWriteLock rw = new ReentrantReadWriteLock();
    StampedLock stamped = new StampedLock();
    AtomicInteger bad = new AtomicInteger();
    parallel(4, () -> {
      for (int i = 0; i < 300; i++) {
        if (i % 5 == 0) {
          rw.writeLock().lock();
          plain++;
          longPlain = plain * 2L;
          rw.writeLock().unlock();
        } else {
          rw.readLock().lock();
          if (longPlain != 0 && longPlain != plain * 2L) bad.incrementAndGet();
          rw.readLock().unlock();
        }
        long s = stamped.writeLock();
        updated++;
        stamped.unlockWrite(s);
      }
    });
    System.out.println(plain + " " + bad + " " + updated + " " + stamped.validate(stamped.tryOptimisticRead()));
    Condition changed = lock.newCondition();
    Thread waiter = new Thread(() -> {
      lock.lock();
      try {
        while (plain != -1) changed.awaitUninterruptibly();
        System.out.println("condition seen");
      } finally {
        lock.unlock();
      }
    });
    waiter.start();
    Thread.sleep(5);
    lock.lock();
    plain = -1;
    changed.signalAll();
    lock.unlock();
    waiter.join();
    AtomicInteger ai = new AtomicInteger();
    AtomicLong al = new AtomicLong();
    LongAdder adder = new LongAdder();
    AtomicReference<String> ref = new AtomicReference<>("");
    AtomicIntegerArray arr = new AtomicIntegerArray(4);
    AtomicBoolean once = new AtomicBoolean();
    AtomicInteger winners = new AtomicInteger();
    LocksAtomics me = new LocksAtomics();
    parallel(6, () -> {
      if (once.compareAndSet(false, true)) winners.incrementAndGet();
      for (int i = 0; i < 1000; i++) {
        ai.incrementAndGet();
        al.addAndGet(1L << 20);
        adder.add(3);
        arr.getAndUpdate(i & 3, x -> x + 1);
        FIELD.getAndAdd(me, 2);
        if (i % 50 == 0) ref.updateAndGet(s -> s + "x");
      }
    });
    System.out.println(ai + " " + al + " " + adder + " " + arr + " " + me.own + " " + ref.get().length() + " "
        + winners);
    AtomicStampedReference<String> st = new AtomicStampedReference<>("a", 1);
    System.out.println(st.compareAndSet("a", "b", 0, 2) + " " + st.compareAndSet("a", "b", 1, 2) + " " + st.getStamp()
        + " " + ai.accumulateAndGet(7, Math::max));
    ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
    parallel(4, () -> {
      for (int i = 0; i < 2000; i++) {
        map.merge(i % 97, 1, Integer::sum);
        map.computeIfAbsent(1000 + i, k -> k);
        if (i % 3 == 0) map.remove(1000 + i);
      }
    });
    int sum = 0;
    for (int i = 0; i < 97; i++) sum += map.get(i);
    System.out.println(sum);
    AtomicInteger locals = new AtomicInteger();
    HEIR.set("parent");
    ConcurrentLinkedQueue<String> heirs = new ConcurrentLinkedQueue<>();
    parallel(5, () -> {
      for (int i = 0; i < 100; i++) LOCAL.get()[0]++;
      locals.addAndGet(LOCAL.get()[0]);
      heirs.add(HEIR.get());
      LOCAL.remove();
    });
    System.out.println(locals + " " + LOCAL.get()[0] + " " + heirs + " " + HEIR.get());
    CountDownLatch ready = new CountDownLatch(500), go = new CountDownLatch(1);
    AtomicInteger finished = new AtomicInteger();
    Thread[] many = new Thread[500];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Thread(null, () -> {
        ready.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          return;
        }
        finished.incrementAndGet();
      }, "many" + i, 128 * 1024);
      many[i].start();
    }
    ready.await();
    System.out.println(Thread.activeCount());
    System.gc();
    go.countDown();
    for (Thread t : many) t.join();
    System.out.println(finished);
  }
}
