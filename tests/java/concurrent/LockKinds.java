// Locks beyond the simple case: StampedLock conversions, read-write upgrades and downgrades, conditions with time and
// interrupts, lockInterruptibly, tryLock, queues' views, LockSupport permits and blockers, a lock of our own on AQS.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

public class LockKinds {
  static class Latch extends AbstractQueuedSynchronizer {
    boolean isOpen() {
      return getState() == 1;
    }

    @Override
    protected int tryAcquireShared(int ignore) {
      return isOpen() ? 1 : -1;
    }

    @Override
    protected boolean tryReleaseShared(int ignore) {
      setState(1);
      return true;
    }
  }

  static Thread start(Runnable r) {
    Thread t = new Thread(r);
    t.start();
    return t;
  }

  static void until(Thread t, Thread.State s) {
    while (t.getState() != s) Thread.onSpinWait();
  }

  static void stamped() throws Exception {
    StampedLock s = new StampedLock();
    long opt = s.tryOptimisticRead();
    System.out.println(s.validate(opt) + " " + StampedLock.isOptimisticReadStamp(opt));
    long r = s.readLock(), r2 = s.tryReadLock();
    System.out.println(s.getReadLockCount() + " " + s.tryWriteLock() + " " + s.tryConvertToWriteLock(r) + " " + StampedLock
        .isReadLockStamp(r));
    s.unlockRead(r2);
    long w = s.tryConvertToWriteLock(r);
    System.out.println((w != 0) + " " + s.isWriteLocked() + " " + s.validate(opt) + " " + StampedLock.isWriteLockStamp(w));
    r = s.tryConvertToReadLock(w);
    System.out.println(s.isReadLocked() + " " + s.isWriteLocked());
    long o2 = s.tryConvertToOptimisticRead(r);
    System.out.println(s.validate(o2) + " " + s.isReadLocked() + " " + s.tryUnlockRead());
    try {
      s.unlockWrite(w);
    } catch (IllegalMonitorStateException e) {
      System.out.println("stale stamp");
    }
    long held = s.writeLock();
    Thread t = start(() -> {
      try {
        s.readLockInterruptibly();
      } catch (InterruptedException e) {
        System.out.println("read interrupted");
      }
    });
    until(t, Thread.State.WAITING);
    t.interrupt();
    t.join();
    System.out.println(s.tryReadLock(2, TimeUnit.MILLISECONDS));
    s.unlock(held);
    Lock view = s.asReadWriteLock().writeLock();
    view.lock();
    System.out.println(s.isWriteLocked());
    view.unlock();
  }

  static void readWrite() throws Exception {
    ReentrantReadWriteLock rw = new ReentrantReadWriteLock(true);
    rw.writeLock().lock();
    rw.writeLock().lock();
    rw.readLock().lock();  // downgrade
    rw.writeLock().unlock();
    rw.writeLock().unlock();
    System.out.println(rw.getReadHoldCount() + " " + rw.isWriteLocked() + " " + rw.writeLock().tryLock());
    Thread w = start(() -> {
      rw.writeLock().lock();
      System.out.println("writer in");
      rw.writeLock().unlock();
    });
    while (!rw.hasQueuedThread(w)) Thread.onSpinWait();
    boolean[] barging = new boolean[1];
    start(() -> {
      try {
        barging[0] = rw.readLock().tryLock(5, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        System.out.println("?");
      }
    }).join();
    System.out.println("fair reader waits: " + !barging[0]);
    rw.readLock().unlock();
    w.join();
    try {
      rw.readLock().unlock();
    } catch (IllegalMonitorStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      rw.readLock().newCondition();
    } catch (UnsupportedOperationException e) {
      System.out.println("no read conditions");
    }
    System.out.println(rw.toString().replaceAll(".*\\[", "["));
  }

  static void conditions() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition c = lock.newCondition();
    lock.lock();
    System.out.println(c.await(2, TimeUnit.MILLISECONDS) + " " + (c.awaitNanos(1000) <= 0) + " " + c.awaitUntil(new Date(0)));
    List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
    Thread[] ts = new Thread[3];
    for (int i = 0; i < 3; i++) {
      int k = i;
      ts[i] = start(() -> {
        lock.lock();
        c.awaitUninterruptibly();
        woken.add(k);
        lock.unlock();
      });
      while (lock.getWaitQueueLength(c) <= i) {
        lock.unlock();
        Thread.yield();
        lock.lock();
      }
    }
    System.out.println(lock.hasWaiters(c) + " " + lock.getWaitQueueLength(c));
    ts[1].interrupt();  // awaitUninterruptibly stays
    for (int i = 0; i < 3; i++) {
      c.signal();
      lock.unlock();
      ts[i].join();  // first in, first out
      lock.lock();
    }
    System.out.println(woken + " " + lock.getHoldCount());
    Thread t = start(() -> {
      try {
        lock.lockInterruptibly();
      } catch (InterruptedException e) {
        System.out.println("lockInterruptibly " + lock.isHeldByCurrentThread());
      }
    });
    while (!lock.hasQueuedThread(t)) Thread.onSpinWait();
    System.out.println(lock.getQueueLength() + " " + lock.isLocked());
    t.interrupt();
    t.join();
    Thread.currentThread().interrupt();
    try {
      c.await();
    } catch (InterruptedException e) {
      System.out.println("await interrupted " + Thread.interrupted() + " still held " + lock.isHeldByCurrentThread());
    }
    lock.unlock();
    try {
      c.signal();
    } catch (IllegalMonitorStateException e) {
      System.out.println("signal without lock");
    }
  }

  static void parking() throws Exception {
    LockSupport.unpark(Thread.currentThread());
    LockSupport.unpark(Thread.currentThread());
    LockSupport.park();  // one permit, however many unparks
    long t0 = System.nanoTime();
    LockSupport.parkNanos(5_000_000);
    System.out.println(System.nanoTime() - t0 >= 4_000_000);
    Object blocker = "the blocker";
    Thread t = start(() -> {
      LockSupport.park(blocker);
      System.out.println("unparked " + Thread.currentThread().isInterrupted());
      Thread.currentThread().interrupt();
      LockSupport.park();
      System.out.println("park returns at once when interrupted " + Thread.interrupted());
    });
    until(t, Thread.State.WAITING);
    System.out.println(LockSupport.getBlocker(t));
    LockSupport.unpark(t);
    t.join();
    System.out.println(LockSupport.getBlocker(t) + " " + t.getState());
    LockSupport.unpark(null);
    LockSupport.parkUntil(System.currentTimeMillis() - 1);
    Latch latch = new Latch();
    AtomicInteger through = new AtomicInteger();
    Thread[] ts = new Thread[5];
    for (int i = 0; i < 5; i++) {
      ts[i] = start(() -> {
        latch.acquireShared(1);
        through.incrementAndGet();
      });
    }
    while (latch.getQueueLength() < 5) Thread.onSpinWait();
    System.out.println(latch.hasQueuedThreads() + " " + through + " " + latch.getSharedQueuedThreads().size());
    latch.releaseShared(1);
    for (Thread x : ts) x.join();
    System.out.println(through + " " + latch.isOpen());
  }

  public static void main(String[] args) throws Exception {
    stamped();
    readWrite();
    conditions();
    parking();
  }
}
