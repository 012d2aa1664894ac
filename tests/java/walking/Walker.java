// StackWalker: options, frames through reflection, lambdas, proxies and method handles, limits and skipping, getCallerClass and who may call it,
// walking while walking, estimate sizes, declaring classes, byte code indices.
import java.lang.StackWalker.*;
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Walker {
  static final StackWalker PLAIN = StackWalker.getInstance(), CLASS = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE), REFLECT = StackWalker.getInstance(Set
      .of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_REFLECT_FRAMES)), HIDDEN = StackWalker.getInstance(Option.SHOW_HIDDEN_FRAMES);

  static String names(StackWalker w) {
    return w.walk(s -> s.map(f -> f.getMethodName().replaceAll("lambda\\$.*", "lambda")).collect(Collectors.joining(" ")));
  }

  static String through(Supplier<String> s) {
    return s.get();
  }

  public static String shown() {
    return names(PLAIN) + " | " + REFLECT.walk(s -> s.filter(f -> f.getClassName().startsWith("java.lang.reflect") || f.getClassName().startsWith("Walker"))
        .map(StackFrame::getMethodName).map(n -> n.replaceAll("lambda\\$.*", "lambda")).collect(Collectors.joining(" ")));
  }

  static int recurse(int n, IntSupplier at) {
    return n == 0 ? at.getAsInt() : recurse(n - 1, at);
  }

  static Class<?> caller() {
    return CLASS.getCallerClass();
  }

  static class Nested {
    static Class<?> call() {
      return caller();
    }

    static final Class<?> IN_INIT = caller();
  }

  interface Itf {
    default Class<?> viaDefault() {
      return caller();
    }
  }

  public static void main(String[] args) throws Throwable {
    System.out.println(names(PLAIN));
    System.out.println(through(() -> names(CLASS)));
    Supplier<String> ref = Walker::shown;
    System.out.println(ref.get());
    System.out.println(Walker.class.getMethod("shown").invoke(null));
    System.out.println((String) MethodHandles.lookup().findStatic(Walker.class, "shown", MethodType.methodType(String.class)).invokeExact());
    Supplier<?> px = (Supplier<?>) Proxy.newProxyInstance(Walker.class.getClassLoader(), new Class<?>[] {Supplier.class}, (p, m, a) -> shown());
    System.out.println(((String) px.get()).replaceAll("\\$Proxy\\d+", "proxy"));
    System.out.println(through(() -> "" + HIDDEN.<Boolean>walk(s -> s.map(StackFrame::getClassName).anyMatch(n -> n.contains("$$Lambda")))));

    for (int depth : new int[] {0, 7, 8, 9, 40, 1000}) {
      int d = depth;
      System.out.print(recurse(depth, () -> CLASS.walk(s -> (int) s.filter(f -> f.getMethodName().equals("recurse")).count())) - d + " ");
    }
    System.out.println();
    System.out.println(recurse(50, () -> PLAIN.walk(s -> s.skip(20).limit(5).mapToInt(f -> f.getLineNumber() > 0 ? 1 : 0).sum())));
    System.out.println(recurse(300, () -> StackWalker.getInstance(Set.of(), 500).walk(s -> (int) s.count())) > 300);
    System.out.println(PLAIN.walk(Stream::findFirst).get().toString().replaceAll(":\\d+", ":N"));
    StackFrame f = CLASS.walk(s -> s.filter(x -> x.getMethodName().equals("main")).findFirst().get());
    System.out.println(f.getDeclaringClass() + " " + f.getMethodType() + " " + f.getDescriptor() + " " + f.getFileName() + " " + f.isNativeMethod() + " " + (f
        .getByteCodeIndex() > 0) + " " + f.toStackTraceElement().getMethodName());
    try {
      PLAIN.walk(s -> s.findFirst().get()).getDeclaringClass();
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
    try {
      PLAIN.getCallerClass();
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(caller() + " " + Nested.call() + " " + Nested.IN_INIT + " " + new Itf() {}.viaDefault());
    System.out.println(((Supplier<Class<?>>) Walker::caller).get() + " " + Walker.class.getDeclaredMethod("caller").invoke(null));
    try {
      CLASS.getCallerClass();
    } catch (IllegalCallerException e) {
      System.out.println(e.getMessage());
    }
    Thread t = new Thread(() -> System.out.println(names(PLAIN) + " " + caller()), "walked");
    t.start();
    t.join();
    Stream<StackFrame>[] leak = new Stream[1];
    CLASS.walk(s -> {
      leak[0] = s;
      return 0;
    });
    try {
      leak[0].count();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    boolean fewer = PLAIN.<Boolean>walk(a -> PLAIN.<Boolean>walk(b -> a.count() <= b.count()));
    System.out.println(fewer);
    try {
      CLASS.walk(s -> {
        throw new IllegalArgumentException("in walk");
      });
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + e.getStackTrace()[0].getMethodName().startsWith("lambda"));
    }
    try {
      CLASS.walk(null);
    } catch (NullPointerException e) {
      System.out.println("null");
    }
    List<String> seen = new ArrayList<>();
    PLAIN.forEach(x -> seen.add(x.getMethodName()));
    System.out.println(seen);
    Comparator<Integer> walking = (a, b) -> {
      if (a == 3) seen.add(CLASS.walk(s -> s.map(x -> x.getDeclaringClass().getSimpleName()).filter(n -> n.equals("TimSort") || n.equals("Walker")).distinct()
          .collect(Collectors.joining("+"))));
      return a - b;
    };
    List<Integer> l = new ArrayList<>(List.of(5, 3, 4));
    l.sort(walking);
    System.out.println(l + " " + new TreeSet<>(seen));
  }
}
