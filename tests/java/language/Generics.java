// Bridges, covariant returns, bounded types, erased casts that fail where the type is used.
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

public class Generics {
  abstract static class Animal<T extends Animal<T>> implements Comparable<T> {
    int weight;

    abstract T self();

    T weigh(int w) {
      weight = w;
      return self();
    }

    public int compareTo(T o) {
      return Integer.compare(weight, o.weight);
    }
  }

  static class Dog extends Animal<Dog> {
    Dog self() {
      return this;
    }

    String bark() {
      return "woof" + weight;
    }

    @Override
    public Dog clone() {
      return new Dog().weigh(weight + 1);
    }
  }

  interface Visitor<R> {
    R visit(String s);
  }

  static class Length implements Visitor<Integer> {
    public Integer visit(String s) {
      return s.length();
    }
  }

  static class Cell<T> {
    T value;

    void set(T t) {
      value = t;
    }
  }

  static class IntCell extends Cell<Integer> {
    @Override
    void set(Integer i) {
      value = i + 1;
    }
  }

  static <T extends Comparable<? super T>> T max(List<? extends T> list) {
    T best = null;
    for (T t : list) if (best == null || t.compareTo(best) > 0) best = t;
    return best;
  }

  @SafeVarargs
  static <A, B> List<B> map(Function<? super A, ? extends B> f, A... as) {
    List<B> out = new ArrayList<>();
    for (A a : as) out.add(f.apply(a));
    return out;
  }

  static <X extends Throwable> void sneaky(Throwable t) throws X {
    @SuppressWarnings("unchecked") X x = (X) t;
    throw x;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public static void main(String[] args) {
    System.out.println(new Dog().weigh(5).bark() + " " + new Dog().weigh(7).clone().bark() + " "
        + max(List.of(new Dog().weigh(2), new Dog().weigh(9), new Dog().weigh(4))).bark());
    Visitor raw = new Length();
    System.out.println(raw.visit("four"));
    try {
      ((Comparable) new Dog()).compareTo("not a dog");
    } catch (ClassCastException e) {
      System.out.println("bridge cast failed");
    }
    Cell<Integer> cell = new IntCell();
    cell.set(41);
    System.out.println(cell.value);
    List<String> strings = new ArrayList<>();
    ((List) strings).add(5);
    System.out.println(strings.size() + " " + strings);
    try {
      String s = strings.get(0);
      System.out.println(s);
    } catch (ClassCastException e) {
      System.out.println("heap pollution found");
    }
    System.out.println(map(String::length, "a", "bb", "") + " " + max(Arrays.asList(3, 9, 4)));
    try {
      Generics.<RuntimeException>sneaky(new java.io.IOException("sneaked"));
    } catch (Throwable t) {
      System.out.println(t);
    }
    Method[] ms = Dog.class.getDeclaredMethods();
    Arrays.sort(ms, Comparator.comparing(Method::toString));
    for (Method m : ms) System.out.println(m + " bridge " + m.isBridge() + " synthetic " + m.isSynthetic());
  }
}
