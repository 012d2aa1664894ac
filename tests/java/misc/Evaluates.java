// timeout: 120
// modes: default
// The shell of the language in this process, executing here: expressions, declarations that refer forward and are replaced, imports, classes and lambdas, exceptions with their places, errors of compilation, completion.
import java.util.*;
import java.util.stream.*;
import jdk.jshell.*;
import jdk.jshell.execution.LocalExecutionControlProvider;

public class Evaluates {
  public static void main(String[] args) throws Exception {
    try (JShell s = JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build()) {
      for (String line : List.of("int x = 5", "x * 2 + 1", "String twice(String t) { return t + other(t); }", "twice(\"a\")", "String other(String t) { return t.toUpperCase(); }", "twice(\"b\")", "record Point(int x, int y) { int sum() { return x + y; } }", "new Point(3, 4).sum()",
          "var l = java.util.stream.IntStream.range(0, 5).mapToObj(i -> new Point(i, x)).toList()", "l.get(2)", "int y = ", "undefined + 1", "throw new IllegalStateException(\"thrown\")", "1 / (x - 5)", "import java.util.function.*", "Function<Integer, Integer> f = i -> i + x", "f.apply(1)", "x = 7", "f.apply(1)", "String x = \"now text\"",
          "x + 1", "enum E { A, B }", "switch (E.B) { case A -> 1; case B -> 2; }", "for (int i = 0; i < 3; i++) { if (i == 2) x += i; }", "x", "interface I { default int v() { return 9; } }", "new I() {}.v()", "int[] a = {3, 1, 2}", "java.util.Arrays.sort(a)", "a[0]", "long big = 1L << 40", "(int) big", "sealed interface S permits T {} ", "Object o = null", "o.hashCode()")) {
        StringBuilder sb = new StringBuilder();
        SourceCodeAnalysis.CompletionInfo whole = s.sourceCodeAnalysis().analyzeCompletion(line);
        for (SnippetEvent e : s.eval(whole.completeness().isComplete() ? whole.source() : line)) {
          sb.append(e.snippet().kind()).append(' ').append(e.status()).append(e.value() == null ? "" : " = " + e.value().replaceAll("(Lambda.*)?@[0-9a-f]+", "@"));
          if (e.exception() instanceof EvalException x) sb.append(" ! ").append(x.getExceptionClassName()).append(": ").append(x.getMessage()).append(" at ").append(x.getStackTrace()[0].getLineNumber());
          else if (e.exception() != null) sb.append(" ! ").append(e.exception().getClass().getSimpleName());
          if (e.status() == Snippet.Status.REJECTED) sb.append(' ').append(s.diagnostics(e.snippet()).map(d -> d.getCode()).collect(Collectors.joining(",")));
          sb.append("; ");
        }
        System.out.println(line + " -> " + sb);
      }
      System.out.println(s.variables().filter(v -> s.status(v).isActive()).map(v -> v.typeName() + " " + v.name()).toList());
      System.out.println(s.methods().map(m -> m.name() + m.signature()).toList() + " " + s.types().map(TypeDeclSnippet::name).toList());
      SourceCodeAnalysis a = s.sourceCodeAnalysis();
      System.out.println(a.analyzeCompletion("int q = 5; q +").completeness() + " " + a.analyzeCompletion("int q = 5; q + 1").source() + " " + a.analyzeCompletion("class A {").completeness() + " " + a.completionSuggestions("l.ge", 4, new int[1]).stream().map(c -> c.continuation()).distinct().sorted().toList());
      s.drop(s.variables().filter(v -> v.name().equals("big")).findFirst().get());
      System.out.println(s.eval("big").get(0).status());
    }
  }
}
