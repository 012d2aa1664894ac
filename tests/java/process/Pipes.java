// Pipes to processes: large both ways, line by line, errors apart and merged, files, discard, inheritance of the environment, broken
// pipe, many at once, a pipeline of five.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

public class Pipes {
  public static void main(String[] args) throws Exception {
    Process bc = new ProcessBuilder("cat").start();
    try (BufferedWriter w = bc.outputWriter(); BufferedReader r = bc.inputReader()) {
      for (int i = 0; i < 20; i++) {
        w.write("question " + i);
        w.newLine();
        w.flush();
        if (!r.readLine().equals("question " + i)) System.out.println("wrong at " + i);
      }
    }
    System.out.println(bc.waitFor());
    byte[] big = new byte[600_000];
    new Random(3).nextBytes(big);
    Process tr = new ProcessBuilder("cat").start();
    CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(() -> {
      try {
        return tr.getInputStream().readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try (OutputStream o = tr.getOutputStream()) {
      o.write(big);
    }
    System.out.println(Arrays.equals(back.get(), big));
    Process both = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300 ]; do echo out$i; echo err$i >&2; i=$((i+1)); done").start();
    CompletableFuture<Long> errs = CompletableFuture.supplyAsync(() -> both.errorReader().lines().filter(l -> l.startsWith("err")).count());
    System.out.println(both.inputReader().lines().filter(l -> l.startsWith("out")).count() + " " + errs.get());
    File log = new File("log");
    ProcessBuilder b = new ProcessBuilder("sh", "-c", "echo to out; echo to err >&2");
    b.redirectOutput(log).redirectErrorStream(true);
    System.out.println(b.redirectErrorStream() + " " + b.redirectOutput().type() + " " + b.redirectInput() + " " + b.start().waitFor());
    b.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start().waitFor();
    System.out.println(Files.readAllLines(log.toPath()));
    Process quiet = new ProcessBuilder("sh", "-c", "echo lost; echo lost >&2").redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(
        ProcessBuilder.Redirect.DISCARD).start();
    System.out.println(quiet.getInputStream().read() + " " + quiet.getErrorStream().read() + " " + quiet.waitFor());
    Process inherit = new ProcessBuilder("sh", "-c", "echo printed by the child").inheritIO().start();
    inherit.waitFor();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    try {
      OutputStream o = gone.getOutputStream();
      o.write(new byte[100_000]);
      o.flush();
      System.out.println("written");
    } catch (IOException e) {  // which one depends on who is first, we or the thread that reaps the child
      System.out.println(e.getMessage().equals("Broken pipe") ? "Stream closed" : e.getMessage());
    }
    Map<String, String> env = new ProcessBuilder().environment();
    System.out.println(env.equals(System.getenv()) + " " + env.containsKey("PATH"));
    try {
      System.getenv().put("x", "y");
    } catch (UnsupportedOperationException e) {
      System.out.println("read only");
    }
    for (String bad : List.of("a=b", "a\0b")) {
      try {
        env.put(bad, "v");
        System.out.println("put");
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage().replace("\0", "\\0"));
      }
    }
    ProcessBuilder e = new ProcessBuilder("env");
    e.environment().clear();
    e.environment().put("ONLY", "this one");
    System.out.println(e.start().inputReader().lines().toList());
    try {
      new ProcessBuilder("echo", "nul\0").start();
    } catch (IOException x) {
      System.out.println(x.getMessage());
    }
    try {
      new ProcessBuilder("cat").directory(new File("no-such-dir")).start();
    } catch (IOException x) {
      System.out.println(x.getMessage());
    }
    try {
      new ProcessBuilder("echo", null).start();
    } catch (NullPointerException x) {
      System.out.println("null argument");
    }
    List<Process> five = ProcessBuilder.startPipeline(List.of(new ProcessBuilder("seq", "1000"), new ProcessBuilder("grep", "7"),
        new ProcessBuilder("sort", "-rn"), new ProcessBuilder("head", "-3"), new ProcessBuilder("tr", "\\n", " ")));
    System.out.println(five.get(4).inputReader().readLine().trim());
    try {
      ProcessBuilder.startPipeline(List.of(new ProcessBuilder("echo").redirectOutput(log), new ProcessBuilder("cat")));
    } catch (IllegalArgumentException x) {
      System.out.println(x.getMessage());
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int k = i;
      all.add(pool.submit(() -> {
        Process p = new ProcessBuilder("sh", "-c", "read x; echo $((x * 2))").start();
        try (Writer w = p.outputWriter()) {
          w.write(k + "\n");
        }
        int r = Integer.parseInt(p.inputReader().readLine());
        return p.waitFor() == 0 ? r : -1;
      }));
    }
    int sum = 0;
    for (Future<Integer> f : all) sum += f.get();
    System.out.println(sum);
    pool.shutdown();
  }
}
