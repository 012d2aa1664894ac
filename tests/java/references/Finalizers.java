// Finalizers (once, resurrection, in subclasses, throwing) and Cleaners (explicit, automatic).
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

public class Finalizers {
  static final AtomicInteger FINALIZED = new AtomicInteger(), CLEANED = new AtomicInteger(), BASE = new AtomicInteger();
  static volatile Phoenix saved;
  static volatile int phoenixRuns;

  static class Plain {
    @Override
    protected void finalize() {
      FINALIZED.incrementAndGet();
      throw new IllegalStateException("ignored");
    }
  }

  static class Base {
    @Override
    protected void finalize() throws Throwable {
      BASE.incrementAndGet();
    }
  }

  static class Derived extends Base {
    @Override
    protected void finalize() throws Throwable {
      super.finalize();
      BASE.addAndGet(100);
    }
  }

  static class EmptyOverride extends Base {
    @Override
    protected void finalize() {}
  }

  static class Phoenix {
    final byte[] data = {1, 2, 3};

    @Override
    protected void finalize() {
      phoenixRuns++;
      saved = this;
    }
  }

  static class Throwing {
    Throwing() {
      throw new IllegalArgumentException("from the constructor");
    }

    @Override
    protected void finalize() {
      FINALIZED.addAndGet(1000);
    }
  }

  static class Resource implements AutoCloseable {
    static final Cleaner CLEANER = Cleaner.create();
    final Cleaner.Cleanable cleanable;

    Resource() {
      cleanable = CLEANER.register(this, CLEANED::incrementAndGet);
    }

    @Override
    public void close() {
      cleanable.clean();
    }
  }

  static void make() {
    for (int i = 0; i < 10; i++) {
      new Plain();
      new Base();
      new Derived();
      new EmptyOverride();
      new Resource();
    }
    new Phoenix();
    try {
      new Throwing();
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    try (Resource r = new Resource()) {
      System.out.println("used " + (r != null));
    }
    new Resource().cleanable.clean();
  }

  static boolean until(java.util.function.BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 200 && !done.getAsBoolean(); i++) {
      System.gc();
      System.runFinalization();
      Thread.sleep(2);
    }
    return done.getAsBoolean();
  }

  public static void main(String[] args) throws Exception {
    make();
    System.out.println("at least the closed " + (CLEANED.get() >= 2));
    System.out.println(until(() -> FINALIZED.get() == 1010) + " " + until(() -> BASE.get() == 1020) + " "
        + until(() -> CLEANED.get() == 12));
    System.out.println(until(() -> saved != null) + " " + saved.data[2] + " " + phoenixRuns);
    saved = null;
    for (int i = 0; i < 5; i++) {
      System.gc();
      System.runFinalization();
    }
    System.out.println("finalized once: " + phoenixRuns + " " + saved + " " + FINALIZED + " " + BASE + " " + CLEANED);
  }
}
