// The monitors a thread holds, frame by frame, as ThreadInfo.getLockedMonitors tells them: synchronized blocks, nested, recursive, in synchronized methods and around them,
// static ones, of several types, while blocked, waiting and in compiled code; and in a thread's own view of itself.
import java.lang.management.*;
import java.util.*;
import java.util.concurrent.*;

public class Held {
  static class Red {}

  static class Green {}

  static class Blue {}

  static final Object RED = new Red(), GREEN = new Green(), BLUE = new Blue();
  static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
  static volatile boolean go;

  /* Each monitor of a thread with the method of its frame. */
  static String held(Thread t) {
    ThreadInfo info = BEAN.getThreadInfo(new long[] {t.getId()}, true, true)[0];
    StackTraceElement[] stack = info.getStackTrace();
    List<String> l = new ArrayList<>();
    for (MonitorInfo m : info.getLockedMonitors()) {
      if (!stack[m.getLockedStackDepth()].equals(m.getLockedStackFrame())) l.add("?");
      l.add(m.getLockedStackFrame().getMethodName() + ":" + m.getClassName().replaceAll(".*[.$]", ""));
    }
    return l + (info.getLockName() == null ? "" : " " + info.getThreadState() + " " + info.getLockInfo().getClassName().replaceAll(".*[.$]", ""));
  }

  static void say(String what) {
    System.out.println(what + " " + held(Thread.currentThread()));
  }

  static void nested() {
    say("none");
    synchronized (RED) {
      say("one");
      synchronized (GREEN) {
        say("two");
        synchronized (RED) {
          say("again");
        }
        say("two");
      }
      say("one");
    }
    say("none");
  }

  static synchronized void classLock() {
    synchronized (BLUE) {
      say("static");
    }
  }

  synchronized void own(int depth, Object o) {
    synchronized (o) {
      if (depth > 0) own(depth - 1, depth == 1 ? GREEN : RED);
      else say("deep");
    }
    if (depth == 2) say("back");
  }

  static void thrown() {
    try {
      synchronized (RED) {
        try {
          synchronized (GREEN) {
            throw new IllegalStateException();
          }
        } catch (IllegalStateException e) {
          say("caught inside");
        } finally {
          synchronized (BLUE) {
            say("finally");
          }
        }
        throw new IllegalStateException();
      }
    } catch (IllegalStateException e) {
      say("caught outside");
    }
  }

  /* The lock's variable is assigned while it is held. */
  static void reassigned() {
    Object o = RED;
    synchronized (o) {
      o = GREEN;
      synchronized (o) {
        o = null;
        say("reassigned");
      }
    }
  }

  static void many(int n) {
    Object[] colors = {RED, GREEN, BLUE};
    for (int i = 0; i < n; i++)
      synchronized (colors[i % 3]) {
        if (i == n - 1) say("loop");
      }
  }

  static int hot(int i) {
    synchronized (RED) {
      synchronized (GREEN) {
        if (i < 0) say("hot");
        return i + 1;
      }
    }
  }

  static Thread start(String what, Thread.State state, Runnable r) throws Exception {
    Thread t = new Thread(r, what);
    t.setDaemon(true);
    t.start();
    while (t.getState() != state) Thread.sleep(1);
    System.out.println(what + " " + held(t));
    t.interrupt();
    return t;
  }

  static void await(Object o) {
    try {
      o.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static synchronized void entry() {}

  public static void main(String[] args) throws Exception {
    nested();
    classLock();
    new Held().own(2, BLUE);
    thrown();
    reassigned();
    many(5);
    int n = 0;
    for (int i = 0; i < 20_000; i++) n = hot(n);
    hot(-1);
    start("waits", Thread.State.WAITING, () -> {
      synchronized (RED) {
        synchronized (BLUE) {
          await(BLUE);
        }
      }
    }).join();
    start("waits with it twice", Thread.State.WAITING, () -> {
      synchronized (BLUE) {
        synchronized (GREEN) {
          synchronized (BLUE) {
            await(BLUE);
          }
        }
      }
    }).join();
    CountDownLatch never = new CountDownLatch(1);
    start("parks", Thread.State.WAITING, () -> {
      synchronized (BLUE) {
        synchronized (GREEN) {
          try {
            never.await();
          } catch (InterruptedException e) {
            return;
          }
        }
      }
    }).join();
    Thread enters;
    synchronized (RED) {
      enters = start("enters a block", Thread.State.BLOCKED, () -> {
        synchronized (GREEN) {
          synchronized (RED) {
            go = false;
          }
        }
      });
    }
    enters.join();
    synchronized (Held.class) {
      enters = start("enters a method", Thread.State.BLOCKED, () -> {
        synchronized (GREEN) {
          entry();
        }
      });
    }
    enters.join();
    Thread spinner = new Thread(() -> {
      synchronized (GREEN) {
        while (!go) Thread.onSpinWait();
      }
    });
    go = false;
    spinner.start();
    while (!held(spinner).startsWith("[lambda")) Thread.onSpinWait();
    System.out.println(held(spinner).replaceAll("lambda[^:]*", "lambda"));
    go = true;
    spinner.join();
    System.out.println(held(Thread.currentThread()));
  }
}
