// Fields, methods and constructors by reflection: listing, modifiers, get and set of every type,
// invoke, access errors.
import java.lang.reflect.*;
import java.util.*;

public class Members {
  static class Base {
    public int pub = 1;
    protected String prot = "p";
    private double priv = 2.5;
    public static final long CONST = 7;

    public void inherited() {}
  }

  static class Sub<T extends Comparable<T>> extends Base implements Runnable {
    boolean z = true;
    byte b = 1;
    char c = 'c';
    short s = 3;
    int i = 4;
    long l = 5;
    float f = 6;
    double d = 7;
    T t;
    volatile transient int vt;
    private final int fin;
    private static int counter;
    int[][] arr = {{1}, {2, 3}};

    Sub() {
      fin = 10;
    }

    private Sub(int fin, String... rest) throws java.io.IOException {
      this.fin = fin + rest.length;
      if (fin < 0) throw new java.io.IOException("negative");
    }

    public void run() {
      counter++;
    }

    private static synchronized long sum(byte b, long l, Integer... is) {
      long r = b + l;
      for (int i : is) r += i;
      return r;
    }

    protected final <X> List<? super X> generic(Map<String, X[]> m, T t) {
      return null;
    }

    native void nat();

    strictfp double strict(double d) {
      return d;
    }
  }

  interface Code {
    Object run() throws Exception;
  }

  static void show(String what, Code c) {
    try {
      System.out.println(what + " " + c.run());
    } catch (InvocationTargetException e) {
      System.out.println(what + " target: " + e.getCause() + " " + e.getMessage());
    } catch (Exception e) {
      System.out.println(what + " " + e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage())
          .replaceAll("@[0-9a-f]+", "@"));
    }
  }

  static <T extends Member> T[] sorted(T[] ms) {
    Arrays.sort(ms, Comparator.comparing(Object::toString));
    return ms;
  }

  public static void main(String[] args) throws Exception {
    Class<?> c = Sub.class;
    for (Field f : sorted(c.getDeclaredFields())) System.out.println(f.toGenericString() + " " + f.getType()
        .getSimpleName());
    for (Method m : sorted(c.getDeclaredMethods())) System.out.println(m.toGenericString() + " " + m.getParameterCount()
        + m.isVarArgs());
    for (Constructor<?> k : sorted(c.getDeclaredConstructors())) System.out.println(k.toGenericString() + " "
        + Arrays.toString(k.getExceptionTypes()));
    for (Field f : sorted(c.getFields())) System.out.println(f + " in " + f.getDeclaringClass().getSimpleName());
    System.out.println(Arrays.stream(c.getMethods()).map(Method::getName).sorted().toList());
    Sub<String> o = new Sub<>();
    for (String n : "z b c s i l f d".split(" ")) {
      Field f = c.getDeclaredField(n);
      show(n, () -> f.get(o) + " " + f.getType());
      show(n + " as long", () -> f.getLong(o));
      show(n + " set int", () -> {
        f.setInt(o, 65);
        return f.get(o);
      });
      show(n + " set boxed", () -> {
        f.set(o, (byte) 66);
        return f.get(o);
      });
    }
    Field fin = c.getDeclaredField("fin"), priv = Base.class.getDeclaredField("priv");
    show("final", () -> { fin.set(o, 5); return 1; });
    fin.setAccessible(true);
    show("final accessible", () -> { fin.set(o, 55); return fin.get(o) + " " + o.fin; });
    show("static final", () -> { Field k = Base.class.getField("CONST"); k.setAccessible(true); k.set(null,
        8L); return 1; });
    show("private in nest", () -> priv.getDouble(o));
    show("wrong object", () -> priv.get("x"));
    show("null object", () -> priv.get(null));
    show("wrong value", () -> { c.getDeclaredField("arr").set(o, "s"); return 1; });
    show("null primitive", () -> { c.getDeclaredField("i").set(o, null); return 1; });
    show("array field", () -> ((int[][]) c.getDeclaredField("arr").get(o))[1][1]);
    Method sum = c.getDeclaredMethod("sum", byte.class, long.class, Integer[].class);
    show("sum", () -> sum.invoke(null, (byte) 1, 2, new Integer[] {3, 4}));
    show("sum widened", () -> sum.invoke("ignored", (byte) 1, 'a', new Integer[0]));
    show("sum narrow", () -> sum.invoke(null, 1, 2L, new Integer[0]));
    show("sum arguments", () -> sum.invoke(null, (byte) 1));
    show("sum null array", () -> sum.invoke(null, (byte) 1, 1L, null));
    show("void", () -> c.getMethod("run").invoke(o) + " " + Sub.counter);
    show("wrong receiver", () -> c.getMethod("run").invoke("s"));
    show("native", () -> c.getDeclaredMethod("nat").getModifiers() == Modifier.NATIVE);
    Constructor<?> k = c.getDeclaredConstructor(int.class, String[].class);
    show("new", () -> ((Sub<?>) k.newInstance(3, new String[] {"a", "b"})).fin);
    show("new fails", () -> k.newInstance(-1, new String[0]));
    show("new abstract", () -> Number.class.getDeclaredConstructor().newInstance());
    show("private elsewhere", () -> String.class.getDeclaredField("value").get("x"));
    show("open", () -> { String.class.getDeclaredField("value").setAccessible(true); return 1; });
    show("private constructor", () -> Math.class.getDeclaredConstructor().newInstance());
    show("virtual", () -> Object.class.getMethod("toString").invoke(List.of(1, 2)));
    show("interface", () -> Runnable.class.getMethod("run").invoke(o) + " " + Sub.counter);
    show("protected", () -> Object.class.getDeclaredMethod("clone").invoke(o));
    show("no field", () -> c.getField("z"));
    Method run = c.getMethod("run");
    for (int i = 0; i < 100; i++) run.invoke(o);
    System.out.println(Sub.counter + " " + run.equals(c.getDeclaredMethod("run")) + " " + run.canAccess(o) + " "
        + Modifier.toString(0xfff));
  }
}
