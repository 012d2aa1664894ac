// One constant string.
public class A1Hello {
  public static void main(String[] args) {
    System.out.println("Hello, world");
  }
}
