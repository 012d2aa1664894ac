import java.lang.instrument.*;
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.*;

/* Redefinition: who sees the new code, who goes on with the old, and what is refused. */
public class Redefine {
  static Instrumentation instrumentation;
  static Path variants;

  public static void premain(String options, Instrumentation i) {
    instrumentation = i;
    variants = Path.of(options);
  }

  static ClassDefinition version(String variant, Class<?> c) {
    try {
      return new ClassDefinition(c, Files.readAllBytes(variants.resolve(variant).resolve(c.getName() + ".class")));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void redefine(String variant, Class<?>... classes) {
    ClassDefinition[] d = new ClassDefinition[classes.length];
    for (int i = 0; i < d.length; i++)
      d[i] = version(variant, classes[i]);
    try {
      instrumentation.redefineClasses(d);
    } catch (ClassNotFoundException | UnmodifiableClassException e) {
      throw new IllegalStateException(e);
    }
  }

  /* Every way to a method, made before anything was redefined. */
  static final Map<String, Supplier<Object>> ways = new LinkedHashMap<>();

  static void ways() throws Exception {
    Base base = new Base(), derived = new Derived(), sibling = new Sibling();
    Shape shape = sibling;
    ways.put("virtual", () -> base.virtual() + ", " + derived.virtual() + ", " + sibling.virtual());
    ways.put("static", () -> Base.stat().substring(0, 7));
    ways.put("final", base::fin);
    ways.put("private", base::callsPriv);
    ways.put("interface", () -> shape.shape() + ", " + Shape.of());
    ways.put("bound", base::virtual);
    ways.put("lambda", Base.lambda()::get);
    ways.put("concat", () -> Base.concat(3));
    ways.put("locked", base::locked);
    ways.put("same", () -> base.same("same "));
    ways.put("record", () -> new Pair(1, "b").both() + new Pair(2, "c"));
    Method method = Base.class.getDeclaredMethod("virtual");
    ways.put("reflection", () -> {
      try {
        return method.invoke(derived) + ", " + method.invoke(base);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    });
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodType type = MethodType.methodType(String.class);
    MethodHandle virtual = lookup.findVirtual(Base.class, "virtual", type), stat = lookup.findStatic(Shape.class, "of", type);
    MethodHandle special = MethodHandles.privateLookupIn(Derived.class, lookup)
        .findSpecial(Base.class, "virtual", type, Derived.class);
    ways.put("handles", () -> {
      try {
        return (String) virtual.invokeExact(base) + ", " + (String) stat.invokeExact() + ", "
            + (String) special.invokeExact((Derived) derived);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    });
  }

  static void all(String when) {
    System.out.println("-- " + when);
    for (int i = 0; i < 60; i++) // compiled, with what can be inlined
      for (Supplier<Object> s : ways.values())
        s.get();
    ways.forEach((name, s) -> System.out.println(name + ": " + s.get()));
  }

  static void refused(String variant, Class<?>... classes) {
    try {
      redefine(variant, classes);
      System.out.println(variant + ": accepted");
    } catch (Throwable e) {
      System.out.println(variant + ": " + e);
    }
  }

  /* Old frames on the stack, at several depths and twice over. */
  static void running() {
    Base b = new Base();
    System.out.println("-- running");
    Base.hook = () -> redefine("v3", Base.class);
    System.out.println(b.running(3));
    Base.hook = () -> redefine("v2", Base.class);
    System.out.println(b.running(0));
    Base.hook = () -> {
      Base.hook = () -> redefine("v2", Base.class);
      System.out.println("inner " + b.running(1));
      redefine("v3", Base.class);
    };
    System.out.println(b.running(1));
    System.out.println(b.running(0));
    redefine("v3", Base.class);
    Base.hook = () -> redefine("v2", Base.class);
    System.out.println(Base.loop());
    System.out.println(Base.loop());
  }

  /* The line of an exception made before the redefinition, by one of the old frames, and by new code. HotSpot
   * does not know the first two. */
  static void lines() {
    Throwable before = new Derived2().made();
    redefine("v2", Derived2.class);
    Throwable after = new Derived2().made();
    redefine("v1", Derived2.class);
    Throwable again = new Derived2().made();
    int first = before.getStackTrace()[0].getLineNumber(), second = after.getStackTrace()[0].getLineNumber();
    System.out.println("-- lines");
    System.out.println(first == -1 || first == again.getStackTrace()[0].getLineNumber());
    System.out.println(second == -1 || second == again.getStackTrace()[0].getLineNumber() + 5);
    System.out.println(before.getStackTrace()[0].getMethodName());
  }

  /* Threads that call all the time while the class changes to and fro. */
  static void threads() throws Exception {
    boolean[] stop = {false};
    List<Thread> list = new ArrayList<>();
    int[] bad = {0};
    for (int i = 0; i < 3; i++) {
      Thread t = new Thread(() -> {
        Base b = new Derived();
        while (!stop[0]) {
          String s = b.virtual();
          if (!s.equals("derived v1 virtual") && !s.equals("derived v2 virtual"))
            bad[0]++;
          int small = b.small();
          if (small != 1 && small != 2)
            bad[0]++;
          if (!Base.concat(small).substring(1).equals(" concat " + small) && Base.concat(1).length() != 11)
            bad[0]++;
        }
      });
      t.start();
      list.add(t);
    }
    for (int i = 0; i < 20; i++) {
      redefine(i % 2 == 0 ? "v1" : "v2", Base.class);
      Thread.sleep(5);
    }
    stop[0] = true;
    for (Thread t : list)
      t.join();
    System.out.println("-- threads, " + bad[0] + " bad");
  }

  static void refusals() throws Exception {
    System.out.println("-- refused");
    for (String v : List.of("addMethod", "addPrivate", "addField", "removeField", "fieldType", "fieldFlags",
        "superclass", "interfaces", "classFlags", "methodFlags", "wrongName", "verify", "native"))
      refused(v, Base.class);
    refused("component", Pair.class);
    refused("v2", Shape.class, Base.class);
    refused("v1", Shape.class, Base.class);
    for (byte[] b : List.of(new byte[] {1, 2, 3, 4}, new byte[0], version("v1", Pair.class).getDefinitionClassFile()))
      try {
        instrumentation.redefineClasses(new ClassDefinition(Base.class, b));
      } catch (Throwable e) {
        System.out.println(e);
      }
    byte[] version = version("v1", Base.class).getDefinitionClassFile().clone();
    version[7] = 99;
    for (Object[] o : new Object[][] {{Base.class, version}, {int.class, version}, {int[].class, version},
        {((Supplier<?>) () -> 1).getClass(), version}})
      try {
        instrumentation.redefineClasses(new ClassDefinition((Class<?>) o[0], (byte[]) o[1]));
      } catch (Throwable e) {
        System.out.println(e);
      }
    try {
      instrumentation.redefineClasses((ClassDefinition) null);
    } catch (Throwable e) {
      System.out.println(e.getClass());
    }
    try {
      redefine("broken", Pair.class, Base.class);
    } catch (Throwable e) {
      System.out.println(e.getClass() + ", and " + new Pair(1, "b").both());
    }
  }

  static void reflection() throws Exception {
    System.out.println("-- reflection");
    System.out.println(Arrays.toString(Noted.class.getAnnotations()) + Arrays.toString(Noted.class
        .getDeclaredMethod("noted").getAnnotations()) + Arrays.toString(Noted.class.getDeclaredField("f").getAnnotations()));
    Method before = Noted.class.getDeclaredMethod("noted");
    redefine("v2", Noted.class);
    System.out.println(Arrays.toString(Noted.class.getAnnotations()) + Arrays.toString(Noted.class
        .getDeclaredMethod("noted").getAnnotations()) + Arrays.toString(Noted.class.getDeclaredField("f").getAnnotations()));
    System.out.println(before.equals(Noted.class.getDeclaredMethod("noted")) + " " + before.invoke(null));
  }

  /* Class files of before 50, which the other verifier looks at: it must see the new version. */
  static void old() throws Exception {
    System.out.println("-- old class files");
    byte[] file = version("v1", Noted.class).getDefinitionClassFile().clone();
    file[7] = 48;
    instrumentation.redefineClasses(new ClassDefinition(Noted.class, file));
    System.out.println(Noted.noted());
    for (int i = 0; i + 2 < file.length; i++) // ldc; areturn becomes ldc; ireturn
      if (file[i] == 0x12 && (file[i + 2] & 0xff) == 0xb0)
        file[i + 2] = (byte) 0xac;
    try {
      instrumentation.redefineClasses(new ClassDefinition(Noted.class, file));
    } catch (Throwable e) {
      System.out.println(e);
    }
    System.out.println(Noted.noted());
  }

  /* A class that has been redefined dies with its loader, and so do its versions. */
  static void unloading() throws Exception {
    List<java.lang.ref.WeakReference<Class<?>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] file = version("v1", Noted.class).getDefinitionClassFile();
      Class<?> c = new ClassLoader(Redefine.class.getClassLoader()) {
        Class<?> define() { return defineClass("Noted", file, 0, file.length); }
      }.define();
      Method m = c.getDeclaredMethod("noted");
      m.setAccessible(true);
      String s = (String) m.invoke(null);
      redefine("v2", c);
      s += m.invoke(null);
      redefine("v1", c);
      if (!(s + m.invoke(null)).equals("v1 notedv2 notedv1 noted"))
        System.out.println(s);
      all.add(new java.lang.ref.WeakReference<>(c));
    }
    boolean gone = false;
    for (int i = 0; i < 50 && !gone; i++) {
      System.gc();
      Thread.sleep(20);
      gone = all.stream().limit(15).allMatch(r -> r.get() == null);
    }
    System.out.println("-- unloading: " + gone);
  }

  public static void main(String[] args) throws Exception {
    ways();
    all("v1");
    int count = Base.count;
    redefine("v2", Base.class, Shape.class, Pair.class);
    all("v2");
    System.out.println("statics stay: " + (Base.count > count));
    redefine("v3", Base.class);
    all("v3");
    redefine("v1", Base.class, Shape.class, Pair.class);
    all("v1 again");
    redefine("v2", Base.class);
    running();
    lines();
    threads();
    refusals();
    reflection();
    old();
    unloading();
  }
}
