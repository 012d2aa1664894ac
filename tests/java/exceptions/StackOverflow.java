// StackOverflowError: thrown, caught, repeatable; finally blocks run; other threads and small stacks too.
public class StackOverflow {
  static int depth;

  static int down(int n) {
    depth = n;
    return down(n + 1) + 1;
  }

  static long fat(long a, long b, long c, double d, Object e, String f, int[] g) {
    depth++;
    return fat(a + 1, b ^ a, c * 3, d / 2, e, f, g) + a + b + c + (long) d + g.length;
  }

  Object self;

  @Override
  public String toString() {
    return "[" + self + "]";
  }

  static synchronized int lockedDown(int n) {
    return lockedDown(n + 1) + 1;
  }

  static int unwound;

  static void withFinally(int n) {
    try {
      withFinally(n + 1);
    } finally {
      if (n < 100) unwound++;
    }
  }

  static boolean overflow(Runnable r) {
    try {
      r.run();
      return false;
    } catch (StackOverflowError e) {
      return e.getMessage() == null && e.getStackTrace().length > 0 && e.getStackTrace().length <= 1024;
    }
  }

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 3; i++) {
      System.out.println(overflow(() -> down(0)) + " " + (depth > 500));
    }
    depth = 0;
    System.out.println(overflow(() -> fat(1, 2, 3, 4, "e", "f", new int[3])) + " " + (depth > 200));
    StackOverflow loop = new StackOverflow();
    loop.self = loop;
    System.out.println(overflow(loop::toString));
    System.out.println(overflow(() -> lockedDown(0)) + " " + Thread.holdsLock(StackOverflow.class));
    System.out.println(overflow(() -> withFinally(0)) + " " + unwound);
    boolean[] result = new boolean[1];
    Thread t = new Thread(null, () -> result[0] = overflow(() -> down(0)), "small", 256 * 1024);
    t.start();
    t.join();
    System.out.println(result[0] + " " + (depth > 100));
    try {
      down(0);
    } catch (StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      boolean same = true;
      for (int i = 1; i < trace.length; i++) same &= trace[i].getMethodName().equals("down");
      System.out.println(same + " " + trace.length);
    }
    System.out.println("still alive");
  }
}
