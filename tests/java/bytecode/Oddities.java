// Things javac does not write: athrow of null, multianewarray with spare dimensions,
// unbalanced-looking monitors,
// objects never initialised, handlers that cover themselves, invokeinterface on Object's methods, odd names.
public class Oddities {
  static Asm a = new Asm("OdditiesGen");

  public static String shape(Object o) {
    StringBuilder sb = new StringBuilder(o.getClass().getName());
    while (o instanceof Object[] os && os.length > 0) {
      sb.append(' ').append(os.length);
      o = os[0];
    }
    return sb.append(o == null ? " null" : " " + java.lang.reflect.Array.getLength(o)).toString();
  }

  public static void main(String[] args) throws Throwable {
    String obj = "Ljava/lang/Object;";
    a.constructor(Asm.OBJECT);
    a.method("athrowNull", "()V", 2, 0).op(Op.ACONST_NULL, Op.ATHROW);
    a.method("multi2of4", "()" + obj, 4, 0).op(Op.ICONST_2, Op.ICONST_3).op2(Op.MULTIANEWARRAY, a.cls("[[[[I"))
        .op(2, Op.ARETURN);
    a.method("multi1", "()" + obj, 4, 0).op(Op.ICONST_2).op2(Op.MULTIANEWARRAY, a.cls("[Ljava/lang/String;"))
        .op(1, Op.ARETURN);
    a.method("multi3", "()" + obj, 4, 0).op(Op.ICONST_2, Op.ICONST_1, Op.ICONST_4).op2(Op.MULTIANEWARRAY, a.cls("[[[J"))
        .op(3, Op.ARETURN);
    a.method("multiZero", "()" + obj, 4, 0).op(Op.ICONST_0, Op.ICONST_M1).op2(Op.MULTIANEWARRAY, a.cls("[[B"))
        .op(2, Op.ARETURN);
    a.method("multiZero2", "()" + obj, 4, 0).op(Op.ICONST_0, Op.ICONST_5).op2(Op.MULTIANEWARRAY, a.cls("[[B"))
        .op(2, Op.ARETURN);
    // new without <init>: legal as long as nobody uses the object.
    a.method("neverInit", "()I", 3, 2).op2(Op.NEW, a.cls("java/lang/Thread"))
        .op(Op.DUP, Op.POP, Op.POP, Op.ICONST_4, Op.IRETURN);
    // The uninitialised object stays on the stack while a loop runs backwards under it.
    a.method("backward", "(I)" + obj, 5, 2).op2(Op.NEW, a.cls("java/lang/StringBuilder"))
        .op(Op.DUP, Op.ICONST_0, Op.ISTORE_1)
        .label("top").op(Op.IINC, 1, 2, Op.IINC, 0, 0xff).op2(Op.INVOKESTATIC,
            a.method("java/lang/System", "gc", "()V"))
        .op(Op.ILOAD_0).jump(Op.IFGT, "top")
        .op(Op.ILOAD_1).op2(Op.INVOKESPECIAL, a.method("java/lang/StringBuilder", "<init>", "(I)V"))
        .op(Op.ILOAD_1).op2(Op.INVOKEVIRTUAL, a.method("java/lang/StringBuilder", "append",
            "(I)Ljava/lang/StringBuilder;")).op(Op.ARETURN);
    // A synchronized method entered twice by monitorenter, left by one exit and the return: an error at the end.
    a.method("leaveLocked", "()I", 2, 1).ldc(a.string("lock")).op(Op.MONITORENTER, Op.ICONST_1, Op.IRETURN);
    a.method("exitTwice", "()I", 2, 1).ldc(a.string("lock2")).op(Op.DUP, Op.MONITORENTER, Op.DUP, Op.MONITOREXIT,
        Op.MONITOREXIT, Op.ICONST_1, Op.IRETURN);
    a.method("enterNull", "()I", 2, 1).op(Op.ACONST_NULL, Op.MONITORENTER, Op.ICONST_1, Op.IRETURN);
    // A handler whose range covers the handler itself, as javac writes for synchronized: it loops until the work is done.
    a.field(Asm.PUBLIC | Asm.STATIC, "n", "I");
    a.method("selfCover", "()I", 4, 1).label("a").op2(Op.GETSTATIC, a.field("OdditiesGen", "n", "I"))
        .op(Op.ICONST_1, Op.IADD, Op.DUP)
        .op2(Op.PUTSTATIC, a.field("OdditiesGen", "n", "I")).op(Op.BIPUSH, 10, Op.ISUB).jump(Op.IFGE, "done")
            .op(Op.ACONST_NULL, Op.ATHROW)
        .label("h").op(Op.POP).jump(Op.GOTO, "a").label("done").op2(Op.GETSTATIC, a.field("OdditiesGen", "n", "I"))
            .op(Op.IRETURN)
        .label("z").handler("a", "z", "h", null);
    // The first matching row wins.
    a.method("order", "(I)I", 4, 1).label("a").op(Op.ICONST_5, Op.ILOAD_0, Op.IDIV, Op.IRETURN).label("b")
        .label("h1").op(Op.POP, Op.ICONST_1, Op.IRETURN).label("h2").op(Op.POP, Op.ICONST_2, Op.IRETURN)
        .handler("a", "b", "h1", "java/lang/ArithmeticException").handler("a", "b", "h2", "java/lang/Throwable");
    a.method("faceHash", "(Ljava/util/List;)Z", 4, 1).op(Op.ALOAD_0, Op.ALOAD_0)
        .op2(Op.INVOKEINTERFACE, a.imethod("java/util/List", "equals", "(Ljava/lang/Object;)Z")).op(2, 0, Op.IRETURN);
    // Interfaces are treated as Object by the verifier: a wrong one is found at the call.
    a.method("wrongFace", "(Ljava/lang/Object;)I", 2, 1).op(Op.ALOAD_0).op2(Op.INVOKESTATIC,
        a.method("OdditiesGen", "size", "(Ljava/util/List;)I")).op(Op.IRETURN);
    a.method("size", "(Ljava/util/List;)I", 2, 1).op(Op.ALOAD_0).op2(Op.INVOKEINTERFACE,
        a.imethod("java/util/List", "size", "()I")).op(1, 0, Op.IRETURN);
    a.method("arrayClone", "([I)" + obj, 2, 1).op(Op.ALOAD_0).op2(Op.INVOKEVIRTUAL,
        a.method("[I", "clone", "()Ljava/lang/Object;")).op(Op.ARETURN);
    a.method("arrayHash", "([I)Z", 3, 1).op(Op.ALOAD_0, Op.ALOAD_0).op2(Op.INVOKEVIRTUAL,
        a.method("[I", "equals", "(Ljava/lang/Object;)Z")).op(Op.IRETURN);
    a.method("castNull", "()" + obj, 2, 0).op(Op.ACONST_NULL).op2(Op.CHECKCAST, a.cls("no/SuchClass")).op(Op.ARETURN);
    a.method("instNull", "()I", 2, 0).op(Op.ACONST_NULL).op2(Op.INSTANCEOF, a.cls("no/SuchClass")).op(Op.IRETURN);
    a.method("1 odd-name+\u00e9", "()I", 2, 0).op(Op.BIPUSH, 77, Op.IRETURN);
    a.method("overload", "()I", 2, 0).op(Op.ICONST_1, Op.IRETURN);
    a.method(Asm.STATIC | Asm.PUBLIC, "overload", "()J", 2, 0).op(Op.LCONST_1, Op.LRETURN);
    a.method("callBoth", "()J", 4, 0).op2(Op.INVOKESTATIC, a.method("OdditiesGen", "overload", "()J"))
        .op2(Op.INVOKESTATIC, a.method("OdditiesGen", "overload", "()I")).op(Op.I2L, Op.LADD, Op.LRETURN);
    a.method("nops", "(I)I", 2, 2).op(Op.NOP, Op.ILOAD_0, Op.NOP, Op.BIPUSH, 40, Op.NOP, Op.NOP, Op.IADD, Op.NOP,
        Op.ISTORE_1, Op.NOP, Op.ILOAD_1, Op.NOP, Op.IRETURN);
    Class<?> c = a.load();
    for (String m : "multi2of4 multi1 multi3 multiZero multiZero2".split(" ")) Asm.show(m, () -> shape(Asm.call(c, m)));
    for (String m : "athrowNull neverInit leaveLocked exitTwice enterNull selfCover castNull instNull callBoth".split(" ")) {
      Asm.show(m, () -> Asm.call(c, m));
    }
    Asm.show("backward", () -> Asm.call(c, "backward", 20));
    Asm.show("nops", () -> Asm.call(c, "nops", 2));
    Asm.show("order", () -> Asm.call(c, "order", 0) + " " + Asm.call(c, "order", 5));
    Asm.show("faceEquals", () -> Asm.call(c, "faceHash", java.util.List.of(1)));
    Asm.show("wrongFace", () -> Asm.call(c, "wrongFace", "a string"));
    Asm.show("rightFace", () -> Asm.call(c, "wrongFace", java.util.List.of(1, 2)));
    Asm.show("arrayClone", () -> ((int[]) Asm.call(c, "arrayClone", new int[] {1, 2}))[1] + " "
        + Asm.call(c, "arrayHash", new int[0]));
    Asm.show("oddName", () -> Asm.call(c, "1 odd-name+\u00e9"));
    System.out.println(Thread.holdsLock("lock") + " " + c.getMethods().length);
  }
}
