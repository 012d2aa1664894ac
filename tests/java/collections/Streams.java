// Streams: lazy stages, short circuits, flatMap, collectors, primitives, iterate, takeWhile, errors.
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;

public class Streams {
  record Person(String name, String city, int age) {}

  static final List<Person> PEOPLE = List.of(new Person("Ann", "Oslo", 31), new Person("Bob", "Rome", 25),
      new Person("Cid", "Oslo", 47), new Person("Dee", "Bonn", 25), new Person("Eve", "Rome", 64));

  public static void main(String[] args) {
    List<String> trace = new ArrayList<>();
    Optional<Integer> first = Stream.of(5, 3, 8, 1).peek(x -> trace.add("p" + x)).filter(x -> x > 4)
        .map(x -> { trace.add("m" + x); return x * 10; }).skip(1).findFirst();
    System.out.println(first + " " + trace);
    System.out.println(IntStream.rangeClosed(1, 100).filter(i -> i % 7 == 0).boxed().collect(Collectors.toList()) + " "
        + IntStream.range(0, 10).mapToObj(i -> "" + i * i).collect(Collectors.joining(",", "[", "]")) + " "
        + Stream.iterate(1, x -> x * 3).limit(8).reduce(0, Integer::sum) + " "
        + Stream.iterate(1, x -> x < 500, x -> x * 2).map(String::valueOf).collect(Collectors.joining(" ")));
    System.out.println(PEOPLE.stream().collect(Collectors.groupingBy(Person::city, TreeMap::new,
        Collectors.mapping(Person::name, Collectors.toList()))) + " "
        + PEOPLE.stream().collect(Collectors.partitioningBy(p -> p.age() > 30, Collectors.averagingInt(Person::age)))
        + " "
        + new TreeMap<>(PEOPLE.stream().collect(Collectors.toMap(Person::city, Person::age, Math::max))));
    System.out.println(PEOPLE.stream().sorted(Comparator.comparingInt(Person::age).reversed()
        .thenComparing(Person::name))
        .map(Person::name).toList() + " " + PEOPLE.stream().mapToInt(Person::age).summaryStatistics() + " "
        + PEOPLE.stream().collect(Collectors.teeing(Collectors.counting(), Collectors.summingInt(Person::age),
            (n, s) -> s / n)));
    System.out.println(Stream.of("a b", "c", "").flatMap(s -> Arrays.stream(s.split(" "))).map(s -> "<" + s + ">")
        .toList() + " "
        + Stream.of(1, 2, 3).<String>mapMulti((x, sink) -> { for (int i = 0; i < x; i++) sink.accept(x + "" + i); })
            .toList()
        + " " + Stream.of(3, 1, 3, 2, 1).distinct().sorted().toList() + " " + Stream.concat(Stream.of(1), Stream.of(2))
            .count());
    System.out.println(Stream.of(1, 2, 3, 4, 1).takeWhile(x -> x < 4).toList() + " "
        + Stream.of(1, 2, 3, 4, 1).dropWhile(x -> x < 4).toList() + " " + Stream.of(2, 4).allMatch(x -> x % 2 == 0)
        + " "
        + Stream.of(1).noneMatch(x -> x == 1) + " " + Stream.empty().anyMatch(x -> true) + " "
        + Stream.of("x", "yyy").max(Comparator.comparing(String::length)).get() + " " + Stream.ofNullable(null)
            .count());
    System.out.println(DoubleStream.of(1.5, 2.5, -3).sum() + " " + DoubleStream.empty().average() + " "
        + LongStream.rangeClosed(1, 20).reduce(1, (x, y) -> x * y) + " " + IntStream.of(3, 1, 2).sorted().boxed()
            .toList() + " "
        + "stream".chars().mapToObj(c -> String.valueOf((char) c)).sorted(Comparator.reverseOrder())
            .collect(Collectors.joining())
        + " " + IntStream.of(1, 2).asDoubleStream().mapToObj(Double::toString).toList() + " " + IntStream.empty()
            .max());
    System.out.println(Stream.of("b", "a", "c").collect(ArrayDeque<String>::new, ArrayDeque::addFirst,
        ArrayDeque::addAll) + " "
        + Stream.of(1, 2, 3, 4).collect(Collectors.reducing(0, x -> x * x, Integer::sum)) + " "
        + Stream.of("k", "kk").collect(Collectors.collectingAndThen(Collectors.toMap(Function.identity(),
            String::length), TreeMap::new))
        + " " + Arrays.toString(Stream.of("p", "q").toArray(String[]::new)) + " "
        + Stream.of(5, 6).collect(Collectors.filtering(x -> x > 5, Collectors.toSet())) + " "
        + Stream.of(List.of(1, 2), List.of(3)).collect(Collectors.flatMapping(List::stream,
            Collectors.summingInt(x -> x))));
    Runnable[] bad = {
        () -> Stream.of("a", "a").collect(Collectors.toMap(x -> x, x -> 1)),
        () -> { Stream<Integer> s = Stream.of(1); s.count(); s.count(); },
        () -> List.of(1, 2).stream().map(x -> 10 / (x - 2)).forEach(x -> System.out.print(x + " then ")),
        () -> Stream.of(1).toList().add(2),
        () -> Stream.generate(() -> 1).limit(-1),
        () -> Optional.empty().orElseThrow()};
    for (Runnable r : bad) {
      try {
        r.run();
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    List<String> closed = new ArrayList<>();
    try (Stream<Integer> s = Stream.of(1).onClose(() -> closed.add("one")).onClose(() -> closed.add("two"))) {
      s.forEach(x -> closed.add("body"));
    }
    Spliterator<Integer> sp = List.of(1, 2, 3, 4, 5, 6).spliterator();
    Spliterator<Integer> half = sp.trySplit();
    System.out.println(closed + " " + half.estimateSize() + " " + sp.estimateSize() + " "
        + sp.hasCharacteristics(Spliterator.SIZED));
    System.out.println(IntStream.range(0, 2000).parallel().filter(i -> i % 3 == 0).mapToLong(i -> (long) i * i).sum()
        + " "
        + IntStream.range(0, 500).parallel().boxed().collect(Collectors.toList()).hashCode() + " "
        + Arrays.stream(new int[] {1, 2, 3, 4}, 1, 3).sum());
    int[] prefix = {1, 2, 3, 4, 5};
    Arrays.parallelPrefix(prefix, Integer::sum);
    System.out.println(Arrays.toString(prefix) + " " + Stream.of(1, 2, 3).sorted(Collections.reverseOrder()).iterator()
        .next());
  }
}
