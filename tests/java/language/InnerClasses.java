// Inner, local and anonymous classes: captured variables, outer chains, private access, qualified new.
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

public class InnerClasses {
  private int secret = 1;
  private static int shared = 100;

  private int bump(int by) {
    return secret += by;
  }

  class Inner {
    int secret = 10;
    private int own = 5;

    class Deep {
      int secret = 1000;

      int sum() {
        InnerClasses.this.bump(1);
        own++;
        return secret + Inner.this.secret + InnerClasses.this.secret + shared++;
      }
    }
  }

  static class Base {
    String log = "";

    Base() {
      log += "base:" + name();
    }

    String name() {
      return "B";
    }
  }

  static class Holder<T> {
    private T value;

    private Holder(T v) {
      value = v;
    }

    private static <U> Holder<U> of(U u) {
      return new Holder<>(u);
    }
  }

  interface Shape {
    double area();

    class Square implements Shape {
      final double side;

      Square(double side) {
        this.side = side;
      }

      public double area() {
        return side * side;
      }
    }
  }

  static List<IntSupplier> counters(int n) {
    List<IntSupplier> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      final int start = i * 10;
      class Counter implements IntSupplier {
        int at = start;

        public int getAsInt() {
          return at += n;
        }
      }
      list.add(new Counter());
    }
    return list;
  }

  public static void main(String[] args) {
    InnerClasses outer = new InnerClasses();
    InnerClasses.Inner inner = outer.new Inner();
    InnerClasses.Inner.Deep deep = inner.new Deep();
    System.out.println(deep.sum() + " " + deep.sum() + " " + inner.own + " " + outer.secret);
    String captured = "cap";
    Base anon = new Base() {
      String mine = "M";

      @Override
      String name() {
        return "anon(" + mine + "," + captured + ")";
      }
    };
    System.out.println(anon.log + " then " + anon.name());
    for (IntSupplier s : counters(3)) System.out.println(s.getAsInt() + " " + s.getAsInt());
    System.out.println(Holder.of("held").value + " " + new Shape.Square(1.5).area());
    Object o = new Object() {
      int x = 3;

      int twice() {
        return x * 2;
      }
    }.twice();
    System.out.println(o);
    System.out.println(anon.getClass().getName() + " " + deep.getClass().getName() + " "
        + anon.getClass().isAnonymousClass() + " " + counters(1).get(0).getClass().isLocalClass()
        + " " + deep.getClass().isMemberClass() + " " + deep.getClass().getSimpleName() + " "
        + counters(1).get(0).getClass().getSimpleName() + " [" + anon.getClass().getSimpleName() + "] "
        + counters(1).get(0).getClass().getEnclosingMethod().getName());
    try {
      Inner none = null;
      none.new Deep();
    } catch (NullPointerException e) {
      System.out.println("no outer");
    }
  }
}
