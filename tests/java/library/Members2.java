// javac: -parameters
// Reflection in depth: annotations on types and parameters, repeated and inherited ones, parameters' names and modifiers, generic signatures, setAccessible and module errors, final fields, records, sealed, enums,
// arrays, exceptions through invoke, access checks.
import java.lang.annotation.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Members2 {
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER})
  @interface T {
    int value() default 0;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Repeatable(Many.class)
  @Inherited
  @interface One {
    String name() default "d";

    Class<?>[] types() default {};

    Thread.State state() default Thread.State.NEW;

    Deprecated nested() default @Deprecated(since = "x");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @interface Many {
    One[] value();
  }

  @One(name = "first")
  @One(name = "second", types = {int.class, String[].class}, state = Thread.State.BLOCKED)
  static class Base<@T(1) A extends @T(2) Comparable<@T(3) ? super A> & java.io.Serializable> implements @T(4) Supplier<@T(5) A> {
    @T(6) List<@T(7) A @T(8) [] @T(9) []> field;
    private final int fin = Integer.parseInt("5");
    static final String CONST = "c";
    protected volatile transient long vt;

    @Override
    public A get() {
      return null;
    }

    <X extends Exception> @T(10) Map<A, ? extends X> method(@T(11) Base<A> this, final @One(name = "p") int first, String... rest) throws X, @T(12) Exception {
      throw new java.io.IOException("from method");
    }
  }

  static class Derived<B extends Comparable<? super B> & java.io.Serializable> extends Base<B> {
    class In<Q> {}


  }

  sealed interface S permits R, U {}

  record R(@T(20) int a, @One List<String>... b) implements S {}

  non-sealed interface U extends S {}

  static void fails(String what, java.util.concurrent.Callable<?> c) {
    try {
      System.out.println(what + " " + c.call());
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + String.valueOf(e.getMessage()).replaceAll("@[0-9a-f]{4,}", "@H") + (e.getCause() == null ? "" : " <- " + e.getCause()));
    }
  }

  public static void main(String[] args) throws Exception {
    Class<?> b = Base.class;
    System.out.println(b.getAnnotation(Many.class).value().length + " " + b.getAnnotationsByType(One.class)[1] + " " + Derived.class.getAnnotationsByType(One.class).length + " " + Derived.class.getDeclaredAnnotations().length);
    TypeVariable<?> a = b.getTypeParameters()[0];
    System.out.println(a + " " + Arrays.toString(a.getBounds()) + " " + a.getAnnotation(T.class) + " " + Arrays.toString(a.getAnnotatedBounds()) + " " + b.getAnnotatedInterfaces()[0] + " " + b.toGenericString());
    System.out.println(b.getDeclaredField("field").getAnnotatedType() + " " + b.getDeclaredField("field").toGenericString());
    Method m = b.getDeclaredMethod("method", int.class, String[].class);
    System.out.println(m.toGenericString() + " " + m.isVarArgs() + " " + Arrays.toString(m.getParameters()) + " " + m.getParameters()[0].isNamePresent() + " " + Modifier.toString(m.getParameters()[0].getModifiers()) + " " + Arrays.deepToString(m.getParameterAnnotations())
        + " " + m.getAnnotatedReturnType() + " " + m.getAnnotatedReceiverType() + " " + Arrays.toString(m.getAnnotatedExceptionTypes()) + " " + Arrays.toString(m.getGenericExceptionTypes()));
    System.out.println(Derived.class.getGenericSuperclass() + " " + Derived.In.class.toGenericString() + " " + Modifier.toString(b.getDeclaredField("vt").getModifiers()) + " " + Derived.class.getMethod("get").isBridge());
    for (RecordComponent r : R.class.getRecordComponents()) System.out.println(r + " " + r.getGenericSignature() + " " + r.getAnnotatedType() + " " + Arrays.toString(r.getAnnotations()) + " " + r.getAccessor().getName());
    System.out.println(S.class.isSealed() + " " + Arrays.toString(S.class.getPermittedSubclasses()) + " " + U.class.isSealed() + " " + R.class.getDeclaredConstructors()[0].toGenericString() + " " + R.class.isRecord());
    Base<Integer> o = new Base<>();
    fails("invoke", () -> m.invoke(o, 1, new String[0]));
    fails("wrong count", () -> m.invoke(o, 1));
    fails("wrong type", () -> m.invoke(o, "x", null));
    fails("wrong receiver", () -> m.invoke("x", 1, null));
    fails("null receiver", () -> m.invoke(null, 1, null));
    Field fin = b.getDeclaredField("fin"), con = b.getDeclaredField("CONST");
    fails("final", () -> {
      fin.setAccessible(true);
      fin.set(o, 9);
      return fin.get(o);
    });
    fails("static final", () -> {
      con.setAccessible(true);
      con.set(null, "x");
      return null;
    });
    fails("record field", () -> {
      Field f = R.class.getDeclaredField("a");
      f.setAccessible(true);
      f.set(new R(1), 2);
      return null;
    });
    fails("narrowing", () -> {
      b.getDeclaredField("vt").set(o, 1.5);
      return null;
    });
    fails("widening", () -> {
      b.getDeclaredField("vt").set(o, 'c');
      return b.getDeclaredField("vt").getFloat(o);
    });
    fails("module", () -> {
      String.class.getDeclaredField("value").setAccessible(true);
      return null;
    });
    fails("not exported", () -> Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null));
    fails("private", () -> Class.forName("java.util.Collections").getDeclaredConstructor().newInstance());
    fails("abstract", () -> Number.class.getDeclaredConstructor().newInstance());
    fails("enum", () -> Thread.State.class.getDeclaredConstructors()[0].newInstance("X", 1));
    fails("no method", () -> b.getMethod("none", int.class, String[].class));
    fails("no field", () -> b.getField("field"));
    fails("array length", () -> Array.getLength("x"));
    fails("array get", () -> Array.get(new int[] {1}, 1));
    fails("array set", () -> {
      int[] x = new int[1];
      Array.set(x, 0, (byte) 5);
      Array.setChar(x, 0, 'a');
      return Array.getLong(x, 0);
    });
    fails("array set wrong", () -> {
      Array.set(new int[1], 0, 5L);
      return null;
    });
    fails("array void", () -> Array.newInstance(void.class, 1));
    fails("array many", () -> Array.newInstance(int.class, 2, 3, 4).getClass());
    fails("array 256", () -> Array.newInstance(int.class, new int[256]));
    fails("constructor", () -> ArrayList.class.getConstructor(int.class).newInstance(-1));
    System.out.println(Class.forName("Members2$Base").getDeclaredConstructor().canAccess(null) + " " + int.class.arrayType() + " " + Class.forName("[I").descriptorString() + " " + Map.Entry.class.getEnclosingClass() + " " + new Object() {}.getClass().getEnclosingMethod()
        .getName() + " " + Override.class.isAnnotation() + " " + b.getModule().isNamed());
  }
}
