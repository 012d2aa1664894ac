// What the programs of this folder share: they link a class and print what it says, line by line.
import java.util.function.Consumer;

final class Refuse {
  static final String NAME = "Gen";

  /** A method of a class of version 61: see what linking says. */
  static void code(String what, String desc, int stack, int locals, Consumer<Code> body) {
    type(what, 61, a -> body.accept(a.method("m", desc, stack, locals)));
  }

  static void type(String what, int major, Consumer<Asm> members) {
    Asm a = new Asm(major, Asm.PUBLIC | Asm.SUPER, NAME, Asm.OBJECT);
    members.accept(a);
    link(what, a);
  }

  static void link(String what, Asm a, Asm... others) {
    link(what, new Asm.Loader().add(a).add(others), a.name);
  }

  static void link(String what, Asm.Loader loader, String name) {
    System.out.println("--- " + what);
    try {
      Class.forName(name.replace('/', '.'), true, loader);
      System.out.println("accepted");
    } catch (Throwable t) {
      System.out.println(t + (t.getCause() == null ? "" : "\ncaused by " + t.getCause()));
    }
  }

  /** Verification types of a stack map, and frames. */
  static final int TOP = 0, INT = 1, FLOAT = 2, DOUBLE = 3, LONG = 4, NULL = 5, UNINIT_THIS = 6;

  static byte[] bytes(Object... parts) {
    Asm.Bytes b = new Asm.Bytes();
    for (Object p : parts) {
      if (p instanceof byte[] bs) b.put(bs);
      else b.u1((Integer) p);
    }
    return b.bytes();
  }

  static byte[] u2(int v) {
    return new Asm.Bytes().u2(v).bytes();
  }

  static byte[] object(Asm a, String name) {
    return new Asm.Bytes().u1(7).u2(a.cls(name)).bytes();
  }

  static byte[] uninit(int bci) {
    return new Asm.Bytes().u1(8).u2(bci).bytes();
  }

  private Refuse() {}
}
