// Class initialisation: cycles within one thread, what triggers it and what does not, interfaces with defaults, failures and after, constants inlined, enums and nested, two threads in a
// cycle that does not deadlock, superclass order.
import java.util.*;
import java.util.concurrent.*;

public class Inits {
  static final StringBuffer LOG = new StringBuffer();

  static <T> T log(String s, T v) {
    LOG.append(s).append(' ');
    return v;
  }

  static class A {
    static int x = log("A", B.y + 1);
  }

  static class B {
    static int y = log("B", A.x + 10);
  }

  interface I {
    int K = log("I", 1);

    default void d() {}
  }

  interface J {
    int K = log("J", 2);
    int CONST = 5;
  }

  static class Impl implements I, J {
    static {
      log("Impl", 0);
    }
  }

  static class Sup {
    static {
      log("Sup", 0);
    }
    static int inSup = 1;
    static final String CONST = "c";
    static final String NOT_CONST = "n".trim();

    static void m() {}
  }

  static class Sub extends Sup {
    static {
      log("Sub", 0);
    }
  }

  enum E {
    X, Y;

    static final Map<String, E> MAP = new HashMap<>();

    static {
      for (E e : values()) MAP.put(e.name(), e);
    }

    E() {
      log("E", 0);
    }
  }

  static class Fails {
    static int tries;
    static {
      log("Fails", 0);
      if (LOG.length() > 0) throw new IllegalStateException("static");
    }
  }

  static class FailsSub extends Fails {}

  static class Err {
    static final int X = deep(0);

    static int deep(int n) {
      return n > 200 ? Integer.parseInt("zz") : deep(n + 1);
    }
  }

  static class Throws {
    static {
      if (true) throw new AssertionError("an Error stays itself");
    }
  }

  static class P {
    static volatile int v;
    static {
      Inits.meet();
      v = 1;
    }
  }

  static class Lazy {
    static final Lazy IT = new Lazy();
    static int after = 7;
    int seen = after;
  }

  static final CyclicBarrier BARRIER = new CyclicBarrier(1);

  static void meet() {
    try {
      BARRIER.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void say(String what) {
    System.out.println(what + ": " + LOG.toString().trim());
    LOG.setLength(0);
  }

  static void attempt(String what, Runnable r) {
    try {
      r.run();
      say(what);
    } catch (Throwable t) {
      say(what + " " + t + " <- " + t.getCause());
    }
  }

  public static void main(String[] args) throws Exception {
    System.out.println(A.x + " " + B.y);
    say("cycle");
    Sub[] none = new Sub[3];
    Class<?> c = Sub.class;
    Object o = none instanceof Object[] ? Sup.CONST : null;
    int k = J.CONST;
    say("nothing");
    attempt("through sub", () -> System.out.println(Sub.inSup));
    attempt("then sub", Sub::new);
    attempt("impl", Impl::new);
    attempt("J", () -> System.out.println(Impl.class.isInterface() + " " + J.K));
    attempt("enum", () -> System.out.println(E.valueOf("Y") + " " + E.MAP.size()));
    Class<?> f = Class.forName("Inits$Late", false, Inits.class.getClassLoader());
    say("not yet");
    attempt("reflection", () -> {
      try {
        f.getDeclaredField("z").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    });
    attempt("fails", Fails::new);
    attempt("again", Fails::new);
    attempt("field", () -> System.out.println(Fails.tries));
    attempt("sub of failed", FailsSub::new);
    attempt("deep", () -> System.out.println(Err.X));
    attempt("deep again", () -> System.out.println(Err.X));
    attempt("error", Throws::new);
    attempt("error again", Throws::new);
    attempt("forName", () -> {
      try {
        Class.forName("Inits$Fails");
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    });
    attempt("lazy", () -> System.out.println(Lazy.IT.seen + " " + Lazy.after));
    Thread[] ts = new Thread[4];
    int[] got = new int[4];
    for (int i = 0; i < 4; i++) {
      int n = i;
      (ts[i] = new Thread(() -> got[n] = P.v)).start();
    }
    for (Thread t : ts) t.join();
    System.out.println(Arrays.toString(got));
    // X needs Y and Y needs X, by two threads that start apart: each waits only for the other's end, or the same thread goes on.
    Thread t1 = new Thread(() -> System.out.print(M.m + N.n > 0 ? "" : "?"));
    t1.start();
    t1.join();
    System.out.println(M.m + " " + N.n);
    System.out.println(new Object() {
      int a = b() + 1, b = 5;

      int b() {
        return b;
      }
    }.a);
  }

  static class M {
    static int m = N.n + 1;
  }

  static class N {
    static int n = M.m + 1;
  }

  static class Late {
    static int z = log("Late", 3);
  }
}
