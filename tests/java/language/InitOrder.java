// Initialisation order: what triggers <clinit>, what does not, cycles, interfaces with defaults, fields.
public class InitOrder {
  static void say(String s) {
    System.out.println(s);
  }

  static int log(String s, int v) {
    say(s);
    return v;
  }

  static class Parent {
    static { say("Parent static"); }
    static int inherited = log("Parent.inherited", 1);
    int a = log("Parent.a", 2);
    { say("Parent block"); }

    Parent() {
      say("Parent() sees " + hook());
    }

    String hook() {
      return "parent";
    }
  }

  static class Child extends Parent {
    static int own = log("Child.own", 3);
    int b = log("Child.b", 4);
    final int constant = 9;
    String text = "set";

    Child() {
      super();
      say("Child() b=" + b + " sees " + hook());
    }

    @Override
    String hook() {
      return "b=" + b + " constant=" + constant + " text=" + text;
    }
  }

  static class Constants {
    static final int PRIMITIVE = 7;
    static final String TEXT = "inlined";
    static final Integer BOXED = log("Constants.BOXED", 8);
    static { say("Constants static"); }
  }

  interface Plain {
    int X = log("Plain.X", 1);
  }

  interface WithDefault {
    int X = log("WithDefault.X", 2);

    default void m() {}
  }

  static class Impl implements Plain, WithDefault {
    static { say("Impl static"); }
  }

  static class CycleA {
    static int a = log("CycleA starts", 1);
    static int fromB = CycleB.b;
    static { say("CycleA ends, fromB=" + fromB); }
  }

  static class CycleB {
    static int fromA = CycleA.a;
    static int b = log("CycleB starts", 2);
    static { say("CycleB ends, fromA=" + fromA); }
  }

  static class Single {
    static final Single INSTANCE = new Single();
    static int count = 5;
    static int later;
    final int seen;

    Single() {
      seen = count++;
      later++;
    }
  }

  static class Never {
    static { say("Never must not appear"); }
  }

  static class ByClass {
    static { say("ByClass static"); }
  }

  public static void main(String[] args) throws Exception {
    say("constants " + Constants.PRIMITIVE + Constants.TEXT);
    say("boxed " + Constants.BOXED);
    say("child through array " + new Child[2].length);
    say("inherited through child " + Child.inherited);
    new Child();
    new Impl();
    say("plain " + Plain.X);
    say("cycle " + CycleB.b);
    say("single " + Single.INSTANCE.seen + " " + Single.count + " " + Single.later);
    Class<?> c = Never.class;
    say("literal " + c.getSimpleName() + " " + (args.length > 5 && args instanceof Object[]));
    Class.forName("InitOrder$Never", false, InitOrder.class.getClassLoader());
    Class.forName("InitOrder$ByClass");
  }
}
