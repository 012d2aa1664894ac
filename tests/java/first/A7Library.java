// The collections, boxing, iterators, enums, a StringBuilder, sorting; still no lambda.
import java.util.*;

public class A7Library {
  enum Color { RED, GREEN, BLUE }

  public static void main(String[] args) {
    Map<String, Integer> map = new HashMap<String, Integer>();
    for (String w : "one two three two one two".split(" ")) {
      Integer old = map.get(w);
      map.put(w, old == null ? 1 : old + 1);
    }
    System.out.println(new TreeMap<String, Integer>(map));
    List<Integer> list = new ArrayList<Integer>();
    for (int i = 0; i < 10; i++) list.add((i * 7) % 10);
    Collections.sort(list);
    System.out.println(list);
    Iterator<Integer> it = list.iterator();
    while (it.hasNext()) if (it.next() % 2 == 0) it.remove();
    System.out.println(list.size() + " " + list.contains(3) + " " + Arrays.asList(1, 2, 3));
    for (Color c : Color.values()) {
      switch (c) {
        case GREEN: System.out.println("green " + c.ordinal()); break;
        default: System.out.println(c.name());
      }
    }
    System.out.println(EnumSet.of(Color.BLUE, Color.RED) + " " + Color.valueOf("RED"));
    Object anonymous = new Object() {
      @Override
      public String toString() {
        return "anonymous";
      }
    };
    System.out.println(anonymous + " " + new LinkedHashSet<String>(Arrays.asList("b", "a", "b")));
  }
}
