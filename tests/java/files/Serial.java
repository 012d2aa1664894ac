// Serialization: graphs, cycles, transient, Externalizable, readResolve, enums, records, proxies,
// versions, filters; properties.
import java.io.*;
import java.util.*;

public class Serial {
  static class Base {
    int notSerial = 5;

    Base() {
      notSerial = 50;
    }
  }

  static class Node extends Base implements Serializable {
    private static final long serialVersionUID = 7;
    final String name;
    transient int cache = 9;
    Node next;
    int[] nums = {1, 2, 3};
    double[][] grid = {{1.5}, {}};
    Object self = this;
    Color color = Color.BLUE;
    boolean z = true;
    byte b = -1;
    char c = '\u4e2d';
    long l = Long.MIN_VALUE;
    float f = Float.NaN;

    Node(String name) {
      this.name = name;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(77);
      out.writeUTF("extra");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      cache = in.readInt() + in.readUTF().length();
    }
  }

  enum Color {
    RED, BLUE {
      int x = 3;
    }
  }

  record Point(int x, List<String> names) implements Serializable {
    Point {
      if (x < 0) throw new IllegalArgumentException("negative");
    }
  }

  static class Single implements Serializable {
    static final Single ONE = new Single();

    private Object readResolve() {
      return ONE;
    }
  }

  static class Replaced implements Serializable {
    private Object writeReplace() {
      return "replacement";
    }
  }

  public static class Ext implements Externalizable {
    int v;

    public Ext() {
      v = -1;
    }

    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(v * 2);
    }

    public void readExternal(ObjectInput in) throws IOException {
      v += in.readInt();
    }
  }

  static class Holder implements Serializable {
    Object bad = new Object();
  }

  static byte[] write(Object... os) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      for (Object o : os) out.writeObject(o);
    }
    return bytes.toByteArray();
  }

  static ObjectInputStream in(byte[] b) throws IOException {
    return new ObjectInputStream(new ByteArrayInputStream(b));
  }

  @SuppressWarnings("unchecked")
  static <T> T copy(T o) throws Exception {
    return (T) in(write(o)).readObject();
  }

  public static void main(String[] args) throws Exception {
    Node a = new Node("a"), b = new Node("b");
    a.next = b;
    b.next = a;
    a.notSerial = 1;
    Node r = copy(a);
    System.out.println(r.name + " " + r.next.name + " " + (r.next.next == r) + " " + r.cache + " " + r.notSerial + " "
        + r.nums[2] + " " + r.grid[0][0] + " "
        + (r.self == r) + " " + (r.color == Color.BLUE) + " " + r.z + r.b + (int) r.c + r.l + r.f);
    Ext e = new Ext();
    e.v = 21;
    System.out.println(copy(e).v + " " + (copy(Single.ONE) == Single.ONE) + " " + copy((Object) new Replaced()) + " "
        + copy(new Point(3, List.of("x"))));
    System.out.println(copy(new TreeMap<>(Map.of("k", List.of(1, 2)))) + " "
        + copy(new ArrayList<>(List.of(1, "two", 3.0))) + " " + copy(Map.of("one", 1)) + " "
        + copy(new int[][] {{1}, {2, 3}})[1][1] + " " + copy(EnumSet.of(Color.RED)) + " " + copy(new Date(0)).getTime()
        + " " + copy(java.time.LocalDate.of(2020, 2, 29)) + " "
        + copy(new java.math.BigInteger("123456789012345678901")) + " " + copy(new LinkedHashMap<>(Map.of(1, 2))) + " "
        + copy((Class<?>) int[].class));
    Throwable t = copy(new IllegalStateException("kept", new Error("cause")));
    System.out.println(t + " " + t.getCause() + " " + t.getStackTrace()[0].getMethodName());
    try {
      write(new Holder());
    } catch (NotSerializableException x) {
      System.out.println(x.getMessage());
    }
    byte[] point = write(new Point(3, null));
    for (int i = point.length - 4; i > 0; i--) {
      if (point[i] == 0 && point[i + 1] == 0 && point[i + 2] == 0 && point[i + 3] == 3) {
        point[i] = -1;
        break;
      }
    }
    for (byte[] bad : new byte[][] {point, {1, 2, 3, 4}, {}, Arrays.copyOf(write("text"), 8),
        new String(write(a), "ISO-8859-1").replace("Serial$Node", "Serial$Nope").getBytes("ISO-8859-1")}) {
      try {
        in(bad).readObject();
      } catch (Exception x) {
        System.out.println(x.getClass().getSimpleName() + " " + x.getMessage());
      }
    }
    ObjectInputStream filtered = in(write(a));
    filtered.setObjectInputFilter(ObjectInputFilter.Config.createFilter("maxdepth=2;java.base/*;!*"));
    try {
      filtered.readObject();
    } catch (InvalidClassException x) {
      System.out.println(x.getMessage());
    }
    ObjectStreamClass d = ObjectStreamClass.lookup(Node.class);
    System.out.println(d.getSerialVersionUID() + " " + d.getFields().length + " " + d.getField("l") + " "
        + ObjectStreamClass.lookup(Object.class) + " "
        + ObjectStreamClass.lookup(Holder.class).getSerialVersionUID() + " " + ObjectStreamClass.lookup(Color.class)
            .getSerialVersionUID());
    Properties p = new Properties(new Properties());
    p.load(new StringReader("# comment\na = 1\nb:two words\\\n   continued\nc\\ d=\\u0041\\t|\n!x\nempty="));
    System.out.println(new TreeMap<>(p) + " " + p.getProperty("gone", "default"));
    StringWriter w = new StringWriter();
    Properties q = new Properties();
    q.setProperty("k e:y", "v=\u00e9 #");
    q.store(w, "title");
    System.out.println(w.toString().lines().filter(s -> !s.startsWith("#")).findFirst().get().replace('\u00e9', 'e'));
  }
}
