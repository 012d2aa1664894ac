// The deprecated way: stop of another thread; ThreadDeath is silent; locks are given up.
@SuppressWarnings({"deprecation", "removal"})
public class Stop {
  static volatile long beats;
  static volatile boolean inside;
  static final Object LOCK = new Object();

  static boolean advances() throws InterruptedException {
    long before = beats;
    for (int i = 0; i < 200 && beats == before; i++) Thread.sleep(1);
    return beats != before;
  }

  public static void main(String[] args) throws Exception {
    Thread t = new Thread(() -> {
      try {
        while (true) {
          beats++;
          Thread.onSpinWait();
        }
      } finally {
        System.out.println("finally in the stopped thread");
      }
    });
    t.start();
    System.out.println("runs " + advances());
    t.stop();
    t.join();
    System.out.println("stopped " + t.getState());
    Thread holder = new Thread(() -> {
      synchronized (LOCK) {
        inside = true;
        try {
          Thread.sleep(100_000);
        } catch (InterruptedException e) {
          System.out.println("not interrupted");
        } catch (ThreadDeath e) {
          System.out.println("ThreadDeath in sleep " + Thread.holdsLock(LOCK));
          throw e;
        }
      }
    });
    holder.start();
    while (!inside) Thread.yield();
    holder.stop();
    synchronized (LOCK) {
      System.out.println("lock is free");
    }
    holder.join();
    Thread never = new Thread(() -> System.out.println("must not run"));
    never.stop();
    never.start();
    never.join();
    System.out.println(never.getState());
  }
}
