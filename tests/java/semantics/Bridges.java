// Bridge methods, nested generics, covariant returns, interface diamonds, default resolution, nest mates, inner class captures, overload resolution with boxing and varargs.
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Bridges {
  static abstract class Node<T extends Comparable<T>> implements Comparable<Node<T>>, Cloneable {
    abstract T get();

    void set(T t) {
      System.out.print("Node.set ");
    }

    @Override
    public int compareTo(Node<T> o) {
      return get().compareTo(o.get());
    }

    @Override
    protected Node<T> clone() throws CloneNotSupportedException {
      @SuppressWarnings("unchecked")
      Node<T> n = (Node<T>) super.clone();
      return n;
    }
  }

  static class StrNode extends Node<String> {
    String s;

    StrNode(String s) {
      this.s = s;
    }

    @Override
    String get() {
      return s;
    }

    @Override
    void set(String t) {
      s = t;
    }

    @Override
    public StrNode clone() throws CloneNotSupportedException {
      return (StrNode) super.clone();
    }
  }

  interface A {
    default String who() {
      return "A";
    }
  }

  interface B extends A {
    @Override
    default String who() {
      return "B" + A.super.who();
    }
  }

  interface C extends A {
    @Override
    default String who() {
      return "C";
    }
  }

  static class D implements B, C {
    @Override
    public String who() {
      return B.super.who() + C.super.who() + "D";
    }
  }

  static class Plain implements A {}

  static class Inherits extends Plain implements B {}

  static class Base {
    public String who() {
      return "class wins";
    }
  }

  static class Wins extends Base implements C {}

  interface Src<T> {
    T next();
  }

  interface IntSrc extends Src<Integer> {
    @Override
    Integer next();
  }

  static String f(Object o) {
    return "Object";
  }

  static String f(long l) {
    return "long";
  }

  static String f(Integer i) {
    return "Integer";
  }

  static String f(int... is) {
    return "int...";
  }

  static String f(double d) {
    return "double";
  }

  static String g(Object... os) {
    return os == null ? "null array" : os.length + "";
  }

  static String h(char c) {
    return "char";
  }

  static String h(int i) {
    return "int";
  }

  static String n(String s) {
    return "String";
  }

  static String n(Object s) {
    return "Object";
  }

  private int hidden = 1;

  class Inner {
    private int hidden = 10;

    class Deeper {
      int sum(int hidden) {
        return hidden + Inner.this.hidden + Bridges.this.hidden + (Bridges.this.hidden += 1000);
      }
    }

    private int priv() {
      return Bridges.this.secret() + 1;
    }
  }

  private int secret() {
    return hidden * 7;
  }

  class InnerSub extends Inner {
    InnerSub() {
      Bridges.this.super();
    }
  }

  static <T, R extends List<? super T>> R fill(Supplier<R> s, T... ts) {
    R r = s.get();
    for (T t : ts) r.add(t);
    return r;
  }

  static <E extends Enum<E> & Runnable> String bound(E e) {
    e.run();
    return e.name();
  }

  enum Run implements Runnable {
    GO;

    @Override
    public void run() {
      System.out.print("run ");
    }
  }

  public static void main(String[] args) throws Exception {
    Node<String> n = new StrNode("b");
    n.set("a");
    System.out.println(n.get() + " " + n.compareTo(new StrNode("b")) + " " + n.clone().get() + " " + (n.clone() instanceof StrNode));
    @SuppressWarnings({"unchecked", "rawtypes"})
    Node raw = n;
    try {
      raw.set(5);
    } catch (ClassCastException e) {
      System.out.println("bridge casts");
    }
    for (Method m : Arrays.stream(StrNode.class.getDeclaredMethods()).sorted(Comparator.comparing(Method::toString)).toList()) {
      System.out.println(m + " " + m.isBridge() + " " + m.isSynthetic());
    }
    System.out.println(new D().who() + " " + new Inherits().who() + " " + new Wins().who() + " " + ((A) new D()).who());
    IntSrc s = () -> 42;
    Src<Integer> t = s;
    System.out.println(t.next() + s.next() + " " + Arrays.stream(IntSrc.class.getMethods()).filter(m -> m.getName().equals("next")).count());
    byte b = 1;
    Integer boxed = 5;
    System.out.println(f(b) + " " + f(boxed) + " " + f(1f) + " " + f() + " " + f(1, 2) + " " + f("s") + " " + f('c') + " " + f((short) 1) + " " + f((Object) 1) + " " + h('a') + h('a' + 1) + h((char) 98));
    System.out.println(g() + " " + g((Object[]) null) + " " + g((Object) null) + " " + g(1, 2) + " " + g(new Integer[] {1, 2, 3}) + " " + g((Object) new Integer[] {1}) + " " + g(new int[2]) + " " + n(null));
    Bridges o = new Bridges();
    System.out.println(o.new Inner().new Deeper().sum(100) + " " + o.hidden + " " + ((Inner) o.new InnerSub()).priv() + " " + o.new Inner().hidden);
    System.out.println(fill(ArrayList<Number>::new, 1, 2.5) + " " + bound(Run.GO));
    List<Supplier<Integer>> ss = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int k = i;
      class Local implements Supplier<Integer> {
        int mine = k * 10;

        @Override
        public Integer get() {
          return mine + k;
        }
      }
      ss.add(new Local());
      ss.add(() -> new Local().get() + 1);
    }
    for (Supplier<Integer> x : ss) System.out.print(x.get() + " ");
    System.out.println();
    Function<Integer, Function<Integer, Function<Integer, Integer>>> curried = x -> y -> z -> x * 100 + y * 10 + z;
    BiFunction<Integer, Integer, Integer> gcd = new BiFunction<>() {
      @Override
      public Integer apply(Integer x, Integer y) {
        return y == 0 ? x : this.apply(y, x % y);
      }
    };
    System.out.println(curried.apply(1).apply(2).apply(3) + " " + gcd.andThen(x -> -x).apply(48, 36) + " " + Bridges.Inner.class.getNestHost().getSimpleName() + " " + o.getClass().isNestmateOf(Inner.Deeper.class));
  }
}
