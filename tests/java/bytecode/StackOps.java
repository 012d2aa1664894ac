// pop2, dup_x1, dup_x2, dup2, dup2_x1, dup2_x2 in all their forms, swap; nop runs; narrowing;
// booleans in arrays.
public class StackOps {
  static Asm a = new Asm("StackOpsGen");

  /** Folds the ints on the stack: ((a * 10) + b) * 10 + c ... from the top down. */
  static Code fold(Code c, int ints) {
    for (int i = 1; i < ints; i++) c.op(Op.BIPUSH, 10, Op.IMUL, Op.IADD);
    return c.op(Op.IRETURN);
  }

  static Code ints(String name) {
    return a.method(name, "()I", 12, 8).op(Op.ICONST_1, Op.ICONST_2, Op.ICONST_3, Op.ICONST_4);
  }

  /** Appends l<long> or i<int> for the values of the stack, named from the top. */
  static void mixed(String name, String push, int opcode, String result) {
    Code c = a.method(name, "()Ljava/lang/String;", 14, 1);
    int n = 1;
    for (char t : push.toCharArray()) {
      if (t == 'i') c.op(Op.ICONST_0 + n++);
      else c.op2(Op.LDC2_W, a.longs(n++ * 1000000007L));
    }
    c.op(opcode);
    for (char t : result.toCharArray()) {
      c.op2(Op.INVOKESTATIC, a.method("StackOps", "note", t == 'i' ? "(I)V" : "(J)V"));
    }
    c.op2(Op.INVOKESTATIC, a.method("StackOps", "take", "()Ljava/lang/String;")).op(Op.ARETURN);
  }

  static StringBuilder notes = new StringBuilder();

  public static void note(int i) { notes.append('i').append(i).append(' '); }
  public static void note(long l) { notes.append('l').append(l).append(' '); }

  public static String take() {
    String s = notes.toString();
    notes.setLength(0);
    return s;
  }

  public static void main(String[] args) throws Throwable {
    fold(ints("swap").op(Op.SWAP), 4);
    fold(ints("dup").op(Op.DUP), 5);
    fold(ints("dup_x1").op(Op.DUP_X1), 5);
    fold(ints("dup_x2").op(Op.DUP_X2), 5);
    fold(ints("dup2").op(Op.DUP2), 6);
    fold(ints("dup2_x1").op(Op.DUP2_X1), 6);
    fold(ints("dup2_x2").op(Op.DUP2_X2), 6);
    fold(ints("pop2").op(Op.POP2), 2);
    mixed("dup_x2 form 2", "li", Op.DUP_X2, "ili");
    mixed("dup2 form 2", "il", Op.DUP2, "lli");
    mixed("dup2_x1 form 2", "iil", Op.DUP2_X1, "lili");
    mixed("dup2_x2 form 1", "iiii", Op.DUP2_X2, "iiiiii");
    mixed("dup2_x2 form 2", "iiil", Op.DUP2_X2, "liili");
    mixed("dup2_x2 form 3", "ilii", Op.DUP2_X2, "iiliii");
    mixed("dup2_x2 form 4", "ill", Op.DUP2_X2, "llli");
    mixed("pop2 long", "iil", Op.POP2, "ii");
    mixed("pop2 ints", "iiii", Op.POP2, "ii");
    Code nops = a.method("nops", "(I)I", 2, 1).op(Op.ILOAD_0).jump(Op.IFEQ, "far");
    for (int i = 0; i < 3000; i++) nops.op(Op.NOP);
    nops.op(Op.ICONST_5, Op.IRETURN).label("far").op(Op.ICONST_M1, Op.IRETURN);
    a.method("nopBetween", "(I)I", 2, 2).op(Op.ILOAD_0, Op.BIPUSH, 100, Op.NOP, Op.ISTORE_1, Op.NOP, Op.ILOAD_1, Op.NOP, Op.ISUB,
        Op.IRETURN);
    a.method("narrow", "(I)I", 4, 1).op(Op.ILOAD_0, Op.I2B, Op.ILOAD_0, Op.I2C, Op.IADD, Op.ILOAD_0, Op.I2S, Op.IADD,
        Op.IRETURN);
    // An int that is not 0 or 1 stored into a boolean array keeps its lowest bit; so does a boolean field or result.
    a.method("boolArray", "(I)I", 4, 2).op(Op.ICONST_1, Op.NEWARRAY, 4, Op.DUP, Op.ASTORE_1, Op.ICONST_0, Op.ILOAD_0,
        Op.BASTORE)
        .op(Op.ALOAD_1, Op.ICONST_0, Op.BALOAD, Op.IRETURN);
    a.field(Asm.PUBLIC | Asm.STATIC, "z", "Z");
    a.field(Asm.PUBLIC | Asm.STATIC, "b", "B");
    a.field(Asm.PUBLIC | Asm.STATIC, "s", "S");
    a.method("boolField", "(I)I", 3, 1).op(Op.ILOAD_0).op2(Op.PUTSTATIC, a.field("StackOpsGen", "z", "Z"))
        .op2(Op.GETSTATIC, a.field("StackOpsGen", "z", "Z")).op(Op.IRETURN);
    a.method("boolResult", "(I)Z", 1, 1).op(Op.ILOAD_0, Op.IRETURN);
    a.method("byteResult", "(I)B", 1, 1).op(Op.ILOAD_0, Op.IRETURN);
    a.method("charResult", "(I)C", 1, 1).op(Op.ILOAD_0, Op.IRETURN);
    a.method("callNarrow", "(I)I", 2, 1).op(Op.ILOAD_0).op2(Op.INVOKESTATIC,
        a.method("StackOpsGen", "byteResult", "(I)B")).op(Op.IRETURN);
    a.method("narrowFields", "(I)I", 3, 1).op(Op.ILOAD_0).op2(Op.PUTSTATIC, a.field("StackOpsGen", "b", "B"))
        .op(Op.ILOAD_0)
        .op2(Op.PUTSTATIC, a.field("StackOpsGen", "s", "S")).op2(Op.GETSTATIC, a.field("StackOpsGen", "b", "B"))
        .op2(Op.GETSTATIC, a.field("StackOpsGen", "s", "S")).op(Op.IADD, Op.IRETURN);
    Class<?> c = a.load();
    for (String m : "swap,dup,dup_x1,dup_x2,dup2,dup2_x1,dup2_x2,pop2".split(",")) Asm.show(m, () -> Asm.call(c, m));
    for (String m : ("dup_x2 form 2,dup2 form 2,dup2_x1 form 2,dup2_x2 form 1,dup2_x2 form 2,dup2_x2 form 3,"
        + "dup2_x2 form 4,pop2 long,pop2 ints").split(",")) {
      Asm.show(m, () -> Asm.call(c, m));
    }
    for (int v : new int[] {0, 1, 2, 3, 255, 40000, -1}) {
      Asm.show("" + v, () -> Asm.call(c, "nops", v) + " " + Asm.call(c, "nopBetween", v) + " "
          + Asm.call(c, "narrow", v) + " " + Asm.call(c, "boolArray", v) + " " + Asm.call(c, "boolField", v) + " " + Asm.call(c, "boolResult", v) + " " + Asm.call(c, "callNarrow", v) + " "
          + (int) (char) Asm.call(c, "charResult", v) + " " + Asm.call(c, "narrowFields", v));
    }
  }
}
