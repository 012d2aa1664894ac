// Blocking queues and deques: capacity, time, order, delay, priorities, weakly consistent iterators, drainTo; producers and
// consumers with a poison pill.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Queues {
  static class Late implements Delayed {
    static final long START = System.nanoTime();
    final String name;
    final long at;

    Late(String name, long millis) {
      this.name = name;
      at = START + millis * 1_000_000;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed o) {
      return Long.compare(at, ((Late) o).at);
    }
  }

  static void basics(BlockingQueue<Integer> q) throws Exception {
    String name = q.getClass().getSimpleName();
    System.out.println(name + " " + q.offer(1) + q.offer(2) + q.offer(3, 1, TimeUnit.MILLISECONDS) + " " + q
        .remainingCapacity() + " " + q.peek() + " " + q.contains(2) + " " + q);
    try {
      q.add(4);
      q.add(5);
      System.out.println("  unbounded " + q.size());
    } catch (IllegalStateException e) {
      System.out.println("  " + e.getMessage());
    }
    List<Integer> drained = new ArrayList<>();
    System.out.println("  " + q.drainTo(drained, 2) + " " + drained + " " + q.remove(3) + " " + q.size());
    q.clear();
    System.out.println("  " + q.poll() + " " + q.poll(1, TimeUnit.MILLISECONDS) + " " + q.isEmpty());
    try {
      q.offer(null);
    } catch (NullPointerException e) {
      System.out.println("  no null");
    }
    AtomicLong sum = new AtomicLong();
    Thread[] ts = new Thread[4];
    for (int i = 0; i < 4; i++) {
      int k = i;
      ts[i] = new Thread(() -> {
        try {
          if (k < 2) {
            for (int n = 1; n <= 300; n++) q.put(n);
            q.put(Integer.MAX_VALUE);
          } else {
            int n;
            while ((n = q.take()) != Integer.MAX_VALUE) sum.addAndGet(n);
          }
        } catch (InterruptedException e) {
          System.out.println("interrupted");
        }
      });
      ts[i].start();
    }
    for (Thread t : ts) t.join();
    for (Integer n; (n = q.poll()) != null;) sum.addAndGet(n);
    System.out.println("  " + sum + " " + q.size());
  }

  public static void main(String[] args) throws Exception {
    basics(new ArrayBlockingQueue<>(3));
    basics(new ArrayBlockingQueue<>(3, true));
    basics(new LinkedBlockingQueue<>(3));
    basics(new LinkedBlockingDeque<>(3));
    basics(new LinkedTransferQueue<>());
    basics(new PriorityBlockingQueue<>());
    DelayQueue<Late> delays = new DelayQueue<>();
    delays.add(new Late("third", 30));
    delays.add(new Late("first", 5));
    delays.add(new Late("second", 15));
    System.out.println(delays.size() + " " + delays.take().name + " " + delays.take().name + " " + delays.take().name
        + " " + delays.poll());
    LinkedBlockingDeque<String> d = new LinkedBlockingDeque<>(4);
    d.putFirst("b");
    d.putLast("c");
    d.offerFirst("a");
    d.offerLast("d");
    System.out.println(d + " " + d.offerFirst("no") + " " + d.takeLast() + d.pollFirst() + " " + d.removeLastOccurrence("c")
        + " " + d.peekFirst());
    Iterator<String> down = d.descendingIterator();
    d.addLast("z");
    StringBuilder sb = new StringBuilder();
    while (down.hasNext()) sb.append(down.next());
    System.out.println(sb.indexOf("b") >= 0);
    PriorityBlockingQueue<String> byLength = new PriorityBlockingQueue<>(2, Comparator.comparing(String::length).thenComparing(
        Comparator.reverseOrder()));
    Collections.addAll(byLength, "ccc", "a", "bb", "b", "dddd", "aa");
    StringBuilder order = new StringBuilder();
    for (String s; (s = byLength.poll()) != null;) order.append(s).append(' ');
    System.out.println(order);
    ConcurrentLinkedDeque<Integer> cld = new ConcurrentLinkedDeque<>();
    ConcurrentLinkedQueue<Integer> clq = new ConcurrentLinkedQueue<>();
    Thread[] ts = new Thread[4];
    AtomicInteger polled = new AtomicInteger();
    for (int i = 0; i < ts.length; i++) {
      int k = i;
      (ts[i] = new Thread(() -> {
        for (int n = 0; n < 500; n++) {
          if ((k & 1) == 0) cld.addFirst(n);
          else cld.addLast(n);
          clq.add(n);
          if (n % 2 == 1 && clq.poll() != null) polled.incrementAndGet();
        }
      })).start();
    }
    for (Thread t : ts) t.join();
    System.out.println(cld.size() + " " + (clq.size() + polled.get()) + " " + cld.stream().mapToInt(x -> x).sum() + " " + cld
        .removeFirstOccurrence(7) + cld.pollLast());
    // Weakly consistent iteration: no exception, sees what was there.
    CopyOnWriteArrayList<Integer> cow = new CopyOnWriteArrayList<>(List.of(1, 2, 3));
    for (Integer x : cow) cow.add(x * 10);
    System.out.println(cow + " " + cow.addIfAbsent(10) + " " + cow.addAllAbsent(List.of(3, 4, 4)) + " " + cow.removeIf(x -> x
        > 9) + " " + cow);
    try {
      Iterator<Integer> it = cow.iterator();
      it.next();
      it.remove();
    } catch (UnsupportedOperationException e) {
      System.out.println("snapshot");
    }
    CopyOnWriteArraySet<String> set = new CopyOnWriteArraySet<>(List.of("x", "y"));
    System.out.println(set.add("x") + " " + set.add("z") + " " + set);
    try {
      ArrayList<Integer> plain = new ArrayList<>(List.of(1, 2, 3));
      for (Integer x : plain) plain.remove(x);
    } catch (ConcurrentModificationException e) {
      System.out.println("fail fast " + e.getMessage());
    }
  }
}
