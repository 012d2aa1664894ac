// The main class fails to initialise: message on stderr, exit code 1.
public class UncaughtInit {
  static int v = compute(0);

  static int compute(int n) {
    System.out.println("initialising");
    return 10 / n;
  }

  public static void main(String[] args) {
    System.out.println("not reached");
  }
}
