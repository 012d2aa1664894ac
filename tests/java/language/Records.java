// Records: canonical and compact constructors, equals, hashCode, toString, nesting, generics.
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Records {
  record Point(int x, int y) implements Comparable<Point> {
    static final Point ORIGIN = new Point(0, 0);

    Point {
      if (x < -1000) throw new IllegalArgumentException("x " + x);
    }

    Point(int both) {
      this(both, both);
    }

    double length() {
      return Math.sqrt(x * x + y * y);
    }

    public int compareTo(Point o) {
      return x != o.x ? Integer.compare(x, o.x) : Integer.compare(y, o.y);
    }
  }

  record Pair<A, B>(A first, B second) {
    <C> Pair<A, C> withSecond(C c) {
      return new Pair<>(first, c);
    }
  }

  record All(boolean z, byte b, char c, short s, int i, long j, float f, double d, String t, int[] a) {
    @Override
    public int[] a() {
      return a.clone();
    }
  }

  record Empty() {}

  record Node(int value, Node next) {
    int sum() {
      return value + (next == null ? 0 : next.sum());
    }
  }

  public static void main(String[] args) {
    Point p = new Point(3, 4);
    System.out.println(p + " " + p.length() + " " + p.equals(new Point(3, 4)) + " "
        + p.equals(new Point(4)) + " " + (p.hashCode() == new Point(3, 4).hashCode()) + " "
        + p.hashCode() + " " + Point.ORIGIN.compareTo(p));
    try {
      new Point(-2000, 1);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    Pair<String, Integer> pair = new Pair<>("k", null);
    System.out.println(pair + " " + pair.withSecond(List.of(1, 2)) + " " + pair.hashCode() + " "
        + pair.equals(new Pair<>("k", null)) + " " + pair.equals(null));
    int[] shared = {1};
    All a = new All(true, (byte) -1, 'c', (short) 5, 6, 7L, 8.5f, -0.0, "t", shared);
    All b = new All(true, (byte) -1, 'c', (short) 5, 6, 7L, 8.5f, 0.0, "t", shared);
    All n = new All(true, (byte) -1, 'c', (short) 5, 6, 7L, Float.NaN, 0.0, "t", shared);
    All m = new All(true, (byte) -1, 'c', (short) 5, 6, 7L, Float.NaN, 0.0, "t", shared);
    System.out.println(a.equals(b) + " " + n.equals(m) + " " + a.a()[0] + a.c() + a.j());
    System.out.println(new Empty() + " " + new Empty().equals(new Empty()) + " " + new Empty().hashCode());
    Node list = null;
    for (int i = 1; i <= 4; i++) list = new Node(i, list);
    System.out.println(list + " " + list.sum());
    Map<Point, String> map = new TreeMap<>();
    for (int i = 0; i < 5; i++) map.put(new Point(i % 3, i % 2), "v" + i);
    System.out.println(map);
    record Local(String word, int count) {}
    List<Local> locals = new ArrayList<>();
    for (String w : "a bb a ccc".split(" ")) locals.add(new Local(w, w.length()));
    System.out.println(locals + " " + Local.class.isRecord());
  }
}
