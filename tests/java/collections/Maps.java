// HashMap, LinkedHashMap, TreeMap, IdentityHashMap, EnumMap: collisions, resize, views, compute, navigation.
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

public class Maps {
  static final class Key implements Comparable<Key> {
    final int id;

    Key(int id) {
      this.id = id;
    }

    @Override
    public int hashCode() {
      return id % 3;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Key k && k.id == id;
    }

    @Override
    public int compareTo(Key o) {
      return Integer.compare(id, o.id);
    }

    @Override
    public String toString() {
      return "k" + id;
    }
  }

  enum Day { MON, TUE, WED }

  static String attempt(Runnable r) {
    try {
      r.run();
      return "fine";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  public static void main(String[] args) {
    Map<Key, Integer> collide = new HashMap<>();
    for (int i = 0; i < 300; i++) collide.put(new Key(i), i);
    for (int i = 0; i < 300; i += 2) collide.remove(new Key(i));
    int sum = 0;
    for (int i = 0; i < 300; i++) sum += collide.getOrDefault(new Key(i), -1);
    System.out.println(collide.size() + " " + sum + " " + collide.containsKey(new Key(7)) + " "
        + collide.containsValue(8));
    Map<Integer, String> h = new HashMap<>();
    for (int i = 0; i < 20; i++) h.put(i * 37 % 101, "v" + i);
    h.put(null, "null key");
    System.out.println(h);
    System.out.println(h.putIfAbsent(37, "no") + " " + h.computeIfAbsent(1000, k -> "c" + k) + " "
        + h.computeIfPresent(1000, (k, v) -> null) + " " + h.merge(37, "!", String::concat) + " "
        + h.compute(5000, (k, v) -> v == null ? "new" : v) + " " + h.replace(5000, "r") + " " + h.remove(5000, "x"));
    h.replaceAll((k, v) -> v.toUpperCase());
    h.keySet().removeIf(k -> k == null || k > 50);
    h.values().remove("V0");
    h.entrySet().iterator().next().setValue("set");
    System.out.println(h + " " + h.hashCode() + " " + h.equals(new TreeMap<>(h)));
    System.out.println(attempt(() -> {
      for (Integer k : h.keySet()) h.remove(k == 0 ? 1 : k);
    }));
    Map<String, Integer> linked = new LinkedHashMap<>(4, 0.75f, true);
    for (String s : "one two three four".split(" ")) linked.put(s, s.length());
    linked.get("one");
    linked.put("two", 0);
    System.out.println(linked);
    TreeMap<String, Integer> tree = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String s : "pear Apple fig apple Kiwi date".split(" ")) tree.merge(s, 1, Integer::sum);
    System.out.println(tree + " " + tree.firstKey() + " " + tree.floorKey("b") + " " + tree.ceilingEntry("g") + " "
        + tree.headMap("FIG", true) + " " + tree.tailMap("fig", false).descendingMap() + " " + tree.pollLastEntry()
        + " "
        + tree.subMap("b", "f") + " " + tree.higherKey("zzz"));
    TreeMap<Integer, Integer> rb = new TreeMap<>();
    for (int i = 0; i < 2000; i++) rb.put(i * 7919 % 4001, i);
    for (int i = 0; i < 4001; i += 3) rb.remove(i);
    long h2 = 0;
    for (Map.Entry<Integer, Integer> e : rb.entrySet()) h2 = h2 * 31 + e.getKey() * 17 + e.getValue();
    System.out.println(rb.size() + " " + h2 + " " + rb.lowerEntry(2000) + " " + rb.descendingKeySet().first());
    System.out.println(attempt(() -> new TreeMap<Object, Integer>().put(new Object(), 1)).replaceAll("\\(.*", "") + " "
        + attempt(() -> tree.put(null, 1)) + " " + attempt(() -> tree.subMap("z", "a")));
    Map<String, Integer> identity = new IdentityHashMap<>();
    identity.put(new String("a"), 1);
    identity.put(new String("a"), 2);
    System.out.println(identity.size() + " " + identity.containsKey("a"));
    EnumMap<Day, String> days = new EnumMap<>(Map.of(Day.WED, "w", Day.MON, "m"));
    System.out.println(days + " " + days.containsKey(Day.TUE) + " " + attempt(() -> days.put(null, "x")));
    System.out.println(attempt(() -> Map.of("a", 1, "a", 2)) + " " + attempt(() -> Map.of("a", null)) + " "
        + attempt(() -> Map.of("a", 1).put("b", 2)) + " " + Map.entry("k", 1) + " "
        + new AbstractMap.SimpleEntry<>("x", null)
        + " " + Map.copyOf(new HashMap<>(Map.of(1, 2))).get(1));
    Iterator<Map.Entry<String, Integer>> it = linked.entrySet().iterator();
    it.next();
    it.remove();
    System.out.println(linked.size() + " " + attempt(it::remove));
    try {
      Iterator<String> ks = linked.keySet().iterator();
      linked.put("extra", 1);
      ks.next();
    } catch (ConcurrentModificationException e) {
      System.out.println("modified");
    }
  }
}
