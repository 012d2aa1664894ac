/** Thread.suspend and resume: a suspended thread stands still, also through collections; it can suspend itself. */
@SuppressWarnings({"deprecation", "removal"})
public class Suspension {
  static volatile long ticks;
  static volatile boolean stop;

  static boolean stands(long millis) throws InterruptedException {
    long before = ticks;
    Thread.sleep(millis);
    return ticks == before;
  }

  static void await(Thread t, long more) throws InterruptedException {
    long from = ticks;
    while (ticks < from + more)
      Thread.sleep(1);
  }

  public static void main(String[] arguments) throws Exception {
    ThreadGroup group = new ThreadGroup("group");
    Thread spinner = new Thread(group, () -> {
      Object[] garbage = new Object[16];
      while (!stop) {
        garbage[(int) (ticks & 15)] = new int[8];
        ticks++;
      }
    });
    spinner.start();
    await(spinner, 1);
    for (int i = 0; i < 5; i++) {
      spinner.suspend();
      System.gc();
      System.out.println("stands " + stands(20) + " alive " + spinner.isAlive() + " " + spinner.getState());
      System.out.println(spinner.getStackTrace().length > 0);
      spinner.resume();
      await(spinner, 100);
    }
    group.suspend();
    System.out.println("group stands " + stands(20));
    group.resume();
    await(spinner, 100);
    stop = true;
    spinner.join();

    int[] step = new int[1];
    Thread self = new Thread(() -> {
      synchronized (step) {
        step[0] = 1;
      }
      Thread.currentThread().suspend();
      synchronized (step) {
        step[0] = 2;
      }
    });
    self.start();
    while (true) {
      synchronized (step) {
        if (step[0] == 1)
          break;
      }
      Thread.sleep(1);
    }
    Thread.sleep(50);
    synchronized (step) {
      System.out.println("step " + step[0]);
    }
    self.resume();
    self.join();
    System.out.println("step " + step[0]);
    self.suspend();
    self.resume();
    new Thread().suspend();
  }
}
