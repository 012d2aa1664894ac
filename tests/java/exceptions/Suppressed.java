// try-with-resources: closing order, suppressed exceptions, null resources, addSuppressed errors.
public class Suppressed {
  static class Res implements AutoCloseable {
    final String name;
    final boolean failing;

    Res(String name, boolean failing) {
      if (name.equals("bad")) throw new IllegalArgumentException("cannot open " + name);
      this.name = name;
      this.failing = failing;
      System.out.println("open " + name);
    }

    @Override
    public void close() throws Exception {
      System.out.println("close " + name);
      if (failing) throw new Exception("close " + name);
    }
  }

  static void use(int n) throws Exception {
    try (Res a = new Res("a", n == 2 || n == 3); Res none = null; Res b = new Res("b", n >= 3);
         Res c = new Res(n == 4 ? "bad" : "c", false)) {
      if (n == 1 || n == 3) throw new IllegalStateException("body");
      System.out.println("body " + a.name + b.name + c.name + none);
    } catch (IllegalArgumentException e) {
      System.out.println("caught " + e.getMessage() + " " + e.getSuppressed().length);
      throw e;
    } finally {
      System.out.println("finally");
    }
  }

  static void show(Throwable t, String indent) {
    System.out.println(indent + t);
    for (Throwable s : t.getSuppressed()) show(s, indent + "  suppressed ");
    if (t.getCause() != null) show(t.getCause(), indent + "  cause ");
  }

  static class Quiet extends RuntimeException {
    Quiet() {
      super("quiet", null, false, false);
    }
  }

  public static void main(String[] args) {
    for (int n = 0; n <= 4; n++) {
      System.out.println("--- " + n);
      try {
        use(n);
      } catch (Exception e) {
        show(e, "");
      }
    }
    Exception e = new Exception("outer", new Error("inner"));
    e.addSuppressed(new RuntimeException("one", new Exception("its cause")));
    show(e, "");
    try {
      e.addSuppressed(e);
    } catch (IllegalArgumentException x) {
      System.out.println(x.getMessage());
    }
    try {
      e.addSuppressed(null);
    } catch (NullPointerException x) {
      System.out.println(x.getMessage());
    }
    try {
      e.initCause(new Error());
    } catch (IllegalStateException x) {
      System.out.println(x.getMessage());
    }
    Quiet q = new Quiet();
    q.addSuppressed(e);
    System.out.println(q.getSuppressed().length + " " + q.getStackTrace().length);
  }
}
