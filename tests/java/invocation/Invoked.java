/** What embed.c calls. */
public class Invoked {
  static int count;
  int number;

  Invoked(int number) {
    this.number = number;
  }

  static String join(String text, boolean z, byte b, char c, short s, int i, long l, float f, double d) {
    return text + " " + z + " " + b + " " + (int) c + " " + s + " " + i + " " + l + " " + f + " " + d;
  }

  int twice(int more) {
    return 2 * number + more;
  }

  static void fail(String message) {
    throw new IllegalStateException(message);
  }

  static String describe() {
    Thread t = Thread.currentThread();
    return t.getName() + (t.isDaemon() ? " daemon " : " user ") + t.getThreadGroup().getName() + " "
        + t.getState() + " " + (t.getContextClassLoader() == ClassLoader.getSystemClassLoader());
  }

  /** The kind of name a thread gets that was attached without one. */
  static boolean isNumbered() {
    return Thread.currentThread().getName().matches("Thread-\\d+");
  }

  static synchronized int next() {
    return ++count;
  }

  static String property(String name) {
    return System.getProperty(name);
  }

  /** A user thread and a hook that DestroyJavaVM waits for; what uncaught exceptions say goes to stdout. */
  static void prepare() {
    Thread.setDefaultUncaughtExceptionHandler(
        (t, e) -> System.out.println("uncaught in " + t.getName() + ": " + e));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
  }

  static void startLate() {
    new Thread(() -> {
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        System.out.println(e);
      }
      System.out.println("late thread ends");
    }).start();
    Thread daemon = new Thread(() -> {
      while (true)
        next();
    });
    daemon.setDaemon(true);
    daemon.start();
  }

  static void park() throws InterruptedException {
    synchronized (Invoked.class) {
      Invoked.class.wait(20);
    }
  }
}
