// A Java program that starts itself: exit statuses by each way out, what is flushed, hooks and their order, signals, input forwarded.
import java.io.*;
import java.lang.reflect.Field;
import java.nio.file.*;
import java.util.*;

public class Selves {
  static void child(String how) throws Exception {
    PrintStream out = System.out;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("hook of " + how)));
    switch (how) {
      case "return":
        out.println("main returns");
        break;
      case "exit":
        System.exit(300);
        break;
      case "halt":
        Runtime.getRuntime().halt(7);
        break;
      case "throw":
        throw new IllegalStateException("out of main");
      case "thread": {
        Thread t = new Thread(() -> {
          try {
            Thread.sleep(20);
          } catch (InterruptedException e) {
            return;
          }
          out.println("thread outlives main");
        });
        t.start();
        break;
      }
      case "daemon": {
        Thread t = new Thread(() -> {
          while (true) Thread.onSpinWait();
        });
        t.setDaemon(true);
        t.start();
        break;
      }
      case "dies": {
        Thread t = new Thread(() -> {
          throw new IllegalStateException("in a thread");
        }, "dying");
        t.start();
        break;
      }
      case "exit in hook":
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
          try {
            Runtime.getRuntime().addShutdownHook(new Thread());
          } catch (IllegalStateException e) {
            out.println(e.getMessage());
          }
          Runtime.getRuntime().halt(9);
        }));
        Thread.sleep(1);
        System.exit(1);
        break;
      case "crash": {
        Field f = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        f.setAccessible(true);
        ((sun.misc.Unsafe) f.get(null)).getInt(16L);
        break;
      }
      case "wait":
        out.println("waiting");
        Thread.sleep(100_000);
        break;
      case "input": {
        BufferedReader r = new BufferedReader(new InputStreamReader(System.in));
        int sum = 0;
        for (String s; (s = r.readLine()) != null;) sum += Integer.parseInt(s);
        out.println("sum " + sum);
        break;
      }
      default:
        out.println("?");
    }
  }

  static ProcessBuilder self(String how, String... options) {
    List<String> command = new ArrayList<>(List.of(options));
    command.add(0, ProcessHandle.current().info().command().get());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "Selves", how));
    return new ProcessBuilder(command);
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      child(args[0]);
      return;
    }
    for (String how : List.of("return", "exit", "halt", "throw", "thread", "daemon", "dies")) {
      Process p = self(how).start();
      p.getOutputStream().close();
      List<String> out = p.inputReader().lines().toList(), err = p.errorReader().lines().toList();
      System.out.println(how + ": " + p.waitFor() + " " + out + " " + err);
    }
    Process hooked = self("exit in hook").start();
    String said = new String(hooked.getInputStream().readAllBytes());
    System.out.println(hooked.waitFor() + " " + said.contains("Shutdown in progress"));
    for (String sig : List.of("TERM", "INT", "HUP", "KILL")) {
      Process p = self("wait").start();
      BufferedReader r = p.inputReader();
      r.readLine();
      new ProcessBuilder("kill", "-" + sig, "" + p.pid()).start().waitFor();
      System.out.println(sig + ": " + p.waitFor() + " " + r.lines().toList());
    }
    for (String option : List.of("-ea", "-XX:-CreateCoredumpOnCrash", "-XX:+CreateCoredumpOnCrash")) {
      Process p = self("crash", option).redirectErrorStream(true).start();
      p.getInputStream().readAllBytes();
      System.out.println("crash " + option + ": " + p.waitFor());
    }
    Process in = self("input").start();
    try (Writer w = in.outputWriter()) {
      for (int i = 0; i < 100; i++) w.write(i + "\n");
    }
    System.out.println(new String(in.getInputStream().readAllBytes()).trim() + " " + in.waitFor());
  }
}
