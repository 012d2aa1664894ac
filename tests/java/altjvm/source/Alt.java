import java.util.List;

public class Alt {
  record Named(String name, int number) {}

  public static void main(String[] args) {
    System.out.println(List.of(args) + " " + System.getProperty("p") + " " + System.getProperty("q") + " "
        + Runtime.getRuntime().maxMemory() + " " + new Named("x", 1));
    System.out.println(System.getProperty("java.home") + " " + ProcessHandle.current().info().command().get());
    if (args.length > 0 && args[0].equals("throw"))
      throw new IllegalStateException("as asked");
    if (args.length > 0)
      System.exit(7);
  }
}
