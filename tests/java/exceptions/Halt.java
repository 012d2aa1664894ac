// Runtime.halt: no hooks, no finally, unflushed buffers are lost, exit code 7.
import java.io.PrintStream;

public class Halt {
  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("no hook")));
    System.out.println("halting");
    System.out.flush();
    PrintStream lost = new PrintStream(new java.io.BufferedOutputStream(System.out, 4096), false);
    lost.print("never flushed");
    try {
      Runtime.getRuntime().halt(7);
    } finally {
      System.out.println("no finally");
    }
  }
}
