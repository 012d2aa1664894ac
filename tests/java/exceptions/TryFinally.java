// try/catch/finally nesting: which result wins, order of effects, rethrow, multi-catch, locals over throws.
public class TryFinally {
  static StringBuilder log = new StringBuilder();

  static int say(String s, int v) {
    log.append(s);
    return v;
  }

  @SuppressWarnings("finally")
  static int finallyWins() {
    try {
      return say("t", 1);
    } finally {
      return say("f", 2);
    }
  }

  static int finallyTooLate() {
    int x = 1;
    try {
      return x;
    } finally {
      x = 99;
    }
  }

  @SuppressWarnings("finally")
  static int swallow() {
    while (true) {
      try {
        throw new IllegalStateException();
      } finally {
        break;
      }
    }
    return 3;
  }

  static int nested(int n) {
    int r = 0;
    try {
      try {
        if (n == 1) throw new IllegalArgumentException("1");
        if (n == 2) throw new ArrayIndexOutOfBoundsException(2);
        if (n == 3) r = 1 / (n - 3);
        if (n == 4) throw new Error("4");
        r += 1;
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        r += 10;
        if (n == 2) throw e;
        r += 20;
      } finally {
        r += 100;
        if (n == 5) throw new RuntimeException("5");
      }
      r += 1000;
    } catch (ArithmeticException e) {
      r += 2000;
    } catch (RuntimeException e) {
      r += 3000 + e.getMessage().length();
    } catch (Error e) {
      r += 4000;
    } finally {
      r += 10000;
    }
    return r;
  }

  static String localsOverThrow(String in) {
    int i = 0;
    String last = "none";
    long total = 0;
    try {
      for (String part : in.split(",")) {
        i++;
        total += Long.parseLong(part);
        last = part;
      }
      return "all " + total;
    } catch (NumberFormatException e) {
      return "at " + i + " total " + total + " last " + last + " (" + e.getMessage() + ")";
    }
  }

  static void rethrow(int n) throws java.io.IOException {
    try {
      if (n == 0) throw new java.io.IOException("io");
      if (n == 1) throw new IllegalStateException("state");
    } catch (Exception e) {
      log.append("[r").append(n).append(']');
      throw e;
    }
  }

  static int deep(int n) {
    try {
      if (n == 0) throw new RuntimeException("bottom");
      return deep(n - 1) + 1;
    } finally {
      if (n % 10 == 0) log.append(n).append(' ');
    }
  }

  static synchronized int locked(boolean b) {
    if (b) throw new IllegalStateException("locked");
    return 5;
  }

  public static void main(String[] args) {
    System.out.println(finallyWins() + " " + finallyTooLate() + " " + swallow() + " " + log);
    for (int n = 0; n <= 5; n++) System.out.print(nested(n) + " ");
    System.out.println();
    System.out.println(localsOverThrow("1,2,3") + "; " + localsOverThrow("5,6,x,7"));
    log.setLength(0);
    for (int n = 0; n < 3; n++) {
      try {
        rethrow(n);
        log.append("ok");
      } catch (java.io.IOException | IllegalStateException e) {
        log.append(e.getMessage());
      }
    }
    System.out.println(log);
    log.setLength(0);
    try {
      deep(50);
    } catch (RuntimeException e) {
      System.out.println(log + e.getMessage() + " " + e.getStackTrace().length);
    }
    try {
      locked(true);
    } catch (IllegalStateException e) {
      System.out.println(Thread.holdsLock(TryFinally.class) + " " + locked(false));
    }
    try {
      throw null;
    } catch (NullPointerException e) {
      System.out.println("threw null");
    }
    int caught = 0;
    for (int i = 0; i < 20000; i++) {
      try {
        if (i % 3 == 0) throw new Exception("x");
        if (i % 3 == 1) ((Object) null).hashCode();
      } catch (NullPointerException e) {
        caught += 2;
      } catch (Exception e) {
        caught++;
      }
    }
    System.out.println(caught);
  }
}
