// Enums: switch, constant bodies, abstract methods, valueOf errors, EnumSet, interface, static init.
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;

public class EnumSwitch {
  interface Priced {
    int price();
  }

  enum Fruit implements Priced {
    APPLE(3), PEAR(4) {
      @Override
      public String toString() {
        return "a pear";
      }
    },
    PLUM(5);

    static int made;
    final int price;

    Fruit(int price) {
      this.price = price;
    }

    static {
      made = values().length;
    }

    public int price() {
      return price;
    }
  }

  enum Op {
    ADD("+") { int apply(int a, int b) { return a + b; } },
    SUB("-") { int apply(int a, int b) { return a - b; } },
    MUL("*") { int apply(int a, int b) { return a * b; } };

    final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    abstract int apply(int a, int b);
  }

  static String taste(Fruit f) {
    switch (f) {
      case APPLE:
        return "sour";
      case PLUM:
        return "sweet";
      default:
        return "mild";
    }
  }

  public static void main(String[] args) {
    for (Fruit f : Fruit.values()) {
      System.out.println(f.ordinal() + " " + f.name() + " " + f + " " + taste(f) + " " + f.price()
          + " " + f.getClass().getName() + " " + f.getDeclaringClass().getName() + " "
          + f.getClass().isEnum());
    }
    System.out.println(Fruit.made + " " + Fruit.valueOf("PLUM") + " "
        + Fruit.APPLE.compareTo(Fruit.PLUM) + " " + (Fruit.valueOf("PEAR") == Fruit.PEAR));
    for (Op op : Op.values()) System.out.println("7 " + op.sign + " 3 = " + op.apply(7, 3));
    try {
      Fruit.valueOf("KIWI");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    try {
      taste(null);
    } catch (NullPointerException e) {
      System.out.println("null refused");
    }
    EnumSet<Fruit> set = EnumSet.complementOf(EnumSet.of(Fruit.PEAR));
    set.add(Fruit.PLUM);
    EnumMap<Fruit, String> map = new EnumMap<>(Fruit.class);
    map.put(Fruit.PLUM, "x");
    map.put(Fruit.APPLE, "y");
    System.out.println(set + " " + map + " " + Arrays.toString(Fruit.values()));
    Fruit[] copy = Fruit.values();
    copy[0] = null;
    System.out.println(Fruit.values()[0] + " " + Enum.valueOf(Op.class, "MUL"));
  }
}
