// A static initialiser that throws: ExceptionInInitializerError once, NoClassDefFoundError after.
public class InitErrors {
  static boolean broken() {
    return true;
  }

  static class Runtime1 {
    static int x = 1;
    static { if (broken()) throw new IllegalStateException("first time"); }
    static void touch() {}
  }

  static class Checked extends Runtime1 {
    static int y = 2;
  }

  static class IsError {
    static { if (broken()) throw new StackOverflowError("passes unwrapped"); }
    static int z = 3;
  }

  static class Recovering {
    static int tries;
    static int value = compute();

    static int compute() {
      try {
        return 1 / (tries - tries);
      } catch (ArithmeticException e) {
        return 42;
      }
    }
  }

  interface Bad {
    int V = Integer.parseInt("x1");

    default void m() {}
  }

  static class UsesBad implements Bad {}

  static void attempt(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + ": no error");
    } catch (Throwable t) {
      System.out.println(what + ": " + t);
      for (Throwable c = t.getCause(); c != null; c = c.getCause()) System.out.println("  cause " + c);
      StackTraceElement top = t.getStackTrace()[0];
      System.out.println("  at " + top.getMethodName());
    }
  }

  public static void main(String[] args) throws Exception {
    attempt("call", Runtime1::touch);
    attempt("call again", Runtime1::touch);
    attempt("field", () -> System.out.println(Runtime1.x));
    attempt("new", Runtime1::new);
    attempt("subclass", () -> System.out.println(Checked.y));
    attempt("subclass again", Checked::new);
    attempt("error", () -> System.out.println(IsError.z));
    attempt("error again", () -> System.out.println(IsError.z));
    attempt("recovering", () -> System.out.println(Recovering.value));
    attempt("interface default", UsesBad::new);
    attempt("interface field", () -> System.out.println(Bad.V));
    try {
      Class.forName("InitErrors$Runtime1");
    } catch (Throwable t) {
      System.out.println("forName: " + t);
    }
    try {
      Class.forName("InitErrors$Missing");
    } catch (ClassNotFoundException t) {
      System.out.println("forName: " + t + " cause " + t.getCause());
    }
  }
}
