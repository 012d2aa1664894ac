// Threads that fight for monitors and locks are no deadlock, at whatever moment they are looked at; what a thread waits for is never what it holds.
import java.lang.management.*;
import java.util.concurrent.locks.*;

public class Contended {
  static final Object MONITOR = new Object();
  static final ReentrantLock LOCK = new ReentrantLock(true);
  static volatile boolean stop;
  static int n;

  public static void main(String[] args) throws Exception {
    Thread[] threads = new Thread[6];
    for (int i = 0; i < threads.length; i++) {
      boolean monitor = i % 2 == 0;
      threads[i] = new Thread(() -> {
        while (!stop) {
          if (monitor) {
            synchronized (MONITOR) {
              n++;
            }
          } else {
            LOCK.lock();
            n++;
            LOCK.unlock();
          }
        }
      });
      threads[i].start();
    }
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    int circles = 0, own = 0;
    for (int i = 0; i < 300; i++) {
      if (bean.findMonitorDeadlockedThreads() != null) circles++;
      if (bean.findDeadlockedThreads() != null) circles++;
      for (ThreadInfo t : bean.dumpAllThreads(true, true)) if (t.getLockOwnerId() == t.getThreadId()) own++;
    }
    stop = true;
    for (Thread t : threads) t.join();
    System.out.println(circles + " " + own);
  }
}
