// StackMapTable attributes that do not fit the code, or are no tables at all.
public class StackMaps {
  /** if (arg != 0) 6: nop; 7: return 0 -- with the given table. */
  static void table(String what, int count, Object... frames) {
    Refuse.code(what, "(I)I", 2, 3, c -> c.op(Op.ILOAD_0).jump(Op.IFNE, "x").op(Op.ICONST_1, Op.POP).label("x")
        .op(Op.NOP).op(Op.ICONST_0, Op.IRETURN).stackMap(count, Refuse.bytes(frames)));
  }

  static void tables() {
    table("good", 1, 6);
    table("none", 0);
    table("good extended", 1, 251, Refuse.u2(6));
    table("two", 2, 6, 0);
    table("wrong offset", 1, 5);
    table("in the middle of an instruction", 1, 2);
    table("beyond the end", 1, 60);
    table("count too high", 2, 6);
    table("count too low", 1, 6, 0);
    table("cut", 1, 251, 0);
    table("reserved", 1, 200, 0, 6);
    table("reserved 246", 1, 246, 0, 6);
    table("one on stack", 1, 64 + 6, Refuse.INT);
    table("long on stack", 1, 64 + 6, Refuse.LONG);
    table("extended stack", 1, 247, Refuse.u2(6), Refuse.NULL);
    table("bad type", 1, 64 + 6, 9);
    table("bad class", 1, 64 + 6, 7, Refuse.u2(999));
    table("bad class kind", 1, 64 + 6, 7, Refuse.u2(1));
    table("bad new", 1, 64 + 6, 8, Refuse.u2(0));
    table("cut type", 1, 64 + 6);
    table("cut class", 1, 64 + 6, 7, 0);
    table("chop one", 1, 250, Refuse.u2(6));
    table("chop two", 1, 249, Refuse.u2(6));
    table("chop three", 1, 248, Refuse.u2(6));
    table("append not there", 1, 252, Refuse.u2(6), Refuse.INT);
    table("append top", 1, 252, Refuse.u2(6), Refuse.TOP);
    table("append too many", 1, 254, Refuse.u2(6), Refuse.TOP, Refuse.TOP, Refuse.TOP);
    table("append long", 1, 252, Refuse.u2(6), Refuse.LONG);
    table("append this", 1, 252, Refuse.u2(6), Refuse.UNINIT_THIS);
    table("full", 1, 255, Refuse.u2(6), Refuse.u2(1), Refuse.INT, Refuse.u2(0));
    table("full without locals", 1, 255, Refuse.u2(6), Refuse.u2(0), Refuse.u2(0));
    table("full with float", 1, 255, Refuse.u2(6), Refuse.u2(1), Refuse.FLOAT, Refuse.u2(0));
    table("full with stack", 1, 255, Refuse.u2(6), Refuse.u2(1), Refuse.INT, Refuse.u2(2), Refuse.INT, Refuse.INT);
    table("full with too much stack", 1, 255, Refuse.u2(6), Refuse.u2(1), Refuse.INT, Refuse.u2(2), Refuse.LONG, Refuse.INT);
    table("full cut", 1, 255, Refuse.u2(6), Refuse.u2(9), Refuse.INT, Refuse.u2(0));
    table("then bad", 2, 6, 255, Refuse.u2(0), Refuse.u2(1), Refuse.DOUBLE, Refuse.u2(0));
  }

  static void flow() {
    Refuse.code("no frame after goto", "(I)V", 2, 1,
        c -> c.jump(Op.GOTO, "x").op(Op.NOP).label("x").op(Op.RETURN).stackMap(1, Refuse.bytes(4)));
    Refuse.code("no frame after return", "()V", 2, 1, c -> c.op(Op.RETURN, Op.NOP, Op.RETURN));
    Refuse.code("frame after return", "()V", 2, 1, c -> c.op(Op.RETURN, Op.NOP, Op.RETURN).stackMap(1, Refuse.bytes(1)));
    Refuse.code("falls off", "()V", 2, 1, c -> c.op(Op.NOP));
    Refuse.code("jump before", "()V", 2, 1, c -> c.op2(Op.GOTO, 0xfff0));
    Refuse.code("jump behind", "()V", 2, 1, c -> c.op2(Op.GOTO, 3));
    Refuse.code("jump far", "()V", 2, 1, c -> c.op(Op.GOTO_W).u4(100000));
    Refuse.code("jump into itself", "()V", 2, 1, c -> c.op2(Op.GOTO, 1));
    Refuse.code("loop", "()V", 2, 1, c -> c.label("x").jump(Op.GOTO, "x").stackMap(1, Refuse.bytes(0)));
    Refuse.code("loop with growing stack", "()V", 9, 1,
        c -> c.label("x").op(Op.ICONST_0).jump(Op.GOTO, "x").stackMap(1, Refuse.bytes(0)));
    Refuse.code("loop changes local", "(Ljava/lang/String;)V", 9, 1, c -> c.label("x").op(Op.ICONST_0, Op.ISTORE_0)
        .jump(Op.GOTO, "x").stackMap(1, Refuse.bytes(0)));
    Refuse.code("jsr", "()V", 2, 1, c -> c.jump(Op.JSR, "x").label("x").op(Op.RETURN));
    Refuse.code("ret", "()V", 2, 1, c -> c.op(Op.RET, 0));
    Refuse.code("unsorted switch", "(I)V", 2, 1, c -> c.op(Op.ILOAD_0).lookupswitch("x", 5, "x", 3, "x").label("x")
        .op(Op.RETURN).stackMap(1, Refuse.bytes(c.at() - 1)));
    Refuse.code("switch without frame", "(I)V", 2, 1, c -> c.op(Op.ILOAD_0).tableswitch(1, "x", "x", "y").label("x")
        .op(Op.NOP).label("y").op(Op.RETURN).stackMap(1, Refuse.bytes(c.at() - 2)));
    Refuse.code("switch on object", "(Ljava/lang/Object;)V", 2, 1, c -> c.op(Op.ALOAD_0).tableswitch(1, "x", "x")
        .label("x").op(Op.RETURN).stackMap(1, Refuse.bytes(c.at() - 1)));
    Refuse.code("bad opcode", "()V", 2, 1, c -> c.op(255));
    Refuse.code("cut instruction", "()V", 2, 1, c -> c.op(Op.GETSTATIC, 0));
    Refuse.code("wide add", "()V", 2, 1, c -> c.op(Op.WIDE, Op.IADD, 0, 0, Op.RETURN));
    Refuse.code("switch cut", "(I)V", 2, 1, c -> c.op(Op.ILOAD_0, Op.TABLESWITCH, 0, 0, 0, 0, 0, 9));
    Refuse.code("switch upside down", "(I)V", 2, 1, c -> c.op(Op.ILOAD_0, Op.TABLESWITCH, 0, 0, 0, 0, 0, 9, 0, 0, 0, 5, 0, 0, 0,
        2, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  static void handlers() {
    Refuse.code("handler without frame", "()V", 2, 1, c -> c.label("a").op(Op.NOP).label("b").op(Op.RETURN).label("h")
        .op(Op.POP, Op.RETURN).handler("a", "b", "h", null));
    Refuse.code("handler", "()V", 2, 1, c -> c.label("a").op(Op.NOP).label("b").op(Op.RETURN).label("h")
        .op(Op.POP, Op.RETURN).handler("a", "b", "h", null)
        .stackMap(1, Refuse.bytes(64 + 2, 7, Refuse.u2(4))));
    for (String catches : new String[] {null, "java/lang/Error", "java/lang/String", "no/Such"}) {
      for (String declared : new String[] {"java/lang/Throwable", "java/lang/Object", "java/lang/LinkageError"}) {
        Refuse.type("catch " + catches + " as " + declared, 61, a -> {
          byte[] type = Refuse.object(a, declared);
          a.method("m", "(I)V", 2, 1).label("a").op(Op.NOP).label("b").op(Op.RETURN).label("h").op(Op.POP, Op.RETURN)
              .handler("a", "b", "h", catches).stackMap(1, Refuse.bytes(64 + 2, type));
        });
      }
    }
    Refuse.type("local changes in range", 61, a -> {
      byte[] type = Refuse.object(a, "java/lang/Throwable");
      a.method("m", "(I)V", 2, 1).label("a").op(Op.NOP).op(Op.ACONST_NULL, Op.ASTORE_0).op(Op.NOP).label("b").op(Op.RETURN)
          .label("h").op(Op.POP, Op.RETURN).handler("a", "b", "h", null).stackMap(1, Refuse.bytes(64 + 5, type));
    });
    Refuse.type("local changes at the end", 61, a -> {
      byte[] type = Refuse.object(a, "java/lang/Throwable");
      a.method("m", "(I)V", 2, 1).label("a").op(Op.NOP).op(Op.ACONST_NULL, Op.ASTORE_0).label("b").op(Op.RETURN)
          .label("h").op(Op.POP, Op.RETURN).handler("a", "b", "h", null).stackMap(1, Refuse.bytes(64 + 4, type));
    });
    Refuse.type("no stack for the exception", 61, a -> {
      byte[] type = Refuse.object(a, "java/lang/Throwable");
      a.method("m", "(I)V", 0, 1).label("a").op(Op.NOP).label("b").op(Op.RETURN)
          .label("h").op(Op.RETURN).handler("a", "b", "h", null).stackMap(1, Refuse.bytes(64 + 2, type));
    });
    Refuse.code("range in the middle", "()V", 2, 1, c -> {
      c.label("a").op(Op.SIPUSH).label("m").op(0, 0).label("b").op(Op.POP, Op.RETURN).label("h").op(Op.POP, Op.RETURN);
      c.handler("m", "b", "h", null);
    });
    Refuse.code("range ends in the middle", "()V", 2, 1, c -> {
      c.label("a").op(Op.SIPUSH).label("m").op(0, 0).label("b").op(Op.POP, Op.RETURN).label("h").op(Op.POP, Op.RETURN);
      c.handler("a", "m", "h", null);
    });
    Refuse.code("handler in the middle", "()V", 2, 1, c -> {
      c.label("a").op(Op.SIPUSH).label("m").op(0, 0).label("b").op(Op.POP, Op.RETURN).label("h").op(Op.POP, Op.RETURN);
      c.handler("a", "b", "m", null);
    });
  }

  public static void main(String[] args) {
    tables();
    flow();
    handlers();
  }
}
