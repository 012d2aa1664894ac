// System.exit from inside try/finally with hooks: finally does not run, hooks do, the code is the last byte.
public class ExitCodes {
  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      System.out.println("hook");
      try {
        Runtime.getRuntime().addShutdownHook(new Thread());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }));
    Thread waiting = new Thread(() -> {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        System.out.println("not interrupted by exit");
      }
    });
    waiting.start();
    Thread hook = new Thread(() -> System.out.println("removed hook"));
    Runtime.getRuntime().addShutdownHook(hook);
    System.out.println(Runtime.getRuntime().removeShutdownHook(hook));
    try {
      System.out.println("leaving");
      System.exit(256 + 42);
    } finally {
      System.out.println("finally must not run");
    }
  }
}
