import java.lang.instrument.*;
import java.security.ProtectionDomain;
import java.util.*;

/* Retransformation, and the rest of the interface. */
public class Transform {
  static Instrumentation instrumentation;

  public static void premain(String options, Instrumentation i) {
    instrumentation = i;
  }

  static class Subject {
    static String text() { return "alpha"; }
  }

  static class Changed {
    static String text() { return "alpha"; }
  }

  static ClassFileTransformer transformer(String only, String from, String to) {
    return new ClassFileTransformer() {
      @Override
      public byte[] transform(ClassLoader loader, String name, Class<?> c, ProtectionDomain d, byte[] file) {
        if (!only.equals(name))
          return null;
        byte[] b = Load.replace(file, from, to);
        System.out.println("  " + from + " -> " + to + " in " + name + ", " + c + ": " + (b != null));
        return b;
      }
    };
  }

  static void again(Class<?>... classes) {
    try {
      instrumentation.retransformClasses(classes);
    } catch (Throwable e) {
      System.out.println(e);
    }
  }

  static void retransform() {
    System.out.println(Subject.text());
    ClassFileTransformer one = transformer("Transform$Subject", "alpha", "gamma");
    ClassFileTransformer two = transformer("Transform$Subject", "gamma", "delta");
    ClassFileTransformer once = transformer("Transform$Subject", "alpha", "never");
    instrumentation.addTransformer(once, false);
    instrumentation.addTransformer(one, true);
    again(Subject.class);
    System.out.println(Subject.text());
    instrumentation.addTransformer(two, true);
    again(Subject.class);
    System.out.println(Subject.text());
    instrumentation.removeTransformer(one);
    again(Subject.class);
    System.out.println(Subject.text());
    instrumentation.removeTransformer(two);
    again(Subject.class);
    System.out.println(Subject.text());
    instrumentation.removeTransformer(once);
    // changed when it is loaded: a retransformation begins with what it was
    ClassFileTransformer load = transformer("Transform$Changed", "alpha", "gamma");
    instrumentation.addTransformer(load, true);
    System.out.println(Changed.text());
    again(Changed.class);
    System.out.println(Changed.text());
    instrumentation.removeTransformer(load);
    again(Changed.class);
    System.out.println(Changed.text());
    again();
    again(int.class);
    again(String[].class);
    again((Class<?>) null);
  }

  static final class Broken implements ClassFileTransformer {
    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> c, ProtectionDomain d, byte[] file) {
      return c == Subject.class ? new byte[] {1, 2, 3} : null;
    }
  }

  /* Classes of the library, among them such as the vm has code of its own for. */
  static void library() {
    ClassFileTransformer t = transformer("java/util/Optional", "No value present", "Nothing is there");
    instrumentation.addTransformer(t, true);
    again(Optional.class, String.class, Math.class, ArrayList.class, Thread.class, Object.class, Class.class);
    try {
      Optional.empty().get();
    } catch (NoSuchElementException e) {
      System.out.println(e.getMessage());
    }
    instrumentation.removeTransformer(t);
    again(Optional.class);
    try {
      Optional.empty().get();
    } catch (NoSuchElementException e) {
      System.out.println(e.getMessage());
    }
    System.out.println("text".indexOf("x") + Math.max(3, 4) + new ArrayList<>(List.of(1, 2)).size());
    instrumentation.addTransformer(new Broken(), true);
    again(Subject.class);
    System.out.println(Subject.text());
  }

  static void questions() throws Exception {
    System.out.println(instrumentation.isRedefineClassesSupported() + " " + instrumentation.isRetransformClassesSupported()
        + " " + instrumentation.isNativeMethodPrefixSupported());
    for (Class<?> c : List.of(Transform.class, String.class, Object.class, int.class, String[].class,
        ((Runnable) () -> {}).getClass(), Comparable.class))
      System.out.println((c.isHidden() ? "hidden" : c.getName()) + " " + instrumentation.isModifiableClass(c));
    List<Class<?>> all = List.of(instrumentation.getAllLoadedClasses());
    System.out.println(all.contains(Transform.class) + " " + all.contains(String.class) + " " + all.contains(String[].class)
        + " " + all.contains(int.class) + " " + all.contains(int[].class));
    List<Class<?>> own = List.of(instrumentation.getInitiatedClasses(Transform.class.getClassLoader()));
    System.out.println(own.contains(Transform.class) + " " + own.contains(Load.class));
    List<Class<?>> boot = List.of(instrumentation.getInitiatedClasses(null));
    System.out.println(boot.contains(String.class) + " " + boot.contains(Transform.class));
    System.out.println(instrumentation.getObjectSize(new long[100]) - instrumentation.getObjectSize(new long[0]));
    System.out.println(instrumentation.getObjectSize(new Object()) > 0);
    try {
      instrumentation.getObjectSize(null);
    } catch (NullPointerException e) {
      System.out.println(e.getMessage());
    }
  }

  static void modules() throws Exception {
    Module base = Object.class.getModule(), own = Transform.class.getModule(), sql = ModuleLayer.boot()
        .findModule("java.logging").get();
    System.out.println(instrumentation.isModifiableModule(base) + " " + instrumentation.isModifiableModule(own));
    System.out.println(base.isOpen("java.lang", own) + " " + base.isExported("jdk.internal.misc", own) + " " + base.canRead(sql));
    instrumentation.redefineModule(base, Set.of(sql), Map.of("jdk.internal.misc", Set.of(own)),
        Map.of("java.lang", Set.of(own)), Set.of(Runnable.class), Map.of());
    System.out.println(base.isOpen("java.lang", own) + " " + base.isExported("jdk.internal.misc", own) + " "
        + base.canRead(sql) + " " + base.canUse(Runnable.class));
    java.lang.reflect.Field f = String.class.getDeclaredField("hash");
    f.setAccessible(true);
    System.out.println("a".hashCode() == f.getInt("a"));
    try {
      instrumentation.redefineModule(base, Set.of(), Map.of("no.such", Set.of(own)), Map.of(), Set.of(), Map.of());
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    retransform();
    library();
    questions();
    modules();
  }
}
