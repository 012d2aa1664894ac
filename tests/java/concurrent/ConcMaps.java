// ConcurrentHashMap's whole interface (bulk operations, tree bins, compute and its re-entrancy check, key sets), skip lists with
// navigable views, under threads.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class ConcMaps {
  static final class Clash implements Comparable<Clash> {
    final int v;

    Clash(int v) {
      this.v = v;
    }

    @Override
    public int hashCode() {
      return v & 1;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Clash && ((Clash) o).v == v;
    }

    @Override
    public int compareTo(Clash o) {
      return Integer.compare(v, o.v);
    }
  }

  static void parallel(int n, java.util.function.IntConsumer r) throws InterruptedException {
    Thread[] ts = new Thread[n];
    for (int i = 0; i < n; i++) {
      int k = i;
      (ts[i] = new Thread(() -> r.accept(k))).start();
    }
    for (Thread t : ts) t.join();
  }

  public static void main(String[] args) throws Exception {
    ConcurrentHashMap<Integer, Integer> m = new ConcurrentHashMap<>();
    for (int i = 0; i < 1000; i++) m.put(i, i * 2);
    System.out.println(m.reduceValues(1, Integer::sum) + " " + m.reduceKeysToLong(10, k -> k, 0, Long::sum) + " " + m.search(1, (
        k, v) -> v == 1500 ? "found " + k : null) + " " + m.mappingCount() + " " + m.reduce(50, (k, v) -> k + v, Math::max));
    LongAdder seen = new LongAdder();
    m.forEach(1, (k, v) -> seen.add(v));
    m.forEachValue(1, v -> v > 1990 ? v : null, v -> seen.add(v));
    System.out.println(seen);
    System.out.println(m.compute(5, (k, v) -> v == null ? 1 : v + 1) + " " + m.computeIfPresent(6, (k, v) -> null) + " " + m.get(
        6) + " " + m.computeIfAbsent(6, k -> 60) + " " + m.putIfAbsent(6, 61) + " " + m.merge(6, 1, (a, b) -> null) + " " + m
            .containsKey(6) + " " + m.replace(7, 14, 15) + " " + m.replace(7, 14, 16) + " " + m.remove(7, 99) + " " + m.remove(7,
                15) + " " + m.getOrDefault(7, -1));
    try {
      m.computeIfAbsent(-1, k -> m.computeIfAbsent(-1, k2 -> 1));
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      m.computeIfAbsent(-2, k -> {
        throw new ArithmeticException("in compute");
      });
    } catch (ArithmeticException e) {
      System.out.println(e.getMessage() + " " + m.containsKey(-2));
    }
    m.replaceAll((k, v) -> v % 10);
    System.out.println(m.values().stream().mapToInt(x -> x).sum() + " " + m.values().removeIf(v -> v == 0) + " " + m.size());
    ConcurrentHashMap<Clash, Integer> trees = new ConcurrentHashMap<>();
    parallel(4, t -> {
      for (int i = t * 100; i < t * 100 + 100; i++) trees.put(new Clash(i), i);
    });
    int sum = 0;
    for (int i = 0; i < 400; i++) sum += trees.get(new Clash(i));
    parallel(4, t -> {
      for (int i = t; i < 400; i += 4) if (i % 10 != 0) trees.remove(new Clash(i));
    });
    System.out.println(sum + " " + trees.size() + " " + trees.containsKey(new Clash(390)) + trees.containsKey(new Clash(391)));
    ConcurrentHashMap.KeySetView<String, Boolean> keys = ConcurrentHashMap.newKeySet();
    System.out.println(keys.add("k") + " " + keys.add("k") + " " + keys.contains("k") + " " + m.keySet(7).getMappedValue());
    ConcurrentHashMap<String, LongAdder> freq = new ConcurrentHashMap<>();
    parallel(4, t -> {
      for (int i = 0; i < 500; i++) freq.computeIfAbsent("w" + i % 5, k -> new LongAdder()).increment();
    });
    System.out.println(new TreeMap<>(freq));
    // Growth while iterating and while others write.
    ConcurrentHashMap<Integer, Integer> grow = new ConcurrentHashMap<>(2);
    AtomicInteger missed = new AtomicInteger();
    for (int i = 0; i < 64; i++) grow.put(-i - 1, 0);
    parallel(3, t -> {
      if (t < 2) {
        for (int i = t; i < 2000; i += 2) grow.put(i, i);
      } else {
        for (int r = 0; r < 5; r++) {
          int old = 0;
          for (Integer k : grow.keySet()) if (k < 0) old++;
          if (old != 64) missed.incrementAndGet();
        }
      }
    });
    System.out.println(grow.size() + " missed " + missed);

    ConcurrentSkipListMap<Integer, String> s = new ConcurrentSkipListMap<>();
    parallel(4, t -> {
      for (int i = t; i < 400; i += 4) s.put(i, "v" + i);
      for (int i = t; i < 400; i += 4) if (i % 3 == 0) s.remove(i);
    });
    System.out.println(s.size() + " " + s.firstKey() + " " + s.lastEntry() + " " + s.floorKey(3) + " " + s.ceilingKey(3) + " " + s
        .higherEntry(100) + " " + s.lowerKey(100));
    NavigableMap<Integer, String> sub = s.subMap(10, true, 20, false).descendingMap();
    System.out.println(sub + " " + sub.firstKey() + " " + sub.headMap(14).size());
    sub.remove(10);
    try {
      sub.put(50, "out");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + s.containsKey(10));
    }
    System.out.println(s.pollFirstEntry() + " " + s.pollLastEntry() + " " + s.merge(2, "x", String::concat) + " " + s
        .computeIfAbsent(3, k -> "three"));
    ConcurrentSkipListSet<String> set = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
    Collections.addAll(set, "b", "a", "d", "c");
    System.out.println(set + " " + set.headSet("b") + " " + set.tailSet("b", false) + " " + set.descendingSet() + " " + set.pollFirst());
    Iterator<String> it = set.iterator();
    it.next();
    it.remove();
    System.out.println(set + " " + set.clone().equals(set));
  }
}
