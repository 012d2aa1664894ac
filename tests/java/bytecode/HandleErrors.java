// Constants that are method handles or method types and cannot be: which error, of which of several mistakes.
public class HandleErrors {
  public interface Face {
    void m();

    static void sm() {
    }
  }

  public static class Owner {
    public int field;
    public static int staticField;
    int packageField;
    private int privateField;

    public Owner() {
    }

    private Owner(int x) {
    }

    public void m() {
    }

    public static void sm() {
    }

    void packageM() {
    }

    private void privateM() {
    }

    protected static void protectedM() {
    }
  }

  static final String OWNER = "HandleErrors$Owner", FACE = "HandleErrors$Face", NO_SUCH = "(Lno/Such;)V";
  static final int GET_FIELD = 1, GET_STATIC = 2, PUT_FIELD = 3, VIRTUAL = 5, STATIC = 6, SPECIAL = 7, NEW = 8,
      INTERFACE = 9;
  static int count;

  interface Constant {
    int in(Asm a);
  }

  static void load(String what, Constant constant) {
    Asm a = new Asm(55, Asm.PUBLIC | Asm.SUPER, "HandleGen" + count++, Asm.OBJECT);
    a.method("get", "()Ljava/lang/Object;", 1, 0).ldc(constant.in(a)).op(Op.ARETURN);
    Class<?> c = a.load();
    for (int i = 0; i < 2; i++) // recorded
      Asm.show(what, () -> Asm.call(c, "get"));
  }

  static void field(String what, int kind, String name, String type) {
    load(what, a -> a.handle(kind, a.field(OWNER, name, type)));
  }

  static void method(String what, int kind, String owner, String name, String type) {
    load(what, a -> a.handle(kind, a.method(owner, name, type)));
  }

  static void imethod(String what, int kind, String owner, String name, String type) {
    load(what, a -> a.handle(kind, a.imethod(owner, name, type)));
  }

  public static void main(String[] args) {
    for (int kind = VIRTUAL; kind <= NEW; kind++) {
      String name = kind == NEW ? "<init>" : "none";
      method(kind + " missing", kind, OWNER, name, "(Ljava/lang/String;)V");
      method(kind + " missing, type too", kind, OWNER, name, NO_SUCH);
      method(kind + " no owner", kind, "no/Owner", name, NO_SUCH);
      method(kind + " of interface", kind, FACE, name, "()V");
    }
    imethod("interface missing", INTERFACE, FACE, "none", "()V");
    imethod("interface missing, type too", INTERFACE, FACE, "none", NO_SUCH);
    imethod("interface of class", INTERFACE, OWNER, "none", "()V");
    imethod("interface of class", INTERFACE, OWNER, "m", "()V");
    method("class of interface", VIRTUAL, FACE, "m", "()V");
    imethod("static of interface", STATIC, FACE, "sm", "()V");
    imethod("instance of interface", STATIC, FACE, "m", "()V");
    method("instance as static", STATIC, OWNER, "m", "()V");
    method("static as virtual", VIRTUAL, OWNER, "sm", "()V");
    imethod("static as interface", INTERFACE, FACE, "sm", "()V");
    method("special", SPECIAL, OWNER, "m", "()V");
    method("private", VIRTUAL, OWNER, "privateM", "()V");
    method("package", VIRTUAL, OWNER, "packageM", "()V");
    method("protected", STATIC, OWNER, "protectedM", "()V");
    method("private constructor", NEW, OWNER, "<init>", "(I)V");
    method("invisible type", STATIC, OWNER, "sm", "(Ljava/lang/AbstractStringBuilder;)V");
    method("invisible owner", VIRTUAL, "java/lang/AbstractStringBuilder", "length", "()I");
    method("polymorphic", VIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact", "(I)V");
    method("polymorphic, no type", VIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact", NO_SUCH);
    field("field missing", GET_FIELD, "none", "I");
    field("field missing, type too", GET_FIELD, "none", "Lno/Such;");
    field("field of other type", GET_FIELD, "field", "J");
    field("put missing", PUT_FIELD, "none", "I");
    field("static field as instance", GET_FIELD, "staticField", "I");
    field("field as static", GET_STATIC, "field", "I");
    field("private field", GET_FIELD, "privateField", "I");
    field("package field", GET_FIELD, "packageField", "I");
    load("type", a -> a.methodType(NO_SUCH));
    load("array type", a -> a.methodType("([[Lno/Such;)V"));
    load("invisible", a -> a.methodType("(Ljava/lang/AbstractStringBuilder;)V"));
    load("invisible array", a -> a.methodType("()[Ljava/lang/AbstractStringBuilder;"));
  }
}
