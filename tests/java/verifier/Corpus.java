// Classes for Mutate to break: a little of everything that javac makes, without effects outside of themselves.
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

final class Corpus {
  private Corpus() {}

  public static int loops() {
    int sum = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = i; j > 0; j -= 3) sum += i * j ^ sum >>> 3;
      if (sum > 1000000) break;
    }
    return sum;
  }

  public static long mixed(int a, long b) {
    long x = a + b * 31 - (a % 7) * (b / (a == 0 ? 1 : a));
    double d = x * 0.5 + a;
    float f = (float) d / 3;
    return x ^ Double.doubleToLongBits(d) ^ (long) f ^ (int) d ^ (short) a ^ (char) b ^ (byte) a << 3 | b >>> 5;
  }

  public static int arrays() {
    int[] a = {3, 1, 2, 9, 4};
    long[][] m = new long[3][4];
    byte[] b = new byte[8];
    boolean[] z = {true, false};
    char[] c = "abc".toCharArray();
    String[] s = new String[2];
    for (int i = 0; i < a.length; i++) m[i % 3][i % 4] += a[i] + b[i] + c[i % 3];
    s[1] = "x" + z[0];
    double[] d = {1.5, m[1][1]};
    float[] f = {2f};
    short[] h = {7};
    return a.clone()[2] + (int) m[2][2] + s[1].length() + (int) d[1] + (int) f[0] + h[0];
  }

  public static String switches(int n, String s) {
    String r = switch (n) {
      case 0, 1, 2 -> "low";
      case 5 -> "five";
      case 1000 -> "far";
      default -> n < 0 ? "negative" : "other";
    };
    switch (s == null ? "" : s) {
      case "a": r += 1; break;
      case "bb": r += 2;
      default: r += 3;
    }
    return r;
  }

  public static int handlers(Object o) {
    int state = 0;
    try {
      state = 1;
      state += o.hashCode() == 7 ? 1 : 2;
      int[] none = new int[0];
      state += none[state];
    } catch (NullPointerException | ArrayIndexOutOfBoundsException e) {
      state += 10;
    } catch (RuntimeException e) {
      return -1;
    } finally {
      state *= 2;
    }
    synchronized (Corpus.class) {
      state++;
    }
    return state;
  }

  public static Object instances() {
    CorpusShape[] shapes = {new CorpusSquare(3), new CorpusCircle(2), null};
    double area = 0;
    for (CorpusShape s : shapes) {
      if (s instanceof CorpusSquare q) area += q.side();
      if (s != null) area += s.area();
    }
    return (Object) (int) area;
  }

  public static int lambdas(int n) {
    IntUnaryOperator twice = x -> x * 2 + n;
    Function<Integer, List<String>> list = k -> {
      List<String> out = new ArrayList<>();
      for (int i = 0; i < k; i++) out.add("e" + i);
      return out;
    };
    Map<String, Integer> map = new HashMap<>();
    for (String s : list.apply(4)) map.merge(s, s.length(), Integer::sum);
    return twice.applyAsInt(map.size()) + map.values().stream().mapToInt(Integer::intValue).sum();
  }
}

interface CorpusShape {
  double area();

  default String label() {
    return "shape of " + area();
  }
}

record CorpusSquare(double side) implements CorpusShape {
  public double area() {
    return side * side;
  }
}

class CorpusCircle implements CorpusShape {
  private static int made;
  protected final double radius;
  final String name;

  CorpusCircle(double radius) {
    this(radius, radius > 1 ? "big" : "small");
  }

  CorpusCircle(double radius, String name) {
    this.radius = radius;
    this.name = name == null ? "none" : name;
    made++;
  }

  public double area() {
    return radius * radius * 3;
  }

  @Override
  public String label() {
    return CorpusShape.super.label() + name + made;
  }

  public static String make() {
    CorpusCircle a = new CorpusCircle(0.5), b = new CorpusRing(4, 1);
    return a.label() + b.label();
  }
}

class CorpusRing extends CorpusCircle {
  private final double hole;

  CorpusRing(double radius, double hole) {
    super(radius, "ring");
    this.hole = hole;
  }

  @Override
  public double area() {
    return super.area() - hole * hole * 3 + radius * 0;
  }
}

enum CorpusColor {
  RED(1), GREEN(2) {
    @Override
    int weight() {
      return 20;
    }
  },
  BLUE(3);

  private final int weight;

  CorpusColor(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }

  public static int total() {
    int sum = 0;
    for (CorpusColor c : values()) {
      sum += switch (c) {
        case RED -> 100;
        case GREEN -> c.weight();
        default -> c.ordinal();
      };
    }
    return sum;
  }
}

final class CorpusList<T extends Comparable<T>> {
  private static final class Node<T> {
    final T value;
    Node<T> next;

    Node(T value, Node<T> next) {
      this.value = value;
      this.next = next;
    }
  }

  private Node<T> head;
  private int size;

  void add(T value) {
    Node<T> before = null;
    Node<T> n = head;
    while (n != null && n.value.compareTo(value) < 0) {
      before = n;
      n = n.next;
    }
    Node<T> made = new Node<>(value, n);
    if (before == null) head = made;
    else before.next = made;
    size++;
  }

  public static String sorted() {
    CorpusList<String> l = new CorpusList<>();
    for (String s : "the quick brown fox jumps".split(" ")) l.add(s);
    StringBuilder b = new StringBuilder();
    for (Node<String> n = l.head; n != null; n = n.next) b.append(n.value).append(l.size).append(' ');
    return b.toString();
  }

  public static long numbers() {
    CorpusList<Long> l = new CorpusList<>();
    for (long i = 10; i-- > 0;) l.add(i * 37 % 11);
    long r = 0;
    do {
      r = r * 10 + l.head.value;
      l.head = l.head.next;
    } while (l.head != null);
    return r;
  }
}
