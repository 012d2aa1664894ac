// modes: default,moving,baseline,ir
// jsr and ret: shared subroutines, nested ones, wide ret, jsr_w, values of different types over a
// jsr, a loop.
public class JsrRet {
  public static void main(String[] args) throws Throwable {
    Asm a = new Asm("JsrRetGen");
    String say = "(Ljava/lang/String;)Ljava/lang/StringBuffer;";
    a.method("twice", "(I)I", 3, 3)
        .jump(Op.JSR, "sub").jump(Op.JSR, "sub").jump(Op.JSR_W, "sub").op(Op.ILOAD_0, Op.IRETURN)
        .label("sub").op(Op.ASTORE_1, Op.IINC, 0, 5, Op.ILOAD_0, Op.ICONST_2, Op.IMUL, Op.ISTORE_0, Op.RET, 1);
    a.method("nested", "(I)I", 3, 4)
        .jump(Op.JSR, "outer").jump(Op.JSR, "outer").op(Op.ILOAD_0, Op.IRETURN)
        .label("outer").op(Op.ASTORE_1, Op.IINC, 0, 1).jump(Op.JSR, "inner").jump(Op.JSR, "inner").op(Op.RET, 1)
        .label("inner").op(Op.ASTORE_2, Op.ILOAD_0, Op.BIPUSH, 10, Op.IMUL, Op.ISTORE_0, Op.RET, 2);
    a.method("wideRet", "(I)I", 2, 400)
        .jump(Op.JSR, "sub").op(Op.ILOAD_0, Op.IRETURN)
        .label("sub").op(Op.WIDE, Op.ASTORE).u2(390).op(Op.WIDE, Op.IINC).u2(0, 1000).op(Op.WIDE, Op.RET).u2(390);
    // Local 2 holds an int at one call and a reference at the other: the subroutine does not touch it.
    a.method("poly", "(I)Ljava/lang/String;", 3, 4)
        .op(Op.ILOAD_0, Op.ISTORE_2).jump(Op.JSR, "sub").op(Op.IINC, 2, 1, Op.ILOAD_2, Op.ISTORE_0)
        .ldc(a.string("text")).op(Op.ASTORE_2).jump(Op.JSR, "sub").op(Op.ALOAD_2, Op.ARETURN)
        .label("sub").op(Op.ASTORE_1, Op.IINC, 0, 1).op2(Op.GETSTATIC, a.field("JsrRet", "seen",
            "Ljava/lang/StringBuffer;"))
        .op(Op.ILOAD_0).op2(Op.INVOKEVIRTUAL, a.method("java/lang/StringBuffer", "append",
            "(I)Ljava/lang/StringBuffer;"))
        .op(Op.POP, Op.RET, 1);
    // try { if (n == 0) throw; return n } finally { seen.append("F") } as compilers before 1.4.2 wrote it.
    a.method("tryFinally", "(I)I", 3, 5)
        .label("try").op(Op.ILOAD_0).jump(Op.IFNE, "ok").op2(Op.NEW, a.cls("java/lang/RuntimeException")).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, a.method("java/lang/RuntimeException", "<init>", "()V")).op(Op.ATHROW)
        .label("ok").op(Op.ILOAD_0, Op.ISTORE_1).label("end").jump(Op.JSR, "finally").op(Op.ILOAD_1, Op.IRETURN)
        .label("any").op(Op.ASTORE_2).jump(Op.JSR, "finally").op(Op.ALOAD_2, Op.ATHROW)
        .label("finally").op(Op.ASTORE, 4).op2(Op.GETSTATIC, a.field("JsrRet", "seen", "Ljava/lang/StringBuffer;"))
        .ldc(a.string("F")).op2(Op.INVOKEVIRTUAL, a.method("java/lang/StringBuffer", "append", say))
            .op(Op.POP, Op.RET, 4)
        .handler("try", "end", "any", null);
    a.method("loop", "(I)I", 3, 4)
        .op(Op.ICONST_0, Op.ISTORE_2).label("again").jump(Op.JSR, "sub").op(Op.IINC, 0, 0xff, Op.ILOAD_0)
            .jump(Op.IFGT, "again")
        .op(Op.ILOAD_2, Op.IRETURN)
        .label("sub").op(Op.ASTORE_3, Op.ILOAD_2, Op.ILOAD_0, Op.IADD, Op.ISTORE_2, Op.RET, 3);
    // A subroutine that never returns: it pops the return address.
    a.method("noReturn", "(I)I", 2, 2).jump(Op.JSR, "sub").label("sub").op(Op.POP, Op.ILOAD_0, Op.IRETURN);
    // Leaves two nested subroutines at once through the outer return address.
    a.method("leaveTwo", "(I)I", 2, 4).jump(Op.JSR, "outer").op(Op.IINC, 0, 100, Op.ILOAD_0, Op.IRETURN)
        .label("outer").op(Op.ASTORE_1).jump(Op.JSR, "inner").op(Op.IINC, 0, 50, Op.RET, 1)
        .label("inner").op(Op.ASTORE_2, Op.IINC, 0, 1, Op.RET, 1);
    Class<?> c = a.load();
    for (String m : "twice nested wideRet poly loop noReturn leaveTwo".split(" ")) {
      Asm.show(m, () -> Asm.call(c, m, 3) + " " + seen);
      seen.setLength(0);
    }
    Asm.show("tryFinally", () -> Asm.call(c, "tryFinally", 7) + " " + seen);
    Asm.show("tryFinally", () -> Asm.call(c, "tryFinally", 0));
    System.out.println(seen);
    int sum = 0;
    for (int i = 1; i < 300; i++) sum += (int) Asm.call(c, "loop", i) + (int) Asm.call(c, "twice", i);
    System.out.println(sum);
  }

  public static StringBuffer seen = new StringBuffer();
}
