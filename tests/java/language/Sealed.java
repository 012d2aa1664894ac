// Sealed hierarchies, pattern instanceof with scope rules, switch expressions, yield, text blocks.
public class Sealed {
  sealed interface Expr permits Num, Bin, Neg {}

  record Num(int value) implements Expr {}

  record Bin(char op, Expr left, Expr right) implements Expr {}

  static final class Neg implements Expr {
    final Expr of;

    Neg(Expr of) {
      this.of = of;
    }
  }

  static int eval(Expr e) {
    if (e instanceof Num n) return n.value();
    if (e instanceof Neg g) return -eval(g.of);
    if (!(e instanceof Bin b)) throw new AssertionError();
    int l = eval(b.left()), r = eval(b.right());
    return switch (b.op()) {
      case '+' -> l + r;
      case '-' -> l - r;
      case '*' -> l * r;
      case '/' -> {
        if (r == 0) yield Integer.MAX_VALUE;
        yield l / r;
      }
      default -> throw new IllegalArgumentException("op " + b.op());
    };
  }

  enum Level { LOW, MID, HIGH }

  static int score(Level level) {
    return switch (level) {
      case LOW -> 1;
      case MID -> 1 + switch (level.ordinal()) {
        case 0: yield 10;
        case 1: int x = 5; yield x * 4;
        default: yield 30;
      };
      case HIGH -> {
        try {
          yield Integer.parseInt("1x");
        } catch (NumberFormatException e) {
          yield -1;
        } finally {
          System.out.println("finally in switch");
        }
      }
    };
  }

  static String describe(Object o) {
    return o instanceof String s && s.length() > 3 ? "long " + s
        : o instanceof String s ? "short " + s
        : o instanceof Integer i && i > 0 ? "positive " + (i + 1)
        : o instanceof int[] a ? "array " + a.length
        : String.valueOf(o);
  }

  static String days(int month) {
    return switch (month) {
      case 1, 3, 5, 7, 8, 10, 12 -> "31";
      case 4, 6, 9, 11 -> "30";
      case 2 -> "28";
      default -> "?";
    };
  }

  public static void main(String[] args) {
    Expr e = new Bin('+', new Num(2), new Bin('*', new Neg(new Num(3)), new Num(4)));
    System.out.println(eval(e) + " " + eval(new Bin('/', e, new Num(0))));
    try {
      eval(new Bin('%', e, e));
    } catch (IllegalArgumentException x) {
      System.out.println(x.getMessage());
    }
    for (Level l : Level.values()) System.out.println(l + " " + score(l));
    for (Object o : new Object[] {"abcd", "abc", 5, -5, new int[3], null, 'c'}) {
      System.out.println(describe(o));
    }
    StringBuilder sb = new StringBuilder();
    for (int m = 0; m <= 13; m++) sb.append(days(m)).append(' ');
    System.out.println(sb);
    String block = """
        {
          "name": "text\tblock",
          "quote": ""\"three\""",
          "joined": "one \
        line",
          "space": "kept\s\s"
        }
          trailing   
        """;
    System.out.print(block);
    System.out.println(block.length() + " " + block.hashCode());
  }
}
