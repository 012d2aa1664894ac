/* A premain that throws when it has options. */
public class Failing {
  public static void premain(String options) {
    System.out.println("premain " + options);
    if (options != null)
      throw new IllegalStateException("boo");
  }

  public static void main(String[] args) {
    System.out.println("main");
  }
}
