// Default, static and private interface methods: diamonds, super calls, class wins, reabstraction.
public class InterfaceMethods {
  interface Named {
    default String name() {
      return prefix() + "named";
    }

    private String prefix() {
      return "p:" + helper(2);
    }

    private static String helper(int n) {
      return "-".repeat(n);
    }

    static Named of(String s) {
      return new Named() {
        @Override
        public String name() {
          return s + "/" + Named.super.name();
        }
      };
    }
  }

  interface Left extends Named {
    @Override
    default String name() {
      return "left(" + Named.super.name() + ")";
    }
  }

  interface Right extends Named {
    @Override
    default String name() {
      return "right";
    }
  }

  interface Plain extends Named {}

  static class Both implements Left, Right {
    public String name() {
      return Left.super.name() + "+" + Right.super.name();
    }
  }

  static class MoreSpecific implements Plain, Left {}

  static class Base {
    public String name() {
      return "class wins";
    }
  }

  static class ClassWins extends Base implements Left, Right {}

  abstract static class Reabstract implements Left {
    public abstract String name();
  }

  static class Concrete extends Reabstract {
    public String name() {
      return "concrete";
    }
  }

  interface Equality {
    boolean equals(Object o);

    default int size() {
      return 0;
    }
  }

  static class Deep extends MoreSpecific {
    @Override
    public String name() {
      return "deep " + super.name();
    }
  }

  interface I1 { default int v() { return 1; } }
  interface I2 extends I1 { default int v() { return I1.super.v() * 10 + 2; } }
  interface I3 extends I2 { default int v() { return I2.super.v() * 10 + 3; } }

  static class Chain implements I1, I3 {}

  public static void main(String[] args) {
    Named[] all = {new Named() {}, Named.of("x"), new Both(), new MoreSpecific(), new ClassWins(),
        new Concrete(), new Deep(), new Plain() {}};
    for (Named n : all) System.out.println(n.name());
    System.out.println(new Equality() {}.size() + " " + new Chain().v() + " " + ((I1) new Chain()).v());
    Named lambdaLike = new Left() {
      public String name() {
        return "anon " + Left.super.name();
      }
    };
    System.out.println(lambdaLike.name());
    Object array = new int[0];
    System.out.println((array instanceof Cloneable) + " " + (array instanceof java.io.Serializable));
  }
}
