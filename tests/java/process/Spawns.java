// Child processes: environments, folders, redirections to and from files and each other, pipelines, exit codes and signals, what cannot start, streams after the end, timeouts, handles and their futures, many at once.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

public class Spawns {
  static String run(ProcessBuilder b) throws Exception {
    Process p = b.start();
    String out = new String(p.getInputStream().readAllBytes()), err = new String(p.getErrorStream().readAllBytes());
    return p.waitFor() + " [" + out.trim() + "] [" + err.trim() + "]";
  }

  static ProcessBuilder sh(String script) {
    return new ProcessBuilder("/bin/sh", "-c", script);
  }

  public static void main(String[] args) throws Exception {
    ProcessBuilder b = sh("echo $A:$B:$HOME; exit 3");
    b.environment().clear();
    b.environment().put("A", "one two");
    System.out.println(run(b) + " " + b.environment());
    for (String bad : new String[] {"a=b", "a\0b", ""}) {
      try {
        b.environment().put(bad, "x");
        System.out.println("put " + bad.length());
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage().replace("\0", "^@"));
      }
    }
    try {
      System.getenv().put("x", "y");
    } catch (UnsupportedOperationException e) {
      System.out.println("unmodifiable");
    }
    Files.createDirectories(Path.of("sub"));
    System.out.println(run(sh("basename \"$PWD\"; cat - ; echo oops >&2").directory(new File("sub")).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))));
    System.out.println(run(sh("echo out; echo err >&2").redirectErrorStream(true)));
    File f = new File("f.txt");
    System.out.println(run(sh("echo one").redirectOutput(f)) + run(sh("echo two").redirectOutput(ProcessBuilder.Redirect.appendTo(f))) + run(sh("cat").redirectInput(f)) + run(sh("echo three >&2").redirectError(ProcessBuilder.Redirect.DISCARD)));
    System.out.println(Files.readAllLines(f.toPath()));
    for (String[] cmd : new String[][] {{"/none/such"}, {"sub"}, {"./sub"}, {}, {"a\0b"}}) {
      try {
        new ProcessBuilder(cmd).start();
      } catch (IOException e) {
        System.out.println(e.getMessage().replace("\0", "^@") + " <- " + (e.getCause() == null ? null : e.getCause().getMessage()));
      } catch (IndexOutOfBoundsException e) {
        System.out.println("no command");
      }
    }
    try {
      sh("true").directory(new File("missing")).start();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    List<Process> line = ProcessBuilder.startPipeline(List.of(sh("printf 'b\\na\\nc\\na\\n'"), new ProcessBuilder("sort"), new ProcessBuilder("uniq", "-c")));
    System.out.println(new String(line.get(2).getInputStream().readAllBytes()).replaceAll("\\s+", " ") + line.get(0).getInputStream().read() + " " + line.get(1).waitFor());
    Process cat = new ProcessBuilder("cat").start();
    try (Writer w = cat.outputWriter()) {
      for (int i = 0; i < 3; i++) w.write("line " + i + "\n");
    }
    try (BufferedReader r = cat.inputReader()) {
      System.out.println(r.lines().toList() + " " + cat.waitFor() + " " + cat.exitValue() + " " + cat.isAlive());
    }
    try {
      cat.getOutputStream().write(1);
      cat.getOutputStream().flush();
    } catch (IOException e) {
      System.out.println(e.getMessage().toLowerCase());
    }
    Process sleep = new ProcessBuilder("sleep", "100").start();
    try {
      sleep.exitValue();
    } catch (IllegalThreadStateException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(sleep.waitFor(10, TimeUnit.MILLISECONDS) + " " + sleep.isAlive() + " " + sleep.supportsNormalTermination() + " " + sleep.info().command().isPresent() + " " + sleep.toHandle().parent().get().equals(ProcessHandle.current()) + " " + ProcessHandle.of(sleep.pid()).isPresent()
        + " " + ProcessHandle.current().children().anyMatch(h -> h.pid() == sleep.pid()));
    CompletableFuture<String> end = sleep.onExit().thenApply(p -> "ended " + p.exitValue());
    sleep.destroy();
    System.out.println(end.get() + " " + sleep.toHandle().isAlive() + " " + sleep.toHandle().destroy());
    Process stubborn = sh("trap '' TERM; echo ready; while :; do sleep 0.05; done").start();
    stubborn.inputReader().readLine();
    stubborn.destroy();
    System.out.println(stubborn.waitFor(100, TimeUnit.MILLISECONDS) + " " + stubborn.destroyForcibly().waitFor());
    System.out.println(run(sh("kill -9 $$")) + run(sh("kill -HUP $$")) + run(sh("exit 256")) + run(sh("exit -1 2>/dev/null || exit 7")));
    try {
      ProcessHandle.current().destroy();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    Process blocked = new ProcessBuilder("cat").start();
    Thread main = Thread.currentThread();
    Thread t = new Thread(() -> {
      while (main.getState() != Thread.State.WAITING && main.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
      main.interrupt();
    });
    t.start();
    try {
      blocked.waitFor();
    } catch (InterruptedException e) {
      System.out.println("interrupted " + blocked.isAlive());
    }
    t.join();
    blocked.destroyForcibly().waitFor();
    List<Process> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) many.add(sh("cat; exit " + i).start());
    int sum = 0;
    for (Process p : many) {
      p.getOutputStream().close();
      sum += p.waitFor();
    }
    System.out.println(sum);
    byte[] big = new byte[1 << 20];
    Process wc = new ProcessBuilder("wc", "-c").start();
    try (OutputStream o = wc.getOutputStream()) {
      o.write(big);
    }
    System.out.println(wc.inputReader().readLine().trim() + " " + wc.waitFor());
    Process r = Runtime.getRuntime().exec("sh -c exit", new String[] {"X=1"}, new File("sub"));
    System.out.println(r.waitFor() + " " + run(sh("echo 'a b' \"c\"")) + " " + run(new ProcessBuilder("printf", "%s|", "a b", "", "*", "\"q\"", "\\")));
  }
}
