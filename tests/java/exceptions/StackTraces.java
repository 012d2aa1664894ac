// Stack trace contents: lines, constructors, static initialisers, lambdas, nested causes with "... n more".
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

public class StackTraces {
  static class Deep {
    Deep(int n) {
      if (n == 0) {
        throw new IllegalStateException("made in <init>");
      }
      new Deep(n - 1);
    }
  }

  static class InClinit {
    static int v = fail();

    static int fail() {
      throw new RuntimeException("made in <clinit>");
    }
  }

  static void print(Throwable t) {
    StringWriter w = new StringWriter();
    t.printStackTrace(new PrintWriter(w, true));
    for (String line : w.toString().split("\\R")) {
      if (!line.contains("java.base")) System.out.println(line);
    }
  }

  static void low(String s) {
    try {
      Integer.parseInt(s);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("wrapped", e);
    }
  }

  static void middle() throws Exception {
    try {
      low("zz");
    } catch (IllegalArgumentException e) {
      Exception x = new Exception("middle", e);
      x.addSuppressed(new Error("side"));
      throw x;
    }
  }

  static Throwable made() {
    return new Throwable("made here");
  }

  int recurse(int n) {
    return n == 0 ? new int[0][0] [0] .length : recurse(n - 1)
        + 1;
  }

  public static void main(String[] args) throws Exception {
    try {
      new Deep(2);
    } catch (IllegalStateException e) {
      print(e);
    }
    try {
      InClinit.v++;
    } catch (ExceptionInInitializerError e) {
      print(e);
    }
    try {
      middle();
    } catch (Exception e) {
      print(e);
    }
    try {
      List.of(1, 2).forEach(x -> {
        if (x == 2) throw new RuntimeException("in lambda");
      });
    } catch (RuntimeException e) {
      print(e);
    }
    try {
      new StackTraces().recurse(3);
    } catch (ArrayIndexOutOfBoundsException e) {
      print(e);
    }
    Throwable t = made();
    StackTraceElement top = t.getStackTrace()[0];
    System.out.println(top.getClassName() + " " + top.getMethodName() + " " + top.getFileName() + " "
        + top.getLineNumber() + " " + top.isNativeMethod() + " " + top.getModuleName());
    t.fillInStackTrace();
    System.out.println(t.getStackTrace()[0] + " " + t.getStackTrace().length);
    t.setStackTrace(new StackTraceElement[] {new StackTraceElement("C", "m", "F.java", 7),
        new StackTraceElement("C", "n", null, -2), new StackTraceElement("C", "u", null, -1)});
    print(t);
    Throwable a = new Throwable("a"), b = new Throwable("b", a);
    a.initCause(b);
    print(b);
    StackTraceElement base = null;
    try {
      Integer.parseInt("");
    } catch (NumberFormatException e) {
      for (StackTraceElement f : e.getStackTrace()) if (f.getMethodName().equals("parseInt")) base = f;
    }
    System.out.println(base.getModuleName() + " " + base.getClassLoaderName() + " " + base.getClassName()
        + " " + base.getFileName());
    StackTraceElement[] here = Thread.currentThread().getStackTrace();
    System.out.println(here[0].getMethodName() + " " + here[1]);
  }
}
