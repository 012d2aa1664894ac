// What keeps a class that can be unloaded, one thing at a time: the class is there while that is, and gone after.
// modes: default,moving,verify,baseline,switching
// timeout: 200
import java.io.*;
import java.lang.annotation.*;
import java.lang.invoke.*;
import java.lang.ref.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.concurrent.CountDownLatch;
import java.util.function.*;

public class Keepers {
  // --- loaded anew for each case -------------------------------------------------------------------------

  @Retention(RetentionPolicy.RUNTIME)
  public @interface UNote {
    String value();
  }

  public interface UShape {
    int area();

    default int twice() {
      return 2 * area();
    }
  }

  @UNote("base")
  public static class UBase implements UShape {
    public static Object held;
    static final String TEXT = "text of " + UBase.class.getName();
    public int side = 3;

    public int area() {
      return side * side;
    }

    public static Supplier<String> lambda() {
      return () -> TEXT;
    }

    public static Supplier<String> reference() {
      return String.valueOf(TEXT)::trim;
    }

    public static Throwable thrown() {
      try {
        Object[] none = {};
        return (Throwable) none[TEXT.length()];
      } catch (RuntimeException e) {
        return e;
      }
    }

    public static List<StackWalker.StackFrame> walked() {
      return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(s -> s.limit(2).toList());
    }

    public static void await(CountDownLatch in, CountDownLatch out) throws InterruptedException {
      in.countDown();
      out.await();
    }

    public static Object hidden(byte[] bytes) throws Exception {
      return MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass().getConstructor().newInstance();
    }
  }

  public static class USub extends UBase {
    public int area() {
      return super.area() + 1;
    }
  }

  public static class UUser {
    public static int use() {
      return new UBase().twice();
    }
  }

  public static class UHidden {
    public UHidden() {}

    public String toString() {
      return "hidden " + getClass().isHidden();
    }
  }

  public enum UEnum { ONE, TWO }

  public record URecord(int x, String s) {}

  public static class UFinal {
    protected void finalize() {
      revived = this;
    }

    public String toString() {
      return "revived " + UFinal.class.getName();
    }
  }

  public static volatile Object revived;

  // --- loaders -----------------------------------------------------------------------------------------------

  static class Loader extends ClassLoader {
    final Function<String, Class<?>> others;
    final String own;

    Loader(String own, Function<String, Class<?>> others) {
      super(Keepers.class.getClassLoader());
      this.own = own;
      this.others = others;
    }

    Loader() {
      this("U.*", n -> null);
    }

    @Override
    protected Class<?> loadClass(String n, boolean resolve) throws ClassNotFoundException {
      if (!n.startsWith("Keepers$U")) return super.loadClass(n, resolve);
      Class<?> c = findLoadedClass(n);
      if (c == null && n.substring(8).matches(own)) {
        byte[] b = bytes(n);
        c = defineClass(n, b, 0, b.length);
      }
      return c != null ? c : others.apply(n);
    }

    Class<?> u(String n) {
      try {
        return loadClass("Keepers$U" + n);
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }

    Object make(String n) throws Exception {
      return u(n).getConstructor().newInstance();
    }

    Object call(String n, String method, Object... arguments) throws Exception {
      for (Method m : u(n).getMethods())
        if (m.getName().equals(method)) return m.invoke(null, arguments);
      throw new AssertionError(method);
    }
  }

  static byte[] bytes(String n) {
    try (InputStream in = Keepers.class.getResourceAsStream(n + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // --- one case ----------------------------------------------------------------------------------------------

  interface Maker {
    Object make(Loader l) throws Throwable;
  }

  static void collect() throws InterruptedException {
    System.gc();
    Thread.sleep(1);
  }

  static Reference<?>[] make(Object[] box, Maker maker) throws Throwable {
    Loader l = new Loader();
    box[0] = maker.make(l);
    return new Reference<?>[] {new WeakReference<>(l), new WeakReference<>(l.u("Base"))};
  }

  static boolean alive(Reference<?>[] refs) {
    return refs[0].get() != null && refs[1].get() != null;
  }

  static boolean dead(Reference<?>[] refs) throws InterruptedException {
    for (int i = 0; i < 60 && (refs[0].get() != null || refs[1].get() != null); i++) collect();
    return refs[0].get() == null && refs[1].get() == null;
  }

  static void keeps(String what, Maker maker) throws Throwable {
    keeps(what, maker, o -> "");
  }

  static void keeps(String what, Maker maker, Function<Object, String> use) throws Throwable {
    Object[] box = new Object[1];
    Reference<?>[] refs = make(box, maker);
    collect();
    collect();
    boolean alive = alive(refs);
    String used = use.apply(box[0]);
    box[0] = null;
    System.out.println(what + ": " + (alive ? "keeps" : "does not keep") + (dead(refs) ? ", then gone" : ", STAYS") + " "
        + used);
  }

  static String trace(Object throwable) {
    StackTraceElement e = ((Throwable) throwable).getStackTrace()[0];
    return e.getClassName() + "." + e.getMethodName();
  }

  static Object thread(Loader l, boolean byFrame) throws Exception {
    CountDownLatch in = new CountDownLatch(1), out = new CountDownLatch(1);
    Method[] await = {byFrame ? l.u("Base").getMethod("await", CountDownLatch.class, CountDownLatch.class) : null};
    Thread t = new Thread(() -> {
      try {
        if (byFrame) {
          Method m = await[0];
          await[0] = null;
          m.invoke(null, in, out);
        } else {
          in.countDown();
          out.await();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    t.setContextClassLoader(byFrame ? null : l);
    t.start();
    in.await();
    return new Object[] {t, out};
  }

  static String end(Object thread) {
    try {
      ((CountDownLatch) ((Object[]) thread)[1]).countDown();
      ((Thread) ((Object[]) thread)[0]).join();
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A class of another loader, which has nothing but the vm's knowledge of what it resolved to find l's classes. */
  static Object other(Loader l, String own, String user) throws Exception {
    WeakReference<Loader> weak = new WeakReference<>(l);
    Loader m = new Loader(own, n -> weak.get().u(n.substring(9)));
    return m.u(user);
  }

  static String use(Object c) {
    try {
      return String.valueOf(((Class<?>) c).getMethod("use").invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static String area(Object c) {
    try {
      Object o = ((Class<?>) c).getConstructor().newInstance();
      return String.valueOf(((Class<?>) c).getMethod("twice").invoke(o));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static String invoke(Object handle, Object... arguments) {
    try {
      return String.valueOf(((MethodHandle) handle).invokeWithArguments(arguments));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static native Object globalNew(Object o, boolean weak);

  static native Object globalGet(long handle);

  static native void globalDelete(long handle, boolean weak);

  static final ClassValue<Object> VALUE = new ClassValue<>() {
    protected Object computeValue(Class<?> c) {
      try {
        return c.getConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  };

  public static void main(String[] args) throws Throwable {
    System.loadLibrary("Keepers");
    keeps("nothing", l -> l.make("Base").toString().substring(0, 0));
    keeps("instance", l -> l.make("Base"), o -> o.toString().substring(0, 13));
    keeps("class", l -> l.u("Base"), o -> ((Class<?>) o).getName());
    keeps("loader", l -> l, o -> ((Loader) o).u("Base").getName());
    keeps("instance of a subclass", l -> l.make("Sub"));
    keeps("array", l -> Array.newInstance(l.u("Base"), 2), o -> o.getClass().getName());
    keeps("array of arrays", l -> Array.newInstance(l.u("Enum"), 2, 0), o -> o.getClass().getName());
    keeps("class of an array", l -> Array.newInstance(l.u("Base"), 0).getClass());
    keeps("method", l -> l.u("Base").getMethod("area"), o -> o.toString());
    keeps("field", l -> l.u("Base").getField("side"), o -> o.toString());
    keeps("constructor", l -> l.u("Base").getConstructor(), o -> o.toString());
    keeps("method handle", l -> MethodHandles.publicLookup().findStatic(l.u("Base"), "lambda",
        MethodType.methodType(Supplier.class)), o -> invoke(o).replaceAll("Lambda.*", ""));
    keeps("bound handle", l -> MethodHandles.publicLookup().bind(l.make("Sub"), "twice",
        MethodType.methodType(int.class)), o -> invoke(o));
    keeps("var handle", l -> MethodHandles.publicLookup().findVarHandle(l.u("Base"), "side", int.class), o -> ""
        + ((VarHandle) o).coordinateTypes());
    keeps("method type", l -> MethodType.methodType(void.class, l.u("Base")), o -> ((MethodType) o).parameterType(0).getName());
    keeps("lambda", l -> l.call("Base", "lambda"), o -> ((Supplier<?>) o).get().toString());
    keeps("method reference on a string", l -> l.call("Base", "reference"), o -> ((Supplier<?>) o).get().toString());
    keeps("hidden instance", l -> l.call("Base", "hidden", bytes("Keepers$UHidden")), Object::toString);
    keeps("proxy", l -> Proxy.newProxyInstance(l, new Class<?>[] {l.u("Shape")}, (p, m, a) -> m.getName() + " proxy"), Object::toString);
    keeps("enum constant", l -> l.u("Enum").getEnumConstants()[1], Object::toString);
    keeps("record", l -> l.u("Record").getConstructors()[0].newInstance(1, "s"), o -> String.valueOf(o.hashCode()));
    keeps("annotation", l -> l.u("Base").getAnnotations()[0], o -> ((Annotation) o).annotationType().getName());
    keeps("stack trace", l -> l.call("Base", "thrown"), Keepers::trace);
    keeps("stack frames", l -> l.call("Base", "walked"), o -> ((List<?>) o).get(0).toString().replaceAll("\\(.*", ""));
    keeps("running frame", l -> thread(l, true), Keepers::end);
    keeps("context loader", l -> thread(l, false), Keepers::end);
    keeps("class value", l -> VALUE.get(l.u("Base")).getClass());
    keeps("static field", l -> {
      Loader m = new Loader();
      m.u("Base").getField("held").set(null, l.make("Sub"));
      return m.u("Base");
    }, o -> "");
    keeps("resolved class", l -> other(l, "UUser", "User"));
    keeps("resolved and used class", l -> {
      Object c = other(l, "UUser", "User");
      use(c);
      return c;
    }, Keepers::use);
    keeps("superclass", l -> other(l, "USub", "Sub"), Keepers::area);
    keeps("interface", l -> {
      Object c = other(l, "UBase", "Base");
      area(c);
      l.u("Base");
      return c;
    }, Keepers::area);
    keeps("JNI global reference", l -> globalNew(l.make("Base"), false), o -> {
      String s = globalGet((Long) o).toString().substring(0, 13);
      globalDelete((Long) o, false);
      return s;
    });
    keeps("JNI weak reference", l -> globalNew(l.make("Base"), true), o -> {
      Object gone = globalGet((Long) o);
      globalDelete((Long) o, true);
      return String.valueOf(gone);
    });
    finalizer();
    phantom();
  }

  static Reference<?>[] leave() throws Exception {
    Loader l = new Loader();
    l.make("Final");
    return new Reference<?>[] {new WeakReference<>(l), new WeakReference<>(l.u("Final"))};
  }

  static void finalizer() throws Exception {
    Reference<?>[] refs = leave();
    for (int i = 0; i < 200 && revived == null; i++) {
      collect();
      Thread.sleep(5);
    }
    collect();
    System.out.println(revived + " " + revived.getClass().getClassLoader().getClass().getSimpleName());
    revived = null;
    System.out.println("then " + dead(refs));
  }

  static void phantom() throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    List<Reference<?>> refs = new ArrayList<>();
    enqueue(queue, refs);
    int seen = 0;
    for (int i = 0; i < 100 && seen < 2; i++) {
      collect();
      while (queue.poll() != null) seen++;
    }
    Reference.reachabilityFence(refs);
    System.out.println("enqueued " + seen);
  }

  static void enqueue(ReferenceQueue<Object> queue, List<Reference<?>> refs) {
    Loader l = new Loader();
    refs.add(new PhantomReference<>(l, queue));
    refs.add(new PhantomReference<>(l.u("Base"), queue));
  }
}
