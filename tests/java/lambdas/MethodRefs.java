// Method references of every kind: static, bound, unbound, constructor, array, super, varargs,
// boxing, bridges.
import java.util.ArrayList;
import java.util.List;
import java.util.function.*;

public class MethodRefs {
  final String name;

  MethodRefs(String name) {
    this.name = name;
  }

  MethodRefs() {
    this("default");
  }

  String hello(String to) {
    return name + " greets " + to;
  }

  static int twice(int x) {
    return 2 * x;
  }

  static String va(String head, Object... rest) {
    return head + rest.length;
  }

  private static long secret(long a, int b) {
    return a - b;
  }

  static class Base {
    String who() {
      return "base";
    }
  }

  static class Derived extends Base {
    @Override
    String who() {
      return "derived";
    }

    Supplier<String> superWho() {
      return super::who;
    }

    Supplier<String> thisWho() {
      return this::who;
    }
  }

  interface TriFunction<A, B, C, R> {
    R apply(A a, B b, C c);
  }

  interface Prim {
    long op(long a, int b);
  }

  interface StrictFn extends Function<String, Integer> {
    Integer apply(String s);

    default StrictFn plus(int n) {
      return s -> apply(s) + n;
    }
  }

  class Inner {
    final int v;

    Inner(int v) {
      this.v = v;
    }
  }

  static int evaluations;

  static MethodRefs make() {
    evaluations++;
    return new MethodRefs("made" + evaluations);
  }

  Function<Integer, Inner> inner() {
    return Inner::new;
  }

  public static void main(String[] args) {
    IntUnaryOperator st = MethodRefs::twice;
    Function<Integer, Integer> boxed = MethodRefs::twice;
    ToLongFunction<Integer> widened = MethodRefs::twice;
    Function<String, String> bound = make()::hello;
    BiFunction<MethodRefs, String, String> unbound = MethodRefs::hello;
    System.out.println(st.applyAsInt(21) + " " + boxed.apply(4) + " " + widened.applyAsLong(5) + " " + bound.apply("a")
        + " "
        + bound.apply("b") + " " + evaluations + " " + unbound.apply(new MethodRefs("u"), "c"));
    Supplier<MethodRefs> c0 = MethodRefs::new;
    Function<String, MethodRefs> c1 = MethodRefs::new;
    IntFunction<int[][]> arr = int[][]::new;
    Function<Integer, List<String>[]> generic = List[]::new;
    System.out.println(c0.get().name + " " + c1.apply("one").name + " " + arr.apply(3).length + " "
        + generic.apply(2).length);
    Derived d = new Derived();
    System.out.println(d.superWho().get() + " " + d.thisWho().get() + " " + ((Function<Base, String>) Base::who)
        .apply(d));
    TriFunction<String, Integer, Double, String> var = MethodRefs::va;
    Function<String, String> var0 = MethodRefs::va;
    Prim prim = MethodRefs::secret;
    System.out.println(var.apply("v", 1, 2.0) + " " + var0.apply("w") + " " + prim.op(10, 3));
    StrictFn len = String::length;
    Function<String, Integer> viaBridge = len;
    System.out.println(viaBridge.apply("bridge") + " " + len.plus(100).apply("xx") + " "
        + len.andThen(MethodRefs::twice).apply("abc"));
    System.out.println(new MethodRefs("o").inner().apply(5).v + " " + ((Supplier<Object>) "text"::toString).get() + " "
        + ((IntSupplier) "text"::length).getAsInt() + " " + ((Predicate<Object>) "a"::equals).test("a") + " "
        + ((Function<int[], Object>) int[]::clone).apply(new int[2]).getClass().getSimpleName());
    try {
      MethodRefs none = null;
      Supplier<String> s = none::toString;
      System.out.println("not reached " + s);
    } catch (NullPointerException e) {
      System.out.println("bound receiver checked");
    }
    List<Supplier<String>> list = new ArrayList<>();
    for (String s : new String[] {"x", "y"}) list.add(s::toUpperCase);
    for (int i = 0; i < 2; i++) {
      int k = i;
      list.add(() -> "i" + k + args.length);
    }
    for (Supplier<String> s : list) System.out.print(s.get() + " ");
    System.out.println(UnaryOperator.identity().apply("id"));
    Runnable r = MethodRefs::make;
    r.run();
    Consumer<List<String>> consumer = List::clear;
    Comparable<String> cmp = "b"::compareTo;
    BinaryOperator<Integer> max = BinaryOperator.maxBy(Integer::compare);
    System.out.println(evaluations + " " + cmp.compareTo("a") + " " + max.apply(3, 9) + " "
        + (consumer == (Object) null));
  }
}
