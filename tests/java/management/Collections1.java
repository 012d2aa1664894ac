// modes: default, baseline
// What the beans of collectors and pools tell of the last collection: ids, times and durations, usage before and after of every pool, usage after a collection, peaks and their reset; verbosity; what is unsupported says so.
import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.*;
import java.util.*;
import javax.management.openmbean.CompositeData;

public class Collections1 {
  static Object[] live;

  static GarbageCollectorMXBean last() {
    GarbageCollectorMXBean best = null;
    for (java.lang.management.GarbageCollectorMXBean b : ManagementFactory.getGarbageCollectorMXBeans()) {
      GarbageCollectorMXBean x = (GarbageCollectorMXBean) b;
      if (x.getLastGcInfo() != null && (best == null || x.getLastGcInfo().getEndTime() >= best.getLastGcInfo().getEndTime())) best = x;
    }
    return best;
  }

  static long heap(Map<String, MemoryUsage> m) {
    long n = 0;
    for (MemoryPoolMXBean p : ManagementFactory.getMemoryPoolMXBeans()) if (p.getType() == MemoryType.HEAP) n += m.get(p.getName()).getUsed();
    return n;
  }

  public static void main(String[] args) throws Exception {
    live = new Object[64];
    for (int i = 0; i < 64; i++) live[i] = new byte[100_000];
    System.gc();
    GarbageCollectorMXBean b = last();
    GcInfo first = b.getLastGcInfo();
    for (int i = 0; i < 64; i += 2) live[i] = null;
    System.gc();
    GcInfo second = last().getLastGcInfo();
    RuntimeMXBean r = ManagementFactory.getRuntimeMXBean();
    System.out.println(first.getId() > 0 && second.getId() > first.getId() && b.getCollectionCount() >= second.getId());
    System.out.println(first.getStartTime() >= 0 && first.getStartTime() <= first.getEndTime() && first.getDuration() == first.getEndTime() - first.getStartTime() && first.getEndTime() <= second.getStartTime() + 1 && second.getEndTime() <= r.getUptime() + 1);
    Set<String> pools = new TreeSet<>();
    for (MemoryPoolMXBean p : ManagementFactory.getMemoryPoolMXBeans()) pools.add(p.getName());
    System.out.println(second.getMemoryUsageBeforeGc().keySet().equals(pools) && second.getMemoryUsageAfterGc().keySet().equals(pools));
    long lost = heap(second.getMemoryUsageBeforeGc()) - heap(second.getMemoryUsageAfterGc());
    System.out.println(lost > 2_500_000 && heap(second.getMemoryUsageAfterGc()) > 3_000_000 && heap(first.getMemoryUsageAfterGc()) - heap(second.getMemoryUsageAfterGc()) > 2_000_000);
    CompositeData d = second.toCompositeData(second.getCompositeType());
    System.out.println(d.get("id").equals(second.getId()) + " " + d.containsKey("GcThreadCount") + " " + ((Integer) d.get("GcThreadCount") > 0) + " " + GcInfo.from(d).getEndTime() / Long.MAX_VALUE + " " + second.getCompositeType().keySet());
    long after = 0;
    int unsupported = 0;
    for (MemoryPoolMXBean p : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage u = p.getCollectionUsage();
      if (p.getType() == MemoryType.HEAP) after += u.getUsed();
      else if (u == null) unsupported++;
      if (!p.isUsageThresholdSupported()) {
        try {
          p.setUsageThreshold(1);
          System.out.println("set");
        } catch (UnsupportedOperationException e) {
          unsupported++;
        }
      }
      MemoryUsage peak = p.getPeakUsage(), now = p.getUsage();
      if (peak.getUsed() < now.getUsed() - 10_000_000 || now.getUsed() > now.getCommitted() || !p.isValid() || p.getMemoryManagerNames().length == 0) System.out.println(p.getName() + " " + peak + " " + now);
      p.resetPeakUsage();
    }
    System.out.println((after == heap(second.getMemoryUsageAfterGc())) + " " + (unsupported > 0));
    MemoryMXBean m = ManagementFactory.getMemoryMXBean();
    System.out.println(m.isVerbose() + " " + (m.getHeapMemoryUsage().getUsed() >= 3_000_000) + " " + (m.getHeapMemoryUsage().getMax() > 0) + " " + (b.getCollectionTime() >= 0) + " " + b.isValid() + " " + live.length);
  }
}
