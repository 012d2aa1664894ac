// Method selection: overriding, hiding, private and package methods, super chains, fields by static type.
public class Dispatch {
  static class A {
    String f = "A.f";
    static String s() { return "A.s"; }
    private String p() { return "A.p"; }
    String callsP() { return p(); }
    String v() { return "A.v"; }
    String callsV() { return v(); }
    String over(Object o) { return "A.object"; }
    String over(String o) { return "A.string"; }
    Object cov() { return "A.cov"; }
  }

  static class B extends A {
    String f = "B.f";
    static String s() { return "B.s"; }
    private String p() { return "B.p"; }
    String bp() { return p(); }
    @Override String v() { return "B.v>" + super.v(); }
    String over(Object o) { return "B.object"; }
    @Override String cov() { return "B.cov"; }
    String fields() { return f + super.f + ((A) this).f; }
  }

  static class C extends B {
    @Override String v() { return "C.v>" + super.v(); }
    String over(Integer i) { return "C.integer"; }
    @Override final String cov() { return "C.cov"; }
  }

  static abstract class Shape {
    abstract double area();

    public String toString() {
      return getClass().getSimpleName() + " " + area();
    }
  }

  static class Sq extends Shape {
    double a = 2;
    double area() { return a * a; }
  }

  static class Rect extends Sq {
    double b = 5;
    @Override double area() { return a * b; }
  }

  interface Talk { String say(int n); }
  static class T0 implements Talk { public String say(int n) { return "zero" + n; } }
  static class T1 implements Talk { public String say(int n) { return "one" + n; } }
  static class T2 extends T1 { public String say(int n) { return "two" + super.say(n); } }
  static class T3 implements Talk, Runnable {
    public String say(int n) { return "three" + n; }
    public void run() { }
  }

  static int fib(int n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
  }

  static boolean even(int n) { return n == 0 || odd(n - 1); }
  static boolean odd(int n) { return n != 0 && even(n - 1); }

  public static void main(String[] args) {
    A ab = new B();
    A ac = new C();
    System.out.println(ab.f + " " + ((B) ab).f + " " + ((B) ab).fields() + " " + A.s() + " " + C.s());
    System.out.println(ab.callsP() + " " + ((B) ab).bp() + " " + ab.callsV() + " " + ac.callsV());
    Object text = "t";
    System.out.println(ac.over(text) + " " + ac.over("t") + " " + ((C) ac).over(1) + " "
        + ac.over((Object) 1) + " " + ac.cov() + " " + ab.cov());
    for (Shape s : new Shape[] {new Sq(), new Rect(), new Shape() { double area() { return -1; } }}) {
      System.out.println("shape " + s);
    }
    Talk[] talks = {new T0(), new T1(), new T2(), new T3(), n -> "lambda" + n};
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < 15; i++) sb.append(talks[i * 7 % 5].say(i)).append(' ');
    System.out.println(sb);
    System.out.println(fib(20) + " " + even(500) + " " + odd(500));
    A none = null;
    System.out.println(none.s());
    try {
      none.v();
    } catch (NullPointerException e) {
      System.out.println("receiver is null");
    }
    int[] a = {1, 2};
    System.out.println(a.equals(a.clone()) + " " + a.getClass().equals(int[].class) + " "
        + (a.toString().startsWith("[I@")));
  }
}
