public class Edited {
  static void stop() {
    System.out.println("v1 stop");
  }

  static String same(int n) {
    stop();
    return "same " + n;
  }

  static String changed(int n) {
    String s = same(n);
    return "v1 changed " + s;
  }

  // more
  public static void main(String[] args) {
    for (int i = 0; i < 3; i++)
      System.out.println(changed(i));
  }
}
