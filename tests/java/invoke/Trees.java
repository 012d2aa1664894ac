// Method handle trees: loops, tryFinally, table switch, guards, folds, filters, collect and spread, permute, drop, as types, with exceptions and
// deep nesting; executed many times.
import java.lang.invoke.*;
import java.util.*;

import static java.lang.invoke.MethodHandles.*;
import static java.lang.invoke.MethodType.*;

public class Trees {
  static final Lookup L = lookup();

  static MethodHandle h(String n, Class<?> r, Class<?>... p) throws Exception {
    return L.findStatic(Trees.class, n, methodType(r, p));
  }

  static int add(int a, int b) {
    return a + b;
  }

  static boolean less(int a, int b) {
    return a < b;
  }

  static int inc(int a) {
    return a + 1;
  }

  static String join(Object... os) {
    return Arrays.toString(os);
  }

  static String rescue(IllegalStateException e, int x) {
    return "rescued " + e.getMessage() + " " + x;
  }

  static String thrower(int x) {
    if (x < 0) throw new IllegalStateException("neg");
    if (x == 0) throw new ArithmeticException("zero");
    return "ok " + x;
  }

  static String cleanup(Throwable t, String r, int x) {
    return "after(" + (t == null ? r : t.getClass().getSimpleName()) + ")";
  }

  static boolean keep(int sum, int i, int n) {
    return i < n;
  }

  static int step(int sum, int i, int n) {
    return sum + i * n;
  }

  static int next(int sum, int i, int n) {
    return i + 1;
  }

  static int three(int a, long b, String c) {
    return a * 100 + (int) b * 10 + c.length();
  }

  static void show(String what, MethodHandle h, Object... args) {
    try {
      System.out.println(what + " " + h.type() + " = " + h.invokeWithArguments(args));
    } catch (Throwable e) {
      System.out.println(what + " " + h.type() + " threw " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Throwable {
    MethodHandle add = h("add", int.class, int.class, int.class), inc = h("inc", int.class, int.class), join = h("join", String.class, Object[].class);
    MethodHandle init = constant(int.class, 0);
    MethodHandle loop = loop(new MethodHandle[] {dropArguments(init, 0, int.class), h("step", int.class, int.class, int.class, int.class)},
        new MethodHandle[] {dropArguments(init, 0, int.class), h("next", int.class, int.class, int.class, int.class), h("keep", boolean.class, int.class,
            int.class, int.class), permuteArguments(identity(int.class), methodType(int.class, int.class, int.class, int.class), 0)});
    show("loop", loop, 10);
    show("counted", countedLoop(identity(int.class), constant(int.class, 1).asType(methodType(int.class)), dropArguments(inc, 1, int.class, int.class)
        .asType(methodType(int.class, int.class, int.class, int.class))), 7);
    show("while", whileLoop(constant(int.class, 1), insertArguments(h("less", boolean.class, int.class, int.class), 1, 50), insertArguments(add, 1, 7)));
    show("do while", doWhileLoop(constant(int.class, 100), inc, insertArguments(h("less", boolean.class, int.class, int.class), 1, 50)));
    MethodHandle append = L.findVirtual(StringBuilder.class, "append", methodType(StringBuilder.class, Object.class));
    show("iterated", iteratedLoop(null, insertArguments(constant(StringBuilder.class, new StringBuilder("it")), 0), append.asType(methodType(
        StringBuilder.class, StringBuilder.class, Object.class)).asType(methodType(StringBuilder.class, StringBuilder.class, Object.class))), List.of(1,
            2, 3));
    MethodHandle thrower = h("thrower", String.class, int.class);
    MethodHandle caught = catchException(thrower, IllegalStateException.class, h("rescue", String.class, IllegalStateException.class, int.class));
    MethodHandle fin = tryFinally(caught, h("cleanup", String.class, Throwable.class, String.class, int.class));
    for (int x : new int[] {-1, 0, 1}) {
      show("catch", caught, x);
      show("finally", fin, x);
    }
    MethodHandle sw = tableSwitch(dropArguments(constant(String.class, "default"), 0, int.class), dropArguments(constant(String.class, "zero"), 0, int.class),
        dropArguments(constant(String.class, "one"), 0, int.class), thrower);
    for (int x : new int[] {-1, 0, 1, 2, 3}) show("switch", sw, x);
    show("guard", guardWithTest(h("less", boolean.class, int.class, int.class), add, insertArguments(dropArguments(inc, 1, int.class, int.class), 2, 0)), 1,
        2);
    show("fold", foldArguments(dropArguments(add, 1, String.class).asType(methodType(int.class, int.class, String.class, int.class)), dropArguments(constant(
        int.class, 40), 0, String.class)), "x", 2);
    show("filter", filterArguments(add, 1, inc), 1, 2);
    show("filter result", filterReturnValue(add, inc), 1, 2);
    show("collect", collectArguments(add, 1, add), 1, 2, 3);
    show("collector", join.asCollector(Object[].class, 3), 1, 2, 3);
    show("collector at", h("mid", String.class, int.class, int[].class, String.class).asCollector(1, int[].class, 2), 1, 2, 3, "z");
    show("spread", add.asSpreader(Integer[].class, 2), (Object) new Integer[] {3, 4});
    show("spread wrong", add.asSpreader(Integer[].class, 2), (Object) new Integer[] {3});
    show("varargs", join.asVarargsCollector(Object[].class), 1, 2);
    show("permute", permuteArguments(h("three", int.class, int.class, long.class, String.class), methodType(int.class, String.class, long.class, int.class), 2,
        1, 0), "abc", 2L, 1);
    show("repeat", permuteArguments(add, methodType(int.class, int.class), 0, 0), 21);
    show("widen", add.asType(methodType(long.class, byte.class, short.class)), (byte) 1, (short) 2);
    show("box", add.asType(methodType(Object.class, Object.class, Integer.class)), 1, 2);
    show("box null", add.asType(methodType(Object.class, Object.class, Integer.class)), null, 2);
    show("box class", add.asType(methodType(Object.class, Object.class, Object.class)), "s", 2);
    show("explicit", explicitCastArguments(add, methodType(byte.class, Object.class, double.class)), null, 300.9);
    show("void", empty(methodType(String.class, int.class)), 1);
    show("throw", throwException(String.class, Exception.class), new java.io.IOException("thrown"));
    show("array", arrayConstructor(int[].class), -1);
    show("element", arrayElementGetter(int[].class), new int[] {5}, 1);
    show("length", arrayLength(Object[].class), (Object) new Object[4]);
    show("drop return", dropReturn(add), 1, 2);
    show("zero", zero(double.class));
    show("exact invoker", exactInvoker(add.type()), add, 4, 5);
    show("spread invoker", spreadInvoker(add.type(), 1), add, 1, new Object[] {2});
    show("match", dropArgumentsToMatch(inc, 0, List.of(int.class, String.class), 0), 1, "x");
    try {
      add.asType(methodType(int.class, String.class, int.class));
    } catch (WrongMethodTypeException e) {
      System.out.println(e.getMessage());
    }
    try {
      Object r = (Object) add.invokeExact(1, 2);
    } catch (WrongMethodTypeException e) {
      System.out.println(e.getMessage());
    }
    MethodHandle chain = inc;
    for (int n = 0; n < 100; n++) chain = filterReturnValue(chain, inc);
    int total = 0;
    for (int n = 0; n < 200; n++) total += (int) chain.invokeExact(n);
    System.out.println(total);
    MethodHandle many = join.asCollector(Object[].class, 200);
    Object[] big = new Object[200];
    Arrays.setAll(big, n -> n % 10);
    System.out.println(((String) many.invokeWithArguments(big)).length() + " " + many.type().parameterCount());
    System.out.println(loop.toString() + " " + join.bindTo(new Object[] {1}).invoke());
  }

  static String mid(int a, int[] b, String c) {
    return a + Arrays.toString(b) + c;
  }
}
