/** Says what it was started with. */
public class Options {
  public static void main(String[] arguments) {
    System.out.println(String.join(",", arguments) + " x=" + System.getProperty("x") + " y="
        + System.getProperty("y"));
    boolean user = false;
    assert user = true;
    System.out.println("asserts: " + user + " " + packaged.In.asserts() + " "
        + Object.class.desiredAssertionStatus());
  }
}
