// Interruption everywhere it counts: sleep, wait, join, park, channels, pipes, locks, and where it does not; the flag after each.
import java.io.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.*;

public class Interrupts {
  interface Body {
    void run() throws Exception;
  }

  static void check(String what, Thread.State state, Body body) throws Exception {
    String[] result = new String[1];
    Thread t = new Thread(() -> {
      try {
        body.run();
        result[0] = "returned";
      } catch (Exception e) {
        result[0] = e.getClass().getSimpleName() + " " + e.getMessage();
      }
      result[0] += " flag " + Thread.currentThread().isInterrupted();
    });
    t.start();
    if (what.startsWith("pending")) t.join();
    else if (state != null) while (t.getState() != state) Thread.onSpinWait();
    else Thread.sleep(10);
    t.interrupt();
    t.join();
    System.out.println(what + ": " + result[0]);
  }

  public static void main(String[] args) throws Exception {
    Object lock = new Object();
    check("sleep", Thread.State.TIMED_WAITING, () -> Thread.sleep(100_000));
    check("wait", Thread.State.WAITING, () -> {
      synchronized (lock) {
        lock.wait();
      }
    });
    check("timed wait", Thread.State.TIMED_WAITING, () -> {
      synchronized (lock) {
        lock.wait(100_000, 5);
      }
    });
    check("join", Thread.State.WAITING, () -> Thread.currentThread().join());
    check("park", Thread.State.WAITING, LockSupport::park);
    check("queue", Thread.State.WAITING, () -> new LinkedBlockingQueue<>().take());
    check("future", Thread.State.WAITING, () -> new CompletableFuture<>().get());
    check("TimeUnit", Thread.State.TIMED_WAITING, () -> TimeUnit.DAYS.sleep(1));
    check("spin", null, () -> {
      while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
    });
    Pipe pipe = Pipe.open();
    check("channel", null, () -> pipe.source().read(ByteBuffer.allocate(1)));
    System.out.println(pipe.source().isOpen());
    ServerSocketChannel server = ServerSocketChannel.open().bind(null);
    check("accept", null, server::accept);
    System.out.println(server.isOpen());
    Selector selector = Selector.open();
    check("select", null, selector::select);
    System.out.println(selector.isOpen());
    selector.close();
    PipedInputStream in = new PipedInputStream();
    PipedOutputStream out = new PipedOutputStream(in);
    check("piped stream", null, in::read);
    // Before it blocks: the pending flag is taken at once.
    check("pending sleep", null, () -> {
      Thread.currentThread().interrupt();
      Thread.sleep(100_000);
    });
    check("pending wait", null, () -> {
      Thread.currentThread().interrupt();
      synchronized (lock) {
        lock.wait();
      }
    });
    check("pending lock", null, () -> {
      Thread.currentThread().interrupt();
      new ReentrantLock().lockInterruptibly();
    });
    check("plain lock ignores", null, () -> {
      Thread.currentThread().interrupt();
      new ReentrantLock().lock();
    });
    // synchronized does not answer interrupts; the flag waits.
    Thread[] blocked = new Thread[1];
    synchronized (lock) {
      blocked[0] = new Thread(() -> {
        synchronized (lock) {
          System.out.println("entered, flag " + Thread.interrupted() + " then " + Thread.interrupted());
        }
      });
      blocked[0].start();
      while (blocked[0].getState() != Thread.State.BLOCKED) Thread.onSpinWait();
      blocked[0].interrupt();
      Thread.sleep(2);
      System.out.println(blocked[0].getState() + " " + blocked[0].isInterrupted());
    }
    blocked[0].join();
    // Interrupt of a thread not started or ended.
    Thread fresh = new Thread(() -> System.out.println("fresh sees " + Thread.currentThread().isInterrupted()));
    fresh.interrupt();
    System.out.println(fresh.isInterrupted());
    fresh.start();
    fresh.join();
    fresh.interrupt();
    System.out.println(fresh.isInterrupted());
    // Notified and interrupted at once: one of them, never lost.
    int interrupted = 0, notified = 0;
    for (int i = 0; i < 30; i++) {
      int[] got = new int[2];
      Thread a = new Thread(() -> {
        synchronized (got) {
          try {
            got.wait();
            got[0]++;
          } catch (InterruptedException e) {
            got[1]++;
          }
        }
      });
      a.start();
      while (a.getState() != Thread.State.WAITING) Thread.onSpinWait();
      synchronized (got) {
        got.notify();
        a.interrupt();
      }
      a.join();
      notified += got[0];
      interrupted += got[1];
    }
    System.out.println(notified + interrupted);
    try {
      Thread.sleep(-1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    try {
      lock.wait();
    } catch (IllegalMonitorStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      synchronized (lock) {
        lock.wait(5, 1_000_000);
      }
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
