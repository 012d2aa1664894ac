// Streams in parallel agree with themselves in sequence; spliterators of every collection and what they promise; own ones; short circuits, ordering, laziness, closing, exceptions that cross threads, linkage errors for a stream used twice, infinite ones.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;
import java.util.stream.*;

public class Splitting {
  static String characteristics(Spliterator<?> s) {
    StringBuilder sb = new StringBuilder();
    int[] bits = {Spliterator.ORDERED, Spliterator.DISTINCT, Spliterator.SORTED, Spliterator.SIZED, Spliterator.NONNULL, Spliterator.IMMUTABLE, Spliterator.CONCURRENT, Spliterator.SUBSIZED};
    String letters = "ODSZNICs";
    for (int i = 0; i < bits.length; i++) if (s.hasCharacteristics(bits[i])) sb.append(letters.charAt(i));
    return sb + ":" + s.estimateSize();
  }

  /* Splits as far as it goes; every element must come once, in order if it is ordered. */
  static <T> List<T> drain(Spliterator<T> s, int depth) {
    List<T> l = new ArrayList<>();
    Spliterator<T> before = depth == 0 ? null : s.trySplit();
    if (before != null) l.addAll(drain(before, depth - 1));
    s.tryAdvance(l::add);
    s.forEachRemaining(l::add);
    return l;
  }

  record Range(int from, int to) implements Iterable<Integer> {
    @Override
    public Iterator<Integer> iterator() {
      return IntStream.range(from, to).iterator();
    }
  }

  static class Fib extends Spliterators.AbstractSpliterator<Long> {
    long a = 0, b = 1;

    Fib() {
      super(Long.MAX_VALUE, ORDERED | NONNULL);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Long> c) {
      c.accept(a);
      long n = a + b;
      a = b;
      b = n;
      return true;
    }
  }

  static void same(String what, Supplier<Stream<Integer>> s, Function<Stream<Integer>, Object> f) {
    Object one = f.apply(s.get()), many = f.apply(s.get().parallel());
    System.out.println(what + " " + (one.equals(many) ? one : "differs: " + one + " and " + many));
  }

  public static void main(String[] args) {
    List<Integer> l = IntStream.range(0, 1000).map(i -> i * 7919 % 1000).boxed().collect(Collectors.toList());
    Map<String, Collection<Integer>> all = new LinkedHashMap<>();
    all.put("ArrayList", l);
    all.put("LinkedList", new LinkedList<>(l));
    all.put("ArrayDeque", new ArrayDeque<>(l));
    all.put("HashSet", new HashSet<>(l));
    all.put("LinkedHashSet", new LinkedHashSet<>(l));
    all.put("TreeSet", new TreeSet<>(l));
    all.put("ConcurrentSkipListSet", new ConcurrentSkipListSet<>(l));
    all.put("CopyOnWriteArrayList", new CopyOnWriteArrayList<>(l));
    all.put("ConcurrentLinkedQueue", new ConcurrentLinkedQueue<>(l));
    all.put("LinkedBlockingDeque", new LinkedBlockingDeque<>(l));
    all.put("PriorityQueue", new PriorityQueue<>(l));
    all.put("Arrays.asList", Arrays.asList(l.toArray(new Integer[0])));
    all.put("List.of", List.copyOf(l));
    all.put("subList", l.subList(10, 900));
    all.put("keySet", new ConcurrentHashMap<>(l.stream().collect(Collectors.toMap(x -> x, x -> x))).keySet());
    all.put("values", new TreeMap<>(l.stream().collect(Collectors.toMap(x -> x, x -> -x))).values());
    all.put("unmodifiable", Collections.unmodifiableSet(new TreeSet<>(l)));
    all.forEach((n, c) -> {
      List<Integer> drained = drain(c.spliterator(), 6);
      System.out.println(n + " " + characteristics(c.spliterator()) + " " + characteristics(c.stream().sorted().spliterator()) + " " + characteristics(c.stream().filter(x -> true).distinct().spliterator()) + " " + drained.equals(new ArrayList<>(c)) + " " + drained.size());
    });
    Supplier<Stream<Integer>> s = l::stream;
    same("sum", s, x -> x.mapToInt(i -> i).sum());
    same("ordered list", s, x -> x.filter(i -> i % 3 == 0).map(i -> i * 2).limit(10).toList());
    same("skip", s, x -> x.skip(990).toList());
    same("sorted", s, x -> x.sorted(Comparator.reverseOrder()).limit(4).toList());
    same("distinct", s, x -> x.map(i -> i % 7).distinct().toList());
    same("group", s, x -> x.collect(Collectors.groupingBy(i -> i % 3, TreeMap::new, Collectors.mapping(i -> i / 100, Collectors.toCollection(TreeSet::new)))));
    same("partition", s, x -> x.collect(Collectors.partitioningBy(i -> i > 500, Collectors.averagingInt(i -> i))));
    same("reduce", s, x -> x.reduce("", (a, i) -> a + i % 10, String::concat).hashCode());
    same("find first", s, x -> x.filter(i -> i > 990).findFirst().get());
    same("match", s, x -> x.anyMatch(i -> i == 999) + " " + x.isParallel());
    same("take while", s, x -> x.takeWhile(i -> i != 500).count());
    same("drop while", s, x -> x.dropWhile(i -> i != 500).map(i -> i % 10).limit(5).toList());
    same("flat map", s, x -> x.flatMap(i -> IntStream.range(0, i % 3).boxed()).collect(Collectors.summingInt(i -> i)));
    same("map multi", s, x -> x.<String>mapMulti((i, c) -> {
      if (i % 100 == 0) {
        c.accept("a" + i);
        c.accept("b" + i);
      }
    }).collect(Collectors.joining(",")));
    same("teeing", s, x -> x.collect(Collectors.teeing(Collectors.counting(), Collectors.minBy(Comparator.naturalOrder()), (n, m) -> n + ":" + m.get())));
    same("statistics", s, x -> x.mapToDouble(i -> i).summaryStatistics().toString());
    same("to array", s, x -> Arrays.hashCode(x.toArray(Integer[]::new)));
    same("for each ordered", s, x -> {
      StringBuilder sb = new StringBuilder();
      x.forEachOrdered(i -> sb.append(i % 10));
      return sb.toString().hashCode();
    });
    same("concat", s, x -> Stream.concat(x, Stream.of(1, 2)).skip(998).toList());
    System.out.println(StreamSupport.stream(new Fib(), false).limit(20).toList() + " " + StreamSupport.stream(new Fib(), true).limit(200).mapToLong(i -> i).sum());
    System.out.println(StreamSupport.stream(new Range(0, 100).spliterator(), true).mapToInt(i -> i).sum() + " " + Stream.iterate(1, i -> i < 1000, i -> i * 2).parallel().toList() + " " + Stream.iterate(1, i -> i * 3).limit(5).toList() + " " + characteristics(Stream.generate(() -> 1).spliterator()));
    List<String> log = new ArrayList<>();
    Stream<Integer> lazy = l.stream().peek(i -> log.add("p" + i)).filter(i -> i > 900).onClose(() -> log.add("closed")).onClose(() -> {
      throw new IllegalStateException("second");
    }).onClose(() -> {
      throw new IllegalStateException("third");
    });
    System.out.println(log);
    try (lazy) {
      System.out.println(lazy.findFirst().get() + " " + log.size());
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage() + " " + e.getSuppressed().length + " " + log.get(log.size() - 1));
    }
    try {
      lazy.count();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      l.parallelStream().map(i -> {
        if (i == 777) throw new IllegalArgumentException("at " + i);
        return i;
      }).toList();
    } catch (IllegalArgumentException e) { // of another thread it comes wrapped
      System.out.println(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
    try {
      l.stream().collect(Collectors.toMap(i -> i % 10, i -> i));
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      l.stream().toList().add(1);
    } catch (UnsupportedOperationException e) {
      System.out.println("unmodifiable");
    }
    try {
      List<Integer> own = new ArrayList<>(l);
      own.stream().forEach(i -> {
        if (i == 5) own.add(1);
      });
    } catch (ConcurrentModificationException e) {
      System.out.println("modified");
    }
    LongAdder seen = new LongAdder();
    System.out.println(IntStream.range(0, 100_000).parallel().peek(i -> seen.increment()).asLongStream().filter(i -> i % 2 == 0).sum() + " " + seen + " " + IntStream.rangeClosed(1, 5).boxed().collect(Collector.of(() -> new int[1], (a, i) -> a[0] += i, (a, b) -> a, a -> a[0])) + " " + new ForkJoinPool(3).submit(() -> IntStream
        .range(0, 1000).parallel().map(i -> i * i % 7).sum()).join());
    System.out.println(DoubleStream.of(0.1, 0.2, 0.3, 1e16, -1e16).sum() + " " + IntStream.empty().average() + " " + IntStream.of(3, 1, 2).sorted().boxed().toList() + " " + "hello".chars().mapToObj(c -> (char) c).collect(Collectors.groupingBy(c -> c, TreeMap::new, Collectors.counting())) + " " + Stream.of(1, null, 2).filter(Objects::nonNull)
        .count() + " " + Stream.ofNullable(null).count() + " " + Arrays.stream(new int[] {1, 2, 3, 4}, 1, 3).sum());
  }
}
