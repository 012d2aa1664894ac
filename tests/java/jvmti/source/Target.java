import java.util.ArrayList;
import java.util.List;

/** What Client.java debugs. */
public class Target {
  static int count = 3;
  static volatile boolean stop;
  static volatile long ticks;
  final String name;
  private double weight = 2.5;

  Target(String name) {
    this.name = name;
  }

  String greet(String who, int times) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < times; i++) {
      b.append(who);
    }
    return name + ":" + b; // greet's end
  }

  static long mix(byte a, short b, char c, long d, float e, double f, boolean g) {
    long result = a + b + c + d;
    result += (long) (e + f);
    return g ? result : -result; // mix's end
  }

  static int thrower(int n) {
    if (n == 0)
      throw new IllegalStateException("zero");
    return n;
  }

  static int caught(int n) {
    try {
      return thrower(n);
    } catch (IllegalStateException e) {
      return -1; // caught
    }
  }

  static void spin() {
    while (!stop)
      ticks++;
  }

  static int locked(Object lock) {
    synchronized (lock) {
      List<String> list = new ArrayList<>(List.of("a", "b"));
      return list.size(); // locked
    }
  }

  public static void main(String[] arguments) throws Exception {
    Target t = new Target("t");
    String greeting = t.greet("ha", count); // first
    System.out.println(greeting);
    System.out.println(mix((byte) 1, (short) 2, 'c', 4L, 1.5f, 2.5, true));
    System.out.println(caught(0));
    System.out.println(locked(new Object()));
    Thread spinner = new Thread(Target::spin, "spinner");
    spinner.start();
    spinner.join(); // join
    System.out.println("ticked " + (ticks > 0) + " weight " + t.weight);
    thrower(0);
  }
}
