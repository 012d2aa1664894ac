// Recursive descent parser with precedence, functions, variables, error positions; tree and closures.
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

public class ExprParser {
  final String s;
  int at;

  ExprParser(String s) {
    this.s = s;
  }

  static final Map<String, DoubleUnaryOperator> FUNCS = new HashMap<>();
  static {
    FUNCS.put("sqrt", Math::sqrt);
    FUNCS.put("abs", Math::abs);
    FUNCS.put("neg", x -> -x);
  }

  interface Env extends ToDoubleFunction<String> {}

  interface Node {
    double eval(Env env);

    default Node then(DoubleBinaryOperator op, Node right) {
      return env -> op.applyAsDouble(eval(env), right.eval(env));
    }
  }

  char peek() {
    while (at < s.length() && s.charAt(at) == ' ') at++;
    return at < s.length() ? s.charAt(at) : '\0';
  }

  boolean eat(char c) {
    if (peek() != c) return false;
    at++;
    return true;
  }

  IllegalArgumentException error(String m) {
    return new IllegalArgumentException(m + " at " + at + " of \"" + s + "\"");
  }

  Node whole() {
    Node n = sum();
    if (peek() != '\0') throw error("unexpected '" + peek() + "'");
    return n;
  }

  Node sum() {
    Node n = product();
    while (true) {
      if (eat('+')) n = n.then((a, b) -> a + b, product());
      else if (eat('-')) n = n.then((a, b) -> a - b, product());
      else return n;
    }
  }

  Node product() {
    Node n = power();
    while (true) {
      if (eat('*')) n = n.then((a, b) -> a * b, power());
      else if (eat('/')) n = n.then((a, b) -> a / b, power());
      else if (eat('%')) n = n.then((a, b) -> a % b, power());
      else return n;
    }
  }

  Node power() {
    Node n = unary();
    return eat('^') ? n.then(StrictMath::pow, power()) : n;
  }

  Node unary() {
    if (eat('-')) {
      Node n = unary();
      return env -> -n.eval(env);
    }
    if (eat('(')) {
      Node n = sum();
      if (!eat(')')) throw error("missing )");
      return n;
    }
    int from = at;
    char c = peek();
    if (Character.isDigit(c) || c == '.') {
      from = at;
      while (at < s.length() && (Character.isDigit(s.charAt(at)) || s.charAt(at) == '.')) at++;
      double v = Double.parseDouble(s.substring(from, at));
      return env -> v;
    }
    if (!Character.isLetter(c)) throw error("operand expected");
    from = at;
    while (at < s.length() && Character.isLetterOrDigit(s.charAt(at))) at++;
    String name = s.substring(from, at);
    DoubleUnaryOperator f = FUNCS.get(name);
    if (f == null) return env -> env.applyAsDouble(name);
    Node arg = unary();
    return env -> f.applyAsDouble(arg.eval(env));
  }

  public static void main(String[] args) {
    Map<String, Double> vars = new TreeMap<>(Map.of("x", 3.0, "y", 4.0));
    Env env = name -> {
      Double v = vars.get(name);
      if (v == null) throw new IllegalStateException("unbound " + name);
      return v;
    };
    String[] exprs = {"1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-x ^ 2", "sqrt(x*x + y*y)", "10 % 4 / 8",
        "1 / 0", "neg abs -5", "1 +", "(2", "2 $ 3", "z + 1", "1.2.3", "0/0", "1 - - - 1", "x*y-y/x"};
    for (String e : exprs) {
      try {
        System.out.println(e + " = " + new ExprParser(e).whole().eval(env));
      } catch (IllegalArgumentException | IllegalStateException x) {
        System.out.println(e + ": " + x.getMessage());
      }
    }
    Node poly = new ExprParser("x^3 - 2*x + 1").whole();
    double sum = 0;
    for (int i = 0; i < 500; i++) {
      vars.put("x", i / 10.0);
      sum += poly.eval(env);
    }
    System.out.println(sum);
  }
}
