// What threads carry and inherit: thread locals and inheritable ones, names, groups, priorities, daemon state, context loaders, handlers for what they throw, stacks seen from outside, states, joins, interrupts and holdsLock.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

public class Locals {
  static final ThreadLocal<List<String>> LIST = ThreadLocal.withInitial(ArrayList::new);
  static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>() {
    @Override
    protected String childValue(String parent) {
      return parent + "/child";
    }
  };

  static String in(Callable<String> c) throws Exception {
    FutureTask<String> f = new FutureTask<>(c);
    Thread t = new Thread(f);
    t.start();
    t.join();
    return f.get();
  }

  static void locals() throws Exception {
    LIST.get().add("main");
    System.out.println(in(() -> {
      LIST.get().add("other");
      return LIST.get() + "";
    }) + " " + LIST.get());
    LIST.remove();
    System.out.println(LIST.get());
    INHERITED.set("main");
    System.out.println(in(() -> INHERITED.get() + " " + in(INHERITED::get)) + " " + INHERITED.get());
    Thread without = new Thread(null, () -> System.out.println("without " + INHERITED.get()), "t", 0, false);
    without.start();
    without.join();
    List<ThreadLocal<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int n = i;
      many.add(ThreadLocal.withInitial(() -> n));
    }
    int sum = 0;
    for (int round = 0; round < 3; round++) {
      for (ThreadLocal<Integer> t : many) {
        sum += t.get();
        if (t.get() % 3 == round) t.remove();
        else t.set(t.get() + 1);
      }
    }
    System.out.println(sum);
  }

  static void inheritance() throws Exception {
    ThreadGroup g = new ThreadGroup("group");
    g.setMaxPriority(4);
    ClassLoader mine = new ClassLoader("mine", null) {};
    Thread t = new Thread(g, () -> {
      Thread child = new Thread(() -> {}, "child");
      System.out.println(child.getPriority() + " " + child.isDaemon() + " " + child.getThreadGroup().getName() + " " + child.getContextClassLoader().getName() + " " + child.getUncaughtExceptionHandler().equals(g) + " " + child.getState());
    }, "parent");
    t.setDaemon(true);
    t.setPriority(9);
    t.setContextClassLoader(mine);
    t.start();
    t.join();
    System.out.println(t.getPriority() + " " + t.getThreadGroup() + " " + t.getState() + " " + t.isAlive() + " " + t);
    for (Runnable r : new Runnable[] {() -> t.setDaemon(false), t::start, () -> t.setPriority(11), () -> new Thread((String) null), () -> new Thread(g, null, "x", -1).setName(null), () -> {
      Thread.currentThread().setDaemon(true);
    }}) {
      try {
        r.run();
        System.out.println("done");
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    System.out.println(g.getMaxPriority() + " " + g.getParent().getName() + " " + g.parentOf(g) + " " + Thread.currentThread().getThreadGroup().parentOf(g) + " " + Thread.MAX_PRIORITY + " " + new Thread(g, () -> {}).getName().matches("Thread-\\d+"));
  }

  static void handlers() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    Thread t = new Thread(() -> {
      throw new IllegalStateException("a");
    }, "own");
    t.setUncaughtExceptionHandler((x, e) -> log.add("own " + x.getName() + " " + e.getMessage()));
    t.start();
    t.join();
    ThreadGroup g = new ThreadGroup("g") {
      @Override
      public void uncaughtException(Thread x, Throwable e) {
        log.add("group " + e.getMessage());
        super.uncaughtException(x, e);
      }
    };
    Thread.setDefaultUncaughtExceptionHandler((x, e) -> log.add("default " + e.getMessage()));
    Thread u = new Thread(g, () -> {
      throw new Error("b");
    });
    u.start();
    u.join();
    Thread.setDefaultUncaughtExceptionHandler(null);
    Thread w = new Thread(() -> {
      throw new RuntimeException("c");
    });
    w.setUncaughtExceptionHandler((x, e) -> {
      log.add("throws");
      throw new RuntimeException("from the handler");
    });
    w.start();
    w.join();
    System.out.println(log + " " + t.getUncaughtExceptionHandler());
  }

  static void stop(Object lock, CountDownLatch in) throws InterruptedException {
    synchronized (lock) {
      in.countDown();
      lock.wait();
    }
  }

  static void outside() throws Exception {
    Object lock = new Object();
    CountDownLatch in = new CountDownLatch(1);
    Thread t = new Thread(() -> {
      try {
        stop(lock, in);
      } catch (InterruptedException e) {
        System.out.println("interrupted " + Thread.currentThread().isInterrupted() + " " + Thread.holdsLock(lock));
      }
    }, "waiter");
    System.out.println(t.getStackTrace().length);
    t.start();
    in.await();
    synchronized (lock) { // it waits now
      System.out.println(Thread.holdsLock(lock));
    }
    StringBuilder sb = new StringBuilder();
    for (StackTraceElement e : t.getStackTrace()) if (e.getClassName().equals("Locals")) sb.append(e.getMethodName().replaceAll("lambda.*", "lambda")).append(' ');
    System.out.println(sb + " " + t.getState() + " " + Thread.getAllStackTraces().get(t)[0].getMethodName() + " " + Thread.getAllStackTraces().containsKey(Thread.currentThread()));
    t.join(1);
    System.out.println(t.isAlive());
    t.interrupt();
    t.join();
    System.out.println(t.getStackTrace().length + " " + t.getThreadGroup() + " " + Thread.getAllStackTraces().containsKey(t));
    try {
      Thread.holdsLock(null);
    } catch (NullPointerException e) {
      System.out.println("null lock");
    }
    Thread.currentThread().interrupt();
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      System.out.println(e.getMessage() + " " + Thread.interrupted());
    }
    Thread.currentThread().interrupt();
    LockSupport.park();
    System.out.println(Thread.currentThread().isInterrupted() + " " + Thread.interrupted() + " " + Thread.interrupted());
    try {
      Thread.sleep(-1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    try {
      Thread.sleep(0, 1_000_000);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    for (Runnable r : new Runnable[] {lock::notify, lock::notifyAll, () -> {
      try {
        lock.wait(1);
      } catch (InterruptedException e) {
        System.out.println("?");
      }
    }}) {
      try {
        r.run();
      } catch (IllegalMonitorStateException e) {
        System.out.println(e.getMessage());
      }
    }
    LockSupport.unpark(Thread.currentThread());
    LockSupport.unpark(Thread.currentThread());
    LockSupport.park();
    long start = System.nanoTime();
    LockSupport.parkNanos(20_000_000);
    System.out.println(System.nanoTime() - start >= 1_000_000);
    Thread unstarted = new Thread(() -> {});
    unstarted.interrupt();
    unstarted.join();
    System.out.println(unstarted.isInterrupted() + " " + unstarted.getState());
    AtomicInteger started = new AtomicInteger();
    Thread late = new Thread(() -> started.set(Thread.currentThread().isInterrupted() ? 2 : 1));
    late.interrupt();
    late.start();
    late.join();
    System.out.println(started.get() > 0);
  }

  public static void main(String[] args) throws Exception {
    locals();
    inheritance();
    handlers();
    outside();
  }
}
