// ClassCastException, ArrayStoreException, NegativeArraySize and friends: the exact messages.
import java.util.ArrayList;
import java.util.List;

public class CastMessages {
  interface Code {
    Object run() throws Throwable;
  }

  static class Mine {}

  enum E { A }

  static void show(Code c) {
    try {
      System.out.println("no error " + c.run());
    } catch (Throwable t) {
      System.out.println(t.getClass().getName() + ": " + t.getMessage());
    }
  }

  static Object id(Object o) {
    return o;
  }

  @SuppressWarnings("unchecked")
  public static void main(String[] args) {
    show(() -> (String) id(1));
    show(() -> (Mine) id("s"));
    show(() -> (Integer) id(new Mine()));
    show(() -> (Mine) id(E.A));
    show(() -> (int[]) id(new long[0]));
    show(() -> (Object[]) id(new int[0]));
    show(() -> (String[]) id(new Object[0]));
    show(() -> (Mine[][]) id(new Mine[0]));
    show(() -> (Runnable) id(new Mine()));
    show(() -> (Comparable<String>) id(new Mine[0]));
    show(() -> (List<?>) id(new int[0][0]));
    show(() -> (String) id(null));
    show(() -> (java.sql.Date) id(new java.util.Date(0)));
    show(() -> String.class.cast(5));
    show(() -> Mine.class.asSubclass(Runnable.class));
    show(() -> {
      List<String> l = new ArrayList<>();
      ((List<Object>) (List<?>) l).add(1.5);
      return l.get(0).length();
    });
    show(() -> {
      Object[] a = new String[1];
      a[0] = new Mine();
      return a;
    });
    show(() -> {
      Object[] a = new Mine[1][];
      a[0] = new int[0];
      return a;
    });
    show(() -> new int[id(1) == null ? 1 : -1]);
    show(() -> new Object[Integer.MIN_VALUE]);
    show(() -> new String[3][-2][5]);
    show(() -> new long[0][-7]);
    show(() -> java.lang.reflect.Array.newInstance(int.class, -3));
    show(() -> java.lang.reflect.Array.newInstance(void.class, 1));
    show(() -> java.lang.reflect.Array.get(new int[2], 2));
    show(() -> java.lang.reflect.Array.getInt("s", 2));
    show(() -> "abc".charAt(3));
    show(() -> "abc".substring(2, 1));
    show(() -> "abc".substring(-1));
    show(() -> new StringBuilder("x").insert(5, "y"));
    show(() -> new ArrayList<>(List.of(1, 2)).get(2));
    show(() -> List.of(1).get(3));
    show(() -> List.of(1).add(3));
    show(() -> new ArrayList<>().iterator().next());
    show(() -> Integer.parseInt("12a"));
    show(() -> Long.parseLong(null));
    show(() -> Double.parseDouble("1.2.3"));
    show(() -> Integer.parseInt("99999999999"));
    show(() -> 5 % (args.length - args.length));
    show(() -> 5L / (args.length - (long) args.length));
    show(() -> new CastMessages().clone());
    show(() -> {
      new Object().wait();
      return 1;
    });
    show(() -> {
      new Object().notify();
      return 1;
    });
    show(() -> Class.forName("no.such.Thing"));
    show(() -> Class.forName("[Lno.such.Thing;"));
    show(() -> Class.forName("java/lang/String"));
    show(() -> Class.forName("[I").getName());
    show(() -> Class.forName("int"));
    show(() -> CastMessages.class.getDeclaredField("absent"));
    show(() -> CastMessages.class.getMethod("absent", int.class, String[].class));
    show(() -> Runnable.class.getDeclaredConstructor());
    show(() -> new ArrayList<>(-1));
    show(() -> Character.toChars(-1));
  }
}
