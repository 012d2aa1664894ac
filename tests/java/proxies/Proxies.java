// Dynamic proxies: every argument and result type, defaults, Object's methods, exceptions checked and not, hidden and package-private
// interfaces, equality of classes, limits, annotations seen through.
import java.lang.annotation.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Proxies {
  @Retention(RetentionPolicy.RUNTIME)
  @interface Tag {
    String value();
  }

  interface All {
    boolean z(boolean a, byte b, char c, short d);

    int i(int a, long b, float c, double d, String e);

    long j(long... a);

    float f();

    double d(double a);

    char c();

    byte b();

    short s();

    void v() throws java.io.IOException;

    int[] arr(int[][] a);

    <T extends Comparable<T>> T generic(T a, List<? super T> l);

    @Tag("default")
    default String def(String x) {
      return "default " + x + " " + f();
    }

    static String stat() {
      return "static";
    }
  }

  interface Other {
    String name();

    int hashCode();
  }

  interface Sub extends All, Other, Comparable<Sub> {}

  interface A {
    Number get() throws java.io.IOException, InterruptedException;
  }

  interface B {
    Integer get() throws java.io.IOException;
  }

  static Object call(Object p, Method m, Object[] a) throws Throwable {
    if (m.getDeclaringClass() == Object.class) {
      return switch (m.getName()) {
        case "hashCode" -> 99;
        case "equals" -> p == a[0];
        default -> "proxy";
      };
    }
    if (m.isDefault()) return InvocationHandler.invokeDefault(p, m, a);
    System.out.print(m.getDeclaringClass().getSimpleName() + "." + m.getName() + Arrays.deepToString(a) + " -> ");
    return switch (m.getReturnType().getName()) {
      case "boolean" -> true;
      case "byte" -> (byte) -1;
      case "char" -> 'q';
      case "short" -> (short) 300;
      case "int" -> a == null ? 0 : a.length;
      case "long" -> Long.MIN_VALUE;
      case "float" -> 1.5f;
      case "double" -> Double.NaN;
      case "[I" -> ((int[][]) a[0])[0];
      case "java.lang.Comparable" -> a[0];
      case "java.lang.String" -> "name";
      default -> null;
    };
  }

  @SuppressWarnings("unchecked")
  static <T> T make(Class<T> c, InvocationHandler h) {
    return (T) Proxy.newProxyInstance(c.getClassLoader(), new Class<?>[] {c}, h);
  }

  static void fails(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + " passed");
    } catch (RuntimeException | Error e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage() + " <- " + e.getCause());
    }
  }

  public static void main(String[] args) throws Throwable {
    Sub s = make(Sub.class, Proxies::call);
    System.out.println(s.z(true, (byte) 1, 'c', (short) 2));
    System.out.println(s.i(1, 2L, 3f, 4d, "five"));
    System.out.println(s.j(1, 2, 3));
    System.out.println(s.f());
    System.out.println(s.d(-0.0));
    System.out.println(s.c());
    System.out.println(s.b());
    System.out.println(s.s());
    s.v();
    System.out.println();
    System.out.println(s.arr(new int[][] {{1, 2}, {3}})[1]);
    System.out.println(s.generic("x", List.of()));
    System.out.println(s.def("arg"));
    System.out.println(s.name());
    System.out.println(s.compareTo(null));
    System.out.println(s.hashCode() + " " + s + " " + s.equals(s) + " " + s.equals("x") + " " + All.stat());
    Class<?> k = s.getClass();
    System.out.println(Proxy.isProxyClass(k) + " " + k.getSuperclass().getSimpleName() + " " + Modifier.toString(k.getModifiers()) + " " + k
        .getInterfaces()[0].getSimpleName() + " " + (k == make(Sub.class, Proxies::call).getClass()) + " " + k.getPackageName().isEmpty() + " " + k
            .getDeclaredConstructors().length + " " + k.isHidden());
    Object pub = Proxy.newProxyInstance(null, new Class<?>[] {Runnable.class, Comparator.class}, Proxies::call);
    System.out.println(pub.getClass().getModule().getName().startsWith("jdk.proxy") + " " + pub.getClass().getName().matches(
        "jdk\\.proxy\\d+\\.\\$Proxy\\d+") + " " + (Proxy.getInvocationHandler(pub) != null));

    // What handlers do wrong.
    fails("null for int", () -> make(All.class, (p, m, a) -> null).c());
    fails("wrong box", () -> make(All.class, (p, m, a) -> 1L).b());
    fails("wrong class", () -> make(Other.class, (p, m, a) -> 5).name());
    fails("unchecked", () -> make(Runnable.class, (p, m, a) -> {
      throw new IllegalStateException("as is");
    }).run());
    fails("checked", () -> make(Runnable.class, (p, m, a) -> {
      throw new java.io.IOException("wrapped");
    }).run());
    fails("error", () -> make(Runnable.class, (p, m, a) -> {
      throw new AssertionError("error");
    }).run());
    try {
      make(All.class, (p, m, a) -> {
        throw new java.io.FileNotFoundException("declared");
      }).v();
    } catch (java.io.IOException e) {
      System.out.println(e);
    }
    Object both = Proxy.newProxyInstance(A.class.getClassLoader(), new Class<?>[] {A.class, B.class}, (p, m, a) -> {
      if (m.getName().equals("get")) throw new InterruptedException("narrowed");
      return null;
    });
    fails("common exceptions only", () -> {
      try {
        ((A) both).get();
      } catch (Exception e) {
        throw e instanceof RuntimeException r ? r : new RuntimeException(e);
      }
    });
    fails("class", () -> make(String.class, Proxies::call));
    fails("twice", () -> Proxy.newProxyInstance(A.class.getClassLoader(), new Class<?>[] {A.class, A.class}, Proxies::call));
    fails("not visible", () -> Proxy.newProxyInstance(null, new Class<?>[] {A.class}, Proxies::call));
    fails("null handler", () -> make(A.class, null));
    fails("not a proxy", () -> Proxy.getInvocationHandler("x"));
    interface X1 {
      int same();
    }
    interface X2 {
      String same();
    }
    fails("conflict", () -> Proxy.newProxyInstance(X1.class.getClassLoader(), new Class<?>[] {X1.class, X2.class}, Proxies::call));
    fails("sealed", () -> make(Shape.class, Proxies::call));
    fails("invokeDefault on abstract", () -> make(A.class, (p, m, a) -> InvocationHandler.invokeDefault(p, m, a)).hashCode());

    // A proxy as a wrapper, timed over many calls; reflection through the proxy class.
    List<String> log = new ArrayList<>();
    @SuppressWarnings("unchecked")
    List<Integer> l = make(List.class, new InvocationHandler() {
      final List<Object> real = new ArrayList<>();

      @Override
      public Object invoke(Object p, Method m, Object[] a) throws Throwable {
        log.add(m.getName());
        try {
          return m.invoke(real, a);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    });
    for (int i = 0; i < 500; i++) l.add(i);
    System.out.println(l.size() + " " + l.stream().mapToInt(x -> x).sum() + " " + log.size() + " " + l.equals(new ArrayList<>(l)));
    fails("through", () -> l.get(1000));
    System.out.println(All.class.getMethod("def", String.class).getAnnotation(Tag.class).value() + " " + k.getMethod("def", String.class)
        .getAnnotation(Tag.class));
    Function<Object, Object> chain = Function.identity();
    for (int i = 0; i < 50; i++) {
      Function<Object, Object> inner = chain;
      chain = make(Function.class, (p, m, a) -> m.getName().equals("apply") ? inner.apply((Integer) a[0] + 1) : null);
    }
    System.out.println(chain.apply(0));
  }

  sealed interface Shape permits Circle {}

  record Circle() implements Shape {}
}
