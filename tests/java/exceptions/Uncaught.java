// An exception that leaves main: trace with causes and suppressed on stderr, exit code 1, other threads end.
public class Uncaught {
  static class Problem extends Exception {
    Problem(String m, Throwable cause) {
      super(m, cause);
    }

    @Override
    public String getLocalizedMessage() {
      return "localized " + getMessage();
    }
  }

  static void step(int n) throws Problem {
    if (n > 0) {
      step(n - 1);
      return;
    }
    try {
      Object o = "text";
      System.out.println((Integer) o);
    } catch (ClassCastException e) {
      Problem p = new Problem("step", new IllegalStateException("the cause"));
      p.addSuppressed(new Error("on the side"));
      throw p;
    }
  }

  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook runs")));
    Thread t = new Thread(() -> {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        System.out.println("not expected");
      }
      System.out.println("other thread ends");
    });
    t.start();
    System.out.println("before");
    step(3);
    System.out.println("not reached");
  }
}
