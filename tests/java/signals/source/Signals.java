import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Waits in the way of its first argument for the signals that run.py sends; the others say what it does with them. */
public class Signals {
  static volatile long spins;
  static volatile int got;

  static void stay(String how) throws Exception {
    switch (how) {
      case "loop":
        while (true)
          spins++;
      case "sleep":
        Thread.sleep(100000);
        break;
      case "park":
        while (true)
          LockSupport.park();
      case "wait":
        synchronized (Signals.class) {
          Signals.class.wait();
        }
        break;
      case "enter":
        synchronized (Signals.class) {
        }
        break;
      case "native":
        System.in.read();
        break;
      case "exit":
        System.exit(3);
    }
    System.out.println("woke up");
  }

  static void handle(String name, SignalHandler handler) {
    try {
      SignalHandler old = Signal.handle(new Signal(name), handler);
      System.out.println(name + " was " + (old == SignalHandler.SIG_DFL ? "default"
          : old == SignalHandler.SIG_IGN ? "ignored" : "handled"));
    } catch (IllegalArgumentException e) {
      System.out.println(e);
    }
  }

  public static void main(String[] args) throws Exception {
    SignalHandler say = s -> {
      System.out.println("got " + s + " " + s.getNumber() + " in " + Thread.currentThread().getName());
      System.out.flush();
      got++;
    };
    CountDownLatch ready = new CountDownLatch(1); // a signal that main raises may start the hooks before it goes on
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        ready.await();
      } catch (InterruptedException e) {
        System.out.println(e);
      }
      System.out.println("hook");
    }));
    for (int i = 1; i < args.length; i++) {
      String name = args[i].substring(1);
      switch (args[i].charAt(0)) {
        case '+' -> handle(name, say);
        case '-' -> handle(name, SignalHandler.SIG_IGN);
        case '=' -> handle(name, SignalHandler.SIG_DFL);
        case '!' -> Signal.raise(new Signal(name));
        case '?' -> Runtime.getRuntime().addShutdownHook(new Thread(() -> {
          try {
            Thread.sleep(Integer.parseInt(name));
          } catch (InterruptedException e) {
            System.out.println(e);
          }
          System.out.println("slow hook");
        }));
        case '~' -> {
          while (got < Integer.parseInt(name)) // signals that have been handled
            Thread.sleep(10);
        }
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    if (args[0].equals("enter")) {
      Object held = new Object();
      Thread holder = new Thread(() -> {
        synchronized (Signals.class) {
          synchronized (held) {
            held.notify();
          }
          LockSupport.park();
        }
      });
      holder.setDaemon(true);
      synchronized (held) {
        holder.start();
        held.wait();
      }
    }
    System.out.println("ready");
    ready.countDown();
    stay(args[0]);
  }
}
