// ArrayList, LinkedList, ArrayDeque, PriorityQueue, BitSet, sub-lists, iterators, Collections
// methods, sorting.
import java.util.*;

public class Lists {
  static String attempt(Runnable r) {
    try {
      r.run();
      return "fine";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  record Item(String name, int rank) {}

  public static void main(String[] args) {
    List<Integer> a = new ArrayList<>();
    for (int i = 0; i < 20; i++) a.add(i % 5, i);
    a.remove(3);
    a.remove(Integer.valueOf(3));
    a.subList(2, 5).clear();
    a.addAll(1, List.of(100, 200));
    System.out.println(a + " " + a.indexOf(200) + " " + a.lastIndexOf(7) + " " + a.contains(19));
    List<Integer> view = a.subList(3, 8);
    view.set(0, -1);
    view.add(77);
    Collections.sort(view);
    System.out.println(view + " " + a.get(3) + " " + a.hashCode());
    a.add(1);
    System.out.println(attempt(() -> view.size()));
    a.sort(Comparator.<Integer, Integer>comparing(x -> x % 3).thenComparing(Comparator.reverseOrder()));
    a.removeIf(x -> x % 4 == 0);
    a.replaceAll(x -> x * 2);
    System.out.println(a);
    ListIterator<Integer> it = a.listIterator();
    while (it.hasNext()) {
      int v = it.next();
      if (v < 0) it.remove();
      else if (v > 20) it.set(v / 10);
      else if (v == 2) it.add(222);
    }
    while (it.hasPrevious()) System.out.print(it.previousIndex() + ":" + it.previous() + " ");
    System.out.println();
    LinkedList<String> l = new LinkedList<>(List.of("b", "c"));
    l.addFirst("a");
    l.addLast("d");
    l.add(2, "x");
    l.removeFirstOccurrence("c");
    System.out.println(l + " " + l.peekLast() + " " + l.pop() + " " + l.pollLast() + " " + l.indexOf("x"));
    Deque<Integer> d = new ArrayDeque<>(2);
    for (int i = 0; i < 40; i++) {
      d.offerFirst(i);
      d.offerLast(-i);
      if (i % 3 == 0) d.pollFirst();
      if (i % 4 == 0) d.removeLast();
    }
    System.out.println(d.size() + " " + d.peekFirst() + " " + d.peekLast() + " " + d.stream().mapToInt(x -> x).sum()
        + " " + attempt(() -> d.add(null)) + " " + d.removeFirstOccurrence(5));
    PriorityQueue<Item> q = new PriorityQueue<>(Comparator.comparingInt(Item::rank).thenComparing(Item::name));
    for (int i = 0; i < 30; i++) q.add(new Item("n" + i, i * 11 % 7));
    q.remove(new Item("n7", 0));
    StringBuilder sb = new StringBuilder();
    while (!q.isEmpty()) sb.append(q.poll().name()).append(' ');
    System.out.println(sb);
    List<Integer> c = new ArrayList<>();
    for (int i = 0; i < 12; i++) c.add(i);
    Collections.shuffle(c, new Random(42));
    System.out.println(c + " " + Collections.max(c) + " " + Collections.min(c, Comparator.reverseOrder()));
    Collections.rotate(c, 4);
    Collections.swap(c, 0, 11);
    Collections.reverse(c.subList(0, 6));
    System.out.println(c + " " + Collections.frequency(c, 3) + " " + Collections.nCopies(3, "z") + " "
        + Collections.disjoint(c, List.of(50, 60)) + " " + Collections.indexOfSubList(c, c.subList(4, 6)));
    Collections.sort(c);
    System.out.println(Collections.binarySearch(c, 7) + " " + Collections.binarySearch(c, 70) + " "
        + attempt(() -> Collections.unmodifiableList(c).add(1)) + " " + attempt(() -> Collections.emptyList().add(null))
        + " "
        + attempt(() -> Arrays.asList(1, 2).add(3)) + " " + attempt(() -> Arrays.asList(1, 2).set(0, 3)) + " "
        + attempt(() -> Collections.checkedList(new ArrayList(), String.class).add(5)));
    Set<String> s = new TreeSet<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    Collections.addAll(s, "ccc", "a", "bb", "aa", "b", "ccc");
    Set<Integer> lhs = new LinkedHashSet<>(List.of(5, 1, 9));
    lhs.add(1);
    lhs.retainAll(Set.of(1, 9, 12));
    System.out.println(s + " " + ((TreeSet<String>) s).headSet("bb") + " " + lhs + " "
        + new HashSet<>(List.of(3, 1, 2)));
    BitSet bits = new BitSet();
    bits.set(3, 70);
    bits.clear(10, 65);
    bits.flip(0);
    System.out.println(bits + " " + bits.cardinality() + " " + bits.nextClearBit(3) + " " + bits.length() + " "
        + Long.toHexString(bits.toLongArray()[1]));
    String[] words = "the quick brown fox jumps over the lazy dog again and again".split(" ");
    Arrays.sort(words, Comparator.comparing(String::length));
    System.out.println(String.join(" ", words));
    Item[] items = new Item[1000];
    for (int i = 0; i < items.length; i++) items[i] = new Item("i" + i, i * 7919 % 50);
    Arrays.sort(items, Comparator.comparingInt(Item::rank));
    boolean stable = true;
    for (int i = 1; i < items.length; i++) {
      stable &= items[i - 1].rank() < items[i].rank()
          || Integer.parseInt(items[i - 1].name().substring(1)) < Integer.parseInt(items[i].name().substring(1));
    }
    System.out.println(stable + " " + new Vector<>(List.of(1, 2)).elementAt(1) + " " + new Stack<>().empty() + " "
        + attempt(() -> new Stack<>().pop()) + " " + Collections.list(new StringTokenizer("p q")));
  }
}
