// Uncaught handlers: per thread, of the group, default; a handler that throws; the default output.
public class UncaughtThread {
  static void run(Thread t) throws InterruptedException {
    t.start();
    t.join();
  }

  public static void main(String[] args) throws Exception {
    Runnable fail = () -> {
      throw new IllegalArgumentException("from " + Thread.currentThread().getName());
    };
    run(new Thread(fail, "plain"));
    Thread own = new Thread(fail, "own");
    own.setUncaughtExceptionHandler((t, e) -> System.out.println("own handler " + t.getName() + " " + e));
    run(own);
    ThreadGroup group = new ThreadGroup("my group") {
      @Override
      public void uncaughtException(Thread t, Throwable e) {
        System.out.println("group handler " + t.getName() + " " + e.getMessage());
      }
    };
    run(new Thread(group, fail, "grouped"));
    Thread bad = new Thread(fail, "bad");
    bad.setUncaughtExceptionHandler((t, e) -> {
      System.out.println("failing handler");
      throw new Error("ignored");
    });
    run(bad);
    Thread.setDefaultUncaughtExceptionHandler(
        (t, e) -> System.out.println("default handler " + t.getName() + " " + e.getMessage()));
    run(new Thread(fail, "defaulted"));
    System.out.println(own.getState() + " " + (own.getUncaughtExceptionHandler() == null));
    throw new IllegalStateException("main too");
  }
}
