// Fields, calls, constructors and constants in code that verification must refuse, or must not.
import java.util.function.BiConsumer;

public class Members {
  static final String BASE = "other/Base", SUB = "Sub", OBJECT = Asm.OBJECT;

  static void one(String what, String desc, int stack, int locals, BiConsumer<Asm, Code> body) {
    Refuse.type(what, 61, a -> body.accept(a, a.method("m", desc, stack, locals)));
  }

  static void pool() {
    one("ldc of utf8", "()V", 2, 0, (a, c) -> c.op(Op.LDC, a.utf8("x"), Op.POP, Op.RETURN));
    one("ldc of long", "()V", 2, 0, (a, c) -> c.op(Op.LDC, a.longs(5), Op.POP2, Op.RETURN));
    one("ldc2 of int", "()V", 2, 0, (a, c) -> c.op2(Op.LDC2_W, a.integer(5)).op(Op.POP, Op.RETURN));
    one("ldc beyond", "()V", 2, 0, (a, c) -> c.op(Op.LDC, 250, Op.POP, Op.RETURN));
    one("ldc 0", "()V", 2, 0, (a, c) -> c.op(Op.LDC, 0, Op.POP, Op.RETURN));
    one("ldc string as int", "()I", 2, 0, (a, c) -> c.op(Op.LDC, a.string("s"), Op.IRETURN));
    one("ldc class as string", "()Ljava/lang/String;", 2, 0, (a, c) -> c.op(Op.LDC, a.cls("x"), Op.ARETURN));
    one("ldc method type as handle", "()Ljava/lang/invoke/MethodHandle;", 2, 0,
        (a, c) -> c.op(Op.LDC, a.methodType("()V"), Op.ARETURN));
    one("ldc of wide dynamic", "()V", 2, 0, (a, c) -> c.op(Op.LDC, a.condy(boot(a), "d", "J"), Op.POP, Op.RETURN));
    one("ldc2 of narrow dynamic", "()V", 2, 0, (a, c) -> c.op2(Op.LDC2_W, a.condy(boot(a), "d", "I")).op(Op.POP, Op.RETURN));
    one("dynamic as float", "()F", 2, 0, (a, c) -> c.op(Op.LDC, a.condy(boot(a), "d", "I"), Op.FRETURN));
    one("new array", "()V", 2, 0, (a, c) -> c.op2(Op.NEW, a.cls("[I")).op(Op.POP, Op.RETURN));
    one("new utf8", "()V", 2, 0, (a, c) -> c.op2(Op.NEW, a.utf8("x")).op(Op.POP, Op.RETURN));
    one("newarray 12", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0, Op.NEWARRAY, 12, Op.POP, Op.RETURN));
    one("newarray as other", "()[I", 2, 0, (a, c) -> c.op(Op.ICONST_0, Op.NEWARRAY, 5, Op.ARETURN));
    one("anewarray as other", "()[I", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.ANEWARRAY, a.cls("[I")).op(Op.ARETURN));
    one("anewarray", "()[[I", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.ANEWARRAY, a.cls("[I")).op(Op.ARETURN));
    one("anewarray of 255", "()V", 2, 0,
        (a, c) -> c.op(Op.ICONST_0).op2(Op.ANEWARRAY, a.cls("[".repeat(255) + "I")).op(Op.POP, Op.RETURN));
    one("multi of class", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.MULTIANEWARRAY, a.cls("x")).op(1, Op.POP, Op.RETURN));
    one("multi of 0", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.MULTIANEWARRAY, a.cls("[I")).op(0, Op.POP, Op.RETURN));
    one("multi of 2", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0, Op.ICONST_0).op2(Op.MULTIANEWARRAY, a.cls("[I")).op(2, Op.POP, Op.RETURN));
    one("cast of int", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.CHECKCAST, a.cls("x")).op(Op.POP, Op.RETURN));
    one("cast gives other", "()Ljava/lang/Thread;", 2, 0,
        (a, c) -> c.op(Op.ACONST_NULL).op2(Op.CHECKCAST, a.cls("java/lang/String")).op(Op.ARETURN));
    one("instanceof of new", "()V", 2, 0,
        (a, c) -> c.op2(Op.NEW, a.cls(OBJECT)).op2(Op.INSTANCEOF, a.cls("x")).op(Op.POP, Op.RETURN));
  }

  static int boot(Asm a) {
    return a.bootstrap(a.handle(6, a.method("no/Such", "boot", "()V")));
  }

  static void fields() {
    one("field of method", "()V", 2, 0, (a, c) -> c.op2(Op.GETSTATIC, a.method("x", "y", "()V")).op(Op.RETURN));
    one("getstatic as other", "()I", 2, 0, (a, c) -> c.op2(Op.GETSTATIC, a.field("x", "y", "F")).op(Op.IRETURN));
    one("putstatic of other", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.PUTSTATIC, a.field("x", "y", "J")).op(Op.RETURN));
    one("putstatic byte", "()V", 2, 0, (a, c) -> c.op(Op.ICONST_0).op2(Op.PUTSTATIC, a.field("x", "y", "B")).op(Op.RETURN));
    one("getfield of other", "(Ljava/lang/String;)V", 2, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.GETFIELD, a.field("java/lang/Thread", "y", "J")).op(Op.POP2, Op.RETURN));
    one("getfield of array", "([I)V", 2, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.GETFIELD, a.field("[I", "length", "I")).op(Op.POP, Op.RETURN));
    one("getstatic of array", "([I)V", 2, 1, (a, c) -> c.op2(Op.GETSTATIC, a.field("[I", "length", "I")).op(Op.POP, Op.RETURN));
    one("putfield of other", "(Ljava/lang/String;)V", 4, 1, (a, c) -> c.op(Op.ALOAD_0, Op.ACONST_NULL)
        .op2(Op.PUTFIELD, a.field("java/lang/Thread", "y", "Ljava/lang/String;")).op(Op.RETURN));
    one("putfield wrong value", "(Ljava/lang/String;)V", 4, 1, (a, c) -> c.op(Op.ACONST_NULL, Op.ALOAD_0)
        .op2(Op.PUTFIELD, a.field("java/lang/Thread", "y", "Ljava/lang/Thread;")).op(Op.RETURN));
    one("putfield to nothing", "()V", 4, 0, (a, c) -> c.op(Op.ACONST_NULL)
        .op2(Op.PUTFIELD, a.field("java/lang/Thread", "y", "Ljava/lang/Thread;")).op(Op.RETURN));
  }

  static void calls() {
    one("call of field", "()V", 2, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.field("x", "y", "I")).op(Op.RETURN));
    one("virtual of interface method", "(Ljava/lang/Runnable;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEVIRTUAL, a.imethod("java/lang/Runnable", "run", "()V")).op(Op.RETURN));
    one("interface of class method", "(Ljava/lang/Thread;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.method("java/lang/Thread", "run", "()V")).op(1, 0, Op.RETURN));
    one("interface count", "(Ljava/lang/Runnable;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.imethod("java/lang/Runnable", "run", "()V")).op(2, 0, Op.RETURN));
    one("interface zero", "(Ljava/lang/Runnable;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.imethod("java/lang/Runnable", "run", "()V")).op(1, 1, Op.RETURN));
    one("interface on object", "(Ljava/lang/Object;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.imethod("java/lang/Runnable", "run", "()V")).op(1, 0, Op.RETURN));
    one("interface on array", "([I)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.imethod("java/lang/Runnable", "run", "()V")).op(1, 0, Op.RETURN));
    one("dynamic zero", "()V", 2, 0, (a, c) -> c.op2(Op.INVOKEDYNAMIC, a.indy(boot(a), "d", "()V")).op(0, 1, Op.RETURN));
    one("dynamic argument", "()V", 2, 0,
        (a, c) -> c.op(Op.ICONST_0).op2(Op.INVOKEDYNAMIC, a.indy(boot(a), "d", "(J)V")).op(0, 0, Op.RETURN));
    one("virtual on other", "(Ljava/lang/String;)V", 2, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL, a.method("java/lang/Thread", "run", "()V")).op(Op.RETURN));
    one("argument of other", "(Ljava/lang/Object;)V", 2, 1, (a, c) -> c.op(Op.ALOAD_0, Op.ALOAD_0)
        .op2(Op.INVOKEVIRTUAL, a.method(OBJECT, "f", "(Ljava/lang/Thread;)V")).op(Op.RETURN));
    one("too few arguments", "()V", 2, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.method(OBJECT, "f", "(JI)V")).op(Op.RETURN));
    one("result as other", "()I", 2, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.method(OBJECT, "f", "()J")).op(Op.IRETURN));
    one("result too wide", "()V", 1, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.method(OBJECT, "f", "()J")).op(Op.POP2, Op.RETURN));
    one("clinit", "()V", 1, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.method(OBJECT, "<clinit>", "()V")).op(Op.RETURN));
    one("interface clinit", "()V", 1, 0, (a, c) -> c.op(Op.ACONST_NULL)
        .op2(Op.INVOKEINTERFACE, a.imethod(OBJECT, "<clinit>", "()V")).op(1, 0, Op.RETURN));
    one("interface init", "()V", 1, 0, (a, c) -> c.op(Op.ACONST_NULL)
        .op2(Op.INVOKEINTERFACE, a.imethod(OBJECT, "<init>", "()V")).op(1, 0, Op.RETURN));
    one("static init", "()V", 1, 0, (a, c) -> c.op2(Op.INVOKESTATIC, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    one("virtual init", "(Ljava/lang/Object;)V", 1, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    one("special of stranger", "(Ljava/lang/Thread;)V", 1, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method("java/lang/Thread", "run", "()V")).op(Op.RETURN));
    one("special on super object", "(Ljava/lang/Object;)V", 1, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method(OBJECT, "hashCode", "()I")).op(Op.POP, Op.RETURN));
    Refuse.type("special of interface, old", 51, a -> a.method(Asm.PUBLIC, "m", "()V", 1, 1).op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.imethod("java/lang/Runnable", "run", "()V")).op(Op.RETURN));
    Refuse.type("dynamic, old", 50, a -> a.method(Asm.PUBLIC | Asm.STATIC, "m", "()V", 1, 1)
        .op2(Op.INVOKEDYNAMIC, a.raw(18, new byte[4])).op(0, 0, Op.RETURN));
    Asm list = new Asm(61, Asm.PUBLIC | Asm.SUPER | Asm.ABSTRACT, "Gen", OBJECT, "java/util/List");
    list.method(Asm.PUBLIC, "m", "()V", 1, 1).op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, list.imethod("java/util/Collection", "stream", "()Ljava/util/stream/Stream;")).op(Op.POP, Op.RETURN);
    Refuse.link("special of indirect interface", list);
  }

  static void init(String what, int stack, int locals, BiConsumer<Asm, Code> body) {
    Refuse.type(what, 61, a -> body.accept(a, a.method(Asm.PUBLIC, "<init>", "()V", stack, locals)));
  }

  static void constructors() {
    init("no super call", 1, 1, (a, c) -> c.op(Op.RETURN));
    init("super call", 1, 1, (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    init("super call twice", 1, 1, (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V"))
        .op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    init("stranger's constructor", 1, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method("java/lang/Thread", "<init>", "()V")).op(Op.RETURN));
    init("uses this before", 1, 1, (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL, a.method("Gen", "f", "()V")).op(Op.RETURN));
    init("stores own field before", 2, 1, (a, c) -> {
      a.field(1, "f", "I");
      c.op(Op.ALOAD_0, Op.ICONST_0).op2(Op.PUTFIELD, a.field("Gen", "f", "I")).op(Op.ALOAD_0)
          .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN);
    });
    init("stores other field before", 2, 1, (a, c) -> c.op(Op.ALOAD_0, Op.ICONST_0)
        .op2(Op.PUTFIELD, a.field("Gen", "g", "I")).op(Op.RETURN));
    init("loads own field before", 2, 1, (a, c) -> {
      a.field(1, "f", "I");
      c.op(Op.ALOAD_0).op2(Op.GETFIELD, a.field("Gen", "f", "I")).op(Op.POP, Op.RETURN);
    });
    init("returns this", 2, 1, (a, c) -> c.op(Op.ALOAD_0, Op.ARETURN));
    init("throws", 2, 1, (a, c) -> c.op(Op.ACONST_NULL, Op.ATHROW));
    init("branch loses this", 2, 1, (a, c) -> c.op(Op.ICONST_0).jump(Op.IFEQ, "x").op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).label("x").op(Op.RETURN)
        .stackMap(1, Refuse.bytes(255, Refuse.u2(8), Refuse.u2(1), Refuse.TOP, Refuse.u2(0))));
    init("branch keeps this", 2, 1, (a, c) -> c.op(Op.ICONST_0).jump(Op.IFEQ, "x").label("x").op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN).stackMap(1, Refuse.bytes(4)));
    init("super call in try", 1, 1, (a, c) -> c.label("a").op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).label("b").op(Op.RETURN).label("h").op(Op.POP, Op.RETURN)
        .handler("a", "b", "h", null)
        .stackMap(1, Refuse.bytes(255, Refuse.u2(5), Refuse.u2(1), Refuse.TOP, Refuse.u2(1), Refuse.object(a, "java/lang/Throwable"))));
    init("super call in try that throws", 1, 1, (a, c) -> c.label("a").op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).label("b").op(Op.RETURN).label("h").op(Op.ATHROW)
        .handler("a", "b", "h", null)
        .stackMap(1, Refuse.bytes(255, Refuse.u2(5), Refuse.u2(1), Refuse.TOP, Refuse.u2(1), Refuse.object(a, "java/lang/Throwable"))));
    init("super call in try, flag kept", 1, 1, (a, c) -> c.label("a").op(Op.ALOAD_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).label("b").op(Op.RETURN).label("h").op(Op.ATHROW)
        .handler("a", "b", "h", null)
        .stackMap(1, Refuse.bytes(255, Refuse.u2(5), Refuse.u2(1), Refuse.UNINIT_THIS, Refuse.u2(1), Refuse.object(a, "java/lang/Throwable"))));
    one("init of object", "(Ljava/lang/Object;)V", 2, 1,
        (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    one("init of null", "()V", 2, 1,
        (a, c) -> c.op(Op.ACONST_NULL).op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    one("init of other", "()V", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls("java/lang/Thread"))
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN));
    one("uninitialized as object", "()Ljava/lang/Object;", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls(OBJECT)).op(Op.ARETURN));
    one("uninitialized in two places", "()Ljava/lang/Object;", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls(OBJECT)).op(Op.DUP, Op.ASTORE_0)
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.ALOAD_0, Op.ARETURN));
    one("uninitialized thrown", "()V", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls("java/lang/Error")).op(Op.ATHROW));
    one("uninitialized compared", "()V", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls("java/lang/Error")).jump(Op.IFNULL, "x").label("x")
        .op(Op.RETURN).stackMap(1, Refuse.bytes(6)));
    one("uninitialized at target", "()V", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls(OBJECT)).op(Op.ICONST_0).jump(Op.IFEQ, "x").label("x")
        .op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN)
        .stackMap(1, Refuse.bytes(64 + 7, Refuse.uninit(0))));
    one("uninitialized of another new", "()V", 2, 1, (a, c) -> c.op2(Op.NEW, a.cls(OBJECT)).op(Op.POP).op2(Op.NEW, a.cls(OBJECT))
        .op(Op.ICONST_0).jump(Op.IFEQ, "x").label("x").op2(Op.INVOKESPECIAL, a.method(OBJECT, "<init>", "()V")).op(Op.RETURN)
        .stackMap(1, Refuse.bytes(64 + 11, Refuse.uninit(0))));
  }

  static Asm base() {
    Asm b = new Asm(61, Asm.PUBLIC | Asm.SUPER, BASE, OBJECT);
    b.method(4, "<init>", "()V", 1, 1).op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, b.method(OBJECT, "<init>", "()V")).op(Op.RETURN);
    b.field(4, "f", "I");
    b.method(4, "f", "()V", 0, 1).op(Op.RETURN);
    return b;
  }

  static void guarded(String what, String desc, BiConsumer<Asm, Code> body) {
    Asm s = new Asm(61, Asm.PUBLIC | Asm.SUPER, SUB, BASE).constructor(BASE);
    body.accept(s, s.method("m", desc, 3, 1));
    Refuse.link(what, s, base());
  }

  static void guards() {
    String b = "(L" + BASE + ";)V", s = "(L" + SUB + ";)V";
    guarded("protected field of base", b, (a, c) -> c.op(Op.ALOAD_0).op2(Op.GETFIELD, a.field(BASE, "f", "I")).op(Op.POP, Op.RETURN));
    guarded("protected field of sub", s, (a, c) -> c.op(Op.ALOAD_0).op2(Op.GETFIELD, a.field(BASE, "f", "I")).op(Op.POP, Op.RETURN));
    guarded("protected field stored", b, (a, c) -> c.op(Op.ALOAD_0, Op.ICONST_0).op2(Op.PUTFIELD, a.field(BASE, "f", "I")).op(Op.RETURN));
    guarded("protected method of base", b, (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL, a.method(BASE, "f", "()V")).op(Op.RETURN));
    guarded("protected method of sub", s, (a, c) -> c.op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL, a.method(BASE, "f", "()V")).op(Op.RETURN));
    guarded("protected method of null", s, (a, c) -> c.op(Op.ACONST_NULL).op2(Op.INVOKEVIRTUAL, a.method(BASE, "f", "()V")).op(Op.RETURN));
    guarded("protected init", s, (a, c) -> c.op2(Op.NEW, a.cls(BASE)).op2(Op.INVOKESPECIAL, a.method(BASE, "<init>", "()V")).op(Op.RETURN));
    guarded("clone of object", "(Ljava/lang/Object;)V", (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEVIRTUAL, a.method(OBJECT, "clone", "()Ljava/lang/Object;")).op(Op.POP, Op.RETURN));
    guarded("clone of array", "([I)V", (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEVIRTUAL, a.method(OBJECT, "clone", "()Ljava/lang/Object;")).op(Op.POP, Op.RETURN));
    guarded("finalize of array", "([I)V", (a, c) -> c.op(Op.ALOAD_0)
        .op2(Op.INVOKEVIRTUAL, a.method(OBJECT, "finalize", "()V")).op(Op.RETURN));
  }

  public static void main(String[] args) {
    pool();
    fields();
    calls();
    constructors();
    guards();
  }
}
