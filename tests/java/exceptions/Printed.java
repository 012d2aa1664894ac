// What printStackTrace prints: causes with common frames, suppressed ones, circles, messages of several lines, overridden toString and getStackTrace, traces set, filled in again, not writable; and what goes wrong within it.
import java.io.*;
import java.util.*;

public class Printed {
  static class Quiet extends Exception {
    Quiet(String m) {
      super(m, null, false, false);
    }
  }

  static class Odd extends RuntimeException {
    Odd(Throwable t) {
      super(t);
    }

    @Override
    public String toString() {
      return "Odd!";
    }
  }

  static class Localized extends Exception {
    @Override
    public String getLocalizedMessage() {
      return "localized";
    }
  }

  static class NoTrace extends Exception {
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  static class Resource implements AutoCloseable {
    final String name;

    Resource(String name) {
      this.name = name;
    }

    @Override
    public void close() throws IOException {
      throw new IOException("close " + name);
    }
  }

  static void deep(int n) throws Exception {
    if (n == 0) throw new FileNotFoundException("bottom");
    try {
      deep(n - 1);
    } catch (IOException e) {
      throw new Exception("wrapped " + n, e);
    }
  }

  static void print(Throwable t) {
    StringWriter w = new StringWriter();
    t.printStackTrace(new PrintWriter(w, true));
    System.out.print(w.toString().replace("\t", "  "));
    System.out.println("--");
  }

  static Throwable caught(Body b) {
    try {
      b.run();
    } catch (Throwable t) {
      return t;
    }
    return null;
  }

  interface Body {
    void run() throws Throwable;
  }

  static final Object LAZY = new Object() {
    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  };

  public static void main(String[] args) throws Exception {
    print(caught(() -> deep(1)));
    print(caught(() -> {
      try (Resource a = new Resource("a"); Resource b = new Resource("b")) {
        throw new IllegalStateException("body");
      }
    }));
    Exception a = new Exception("a"), b = new Exception("b", a);
    a.initCause(b);
    print(a);
    Exception self = new Exception("self");
    self.addSuppressed(a);
    a.addSuppressed(self);
    print(self);
    print(new Quiet("quiet"));
    print(new Odd(new NoTrace()));
    print(new Localized());
    print(new Exception("two\nlines", new Exception((String) null)));
    Exception set = new Exception("set");
    set.setStackTrace(new StackTraceElement[] {new StackTraceElement("C", "m", "F.java", 5), new StackTraceElement("C", "native", "F.java", -2), new StackTraceElement("C", "none", null, -1), new StackTraceElement("loader", "mod", "1.2", "p.C", "m", "F.java", 1)});
    print(set);
    set.fillInStackTrace();
    System.out.println(set.getStackTrace()[0].getMethodName() + " " + set.getStackTrace().length);
    for (Body x : new Body[] {() -> self.addSuppressed(self), () -> self.addSuppressed(null), () -> b.initCause(null), () -> new Exception("x", null).initCause(a), () -> {
      Exception e = new Exception();
      e.initCause(e);
    }, () -> set.setStackTrace(null), () -> set.setStackTrace(new StackTraceElement[] {null}), () -> String.valueOf(LAZY), () -> {
      throw null;
    }, () -> {
      Object o = "x";
      Integer i = (Integer) o;
    }, () -> {
      int[] n = new int[-1];
    }, () -> {
      Object[] n = new String[1];
      n[0] = 1;
    }, () -> Objects.requireNonNull(null, "required"), () -> Objects.checkIndex(5, 3), () -> List.of(1).get(1), () -> new ArrayList<>().iterator().next(), () -> Enum.valueOf(Thread.State.class, "NONE"), () -> Optional.empty().orElseThrow(), () -> {
      throw new AssertionError(5);
    }, () -> {
      throw new AssertionError(new Exception("inner"));
    }}) {
      Throwable t = caught(x);
      System.out.println(t + " | " + (t == null ? null : t.getCause()) + " | " + (t == null || t.getStackTrace().length > 0));
    }
    Quiet q = new Quiet("q");
    q.addSuppressed(new Exception());
    q.setStackTrace(new StackTraceElement[] {new StackTraceElement("C", "m", "F.java", 5)});
    System.out.println(q.getSuppressed().length + " " + q.getStackTrace().length);
    StackTraceElement[] mine = set.getStackTrace();
    mine[0] = null;
    System.out.println(set.getStackTrace()[0] != null);
    Throwable copy = copy(caught(() -> deep(1)));
    print(copy);
    System.out.println(copy.getCause().getCause() + " " + copy.getStackTrace()[0].getLineNumber());
    Throwable oom = new OutOfMemoryError("mine");
    print(oom.initCause(new StackOverflowError()));
    Thread t = new Thread(() -> print(caught(() -> deep(0))));
    t.start();
    t.join();
  }

  static Throwable copy(Throwable t) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(t);
    return (Throwable) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
