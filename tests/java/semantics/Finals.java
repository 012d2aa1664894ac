// finally and try with resources: every exit, overriding returns and exceptions, loops with labels, nested suppressed, order of closing, nulls, resources that throw when made.
import java.util.*;

public class Finals {
  static final StringBuilder LOG = new StringBuilder();

  static class Res implements AutoCloseable {
    final String name;
    final boolean bad;

    Res(String name, boolean badMake, boolean badClose) {
      LOG.append('+').append(name);
      if (badMake) throw new IllegalStateException("make " + name);
      this.name = name;
      bad = badClose;
    }

    @Override
    public void close() {
      LOG.append('-').append(name);
      if (bad) throw new IllegalArgumentException("close " + name);
    }
  }

  static int ret(int how) {
    int x = 1;
    try {
      x = 2;
      if (how == 0) return x;
      if (how == 1) throw new RuntimeException("one");
      if (how == 2) return x / 0;
      x = 3;
    } catch (ArithmeticException e) {
      x = 4;
      return x;
    } finally {
      x = 5;
      if (how == 3) return x;
      if (how == 1) return -1;
    }
    return x;
  }

  static String loops() {
    StringBuilder sb = new StringBuilder();
    outer:
    for (int i = 0; i < 5; i++) {
      try {
        for (int j = 0;; j++) {
          try {
            if (j == i) continue outer;
            if (i == 3) break outer;
            if (j == 9) return "never";
          } finally {
            sb.append(i).append(j).append(' ');
            if (i == 2 && j == 1) break;
          }
        }
        sb.append("after ");
      } finally {
        sb.append('|');
      }
    }
    return sb.toString();
  }

  @SuppressWarnings("finally")
  static int swallow() {
    while (true) {
      try {
        throw new IllegalStateException("lost");
      } finally {
        break;
      }
    }
    try {
      try {
        throw new IllegalStateException("first");
      } finally {
        throw new IllegalArgumentException("second");
      }
    } catch (IllegalArgumentException e) {
      return e.getMessage().length() + e.getSuppressed().length;
    }
  }

  static int nested(int n) {
    try {
      if (n == 0) throw new IllegalStateException("0");
      return nested(n - 1) + 1;
    } catch (IllegalStateException e) {
      if (n < 3) throw new IllegalStateException(e.getMessage() + n, e);
      return 100;
    } finally {
      LOG.append(n);
    }
  }

  static void with(boolean[] f, boolean body) {
    LOG.setLength(0);
    try (Res a = new Res("a", f[0], f[1]); Res none = null; Res b = new Res("b", f[2], f[3])) {
      LOG.append('.');
      if (body) throw new UnsupportedOperationException("body");
      return;
    } catch (RuntimeException e) {
      LOG.append(" caught ").append(e.getMessage());
      for (Throwable s : e.getSuppressed()) LOG.append(" (").append(s.getMessage()).append(')');
    } finally {
      LOG.append(" finally");
    }
  }

  static long wide(long a, double d) {
    try {
      a += (long) d;
      return a;
    } finally {
      d = -1;
      a = -1;
    }
  }

  static int sync(Object o, boolean fail) {
    try {
      synchronized (o) {
        synchronized (Finals.class) {
          if (fail) throw new RuntimeException("in sync");
          return 1;
        }
      }
    } catch (RuntimeException e) {
      return Thread.holdsLock(o) || Thread.holdsLock(Finals.class) ? -2 : 2;
    }
  }

  static void rethrow(boolean io) throws java.io.IOException, InterruptedException {
    try {
      if (io) throw new java.io.FileNotFoundException("io");
      throw new InterruptedException("int");
    } catch (final Exception e) {
      throw e;  // precise
    }
  }

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 5; i++) System.out.print(ret(i) + " ");
    System.out.println();
    System.out.println(loops());
    System.out.println(swallow());
    System.out.println(nested(5) + " " + LOG);
    for (int m = 0; m < 32; m++) {
      with(new boolean[] {(m & 1) != 0, (m & 2) != 0, (m & 4) != 0, (m & 8) != 0}, (m & 16) != 0);
      System.out.println(LOG);
    }
    System.out.println(wide(1L << 40, 2.9) + " " + sync(new Object(), false) + sync(new Object(), true));
    for (boolean b : new boolean[] {true, false}) {
      try {
        rethrow(b);
      } catch (java.io.IOException | InterruptedException e) {
        System.out.println(e);
      }
    }
    Res shared = new Res("s", false, true);
    try (shared; Res t = new Res("t", false, true)) {
      throw new Error("body");
    } catch (Error e) {
      System.out.println(e.getMessage() + " " + Arrays.toString(e.getSuppressed()));
    }
    int n = 0;
    for (int i = 0; i < 5000; i++) {
      try {
        if (i % 3 == 0) throw new RuntimeException();
        n++;
      } catch (RuntimeException e) {
        n += 2;
      } finally {
        n += 5;
      }
    }
    System.out.println(n);
  }
}
