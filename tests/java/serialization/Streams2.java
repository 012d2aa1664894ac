// Object streams themselves: filters and their limits, corrupt input, missing and renamed classes, lambdas, proxies, reset and unshared,
// replaceObject and resolveObject, exceptions written in the middle, data blocks.
import java.io.*;
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Streams2 {
  interface SerSupplier<T> extends Supplier<T>, Serializable {}

  static class Node implements Serializable {
    Node next;
    int v;
  }

  static class Throws implements Serializable {
    private void writeObject(ObjectOutputStream o) throws IOException {
      throw new IOException("cannot write me");
    }
  }

  static class Handler implements InvocationHandler, Serializable {
    final String name;

    Handler(String name) {
      this.name = name;
    }

    @Override
    public Object invoke(Object proxy, Method m, Object[] args) {
      return name + "." + m.getName();
    }
  }

  static byte[] write(Object o) throws IOException {
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    try (ObjectOutputStream s = new ObjectOutputStream(b)) {
      s.writeObject(o);
    }
    return b.toByteArray();
  }

  static void read(String what, byte[] raw, ObjectInputFilter f) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(raw))) {
      if (f != null) in.setObjectInputFilter(f);
      Object o = in.readObject();
      System.out.println(what + ": " + (o instanceof Object[] ? "array" : o.getClass().getSimpleName()));
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    int captured = 41;
    SerSupplier<Integer> s = () -> captured + 1;
    @SuppressWarnings("unchecked")
    SerSupplier<Integer> back = (SerSupplier<Integer>) new ObjectInputStream(new ByteArrayInputStream(write(s))).readObject();
    System.out.println(back.get() + " " + (back.getClass() == s.getClass()));
    Function<Object, String> ref = (Function<Object, String> & Serializable) String::valueOf;
    @SuppressWarnings("unchecked")
    Function<Object, String> ref2 = (Function<Object, String>) new ObjectInputStream(new ByteArrayInputStream(write(ref))).readObject();
    System.out.println(ref2.apply(List.of(1)));
    Method wr = s.getClass().getDeclaredMethod("writeReplace");
    wr.setAccessible(true);
    SerializedLambda sl = (SerializedLambda) wr.invoke(s);
    System.out.println(sl.getCapturingClass() + " " + sl.getFunctionalInterfaceMethodName() + " " + sl.getImplMethodName() + " " + sl
        .getCapturedArgCount() + " " + sl.getCapturedArg(0) + " " + sl.getImplMethodSignature() + " " + sl.getImplMethodKind());
    try {
      write((Supplier<Integer>) () -> 1);
    } catch (NotSerializableException e) {
      System.out.println("lambda " + e.getMessage().startsWith("Streams2$$Lambda"));
    }
    Comparable<?> px = (Comparable<?>) Proxy.newProxyInstance(Streams2.class.getClassLoader(), new Class<?>[] {Comparable.class, Runnable.class},
        new Handler("h"));
    Object px2 = new ObjectInputStream(new ByteArrayInputStream(write(px))).readObject();
    System.out.println(px2 + " " + Proxy.isProxyClass(px2.getClass()) + " " + (px2.getClass() == px.getClass()) + " " + (px2 instanceof Runnable));

    byte[] list = write(new ArrayList<>(List.of(1, 2, 3)));
    read("no filter", list, null);
    read("reject", list, ObjectInputFilter.Config.createFilter("!java.util.*"));
    read("allow", list, ObjectInputFilter.Config.createFilter("java.base/*;!*"));
    read("only lang", list, ObjectInputFilter.Config.createFilter("java.lang.*;!*"));
    read("bytes", list, ObjectInputFilter.Config.createFilter("maxbytes=20"));
    read("array", write(new int[100]), ObjectInputFilter.Config.createFilter("maxarray=50"));
    Node n = null;
    for (int i = 0; i < 60; i++) {
      Node m = new Node();
      m.next = n;
      n = m;
    }
    read("depth", write(n), ObjectInputFilter.Config.createFilter("maxdepth=50"));
    List<String> asked = new ArrayList<>();
    read("asked", list, i -> {
      asked.add((i.serialClass() == null ? "-" : i.serialClass().getSimpleName()) + i.arrayLength() + "/" + i.depth() + "/" + i.references());
      return ObjectInputFilter.Status.UNDECIDED;
    });
    System.out.println(asked);
    read("merged", list, ObjectInputFilter.merge(ObjectInputFilter.allowFilter(c -> c == ArrayList.class, ObjectInputFilter.Status.UNDECIDED),
        ObjectInputFilter.rejectFilter(c -> c == Integer.class, ObjectInputFilter.Status.ALLOWED)));

    byte[] raw = write(new Node());
    read("truncated", Arrays.copyOf(raw, raw.length - 3), null);
    byte[] bad = raw.clone();
    bad[0] = 1;
    read("magic", bad, null);
    bad = raw.clone();
    bad[4] = 0x33;
    read("type code", bad, null);
    String latin = new String(raw, "ISO-8859-1");
    read("renamed", latin.replace("Streams2$Node", "Streams2$Nope").getBytes("ISO-8859-1"), null);
    int uid = latin.indexOf("Node") + 4;
    bad = raw.clone();
    bad[uid] ^= 1;
    read("uid", bad, i -> ObjectInputFilter.Status.ALLOWED);
    read("empty", new byte[0], null);
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    ObjectOutputStream o = new ObjectOutputStream(b);
    try {
      o.writeObject(List.of("before", new Throws()));
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    o.flush();
    read("aborted", b.toByteArray(), null);

    b.reset();
    o = new ObjectOutputStream(b) {
      {
        enableReplaceObject(true);
      }

      @Override
      protected Object replaceObject(Object x) {
        return x instanceof Integer i ? i + 100 : x;
      }
    };
    int[] shared = {1};
    o.writeObject(shared);
    shared[0] = 2;
    o.writeObject(shared);
    o.reset();
    o.writeObject(shared);
    o.writeUnshared(shared);
    o.writeObject(List.of(1, 2));
    o.writeInt(5);
    o.writeChars("ch");
    o.writeBoolean(true);
    o.close();
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(b.toByteArray())) {
      {
        enableResolveObject(true);
      }

      @Override
      protected Object resolveObject(Object x) {
        return x instanceof Integer i ? -i : x;
      }
    };
    int[] x = (int[]) in.readObject(), y = (int[]) in.readObject(), z = (int[]) in.readObject(), u = (int[]) in.readObject();
    System.out.println(x[0] + " " + (x == y) + " " + z[0] + " " + (z == u) + " " + in.readObject());
    try {
      in.readObject();
    } catch (OptionalDataException e) {
      System.out.println("optional " + e.length + " " + e.eof);
    }
    System.out.println(in.readInt() + " " + in.readChar() + in.readChar() + " " + in.readBoolean() + " " + in.read());
    try {
      in.readObject();
    } catch (EOFException e) {
      System.out.println("end");
    }
    Node deep = null;
    for (int i = 0; i < 100_000; i++) {
      Node m = new Node();
      m.next = deep;
      deep = m;
    }
    try {
      write(deep);
      System.out.println("written");
    } catch (StackOverflowError e) {
      System.out.println("too deep");
    }
  }
}
