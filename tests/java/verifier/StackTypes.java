// Operand stack and locals of the wrong types: VerifyError with all its sections.
public class StackTypes {
  static final int FCONST_0 = 11, LADD = Op.LADD, FADD = 98, DADD = 99, L2I = 136, CALOAD = 52, CASTORE = 85, LALOAD = 47,
      FALOAD = 48, DALOAD = 49, SALOAD = 53, LASTORE = 80, FASTORE = 81, DASTORE = 82, SASTORE = 86;

  static void ops(String what, int stack, int locals, int... ops) {
    Refuse.code(what, "(ILjava/lang/Object;J)V", stack, locals + 4, c -> c.op(ops).op(Op.RETURN));
  }

  static void arrays() {
    int[] loads = {Op.IALOAD, LALOAD, FALOAD, DALOAD, Op.AALOAD, Op.BALOAD, CALOAD, SALOAD};
    int[] stores = {Op.IASTORE, LASTORE, FASTORE, DASTORE, Op.AASTORE, Op.BASTORE, CASTORE, SASTORE};
    int[][] values = {{Op.ICONST_0}, {Op.LCONST_0}, {FCONST_0}, {Op.DCONST_1}, {Op.ACONST_NULL}, {Op.ICONST_0},
        {Op.ICONST_0}, {Op.ICONST_0}};
    for (int i = 0; i < 8; i++) {
      int at = i;
      ops("load " + i + " from object", 4, 0, Op.ALOAD_1, Op.ICONST_0, loads[i]);
      ops("load " + i + " from null", 4, 0, Op.ACONST_NULL, Op.ICONST_0, loads[i]);
      Refuse.code("store " + i, "(Ljava/lang/Object;)V", 4, 1,
          c -> c.op(Op.ALOAD_0, Op.ICONST_0).op(values[at]).op(stores[at], Op.RETURN));
      Refuse.code("store " + i + " in array of strings and longs", "([Ljava/lang/String;[J)V", 5, 2, c -> c.op(Op.ALOAD_0 + (at & 1),
          Op.ICONST_0).op(values[at]).op(stores[at], Op.RETURN));
    }
    Refuse.code("bytes and booleans", "([Z[B)I", 4, 2, c -> c.op(Op.ALOAD_0, Op.ICONST_0, Op.BALOAD, Op.POP, Op.ALOAD_1,
        Op.ICONST_0, Op.BALOAD, Op.IRETURN));
    Refuse.code("element of array of arrays", "([[I)I", 4, 1, c -> c.op(Op.ALOAD_0, Op.ICONST_0, Op.AALOAD, Op.ICONST_0,
        Op.AALOAD, Op.POP, Op.ICONST_0, Op.IRETURN));
    Refuse.code("element of array of arrays, right", "([[I)I", 4, 1, c -> c.op(Op.ALOAD_0, Op.ICONST_0, Op.AALOAD,
        Op.ICONST_0, Op.IALOAD, Op.IRETURN));
    ops("length of object", 4, 0, Op.ALOAD_1, Op.ARRAYLENGTH, Op.POP);
    ops("length of null", 4, 0, Op.ACONST_NULL, Op.ARRAYLENGTH, Op.POP);
  }

  static void shuffles() {
    ops("pop long", 4, 0, Op.LCONST_0, Op.POP);
    ops("pop2 int long", 4, 0, Op.LCONST_0, Op.ICONST_0, Op.POP2);
    ops("pop2 one", 4, 0, Op.ICONST_0, Op.POP2);
    ops("dup long", 4, 0, Op.LCONST_0, Op.DUP);
    ops("dup_x1 over long", 4, 0, Op.LCONST_0, Op.ICONST_0, Op.DUP_X1);
    ops("dup_x2 over half", 6, 0, Op.LCONST_0, Op.ICONST_0, Op.ICONST_1, Op.DUP_X2);
    ops("dup_x2 over long", 6, 0, Op.LCONST_0, Op.ICONST_0, Op.DUP_X2, Op.POP, Op.POP2, Op.POP);
    ops("dup2 half", 6, 0, Op.LCONST_0, Op.ICONST_0, Op.DUP2);
    ops("dup2_x1", 6, 0, Op.LCONST_0, Op.LCONST_0, Op.DUP2_X1);
    ops("dup2_x2", 8, 0, Op.ICONST_0, Op.LCONST_0, Op.DUP2_X2);
    ops("dup2_x2 of four", 8, 0, Op.LCONST_0, Op.ICONST_0, Op.ICONST_0, Op.DUP2_X2, Op.POP2, Op.POP2, Op.POP2);
    ops("swap long", 4, 0, Op.ICONST_0, Op.LCONST_0, Op.SWAP);
    ops("overflow", 1, 0, Op.ICONST_0, Op.ICONST_1);
    ops("overflow by half", 2, 0, Op.ICONST_0, Op.LCONST_0);
    ops("overflow of dup", 1, 0, Op.ICONST_0, Op.DUP);
    ops("underflow", 2, 0, Op.POP);
    ops("underflow 2", 2, 0, Op.ICONST_0, Op.IADD);
  }

  static void locals() {
    ops("int from object", 4, 0, Op.ILOAD_1, Op.POP);
    ops("object from int", 4, 0, Op.ALOAD, 0, Op.POP);
    ops("long from halves", 4, 0, Op.LLOAD, 1, Op.POP2);
    ops("long from second half", 4, 0, Op.LLOAD, 3, Op.POP2);
    ops("int from half", 4, 0, Op.ILOAD, 3, Op.POP);
    ops("beyond", 4, 0, Op.ILOAD, 9, Op.POP);
    ops("store beyond", 4, 0, Op.ICONST_0, Op.ISTORE, 4);
    ops("store long beyond", 4, 0, Op.LCONST_0, Op.LSTORE, 3);
    ops("load long beyond", 4, 0, Op.LLOAD, 3, Op.POP2);
    ops("never set", 4, 2, Op.ILOAD, 5, Op.POP);
    ops("long split by store", 4, 0, Op.ICONST_0, Op.ISTORE, 3, Op.LLOAD_2, Op.POP2);
    ops("long split below", 4, 0, Op.LCONST_0, Op.LSTORE_1, Op.ILOAD, 3, Op.POP);
    ops("iinc of object", 4, 0, Op.IINC, 1, 1);
    ops("iinc beyond", 4, 0, Op.IINC, 4, 1);
    ops("wide beyond", 4, 0, Op.WIDE, Op.ILOAD, 1, 0, Op.POP);
    ops("astore of int", 4, 0, Op.ICONST_0, Op.ASTORE_1);
  }

  static void numbers() {
    ops("iadd int object", 4, 0, Op.ICONST_1, Op.ALOAD_1, Op.IADD, Op.POP);
    ops("iadd object int", 4, 0, Op.ALOAD_1, Op.ICONST_1, Op.IADD, Op.POP);
    ops("ladd of ints", 4, 0, Op.ICONST_1, Op.ICONST_1, LADD, Op.POP2);
    ops("ladd one int", 4, 0, Op.ICONST_1, LADD, Op.POP2);
    ops("ladd int below", 4, 0, Op.ICONST_1, Op.LCONST_0, LADD, Op.POP2);
    ops("fadd of int", 4, 0, Op.ICONST_1, FCONST_0, FADD, Op.POP);
    ops("dadd of longs", 4, 0, Op.LCONST_0, Op.LCONST_1, DADD, Op.POP2);
    ops("l2i of double", 4, 0, Op.DCONST_1, L2I, Op.POP);
    ops("i2l of null", 4, 0, Op.ACONST_NULL, Op.I2L, Op.POP2);
    ops("throw object", 4, 0, Op.ALOAD_1, Op.ATHROW);
    ops("throw null", 4, 0, Op.ACONST_NULL, Op.ATHROW);
    ops("monitor of int", 4, 0, Op.ICONST_1, Op.MONITORENTER);
  }

  static void returns() {
    for (String result : new String[] {"V", "I", "Z", "J", "D", "Ljava/lang/String;", "[I", "Ljava/lang/Runnable;"}) {
      Refuse.code("return int for " + result, "()" + result, 4, 0, c -> c.op(Op.ICONST_0, Op.IRETURN));
      Refuse.code("return long for " + result, "()" + result, 4, 0, c -> c.op(Op.LCONST_0, Op.LRETURN));
      Refuse.code("return object for " + result, "(Ljava/lang/Object;)" + result, 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
      Refuse.code("return null for " + result, "()" + result, 4, 1, c -> c.op(Op.ACONST_NULL, Op.ARETURN));
      Refuse.code("return for " + result, "()" + result, 4, 0, c -> c.op(Op.RETURN));
    }
    Refuse.code("nothing on stack", "()I", 4, 0, c -> c.op(Op.IRETURN));
    Refuse.code("string array as object array", "([Ljava/lang/String;)[Ljava/lang/Object;", 4, 1,
        c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("object array as string array", "([Ljava/lang/Object;)[Ljava/lang/String;", 4, 1,
        c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("ints as object", "([I)Ljava/lang/Object;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("ints as cloneable", "([I)Ljava/lang/Cloneable;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("ints as runnable", "([I)Ljava/lang/Runnable;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("ints as string", "([I)Ljava/lang/String;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("int[][] as Object[]", "([[I)[Ljava/lang/Object;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("int[] as Object[]", "([I)[Ljava/lang/Object;", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("int[] as byte[]", "([I)[B", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
    Refuse.code("byte[] as boolean[]", "([B)[Z", 4, 1, c -> c.op(Op.ALOAD_0, Op.ARETURN));
  }

  public static void main(String[] args) {
    arrays();
    shuffles();
    locals();
    numbers();
    returns();
  }
}
