// ConcurrentHashMap, skip lists, copy-on-write, blocking queues used by one thread: semantics, not races.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.LongAdder;

public class ConcurrentMaps {
  static String attempt(Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  record Delay(String name, long at) implements Delayed {
    public long getDelay(TimeUnit u) {
      return 0;
    }

    public int compareTo(Delayed o) {
      return Long.compare(at, ((Delay) o).at);
    }
  }

  public static void main(String[] args) throws Exception {
    ConcurrentHashMap<Integer, Integer> m = new ConcurrentHashMap<>();
    for (int i = 0; i < 5000; i++) m.merge(i * 31 % 1009, 1, Integer::sum);
    System.out.println(m.size() + " " + m.reduceValues(1000, Integer::sum) + " "
        + m.search(1, (k, v) -> k == 77 ? v : null) + " "
        + m.computeIfAbsent(5555, k -> k * 2) + " " + m.computeIfPresent(5555, (k, v) -> null) + " " + m.get(5555) + " "
        + m.putIfAbsent(1, 9) + " " + m.replace(1, 9) + " " + m.remove(1, 8) + " " + m.mappingCount());
    System.out.println(attempt(() -> m.put(null, 1)) + " " + attempt(() -> m.put(1, null)) + " "
        + attempt(() -> m.computeIfAbsent(7777, k -> m.computeIfAbsent(7777, j -> 1))) + " "
        + attempt(() -> m.containsValue(9)));
    m.keySet().removeIf(k -> k % 2 == 1);
    long sum = 0;
    for (Map.Entry<Integer, Integer> e : m.entrySet()) {
      sum += e.getKey();
      if (e.getKey() % 10 == 0) m.remove(e.getKey());
    }
    System.out.println(sum + " " + m.size() + " " + m.keySet(3).contains(2));
    Set<String> keys = ConcurrentHashMap.newKeySet();
    System.out.println(keys.add("x") + " " + keys.add("x") + " " + keys);
    ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    for (String w : "to be or not to be".split(" ")) counts.computeIfAbsent(w, k -> new LongAdder()).increment();
    System.out.println(new TreeMap<>(counts));
    ConcurrentSkipListMap<Integer, String> skip = new ConcurrentSkipListMap<>();
    for (int i = 0; i < 500; i++) skip.put(i * 37 % 503, "s" + i);
    System.out.println(skip.firstEntry() + " " + skip.ceilingKey(250) + " " + skip.headMap(5) + " "
        + skip.pollLastEntry() + " "
        + skip.descendingMap().firstKey() + " " + skip.subMap(10, true, 13, true));
    CopyOnWriteArrayList<Integer> cow = new CopyOnWriteArrayList<>(List.of(1, 2, 3));
    for (int x : cow) cow.add(x * 10);
    System.out.println(cow + " " + cow.addIfAbsent(10) + " "
        + attempt(() -> { Iterator<Integer> i = cow.iterator(); i.next(); i.remove(); return 0; }));
    ArrayBlockingQueue<Integer> q = new ArrayBlockingQueue<>(2);
    System.out.println(q.offer(1) + " " + q.offer(2) + " " + q.offer(3) + " " + attempt(() -> q.add(3)) + " " + q.take()
        + " "
        + q.remainingCapacity() + " " + q.poll() + " " + q.poll(1, TimeUnit.MILLISECONDS) + " " + attempt(q::remove));
    LinkedBlockingDeque<String> deque = new LinkedBlockingDeque<>(List.of("a", "b"));
    deque.putFirst("z");
    List<String> drained = new ArrayList<>();
    System.out.println(deque.takeLast() + " " + deque.drainTo(drained, 5) + " " + drained);
    PriorityBlockingQueue<Integer> pq = new PriorityBlockingQueue<>(2, Comparator.reverseOrder());
    Collections.addAll(pq, 4, 9, 1, 7);
    System.out.println(pq.take() + " " + pq.take() + " " + pq.size());
    DelayQueue<Delay> dq = new DelayQueue<>(List.of(new Delay("late", 9), new Delay("soon", 1)));
    System.out.println(dq.take().name() + " " + dq.take().name());
    ConcurrentLinkedQueue<Integer> clq = new ConcurrentLinkedQueue<>(List.of(1, 2, 3));
    ConcurrentLinkedDeque<Integer> cld = new ConcurrentLinkedDeque<>(clq);
    clq.remove(2);
    cld.addFirst(0);
    System.out.println(clq + " " + clq.poll() + " " + cld.pollLast() + " " + cld);
    System.out.println(new SynchronousQueue<Integer>().offer(1) + " " + new LinkedTransferQueue<>(List.of(5))
        .tryTransfer(6));
  }
}
