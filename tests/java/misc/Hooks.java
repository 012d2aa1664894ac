// Shutdown: hooks run after main and all non-daemon threads have ended; daemons are cut off; output
// of hooks arrives.
import java.util.concurrent.CountDownLatch;

public class Hooks {
  public static void main(String[] args) throws Exception {
    StringBuffer log = new StringBuffer();
    CountDownLatch done = new CountDownLatch(1);
    Thread first = new Thread(() -> {
      log.append("first ");
      done.countDown();
    });
    Runtime.getRuntime().addShutdownHook(first);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        done.await();
      } catch (InterruptedException e) {
        log.append("interrupted ");
      }
      System.out.println("hooks: " + log + Thread.currentThread().isDaemon());
    }));
    try {
      Runtime.getRuntime().addShutdownHook(first);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    Thread daemon = new Thread(() -> {
      while (true) {
        try {
          Thread.sleep(10_000);
        } catch (InterruptedException e) {
          System.out.println("never");
        }
      }
    });
    daemon.setDaemon(true);
    daemon.start();
    new Thread(() -> {
      try {
        Thread.sleep(60);
      } catch (InterruptedException e) {
        System.out.println("never");
      }
      log.append("worker ");
      new Thread(() -> log.append("started-late ")).start();
    }).start();
    log.append("main ");
    System.out.println("main ends");
  }
}
