// Overload resolution and varargs: boxing, null, arrays, widening, most specific.
public class Varargs {
  static String f(Object... os) {
    return os == null ? "null array" : "objects " + os.length;
  }

  static String g(int... is) {
    int s = 0;
    for (int i : is) s += i;
    return "ints " + is.length + " sum " + s;
  }

  static String h(long l) { return "long"; }
  static String h(Integer i) { return "Integer"; }
  static String h(Object o) { return "Object"; }
  static String h(int... i) { return "int..."; }

  static String k(double d) { return "double"; }
  static String k(float f) { return "float"; }
  static String k(Object o) { return "Object"; }

  static String p(char c) { return "char"; }
  static String p(int i) { return "int"; }

  static <T> String gen(T first, T... rest) {
    return first + "+" + rest.length + " " + rest.getClass().getComponentType().getSimpleName();
  }

  static String mixed(String s, int n, Object... more) {
    StringBuilder sb = new StringBuilder(s).append(n);
    for (Object o : more) sb.append('|').append(o);
    return sb.toString();
  }

  public static void main(String[] args) {
    System.out.println(f() + ", " + f((Object[]) null) + ", " + f((Object) null) + ", " + f(1, "b")
        + ", " + f(new Object[] {1, 2, 3}) + ", " + f(new int[] {1, 2}) + ", "
        + f((Object) new String[] {"x"}) + ", " + f((Object[]) new String[] {"x", "y"}));
    System.out.println(g() + ", " + g(5) + ", " + g(1, 2, 3) + ", " + g(new int[] {4, 4}));
    byte b = 1;
    short s = 2;
    char c = 'c';
    System.out.println(h(1) + " " + h(b) + " " + h(c) + " " + h(1L) + " " + h(Integer.valueOf(1)) + " "
        + h("s") + " " + h() + " " + h(1, 2) + " " + h(1.0));
    System.out.println(k(1) + " " + k(1L) + " " + k(s) + " " + k('x') + " " + k(true));
    System.out.println(p('a') + " " + p('a' + 1) + " " + p((char) ('a' + 1)) + " " + p(b));
    System.out.println(gen("a") + "; " + gen(1, 2, 3) + "; " + gen("x", "y"));
    System.out.println(mixed("m", 1) + " " + mixed("m", 2, 'c', 2.5f, null, 3L));
    Integer boxed = 127, same = 127, big = 1000, other = 1000;
    System.out.println((boxed == same) + " " + (big.equals(other)) + " " + (big == 1000));
    Object o = true ? 1 : "s";
    Object widened = true ? 1 : 2.0;
    System.out.println(o + " " + widened);
    int i = 0;
    int[] a = {10, 20, 30};
    a[i] = i = 2;
    System.out.println(a[0] + " " + a[1] + " " + a[2] + " " + i);
    long sum = 0;
    sum += boxed++ + ++boxed;
    System.out.println(sum + " " + boxed);
  }
}
