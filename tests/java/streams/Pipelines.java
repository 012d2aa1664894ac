// Streams: laziness and order of evaluation, short circuits, state, infinite sources, flatMap and mapMulti, takeWhile, peek, iterate, close handlers, primitive streams, reuse errors, spliterators' characteristics.
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Pipelines {
  static final StringBuilder LOG = new StringBuilder();

  static <T> T log(String s, T t) {
    LOG.append(s).append(t).append(' ');
    return t;
  }

  static void say(Object o) {
    System.out.println(o + (LOG.length() > 0 ? " | " + LOG : ""));
    LOG.setLength(0);
  }

  public static void main(String[] args) {
    say(Stream.of(1, 2, 3, 4, 5).filter(x -> log("f", x) % 2 == 1).map(x -> log("m", x * 10)).anyMatch(x -> x > 20));
    say(Stream.of(3, 1, 2).peek(x -> log("p", x)).sorted().peek(x -> log("s", x)).limit(2).collect(Collectors.toList()));
    say(Stream.iterate(1, x -> x * 2).takeWhile(x -> x < 100).dropWhile(x -> x < 10).toList());
    say(Stream.iterate(1, x -> x < 50, x -> x * 3).map(String::valueOf).collect(Collectors.joining(",", "<", ">")));
    say(IntStream.iterate(0, i -> i + 1).filter(i -> i % 7 == 3).skip(2).limit(4).boxed().toList());
    say(Stream.of("a b", "", "c d e").flatMap(s -> Arrays.stream(s.split(" "))).filter(Predicate.not(String::isEmpty)).toList());
    say(Stream.of(1, 2, 3).<String>mapMulti((x, out) -> {
      for (int i = 0; i < x; i++) out.accept(x + "" + i);
    }).toList());
    say(Stream.of(5, 3, 5, 1, 3).distinct().sorted(Comparator.reverseOrder()).toList());
    say(Stream.generate(new Supplier<Integer>() {
      int a = 0, b = 1;

      @Override
      public Integer get() {
        int r = a;
        a = b;
        b += r;
        return r;
      }
    }).limit(12).toList());
    say(Stream.concat(Stream.of(1), Stream.concat(Stream.empty(), Stream.of(2, 3))).reduce(0, (a, b) -> a * 10 + b));
    say(Stream.of("x", "yy", "zzz").reduce(0, (n, s) -> n + s.length(), Integer::sum));
    say(Stream.<Integer>empty().reduce(Integer::sum) + " " + Stream.of(4, 9, 2).max(Comparator.naturalOrder()) + " " + IntStream.empty().average() + " " + IntStream.of(1, 2).average().getAsDouble() + " " + Stream.of(1, 2).findFirst().map(
        x -> x + 1));
    say(IntStream.rangeClosed(1, 5).mapToObj(i -> "x".repeat(i)).toList() + " " + LongStream.rangeClosed(1, 20).reduce(1, (a, b) -> a * b) + " " + DoubleStream.of(1, 2, 3).map(Math::sqrt).sum() + " " + IntStream.of(3, 1, 2).sorted().boxed().toList()
        + " " + "hello".chars().filter(c -> c > 'h').mapToObj(c -> "" + (char) c).collect(Collectors.joining()) + " " + IntStream.range(0, 10).summaryStatistics() + " " + IntStream.of(1, 2, 3).asDoubleStream().boxed().toList());
    Stream<Integer> s = Stream.of(1, 2);
    s.map(x -> x);
    try {
      s.filter(x -> true);
    } catch (IllegalStateException e) {
      say(e.getMessage());
    }
    try (Stream<Integer> c = Stream.of(1).onClose(() -> log("close", 1)).onClose(() -> {
      throw new IllegalStateException("second");
    }).map(x -> x + 1).onClose(() -> {
      throw new IllegalStateException("third");
    })) {
      say(c.toList());
    } catch (IllegalStateException e) {
      say(e.getMessage() + " " + e.getSuppressed().length);
    }
    try {
      Stream.of(1, 2, 3).map(x -> 6 / (x - 2)).forEach(x -> log("v", x));
    } catch (ArithmeticException e) {
      say(e.getMessage());
    }
    try {
      List<Integer> l = new ArrayList<>(List.of(1, 2, 3));
      l.stream().forEach(x -> l.add(x));
    } catch (ConcurrentModificationException e) {
      say("modified");
    }
    try {
      Stream.of(1).toList().add(2);
    } catch (UnsupportedOperationException e) {
      say("immutable");
    }
    for (Collection<Integer> c : List.of(List.of(1, 2), new ArrayList<>(List.of(1)), new TreeSet<>(List.of(2, 1)), new HashSet<>(List.of(1)), new LinkedList<>(List.of(1)), new ArrayDeque<>(List.of(1)), new PriorityQueue<>(List.of(1)))) {
      Spliterator<Integer> sp = c.spliterator();
      System.out.print(c.getClass().getSimpleName() + Integer.toHexString(sp.characteristics()) + "/" + sp.estimateSize() + " ");
    }
    System.out.println(Integer.toHexString(IntStream.range(0, 5).spliterator().characteristics()) + " " + Stream.of(1, 2, 3).filter(x -> x > 1).spliterator().getExactSizeIfKnown() + " " + Stream.of(1, 2, 3).map(x -> x).spliterator()
        .getExactSizeIfKnown());
    Spliterator<Integer> whole = IntStream.range(0, 100).boxed().collect(Collectors.toList()).spliterator(), half = whole.trySplit(), quarter = half.trySplit();
    int[] n = new int[3];
    whole.forEachRemaining(x -> n[0]++);
    half.tryAdvance(x -> n[1] = x);
    quarter.forEachRemaining(x -> n[2] += x);
    say(Arrays.toString(n) + " " + half.estimateSize());
    say(StreamSupport.stream(Spliterators.spliteratorUnknownSize(List.of(7, 8).iterator(), Spliterator.ORDERED), false).count() + " " + StreamSupport.stream(() -> List.of(1, 2).spliterator(), 0, false).toList());
    say(Stream.of(1, 2, 3, 4).peek(x -> log("counted", x)).count() + " " + Stream.of(1, 2, 3).filter(x -> true).peek(x -> log("c", x)).count());
    Iterator<Integer> it = Stream.of(1, 2, 3).map(x -> log("it", x)).iterator();
    it.next();
    say(it.hasNext());
    BinaryOperator<Function<Integer, Integer>> compose = Function::andThen;
    say(Stream.<Function<Integer, Integer>>of(x -> x + 1, x -> x * 2, x -> x - 3).reduce(Function.identity(), compose).apply(10));
    Object[] arr = Stream.of("b", "a").sorted().toArray(String[]::new);
    say(arr.getClass().getSimpleName() + Arrays.toString(arr) + " " + Stream.ofNullable(null).count() + " " + Stream.of(1, 2, 3, 4).noneMatch(x -> x > 4) + Stream.empty().allMatch(x -> false));
    say(Stream.of(1, 2, 3, 4, 5, 6).parallel().map(x -> x * x).collect(ArrayList::new, ArrayList::add, ArrayList::addAll));
    try {
      Stream.of("a").sorted(Comparator.naturalOrder()).toArray(Integer[]::new);
    } catch (ArrayStoreException e) {
      say(e.getMessage());
    }
  }
}
