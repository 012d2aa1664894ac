// MethodHandles combinators: guards, filters, folds, loops, try-finally, permute, insert, drop,
// switch points.
import java.lang.invoke.*;
import java.util.Arrays;
import java.util.List;

import static java.lang.invoke.MethodType.methodType;

public class HandleCombinators {
  static final MethodHandles.Lookup L = MethodHandles.lookup();

  static String cat(String a, String b) { return a + "+" + b; }
  static int inc(int x) { return x + 1; }
  static boolean small(int x) { return x < 10; }
  static String lo(int x) { return "lo" + x; }
  static String hi(int x) { return "hi" + x; }
  static String wrap(String s) { return "<" + s + ">"; }
  static int len(String s) { return s.length(); }
  static String fail(String s) { throw new IllegalStateException(s); }
  static String handler(IllegalStateException e, String s) { return "caught " + e.getMessage() + s; }
  static String cleanup(Throwable t, String r, String s) { return "cleanup(" + t + "," + r + "," + s + ")"; }
  static int step(int acc, int i, int n) { return acc * 2 + i + n; }
  static String fold(int n, String a) { return n + a; }
  static double mix(byte b, double d, long l) { return b + d + l; }

  static MethodHandle h(String name, Class<?> r, Class<?>... ps) throws Exception {
    return L.findStatic(HandleCombinators.class, name, methodType(r, ps));
  }

  interface Code {
    Object run() throws Throwable;
  }

  static void show(String what, Code c) {
    try {
      Object o = c.run();
      System.out.println(what + ": " + (o instanceof Object[] a ? Arrays.toString(a) : o));
    } catch (Throwable t) {
      System.out.println(what + ": " + t.getClass().getSimpleName() + " " + t.getMessage());
    }
  }

  public static void main(String[] args) throws Throwable {
    Class<String> S = String.class;
    MethodHandle cat = h("cat", S, S, S), inc = h("inc", int.class, int.class), wrap = h("wrap", S, S);
    MethodHandle guard = MethodHandles.guardWithTest(h("small", boolean.class, int.class), h("lo", S, int.class),
        h("hi", S, int.class));
    show("guard", () -> (String) guard.invokeExact(5) + (String) guard.invokeExact(50));
    show("filterArgs", () -> (String) MethodHandles.filterArguments(cat, 0, wrap, wrap).invokeExact("a", "b"));
    show("filterReturn", () -> (String) MethodHandles.filterReturnValue(cat, wrap).invokeExact("a", "b"));
    show("filterToInt", () -> (int) MethodHandles.filterReturnValue(cat, h("len", int.class, S))
        .invokeExact("a", "bcd"));
    show("insert", () -> (String) MethodHandles.insertArguments(cat, 1, "fixed").invokeExact("x"));
    show("drop", () -> (String) MethodHandles.dropArguments(wrap, 0, int.class, Object.class)
        .invokeExact(1, (Object) "o", "kept"));
    show("permute", () -> (String) MethodHandles.permuteArguments(cat, methodType(S, S, int.class, S), 2, 0)
        .invokeExact("first", 2, "third"));
    show("duplicate", () -> (String) MethodHandles.permuteArguments(cat, methodType(S, S), 0, 0).invokeExact("same"));
    show("fold", () -> (String) MethodHandles.foldArguments(h("fold", S, int.class, S), h("len", int.class, S))
        .invokeExact("folded"));
    show("collect", () -> (String) MethodHandles.collectArguments(cat, 1, cat).invokeExact("a", "b", "c"));
    show("spread", () -> (String) cat.asSpreader(Object[].class, 2).invoke(new Object[] {"p", "q"}));
    show("spread wrong", () -> cat.asSpreader(Object[].class, 2).invoke(new Object[] {"p"}));
    show("spread ints", () -> (int) inc.asSpreader(int[].class, 1).invoke(new int[] {41}));
    MethodHandle asList = L.findStatic(Arrays.class, "asList", methodType(List.class, Object[].class));
    show("collector", () -> asList.invoke(1, "two", 3.0) + " " + asList.asCollector(Object[].class, 1).invoke("one"));
    show("catch", () -> (String) MethodHandles.catchException(h("fail", S, S), IllegalStateException.class,
        h("handler", S, IllegalStateException.class, S)).invokeExact("boom"));
    show("finally ok", () -> (String) MethodHandles.tryFinally(wrap, h("cleanup", S, Throwable.class, S, S))
        .invokeExact("v"));
    show("finally fail", () -> (String) MethodHandles.tryFinally(h("fail", S, S),
        h("cleanup", S, Throwable.class, S, S)).invokeExact("v"));
    show("throw", () -> MethodHandles.throwException(int.class, Exception.class).invoke(new Exception("thrown")));
    show("constant", () -> (String) MethodHandles.constant(S, "const").invokeExact()
        + (int) MethodHandles.identity(int.class).invokeExact(4)
        + MethodHandles.zero(long.class).invoke() + MethodHandles.empty(methodType(S, int.class)).invoke(1));
    show("counted loop", () -> (int) MethodHandles.countedLoop(MethodHandles.dropArguments(MethodHandles.constant(int.class, 10), 0, int.class),
        MethodHandles.dropArguments(MethodHandles.constant(int.class, 1), 0, int.class),
            h("step", int.class, int.class, int.class, int.class)).invoke(1));
    show("while loop", () -> (int) MethodHandles.whileLoop(MethodHandles.constant(int.class, 3),
        h("small", boolean.class, int.class), inc).invoke());
    show("iterated", () -> MethodHandles.iteratedLoop(null, MethodHandles.constant(S, "start"),
        MethodHandles.permuteArguments(cat, methodType(S, S, S, Iterable.class), 0, 1))
            .invoke((Iterable<String>) List.of("x", "y")));
    show("explicit cast", () -> (byte) MethodHandles.explicitCastArguments(inc, methodType(byte.class, long.class))
        .invokeExact(0x1000000ffL)
        + " " + (boolean) MethodHandles.explicitCastArguments(inc, methodType(boolean.class, Object.class))
            .invokeExact((Object) null));
    show("asType", () -> (Object) h("mix", double.class, byte.class, double.class, long.class)
        .asType(methodType(Object.class, Byte.class, float.class, Object.class))
            .invokeExact((Byte) (byte) 1, 2.5f, (Object) 3));
    show("exact invoker", () -> (String) MethodHandles.exactInvoker(cat.type()).invokeExact(cat, "e", "i")
        + MethodHandles.invoker(methodType(Object.class, Object.class, Object.class))
            .invoke(cat, (Object) "g", (Object) "i")
        + MethodHandles.spreadInvoker(cat.type(), 1).invoke(cat, "s", new Object[] {"i"}));
    MutableCallSite site = new MutableCallSite(wrap);
    MethodHandle dynamic = site.dynamicInvoker();
    String before = (String) dynamic.invokeExact("site");
    site.setTarget(MethodHandles.insertArguments(cat, 0, "new"));
    System.out.println(before + " " + (String) dynamic.invokeExact("site"));
    SwitchPoint sp = new SwitchPoint();
    MethodHandle sw = sp.guardWithTest(wrap, MethodHandles.insertArguments(cat, 0, "fallback"));
    before = (String) sw.invokeExact("sp");
    SwitchPoint.invalidateAll(new SwitchPoint[] {sp});
    System.out.println(before + " " + (String) sw.invokeExact("sp") + " " + sp.hasBeenInvalidated());
    show("constant site", () -> { new ConstantCallSite(wrap).setTarget(cat); return 1; });
    show("wrong target", () -> { site.setTarget(cat); return 1; });
    MethodHandle table = MethodHandles.tableSwitch(MethodHandles.dropArguments(MethodHandles.constant(S, "default"), 0,
        int.class),
        MethodHandles.dropArguments(MethodHandles.constant(S, "zero"), 0, int.class), h("hi", S, int.class));
    show("table", () -> (String) table.invokeExact(0) + (String) table.invokeExact(1) + (String) table.invokeExact(2));
    show("proxy", () -> MethodHandleProxies.asInterfaceInstance(Comparable.class,
        MethodHandles.dropArguments(MethodHandles.constant(int.class, 77), 0, Object.class)).compareTo("x"));
    MethodHandle chain = inc;
    for (int i = 0; i < 30; i++) chain = MethodHandles.filterReturnValue(chain, inc);
    int total = 0;
    for (int i = 0; i < 300; i++) total += (int) chain.invokeExact(i);
    System.out.println(total);
  }
}
