// The less usual collections and views: enum sets and maps, bit sets, identity and access-ordered maps, navigable sub-views and their bounds, checked, synchronized and unmodifiable wrappers, fail-fast iterators, array lists of arrays, immutable
// collections and nulls, deques, priority queues, compute and merge.
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

public class Views {
  enum Day {
    MON, TUE, WED, THU, FRI, SAT, SUN
  }

  enum Many {
    ;
  }

  static Object outcome(Callable<?> c) {
    try {
      return c.call();
    } catch (Exception e) {
      return e.getClass().getSimpleName() + (e.getMessage() == null || e instanceof NullPointerException ? "" : "(" + e.getMessage() + ")");
    }
  }

  static void show(Object... o) {
    System.out.println(Arrays.stream(o).map(String::valueOf).collect(Collectors.joining(" ")));
  }

  static void enums() {
    EnumSet<Day> week = EnumSet.range(Day.MON, Day.FRI), end = EnumSet.complementOf(week);
    show(week, end, week.containsAll(EnumSet.of(Day.TUE, Day.WED)), EnumSet.noneOf(Many.class), week.removeIf(d -> d.ordinal() % 2 == 0), week, EnumSet.copyOf(List.of(Day.SUN, Day.MON)), outcome(() -> EnumSet.copyOf(new ArrayList<Day>())), outcome(() -> EnumSet.range(Day.SUN, Day.MON)), outcome(() -> week.add(null)));
    EnumMap<Day, String> m = new EnumMap<>(Map.of(Day.SUN, "s", Day.MON, "m"));
    m.put(Day.WED, null);
    m.merge(Day.SUN, "x", String::concat);
    show(m, m.keySet(), m.values(), m.containsValue(null), m.get("MON"), m.equals(new HashMap<>(m)), m.hashCode() == new HashMap<>(m).hashCode(), outcome(() -> m.put(null, "")), outcome(() -> new EnumMap<Day, String>(new HashMap<>())));
    Iterator<Map.Entry<Day, String>> i = m.entrySet().iterator();
    i.next();
    i.remove();
    show(m, outcome(() -> {
      i.remove();
      return "";
    }));
  }

  static void bits() {
    BitSet a = new BitSet(), b = new BitSet(10);
    a.set(3, 70);
    a.flip(5);
    b.set(69);
    b.set(200);
    show(a.cardinality(), a.length(), a.nextClearBit(3), a.previousSetBit(5), b, a.intersects(b), b.size() % 64, outcome(() -> a.get(-1)), outcome(() -> {
      a.set(5, 3);
      return "";
    }));
    a.and(b);
    b.andNot(a);
    a.xor(BitSet.valueOf(new long[] {5, 1}));
    show(a, b, a.stream().sum(), Arrays.toString(a.toByteArray()), a.clone().equals(a), a.hashCode(), BitSet.valueOf(new byte[] {1, 2}));
  }

  static void maps() {
    Map<String, Integer> id = new IdentityHashMap<>();
    String k = new String("k");
    id.put("k", 1);
    id.put(k, 2);
    show(id.size(), id.get(k), id.get("k"), id.containsKey(new String("k")), id.entrySet().contains(Map.entry(k, 2)));
    LinkedHashMap<Integer, String> lru = new LinkedHashMap<>(8, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, String> e) {
        return size() > 3;
      }
    };
    for (int i = 0; i < 4; i++) lru.put(i, "v" + i);
    lru.get(1);
    lru.getOrDefault(2, "");
    lru.putIfAbsent(9, "n");
    show(lru);
    TreeMap<Integer, String> t = new TreeMap<>();
    for (int i = 0; i < 10; i++) t.put(i * 10, "t" + i);
    NavigableMap<Integer, String> sub = t.subMap(20, true, 60, false), desc = sub.descendingMap();
    show(sub, desc.firstKey(), desc.headMap(40), sub.floorKey(35), sub.higherKey(50), sub.lowerEntry(20), desc.ceilingKey(45), sub.pollFirstEntry(), t.size(), outcome(() -> sub.put(60, "")), outcome(() -> sub.subMap(10, 30)), outcome(() -> desc.tailMap(70)), sub.size());
    sub.clear();
    show(t, t.headMap(0).isEmpty(), outcome(() -> t.headMap(0).firstKey()), t.descendingKeySet().first(), t.navigableKeySet().tailSet(70), outcome(() -> t.put(null, "")), outcome(() -> new TreeMap<Object, Object>().put(new Object(), 1)));
    t.firstEntry();
    show(outcome(() -> t.firstEntry().setValue("x")), outcome(() -> t.entrySet().iterator().next().setValue("set")), t.get(0));
    Map<String, Integer> m = new HashMap<>(Map.of("a", 1, "b", 2));
    show(m.compute("a", (x, v) -> v + 1), m.compute("a", (x, v) -> null), m.computeIfAbsent("c", String::length), m.computeIfPresent("z", (x, v) -> 1), m.merge("b", 5, (x, y) -> null), m.merge("d", 5, Integer::sum), new TreeMap<>(m), outcome(() -> m.merge("a", null, Integer::sum)), outcome(() -> m.computeIfAbsent("q", x -> {
      m.put("w", 1);
      m.put("e", 2);
      return 1;
    })), outcome(() -> new ConcurrentHashMap<>(Map.of("a", 1)).computeIfAbsent("b", x -> null)), outcome(() -> new ConcurrentHashMap<String, Integer>().put(null, 1)));
    m.replaceAll((x, v) -> v * 10);
    show(new TreeMap<>(m), m.replace("c", 10, 11), m.remove("c", 10), outcome(() -> {
      ConcurrentHashMap<Integer, Integer> c = new ConcurrentHashMap<>();
      return c.computeIfAbsent(1, x -> c.computeIfAbsent(1, y -> 2));
    }));
    Map<Object, Integer> colliding = new HashMap<>();
    class Bad implements Comparable<Bad> {
      final int n;

      Bad(int n) {
        this.n = n;
      }

      @Override
      public int hashCode() {
        return 42;
      }

      @Override
      public boolean equals(Object o) {
        return o instanceof Bad b && b.n == n;
      }

      @Override
      public int compareTo(Bad o) {
        return Integer.compare(n, o.n);
      }
    }
    for (int i = 0; i < 2000; i++) colliding.put(new Bad(i), i);
    for (int i = 0; i < 2000; i += 2) colliding.remove(new Bad(i));
    show(colliding.size(), colliding.get(new Bad(1999)), colliding.get(new Bad(4)), colliding.values().stream().mapToInt(x -> x).sum());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static void wrappers() {
    List<String> checked = Collections.checkedList(new ArrayList<>(), String.class);
    show(outcome(() -> ((List) checked).add(5)), checked.add("x"), outcome(() -> Collections.unmodifiableList(checked).remove(0)), outcome(() -> Collections.emptyList().add(null)), outcome(() -> Collections.singleton(1).iterator().next()), Collections.nCopies(3, "n"), outcome(() -> List.of(1, null)), outcome(() -> List.of(1).contains(null)),
        outcome(() -> Set.of(1, 1)), outcome(() -> Map.of("a", 1, "a", 2)), outcome(() -> Map.entry(null, 1)), outcome(() -> List.copyOf(Arrays.asList(1, null))), List.copyOf(List.of(1)) == List.copyOf(List.of(1)), outcome(() -> Map.of().get(null)));
    List<Integer> a = Arrays.asList(3, 1, 2);
    Collections.sort(a);
    show(a, outcome(() -> a.add(1)), a.set(0, 9), a, outcome(() -> a.remove(0)), a.getClass() == ArrayList.class, Collections.frequency(a, 2), Collections.max(a), Collections.disjoint(a, List.of(5)), Collections.indexOfSubList(List.of(1, 2, 3, 2, 3), List.of(2, 3)), Collections.lastIndexOfSubList(List.of(1, 2, 3, 2, 3), List.of(2, 3)));
    List<Integer> l = IntStream.range(0, 10).boxed().collect(Collectors.toList());
    Collections.rotate(l, 3);
    Collections.swap(l, 0, 9);
    show(l, Collections.binarySearch(List.of(1, 3, 5), 4), Collections.binarySearch(List.of(5, 3, 1), 3, Collections.reverseOrder()));
    Collections.shuffle(l, new Random(5));
    l.sort(null);
    List<Integer> sub = l.subList(2, 8);
    sub.removeIf(x -> x % 2 == 0);
    sub.add(1, 77);
    sub.replaceAll(x -> x + 1);
    show(l, sub, sub.subList(1, 2), sub.indexOf(78));
    l.add(5);
    show(outcome(sub::size), outcome(() -> {
      for (Integer x : l) if (x == 6) l.remove(x);
      return l;
    }), outcome(() -> {
      for (Integer x : l) if (x.equals(l.get(l.size() - 2))) l.remove(0);
      return l;
    }), outcome(() -> l.listIterator(99)));
    ListIterator<Integer> it = l.listIterator(2);
    it.add(100);
    it.previous();
    it.set(101);
    show(l, it.nextIndex(), outcome(() -> {
      it.add(1);
      it.set(2);
      return "";
    }));
    Object mutex = Collections.synchronizedList(l);
    show(mutex.equals(l), ((List<?>) mutex).hashCode() == l.hashCode());
    show(outcome(() -> new ArrayList<>(-1)), outcome(() -> l.get(99)), outcome(() -> l.addAll(99, List.of(1))), outcome(() -> l.subList(3, 1)), outcome(() -> new LinkedList<>().getFirst()), outcome(() -> new ArrayDeque<>().add(null)), outcome(() -> new ArrayDeque<>().pop()), outcome(() -> new PriorityQueue<>().add(null)), outcome(() -> new Stack<>().pop()), outcome(() -> new Vector<>(List
        .of(1)).elementAt(1)), outcome(() -> new PriorityQueue<Object>(List.of(new Object(), new Object()))));
  }

  static void queues() {
    Deque<Integer> d = new ArrayDeque<>();
    for (int i = 0; i < 40; i++) if (i % 3 == 0) d.addFirst(i);
    else d.addLast(i);
    for (int i = 0; i < 30; i++) if (i % 2 == 0) d.pollFirst();
    else d.removeLast();
    show(d, d.removeFirstOccurrence(1), d.peekLast(), d.descendingIterator().next(), d.contains(2), d.size());
    PriorityQueue<String> p = new PriorityQueue<>(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()));
    p.addAll(List.of("ccc", "a", "bb", "b", "aaa", "cc"));
    p.remove("bb");
    StringBuilder sb = new StringBuilder();
    while (!p.isEmpty()) sb.append(p.poll()).append(' ');
    show(sb);
    show(new StringJoiner(",", "[", "]").setEmptyValue("none"), new StringJoiner(",").add("a").merge(new StringJoiner("-").add("b").add("c")), new StringTokenizer("a b\tc").countTokens(), Objects.hash(1, "a", null), Arrays.deepHashCode(new Object[] {1, new int[] {2}}), Arrays.compare(new int[] {1, 2}, new int[] {1, 3}), Arrays.mismatch(new char[] {'a'}, new char[] {'a', 'b'}),
        Arrays.equals(new double[] {Double.NaN, -0.0}, new double[] {Double.NaN, 0.0}), Arrays.toString(Arrays.copyOfRange(new int[] {1, 2, 3}, 2, 5)), Arrays.asList(1, 2).equals(List.of(1, 2)), Arrays.deepToString(new Object[][] {{1}, null, {"x", new long[] {3}}}));
    Object[] self = new Object[1];
    self[0] = self;
    int[] pre = IntStream.range(1, 6).toArray();
    Arrays.parallelPrefix(pre, (x, y) -> x * y);
    Integer[] big = IntStream.range(0, 20_000).mapToObj(i -> (i * 7919) % 20_011).toArray(Integer[]::new);
    Arrays.parallelSort(big, Comparator.comparing(i -> -i));
    show(Arrays.deepToString(self), Arrays.toString(pre), big[0], big[19_999], outcome(() -> Arrays.copyOf(pre, -1)), outcome(() -> {
      Arrays.fill(pre, 3, 9, 0);
      return "";
    }), outcome(() -> {
      Arrays.sort(new Object[] {1, "x"});
      return "";
    }));
    Integer[] broken = new Random(3).ints(1000).boxed().toArray(Integer[]::new);
    show(outcome(() -> {
      Arrays.sort(broken, (x, y) -> x % 3 == 0 ? 1 : y % 2 == 0 ? -1 : x > y ? 1 : -1);
      return "sorted";
    }));
  }

  public static void main(String[] args) {
    enums();
    bits();
    maps();
    wrappers();
    queues();
  }
}
