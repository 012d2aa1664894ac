// Stack traces: what frames are in them through every kind of call, setStackTrace, causes in common, printing with cycles and suppressed, all threads'
// traces, disabled writing, own fillInStackTrace, depth limit, line numbers over several lines.
import java.io.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Traces {
  static String shape(Throwable t) {
    StringBuilder sb = new StringBuilder(t.getClass().getSimpleName()).append(':');
    for (StackTraceElement e : t.getStackTrace()) {
      if (!e.getClassName().startsWith("Traces")) continue;
      sb.append(' ').append(e.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "lambda-$1")).append('@').append(e.getLineNumber());
    }
    return sb.toString();
  }

  static String printed(Throwable t) {
    StringWriter w = new StringWriter();
    t.printStackTrace(new PrintWriter(w));
    return w.toString();
  }

  static Object fail(int how) {
    switch (how) {
      case 0:
        return new int[0][
            3];
      case 1:
        return new Object[] {
            ((Object) "a")
                .equals(null), ((Integer) null)
                    .intValue()};
      case 2:
        return (Runnable) (Object)
            "not runnable";
      default:
        return 1 / (how - 3);
    }
  }

  Traces(boolean fails) {
    if (fails) throw new IllegalStateException("constructor");
  }

  Object field = null;

  {
    if (field != null) throw new IllegalStateException();
  }

  static class Init {
    static final int X = Traces.explode();
  }

  static int explode() {
    throw new IllegalArgumentException("initializer");
  }

  static class NoTrace extends RuntimeException {
    NoTrace(boolean writable) {
      super("quiet", null, false, writable);
    }
  }

  static class Own extends RuntimeException {
    int filled;

    @Override
    public synchronized Throwable fillInStackTrace() {
      filled++;
      return super.fillInStackTrace();
    }
  }

  static void deep(int n) {
    if (n == 0) throw new IllegalStateException("deep");
    deep(n - 1);
  }

  static void below(int n) {
    if (n > 0) {
      below(n - 1);
      return;
    }
    try {
      Thread.sleep(100_000);
    } catch (InterruptedException e) {
      return;
    }
  }

  static class Sub extends Own {
    Sub() {
      this(1);
    }

    Sub(int x) {}
  }

  static void run(String what, Runnable r) {
    try {
      r.run();
    } catch (Throwable t) {
      System.out.println(what + " " + shape(t));
    }
  }

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 4; i++) {
      int k = i;
      run("fail " + i, () -> fail(k));
    }
    run("constructor", () -> new Traces(true));
    run("initializer", () -> System.out.println(Init.X));
    run("initializer again", () -> System.out.println(Init.X));
    run("reference", ((Supplier<Object>) Traces::explode)::get);
    run("anonymous", new Runnable() {
      @Override
      public void run() {
        explode();
      }
    });
    run("sort", () -> Arrays.sort(new Integer[] {2, 1}, (a, b) -> explode()));
    run("stream", () -> List.of(1, 2).stream().map(x -> x + explode()).forEach(x -> {}));
    run("reflection", () -> {
      try {
        Traces.class.getDeclaredMethod("explode").invoke(null);
      } catch (InvocationTargetException e) {
        System.out.println(shape(e.getCause()));
        throw new RuntimeException(e);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    });
    try {
      deep(5000);
    } catch (IllegalStateException e) {
      StackTraceElement[] s = e.getStackTrace();
      System.out.println(s.length + " " + s[0].getMethodName() + " " + s[1023].getMethodName());
    }
    NoTrace n = new NoTrace(false), w = new NoTrace(true);
    n.addSuppressed(new Exception());
    n.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "b", "C.java", 1)});
    System.out.println(n.getStackTrace().length + " " + n.getSuppressed().length + " " + (w.getStackTrace().length > 0));
    Own o = new Own(), sub = new Sub();
    System.out.println(o.filled + " " + o.getStackTrace()[0].getMethodName() + " " + sub.getStackTrace()[0].getMethodName());
    StackTraceElement[] copy = o.getStackTrace();
    copy[0] = null;
    System.out.println(o.getStackTrace()[0] != null);
    try {
      o.setStackTrace(copy);
    } catch (NullPointerException e) {
      System.out.println(e.getMessage());
    }
    o.setStackTrace(new StackTraceElement[] {new StackTraceElement("loader", "mod", "1.0", "p.Class", "method", "File.java", 12), new StackTraceElement("q.Other", "m",
        null, -2), new StackTraceElement("q.Other", "m", null, -1), new StackTraceElement("", "", "", "r.T", "u", "T.java", -5)});
    System.out.print(printed(o));

    Exception a = new Exception("a"), b = new Exception("b", a), c = new Exception("c", b);
    for (Exception e : List.of(a, b, c)) e.setStackTrace(new StackTraceElement[] {new StackTraceElement("X", e.getMessage(), "X.java", 1), new StackTraceElement("X", "common",
        "X.java", 2), new StackTraceElement("X", "main", "X.java", 3)});
    c.addSuppressed(b);
    b.addSuppressed(new Exception("s", null) {
      @Override
      public StackTraceElement[] getStackTrace() {
        return new StackTraceElement[0];
      }

      @Override
      public String toString() {
        return "custom";
      }
    });
    System.out.print(printed(c));
    Exception x = new Exception("x"), y = new Exception("y", x);
    x.initCause(y);
    for (Exception e : List.of(x, y)) e.setStackTrace(new StackTraceElement[0]);
    System.out.print(printed(x));
    for (Runnable r : List.<Runnable>of(() -> x.initCause(null), () -> x.addSuppressed(x), () -> x.addSuppressed(null), () -> new Exception().initCause(null)
        .initCause(null), () -> a.initCause(a))) {
      try {
        r.run();
        System.out.println("passed");
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    Object lock = new Object();
    Thread t = new Thread(() -> {
      synchronized (lock) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          System.out.println(shape(e));
        }
      }
    }, "waiting");
    t.start();
    while (t.getState() != Thread.State.WAITING) Thread.onSpinWait();
    StackTraceElement[] s = t.getStackTrace();
    System.out.println(s[0] + " " + s[1].getMethodName() + " " + s[s.length - 1].getMethodName() + " " + Thread.getAllStackTraces().get(t).length);
    Thread[] deep = new Thread[1];
    deep[0] = new Thread(() -> below(3000), "deep");
    deep[0].start();
    while (deep[0].getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
    System.out.println(deep[0].getStackTrace().length > 3000);
    deep[0].interrupt();
    t.interrupt();
    t.join();
    System.out.println(t.getStackTrace().length + " " + new Thread().getStackTrace().length + " " + Thread.currentThread().getStackTrace()[0].getMethodName());
  }
}
