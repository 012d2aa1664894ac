// System.exit from another thread while main waits: daemon or not, the process ends with that code, finally blocks do not run.
public class ExitInThread {
  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook in " + Thread.currentThread()
        .getThreadGroup().getName())));
    Thread t = new Thread(() -> {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        return;
      }
      System.out.println("exit from " + Thread.currentThread().getName());
      System.exit(3);
    }, "leaver");
    t.setDaemon(true);
    t.start();
    try {
      synchronized (t) {
        while (true) t.wait(50);
      }
    } finally {
      System.out.println("finally must not run");
    }
  }
}
