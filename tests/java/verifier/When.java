// What links a class, and so verifies it; a class that failed is verified again.
import java.lang.invoke.MethodHandles;

public class When {
  static void ask(String what, Asm.Action a) {
    try {
      System.out.println(what + ": " + a.run());
    } catch (Throwable t) {
      System.out.println(what + ": " + t.toString().lines().findFirst().get());
    }
  }

  static Class<?> bad() {
    Asm a = new Asm(61, Asm.PUBLIC | Asm.SUPER, "Bad", Asm.OBJECT).constructor(Asm.OBJECT);
    a.field(Asm.PUBLIC | Asm.STATIC, "f", "I");
    a.method("m", "()I", 1, 0).op(Op.ACONST_NULL, Op.IRETURN);
    return new Asm.Loader().add(a).get("Bad");
  }

  static Class<?> below(Asm.Loader loader, String name) {
    return loader.add(new Asm(61, Asm.PUBLIC | Asm.SUPER, name, "Bad").constructor("Bad")).get(name);
  }

  public static void main(String[] args) {
    Class<?> c = bad();
    ask("name", c::getName);
    ask("modifiers", c::getModifiers);
    ask("without initialisation", () -> Class.forName("Bad", false, c.getClassLoader()));
    ask("array", () -> java.lang.reflect.Array.newInstance(c, 1).getClass());
    ask("super", c::getSuperclass);
    ask("constructors", () -> bad().getDeclaredConstructors().length);
    ask("methods", () -> bad().getDeclaredMethods().length);
    ask("public methods", () -> bad().getMethods().length);
    ask("fields", () -> bad().getDeclaredFields().length);
    ask("field", () -> bad().getField("f").getInt(null));
    ask("annotations", () -> bad().getAnnotations().length);
    ask("initialise", () -> Class.forName("Bad", true, c.getClassLoader()));
    ask("again", () -> Class.forName("Bad", true, c.getClassLoader()));
    ask("handle", () -> MethodHandles.lookup().findStatic(bad(), "m", java.lang.invoke.MethodType.methodType(int.class)));
    ask("subclass", () -> below((Asm.Loader) c.getClassLoader(), "Below").getDeclaredConstructor());
    ask("hidden", () -> {
      Asm a = new Asm(61, Asm.PUBLIC | Asm.SUPER, "Hide", Asm.OBJECT).constructor(Asm.OBJECT);
      a.method(Asm.PUBLIC, "self", "()LHide;", 1, 1).op(Op.ALOAD_0, Op.ARETURN);
      return MethodHandles.lookup().defineHiddenClass(a.bytes(), false).lookupClass().getSimpleName().length() > 0;
    });
    ask("hidden, by its own entry", () -> {
      Asm a = new Asm(61, Asm.PUBLIC | Asm.SUPER, "Hide", Asm.OBJECT).constructor(Asm.OBJECT);
      a.field(Asm.PUBLIC, "f", "I");
      a.method(Asm.PUBLIC, "self", "()I", 1, 1).op(Op.ALOAD_0).op2(Op.GETFIELD, a.field("Hide", "f", "I")).op(Op.IRETURN);
      return MethodHandles.lookup().defineHiddenClass(a.bytes(), true).lookupClass().getDeclaredMethods().length;
    });
  }
}
