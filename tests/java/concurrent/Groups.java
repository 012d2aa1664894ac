// Thread groups, daemons, priorities, names, uncaught handlers at three levels, inherited locals and context loaders, enumerate.
import java.util.*;
import java.util.concurrent.*;

public class Groups {
  static final InheritableThreadLocal<List<String>> HEIR = new InheritableThreadLocal<>() {
    @Override
    protected List<String> initialValue() {
      return new ArrayList<>(List.of("init"));
    }

    @Override
    protected List<String> childValue(List<String> parent) {
      List<String> l = new ArrayList<>(parent);
      l.add("child");
      return l;
    }
  };

  static void await(Thread t) throws InterruptedException {
    t.start();
    t.join();
  }

  public static void main(String[] args) throws Exception {
    Thread main = Thread.currentThread();
    ThreadGroup top = main.getThreadGroup();
    System.out.println(top.getName() + " " + top.getParent().getName() + " " + top.getParent().getParent() + " " + top
        .getMaxPriority() + " " + main.getPriority() + " " + main.getName() + " " + main.isDaemon());
    ThreadGroup g = new ThreadGroup("g"), sub = new ThreadGroup(g, "sub");
    System.out.println(g.getParent() == top ? g.parentOf(sub) + " " + sub.parentOf(g) + " " + sub : "?");
    g.setMaxPriority(3);
    Thread low = new Thread(sub, () -> {}, "low");
    low.setPriority(9);
    System.out.println(low.getPriority() + " " + sub.getMaxPriority() + " " + low);
    try {
      low.setPriority(11);
    } catch (IllegalArgumentException e) {
      System.out.println("priority " + e.getMessage());
    }
    CountDownLatch hold = new CountDownLatch(1);
    Thread[] held = new Thread[4];
    for (int i = 0; i < 4; i++) {
      held[i] = new Thread(i < 2 ? g : sub, () -> {
        try {
          hold.await();
        } catch (InterruptedException e) {
          System.out.println("interrupted");
        }
      }, "held" + i);
      held[i].start();
    }
    Thread[] list = new Thread[10];
    int n = g.enumerate(list), flat = g.enumerate(new Thread[10], false);
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < n; i++) names.add(list[i].getName());
    ThreadGroup[] groups = new ThreadGroup[5];
    System.out.println(n + " " + flat + " " + names + " " + g.activeCount() + " " + g.activeGroupCount() + " " + top.enumerate(
        groups));
    try {
      g.destroy();
    } catch (IllegalThreadStateException e) {
      System.out.println("not empty");
    }
    hold.countDown();
    for (Thread t : held) t.join();
    System.out.println(g.activeCount() + " " + held[0].getThreadGroup() + " " + held[0].isAlive());
    g.destroy();
    System.out.println(g.isDestroyed() + " " + sub.isDestroyed());

    // Uncaught: own handler, group's, default.
    Runnable thrower = () -> {
      throw new IllegalStateException("from " + Thread.currentThread().getName());
    };
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.out.println("default: " + t.getName() + " " + e.getMessage()));
    ThreadGroup handling = new ThreadGroup("handling") {
      @Override
      public void uncaughtException(Thread t, Throwable e) {
        System.out.println("group: " + t.getName() + " " + e.getMessage());
        if (t.getName().equals("both")) super.uncaughtException(t, e);
      }
    };
    await(new Thread(thrower, "plain"));
    await(new Thread(handling, thrower, "grouped"));
    await(new Thread(handling, thrower, "both"));
    Thread own = new Thread(handling, thrower, "own");
    own.setUncaughtExceptionHandler((t, e) -> {
      System.out.println("own: " + e.getMessage() + " " + t.isAlive() + " " + t.getState());
      throw new RuntimeException("ignored");
    });
    System.out.println(own.getUncaughtExceptionHandler() != handling);
    await(own);
    System.out.println(own.getState() + " " + own.getUncaughtExceptionHandler());
    Thread error = new Thread(() -> deep(0), "overflow");
    await(error);

    // Inheritance.
    HEIR.get().add("main");
    ClassLoader odd = new ClassLoader() {};
    main.setContextClassLoader(odd);
    Thread parent = new Thread(() -> {
      System.out.println(HEIR.get() + " " + Thread.currentThread().isDaemon() + " " + (Thread.currentThread()
          .getContextClassLoader() == odd) + " " + Thread.currentThread().getPriority());
      Thread kid = new Thread(() -> System.out.println(HEIR.get() + " " + Thread.currentThread().isDaemon() + " " + Thread
          .currentThread().getThreadGroup().getName()), "kid");
      try {
        await(kid);
      } catch (InterruptedException e) {
        System.out.println(e);
      }
    }, "parent");
    parent.setDaemon(true);
    parent.setPriority(7);
    await(parent);
    Thread without = new Thread(null, () -> System.out.println(HEIR.get()), "without", 0, false);
    await(without);
    HEIR.remove();
    System.out.println(HEIR.get());
    try {
      parent.start();
    } catch (IllegalThreadStateException e) {
      System.out.println("twice " + e.getMessage());
    }
    Thread running = new Thread(() -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        System.out.println(e.getMessage());
      }
    });
    running.start();
    try {
      running.setDaemon(true);
    } catch (IllegalThreadStateException e) {
      System.out.println("running");
    }
    running.setName("renamed");
    System.out.println(running.getName() + " " + running.toString() + " " + (running.getId() > 1));
    running.join(2);
    System.out.println(running.isAlive());
    running.interrupt();
    running.join();
    System.out.println(Thread.holdsLock(main) + " " + main.isInterrupted());
  }

  static int deep(int n) {
    if (n > 1_000_000) return n;
    if (n == 500) throw new IllegalStateException("at 500");
    return deep(n + 1) + 1;
  }
}
