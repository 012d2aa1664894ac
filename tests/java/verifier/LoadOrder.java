// Which classes a loader is asked for while a class is linked, and in which order.
import java.util.function.Consumer;

public class LoadOrder {
  static final String A = "gen/A", B = "gen/B", FACE = "gen/Face", MAIN = "gen/Main";

  static final class Tracing extends ClassLoader {
    final java.util.Map<String, byte[]> known = new java.util.HashMap<>();

    Tracing() {
      super(LoadOrder.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> c = findLoadedClass(name);
      System.out.println("  load " + name + (c == null ? "" : " again"));
      byte[] b = known.get(name);
      if (c == null && b != null) c = defineClass(name, b, 0, b.length);
      return c == null ? super.loadClass(name, resolve) : c;
    }
  }

  static void link(String what, Consumer<Asm> body) {
    System.out.println("--- " + what);
    Asm main = new Asm(61, 33, MAIN, Asm.OBJECT), a = new Asm(61, 33, A, Asm.OBJECT), b = new Asm(61, 33, B, A, FACE),
        f = new Asm(61, 0x601, FACE, Asm.OBJECT);
    body.accept(main);
    Tracing t = new Tracing();
    for (Asm x : new Asm[] {main, a, b, f}) t.known.put(x.name.replace('/', '.'), x.bytes());
    try {
      Class.forName(MAIN.replace('/', '.'), true, t);
      System.out.println("  accepted");
    } catch (Throwable e) {
      System.out.println("  " + e.toString().lines().findFirst().get());
    }
  }

  static void pass(String from, String to) {
    link(from + " to " + to, m -> m.method("m", "()V", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", from))
        .op2(Op.PUTSTATIC, m.field(MAIN, "f", to)).op(Op.RETURN));
  }

  public static void main(String[] args) {
    String[] types = {"Lgen/A;", "Lgen/B;", "Lgen/Face;", "Lno/Such;", "Ljava/lang/Object;", "Ljava/lang/Runnable;", "[Lgen/A;",
        "[Lgen/B;", "[I", "[[Lgen/A;", "[Ljava/lang/Object;", "Ljava/lang/Cloneable;", "[Lno/Such;", "[Lgen/Face;", "Lgen/Main;"};
    for (String from : types) {
      for (String to : types) pass(from, to);
    }
    link("catch", m -> m.method("m", "()V", 2, 1).label("a").op(Op.NOP).label("b").op(Op.RETURN).label("h").op(Op.POP, Op.RETURN)
        .handler("a", "b", "h", B).stackMap(1, Refuse.bytes(64 + 2, Refuse.object(m, A))));
    link("throw", m -> m.method("m", "()V", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;")).op(Op.ATHROW));
    link("call", m -> m.method("m", "()V", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;"))
        .op2(Op.INVOKEVIRTUAL, m.method(A, "f", "()V")).op(Op.RETURN));
    link("call of interface", m -> m.method("m", "()V", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;"))
        .op2(Op.INVOKEINTERFACE, m.imethod(FACE, "f", "()V")).op(1, 0, Op.RETURN));
    link("return", m -> m.method("m", "()Lgen/A;", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;")).op(Op.ARETURN));
    link("cast", m -> m.method("m", "()V", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;"))
        .op2(Op.CHECKCAST, m.cls(A)).op(Op.POP, Op.RETURN));
    link("new", m -> m.method("m", "()Lgen/A;", 2, 1).op2(Op.NEW, m.cls(B)).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, m.method(B, "<init>", "()V")).op(Op.ARETURN));
    link("merge", m -> m.method("m", "(I)Lgen/A;", 2, 1).op2(Op.GETSTATIC, m.field(MAIN, "f", "Lgen/B;")).op(Op.ILOAD_0).jump(Op.IFEQ,
        "x").label("x").op(Op.ARETURN).stackMap(1, Refuse.bytes(64 + 7, Refuse.object(m, A))));
  }
}
