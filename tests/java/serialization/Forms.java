// Serialization's forms: default fields, transient, writeObject with extra data, Externalizable, writeReplace and readResolve, enums,
// records, singletons, inner classes, inheritance with a non-serializable parent, serialPersistentFields.
import java.io.*;
import java.util.*;

public class Forms {
  static class Parent {
    int p = 7;
    static int made;

    Parent() {
      made++;
      p = 8;
    }
  }

  static class Child extends Parent implements Serializable {
    private static final long serialVersionUID = 1;
    int a = 1;
    transient int t = 2;
    final String s = "str" + a;
    int[][] grid = {{1}, {2, 3}};
    Object self = this;
    static int st = 5;
  }

  static class Custom implements Serializable {
    transient List<String> items = new ArrayList<>();
    int n = 3;

    private void writeObject(ObjectOutputStream o) throws IOException {
      o.defaultWriteObject();
      o.writeInt(items.size());
      for (String i : items) o.writeUTF(i);
      o.write(new byte[] {9, 9});
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      items = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) items.add(in.readUTF());
      in.registerValidation(() -> System.out.println("validated " + items), 0);
    }
  }

  public static class Ext implements Externalizable {
    int x;
    String log = "";

    public Ext() {
      log += "ctor ";
    }

    @Override
    public void writeExternal(ObjectOutput o) throws IOException {
      o.writeInt(x);
      o.writeObject(Map.of("k", x));
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      x = in.readInt();
      log += in.readObject();
    }
  }

  enum Color {
    RED {
      @Override
      String say() {
        return "red!";
      }
    },
    BLUE;

    String say() {
      return name();
    }
  }

  record Point(int x, long[] ys, Color c) implements Serializable {
    static int checks;

    Point {
      checks++;
      if (x < 0) throw new IllegalArgumentException("negative " + x);
    }
  }

  static class Single implements Serializable {
    static final Single ONE = new Single();

    private Object readResolve() {
      return ONE;
    }
  }

  static class Temp implements Serializable {
    final double celsius;

    Temp(double c) {
      celsius = c;
    }

    private Object writeReplace() {
      return new Proxy(celsius + 273);
    }

    static class Proxy implements Serializable {
      final double kelvin;

      Proxy(double k) {
        kelvin = k;
      }

      private Object readResolve() {
        return new Temp(kelvin - 273);
      }
    }
  }

  static class Persistent implements Serializable {
    private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("sum", int.class),
        new ObjectStreamField("name", String.class)};
    transient int a = 20, b = 22;

    private void writeObject(ObjectOutputStream o) throws IOException {
      ObjectOutputStream.PutField f = o.putFields();
      f.put("sum", a + b);
      f.put("name", "persistent");
      o.writeFields();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      ObjectInputStream.GetField f = in.readFields();
      a = f.get("sum", 0);
      System.out.println(f.get("name", null) + " " + a + " " + f.defaulted("sum"));
    }
  }

  class Inner implements Serializable {
    int v = 4;
  }

  static byte[] write(Object... os) throws IOException {
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    try (ObjectOutputStream o = new ObjectOutputStream(b)) {
      for (Object x : os) o.writeObject(x);
    }
    return b.toByteArray();
  }

  @SuppressWarnings("unchecked")
  static <T> T copy(T o) throws Exception {
    return (T) new ObjectInputStream(new ByteArrayInputStream(write(o))).readObject();
  }

  public static void main(String[] args) throws Exception {
    Child c = new Child();
    c.a = 10;
    c.t = 20;
    c.p = 30;
    int before = Parent.made;
    Child d = copy(c);
    System.out.println(d.a + " " + d.t + " " + d.p + " " + d.s + " " + Arrays.deepToString(d.grid) + " " + (d.self == d) + " "
        + (Parent.made - before));
    Custom cu = new Custom();
    cu.items.addAll(List.of("x", "y"));
    System.out.println(copy(cu).items + " " + copy(cu).n);
    Ext e = new Ext();
    e.x = 77;
    System.out.println(copy(e).x + " " + copy(e).log);
    System.out.println(copy(Color.RED) == Color.RED ? copy(Color.RED).say() + copy(Color.class).getSimpleName() : "other");
    Point p = copy(new Point(3, new long[] {1, 2}, Color.BLUE));
    System.out.println(p.x() + " " + p.ys()[1] + " " + p.c() + " " + Point.checks);
    System.out.println((copy(Single.ONE) == Single.ONE) + " " + copy(new Temp(20.5)).celsius);
    copy(new Persistent());
    try {
      write(new Forms().new Inner());
    } catch (NotSerializableException x) {
      System.out.println(x);
    }
    try {
      write((Object) new Object[] {1, new Object()});
    } catch (NotSerializableException x) {
      System.out.println(x.getMessage());
    }
    Object[] shared = {new ArrayList<>(List.of(1)), null, "text"};
    shared[1] = shared[0];
    Object[] sh = copy(shared);
    System.out.println((sh[0] == sh[1]) + " " + Arrays.toString(sh));
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    System.out.println(copy(loop).get(0) == null ? "?" : "loop kept");
    for (Object o : List.of(new TreeMap<>(Map.of("a", 1, "b", 2)), new ArrayDeque<>(List.of(3, 4)), new PriorityQueue<>(List.of(5, 1)), new BitSet(
        9), EnumSet.of(Color.BLUE), new EnumMap<>(Map.of(Color.RED, 1)), Optional.class, new StringBuilder("sb"), Locale.CANADA, java.time.LocalDate.of(
            2020, 2, 29), new java.math.BigDecimal("1.50"), Collections.unmodifiableList(List.of(1, 2)), List.of(9, 8), Map.of("k", "v"), new int[0].getClass(),
        UUID.nameUUIDFromBytes(new byte[3]), new java.util.concurrent.ConcurrentHashMap<>(Map.of(1, 2)), new java.util.concurrent.atomic.AtomicLong(
            6), new LinkedHashSet<>(List.of("z", "a")))) {
      Object r = copy(o);
      System.out.println(r.getClass().getSimpleName() + " " + r);
    }
    byte[] raw = write("plain", 5, new int[] {1, 2});
    System.out.println(raw.length + " " + HexFormat.of().formatHex(raw, 0, 40));
    ObjectStreamClass k = ObjectStreamClass.lookup(Child.class);
    System.out.println(k.getName() + " " + k.getSerialVersionUID() + " " + Arrays.toString(k.getFields()) + " " + ObjectStreamClass.lookup(
        Custom.class).getSerialVersionUID() + " " + ObjectStreamClass.lookup(Point.class).getSerialVersionUID() + " " + ObjectStreamClass.lookup(
            Parent.class) + " " + ObjectStreamClass.lookupAny(Parent.class).getSerialVersionUID());
  }
}
