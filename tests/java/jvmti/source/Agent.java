import java.util.ArrayList;
import java.util.List;

/** What Agent.c looks at; natives are in the agent. */
public class Agent {
  interface Shape<T extends Number> {
    T area();
  }

  static class Square<T extends Number> implements Shape<T>, Cloneable {
    public static final int SIDES = 4;
    protected transient volatile List<T> sides = new ArrayList<>();
    private long hidden = 7;

    @Override
    public T area() {
      return sides.get(0);
    }

    static synchronized double half(double x, int... more) {
      double y = x / 2;
      return y;
    }

    native void nothing();
  }

  static class Late {
    static int n = 1;
  }

  static class Failing {
    static int n = 1 / (Late.n - Late.n);
  }

  static native void classes(Class<?>... classes);

  static native void methods(Class<?>... classes);

  static native void threads(Thread waiter, Thread unstarted, Thread dead, ThreadGroup group);

  static native int stack(String text, int number, long wide, double real, Object object);

  static native void monitors(Object held, Object free, Thread owner);

  static native void tags(Object a, Object b);

  static native void misc(Object some);

  static native void errors(Class<?> some);

  static native void watch(boolean on);

  static native void breakAt(Class<?> c, String name, boolean on);

  static native void popOf(int depth);

  static native int freed();

  static int recurse(int n, String text) {
    int local = n * 2;
    long wide = 1L << n;
    double real = n / 2.0;
    Object object = new int[n];
    if (n > 0)
      return recurse(n - 1, text);
    local += stack(text, local, wide, real, object);
    return local;
  }

  static void watching() {
    watch(true);
    int w = watched(3);
    watch(false);
    System.out.println("watched " + w);
  }

  static int watched(int n) {
    popOf(1);
    int sum = 0;
    for (int i = 0; i < n; i++)
      sum += i;
    try {
      throwing(n);
    } catch (IllegalArgumentException e) {
      sum++;
    }
    return sum;
  }

  static void throwing(int n) {
    if (n > 1)
      throw new IllegalArgumentException("n");
  }

  public static void main(String[] arguments) throws Exception {
    System.load(arguments[0]);
    System.out.println("== main");
    System.out.println(Late.class.getName());
    new Square<Integer>();
    try {
      System.out.println(Failing.n);
    } catch (ExceptionInInitializerError e) {
    }
    classes(Agent.class, Shape.class, Square.class, Late.class, Failing.class, int.class, int[].class, String[][].class,
        List.class, Class.class);
    methods(Shape.class, Square.class);
    System.out.println("late " + Late.n);
    classes(Late.class);
    Object lock = new Object();
    Thread waiter = new Thread(new ThreadGroup("group"), () -> {
      synchronized (lock) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          System.out.println("interrupted");
        }
      }
    }, "waiter");
    waiter.setPriority(7);
    waiter.setDaemon(true);
    waiter.start();
    while (waiter.getState() != Thread.State.WAITING)
      Thread.sleep(1);
    Thread dead = new Thread(() -> {});
    dead.start();
    dead.join();
    threads(waiter, new Thread("unstarted"), dead, waiter.getThreadGroup());
    waiter.join();
    System.out.println("recurse " + recurse(3, "text"));
    Object held = new Object();
    Thread blocked = new Thread(() -> {
      synchronized (held) {
        System.out.println("entered");
      }
    }, "blocked");
    synchronized (held) {
      synchronized (held) {
        blocked.start();
        while (blocked.getState() != Thread.State.BLOCKED)
          Thread.sleep(1);
        monitors(held, lock, blocked);
      }
    }
    blocked.join();
    tags(new Object(), "b");
    System.gc();
    while (freed() == 0)
      System.gc();
    System.out.println("freed");
    misc("text");
    errors(Square.class);
    breakAt(Agent.class, "throwing", true);
    Thread watched = new Thread(Agent::watching); // whose past has no exception
    watched.start();
    watched.join();
    breakAt(Agent.class, "throwing", false);
    throwing(0);
    System.out.println("== end");
  }
}
