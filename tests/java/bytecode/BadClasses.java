// Class files that must be refused: ClassFormatError, UnsupportedClassVersionError and friends,
// with messages.
import java.util.Arrays;
import java.util.function.Consumer;

public class BadClasses {
  static void bad(String what, Consumer<Asm> change) {
    Asm a = new Asm("BadGen");
    change.accept(a);
    define(what, "BadGen", a.bytes());
  }

  static void define(String what, String name, byte[] bytes) {
    Asm.show(what, () -> {
      Class<?> c = new Asm.Loader().add(name, bytes).get(name);
      Class.forName(c.getName(), true, c.getClassLoader());
      return "accepted";
    });
  }

  static void bytes(String what, int at, int... vs) {
    byte[] b = new Asm("BadGen").constructor(Asm.OBJECT).bytes();
    for (int i = 0; i < vs.length; i++) b[at + i] = (byte) vs[i];
    define(what, "BadGen", b);
  }

  static byte[] inner(Asm a, int flags) {
    return new Asm.Bytes().u2(1, a.cls("BadGen$In"), a.cls("BadGen"), a.utf8("In"), flags).bytes();
  }

  public static void main(String[] args) {
    bad("good", a -> a.constructor(Asm.OBJECT));
    bad("magic", a -> a.magic = 0xCAFEBABF);
    bad("version 62", a -> a.major = 62);
    bad("version 99", a -> { a.major = 99; a.minor = 3; });
    bad("version 44", a -> a.major = 44);
    bad("version 45.3", a -> { a.major = 45; a.minor = 3; });
    bad("preview minor", a -> { a.major = 61; a.minor = 65535; });
    bad("old preview", a -> { a.major = 60; a.minor = 65535; });
    bad("odd minor", a -> { a.major = 61; a.minor = 1; });
    byte[] good = new Asm("BadGen").constructor(Asm.OBJECT).bytes();
    for (int n : new int[] {0, 3, 9, 20, good.length - 1}) define("cut to " + n, "BadGen", Arrays.copyOf(good, n));
    define("extra bytes", "BadGen", Arrays.copyOf(good, good.length + 1));
    define("wrong name", "Other", good);
    define("extends final", "BadGen", new Asm(49, 33, "BadGen", "java/lang/String").bytes());
    define("extends interface", "BadGen", new Asm(49, 33, "BadGen", "java/lang/Runnable").bytes());
    define("implements class", "BadGen", new Asm(49, 33, "BadGen", Asm.OBJECT, "java/lang/Thread").bytes());
    define("implements twice", "BadGen", new Asm(49, 33, "BadGen", Asm.OBJECT, "java/lang/Runnable",
        "java/lang/Runnable").bytes());
    define("extends itself", "BadGen", new Asm(49, 33, "BadGen", "BadGen").bytes());
    define("implements itself", "BadGen", new Asm(49, 33, "BadGen", Asm.OBJECT, "BadGen").bytes());
    define("no super", "BadGen", new Asm(49, 33, "BadGen", null).bytes());
    define("missing super", "BadGen", new Asm(49, 33, "BadGen", "no/Such").bytes());
    define("interface below class", "BadGen", new Asm(49, 0x601, "BadGen", "java/lang/Thread").bytes());
    define("java package", "java/lang/BadGen", new Asm("java/lang/BadGen").bytes());
    define("extends enum base", "BadGen", new Asm(49, 33, "BadGen", "java/lang/Enum").bytes());
    define("extends record", "BadGen", new Asm(61, 33, "BadGen", "java/lang/Record").bytes());
    for (int flags : new int[] {0x0411 | 0x20, 0x0201, 0x0611, 0x8021, 0x2021, 0x4021}) {
      define("access " + Integer.toHexString(flags), "BadGen", new Asm(61, flags, "BadGen", Asm.OBJECT).bytes());
    }
    bad("field twice", a -> { a.field(1, "f", "I"); a.field(2, "f", "I"); });
    bad("fields by type", a -> { a.field(1, "f", "I"); a.field(2, "f", "J"); });
    bad("field flags", a -> a.field(0x50, "f", "I"));
    bad("field flags 2", a -> a.field(3, "f", "I"));
    bad("field name", a -> a.field(1, "f;g", "I"));
    bad("empty name", a -> a.field(1, "", "I"));
    bad("field type", a -> a.field(1, "f", "Q"));
    bad("field void", a -> a.field(1, "f", "V"));
    bad("field long array", a -> a.field(1, "f", "[".repeat(256) + "I"));
    bad("constant type", a -> a.constant(9, "f", "I", a.string("s")));
    bad("constant index", a -> a.constant(9, "f", "I", 500));
    bad("method twice", a -> { a.method("m", "()V", 0, 0).op(Op.RETURN); a.method("m", "()V", 0, 0).op(Op.RETURN); });
    bad("method flags", a -> a.method(7, "m", "()V", 0, 0).op(Op.RETURN));
    bad("abstract final", a -> a.abstractMethod(0x411, "m", "()V"));
    bad("abstract in class", a -> a.abstractMethod(0x401, "m", "()V"));
    bad("method name", a -> a.method("<m>", "()V", 0, 0).op(Op.RETURN));
    bad("init result", a -> a.method(1, "<init>", "()I", 1, 1).op(Op.ICONST_0, Op.IRETURN));
    bad("clinit arguments", a -> { a.major = 61; a.method(8, "<clinit>", "(I)V", 0, 1).op(Op.RETURN); });
    bad("clinit not static", a -> { a.major = 61; a.method(0, "<clinit>", "()V", 0, 1).op(Op.RETURN); });
    bad("descriptor", a -> a.method("m", "(I", 0, 1).op(Op.RETURN));
    bad("descriptor 2", a -> a.method("m", "()", 0, 1).op(Op.RETURN));
    bad("descriptor 3", a -> a.method("m", "(Ljava.lang.String;)V", 0, 1).op(Op.RETURN));
    bad("256 arguments", a -> a.method("m", "(" + "I".repeat(256) + ")V", 0, 300).op(Op.RETURN));
    bad("few locals", a -> a.method("m", "(IIII)V", 0, 3).op(Op.RETURN));
    bad("no code", a -> a.abstractMethod(1, "m", "()V"));
    bad("code in native", a -> a.method(0x101, "m", "()V", 0, 1).op(Op.RETURN));
    bad("empty code", a -> a.method("m", "()V", 0, 0));
    bad("handler range", a -> a.method("m", "()V", 1, 0).label("a").op(Op.NOP).label("b").op(Op.RETURN)
        .handler("b", "a", "a", null));
    bad("pool tag", a -> a.raw(13, new byte[] {0, 1}));
    bad("pool index", a -> a.raw(7, new byte[] {(byte) 200, 0}));
    bad("utf8 zero byte", a -> a.raw(1, new byte[] {0, 1, 0}));
    bad("utf8 bad lead", a -> a.raw(1, new byte[] {0, 1, (byte) 0xff}));
    bad("handle kind", a -> { a.major = 61; a.handle(11, a.method("A", "b", "()V")); });
    bad("handle of field", a -> { a.major = 61; a.handle(5, a.field("A", "b", "I")); });
    bad("handle in 49", a -> a.handle(6, a.method("A", "b", "()V")));
    bad("condy in 54", a -> { a.major = 54; a.condy(0, "b", "I"); });
    bad("bootstrap index", a -> { a.major = 55; a.condy(3, "b", "I"); });
    bad("bootstrap argument", a -> {
      a.major = 55;
      a.condy(a.bootstrap(a.handle(6, a.method("A", "b", "()V")), a.integer(1), a.utf8("u")), "b", "I");
    });
    bad("class name", a -> a.cls("a.b"));
    bad("class name 2", a -> a.cls("[Lx"));
    bad("two SourceFiles", a -> { a.attribute("SourceFile", new byte[] {0, 1}); a.attribute("SourceFile",
        new byte[] {0, 1}); });
    bad("attribute length", a -> a.attribute("SourceFile", new byte[] {0, 1, 0}));
    bad("inner class with odd flags", a -> a.attribute("InnerClasses", inner(a, 0x63f)));
    bad("inner module", a -> { a.major = 53; a.attribute("InnerClasses", inner(a, 0x8000)); });
    bad("inner class twice", a -> {
      int[] row = {a.cls("BadGen$In"), a.cls("BadGen"), a.utf8("In"), 1};
      a.attribute("InnerClasses", new Asm.Bytes().u2(2).u2(row).u2(row).bytes());
    });
    bad("nest members and inner classes", a -> {
      a.major = 55;
      a.attribute("NestMembers", new Asm.Bytes().u2(1, a.utf8("no class")).bytes());
      a.attribute("InnerClasses", inner(a, 0x63f));
    });
    bad("permitted before record", a -> {
      a.major = 61;
      a.access &= ~Asm.FINAL;
      a.attribute("PermittedSubclasses", new Asm.Bytes().u2(1, a.utf8("no class")).bytes());
      a.attribute("NestMembers", new Asm.Bytes().u2(1, a.utf8("no class")).bytes());
    });
    bad("unknown attribute", a -> a.attribute("Nobody.Knows", new byte[] {1, 2, 3}));
    bytes("pool count", 8, 0, 0);
    bytes("pool count 1", 8, 0, 1);
    bytes("pool count big", 8, 0xff, 0xff);
  }
}
