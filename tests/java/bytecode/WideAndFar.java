// wide loads and stores, goto_w, far branches in a method of almost 64 KB, 65,535 locals, big
// switches, deep stacks.
public class WideAndFar {
  static Asm a = new Asm("WideAndFarGen");

  static void huge() {
    Code c = a.method("huge", "(I)I", 4, 3).op(Op.ICONST_0, Op.ISTORE_1).jump(Op.GOTO_W, "last");
    c.label("first");
    while (c.at() < 64000) c.op(Op.IINC, 1, 1, Op.NOP);
    c.op(Op.ILOAD_1, Op.IRETURN);
    c.label("last").op(Op.ILOAD_0).jump(Op.IFLE, "out").jump(Op.GOTO_W, "first").label("out")
        .op(Op.ICONST_M1, Op.IRETURN);
  }

  static void branches() {
    Code c = a.method("branches", "(I)I", 4, 2).op(Op.ICONST_0, Op.ISTORE_1);
    for (int i = 0; i < 2000; i++) {
      c.op(Op.ILOAD_0).op2(Op.SIPUSH, i).jump(Op.IF_ICMPGE, "no" + i).jump(Op.GOTO, "next" + i)
          .label("no" + i).op(Op.IINC, 1, 1).label("next" + i);
    }
    c.op(Op.ILOAD_1, Op.IRETURN);
  }

  static void wide() {
    Code c = a.method("wide", "(IJLjava/lang/Object;)Ljava/lang/Object;", 6, 65535);
    c.op(Op.ILOAD_0).op(Op.WIDE, Op.ISTORE).u2(60000).op(Op.LLOAD, 1).op(Op.WIDE, Op.LSTORE).u2(65533)
        .op(Op.ALOAD, 3).op(Op.WIDE, Op.ASTORE).u2(300).op(Op.FCONST_2).op(Op.WIDE, Op.FSTORE).u2(256)
        .op(Op.DCONST_1).op(Op.WIDE, Op.DSTORE).u2(40000)
        .op(Op.WIDE, Op.IINC).u2(60000, 30000).op(Op.WIDE, Op.IINC).u2(60000, -32768 & 0xffff)
        .op(Op.WIDE, Op.ILOAD).u2(60000).op(Op.I2L).op(Op.WIDE, Op.LLOAD).u2(65533).op(Op.LADD)
        .op2(Op.INVOKESTATIC, a.method("java/lang/Long", "valueOf", "(J)Ljava/lang/Long;"))
        .op2(Op.INVOKESTATIC, a.method("WideAndFar", "pause", "()V"))
        .op(Op.WIDE, Op.ALOAD).u2(300).op(Op.WIDE, Op.FLOAD).u2(256).op(Op.WIDE, Op.DLOAD).u2(40000)
        .op2(Op.INVOKESTATIC,
            a.method("WideAndFar", "join", "(Ljava/lang/Long;Ljava/lang/Object;FD)Ljava/lang/String;")).op(Op.ARETURN);
  }

  public static void pause() {
    System.gc();
  }

  public static String join(Long l, Object o, float f, double d) {
    return l + " " + o + " " + f + " " + d;
  }

  static void switches() {
    String[] targets = new String[3000];
    Object[] pairs = new Object[4000];
    for (int i = 0; i < targets.length; i++) targets[i] = i % 3 == 0 ? "three" : i % 5 == 0 ? "five" : "default";
    for (int i = 0; i < 2000; i++) {
      pairs[2 * i] = i * 1000003 - 1000000000;
      pairs[2 * i + 1] = i % 2 == 0 ? "even" : "odd";
    }
    a.method("table", "(I)I", 2, 1).op(Op.ILOAD_0).tableswitch(-1500, "default", targets)
        .label("three").op(Op.ICONST_3, Op.IRETURN).label("five").op(Op.ICONST_5, Op.IRETURN).label("default")
            .op(Op.ICONST_0, Op.IRETURN);
    a.method("lookup", "(I)I", 2, 1).op(Op.NOP, Op.ILOAD_0).lookupswitch("default", pairs)
        .label("even").op(Op.ICONST_2, Op.IRETURN).label("odd").op(Op.ICONST_1, Op.IRETURN).label("default")
            .op(Op.ICONST_0, Op.IRETURN);
    a.method("empty", "(I)I", 2, 1).op(Op.ILOAD_0).lookupswitch("d").label("d").op(Op.ILOAD_0, Op.IRETURN);
    // A loop whose switch goes backwards.
    a.method("back", "(I)I", 2, 2).op(Op.ICONST_0, Op.ISTORE_1).label("top")
        .op(Op.IINC, 1, 1, Op.IINC, 0, 0xff, Op.ILOAD_0)
        .tableswitch(0, "top", "done", "top").label("done").op(Op.ILOAD_1, Op.IRETURN);
  }

  static void deepStack() {
    Code c = a.method("deep", "(I)I", 2000, 1);
    for (int i = 0; i < 1990; i++) c.op(Op.ILOAD_0);
    for (int i = 1; i < 1990; i++) c.op(Op.IADD);
    c.op(Op.IRETURN);
    StringBuilder desc = new StringBuilder("(");
    for (int i = 0; i < 255; i++) desc.append('I');
    c = a.method("many", desc + ")I", 4, 255).op(Op.ICONST_0);
    for (int i = 0; i < 255; i++) c.op(Op.ILOAD, i, Op.IADD);
    c.op(Op.IRETURN);
    c = a.method("callMany", "(I)I", 260, 1);
    for (int i = 0; i < 255; i++) c.op(Op.ILOAD_0, Op.BIPUSH, i & 63, Op.IMUL);
    c.op2(Op.INVOKESTATIC, a.method("WideAndFarGen", "many", desc + ")I")).op(Op.IRETURN);
    Code d = a.method("pool", "()J", 4, 1).op(Op.LCONST_0);
    for (int i = 0; i < 2000; i++) d.op2(Op.LDC2_W, a.longs(i * 1234567890123L)).op(Op.LADD);
    d.ldc(a.integer(77777777)).op(Op.I2L, Op.LADD, Op.LRETURN);
  }

  public static void main(String[] args) throws Throwable {
    huge();
    branches();
    wide();
    switches();
    deepStack();
    Class<?> c = a.load();
    Asm.show("huge", () -> Asm.call(c, "huge", 1) + " " + Asm.call(c, "huge", 0));
    Asm.show("branches", () -> Asm.call(c, "branches", 700) + " " + Asm.call(c, "branches", -1) + " "
        + Asm.call(c, "branches", 5000));
    Asm.show("wide", () -> Asm.call(c, "wide", 5, 1L << 40, "object"));
    StringBuilder sb = new StringBuilder();
    for (int v : new int[] {-1501, -1500, -1499, -1497, -1495, 1499, 1500, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      sb.append(Asm.call(c, "table", v)).append(' ').append(Asm.call(c, "empty", v)).append(' ');
    }
    for (int v : new int[] {-1000000000, -999999999, -998999997, 7 * 1000003 - 1000000000, 1999 * 1000003 - 1000000000,
        0}) {
      sb.append(Asm.call(c, "lookup", v)).append(' ');
    }
    System.out.println(sb);
    Asm.show("back", () -> Asm.call(c, "back", 900));
    Asm.show("deep", () -> Asm.call(c, "deep", 3) + " " + Asm.call(c, "callMany", 2) + " " + Asm.call(c, "pool"));
  }
}
