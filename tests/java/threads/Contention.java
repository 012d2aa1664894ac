// What ThreadMXBean tells of waiting: how often and, when asked, how long a thread waited to enter monitors
// and for other things; and which java.util.concurrent locks it owns.
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

public class Contention {
  static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
  static final Object MONITOR = new Object();
  static volatile boolean notified, parks, unparked;

  static void await(Thread t, Thread.State state) throws InterruptedException {
    while (t.getState() != state) {
      Thread.sleep(1);
    }
  }

  static String counts(Thread t) {
    ThreadInfo info = BEAN.getThreadInfo(t.getId());
    return "blocked " + info.getBlockedCount() + " waited " + info.getWaitedCount();
  }

  static void body() {
    synchronized (MONITOR) {
      while (!notified) {
        try {
          MONITOR.wait();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
    parks = true;
    while (!unparked) {
      LockSupport.park();
    }
  }

  static void waiting() throws InterruptedException {
    System.out.println(BEAN.isThreadContentionMonitoringSupported() + " "
        + BEAN.isThreadContentionMonitoringEnabled());
    BEAN.setThreadContentionMonitoringEnabled(true);
    System.out.println(BEAN.isThreadContentionMonitoringEnabled());
    Thread t = new Thread(Contention::body);
    synchronized (MONITOR) {
      t.start();
      await(t, Thread.State.BLOCKED);
      System.out.println(counts(t));
      Thread.sleep(60);
    }
    await(t, Thread.State.WAITING);
    System.out.println(counts(t));
    ThreadInfo info = BEAN.getThreadInfo(t.getId());
    System.out.println(info.getBlockedTime() >= 50);
    Thread.sleep(60);
    synchronized (MONITOR) {
      notified = true;
      MONITOR.notify();
    }
    while (!parks) {
      Thread.sleep(1);
    }
    await(t, Thread.State.WAITING);
    System.out.println(BEAN.getThreadInfo(t.getId()).getWaitedCount() >= 2);
    System.out.println(BEAN.getThreadInfo(t.getId()).getWaitedTime() >= 50);
    unparked = true;
    LockSupport.unpark(t);
    t.join();
    BEAN.setThreadContentionMonitoringEnabled(false);
    info = BEAN.getThreadInfo(Thread.currentThread().getId());
    System.out.println(info.getBlockedTime() + " " + info.getWaitedTime());
  }

  static String owned() {
    long[] self = {Thread.currentThread().getId()};
    LockInfo[] locks = BEAN.getThreadInfo(self, false, true)[0].getLockedSynchronizers();
    return Arrays.toString(Arrays.stream(locks).map(LockInfo::getClassName).sorted().toArray());
  }

  public static void main(String[] args) throws InterruptedException {
    waiting();
    System.out.println(owned());
    ReentrantLock first = new ReentrantLock();
    ReentrantReadWriteLock second = new ReentrantReadWriteLock();
    first.lock();
    first.lock();
    second.readLock().lock();
    System.out.println(owned());
    second.readLock().unlock();
    second.writeLock().lock();
    System.out.println(owned());
    first.unlock();
    second.writeLock().unlock();
    System.out.println(owned());
    first.unlock();
    System.out.println(owned());
    long[] self = {Thread.currentThread().getId()};
    System.out.println(BEAN.getThreadInfo(self, false, false)[0].getLockedSynchronizers().length);
  }
}
