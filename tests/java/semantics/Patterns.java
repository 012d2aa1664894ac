// Java 17's language: records with compact constructors, sealed hierarchies, instanceof patterns and their scopes, switch expressions with yield, text blocks, local records and enums, private
// interface methods, var, enhanced generics.
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Patterns {
  sealed interface Expr permits Num, Add, Mul, Neg, Var {}

  record Num(double v) implements Expr {}

  record Add(Expr l, Expr r) implements Expr {}

  record Mul(Expr l, Expr r) implements Expr {}

  record Neg(Expr e) implements Expr {}

  record Var(String name) implements Expr {
    static int made;

    Var {
      Objects.requireNonNull(name);
      name = name.toLowerCase();
      made++;
    }

    Var(char c) {
      this(String.valueOf(c));
    }
  }

  record Pair<A extends Comparable<A>, B>(A a, B... bs) implements Comparable<Pair<A, B>> {
    @Override
    public int compareTo(Pair<A, B> o) {
      return a.compareTo(o.a);
    }
  }

  interface Shy {
    private String secret() {
      return "secret of " + name();
    }

    private static String stat() {
      return "static";
    }

    String name();

    default String tell() {
      Supplier<String> s = this::secret;
      return s.get() + " " + stat();
    }
  }

  static double eval(Expr e, Map<String, Double> env) {
    if (e instanceof Num n) return n.v();
    if (e instanceof Add a && !(a.l() instanceof Num z && z.v() == 0)) return eval(a.l(), env) + eval(a.r(), env);
    if (e instanceof Add a) return eval(a.r(), env);
    if (!(e instanceof Mul m)) {
      if (e instanceof Neg neg) return -eval(neg.e(), env);
      return env.get(((Var) e).name());
    }
    return eval(m.l(), env) * eval(m.r(), env);
  }

  enum Op implements IntBinaryOperator {
    PLUS("+") {
      @Override
      public int applyAsInt(int a, int b) {
        return a + b;
      }
    },
    SHIFT("<<") {
      @Override
      public int applyAsInt(int a, int b) {
        return a << b;
      }
    };

    final String sign;

    Op(String sign) {
      this.sign = sign;
    }
  }

  static int days(String m, boolean leap) {
    return switch (m) {
      case "feb" -> leap ? 29 : 28;
      case "apr", "jun", "sep", "nov" -> 30;
      case "Aa", "BB" -> -1;  // equal hashes
      default -> {
        int x = 0;
        for (char c : m.toCharArray()) x += c;
        if (x == 0) throw new IllegalArgumentException("empty");
        yield 31;
      }
    };
  }

  static String old(Object o) {
    int k = o instanceof Integer i && i > 5 ? i : o instanceof String s ? s.length() : -1;
    switch (k) {
      case -1:
        return "none";
      case 3:
      case 4:
        k *= 2;
      case 7:
        k++;
        break;
      default:
        return "d" + k;
    }
    return "k" + k;
  }

  public static void main(String[] args) {
    Expr e = new Add(new Num(0), new Mul(new Var('X'), new Neg(new Add(new Num(2), new Var("Y")))));
    System.out.println(e + " = " + eval(e, Map.of("x", 3.0, "y", 4.0)) + " " + Var.made + " " + e.equals(new Add(new Num(0), ((Add) e).r())) + " " + (e.hashCode() == new Add(new Num(0), ((Add) e).r())
        .hashCode()));
    System.out.println(new Num(-0.0).equals(new Num(0.0)) + " " + new Num(Double.NaN).equals(new Num(Double.NaN)) + " " + new Pair<>("k", 1, 2).bs().length + " " + new TreeSet<>(List.of(new Pair<>("b"),
        new Pair<>("a"))).first().a());
    try {
      new Var((String) null);
    } catch (NullPointerException x) {
      System.out.println("null name");
    }
    System.out.println(((Shy) () -> "lambda").tell());
    for (Op o : Op.values()) System.out.print(o + o.sign + o.applyAsInt(5, 3) + " " + o.getClass().isAnonymousClass() + o.getDeclaringClass().getSimpleName() + " ");
    System.out.println();
    for (String m : List.of("feb", "jun", "BB", "Aa", "C#", "jan")) System.out.print(days(m, true) + " ");
    try {
      days("", false);
    } catch (IllegalArgumentException x) {
      System.out.println(x.getMessage());
    }
    try {
      days(null, false);
    } catch (NullPointerException x) {
      System.out.println("null switch");
    }
    for (Object o : new Object[] {7, 3, 6, "abc", "abcdefg", 'c', null}) System.out.print(old(o) + " ");
    System.out.println();
    String text = """
        {
          "key": "va\\lue",\t"tab"
          "joined \
        line": 'x',   \s
           trailing   
        }\u0021""";
    System.out.println(text.lines().map(l -> l.length() + ":" + l.strip()).collect(Collectors.joining("|")) + " " + text.hashCode());
    record Point(int x, int y) {
      static Point origin() {
        return new Point(0, 0);
      }

      double dist() {
        return Math.sqrt(x * x + y * y);
      }
    }
    enum Local {
      P, Q
    }
    interface Fn {
      int f(int x);
    }
    Fn twice = x -> x * 2;
    var list = new ArrayList<Map.Entry<Local, ? super Integer>>();
    list.add(Map.entry(Local.Q, 5));
    for (var en : list) System.out.println(en.getKey().ordinal() + " " + en.getValue() + " " + twice.f(21) + " " + new Point(3, 4).dist() + " " + Point.origin());
    int result = switch (Local.P) {
      case P -> {
        try {
          yield Integer.parseInt("12x");
        } catch (NumberFormatException x) {
          yield -12;
        } finally {
          System.out.print("finally ");
        }
      }
      case Q -> 2;
    };
    System.out.println(result + " " + switch (result & 3) {
      case 0, 1 -> "low";
      case 2 -> 'c';
      default -> 1.5;
    });
    Object \u00e4\u4e2d_\u0391 = "unicode name";
    int $dollar_ = 1, \u0061scii = 2;
    System.out.println(\u00e4\u4e2d_\u0391 + " " + $dollar_ + ascii);
    var anon = new Object() {
      int hidden = 9;

      int more() {
        return hidden++;
      }
    };
    System.out.println(anon.more() + anon.hidden);
    char c = 'x';
    final int local = 10;
    byte narrowed = local;
    label: {
      if (narrowed > 5) break label;
      System.out.println("not reached");
    }
    System.out.println(switch (c) {
      case 'x' -> {
        int sum = 0;
        for (int i = 0; i < 5; i++) {
          if (i == 2) continue;
          sum += i;
        }
        yield sum;
      }
      default -> -1;
    });
  }
}
