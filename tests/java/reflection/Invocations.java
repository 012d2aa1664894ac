// What Method.invoke, Constructor.newInstance, Field.get and set and java.lang.reflect.Array convert, refuse and throw, with their messages: for every pair of primitive types, nulls,
// wrong receivers, access, final fields, exceptions from within; before and after the library has generated accessors for them.
import java.lang.reflect.*;
import java.util.*;

public class Invocations {
  public boolean z;
  public byte b;
  public char c;
  public short s;
  public int i;
  public long j;
  public float f;
  public double d;
  public Object o;
  public String string;
  public static int st;
  public final int fin = 5;
  public final String finText = "constant";
  private int priv = 7;
  public static final Object CONSTANT = "x";

  public Invocations() {}

  private Invocations(int i) {
    this.i = i;
  }

  public static String take(boolean x) {
    return "Z" + x;
  }

  public static String take(byte x) {
    return "B" + x;
  }

  public static String take(char x) {
    return "C" + (int) x;
  }

  public static String take(short x) {
    return "S" + x;
  }

  public static String take(int x) {
    return "I" + x;
  }

  public static String take(long x) {
    return "J" + x;
  }

  public static String take(float x) {
    return "F" + x;
  }

  public static String take(double x) {
    return "D" + x;
  }

  public static String take(String x) {
    return "L" + x;
  }

  public int instance(String a, long b) {
    return a.length() + (int) b;
  }

  public static void fails(int kind) throws Exception {
    if (kind == 0) throw new java.io.IOException("checked");
    if (kind == 1) throw new IllegalStateException("unchecked");
    throw new StackOverflowError("error");
  }

  private static int hidden() {
    return 3;
  }

  public static int varargs(String... a) {
    return a == null ? -1 : a.length;
  }

  abstract static class Abstract {
    public Abstract() {}
  }

  enum Kind {
    A
  }

  static class Throwing {
    static {
      if (true) throw new IllegalStateException("in <clinit>");
    }

    public static int x;
  }

  interface Call {
    Object run() throws Exception;
  }

  static void show(String what, Call call) {
    try {
      Object r = call.run();
      System.out.println(what + " = " + r + (r == null ? "" : " " + r.getClass().getSimpleName()));
    } catch (InvocationTargetException e) {
      System.out.println(what + " target " + e.getCause() + " " + e.getMessage());
    } catch (Throwable e) {
      String m = e instanceof NullPointerException ? "" : String.valueOf(e.getMessage()).replaceAll("@[0-9a-f]+", "@");
      System.out.println(what + " " + e.getClass().getSimpleName() + ": " + m + (e.getCause() == null ? "" : " <- " + e.getCause()));
    }
  }

  static final Object[] VALUES = {true, (byte) -1, 'c', (short) -2, 3, 4L, 5.5f, 6.5, "text", null};
  static final Class<?>[] TYPES = {boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class, String.class};

  static String outcome(Call call) {
    try {
      Object r = call.run();
      return String.valueOf(r instanceof Character ? (int) (Character) r : r);
    } catch (Exception e) {
      String m = e.getMessage();
      return e instanceof NullPointerException ? "null" : m == null ? e.getClass().getSimpleName() : m.replace("Can not set ", "!").replaceAll("Invocations", "").replace("argument type mismatch", "mismatch");
    }
  }

  static void conversions() throws Exception {
    Invocations x = new Invocations();
    for (Class<?> t : TYPES) {
      Method m = Invocations.class.getMethod("take", t);
      StringBuilder sb = new StringBuilder(t.getSimpleName());
      for (Object v : VALUES) sb.append(" | ").append(outcome(() -> m.invoke(null, v)));
      System.out.println(sb);
    }
    for (Field f : Invocations.class.getFields()) {
      if (Modifier.isFinal(f.getModifiers()) || f.getName().equals("st")) continue;
      StringBuilder sb = new StringBuilder(f.getName());
      for (Object v : VALUES) sb.append(" | ").append(outcome(() -> {
        f.set(x, v);
        return f.get(x);
      }));
      System.out.println(sb);
      System.out.println("  " + outcome(() -> f.getInt(x)) + " | " + outcome(() -> f.getLong(x)) + " | " + outcome(() -> f.getDouble(x)) + " | " + outcome(() -> f.getBoolean(x)) + " | " + outcome(() -> f.getChar(x)) + " | "
          + outcome(() -> f.getByte(x)));
    }
    for (Class<?> t : TYPES) {
      Object a = Array.newInstance(t, 1);
      StringBuilder sb = new StringBuilder(a.getClass().getName());
      for (Object v : VALUES) sb.append(" | ").append(outcome(() -> {
        Array.set(a, 0, v);
        return Array.get(a, 0);
      }));
      System.out.println(sb + " ; " + outcome(() -> Array.getInt(a, 0)) + " | " + outcome(() -> Array.getDouble(a, 0)) + " | " + outcome(() -> Array.getBoolean(a, 0)) + " | " + outcome(() -> Array.get(a, 1)));
    }
  }

  static void calls() throws Exception {
    Class<?> k = Invocations.class;
    Invocations x = new Invocations();
    Method m = k.getMethod("instance", String.class, long.class);
    show("call", () -> m.invoke(x, "four", 5));
    show("null receiver", () -> m.invoke(null, "four", 5));
    show("wrong receiver", () -> m.invoke("x", "four", 5));
    show("too few", () -> m.invoke(x, "four"));
    show("no array", () -> m.invoke(x, (Object[]) null));
    show("wrong type", () -> m.invoke(x, 4, 5));
    show("null for long", () -> m.invoke(x, "four", null));
    show("inside", () -> m.invoke(x, null, 5));
    for (int kind = 0; kind < 3; kind++) {
      int n = kind;
      show("fails", () -> k.getMethod("fails", int.class).invoke(null, n));
    }
    show("private", () -> k.getDeclaredMethod("hidden").invoke(null));
    show("foreign private", () -> String.class.getDeclaredMethod("coder").invoke("x"));
    show("not open", () -> {
      Method p = String.class.getDeclaredMethod("coder");
      p.setAccessible(true);
      return p;
    });
    show("varargs", () -> k.getMethod("varargs", String[].class).invoke(null, (Object) new String[] {"a", "b"}));
    show("varargs spread", () -> k.getMethod("varargs", String[].class).invoke(null, "a", "b"));
    show("abstract", () -> Abstract.class.getConstructor().newInstance());
    show("enum", () -> Kind.class.getDeclaredConstructors()[0].newInstance("B", 1));
    show("interface", () -> Runnable.class.getMethod("run").invoke((Runnable) () -> System.out.println("ran")));
    show("constructor", () -> ((Invocations) k.getDeclaredConstructor(int.class).newInstance(9)).i);
    show("constructor type", () -> k.getDeclaredConstructor(int.class).newInstance("x"));
    show("constructor count", () -> k.getDeclaredConstructor(int.class).newInstance());
    show("no such method", () -> k.getMethod("none", int.class, String[].class));
    show("no such constructor", () -> k.getConstructor(Map.Entry.class));
    show("no such field", () -> k.getField("priv"));
    show("class init", () -> Throwing.class.getField("x").get(null));
    show("class init again", () -> Throwing.class.getField("x").get(null));
  }

  static void fields() throws Exception {
    Class<?> k = Invocations.class;
    Invocations x = new Invocations();
    show("private field", () -> k.getDeclaredField("priv").get(x));
    show("final", () -> {
      k.getField("fin").set(x, 6);
      return "set";
    });
    show("final accessible", () -> {
      Field f = k.getField("fin");
      f.setAccessible(true);
      f.setInt(x, 6);
      return f.getInt(x) + " " + x.fin;
    });
    show("static final", () -> {
      Field f = k.getField("CONSTANT");
      f.setAccessible(true);
      f.set(null, "y");
      return "set";
    });
    show("null object", () -> k.getField("i").get(null));
    show("wrong object", () -> k.getField("i").get("x"));
    show("static with anything", () -> k.getField("st").get("x"));
    show("set wrong", () -> {
      k.getField("string").set(x, 5);
      return "set";
    });
    show("setInt on long", () -> {
      k.getField("j").setInt(x, 5);
      return x.j;
    });
    show("setLong on int", () -> {
      k.getField("i").setLong(x, 5);
      return x.i;
    });
    show("array length", () -> Array.getLength("x"));
    show("negative", () -> Array.newInstance(int.class, -1));
    show("void", () -> Array.newInstance(void.class, 1));
    show("dimensions", () -> Array.newInstance(String.class, 2, 3).getClass().getName());
    show("256 dimensions", () -> Array.newInstance(String.class, new int[256]));
    show("no dimensions", () -> Array.newInstance(String.class, new int[0]));
  }

  public static void main(String[] args) throws Exception {
    conversions();
    for (int i = 0; i < 2; i++) calls();
    Method hot = Invocations.class.getMethod("take", int.class);
    Field field = Invocations.class.getField("i");
    Invocations x = new Invocations();
    int sum = 0;
    for (int i = 0; i < 50; i++) { // beyond what makes the library generate code
      sum += ((String) hot.invoke(null, i)).length();
      field.set(x, field.getInt(x) + i);
    }
    System.out.println(sum + " " + x.i);
    calls();
    fields();
  }
}
