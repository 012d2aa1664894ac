import java.util.function.*;

/* What is redefined: compiled with other texts and members, see run.py. */
interface Shape {
  default String shape() { return "v1 shape"; }

  static String of() { return "v1 of"; }
}

class Base implements Shape {
  static int count = 5;
  int field = 7;
  static Runnable hook;

  static { count += 100; }

  String virtual() { return "v1 virtual"; }

  static String stat() { return "v1 stat" + ++count; }

  final String fin() { return "v1 fin"; }

  private String priv() { return "v1 priv"; }

  String callsPriv() { return priv() + field; }

  static Supplier<String> lambda() { return () -> "v1 lambda"; }

  static String concat(int i) { return "v1 concat " + i; }

  int small() { return 1; }

  synchronized String locked() { return "v1 locked"; }

  String same(String s) { return s + hook; }

  /* Goes on behind the hook with what it is. */
  String running(int depth) {
    String text = "v1 running ";
    if (depth > 0)
      return running(depth - 1) + text;
    run();
    try {
      throw new IllegalStateException("thrown");
    } catch (IllegalStateException e) {
      text += e.getMessage() + " ";
    }
    Object o = new StringBuilder("late ").append(virtual()).append(stat());
    return text + o;
  }

  static void run() {
    Runnable r = hook;
    hook = null;
    if (r != null)
      r.run();
  }

  static String loop() {
    Base b = new Base();
    int sum = 0;
    for (int i = 0; i < 20000; i++) {
      sum += b.small();
      if (i == 9999)
        run();
    }
    return "v1 loop " + sum;
  }

  // more
}

class Derived extends Base {
  @Override
  String virtual() { return "derived " + super.virtual(); }
}

class Sibling extends Base {
}

record Pair(int a, String b) {
  String both() { return "v1 " + a + b; }
}
