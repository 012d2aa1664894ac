// modes: default, baseline
// The compiler API in this process, with generated sources: a method near 64 kB, a class with a huge constant pool, long switches, deep expressions, Unicode identifiers; annotation processing; what is
// absent (script engines); sql types without a driver.
import java.io.*;
import java.lang.reflect.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

public class Scripts {
  static class Source extends SimpleJavaFileObject {
    final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignore) {
      return text;
    }
  }

  public static void main(String[] args) throws Exception {
    StringBuilder big = new StringBuilder("public class Big { static int f(int x) { int a = x;\n");
    for (int i = 0; i < 2000; i++) big.append("a = a * 31 + ").append(i * 7 % 1000 + 200).append("; a ^= x; if (a == ").append(i).append(") a++;\n");
    big.append("return a; }\n static int g(int x) { switch (x) {\n");
    for (int i = 0; i < 1500; i++) big.append("case ").append(i * 3).append(": return ").append(i).append(";\n");
    big.append("default: return -1; } }\n static String h(String s) { switch (s) {\n");
    for (int i = 0; i < 400; i++) big.append("case \"k").append(i).append("\": return \"v").append(i * i).append("\";\n");
    big.append("} return null; }\n static long sum() { return 0L");
    for (int i = 0; i < 600; i++) big.append(" + (").append(i).append("L * 3");
    for (int i = 0; i < 600; i++) big.append(')');
    big.append("; } }\n");
    StringBuilder pool = new StringBuilder("public class Pool { static final Object[] ALL = new Object[4000]; ");
    for (int p = 0; p < 8; p++) {
      pool.append("static void p").append(p).append("() {");
      for (int i = 0; i < 500; i++) pool.append("ALL[").append(p * 500 + i).append("] = \"s").append(p * 500 + i).append("\"; ");
      pool.append("}\n");
    }
    pool.append("static { p0(); p1(); p2(); p3(); p4(); p5(); p6(); p7(); } static int \u00e4\u03b2\u4e2d = 5; class \u00dc {} }\n");
    JavaCompiler c = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diag = new DiagnosticCollector<>();
    Files.createDirectory(Path.of("out"));
    boolean ok = c.getTask(null, null, diag, List.of("-d", "out", "-proc:none"), null, List.of(new Source("Big", big.toString()), new Source("Pool", pool.toString()))).call();
    System.out.println(ok + " " + diag.getDiagnostics());
    try (URLClassLoader l = new URLClassLoader(new URL[] {Path.of("out").toUri().toURL()})) {
      Class<?> b = l.loadClass("Big"), p = l.loadClass("Pool");
      Method f = b.getDeclaredMethod("f", int.class), g = b.getDeclaredMethod("g", int.class), h = b.getDeclaredMethod("h", String.class), s = b.getDeclaredMethod("sum");
      for (Method m : List.of(f, g, h, s)) m.setAccessible(true);
      System.out.println(f.invoke(null, 1) + " " + f.invoke(null, -77) + " " + g.invoke(null, 1500) + g.invoke(null, 1501) + g.invoke(null, 4497) + " " + h.invoke(null, "k399") + h.invoke(null, "zz") + " " + s.invoke(null));
      Field all = p.getDeclaredField("ALL");
      all.setAccessible(true);
      Object[] os = (Object[]) all.get(null);
      System.out.println(os[3999] + " " + (os[7] == "s7".intern()) + " " + p.getDeclaredFields()[1].getName().length() + " " + p.getDeclaredClasses()[0].getSimpleName().length());
    }
    c.getTask(null, null, diag, List.of("-d", "out"), null, List.of(new Source("Bad", "class Bad {\n int x = \"s\";\n void m() { y = 1; }\n}"))).call();
    for (Diagnostic<? extends JavaFileObject> d : diag.getDiagnostics()) System.out.println(d.getKind() + " " + d.getLineNumber() + ":" + d.getColumnNumber() + " " + d.getCode());
    System.out.println(new javax.script.ScriptEngineManager().getEngineByName("javascript") + " " + new javax.script.ScriptEngineManager().getEngineFactories().size());
    java.sql.Timestamp t = java.sql.Timestamp.valueOf("2020-02-29 12:34:56.789012345");
    System.out.println(t + " " + t.getNanos() + " " + java.sql.Date.valueOf("2021-01-02").toLocalDate() + " " + java.sql.Time.valueOf("01:02:03") + " " + t.toLocalDateTime() + " " + java.sql.JDBCType.valueOf(4));
    try {
      java.sql.DriverManager.getConnection("jdbc:none:x");
    } catch (java.sql.SQLException e) {
      System.out.println(e.getMessage() + " " + e.getSQLState());
    }
    java.sql.SQLException chain = new java.sql.SQLException("a", "S1", 5);
    chain.setNextException(new java.sql.SQLException("b"));
    for (Throwable e : chain) System.out.print(e.getMessage() + " ");
    System.out.println(new javax.sql.rowset.serial.SerialClob("text".toCharArray()).getSubString(2, 2));
  }
}
