// LambdaMetafactory and Proxy by hand: bridges, markers, serialisable form, default methods,
// StringConcatFactory.
import java.lang.invoke.*;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;

import static java.lang.invoke.MethodType.methodType;

public class MetaFactory {
  interface StringFn extends Function<String, Integer> {
    Integer apply(String s);
  }

  interface Marked {}

  interface WithDefault {
    String name();

    default String greet() {
      return "hello " + name();
    }
  }

  interface Thrower {
    void run() throws java.io.IOException;

    int number();
  }

  static Integer len(String s) {
    return s.length();
  }

  static int sum3(int base, int a, int b) {
    return base + a + b;
  }

  interface Code {
    Object run() throws Throwable;
  }

  static void show(Code c) {
    try {
      System.out.println(c.run());
    } catch (Throwable t) {
      System.out.println(t.getClass().getSimpleName() + ": " + t.getMessage()
          + (t.getCause() == null ? "" : " <- " + t.getCause()));
    }
  }

  public static void main(String[] args) throws Throwable {
    MethodHandles.Lookup l = MethodHandles.lookup();
    MethodHandle len = l.findStatic(MetaFactory.class, "len", methodType(Integer.class, String.class));
    CallSite site = LambdaMetafactory.altMetafactory(l, "apply", methodType(StringFn.class),
        methodType(Integer.class, String.class), len,
        methodType(Integer.class, String.class), LambdaMetafactory.FLAG_BRIDGES | LambdaMetafactory.FLAG_MARKERS,
        1, Marked.class, 1, methodType(Object.class, Object.class));
    StringFn fn = (StringFn) site.getTarget().invokeExact();
    Function<String, Integer> asFunction = fn;
    System.out.println(fn.apply("abc") + " " + asFunction.apply("abcd") + " " + (fn instanceof Marked) + " "
        + site.getClass().getSimpleName());
    IntBinaryOperator op = (IntBinaryOperator) LambdaMetafactory.metafactory(l, "applyAsInt",
        methodType(IntBinaryOperator.class, int.class),
        methodType(int.class, int.class, int.class), l.findStatic(MetaFactory.class, "sum3",
            methodType(int.class, int.class, int.class, int.class)),
        methodType(int.class, int.class, int.class)).getTarget().invokeExact(100);
    System.out.println(op.applyAsInt(20, 3));
    show(() -> LambdaMetafactory.metafactory(l, "apply", methodType(Function.class),
        methodType(Object.class, Object.class), len,
        methodType(String.class, String.class)).type());
    MethodHandle concat = StringConcatFactory.makeConcatWithConstants(l, "x",
        methodType(String.class, int.class, Object.class, double.class, char.class),
        "a\u0001b\u0002c\u0001\u0001d\u0001", "CONST").getTarget();
    System.out.println((String) concat.invokeExact(7, (Object) null, 2.5, 'z'));
    System.out.println((String) StringConcatFactory.makeConcat(l, "x", methodType(String.class, long.class,
        boolean.class)).getTarget().invokeExact(-1L, true));
    InvocationHandler log = (proxy, method, a) -> {
      switch (method.getName()) {
        case "name": return "proxy";
        case "greet": return InvocationHandler.invokeDefault(proxy, method) + "!";
        case "compare": return ((Comparable<Object>) a[0]).compareTo(a[1]) * 10;
        case "number": return null;
        case "run": throw new java.io.IOException("declared");
        case "equals": return proxy == a[0];
        case "hashCode": return 77;
        case "toString": return "a proxy of " + proxy.getClass().getInterfaces().length;
        case "close": throw new java.io.IOException("undeclared");
        case "charAt": return "not a char";
        default: return method + " " + Arrays.toString(a);
      }
    };
    Class<?>[] faces = {WithDefault.class, Comparator.class, Thrower.class, CharSequence.class};
    Object p = Proxy.newProxyInstance(MetaFactory.class.getClassLoader(), faces, log);
    System.out.println(((WithDefault) p).greet() + " " + ((Comparator<String>) p).compare("b", "a") + " " + p + " "
        + p.equals(p) + " " + p.hashCode());
    show(() -> ((Thrower) p).number());
    show(() -> { ((Thrower) p).run(); return 1; });
    show(() -> ((CharSequence) p).charAt(3));
    show(() -> ((CharSequence) p).subSequence(1, 2).length());
    Runnable r = (Runnable) Proxy.newProxyInstance(MetaFactory.class.getClassLoader(), new Class<?>[] {Runnable.class},
        (x, m, a) -> {
      throw new Exception("checked");
    });
    try {
      r.run();
    } catch (UndeclaredThrowableException e) {
      System.out.println("undeclared " + e.getUndeclaredThrowable().getMessage() + " " + e.getMessage());
    }
    System.out.println(Proxy.isProxyClass(p.getClass()) + " " + (Proxy.getInvocationHandler(p) == log) + " "
        + Proxy.isProxyClass(String.class) + " "
        + (p.getClass() == Proxy.newProxyInstance(MetaFactory.class.getClassLoader(), faces, log).getClass()) + " "
        + java.lang.reflect.Modifier.toString(p.getClass().getModifiers()) + " " + p.getClass().getSuperclass()
            .getName());
    show(() -> Proxy.newProxyInstance(MetaFactory.class.getClassLoader(), new Class<?>[] {String.class}, log));
    show(() -> Proxy.newProxyInstance(null, new Class<?>[] {WithDefault.class}, log).toString().replaceAll("0x.*", ""));
    show(() -> Proxy.getInvocationHandler("no"));
    Method m = Runnable.class.getMethod("run");
    int[] calls = new int[1];
    Runnable counting = (Runnable) Proxy.newProxyInstance(MetaFactory.class.getClassLoader(),
        new Class<?>[] {Runnable.class}, (x, me, a) -> {
      calls[0] += me.equals(m) && a == null ? 1 : 1000;
      return null;
    });
    for (int i = 0; i < 500; i++) counting.run();
    System.out.println(calls[0]);
  }
}
