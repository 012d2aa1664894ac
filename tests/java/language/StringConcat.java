// String concatenation through invokedynamic: every type, constants, many operands, evaluation order.
public class StringConcat {
  static int calls;

  static String next(String s) {
    return s + calls++;
  }

  static class Loud {
    @Override
    public String toString() {
      calls += 10;
      return "loud" + calls;
    }
  }

  static class NullText {
    @Override
    public String toString() {
      return null;
    }
  }

  static String wide(int n) {
    String s = "";
    s += n + "," + (n + 1) + "," + (n + 2) + "," + (n + 3) + "," + (n + 4) + "," + (n + 5) + ","
        + (n + 6) + "," + (n + 7) + "," + (n + 8) + "," + (n + 9) + "," + (long) n + "," + (double) n
        + "," + (float) n + "," + (char) ('a' + n) + "," + (byte) n + "," + (short) n + "," + (n > 0)
        + "," + null + "," + "lit\u0001eral\u0002" + "," + new int[0].length + n + n + n + n + n + n
        + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n
        + "|" + 1L * n + 2L * n + 3.0 * n + 4f * n + "|" + n + n + n + n + n + n + n + n + n + n + n;
    return s;
  }

  public static void main(String[] args) {
    boolean z = true;
    byte b = -5;
    char c = 'x';
    short s = 300;
    int i = Integer.MIN_VALUE;
    long l = Long.MIN_VALUE;
    float f = 1.0e10f;
    double d = -0.0;
    String n = null;
    Object o = null;
    System.out.println("" + z + b + c + s + i + l + f + d + n + o);
    System.out.println(z + "," + b + "," + c + "," + s + "," + i + "," + l + "," + f + "," + d);
    System.out.println(1 + 2 + "3" + 4 + 5 + 'c' + ('a' + 1) + (char) ('a' + 1));
    System.out.println(next("a") + next("b") + new Loud() + next("c") + new Loud());
    System.out.println("null text: " + new NullText() + n + "!");
    char[] cs = {'h', 'i'};
    System.out.println("chars " + String.valueOf(cs) + cs.length);
    n += "x";
    n += 1 + 2;
    n += 'c';
    n += null;
    System.out.println(n);
    String[] arr = {"p"};
    int k = 0;
    arr[k++] += "q" + k;
    System.out.println(arr[0] + k);
    Object any = "obj";
    any += "ect" + 1;
    System.out.println(any);
    System.out.println(wide(1));
    String uni = "\u00e9" + "\u4e2d" + c + "\ud83d\ude00" + i;
    System.out.println(uni.length() + " " + uni.hashCode());
    final String k1 = "con", k2 = "stant";
    System.out.println((k1 + k2) == "constant");
    String acc = "";
    for (int x = 0; x < 200; x++) acc += (char) ('a' + x % 26);
    System.out.println(acc.length() + " " + acc.hashCode() + " " + ("" + new char[0].length == "0"));
  }
}
