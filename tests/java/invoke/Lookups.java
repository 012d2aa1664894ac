// Lookups: modes, in(), drop, private lookups, what each may find, findSpecial, unreflect, revealed handles, hidden classes with data, nest
// mates, access errors and their texts.
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.util.*;

import static java.lang.invoke.MethodHandles.*;
import static java.lang.invoke.MethodType.*;

public class Lookups {
  private int secret = 5;
  protected static String prot = "p";

  private String priv(int x) {
    return "priv " + x;
  }

  @Override
  public String toString() {
    return "Lookups";
  }

  static class Base {
    String who() {
      return "base";
    }
  }

  static class Derived extends Base {
    @Override
    String who() {
      return "derived";
    }

    static MethodHandle superWho() throws Exception {
      return lookup().findSpecial(Base.class, "who", methodType(String.class), Derived.class);
    }
  }

  interface Greeter {
    default String greet() {
      return "hi from " + this;
    }

    static Lookup look() {
      return lookup();
    }
  }

  static class Polite implements Greeter {
    @Override
    public String greet() {
      return "good day";
    }

    MethodHandle inherited() throws Exception {
      return lookup().findSpecial(Greeter.class, "greet", methodType(String.class), Polite.class);
    }

    @Override
    public String toString() {
      return "Polite";
    }
  }

  interface Action {
    Object run() throws Throwable;
  }

  static void attempt(String what, Action a) {
    try {
      System.out.println(what + ": " + a.run());
    } catch (Throwable e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + String.valueOf(e.getMessage()).replaceAll("@[0-9a-f]+", "@").replaceAll("0x[0-9a-f]+", "0x"));
    }
  }

  public static void main(String[] args) throws Throwable {
    Lookup l = lookup(), p = publicLookup();
    System.out.println(l + " " + l.lookupModes() + " " + p + " " + p.lookupModes() + " " + l.hasFullPrivilegeAccess() + " " + l.previousLookupClass());
    System.out.println(l.in(String.class) + " " + l.in(Base.class) + " " + l.in(Base.class).lookupModes() + " " + l.dropLookupMode(Lookup.PRIVATE) + " " + l
        .dropLookupMode(Lookup.MODULE) + " " + l.in(java.sql.Date.class));
    attempt("private", () -> l.findVirtual(Lookups.class, "priv", methodType(String.class, int.class)).invoke(new Lookups(), 3));
    attempt("dropped", () -> l.dropLookupMode(Lookup.PRIVATE).findVirtual(Lookups.class, "priv", methodType(String.class, int.class)));
    attempt("public", () -> p.findVirtual(String.class, "length", methodType(int.class)).invoke("four"));
    attempt("public private", () -> p.findGetter(Lookups.class, "secret", int.class));
    attempt("missing", () -> l.findStatic(Lookups.class, "nothing", methodType(void.class)));
    attempt("wrong type", () -> l.findVirtual(Lookups.class, "priv", methodType(int.class)));
    attempt("static as virtual", () -> l.findVirtual(Lookups.class, "main", methodType(void.class, String[].class)));
    attempt("virtual as static", () -> l.findStatic(Lookups.class, "priv", methodType(String.class, int.class)));
    attempt("no field", () -> l.findGetter(Lookups.class, "none", int.class));
    attempt("field type", () -> l.findGetter(Lookups.class, "secret", long.class));
    attempt("setter", () -> {
      Lookups x = new Lookups();
      l.findSetter(Lookups.class, "secret", int.class).invoke(x, 77);
      return x.secret;
    });
    attempt("super", () -> Derived.superWho().invoke(new Derived()));
    attempt("super by bind", () -> Derived.superWho().bindTo(new Derived()).invoke());
    attempt("special elsewhere", () -> l.findSpecial(Base.class, "who", methodType(String.class), Derived.class));
    attempt("interface super", () -> new Polite().inherited().invoke(new Polite()));
    attempt("constructor", () -> l.findConstructor(ArrayList.class, methodType(void.class, Collection.class)).invoke(List.of(1)));
    attempt("abstract", () -> l.findConstructor(Number.class, methodType(void.class)).invoke());
    attempt("clone array", () -> ((int[]) l.findVirtual(int[].class, "clone", methodType(Object.class)).invoke(new int[] {1, 2})).length);
    attempt("init", () -> l.findVirtual(Lookups.class, "<init>", methodType(void.class)));
    attempt("class", () -> l.findClass("Lookups$Base"));
    attempt("no class", () -> l.findClass("Nope"));
    attempt("access", () -> l.accessClass(Base.class));
    attempt("ensure", () -> l.ensureInitialized(Late.class) + " " + Late.log);
    attempt("private in", () -> privateLookupIn(Base.class, l).lookupModes());
    attempt("private in jdk", () -> privateLookupIn(String.class, l));
    attempt("bind", () -> l.bind("text", "charAt", methodType(char.class, int.class)).invoke(2));
    attempt("bind null", () -> l.bind(null, "charAt", methodType(char.class, int.class)));

    Method m = Lookups.class.getDeclaredMethod("priv", int.class);
    attempt("unreflect", () -> l.unreflect(m).invoke(new Lookups(), 4));
    attempt("unreflect public", () -> p.unreflect(m));
    attempt("reveal", () -> {
      MethodHandleInfo i = l.revealDirect(l.unreflect(m));
      return i + " " + MethodHandleInfo.referenceKindToString(i.getReferenceKind()) + " " + i.reflectAs(Method.class, l).equals(m) + " " + i.isVarArgs();
    });
    attempt("reveal bound", () -> l.revealDirect(l.unreflect(m).bindTo(new Lookups())));
    attempt("unreflect getter", () -> l.unreflectGetter(Lookups.class.getDeclaredField("prot")).invoke());
    attempt("handle string", () -> l.unreflect(m).toString() + " " + l.unreflect(m).isVarargsCollector());
    attempt("varargs", () -> (String) l.findStatic(String.class, "format", methodType(String.class, String.class, Object[].class)).invoke("%s-%s", "a", 1));
    attempt("asFixed", () -> l.findStatic(String.class, "format", methodType(String.class, String.class, Object[].class)).asFixedArity().invoke("%s", new Object[] {
        "fixed"}));

    byte[] bytes = Lookups.class.getResourceAsStream("LookupsTemplate.class").readAllBytes(), inner = Lookups.class.getResourceAsStream("Lookups$Template.class")
        .readAllBytes();
    attempt("hidden member", () -> l.defineHiddenClass(inner, true).lookupClass().getSimpleName());
    Lookup hid = l.defineHiddenClassWithClassData(bytes, List.of("class", "data"), true, Lookup.ClassOption.NESTMATE);
    Class<?> hc = hid.lookupClass();
    System.out.println(hc.isHidden() + " " + hc.getName().matches("LookupsTemplate/0x[0-9a-f]+") + " " + hc.getNestHost().getSimpleName() + " " + hc
        .getSimpleName().startsWith("LookupsTemplate/0x") + " " + hc.getCanonicalName() + " " + hc.isSynthetic() + " " + hc.descriptorString().matches(
            "LLookupsTemplate\\.0x[0-9a-f]+;"));
    attempt("class data", () -> classData(hid, "_", List.class) + " " + classDataAt(hid, "_", String.class, 1));
    attempt("nest mate", () -> hid.findStatic(hc, "peek", methodType(int.class, Lookups.class)).invoke(new Lookups()));
    attempt("not findable", () -> Class.forName(hc.getName()));
    attempt("again", () -> l.defineHiddenClass(bytes, false).lookupClass() == hc);
    attempt("array of hidden", () -> Array.newInstance(hc, 2).getClass().getComponentType() == hc);
    attempt("set final of hidden", () -> {
      Field f = hc.getDeclaredField("FIXED");
      f.setAccessible(true);
      f.set(hc.getDeclaredConstructor().newInstance(), 9);
      return "set";
    });
    attempt("define", () -> l.defineClass(bytes));
    attempt("bad bytes", () -> l.defineHiddenClass(new byte[10], false));
    attempt("other package", () -> l.defineHiddenClass(String.class.getResourceAsStream("String.class").readAllBytes(), false));
  }

  static class Late {
    static String log = "initialised";
  }

  static class Template {}

  static int secretOf(Lookups l) {
    return l.secret;
  }
}

class LookupsTemplate {
  final int FIXED = Integer.parseInt("4");

  LookupsTemplate() {}

  static int peek(Lookups l) {
    return Lookups.secretOf(l) + 1000;
  }
}
