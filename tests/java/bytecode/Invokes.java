// Method selection where javac has no say: invokespecial with and without ACC_SUPER, private methods by every
// instruction, same names in two packages, default method conflicts, maximally specific methods,
// loader constraints.
public class Invokes {
  static final String STR = "()Ljava/lang/String;";

  static Asm type(int version, String name, String superName, String... faces) {
    return new Asm(version, Asm.PUBLIC | Asm.SUPER, name, superName, faces).constructor(superName);
  }

  static Asm face(String name, String... faces) {
    return new Asm(52, Asm.PUBLIC | Asm.INTERFACE | Asm.ABSTRACT, name, Asm.OBJECT, faces);
  }

  static void says(Asm a, int access, String method) {
    a.method(access, method, STR, 1, 1).ldc(a.string(a.name + "." + method)).op(Op.ARETURN);
  }

  /** A static method of `in` that makes a `make` and calls owner.method on it. */
  static void caller(Asm in, String name, String make, int opcode, int ref) {
    Code c = in.method(name, STR, 3, 0).op2(Op.NEW, in.cls(make)).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, in.method(make, "<init>", "()V"));
    c.op2(opcode, ref);
    if (opcode == Op.INVOKEINTERFACE) c.op(1, 0);
    c.op(Op.ARETURN);
  }

  public static void main(String[] args) throws Throwable {
    Asm a = type(49, "InvokesA", Asm.OBJECT), b = type(49, "InvokesB", "InvokesA"),
        c = type(49, "InvokesC", "InvokesB");
    says(a, Asm.PUBLIC, "m");
    says(b, Asm.PUBLIC, "m");
    says(c, Asm.PUBLIC, "m");
    // ACC_SUPER: A.m named by C still means the nearest superclass method, B.m.
    c.method(Asm.PUBLIC, "special", STR, 1, 1).op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, c.method("InvokesA", "m", STR))
        .op(Op.ARETURN);
    caller(c, "main", "InvokesC", Op.INVOKEVIRTUAL, c.method("InvokesC", "special", STR));
    Asm old = new Asm(49, Asm.PUBLIC, "InvokesOld", "InvokesB").constructor("InvokesB");
    old.method(Asm.PUBLIC, "special", STR, 1, 1).op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, old.method("InvokesA", "m", STR))
        .op(Op.ARETURN);
    caller(old, "main", "InvokesOld", Op.INVOKEVIRTUAL, old.method("InvokesOld", "special", STR));

    // Private methods: invokevirtual and invokeinterface reach them from version 55 on.
    Asm p = type(55, "InvokesP", Asm.OBJECT), q = type(55, "InvokesQ", "InvokesP");
    says(p, Asm.PRIVATE, "m");
    says(q, Asm.PUBLIC, "m");
    caller(p, "main", "InvokesQ", Op.INVOKEVIRTUAL, p.method("InvokesP", "m", STR));
    caller(p, "virtual", "InvokesQ", Op.INVOKEVIRTUAL, p.method("InvokesQ", "m", STR));
    Asm pi = new Asm(55, Asm.PUBLIC | Asm.INTERFACE | Asm.ABSTRACT, "InvokesPI", Asm.OBJECT),
        pq = type(55, "InvokesPQ", Asm.OBJECT, "InvokesPI");
    says(pi, Asm.PRIVATE, "m");
    says(pq, Asm.PUBLIC, "m");
    pi.method("main", STR, 3, 0).op2(Op.NEW, pi.cls("InvokesPQ")).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, pi.method("InvokesPQ", "<init>", "()V"))
        .op2(Op.INVOKEINTERFACE, pi.imethod("InvokesPI", "m", STR)).op(1, 0, Op.ARETURN);

    // A package-private method is not overridden from another package; it is from the same one, across it.
    Asm x1 = type(49, "one/X", Asm.OBJECT), y2 = type(49, "two/Y", "one/X"), z1 = type(49, "one/Z", "two/Y");
    says(x1, 0, "m");
    says(y2, 0, "m");
    says(z1, 0, "m");
    for (String made : "one/X two/Y one/Z".split(" ")) caller(x1, "on " + made.substring(4), made, Op.INVOKEVIRTUAL,
        x1.method("one/X", "m", STR));
    for (String made : "two/Y one/Z".split(" ")) caller(y2, "on " + made.substring(4), made, Op.INVOKEVIRTUAL,
        y2.method("two/Y", "m", STR));
    Asm pub = type(49, "two/Pub", "one/X");
    says(pub, Asm.PUBLIC, "m");
    caller(x1, "on Pub", "two/Pub", Op.INVOKEVIRTUAL, x1.method("one/X", "m", STR));

    // Default methods: a conflict, one that is more specific, one made abstract again, a private class method in the way.
    Asm i = face("InvokesI"), j = face("InvokesJ"), k = face("InvokesK", "InvokesI"), n = face("InvokesN", "InvokesI");
    says(i, Asm.PUBLIC, "d");
    says(j, Asm.PUBLIC, "d");
    says(k, Asm.PUBLIC, "d");
    n.abstractMethod(Asm.PUBLIC | Asm.ABSTRACT, "d", STR);
    Asm ij = type(52, "InvokesIJ", Asm.OBJECT, "InvokesI", "InvokesJ"), ik = type(52, "InvokesIK", Asm.OBJECT,
        "InvokesI", "InvokesK"),
        in = type(52, "InvokesIN", Asm.OBJECT, "InvokesN", "InvokesI"), priv = type(52, "InvokesPriv", Asm.OBJECT,
            "InvokesI"),
        sub = type(52, "InvokesSub", "InvokesIJ", "InvokesK");
    says(priv, Asm.PRIVATE, "d");
    Asm main = type(52, "InvokesMain", Asm.OBJECT);
    for (String made : "IJ IK IN Priv Sub".split(" ")) {
      caller(main, "I on " + made, "Invokes" + made, Op.INVOKEINTERFACE, main.imethod("InvokesI", "d", STR));
      caller(main, "class on " + made, "Invokes" + made, Op.INVOKEVIRTUAL, main.method("Invokes" + made, "d", STR));
    }
    // invokespecial of an interface method needs the interface to be direct.
    Asm direct = type(52, "InvokesDirect", Asm.OBJECT, "InvokesK");
    direct.method(Asm.PUBLIC, "k", STR, 1, 1).op(Op.ALOAD_0).op2(Op.INVOKESPECIAL, direct.imethod("InvokesK", "d", STR))
        .op(Op.ARETURN);
    direct.method(Asm.PUBLIC, "d", STR, 1, 1).op(Op.ACONST_NULL, Op.ARETURN);
    caller(direct, "main", "InvokesDirect", Op.INVOKEVIRTUAL, direct.method("InvokesDirect", "k", STR));

    Asm.Loader l = new Asm.Loader().add(a, b, c, old, p, q, pi, pq, x1, y2, z1, pub, i, j, k, n, ij, ik, in, priv, sub,
        main, direct);
    for (String cls : "InvokesC InvokesOld InvokesP InvokesPI one/X two/Y InvokesMain InvokesDirect".split(" ")) {
      Asm.show(cls, () -> {
        for (java.lang.reflect.Method m : LinkErrors.sorted(l.get(cls))) {
          if (m.getParameterCount() == 0 && java.lang.reflect.Modifier.isStatic(m.getModifiers())) {
            Asm.show("  " + m.getName(), () -> Asm.call(l.get(cls), m.getName()));
          }
        }
        return "done";
      });
    }
    // Two loaders, one name, two classes: neither is the other, and a link that would mix them is refused.
    Asm t1 = type(49, "InvokesT", Asm.OBJECT), user = type(49, "InvokesUser", Asm.OBJECT),
        src = type(49, "InvokesSrc", Asm.OBJECT);
    src.method("get", "()LInvokesT;", 2, 0).op2(Op.NEW, src.cls("InvokesT")).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, src.method("InvokesT", "<init>", "()V")).op(Op.ARETURN);
    user.method("run", "()Ljava/lang/Object;", 2, 0).op2(Op.INVOKESTATIC, user.method("InvokesSrc", "get",
        "()LInvokesT;")).op(Op.ARETURN);
    Asm.Loader parent = new Asm.Loader().add(t1, src);
    ClassLoader child = new ClassLoader(parent) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals("InvokesT") && !name.equals("InvokesUser")) return super.loadClass(name, resolve);
        Class<?> known = findLoadedClass(name);
        byte[] bytes = (name.equals("InvokesT") ? t1 : user).bytes();
        return known != null ? known : defineClass(name, bytes, 0, bytes.length);
      }
    };
    System.out.println(child.loadClass("InvokesT") != parent.loadClass("InvokesT"));
    Asm.show("constraint", () -> Asm.call(child.loadClass("InvokesUser"), "run").getClass().getName());
  }
}
