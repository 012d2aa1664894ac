// Lambdas: captures of every type, this, nesting, recursion, serialisation, composition, intersection types.
import java.io.*;
import java.util.*;
import java.util.function.*;

public class Lambdas {
  int field = 7;

  interface SerFn extends Function<String, String>, Serializable {}

  interface Marker {}

  static String wide(byte b, short s, char c, int i, long l, float f, double d, boolean z, String t, int[] a) {
    Supplier<String> outer = () -> {
      Function<Integer, Supplier<String>> mid = k -> () -> b + s + "" + c + i * k + l + f + d + z + t + a.length;
      return mid.apply(2).get();
    };
    return outer.get();
  }

  Supplier<Integer> own() {
    return () -> {
      field++;
      Supplier<Integer> in = () -> this.field * 2;
      return in.get();
    };
  }

  static Function<Integer, Integer> fact;

  static <A, B, C> Function<A, C> compose(Function<? super A, ? extends B> f, Function<? super B, ? extends C> g) {
    return a -> g.apply(f.apply(a));
  }

  static Function<Integer, Function<Integer, Function<Integer, Integer>>> curried = a -> b -> c -> a * 100 + b * 10 + c;

  static byte[] write(Object o) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(o);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] b) throws Exception {
    return new ObjectInputStream(new ByteArrayInputStream(b)).readObject();
  }

  static <T extends Throwable> void throwing(int n) throws T {
    Runnable r = () -> {
      if (n > 0) throw new IllegalStateException("n=" + n);
      System.out.println("quiet");
    };
    r.run();
  }

  public static void main(String[] args) throws Exception {
    System.out.println(wide((byte) 1, (short) 2, 'c', 3, 4L, 5f, 6.0, true, "t", new int[9]));
    Lambdas me = new Lambdas();
    System.out.println(me.own().get() + " " + me.own().get() + " " + me.field);
    fact = n -> n <= 1 ? 1 : n * fact.apply(n - 1);
    System.out.println(fact.apply(10) + " " + curried.apply(1).apply(2).apply(3) + " "
        + compose((String s) -> s.length(), (Integer i) -> "len" + i).apply("four"));
    Function<Integer, Integer> f = x -> x + 1;
    System.out.println(f.andThen(x -> x * 10).compose((Integer x) -> x - 5).apply(7) + " "
        + ((Predicate<String>) String::isEmpty).negate().or(s -> s == null).and(s -> s.length() < 3).test("ab") + " "
        + ((IntPredicate) x -> x > 2).and(x -> x < 5).test(4) + " " + ((BiFunction<Integer, Integer,
            Integer>) Math::max).andThen(f).apply(3, 8)
        + " " + ((Supplier<Supplier<String>>) () -> () -> "deep").get().get());
    int captured = 5;
    SerFn ser = (SerFn & Marker) s -> s + captured;
    SerFn back = (SerFn) read(write(ser));
    System.out.println(back.apply("ser") + " " + (ser instanceof Marker) + " " + (back instanceof Marker));
    try {
      write((Supplier<Integer>) () -> 1);
    } catch (NotSerializableException e) {
      System.out.println("not serialisable");
    }
    Runnable same = null;
    boolean identical = true;
    for (int i = 0; i < 3; i++) {
      Runnable r = () -> {};
      identical &= same == null || same.getClass() == r.getClass();
      same = r;
    }
    System.out.println(identical + " " + same.getClass().isSynthetic() + " " + same.getClass().isHidden() + " "
        + same.getClass().getSimpleName().startsWith("Lambdas$$Lambda") + " " + same.getClass()
            .getInterfaces()[0].getName() + " "
        + (same.getClass().getNestHost() == Lambdas.class) + " " + same.getClass().isAnonymousClass());
    for (int n = 0; n < 2; n++) {
      try {
        Lambdas.<RuntimeException>throwing(n);
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage() + " in " + e.getStackTrace()[0].getMethodName() + " from "
            + e.getStackTrace()[1].getMethodName());
      }
    }
    Map<String, BinaryOperator<Integer>> ops = new TreeMap<>();
    ops.put("+", (a, b) -> a + b);
    ops.put("-", (a, b) -> a - b);
    ops.put("*", (a, b) -> a * b);
    ops.put("/", (a, b) -> a / b);
    ops.forEach((k, v) -> System.out.print(k + v.apply(17, 5) + " "));
    Optional<String> o = Optional.of("x").map(s -> s + "y").filter(s -> s.length() == 2).or(() -> Optional.of("z"));
    System.out.println(o.get() + " " + Optional.<String>empty().map(String::trim).orElseGet(() -> "else") + " "
        + Optional.of(1).flatMap(x -> Optional.<Integer>empty()).isPresent());
    long total = 0;
    for (int i = 0; i < 3000; i++) {
      int k = i;
      LongUnaryOperator op = x -> x * 31 + k;
      total = op.applyAsLong(total);
    }
    Comparator<String> byLast = Comparator.comparing(s -> s.charAt(s.length() - 1));
    List<String> words = new ArrayList<>(List.of("ab", "ca", "bc", "aa"));
    words.sort(byLast.reversed().thenComparing(Comparator.naturalOrder()));
    System.out.println(total + " " + words);
    Callback cb = Callback.chain(s -> s + "1", s -> s + "2", String::toUpperCase);
    System.out.println(cb.call("start"));
  }

  interface Callback {
    String call(String s);

    static Callback chain(Callback... all) {
      return Arrays.stream(all).reduce(s -> s, (a, b) -> s -> b.call(a.call(s)));
    }
  }
}
