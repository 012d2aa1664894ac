// ProcessBuilder: echo, pipes both ways, exit codes, environment, directory, redirects, failure to
// start, destroy, waiting.
import java.io.*;
import java.util.*;
import java.util.concurrent.TimeUnit;

public class Processes {
  static String run(ProcessBuilder b, String input) throws Exception {
    Process p = b.start();
    try (OutputStream out = p.getOutputStream()) {
      out.write(input.getBytes());
    } catch (IOException e) {
      System.out.println("input refused");
    }
    String text = new String(p.getInputStream().readAllBytes());
    String err = new String(p.getErrorStream().readAllBytes());
    return p.waitFor() + " [" + text.trim() + "] [" + err.trim() + "]";
  }

  public static void main(String[] args) throws Exception {
    System.out.println(run(new ProcessBuilder("echo", "hello", "two words", "$HOME"), ""));
    System.out.println(run(new ProcessBuilder("cat"), "through cat\n"));
    System.out.println(run(new ProcessBuilder("sh", "-c", "echo out; echo err >&2; exit 37"), ""));
    ProcessBuilder env = new ProcessBuilder("sh", "-c", "echo $MINE; pwd | sed 's,.*/,,'; echo ${GONE-unset}");
    env.environment().put("MINE", "my value");
    env.environment().put("GONE", "x");
    env.environment().remove("GONE");
    new File("here").mkdir();
    System.out.println(run(env.directory(new File("here")), ""));
    System.out.println(run(new ProcessBuilder("sh", "-c", "echo a; echo b >&2").redirectErrorStream(true), ""));
    File f = new File("out.txt");
    new ProcessBuilder("sort").redirectInput(ProcessBuilder.Redirect.from(write("in.txt", "b\na\nc\n")))
        .redirectOutput(f).start().waitFor();
    new ProcessBuilder("echo", "appended").redirectOutput(ProcessBuilder.Redirect.appendTo(f)).start().waitFor();
    System.out.println(read(f));
    try {
      new ProcessBuilder("/no/such/program").start();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    try {
      new ProcessBuilder().start();
    } catch (IndexOutOfBoundsException e) {
      System.out.println("empty command");
    }
    Process sleeper = new ProcessBuilder("sleep", "100").start();
    System.out.println(sleeper.isAlive() + " " + sleeper.waitFor(10, TimeUnit.MILLISECONDS) + " " + (sleeper.pid() > 0)
        + " " + sleeper.info().command().isPresent());
    try {
      sleeper.exitValue();
    } catch (IllegalThreadStateException e) {
      System.out.println(e.getMessage());
    }
    sleeper.destroy();
    System.out.println(sleeper.waitFor() + " " + sleeper.isAlive() + " " + sleeper.onExit().get().exitValue());
    Process killed = Runtime.getRuntime().exec(new String[] {"sleep", "100"});
    killed.destroyForcibly();
    System.out.println(killed.waitFor());
    List<ProcessBuilder> pipe = List.of(new ProcessBuilder("printf", "3\\n1\\n2\\n"), new ProcessBuilder("sort"),
        new ProcessBuilder("head", "-2"));
    List<Process> ps = ProcessBuilder.startPipeline(pipe);
    System.out.println(new String(ps.get(2).getInputStream().readAllBytes()).replace("\n", " "));
    StringBuilder big = new StringBuilder();
    for (int i = 0; i < 3000; i++) big.append("line ").append(i).append('\n');
    Process cat = new ProcessBuilder("cat").start();
    Thread feeder = new Thread(() -> {
      try (Writer w = new OutputStreamWriter(cat.getOutputStream())) {
        w.write(big.toString());
      } catch (IOException e) {
        System.out.println(e);
      }
    });
    feeder.start();
    System.out.println(new String(cat.getInputStream().readAllBytes()).equals(big.toString()));
    new ProcessBuilder("sh", "-c", "exit 3").inheritIO().start().onExit().thenAccept(p -> System.out.println("exited "
        + p.exitValue())).get();
    List<Process> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) many.add(new ProcessBuilder("sh", "-c", "exit " + i).start());
    int sum = 0;
    for (Process p : many) sum += p.waitFor();
    System.out.println(sum + " " + ProcessHandle.current().children().allMatch(ProcessHandle::isAlive));
  }

  static File write(String name, String text) throws IOException {
    java.nio.file.Files.writeString(java.nio.file.Path.of(name), text);
    return new File(name);
  }

  static String read(File f) throws IOException {
    return java.nio.file.Files.readString(f.toPath()).replace("\n", " ");
  }
}
