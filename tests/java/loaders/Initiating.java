import java.lang.invoke.MethodType;

/** ClassLoader.findLoadedClass answers what the vm has asked this loader for, too, and not what only Java code has. */
public class Initiating {
  static class Loader extends ClassLoader {
    int asked;

    Loader() {
      super(Initiating.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked++;
      if (name.equals("Initiating$Delegates")) {
        try (var in = Initiating.class.getResourceAsStream("Initiating$Delegates.class")) {
          byte[] b = in.readAllBytes();
          synchronized (getClassLoadingLock(name)) {
            Class<?> c = findLoadedClass(name);
            return c != null ? c : defineClass(name, b, 0, b.length);
          }
        } catch (java.io.IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return super.loadClass(name, resolve);
    }

    void show(String what, String name) {
      Class<?> c = findLoadedClass(name);
      System.out.println(what + ": " + (c == null ? "no" : c.getName() + (c.getClassLoader() == this ? " own" : "")));
    }
  }

  public static class Delegates implements Runnable {
    java.util.BitSet field;

    public void run() {
      Helper h = new Helper();
      h.hashCode();
    }
  }

  public static class Helper {
  }

  public static class Named {
  }

  public static void main(String[] args) throws Exception {
    Loader l = new Loader();
    String named = "Initiating$Named";
    l.show("nothing yet", named);
    l.loadClass(named);
    l.show("by loadClass", named);
    Class.forName(named, false, l);
    l.show("by forName", named);
    l.show("of the parent", "java.util.ArrayList");
    Class<?> d = Class.forName("Initiating$Delegates", false, l);
    l.show("defined", "Initiating$Delegates");
    l.show("superclass", "java.lang.Object");
    l.show("interface", "java.lang.Runnable");
    l.show("not yet resolved", "Initiating$Helper");
    l.show("field", "java.util.BitSet");
    Runnable r = (Runnable) d.getConstructor().newInstance();
    r.run();
    l.show("resolved", "Initiating$Helper");
    d.getDeclaredFields();
    l.show("field", "java.util.BitSet");
    l.show("array", "[LInitiating$Helper;");
    Class.forName("[LInitiating$Helper;", false, l);
    l.show("array", "[LInitiating$Helper;");
    l.show("array of other", "[Ljava.lang.Object;");
    MethodType.fromMethodDescriptorString("(Ljava/util/LinkedHashSet;)V", l);
    l.show("by Java code", "java.util.LinkedHashSet");
    l.show("bad name", "a/b");
    l.show("primitive", "int");
    System.out.println(l.asked > 3);
  }
}
