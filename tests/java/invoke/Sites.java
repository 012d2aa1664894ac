// Call sites: constant, mutable and volatile through dynamicInvoker, switch points, metafactories called by hand, bootstrap methods that fail,
// constant bootstraps, string concatenation of every shape.
import java.lang.invoke.*;
import java.util.*;
import java.util.function.*;

import static java.lang.invoke.MethodHandles.*;
import static java.lang.invoke.MethodType.*;

public class Sites {
  enum Kind {
    A, B
  }

  static String old(int x) {
    return "old" + x;
  }

  static String fresh(int x) {
    return "new" + x;
  }

  interface Action {
    Object call() throws Throwable;
  }

  static void attempt(String what, Action c) {
    try {
      System.out.println(what + ": " + c.call());
    } catch (Throwable e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  interface TriFunction {
    String apply(Object a, int b, long c);
  }

  static String tri(String s, int a, Object b, int c, long d) {
    return s + a + b + c + d;
  }

  public static void main(String[] args) throws Throwable {
    Lookup l = lookup();
    MethodType mt = methodType(String.class, int.class);
    MethodHandle old = l.findStatic(Sites.class, "old", mt), fresh = l.findStatic(Sites.class, "fresh", mt);
    for (CallSite s : new CallSite[] {new MutableCallSite(old), new VolatileCallSite(old)}) {
      MethodHandle inv = s.dynamicInvoker();
      String a = (String) inv.invokeExact(1);
      s.setTarget(fresh);
      System.out.println(a + " " + (String) inv.invokeExact(2) + " " + s.type() + " " + (s.getTarget() == fresh));
      attempt("type change", () -> {
        s.setTarget(identity(int.class));
        return "";
      });
    }
    ConstantCallSite cs = new ConstantCallSite(old);
    attempt("constant", () -> {
      cs.setTarget(fresh);
      return "";
    });
    MutableCallSite un = new MutableCallSite(mt);
    attempt("no target", () -> {
      try {
        return (String) un.dynamicInvoker().invokeExact(1);
      } catch (Throwable e) {
        throw e instanceof Exception x ? x : new Exception(e);
      }
    });
    SwitchPoint sp = new SwitchPoint();
    MethodHandle g = sp.guardWithTest(old, fresh);
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      if (i == 150) SwitchPoint.invalidateAll(new SwitchPoint[] {sp});
      if (i % 50 == 0) sb.append((String) g.invokeExact(i)).append(' ');
      else g.invoke(i);
    }
    System.out.println(sb + " " + sp.hasBeenInvalidated());
    // Another thread sees a volatile site's change.
    VolatileCallSite vs = new VolatileCallSite(old);
    MethodHandle vi = vs.dynamicInvoker();
    Thread t = new Thread(() -> {
      try {
        while (((String) vi.invokeExact(5)).startsWith("old")) Thread.onSpinWait();
        System.out.println("seen");
      } catch (Throwable e) {
        System.out.println(e);
      }
    });
    t.start();
    Thread.sleep(3);
    vs.setTarget(fresh);
    t.join();

    CallSite lam = LambdaMetafactory.metafactory(l, "apply", methodType(TriFunction.class, String.class, int.class), methodType(String.class, Object.class,
        int.class, long.class), l.findStatic(Sites.class, "tri", methodType(String.class, String.class, int.class, Object.class, int.class, long.class)),
        methodType(String.class, Object.class, int.class, long.class));
    TriFunction tf = (TriFunction) lam.getTarget().invoke("captured", 9);
    System.out.println(tf.apply("o", 1, 2L));
    CallSite alt = LambdaMetafactory.altMetafactory(l, "apply", methodType(Function.class), methodType(Object.class, Object.class), l.findVirtual(String.class,
        "length", methodType(int.class)), methodType(Integer.class, String.class), LambdaMetafactory.FLAG_MARKERS | LambdaMetafactory.FLAG_SERIALIZABLE, 1,
        Runnable.class);
    Object f = alt.getTarget().invoke();
    System.out.println(f instanceof Runnable ? f instanceof java.io.Serializable : "not marked");
    attempt("lambda conversion", () -> LambdaMetafactory.metafactory(l, "apply", methodType(Function.class), methodType(Object.class, Object.class), l.findStatic(
        Sites.class, "old", mt), methodType(Integer.class, String.class)));

    MethodHandle cat = StringConcatFactory.makeConcatWithConstants(l, "c", methodType(String.class, boolean.class, byte.class, char.class, short.class,
        int.class, long.class, float.class, double.class, Object.class, String.class), "<\1,\1,\1,\2,\1,\1,\1,\1,\1,\1,\1>", "const").getTarget();
    System.out.println((String) cat.invoke(true, (byte) -1, 'x', (short) 2, Integer.MIN_VALUE, Long.MAX_VALUE, -0f, 1e300, null, "\u0001s"));
    attempt("bad recipe", () -> StringConcatFactory.makeConcatWithConstants(l, "c", methodType(String.class, int.class), "no slot"));
    attempt("too many", () -> StringConcatFactory.makeConcat(l, "c", methodType(String.class, Collections.nCopies(201, int.class))));
    String wide = "\u4e2d" + args.length + 'c' + 1L + null + 1.0f + new char[0].length + "\u00e9" + (byte) 3 + true;
    System.out.println(wide.length() + " " + wide.hashCode());
    String s = "";
    for (int i = 0; i < 20; i++) s += i + "," + (char) ('a' + i) + s.length();
    System.out.println(s);
    int a1 = 1, a2 = 2;
    System.out.println(a1 + a2 + "x" + a1 + a2 + a1 * a2 + "" + (a1 + a2) + a1 + "y" + -a2 + (a1 > 0 ? "t" : 'f') + 'c' + 1);
    Object[] order = new Object[3];
    int[] n = {0};
    System.out.println("" + (order[0] = n[0]++) + (order[1] = n[0]++) + new Object() {
      @Override
      public String toString() {
        return "[" + n[0]++ + "]";
      }
    } + n[0]);

    attempt("enum constant", () -> ConstantBootstraps.enumConstant(l, "B", Kind.class));
    attempt("no such constant", () -> ConstantBootstraps.enumConstant(l, "C", Kind.class));
    attempt("null constant", () -> ConstantBootstraps.nullConstant(l, "_", String.class));
    attempt("primitive", () -> ConstantBootstraps.primitiveClass(l, "J", Class.class));
    attempt("static final", () -> ConstantBootstraps.getStaticFinal(l, "MAX_VALUE", int.class, Integer.class));
    attempt("invoke", () -> ConstantBootstraps.invoke(l, "_", String.class, old, 7));
    attempt("cast", () -> ConstantBootstraps.explicitCast(l, "_", byte.class, 300));
    attempt("varhandle", () -> ConstantBootstraps.fieldVarHandle(l, "x", VarHandle.class, Sites.class, int.class).get(new Sites()));
  }

  int x = 12;
}
