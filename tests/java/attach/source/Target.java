/* Waits to be looked at; says what an agent has done to it. */
public class Target {
  static String text() { return "as it was"; }

  public static void main(String[] args) throws Exception {
    System.out.println("up");
    for (int c; (c = System.in.read()) != -1;)
      System.out.println(text() + " " + System.getProperty("agent"));
    System.out.println("down");
  }
}
