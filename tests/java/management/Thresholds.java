// Usage thresholds of memory pools: what is exceeded, how often, who is told, and what is refused.
// modes: default,baseline
// vmopts: -Xmx128m
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

public class Thresholds {
  static final BlockingQueue<Notification> told = new LinkedBlockingQueue<>();
  static List<byte[]> ballast;

  interface Action {
    Object run();
  }

  static void show(String what, Action a) {
    try {
      System.out.println(what + ": " + a.run());
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName());
    }
  }

  static boolean eventually(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 100 && !done.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    return done.getAsBoolean();
  }

  static void expect(String type, MemoryPoolMXBean pool) throws InterruptedException {
    for (Notification n; (n = told.poll(10, TimeUnit.SECONDS)) != null;) {
      if (!n.getType().equals(type))
        continue;
      MemoryNotificationInfo info = MemoryNotificationInfo.from((CompositeData) n.getUserData());
      System.out.println(n.getType() + " " + info.getPoolName().equals(pool.getName()) + " " + (info.getCount() >= 1) + " "
          + (info.getUsage().getUsed() >= 1) + " " + n.getMessage());
      return;
    }
    System.out.println("nobody told of " + type);
  }

  static MemoryPoolMXBean find(MemoryType type, boolean collection) {
    return ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getType() == type
        && p.isUsageThresholdSupported() && p.isCollectionUsageThresholdSupported() == collection).findFirst().get();
  }

  public static void main(String[] args) throws Exception {
    MemoryPoolMXBean heap = find(MemoryType.HEAP, true), meta = find(MemoryType.NON_HEAP, false);
    ((NotificationEmitter) ManagementFactory.getMemoryMXBean()).addNotificationListener((n, b) -> told.add(n), null, null);
    System.gc();
    long max = heap.getUsage().getMax();
    show("before", () -> heap.getUsageThreshold() + " " + heap.getUsageThresholdCount() + " " + heap.getCollectionUsageThreshold()
        + " " + heap.getCollectionUsageThresholdCount());
    show("disabled", heap::isUsageThresholdExceeded);
    show("disabled", heap::isCollectionUsageThresholdExceeded);
    show("negative", () -> { heap.setUsageThreshold(-1); return "set"; });
    show("too much", () -> { heap.setUsageThreshold(max + 1); return "set"; });
    show("too much", () -> { heap.setCollectionUsageThreshold(max + 1); return "set"; });
    show("metaspace", meta::getCollectionUsageThreshold);
    show("metaspace", () -> { meta.setCollectionUsageThreshold(1); return "set"; });

    long some = heap.getUsage().getUsed() + (20 << 20);
    heap.setUsageThreshold(some);
    System.out.println("set " + (heap.getUsageThreshold() == some) + " " + heap.isUsageThresholdExceeded());
    ballast = new java.util.ArrayList<>();
    for (int i = 0; i < 60; i++)
      ballast.add(new byte[500_000]);
    System.out.println("filled " + eventually(heap::isUsageThresholdExceeded) + " "
        + eventually(() -> heap.getUsageThresholdCount() == 1) + " " + ballast.size());
    expect(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED, heap);
    ballast = null;
    System.out.println("dropped " + eventually(() -> !heap.isUsageThresholdExceeded()) + " " + heap.getUsageThresholdCount());
    heap.setUsageThreshold(0);

    heap.setCollectionUsageThreshold(1);
    System.out.println("collected " + eventually(heap::isCollectionUsageThresholdExceeded) + " "
        + eventually(() -> heap.getCollectionUsageThresholdCount() >= 3));
    expect(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED, heap);
    heap.setCollectionUsageThreshold(max);
    System.out.println("much " + eventually(() -> !heap.isCollectionUsageThresholdExceeded()));
    long count = heap.getCollectionUsageThresholdCount();
    System.gc();
    Thread.sleep(100);
    System.out.println("counted " + (heap.getCollectionUsageThresholdCount() == count));
    heap.setCollectionUsageThreshold(0);

    while (told.poll(200, TimeUnit.MILLISECONDS) != null) {
    }
    meta.setUsageThreshold(1);
    System.out.println("non-heap " + meta.isUsageThresholdExceeded() + " " + eventually(() -> meta.getUsageThresholdCount() == 1));
    expect(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED, meta);
  }
}
