// Thread life: states, names, join with time, interrupt of sleep/wait/join, daemon, yield, groups,
// priorities.
import java.util.Arrays;

public class Basics {
  static class Named extends Thread {
    final int n;
    static int sum;

    Named(int n) {
      super("worker-" + n);
      this.n = n;
    }

    @Override
    public void run() {
      synchronized (Named.class) {
        sum += n;
      }
    }
  }

  static String interrupted(String what, Thread t) throws InterruptedException {
    t.start();
    while (t.getState() == Thread.State.RUNNABLE || t.getState() == Thread.State.NEW) Thread.yield();
    String state = t.getState().toString();
    t.interrupt();
    t.join();
    return what + " " + state + " " + t.getState();
  }

  public static void main(String[] args) throws Exception {
    Thread main = Thread.currentThread();
    System.out.println(main.getName() + " " + main.getThreadGroup().getName() + " " + main.getPriority() + " "
        + main.isDaemon() + " "
        + main.getState() + " " + main.isAlive() + " " + main.getThreadGroup().getParent().getName() + " " + main);
    Thread[] ts = new Thread[20];
    for (int i = 0; i < ts.length; i++) ts[i] = new Named(i);
    System.out.println(ts[0].getState() + " " + ts[0].isAlive());
    for (Thread t : ts) t.start();
    for (Thread t : ts) t.join();
    System.out.println(Named.sum + " " + ts[0].getState() + " " + ts[0].isAlive() + " " + ts[0].getThreadGroup());
    try {
      ts[0].start();
    } catch (IllegalThreadStateException e) {
      System.out.println("cannot start twice");
    }
    Object lock = new Object();
    System.out.println(interrupted("sleep", new Thread(() -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        System.out.println(e.getMessage() + " " + Thread.currentThread().isInterrupted());
      }
    })));
    System.out.println(interrupted("wait", new Thread(() -> {
      synchronized (lock) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          System.out.println("wait interrupted " + Thread.holdsLock(lock) + " " + e.getMessage());
        }
      }
    })));
    System.out.println(interrupted("timed wait", new Thread(() -> {
      synchronized (lock) {
        try {
          lock.wait(100_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          System.out.println("again " + Thread.interrupted() + " " + Thread.interrupted());
        }
      }
    })));
    System.out.println(interrupted("join", new Thread(() -> {
      try {
        main.join();
      } catch (InterruptedException e) {
        System.out.println("join interrupted");
      }
    })));
    System.out.println(interrupted("park", new Thread(() -> {
      java.util.concurrent.locks.LockSupport.park("blocker");
      System.out.println("unparked " + Thread.currentThread().isInterrupted());
    })));
    Thread blocked = new Thread(() -> {
      synchronized (lock) {
        System.out.println("got the lock");
      }
    });
    synchronized (lock) {
      blocked.start();
      while (blocked.getState() != Thread.State.BLOCKED) Thread.yield();
      blocked.interrupt();
      System.out.println(blocked.getState() + " " + blocked.isInterrupted());
    }
    blocked.join();
    main.interrupt();
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      System.out.println("pending interrupt taken " + main.isInterrupted());
    }
    ThreadGroup g = new ThreadGroup("outer"), inner = new ThreadGroup(g, "inner");
    g.setMaxPriority(4);
    Thread d = new Thread(inner, () -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        System.out.println("group interrupt");
      }
    }, "in group");
    d.setDaemon(true);
    d.setPriority(9);
    d.start();
    while (d.getState() != Thread.State.TIMED_WAITING) Thread.yield();
    Thread[] found = new Thread[4];
    System.out.println(d.getPriority() + " " + g.activeCount() + " " + g.activeGroupCount() + " " + g.enumerate(found)
        + " " + found[0].getName()
        + " " + inner.parentOf(g) + " " + g.parentOf(inner) + " " + d);
    g.interrupt();
    d.join();
    Thread slow = new Thread(() -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        System.out.println("never");
      }
    });
    slow.setDaemon(true);
    slow.start();
    slow.join(20);
    System.out.println(slow.isAlive() + " " + Arrays.stream(Thread.getAllStackTraces().keySet().toArray(new Thread[0]))
        .anyMatch(t -> t == slow)
        + " " + Thread.getAllStackTraces().get(main)[0].getMethodName().isEmpty());
  }
}
