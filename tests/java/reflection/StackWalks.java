// StackWalker, caller classes, Thread stack traces, hidden and reflection frames, Lookup privileges
// of the caller.
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

public class StackWalks {
  static final StackWalker PLAIN = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
  static final StackWalker REFLECT = StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE,
      Option.SHOW_REFLECT_FRAMES));
  static final StackWalker HIDDEN = StackWalker.getInstance(Option.SHOW_HIDDEN_FRAMES);

  static class Callee {
    static Class<?> caller() {
      return PLAIN.getCallerClass();
    }

    static List<String> frames(StackWalker w) {
      return w.walk(s -> s.filter(f -> !f.getClassName().startsWith("jdk.internal"))
          .map(f -> f.getClassName() + "." + f.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "lambda-$1"))
              .collect(Collectors.toList()));
    }
  }

  static class Other {
    Class<?> fromConstructor;

    Other() {
      fromConstructor = Callee.caller();
    }

    static class Init {
      static final Class<?> CALLER = Callee.caller();
    }
  }

  static int deep(int n, int limit) {
    if (n > 0) return deep(n - 1, limit);
    return PLAIN.walk(s -> (int) s.limit(limit).filter(f -> f.getMethodName().equals("deep")).count());
  }

  public static Object viaReflection() {
    return Callee.frames(PLAIN).size() + " " + Callee.caller().getSimpleName();
  }

  public static void main(String[] args) throws Throwable {
    System.out.println(Callee.caller() + " " + new Other().fromConstructor + " " + Other.Init.CALLER);
    Supplier<Class<?>> lambda = Callee::caller, wrapped = () -> Callee.caller();
    System.out.println(lambda.get() + " " + wrapped.get());
    Supplier<List<String>> frames = () -> Callee.frames(PLAIN);
    System.out.println(frames.get());
    boolean hiddenMore = HIDDEN.walk(s -> s.count()) >= PLAIN.walk(s -> s.count());
    Supplier<Long> hiddenCount = () -> HIDDEN.walk(s -> s.filter(f -> f.getClassName().contains("$$Lambda")).count());
    System.out.println(hiddenMore + " " + hiddenCount.get());
    System.out.println(deep(500, 1000) + " " + deep(500, 3) + " " + deep(3, 100));
    System.out.println(StackWalks.class.getMethod("viaReflection").invoke(null));
    List<String> shown = List.of(1).stream()
        .map(x -> PLAIN.walk(s -> s.filter(f -> f.getDeclaringClass() == StackWalks.class)
        .map(StackFrame::getMethodName)
        .map(n -> n.replaceAll("\\$\\d+", "")).collect(Collectors.toList()))).findFirst().get();
    System.out.println(shown);
    StackFrame top = PLAIN.walk(s -> s.findFirst()).get();
    System.out.println(top + " " + top.getMethodType() + " " + top.getDescriptor() + " " + top.getFileName() + " "
        + top.getLineNumber() + " "
        + top.isNativeMethod() + " " + top.getDeclaringClass() + " " + top.toStackTraceElement()
            .equals(new Throwable().getStackTrace()[0]) + " "
        + (top.getByteCodeIndex() > 0));
    try {
      StackWalker.getInstance().getCallerClass();
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
    try {
      StackWalker.getInstance().walk(s -> s.findFirst()).get().getDeclaringClass();
    } catch (UnsupportedOperationException e) {
      System.out.println("no class reference");
    }
    java.util.stream.Stream<StackFrame>[] kept = new java.util.stream.Stream[1];
    PLAIN.walk(s -> kept[0] = s);
    try {
      kept[0].count();
    } catch (IllegalStateException e) {
      System.out.println("stream is closed");
    }
    Class<?>[] inThread = new Class<?>[1];
    Thread t = new Thread(() -> inThread[0] = Callee.caller());
    t.start();
    t.join();
    System.out.println(inThread[0] + " " + MethodHandles.lookup().lookupClass() + " "
        + REFLECT.walk(s -> s.count() > 0));
    StackTraceElement[] trace = new Thread() {
      StackTraceElement[] mine;

      @Override
      public void run() {
        mine = getStackTrace();
      }

      StackTraceElement[] go() {
        run();
        return mine;
      }
    }.go();
    System.out.println(trace.length);
    Object viaHandle = MethodHandles.lookup().findStatic(Callee.class, "caller",
        java.lang.invoke.MethodType.methodType(Class.class)).invoke();
    System.out.println(viaHandle);
    Class<?> viaProxy = ((Supplier<Class<?>>) java.lang.reflect.Proxy.newProxyInstance(StackWalks.class.getClassLoader(), new Class<?>[] {Supplier.class},
        (p, m, a) -> Callee.caller())).get();
    System.out.println(viaProxy);
  }
}
