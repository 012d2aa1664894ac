// Which verifier: inference up to version 49, type checking from 51, and at 50 the second chance.
public class Versions {
  static final String OBJECT = Asm.OBJECT;

  static void all(String what, java.util.function.BiConsumer<Asm, Code> body) {
    for (int major : new int[] {45, 48, 49, 50, 51, 61}) {
      Refuse.type(what + ", version " + major, major, a -> body.accept(a, a.method("m", "(I)I", 4, 3)));
    }
  }

  public static void main(String[] args) throws Exception {
    all("branch without map", (a, c) -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.NOP).label("x").op(Op.ICONST_0, Op.IRETURN));
    all("wrong map", (a, c) -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.NOP).label("x").op(Op.ICONST_0, Op.IRETURN)
        .stackMap(1, Refuse.bytes(64 + 5, Refuse.INT)));
    all("no map at all", (a, c) -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.NOP).label("x").op(Op.ICONST_0, Op.IRETURN)
        .stackMap(1, Refuse.bytes(200, 0)));
    all("bad uninitialized in map", (a, c) -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.NOP).label("x").op(Op.ICONST_0, Op.IRETURN)
        .stackMap(1, Refuse.bytes(64 + 5, Refuse.uninit(0))));
    all("types wrong", (a, c) -> c.op(Op.ACONST_NULL, Op.IRETURN));
    all("types wrong at merge", (a, c) -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.ACONST_NULL, Op.ISTORE_1).label("x").op(Op.ILOAD_1,
        Op.IRETURN).stackMap(1, Refuse.bytes(6)));
    all("jsr", (a, c) -> c.jump(Op.JSR, "x").op(Op.ICONST_0, Op.IRETURN).label("x").op(Op.ASTORE_1, Op.RET, 1));
    all("padding", (a, c) -> c.op(Op.ILOAD_0, Op.TABLESWITCH, 9, 9).u4(-1).u4(0).u4(-1));
    all("falls off", (a, c) -> c.op(Op.NOP));
    all("range of handler", (a, c) -> c.op(Op.SIPUSH).label("x").op(0, 0).label("y").op(Op.IRETURN).handler("x", "y", "y", null));
    all("field of wrong class", (a, c) -> c.op(Op.LDC, a.string("s")).op2(Op.GETFIELD, a.field("java/lang/Thread", "x", "I"))
        .op(Op.IRETURN));
    all("missing class merges", (a, c) -> c.op2(Op.GETSTATIC, a.field("x/Y", "y", "Lno/Such;")).op2(Op.PUTSTATIC,
        a.field("x/Y", "y", "Ljava/lang/Thread;")).op(Op.ICONST_0, Op.IRETURN));
    all("missing target", (a, c) -> c.op2(Op.GETSTATIC, a.field("x/Y", "y", "Ljava/lang/Thread;")).op2(Op.PUTSTATIC,
        a.field("x/Y", "y", "Lno/Such;")).op(Op.ICONST_0, Op.IRETURN));
    all("missing, same", (a, c) -> c.op2(Op.GETSTATIC, a.field("x/Y", "y", "Lno/Such;")).op2(Op.PUTSTATIC,
        a.field("x/Y", "y", "Lno/Such;")).op(Op.ICONST_0, Op.IRETURN));
  }
}
