// What a call runs, or throws, when interfaces disagree: invokeinterface, invokevirtual, reflection and method handles
// on receivers with conflicting, missing, inherited and unrelated default methods.
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

public class Defaults {
  static final String STR = "()Ljava/lang/String;";

  static Asm main = Invokes.type(52, "Main", Asm.OBJECT);

  static void callers(String made, String faces, String... classes) {
    for (String f : faces.split(" ")) {
      Invokes.caller(main, f + " on " + made, made, Op.INVOKEINTERFACE, main.imethod(f, "d", STR));
    }
    Invokes.caller(main, "class on " + made, made, Op.INVOKEVIRTUAL, main.method(made, "d", STR));
    for (String c : classes) {
      Invokes.caller(main, c + " on " + made, made, Op.INVOKEVIRTUAL, main.method(c, "d", STR));
    }
  }

  static Object reflect(Class<?> in, Class<?> made) throws Throwable {
    try {
      return in.getMethod("d").invoke(made.getConstructor().newInstance());
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static void library() throws Throwable {
    MethodHandles.Lookup l = MethodHandles.lookup();
    MethodType stream = MethodType.methodType(java.util.stream.Stream.class);
    MethodHandle own = l.findVirtual(ArrayList.class, "stream", stream),
        above = l.findVirtual(AbstractList.class, "stream", stream);
    ArrayList<Integer> list = new ArrayList<>(List.of(1, 2));
    System.out.println(own + " " + ((java.util.stream.Stream<?>) own.invoke(list)).count() + " " + above + " "
        + ((java.util.stream.Stream<?>) above.invoke((AbstractList<?>) list)).count());
    System.out.println(l.revealDirect(own) + " " + own.bindTo(list).type());
    Asm.show("null", () -> own.invoke((ArrayList<?>) null));
  }

  public static void main(String[] args) throws Throwable {
    Asm i = Invokes.face("I"), j = Invokes.face("J"), k = Invokes.face("K", "I", "J"), none = Invokes.face("None"),
        other = Invokes.face("Other");
    Invokes.says(i, Asm.PUBLIC, "d");
    Invokes.says(j, Asm.PUBLIC, "d");
    Invokes.says(k, Asm.PUBLIC, "d");
    Invokes.says(other, Asm.PUBLIC, "e");
    none.abstractMethod(Asm.PUBLIC | Asm.ABSTRACT, "d", STR);
    Asm conflict = Invokes.type(52, "Conflict", Asm.OBJECT, "None", "I", "J"),
        one = Invokes.type(52, "One", Asm.OBJECT, "None", "I"),
        missing = Invokes.type(52, "Missing", Asm.OBJECT, "None", "Other"),
        plain = Invokes.type(52, "Plain", Asm.OBJECT, "None"), settled = Invokes.type(52, "Settled", "Conflict", "K"),
        inherits = Invokes.type(52, "Inherits", "Conflict"), misses = Invokes.type(52, "Misses", "Missing"),
        weak = Invokes.type(52, "Weak", "Conflict");
    Invokes.says(weak, 0, "d");
    Asm base = new Asm(52, Asm.PUBLIC | Asm.SUPER | Asm.ABSTRACT, "Base", Asm.OBJECT).constructor(Asm.OBJECT);
    base.abstractMethod(Asm.PUBLIC | Asm.ABSTRACT, "d", STR);
    Asm wins = Invokes.type(52, "Wins", "Base", "I");
    callers("Conflict", "I None");
    callers("One", "I None");
    callers("Missing", "None");
    callers("Plain", "None");
    callers("Settled", "I None K", "Conflict");
    callers("Inherits", "I None", "Conflict");
    callers("Misses", "None", "Missing");
    callers("Weak", "I None", "Conflict");
    callers("Wins", "I", "Base");
    Asm.Loader l = new Asm.Loader().add(i, j, k, none, other, conflict, one, missing, plain, settled, inherits, misses,
        weak, base, wins, main);
    Class<?> calls = l.get("Main");
    for (java.lang.reflect.Method m : LinkErrors.sorted(calls)) {
      for (int n = 0; n < 2; n++) Asm.show(m.getName(), () -> Asm.call(calls, m.getName()));
    }
    for (String made : "Conflict One Missing Settled Inherits Misses".split(" ")) {
      Class<?> c = l.get(made), face = l.get("None");
      Asm.show(made, () -> c.getMethod("d"));
      Asm.show("reflect", () -> reflect(c, c));
      Asm.show("reflect interface", () -> reflect(face, c));
      Asm.show("handle", () -> MethodHandles.publicLookup()
          .findVirtual(c, "d", MethodType.methodType(String.class)).invoke(c.getConstructor().newInstance()));
    }
    library();
  }
}
