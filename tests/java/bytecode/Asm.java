// A class file writer for the programs of this folder: what javac never emits, written by hand. It
// checks nothing: bad class files are half of its purpose. Classes of version 49 and below need no
// stack maps, so code with branches is written for version 49 unless it is about stack maps.
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Asm {
  static final int PUBLIC = 1, PRIVATE = 2, STATIC = 8, FINAL = 16, SUPER = 32, SYNCHRONIZED = 32,
      NATIVE = 256, INTERFACE = 512, ABSTRACT = 1024;
  static final String OBJECT = "java/lang/Object";

  /** Big-endian bytes. */
  static final class Bytes {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u1(int... vs) {
      for (int v : vs) out.write(v);
      return this;
    }

    Bytes u2(int... vs) {
      for (int v : vs) u1(v >> 8, v);
      return this;
    }

    Bytes u4(int v) {
      return u2(v >> 16, v);
    }

    Bytes put(byte[] bs) {
      out.write(bs, 0, bs.length);
      return this;
    }

    int size() {
      return out.size();
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  int magic = 0xCAFEBABE;
  int minor;
  int major;
  int access;
  final String name;
  private final Bytes pool = new Bytes();
  private final Map<String, Integer> entries = new HashMap<>();
  private int poolCount = 1;
  private final int thisClass, superClass;
  private final int[] interfaces;
  private final List<byte[]> fields = new ArrayList<>(), methods = new ArrayList<>(), attributes = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();
  private final List<byte[]> bootstraps = new ArrayList<>();

  Asm(int major, int access, String name, String superName, String... interfaceNames) {
    this.major = major;
    this.access = access;
    this.name = name;
    thisClass = cls(name);
    superClass = superName == null ? 0 : cls(superName);
    interfaces = new int[interfaceNames.length];
    for (int i = 0; i < interfaces.length; i++) interfaces[i] = cls(interfaceNames[i]);
  }

  /** A public class of version 49 below Object. */
  Asm(String name) {
    this(49, PUBLIC | SUPER, name, OBJECT);
  }

  private int entry(String key, int slots, byte[] bytes) {
    Integer known = entries.get(key);
    if (known != null) return known;
    int index = poolCount;
    poolCount += slots;
    entries.put(key, index);
    pool.put(bytes);
    return index;
  }

  /** A constant pool entry of any form: tag and payload as given. */
  int raw(int tag, byte[] payload) {
    return entry("raw" + poolCount, 1, new Bytes().u1(tag).put(payload).bytes());
  }

  int utf8(String s) {
    Bytes b = new Bytes();
    for (char c : s.toCharArray()) {
      if (c >= 1 && c < 0x80) b.u1(c);
      else if (c < 0x800) b.u1(0xC0 | c >> 6, 0x80 | c & 0x3F);
      else b.u1(0xE0 | c >> 12, 0x80 | c >> 6 & 0x3F, 0x80 | c & 0x3F);
    }
    return entry("u" + s, 1, new Bytes().u1(1).u2(b.size()).put(b.bytes()).bytes());
  }

  private int pair(int tag, int a, int b) {
    return entry("p" + tag + "," + a + "," + b, 1, new Bytes().u1(tag).u2(a, b).bytes());
  }

  private int single(int tag, String text) {
    int at = utf8(text);
    return entry("s" + tag + "," + at, 1, new Bytes().u1(tag).u2(at).bytes());
  }

  int integer(int v) {
    return entry("i" + v, 1, new Bytes().u1(3).u4(v).bytes());
  }

  int floating(float v) {
    return entry("f" + Float.floatToRawIntBits(v), 1, new Bytes().u1(4).u4(Float.floatToRawIntBits(v)).bytes());
  }

  int longs(long v) {
    return entry("l" + v, 2, new Bytes().u1(5).u4((int) (v >> 32)).u4((int) v).bytes());
  }

  int doubles(double v) {
    long bits = Double.doubleToRawLongBits(v);
    return entry("d" + bits, 2, new Bytes().u1(6).u4((int) (bits >> 32)).u4((int) bits).bytes());
  }

  int cls(String n) { return single(7, n); }
  int string(String s) { return single(8, s); }
  int methodType(String desc) { return single(16, desc); }
  int nameType(String n, String desc) { return pair(12, utf8(n), utf8(desc)); }
  int field(String owner, String n, String desc) { return pair(9, cls(owner), nameType(n, desc)); }
  int method(String owner, String n, String desc) { return pair(10, cls(owner), nameType(n, desc)); }
  int imethod(String owner, String n, String desc) { return pair(11, cls(owner), nameType(n, desc)); }
  int condy(int bootstrap, String n, String desc) { return pair(17, bootstrap, nameType(n, desc)); }
  int indy(int bootstrap, String n, String desc) { return pair(18, bootstrap, nameType(n, desc)); }

  int handle(int kind, int member) {
    return entry("h" + kind + "," + member, 1, new Bytes().u1(15, kind).u2(member).bytes());
  }

  int bootstrap(int handle, int... args) {
    bootstraps.add(new Bytes().u2(handle, args.length).u2(args).bytes());
    return bootstraps.size() - 1;
  }

  void field(int access, String n, String desc) {
    fields.add(new Bytes().u2(access, utf8(n), utf8(desc), 0).bytes());
  }

  /** A field with a ConstantValue. */
  void constant(int access, String n, String desc, int value) {
    fields.add(new Bytes().u2(access, utf8(n), utf8(desc), 1, utf8("ConstantValue")).u4(2).u2(value).bytes());
  }

  /** A method without code. */
  void abstractMethod(int access, String n, String desc) {
    methods.add(new Bytes().u2(access, utf8(n), utf8(desc), 0).bytes());
  }

  Code method(int access, String n, String desc, int stack, int locals) {
    Code c = new Code(this, new Bytes().u2(access, utf8(n), utf8(desc)).bytes(), stack, locals);
    codes.add(c);
    return c;
  }

  Code method(String n, String desc, int stack, int locals) {
    return method(PUBLIC | STATIC, n, desc, stack, locals);
  }

  /** The constructor that only calls its super constructor. */
  Asm constructor(String superName) {
    method(PUBLIC, "<init>", "()V", 1, 1).op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, method(superName, "<init>", "()V"))
        .op(Op.RETURN);
    return this;
  }

  void attribute(String n, byte[] data) {
    attributes.add(new Bytes().u2(utf8(n)).u4(data.length).put(data).bytes());
  }

  byte[] bytes() {
    for (Code c : codes) methods.add(c.finish());
    codes.clear();
    if (!bootstraps.isEmpty()) {
      Bytes b = new Bytes().u2(bootstraps.size());
      bootstraps.forEach(b::put);
      attribute("BootstrapMethods", b.bytes());
      bootstraps.clear();
    }
    Bytes out = new Bytes().u4(magic).u2(minor, major, poolCount).put(pool.bytes());
    out.u2(access, thisClass, superClass, interfaces.length).u2(interfaces);
    for (List<byte[]> table : List.of(fields, methods, attributes)) {
      out.u2(table.size());
      table.forEach(out::put);
    }
    return out.bytes();
  }

  /** Load in a loader of its own below the program's. */
  Class<?> load() {
    return new Loader().add(this).get(name);
  }

  /** Defines the classes it was given, and asks its parent for the rest. */
  static final class Loader extends ClassLoader {
    private final Map<String, byte[]> known = new HashMap<>();

    Loader() {
      super(Asm.class.getClassLoader());
    }

    Loader add(Asm... classes) {
      for (Asm a : classes) add(a.name, a.bytes());
      return this;
    }

    Loader add(String name, byte[] bytes) {
      known.put(name.replace('/', '.'), bytes);
      return this;
    }

    Class<?> get(String name) {
      try {
        return loadClass(name.replace('/', '.'));
      } catch (ClassNotFoundException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    protected Class<?> findClass(String n) throws ClassNotFoundException {
      byte[] b = known.get(n);
      if (b == null) throw new ClassNotFoundException(n);
      return defineClass(n, b, 0, b.length);
    }
  }

  /** Call a static method; what it throws comes out unwrapped. */
  static Object call(Class<?> c, String method, Object... args) throws Throwable {
    for (java.lang.reflect.Method m : c.getDeclaredMethods()) {
      if (!m.getName().equals(method)) continue;
      try {
        return m.invoke(null, args);
      } catch (java.lang.reflect.InvocationTargetException e) {
        throw e.getCause();
      }
    }
    throw new NoSuchMethodException(method);
  }

  interface Action {
    Object run() throws Throwable;
  }

  /** Print the result of an action, or what it throws without identity hashes. */
  static void show(String what, Action a) {
    String result;
    try {
      result = String.valueOf(a.run());
    } catch (Throwable t) {
      result = t + (t.getCause() == null ? "" : " <- " + t.getCause());
    }
    System.out.println(what + ": " + result.replaceAll("@(0x)?[0-9a-f]+", "@"));
  }
}
