// Resolution failures of fields, methods and classes: the error class and its message, the same each time.
public class LinkErrors {
  static final String G = "LinkErrorsGen", T = "LinkErrorsTarget", F = "LinkErrorsFace", S = "LinkErrorsShape";
  static Asm a = new Asm(G);

  static void access(String name, int opcode, String owner, String field, String desc) {
    Code c = a.method(name, "()V", 4, 0);
    if (opcode == Op.GETFIELD || opcode == Op.PUTFIELD) c.op2(Op.NEW, a.cls(T)).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, a.method(T, "<init>", "()V"));
    if (opcode == Op.PUTFIELD || opcode == Op.PUTSTATIC) c.op(desc.equals("J") ? Op.LCONST_0 : Op.ICONST_3);
    c.op2(opcode, a.field(owner, field, desc));
    if (opcode == Op.GETFIELD || opcode == Op.GETSTATIC) c.op(desc.equals("J") ? Op.POP2 : Op.POP);
    c.op(Op.RETURN);
  }

  static void call(String name, int opcode, String owner, String method) {
    Code c = a.method(name, "()V", 4, 0);
    if (opcode != Op.INVOKESTATIC) c.op2(Op.NEW, a.cls(T)).op(Op.DUP).op2(Op.INVOKESPECIAL,
        a.method(T, "<init>", "()V"));
    int ref = owner.equals(F) ? a.imethod(owner, method, "()V") : a.method(owner, method, "()V");
    c.op2(opcode, ref);
    if (opcode == Op.INVOKEINTERFACE) c.op(1, 0);
    c.op(Op.RETURN);
  }

  public static void main(String[] args) {
    Asm t = new Asm(52, Asm.PUBLIC | Asm.SUPER, T, S).constructor(S);
    t.field(Asm.PUBLIC, "inst", "I");
    t.field(Asm.PUBLIC | Asm.STATIC, "stat", "I");
    t.field(Asm.PRIVATE, "priv", "I");
    t.field(Asm.PUBLIC | Asm.FINAL, "fin", "I");
    t.field(Asm.PUBLIC | Asm.STATIC | Asm.FINAL, "statFin", "I");
    t.method(Asm.PUBLIC, "inst", "()V", 0, 1).op(Op.RETURN);
    t.method(Asm.PUBLIC | Asm.STATIC, "stat", "()V", 0, 0).op(Op.RETURN);
    t.method(Asm.PRIVATE, "priv", "()V", 0, 1).op(Op.RETURN);
    t.method(Asm.PRIVATE | Asm.STATIC, "privStat", "()V", 0, 0).op(Op.RETURN);
    t.abstractMethod(Asm.PUBLIC | Asm.NATIVE, "nat", "()V");
    Asm s = new Asm(52, Asm.PUBLIC | Asm.SUPER | Asm.ABSTRACT, S, Asm.OBJECT).constructor(Asm.OBJECT);
    s.abstractMethod(Asm.PUBLIC | Asm.ABSTRACT, "shape", "()V");
    Asm f = new Asm(52, Asm.PUBLIC | Asm.INTERFACE | Asm.ABSTRACT, F, Asm.OBJECT);
    f.abstractMethod(Asm.PUBLIC | Asm.ABSTRACT, "face", "()V");
    f.method(Asm.PUBLIC | Asm.STATIC, "faceStat", "()V", 0, 0).op(Op.RETURN);
    Asm hidden = new Asm(49, Asm.SUPER, "elsewhere/Hidden", Asm.OBJECT).constructor(Asm.OBJECT);
    hidden.method(Asm.STATIC, "pkg", "()V", 0, 0).op(Op.RETURN);
    Asm open = new Asm(49, Asm.PUBLIC | Asm.SUPER, "elsewhere/Open", Asm.OBJECT);
    open.method(Asm.STATIC, "pkg", "()V", 0, 0).op(Op.RETURN);
    open.method(4 | Asm.STATIC, "prot", "()V", 0, 0).op(Op.RETURN);
    Asm looks = new Asm(49, Asm.PUBLIC | Asm.SUPER, "LinkErrorsA", "LinkErrorsB");
    Asm looks2 = new Asm(49, Asm.PUBLIC | Asm.SUPER, "LinkErrorsB", "LinkErrorsA");
    Asm wrong = new Asm("LinkErrorsRight");

    access("no field", Op.GETFIELD, T, "absent", "I");
    access("field of other type", Op.GETFIELD, T, "inst", "J");
    access("static as instance", Op.GETFIELD, T, "stat", "I");
    access("instance as static", Op.GETSTATIC, T, "inst", "I");
    access("private field", Op.GETFIELD, T, "priv", "I");
    access("final field", Op.PUTFIELD, T, "fin", "I");
    access("static final field", Op.PUTSTATIC, T, "statFin", "I");
    access("class missing", Op.GETSTATIC, "no/Such", "x", "I");
    access("class hidden", Op.GETSTATIC, "elsewhere/Hidden", "x", "I");
    access("class circular", Op.GETSTATIC, "LinkErrorsA", "x", "I");
    access("class name differs", Op.GETSTATIC, "LinkErrorsWrong", "x", "I");
    access("array class missing", Op.GETSTATIC, "[Lno/Such;", "x", "I");
    access("field fine", Op.PUTFIELD, T, "inst", "I");
    call("no method", Op.INVOKEVIRTUAL, T, "absent");
    call("no static method", Op.INVOKESTATIC, T, "absent");
    call("no interface method", Op.INVOKEINTERFACE, F, "absent");
    call("static called virtually", Op.INVOKEVIRTUAL, T, "stat");
    call("virtual called statically", Op.INVOKESTATIC, T, "inst");
    call("private method", Op.INVOKEVIRTUAL, T, "priv");
    call("private static method", Op.INVOKESTATIC, T, "privStat");
    call("native without library", Op.INVOKEVIRTUAL, T, "nat");
    call("abstract not implemented", Op.INVOKEVIRTUAL, T, "shape");
    call("abstract not implemented 2", Op.INVOKEVIRTUAL, S, "shape");
    call("not an implementer", Op.INVOKEINTERFACE, F, "face");
    call("interface static", Op.INVOKEINTERFACE, F, "faceStat");
    call("package method", Op.INVOKESTATIC, "elsewhere/Open", "pkg");
    call("protected method", Op.INVOKESTATIC, "elsewhere/Open", "prot");
    a.method("class as interface", "()V", 4, 0).op2(Op.NEW, a.cls(T)).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, a.method(T, "<init>", "()V"))
        .op2(Op.INVOKEINTERFACE, a.imethod(T, "inst", "()V")).op(1, 0, Op.RETURN);
    a.method("interface as class", "()V", 4, 0).op2(Op.INVOKESTATIC, a.method(F, "faceStat", "()V")).op(Op.RETURN);
    a.method("new abstract", "()V", 4, 0).op2(Op.NEW, a.cls(S)).op(Op.POP, Op.RETURN);
    a.method("new interface", "()V", 4, 0).op2(Op.NEW, a.cls(F)).op(Op.POP, Op.RETURN);
    a.method("new missing", "()V", 4, 0).op2(Op.NEW, a.cls("no/Such")).op(Op.POP, Op.RETURN);
    a.method("new hidden", "()V", 4, 0).op2(Op.NEW, a.cls("elsewhere/Hidden")).op(Op.POP, Op.RETURN);
    a.method("array of missing", "()V", 4, 0).op(Op.ICONST_1).op2(Op.ANEWARRAY, a.cls("no/Such")).op(Op.POP, Op.RETURN);
    a.method("cast to hidden", "()V", 4, 0).ldc(a.string("s")).op2(Op.CHECKCAST, a.cls("elsewhere/Hidden"))
        .op(Op.POP, Op.RETURN);
    a.method("private constructor", "()V", 4, 0).op2(Op.NEW, a.cls("java/lang/Math")).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, a.method("java/lang/Math", "<init>", "()V")).op(Op.POP, Op.RETURN);
    a.method("not exported", "()V", 4, 0).op2(Op.INVOKESTATIC, a.method("jdk/internal/misc/Unsafe", "getUnsafe",
        "()Ljdk/internal/misc/Unsafe;"))
        .op(Op.POP, Op.RETURN);
    Asm.Loader loader = new Asm.Loader().add(a, t, s, f, hidden, open, looks, looks2)
        .add("LinkErrorsWrong", wrong.bytes());
    Class<?> c = loader.get(G);
    for (java.lang.reflect.Method m : sorted(c)) {
      Asm.show(m.getName(), () -> Asm.call(c, m.getName()) == null ? "fine" : "?");
      Asm.show("  again", () -> Asm.call(c, m.getName()) == null ? "fine" : "?");
    }
    Class<?> target = loader.get(T), shape = loader.get(S);
    Asm.show("abstract by handle", () -> java.lang.invoke.MethodHandles.publicLookup()
        .findVirtual(shape, "shape", java.lang.invoke.MethodType.methodType(void.class))
        .invoke(target.getConstructor().newInstance()));
    Asm.show("abstract by reflection", () -> {
      try {
        return shape.getMethod("shape").invoke(target.getConstructor().newInstance());
      } catch (java.lang.reflect.InvocationTargetException e) {
        throw e.getCause();
      }
    });
  }

  static java.lang.reflect.Method[] sorted(Class<?> c) {
    java.lang.reflect.Method[] ms = c.getDeclaredMethods();
    java.util.Arrays.sort(ms, java.util.Comparator.comparing(java.lang.reflect.Method::getName));
    return ms;
  }
}
