/** What Attach.java attaches to: runs until it is told to end. */
public class Waiter {
  static int answers;

  static int answer(int x) {
    answers++;
    return x * 2;
  }

  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    while (System.in.read() != 'q')
      System.out.println("answer " + answer(21));
    System.out.println("end after " + answers);
  }
}
