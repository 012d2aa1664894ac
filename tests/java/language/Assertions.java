// vmopts: -ea -da:AssertionsQuiet
// assert statements with -ea: messages of every type, a class switched off, desiredAssertionStatus.
public class Assertions {
  static int evaluated;

  static boolean check(boolean b) {
    evaluated++;
    return b;
  }

  static void attempt(Runnable r) {
    try {
      r.run();
      System.out.println("passed");
    } catch (AssertionError e) {
      System.out.println(e + " cause " + e.getCause());
    }
  }

  public static void main(String[] args) {
    attempt(() -> { assert check(true); });
    attempt(() -> { assert check(false); });
    attempt(() -> { assert check(false) : "text"; });
    attempt(() -> { assert check(false) : 5; });
    attempt(() -> { assert check(false) : 'c'; });
    attempt(() -> { assert check(false) : 2.5; });
    attempt(() -> { assert check(false) : null; });
    attempt(() -> { assert check(false) : new IllegalStateException("inner"); });
    AssertionsQuiet.run();
    System.out.println(evaluated + " " + Assertions.class.desiredAssertionStatus() + " "
        + AssertionsQuiet.class.desiredAssertionStatus() + " " + String.class.desiredAssertionStatus());
    ClassLoader loader = Assertions.class.getClassLoader();
    loader.setClassAssertionStatus("AssertionsLate", false);
    System.out.println(AssertionsLate.enabled());
  }
}

class AssertionsLate {
  static boolean enabled() {
    boolean on = false;
    assert on = true;
    return on;
  }
}

class AssertionsQuiet {
  static void run() {
    assert Assertions.check(false) : "not evaluated";
    System.out.println("quiet passed");
  }
}
