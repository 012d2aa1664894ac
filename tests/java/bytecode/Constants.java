// ldc of every constant: class, array class, method type, method handle of every kind, dynamic constants.
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

public class Constants {
  static final String BSM = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;[Ljava/lang/Object;)Ljava/lang/Object;";
  static final String OBJ = "Ljava/lang/Object;";
  public static int made;

  public static Object make(MethodHandles.Lookup l, String name, Class<?> type, Object... args) {
    made++;
    if (name.equals("fail")) throw new IllegalStateException("bootstrap " + name);
    if (name.equals("null")) return null;
    if (name.equals("wrong")) return "not an integer";
    if (type == int.class) return 40 + args.length;
    if (type == long.class) return 1L << 40;
    if (type == double.class) return 2.5;
    if (type == boolean.class) return true;
    return name + ":" + type.getSimpleName() + java.util.Arrays.toString(args);
  }

  public static CallSite link(MethodHandles.Lookup l, String name, MethodType t, Object extra) throws Exception {
    made++;
    if (name.equals("nosite")) return null;
    if (name.equals("badtype")) return new ConstantCallSite(MethodHandles.constant(int.class, 1));
    MethodHandle h = l.findStatic(Constants.class, "target", MethodType.methodType(String.class, String.class,
        int.class));
    return new ConstantCallSite(h.bindTo(name + extra));
  }

  public static String target(String s, int n) {
    return s + n;
  }

  public int field = 6;

  static Asm a = new Asm(55, Asm.PUBLIC | Asm.SUPER, "ConstantsGen", Asm.OBJECT);

  static Class<?> generated;

  static void load(String name, int index) {
    a.method(name, "()" + OBJ, 3, 0).ldc(index).op(Op.ARETURN);
  }

  static void box(String name, int index, String prim, String wrapper, boolean wide) {
    Code c = a.method(name, "()" + OBJ, 3, 0);
    if (wide) c.op2(Op.LDC2_W, index);
    else c.ldc(index);
    c.op2(Op.INVOKESTATIC, a.method(wrapper, "valueOf", "(" + prim + ")L" + wrapper + ";")).op(Op.ARETURN);
  }

  public static void main(String[] args) throws Throwable {
    load("class", a.cls("java/util/Map"));
    load("arrayClass", a.cls("[[I"));
    load("objectArrayClass", a.cls("[Ljava/lang/String;"));
    load("missingClass", a.cls("no/Such"));
    load("string", a.string("utf \u0000\u00e9\ud83d\ude00".replace("\ud83d\ude00", "")));
    load("methodType", a.methodType("(I[JLjava/util/List;)V"));
    load("badMethodType", a.methodType("(Lno/Such;)V"));
    load("getField", a.handle(1, a.field("Constants", "field", "I")));
    load("getStatic", a.handle(2, a.field("Constants", "made", "I")));
    load("virtual", a.handle(5, a.method("java/lang/String", "length", "()I")));
    load("static", a.handle(6, a.method("java/lang/Math", "abs", "(I)I")));
    load("special", a.handle(7, a.method("java/lang/Object", "toString", "()Ljava/lang/String;")));
    load("new", a.handle(8, a.method("java/lang/StringBuilder", "<init>", "()V")));
    load("interface", a.handle(9, a.imethod("java/util/List", "size", "()I")));
    load("private", a.handle(6, a.method("Constants", "main", "()V")));
    int b0 = a.bootstrap(a.handle(6, a.method("Constants", "make", BSM)));
    int b3 = a.bootstrap(a.handle(6, a.method("Constants", "make", BSM)), a.integer(5), a.string("s"), a.longs(7),
        a.cls("java/lang/Integer"));
    int nested = a.condy(b3, "inner", "Ljava/lang/String;");
    int b1 = a.bootstrap(a.handle(6, a.method("Constants", "make", BSM)), nested);
    load("condy", a.condy(b3, "dyn", "Ljava/lang/String;"));
    load("condyNested", a.condy(b1, "outer", OBJ));
    load("condyNull", a.condy(b0, "null", OBJ));
    load("condyFail", a.condy(b0, "fail", OBJ));
    load("condyWrong", a.condy(b0, "wrong", "Ljava/lang/Integer;"));
    box("condyInt", a.condy(b3, "i", "I"), "I", "java/lang/Integer", false);
    box("condyLong", a.condy(b0, "l", "J"), "J", "java/lang/Long", true);
    box("condyDouble", a.condy(b0, "d", "D"), "D", "java/lang/Double", true);
    box("condyBoolean", a.condy(b0, "z", "Z"), "Z", "java/lang/Boolean", false);
    box("float", a.floating(-0.0f), "F", "java/lang/Float", false);
    int site = a.bootstrap(a.handle(6, a.method("Constants", "link",
        "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/Object;)Ljava/lang/invoke/CallSite;")), a.string("#"));
    for (String n : new String[] {"good", "nosite", "badtype"}) {
      a.method("indy " + n, "()" + OBJ, 3, 0).op(Op.ICONST_5)
          .op2(Op.INVOKEDYNAMIC, a.indy(site, n, "(I)Ljava/lang/String;")).u2(0).op(Op.ARETURN);
    }
    Class<?> c = generated = a.load();
    for (String m : ("class arrayClass objectArrayClass missingClass methodType badMethodType getField getStatic virtual static special new "
        + "interface private condy condyNested condyNull condyFail condyWrong condyInt condyLong condyDouble condyBoolean float").split(" ")) {
      Asm.show(m, () -> Asm.call(c, m));
      Asm.show(m, () -> Asm.call(c, m));
    }
    for (String m : "good nosite badtype".split(" ")) {
      Asm.show("indy " + m, () -> Asm.call(c, "indy " + m));
    }
    System.out.println(made + " " + (Asm.call(c, "condy") == Asm.call(c, "condy")) + " "
        + (Asm.call(c, "string") == Asm.call(c, "string"))
        + " " + ((String) Asm.call(c, "string")).length() + " " + (Asm.call(c, "virtual") == Asm.call(c, "virtual")));
    System.out.println((int) ((MethodHandle) Asm.call(c, "virtual")).invoke("four") + " "
        + ((MethodHandle) Asm.call(c, "getField")).invoke(new Constants()) + " " + ((MethodHandle) Asm.call(c, "new"))
            .invoke());
  }
}
