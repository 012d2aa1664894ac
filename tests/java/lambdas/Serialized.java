// Serializable lambdas and method references: round trips with captures of every type, SerializedLambda seen by writeReplace, refused ones, generic and intersection targets, constructor references, identity.
import java.io.*;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Serialized {
  interface SFunction<A, B> extends Function<A, B>, Serializable {}

  interface SSupplier<A> extends Supplier<A>, Serializable {}

  interface Wide extends Serializable {
    String take(byte b, char c, short s, int i, long j, float f, double d, boolean z, Object o, int[] a);

    default String hello() {
      return "hello";
    }
  }

  record Boxed(int n) implements Serializable {
    int plus(int m) {
      return n + m;
    }
  }

  @SuppressWarnings("unchecked")
  static <T> T copy(T t) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(t);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  static SerializedLambda form(Object lambda) throws Exception {
    Method m = lambda.getClass().getDeclaredMethod("writeReplace");
    m.setAccessible(true);
    return (SerializedLambda) m.invoke(lambda);
  }

  static String show(SerializedLambda s) throws Exception {
    StringBuilder sb = new StringBuilder(s.getFunctionalInterfaceClass() + "." + s.getFunctionalInterfaceMethodName() + s.getFunctionalInterfaceMethodSignature() + " " + s.getImplMethodKind() + " " + s.getImplClass() + "." + s.getImplMethodName().replaceAll("\\$[0-9a-f]{6,}\\$", "\\$#\\$") + s.getImplMethodSignature() + " "
        + s.getInstantiatedMethodType() + " " + s.getCapturingClass());
    for (int i = 0; i < s.getCapturedArgCount(); i++) sb.append(" ").append(s.getCapturedArg(i) instanceof int[] a ? Arrays.toString(a) : s.getCapturedArg(i) instanceof Serialized ? "this" : s.getCapturedArg(i));
    return sb.toString();
  }

  int field = 3;

  SSupplier<Integer> capturesThis() {
    return () -> field;
  }

  static <T extends Comparable<T> & Serializable> SFunction<T, Integer> generic(T t) {
    return t::compareTo;
  }

  public static void main(String[] args) throws Exception {
    byte b = 1;
    char c = 'c';
    short s = 2;
    int i = 3;
    long j = 1L << 40;
    float f = 1.5f;
    double d = 2.5;
    boolean z = true;
    int[] a = {1, 2};
    String text = "t";
    SSupplier<String> all = () -> "" + b + c + s + i + j + f + d + z + a[1] + text;
    System.out.println(copy(all).get() + " " + show(form(all)));
    SFunction<String, Integer> length = String::length, parse = Integer::parseInt;
    SFunction<Integer, int[]> array = int[]::new;
    SFunction<Integer, Boxed> make = Boxed::new;
    Boxed five = new Boxed(5);
    SFunction<Integer, Integer> bound = five::plus;
    SFunction<String, Integer> generic = generic("m");
    for (SFunction<?, ?> x : List.of(length, parse, array, make, bound, generic)) System.out.println(show(form(x)));
    System.out.println(copy(length).apply("four") + " " + copy(parse).apply("12") + " " + copy(array).apply(3).length + " " + copy(make).apply(7) + " " + copy(bound).apply(2) + " " + copy(generic).apply("a"));
    Runnable r = (Runnable & Serializable) () -> System.out.println("ran");
    copy(r).run();
    Wide w = (b1, c1, s1, i1, j1, f1, d1, z1, o1, a1) -> "" + b1 + c1 + s1 + i1 + j1 + f1 + d1 + z1 + o1 + a1.length;
    System.out.println(copy(w).take(b, c, s, i, j, f, d, z, "o", a) + " " + copy(w).hello() + " " + (copy(w) instanceof Wide));
    Comparator<String> cmp = Comparator.comparing((Function<String, Integer> & Serializable) String::length).thenComparing(Comparator.reverseOrder());
    List<String> l = new ArrayList<>(List.of("bb", "a", "cc", "ccc"));
    l.sort(copy(cmp));
    System.out.println(l);
    try {
      copy(new Serialized().capturesThis());
    } catch (NotSerializableException e) {
      System.out.println(e.getMessage());
    }
    Supplier<String> plain = () -> "x";
    try {
      copy(plain);
    } catch (NotSerializableException e) {
      System.out.println(e.getMessage().startsWith("Serialized$$Lambda$"));
    }
    SSupplier<SSupplier<String>> nested = () -> () -> "nested " + text;
    System.out.println(copy(copy(nested).get()).get());
    SFunction<Object, String> self = Object::toString;
    SFunction<Integer, String> narrowed = self::apply;
    System.out.println(copy(narrowed).apply(42) + " " + show(form(self)));
    Method deserialize = Serialized.class.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
    System.out.println(Modifier.toString(deserialize.getModifiers()) + " " + deserialize.isSynthetic());
    SerializedLambda forged = new SerializedLambda(Serialized.class, "java/util/function/Supplier", "get", "()Ljava/lang/Object;", 6, "Serialized", "evil", "()V", "()Ljava/lang/Object;", new Object[0]);
    try {
      deserialize.setAccessible(true);
      deserialize.invoke(null, forged);
    } catch (InvocationTargetException e) {
      System.out.println(e.getCause());
    }
    SSupplier<String> once = loop(0), twice = loop(1);
    System.out.println((once.getClass() == twice.getClass()) + " " + (copy(once).getClass() == once.getClass()) + " " + copy(twice).get());
  }

  static SSupplier<String> loop(int n) {
    return () -> "loop " + n;
  }
}
