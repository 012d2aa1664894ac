// timeout: 240
// Read-modify-write is atomic, neighbours are not touched, and locks built of it exclude.
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

public class Atomics {
  static final int N = 10000;

  static class Fields {
    byte b;
    short s;
    char c;
    int i;
    long l;
    boolean z1, z2;
    byte n1, n2, n3, n4;
    float f;
    double d;
    volatile int lock, inside, broken;
  }

  interface Body {
    void run(int thread, int i) throws Exception;
  }

  static void race(int threads, Body body) throws Exception {
    Thread[] all = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      int me = t;
      all[t] = new Thread(() -> {
        try {
          for (int i = 0; i < N; i++) body.run(me, i);
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      });
    }
    for (Thread t : all) t.start();
    for (Thread t : all) t.join();
  }

  static VarHandle field(String name, Class<?> type) throws ReflectiveOperationException {
    return MethodHandles.lookup().findVarHandle(Fields.class, name, type);
  }

  public static void main(String[] args) throws Exception {
    Fields f = new Fields();
    VarHandle b = field("b", byte.class), s = field("s", short.class), c = field("c", char.class),
        i4 = field("i", int.class),
        l = field("l", long.class), fl = field("f", float.class), d = field("d", double.class), lock = field("lock",
            int.class);
    race(2, (t, i) -> {
      byte old = (byte) b.getAndAdd(f, (byte) 1);
      short was = (short) s.getAndAdd(f, (short) 3);
      char ch = (char) c.getAndAdd(f, (char) 2);
      int x = (int) i4.getAndAddAcquire(f, 1);
      long y = (long) l.getAndAddRelease(f, 1L << 33);
    });
    System.out.println(f.b + " " + f.s + " " + (int) f.c + " " + f.i + " " + f.l);
    race(2, (t, i) -> {
      for (;;) {
        float old = (float) fl.getVolatile(f);
        if (fl.weakCompareAndSet(f, old, old + 1)) break;
      }
      for (;;) {
        double old = (double) d.getVolatile(f);
        if ((double) d.compareAndExchange(f, old, old + 0.5) == old) break;
      }
    });
    System.out.println(f.f + " " + f.d);
    race(4, (t, i) -> { // neighbours in one word, one thread each
      switch (t) {
        case 0: f.n1++; break;
        case 1: f.n2++; break;
        case 2: f.n3++; break;
        default: f.z1 = !f.z1;
      }
    });
    System.out.println(f.n1 + " " + f.n2 + " " + f.n3 + " " + f.n4 + " " + f.z1 + " " + f.z2);
    byte[] bytes = new byte[8];
    short[] shorts = new short[4];
    race(4, (t, i) -> {
      bytes[2 * t]++;
      shorts[t]++;
    });
    System.out.println(java.util.Arrays.toString(bytes) + java.util.Arrays.toString(shorts));
    AtomicInteger n = new AtomicInteger();
    AtomicLong m = new AtomicLong();
    LongAdder adder = new LongAdder();
    AtomicIntegerArray array = new AtomicIntegerArray(3);
    LongAccumulator max = new LongAccumulator(Math::max, 0);
    race(3, (t, i) -> {
      n.incrementAndGet();
      m.updateAndGet(v -> v + 2);
      adder.add(3);
      array.getAndIncrement(t);
      array.accumulateAndGet(1, 1, Integer::sum);
      max.accumulate(t * N + i);
    });
    System.out.println(n + " " + m + " " + adder + " " + array + " " + max);
    // Locks of every sort around one plain counter.
    long[] count = new long[4];
    ReentrantLock re = new ReentrantLock();
    StampedLock stamped = new StampedLock();
    Object monitor = new Object();
    race(3, (t, i) -> {
      while ((int) lock.getAndSetAcquire(f, 1) != 0) Thread.yield();
      count[0]++;
      lock.setRelease(f, 0);
      synchronized (monitor) {
        count[1]++;
      }
      re.lock();
      try {
        count[2]++;
      } finally {
        re.unlock();
      }
      long stamp = stamped.writeLock();
      count[3]++;
      stamped.unlockWrite(stamp);
    });
    System.out.println(java.util.Arrays.toString(count));
    // Optimistic readers never see half of a write.
    long[] two = new long[2];
    AtomicInteger torn = new AtomicInteger();
    race(3, (t, i) -> {
      if (t == 0) {
        long w = stamped.writeLock();
        two[0]++;
        two[1]++;
        stamped.unlockWrite(w);
      } else {
        long r = stamped.tryOptimisticRead(), x = two[0], y = two[1];
        if (r != 0 && stamped.validate(r) && x != y) torn.incrementAndGet();
      }
    });
    System.out.println(torn + " " + two[0]);
    // A stack by compare-and-set: what was pushed is popped, once.
    AtomicReference<long[]> top = new AtomicReference<>();
    AtomicLong sum = new AtomicLong();
    AtomicReference<Object[]> head = new AtomicReference<>();
    race(3, (t, i) -> {
      Object[] node = {null, (long) i};
      do node[0] = head.get();
      while (!head.compareAndSet((Object[]) node[0], node));
      Object[] old;
      do old = head.get();
      while (old != null && !head.compareAndSet(old, (Object[]) old[0]));
      if (old != null) sum.addAndGet((Long) old[1]);
    });
    for (Object[] k = head.get(); k != null; k = (Object[]) k[0]) sum.addAndGet((Long) k[1]);
    System.out.println(sum.get() == 3L * N * (N - 1) / 2);
  }
}
