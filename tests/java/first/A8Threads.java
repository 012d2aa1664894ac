// Two threads, a lock, wait and notify, join, a collection in between.
public class A8Threads {
  static int count;
  static boolean ready;
  static final Object LOCK = new Object();

  static class Worker extends Thread {
    @Override
    public void run() {
      for (int i = 0; i < 1000; i++) {
        synchronized (LOCK) {
          count++;
        }
      }
      synchronized (LOCK) {
        ready = true;
        LOCK.notifyAll();
      }
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Thread a = new Worker(), b = new Worker();
    a.start();
    b.start();
    synchronized (LOCK) {
      while (!ready) LOCK.wait();
    }
    System.gc();
    a.join();
    b.join();
    System.out.println(count);
    System.out.println(Thread.currentThread().getName());
    System.out.println(a.isAlive());
  }
}
