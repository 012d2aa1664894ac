// Labelled loops, break and continue through finally, do-while, nested switches, for with commas.
public class ControlFlow {
  static String trace = "";

  static int labels() {
    int n = 0;
    outer:
    for (int i = 0; ; i++) {
      inner:
      for (int j = 0; j < 10; j++) {
        if (j == i) continue outer;
        if (i == 7) break outer;
        switch (j % 3) {
          case 0: continue inner;
          case 1: break;
          default: if (i > 5) break inner;
        }
        n += i * j;
      }
    }
    return n;
  }

  static String throughFinally() {
    StringBuilder sb = new StringBuilder();
    loop:
    for (int i = 0; i < 6; i++) {
      try {
        try {
          if (i == 1) continue;
          if (i == 3) continue loop;
          if (i == 4) break loop;
          sb.append(i);
        } finally {
          sb.append('f');
          if (i == 2) continue;
        }
        sb.append('e');
      } finally {
        sb.append('.');
      }
    }
    return sb.toString();
  }

  static boolean t(String s) {
    trace += s;
    return true;
  }

  static boolean f(String s) {
    trace += s;
    return false;
  }

  static int ternaries(int n) {
    return n < 0 ? -1 : n == 0 ? 0 : n < 10 ? n % 2 == 0 ? 2 : 1 : 100;
  }

  public static void main(String[] args) {
    System.out.println(labels() + " " + throughFinally());
    block: {
      if (args.length == 0) break block;
      System.out.println("not printed");
    }
    int i = 0;
    do {
      i += 3;
      if (i == 9) continue;
    } while (i < 12);
    System.out.println(i);
    for (int a = 0, b = 10; a < b; a++, b -= 2) System.out.print(a + ":" + b + " ");
    System.out.println();
    boolean r = f("a") && t("b") || t("c") && !f("d") | t("e") & f("g") ^ t("h");
    System.out.println(r + " " + trace);
    for (int n : new int[] {-5, 0, 3, 4, 50}) System.out.print(ternaries(n) + " ");
    System.out.println();
    long count = 0;
    for (long l = Integer.MAX_VALUE - 2L; l <= Integer.MAX_VALUE + 2L; l++) count += l & 3;
    for (char c = 'a'; c <= 'z'; c += 5) System.out.print(c);
    for (float x = 0; x < 1; x += 0.25f) System.out.print(" " + x);
    System.out.println(" " + count);
    int[][] jagged = {{1}, {2, 3}, {}, {4, 5, 6}};
    int sum = 0;
    for (int[] row : jagged) for (int v : row) sum = sum * 10 + v;
    System.out.println(sum + " " + (jagged[1][1]++ + ++jagged[1][1]) + " " + jagged[3].length);
    while (true) {
      if (--i < 5) break;
    }
    System.out.println(i);
  }
}
