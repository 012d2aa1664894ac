// vmopts: -Xverify:none
// Without verification a class is linked whatever its code is, and format checks are fewer; what is never run does no harm.
public class Off {
  public static void main(String[] args) {
    Refuse.code("int as object", "()Ljava/lang/Object;", 2, 0, c -> c.op(Op.ICONST_0, Op.ARETURN));
    Refuse.code("falls off", "()V", 2, 0, c -> c.op(Op.NOP));
    Refuse.type("no super call", 61, a -> a.method(Asm.PUBLIC, "<init>", "()V", 1, 1).op(Op.RETURN));
    Refuse.code("no stack map", "(I)V", 2, 1, c -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").label("x").op(Op.RETURN));
    Refuse.type("fields twice", 61, a -> {
      a.field(1, "f", "I");
      a.field(1, "f", "I");
    });
    Refuse.type("field flags", 61, a -> a.field(3, "f", "I"));
    Refuse.type("old and wrong", 48, a -> a.method("m", "()I", 1, 0).op(Op.ACONST_NULL, Op.IRETURN));
  }
}
