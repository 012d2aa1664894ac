import java.util.List;
import jdk.jshell.*;

/** The JShell API with its default engine, a vm of its own. */
public class Stop {
  static void eval(JShell shell, String text) {
    for (SnippetEvent e : shell.eval(text))
      System.out.println(text + " -> " + e.status() + " " + e.value() + " "
          + (e.exception() instanceof EvalException x ? x.getExceptionClassName() + ": " + x.getMessage() : e.exception()));
  }

  public static void main(String[] arguments) throws Exception {
    try (JShell shell = JShell.builder().build()) {
      eval(shell, "long x = 20;");
      eval(shell, "x + 22");
      eval(shell, "int[] a = new int[2]; ");
      eval(shell, "a[2]");
      for (String endless : List.of("while (true) x++;", "for (;;) new Object();", "Thread.sleep(1000000);",
          "synchronized (a) { a.wait(); }")) {
        Thread stopper = new Thread(() -> {
          try {
            Thread.sleep(1500);
          } catch (InterruptedException e) {
          }
          shell.stop();
        });
        stopper.start();
        eval(shell, endless);
        stopper.join();
        eval(shell, "x > 20");
      }
      shell.onShutdown(s -> System.out.println("shut down"));
      eval(shell, "System.exit(4);");
      try {
        eval(shell, "x");
      } catch (IllegalStateException e) {
        System.out.println("closed");
      }
    }
  }
}
