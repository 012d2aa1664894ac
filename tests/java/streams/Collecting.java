// Collectors: grouping at several levels, partitioning, maps with merging, teeing, filtering and flat mapping, reducing, summaries, joined, to immutable, own collectors, errors.
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

import static java.util.stream.Collectors.*;

public class Collecting {
  record Person(String name, String city, int age, List<String> pets) {}

  static final List<Person> P = List.of(new Person("Ann", "Linz", 30, List.of("cat")), new Person("Bob", "Wien", 25, List.of()), new Person("Cid", "Linz", 41, List.of("dog", "cat")), new Person("Dee", "Graz", 25, List.of("fish")), new Person("Eve", "Wien",
      30, List.of("dog")));

  static void say(Object o) {
    System.out.println(o);
  }

  static void fails(String what, Supplier<?> s) {
    try {
      say(what + " " + s.get());
    } catch (RuntimeException e) {
      say(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) {
    say(P.stream().collect(groupingBy(Person::city, TreeMap::new, mapping(Person::name, joining("+")))));
    say(P.stream().collect(groupingBy(Person::city, TreeMap::new, groupingBy(Person::age, TreeMap::new, counting()))));
    say(P.stream().collect(partitioningBy(p -> p.age() > 28, averagingInt(Person::age))));
    say(P.stream().collect(partitioningBy(p -> p.age() > 99)));
    say(P.stream().collect(toMap(Person::age, Person::name, (a, b) -> a + "&" + b, LinkedHashMap::new)));
    fails("duplicate", () -> P.stream().collect(toMap(Person::age, Person::name)));
    fails("null value", () -> Stream.of("a").collect(toMap(x -> x, x -> null)));
    fails("null key", () -> Stream.of("a").collect(groupingBy(x -> null)));
    fails("immutable", () -> Stream.of(1).collect(toUnmodifiableList()).add(2));
    fails("null element", () -> Stream.of(1, null).collect(toUnmodifiableList()));
    fails("null in toList", () -> Stream.of(1, null).toList());
    fails("set", () -> new TreeSet<>(Stream.of(3, 1, 3).collect(toUnmodifiableSet())));
    say(P.stream().collect(teeing(minBy(Comparator.comparing(Person::age)), maxBy(Comparator.comparing(Person::age)), (a, b) -> a.get().name() + b.get().name())));
    say(P.stream().collect(groupingBy(Person::city, TreeMap::new, flatMapping(p -> p.pets().stream(), toCollection(TreeSet::new)))));
    say(P.stream().collect(groupingBy(Person::city, TreeMap::new, filtering(p -> p.age() > 28, collectingAndThen(toList(), List::size)))));
    System.out.println(P.stream().collect(reducing(0, Person::age, Integer::sum)) + " " + P.stream().map(Person::age).collect(reducing(Integer::max)) + " " + P.stream().collect(summarizingInt(Person::age)) + " " + P.stream().collect(summingLong(
        Person::age)) + " " + P.stream().collect(averagingDouble(Person::age)));
    Collector<String, ?, String> longest = Collector.of(() -> new String[1], (a, s) -> a[0] = a[0] == null || s.length() > a[0].length() ? s : a[0], (a, b) -> a[0].length() >= b[0].length() ? a : b, a -> a[0]);
    say(Stream.of("a", "ccc", "bb").collect(longest) + " " + longest.characteristics());
    say(P.stream().sorted(Comparator.comparing(Person::age).thenComparing(Person::city, Comparator.reverseOrder()).thenComparingInt(p -> -p.name().charAt(0))).map(Person::name).collect(joining()));
    say(Stream.of("b", null, "a").sorted(Comparator.nullsFirst(Comparator.naturalOrder())).map(String::valueOf).collect(joining(",")));
    say(P.parallelStream().collect(groupingByConcurrent(Person::city, counting())).entrySet().stream().sorted(Map.Entry.comparingByKey()).toList());
    say(IntStream.range(0, 500).parallel().boxed().collect(partitioningBy(i -> i % 2 == 0, summingInt(i -> i))));
    Map<Boolean, Map<Integer, List<String>>> deep = Stream.of("one", "three", "five", "eleven").collect(partitioningBy(s -> s.contains("e"), groupingBy(String::length)));
    say(deep);
    say(Arrays.stream(new int[][] {{1, 2}, {3}}).flatMapToInt(Arrays::stream).mapToObj(Integer::toBinaryString).collect(collectingAndThen(toCollection(ArrayDeque::new), ArrayDeque::pollLast)));
    Optional<String> o = Optional.of("v");
    say(o.filter(x -> x.isEmpty()).or(() -> Optional.of("w")).get() + o.stream().count() + o.map(x -> (String) null) + Optional.empty().isEmpty() + o.flatMap(x -> Optional.of(1)).orElseThrow() + OptionalInt.of(3));
    fails("empty", () -> Optional.empty().orElseThrow());
    fails("own", () -> Optional.empty().orElseThrow(() -> new IllegalStateException("mine")));
    // Text statistics over a bigger input.
    String text = IntStream.range(0, 3000).mapToObj(i -> "word" + i * i % 97).collect(joining(" "));
    Map<String, Long> freq = Arrays.stream(text.split(" ")).collect(groupingBy(Function.identity(), counting()));
    say(freq.size() + " " + freq.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(5).toList());
  }
}
